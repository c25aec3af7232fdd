/* The summands of a line, and lines in which some of them have been changed.
 *
 * (V' @ ds[t] + W' @ da[t+1]) * s[t] - b[t]  has the summands  (V' @ ds[t] + W' @ da[t+1]) * s[t]  and  -b[t]. The
 * first may be distributed over the sum in it: V' @ ds[t] * s[t]  and  W' @ da[t+1] * s[t]. Each piece knows the node
 * of the line that makes it, here V' @ ds[t], so that it can be taken out of the line as it was written. */
#include <string.h>

#include "mend/terms/inside.h"

/* --- splitting ---------------------------------------------------------------------------------------------------- */

enum { PARTS = 8 };

/* Goes through a sum; the addends go to *count pieces. With `around`, each stands in it in place of `sum`. */
typedef struct splitting {
    gf_line *line;
    gf_addend *list;
    int count;
    const gf_tree *around, *sum;
    bool out_of_memory;
} splitting;

static void add_part(splitting *s, const gf_tree *tree, const gf_tree *node, bool minus)
{
    gf_addend *piece = &s->list[s->count];
    s->out_of_memory |= !tree;
    if (!tree || s->count == GF_ADDENDS)
        return;
    *piece = (gf_addend){.tree = tree, .node = node, .minus = minus};
    if (!gf_worth_find(&piece->worth, s->line, tree, NULL) ||
        (minus && piece->worth.known && !gf_worth_add(&piece->worth, s->line, NULL, -1, &piece->worth)))
        s->out_of_memory = true;
    s->count++;
}

static void add_piece(splitting *s, const gf_tree *node, bool minus)
{
    add_part(s, s->around ? gf_tree_with(s->line->arena, s->around, s->sum, node) : node, node, minus);
}

/* [a, b, c] is [a, 0 * b, 0 * c] + [0 * a, b, 0 * c] + [0 * a, 0 * b, c]. */
static void split_parts(splitting *s, const gf_tree *tree, bool minus)
{
    gf_tree *kids[PARTS];
    for (uint32_t k = 0; k < tree->count; k++) {
        for (uint32_t n = 0; n < tree->count; n++) {
            gf_tree *zero = gf_tree_new(s->line->arena, TREE_NUMBER, (gf_span){0, 0}, NULL, 0);
            kids[n] = n == k ? tree->kids[n]
                      : zero ? gf_tree_new(s->line->arena, TREE_MULTIPLY, (gf_span){0, 0},
                                           (gf_tree *[]){zero, tree->kids[n]}, 2)
                             : NULL;
            s->out_of_memory |= !kids[n];
        }
        const gf_tree *around = s->out_of_memory ? NULL : gf_tree_like(s->line->arena, tree, kids, tree->count);
        s->out_of_memory |= !around;
        if (around)
            add_part(s, around, tree->kids[k], minus);
    }
}

static void split(void *splits, const gf_tree *tree, bool minus)
{
    splitting *s = splits;
    bool joined = (tree->kind == TREE_BESIDE || tree->kind == TREE_STACKED) && tree->count <= PARTS;
    if (joined && !s->around)
        split_parts(s, tree, minus);
    else
        add_piece(s, tree, minus);
}

void gf_each_summand(const gf_tree *tree, bool minus, gf_summand_visit *visit, void *data)
{
    if (!gf_tree_adds(tree)) {
        visit(data, tree, minus);
        return;
    }
    if (tree->kind != TREE_NEGATIVE)
        gf_each_summand(tree->kids[0], minus, visit, data);
    gf_each_summand(tree->kids[tree->count - 1], minus != (tree->kind != TREE_ADD), visit, data);
}

bool gf_pieces_split(gf_addends *out, gf_line *line)
{
    splitting s = {.line = line, .list = out->list};
    gf_each_summand(line->tree, false, split, &s);
    out->count = s.count;
    return !s.out_of_memory;
}

