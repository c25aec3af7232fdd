/* Graphviz: the only file that knows libcgraph and libgvc. */
#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/names.h"
#include "view/dot.h"
#include "view/label.h"
#include "view/layout.h"

/* libgvc's lengths are `unsigned int` up to version 12, size_t from 13 on. */
typedef __typeof__(_Generic(&gvRenderData, int (*)(GVC_t *, graph_t *, const char *, char **, unsigned *)
                            : (unsigned)0, default
                            : (size_t)0)) render_size;

/* --- attributes ------------------------------------------------------------------------ */

/* libcgraph takes char * where it only reads. */
static char *mutable(const char *text)
{
    return (char *)(uintptr_t)text;
}

typedef struct attribute {
    int kind;
    const char *name, *value;
    bool shown; /* in the text even where it is empty everywhere */
} attribute;

/* All that are ever set: agset fails on what was not declared. */
static const attribute declared[] = {
    {AGRAPH, "layout", "", false},
    {AGRAPH, "bb", "", false},
    {AGRAPH, "lp", "", false},
    {AGRAPH, "outputorder", "", false},
    {AGRAPH, "rankdir", "", false},
    {AGRAPH, "fontname", "Helvetica,Arial,sans-serif", false},
    {AGRAPH, "fontsize", "14", false},
    {AGRAPH, "fontcolor", "#333333", false},
    {AGRAPH, "label", "", false},
    {AGRAPH, "labelloc", "t", false},
    {AGRAPH, "pad", "0.2", false},
    {AGRAPH, "bgcolor", "white", false},
    {AGRAPH, "style", "", false},
    {AGRAPH, "color", "black", false},
    {AGRAPH, "tooltip", "", false},
    {AGRAPH, "id", "", false},
    {AGRAPH, "class", "", false},
    {AGNODE, "op", "", true},
    {AGNODE, "variable", "", true},
    {AGNODE, "step", "", true},
    {AGNODE, "rows", "", true},
    {AGNODE, "cols", "", true},
    {AGNODE, "value_l2", "", true},
    {AGNODE, "grad_l2", "", true},
    {AGNODE, "grad_rms", "", true},
    {AGNODE, "grad_max", "", true},
    {AGNODE, "label", "", false},
    {AGNODE, "shape", "box", false},
    {AGNODE, "style", "rounded,filled", false},
    {AGNODE, "color", "#555555", false},
    {AGNODE, "fillcolor", "white", false},
    {AGNODE, "fontname", "Helvetica,Arial,sans-serif", false},
    {AGNODE, "fontsize", "11", false},
    {AGNODE, "fontcolor", "#111111", false},
    {AGNODE, "margin", "0", false},
    {AGNODE, "pos", "", false},
    {AGNODE, "width", "0.3", false},
    {AGNODE, "height", "0.3", false},
    {AGNODE, "tooltip", "", false},
    {AGNODE, "id", "", false},
    {AGNODE, "class", "", false},
    {AGEDGE, "slot", "", true},
    {AGEDGE, "variable", "", true},
    {AGEDGE, "grad_l2", "", true},
    {AGEDGE, "grad_rms", "", true},
    {AGEDGE, "grad_max", "", true},
    {AGEDGE, "label", "", false},
    {AGEDGE, "style", "solid", false},
    {AGEDGE, "color", "black", false},
    {AGEDGE, "penwidth", "1", false},
    {AGEDGE, "arrowsize", "0.45", false},
    {AGEDGE, "pos", "", false},
    {AGEDGE, "lp", "", false},
    {AGEDGE, "fontname", "Helvetica,Arial,sans-serif", false},
    {AGEDGE, "fontsize", "8", false},
    {AGEDGE, "fontcolor", "#333333", false},
    {AGEDGE, "tooltip", "", false},
    {AGEDGE, "id", "", false},
    {AGEDGE, "class", "", false},
};

