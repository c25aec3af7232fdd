/* Expressions -> terms: names, operators and blocks. */
#include "model/evaluate.h"

#include <math.h>
#include <stdlib.h>

#include "language/patterns.h"

/* --- names ---------------------------------------------------------------------------------------------------- */

static gf_term name_value(gf_evaluation *e, const gf_tree *tree)
{
    const gf_binding *binding = gf_binding_find(e->bindings, tree->name);
    if (binding)
        return gf_term_number((double)binding->value, !binding->known);
    gf_symbol *symbol = gf_model_symbol(e->m, tree->name);
    if (!symbol || symbol->broken || symbol->kind == SYMBOL_NONE)
        return gf_term_bad;
    if (symbol->kind == SYMBOL_SIZE || symbol->kind == SYMBOL_STEPS)
        return symbol->known ? gf_term_number((double)symbol->value, false) : gf_term_bad;
    return e->read(e, tree, symbol, true, 0);
}

static gf_term at_value(gf_evaluation *e, const gf_tree *tree)
{
    gf_symbol *symbol = gf_model_symbol(e->m, tree->name);
    long t;
    gf_integer_result result = gf_integer(e->m, e->problems, tree->kids[0], e->bindings, &t);
    if (result == INTEGER_BAD || !symbol || symbol->broken)
        return gf_term_bad;
    return e->read(e, tree, symbol, result == INTEGER_KNOWN, t);
}

/* --- operators on terms ------------------------------------------------------------------------------------------ */

static gf_term negative(gf_evaluation *e, const gf_tree *tree, gf_term a)
{
    if (a.kind == TERM_NUMBER || a.kind == TERM_IDENTITY) {
        a.number = -a.number;
        return a;
    }
    if (a.kind != TERM_MATRIX)
        return a;
    return gf_term_apply(e, tree, e->m->operations.of[TREE_NEGATIVE], &a, &(gf_tree *){(gf_tree *)tree}, 1, NULL);
}

static gf_term transposed(gf_evaluation *e, const gf_tree *tree, gf_term a)
{
    if (a.kind == TERM_MATRIX)
        return gf_term_apply(e, tree, e->m->operations.of[TREE_TRANSPOSE], &a, tree->kids, 1, NULL);
    if (a.kind == TERM_ZERO)
        return gf_term_zero(a.cols, a.rows);
    return a;
}

static double fold(gf_tree_kind kind, double a, double b)
{
    switch (kind) {
    case TREE_ADD:
        return a + b;
    case TREE_SUBTRACT:
        return a - b;
    case TREE_DIVIDE:
        return a / b;
    case TREE_LESS:
        return a < b;
    case TREE_LESS_EQUAL:
        return a <= b;
    case TREE_GREATER:
        return a > b;
    case TREE_GREATER_EQUAL:
        return a >= b;
    default:
        return a * b;
    }
}

/* A number with a matrix, where the operation takes the number as its own. */
static bool with_number(gf_evaluation *e, const gf_tree *tree, gf_tree_kind kind, gf_term a, gf_term b,
                        gf_tree *const trees[2], gf_term *out)
{
    bool first = a.kind == TERM_NUMBER;
    gf_term matrix = first ? b : a;
    double number = first ? a.number : b.number;
    const gf_operation *op = kind == TREE_MULTIPLY ? e->m->operations.scale : e->m->operations.add_scalar;
    if (matrix.kind != TERM_MATRIX || (!first && b.kind != TERM_NUMBER))
        return false;
    if (kind == TREE_MATMUL || kind == TREE_DIVIDE || (kind == TREE_SUBTRACT && first))
        return false;
    if (kind == TREE_SUBTRACT)
        number = -number;
    const gf_attributes p = {.size = sizeof p, .p = number};
    *out = gf_term_apply(e, tree, op, &matrix, &trees[first], 1, &p);
    return true;
}

