/* Shapes of expressions, in numbers and in the sizes of the file.
 *
 * How many rows a result has, the operation's own shape rule says; which size of the file that is, too: the rule is
 * asked twice, once with the numbers, and once with a number of its own for every size, by which m and n are told apart
 * where both are 4. */
#include "base/grow.h"
#include "derive/inside.h"

enum {
    OWN = 1000003, /* size number k is OWN + k to a shape rule; no file has so many rows */
    LOOKING = 30
};

/* --- numbers ------------------------------------------------------------------------------------------------------ */

static gf_term no_matrix(gf_evaluation *e, const gf_tree *tree, gf_symbol *symbol, bool known, long t)
{
    (void)e, (void)tree, (void)symbol, (void)known, (void)t;
    return gf_term_bad;
}

static bool may_be_number(gf_deriving *d, const gf_tree *tree)
{
    if (tree->kind == TREE_NUMBER)
        return true;
    if (tree->kind == TREE_NAME)
        return gf_binding_find(d->bindings, tree->name) || !gf_extents_of_name(d, tree->name);
    if (tree->kind < TREE_NEGATIVE || tree->kind > TREE_GREATER_EQUAL || tree->kind == TREE_TRANSPOSE)
        return false;
    for (uint32_t k = 0; k < tree->count; k++)
        if (!may_be_number(d, tree->kids[k]))
            return false;
    return true;
}

bool gf_number_of(gf_deriving *d, const gf_tree *tree, double *out)
{
    gf_evaluation e = {.m = d->m, .bindings = d->bindings, .read = no_matrix};
    d->m->work = 0;
    if (!may_be_number(d, tree))
        return false;
    gf_term term = gf_evaluate(&e, tree);
    *out = term.number;
    return term.kind == TERM_NUMBER;
}

/* --- sizes -------------------------------------------------------------------------------------------------------- */

static const gf_tree one = {.kind = TREE_NUMBER, .number = 1, .depth = 1};
static const gf_extents scalar = {.size = {1, 1}, .text = {&one, &one}};

/* The number of a size: where it stands among those that were met. */
static int number_of_size(gf_deriving *d, int size, const gf_tree *text)
{
    if (size == 1 && text->kind == TREE_NUMBER)
        return 1;
    for (size_t k = 0; k < d->size_count; k++)
        if (gf_tree_equal(d->sizes[k], text))
            return OWN + (int)k;
    if (!gf_grow(&d->sizes, &d->size_room, d->size_count + 1)) {
        d->problems->out_of_memory = true;
        return size;
    }
    d->sizes[d->size_count++] = text;
    return OWN + (int)d->size_count - 1;
}

static bool is_number(const gf_tree *part, const void *data)
{
    (void)data;
    return part->kind == TREE_NUMBER;
}

/* May the number of a size stand for one that is not known yet? */
static bool is_open(const gf_deriving *d, int own)
{
    return own >= OWN && gf_tree_find(d->sizes[own - OWN], is_number, NULL);
}

static const gf_tree *text_of_size(gf_deriving *d, int size, int own)
{
    if (own >= OWN && (size_t)(own - OWN) < d->size_count)
        return d->sizes[own - OWN];
    const gf_tree *text = size == 1 ? &one : gf_make_number(d, size);
    return text ? text : &one;
}

static bool set_size(gf_deriving *d, gf_extents *out, int axis, const gf_tree *text)
{
    long value;
    if (!gf_index_value(d, text, d->bindings, &value) || value < 0 || value > INT32_MAX)
        return false;
    out->size[axis] = (int)value;
    out->text[axis] = text;
    return true;
}

bool gf_is_one(const gf_extents *a, int axis)
{
    return a->text[axis]->kind == TREE_NUMBER && a->size[axis] == 1;
}

bool gf_extents_equal(const gf_extents *a, const gf_extents *b)
{
    return a->size[0] == b->size[0] && a->size[1] == b->size[1] && gf_is_one(a, 0) == gf_is_one(b, 0) &&
           gf_is_one(a, 1) == gf_is_one(b, 1);
}

static bool set(gf_deriving *d, uint32_t name, const gf_extents *extents)
{
    bool room = gf_grow(&d->extents, &d->extents_room, (size_t)name + 1);
    d->problems->out_of_memory |= !room;
    if (room)
        d->extents[name] = *extents;
    return room;
}

