/* Lines with a ?: what stands there, and hints at what belongs there. */
#ifndef GF_MEND_HINTS_HINTS_H
#define GF_MEND_HINTS_HINTS_H

#include "mend/stages.h"

/* A line with a ?, as it is told. */
typedef struct gf_opening {
    const gf_statement *line; /* a let, or a claim */
    const char *stands_for;   /* of a let: "grad(c[t])"; "" */
    int rows, cols;           /* of what belongs there; 0: that cannot be told */
    int paths;                /* that the rest of the line leaves out; -1: that cannot be told */
    const char *hints;        /* in lines */
} gf_opening;

typedef struct gf_openings {
    gf_opening *list; /* in the order of the file */
    size_t count;
} gf_openings;

/* Finds what lets with a ? stand for, puts it in for them and judges what uses them; and hints at what belongs there,
 * by level: 1 to 4 (open.c). What is found lies in the arena, and what is put in, too: it has to outlive the claims.
 * GF_ERROR_MEMORY. */
gf_status gf_openings_find(gf_openings *out, gf_arena *arena, gf_claims *claims, int level);

/* --- inside ------------------------------------------------------------------------------------------------------- */

typedef struct gf_hints {
    bool plain;   /* asked for: terms as they are derived, without the file's lets for what they come to */
    bool unfit;   /* asked for: nothing of summands that cannot be formed, or have another shape, which are told */
    int paths;    /* as gf_opening has it */
    bool told;    /* the line as it should be is among them, which it can be at level 4 */
    gf_mend mend; /* where it is told: what makes it, */
    size_t begin; /* and where in the text it begins, which it ends; 0: lines for single steps follow */
} gf_hints;

/* Hints at what belongs in place of the ? of a line, from its terms, in lines of text (hints.c). `words` names what is
 * meant where that has no name: "the gradient of tanh's argument in h[t]"; else NULL. The right values have been
 * forced. False without memory. */
bool gf_hints_find(gf_text *w, gf_hints *out, gf_line *line, const char *words, int level);

#endif
