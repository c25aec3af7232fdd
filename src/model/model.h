/* The inside of a model: a file that was read, its names, and its unrolling. What the judging half builds on. */
#ifndef GF_MODEL_MODEL_H
#define GF_MODEL_MODEL_H

#include <gradflow/model.h>

#include "language/functions.h"
#include "language/patterns.h"
#include "language/tree.h"

/* --- names ------------------------------------------------------------------------------------------------ */

typedef enum gf_symbol_kind {
    SYMBOL_NONE,  /* nothing declares it */
    SYMBOL_SIZE,  /* a number */
    SYMBOL_STEPS, /* the number of steps */
    SYMBOL_PARAM, /* from here on matrices */
    SYMBOL_INPUT,
    SYMBOL_GIVEN, /* an input that no gradient is asked for */
    SYMBOL_EQUATION,
    SYMBOL_LET /* never in the graph */
} gf_symbol_kind;

/* How far an instance, or a name, has got. */
typedef enum gf_progress {
    PROGRESS_NONE,
    PROGRESS_ENTERED, /* what it needs is being worked out */
    PROGRESS_DONE,
    PROGRESS_FAILED /* reported, here or where it needs something */
} gf_progress;

/* A name at one step. */
typedef struct gf_instance {
    gf_node *node;   /* in the model's graph; NULL for a let, or where it could not be built */
    gf_matrix value; /* of a let, once the judging half has worked it out; freed with the unrolling */
    gf_progress progress;
} gf_instance;

/* A line for a step of its own: start NAME[index], or, of a let, let NAME[index] = … */
typedef struct gf_start gf_start;
struct gf_start {
    const gf_statement *statement;
    long index;           /* known once the model is being unrolled */
    gf_instance instance; /* of a start; a let's line for step 3 shares the instance of step 3 */
    gf_start *next;
};

/* Everything known of a name. Symbols stand in an array by the number of the name. */
typedef struct gf_symbol {
    gf_model_name shown; /* what gf_model_name_at hands out */
    gf_symbol_kind kind;
    bool timed;     /* it is NAME[t] */
    bool broken;    /* what it is cannot be told, which was reported: whatever uses it stays quiet */
    bool misread;   /* that was so already when the file had been read */
    bool stopped;   /* an instance failed, reported: the others stay quiet */
    bool open;      /* a let with a ?, or one made of such: what its shape is, its line does not tell */
    bool tentative; /* its shape was found while that of a name in its recursion was not known */
    gf_progress shape_progress;
    const gf_statement *declaration; /* the statement that messages point to */
    const gf_statement *definition;  /* the equation or the let for every t; NULL: there is none */
    gf_start *starts;
    long value;                    /* SYMBOL_SIZE, SYMBOL_STEPS */
    bool known;                    /* its value has been worked out */
    int rows, cols;                /* of every instance; 0 x 0 until known */
    const gf_statement *shaped_by; /* the statement that gave it its shape */
    gf_instance *at;               /* t = 1..T stand at [0] to [T - 1]; [0] without time */
    const gf_function *function;   /* what a call of the name calls; NULL: nothing, or it was not looked up yet */
} gf_symbol;

/* --- the model -------------------------------------------------------------------------------------------- */

typedef struct gf_override {
    uint32_t name; /* number; 0: the seed; UINT32_MAX: truncate */
    long long value;
} gf_override;

/* The operations that signs and brackets stand for, looked up once. */
typedef struct gf_operations {
    const gf_operation *of[TREE_MAX + 1];   /* by the kind of the tree; NULL where it is none */
    const gf_operation *scale, *add_scalar; /* of a matrix and a number */
} gf_operations;

/* Who may end long work on a model before it is done. Once `goes_on` has said no, it is not asked again. */
typedef struct gf_watch {
    bool (*goes_on)(void *data);
    void *data;
    bool ended;
} gf_watch;

/* The examples of one input: `count` times the numbers of its instances, one after the other. */
typedef struct gf_examples {
    gf_symbol *symbol;
    const gf_statement *statement;
    double *numbers;
    size_t size, count, room; /* size: of one example, in numbers; room: in numbers */
} gf_examples;

/* An input that is drawn, and the numbers of its distribution. */
typedef struct gf_drawn {
    const gf_statement *statement;
    double numbers[2];
} gf_drawn;

