/* Which lets expressions and claims use. */
#include "claims/claims.h"

static bool is_let(const gf_tree *part, const void *m)
{
    const gf_symbol *symbol = gf_model_named(m, part);
    return symbol && symbol->kind == SYMBOL_LET;
}

bool gf_uses_let(const gf_model *m, const gf_tree *tree)
{
    return gf_tree_find(tree, is_let, m);
}

static void gather_line(const gf_model *m, const gf_statement *line, bool used[])
{
    if (line && line->value && !line->broken)
        gf_lets_in(m, line->value, used);
}

void gf_lets_in(const gf_model *m, const gf_tree *tree, bool used[])
{
    if (is_let(tree, m) && !used[tree->name]) {
        const gf_symbol *symbol = gf_model_symbol(m, tree->name);
        used[tree->name] = true;
        gather_line(m, symbol->definition, used);
        for (const gf_start *start = symbol->starts; start; start = start->next)
            gather_line(m, start->statement, used);
    }
    for (uint32_t k = 0; k < tree->count; k++)
        gf_lets_in(m, tree->kids[k], used);
}

void gf_lets_in_claim(const gf_model *m, const gf_statement *claim, bool used[])
{
    for (uint32_t side = 0; side < claim->side_count; side++)
        gf_lets_in(m, claim->sides[side], used);
}

bool gf_judged_is_wrong(const gf_judged *judged)
{
    return judged->verdict != GF_HOLDS && judged->verdict != GF_OPEN;
}

bool gf_let_is_told(gf_claims *claims, gf_arena *arena, uint32_t let)
{
    bool *used = gf_arena_get(arena, claims->m->symbol_count * sizeof *used);
    claims->judge.out_of_memory |= !used;
    for (size_t k = 0; used && k < claims->count; k++)
        if (gf_judged_is_wrong(&claims->list[k]))
            gf_lets_in_claim(claims->m, claims->list[k].statement, used);
    return used && used[let];
}
