/* Expressions -> terms: functions, and sums and products over a range. */
#include "model/running.h"

#include <stdlib.h>

#include "base/grow.h"

/* --- arguments --------------------------------------------------------------------------------------------- */

/* What the arguments of a call came to. */
typedef struct arguments {
    gf_term terms[GF_ARGUMENTS]; /* the matrices, one after the other */
    gf_tree *trees[GF_ARGUMENTS];
    int count;
    double numbers[GF_ARGUMENTS]; /* by the place of the argument */
    bool open;                    /* one of the integers is */
    bool bad;
} arguments;

static void read_number(gf_evaluation *e, const gf_tree *tree, double *out, bool *bad)
{
    gf_term term = gf_evaluate(e, tree);
    *out = term.number;
    if (term.kind == TERM_ZERO)
        *out = 0;
    else if (term.kind != TERM_NUMBER) {
        if (term.kind != TERM_BAD)
            gf_refuse_term(e, tree, NULL, 0, GF_ERROR_SHAPE,
                           "here stands a number, of sizes and indices, not a matrix");
        *bad = true;
    }
}

static void read_integer(gf_evaluation *e, const gf_tree *tree, double *out, arguments *a)
{
    long value;
    gf_integer_result result = gf_integer(e->m, e->problems, tree, e->bindings, &value);
    *out = (double)value;
    a->bad |= result == INTEGER_BAD;
    a->open |= result == INTEGER_OPEN;
    if (result != INTEGER_KNOWN || (value >= 0 && value <= 1L << 30))
        return;
    char what[96];
    snprintf(what, sizeof what, "%ld is no number of rows or columns", value);
    gf_refuse_term(e, tree, NULL, 0, GF_ERROR_SHAPE, what);
    a->bad = true;
}

static void read_arguments(gf_evaluation *e, const gf_tree *tree, const gf_function *function, arguments *a)
{
    for (uint32_t k = 0; k < tree->count - tree->held && k < GF_ARGUMENTS; k++) {
        if (function->argument[k] == ARGUMENT_NUMBER) {
            read_number(e, tree->kids[k], &a->numbers[k], &a->bad);
        } else if (function->argument[k] == ARGUMENT_INTEGER) {
            read_integer(e, tree->kids[k], &a->numbers[k], a);
        } else {
            a->trees[a->count] = tree->kids[k];
            a->terms[a->count] = gf_evaluate(e, tree->kids[k]);
            a->bad |= a->terms[a->count++].kind == TERM_BAD;
        }
    }
}

/* --- operations ---------------------------------------------------------------------------------------------- */

static bool is_open_zero(const gf_term *term)
{
    return term->kind == TERM_ZERO && !(term->rows && term->cols);
}

/* Are all of them zeros of open shape, or numbers beside some? */
static bool has_no_shape(const arguments *a)
{
    bool zero = false;
    for (int k = 0; k < a->count; k++) {
        bool open = is_open_zero(&a->terms[k]);
        if (!open && (a->terms[k].kind != TERM_NUMBER || a->terms[k].open))
            return false;
        zero |= open;
    }
    return zero || !a->count;
}

/* where(x[t] > 0, da[t+1], 0) of a da that has no shape yet: 0, whichever is taken, and no word of its shape. */
static bool takes_zero(const gf_operation *op, const arguments *a)
{
    bool zero = false;
    for (int k = 1; k < a->count && !op->vjp[0] && op->vjp[1]; k++) {
        bool open = is_open_zero(&a->terms[k]);
        if (!open && (a->terms[k].kind != TERM_NUMBER || a->terms[k].open || a->terms[k].number != 0))
            return false;
        zero |= open;
    }
    return zero;
}

/* f of what has no shape yet: zeros that have none, where f(0) is 0; else f(0), which broadcasts to any shape. */
static gf_term without_shape(const gf_operation *op, const gf_attributes *p, const arguments *a)
{
    double x[GF_SLOTS] = {0}, y = 0;
    gf_matrix in[GF_SLOTS], out = gf_matrix_over(&y, 1, 1);
    const gf_matrix *list[GF_SLOTS];
    for (int k = 0; k < GF_SLOTS; k++) {
        x[k] = k < a->count && a->terms[k].kind == TERM_NUMBER ? a->terms[k].number : 0;
        in[k] = gf_matrix_over(&x[k], 1, 1);
        list[k] = &in[k];
    }
    gf_call call = {.in = list, .arity = op->arity, .p = p, .op = op};
    int rows = 1, cols = 1;
    char why[GF_WHY];
    if (op->shape && (!op->shape(&call, &rows, &cols, why) || rows != 1 || cols != 1))
        return gf_term_zero(0, 0);
    op->forward(&out, &call);
    return y == 0 ? gf_term_zero(0, 0) : gf_term_number(y, false);
}

