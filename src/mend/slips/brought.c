/* One step of the chain rule: what the uses of a name bring to its gradient.
 *
 * z[t] = V @ h[t] uses h[t], and brings V' times the gradient of z[t], which stands in the tree as a name of its own.
 */
#include "derive/uses.h"
#include "mend/slips/calculus.h"

/* --- what the uses bring ------------------------------------------------------------------------------------------ */

/* A walk through the right side of an equation, for the uses of a name. */
typedef struct search {
    gf_calculus *c;
    uint32_t name, gradient;
    gf_brought **last;
} search;

static bool wants(gf_walker *w, uint32_t name)
{
    return name == ((search *)w->data)->name;
}

static void note_use(gf_walker *w, const gf_use *use)
{
    search *q = w->data;
    const gf_symbol *symbol = gf_model_symbol(w->d->m, q->name);
    gf_summand summand;
    if (!gf_solve_use(w->d, use, symbol->timed, &summand) || !summand.tree)
        return;
    gf_brought *b = gf_arena_get(w->d->arena, sizeof *b);
    w->d->problems->out_of_memory |= !b;
    if (!b)
        return;
    *b = (gf_brought){.user = use->side.statement, .gradient = q->gradient, .tree = summand.tree, .at = summand.at};
    const bool apart = symbol->timed && b->user->index; /* neither the loss nor a parameter has a step */
    b->from = summand.from;
    b->to = summand.to;
    b->shifts = !summand.at && (summand.shifts || !apart);
    b->shift = apart ? summand.shift : 0;
    *q->last = b;
    q->last = &b->next;
}

/* A name that stands for the gradient of another one. No name of a file has brackets. */
static uint32_t stand_in(gf_deriving *d, uint32_t name)
{
    gf_text text = {0};
    gf_text_print(&text, "grad(%s)", gf_model_text(d->m, name));
    uint32_t made = text.failed ? 0 : gf_word(d, gf_text_string(&text));
    d->problems->out_of_memory |= text.failed;
    gf_text_free(&text);
    const gf_extents *known = gf_extents_of_name(d, name);
    gf_extents extents = known ? *known : (gf_extents){.size = {0, 0}};
    if (!made || !known)
        return 0;
    gf_extents_of_let(d, made, &extents);
    return made;
}

static void walk_side(search *q, const gf_statement *s)
{
    gf_deriving *d = &q->c->d;
    bool loss = s->kind == STATEMENT_LOSS, open = s->kind == STATEMENT_EQUATION && s->index;
    gf_walker w = {.d = d, .wants = wants, .use = note_use, .data = q};
    gf_side side = {.statement = s, .value = s->value, .index = s->index, .open = open, .named = !loss};
    q->gradient = loss ? 0 : stand_in(d, s->name);
    if (s->broken || (!loss && !q->gradient))
        return;
    side.own = loss ? NULL : gf_make_at(d, s->name, s->index);
    side.gradient = loss ? gf_make_number(d, 1) : gf_make_at(d, q->gradient, s->index);
    gf_walk_side(&w, &side);
}

const gf_brought *gf_calculus_brought(gf_calculus *c, uint32_t name)
{
    search q = {.c = c, .name = name, .last = &c->brought[name]};
    if (!c->known[name])
        for (const gf_statement *s = c->d.m->file.statements; s; s = s->next)
            if (s->value && (s->kind == STATEMENT_EQUATION || s->kind == STATEMENT_START || s->kind == STATEMENT_LOSS))
                walk_side(&q, s);
    c->known[name] = true;
    return c->brought[name];
}
