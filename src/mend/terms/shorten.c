/* A derived term in the line's own words: its lets in place of what they come to.
 *
 * The path h[t] -> r[t+1] brings grad(r[t+1]) * r[t+1] * (1 - r[t+1]) @ Wr'. The file has let dar[t] = …, which comes
 * to just that product, one step earlier: dar[t+1] @ Wr'. Whether a let is that is seen from its values alone, at all
 * instances of the line; under a sum over time, at all steps. */
#include <gradflow/check.h>

#include "mend/terms/inside.h"
#include "model/scan.h"

enum { INDICES = 4 };

/* Where expressions are worked out. */
typedef struct shortening {
    gf_line *line;
    const gf_binding *const *bindings;
    size_t count;
    bool out_of_memory;
} shortening;

/* The value at instance k, in the arena; data NULL where there is none. */
static gf_matrix value_of(shortening *s, const gf_tree *tree, size_t k)
{
    gf_judge *judge = &s->line->claims->judge;
    gf_matrix out = {.data = NULL};
    const gf_matrix *value = gf_judge_value(judge, NULL, tree, s->bindings[k], 0, 0);
    s->out_of_memory |= value && !gf_matrix_keep(&out, s->line->arena, value);
    gf_judge_clear(judge);
    return out;
}

/* One after the other at all instances: the same, and not always zero? What is zero of any shape has one entry. */
static bool same_values(shortening *s, const gf_tree *a, const gf_tree *b)
{
    bool some = false;
    for (size_t k = 0; k < s->count && !s->out_of_memory; k++) {
        gf_comparison c;
        gf_matrix x = value_of(s, a, k), y = x.data ? value_of(s, b, k) : x;
        bool zeros = x.data && y.data && gf_matrix_max(&x) == 0 && gf_matrix_max(&y) == 0;
        if (!zeros && (!x.data || !y.data || gf_compare_within(&c, &x, &y, 1e-9) != GF_OK || !c.match))
            return false;
        some |= !zeros;
    }
    return some && !s->out_of_memory;
}

/* The indices in an expression, each once. */
static int indices_in(const gf_tree *tree, const gf_tree *out[INDICES], int count)
{
    bool known = tree->kind != TREE_AT;
    for (int k = 0; k < count && !known; k++)
        known = gf_tree_equal(out[k], tree->kids[0]);
    if (!known && count < INDICES)
        out[count++] = tree->kids[0];
    for (uint32_t k = 0; k < tree->count && tree->kind != TREE_AT; k++)
        count = indices_in(tree->kids[k], out, count);
    return count;
}

/* Only what is made of a gradient, or a Jacobian, may have a let. */
static bool is_gradient(const gf_tree *part, const void *model)
{
    const gf_symbol *symbol = gf_model_named(model, part);
    return gf_tree_is_derivative(model, part) || (symbol && symbol->kind == SYMBOL_LET);
}

static bool is_let(const gf_line *line, uint32_t name, const gf_tree *index)
{
    const gf_symbol *symbol = &line->m->symbols[name];
    return symbol->kind == SYMBOL_LET && symbol->at && !symbol->broken && symbol->timed == (index != NULL);
}

/* The let that an expression comes to; NULL where there is none. */
static const gf_tree *let_for(shortening *s, const gf_tree *tree)
{
    const gf_tree *indices[INDICES + 1] = {NULL};
    int count = indices_in(s->line->tree, indices, indices_in(tree, indices, 0));
    for (uint32_t name = 1; name < s->line->m->symbol_count; name++)
        for (int k = 0; k <= count; k++) { /* the last index is none */
            const gf_tree *index = k < count ? indices[k] : NULL;
            if (!is_let(s->line, name, index) || gf_tree_has(tree, name)) /* dq * (h[t] >= q) is dq by chance alone */
                continue;
            const gf_tree *let = gf_make_at(s->line->d, name, index);
            s->out_of_memory |= !let;
            if (let && !gf_line_bars(s->line, let) && same_values(s, tree, let))
                return let;
        }
    return NULL;
}

/* grad(q[t]) for which there is a let: a line that speaks in lets has that. One that is wrong only in the line of a
 * let, if it stands above and is told of: a claim is right at once with grad(q[t]). */
static const gf_tree *let_of_name(shortening *s, const gf_tree *tree)
{
    gf_line *line = s->line;
    const gf_model *m = line->m;
    const gf_tree *x = tree->kids[0], *own = gf_tree_has(line->tree, m->grad) ? NULL : let_for(s, tree);
    if (own)
        return own;
    uint32_t name = x->name < m->symbol_count ? line->let_of[x->name] : 0;
    bool above = name && line->statement->kind == STATEMENT_LET && m->symbols[name].definition &&
                 m->symbols[name].definition->span.begin < line->statement->span.begin;
    if (!above || gf_tree_has(line->tree, m->grad) || !gf_let_is_told(line->claims, line->arena, name))
        return tree;
    const gf_tree *let = gf_make_at(line->d, name, x->kind == TREE_AT ? x->kids[0] : NULL);
    s->out_of_memory |= !let;
    return let && !gf_line_is_needed(line, let) ? let : tree;
}

/* grad(c[t+1] | h[t]): its let; or grad(c[t+1]), where h[t] does not lie between. */
static const gf_tree *without_held(shortening *s, const gf_tree *tree)
{
    const gf_tree *let = let_for(s, tree), bare = {.kind = tree->kind, .name = tree->name};
    if (let)
        return let;
    const gf_tree *own = gf_make_raw(s->line->d, &bare, (const gf_tree **)tree->kids, tree->count - tree->held);
    s->out_of_memory |= !own;
    for (size_t k = 0; own && k < s->count; k++)
        gf_judge_collect(&s->line->claims->judge, own, s->bindings[k]);
    return own && same_values(s, tree, own) ? own : tree;
}

