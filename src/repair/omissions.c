/* Factors that were left out, and operands that stand for others. */
#include "repair/edits.h"

/* A name, at a step, as it may occur in a line. */
typedef struct atom {
    const gf_symbol *symbol;
    uint32_t name;
    const gf_tree *index; /* NULL: without time */
    long shift;           /* of the index */
    bool steps;           /* it is T */
    int cost;
    const gf_slope *slope; /* instead of a name */
} atom;

/* What is done with an atom; what it builds is gone afterwards. */
typedef void atom_user(gf_editor *editor, const gf_spot *spot, const atom *a);

/* A fresh node of the atom: an offer takes back what was built before. */
static gf_tree *build(gf_editor *editor, const atom *a)
{
    gf_tree *index = NULL;
    if (a->index)
        index = gf_edit_shifted(editor, gf_edit_name(editor, a->index->name, NULL), a->shift);
    if (a->index && !index)
        return NULL;
    return gf_edit_name(editor, a->name, index);
}

static void use_at_steps(gf_editor *editor, const gf_spot *spot, atom a, atom_user *use)
{
    for (const gf_binding *b = spot->bindings; b && !editor->stopped; b = b->outer) {
        const gf_tree index = {.kind = TREE_NAME, .name = b->name};
        for (long shift = -1; shift <= 1; shift++) {
            atom at = a;
            at.index = &index;
            at.shift = shift;
            at.cost += shift != 0;
            use(editor, spot, &at);
        }
    }
    const gf_tree last = {.kind = TREE_NAME, .name = editor->m->steps_name};
    if (last.name && gf_tree_mentions(editor->root, last.name)) {
        a.index = &last;
        a.cost += 2;
        use(editor, spot, &a);
    }
}

static void each_atom(gf_editor *editor, const gf_spot *spot, atom_user *use)
{
    for (uint32_t k = 1; k < editor->m->symbol_count && !editor->stopped; k++) {
        const gf_symbol *symbol = &editor->m->symbols[k];
        if (symbol->kind < SYMBOL_PARAM || symbol->broken)
            continue;
        atom a = {.symbol = symbol, .name = k, .cost = symbol->kind == SYMBOL_INPUT || symbol->kind == SYMBOL_GIVEN};
        if (symbol->timed)
            use_at_steps(editor, spot, a, use);
        else
            use(editor, spot, &a);
    }
}

static bool has_form(const gf_editor *editor, const atom *a, int form)
{
    return editor->calculus->may[a->name] >> form & 1;
}

static int form_cost(const gf_editor *editor, int form)
{
    return editor->calculus->forms[form].cost;
}

/* --- factors -------------------------------------------------------------------------------------------------- */

/* What is unusual about a product with the name, element by element: nothing, or that one of the two is repeated. -1
 * where the product would not have the shape that the node has. */
static int strangeness(gf_editor *editor, const gf_spot *spot, const gf_symbol *symbol)
{
    int rows, cols;
    if (!symbol->rows || !gf_edit_shape(editor, spot, &rows, &cols) || (symbol->rows == rows && symbol->cols == cols))
        return 0;
    bool fits = (symbol->rows == 1 || symbol->rows == rows) && (symbol->cols == 1 || symbol->cols == cols);
    return editor->shaped && !fits ? -1 : 3;
}

static void multiply(gf_editor *editor, const gf_spot *spot, const atom *a)
{
    int strange = strangeness(editor, spot, a->symbol);
    for (int form = 0; strange >= 0 && form < editor->calculus->form_count; form++)
        if (has_form(editor, a, form))
            gf_edit_offer(editor, spot, EDIT_FACTOR, 15 + a->cost + form_cost(editor, form) + strange,
                          gf_edit_times(editor, spot->tree, gf_edit_form(editor, form, build(editor, a))));
}

/* Does the slope change from step to step? */
static bool is_timed(const gf_editor *editor, const gf_slope *slope)
{
    return gf_tree_mentions(slope->tree, editor->m->t);
}

/* What stands here is a gradient on its way, without the slope. */
static void put_in_slope(gf_editor *editor, const gf_spot *spot, const atom *a)
{
    const gf_tree *tree = a->slope->tree;
    if (a->index)
        tree = gf_edit_at_other_step(editor, tree, editor->m->t, a->index, a->shift);
    if (tree)
        gf_edit_offer(editor, spot, a->slope->sum ? EDIT_TERM : EDIT_FACTOR, 15 + a->cost,
                      gf_edit_put(editor, tree, editor->calculus->G, spot->tree));
}

static void put_in_slopes(gf_editor *editor, const gf_spot *spot, bool sums)
{
    const gf_calculus *c = editor->calculus;
    int rows, cols;
    bool known = editor->shaped && gf_edit_shape(editor, spot, &rows, &cols);
    for (int k = 0; k < c->slope_count && !editor->stopped; k++) {
        atom a = {.slope = &c->slopes[k]};
        if (a.slope->sum != sums || (known && (a.slope->rows != rows || a.slope->cols != cols)))
            continue;
        if (is_timed(editor, a.slope))
            use_at_steps(editor, spot, a, put_in_slope);
        else
            put_in_slope(editor, spot, &a);
    }
}

