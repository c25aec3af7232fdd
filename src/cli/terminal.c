/* The terminal: its width, and progress on it. */
#include "cli/terminal.h"

#include <math.h>
#include <sys/ioctl.h>
#include <unistd.h>

int terminal_width(const options *o)
{
    struct winsize size;
    if (o->output || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
        return 0;
    return size.ws_col >= 20 ? size.ws_col : 0;
}

double progress_seconds(const progress *p)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - p->start.tv_sec) + (double)(now.tv_nsec - p->start.tv_nsec) / 1e9;
}

/* "1 h 05 min left", "3 min 20 s left", "9 s left" */
static void write_left(char *out, size_t size, double seconds)
{
    long left = (long)ceil(seconds);
    if (left >= 3600)
        snprintf(out, size, "%ld h %02ld min left", left / 3600, left / 60 % 60);
    else if (left >= 60)
        snprintf(out, size, "%ld min %02ld s left", left / 60, left % 60);
    else
        snprintf(out, size, "%ld s left", left);
}

static void show_bar(const progress *p, int percent, double left)
{
    enum { WIDE = 20 };
    char words[64];
    write_left(words, sizeof words, left);
    fprintf(stderr, "\rgradflow: %s: ", p->self->name);
    for (int k = 0; k < WIDE; k++)
        fputs(k < percent * WIDE / 100 ? "█" : "░", stderr);
    fprintf(stderr, " %d%%, %s, %s\033[K", percent, p->words, words);
}

static void show_progress(double share, void *data)
{
    progress *p = data;
    double seconds = progress_seconds(p);
    int percent = (int)(100 * share);
    bool due = percent > p->shown || (*p->words && seconds > p->shown_after + 1);
    if (!due || seconds < 2)
        return;
    p->shown = percent;
    p->shown_after = seconds;
    if (percent >= 100)
        progress_end(p);
    else if (*p->words)
        show_bar(p, percent, seconds * (1 - share) / share);
    else
        fprintf(stderr, "\rgradflow: %s: %d%% ", p->self->name, percent);
}

void progress_end(progress *p)
{
    if (p->shown_after > 0)
        fputs("\r\033[K", stderr);
    p->shown_after = 0;
}

tell_progress *progress_begin(progress *p, const command *self, const options *o)
{
    *p = (progress){.self = self};
    clock_gettime(CLOCK_MONOTONIC, &p->start);
    return isatty(STDERR_FILENO) && !o->quiet ? show_progress : NULL;
}
