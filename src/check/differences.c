/* Central differences, against every gradient of a graph. */
#include "check/differences.h"

#include <math.h>
#include <stdlib.h>

/* --- a copy of the graph, in which what is stopped is constant ------------------------------------------ */

static gf_node *copy_operation(gf_frozen *c, gf_node *node)
{
    int arity = gf_node_arity(node);
    gf_node *few[GF_SLOTS], **operands = arity > GF_SLOTS ? malloc((size_t)arity * sizeof(gf_node *)) : few;
    if (!operands)
        return NULL;
    for (int k = 0; k < arity; k++)
        operands[k] = c->copy[gf_node_id(gf_node_operand(node, k))];
    gf_node *made = gf_apply(gf_node_operation(node), operands, arity, gf_node_attributes(node));
    if (operands != few)
        free(operands);
    return made;
}

static gf_node *copy_node(gf_frozen *c, gf_node *node)
{
    if (gf_node_is_param(node) || gf_node_is_input(node)) {
        gf_node *leaf = gf_input(c->graph, NULL, gf_node_rows(node), gf_node_cols(node));
        gf_set(leaf, gf_value(node));
        return leaf;
    }
    if (gf_node_is_constant(node) || gf_node_is_given(node) || gf_node_operation(node) == gf_operation_find("stop"))
        return gf_constant(c->graph, NULL, gf_value(node));
    return copy_operation(c, node);
}

gf_status gf_frozen_copy(gf_frozen *c, gf_graph *g)
{
    *c = (gf_frozen){.graph = gf_graph_new(), .count = gf_graph_size(g)};
    gf_graph_limit(c->graph, SIZE_MAX, SIZE_MAX);
    c->copy = malloc((c->count + 1) * sizeof(gf_node *));
    for (size_t id = 0; c->copy && id < c->count; id++) {
        c->copy[id] = copy_node(c, gf_graph_node(g, id));
        if (!c->copy[id] || gf_graph_status(c->graph))
            return GF_ERROR_MEMORY;
    }
    return c->copy ? GF_OK : GF_ERROR_MEMORY;
}

void gf_frozen_free(gf_frozen *c)
{
    gf_graph_free(c->graph);
    free(c->copy);
    *c = (gf_frozen){.graph = NULL};
}

/* --- every gradient ------------------------------------------------------------------------------------- */

/* What a comparison may cost: some seconds. A pass through the graph costs its entries, and something a node. */
static const double most_work = 3e9, work_of_node = 60, work_of_entry = 4, passes = 18, tolerance = GF_TOLERANCE;

/* A leaf with a name of the file. */
static bool is_asked(gf_node *node)
{
    return (gf_node_is_param(node) || gf_node_is_input(node)) && *gf_node_name(node);
}

static size_t entries_of(const gf_node *node)
{
    return (size_t)gf_node_rows(node) * (size_t)gf_node_cols(node);
}

/* Every so many entries are compared. Adds up how many there are. */
static size_t stride_of(gf_graph *g, size_t nodes, size_t *all)
{
    double pass = 0;
    for (size_t id = 0; id < nodes; id++) {
        gf_node *node = gf_graph_node(g, id);
        pass += work_of_node + work_of_entry * (double)entries_of(node);
        *all += is_asked(node) ? entries_of(node) : 0;
    }
    double allowed = most_work / (pass * passes);
    allowed = allowed < 50 ? 50 : allowed;
    return (double)*all > allowed ? (size_t)ceil((double)*all / allowed) : 1;
}

/* Sums over the compared entries of one leaf. */
typedef struct sums {
    double difference, automatic, numeric, estimate; /* of squares */
    size_t count, kinks;                             /* entries; and those at kinks, which are not in the sums */
} sums;

static void add_entry(sums *s, double automatic, gf_slope slope)
{
    s->count++;
    if (!isfinite(slope.estimate) && !isnan(automatic)) {
        s->kinks++;
        return;
    }
    s->difference += (automatic - slope.value) * (automatic - slope.value);
    s->automatic += automatic * automatic;
    s->numeric += slope.value * slope.value;
    s->estimate += isfinite(slope.estimate) ? slope.estimate * slope.estimate : 0;
}

static void take_leaf(gf_differences *out, gf_node *leaf, const sums *s)
{
    if (!s->count)
        return;
    double larger = sqrt(fmax(s->automatic, s->numeric)), difference = sqrt(s->difference),
           estimate = sqrt(s->estimate);
    double error = larger > 0 ? difference / larger : 0;
    gf_opinion opinion = gf_slope_opinion(difference, larger, estimate, tolerance);
    bool differs = opinion == GF_DIFFERS, untold = !differs && (s->kinks || opinion == GF_UNTOLD);
    bool first = out->gradients == out->untold;
    bool worse = first || (differs && !out->differ) || ((differs || !out->differ) && !(error <= out->error));
    out->gradients++;
    out->differ += differs;
    out->untold += untold;
    out->entries += s->count;
    if (untold || !worse)
        return;
    gf_node_label(out->worst, sizeof out->worst, leaf);
    out->error = error;
    out->estimate = larger > 0 ? estimate / larger : 0;
}

/* What the walk over all leaves carries along. */
typedef struct walk {
    gf_node *loss; /* the copy */
    size_t stride, at, all;
    bool (*progress)(double share, void *data);
    void *data;
} walk;

static void compare_leaf(gf_differences *out, walk *w, gf_node *leaf, gf_node *copy, const gf_matrix *gradient)
{
    sums s = {0};
    bool first = gf_node_is_param(leaf); /* of a parameter, one entry at least */
    for (int i = 0; i < gf_node_rows(leaf); i++)
        for (int j = 0; j < gf_node_cols(leaf); j++) {
            bool due = w->at++ % w->stride == 0;
            if (!due && !first)
                continue;
            first = false;
            add_entry(&s, gradient ? gf_matrix_at(gradient, i, j) : 0, gf_slope_find(w->loss, copy, i, j));
            if (w->progress && !w->progress((double)w->at / (double)w->all, w->data)) {
                out->ended = true;
                return;
            }
        }
    take_leaf(out, leaf, &s);
}

gf_status gf_differences_find(gf_differences *out, gf_node *loss, const gf_frozen *frozen,
                              bool (*progress)(double share, void *data), void *data)
{
    gf_graph *g = gf_node_graph(loss);
    size_t count = gf_node_id(loss) + 1;
    bool reaches = gf_node_differentiable(loss);
    gf_status status = reaches ? gf_backward(loss, 0) : GF_OK;
    walk w = {.loss = frozen->copy[gf_node_id(loss)], .progress = progress, .data = data};
    *out = (gf_differences){.error = 0};
    w.stride = stride_of(g, count, &w.all);
    out->all = w.all;
    for (size_t id = 0; !status && !out->ended && id < count; id++) {
        gf_node *leaf = gf_graph_node(g, id);
        if (is_asked(leaf))
            compare_leaf(out, &w, leaf, frozen->copy[id], reaches ? gf_gradient(leaf) : NULL);
    }
    out->agree = !out->differ;
    return status;
}
