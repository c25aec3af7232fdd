/* d L[k] / d v[t] and d v[k] / d v[t]: a sweep from each k, in which the gradients of all steps of all names arrive.
 *
 * It is the sweep of Jacobians, and so comes to what lies between alone: no gradient of a weight is worked out. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "claims/special.h"
#include "flow/reach.h"
#include "graph/node.h"

typedef struct sweeps {
    gf_flow_work *f;
    gf_node **x;    /* of all names, all steps of the first before those of the second; */
    gf_matrix *out; /* and what comes back to each */
    size_t count;   /* of both */
    bool *reached;  /* by node id: does a gradient come to it in the sweep, */
    bool *stops;    /* and does it end there? */
    size_t first;   /* of the entries that are filled, one a name */
    double total;   /* sweeps there are, */
    double done;    /* and were */
    gf_status (*norm)(double *out, const gf_matrix *m);
} sweeps;

static gf_status frobenius(double *out, const gf_matrix *m)
{
    *out = gf_matrix_norm(m);
    return GF_OK;
}

static gf_status why_not(const sweeps *s)
{
    gf_graph *g = gf_model_graph(s->f->m);
    gf_status status = gf_graph_status(g);
    return status == GF_ERROR_MEMORY ? status : gf_flow_refuse(s->f, status, "%s", gf_graph_message(g));
}

static bool is_among(gf_node *const *x, size_t count, const gf_node *node)
{
    for (size_t k = 0; k < count; k++)
        if (x[k] == node)
            return true;
    return false;
}

/* To which nodes a gradient comes from y, be it 0. */
static void find_reached(const sweeps *s, const gf_node *y)
{
    memset(s->reached, 0, gf_graph_size(y->graph) * sizeof *s->reached);
    s->reached[y->id] = true;
    for (size_t id = y->id + 1; id-- > 0;) {
        gf_node *node = gf_node_in(y->graph, id);
        if (!s->reached[id] || s->stops[id])
            continue;
        for (int slot = 0; slot < (int)node->arity; slot++) {
            const gf_node *operand = gf_operand(node, slot);
            s->reached[operand->id] |= gf_node_vjp(node, slot) && gf_node_has(operand, NODE_DIFFERENTIABLE);
        }
    }
}

/* The numbers of a row k, or, with k 0, of a whole entry without rows. */
static gf_status take_row(sweeps *s, gf_reach *r, size_t at, long k)
{
    gf_status status = GF_OK;
    double *numbers = r->numbers + (k ? (k - 1) * r->steps : 0);
    for (long t = 1; t <= r->steps && !status; t++, at++) {
        status = s->norm(&numbers[t - 1], &s->out[at]);
        bool reached = s->reached[s->x[at]->id];
        r->back |= reached && t < k;
        r->ahead |= reached && t > k;
    }
    return status;
}

static gf_status sweep(sweeps *s, gf_node *y, long k)
{
    gf_status status = GF_OK;
    if (gf_jacobians(s->out, y, s->x, s->count, NULL))
        return why_not(s);
    find_reached(s, y);
    size_t steps = (size_t)s->f->m->steps;
    for (size_t n = 0; n * steps < s->count && !status; n++)
        status = take_row(s, &s->f->list[s->first + n], n * steps, k);
    for (size_t n = 0; n < s->count; n++)
        gf_matrix_free(&s->out[n]);
    gf_flow_progress(s->f, ++s->done / s->total);
    return status;
}

/* The names from number `from` on; with `one`, that one alone. */
static gf_status start(sweeps *s, size_t from, bool one, bool pairs)
{
    gf_flow_work *f = s->f;
    const gf_model_name *name;
    gf_status why = GF_OK;
    size_t steps = (size_t)f->m->steps, names = 0;
    s->first = f->count;
    while ((!one || !names) && (name = gf_flow_name(f, from + names, &why)) && gf_reach_new(f, name->name, pairs, &why))
        names++;
    if (why)
        return why;
    s->count = names * steps;
    s->x = calloc(s->count + 1, sizeof(gf_node *));
    s->out = calloc(s->count + 1, sizeof *s->out);
    s->reached = calloc(gf_graph_size(gf_model_graph(f->m)) + 1, sizeof *s->reached);
    s->stops = calloc(gf_graph_size(gf_model_graph(f->m)) + 1, sizeof *s->stops);
    if (!s->x || !s->out || !s->reached || !s->stops)
        return GF_ERROR_MEMORY;
    for (size_t n = 0; n < names; n++) {
        gf_reach *r = &f->list[s->first + n];
        r->reversed = gf_flow_is_reversed(f, r->name);
        for (size_t t = 0; t < steps; t++)
            s->x[n * steps + t] = gf_model_node(f->m, r->name, (int)t + 1);
    }
    return GF_OK;
}

