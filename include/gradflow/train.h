/* gradflow/train.h: training: from gradients to better parameters.
 *
 *     gf_optimizer *o;
 *     gf_optimizer_options options = {.size = sizeof options, .rule = "adam", .rate = 0.01, .clip_norm = 1};
 *     if (gf_optimizer_new(&o, g, &options) == GF_OK)
 *         for (int k = 0; k < 500; k++)
 *             if (gf_set_scalar(x, k % 2) || gf_backward(loss, 0) || gf_optimizer_step(o))
 *                 break;
 *     gf_optimizer_free(o);
 *
 * Setting an input replays the graph, which is not built again. Several examples an update (accumulation):
 * gf_backward and gf_optimizer_gather for each, then one gf_optimizer_step, which takes the mean of what was gathered.
 * Neither allocates anything.
 *
 * Data, batches and measures are in data.h; states carried on from one piece of a long sequence to the next, and masks
 * of sequences of unequal length, in cell.h; what is needed for dropout in init.h. */
#ifndef GRADFLOW_TRAIN_H
#define GRADFLOW_TRAIN_H

#include <gradflow/graph.h>

GF_BEGIN_DECLS

/* --- rules ---------------------------------------------------------------- */

/* What a rule may use, besides the gradient. */
typedef struct gf_update {
    double rate;                            /* the learning rate of this update, by the schedule */
    double momentum, beta1, beta2, epsilon; /* as in gf_optimizer_options */
    double correct1, correct2;              /* 1 - beta1^k, 1 - beta2^k at update k, counted from 1 */
} gf_update;

/* A rule of update. In the text, p is an entry of a parameter, g of its gradient, m and v its state, zero at first;
 * rate, momentum, beta1, beta2, epsilon and k are as in gf_update. */
typedef struct gf_update_rule {
    size_t size;        /* sizeof(gf_update_rule) */
    const char *name;   /* "adam" */
    const char *text;   /* "m = beta1 * m + (1 - beta1) * g; …": statements, in this order */
    const char *source; /* where it comes from */
    double rate, decay; /* what they are unless set */
    int states;         /* how many numbers it keeps for each entry: 0, m, or m and v */
    void (*apply)(const gf_update *u, size_t count, double *p, const double *g, double *m, double *v);
} gf_update_rule;

/* Rule number k: sgd, momentum, nesterov, rmsprop, adam, adamw; NULL beyond. The rule of that name, or NULL. */
GF_API const gf_update_rule *gf_update_rule_at(size_t k);
GF_API const gf_update_rule *gf_update_rule_find(const char *name);

/* --- an optimizer ----------------------------------------------------------- */

typedef enum gf_rate_schedule {
    GF_RATE_CONSTANT, /* rate */
    GF_RATE_STEP,     /* rate * factor^floor(k / every), k updates done */
    GF_RATE_COSINE    /* rate * (1 + cos(pi * k / every)) / 2, and 0 from k = every on (Loshchilov and Hutter 2017) */
} gf_rate_schedule;

/* Begin with .size = sizeof(gf_optimizer_options). What is 0 is as its comment says. */
typedef struct gf_optimizer_options {
    size_t size;
    const char *rule;    /* the name of a rule; NULL: adam */
    double rate;         /* learning rate; 0: the rule's */
    double momentum;     /* of momentum and nesterov; 0: 0.9 */
    double beta1, beta2; /* how slowly means of g and g^2 change; 0: 0.9 and 0.999, of rmsprop beta2 0.99 */
    double epsilon;      /* 0: 1e-8 */
    double clip_value;   /* every entry of a gradient into [-clip_value, clip_value]; 0: as it is */
    double clip_norm;    /* all gradients times clip_norm / norm where their norm, as one long vector, is above that
                            (Pascanu, Mikolov and Bengio 2013); 0: as they are */
    double l2;           /* l2 * p is added to the (clipped) gradient: that of l2 / 2 * sum of squares in the loss */
    double decay;        /* p is made smaller by rate * decay * p, apart from the rule (Loshchilov and Hutter 2019);
                            0: the rule's, which is 0.01 of adamw and 0 of the others; below 0: none */
    gf_rate_schedule schedule;
    double factor; /* of GF_RATE_STEP; 0: 0.1 */
    long every;    /* of GF_RATE_STEP and _COSINE: updates, at least 1 */
} gf_optimizer_options;

