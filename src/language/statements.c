/* Tokens -> statements. Each production stands above the function that reads it. */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "language/parser.h"
#include "text/nearest.h"

/* --- lists ---------------------------------------------------------------------------------------------- */

/* A list of the parser's that ends up in the arena: sides of a claim, its ranges, names that share a declaration. */
typedef struct collection {
    char *items;
    size_t size, room; /* of an item; in items */
    uint32_t count;
} collection;

static void *add(gf_parser *p, collection *c)
{
    if (!gf_grow_bytes(&c->items, &c->room, c->count + 1, c->size)) {
        p->problems->out_of_memory = true;
        return NULL;
    }
    return memset(c->items + c->count++ * c->size, 0, c->size);
}

/* Moves the items to the arena. */
static void *keep(gf_parser *p, collection *c)
{
    void *items = gf_arena_get(&p->file->arena, c->count * c->size);
    if (items && c->count)
        memcpy(items, c->items, c->count * c->size);
    p->problems->out_of_memory |= !items;
    free(c->items);
    c->items = NULL;
    return items;
}

gf_statement *gf_new_statement(gf_parser *p, gf_statement_kind kind, const gf_statement *from)
{
    if (p->file->begun == GF_STATEMENTS)
        gf_problem_add(p->problems, GF_ERROR_LIMIT, p->token.span.begin,
                       "a file may have %d statements, and here more begin", GF_STATEMENTS);
    if (p->file->begun++ >= GF_STATEMENTS)
        return NULL;
    gf_statement *s = gf_arena_get(&p->file->arena, sizeof *s);
    if (!s) {
        p->problems->out_of_memory = true;
        return NULL;
    }
    if (from)
        *s = *from;
    s->kind = kind;
    s->next = NULL;
    return s;
}

static bool refuse(gf_parser *p, gf_span span, const char *text)
{
    gf_problem_under(gf_problem_add(p->problems, GF_ERROR_SYNTAX, span.begin, "%s", text), span);
    return false;
}

/* --- parts of statements ----------------------------------------------------------------------------------- */

/* name := a name that is no word of the language */
static bool target_name(gf_parser *p, gf_statement *s)
{
    if (p->token.kind == TOKEN_NAME && gf_word_is_reserved(gf_names_text(&p->file->names, p->token.name))) {
        gf_problem *problem = gf_problem_add(p->problems, GF_ERROR_SYNTAX, p->token.span.begin,
                                             "%s is a word of the language, and cannot be a name: choose another",
                                             gf_names_text(&p->file->names, p->token.name));
        gf_problem_under(problem, p->token.span);
        return false;
    }
    s->name = p->token.name;
    s->name_span = p->token.span;
    return gf_parser_expect(p, TOKEN_NAME, "a name");
}

/* target := name [ "[" expression "]" ] */
static bool target(gf_parser *p, gf_statement *s)
{
    if (!target_name(p, s))
        return false;
    gf_span open = p->token.span;
    if (!gf_parser_accept(p, TOKEN_OPEN_SQUARE))
        return true;
    s->index = gf_parse_expression(p);
    if (!s->index)
        return false;
    if (p->token.kind == TOKEN_NEWLINE || p->token.kind == TOKEN_END) {
        gf_problem_under(gf_problem_add(p->problems, GF_ERROR_SYNTAX, open.begin, "this bracket is not closed"), open);
        return false;
    }
    bool closed = gf_parser_expect(p, TOKEN_CLOSE_SQUARE, "an operator or ]");
    s->name_span.end = p->end;
    return closed;
}

/* "=" of a definition: no other may follow before the next statement. */
static bool defines(gf_parser *p)
{
    p->lexer.defines = true;
    if (gf_parser_expect(p, TOKEN_EQUAL, "="))
        return true;
    p->lexer.defines = false;
    return false;
}

/* The x of a shape, free-standing, or ×. */
static bool cross(gf_parser *p)
{
    return gf_parser_at_word(p, "x") ? gf_parser_accept(p, TOKEN_NAME)
                                     : gf_parser_expect(p, TOKEN_CROSS, "the x of a shape such as 3 x m");
}

/* shape := ":" expression "x" expression */
static bool shape(gf_parser *p, gf_statement *s)
{
    return gf_parser_expect(p, TOKEN_COLON, "a colon and the shape, such as : 3 x m") &&
           (s->rows = gf_parse_expression(p)) && cross(p) && (s->cols = gf_parse_expression(p));
}