/* Zeros of any shape: what is added to them stays, a product with them is such zeros. */
static gf_term with_zero(gf_evaluation *e, const gf_tree *tree, gf_tree_kind kind, gf_term a, gf_term b)
{
    if (kind == TREE_ADD || kind == TREE_SUBTRACT) {
        if (b.kind == TERM_ZERO)
            return a;
        return kind == TREE_ADD ? b : negative(e, tree, b);
    }
    if (kind == TREE_MATMUL)
        return gf_term_zero(a.cols ? a.rows : 0, b.cols ? b.cols : 0);
    gf_term zero = a.kind == TERM_ZERO ? a : b, other = a.kind == TERM_ZERO ? b : a;
    bool larger = other.kind != TERM_NUMBER && zero.rows <= other.rows && zero.cols <= other.cols;
    return larger ? gf_term_zero(other.rows, other.cols) : zero;
}

/* c times the identity of any size. */
static bool with_identity(gf_evaluation *e, const gf_tree *tree, gf_tree_kind kind, gf_term a, gf_term b, gf_term *out)
{
    bool both = a.kind == TERM_IDENTITY && b.kind == TERM_IDENTITY;
    gf_term identity = a.kind == TERM_IDENTITY ? a : b, other = a.kind == TERM_IDENTITY ? b : a;
    if (both && kind != TREE_DIVIDE && kind != TREE_MULTIPLY) {
        *out = gf_term_identity(fold(kind, a.number, b.number));
    } else if (kind == TREE_MATMUL && identity.number == 1) {
        *out = other;
    } else if (kind == TREE_MATMUL) {
        gf_term number = gf_term_number(identity.number, false);
        *out = gf_term_combine(e, tree, TREE_MULTIPLY, number, other, tree->kids);
    } else if (other.kind == TERM_NUMBER &&
               (kind == TREE_MULTIPLY || (kind == TREE_DIVIDE && a.kind == TERM_IDENTITY))) {
        *out = gf_term_identity(fold(kind, identity.number, other.number));
    } else {
        return false;
    }
    return true;
}

/* The operation itself, of two matrices. */
static gf_term of_two(gf_evaluation *e, const gf_tree *tree, gf_tree_kind kind, gf_term a, gf_term b,
                      gf_tree *const trees[2])
{
    a = gf_term_settle(e, tree, a, gf_term_adapts(&b) ? 0 : b.rows, b.cols);
    b = gf_term_settle(e, tree, b, a.rows, a.cols);
    if (kind == TREE_MATMUL && !gf_work_on(e, tree, (double)a.rows * a.cols * b.cols))
        return gf_term_bad;
    return gf_term_apply(e, tree, e->m->operations.of[kind], (gf_term[]){a, b}, trees, 2, NULL);
}

/* Zeros of any shape are compared as the number 0: with a number, or with each other, they have no shape still. */
static gf_term compare(gf_evaluation *e, const gf_tree *tree, gf_tree_kind kind, gf_term a, gf_term b,
                       gf_tree *const trees[2])
{
    bool none = a.kind == TERM_ZERO ? !a.rows : a.kind == TERM_NUMBER && !a.open;
    none = none && (b.kind == TERM_ZERO ? !b.rows : b.kind == TERM_NUMBER && !b.open);
    if (!none)
        return of_two(e, tree, kind, a, b, trees);
    double x = a.kind == TERM_NUMBER ? a.number : 0, y = b.kind == TERM_NUMBER ? b.number : 0;
    return fold(kind, x, y) != 0 ? gf_term_number(1, false) : gf_term_zero(0, 0);
}

