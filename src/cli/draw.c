/* gradflow draw: the unrolled graph of a model file, with the gradient on every edge. */
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"

/* What draw alone is told, as text: what T is, only the file knows. */
typedef struct draw_options {
    const char *format, *loss, *steps; /* NULL: not said */
    gf_draw_options look;
} draw_options;

static const own_option own[] = {
    {"format", true}, {"loss", true}, {"magnitude", true}, {"params", true}, {"steps", true}, {NULL, false},
};

/* The number of a word in a list that NULL ends; -1 if it is none of them. */
static int word_of(const char *word, const char *const words[])
{
    for (int k = 0; words[k]; k++)
        if (!strcmp(word, words[k]))
            return k;
    return -1;
}

static int take(void *data, const command *self, const char *name, const char *value)
{
    static const char *const magnitudes[] = {"l2", "rms", "max", NULL}, *const shows[] = {"shown", "hidden", NULL};
    draw_options *d = data;
    if (!strcmp(name, "format")) {
        d->format = value;
    } else if (!strcmp(name, "loss")) {
        d->loss = value;
    } else if (!strcmp(name, "steps")) {
        d->steps = value;
    } else if (!strcmp(name, "magnitude")) {
        int which = word_of(value, magnitudes);
        if (which < 0)
            return bad_usage(self, "--magnitude wants l2, rms or max, not '%s'", value);
        d->look.magnitude = (gf_magnitude)which;
    } else {
        int which = word_of(value, shows);
        if (which < 0)
            return bad_usage(self, "--params wants shown or hidden, not '%s'", value);
        d->look.params = which == 0 ? GF_SHOWN : GF_HIDDEN;
    }
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

/* --steps A..B */
static int take_steps(draw_options *d, const command *self, gf_model *m)
{
    const char *dots = d->steps ? strstr(d->steps, "..") : NULL;
    long long first, last;
    if (!d->steps)
        return EXIT_DONE;
    if (!dots || !read_step(m, d->steps, (size_t)(dots - d->steps), &first) ||
        !read_step(m, dots + 2, strlen(dots + 2), &last))
        return bad_usage(self, "--steps wants A..B, such as 1..3 or T-2..T, not '%s'", d->steps);
    if (first < 1 || last > gf_model_steps(m) || first > last)
        return bad_usage(self, "--steps %s: the steps are 1 to %d", d->steps, gf_model_steps(m));
    d->look.first_step = (int)first;
    d->look.last_step = (int)last;
    return EXIT_DONE;
}

/* --- the loss ----------------------------------------------------------------------------------------- */

/* The node that --loss NAME, or NAME[STEP], names; NULL where it is none that can be differentiated, which was said. */
static gf_node *find_loss(const command *self, gf_model *m, const char *text)
{
    size_t size = strcspn(text, "["), length = strlen(text);
    const gf_model_name *name = options_find_name(m, text, size);
    long long step = 0;
    if (!name)
        return bad_usage(self, "--loss %s: the file has no name '%.*s'", text, (int)size, text), NULL;
    if (name->kind == GF_MODEL_LET)
        return bad_usage(self, "--loss %s: %s is a let, which is no part of the graph", text, name->name), NULL;
    if (name->timed && size == length)
        return bad_usage(self, "--loss %s: of which step? '%s[T]', say", text, name->name), NULL;
    if (size < length &&
        (!name->timed || text[length - 1] != ']' || !read_step(m, text + size + 1, length - size - 2, &step)))
        return bad_usage(self, "--loss wants a name of the file, such as 'L[T]', not '%s'", text), NULL;
    gf_node *node = step >= -1000000000 && step <= 1000000000 ? gf_model_node(m, name->name, (int)step) : NULL;
    if (!node)
        return bad_usage(self, "--loss %s: %s has no step %lld", text, name->name, step), NULL;
    if (gf_node_rows(node) != 1 || gf_node_cols(node) != 1)
        return bad_usage(self, "--loss %s: it is %d x %d, and a loss is 1 x 1", text, gf_node_rows(node),
                         gf_node_cols(node)),
               NULL;
    return node;
}

/* --- drawing --------------------------------------------------------------------------------------------- */

/* What stands behind the last dot of the output's name, unless --format names another; without either, dot. */
static const char *format_of(const draw_options *d, const char *output)
{
    if (d->format || !output)
        return d->format ? d->format : "dot";
    const char *slash = strrchr(output, '/'), *dot = strrchr(slash ? slash : output, '.');
    return dot ? dot + 1 : "";
}

/* A name without an ending says nothing of the format; one with another is refused where the formats are known. */
static int check_format(const command *self, const options *o, const draw_options *d)
{
    if (*format_of(d, o->output))
        return EXIT_DONE;
    return bad_usage(self, "-o %s: which format? End it in .svg, .png, .pdf or .dot, or say --format", o->output);
}

static int draw(const command *self, const options *o, const draw_options *d, gf_model *m, gf_node *loss)
{
    gf_graph *g = gf_model_graph(m);
    char *text = NULL;
    size_t size;
    gf_status status = gf_backward(loss, GF_RECORD_EDGES);
    if (!status)
        status = gf_draw_text(&text, &size, g, format_of(d, o->output), &d->look);
    int result = exit_for(status);
    if (status)
        complain("", "%s", *gf_graph_message(g) ? gf_graph_message(g) : gf_status_text(status));
    else
        result = options_write(o, self, text, size);
    free(text);
    return result;
}

static int draw_model(const command *self, const options *o, draw_options *d, gf_model *m)
{
    gf_status status = gf_model_unroll(m);
    if (status)
        return options_report(m, status);
    int result = take_steps(d, self, m);
    if (result)
        return result;
    gf_node *loss = d->loss ? find_loss(self, m, d->loss) : gf_model_loss(m);
    if (!loss)
        return EXIT_USAGE;
    d->look.title = *gf_model_title(m) ? gf_model_title(m) : NULL;
    return draw(self, o, d, m, loss);
}

static int run(const command *self, int argc, char *argv[])
{
    options o;
    draw_options d = {.look.size = sizeof d.look};
    int status;
    if (!options_read(&o, self, argc, argv, own, take, &d, &status))
        return status;
    if (o.file_count != 1)
        return o.file_count ? bad_usage(self, "unexpected argument '%s': draw draws one file", o.files[1])
                            : bad_usage(self, "which file?");
    gf_model *m = NULL;
    status = options_check_output(&o, self);
    if (!status)
        status = check_format(self, &o, &d);
    if (!status)
        status = options_read_model(&m, &o, o.files[0]);
    if (!status)
        status = draw_model(self, &o, &d, m);
    gf_model_free(m);
    return status;
}

const command draw_command = {
    .name = "draw",
    .summary = "the unrolled graph of a model file, with its gradients",
    .help = "usage: gradflow draw FILE.gf [-o OUT] [OPTION]...\n\n"
            "Unrolls a model over time, differentiates its loss, and draws the graph with\n"
            "the size of the gradient on every edge. FILE - is standard input.\n\n"
            "  -o OUT            what to write: .svg, .png, .pdf or .dot; without it, or with\n"
            "                    -o -, DOT goes to standard output\n"
            "  --format F        dot, svg, png or pdf, whatever OUT is called\n"
            "  --steps A..B      these steps alone; T is the last one, as in T-2..T\n"
            "  --loss NAME       another 1 x 1 quantity than the file's loss, such as 'L[T]'\n"
            "  --params HOW      shown or hidden: the parameters, and the arrows from them\n"
            "  --magnitude M     l2, rms or max: the size of a gradient that is shown\n"
            "  --set NAME=N,...  sizes and steps in place of the file's: --set T=50,m=8\n"
            "  --seed N          another seed of the initial values\n"
            "  --truncate K      no gradient between steps K and K+1, 2K and 2K+1, ...\n"
            "  -h, --help        this help\n\n"
            "example: gradflow new lstm -o lstm.gf\n"
            "         gradflow draw lstm.gf --set T=3 -o lstm.svg\n",
    .run = run,
};
