/* Expressions in Python.
 *
 * Each matrix is an array of two dimensions, a 1 x 1 one, too; sizes, indices and numbers are Python's numbers. A
 * number where a matrix has to be, as in 2 @ [4], becomes an array of one entry. */
#include <string.h>

#include "write/numpy.h"
#include "write/words.h"

static void print(gf_python *p, const gf_tree *tree, int strength);

/* --- numbers -------------------------------------------------------------------------------------- */

/* A template that takes numbers as well: np.sqrt(a). */
static bool takes_numbers(const gf_function *function)
{
    const char *text = function->numpy;
    size_t size = text && !strncmp(text, "np.", 3) ? 3 + strspn(text + 3, "abcdefghijklmnopqrstuvwxyz") : 0;
    return size && !strcmp(text + size, "(a)") && function->op && !function->op->shape;
}

/* One that takes numbers beside a matrix: np.where(c, a, 0). */
static bool broadcasts(const gf_function *function)
{
    const char *text = function->op && function->op->arity > 1 ? function->numpy : NULL;
    const char *behind = text ? strchr(text, '(') : NULL;
    return behind && (!strcmp(behind, "(a, b)") || !strcmp(behind, "(c, a, b)"));
}

static bool is_number(gf_python *p, const gf_tree *tree);

static bool is_number_over(gf_python *p, const gf_tree *tree)
{
    gf_binding index;
    bool number = is_number(p, gf_enter(&p->known->shapes, &index, tree));
    p->known->shapes.bindings = index.outer;
    return number;
}

static bool is_number(gf_python *p, const gf_tree *tree)
{
    gf_function function;
    const gf_symbol *symbol;
    switch ((gf_tree_kind)tree->kind) {
    case TREE_NUMBER:
        return true;
    case TREE_NAME:
        symbol = gf_model_symbol(p->d->m, tree->name);
        return gf_binding_find(p->known->shapes.bindings, tree->name) || tree->name == p->d->m->t ||
               (symbol && (symbol->kind == SYMBOL_SIZE || symbol->kind == SYMBOL_STEPS));
    case TREE_NEGATIVE:
    case TREE_TRANSPOSE:
        return is_number(p, tree->kids[0]);
    case TREE_CALL:
        return gf_function_called(&function, gf_names_text(p->names, tree->name), tree->count) &&
               takes_numbers(&function) && is_number(p, tree->kids[0]);
    case TREE_ADD:
    case TREE_SUBTRACT:
    case TREE_MATMUL:
    case TREE_MULTIPLY:
    case TREE_DIVIDE:
    case TREE_POWER:
    case TREE_LESS:
    case TREE_LESS_EQUAL:
    case TREE_GREATER:
    case TREE_GREATER_EQUAL:
        return is_number(p, tree->kids[0]) && is_number(p, tree->kids[1]);
    case TREE_SUM:
    case TREE_PRODUCT:
        return is_number_over(p, tree);
    default:
        return false;
    }
}

/* A number as an array of one entry; a matrix as it is. */
static void print_matrix(gf_python *p, const gf_tree *tree, int strength)
{
    bool number = is_number(p, tree);
    gf_text_add(p->w, number ? "np.array([[" : "");
    print(p, tree, number ? STRENGTH_SUM : strength);
    gf_text_add(p->w, number ? "]])" : "");
}

/* --- integers ------------------------------------------------------------------------------------- */

/* x + n: x, and n through *number. */
static const gf_tree *without_number(const gf_tree *tree, long *number)
{
    bool sum = tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT;
    *number = 0;
    if (!sum || tree->kids[1]->kind != TREE_NUMBER)
        return tree;
    *number = (tree->kind == TREE_ADD ? 1 : -1) * (long)tree->kids[1]->number;
    return tree->kids[0];
}

