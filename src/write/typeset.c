/* Equations as mathematics: the walk over a tree.
 *
 * As in LaTeX, the product of matrices is set as two letters side by side, W h, and binds more tightly than the product
 * element by element, W h ⊙ b, though in a model file both bind alike. A division stays on the line. */
#include "write/typeset.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "model/evaluate.h"

#define MINUS "\u2212"

/* What binds more tightly has a larger number. */
enum { BIND_RELATION, BIND_SUM, BIND_BIG, BIND_TIMES, BIND_BESIDE, BIND_POWER, BIND_ATOM };

static void set(gf_typeset *s, const gf_tree *tree, int strength);

gf_typeset gf_typeset_begin(gf_model *m, gf_arena *arena)
{
    return (gf_typeset){.m = m, .arena = arena};
}

void gf_typeset_free(gf_typeset *s)
{
    free(s->pieces);
    s->pieces = NULL;
    s->count = s->room = 0;
}

/* --- pieces --------------------------------------------------------------------------------------- */

/* The last piece, if this one goes on with it. */
static gf_piece *same_piece(gf_typeset *s, const gf_piece *piece)
{
    gf_piece *last = s->count ? &s->pieces[s->count - 1] : NULL;
    bool same = last && last->bold == piece->bold && last->italic == piece->italic && last->script == piece->script;
    return same ? last : NULL;
}

static void add(gf_typeset *s, gf_piece piece)
{
    gf_piece *last = same_piece(s, &piece);
    size_t before = last ? strlen(last->text) : 0, size = strlen(piece.text);
    char *text = s->failed || !size ? NULL : gf_arena_get(s->arena, before + size + 1);
    s->failed |= size && (!text || (!last && !gf_grow(&s->pieces, &s->room, s->count + 1)));
    if (!text || s->failed)
        return;
    memcpy(text, last ? last->text : "", before);
    memcpy(text + before, piece.text, size);
    piece.text = text;
    if (!last)
        last = &s->pieces[s->count++];
    *last = piece;
}

void gf_typeset_text(gf_typeset *s, const char *text)
{
    add(s, (gf_piece){text, false, false, s->script});
}

/* Blanks around a sign, but for an index. */
static void add_sign(gf_typeset *s, const char *sign)
{
    bool close = s->script != GF_ON_LINE;
    gf_typeset_text(s, close ? "" : " ");
    gf_typeset_text(s, sign);
    gf_typeset_text(s, close ? "" : " ");
}

void gf_typeset_name(gf_typeset *s, const char *name, bool defined)
{
    add(s, (gf_piece){name, defined, s->script == GF_ON_LINE, s->script});
}

/* --- what trees are ------------------------------------------------------------------------------- */

static gf_term read_shape(gf_evaluation *e, const gf_tree *tree, gf_symbol *symbol, bool known, long t)
{
    (void)e, (void)tree, (void)known, (void)t;
    return symbol->rows ? gf_term_matrix(NULL, symbol->rows, symbol->cols, false) : gf_term_bad;
}

/* Of numbers, sizes and indices alone, or 1 x 1. */
static bool is_scalar(const gf_typeset *s, const gf_tree *tree)
{
    gf_evaluation e = {.m = s->m, .read = read_shape, .bindings = s->bindings};
    gf_term term = gf_evaluate(&e, tree);
    return term.kind == TERM_NUMBER || (term.kind == TERM_MATRIX && term.rows == 1 && term.cols == 1);
}

/* Does it begin with a minus? */
static bool starts_negative(const gf_tree *tree)
{
    if (tree->kind == TREE_NEGATIVE || (tree->kind == TREE_NUMBER && tree->number < 0))
        return true;
    bool product = tree->kind == TREE_MATMUL || tree->kind == TREE_MULTIPLY || tree->kind == TREE_DIVIDE;
    return product && starts_negative(tree->kids[0]);
}

