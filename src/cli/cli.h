/* What the commands share. */
#ifndef GF_CLI_CLI_H
#define GF_CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include <gradflow/gradflow.h>

#include "base/characters.h"
#include "base/file.h"
#include "base/nearest.h"
#include "base/text.h"

/* Exit statuses. */
enum { EXIT_DONE = 0, EXIT_NO = 1, EXIT_USAGE = 2, EXIT_SYSTEM = 3 };

/* A command: its name, a line for the list, its help (with an example, to fit a screen) and what it does. argv[0] is
 * its name; the result is the exit status. */
typedef struct command {
    const char *name, *summary, *help;
    int (*run)(const struct command *self, int argc, char *argv[]);
} command;

extern const command check_command, demo_command, derive_command, draw_command, explain_command, new_command,
    show_command;

/* The program as it was called, for commands that are printed to be pasted. */
extern const char *program_called;

/* "gradflow: demo: <message>" on standard error. */
void complain(const char *who, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Says the problem and where help is; returns EXIT_USAGE. */
int bad_usage(const command *self, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The exit status that a status of the library calls for. */
int exit_for(gf_status status);

#endif
