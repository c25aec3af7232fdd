/* Tokens -> trees of expressions. Each production stands above the function that reads it. */
#include "language/parser.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

/* --- tokens -------------------------------------------------------------------------------------------- */

void gf_parser_advance(gf_parser *p)
{
    p->end = p->token.span.end;
    p->token = gf_lexer_next(&p->lexer);
}

gf_token gf_parser_peek(const gf_parser *p)
{
    gf_lexer ahead = p->lexer;
    ahead.problems = NULL;
    return gf_lexer_next(&ahead);
}

bool gf_parser_accept(gf_parser *p, gf_token_kind kind)
{
    if (p->token.kind != kind)
        return false;
    gf_parser_advance(p);
    return true;
}

bool gf_parser_expect(gf_parser *p, gf_token_kind kind, const char *what)
{
    return gf_parser_accept(p, kind) || gf_parser_unexpected(p, what);
}

bool gf_parser_at_word(const gf_parser *p, const char *word)
{
    return p->token.kind == TOKEN_NAME && !strcmp(gf_names_text(&p->file->names, p->token.name), word);
}

/* --- problems ------------------------------------------------------------------------------------------- */

enum { QUOTED = 24 }; /* characters of a token */

static gf_tree *refuse(gf_parser *p, gf_span span, const char *text)
{
    gf_problem_under(gf_problem_add(p->problems, GF_ERROR_SYNTAX, span.begin, "%s", text), span);
    return NULL;
}

bool gf_parser_unexpected(gf_parser *p, const char *expected)
{
    if (p->token.kind == TOKEN_BAD)
        return false;
    if (p->token.kind == TOKEN_END || p->token.kind == TOKEN_NEWLINE) {
        gf_problem_add(p->problems, GF_ERROR_SYNTAX, p->end, "expected %s, but the line ends here", expected);
        return false;
    }
    if (p->token.kind == TOKEN_CROSS) {
        refuse(p, p->token.span, "× stands in a shape; write @ for the matrix product, * element by element");
        return false;
    }
    if (gf_token_is_relation(p->token.kind) && p->token.kind != TOKEN_EQUAL && strcmp(expected, "a value") != 0) {
        refuse(p, p->token.span, "a comparison stands in brackets, (a > b), or in a call");
        return false;
    }
    gf_text w = {0};
    gf_source_quote(&w, &p->file->source, p->token.span, QUOTED);
    gf_problem *problem = gf_problem_add(p->problems, GF_ERROR_SYNTAX, p->token.span.begin, "expected %s, found %s",
                                         expected, gf_text_string(&w));
    gf_problem_under(problem, p->token.span);
    gf_text_free(&w);
    return false;
}

/* A bracket that is not closed is shown where it opens, unless something else is the matter here. */
static bool expect_close(gf_parser *p, gf_token_kind kind, gf_span open)
{
    static const char *const expected[] = {[TOKEN_CLOSE] = "an operator or )",
                                           [TOKEN_CLOSE_SQUARE] = "an operator or ]",
                                           [TOKEN_CLOSE_BRACE] = "a comma or }"};
    if (p->token.kind != TOKEN_NEWLINE && p->token.kind != TOKEN_END)
        return gf_parser_expect(p, kind, expected[kind]);
    refuse(p, open, "this bracket is not closed");
    return false;
}

/* --- nodes ------------------------------------------------------------------------------------------------ */

static gf_tree *checked(gf_parser *p, gf_tree *tree)
{
    if (!tree)
        p->problems->out_of_memory = true;
    else if (tree->depth > GF_TREE_DEPTH)
        return refuse(
            p, (gf_span){tree->at, tree->at + 1},
            "more than 1000 operations within each other: give a part a line of its own, or write sum(j, 1..N, …)");
    return tree;
}

static gf_tree *leaf(gf_parser *p, gf_tree_kind kind, gf_span span)
{
    return checked(p, gf_tree_new(&p->file->arena, kind, span, NULL, 0));
}