/* What stands between the quotes of the next token, in the arena. */
static const char *inside_quotes(gf_parser *p)
{
    gf_span span = p->token.inside;
    char *text = gf_arena_get(&p->file->arena, span.end - span.begin + 1);
    if (text)
        memcpy(text, p->file->source.text + span.begin, span.end - span.begin);
    p->problems->out_of_memory |= !text;
    return text;
}

/* csv := "csv" "(" text ")" */
static gf_tree *csv(gf_parser *p)
{
    gf_span span = p->token.span;
    gf_parser_advance(p);
    gf_parser_advance(p); /* the bracket */
    if (p->token.kind != TOKEN_STRING) {
        gf_parser_unexpected(p, "the name of a file, csv(\"file.csv\")");
        return NULL;
    }
    const char *text = inside_quotes(p);
    uint32_t name = text ? gf_names_add(&p->file->names, text) : UINT32_MAX;
    gf_parser_advance(p);
    if (!gf_parser_expect(p, TOKEN_CLOSE, ")"))
        return NULL;
    span.end = p->end;
    gf_tree *tree = gf_tree_new(&p->file->arena, TREE_TEXT, span, NULL, 0);
    if (!tree || name == UINT32_MAX) {
        p->problems->out_of_memory = true;
        return NULL;
    }
    tree->name = name;
    return tree;
}

/* value := "=" ( list | csv | expression ) */
static bool init_value(gf_parser *p, gf_init *init)
{
    init->kind = INIT_VALUE;
    if (p->token.kind == TOKEN_OPEN_BRACE)
        init->value = gf_parse_list(p);
    else if (gf_parser_at_word(p, "csv") && gf_parser_peek(p).kind == TOKEN_OPEN)
        init->value = csv(p);
    else
        init->value = gf_parse_expression(p);
    return init->value;
}

/* random := "~" name [ arguments ] */
static bool init_random(gf_parser *p, gf_init *init)
{
    gf_token name = p->token;
    init->kind = INIT_RANDOM;
    if (!gf_parser_expect(p, TOKEN_NAME,
                          "a distribution: normal(mean, sd), uniform(lo, hi), xavier, he, orthogonal, "
                          "onehot or bernoulli(p)"))
        return false;
    if (p->token.kind == TOKEN_OPEN)
        return (init->call = gf_parse_arguments(p, name.name, name.span));
    init->call = gf_tree_new(&p->file->arena, TREE_CALL, name.span, NULL, 0);
    p->problems->out_of_memory |= !init->call;
    if (init->call)
        init->call->name = name.name;
    return init->call;
}

/* init := [ value | random ] */
static bool init(gf_parser *p, gf_init *init)
{
    init->span.begin = p->token.span.begin;
    bool good = true;
    if (gf_parser_accept(p, TOKEN_EQUAL))
        good = init_value(p, init);
    else if (gf_parser_accept(p, TOKEN_TILDE))
        good = init_random(p, init);
    init->span.end = p->end;
    return good;
}

/* --- statements ------------------------------------------------------------------------------------------------ */

/* title := "title" text */
static bool title(gf_parser *p, gf_statement *s)
{
    if (p->token.kind == TOKEN_STRING)
        s->text = inside_quotes(p);
    return gf_parser_expect(p, TOKEN_STRING, "the title between quotes, as in title \"An LSTM\"");
}

/* steps := "steps" name "=" expression */
static bool steps(gf_parser *p, gf_statement *s)
{
    if (p->token.kind == TOKEN_NUMBER)
        return gf_parser_unexpected(p, s->kind == STATEMENT_STEPS ? "a name, as in steps T = 5"
                                                                  : "a name, as in size n = 3");
    const char *example = s->kind == STATEMENT_STEPS ? "=, as in steps T = 5" : "=, as in size n = 3, m = 4";
    return target_name(p, s) && gf_parser_expect(p, TOKEN_EQUAL, example) && (s->value = gf_parse_expression(p));
}

/* size := "size" name "=" expression { "," name "=" expression } */
static bool size(gf_parser *p, gf_statement *s)
{
    while (steps(p, s)) {
        s->span.end = p->end;
        if (!gf_parser_accept(p, TOKEN_COMMA))
            return true;
        s->next = gf_new_statement(p, STATEMENT_SIZE, s);
        if (!s->next)
            return false;
        s = s->next;
    }
    return false;
}

/* seed := "seed" expression, loss := "loss" expression, truncate := "truncate" expression */
static bool only_value(gf_parser *p, gf_statement *s)
{
    return (s->value = gf_parse_expression(p));
}

