/* The terminal: its width, and progress on it. */
#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

int terminal_width(const options *o)
{
    struct winsize size;
    if (o->output || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
        return 0;
    return size.ws_col >= 20 ? size.ws_col : 0;
}

static void show_progress(double share, void *data)
{
    progress *p = data;
    int percent = (int)(100 * share);
    if (percent <= p->shown || time(NULL) < p->start + 2)
        return;
    p->shown = percent;
    if (percent < 100)
        fprintf(stderr, "\rgradflow: %s: %d%% ", p->self->name, percent);
    else
        fputs("\r\033[K", stderr);
}

tell_progress *progress_begin(progress *p, const command *self, const options *o)
{
    *p = (progress){.self = self, .start = time(NULL)};
    return isatty(STDERR_FILENO) && !o->quiet ? show_progress : NULL;
}
