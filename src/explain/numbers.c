/* What a term comes to, factor by factor.
 *
 * In a term the gradient of a named quantity stands as a name, dc[3]; worked out it is what arrives there. All else is
 * the language's own evaluation, in a graph that is thrown away. */
#include <string.h>

#include "explain/inside.h"

enum { KIDS = 64, FACTORS = 16, PRODUCTS = 16 };

/* --- evaluation --------------------------------------------------------------------------------------------------- */

static gf_term constant(gf_evaluation *e, const gf_tree *tree, const gf_matrix *value)
{
    if (!value)
        return gf_term_bad;
    gf_term term = gf_term_matrix(gf_constant(e->graph, NULL, value), value->rows, value->cols, false);
    return gf_term_node(e, tree, term, 0, 0) ? term : gf_term_bad;
}

static gf_term read_name(gf_evaluation *e, const gf_tree *tree, gf_symbol *symbol, bool known, long t)
{
    if (!e->graph)
        return gf_term_matrix(NULL, symbol->rows, symbol->cols, false);
    const gf_instance *instance = known ? gf_symbol_instance(e->m, symbol, t) : NULL;
    return instance && instance->node ? constant(e, tree, gf_value(instance->node)) : gf_term_zero(0, 0);
}

/* grad(c[3]): what arrives there. */
static gf_term read_gradient(gf_evaluation *e, const gf_tree *call, const gf_function *function)
{
    gf_explaining *x = e->data;
    const gf_tree *of = call->kids[0];
    gf_symbol *symbol = gf_model_symbol(x->m, of->name);
    long t = 0;
    if (function->special != SPECIAL_GRAD || !symbol)
        return gf_term_bad;
    if (of->kind == TREE_AT && gf_integer(x->m, e->problems, of->kids[0], e->bindings, &t) != INTEGER_KNOWN)
        return gf_term_bad;
    const gf_instance *instance = gf_symbol_instance(x->m, symbol, t);
    if (!instance || !instance->node)
        return gf_term_zero(symbol->rows, symbol->cols);
    return constant(e, call, x->arrives ? x->arrives(x->data, instance->node) : gf_gradient(instance->node));
}

/* The tree with grad(c[3]) for dc[3]. */
static const gf_tree *with_gradients(gf_explaining *x, const gf_tree *tree)
{
    const gf_tree *kids[KIDS];
    bool leaf = gf_tree_is_name(tree), same = true;
    for (uint32_t k = 1; leaf && k < x->m->symbol_count; k++)
        if (x->lets[k] == tree->name && tree->name) {
            const gf_tree *of = gf_make_at(&x->d, k, tree->kind == TREE_AT ? tree->kids[0] : NULL);
            const gf_tree like = {.kind = TREE_CALL, .name = gf_word(&x->d, "grad")};
            return of ? gf_make_raw(&x->d, &like, &of, 1) : NULL;
        }
    if (leaf || tree->kind == TREE_NUMBER || tree->count > KIDS)
        return tree;
    for (uint32_t k = 0; k < tree->count; k++) {
        kids[k] = with_gradients(x, tree->kids[k]);
        same = same && kids[k] == tree->kids[k];
        if (!kids[k])
            return NULL;
    }
    return same ? tree : gf_make_raw(&x->d, tree, kids, tree->count);
}

static bool fail(gf_explaining *x, const gf_tree *tree)
{
    gf_text text = {0};
    gf_tree_print(&text, &x->m->file.names, tree);
    if (!gf_problems_any(&x->problems))
        gf_explaining_refuse(x, "%s cannot be worked out", gf_text_string(&text));
    gf_text_free(&text);
    return false;
}

/* The value of an expression, up to the next one's; NULL, noted, where there is none. */
static const gf_matrix *evaluate(gf_explaining *x, const gf_tree *tree, int rows, int cols)
{
    const gf_tree *with = with_gradients(x, tree);
    gf_evaluation e = {.m = x->m,
                       .graph = x->scratch,
                       .values_only = true,
                       .problems = &x->problems,
                       .read = read_name,
                       .call = read_gradient,
                       .data = x};
    gf_graph_rewind(x->scratch, 0);
    x->m->work = 0;
    gf_node *node = with ? gf_term_node(&e, with, gf_evaluate(&e, with), rows, cols) : NULL;
    const gf_matrix *value = node ? gf_value(node) : NULL;
    return value || fail(x, tree) ? value : NULL;
}

bool gf_number_tree(gf_explaining *x, gf_matrix *out, const gf_tree *tree, int rows, int cols)
{
    const gf_matrix *value = evaluate(x, tree, rows, cols);
    double *data = value ? gf_explaining_room(x, gf_matrix_size(value) * sizeof *data) : NULL;
    if (!data)
        return false;
    *out = gf_matrix_over(data, value->rows, value->cols);
    gf_matrix_copy(out, value);
    return true;
}

