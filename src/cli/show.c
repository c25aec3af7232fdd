/* gradflow show: values, gradients and any expression of a model file, as numbers. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/page.h"
#include "cli/terminal.h"
#include "cli/watch.h"

typedef struct show_options {
    gf_values_options values;
    page_options page;
    bool formatted, plot, watches; /* --format, --plot, --watch were given */
} show_options;

static const option_row own[] = {
    {"at", "STEPS", "some steps alone: --at 3, --at t=3, --at T-2..T", NULL},
    {"full", NULL, "large matrices to the last entry, long lines uncut", NULL},
    {"format", "F",
     "text (the default), json, csv, or npy, as NumPy saves the array of one expression; the ending of -o says it, too",
     "text json csv npy"},
    {"plot", NULL, "numbers over t as a chart, in characters; -o x.svg, x.png, x.pdf as a picture", NULL},
    THEME_ROW,
    {"dpi", "N", "dots an inch of x.png", NULL},
    WATCH_ROW,
    {NULL, NULL, NULL, NULL},
};

static int take_format(show_options *s, const command *self, const char *word)
{
    static const char *const words[] = {"text", "json", "csv", "npy", NULL};
    int which, status = choose_word(&which, self, "format", word, words);
    if (status)
        return status;
    s->values.format = (gf_values_format)which;
    s->formatted = true;
    return EXIT_DONE;
}

static int take(void *data, const command *self, const char *name, const char *value)
{
    show_options *s = data;
    if (!strcmp(name, "format"))
        return take_format(s, self, value);
    if (page_has(name))
        return page_take(&s->page, self, name, value);
    if (!strcmp(name, "at"))
        s->values.at = value;
    else if (!strcmp(name, "full"))
        s->values.full = true;
    else if (!strcmp(name, "watch"))
        s->watches = true;
    else
        s->plot = true;
    return EXIT_DONE;
}

/* The format of --plot and of -o: by the ending of the file; without one, what is there without a file. */
static int choose_format(show_options *s, const command *self, const options *o)
{
    static const struct {
        const char *ending;
        gf_values_format format;
        bool plot;
    } endings[] = {{".json", GF_VALUES_JSON, false}, {".csv", GF_VALUES_CSV, false}, {".npy", GF_VALUES_NPY, false},
                   {".svg", GF_VALUES_SVG, true},    {".png", GF_VALUES_PNG, true},  {".pdf", GF_VALUES_PDF, true}};
    const char *slash = o->output ? strrchr(o->output, '/') : NULL, *name = slash ? slash + 1 : o->output;
    const char *dot = name ? strrchr(name, '.') : NULL;
    bool known = !dot || dot == name || s->formatted || (!s->plot && !strcmp(dot, ".txt"));
    if (s->plot && s->formatted)
        return bad_usage(self, "--plot draws, and --format says how numbers are written: give one of them");
    if (s->plot)
        s->values.format = GF_VALUES_CHART;
    for (size_t k = 0; dot && !s->formatted && k < sizeof endings / sizeof *endings; k++)
        if (!strcmp(dot, endings[k].ending)) {
            if (s->plot && !endings[k].plot)
                return bad_usage(self, "--plot draws into .svg, .png, .pdf, or in characters, not %s", dot);
            s->values.format = endings[k].format;
            known = true;
        }
    if (!known)
        return bad_usage(self, "-o %s: which format? End it in %s", o->output,
                         s->plot ? ".svg, .png or .pdf" : ".txt, .csv, .json or .npy, or say --format");
    if (s->values.format == GF_VALUES_NPY && !o->output && isatty(STDOUT_FILENO))
        return bad_usage(self, "--format npy is no text: write it to a file, -o values.npy");
    return EXIT_DONE;
}

static int show(const command *self, options *o, show_options *s)
{
    gf_model *m = NULL;
    char *text;
    size_t size;
    int status = options_read_model(&m, o, o->files[0]);
    if (status)
        return status;
    progress p;
    s->values.progress = progress_begin(&p, self, o);
    s->values.progress_data = &p;
    gf_status result =
        gf_model_values(&text, &size, m, (const char *const *)o->files + 1, (size_t)o->file_count - 1, &s->values);
    status = result ? options_report_own(self, m, result) : options_write(o, self, text, size);
    if (!result)
        options_tell_nonfinite(o, self, m, o->files[0]);
    free(text);
    gf_model_free(m);
    return status;
}

/* The file, shown once. */
typedef struct task {
    const command *self;
    options *o; /* its files: the model alone */
    char **operands;
    int operand_count;
    show_options *s;
} task;

static int run_once(void *data)
{
    task *t = data;
    options all = *t->o;
    all.files = t->operands;
    all.file_count = t->operand_count;
    return show(t->self, &all, t->s);
}

/* 2-4, for 2..4 */
static bool is_range_with_dash(const char *at)
{
    const char *equal = at ? strchr(at, '=') : NULL, *digits = "0123456789";
    at = equal ? equal + 1 + strspn(equal + 1, " ") : at;
    size_t first = at ? strspn(at, digits) : 0, second = first && at[first] == '-' ? strspn(at + first + 1, digits) : 0;
    return second && !at[first + 1 + second];
}

static int check_operands(const command *self, const options *o, const show_options *s)
{
    if (!o->file_count)
        return bad_usage(self, "which file?");
    int status = options_check_first_file(o, self);
    const char *dash = s->values.at ? strchr(s->values.at, '-') : NULL;
    if (!status && is_range_with_dash(s->values.at))
        return bad_usage(self, "--at %s: for several steps write %.*s..%s", s->values.at, (int)(dash - s->values.at),
                         s->values.at, dash + 1);
    return status;
}

static int run(const command *self, int argc, char *argv[])
{
    options o;
    show_options s = {.values = {.size = sizeof s.values}};
    int status;
    if (!options_read(&o, self, argc, argv, take, &s, &status))
        return status;
    status = check_operands(self, &o, &s);
    if (status)
        return status;
    options file = o; /* expressions are no files */
    file.file_count = 1;
    status = options_check_output(&file, self);
    if (!status)
        status = choose_format(&s, self, &o);
    s.values.width = terminal_width(&o);
    static const char *const formats[] = {"text", "json", "csv", "npy", "characters", "svg", "png", "pdf"};
    if (!status)
        page_tell_idle(&s.page, self, o.quiet, formats[s.values.format]); /* gf_values_format */
    s.values.theme = s.page.theme;
    s.values.dots_per_inch = s.page.dots;
    if (status)
        return status;
    task once = {self, &file, o.files, o.file_count, &s};
    return s.watches ? watch(self, &file, run_once, &once) : run_once(&once);
}

const command show_command = {
    .name = "show",
    .summary = "values and gradients of a model file, or any expression of them",
    .usage = "FILE.gf [EXPR...] [OPTION]...",
    .operands = MODEL_FILE,
    .about = "Prints what expressions of lets and claims come to: 'h[3]', 'grad(W)', a let,\n"
             "'norm(grad(h[t], L[T]))'. With t in it: at every step. Without EXPR: a table of\n"
             "the file's names. FILE - is standard input.\n",
    .own = own,
    .shared = "set seed load truncate output",
    .example = "gradflow new lstm -o lstm.gf\n"
               "gradflow show lstm.gf 'norm(grad(h[t], L[T]))' --set T=20 --plot\n",
    .run = run,
};
