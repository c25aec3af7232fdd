/* Expressions in LaTeX.
 *
 * The product of matrices is set as two letters side by side, W h, and binds more tightly than the product element by
 * element, W h \odot b; in a model file both bind alike. A division is a fraction, which needs no brackets. A sum over
 * t reaches as far as it can, so it stands in brackets wherever something follows. */
#include <string.h>

#include "write/latex.h"
#include "write/words.h"

/* What binds more tightly has a larger number. */
enum { BIND_SUM = 1, BIND_BIG, BIND_HADAMARD, BIND_BESIDE, BIND_FRACTION, BIND_ATOM };

static void print(gf_latex *l, const gf_tree *tree, int strength);

/* --- what trees are ------------------------------------------------------------------------------- */

/* Of numbers, sizes and indices alone, or 1 x 1. */
static bool is_scalar(gf_latex *l, const gf_tree *tree)
{
    return gf_known_is_one(l->known, tree);
}

/* Does it begin with a minus? */
static bool starts_negative(const gf_tree *tree)
{
    if (tree->kind == TREE_NEGATIVE || (tree->kind == TREE_NUMBER && tree->number < 0))
        return true;
    return (tree->kind == TREE_MATMUL || tree->kind == TREE_MULTIPLY) && starts_negative(tree->kids[0]);
}

static bool starts_with_digit(const gf_tree *tree)
{
    if (tree->kind == TREE_NUMBER)
        return true;
    bool binary = tree->kind == TREE_MATMUL || tree->kind == TREE_MULTIPLY || tree->kind == TREE_POWER;
    return binary && starts_with_digit(tree->kids[0]);
}

/* Higher than a letter: brackets around it grow. */
static bool is_tall(const gf_tree *tree)
{
    if (tree->kind == TREE_DIVIDE || (tree->kind >= TREE_BESIDE && tree->kind <= TREE_STACKED) || gf_tree_binds(tree))
        return true;
    bool tall = false;
    for (uint32_t k = 0; k < tree->count && tree->kind != TREE_AT; k++)
        tall = tall || is_tall(tree->kids[k]);
    return tall;
}

/* --- names ---------------------------------------------------------------------------------------- */

/* Pi, where the file has Pf as well: the same thing of another gate. */
static bool is_of_gate(const gf_latex *l, const char *name)
{
    bool has = false;
    for (uint32_t k = 1; k < l->d->m->symbol_count && strlen(name) == 2; k++) {
        const char *other = gf_names_text(l->names, k);
        bool declared = l->d->m->symbols[k].kind >= SYMBOL_PARAM && l->d->m->symbols[k].kind < SYMBOL_LET;
        has |= declared && strlen(other) == 2 && other[0] == name[0] && other[1] != name[1];
    }
    return has;
}

/* A name whose index is an expression. */
static void print_indexed(gf_latex *l, gf_latex_kind kind, const char *name, const gf_tree *index)
{
    gf_text inner = {0};
    gf_latex inside = *l;
    inside.w = &inner;
    inside.close = true;
    if (index)
        print(&inside, index, BIND_SUM);
    l->w->failed |= inner.failed;
    kind = kind == LATEX_USUAL && is_of_gate(l, name) ? LATEX_GATE : kind;
    gf_latex_name_as(l->w, kind, name, gf_text_string(&inner));
    gf_text_free(&inner);
}

/* What a let is the gradient of, where it has no name, is called by the let's without its d: da -> a. */
static const char *unnamed(const gf_latex *l, const char *let)
{
    size_t mark = let[0] == 'd' ? 1 : strncmp(let, "δ", strlen("δ")) ? 0 : strlen("δ");
    uint32_t taken = mark ? gf_names_find(l->names, let + mark) : 0;
    const gf_symbol *symbol = gf_model_symbol(l->d->m, taken);
    bool is_free = taken == UINT32_MAX || !symbol || symbol->kind == SYMBOL_NONE;
    return mark && let[mark] && is_free ? let + mark : NULL;
}

