/* What is asked of a model: its names, their instances and shapes, and whether work on it was ended. */
#include "model/model.h"

/* --- names ------------------------------------------------------------------------------------------------------- */

gf_symbol *gf_model_symbol(const gf_model *m, uint32_t name)
{
    return name < m->symbol_count ? &m->symbols[name] : NULL;
}

gf_symbol *gf_model_named(const gf_model *m, const gf_tree *tree)
{
    return gf_tree_is_name(tree) ? gf_model_symbol(m, tree->name) : NULL;
}

gf_symbol *gf_model_find(const gf_model *m, const char *name)
{
    uint32_t number = gf_names_find(&m->file.names, name);
    return number == UINT32_MAX ? NULL : gf_model_symbol(m, number);
}

const char *gf_model_text(const gf_model *m, uint32_t name)
{
    return gf_names_text(&m->file.names, name);
}

static void keep_function(gf_model *m, gf_symbol *symbol, const gf_function *function)
{
    gf_function *kept = gf_arena_get(&m->arena, sizeof *kept);
    m->problems.out_of_memory |= !kept;
    if (kept)
        *kept = *function;
    symbol->function = kept;
}

bool gf_model_function(gf_model *m, gf_function *out, const gf_tree *call)
{
    gf_symbol *symbol = gf_model_symbol(m, call->name);
    if (symbol && symbol->function)
        *out = *symbol->function;
    else if (!gf_function_find(out, gf_model_text(m, call->name)))
        return false;
    else if (symbol) /* an edit's name stands in no file */
        keep_function(m, symbol, out);
    gf_function_choose(out, gf_model_text(m, call->name), call->count - call->held);
    return true;
}

const gf_binding *gf_binding_find(const gf_binding *bindings, uint32_t name)
{
    while (bindings && bindings->name != name)
        bindings = bindings->outer;
    return bindings;
}

/* --- steps ------------------------------------------------------------------------------------------------------- */

gf_instance *gf_symbol_instance(const gf_model *m, gf_symbol *symbol, long t)
{
    if (!symbol->timed)
        return symbol->at;
    if (t >= 1 && t <= m->steps)
        return symbol->at ? &symbol->at[t - 1] : NULL;
    for (gf_start *start = symbol->kind == SYMBOL_LET ? NULL : symbol->starts; start; start = start->next)
        if (start->index == t)
            return &start->instance;
    return NULL;
}

const gf_statement *gf_let_line(const gf_symbol *symbol, long t)
{
    for (const gf_start *start = symbol->timed ? symbol->starts : NULL; start; start = start->next)
        if (start->index == t)
            return start->statement;
    return symbol->definition;
}

/* --- shapes and work --------------------------------------------------------------------------------------------- */

void gf_model_note_shape(gf_model *m, gf_problems *problems, gf_problem *problem, const gf_symbol *symbol)
{
    const gf_statement *s = symbol->shaped_by;
    if (!s)
        return;
    static const char *const origins[] = {[STATEMENT_START] = " by its start",
                                          [STATEMENT_EQUATION] = " by its equation",
                                          [STATEMENT_LET] = " by its line"};
    bool declared = s->kind == STATEMENT_INPUT || s->kind == STATEMENT_GIVEN || s->kind == STATEMENT_PARAM;
    gf_problem_note(problems, problem, "%s is %s%d x %d%s on line %d", gf_model_text(m, s->name),
                    declared ? "declared " : "", symbol->rows, symbol->cols, declared ? "" : origins[s->kind],
                    gf_statement_line(&m->file.source, s));
    bool number = s->kind == STATEMENT_START && s->value && s->value->kind == TREE_NUMBER;
    if (number) /* start h[0] = 0 */
        gf_problem_note(problems, problem, "for a start of another shape write  start %s[…] : ROWS x COLS = %g",
                        gf_model_text(m, s->name), s->value->number);
}

bool gf_model_ended(const gf_model *m)
{
    gf_watch *watch = m->watch;
    if (watch && !watch->ended)
        watch->ended = !watch->goes_on(watch->data);
    return watch && watch->ended;
}
