/* The terms of what a line stands for: what each path brings, as a tree in the line's own indices.
 *
 * c[t] = f[t] * c[t-1] + … and h[t] = o[t] * tanh(c[t]) use c[t]: the first brings f[t+1] times the gradient of c[t+1],
 * the second o[t] * (1 - tanh(c[t])^2) times that of h[t]. A line that says dh[t] stops there; one that says nothing of
 * h is walked on, to what h[t] is used for. So the same gradient has terms of several grains, and a line is held
 * against the coarsest that fits. Whatever is found has to add up to the truth: if it does not, as where a use is too
 * intricate for derive/, the terms of that grain are none. */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "derive/paths.h"
#include "mend/inside.h"
#include "model/scan.h"

enum { FAR = 12 }; /* names on a path */

/* A search for terms. */
typedef struct finder {
    gf_line *line;
    gf_terms *out;
    bool *stops;          /* by number of a name: paths end there */
    bool *says;           /* likewise: the line mentions its gradient */
    const gf_tree *about; /* the derivative: the truth, or what stands in it */
    const gf_tree *of;    /* grad(x[t], s): whose gradients are written */
    bool names;           /* paths end at every name */
    bool step;            /* one step's share in a parameter's */
    uint32_t on[FAR];
    bool out_of_memory;
} finder;

static gf_deriving *deriving(finder *f)
{
    return &f->line->calculus->d;
}

static const gf_model *model_of(const gf_line *line)
{
    return line->claims->m;
}

/* --- what the line mentions --------------------------------------------------------------------------------------- */

static uint32_t name_of_let(const gf_line *line, uint32_t let)
{
    for (uint32_t k = 1; k < model_of(line)->symbol_count; k++)
        if (line->let_of[k] == let)
            return k;
    return 0;
}

static void note_mentioned(finder *f, const gf_tree *tree, int deep);

/* A let that stands for a gradient, or one that is made of some. */
static void note_let(finder *f, uint32_t let, int deep)
{
    const gf_symbol *symbol = gf_model_symbol(model_of(f->line), let);
    uint32_t name = name_of_let(f->line, let);
    if (name)
        f->says[name] = true;
    else if (deep < FAR && symbol->definition && symbol->definition->value && symbol->definition != f->line->statement)
        note_mentioned(f, symbol->definition->value, deep + 1);
}

static void note_mentioned(finder *f, const gf_tree *tree, int deep)
{
    const gf_model *m = model_of(f->line);
    const gf_symbol *symbol = tree->kind == TREE_AT || tree->kind == TREE_NAME ? gf_model_symbol(m, tree->name) : NULL;
    if (symbol && symbol->kind == SYMBOL_LET)
        note_let(f, tree->name, deep);
    if (gf_tree_is_grad(m, tree) && tree->kids[0]->name < m->symbol_count &&
        (tree->kids[0]->kind == TREE_AT || tree->kids[0]->kind == TREE_NAME))
        f->says[tree->kids[0]->name] = true;
    for (uint32_t k = 0; k < tree->count; k++)
        note_mentioned(f, tree->kids[k], deep);
}

/* --- walking ------------------------------------------------------------------------------------------------------ */

/* A path so far: what it brings, with the gradient of the equation in which it has arrived. */
typedef struct walk {
    const gf_tree *tree;
    uint32_t gradient; /* the name that stands for that; 0: it is the loss */
    const gf_statement *user;
    const char *path;
    gf_when when[GF_WHENS];
    int when_count;
} walk;

static const gf_tree *find_name(const gf_tree *tree, uint32_t name)
{
    if ((tree->kind == TREE_AT || tree->kind == TREE_NAME) && tree->name == name)
        return tree;
    for (uint32_t k = 0; k < tree->count; k++) {
        const gf_tree *found = find_name(tree->kids[k], name);
        if (found)
            return found;
    }
    return NULL;
}

/* The tree with t at another step; as it is where step is NULL. */
static const gf_tree *at_step(finder *f, const gf_tree *tree, const gf_tree *step)
{
    const gf_put_pair pair = {model_of(f->line)->t, step};
    return step && tree ? gf_put_names(deriving(f), tree, &pair, 1) : tree;
}

/* What stands in place of a gradient: something of the index at which it is asked for. */
typedef const gf_tree *filling(finder *f, const walk *w, const gf_tree *index, const void *data);

