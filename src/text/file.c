/* Files that are written whole or not at all: into a new file beside the old one, which has no name until it is whole,
 * where there are such files, and takes the place of the old one at the end.
 * What is no regular file, such as /dev/stdout, is written into. */
#define _GNU_SOURCE /* O_TMPFILE */
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
static const char links[] = "/proc/self/fd"; /* to open files */

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

/* A new file without a name, in the folder that the first `folder` bytes of `path` name: of it nothing remains where
 * the process is killed. Negative where there is no such thing: Linux alone has it, and not on every disk. */
static int open_nameless(const char *path, size_t folder, char *room)
{
#ifdef O_TMPFILE
    snprintf(room, folder + 2, "%.*s.", (int)folder, path);
    return access(links, X_OK) ? -1 : open(room, O_WRONLY | O_TMPFILE, 0666);
#else
    return (void)path, (void)folder, (void)room, -1;
#endif
}

/* Finds a name beside `path` that is free, and puts it into `beside`: of a new file, which it opens, or of one without
 * a name. Negative, and errno says why. */
static int take_name(int nameless, const char *path, int length, char *beside, size_t room)
{
    char link[sizeof links + 16];
    int result = -1;
    snprintf(link, sizeof link, "%s/%d", links, nameless);
    for (int k = 0; k < TRIES && result < 0 && (k == 0 || errno == EEXIST); k++) {
        snprintf(beside, room, "%.*s.%ld.%d", length, path, (long)getpid(), k);
        result = nameless < 0 ? open(beside, O_WRONLY | O_CREAT | O_EXCL, 0666)
                              : linkat(AT_FDCWD, link, AT_FDCWD, beside, AT_SYMLINK_FOLLOW);
    }
    return result;
}

static int replace(const char *path, const struct stat *old, const char *data, size_t size)
{
    enum { LONGEST = 200 }; /* bytes of a name, so that there is room behind them */
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0, room = strlen(path) + 48;
    char *beside = malloc(room);
    if (!beside)
        return ENOMEM;
    int length = (int)folder + (int)strnlen(path + folder, LONGEST), file = open_nameless(path, folder, beside);
    bool nameless = file >= 0;
    if (!nameless)
        file = take_name(-1, path, length, beside, room);
    int error = file < 0 ? errno : 0;
    bool named = !nameless && !error;
    if (!error && old && fchmod(file, old->st_mode & 07777))
        error = errno;
    if (!error && !write_all(file, data, size))
        error = errno;
    if (!error && nameless && !(named = take_name(file, path, length, beside, room) == 0))
        error = errno;
    if (file >= 0 && close(file) && !error)
        error = errno;
    if (!error && rename(beside, path))
        error = errno;
    if (error && named)
        unlink(beside);
    free(beside);
    return error;
}

static int write_into(const char *path, const char *data, size_t size)
{
    int file = open(path, O_WRONLY), error = file >= 0 && write_all(file, data, size) ? 0 : errno;
    if (file >= 0 && close(file) && !error)
        error = errno;
    return error;
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
