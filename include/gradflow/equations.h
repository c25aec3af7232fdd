/* gradflow/equations.h: models from a text that reads like lecture notes.
 *
 * A .gf file declares sizes, inputs and parameters, gives the equations of a cell
 * for every step t, a loss, and, if it likes, the gradients that somebody derived
 * by hand (docs/language.md describes it). A model is such a file, read; from it
 * comes a graph, unrolled over time, whose nodes are found by the names of the
 * file.
 *
 *     gf_model *m;
 *     if (gf_model_read(&m, "lstm.gf") == GF_OK && gf_model_set(m, "T", 20) == GF_OK &&
 *         gf_model_unroll(m) == GF_OK) {
 *         gf_matrix_print(gf_model_value(m, "h", 20), stdout);
 *         gf_matrix_print(gf_model_gradient(m, "Wf", 0), stdout);
 *     } else {
 *         fputs(gf_model_message(m), stderr);
 *     }
 *     gf_model_free(m);
 *
 * Reading finds what is wrong with the text and its names, unrolling what is
 * wrong with sizes, shapes and time; gf_model_message has all of it, each error
 * with file, line and column, the line, and a caret under the place. A model must
 * be used by one thread at a time; different models are independent. */
#ifndef GRADFLOW_EQUATIONS_H
#define GRADFLOW_EQUATIONS_H

#include <gradflow/graph.h>

GF_BEGIN_DECLS

typedef struct gf_model gf_model;

/* --- reading -------------------------------------------------------------- */

/* Limits of a text, past which there is an error: 64 MB a file, 200 bytes a name,
 * 200 brackets, signs and powers within each other, 1000 operations in a row,
 * sizes of 2^53. Those of a graph are gf_model_limit's. */

/* Reads a file. *out is made, and freed with gf_model_free, whatever comes of it,
 * but for GF_ERROR_MEMORY and GF_ERROR_ARGUMENT, where it is NULL. Fails with
 * GF_ERROR_READ (no such file …), GF_ERROR_SYNTAX (the text, or a name in it, is
 * wrong), GF_ERROR_LIMIT (too long); gf_model_message says why. What is wrong in
 * a let or a claim alone does not make reading fail: whoever judges them says so. */
GF_API gf_status gf_model_read(gf_model **out, const char *path);

/* Reads a text, as gf_model_read does. `name` stands for the file in messages;
 * files that the text names, csv("…"), are looked for beside it. Both are copied. */
GF_API gf_status gf_model_parse(gf_model **out, const char *text, const char *name);

/* Frees the model with its graph. NULL is fine. */
GF_API void gf_model_free(gf_model *m);

/* Everything that is wrong, by place, up to 20 errors; "" if nothing is. It belongs
 * to the model, up to the next call. With m == NULL: "out of memory". */
GF_API const char *gf_model_message(gf_model *m);

/* One error, for programs that show them in their own way. */
typedef struct gf_model_error {
    gf_status status;
    int line, column; /* counted from 1, the column in characters; 0 where it is about no place */
    const char *text; /* one line; it belongs to the model, up to the next gf_model_set or gf_model_limit */
} gf_model_error;

/* How many errors there are, and number k of them by place (false beyond). */
GF_API size_t gf_model_error_count(gf_model *m);
GF_API bool gf_model_error_at(gf_model *m, size_t k, gf_model_error *out);

/* --- settings --------------------------------------------------------------- */

/* Sets a size, or the number of steps by its name, in place of what the file says;
 * sizes that are expressions of it follow. "seed" sets the seed of the initial
 * values, "truncate" the K of truncated backpropagation (0: none). An unrolling
 * that was there is dropped, with its graph and nodes. Fails with
 * GF_ERROR_ARGUMENT where the file has no size of that name, and with what reading
 * failed with. */
GF_API gf_status gf_model_set(gf_model *m, const char *name, long long value);

/* The most nodes the graph may have (10,000,000 unless set) and entries a matrix
 * (1,000,000 unless set). An unrolling that was there is dropped. */
