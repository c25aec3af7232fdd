/* What stands below the title: of what the gradients are, what of the graph is shown, and how the model was set. */
#include "view/page/subtitle.h"

#include <string.h>

#include "graph/node.h"
#include "view/page/foot.h"

static void add_part(gf_text *out, const char *part)
{
    gf_text_print(out, "%s%s", out->size ? " · " : "", part);
}

/* The name that the box has where backward began; NULL where that is in none. */
static const char *name_of_root(const gf_node *root, const gf_view *view)
{
    for (size_t k = 0; k < view->box_count; k++)
        if (view->boxes[k].node == root)
            return view->boxes[k].name;
    return NULL;
}

/* The loss of the model, or, where backward began elsewhere, that. Of a graph from C, what was said of it. */
static void add_loss(gf_text *out, const gf_graph *g, gf_model *m, const gf_model *said, const gf_view *view)
{
    const gf_node *root = g->record.root;
    const char *name = root ? name_of_root(root, view) : NULL;
    if (m && (!root || root == gf_model_loss(m)))
        gf_foot_loss(out, m);
    else if (root && !m && said && (!root->name || !strcmp(gf_node_name(root), "loss")))
        gf_foot_loss(out, said);
    else if (root && (m || (view->title && *view->title)))
        gf_text_print(out, "gradient of %s", name ? name : gf_label(root));
}

/* Of a graph from C: "5 parameters, 62 numbers". */
static void add_parameters(gf_text *out, const gf_graph *g)
{
    size_t count = 0, numbers = 0;
    for (size_t id = 0; id < g->size; id++) {
        const gf_node *node = gf_node_in(g, id);
        count += gf_node_is_param(node);
        numbers += gf_node_is_param(node) ? gf_matrix_size(&node->value) : 0;
    }
    if (count)
        add_part(out, "");
    if (count)
        gf_text_print(out, "%zu parameter%s, %zu number%s", count, count == 1 ? "" : "s", numbers,
                      numbers == 1 ? "" : "s");
}

static void add_between(gf_text *out, const gf_draw_options *o)
{
    if (!o->from && !o->to)
        return;
    add_part(out, "only ");
    if (o->from && o->to)
        gf_text_print(out, "between %s and %s", gf_label(o->from), gf_label(o->to));
    else if (o->from)
        gf_text_print(out, "where %s leads", gf_label(o->from));
    else
        gf_text_print(out, "what leads to %s", gf_label(o->to));
}

/* Why arrows have no colour. */
static void add_missing(gf_text *out, const gf_graph *g, const gf_view *view)
{
    if (!g->record.root && view->box_count)
        add_part(out, "backward has not run: no gradients");
    else if (view->arrow_count && !g->record.node_count)
        add_part(out, "backward did not record edges: arrows have no gradients");
}

/* "steps 1 to 8 and 12 to 20 in one box each". */
static void add_folded(gf_text *out, const gf_view *view)
{
    int count = 0;
    for (size_t k = 0; k < view->box_count; k++) {
        const gf_box *box = &view->boxes[k];
        if (!box->last_step)
            continue;
        if (!count++)
            add_part(out, "steps ");
        else
            gf_text_add(out, " and ");
        gf_text_print(out, box->last_step > box->step ? "%d to %d" : "%d", box->step, box->last_step);
    }
    gf_text_add(out, !count ? "" : count > 1 ? " in one box each" : " in one box");
}

/* "only steps 2 to 4 of 5", where the others are left out, and in no box. */
static void add_range(gf_text *out, const gf_draw_options *o, const gf_view *view)
{
    int first, last;
    if (gf_view_range(view, &first, &last) || o->from || o->to)
        return;
    add_part(out, "only ");
    if (first < last)
        gf_text_print(out, "steps %d %s %d of %d", first, last == first + 1 ? "and" : "to", last, view->last_step);
    else
        gf_text_print(out, "step %d of %d", first, view->last_step);
}

void gf_subtitle_write(gf_text *out, const gf_graph *g, const gf_draw_options *o, const gf_model *said,
                       const gf_view *view, bool left_out)
{
    gf_text_clear(out);
    add_loss(out, g, o->model, said, view);
    add_missing(out, g, view);
    add_folded(out, view);
    add_range(out, o, view);
    add_between(out, o);
    if (left_out)
        add_part(out, "no room for the gradients of weights");
    if (o->model)
        gf_foot_settings(out, o->model);
    else
        add_parameters(out, g);
}
