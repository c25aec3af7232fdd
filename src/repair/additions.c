/* Terms that were left out: those that stand in other lines, and those that the chain rule asks for. */
#include "repair/edits.h"

static void add(gf_editor *editor, const gf_spot *spot, int cost, const gf_tree *term)
{
    gf_edit_offer(editor, spot, EDIT_TERM, cost, gf_edit_node(editor, TREE_ADD, spot->tree, term));
}

/* --- at another step --------------------------------------------------------------------------------------------- */

gf_tree *gf_edit_at_other_step(gf_editor *editor, const gf_tree *tree, uint32_t name, const gf_tree *step, long shift)
{
    gf_calculus *c = editor->calculus;
    const gf_put_pair pair = {name, gf_edit_shifted(editor, step, shift)};
    c->d.arena = &editor->arena;
    gf_tree *there = gf_put_names(&c->d, tree, &pair, 1);
    c->d.arena = &c->arena;
    editor->out_of_memory |= c->problems.out_of_memory;
    return there;
}

/* --- terms of other lines ----------------------------------------------------------------------------------------- */

/* Are all index names of it bound here? What `statement` binds itself is t, where it has it. */
static bool is_bound(const gf_editor *editor, const gf_spot *spot, const gf_statement *s)
{
    for (uint32_t k = 0; k < s->range_count; k++)
        if (s->ranges[k].name != editor->m->t && !gf_binding_find(spot->bindings, s->ranges[k].name))
            return false;
    return true;
}

static void add_shifted(gf_editor *editor, const gf_spot *spot, const gf_tree *term)
{
    uint32_t t = editor->m->t;
    const gf_tree step = {.kind = TREE_NAME, .name = t};
    bool mentions = gf_tree_mentions(term, t);
    if (mentions && !gf_binding_find(spot->bindings, t))
        return;
    for (long shift = mentions ? -1 : 0; shift <= (mentions ? 1 : 0); shift++)
        add(editor, spot, shift ? 20 : 19, gf_edit_at_other_step(editor, term, t, &step, shift));
}

/* The terms of a sum, one by one. */
static void add_terms(gf_editor *editor, const gf_spot *spot, const gf_tree *tree)
{
    bool sum = tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT;
    if (sum) {
        add_terms(editor, spot, tree->kids[0]);
        add_terms(editor, spot, tree->kids[1]);
    } else if (!gf_edit_is_number(editor, tree, spot->bindings) && tree->kind != TREE_NAME) {
        add_shifted(editor, spot, tree);
    }
}

static void add_from_lines(gf_editor *editor, const gf_spot *spot)
{
    for (const gf_statement *s = editor->m->file.statements; s && !editor->stopped; s = s->next) {
        if (s->broken || gf_problems_any(&s->problems) || !is_bound(editor, spot, s))
            continue;
        if (s->kind == STATEMENT_LET)
            add_terms(editor, spot, s->value);
        for (uint32_t k = 1; s->kind == STATEMENT_CLAIM && k < s->side_count; k++)
            if (s->relations[k - 1] == RELATION_EQUAL)
                add_terms(editor, spot, s->sides[k]);
    }
}

/* --- names ------------------------------------------------------------------------------------------------------- */

/* A whole term, or a sum in brackets: no mere factor. */
static bool is_term(const gf_spot *spot)
{
    const gf_tree *up = spot->up ? spot->up->tree : NULL;
    bool sum = spot->tree->kind == TREE_ADD || spot->tree->kind == TREE_SUBTRACT;
    return sum || !up || up->kind == TREE_CALL || up->kind == TREE_SUM;
}

/* NAME[index + shift], and forms of it; taken away as well. */
static void add_name(gf_editor *editor, const gf_spot *spot, uint32_t name, uint32_t index, long shift)
{
    int cost = shift ? 19 : 18;
    bool forms = is_term(spot) && editor->m->symbols[name].kind == SYMBOL_EQUATION;
    for (int form = 0; form < (forms ? editor->calculus->form_count : 1); form++)
        for (int sign = 0; sign < 2 && editor->calculus->may[name] >> form & 1; sign++) {
            gf_tree *x = gf_edit_name(editor, name, gf_edit_shifted(editor, gf_edit_name(editor, index, NULL), shift));
            gf_edit_offer(
                editor, spot, EDIT_TERM, cost + (form ? 1 : 0) + sign,
                gf_edit_node(editor, sign ? TREE_SUBTRACT : TREE_ADD, spot->tree, gf_edit_form(editor, form, x)));
        }
}

