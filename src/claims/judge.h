/* The values of lets and claims: expressions worked out beside the model's graph. */
#ifndef GF_CLAIMS_JUDGE_H
#define GF_CLAIMS_JUDGE_H

#include "claims/derivatives.h"
#include "model/evaluate.h"
#include "model/order.h"
#include "model/running.h"

/* A let that could not be worked out at one step, and why. */
typedef struct gf_failure {
    const gf_symbol *symbol;
    long t;
    const gf_problems *problems;
    bool circle; /* it needs itself */
    bool open;   /* its line has a ? */
} gf_failure;

/* What stands for an open line of a let at one step. The value is somebody else's. */
typedef struct gf_filling {
    gf_symbol *symbol;
    long t;
    const gf_matrix *value;
} gf_filling;

/* What is shared by all lets and claims of a model while they are judged. */
typedef struct gf_judge {
    gf_model *m;
    gf_graph *scratch;  /* values are worked out in it; what is in it lives up to the next gf_judge_clear */
    gf_running running; /* what sums and products came to, with the lets as they are */
    gf_derivatives derivatives;
    gf_names built_keys; /* what grad(v, s) and jacobian(y, x) are of, where that is no name: as text; */
    gf_node **built;     /* its node in the model's graph, by the number of the text */
    size_t built_room;
    size_t mark;        /* nodes of the model's graph before */
    gf_names collected; /* lets whose derivatives have been collected */
    gf_order order;     /* of lets */
    gf_matrix *shapes;  /* of lets, by the number of the name, once a value is known; without data */
    size_t bytes;       /* of the values of lets */
    gf_failure *failures;
    size_t failure_count, failure_room;
    gf_problems **owned; /* of failures */
    size_t owned_count, owned_room;
    const gf_problems *blame;   /* where an expression failed because of a let: what is wrong with that let */
    const gf_filling *fillings; /* for lets that are open: whoever finds them keeps them */
    size_t filling_count;
    size_t scanned;
    size_t within, beyond; /* reads of names at steps that there are, and beyond the ends, but for those in lets */
    bool out_of_memory;
} gf_judge;

/* The model is unrolled. Lets that were worked out before are forgotten. GF_ERROR_MEMORY; free it in any case. */
gf_status gf_judge_start(gf_judge *judge, gf_model *m);
void gf_judge_free(gf_judge *judge);

/* Takes down the derivatives that an expression, and the lets in it, ask for: once all are known, each group costs one
 * sweep. What is not taken down is worked out when it is met, at a higher price. */
void gf_judge_collect(gf_judge *judge, const gf_tree *tree, const gf_binding *bindings);

/* Works out an expression, after the lets that it needs. Its node lies in judge->scratch. Where it is TERM_BAD, either
 * `problems` has one more, or judge->blame says what is wrong with a let. */
gf_term gf_judge_evaluate(gf_judge *judge, gf_problems *problems, const gf_tree *tree, const gf_binding *bindings);

/* The value of such a term, rows x cols where its shape is open (0 x 0: its own). NULL, reported, where it cannot be.
 * It lives up to gf_judge_clear. */
const gf_matrix *gf_judge_matrix(gf_judge *judge, gf_problems *problems, const gf_tree *tree, gf_term term, int rows,
                                 int cols);

/* Both, as work of its own; a plain 0 takes rows x cols, too. `problems` is NULL where nobody asks why. */
const gf_matrix *gf_judge_value(gf_judge *judge, gf_problems *problems, const gf_tree *tree, const gf_binding *bindings,
                                int rows, int cols);

/* Drops what was worked out; lets, derivatives, sums and products are kept. */
void gf_judge_clear(gf_judge *judge);

/* Forgets the lets as well: a line of one has been edited. */
void gf_judge_forget_lets(gf_judge *judge);

/* What a call of grad or jacobian asks for (wanted.c). False, reported, where it cannot be. y and x have these shapes
 * even where they are beyond the ends. */
typedef struct gf_asked {
    gf_wanted wanted;
    int y_rows, y_cols, x_rows, x_cols;
} gf_asked;

bool gf_judge_asked(gf_judge *judge, gf_asked *out, gf_problems *problems, const gf_tree *call,
                    const gf_binding *bindings);

/* --- inside ---------------------------------------------------------------------------------------------------- */

/* Works out every let that an expression needs, in the order in which they need each other (lets.c). */
void gf_judge_work_lets(gf_judge *judge, const gf_tree *tree, const gf_binding *bindings);
gf_status gf_judge_start_lets(gf_judge *judge);
void gf_judge_free_lets(gf_judge *judge);

/* What is wrong with a let that has failed. Never NULL. */
const gf_problems *gf_judge_failure(const gf_judge *judge, const gf_symbol *symbol, long t);

/* Are these the problems of a let whose line has a ?, and for which nothing stands? */
bool gf_judge_is_open(const gf_judge *judge, const gf_problems *problems);

/* Works the let out at every step: is it in no circle? */
bool gf_judge_is_ordered(gf_judge *judge, uint32_t name);

/* As gf_judge_evaluate, with the lets at hand. */
gf_term gf_judge_evaluate_now(gf_judge *judge, gf_problems *problems, const gf_tree *tree, const gf_binding *bindings);

#endif
