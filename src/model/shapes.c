/* The shape of every name: from declarations, and from the right sides of equations, however they hang together. */
#include "model/order.h"
#include "model/scan.h"

enum { ROUNDS = 20 }; /* of looking again at what was found while something else was not known */

/* --- declarations --------------------------------------------------------------------------------------------- */

static bool side(gf_model *m, const gf_tree *tree, long *out)
{
    if (gf_integer(m, &m->problems, tree, NULL, out) != INTEGER_KNOWN)
        return false;
    if (*out >= 1)
        return true;
    gf_problem_under(gf_problem_add(&m->problems, GF_ERROR_SHAPE, tree->at,
                                    "a matrix has at least one row and one column, not %ld", *out),
                     tree->span);
    if (tree->kind == TREE_NAME) /* once for a size: what else it makes is unknown then */
        gf_model_symbol(m, tree->name)->known = false;
    return false;
}

static void refuse_other_shape(gf_model *m, const gf_symbol *symbol, const gf_statement *s, long rows, long cols)
{
    gf_problem *problem = gf_problem_add(&m->problems, GF_ERROR_SHAPE, s->rows->span.begin,
                                         "%s is %ld x %ld here, but a name has one shape at all its steps",
                                         gf_model_text(m, s->name), rows, cols);
    gf_problem_under(problem, (gf_span){s->rows->span.begin, s->cols->span.end});
    gf_model_note_shape(m, &m->problems, problem, symbol);
}

/* Said once of a size: what else it makes too large is not to blame. */
static void refuse_large(gf_model *m, const gf_statement *s, long rows, long cols)
{
    const gf_tree *sides[] = {s->rows, s->cols};
    gf_problem_under(gf_problem_add(&m->problems, GF_ERROR_LIMIT, s->rows->span.begin,
                                    "%ld x %ld are more entries than a matrix may have, which is %zu", rows, cols,
                                    m->entry_limit),
                     (gf_span){s->rows->span.begin, s->cols->span.end});
    for (int k = 0; k < 2; k++)
        if (sides[k]->kind == TREE_NAME && (k ? cols >= rows : rows >= cols))
            gf_model_symbol(m, sides[k]->name)->known = false;
}

static void declare_shape(gf_model *m, const gf_statement *s)
{
    gf_symbol *symbol = gf_model_symbol(m, s->name);
    long rows, cols;
    bool good = !s->broken && symbol->kind >= SYMBOL_PARAM;
    good = good && side(m, s->rows, &rows);
    good = good && side(m, s->cols, &cols);
    if (good && !gf_shape_allowed(m, rows, cols)) {
        refuse_large(m, s, rows, cols);
        good = false;
    }
    if (!good) {
        symbol->broken = true;
    } else if (!symbol->rows) {
        symbol->rows = (int)rows;
        symbol->cols = (int)cols;
        symbol->shaped_by = s;
    } else if (symbol->rows != rows || symbol->cols != cols) {
        refuse_other_shape(m, symbol, s, rows, cols);
    }
}

/* Inputs and params first: where a start disagrees with them, the start is to blame. */
static void declare_shapes(gf_model *m)
{
    for (int starts = 0; starts <= 1; starts++)
        for (const gf_statement *s = m->file.statements; s; s = s->next)
            if (s->rows && (s->kind == STATEMENT_START) == starts)
                declare_shape(m, s);
}

/* --- right sides -------------------------------------------------------------------------------------------------- */

/* How names are read. */
typedef struct reading {
    bool empty;       /* at last, zeros have the shape that they would have if nothing else were asked for */
    bool check;       /* all shapes that can be found have been: a name without one says nothing */
    bool met_unknown; /* the result may change once more shapes are known */
    bool met_open;    /* there is a ? in it, or in what it is made of */
} reading;

/* A name whose shape is not known: within its own recursion, zeros of whatever shape is needed. */
static gf_term read_shape(gf_evaluation *e, const gf_tree *tree, gf_symbol *symbol, bool known, long t)
{
    (void)tree, (void)known, (void)t;
    reading *r = e->data;
    if (symbol->broken || (!symbol->rows && symbol->shape_progress == PROGRESS_FAILED))
        return gf_term_bad;
    r->met_unknown |= !symbol->rows || symbol->tentative;
    if (symbol->rows)
        return gf_term_matrix(NULL, symbol->rows, symbol->cols, false);
    r->met_open |= symbol->open;
    return r->check || symbol->open ? (gf_term){.kind = TERM_OPEN} : gf_term_zero(0, 0);
}

/* The shape of a right side. */
static gf_term right_side(gf_model *m, const gf_statement *s, gf_problems *problems, reading *r)
{
    gf_binding t = {.name = m->t};
    gf_evaluation e = {.m = m, .problems = problems, .read = read_shape, .data = r};
    e.bindings = s->index && s->kind != STATEMENT_START ? &t : NULL;
    return gf_evaluate(&e, s->value);
}