bool gf_number_add(gf_explaining *x, gf_matrix *sum, const gf_tree *tree)
{
    const gf_matrix *value = evaluate(x, tree, sum->rows, sum->cols);
    for (int i = 0; value && i < sum->rows; i++)
        for (int j = 0; j < sum->cols; j++)
            sum->data[(size_t)i * (size_t)sum->stride + (size_t)j] += gf_matrix_at(value, i, j);
    return value;
}

gf_matrix gf_zero_matrix(gf_explaining *x, const gf_node *like)
{
    size_t bytes = gf_matrix_size(&like->value) * sizeof(double);
    double *data = gf_explaining_room(x, bytes);
    if (data)
        memset(data, 0, bytes);
    return gf_matrix_over(data, like->value.rows, like->value.cols);
}

/* --- factors ------------------------------------------------------------------------------------------------------ */

static bool is_product(const gf_tree *tree)
{
    return tree->kind == TREE_MULTIPLY || tree->kind == TREE_MATMUL || tree->kind == TREE_DIVIDE;
}

/* What is to be known of a term; worked out are its factors, a copy with brackets taken off. */
typedef struct working {
    gf_explaining *x;
    gf_product *products;
    int count;
} working;

static const char *print(gf_explaining *x, const gf_tree *tree)
{
    gf_text text = {0};
    gf_tree_print(&text, &x->m->file.names, tree);
    return gf_explaining_keep(x, &text);
}

/* As it is written within a product: with brackets where it needs some. */
static const char *print_factor(gf_explaining *x, const gf_tree *tree)
{
    bool bare =
        tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT || tree->kind == TREE_NEGATIVE || is_product(tree);
    gf_text text = {0};
    gf_text_add(&text, bare ? "(" : "");
    gf_tree_print(&text, &x->m->file.names, tree);
    gf_text_add(&text, bare ? ")" : "");
    return gf_explaining_keep(x, &text);
}

/* The factors of a product from the left: a * b @ c / n has four. */
static int factors_of(const gf_tree *tree, const gf_tree *out[FACTORS], const char *signs[FACTORS])
{
    if (!is_product(tree))
        return out[0] = tree, signs[0] = "", 1;
    const char *sign = tree->kind == TREE_MATMUL ? "@" : tree->kind == TREE_DIVIDE ? "/" : "*";
    int count = factors_of(tree->kids[0], out, signs);
    if (count == FACTORS)
        return count + 1;
    out[count] = tree->kids[1];
    signs[count] = sign;
    return count + 1;
}

static bool add_product(working *w, const gf_tree *tree, int rows, int cols)
{
    gf_explaining *x = w->x;
    const gf_tree *factors[FACTORS + 1];
    const char *signs[FACTORS + 1];
    int count = factors_of(tree, factors, signs);
    for (int k = 0; count <= FACTORS && k < count && count > 1; k++)
        if (is_product(factors[k]) && w->count < PRODUCTS - 1 && !add_product(w, factors[k], 0, 0))
            return false;
    gf_product *product = &w->products[w->count++];
    *product = (gf_product){.text = print(x, tree)};
    if (!gf_number_tree(x, &product->value, tree, rows, cols))
        return false;
    if (count == 1 || count > FACTORS)
        return product->text;
    product->factors = gf_explaining_room(x, (size_t)count * sizeof *product->factors);
    for (int k = 0; k < count && product->factors; k++, product->count++) {
        product->factors[k] = (gf_factor){.sign = signs[k], .text = print_factor(x, factors[k])};
        if (!gf_number_tree(x, &product->factors[k].value, factors[k], 0, 0))
            return false;
    }
    return !x->problems.out_of_memory;
}

/* What a part, a sum or a change of sign is of: dz[2] @ V' of cols(dz[2] @ V', 1, m). */
static const gf_tree *inside(const gf_tree *term)
{
    while ((term->kind == TREE_CALL && term->count) ||
           (term->kind == TREE_NEGATIVE && term->kids[0]->kind != TREE_NUMBER))
        term = term->kids[0];
    return term;
}

bool gf_work_out(gf_explaining *x, gf_worked *out, const gf_tree *term, const gf_spot *from)
{
    int rows = gf_node_rows(from->node), cols = gf_node_cols(from->node);
    working w = {.x = x, .products = gf_explaining_room(x, PRODUCTS * sizeof *w.products)};
    *out = (gf_worked){.text = print(x, term), .products = w.products};
    if (!w.products || !gf_number_tree(x, &out->value, term, rows, cols))
        return false;
    const gf_tree *inner = inside(term);
    bool worth = is_product(inner) || (inner != term && gf_tree_is_name(inner));
    bool good = !worth || add_product(&w, inner, inner == term ? rows : 0, inner == term ? cols : 0);
    out->count = w.count;
    out->whole = w.count && inner == term;
    return good;
}
