/* Cells: a row that says what a kind is, and what all kinds share: parameters, states, one step. */
#include <stdio.h>
#include <string.h>

#include <gradflow/init.h>

#include "base/sized.h"
#include "nets/inside.h"

enum { LABEL = 64 };

/* --- what can be asked ------------------------------------------------------------- */

bool gf_cell_is_bad(const gf_cell *cell)
{
    return !cell || !gf_kept_lives(gf_cell_head(cell));
}

gf_graph *gf_cell_graph(const gf_cell *cell)
{
    return cell ? gf_cell_head(cell)->graph : &gf_graph_nil;
}

gf_status gf_cell_check(const gf_cell *cell)
{
    if (!gf_cell_is_bad(cell))
        return GF_OK;
    gf_graph *g = gf_cell_graph(cell);
    if (cell && gf_cell_head(cell) != &g->bad_kept)
        return gf_graph_fail_here(g, GF_ERROR_ARGUMENT, "%s: %s was dropped by gf_graph_rewind", cell->kind->name,
                                  *cell->scope ? cell->scope : "the cell");
    return cell && g->status ? g->status : GF_ERROR_ARGUMENT;
}

const gf_cell_kind *gf_cell_kind_of(const gf_cell *cell)
{
    return gf_cell_is_bad(cell) ? NULL : cell->kind;
}

int gf_cell_inputs(const gf_cell *cell)
{
    return gf_cell_is_bad(cell) ? 0 : cell->inputs;
}

int gf_cell_hidden(const gf_cell *cell)
{
    return gf_cell_is_bad(cell) ? 0 : cell->hidden;
}

gf_activation *gf_cell_activation(const gf_cell *cell)
{
    return gf_cell_is_bad(cell) ? NULL : cell->activation;
}

gf_node *const *gf_cell_params(const gf_cell *cell)
{
    static gf_node *const none[GF_CELL_PARAMS + 1];
    return gf_cell_is_bad(cell) ? none : cell->param;
}

/* --- making ------------------------------------------------------------------------ */

const gf_cell_kind *gf_cell_kind_among(gf_graph *g, const gf_cell_kind *const kinds[], unsigned count, unsigned which)
{
    if (which < count)
        return kinds[which];
    gf_graph_fail(g ? g : &gf_graph_nil, GF_ERROR_ARGUMENT, "%s: there is no form %u of it", kinds[0]->name, which);
    return NULL;
}

static int param_count(const gf_cell_kind *kind)
{
    int count = 0;
    while (count < GF_CELL_PARAMS && kind->params[count].name)
        count++;
    return count;
}

/* The first parameter whose shape is none of the three; NULL: none. */
static const char *shapeless(const gf_cell_kind *kind)
{
    for (int k = 0; k < param_count(kind); k++)
        if ((unsigned)kind->params[k].shape > GF_ONE_BY_HIDDEN)
            return kind->params[k].name;
    return NULL;
}

/* False where no cell can be made; the graph knows why. */
static bool can_be_made(gf_graph *g, const gf_cell_kind *kind, const char *scope, int inputs, int hidden)
{
    if (!kind || !kind->name)
        gf_graph_fail(g, GF_ERROR_ARGUMENT, "cell: the kind %s", kind ? "has no name" : "is NULL");
    else if (!gf_sized_reaches(kind, pytorch))
        gf_graph_fail(g, GF_ERROR_ARGUMENT, "%s: the size of its kind is %zu: write .size = sizeof(gf_cell_kind)",
                      kind->name, kind->size);
    else if (!kind->step || kind->states < 1 || kind->states > 2 || !param_count(kind))
        gf_graph_fail(g, GF_ERROR_ARGUMENT, "%s: a kind of cell needs a step, 1 or 2 states and a parameter",
                      kind->name);
    else if (shapeless(kind))
        gf_graph_fail(g, GF_ERROR_ARGUMENT, "%s: its parameter %s has no gf_cell_shape", kind->name, shapeless(kind));
    else if (inputs < 1 || hidden < 1)
        gf_graph_fail(g, GF_ERROR_SHAPE, "%s: %s has %d inputs and %d hidden units: there must be at least 1 of each",
                      kind->name, scope && *scope ? scope : "a cell", inputs, hidden);
    else
        return true;
    return false;
}

static gf_node *make_param(gf_graph *g, const gf_cell_param *row, int inputs, int hidden)
{
    int rows = row->shape == GF_INPUTS_BY_HIDDEN ? inputs : row->shape == GF_HIDDEN_BY_HIDDEN ? hidden : 1;
    return gf_param(g, row->name, rows, hidden);
}

