/* Trees that are put together: nodes, and names replaced. */
#include <stdlib.h>
#include <string.h>

#include "derive/inside.h"
#include "language/lexer.h"

bool gf_deriving_begin(gf_deriving *d, gf_model *m, gf_arena *arena, gf_problems *problems)
{
    *d = (gf_deriving){.m = m, .arena = arena, .problems = problems};
    d->words = (gf_words){
        .G = gf_word(d, "G"),
        .y = gf_word(d, "y"),
        .r = gf_word(d, "r"),
        .c = gf_word(d, "c"),
        .first = gf_word(d, "first"),
        .last = gf_word(d, "last"),
        .sumto = gf_word(d, "sumto"),
        .sum = gf_word(d, "sum"),
        .rowsum = gf_word(d, "rowsum"),
        .colsum = gf_word(d, "colsum"),
        .zeros = gf_word(d, "zeros"),
    };
    return !problems->out_of_memory;
}

void gf_deriving_end(gf_deriving *d)
{
    free(d->extents);
    free(d->read_extents);
    gf_index_free(&d->read);
    free(d->sizes);
    free(d->formulas);
    d->extents = NULL;
    d->read_extents = NULL;
    d->sizes = NULL;
    d->formulas = NULL;
}

gf_tree *gf_make_raw(gf_deriving *d, const gf_tree *like, const gf_tree *const kids[], uint32_t count)
{
    for (uint32_t k = 0; k < count; k++)
        if (!kids[k])
            return NULL;
    gf_tree *tree = gf_tree_like(d->arena, like, (gf_tree *const *)kids, count);
    d->problems->out_of_memory |= !tree;
    return tree;
}

static gf_tree *make(gf_deriving *d, const gf_tree *like, const gf_tree *const kids[], uint32_t count)
{
    gf_tree *tree = gf_make_raw(d, like, kids, count);
    return tree ? gf_clean(d, tree) : NULL;
}

gf_tree *gf_make(gf_deriving *d, gf_tree_kind kind, const gf_tree *a, const gf_tree *b)
{
    bool one = kind == TREE_NEGATIVE || kind == TREE_TRANSPOSE;
    return make(d, &(gf_tree){.kind = (uint8_t)kind}, (const gf_tree *[]){a, b}, one ? 1 : 2);
}

gf_tree *gf_make_number(gf_deriving *d, double number)
{
    return gf_make_raw(d, &(gf_tree){.kind = TREE_NUMBER, .number = number}, NULL, 0);
}

gf_tree *gf_make_name(gf_deriving *d, uint32_t name)
{
    return gf_make_raw(d, &(gf_tree){.kind = TREE_NAME, .name = name}, NULL, 0);
}

gf_tree *gf_make_at(gf_deriving *d, uint32_t name, const gf_tree *index)
{
    return index ? gf_make_raw(d, &(gf_tree){.kind = TREE_AT, .name = name}, &index, 1) : gf_make_name(d, name);
}

gf_tree *gf_make_call(gf_deriving *d, uint32_t name, const gf_tree *const kids[], uint32_t count)
{
    return make(d, &(gf_tree){.kind = TREE_CALL, .name = name}, kids, count);
}

gf_tree *gf_make_like(gf_deriving *d, const gf_tree *tree, const gf_tree *const kids[])
{
    return make(d, tree, kids, tree->count);
}

uint32_t gf_word(gf_deriving *d, const char *text)
{
    uint32_t number = gf_names_add(&d->m->file.names, text);
    d->problems->out_of_memory |= number == UINT32_MAX;
    return number == UINT32_MAX ? 0 : number;
}

gf_derived *gf_new_line(gf_deriving *d, gf_statement_kind kind)
{
    gf_derived *line = gf_arena_get(d->arena, sizeof *line);
    d->problems->out_of_memory |= !line;
    if (line)
        line->line.kind = kind;
    return line;
}

bool gf_make_sides(gf_deriving *d, gf_statement *claim, gf_tree *left, gf_tree *right)
{
    gf_tree **sides = gf_arena_get(d->arena, 2 * sizeof *sides);
    gf_relation *relation = gf_arena_get(d->arena, sizeof *relation);
    d->problems->out_of_memory |= !sides || !relation;
    if (!sides || !relation || !left || !right)
        return false;
    sides[0] = left;
    sides[1] = right;
    *relation = RELATION_EQUAL;
    claim->sides = sides;
    claim->relations = relation;
    claim->side_count = 2;
    return true;
}

/* --- names replaced ----------------------------------------------------------------------------------------------- */

