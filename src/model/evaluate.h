/* Expressions -> shapes, numbers and nodes: one walk for equations, initial values, lets and claims. */
#ifndef GF_MODEL_EVALUATE_H
#define GF_MODEL_EVALUATE_H

#include "language/functions.h"
#include "model/model.h"

/* --- integers (integers.c) --------------------------------------------------------------------------------- */

typedef enum gf_integer_result {
    INTEGER_KNOWN,
    INTEGER_OPEN, /* it depends on an index that has no value now: shapes alone are being looked at */
    INTEGER_BAD   /* reported */
} gf_integer_result;

/* The value of an expression of sizes and indices. */
gf_integer_result gf_integer(gf_model *m, gf_problems *problems, const gf_tree *tree, const gf_binding *bindings,
                             long *out);

/* " at t = 2, j = 1": the indices with a value that occur in the tree; nothing where none does. */
void gf_bindings_write(gf_text *w, const gf_model *m, const gf_binding *bindings, const gf_tree *tree);

/* --- terms -------------------------------------------------------------------------------------------------------- */

typedef enum gf_term_kind {
    TERM_BAD,      /* reported, or the consequence of what was */
    TERM_NUMBER,   /* a number of literals, sizes and indices; where a matrix is asked for, 1 x 1 */
    TERM_MATRIX,   /* rows x cols, and its node if there is a graph */
    TERM_ZERO,     /* zeros of whatever shape is needed: an empty sum, a let beyond the ends within its recursion */
    TERM_IDENTITY, /* `number` times the identity of whatever size is needed: an empty product of no known shape */
    TERM_OPEN      /* without a graph: a matrix whose shape depends on an index */
} gf_term_kind;

/* What an expression came to. */
typedef struct gf_term {
    gf_term_kind kind;
    bool open;      /* TERM_NUMBER without a graph: the number depends on an index */
    bool constant;  /* nothing of the model's is in it */
    int rows, cols; /* of TERM_ZERO: what it would be if nothing else were asked for; 0 x 0: open */
    double number;
    gf_node *node; /* TERM_MATRIX; NULL without a graph */
} gf_term;

typedef struct gf_evaluation gf_evaluation;
typedef struct gf_running gf_running; /* model/running.h */

/* A name in an expression, at step t where it is timed (`known` says whether t has a value). */
typedef gf_term gf_reader(gf_evaluation *e, const gf_tree *tree, gf_symbol *symbol, bool known, long t);

/* A call of what is no operation, with a graph: max, min, norm2, kron, grad, jacobian. (Their shapes need no caller.)
 */
typedef gf_term gf_caller(gf_evaluation *e, const gf_tree *tree, const gf_function *function);

/* How an expression is worked out. */
struct gf_evaluation {
    gf_model *m;
    gf_graph *graph;       /* where nodes are built; NULL: shapes alone, and indices may be open */
    bool values_only;      /* nobody asks how a value came about: a long sum needs one matrix, not a node a term */
    gf_running *running;   /* what sums and products came to; NULL: they are worked out anew */
    gf_problems *problems; /* NULL: quietly */
    const gf_binding *bindings;
    gf_reader *read;
    gf_caller *call; /* NULL where such calls cannot stand */
    void *data;      /* the caller's own */
};

/* Works out an expression, which gf_model_resolve has found to be right. */
gf_term gf_evaluate(gf_evaluation *e, const gf_tree *tree);

/* The term as a node of e->graph, rows x cols where the shape is open (0 x 0: its own; 1 x 1 at the worst). NULL for a
 * bad one; NULL, reported at the tree, where it cannot be of that shape. */
gf_node *gf_term_node(gf_evaluation *e, const gf_tree *tree, gf_term term, int rows, int cols);

/* The values that the index of a sum or product takes: first, first + step … ; none where count is 0. With
 * INTEGER_OPEN its ends depend on an index without a value. */
typedef struct gf_extent {
    long first, step, count;
} gf_extent;

gf_integer_result gf_extent_of(gf_evaluation *e, const gf_tree *tree, gf_extent *out);

/* --- inside: evaluate.c, terms.c, calls.c ------------------------------------------------------------------------- */

extern const gf_term gf_term_bad;

gf_term gf_term_number(double number, bool open);
gf_term gf_term_matrix(gf_node *node, int rows, int cols, bool constant);
gf_term gf_term_zero(int rows, int cols);
gf_term gf_term_identity(double factor);

/* ZERO or IDENTITY: it takes whatever shape is needed. */
bool gf_term_adapts(const gf_term *term);

/* A term that adapts, as a matrix of that shape; reported where an identity is not square. Others stay. */
gf_term gf_term_settle(gf_evaluation *e, const gf_tree *tree, gf_term term, int rows, int cols);

/* Applies an operation to terms, whose trees are named in messages; p may be NULL. */
gf_term gf_term_apply(gf_evaluation *e, const gf_tree *tree, const gf_operation *op, gf_term terms[],
                      gf_tree *const trees[], int count, const gf_attributes *p);

/* a + b, a @ b, a > b …: kind is TREE_ADD to TREE_DIVIDE, or that of a comparison; trees are those of the operands. */
gf_term gf_term_combine(gf_evaluation *e, const gf_tree *tree, gf_tree_kind kind, gf_term a, gf_term b,
                        gf_tree *const trees[2]);

/* Is rows x cols within the limit? gf_shape_fits reports where it is not. */
bool gf_shape_allowed(const gf_model *m, long rows, long cols);
bool gf_shape_fits(gf_evaluation *e, const gf_tree *tree, long rows, long cols);

gf_term gf_evaluate_call(gf_evaluation *e, const gf_tree *tree);
gf_term gf_evaluate_over(gf_evaluation *e, const gf_tree *tree);

/* Memory ran out: the model's problems say so, and those of the evaluation. */
void gf_out_of_memory(gf_evaluation *e);

/* Counts one more piece of work; false, reported, where a short text asks for too much. */
bool gf_work(gf_evaluation *e, const gf_tree *tree);

/* The same for what takes as long as so many multiplications; 1000 of them are a piece of work. */
bool gf_work_on(gf_evaluation *e, const gf_tree *tree, double multiplications);

/* Whether so many pieces more may come; false, reported, where not: nothing of it has been begun. */
bool gf_work_allows(gf_evaluation *e, const gf_tree *tree, size_t pieces);

/* Reports "TEXT: what", TEXT the source of the tree, with the indices at which it is so; the operands are underlined,
 * or the whole where count is 0, and notes say where the names among them have their shapes from. */
gf_problem *gf_refuse_term(gf_evaluation *e, const gf_tree *tree, gf_tree *const operands[], int count,
                           gf_status status, const char *what);

#endif
