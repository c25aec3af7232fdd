/* The functions of the language. */
#include "language/functions.h"

#include <string.h>

#include "language/notation.h"

/* What is no operation, or is one with a reservation. */
/* clang-format off */
static const struct {
    const char *name;
    gf_function function;
} specials[] = {
    {"zeros", {NULL, SPECIAL_ZEROS, 2, 2, {ARGUMENT_INTEGER, ARGUMENT_INTEGER}, false, "zeros(r, c)", NULL, "",
               "\\mathbf{0}_{r \\times c}", "np.zeros((r, c))"}},
    {"ones", {NULL, SPECIAL_ONES, 2, 2, {ARGUMENT_INTEGER, ARGUMENT_INTEGER}, false, "ones(r, c)", NULL, "",
              "\\mathbf{1}_{r \\times c}", "np.ones((r, c))"}},
    {"eye", {NULL, SPECIAL_EYE, 1, 1, {ARGUMENT_INTEGER}, false, "eye(n)", NULL, "", "I_{n}", "np.eye(n)"}},
    {"prod", {NULL, SPECIAL_PROD, 3, 3, {ARGUMENT_MATRIX}, false, "prod(j, A..B, e)", NULL, "", NULL, NULL}},
    {"hcat", {NULL, SPECIAL_PROD, 3, 3, {ARGUMENT_MATRIX}, false, "hcat(j, A..B, e)",
              "side by side are [a, b]", "", NULL, NULL}},
    {"vcat", {NULL, SPECIAL_PROD, 3, 3, {ARGUMENT_MATRIX}, false, "vcat(j, A..B, e)",
              "on top of each other are [a; b]", "", NULL, NULL}},
    {"max", {NULL, SPECIAL_MAX, 1, 1, {ARGUMENT_MATRIX}, true, "max(a), max(a, b) or max(j, A..B, e)",
             "the larger of two, element by element, is max(a, b)", "", "\\max(a)", "np.max(a, keepdims=True)"}},
    {"min", {NULL, SPECIAL_MIN, 1, 1, {ARGUMENT_MATRIX}, true, "min(a) or min(a, b)",
             "the smaller of two, element by element, is min(a, b)", "", "\\min(a)", "np.min(a, keepdims=True)"}},
    {"norm2", {NULL, SPECIAL_NORM2, 1, 1, {ARGUMENT_MATRIX}, true, "norm2(a)", NULL, "",
               "\\lVert{a}\\rVert_2", "np.linalg.norm(a, 2, keepdims=True)"}},
    {"kron", {NULL, SPECIAL_KRON, 2, 2, {ARGUMENT_MATRIX, ARGUMENT_MATRIX}, true, "kron(a, b)", NULL, "",
              "(a \\otimes b)", "np.kron(a, b)"}},
    {"grad", {NULL, SPECIAL_GRAD, 1, 2, {ARGUMENT_VARIABLE, ARGUMENT_GRAPH}, true, "grad(v) or grad(v, s)", NULL, "",
              NULL, NULL}},
    {"jacobian", {NULL, SPECIAL_JACOBIAN, 2, 2, {ARGUMENT_GRAPH, ARGUMENT_VARIABLE}, true, "jacobian(y, x)", NULL, "",
                  NULL, NULL}},
    {"unit", {.judging = true}},
    {"sumto", {.judging = true}},
    {"sum", {.usage = "sum(a), sum(t, e) or sum(j, A..B, e)"}},
};
/* clang-format on */

enum { SPECIALS = sizeof specials / sizeof *specials };

/* The words for arguments in the text of an operation's row. */
static const struct {
    const char *word;
    gf_argument kind;
    char
        place; /* in gf_attributes: first and last, i and y, j and x are counted from 1 by the language, from 0 there */
} words[] = {
    {"a", ARGUMENT_MATRIX, 0},        {"b", ARGUMENT_MATRIX, 0},       {"c", ARGUMENT_MATRIX, 0},
    {"p", ARGUMENT_NUMBER, 'p'},      {"lo", ARGUMENT_NUMBER, 'p'},    {"hi", ARGUMENT_NUMBER, 'h'},
    {"first", ARGUMENT_INTEGER, 'i'}, {"rows", ARGUMENT_INTEGER, 'r'}, {"last", ARGUMENT_INTEGER, 'j'},
    {"cols", ARGUMENT_INTEGER, 'c'},  {"i", ARGUMENT_INTEGER, 'y'},    {"j", ARGUMENT_INTEGER, 'x'},
    {"slope", ARGUMENT_NUMBER, 'p'},
};

