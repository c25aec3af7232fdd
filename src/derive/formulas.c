/* The formulas of the table, put in.
 *
 * A row says as text what an operand receives. For tanh(a) it is "G * (1 - y * y)": G the gradient that arrives, y the
 * result, a the operand. So where h[t] = tanh(z[t]) receives dh[t], z[t] receives dh[t] * (1 - h[t]^2): the text is
 * read once, by the parser of the language, and dh[t] and h[t] are put in for G and y. Which operand is called a, and
 * which number p or lo, the row's own text says ("clip(a, lo, hi)"), read likewise. No line here knows an operation.
 *
 * Two words of formulas vanish. sumto(e, r, c), what undoes a broadcast, becomes rowsum, colsum, sum or nothing, since
 * the shapes are known; r(a) and c(a) become the sizes of the file. */
#include <string.h>

#include "base/grow.h"
#include "derive/inside.h"

/* What is put in. */
typedef struct filling {
    const gf_tree *node, *text; /* the node, and the row's text */
    const gf_tree *G, *y;
    const gf_tree *first, *last; /* of a part: where it lies */
    bool bad;                    /* a size is not known */
} filling;

/* --- reading the table -------------------------------------------------------------------------------------------- */

static bool read_texts(gf_deriving *d, gf_formulas *out)
{
    gf_names *names = &d->m->file.names;
    out->text = out->op->text ? gf_parse_text(out->op->text, names, d->arena, d->problems) : NULL;
    for (int slot = 0; slot < GF_SLOTS; slot++)
        if (out->op->formula[slot])
            out->formula[slot] = gf_parse_text(out->op->formula[slot], names, d->arena, d->problems);
    return !d->problems->out_of_memory;
}

static const gf_formulas *formulas_of(gf_deriving *d, const gf_operation *op)
{
    for (size_t k = 0; k < d->formulas_count; k++)
        if (d->formulas[k].op == op)
            return &d->formulas[k];
    if (!gf_grow(&d->formulas, &d->formulas_room, d->formulas_count + 1)) {
        d->problems->out_of_memory = true;
        return NULL;
    }
    gf_formulas *made = &d->formulas[d->formulas_count];
    *made = (gf_formulas){.op = op};
    return read_texts(d, made) ? &d->formulas[d->formulas_count++] : NULL;
}

/* At every step; t columns are one at the first alone. */
static bool is_one_column(const gf_deriving *d, const gf_extents *extents)
{
    bool runs = false;
    for (const gf_binding *b = d->bindings; b; b = b->outer)
        runs |= gf_tree_mentions(extents->text[1], b->name);
    return extents->size[1] == 1 && !runs;
}

/* The row whose formula counts: softmax of a column is that of columns. */
static const gf_operation *row_of(gf_deriving *d, const gf_tree *node, const gf_operation **called)
{
    int count;
    const gf_operation *op = *called = gf_operation_of(d, node, &count);
    gf_extents first;
    if (op && op->one_column && gf_extents_of(d, node->kids[0], &first) && is_one_column(d, &first))
        return op->one_column;
    return op;
}

static int slot_of(const gf_operation *op, uint32_t slot)
{
    return op->arity == GF_ARITY_ANY || slot >= GF_SLOTS ? 0 : (int)slot;
}

bool gf_passes(gf_deriving *d, const gf_tree *node, uint32_t slot)
{
    int count;
    const gf_operation *op = gf_operation_of(d, node, &count);
    return gf_bound_in(node, slot) || (op && (int)slot < count && op->vjp[slot_of(op, slot)]);
}

const char *gf_formula_text(gf_deriving *d, const gf_tree *node, uint32_t slot)
{
    const gf_operation *called, *op = row_of(d, node, &called);
    return op ? op->formula[slot_of(op, slot)] : NULL;
}

/* --- putting in --------------------------------------------------------------------------------------------------- */

/* What a word of the row's text stands for in the node; NULL if it is none. */
static const gf_tree *argument(const filling *f, uint32_t name)
{
    for (uint32_t k = 0; f->text && k < f->text->count && k < f->node->count; k++)
        if (f->text->kids[k]->kind == TREE_NAME && f->text->kids[k]->name == name)
            return f->node->kids[k];
    return NULL;
}

