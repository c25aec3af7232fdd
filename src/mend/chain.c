/* One step of the chain rule: what the uses of a variable bring to its gradient, as it may be written in a line.
 *
 * z[t] = V @ h[t] uses h[t], and brings V' times the gradient of z[t]: V' @ dz[t] where a let is that, V' @ grad(z[t]),
 * or, since z[t] is used but once, V' @ (softmax(z[t]) - y[t]). The derivation knows what is brought. */
#include "derive/uses.h"
#include "mend/calculus.h"
#include "mend/edits.h"

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
    b->from = summand.from;
    b->to = summand.to;
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
    bool loss = s->kind == STATEMENT_LOSS;
    gf_walker w = {.d = d, .wants = wants, .use = note_use, .data = q};
    gf_side side = {.statement = s, .value = s->value, .index = s->index, .open = s->index, .named = !loss};
    q->gradient = loss ? 0 : stand_in(d, s->name);
    if (s->broken || (!loss && (s->kind != STATEMENT_EQUATION || !q->gradient)))
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

/* --- how they are written ----------------------------------------------------------------------------------------- */

/* How the gradient of an equation's name is written. */
typedef enum style {
    AS_LET,        /* dh[t], where there is such a let */
    AS_GRAD,       /* grad(h[t]) */
    AS_USE_OF_LET, /* made from that of the one equation in which the name is used */
    AS_USE_OF_GRAD,
    STYLES
} style;

typedef struct writing {
    gf_calculus *c;
    const gf_tree *about;
    const uint32_t *let_of;
} writing;

static gf_tree *written(const writing *w, const gf_brought *b, const gf_tree *tree, style how);

/* The tree with t at another step; NULL where it is NULL. */
static gf_tree *at_step(gf_deriving *d, const gf_tree *tree, const gf_tree *step)
{
    const gf_put_pair pair = {d->m->t, step};
    return step ? gf_put_names(d, tree, &pair, 1) : (gf_tree *)tree;
}

/* The gradient of the name of an equation, at an index. */
static gf_tree *gradient_at(const writing *w, const gf_statement *s, const gf_tree *index, style how)
{
    gf_deriving *d = &w->c->d;
    const gf_tree *about = w->about;
    const gf_brought *only = gf_calculus_brought(w->c, s->name);
    bool single = only && !only->next && !only->at && (only->gradient || about->count == 1);
    if (single && (how >= AS_USE_OF_LET || only->tree->kind == TREE_NUMBER))
        return written(w, only, at_step(d, only->tree, index), how >= AS_USE_OF_LET ? how - AS_USE_OF_LET : how);
    if (how == AS_LET)
        return w->let_of && w->let_of[s->name] ? gf_make_at(d, w->let_of[s->name], index) : NULL;
    const gf_tree *kids[] = {gf_make_at(d, s->name, index), about->count > 1 ? about->kids[1] : NULL};
    return how == AS_GRAD ? gf_make_raw(d, about, kids, about->count) : NULL;
}

static gf_tree *written(const writing *w, const gf_brought *b, const gf_tree *tree, style how)
{
    if (!tree || !b->gradient || !gf_tree_has(tree, b->gradient))
        return (gf_tree *)tree;
    if (tree->kind == TREE_AT || tree->kind == TREE_NAME)
        return gradient_at(w, b->user, tree->count ? tree->kids[0] : NULL, how);
    const gf_tree *kids[MOST_KIDS];
    for (uint32_t k = 0; k < tree->count && k < MOST_KIDS; k++)
        kids[k] = written(w, b, tree->kids[k], how);
    return tree->count <= MOST_KIDS ? gf_make_like(&w->c->d, tree, kids) : NULL;
}

void gf_calculus_add_gradient(gf_calculus *c, gf_chain *chain, const uint32_t *let_of)
{
    static const int costs[STYLES] = {[AS_LET] = 15, [AS_GRAD] = 17, [AS_USE_OF_LET] = 17, [AS_USE_OF_GRAD] = 17};
    const writing w = {c, chain->about, let_of};
    const gf_tree *x = chain->about->kids[0], *step = x->kind == TREE_AT ? x->kids[0] : NULL;
    const gf_symbol *symbol = gf_model_symbol(c->d.m, x->name);
    bool timed = symbol && symbol->timed;
    for (int how = 0; how < STYLES && timed == (step != NULL); how++)
        for (const gf_brought *b = gf_calculus_brought(c, x->name); b; b = b->next) {
            bool there = (!b->at || (step && gf_tree_equal(b->at, step))) && (b->gradient || chain->about->count == 1);
            gf_calculus_add_term(c, chain, there ? written(&w, b, at_step(&c->d, b->tree, step), (style)how) : NULL,
                                 costs[how]);
        }
}
