/* Names and functions that there are not: what was meant by them. */
#include <string.h>

#include "language/functions.h"
#include "mend/slips/edits.h"
#include "text/nearest.h"

/* A name of the file in place of one that is unknown. */
static void respell(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    const gf_tree *index = tree->kind == TREE_AT ? tree->kids[0] : NULL;
    const char *text = gf_model_text(editor->m, tree->name);
    for (uint32_t k = 1; k < editor->m->symbol_count; k++) {
        const gf_symbol *symbol = &editor->m->symbols[k];
        bool number = symbol->kind == SYMBOL_SIZE || symbol->kind == SYMBOL_STEPS;
        const char *other = gf_model_text(editor->m, k);
        int far = gf_edit_distance(text, other, 3), cost = far > 3 ? 21 : 8 + 3 * far + (strlen(text) == strlen(other));
        if (number && !index)
            gf_edit_offer(editor, spot, EDIT_SPELLING, cost, gf_make_name(&editor->d, k));
        if (!gf_edit_may_stand(symbol, spot))
            continue;
        if (symbol->timed && !index)
            for (const gf_binding *b = spot->bindings; b; b = b->outer)
                gf_edit_offer(editor, spot, EDIT_SPELLING, cost + 2,
                              gf_make_at(&editor->d, k, gf_make_name(&editor->d, b->name)));
        else
            gf_edit_offer(editor, spot, EDIT_SPELLING, cost,
                          gf_make_at(&editor->d, k, symbol->timed || spot->variable ? index : NULL));
    }
}

/* An index that is missing, or one too many. */
static void reindex(gf_editor *editor, const gf_spot *spot, const gf_symbol *symbol)
{
    const gf_tree *tree = spot->tree;
    if (tree->kind == TREE_AT && !symbol->timed && !spot->variable)
        gf_edit_offer(editor, spot, EDIT_INDEX, 10, gf_make_name(&editor->d, tree->name));
    if (tree->kind != TREE_NAME || !symbol->timed || spot->variable)
        return;
    for (const gf_binding *b = spot->bindings; b; b = b->outer)
        for (long shift = -1; shift <= 1; shift++)
            gf_edit_offer(editor, spot, EDIT_INDEX, shift ? 13 : 10,
                          gf_make_at(&editor->d, tree->name,
                                     gf_index_shifted(&editor->d, gf_make_name(&editor->d, b->name), shift)));
}

/* A function that there is not; or U(h) for U @ h; or max(0, a) for relu(a). */
static void respell_call(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree, *last = tree->kids[tree->count - 1];
    const char *text = gf_model_text(editor->m, tree->name), *name;
    const gf_symbol *symbol = gf_model_symbol(editor->m, tree->name);
    gf_function function;
    char room[GF_FUNCTION_NAME];
    if (symbol && symbol->kind >= SYMBOL_PARAM && !symbol->timed)
        for (int k = TREE_MATMUL; k <= TREE_MULTIPLY; k++)
            gf_edit_offer(editor, spot, EDIT_SPELLING, 10,
                          gf_edit_node(editor, (gf_tree_kind)k, gf_make_name(&editor->d, tree->name), last));
    if (gf_function_find(&function, text))
        return;
    for (int k = 0; (name = gf_function_name(k, room)) && !editor->stopped; k++) {
        int far = gf_edit_distance(text, name, 3);
        uint32_t number = *name && far <= 3 ? gf_names_add(&editor->m->file.names, name) : 0;
        gf_tree *instead = number ? gf_edit_with_kids(editor, tree, tree->kids, tree->count) : NULL;
        if (instead)
            instead->name = number;
        gf_edit_offer(editor, spot, EDIT_SPELLING, 8 + 3 * far, instead);
    }
}

static void spelling(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    const gf_symbol *symbol = gf_model_symbol(editor->m, tree->name);
    if (tree->kind == TREE_CALL && tree->count)
        respell_call(editor, spot);
    if (tree->kind != TREE_AT && (tree->kind != TREE_NAME || gf_binding_find(spot->bindings, tree->name)))
        return;
    bool number = symbol && tree->kind == TREE_AT && symbol->kind != SYMBOL_NONE && symbol->kind < SYMBOL_PARAM;
    if (!symbol || symbol->kind == SYMBOL_NONE || number || (spot->graph && symbol->kind == SYMBOL_LET))
        respell(editor, spot);
    else if (symbol->kind >= SYMBOL_PARAM)
        reindex(editor, spot, symbol);
}

void gf_edit_each_spelling(gf_editor *editor, const gf_tree *root)
{
    gf_edit_walk(editor, root, spelling);
}
