/* What an expression needs before it can be worked out: names, and derivatives. One walk finds them, that of shapes,
 * of unrolling and of judging; where it comes to sum(s, 1..t, E(s)), it goes through E at s = 1, s = 2 …, or, for whom
 * names alone matter, once, with s open. */
#ifndef GF_MODEL_SCAN_H
#define GF_MODEL_SCAN_H

#include "model/running.h"

typedef struct gf_scan gf_scan;
struct gf_scan {
    gf_model *m;
    const gf_binding *bindings; /* while a function is called: the indices there */
    bool open;            /* the bodies of sums and products are looked at once, and their indices have no value */
    gf_symbol_kind least; /* SYMBOL_PARAM: matrices and lets; SYMBOL_LET: lets alone */
    /* Both return false to end the walk. A name of such a kind, at step t where it has one that is known, else 0; and a
     * call of grad or jacobian, or NULL: they are passed over, with the names in them. */
    bool (*name)(gf_scan *scan, const gf_tree *tree, gf_symbol *symbol, long t);
    bool (*derivative)(gf_scan *scan, const gf_tree *call);
    void *data;
    gf_running *running; /* ranges that were walked through are passed over; NULL: none is */
    size_t *work; /* counts the pieces that were looked at; NULL: indices are work on the model, as evaluation is, */
    gf_problems *problems; /* and here it is reported where they are too many */
};

/* False where the walk was ended. An index that cannot be worked out is passed over: evaluation reports it. So is what
 * would be more work than evaluation allows. */
bool gf_scan_tree(gf_scan *scan, const gf_tree *tree);

/* Is it a call of grad, or of jacobian? */
bool gf_tree_is_grad(const gf_model *m, const gf_tree *tree);
bool gf_tree_is_jacobian(const gf_model *m, const gf_tree *tree);
bool gf_tree_is_derivative(const gf_model *m, const gf_tree *tree); /* of either */

#endif