void gf_python_integer(gf_python *p, const gf_tree *tree, int more)
{
    bool close = p->close;
    long number;
    p->close = true;
    const gf_tree *rest = more ? without_number(tree, &number) : tree;
    number = more ? number + more : 0;
    if (tree->kind == TREE_NUMBER)
        gf_text_number(p->w, tree->number + (double)more);
    else
        print(p, rest, STRENGTH_SUM);
    if (number && tree->kind != TREE_NUMBER)
        gf_text_print(p->w, "%+ld", number);
    p->close = close;
}

/* --- sums and products over a range --------------------------------------------------------------- */

static void print_range(gf_python *p, const gf_tree *tree)
{
    const gf_binder binder = gf_with_ends(&p->known->shapes, gf_binder_of(tree));
    gf_text_add(p->w, "range(");
    if (binder.first && binder.last) {
        gf_python_integer(p, binder.first, 0);
        gf_text_add(p->w, ", ");
        gf_python_integer(p, binder.last, tree->down ? -1 : 1);
    }
    gf_text_add(p->w, tree->down ? ", -1)" : ")");
}

/* Is there a first term whatever the indices are? */
static bool is_never_empty(const gf_python *p, const gf_tree *tree)
{
    const gf_tree *low = gf_binder_of(tree).low, *high = gf_binder_of(tree).high;
    if (!low)
        return true;
    const uint32_t T = p->d->m->steps_name, t = p->d->m->t;
    bool from_one = low->kind == TREE_NUMBER && low->number == 1;
    if (from_one && high->kind == TREE_NUMBER)
        return high->number >= 1;
    if (high->kind != TREE_NAME)
        return false;
    return (from_one && (high->name == T || high->name == t)) ||
           (low->kind == TREE_NAME && low->name == t && high->name == T);
}

/* What an empty sum or product comes to, where it may be one. */
static void print_empty(gf_python *p, const gf_tree *tree)
{
    const gf_tree *body = gf_tree_body(tree);
    gf_extents shape;
    if (is_never_empty(p, tree) || !gf_extents_of(&p->known->shapes, body, &shape))
        return;
    gf_text_add(p->w, tree->kind == TREE_SUM ? "," GF_BREAK "np.zeros((" : "," GF_BREAK "np.eye(");
    gf_python_integer(p, shape.text[0], 0);
    if (tree->kind == TREE_SUM) {
        gf_text_add(p->w, ", ");
        gf_python_integer(p, shape.text[1], 0);
        gf_text_add(p->w, ")");
    }
    gf_text_add(p->w, ")");
}

/* sum(… for t in range(1, T+1)) */
static void print_over(gf_python *p, const gf_tree *tree)
{
    gf_binding index;
    gf_text range = {0};
    gf_text *w = p->w;
    p->w = &range;
    print_range(p, tree);
    p->w = w;
    const gf_tree *body = gf_enter(&p->known->shapes, &index, tree);
    bool number = is_number(p, body), product = tree->kind == TREE_PRODUCT;
    p->reduces |= product && !number;
    p->multiplies |= product && number;
    gf_text_add(w, !product ? "sum(" : number ? "math.prod(" : "reduce(np.matmul," GF_BREAK);
    bool more = !number && (product || !is_never_empty(p, tree));
    gf_text_add(w, more ? "(" : "");
    print(p, body, STRENGTH_SUM);
    gf_text_print(w, GF_BREAK "for %s in %s%s", gf_python_index(p, tree->name), gf_text_string(&range),
                  more ? ")" : "");
    p->known->shapes.bindings = index.outer;
    if (!number)
        print_empty(p, tree);
    gf_text_add(w, ")");
    w->failed |= range.failed;
    gf_text_free(&range);
}

/* np.hstack([… for j in range(1, t+1)]), behind a part without columns where the range may be empty; of the largest,
 * reduce(np.maximum, (…)). */