static void declare(Agraph_t *graph)
{
    for (size_t k = 0; k < sizeof declared / sizeof *declared; k++) {
        const attribute *a = &declared[k];
        Agsym_t *symbol = agattr(graph, a->kind, mutable(a->name), mutable(a->value));
        if (symbol)
            symbol->print = a->shown;
    }
}

/* What is being drawn, and one text to write values into. */
typedef struct drawing {
    const gf_view *view;
    const gf_layout *layout;
    Agraph_t *graph;
    gf_text value;
    bool failed; /* for want of memory */
} drawing;

static void set(drawing *d, void *object, const char *name, const char *value)
{
    d->failed |= agset(object, mutable(name), mutable(value)) != 0;
}

/* Sets what d->value holds, which starts anew. */
static void set_value(drawing *d, void *object, const char *name)
{
    set(d, object, name, gf_text_string(&d->value));
    d->failed |= d->value.failed;
    gf_text_clear(&d->value);
}

static void set_markup(drawing *d, void *object, const char *name)
{
    char *markup = agstrdup_html(d->graph, mutable(gf_text_string(&d->value)));
    set(d, object, name, markup);
    d->failed |= d->value.failed;
    gf_text_clear(&d->value);
}

static void set_integer(drawing *d, void *object, const char *name, long number)
{
    gf_text_print(&d->value, "%ld", number);
    set_value(d, object, name);
}

static void set_number(drawing *d, void *object, const char *name, double number)
{
    char text[GF_NUMBER];
    set(d, object, name, gf_number_exact(text, number));
}

/* Graphviz reads a backslash as the start of an escape, and agwrite leaves it alone. */
static void set_name(drawing *d, void *object, const char *name, const char *value)
{
    for (; *value; value++)
        gf_text_bytes(&d->value, *value == '\\' ? "\\\\" : value, *value == '\\' ? 2 : 1);
    set_value(d, object, name);
}

/* What a reader sees who points at something: `&` may start an entity there. */
static void set_tooltip(drawing *d, void *object, gf_text *plain)
{
    gf_text entities = {0};
    for (const char *s = gf_text_string(plain); *s; s++)
        gf_text_bytes(&entities, *s == '&' ? "&amp;" : s, *s == '&' ? 5 : 1);
    set_name(d, object, "tooltip", gf_text_string(&entities));
    d->failed |= plain->failed || entities.failed;
    gf_text_free(&entities);
    gf_text_free(plain);
}

/* Points, with two digits: "1.5,2". */
static void add_point(drawing *d, double x, double y)
{
    char one[GF_NUMBER], other[GF_NUMBER];
    gf_text_print(&d->value, "%s,%s", gf_number_as(one, "%.8g", round(x * 100) / 100),
                  gf_number_as(other, "%.8g", round(y * 100) / 100));
}

static void set_point(drawing *d, void *object, const char *name, double x, double y)
{
    add_point(d, x, y);
    set_value(d, object, name);
}

static void set_inches(drawing *d, void *object, const char *name, double points)
{
    char text[GF_NUMBER];
    set(d, object, name, gf_number_as(text, "%.4g", points / 72));
}

static void set_measure(drawing *d, void *object, const gf_measure *measure)
{
    if (!measure->known)
        return;
    set_number(d, object, "grad_l2", measure->l2);
    set_number(d, object, "grad_rms", measure->rms);
    set_number(d, object, "grad_max", measure->max);
}

/* --- boxes --------------------------------------------------------------------------------- */

