/* Edits of functions, reductions, ranges and what is held; factors and terms one too many. */
#include "repair/edits.h"

#include "model/scan.h"

/* --- forms ------------------------------------------------------------------------------------------------------ */

/* Is the tree what a form is of some x? Then *x is that. */
static bool fits_form(const gf_editor *editor, const gf_tree *form, const gf_tree *tree, const gf_tree **x)
{
    bool leaf = form->kind == TREE_NUMBER || form->kind == TREE_NAME;
    if (form->kind == TREE_NAME && form->name == editor->calculus->x) {
        const gf_tree *before = *x;
        *x = tree;
        return !before || gf_tree_equal(before, tree);
    }
    if (leaf)
        return gf_tree_equal(form, tree);
    if (form->kind != tree->kind || form->count != tree->count || form->name != tree->name)
        return false;
    for (uint32_t k = 0; k < form->count; k++)
        if (!fits_form(editor, form->kids[k], tree->kids[k], x))
            return false;
    return true;
}

/* What form number `form` is of, here; of A * x * (1 - x) as well, and A is the rest. NULL where the node is no such
 * form. */
static const gf_tree *form_of(const gf_editor *editor, int number, const gf_tree *tree, const gf_tree **rest)
{
    const gf_tree *form = editor->calculus->forms[number].tree, *x = NULL;
    *rest = NULL;
    if (fits_form(editor, form, tree, &x))
        return x;
    x = NULL;
    const gf_tree *left = tree->kind == TREE_MULTIPLY && form->kind == TREE_MULTIPLY ? tree->kids[0] : NULL;
    if (!left || left->kind != TREE_MULTIPLY || !fits_form(editor, form->kids[1], tree->kids[1], &x) ||
        !fits_form(editor, form->kids[0], left->kids[1], &x))
        return NULL;
    *rest = left->kids[0];
    return x;
}

static const gf_function_word *word_of(const gf_editor *editor, const gf_tree *tree)
{
    return tree->kind == TREE_CALL && tree->count == 1 ? gf_calculus_word(editor->calculus, tree->name) : NULL;
}

/* A function of the equations, or a derivative of one. */
static bool is_activation(const gf_editor *editor, const gf_tree *tree)
{
    const gf_function_word *word = word_of(editor, tree);
    return word && word->used && !word->reduces;
}

static bool plain(const gf_spot *spot)
{
    return !spot->integer && !spot->variable && !spot->graph;
}

/* Is it tanh(h), or tanh'(h), where h is tanh of something already? */
static bool is_activated(const gf_editor *editor, const gf_tree *tree)
{
    const gf_function_word *word = word_of(editor, tree);
    const gf_symbol *symbol = word ? gf_edit_symbol(editor, tree->kids[0], NULL) : NULL;
    const gf_tree *value = symbol && symbol->definition ? symbol->definition->value : NULL;
    return value && value->kind == TREE_CALL && value->name == word->base;
}

/* tanh'(h) where 1 - h^2 is meant. */
static bool is_taken_twice(const gf_editor *editor, const gf_tree *tree, const gf_form *form)
{
    const gf_function_word *word = word_of(editor, tree);
    return form->of_result && is_activated(editor, tree) && word->base != word->name && word->base == form->function;
}

/* Another form of the same x. */
static void exchange_form(gf_editor *editor, const gf_spot *spot, const gf_tree *x, const gf_tree *rest)
{
    const gf_calculus *c = editor->calculus;
    for (int k = 0; k < c->used_count; k++) {
        gf_tree *instead = gf_edit_form(editor, k, x);
        int cost = is_taken_twice(editor, spot->tree, &c->forms[k]) ? 10 : (k ? 13 : 14) + 2 * (x->kind == TREE_POWER);
        gf_edit_offer(editor, spot, EDIT_FUNCTION, cost, rest ? gf_edit_times(editor, rest, instead) : instead);
    }
}