/* names := target { "," target }: a statement each; the last one is returned, NULL where something is wrong. */
static gf_statement *targets(gf_parser *p, gf_statement *s)
{
    while (target(p, s)) {
        if (!gf_parser_accept(p, TOKEN_COMMA))
            return s;
        s->next = gf_new_statement(p, s->kind, s);
        if (!s->next)
            return NULL;
        s = s->next;
        s->index = NULL;
    }
    return NULL;
}

/* What was read behind the last of several names belongs to each of them. */
static void share(gf_statement *first, const gf_statement *last)
{
    for (gf_statement *s = first; s && s != last; s = s->next) {
        s->rows = last->rows;
        s->cols = last->cols;
        s->init = last->init;
        s->value = last->value;
    }
}

/* declaration := ("input" | "given" | "param") names shape init */
static bool declaration(gf_parser *p, gf_statement *s)
{
    gf_statement *last = targets(p, s);
    bool good = last && shape(p, last) && init(p, &last->init);
    if (good)
        share(s, last);
    return good;
}

/* start := "start" names ( shape init | "=" expression ) */
static bool start(gf_parser *p, gf_statement *s)
{
    gf_statement *last = targets(p, s);
    if (!last)
        return false;
    bool good = p->token.kind == TOKEN_EQUAL ? defines(p) && (last->value = gf_parse_expression(p))
                                             : shape(p, last) && init(p, &last->init);
    if (good)
        share(s, last);
    return good;
}

/* equation := target "=" expression, let := "let" target "=" expression */
static bool definition(gf_parser *p, gf_statement *s)
{
    return target(p, s) && defines(p) && (s->value = gf_parse_expression(p));
}

/* --- claims ------------------------------------------------------------------------------------------------------- */

/* sides := expression relation expression { relation expression } */
static bool sides(gf_parser *p, gf_statement *s)
{
    collection trees = {.size = sizeof(gf_tree *)}, relations = {.size = sizeof(gf_relation)};
    collection places = {.size = sizeof(uint32_t)};
    bool good = true, more = true;
    while (good && more) {
        gf_tree **side = add(p, &trees);
        good = side && (*side = gf_parse_expression(p));
        more = good && gf_token_is_relation(p->token.kind);
        gf_relation *relation = more ? add(p, &relations) : NULL;
        uint32_t *place = more ? add(p, &places) : NULL;
        good = good && (!more || (relation && place));
        if (relation && place) {
            *relation = (gf_relation)(p->token.kind - TOKEN_EQUAL);
            *place = p->token.span.begin;
            gf_parser_advance(p);
        }
    }
    if (good && trees.count < 2)
        good = gf_parser_unexpected(p, "a relation (a claim says a = b, a <= b, a < b, a >= b or a > b)");
    s->side_count = trees.count;
    s->sides = keep(p, &trees);
    s->relations = keep(p, &relations);
    s->relation_at = keep(p, &places);
    return good && s->sides && s->relations && s->relation_at;
}

/* range := name "=" expression ".." expression */
static bool range(gf_parser *p, gf_range *r)
{
    gf_statement s = {0};
    if (!target_name(p, &s) || !gf_parser_expect(p, TOKEN_EQUAL, "= and the range, such as for j = 1..t"))
        return false;
    r->name = s.name;
    r->at = s.name_span.begin;
    return (r->low = gf_parse_expression(p)) &&
           gf_parser_expect(p, TOKEN_RANGE,
                            ".. and the end of the range, such as for t = 2..T, or 2..2 for one step") &&
           (r->high = gf_parse_expression(p));
}

/* ranges := "for" range { "," range } */
static bool ranges(gf_parser *p, gf_statement *s)
{
    collection list = {.size = sizeof(gf_range)};
    bool good = true;
    do {
        gf_range *r = add(p, &list);
        good = r && range(p, r);
    } while (good && gf_parser_accept(p, TOKEN_COMMA));
    s->range_count = list.count;
    s->ranges = keep(p, &list);
    return good && s->ranges;
}

/* claim := "claim" [ text ":" ] sides [ ranges ] [ "within" expression ] */
static bool claim(gf_parser *p, gf_statement *s)
{
    if (p->token.kind == TOKEN_STRING) {
        s->text = inside_quotes(p);
        gf_parser_advance(p);
        if (!gf_parser_expect(p, TOKEN_COLON, "a colon behind the label"))
            return false;
    }
    if (!sides(p, s))
        return false;
    for (;;) {
        bool within = gf_parser_at_word(p, "within"), over = gf_parser_at_word(p, "for");
        if ((!within || s->value) && (!over || s->ranges))
            return true;
        gf_parser_advance(p);
        if (over ? !ranges(p, s) : !(s->value = gf_parse_expression(p)))
            return false;
    }
}

