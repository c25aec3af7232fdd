/* Rewrites: how a derivation is cleaned up.
 *
 * What the formulas bring is right, and reads badly: 1 * (softmax(z[t]) * sum(y[t]) - y[t]). So each node, once it is
 * made, is held against a table of patterns, texts in the language. A letter of a pattern stands for an expression:
 *
 *     a, b, c   anything          k, l   a number (of literals, sizes, indices)          u, v   no number
 *     s         1 x 1, at all sizes, but no number               w, x   not 1 x 1, and no number
 *     h         a column, and no more                          r      a row, and no more
 *     p         every row of it adds up to 1 (one-hot targets)   q      all of it does
 *
 * A letter that stands twice stands for equal expressions. A rewrite counts only where it leaves the shape as it is:
 * ones(m, 1) * a is a only if that has m rows. Kids are clean before a node is, and each rewrite leaves less to do. */
#include <math.h>
#include <string.h>

#include "derive/uses.h"

typedef struct texts {
    const char *pattern, *replacement;
} texts;

static const texts cleaning[] = {
    /* nothing */
    {"a + 0", "a"},
    {"0 + a", "a"},
    {"a - 0", "a"},
    {"0 - a", "-a"},
    {"a + b - b", "a"},
    {"a + b - a", "b"},
    {"a / b * b", "a"},
    {"a / b * c * b", "a * c"},
    {"a / (b * c) * c", "a / b"},
    {"a / (b * c) * b", "a / c"},
    {"a / (b * c) * c * u", "a / b * u"},
    {"a + zeros(k, l)", "a"},
    {"zeros(k, l) + a", "a"},
    {"a - zeros(k, l)", "a"},
    {"a * zeros(k, l)", "zeros(k, l)"},
    {"zeros(k, l) * a", "zeros(k, l)"},
    {"-zeros(k, l)", "zeros(k, l)"},
    /* one */
    {"1 * a", "a"},
    {"a * 1", "a"},
    {"1 @ a", "a"},
    {"a @ 1", "a"},
    {"a / 1", "a"},
    {"a ^ 1", "a"},
    {"ones(k, l) * a", "a"},
    {"a * ones(k, l)", "a"},
    {"ones(k, l) / a * b", "b / a"},
    {"ones(k, l) / a / b * c", "c / a / b"},
    {"a * ones(k, l) * b", "a * b"},
    {"a * ones(k, l) / b * c", "a / b * c"},
    {"s * ones(k, l) + a", "s + a"},
    {"a + s * ones(k, l)", "a + s"},
    {"s * ones(k, l) / b + a", "s / b + a"},
    {"a + s * ones(k, l) / b", "a + s / b"},
    {"a - s * ones(k, l)", "a - s"},
    {"s * ones(k, l) - a", "s - a"},
    {"a + k * ones(l, b)", "a + k"},
    {"a - k * ones(l, b)", "a - k"},
    {"k * ones(l, b) - a", "k - a"},
    {"where(c, ones(k, l), 0) * a", "where(c, a, 0)"},
    {"where(c, 0, ones(k, l)) * a", "where(c, 0, a)"},
    {"l * where(c, k, 0) * a", "where(c, l * k * a, 0)"},
    {"where(c, 0, k) * a", "where(c, 0, k * a)"},
    {"where(c, a, 0) + where(c, 0, b)", "where(c, a, b)"},
    {"eye(k) @ a", "a"},
    {"a @ eye(k)", "a"},
    {"s * eye(1)", "s"},
    {"k * eye(l) @ a", "k * a"},
    {"s * eye(l) @ a", "s * a"},
    {"diag(a) @ diag(b)", "diag(a * b)"},
    {"c @ diag(a) @ diag(b)", "c @ diag(a * b)"},
    {"k * diag(a)", "diag(k * a)"},
    {"s * diag(a)", "diag(s * a)"},
    {"-diag(a)", "diag(-a)"},
    {"a * rowsum(p)", "a"},
    {"rowsum(h * p)", "h"},
    {"a * sum(q)", "a"},
    /* signs */
    {"--a", "a"},
    {"(-a) * b", "-(a * b)"},
    {"a * -b", "-(a * b)"},
    {"(-a) @ b", "-(a @ b)"},
    {"a @ -b", "-(a @ b)"},
    {"(-a) / b", "-(a / b)"},
    {"a / -b", "-(a / b)"},
    {"a + -b", "a - b"},
    {"a - -b", "a + b"},
    {"-a + b", "b - a"},
    {"-(a - b)", "b - a"},
    {"1 - (1 - a)", "a"},
    /* transposes */
    {"a''", "a"},
    {"k'", "k"},
    {"(-a)'", "-a'"},
    {"(a @ b)'", "b' @ a'"},
    {"(k * a)'", "k * a'"},
    {"(a / k)'", "a' / k"},
    {"(a' * b')'", "a * b"},
    {"diag(a)'", "diag(a)"},
    {"eye(k)'", "eye(k)"},
    {"ones(k, l)'", "ones(l, k)"},
    {"zeros(k, l)'", "zeros(l, k)"},
    {"sum(a')", "sum(a)"},
    {"rowsum(a')", "colsum(a)'"},
    {"colsum(a')", "rowsum(a)'"},
    /* numbers stand in front */
    {"k @ a", "k * a"},
    {"u @ k", "k * u"},
    {"u * k", "k * u"},
    {"u * (k * v)", "k * u * v"},
    {"u @ (k * v)", "(k * u) @ v"},
    {"u @ (k * v @ a)", "(k * u) @ (v @ a)"},
    {"k * (l * u)", "k * l * u"},
    {"k * (u * v)", "k * u * v"},
    {"k * (u @ v)", "k * u @ v"},
    {"k * (u / v)", "k * u / v"},
    {"u / k * v", "u * v / k"},
    {"u / k @ v", "u @ v / k"},
    {"u @ (v / k)", "u @ v / k"},
    {"u * (v / k)", "u * v / k"},
    {"1 / k * u", "u / k"},
    /* then what is 1 x 1 */
    {"s'", "s"},
    {"s @ u", "s * u"},
    {"w @ s", "s * w"},
    {"w * s", "s * w"},
    {"w @ (s * x)", "s * (w @ x)"},
    {"(s * w) @ x", "s * (w @ x)"},
    {"(s * w)'", "s * w'"},
    {"k * u + l * u", "(k + l) * u"},
    {"u + u", "2 * u"},
    {"a + u + u", "a + 2 * u"},
    {"a - u - u", "a - 2 * u"},
    {"k / (k * l)", "1 / l"},
    {"k / (l * k)", "1 / l"},
    {"k * u / (k * l)", "u / l"},
    {"k * u / k", "u"},
    {"k * u * v / k", "u * v"},
    {"k * u @ v / k", "u @ v"},
    {"k * u * v * a / k", "u * v * a"},
    {"k * u / (k * v)", "u / v"},
    {"k * u * v / (k * a)", "u * v / a"},
    {"u * v + u * a", "u * (v + a)"},
    {"u * v - u * a", "u * (v - a)"},
    {"u * v - v * a", "(u - a) * v"},
    {"a * u + b * u", "(a + b) * u"},
    {"a * u - b * u", "(a - b) * u"},
    {"u - u * v", "u * (1 - v)"},
    {"a / u + b / u", "(a + b) / u"},
    {"a / u - b / u", "(a - b) / u"},
    {"a @ u + b @ u", "(a + b) @ u"},
    {"a @ u - b @ u", "(a - b) @ u"},
    {"diag(w) + diag(x)", "diag(w + x)"},
    {"diag(w) - diag(x)", "diag(w - x)"},
    {"(eye(k) - h) @ diag(h)", "diag(h) - h @ h'"},
    {"(eye(k) - r') @ diag(r)", "diag(r) - r' @ r"},
    /* products from the left, and powers */
    {"a * (b * c)", "a * b * c"},
    {"a * (b / c)", "a * b / c"},
    {"u * u", "u ^ 2"},
    {"a * u * u", "a * u ^ 2"},
    {"u ^ k * u", "u ^ (k + 1)"},
    {"a * u ^ k * u", "a * u ^ (k + 1)"},
    /* sums of sums; slices of everything */
    {"rowsum(-a)", "-rowsum(a)"},
    {"colsum(-a)", "-colsum(a)"},
    {"sum(-a)", "-sum(a)"},
    {"rowsum(a @ b * diag(ones(k, l)))", "rowsum(a * b')"},
    {"rowsum(a / s)", "rowsum(a) / s"},
    {"colsum(a / s)", "colsum(a) / s"},
    {"sum(a / s)", "sum(a) / s"},
    {"sum(rowsum(a))", "sum(a)"},
    {"sum(colsum(a))", "sum(a)"},
    {"rowsum(a)", "a"},
    {"colsum(a)", "a"},
    {"sum(a)", "a"},
    {"rows(a, k, l)", "a"},
    {"cols(a, k, l)", "a"},
    {"reshape(a, k, l)", "a"},
    {"exp(log_softmax(a))", "softmax(a)"},
    {"a / (1 + exp(-b)) * exp(-b)", "a * (1 - 1 / (1 + exp(-b)))"},
    {"norm(a) * unit(a)", "a"},
    {"k * norm(a) * unit(a)", "k * a"},
    {"s * norm(a) * unit(a)", "s * a"},
    {"k * s * norm(a) * unit(a)", "k * s * a"},
    /* logarithms of probabilities, and what makes these */
    {"a / u * u", "a"},
    {"sum(q)", "1"},
    {"rowsum(q)", "1"},
    {"colsum(q)", "1"},
    {"u * (s - v / u)", "s * u - v"},
    {"u * (k - v / u)", "k * u - v"},
    {"(-(a / b) - (a - 1) / (1 - b)) * b * (1 - b)", "b - a"},
    /* products of vectors */
    {"colsum(u * v)", "u' @ v"},
    {"rowsum(u * v)", "u @ v'"},
    {"sum(u * v)", "u' @ v"},
    {"sum(u * v)", "u @ v'"},
    {"a / b / b", "a / b ^ 2"},
    {"a / sqrt(b) / (k * sqrt(b))", "a / (k * b)"},
};

