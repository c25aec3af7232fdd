/* Edits that change or take away what stands in a line. */
#include "repair/edits.h"

#include <string.h>

#include "base/characters.h"
#include "base/nearest.h"
#include "language/functions.h"

const char *gf_edit_kind_text(gf_edit_kind kind)
{
    static const char *const texts[] = {
        [EDIT_INDEX] = "time index",     [EDIT_NAME] = "name",           [EDIT_SIGN] = "sign",
        [EDIT_TRANSPOSE] = "transpose",  [EDIT_ORDER] = "order",         [EDIT_FUNCTION] = "function",
        [EDIT_MORE] = "factor too many", [EDIT_FACTOR] = "factor",       [EDIT_EXTRA] = "term too many",
        [EDIT_TERM] = "term left out",   [EDIT_REDUCTION] = "reduction", [EDIT_OPERATOR] = "operator",
        [EDIT_CONSTANT] = "constant",    [EDIT_RANGE] = "range",         [EDIT_HELD] = "held fixed",
        [EDIT_SPELLING] = "spelling",
    };
    return texts[kind];
}

/* --- nodes ---------------------------------------------------------------------------------------------------- */

static gf_tree *kept(gf_editor *editor, gf_tree *tree)
{
    editor->out_of_memory |= !tree;
    return tree;
}

gf_tree *gf_edit_node(gf_editor *editor, gf_tree_kind kind, const gf_tree *a, const gf_tree *b)
{
    gf_tree *kids[] = {(gf_tree *)a, (gf_tree *)b};
    if (!a || (!b && kind != TREE_NEGATIVE && kind != TREE_TRANSPOSE))
        return NULL;
    return kept(editor, gf_tree_new(&editor->arena, kind, (gf_span){0, 0}, kids, b ? 2 : 1));
}

gf_tree *gf_edit_number(gf_editor *editor, double number)
{
    gf_tree *tree = kept(editor, gf_tree_new(&editor->arena, TREE_NUMBER, (gf_span){0, 0}, NULL, 0));
    if (tree)
        tree->number = number;
    return tree;
}

static gf_tree *named(gf_editor *editor, gf_tree_kind kind, uint32_t name, gf_tree *const kids[], uint32_t count)
{
    editor->out_of_memory |= name == UINT32_MAX;
    gf_tree *tree = kept(editor, gf_tree_new(&editor->arena, kind, (gf_span){0, 0}, kids, count));
    if (tree)
        tree->name = name;
    return editor->out_of_memory ? NULL : tree;
}

gf_tree *gf_edit_name(gf_editor *editor, uint32_t name, const gf_tree *index)
{
    gf_tree *kid = (gf_tree *)index;
    return named(editor, index ? TREE_AT : TREE_NAME, name, &kid, index ? 1 : 0);
}

gf_tree *gf_edit_call(gf_editor *editor, uint32_t name, const gf_tree *argument)
{
    gf_tree *kid = (gf_tree *)argument;
    return kid ? named(editor, TREE_CALL, name, &kid, 1) : NULL;
}

gf_tree *gf_edit_with_kids(gf_editor *editor, const gf_tree *tree, gf_tree *const kids[], uint32_t count)
{
    gf_tree *copy = kept(editor, gf_tree_new(&editor->arena, (gf_tree_kind)tree->kind, (gf_span){0, 0}, kids, count));
    if (copy) {
        copy->name = tree->name;
        copy->down = tree->down;
        copy->held = tree->held;
    }
    return copy;
}

gf_tree *gf_edit_put(gf_editor *editor, const gf_tree *tree, uint32_t name, const gf_tree *by)
{
    gf_tree *kids[MOST_KIDS];
    bool same = true;
    if (tree->kind == TREE_NAME && tree->name == name)
        return (gf_tree *)by;
    if (!by || tree->count > MOST_KIDS)
        return NULL;
    for (uint32_t k = 0; k < tree->count; k++) {
        kids[k] = gf_edit_put(editor, tree->kids[k], name, by);
        same = same && kids[k] == tree->kids[k];
        if (!kids[k])
            return NULL;
    }
    return same ? (gf_tree *)tree : gf_edit_with_kids(editor, tree, kids, tree->count);
}