static void style_box(drawing *d, Agnode_t *node, const gf_box *box)
{
    static const struct {
        const char *class, *fill, *line;
    } kinds[] = {
        [GF_BOX_PARAM] = {"param", "#fdebd0", "#b9770e"},
        [GF_BOX_INPUT] = {"input", "#e3eefa", "#4a7ebb"},
        [GF_BOX_GIVEN] = {"given", "#f0f0f0", GF_ASIDE},
        [GF_BOX_CONSTANT] = {"constant", "#f0f0f0", "#999999"},
        [GF_BOX_OPERATION] = {"operation", "#ffffff", "#555555"},
    };
    set(d, node, "class", kinds[box->kind].class);
    set(d, node, "fillcolor", kinds[box->aside ? GF_BOX_GIVEN : box->kind].fill);
    set(d, node, "color", kinds[box->aside ? GF_BOX_GIVEN : box->kind].line);
    if (box->kind != GF_BOX_OPERATION)
        set(d, node, "style", "filled");
    if (gf_box_is_round(box))
        set(d, node, "shape", "circle");
    if (box->outside) {
        set(d, node, "style", "rounded,filled,dotted");
        set(d, node, "fontcolor", "#888888");
    }
}

static void data_of_box(drawing *d, Agnode_t *node, const gf_box *box)
{
    set_name(d, node, "op", box->op);
    set_name(d, node, "variable", box->variable);
    if (box->step)
        set_integer(d, node, "step", box->step);
    set_integer(d, node, "rows", box->rows);
    set_integer(d, node, "cols", box->cols);
    set_number(d, node, "value_l2", box->value_l2);
    set_measure(d, node, &box->gradient);
}

static void place_box(drawing *d, Agnode_t *node, const gf_box *box)
{
    const gf_spot *spot = &d->layout->spots[box - d->view->boxes];
    set_point(d, node, "pos", spot->x, spot->y);
    set_inches(d, node, "width", spot->width);
    set_inches(d, node, "height", spot->height);
}

static Agnode_t *node_of(drawing *d, const gf_box *box)
{
    char name[32];
    snprintf(name, sizeof name, "n%zu", box->id);
    return agnode(d->graph, name, 1);
}

static void draw_box(drawing *d, const gf_box *box)
{
    gf_text tooltip = {0};
    Agnode_t *node = node_of(d, box);
    if (!node) {
        d->failed = true;
        return;
    }
    data_of_box(d, node, box);
    style_box(d, node, box);
    place_box(d, node, box);
    gf_label_box(d->view, box, &d->value);
    set_markup(d, node, "label");
    gf_describe_box(box, &tooltip);
    set_tooltip(d, node, &tooltip);
    set(d, node, "id", agnameof(node));
}

/* --- arrows ----------------------------------------------------------------------------------- */

static const struct {
    const char *class, *style;
} looks[] = {
    [GF_ARROW_UNKNOWN] = {"unknown", "solid"}, [GF_ARROW_NONE] = {"none", "dashed"},
    [GF_ARROW_PASSES] = {"passes", "solid"},   [GF_ARROW_NONFINITE] = {"nonfinite", "dotted"},
    [GF_ARROW_ASIDE] = {"aside", "solid"},
};

static void data_of_arrow(drawing *d, Agedge_t *edge, const gf_arrow *arrow)
{
    set_integer(d, edge, "slot", arrow->slot);
    set_name(d, edge, "variable", arrow->from->variable);
    set_measure(d, edge, &arrow->gradient);
}

static void style_arrow(drawing *d, Agedge_t *edge, const gf_arrow *arrow)
{
    char text[GF_NUMBER];
    set(d, edge, "class", looks[arrow->look].class);
    set(d, edge, "style", looks[arrow->look].style);
    set(d, edge, "color", arrow->colour);
    set(d, edge, "penwidth", gf_number_as(text, "%.3g", arrow->width));
    bool number = d->view->numbers && arrow->gradient.known && arrow->look != GF_ARROW_ASIDE;
    if (arrow->look == GF_ARROW_NONFINITE || number)
        set(d, edge, "label", gf_number_as(text, "%.2g", arrow->size));
    if (arrow->look == GF_ARROW_NONFINITE)
        set(d, edge, "fontcolor", arrow->colour);
}

