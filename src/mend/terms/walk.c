/* The paths of a gradient: from a name to what uses it, and on, until a name at which the terms end.
 *
 * What a use brings is linear in the gradient of the equation that it stands in. In grad(h[t]) the use in
 * a[t] = W @ h[t-1] + … brings W' @ G(a)[t+1], where G(a) is a name that stands for the gradient of a. If paths end at
 * a, the let da, or grad(a), is put in for it: W' @ da[t+1]. If they do not, each use of a is gone through in turn, and
 * what it brings is put in, at its step: h[t] = tanh(a[t]) brings G(h)[t] * (1 - h[t]^2), so that W' @ G(a)[t+1]
 * becomes W' @ (G(h)[t+1] * (1 - h[t+1]^2)); and so on. A name that is met a second time on a path makes the grain
 * fail, for its paths have no end. What counts at some steps only, such as the use of h[T] in a loss, says when.
 *
 * A let is put in only where it does not need the line itself at the same step, directly or through others: da[t] is
 * not for the line of dh[t], which it is made of, but da[t+1] is. */
#include <limits.h>
#include <string.h>

#include "mend/terms/pathfinder.h"
#include "model/scan.h"

/* --- what the line mentions --------------------------------------------------------------------------------------- */

static uint32_t name_of_let(const gf_line *line, uint32_t let)
{
    for (uint32_t k = 1; k < line->m->symbol_count; k++)
        if (line->let_of[k] == let)
            return k;
    return 0;
}

/* A let that stands for a gradient, or one that is made of some. */
static void note_let(gf_pathfinder *f, uint32_t let)
{
    const gf_symbol *symbol = gf_model_symbol(f->m, let);
    uint32_t name = name_of_let(f->line, let);
    if (name)
        f->says[name] = true;
    else if (!f->seen[let] && symbol->definition && symbol->definition->value &&
             symbol->definition != f->line->statement) {
        f->seen[let] = true;
        gf_pathfinder_mentions(f, symbol->definition->value);
    }
}

void gf_pathfinder_mentions(gf_pathfinder *f, const gf_tree *tree)
{
    const gf_symbol *symbol = gf_model_named(f->m, tree);
    if (symbol && symbol->kind == SYMBOL_LET)
        note_let(f, tree->name);
    if (gf_tree_is_grad(f->m, tree) && tree->kids[0]->name < f->m->symbol_count && gf_tree_is_name(tree->kids[0]))
        f->says[tree->kids[0]->name] = true;
    for (uint32_t k = 0; k < tree->count; k++)
        gf_pathfinder_mentions(f, tree->kids[k]);
}

/* --- circles ------------------------------------------------------------------------------------------------------ */

enum { SHIFTS = 3 };

typedef struct circle {
    const gf_line *line;
    uint32_t met[64];
    long at[64];
    int count, deep;
} circle;

static bool leads_back(circle *c, uint32_t let, long shift);

