/* Uses: through the right side of an equation, from the gradient of its result down to every name in it.
 *
 * c[t] = f[t] * c[t-1] + i[t] * g[t] receives dc[t]. Both terms of the sum receive it, too; from there f[t] receives
 * dc[t] * c[t-1], c[t-1] receives dc[t] * f[t], and so on, by the formulas of the table. Where something is used that
 * is itself a sum of uses, as the argument of f[t] = sigmoid(W @ h[t-1] + U @ x[t] + b), its gradient gets a let of its
 * own, dzf[t], so that it is not written at each use. */
#include <math.h>
#include <string.h>

#include "derive/uses.h"

enum { LONG = 200, LONGEST = 20000 }; /* the same of a gradient of more parts; what is longer is not written */
enum { DEEP = 60 };                   /* a gradient of more operations within each other gets a let, too */

static bool walk(gf_walker *w, const gf_tree *tree, const gf_tree *G, const gf_tree *y, const char *rules);

/* --- what is there ------------------------------------------------------------------------------------------------ */

static bool is_use(gf_walker *w, const gf_tree *tree)
{
    if (tree->kind != TREE_NAME && tree->kind != TREE_AT)
        return false;
    for (int k = 0; tree->kind == TREE_NAME && k < w->binder_count; k++)
        if (w->binders[k].name == tree->name)
            return false;
    return w->wants(w, tree->name);
}

static int count_equal(const gf_tree *tree, const gf_tree *part)
{
    int count = gf_tree_equal(tree, part);
    for (uint32_t k = 0; k < tree->count && count < 2; k++)
        count += count_equal(tree->kids[k], part);
    return count;
}

static bool is_repeated(const gf_walker *w, const gf_tree *part)
{
    return part->count && part->kind != TREE_AT && !w->binder_count && w->joins &&
           count_equal(w->side->value, part) > 1;
}

/* How many uses there are below that a gradient reaches, up to two; a repeated part counts once. */
static int count_uses(gf_walker *w, const gf_tree *tree)
{
    int count = 0;
    if (gf_tree_is_name(tree))
        return is_use(w, tree);
    for (uint32_t k = 0; k < tree->count && count < 2; k++)
        if (gf_passes(w->d, tree, k)) {
            int below = count_uses(w, tree->kids[k]);
            count += below > 1 && is_repeated(w, tree->kids[k]) ? 1 : below;
        }
    return count;
}

static bool is_atom(const gf_tree *tree)
{
    while (tree->kind == TREE_NEGATIVE || tree->kind == TREE_TRANSPOSE)
        tree = tree->kids[0];
    return gf_tree_is_name(tree) || tree->kind == TREE_NUMBER;
}

static bool changes_shape(gf_deriving *d, const gf_tree *tree)
{
    gf_extents before, after;
    if (tree->kind == TREE_BESIDE || tree->kind == TREE_STACKED)
        return true;
    return tree->kind == TREE_CALL && tree->count &&
           !(gf_extents_of(d, tree->kids[0], &before) && gf_extents_of(d, tree, &after) &&
             gf_extents_equal(&before, &after));
}

static bool mentions_index(const gf_deriving *d, const gf_tree *tree)
{
    for (const gf_binding *b = d->bindings; b; b = b->outer)
        if (gf_tree_mentions(tree, b->name))
            return true;
    return false;
}

/* What the operation makes of one number. */
static double value_at(const gf_operation *op, double a)
{
    double y = 0;
    gf_matrix result = {.data = &y, .rows = 1, .cols = 1, .stride = 1}, operand = result;
    operand.data = &a;
    const gf_attributes none = {.size = sizeof none};
    const gf_call call = {.in = (const gf_matrix *const[]){&operand}, .arity = 1, .p = &none, .op = op};
    op->forward(&result, &call);
    return y;
}

/* Does it have more parts than that? What is shared counts each time. */
static long count_parts(const gf_tree *tree, long most)
{
    long count = 1;
    for (uint32_t k = 0; k < tree->count && count <= most; k++)
        count += count_parts(tree->kids[k], most - count);
    return count;
}

static bool is_longer(const gf_tree *tree, long most)
{
    return count_parts(tree, most) > most;
}

/* 1 / n, ones(m, 1) / 2: no quantity of the model is in it. */
static bool is_constant(gf_deriving *d, const gf_tree *tree)
{
    if (tree->kind == TREE_AT || (tree->kind == TREE_NAME && gf_extents_of_name(d, tree->name)))
        return false;
    for (uint32_t k = 0; k < tree->count; k++)
        if (!is_constant(d, tree->kids[k]))
            return false;
    return true;
}

