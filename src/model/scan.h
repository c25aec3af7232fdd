/* What an expression needs before it can be worked out: lets, and derivatives. */
#ifndef GF_MODEL_SCAN_H
#define GF_MODEL_SCAN_H

#include "model/running.h"

/* A walk through an expression in which the indices have values. Both functions may be NULL; false ends the walk. */
typedef struct gf_scan gf_scan;
struct gf_scan {
    gf_model *m;
    const gf_binding *bindings;
    bool (*let)(gf_scan *scan, const gf_tree *tree, gf_symbol *symbol, long t); /* a let, at step t where it is timed */
    bool (*derivative)(gf_scan *scan, const gf_tree *call);                     /* a call of grad or jacobian */
    void *data;
    gf_running *running; /* ranges that were walked through are passed over; NULL: none is */
    size_t *work;        /* counts the pieces that were looked at */
};

/* False where the walk was ended. An index that cannot be worked out is passed over: evaluation reports it. So is what
 * would be more work than evaluation allows. */
bool gf_scan_tree(gf_scan *scan, const gf_tree *tree);

/* Is it a call of grad, or of jacobian? */
bool gf_tree_is_grad(const gf_model *m, const gf_tree *tree);
bool gf_tree_is_jacobian(const gf_model *m, const gf_tree *tree);

#endif
