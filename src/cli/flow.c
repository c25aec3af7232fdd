/* gradflow flow: how far gradients reach back in time, of one model or several. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/page.h"
#include "cli/terminal.h"
#include "cli/viewer.h"

enum { CURVES = 100 };

typedef struct flow_options {
    gf_flow_options what;
    const char *curves[CURVES]; /* --curve */
    size_t curve_count;
    double low, high;    /* --range */
    const char *kind_of; /* the first option that is not about curves; NULL: there was none */
    bool ranged;         /* --range was given */
    page_options page;
    bool opens; /* --open */
} flow_options;

static const option_row own[] = {
    {"kind", "K", "loss (d L[k] / d h[t]), jacobian (d h[k] / d h[t]), weights (what a step adds to each), paths",
     "loss jacobian weights paths"},
    {"plot", "P", "heat or lines", "heat lines"},
    {"of", "NAMES", "h, or 'h, c'; without it the states, or all weights", NULL},
    {"loss", "NAME", "another 1 x 1 quantity than L", NULL},
    {"curve", "EXPR", "instead: a function of u, as \"tanh'(u)\"; may be repeated", NULL},
    {"range", "A..B", "from where to where u goes; without it -5..5", NULL},
    THEME_ROW,
    SIZE_ROWS,
    OPEN_ROW,
    {NULL, NULL, NULL, NULL},
};

static int take_kind(flow_options *f, const command *self, const char *value)
{
    static const char *const kinds[] = {"loss", "jacobian", "weights", "paths", NULL};
    int which, status = choose_word(&which, self, "kind", value, kinds);
    if (!status)
        f->what.kind = (gf_flow_kind)which;
    return status;
}

static int take_plot(flow_options *f, const command *self, const char *value)
{
    static const char *const plots[] = {"heat", "lines", NULL};
    int which, status = choose_word(&which, self, "plot", value, plots);
    f->what.lines = which == 1;
    return status;
}

static int take_curve(flow_options *f, const command *self, const char *value)
{
    if (f->curve_count == CURVES)
        return bad_usage(self, "more than %d curves", CURVES);
    return f->curves[f->curve_count++] = value, EXIT_DONE;
}

/* --range -1..1 */
static int take_range(flow_options *f, const command *self, const char *text)
{
    const char *dots = strstr(text, "..");
    f->low = dots ? gf_number_read(text, (size_t)(dots - text)) : NAN;
    f->high = dots ? gf_number_read(dots + 2, strlen(dots + 2)) : NAN;
    f->ranged = true;
    if (f->low < f->high && isfinite(f->high - f->low))
        return EXIT_DONE;
    return bad_usage(self, "--range wants two numbers, the smaller first, such as -1..1, not '%s'", text);
}

static int take(void *data, const command *self, const char *name, const char *value)
{
    flow_options *f = data;
    if (!value)
        return f->opens = true, EXIT_DONE;
    if (page_has(name))
        return page_take(&f->page, self, name, value);
    if (!strcmp(name, "curve"))
        return take_curve(f, self, value);
    if (!strcmp(name, "range"))
        return take_range(f, self, value);
    f->kind_of = f->kind_of ? f->kind_of : name;
    if (!strcmp(name, "kind"))
        return take_kind(f, self, value);
    if (!strcmp(name, "plot"))
        return take_plot(f, self, value);
    return *(strcmp(name, "of") ? &f->what.loss : &f->what.of) = value, EXIT_DONE;
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
    size_t size, count = o->file_count ? (size_t)o->file_count : 1;
    progress p;
    f->what.progress = progress_begin(&p, self, o);
    f->what.progress_data = &p;
    gf_status status =
        f->curve_count ? gf_flow_curves(&text, &size, models[0], f->curves, f->curve_count, f->low, f->high, &f->what)
                       : gf_flow_text(&text, &size, models, count, &f->what);
    int result = status ? report(self, models, count, status) : options_write(o, self, text, size);
    if (status == GF_ERROR_SYNTAX && !o->file_count)
        complain(self->name, "without a file, --curve knows u, numbers and functions alone");
    for (size_t k = 0; !status && !o->quiet && k < count; k++)
        options_report_own(self, models[k], status); /* what was passed over */
    for (size_t k = 0; !status && k < count; k++)
        options_tell_nonfinite(o, self, models[k], k < (size_t)o->file_count ? o->files[k] : "-");
    free(text);
    return result;
}