struct gf_model {
    gf_text_file file;
    gf_problems problems;
    gf_model_error errors[GF_PROBLEMS_KEPT]; /* what gf_model_error_at handed out */
    gf_status read_status;                   /* what reading came to */
    gf_status status;                        /* what unrolling came to */
    bool unrolled;                           /* it was tried since the last gf_model_set */
    bool differentiated;                     /* gf_backward(loss) has run */
    gf_symbol *symbols;                      /* [0 .. symbol_count - 1], by number of the name */
    uint32_t symbol_count;
    uint32_t t;              /* the number of the name t */
    uint32_t steps_name;     /* of the name of the number of steps; 0: the file has no `steps` */
    uint32_t grad, jacobian; /* the numbers of these names */
    gf_operations operations;
    gf_arena arena; /* of the starts, and of what names call */
    gf_override *overrides;
    size_t override_count, override_room;
    size_t node_limit, entry_limit;
    bool confined;    /* csv files outside of the model's folder are refused; */
    const char *load; /* the folder that params come from; NULL: the file says what they are */
    bool looking;     /* unrolled only to see what else is wrong: they are passed over */
    /* from here on the unrolling's */
    gf_arena unrolling; /* of the instances */
    gf_graph *graph;
    gf_node *loss, *last; /* last: of all that was built */
    long steps, truncate; /* truncate 0: no cut */
    uint64_t seed;
    size_t work;           /* tree nodes evaluated: bounds what a short text can ask for */
    gf_watch *watch;       /* NULL: nobody ends it */
    gf_examples *examples; /* of the inputs that have some; examples.c */
    size_t examples_count, examples_room;
    gf_drawn *drawn; /* NULL until some were drawn anew; */
    size_t drawn_count;
    uint64_t draws;   /* how often that was */
    size_t proposals; /* names that were compared for the nearest */
    gf_text refusal;  /* why what was asked of it last could not be done: a derivation */
    gf_text message;  /* what gf_model_message returned last */
};

/* The symbol of a name. Never NULL for a number of the file's table; NULL for a text that the file never names. */
gf_symbol *gf_model_symbol(const gf_model *m, uint32_t name);

/* The symbol of the name that an expression is, alone or with an index; NULL where it is none. */
gf_symbol *gf_model_named(const gf_model *m, const gf_tree *tree);
gf_symbol *gf_model_find(const gf_model *m, const char *name);
const char *gf_model_text(const gf_model *m, uint32_t name);

/* The function of a call, whose name is looked up once; false if there is none. */
bool gf_model_function(gf_model *m, gf_function *out, const gf_tree *call);

/* The instance of a name at step t (of one without time, whatever t is). NULL where there is none: an index beyond the
 * ends that no start gives. */
gf_instance *gf_symbol_instance(const gf_model *m, gf_symbol *symbol, long t);

/* Is it a declaration of one matrix a step, such as input x[t] : … or param W[t] : …? */
static inline bool gf_statement_lists(const gf_statement *s)
{
    return s->index && (s->kind == STATEMENT_INPUT || s->kind == STATEMENT_GIVEN || s->kind == STATEMENT_PARAM);
}

/* The line of a let for step t: its own, or the general one; NULL where there is none. */
const gf_statement *gf_let_line(const gf_symbol *symbol, long t);

/* For a public function that hands out a text about the model: begins it, with *out NULL, and forgets why the last one
 * refused. False where there is no place for the text, or no model. */
bool gf_model_asked(char **out, gf_model *m);

/* Ends it: hands the text out, or, where there is none or something was wrong, drops it. `length` may be NULL. Returns
 * the status, GF_ERROR_MEMORY where the text has failed. */
gf_status gf_model_answer(char **out, size_t *length, gf_model *m, gf_text *text, gf_status status);

