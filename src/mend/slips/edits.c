/* Edits: the nodes they are made of, the places they are made at, and how one is offered.
 *
 * A walk goes through the expression from the root down and makes a spot of each node: what it hangs in, which indices
 * are bound there, whether it is an integer or the variable of a derivative. A rule looks at the spot and offers edits.
 * For `dc[t] * sigmoid(f[t])` a rule at the spot of sigmoid(f[t]) offers f[t] * (1 - f[t]); since that is a product
 * behind a product, it is offered for the whole, dc[t] * f[t] * (1 - f[t]), as one writes it down. What is no nonsense
 * the visitor gets to see. Trees of an edit lie in the editor's arena until the rule has been through with its spot. */
#include "mend/slips/rewrite.h"

#include <string.h>

#include "language/functions.h"

const char *gf_edit_kind_text(gf_edit_kind kind)
{
    static const char *const texts[] = {
        [EDIT_INDEX] = "time index",
        [EDIT_NAME] = "name",
        [EDIT_SIGN] = "sign",
        [EDIT_TRANSPOSE] = "transpose",
        [EDIT_ORDER] = "order",
        [EDIT_FUNCTION] = "function",
        [EDIT_MORE] = "factor too many",
        [EDIT_FACTOR] = "factor",
        [EDIT_EXTRA] = "term too many",
        [EDIT_TERM] = "term left out",
        [EDIT_REDUCTION] = "reduction",
        [EDIT_OPERATOR] = "operator",
        [EDIT_CONSTANT] = "constant",
        [EDIT_RANGE] = "range",
        [EDIT_HELD] = "held fixed",
        [EDIT_SPELLING] = "spelling",
        [EDIT_POWER] = "power of a matrix",
    };
    return texts[kind];
}

/* --- nodes -------------------------------------------------------------------------------------------------------- */

gf_tree *gf_edit_node(gf_editor *editor, gf_tree_kind kind, const gf_tree *a, const gf_tree *b)
{
    bool one = kind == TREE_NEGATIVE || kind == TREE_TRANSPOSE;
    if (one && a && a->kind == kind)
        return a->kids[0];
    return gf_make_raw(&editor->d, &(gf_tree){.kind = (uint8_t)kind}, (const gf_tree *[]){a, b}, one ? 1 : 2);
}

gf_tree *gf_edit_with_kids(gf_editor *editor, const gf_tree *tree, gf_tree *const kids[], uint32_t count)
{
    return gf_make_raw(&editor->d, tree, (const gf_tree *const *)kids, count);
}

gf_tree *gf_edit_map(gf_editor *editor, const gf_tree *tree, gf_edit_part *part, void *data)
{
    gf_tree *kids[MOST_KIDS];
    bool same = true, found = false;
    gf_tree *instead = part(editor, tree, data, &found);
    if (found)
        return instead;
    for (uint32_t k = 0; k < tree->count && tree->count <= MOST_KIDS; k++) {
        kids[k] = gf_edit_map(editor, tree->kids[k], part, data);
        same = same && kids[k] == tree->kids[k];
        if (!kids[k])
            return NULL;
    }
    return same ? (gf_tree *)tree : gf_edit_with_kids(editor, tree, kids, tree->count);
}

gf_tree *gf_edit_times(gf_editor *editor, const gf_tree *x, const gf_tree *factor)
{
    bool quotient = factor && factor->kind == TREE_DIVIDE;
    if (quotient && gf_tree_is(factor->kids[0], 1))
        return gf_edit_node(editor, TREE_DIVIDE, x, factor->kids[1]);
    if (!factor || (factor->kind != TREE_MULTIPLY && !quotient))
        return gf_edit_node(editor, TREE_MULTIPLY, x, factor);
    return gf_edit_node(editor, (gf_tree_kind)factor->kind, gf_edit_times(editor, x, factor->kids[0]), factor->kids[1]);
}

gf_tree *gf_edit_at_other_step(gf_editor *editor, const gf_tree *tree, uint32_t name, const gf_tree *step, long shift)
{
    const gf_put_pair pair = {name, gf_index_shifted(&editor->d, step, shift)};
    return gf_put_names(&editor->d, tree, &pair, 1);
}

/* --- questions ---------------------------------------------------------------------------------------------------- */

const gf_symbol *gf_edit_symbol(const gf_editor *editor, const gf_tree *tree, const gf_binding *bindings)
{
    if (tree->kind != TREE_AT && (tree->kind != TREE_NAME || gf_binding_find(bindings, tree->name)))
        return NULL;
    const gf_symbol *symbol = gf_model_symbol(editor->m, tree->name);
    return symbol && symbol->kind >= SYMBOL_PARAM ? symbol : NULL;
}

bool gf_edit_is_number(const gf_editor *editor, const gf_tree *tree, const gf_binding *bindings)
{
    if (tree->kind == TREE_NUMBER)
        return true;
    if (tree->kind == TREE_NAME)
        return !gf_edit_symbol(editor, tree, bindings);
    if (tree->kind < TREE_NEGATIVE || tree->kind > TREE_GREATER_EQUAL)
        return false;
    for (uint32_t k = 0; k < tree->count; k++)
        if (!gf_edit_is_number(editor, tree->kids[k], bindings))
            return false;
    return true;
}

