/* Sums and products over a range, term by term, and each on what was worked out for its neighbours. */
#include "model/running.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

/* --- forgetting ---------------------------------------------------------------------------------------------- */

static size_t bytes_of(const gf_body *body)
{
    return (size_t)body->rows * (size_t)body->cols * sizeof(double);
}

static void drop_run(gf_running *running, const gf_body *body, gf_run *run)
{
    running->bytes -= run->room * bytes_of(body);
    free(run->totals);
    *run = (gf_run){0};
}

/* All runs of a body, but for one. */
static void drop_runs(gf_running *running, gf_body *body, const gf_run *but)
{
    for (int k = 0; k < GF_RUNS; k++)
        if (&body->runs[k] != but)
            drop_run(running, body, &body->runs[k]);
}

static void drop_body(gf_running *running, gf_body *body)
{
    drop_runs(running, body, NULL);
    gf_arena_free(&body->arena);
    *body = (gf_body){0};
}

void gf_running_clear(gf_running *running)
{
    for (int k = 0; k < GF_BODIES; k++)
        drop_body(running, &running->bodies[k]);
}

/* --- bodies ------------------------------------------------------------------------------------ */

static size_t count_names(const gf_tree *tree)
{
    size_t count = tree->kind == TREE_NAME;
    for (uint32_t k = 0; k < tree->count; k++)
        count += count_names(tree->kids[k]);
    return count;
}

static void list_names(gf_body *body, const gf_tree *tree)
{
    bool listed = tree->kind != TREE_NAME || tree->name == body->tree->name; /* its own index */
    for (size_t k = 0; k < body->name_count && !listed; k++)
        listed = body->names[k].name == tree->name;
    if (!listed)
        body->names[body->name_count++] = (gf_binding){.name = tree->name};
    for (uint32_t k = 0; k < tree->count; k++)
        list_names(body, tree->kids[k]);
}

static gf_body *new_body(gf_evaluation *e, gf_body *body, const gf_tree *tree)
{
    drop_body(e->running, body);
    const gf_tree *inside = gf_tree_body(tree);
    body->names = gf_arena_get(&body->arena, count_names(inside) * sizeof *body->names);
    body->tree = body->names ? gf_tree_copy(&body->arena, tree) : NULL;
    if (!body->tree) {
        gf_out_of_memory(e);
        drop_body(e->running, body);
        return NULL;
    }
    list_names(body, inside);
    return body;
}

static bool has_body(const gf_body *body, const gf_tree *tree)
{
    const gf_tree *own = body->tree;
    return own && own->kind == tree->kind && own->name == tree->name && own->down == tree->down &&
           gf_tree_equal(gf_tree_body(own), gf_tree_body(tree));
}

/* NULL where there is no place for another, or no memory. */
static gf_body *body_of(gf_evaluation *e, const gf_tree *tree)
{
    gf_body *oldest = NULL;
    for (int k = 0; k < GF_BODIES; k++) {
        gf_body *body = &e->running->bodies[k];
        if (has_body(body, tree))
            return body;
        if (!body->busy && (!oldest || body->used < oldest->used))
            oldest = body;
    }
    return oldest ? new_body(e, oldest, tree) : NULL;
}

/* Are the other indices worth what they were? They are noted down. */
static bool note_values(gf_body *body, const gf_binding *bindings)
{
    bool same = true;
    for (size_t k = 0; k < body->name_count; k++) {
        gf_binding *name = &body->names[k];
        const gf_binding *now = gf_binding_find(bindings, name->name);
        same = same && name->known == !!now && (!now || name->value == now->value);
        name->known = now;
        name->value = now ? now->value : 0;
    }
    return same;
}

/* With what the other indices are worth now: what was kept with other values is dropped. */
static gf_body *body_now(gf_evaluation *e, const gf_tree *tree)
{
    gf_running *running = e->running;
    gf_body *body = body_of(e, tree);
    if (!body)
        return NULL;
    body->used = ++running->clock;
    if (note_values(body, e->bindings) && body->since)
        return body;
    drop_runs(running, body, NULL);
    body->rows = body->cols = 0;
    body->met = false;
    body->since = running->clock;
    for (int k = 0; k < GF_PURPOSES; k++)
        body->walked[k] = (gf_stretch){1, 0};
    return body;
}

/* --- walking through -------------------------------------------------------------------------------------------- */

static gf_stretch stretch_of(const gf_extent *extent)
{
    long last = extent->first + (extent->count - 1) * extent->step;
    return extent->step > 0 ? (gf_stretch){extent->first, last} : (gf_stretch){last, extent->first};
}

