/* How a view is made: what its stages hand on to each other. view.c tells their order. */
#ifndef GF_VIEW_INSIDE_H
#define GF_VIEW_INSIDE_H

#include "base/index.h"
#include "base/names.h"
#include "graph/node.h"
#include "view/view.h"

#define GF_NOWHERE UINT32_MAX

/* What a part is to the picture. */
typedef enum gf_role { GF_ABSENT, GF_NEIGHBOUR, GF_CORE } gf_role;

/* A box that may come into the picture. */
typedef struct gf_part {
    gf_node *node; /* that defines it; NULL: a step, or several */
    size_t id;     /* of that node, or of the first one in it */
    int step, last_step;
    uint32_t pattern;
    bool sum;
    bool between; /* has something that lies between options->from and options->to */
    bool touched; /* an arrow or a cell is of it */
    gf_role role;
    gf_box *box; /* once it is made; NULL: it is not shown */
} gf_part;

/* An arrow, or a cell, that may come into the picture: what one variable is to one part. */
typedef struct gf_link {
    uint32_t from;    /* part; of a cell the parameter's id */
    uint32_t to;      /* part */
    uint32_t source;  /* the node whose value passes; of several of one name the first */
    uint32_t pattern; /* of a cell */
    uint32_t count;
    const gf_use *uses;
} gf_link;

typedef struct gf_links {
    gf_link *items; /* in the order of `to` */
    uint32_t count;
    gf_use *uses;
    uint32_t *link_of; /* of a use; while they are gathered */
    size_t use_count;
} gf_links;

typedef struct gf_making {
    gf_view *view;
    gf_graph *g;
    const gf_draw_options *options;
    gf_level level;
    bool picture;              /* not a table: at `ops`, too, a sum over time is one box */
    bool open;                 /* equations of named quantities alone become their operations */
    bool fold;                 /* steps outside the range become one part on either side; else they are left out */
    int fold_first, fold_last; /* these steps become one part, too; 0: none */
    size_t count;
    /* by node id */
    bool *aside;
    bool *fixed;         /* no gradient of it is wanted */
    bool *between;       /* does it lie between options->from and options->to? */
    uint32_t *users;     /* how many operands it is, */
    uint32_t *factors;   /* and of matrix products of steps */
    uint32_t *user;      /* the last that has it as an operand */
    uint32_t *quantity;  /* the named node that it is folded into; itself */
    uint32_t *root;      /* the node that defines its box */
    uint32_t *step;      /* in which it stands; 0: outside time */
    uint32_t *pattern;   /* GF_NOWHERE: none yet */
    uint32_t *again;     /* of a box outside time: how many before it have its name */
    uint32_t *home;      /* its part; GF_NOWHERE: none */
    uint32_t *source;    /* the node that stands for its variable */
    bool *total;         /* of no step; what several steps make comes together in it */
    bool *sum;           /* of a root: nothing but additions over time */
    bool *opened;        /* of a root: its operations are boxes of their own */
    gf_names keys;       /* of patterns; number k is pattern k - 1 */
    const gf_node **kin; /* by pattern: a node of it */
    gf_part *parts;      /* in the order of ids */
    uint32_t part_count;
    gf_links arrows, cells;
    const gf_operation *stop[2];      /* the row of stop(a), and NULL */
    const gf_operation *additions[6]; /* those of which a sum over time is made, and NULL */
    uint32_t *first_behind;           /* by node id: of stop(a), where in behind its users begin */
    gf_use *behind;
    gf_call call; /* the last whose contributions were worked out */
    gf_arena arena;
} gf_making;

bool gf_step_in_range(const gf_draw_options *options, int step);

/* --- roots.c: which nodes are one box -------------------------------------------------- */

/* The index behind a name, as -1 in "hb[-1]", and how long the name before it is; false if there is none. */
bool gf_split_index(const char *name, size_t *length, int *index);

/* The index in the name of a node outside the steps, as 0 in "h[0]"; false if there is none. */
bool gf_find_index(const gf_node *node, size_t *length, int *index);

/* A start, or another value outside the steps that is one of a row: "h[0]". */
bool gf_is_start(const gf_node *node);

/* A parameter whose uses are cells: one that is no start, which passes for a state. */
bool gf_is_weight(const gf_making *m, const gf_node *node);

/* In pictures passes for one a matrix that is given and a factor of steps alone, as in an echo state network. */
bool gf_is_fixed_weight(const gf_making *m, const gf_node *node);

/* Is it no box, above the level of operations? Constants, and weights unless they are to be shown, that something uses.
 */
