/* Claims, judged. What a diagnosis needs is here: every instance of a claim can be worked out again, cheaply, of the
 * line as it stands or of an edited copy of its trees. */
#ifndef GF_CLAIMS_CLAIMS_H
#define GF_CLAIMS_CLAIMS_H

#include <gradflow/claims.h>

#include "claims/judge.h"

/* One index of a claim, from the outside in. */
typedef struct gf_loop {
    uint32_t name;
    const gf_range *range; /* NULL: t = 1..T */
} gf_loop;

enum { GF_LOOPS = 16, GF_INSTANCES = 1000000 }; /* indices, and instances of one claim, at most */

/* How one link of a chain, a REL b, stands at one instance. */
typedef struct gf_link {
    bool holds;
    double error; /* norm(a - b) / max(norm(a), norm(b)); of an inequality, the largest excess / max(|a|, |b|) */
    bool finite;  /* false: an entry that is not, and error is NaN */
    bool tied;    /* of an inequality: the worst entries are equal up to rounding; where it holds, some are */
    int row, col; /* the worst entry, from 0 */
    double a, b;  /* there */
} gf_link;

typedef struct gf_claims gf_claims;

/* A claim. */
typedef struct gf_judged {
    gf_claims *claims;
    const gf_statement *statement;
    gf_verdict verdict; /* GF_OPEN: it has a ?, or `blame` is what is said of a let that has one */
    double tolerance;
    gf_loop loops[GF_LOOPS];
    int loop_count;
    size_t beyond; /* instances that lie wholly beyond the ends */
    size_t count;  /* instances; where the verdict is GF_UNJUDGED, those before it came to that */
    long *indices; /* instance k has its indices at [k * loop_count] */
    bool *holds;   /* every link, at instance k */
    size_t index_room, room;
    size_t worst_at;          /* the worst instance, and there */
    uint32_t worst_link;      /* the worst link: sides[worst_link] and the one behind it */
    gf_link worst;            /* of claims without instances, all 0 */
    gf_problems problems;     /* GF_UNJUDGED: what is wrong is in here, unless it is the fault of a let: */
    const gf_problems *blame; /* which is gone once lets are forgotten */
    bool exceeds;             /* GF_UNJUDGED because that would be too much work, or too large, or for its tolerance */
} gf_judged;

/* All claims of a model. */
struct gf_claims {
    gf_model *m;
    gf_judge judge;
    double tolerance; /* of claims without `within` */
    gf_judged *list;
    size_t count;    /* of claims that were judged: all, or those before memory ran out or `progress` said no, */
    size_t unjudged; /* and how many come behind them */
    gf_status status;
    bool (*progress)(double share, void *data);
    void *progress_data;
    double share;
    gf_watch watch; /* asks progress */
};

/* Judges every claim of an unrolled model. With GF_ERROR_MEMORY only the list is left; free it in any case. */
gf_status gf_claims_judge(gf_claims *claims, gf_model *m, double tolerance);

/* The same, and tells how much is done. progress may say no, which ends this and all that is worked out with the claims
 * up to gf_claims_free; it may be NULL. */
gf_status gf_claims_judge_slowly(gf_claims *claims, gf_model *m, double tolerance,
                                 bool (*progress)(double share, void *data), void *data);
void gf_claims_free(gf_claims *claims);

/* --- for whoever looks closer ---------------------------------------------------------------------------------- */

/* The indices of instance k, as bindings; `room` is for GF_LOOPS of them. NULL where there are none. */
const gf_binding *gf_judged_bindings(const gf_judged *judged, size_t k, gf_binding room[GF_LOOPS]);

/* " at t = 2, j = 1": the indices of instance k; nothing where it has none. */
void gf_judged_write_place(gf_text *w, const gf_judged *judged, size_t k);