static bool take_shape(gf_symbol *symbol, const gf_statement *s, gf_term term, const reading *r)
{
    bool matrix = term.kind == TERM_MATRIX || term.kind == TERM_NUMBER || (r->empty && term.kind == TERM_ZERO);
    if (!matrix || !term.rows || !term.cols)
        return false;
    bool changed = symbol->rows != term.rows || symbol->cols != term.cols;
    symbol->rows = term.rows;
    symbol->cols = term.cols;
    symbol->tentative = r->met_unknown;
    symbol->shaped_by = s;
    return changed;
}

/* What was found while it was not known that a ? stands behind it is forgotten. Says whether that is new. */
static bool leave_open(gf_symbol *symbol)
{
    if (symbol->open)
        return false;
    symbol->open = true;
    symbol->rows = symbol->cols = 0;
    symbol->tentative = false;
    return true;
}

/* start h[0] = 0 */
static bool is_number(const gf_statement *s)
{
    return s->kind == STATEMENT_START && s->value && s->value->kind == TREE_NUMBER;
}

/* Tries one of the lines that give a name its values. A line that cannot be read, or whose shapes do not fit, is no
 * help. */
static bool try_line(gf_model *m, gf_symbol *symbol, const gf_statement *s, bool empty, bool *failed)
{
    reading r = {.empty = empty && !symbol->rows};
    if (!s || (symbol->rows && (!symbol->tentative || is_number(s))))
        return false;
    if (symbol->kind == SYMBOL_LET && s->value && s->value->kind == TREE_NUMBER && s->value->number == 0)
        return false; /* a plain 0 stands for zeros of any shape */
    gf_term term = s->broken || !s->value ? gf_term_bad : right_side(m, s, NULL, &r);
    if (r.met_open && term.kind == TERM_OPEN)
        return leave_open(symbol);
    *failed |= term.kind == TERM_BAD && !r.met_unknown;
    return take_shape(symbol, s, term, &r);
}

/* The line for every step of a let tells its shape before those for a single step, which are often plain zeros; starts
 * are there to begin with, but for a plain number, which is meant to fill. Where the only line is no help, the name
 * fails. Says whether something was found out. */
static bool infer(gf_model *m, gf_symbol *symbol, bool empty)
{
    bool failed = false, let = symbol->kind == SYMBOL_LET;
    bool changed = let && try_line(m, symbol, symbol->definition, empty, &failed);
    for (const gf_start *start = symbol->starts; start; start = start->next)
        if (let || !is_number(start->statement))
            changed |= try_line(m, symbol, start->statement, empty, &failed);
    changed |= !let && try_line(m, symbol, symbol->definition, empty, &failed);
    for (const gf_start *start = symbol->starts; start && !let; start = start->next)
        if (is_number(start->statement))
            changed |= try_line(m, symbol, start->statement, empty, &failed);
    if (failed && !symbol->rows)
        symbol->shape_progress = PROGRESS_FAILED;
    return changed;
}

/* --- the order --------------------------------------------------------------------------------------------------- */

static gf_progress *progress(gf_order *order, gf_item item)
{
    (void)order;
    return &item.symbol->shape_progress;
}

static bool need_name(gf_scan *scan, const gf_tree *tree, gf_symbol *symbol, long t)
{
    (void)tree, (void)t;
    if (!symbol->rows && !symbol->broken)
        gf_order_need(scan->data, (gf_item){symbol, 0});
    return true;
}

static void need_names(gf_order *order, const gf_statement *s)
{
    gf_binding t = {.name = order->m->t};
    gf_scan scan = {
        .m = order->m, .bindings = &t, .open = true, .least = SYMBOL_PARAM, .name = need_name, .data = order};
    if (s && s->value && !s->broken)
        gf_scan_tree(&scan, s->value);
}

static void needs(gf_order *order, gf_item item)
{
    for (const gf_start *start = item.symbol->starts; start; start = start->next)
        need_names(order, start->statement);
    need_names(order, item.symbol->definition);
}

static void work(gf_order *order, gf_item item)
{
    if (!item.symbol->rows)
        infer(order->m, item.symbol, false);
}

/* Looks again at what is not known, or may change. */
static void look_again(gf_model *m, bool empty)
{
    bool changed = true;
    for (int round = 0; round < ROUNDS && changed; round++) {
        changed = false;
        for (uint32_t k = 1; k < m->symbol_count; k++) {
            gf_symbol *symbol = &m->symbols[k];
            if (symbol->kind > SYMBOL_PARAM && !symbol->broken && (!symbol->rows || symbol->tentative))
                changed |= infer(m, symbol, empty);
        }
    }
}

static void infer_all(gf_model *m)
{
    gf_order order = {.m = m, .progress = progress, .needs = needs, .work = work};
    for (uint32_t k = 1; k < m->symbol_count; k++)
        if (m->symbols[k].kind >= SYMBOL_PARAM && !m->symbols[k].rows && !m->symbols[k].broken)
            gf_order_run(&order, (gf_item){&m->symbols[k], 0});
    m->problems.out_of_memory |= order.out_of_memory;
    gf_order_free(&order);
    look_again(m, false);
    look_again(m, true); /* sum(j, 2..T, D) at T = 1, and what is a product with it */
}