/* e, summed to so many rows and columns as in `shape`. */
static gf_tree *sum_to(gf_deriving *d, const gf_tree *e, const gf_extents *shape, filling *f)
{
    gf_extents has;
    if (!gf_extents_of(d, e, &has)) {
        f->bad = true;
        return NULL;
    }
    bool rows = has.size[0] != shape->size[0] || gf_is_one(&has, 0) < gf_is_one(shape, 0);
    bool cols = has.size[1] != shape->size[1] || gf_is_one(&has, 1) < gf_is_one(shape, 1);
    if (!rows && !cols)
        return (gf_tree *)e;
    if ((rows && shape->size[0] != 1) || (cols && shape->size[1] != 1)) {
        f->bad = true;
        return NULL;
    }
    uint32_t word = rows && cols ? d->words.sum : rows ? d->words.colsum : d->words.rowsum;
    return gf_make_call(d, word, &e, 1);
}

static gf_tree *fill(gf_deriving *d, const gf_tree *tree, filling *f);

/* r(a), c(a). */
static gf_tree *size_of(gf_deriving *d, const gf_tree *call, filling *f)
{
    gf_extents extents;
    const gf_tree *of = argument(f, call->kids[0]->name);
    if (of && gf_extents_of(d, of, &extents))
        return (gf_tree *)extents.text[call->name == d->words.c];
    f->bad = true;
    return NULL;
}

static gf_tree *fill_call(gf_deriving *d, const gf_tree *call, filling *f)
{
    if ((call->name == d->words.r || call->name == d->words.c) && call->count == 1)
        return size_of(d, call, f);
    const gf_tree *kids[GF_ARGUMENTS];
    for (uint32_t k = 0; k < call->count && k < GF_ARGUMENTS; k++)
        kids[k] = fill(d, call->kids[k], f);
    if (call->name != d->words.sumto || call->count != 3)
        return gf_make_call(d, call->name, kids, call->count);
    gf_extents shape = {.size = {0, 0}};
    const gf_tree *of = argument(f, call->kids[1]->count ? call->kids[1]->kids[0]->name : 0);
    if (!kids[0] || !of || !gf_extents_of(d, of, &shape)) {
        f->bad |= kids[0] != NULL;
        return NULL;
    }
    return sum_to(d, kids[0], &shape, f);
}

static gf_tree *fill_name(gf_deriving *d, const gf_tree *tree, filling *f)
{
    const gf_tree *by = argument(f, tree->name);
    if (tree->name == d->words.G)
        by = f->G;
    else if (tree->name == d->words.y)
        by = f->y;
    else if (tree->name == d->words.first)
        by = f->first ? f->first : by;
    else if (tree->name == d->words.last)
        by = f->last ? f->last : by;
    f->bad |= !by;
    return (gf_tree *)by;
}

static gf_tree *fill(gf_deriving *d, const gf_tree *tree, filling *f)
{
    if (tree->kind == TREE_NUMBER)
        return gf_make_number(d, tree->number);
    if (tree->kind == TREE_NAME)
        return fill_name(d, tree, f);
    if (tree->kind == TREE_CALL)
        return fill_call(d, tree, f);
    const gf_tree *kids[GF_ARGUMENTS];
    for (uint32_t k = 0; k < tree->count && k < GF_ARGUMENTS; k++)
        kids[k] = fill(d, tree->kids[k], f);
    return gf_make_like(d, tree, kids);
}

/* Where part number `slot` of [a, b] lies: from `first` to `last`, counted from 1. */
static bool place_part(gf_deriving *d, const gf_tree *node, uint32_t slot, filling *f)
{
    int along = node->kind == TREE_STACKED ? 0 : 1;
    const gf_tree *before = NULL, *through = NULL;
    for (uint32_t k = 0; k <= slot; k++) {
        gf_extents part;
        if (!gf_extents_of(d, node->kids[k], &part))
            return false;
        before = through;
        through = before ? gf_make(d, TREE_ADD, before, part.text[along]) : part.text[along];
    }
    f->first = before ? gf_make(d, TREE_ADD, before, gf_make_number(d, 1)) : gf_make_number(d, 1);
    f->last = through;
    return f->first && f->last;
}

gf_tree *gf_pull(gf_deriving *d, const gf_tree *node, uint32_t slot, const gf_tree *G, const gf_tree *y)
{
    const gf_operation *called, *op = row_of(d, node, &called);
    bool part = node->kind == TREE_BESIDE || node->kind == TREE_STACKED;
    if (part && node->count == 1)
        return (gf_tree *)G;
    const gf_formulas *named = op ? formulas_of(d, called) : NULL;
    gf_tree *text = named ? named->text : NULL;
    const gf_formulas *formulas = named ? formulas_of(d, op) : NULL;
    const gf_tree *formula = formulas ? formulas->formula[slot_of(op, slot)] : NULL;
    filling f = {.node = node, .text = text, .G = G, .y = y};
    if (!formula || !G || (part && !place_part(d, node, slot, &f)))
        return NULL;
    gf_tree *filled = fill(d, formula, &f);
    return f.bad ? NULL : filled;
}