gf_term gf_term_combine(gf_evaluation *e, const gf_tree *tree, gf_tree_kind kind, gf_term a, gf_term b,
                        gf_tree *const trees[2])
{
    gf_term out;
    if (a.kind == TERM_BAD || b.kind == TERM_BAD)
        return gf_term_bad;
    if (a.kind == TERM_OPEN || b.kind == TERM_OPEN)
        return (gf_term){.kind = TERM_OPEN};
    if (a.kind == TERM_NUMBER && b.kind == TERM_NUMBER)
        return gf_term_number(fold(kind, a.number, b.number), a.open || b.open);
    if (kind >= TREE_LESS && kind <= TREE_GREATER_EQUAL)
        return compare(e, tree, kind, a, b, trees);
    if (a.kind == TERM_ZERO || (b.kind == TERM_ZERO && kind != TREE_DIVIDE))
        return with_zero(e, tree, kind, a, b);
    if ((a.kind == TERM_IDENTITY || b.kind == TERM_IDENTITY) && with_identity(e, tree, kind, a, b, &out))
        return out;
    if (with_number(e, tree, kind, a, b, trees, &out))
        return out;
    return of_two(e, tree, kind, a, b, trees);
}

/* --- powers ------------------------------------------------------------------------------------------------------- */

/* a ^ T: somebody's transpose. */
static bool means_transpose(gf_evaluation *e, const gf_tree *tree, gf_term base)
{
    const gf_tree *exponent = tree->kids[1];
    if (exponent->kind != TREE_NAME || exponent->brackets || exponent->name != e->m->steps_name || !e->m->steps_name ||
        base.kind == TERM_NUMBER || (base.kind == TERM_MATRIX && base.rows == 1 && base.cols == 1))
        return false;
    gf_text w = {0};
    gf_source_quote(&w, &e->m->file.source, tree->kids[0]->span, 40);
    gf_problem *problem = gf_refuse_term(e, tree, tree->kids, 2, GF_ERROR_SYNTAX,
                                         "this is a power, to the number of steps, of each entry");
    if (problem)
        gf_problem_note(e->problems, problem, "the transpose is written %s'", gf_text_string(&w));
    gf_text_free(&w);
    return true;
}

/* prod(s, 1..n, W), as its operands are written; s, or a letter that does not occur in W. */
static void note_matrix_power(gf_evaluation *e, gf_problem *problem, const gf_tree *power)
{
    static const char *const letters[] = {"s", "j", "i", "k"};
    size_t k = 0;
    uint32_t name;
    while (k < 3 && (name = gf_names_find(&e->m->file.names, letters[k])) != UINT32_MAX &&
           gf_tree_mentions(power->kids[0], name))
        k++;
    gf_text w = {0};
    gf_text_print(&w, "the matrix to that power is prod(%s, 1..", letters[k]);
    gf_tree_print(&w, &e->m->file.names, power->kids[1]); /* 3, where ³ is written */
    gf_text base = {0};
    gf_source_quote(&base, &e->m->file.source, power->kids[0]->span, 40);
    const char *text = gf_text_string(&base);
    bool brackets = *text == '(' && gf_group_end(text, 0) == base.size;
    gf_text_print(&w, ", %.*s", (int)base.size - 2 * brackets, text + brackets);
    gf_text_free(&base);
    gf_problem_note(e->problems, problem, "%s)", gf_text_string(&w));
    gf_text_free(&w);
}

/* W^-1 or W^n as an operand of @: somebody's inverse, or matrix power. Of single rows and columns, and of squares, it
 * is common element by element. */
static bool means_matrix_power(gf_evaluation *e, const gf_tree *tree, gf_term value)
{
    if (tree->kind != TREE_POWER || value.kind != TERM_MATRIX || value.rows < 2 || value.cols < 2)
        return false;
    gf_term n = gf_evaluate(e, tree->kids[1]);
    if (n.kind != TERM_NUMBER || n.open || n.number != floor(n.number) || (n.number >= 0 && n.number <= 2))
        return false;
    gf_problem *problem =
        gf_refuse_term(e, tree, tree->kids, 2, GF_ERROR_SYNTAX,
                       n.number < 0 ? "^ goes element by element, and there is no inverse of a matrix here"
                                    : "^ goes element by element, and is no power of the matrix");
    if (problem && n.number > 2 && value.rows == value.cols)
        note_matrix_power(e, problem, tree);
    if (n.number < 0)
        gf_problem_note(e->problems, problem,
                        "multiply the equation by it, or declare the inverse as a param of its own");
    return true;
}