/* Does it come to zero where names are zero, as they are beyond the ends? There the let in it is zero as well, and 0 *
 * x is 0 only for a finite x. Asked of the operations themselves. */
static bool vanishes_beyond(gf_deriving *d, const gf_tree *tree)
{
    double number;
    int count;
    if (changes_shape(d, tree) && gf_has_let(d, tree))
        return false; /* there the let is a zero of whatever shape is needed, which does not tell a part's size */
    if (tree->kind == TREE_DIVIDE && !(gf_number_of(d, tree->kids[1], &number) && !mentions_index(d, tree->kids[1])))
        return false;
    if (tree->kind == TREE_POWER && mentions_index(d, tree->kids[1]))
        return false;
    if (tree->kind == TREE_POWER && (!gf_number_of(d, tree->kids[1], &number) || number < 0 || number != floor(number)))
        return false;
    const gf_operation *op = tree->kind == TREE_CALL && tree->count == 1 ? gf_operation_of(d, tree, &count) : NULL;
    if (op && (!isfinite(value_at(op, 0)) || !isfinite(value_at(op, -1))))
        return false;
    for (uint32_t k = 0; k < tree->count; k++)
        if (tree->kind != TREE_AT && !vanishes_beyond(d, tree->kids[k]))
            return false;
    return true;
}

/* --- lets for parts ----------------------------------------------------------------------------------------------- */

/* The gradient of a part, by a let from here on. */
static const gf_tree *by_let(gf_walker *w, const gf_tree *part, const gf_tree *index, const gf_tree *G,
                             const char **rules)
{
    gf_extents extents;
    if (!gf_extents_of(w->d, part, &extents) || mentions_index(w->d, extents.text[0]) ||
        mentions_index(w->d, extents.text[1]))
        return G; /* a let has one shape at all steps */
    uint32_t name = w->part(w, part, index, G, *rules);
    if (!name)
        return G;
    gf_extents_of_let(w->d, name, &extents);
    *rules = NULL;
    return gf_make_at(w->d, name, index);
}

/* Within sum(t, …), of the loss say, it is as in an equation for every t. */
static bool runs_over_steps(const gf_walker *w)
{
    return w->binder_count == 1 && !w->side->open && w->binders[0].name == w->d->m->t && !w->binders[0].low;
}

/* A 1 x 1 name, by constants: dv[t] / m. */
static bool is_scaled_number(gf_deriving *d, const gf_tree *G)
{
    gf_extents extents;
    if (is_atom(G))
        return gf_extents_of(d, G, &extents) && gf_is_one(&extents, 0) && gf_is_one(&extents, 1);
    if (G->kind == TREE_NEGATIVE)
        return is_scaled_number(d, G->kids[0]);
    if (G->kind != TREE_MULTIPLY && G->kind != TREE_DIVIDE)
        return false;
    const gf_tree *other = is_constant(d, G->kids[1]) ? G->kids[0] : is_constant(d, G->kids[0]) ? G->kids[1] : NULL;
    return other && is_scaled_number(d, other);
}

/* Is it as well written twice? */
static bool is_cheap(gf_deriving *d, const gf_tree *G)
{
    return is_atom(G) || is_constant(d, G) || is_scaled_number(d, G);
}

/* Where the part shall have a let. */
static const gf_tree *with_let(gf_walker *w, const gf_tree *part, const gf_tree *G, const char **rules)
{
    bool leaf = !part->count || part->kind == TREE_AT, each = runs_over_steps(w);
    if (leaf || is_cheap(w->d, G) || (w->binder_count && !each) || !w->part ||
        (G->depth <= DEEP && !is_longer(G, LONG) && count_uses(w, part) < 2))
        return G;
    return by_let(w, part, each ? gf_make_name(w->d, w->d->m->t) : w->side->index, G, rules);
}

static bool runs(const gf_walker *w, const gf_tree *index)
{
    for (int k = 0; k < w->binder_count; k++)
        if (gf_tree_mentions(index, w->binders[k].name))
            return true;
    return false;
}

bool gf_is_present(const gf_deriving *d, const gf_tree *leaf)
{
    return leaf->kids[0]->kind == TREE_NAME && leaf->kids[0]->name == d->m->t;
}

/* A use at another step, whose term may not be finite beyond the ends: the sum over all indices but t gets a let, which
 * is zero there. */
