/* A factor that is missing, too much, or another one: by what it is named.
 *
 * The summand V' @ (2 * (V @ h[T] - y[T])) is 3 times what it should be. Three is n, and it is k: both are offered, k
 * first, since the term has a 2 / k in it; which of them it is, other sizes tell. */
#include <math.h>
#include <string.h>

#include "mend/terms/inside.h"

/* The last three: what it costs to multiply and to divide, and to divide by a quotient, or by data. */
enum { SCALARS = 24, NAMES = 8, BOTH = 1, NESTED = 3, DATA = 3 };

/* Something that a factor may be made of. */
typedef struct scalar {
    const gf_tree *tree; /* NULL: 1 */
    double value;
    int cost; /* how unlikely it is */
} scalar;

typedef struct factoring {
    gf_line *line;
    gf_deriving *d;
    scalar list[SCALARS];
    int count;
    const gf_tree *base;           /* what is scaled */
    double factor;                 /* by that */
    const gf_tree *product, *rest; /* in it a number times this; NULL: there is none */
    gf_edit edit;
    gf_edit *out;
    int found, most;
} factoring;

static void add_scalar(factoring *f, const gf_tree *tree, double value, int cost)
{
    for (int k = 0; k < f->count; k++)
        if (tree && f->list[k].tree && gf_tree_equal(f->list[k].tree, tree))
            return;
    if (f->count < SCALARS && value > 0)
        f->list[f->count++] = (scalar){tree, value, cost};
}

/* The value of a scalar, if it is the same at all instances. */
static bool value_of(factoring *f, const gf_tree *tree, double *out)
{
    gf_line *line = f->line;
    if (gf_number_of(f->d, tree, out))
        return true;
    if (tree->kind == TREE_CALL && tree->name == gf_word(f->d, "sqrt") && value_of(f, tree->kids[0], out)) {
        *out = sqrt(*out);
        return true;
    }
    gf_worth worth;
    size_t size = gf_line_size(line);
    const gf_symbol *symbol = tree->kind == TREE_NAME ? gf_model_symbol(line->m, tree->name) : NULL;
    if (!symbol || symbol->rows != 1 || symbol->cols != 1 || !gf_worth_find(&worth, line, tree, NULL) || !worth.known)
        return false;
    *out = size ? worth.data[0] : 0;
    return size;
}

/* Is it made of literals alone, as 2 / 4 is? */
static bool is_plain(const gf_tree *tree)
{
    bool plain = tree->kind == TREE_NUMBER || (tree->count && gf_tree_is_chain(tree, false));
    for (uint32_t k = 0; plain && k < tree->count; k++)
        plain = is_plain(tree->kids[k]);
    return plain;
}

/* What a term, or the model, is divided by, and multiplied with. */
static void scalars_of(factoring *f, const gf_tree *tree)
{
    double value;
    uint32_t first = tree->kind == TREE_DIVIDE ? 1 : tree->kind == TREE_MULTIPLY ? 0 : 2;
    for (uint32_t k = first; k < 2; k++) {
        const gf_tree *kid = tree->kids[k]->kind == TREE_NEGATIVE ? tree->kids[k]->kids[0] : tree->kids[k];
        if (value_of(f, kid, &value) && value != 1)
            add_scalar(f, kid, value, 2 * is_plain(kid));
    }
    for (uint32_t k = 0; k < tree->count && tree->kind != TREE_AT; k++)
        scalars_of(f, tree->kids[k]);
}