/* From the right and from the left, as it is and transposed. */
static void multiply_matrix(gf_editor *editor, const gf_spot *spot, const atom *a)
{
    const gf_tree *tree = spot->tree;
    bool square = !a->symbol->rows || a->symbol->rows == a->symbol->cols;
    bool square_let = a->symbol->kind == SYMBOL_LET && square;
    for (int how = 0; how < 4 && (square || !editor->shaped); how++) {
        bool left = how & 1, from_left = left && tree->kind != TREE_MATMUL;
        gf_tree *factor = build(editor, a);
        if (how / 2 == 1)
            factor = gf_edit_node(editor, TREE_TRANSPOSE, factor, NULL);
        if (!left || from_left)
            gf_edit_offer(editor, spot, EDIT_FACTOR, 15 + a->cost + (square_let ? 2 : 0),
                          gf_edit_node(editor, TREE_MATMUL, left ? factor : tree, left ? tree : factor));
    }
}

/* With the diagonal matrix of a vector, or of a form of it. */
static void multiply_diagonal(gf_editor *editor, const gf_spot *spot, const atom *a)
{
    const gf_tree *tree = spot->tree;
    bool vector = !a->symbol->rows || a->symbol->rows == 1 || a->symbol->cols == 1;
    for (int form = 0; vector && form < editor->calculus->form_count; form++)
        for (int left = 0; has_form(editor, a, form) && left < 2 && !(left && tree->kind == TREE_MATMUL); left++) {
            gf_tree *factor = gf_edit_call(editor, editor->diag, gf_edit_form(editor, form, build(editor, a)));
            gf_edit_offer(editor, spot, EDIT_FACTOR, 16 + a->cost + form_cost(editor, form),
                          gf_edit_node(editor, TREE_MATMUL, left ? factor : tree, left ? tree : factor));
        }
}

static void multiply_number(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    static const double numbers[] = {2, 0.5, 3, 4};
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        gf_edit_offer(editor, spot, EDIT_CONSTANT, 15,
                      gf_edit_node(editor, TREE_MULTIPLY, gf_edit_number(editor, numbers[k]), tree));
    for (uint32_t k = 1; k < editor->m->symbol_count; k++) {
        gf_symbol_kind kind = editor->m->symbols[k].kind;
        if (kind != SYMBOL_SIZE && kind != SYMBOL_STEPS)
            continue;
        gf_edit_offer(editor, spot, EDIT_CONSTANT, 16,
                      gf_edit_node(editor, TREE_DIVIDE, tree, gf_edit_name(editor, k, NULL)));
        gf_edit_offer(editor, spot, EDIT_CONSTANT, 16,
                      gf_edit_node(editor, TREE_MULTIPLY, tree, gf_edit_name(editor, k, NULL)));
    }
}

/* A chain of products takes a factor as a whole; a chain of matrix products takes one in between. */
static void put_in_factors(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *up = spot->up ? spot->up->tree : NULL;
    bool within = up && (up->kind == TREE_MULTIPLY || up->kind == TREE_DIVIDE || up->kind == TREE_POWER);
    bool behind = up && up->kind == TREE_MATMUL && spot->slot == 1;
    if (!within) {
        put_in_slopes(editor, spot, false);
        each_atom(editor, spot, multiply);
        multiply_number(editor, spot);
    }
    if (behind || (up && up->kind == TREE_POWER))
        return;
    each_atom(editor, spot, multiply_matrix);
    each_atom(editor, spot, multiply_diagonal);
}

/* --- another operand ---------------------------------------------------------------------------------------------- */

static bool is_call(const gf_tree *tree)
{
    return tree->kind == TREE_CALL;
}

/* A function of a name for another function would be the equation itself. */
static void stand_in(gf_editor *editor, const gf_spot *spot, const atom *a)
{
    for (int form = 0; form < editor->calculus->form_count; form++)
        if (has_form(editor, a, form) && !(is_call(spot->tree) && is_call(editor->calculus->forms[form].tree)))
            gf_edit_offer(editor, spot, EDIT_FACTOR, 20 + a->cost + form_cost(editor, form),
                          gf_edit_form(editor, form, build(editor, a)));
}

/* A leaf, or what is a form of one, or a number that stands for one. */
static void exchange_operand(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    bool leaf = gf_edit_symbol(editor, tree, spot->bindings);
    bool form = tree->kind == TREE_SUBTRACT && tree->kids[0]->kind == TREE_NUMBER;
    if (leaf || form || (tree->kind == TREE_CALL && tree->count == 1))
        each_atom(editor, spot, stand_in);
}

void gf_edit_omissions(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *up = spot->up ? spot->up->tree : NULL;
    if (spot->integer || spot->variable || spot->graph)
        return;
    if (spot->tree->kind == TREE_NUMBER && up && up->kind >= TREE_ADD && up->kind <= TREE_CALL &&
        up->kind != TREE_POWER)
        each_atom(editor, spot, stand_in);
    if (!gf_edit_is_matrix(editor, spot))
        return;
    put_in_factors(editor, spot);
    put_in_slopes(editor, spot, true);
    exchange_operand(editor, spot);
    gf_edit_additions(editor, spot);
}
