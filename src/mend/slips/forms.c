/* Forms: how a function occurs in gradients, as the table's formulas say it.
 *
 * Where h[t] = tanh(a[t]) receives G, a[t] receives G * (1 - h[t]^2). So in a line h may occur as 1 - h[t]^2, and a as
 * tanh(a[t]), 1 - tanh(a[t])^2, tanh'(a[t]): forms, in which x stands for the result or the operand. The functions of
 * the file have them, and so has any other of the table, which a line may have in their place. */
#include "mend/slips/calculus.h"

#include <string.h>

/* --- factors ------------------------------------------------------------------------------------------------------ */

const gf_tree *gf_calculus_arriving(gf_calculus *c, const gf_tree *node)
{
    gf_extents extents;
    if (!gf_extents_of(&c->d, node, &extents))
        return NULL;
    gf_extents_of_let(&c->d, c->G, &extents);
    return gf_make_name(&c->d, c->G);
}

/* The product with 1 for the name; NULL where it is no factor of it. */
static const gf_tree *without(gf_deriving *d, const gf_tree *tree, uint32_t name)
{
    const gf_tree *kids[2] = {tree->count ? tree->kids[0] : NULL, tree->count > 1 ? tree->kids[1] : NULL};
    bool product = tree->kind == TREE_MULTIPLY || tree->kind == TREE_DIVIDE || tree->kind == TREE_NEGATIVE;
    bool behind = product && kids[1] && gf_tree_has(kids[1], name);
    if (tree->kind == TREE_NAME && tree->name == name)
        return gf_make_number(d, 1);
    if (!product || (behind && (tree->kind == TREE_DIVIDE || gf_tree_has(kids[0], name))))
        return NULL;
    kids[behind] = without(d, kids[behind], name);
    return kids[behind] ? gf_make_like(d, tree, kids) : NULL;
}

/* By what the operand's gradient is that of the result multiplied; NULL where it is no product. `y`: how the result is
 * written. */
static const gf_tree *factor_of(gf_calculus *c, const gf_tree *call, const gf_tree *y)
{
    const gf_tree *G = gf_calculus_arriving(c, call);
    const gf_tree *pulled = G ? gf_pull(&c->d, call, 0, G, y) : NULL;
    const gf_tree *rest = pulled ? without(&c->d, pulled, c->G) : NULL;
    return rest && !gf_tree_is(rest, 1) ? rest : NULL;
}

/* --- forms -------------------------------------------------------------------------------------------------------- */

enum { COST_OF_RESULT, COST_OF_OPERAND, COST_OF_PRIME, COST_OF_PART };

static void add_form(gf_calculus *c, const gf_tree *tree, uint32_t function, int cost)
{
    int k = 0;
    if (!tree || !gf_tree_has(tree, c->x))
        return;
    while (k < c->form_count && !gf_tree_equal(c->forms[k].tree, tree))
        k++;
    if (k == c->form_count && k < GF_FORMS)
        c->forms[c->form_count++] = (gf_form){.tree = tree, .function = function, .cost = cost};
}

/* A product and its factors: x * (1 - x), x, 1 - x. */
static void add_product(gf_calculus *c, const gf_tree *tree, uint32_t function, int cost)
{
    add_form(c, tree, function, cost);
    for (uint32_t k = 0; tree && tree->kind == TREE_MULTIPLY && k < tree->count; k++)
        add_product(c, tree->kids[k], function, cost);
}

/* What stands within: of 1 - x^2, x^2. */
static void add_parts(gf_calculus *c, const gf_tree *tree, uint32_t function)
{
    for (uint32_t k = 0; tree && k < tree->count; k++) {
        add_form(c, tree->kids[k], function, COST_OF_PART);
        add_parts(c, tree->kids[k], function);
    }
}

/* f'(x), with the constants of f. */
static const gf_tree *prime_of(gf_calculus *c, const gf_tree *call)
{
    char prime[GF_FUNCTION_NAME + 1];
    gf_function function;
    if (call->kind != TREE_CALL)
        return NULL;
    snprintf(prime, sizeof prime, "%.30s'", gf_names_text(&c->d.m->file.names, call->name));
    if (!gf_function_find(&function, prime))
        return NULL;
    return gf_make_call(&c->d, gf_word(&c->d, prime), (const gf_tree *const *)call->kids, call->count);
}

/* The function as a call, or a power, of x. Where sigmoid'(x) says it, sigmoid(x) * (1 - sigmoid(x)) is one of the
 * `others`, which are no more than understood. */
static void add_function(gf_calculus *c, const gf_tree *call, bool others)
{
    uint32_t function = call && call->kind == TREE_CALL ? call->name : 0;
    const gf_tree *by_result = call ? factor_of(c, call, c->forms[0].tree) : NULL;
    const gf_tree *by_operand = by_result ? factor_of(c, call, call) : NULL;
    if (!by_operand)
        return;
    int before = c->form_count;
    if (!gf_tree_equal(by_result, by_operand))
        add_product(c, by_result, function, COST_OF_RESULT);
    if (before < c->form_count)
        c->forms[before].of_result = true;
    const gf_tree *prime = prime_of(c, call);
    add_form(c, call, function, COST_OF_OPERAND);
    if (others || !prime || by_operand->kind != TREE_MULTIPLY)
        add_product(c, by_operand, function, COST_OF_OPERAND);
    add_form(c, prime, function, COST_OF_PRIME);
    add_parts(c, by_result, function);
    if (others)
        add_parts(c, by_operand, function);
}