enum { WORDS = sizeof words / sizeof *words };

/* The number of the word at the start of a text, with its length; WORDS if it is none of them. */
static size_t word_at(const char *text, size_t *size)
{
    *size = strspn(text, "abcdefghijklmnopqrstuvwxyz");
    for (size_t k = 0; k < WORDS; k++)
        if (strlen(words[k].word) == *size && !memcmp(words[k].word, text, *size))
            return k;
    return WORDS;
}

/* The words between the brackets of NAME(a, lo, hi); how many, or 0 where the text is none such. */
static int read_words(const gf_operation *op, size_t numbers[GF_ARGUMENTS])
{
    size_t size = strlen(op->name);
    if (!op->text || strncmp(op->text, op->name, size) || op->text[size] != '(')
        return 0;
    const char *at = op->text + size + 1;
    for (int count = 0; count < GF_ARGUMENTS;) {
        numbers[count] = word_at(at, &size);
        if (numbers[count++] == WORDS)
            return 0;
        at += size;
        if (*at == ')' && !at[1])
            return count;
        if (strncmp(at, ", ", 2))
            return 0;
        at += 2;
    }
    return 0;
}

static bool from_operation(gf_function *out, const gf_operation *op)
{
    size_t numbers[GF_ARGUMENTS];
    int count = op ? read_words(op, numbers) : 0;
    out->op = op;
    out->least = out->most = count;
    if (!out->usage && op)
        out->usage = op->text;
    if (op) {
        gf_notation notation = gf_notation_of(op->name);
        out->latex = notation.latex;
        out->numpy = notation.numpy;
    }
    for (int k = 0; k < count; k++) {
        out->argument[k] = words[numbers[k]].kind;
        out->place[k] = words[numbers[k]].place;
    }
    return count;
}

bool gf_function_find(gf_function *out, const char *name)
{
    *out = (gf_function){0};
    for (int k = 0; k < SPECIALS; k++)
        if (!strcmp(specials[k].name, name)) {
            *out = specials[k].function;
            break;
        }
    return out->special || from_operation(out, gf_operation_find(name));
}

void gf_function_choose(gf_function *function, const char *name, uint32_t arguments)
{
    gf_function pair = {0};
    if (function->special && arguments > 1 && from_operation(&pair, gf_operation_find(name)))
        *function = pair;
}

bool gf_function_called(gf_function *out, const char *name, uint32_t arguments)
{
    bool found = gf_function_find(out, name);
    gf_function_choose(out, name, arguments);
    return found;
}

gf_attributes gf_function_attributes(const gf_function *function, const double numbers[GF_ARGUMENTS])
{
    gf_attributes p = {.size = sizeof p};
    for (int k = 0; k < GF_ARGUMENTS; k++)
        switch (function->place[k]) {
        case 'p':
            p.p = numbers[k];
            break;
        case 'h':
            p.hi = numbers[k];
            break;
        case 'i':
        case 'y':
            p.first = (int)numbers[k] - 1;
            break;
        case 'j':
        case 'x':
            p.last = (int)numbers[k] - 1;
            break;
        case 'r':
            p.rows = (int)numbers[k];
            break;
        case 'c':
            p.cols = (int)numbers[k];
            break;
        default:
            break;
        }
    return p;
}

const char *gf_function_name(int k, char text[GF_FUNCTION_NAME])
{
    const char *name = k < SPECIALS ? specials[k].name : NULL;
    const gf_operation *op = name ? NULL : gf_operation_at(k - SPECIALS);
    gf_function function;
    if (op)
        name = gf_function_find(&function, op->name) ? op->name : "";
    if (!name)
        return NULL;
    strncpy(text, name, GF_FUNCTION_NAME - 1);
    text[GF_FUNCTION_NAME - 1] = '\0';
    return text;
}
