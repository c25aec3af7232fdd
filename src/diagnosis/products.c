/* Products with something exchanged: the operands, their transposes, the order of prod. Each product of a claim's line
 * is tried by itself. */
#include "diagnosis/diagnose.h"

enum { PRODUCTS = 30, WAYS = 5 };

/* What can be wrong with a @ b. */
typedef struct way {
    bool exchange, first, second; /* exchange the operands; transpose them */
    const char *says;
} way;

static const way ways[WAYS] = {{true, false, false, "is the other way round"},
                               {false, true, false, "should be"},
                               {false, false, true, "should be"},
                               {false, true, true, "should be"},
                               {true, true, true, "should be"}};

const gf_tree *gf_side_written_out(const gf_model *m, const gf_tree *side)
{
    bool at_t = side->kind == TREE_AT && side->kids[0]->kind == TREE_NAME && side->kids[0]->name == m->t;
    const gf_symbol *symbol = side->kind == TREE_NAME || at_t ? gf_model_symbol(m, side->name) : NULL;
    bool let = symbol && symbol->kind == SYMBOL_LET && !symbol->starts && symbol->definition && !symbol->broken;
    return let && symbol->definition->value ? symbol->definition->value : side;
}

/* --- edits -------------------------------------------------------------------------------------------------------- */

/* Product number *n of the tree, which counts down; NULL beyond. */
static gf_tree *find_product(gf_tree *tree, int *n)
{
    gf_tree *found = NULL;
    if (tree->kind == TREE_NUMBER)
        return NULL;
    if ((tree->kind == TREE_MATMUL || tree->kind == TREE_PRODUCT) && (*n)-- == 0)
        return tree;
    for (uint32_t k = 0; k < tree->count && !found; k++)
        found = find_product(tree->kids[k], n);
    return found;
}

static void exchange(gf_tree *tree)
{
    gf_tree *first = tree->kids[0];
    tree->kids[0] = tree->kids[1];
    tree->kids[1] = first;
}

/* An operand with its transpose put in, or taken out. False without memory. */
static bool transpose(gf_arena *arena, gf_tree **operand)
{
    if ((*operand)->kind == TREE_TRANSPOSE)
        *operand = (*operand)->kids[0];
    else
        *operand = gf_tree_new(arena, TREE_TRANSPOSE, (*operand)->span, operand, 1);
    return *operand;
}

/* A prod over a range has one way to be wrong: its order. */
static bool edit(gf_arena *arena, gf_tree *product, const way *way)
{
    if (product->kind == TREE_PRODUCT) {
        bool whole = product->count < 3 || !way->exchange || way->first;
        product->down = !product->down;
        if (!whole)
            exchange(product);
        return !whole;
    }
    bool good =
        (!way->first || transpose(arena, &product->kids[0])) && (!way->second || transpose(arena, &product->kids[1]));
    if (good && way->exchange)
        exchange(product);
    return good;
}

/* --- trying ------------------------------------------------------------------------------------------------------- */

/* Does the link hold at every instance with the edited side? Where both sides are zeros, nothing is learned. */
static bool holds_with(gf_judged *judged, const gf_tree *other, const gf_tree *edited)
{
    bool holds = true, something = false;
    for (size_t k = 0; k < judged->count && holds; k++) {
        char why[GF_WHY];
        gf_link link;
        const gf_matrix *a = gf_judged_value(judged, k, other, 0, 0, NULL);
        const gf_matrix *b = a ? gf_judged_value(judged, k, edited, a->rows, a->cols, NULL) : NULL;
        holds = b && gf_link_judge(&link, RELATION_EQUAL, a, b, 1e-6, true, why) && link.holds;
        something |= holds && gf_matrix_norm(a) > 0;
        gf_judge_clear(&judged->claims->judge);
    }
    return holds && something;
}

static void say(gf_judged *judged, gf_text *w, const gf_tree *product, const char *says)
{
    const gf_model *m = judged->claims->m;
    gf_span span = product->span;
    if (product->brackets && span.end - span.begin > 2 && m->file.source.text[span.begin] == '(')
        span = (gf_span){span.begin + 1, span.end - 1};
    gf_text_add(w, "the product ");
    gf_source_quote(w, &m->file.source, span, 60);
    gf_text_print(w, " %s%s ", says, says == ways[0].says ? ":" : "");
    gf_tree_print(w, &m->file.names, product);
    gf_text_add(w, "\n");
}

/* *beyond: there is no such product. */
static bool try_product(gf_judged *judged, const gf_tree *other, const gf_tree *side, int number, const way *way,
                        bool *beyond, gf_text *w)
{
    gf_arena arena = {0};
    gf_tree *copy = gf_tree_copy(&arena, side), *product = copy ? find_product(copy, &number) : NULL;
    *beyond = !product;
    w->failed |= !copy;
    bool edited = product && edit(&arena, product, way);
    w->failed |= product && product->kind == TREE_MATMUL && !edited;
    bool found = edited && holds_with(judged, other, copy);
    if (found)
        say(judged, w, product, way->says);
    gf_arena_free(&arena);
    return found;
}

bool gf_diagnose_product(gf_judged *judged, uint32_t link, gf_text *w)
{
    const gf_statement *s = judged->statement;
    for (int n = 0; n < WAYS; n++)
        for (uint32_t k = 0; k < 2; k++) {
            const gf_tree *side = gf_side_written_out(judged->claims->m, s->sides[link + !k]);
            const gf_tree *other = s->sides[link + k];
            bool beyond = false;
            for (int number = 0; number < PRODUCTS && !beyond; number++)
                if (try_product(judged, other, side, number, &ways[n], &beyond, w))
                    return true;
        }
    return false;
}
