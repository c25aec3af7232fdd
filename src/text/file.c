/* Files that are written whole or not at all: into a new file beside the old one, which takes its place at the end.
 * What is no regular file, such as /dev/stdout, is written into. */
#include "text/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRIES = 100, LINKS = 40 };

static bool write_all(int file, const char *data, size_t size)
{
    while (size) {
        ssize_t written = write(file, data, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        data += written;
        size -= (size_t)written;
    }
    return true;
}

/* Writes into an open file and closes it. Returns 0 or errno. */
static int fill(int file, const char *data, size_t size)
{
    int error = write_all(file, data, size) ? 0 : errno;
    if (close(file) && !error)
        error = errno;
    return error;
}

/* A new file beside `path`, whose name it puts into `beside`; negative, and errno says why. */
static int open_beside(const char *path, char *beside, size_t room)
{
    int file = -1;
    for (int k = 0; k < TRIES && file < 0 && (k == 0 || errno == EEXIST); k++) {
        snprintf(beside, room, "%s.%ld.%d", path, (long)getpid(), k);
        file = open(beside, O_WRONLY | O_CREAT | O_EXCL, 0666);
    }
    return file;
}

static int replace(const char *path, const struct stat *old, const char *data, size_t size)
{
    size_t room = strlen(path) + 48;
    char *beside = malloc(room);
    if (!beside)
        return ENOMEM;
    int file = open_beside(path, beside, room), error = file < 0 ? errno : 0;
    if (!error && old && fchmod(file, old->st_mode & 07777))
        error = errno;
    if (file >= 0) {
        int filled = fill(file, data, size);
        error = error ? error : filled;
        if (!error && rename(beside, path))
            error = errno;
        if (error)
            unlink(beside);
    }
    free(beside);
    return error;
}

static int write_into(const char *path, const char *data, size_t size)
{
    int file = open(path, O_WRONLY);
    return file < 0 ? errno : fill(file, data, size);
}

/* --- links: a link stays, and what it names is written ----------------------------------------------------------- */

/* The path that a link stands for: beside the link, unless it begins at the root. NULL, and errno says why. */
static char *read_link(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0, room = 4096;
    char *target = malloc(folder + room);
    ssize_t size = target ? readlink(path, target + folder, room - 1) : -1;
    if (size < 0) {
        errno = target ? errno : ENOMEM;
        free(target);
        return NULL;
    }
    target[folder + (size_t)size] = '\0';
    if (target[folder] == '/')
        memmove(target, target + folder, (size_t)size + 1);
    else
        memcpy(target, path, folder);
    return target;
}

/* The path at the end of a chain of links, whether there is a file or not yet. NULL, and errno says why. */
static char *follow(const char *path)
{
    struct stat about;
    char *target = malloc(strlen(path) + 1);
    if (target)
        strcpy(target, path);
    else
        errno = ENOMEM;
    for (int k = 0; target && lstat(target, &about) == 0 && S_ISLNK(about.st_mode); k++) {
        char *next = k < LINKS ? read_link(target) : NULL;
        int error = k < LINKS ? errno : ELOOP;
        free(target);
        target = next;
        errno = error;
    }
    return target;
}

static int write_file(const char *path, const char *data, size_t size)
{
    struct stat old;
    bool there = stat(path, &old) == 0;
    if (!there && errno != ENOENT)
        return errno;
    if (there && !S_ISREG(old.st_mode))
        return write_into(path, data, size);
    if (there && access(path, W_OK)) /* renaming would not ask */
        return errno;
    char *target = follow(path);
    int error = target ? replace(target, there ? &old : NULL, data, size) : errno;
    free(target);
    return error;
}

/* --- a limit on the size of files (ulimit -f) ------------------------------------------------------------------- */

static bool is_pending(void)
{
    sigset_t waiting;
    return sigpending(&waiting) == 0 && sigismember(&waiting, SIGXFSZ) == 1;
}

/* What is written past the limit raises SIGXFSZ, which ends the process, half a file and all: kept from this thread, it
 * is an error of write like any other. */
int gf_file_write(const char *path, const char *data, size_t size)
{
    sigset_t limit, before;
    int taken;
    sigemptyset(&limit);
    sigaddset(&limit, SIGXFSZ);
    bool old = is_pending(), held = pthread_sigmask(SIG_BLOCK, &limit, &before) == 0;
    int error = write_file(path, data, size);
    if (held && !old && is_pending())
        sigwait(&limit, &taken);
    if (held)
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

int gf_directory_make(const char *path)
{
    char *part = malloc(strlen(path) + 1);
    int error = part ? 0 : ENOMEM;
    for (size_t k = 1; part && !error && path[k - 1]; k++) {
        if (path[k] && path[k] != '/')
            continue;
        snprintf(part, k + 1, "%s", path);
        error = mkdir(part, 0777) && errno != EEXIST ? errno : 0;
    }
    free(part);
    struct stat about;
    if (!error && stat(path, &about))
        error = errno;
    return error ? error : S_ISDIR(about.st_mode) ? 0 : ENOTDIR;
}
