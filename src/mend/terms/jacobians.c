/* The paths of a Jacobian, which derive/ finds, as terms of a line.
 *
 *     let J[t] = diag(1 - h[t]^2) @ W                   claim jacobian(h[t], h[t-1]) = J[t]
 *     let S[t] = diag(1 - h[t]^2) @ kron(eye(m), h[t-1]')            claim jacobian(h[t], W) = S[t]
 *
 * Between two names of a model each path is a term, and derive/ has its matrix. A parameter is used at every step, so
 * there the paths have no end: real-time recurrent learning carries what was known of the step before on. So the terms
 * are one for each path from a state of that step, times what the let is there, diag(1 - h[t]^2) @ W @ S[t-1], which is
 * missing above; and what is direct, jacobian(h[t], W | h[t-1]), which is not written out any further. In a net that
 * runs backward the states are those of the step behind. */
#include "derive/paths.h"
#include "mend/terms/pathfinder.h"

/* diag(a) @ diag(b): a * b. NULL where it is no diagonal matrix. */
static const gf_tree *diagonal_of(gf_pathfinder *f, const gf_tree *tree)
{
    if (tree->kind == TREE_CALL && tree->name == gf_word(f->d, "diag"))
        return tree->kids[0];
    if (tree->kind == TREE_NEGATIVE) {
        const gf_tree *of = diagonal_of(f, tree->kids[0]);
        return of ? gf_make(f->d, TREE_NEGATIVE, of, NULL) : NULL;
    }
    if (tree->kind != TREE_MATMUL)
        return NULL;
    const gf_tree *a = diagonal_of(f, tree->kids[0]), *b = diagonal_of(f, tree->kids[1]);
    return a && b ? gf_make(f->d, TREE_MULTIPLY, a, b) : NULL;
}

static const gf_tree *identity(gf_pathfinder *f, const gf_tree *y)
{
    gf_extents extents;
    if (!gf_extents_of(f->d, y, &extents))
        return NULL;
    const gf_tree *size = extents.text[gf_is_one(&extents, 1) ? 0 : 1], *kids[] = {size, gf_make_number(f->d, 1)};
    return f->line->diagonal ? gf_make_call(f->d, gf_word(f->d, "ones"), kids, 2)
                             : gf_make_call(f->d, gf_word(f->d, "eye"), kids, 1);
}

static bool is_scalar(gf_pathfinder *f, const gf_tree *tree)
{
    gf_extents extents;
    return gf_extents_of(f->d, tree, &extents) && gf_is_one(&extents, 0) && gf_is_one(&extents, 1);
}

/* `behind`: the Jacobian of the path's end by what it is asked for; NULL: it is that. */
static void add_path(gf_pathfinder *f, const gf_path *path, const gf_put_pair *back, const gf_tree *behind)
{
    gf_walk w = {.path = ""};
    for (int k = path->count; k-- > 0;) {
        const gf_tree *at = path->nodes[k]->count ? gf_put_names(f->d, path->nodes[k]->kids[0], back, 1) : NULL;
        w.path = gf_pathfinder_longer(f, w.path, path->nodes[k]->name, at);
    }
    w.tree = path->jacobian ? path->jacobian : behind ? behind : identity(f, path->nodes[0]);
    if (w.tree && f->line->diagonal && path->jacobian)
        w.tree = diagonal_of(f, w.tree);
    if (w.tree && behind && path->jacobian)
        w.tree = gf_make(f->d, is_scalar(f, w.tree) ? TREE_MULTIPLY : TREE_MATMUL, w.tree, behind);
    w.tree = w.tree ? gf_put_names(f->d, w.tree, back, 1) : NULL;
    gf_pathfinder_add(f, &w);
}

/* The one name in the index of y and x. */
static uint32_t step_of(const gf_tree *y, const gf_tree *x)
{
    gf_affine a = y->kind == TREE_AT ? gf_affine_of(y->kids[0]) : (gf_affine){.fits = false};
    gf_affine b = x->kind == TREE_AT ? gf_affine_of(x->kids[0]) : (gf_affine){.fits = false};
    bool one = a.fits && b.fits && a.count == 1 && b.count == 1 && a.factor[0] == 1 && b.factor[0] == 1;
    return one && a.name[0] == b.name[0] ? a.name[0] : 0;
}

