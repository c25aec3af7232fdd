/* Circles: a let in a line must not need the line itself, at the same step, through the lines of others. */
#include "mend/inside.h"

enum { SHIFTS = 3 };

typedef struct circle {
    const gf_line *line;
    uint32_t met[64];
    long at[64];
    int count;
} circle;

static bool leads_back(circle *c, uint32_t let, long shift);

static bool reads_back(circle *c, const gf_tree *tree, long shift)
{
    const gf_model *m = c->line->claims->m;
    bool timed = tree->kind == TREE_AT;
    const gf_symbol *symbol = timed || tree->kind == TREE_NAME ? gf_model_symbol(m, tree->name) : NULL;
    if (symbol && symbol->kind == SYMBOL_LET) {
        gf_affine index = timed ? gf_affine_of(tree->kids[0]) : (gf_affine){.fits = false};
        bool moves = index.fits && gf_affine_factor(&index, m->t) == 1;
        return leads_back(c, tree->name, moves ? shift + index.number : shift);
    }
    for (uint32_t k = 0; k < tree->count; k++)
        if (reads_back(c, tree->kids[k], shift))
            return true;
    return false;
}

static bool leads_back(circle *c, uint32_t let, long shift)
{
    if (let == c->line->statement->name && shift == 0)
        return true;
    if (shift > SHIFTS || shift < -SHIFTS || c->count == 64)
        return false;
    for (int k = 0; k < c->count; k++)
        if (c->met[k] == let && c->at[k] == shift)
            return false;
    c->met[c->count] = let;
    c->at[c->count++] = shift;
    const gf_statement *line = gf_model_symbol(c->line->claims->m, let)->definition;
    return line && line->value && reads_back(c, line->value, shift);
}

bool gf_line_circles(const gf_line *line, const gf_tree *tree)
{
    circle c = {.line = line};
    return line->statement->kind == STATEMENT_LET && reads_back(&c, tree, 0);
}
