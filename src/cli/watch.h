/* Watching (--watch): a command again, whenever what it read changes. */
#ifndef GF_CLI_WATCH_H
#define GF_CLI_WATCH_H

#include "cli/options.h"

/* The row of a command's table; what takes it sets a flag. */
#define WATCH_ROW                                                                                                      \
    {                                                                                                                  \
        "watch", NULL, "again when FILE or a csv file of it changes; Ctrl-C ends", NULL                                \
    }

/* Does the work once; returns its exit status. */
typedef int watch_round(void *data);

/* Runs a round, and again whenever one of o->files changes, or a csv file that a model among them names. What a round
 * says of a file that is not there, or wrong, is no end. There is none but a signal: Ctrl-C ends the program as it ends
 * others, which a shell sees as status 130. Before each round the terminal is cleared; where results go elsewhere, a
 * line
 * "---" and the names of the files stands before all but the first, unless -q. Returns only what keeps it from
 * watching: EXIT_USAGE (standard input, no file) or EXIT_SYSTEM (no memory, nobody takes the results), which was said.
 *
 *     return mine.watches ? watch(self, &o, round, &mine) : round(&mine); */
int watch(const command *self, options *o, watch_round *round, void *data);

/* Adds a file that is read, for options_read_model. False without memory. */
bool watch_add(struct watched *w, const char *path);

#endif
