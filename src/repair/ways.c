/* The chain rule for Jacobians, by symbols: the ways from one variable to another through equations, each as a product.
 */
#include "repair/edits.h"

#include "model/scan.h"

enum { LONGEST = 5, FARTHEST = 3, MOST = 40 }; /* equations on a way, steps that it goes, ways */

/* A way so far: product @ diag(diagonal), or its negative. NULL stands for nothing yet. */
typedef struct way {
    gf_tree *product, *diagonal;
    bool negative;
    long offset; /* how far it is from step t */
    int length;
} way;

/* What is looked for. An offer takes back all that was built, so that a walk offers one way, and is walked anew for the
 * next. */
typedef struct walk {
    gf_editor *editor;
    const gf_spot *spot;
    const gf_tree *step; /* the index t, or another, that both variables are at, plus offsets */
    const gf_tree *x;
    long x_offset;
    int wanted, met;
} walk;

/* --- steps of a way ----------------------------------------------------------------------------------------------- */

static gf_tree *product(gf_editor *editor, gf_tree_kind kind, gf_tree *a, gf_tree *b)
{
    return a && b ? gf_edit_node(editor, kind, a, b) : b;
}

/* Element by element with a vector: the Jacobian is diagonal. */
static bool scale(walk *w, way *to, const gf_tree *by)
{
    gf_editor *editor = w->editor;
    gf_tree *there = gf_edit_at_other_step(editor, by, editor->m->t, w->step, to->offset);
    bool good = there && !gf_edit_is_number(editor, by, w->spot->bindings);
    if (good)
        to->diagonal = product(editor, TREE_MULTIPLY, to->diagonal, there);
    return good && to->diagonal;
}

static void flush(walk *w, way *to)
{
    gf_tree *diagonal = to->diagonal ? gf_edit_call(w->editor, w->editor->diag, to->diagonal) : NULL;
    if (diagonal)
        to->product = product(w->editor, TREE_MATMUL, to->product, diagonal);
    to->diagonal = NULL;
}

/* x @ W with x a row: W'; W @ x with x a column: W. */
static bool pass_matrix(walk *w, way *to, const gf_tree *by, bool row)
{
    gf_editor *editor = w->editor;
    gf_tree *there = gf_edit_at_other_step(editor, by, editor->m->t, w->step, to->offset);
    flush(w, to);
    if (there && row)
        there = gf_edit_node(editor, TREE_TRANSPOSE, there, NULL);
    if (there)
        to->product = product(editor, TREE_MATMUL, to->product, there);
    return there && to->product;
}

/* u = tanh(a): 1 - u^2; u = sigmoid(a): u * (1 - u); deeper within an equation 1 - tanh(a)^2. */
static bool pass_call(walk *w, way *to, const gf_statement *s, const gf_tree *call)
{
    gf_editor *editor = w->editor;
    const gf_tree *own = call == s->value ? gf_edit_name(editor, s->name, s->index) : call;
    const gf_tree *factor = own ? gf_calculus_factor(editor->calculus, call, 0, own) : NULL;
    return factor && scale(w, to, factor);
}

/* From a node to its kid number k. False where this is not known here. */
static bool pass(walk *w, way *to, const gf_statement *s, const gf_tree *node, uint32_t k)
{
    switch ((gf_tree_kind)node->kind) {
    case TREE_ADD:
        return true;
    case TREE_SUBTRACT:
        to->negative = to->negative != (k == 1);
        return true;
    case TREE_NEGATIVE:
        to->negative = !to->negative;
        return true;
    case TREE_MULTIPLY:
        return scale(w, to, node->kids[!k]);
    case TREE_MATMUL:
        return pass_matrix(w, to, node->kids[!k], k == 0);
    case TREE_CALL:
        return pass_call(w, to, s, node);
    default:
        return false;
    }
}

/* --- the walk ---------------------------------------------------------------------------------------------------- */