/* Sum number *number below a node, from the outside in. */
static const gf_tree *find_sum(const gf_tree *tree, int *number)
{
    bool over = gf_tree_binds(tree);
    if (gf_tree_adds(tree) && (*number)-- == 0)
        return tree;
    for (uint32_t k = over ? tree->count - 1 : 0; k < tree->count && tree->kind != TREE_AT; k++) {
        const gf_tree *found = find_sum(tree->kids[k], number);
        if (found)
            return found;
    }
    return NULL;
}

/* Do the parts add up to the piece? (a + b)' is a' + b', exp(a + b) is not exp(a) + exp(b). */
static bool adds_up(splitting *s, const gf_addend *piece)
{
    gf_worth sum = {0};
    bool known = piece->worth.known;
    for (int k = 0; k < s->count && known && !s->out_of_memory; k++) {
        known = s->list[k].worth.known;
        if (known && !gf_worth_add(&sum, s->line, k ? &sum : NULL, 1, &s->list[k].worth))
            s->out_of_memory = true;
    }
    return known && !s->out_of_memory && gf_worth_equal(s->line, &sum, &piece->worth);
}

int gf_piece_distribute(gf_addend out[GF_ADDENDS], gf_line *line, const gf_addend *piece, int number)
{
    const gf_tree *sum = find_sum(piece->tree, &number);
    splitting s = {.line = line, .list = out, .around = piece->tree, .sum = sum};
    if (!sum)
        return 0;
    gf_each_summand(sum, piece->minus, split, &s);
    bool good = adds_up(&s, piece);
    return s.out_of_memory ? -1 : good ? s.count : 1;
}

bool gf_piece_is_part(const gf_addend *piece)
{
    return piece->tree != piece->node && (piece->tree->kind == TREE_BESIDE || piece->tree->kind == TREE_STACKED);
}

const gf_tree *gf_piece_part(const gf_line *line, const gf_addend *piece, const gf_tree *term)
{
    const gf_tree *part = NULL;
    if (term->kind != piece->tree->kind || !gf_piece_is_part(piece))
        return NULL;
    for (uint32_t k = 0; k < term->count; k++) {
        const gf_tree *kid = term->kids[k];
        if (kid->kind == TREE_CALL && !strcmp(gf_model_text(line->m, kid->name), "zeros"))
            continue;
        if (part)
            return NULL;
        part = kid;
    }
    return part;
}

/* --- changing ----------------------------------------------------------------------------------------------------- */

/* A tree with its sign; tree NULL: nothing. */
typedef struct signed_tree {
    gf_tree *tree;
    bool minus;
} signed_tree;

static gf_tree *node(gf_line *line, gf_tree_kind kind, gf_tree *a, gf_tree *b)
{
    gf_tree *kids[] = {a, b};
    return gf_tree_new(line->arena, kind, (gf_span){0, 0}, kids, b ? 2 : 1);
}

static gf_tree *without_sign(gf_line *line, signed_tree s)
{
    return s.tree && s.minus ? node(line, TREE_NEGATIVE, s.tree, NULL) : s.tree;
}

static signed_tree changed(gf_line *line, const gf_tree *tree, const gf_change changes[], int count);

static signed_tree changed_sum(gf_line *line, const gf_tree *tree, const gf_change changes[], int count)
{
    signed_tree a = changed(line, tree->kids[0], changes, count), b = changed(line, tree->kids[1], changes, count);
    bool same = a.tree == tree->kids[0] && b.tree == tree->kids[1] && !a.minus && !b.minus;
    b.minus = b.minus != (tree->kind == TREE_SUBTRACT);
    if (same)
        return (signed_tree){(gf_tree *)tree, false};
    if (!a.tree || !b.tree)
        return a.tree ? a : b;
    return (signed_tree){gf_tree_and(line, without_sign(line, a), b.tree, b.minus), false};
}

static signed_tree signed_of(const gf_tree *tree, bool minus)
{
    bool negative = tree && tree->kind == TREE_NEGATIVE;
    return (signed_tree){negative ? tree->kids[0] : (gf_tree *)tree, minus != negative};
}