/* --- by a parameter ----------------------------------------------------------------------------------------------- */

enum { STATES = 8 };

/* jacobian(y, x | held …) */
static const gf_tree *with_held(gf_pathfinder *f, const gf_tree *y, const gf_tree *x, const gf_tree *const held[],
                                int count)
{
    const gf_tree *kids[2 + STATES] = {y, x};
    const gf_tree like = {.kind = f->about->kind, .name = f->about->name, .held = (uint8_t)count};
    for (int k = 0; k < count; k++)
        kids[2 + k] = held[k];
    return gf_make_raw(f->d, &like, kids, 2 + (uint32_t)count);
}

/* By how many steps an equation takes its own values over: -1 from the one before, 1 from the one behind, where it
 * starts beyond the last; 0: it has no start. */
static long shift_of(const gf_model *m, const gf_symbol *symbol)
{
    const gf_start *start = symbol->kind == SYMBOL_EQUATION ? symbol->starts : NULL;
    while (start && start->index > 0 && start->index <= m->steps)
        start = start->next;
    return !start ? 0 : start->index > 0 ? 1 : -1;
}

/* How many there are; more than STATES are counted alone. */
static int find_states(gf_pathfinder *f, const gf_tree *states[STATES])
{
    int count = 0;
    for (uint32_t k = 1; k < f->m->symbol_count; k++) {
        long shift = shift_of(f->m, &f->m->symbols[k]);
        if (shift && count++ < STATES)
            states[count - 1] = gf_make_at(f->d, k, gf_index_shifted(f->d, gf_make_name(f->d, f->m->t), shift));
    }
    return count;
}

/* The terms of a Jacobian by a parameter. */
static void add_carried(gf_pathfinder *f, const gf_tree *y, const gf_tree *x)
{
    const gf_tree *states[STATES], *held[STATES];
    int count = find_states(f, states);
    const gf_put_pair back = {f->m->t, gf_make_name(f->d, f->m->t)};
    gf_walk own = {.path = gf_pathfinder_longer(f, "", x->name, NULL)};
    bool carried = false;
    for (int k = 0; k < count && count <= STATES; k++) {
        gf_path *paths = NULL;
        int found = 0, others = 0;
        for (int n = 0; n < count; n++)
            if (n != k)
                held[others++] = states[n];
        const gf_tree *behind = with_held(f, states[k], x, NULL, 0);
        if (!gf_paths_find(f->d, y, states[k], held, others, &paths, &found))
            found = 0; /* no path comes from there */
        for (int n = 0; n < found && behind; n++)
            add_path(f, &paths[n], &back, behind);
        carried |= found;
    }
    f->out->failed = !carried || f->line->diagonal;
    own.path = gf_pathfinder_longer(f, own.path, y->name, y->kids[0]);
    own.tree = f->out->failed ? NULL : with_held(f, y, x, states, count);
    if (own.tree)
        gf_pathfinder_add(f, &own);
}

/* The derivation finds paths in t. */
void gf_pathfinder_jacobian(gf_pathfinder *f)
{
    const gf_tree *about = f->about;
    /* A claim that has the direct way alone says it of what is held, more likely. */
    bool let = f->line->statement->kind == STATEMENT_LET && !about->held && about->kids[1]->kind == TREE_NAME;
    if (let && about->kids[0]->kind == TREE_AT && gf_tree_equal(about->kids[0]->kids[0], gf_make_name(f->d, f->m->t))) {
        add_carried(f, about->kids[0], about->kids[1]);
        return;
    }
    uint32_t step = step_of(about->kids[0], about->kids[1]), t = f->d->m->t;
    gf_path *paths = NULL;
    int count = 0;
    const gf_put_pair there = {step, step ? gf_make_name(f->d, t) : NULL},
                      back = {t, step ? gf_make_name(f->d, step) : NULL};
    const gf_tree *in_t = !step ? NULL : step == t ? about : gf_put_names(f->d, about, &there, 1);
    const gf_tree *const *kids = in_t ? (const gf_tree *const *)in_t->kids : NULL;
    f->out->failed = !kids || !gf_paths_find(f->d, kids[0], kids[1], kids + 2, about->held, &paths, &count);
    for (int k = 0; k < count && !f->out->failed; k++)
        add_path(f, &paths[k], &back, NULL);
}