static void follow(walk *w, uint32_t name, way so_far);

static bool is_done(const walk *w)
{
    return w->met > w->wanted || w->editor->stopped || w->editor->out_of_memory;
}

/* t + n: n. */
static bool offset_of(const gf_tree *index, uint32_t name, long *out)
{
    bool sum = (index->kind == TREE_ADD || index->kind == TREE_SUBTRACT) && index->kids[1]->kind == TREE_NUMBER;
    const gf_tree *base = sum ? index->kids[0] : index;
    *out = sum ? (index->kind == TREE_ADD ? 1 : -1) * (long)index->kids[1]->number : 0;
    return base->kind == TREE_NAME && base->name == name;
}

static bool is_held(const walk *w, uint32_t name, long offset)
{
    const gf_tree *call = w->editor->about;
    for (uint32_t k = call->count - call->held; k < call->count; k++) {
        const gf_tree *held = call->kids[k];
        long own;
        if (held->name == name &&
            (held->kind == TREE_NAME || (offset_of(held->kids[0], w->step->name, &own) && own == offset)))
            return true;
    }
    return false;
}

static void offer(walk *w, way found)
{
    if (w->met++ != w->wanted)
        return;
    if (w->editor->diagonal)
        found.product = found.product ? NULL : found.diagonal;
    else
        flush(w, &found);
    if (found.product)
        gf_edit_offer(w->editor, w->spot, EDIT_TERM, 16,
                      gf_edit_node(w->editor, found.negative ? TREE_SUBTRACT : TREE_ADD, w->spot->tree, found.product));
}

/* A name of the graph within an equation. */
static void arrive(walk *w, const gf_tree *tree, way so_far)
{
    long offset;
    if (tree->kind != TREE_AT || !offset_of(tree->kids[0], w->editor->m->t, &offset))
        return;
    so_far.offset += offset;
    if (tree->name == w->x->name && so_far.offset == w->x_offset)
        offer(w, so_far);
    else if (!is_held(w, tree->name, so_far.offset))
        follow(w, tree->name, so_far);
}

static void descend(walk *w, const gf_statement *s, const gf_tree *tree, way so_far)
{
    if (gf_edit_symbol(w->editor, tree, NULL)) {
        arrive(w, tree, so_far);
        return;
    }
    for (uint32_t k = 0; k < tree->count && !is_done(w); k++) {
        way next = so_far;
        if (pass(w, &next, s, tree, k))
            descend(w, s, tree->kids[k], next);
    }
}

static void follow(walk *w, uint32_t name, way so_far)
{
    const gf_symbol *symbol = gf_model_symbol(w->editor->m, name);
    const gf_statement *s = symbol ? symbol->definition : NULL;
    bool near = so_far.offset <= FARTHEST && so_far.offset >= -FARTHEST && so_far.length < LONGEST;
    if (!s || s->kind != STATEMENT_EQUATION || !s->index || s->broken || !near || is_done(w))
        return;
    so_far.length++;
    descend(w, s, s->value, so_far);
}

void gf_edit_ways(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *about = editor->about;
    if (!about || !gf_tree_is_jacobian(editor->m, about) || about->kids[0]->kind != TREE_AT ||
        about->kids[1]->kind != TREE_AT)
        return;
    const gf_tree *y = about->kids[0], *x = about->kids[1], *step = x->kids[0];
    step = step->count ? step->kids[0] : step;
    walk w = {.editor = editor, .spot = spot, .step = step, .x = x};
    way start = {.length = 0};
    if (step->kind != TREE_NAME || !offset_of(x->kids[0], step->name, &w.x_offset) ||
        !offset_of(y->kids[0], step->name, &start.offset))
        return;
    for (; w.wanted < MOST && w.met >= w.wanted && !editor->stopped; w.wanted++) {
        w.met = 0;
        follow(&w, y->name, start);
    }
}
