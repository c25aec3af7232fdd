/* The gradients and Jacobians that lets and claims ask for. Each is worked out once; those of one y with the same names
 * held come from one sweep. */
#ifndef GF_CLAIMS_DERIVATIVES_H
#define GF_CLAIMS_DERIVATIVES_H

#include "base/names.h"
#include "graph/node.h"

/* A node; or, of the step in which they stand, those of its uses alone: GF_EVERY_STEP: all of them. */
typedef struct gf_variable {
    gf_node *node;
    int step;
} gf_variable;

/* What one grad(v, s | held) or jacobian(y, x | held) asks for: of y with respect to x. */
typedef struct gf_wanted {
    gf_node *y;    /* NULL where it is beyond the ends, which nothing depends on */
    gf_variable x; /* its node is NULL where it is beyond the ends, which nothing comes from */
    uint32_t held; /* number of the set of held nodes; 0: none */
} gf_wanted;

/* The derivatives of one y under one set of held nodes. */
typedef struct gf_group {
    gf_node *y;
    uint32_t held;
    uint32_t first; /* of its requests; 0: none */
} gf_group;

/* One derivative: a row for each entry of y, a column for each entry of x. */
typedef struct gf_request {
    gf_variable x;
    uint32_t group, next; /* next of the same group; 0: none */
    gf_matrix value;      /* data NULL: not worked out */
} gf_request;

typedef struct gf_held {
    gf_node **nodes;
    size_t count;
} gf_held;

/* Zero-initialise it, but for what comes first. Numbers count from 1. */
typedef struct gf_derivatives {
    gf_node *loss;     /* whose gradients come from backward */
    size_t most_bytes; /* of values that are kept; beyond, they are dropped, and worked out anew when asked for */
    gf_arena arena;
    gf_index group_of;   /* of (y, number of the held nodes) */
    gf_index request_of; /* of (group and x, step) */
    gf_names held_keys;  /* texts that tell one set of held nodes from the others */
    gf_group *groups;
    gf_request *requests;
    gf_held *held;
    size_t group_room, request_room, held_room;
    size_t bytes;  /* of all values */
    size_t sweeps; /* how many times something was differentiated */
} gf_derivatives;

/* The number of the set of held nodes with that key, "" being the empty one; where it is new, gf_derivatives_hold must
 * be told what is in it. UINT32_MAX without memory. */
uint32_t gf_derivatives_held(gf_derivatives *d, const char *key, bool *is_new);
gf_status gf_derivatives_hold(gf_derivatives *d, uint32_t number, gf_node *const nodes[], size_t count);

/* Takes down that it will be asked for, so that it comes out of the same sweep as the others of its group. */
gf_status gf_derivatives_want(gf_derivatives *d, const gf_wanted *wanted);

/* The derivative, its rows y's entries, its columns x's: neither y nor x is NULL. It belongs to d, and stays up to the
 * next call. */
gf_status gf_derivatives_get(gf_derivatives *d, const gf_wanted *wanted, const gf_matrix **out);

void gf_derivatives_free(gf_derivatives *d);

#endif