size_t gf_running_walk(gf_evaluation *e, const gf_tree *tree, gf_purpose purpose, gf_extent *extent)
{
    gf_body *body = e->running && extent->count ? body_now(e, tree) : NULL;
    if (!body)
        return 0;
    gf_stretch *walked = &body->walked[purpose], all = stretch_of(extent), rest = all;
    if (walked->low > walked->high || all.low > walked->high + 1 || all.high < walked->low - 1)
        return body->since;
    if (all.low >= walked->low)
        rest.low = walked->high + 1;
    else if (all.high <= walked->high)
        rest.high = walked->low - 1;
    extent->count = rest.low <= rest.high ? rest.high - rest.low + 1 : 0;
    extent->first = extent->step > 0 ? rest.low : rest.high;
    return body->since;
}

void gf_running_walked(gf_running *running, size_t ticket, gf_purpose purpose, const gf_extent *whole)
{
    for (int k = 0; ticket && k < GF_BODIES; k++) {
        gf_stretch *walked = &running->bodies[k].walked[purpose], all = stretch_of(whole);
        if (running->bodies[k].since != ticket)
            continue;
        bool joined = walked->low <= walked->high && all.low <= walked->high + 1 && all.high >= walked->low - 1;
        if (joined && walked->low < all.low)
            all.low = walked->low;
        if (joined && walked->high > all.high)
            all.high = walked->high;
        *walked = all;
    }
}

/* --- runs ------------------------------------------------------------------------------------ */

static gf_run *new_run(gf_running *running, gf_body *body, long fixed, bool backward)
{
    gf_run *oldest = body->runs;
    for (int k = 1; k < GF_RUNS; k++)
        if (body->runs[k].used < oldest->used)
            oldest = &body->runs[k];
    drop_run(running, body, oldest);
    oldest->fixed = fixed;
    oldest->backward = backward;
    return oldest;
}

/* The longest run that serves a range. It is one that grows at its front only where the range before had the same end:
 * else the total is worked out from the first term on, as it would be alone, and comes to the same to the last bit. */
static gf_run *run_of(gf_running *running, gf_body *body, long first, long last)
{
    gf_run *best = NULL;
    bool backward = body->last == last && body->first != first;
    for (int k = 0; k < GF_RUNS; k++) {
        gf_run *run = &body->runs[k];
        bool serves = run->backward ? backward && run->fixed == last : run->fixed == first;
        if (run->used && serves && (!best || run->count > best->count))
            best = run;
    }
    best = best ? best : new_run(running, body, backward ? last : first, backward);
    best->used = running->clock;
    return best;
}

/* NULL where nothing can be shared: what is asked for once only, such as most sums, is not kept. */
static gf_run *find_run(gf_evaluation *e, const gf_tree *tree, const gf_extent *extent, gf_body **out)
{
    gf_running *running = e->running;
    gf_body *body = *out = body_now(e, tree);
    if (!body)
        return NULL;
    long last = extent->first + (extent->count - 1) * extent->step;
    gf_run *run = body->met ? run_of(running, body, extent->first, last) : NULL;
    body->met = true;
    body->first = extent->first;
    body->last = last;
    return run;
}

/* Room for one more total; false where there is none. */
static bool has_room(gf_evaluation *e, gf_body *body, gf_run *run)
{
    gf_running *running = e->running;
    if (run->count < run->room)
        return true;
    size_t room = run->room ? 2 * run->room : 16, more = (room - run->room) * bytes_of(body);
    for (int k = 0; k < GF_BODIES && running->bytes + more > running->most_bytes; k++)
        if (!running->bodies[k].busy || &running->bodies[k] == body)
            drop_runs(running, &running->bodies[k], run);
    if (running->bytes + more > running->most_bytes)
        return false;
    if (!gf_grow_bytes(&run->totals, &run->room, room, bytes_of(body))) {
        gf_out_of_memory(e);
        return false;
    }
    running->bytes += more;
    return true;
}

/* Is a term, or a total, what the body's totals are? The first that is asked about says what they are. */
static bool is_alike(gf_body *body, const gf_term *term)
{
    bool number = term->kind == TERM_NUMBER;
    if (!number && term->kind != TERM_MATRIX)
        return false;
    if (!body->rows) {
        body->rows = term->rows;
        body->cols = term->cols;
        body->number = number;
        body->constant = term->constant;
    }
    body->constant = body->constant && term->constant;
    return body->number == number && body->rows == term->rows && body->cols == term->cols;
}

static bool keep(gf_evaluation *e, gf_body *body, gf_run *run, const gf_term *total)
{
    if (!is_alike(body, total) || !bytes_of(body) || !has_room(e, body, run))
        return false;
    double *to = run->totals + run->count++ * (size_t)body->rows * (size_t)body->cols;
    if (body->number)
        *to = total->number;
    else
        gf_matrix_copy(&(gf_matrix){to, body->rows, body->cols, body->cols}, gf_value(total->node));
    return true;
}