static void bound(gf_walker *w, gf_use *use)
{
    if (use->leaf->kind != TREE_AT || !w->side->open || !w->side->named || gf_is_present(w->d, use->leaf) ||
        vanishes_beyond(w->d, use->term))
        return;
    use->bounded = !w->part || runs(w, use->leaf->kids[0]);
    if (use->bounded)
        return;
    const gf_tree *sum = gf_under_sums(w->d, use);
    use->term = sum ? by_let(w, use->leaf, w->side->index, sum, &use->rules) : NULL;
    use->binder_count = 0;
}

/* --- the walk ----------------------------------------------------------------------------------------------------- */

static bool fail(gf_walker *w, const gf_tree *tree)
{
    if (!w->failed)
        w->failed = tree;
    return false;
}

static bool meet(gf_walker *w, const gf_tree *leaf, const gf_tree *G, const char *rules)
{
    if (is_longer(G, LONGEST)) {
        w->too_long = true;
        return fail(w, leaf);
    }
    gf_use use = {.side = *w->side, .leaf = leaf, .term = G, .binder_count = w->binder_count, .rules = rules};
    memcpy(use.binders, w->binders, sizeof use.binders);
    bound(w, &use);
    if (use.term)
        w->use(w, &use);
    return !w->d->problems->out_of_memory;
}

/* The node under another name of its index, where the gradient, or an index around, has the same. */
static const gf_tree *renamed(gf_walker *w, const gf_tree *tree, const gf_tree *G)
{
    bool taken = gf_tree_has(G, tree->name) || (w->side->open && tree->name == w->d->m->t);
    for (int k = 0; k < w->binder_count; k++)
        taken |= w->binders[k].name == tree->name;
    if (!taken)
        return tree;
    const gf_tree *avoid[GF_BINDERS + 2] = {tree, G};
    gf_tree names[GF_BINDERS];
    for (int k = 0; k < w->binder_count; k++) {
        names[k] = (gf_tree){.kind = TREE_NAME, .name = w->binders[k].name};
        avoid[k + 2] = &names[k];
    }
    uint32_t name = gf_new_index(w->d, avoid, w->binder_count + 2);
    const gf_put_pair pair = {tree->name, gf_make_name(w->d, name)};
    return gf_with_index(w->d, tree, name, gf_put_names(w->d, gf_tree_body(tree), &pair, 1));
}

/* The product of the factors from `low` to `high`, in the order of the whole. */
static gf_tree *factors(gf_walker *w, const gf_tree *tree, const gf_tree *low, const gf_tree *high)
{
    gf_deriving *d = w->d;
    uint32_t name = gf_new_index(d, (const gf_tree *[]){tree, low, high}, low && high ? 3 : 1);
    const gf_put_pair pair = {tree->name, gf_make_name(d, name)};
    const gf_tree *body = gf_put_names(d, gf_tree_body(tree), &pair, 1);
    const gf_tree like = {.kind = TREE_PRODUCT, .name = name, .down = tree->down};
    return gf_make_raw(d, &like, (const gf_tree *[]){low, high, body}, 3);
}

/* prod(j, A..B, E[j]): factor j receives (E[A] @ … @ E[j-1])' @ G @ (E[j+1] @ … @ E[B])'. */
static const gf_tree *through_product(gf_walker *w, const gf_tree *tree, const gf_tree *G)
{
    gf_deriving *d = w->d;
    gf_affine j = gf_affine_of_name(tree->name), before = j, behind = j;
    before.number = tree->down ? 1 : -1;
    behind.number = -before.number;
    const gf_binder all = gf_with_ends(d, gf_binder_of(tree));
    gf_tree *left = factors(w, tree, all.first, gf_affine_tree(d, &before));
    gf_tree *right = factors(w, tree, gf_affine_tree(d, &behind), all.last);
    gf_tree *product = gf_make(d, TREE_MATMUL, gf_make(d, TREE_TRANSPOSE, left, NULL), G);
    return gf_make(d, TREE_MATMUL, product, gf_make(d, TREE_TRANSPOSE, right, NULL));
}

/* Where part number j - A + 1 of hcat(j, A..B, e) lies, in columns of e, of which all have as many: from `first` on.
 * NULL where they have not. */
