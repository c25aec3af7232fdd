/* gradflow draw: the unrolled graph of a model file, with the gradient on every edge. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/page.h"
#include "cli/viewer.h"
#include "cli/watch.h"
#include "text/text.h"

/* What draw alone is told, as text: what T is, only the file knows. */
typedef struct draw_options {
    const char *format, *loss, *steps, *from, *to, *frames; /* NULL: not said */
    bool watches, opens;                                    /* --watch, --open: which it does once */
    page_options page;
    gf_draw_options look;
} draw_options;

static const option_row own[] = {
    {"output", "OUT", NULL, ANY_FILE},
    {"format", "F", "svg, png, pdf, html, dot, json, csv; without OUT, dot", "svg png pdf html dot json csv"},
    {"level", "L", "a box: equations (a quantity), ops (an operation), steps", "equations ops steps"},
    {"steps", "A..B", "these steps, others folded, as T-2..T; 3: a page of one", NULL},
    {"from", "X", NULL, NULL},
    {"to", "Y", "only what lies between, such as 'h[1]' and 'L[5]'", NULL},
    {"loss", "NAME", "another 1 x 1 quantity than the file's loss, as 'L[T]'", NULL},
    {"params", "HOW", "strip (a table below the steps), shown, folded or hidden", "strip shown folded hidden"},
    {"magnitude", "M", "l2, rms or max: the size of a gradient that is shown", "l2 rms max"},
    {"scale", "A..B", "ends of the scale, as 1e-6..1, for pictures to compare", NULL},
    {"theme", "T", "light, dark or print", "light dark print"},
    SIZE_ROWS,
    {"layout", "L", "stamped (all steps alike) or dot (Graphviz lays out)", "stamped dot"},
    {"animate", NULL, "an SVG in which backpropagation runs, again and again", NULL},
    {"frames", "DIR", "a picture for each turn of it: DIR/frame-00.svg and so on", FOLDER},
    {"watch", NULL, NULL, NULL},
    {"open", NULL, "again when FILE changes (Ctrl-C ends); in the viewer", NULL},
    {NULL, NULL, NULL, NULL},
};

/* The option that is kept as it was written; NULL: it is none of those. */
static const char **text_of(draw_options *d, const char *name)
{
    static const char *const names[] = {"format", "loss", "steps", "from", "to", "frames", NULL};
    const char **const texts[] = {&d->format, &d->loss, &d->steps, &d->from, &d->to, &d->frames};
    int which = word_of(name, names);
    return which < 0 ? NULL : texts[which];
}

/* --- options that choose a word ------------------------------------------------------------------- */

static void set_layout(draw_options *d, int which)
{
    d->look.graphviz = which == 1;
}

static void set_level(draw_options *d, int which)
{
    d->look.level = (gf_level)(GF_LEVEL_OPS + which);
}

static void set_magnitude(draw_options *d, int which)
{
    d->look.magnitude = (gf_magnitude)which;
}

static void set_params(draw_options *d, int which)
{
    static const gf_show shows[] = {GF_SHOW_STRIP, GF_SHOWN, GF_SHOW_FOLDED, GF_HIDDEN};
    d->look.params = shows[which];
}

static const struct choice {
    const char *name;
    const char *const *words;
    void (*set)(draw_options *d, int which);
} choices[] = {
    {"layout", (const char *const[]){"stamped", "dot", NULL}, set_layout},
    {"level", (const char *const[]){"ops", "equations", "steps", NULL}, set_level},
    {"magnitude", (const char *const[]){"l2", "rms", "max", NULL}, set_magnitude},
    {"params", (const char *const[]){"strip", "shown", "folded", "hidden", NULL}, set_params},
};
enum { CHOICES = sizeof choices / sizeof *choices };

/* --- options that are numbers ------------------------------------------------------------------------ */

