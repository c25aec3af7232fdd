/* Products without a sign, as on paper, and those of MATLAB: which product is meant, by the operands beside it. */
#include "language/products.h"

#include <string.h>

#include "language/functions.h"
#include "language/holes.h"
#include "language/lexer.h"
#include "language/tree.h"

/* --- operands ------------------------------------------------------------------------------------------------- */

static bool is_declared(const char *name, const gf_knowledge *known)
{
    gf_name_kind kind = known->of(known->data, name);
    return kind != KNOWN_NOT && kind != KNOWN_BROKEN;
}

static gf_name_kind kind_of(const char *line, uint32_t begin, uint32_t end, const gf_knowledge *known)
{
    char name[GF_NAME_LIMIT + 1] = "";
    if (end - begin <= GF_NAME_LIMIT)
        memcpy(name, line + begin, end - begin);
    return known->of(known->data, name);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Where the operand that ends at a place begins. */
static uint32_t operand_begin(const char *line, uint32_t end)
{
    int depth = 0;
    uint32_t at = end;
    while (at && (depth || strchr(")]", line[at - 1]))) {
        at--;
        depth += strchr(")]", line[at]) ? 1 : strchr("([", line[at]) ? -1 : 0;
        if (!depth)
            break;
    }
    return gf_name_begin(line, at);
}

/* Past the operand at a place. */
static uint32_t operand_end(const char *line, uint32_t at)
{
    uint32_t end = gf_name_end(line, at);
    while (line[end] && strchr("([", line[end]) && gf_group_end(line, end))
        end = gf_group_end(line, end);
    return end;
}

/* Words whose result is no column, whatever stands in them. */
static bool makes_matrix(const char *line, uint32_t begin, uint32_t end)
{
    static const char *const words[] = {"diag", "jacobian", "kron", "hcat", "vcat", "reshape"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (strlen(words[k]) == end - begin && !memcmp(line + begin, words[k], end - begin))
            return true;
    return false;
}

/* Made of names with an index alone, and not transposed: h[t], (1 - h[t]^2), tanh(a[t]). */
static bool is_column(const char *line, uint32_t begin, uint32_t end, const gf_knowledge *known)
{
    bool timed = false;
    if ((line[end] && strchr("'@", line[end])) || !strncmp(line + end, "ᵀ", strlen("ᵀ")))
        return false;
    for (uint32_t at = begin; at < end;) {
        uint32_t name = gf_name_end(line, at);
        bool index = name > at && line[name] == '[', call = name > at && line[name] == '(';
        if (strchr("'@", line[at]) || (call && makes_matrix(line, at, name)))
            return false;
        if (name > at && !index && !call && !is_digit(line[at]) && kind_of(line, at, name, known) != KNOWN_NUMBER)
            return false;
        timed |= index;
        at = index && gf_group_end(line, name) ? gf_group_end(line, name) : name > at ? name : at + 1;
    }
    return timed;
}

/* --- side by side ------------------------------------------------------------------------------------------------- */

static bool begins_operand(const gf_token *token, const gf_names *names)
{
    return token->kind == TOKEN_NUMBER || token->kind == TOKEN_OPEN ||
           (token->kind == TOKEN_NAME && !gf_word_is_reserved(gf_names_text(names, token->name)));
}

/* A name before a bracket calls a function, unless the file declares it. */
static bool ends_operand(const gf_token *token, const gf_token *next, const gf_names *names, const gf_knowledge *known)
{
    const char *name = token->kind == TOKEN_NAME ? gf_names_text(names, token->name) : "";
    if (token->kind == TOKEN_NAME)
        return !gf_word_is_reserved(name) && (next->kind != TOKEN_OPEN || is_declared(name, known));
    return token->kind == TOKEN_NUMBER || token->kind == TOKEN_CLOSE || token->kind == TOKEN_CLOSE_SQUARE ||
           token->kind == TOKEN_SQUARE || token->kind == TOKEN_CUBE || token->kind == TOKEN_PRIME;
}

static bool is_number(const gf_token *token, const gf_names *names, const gf_knowledge *known)
{
    return token->kind == TOKEN_NUMBER ||
           (token->kind == TOKEN_NAME && known->of(known->data, gf_names_text(names, token->name)) == KNOWN_NUMBER);
}

/* tanh'(a), which is a call; W' (a), where the file has a W, is none. */
static bool calls_derivative(const gf_token *prime, const gf_token *next, const char *line, const gf_knowledge *known)
{
    uint32_t begin = gf_name_begin(line, prime->span.begin);
    bool name = begin < prime->span.begin && !is_digit(line[begin]);
    gf_name_kind kind = name ? kind_of(line, begin, prime->span.begin, known) : KNOWN_PLAIN;
    return prime->kind == TOKEN_PRIME && next->kind == TOKEN_OPEN && !prime->unicode &&
           (kind == KNOWN_NOT || kind == KNOWN_BROKEN);
}

/* Does a call of that function come to a number, whatever it is of? */
static bool makes_a_number(const char *word, size_t size)
{
    char name[GF_NAME_LIMIT + 1] = "", why[GF_WHY];
    gf_function function;
    if (size > GF_NAME_LIMIT)
        return false;
    memcpy(name, word, size);
    if (!gf_function_find(&function, name) || !function.op || !function.op->shape)
        return false;
    const gf_matrix square = {.rows = 3, .cols = 3, .stride = 3}, *in[] = {&square, &square, &square};
    const gf_attributes first = {.size = sizeof first, .first = 1, .last = 1};
    const gf_call call = {.in = in, .arity = function.op->arity, .p = &first, .op = function.op};
    int rows = 3, cols = 3;
    return call.arity >= 1 && call.arity <= 3 && function.op->shape(&call, &rows, &cols, why) && rows == 1 && cols == 1;
}

/* (1/2), (2 * n), norm(a): one number? */
static bool comes_to_a_number(const char *line, uint32_t begin, uint32_t end, const gf_knowledge *known)
{
    uint32_t word = gf_name_end(line, begin);
    if (makes_a_number(line + begin, word - begin))
        return true;
    if (begin >= end || line[begin] != '(')
        return false;
    for (uint32_t at = begin, past; at<end; at = past> at ? past : at + 1) {
        past = gf_name_end(line, at);
        if (past > at && !is_digit(line[at]) && kind_of(line, at, past, known) != KNOWN_NUMBER)
            return false;
    }
    return true;
}

static const char *sign_between(const gf_token *token, const gf_token *next, const char *line, const gf_names *names,
                                const gf_knowledge *known)
{
    uint32_t left = token->span.end, right = next->span.begin;
    bool scale = is_number(token, names, known) || is_number(next, names, known) ||
                 comes_to_a_number(line, operand_begin(line, left), left, known) ||
                 comes_to_a_number(line, right, operand_end(line, right), known);
    bool columns = is_column(line, operand_begin(line, left), left, known) &&
                   is_column(line, right, operand_end(line, right), known);
    return scale || columns ? " * " : " @ ";
}

/* The open [, a bit each, the innermost last: 1 of an index, and 0 where parts stand beside each other, as in [1 2; 3
 * 4]. */
typedef struct squares {
    uint32_t depth;
    uint64_t index;
} squares;

static void count_square(squares *s, const gf_token *token, const gf_token *before)
{
    if (token->kind == TOKEN_OPEN_SQUARE) {
        s->index = s->index << 1 | (before->kind == TOKEN_NAME && before->span.end == token->span.begin);
        s->depth++;
    } else if (token->kind == TOKEN_CLOSE_SQUARE && s->depth) {
        s->index >>= 1;
        s->depth--;
    }
}

/* [1 -2] has two parts, and [[1 2] [3 4]], as NumPy prints it, two. */
static bool begins_part(const gf_token *token, const gf_token *next, const char *line)
{
    bool apart = next->span.begin > token->span.end && line[next->span.end] != ' ';
    return (next->kind == TOKEN_OPEN_SQUARE && token->kind == TOKEN_CLOSE_SQUARE) ||
           (next->kind == TOKEN_MINUS && apart);
}

/* A word that nothing is known of, as mod and where are in W mod b where t < T: no operand, and the line no product. */
static bool is_word(const gf_token *token, const gf_source *source, const gf_names *names, const gf_knowledge *known)
{
    gf_function function;
    const char *name = token->kind == TOKEN_NAME ? gf_names_text(names, token->name) : "";
    bool letters = strlen(name) > 1 && strspn(name, "_abcdefghijklmnopqrstuvwxyz") == strlen(name);
    bool more = strchr("[(", source->text[token->span.end]) && source->text[token->span.end];
    return letters && !more && (known->of(known->data, name) == KNOWN_NOT || gf_function_find(&function, name));
}

static void add_signs(gf_text *w, const gf_source *source, const gf_knowledge *known)
{
    gf_names names = {0};
    gf_lexer lexer;
    gf_lexer_start(&lexer, source, &names, NULL);
    gf_token token = gf_lexer_next(&lexer), next, before = {.kind = TOKEN_END};
    uint32_t written = 0;
    squares open = {0, 0};
    static const char *const declarations[] = {"param", "input", "given", "start", NULL};
    bool declares = gf_word_is_among(declarations, source->text, gf_name_end(source->text, 0));
    bool shape = false; /* : m x n */
    for (; token.kind != TOKEN_END && token.kind != TOKEN_NEWLINE; before = token, token = next) {
        next = gf_lexer_next(&lexer);
        w->failed |= token.name == UINT32_MAX || next.name == UINT32_MAX;
        count_square(&open, &token, &before);
        shape = (shape || (declares && token.kind == TOKEN_COLON)) && token.kind != TOKEN_EQUAL &&
                token.kind != TOKEN_TILDE;
        bool matrix = open.depth && !(open.index & 1);
        bool beside = ends_operand(&token, &next, &names, known) &&
                      !calls_derivative(&token, &next, source->text, known) &&
                      (begins_operand(&next, &names) || (matrix && begins_part(&token, &next, source->text)));
        if (w->failed || shape || !beside || (open.depth && !matrix))
            continue;
        if (is_word(&token, source, &names, known) || is_word(&next, source, &names, known))
            break;
        bool rows = next.kind == TOKEN_OPEN_SQUARE;
        gf_text_bytes(w, source->text + written, (rows ? token.span.begin : token.span.end) - written);
        gf_text_add(w, rows ? "; " : matrix ? ", " : sign_between(&token, &next, source->text, &names, known));
        written = rows ? next.span.end : next.span.begin;
    }
    gf_text_add(w, source->text + written);
    gf_names_free(&names);
}

void gf_products_add(gf_text *w, const char *line, const gf_knowledge *known)
{
    gf_source source;
    if (gf_source_new(&source, "", line, strlen(line)))
        w->failed = true;
    else
        add_signs(w, &source, known);
    gf_source_free(&source);
}

/* --- MATLAB ------------------------------------------------------------------------------------------ */

bool gf_products_are_matlab(const char *line, const gf_knowledge *known)
{
    static const char *const signs[] = {".*", "./", ".^", ".'", ".(", ".+", "(:,"};
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
        const char *sign = strstr(line, signs[k]);
        if (sign && sign > line && !is_digit(sign[-1])) /* 1./(1. + exp(-z)) is Python, too */
            return true;
    }
    for (const char *open = strchr(line, '('); open; open = strchr(open + 1, '(')) {
        uint32_t end = (uint32_t)(open - line), begin = gf_name_begin(line, end);
        gf_name_kind kind = begin < end ? kind_of(line, begin, end, known) : KNOWN_NOT;
        if (kind == KNOWN_TIMED)
            return true;
    }
    return false;
}

/* A number, or a size, beside a sign at a place? */
static bool is_beside_number(const char *line, uint32_t at, const gf_knowledge *known)
{
    uint32_t end = at, begin, next = gf_past_blanks(line, at + 1);
    while (end && line[end - 1] == ' ')
        end--;
    begin = gf_name_begin(line, end);
    uint32_t past = gf_name_end(line, next);
    return (begin < end && (is_digit(line[begin]) || kind_of(line, begin, end, known) == KNOWN_NUMBER)) ||
           (past > next && (is_digit(line[next]) || kind_of(line, next, past, known) == KNOWN_NUMBER));
}

void gf_products_from_matlab(gf_text *w, const char *line, const gf_knowledge *known)
{
    for (uint32_t at = 0; line[at];) {
        bool sign = line[at] == '*' && at && !strchr(".*", line[at - 1]) && line[at + 1] != '*';
        if (!sign || is_beside_number(line, at, known)) {
            gf_text_bytes(w, line + at++, 1);
            continue;
        }
        gf_text_add(w, at && line[at - 1] == ' ' ? "@ " : " @ ");
        at = gf_past_blanks(line, at + 1);
    }
}
