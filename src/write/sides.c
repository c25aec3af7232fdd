/* Rows and columns of an expression, as the file writes them.
 *
 * A program is to run with other sizes than those of the file, so a matrix of zeros in it is m x 1, not 4 x 1. What a
 * name has, its declaration says, or its start, or its equation. An operation is asked by its shape rule, for operands
 * of 7 rows and 11 columns: an answer of 7 is the operand's rows, one of 11 its columns, whatever they are. */
#include "write/sides.h"

enum { ROWS = 7, COLS = 11, NAMES_DEEP = 200 };

static const gf_tree one = {.kind = TREE_NUMBER, .number = 1, .depth = 1};

static bool is_one(const gf_tree *side)
{
    return side && side->kind == TREE_NUMBER && side->number == 1;
}

const gf_derived *gf_derived_let(const gf_derivation_lines *d, uint32_t name)
{
    for (const gf_derived *let = d->lets; let; let = let->next)
        if (let->line.name == name)
            return let;
    return NULL;
}

void gf_sides_begin(gf_sides *s, const gf_derivation_lines *d)
{
    *s = (gf_sides){.d = d};
    s->names = gf_arena_get(&s->arena, 2 * ((size_t)d->m->file.names.count + 1) * sizeof *s->names);
    s->failed = !s->names;
}

void gf_sides_end(gf_sides *s)
{
    gf_arena_free(&s->arena);
}

/* --- sums and products of sides ------------------------------------------------------------------- */

static const gf_tree *number(gf_sides *s, double value)
{
    gf_tree *tree = gf_tree_new(&s->arena, TREE_NUMBER, (gf_span){0}, NULL, 0);
    s->failed |= !tree;
    if (tree)
        tree->number = value;
    return tree;
}

static const gf_tree *combine(gf_sides *s, gf_tree_kind kind, const gf_tree *a, const gf_tree *b)
{
    if (!a || !b)
        return NULL;
    if (a->kind == TREE_NUMBER && b->kind == TREE_NUMBER)
        return number(s, kind == TREE_ADD        ? a->number + b->number
                         : kind == TREE_SUBTRACT ? a->number - b->number
                                                 : a->number * b->number);
    if (kind == TREE_ADD && gf_tree_equal(a, b))
        return combine(s, TREE_MULTIPLY, number(s, 2), a);
    if (kind == TREE_MULTIPLY && (is_one(a) || is_one(b)))
        return is_one(a) ? b : a;
    const gf_tree *tree = gf_tree_new(&s->arena, kind, (gf_span){0}, (gf_tree *[]){(gf_tree *)a, (gf_tree *)b}, 2);
    s->failed |= !tree;
    return tree;
}

/* last - first + 1. */
static const gf_tree *length(gf_sides *s, const gf_tree *first, const gf_tree *last)
{
    if (is_one(first))
        return last;
    return combine(s, TREE_ADD, combine(s, TREE_SUBTRACT, last, first), &one);
}

/* --- calls ---------------------------------------------------------------------------------------- */

/* What a shape rule says of operands whose sides are 1, ROWS and COLS. */
static const gf_tree *by_rule(gf_sides *s, const gf_function *f, const gf_tree *tree, int axis)
{
    const gf_tree *side[2] = {gf_side_of_tree(s, tree->kids[0], 0), gf_side_of_tree(s, tree->kids[0], 1)};
    gf_matrix a = gf_matrix_over(NULL, is_one(side[0]) ? 1 : ROWS, is_one(side[1]) ? 1 : COLS);
    const gf_matrix *in[GF_SLOTS] = {&a, &a, &a, &a};
    const gf_attributes p = {.size = sizeof p};
    gf_call call = {.in = in, .arity = f->op->arity, .p = &p, .op = f->op};
    int got[2] = {a.rows, a.cols};
    char why[GF_WHY];
    if (f->op->shape && !f->op->shape(&call, &got[0], &got[1], why))
        return NULL;
    if (got[axis] == 1)
        return &one;
    if (got[axis] == ROWS * COLS)
        return combine(s, TREE_MULTIPLY, side[0], side[1]);
    return got[axis] == ROWS ? side[0] : got[axis] == COLS ? side[1] : NULL;
}

static const gf_tree *of_operation(gf_sides *s, const gf_function *f, const gf_tree *tree, int axis)
{
    for (int k = 0; k < GF_ARGUMENTS; k++) {
        if (f->place[k] == (axis ? 'c' : 'r'))
            return tree->kids[k];
        if (f->place[k] == 'i' && (axis == 0) == f->op->down)
            return length(s, tree->kids[k], tree->kids[k + 1]);
        if (f->place[k] == 'i')
            return gf_side_of_tree(s, tree->kids[0], axis);
    }
    return by_rule(s, f, tree, axis);
}

