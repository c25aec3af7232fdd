/* Drawing: the formats, and the way into a file. */
#include <dirent.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/sized.h"
#include "graph/node.h"
#include "text/file.h"
#include "view/dot/dot.h"
#include "view/page/picture.h"
#include "view/tables.h"
#include "view/web/web.h"

typedef gf_status writer(gf_graph *g, const char *format, const gf_draw_options *options, gf_text *out, gf_text *why);

/* What programs read: every parameter is in it, whatever a picture shows of them, and steps that are not asked for are
 * left out. */
static gf_status look(gf_view *view, gf_graph *g, const gf_draw_options *options)
{
    gf_draw_options own = *options;
    own.params = GF_SHOWN;
    return gf_view_make(view, g, &own);
}

static gf_status write_dot(gf_graph *g, const char *format, const gf_draw_options *options, gf_text *out, gf_text *why)
{
    (void)format, (void)why;
    gf_view view;
    gf_status status = look(&view, g, options);
    if (!status)
        status = gf_dot_write(&view, options, out);
    gf_view_free(&view);
    return status;
}

static gf_status write_csv(gf_graph *g, const char *format, const gf_draw_options *options, gf_text *out, gf_text *why)
{
    gf_view view;
    gf_status status = look(&view, g, options);
    if (!status)
        status = gf_tables_csv(&view, format, out, why);
    gf_view_free(&view);
    return status;
}

/* Graphviz keeps state of its own, outside any graph: one thread draws at a time, and others wait. */
static gf_status render(gf_graph *g, const char *format, const gf_draw_options *options, gf_text *out, gf_text *why)
{
    static pthread_mutex_t graphviz = PTHREAD_MUTEX_INITIALIZER;
    gf_view view;
    gf_status status = gf_view_make_folded(&view, g, options, 0, 0);
    pthread_mutex_lock(&graphviz);
    if (!status)
        status = gf_dot_render(&view, options, format, out, why);
    pthread_mutex_unlock(&graphviz);
    gf_view_free(&view);
    return status;
}

static gf_status write_picture(gf_graph *g, const char *format, const gf_draw_options *options, gf_text *out,
                               gf_text *why)
{
    return (options->graphviz ? render : gf_picture_write)(g, format, options, out, why);
}

static gf_status write_text(gf_graph *g, const char *format, const gf_draw_options *options, gf_text *out, gf_text *why)
{
    (void)format, (void)why;
    gf_view view;
    gf_status status = gf_view_make(&view, g, options);
    if (!status)
        gf_view_print(&view, out);
    gf_view_free(&view);
    return status;
}

static const struct format {
    const char *ending;
    writer *write;
} formats[] = {
    {"dot", write_dot},         {"gv", write_dot},      {"svg", write_picture},
    {"png", write_picture},     {"pdf", write_picture}, {"html", gf_web_write},
    {"json", gf_picture_write}, {"csv", write_csv},     {"txt", write_text},
};
enum { FORMATS = sizeof formats / sizeof *formats };

static const struct format *find_format(const char *ending)
{
    for (size_t k = 0; k < FORMATS; k++)
        if (strcmp(formats[k].ending, ending) == 0)
            return &formats[k];
    return NULL;
}

static gf_status fail_unknown(gf_graph *g, const char *what)
{
    gf_text known = {0};
    for (size_t k = 0; k < FORMATS; k++)
        gf_text_print(&known, "%s%s", k ? ", " : "", formats[k].ending);
    gf_status status = gf_graph_fail(g, GF_ERROR_ARGUMENT, "draw: %s: not a format, because it is none of %s", what,
                                     gf_text_string(&known));
    gf_text_free(&known);
    return status;
}

/* --- what makes no sense --- */