static void print_many(gf_python *p, const gf_tree *tree)
{
    bool across = tree->kind == TREE_HCAT, largest = tree->kind == TREE_MAX;
    gf_extents shape;
    gf_binding index;
    gf_text_add(p->w, largest ? "reduce(np.maximum," GF_BREAK "(" : across ? "np.hstack(" : "np.vstack(");
    p->reduces |= largest;
    const gf_tree *body = gf_enter(&p->known->shapes, &index, tree);
    if (!largest && !is_never_empty(p, tree) && gf_extents_of(&p->known->shapes, body, &shape)) {
        gf_text_add(p->w, across ? "[np.zeros((" : "[np.zeros((0, ");
        gf_python_integer(p, shape.text[!across], 0);
        gf_text_add(p->w, across ? ", 0))] +" GF_BREAK : "))] +" GF_BREAK);
    }
    gf_text_add(p->w, largest ? "" : "[");
    print_matrix(p, body, STRENGTH_SUM);
    gf_text_print(p->w, GF_BREAK "for %s in ", gf_python_index(p, tree->name));
    p->known->shapes.bindings = index.outer;
    print_range(p, tree);
    gf_text_add(p->w, largest ? "))" : "])");
}

/* --- calls ---------------------------------------------------------------------------------------- */

/* The call that a template is written for. */
typedef struct calling {
    gf_python *p;
    const gf_function *function;
    bool plain; /* numbers may stay numbers */
} calling;

/* Rows and columns are counted from 0 in Python: `first` is one less, and so are the row and column of an entry. */
static bool at_zero(char place)
{
    return place == 'i' || place == 'y' || place == 'x';
}

static void print_argument(void *data, const gf_tree *argument, const char *word, bool enclosed)
{
    calling *c = data;
    size_t k = 0, size;
    const char *at;
    while ((at = gf_words_at(c->function, (uint32_t)k, &size)) && (strlen(word) != size || memcmp(at, word, size) != 0))
        k++;
    if (at && c->function->argument[k] == ARGUMENT_INTEGER)
        gf_python_integer(c->p, argument, at_zero(c->function->place[k]) ? -1 : 0);
    else if (at && c->function->argument[k] == ARGUMENT_NUMBER)
        print(c->p, argument, STRENGTH_SUM);
    else if (c->plain)
        print(c->p, argument, STRENGTH_SUM);
    else
        print_matrix(c->p, argument, enclosed ? STRENGTH_SUM : STRENGTH_POSTFIX);
}

/* A function that the program defines. */
static void print_own_call(gf_python *p, const gf_function *function, const gf_tree *tree)
{
    calling c = {p, function, false};
    p->used[tree->name] = true;
    gf_python_function(p->w, gf_names_text(p->names, tree->name));
    gf_text_add(p->w, "(");
    for (uint32_t k = 0; k < tree->count; k++) {
        char word[GF_FUNCTION_NAME] = "";
        size_t size = 0;
        const char *at = gf_words_at(function, k, &size);
        memcpy(word, at ? at : "", at ? size : 0);
        gf_text_add(p->w, k ? ", " : "");
        print_argument(&c, tree->kids[k], word, true);
    }
    gf_text_add(p->w, ")");
}

static void print_call(gf_python *p, const gf_tree *tree)
{
    gf_function function;
    bool found = gf_function_called(&function, gf_names_text(p->names, tree->name), tree->count);
    bool plain = takes_numbers(&function);
    for (uint32_t k = 0; found && !plain && broadcasts(&function) && k < tree->count; k++)
        plain = !is_number(p, tree->kids[k]);
    calling c = {p, &function, plain};
    if (found && function.numpy && !strstr(function.numpy, "return"))
        gf_words_write(p->w, function.numpy, &function, tree, print_argument, &c);
    else
        print_own_call(p, &function, tree);
}

/* --- the rest ------------------------------------------------------------------------------------- */

static void print_name(gf_python *p, const gf_tree *tree)
{
    bool bound = gf_binding_find(p->known->shapes.bindings, tree->name) || tree->name == p->d->m->t;
    gf_text_add(p->w, bound ? gf_python_index(p, tree->name) : gf_python_name(p, tree->name));
    gf_text_add(p->w, !bound && p->on_demand[tree->name] ? "[1]" : "");
}