static int strength_of(const gf_tree *tree)
{
    switch ((gf_tree_kind)tree->kind) {
    case TREE_LESS:
    case TREE_LESS_EQUAL:
    case TREE_GREATER:
    case TREE_GREATER_EQUAL:
        return BIND_RELATION;
    case TREE_ADD:
    case TREE_SUBTRACT:
        return BIND_SUM;
    case TREE_SUM:
    case TREE_PRODUCT:
    case TREE_HCAT:
    case TREE_VCAT:
    case TREE_MAX:
        return BIND_BIG;
    case TREE_NEGATIVE:
    case TREE_MULTIPLY:
    case TREE_DIVIDE:
        return BIND_TIMES;
    case TREE_NUMBER:
        return tree->number < 0 ? BIND_TIMES : BIND_ATOM;
    case TREE_MATMUL:
        return BIND_BESIDE;
    case TREE_TRANSPOSE:
    case TREE_POWER:
        return BIND_POWER;
    default:
        return BIND_ATOM;
    }
}

/* --- names ---------------------------------------------------------------------------------------- */

size_t gf_without_ending(const gf_model *m, uint32_t name, const char *ending)
{
    const char *text = gf_model_text(m, name);
    size_t size = strlen(text), less = ending ? strlen(ending) : 0;
    if (!less || less >= size || strcmp(text + size - less, ending) != 0)
        return size;
    if (gf_model_symbol(m, name)->kind != SYMBOL_PARAM)
        return size;
    for (uint32_t k = 1; k < m->symbol_count; k++) {
        const char *other = gf_model_text(m, k);
        if (m->symbols[k].kind >= SYMBOL_PARAM && m->symbols[k].kind < SYMBOL_LET && strlen(other) == size - less &&
            !memcmp(other, text, size - less))
            return size;
    }
    return size - less;
}

static void set_value(gf_typeset *s, long value)
{
    char number[GF_NUMBER];
    gf_typeset_text(s, value < 0 ? MINUS : "");
    gf_number_as(number, "%.0f", value < 0 ? -(double)value : (double)value);
    gf_typeset_text(s, number);
}

/* A name in an expression; its ending may be low. An index that has a value is its number. */
static void set_name(gf_typeset *s, uint32_t name)
{
    const gf_binding *index = gf_binding_find(s->bindings, name);
    if (index && index->known) {
        set_value(s, index->value);
        return;
    }
    const char *text = gf_model_text(s->m, name);
    size_t size = strlen(text), stays = s->ending ? gf_without_ending(s->m, name, s->ending) : size;
    char *start = gf_arena_get(s->arena, stays + 1);
    s->failed |= !start;
    if (!start)
        return;
    memcpy(start, text, stays);
    gf_typeset_name(s, start, false);
    if (s->script == GF_ON_LINE)
        add(s, (gf_piece){s->low && stays < size ? s->low : text + stays, false, false, GF_LOW});
}

/* An index, or the number that it is. */
static void set_integer(gf_typeset *s, const gf_tree *tree)
{
    long value;
    bool known = s->bindings && gf_integer(s->m, NULL, tree, s->bindings, &value) == INTEGER_KNOWN;
    const gf_binding *step = gf_binding_find(s->bindings, s->m->t);
    if (known && step && step->known)
        set_value(s, value);
    else
        set(s, tree, BIND_SUM);
}

static void set_index(gf_typeset *s, const gf_tree *index)
{
    gf_script script = s->script;
    gf_typeset_text(s, script == GF_ON_LINE ? "" : "[");
    s->script = script == GF_ON_LINE ? GF_LOW : script;
    set_integer(s, index);
    s->script = script;
    gf_typeset_text(s, script == GF_ON_LINE ? "" : "]");
}

/* --- kinds ---------------------------------------------------------------------------------------- */

/* -1.5e-07 is −1.5 · 10^{−7}. */
static void set_number(gf_typeset *s, double number)
{
    char text[GF_NUMBER];
    char *mark = strchr(gf_number_exact(text, number < 0 ? -number : number), 'e');
    gf_script script = s->script;
    if (mark)
        *mark++ = '\0';
    gf_typeset_text(s, number < 0 ? MINUS : "");
    gf_typeset_text(s, text);
    if (!mark)
        return;
    gf_typeset_text(s, script == GF_ON_LINE ? " · 10" : "e");
    s->script = script == GF_ON_LINE ? GF_HIGH : script;
    gf_typeset_text(s, *mark == '-' ? MINUS : "");
    gf_typeset_text(s, mark + strspn(mark, "+-0"));
    s->script = script;
}