bool gf_is_let(const gf_deriving *d, uint32_t name)
{
    return name < d->extents_room && d->extents[name].let;
}

static bool is_let(const gf_tree *part, const void *d)
{
    return gf_tree_is_name(part) && gf_is_let(d, part->name);
}

bool gf_has_let(const gf_deriving *d, const gf_tree *tree)
{
    return gf_tree_find(tree, is_let, d);
}

void gf_extents_of_let(gf_deriving *d, uint32_t name, const gf_extents *extents)
{
    gf_extents own = *extents;
    own.let = true;
    own.open = false;
    set(d, name, &own);
}

/* Is there a mere number in how a side larger than 1 is written? */
static bool is_number_in(const gf_extents *a, int axis)
{
    return !gf_is_one(a, axis) && gf_tree_find(a->text[axis], is_number, NULL);
}

/* The sizes of an expression of the same shape, where they are not known. */
static void take_sizes(gf_deriving *d, const gf_tree *value, gf_extents *own)
{
    const gf_binding t = {.name = d->m->t, .known = true, .value = 1}, *outer = d->bindings;
    gf_extents found;
    d->bindings = &t;
    if (gf_extents_of(d, value, &found))
        for (int axis = 0; axis < 2; axis++)
            if (found.size[axis] == own->size[axis] && (own->size[axis] == 1 || is_number_in(own, axis)))
                own->text[axis] = found.text[axis];
    d->bindings = outer;
}

/* As it is declared, or as its equation, or its start, has it; in numbers until then, and where none says. */
static bool size_up(gf_deriving *d, uint32_t name, const gf_symbol *symbol)
{
    const gf_statement *s = symbol->shaped_by;
    gf_extents own = {.size = {symbol->rows, symbol->cols}};
    own.text[0] = gf_make_number(d, symbol->rows);
    own.text[1] = gf_make_number(d, symbol->cols);
    if (!own.text[0] || !own.text[1] || !set(d, name, &own))
        return false;
    if (s && s->rows) {
        own.text[0] = s->rows;
        own.text[1] = s->cols;
    } else if (d->looking < LOOKING) {
        d->looking++;
        if (symbol->definition)
            take_sizes(d, symbol->definition->value, &own);
        for (const gf_start *start = symbol->starts; start; start = start->next)
            if (start->statement->value && (is_number_in(&own, 0) || is_number_in(&own, 1)))
                take_sizes(d, start->statement->value, &own);
        d->looking--;
    }
    own.let = false;
    own.open = d->looking && (is_number_in(&own, 0) || is_number_in(&own, 1));
    return set(d, name, &own);
}

const gf_extents *gf_extents_of_name(gf_deriving *d, uint32_t name)
{
    if (name < d->extents_room && d->extents[name].size[0] && (!d->extents[name].open || d->looking))
        return &d->extents[name];
    const gf_symbol *symbol = gf_model_symbol(d->m, name);
    bool known = symbol && symbol->kind >= SYMBOL_PARAM && symbol->rows && size_up(d, name, symbol);
    return known ? &d->extents[name] : NULL;
}

/* --- operations --------------------------------------------------------------------------------------------------- */

static bool find_function(gf_deriving *d, const gf_tree *call, gf_function *out)
{
    return gf_function_called(out, gf_names_text(&d->m->file.names, call->name), call->count);
}

const gf_operation *gf_operation_of(gf_deriving *d, const gf_tree *tree, int *count)
{
    gf_function function;
    *count = 0;
    if (tree->kind >= TREE_NEGATIVE && tree->kind <= TREE_STACKED) {
        *count = tree->kind == TREE_POWER ? 1 : (int)tree->count;
        return d->m->operations.of[tree->kind];
    }
    if (tree->kind != TREE_CALL || !find_function(d, tree, &function))
        return NULL;
    while (function.op && *count < (int)tree->count && function.argument[*count] == ARGUMENT_MATRIX)
        ++*count;
    return function.op;
}

