/* Running totals: sums and products over a range that were worked out are kept, and neighbours built on them.
 *
 * A claim about prod(s, t downto j+1, E(s)) at every t and every j < t has T^2 / 2 instances, and T^3 / 6 factors; but
 * each product has one factor more, or one less, than one that was worked out just before. So what comes together on
 * the way, E(t), E(t) @ E(t-1) …, is kept as a run: the totals of the first 1, 2, 3 … terms from a fixed one on. A
 * range that begins there is in the run, or goes on where it ends. A run may also grow at its front, up to a fixed
 * last term: for prod(s, t downto 1, E(s)) at t = 1, 2, 3 …, and for sum(s, t..T, E(s)).
 *
 * That is right as long as the body comes to the same. So a copy of its tree is kept, with what the other indices in
 * it were worth; and where a let is forgotten, all of this is.
 *
 * Before a value is worked out, its lets are, and before all of them its derivatives are taken down: each time the
 * range is walked through. Of ranges that have been walked through only what is new is. */
#ifndef GF_MODEL_RUNNING_H
#define GF_MODEL_RUNNING_H

#include "model/evaluate.h"

enum { GF_BODIES = 16, GF_RUNS = 4 };

/* Totals of the first terms from index `fixed` on; `backward`: of the last terms up to it. */
typedef struct gf_run {
    double *totals; /* one after the other, each of the body's shape */
    size_t count, room;
    long fixed;
    bool backward;
    size_t used; /* when, by the clock; 0: never */
} gf_run;

/* What a range is walked through for. */
typedef enum gf_purpose { PURPOSE_LETS, PURPOSE_DERIVATIVES, GF_PURPOSES } gf_purpose;

/* The indices low to high; none where low > high. */
typedef struct gf_stretch {
    long low, high;
} gf_stretch;

/* What stands within sums, or within products, and what the other indices in it are worth. */
typedef struct gf_body {
    gf_arena arena;
    const gf_tree *tree; /* a copy of the first that had it; NULL: none yet */
    gf_binding *names;   /* every name in it, and its value where it is an index */
    size_t name_count;
    size_t since; /* when, by the clock, they got these values */
    gf_stretch walked[GF_PURPOSES];
    bool busy;             /* a total of it is being worked out, perhaps with others in it */
    bool met;              /* it was asked for with these values before, */
    long first, last;      /* over this range */
    bool number, constant; /* what its totals are like */
    int rows, cols;        /* 0 x 0: not known yet */
    gf_run runs[GF_RUNS];
    size_t used;
} gf_body;

/* Zero-initialise it, but for most_bytes. */
struct gf_running {
    gf_body bodies[GF_BODIES];
    size_t most_bytes, bytes; /* of all totals */
    size_t clock;
};

/* The sum or product over a range that is not empty; e->graph is there. */
gf_term gf_running_total(gf_evaluation *e, const gf_tree *tree, const gf_extent *extent);

/* Takes from the range what has been walked through for that purpose, unless something lies between. When the rest has
 * been, too, gf_running_walked is told, with the ticket; it is 0 where nothing is noted down. */
size_t gf_running_walk(gf_evaluation *e, const gf_tree *tree, gf_purpose purpose, gf_extent *extent);
void gf_running_walked(gf_running *running, size_t ticket, gf_purpose purpose, const gf_extent *whole);

/* Forgets everything. */
void gf_running_clear(gf_running *running);

#endif