static void find_scalars(factoring *f, const gf_addends *terms, uint64_t which)
{
    const gf_model *m = f->line->m;
    add_scalar(f, NULL, 1, 0);
    for (int k = 0; k < terms->count; k++)
        if (which >> k & 1)
            scalars_of(f, terms->list[k].tree);
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        if (s->value && !s->broken && (s->kind == STATEMENT_EQUATION || s->kind == STATEMENT_LOSS))
            scalars_of(f, s->value);
    for (uint32_t k = 1; k < m->symbol_count; k++) {
        const gf_symbol *symbol = &m->symbols[k];
        if ((symbol->kind == SYMBOL_SIZE || symbol->kind == SYMBOL_STEPS) && symbol->known && symbol->value > 1)
            add_scalar(f, gf_make_name(f->d, k), (double)symbol->value, symbol->kind == SYMBOL_STEPS ? 1 : 2);
    }
    for (int n = 2; n <= 4; n++)
        add_scalar(f, gf_make_number(f->d, n), n, n == 2 ? 1 : 4);
}

static bool is_near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fabs(b);
}

/* A number in front: 2 * a @ b, not 2 * (a @ b). NULL: -1, which turns a difference round, or stands before it all. */
static gf_tree *in_front(factoring *f, const gf_tree *top, const gf_tree *tree)
{
    const gf_tree *kids[] = {tree->count ? tree->kids[0] : NULL, tree->count > 1 ? tree->kids[1] : NULL};
    bool one = kids[0] && gf_tree_is(kids[0], 1);
    if ((gf_tree_is_chain(tree, false) || tree->kind == TREE_MATMUL) && !(one && top))
        kids[0] = in_front(f, top, kids[0]);
    else if (one && tree->kind == TREE_DIVIDE)
        kids[0] = top;
    else if (top)
        return gf_make_raw(f->d, &(gf_tree){.kind = TREE_MULTIPLY}, (const gf_tree *[]){top, tree}, 2);
    else if (tree->kind == TREE_SUBTRACT)
        return gf_make_raw(f->d, tree, (const gf_tree *[]){kids[1], kids[0]}, 2);
    else
        return gf_make_raw(f->d, &(gf_tree){.kind = TREE_NEGATIVE}, &tree, 1);
    return gf_make_raw(f->d, tree, kids, 2);
}

/* -(a @ b) within a sum, where it is taken off; -a @ b where it is all; (c - b) * a for (b - c) * a. */
static const gf_tree *negative(factoring *f, const gf_tree *tree)
{
    const gf_tree *first = tree;
    while (gf_tree_is_chain(first, false) || first->kind == TREE_MATMUL)
        first = first->kids[0];
    bool front = first->kind == TREE_SUBTRACT || f->edit.old == f->line->tree;
    return front ? in_front(f, NULL, tree) : gf_make_raw(f->d, &(gf_tree){.kind = TREE_NEGATIVE}, &tree, 1);
}

/* base * top / bottom, each under a root where that is so. */
static gf_tree *scaled(factoring *f, const gf_tree *top, const gf_tree *bottom, bool root)
{
    const gf_tree *tree = f->base;
    if (!tree)
        tree = top || !bottom ? NULL : gf_make_number(f->d, 1);
    uint32_t sqrt_name = root ? gf_word(f->d, "sqrt") : 0;
    top = top && root ? gf_make_call(f->d, sqrt_name, &top, 1) : top;
    bottom = bottom && root ? gf_make_call(f->d, sqrt_name, &bottom, 1) : bottom;
    if (f->factor < 0 && tree)
        tree = negative(f, tree);
    if (top)
        tree = tree ? in_front(f, top, tree) : top;
    if (bottom)
        tree = gf_make_raw(f->d, &(gf_tree){.kind = TREE_DIVIDE}, (const gf_tree *[]){tree, bottom}, 2);
    return (gf_tree *)tree;
}

static void take(factoring *f, gf_tree *tree, int cost)
{
    int at = f->found;
    gf_edit edit = f->edit;
    edit.cost += cost;
    edit.instead = tree;
    for (; at > 0 && f->out[at - 1].cost > edit.cost; at--)
        if (at < f->most)
            f->out[at] = f->out[at - 1];
    if (at < f->most && tree)
        f->out[at] = edit;
    f->found += tree && f->found < f->most;
}

