/* Models like a given one, with another seed, other steps, smaller sizes: what holds by chance in one does not in all.
 */
#ifndef GF_REPAIR_WITNESS_H
#define GF_REPAIR_WITNESS_H

#include "claims/claims.h"

/* In what a witness differs. */
typedef struct gf_setting {
    long steps;       /* 0: as many */
    int seed;         /* how far from the model's own */
    bool other_sizes; /* than the file has, all different, as far as it does not fix them */
} gf_setting;

/* A text, read, unrolled and judged. */
typedef struct gf_witness {
    gf_model *m;
    gf_claims claims;
    bool judged;
} gf_witness;

/* Reads a text as the model's is read, with its settings but for these. `judged` says whether the claims could be
 * judged. GF_ERROR_MEMORY; free it in any case. */
gf_status gf_witness_make(gf_witness *out, const gf_model *like, const char *text, gf_setting setting);
void gf_witness_free(gf_witness *witness);

/* The model's text, with a piece in place of another, and without its claims but for those to keep: number `only`, or
 * all (SIZE_MAX). NULL without memory; the caller frees it. */
char *gf_witness_text(const gf_model *m, gf_span old, const char *instead, size_t only);

/* Does claim number k hold, to GF_TOLERANCE whatever it says itself, and say something: it has instances, and its sides
 * are not the same expression, nor both nothing? */
bool gf_witness_holds(gf_witness *witness, size_t k);

#endif
