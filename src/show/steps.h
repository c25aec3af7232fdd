/* Which steps of a name there are, and whether an expression asks for others. */
#ifndef GF_SHOW_STEPS_H
#define GF_SHOW_STEPS_H

#include "model/model.h"
#include "text/text.h"

typedef struct gf_steps {
    gf_model *m;
    uint32_t name; /* what is not there: this name's */
    long missing;  /* step */
} gf_steps;

/* Is every step there that an expression asks for by a number: c[9], c[T+3]; with `at`, where t is `step`, by t, too?
 * Indices of sums are passed over. */
bool gf_steps_are_there(gf_steps *s, const gf_tree *tree, bool at, long step);

/* "c[9]: there are c[1] to c[5], and c[0]"; of a name that is called by `label`; of what was found missing. */
void gf_steps_write(gf_text *w, const gf_model *m, uint32_t name, const char *label);
void gf_steps_write_missing(gf_text *w, const gf_steps *s);

#endif
