"""A copy of the tree, built without optimisation, in which one source at a time is another one.

The library is a shared one, so that a fault costs one compilation and one link, and the test programs stay as they are.
Those that let memory run out get a library of their own, whose allocations pass through them.
"""
import glob
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

os.environ["LC_ALL"] = "C"

WRAPPING = [f"-Wl,--wrap={name}" for name in ("malloc", "calloc", "realloc", "free")]
MEMORY = 3 << 20  # KB of address space
FILE_SIZE = 1 << 20  # blocks of 512 bytes
PATIENCE = 90  # seconds that a test program may take, however busy the machine is


class Failure(Exception):
    """Something that must work does not."""


class Processes:
    """What is running, so that all can be ended at once."""

    def __init__(self, folder):
        self.folder = folder
        self.running = set()
        self.ended = False

    def run(self, command, seconds=PATIENCE, cwd=None, **environment):
        """(exit status, output); the status is None where it took too long, or all was ended."""
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
            cwd=cwd, env={**os.environ, "TMPDIR": self.folder, **environment}
        )
        self.running.add(process)
        try:
            if self.ended:
                self.kill(process)
            output, _ = process.communicate(timeout=seconds)
            return process.returncode, output.decode("utf-8", "replace")
        except subprocess.TimeoutExpired:
            self.kill(process)
            process.communicate()
            return None, ""
        finally:
            self.running.discard(process)

    @staticmethod
    def kill(process):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def end(self):
        self.ended = True
        for process in list(self.running):
            self.kill(process)


def libraries(*names):
    """(flags to compile, flags to link)"""
    found = []
    for question in ("--cflags", "--libs"):
        done = subprocess.run(["pkg-config", question, *names], capture_output=True, text=True, check=False)
        if done.returncode:
            raise Failure(done.stderr.strip())
        found.append(shlex.split(done.stdout))
    return found


class Program:
    """A test program: its name, whether it lets memory run out, how long it takes, and what faults it has found."""

    def __init__(self, source):
        self.name = os.path.basename(source)[len("test_") : -len(".c")]
        self.source = source
        with open(source, encoding="utf-8") as file:
            text = file.read()
            self.wraps = "__wrap_malloc" in text or '"failing.h"' in text
        self.seconds = 0.0
        self.found = {}  # source -> how many faults in it

    def promise(self, source):
        """Programs are run in the order of this: what has found faults there, what is named like it, what is short."""
        room, file = source.split("/")[-2:]
        in_room = sum(count for name, count in self.found.items() if name.split("/")[-2] == room)
        alike = self.name.split("_")[0] in (room, file[:-2])
        return (-self.found.get(source, 0), -alike, -in_room if self.seconds < 1 else 0, self.seconds)