/* 4: nobody writes sqrt(4). */
static bool is_square(const scalar *a)
{
    double root = sqrt(a->value);
    return a->tree && a->tree->kind == TREE_NUMBER && root == floor(root);
}

/* B^2, where one multiplied by what one has to divide by. */
static void try_squares(factoring *f)
{
    double size = fabs(f->factor);
    for (int k = 0; k < f->count; k++) {
        const scalar *a = &f->list[k];
        double square = a->value * a->value;
        if (!a->tree || a->tree->kind == TREE_NUMBER || (!is_near(size, square) && !is_near(size, 1 / square)))
            continue;
        const gf_tree *tree =
            gf_make_raw(f->d, &(gf_tree){.kind = TREE_POWER}, (const gf_tree *[]){a->tree, gf_make_number(f->d, 2)}, 2);
        bool much = size > 1;
        take(f, scaled(f, much ? tree : NULL, much ? NULL : tree, false), a->cost + 3);
    }
}

/* Does the file give its value, as of given beta : 1 x 1 = 0.5? Then it may be a number by chance. */
static bool is_data(const factoring *f, const gf_tree *tree)
{
    const gf_symbol *symbol = gf_model_named(f->line->m, tree);
    return symbol && symbol->kind != SYMBOL_SIZE && symbol->kind != SYMBOL_STEPS;
}

static bool divides(const gf_tree *part, const void *data)
{
    (void)data;
    return part->kind == TREE_DIVIDE;
}

static int cost_of_divisor(const factoring *f, const gf_tree *tree)
{
    return gf_tree_find(tree, divides, NULL) ? NESTED : is_data(f, tree) ? DATA : 0;
}

static void try_ratios(factoring *f)
{
    double size = fabs(f->factor);
    for (int top = 0; top < f->count; top++)
        for (int bottom = 0; bottom < f->count; bottom++) {
            const scalar *a = &f->list[top], *b = &f->list[bottom];
            bool same = top == bottom && top;
            if (same || (a->tree && b->tree && gf_tree_equal(a->tree, b->tree)))
                continue;
            int both = b->tree ? cost_of_divisor(f, b->tree) + (a->tree ? BOTH : 0) : 0;
            if (is_near(size, a->value / b->value))
                take(f, scaled(f, a->tree, b->tree, false), a->cost + b->cost + both);
            else if (is_near(size * size, a->value / b->value) && !is_square(a) && !is_square(b))
                take(f, scaled(f, a->tree, b->tree, true), a->cost + b->cost + 3);
        }
}

/* 2 / (k * T), as of the mean of squares over k entries at T steps. */
static void try_means(factoring *f)
{
    double size = fabs(f->factor);
    for (int k = 0; k < f->count; k++)
        for (int j = 0; j < k; j++) {
            const scalar *a = &f->list[j], *b = &f->list[k];
            double times = size * a->value * b->value;
            bool names = a->tree && b->tree && a->tree->kind == TREE_NAME && b->tree->kind == TREE_NAME;
            if (!names || (!is_near(times, 1) && !is_near(times, 2)))
                continue;
            const gf_tree *both =
                gf_make_raw(f->d, &(gf_tree){.kind = TREE_MULTIPLY}, (const gf_tree *[]){a->tree, b->tree}, 2);
            take(f, scaled(f, is_near(times, 2) ? gf_make_number(f->d, 2) : NULL, both, false), a->cost + b->cost + 3);
        }
}

static double rounded(double number)
{
    char text[GF_NUMBER];
    gf_number_as(text, "%.3g", number);
    return gf_number_read(text, strlen(text));
}

/* 0.74, 17: a number of few digits. */
static void try_number(factoring *f)
{
    double size = fabs(f->factor), near = rounded(size), turned = rounded(1 / size);
    if (is_near(size, near) && near != 1)
        take(f, scaled(f, gf_make_number(f->d, near), NULL, false), 6);
    else if (is_near(1 / size, turned) && turned != 1)
        take(f, scaled(f, NULL, gf_make_number(f->d, turned), false), 6);
}