/* --scale 1e-6..1 */
static int take_scale(draw_options *d, const command *self, const char *text)
{
    const char *dots = strstr(text, "..");
    if (dots && read_positive(&d->look.least, text, (size_t)(dots - text)) &&
        read_positive(&d->look.most, dots + 2, strlen(dots + 2)) && d->look.least < d->look.most)
        return EXIT_DONE;
    return bad_usage(self, "--scale wants two sizes, the smaller first, such as 1e-6..1, not '%s'", text);
}

static bool *flag_of(draw_options *d, const char *name)
{
    return !strcmp(name, "watch") ? &d->watches : !strcmp(name, "open") ? &d->opens : &d->look.animate;
}

static int take(void *data, const command *self, const char *name, const char *value)
{
    draw_options *d = data;
    const char **text = text_of(d, name);
    if (text) {
        *text = value;
        return EXIT_DONE;
    }
    if (!value)
        return *flag_of(d, name) = true, EXIT_DONE;
    if (page_has(name))
        return page_take(&d->page, self, name, value);
    for (int k = 0; k < CHOICES; k++)
        if (!strcmp(name, choices[k].name)) {
            int which, status = choose_word(&which, self, name, value, choices[k].words);
            if (!status)
                choices[k].set(d, which);
            return status;
        }
    return take_scale(d, self, value);
}

/* --- which format ------------------------------------------------------------------------------------ */

/* What stands behind the last dot of the output's name, unless --format names another; without either, dot, and of
 * what only an SVG can be, svg. */
static const char *format_of(const draw_options *d, const char *output)
{
    if (d->format || !output)
        return d->format ? d->format : d->look.animate || d->frames ? "svg" : "dot";
    const char *slash = strrchr(output, '/'), *dot = strrchr(slash ? slash : output, '.');
    return dot ? dot + 1 : "";
}

/* A name without an ending, or with another, says nothing of the format. */
static int check_format(const command *self, const options *o, const draw_options *d)
{
    static const char *const pictures[] = {"svg", "png", "pdf", NULL};
    static const char *const all[] = {"svg", "png", "pdf", "html", "dot", "gv", "json", "csv", "txt", NULL};
    const char *format = format_of(d, o->output);
    int which, status = d->format ? choose_word(&which, self, "format", d->format, all) : EXIT_DONE;
    if (status)
        return status;
    if (d->frames && !*d->frames)
        return bad_usage(self, "--frames wants the name of a folder");
    bool bytes = !strcmp(format, "png") || !strcmp(format, "pdf");
    if (bytes && !o->output && !d->frames && !d->opens && isatty(STDOUT_FILENO))
        return bad_usage(self, "--format %s is no text: write it to a file, -o picture.%s", format, format);
    if (word_of(format, all) < 0)
        return bad_usage(self, "-o %s: which format? End it in .svg, .png, .pdf, .html, .csv or .dot, or say --format",
                         o->output);
    if (d->look.animate && strcmp(format, "svg") != 0)
        return bad_usage(self, "--animate makes an SVG, not %s: say -o OUT.svg, or --frames DIR for single pictures",
                         format);
    if (d->frames && word_of(format, pictures) < 0)
        return bad_usage(self, "--frames makes pictures, not %s: say --format svg, png or pdf", format);
    draw_options other = {.format = NULL};
    const char *ending = o->output ? format_of(&other, o->output) : "";
    static const char *const formats[] = {"svg", "png", "pdf", "html", "json", "csv", NULL};
    if (word_of(ending, formats) >= 0 && strcmp(ending, format) != 0)
        return bad_usage(self, "-o %s ends in .%s, and --format says %s: leave out one of the two", o->output, ending,
                         format);
    page_tell_idle(&d->page, self, o->quiet, format);
    return EXIT_DONE;
}

/* --- options that do not go together ---------------------------------------------------------------- */

/* What Graphviz's layout has no place for; NULL: all that was said goes with it. */
static const char *foreign_to_dot(const gf_draw_options *look)
{
    return look->animate                                      ? "--animate"
           : look->width > 0                                  ? "--size"
           : look->theme && strcmp(look->theme, "light") != 0 ? "--theme"
           : look->params == GF_SHOW_STRIP                    ? "--params strip"
                                                              : NULL;
}

