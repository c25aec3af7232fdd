/* The slip that no text says: two parts of an expression that have changed places.
 *
 * In `dh[t] * tanh(c[t]) * (1 - o[t]^2)` the parts are dh[t], tanh(c[t]), c[t] and o[t]: names, and functions of names.
 * Each two of them change places wherever they stand in the line, as tanh(c[t]) and o[t] here:
 * dh[t] * o[t] * (1 - tanh(c[t])^2). Likewise the indices of entry(dz[t], j, 1) * entry(h[t-1], i, 1). A row of the
 * table has its places at one node, these may be far apart. */
#include <string.h>

#include "mend/slips/rewrite.h"

enum { PARTS = 12, EXCHANGED = 13, INDICES_EXCHANGED = 8 };

/* Names, functions of names, and indices of entries, each once: what may change places. */
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

static bool is_index(const gf_editor *editor, const gf_tree *tree)
{
    return tree->kind == TREE_NAME && gf_binding_find(editor->bindings, tree->name);
}

static bool is_entry(const gf_editor *editor, const gf_tree *tree)
{
    return tree->kind == TREE_CALL && !strcmp(gf_model_text(editor->m, tree->name), "entry");
}

static void find_parts(const gf_editor *editor, parts *p, const gf_tree *tree)
{
    bool call = tree->kind == TREE_CALL && tree->count == 1 && gf_calculus_word(editor->calculus, tree->name);
    bool name = gf_edit_symbol(editor, tree, NULL);
    if (name || (call && gf_edit_symbol(editor, tree->kids[0], NULL)))
        add_part(p, tree);
    if (tree->kind == TREE_CALL && !call && !is_entry(editor, tree))
        return; /* a variable of a derivative stays */
    for (uint32_t k = 0; !name && k < tree->count; k++) {
        const gf_tree *kid = tree->kids[k];
        if (is_entry(editor, tree) && is_index(editor, kid))
            add_part(p, kid);
        else
            find_parts(editor, p, kid);
    }
}

static gf_tree *other_part(gf_editor *editor, const gf_tree *tree, void *data, bool *found)
{
    const gf_tree *const *pair = data;
    bool first = gf_tree_equal(tree, pair[0]);
    (void)editor;
    *found = first || gf_tree_equal(tree, pair[1]);
    return (gf_tree *)pair[first];
}

gf_tree *gf_edit_exchanged(gf_editor *editor, const gf_tree *tree, const gf_tree *a, const gf_tree *b)
{
    return gf_edit_map(editor, tree, other_part, (const gf_tree *[]){a, b});
}

/* In the whole side at once, wherever they stand. */
void gf_edit_exchange(gf_editor *editor, const gf_spot *spot)
{
    parts p = {.count = 0};
    if (spot->up || spot->integer)
        return;
    find_parts(editor, &p, spot->tree);
    for (int k = 0; k < p.count; k++)
        for (int n = 0; n < k && !editor->stopped; n++) {
            bool index = is_index(editor, p.of[k]);
            if (index == is_index(editor, p.of[n]))
                gf_edit_offer(editor, spot, index ? EDIT_INDEX : EDIT_NAME, index ? INDICES_EXCHANGED : EXCHANGED,
                              gf_edit_exchanged(editor, spot->tree, p.of[n], p.of[k]));
        }
}
