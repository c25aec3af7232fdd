/* Terms: what expressions come to, operations applied to them, and what is said where shapes do not fit. */
#include <stdlib.h>
#include <string.h>

#include "model/evaluate.h"

enum { FEW = 8 }; /* operands that are looked at at once */

const gf_term gf_term_bad = {.kind = TERM_BAD};

gf_term gf_term_number(double number, bool open)
{
    return (gf_term){.kind = TERM_NUMBER, .number = number, .open = open, .constant = true, .rows = 1, .cols = 1};
}

gf_term gf_term_matrix(gf_node *node, int rows, int cols, bool constant)
{
    return (gf_term){.kind = TERM_MATRIX, .node = node, .rows = rows, .cols = cols, .constant = constant};
}

gf_term gf_term_zero(int rows, int cols)
{
    return (gf_term){.kind = TERM_ZERO, .rows = rows, .cols = cols, .constant = true};
}

gf_term gf_term_identity(double factor)
{
    if (factor == 0)
        return gf_term_zero(0, 0);
    return (gf_term){.kind = TERM_IDENTITY, .number = factor, .constant = true};
}

bool gf_term_adapts(const gf_term *term)
{
    return term->kind == TERM_ZERO || term->kind == TERM_IDENTITY;
}

void gf_out_of_memory(gf_evaluation *e)
{
    e->m->problems.out_of_memory = true;
    if (e->problems)
        e->problems->out_of_memory = true;
}

/* --- limits ------------------------------------------------------------------------------------------------ */

enum { PATIENCE = 1024 }; /* pieces of work between two questions whether to go on */

static void refuse_work(gf_evaluation *e, const gf_tree *tree, bool large)
{
    gf_problem_add(e->problems, GF_ERROR_LIMIT, tree->at,
                   "this asks for more than %zu steps of work: %s, or set fewer steps", gf_most_work(e->m),
                   large ? "set smaller sizes" : "sum over fewer values");
}

bool gf_work_allows(gf_evaluation *e, const gf_tree *tree, size_t pieces)
{
    if (e->m->work > gf_most_work(e->m) || pieces <= gf_most_work(e->m) - e->m->work)
        return true;
    refuse_work(e, tree, false);
    return false;
}

bool gf_work_on(gf_evaluation *e, const gf_tree *tree, double multiplications)
{
    size_t most = gf_most_work(e->m), before = e->m->work;
    if (before > most)
        return false; /* which has been said */
    e->m->work += 1 + (e->graph ? (size_t)(multiplications / 1000) : 0);
    if (e->m->work > most)
        refuse_work(e, tree, e->graph && multiplications >= 1000);
    else if (before / PATIENCE == e->m->work / PATIENCE || !gf_model_ended(e->m))
        return true;
    else
        gf_problem_add(e->problems, GF_ERROR_LIMIT, tree->at, "this was ended before it was done");
    return false;
}

bool gf_work(gf_evaluation *e, const gf_tree *tree)
{
    return gf_work_on(e, tree, 0);
}

bool gf_shape_allowed(const gf_model *m, long rows, long cols)
{
    return (double)rows * (double)cols <= (double)m->entry_limit && rows <= (1L << 30) && cols <= (1L << 30);
}

bool gf_shape_fits(gf_evaluation *e, const gf_tree *tree, long rows, long cols)
{
    if (gf_shape_allowed(e->m, rows, cols))
        return true;
    char what[128];
    snprintf(what, sizeof what, "%ld x %ld are more entries than a matrix may have, which is %zu", rows, cols,
             e->m->entry_limit);
    gf_refuse_term(e, tree, NULL, 0, GF_ERROR_LIMIT, what);
    return false;
}

/* --- messages ------------------------------------------------------------------------------------------------ */

static const gf_symbol *symbol_in(const gf_model *m, const gf_tree *tree)
{
    while (tree->kind == TREE_TRANSPOSE || tree->kind == TREE_NEGATIVE)
        tree = tree->kids[0];
    const gf_symbol *symbol = gf_model_named(m, tree);
    return symbol && symbol->kind >= SYMBOL_PARAM && symbol->rows ? symbol : NULL;
}

/* Params and inputs, given or not; where there is none among the operands, the other names. */
static void note_shapes(gf_evaluation *e, gf_problem *problem, gf_tree *const operands[], int count)
{
    int noted = 0;
    for (int declared = 1; declared >= 0 && !noted; declared--)
        for (int k = 0; k < count && noted < 4; k++) {
            const gf_symbol *symbol = symbol_in(e->m, operands[k]);
            bool first = symbol;
            for (int j = 0; j < k; j++)
                first = first && symbol_in(e->m, operands[j]) != symbol;
            bool begun =
                symbol && symbol->shaped_by && symbol->shaped_by->kind == STATEMENT_START; /* and so declared */
            if (!first || (symbol->kind <= SYMBOL_GIVEN || begun) != declared)
                continue;
            gf_model_note_shape(e->m, e->problems, problem, symbol);
            noted++;
        }
}

