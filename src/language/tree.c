/* Trees: nodes, copies, and what is asked about them. */
#include "language/tree.h"

#include <stdlib.h>

static const gf_operator signs[] = {
    [TREE_NEGATIVE] = {"-", STRENGTH_SIGN, true, "neg", "minus"},
    [TREE_TRANSPOSE] = {"'", STRENGTH_POSTFIX, false, "transpose", "transposed"},
    [TREE_ADD] = {"+", STRENGTH_SUM, false, "add", "plus"},
    [TREE_SUBTRACT] = {"-", STRENGTH_SUM, false, "sub", "minus"},
    [TREE_MATMUL] = {"@", STRENGTH_PRODUCT, false, "matmul", "times"},
    [TREE_MULTIPLY] = {"*", STRENGTH_PRODUCT, false, "mul", "times"},
    [TREE_DIVIDE] = {"/", STRENGTH_PRODUCT, false, "div", "divided by"},
    [TREE_POWER] = {"^", STRENGTH_POWER, true, "pow", "to the power of"},
    [TREE_LESS] = {"<", STRENGTH_RELATION, false, "less", "against"},
    [TREE_LESS_EQUAL] = {"<=", STRENGTH_RELATION, false, "less_equal", "against"},
    [TREE_GREATER] = {">", STRENGTH_RELATION, false, "greater", "against"},
    [TREE_GREATER_EQUAL] = {">=", STRENGTH_RELATION, false, "greater_equal", "against"},
};

const gf_operator *gf_operator_of(gf_tree_kind kind)
{
    return kind >= TREE_NEGATIVE && kind <= TREE_GREATER_EQUAL ? &signs[kind] : NULL;
}

const char *gf_over_word(gf_tree_kind kind)
{
    static const char *const words[] = {"sum", "prod", "hcat", "vcat", "max"};
    return words[kind - TREE_SUM];
}

gf_tree *gf_tree_new(gf_arena *arena, gf_tree_kind kind, gf_span span, gf_tree *const kids[], uint32_t count)
{
    gf_tree *tree = gf_arena_get(arena, sizeof *tree);
    if (!tree)
        return NULL;
    *tree = (gf_tree){.kind = (uint8_t)kind, .depth = 1, .count = count, .at = span.begin, .span = span};
    if (!count)
        return tree;
    tree->kids = gf_arena_get(arena, count * sizeof *tree->kids);
    if (!tree->kids)
        return NULL;
    for (uint32_t k = 0; k < count; k++) {
        tree->kids[k] = kids[k];
        if (kids[k]->depth >= tree->depth)
            tree->depth = (uint16_t)(kids[k]->depth + 1);
    }
    return tree;
}

gf_tree *gf_tree_like(gf_arena *arena, const gf_tree *like, gf_tree *const kids[], uint32_t count)
{
    gf_tree *tree = gf_tree_new(arena, (gf_tree_kind)like->kind, (gf_span){0, 0}, kids, count);
    if (!tree)
        return NULL;
    tree->name = like->name;
    tree->down = like->down;
    tree->held = like->held;
    tree->brackets = like->brackets;
    if (like->kind == TREE_NUMBER)
        tree->number = like->number;
    return tree;
}

gf_tree *gf_tree_with_kid(gf_arena *arena, const gf_tree *tree, uint32_t k, const gf_tree *kid)
{
    gf_tree *copy = kid ? gf_tree_like(arena, tree, tree->kids, tree->count) : NULL;
    if (copy)
        copy->kids[k] = (gf_tree *)kid;
    return copy;
}

gf_tree *gf_tree_with(gf_arena *arena, const gf_tree *tree, const gf_tree *old, const gf_tree *instead)
{
    if (tree == old)
        return (gf_tree *)instead;
    for (uint32_t k = 0; k < tree->count; k++) {
        const gf_tree *kid = gf_tree_with(arena, tree->kids[k], old, instead);
        if (kid != tree->kids[k])
            return gf_tree_with_kid(arena, tree, k, kid);
    }
    return (gf_tree *)tree;
}

gf_tree *gf_tree_copy(gf_arena *arena, const gf_tree *tree)
{
    gf_tree *copy = gf_arena_get(arena, sizeof *copy);
    if (!copy)
        return NULL;
    *copy = *tree;
    if (!tree->count)
        return copy;
    copy->kids = gf_arena_get(arena, tree->count * sizeof *copy->kids);
    for (uint32_t k = 0; copy->kids && k < tree->count; k++)
        if (!(copy->kids[k] = gf_tree_copy(arena, tree->kids[k])))
            return NULL;
    return copy->kids ? copy : NULL;
}

gf_binder gf_binder_of(const gf_tree *tree)
{
    gf_tree *const none[2] = {NULL, NULL}, *const *ends = tree->count == 3 ? tree->kids : none;
    return (gf_binder){tree->name, ends[0], ends[1], ends[tree->down], ends[!tree->down], gf_tree_body(tree)};
}

const gf_tree *gf_tree_body(const gf_tree *tree)
{
    return tree->kids[tree->count - 1];
}

bool gf_tree_equal(const gf_tree *a, const gf_tree *b)
{
    if (a == b)
        return true;
    if (a->kind != b->kind || a->count != b->count || a->down != b->down || a->held != b->held)
        return false;
    if (a->kind == TREE_NUMBER ? a->number != b->number : a->name != b->name)
        return false;
    for (uint32_t k = 0; k < a->count; k++)
        if (!gf_tree_equal(a->kids[k], b->kids[k]))
            return false;
    return true;
}

uint32_t gf_tree_nodes(const gf_tree *tree)
{
    uint32_t count = 1;
    for (uint32_t k = 0; k < tree->count; k++)
        count += gf_tree_nodes(tree->kids[k]);
    return count;
}

const gf_tree *gf_tree_find(const gf_tree *tree, gf_tree_test *test, const void *data)
{
    const gf_tree *found = test(tree, data) ? tree : NULL;
    for (uint32_t k = 0; k < tree->count && !found; k++)
        found = gf_tree_find(tree->kids[k], test, data);
    return found;
}

static bool is_open(const gf_tree *part, const void *data)
{
    (void)data;
    return part->kind == TREE_OPEN;
}

bool gf_tree_is_open(const gf_tree *tree)
{
    return gf_tree_find(tree, is_open, NULL);
}

bool gf_tree_mentions(const gf_tree *tree, uint32_t name)
{
    if (tree->kind == TREE_NAME)
        return tree->name == name;
    for (uint32_t k = 0; k < tree->count; k++)
        if (gf_bound_in(tree, k) != name && gf_tree_mentions(tree->kids[k], name))
            return true;
    return false;
}

int gf_statement_line(const gf_source *source, const gf_statement *statement)
{
    return gf_source_line(source, statement->span.begin);
}

const char *gf_relation_text(gf_relation relation)
{
    static const char *const texts[] = {"=", "<", "<=", ">", ">="};
    return texts[relation];
}

void gf_text_file_free(gf_text_file *file)
{
    for (gf_statement *s = file->statements; s; s = s->next)
        gf_problems_free(&s->problems);
    gf_source_free(&file->source);
    gf_arena_free(&file->arena);
    gf_names_free(&file->names);
    free(file->mangled);
    free(file->unread);
    *file = (gf_text_file){0};
}