static bool push(gf_parser *p, gf_tree *kid)
{
    if (!kid)
        return false;
    if (!gf_grow(&p->kids, &p->kid_room, p->kid_count + 1)) {
        p->problems->out_of_memory = true;
        return false;
    }
    p->kids[p->kid_count++] = kid;
    return true;
}

/* A node over what was pushed since the stack had `from` kids; its span ends here. */
static gf_tree *gather(gf_parser *p, gf_tree_kind kind, uint32_t begin, uint32_t from)
{
    gf_span span = {begin, p->end};
    uint32_t count = p->kid_count - from;
    p->kid_count = from;
    return checked(p, gf_tree_new(&p->file->arena, kind, span, count ? p->kids + from : NULL, count));
}

static gf_tree *unary(gf_parser *p, gf_tree_kind kind, gf_span sign, uint32_t begin, gf_tree *kid)
{
    uint32_t from = p->kid_count;
    if (!push(p, kid))
        return NULL;
    gf_tree *tree = gather(p, kind, begin, from);
    if (tree)
        tree->at = sign.begin;
    return tree;
}

static gf_tree *binary(gf_parser *p, gf_tree_kind kind, gf_span sign, gf_tree *left, gf_tree *right)
{
    uint32_t from = p->kid_count;
    if (!push(p, left) || !push(p, right))
        return NULL;
    gf_tree *tree = gather(p, kind, left->span.begin, from);
    if (tree)
        tree->at = sign.begin;
    return tree;
}

/* --- expressions -------------------------------------------------------------------------------------------- */

static gf_tree *expression(gf_parser *p, int strength);

static gf_tree *number(gf_parser *p, gf_span span, double value)
{
    gf_tree *tree = leaf(p, TREE_NUMBER, span);
    if (tree)
        tree->number = value;
    return tree;
}

/* comparison := expression [ ("<" | "<=" | ">" | ">=") expression ], in ( ) and in calls; elsewhere a relation is the
 * claim's. */
static gf_tree *comparison(gf_parser *p)
{
    gf_tree *left = expression(p, STRENGTH_SUM);
    gf_token sign = p->token;
    if (!left || !gf_token_is_relation(sign.kind) || sign.kind == TOKEN_EQUAL)
        return left;
    gf_parser_advance(p);
    gf_tree *right = expression(p, STRENGTH_SUM);
    if (right && gf_token_is_relation(p->token.kind))
        return refuse(p, p->token.span, "a comparison has two sides: write (a < b) * (b < c) for a < b < c");
    return right ? binary(p, (gf_tree_kind)(TREE_LESS + (sign.kind - TOKEN_LESS)), sign.span, left, right) : NULL;
}

/* ( comparison ) */
static gf_tree *in_brackets(gf_parser *p)
{
    gf_span open = p->token.span;
    gf_parser_advance(p);
    gf_tree *tree = comparison(p);
    if (!tree || !expect_close(p, TOKEN_CLOSE, open))
        return NULL;
    tree->brackets = true;
    tree->span = (gf_span){open.begin, p->end};
    return tree;
}

/* row := expression { "," expression } */
static gf_tree *row(gf_parser *p)
{
    uint32_t from = p->kid_count, begin = p->token.span.begin;
    do {
        if (!push(p, expression(p, STRENGTH_SUM)))
            return NULL;
        if (p->token.kind == TOKEN_NAME || p->token.kind == TOKEN_NUMBER)
            return refuse(p, p->token.span, "the parts of [ ] stand apart by commas: [a, b]");
    } while (gf_parser_accept(p, TOKEN_COMMA));
    return gather(p, TREE_BESIDE, begin, from);
}

/* [[1, 2], [3, 4]]: two rows to NumPy, and a single one by the meaning of the comma. */
static bool is_nested(const gf_tree *parts)
{
    for (uint32_t k = 0; k < parts->count; k++)
        if (parts->kids[k]->kind != TREE_BESIDE)
            return false;
    return parts->count > 1;
}