gf_tree *gf_edit_form(gf_editor *editor, int form, const gf_tree *x)
{
    return gf_edit_put(editor, editor->calculus->forms[form].tree, editor->calculus->x, x);
}

gf_tree *gf_edit_times(gf_editor *editor, const gf_tree *x, const gf_tree *factor)
{
    bool quotient = factor && factor->kind == TREE_DIVIDE;
    if (quotient && factor->kids[0]->kind == TREE_NUMBER && factor->kids[0]->number == 1)
        return gf_edit_node(editor, TREE_DIVIDE, x, factor->kids[1]);
    if (!factor || (factor->kind != TREE_MULTIPLY && !quotient))
        return gf_edit_node(editor, TREE_MULTIPLY, x, factor);
    return gf_edit_node(editor, (gf_tree_kind)factor->kind, gf_edit_times(editor, x, factor->kids[0]), factor->kids[1]);
}

static bool is_whole(const gf_tree *tree)
{
    return tree->kind == TREE_NUMBER && tree->number == (double)(long)tree->number;
}

gf_tree *gf_edit_shifted(gf_editor *editor, const gf_tree *tree, long shift)
{
    const gf_tree *base = tree;
    if (!tree)
        return NULL;
    bool sum = (tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT) && is_whole(tree->kids[1]);
    if (is_whole(tree) && (long)tree->number + shift >= 0)
        return gf_edit_number(editor, tree->number + (double)shift);
    if (sum) {
        shift += (tree->kind == TREE_ADD ? 1 : -1) * (long)tree->kids[1]->number;
        base = tree->kids[0];
    }
    if (!shift)
        return (gf_tree *)base;
    gf_tree *number = gf_edit_number(editor, (double)(shift < 0 ? -shift : shift));
    return gf_edit_node(editor, shift < 0 ? TREE_SUBTRACT : TREE_ADD, base, number);
}

/* --- questions ------------------------------------------------------------------------------------------------ */

const gf_symbol *gf_edit_symbol(const gf_editor *editor, const gf_tree *tree, const gf_binding *bindings)
{
    if (tree->kind != TREE_AT && (tree->kind != TREE_NAME || gf_binding_find(bindings, tree->name)))
        return NULL;
    const gf_symbol *symbol = gf_model_symbol(editor->m, tree->name);
    return symbol && symbol->kind >= SYMBOL_PARAM ? symbol : NULL;
}

bool gf_edit_is_number(const gf_editor *editor, const gf_tree *tree, const gf_binding *bindings)
{
    if (tree->kind == TREE_NUMBER)
        return true;
    if (tree->kind == TREE_NAME)
        return !gf_edit_symbol(editor, tree, bindings);
    if (tree->kind < TREE_NEGATIVE || tree->kind > TREE_POWER)
        return false;
    for (uint32_t k = 0; k < tree->count; k++)
        if (!gf_edit_is_number(editor, tree->kids[k], bindings))
            return false;
    return true;
}

bool gf_edit_is_matrix(const gf_editor *editor, const gf_spot *spot)
{
    return !spot->integer && !gf_edit_is_number(editor, spot->tree, spot->bindings);
}

static gf_term read_shape(gf_evaluation *e, const gf_tree *tree, gf_symbol *symbol, bool known, long t)
{
    (void)e, (void)tree, (void)known, (void)t;
    if (symbol->rows)
        return gf_term_matrix(NULL, symbol->rows, symbol->cols, false);
    return (gf_term){.kind = TERM_OPEN};
}