/* False where one of them cannot be made; the graph knows why. */
static bool make_params(gf_graph *g, gf_cell *cell, const char *scope)
{
    gf_context was = g->now;
    bool made = true;
    gf_graph_step(g, 0);
    gf_graph_scope(g, scope);
    cell->scope = gf_graph_present_scope(g);
    for (int k = 0; k < param_count(cell->kind) && made; k++) {
        cell->param[k] = make_param(g, &cell->kind->params[k], cell->inputs, cell->hidden);
        made = !gf_node_is_bad(cell->param[k]);
    }
    gf_context_restore(g, was);
    return made;
}

static gf_cell *bad_cell(gf_graph *g)
{
    return (gf_cell *)(void *)&g->bad_kept;
}

/* It is kept behind its parameters, so that it goes when the first of them goes. */
gf_cell *gf_cell_new(gf_graph *g, const gf_cell_kind *kind, const char *scope, int inputs, int hidden)
{
    gf_cell made = {.kind = kind, .inputs = inputs, .hidden = hidden};
    if (!g || g == &gf_graph_nil)
        return bad_cell(&gf_graph_nil);
    if (!can_be_made(g, kind, scope, inputs, hidden) || !make_params(g, &made, scope))
        return bad_cell(g);
    gf_cell *cell = gf_graph_keep(g, sizeof *cell);
    if (!cell) {
        gf_graph_out_of_memory(g, kind->name);
        return bad_cell(g);
    }
    made.kept = cell->kept;
    *cell = made;
    return cell;
}

gf_cell *gf_cell_alike(gf_cell *cell)
{
    if (!gf_cell_is_bad(cell))
        cell->is_alike = true;
    return cell;
}

static gf_status init_param(gf_node *param, gf_cell_shape shape)
{
    switch (shape) {
    case GF_INPUTS_BY_HIDDEN:
        return gf_init_xavier(param);
    case GF_HIDDEN_BY_HIDDEN:
        return gf_init_orthogonal(param, 1);
    default:
        return gf_init_zeros(param);
    }
}

gf_status gf_cell_init(const gf_cell *cell)
{
    gf_status status = gf_cell_check(cell);
    for (int k = 0; !status && cell->param[k]; k++)
        status = init_param(cell->param[k], cell->kind->params[k].shape);
    return status;
}

/* --- stepping ------------------------------------------------------------------------ */

static gf_state bad_state(const gf_cell *cell)
{
    gf_node *bad = &gf_cell_graph(cell)->bad;
    return (gf_state){.h = bad, .c = !gf_cell_is_bad(cell) && cell->kind->states == 1 ? NULL : bad};
}

/* gf_zeros or gf_given */
typedef gf_node *leaf_rule(gf_graph *g, const char *name, int rows, int cols);

static gf_node *leaf_of(const gf_cell *cell, leaf_rule *leaf, const char *name, int rows, int t)
{
    char indexed[32];
    snprintf(indexed, sizeof indexed, "%s[%d]", name, t);
    return leaf(gf_cell_graph(cell), indexed, rows, cell->hidden);
}

static gf_state leaves_of(const gf_cell *cell, leaf_rule *leaf, int rows, int t)
{
    if (gf_cell_check(cell))
        return bad_state(cell);
    gf_graph *g = gf_cell_graph(cell);
    if (rows < 1) {
        gf_graph_fail(g, GF_ERROR_SHAPE, "%s: states of %d rows: there must be at least one example", cell->kind->name,
                      rows);
        return bad_state(cell);
    }
    gf_context was = g->now;
    gf_graph_step(g, 0);
    gf_graph_scope(g, cell->scope);
    gf_state state = {.h = leaf_of(cell, leaf, "h", rows, t),
                      .c = cell->kind->states == 2 ? leaf_of(cell, leaf, "c", rows, t) : NULL};
    gf_context_restore(g, was);
    return state;
}

gf_state gf_cell_zeros(const gf_cell *cell, int rows, int t)
{
    return leaves_of(cell, gf_zeros, rows, t);
}

gf_state gf_cell_given(const gf_cell *cell, int rows, int t)
{
    return leaves_of(cell, gf_given, rows, t);
}

/* Is this operand a living node of rows x cols? */
static bool fits(const gf_cell *cell, const char *what, const gf_node *node, int rows, int cols)
{
    gf_graph *g = gf_cell_graph(cell);
    char label[LABEL];
    const char *scope = cell->scope, *name = cell->kind->name;
    if (!node)
        gf_graph_fail_here(g, GF_ERROR_ARGUMENT, "%s: %s is NULL", name, what);
    else if (gf_node_graph(node) != g)
        gf_graph_fail_here(g, GF_ERROR_ARGUMENT, "%s: %s, the %s, belongs to another graph", name,
                           gf_node_label(label, sizeof label, node), what);
    else if (gf_node_check(node, name))
        return false; /* the graph knows why */
    else if (gf_node_rows(node) != rows || gf_node_cols(node) != cols)
        gf_graph_fail_here(g, GF_ERROR_SHAPE, "%s: %s, the %s, is %d x %d: %s needs %d x %d, an example a row", name,
                           gf_node_label(label, sizeof label, node), what, gf_node_rows(node), gf_node_cols(node),
                           *scope ? scope : "the cell", rows, cols);
    else
        return true;
    return false;
}

