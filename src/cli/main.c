/* The command gradflow: finds the command that is named and runs it. */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cli/help.h"

static const command *const commands[] = {
    &check_command, &derive_command, &draw_command, &show_command, &explain_command,
    &flow_command,  &train_command,  &new_command,  &demo_command, &help_command,
};
enum { COMMANDS = sizeof commands / sizeof *commands };

const char *program_called = "gradflow";

/* Paths and arguments are shown as far as they can be. */
static void complain_list(const char *who, const char *format, va_list arguments)
{
    gf_text text = {0};
    gf_text_vprint(&text, format, arguments);
    if (text.data)
        gf_make_printable(text.data);
    fprintf(stderr, "gradflow: %s%s%s\n", who, *who ? ": " : "", text.failed ? "out of memory" : gf_text_string(&text));
    gf_text_free(&text);
}

void complain(const char *who, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    complain_list(who, format, arguments);
    va_end(arguments);
}

int bad_usage(const command *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    complain_list(self->name, format, arguments);
    va_end(arguments);
    fprintf(stderr, "gradflow %s --help shows how it is used\n", self->name);
    return EXIT_USAGE;
}

int exit_for(gf_status status)
{
    switch (status) {
    case GF_OK:
        return EXIT_DONE;
    case GF_ERROR_MEMORY:
    case GF_ERROR_WRITE:
        return EXIT_SYSTEM;
    case GF_ERROR_OPEN:
        return EXIT_NO;
    default:
        return EXIT_USAGE;
    }
}

static bool is(const char *argument, const char *a, const char *b)
{
    return !strcmp(argument, a) || !strcmp(argument, b);
}

const command *command_at(size_t k)
{
    return k < COMMANDS ? commands[k] : NULL;
}

const command *command_find(const char *name)
{
    for (int k = 0; k < COMMANDS; k++)
        if (!strcmp(name, commands[k]->name))
            return commands[k];
    return NULL;
}

/* --- a command that there is not -------------------------------------------------------------------- */

void add_word(gf_text *out, const char *word)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./+,:@%-";
    if (*word && !word[strspn(word, plain)]) {
        gf_text_add(out, word);
        return;
    }
    gf_text_add(out, "'");
    for (; *word; word++)
        if (*word == '\'')
            gf_text_add(out, "'\\''");
        else
            gf_text_bytes(out, word, 1);
    gf_text_add(out, "'");
}

/* "gradflow check lstm.gf" */
static void add_line(gf_text *out, const char *words, const char *name, int argc, char *argv[])
{
    gf_text_print(out, "gradflow %s%s", words, name);
    for (int k = 0; k < argc; k++) {
        gf_text_add(out, " ");
        add_word(out, argv[k]);
    }
}

/* The lines that may be meant by words that name no command; nothing where none is near. */
static void add_meant(gf_text *out, const char *words, int argc, char *argv[])
{
    const char *names[COMMANDS + 2] = {"--help", "--version"};
    for (int k = 0; k < COMMANDS; k++)
        names[k + 2] = commands[k]->name;
    const char *nearest = gf_nearest_word(argv[0], names, COMMANDS + 2);
    size_t size = strlen(argv[0]);
    if (nearest) {
        add_line(out, words, nearest, argc - 1, argv + 1);
    } else if (size > 3 && !strcmp(argv[0] + size - 3, ".gf")) {
        add_line(out, words, "check", argc, argv);
        gf_text_add(out, ", or ");
        add_line(out, words, "draw", argc, argv);
    }
}

int refuse_command(const char *words, int argc, char *argv[])
{
    gf_text meant = {0};
    add_meant(&meant, words, argc, argv);
    if (meant.size)
        complain("", "there is no command '%s'; did you mean %s?", argv[0], gf_text_string(&meant));
    else if (*argv[0] == '-')
        complain("", "%s stands before the command: options stand behind it; gradflow --help lists the commands",
                 argv[0]);
    else
        complain("", "there is no command '%s'; gradflow --help lists them", argv[0]);
    gf_text_free(&meant);
    return EXIT_USAGE;
}

/* --- running one -------------------------------------------------------------------------------------- */

static int run_named(int argc, char *argv[])
{
    const command *named = command_find(argv[0]);
    return named ? named->run(named, argc, argv) : refuse_command("", argc, argv);
}

/* Where memory is limited (`ulimit -v`), a thread that OpenBLAS has begun may ask for some for ever, and exit would
 * wait for it. */
static void leave_threads(int status)
{
    struct rlimit limit;
    if (!getrlimit(RLIMIT_AS, &limit) && limit.rlim_cur != RLIM_INFINITY)
        _Exit(status);
}

/* What was printed must have been written: a full disk is not a success. */
static int close_output(int status)
{
    if (fflush(stdout) || ferror(stdout)) {
        complain("", "cannot write standard output: %s", strerror(errno));
        status = EXIT_SYSTEM;
    }
    leave_threads(status);
    return status;
}

/* What is freed is kept for what is made next: glibc hands large blocks back, and each page of a new one has to be
 * fetched again, which takes longer than to fill it. A picture of 1,000 steps is drawn in 0.6 of the time. */
static void keep_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
}

int main(int argc, char *argv[])
{
    keep_memory();
    signal(SIGXFSZ, SIG_IGN); /* past `ulimit -f`, writing fails like on a full disk */
    if (argc > 0)
        program_called = argv[0];
    if (argc < 2) {
        help_list(stderr);
        return EXIT_USAGE;
    }
    if (is(argv[1], "-h", "--help")) {
        help_list(stdout);
        return close_output(EXIT_DONE);
    }
    if (is(argv[1], "--version", "-V")) {
        printf("gradflow %s\n", gf_version());
        return close_output(EXIT_DONE);
    }
    return close_output(run_named(argc - 1, argv + 1));
}