/* --- the equations ------------------------------------------------------------------------------------------------ */

bool gf_calculus_is_function(gf_calculus *c, const gf_tree *node)
{
    int count;
    const gf_operation *op =
        node->kind == TREE_CALL || node->kind == TREE_POWER ? gf_operation_of(&c->d, node, &count) : NULL;
    gf_extents own, operand;
    return op && count == 1 && op->vjp[0] && gf_extents_of(&c->d, node, &own) &&
           gf_extents_of(&c->d, node->kids[0], &operand) && gf_extents_equal(&own, &operand);
}

/* The node, with x for its operand number `slot`. */
static const gf_tree *of_x(gf_calculus *c, const gf_tree *node, uint32_t slot)
{
    const gf_tree *kids[GF_ARGUMENTS];
    for (uint32_t k = 0; k < node->count && k < GF_ARGUMENTS; k++)
        kids[k] = k == slot ? c->forms[0].tree : node->kids[k];
    return node->count <= GF_ARGUMENTS ? gf_make_raw(&c->d, node, kids, node->count) : NULL;
}

/* Functions, and numbers less a name: 1 - z[t]. */
static void look_at(gf_calculus *c, const gf_tree *node)
{
    if (gf_calculus_is_function(c, node))
        add_function(c, of_x(c, node, 0), false);
    if (node->kind == TREE_SUBTRACT && node->kids[0]->kind == TREE_NUMBER)
        add_form(c, of_x(c, node, 1), 0, COST_OF_RESULT);
    for (uint32_t k = 0; node->kind != TREE_AT && k < node->count; k++)
        look_at(c, node->kids[k]);
}

/* --- words -------------------------------------------------------------------------------------------------------- */

static bool is_derivative(const char *text)
{
    return text[strlen(text) - 1] == '\'';
}

/* A function of one matrix; what passes no gradient leaves a value as it is. */
static void add_word(gf_calculus *c, const char *text)
{
    gf_function f;
    bool one = *text && gf_function_find(&f, text) && f.most == 1 && f.argument[0] == ARGUMENT_MATRIX;
    bool judging = one && f.op && f.judging, flat = one && f.op && !f.op->vjp[0] && !is_derivative(text);
    if (!one || judging || flat)
        return;
    char base[GF_FUNCTION_NAME + 1];
    snprintf(base, sizeof base, "%.*s", (int)(strlen(text) - is_derivative(text)), text);
    uint32_t name = gf_word(&c->d, text);
    for (int k = 0; k < c->word_count; k++)
        if (c->words[k].name == name)
            return;
    c->words[c->word_count++] =
        (gf_function_word){.name = name, .base = gf_word(&c->d, base), .reduces = !f.op || f.op->shape};
}

const gf_function_word *gf_calculus_word(const gf_calculus *c, uint32_t name)
{
    for (int k = 0; k < c->word_count; k++)
        if (c->words[k].name == name)
            return &c->words[k];
    return NULL;
}

static void note_used(gf_calculus *c, const gf_tree *tree)
{
    for (int k = 0; tree->kind == TREE_CALL && k < c->word_count; k++)
        c->words[k].used |= c->words[k].base == tree->name;
    for (uint32_t k = 0; k < tree->count; k++)
        note_used(c, tree->kids[k]);
}

/* First the sums, which undo a broadcast: they are what is forgotten. */
static void find_words(gf_calculus *c)
{
    static const char *const sums[] = {"colsum", "rowsum", "sum", "diag"};
    char room[GF_FUNCTION_NAME];
    const char *text;
    int count = 0;
    while (gf_function_name(count, room))
        count++;
    c->words = gf_arena_get(&c->arena, (size_t)count * sizeof *c->words);
    c->problems.out_of_memory |= !c->words;
    for (size_t k = 0; c->words && k < sizeof sums / sizeof *sums; k++)
        add_word(c, sums[k]);
    for (int k = 0; c->words && (text = gf_function_name(k, room)); k++)
        add_word(c, text);
}

static void add_functions(gf_calculus *c)
{
    const gf_tree like = {.kind = TREE_CALL};
    for (int k = 0; k < c->word_count; k++) {
        gf_tree *call = gf_make_raw(&c->d, &like, &c->forms[0].tree, 1);
        if (!call || c->words[k].name != c->words[k].base)
            continue;
        call->name = c->words[k].name;
        if (gf_calculus_is_function(c, call))
            add_function(c, call, true);
    }
}

/* In each equation. */
static void each_equation(gf_calculus *c, void (*look)(gf_calculus *c, const gf_tree *node))
{
    for (const gf_statement *s = c->d.m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_EQUATION && !s->broken)
            look(c, s->value);
}

void gf_calculus_find_forms(gf_calculus *c)
{
    c->x = gf_word(&c->d, "(x)");
    c->G = gf_word(&c->d, "(gradient)");
    const gf_tree *two = gf_make_number(&c->d, 2), *three = gf_make_number(&c->d, 3), *x = gf_make_name(&c->d, c->x);
    if (!two || !three || !x)
        return;
    gf_extents_of_let(&c->d, c->x, &(gf_extents){.size = {2, 3}, .text = {two, three}});
    add_form(c, x, 0, 0);
    each_equation(c, look_at);
    c->used_count = c->form_count;
    find_words(c);
    add_functions(c);
    each_equation(c, note_used);
}