/* max(a, b) gives half to each where both are the same: G * ((a >= b) + (a > b)) / 2. Where they never are, that is G *
 * (a > b), as one writes it. */
static const gf_tree *without_ties(shortening *s, const gf_tree *tree)
{
    const gf_tree *half = tree->kind == TREE_DIVIDE && tree->kids[1]->kind == TREE_NUMBER ? tree->kids[0] : NULL;
    const gf_tree *sum = half && half->kind == TREE_MULTIPLY ? half->kids[1] : half;
    if (!sum || sum->kind != TREE_ADD || !gf_tree_compares(sum->kids[0]) || !gf_tree_compares(sum->kids[1]))
        return tree;
    const gf_tree *by = sum->kids[1];
    if (sum != half)
        by = gf_make_raw(s->line->d, half, (const gf_tree *[]){half->kids[0], by}, 2);
    s->out_of_memory |= !by;
    return by && same_values(s, tree, by) ? by : tree;
}

static const gf_tree *shortened(shortening *s, const gf_tree *tree, bool whole);

/* Under a sum over time its index has every step. */
static const gf_tree *shortened_body(shortening *s, const gf_tree *tree)
{
    const gf_binding *const *bindings = gf_line_at_steps(s->line, tree->name);
    shortening inner = {s->line, bindings, (size_t)s->line->m->steps, s->out_of_memory || !bindings};
    const gf_tree *body = shortened(&inner, tree->kids[0], false);
    s->out_of_memory |= inner.out_of_memory;
    return body;
}

static const gf_tree *shortened(shortening *s, const gf_tree *tree, bool whole)
{
    const gf_tree *kids[MOST_KIDS];
    bool same = true, over = gf_tree_binds(tree);
    bool gradient = gf_tree_is_grad(s->line->m, tree);
    bool leaf = gf_tree_is_name(tree) || gradient;
    if (gradient && tree->held && !s->out_of_memory)
        return without_held(s, tree);
    if (gradient && tree->count == 1 && !s->out_of_memory)
        return let_of_name(s, tree);
    if (leaf || !tree->count || tree->count > MOST_KIDS || s->out_of_memory ||
        !gf_tree_find(tree, is_gradient, s->line->m) || (over && tree->count > 1))
        return tree;
    const gf_tree *let = whole || (over && s->line->statement->kind == STATEMENT_LET) ? NULL : let_for(s, tree);
    for (uint32_t k = 0; k < tree->count && !let; k++) {
        kids[k] = over ? shortened_body(s, tree) : shortened(s, tree->kids[k], false);
        same = same && kids[k] == tree->kids[k];
    }
    const gf_tree *out = let ? let : same ? tree : gf_make_raw(s->line->d, tree, kids, tree->count);
    return out ? without_ties(s, out) : NULL;
}

static bool bars(const void *line, const gf_tree *name)
{
    return gf_line_bars(line, name);
}

const gf_tree *gf_tree_named(gf_line *line, const gf_tree *tree)
{
    const gf_naming naming = {.d = line->d, .lets = true, .own = line->statement->name, .bars = bars, .data = line};
    const gf_tree *out = gf_factors_named(&naming, tree);
    line->claims->judge.out_of_memory |= !out;
    return out ? out : tree;
}

const gf_tree *gf_tree_shortened(gf_line *line, const gf_tree *tree, bool all)
{
    shortening s = {.line = line, .bindings = line->bindings, .count = line->count};
    const gf_tree *out = shortened(&s, tree, all);
    line->claims->judge.out_of_memory |= s.out_of_memory;
    return gf_tree_named(line, out && !s.out_of_memory ? out : tree);
}

const gf_tree *gf_let_of(gf_line *line, const gf_tree *tree)
{
    shortening s = {.line = line, .bindings = line->bindings, .count = line->count};
    const gf_tree *let = gf_tree_is_name(tree) ? NULL : let_for(&s, tree);
    line->claims->judge.out_of_memory |= s.out_of_memory;
    return let;
}

/* The summand a step later, or earlier; NULL where that is the same, or not to be used. */
static const gf_tree *shifted(gf_line *line, const gf_tree *tree, int shift)
{
    gf_deriving *d = line->d;
    const gf_put_pair pair = {d->m->t, gf_index_shifted(d, gf_make_name(d, d->m->t), shift)};
    const gf_tree *other = pair.by ? gf_put_names(d, tree, &pair, 1) : NULL;
    return other && !gf_tree_equal(other, tree) && !gf_line_bars(line, other) ? other : NULL;
}

bool gf_term_by_summand(gf_line *line, const gf_addends *pieces, gf_addend *term)
{
    for (int k = 0; k < 2 * pieces->count; k++) {
        gf_worth own, turned;
        const gf_tree *tree = shifted(line, pieces->list[k / 2].tree, k % 2 ? -1 : 1);
        if (!tree)
            continue;
        if (!gf_worth_find(&own, line, tree, NULL) || (own.known && !gf_worth_add(&turned, line, NULL, -1, &own)))
            return false;
        bool minus = own.known && gf_worth_equal(line, &turned, &term->worth);
        if (!minus && !(own.known && gf_worth_equal(line, &own, &term->worth)))
            continue;
        term->tree = tree;
        term->minus = minus;
        term->when_count = 0;
        break;
    }
    return true;
}