/* A slope of the wrong function, or at the wrong value; 1 - z for z. */
static void change_form(gf_editor *editor, const gf_spot *spot)
{
    const gf_calculus *c = editor->calculus;
    const gf_tree *tree = spot->tree, *rest;
    bool matrix = plain(spot) && gf_edit_is_matrix(editor, spot);
    for (int k = 1; matrix && k < c->form_count; k++) {
        const gf_tree *x = form_of(editor, k, tree, &rest);
        if (x && rest)
            gf_edit_offer_marked(editor, spot, EDIT_MORE, editor->loose ? 9 : 12, (gf_tree *)rest,
                                 (gf_span){rest->span.end, tree->kids[1]->span.end});
        if (x && !editor->loose && !gf_edit_is_number(editor, x, spot->bindings))
            exchange_form(editor, spot, x, rest);
    }
    bool leaf = gf_edit_symbol(editor, tree, spot->bindings) || is_activation(editor, tree);
    for (int k = 1; matrix && leaf && !editor->loose && k < c->used_count; k++)
        gf_edit_offer(editor, spot, c->forms[k].tree->kind == TREE_CALL ? EDIT_FUNCTION : EDIT_FACTOR,
                      c->forms[k].cost ? 15 : 14, gf_edit_form(editor, k, tree));
}

/* --- functions --------------------------------------------------------------------------------------------------- */

enum { SUMS = 3 }; /* the first words: sums, which undo a broadcast */

/* One function for another of its kind: an activation for one of the file, a sum for one the other way. */
static void change_function(gf_editor *editor, const gf_spot *spot)
{
    const gf_calculus *c = editor->calculus;
    const gf_tree *tree = spot->tree;
    const gf_function_word *own = spot->integer ? NULL : word_of(editor, tree);
    gf_edit_kind kind = own && own->reduces ? EDIT_REDUCTION : EDIT_FUNCTION;
    bool activation = is_activation(editor, tree);
    for (int k = 0; own && k < c->word_count; k++) {
        const gf_function_word *word = &c->words[k];
        bool near = word->base == own->base || (activation && word->used);
        if (word->reduces == own->reduces)
            gf_edit_offer(editor, spot, kind,
                          word->reduces ? (k < SUMS ? 13 : 15)
                          : near        ? 12
                                        : 15,
                          gf_edit_call(editor, word->name, tree->kids[0]));
    }
    if (own)
        gf_edit_offer_marked(editor, spot, kind, own->reduces || is_activated(editor, tree) ? 10 : 12, tree->kids[0],
                             (gf_span){tree->span.begin, tree->kids[0]->span.begin});
}

static void put_in_reduction(gf_editor *editor, const gf_spot *spot)
{
    const gf_calculus *c = editor->calculus;
    if (!plain(spot) || editor->loose || !gf_edit_is_matrix(editor, spot))
        return;
    for (int k = 0; k < c->word_count; k++)
        if (c->words[k].reduces)
            gf_edit_offer(editor, spot, EDIT_REDUCTION, k <= SUMS ? 13 : 16,
                          gf_edit_call(editor, c->words[k].name, spot->tree));
}

/* --- sums over a range ------------------------------------------------------------------------------------------- */

static gf_tree *over(gf_editor *editor, uint32_t name, const gf_tree *low, const gf_tree *high, const gf_tree *body)
{
    const gf_tree model = {.kind = TREE_SUM, .name = name};
    gf_tree *kids[] = {(gf_tree *)low, (gf_tree *)high, (gf_tree *)body};
    if (!body || (low && !high))
        return NULL;
    return gf_edit_with_kids(editor, &model, low ? kids : kids + 2, low ? 3 : 1);
}

static void put_in_sum(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    if (!plain(spot) || !gf_edit_is_matrix(editor, spot))
        return;
    for (const gf_binding *b = spot->bindings; b; b = b->outer)
        if (gf_tree_mentions(tree, b->name) && b->name == editor->m->t)
            gf_edit_offer(editor, spot, EDIT_REDUCTION, 12, over(editor, b->name, NULL, NULL, tree));
}

static bool is_over(const gf_tree *tree)
{
    return tree->kind == TREE_SUM || tree->kind == TREE_PRODUCT;
}

static gf_span head_of(const gf_tree *tree)
{
    return (gf_span){tree->span.begin, gf_tree_body(tree)->span.begin};
}

