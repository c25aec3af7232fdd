/* An optimizer: the parameters of a graph, what is kept of each, and one update of all of them. */
#include <math.h>
#include <stdlib.h>

#include <gradflow/train.h>

#include "base/sized.h"
#include "graph/node.h"

/* A parameter, and for each of its entries: the sum of what was gathered, which becomes the gradient that the rule
 * gets; its value before the last step; the rule's state. */
typedef struct slot {
    gf_node *node;
    size_t count;
    double *sum, *before, *m, *v;
} slot;

struct gf_optimizer {
    gf_graph *graph;
    const gf_update_rule *rule;
    gf_optimizer_options options;
    long updates, gathered; /* gathered: backwards in the sums */
    double norm;
    bool undoable;
    gf_node *nonfinite; /* whose gradient was not finite in the last step */
    double *numbers;    /* of all slots */
    size_t slot_count;
    slot slots[];
};

/* --- making one --------------------------------------------------------------------------------- */

static double or_else(double set, double usual)
{
    return set != 0 ? set : usual;
}

static void fill_in(gf_optimizer_options *own, const gf_update_rule *rule)
{
    own->rate = or_else(own->rate, rule->rate);
    own->momentum = or_else(own->momentum, 0.9);
    own->beta1 = or_else(own->beta1, 0.9);
    own->beta2 = or_else(own->beta2, strcmp(rule->name, "rmsprop") ? 0.999 : 0.99);
    own->epsilon = or_else(own->epsilon, 1e-8);
    own->decay = own->decay < 0 ? 0 : or_else(own->decay, rule->decay);
    own->factor = or_else(own->factor, 0.1);
}

/* Refuses what makes no sense. */
static gf_status check_options(gf_graph *g, const gf_optimizer_options *o)
{
    const struct {
        const char *name;
        double number, below;
    } numbers[] = {
        {"rate", o->rate, HUGE_VAL},
        {"momentum", o->momentum, 1},
        {"beta1", o->beta1, 1},
        {"beta2", o->beta2, 1},
        {"epsilon", o->epsilon, HUGE_VAL},
        {"clip_value", o->clip_value, HUGE_VAL},
        {"clip_norm", o->clip_norm, HUGE_VAL},
        {"l2", o->l2, HUGE_VAL},
        {"decay", o->decay, HUGE_VAL},
        {"factor", o->factor, HUGE_VAL},
    };
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        if (!(numbers[k].number >= 0 && numbers[k].number < numbers[k].below))
            return gf_graph_fail(g, GF_ERROR_ARGUMENT, "optimizer: %s is %g, but must be %s%s", numbers[k].name,
                                 numbers[k].number, strcmp(numbers[k].name, "decay") ? "0 or more, and " : "",
                                 numbers[k].below == 1 ? "below 1" : "finite");
    bool scheduled = o->schedule == GF_RATE_STEP || o->schedule == GF_RATE_COSINE;
    if (!scheduled && o->schedule != GF_RATE_CONSTANT)
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "optimizer: there is no schedule %d", (int)o->schedule);
    if (scheduled && o->every < 1)
        return gf_graph_fail(g, GF_ERROR_ARGUMENT,
                             "optimizer: every is %ld, but a schedule wants a number of updates, at least 1", o->every);
    return GF_OK;
}

static size_t count_params(const gf_graph *g, size_t *entries)
{
    size_t count = 0;
    *entries = 0;
    for (size_t k = 0; k < g->size; k++) {
        const gf_node *node = gf_node_in(g, k);
        if (!gf_node_is_param(node))
            continue;
        *entries += gf_matrix_size(&node->value);
        count++;
    }
    return count;
}

static void place(gf_optimizer *o)
{
    double *next = o->numbers;
    for (size_t k = 0; k < o->graph->size; k++) {
        gf_node *node = gf_node_in(o->graph, k);
        if (!gf_node_is_param(node))
            continue;
        size_t count = gf_matrix_size(&node->value);
        o->slots[o->slot_count++] = (slot){node, count, next, next + count, next + 2 * count, next + 3 * count};
        next += (size_t)(2 + o->rule->states) * count;
    }
}