/* The constants of a call, as the operation reads them. */
static bool constants_of(gf_deriving *d, const gf_tree *tree, gf_attributes *out)
{
    gf_function function;
    double numbers[GF_ARGUMENTS] = {0};
    *out = (gf_attributes){.size = sizeof *out};
    if (tree->kind == TREE_POWER)
        return gf_number_of(d, tree->kids[1], &out->p);
    if (tree->kind != TREE_CALL || !find_function(d, tree, &function))
        return true;
    for (uint32_t k = 0; k < tree->count && k < GF_ARGUMENTS; k++)
        if (function.argument[k] != ARGUMENT_MATRIX && !gf_number_of(d, tree->kids[k], &numbers[k]))
            return false;
    *out = gf_function_attributes(&function, numbers);
    return true;
}

static bool ask_rule(const gf_operation *op, const int sizes[][2], int count, const gf_attributes *p, int out[2])
{
    gf_matrix matrices[GF_SLOTS];
    const gf_matrix *in[GF_SLOTS];
    for (int k = 0; k < count; k++) {
        matrices[k] = (gf_matrix){.rows = sizes[k][0], .cols = sizes[k][1], .stride = sizes[k][1]};
        in[k] = &matrices[k];
    }
    char why[GF_WHY];
    gf_call call = {.in = in, .arity = count, .p = p, .op = op, .counts_from = 1};
    out[0] = sizes[0][0];
    out[1] = sizes[0][1];
    return !op->shape || op->shape(&call, &out[0], &out[1], why);
}

/* a + b or a - b, as short as it is written: 4*m. */
static const gf_tree *sum_of_sizes(gf_deriving *d, const gf_tree *a, int sign, const gf_tree *b)
{
    gf_affine one_of = gf_affine_of(a), other = gf_affine_of(b), both = gf_affine_sum(one_of, sign, &other);
    const gf_tree like = {.kind = sign > 0 ? TREE_ADD : TREE_SUBTRACT};
    const gf_tree *sum = both.fits ? gf_affine_tree(d, &both) : gf_make_raw(d, &like, (const gf_tree *[]){a, b}, 2);
    return sum ? sum : &one;
}

static const gf_tree *product_of_sizes(gf_deriving *d, const gf_extents *a)
{
    const gf_tree like = {.kind = TREE_MULTIPLY};
    if (gf_is_one(a, 0) || gf_is_one(a, 1))
        return a->text[gf_is_one(a, 0)];
    const gf_tree *product = gf_make_raw(d, &like, a->text, 2);
    return product ? product : &one;
}

/* Are all names in it sizes or indices? */
static bool is_of_sizes(const gf_deriving *d, const gf_tree *tree)
{
    const gf_symbol *symbol = tree->kind == TREE_NAME ? gf_model_symbol(d->m, tree->name) : NULL;
    if (tree->kind == TREE_NAME)
        return gf_binding_find(d->bindings, tree->name) ||
               (symbol && (symbol->kind == SYMBOL_SIZE || symbol->kind == SYMBOL_STEPS));
    for (uint32_t k = 0; k < tree->count; k++)
        if (!is_of_sizes(d, tree->kids[k]))
            return false;
    return true;
}

/* The size that a call asks for: reshape(a, r, c), rows(a, first, last). NULL: none. */
static const gf_tree *size_asked_for(gf_deriving *d, const gf_tree *tree, int axis)
{
    gf_function function;
    const gf_tree *asked = NULL;
    if (tree->kind != TREE_CALL || !find_function(d, tree, &function))
        return NULL;
    for (uint32_t k = 0; k < tree->count && !asked; k++) {
        if (function.place[k] == (axis ? 'c' : 'r'))
            asked = tree->kids[k];
        if (function.place[k] == 'i' && axis == !function.op->down)
            asked = sum_of_sizes(d, sum_of_sizes(d, tree->kids[k + 1], -1, tree->kids[k]), 1, &one);
    }
    return asked && is_of_sizes(d, asked) ? asked : NULL;
}

/* Asks for the numbers of sizes. A mere number in one may stand for what is not known yet, as in a recurrence: W @ h,
 * where h is 4 x 1, and W m x m. So it may be any size that is as large. */