bool gf_edit_shape(gf_editor *editor, const gf_spot *spot, int *rows, int *cols)
{
    gf_evaluation e = {.m = editor->m, .bindings = spot->bindings, .read = read_shape};
    if (editor->sized != spot->tree) {
        editor->m->work = 0;
        gf_term term = gf_evaluate(&e, spot->tree);
        bool known = term.kind == TERM_MATRIX;
        editor->sized = spot->tree;
        editor->rows = known ? term.rows : 0;
        editor->cols = known ? term.cols : 0;
    }
    *rows = editor->rows;
    *cols = editor->cols;
    return editor->rows && editor->cols;
}

/* --- offering --------------------------------------------------------------------------------------------------- */

void gf_edit_offer_marked(gf_editor *editor, const gf_spot *spot, gf_edit_kind kind, int cost, gf_tree *instead,
                          gf_span mark)
{
    gf_edit edit = {.kind = kind, .cost = cost, .old = spot->tree, .instead = instead, .mark = mark};
    if (!editor->stopped && !editor->out_of_memory && instead && !gf_tree_equal(instead, spot->tree))
        editor->stopped = !editor->visit(editor, &edit);
    if (editor->mark)
        gf_arena_back(&editor->arena, editor->mark);
    editor->mark = gf_arena_get(&editor->arena, 1);
    editor->out_of_memory |= !editor->mark;
}

void gf_edit_offer(gf_editor *editor, const gf_spot *spot, gf_edit_kind kind, int cost, gf_tree *instead)
{
    gf_edit_offer_marked(editor, spot, kind, cost, instead, spot->tree->span);
}

/* The sign of an operator, as it is written. */
static gf_span operator_alone(const gf_editor *editor, const gf_tree *tree)
{
    const gf_source *source = &editor->m->file.source;
    int bytes;
    gf_utf8_decode(source->text + tree->at, source->size - tree->at, &bytes);
    return (gf_span){tree->at, tree->at + (uint32_t)bytes};
}

/* --- time --------------------------------------------------------------------------------------------------------- */

enum { FAR_SHIFT = 2 };

static void move_index(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    if (tree->kind != TREE_AT)
        return;
    for (long shift = -FAR_SHIFT; shift <= FAR_SHIFT; shift++) {
        int cost = shift == 1 || shift == -1 ? 10 : 16;
        gf_tree *index = shift ? gf_edit_shifted(editor, tree->kids[0], shift) : NULL;
        if (index && shift > 0 && gf_tree_mentions(index, editor->m->steps_name))
            cost = 22; /* behind the last step there is nothing */
        gf_edit_offer(editor, spot, EDIT_INDEX, cost, index ? gf_edit_name(editor, tree->name, index) : NULL);
    }
    for (const gf_binding *b = spot->bindings; b; b = b->outer)
        gf_edit_offer(editor, spot, EDIT_INDEX, 16,
                      gf_edit_name(editor, tree->name, gf_edit_name(editor, b->name, NULL)));
    if (editor->m->steps_name)
        gf_edit_offer(editor, spot, EDIT_INDEX, 17,
                      gf_edit_name(editor, tree->name, gf_edit_name(editor, editor->m->steps_name, NULL)));
}

/* W[t] for W, and W for W[t], where that is the use of a name at one step. */
static void change_use(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    const gf_symbol *symbol = spot->variable ? gf_edit_symbol(editor, tree, spot->bindings) : NULL;
    if (!symbol || symbol->timed)
        return;
    if (tree->kind == TREE_AT)
        gf_edit_offer(editor, spot, EDIT_INDEX, 14, gf_edit_name(editor, tree->name, NULL));
    for (const gf_binding *b = spot->bindings; b && tree->kind == TREE_NAME; b = b->outer)
        gf_edit_offer(editor, spot, EDIT_INDEX, 15,
                      gf_edit_name(editor, tree->name, gf_edit_name(editor, b->name, NULL)));
}

/* --- names -------------------------------------------------------------------------------------------------------- */