GF_API gf_status gf_model_limit(gf_model *m, size_t nodes, size_t entries);

/* From now on csv files are read only in the folder of the model file (of a text,
 * that of its name) and in those below it, links followed; others are an error that
 * does not tell whether they are there: for files of strangers. An unrolling that
 * was there is dropped. */
GF_API gf_status gf_model_confine(gf_model *m);

/* --- the unrolling ------------------------------------------------------------ */

/* Unrolls the equations over time, unless that is done: builds the graph, and
 * gives inputs and parameters their initial values. Everything below does it by
 * itself. Fails with the status of the first error: GF_ERROR_SHAPE,
 * GF_ERROR_SYNTAX (a circle, an index beyond the ends …), GF_ERROR_READ (a csv
 * file), GF_ERROR_LIMIT, GF_ERROR_MEMORY. */
GF_API gf_status gf_model_unroll(gf_model *m);

/* The graph; it belongs to the model. NULL where it cannot be unrolled. Nodes of
 * time step t have gf_node_step t and the name of the file; a start is named with
 * its index ("h[0]") and has step 0. */
GF_API gf_graph *gf_model_graph(gf_model *m);

/* The node of the loss, 1 x 1. NULL where the model cannot be unrolled. */
GF_API gf_node *gf_model_loss(gf_model *m);

/* The node of a name at step t: 1 to the number of steps, or the index of a start.
 * For a name without time, t is not read. NULL where there is none. */
GF_API gf_node *gf_model_node(gf_model *m, const char *name, int t);

/* Its value, and the gradient of the loss by it, by every path (the first call
 * after unrolling runs gf_backward on the loss; from then on it is the gradient of
 * the graph's last backward). They belong to the graph. NULL where there is no
 * such node. */
GF_API const gf_matrix *gf_model_value(gf_model *m, const char *name, int t);
GF_API const gf_matrix *gf_model_gradient(gf_model *m, const char *name, int t);

/* The title, "" if there is none; the number of steps (1 if the file has none; 0
 * where it cannot be told). */
GF_API const char *gf_model_title(const gf_model *m);
GF_API int gf_model_steps(gf_model *m);

/* The value of a size, or of the number of steps, by its name, through *out; false
 * where there is none such. */
GF_API bool gf_model_size(gf_model *m, const char *name, long long *out);

/* The path of csv file number k that initial values come from; NULL beyond. It
 * belongs to the model. */
GF_API const char *gf_model_csv_at(gf_model *m, size_t k);

/* What a name of the file stands for. */
typedef enum gf_model_kind { GF_MODEL_PARAM, GF_MODEL_INPUT, GF_MODEL_EQUATION, GF_MODEL_LET } gf_model_kind;

typedef struct gf_model_name {
    const char *name; /* belongs to the model */
    gf_model_kind kind;
    bool timed;     /* it is name[t] */
    bool started;   /* it has a start */
    int rows, cols; /* of a let, 0 x 0 where only its values tell */
    int line;       /* of the statement that declares or defines it */
} gf_model_name;

/* Matrix number k, in the order of the file; false beyond. */
GF_API bool gf_model_name_at(gf_model *m, size_t k, gf_model_name *out);

/* --- claims -------------------------------------------------------------------- */

/* What became of a claim. */
typedef enum gf_verdict {
    GF_HOLDS, /* at every instance; also where there is none */
    GF_FAILS,
    GF_UNJUDGED /* a side cannot be formed, or the two have different shapes */
} gf_verdict;

typedef struct gf_claims_options {
    double tolerance;        /* of equalities without `within`; 0: 1e-6 */
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
} gf_claims_options;

/* What was found out about a model's claims. It needs the model no longer. */
typedef struct gf_report gf_report;

