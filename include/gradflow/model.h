/* gradflow/model.h: models from a text that reads like lecture notes.
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
#ifndef GRADFLOW_MODEL_H
#define GRADFLOW_MODEL_H

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
 * files that the text names, csv("…"), are looked for beside it. Both are copied, and
 * neither may be NULL. */
GF_API gf_status gf_model_parse(gf_model **out, const char *text, const char *name);

/* Frees the model with its graph. NULL is fine. */
GF_API void gf_model_free(gf_model *m);

/* Everything that is wrong with the model, by place, up to 20 errors; and why the last
 * call refused what was asked of it, such as an expression, which is gone once a call has
 * worked. "" where there is neither. It belongs to the model, up to the next call. With
 * m == NULL a line that says so. */
GF_API const char *gf_model_message(gf_model *m);

/* What is legal, but perhaps not meant, a line each: "x.gf:3:12: warning: 1 -2 is a subtraction: parts of [ ] stand
 * apart by commas, as in 1, -2". "" where there is nothing. It belongs to the model, up to the next call. */
GF_API const char *gf_model_warnings(gf_model *m);

/* One error, for programs that show them in their own way. */
typedef struct gf_model_error {
    gf_status status;
    int line, column; /* counted from 1, the column in characters; 0 where it is about no place */
    const char *text; /* one line; it belongs to the model, as long as the error does */
} gf_model_error;

/* How many errors there are, and number k of them by place, counted from 0 (NULL
 * beyond). It belongs to the model, up to the next gf_model_set, gf_model_limit or
 * gf_model_confine. */
GF_API size_t gf_model_error_count(gf_model *m);
GF_API const gf_model_error *gf_model_error_at(gf_model *m, size_t k);

/* --- settings --------------------------------------------------------------- */

/* Sets a size, or the number of steps by its name, in place of what the file says;
 * sizes that are expressions of it follow. "seed" sets the seed of the initial
 * values, "truncate" the K of truncated backpropagation (0: none). An unrolling
 * that was there is dropped, with its graph and nodes. Fails with
 * GF_ERROR_ARGUMENT where the file has no size of that name, or the value is beyond +-2^53
 * (of "truncate" below 0): then unrolling fails, too, until a gf_model_set, gf_model_limit,
 * gf_model_confine or gf_model_load that does not, and sizes are what they were. And with
 * what reading failed with. A number that no matrix can have, T = -4, unrolling refuses. */
GF_API gf_status gf_model_set(gf_model *m, const char *name, long long value);

/* The most nodes the graph may have (10,000,000 unless set) and entries a matrix
 * (1,000,000 unless set); bytes follow, as gf_graph_limit says, those of lets as well. An
 * unrolling that was there is dropped. */
GF_API gf_status gf_model_limit(gf_model *m, size_t nodes, size_t entries);

/* From now on csv files are read only in the folder of the model file (of a text,
 * that of its name) and in those below it, links followed; others are an error that
 * does not tell whether they are there: for files of strangers. An unrolling that
 * was there is dropped. */
GF_API gf_status gf_model_confine(gf_model *m);

/* From now on parameters come from a folder, in place of what the file says: NAME.csv each, as `gradflow train` writes,
 * or NAME.npy, as gf_params_save does. An unrolling that was there is dropped. Fails with GF_ERROR_ARGUMENT (a NULL),
 * GF_ERROR_MEMORY, or what reading the file failed with; whether the folder and its files are there, unrolling tells,
 * which fails with GF_ERROR_READ. */
GF_API gf_status gf_model_load(gf_model *m, const char *folder);

/* --- the unrolling ------------------------------------------------------------ */

/* Unrolls the equations over time, unless that is done: builds the graph, and
 * gives inputs and parameters their initial values. Everything below does it by
 * itself. Fails with the status of the first error: GF_ERROR_SHAPE,
 * GF_ERROR_SYNTAX (a circle, an index beyond the ends …), GF_ERROR_READ (a csv
 * file), GF_ERROR_LIMIT, GF_ERROR_MEMORY; with GF_ERROR_ARGUMENT where m is NULL, where
 * the last gf_model_set was refused, until another is not, and where gf_graph_rewind has
 * dropped nodes of the model. */
GF_API gf_status gf_model_unroll(gf_model *m);