static gf_term power(gf_evaluation *e, const gf_tree *tree)
{
    gf_term base = gf_evaluate(e, tree->kids[0]);
    if (base.kind != TERM_BAD && means_transpose(e, tree, base))
        return gf_term_bad;
    gf_term exponent = gf_evaluate(e, tree->kids[1]);
    if (base.kind == TERM_BAD || exponent.kind == TERM_BAD)
        return gf_term_bad;
    if (exponent.kind != TERM_NUMBER) {
        gf_refuse_term(e, tree, tree->kids, 2, GF_ERROR_SHAPE,
                       "the exponent is a matrix; it can be a number, of sizes and indices");
        return gf_term_bad;
    }
    if (base.kind == TERM_OPEN)
        return base;
    if (base.kind == TERM_NUMBER)
        return gf_term_number(pow(base.number, exponent.number), base.open || exponent.open);
    if (base.kind == TERM_ZERO && exponent.number > 0)
        return base;
    base = gf_term_settle(e, tree, base, 0, 0);
    const gf_attributes p = {.size = sizeof p, .p = exponent.number};
    return gf_term_apply(e, tree, e->m->operations.of[TREE_POWER], &base, tree->kids, 1, &p);
}

/* --- blocks ------------------------------------------------------------------------------------------------------- */

static bool is_literal(const gf_tree *tree)
{
    return tree->kind == TREE_NUMBER || (tree->kind == TREE_NEGATIVE && tree->kids[0]->kind == TREE_NUMBER);
}

static double literal(const gf_tree *tree)
{
    return tree->kind == TREE_NUMBER ? tree->number : -tree->kids[0]->number;
}

/* Row k of a block: its entries, and how many. */
static gf_tree *const *row_of(const gf_tree *tree, uint32_t k, uint32_t *count)
{
    const gf_tree *row = tree->kind == TREE_STACKED ? tree->kids[k] : tree;
    if (row->kind != TREE_BESIDE) {
        *count = 1;
        return &tree->kids[k];
    }
    *count = row->count;
    return row->kids;
}

/* All entries are literals, and every row has as many as the first. */
static bool is_literal_block(const gf_tree *tree, uint32_t rows, uint32_t *cols)
{
    row_of(tree, 0, cols);
    for (uint32_t i = 0; i < rows; i++) {
        uint32_t count;
        gf_tree *const *row = row_of(tree, i, &count);
        if (count != *cols)
            return false;
        for (uint32_t j = 0; j < count; j++)
            if (!is_literal(row[j]))
                return false;
    }
    return true;
}

/* Numbers alone make one constant, however many they are. */
static bool literal_block(gf_evaluation *e, const gf_tree *tree, gf_term *out)
{
    uint32_t rows = tree->kind == TREE_STACKED ? tree->count : 1, cols;
    if (!is_literal_block(tree, rows, &cols))
        return false;
    *out = gf_term_matrix(NULL, (int)rows, (int)cols, true);
    if (!gf_shape_fits(e, tree, rows, cols))
        *out = gf_term_bad;
    if (out->kind == TERM_BAD || !e->graph)
        return true;
    gf_matrix value;
    if (gf_matrix_new(&value, (int)rows, (int)cols)) {
        gf_out_of_memory(e);
        *out = gf_term_bad;
        return true;
    }
    for (uint32_t i = 0; i < rows; i++) {
        uint32_t count;
        gf_tree *const *row = row_of(tree, i, &count);
        for (uint32_t j = 0; j < cols; j++)
            value.data[(size_t)i * (size_t)value.stride + j] = literal(row[j]);
    }
    out->node = gf_constant(e->graph, NULL, &value);
    gf_matrix_free(&value);
    if (!gf_term_node(e, tree, *out, 0, 0))
        *out = gf_term_bad;
    return true;
}

