/* What the commands share. */
#ifndef GF_CLI_CLI_H
#define GF_CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include <gradflow/gradflow.h>

#include "text/characters.h"
#include "text/file.h"
#include "text/nearest.h"
#include "text/text.h"

/* Exit statuses. */
enum { EXIT_DONE = 0, EXIT_NO = 1, EXIT_USAGE = 2, EXIT_SYSTEM = 3 };

/* What completes the value of an option, or an operand: one of these, or words with blanks between them. */
#define ANY_FILE "*"
#define MODEL_FILE "*.gf"
#define FOLDER "/"
#define COMMAND_NAME "@command"
#define TEMPLATE_NAME "@template"

/* An option: --NAME, or, with a metavariable, --NAME=VALUE. A list ends with {NULL, NULL, NULL, NULL}.
 * One without a meaning stands on one line with the next: "--from X, --to Y  only what lies between". */
typedef struct option_row {
    const char *name;
    const char *value;     /* the metavariable: "FILE"; NULL: it takes no value */
    const char *meaning;   /* a line or two of the help */
    const char *completes; /* NULL: nothing is known of the value */
} option_row;

/* A command. What is said of it here is its help (which fits a screen of 80 x 24), its part of the manual page, and
 * what shells complete. */
typedef struct command {
    const char *name, *summary; /* the line of the list */
    const char *usage;          /* what stands behind its name: "FILE.gf... [OPTION]..." */
    const char *operands;       /* what completes these */
    const char *about;          /* lines as they are; those that are indented are a list */
    const option_row *own;      /* its own options; one named as a shared one says what that means here; or NULL */
    const char *shared;         /* those of the shared options that its help names: "set seed" */
    const char *status;         /* its exit statuses in its own words; NULL: those of every command */
    const char *example;        /* command lines */
    int (*run)(const struct command *self, int argc, char *argv[]); /* argv[0] is its name; the exit status */
} command;

extern const command check_command, demo_command, derive_command, draw_command, explain_command, flow_command,
    help_command, new_command, show_command, train_command;

/* The commands in the order of the list; NULL beyond. */
const command *command_at(size_t k);
const command *command_find(const char *name);

/* The program as it was called, for commands that are printed to be pasted. */
extern const char *program_called;

/* Adds a word of a command line, in quotes where a shell needs them. */
void add_word(gf_text *out, const char *word);

/* Says that there is no command argv[0], and the line that may be meant: "gradflow", `words`, the nearest command, and
 * the other arguments. Returns EXIT_USAGE. */
int refuse_command(const char *words, int argc, char *argv[]);

/* "gradflow: demo: <message>" on standard error. */
void complain(const char *who, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Says the problem and where help is; returns EXIT_USAGE. */
int bad_usage(const command *self, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The exit status that a status of the library calls for. */
int exit_for(gf_status status);

#endif
