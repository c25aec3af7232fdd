/* The options that commands on model files share: --set, --seed, --truncate, --load, -o, --color, -q and so on. */
#ifndef GF_CLI_OPTIONS_H
#define GF_CLI_OPTIONS_H

#include "cli/cli.h"

typedef enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } color;

enum { SETTINGS = 100 }; /* the most values of --set */

/* --set T=50: a size, or the number of steps; --seed and --truncate are settings named so. */
typedef struct setting {
    const char *name;
    long long value;
} setting;

typedef struct options {
    const char *output; /* -o; NULL: standard output, which `-o -` is as well */
    const char *load;   /* --load; NULL: parameters are the file's */
    bool quiet;         /* -q */
    color color;
    setting settings[SETTINGS]; /* in the order of the command line */
    int setting_count;
    char **files; /* what is no option, "-" included: argv's own strings */
    int file_count;
    struct watched *watched; /* --watch: to which the files that are read are added; NULL without */
    bool refused;            /* the output is one of the inputs, which was said: nothing is written */
} options;

/* Takes one of the command's own options, through `data`. The value is NULL where none is wanted. Returns EXIT_DONE, or
 * what bad_usage returns. */
typedef int take_option(void *data, const command *self, const char *name, const char *value);

/* Reads a command line into *out; options may stand before or after files. True: go on. False: the command is over,
 * with the exit status *status (--help was printed, or what is wrong was said). What is no shared option is one of
 * self->own, for `take`; `take` may be NULL where there are none.
 *
 *     options o;
 *     int status;
 *     if (!options_read(&o, self, argc, argv, take, &mine, &status))
 *         return status; */
bool options_read(options *out, const command *self, int argc, char *argv[], take_option *take, void *data,
                  int *status);

enum { MOST_OPTIONS = 32 }; /* of one command, with the shared ones */

/* The options that a command's help names, in its order; returns how many. */
size_t options_of(const option_row *out[MOST_OPTIONS], const command *c);

/* The letter of -o, say; 0: the option has none. */
char options_letter(const option_row *row);

/* Refuses settings, which say something of a model, on the command line of a command that reads none. Returns
 * EXIT_DONE, or what bad_usage returns. */
int options_refuse_settings(const options *o, const command *self);

/* Says what is wrong with the output before work begins: it is a directory, or one of the files that are read, by
 * whatever name. Returns EXIT_DONE or EXIT_USAGE. */
int options_check_output(const options *o, const command *self);

/* Of a command that takes one file and then words: says so where the file stands behind, or where there are two. */
int options_check_first_file(const options *o, const command *self);

/* The same of an output that is a folder, for a NAME.csv of each name of the model. */
int options_check_folder(const options *o, const command *self, gf_model *m);

/* Shall what is written to this stream have colours? With --color auto, only on a terminal, and not where NO_COLOR is
 * set (https://no-color.org) or the terminal is "dumb". */
bool options_color(const options *o, FILE *stream);

/* Reads the model file of that path ("-": standard input) with the settings of the command line. Returns EXIT_DONE and
 * the model, to be freed with gf_model_free; otherwise the exit status, *out NULL, and everything that is wrong has
 * been printed to standard error. It is not unrolled yet. A model of which the output is a csv file is refused, too. */
int options_read_model(gf_model **out, options *o, const char *path);

/* The same, but that where it fails *out is what could be read, whose message says what is wrong; NULL: nothing was. */
int options_try_model(gf_model **out, options *o, const char *path);

/* The same, for whom works no values out: with less memory, too. */
int options_read_equations(gf_model **out, options *o, const char *path);

/* Refuses an output that is one of the csv files of the model. */
int options_refuse_csv(const options *o, gf_model *m);

/* What the file says of a name, the first `size` bytes of a text; NULL if it has none such. */
const gf_model_name *options_find_name(gf_model *m, const char *text, size_t size);

/* Says that the file has no such name as an option asks for, and what could be meant. Returns what bad_usage returns.
 */
int options_refuse_name(const command *self, gf_model *m, const char *option, const char *text);

/* Says what is wrong with a model, or "out of memory" where it is NULL: on standard error, with file, line and column.
 * Returns the exit status. */
int options_report(gf_model *m, gf_status status);

/* The same for a command whose lines the library begins with its name, "show: …": these begin with the program's, as
 * wrong usage does. */
int options_report_own(const command *self, gf_model *m, gf_status status);

/* Says where the first number of a graph is that is not finite: "h[1] is not finite", or, of gradients, "the gradient
 * of h[1] is not finite"; false where there is none. */
enum { FACT = 192 };
bool options_find_nonfinite(char fact[FACT], gf_graph *g, bool gradients);

/* Where the loss is not finite, tells it to whoever sees the NaN that comes of it. */
void options_tell_nonfinite(const options *o, const command *self, gf_model *m, const char *path);

/* Writes a result where -o says: to standard output, or a file, whole or not at all. Returns the exit status, having
 * said what is wrong. */
int options_write(const options *o, const command *self, const char *data, size_t size);

/* Of an option's value that is one of the words of a list, which NULL ends: its number in *out. Returns EXIT_DONE, or
 * what bad_usage returns, having said which there are and which is near; *out is then -1. */
int choose_word(int *out, const command *self, const char *option, const char *word, const char *const words[]);

/* The format that the ending of -o asks for, of a list of endings and formats in turn that NULL ends; NULL: it has
 * none. Returns EXIT_DONE, or, of an ending that says what another command writes, what bad_usage returns, having said
 * which there are: of each format the first. */
int options_ending(const char **out, const options *o, const command *self, const char *const formats[]);

/* The number of a word in a list that NULL ends; -1 if it is none of them. */
int word_of(const char *word, const char *const words[]);

/* A whole number from a text that holds nothing else. */
bool read_integer(long long *out, const char *text);

#endif