/* Is it called after the names that are joined in it: rh after r[t] * h[t-1]? */
static bool is_joined(const gf_latex *l, const gf_tree *of, const char *name)
{
    size_t size = 0;
    for (uint32_t k = 0; k < of->count; k++)
        size += gf_tree_is_name(of->kids[k]) ? strlen(gf_names_text(l->names, of->kids[k]->name)) : GF_FUNCTION_NAME;
    return of->count > 1 && strspn(name, GF_LETTERS) == size;
}

void gf_latex_variable(gf_latex *l, uint32_t name, const gf_tree *index)
{
    const char *text = gf_names_text(l->names, name);
    const gf_derived *let = gf_known_let(l->known, name);
    const gf_tree *of = let ? let->of : NULL;
    bool named = of && gf_tree_is_name(of);
    const char *without = of && !named ? unnamed(l, text) : NULL;
    gf_latex_kind kind = without && is_joined(l, of, without) ? LATEX_WORD : LATEX_USUAL;
    if (named || without)
        gf_text_print(l->w, "%s ", l->delta);
    if (named)
        print_indexed(l, kind, gf_names_text(l->names, of->name), index || of->kind == TREE_NAME ? index : of->kids[0]);
    else
        print_indexed(l, kind, without ? without : text, index);
}

/* --- kinds ---------------------------------------------------------------------------------------- */

static void print_bracketed(gf_latex *l, const gf_tree *tree)
{
    bool tall = is_tall(tree);
    gf_text_add(l->w, tall ? "\\left(" : "(");
    print(l, tree, BIND_SUM);
    gf_text_add(l->w, tall ? "\\right)" : ")");
}

/* 1.5e-07 is 1.5 \cdot 10^{-7}. */
static void print_number(gf_latex *l, double number)
{
    char text[GF_NUMBER];
    char *mark = strchr(gf_number_exact(text, number), 'e');
    if (!mark) {
        gf_text_add(l->w, text);
        return;
    }
    *mark++ = '\0';
    mark += *mark == '+';
    bool minus = *mark == '-';
    mark += minus + strspn(mark + minus, "0");
    if (strcmp(text, "1") != 0)
        gf_text_print(l->w, "%s \\cdot ", text);
    gf_text_print(l->w, "10^{%s%s}", minus ? "-" : "", mark);
}

static void print_sum(gf_latex *l, const gf_tree *tree)
{
    print(l, tree->kids[0], BIND_SUM);
    gf_text_print(l->w, l->close ? "%s" : " %s ", gf_operator_of((gf_tree_kind)tree->kind)->text);
    print(l, tree->kids[1], starts_negative(tree->kids[1]) ? BIND_ATOM : BIND_BIG);
}

/* Words side by side need a blank between them: \mathit{total}\, h. */
static bool has_word(const char *text)
{
    return strstr(text, "\\mathit") || strstr(text, "\\text") || !strncmp(text, "\\mathrm", strlen("\\mathrm"));
}

/* W h, and a number before anything: 2 h. */
static void print_beside(gf_latex *l, const gf_tree *a, const gf_tree *b)
{
    bool dot = starts_with_digit(b) && !(b->kind == TREE_POWER && a->kind != TREE_NUMBER);
    gf_text right = {0};
    gf_latex inner = *l;
    inner.w = &right;
    size_t before = l->w->size;
    print(l, a, a->kind == TREE_NEGATIVE ? BIND_HADAMARD : BIND_BESIDE);
    print(&inner, b, starts_negative(b) ? BIND_ATOM : BIND_FRACTION);
    bool words = !dot && (has_word(gf_text_string(l->w) + before) || has_word(gf_text_string(&right)));
    gf_text_print(l->w, "%s%s", dot ? " \\cdot " : words ? "\\, " : " ", gf_text_string(&right));
    l->w->failed |= right.failed;
    gf_text_free(&right);
}

static void print_times(gf_latex *l, const gf_tree *tree)
{
    const gf_tree *a = tree->kids[0], *b = tree->kids[1];
    if (is_scalar(l, a) || is_scalar(l, b)) {
        print_beside(l, a, b);
        return;
    }
    print(l, a, a->kind == TREE_MATMUL ? BIND_ATOM : BIND_HADAMARD);
    gf_text_add(l->w, " \\odot ");
    print(l, b, b->kind == TREE_MATMUL || starts_negative(b) ? BIND_ATOM : BIND_BESIDE);
}

