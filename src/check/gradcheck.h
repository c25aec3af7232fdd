/* What the checks of a graph's gradients and of one operation share. */
#ifndef GF_CHECK_GRADCHECK_H
#define GF_CHECK_GRADCHECK_H

#include <gradflow/check.h>

#include "graph/node.h"

/* "nothing was compared". */
void gf_check_start(gf_check *out);

/* Gives what was found to a caller whose struct has room for `size` bytes. */
void gf_check_give(gf_check *out, size_t size, gf_check *own);

/* Counts a comparison, and keeps it if it is worse than the worst so far: one that does not match is worse than one
 * that cannot be told, and that than one that matches. */
void gf_check_take(gf_check *out, const gf_comparison *one, const gf_node *leaf, int slot);

/* Compares the leaf's gradient, by a backward of the loss that has run, with slopes. */
gf_status gf_check_leaf(gf_check *out, gf_node *loss, gf_node *leaf, int slot, double tolerance);

#endif