static void place_arrow(drawing *d, Agedge_t *edge, const gf_arrow *arrow)
{
    const gf_path *path = &d->layout->paths[arrow - d->view->arrows];
    gf_text_print(&d->value, "e,");
    add_point(d, path->tip.x, path->tip.y);
    for (size_t k = 0; k < path->count; k++) {
        gf_text_print(&d->value, " ");
        add_point(d, path->points[k].x, path->points[k].y);
    }
    set_value(d, edge, "pos");
    set_point(d, edge, "lp", path->label.x, path->label.y);
}

/* Two operands may be the same node: the slot is the edge's key. */
static void draw_arrow(drawing *d, const gf_arrow *arrow)
{
    char key[64];
    gf_text tooltip = {0};
    snprintf(key, sizeof key, "%d", arrow->slot);
    Agnode_t *from = node_of(d, arrow->from), *to = node_of(d, arrow->to);
    Agedge_t *edge = from && to ? agedge(d->graph, from, to, key, 1) : NULL;
    if (!edge) {
        d->failed = true;
        return;
    }
    data_of_arrow(d, edge, arrow);
    style_arrow(d, edge, arrow);
    place_arrow(d, edge, arrow);
    gf_describe_arrow(arrow, &tooltip);
    set_tooltip(d, edge, &tooltip);
    snprintf(key, sizeof key, "e%zu_%d", arrow->to->id, arrow->slot);
    set(d, edge, "id", key);
}

/* --- the picture ------------------------------------------------------------------------------- */

static void set_rectangle(drawing *d, Agraph_t *graph, double left, double bottom, double right, double top)
{
    add_point(d, left, bottom);
    gf_text_print(&d->value, ",");
    add_point(d, right, top);
    set_value(d, graph, "bb");
}

static void draw_frame(drawing *d, const gf_frame *frame)
{
    char name[32];
    snprintf(name, sizeof name, "cluster_%d", frame->step);
    Agraph_t *cluster = agsubg(d->graph, name, 1);
    if (!cluster) {
        d->failed = true;
        return;
    }
    gf_text_print(&d->value, "t = %d", frame->step);
    set_value(d, cluster, "label");
    set(d, cluster, "id", name);
    set(d, cluster, "style", "rounded,filled");
    set(d, cluster, "color", "#f1f3f5");
    set_rectangle(d, cluster, frame->left, frame->bottom, frame->right, frame->top);
    set_point(d, cluster, "lp", (frame->left + frame->right) / 2, frame->top - 11);
    for (size_t k = 0; k < d->view->box_count && !d->failed; k++) {
        const gf_box *box = &d->view->boxes[k];
        if (box->step == frame->step && !box->outside)
            d->failed |= !agsubnode(cluster, node_of(d, box), 1);
    }
}

/* The picture's size, with the legend above it. The same layout serves whoever draws the DOT text with Graphviz. */
static void draw_legend(drawing *d)
{
    double width = fmax(d->layout->width, gf_legend_width(d->view)), legend = gf_legend_height(d->view);
    double height = d->layout->height + legend;
    set(d, d->graph, "layout", "nop2");
    set(d, d->graph, "rankdir", "BT");
    set(d, d->graph, "outputorder", "edgesfirst");
    set_rectangle(d, d->graph, 0, 0, width, height);
    set_point(d, d->graph, "lp", width / 2, height - legend / 2);
    gf_label_legend(d->view, width, &d->value);
    set_markup(d, d->graph, "label");
}

static void draw_all(drawing *d)
{
    const gf_view *view = d->view;
    declare(d->graph);
    draw_legend(d);
    for (size_t k = 0; k < view->box_count && !d->failed; k++)
        draw_box(d, &view->boxes[k]);
    for (size_t k = 0; k < d->layout->frame_count && !d->failed; k++)
        draw_frame(d, &d->layout->frames[k]);
    for (size_t k = 0; k < view->arrow_count && !d->failed; k++)
        draw_arrow(d, &view->arrows[k]);
}

/* --- how Graphviz keeps names -------------------------------------------------------------------- */

/* A graph and what it needs for as long as it lives. libcgraph numbers names by the address of their text, and sorts
 * subgraphs by number, so that their order would differ from run to run; here they are numbered as they come. */