/* At the end: brackets that change nothing go, what has no name in the file has its function, and a minus stands in
 * front of the first factor. The first one stays away from programs, where it would be dearer. */
static const texts polishing[] = {
    {"a @ (b @ c)", "a @ b @ c"},
    {"a + (b + c)", "a + b + c"},
    {"a + (b - c)", "a + b - c"},
    {"exp(a) / (1 + exp(a))", "sigmoid(a)"},
    {"a / (1 + exp(b)) * exp(b)", "a * sigmoid(b)"},
    {"-(a / (1 + exp(b)) * exp(b))", "-a * sigmoid(b)"},
    {"-(1 / sum(exp(h)) * exp(h))", "-softmax(h)"},
    {"1 / sum(exp(h)) * exp(h)", "softmax(h)"},
    {"a / sum(exp(h)) * exp(h)", "a * softmax(h)"},
    {"-(a * b)", "-a * b"},
    {"-(a @ b)", "-a @ b"},
    {"-(a / b)", "-a / b"},
};

enum { CLEANING = sizeof cleaning / sizeof *cleaning, POLISHING = sizeof polishing / sizeof *polishing };
enum { LETTERS = 'z' + 1 };
enum { MANY = 400 }; /* terms in a row stay in the groups that they come in */

/* What the letters stand for. */
typedef struct match {
    const gf_tree *of[LETTERS];
} match;

