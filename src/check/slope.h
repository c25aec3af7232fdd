/* The slope of a 1 x 1 node over one entry of a leaf, from its values alone, and how far it can be trusted. */
#ifndef GF_CHECK_SLOPE_H
#define GF_CHECK_SLOPE_H

#include <gradflow/graph.h>

typedef struct gf_slope {
    double value;
    double estimate; /* of its error; INFINITY where a kink, or the end of where the loss is a number, is too near */
} gf_slope;

/* (f(x + s) - f(x - s)) / 2s with s = step * max(1, |x|). The node and the leaf, a parameter or an input, belong to one
 * graph; the leaf's value is restored. */
double gf_slope_plain(gf_node *loss, gf_node *leaf, int i, int j, double step);

/* Ridders' extrapolation (Advances in Engineering Software 4, 1982) of such differences. */
gf_slope gf_slope_find(gf_node *loss, gf_node *leaf, int i, int j);

/* What slopes say of a gradient. */
typedef enum gf_opinion { GF_AGREES, GF_UNTOLD, GF_DIFFERS } gf_opinion;

/* Of a gradient and slopes whose norms are at most `larger`, that are `difference` apart, and of which `estimate` is
 * the norm of the estimated errors. Ten times that may be wrong; where that is a thousandth of the gradient or more,
 * the slopes are too rough to speak for it. */
gf_opinion gf_slope_opinion(double difference, double larger, double estimate, double tolerance);

#endif