static bool ask_rule_of_sizes(gf_deriving *d, const gf_operation *op, const int sizes[][2], int own[][2], int count,
                              const gf_attributes *p, int out[2])
{
    bool told = ask_rule(op, (const int(*)[2])own, count, p, out);
    for (int k = 0; k < 2 * count && !told; k++) {
        int size = sizes[k / 2][k % 2], by = own[k / 2][k % 2], tried[GF_SLOTS][2];
        if (by < OWN || d->sizes[by - OWN]->kind == TREE_NUMBER)
            continue;
        for (int j = 0; j < 2 * count; j++) {
            int *other = &own[j / 2][j % 2];
            tried[j / 2][j % 2] = sizes[j / 2][j % 2] == size && is_open(d, *other) ? by : *other;
        }
        told = ask_rule(op, (const int(*)[2])tried, count, p, out);
    }
    return told;
}

static bool of_operation(gf_deriving *d, const gf_tree *tree, gf_extents *out)
{
    int count, sizes[GF_SLOTS][2], own[GF_SLOTS][2], result[2], own_result[2] = {0, 0};
    const gf_operation *op = gf_operation_of(d, tree, &count);
    gf_attributes p;
    gf_extents kid = scalar;
    if (!op || !count || count > GF_SLOTS || !constants_of(d, tree, &p))
        return false;
    for (int k = 0; k < count; k++) {
        if (!gf_extents_of(d, tree->kids[k], &kid))
            return false;
        for (int axis = 0; axis < 2; axis++) {
            sizes[k][axis] = kid.size[axis];
            own[k][axis] = number_of_size(d, kid.size[axis], kid.text[axis]);
        }
    }
    if (!ask_rule(op, (const int(*)[2])sizes, count, &p, result))
        return false;
    bool told = ask_rule_of_sizes(d, op, (const int(*)[2])sizes, own, count, &p, own_result);
    for (int axis = 0; axis < 2; axis++) {
        bool all = !told && count == 1 && result[axis] > 1 && result[axis] == kid.size[0] * kid.size[1];
        const gf_tree *asked = size_asked_for(d, tree, axis);
        out->size[axis] = result[axis];
        out->text[axis] = asked ? asked
                          : all ? product_of_sizes(d, &kid)
                                : text_of_size(d, result[axis], told ? own_result[axis] : 0);
    }
    return true;
}

/* [a, b], [a; b]: sizes add up along them. */
static bool of_parts(gf_deriving *d, const gf_tree *tree, gf_extents *out)
{
    int along = tree->kind == TREE_STACKED ? 0 : 1;
    for (uint32_t k = 0; k < tree->count; k++) {
        gf_extents kid;
        if (!gf_extents_of(d, tree->kids[k], &kid))
            return false;
        if (!k) {
            *out = kid;
            continue;
        }
        out->size[along] += kid.size[along];
        out->text[along] = sum_of_sizes(d, out->text[along], 1, kid.text[along]);
        if (!out->size[!along])
            out->size[!along] = kid.size[!along];
    }
    return true;
}

const gf_tree *gf_enter(gf_deriving *d, gf_binding *index, const gf_tree *over)
{
    const gf_binder binder = gf_binder_of(over);
    *index = (gf_binding){.name = binder.name, .known = true, .outer = d->bindings};
    if (!binder.first || !gf_index_value(d, binder.first, d->bindings, &index->value))
        index->value = 1;
    d->bindings = index;
    return binder.body;
}

/* How many terms a range has: as text, and through *count in numbers. Where that depends on an index, whose value is no
 * more than an example, one at least. */
static const gf_tree *count_terms(gf_deriving *d, const gf_tree *over, long *count)
{
    const gf_binder binder = gf_with_ends(d, gf_binder_of(over));
    long low, high;
    if (!binder.low || !binder.high || !gf_index_value(d, binder.low, d->bindings, &low) ||
        !gf_index_value(d, binder.high, d->bindings, &high))
        return NULL;
    bool runs = false;
    for (const gf_binding *b = d->bindings; b; b = b->outer)
        runs |= gf_tree_mentions(binder.low, b->name) || gf_tree_mentions(binder.high, b->name);
    *count = high >= low ? high - low + 1 : runs;
    return sum_of_sizes(d, sum_of_sizes(d, binder.high, -1, binder.low), 1, &one);
}