/* The terms of sums within, one by one. */
static void add_summands(gf_editor *editor, const gf_spot *spot, const gf_tree *tree)
{
    bool sum = tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT;
    for (uint32_t k = 0; tree->kind != TREE_AT && k < tree->count; k++) {
        const gf_tree *kid = tree->kids[k];
        add_summands(editor, spot, kid);
        for (int sign = 0; sum && kid->count && kid->kind != TREE_AT && sign < 2; sign++)
            gf_edit_offer(editor, spot, EDIT_TERM, 19 + sign,
                          gf_edit_node(editor, sign ? TREE_SUBTRACT : TREE_ADD, spot->tree, kid));
    }
}

/* Could the name be a term beside the node? */
static bool fits(gf_editor *editor, const gf_spot *spot, const gf_symbol *symbol)
{
    int rows, cols;
    return !editor->shaped || !symbol->rows || !gf_edit_shape(editor, spot, &rows, &cols) ||
           (symbol->rows == rows && symbol->cols == cols);
}

static void add_names(gf_editor *editor, const gf_spot *spot)
{
    for (uint32_t k = 1; k < editor->m->symbol_count && !editor->stopped; k++) {
        const gf_symbol *symbol = &editor->m->symbols[k];
        if (symbol->kind < SYMBOL_INPUT || symbol->broken || !fits(editor, spot, symbol))
            continue;
        if (!symbol->timed)
            add(editor, spot, 18, gf_edit_name(editor, k, NULL));
        for (const gf_binding *b = spot->bindings; b && symbol->timed; b = b->outer)
            for (long shift = -1; shift <= 1; shift++)
                add_name(editor, spot, k, b->name, shift);
    }
}

/* 1 - z for -z, or for z. */
static void add_one(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    bool negative = tree->kind == TREE_NEGATIVE;
    gf_edit_offer(editor, spot, EDIT_TERM, negative ? 14 : 16,
                  gf_edit_node(editor, TREE_SUBTRACT, gf_edit_number(editor, 1), negative ? tree->kids[0] : tree));
    add(editor, spot, 17, gf_edit_number(editor, 1));
    gf_edit_offer(editor, spot, EDIT_TERM, 17, gf_edit_node(editor, TREE_SUBTRACT, tree, gf_edit_number(editor, 1)));
}

/* --- by the chain rule -------------------------------------------------------------------------------------------- */

/* diag(v): v. */
static const gf_tree *diagonal_of(const gf_editor *editor, const gf_tree *tree)
{
    return tree->kind == TREE_CALL && tree->name == editor->diag ? tree->kids[0] : NULL;
}

/* The terms of what the line is about. */
static void add_chain(gf_editor *editor, const gf_spot *spot)
{
    const gf_chain_term *term =
        editor->about ? gf_calculus_terms(editor->calculus, editor->about, editor->let_of) : NULL;
    for (; term && !editor->stopped; term = term->next) {
        const gf_tree *tree = editor->diagonal ? diagonal_of(editor, term->tree) : term->tree;
        gf_edit_offer(editor, spot, EDIT_TERM, term->cost,
                      gf_edit_node(editor, term->minus ? TREE_SUBTRACT : TREE_ADD, spot->tree, tree));
        if (is_term(spot))
            add_summands(editor, spot, term->tree);
    }
    editor->out_of_memory |= editor->calculus->problems.out_of_memory;
}

void gf_edit_additions(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *up = spot->up ? spot->up->tree : NULL;
    if (up &&
        (up->kind == TREE_ADD || up->kind == TREE_SUBTRACT || up->kind == TREE_POWER || up->kind == TREE_TRANSPOSE))
        return;
    add_one(editor, spot);
    add_chain(editor, spot);
    add_names(editor, spot);
    if (is_term(spot))
        add_from_lines(editor, spot);
}