/* --- checking ---------------------------------------------------------------------------------------------------- */

/* The first product element by element that repeats an operand and would have fitted as a matrix product. */
static const gf_tree *suspicious_product(gf_evaluation *e, const gf_tree *tree)
{
    if (tree->kind == TREE_MULTIPLY) {
        gf_term a = gf_evaluate(e, tree->kids[0]), b = gf_evaluate(e, tree->kids[1]);
        bool matrices = a.kind == TERM_MATRIX && b.kind == TERM_MATRIX;
        if (matrices && (a.rows != b.rows || a.cols != b.cols) && a.cols == b.rows)
            return tree;
    }
    for (uint32_t k = 0; k < tree->count && !gf_tree_binds(tree); k++) {
        const gf_tree *found = suspicious_product(e, tree->kids[k]);
        if (found)
            return found;
    }
    return NULL;
}

/* Where a product element by element in the expression would have fitted as a matrix product, a note says so. */
static void note_product(gf_model *m, gf_problem *problem, const gf_tree *tree)
{
    reading r = {.check = true};
    gf_binding t = {.name = m->t};
    gf_evaluation e = {.m = m, .read = read_shape, .data = &r, .bindings = &t};
    const gf_tree *product = problem ? suspicious_product(&e, tree) : NULL;
    if (!product)
        return;
    gf_text w = {0};
    gf_source_quote(&w, &m->file.source, product->span, 40);
    gf_text_add(&w, " is element by element; the matrix product is ");
    gf_source_quote(&w, &m->file.source, product->kids[0]->span, 40);
    gf_text_add(&w, " @ ");
    gf_source_quote(&w, &m->file.source, product->kids[1]->span, 40);
    gf_problem_note(&m->problems, problem, "%s", gf_text_string(&w));
    gf_text_free(&w);
}

static void check_shape(gf_model *m, const gf_symbol *symbol, const gf_statement *s, gf_term term)
{
    bool matrix = term.kind == TERM_MATRIX || term.kind == TERM_NUMBER;
    if (!matrix || !symbol->rows || (term.rows == symbol->rows && term.cols == symbol->cols))
        return;
    gf_problem *problem = gf_problem_add(&m->problems, GF_ERROR_SHAPE, s->value->at,
                                         "the right side is %d x %d, but %s is %d x %d at all its steps", term.rows,
                                         term.cols, gf_model_text(m, s->name), symbol->rows, symbol->cols);
    gf_problem_under(problem, s->value->span);
    gf_model_note_shape(m, &m->problems, problem, symbol);
    if (is_number(s)) {
        gf_text index = {0};
        gf_source_quote(&index, &m->file.source, s->index->span, 40);
        gf_problem_note(&m->problems, problem, "to fill it, write  start %s[%s] : %d x %d = %g",
                        gf_model_text(m, s->name), gf_text_string(&index), symbol->rows, symbol->cols,
                        s->value->number);
        gf_text_free(&index);
    }
    note_product(m, problem, s->value);
}

/* Once more, with all shapes known, and this time aloud. */
static void check_statement(gf_model *m, gf_statement *s)
{
    reading r = {.check = true};
    bool equation = s->kind == STATEMENT_EQUATION || (s->kind == STATEMENT_START && s->value);
    if (s->broken || (!equation && s->kind != STATEMENT_LOSS))
        return;
    gf_term term = right_side(m, s, &m->problems, &r);
    s->failed = term.kind == TERM_BAD;
    if (equation) {
        check_shape(m, gf_model_symbol(m, s->name), s, term);
    } else if ((term.kind == TERM_MATRIX || term.kind == TERM_NUMBER) && (term.rows != 1 || term.cols != 1)) {
        gf_problem *problem = gf_problem_add(&m->problems, GF_ERROR_SHAPE, s->value->at,
                                             "the loss is %d x %d, but it is one number, 1 x 1", term.rows, term.cols);
        gf_problem_under(problem, s->value->span);
        gf_problem_note(&m->problems, problem, "the sum of its entries is sum(…), the sum over the steps sum(t, …)");
    }
}

void gf_model_shape_up(gf_model *m)
{
    for (uint32_t k = 1; k < m->symbol_count; k++) {
        gf_symbol *symbol = &m->symbols[k];
        symbol->rows = symbol->cols = 0;
        symbol->shaped_by = NULL;
        symbol->tentative = symbol->stopped = symbol->open = false;
        symbol->broken = symbol->misread;
        symbol->shape_progress = PROGRESS_NONE;
    }
    declare_shapes(m);
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_LET && s->open)
            gf_model_symbol(m, s->name)->open = true;
    infer_all(m);
    for (gf_statement *s = m->file.statements; s; s = s->next)
        check_statement(m, s);
}