static void set_bracketed(gf_typeset *s, const gf_tree *tree)
{
    gf_typeset_text(s, "(");
    set(s, tree, BIND_RELATION);
    gf_typeset_text(s, ")");
}

static void set_sum(gf_typeset *s, const gf_tree *tree)
{
    set(s, tree->kids[0], BIND_SUM);
    add_sign(s, tree->kind == TREE_ADD ? "+" : MINUS);
    set(s, tree->kids[1], starts_negative(tree->kids[1]) ? BIND_ATOM : BIND_BIG);
}

static void set_comparison(gf_typeset *s, const gf_tree *tree)
{
    static const char *const signs[] = {"<", "≤", ">", "≥"};
    set(s, tree->kids[0], BIND_SUM);
    add_sign(s, signs[tree->kind - TREE_LESS]);
    set(s, tree->kids[1], BIND_SUM);
}

/* An operand of a product: what reaches as far as it can stands in brackets. */
static void set_factor(gf_typeset *s, const gf_tree *tree, int strength)
{
    set(s, tree, starts_negative(tree) ? BIND_ATOM : strength);
}

static void set_times(gf_typeset *s, const gf_tree *tree)
{
    const gf_tree *a = tree->kids[0], *b = tree->kids[1];
    bool dot = s->script != GF_ON_LINE || is_scalar(s, a) || is_scalar(s, b);
    set(s, a, BIND_TIMES);
    add_sign(s, dot ? "·" : "⊙");
    set_factor(s, b, BIND_BESIDE);
}

static void set_power(gf_typeset *s, const gf_tree *base, const gf_tree *exponent)
{
    gf_script script = s->script;
    set(s, base, BIND_ATOM);
    gf_typeset_text(s, script == GF_ON_LINE ? "" : exponent ? "^" : "'");
    s->script = script == GF_ON_LINE ? GF_HIGH : script;
    if (exponent)
        set(s, exponent, script == GF_ON_LINE ? BIND_SUM : BIND_ATOM);
    else if (script == GF_ON_LINE)
        gf_typeset_text(s, "T");
    s->script = script;
}

static void set_list(gf_typeset *s, const gf_tree *tree, const char *between, int strength)
{
    for (uint32_t k = 0; k < tree->count; k++) {
        const gf_tree *part = tree->kids[k];
        gf_typeset_text(s, k ? between : "");
        if (tree->kind == TREE_STACKED && part->kind == TREE_BESIDE)
            set_list(s, part, ", ", BIND_SUM);
        else
            set(s, part, strength);
    }
}

static const char *over_sign(gf_tree_kind kind)
{
    return kind == TREE_SUM ? "Σ" : kind == TREE_PRODUCT ? "Π" : gf_over_word(kind);
}

/* Σ, below it t, or t = 2…T; in the body the index has no value. */
static void set_over(gf_typeset *s, const gf_tree *tree)
{
    const gf_binder binder = gf_binder_of(tree);
    gf_binding index = {.name = tree->name, .outer = s->bindings};
    gf_script script = s->script;
    gf_typeset_text(s, over_sign((gf_tree_kind)tree->kind));
    s->script = script == GF_ON_LINE ? GF_LOW : script;
    gf_typeset_text(s, gf_model_text(s->m, tree->name));
    bool every = !binder.first || (binder.first->kind == TREE_NUMBER && binder.first->number == 1 &&
                                   binder.last->kind == TREE_NAME && binder.last->name == s->m->steps_name);
    if (!every) {
        gf_typeset_text(s, "=");
        set_integer(s, binder.first);
        gf_typeset_text(s, "…");
        set_integer(s, binder.last);
    }
    s->script = script;
    s->bindings = &index;
    gf_typeset_text(s, " ");
    set(s, binder.body, BIND_BIG);
    s->bindings = index.outer;
}