static const gf_tree *ends_of_part(gf_walker *w, const gf_tree *tree, const gf_tree **first)
{
    gf_deriving *d = w->d;
    gf_extents part;
    gf_binding index;
    int along = tree->kind == TREE_VCAT ? 0 : 1;
    bool known = gf_extents_of(d, gf_enter(d, &index, tree), &part);
    d->bindings = index.outer;
    const gf_binder binder = gf_with_ends(d, gf_binder_of(tree));
    if (!known || !binder.first || gf_tree_has(part.text[along], tree->name))
        return NULL;
    const gf_affine start = gf_affine_of(binder.first), j = gf_affine_of_name(tree->name), zero = {.fits = true};
    gf_affine before = gf_affine_sum(gf_affine_sum(zero, tree->down ? -1 : 1, &j), tree->down ? 1 : -1, &start);
    gf_affine through = before;
    through.number++;
    const gf_tree *size = part.text[along], *last = before.fits ? gf_affine_tree(d, &through) : NULL;
    *first = last;
    if (!last || gf_is_one(&part, along))
        return last;
    const gf_tree *ahead = gf_make(d, TREE_MULTIPLY, gf_affine_tree(d, &before), size);
    *first = gf_make(d, TREE_ADD, ahead, gf_make_number(d, 1));
    return gf_make(d, TREE_MULTIPLY, last, size);
}

/* hcat(j, A..B, e): part j receives its columns of G. */
static const gf_tree *through_parts(gf_walker *w, const gf_tree *tree, const gf_tree *G)
{
    const gf_tree *first = NULL, *last = ends_of_part(w, tree, &first);
    const gf_tree *kids[] = {G, first, last};
    return first && last ? gf_make_call(w->d, gf_word(w->d, tree->kind == TREE_VCAT ? "rows" : "cols"), kids, 3) : NULL;
}

/* max(j, A..B, e): those that are the largest, y, share what arrives. */
static const gf_tree *through_max(gf_walker *w, const gf_tree *tree, const gf_tree *G, const gf_tree *y)
{
    gf_deriving *d = w->d;
    gf_extents part, whole;
    gf_binding index;
    bool known = gf_extents_of(d, gf_enter(d, &index, tree), &part);
    d->bindings = index.outer;
    if (!known || !gf_extents_of(d, tree, &whole) || !gf_extents_equal(&part, &whole))
        return NULL;
    uint32_t name = gf_new_index(d, (const gf_tree *[]){tree, y, G}, 3);
    const gf_put_pair pair = {tree->name, gf_make_name(d, name)};
    const gf_binder binder = gf_with_ends(d, gf_binder_of(tree));
    const gf_tree *body = gf_tree_body(tree), *other = gf_put_names(d, body, &pair, 1);
    const gf_tree *reaches = other ? gf_make(d, TREE_GREATER_EQUAL, other, y) : NULL;
    const gf_tree like = {.kind = TREE_SUM, .name = name}, *kids[] = {binder.low, binder.high, reaches};
    const gf_tree *ties = gf_make_raw(d, &like, kids, 3);
    return gf_make(d, TREE_DIVIDE, gf_make(d, TREE_MULTIPLY, G, gf_make(d, TREE_GREATER_EQUAL, body, y)), ties);
}

/* What one term of it receives. */
static const gf_tree *through_over(gf_walker *w, const gf_tree *tree, const gf_tree *G, const gf_tree *y)
{
    switch ((gf_tree_kind)tree->kind) {
    case TREE_PRODUCT:
        return through_product(w, tree, G);
    case TREE_HCAT:
    case TREE_VCAT:
        return through_parts(w, tree, G);
    case TREE_MAX:
        return through_max(w, tree, G, y);
    default:
        return G;
    }
}

static bool walk_over(gf_walker *w, const gf_tree *tree, const gf_tree *G, const gf_tree *y, const char *rules)
{
    if (w->binder_count == GF_BINDERS)
        return fail(w, tree);
    const gf_tree *own = renamed(w, tree, G);
    if (!own)
        return false;
    const gf_tree *inner = through_over(w, own, G, y);
    if (!inner)
        return fail(w, tree);
    gf_binding index;
    const gf_tree *body = gf_enter(w->d, &index, own);
    w->binders[w->binder_count++] = gf_binder_of(own);
    bool good = walk(w, body, inner, body, rules);
    w->d->bindings = index.outer;
    w->binder_count--;
    return good;
}

/* --- parts that occur more than once ------------------------------------------------------------------------------ */

/* exp(z) in exp(z) / sum(exp(z)): it is one quantity, and what it receives at all places is added up before any of it
 * goes on. Only where a derivation is written: who asks what each use brings is told of each. */
struct gf_repeated_part {
    const gf_tree *part, *G;
    const char *rules;
    gf_repeated_part *next;
};

/* "(/: G / b) + (/: -G * y / b; Σ: G * ones(r(a), c(a)))" */
static const char *rules_of_both(gf_walker *w, const char *first, const char *second)
{
    gf_text text = {0};
    if (!first || !second)
        return first ? first : second;
    gf_text_print(&text, *first == '(' ? "%s + (%s)" : "(%s) + (%s)", first, second);
    const char *kept = gf_text_keep(&text, w->d->arena);
    w->d->problems->out_of_memory |= !kept;
    return kept;
}

