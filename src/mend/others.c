/* Slips that no text says: two parts of an expression exchanged, and what a derivative holds. */
#include "mend/rewrite.h"
#include "model/scan.h"

/* --- two parts exchanged ------------------------------------------------------------------------------------------ */

enum { PARTS = 12, EXCHANGED = 13 };

/* Names, and functions of names, each once: what may change places. */
typedef struct parts {
    const gf_tree *of[PARTS];
    int count;
} parts;

static void add_part(parts *p, const gf_tree *tree)
{
    for (int k = 0; k < p->count; k++)
        if (gf_tree_equal(p->of[k], tree))
            return;
    if (p->count < PARTS)
        p->of[p->count++] = tree;
}

static void find_parts(const gf_editor *editor, parts *p, const gf_tree *tree)
{
    bool call = tree->kind == TREE_CALL && tree->count == 1 && gf_calculus_word(editor->calculus, tree->name);
    bool name = gf_edit_symbol(editor, tree, NULL);
    if (name || (call && gf_edit_symbol(editor, tree->kids[0], NULL)))
        add_part(p, tree);
    if (tree->kind == TREE_CALL && !call)
        return; /* a variable of a derivative stays */
    for (uint32_t k = 0; !name && k < tree->count; k++)
        find_parts(editor, p, tree->kids[k]);
}

static gf_tree *exchanged(gf_editor *editor, const gf_tree *tree, const gf_tree *a, const gf_tree *b)
{
    gf_tree *kids[MOST_KIDS];
    bool same = true;
    if (gf_tree_equal(tree, a) || gf_tree_equal(tree, b))
        return (gf_tree *)(gf_tree_equal(tree, a) ? b : a);
    if (tree->kind == TREE_AT || tree->count > MOST_KIDS)
        return (gf_tree *)tree;
    for (uint32_t k = 0; k < tree->count; k++) {
        kids[k] = exchanged(editor, tree->kids[k], a, b);
        same = same && kids[k] == tree->kids[k];
        if (!kids[k])
            return NULL;
    }
    return same ? (gf_tree *)tree : gf_edit_with_kids(editor, tree, kids, tree->count);
}

/* In the whole side at once, wherever they stand. */
void gf_edit_exchange(gf_editor *editor, const gf_spot *spot)
{
    parts p = {.count = 0};
    if (spot->up || spot->integer)
        return;
    find_parts(editor, &p, spot->tree);
    for (int k = 0; k < p.count; k++)
        for (int n = 0; n < k && !editor->stopped; n++)
            gf_edit_offer(editor, spot, EDIT_NAME, EXCHANGED, exchanged(editor, spot->tree, p.of[n], p.of[k]));
}

/* --- what is held ------------------------------------------------------------------------------------------------- */

/* The call, its arguments without number `without` (UINT32_MAX: all of them), and one more that is held. */
static gf_tree *recall(gf_editor *editor, const gf_tree *call, uint32_t without, gf_tree *more)
{
    gf_tree *kids[GF_ARGUMENTS + 8];
    uint32_t count = 0;
    if (call->count >= GF_ARGUMENTS + 8)
        return NULL;
    for (uint32_t k = 0; k < call->count; k++)
        if (k != without)
            kids[count++] = call->kids[k];
    if (more)
        kids[count++] = more;
    gf_tree *instead = gf_edit_with_kids(editor, call, kids, count);
    if (instead && without != UINT32_MAX && without >= call->count - call->held)
        instead->held--;
    if (instead && more)
        instead->held++;
    return instead;
}

static void let_go(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *call = spot->tree;
    uint32_t first = call->count - call->held;
    gf_tree *bare = call->held ? gf_edit_with_kids(editor, call, call->kids, first) : NULL;
    if (bare)
        bare->held = 0;
    gf_edit_offer(editor, spot, EDIT_HELD, 14, bare);
    for (uint32_t k = first; call->held > 1 && k < call->count; k++)
        gf_edit_offer(editor, spot, EDIT_HELD, 14, recall(editor, call, k, NULL));
    if (gf_tree_is_grad(editor->m, call) && first == 2)
        gf_edit_offer(editor, spot, EDIT_HELD, 16, recall(editor, call, 1, NULL));
}

/* One more name of the graph held: at every step, or at the step of what the derivative is by. */
static void hold(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *call = spot->tree;
    const gf_tree *x = call->kids[gf_tree_is_grad(editor->m, call) ? 0 : 1];
    for (uint32_t k = 1; k < editor->m->symbol_count; k++) {
        const gf_symbol *symbol = &editor->m->symbols[k];
        if (symbol->kind != SYMBOL_EQUATION || symbol->broken)
            continue;
        gf_edit_offer(editor, spot, EDIT_HELD, 18, recall(editor, call, UINT32_MAX, gf_edit_name(editor, k, NULL)));
        for (long shift = 0; x->kind == TREE_AT && symbol->timed && shift < 2; shift++)
            gf_edit_offer(
                editor, spot, EDIT_HELD, 17 + (int)shift,
                recall(editor, call, UINT32_MAX, gf_edit_name(editor, k, gf_edit_shifted(editor, x->kids[0], shift))));
    }
}

/* grad(h[t]) for grad(h[t], L[t]): of one step's loss. */
static void narrow(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *call = spot->tree;
    for (uint32_t k = 1; k < editor->m->symbol_count && call->count == 1; k++) {
        const gf_symbol *symbol = &editor->m->symbols[k];
        if (symbol->kind != SYMBOL_EQUATION || !symbol->timed || symbol->rows != 1 || symbol->cols != 1)
            continue;
        for (const gf_binding *b = spot->bindings; b; b = b->outer) {
            gf_tree *kids[] = {call->kids[0], gf_edit_name(editor, k, gf_edit_name(editor, b->name, NULL))};
            if (kids[1])
                gf_edit_offer(editor, spot, EDIT_HELD, 15, gf_edit_with_kids(editor, call, kids, 2));
        }
    }
}

void gf_edit_hold(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    if (!gf_tree_is_grad(editor->m, tree) && !gf_tree_is_jacobian(editor->m, tree))
        return;
    let_go(editor, spot);
    if (gf_tree_is_grad(editor->m, tree) && spot->up)
        narrow(editor, spot);
    if (editor->wide)
        hold(editor, spot);
}
