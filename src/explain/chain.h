/* The strongest chain between two values, link by link. */
#ifndef GF_EXPLAIN_CHAIN_H
#define GF_EXPLAIN_CHAIN_H

#include "explain/inside.h"

typedef struct gf_chain_link {
    gf_spot from, to;
    const char *term; /* what `from` receives */
    double norm;      /* of what has come back to `from`, along this chain */
    double factor;    /* by which that is larger than at `to` */
} gf_chain_link;

typedef struct gf_chain {
    gf_spot from, to;
    gf_chain_link *links; /* from `from` on */
    size_t count;
    double start;           /* the norm of what arrives at `to` */
    gf_matrix value, whole; /* what comes back to `from`: along this chain, along all of them */
    double norm, whole_norm, share, cosine;
    double chains; /* how many there are */
    int kept;      /* how many each value keeps */
} gf_chain;

/* False where there is none, which is noted in one line, or something went wrong. */
bool gf_chain_find(gf_explaining *x, gf_chain *out, const gf_spot *from, const gf_spot *to);

/* Does the second depend on the first? */
bool gf_chain_exists(gf_explaining *x, const gf_spot *from, const gf_spot *to);

#endif