static bool ends_in(const char *text, const char *end)
{
    size_t size = strlen(text), less = strlen(end);
    return less && less < size && !strcmp(text + size - less, end);
}

/* How likely the one is written for the other: Wi for Wf, h for dh, something of the same shape. */
static int name_cost(const gf_editor *editor, uint32_t from, uint32_t to)
{
    const gf_symbol *a = gf_model_symbol(editor->m, from), *b = gf_model_symbol(editor->m, to);
    const char *x = gf_model_text(editor->m, from), *y = gf_model_text(editor->m, to);
    bool shape = a->rows == b->rows && a->cols == b->cols && a->rows, kind = a->kind == b->kind;
    int cost = !shape ? 18 : kind ? 13 : 15;
    if (gf_edit_distance(x, y, 1) <= 1 && (strlen(x) > 1 || strlen(y) > 1))
        return cost - 2;
    return cost - (ends_in(x, y) || ends_in(y, x) ? 1 : 0);
}

static bool may_stand(const gf_symbol *symbol, const gf_spot *spot)
{
    return symbol->kind >= SYMBOL_PARAM && !symbol->broken &&
           !((spot->graph || spot->variable) && symbol->kind == SYMBOL_LET) &&
           !(spot->variable && symbol->kind == SYMBOL_GIVEN);
}

static void exchange_name(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    const gf_symbol *own = spot->integer ? NULL : gf_edit_symbol(editor, tree, spot->bindings);
    for (uint32_t k = 1; own && k < editor->m->symbol_count; k++) {
        const gf_symbol *symbol = &editor->m->symbols[k];
        if (k == tree->name || !may_stand(symbol, spot) || symbol->timed != own->timed)
            continue;
        gf_edit_offer(editor, spot, EDIT_NAME, name_cost(editor, tree->name, k),
                      gf_edit_name(editor, k, tree->kind == TREE_AT ? tree->kids[0] : NULL));
    }
}

/* Sizes and indices for each other. */
static void exchange_number(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    if (tree->kind != TREE_NAME || !gf_edit_is_number(editor, tree, spot->bindings))
        return;
    for (uint32_t k = 1; k < editor->m->symbol_count; k++) {
        gf_symbol_kind kind = editor->m->symbols[k].kind;
        if (k != tree->name && (kind == SYMBOL_SIZE || kind == SYMBOL_STEPS))
            gf_edit_offer(editor, spot, EDIT_CONSTANT, 15, gf_edit_name(editor, k, NULL));
    }
    for (const gf_binding *b = spot->bindings; b; b = b->outer)
        gf_edit_offer(editor, spot, EDIT_CONSTANT, 15, gf_edit_name(editor, b->name, NULL));
}

static bool is_exponent(const gf_spot *spot)
{
    return spot->up && spot->up->tree->kind == TREE_POWER;
}

static void change_constant(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    if (tree->kind != TREE_NUMBER || (spot->up && spot->up->tree->kind == TREE_AT))
        return;
    double x = tree->number, tries[] = {x + 1, x - 1, 2 * x, x / 2, 1, 2, 0.5, 0.25, 4, 3, x ? 1 / x : 1};
    for (size_t k = 0; k < sizeof tries / sizeof *tries; k++)
        if (tries[k] != x && (tries[k] > 0 || (editor->loose && !tries[k])) &&
            (!spot->integer || tries[k] == (double)(long)tries[k]))
            gf_edit_offer(editor, spot, EDIT_CONSTANT, editor->loose || is_exponent(spot) ? 11 : 14,
                          gf_edit_number(editor, tries[k]));
}

/* --- signs ------------------------------------------------------------------------------------------------------- */

static bool is_sum(const gf_tree *tree)
{
    return tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT;
}

static bool is_product(const gf_tree *tree)
{
    return tree->kind >= TREE_MATMUL && tree->kind <= TREE_DIVIDE;
}

