/* Expressions of lets and claims -> values. The engine's own operations do the work, in a graph that is thrown away. */
#include "claims/judge.h"

#include <math.h>
#include <stdlib.h>

#include "base/grow.h"
#include "claims/special.h"
#include "model/scan.h"

/* --- names --------------------------------------------------------------------------------------------------- */

/* A matrix of the scratch graph with these numbers. */
static gf_term constant(gf_evaluation *e, const gf_tree *tree, const gf_matrix *value)
{
    gf_term term = gf_term_matrix(gf_constant(e->graph, NULL, value), value->rows, value->cols, false);
    return gf_term_node(e, tree, term, 0, 0) ? term : gf_term_bad;
}

static gf_term zeros(gf_evaluation *e, const gf_tree *tree, int rows, int cols)
{
    gf_term term = gf_term_matrix(gf_zeros(e->graph, NULL, rows, cols), rows, cols, false);
    return gf_term_node(e, tree, term, 0, 0) ? term : gf_term_bad;
}

/* Without values. */
static gf_term shape_of(const gf_symbol *symbol)
{
    if (symbol->rows)
        return gf_term_matrix(NULL, symbol->rows, symbol->cols, false);
    return (gf_term){.kind = TERM_OPEN};
}

/* Beyond the ends: zeros; of whatever shape is needed, where the let's own is not known. */
static gf_term let_beyond(gf_evaluation *e, const gf_tree *tree)
{
    const gf_matrix *shape = &((gf_judge *)e->data)->shapes[tree->name];
    return shape->rows ? zeros(e, tree, shape->rows, shape->cols) : gf_term_zero(0, 0);
}

static gf_term read_let(gf_evaluation *e, const gf_tree *tree, gf_symbol *symbol, long t)
{
    gf_judge *judge = e->data;
    const gf_instance *instance = gf_symbol_instance(e->m, symbol, t);
    if (!instance)
        return let_beyond(e, tree);
    if (instance->progress == PROGRESS_FAILED) {
        judge->blame = gf_judge_failure(judge, symbol, t);
        return gf_term_bad;
    }
    if (instance->progress != PROGRESS_DONE) {
        gf_refuse_term(e, tree, NULL, 0, GF_ERROR_LIMIT, "to find the lets that this needs is too much work");
        return gf_term_bad;
    }
    return instance->value.data ? constant(e, tree, &instance->value) : gf_term_zero(0, 0);
}

static void count_read(gf_judge *judge, bool within)
{
    judge->within += within;
    judge->beyond += !within;
}

static gf_term read_name(gf_evaluation *e, const gf_tree *tree, gf_symbol *symbol, bool known, long t)
{
    (void)known;
    if (!e->graph)
        return shape_of(symbol);
    const gf_instance *instance = gf_symbol_instance(e->m, symbol, t);
    if (symbol->timed)
        count_read(e->data, instance);
    if (symbol->kind == SYMBOL_LET)
        return read_let(e, tree, symbol, t);
    if (!instance || !instance->node)
        return zeros(e, tree, symbol->rows, symbol->cols);
    return constant(e, tree, gf_value(instance->node));
}

/* --- functions ------------------------------------------------------------------------------------------------- */

static gf_term out_of_memory(gf_evaluation *e)
{
    gf_out_of_memory(e);
    return gf_term_bad;
}

static const gf_matrix *argument(gf_evaluation *e, const gf_tree *tree)
{
    gf_node *node = gf_term_node(e, tree, gf_evaluate(e, tree), 0, 0);
    return node ? gf_value(node) : NULL;
}

