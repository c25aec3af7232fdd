/* The inside of the writer of NumPy: names and expressions in Python, and lines that are not too long. */
#ifndef GF_WRITE_NUMPY_H
#define GF_WRITE_NUMPY_H

#include "write/known.h"
#include "write/schedule.h"
#include "write/words.h"

/* They stand where a line may be broken, at a sum or, rather not, at a product; else they are blanks. */
#define GF_BREAK "\1"
#define GF_WEAK_BREAK "\2"

typedef struct gf_python {
    gf_text *w;
    const gf_derivation_lines *d;
    const gf_names *names;
    gf_known *known;
    gf_arena arena;
    const char **name;        /* by number: what Python calls it; NULL: not asked yet */
    const char **index;       /* the same of an index of a sum, which may be spelt like a name */
    bool *used;               /* by number: matrices and sizes that occur, functions that need a definition */
    bool *on_demand;          /* by number: names without time that are computed on demand, as step 1 of themselves */
    bool close;               /* in an index or a size: no blanks, and divisions come out even */
    bool reduces, multiplies; /* functools.reduce and math.prod occur */
} gf_python;

/* False without memory. */
bool gf_python_begin(gf_python *p, gf_text *w, gf_known *known);
void gf_python_end(gf_python *p);

/* A name as Python has it, without what Python reserves; it is used from now on. Never NULL. */
const char *gf_python_name(gf_python *p, uint32_t name);
const char *gf_python_index(gf_python *p, uint32_t name);

/* The name of a function's definition: relu' is relu_prime. */
void gf_python_function(gf_text *w, const char *name);

/* An expression, with GF_BREAK where a line may end. */
void gf_python_tree(gf_python *p, const gf_tree *tree);

/* The same as the value of a name, whose shape a plain number takes. */
void gf_python_value(gf_python *p, uint32_t name, const gf_tree *tree);

/* An index or a size, and that plus a number: t-1 and 1 are t. */
void gf_python_integer(gf_python *p, const gf_tree *tree, int more);

/* (m, 1): the shape of a name. */
void gf_python_shape(gf_python *p, uint32_t name);

/* Adds a line: `before`, the expression, `behind`; broken where it is longer than 79 characters, in brackets of its own
 * where it has none. */
void gf_python_line(gf_text *w, int indent, const char *before, const char *expression, const char *behind);

/* Adds `size` bytes of text as a comment, on more lines where it is long. */
void gf_python_comment(gf_text *w, int indent, const char *text, size_t size);

/* --- the program (numpy.c, numpy_head.c) ---------------------------------------------------------- */

typedef struct gf_program {
    gf_python p;
    bool why;
    bool *declared;                /* by number: names with time, and sizes, that the program has made */
    bool starts, on_demand, timed; /* what it needs */
} gf_program;

enum { GF_BODY = 4, GF_INNER = 8 }; /* indents */

/* What a call of `write` adds, as a text of its own. */
#define GF_PIECE(piece, call)                                                                                          \
    gf_text piece = {0};                                                                                               \
    do {                                                                                                               \
        gf_text *whole = g->p.w;                                                                                       \
        g->p.w = &piece;                                                                                               \
        call;                                                                                                          \
        g->p.w = whole;                                                                                                \
        whole->failed |= piece.failed;                                                                                 \
    } while (0)

/* "h[0]", as the file writes it; "W" where the index is NULL. */
void gf_python_key(gf_text *w, const gf_names *names, uint32_t name, const gf_tree *index);

/* The starts of a name that are no equations: h[0] = given.get("h[0]", …). */
void gf_program_starts(gf_program *g, uint32_t name);

/* What stands before the body, and is written when the body is: title and imports, functions, classes, the docstring,
 * W = params["W"] or, of those with time, x = Steps((1, n), inputs["x"]), and the number of steps and the sizes. */
void gf_program_title(gf_program *g);
void gf_program_functions(gf_program *g);
void gf_program_classes(gf_program *g);
void gf_program_docstring(gf_program *g);
void gf_program_arguments(gf_program *g, bool timed);
void gf_program_sizes(gf_program *g);

#endif
