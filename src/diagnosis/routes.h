/* The paths of the chain rule by name, and sweeps in which they count more, less or not at all.
 *
 * A route is a step of a path, from one variable to one whose equation uses it: c[t] -> c[t+1]. All the steps are one
 * route, whatever t is: what is forgotten is forgotten at every t. */
#ifndef GF_DIAGNOSIS_ROUTES_H
#define GF_DIAGNOSIS_ROUTES_H

#include "graph/jacobian.h"
#include "model/model.h"

typedef struct gf_route {
    uint32_t from, to; /* numbers of names; to is 0 for the loss, and for what a claim differentiates */
    long shift;        /* the step of `to` less that of `from`, where both are timed */
    bool far;          /* all shifts larger than GF_SHIFT, both ways, are one route */
    bool timed;        /* both are */
    bool several;      /* it is there at more than one place, and not at these steps alone: */
    long from_t, to_t;
    int use;        /* the how manieth use of `from` in the equation; each use is a route of its own */
    uint32_t first; /* the number of the route of the first use, which stands for all of them in messages */
    uint32_t uses;  /* of the first: how many there are */
    uint32_t next;  /* of the same `from`; 0: none */
} gf_route;

enum { GF_SHIFT = 4, GF_USES = 8 };

/* The routes of an unrolled model. Route number 0 is none: an edge within an equation. */
typedef struct gf_routes {
    const gf_model *m;
    size_t nodes;
    size_t *first_edge; /* by node id: where its slots begin in */
    uint32_t *of_edge;  /* the number of the route */
    gf_route *list;
    uint32_t count;
    size_t room;
    uint32_t *first_of; /* by number of the name: its first route */
    gf_arena arena;
    bool out_of_memory;
} gf_routes;

/* Finds them. GF_ERROR_MEMORY, GF_ERROR_LIMIT where the graph is too large for this; free it in any case. */
gf_status gf_routes_find(gf_routes *routes, const gf_model *m);
void gf_routes_free(gf_routes *routes);

/* "c[t] -> c[t+1]", where `between` is " -> "; `end` is what stands for name 0. */
void gf_route_write(gf_text *w, const gf_routes *routes, uint32_t number, const char *between, const char *end);

/* Does it lead from one step to another? +1: to a later one, -1: to an earlier one, 0: no. */
int gf_route_crosses(const gf_route *route);

/* --- sweeps (sweep.c) --------------------------------------------------------------------------------------------- */

/* What one route brought to one variable of a sweep. */
typedef struct gf_part gf_part;
struct gf_part {
    uint32_t route;
    double *sum; /* like the variable's Jacobian */
    gf_part *next;
};

/* A tracing whose edges count as their routes do. */
typedef struct gf_route_sweep {
    gf_tracing tracing; /* y, x, count and arrived, which finds the sweep in tracing->data; the rest is ours */
    const gf_routes *routes;
    const double *weight; /* by route: how often it counts; NULL: once */
    void *data;
    double *work, most_work; /* counts multiplications; where it gets over the most, the sweep ends */
    /* If wanted: where it has been, by route; and, by variable, what each route out of it brought, and what its uses at
     * the first and the last step did (NULL: nothing). They lie in `kept`. */
    bool *touched;
    gf_part **parts;
    double **first_use, **last_use;
    gf_arena *kept;
    bool out_of_memory;
} gf_route_sweep;

/* True where it came to its end. */
bool gf_route_sweep_run(gf_route_sweep *sweep);

#endif