/* A part that adapts takes the side that it shares with the others; the other side must be known. */
static gf_term settle_part(gf_evaluation *e, const gf_tree *part, gf_term term, bool beside, int shared)
{
    if (!gf_term_adapts(&term) || (term.rows && term.cols))
        return gf_term_settle(e, part, term, 0, 0);
    if (term.kind == TERM_IDENTITY && shared)
        return gf_term_settle(e, part, term, shared, shared);
    gf_refuse_term(e, part, NULL, 0, GF_ERROR_SHAPE,
                   beside ? "how many columns this has is open here" : "how many rows this has is open here");
    return gf_term_bad;
}

static gf_term block(gf_evaluation *e, const gf_tree *tree)
{
    gf_term out;
    if (literal_block(e, tree, &out))
        return out;
    bool beside = tree->kind == TREE_BESIDE;
    gf_term *parts = malloc(tree->count * sizeof *parts);
    if (!parts) {
        gf_out_of_memory(e);
        return gf_term_bad;
    }
    int shared = 0;
    for (uint32_t k = 0; k < tree->count; k++) {
        parts[k] = gf_evaluate(e, tree->kids[k]);
        if (parts[k].kind == TERM_MATRIX || parts[k].kind == TERM_NUMBER)
            shared = beside ? parts[k].rows : parts[k].cols;
    }
    for (uint32_t k = 0; k < tree->count; k++)
        parts[k] = settle_part(e, tree->kids[k], parts[k], beside, shared);
    out = tree->count == 1
              ? parts[0]
              : gf_term_apply(e, tree, e->m->operations.of[tree->kind], parts, tree->kids, (int)tree->count, NULL);
    free(parts);
    return out;
}

/* --- the walk ---------------------------------------------------------------------------------------------------- */

static gf_term binary(gf_evaluation *e, const gf_tree *tree)
{
    gf_term a = gf_evaluate(e, tree->kids[0]), b = gf_evaluate(e, tree->kids[1]);
    bool product = tree->kind == TREE_MATMUL;
    if (product && (means_matrix_power(e, tree->kids[0], a) || means_matrix_power(e, tree->kids[1], b)))
        return gf_term_bad;
    return gf_term_combine(e, tree, (gf_tree_kind)tree->kind, a, b, tree->kids);
}

/* ?: of any shape; it has no value. */
static gf_term open_place(gf_evaluation *e, const gf_tree *tree)
{
    if (!e->graph)
        return (gf_term){.kind = TERM_OPEN};
    gf_refuse_term(e, tree, NULL, 0, GF_ERROR_SYNTAX, "this is still to be written");
    return gf_term_bad;
}

gf_term gf_evaluate(gf_evaluation *e, const gf_tree *tree)
{
    if (!gf_work(e, tree))
        return gf_term_bad;
    switch ((gf_tree_kind)tree->kind) {
    case TREE_NUMBER:
        return gf_term_number(tree->number, false);
    case TREE_NAME:
        return name_value(e, tree);
    case TREE_AT:
        return at_value(e, tree);
    case TREE_NEGATIVE:
        return negative(e, tree, gf_evaluate(e, tree->kids[0]));
    case TREE_TRANSPOSE:
        return transposed(e, tree, gf_evaluate(e, tree->kids[0]));
    case TREE_ADD:
    case TREE_SUBTRACT:
    case TREE_MATMUL:
    case TREE_MULTIPLY:
    case TREE_DIVIDE:
    case TREE_LESS:
    case TREE_LESS_EQUAL:
    case TREE_GREATER:
    case TREE_GREATER_EQUAL:
        return binary(e, tree);
    case TREE_POWER:
        return power(e, tree);
    case TREE_BESIDE:
    case TREE_STACKED:
        return block(e, tree);
    case TREE_CALL:
        return gf_evaluate_call(e, tree);
    case TREE_OPEN:
        return open_place(e, tree);
    default:
        break;
    }
    if (gf_tree_binds(tree))
        return gf_evaluate_over(e, tree);
    gf_refuse_term(e, tree, NULL, 0, GF_ERROR_SYNTAX, "this stands behind the = of a declaration only");
    return gf_term_bad;
}