/* A number in a product: 6 in x / 6, 2 in 2 * W' @ x. The product without it, and what that is to be multiplied by. */
static bool strip_at(factoring *f, const gf_tree *tree)
{
    double value;
    bool product = tree->kind == TREE_MULTIPLY || tree->kind == TREE_DIVIDE || tree->kind == TREE_MATMUL;
    bool divided = tree->kind == TREE_DIVIDE && value_of(f, tree->kids[1], &value);
    bool times = tree->kind == TREE_MULTIPLY && gf_number_of(f->d, tree->kids[1], &value);
    bool first = tree->kind == TREE_MULTIPLY && !times && gf_number_of(f->d, tree->kids[0], &value);
    if (divided || times || first) {
        f->product = tree;
        f->rest = tree->kids[first];
        f->base = gf_tree_with(f->line->arena, f->base, tree, f->rest);
        f->factor *= divided ? 1 / value : value;
        return f->base;
    }
    if (tree->kind == TREE_SUM || tree->kind == TREE_NEGATIVE)
        return strip_at(f, tree->kids[tree->count - 1]);
    return product && strip_at(f, tree->kids[0]);
}

/* The number that a is of b; false where it is none. */
bool gf_worth_factor(double *out, const gf_line *line, const gf_worth *a, const gf_worth *b)
{
    double product = 0, difference = 0;
    size_t size = gf_line_size(line);
    if (!a->known || !b->known || !a->norm || !b->norm)
        return false;
    for (size_t n = 0; n < size; n++)
        product += a->data[n] / b->norm * (b->data[n] / b->norm);
    for (size_t n = 0; n < size; n++)
        difference += pow(a->data[n] - product * b->data[n], 2);
    *out = product;
    return sqrt(difference) <= 1e-8 * a->norm;
}

void gf_factor_say(gf_text *w, gf_line *line, const gf_addends *terms, uint64_t which, double factor,
                   const gf_tree *piece)
{
    gf_edit best[NAMES];
    char text[GF_NUMBER];
    factoring f = {.line = line, .d = line->d, .factor = fabs(factor), .out = best, .most = NAMES};
    if (piece)
        scalars_of(&f, piece);
    find_scalars(&f, terms, which);
    try_number(&f);
    try_ratios(&f);
    try_squares(&f);
    try_means(&f);
    const char *sign = factor < 0 ? "-" : "";
    for (int k = 0; k < f.found; k++) {
        gf_text_print(w, GF_OR "%s", sign);
        gf_line_write(w, line, best[k].instead, STRENGTH_INDEX);
    }
    if (!f.found)
        gf_text_print(w, GF_OR "%s%s", sign, gf_number_as(text, "%.6g", fabs(factor)));
    gf_text_add(w, GF_OR);
}

int gf_factor_edits(gf_edit out[], int most, gf_line *line, const gf_addend *piece, const gf_addends *terms,
                    uint64_t which, double factor)
{
    factoring f = {.line = line, .d = line->d, .base = piece->node, .factor = factor, .out = out, .most = most};
    f.edit = (gf_edit){.kind = EDIT_FACTOR, .cost = 12, .old = piece->node};
    find_scalars(&f, terms, which);
    if (!is_near(factor, -1))
        strip_at(&f, f.base);
    if (is_near(f.factor, 1) && f.product) {
        f.edit.kind = EDIT_MORE;
        f.edit.old = f.product;
        take(&f, (gf_tree *)f.rest, 0);
    } else if (is_near(f.factor, -1)) {
        take(&f, scaled(&f, NULL, NULL, false), 0);
    } else {
        try_ratios(&f);
        try_squares(&f);
        try_means(&f);
        try_number(&f);
    }
    return f.found;
}
