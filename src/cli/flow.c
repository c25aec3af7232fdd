/* gradflow flow: how far gradients reach back in time, of one model or several. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/terminal.h"

typedef struct flow_options {
    gf_flow_options what;
} flow_options;

static const option_row own[] = {
    {"kind", "K",
     "loss (d L[k] / d h[t], the default), jacobian (d h[k] / d h[t]), paths (those of a step's jacobian), "
     "weights (what a step adds to each)",
     "loss jacobian weights paths"},
    {"plot", "P", "heat (the default) or lines", "heat lines"},
    {"of", "NAMES", "h, or 'h, c'; without it the names with a start, or all weights", NULL},
    {"loss", "NAME", "another 1 x 1 quantity than L", NULL},
    {NULL, NULL, NULL, NULL},
};

/* The number of a word among `count`; -1: it is none of them. */
static int word_of(const char *word, const char *const words[], int count)
{
    for (int k = 0; k < count; k++)
        if (!strcmp(word, words[k]))
            return k;
    return -1;
}

static int take(void *data, const command *self, const char *name, const char *value)
{
    static const char *const kinds[] = {"loss", "jacobian", "weights", "paths"}, *const plots[] = {"heat", "lines"};
    flow_options *f = data;
    if (!strcmp(name, "of"))
        return f->what.of = value, EXIT_DONE;
    if (!strcmp(name, "loss"))
        return f->what.loss = value, EXIT_DONE;
    bool kind = !strcmp(name, "kind");
    int which = kind ? word_of(value, kinds, 4) : word_of(value, plots, 2);
    if (which < 0)
        return bad_usage(self, "--%s wants %s, not '%s'", name,
                         kind ? "loss, jacobian, weights or paths" : "heat or lines", value);
    if (kind)
        f->what.kind = (gf_flow_kind)which;
    else
        f->what.lines = which == 1;
    return EXIT_DONE;
}

/* By the ending of the file; on a terminal characters, else CSV. */
static int choose_format(flow_options *f, const command *self, const options *o)
{
    const char *dot = o->output ? strrchr(o->output, '.') : NULL;
    f->what.format = !o->output && isatty(STDOUT_FILENO) ? GF_FLOW_CHARACTERS : GF_FLOW_CSV;
    if (!o->output || (dot && !strcmp(dot, ".csv")))
        return EXIT_DONE;
    return bad_usage(self, "-o %s: it wants a name that ends in .csv", o->output);
}

/* The models say themselves what is wrong with them. */
static int report(const command *self, gf_model *const models[], size_t count, gf_status status)
{
    for (size_t k = 0; k < count; k++)
        options_report_own(self, models[k], status);
    return exit_for(status);
}

static int flow(const command *self, const options *o, flow_options *f, gf_model *const models[])
{
    char *text;
    size_t size, count = (size_t)o->file_count;
    progress p;
    f->what.progress = progress_begin(&p, self, o);
    f->what.progress_data = &p;
    gf_status status = gf_flow_text(&text, &size, models, count, &f->what);
    int result = status ? report(self, models, count, status) : options_write(o, self, text, size);
    free(text);
    return result;
}

static int read_and_flow(const command *self, options *o, flow_options *f)
{
    int result = EXIT_DONE;
    gf_model **models = calloc((size_t)o->file_count, sizeof *models);
    if (!models)
        return options_report(NULL, GF_ERROR_MEMORY);
    for (int k = 0; k < o->file_count && !result; k++)
        result = options_read_model(&models[k], o, o->files[k]);
    if (!result)
        result = flow(self, o, f, models);
    for (int k = 0; k < o->file_count; k++)
        gf_model_free(models[k]);
    free(models);
    return result;
}

static int run(const command *self, int argc, char *argv[])
{
    options o;
    flow_options f = {.what.size = sizeof f.what};
    int status;
    if (!options_read(&o, self, argc, argv, take, &f, &status))
        return status;
    if (!o.file_count)
        return bad_usage(self, "which file?");
    if (f.what.loss && f.what.kind != GF_FLOW_LOSS)
        return bad_usage(self, "--loss says of what --kind loss differentiates: leave out one of the two");
    status = options_check_output(&o, self);
    if (!status)
        status = choose_format(&f, self, &o);
    if (status)
        return status;
    f.what.width = terminal_width(&o);
    return read_and_flow(self, &o, &f);
}

const command flow_command = {
    .name = "flow",
    .summary = "how far gradients reach back in time",
    .usage = "FILE.gf... [-o OUT] [OPTION]...",
    .operands = MODEL_FILE,
    .about = "Norms of d L[k] / d h[t] for every pair of steps: as CSV, and as a plot in\n"
             "characters on a terminal. FILE - is standard input.\n",
    .own = own,
    .shared = "set seed truncate output",
    .example = "gradflow new lstm -o lstm.gf\n"
               "gradflow flow lstm.gf --of h --set T=40\n",
    .run = run,
};
