/* gradflow/claims.h: judging the claims of a model file.
 *
 * A claim says that something is equal to something: a gradient, as automatic
 * differentiation finds it, to what somebody derived by hand. gf_model_claims judges
 * all claims of a file, at every step, and tells of each that does not hold how large
 * the error is, where it is, what is wrong, and what would mend it, as far as that can
 * be told; and which lines are wrong by themselves, be they claims or lets, so that one
 * wrong let is told once. report.h writes it down.
 *
 *     gf_report *report;
 *     if (gf_model_claims(&report, m, NULL) == GF_OK)
 *         for (size_t k = 0; k < gf_report_count(report); k++) {
 *             const gf_claim *claim = gf_report_claim(report, k);
 *             printf("%s %s\n", claim->text, claim->verdict == GF_HOLDS ? "holds" : "does not hold");
 *         }
 *     gf_report_free(report);
 */
#ifndef GRADFLOW_CLAIMS_H
#define GRADFLOW_CLAIMS_H

#include <gradflow/model.h>

GF_BEGIN_DECLS

/* What became of a claim. */
typedef enum gf_verdict {
    GF_HOLDS, /* at every instance; also where there is none */
    GF_FAILS,
    GF_UNJUDGED, /* a side cannot be formed, or the two have different shapes */
    GF_OPEN      /* it has a ?, or uses a let that has one and stands for nothing that can be told */
} gf_verdict;

/* How they are judged: `gf_claims_options options = {.size = sizeof options, .repair = true}`. */
typedef struct gf_claims_options {
    size_t size;
    double tolerance;        /* of equalities without `within`, not negative; 0: 1e-6 */
    bool finite_differences; /* compare every gradient with central differences, too */
    /* Told now and then how much is done, 0 to 1; false ends it, with the claims judged by then. May be NULL. */
    bool (*progress)(double share, void *data);
    void *progress_data;
    /* Look for what mends a claim that does not hold: gf_claim.repairs. */
    bool repair;
    /* Told now and then for which claim (number `claim` of `claims`) that is being done; false ends it, with what has
     * been found by then. May be NULL. */
    bool (*repairing)(size_t claim, size_t claims, void *data);
    void *repairing_data;
    /* How much is told of what belongs in place of a ?: 0 or 1, its shape and the number of paths; 2, the paths; 3, the
     * first term, too; 4, the line. */
    int hints;
} gf_claims_options;

/* What was found out about a model's claims. It needs the model no longer. */
typedef struct gf_report gf_report;

/* Judges every claim of the file, at every instance: claims about gradients and
 * Jacobians against automatic differentiation. `options` may be NULL.
 *
 * GF_OK says that they were judged, not that they hold. Where the model cannot be
 * unrolled it fails with that status, where the options have no size with
 * GF_ERROR_ARGUMENT; the report is made all the same, without claims, and
 * gf_report_message says why. With GF_ERROR_MEMORY it has the claims judged by then,
 * or *out is NULL; where m is NULL (GF_ERROR_ARGUMENT) *out is NULL. */
GF_API gf_status gf_model_claims(gf_report **out, gf_model *m, const gf_claims_options *options);
GF_API void gf_report_free(gf_report *report);

/* An exercise made of a model file, whose claims should hold: its text, with `?` in place of what is to be derived.
 * Number 1: in each let that stands for the gradient of a state (which has a start), the summands that come back from
 * another step; 2: the right side of every let that stands for a gradient (and of which that can be told without it);
 * 3: these, and the right side of every equality whose left side is a gradient or a Jacobian, and to which hints lead.
 * All else stays as it stands.
 *
 * *out is the caller's, who frees it with free. GF_ERROR_ARGUMENT where there is no such number, or where nothing can
 * be said of the lets; GF_ERROR_MEMORY; or why the model cannot be unrolled. *out is NULL then. */
GF_API gf_status gf_model_exercise(char **out, gf_model *m, int number);

/* Why there are no claims, as gf_model_message has it; or, beginning with "interrupted: ", what was not done because
 * progress said no; else "". */
GF_API gf_status gf_report_status(const gf_report *report);
GF_API const char *gf_report_message(const gf_report *report);

/* An edit of one line of the file that makes a claim hold, at every instance: with two other seeds and another number
 * of steps, too, and to 1e-6 whatever the claim asks for. That it is what was meant, nobody knows. */
typedef struct gf_repair {
    int line;            /* of the statement to edit: the claim itself, or a let that it uses */
    const char *kind;    /* what is edited, in a word or two: "time index", "sign", "term left out" */
    const char *term;    /* what is wrong, mended, with what belongs to it: "h[t-1]' @ dzo[t]" */
    const char *written; /* the statement as it is written, on one line; "" where a line is to be added behind it */
    const char *marks;   /* blanks, and ~ under what is wrong in it, */
    const char *mended;  /* and the statement to put in its place; with a line of its own for one step, two lines */
    const char *tried;   /* "tried at T = 4 only", where the file cannot be read with other steps or sizes; "" */
} gf_repair;