static bool put_by(gf_walker *w, const gf_tree *part, const gf_tree *G, const char *rules)
{
    gf_repeated_part *r = w->repeated;
    while (r && !gf_tree_equal(r->part, part))
        r = r->next;
    if (r) {
        r->G = gf_make(w->d, TREE_ADD, r->G, G);
        r->rules = rules_of_both(w, r->rules, rules);
        return r->G;
    }
    r = gf_arena_get(w->d->arena, sizeof *r);
    w->d->problems->out_of_memory |= !r;
    if (!r)
        return false;
    *r = (gf_repeated_part){part, G, rules, w->repeated};
    w->repeated = r;
    return true;
}

/* Takes the largest of those that were put by: what others receive through it comes first. */
static gf_repeated_part take_largest(gf_walker *w)
{
    gf_repeated_part **largest = &w->repeated;
    for (gf_repeated_part **r = &w->repeated; *r; r = &(*r)->next)
        if ((*r)->part->depth > (*largest)->part->depth)
            largest = r;
    gf_repeated_part taken = **largest;
    *largest = taken.next;
    return taken;
}

/* The rules so far, and one more. */
static const char *more_rules(gf_walker *w, const char *rules, const gf_tree *tree, uint32_t slot)
{
    const char *formula = w->why ? gf_formula_text(w->d, tree, slot) : NULL;
    int count;
    const gf_operation *op = formula ? gf_operation_of(w->d, tree, &count) : NULL;
    if (!op)
        return rules;
    gf_text text = {0};
    const char *inner = strncmp(formula, "sumto(", 6) ? NULL : strstr(formula, ", r("); /* what undoes a broadcast */
    int size = inner ? (int)(inner - formula) - 6 : (int)strlen(formula);
    gf_text_print(&text, "%s%s%s: %.*s", rules ? rules : "", rules ? "; " : "", op->symbol ? op->symbol : op->name,
                  size, inner ? formula + 6 : formula);
    const char *kept = gf_text_keep(&text, w->d->arena);
    w->d->problems->out_of_memory |= !kept;
    return kept;
}

static bool walk(gf_walker *w, const gf_tree *tree, const gf_tree *G, const gf_tree *y, const char *rules)
{
    if (is_use(w, tree))
        return meet(w, tree, G, rules);
    if (gf_tree_binds(tree))
        return walk_over(w, tree, G, y, rules);
    for (uint32_t k = 0; k < tree->count; k++) {
        const gf_tree *kid = tree->kids[k];
        if (!gf_passes(w->d, tree, k) || !count_uses(w, kid))
            continue;
        const gf_tree *arrives = gf_pull(w->d, tree, k, G, y);
        const char *more = arrives == G ? rules : more_rules(w, rules, tree, k);
        if (!arrives)
            return fail(w, tree);
        if (is_repeated(w, kid)) {
            if (!put_by(w, kid, arrives, more))
                return false;
            continue;
        }
        arrives = with_let(w, kid, arrives, &more);
        if (!walk(w, kid, arrives, kid, more))
            return false;
    }
    return true;
}

void gf_each_side(const gf_model *m, void (*add)(void *data, const gf_statement *s, const gf_start *start), void *data)
{
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_LOSS)
            add(data, s, NULL);
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_EQUATION)
            add(data, s, NULL);
    for (uint32_t k = 1; k < m->symbol_count; k++)
        for (const gf_start *start = m->symbols[k].starts; start; start = start->next)
            if (start->statement->kind == STATEMENT_START && start->statement->value)
                add(data, start->statement, start);
}

bool gf_walk_side(gf_walker *w, const gf_side *side)
{
    gf_binding t = {.name = w->d->m->t, .known = true, .value = 1};
    const gf_binding *outer = w->d->bindings;
    w->side = side;
    w->failed = NULL;
    w->too_long = false;
    w->binder_count = 0;
    w->repeated = NULL;
    w->joins = w->part && side->value && !is_longer(side->value, LONG);
    w->d->bindings = &t;
    bool good = side->value && side->gradient &&
                walk(w, side->value, side->gradient, side->own ? side->own : side->value, NULL);
    while (good && w->repeated) {
        gf_repeated_part r = take_largest(w);
        r.G = with_let(w, r.part, r.G, &r.rules);
        good = walk(w, r.part, r.G, r.part, r.rules);
    }
    w->d->bindings = outer;
    return good;
}
