/* A text, statement by statement; what is remembered of those that cannot be read. */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "language/parser.h"
#include "text/characters.h"

static bool begins_operand(const gf_parser *p)
{
    gf_token_kind kind = p->token.kind;
    return kind == TOKEN_NUMBER || kind == TOKEN_OPEN || kind == TOKEN_OPEN_SQUARE || kind == TOKEN_QUESTION ||
           (kind == TOKEN_NAME && !gf_word_is_reserved(gf_names_text(&p->file->names, p->token.name)));
}

/* Two operands without an operator between them are the commonest thing to stand behind a whole statement. */
static bool statement_begins(const gf_parser *p)
{
    return gf_word_is_reserved(gf_names_text(&p->file->names, p->token.name)) && !gf_parser_at_word(p, "for") &&
           !gf_parser_at_word(p, "within");
}

static bool at_end(gf_parser *p, const gf_statement *s)
{
    gf_token_kind kind = p->token.kind;
    if (kind == TOKEN_NEWLINE || kind == TOKEN_END)
        return true;
    gf_problem *problem = NULL;
    bool numbers = s->kind == STATEMENT_SIZE || s->kind == STATEMENT_STEPS || s->kind == STATEMENT_SEED ||
                   s->kind == STATEMENT_TRUNCATE;
    if (!s->rows && !numbers && s->kind != STATEMENT_TITLE && begins_operand(p))
        problem = gf_problem_add(p->problems, GF_ERROR_SYNTAX, p->token.span.begin,
                                 "an operator is missing before this: a @ b is the matrix product, a * b the product "
                                 "element by element");
    const char *said =
        p->token.kind == TOKEN_CLOSE || p->token.kind == TOKEN_CLOSE_SQUARE || p->token.kind == TOKEN_CLOSE_BRACE
            ? "this bracket closes none: take it away, or open one before"
        : p->token.kind == TOKEN_NAME && statement_begins(p)
            ? "a second statement begins here: each stands on a line of its own"
            : NULL;
    if (said && !problem)
        problem = gf_problem_add(p->problems, GF_ERROR_SYNTAX, p->token.span.begin, "%s", said);
    gf_problem_under(problem, p->token.span);
    bool more = s->kind == STATEMENT_SIZE && p->token.kind == TOKEN_NAME; /* size n = 3 m = 4 */
    return !problem && gf_parser_unexpected(p, more ? "a comma, as in size n = 3, m = 4" : "the end of the statement");
}

/* What a claim names is not defined by it. */
static bool defines_nothing(const gf_parser *p, const gf_token *first)
{
    return first->kind == TOKEN_NAME && !strcmp(gf_names_text(&p->file->names, first->name), "claim");
}

/* Behind a name: an = , or an index and an = ? */
static bool is_given(gf_token next, gf_lexer ahead)
{
    if (next.kind == TOKEN_OPEN_SQUARE) {
        while (next.kind != TOKEN_CLOSE_SQUARE && next.kind != TOKEN_NEWLINE && next.kind != TOKEN_END)
            next = gf_lexer_next(&ahead);
        next = gf_lexer_next(&ahead);
    }
    return next.kind == TOKEN_EQUAL;
}

/* Remembers the names that a statement which cannot be read would define, so that their uses are no errors too. */
static void remember_names(gf_parser *p, gf_lexer from)
{
    from.problems = NULL;
    bool left = true; /* of the first : or = */
    gf_token token = gf_lexer_next(&from), next;
    if (defines_nothing(p, &token))
        return;
    for (; token.kind != TOKEN_NEWLINE && token.kind != TOKEN_END; token = next) {
        uint32_t depth = from.depth;
        next = gf_lexer_next(&from);
        left = left && token.kind != TOKEN_COLON && token.kind != TOKEN_EQUAL;
        if (token.kind != TOKEN_NAME || depth || !(left || is_given(next, from)))
            continue;
        if (gf_grow(&p->file->mangled, &p->file->mangled_room, p->file->mangled_count + 1))
            p->file->mangled[p->file->mangled_count++] = token.name;
        else
            p->problems->out_of_memory = true;
    }
}

/* Remembers a statement that could not be read, up to where reading stands. */
static void remember_unread(gf_parser *p, uint32_t begin)
{
    gf_text_file *file = p->file;
    if (gf_grow(&file->unread, &file->unread_room, file->unread_count + 1))
        file->unread[file->unread_count++] = (gf_span){begin, p->lexer.at};
    else
        p->problems->out_of_memory = true;
}

/* Links the statements that one line made behind the last of the file; returns the new last. */
static gf_statement *append(gf_parser *p, gf_statement *last, gf_statement *first)
{
    if (last)
        last->next = first;
    else
        p->file->statements = first;
    for (last = first;; last = last->next) {
        last->problems.source = &p->file->source;
        p->file->statement_count++;
        if (!last->next)
            return last;
    }
}

/* file := { statement line-end } */
void gf_text_file_parse(gf_text_file *file, gf_problems *problems)
{
    gf_parser p;
    const char *other = gf_text_other(file->source.text, file->source.size);
    if (other) {
        bool encoded = !strncmp(other, "UTF", 3);
        gf_problem_add(problems, GF_ERROR_SYNTAX, GF_NOWHERE,
                       encoded ? "the file is %s: save it as UTF-8"
                               : "this is %s: a model is a text file, such as gradflow new rnn writes",
                       other);
        return;
    }
    gf_parser_start(&p, file, problems);
    gf_statement *last = NULL;
    for (;;) {
        gf_lexer before = p.lexer;
        gf_parser_advance(&p);
        if (p.token.kind == TOKEN_NEWLINE)
            continue;
        if (p.token.kind == TOKEN_END || problems->out_of_memory)
            break;
        file->end = p.token.span.end;
        gf_statement *s = gf_new_statement(&p, STATEMENT_EQUATION, NULL);
        if (!s)
            break;
        s->span = p.token.span;
        p.nesting = 0;
        p.kid_count = 0;
        bool good = gf_parse_statement(&p, s) && at_end(&p, s);
        for (gf_statement *part = s; part; part = part->next)
            part->span.end = part->kind == STATEMENT_SIZE && part->next ? part->span.end : p.end;
        if (good)
            last = append(&p, last, s);
        else
            remember_names(&p, before);
        file->end = p.end;
        if (!good && p.token.kind != TOKEN_NEWLINE && p.token.kind != TOKEN_END)
            gf_lexer_skip_statement(&p.lexer);
        if (!good)
            remember_unread(&p, s->span.begin);
    }
    free(p.kids);
}