/* A claim, judged. All texts belong to the report, and none is NULL. */
typedef struct gf_claim {
    int line;          /* on which the statement starts */
    const char *label; /* "" without one */
    const char *text;  /* the claim as it is written, without its label */
    const char *left;  /* its left side; of a chain, its first comparison */
    gf_verdict verdict;
    size_t instances; /* how many it has; so far, of one that cannot be judged */
    double error;     /* the largest of the instances; 0 below 1e-12; NaN where an entry is not finite. Of an
                       * inequality: by how much the worst entry is too large, relative to both sides */
    const char *at;   /* where that is: "t = 2, j = 1"; "" where there is no index */
    int row, col;     /* the worst entry, counted from 0, and the two values there; -1 without instances */
    double a, b;
    const char *holds_for, *fails_for; /* the values of the first index: "t = 1..4"; "" */
    const char *diagnosis;             /* what is wrong, where that can be told, in lines that end in newlines */
    const char *message;               /* of one that cannot be judged: why, as gf_model_message has it */
    const gf_repair *const *repairs;   /* the most plausible first, three at most; they belong to the report */
    size_t repair_count;
    bool tied;             /* of an inequality: the worst entries are equal up to rounding; where it holds, some are */
    const int *because_of; /* lines of the causes, other than itself, because of which it does not hold: gf_cause */
    size_t because_count;
    size_t beyond;          /* how many of the instances lie wholly beyond the ends, where all is zeros */
    const char *fails_with; /* of one that holds, but at the file's own sizes only: a size as it does not, "k = 3";
                             * "" */
    bool rests_on_open; /* it holds with the true value in place of a let with a ?, which it uses, directly or not */
} gf_claim;

/* A line that is wrong by itself: a let or a claim that does not hold even with what is right in place of all other
 * lets. What fails because of it names its line in gf_claim.because_of. A let that cannot
 * be worked out, and keeps claims from being judged, is one, too: then `message` says why. All texts belong to the
 * report, and none is NULL. */
typedef struct gf_cause {
    int line;               /* on which the statement starts */
    bool let;               /* a let; else a claim, and gf_claim has the same diagnosis and repairs */
    const char *of;         /* "dc[t]", the let with its index; of a claim its left side */
    const char *stands_for; /* of a let: "grad(c[t])", or in words "the gradient of tanh's argument in h[t]"; "" of a
                             * claim, and where it stands for nothing */
    double error;           /* by itself, as gf_claim.error; where a let stands for nothing, it has none */
    const char *at;         /* where that is: "t = 2"; "" where there is no index */
    const char *says;       /* what is wrong, in lines that end in newlines */
    const gf_repair *const *repairs; /* the most plausible first; they belong to the report */
    size_t repair_count;
    const int *claims; /* lines of the claims that do not hold because of it; of a claim: its own */
    size_t claim_count;
    const char *message; /* of a let that cannot be worked out: why, as gf_model_message has it; else "" */
} gf_cause;

/* A line with a ?, which stands for what is still to be written: a let, or a claim whose verdict is GF_OPEN. All texts
 * belong to the report, and none is NULL. */
typedef struct gf_open_line {
    int line;               /* on which the statement starts */
    bool let;               /* a let; else a claim */
    const char *of;         /* "dc[t]", the let with its index; of a claim its left side */
    const char *stands_for; /* of a let: "grad(c[t])", as gf_cause.stands_for; "" */
    int rows, cols;         /* of what belongs in place of the ?; 0 where that cannot be told */
    int paths;              /* how many paths the rest of the line leaves out; -1 where that cannot be told */
    const char *hints;      /* as much as was asked for, in lines that end in newlines; at 4 the last ones are
                             * statements: the line as it should be, and, where a step needs one of its own, that */
} gf_open_line;

/* How many claims there are; number k, in the order of the file, counted from 0 (NULL
 * beyond). It belongs to the report. */
GF_API size_t gf_report_count(const gf_report *report);
GF_API const gf_claim *gf_report_claim(const gf_report *report, size_t k);

/* How many lines are wrong by themselves; number k, in the order of the file, counted from 0 (NULL beyond). It belongs
 * to the report. A claim that fails may have none, as where memory ran out: it has a diagnosis and repairs of its own.
 *
 *     for (size_t k = 0; k < gf_report_cause_count(report); k++) {
 *         const gf_cause *cause = gf_report_cause(report, k);
 *         printf("%s, line %d: what fails because of it: %zu\n", cause->of, cause->line, cause->claim_count);
 *     }
 */
GF_API size_t gf_report_cause_count(const gf_report *report);
GF_API const gf_cause *gf_report_cause(const gf_report *report, size_t k);

/* How many lines have a ?; number k, in the order of the file, counted from 0 (NULL beyond). It belongs to the report.
 */
GF_API size_t gf_report_open_count(const gf_report *report);
GF_API const gf_open_line *gf_report_open(const gf_report *report, size_t k);

/* How many claims come behind them that were not judged: memory ran out, or the
 * caller ended it. */
GF_API size_t gf_report_unjudged(const gf_report *report);

/* How many claims have that verdict. Claims that use a let with a ? are judged with what it stands for in its place. */
GF_API size_t gf_report_tally(const gf_report *report, gf_verdict verdict);

/* Central differences: whether they were asked for and no gradient differs. `line`,
 * if it is not NULL, becomes a line about it ("" where they were not asked for), which
 * also says how many they cannot tell; it belongs to the report. */
GF_API bool gf_report_differences(const char **line, const gf_report *report);

GF_END_DECLS

#endif