/* --- matching ----------------------------------------------------------------------------------------------------- */

static bool is_number(gf_deriving *d, const gf_tree *tree)
{
    double number;
    return gf_number_of(d, tree, &number);
}

/* 1 x 1 whatever the sizes are. */
static bool is_scalar(gf_deriving *d, const gf_tree *tree)
{
    gf_extents extents;
    return gf_extents_of(d, tree, &extents) && gf_is_one(&extents, 0) && gf_is_one(&extents, 1);
}

/* A row, or a column, whatever the sizes are. */
static bool is_vector(gf_deriving *d, const gf_tree *tree, bool row)
{
    gf_extents extents;
    return gf_extents_of(d, tree, &extents) && gf_is_one(&extents, row) < gf_is_one(&extents, !row);
}

/* Does the leaf's value add up to 1, in each row or all in all, at every step? Asked of values that the file fixes, and
 * of one-hot ones, which other seeds do not change. */
static bool adds_up(const gf_matrix *value, bool rows)
{
    double sum = 0;
    for (int i = 0; i < value->rows; i++) {
        sum = rows ? 0 : sum;
        for (int j = 0; j < value->cols; j++)
            sum += value->data[(size_t)i * (size_t)value->stride + (size_t)j];
        if (rows && fabs(sum - 1) > 1e-12)
            return false;
    }
    return fabs(sum - 1) <= 1e-12;
}