/* hcat, vcat: so often the body's size along them. */
static bool repeat_size(gf_deriving *d, const gf_tree *over, gf_extents *out)
{
    int along = over->kind == TREE_VCAT ? 0 : 1;
    long count = 1;
    const gf_tree *text = count_terms(d, over, &count);
    if (!text || gf_tree_has(out->text[along], over->name) || count > INT32_MAX / (out->size[along] + 1))
        return false;
    gf_extents both = {.size = {(int)count, out->size[along]}, .text = {text, out->text[along]}};
    out->text[along] = product_of_sizes(d, &both);
    out->size[along] *= (int)count;
    return true;
}

static bool of_over(gf_deriving *d, const gf_tree *tree, gf_extents *out)
{
    gf_binding index;
    bool known = gf_extents_of(d, gf_enter(d, &index, tree), out);
    d->bindings = index.outer;
    return known && ((tree->kind != TREE_HCAT && tree->kind != TREE_VCAT) || repeat_size(d, tree, out));
}

static bool of_kron(gf_deriving *d, const gf_tree *tree, gf_extents *out)
{
    gf_extents a, b;
    if (!gf_extents_of(d, tree->kids[0], &a) || !gf_extents_of(d, tree->kids[1], &b))
        return false;
    *out = scalar;
    for (int axis = 0; axis < 2; axis++) {
        const gf_extents sides = {.size = {a.size[axis], b.size[axis]}, .text = {a.text[axis], b.text[axis]}};
        out->size[axis] = a.size[axis] * b.size[axis];
        out->text[axis] = product_of_sizes(d, &sides);
    }
    return true;
}

static bool of_call(gf_deriving *d, const gf_tree *tree, gf_extents *out)
{
    gf_function function;
    if (!find_function(d, tree, &function))
        return false;
    if (function.special == SPECIAL_ZEROS || function.special == SPECIAL_ONES)
        return set_size(d, out, 0, tree->kids[0]) && set_size(d, out, 1, tree->kids[1]);
    if (function.special == SPECIAL_EYE)
        return set_size(d, out, 0, tree->kids[0]) && set_size(d, out, 1, tree->kids[0]);
    if (function.special == SPECIAL_GRAD)
        return gf_extents_of(d, tree->kids[0], out);
    if (function.special == SPECIAL_KRON)
        return of_kron(d, tree, out);
    if (function.special == SPECIAL_MAX || function.special == SPECIAL_MIN || function.special == SPECIAL_NORM2) {
        *out = scalar;
        return true;
    }
    return !function.special && of_operation(d, tree, out);
}

static bool work_out(gf_deriving *d, const gf_tree *tree, gf_extents *out)
{
    double number;
    const gf_extents *of;
    switch ((gf_tree_kind)tree->kind) {
    case TREE_NAME:
    case TREE_AT:
        of = tree->kind == TREE_AT || !gf_binding_find(d->bindings, tree->name) ? gf_extents_of_name(d, tree->name)
                                                                                : NULL;
        if (!of)
            break;
        *out = *of;
        return true;
    case TREE_CALL:
        return of_call(d, tree, out);
    case TREE_BESIDE:
    case TREE_STACKED:
        return of_parts(d, tree, out);
    case TREE_SUM:
    case TREE_PRODUCT:
    case TREE_HCAT:
    case TREE_VCAT:
    case TREE_MAX:
        return of_over(d, tree, out);
    default:
        break;
    }
    *out = scalar;
    if (tree->kind == TREE_NAME || tree->kind == TREE_NUMBER)
        return tree->kind == TREE_NUMBER || gf_number_of(d, tree, &number) || may_be_number(d, tree);
    return tree->kind != TREE_AT && of_operation(d, tree, out);
}

bool gf_extents_of(gf_deriving *d, const gf_tree *tree, gf_extents *out)
{
    bool of_file =
        tree->count && tree->kind != TREE_AT && (tree->span.end > tree->span.begin || d->lasting) && !d->looking;
    uint32_t number = of_file ? gf_index_get(&d->read, (uintptr_t)tree, 0) : 0;
    if (number) {
        *out = d->read_extents[number];
        return true;
    }
    if (!work_out(d, tree, out))
        return false;
    uint32_t *place = of_file && gf_grow(&d->read_extents, &d->read_room, d->read.count + 2)
                          ? gf_index_put(&d->read, (uintptr_t)tree, 0)
                          : NULL;
    d->problems->out_of_memory |= of_file && !place;
    if (place && !*place) {
        *place = (uint32_t)d->read.count;
        d->read_extents[*place] = *out;
    }
    return true;
}