static void end(sweeps *s)
{
    free((void *)s->x);
    free(s->out);
    free(s->reached);
    free(s->stops);
    s->x = NULL;
    s->out = NULL;
    s->reached = NULL;
    s->stops = NULL;
}

/* A name that nothing comes back to has its zeros where others have numbers. */
static void settle(sweeps *s)
{
    for (size_t n = s->first; n < s->f->count; n++) {
        gf_reach *r = &s->f->list[n];
        bool neither = !r->back && !r->ahead;
        r->back |= neither && !r->reversed;
        r->ahead |= neither && r->reversed;
    }
}

gf_status gf_flow_measure_loss(gf_flow_work *f)
{
    const char *loss;
    bool timed;
    sweeps s = {.f = f, .norm = frobenius};
    gf_status status = gf_flow_loss(f, &loss, &timed);
    if (!status)
        status = start(&s, 0, false, timed);
    s.total = timed ? (double)f->m->steps : 1;
    for (long k = 1; k <= f->m->steps && timed && !status; k++)
        status = sweep(&s, gf_model_node(f->m, loss, (int)k), k);
    if (!status && !timed)
        status = sweep(&s, loss ? gf_model_node(f->m, loss, 0) : gf_model_loss(f->m), 0);
    settle(&s);
    end(&s);
    return status;
}

/* --- d v[k] / d v[t] ------------------------------------------------------------ */

/* Does each way between two steps go through these names at the steps between? Looked at from every step, since a cut
 * may hide ways behind it. All steps of the names are given, those of step 1 first. */
static bool is_bounded(const sweeps *s, gf_node *const state[], size_t count)
{
    long steps = s->f->m->steps;
    bool bounded = true;
    for (size_t n = 0; n < (size_t)steps * count; n++)
        s->stops[state[n]->id] = true;
    for (long k = 1; k <= steps; k++) {
        gf_node *const *own = state + (size_t)(k - 1) * count;
        for (size_t n = 0; n < count; n++)
            s->stops[own[n]->id] = false;
        for (size_t n = 0; n < count && bounded; n++) {
            find_reached(s, own[n]);
            for (long t = 1; t <= steps; t++)
                for (size_t i = 0; i < count && labs(k - t) > 1; i++)
                    bounded &= !s->reached[state[(size_t)(t - 1) * count + i]->id];
        }
        for (size_t n = 0; n < count; n++)
            s->stops[own[n]->id] = true;
    }
    for (size_t n = 0; n < (size_t)steps * count; n++)
        s->stops[state[n]->id] = false;
    return bounded;
}

/* --- all states together ------------------------------------------------------------ */

/* Past h a way goes by c, and past c one by h; but each goes through both of them. So d v[k] / d v[t] is a part of the
 * product of the single steps of all states together, times what v[t] is to all of them at step t. */
typedef struct joint {
    sweeps *s;
    gf_node **state; /* all states at step 1, then at step 2 … */
    gf_node **held;
    size_t count; /* of states, */
    int size;     /* and of their entries */
    long steps, way;
} joint;

static gf_node *const *states_at(const joint *j, long t)
{
    return j->state + (size_t)(t - 1) * j->count;
}