static bool is_distribution(gf_deriving *d, const gf_tree *tree, bool rows)
{
    const gf_symbol *symbol = gf_model_named(d->m, tree);
    if (!symbol || (symbol->kind != SYMBOL_GIVEN && symbol->kind != SYMBOL_INPUT) || !symbol->at)
        return false;
    const gf_init *init = &symbol->declaration->init;
    bool one_hot = init->kind == INIT_RANDOM && !strcmp(gf_model_text(d->m, init->call->name), "onehot");
    if (!one_hot && init->kind != INIT_VALUE)
        return false;
    for (long t = 0; t < (symbol->timed ? d->m->steps : 1); t++)
        if (!symbol->at[t].node || !adds_up(gf_value(symbol->at[t].node), rows))
            return false;
    return !symbol->starts || gf_is_present(d, tree); /* what starts give is no target */
}

static bool letter_fits(gf_deriving *d, char letter, const gf_tree *tree)
{
    switch (letter) {
    case 'k':
    case 'l':
        return is_number(d, tree);
    case 'u':
    case 'v':
        return !is_number(d, tree);
    case 's':
        return !is_number(d, tree) && is_scalar(d, tree);
    case 'w':
    case 'x':
        return !is_number(d, tree) && !is_scalar(d, tree);
    case 'h':
    case 'r':
        return is_vector(d, tree, letter == 'r');
    case 'p':
    case 'q':
        return is_distribution(d, tree, letter == 'p');
    default:
        return true;
    }
}

static bool matches(gf_deriving *d, const gf_tree *pattern, const gf_tree *tree, match *found)
{
    if (pattern->kind == TREE_NAME) {
        char letter = gf_names_text(&d->m->file.names, pattern->name)[0];
        const gf_tree **of = &found->of[(unsigned char)letter];
        if (*of)
            return gf_tree_equal(*of, tree);
        *of = tree;
        return letter_fits(d, letter, tree);
    }
    if (pattern->kind != tree->kind || pattern->count != tree->count || pattern->name != tree->name)
        return false;
    if (pattern->kind == TREE_NUMBER)
        return pattern->number == tree->number;
    for (uint32_t k = 0; k < pattern->count; k++)
        if (!matches(d, pattern->kids[k], tree->kids[k], found))
            return false;
    return true;
}

static gf_tree *fill(gf_deriving *d, const gf_tree *tree, const match *found, bool clean)
{
    if (tree->kind == TREE_NAME)
        return (gf_tree *)found->of[(unsigned char)gf_names_text(&d->m->file.names, tree->name)[0]];
    if (tree->kind == TREE_NUMBER)
        return gf_make_number(d, tree->number);
    const gf_tree *kids[GF_ARGUMENTS];
    for (uint32_t k = 0; k < tree->count && k < GF_ARGUMENTS; k++)
        kids[k] = fill(d, tree->kids[k], found, clean);
    return clean ? gf_make_like(d, tree, kids) : gf_make_raw(d, tree, kids, tree->count);
}

/* --- the tables --------------------------------------------------------------------------------------------------- */

static gf_rewrite *read_table(gf_deriving *d, const texts *table, size_t count)
{
    gf_rewrite *rewrites = gf_arena_get(d->arena, count * sizeof *rewrites);
    d->problems->out_of_memory |= !rewrites;
    for (size_t k = 0; rewrites && k < count; k++) {
        rewrites[k].pattern = gf_parse_text(table[k].pattern, &d->m->file.names, d->arena, d->problems);
        rewrites[k].replacement = gf_parse_text(table[k].replacement, &d->m->file.names, d->arena, d->problems);
    }
    return d->problems->out_of_memory ? NULL : rewrites;
}

static const gf_rewrite *table_of(gf_deriving *d, bool polish)
{
    if (!d->rewrites[polish])
        d->rewrites[polish] = polish ? read_table(d, polishing, POLISHING) : read_table(d, cleaning, CLEANING);
    return d->rewrites[polish];
}

static bool keeps_shape(gf_deriving *d, const gf_tree *before, const gf_tree *after)
{
    gf_extents a, b;
    if (!after || !gf_extents_of(d, before, &a) || !gf_extents_of(d, after, &b) || !gf_extents_equal(&a, &b))
        return false;
    bool slice = before->kind == TREE_CALL && before->count == 3; /* of all there is, at these sizes alone? */
    return !slice || (gf_tree_equal(a.text[0], b.text[0]) && gf_tree_equal(a.text[1], b.text[1]));
}