/* block := "[" row { ";" row } "]"; a row of one part is that part, where others stand below it. */
static gf_tree *block(gf_parser *p)
{
    gf_span open = p->token.span;
    uint32_t from = p->kid_count;
    gf_parser_advance(p);
    if (p->token.kind == TOKEN_CLOSE_SQUARE)
        return refuse(p, open, "nothing stands in [ ]: a part without entries is zeros(r, 0) or zeros(0, c)");
    do {
        gf_tree *parts = row(p);
        if (!push(p, parts && parts->count == 1 ? parts->kids[0] : parts))
            return NULL;
    } while (gf_parser_accept(p, TOKEN_SEMICOLON));
    if (!expect_close(p, TOKEN_CLOSE_SQUARE, open))
        return NULL;
    if (p->kid_count - from > 1)
        return gather(p, TREE_STACKED, open.begin, from);
    gf_tree *only = p->kids[--p->kid_count];
    if (only->kind == TREE_BESIDE && !only->brackets && is_nested(only))
        return refuse(p, only->span,
                      "[ ] in [ ]: write [a, b; c, d] for rows on top of each other, [a, b, c, d] for a single one");
    if (only->kind == TREE_BESIDE && !only->brackets) {
        only->span = (gf_span){open.begin, p->end};
        only->at = open.begin;
        only->brackets = true;
        return only;
    }
    p->kids[p->kid_count++] = only;
    gf_tree *tree = gather(p, TREE_BESIDE, open.begin, from);
    if (tree)
        tree->brackets = true;
    return tree;
}

/* list := "{" expression { "," expression } "}" */
gf_tree *gf_parse_list(gf_parser *p)
{
    gf_span open = p->token.span;
    uint32_t from = p->kid_count;
    gf_parser_advance(p);
    do
        if (!push(p, expression(p, STRENGTH_SUM)))
            return NULL;
    while (gf_parser_accept(p, TOKEN_COMMA));
    return expect_close(p, TOKEN_CLOSE_BRACE, open) ? gather(p, TREE_LIST, open.begin, from) : NULL;
}

/* over := ("sum" | "prod" | "hcat" | "vcat" | "max") "(" name "," [ expression (".." | "downto") expression "," ]
 * comparison ")" */
static gf_tree *over(gf_parser *p, gf_tree_kind kind, gf_span span)
{
    gf_span open = p->token.span;
    uint32_t from = p->kid_count;
    gf_parser_advance(p);
    uint32_t name = p->token.name;
    gf_parser_advance(p);
    gf_parser_advance(p); /* the comma */
    if (!push(p, comparison(p)))
        return NULL;
    bool down = gf_parser_at_word(p, "downto");
    if (down || p->token.kind == TOKEN_RANGE) {
        gf_parser_advance(p);
        if (!push(p, expression(p, STRENGTH_SUM)) || !gf_parser_expect(p, TOKEN_COMMA, "a comma and an expression") ||
            !push(p, comparison(p)))
            return NULL;
    } else if (p->token.kind == TOKEN_COMMA) {
        return refuse(p, span, "over a range, which has two ends, goes sum(j, A..B, e), and so do prod, hcat and vcat");
    }
    if (!expect_close(p, TOKEN_CLOSE, open))
        return NULL;
    gf_tree *tree = gather(p, kind, span.begin, from);
    if (tree) {
        tree->name = name;
        tree->down = down;
    }
    return tree;
}

/* arguments := "(" [ comparison { "," comparison } [ "|" comparison { "," comparison } ] ] ")" */
gf_tree *gf_parse_arguments(gf_parser *p, uint32_t name, gf_span span)
{
    gf_span open = p->token.span;
    uint32_t from = p->kid_count, bar = 0;
    gf_parser_advance(p);
    for (bool more = p->token.kind != TOKEN_CLOSE; more;) {
        if (!push(p, comparison(p)))
            return NULL;
        more = gf_parser_accept(p, TOKEN_COMMA);
        if (!more && !bar && gf_parser_accept(p, TOKEN_BAR)) {
            bar = p->kid_count;
            more = true;
        }
    }
    uint32_t held = bar ? p->kid_count - bar : 0;
    if (p->token.kind == TOKEN_RANGE)
        return refuse(p, span, "over a range go sum, prod, hcat, vcat and max alone: sum(j, A..B, e)");
    if (!expect_close(p, TOKEN_CLOSE, open))
        return NULL;
    if (held > GF_HELD)
        return refuse(p, span, "more than 1000 names behind the bar");
    gf_tree *tree = gather(p, TREE_CALL, span.begin, from);
    if (tree) {
        tree->name = name;
        tree->held = (uint16_t)held;
    }
    return tree;
}

