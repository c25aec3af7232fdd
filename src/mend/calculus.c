/* What the derivation says of a model: begun once, and kept for every line that asks. */
#include "mend/calculus.h"

#include "derive/paths.h"
#include "model/scan.h"

bool gf_calculus_begin(gf_calculus *c, gf_model *m)
{
    *c = (gf_calculus){.problems = {.source = &m->file.source}};
    c->brought = gf_arena_get(&c->arena, m->symbol_count * sizeof *c->brought);
    c->known = gf_arena_get(&c->arena, m->symbol_count * sizeof *c->known);
    if (!c->brought || !c->known || !gf_deriving_begin(&c->d, m, &c->arena, &c->problems))
        return false;
    gf_binding t = {.name = m->t, .known = true, .value = 1};
    c->d.bindings = &t;
    gf_calculus_find_forms(c);
    gf_calculus_find_slopes(c);
    gf_calculus_read_slips(c);
    c->d.bindings = NULL;
    return !c->problems.out_of_memory;
}

void gf_calculus_free(gf_calculus *c)
{
    gf_deriving_end(&c->d);
    gf_problems_free(&c->problems);
    gf_arena_free(&c->arena);
    *c = (gf_calculus){0};
}

/* --- terms -------------------------------------------------------------------------------------------------------- */

/* -a, -a * b, diag(-a) @ b: without the minus; NULL where there is none. */
static const gf_tree *without_minus(gf_calculus *c, const gf_tree *tree)
{
    bool product = tree->kind >= TREE_MATMUL && tree->kind <= TREE_DIVIDE;
    bool diagonal = tree->kind == TREE_CALL && tree->name == gf_word(&c->d, "diag");
    if (tree->kind == TREE_NEGATIVE)
        return tree->kids[0];
    const gf_tree *first = product || diagonal ? without_minus(c, tree->kids[0]) : NULL;
    return first ? gf_make_raw(&c->d, tree, (const gf_tree *[]){first, product ? tree->kids[1] : NULL}, tree->count)
                 : NULL;
}

void gf_calculus_add_term(gf_calculus *c, gf_chain *chain, const gf_tree *tree, int cost)
{
    const gf_tree *positive = tree ? without_minus(c, tree) : NULL;
    bool minus = positive;
    tree = tree ? gf_polish(&c->d, minus ? positive : tree) : NULL;
    gf_chain_term **last = &chain->terms;
    for (; tree && *last; last = &(*last)->next)
        if ((*last)->minus == minus && gf_tree_equal((*last)->tree, tree))
            return;
    gf_chain_term *term = tree ? gf_arena_get(&c->arena, sizeof *term) : NULL;
    c->problems.out_of_memory |= tree && !term;
    if (!term)
        return;
    *term = (gf_chain_term){.cost = cost, .tree = tree, .minus = minus};
    *last = term;
}

/* The one name in t + n, or in T - n; 0: it is no such index. */
static uint32_t name_in(const gf_tree *node)
{
    gf_affine index = node->kind == TREE_AT ? gf_affine_of(node->kids[0]) : (gf_affine){.fits = false};
    return index.fits && index.count == 1 && index.factor[0] == 1 ? index.name[0] : 0;
}

/* A term, or those of a sum: a path whose names can be gone through in several ways. */
static void add_ways(gf_calculus *c, gf_chain *chain, const gf_tree *tree)
{
    bool minus = tree && tree->kind == TREE_SUBTRACT, sum = minus || (tree && tree->kind == TREE_ADD);
    if (!sum) {
        gf_calculus_add_term(c, chain, tree, 16);
        return;
    }
    add_ways(c, chain, tree->kids[0]);
    add_ways(c, chain, minus ? gf_make(&c->d, TREE_NEGATIVE, tree->kids[1], NULL) : tree->kids[1]);
}

/* A term for each path of jacobian(y, x | held). The derivation finds them in t. */
static void add_paths(gf_calculus *c, gf_chain *chain)
{
    gf_deriving *d = &c->d;
    const gf_tree *about = chain->about;
    uint32_t step = name_in(about->kids[0]), t = d->m->t;
    gf_path *paths;
    int count;
    if (!step || step != name_in(about->kids[1]))
        return;
    const gf_put_pair there = {step, gf_make_name(d, t)}, back = {t, gf_make_name(d, step)};
    const gf_tree *in_t = step == t ? about : gf_put_names(d, about, &there, 1);
    const gf_tree *const *kids = in_t ? (const gf_tree *const *)in_t->kids : NULL;
    if (!kids || !gf_paths_find(d, kids[0], kids[1], kids + 2, about->held, &paths, &count))
        return;
    for (int k = 0; k < count; k++)
        if (paths[k].jacobian)
            add_ways(c, chain, gf_put_names(d, paths[k].jacobian, &back, 1));
}

const gf_chain_term *gf_calculus_terms(gf_calculus *c, const gf_tree *about, const uint32_t *let_of)
{
    gf_binding t = {.name = c->d.m->t, .known = true, .value = 1};
    for (const gf_chain *chain = c->chains; chain; chain = chain->next)
        if (chain->about == about)
            return chain->terms;
    gf_chain *chain = gf_arena_get(&c->arena, sizeof *chain);
    c->problems.out_of_memory |= !chain;
    if (!chain)
        return NULL;
    *chain = (gf_chain){.about = about, .next = c->chains};
    c->chains = chain;
    c->d.bindings = &t;
    if (gf_tree_is_jacobian(c->d.m, about))
        add_paths(c, chain);
    else if (gf_tree_is_grad(c->d.m, about) && !about->held)
        gf_calculus_add_gradient(c, chain, let_of);
    c->d.bindings = NULL;
    return chain->terms;
}
