/* What is said of the commands, from what their tables say: help, the manual page, and completion for shells. */
#ifndef GF_CLI_HELP_H
#define GF_CLI_HELP_H

#include "cli/options.h"

/* gradflow --help: the list of commands. */
void help_list(FILE *stream);

/* gradflow COMMAND --help, on standard output. */
void help_print(const command *c);

/* gradflow.1, for man. */
void manual_add(gf_text *out);

/* Scripts that complete a line. */
void completion_add_bash(gf_text *out);
void completion_add_zsh(gf_text *out);
void completion_add_fish(gf_text *out);

#endif
