/* Lines of a model file as pieces of text: a reader of its own, so that what plants mistakes shares no code with what
 * finds them. */
#ifndef GF_PLANTED_LINES_H
#define GF_PLANTED_LINES_H

#include <stdbool.h>
#include <stddef.h>

typedef enum piece_kind {
    PIECE_NUMBER,
    PIECE_NAME, /* h */
    PIECE_AT,   /* h[t-1]: one piece, the index is read from its text */
    PIECE_CALL, /* f(a, b | c) */
    PIECE_NEGATIVE,
    PIECE_TRANSPOSED,
    PIECE_OPERATION, /* of two, by op: + - @ * / ^ */
    PIECE_ROW,       /* [a, b] */
    PIECE_RANGE      /* a..b, a downto b: an argument of sum and prod */
} piece_kind;

enum { PIECES = 256, KIDS = 8 };

typedef struct piece {
    piece_kind kind;
    char op;           /* PIECE_OPERATION; of PIECE_RANGE 'd' for downto */
    size_t begin, end; /* in the text, with brackets around it */
    size_t op_at;      /* where the operator stands */
    bool brackets;
    int kids[KIDS], count;
    int held; /* PIECE_CALL: kids behind the bar */
    int up;   /* -1: a side of the line */
} piece;

/* One line: a let, or a claim. */
typedef struct line {
    const char *text;
    size_t size;
    piece pieces[PIECES];
    int count;
    int sides[8], side_count; /* expressions between relations; of a let, its right side */
    size_t sides_end;         /* behind the last of them */
    bool inequality;          /* one of the relations, at least */
    bool good;
} line;

/* Reads a line, "let dh[t] = …" or "claim "label": …", of which nothing but that is in the text. */
void line_read(line *out, const char *text, size_t size);

/* Does the piece's text say exactly this? */
bool piece_is(const line *l, const piece *p, const char *text);

/* The text of a piece, as a string of static storage, one of several in turn. */
const char *piece_text(const line *l, const piece *p);

/* Text without blanks and comments. The caller frees it. */
char *line_squeezed(const char *text, size_t size);

/* The line written so that two lines that say the same, but for the order of sums and of products element by element,
 * and for brackets and blanks, are the same text. The caller frees it. */
char *line_canonical(const line *l);

#endif