static void set_call(gf_typeset *s, const gf_tree *tree)
{
    static const struct {
        const char *name, *before, *behind;
    } signs[] = {
        {"sigmoid", "σ(", ")"}, {"sqrt", "√(", ")"}, {"abs", "|", "|"}, {"norm", "‖", "‖"}, {"norm2", "‖", "‖₂"},
    };
    const char *name = gf_model_text(s->m, tree->name);
    size_t k = 0, count = sizeof signs / sizeof *signs;
    while (k < count && strcmp(signs[k].name, name))
        k++;
    bool has_signs = k < count;
    gf_typeset_text(s, has_signs ? signs[k].before : name);
    gf_typeset_text(s, has_signs ? "" : "(");
    set_list(s, tree, ", ", BIND_RELATION);
    gf_typeset_text(s, has_signs ? signs[k].behind : ")");
}

/* --- the walk ------------------------------------------------------------------------------------- */

static void set_operator(gf_typeset *s, const gf_tree *tree)
{
    switch ((gf_tree_kind)tree->kind) {
    case TREE_NEGATIVE:
        gf_typeset_text(s, MINUS);
        set_factor(s, tree->kids[0], BIND_TIMES);
        break;
    case TREE_TRANSPOSE:
    case TREE_POWER:
        set_power(s, tree->kids[0], tree->kind == TREE_POWER ? tree->kids[1] : NULL);
        break;
    case TREE_MATMUL:
        set(s, tree->kids[0], tree->kids[0]->kind == TREE_NEGATIVE ? BIND_TIMES : BIND_BESIDE);
        gf_typeset_text(s, " ");
        set_factor(s, tree->kids[1], BIND_POWER);
        break;
    case TREE_MULTIPLY:
        set_times(s, tree);
        break;
    case TREE_DIVIDE:
        set(s, tree->kids[0], BIND_TIMES);
        add_sign(s, "/");
        set_factor(s, tree->kids[1], BIND_POWER);
        break;
    case TREE_LESS:
    case TREE_LESS_EQUAL:
    case TREE_GREATER:
    case TREE_GREATER_EQUAL:
        set_comparison(s, tree);
        break;
    default:
        set_sum(s, tree);
    }
}

static void set_inside(gf_typeset *s, const gf_tree *tree)
{
    switch ((gf_tree_kind)tree->kind) {
    case TREE_NUMBER:
        set_number(s, tree->number);
        break;
    case TREE_NAME:
    case TREE_AT:
        set_name(s, tree->name);
        if (tree->kind == TREE_AT)
            set_index(s, tree->kids[0]);
        break;
    case TREE_SUM:
    case TREE_PRODUCT:
    case TREE_HCAT:
    case TREE_VCAT:
    case TREE_MAX:
        set_over(s, tree);
        break;
    case TREE_CALL:
        set_call(s, tree);
        break;
    case TREE_BESIDE:
    case TREE_STACKED:
        gf_typeset_text(s, "[");
        set_list(s, tree, tree->kind == TREE_STACKED ? "; " : ", ", BIND_SUM);
        gf_typeset_text(s, "]");
        break;
    default:
        set_operator(s, tree);
    }
}

/* In brackets where the place asks for something that binds at least so tightly. */
static void set(gf_typeset *s, const gf_tree *tree, int strength)
{
    if (strength_of(tree) < strength)
        set_bracketed(s, tree);
    else
        set_inside(s, tree);
}

void gf_typeset_tree(gf_typeset *s, const gf_tree *tree)
{
    set(s, tree, BIND_SUM);
}

/* "layer1.f, i, o": a scope is said once. */
static const char *without_scope(const char *name, const char *before, size_t place)
{
    const char *dot = strrchr(name, '.');
    size_t scope = dot ? (size_t)(dot + 1 - name) : 0;
    return place && !strncmp(name, before, scope) ? name + scope : name;
}

void gf_typeset_equation(gf_typeset *s, const uint32_t names[], size_t count, const gf_tree *index,
                         const gf_tree *value)
{
    for (size_t k = 0; k < count; k++) {
        gf_typeset_text(s, k ? ", " : "");
        gf_typeset_name(s, without_scope(gf_model_text(s->m, names[k]), gf_model_text(s->m, names[k ? k - 1 : 0]), k),
                        true);
    }
    if (index)
        set_index(s, index);
    gf_typeset_text(s, " = ");
    gf_typeset_tree(s, value);
}
