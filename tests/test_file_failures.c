/* Files while the system refuses: each call that gf_file_write makes fails, and what stood there stands there still. */
#define _GNU_SOURCE /* O_TMPFILE */
#include "support.h"
#include "text/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <gradflow/base.h>

/* These stand in the way of the C library's own. What fails, and with which errno: -1 for a write of a part alone. */
static const char *failing = "";
static int why, times;

static bool fails_now(const char *call)
{
    if (strcmp(call, failing) != 0 || times == 0)
        return false;
    times--;
    errno = why;
    return true;
}

static char directory[64];

/* Names in the directory. */
static int count_names(void)
{
    int count = -2; /* . and .. */
    DIR *list = opendir(directory);
    while (list && readdir(list))
        count++;
    closedir(list);
    return count;
}

static int seen; /* while it was written */

ssize_t write(int file, const void *data, size_t size)
{
    if (fails_now("write") && why > 0)
        return -1;
    if (!strcmp(failing, "look"))
        seen = count_names();
    bool part = why < 0 && !strcmp(failing, "write") && size > 2;
    return syscall(SYS_write, file, data, part ? size / 2 : size);
}

int close(int file)
{
    bool fails = fails_now("close");
    int closed = (int)syscall(SYS_close, file);
    if (fails)
        errno = why;
    return fails ? -1 : closed;
}

int fchmod(int file, mode_t mode)
{
    return fails_now("fchmod") ? -1 : (int)syscall(SYS_fchmod, file, mode);
}

int rename(const char *from, const char *to)
{
    return fails_now("rename") ? -1 : (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
}

static const char *in(const char *name)
{
    static char path[sizeof directory + 32];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    return path;
}

/* Writes over a file of old, and says what is there then: "" where there is more than that one file. */
static const char *after(const char *call, int error, int how_often, int *result)
{
    static char text[64];
    snprintf(directory, sizeof directory, "/tmp/gradflow-test-calls-%ld", (long)getpid());
    ck_assert_int_eq(mkdir(directory, 0700), 0);
    ck_assert_int_eq(gf_file_write(in("a"), "as it was", 9), 0);
    failing = call;
    why = error;
    times = how_often;
    *result = gf_file_write(in("a"), "what is new", 11);
    failing = "";
    FILE *file = fopen(in("a"), "r");
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    ck_assert_int_eq(unlink(in("a")), 0);
    ck_assert_msg(rmdir(directory) == 0, "after %s something is left", call);
    return text;
}

START_TEST(what_fails_changes_nothing)
{
    static const struct {
        const char *call;
        int error;
    } calls[] = {{"write", EIO}, {"write", ENOSPC}, {"close", EIO}, {"fchmod", EPERM}, {"rename", EACCES}};
    for (size_t k = 0; k < sizeof calls / sizeof *calls; k++) {
        int result;
        ck_assert_str_eq(after(calls[k].call, calls[k].error, 1, &result), "as it was");
        ck_assert_int_eq(result, calls[k].error);
    }
}
END_TEST

START_TEST(what_is_interrupted_goes_on)
{
    int result;
    ck_assert_str_eq(after("write", EINTR, 3, &result), "what is new");
    ck_assert_int_eq(result, 0);
    ck_assert_str_eq(after("write", -1, 0, &result), "what is new"); /* half of what is left each time */
    ck_assert_int_eq(result, 0);
}
END_TEST

/* Whoever is killed while it writes leaves nothing, where there are files without a name. */
START_TEST(what_is_not_whole_has_no_name)
{
    int result, nameless = -1;
#ifdef O_TMPFILE
    nameless = access("/proc/self/fd", X_OK) ? -1 : open("/tmp", O_WRONLY | O_TMPFILE, 0600);
#endif
    ck_assert_str_eq(after("look", 0, 0, &result), "what is new");
    ck_assert_int_eq(seen, nameless < 0 ? 2 : 1);
    if (nameless >= 0)
        close(nameless);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {what_fails_changes_nothing, what_is_interrupted_goes_on, what_is_not_whole_has_no_name};
    return RUN_TESTS("file_failures", tests);
}