static gf_status make(gf_optimizer **out, gf_graph *g, const gf_update_rule *rule, const gf_optimizer_options *own)
{
    size_t entries, count = count_params(g, &entries);
    if (!count)
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "optimizer: the graph has no parameters");
    gf_optimizer *o = calloc(1, sizeof *o + count * sizeof *o->slots);
    double *numbers = calloc(entries, (size_t)(2 + rule->states) * sizeof *numbers);
    if (!o || !numbers) {
        free(o);
        free(numbers);
        return gf_graph_out_of_memory(g, "optimizer");
    }
    *o = (gf_optimizer){.graph = g, .rule = rule, .options = *own, .numbers = numbers};
    place(o);
    *out = o;
    return GF_OK;
}

gf_status gf_optimizer_new(gf_optimizer **out, gf_graph *g, const gf_optimizer_options *options)
{
    char why[GF_SIZED_WHY];
    gf_optimizer_options own;
    if (out)
        *out = NULL;
    if (!out || !g)
        return g ? gf_graph_fail(g, GF_ERROR_ARGUMENT, "optimizer: out is NULL") : GF_ERROR_ARGUMENT;
    if (!gf_sized_take(&own, options, gf_optimizer_options, every, why))
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "optimizer: %s", why);
    const gf_update_rule *rule = gf_update_rule_find(own.rule ? own.rule : "adam");
    if (!rule)
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "optimizer: there is no rule '%s'", own.rule);
    fill_in(&own, rule);
    gf_status status = check_options(g, &own);
    return status ? status : make(out, g, rule, &own);
}

void gf_optimizer_free(gf_optimizer *o)
{
    if (!o)
        return;
    free(o->numbers);
    free(o);
}

/* --- gradients ------------------------------------------------------------------------------------- */

static gf_status check_gradients(const gf_optimizer *o)
{
    gf_status status = GF_OK;
    for (size_t s = 0; s < o->slot_count && !status; s++) {
        status = gf_node_check(o->slots[s].node, "optimizer");
        if (!status && !gf_gradient(o->slots[s].node))
            status = gf_graph_status(o->graph);
    }
    return status;
}

/* Takes the gradients of the last backward: in place of the sums, or added to them. */
static gf_status take(gf_optimizer *o)
{
    gf_status status = check_gradients(o);
    if (status)
        return status;
    for (size_t s = 0; s < o->slot_count; s++) {
        slot *at = &o->slots[s];
        const gf_matrix *gradient = gf_gradient(at->node);
        if (!o->gathered)
            memcpy(at->sum, gradient->data, at->count * sizeof *at->sum);
        for (size_t k = 0; k < at->count && o->gathered; k++)
            at->sum[k] += gradient->data[k];
    }
    o->gathered++;
    return GF_OK;
}

gf_status gf_optimizer_gather(gf_optimizer *o)
{
    return o ? take(o) : GF_ERROR_ARGUMENT;
}

/* The norm of what was gathered; the first entry that is not finite says which parameter's gradient it is. */
static gf_status measure(gf_optimizer *o)
{
    double norm = 0;
    for (size_t s = 0; s < o->slot_count; s++) {
        const slot *at = &o->slots[s];
        gf_matrix sum = gf_matrix_over(at->sum, 1, (int)at->count);
        norm = hypot(norm, gf_matrix_norm(&sum));
        if (!isfinite(norm)) {
            o->nonfinite = at->node;
            return GF_ERROR_FINITE;
        }
    }
    o->norm = norm / (double)o->gathered;
    return GF_OK;
}

/* Makes the sums what the rule gets: the mean, clipped, with what l2 adds. */
static void prepare(gf_optimizer *o)
{
    const gf_optimizer_options *set = &o->options;
    double scale = 1 / (double)o->gathered;
    if (set->clip_norm > 0 && o->norm > set->clip_norm)
        scale *= set->clip_norm / o->norm;
    double bound = set->clip_value > 0 ? set->clip_value : HUGE_VAL;
    for (size_t s = 0; s < o->slot_count; s++) {
        slot *at = &o->slots[s];
        const double *p = at->node->value.data;
        for (size_t k = 0; k < at->count; k++)
            at->sum[k] = fmin(fmax(at->sum[k] * scale, -bound), bound) + set->l2 * p[k];
    }
}