static gf_term call_special(gf_evaluation *e, const gf_tree *tree, const gf_function *function)
{
    bool pair = function->special == SPECIAL_KRON;
    const gf_matrix *a = argument(e, tree->kids[0]), *b = pair ? argument(e, tree->kids[1]) : NULL;
    if (!a || (pair && !b))
        return gf_term_bad;
    if (pair && !gf_shape_fits(e, tree, (long)a->rows * b->rows, (long)a->cols * b->cols))
        return gf_term_bad;
    if (!gf_matrix_size(a) || (pair && !gf_matrix_size(b))) {
        gf_refuse_term(e, tree, NULL, 0, GF_ERROR_SHAPE, "only a part of [ ] may have no rows or columns");
        return gf_term_bad;
    }
    double smaller = fmin(a->rows, a->cols), size = (double)gf_matrix_size(a);
    if (function->special == SPECIAL_NORM2 && !gf_work_on(e, tree, 10 * size * smaller))
        return gf_term_bad;
    gf_matrix value;
    if (gf_special_value(&value, function->special, a, b))
        return out_of_memory(e);
    gf_term term = constant(e, tree, &value);
    gf_matrix_free(&value);
    return term;
}

/* The gradient has the shape of what it is by; a Jacobian a row for each entry of y. */
static gf_term call_derivative(gf_evaluation *e, const gf_tree *tree, bool gradient)
{
    gf_judge *judge = e->data;
    gf_asked asked;
    if (!gf_judge_asked(judge, &asked, e->problems, tree, e->bindings))
        return gf_term_bad;
    int rows = gradient ? asked.x_rows : asked.y_rows * asked.y_cols;
    int cols = gradient ? asked.x_cols : asked.x_rows * asked.x_cols;
    count_read(judge, asked.wanted.y && asked.wanted.x.node);
    if (!asked.wanted.y || !asked.wanted.x.node)
        return zeros(e, tree, rows, cols);
    const gf_matrix *found;
    if (gf_derivatives_get(&judge->derivatives, &asked.wanted, &found))
        return out_of_memory(e);
    gf_matrix shaped = gf_matrix_over(found->data, rows, cols);
    return constant(e, tree, &shaped);
}

static gf_term call(gf_evaluation *e, const gf_tree *tree, const gf_function *function)
{
    if (function->special == SPECIAL_GRAD || function->special == SPECIAL_JACOBIAN)
        return call_derivative(e, tree, function->special == SPECIAL_GRAD);
    return call_special(e, tree, function);
}

/* --- evaluation -------------------------------------------------------------------------------------------------- */

static gf_evaluation evaluation(gf_judge *judge, gf_problems *problems, const gf_binding *bindings)
{
    return (gf_evaluation){.m = judge->m,
                           .graph = judge->scratch,
                           .values_only = true,
                           .running = &judge->running,
                           .problems = problems,
                           .bindings = bindings,
                           .read = read_name,
                           .call = call,
                           .data = judge};
}

gf_term gf_judge_evaluate_now(gf_judge *judge, gf_problems *problems, const gf_tree *tree, const gf_binding *bindings)
{
    gf_evaluation e = evaluation(judge, problems, bindings);
    judge->blame = NULL;
    return gf_model_ended(judge->m) ? gf_term_bad : gf_evaluate(&e, tree);
}

gf_term gf_judge_evaluate(gf_judge *judge, gf_problems *problems, const gf_tree *tree, const gf_binding *bindings)
{
    size_t failures = judge->failure_count;
    uint32_t count = problems ? problems->count : 0;
    size_t within = judge->within, beyond = judge->beyond;
    gf_judge_work_lets(judge, tree, bindings);
    judge->within = within;
    judge->beyond = beyond;
    if (judge->out_of_memory && problems)
        problems->out_of_memory = true;
    gf_term term = judge->out_of_memory ? gf_term_bad : gf_judge_evaluate_now(judge, problems, tree, bindings);
    judge->out_of_memory |= judge->m->problems.out_of_memory;
    bool silent = term.kind == TERM_BAD && !judge->blame && problems && problems->count == count;
    if (silent && judge->failure_count > failures) /* a let has used up the work that is allowed */
        judge->blame = judge->failures[failures].problems;
    return term;
}

const gf_matrix *gf_judge_matrix(gf_judge *judge, gf_problems *problems, const gf_tree *tree, gf_term term, int rows,
                                 int cols)
{
    gf_evaluation e = evaluation(judge, problems, NULL);
    gf_node *node = gf_term_node(&e, tree, term, rows, cols);
    return node ? gf_value(node) : NULL;
}

