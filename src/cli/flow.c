/* gradflow flow: how far gradients reach back in time, of one model or several. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/page.h"
#include "cli/terminal.h"
#include "cli/viewer.h"

typedef struct flow_options {
    gf_flow_options what;
    page_options page;
    bool opens; /* --open */
} flow_options;

static const option_row own[] = {
    {"kind", "K",
     "loss (d L[k] / d h[t], the default), jacobian (d h[k] / d h[t]), paths (those of a step's jacobian), "
     "weights (what a step adds to each)",
     "loss jacobian weights paths"},
    {"plot", "P", "heat (the default) or lines", "heat lines"},
    {"of", "NAMES", "h, or 'h, c'; without it the names with a start, or all weights", NULL},
    {"loss", "NAME", "another 1 x 1 quantity than L", NULL},
    THEME_ROW,
    SIZE_ROWS,
    OPEN_ROW,
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
    if (!value)
        return f->opens = true, EXIT_DONE;
    if (page_has(name))
        return page_take(&f->page, self, name, value);
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

/* By the ending of the file; without a file characters on a terminal, else CSV. */
static int choose_format(flow_options *f, const command *self, const options *o)
{
    static const struct {
        const char *ending;
        gf_flow_format format;
    } endings[] = {{".csv", GF_FLOW_CSV}, {".svg", GF_FLOW_SVG}, {".png", GF_FLOW_PNG}, {".pdf", GF_FLOW_PDF}};
    const char *dot = o->output ? strrchr(o->output, '.') : NULL;
    f->what.format = isatty(STDOUT_FILENO) ? GF_FLOW_CHARACTERS : GF_FLOW_CSV;
    for (size_t k = 0; dot && k < sizeof endings / sizeof *endings; k++)
        if (!strcmp(dot, endings[k].ending))
            return f->what.format = endings[k].format, EXIT_DONE;
    if (!o->output)
        return EXIT_DONE;
    return bad_usage(self, "-o %s: which format? End it in .svg, .png, .pdf or .csv", o->output);
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

/* --open without -o has nothing to open but what is written to a temporary folder. */
static int flow_and_open(const command *self, options *o, flow_options *f)
{
    char *path = o->output ? NULL : viewer_file(self, o->files[0], "svg");
    if (!o->output && !path)
        return EXIT_SYSTEM;
    o->output = path ? path : o->output;
    f->what.format = path ? GF_FLOW_SVG : f->what.format;
    int status = read_and_flow(self, o, f);
    if (status && path)
        viewer_forget(path);
    if (!status && path && !o->quiet)
        complain(self->name, "the picture is %s", path);
    if (!status)
        status = viewer_open(self, o->output);
    free(path);
    return status;
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
    f.what.theme = f.page.theme;
    f.what.page_width = f.page.width;
    f.what.page_height = f.page.height;
    f.what.dots_per_inch = f.page.dots;
    return f.opens ? flow_and_open(self, &o, &f) : read_and_flow(self, &o, &f);
}

const command flow_command = {
    .name = "flow",
    .summary = "how far gradients reach back in time",
    .usage = "FILE.gf... [-o OUT] [OPTION]...",
    .operands = MODEL_FILE,
    .about = "Norms of d L[k] / d h[t] for every pair of steps, of several files on one scale:\n"
             "-o x.svg, x.png, x.pdf, x.csv; without it a plot in characters on a terminal,\n"
             "elsewhere CSV. FILE - is standard input.\n",
    .own = own,
    .shared = "set seed truncate output",
    .example = "gradflow new lstm -o lstm.gf\n"
               "gradflow flow lstm.gf --of h --set T=40 -o flow.svg\n",
    .run = run,
};