static int check_choices(const command *self, const draw_options *d, const char *output)
{
    const gf_draw_options *look = &d->look;
    const char *foreign = !look->graphviz ? NULL : d->frames ? "--frames" : foreign_to_dot(look);
    if (d->frames && (look->animate || d->opens))
        return bad_usage(self, "--frames makes single pictures, which %s: leave out one of the two",
                         look->animate ? "--animate plays in one" : "--open does not open");
    if (foreign)
        return bad_usage(self, "--layout dot has no %s, because Graphviz makes the page: leave out one of the two",
                         foreign);
    if (look->graphviz && !strcmp(format_of(d, output), "html"))
        return bad_usage(self,
                         "--layout dot has no .html, because a page has all steps alike: leave out one of the two");
    if (look->width > 0 && !strcmp(format_of(d, output), "html"))
        return bad_usage(self, "a page for a browser fits its window, and has no --size: leave out one of the two");
    bool strip = look->params == GF_SHOW_STRIP;
    if (look->level == GF_LEVEL_STEPS && (strip || look->params == GF_SHOW_FOLDED))
        return bad_usage(self,
                         "--level steps has no --params %s, because a step is one box: say --params shown or hidden, "
                         "or --level equations",
                         strip ? "strip" : "folded");
    return EXIT_DONE;
}

/* --- places in time ------------------------------------------------------------------------------ */

/* A step: a number, or the name of the number of steps (or of a size), with + or - a number: "3", "T", "T-1". */
static bool read_step(gf_model *m, const char *text, size_t size, long long *out)
{
    char word[64];
    long long offset = 0;
    if (size == 0 || size >= sizeof word)
        return false;
    snprintf(word, sizeof word, "%.*s", (int)size, text);
    if (read_integer(out, word))
        return true;
    char *sign = strpbrk(word, "+-");
    if (sign && !read_integer(&offset, sign))
        return false;
    if (sign)
        *sign = '\0';
    if (!gf_model_size(out, m, word))
        return false;
    *out += offset;
    return true;
}

/* --steps A..B, or --steps A */
static int take_steps(draw_options *d, const command *self, gf_model *m)
{
    const char *dots = d->steps ? strstr(d->steps, "..") : NULL;
    long long first, last;
    if (!d->steps)
        return EXIT_DONE;
    const char *end = dots ? dots + 2 : d->steps;
    if (!read_step(m, d->steps, dots ? (size_t)(dots - d->steps) : strlen(d->steps), &first) ||
        !read_step(m, end, strlen(end), &last))
        return bad_usage(self, "--steps wants A..B, such as 1..3 or T-2..T, or one step, not '%s'", d->steps);
    if (first > last)
        return bad_usage(self, "--steps %s: %lld comes after %lld; the first step stands before the last", d->steps,
                         first, last);
    if (first < 1 || last > gf_model_steps(m))
        return bad_usage(self, "--steps %s: the steps are 1 to %d", d->steps, gf_model_steps(m));
    d->look.first_step = (int)first;
    d->look.last_step = (int)last;
    return EXIT_DONE;
}

/* --- nodes ------------------------------------------------------------------------------------------------ */

/* The node that an option names, as NAME or NAME[STEP]; NULL where there is none, which was said. */
static gf_node *find_node(const command *self, gf_model *m, const char *option, const char *text)
{
    size_t size = strcspn(text, "["), length = strlen(text);
    const gf_model_name *name = options_find_name(m, text, size);
    long long step = 0;
    if (!strcmp(text, "loss"))
        return gf_model_loss(m);
    if (!name)
        return options_refuse_name(self, m, option, text), NULL;
    if (name->kind == GF_MODEL_LET)
        return bad_usage(self, "--%s %s: %s is a let, which is no part of the graph", option, text, name->name), NULL;
    if (name->timed && size == length)
        return bad_usage(self, "--%s %s: of which step? '%s[T]', say", option, text, name->name), NULL;
    if (size < length &&
        (!name->timed || text[length - 1] != ']' || !read_step(m, text + size + 1, length - size - 2, &step)))
        return options_refuse_name(self, m, option, text), NULL;
    gf_node *node = step >= -1000000000 && step <= 1000000000 ? gf_model_node(m, name->name, (int)step) : NULL;
    if (!node)
        bad_usage(self, "--%s %s: %s has no step %lld", option, text, name->name, step);
    return node;
}

