/* gradflow/init.h: initial values of parameters and inputs.
 *
 * Each function sets the value of a leaf (gf_param, gf_input, gf_given) from the
 * graph's generator, which gf_seed seeds; the same seed and the same calls give the same
 * values to the last bit on every machine. The entries are drawn row by row. Each
 * returns GF_OK, or GF_ERROR_ARGUMENT where the node is no leaf or a number makes no
 * sense (sd < 0, hi < lo, p > 1, not finite); the graph remembers.
 *
 * The generator is xoshiro256** (Blackman and Vigna 2018), its state filled by four
 * outputs of splitmix64 that starts at the seed. A uniform number is the upper 53
 * bits of an output times 2^-53. A normal number comes from uniform ones by
 * comparisons alone (Karney, Sampling exactly from the normal distribution, 2016),
 * since the logarithm and the cosine of the usual ways differ from one maths library
 * to the next in the last bit. */
#ifndef GRADFLOW_INIT_H
#define GRADFLOW_INIT_H

#include <gradflow/graph.h>

GF_BEGIN_DECLS

/* All entries 0; all this number; normal with that mean and standard deviation; uniform. */
GF_API gf_status gf_init_zeros(gf_node *leaf);
GF_API gf_status gf_init_constant(gf_node *leaf, double number);
GF_API gf_status gf_init_normal(gf_node *leaf, double mean, double sd);
GF_API gf_status gf_init_uniform(gf_node *leaf, double lo, double hi); /* lo <= x < hi; lo, where both are equal */
/* Uniform in +-sqrt(6 / (rows + cols)) (Glorot and Bengio 2010). */
GF_API gf_status gf_init_xavier(gf_node *leaf);
/* Normal with mean 0 and standard deviation sqrt(2 / inputs) (He et al. 2015). The
 * inputs of x @ W, as the cells of cell.h have it, are W's rows; those of W @ x are
 * its columns. */
GF_API gf_status gf_init_he(gf_node *leaf, bool rows_are_inputs);
/* gain * Q, Q with orthonormal rows or columns, whichever are fewer: Gram-Schmidt
 * of a normal matrix (Saxe, McClelland and Ganguli 2013). May fail with
 * GF_ERROR_MEMORY, too. */
GF_API gf_status gf_init_orthogonal(gf_node *leaf, double gain);
/* Each row (of a one-column matrix, the column) is zeros with a single 1. */
GF_API gf_status gf_init_onehot(gf_node *leaf);
/* Each entry is 1 with probability p, else 0: masks. p lies in [0, 1]. */
GF_API gf_status gf_init_bernoulli(gf_node *leaf, double p);
/* Each entry is 0 with probability `rate`, else 1 / (1 - rate), 0 <= rate < 1: a mask for dropout (Srivastava et al.
 * 2014), drawn anew for each update. To evaluate, it is set to 1, with the same graph:
 *
 *     gf_node *mask = gf_given(g, "mask", B, H), *kept = gf_mul(h, mask);
 *     …
 *     gf_init_dropout(mask, 0.5);
 *     …
 *     gf_init_constant(mask, 1);
 */
GF_API gf_status gf_init_dropout(gf_node *leaf, double rate);

GF_END_DECLS

#endif
