/* What part a name plays in the equations, which says in what forms it may occur in a gradient. */
#include "repair/edits.h"

#include <stdlib.h>

#include "model/evaluate.h"

enum {
    PLAIN = 1,
    OF_SIGMOID = 1 << GF_FORM_COMPLEMENT | 1 << GF_FORM_SIGMOID_SLOPE, /* s = sigmoid(z): 1 - s, s * (1 - s) */
    OF_TANH = 1 << GF_FORM_TANH_SLOPE,                                 /* h = tanh(a): 1 - h^2 */
    INTO_SIGMOID = 1 << GF_FORM_D_SIGMOID,                             /* sigmoid'(z) */
    INTO_TANH = 1 << GF_FORM_TANH | 1 << GF_FORM_SLOPE_OF_TANH | 1 << GF_FORM_D_TANH
};

static void find_arguments(gf_editor *editor, const gf_tree *tree)
{
    const gf_tree *kid = tree->count ? tree->kids[tree->count - 1] : NULL;
    const gf_symbol *symbol = kid ? gf_edit_symbol(editor, kid, NULL) : NULL;
    if (symbol && tree->kind == TREE_CALL && tree->count == 1)
        editor->forms[kid->name] |= tree->name == editor->sigmoid ? INTO_SIGMOID : INTO_TANH;
    if (symbol && tree->kind == TREE_SUBTRACT && tree->kids[0]->kind == TREE_NUMBER)
        editor->forms[kid->name] |= OF_SIGMOID;
    for (uint32_t k = 0; k < tree->count; k++)
        find_arguments(editor, tree->kids[k]);
}

bool gf_edit_find_forms(gf_editor *editor)
{
    editor->forms = calloc(editor->m->symbol_count + 1, sizeof *editor->forms);
    if (!editor->forms)
        return false;
    for (uint32_t k = 1; k < editor->m->symbol_count; k++)
        editor->forms[k] = PLAIN;
    for (const gf_statement *s = editor->m->file.statements; s; s = s->next) {
        if (s->kind != STATEMENT_EQUATION || s->broken)
            continue;
        find_arguments(editor, s->value);
        bool call = s->value->kind == TREE_CALL && s->value->count == 1;
        if (call && s->value->name == editor->sigmoid)
            editor->forms[s->name] |= OF_SIGMOID;
        else if (call && s->value->name == editor->tanh)
            editor->forms[s->name] |= OF_TANH;
        else if (s->value->kind == TREE_CALL || s->value->kind == TREE_DIVIDE)
            editor->forms[s->name] |= OF_SIGMOID | OF_TANH;
    }
    return true;
}

/* --- shapes ------------------------------------------------------------------------------------------------------- */

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