static void flip_sign(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree, *up = spot->up ? spot->up->tree : NULL;
    if (spot->integer)
        return;
    if (is_sum(tree))
        gf_edit_offer_marked(
            editor, spot, EDIT_SIGN, 10,
            gf_edit_node(editor, tree->kind == TREE_ADD ? TREE_SUBTRACT : TREE_ADD, tree->kids[0], tree->kids[1]),
            operator_alone(editor, tree));
    if (tree->kind == TREE_NEGATIVE)
        gf_edit_offer_marked(editor, spot, EDIT_SIGN, 9, tree->kids[0], (gf_span){tree->at, tree->kids[0]->span.begin});
    else if (!spot->variable && !(up && (is_product(up) || up->kind == TREE_NEGATIVE || up->kind == TREE_TRANSPOSE)) &&
             !(up && is_sum(up) && spot->slot == 1))
        gf_edit_offer(editor, spot, EDIT_SIGN, up || is_sum(tree) ? 12 : 10,
                      gf_edit_node(editor, TREE_NEGATIVE, tree, NULL));
}

/* --- order ------------------------------------------------------------------------------------------------------- */

static void transpose(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    bool under = spot->up && spot->up->tree->kind == TREE_TRANSPOSE;
    if (tree->kind == TREE_TRANSPOSE)
        gf_edit_offer_marked(editor, spot, EDIT_TRANSPOSE, 10, tree->kids[0],
                             (gf_span){tree->kids[0]->span.end, tree->span.end});
    else if (!under && !spot->variable && !spot->graph && gf_edit_is_matrix(editor, spot))
        gf_edit_offer(editor, spot, EDIT_TRANSPOSE, tree->count && tree->kind != TREE_AT ? 12 : 10,
                      gf_edit_node(editor, TREE_TRANSPOSE, tree, NULL));
}

static void exchange_operands(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree, *first = tree->count ? tree->kids[0] : NULL;
    bool call = tree->kind == TREE_CALL && tree->count - tree->held == 2;
    if (spot->integer ||
        !(call || tree->kind == TREE_MATMUL || tree->kind == TREE_SUBTRACT || tree->kind == TREE_DIVIDE))
        return;
    gf_tree *kids[] = {tree->kids[1], tree->kids[0]};
    if (!tree->held)
        gf_edit_offer(editor, spot, EDIT_ORDER,
                      tree->kind != TREE_SUBTRACT    ? 12
                      : kids[0]->kind == TREE_NUMBER ? 9
                                                     : 11,
                      gf_edit_with_kids(editor, tree, kids, 2));
    if (tree->kind != TREE_MATMUL || first->kind != TREE_MATMUL)
        return;
    gf_tree *inner = gf_edit_node(editor, TREE_MATMUL, first->kids[0], tree->kids[1]);
    gf_edit_offer(editor, spot, EDIT_ORDER, 13, gf_edit_node(editor, TREE_MATMUL, inner, first->kids[1]));
    inner = gf_edit_node(editor, TREE_MATMUL, tree->kids[1], first->kids[1]);
    gf_edit_offer(editor, spot, EDIT_ORDER, 14, gf_edit_node(editor, TREE_MATMUL, inner, first->kids[0]));
}

static void change_operator(gf_editor *editor, const gf_spot *spot)
{
    static const gf_tree_kind kinds[] = {TREE_MATMUL, TREE_MULTIPLY, TREE_DIVIDE, TREE_ADD, TREE_SUBTRACT};
    const gf_tree *tree = spot->tree;
    if (spot->integer || !(is_product(tree) || is_sum(tree)))
        return;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        bool usual = is_product(tree) && kinds[k] <= TREE_MULTIPLY && tree->kind != TREE_DIVIDE;
        if (kinds[k] != tree->kind && !(is_sum(tree) && (kinds[k] == TREE_ADD || kinds[k] == TREE_SUBTRACT)))
            gf_edit_offer_marked(editor, spot, EDIT_OPERATOR, usual ? 12 : 22,
                                 gf_edit_node(editor, kinds[k], tree->kids[0], tree->kids[1]),
                                 operator_alone(editor, tree));
    }
}