/* The node that --loss names; NULL where it is none that can be differentiated, which was said. */
static gf_node *find_loss(const command *self, gf_model *m, const char *text)
{
    gf_node *node = find_node(self, m, "loss", text);
    if (!node || (gf_node_rows(node) == 1 && gf_node_cols(node) == 1))
        return node;
    bad_usage(self, "--loss %s: it is %d x %d, and a loss is 1 x 1", text, gf_node_rows(node), gf_node_cols(node));
    return NULL;
}

/* --from and --to */
static int take_ends(draw_options *d, const command *self, gf_model *m)
{
    if (d->from && !(d->look.from = find_node(self, m, "from", d->from)))
        return EXIT_USAGE;
    if (d->to && !(d->look.to = find_node(self, m, "to", d->to)))
        return EXIT_USAGE;
    return EXIT_DONE;
}

/* --- drawing --------------------------------------------------------------------------------------------- */

/* What the graph says of a status that is none of success. */
static int say_why(gf_graph *g, gf_status status)
{
    if (status)
        complain("", "%s", *gf_graph_message(g) ? gf_graph_message(g) : gf_status_text(status));
    return exit_for(status);
}

static int draw_frames(const options *o, const draw_options *d, gf_graph *g)
{
    const char *format = format_of(d, o->output);
    int count;
    gf_status status = gf_draw_frames(&count, g, d->frames, format, &d->look);
    if (!status && !o->quiet)
        complain("draw", "%d pictures: %s/frame-*.%s", count, d->frames, format);
    return say_why(g, status);
}

/* What the panel of a page says of the file's equations; NULL where another loss than the file's is differentiated, or
 * one of them cannot be explained. */
static int explain(const options *o, draw_options *d, gf_model *m, gf_node *loss, char **text)
{
    *text = NULL;
    if (strcmp(format_of(d, o->output), "html") || loss != gf_model_loss(m))
        return EXIT_DONE;
    gf_status status = gf_explanations(text, m);
    d->look.explanations = *text;
    return status == GF_ERROR_MEMORY ? options_report(m, status) : EXIT_DONE;
}

/* How long Graphviz takes grows with about the third power of the arrows; it cannot be asked how far it is. */
static void announce_graphviz(const options *o, const draw_options *d, gf_model *m)
{
    enum { QUICK = 1000 }; /* arrows: under a second */
    size_t count;
    if (!d->look.graphviz || o->quiet || gf_draw_arrows(&count, gf_model_graph(m), &d->look))
        return;
    int first = d->look.first_step ? d->look.first_step : 1;
    size_t steps = (size_t)(d->look.last_step ? d->look.last_step - first + 1 : gf_model_steps(m));
    size_t quick = count ? QUICK * steps / count : steps;
    if (count > QUICK * 3 / 2)
        complain(
            "draw",
            "Graphviz lays out %zu arrows, which takes a while, and minutes from 3000 on; --steps %d..%zu is quick, "
            "and so is --layout stamped",
            count, first, (size_t)first + (quick ? quick - 1 : 0));
}

static int draw(const command *self, const options *o, const draw_options *d, gf_model *m, gf_node *loss)
{
    gf_graph *g = gf_model_graph(m);
    char *text = NULL;
    size_t size;
    gf_status status = gf_backward(loss, GF_RECORD_EDGES);
    int result = say_why(g, status);
    if (!result && d->frames)
        result = draw_frames(o, d, g);
    if (result || (d->frames && !o->output))
        return result;
    announce_graphviz(o, d, m);
    status = gf_draw_text(&text, &size, g, format_of(d, o->output), &d->look);
    result = status ? say_why(g, status) : options_write(o, self, text, size);
    free(text);
    return result;
}

