/* What every writer asks of a derivation: the let of a name, and the shape of an expression. */
#include "write/known.h"

/* A let has the shape of what it is the gradient of; else, as the Jacobian of a path has, that of its right side. */
static bool note_shape(gf_known *k, const gf_derived *let)
{
    gf_extents extents;
    const gf_tree *like = let->of && !k->d->paths ? let->of : let->line.value;
    const gf_extents *noted = gf_extents_of_name(&k->shapes, let->line.name); /* of a let of the file, at most */
    if ((noted && noted->let) || !gf_extents_of(&k->shapes, like, &extents))
        return false;
    gf_extents_of_let(&k->shapes, let->line.name, &extents);
    return true;
}

bool gf_known_begin(gf_known *k, const gf_derivation_lines *d)
{
    *k = (gf_known){.d = d, .step = {.name = d->m->t, .known = true, .value = 1}};
    k->problems.source = &d->m->file.source;
    bool begun = gf_deriving_begin(&k->shapes, d->m, &k->arena, &k->problems);
    k->shapes.bindings = &k->step;
    k->count = d->m->file.names.count;
    k->lets = gf_arena_get(&k->arena, ((size_t)k->count + 1) * sizeof *k->lets);
    if (!begun || !k->lets)
        return false;
    for (const gf_derived *let = d->lets; let; let = let->next)
        if (!k->lets[let->line.name])
            k->lets[let->line.name] = let;
    for (bool more = true; more && !gf_known_failed(k);) { /* a right side may have lets that stand further down */
        more = false;
        for (const gf_derived *let = d->lets; let; let = let->next)
            more |= note_shape(k, let);
    }
    return !gf_known_failed(k);
}

void gf_known_end(gf_known *k)
{
    gf_deriving_end(&k->shapes);
    gf_problems_free(&k->problems);
    gf_arena_free(&k->arena);
}

bool gf_known_failed(const gf_known *k)
{
    return !k->lets || k->problems.out_of_memory;
}

const gf_derived *gf_known_let(const gf_known *k, uint32_t name)
{
    return k->lets && name <= k->count ? k->lets[name] : NULL;
}

bool gf_known_repeats(const gf_known *k, const gf_derived *line)
{
    const gf_statement *s = &line->line;
    if (s->kind != STATEMENT_CLAIM || s->side_count != 2 || s->range_count || !line->of)
        return false;
    const gf_tree *side = s->sides[1], *of = line->of;
    const gf_derived *let = gf_tree_is_name(side) ? gf_known_let(k, side->name) : NULL;
    if (!let || !let->of || side->kind == TREE_NAME)
        return let && let->of && gf_tree_equal(let->of, of);
    return let->of->kind == TREE_AT && of->kind == TREE_AT && let->of->name == of->name &&
           gf_tree_equal(side->kids[0], of->kids[0]);
}

const gf_derived *gf_numbered_line(const gf_derivation_lines *d)
{
    for (const gf_derived *let = d->lets; let; let = let->next)
        if (let->line.index && let->line.index->kind == TREE_NUMBER)
            return let;
    return NULL;
}

bool gf_known_is_one(gf_known *k, const gf_tree *tree)
{
    gf_extents extents;
    return gf_extents_of(&k->shapes, tree, &extents) && gf_is_one(&extents, 0) && gf_is_one(&extents, 1);
}
