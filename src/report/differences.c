/* Central differences, against every gradient of a file. */
#include "report/differences.h"

#include <math.h>
#include <stdlib.h>

#include "check/slope.h"
#include "model/scan.h"
#include "report/report.h"

/* --- a copy of the graph, in which what is stopped is constant ------------------------------------------ */

typedef struct copying {
    gf_graph *graph;
    gf_node **copy; /* by id in the model's graph */
    size_t count;
    gf_status status;
} copying;

static gf_node *copy_operation(copying *c, gf_node *node)
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

static gf_node *copy_node(copying *c, gf_node *node)
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

static void copy_graph(copying *c, gf_graph *g)
{
    *c = (copying){.graph = gf_graph_new(), .count = gf_graph_size(g)};
    gf_graph_limit(c->graph, SIZE_MAX, SIZE_MAX);
    c->copy = malloc((c->count + 1) * sizeof(gf_node *));
    c->status = c->copy ? GF_OK : GF_ERROR_MEMORY;
    for (size_t id = 0; id < c->count && !c->status; id++) {
        c->copy[id] = copy_node(c, gf_graph_node(g, id));
        if (!c->copy[id] || gf_graph_status(c->graph))
            c->status = GF_ERROR_MEMORY;
    }
}

static void free_copy(copying *c)
{
    gf_graph_free(c->graph);
    free(c->copy);
}

/* --- every gradient ------------------------------------------------------------------------------------- */

/* What a comparison may cost: some seconds. A pass through the graph costs its entries, and something a node. */
static const double most_work = 3e9, work_of_node = 60, work_of_entry = 4, passes = 18, tolerance = 1e-6;

/* A leaf with a name of the file. */
static bool is_asked(gf_node *node)
{
    return (gf_node_is_param(node) || gf_node_is_input(node)) && *gf_node_name(node);
}

static size_t entries_of(const gf_node *node)
{
    return (size_t)gf_node_rows(node) * (size_t)gf_node_cols(node);
}

/* Every so many entries are compared. */
static size_t stride_of(gf_graph *g, size_t nodes, size_t *all)
{
    double pass = 0;
    *all = 0;
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
    gf_node_label(leaf, out->worst, sizeof out->worst);
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

static gf_status compare_all(gf_differences *out, gf_model *m, const copying *c, walk *w)
{
    size_t count = gf_node_id(m->loss) + 1;
    bool reaches = gf_node_differentiable(m->loss);
    gf_status status = reaches ? gf_backward(m->loss, 0) : GF_OK;
    w->loss = c->copy[gf_node_id(m->loss)];
    w->stride = stride_of(m->graph, count, &w->all);
    out->all = w->all;
    for (size_t id = 0; !status && !out->ended && id < count; id++) {
        gf_node *leaf = gf_graph_node(m->graph, id);
        if (is_asked(leaf))
            compare_leaf(out, w, leaf, c->copy[id], reaches ? gf_gradient(leaf) : NULL);
    }
    return status;
}

/* --- who is right about a claim ------------------------------------------------------------------------- */

/* Which of the two sides of the worst link is a gradient by a leaf, all paths counted; -1: none. */
static int gradient_side(gf_judged *judged, gf_asked *asked)
{
    for (int k = 0; k < 2; k++) {
        const gf_tree *side = judged->statement->sides[judged->worst_link + (uint32_t)k];
        if (!gf_tree_is_grad(judged->claims->m, side) || !gf_judged_asked(judged, judged->worst_at, side, asked))
            continue;
        const gf_wanted *wanted = &asked->wanted;
        bool leaf = wanted->y && wanted->x.node && !wanted->x.at_step && !wanted->held &&
                    (gf_node_is_param(wanted->x.node) || gf_node_is_input(wanted->x.node));
        if (leaf)
            return k;
    }
    return -1;
}

static void write_opinion(gf_text *w, double automatic, double hand, gf_slope slope)
{
    double size = fabs(slope.value);
    if (!isfinite(slope.estimate)) {
        gf_text_add(w, "central differences cannot tell: a kink, or the end of the domain, is too near\n");
        return;
    }
    bool with_automatic =
        gf_slope_opinion(fabs(slope.value - automatic), size, slope.estimate, tolerance) != GF_DIFFERS;
    bool with_hand = gf_slope_opinion(fabs(slope.value - hand), size, slope.estimate, tolerance) != GF_DIFFERS;
    gf_text_add(w, "central differences give ");
    gf_report_write_entry(w, slope.value);
    gf_text_add(w, " there, to about ");
    gf_report_write_error(w, slope.estimate);
    gf_text_print(w, ": %s\n",
                  with_automatic == with_hand ? "they cannot tell the two apart"
                  : with_automatic            ? "the gradient is right, the other side is not"
                                              : "the other side is right, the gradient is not");
}

static void add_opinion(gf_judged *judged, const copying *c)
{
    gf_asked asked;
    int side = judged->verdict == GF_FAILS && judged->worst.finite ? gradient_side(judged, &asked) : -1;
    if (side < 0 || gf_node_id(asked.wanted.y) >= c->count)
        return;
    const gf_link *worst = &judged->worst;
    double automatic = side ? worst->b : worst->a, hand = side ? worst->a : worst->b;
    write_opinion(&judged->notes, automatic, hand,
                  gf_slope_find(c->copy[gf_node_id(asked.wanted.y)], c->copy[gf_node_id(asked.wanted.x.node)],
                                worst->row, worst->col));
}

/* --- the whole ------------------------------------------------------------------------------------------ */

gf_status gf_differences_find(gf_differences *out, gf_claims *claims, bool (*progress)(double share, void *data),
                              void *data)
{
    *out = (gf_differences){.error = 0};
    gf_judge_clear(&claims->judge);
    copying c;
    copy_graph(&c, claims->m->graph);
    walk w = {.progress = progress, .data = data};
    gf_status status = c.status ? c.status : compare_all(out, claims->m, &c, &w);
    for (size_t k = 0; !status && !out->ended && k < claims->count; k++)
        add_opinion(&claims->list[k], &c);
    free_copy(&c);
    out->agree = !out->differ;
    return status;
}

void gf_differences_write(gf_text *w, const gf_differences *d)
{
    size_t told = d->gradients - d->untold, agree = told - d->differ;
    if (d->differ)
        gf_text_print(w, "central differences: %zu of %zu gradients DIFFER from automatic differentiation", d->differ,
                      d->gradients);
    else
        gf_text_print(w, "central differences: %zu gradient%s agree%s with automatic differentiation", agree,
                      agree == 1 ? "" : "s", agree == 1 ? "s" : "");
    if (told) {
        gf_text_print(w, ", the worst grad(%s): error ", d->worst);
        gf_report_write_error(w, d->error < 1e-12 ? 0 : d->error);
    }
    if (d->untold)
        gf_text_print(w, "; %zu cannot be told, next to a kink or hidden by the rounding of the loss", d->untold);
    if (d->ended)
        gf_text_add(w, "; this was ended before all were compared");
    else if (d->entries < d->all)
        gf_text_print(w, "; %zu of %zu entries were compared", d->entries, d->all);
    gf_text_add(w, "\n");
}
