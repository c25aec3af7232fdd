/* A claim on trial: its sides worked out once, so that an edited side is judged in microseconds. */
#ifndef GF_MEND_TRIAL_H
#define GF_MEND_TRIAL_H

#include "claims/claims.h"

/* What a side came to at an instance. */
typedef struct gf_side {
    bool known;
    bool adapts; /* zeros of any shape */
    gf_matrix value;
} gf_side;

typedef struct gf_trial {
    gf_judged *judged;
    gf_side *sides;   /* side s at instance k: [s * count + k] */
    size_t count;     /* instances */
    size_t *order;    /* of instances: first those that fail */
    bool *bad;        /* by link: it fails somewhere, or cannot be judged */
    uint32_t varying; /* the only side that is made of lets; UINT32_MAX: there are several */
    size_t tried;     /* edits */
} gf_trial;

/* Works out the sides of a claim that does not hold, as they stand. GF_ERROR_MEMORY; free it in any case. */
gf_status gf_trial_start(gf_trial *out, gf_judged *judged);
void gf_trial_free(gf_trial *trial);

/* Could an edit of this side make the claim hold? Not where another link is wrong as well. */
bool gf_trial_may_mend(const gf_trial *trial, uint32_t side);

/* Would the claim hold, at every instance, with this expression as its side? */
bool gf_trial_holds_with(gf_trial *trial, uint32_t side, const gf_tree *tree);

/* Does the claim hold as it stands, with lets as they are now? */
bool gf_trial_holds(gf_trial *trial);

#endif