/* at := name "[" expression "]" */
static gf_tree *at(gf_parser *p, gf_token name)
{
    gf_span open = p->token.span;
    uint32_t from = p->kid_count;
    gf_parser_advance(p);
    if (!push(p, expression(p, STRENGTH_SUM)) || !expect_close(p, TOKEN_CLOSE_SQUARE, open))
        return NULL;
    gf_tree *tree = gather(p, TREE_AT, name.span.begin, from);
    if (tree)
        tree->name = name.name;
    return tree;
}

/* The name of a function's derivative: tanh'. */
static uint32_t derivative_name(gf_parser *p, uint32_t name)
{
    char text[GF_NAME_LIMIT + 2];
    strcpy(text, gf_names_text(&p->file->names, name));
    strcat(text, "'");
    uint32_t number = gf_names_add(&p->file->names, text);
    p->problems->out_of_memory |= number == UINT32_MAX;
    return number == UINT32_MAX ? 0 : number;
}

/* Does a range follow, before the next comma? */
static bool range_follows(gf_lexer ahead, const gf_names *names)
{
    for (int depth = 0; depth >= 0;) {
        gf_token token = gf_lexer_next(&ahead);
        bool word = token.kind == TOKEN_NAME && token.name != UINT32_MAX;
        if (token.kind == TOKEN_END || token.kind == TOKEN_NEWLINE || (!depth && token.kind == TOKEN_COMMA))
            return false;
        if (!depth && (token.kind == TOKEN_RANGE || (word && !strcmp(gf_names_text(names, token.name), "downto"))))
            return true;
        depth += (token.kind == TOKEN_OPEN || token.kind == TOKEN_OPEN_SQUARE) -
                 (token.kind == TOKEN_CLOSE || token.kind == TOKEN_CLOSE_SQUARE);
    }
    return false;
}

/* ( index, … : of max(a, b) a is none, unless it is t. */
static bool binds_index(gf_parser *p, gf_tree_kind kind)
{
    gf_lexer ahead = p->lexer;
    ahead.problems = NULL;
    gf_token index = gf_lexer_next(&ahead);
    p->problems->out_of_memory |= index.name == UINT32_MAX; /* else it would be read as a call */
    if (index.kind != TOKEN_NAME || gf_lexer_next(&ahead).kind != TOKEN_COMMA)
        return false;
    return kind != TREE_MAX || index.name == p->t || range_follows(ahead, &p->file->names);
}

/* named := name | at | over | name [ "'" ] arguments */
static gf_tree *named(gf_parser *p)
{
    gf_token name = p->token;
    const char *text = gf_names_text(&p->file->names, name.name);
    if (gf_word_is_reserved(text)) {
        gf_parser_unexpected(p, "a value (that word belongs to the language)");
        return NULL;
    }
    gf_parser_advance(p);
    if (p->token.kind == TOKEN_OPEN_SQUARE)
        return at(p, name);
    if (p->token.kind == TOKEN_PRIME && !p->token.unicode && gf_parser_peek(p).kind == TOKEN_OPEN) {
        gf_parser_advance(p);
        return gf_parse_arguments(p, derivative_name(p, name.name), name.span);
    }
    for (int kind = TREE_SUM; kind <= TREE_MAX && p->token.kind == TOKEN_OPEN; kind++)
        if (name.name == p->over[kind - TREE_SUM] && binds_index(p, (gf_tree_kind)kind))
            return over(p, (gf_tree_kind)kind, name.span);
    if (p->token.kind == TOKEN_OPEN)
        return gf_parse_arguments(p, name.name, name.span);
    gf_tree *tree = leaf(p, TREE_NAME, name.span);
    if (tree)
        tree->name = name.name;
    return tree;
}

