/* Text -> tokens. */
#ifndef GF_LANGUAGE_LEXER_H
#define GF_LANGUAGE_LEXER_H

#include "base/names.h"
#include "language/source.h"

typedef enum gf_token_kind {
    TOKEN_END,     /* of the file */
    TOKEN_NEWLINE, /* the end of a statement: line ends inside brackets, after operators … are left out */
    TOKEN_BAD,     /* what cannot be read; the problem has been reported */
    TOKEN_NAME,
    TOKEN_NUMBER,
    TOKEN_STRING,
    TOKEN_OPEN, /* ( */
    TOKEN_CLOSE,
    TOKEN_OPEN_SQUARE,
    TOKEN_CLOSE_SQUARE,
    TOKEN_OPEN_BRACE,
    TOKEN_CLOSE_BRACE,
    TOKEN_COMMA,
    TOKEN_SEMICOLON,
    TOKEN_COLON,
    TOKEN_TILDE,
    TOKEN_BAR,
    TOKEN_RANGE, /* .. */
    TOKEN_EQUAL,
    TOKEN_LESS,
    TOKEN_LESS_EQUAL,
    TOKEN_GREATER,
    TOKEN_GREATER_EQUAL,
    TOKEN_PLUS,
    TOKEN_MINUS,
    TOKEN_TIMES,  /* * ∘ ⊙ */
    TOKEN_DIVIDE, /* / */
    TOKEN_MATMUL, /* @ · ⋅ ∙ */
    TOKEN_POWER,  /* ^ */
    TOKEN_PRIME,  /* ' ᵀ ′ ’ */
    TOKEN_SQUARE, /* ² */
    TOKEN_CUBE,   /* ³ */
    TOKEN_CROSS,  /* ×, which stands in a shape only */
    TOKEN_QUESTION
} gf_token_kind;

/* = < <= > >= */
static inline bool gf_token_is_relation(gf_token_kind kind)
{
    return kind >= TOKEN_EQUAL && kind <= TOKEN_GREATER_EQUAL;
}

enum { GF_NAME_LIMIT = 200 }; /* bytes of a name */

typedef struct gf_token {
    gf_token_kind kind;
    gf_span span;
    gf_span inside; /* TOKEN_STRING: what stands between the quotes */
    bool unicode;   /* TOKEN_PRIME: ᵀ, which cannot begin the argument of a derivative */
    uint32_t name;  /* TOKEN_NAME: its number */
    double number;  /* TOKEN_NUMBER */
} gf_token;

/* Where reading stands; a copy of it reads the same tokens again. */
typedef struct gf_lexer {
    const gf_source *source;
    gf_names *names;
    gf_problems *problems; /* NULL while looking ahead */
    uint32_t at;
    uint32_t depth;     /* open brackets */
    gf_token_kind last; /* the token before */
    bool defines;       /* the parser is behind the = of a definition: no other = can follow */
    bool not_utf8;      /* that was said, once for the file */
} gf_lexer;

void gf_lexer_start(gf_lexer *lexer, const gf_source *source, gf_names *names, gf_problems *problems);

/* The next token. */
gf_token gf_lexer_next(gf_lexer *lexer);

/* Leaves a statement that cannot be read: goes to the end of the line, or, where brackets are open, to the line on
 * which the next statement seems to begin. */
void gf_lexer_skip_statement(gf_lexer *lexer);

/* Is it one of the words that begin a statement, or belong to one (for, within, downto)? */
bool gf_word_begins_statement(const char *word, size_t size);
bool gf_word_is_reserved(const char *word);

#endif