/* One of the other operands whose shape is known; NULL where there is none. */
static const gf_term *beside(const arguments *a, int k)
{
    for (int j = a->count - 1; j >= 0; j--)
        if (j != k && !gf_term_adapts(&a->terms[j]) && a->terms[j].kind != TERM_OPEN)
            return &a->terms[j];
    return NULL;
}

static gf_term operation(gf_evaluation *e, const gf_tree *tree, const gf_function *function)
{
    arguments a = {.count = 0};
    read_arguments(e, tree, function, &a);
    if (a.bad)
        return gf_term_bad;
    if (a.open)
        return (gf_term){.kind = TERM_OPEN};
    gf_attributes p = gf_function_attributes(function, a.numbers);
    if (takes_zero(function->op, &a))
        return gf_term_zero(0, 0);
    if (has_no_shape(&a))
        return without_shape(function->op, &p, &a);
    for (int k = 0; k < a.count; k++) {
        const gf_term *other = beside(&a, k);
        a.terms[k] = gf_term_settle(e, a.trees[k], a.terms[k], other ? other->rows : 0, other ? other->cols : 0);
    }
    return gf_term_apply(e, tree, function->op, a.terms, a.trees, a.count, &p);
}

/* --- what is none ------------------------------------------------------------------------------------------------ */

static gf_term eye(gf_evaluation *e, const gf_tree *tree, int n)
{
    gf_term term = gf_term_matrix(e->graph ? gf_eye(e->graph, NULL, n) : NULL, n, n, true);
    return !e->graph || gf_term_node(e, tree, term, 0, 0) ? term : gf_term_bad;
}

static gf_term constant(gf_evaluation *e, const gf_tree *tree, const gf_function *function)
{
    arguments a = {.count = 0};
    read_arguments(e, tree, function, &a);
    if (a.bad)
        return gf_term_bad;
    if (a.open)
        return (gf_term){.kind = TERM_OPEN};
    int rows = (int)a.numbers[0], cols = function->special == SPECIAL_EYE ? rows : (int)a.numbers[1];
    if (!gf_shape_fits(e, tree, rows, cols))
        return gf_term_bad;
    if (function->special == SPECIAL_EYE)
        return eye(e, tree, rows);
    gf_term term = gf_term_matrix(NULL, rows, cols, true);
    if (!e->graph)
        return term;
    term.node =
        function->special == SPECIAL_ONES ? gf_ones(e->graph, NULL, rows, cols) : gf_zeros(e->graph, NULL, rows, cols);
    return gf_term_node(e, tree, term, 0, 0) ? term : gf_term_bad;
}

/* The shape of a variable of grad or jacobian, a name of the graph; false, quietly, where it is not known. */
static bool variable_shape(const gf_model *m, const gf_tree *tree, int *rows, int *cols)
{
    const gf_symbol *symbol = gf_model_symbol(m, tree->name);
    *rows = symbol ? symbol->rows : 0;
    *cols = symbol ? symbol->cols : 0;
    return *rows && *cols;
}

/* The shape of a call that the judging half works out; what its arguments come to is seen on the way. */
static gf_term judged_shape(gf_evaluation *e, const gf_tree *tree, const gf_function *function)
{
    const gf_term open = {.kind = TERM_OPEN};
    int rows, cols;
    bool gradient = function->special == SPECIAL_GRAD, jacobian = function->special == SPECIAL_JACOBIAN;
    if (gradient)
        return variable_shape(e->m, tree->kids[0], &rows, &cols) ? gf_term_matrix(NULL, rows, cols, false) : open;
    gf_term a = gf_evaluate(e, tree->kids[0]);
    if (a.kind == TERM_BAD)
        return a;
    if (!jacobian && function->special != SPECIAL_KRON)
        return gf_term_matrix(NULL, 1, 1, false);
    gf_term b = open;
    if (jacobian && variable_shape(e->m, tree->kids[1], &rows, &cols))
        b = gf_term_matrix(NULL, rows, cols, false);
    else if (!jacobian)
        b = gf_evaluate(e, tree->kids[1]);
    if (b.kind == TERM_BAD || a.kind == TERM_OPEN || b.kind == TERM_OPEN || !a.rows || !b.rows)
        return b.kind == TERM_BAD ? b : open;
    long r = jacobian ? (long)a.rows * a.cols : (long)a.rows * b.rows;
    long c = jacobian ? (long)b.rows * b.cols : (long)a.cols * b.cols;
    return gf_shape_fits(e, tree, r, c) ? gf_term_matrix(NULL, (int)r, (int)c, false) : gf_term_bad;
}