gf_problem *gf_refuse_term(gf_evaluation *e, const gf_tree *tree, gf_tree *const operands[], int count,
                           gf_status status, const char *what)
{
    if (!e->problems)
        return NULL;
    gf_text w = {0};
    gf_source_quote(&w, &e->m->file.source, tree->span, 60);
    gf_text_print(&w, ": %s", what);
    gf_bindings_write(&w, e->m, e->bindings, tree);
    gf_problem *problem = gf_problem_add(e->problems, status, tree->at, "%s", gf_text_string(&w));
    e->problems->out_of_memory |= w.failed;
    gf_text_free(&w);
    for (int k = 0; k < count && k < 2; k++)
        gf_problem_under(problem, operands[k]->span);
    if (!count)
        gf_problem_under(problem, tree->span);
    note_shapes(e, problem, operands, count);
    return problem;
}

/* "1 x 4 times 3 x 4, WHY" for an operator, "the shapes are 3 x 1 and 2 x 1, WHY" for a call. */
static void describe_shapes(gf_text *w, const gf_tree *tree, const gf_term terms[], int count, const char *why)
{
    const gf_operator *sign = gf_operator_of((gf_tree_kind)tree->kind);
    const char *between = sign && count == 2 ? sign->word : "and";
    for (int k = 0; k < count && k < 6; k++) {
        gf_text_add(w, k ? " " : "");
        if (k)
            gf_text_print(w, "%s ", between);
        gf_text_print(w, "%d x %d", terms[k].rows, terms[k].cols);
    }
    gf_text_print(w, "%s%s, %s", count > 6 ? " …" : "", tree->kind == TREE_MULTIPLY ? " element by element" : "", why);
}

/* A matrix and its transpose, as factors of a product. */
typedef struct factor {
    const gf_tree *tree;
    int rows, cols;
    bool turned;
} factor;

static factor turn(factor f)
{
    return (factor){f.tree, f.cols, f.rows, !f.turned};
}

/* W', and W where W' is turned. */
static void add_factor(gf_text *w, const gf_source *source, factor f)
{
    bool prime = f.turned && f.tree->kind == TREE_TRANSPOSE;
    bool brackets = !gf_tree_is_name(f.tree) && f.tree->kind != TREE_TRANSPOSE && !f.tree->brackets && f.turned;
    gf_text_add(w, brackets ? "(" : "");
    gf_source_quote(w, source, prime ? f.tree->kids[0]->span : f.tree->span, 40);
    gf_text_add(w, brackets ? ")'" : f.turned && !prime ? "'" : "");
}

/* The matrix product of the two that would have fitted, with one of them transposed, or in the other order: one that is
 * a column, where columns are meant. */
static bool find_product(const gf_tree *tree, const gf_term terms[], factor out[2])
{
    const factor a = {tree->kids[0], terms[0].rows, terms[0].cols, false};
    const factor b = {tree->kids[1], terms[1].rows, terms[1].cols, false};
    const factor tried[][2] = {{a, b}, {turn(a), b}, {b, a}, {turn(b), a}, {a, turn(b)}, {b, turn(a)}};
    const size_t count = tree->kind == TREE_MULTIPLY ? 1 : sizeof tried / sizeof *tried;
    bool column = a.cols == 1 || b.cols == 1, found = false;
    bool large =
        terms[0].kind == TERM_MATRIX && terms[1].kind == TERM_MATRIX && a.rows * a.cols > 1 && b.rows * b.cols > 1;
    for (size_t k = 0; k < count && large && !found; k++) {
        found = tried[k][0].cols == tried[k][1].rows && (!column || count == 1 || tried[k][1].cols == 1);
        out[0] = tried[k][0];
        out[1] = tried[k][1];
    }
    return found;
}