static void print_at(gf_python *p, const gf_tree *tree)
{
    gf_text_print(p->w, "%s[", gf_python_name(p, tree->name));
    gf_python_integer(p, tree->kids[0], 0);
    gf_text_add(p->w, "]");
}

static bool is_literal(const gf_tree *tree)
{
    return tree->kind == TREE_NUMBER || (tree->kind == TREE_NEGATIVE && tree->kids[0]->kind == TREE_NUMBER);
}

static bool are_literals(const gf_tree *tree)
{
    for (uint32_t k = 0; k < tree->count; k++)
        if (!is_literal(tree->kids[k]) && !(tree->kids[k]->kind == TREE_BESIDE && are_literals(tree->kids[k])))
            return false;
    return true;
}

static void print_list(gf_python *p, const gf_tree *tree, bool numbers)
{
    gf_text_add(p->w, "[");
    for (uint32_t k = 0; k < tree->count; k++) {
        gf_text_add(p->w, k ? "," GF_BREAK : "");
        if (numbers)
            print(p, tree->kids[k], STRENGTH_SUM);
        else
            print_matrix(p, tree->kids[k], STRENGTH_SUM);
    }
    gf_text_add(p->w, "]");
}

/* [a, b; c, d] as a list of lists. */
static void print_rows(gf_python *p, const gf_tree *tree, bool numbers)
{
    gf_text_add(p->w, "[");
    for (uint32_t k = 0; k < tree->count; k++) {
        const gf_tree *row = tree->kids[k];
        gf_text_add(p->w, k ? "," GF_BREAK : "");
        if (row->kind == TREE_BESIDE) {
            print_list(p, row, numbers);
            continue;
        }
        gf_text_add(p->w, "[");
        print(p, row, STRENGTH_SUM);
        gf_text_add(p->w, "]");
    }
    gf_text_add(p->w, "]");
}

/* Numbers alone are one array; parts are put together. */
static void print_parts(gf_python *p, const gf_tree *tree)
{
    bool beside = tree->kind == TREE_BESIDE, numbers = are_literals(tree), nested = false;
    for (uint32_t k = 0; k < tree->count; k++)
        nested |= !beside && tree->kids[k]->kind == TREE_BESIDE;
    gf_text_add(p->w, numbers ? "np.array(" : nested ? "np.block(" : beside ? "np.hstack(" : "np.vstack(");
    if (numbers && beside) {
        gf_text_add(p->w, "[");
        print_list(p, tree, true);
        gf_text_add(p->w, "]");
    } else if (numbers || nested) {
        print_rows(p, tree, numbers);
    } else {
        print_list(p, tree, false);
    }
    gf_text_add(p->w, numbers ? ", float)" : ")");
}

/* A @ B * C: Python reads it from the left as the language does, but people do not: then brackets say so. */
static bool is_mixed(gf_python *p, const gf_tree *tree, const gf_tree *kid)
{
    bool other = (tree->kind == TREE_MATMUL && kid->kind == TREE_MULTIPLY) ||
                 (tree->kind == TREE_MULTIPLY && kid->kind == TREE_MATMUL);
    return other && !gf_known_is_one(p->known, tree->kids[1]) && !gf_known_is_one(p->known, kid->kids[0]) &&
           !gf_known_is_one(p->known, kid->kids[1]);
}

static void print_binary(gf_python *p, const gf_tree *tree, const gf_operator *sign)
{
    bool power = tree->kind == TREE_POWER, sum = tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT;
    bool matmul = tree->kind == TREE_MATMUL && !is_number(p, tree);
    const char *text = power ? "**" : tree->kind == TREE_DIVIDE && p->close ? "//" : sign->text;
    if (tree->kind == TREE_MATMUL && !matmul)
        text = "*"; /* of two numbers */
    int left = power ? STRENGTH_POSTFIX : sign->strength + is_mixed(p, tree, tree->kids[0]);
    (matmul ? print_matrix : print)(p, tree->kids[0], left);
    gf_text_print(p->w, power || p->close ? "%s" : sum ? GF_BREAK "%s " : GF_WEAK_BREAK "%s ", text);
    (matmul ? print_matrix : print)(p, tree->kids[1], power ? STRENGTH_SIGN : sign->strength + 1);
}