gf_term gf_evaluate_call(gf_evaluation *e, const gf_tree *tree)
{
    gf_function function;
    if (!gf_model_function(e->m, &function, tree))
        return gf_term_bad; /* reported by gf_model_resolve */
    switch (function.special) {
    case SPECIAL_NONE:
        return operation(e, tree, &function);
    case SPECIAL_ZEROS:
    case SPECIAL_ONES:
    case SPECIAL_EYE:
        return constant(e, tree, &function);
    default:
        if (!e->graph)
            return judged_shape(e, tree, &function);
        return e->call ? e->call(e, tree, &function) : gf_term_bad;
    }
}

/* --- what goes over a range ------------------------------------------------------------------------------ */

gf_integer_result gf_extent_of(gf_evaluation *e, const gf_tree *tree, gf_extent *out)
{
    long first = 1, last = e->m->steps;
    gf_integer_result a = INTEGER_KNOWN, b = INTEGER_KNOWN;
    const gf_binder binder = gf_binder_of(tree);
    if (binder.first) {
        a = gf_integer(e->m, e->problems, binder.first, e->bindings, &first);
        b = gf_integer(e->m, e->problems, binder.last, e->bindings, &last);
    }
    if (a == INTEGER_BAD || b == INTEGER_BAD || (!binder.first && !e->m->steps))
        return INTEGER_BAD;
    long count = tree->down ? first - last + 1 : last - first + 1;
    *out = (gf_extent){first, tree->down ? -1 : 1, count > 0 ? count : 0};
    return a == INTEGER_OPEN || b == INTEGER_OPEN ? INTEGER_OPEN : INTEGER_KNOWN;
}

/* A name's shape alone, as far as it is known. */
static gf_term read_shape(gf_evaluation *e, const gf_tree *tree, gf_symbol *symbol, bool known, long t)
{
    (void)e, (void)tree, (void)known, (void)t;
    if (symbol->rows)
        return gf_term_matrix(NULL, symbol->rows, symbol->cols, false);
    return (gf_term){.kind = symbol->broken ? TERM_BAD : TERM_OPEN};
}

/* The body with the index open: its shape, if that is the same at every index. */
static gf_term body_shape(gf_evaluation *e, const gf_tree *tree, gf_problems *problems)
{
    gf_evaluation shapes = *e;
    gf_binding binding = {.name = tree->name, .outer = e->bindings};
    if (e->graph)
        shapes.read = read_shape;
    shapes.graph = NULL;
    shapes.problems = problems;
    shapes.bindings = &binding;
    return gf_evaluate(&shapes, gf_tree_body(tree));
}

/* Nothing to multiply: 1 or the identity, by the shape of the factors; of whatever shape is needed, where they have
 * none. */
static gf_term empty_product(gf_evaluation *e, const gf_tree *tree, gf_term body)
{
    bool square = (body.kind == TERM_MATRIX || body.kind == TERM_NUMBER) && body.rows == body.cols;
    if (!square)
        return gf_term_identity(1);
    return body.rows == 1 ? gf_term_number(1, false) : eye(e, tree, body.rows);
}

static bool concatenates(const gf_tree *tree)
{
    return tree->kind == TREE_HCAT || tree->kind == TREE_VCAT;
}

/* No columns, or no rows; where nothing tells how many of the others, none either: that fits everywhere. */
static gf_term empty_parts(gf_evaluation *e, const gf_tree *tree, int rows, int cols)
{
    bool down = tree->kind == TREE_VCAT;
    gf_term term = gf_term_matrix(NULL, down ? 0 : rows, down ? cols : 0, true);
    term.node = e->graph ? gf_zeros(e->graph, NULL, term.rows, term.cols) : NULL;
    return !e->graph || gf_term_node(e, tree, term, 0, 0) ? term : gf_term_bad;
}

/* Nothing to add, to multiply … */
static gf_term empty(gf_evaluation *e, const gf_tree *tree)
{
    gf_term body = body_shape(e, tree, NULL);
    bool known = body.kind == TERM_MATRIX || body.kind == TERM_NUMBER;
    if (tree->kind == TREE_PRODUCT)
        return empty_product(e, tree, body);
    if (concatenates(tree))
        return empty_parts(e, tree, known ? body.rows : 0, known ? body.cols : 0);
    if (tree->kind == TREE_MAX) {
        gf_refuse_term(e, tree, NULL, 0, GF_ERROR_ARGUMENT, "the range is empty, so there is no largest one");
        return gf_term_bad;
    }
    return gf_term_zero(known ? body.rows : 0, known ? body.cols : 0);
}