/* Says in a line, for gf_model_message, why it refuses; returns GF_ERROR_ARGUMENT. */
gf_status gf_model_refuse(gf_model *m, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Has the work on it been ended? Asked before whatever may take long; what was begun then comes to an error. */
bool gf_model_ended(const gf_model *m);

/* A note where a part of [ ] in the tree is a subtraction that looks like two parts: [1 -2]. */
void gf_note_minus(gf_problems *problems, gf_problem *problem, const gf_source *source, const gf_tree *tree);

/* Notes where a name's shape comes from: "Wf is declared 3 x 4 on line 8". */
void gf_model_note_shape(gf_model *m, gf_problems *problems, gf_problem *problem, const gf_symbol *symbol);

/* --- reading: names (declare.c, resolve.c) -------------------------------------------------------------------- */

/* Enters what every statement declares into the symbols. */
gf_status gf_model_declare(gf_model *m);

/* Where an expression stands, which says what may stand in it. */
typedef enum gf_place {
    PLACE_INTEGER,  /* sizes and indices alone */
    PLACE_CONSTANT, /* an initial value: no matrices by name */
    PLACE_EQUATION, /* names of the graph */
    PLACE_JUDGING   /* a let or a claim: lets, grad, jacobian … besides */
} gf_place;

/* An index name and its value, while the expression that it stands in is looked at; lists from the inside out. */
typedef struct gf_binding gf_binding;
struct gf_binding {
    uint32_t name;
    bool known; /* false while only shapes are looked at */
    long value;
    const gf_binding *outer;
};

const gf_binding *gf_binding_find(const gf_binding *bindings, uint32_t name);

/* Checks every name, function and number of arguments in an expression; false, reported, where one is wrong. */
bool gf_model_resolve(gf_model *m, gf_problems *problems, const gf_tree *tree, gf_place place,
                      const gf_binding *bindings);

/* The statement around a place of the file; NULL where none is. */
const gf_statement *gf_model_statement_at(const gf_model *m, uint32_t at);

/* Of a name that nothing declares (propose.c): does it look like an index? Then that it lacks its range is reported,
 * with one, where an index can stand: in [ ] (step), or in a claim. */
bool gf_is_index_name(const char *name);
bool gf_model_propose_range(gf_model *m, gf_problems *problems, const gf_tree *index, bool step);

/* Of a matrix: its declaration, with the shape that is asked of it where it stands; derived: a gradient is by it. */
void gf_model_propose_declaration(gf_model *m, gf_problems *problems, gf_problem *problem, const gf_tree *tree,
                                  bool derived);

/* A note: the statement with another word in the place of a name. */
void gf_model_note_renamed(gf_model *m, gf_problems *problems, gf_problem *problem, const gf_statement *s, gf_span name,
                           const char *instead);

/* May that name, which stands at `at`, be an index? False, reported, where it has a meaning already. */
bool gf_model_index_fits(const gf_model *m, gf_problems *problems, uint32_t name, uint32_t at);

/* Checks all statements: the file's problems go to the model, those of lets and claims to the statement's own list. */
void gf_model_resolve_all(gf_model *m);

/* What the file knows of names, for the patterns of words from elsewhere. */
gf_knowledge gf_model_knowledge(const gf_model *m);

/* Where a line is wrong because of a word from elsewhere (words.c), its problem says so, and shows the line as it
 * should be (pasted.c): of statements that could not be read, and of those whose names are wrong. */
void gf_model_explain_unread(gf_model *m);
void gf_model_explain_names(gf_model *m);

/* The same of an expression from a command line, which stands behind the file's text; unread: it is no expression. */
void gf_model_explain_expression(gf_model *m, gf_problems *problems, gf_span span, bool unread);

/* Adds gf_model_advice; lets: they are asked for, too. */
void gf_model_advise(gf_text *w, gf_model *m, const char *text, bool lets);

/* Of a name that stands where a number is asked for: the line that makes it one, if it is m = 4 in the file. */
void gf_model_note_number(const gf_model *m, gf_problems *problems, gf_problem *problem, const gf_symbol *symbol);

/* Of an equation that uses what lets alone may: the let that it is meant as, dh[t] = grad(h[t]). */
void gf_model_propose_let(const gf_model *m, gf_problems *problems, gf_problem *problem);

/* --- unrolling ------------------------------------------------------------------------------------------------- */

/* Back to what reading left (model.c): what is set from here on counts. */
void gf_model_drop_unrolling(gf_model *m);

/* Works out sizes, steps and the indices of starts (integers.c). */
void gf_model_size_up(gf_model *m);

/* Finds the shape of every name, and checks the shapes in every equation (shapes.c). Shapes of lets are found as far as
 * they can be; what is wrong in them, the judging half reports. */
void gf_model_shape_up(gf_model *m);

/* Makes the instances of every name, and the leaves with their initial values (leaves.c); false, reported, where there
 * are too many instances to go on. */
bool gf_model_plant(gf_model *m);

/* How many matrices it has, one of a name and step. */
double gf_model_instances(const gf_model *m);

/* The initial value of one leaf at step t (init.c); of a csv file, its next line. false, reported, where it fails. */
typedef struct gf_csv gf_csv;
bool gf_init_leaf(gf_model *m, const gf_statement *s, gf_node *leaf, long t, gf_csv *csv);

/* The numbers of its distribution, worked out; and one leaf drawn with them, or where it has none as leaves are drawn.
 * Reported where it fails. */
bool gf_init_numbers(gf_model *m, const gf_statement *s, double out[2]);
bool gf_init_draw(gf_model *m, const gf_statement *s, gf_node *leaf, const double numbers[2]);

/* Is the distribution one that the language knows, with its arguments? Reported where it is not. */
bool gf_init_resolve(gf_model *m, const gf_init *init);

/* The file that an initial value names, NULL without one, or, reported, where it cannot be opened (csv.c). */
gf_csv *gf_csv_open(gf_model *m, const gf_statement *s);
void gf_csv_close(gf_csv *csv);

/* Reads the next matrix: a line for a timed input, else the whole file. */
bool gf_csv_read(gf_csv *csv, gf_matrix *out);

/* Do numbers stand behind what was read? */
bool gf_csv_goes_on(gf_csv *csv);

/* Does a param come from the folder of gf_model_load? May a statement's file hold several examples, as an input's may?
 */
bool gf_csv_is_loaded(const gf_model *m, const gf_statement *s);
bool gf_csv_has_examples(const gf_statement *s);

/* Does the file have the numbers of an input, or of what is given, drawn (leaves.c)? */
bool gf_statement_draws(const gf_statement *s);

/* Draws a leaf anew (leaves.c): the `draw`th time, counted from 0, which is the first value. */
bool gf_model_draw(gf_model *m, const gf_drawn *drawn, uint64_t draw);

/* How many pieces of work an unrolling may take. */
static inline size_t gf_most_work(const gf_model *m)
{
    return 5 * m->node_limit + 1000000;
}

/* Builds every instance (unroll.c). */
void gf_model_build(gf_model *m);

#endif
