/* The viewer (--open): has the desktop show a file. */
#include "cli/viewer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __APPLE__
static const char viewer[] = "open";
#else
static const char viewer[] = "xdg-open";
#endif

#ifndef POSIX_SPAWN_SETSID
#define POSIX_SPAWN_SETSID POSIX_SPAWN_SETPGROUP /* Ctrl-C does not reach it, either */
#endif

extern char **environ;

/* It hears and says nothing, and what ends this program or its terminal does not end it. Returns an errno. */
static int start(pid_t *out, char *argv[])
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t usual;
    int error = posix_spawn_file_actions_init(&files);
    if (error)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (!error) {
        sigemptyset(&usual);
        sigaddset(&usual, SIGXFSZ); /* which main ignores */
        posix_spawnattr_setsigdefault(&attributes, &usual);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
        error = posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDWR, 0);
        for (int stream = STDOUT_FILENO; stream <= STDERR_FILENO && !error; stream++)
            error = posix_spawn_file_actions_adddup2(&files, STDIN_FILENO, stream);
        if (!error)
            error = posix_spawnp(out, viewer, &files, &attributes, argv, environ);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&files);
    return error;
}

/* Its exit status, if it ends within a second; 0 if it goes on, as one does that is the viewer itself. */
static int ended_with(pid_t viewing)
{
    for (int k = 0; k < 50; k++) {
        int status;
        pid_t ended = waitpid(viewing, &status, WNOHANG);
        if (ended)
            return ended < 0 ? 0 : WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    return 0;
}

int viewer_open(const command *self, const char *path)
{
    gf_text named = {0};
    gf_text_print(&named, "%s%s", *path == '-' ? "./" : "", path); /* it would be an option */
    pid_t viewing = 0;
    char name[] = "viewer";
    int error = named.failed ? ENOMEM : start(&viewing, (char *[]){name, named.data, NULL});
    gf_text_free(&named);
    int status = error ? 0 : ended_with(viewing);
    if (error == ENOENT)
        complain(self->name, "%s is written, but there is no %s here to open it with", path, viewer);
    else if (error)
        complain(self->name, "%s is written, but %s cannot be run: %s", path, viewer, strerror(error));
    else if (status)
        complain(self->name, "%s is written, but %s cannot open it: it ends with status %d", path, viewer, status);
    return error || status ? EXIT_SYSTEM : EXIT_DONE;
}

/* "lstm" of "models/lstm.gf". */
static void add_stem(gf_text *out, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    if (!strcmp(path, "-"))
        gf_text_add(out, "model");
    else
        gf_text_bytes(out, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

char *viewer_file(const command *self, const char *read, const char *ending)
{
    const char *place = getenv("TMPDIR");
    gf_text name = {0};
    gf_text_print(&name, "%s/gradflow-", place && *place ? place : "/tmp");
    for (int k = 0; k < 6; k++)
        gf_text_add(&name, "X"); /* which mkdtemp replaces */
    if (!name.failed && !mkdtemp(name.data)) {
        complain(self->name, "cannot make a folder %s: %s", name.data, strerror(errno));
        gf_text_free(&name);
        return NULL;
    }
    gf_text_add(&name, "/");
    add_stem(&name, read);
    gf_text_print(&name, ".%s", ending);
    if (!name.failed)
        return name.data;
    complain(self->name, "%s", gf_status_text(GF_ERROR_MEMORY));
    gf_text_free(&name);
    return NULL;
}

void viewer_forget(const char *path)
{
    gf_text folder = {0};
    gf_text_bytes(&folder, path, (size_t)(strrchr(path, '/') - path));
    if (!folder.failed)
        rmdir(folder.data);
    gf_text_free(&folder);
}
