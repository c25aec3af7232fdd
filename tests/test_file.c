/* Files are written whole or not at all. */
#include "support.h"
#include "text/file.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* A directory of its own for each test, and paths in it. */
static char directory[64];

static const char *in(const char *name)
{
    static char paths[4][sizeof directory + 256];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", directory, name);
    return path;
}

static void open_directory(void)
{
    snprintf(directory, sizeof directory, "/tmp/gradflow-test-files-%ld", (long)getpid());
    ck_assert_int_eq(mkdir(directory, 0700), 0);
}

/* How many files there are. */
static int files(void)
{
    DIR *open = opendir(directory);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(open));)
        count += entry->d_name[0] != '.';
    closedir(open);
    return count;
}

static void close_directory(int wanted)
{
    ck_assert_int_eq(files(), wanted); /* nothing half written is left */
    DIR *open = opendir(directory);
    for (struct dirent *entry; (entry = readdir(open));)
        if (entry->d_name[0] != '.')
            ck_assert_int_eq(unlink(in(entry->d_name)), 0);
    closedir(open);
    ck_assert_int_eq(rmdir(directory), 0);
}

static void assert_holds(const char *path, const char *wanted)
{
    char text[64] = "";
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    ck_assert_str_eq(text, wanted);
}

START_TEST(a_new_file)
{
    open_directory();
    ck_assert_int_eq(gf_file_write(in("a"), "hello", 5), 0);
    assert_holds(in("a"), "hello");
    ck_assert_int_eq(gf_file_write(in("empty"), "", 0), 0);
    assert_holds(in("empty"), "");
    close_directory(2);
}
END_TEST

START_TEST(an_old_file_keeps_its_permissions)
{
    struct stat now;
    open_directory();
    gf_file_write(in("a"), "a longer text", 13);
    ck_assert_int_eq(chmod(in("a"), 0640), 0);
    ck_assert_int_eq(gf_file_write(in("a"), "short", 5), 0);
    assert_holds(in("a"), "short");
    ck_assert_int_eq(stat(in("a"), &now), 0);
    ck_assert_int_eq(now.st_mode & 07777, 0640);
    close_directory(1);
}
END_TEST

START_TEST(a_link_stays_a_link)
{
    struct stat now;
    open_directory();
    gf_file_write(in("target"), "old", 3);
    ck_assert_int_eq(symlink("target", in("link")), 0);
    ck_assert_int_eq(gf_file_write(in("link"), "new", 3), 0);
    assert_holds(in("target"), "new");
    ck_assert_int_eq(lstat(in("link"), &now), 0);
    ck_assert(S_ISLNK(now.st_mode));
    close_directory(2);
}
END_TEST

/* Links that name a file which is not there yet, one by one and in a row, from here and from the root. */
START_TEST(a_dangling_link_stays_a_link)
{
    struct stat now;
    open_directory();
    ck_assert_int_eq(symlink("target", in("link")), 0);
    ck_assert_int_eq(symlink(in("link"), in("link2")), 0);
    ck_assert_int_eq(gf_file_write(in("link2"), "new", 3), 0);
    assert_holds(in("target"), "new");
    ck_assert_int_eq(lstat(in("link"), &now), 0);
    ck_assert(S_ISLNK(now.st_mode));
    ck_assert_int_eq(lstat(in("link2"), &now), 0);
    ck_assert(S_ISLNK(now.st_mode));
    ck_assert_int_eq(symlink("missing/a", in("lost")), 0);
    ck_assert_int_eq(gf_file_write(in("lost"), "new", 3), ENOENT);
    ck_assert_int_eq(symlink("circle", in("circle")), 0);
    ck_assert_int_eq(gf_file_write(in("circle"), "new", 3), ELOOP);
    close_directory(5);
}
END_TEST

START_TEST(what_is_no_regular_file_is_written_into)
{
    open_directory();
    ck_assert_int_eq(gf_file_write("/dev/null", "gone", 4), 0);
    if (access("/dev/full", W_OK) == 0)
        ck_assert_int_eq(gf_file_write("/dev/full", "too much", 8), ENOSPC);
    ck_assert_int_eq(gf_file_write(directory, "text", 4), EISDIR);
    close_directory(0);
}
END_TEST

START_TEST(names_that_are_taken_are_stepped_over)
{
    char taken[32];
    open_directory();
    snprintf(taken, sizeof taken, "a.%ld.0", (long)getpid());
    gf_file_write(in(taken), "another's", 9);
    ck_assert_int_eq(gf_file_write(in("a"), "mine", 4), 0);
    assert_holds(in("a"), "mine");
    assert_holds(in(taken), "another's");
    close_directory(2);
}
END_TEST

START_TEST(what_cannot_be_written_leaves_nothing)
{
    open_directory();
    ck_assert_int_eq(gf_file_write(in("missing/a"), "text", 4), ENOENT);
    char name[300] = "";
    memset(name, 'n', sizeof name - 1); /* longer than a name may be */
    char path[400];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    ck_assert_int_eq(gf_file_write(path, "text", 4), ENAMETOOLONG);
    path[strlen(directory) + 1 + 255] = '\0'; /* as long as one may be */
    ck_assert_int_eq(gf_file_write(path, "text", 4), 0);
    assert_holds(path, "text");
    ck_assert_int_eq(unlink(path), 0);
    gf_file_write(in("a"), "text", 4);
    ck_assert_int_eq(gf_file_write(in("a/b"), "text", 4), ENOTDIR);
    assert_holds(in("a"), "text");
    close_directory(1);
}
END_TEST

/* A file may grow to so many bytes from here on; what is written past them fails, after the first part was written. */
static void limit_files_to(rlim_t bytes)
{
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
}

/* The signal of such a write ends a process, unless it is kept from it; and it is not kept for later either. */
START_TEST(half_a_file_never_remains)
{
    struct rlimit usual;
    sigset_t waiting;
    getrlimit(RLIMIT_FSIZE, &usual);
    static char data[100000];
    open_directory();
    gf_file_write(in("a"), "as it was", 9);
    limit_files_to(50000);
    int replaced = gf_file_write(in("a"), data, sizeof data), new = gf_file_write(in("b"), data, sizeof data);
    limit_files_to(usual.rlim_cur);
    ck_assert_int_eq(replaced, EFBIG);
    ck_assert_int_eq(new, EFBIG);
    ck_assert_int_eq(sigpending(&waiting), 0);
    ck_assert_int_eq(sigismember(&waiting, SIGXFSZ), 0);
    assert_holds(in("a"), "as it was");
    close_directory(1);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_new_file,
        an_old_file_keeps_its_permissions,
        a_link_stays_a_link,
        a_dangling_link_stays_a_link,
        what_is_no_regular_file_is_written_into,
        names_that_are_taken_are_stepped_over,
        what_cannot_be_written_leaves_nothing,
        half_a_file_never_remains,
    };
    return RUN_TESTS("file", tests);
}
