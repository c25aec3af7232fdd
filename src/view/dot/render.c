/* Graphviz: the only file that knows libcgraph and libgvc. It reads the picture's DOT without places, finds them, and
 * renders it. */
#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/names.h"
#include "view/dot/dot.h"
#include "view/drawing/drawing.h"

/* libgvc's lengths are `unsigned int` up to version 12, size_t from 13 on. */
typedef __typeof__(_Generic(&gvRenderData, int (*)(GVC_t *, graph_t *, const char *, char **, unsigned *)
                            : (unsigned)0, default
                            : (size_t)0)) render_size;

/* libcgraph takes char * where it only reads. */
static char *mutable(const char *text)
{
    return (char *)(uintptr_t)text;
}

/* --- how Graphviz keeps names -------------------------------------------------------------------- */

/* A graph and what it needs for as long as it lives. libcgraph numbers names by the address of their text, and sorts
 * subgraphs by number, so that their order would differ from run to run; here they are numbered as they come. */
typedef struct picture {
    Agdisc_t disc; /* stands first: libcgraph hands it to open_names */
    gf_names names;
    uint64_t unnamed;
    bool failed; /* a name found no memory: libcgraph goes on without */
    Agraph_t *graph;
} picture;

static void *open_names(Agraph_t *graph, Agdisc_t *disc)
{
    (void)graph;
    return disc;
}

static long number_of_name(void *state, int kind, char *name, IDTYPE *id, int create)
{
    picture *p = state;
    (void)kind;
    if (!name && create)
        *id = UINT32_MAX + ++p->unnamed;
    else
        *id = !name ? UINT32_MAX : create ? gf_names_add(&p->names, name) : gf_names_find(&p->names, name);
    p->failed |= create && *id == UINT32_MAX;
    return *id != UINT32_MAX;
}

static char *name_of_number(void *state, int kind, IDTYPE id)
{
    const picture *p = state;
    (void)kind;
    return id < UINT32_MAX ? mutable(gf_names_text(&p->names, (uint32_t)id)) : NULL;
}

static void free_number(void *state, int kind, IDTYPE id)
{
    (void)state, (void)kind, (void)id;
}

static void close_names(void *state)
{
    (void)state;
}

static void keep_object(void *state, int kind, void *object)
{
    (void)state, (void)kind, (void)object;
}

/* What is left of the text that is read. */
typedef struct reading {
    const char *data;
    size_t size;
} reading;

static int read_text(void *channel, char *buffer, int room)
{
    reading *r = channel;
    size_t size = r->size < (size_t)room ? r->size : (size_t)room;
    memcpy(buffer, r->data, size);
    r->data += size;
    r->size -= size;
    return (int)size;
}

static void close_picture(picture *p)
{
    if (p->graph)
        agclose(p->graph);
    gf_names_free(&p->names);
}

/* A graph with everything in it. False without memory; close it in any case. */
static bool make_picture(picture *p, const gf_view *view, const gf_draw_options *options)
{
    static Agiddisc_t id = {.open = open_names,
                            .map = number_of_name,
                            .free = free_number,
                            .print = name_of_number,
                            .close = close_names,
                            .idregister = keep_object};
    static Agiodisc_t io = {.afread = read_text};
    gf_text dot = {0};
    *p = (picture){.disc = {.id = &id, .io = &io}};
    if (!gf_dot_write(view, options, &dot))
        p->graph = agread(&(reading){dot.data, dot.size}, &p->disc);
    gf_text_free(&dot);
    return p->graph && !p->failed;
}

/* --- out of Graphviz ------------------------------------------------------------------------------ */

/* Graphviz hands its messages to a function and nothing else: where they are kept while it draws. */
static _Thread_local gf_text *messages;

static int keep_message(char *message)
{
    size_t size = strcspn(message, "\n");
    gf_text_print(messages, "%s", messages->size ? " " : "");
    gf_text_bytes(messages, message, size);
    return 0;
}