/* What would have fitted: the matrix product for that element by element, or turned; [a; b] for [a, b]. */
static void note_fitting(gf_evaluation *e, const gf_tree *tree, gf_problem *problem, const gf_term terms[], int count)
{
    const gf_source *source = &e->m->file.source;
    const bool equation = e->problems == &e->m->problems, beside = tree->kind == TREE_BESIDE;
    bool product = tree->kind == TREE_MULTIPLY || (tree->kind == TREE_MATMUL && equation);
    bool parts = equation && (beside || tree->kind == TREE_STACKED);
    factor found[2];
    gf_text w = {0};
    for (int k = 0; k < count; k++)
        parts = parts && terms[k].kind == TERM_MATRIX &&
                (beside ? terms[k].cols == terms[0].cols : terms[k].rows == terms[0].rows);
    if (product && count == 2 && find_product(tree, terms, found)) {
        add_factor(&w, source, found[0]);
        gf_text_add(&w, " @ ");
        add_factor(&w, source, found[1]);
        gf_problem_note(e->problems, problem, "the matrix product, %s, would fit: it is %d x %d", gf_text_string(&w),
                        found[0].rows, found[1].cols);
    } else if (parts && count <= FEW) {
        for (int k = 0; k < count; k++) {
            gf_text_add(&w, k ? beside ? "; " : ", " : "");
            gf_source_quote(&w, source, tree->kids[k]->span, 40);
        }
        gf_problem_note(e->problems, problem, "%s, [%s], would fit",
                        beside ? "one on top of the other" : "side by side", gf_text_string(&w));
    }
    e->problems->out_of_memory |= w.failed;
    gf_text_free(&w);
}

/* A target that is one number, as the number of a class is. */
static void note_target(gf_evaluation *e, gf_problem *problem, const gf_operation *op, const gf_term terms[])
{
    if (op->target[1] && terms[1].rows == 1 && terms[1].cols == 1)
        gf_problem_note(e->problems, problem,
                        "a target is %d x %d here; of a class it is one-hot: given y[t] : %d x %d ~ onehot, or a list, "
                        "= {[1; 0], [0; 1]}",
                        terms[0].rows, terms[0].cols, terms[0].rows, terms[0].cols);
}

static gf_term refuse_shapes(gf_evaluation *e, const gf_tree *tree, const gf_operation *op, const gf_term terms[],
                             gf_tree *const trees[], int count, const char *why)
{
    gf_text w = {0};
    if (!e->problems) /* nobody asks why */
        return gf_term_bad;
    describe_shapes(&w, tree, terms, count, why);
    gf_problem *problem = gf_refuse_term(e, tree, trees, count, GF_ERROR_SHAPE, gf_text_string(&w));
    gf_text_free(&w);
    if (problem)
        note_fitting(e, tree, problem, terms, count);
    if (count == 2)
        note_target(e, problem, op, terms);
    gf_note_minus(e->problems, problem, &e->m->file.source, tree);
    return gf_term_bad;
}

/* --- matrices of terms that are none --------------------------------------------------------------------------- */

gf_term gf_term_settle(gf_evaluation *e, const gf_tree *tree, gf_term term, int rows, int cols)
{
    if (!gf_term_adapts(&term))
        return term;
    if (!rows) {
        rows = term.rows ? term.rows : 1;
        cols = term.cols ? term.cols : 1;
    }
    if (term.kind == TERM_IDENTITY && rows != cols) {
        char what[96];
        snprintf(what, sizeof what, "an empty product is the identity, and here stands %d x %d", rows, cols);
        gf_refuse_term(e, tree, NULL, 0, GF_ERROR_SHAPE, what);
        return gf_term_bad;
    }
    gf_node *node = NULL;
    if (e->graph && term.kind == TERM_ZERO)
        node = gf_zeros(e->graph, NULL, rows, cols);
    else if (e->graph)
        node = term.number == 1 ? gf_eye(e->graph, NULL, rows) : gf_scale(gf_eye(e->graph, NULL, rows), term.number);
    return gf_term_matrix(node, rows, cols, true);
}

/* The engine refused: its words are as good as any, but for the name of its operation where the graph is too large. */
static gf_term refused_by_graph(gf_evaluation *e, const gf_tree *tree)
{
    gf_status status = gf_graph_status(e->graph);
    if (status == GF_ERROR_MEMORY)
        gf_out_of_memory(e);
    static const char constant[] = "input: input cannot";
    const char *message = gf_graph_message(e->graph), *behind = strstr(message, ": ");
    if (!strncmp(message, constant, strlen(constant)))
        message += strlen("input: input ");
    gf_refuse_term(e, tree, NULL, 0, status ? status : GF_ERROR_ARGUMENT,
                   status == GF_ERROR_LIMIT && behind ? behind + 2 : message);
    gf_graph_clear_status(e->graph);
    return gf_term_bad;
}

/* hcat(j, 3..1, h[j]) as a value of the model. */
static void refuse_empty(gf_evaluation *e, const gf_tree *tree)
{
    gf_graph_clear_status(e->graph);
    gf_refuse_term(e, tree, NULL, 0, GF_ERROR_SHAPE,
                   "the range is empty, and a matrix has at least one row and one column");
}