/* sum(t, e) over fewer steps: the ends are 1 or an index, and T or an index. */
static void bound_sum(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree, *body = gf_tree_body(tree);
    uint32_t steps = editor->m->steps_name;
    if (tree->count != 1 || !steps)
        return;
    for (long cut = 0; cut < 2; cut++) {
        gf_tree *low = gf_edit_number(editor, cut ? 1 : 2);
        gf_tree *high = gf_edit_shifted(editor, gf_edit_name(editor, steps, NULL), cut ? -1 : 0);
        gf_edit_offer_marked(editor, spot, EDIT_RANGE, 15, over(editor, tree->name, low, high, body), head_of(tree));
    }
    for (const gf_binding *b = spot->bindings; b; b = b->outer)
        for (long shift = -1; shift <= 1; shift++) {
            gf_tree *end = gf_edit_shifted(editor, gf_edit_name(editor, b->name, NULL), shift);
            gf_edit_offer_marked(editor, spot, EDIT_RANGE, 17,
                                 over(editor, tree->name, gf_edit_number(editor, 1), end, body), head_of(tree));
            end = gf_edit_shifted(editor, gf_edit_name(editor, b->name, NULL), shift);
            gf_edit_offer_marked(editor, spot, EDIT_RANGE, 17,
                                 over(editor, tree->name, end, gf_edit_name(editor, steps, NULL), body), head_of(tree));
        }
}

static gf_tree *turned(gf_editor *editor, const gf_tree *tree, gf_tree_kind kind, bool down, bool exchange)
{
    gf_tree *kids[] = {tree->kids[exchange], tree->kids[!exchange], tree->kids[2]};
    gf_tree *instead = gf_edit_with_kids(editor, tree, kids, 3);
    if (instead) {
        instead->kind = (uint8_t)kind;
        instead->down = down;
    }
    return instead;
}

static void change_over(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    if (!is_over(tree) || spot->integer)
        return;
    if (gf_binding_find(spot->bindings, tree->name) || tree->name == editor->m->t)
        gf_edit_offer_marked(editor, spot, EDIT_REDUCTION, 13, (gf_tree *)gf_tree_body(tree), head_of(tree));
    bound_sum(editor, spot);
    if (tree->count != 3)
        return;
    if (tree->kind == TREE_SUM && tree->name == editor->m->t)
        gf_edit_offer_marked(editor, spot, EDIT_RANGE, 12, over(editor, tree->name, NULL, NULL, gf_tree_body(tree)),
                             head_of(tree));
    gf_tree_kind kind = (gf_tree_kind)tree->kind, other = kind == TREE_SUM ? TREE_PRODUCT : TREE_SUM;
    gf_edit_offer_marked(editor, spot, EDIT_RANGE, 12, turned(editor, tree, kind, !tree->down, true), head_of(tree));
    gf_edit_offer_marked(editor, spot, EDIT_RANGE, 13, turned(editor, tree, kind, !tree->down, false), head_of(tree));
    gf_edit_offer_marked(editor, spot, EDIT_RANGE, 14, turned(editor, tree, kind, tree->down, true), head_of(tree));
    gf_edit_offer_marked(editor, spot, EDIT_OPERATOR, 16, turned(editor, tree, other, tree->down, false),
                         head_of(tree));
}

/* The end of a range, one further. */
static void move_end(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *up = spot->up ? spot->up->tree : NULL;
    if (!up || !is_over(up) || spot->slot + 1 == up->count)
        return;
    for (long shift = -1; shift <= 1; shift += 2)
        gf_edit_offer(editor, spot, EDIT_RANGE, 13, gf_edit_shifted(editor, spot->tree, shift));
}

/* --- too much ---------------------------------------------------------------------------------------------------- */

static void take_out_factor(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    gf_tree *left = tree->count == 2 ? tree->kids[0] : NULL, *right = left ? tree->kids[1] : NULL;
    if (spot->integer || !left || tree->kind < TREE_MATMUL || tree->kind > TREE_POWER)
        return;
    bool chain = left->kind >= TREE_MATMUL && left->kind <= TREE_DIVIDE;
    gf_edit_kind kind = tree->kind == TREE_POWER ? EDIT_CONSTANT : EDIT_MORE;
    int cost = editor->loose ? 9 : 13;
    gf_edit_offer_marked(editor, spot, kind, cost, left, (gf_span){tree->at, right->span.end});
    if (tree->kind != TREE_POWER && tree->kind != TREE_DIVIDE)
        gf_edit_offer_marked(editor, spot, kind, chain ? 16 : cost, right,
                             (gf_span){left->span.begin, right->span.begin});
}