static const gf_tree *filled(finder *f, const walk *w, const gf_tree *tree, filling *fill, const void *data)
{
    const gf_tree *kids[MOST_KIDS];
    if (!tree || !gf_tree_has(tree, w->gradient))
        return tree;
    if (tree->kind == TREE_AT || tree->kind == TREE_NAME)
        return fill(f, w, tree->count ? tree->kids[0] : NULL, data);
    for (uint32_t k = 0; k < tree->count && k < MOST_KIDS; k++)
        kids[k] = filled(f, w, tree->kids[k], fill, data);
    return tree->count <= MOST_KIDS ? gf_make_like(deriving(f), tree, kids) : NULL;
}

static const gf_tree *fill_gradient(finder *f, const walk *w, const gf_tree *index, const void *data)
{
    (void)data;
    gf_deriving *d = deriving(f);
    uint32_t let = f->of ? 0 : f->line->let_of[w->user->name];
    const gf_tree *kids[] = {gf_make_at(d, w->user->name, index), f->of};
    const gf_tree like = {.kind = TREE_CALL, .name = model_of(f->line)->grad};
    const gf_tree *own = let && w->user->kind != STATEMENT_START ? gf_make_at(d, let, index) : NULL;
    if (own && !gf_line_circles(f->line, own))
        return own;
    return gf_make_raw(d, &like, kids, f->of ? 2 : 1);
}

static const gf_tree *fill_brought(finder *f, const walk *w, const gf_tree *index, const void *data)
{
    (void)w;
    return at_step(f, ((const gf_brought *)data)->tree, index);
}

/* sum(t, E): E, which is what one step brings. */
static const gf_tree *share(finder *f, const gf_tree *tree, const gf_tree *step)
{
    const gf_model *m = model_of(f->line);
    const gf_put_pair pair = {tree->name, step};
    if (tree->kind == TREE_NEGATIVE)
        return gf_make(deriving(f), TREE_NEGATIVE, share(f, tree->kids[0], step), NULL);
    if (tree->kind != TREE_SUM || tree->count != 1) {
        f->out->failed |= m->steps_name;
        return tree;
    }
    return gf_put_names(deriving(f), gf_tree_body(tree), &pair, 1);
}

/* -a, -a * b, diag(-a) @ b: without the minus; NULL where there is none. */
static const gf_tree *without_minus(finder *f, const gf_tree *tree)
{
    gf_deriving *d = deriving(f);
    bool product = tree->kind >= TREE_MATMUL && tree->kind <= TREE_DIVIDE;
    bool diagonal = tree->kind == TREE_CALL && tree->name == gf_word(d, "diag");
    if (tree->kind == TREE_NEGATIVE)
        return tree->kids[0];
    const gf_tree *first = product || diagonal ? without_minus(f, tree->kids[0]) : NULL;
    return first ? gf_make_raw(d, tree, (const gf_tree *[]){first, product ? tree->kids[1] : NULL}, tree->count) : NULL;
}

static const gf_tree *with_lets(finder *f, const gf_tree *tree);

/* The index of the first gradient in a tree, or of the let that stands for it; NULL where there is none. */
static const gf_tree *index_of_gradient(finder *f, const gf_tree *tree)
{
    const gf_tree *x = tree->count ? tree->kids[0] : NULL, *found = NULL;
    if (gf_tree_is_grad(model_of(f->line), tree))
        return x->kind == TREE_AT ? x->kids[0] : NULL;
    if (tree->kind == TREE_AT)
        return name_of_let(f->line, tree->name) ? x : NULL;
    for (uint32_t k = 0; k < tree->count && !found; k++)
        found = index_of_gradient(f, tree->kids[k]);
    return found;
}

/* dz[t+1] for grad(z[t+1]) * z[t+1] * (1 - z[t+1]); NULL where no let stands for that. */
static const gf_tree *let_of_part(finder *f, const gf_tree *tree)
{
    gf_deriving *d = deriving(f);
    const gf_tree *index = tree->count > 1 ? index_of_gradient(f, tree) : NULL;
    for (size_t k = 0; index && k < f->line->part_count; k++) {
        const gf_part_let *part = &f->line->parts[k];
        bool timed = model_of(f->line)->symbols[part->let].timed;
        const gf_put_pair step = {d->m->t, index};
        const gf_tree *truth = gf_put_names(d, part->truth, &step, 1);
        truth = truth ? gf_polish(d, truth) : NULL;
        const gf_tree *by = gf_make_at(d, part->let, timed ? index : NULL);
        bool same = truth && (gf_tree_equal(truth, tree) || gf_tree_equal(with_lets(f, truth), tree));
        if (same && by && part->let != f->line->statement->name && !gf_line_circles(f->line, by))
            return by;
    }
    return NULL;
}