typedef struct gf_optimizer gf_optimizer;

/* An optimizer of all parameters that the graph has now; free it with gf_optimizer_free, before or after the graph.
 * Fails with GF_ERROR_ARGUMENT (no such rule; a number that makes no sense; a graph without parameters), which the
 * graph remembers, or GF_ERROR_MEMORY; *out is then NULL. `options` may be NULL: adam. */
GF_API gf_status gf_optimizer_new(gf_optimizer **out, gf_graph *g, const gf_optimizer_options *options);
GF_API void gf_optimizer_free(gf_optimizer *o); /* NULL is fine */

/* Adds the gradients of the last backward to a sum, of which the next step takes the mean. */
GF_API gf_status gf_optimizer_gather(gf_optimizer *o);

/* One update, by what was gathered or, where nothing was, by the gradients of the last backward. Every value that
 * depends on a parameter is worked out anew when next asked for. Fails with GF_ERROR_NOT_RUN where there is no
 * gradient, with GF_ERROR_ARGUMENT where a parameter was dropped, both of which the graph remembers; and with
 * GF_ERROR_FINITE where an entry of a gradient is not finite, which it does not, since training may go on. In each case
 * no parameter is changed, nor the state of the rule, and what was gathered is dropped. With GF_ERROR_LIMIT, which the
 * graph remembers, where an entry of a parameter would grow beyond 2^53, where numbers are more than 1 apart and
 * nothing more is learnt: then the parameters are what they were, but the state of the rule is not. */
GF_API gf_status gf_optimizer_step(gf_optimizer *o);

/* The parameter because of which the last step failed with GF_ERROR_FINITE; else NULL. */
GF_API gf_node *gf_optimizer_nonfinite(const gf_optimizer *o);

/* Takes the last step's change of the parameters back: the values that they had are set again (once; the state of the
 * rule stays). For a loss that turns out not to be finite. Without a step it changes nothing. */
GF_API gf_status gf_optimizer_undo(gf_optimizer *o);

/* How many updates were made; the learning rate of the next; the norm of all gradients in the last step, before they
 * were clipped (0 before the first). */
GF_API long gf_optimizer_updates(const gf_optimizer *o);
GF_API double gf_optimizer_rate(const gf_optimizer *o);
GF_API double gf_optimizer_norm(const gf_optimizer *o);

/* --- parameters in files ------------------------------------------------------ */

/* Saves every parameter of the graph into a folder, which is made where it is not there: LABEL.npy each, LABEL as
 * gf_node_label has it ("encoder.Wf.npy"), rows x cols of doubles, which NumPy's load reads. Of what cannot be in the
 * name of a file, `/`, `%`, control characters and a dot in front, the bytes are written as %2F. A parameter without a
 * name is saved as its node (n12.npy): name what another graph is to load. Each file is there whole or not at all; but
 * where saving fails, the folder may be mixed, files before the one that failed being new and the others old. Fails
 * with GF_ERROR_ARGUMENT (a NULL, no parameters, two of one label), GF_ERROR_WRITE or GF_ERROR_MEMORY; the graph
 * remembers. */
GF_API gf_status gf_params_save(gf_graph *g, const char *folder);

/* Sets every parameter from such a folder; what else is in it is not looked at. A file may be NumPy's own, of float32
 * or float64, in either order. Fails with GF_ERROR_READ (no such file; it is no array, or an entry is not
 * finite), GF_ERROR_SHAPE, GF_ERROR_ARGUMENT as above or GF_ERROR_MEMORY; then no parameter is changed, and the graph
 * remembers. */
GF_API gf_status gf_params_load(gf_graph *g, const char *folder);

GF_END_DECLS

#endif