static bool is_of_name(const gf_tree *part, const void *name)
{
    return part->kind != TREE_NUMBER && part->name == *(const uint32_t *)name;
}

bool gf_tree_has(const gf_tree *tree, uint32_t name)
{
    return gf_tree_find(tree, is_of_name, &name);
}

uint32_t gf_new_index(gf_deriving *d, const gf_tree *const avoid[], int count)
{
    static const char *const letters[] = {"j", "k", "s", "l", "i", "q", "r", "u", "v", "w"};
    char text[16];
    for (size_t n = 0;; n++) {
        size_t known = sizeof letters / sizeof *letters;
        snprintf(text, sizeof text, n < known ? "%s" : "%s%zu", letters[n % known], n / known);
        uint32_t name = gf_word(d, text);
        const gf_symbol *symbol = gf_model_symbol(d->m, name);
        bool used = symbol && symbol->kind != SYMBOL_NONE;
        for (int k = 0; k < count; k++)
            used |= gf_tree_has(avoid[k], name);
        if (!name || !used)
            return name;
    }
}

/* Of the derivation's own lets, of what the file declares, and of the language. */
static bool is_taken(gf_deriving *d, const char *text)
{
    gf_function function;
    uint32_t name = gf_names_find(&d->m->file.names, text);
    const gf_symbol *symbol = gf_model_find(d->m, text);
    bool let = name != UINT32_MAX && name < d->extents_room && d->extents[name].let;
    bool own = symbol && symbol->kind != SYMBOL_NONE && (symbol->kind != SYMBOL_LET || d->beside);
    return let || own || gf_function_find(&function, text) || gf_word_is_reserved(text) || name == d->m->t;
}

static bool ends_in_digit(const char *text)
{
    size_t size = strlen(text);
    return size && text[size - 1] >= '0' && text[size - 1] <= '9';
}

uint32_t gf_new_let(gf_deriving *d, const char *before, const char *base, bool counted, const gf_extents *extents)
{
    gf_text text = {0};
    gf_text_print(&text, "%s%s", before, base);
    uint32_t word = counted ? gf_word(d, base) : 0; /* the next number of the same name: there may be hundreds */
    int n = word && word == d->counted ? d->count : 2;
    for (; !text.failed && is_taken(d, gf_text_string(&text)); n++) {
        gf_text_clear(&text);
        if (counted)
            gf_text_print(&text, "%s%s%s%d", before, base, ends_in_digit(base) ? "_" : "", n);
        else
            gf_text_print(&text, n < 8 ? "%s%s%.*s" : "%s%s%.*s%d", before, base, n < 8 ? n - 1 : 1, "_______", n);
    }
    d->counted = word;
    d->count = n;
    d->problems->out_of_memory |= text.failed;
    uint32_t name = text.failed || !extents ? 0 : gf_word(d, gf_text_string(&text));
    gf_text_free(&text);
    if (name)
        gf_extents_of_let(d, name, extents);
    return name;
}

static const gf_tree *pair_of(const gf_put_pair *pairs, int count, uint32_t name)
{
    for (int k = 0; k < count; k++)
        if (pairs[k].name == name)
            return pairs[k].by;
    return NULL;
}

static gf_tree *put(gf_deriving *d, const gf_tree *tree, const gf_put_pair *pairs, int count);

gf_tree *gf_steps_tree(gf_deriving *d)
{
    return d->m->steps_name ? gf_make_name(d, d->m->steps_name) : gf_make_number(d, 1);
}

gf_binder gf_with_ends(gf_deriving *d, gf_binder binder)
{
    if (!binder.first) {
        binder.first = binder.low = gf_make_number(d, 1);
        binder.last = binder.high = gf_steps_tree(d);
    }
    return binder;
}

gf_tree *gf_with_index(gf_deriving *d, const gf_tree *tree, uint32_t name, const gf_tree *body)
{
    const gf_tree like = {.kind = tree->kind, .name = name, .down = tree->down};
    const gf_binder binder = gf_with_ends(d, gf_binder_of(tree));
    return gf_make_raw(d, &like, (const gf_tree *[]){binder.first, binder.last, body}, 3);
}

static bool is_empty_sum(const gf_tree *tree)
{
    const gf_binder binder = gf_binder_of(tree);
    if (tree->kind != TREE_SUM || !binder.low)
        return false;
    const gf_affine low = gf_affine_of(binder.low), high = gf_affine_of(binder.high);
    return low.fits && high.fits && !low.count && !high.count && low.number > high.number;
}

