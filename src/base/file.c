/* Files that are written whole or not at all: into a new file beside the old one, which takes its place at the end.
 * What is no regular file, such as /dev/stdout, is written into. */
#include <gradflow/base.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRIES = 100 };

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

int gf_file_write(const char *path, const char *data, size_t size)
{
    struct stat old;
    if (stat(path, &old))
        return replace(path, NULL, data, size);
    if (!S_ISREG(old.st_mode))
        return write_into(path, data, size);
    char *target = realpath(path, NULL); /* a link stays, and what it names is replaced */
    int error = target ? replace(target, &old, data, size) : errno;
    free(target);
    return error;
}
