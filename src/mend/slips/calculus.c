/* What the derivation says of a model: begun once, and kept for every line that asks. */
#include "mend/slips/calculus.h"

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