/* Iverson's brackets: 1 where it is so. */
static void print_comparison(gf_latex *l, const gf_tree *tree)
{
    static const char *const signs[] = {"<", "\\le", ">", "\\ge"};
    bool tall = is_tall(tree);
    gf_text_add(l->w, tall ? "\\mathbf{1}\\left[" : "\\mathbf{1}[");
    print(l, tree->kids[0], BIND_SUM);
    gf_text_print(l->w, " %s ", signs[tree->kind - TREE_LESS]);
    print(l, tree->kids[1], BIND_SUM);
    gf_text_add(l->w, tall ? "\\right]" : "]");
}

static void print_fraction(gf_latex *l, const gf_tree *tree)
{
    gf_text_add(l->w, "\\frac{");
    print(l, tree->kids[0], BIND_SUM);
    gf_text_add(l->w, "}{");
    print(l, tree->kids[1], BIND_SUM);
    gf_text_add(l->w, "}");
}

/* The base of a power: \delta h_t is two signs. */
static void print_base(gf_latex *l, const gf_tree *tree)
{
    size_t before = l->w->size;
    print(l, tree, BIND_ATOM);
    bool two = gf_tree_is_name(tree) && !l->w->failed && !strncmp(l->w->data + before, l->delta, strlen(l->delta)) &&
               strchr(l->w->data + before, ' ');
    if (!two)
        return;
    gf_text_cut(l->w, before);
    print_bracketed(l, tree);
}

static void print_power(gf_latex *l, const gf_tree *tree)
{
    const gf_tree *exponent = tree->kids[1];
    bool digit = exponent->kind == TREE_NUMBER && exponent->number >= 0 && exponent->number <= 9;
    bool braces = !digit || exponent->number != (int)exponent->number;
    print_base(l, tree->kids[0]);
    gf_text_add(l->w, braces ? "^{" : "^");
    print(l, exponent, BIND_SUM);
    gf_text_add(l->w, braces ? "}" : "");
}

static void print_matrix(gf_latex *l, const gf_tree *tree)
{
    gf_text_add(l->w, "\\begin{bmatrix} ");
    for (uint32_t k = 0; k < tree->count; k++) {
        const gf_tree *part = tree->kids[k];
        bool row = tree->kind == TREE_STACKED && part->kind == TREE_BESIDE;
        gf_text_add(l->w, !k ? "" : tree->kind == TREE_STACKED ? " \\\\ " : " & ");
        for (uint32_t j = 0; j < (row ? part->count : 1); j++) {
            gf_text_add(l->w, j ? " & " : "");
            print(l, row ? part->kids[j] : part, BIND_SUM);
        }
    }
    gf_text_add(l->w, " \\end{bmatrix}");
}

/* \sum_{t=1}^{T}, \max_{t=1,\dots,T}; of a product from t down to 1, t stands below. */
static void print_over(gf_latex *l, const gf_tree *tree)
{
    const gf_binder binder = gf_with_ends(&l->known->shapes, gf_binder_of(tree));
    bool close = l->close;
    if (!binder.first || !binder.last)
        return;
    gf_text_print(l->w, "\\%s_{", gf_over_word((gf_tree_kind)tree->kind));
    l->close = true;
    gf_latex_name(l->w, gf_names_text(l->names, tree->name), NULL);
    gf_text_add(l->w, "=");
    print(l, binder.first, BIND_SUM);
    gf_text_add(l->w, tree->kind == TREE_MAX ? ",\\dots," : "}^{");
    print(l, binder.last, BIND_SUM);
    gf_text_add(l->w, "} ");
    l->close = close;
    gf_binding index;
    print(l, gf_enter(&l->known->shapes, &index, tree), tree->kind == TREE_SUM ? BIND_BIG : BIND_BESIDE);
    l->known->shapes.bindings = index.outer;
}

