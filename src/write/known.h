/* What every writer asks of a derivation: the let of a name, and the shape of an expression in the sizes of the file.
 */
#ifndef GF_WRITE_KNOWN_H
#define GF_WRITE_KNOWN_H

#include "derive/inside.h"

typedef struct gf_known {
    const gf_derivation_lines *d;
    const gf_derived **lets; /* by number of a name: its first let, or NULL */
    uint32_t count;          /* of names */
    gf_deriving shapes;      /* the shapes of names and lets; its bindings are the indices that are open */
    gf_binding step;         /* t, of which step 1 is a sample */
    gf_problems problems;
    gf_arena arena;
} gf_known;

/* False without memory. It stays where it is, and ends with gf_known_end in any case. */
bool gf_known_begin(gf_known *k, const gf_derivation_lines *d);
void gf_known_end(gf_known *k);

/* Was there no memory, so that what was told may be wrong? */
bool gf_known_failed(const gf_known *k);

/* The let that defines the name, for every step or for the first that has a line of its own; NULL if there is none. */
const gf_derived *gf_known_let(const gf_known *k, uint32_t name);

/* Is it a claim that says what the name of a let says already: grad(h[t]) = dh[t]? */
bool gf_known_repeats(const gf_known *k, const gf_derived *line);

/* A line for a step by its number, such as dh[2]: it was derived for the steps of the file, and with more of them a
 * term may be missing. NULL: there is none, and what was derived is right with any number of steps. */
const gf_derived *gf_numbered_line(const gf_derivation_lines *d);

/* Is the expression 1 x 1, whatever the sizes are? */
bool gf_known_is_one(gf_known *k, const gf_tree *tree);

#endif