gf_node *gf_term_node(gf_evaluation *e, const gf_tree *tree, gf_term term, int rows, int cols)
{
    term = gf_term_settle(e, tree, term, rows, cols);
    if (term.kind == TERM_NUMBER)
        term.node = gf_fill(e->graph, NULL, 1, 1, term.number);
    if (term.kind == TERM_BAD || !term.node)
        return NULL;
    if (gf_node_is_bad(term.node)) {
        bool empty = (tree->kind == TREE_HCAT || tree->kind == TREE_VCAT) && (!term.rows || !term.cols);
        if (empty && gf_graph_status(e->graph) == GF_ERROR_SHAPE)
            refuse_empty(e, tree);
        else
            refused_by_graph(e, tree);
        return NULL;
    }
    return term.node;
}

/* --- operations --------------------------------------------------------------------------------------------------- */

/* The shape by the operation's own rule; false without a reason where memory runs out. */
static bool find_shape(gf_evaluation *e, const gf_operation *op, const gf_term terms[], int count,
                       const gf_attributes *p, gf_term *out, char why[GF_WHY])
{
    gf_matrix few[FEW], *in = count > FEW ? malloc((size_t)count * sizeof *in) : few;
    const gf_matrix *fewer[FEW], **list = count > FEW ? malloc((size_t)count * sizeof *list) : fewer;
    bool fits = in && list;
    *why = '\0';
    if (!fits)
        gf_out_of_memory(e);
    for (int k = 0; fits && k < count; k++) {
        in[k] = (gf_matrix){NULL, terms[k].rows, terms[k].cols, terms[k].cols};
        list[k] = &in[k];
        if (!op->empty_parts && (!in[k].rows || !in[k].cols)) {
            snprintf(why, GF_WHY, "only a part of [ ] may have no rows or columns");
            fits = false;
        }
    }
    gf_call call = {.in = list, .arity = count, .op = op, .counts_from = 1};
    call.p = p ? p : &(gf_attributes){.size = sizeof(gf_attributes)};
    out->rows = fits ? terms[0].rows : 0;
    out->cols = fits ? terms[0].cols : 0;
    fits = fits && (!op->shape || op->shape(&call, &out->rows, &out->cols, why));
    if (fits && (out->rows < 1 || out->cols < 1)) {
        snprintf(why, GF_WHY, "the result would be %d x %d", out->rows, out->cols);
        fits = false;
    }
    if (in != few)
        free(in);
    if (list != fewer)
        free(list);
    return fits;
}

static gf_node *build(gf_evaluation *e, const gf_tree *tree, const gf_operation *op, const gf_term terms[], int count,
                      const gf_attributes *p)
{
    gf_node *few[FEW], **nodes = count > FEW ? malloc((size_t)count * sizeof(gf_node *)) : few;
    gf_node *node = NULL;
    if (!nodes) {
        gf_out_of_memory(e);
        return NULL;
    }
    for (int k = 0; k < count; k++)
        nodes[k] = terms[k].kind == TERM_NUMBER ? gf_fill(e->graph, NULL, 1, 1, terms[k].number) : terms[k].node;
    node = gf_apply(op, nodes, count, p);
    if (gf_node_is_bad(node)) {
        refused_by_graph(e, tree);
        node = NULL;
    }
    if (nodes != few)
        free(nodes);
    return node;
}

gf_term gf_term_apply(gf_evaluation *e, const gf_tree *tree, const gf_operation *op, gf_term terms[],
                      gf_tree *const trees[], int count, const gf_attributes *p)
{
    gf_term out = {.kind = TERM_MATRIX, .constant = true};
    char why[GF_WHY];
    for (int k = 0; k < count; k++) {
        if (terms[k].kind == TERM_BAD)
            return gf_term_bad;
        if (terms[k].kind == TERM_OPEN)
            out.kind = TERM_OPEN;
        out.constant = out.constant && terms[k].constant;
    }
    if (out.kind == TERM_OPEN)
        return out;
    if (!find_shape(e, op, terms, count, p, &out, why))
        return *why ? refuse_shapes(e, tree, op, terms, trees, count, why) : gf_term_bad;
    if (!gf_shape_fits(e, tree, out.rows, out.cols) || !gf_work_on(e, tree, 10.0 * out.rows * out.cols))
        return gf_term_bad;
    if (e->graph && !(out.node = build(e, tree, op, terms, count, p)))
        return gf_term_bad;
    return out;
}