static gf_term read_shape(gf_evaluation *e, const gf_tree *tree, gf_symbol *symbol, bool known, long t)
{
    (void)e, (void)tree, (void)known, (void)t;
    if (symbol->rows)
        return gf_term_matrix(NULL, symbol->rows, symbol->cols, false);
    return (gf_term){.kind = TERM_OPEN};
}

bool gf_edit_shape(gf_editor *editor, const gf_spot *spot, int *rows, int *cols)
{
    gf_evaluation e = {.m = editor->m, .bindings = spot->bindings, .read = read_shape};
    if (editor->sized != spot->tree) {
        editor->m->work = 0;
        gf_term term = gf_evaluate(&e, spot->tree);
        bool known = term.kind == TERM_MATRIX;
        editor->sized = spot->tree;
        editor->rows = known ? term.rows : 0;
        editor->cols = known ? term.cols : 0;
    }
    *rows = editor->rows;
    *cols = editor->cols;
    return editor->rows && editor->cols;
}

bool gf_edit_may_stand(const gf_symbol *symbol, const gf_spot *spot)
{
    return symbol->kind >= SYMBOL_PARAM && !symbol->broken &&
           !((spot->graph || spot->variable) && symbol->kind == SYMBOL_LET) &&
           !(spot->variable && symbol->kind == SYMBOL_GIVEN);
}

/* --- offering ----------------------------------------------------------------------------------------------------- */

/* In A * b, where c * d is to stand for b, A * c * d stands for the whole. */
static bool offer_in_chain(gf_editor *editor, const gf_spot *spot, gf_edit_kind kind, int cost, gf_tree *instead)
{
    const gf_tree *up = spot->up ? spot->up->tree : NULL;
    bool product = instead->kind == TREE_MULTIPLY || instead->kind == TREE_DIVIDE;
    if (!up || up->kind != TREE_MULTIPLY || spot->slot != 1 || !product)
        return false;
    gf_edit_offer(editor, spot->up, kind, cost, gf_edit_times(editor, up->kids[0], instead));
    return true;
}

void gf_edit_offer(gf_editor *editor, const gf_spot *spot, gf_edit_kind kind, int cost, gf_tree *instead)
{
    gf_edit edit = {.kind = kind, .cost = cost, .old = spot->tree, .instead = instead};
    editor->out_of_memory |= editor->problems.out_of_memory;
    if (editor->stopped || editor->out_of_memory || !instead || gf_tree_equal(instead, spot->tree) ||
        offer_in_chain(editor, spot, kind, cost, instead))
        return;
    if (editor->calculus && !gf_edit_is_sensible(editor, spot, instead))
        return;
    editor->stopped = !editor->visit(editor, &edit);
}

/* --- the walk ----------------------------------------------------------------------------------------------------- */

/* What kid number k is to its node. */
static gf_spot spot_of_kid(const gf_editor *editor, const gf_spot *spot, uint32_t k, gf_binding *own)
{
    const gf_tree *tree = spot->tree;
    gf_spot kid = {.up = spot,
                   .tree = tree->kids[k],
                   .slot = k,
                   .bindings = spot->bindings,
                   .integer = spot->integer,
                   .graph = spot->graph};
    gf_function function;
    uint32_t bound = gf_bound_in(tree, k);
    if (bound) {
        *own = (gf_binding){.name = bound, .outer = spot->bindings};
        kid.bindings = own;
    }
    kid.integer |= gf_tree_binds(tree) && !bound;
    if (tree->kind != TREE_CALL || !gf_function_called(&function, gf_model_text(editor->m, tree->name), tree->count))
        return kid;
    gf_argument argument = k < GF_ARGUMENTS && k < tree->count - tree->held ? function.argument[k] : ARGUMENT_VARIABLE;
    kid.integer |= argument == ARGUMENT_INTEGER;
    kid.variable = argument == ARGUMENT_VARIABLE;
    kid.graph |= argument == ARGUMENT_GRAPH;
    return kid;
}

static void walk(gf_editor *editor, const gf_spot *spot, gf_rule *rule)
{
    gf_binding own;
    void *mark = gf_arena_get(&editor->arena, 1);
    editor->out_of_memory |= !mark;
    if (editor->out_of_memory)
        return;
    rule(editor, spot);
    gf_arena_back(&editor->arena, mark);
    for (uint32_t k = 0; spot->tree->kind != TREE_AT && k < spot->tree->count && !editor->stopped; k++) {
        gf_spot kid = spot_of_kid(editor, spot, k, &own);
        walk(editor, &kid, rule);
    }
}

void gf_edit_begin(gf_editor *editor)
{
    editor->d = (gf_deriving){.m = editor->m, .arena = &editor->arena, .problems = &editor->problems};
}

void gf_edit_end(gf_editor *editor)
{
    editor->out_of_memory |= editor->problems.out_of_memory;
    gf_deriving_end(&editor->d);
    gf_arena_free(&editor->arena);
}

void gf_edit_walk(gf_editor *editor, const gf_tree *root, gf_rule *rule)
{
    const gf_spot spot = {.tree = root, .bindings = editor->bindings};
    gf_edit_begin(editor);
    editor->root = root;
    editor->stopped = false;
    walk(editor, &spot, rule);
    gf_edit_end(editor);
}

static bool is_equal(const gf_tree *part, const void *other)
{
    return gf_tree_equal(part, other);
}

bool gf_tree_has_part(const gf_tree *tree, const gf_tree *part)
{
    return gf_tree_find(tree, is_equal, part);
}
