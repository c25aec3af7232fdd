/* The terms of what a line stands for: what each path brings, as a tree in the line's own indices.
 *
 * c[t] = f[t] * c[t-1] + … and h[t] = o[t] * tanh(c[t]) use c[t]: the first brings f[t+1] times the gradient of c[t+1],
 * the second o[t] * (1 - tanh(c[t])^2) times that of h[t]. A line that says dh[t] stops there; one that says nothing of
 * h is walked on, to what h[t] is used for. So the same gradient has terms of several grains, and a line is held
 * against the coarsest that fits. Whatever is found has to add up to the truth: if it does not, as where a use is too
 * intricate for derive/, the terms of that grain are none. */
#include <string.h>

#include "mend/terms/pathfinder.h"
#include "model/scan.h"

static void note_summand(void *terms, const gf_tree *tree, bool minus)
{
    gf_addends *out = terms;
    if (out->count < GF_ADDENDS)
        out->list[out->count++] = (gf_addend){.tree = tree, .minus = minus, .path = ""};
}

/* The one derivative in an expression; NULL where there is none, or several. */
static const gf_tree *find_derivative(const gf_model *m, const gf_tree *tree, int *count)
{
    const gf_tree *found = NULL;
    if (gf_tree_is_derivative(m, tree)) {
        ++*count;
        return tree;
    }
    for (uint32_t k = 0; k < tree->count && !gf_tree_binds(tree); k++) {
        const gf_tree *in = find_derivative(m, tree->kids[k], count);
        found = in ? in : found;
    }
    return *count == 1 ? found : NULL;
}

/* --- what they come to -------------------------------------------------------------------------------------------- */

bool gf_addend_counts(const gf_line *line, const gf_addend *term, size_t k)
{
    for (int n = 0; n < term->when_count; n++) {
        const gf_when *when = &term->when[n];
        long index, is;
        if (!gf_index_value(line->d, when->index, line->bindings[k], &index))
            return false;
        if (when->is && (!gf_index_value(line->d, when->is, line->bindings[k], &is) || is != index))
            return false;
        if (index < when->from || index > when->to)
            return false;
    }
    return true;
}

static void find_worth(gf_pathfinder *f, gf_addend *term)
{
    gf_line *line = f->line;
    if (term->whole) {
        f->out_of_memory |= !gf_worth_of_truth(&term->worth, line);
        return;
    }
    bool *counts = gf_arena_get(line->arena, line->count + 1);
    bool always = true;
    for (size_t k = 0; counts && k < line->count; k++) {
        counts[k] = gf_addend_counts(line, term, k);
        always = always && counts[k];
    }
    gf_worth everywhere = {.known = false};
    f->out_of_memory |= !counts || !gf_worth_find(&term->worth, line, term->tree, counts) ||
                        (!always && !gf_worth_find(&everywhere, line, term->tree, NULL));
    if (always || (everywhere.known && term->worth.known && gf_worth_equal(line, &everywhere, &term->worth)))
        term->when_count = 0; /* at other steps it is zero: v[T+1] */
    if (term->minus && term->worth.known && !gf_worth_add(&term->worth, line, NULL, -1, &term->worth))
        f->out_of_memory = true;
    f->out->failed |= !term->worth.known;
}

/* The tree with 1 for what is 0 or 1 by the numbers alone: comparisons, slopes of what has a bend, a choice. */
static const gf_tree *opened(gf_pathfinder *f, const gf_tree *tree)
{
    const gf_tree *kids[MOST_KIDS];
    if (tree->kind == TREE_AT || tree->count > MOST_KIDS || gf_tree_is_derivative(f->m, tree))
        return tree;
    for (uint32_t k = 0; k < tree->count; k++)
        if (!(kids[k] = opened(f, tree->kids[k])))
            return NULL;
    const char *name = tree->kind == TREE_CALL ? gf_model_text(f->m, tree->name) : "";
    bool choice = !strcmp(name, "where") && tree->count == 3, slope = *name && name[strlen(name) - 1] == '\'';
    if (!choice && !slope && !gf_tree_compares(tree))
        return tree->count ? gf_make_raw(f->d, tree, kids, tree->count) : tree;
    static const gf_tree add = {.kind = TREE_ADD}, times = {.kind = TREE_MULTIPLY};
    if (choice)
        return gf_make_raw(f->d, &add, &kids[1], 2);
    const gf_tree *of = slope ? kids[0] : gf_make_raw(f->d, &add, kids, 2);
    const gf_tree *none = of ? gf_make_raw(f->d, &times, (const gf_tree *[]){gf_make_number(f->d, 0), of}, 2) : NULL;
    return none ? gf_make_raw(f->d, &add, (const gf_tree *[]){none, gf_make_number(f->d, 1)}, 2) : NULL;
}