/* The norm of the Jacobian of all states at step t by some x, the states one step before them on the way held. */
static gf_status norm_by(joint *j, double *out, long t, gf_node *const x[], size_t count)
{
    gf_matrix whole = {0}, *parts = calloc(count, sizeof *parts);
    int cols = 0, row = 0;
    long before = t + j->way;
    size_t held = before >= 1 && before <= j->steps ? j->count : 0;
    for (size_t n = 0; n < held; n++)
        j->held[n] = states_at(j, before)[n];
    gf_jacobian_options options = {.size = sizeof options, .held = j->held, .held_count = held};
    for (size_t n = 0; n < count; n++)
        cols += (int)gf_matrix_size(&x[n]->value);
    gf_status status = parts ? gf_matrix_new(&whole, j->size, cols) : GF_ERROR_MEMORY;
    for (size_t n = 0; n < j->count && !status; n++) {
        gf_node *y = states_at(j, t)[n];
        if (gf_jacobians(parts, y, x, count, &options)) {
            status = why_not(j->s);
            break;
        }
        for (size_t k = 0, col = 0; k < count; k++) {
            gf_matrix place = gf_matrix_part(&whole, row, (int)col, parts[k].rows, parts[k].cols);
            gf_matrix_copy(&place, &parts[k]);
            col += (size_t)parts[k].cols;
            gf_matrix_free(&parts[k]);
        }
        row += (int)gf_matrix_size(&y->value);
    }
    status = status ? status : gf_matrix_norm2(out, &whole);
    gf_matrix_free(&whole);
    free(parts);
    return status;
}

static gf_status measure_steps(joint *j, gf_reach *r)
{
    gf_status status = GF_OK;
    double *joint = gf_arena_get(&j->s->f->arena, (size_t)r->steps * sizeof *joint);
    double *lift = gf_arena_get(&j->s->f->arena, (size_t)r->steps * sizeof *lift);
    if (!joint || !lift)
        return GF_ERROR_MEMORY;
    for (long t = 1; t <= r->steps && !status; t++) {
        long before = t + j->way;
        status = norm_by(j, &lift[t - 1], t, &j->s->x[t - 1], 1);
        if (!status && before >= 1 && before <= r->steps)
            status = norm_by(j, &joint[(before < t ? before : t) - 1], t, states_at(j, before), j->count);
    }
    r->joint = joint;
    r->lift = lift;
    r->bounded = true;
    r->unbounded = false;
    return status;
}

static gf_status find_joint_bound(sweeps *s, gf_reach *r)
{
    joint j = {.s = s, .steps = r->steps, .way = r->back ? -1 : 1};
    const gf_model_name *name;
    gf_status status = GF_OK;
    while (gf_flow_state(s->f, j.count))
        j.count++;
    j.state = calloc(j.count * (size_t)j.steps + 1, sizeof(gf_node *));
    j.held = calloc(j.count + 1, sizeof(gf_node *));
    if (!j.state || !j.held)
        status = GF_ERROR_MEMORY;
    for (size_t n = 0; !status && (name = gf_flow_state(s->f, n)); n++) {
        for (long t = 1; t <= j.steps; t++)
            j.state[(size_t)(t - 1) * j.count + n] = gf_model_node(s->f->m, name->name, (int)t);
        j.size += name->rows * name->cols;
    }
    bool among = !status && is_among(j.state, j.count, s->x[0]);
    if (among && is_bounded(s, j.state, j.count))
        status = measure_steps(&j, r);
    free((void *)j.state);
    free((void *)j.held);
    return status;
}

/* By itself, or by all states together. */
static gf_status find_bound(sweeps *s, gf_reach *r)
{
    bool one_way = r->back != r->ahead;
    r->bounded = one_way && is_bounded(s, s->x, 1);
    r->unbounded = !r->bounded;
    return one_way && r->unbounded ? find_joint_bound(s, r) : GF_OK;
}

static gf_status measure_name(sweeps *s, size_t number)
{
    gf_status status = start(s, number, true, true);
    for (long k = 1; k <= s->f->m->steps && !status && s->count; k++)
        status = sweep(s, s->x[k - 1], k);
    settle(s);
    if (!status && s->count)
        status = find_bound(s, &s->f->list[s->first]);
    end(s);
    return status;
}

gf_status gf_flow_measure_jacobians(gf_flow_work *f)
{
    sweeps s = {.f = f, .norm = gf_matrix_norm2};
    gf_status status;
    size_t names = 0;
    while (gf_flow_name(f, names, &status))
        names++;
    s.total = (double)names * (double)f->m->steps;
    for (size_t n = 0; n < names && !status; n++)
        status = measure_name(&s, n);
    return status;
}
