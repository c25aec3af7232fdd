/* Watching (--watch): a command again, whenever what it read changes.
 *
 * What a file was is kept as a stamp: which file, how long, when written. A file has changed where its stamp has, so it
 * does not matter how an editor saves: in place, or as another file that is renamed. When to look is said by inotify,
 * for the folders (a file that is renamed is another one), where there is one; and in any case after a second, since
 * there are files that inotify does not see: behind a link, or written by another machine. */
#include "cli/watch.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#ifdef GF_HAVE_INOTIFY
#include <sys/inotify.h>
#endif

#include "base/grow.h"

#ifdef __APPLE__
#define st_mtim st_mtimespec
#endif

enum {
    NAP = 50,     /* milliseconds for which a file has to stay as it is, before it is read */
    NAPS = 20,    /* for how many of these that is waited for, or that a file comes back */
    SECOND = 1000 /* when to look, whatever inotify says */
};

typedef struct stamp {
    bool there;
    dev_t device;
    ino_t number;
    off_t size;
    struct timespec written;
} stamp;

typedef struct watched_file {
    char *path;
    stamp before; /* when it was last looked at */
} watched_file;

struct watched {
    watched_file *files;
    size_t count, room;
    int notifier; /* of inotify; -1: there is none */
};

/* --- stamps ------------------------------------------------------------------------------------- */

static stamp stamp_of(const char *path)
{
    struct stat about;
    if (stat(path, &about))
        return (stamp){.there = false};
    return (stamp){true, about.st_dev, about.st_ino, about.st_size, about.st_mtim};
}

static bool same(const stamp *a, const stamp *b)
{
    return a->there == b->there && a->device == b->device && a->number == b->number && a->size == b->size &&
           a->written.tv_sec == b->written.tv_sec && a->written.tv_nsec == b->written.tv_nsec;
}

/* Takes all stamps anew. Were they the same, and is every file there? */
static bool is_settled(struct watched *w)
{
    bool settled = true;
    for (size_t k = 0; k < w->count; k++) {
        stamp now = stamp_of(w->files[k].path);
        settled = settled && now.there && same(&now, &w->files[k].before);
        w->files[k].before = now;
    }
    return settled;
}

static bool has_changed(const struct watched *w)
{
    for (size_t k = 0; k < w->count; k++) {
        stamp now = stamp_of(w->files[k].path);
        if (!same(&now, &w->files[k].before))
            return true;
    }
    return false;
}

/* --- when to look ---------------------------------------------------------------------------------- */

static void nap(int milliseconds)
{
    nanosleep(&(struct timespec){milliseconds / 1000, milliseconds % 1000 * 1000000L}, NULL);
}

#ifdef GF_HAVE_INOTIFY
/* Where there are too many watches already, a second is waited for instead. */
static void listen_to_folder_of(const struct watched *w, char *path)
{
    const uint32_t events = IN_CLOSE_WRITE | IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO;
    char *slash = strrchr(path, '/');
    if (slash)
        *slash = '\0';
    inotify_add_watch(w->notifier, !slash ? "." : *path ? path : "/", events);
    if (slash)
        *slash = '/';
}

/* Until something happens in one of the folders, which may be others than before. */
static void wait_for_events(const struct watched *w)
{
    char events[4096];
    for (size_t k = 0; k < w->count; k++)
        listen_to_folder_of(w, w->files[k].path);
    if (!has_changed(w))
        poll(&(struct pollfd){.fd = w->notifier, .events = POLLIN}, 1, SECOND);
    while (read(w->notifier, events, sizeof events) > 0)
        ;
}

static int notifier_new(void)
{
    return inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
}
#else
static void wait_for_events(const struct watched *w)
{
    (void)w;
}

static int notifier_new(void)
{
    return -1;
}
#endif

/* A file that is gone may be about to be another; one that was written, is perhaps not yet written to its end. */
static void wait_for_change(struct watched *w)
{
    while (!has_changed(w)) {
        if (w->notifier >= 0)
            wait_for_events(w);
        nap(w->notifier >= 0 ? NAP : SECOND / 4);
    }
    for (int k = 0; k < NAPS && !is_settled(w); k++)
        nap(NAP);
}

/* --- rounds ----------------------------------------------------------------------------------------- */

bool watch_add(struct watched *w, const char *path)
{
    for (size_t k = 0; k < w->count; k++)
        if (!strcmp(w->files[k].path, path))
            return true;
    if (!gf_grow(&w->files, &w->room, w->count + 1))
        return false;
    char *copy = strdup(path);
    if (copy)
        w->files[w->count++] = (watched_file){copy, stamp_of(path)};
    return copy != NULL;
}

static void watched_free(struct watched *w)
{
    while (w->count)
        free(w->files[--w->count].path);
    free(w->files);
    if (w->notifier >= 0)
        close(w->notifier);
}

static bool is_terminal(FILE *stream)
{
    const char *terminal = getenv("TERM");
    return terminal && strcmp(terminal, "dumb") != 0 && isatty(fileno(stream));
}

/* It stands before what standard error says. */
static void begin_round(const options *o, bool again)
{
    FILE *stream = o->output ? stderr : stdout;
    if (is_terminal(stream)) {
        fputs("\033[H\033[2J", stream);
    } else if (again && !o->quiet) {
        fputs("---", stream);
        for (int k = 0; k < o->file_count; k++)
            fprintf(stream, " %s", o->files[k]);
        fputs("\n", stream);
    }
    fflush(stream);
}

static void tell_of_waiting(const command *self, const options *o)
{
    if (!o->quiet && isatty(fileno(stderr)))
        complain(self->name, "watching %s%s; Ctrl-C ends", o->files[0], o->file_count > 1 ? " and the others" : "");
}

static int run_rounds(const command *self, options *o, watch_round *round, void *data)
{
    for (bool again = false;; again = true) {
        begin_round(o, again);
        is_settled(o->watched);
        o->refused = false;
        round(data);
        if (fflush(stdout) || ferror(stdout))
            return EXIT_SYSTEM; /* main says so */
        tell_of_waiting(self, o);
        wait_for_change(o->watched);
    }
}

static int refuse_files(const command *self, const options *o)
{
    for (int k = 0; k < o->file_count; k++)
        if (!strcmp(o->files[k], "-"))
            return bad_usage(self, "--watch watches files, and - is standard input, which ends: name a file");
    return EXIT_DONE;
}

int watch(const command *self, options *o, watch_round *round, void *data)
{
    struct watched w = {.notifier = -1};
    int status = refuse_files(self, o);
    if (status)
        return status;
    w.notifier = notifier_new();
    bool good = true;
    for (int k = 0; k < o->file_count && good; k++)
        good = watch_add(&w, o->files[k]);
    o->watched = &w;
    status = good ? run_rounds(self, o, round, data) : options_report(NULL, GF_ERROR_MEMORY);
    o->watched = NULL;
    watched_free(&w);
    return status;
}