/* (a > b) is True or False, of which True + True is True. */
static void print_comparison(gf_python *p, const gf_tree *tree, const gf_operator *sign)
{
    gf_text_add(p->w, "(");
    print(p, tree->kids[0], STRENGTH_SUM);
    gf_text_print(p->w, " %s ", sign->text);
    print(p, tree->kids[1], STRENGTH_SUM);
    gf_text_add(p->w, is_number(p, tree) ? ")" : ").astype(float)");
}

static void print_inside(gf_python *p, const gf_tree *tree, const gf_operator *sign)
{
    switch ((gf_tree_kind)tree->kind) {
    case TREE_NUMBER:
        gf_text_number(p->w, tree->number);
        break;
    case TREE_NAME:
        print_name(p, tree);
        break;
    case TREE_AT:
        print_at(p, tree);
        break;
    case TREE_NEGATIVE:
        gf_text_add(p->w, "-");
        print(p, tree->kids[0], STRENGTH_SIGN);
        break;
    case TREE_TRANSPOSE:
        print(p, tree->kids[0], STRENGTH_POSTFIX);
        gf_text_add(p->w, is_number(p, tree->kids[0]) ? "" : ".T");
        break;
    case TREE_BESIDE:
    case TREE_STACKED:
        print_parts(p, tree);
        break;
    case TREE_CALL:
        print_call(p, tree);
        break;
    case TREE_SUM:
    case TREE_PRODUCT:
        print_over(p, tree);
        break;
    case TREE_HCAT:
    case TREE_VCAT:
    case TREE_MAX:
        print_many(p, tree);
        break;
    default:
        if (gf_tree_compares(tree))
            print_comparison(p, tree, sign);
        else if (sign)
            print_binary(p, tree, sign);
    }
}

/* In brackets where the place asks for something that binds at least so tightly: Python's signs bind as the language's.
 */
static void print(gf_python *p, const gf_tree *tree, int strength)
{
    const gf_operator *sign = gf_operator_of((gf_tree_kind)tree->kind);
    bool negative = tree->kind == TREE_NUMBER && tree->number < 0 && strength > STRENGTH_SIGN;
    bool brackets = negative || (sign && sign->strength < strength && !gf_tree_compares(tree)); /* which has its own */
    gf_text_add(p->w, brackets ? "(" : "");
    print_inside(p, tree, sign);
    gf_text_add(p->w, brackets ? ")" : "");
}

void gf_python_tree(gf_python *p, const gf_tree *tree)
{
    print(p, tree, STRENGTH_SUM);
}

void gf_python_shape(gf_python *p, uint32_t name)
{
    const gf_extents *shape = gf_extents_of_name(&p->known->shapes, name);
    if (!shape) {
        gf_text_add(p->w, "(1, 1)");
        return;
    }
    const gf_tree *rows = shape->text[0], *cols = shape->text[1];
    gf_text_add(p->w, "(");
    gf_python_integer(p, rows, 0);
    gf_text_add(p->w, ", ");
    gf_python_integer(p, cols, 0);
    gf_text_add(p->w, ")");
}

void gf_python_value(gf_python *p, uint32_t name, const gf_tree *tree)
{
    if (!is_number(p, tree)) {
        gf_python_tree(p, tree);
        return;
    }
    bool literal = tree->kind == TREE_NUMBER, zero = literal && tree->number == 0;
    bool whole = literal && tree->number == (double)(long)tree->number;
    gf_text_add(p->w, zero ? "np.zeros(" : "np.full(");
    gf_python_shape(p, name);
    if (!zero) {
        gf_text_add(p->w, literal ? ", " : ", float(");
        gf_python_tree(p, tree);
        gf_text_add(p->w, !literal ? ")" : whole ? ".0" : "");
    }
    gf_text_add(p->w, ")");
}