/* Of a file without a title, its name; DOT has none then. */
static const char *title_of(const draw_options *d, const options *o, const gf_model *m, char stem[256])
{
    const char *path = o->files[0], *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    snprintf(stem, 256, "%.*s", dot && dot > name ? (int)(dot - name) : (int)strlen(name), name);
    bool untitled = !strcmp(path, "-") || !strcmp(format_of(d, o->output), "dot");
    return *gf_model_title(m) ? gf_model_title(m) : untitled ? NULL : stem;
}

static int draw_model(const command *self, const options *o, draw_options *d, gf_model *m)
{
    gf_status status = gf_model_unroll(m);
    if (status)
        return options_report(m, status);
    int result = take_steps(d, self, m);
    if (!result)
        result = take_ends(d, self, m);
    if (result)
        return result;
    gf_node *loss = d->loss ? find_loss(self, m, d->loss) : gf_model_loss(m);
    if (!loss)
        return EXIT_USAGE;
    d->look.model = m;
    char stem[256];
    d->look.title = title_of(d, o, m, stem);
    char *explanations;
    result = explain(o, d, m, loss, &explanations);
    if (!result)
        result = draw(self, o, d, m, loss);
    free(explanations);
    d->look.explanations = NULL;
    d->look.title = NULL;
    return result;
}

/* The file, drawn once. */
typedef struct task {
    const command *self;
    options *o;
    draw_options *d;
    bool temporary; /* --open without -o */
} task;

static int run_once(void *data)
{
    task *t = data;
    gf_model *m;
    int status = options_read_model(&m, t->o, t->o->files[0]);
    if (!status)
        status = draw_model(t->self, t->o, t->d, m);
    gf_model_free(m);
    if (!status && t->d->opens) {
        t->d->opens = false;
        if (t->temporary && !t->o->quiet)
            complain(t->self->name, "the picture is %s", t->o->output);
        status = viewer_open(t->self, t->o->output);
    }
    return status;
}

/* The same, where --open has nothing to open but what is written to a temporary folder. */
static int run_for_viewer(task *t)
{
    char *path = viewer_file(t->self, t->o->files[0], t->d->format ? t->d->format : "svg");
    if (!path)
        return EXIT_SYSTEM;
    t->o->output = path;
    int status = t->d->watches ? watch(t->self, t->o, run_once, t) : run_once(t);
    if (status)
        viewer_forget(path);
    free(path);
    return status;
}

static int run(const command *self, int argc, char *argv[])
{
    options o;
    draw_options d = {.look.size = sizeof d.look};
    int status;
    if (!options_read(&o, self, argc, argv, take, &d, &status))
        return status;
    d.look.theme = d.page.theme;
    d.look.width = d.page.width;
    d.look.height = d.page.height;
    d.look.dots_per_inch = d.page.dots;
    if (o.file_count != 1)
        return o.file_count ? bad_usage(self, "unexpected argument '%s': draw draws one file", o.files[1])
                            : bad_usage(self, "which file?");
    status = options_check_output(&o, self);
    if (!status)
        status = check_format(self, &o, &d);
    if (!status)
        status = check_choices(self, &d, o.output);
    if (status)
        return status;
    task once = {self, &o, &d, d.opens && !o.output};
    if (once.temporary)
        return run_for_viewer(&once);
    return d.watches ? watch(self, &o, run_once, &once) : run_once(&once);
}

const command draw_command = {
    .name = "draw",
    .summary = "the unrolled graph of a model file, with its gradients",
    .usage = "FILE.gf [-o OUT] [OPTION]...",
    .operands = MODEL_FILE,
    .about = "Differentiates an unrolled model, and draws it. FILE - is standard input.\n",
    .own = own,
    .shared = "set seed load truncate",
    .example = "gradflow draw lstm.gf --set T=3 -o lstm.svg\n",
    .run = run,
};