static signed_tree changed(gf_line *line, const gf_tree *tree, const gf_change changes[], int count)
{
    for (int k = 0; k < count; k++)
        if (changes[k].node == tree)
            return signed_of(changes[k].tree, changes[k].minus);
    if (tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT)
        return changed_sum(line, tree, changes, count);
    const gf_tree *now = tree;
    for (uint32_t k = 0; k < tree->count && now; k++) {
        signed_tree kid = changed(line, tree->kids[k], changes, count);
        if (kid.tree == tree->kids[k] && !kid.minus)
            continue;
        if (tree->kind == TREE_NEGATIVE)
            return (signed_tree){kid.tree, !kid.minus};
        bool one = kid.tree && gf_tree_is(kid.tree, 1) && !kid.minus;
        if (one && tree->kind == TREE_MULTIPLY)
            return (signed_tree){tree->kids[!k], false};
        now = gf_tree_with_kid(line->arena, now, k, without_sign(line, kid));
    }
    return (signed_tree){(gf_tree *)now, false};
}

gf_tree *gf_tree_changed(gf_line *line, const gf_change changes[], int count)
{
    return without_sign(line, changed(line, line->tree, changes, count));
}

gf_tree *gf_tree_and(gf_line *line, const gf_tree *tree, const gf_tree *term, bool minus)
{
    bool zero = tree && gf_tree_is(tree, 0);
    if (!tree || zero)
        return without_sign(line, (signed_tree){(gf_tree *)term, minus});
    if (tree->kind == TREE_NEGATIVE && !minus)
        return node(line, TREE_SUBTRACT, (gf_tree *)term, tree->kids[0]);
    return node(line, minus ? TREE_SUBTRACT : TREE_ADD, (gf_tree *)tree, (gf_tree *)term);
}

/* --- joining ------------------------------------------------------------------------------------------------------ */

/* The one factor that is not in the other product; NULL: there are none, or several. */
static const gf_tree *odd_factor(const gf_chain *a, const gf_chain *b)
{
    const gf_tree *odd = NULL;
    bool used[GF_CHAIN] = {false};
    for (int k = 0; k < a->count; k++) {
        int n = 0;
        while (n < b->count && (used[n] || a->against[k] != b->against[n] || !gf_tree_equal(a->of[k], b->of[n])))
            n++;
        if (n < b->count)
            used[n] = true;
        else if (odd || a->against[k])
            return NULL;
        else
            odd = a->of[k];
    }
    return odd;
}

/* a * f and b * f, where all factors but one are the same: (a + b) * f, or (a - b) * f. NULL where that is not so. */
static const gf_tree *joined_products(gf_line *line, const gf_tree *a, const gf_tree *b, bool minus)
{
    gf_chain x = {.count = 0}, y = {.count = 0};
    gf_chain_add(&x, a, false, false);
    gf_chain_add(&y, b, false, false);
    bool alike = x.count == y.count && x.count > 1 && x.count < GF_CHAIN;
    const gf_tree *u = alike ? odd_factor(&x, &y) : NULL, *v = u ? odd_factor(&y, &x) : NULL;
    gf_tree *sum = v ? gf_tree_and(line, u, v, minus) : NULL;
    return sum ? gf_tree_with(line->arena, a, u, sum) : NULL;
}

const gf_tree *gf_tree_joined(gf_line *line, const gf_tree *tree)
{
    gf_chain terms = {.count = 0};
    gf_chain_add(&terms, tree, true, false);
    for (int b = 1; b < terms.count && terms.count < GF_CHAIN; b++)
        for (int a = 0; a < b; a++) {
            const gf_tree *one = joined_products(line, terms.of[a], terms.of[b], terms.against[a] != terms.against[b]);
            const gf_tree *whole = NULL;
            for (int k = 0; k < terms.count && one; k++)
                if (k != b)
                    whole = gf_tree_and(line, whole, k == a ? one : terms.of[k], terms.against[k]);
            if (whole)
                return whole;
        }
    return NULL;
}