/* A part of [a; b] without rows, or of [a, b] without columns. */
static bool is_empty_part(gf_deriving *d, const gf_tree *node, const gf_tree *part)
{
    const gf_tree *size = part->kind == TREE_CALL && part->name == d->words.zeros && part->count == 2
                              ? part->kids[node->kind == TREE_BESIDE]
                              : NULL;
    return size && size->kind == TREE_NUMBER && size->number == 0;
}

static gf_tree *without_empty_parts(gf_deriving *d, gf_tree *node)
{
    const gf_tree **kept = gf_arena_get(d->arena, node->count * sizeof *kept);
    uint32_t count = 0;
    d->problems->out_of_memory |= !kept;
    for (uint32_t k = 0; kept && k < node->count; k++)
        if (!is_empty_part(d, node, node->kids[k]))
            kept[count++] = node->kids[k];
    if (!kept || count == node->count || !count)
        return kept ? node : NULL;
    return count == 1 ? (gf_tree *)kept[0] : gf_make_raw(d, node, kept, count);
}

static bool is_zeros(const gf_deriving *d, const gf_tree *part)
{
    return part->kind == TREE_CALL && part->name == d->words.zeros && part->count == 2;
}

/* How long the first parts are together; false where that cannot be told. */
static bool length_of_parts(gf_deriving *d, const gf_tree *node, uint32_t count, gf_affine *out)
{
    *out = (gf_affine){.fits = true};
    for (uint32_t k = 0; k < count; k++) {
        gf_extents part;
        if (!gf_extents_of(d, node->kids[k], &part))
            return false;
        gf_affine size = gf_affine_of(part.text[node->kind == TREE_BESIDE]);
        *out = gf_affine_sum(*out, 1, &size);
    }
    return out->fits;
}

/* [a; zeros] + [zeros; b] is [a; b], where the zeros of the one lie at what the other has. */
static gf_tree *joined_parts(gf_deriving *d, gf_tree *node)
{
    const gf_tree *a = node->kids[0], *b = node->kids[1];
    gf_affine front, zeros;
    if (!is_zeros(d, a->kids[a->count - 1]) || !is_zeros(d, b->kids[0]) ||
        !length_of_parts(d, a, a->count - 1, &front) || !length_of_parts(d, b, 1, &zeros))
        return node;
    gf_affine differ = gf_affine_sum(front, -1, &zeros);
    const gf_tree **kids = gf_arena_get(d->arena, (a->count + b->count) * sizeof *kids);
    d->problems->out_of_memory |= !kids;
    if (!kids || !differ.fits || differ.count || differ.number)
        return kids ? node : NULL;
    uint32_t count = 0;
    for (uint32_t k = 0; k + 1 < a->count; k++)
        kids[count++] = a->kids[k];
    for (uint32_t k = 1; k < b->count; k++)
        kids[count++] = b->kids[k];
    return gf_make_raw(d, a, kids, count);
}

/* Of one index, over one range? */
static bool sums_alike(const gf_tree *a, const gf_tree *b)
{
    bool alike = a->kind == TREE_SUM && a->name == b->name && a->count == b->count && a->down == b->down;
    for (uint32_t k = 0; alike && k + 1 < a->count; k++)
        alike = gf_tree_equal(a->kids[k], b->kids[k]);
    return alike;
}

/* sum(t, a) + sum(t, b), and so behind another term, is sum(t, a + b). */
static gf_tree *joined_sums(gf_deriving *d, gf_tree *node)
{
    const gf_tree *left = node->kids[0], *right = node->kids[1], *kids[3];
    const gf_tree *first = left->kind == TREE_ADD ? left->kids[1] : left;
    if (!sums_alike(first, right) || gf_tree_body(first)->depth + gf_tree_body(right)->depth > MANY)
        return node;
    for (uint32_t k = 0; k + 1 < first->count; k++)
        kids[k] = first->kids[k];
    kids[first->count - 1] = gf_make(d, TREE_ADD, gf_tree_body(first), gf_tree_body(right));
    gf_tree *sum = gf_make_raw(d, first, kids, first->count);
    return first == left || !sum ? sum : gf_make(d, TREE_ADD, left->kids[0], sum);
}