/* open := "?" */
static gf_tree *open_place(gf_parser *p)
{
    gf_span span = p->token.span;
    gf_parser_advance(p);
    return leaf(p, TREE_OPEN, span);
}

/* primary := number | named | "(" comparison ")" | block | open */
static gf_tree *primary(gf_parser *p)
{
    gf_token token = p->token;
    switch (token.kind) {
    case TOKEN_NUMBER:
        gf_parser_advance(p);
        return number(p, token.span, token.number);
    case TOKEN_NAME:
        return named(p);
    case TOKEN_OPEN:
        return in_brackets(p);
    case TOKEN_QUESTION:
        return open_place(p);
    case TOKEN_OPEN_SQUARE:
        return block(p);
    case TOKEN_OPEN_BRACE:
        return refuse(p, token.span,
                      "{ } lists the initial values of an input, one a step; here stands one matrix, [ ]");
    default:
        gf_parser_unexpected(p, "a value");
        return NULL;
    }
}

/* postfix := primary { "'" | "²" | "³" } */
static gf_tree *postfix(gf_parser *p)
{
    gf_tree *tree = primary(p);
    while (tree && (p->token.kind == TOKEN_PRIME || p->token.kind == TOKEN_SQUARE || p->token.kind == TOKEN_CUBE)) {
        gf_token sign = p->token;
        gf_parser_advance(p);
        if (sign.kind == TOKEN_PRIME)
            tree = unary(p, TREE_TRANSPOSE, sign.span, tree->span.begin, tree);
        else if (p->token.kind == TOKEN_SQUARE || p->token.kind == TOKEN_CUBE)
            return refuse(p, sign.span, "write a power of more than one digit with ^");
        else
            tree = binary(p, TREE_POWER, sign.span, tree, number(p, sign.span, sign.kind == TOKEN_SQUARE ? 2 : 3));
    }
    if (tree && p->token.kind == TOKEN_OPEN_SQUARE)
        return refuse(p, p->token.span,
                      "only a name has an index: h[t]; rows and columns of a matrix are rows(a, i, j) "
                      "and cols(a, i, j)");
    return tree;
}

static gf_tree_kind binary_kind(gf_token_kind kind)
{
    switch (kind) {
    case TOKEN_PLUS:
        return TREE_ADD;
    case TOKEN_MINUS:
        return TREE_SUBTRACT;
    case TOKEN_MATMUL:
        return TREE_MATMUL;
    case TOKEN_TIMES:
        return TREE_MULTIPLY;
    case TOKEN_DIVIDE:
        return TREE_DIVIDE;
    case TOKEN_POWER:
        return TREE_POWER;
    default:
        return TREE_NUMBER; /* no operator */
    }
}

/* operand := ("-" | "+") expression(sign) | postfix */
static gf_tree *operand(gf_parser *p)
{
    gf_span sign = p->token.span;
    if (gf_parser_accept(p, TOKEN_PLUS))
        return expression(p, STRENGTH_SIGN);
    if (!gf_parser_accept(p, TOKEN_MINUS))
        return postfix(p);
    gf_tree *kid = expression(p, STRENGTH_SIGN);
    return kid ? unary(p, TREE_NEGATIVE, sign, sign.begin, kid) : NULL;
}

/* The right operand. Where the operator groups from the left it nests no deeper than the left one. */
static gf_tree *right_operand(gf_parser *p, const gf_operator *infix)
{
    if (infix->right)
        return expression(p, infix->strength);
    p->nesting--;
    gf_tree *tree = expression(p, infix->strength + 1);
    p->nesting++;
    return tree;
}

/* expression(strength) := operand { operator expression(its strength, and one more where it groups from the left) }
 * for every operator that binds at least that tightly: gf_operator_of has the table. */