/* The body at an end of the range. */
static void print_at_end(gf_latex *l, const gf_tree *tree, const gf_tree *end)
{
    const gf_put_pair pair = {tree->name, end};
    const gf_tree *body = gf_put_names(&l->known->shapes, gf_tree_body(tree), &pair, 1);
    if (body)
        print(l, body, BIND_SUM);
}

/* \begin{bmatrix} h_1 & \cdots & h_T \end{bmatrix} */
static void print_concatenation(gf_latex *l, const gf_tree *tree)
{
    const gf_binder binder = gf_with_ends(&l->known->shapes, gf_binder_of(tree));
    gf_text_add(l->w, "\\begin{bmatrix} ");
    print_at_end(l, tree, binder.first);
    gf_text_add(l->w, tree->kind == TREE_HCAT ? " & \\cdots & " : " \\\\ \\vdots \\\\ ");
    print_at_end(l, tree, binder.last);
    gf_text_add(l->w, " \\end{bmatrix}");
}

/* --- calls ---------------------------------------------------------------------------------------- */

static void print_argument(void *data, const gf_tree *argument, const char *word, bool enclosed)
{
    gf_latex *l = data;
    bool close = l->close;
    l->close = close || !strcmp(word, "first") || !strcmp(word, "last") || !strcmp(word, "i") || !strcmp(word, "j");
    print(l, argument, enclosed ? BIND_SUM : BIND_ATOM);
    l->close = close;
}

/* \frac{\partial y}{\partial x}, with what is held fixed at its foot. */
static void print_derivative(gf_latex *l, const gf_tree *tree, bool gradient)
{
    uint32_t held = tree->count - tree->held;
    const gf_tree *below = tree->kids[gradient ? 0 : 1], *above = !gradient ? tree->kids[0] : NULL;
    if (gradient && held == 2)
        above = tree->kids[1];
    gf_text_add(l->w, tree->held ? "\\left.\\frac{\\partial " : "\\frac{\\partial ");
    if (above)
        print(l, above, BIND_ATOM);
    else
        gf_text_add(l->w, "\\mathcal{L}");
    gf_text_add(l->w, "}{\\partial ");
    print(l, below, BIND_ATOM);
    gf_text_add(l->w, tree->held ? "}\\right|_{" : "}");
    for (uint32_t k = held; k < tree->count; k++) {
        gf_text_add(l->w, k > held ? ",\\," : "");
        print(l, tree->kids[k], BIND_SUM);
    }
    gf_text_add(l->w, tree->held ? "}" : "");
}

/* \operatorname{relu}'(a, b), with brackets that grow where an argument is tall. */
static void print_plain_call(gf_latex *l, const gf_tree *tree)
{
    const char *name = gf_names_text(l->names, tree->name);
    gf_text_print(l->w, "%s{", l->upright);
    for (const char *at = name; *at && *at != '\''; at++)
        gf_text_print(l->w, *at == '_' ? "\\_" : "%c", *at);
    gf_text_print(l->w, "}%s%s(", strchr(name, '\'') ? "'" : "", is_tall(tree) ? "\\left" : "");
    for (uint32_t k = 0; k < tree->count; k++) {
        gf_text_add(l->w, k ? ", " : "");
        print(l, tree->kids[k], BIND_SUM);
    }
    gf_text_add(l->w, is_tall(tree) ? "\\right)" : ")");
}

/* rows(a, k, k): one row, a_{k,:}, for a_{k:k,:}. */
static bool is_one_line(const gf_function *function, const gf_tree *tree)
{
    return function->place[1] == 'i' && function->place[2] == 'j' && gf_tree_equal(tree->kids[1], tree->kids[2]);
}

/* The template with the macro for words that is wanted here, and such brackets. */
static void print_template(gf_latex *l, const gf_function *function, const gf_tree *tree)
{
    static const char macro[] = "\\operatorname", range[] = ":last";
    const size_t size = sizeof macro - 1;
    gf_text template = {0};
    for (const char *at = function->latex; *at;) {
        bool word = !strncmp(at, macro, size), bracket = is_tall(tree) && (*at == '(' || *at == ')');
        gf_text_add(&template, word ? l->upright : bracket ? (*at == '(' ? "\\left" : "\\right") : "");
        gf_text_bytes(&template, at, word ? 0 : 1);
        at += word ? size : 1;
        at += !strncmp(at, range, sizeof range - 1) && is_one_line(function, tree) ? sizeof range - 1 : 0;
    }
    gf_words_write(l->w, gf_text_string(&template), function, tree, print_argument, l);
    l->w->failed |= template.failed;
    gf_text_free(&template);
}