/* Works out an expression at instance k: a side of the claim, or an edited copy of one. What is any shape takes rows x
 * cols (0 x 0: its own). NULL where it cannot be worked out, with the reason in `problems` (which may be NULL) or in
 * claims->judge.blame. It lives up to the next gf_judge_clear(&claims->judge), which is due after each instance.
 *
 *     for (size_t k = 0; k < judged->count; k++) {
 *         const gf_matrix *a = gf_judged_value(judged, k, s->sides[0], 0, 0, NULL);
 *         const gf_matrix *b = a ? gf_judged_value(judged, k, edited, a->rows, a->cols, NULL) : NULL;
 *         …
 *         gf_judge_clear(&judged->claims->judge);
 *     }
 *
 * Derivatives that the claims ask for are at hand; if an edited tree asks for many others, gf_judged_collect first. */
const gf_matrix *gf_judged_value(gf_judged *judged, size_t k, const gf_tree *tree, int rows, int cols,
                                 gf_problems *problems);
void gf_judged_collect(gf_judged *judged, const gf_tree *tree);

/* Both sides of a link at instance k, of one shape: a plain 0, and what is of any shape, takes the other's. False where
 * they cannot be worked out or have different shapes. They live as long as gf_judged_value's. */
bool gf_judged_sides(gf_judged *judged, size_t k, uint32_t link, const gf_matrix **a, const gf_matrix **b);

/* Judges the claim once more, with the values that lets have now. False without memory; free it in any case. */
bool gf_judged_again(gf_judged *out, const gf_judged *judged);
void gf_judged_free(gf_judged *judged);

/* Forgets which lets keep claims from being judged: due before lets are forgotten, as they are in what follows. */
void gf_claims_forget_blame(gf_claims *claims);

/* Puts these values, which are the caller's, in for lets whose lines are open, and judges those claims again. False
 * without memory. */
bool gf_claims_fill(gf_claims *claims, const gf_filling fillings[], size_t count);

/* Can it not be judged because that would be too much work, or too large, or for its tolerance? Then nothing else is
 * tried with it. */
bool gf_judged_exceeds(const gf_judged *judged);

/* Which derivative a call of grad or jacobian within the claim stands for at instance k: gf_judge_asked with the
 * instance's bindings. */
bool gf_judged_asked(gf_judged *judged, size_t k, const gf_tree *call, gf_asked *out);

/* Compares as the language has it: equality as a whole, an inequality entry by entry, with broadcasting. False, with a
 * line in why, where the shapes do not fit. `within` says whether the tolerance applies to an inequality. */
bool gf_link_judge(gf_link *out, gf_relation relation, const gf_matrix *a, const gf_matrix *b, double tolerance,
                   bool within, char why[GF_WHY]);

/* Are both entries so small that they may be what rounding left of 0? A vanishing gradient may be so, too. */
bool gf_link_is_tiny(const gf_link *link);

/* Is one worse than the other: false where that is true, not finite where that is, of a larger error? */
bool gf_link_is_worse(const gf_link *a, const gf_link *b);

/* The worse of the two; true where that is the one found. Where both hold, what is tied in either is. */
bool gf_link_take(gf_link *worst, const gf_link *found);

/* --- which lets are used (uses.c) --------------------------------------------------------------------------------- */

/* Is a let in the expression? */
bool gf_uses_let(const gf_model *m, const gf_tree *tree);

/* Which lines of a let are used. */
enum { GF_LINES_FOR_ONE_STEP = 1, GF_LINE_FOR_ALL_STEPS = 2 };

/* Notes, by number of a name, which lets an expression, or a claim, uses: directly, and through the lines of others; 0:
 * not at all. dc[T] uses no line but that for the last step, where there is one. */
void gf_lets_in(const gf_model *m, const gf_tree *tree, unsigned char used[]);
void gf_lets_in_claim(const gf_model *m, const gf_statement *claim, unsigned char used[]);

/* Is something wrong with the claim: does it fail, or can it not be judged? */
bool gf_judged_is_wrong(const gf_judged *judged);

/* Is a let that is wrong told of, since a claim that is wrong uses it? What is looked up lies in the arena. */
bool gf_let_is_told(gf_claims *claims, gf_arena *arena, uint32_t let);

#endif