/* A PDF file tells when it was made: always the same, so that two runs write the same bytes. */
static void forget_date(char *data, size_t size)
{
    static const char key[] = "/CreationDate (D:", epoch[] = "19700101000000";
    for (size_t at = 0; at + sizeof key < size; at++) {
        if (memcmp(data + at, key, sizeof key - 1) != 0)
            continue;
        const char *digit = epoch;
        for (char *date = data + at + sizeof key - 1; date < data + size && *date != ')'; date++)
            if (*date >= '0' && *date <= '9')
                *date = *digit ? *digit++ : '0';
    }
}

enum { MOST_PIXELS = 32767, PIXELS_AN_INCH = 96 };

/* Cairo has no bitmap of more pixels a side: the plug-in would shrink it, and say so on standard error. Without memory
 * for it, it ends the program. */
static gf_status fit_bitmap(Agraph_t *graph, double dots, gf_text *why)
{
    const double pad = 0.4; /* inches, on both sides */
    boxf box = GD_bb(graph);
    double width = ((box.UR.x - box.LL.x) / 72 + pad) * dots, height = ((box.UR.y - box.LL.y) / 72 + pad) * dots;
    if (fmax(width, height) <= MOST_PIXELS)
        return gf_raster_has_room(4 * width * height) ? GF_OK : GF_ERROR_MEMORY;
    gf_text_print(why, "the bitmap would have %.0f pixels a side, and may have %d: draw fewer steps, or SVG",
                  fmax(width, height), MOST_PIXELS);
    return GF_ERROR_LIMIT;
}

static void set_dots(Agraph_t *graph, double dots)
{
    char text[32];
    snprintf(text, sizeof text, "%.0f", dots);
    agattr(graph, AGRAPH, mutable("dpi"), text);
}

static gf_status write_out(GVC_t *context, Agraph_t *graph, const char *format, gf_text *out)
{
    char *data = NULL;
    render_size size = 0;
    bool done = gvRenderData(context, graph, format, &data, &size) == 0 && data;
    if (done) {
        if (strcmp(format, "pdf") == 0)
            forget_date(data, size);
        gf_text_bytes(out, data, size);
    }
    gvFreeRenderData(data);
    return done ? GF_OK : GF_ERROR_WRITE;
}

static gf_status render(GVC_t *context, Agraph_t *graph, const char *format, double dots, gf_text *out, gf_text *why)
{
    bool bitmap = strcmp(format, "png") == 0;
    if (bitmap)
        set_dots(graph, dots);
    if (!gf_raster_has_room(0))
        return GF_ERROR_MEMORY;
    if (gvLayout(context, graph, "dot"))
        return GF_ERROR_WRITE;
    gf_status status = bitmap ? fit_bitmap(graph, dots, why) : GF_OK;
    status = status ? status : write_out(context, graph, format, out);
    gvFreeLayout(context, graph);
    return status;
}

/* Graphviz names the layout or the format and leaves the reader alone with it. */
static void explain(gf_text *why)
{
    if (!strstr(gf_text_string(why), "not recognized"))
        return;
    gf_text_clear(why);
    gf_text_print(why, "Graphviz finds no plug-in for it: install those of libgvc, and run 'dot -c' as root "
                       "(Debian: libgvc6-config-update -c); .dot needs none");
}

/* Graphviz 2.42's text plug-in keeps a pointer into the context it served last (to a font's name), and reads it when
 * it serves the next one: a context that was ever used must not be freed. So there is one, for the whole process. */
static GVC_t *the_context(void)
{
    static GVC_t *context;
    if (!context)
        context = gvContext();
    return context;
}

gf_status gf_dot_render(const gf_view *view, const gf_draw_options *options, const char *format, gf_text *out,
                        gf_text *why)
{
    picture p;
    double dots = options->dots_per_inch > 0 ? options->dots_per_inch : PIXELS_AN_INCH;
    messages = why;
    agusererrf before = agseterrf(keep_message);
    GVC_t *context = make_picture(&p, view, options) ? the_context() : NULL;
    gf_status status = context ? render(context, p.graph, format, dots, out, why) : GF_ERROR_MEMORY;
    if (status == GF_ERROR_WRITE)
        explain(why);
    close_picture(&p);
    agseterrf(before);
    messages = NULL;
    return status;
}