static void print_call(gf_latex *l, const gf_tree *tree)
{
    gf_function function;
    bool found = gf_function_called(&function, gf_names_text(l->names, tree->name), tree->count);
    if (found && (function.special == SPECIAL_GRAD || function.special == SPECIAL_JACOBIAN))
        print_derivative(l, tree, function.special == SPECIAL_GRAD);
    else if (found && function.latex)
        print_template(l, &function, tree);
    else
        print_plain_call(l, tree);
}

/* --- the walk ------------------------------------------------------------------------------------- */

static int strength_of(gf_latex *l, const gf_tree *tree)
{
    switch ((gf_tree_kind)tree->kind) {
    case TREE_ADD:
    case TREE_SUBTRACT:
        return BIND_SUM;
    case TREE_SUM:
    case TREE_PRODUCT:
    case TREE_MAX:
        return BIND_BIG;
    case TREE_NEGATIVE:
        return BIND_HADAMARD;
    case TREE_NUMBER:
        return tree->number < 0 ? BIND_HADAMARD : BIND_ATOM;
    case TREE_MULTIPLY:
        return is_scalar(l, tree->kids[0]) || is_scalar(l, tree->kids[1]) ? BIND_BESIDE : BIND_HADAMARD;
    case TREE_MATMUL:
        return BIND_BESIDE;
    case TREE_DIVIDE:
    case TREE_TRANSPOSE:
    case TREE_POWER:
        return BIND_FRACTION;
    default:
        return BIND_ATOM;
    }
}

static void print_operator(gf_latex *l, const gf_tree *tree)
{
    switch ((gf_tree_kind)tree->kind) {
    case TREE_NEGATIVE:
        gf_text_add(l->w, "-");
        print(l, tree->kids[0], starts_negative(tree->kids[0]) ? BIND_ATOM : BIND_BIG);
        break;
    case TREE_TRANSPOSE:
        print(l, tree->kids[0], BIND_ATOM);
        gf_text_add(l->w, "^\\top");
        break;
    case TREE_MATMUL:
        print_beside(l, tree->kids[0], tree->kids[1]);
        break;
    case TREE_MULTIPLY:
        print_times(l, tree);
        break;
    case TREE_DIVIDE:
        print_fraction(l, tree);
        break;
    case TREE_POWER:
        print_power(l, tree);
        break;
    default:
        print_sum(l, tree);
    }
}

static void print_inside(gf_latex *l, const gf_tree *tree)
{
    switch ((gf_tree_kind)tree->kind) {
    case TREE_NUMBER:
        print_number(l, tree->number);
        break;
    case TREE_NAME:
    case TREE_AT:
        gf_latex_variable(l, tree->name, tree->kind == TREE_AT ? tree->kids[0] : NULL);
        break;
    case TREE_SUM:
    case TREE_PRODUCT:
    case TREE_MAX:
        print_over(l, tree);
        break;
    case TREE_HCAT:
    case TREE_VCAT:
        print_concatenation(l, tree);
        break;
    case TREE_CALL:
        print_call(l, tree);
        break;
    case TREE_BESIDE:
    case TREE_STACKED:
        print_matrix(l, tree);
        break;
    case TREE_LESS:
    case TREE_LESS_EQUAL:
    case TREE_GREATER:
    case TREE_GREATER_EQUAL:
        print_comparison(l, tree);
        break;
    default:
        print_operator(l, tree);
    }
}

/* In brackets where the place asks for something that binds at least so tightly. */
static void print(gf_latex *l, const gf_tree *tree, int strength)
{
    if (strength_of(l, tree) < strength)
        print_bracketed(l, tree);
    else
        print_inside(l, tree);
}

void gf_latex_tree(gf_latex *l, const gf_tree *tree)
{
    print(l, tree, BIND_SUM);
}
