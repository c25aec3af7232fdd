/* Jacobians, path by path.
 *
 * From y = c[t] back to x = c[t-1]: c[t] uses c[t-1] itself, and f[t], which uses zf[t], which uses h[t-1] … Each use
 * brings, for a gradient G of the left side, an expression that is linear in G: G * f[t]. For vectors its matrix can be
 * read from it, the Jacobian of this use: diag(f[t]). A path's Jacobian is the product of those of its uses.
 *
 * How the matrix J is read, with J(G) the identity:
 *
 *     e * c     J(e) @ diag(c)          rows e @ B       J(e) @ B         -e       -J(e)
 *     e / c     J(e) @ diag(1 / c)      A @ columns e    J(e) @ A'        e + f    J(e) + J(f)
 *     a number that is repeated along c: J(e) @ c, as a row */
#include "derive/paths.h"

#include <stdlib.h>

/* --- reading the matrix of a linear expression -------------------------------------------------------------------- */

typedef struct reading {
    gf_deriving *d;
    uint32_t G;
    const gf_tree *rows; /* of the whole: how long y is */
    bool failed;
} reading;

/* The matrix of an expression; NULL: the identity, or, with r->failed, none. */
static const gf_tree *matrix_of(reading *r, const gf_tree *tree);

static bool is_scalar(reading *r, const gf_tree *tree)
{
    gf_extents extents;
    return gf_extents_of(r->d, tree, &extents) && gf_is_one(&extents, 0) && gf_is_one(&extents, 1);
}

static bool is_row(reading *r, const gf_tree *tree)
{
    gf_extents extents;
    return gf_extents_of(r->d, tree, &extents) && gf_is_one(&extents, 0);
}

static const gf_tree *fail(reading *r)
{
    r->failed = true;
    return NULL;
}

static const gf_tree *times(reading *r, const gf_tree *a, const gf_tree *b)
{
    if (!a || r->failed || !b)
        return b;
    if (b->kind == TREE_MATMUL) /* from the left, so that no brackets are needed */
        return gf_make(r->d, TREE_MATMUL, times(r, a, b->kids[0]), b->kids[1]);
    return gf_make(r->d, TREE_MATMUL, a, b);
}

static const gf_tree *identity(reading *r)
{
    return gf_make_call(r->d, gf_word(r->d, "eye"), &r->rows, 1);
}

static const gf_tree *transposed(reading *r, const gf_tree *tree)
{
    return gf_make(r->d, TREE_TRANSPOSE, tree, NULL);
}

static const gf_tree *diagonal(reading *r, const gf_tree *tree)
{
    return gf_make_call(r->d, gf_word(r->d, "diag"), &tree, 1);
}

static const gf_tree *sum_of(reading *r, const gf_tree *tree)
{
    const gf_tree *kids[2];
    for (int k = 0; k < 2; k++) {
        kids[k] = gf_tree_has(tree->kids[k], r->G) ? matrix_of(r, tree->kids[k]) : fail(r);
        kids[k] = kids[k] || r->failed ? kids[k] : identity(r);
    }
    return r->failed ? NULL : gf_make(r->d, (gf_tree_kind)tree->kind, kids[0], kids[1]);
}

/* e * c, e / c, c * e. */
static const gf_tree *by_entries(reading *r, const gf_tree *tree)
{
    bool second = !gf_tree_has(tree->kids[0], r->G), quotient = tree->kind == TREE_DIVIDE;
    const gf_tree *e = tree->kids[second], *c = tree->kids[!second];
    if (gf_tree_has(c, r->G) || (second && quotient))
        return fail(r);
    const gf_tree *inner = matrix_of(r, e);
    if (is_scalar(r, c)) {
        const gf_tree *whole = inner || r->failed ? inner : identity(r);
        return r->failed ? NULL : gf_make(r->d, (gf_tree_kind)tree->kind, quotient ? whole : c, quotient ? c : whole);
    }
    if (is_scalar(r, e) && !quotient)
        return times(r, inner, is_row(r, c) ? c : transposed(r, c));
    const gf_tree *factor = quotient ? gf_make(r->d, TREE_DIVIDE, gf_make_number(r->d, 1), c) : c;
    return times(r, inner, diagonal(r, factor));
}

static const gf_tree *by_product(reading *r, const gf_tree *tree)
{
    bool second = !gf_tree_has(tree->kids[0], r->G);
    const gf_tree *e = tree->kids[second], *c = tree->kids[!second];
    if (gf_tree_has(c, r->G))
        return fail(r);
    const gf_tree *inner = matrix_of(r, e);
    return times(r, inner, second ? transposed(r, c) : c);
}

