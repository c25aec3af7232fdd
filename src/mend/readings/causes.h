/* Causes: the lines that are wrong by themselves, with what is right in place of all other lets; and which claims fail
 * only because of them. */
#ifndef GF_MEND_CAUSES_H
#define GF_MEND_CAUSES_H

#include "mend/readings/readings.h"

/* A line that is wrong by itself. */
typedef struct gf_cause_found {
    const gf_statement *line;  /* of a let, or a claim */
    const gf_reading *reading; /* the let; NULL: a claim */
    size_t claim;              /* its number; SIZE_MAX: a let */
    gf_link worst;             /* by itself */
    long at;                   /* the step of a let's line; 0: none */
    bool *behind;              /* by number of a claim: it fails because of this line, and not by itself alone */
} gf_cause_found;

typedef struct gf_causes {
    gf_claims *claims;
    gf_cause_found *list; /* in the order of the file */
    size_t count;
    gf_arena *arena;
} gf_causes;

/* Finds them among the lets that claims which do not hold use, and among these claims. What is right has been forced.
 * They lie in the arena. GF_ERROR_MEMORY. */
gf_status gf_causes_find(gf_causes *out, gf_arena *arena, gf_readings *readings);

/* Notes, by number of a name, which lets should not be brought into a line: those that are wrong by themselves, and
 * what is made of them, where no claim has them together. What is right has been forced. NULL without memory. */
bool *gf_lets_to_avoid(gf_readings *readings, const gf_statement *line);

/* Is this line wrong by itself, in this model: of the let, or of the claim of that number? */
bool gf_line_is_wrong(gf_readings *readings, const gf_reading *reading, const gf_statement *line, size_t claim);

#endif