bool gf_is_boxless(const gf_making *m, const gf_node *node);

bool gf_is_named(const gf_node *node);
bool gf_is_number(const gf_node *node); /* 1 x 1, without a name */

/* Rows of the table by their names, NULL behind them; and is the node's among them? */
void gf_find_operations(const gf_operation *out[], const char *const names[], size_t count);
bool gf_is_one_of(const gf_node *node, const gf_operation *const list[]);
/* Gives the operations of each equation that is to be opened boxes of their own: owns[id]. open.c */
gf_status gf_open_equations(gf_making *m, bool *owns);

/* Finds users, quantities, roots, sums, and what lies between from and to. */
gf_status gf_find_roots(gf_making *m);

/* Finds the operations of which a sum over time is made. sums.c */
void gf_find_additions(gf_making *m);

/* In which step each node stands, and which are totals over time; once users are known. standing.c */
gf_status gf_find_standing(gf_making *m);

/* Which roots do nothing but add up over time; sums.c. */
gf_status gf_find_sums(gf_making *m);

/* --- patterns.c: which boxes are the same quantity --------------------------------------- */

gf_status gf_find_patterns(gf_making *m);

bool gf_pattern_is_timed(const gf_making *m, const gf_node *node);

/* "h", "layer1.h"; the symbol of one without a name; NULL without memory. */
const char *gf_pattern_name(gf_view *view, const gf_node *node);

/* A name with a ′ for each box before it that has the same; NULL without memory. */
const char *gf_name_again(const gf_making *m, const gf_node *node, const char *name);

/* "h", "layer1.h", also of h[0], which may be a constant; "" of one without a name; NULL without memory. */
const char *gf_variable_of(gf_view *view, const gf_node *node);

/* --- fold.c: parts, arrows and cells -------------------------------------------------------- */

gf_status gf_find_parts(gf_making *m);
gf_status gf_find_links(gf_making *m);

/* --- flow.c: what passes -------------------------------------------------------------------- */

/* The contribution itself, of the shape of edge->from: the recorded one, or, where its magnitude alone was kept,
 * worked out once more, which gives the same numbers as long as no value was set since. Of an edge that passes
 * nothing because its operand is constant it is what would pass. False where edge->to has no gradient, and where
 * it cannot be known any more: the gradients are sums over several runs (GF_ACCUMULATE). *call, zero-initialised,
 * is kept from one to the next: so the slots of one node, in ascending order, take as many steps as there are. */
bool gf_edge_contribution(double *out, const gf_edge *edge, gf_call *call);

/* What the uses send together. `sum`, in the arena, may be NULL: it is not wanted. *call as in gf_edge_contribution.
 * GF_ERROR_MEMORY. */
gf_status gf_measure_uses(gf_arena *arena, const gf_use *uses, size_t count, gf_call *call, gf_measure *out,
                          gf_arrow_look *look, const gf_matrix **sum);

gf_measure gf_measure_matrix(const gf_matrix *m);

/* --- truncation.c: what is thrown away ------------------------------------------------------------------ */

gf_status gf_find_cuts(gf_making *m);

/* Of an arrow whose look is known. */
gf_status gf_fill_cut(gf_making *m, gf_arrow *arrow);

/* The cuts within boxes of whole steps. Fails with GF_ERROR_MEMORY. */
gf_status gf_fill_cuts_within(gf_making *m);

/* --- turns.c: when it arrives ------------------------------------------------------------------------------ */

/* Of arrows and cells, and so of boxes. Fails with GF_ERROR_MEMORY. */
gf_status gf_find_turns(gf_making *m);

/* --- boxes.c: what there is to say of a part ------------------------------------------------- */

/* A copy of a name that can be shown; NULL without memory. */
const char *gf_clean_name(gf_view *view, const char *name);

/* "h[3]", "layer1.h[3]", "n17"; NULL without memory. */
const char *gf_label_of(gf_view *view, const gf_node *node);

/* What an operation is written as; NULL without memory. */
const char *gf_symbol_of(gf_view *view, const gf_node *node);
void gf_find_aside(gf_making *m);
bool gf_fill_box(gf_making *m, gf_box *box, const gf_part *part);

/* Unknown for a constant, and for what was built after backward ran. */
gf_measure gf_measure_gradient(gf_graph *g, gf_node *node);

/* The quantities in boxes of whole steps; quantities.c. Fails with GF_ERROR_MEMORY. */
gf_status gf_fill_quantities(gf_making *m);

#endif