/* where(c, e, 0), where(c, 0, e): e times a mask. */
static const gf_tree *by_choice(reading *r, const gf_tree *tree)
{
    double other = 1;
    bool first = gf_tree_has(tree->kids[1], r->G);
    bool masks = gf_number_of(r->d, tree->kids[first ? 2 : 1], &other) && other == 0;
    const gf_tree *zero = gf_make_number(r->d, 0), *one = gf_make_number(r->d, 1);
    const gf_tree *kids[] = {tree->kids[0], first ? one : zero, first ? zero : one};
    const gf_tree *mask = gf_make_call(r->d, tree->name, kids, 3);
    const gf_tree *product = gf_make(r->d, TREE_MULTIPLY, tree->kids[first ? 1 : 2], mask);
    return masks && product ? matrix_of(r, product) : fail(r);
}

/* rows(e, i, j), cols(e, i, j): so many columns of the matrix; sums: its columns added up. */
static const gf_tree *by_call(reading *r, const gf_tree *tree)
{
    const gf_words *words = &r->d->words;
    gf_extents extents;
    if (tree->count == 3 && tree->name == gf_word(r->d, "where"))
        return by_choice(r, tree);
    const gf_tree *inner = gf_tree_has(tree->kids[0], r->G) ? matrix_of(r, tree->kids[0]) : fail(r);
    gf_function function;
    bool slice = gf_function_find(&function, gf_names_text(&r->d->m->file.names, tree->name)) &&
                 function.place[1] == 'i' && function.place[2] == 'j';
    bool sums = tree->name == words->sum || tree->name == words->rowsum || tree->name == words->colsum;
    if (slice && !r->failed) {
        const gf_tree *kids[] = {inner ? inner : identity(r), tree->kids[1], tree->kids[2]};
        return gf_make_call(r->d, gf_word(r->d, "cols"), kids, 3);
    }
    if (!sums || !is_scalar(r, tree) || !gf_extents_of(r->d, tree->kids[0], &extents))
        return fail(r);
    const gf_tree *kids[] = {extents.text[gf_is_one(&extents, 0)], gf_make_number(r->d, 1)};
    return times(r, inner, gf_make_call(r->d, gf_word(r->d, "ones"), kids, 2));
}

/* [zeros; e; zeros]: the columns of e, between such of zeros. */
static const gf_tree *by_parts(reading *r, const gf_tree *tree)
{
    const gf_tree **kids = gf_arena_get(r->d->arena, tree->count * sizeof *kids);
    r->d->problems->out_of_memory |= !kids;
    for (uint32_t k = 0; kids && k < tree->count; k++) {
        gf_extents part;
        if (gf_tree_has(tree->kids[k], r->G)) {
            kids[k] = matrix_of(r, tree->kids[k]);
            kids[k] = kids[k] || r->failed ? kids[k] : identity(r);
        } else if (gf_extents_of(r->d, tree->kids[k], &part)) {
            const gf_tree *const size[] = {r->rows, part.text[tree->kind == TREE_BESIDE]};
            kids[k] = gf_make_call(r->d, r->d->words.zeros, size, 2);
        } else {
            return fail(r);
        }
    }
    const gf_tree like = {.kind = TREE_BESIDE};
    return !kids || r->failed ? fail(r) : gf_make_raw(r->d, &like, kids, tree->count);
}

static const gf_tree *matrix_of(reading *r, const gf_tree *tree)
{
    const gf_tree *inner;
    switch ((gf_tree_kind)tree->kind) {
    case TREE_NAME:
        return tree->name == r->G ? NULL : fail(r);
    case TREE_NEGATIVE:
        inner = matrix_of(r, tree->kids[0]);
        return r->failed ? NULL : gf_make(r->d, TREE_NEGATIVE, inner ? inner : identity(r), NULL);
    case TREE_TRANSPOSE:
        return matrix_of(r, tree->kids[0]);
    case TREE_ADD:
    case TREE_SUBTRACT:
        return sum_of(r, tree);
    case TREE_MULTIPLY:
    case TREE_DIVIDE:
        return by_entries(r, tree);
    case TREE_MATMUL:
        return by_product(r, tree);
    case TREE_CALL:
        return by_call(r, tree);
    case TREE_BESIDE:
    case TREE_STACKED:
        return by_parts(r, tree);
    default:
        return fail(r);
    }
}

/* --- the search --------------------------------------------------------------------------------------------------- */