gf_tree *gf_zeros_like(gf_deriving *d, const gf_tree *tree)
{
    gf_extents extents;
    const gf_tree like = {.kind = TREE_CALL, .name = d->words.zeros};
    return gf_extents_of(d, tree, &extents) ? gf_make_raw(d, &like, extents.text, 2) : (gf_tree *)tree;
}

static gf_tree *put_index(gf_deriving *d, const gf_tree *tree, const gf_put_pair *pairs, int count);

/* Below a sum over a name, this name is another one; and what is put in must not be caught by it. */
static gf_tree *put_over(gf_deriving *d, const gf_tree *tree, const gf_put_pair *pairs, int count)
{
    gf_put_pair inner[GF_PAIRS + 1];
    const gf_tree *avoid[GF_PAIRS + 1] = {tree};
    int kept = 0;
    bool caught = false;
    for (int k = 0; k < count && kept < GF_PAIRS; k++)
        if (pairs[k].name != tree->name && gf_tree_mentions(gf_tree_body(tree), pairs[k].name)) {
            caught |= gf_tree_has(pairs[k].by, tree->name);
            inner[kept++] = pairs[k];
            avoid[kept] = pairs[k].by;
        }
    uint32_t name = tree->name;
    if (caught) {
        name = gf_new_index(d, avoid, kept + 1);
        inner[kept++] = (gf_put_pair){tree->name, gf_make_name(d, name)};
    }
    const gf_tree *kids[3];
    for (uint32_t k = 0; k < tree->count; k++)
        kids[k] = gf_bound_in(tree, k) ? put(d, tree->kids[k], inner, kept) : put_index(d, tree->kids[k], pairs, count);
    const gf_tree *with = gf_make_raw(d, tree, kids, tree->count);
    if (with && is_empty_sum(with))
        return gf_zeros_like(d, with);
    return !with || !caught ? (gf_tree *)with : gf_with_index(d, with, name, gf_tree_body(with));
}

static bool is_index(const gf_tree *tree)
{
    return (tree->kind >= TREE_NEGATIVE && tree->kind <= TREE_POWER && tree->kind != TREE_TRANSPOSE) ||
           tree->kind == TREE_NAME || tree->kind == TREE_NUMBER;
}

/* An expression of indices, in which nothing else stands: t + 1 for t, in t - 1, is t. */
static gf_tree *put_index(gf_deriving *d, const gf_tree *tree, const gf_put_pair *pairs, int count)
{
    gf_affine affine = gf_affine_of(tree);
    bool mentions = false;
    for (int k = 0; k < count; k++)
        mentions |= gf_tree_mentions(tree, pairs[k].name);
    if (!affine.fits || !mentions)
        return put(d, tree, pairs, count);
    gf_affine sum = {.fits = true, .number = affine.number};
    for (int k = 0; k < affine.count; k++) {
        const gf_tree *by = pair_of(pairs, count, affine.name[k]);
        gf_affine part = by ? gf_affine_of(by) : gf_affine_of_name(affine.name[k]);
        sum = gf_affine_sum(sum, affine.factor[k], &part);
    }
    return sum.fits ? gf_affine_tree(d, &sum) : put(d, tree, pairs, count);
}

static gf_tree *put(gf_deriving *d, const gf_tree *tree, const gf_put_pair *pairs, int count)
{
    if (!tree || !count)
        return (gf_tree *)tree;
    if (tree->kind == TREE_NAME) {
        const gf_tree *by = pair_of(pairs, count, tree->name);
        return (gf_tree *)(by ? by : tree);
    }
    if (gf_tree_binds(tree))
        return put_over(d, tree, pairs, count);
    if (!tree->count)
        return (gf_tree *)tree;
    gf_tree **kids = gf_arena_get(d->arena, tree->count * sizeof *kids);
    if (!kids) {
        d->problems->out_of_memory = true;
        return NULL;
    }
    bool same = true;
    for (uint32_t k = 0; k < tree->count; k++) {
        bool index = tree->kind == TREE_AT || (tree->kind == TREE_CALL && is_index(tree->kids[k])); /* cols(a, j, j) */
        kids[k] = index ? put_index(d, tree->kids[k], pairs, count) : put(d, tree->kids[k], pairs, count);
        same = same && kids[k] == tree->kids[k];
    }
    return same ? (gf_tree *)tree : gf_make_raw(d, tree, (const gf_tree *const *)kids, tree->count);
}

gf_tree *gf_put_names(gf_deriving *d, const gf_tree *tree, const gf_put_pair *pairs, int count)
{
    for (int k = 0; k < count; k++)
        if (!pairs[k].by)
            return NULL;
    return tree && is_index(tree) ? put_index(d, tree, pairs, count) : put(d, tree, pairs, count);
}
