/* Single edits of a line: the slips that people make when they derive gradients, made backward. */
#ifndef GF_MEND_EDITS_H
#define GF_MEND_EDITS_H

#include "mend/slips/calculus.h"

typedef enum gf_edit_kind {
    EDIT_INDEX, /* a time index moved */
    EDIT_NAME,  /* another name */
    EDIT_SIGN,
    EDIT_TRANSPOSE, /* put in, taken out */
    EDIT_ORDER,     /* operands exchanged */
    EDIT_FUNCTION,  /* another function, or its derivative, or that of an activated value */
    EDIT_MORE,      /* a factor one too many */
    EDIT_FACTOR,    /* a factor left out, or another one */
    EDIT_EXTRA,     /* a term one too many */
    EDIT_TERM,      /* a term left out */
    EDIT_REDUCTION, /* colsum, sum(t, …) and the like put in, taken out */
    EDIT_OPERATOR,  /* `@` for `*` */
    EDIT_POWER,     /* of a matrix, for that of each entry */
    EDIT_CONSTANT,
    EDIT_RANGE,    /* of an index */
    EDIT_HELD,     /* what stands behind a bar */
    EDIT_SPELLING, /* a name that there is not */
    EDIT_KINDS
} gf_edit_kind;

/* A word for it: "time index". */
const char *gf_edit_kind_text(gf_edit_kind kind);

/* One part of an expression in place of another. */
typedef struct gf_edit {
    gf_edit_kind kind;
    int cost;           /* less is more plausible: how small it is, how common */
    const gf_tree *old; /* what is replaced, of the tree as it was read */
    gf_tree *instead;   /* by what; parts of the old tree may hang in it, and new nodes have empty spans */
} gf_edit;

/* Is the node a sum, or a difference; or a product, or a quotient? */
bool gf_tree_is_chain(const gf_tree *tree, bool sum);

enum { GF_CHAIN = 32 };

/* Factors of a product, or terms of a sum, and on which side each stands. */
typedef struct gf_chain {
    const gf_tree *of[GF_CHAIN];
    bool against[GF_CHAIN]; /* divided by, taken off */
    int count;              /* GF_CHAIN: there may be more */
} gf_chain;

/* The parts of a chain, behind those that are there; `against`: all of it is divided by, or taken off. */
void gf_chain_add(gf_chain *out, const gf_tree *tree, bool sum, bool against);

/* Is the node one that nobody writes, x - x, a * 1; how many of these are there in an expression (idle.c)? */
bool gf_tree_is_idle(const gf_model *m, const gf_tree *tree);
int gf_tree_idle(const gf_model *m, const gf_tree *tree);

/* Who is told of edits, one by one. */
typedef struct gf_editor gf_editor;
struct gf_editor {
    gf_model *m;                /* its table of names grows by those of functions */
    const gf_binding *bindings; /* the indices of the line */
    bool wide;                  /* what is left out is tried as well: there are thousands of these */
    bool shaped;                /* shapes fit as they are: what would change them need not be tried */
    gf_calculus *calculus;      /* of the model; NULL: what may have been left out is not looked for */
    /* Takes a look at an edit, whose new tree is gone afterwards. False: enough. */
    bool (*visit)(gf_editor *editor, const gf_edit *edit);
    void *data;
    bool out_of_memory;
    /* from here on the editor's own, zero to begin with */
    bool stopped;
    gf_arena arena;
    gf_problems problems; /* no more than whether memory ran out */
    gf_deriving d;        /* what makes trees, in that arena */
    const gf_tree *root;
    const gf_tree *sized; /* whose shape was asked for last, and what it was */
    int rows, cols;
};

/* Does a part of the tree say the same as that? */
bool gf_tree_has_part(const gf_tree *tree, const gf_tree *part);

/* Visits every edit of an expression of the model's file. What visit leaves behind in the arena is freed by the end. */
void gf_edit_each(gf_editor *editor, const gf_tree *root);

/* The same for an expression in which a name is wrong: only what puts that right. */
void gf_edit_each_spelling(gf_editor *editor, const gf_tree *root);

/* --- inside ------------------------------------------------------------------------------------------------------- */

/* Where a node stands. */
typedef struct gf_spot gf_spot;
struct gf_spot {
    const gf_spot *up; /* of the node it is a kid of; NULL at the root */
    const gf_tree *tree;
    uint32_t slot;              /* which kid */
    const gf_binding *bindings; /* indices that are bound here */
    bool integer;               /* within an index or a range */
    bool variable;              /* what a derivative is by, or holds */
    bool graph;                 /* of what a derivative is */
};

/* Offers one edit of the spot's node, if it is sensible. */
void gf_edit_offer(gf_editor *editor, const gf_spot *spot, gf_edit_kind kind, int cost, gf_tree *instead);

/* Goes through the spots of an expression. */
typedef void gf_rule(gf_editor *editor, const gf_spot *spot);
void gf_edit_walk(gf_editor *editor, const gf_tree *root, gf_rule *rule);

/* For whoever makes trees without a walk. */
void gf_edit_begin(gf_editor *editor);
void gf_edit_end(gf_editor *editor);

/* A new node; NULL without memory, which is noted, or where a kid is NULL. -(-a) is a, and a'' is a. */
gf_tree *gf_edit_node(gf_editor *editor, gf_tree_kind kind, const gf_tree *a, const gf_tree *b);

enum { MOST_KIDS = 16 }; /* a node with more of them is not rewritten */

/* The node itself, with other kids. */
gf_tree *gf_edit_with_kids(gf_editor *editor, const gf_tree *tree, gf_tree *const kids[], uint32_t count);

/* The tree with others in place of its parts: of those that `part` has *found. NULL where one of them is NULL. */
typedef gf_tree *gf_edit_part(gf_editor *editor, const gf_tree *tree, void *data, bool *found);
gf_tree *gf_edit_map(gf_editor *editor, const gf_tree *tree, gf_edit_part *part, void *data);

/* A product, element by element, from the left: x * a * b, not x * (a * b); x / a, not x * (1 / a). */
gf_tree *gf_edit_times(gf_editor *editor, const gf_tree *x, const gf_tree *factor);

/* A copy of an expression at another step: each index that the name bears, plus so much. */
gf_tree *gf_edit_at_other_step(gf_editor *editor, const gf_tree *tree, uint32_t name, const gf_tree *step, long shift);

/* Is it a number of sizes and indices, no matrix? */
bool gf_edit_is_number(const gf_editor *editor, const gf_tree *tree, const gf_binding *bindings);

/* The matrix that a name or NAME[index] stands for; NULL where it is another tree. */
const gf_symbol *gf_edit_symbol(const gf_editor *editor, const gf_tree *tree, const gf_binding *bindings);

/* May a name of the model stand at the spot? */
bool gf_edit_may_stand(const gf_symbol *symbol, const gf_spot *spot);

/* The shape of the spot's node; false where it is not known. */
bool gf_edit_shape(gf_editor *editor, const gf_spot *spot, int *rows, int *cols);

#endif