static const gf_tree *with_parts(finder *f, const gf_tree *tree)
{
    const gf_tree *kids[MOST_KIDS], *by = let_of_part(f, tree);
    bool same = true;
    if (by || tree->kind == TREE_AT || tree->count > MOST_KIDS)
        return by ? by : tree;
    for (uint32_t k = 0; k < tree->count; k++) {
        kids[k] = with_parts(f, tree->kids[k]);
        same = same && kids[k] == tree->kids[k];
    }
    return same ? tree : gf_make_raw(deriving(f), tree, kids, tree->count);
}

static void add_term(finder *f, const walk *w)
{
    gf_terms *out = f->out;
    const gf_tree *tree = w->tree ? gf_polish(deriving(f), w->tree) : NULL;
    const gf_tree *x = f->about->kids[0];
    if (f->step && tree)
        tree = gf_polish(deriving(f), share(f, tree, x->kids[0]));
    out->failed |= !tree || out->count == GF_TERMS;
    if (out->failed)
        return;
    if (f->about != f->line->truth)
        tree = gf_polish(deriving(f), gf_tree_with(f->line->arena, f->line->truth, f->about, tree));
    out->failed |= !tree;
    if (out->failed)
        return;
    tree = with_parts(f, tree);
    const char *path = gf_path_at_step(f->line, w->path, w->when, w->when_count);
    f->out_of_memory |= !path;
    const gf_tree *positive = without_minus(f, tree);
    gf_path_term *term = &out->list[out->count++];
    *term = (gf_path_term){.tree = positive ? positive : tree, .minus = positive, .path = path};
    memcpy(term->when, w->when, sizeof term->when);
    term->when_count = w->when_count;
}

/* "c[t] -> c[t+1]", one name longer. */
static const char *longer(finder *f, const char *path, uint32_t name, const gf_tree *index)
{
    gf_text w = {0};
    gf_text_print(&w, "%s%s", path, *path ? " -> " : "");
    gf_tree_print(&w, &model_of(f->line)->file.names, gf_make_at(deriving(f), name, index));
    const char *kept = w.failed ? NULL : gf_arena_text(f->line->arena, gf_text_string(&w));
    f->out_of_memory |= !kept;
    gf_text_free(&w);
    return kept ? kept : "";
}

static bool is_free(const finder *f, const gf_tree *index)
{
    gf_affine a = index ? gf_affine_of(index) : (gf_affine){.fits = true};
    for (int k = 0; a.fits && k < a.count; k++)
        if (!gf_binding_find(f->line->bindings[0], a.name[k]) &&
            gf_model_symbol(model_of(f->line), a.name[k])->kind != SYMBOL_STEPS &&
            gf_model_symbol(model_of(f->line), a.name[k])->kind != SYMBOL_SIZE)
            return false;
    return a.fits;
}

/* A use that brings something at some steps only. */
static bool restrict_to(finder *f, walk *w, const gf_brought *b, const gf_tree *index)
{
    bool always = !b->at && b->from <= 1 && b->to >= model_of(f->line)->steps;
    if (!index || always)
        return true;
    if (!is_free(f, index) || w->when_count == GF_WHENS)
        return false;
    w->when[w->when_count++] = (gf_when){index, b->at, b->from, b->to};
    return true;
}

static void go_on(finder *f, const walk *w, int deep);