/* Judges every claim of the file, at every instance: claims about gradients and
 * Jacobians against automatic differentiation. `options` may be NULL.
 *
 *     gf_report *report;
 *     if (gf_model_claims(&report, m, NULL) == GF_OK)
 *         for (size_t k = 0; k < gf_report_count(report); k++) {
 *             gf_claim claim;
 *             gf_report_claim(report, k, &claim);
 *             printf("%s %s\n", claim.text, claim.verdict == GF_HOLDS ? "holds" : "does not hold");
 *         }
 *     gf_report_free(report);
 *
 * GF_OK says that they were judged, not that they hold. Where the model cannot be
 * unrolled it fails with that status; the report is made all the same, without
 * claims, and gf_report_message says why. With GF_ERROR_MEMORY it has
 * the claims judged by then, or *out is NULL; with GF_ERROR_ARGUMENT *out is NULL. */
GF_API gf_status gf_model_claims(gf_report **out, gf_model *m, const gf_claims_options *options);
GF_API void gf_report_free(gf_report *report);

/* Why there are no claims, as gf_model_message has it; "" if that is not so. */
GF_API gf_status gf_report_status(const gf_report *report);
GF_API const char *gf_report_message(const gf_report *report);

/* An edit of one line of the file that makes a claim hold, at every instance: with two other seeds and another number
 * of steps, too, and to 1e-6 whatever the claim asks for. That it is what was meant, nobody knows. */
typedef struct gf_repair {
    int line;            /* of the statement to edit: the claim itself, or a let that it uses */
    const char *kind;    /* what is edited, in a word or two: "time index", "sign", "term left out" */
    const char *term;    /* what is wrong, mended, with what belongs to it: "h[t-1]' @ dzo[t]" */
    const char *written; /* the statement as it is written, on one line, */
    const char *marks;   /* blanks, and ~ under what is wrong in it, */
    const char *mended;  /* and the statement to put in its place */
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
    int row, col;     /* the worst entry, counted from 1, and the two values there; 0 x 0 without instances */
    double a, b;
    const char *holds_for, *fails_for; /* the values of the first index: "t = 1..4"; "" */
    const char *diagnosis;             /* what is wrong, where that can be told, in lines that end in newlines */
    const char *message;               /* of one that cannot be judged: why, as gf_model_message has it */
    const gf_repair *repairs;          /* the most plausible first, three at most; they belong to the report */
    size_t repair_count;
} gf_claim;

/* How many claims there are; number k, in the order of the file (false beyond). */
GF_API size_t gf_report_count(const gf_report *report);

/* How many claims come behind them that were not judged: memory ran out, or the
 * caller ended it. */
GF_API size_t gf_report_unjudged(const gf_report *report);

GF_API bool gf_report_claim(const gf_report *report, size_t k, gf_claim *out);

/* How many claims have that verdict. */
GF_API size_t gf_report_tally(const gf_report *report, gf_verdict verdict);

/* Central differences: whether they were asked for and no gradient differs, and a
 * line about it ("" where they were not asked for), which also says how many they
 * cannot tell. */
GF_API bool gf_report_differences(const gf_report *report, const char **line);

typedef enum gf_report_format { GF_REPORT_TEXT, GF_REPORT_JSON, GF_REPORT_MARKDOWN, GF_REPORT_GCC } gf_report_format;

enum gf_report_flags {
    GF_REPORT_COLOR = 1, /* text: verdicts in colours of a terminal */
    GF_REPORT_BRIEF = 2, /* text, Markdown: only the claims that do not hold, and no totals */
    GF_REPORT_NAMED = 4  /* the file's name before each report, even where there is one */
};

/* Writes reports, of one file or several, as text: *out is the caller's, who frees
 * it with free. Text has a line a claim (docs/language.md shows it) and the totals;
 * with several files each one's name before it. GF_REPORT_GCC is a line
 * "FILE:LINE: …" for each claim that does not hold, in the way of compilers, whose
 * lines editors follow. GF_ERROR_ARGUMENT where a report is NULL, GF_ERROR_MEMORY;
 * *out is NULL then. */
GF_API gf_status gf_reports_write(char **out, const gf_report *const reports[], size_t count, gf_report_format format,
                                  unsigned flags);

GF_END_DECLS

#endif