/* --- the walk ---------------------------------------------------------------------------------------------------- */

/* What kid number k is to its node. */
static gf_spot spot_of_kid(const gf_editor *editor, const gf_spot *spot, uint32_t k, gf_binding *own)
{
    const gf_tree *tree = spot->tree;
    gf_spot kid = {.up = spot,
                   .tree = tree->kids[k],
                   .slot = k,
                   .bindings = spot->bindings,
                   .integer = spot->integer,
                   .graph = spot->graph};
    gf_function function;
    bool over = tree->kind == TREE_SUM || tree->kind == TREE_PRODUCT;
    if (over && k + 1 == tree->count) {
        *own = (gf_binding){.name = tree->name, .outer = spot->bindings};
        kid.bindings = own;
    }
    kid.integer |= over && k + 1 < tree->count;
    if (tree->kind != TREE_CALL || !gf_function_find(&function, gf_model_text(editor->m, tree->name)))
        return kid;
    gf_argument argument = k < GF_ARGUMENTS && k < tree->count - tree->held ? function.argument[k] : ARGUMENT_VARIABLE;
    kid.integer |= argument == ARGUMENT_INTEGER;
    kid.variable = argument == ARGUMENT_VARIABLE;
    kid.graph |= argument == ARGUMENT_GRAPH;
    return kid;
}

typedef void rule(gf_editor *editor, const gf_spot *spot);

static void walk(gf_editor *editor, const gf_spot *spot, rule *const rules[], size_t count)
{
    for (size_t k = 0; k < count && !editor->stopped; k++)
        rules[k](editor, spot);
    gf_binding own;
    for (uint32_t k = 0; spot->tree->kind != TREE_AT && k < spot->tree->count && !editor->stopped; k++) {
        gf_spot kid = spot_of_kid(editor, spot, k, &own);
        walk(editor, &kid, rules, count);
    }
}

static void start(gf_editor *editor, const gf_tree *root, rule *const rules[], size_t count)
{
    gf_names *names = &editor->m->file.names;
    gf_spot spot = {.tree = root, .bindings = editor->bindings};
    editor->root = root;
    editor->stopped = false;
    editor->diag = gf_names_add(names, "diag");
    editor->mark = gf_arena_get(&editor->arena, 1);
    editor->out_of_memory |= !editor->mark || editor->diag == UINT32_MAX;
    if (!editor->out_of_memory)
        walk(editor, &spot, rules, count);
    gf_arena_free(&editor->arena);
    editor->mark = NULL;
}

void gf_edit_each(gf_editor *editor, const gf_tree *root)
{
    static rule *const rules[] = {move_index,      change_use,       exchange_name,    exchange_number,
                                  change_constant, flip_sign,        transpose,        exchange_operands,
                                  change_operator, gf_edit_rewrites, gf_edit_omissions};
    start(editor, root, rules, sizeof rules / sizeof *rules - !editor->wide);
}

/* --- names that there are not ------------------------------------------------------------------------------------ */

