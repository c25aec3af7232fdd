/* Patterns of what people write elsewhere: where one fits a line, and what then stands in its place.
 *
 *     np.dot($a, $b)        fits      np.dot(U, x[t] + b)
 *     $a @ $b               makes     U @ (x[t] + b)
 *
 * A pattern is text with holes. Blanks are free where the pattern has one, and beside brackets, commas, = and /. A word
 * fits a whole word that the file does not declare. <dot|matmul> is either; np. or torch. at the begin is any module,
 * which may be missing. The holes:
 *
 *     $a $b $c $e   (and $v) between brackets an argument, elsewhere an operand: W, h[t-1], tanh(a), (a + b)
 *     $h $W $w $u   a name; $L one that a loss has; $f a function of the language; $g a Greek letter's LaTeX name;
 *                   $B letters of a typeface that only mathematics has
 *     $t            an index with t or T in it; $i $j any index; $k whole digits; $d a number; $T the name of the steps
 *     $m            a module, as np.random., or nothing
 *     $q            an argument, wherever it stands; $o an operand that begins with no bracket; $_ a blank, or more
 *     $p            a product, up to the next + or -; $r the rest of the line; $* what stands up to a closing bracket
 *     $= $~         axis= or dim=; more of such, or nothing
 *     $^ $. $$ $<   the begin of the statement, its end, the signs $ and <
 *
 * In what it makes, a hole is put in brackets where its place asks for them; $; is $* with ; for its commas, $P is $B
 * in letters of the keyboard, $+i is i + 1, and $1 is what the line has of the first <dot|matmul>. */
#ifndef GF_LANGUAGE_PATTERNS_H
#define GF_LANGUAGE_PATTERNS_H

#include "language/source.h"

/* What a file knows of a name. */
typedef enum gf_name_kind {
    KNOWN_NOT,    /* nothing */
    KNOWN_NUMBER, /* a size, or the steps */
    KNOWN_PLAIN,  /* a matrix without time */
    KNOWN_TIMED,  /* one with time */
    KNOWN_BROKEN  /* it is defined on a line that cannot be read */
} gf_name_kind;

typedef struct gf_knowledge {
    gf_name_kind (*of)(const void *data, const char *name);
    const void *data;
    const char *steps; /* the name of the steps */
} gf_knowledge;

/* What the names of a match must be, besides. */
enum {
    WHEN_TIMED = 1,      /* $h has time, */
    WHEN_PLAIN = 2,      /* or none */
    WHEN_MODULE = 4,     /* a module stands before it */
    WHEN_EQUATION = 8,   /* the line is no claim; */
    WHEN_NO_NUMBER = 16, /* $h is no size */
    WHEN_LAST = 32,      /* nothing else explains the place; */
    WHEN_NO_SHAPE = 64,  /* it is no declaration */
    WHEN_KNOWN = 128,    /* $h is a matrix of the file */
    WHEN_UNKNOWN = 256,  /* $u is no name of the file, and no number */
    WHEN_SHAPE = 512,    /* it is a declaration, */
    WHEN_CLAIM = 1024,   /* a claim, */
    WHEN_LET = 2048,     /* a let (or either, with both), */
    WHEN_SIZE = 4096     /* a list of sizes */
};

enum { GF_HOLES = 128, GF_CHOICES = 8 }; /* by their letter; of a pattern, at most */

/* Where a pattern fits, and what stands in its holes: places in the line. */
typedef struct gf_match {
    gf_span span;
    gf_span module; /* np., where it stands there */
    gf_span hole[GF_HOLES];
    const char *chosen[GF_CHOICES]; /* of each <a|b>, where in the pattern what stands there begins */
} gf_match;

/* The bytes that a line has. */
typedef struct gf_bytes {
    bool has[256];
} gf_bytes;

gf_bytes gf_bytes_of(const char *line);

/* Could the pattern fit somewhere, by its words and signs? Most do not. */
bool gf_pattern_may_fit(const char *line, const gf_bytes *bytes, const char *pattern);

/* Does the pattern fit the line (one statement, on one line, a 0 behind it) at that place? */
bool gf_pattern_fits(gf_match *out, const char *line, uint32_t at, const char *pattern, unsigned when,
                     const gf_knowledge *known);

/* Adds `here`, its holes filled; and the line with that in the place of the match. */
void gf_pattern_fill(gf_text *w, const char *line, const gf_match *match, const char *here, const gf_knowledge *known);
void gf_pattern_replace(gf_text *w, const char *line, const gf_match *match, const char *here,
                        const gf_knowledge *known);

/* Is all that stands in the holes short, names and the like, so that a reader sees it at a glance? */
bool gf_pattern_is_short(const gf_match *match, const char *line);

/* Adds a pattern, or what it makes, as a reader sees it: np.dot(a, b); of <a|b> the first. Where it fits a line, with
 * the module and the choices of that line; else match and line are NULL. */
void gf_pattern_show(gf_text *w, const char *pattern, const gf_match *match, const char *line);

/* Past np. or torch. at its begin. */
const char *gf_pattern_past_module(const char *pattern);

/* --- characters of a line, for both (line.c) --- */

/* The end of the name at a place, where there is none the place itself; and the begin of one that ends there. */
uint32_t gf_name_end(const char *line, uint32_t at);
uint32_t gf_name_begin(const char *line, uint32_t at);

/* The place one character back. */
uint32_t gf_one_back(const char *line, uint32_t at);

/* Past the bracket that closes the one at a place; 0 where none does. Past blanks. */
uint32_t gf_group_end(const char *line, uint32_t at);
uint32_t gf_past_blanks(const char *line, uint32_t at);

/* The letter that a LaTeX command names, NULL if it is none: delta is δ. */
const char *gf_greek(const char *name, size_t size);

#endif