/* Curves need no file: then of what needs nothing, either. */
static int read_nothing(gf_model **out)
{
    gf_status status = gf_model_parse(out, "loss 0\n", "--curve");
    return status ? options_report(*out, status) : EXIT_DONE;
}

static int read_and_flow(const command *self, options *o, flow_options *f)
{
    int result = EXIT_DONE;
    gf_model **models = calloc((size_t)o->file_count + 1, sizeof *models);
    if (!models)
        return options_report(NULL, GF_ERROR_MEMORY);
    if (!o->file_count)
        result = read_nothing(&models[0]);
    for (int k = 0; k < o->file_count && !result; k++)
        result = options_read_model(&models[k], o, o->files[k]);
    if (!result)
        result = flow(self, o, f, models);
    for (int k = 0; k <= o->file_count; k++)
        gf_model_free(models[k]);
    free(models);
    return result;
}

/* --open without -o has nothing to open but what is written to a temporary folder. */
static int flow_and_open(const command *self, options *o, flow_options *f)
{
    char *path = o->output ? NULL : viewer_file(self, o->file_count ? o->files[0] : "curves", "svg");
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

static int check_usage(const command *self, const options *o, const flow_options *f)
{
    if (f->curve_count && f->kind_of)
        return bad_usage(self, "--curve draws functions, and --%s is about gradients: leave out one of the two",
                         f->kind_of);
    if (f->curve_count && o->file_count > 1)
        return bad_usage(self, "--curve reads one file, or none, not %d", o->file_count);
    if (f->curve_count)
        return o->file_count ? EXIT_DONE : options_refuse_settings(o, self);
    if (f->ranged)
        return bad_usage(self, "--range is from where to where --curve is drawn, of which there is none");
    if (!o->file_count)
        return bad_usage(self, "which file?");
    if (f->what.loss && f->what.kind != GF_FLOW_LOSS)
        return bad_usage(self, "--loss says of what --kind loss differentiates: leave out one of the two");
    return EXIT_DONE;
}

static int run(const command *self, int argc, char *argv[])
{
    options o;
    flow_options f = {.what.size = sizeof f.what, .low = -5, .high = 5};
    int status;
    if (!options_read(&o, self, argc, argv, take, &f, &status))
        return status;
    status = check_usage(self, &o, &f);
    if (!status)
        status = options_check_output(&o, self);
    if (!status)
        status = choose_format(&f, self, &o);
    if (status)
        return status;
    f.what.width = terminal_width(&o);
    static const char *const formats[] = {"csv", "characters", "svg", "png", "pdf"}; /* gf_flow_format */
    page_tell_idle(&f.page, self, o.quiet, f.opens && !o.output ? "svg" : formats[f.what.format]);
    f.what.theme = f.page.theme;
    f.what.page_width = f.page.width;
    f.what.page_height = f.page.height;
    f.what.dots_per_inch = f.page.dots;
    return f.opens ? flow_and_open(self, &o, &f) : read_and_flow(self, &o, &f);
}

const command flow_command = {
    .name = "flow",
    .summary = "how far gradients reach back in time",
    .usage = "[FILE.gf...] [-o OUT] [OPTION]...",
    .operands = MODEL_FILE,
    .about = "Norms of d L[k] / d h[t] for every pair of steps, of several files on one scale:\n"
             "-o x.svg, x.png, x.pdf, x.csv; without it a plot in characters on a terminal,\n"
             "elsewhere CSV. FILE - is standard input.\n",
    .own = own,
    .shared = "set seed load truncate output",
    .example = "gradflow new lstm -o lstm.gf\n"
               "gradflow flow lstm.gf --of h --set T=40 -o flow.svg\n",
    .run = run,
};