/* A name of the file in place of one that is unknown. */
static void respell(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    const gf_tree *index = tree->kind == TREE_AT ? tree->kids[0] : NULL;
    const char *text = gf_model_text(editor->m, tree->name);
    for (uint32_t k = 1; k < editor->m->symbol_count; k++) {
        const gf_symbol *symbol = &editor->m->symbols[k];
        bool number = symbol->kind == SYMBOL_SIZE || symbol->kind == SYMBOL_STEPS;
        const char *other = gf_model_text(editor->m, k);
        int far = gf_edit_distance(text, other, 3), cost = far > 3 ? 21 : 8 + 3 * far + (strlen(text) == strlen(other));
        if (number && !index)
            gf_edit_offer(editor, spot, EDIT_SPELLING, cost, gf_edit_name(editor, k, NULL));
        if (!may_stand(symbol, spot))
            continue;
        if (symbol->timed && !index)
            for (const gf_binding *b = spot->bindings; b; b = b->outer)
                gf_edit_offer(editor, spot, EDIT_SPELLING, cost + 2,
                              gf_edit_name(editor, k, gf_edit_name(editor, b->name, NULL)));
        else
            gf_edit_offer(editor, spot, EDIT_SPELLING, cost,
                          gf_edit_name(editor, k, symbol->timed || spot->variable ? index : NULL));
    }
}

/* An index that is missing, or one too many. */
static void reindex(gf_editor *editor, const gf_spot *spot, const gf_symbol *symbol)
{
    const gf_tree *tree = spot->tree;
    if (tree->kind == TREE_AT && !symbol->timed && !spot->variable)
        gf_edit_offer(editor, spot, EDIT_INDEX, 10, gf_edit_name(editor, tree->name, NULL));
    if (tree->kind != TREE_NAME || !symbol->timed || spot->variable)
        return;
    for (const gf_binding *b = spot->bindings; b; b = b->outer)
        for (long shift = -1; shift <= 1; shift++)
            gf_edit_offer(
                editor, spot, EDIT_INDEX, shift ? 13 : 10,
                gf_edit_name(editor, tree->name, gf_edit_shifted(editor, gf_edit_name(editor, b->name, NULL), shift)));
}

/* A function that there is not; or U(h) for U @ h; or max(0, a) for relu(a). */
static void respell_call(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree, *last = tree->kids[tree->count - 1];
    const char *text = gf_model_text(editor->m, tree->name), *name;
    const gf_symbol *symbol = gf_model_symbol(editor->m, tree->name);
    gf_function function;
    char room[GF_FUNCTION_NAME];
    if (symbol && symbol->kind >= SYMBOL_PARAM && !symbol->timed)
        for (int k = TREE_MATMUL; k <= TREE_MULTIPLY; k++)
            gf_edit_offer(editor, spot, EDIT_SPELLING, 10,
                          gf_edit_node(editor, (gf_tree_kind)k, gf_edit_name(editor, tree->name, NULL), last));
    if (tree->count == 2 && !strcmp(text, "max"))
        gf_edit_offer(editor, spot, EDIT_SPELLING, 10,
                      gf_edit_call(editor, gf_names_add(&editor->m->file.names, "relu"), last));
    if (gf_function_find(&function, text))
        return;
    for (int k = 0; (name = gf_function_name(k, room)) && !editor->stopped; k++) {
        int far = gf_edit_distance(text, name, 3);
        uint32_t number = *name && far <= 3 ? gf_names_add(&editor->m->file.names, name) : 0;
        gf_tree *instead = number ? gf_edit_with_kids(editor, tree, tree->kids, tree->count) : NULL;
        if (instead)
            instead->name = number;
        gf_edit_offer(editor, spot, EDIT_SPELLING, 8 + 3 * far, instead);
    }
}

static void spelling(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    const gf_symbol *symbol = gf_model_symbol(editor->m, tree->name);
    if (tree->kind == TREE_CALL && tree->count)
        respell_call(editor, spot);
    if (tree->kind != TREE_AT && (tree->kind != TREE_NAME || gf_binding_find(spot->bindings, tree->name)))
        return;
    if (!symbol || symbol->kind == SYMBOL_NONE || (spot->graph && symbol->kind == SYMBOL_LET))
        respell(editor, spot);
    else if (symbol->kind >= SYMBOL_PARAM)
        reindex(editor, spot, symbol);
}

void gf_edit_each_spelling(gf_editor *editor, const gf_tree *root)
{
    static rule *const rules[] = {spelling};
    start(editor, root, rules, 1);
}