static bool reads_back(circle *c, const gf_tree *tree, long shift)
{
    const gf_model *m = c->line->m;
    bool timed = tree->kind == TREE_AT;
    const gf_symbol *symbol = timed || tree->kind == TREE_NAME ? gf_model_symbol(m, tree->name) : NULL;
    if (symbol && symbol->kind == SYMBOL_LET) {
        if (!c->deep && gf_tree_has_part(c->line->tree, tree)) /* it stands there: another line is at fault */
            return false;
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
    if (let == c->line->statement->name)
        return shift == 0; /* at other steps its line is the one that is to be mended */
    if (shift > SHIFTS || shift < -SHIFTS || c->count == 64)
        return false;
    for (int k = 0; k < c->count; k++)
        if (c->met[k] == let && c->at[k] == shift)
            return false;
    c->met[c->count] = let;
    c->at[c->count++] = shift;
    const gf_statement *line = gf_model_symbol(c->line->m, let)->definition;
    c->deep++;
    bool back = line && line->value && reads_back(c, line->value, shift);
    c->deep--;
    return back;
}

/* Is it a let that is not to be brought in? */
static bool is_avoided(const gf_tree *part, const void *data)
{
    const gf_line *line = data;
    return gf_tree_is_name(part) && part->name < line->m->symbol_count && line->avoid[part->name];
}

bool gf_line_is_needed(const gf_line *line, const gf_tree *tree)
{
    circle c = {.line = line};
    return line->statement->kind == STATEMENT_LET && reads_back(&c, tree, 0);
}

bool gf_line_bars(const gf_line *line, const gf_tree *tree)
{
    return (line->avoid && gf_tree_find(tree, is_avoided, line)) || gf_line_is_needed(line, tree);
}

/* --- walking ------------------------------------------------------------------------------------------------------ */

static bool is_of_name(const gf_tree *part, const void *name)
{
    return gf_tree_is_name(part) && part->name == *(const uint32_t *)name;
}

/* The tree with t at another step; as it is where step is NULL. */
static const gf_tree *at_step(gf_pathfinder *f, const gf_tree *tree, const gf_tree *step)
{
    const gf_put_pair pair = {f->m->t, step};
    return step && tree ? gf_put_names(f->d, tree, &pair, 1) : tree;
}

/* What stands in place of a gradient: something of the index at which it is asked for. */
typedef const gf_tree *filling(gf_pathfinder *f, const gf_walk *w, const gf_tree *index, const void *data);

static const gf_tree *filled(gf_pathfinder *f, const gf_walk *w, const gf_tree *tree, filling *fill, const void *data)
{
    const gf_tree *kids[MOST_KIDS];
    if (!tree || !gf_tree_has(tree, w->gradient))
        return tree;
    if (gf_tree_is_name(tree))
        return fill(f, w, tree->count ? tree->kids[0] : NULL, data);
    for (uint32_t k = 0; k < tree->count && k < MOST_KIDS; k++)
        kids[k] = filled(f, w, tree->kids[k], fill, data);
    return tree->count <= MOST_KIDS ? gf_make_like(f->d, tree, kids) : NULL;
}

/* The let that stands for the gradient of a name, at an index; NULL where there is none, or the line itself is needed
 * for it. Its shape is noted: what has none counts as a number, and rows(dH, t, t) would be dH. */
static const gf_tree *let_of(gf_pathfinder *f, uint32_t name, const gf_tree *index)
{
    uint32_t let = f->line->let_of[name];
    const gf_extents *extents = let ? gf_extents_of_name(f->d, name) : NULL;
    if (!extents)
        return NULL;
    gf_extents_of_let(f->d, let, extents);
    const gf_tree *own = gf_make_at(f->d, let, index);
    return own && !gf_line_bars(f->line, own) ? own : NULL;
}

static const gf_tree *fill_gradient(gf_pathfinder *f, const gf_walk *w, const gf_tree *index, const void *data)
{
    (void)data;
    const gf_tree *x = gf_make_at(f->d, w->user->name, index), *kids[MOST_KIDS] = {x};
    bool lets = f->about->count == 1 && w->user->kind != STATEMENT_START;
    const gf_tree *own = lets ? let_of(f, w->user->name, index) : NULL;
    for (uint32_t k = 1; k < f->about->count && k < MOST_KIDS; k++)
        kids[k] = f->about->kids[k];
    if (x && f->about->count - f->about->held == 2 && gf_tree_equal(x, kids[1]))
        return gf_make_number(f->d, 1); /* grad(L[t], L[t]) */
    return own ? own : gf_make_raw(f->d, f->about, kids, f->about->count);
}

/* The tree with other indices for its sums than those in `around`. */
static const gf_tree *with_own_indices(gf_pathfinder *f, const gf_tree *tree, const gf_tree *around)
{
    const gf_tree *kids[MOST_KIDS], *avoid[] = {around, tree};
    bool over = tree && gf_tree_binds(tree), same = true;
    if (!tree || tree->kind == TREE_AT || tree->count > MOST_KIDS)
        return tree;
    if (over && gf_tree_has(around, tree->name)) {
        uint32_t name = gf_new_index(f->d, avoid, 2);
        const gf_put_pair pair = {tree->name, gf_make_name(f->d, name)};
        tree = gf_with_index(f->d, tree, name, gf_put_names(f->d, gf_tree_body(tree), &pair, 1));
    }
    for (uint32_t k = 0; tree && k < tree->count; k++) {
        kids[k] = with_own_indices(f, tree->kids[k], around);
        same = same && kids[k] == tree->kids[k];
    }
    return !tree || same ? tree : gf_make_raw(f->d, tree, kids, tree->count);
}

static const gf_tree *fill_brought(gf_pathfinder *f, const gf_walk *w, const gf_tree *index, const void *data)
{
    return with_own_indices(f, at_step(f, ((const gf_brought *)data)->tree, index), w->tree);
}

/* sum(t, E): E, which is what one step brings. */
static const gf_tree *share(gf_pathfinder *f, const gf_tree *tree, const gf_tree *step)
{
    const gf_put_pair pair = {tree->name, step};
    if (tree->kind == TREE_NEGATIVE)
        return gf_make(f->d, TREE_NEGATIVE, share(f, tree->kids[0], step), NULL);
    if (tree->kind != TREE_SUM || tree->count != 1) {
        f->out->failed |= f->m->steps_name;
        return tree;
    }
    return gf_put_names(f->d, gf_tree_body(tree), &pair, 1);
}

/* -a, -a * b, diag(-a) @ b: without the minus; NULL where there is none. */
static const gf_tree *without_minus(gf_pathfinder *f, const gf_tree *tree)
{
    bool product = tree->kind >= TREE_MATMUL && tree->kind <= TREE_DIVIDE;
    bool diagonal = tree->kind == TREE_CALL && tree->name == gf_word(f->d, "diag");
    if (tree->kind == TREE_NEGATIVE)
        return tree->kids[0];
    const gf_tree *first = product || diagonal ? without_minus(f, tree->kids[0]) : NULL;
    return first ? gf_make_raw(f->d, tree, (const gf_tree *[]){first, product ? tree->kids[1] : NULL}, tree->count)
                 : NULL;
}

static bool same_steps(const gf_addend *a, const gf_addend *b)
{
    bool same = a->when_count == b->when_count;
    for (int k = 0; same && k < a->when_count; k++) {
        const gf_when *x = &a->when[k], *y = &b->when[k];
        same = gf_tree_equal(x->index, y->index) && !x->is == !y->is && (!x->is || gf_tree_equal(x->is, y->is)) &&
               x->from == y->from && x->to == y->to;
    }
    return same;
}

/* v[t]' @ v[t] brings v[t] the same twice. Is the term the second one? Then the first is both. */
static bool is_second(gf_pathfinder *f, const gf_addend *term)
{
    for (int k = 0; k < f->out->count; k++) {
        gf_addend *first = &f->out->list[k];
        if (first->minus != term->minus || first->later != term->later || !same_steps(first, term) ||
            strcmp(first->path, term->path) != 0 || !gf_tree_equal(first->tree, term->tree))
            continue;
        first->tree = gf_polish(f->d, gf_make(f->d, TREE_ADD, first->tree, term->tree));
        f->out->failed |= !first->tree;
        return true;
    }
    return false;
}

void gf_pathfinder_add(gf_pathfinder *f, const gf_walk *w)
{
    gf_addends *out = f->out;
    const gf_tree *tree = w->tree ? gf_polish(f->d, w->tree) : NULL;
    const gf_tree *x = f->about->kids[0];
    if (f->step && tree)
        tree = gf_polish(f->d, share(f, tree, x->kids[0]));
    out->failed |= !tree || out->count == GF_ADDENDS;
    if (out->failed)
        return;
    if (f->about != f->line->truth)
        tree = gf_polish(f->d, gf_tree_with(f->line->arena, f->line->truth, f->about, tree));
    out->failed |= !tree;
    if (out->failed)
        return;
    const gf_tree *positive = without_minus(f, tree);
    gf_addend term = {.tree = positive ? positive : tree, .minus = positive, .path = w->path, .later = w->later};
    memcpy(term.when, w->when, sizeof term.when);
    term.when_count = w->when_count;
    if (!is_second(f, &term))
        out->list[out->count++] = term;
}

/* "c[t] -> c[t+1]", one name longer. */
const char *gf_pathfinder_longer(gf_pathfinder *f, const char *path, uint32_t name, const gf_tree *index)
{
    gf_text w = {0};
    gf_text_print(&w, "%s%s", path, *path ? " -> " : "");
    const gf_tree *at = gf_make_at(f->d, name, index);
    if (at)
        gf_tree_print(&w, &f->m->file.names, at);
    const char *kept = gf_text_keep(&w, f->line->arena);
    f->out_of_memory |= !kept || !at;
    return kept ? kept : "";
}

static bool is_free(const gf_pathfinder *f, const gf_tree *index)
{
    gf_affine a = index ? gf_affine_of(index) : (gf_affine){.fits = true};
    for (int k = 0; a.fits && k < a.count; k++) {
        const gf_symbol *symbol = gf_model_symbol(f->m, a.name[k]);
        bool number = symbol && (symbol->kind == SYMBOL_STEPS || symbol->kind == SYMBOL_SIZE);
        if (!number && !gf_binding_find(f->line->bindings[0], a.name[k]))
            return false;
    }
    return a.fits;
}

/* A use that brings something at some steps only. Under a sum the index has all steps of the file. */
static bool restrict_to(gf_pathfinder *f, gf_walk *w, const gf_brought *b, const gf_tree *index)
{
    bool ever = b->from <= LONG_MIN + 1 && b->to == LONG_MAX, whole = b->from <= 1 && b->to >= f->m->steps;
    bool bound = index && index->kind == TREE_NAME && !gf_binding_find(f->line->bindings[0], index->name);
    if (!index || (!b->at && (ever || (whole && bound))))
        return true;
    if (!is_free(f, index) || w->when_count == GF_WHENS)
        return false;
    w->when[w->when_count++] = (gf_when){index, b->at, b->from, b->to};
    return true;
}

static void go_on(gf_pathfinder *f, const gf_walk *w, int deep);

/* Every use of a name, at an index. */
static void each_use(gf_pathfinder *f, const gf_walk *w, uint32_t name, const gf_tree *index, int deep)
{
    for (const gf_brought *b = gf_calculus_brought(f->line->calculus, name); b && !f->out->failed; b = b->next) {
        gf_walk next = *w;
        if (b->at && !w->tree && index) /* it is told at the step that counts */
            next.path = gf_pathfinder_longer(f, "", name, b->at);
        next.gradient = b->gradient;
        next.user = b->user;
        next.tree = w->tree ? filled(f, w, w->tree, fill_brought, b) : at_step(f, b->tree, index);
        if (!b->gradient && f->of)
            continue;
        f->out->failed |= !next.tree || !restrict_to(f, &next, b, index);
        go_on(f, &next, deep + 1);
    }
}

static bool is_number(const gf_brought *b)
{
    return b && !b->next && !b->at && !b->gradient && b->tree->kind == TREE_NUMBER;
}

/* A gradient that is a number is written as that, unless the line itself names it. */
static bool ends_here(gf_pathfinder *f, uint32_t name)
{
    if (f->of || f->says[name])
        return true;
    bool ends = f->grain == GRAIN_NAMES || (f->grain == GRAIN_LETS && f->line->let_of[name]) || name == f->own;
    return ends && !is_number(gf_calculus_brought(f->line->calculus, name));
}

/* An equation is for steps 1..T. */
static bool is_beyond(gf_pathfinder *f, const gf_statement *s, const gf_tree *index)
{
    long step;
    return s->kind == STATEMENT_EQUATION && index && gf_index_value(f->d, index, NULL, &step) &&
           (step < 1 || step > f->m->steps);
}

/* How many steps lie between the variable and the end of a path. */
static long steps_to(const gf_pathfinder *f, const gf_tree *index)
{
    const gf_tree *x = f->about->kids[0];
    if (!index || x->kind != TREE_AT)
        return 0;
    gf_affine a = gf_affine_of(index), b = gf_affine_of(x->kids[0]), far = gf_affine_sum(a, -1, &b);
    return far.fits && !far.count ? far.number : 0;
}

/* Is the path cut there, in grad(c[t] | h[t])? What is asked for is held in vain. */
static bool is_held(gf_pathfinder *f, uint32_t name, const gf_tree *index)
{
    const gf_tree *about = f->about;
    if (f->of && is_of_name(f->of, &name))
        return false;
    for (uint32_t k = about->count - about->held; k < about->count; k++) {
        const gf_tree *held = about->kids[k];
        if (!is_of_name(held, &name))
            continue;
        if (held->kind == TREE_NAME || !index)
            return true;
        gf_affine a = gf_affine_of(index), b = gf_affine_of(held->kids[0]), apart = gf_affine_sum(a, -1, &b);
        if (!apart.fits || apart.count) /* at some steps it is, at others it is not */
            f->out->failed = true;
        else if (!apart.number)
            return true;
    }
    return false;
}

static void go_on(gf_pathfinder *f, const gf_walk *w, int deep)
{
    const gf_tree *gradient = w->tree && w->gradient ? gf_tree_find(w->tree, is_of_name, &w->gradient) : NULL;
    if (f->out->failed || f->out_of_memory)
        return;
    if (!gradient) {
        gf_walk end = *w;
        if (!w->gradient && !strstr(w->path, " -> "))
            end.path = gf_pathfinder_longer(f, w->path, gf_word(f->d, "loss"), NULL);
        gf_pathfinder_add(f, &end);
        return;
    }
    const gf_tree *index = gradient->count ? gradient->kids[0] : NULL;
    if (is_beyond(f, w->user, index) || is_held(f, w->user->name, index))
        return;
    gf_walk next = *w;
    next.path = gf_pathfinder_longer(f, w->path, w->user->name, index);
    next.later = f->step ? 0 : steps_to(f, index);
    const gf_tree *own = gf_make_at(f->d, w->user->name, index);
    f->out_of_memory |= !own;
    bool said = own && f->says[w->user->name] && gf_tree_has_part(f->line->tree, own); /* grad(s[0]) */
    bool starts = w->user->kind == STATEMENT_START && !f->of && f->grain != GRAIN_NAMES && !said;
    if (!starts && ends_here(f, w->user->name)) {
        next.tree = filled(f, w, w->tree, fill_gradient, NULL);
        gf_pathfinder_add(f, &next);
        return;
    }
    f->on[deep] = starts ? 0 : w->user->name;
    for (int k = 0; k < deep && !starts; k++)
        f->out->failed |= f->on[k] == w->user->name;
    if (deep + 1 < GF_FAR)
        each_use(f, &next, w->user->name, index, deep);
    else
        f->out->failed = true;
}

/* --- gradients ---------------------------------------------------------------------------------------------------- */

void gf_pathfinder_gradient(gf_pathfinder *f, gf_grain grain)
{
    const gf_tree *about = f->about, *x = about->kids[0], *index = x->kind == TREE_AT ? x->kids[0] : NULL;
    bool wanted = !about->held || (f->for_hints && about->count <= MOST_KIDS);
    bool plain = wanted && gf_tree_is_name(x) && x->name < f->m->symbol_count;
    if (!plain || f->m->symbols[x->name].kind < SYMBOL_PARAM || f->m->symbols[x->name].kind == SYMBOL_LET) {
        f->out->failed = true;
        return;
    }
    f->grain = grain;
    f->of = about->count - about->held > 1 ? about->kids[1] : NULL;
    f->step = index && !f->m->symbols[x->name].timed;
    f->own = f->m->symbols[x->name].timed ? x->name : 0;
    f->on[0] = x->name;
    gf_walk w = {.path = gf_pathfinder_longer(f, "", x->name, f->step ? NULL : index)};
    each_use(f, &w, x->name, f->step ? NULL : index, 0);
}