typedef struct picture {
    Agdisc_t disc; /* stands first: libcgraph hands it to open_names */
    gf_names names;
    uint64_t unnamed;
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

/* agwrite's channel is a gf_text. */
static int put(void *channel, const char *string)
{
    gf_text *out = channel;
    gf_text_add(out, string);
    return out->failed ? EOF : 0;
}

static int flush(void *channel)
{
    (void)channel;
    return 0;
}

static void close_picture(picture *p)
{
    if (p->graph)
        agclose(p->graph);
    gf_names_free(&p->names);
}

/* --- out of Graphviz ------------------------------------------------------------------------------ */

/* A graph with everything drawn in it. False without memory; close it in any case. */
static bool make_picture(picture *p, const gf_view *view)
{
    static Agiddisc_t id = {.open = open_names,
                            .map = number_of_name,
                            .free = free_number,
                            .print = name_of_number,
                            .close = close_names,
                            .idregister = keep_object};
    static Agiodisc_t io = {.putstr = put, .flush = flush};
    gf_layout layout;
    *p = (picture){.disc = {.id = &id, .io = &io}};
    drawing d = {.view = view, .layout = &layout};
    /* agopen would go on without a name. */
    if (!gf_layout_make(&layout, view) && gf_names_add(&p->names, "gradflow") != UINT32_MAX)
        d.graph = p->graph = agopen(mutable("gradflow"), Agdirected, &p->disc);
    if (d.graph)
        draw_all(&d);
    gf_text_free(&d.value);
    gf_layout_free(&layout);
    return d.graph && !d.failed;
}

gf_status gf_dot_write(const gf_view *view, const char *format, gf_text *out, gf_text *why)
{
    picture p;
    (void)format, (void)why;
    gf_status status = make_picture(&p, view) && !agwrite(p.graph, out) ? GF_OK : GF_ERROR_MEMORY;
    close_picture(&p);
    return status;
}

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

/* A bitmap has 96 dots an inch, and cairo none of more than 32767 pixels: a larger picture gets fewer. Left alone, the
 * plug-in would do as much, but say so on standard error. */
static void fit_bitmap(Agraph_t *graph)
{
    double width = 0, height = 0;
    const char *box = agget(graph, mutable("bb"));
    if (!box || sscanf(box, "%*f,%*f,%lf,%lf", &width, &height) != 2)
        return;
    double inches = fmax(width, height) / 72 + 0.4 /* pad, on both sides */, dots = floor(32700 / inches * 1000) / 1000;
    char text[32];
    snprintf(text, sizeof text, "%.3f", dots);
    if (dots < 96)
        agattr(graph, AGRAPH, mutable("dpi"), text);
}

static bool render(GVC_t *context, Agraph_t *graph, const char *format, gf_text *out)
{
    if (strcmp(format, "png") == 0)
        fit_bitmap(graph);
    if (gvLayout(context, graph, "nop2"))
        return false;
    char *data = NULL;
    render_size size = 0;
    bool done = gvRenderData(context, graph, format, &data, &size) == 0 && data;
    if (done) {
        if (strcmp(format, "pdf") == 0)
            forget_date(data, size);
        gf_text_bytes(out, data, size);
    }
    gvFreeRenderData(data);
    gvFreeLayout(context, graph);
    return done;
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

gf_status gf_dot_render(const gf_view *view, const char *format, gf_text *out, gf_text *why)
{
    picture p;
    messages = why;
    agusererrf before = agseterrf(keep_message);
    GVC_t *context = make_picture(&p, view) ? the_context() : NULL;
    gf_status status = !context ? GF_ERROR_MEMORY : render(context, p.graph, format, out) ? GF_OK : GF_ERROR_WRITE;
    if (status == GF_ERROR_WRITE)
        explain(why);
    close_picture(&p);
    agseterrf(before);
    messages = NULL;
    return status;
}
