/* What is wrong with a claim that does not hold, as far as its numbers tell. */
#ifndef GF_DIAGNOSIS_DIAGNOSE_H
#define GF_DIAGNOSIS_DIAGNOSE_H

#include "claims/claims.h"
#include "diagnosis/routes.h"

/* Adds what is wrong, in lines, to judged->notes; nothing where the numbers do not tell, or where the claim holds.
 * GF_ERROR_MEMORY. */
gf_status gf_diagnose(gf_judged *judged);

/* --- inside: the numbers (evidence.c) ----------------------------------------------------------------------------- */

/* Both sides of one link, at every instance of a claim. One side is taken for the truth: the derivative, where there is
 * one, else the left side. The other is what is claimed. */
typedef struct gf_evidence {
    gf_judged *judged;
    uint32_t link;
    size_t count; /* instances */
    bool flipped; /* the truth is the right side */
    bool measured;
    gf_matrix *truth, *claim;
    bool *fails;   /* by instance */
    double *slack; /* how far from what is claimed an explanation may end there */
    gf_matrix room;
    bool out_of_memory;
    gf_arena arena;
} gf_evidence;

/* Works the sides out. False where they cannot be, or are too large. Free it in any case. */
bool gf_evidence_gather(gf_evidence *e, gf_judged *judged, uint32_t link);
void gf_evidence_free(gf_evidence *e);

/* Takes the other side for the truth. */
void gf_evidence_flip(gf_evidence *e);

/* Takes the differences that explanations have to explain; false where there are none that can be: the shapes are not
 * the same, nothing fails, an entry is not finite, or the difference is next to rounding. */
bool gf_evidence_measure(gf_evidence *e);

/* Are these numbers, row by row, what is claimed at instance k? To 1e-6 of the difference that is to be explained. */
bool gf_evidence_fits(gf_evidence *e, size_t k, const double *numbers);

/* The sides of the claim, and what they are called. */
const gf_tree *gf_evidence_truth(const gf_evidence *e);
const gf_tree *gf_evidence_claim(const gf_evidence *e);
const char *gf_evidence_truth_name(const gf_evidence *e); /* "left" or "right" */
const char *gf_evidence_claim_name(const gf_evidence *e);

/* Norm of a - b. */
double gf_evidence_distance(gf_evidence *e, const gf_matrix *a, const double *b);

/* --- inside: for which steps it holds (ends.c) -------------------------------------------------------------------- */

/* Wrong only where an index is beyond the ends: the range that mends it. True where a line was added. */
bool gf_diagnose_ends(gf_evidence *e, gf_text *w);

/* Right at the first or at the last step only. `recursion` is an inquiry's; where it is 0, what comes from the next
 * step is what `blame` says. */
bool gf_diagnose_time(gf_evidence *e, gf_text *w, int recursion, const char *blame);

/* --- inside: what one side is of the other (forms.c) -------------------------------------------------------------- */

/* Sign, factor, transpose, a sum left out. The sides may have different shapes. True where a line was added. */
bool gf_diagnose_form(gf_evidence *e, gf_text *w);

/* One of these together with what `rest` adds, if it finds anything in a claim so changed. */
bool gf_diagnose_form_with(gf_evidence *e, gf_text *w, bool (*rest)(gf_evidence *e, gf_text *w, const void *data),
                           const void *data);

/* The truth is some other multiple of what is claimed: for when nothing else explains it. */
bool gf_diagnose_factor(gf_evidence *e, gf_text *w);

/* A product with its operands exchanged, or one of them transposed (products.c). True where a line was added. */
bool gf_diagnose_product(gf_judged *judged, uint32_t link, gf_text *w);

/* A side that is a let by its bare name, or at t alone, stands for what its line says; others for themselves. */
const gf_tree *gf_side_written_out(const gf_model *m, const gf_tree *side);

/* Writes a factor that has a name: a small fraction, a size, one by a size (factors.c). False, and nothing, where it
 * has none; the factor becomes exact. */
bool gf_factor_write(gf_text *w, const gf_model *m, double *factor);

/* --- inside: paths of the chain rule ------------------------------------------------------------------------------ */

/* How the paths are counted in what is claimed. */
typedef struct gf_inquiry {
    gf_evidence *e;
    const gf_tree *call; /* grad or jacobian: the truth */
    uint32_t x_name;     /* the variable it is by */
    gf_asked *asked;     /* by instance */
    size_t *order;       /* instances, sorted by what they are derivatives of */
    gf_routes routes;
    bool *touched;   /* by route: a gradient goes that way */
    bool *leads;     /* the same, of any use: by the route that stands for them */
    bool *between;   /* by name: a path leads to it, and on */
    double *weight;  /* by route, 1 but for what is tried */
    gf_part **parts; /* by instance: what each route out of the variable brings */
    double **first_use, **last_use;
    double *scratch; /* of the largest instance */
    double work;
    bool has_effect; /* what was tried last makes a difference */
    int recursion;   /* what is left out is all that comes from later steps: 1, earlier: -1, both: 2; else 0 */
    bool out_of_memory;
    gf_arena arena;
} gf_inquiry;

/* A name to hold. */
typedef struct gf_hold {
    uint32_t name;
    bool every; /* at every step, else at step t + shift */
    long shift;
} gf_hold;

/* Looks at the derivative that the truth is (inquiry.c). False where there is nothing to be found out. Free it in any
 * case. */
bool gf_inquiry_start(gf_inquiry *q, gf_evidence *e, const gf_tree *call);
void gf_inquiry_free(gf_inquiry *q);

/* Is the derivative by q->weight what is claimed, at every instance? These names are held besides those of the call, or
 * instead. */
bool gf_inquiry_explains(gf_inquiry *q, const gf_hold hold[], int count, bool instead);

/* What stands for the end of a path, where that is no variable. */
const char *gf_inquiry_end(const gf_inquiry *q, gf_text *w);

/* A path left out, counted twice, or the only one kept (paths.c); a name held, or not (held.c): the first alone, or
 * several together. True where a line was added. */
bool gf_diagnose_paths(gf_inquiry *q, gf_text *w);
bool gf_diagnose_held(gf_inquiry *q, gf_text *w, bool together);

#endif