/* What can be told without looking at the graph's nodes. */
static gf_status check_options(gf_graph *g, const gf_draw_options *o)
{
    const struct {
        const char *name;
        int value, last;
    } words[] = {
        {"magnitude", (int)o->magnitude, GF_MAGNITUDE_MAX},
        {"level", (int)o->level, GF_LEVEL_STEPS},
        {"params", (int)o->params, GF_SHOW_FOLDED},
        {"numbers", (int)o->numbers, GF_SHOW_FOLDED},
    };
    const struct {
        const char *name;
        double value;
    } sizes[] = {
        {"least", o->least},
        {"most", o->most},
        {"width", o->width},
        {"height", o->height},
        {"dots_per_inch", o->dots_per_inch},
    };
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (words[k].value < 0 || words[k].value > words[k].last)
            return gf_graph_fail(g, GF_ERROR_ARGUMENT, "draw: there is no %s %d", words[k].name, words[k].value);
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        if (!(sizes[k].value >= 0 && isfinite(sizes[k].value)))
            return gf_graph_fail(g, GF_ERROR_ARGUMENT, "draw: %s is %g, but must be 0 or more, and finite",
                                 sizes[k].name, sizes[k].value);
    if (fmax(fmax(o->width, o->height), o->dots_per_inch) > 1e6)
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "draw: width, height and dots_per_inch are at most 1000000");
    if (o->most > 0 && o->least >= o->most)
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "draw: the scale goes from %g to %g: most is the greater", o->least,
                             o->most);
    if (o->last_step && o->first_step > o->last_step)
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "draw: steps %d to %d: the first comes after the last",
                             o->first_step, o->last_step);
    if (o->model && gf_model_graph(o->model) != g)
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "draw: the graph is not of this model");
    return GF_OK;
}

/* --- into memory ------------------------------------------------------------------------- */

/* The options in full; what is wrong with them, or with the graph, is the graph's error. */
static gf_status take_options(gf_draw_options *own, gf_graph *g, const gf_draw_options *options)
{
    char why[GF_SIZED_WHY];
    if (!g)
        return GF_ERROR_ARGUMENT;
    if (g == &gf_graph_nil)
        return GF_ERROR_MEMORY;
    if (!gf_sized_take(own, options, gf_draw_options, title, why))
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "draw: %s", why);
    return check_options(g, own);
}

/* Tells the graph why it could not be drawn, if so; the text is freed. */
static gf_status tell(gf_graph *g, gf_status status, const char *format, gf_text *why)
{
    if (status == GF_ERROR_MEMORY)
        gf_graph_fail(g, status, "draw: out of memory");
    else if (status && why->size)
        gf_graph_fail(g, status, "draw: cannot draw %s: %s", format, gf_text_string(why));
    gf_text_free(why);
    return status;
}

static gf_status draw_text(gf_text *out, gf_graph *g, const char *ending, const char *what,
                           const gf_draw_options *options)
{
    if (g && g != &gf_graph_nil && !what)
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "draw: no file or format: NULL");
    gf_draw_options own;
    gf_text why = {0};
    gf_status status = take_options(&own, g, options);
    if (status)
        return status;
    const struct format *format = find_format(ending);
    if (!format)
        return fail_unknown(g, what);
    if (own.animate && (strcmp(format->ending, "svg") || own.graphviz))
        return gf_graph_fail(g, GF_ERROR_ARGUMENT,
                             "draw: %s: only an SVG that Graphviz does not lay out can be animated", what);
    status = format->write(g, format->ending, &own, out, &why);
    return tell(g, !status && out->failed ? GF_ERROR_MEMORY : status, format->ending, &why);
}

gf_status gf_draw_arrows(size_t *out, gf_graph *g, const gf_draw_options *options)
{
    if (!out)
        return GF_ERROR_ARGUMENT;
    *out = 0;
    gf_view view;
    gf_draw_options own;
    gf_status status = take_options(&own, g, options);
    if (status)
        return status;
    status = gf_view_make_folded(&view, g, &own, 0, 0);
    *out = view.arrow_count;
    gf_view_free(&view);
    return status;
}

gf_status gf_draw_text(char **out, size_t *size, gf_graph *g, const char *format, const gf_draw_options *options)
{
    gf_text text = {0};
    gf_status status = out ? draw_text(&text, g, format, format, options) : GF_ERROR_ARGUMENT;
    if (status)
        gf_text_free(&text);
    if (out)
        *out = text.data;
    if (size)
        *size = text.size;
    return status;
}

/* --- into a file ----------------------------------------------------------------------------- */