/* What an equation uses of a name at a step, and the Jacobian of that. */
typedef struct gf_step {
    const gf_tree *node, *jacobian;
    bool unread; /* one of the uses has no matrix */
} gf_step;

enum { MOST_STEPS = 64 };

typedef struct gf_equation {
    gf_put_pair shift; /* t, and the step that the equation is at */
    gf_step steps[MOST_STEPS];
    int count;
} gf_equation;

typedef struct search {
    gf_deriving *d;
    const gf_tree *x;
    const gf_tree *const *held;
    int held_count;
    long nearest, farthest; /* offsets of steps between which paths run */
    gf_path *paths;
    int count;
    gf_path path;     /* so far; */
    bool unread;      /* one of its uses has no matrix, which is said only if x is behind it */
    gf_equation *now; /* the equation that is gone through */
    reading read;     /* of what the equation's left side receives */
    bool failed;      /* said */
    bool *from_x;     /* by number of a name: it depends on x */
} search;

static void follow(search *s, const gf_tree *node);

static bool refuse(search *s, const gf_tree *tree, const char *what)
{
    gf_text text = {0};
    gf_tree_print(&text, &s->d->m->file.names, tree);
    if (!s->failed)
        gf_problem_add(s->d->problems, GF_ERROR_ARGUMENT, GF_NOWHERE, "%s%s", gf_text_string(&text), what);
    gf_text_free(&text);
    s->failed = true;
    return false;
}

/* NAME[t + n]: n. */
static bool offset_of(const gf_deriving *d, const gf_tree *tree, long *out)
{
    gf_affine index = tree->kind == TREE_AT ? gf_affine_of(tree->kids[0]) : (gf_affine){.fits = false};
    *out = index.number;
    return index.fits && index.count == 1 && gf_affine_factor(&index, d->m->t) == 1;
}

static bool is_held(const search *s, const gf_tree *node)
{
    for (int k = 0; k < s->held_count; k++)
        if (s->held[k]->name == node->name && (s->held[k]->kind == TREE_NAME || gf_tree_equal(s->held[k], node)))
            return true;
    return false;
}

static bool is_vector(const search *s, const gf_tree *node)
{
    gf_extents extents;
    return gf_extents_of(s->d, node, &extents) && (gf_is_one(&extents, 0) || gf_is_one(&extents, 1));
}

static bool same_nodes(const gf_path *a, const gf_path *b)
{
    bool same = a->count == b->count;
    for (int k = 0; same && k < a->count; k++)
        same = gf_tree_equal(a->nodes[k], b->nodes[k]);
    return same;
}

/* Another path, or more of one through the same names. */
static void add_path(search *s)
{
    for (int k = 0; k < s->count; k++)
        if (same_nodes(&s->paths[k], &s->path)) {
            const gf_tree *both[] = {s->paths[k].jacobian, s->path.jacobian};
            for (int b = 0; b < 2; b++)
                both[b] = both[b] ? both[b] : identity(&s->read);
            s->paths[k].jacobian = gf_make(s->d, TREE_ADD, both[0], both[1]);
            return;
        }
    if (s->count == GF_MOST_PATHS) {
        refuse(s, s->path.nodes[0], ": there are more than 64 paths to it: hold some names fixed, behind a |");
    } else {
        s->path.found = s->count;
        s->paths[s->count++] = s->path;
    }
}

static bool wants(gf_walker *w, uint32_t name)
{
    const gf_symbol *symbol = gf_model_symbol(w->d->m, name);
    return symbol && symbol->timed && symbol->kind >= SYMBOL_PARAM && symbol->kind <= SYMBOL_EQUATION &&
           symbol->kind != SYMBOL_GIVEN;
}

/* Could x be reached from this name at all? */
static bool leads_back(const search *s, const gf_tree *node, long offset)
{
    const gf_symbol *symbol = gf_model_symbol(s->d->m, node->name);
    return offset >= s->nearest && offset <= s->farthest && symbol->definition && !is_held(s, node) &&
           s->from_x[node->name];
}

/* What an equation uses of one name at one step: all its uses as one. */
static gf_step *step_to(gf_equation *e, const gf_tree *node)
{
    for (int k = 0; k < e->count; k++)
        if (gf_tree_equal(e->steps[k].node, node))
            return &e->steps[k];
    if (e->count == MOST_STEPS)
        return NULL;
    e->steps[e->count] = (gf_step){.node = node};
    return &e->steps[e->count++];
}

