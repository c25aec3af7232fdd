/* The inside of the parser: text_file.c reads a text with it, statements.c its lines, parser.c what stands in them. */
#ifndef GF_LANGUAGE_PARSER_H
#define GF_LANGUAGE_PARSER_H

#include "language/lexer.h"
#include "language/tree.h"

typedef struct gf_parser {
    gf_text_file *file;
    gf_problems *problems;
    gf_lexer lexer;
    gf_token token; /* the next one */
    uint32_t end;   /* where the token before it ended */
    int nesting;
    gf_tree **kids; /* a stack: the kids of the nodes being read */
    uint32_t kid_count;
    size_t kid_room;
    uint32_t t, over[TREE_MAX - TREE_SUM + 1]; /* numbers of names: t; sum, prod … */
} gf_parser;

/* At the begin of the file's text. p->kids is the caller's to free. */
void gf_parser_start(gf_parser *p, gf_text_file *file, gf_problems *problems);

/* To the next token. */
void gf_parser_advance(gf_parser *p);

/* The token behind the next one. */
gf_token gf_parser_peek(const gf_parser *p);

/* If the next token is of that kind, goes past it. */
bool gf_parser_accept(gf_parser *p, gf_token_kind kind);

/* Goes past a token that must stand here; false, with a problem, where it does not. */
bool gf_parser_expect(gf_parser *p, gf_token_kind kind, const char *what);

/* Is the next token this word? */
bool gf_parser_at_word(const gf_parser *p, const char *word);

/* Reports that the next token is not what should stand here ("expected …, found …"); always false. Nothing is said
 * where the lexer has said already that the token cannot be read. */
bool gf_parser_unexpected(gf_parser *p, const char *expected);

/* An expression; NULL where there is none, reported. */
gf_tree *gf_parse_expression(gf_parser *p);

/* ( arguments | held ) after a name; NULL where it is wrong, reported. */
gf_tree *gf_parse_arguments(gf_parser *p, uint32_t name, gf_span span);

/* { one, matrix, a, step }; NULL where it is wrong, reported. */
gf_tree *gf_parse_list(gf_parser *p);

/* A new statement; it has `from` in common with another, where that is not NULL. NULL without memory. */
gf_statement *gf_new_statement(gf_parser *p, gf_statement_kind kind, const gf_statement *from);

/* Reads one statement, up to what stands behind it; of names that share a declaration, one each. False where it is
 * wrong, reported. */
bool gf_parse_statement(gf_parser *p, gf_statement *s);

#endif
