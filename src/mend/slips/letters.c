/* What the letters of a replacement could be: names, steps, sizes, functions, forms and slopes of the model.
 *
 * For {"a", "a * E(z)"} at dc[t] * c[t-1] the letters that the pattern has not are z and E, in this order.
 * choose_any_name takes f[t-1] for z, at no cost of its own but that of another step, and goes on; choose_form takes x
 * * (1 - x) for E, and goes on; no letter is left, and the row is made: dc[t] * c[t-1] * f[t-1] * (1 - f[t-1]). Back in
 * choose_form the next form is taken, and back in choose_any_name f[t], g[t] … So a row with k letters of n choices
 * each makes n^k edits: what cannot fit in shape is passed over at its letter, before the letters behind it multiply.
 */
#include <string.h>

#include "mend/slips/rewrite.h"
#include "text/nearest.h"

static const gf_tree **of(gf_rewriting *r, char letter)
{
    return &r->of[letter - 'A'];
}

/* The next letter, with this one at that cost. */
static void go_on(gf_rewriting *r, int depth, int cost)
{
    r->cost += cost;
    gf_slip_choose(r, depth + 1);
    r->cost -= cost;
}

static void with(gf_rewriting *r, int depth, int cost, char letter, const gf_tree *tree)
{
    *of(r, letter) = tree;
    if (tree)
        go_on(r, depth, cost);
    *of(r, letter) = NULL;
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

/* Could the one not stand for the other, where shapes fit as they are? */
static bool differ(const gf_symbol *a, const gf_symbol *b)
{
    return a->rows && b->rows && (a->rows != b->rows || a->cols != b->cols);
}

/* y: another name that may stand where x stands. */
static void choose_name(gf_rewriting *r, int depth)
{
    const gf_model *m = r->editor->m;
    uint32_t own = *of(r, 'x') ? (*of(r, 'x'))->name : r->word['X' - 'A'];
    const gf_symbol *x = gf_model_symbol(m, own);
    for (uint32_t k = 1; k < m->symbol_count && !r->editor->stopped; k++) {
        const gf_symbol *y = &m->symbols[k];
        if (k == own || !gf_edit_may_stand(y, r->spot) || y->timed != x->timed || (r->editor->shaped && differ(x, y)))
            continue;
        r->word['y' - 'A'] = k;
        go_on(r, depth, name_cost(r->editor, own, k));
    }
}

/* Could a name of that shape stand where the row puts it? What is unusual about it costs; -1: no. */
static int strangeness(gf_rewriting *r, const gf_symbol *symbol)
{
    int rows, cols;
    const gf_tree *product = r->slip->replacement;
    bool matrix = product->kind == TREE_MATMUL, known = gf_edit_shape(r->editor, r->spot, &rows, &cols);
    bool diagonal = matrix && (product->kids[0]->kind == TREE_CALL || product->kids[1]->kind == TREE_CALL);
    bool same = known && symbol->rows == rows && symbol->cols == cols;
    bool spread = (symbol->rows == 1 || symbol->rows == rows) && (symbol->cols == 1 || symbol->cols == cols);
    if (r->kind == EDIT_HELD || !symbol->rows)
        return product->held || symbol->rows * symbol->cols == 1 ? 0 : -1;
    if (diagonal) {
        int length = product->kids[0]->kind == TREE_CALL ? rows : cols;
        bool vector = symbol->rows == 1 || symbol->cols == 1;
        return vector && (!known || symbol->rows * symbol->cols == length) ? 0 : -1;
    }
    if (matrix && symbol->rows == symbol->cols)
        return symbol->kind == SYMBOL_LET ? 2 : 0;
    if (matrix || (known && !same && !(spread && product->kind != TREE_CALL)))
        return r->editor->shaped ? -1 : 3;
    return known && !same;
}

static void with_name(gf_rewriting *r, int depth, int cost, uint32_t name, gf_tree *index)
{
    if (index)
        with(r, depth, cost, 'z', gf_make_at(&r->editor->d, name, index));
}

/* z: any name, at a step nearby. What is held is of the graph, and at all steps, it may be. */
static void choose_any_name(gf_rewriting *r, int depth)
{
    gf_editor *editor = r->editor;
    uint32_t last = editor->m->steps_name;
    bool ends = last && gf_tree_mentions(editor->root, last), held = r->kind == EDIT_HELD;
    for (uint32_t k = 1; k < editor->m->symbol_count && !editor->stopped; k++) {
        const gf_symbol *symbol = &editor->m->symbols[k];
        bool may = symbol->kind >= (held ? SYMBOL_EQUATION : SYMBOL_PARAM) && !(held && symbol->kind == SYMBOL_LET);
        int strange = !may || symbol->broken ? -1 : strangeness(r, symbol);
        int cost = strange + (symbol->kind == SYMBOL_INPUT || symbol->kind == SYMBOL_GIVEN);
        if (strange < 0)
            continue;
        if (!symbol->timed || r->slip->replacement->held)
            with(r, depth, cost + symbol->timed, 'z', gf_make_name(&editor->d, k));
        for (const gf_binding *b = symbol->timed ? r->spot->bindings : NULL; b; b = b->outer)
            for (long shift = -1; shift <= 1; shift++)
                with_name(r, depth, cost + (shift != 0), k,
                          gf_index_shifted(&editor->d, gf_make_name(&editor->d, b->name), shift));
        if (symbol->timed && ends)
            with_name(r, depth, cost + 2, k, gf_make_name(&editor->d, last));
    }
}

/* --- numbers ------------------------------------------------------------------------------------------------------ */

/* o: an index that is bound here. */
static void choose_index(gf_rewriting *r, int depth)
{
    for (const gf_binding *b = r->spot->bindings; b && !r->editor->stopped; b = b->outer)
        with(r, depth, 0, 'o', gf_make_name(&r->editor->d, b->name));
}

/* m: another size, or the number of steps. */
static void choose_size(gf_rewriting *r, int depth)
{
    const gf_model *m = r->editor->m;
    const gf_tree *own = *of(r, 'n');
    for (uint32_t k = 1; k < m->symbol_count && !r->editor->stopped; k++)
        if ((m->symbols[k].kind == SYMBOL_SIZE || m->symbols[k].kind == SYMBOL_STEPS) && !(own && own->name == k))
            with(r, depth, 0, 'm', gf_make_name(&r->editor->d, k));
}

/* q: a number of the equations, or twice that, as of a square. */
static void choose_literal(gf_rewriting *r, int depth)
{
    const gf_calculus *c = r->editor->calculus;
    for (int k = 0; k < 2 * c->literal_count && !r->editor->stopped; k++)
        with(r, depth, k & 1, 'q', gf_make_number(&r->editor->d, c->literals[k / 2] * (1 + (k & 1))));
}

/* --- functions ---------------------------------------------------------------------------------------------------- */

enum { SUMS = 3 }; /* the first words: sums, which undo a broadcast */

/* g: a function of the kind of f. r: one that reduces. */
static void choose_word(gf_rewriting *r, int depth)
{
    char letter = r->slip->letters[depth];
    const gf_calculus *c = r->editor->calculus;
    const gf_function_word *own = letter == 'g' ? gf_calculus_word(c, r->word['f' - 'A']) : NULL;
    bool reduces = !own || own->reduces;
    if (reduces)
        r->kind = EDIT_REDUCTION;
    for (int k = 0; k < c->word_count && !r->editor->stopped; k++) {
        const gf_function_word *word = &c->words[k];
        bool near = own && (word->base == own->base || (own->used && word->used));
        r->word[letter - 'A'] = word->name;
        if (word->reduces == reduces && word != own)
            go_on(r, depth, reduces ? (k < SUMS ? 0 : 3) : near ? 0 : 3);
    }
}

/* What E is of: the operand of a form or a function; NULL: of a name that was chosen. */
static const gf_tree *operand(const gf_rewriting *r)
{
    return r->of['z' - 'A'] ? NULL : r->of['x' - 'A'] ? r->of['x' - 'A'] : r->of['a' - 'A'];
}

/* tanh'(h) or 1 - tanh(h)^2, where h is tanh of something already, and 1 - h^2 is meant. */
static bool is_taken_twice(const gf_rewriting *r, const gf_form *form, const gf_tree *x)
{
    const gf_symbol *symbol = x == r->spot->tree ? NULL : gf_edit_symbol(r->editor, x, NULL);
    const gf_tree *value = symbol && symbol->definition ? symbol->definition->value : NULL;
    return form->of_result && value && value->kind == TREE_CALL && value->name == form->function;
}

/* E: of a name those in which it may occur; else those of the functions that the equations have. */
static void choose_form(gf_rewriting *r, int depth)
{
    const gf_calculus *c = r->editor->calculus;
    const gf_tree *x = operand(r), *z = r->of['z' - 'A'];
    bool call = r->spot->tree->kind == TREE_CALL;
    bool equation = z && gf_model_symbol(r->editor->m, z->name)->kind == SYMBOL_EQUATION;
    if (x && gf_edit_is_number(r->editor, x, r->spot->bindings))
        return;
    for (int k = 0; k < (x ? c->used_count : c->form_count) && !r->editor->stopped; k++) {
        const gf_form *form = &c->forms[k];
        r->form = k;
        if (z && (k == 0 || (k < c->used_count && equation)) && !(call && form->tree->kind == TREE_CALL))
            go_on(r, depth, form->cost);
        else if (x)
            go_on(r, depth, is_taken_twice(r, form, x) ? -3 : k == 0 || form->cost);
    }
}

/* --- slopes and terms --------------------------------------------------------------------------------------------- */

static void with_slope(gf_rewriting *r, int depth, int cost, const gf_tree *tree)
{
    r->slope = tree;
    if (tree)
        go_on(r, depth, cost);
}

/* S: what stands between the gradients of a whole and of its part, at a step nearby; C: such rows or columns. */
static void choose_slope(gf_rewriting *r, int depth)
{
    const gf_calculus *c = r->editor->calculus;
    uint32_t t = r->editor->m->t;
    int rows, cols;
    bool known =
        r->editor->shaped && r->spot->tree->kind != TREE_CALL && gf_edit_shape(r->editor, r->spot, &rows, &cols);
    for (int k = 0; k < c->slope_count && !r->editor->stopped; k++) {
        const gf_slope *slope = &c->slopes[k];
        bool cut = slope->tree->kind == TREE_CALL && slope->tree->count == 3;
        if ((known && (slope->rows != rows || slope->cols != cols)) || (r->slip->letters[depth] == 'C' && !cut))
            continue;
        if (!gf_tree_mentions(slope->tree, t))
            with_slope(r, depth, 0, slope->tree);
        for (const gf_binding *b = gf_tree_mentions(slope->tree, t) ? r->spot->bindings : NULL; b; b = b->outer)
            for (long shift = -1; shift <= 1; shift++) {
                const gf_tree step = {.kind = TREE_NAME, .name = b->name};
                with_slope(r, depth, shift != 0, gf_edit_at_other_step(r->editor, slope->tree, t, &step, shift));
            }
    }
}

void gf_slip_choose(gf_rewriting *r, int depth)
{
    static const struct {
        char letter;
        void (*choose)(gf_rewriting *r, int depth);
    } choosers[] = {
        {'y', choose_name}, {'z', choose_any_name}, {'o', choose_index}, {'m', choose_size},  {'q', choose_literal},
        {'g', choose_word}, {'r', choose_word},     {'E', choose_form},  {'S', choose_slope}, {'C', choose_slope},
    };
    char letter = r->slip->letters[depth];
    void *mark = gf_arena_get(&r->editor->arena, 1);
    r->editor->out_of_memory |= !mark;
    if (r->editor->out_of_memory || r->editor->stopped)
        return;
    if (!letter)
        gf_slip_make(r);
    for (size_t k = 0; letter && k < sizeof choosers / sizeof *choosers; k++)
        if (choosers[k].letter == letter)
            choosers[k].choose(r, depth);
    gf_arena_back(&r->editor->arena, mark);
}