static void meet(gf_walker *w, const gf_use *use)
{
    search *s = w->data;
    long offset;
    const gf_tree *node = gf_put_names(s->d, use->leaf, &s->now->shift, 1);
    if (s->failed || !node || !offset_of(s->d, node, &offset))
        return;
    bool end = gf_tree_equal(node, s->x);
    if (!end && !leads_back(s, node, offset))
        return;
    reading read = s->read;
    gf_step *step = step_to(s->now, node);
    const gf_tree *own = use->binder_count ? fail(&read) : matrix_of(&read, use->term);
    if (!step) {
        refuse(s, node, ": its equation uses too many names");
        return;
    }
    own = own || read.failed ? own : identity(&read);
    step->unread |= read.failed || (!end && !is_vector(s, node));
    if (own)
        own = gf_put_names(s->d, own, &s->now->shift, 1);
    if (own)
        step->jacobian = step->jacobian ? gf_make(s->d, TREE_ADD, step->jacobian, own) : own;
}

/* One step further along the path: to its end, or on. */
static void take(search *s, const gf_step *step)
{
    gf_path before = s->path;
    bool unread = s->unread;
    if (s->path.count == GF_LONGEST_PATH) {
        refuse(s, s->path.nodes[0], ": a path to it is too long: hold some names fixed, behind a |");
        return;
    }
    s->unread |= step->unread;
    if (step->jacobian)
        s->path.jacobian = times(&s->read, s->path.jacobian, step->jacobian);
    s->path.nodes[s->path.count++] = step->node;
    if (!gf_tree_equal(step->node, s->x))
        follow(s, step->node);
    else if (s->unread)
        refuse(s, s->path.nodes[0], ": a path to it has no Jacobian that is a product of matrices");
    else
        add_path(s);
    s->path = before;
    s->unread = unread;
}

/* Goes through the equation of a name at a step. */
static void follow(search *s, const gf_tree *node)
{
    gf_deriving *d = s->d;
    const gf_statement *equation = gf_model_symbol(d->m, node->name)->definition;
    const gf_extents *known = gf_extents_of_name(d, node->name);
    gf_equation now = {.count = 0};
    long offset;
    if (!known || !offset_of(d, node, &offset))
        return;
    const gf_extents extents = *known;
    gf_affine t = gf_affine_of_name(d->m->t);
    t.number = offset;
    now.shift = (gf_put_pair){d->m->t, gf_affine_tree(d, &t)};
    s->now = &now;
    s->path.low = offset < s->path.low ? offset : s->path.low;
    s->path.high = offset > s->path.high ? offset : s->path.high;
    s->read = (reading){.d = d, .G = gf_word(d, "(G)"), .rows = extents.text[gf_is_one(&extents, 0)]};
    gf_extents_of_let(d, s->read.G, &extents);
    const gf_side side = {.statement = equation,
                          .value = equation->value,
                          .own = gf_make_at(d, node->name, equation->index),
                          .index = equation->index,
                          .gradient = gf_make_name(d, s->read.G),
                          .open = true};
    gf_walker w = {.d = d, .wants = wants, .use = meet, .data = s};
    if (!gf_walk_side(&w, &side) && w.failed)
        refuse(s, node, ": its equation cannot be differentiated in the language");
    const reading read = s->read;
    for (int k = 0; k < now.count && !s->failed && !d->problems->out_of_memory; k++) {
        s->read = read;
        take(s, &now.steps[k]);
    }
}

/* --- whether the search finds all there is ------------------------------------------------------------------------ */

/* Names, by number: those that depend on x, and those that y depends on; and how far uses between them reach. */
typedef struct region {
    bool *from_x, *to_y;
    long back, ahead;
} region;

static bool is_held_always(const search *s, uint32_t name)
{
    for (int k = 0; k < s->held_count; k++)
        if (s->held[k]->name == name && s->held[k]->kind == TREE_NAME)
            return true;
    return false;
}

static bool mentions_any(const gf_tree *tree, const bool *names, uint32_t count)
{
    if (gf_tree_is_name(tree))
        return tree->name < count && names[tree->name];
    for (uint32_t k = 0; k < tree->count; k++)
        if (mentions_any(tree->kids[k], names, count))
            return true;
    return false;
}

static bool mark_names(const gf_tree *tree, bool *names, uint32_t count)
{
    bool more = false;
    if (gf_tree_is_name(tree) && tree->name < count) {
        more = !names[tree->name];
        names[tree->name] = true;
        return more;
    }
    for (uint32_t k = 0; k < tree->count; k++)
        more = mark_names(tree->kids[k], names, count) || more;
    return more;
}