/* So many parts of that shape; extent is NULL where it is not known how many. */
static gf_term many_alike(gf_evaluation *e, const gf_tree *tree, const gf_extent *extent, gf_term body)
{
    const gf_term open = {.kind = TERM_OPEN};
    bool known = body.kind == TERM_MATRIX || body.kind == TERM_NUMBER;
    if (body.kind == TERM_BAD)
        return body;
    if (!known || (concatenates(tree) && !extent))
        return open;
    long across = tree->kind == TREE_HCAT ? extent->count : 1, down = tree->kind == TREE_VCAT ? extent->count : 1;
    if (!gf_shape_fits(e, tree, body.rows * down, body.cols * across))
        return gf_term_bad;
    return gf_term_matrix(NULL, (int)(body.rows * down), (int)(body.cols * across), body.constant);
}

/* Without values: what one of the terms is like, all are. A product of what is not known yet may be an empty one. */
static gf_term alike(gf_evaluation *e, const gf_tree *tree, const gf_extent *extent)
{
    gf_term body = body_shape(e, tree, e->problems);
    if (concatenates(tree) || tree->kind == TREE_MAX)
        return many_alike(e, tree, extent, body);
    if (body.kind == TERM_NUMBER)
        body.open = true;
    if (tree->kind == TREE_PRODUCT && is_open_zero(&body))
        return gf_term_identity(1);
    if (tree->kind == TREE_PRODUCT && body.kind == TERM_MATRIX && body.rows != body.cols)
        body.kind = TERM_OPEN;
    return body;
}

/* The terms of a range. */
typedef struct gathering {
    gf_term *terms;
    gf_tree **trees; /* of each the body */
    size_t room, tree_room, count;
} gathering;

static bool gather(gf_evaluation *e, const gf_tree *tree, gathering *g)
{
    if (!gf_grow(&g->terms, &g->room, g->count + 1) || !gf_grow(&g->trees, &g->tree_room, g->count + 1)) {
        gf_out_of_memory(e);
        return false;
    }
    g->trees[g->count] = (gf_tree *)gf_tree_body(tree);
    g->terms[g->count] = gf_evaluate(e, gf_tree_body(tree));
    return g->terms[g->count++].kind != TERM_BAD;
}

/* What adapts takes the shape of another. */
static void settle_gathered(gf_evaluation *e, gathering *g)
{
    size_t other = 0;
    while (other < g->count && gf_term_adapts(&g->terms[other]))
        other++;
    for (size_t k = 0; k < g->count; k++)
        g->terms[k] = gf_term_settle(e, g->trees[k], g->terms[k], other < g->count ? g->terms[other].rows : 0,
                                     other < g->count ? g->terms[other].cols : 0);
}

/* One operation of all the terms of a range that is not empty. */
static gf_term together(gf_evaluation *e, const gf_tree *tree, const gf_extent *extent)
{
    gathering g = {.count = 0};
    gf_binding index = {.name = tree->name, .known = true, .value = extent->first, .outer = e->bindings};
    bool good = extent->count <= INT32_MAX;
    e->bindings = &index;
    for (long k = 0; good && k < extent->count; k++, index.value += extent->step)
        good = gather(e, tree, &g);
    e->bindings = index.outer;
    gf_term out = gf_term_bad;
    if (good) {
        settle_gathered(e, &g);
        out = g.count == 1
                  ? g.terms[0]
                  : gf_term_apply(e, tree, e->m->operations.of[tree->kind], g.terms, g.trees, (int)g.count, NULL);
    }
    free(g.terms);
    free(g.trees);
    return out;
}

gf_term gf_evaluate_over(gf_evaluation *e, const gf_tree *tree)
{
    gf_extent r;
    gf_integer_result result = gf_extent_of(e, tree, &r);
    if (result == INTEGER_BAD)
        return gf_term_bad;
    if (result == INTEGER_KNOWN && !r.count)
        return empty(e, tree);
    if (result == INTEGER_OPEN || !e->graph)
        return alike(e, tree, result == INTEGER_OPEN ? NULL : &r);
    if (concatenates(tree) || tree->kind == TREE_MAX)
        return together(e, tree, &r);
    return gf_running_total(e, tree, &r);
}
