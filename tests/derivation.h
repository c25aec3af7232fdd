/* What the tests of the writers share: a derivation taken from a model file, whose lets and claims grad(v) = … are its
 * lines. */
#ifndef GF_TESTS_DERIVATION_H
#define GF_TESTS_DERIVATION_H

#include "write/write.h"

/* Does an expression ask for a derivative? */
static inline bool asks_derivative(const gf_model *m, const gf_tree *tree)
{
    bool asks = tree->kind == TREE_CALL && (tree->name == m->grad || tree->name == m->jacobian);
    for (uint32_t k = 0; k < tree->count && !asks; k++)
        asks = asks_derivative(m, tree->kids[k]);
    return asks;
}

/* The claim grad(v) = … of a param, an input or a start, which is no let's name alone. */
static inline bool is_gradient(const gf_model *m, const gf_statement *s)
{
    if (s->kind != STATEMENT_CLAIM || s->broken || s->side_count != 2 || s->relations[0] != RELATION_EQUAL)
        return false;
    const gf_tree *side = s->sides[0];
    if (side->kind != TREE_CALL || side->name != m->grad || side->count != 1 || asks_derivative(m, s->sides[1]))
        return false;
    const gf_symbol *symbol = gf_model_symbol(m, side->kids[0]->name);
    bool start = side->kids[0]->kind == TREE_AT && symbol->kind == SYMBOL_EQUATION &&
                 !gf_tree_mentions(side->kids[0]->kids[0], m->t);
    return symbol->kind == SYMBOL_PARAM ? side->kids[0]->kind == TREE_NAME : symbol->kind == SYMBOL_INPUT || start;
}

/* What a let is the gradient of: a claim says grad(v[t]) = dv[t], or its name does. */
static inline const gf_tree *gradient_of(gf_model *m, gf_arena *arena, const gf_statement *let)
{
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_CLAIM && s->side_count == 2 && !s->broken && s->sides[0]->kind == TREE_CALL &&
            s->sides[0]->name == m->grad && s->sides[0]->count == 1 && s->sides[1]->name == let->name &&
            s->sides[1]->kind == s->sides[0]->kids[0]->kind &&
            (s->sides[1]->kind == TREE_NAME || s->sides[0]->kids[0]->kids[0]->name == m->t))
            return s->sides[0]->kids[0];
    const gf_symbol *symbol = gf_model_find(m, gf_model_text(m, let->name) + 1);
    if (gf_model_text(m, let->name)[0] != 'd' || !symbol || symbol->kind < SYMBOL_PARAM || symbol->kind >= SYMBOL_LET ||
        symbol->timed != (let->index != NULL))
        return NULL;
    gf_tree *of = gf_tree_new(arena, let->index ? TREE_AT : TREE_NAME, let->span, &let->index, let->index ? 1 : 0);
    if (of)
        of->name = gf_names_find(&m->file.names, gf_model_text(m, let->name) + 1);
    return of;
}

static inline void add_line(gf_derivation_lines *d, gf_derived ***end, const gf_statement *s, const gf_tree *of)
{
    gf_text why = {0};
    gf_text_add(&why, "as in the file: ");
    gf_statement_print(&why, &d->m->file.names, s);
    gf_derived *line = gf_arena_get(&d->arena, sizeof *line);
    *line = (gf_derived){.line = *s, .of = of, .why = gf_arena_text(&d->arena, gf_text_string(&why))};
    gf_text_free(&why);
    **end = line;
    *end = &line->next;
}

/* Ends with gf_arena_free(&d.arena); the model is the caller's. */
static inline gf_derivation_lines derivation_of(gf_model *m)
{
    gf_derivation_lines d = {.m = m};
    gf_derived **lets = &d.lets, **claims = &d.claims;
    for (const gf_statement *s = m->file.statements; s; s = s->next) {
        if (s->kind == STATEMENT_LET && !s->broken && !asks_derivative(m, s->value))
            add_line(&d, &lets, s, gradient_of(m, &d.arena, s));
        else if (is_gradient(m, s))
            add_line(&d, &claims, s, s->sides[0]->kids[0]);
    }
    return d;
}

#endif