/* --- words ----------------------------------------------------------------------------------------------------- */

static const struct {
    const char *word;
    gf_statement_kind kind;
    bool (*parse)(gf_parser *p, gf_statement *s);
    const char *between; /* the word and a value, as in `steps T = 5`, for those who write `steps = 5` */
    const char *example; /* for those who write the word alone */
} statements[] = {
    {"title", STATEMENT_TITLE, title, "", "title \"An LSTM\""},
    {"steps", STATEMENT_STEPS, steps, "T = ", "steps T = 5"},
    {"size", STATEMENT_SIZE, size, "n = ", "size n = 3"},
    {"seed", STATEMENT_SEED, only_value, "", "seed 7"},
    {"input", STATEMENT_INPUT, declaration, "x : 1 x 1 = ", "input x[t] : n x 1"},
    {"given", STATEMENT_GIVEN, declaration, "y : 1 x 1 = ", "given y[t] : k x 1 ~ onehot"},
    {"param", STATEMENT_PARAM, declaration, "W : 1 x 1 = ", "param W : m x n"},
    {"start", STATEMENT_START, start, "h[0] : 1 x 1 = ", "start h[0] : m x 1 = 0"},
    {"loss", STATEMENT_LOSS, only_value, "", "loss sum(t, L[t])"},
    {"let", STATEMENT_LET, definition, "a = ", "let p[t] = softmax(z[t])"},
    {"truncate", STATEMENT_TRUNCATE, only_value, "", "truncate 3"},
    {"claim", STATEMENT_CLAIM, claim, "a = ", "claim grad(W) = sum(t, dW[t])"},
};

enum { STATEMENT_WORDS = sizeof statements / sizeof *statements };

/* WORD = …, WORD: … or WORD[…] = …, where the word is one that begins statements: somebody uses it as a name. */
static bool is_misused(const gf_parser *p, int word)
{
    gf_statement_kind kind = statements[word].kind;
    bool declares = statements[word].parse == declaration || statements[word].parse == start;
    gf_lexer ahead = p->lexer;
    ahead.problems = NULL;
    gf_token token = gf_lexer_next(&ahead);
    if (token.kind != TOKEN_OPEN_SQUARE)
        return token.kind == TOKEN_EQUAL || (token.kind == TOKEN_COLON && !declares && kind != STATEMENT_CLAIM);
    if (token.span.begin > p->token.span.end)
        return false; /* claim [a; b] = c */
    uint32_t depth = ahead.depth;
    while (ahead.depth >= depth && token.kind != TOKEN_NEWLINE && token.kind != TOKEN_END)
        token = gf_lexer_next(&ahead);
    return token.kind == TOKEN_CLOSE_SQUARE && gf_lexer_next(&ahead).kind == TOKEN_EQUAL;
}

/* loss = …, steps: 5: how that is written. `ahead` stands behind the word. */
static bool explain_word(gf_parser *p, gf_lexer ahead, const char *word, const char *between)
{
    ahead.problems = NULL;
    gf_lexer_next(&ahead); /* = or : */
    gf_token token = gf_lexer_next(&ahead);
    gf_span value = {token.span.begin, token.span.begin};
    for (; token.kind != TOKEN_NEWLINE && token.kind != TOKEN_END; token = gf_lexer_next(&ahead))
        value.end = token.span.end;
    gf_text w = {0};
    gf_source_quote(&w, &p->file->source, value, 60);
    size_t name = strcspn(between, " :[");
    bool quoted = !strcmp(word, "title") && token.kind != TOKEN_STRING && *gf_text_string(&w) != '"';
    bool named = strchr(gf_text_string(&w), '='); /* size: n = 3 */
    between = quoted ? "\"" : named ? "" : between;
    bool itself = name && w.size == name && !memcmp(gf_text_string(&w), between, name); /* steps = T */
    gf_problem *problem =
        gf_problem_add(p->problems, GF_ERROR_SYNTAX, p->token.span.begin,
                       "%s is a word of the language: write %s %s%s%s, or choose another name", word, word, between,
                       itself   ? "5"
                       : w.size ? gf_text_string(&w)
                                : "…",
                       quoted ? "\"" : "");
    gf_problem_under(problem, p->token.span);
    p->problems->out_of_memory |= w.failed;
    gf_text_free(&w);
    return false;
}