static void take_out_term(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    if (spot->integer || (tree->kind != TREE_ADD && tree->kind != TREE_SUBTRACT))
        return;
    gf_tree *left = tree->kids[0], *right = tree->kids[1];
    bool chain = left->kind == TREE_ADD || left->kind == TREE_SUBTRACT;
    gf_span before = {left->span.begin, right->span.begin};
    gf_edit_offer_marked(editor, spot, EDIT_EXTRA, editor->loose ? 9 : 13, left, (gf_span){tree->at, right->span.end});
    gf_edit_offer_marked(editor, spot, EDIT_EXTRA, chain ? 16 : 13, right, before);
    if (tree->kind == TREE_SUBTRACT)
        gf_edit_offer_marked(editor, spot, EDIT_EXTRA, 15, gf_edit_node(editor, TREE_NEGATIVE, right, NULL), before);
}

/* --- derivatives ------------------------------------------------------------------------------------------------- */

/* The call, its arguments without number `without` (UINT32_MAX: all of them), and one more that is held. */
static gf_tree *recall(gf_editor *editor, const gf_tree *call, uint32_t without, gf_tree *more)
{
    gf_tree *kids[GF_ARGUMENTS + 8];
    uint32_t count = 0;
    if (call->count >= GF_ARGUMENTS + 8)
        return NULL;
    for (uint32_t k = 0; k < call->count; k++)
        if (k != without)
            kids[count++] = call->kids[k];
    if (more)
        kids[count++] = more;
    gf_tree *instead = gf_edit_with_kids(editor, call, kids, count);
    if (instead && without != UINT32_MAX && without >= call->count - call->held)
        instead->held--;
    if (instead && more)
        instead->held++;
    return instead;
}

static void let_go(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *call = spot->tree;
    uint32_t first = call->count - call->held;
    gf_tree *bare = call->held ? gf_edit_with_kids(editor, call, call->kids, first) : NULL;
    if (bare)
        bare->held = 0;
    gf_edit_offer(editor, spot, EDIT_HELD, 14, bare);
    for (uint32_t k = first; call->held > 1 && k < call->count; k++)
        gf_edit_offer(editor, spot, EDIT_HELD, 14, recall(editor, call, k, NULL));
    if (gf_tree_is_grad(editor->m, call) && first == 2)
        gf_edit_offer(editor, spot, EDIT_HELD, 16, recall(editor, call, 1, NULL));
}

/* One more name of the graph held: at every step, or at the step of what the derivative is by. */
static void hold(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *call = spot->tree;
    const gf_tree *x = call->kids[gf_tree_is_grad(editor->m, call) ? 0 : 1];
    for (uint32_t k = 1; k < editor->m->symbol_count; k++) {
        const gf_symbol *symbol = &editor->m->symbols[k];
        if (symbol->kind != SYMBOL_EQUATION || symbol->broken)
            continue;
        gf_edit_offer(editor, spot, EDIT_HELD, 18, recall(editor, call, UINT32_MAX, gf_edit_name(editor, k, NULL)));
        for (long shift = 0; x->kind == TREE_AT && symbol->timed && shift < 2; shift++)
            gf_edit_offer(
                editor, spot, EDIT_HELD, 17 + (int)shift,
                recall(editor, call, UINT32_MAX, gf_edit_name(editor, k, gf_edit_shifted(editor, x->kids[0], shift))));
    }
}

static void change_derivative(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *tree = spot->tree;
    if (!gf_tree_is_grad(editor->m, tree) && !gf_tree_is_jacobian(editor->m, tree))
        return;
    let_go(editor, spot);
    if (editor->wide)
        hold(editor, spot);
}

void gf_edit_rewrites(gf_editor *editor, const gf_spot *spot)
{
    change_form(editor, spot);
    change_function(editor, spot);
    put_in_reduction(editor, spot);
    put_in_sum(editor, spot);
    change_over(editor, spot);
    move_end(editor, spot);
    take_out_factor(editor, spot);
    take_out_term(editor, spot);
    change_derivative(editor, spot);
}
