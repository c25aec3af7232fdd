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

static void gather_line(const gf_model *m, const gf_statement *line, unsigned char used[])
{
    if (line && line->value && !line->broken)
        gf_lets_in(m, line->value, used);
}

/* L[T], which has a line of its own. */
static bool is_for_one_step(const gf_symbol *symbol, const gf_tree *tree)
{
    const gf_start *start = tree->kind == TREE_AT ? symbol->starts : NULL;
    while (start && !gf_tree_equal(start->statement->index, tree->kids[0]))
        start = start->next;
    return start;
}

static void gather_let(const gf_model *m, const gf_tree *tree, unsigned char used[])
{
    const gf_symbol *symbol = gf_model_symbol(m, tree->name);
    int lines = GF_LINES_FOR_ONE_STEP | (is_for_one_step(symbol, tree) ? 0 : GF_LINE_FOR_ALL_STEPS);
    int more = lines & ~used[tree->name];
    used[tree->name] |= (unsigned char)lines;
    if (more & GF_LINE_FOR_ALL_STEPS)
        gather_line(m, symbol->definition, used);
    for (const gf_start *start = more & GF_LINES_FOR_ONE_STEP ? symbol->starts : NULL; start; start = start->next)
        gather_line(m, start->statement, used);
}

void gf_lets_in(const gf_model *m, const gf_tree *tree, unsigned char used[])
{
    if (is_let(tree, m))
        gather_let(m, tree, used);
    for (uint32_t k = 0; k < tree->count; k++)
        gf_lets_in(m, tree->kids[k], used);
}

void gf_lets_in_claim(const gf_model *m, const gf_statement *claim, unsigned char used[])
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
    unsigned char *used = gf_arena_get(arena, claims->m->symbol_count * sizeof *used);
    claims->judge.out_of_memory |= !used;
    for (size_t k = 0; used && k < claims->count; k++)
        if (gf_judged_is_wrong(&claims->list[k]))
            gf_lets_in_claim(claims->m, claims->list[k].statement, used);
    return used && used[let];
}