/* Something that begins with a name and is no equation: perhaps a word is misspelt, or one is missing. */
static bool explain_beginning(gf_parser *p, gf_token first)
{
    gf_token_kind kind = p->token.kind;
    const char *word = gf_names_text(&p->file->names, first.name);
    gf_nearest nearest = {.wanted = word};
    if (p->problems->count >= GF_PROBLEMS_KEPT)
        return true; /* nothing more is said: a book is read in no time */
    for (int k = 0; k < STATEMENT_WORDS; k++)
        gf_nearest_offer(&nearest, statements[k].word);
    gf_problem *problem = NULL;
    if (nearest.found && kind != TOKEN_COLON)
        problem = gf_problem_add(p->problems, GF_ERROR_SYNTAX, first.span.begin,
                                 "no statement begins with %s: did you mean %s?", word, nearest.found);
    else if (kind == TOKEN_COLON || kind == TOKEN_COMMA)
        problem = gf_problem_add(p->problems, GF_ERROR_SYNTAX, first.span.begin,
                                 "a declaration begins with input, given, param or start: param %s : …", word);
    else if (kind == TOKEN_NAME && gf_parser_peek(p).kind == TOKEN_COLON)
        problem = gf_problem_add(p->problems, GF_ERROR_SYNTAX, first.span.begin,
                                 "no statement begins with %s; a declaration begins with input, given, param or start: "
                                 "param %s : …",
                                 word, gf_names_text(&p->file->names, p->token.name));
    else if (kind == TOKEN_NAME || kind == TOKEN_STRING || kind == TOKEN_NUMBER)
        problem = gf_problem_add(p->problems, GF_ERROR_SYNTAX, first.span.begin,
                                 "no statement begins with %s; an equation is %s[t] = …", word, word);
    bool minimum = !strcmp(word, "minimize") || !strcmp(word, "minimise");
    p->file->loss_meant |= problem && (minimum || (nearest.found && !strcmp(nearest.found, "loss")));
    gf_problem_under(problem, first.span);
    return problem;
}

/* What stands before a statement: a number or mark of its line, or an operator of the line before. */
static bool explain_mark(gf_parser *p, gf_token first)
{
    gf_lexer ahead = p->lexer;
    ahead.problems = NULL;
    gf_token next = gf_lexer_next(&ahead), behind = gf_lexer_next(&ahead);
    bool begins = next.kind == TOKEN_COLON ||
                  (next.kind == TOKEN_NAME && (behind.kind == TOKEN_EQUAL || behind.kind == TOKEN_OPEN_SQUARE ||
                                               gf_word_is_reserved(gf_names_text(&p->file->names, next.name))));
    bool marks = gf_token_is_relation(first.kind) || first.kind == TOKEN_BAR;
    bool operates = first.kind >= TOKEN_PLUS && first.kind <= TOKEN_POWER;
    p->file->loss_meant |= begins; /* it may be the one */
    if (first.kind == TOKEN_NUMBER && begins)
        refuse(p, first.span, "a line begins with a number: take the numbers of lines away");
    else if (marks || (operates && begins && first.kind != TOKEN_MATMUL))
        refuse(p, first.span, "a line begins with the mark of a list or a quotation: take it away");
    else if (operates)
        refuse(p, first.span,
               "a line begins with an operator: what goes on ends on it, so put it behind the line before");
    else
        return false;
    return true;
}

/* A word, and nothing behind it. */
static bool only_begins(gf_parser *p, const char *example)
{
    gf_problem_add(p->problems, GF_ERROR_SYNTAX, p->end, "the line ends here: write the rest, as in %s", example);
    return false;
}

/* statement := title | steps | size | seed | declaration | start | equation | loss | truncate | let | claim */
bool gf_parse_statement(gf_parser *p, gf_statement *s)
{
    gf_token first = p->token;
    s->kind = STATEMENT_EQUATION;
    int word = 0;
    while (word < STATEMENT_WORDS && !gf_parser_at_word(p, statements[word].word))
        word++;
    if (word < STATEMENT_WORDS && !is_misused(p, word)) {
        s->kind = statements[word].kind;
        gf_parser_advance(p);
        bool alone = p->token.kind == TOKEN_NEWLINE || p->token.kind == TOKEN_END;
        return alone ? only_begins(p, statements[word].example) : statements[word].parse(p, s);
    }
    if (word < STATEMENT_WORDS && gf_parser_peek(p).kind != TOKEN_OPEN_SQUARE)
        return explain_word(p, p->lexer, statements[word].word, statements[word].between);
    if (first.kind != TOKEN_NAME && explain_mark(p, first))
        return false;
    if (first.kind != TOKEN_NAME)
        return gf_parser_unexpected(p, "a statement");
    if (!target(p, s))
        return false;
    if (p->token.kind != TOKEN_EQUAL && explain_beginning(p, first))
        return false;
    return defines(p) && (s->value = gf_parse_expression(p));
}