/* With 4 * m for g, where the file says size g = 4 * m. */
static gf_affine without_defined_sizes(gf_deriving *d, gf_affine a)
{
    for (int k = 0; k < a.count; k++) {
        const gf_symbol *symbol = gf_model_symbol(d->m, a.name[k]);
        const gf_tree *value = symbol && symbol->kind == SYMBOL_SIZE ? symbol->declaration->value : NULL;
        long is;
        if (!value || !value->count || !gf_index_value(d, value, NULL, &is) || is != symbol->value)
            continue;
        gf_affine meant = gf_affine_of(value);
        long factor = a.factor[k];
        a = gf_affine_sum(gf_affine_without(a, a.name[k]), factor, &meant);
        k = -1;
    }
    return a;
}

/* Sums of sizes are written shortest: m + 1 - 1 is m; g - 4 * m is 0 where that is what g is. */
static gf_tree *shortest(gf_deriving *d, gf_tree *node)
{
    gf_affine affine = gf_affine_of(node);
    double number;
    if (!affine.fits || !gf_number_of(d, node, &number))
        return node;
    gf_affine known = without_defined_sizes(d, affine);
    gf_tree *tree = gf_affine_tree(d, known.fits && !known.count ? &known : &affine);
    return tree && gf_tree_equal(tree, node) ? node : tree;
}

/* Literal numbers are worked out. */
static gf_tree *folded(gf_deriving *d, gf_tree *node)
{
    double number, whole;
    if (node->kind == TREE_BESIDE || node->kind == TREE_STACKED)
        return without_empty_parts(d, node);
    if (node->kind == TREE_ADD && node->kids[0]->kind == node->kids[1]->kind &&
        (node->kids[0]->kind == TREE_BESIDE || node->kids[0]->kind == TREE_STACKED))
        return joined_parts(d, node);
    if (node->kind == TREE_ADD && node->kids[1]->kind == TREE_SUM)
        return joined_sums(d, node);
    if (node->kind == TREE_ADD || node->kind == TREE_SUBTRACT)
        return shortest(d, node);
    if (node->kind == TREE_MULTIPLY && (gf_tree_is(node->kids[0], 0) || gf_tree_is(node->kids[1], 0)))
        return gf_zeros_like(d, node);
    if (node->count != 2 || node->kind < TREE_ADD || node->kind > TREE_POWER || node->kind == TREE_MATMUL ||
        node->kids[0]->kind != TREE_NUMBER || node->kids[1]->kind != TREE_NUMBER || !gf_number_of(d, node, &number))
        return node;
    bool exact = node->kind != TREE_DIVIDE || modf(number, &whole) == 0;
    return exact && number >= 0 && isfinite(number) ? gf_make_number(d, number) : node;
}

static gf_tree *rewritten(gf_deriving *d, gf_tree *node, bool polish)
{
    const gf_rewrite *table = polish && node->depth > MANY ? NULL : table_of(d, polish);
    size_t count = polish ? POLISHING : CLEANING;
    for (size_t k = polish && d->nested ? 1 : 0; table && k < count; k++) {
        if (table[k].pattern->kind != node->kind)
            continue;
        match found = {{NULL}};
        if (!matches(d, table[k].pattern, node, &found))
            continue;
        gf_tree *instead = fill(d, table[k].replacement, &found, !polish);
        if (polish || keeps_shape(d, node, instead))
            return instead;
    }
    return node;
}

gf_tree *gf_clean(gf_deriving *d, gf_tree *node)
{
    gf_tree *fold = folded(d, node);
    return fold && fold == node ? rewritten(d, node, false) : fold;
}

gf_tree *gf_polish(gf_deriving *d, const gf_tree *tree)
{
    if (!tree || !tree->count || tree->kind == TREE_NUMBER)
        return (gf_tree *)tree;
    gf_tree *node = rewritten(d, (gf_tree *)tree, true);
    gf_tree **kids = node ? gf_arena_get(d->arena, node->count * sizeof *kids) : NULL;
    if (!kids) {
        d->problems->out_of_memory = true;
        return NULL;
    }
    bool same = true;
    for (uint32_t k = 0; k < node->count; k++) {
        kids[k] = gf_polish(d, node->kids[k]);
        same = same && kids[k] == node->kids[k];
    }
    return same ? node : gf_make_raw(d, node, (const gf_tree *const *)kids, node->count);
}