static gf_tree *expression(gf_parser *p, int strength)
{
    if (++p->nesting > GF_NESTING)
        return refuse(
            p, p->token.span,
            "more than 200 brackets, signs and powers within each other: give the inner ones a line of their own");
    gf_tree *left = operand(p);
    gf_tree_kind kind;
    while (left && (kind = binary_kind(p->token.kind)) != TREE_NUMBER) {
        const gf_operator *infix = gf_operator_of(kind);
        if (infix->strength < strength)
            break;
        gf_span sign = p->token.span;
        gf_parser_advance(p);
        gf_tree *right = right_operand(p, infix);
        left = right ? binary(p, kind, sign, left, right) : NULL;
    }
    p->nesting--;
    return left;
}

gf_tree *gf_parse_expression(gf_parser *p)
{
    return expression(p, STRENGTH_SUM);
}

/* --- a text that is one expression ------------------------------------------------------------------------------ */

void gf_parser_start(gf_parser *p, gf_text_file *file, gf_problems *problems)
{
    *p = (gf_parser){.file = file, .problems = problems};
    p->t = gf_names_add(&file->names, "t");
    for (int k = TREE_SUM; k <= TREE_MAX; k++)
        p->over[k - TREE_SUM] = gf_names_add(&file->names, gf_over_word((gf_tree_kind)k));
    problems->out_of_memory |= p->over[TREE_MAX - TREE_SUM] == UINT32_MAX;
    gf_lexer_start(&p->lexer, &file->source, &file->names, problems);
}

gf_tree *gf_parse_text(const char *text, gf_names *names, gf_arena *arena, gf_problems *problems)
{
    gf_text_file file = {.arena = *arena, .names = *names};
    gf_tree *tree = NULL;
    if (gf_source_new(&file.source, "", text, strlen(text))) {
        problems->out_of_memory = true;
    } else {
        gf_parser p;
        gf_parser_start(&p, &file, problems);
        gf_parser_advance(&p);
        tree = gf_parse_expression(&p);
        tree = p.token.kind == TOKEN_END || p.token.kind == TOKEN_NEWLINE ? tree : NULL;
        free(p.kids);
    }
    gf_source_free(&file.source);
    *names = file.names;
    *arena = file.arena;
    return problems->out_of_memory ? NULL : tree;
}

/* --- a text behind a file --------------------------------------------------------------------------------------- */

static void start_at(gf_parser *p, gf_text_file *file, uint32_t begin, gf_problems *problems)
{
    gf_parser_start(p, file, problems);
    p->lexer.at = p->token.span.end = begin;
    gf_parser_advance(p);
}

static bool ends(gf_parser *p, const char *expected)
{
    while (gf_parser_accept(p, TOKEN_NEWLINE))
        continue;
    return p->token.kind == TOKEN_END || gf_parser_unexpected(p, expected);
}

gf_tree *gf_parse_appended(gf_text_file *file, uint32_t begin, gf_problems *problems)
{
    gf_parser p;
    start_at(&p, file, begin, problems);
    gf_tree *tree = gf_parse_expression(&p);
    if (tree && !ends(&p, "an operator or the end"))
        tree = NULL;
    free(p.kids);
    return problems->out_of_memory ? NULL : tree;
}

bool gf_parse_steps(gf_range *out, gf_text_file *file, uint32_t begin, gf_problems *problems)
{
    gf_parser p;
    start_at(&p, file, begin, problems);
    *out = (gf_range){.name = p.t, .at = p.token.span.begin};
    if (p.token.kind == TOKEN_NAME && p.token.name == p.t) {
        gf_parser_advance(&p);
        gf_parser_expect(&p, TOKEN_EQUAL, "=");
    }
    out->low = out->high = gf_parse_expression(&p);
    if (out->low && gf_parser_accept(&p, TOKEN_RANGE))
        out->high = gf_parse_expression(&p);
    bool good = out->high && ends(&p, ".. or the end") && !gf_problems_any(problems);
    free(p.kids);
    return good;
}
