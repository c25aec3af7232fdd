/* Equations as mathematics: a tree becomes pieces of text, each upright, italic or bold, on the line, low or high. Who
 * draws them says how large they are.
 *
 *     h[t] = tanh(x[t] @ U + h[t-1] @ W)  ->  h, bold italic; t, low; " = tanh(", upright; x, italic; t, low; …
 *
 * Names stand as they are written in the file; an index is a subscript, or, at a step that is asked for, its number. */
#ifndef GF_WRITE_TYPESET_H
#define GF_WRITE_TYPESET_H

#include "model/model.h"

typedef enum gf_script { GF_ON_LINE, GF_LOW, GF_HIGH } gf_script;

typedef struct gf_piece {
    const char *text; /* UTF-8; neighbours differ in what follows */
    bool bold, italic;
    gf_script script;
} gf_piece;

typedef struct gf_typeset {
    gf_model *m;
    gf_arena *arena; /* of the texts */
    /* What is set: a list that ends with gf_typeset_free. */
    gf_piece *pieces;
    size_t count, room;
    bool failed; /* without memory: what is there may be cut */
    /* How. */
    const gf_binding *bindings; /* indices; of those that have a value the value is written */
    const char *ending; /* params whose names end so have it low, U_f for Uf in the equation of f; NULL: none do */
    const char *low;    /* what stands there in its place, in an equation of several: U_∗; NULL: the ending */
    gf_script script;   /* where all that follows stands */
} gf_typeset;

/* The model has been unrolled: its shapes tell `⊙` from `·`. */
gf_typeset gf_typeset_begin(gf_model *m, gf_arena *arena);
void gf_typeset_free(gf_typeset *s);

/* Adds a text; the name of a quantity, bold where it is the one that is defined; an expression. */
void gf_typeset_text(gf_typeset *s, const char *text);
void gf_typeset_name(gf_typeset *s, const char *name, bool defined);
void gf_typeset_tree(gf_typeset *s, const gf_tree *tree);

/* Adds an equation with its left side: one name, or several that share it, "f, i, o"; index NULL: without time. */
void gf_typeset_equation(gf_typeset *s, const uint32_t names[], size_t count, const gf_tree *index,
                         const gf_tree *value);

/* How many bytes of a param's name stay where it loses the ending; all, where it does not end so, would be nothing
 * then, or would be another name of the file. */
size_t gf_without_ending(const gf_model *m, uint32_t name, const char *ending);

#endif