static bool can_step(const gf_cell *cell, const gf_node *x, gf_state before)
{
    int rows = gf_node_rows(x);
    return fits(cell, "input", x, rows, cell->inputs) && fits(cell, "state h", before.h, rows, cell->hidden) &&
           (cell->kind->states == 1 || fits(cell, "state c", before.c, rows, cell->hidden));
}

/* A step that its kind builds, which may be repeated. The list of it is no part of what a cell is to its user. */
static gf_state build_step(const gf_cell *cell, gf_node *x, gf_state before)
{
    size_t first = gf_cell_graph(cell)->size;
    gf_state after = cell->kind->step(cell, x, before);
    int rows = gf_node_rows(x);
    bool whole = fits(cell, "h that its step returns", after.h, rows, cell->hidden) &&
                 (cell->kind->states == 1 || fits(cell, "c that its step returns", after.c, rows, cell->hidden));
    if (!whole)
        return bad_state(cell);
    gf_repeat_learn((gf_cell *)cell, first, x, before, after);
    return after;
}

gf_state gf_cell_step(const gf_cell *cell, gf_node *x, gf_state before)
{
    if (gf_cell_check(cell) || !can_step(cell, x, before))
        return bad_state(cell);
    gf_graph *g = gf_cell_graph(cell);
    gf_context was = g->now;
    gf_graph_scope(g, cell->scope);
    gf_state after = gf_repeat_can(cell, x) ? gf_repeat(cell, x, before) : build_step(cell, x, before);
    gf_context_restore(g, was);
    return after;
}

gf_node *gf_cell_find(const gf_cell *cell, const char *name, int step)
{
    return !gf_cell_is_bad(cell) && name ? gf_graph_find_in(gf_cell_graph(cell), cell->scope, name, step) : NULL;
}

/* --- carrying states on ---------------------------------------------------------------- */

/* Works out what is carried, and makes sure that it can be. */
static gf_status check_carry(gf_node *to, gf_node *from)
{
    gf_status status = gf_node_check(to, "carry");
    status = status ? status : gf_node_check(from, "carry");
    if (status)
        return status;
    if (to->graph != from->graph)
        return gf_graph_fail(to->graph, GF_ERROR_ARGUMENT, "carry: %s is of another graph than %s", gf_label(from),
                             gf_label(to));
    if (to->value.rows != from->value.rows || to->value.cols != from->value.cols)
        return gf_graph_fail(to->graph, GF_ERROR_SHAPE, "carry: %s is %d x %d, but %s is %d x %d", gf_label(to),
                             to->value.rows, to->value.cols, gf_label(from), from->value.rows, from->value.cols);
    if (!gf_node_may_be_set(to))
        return gf_graph_fail(to->graph, GF_ERROR_ARGUMENT, "carry: %s is neither a parameter nor an input",
                             gf_label(to));
    gf_value(from);
    return GF_OK;
}

/* Are there states on both sides? Who remembers that there are not is the graph of the first node that there is. */
static gf_status check_states(const gf_state to[], const gf_state from[], int count)
{
    if (count < 1 || (!to && !from))
        return GF_ERROR_ARGUMENT;
    const gf_node *node = NULL;
    bool whole = to && from;
    for (int k = 0; k < count; k++) {
        node = !node && to ? to[k].h : node;
        node = !node && from ? from[k].h : node;
        whole = whole && to[k].h && from[k].h && !to[k].c == !from[k].c;
    }
    return whole
               ? GF_OK
               : gf_graph_fail(gf_node_graph(node), GF_ERROR_ARGUMENT,
                               "carry: a state is missing: each of the %d needs an h on both sides, and a c on both or "
                               "on none",
                               count);
}

/* All values are there before the first is set: from then on those that depend on it are stale, and are not asked for.
 */
gf_status gf_state_carry(const gf_state to[], const gf_state from[], int count)
{
    gf_status status = check_states(to, from, count);
    for (int k = 0; k < count && !status; k++) {
        status = check_carry(to[k].h, from[k].h);
        if (!status && (to[k].c || from[k].c))
            status = check_carry(to[k].c, from[k].c);
    }
    for (int k = 0; k < count && !status; k++) {
        gf_set(to[k].h, &from[k].h->value);
        if (to[k].c)
            gf_set(to[k].c, &from[k].c->value);
    }
    return status;
}