/* --- a step ------------------------------------------------------------------------------------------ */

double gf_optimizer_rate(const gf_optimizer *o)
{
    static const double pi = 3.14159265358979323846;
    if (!o)
        return NAN;
    const gf_optimizer_options *set = &o->options;
    switch (set->schedule) {
    case GF_RATE_STEP:
        return set->rate * pow(set->factor, (double)(o->updates / set->every));
    case GF_RATE_COSINE:
        return o->updates < set->every ? set->rate * (1 + cos(pi * (double)o->updates / (double)set->every)) / 2 : 0;
    default:
        return set->rate;
    }
}

static void apply(gf_optimizer *o)
{
    const gf_optimizer_options *set = &o->options;
    gf_update u = {gf_optimizer_rate(o), set->momentum, set->beta1, set->beta2, set->epsilon, 0, 0};
    u.correct1 = 1 - pow(set->beta1, (double)(o->updates + 1));
    u.correct2 = 1 - pow(set->beta2, (double)(o->updates + 1));
    for (size_t s = 0; s < o->slot_count; s++) {
        slot *at = &o->slots[s];
        double *p = at->node->value.data, keep = 1 - u.rate * set->decay;
        memcpy(at->before, p, at->count * sizeof *p);
        for (size_t k = 0; k < at->count && keep != 1; k++)
            p[k] *= keep;
        o->rule->apply(&u, at->count, p, at->sum, at->m, at->v);
    }
}

static void take_back(const gf_optimizer *o)
{
    for (size_t s = 0; s < o->slot_count; s++)
        memcpy(o->slots[s].node->value.data, o->slots[s].before, o->slots[s].count * sizeof(double));
}

/* Above this numbers are more than 1 apart. */
static const double most = 9007199254740992;

/* The first entry that grew beyond it says which parameter learns no more. */
static gf_status check_size(const gf_optimizer *o)
{
    for (size_t s = 0; s < o->slot_count; s++)
        for (size_t k = 0; k < o->slots[s].count; k++) {
            double now = o->slots[s].node->value.data[k];
            char label[96];
            if (fabs(now) <= most || fabs(o->slots[s].before[k]) > most)
                continue;
            return gf_graph_fail(o->graph, GF_ERROR_LIMIT,
                                 "optimizer: %s would reach %.3g: the step was too large, at a learning rate of %.3g",
                                 gf_node_label(label, sizeof label, o->slots[s].node), now, gf_optimizer_rate(o));
        }
    return GF_OK;
}

/* Every value behind the first parameter is worked out anew. */
static void changed(gf_optimizer *o)
{
    size_t first = o->slots[0].node->id;
    if (o->graph->evaluated > first)
        o->graph->evaluated = first;
}

static gf_status check_nodes(const gf_optimizer *o)
{
    gf_status status = GF_OK;
    for (size_t s = 0; s < o->slot_count && !status; s++)
        status = gf_node_check(o->slots[s].node, "optimizer");
    return status;
}

gf_status gf_optimizer_step(gf_optimizer *o)
{
    if (!o)
        return GF_ERROR_ARGUMENT;
    o->nonfinite = NULL;
    gf_status status = check_nodes(o);
    if (!status && !o->gathered)
        status = take(o);
    if (!status)
        status = measure(o);
    if (!status) {
        prepare(o);
        apply(o);
        status = check_size(o);
        if (status)
            take_back(o);
        changed(o);
        o->undoable = !status;
        o->updates += !status;
    }
    o->gathered = 0;
    return status;
}

gf_status gf_optimizer_undo(gf_optimizer *o)
{
    gf_status status = o ? check_nodes(o) : GF_ERROR_ARGUMENT;
    if (status || !o->undoable)
        return status;
    take_back(o);
    changed(o);
    o->undoable = false;
    return GF_OK;
}

long gf_optimizer_updates(const gf_optimizer *o)
{
    return o ? o->updates : 0;
}

gf_node *gf_optimizer_nonfinite(const gf_optimizer *o)
{
    return o ? o->nonfinite : NULL;
}

double gf_optimizer_norm(const gf_optimizer *o)
{
    return o ? o->norm : NAN;
}
