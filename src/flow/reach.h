/* The inside of the flow: what is measured of each name in each file, and the forms in which it is written. */
#ifndef GF_FLOW_REACH_H
#define GF_FLOW_REACH_H

#include <gradflow/flow.h>

#include "base/arena.h"
#include "model/model.h"
#include "text/text.h"

/* The norms of one name in one file: for each pair (k, t), or for each step t. */
typedef struct gf_reach {
    const gf_model *m;
    const char *file; /* where the model was read from */
    const char *name; /* of the variable, of the parameter; the text of a path */
    bool pairs;       /* numbers[(k - 1) * steps + t - 1]; else numbers[t - 1], of the steps first to last */
    bool back, ahead; /* of pairs: those with t < k, those with t > k are there */
    bool bounded;     /* of a Jacobian: each way from a step to another goes through it at the steps between; */
    bool unbounded;   /* some do not, nor through it and all states together: */
    double *joint;    /* where it takes them all: norms of their single steps, [t - 1] of that between t and t + 1; */
    double *lift;     /* and of what the variable at step t is to all of them there; NULL: by itself it is bounded */
    bool reversed;    /* it runs backward in time */
    long steps;       /* T */
    long first, last; /* of a row */
    long lag;         /* of a path, k - t: 1 or -1; 0: there is no k */
    double once;      /* of a parameter: what its uses outside of time add; 0: nothing */
    double *numbers;
} gf_reach;

typedef struct gf_flow_work {
    const gf_flow_options *options;
    gf_reach *list;
    size_t count, room;
    gf_arena arena; /* of the numbers and texts */
    gf_model *m;    /* that is looked at: it is told what is wrong */
    size_t model, models;
    size_t numbers; /* so far */
} gf_flow_work;

/* Are the sizes of a page what they may be? Else this is what is wrong. */
bool gf_flow_page_is_sound(const gf_flow_options *options);
extern const char gf_flow_page_wrong[];

/* "flow: " and the reason, a line, for gf_model_message; returns the status. */
gf_status gf_flow_refuse(const gf_flow_work *f, gf_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* So much of the model's work is done. */
void gf_flow_progress(const gf_flow_work *f, double share);

/* A new entry of the list for a name, copied, with room for its numbers; NULL where there is none: *why. */
gf_reach *gf_reach_new(gf_flow_work *f, const char *name, bool pairs, gf_status *why);

/* Is there a number for this pair? And it. */
bool gf_reach_has(const gf_reach *r, long k, long t);
double gf_reach_at(const gf_reach *r, long k, long t);

/* --- names (names.c) ------------------------------------------------------------ */

/* What options->of names, or what is meant without: number k of it, NULL behind the last. *why where it cannot be. */
const gf_model_name *gf_flow_name(const gf_flow_work *f, size_t k, gf_status *why);

/* The states: number k of them; NULL behind the last. */
const gf_model_name *gf_flow_state(const gf_flow_work *f, size_t k);

/* The per-step scalar, or with *timed false the loss of the file, or another 1 x 1 quantity: its name, NULL for the
 * loss of the file. */
gf_status gf_flow_loss(const gf_flow_work *f, const char **name, bool *timed);

/* Does it run backward in time: has it a start behind the last step? */
bool gf_flow_is_reversed(const gf_flow_work *f, const char *name);

/* --- kinds: each adds entries for f->m ------------------------------------------------------------ */

typedef gf_status gf_flow_measure(gf_flow_work *f);
gf_flow_measure gf_flow_measure_loss, gf_flow_measure_jacobians, gf_flow_measure_weights, gf_flow_measure_paths;

/* --- what they say (decay.c) ------------------------------------------------------------ */

/* By the number of steps between k and t: what is left, the geometric mean over all k, each compared with its own
 * nearest number; zeros and what is not finite left out; NaN where nothing is left. */
typedef struct gf_decay {
    double *mean, *bound; /* bound: of the products of one-step norms; NULL: there is none */
    size_t count;
    double factor; /* the geometric mean of successive ratios; NaN where there are none */
    long farthest; /* up to where something is left; -1: nowhere */
    double left;   /* how much, as a share of what there is at distance 0, or the nearest */
    long small;    /* the least distance from which on less than a thousandth is left; 0: none */
    size_t zeros, lost;
} gf_decay;

/* False without memory. Its arrays are in the arena. */
bool gf_decay_of(gf_decay *out, gf_arena *arena, const gf_reach *r);

/* A number in few characters: 0.56, 1e-5. Returns `out`. */
char *gf_flow_number(char out[GF_NUMBER], double number);

/* "× 0.56 a step"; nothing where it has no factor. And "× 0.56 a step; after 20 steps 1e-5 is left". */
void gf_decay_write_factor(gf_text *w, const gf_decay *d);
void gf_decay_write(gf_text *w, const gf_reach *r, const gf_decay *d);

/* --- forms ------------------------------------------------------------ */

typedef gf_status gf_flow_writer(gf_text *w, gf_flow_work *f);
gf_flow_writer gf_flow_write_csv, gf_flow_write_characters, gf_flow_write_picture;

#endif