class Workshop:
    """Builds, and runs the suite against a source that has been changed."""

    def __init__(self, root):
        self.folder = tempfile.mkdtemp(prefix="mutate-")
        self.processes = Processes(self.folder)
        self.compiler = shlex.split(os.environ.get("CC", "cc"))
        for name in ("include", "src", "tests"):
            if os.path.isdir(os.path.join(root, name)):
                shutil.copytree(os.path.join(root, name), os.path.join(self.folder, name))
        self.stay_inside()
        self.write_templates()
        linked = ("openblas", "jansson", "libutf8proc", "libgvc", "libcgraph")
        compiling, self.linking = libraries(*linked, "librsvg-2.0", "cairo")[0], libraries(*linked)[1]
        checking, self.check = libraries("check")
        # The warnings about what a fault leaves unused do not matter.
        self.flags = ["-w", "-std=c11", "-D_DEFAULT_SOURCE", "-ffp-contract=off", "-fPIC",
                      *(f"-I{self.folder}/{name}" for name in ("include", "src", "tests")), *compiling, *checking]
        self.sources = sorted(
            path for path in glob.glob(f"{self.folder}/src/**/*.c", recursive=True)
            if os.path.basename(os.path.dirname(path)) != "cli"
        )
        self.programs = [Program(path) for path in sorted(glob.glob(f"{self.folder}/tests/test_*.c"))]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.processes.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def stay_inside(self):
        """Temporary files of tests go into the copy, too: a program that is stopped leaves them."""
        for path in glob.glob(f"{self.folder}/tests/*.[ch]"):
            with open(path, encoding="utf-8") as file:
                text = file.read()
            with open(path, "w", encoding="utf-8") as file:
                file.write(text.replace("/tmp/gradflow-", f"{self.folder}/"))

    def write_templates(self):
        folder = f"{self.folder}/src/model/templates"
        if os.path.exists(f"{folder}/embed"):
            files = sorted(glob.glob(f"{folder}/*.gf"))
            subprocess.run([f"{folder}/embed", f"{folder}/templates_text.c", *files], check=True)

    def object_of(self, source):
        return os.path.join(self.folder, "objects", os.path.relpath(source, self.folder).replace("/", "_")[:-2] + ".o")

    def compile(self, source, output, optimisation="-O0"):
        status, text = self.processes.run([*self.compiler, optimisation, *self.flags, "-c", source, "-o", output])
        return status == 0, text

    def link(self, folder, wraps, changed=None, replacement=None):
        """The library in a folder, one object of it replaced."""
        objects = [replacement if source == changed else self.object_of(source) for source in self.sources]
        name = self.library(wraps)
        return self.processes.run(
            [*self.compiler, "-shared", f"-Wl,-soname,{name}", *objects, *(WRAPPING if wraps else []), *self.linking,
             "-lm", "-o", f"{folder}/{name}"]
        )

    @staticmethod
    def library(wraps):
        return "libwrapped.so" if wraps else "libplain.so"

    def build_program(self, program):
        """Its first assertion that fails ends it."""
        compiled, text = self.compile(program.source, self.object_of(program.source))
        if not compiled:
            return False, text
        status, text = self.processes.run(
            [*self.compiler, self.object_of(program.source), f"{self.folder}/first.o", "-Wl,--wrap=_ck_assert_failed",
             *(WRAPPING if program.wraps else []), f"{self.folder}/{self.library(program.wraps)}", *self.check,
             *self.linking, "-lm", "-o", f"{self.folder}/programs/{program.name}"]
        )
        return status == 0, text

    def build(self, workers):
        """Everything, without a fault."""
        for name in ("objects", "programs"):
            os.mkdir(f"{self.folder}/{name}")
        here = os.path.dirname(os.path.abspath(__file__))
        jobs = [(f"{here}/first.c", f"{self.folder}/first.o"), *((path, self.object_of(path)) for path in self.sources)]
        with ThreadPoolExecutor(workers) as pool:
            self.demand(pool.map(lambda job: self.compile(*job), jobs))
            for wraps in (False, True):
                status, text = self.link(self.folder, wraps)
                self.demand([(status == 0, text)])
            self.demand(pool.map(self.build_program, self.programs))

    @staticmethod
    def demand(results):
        for good, text in results:
            if not good:
                raise Failure(f"this does not build:\n{text}")

    def run_program(self, program, folder):
        """Its exit status: 0 where nothing is found, None where it takes too long."""
        limits = f"ulimit -c 0; ulimit -v {MEMORY}; ulimit -f {FILE_SIZE}; ulimit -t {int(10 * program.seconds) + 3}; "
        return self.processes.run(
            ["/bin/sh", "-c", limits + 'exec "$0"', f"{self.folder}/programs/{program.name}"], cwd=folder,
            CK_FORK="no", CK_VERBOSITY="silent", OPENBLAS_NUM_THREADS="1", MALLOC_PERTURB_="165", TMPDIR=folder,
            GF_TESTS=f"{self.folder}/tests", LD_LIBRARY_PATH=folder
        )[0]

    def time_programs(self, workers):
        """The suite without a fault: it passes, and says how long each program takes."""
        def timed(program):
            start = time.monotonic()
            status = self.run_program(program, self.folder)
            program.seconds = time.monotonic() - start
            return status == 0, program.name

        for program in self.programs:
            program.seconds = PATIENCE / 10
        with ThreadPoolExecutor(workers) as pool:
            failed = [name for good, name in pool.map(timed, self.programs) if not good]
        if failed:
            raise Failure(f"the suite fails without a fault: {', '.join(failed)}")

    def killer(self, source, replacement, folder):
        """The first program that fails with this object in place of the source's own; None where all pass."""
        linked = set()
        for program in sorted(self.programs, key=lambda one: one.promise(source)):
            if program.wraps not in linked:
                if self.link(folder, program.wraps, source, replacement)[0]:
                    return program  # it does not link: found
                linked.add(program.wraps)
            if self.run_program(program, folder) != 0:
                program.found[source] = program.found.get(source, 0) + 1
                return program
        return None
