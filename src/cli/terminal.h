/* The terminal: how wide it is, and how far long work has come. */
#ifndef GF_CLI_TERMINAL_H
#define GF_CLI_TERMINAL_H

#include <time.h>

#include "cli/options.h"

/* Characters of a line of the terminal that results go to; 0: they go elsewhere, or it does not say. */
int terminal_width(const options *o);

/* How far it is, on standard error, each time that a percent more is done, and each second; of what takes less than two
 * seconds, nothing. `words` may say more: then there is a bar, and how long it will take. */
typedef struct progress {
    const command *self;
    struct timespec start;
    int shown;          /* per cent, and */
    double shown_after; /* seconds */
    char words[80];
} progress;

/* Since it began. */
double progress_seconds(const progress *p);

/* What the library is to call, with a progress as its data: begun now; NULL where nobody shall see it. */
typedef void tell_progress(double share, void *data);
tell_progress *progress_begin(progress *p, const command *self, const options *o);

/* Nothing of it stays on the terminal. */
void progress_end(progress *p);

#endif