const gf_matrix *gf_judge_value(gf_judge *judge, gf_problems *problems, const gf_tree *tree, const gf_binding *bindings,
                                int rows, int cols)
{
    judge->scanned = judge->m->work = 0;
    gf_term term = gf_judge_evaluate(judge, problems, tree, bindings);
    if (rows && tree->kind == TREE_NUMBER && tree->number == 0)
        term = gf_term_zero(0, 0);
    return term.kind == TERM_BAD ? NULL : gf_judge_matrix(judge, problems, tree, term, rows, cols);
}

void gf_judge_clear(gf_judge *judge)
{
    gf_graph_rewind(judge->scratch, 0);
}

/* --- collecting ----------------------------------------------------------------------------------------- */

enum { COLLECTED_MOST = 2000000 }; /* derivatives; more are worked out one by one */

/* Lets that have been met, and are still to be walked through. */
typedef struct collecting {
    gf_judge *judge;
    gf_item *items;
    size_t count, room;
} collecting;

/* A let is walked through once at each step. */
static bool collect_let(gf_scan *scan, const gf_tree *tree, gf_symbol *symbol, long t)
{
    collecting *c = scan->data;
    char key[48];
    snprintf(key, sizeof key, "%u@%ld", tree->name, symbol->timed ? t : 0);
    if (gf_names_find(&c->judge->collected, key) != UINT32_MAX)
        return true;
    if (!gf_grow(&c->items, &c->room, c->count + 1))
        return false;
    c->items[c->count++] = (gf_item){symbol, t};
    return gf_names_add(&c->judge->collected, key) != UINT32_MAX;
}

static bool collect_derivative(gf_scan *scan, const gf_tree *tree)
{
    gf_judge *judge = ((collecting *)scan->data)->judge;
    gf_asked asked;
    if (gf_judge_asked(judge, &asked, NULL, tree, scan->bindings) && asked.wanted.y && asked.wanted.x.node)
        judge->out_of_memory |= gf_derivatives_want(&judge->derivatives, &asked.wanted) == GF_ERROR_MEMORY;
    return !judge->out_of_memory && judge->derivatives.request_of.count < COLLECTED_MOST;
}

void gf_judge_collect(gf_judge *judge, const gf_tree *tree, const gf_binding *bindings)
{
    collecting c = {.judge = judge};
    gf_scan scan = {.m = judge->m,
                    .bindings = bindings,
                    .least = SYMBOL_LET,
                    .name = collect_let,
                    .derivative = collect_derivative,
                    .data = &c,
                    .running = &judge->running,
                    .work = &judge->scanned};
    bool goes_on = gf_scan_tree(&scan, tree);
    while (goes_on && c.count) {
        gf_item item = c.items[--c.count];
        const gf_statement *line = gf_let_line(item.symbol, item.t);
        gf_binding t = {.name = judge->m->t, .known = true, .value = item.t};
        scan.bindings = item.symbol->timed ? &t : NULL;
        if (gf_symbol_instance(judge->m, item.symbol, item.t) && line && line->value && !line->broken)
            goes_on = gf_scan_tree(&scan, line->value);
    }
    free(c.items);
}

/* --- beginning and end ---------------------------------------------------------------------------------- */

gf_status gf_judge_start(gf_judge *judge, gf_model *m)
{
    *judge = (gf_judge){.m = m, .scratch = gf_graph_new(), .mark = gf_graph_size(m->graph)};
    gf_graph_limit(judge->scratch, m->node_limit, m->entry_limit);
    judge->derivatives.loss = m->loss;
    judge->derivatives.most_bytes = (size_t)512 << 20;
    judge->running.most_bytes = (size_t)64 << 20;
    gf_status status = gf_judge_start_lets(judge);
    return status ? status : gf_graph_status(judge->scratch);
}

void gf_judge_free(gf_judge *judge)
{
    gf_judge_free_lets(judge);
    gf_derivatives_free(&judge->derivatives);
    gf_graph_free(judge->scratch);
    if (judge->m)
        gf_graph_rewind(judge->m->graph, judge->mark);
    gf_names_free(&judge->built_keys);
    gf_names_free(&judge->collected);
    free(judge->built);
    *judge = (gf_judge){0};
}