static bool is_zero_by_chance(gf_pathfinder *f, const gf_addend *term)
{
    gf_addend other = *term;
    bool failed = f->out->failed;
    if (term->whole || !(other.tree = opened(f, term->tree)))
        return false;
    for (size_t k = 0; k < f->line->count; k++)
        gf_judge_collect(&f->line->claims->judge, other.tree, f->line->bindings[k]);
    find_worth(f, &other);
    f->out->failed = failed;
    return other.worth.known && other.worth.norm > 0;
}

/* Their sum is the truth? Terms that are zero go. */
static void add_up(gf_pathfinder *f)
{
    gf_addends *out = f->out;
    gf_worth sum = {0}, truth;
    int kept = 0;
    f->out_of_memory |= !gf_worth_of_truth(&truth, f->line);
    for (int k = 0; k < out->count && !out->failed && !f->out_of_memory; k++) {
        gf_addend *term = &out->list[k];
        find_worth(f, term);
        if (!out->failed && !f->out_of_memory && !gf_worth_add(&sum, f->line, kept ? &sum : NULL, 1, &term->worth))
            f->out_of_memory = true;
        bool stays = term->worth.norm > 1e-12 * truth.norm;
        if (stays || (f->for_hints && !out->failed && is_zero_by_chance(f, term)))
            out->list[kept++] = *term;
        else if (!kept)
            sum = (gf_worth){0};
    }
    out->count = kept;
    out->none = !kept && !out->failed;
    out->failed |= !kept || f->out_of_memory || !gf_worth_equal(f->line, &sum, &truth);
}

/* What a path brings may be a sum, G - softmax(z) * sum(G): each summand is a term of it. */
static void split_sums(gf_addends *out)
{
    for (int k = 0; k < out->count; k++)
        for (const gf_tree *tree = out->list[k].tree; out->count < GF_ADDENDS; tree = out->list[k].tree) {
            gf_addend rest = out->list[k];
            if (rest.whole || (tree->kind != TREE_ADD && tree->kind != TREE_SUBTRACT))
                break;
            rest.tree = tree->kids[1];
            rest.minus = rest.minus != (tree->kind == TREE_SUBTRACT);
            out->list[k].tree = tree->kids[0];
            out->list[out->count++] = rest;
        }
}

static bool is_derivative(const gf_tree *tree, const void *model)
{
    return gf_tree_is_derivative(model, tree);
}

const gf_tree *gf_derivative_in(const gf_model *m, const gf_tree *tree)
{
    return gf_tree_find(tree, is_derivative, m);
}

static void collect(gf_pathfinder *f)
{
    gf_line *line = f->line;
    for (int n = 0; n < f->out->count; n++)
        for (size_t k = 0; k < line->count; k++)
            gf_judge_collect(&line->claims->judge, f->out->list[n].tree, line->bindings[k]);
}

static void find(gf_pathfinder *f, gf_grain grain)
{
    const gf_line *line = f->line;
    const gf_model *m = line->m;
    int count = 0;
    f->about = find_derivative(m, line->truth, &count);
    bool jacobian = f->about && gf_tree_is_jacobian(m, f->about), gradient = f->about && !jacobian;
    bool claim = line->statement->kind == STATEMENT_CLAIM;
    bool stack = !claim && !count && gf_derivative_in(m, line->truth); /* vcat(t, grad(z[t])) */
    bool parts = grain == GRAIN_WHOLE && f->about != line->truth && !line->diagonal && !stack;
    f->out->copied = parts && claim;
    f->out->written = parts && !f->out->copied && !count && !gf_uses_let(m, line->truth);
    if (parts)
        gf_each_summand(line->truth, false, note_summand, f->out);
    else if (grain == GRAIN_WHOLE)
        f->out->list[f->out->count++] = (gf_addend){.tree = line->truth, .path = "", .whole = true};
    else if (gradient && grain != GRAIN_WHOLE && !line->diagonal)
        gf_pathfinder_gradient(f, grain);
    else if (jacobian && grain == GRAIN_NAMES)
        gf_pathfinder_jacobian(f);
    else
        f->out->failed = true;
    split_sums(f->out);
}

bool gf_terms_find(gf_addends *out, gf_line *line, gf_grain grain, bool for_hints)
{
    size_t names = line->m->symbol_count;
    gf_pathfinder f = {.line = line, .m = line->m, .d = line->d, .out = out, .for_hints = for_hints};
    out->count = 0;
    out->copied = out->written = out->failed = out->none = false;
    f.says = gf_arena_get(line->arena, names * sizeof *f.says);
    f.seen = gf_arena_get(line->arena, names * sizeof *f.seen);
    if (!f.says || !f.seen)
        return false;
    gf_binding t = {.name = line->m->t, .known = true, .value = 1, .outer = line->bindings[0]};
    f.d->bindings = &t;
    gf_pathfinder_mentions(&f, line->tree);
    find(&f, grain);
    if (!out->failed && !f.out_of_memory)
        collect(&f);
    f.d->bindings = NULL;
    if (!out->failed && !f.out_of_memory)
        add_up(&f);
    return !f.out_of_memory && !f.d->problems->out_of_memory;
}