static const gf_tree *of_call(gf_sides *s, const gf_tree *tree, int axis)
{
    gf_function f;
    if (!gf_function_find(&f, gf_names_text(&s->d->m->file.names, tree->name)))
        return NULL;
    switch (f.special) {
    case SPECIAL_NONE:
        return of_operation(s, &f, tree, axis);
    case SPECIAL_ZEROS:
    case SPECIAL_ONES:
        return tree->kids[axis];
    case SPECIAL_EYE:
    case SPECIAL_GRAD:
        return f.special == SPECIAL_EYE ? tree->kids[0] : gf_side_of_tree(s, tree->kids[0], axis);
    case SPECIAL_KRON:
        return combine(s, TREE_MULTIPLY, gf_side_of_tree(s, tree->kids[0], axis),
                       gf_side_of_tree(s, tree->kids[1], axis));
    case SPECIAL_PROD:
    case SPECIAL_JACOBIAN:
        return NULL;
    default:
        return &one;
    }
}

/* --- the rest ------------------------------------------------------------------------------------- */

/* By its declaration, or a start's; else by its equation. */
static const gf_tree *of_symbol(gf_sides *s, const gf_symbol *symbol, int axis)
{
    const gf_statement *line = symbol->declaration;
    for (const gf_start *start = symbol->starts; start && !line->rows; start = start->next)
        line = start->statement;
    if (line->rows)
        return axis ? line->cols : line->rows;
    return symbol->definition ? gf_side_of_tree(s, symbol->definition->value, axis) : NULL;
}

const gf_tree *gf_side_of_name(gf_sides *s, uint32_t name, int axis)
{
    const gf_symbol *symbol = gf_model_symbol(s->d->m, name);
    const gf_derived *let = gf_derived_let(s->d, name);
    bool matrix = symbol && symbol->kind >= SYMBOL_PARAM && symbol->kind < SYMBOL_LET;
    if (!let && !matrix)
        return &one; /* a size, an index */
    gf_side *side = s->names ? &s->names[2 * name + (uint32_t)axis] : NULL;
    if (!side || s->depth > NAMES_DEEP)
        return NULL;
    if (!side->asked) {
        const gf_binding *bindings = s->bindings;
        side->asked = true;
        s->bindings = NULL;
        s->depth++;
        side->tree = let ? gf_side_of_tree(s, let->of ? let->of : let->line.value, axis) : of_symbol(s, symbol, axis);
        s->depth--;
        s->bindings = bindings;
    }
    if (!side->tree && !s->depth && matrix)
        side->tree = number(s, axis ? symbol->cols : symbol->rows);
    return side->tree;
}

/* Of two operands that are broadcast: a side that is 1 may be repeated. */
static const gf_tree *of_two(gf_sides *s, const gf_tree *tree, int axis)
{
    const gf_tree *a = gf_side_of_tree(s, tree->kids[0], axis), *b = gf_side_of_tree(s, tree->kids[1], axis);
    if (a && !is_one(a))
        return a;
    return b && !is_one(b) ? b : a && b ? &one : NULL;
}

/* Parts along the axis add up; across it they are alike. */
static const gf_tree *of_parts(gf_sides *s, const gf_tree *tree, int axis)
{
    bool along = (tree->kind == TREE_BESIDE) == (axis == 1);
    const gf_tree *sum = gf_side_of_tree(s, tree->kids[0], axis);
    for (uint32_t k = 1; k < tree->count && along; k++)
        sum = combine(s, TREE_ADD, sum, gf_side_of_tree(s, tree->kids[k], axis));
    for (uint32_t k = 1; k < tree->count && !along && !sum; k++)
        sum = gf_side_of_tree(s, tree->kids[k], axis);
    return sum;
}

static const gf_tree *of_body(gf_sides *s, const gf_tree *tree, int axis)
{
    gf_binding index = {.name = tree->name, .outer = s->bindings};
    s->bindings = &index;
    const gf_tree *side = gf_side_of_tree(s, gf_tree_body(tree), axis);
    s->bindings = index.outer;
    return side;
}

const gf_tree *gf_side_of_tree(gf_sides *s, const gf_tree *tree, int axis)
{
    switch ((gf_tree_kind)tree->kind) {
    case TREE_NUMBER:
        return &one;
    case TREE_NAME:
        return gf_binding_find(s->bindings, tree->name) ? &one : gf_side_of_name(s, tree->name, axis);
    case TREE_AT:
        return gf_side_of_name(s, tree->name, axis);
    case TREE_NEGATIVE:
    case TREE_POWER:
        return gf_side_of_tree(s, tree->kids[0], axis);
    case TREE_TRANSPOSE:
        return gf_side_of_tree(s, tree->kids[0], !axis);
    case TREE_MATMUL:
        return gf_side_of_tree(s, tree->kids[axis], axis);
    case TREE_BESIDE:
    case TREE_STACKED:
        return of_parts(s, tree, axis);
    case TREE_CALL:
        return of_call(s, tree, axis);
    case TREE_SUM:
    case TREE_PRODUCT:
        return of_body(s, tree, axis);
    case TREE_ADD:
    case TREE_SUBTRACT:
    case TREE_MULTIPLY:
    case TREE_DIVIDE:
        return of_two(s, tree, axis);
    default:
        return NULL;
    }
}

bool gf_sides_are_one(gf_sides *s, const gf_tree *tree)
{
    return is_one(gf_side_of_tree(s, tree, 0)) && is_one(gf_side_of_tree(s, tree, 1));
}
