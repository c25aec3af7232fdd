/* The viewer (--open): has the desktop show a file. */
#ifndef GF_CLI_VIEWER_H
#define GF_CLI_VIEWER_H

#include "cli/cli.h"

/* The row of a command's table; what takes it sets a flag. */
#define OPEN_ROW                                                                                                       \
    {                                                                                                                  \
        "open", NULL, "in the desktop's viewer; without -o a temporary SVG", NULL                                      \
    }

/* Has the desktop's viewer open a file: xdg-open, or open on macOS, apart from this program and its terminal. Returns
 * EXIT_DONE, or EXIT_SYSTEM where there is none, or it says at once that it cannot: that was said then. */
int viewer_open(const command *self, const char *path);

/* The name of a file to write in a new temporary folder, called after the one that is read ("-": model): lstm.svg for
 * models/lstm.gf and "svg". The caller frees it; NULL where there can be none, which was said. */
char *viewer_file(const command *self, const char *read, const char *ending);

/* Takes the folder of such a name away again, where nothing was written to it. */
void viewer_forget(const char *path);

#endif