/* What stands behind the last dot of a file's name; "" if there is none. */
static const char *ending_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    return dot ? dot + 1 : "";
}

gf_status gf_draw(gf_graph *g, const char *path, const gf_draw_options *options)
{
    gf_text text = {0};
    gf_status status = draw_text(&text, g, path ? ending_of(path) : NULL, path, options);
    if (!status) {
        int error = gf_file_write(path, text.data, text.size);
        if (error)
            status = gf_graph_fail(g, GF_ERROR_WRITE, "draw: cannot write %s: %s", path, strerror(error));
    }
    gf_text_free(&text);
    return status;
}

/* --- into a directory, picture by picture ------------------------------------------------------- */

typedef struct album {
    gf_graph *g;
    const char *directory, *format;
    int count;
} album;

/* A frame that this run does not write over: frame-40.svg where there are 36, frame-007.svg where there are two
 * figures. */
static bool is_of_another_run(const char *name, const char *format, size_t digits, int last)
{
    if (strncmp(name, "frame-", 6) != 0)
        return false;
    size_t figures = strspn(name + 6, "0123456789");
    bool frame = figures && name[6 + figures] == '.' && !strcmp(name + 7 + figures, format);
    return frame && (figures != digits || strtol(name + 6, NULL, 10) > last);
}

/* Among these they would show; and they are somebody's. */
static gf_status refuse_others(const album *a, size_t digits, int last)
{
    DIR *directory = opendir(a->directory);
    gf_status status = GF_OK;
    for (struct dirent *entry; directory && !status && (entry = readdir(directory));)
        if (is_of_another_run(entry->d_name, a->format, digits, last))
            status = gf_graph_fail(a->g, GF_ERROR_ARGUMENT,
                                   "draw: %s/%s is of another run, and would show among these %d pictures: remove "
                                   "%s/frame-*.%s, or name another directory",
                                   a->directory, entry->d_name, last + 1, a->directory, a->format);
    if (directory)
        closedir(directory);
    return status;
}

static gf_status take_frame(void *data, const gf_text *picture, int number, int last)
{
    album *a = data;
    int error = number ? 0 : gf_directory_make(a->directory);
    if (error)
        return gf_graph_fail(a->g, GF_ERROR_WRITE, "draw: cannot make the directory %s: %s", a->directory,
                             strerror(error));
    gf_text path = {0};
    int digits = last > 999 ? 4 : last > 99 ? 3 : 2;
    gf_status status = number ? GF_OK : refuse_others(a, (size_t)digits, last);
    if (status)
        return status;
    gf_text_print(&path, "%s/frame-%0*d.%s", a->directory, digits, number, a->format);
    if (path.failed)
        return GF_ERROR_MEMORY;
    error = gf_file_write(gf_text_string(&path), picture->data, picture->size);
    if (error)
        status =
            gf_graph_fail(a->g, GF_ERROR_WRITE, "draw: cannot write %s: %s", gf_text_string(&path), strerror(error));
    gf_text_free(&path);
    a->count++;
    return status;
}

static gf_status draw_frames(album *a, const gf_draw_options *options)
{
    gf_draw_options own;
    gf_graph *g = a->g;
    gf_status status = take_options(&own, g, options);
    if (status)
        return status;
    bool known = a->format && (!strcmp(a->format, "svg") || !strcmp(a->format, "png") || !strcmp(a->format, "pdf"));
    if (!known || !a->directory || own.animate || own.graphviz)
        return gf_graph_fail(g, GF_ERROR_ARGUMENT,
                             "draw: pictures of each turn are svg, png or pdf, go into a "
                             "directory, and are neither animated nor laid out by Graphviz");
    gf_text why = {0};
    return tell(g, gf_picture_frames(g, a->format, &own, take_frame, a, &why), a->format, &why);
}

gf_status gf_draw_frames(int *count, gf_graph *g, const char *directory, const char *format,
                         const gf_draw_options *options)
{
    if (!g)
        return GF_ERROR_ARGUMENT;
    if (g == &gf_graph_nil)
        return GF_ERROR_MEMORY;
    album a = {g, directory, format, 0};
    gf_status status = draw_frames(&a, options);
    if (count)
        *count = a.count;
    return status;
}