static void find_region(search *s, const gf_tree *y, region *r)
{
    const gf_model *m = s->d->m;
    r->from_x[s->x->name] = r->to_y[y->name] = true;
    for (bool more = true; more;) {
        more = false;
        for (const gf_statement *e = m->file.statements; e; e = e->next) {
            if (e->kind != STATEMENT_EQUATION || is_held_always(s, e->name))
                continue;
            if (!r->from_x[e->name] && mentions_any(e->value, r->from_x, m->symbol_count))
                r->from_x[e->name] = more = true;
            if (r->to_y[e->name])
                more = mark_names(e->value, r->to_y, m->symbol_count) || more;
        }
    }
}

/* Every use of what depends on x is at a step t + n. */
static bool check_use(search *s, const gf_tree *tree, region *r)
{
    const gf_model *m = s->d->m;
    long offset;
    if (gf_tree_is_name(tree) && tree->name < m->symbol_count) {
        if (!r->from_x[tree->name] || is_held_always(s, tree->name))
            return true;
        if (!offset_of(s->d, tree, &offset))
            return refuse(s, tree, " is used on the way, which is not at a step t + n: hold it fixed, behind a |");
        r->back = offset < r->back ? offset : r->back;
        r->ahead = offset > r->ahead ? offset : r->ahead;
        return true;
    }
    for (uint32_t k = 0; k < tree->count; k++)
        if (!check_use(s, tree->kids[k], r))
            return false;
    return true;
}

static bool check_region(search *s, const gf_tree *y, region *r)
{
    if (!r->from_x || !r->to_y) {
        s->d->problems->out_of_memory = true;
        return false;
    }
    find_region(s, y, r);
    for (const gf_statement *e = s->d->m->file.statements; e; e = e->next)
        if (e->kind == STATEMENT_EQUATION && r->to_y[e->name] && r->from_x[e->name] && !check_use(s, e->value, r))
            return false;
    return !r->back || !r->ahead ||
           refuse(s, y, ": what lies between goes back in time and ahead: hold one direction fixed, behind a |");
}

static bool find_all(search *s, const gf_tree *y)
{
    uint32_t count = s->d->m->symbol_count + 1;
    region r = {.from_x = calloc(count, sizeof(bool)), .to_y = calloc(count, sizeof(bool))};
    bool good = check_region(s, y, &r);
    s->from_x = r.from_x;
    if (good)
        follow(s, y);
    free(r.from_x);
    free(r.to_y);
    return good;
}

static bool check_vector(search *s, const gf_tree *node)
{
    gf_extents extents;
    long offset;
    const gf_symbol *symbol = gf_model_symbol(s->d->m, node->name);
    bool graph = symbol && symbol->kind >= SYMBOL_PARAM && symbol->kind != SYMBOL_LET;
    if (!graph || !gf_extents_of(s->d, node, &extents))
        return refuse(s, node, " is no name of the model's graph");
    if (!offset_of(s->d, node, &offset))
        return refuse(s, node, " is not written with t: ask for c[t], h[t-1] and the like");
    return is_vector(s, node) || refuse(s, node, " is a matrix: a Jacobian is written for columns and rows");
}

/* The short ones first, else as they were found. */
static int by_length(const void *left, const void *right)
{
    const gf_path *a = left, *b = right;
    return a->count != b->count ? a->count - b->count : a->found - b->found;
}

bool gf_paths_find(gf_deriving *d, const gf_tree *y, const gf_tree *x, const gf_tree *const held[], int held_count,
                   gf_path **out, int *count)
{
    search s = {.d = d, .x = x, .held = held, .held_count = held_count};
    long from, to;
    s.paths = gf_arena_get(d->arena, GF_MOST_PATHS * sizeof *s.paths);
    d->problems->out_of_memory |= !s.paths;
    if (!s.paths || !check_vector(&s, y) || !check_vector(&s, x) || !offset_of(d, y, &to) || !offset_of(d, x, &from))
        return false;
    if (d->m->truncate && from != to)
        return refuse(&s, y, ": under `truncate` its Jacobian differs from step to step: take that statement out");
    s.nearest = from < to ? from : to;
    s.farthest = from < to ? to : from;
    s.path = (gf_path){.nodes = {y}, .count = 1, .low = to, .high = to};
    if (!gf_model_symbol(d->m, y->name)->definition)
        return refuse(&s, y, " has no equation");
    if (!find_all(&s, y))
        return false;
    if (s.count)
        qsort(s.paths, (size_t)s.count, sizeof *s.paths, by_length);
    *out = s.paths;
    *count = s.count;
    return !s.failed && !d->problems->out_of_memory;
}