/* The total of `count` terms, as a term. */
static gf_term kept(gf_evaluation *e, const gf_tree *tree, const gf_body *body, const gf_run *run, size_t count)
{
    double *at = run->totals + (count - 1) * (size_t)body->rows * (size_t)body->cols;
    if (body->number)
        return gf_term_number(*at, false);
    if (!gf_work_on(e, tree, 10.0 * body->rows * body->cols))
        return gf_term_bad;
    gf_matrix value = gf_matrix_over(at, body->rows, body->cols);
    gf_node *node = gf_constant(e->graph, NULL, &value);
    gf_term term = gf_term_matrix(node, body->rows, body->cols, body->constant);
    return gf_term_node(e, tree, term, 0, 0) ? term : gf_term_bad;
}

/* --- term by term ------------------------------------------------------------------------------------ */

/* A sum or product while it is worked out. */
typedef struct gf_adding {
    gf_evaluation *e;
    const gf_tree *tree;
    const gf_extent *extent;
    gf_binding index;
    size_t mark; /* nodes of the graph before */
} gf_adding;

enum { NODES_KEPT = 256 }; /* of a sum or product that is worked out for its value */

/* What has come together so far, as a constant in place of the nodes since the mark. */
static gf_term fold(const gf_adding *a, gf_term total)
{
    gf_evaluation *e = a->e;
    gf_matrix value;
    if (!e->values_only || total.kind != TERM_MATRIX || gf_graph_size(e->graph) < a->mark + NODES_KEPT)
        return total;
    if (gf_matrix_new(&value, total.rows, total.cols)) {
        gf_out_of_memory(e);
        return gf_term_bad;
    }
    gf_matrix_copy(&value, gf_value(total.node));
    gf_graph_rewind(e->graph, a->mark);
    total.node = gf_constant(e->graph, NULL, &value);
    gf_matrix_free(&value);
    return gf_term_node(e, a->tree, total, 0, 0) ? total : gf_term_bad;
}

static gf_term term_at(gf_adding *a, long index)
{
    a->index.value = index;
    return gf_evaluate(a->e, gf_tree_body(a->tree));
}

static gf_term join(const gf_adding *a, gf_term left, gf_term right)
{
    gf_tree *body = (gf_tree *)gf_tree_body(a->tree);
    gf_tree_kind kind = a->tree->kind == TREE_SUM ? TREE_ADD : TREE_MATMUL;
    return fold(a, gf_term_combine(a->e, a->tree, kind, left, right, (gf_tree *const[]){body, body}));
}

static gf_term from_the_first(gf_adding *a)
{
    gf_term total = term_at(a, a->extent->first);
    for (long k = 1; k < a->extent->count && total.kind != TERM_BAD; k++)
        total = join(a, total, term_at(a, a->extent->first + k * a->extent->step));
    return total;
}

/* From where the run ends on; what comes is kept, as long as it can be. */
static gf_term along(gf_adding *a, gf_body *body, gf_run *run)
{
    size_t count = (size_t)a->extent->count, done = run->count < count ? run->count : count;
    bool backward = run->backward, keeps = true;
    long fixed = run->fixed, step = backward ? -a->extent->step : a->extent->step;
    gf_term total = done ? kept(a->e, a->tree, body, run, done) : term_at(a, fixed);
    for (size_t k = done; k < count && total.kind != TERM_BAD; k++) {
        gf_term next = k ? term_at(a, fixed + (long)k * step) : total;
        if (backward && !is_alike(body, &next))
            return gf_term_bad; /* what the first two would say is said by them */
        if (k)
            total = backward ? join(a, next, total) : join(a, total, next);
        if (keeps && total.kind != TERM_BAD && !keep(a->e, body, run, &total)) {
            drop_run(a->e->running, body, run);
            keeps = false;
        }
    }
    return total;
}

/* What is wrong is told as it is met from the first term on. */
static gf_term from_the_last(gf_adding *a, gf_body *body, gf_run *run)
{
    gf_evaluation *e = a->e;
    gf_problems *problems = e->problems;
    size_t work = e->m->work;
    e->problems = NULL;
    gf_term total = along(a, body, run);
    e->problems = problems;
    if (total.kind != TERM_BAD)
        return total;
    e->m->work = work;
    drop_run(e->running, body, run);
    return from_the_first(a);
}

gf_term gf_running_total(gf_evaluation *e, const gf_tree *tree, const gf_extent *extent)
{
    gf_body *body = NULL;
    gf_run *run = e->running ? find_run(e, tree, extent, &body) : NULL;
    gf_adding a = {.e = e, .tree = tree, .extent = extent, .mark = gf_graph_size(e->graph)};
    size_t count = (size_t)extent->count, done = run ? run->count : 0;
    if (!gf_work_allows(e, tree, done < count ? count - done : 0))
        return gf_term_bad;
    const gf_binding *outer = e->bindings;
    a.index = (gf_binding){.name = tree->name, .known = true, .outer = outer};
    e->bindings = &a.index;
    if (run)
        body->busy = true;
    gf_term total = !run ? from_the_first(&a) : run->backward ? from_the_last(&a, body, run) : along(&a, body, run);
    if (run)
        body->busy = false;
    e->bindings = outer;
    return total;
}