/* Every use of a name, at an index. */
static void each_use(finder *f, const walk *w, uint32_t name, const gf_tree *index, int deep)
{
    for (const gf_brought *b = gf_calculus_brought(f->line->calculus, name); b && !f->out->failed; b = b->next) {
        walk next = *w;
        if (b->at && !w->tree && index) /* it is told at the step that counts */
            next.path = longer(f, "", name, b->at);
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
static bool ends_here(finder *f, uint32_t name)
{
    if (f->of)
        return true;
    return f->stops[name] && (f->says[name] || !is_number(gf_calculus_brought(f->line->calculus, name)));
}

/* An equation is for steps 1..T. */
static bool is_beyond(finder *f, const gf_statement *s, const gf_tree *index)
{
    long step;
    return s->kind == STATEMENT_EQUATION && index && gf_index_value(deriving(f), index, NULL, &step) &&
           (step < 1 || step > model_of(f->line)->steps);
}

static void go_on(finder *f, const walk *w, int deep)
{
    const gf_tree *gradient = w->tree && w->gradient ? find_name(w->tree, w->gradient) : NULL;
    if (f->out->failed || f->out_of_memory)
        return;
    if (!gradient) {
        walk end = *w;
        end.path = w->gradient ? w->path : longer(f, w->path, gf_word(deriving(f), "loss"), NULL);
        add_term(f, &end);
        return;
    }
    const gf_tree *index = gradient->count ? gradient->kids[0] : NULL;
    if (is_beyond(f, w->user, index))
        return;
    walk next = *w;
    next.path = longer(f, w->path, w->user->name, index);
    bool starts = w->user->kind == STATEMENT_START && !f->of && !f->names;
    if (!starts && ends_here(f, w->user->name)) {
        next.tree = filled(f, w, w->tree, fill_gradient, NULL);
        add_term(f, &next);
        return;
    }
    f->on[deep] = starts ? 0 : w->user->name;
    for (int k = 0; k < deep && !starts; k++)
        f->out->failed |= f->on[k] == w->user->name;
    if (deep + 1 < FAR)
        each_use(f, &next, w->user->name, index, deep);
    else
        f->out->failed = true;
}

/* --- gradients ---------------------------------------------------------------------------------------------------- */

static void set_stops(finder *f, gf_grain grain, uint32_t own)
{
    for (uint32_t k = 1; k < model_of(f->line)->symbol_count; k++)
        f->stops[k] = grain == GRAIN_NAMES || f->says[k] || (grain == GRAIN_LETS && f->line->let_of[k]) || k == own;
}

static void find_gradient(finder *f, gf_grain grain)
{
    const gf_tree *about = f->about, *x = about->kids[0], *index = x->kind == TREE_AT ? x->kids[0] : NULL;
    const gf_model *m = model_of(f->line);
    bool plain = (x->kind == TREE_AT || x->kind == TREE_NAME) && x->name < m->symbol_count && !about->held;
    if (!plain || m->symbols[x->name].kind < SYMBOL_PARAM || m->symbols[x->name].kind == SYMBOL_LET) {
        f->out->failed = true;
        return;
    }
    f->names = grain == GRAIN_NAMES;
    f->of = about->count > 1 ? about->kids[1] : NULL;
    f->step = index && !m->symbols[x->name].timed;
    set_stops(f, grain, m->symbols[x->name].timed ? x->name : 0);
    f->on[0] = x->name;
    walk w = {.path = longer(f, "", x->name, f->step ? NULL : index)};
    each_use(f, &w, x->name, f->step ? NULL : index, 0);
}

/* --- Jacobians ---------------------------------------------------------------------------------------------------- */

/* diag(a) @ diag(b): a * b. NULL where it is no diagonal matrix. */
static const gf_tree *diagonal_of(finder *f, const gf_tree *tree)
{
    gf_deriving *d = deriving(f);
    if (tree->kind == TREE_CALL && tree->name == gf_word(d, "diag"))
        return tree->kids[0];
    if (tree->kind == TREE_NEGATIVE) {
        const gf_tree *of = diagonal_of(f, tree->kids[0]);
        return of ? gf_make(d, TREE_NEGATIVE, of, NULL) : NULL;
    }
    if (tree->kind != TREE_MATMUL)
        return NULL;
    const gf_tree *a = diagonal_of(f, tree->kids[0]), *b = diagonal_of(f, tree->kids[1]);
    return a && b ? gf_make(d, TREE_MULTIPLY, a, b) : NULL;
}

static const gf_tree *identity(finder *f, const gf_tree *y)
{
    gf_deriving *d = deriving(f);
    gf_extents extents;
    if (!gf_extents_of(d, y, &extents))
        return NULL;
    const gf_tree *size = extents.text[gf_is_one(&extents, 1) ? 0 : 1], *kids[] = {size, gf_make_number(d, 1)};
    return f->line->diagonal ? gf_make_call(d, gf_word(d, "ones"), kids, 2)
                             : gf_make_call(d, gf_word(d, "eye"), kids, 1);
}

static void add_path(finder *f, const gf_path *path, const gf_put_pair *back)
{
    walk w = {.path = ""};
    for (int k = path->count; k-- > 0;) {
        const gf_tree *at = path->nodes[k]->count ? gf_put_names(deriving(f), path->nodes[k]->kids[0], back, 1) : NULL;
        w.path = longer(f, w.path, path->nodes[k]->name, at);
    }
    w.tree = path->jacobian ? path->jacobian : identity(f, path->nodes[0]);
    if (w.tree && f->line->diagonal && path->jacobian)
        w.tree = diagonal_of(f, w.tree);
    w.tree = w.tree ? gf_put_names(deriving(f), w.tree, back, 1) : NULL;
    add_term(f, &w);
}

/* The one name in the index of y and x. */
static uint32_t step_of(const gf_tree *y, const gf_tree *x)
{
    gf_affine a = y->kind == TREE_AT ? gf_affine_of(y->kids[0]) : (gf_affine){.fits = false};
    gf_affine b = x->kind == TREE_AT ? gf_affine_of(x->kids[0]) : (gf_affine){.fits = false};
    bool one = a.fits && b.fits && a.count == 1 && b.count == 1 && a.factor[0] == 1 && b.factor[0] == 1;
    return one && a.name[0] == b.name[0] ? a.name[0] : 0;
}

/* The derivation finds paths in t. */
static void find_paths(finder *f)
{
    gf_deriving *d = deriving(f);
    const gf_tree *about = f->about;
    uint32_t step = step_of(about->kids[0], about->kids[1]), t = d->m->t;
    gf_path *paths = NULL;
    int count = 0;
    const gf_put_pair there = {step, step ? gf_make_name(d, t) : NULL}, back = {t, step ? gf_make_name(d, step) : NULL};
    const gf_tree *in_t = !step ? NULL : step == t ? about : gf_put_names(d, about, &there, 1);
    const gf_tree *const *kids = in_t ? (const gf_tree *const *)in_t->kids : NULL;
    f->out->failed = !kids || !gf_paths_find(d, kids[0], kids[1], kids + 2, about->held, &paths, &count);
    for (int k = 0; k < count && !f->out->failed; k++)
        add_path(f, &paths[k], &back);
}

/* --- whatever else ------------------------------------------------------------------------------------------------ */

/* The tree with lets for the gradients that they stand for. */
static const gf_tree *with_lets(finder *f, const gf_tree *tree)
{
    const gf_model *m = model_of(f->line);
    const gf_tree *kids[MOST_KIDS], *x = tree->count ? tree->kids[0] : NULL;
    bool own = gf_tree_is_grad(m, tree) && tree->count == 1 && (x->kind == TREE_AT || x->kind == TREE_NAME);
    uint32_t let = own && x->name < m->symbol_count && m->symbols[x->name].timed == (x->kind == TREE_AT)
                       ? f->line->let_of[x->name]
                       : 0;
    const gf_tree *by = let ? gf_make_at(deriving(f), let, x->count ? x->kids[0] : NULL) : NULL;
    bool same = true;
    if (by && !gf_line_circles(f->line, by))
        return by;
    if (tree->kind == TREE_AT || tree->count > MOST_KIDS)
        return tree;
    for (uint32_t k = 0; k < tree->count; k++) {
        kids[k] = with_lets(f, tree->kids[k]);
        same = same && kids[k] == tree->kids[k];
    }
    return same ? tree : gf_make_raw(deriving(f), tree, kids, tree->count);
}

static void find_summands(finder *f, const gf_tree *tree, bool minus)
{
    bool sum = tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT || tree->kind == TREE_NEGATIVE;
    if (sum) {
        if (tree->kind != TREE_NEGATIVE)
            find_summands(f, tree->kids[0], minus);
        find_summands(f, tree->kids[tree->count - 1], minus != (tree->kind != TREE_ADD));
    } else if (f->out->count < GF_TERMS) {
        f->out->list[f->out->count++] = (gf_path_term){.tree = with_lets(f, tree), .minus = minus, .path = ""};
    }
}

/* The one derivative in an expression; NULL where there is none, or several. */
static const gf_tree *find_derivative(const gf_model *m, const gf_tree *tree, int *count)
{
    const gf_tree *found = NULL;
    if (gf_tree_is_grad(m, tree) || gf_tree_is_jacobian(m, tree)) {
        ++*count;
        return tree;
    }
    for (uint32_t k = 0; k < tree->count && tree->kind != TREE_SUM && tree->kind != TREE_PRODUCT; k++) {
        const gf_tree *in = find_derivative(m, tree->kids[k], count);
        found = in ? in : found;
    }
    return *count == 1 ? found : NULL;
}

/* --- what they come to -------------------------------------------------------------------------------------------- */

static bool counts_at(finder *f, const gf_path_term *term, size_t k)
{
    for (int n = 0; n < term->when_count; n++) {
        const gf_when *when = &term->when[n];
        long index, is;
        if (!gf_index_value(deriving(f), when->index, f->line->bindings[k], &index))
            return false;
        if (when->is && (!gf_index_value(deriving(f), when->is, f->line->bindings[k], &is) || is != index))
            return false;
        if (index < when->from || index > when->to)
            return false;
    }
    return true;
}

static void find_worth(finder *f, gf_path_term *term)
{
    gf_line *line = f->line;
    if (term->whole) {
        f->out_of_memory |= !gf_worth_of_truth(&term->worth, line);
        return;
    }
    bool *counts = gf_arena_get(line->arena, line->count + 1);
    for (size_t k = 0; counts && k < line->count; k++)
        counts[k] = counts_at(f, term, k);
    if (!counts || !gf_worth_find(&term->worth, line, term->tree, counts) ||
        (term->minus && term->worth.known && !gf_worth_add(&term->worth, line, NULL, -1, &term->worth)))
        f->out_of_memory = true;
    f->out->failed |= !term->worth.known;
}

/* Their sum is the truth? Terms that are zero go. */
static void add_up(finder *f)
{
    gf_terms *out = f->out;
    gf_worth sum = {0}, truth;
    int kept = 0;
    f->out_of_memory |= !gf_worth_of_truth(&truth, f->line);
    for (int k = 0; k < out->count && !out->failed && !f->out_of_memory; k++) {
        gf_path_term *term = &out->list[k];
        find_worth(f, term);
        if (!out->failed && !f->out_of_memory && !gf_worth_add(&sum, f->line, kept ? &sum : NULL, 1, &term->worth))
            f->out_of_memory = true;
        if (term->worth.norm > 1e-12 * truth.norm)
            out->list[kept++] = *term;
        else if (!kept)
            sum = (gf_worth){0};
    }
    out->count = kept;
    out->failed |= !kept || f->out_of_memory || !gf_worth_equal(f->line, &sum, &truth);
}

static void collect(finder *f)
{
    gf_line *line = f->line;
    for (int n = 0; n < f->out->count; n++)
        for (size_t k = 0; k < line->count; k++)
            gf_judge_collect(&line->claims->judge, f->out->list[n].tree, line->bindings[k]);
}

static void find(finder *f, gf_grain grain)
{
    const gf_line *line = f->line;
    const gf_model *m = model_of(line);
    int count = 0;
    f->about = find_derivative(m, line->truth, &count);
    bool jacobian = f->about && gf_tree_is_jacobian(m, f->about), gradient = f->about && !jacobian;
    if (grain == GRAIN_WHOLE && f->about != line->truth && !line->diagonal)
        find_summands(f, line->truth, false);
    else if (grain == GRAIN_WHOLE)
        f->out->list[f->out->count++] = (gf_path_term){.tree = line->truth, .path = "", .whole = true};
    else if (gradient && grain != GRAIN_WHOLE && !line->diagonal)
        find_gradient(f, grain);
    else if (jacobian && grain == GRAIN_NAMES)
        find_paths(f);
    else
        f->out->failed = true;
}

bool gf_terms_find(gf_terms *out, gf_line *line, gf_grain grain)
{
    size_t names = model_of(line)->symbol_count;
    finder f = {.line = line, .out = out};
    *out = (gf_terms){.count = 0};
    f.stops = gf_arena_get(line->arena, names * sizeof *f.stops);
    f.says = gf_arena_get(line->arena, names * sizeof *f.says);
    if (!f.stops || !f.says)
        return false;
    gf_binding t = {.name = model_of(line)->t, .known = true, .value = 1, .outer = line->bindings[0]};
    deriving(&f)->bindings = &t;
    note_mentioned(&f, line->tree, 0);
    find(&f, grain);
    if (!out->failed && !f.out_of_memory)
        collect(&f);
    deriving(&f)->bindings = NULL;
    if (!out->failed && !f.out_of_memory)
        add_up(&f);
    return !f.out_of_memory && !deriving(&f)->problems->out_of_memory;
}