/* The graph; it belongs to the model. NULL where it cannot be unrolled. One may build
 * behind what is there, and rewind to that. Nodes of
 * time step t have gf_node_step t and the name of the file; a start is named with
 * its index ("h[0]") and has step 0. */
GF_API gf_graph *gf_model_graph(gf_model *m);

/* The node of the loss, 1 x 1. NULL where the model cannot be unrolled. */
GF_API gf_node *gf_model_loss(gf_model *m);

/* The node of a name at step t: 1 to the number of steps, or the index of a start.
 * For a name without time, t is not read. NULL where there is none. */
GF_API gf_node *gf_model_node(gf_model *m, const char *name, int t);

/* What could be meant by a text that gf_model_node has nothing for: "did you mean
 * h[2]?", of hh[2], h_2, or dL/dh_2; "" where nothing is near. It belongs to the model,
 * up to the next call of this or of gf_model_message. */
GF_API const char *gf_model_advice(gf_model *m, const char *text);

/* Its value, and the gradient of the loss by it, by every path (the first call
 * after unrolling runs gf_backward on the loss; from then on it is the gradient of
 * the graph's last backward). They belong to the graph. NULL where there is no
 * such node; and of what is given, or constant, there is no gradient. */
GF_API const gf_matrix *gf_model_value(gf_model *m, const char *name, int t);
GF_API const gf_matrix *gf_model_gradient(gf_model *m, const char *name, int t);

/* The title, "" if there is none; the number of steps (1 if the file has none; 0
 * where it cannot be told). */
GF_API const char *gf_model_title(const gf_model *m);
GF_API int gf_model_steps(gf_model *m);

/* The value of a size, or of the number of steps, by its name, through *out; false
 * where there is none such. */
GF_API bool gf_model_size(long long *out, gf_model *m, const char *name);

/* --- examples, for training ------------------------------------------------------------------------ */

/* Reads all examples of the csv files of inputs and what is given: N times T lines of a name[t] are N examples, one
 * after the other, of others N matrices. *count becomes N, 1 where there are no such files; a file of one example
 * serves all. Unrolls the model anew: nodes of an unrolling that was there are dropped with its graph. Fails as
 * unrolling does, with GF_ERROR_ARGUMENT of a NULL, and with GF_ERROR_SHAPE where two files differ in N; *count is 0
 * then. */
GF_API gf_status gf_model_examples(size_t *count, gf_model *m);

/* Sets the inputs to example k, counted from 0, of those that gf_model_examples has read (before it: of one). Nothing
 * is built or allocated, once the model is unrolled. Fails with GF_ERROR_ARGUMENT beyond the last, and as unrolling
 * does.
 */
GF_API gf_status gf_model_example(gf_model *m, size_t k);

/* Draws every input, given or not, that the file has drawn, anew; the seed and how often it was done before decide.
 * Unrolls the model where that is not done, and fails as unrolling does, or with GF_ERROR_MEMORY. */
GF_API gf_status gf_model_redraw(gf_model *m);

/* The path of csv file number k that initial values come from; NULL beyond. It
 * belongs to the model. */
GF_API const char *gf_model_csv_at(gf_model *m, size_t k);

/* What a name of the file stands for. */
typedef enum gf_model_kind {
    GF_MODEL_PARAM,
    GF_MODEL_INPUT,
    GF_MODEL_EQUATION,
    GF_MODEL_LET,
    GF_MODEL_GIVEN /* an input whose gradient nobody asks for */
} gf_model_kind;

typedef struct gf_model_name {
    const char *name; /* belongs to the model */
    gf_model_kind kind;
    bool timed;     /* it is name[t] */
    bool started;   /* it has a start */
    int rows, cols; /* of a let, 0 x 0 where only its values tell */
    int line;       /* of the statement that declares or defines it */
    bool drawn;     /* gf_model_redraw draws it anew */
    int column;     /* where its name stands on that line, in characters, from 1 */
} gf_model_name;

/* Matrix number k, in the order of the file, counted from 0; NULL beyond. It belongs
 * to the model; its shape is told anew after gf_model_set. */
GF_API const gf_model_name *gf_model_name_at(gf_model *m, size_t k);

GF_END_DECLS

#endif
