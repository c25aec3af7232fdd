/* The inside of the derivation: trees that are put together, their shapes, and the texts of the table. */
#ifndef GF_DERIVE_INSIDE_H
#define GF_DERIVE_INSIDE_H

#include "base/index.h"
#include "derive/derive.h"
#include "model/evaluate.h"

/* How many rows and columns an expression has, and, where the file says it so, as an expression of sizes: m, 4*m. A
 * size of the file that is 1 today is not the literal 1: only that is repeated by a broadcast at any size. */
typedef struct gf_extents {
    int size[2];
    const gf_tree *text[2]; /* never NULL: a number at the worst */
    bool let;               /* of a name: it is a let of the derivation */
    bool open;              /* of a name: found on the way to another's, when not all was known */
} gf_extents;

/* The texts of a row of the table, as trees. */
typedef struct gf_formulas {
    const gf_operation *op;
    gf_tree *text, *formula[GF_SLOTS];
} gf_formulas;

/* A rewrite: what it replaces, and by what. */
typedef struct gf_rewrite {
    gf_tree *pattern, *replacement;
} gf_rewrite;

/* Words of formulas and rewrites, by number of the name. */
typedef struct gf_words {
    uint32_t G, y, r, c, first, last, sumto, sum, rowsum, colsum, zeros;
} gf_words;

typedef struct gf_deriving {
    gf_model *m;
    gf_arena *arena;
    gf_problems *problems; /* out_of_memory is noted here, too */
    bool beside;           /* the lets shall stand beside those of the file */
    bool lasting;          /* trees stay where they are until the end */
    bool nested;           /* a product of three stays as it is bracketed */
    gf_words words;
    gf_extents *extents; /* by number of a name, of the model or of a let; size 0: not asked for, or not known */
    size_t extents_room;
    gf_index read; /* the trees of the file whose extents were worked out, by address: their number in the list */
    gf_extents *read_extents;
    size_t read_room;
    uint32_t counted; /* the name that was counted last, and how far */
    int count;
    int looking;           /* for the sizes of so many names, one by the equation of the other */
    const gf_tree **sizes; /* the expressions of sizes that were met, each once */
    size_t size_count, size_room;
    gf_formulas *formulas;
    size_t formulas_count, formulas_room;
    gf_rewrite *rewrites[2];    /* of gf_make, of gf_polish */
    const gf_binding *bindings; /* of the indices that are open: a sample, with which shapes are worked out */
} gf_deriving;

/* False without memory, which is noted. What it holds ends with gf_deriving_end; the arena is the caller's. */
bool gf_deriving_begin(gf_deriving *d, gf_model *m, gf_arena *arena, gf_problems *problems);
void gf_deriving_end(gf_deriving *d);

/* --- trees (trees.c): all take NULL for a kid, and return it; NULL without memory, which is noted ----------------- */

/* A node, cleaned up: a * 1 is a. kids may be fewer than two. */
gf_tree *gf_make(gf_deriving *d, gf_tree_kind kind, const gf_tree *a, const gf_tree *b);
gf_tree *gf_make_number(gf_deriving *d, double number);
gf_tree *gf_make_name(gf_deriving *d, uint32_t name);
gf_tree *gf_make_at(gf_deriving *d, uint32_t name, const gf_tree *index); /* index NULL: the bare name */
gf_tree *gf_make_call(gf_deriving *d, uint32_t name, const gf_tree *const kids[], uint32_t count);
gf_tree *gf_make_like(gf_deriving *d, const gf_tree *tree, const gf_tree *const kids[]); /* with other kids */

/* zeros(r, c) of the shape of an expression; the expression itself where that is not known. */
gf_tree *gf_zeros_like(gf_deriving *d, const gf_tree *tree);

/* The same before it is cleaned up. */
gf_tree *gf_make_raw(gf_deriving *d, const gf_tree *like, const gf_tree *const kids[], uint32_t count);

/* A new line, empty; and the equation that a claim is. NULL, or false, without memory, or where a side is NULL. */
gf_derived *gf_new_line(gf_deriving *d, gf_statement_kind kind);
bool gf_make_sides(gf_deriving *d, gf_statement *claim, gf_tree *left, gf_tree *right);

/* Free names replaced, all at once; indices are written shortest again: h[(t+1)-1] is h[t]. */
typedef struct gf_put {
    uint32_t name;
    const gf_tree *by;
} gf_put_pair;
gf_tree *gf_put_names(gf_deriving *d, const gf_tree *tree, const gf_put_pair *pairs, int count);

/* Does the name occur at all, free or bound? */
bool gf_tree_has(const gf_tree *tree, uint32_t name);

/* A name for an index that occurs in none of the trees, and means nothing in the file. 0 without memory. */
uint32_t gf_new_index(gf_deriving *d, const gf_tree *const avoid[], int count);

/* A sum or product over an index of another name, with that body; and T, or 1 where the file has no steps. */
gf_tree *gf_with_index(gf_deriving *d, const gf_tree *tree, uint32_t name, const gf_tree *body);
gf_tree *gf_steps_tree(gf_deriving *d);

/* With ends, 1 and T, where it has none; they are NULL without memory. */
gf_binder gf_with_ends(gf_deriving *d, gf_binder binder);

/* A new name for a let of that shape: dh, or dh_ where the file has one; `counted`, dz, dz2 … 0 without memory, or
 * where extents is NULL. */
uint32_t gf_new_let(gf_deriving *d, const char *before, const char *base, bool counted, const gf_extents *extents);

/* The number of a name, new if need be. 0 without memory. */
uint32_t gf_word(gf_deriving *d, const char *text);

/* --- indices (indices.c) ------------------------------------------------------------------------------------------ */

enum { GF_AFFINE = 6, GF_PAIRS = 12 };

/* number + factor[0] * name[0] + …; `fits` is false of any other expression. */
typedef struct gf_affine {
    bool fits;
    long number;
    int count;
    uint32_t name[GF_AFFINE];
    long factor[GF_AFFINE];
} gf_affine;

gf_affine gf_affine_of(const gf_tree *tree);
long gf_affine_factor(const gf_affine *a, uint32_t name);
gf_affine gf_affine_sum(gf_affine a, long factor, const gf_affine *b); /* a + factor * b */
gf_affine gf_affine_without(gf_affine a, uint32_t name);
gf_affine gf_affine_of_name(uint32_t name);
gf_tree *gf_affine_tree(gf_deriving *d, const gf_affine *a);
gf_tree *gf_index_shifted(gf_deriving *d, const gf_tree *index, long by); /* NULL where it is none */

/* Its value where all names in it have one; false else. */
bool gf_affine_value(const gf_deriving *d, const gf_affine *a, const gf_binding *bindings, long *out);
bool gf_index_value(const gf_deriving *d, const gf_tree *tree, const gf_binding *bindings, long *out);

/* --- shapes (extents.c) ------------------------------------------------------------------------------------------- */

/* False where it cannot be told. */
bool gf_extents_of(gf_deriving *d, const gf_tree *tree, gf_extents *out);
bool gf_extents_equal(const gf_extents *a, const gf_extents *b);

/* Is it 1 along this axis, whatever the sizes of the file are? */
bool gf_is_one(const gf_extents *a, int axis);

/* Of a name of the model, or of a let; NULL where they are not known. It moves when others are asked for. */
const gf_extents *gf_extents_of_name(gf_deriving *d, uint32_t name);

/* A new let has this shape. */
void gf_extents_of_let(gf_deriving *d, uint32_t name, const gf_extents *extents);

/* Is it a let of the derivation; is one in the expression? */
bool gf_is_let(const gf_deriving *d, uint32_t name);
bool gf_has_let(const gf_deriving *d, const gf_tree *tree);

/* Goes into a sum or product, and hands back its body: its index stands at its first step, a sample with which shapes
 * are worked out. Out again: d->bindings = index->outer. */
const gf_tree *gf_enter(gf_deriving *d, gf_binding *index, const gf_tree *over);

/* The operation that a node is, with its operands: kids[0] to kids[*count - 1]. NULL where it is none. */
const gf_operation *gf_operation_of(gf_deriving *d, const gf_tree *tree, int *count);

/* The value of an expression of numbers, sizes and indices; false where it is none. */
bool gf_number_of(gf_deriving *d, const gf_tree *tree, double *out);

/* --- formulas (formulas.c) ---------------------------------------------------------------------------------------- */

/* What kid number `slot` of a node receives where the node receives G; `y` is how the node's value is written. NULL
 * without memory, or where a shape is not known. */
gf_tree *gf_pull(gf_deriving *d, const gf_tree *node, uint32_t slot, const gf_tree *G, const gf_tree *y);

/* Does a gradient ever pass to this kid? */
bool gf_passes(gf_deriving *d, const gf_tree *node, uint32_t slot);

/* The text of the formula that gf_pull puts in, or NULL. */
const char *gf_formula_text(gf_deriving *d, const gf_tree *node, uint32_t slot);

/* --- names (named.c) ---------------------------------------------------------------------------------------------- */

/* Which names factors may get. Those of lets are for whoever tries what comes of it, and so are those at the index of a
 * sum, which may go beyond the ends. */
typedef struct gf_naming {
    gf_deriving *d;
    bool lets;                                           /* those, too, not of equations at t and T alone */
    uint32_t own;                                        /* not this one: the line is its own; 0: any */
    bool (*bars)(const void *data, const gf_tree *name); /* nor those; NULL: any */
    const void *data;
} gf_naming;

/* With products of factors that an equation or a let is made of by its name: exp(e[t]) / total * dw[t] as w[t] * dw[t].
 * NULL without memory. */
const gf_tree *gf_factors_named(const gf_naming *naming, const gf_tree *tree);

/* Is the node a derivative, or a let that is made of lets or derivatives, and so no part of the forward pass? */
bool gf_is_no_forward(const gf_tree *tree, const void *model);

/* --- rewrites (rewrites.c) ---------------------------------------------------------------------------------------- */

/* The node, or what is simpler; its kids are clean. */
gf_tree *gf_clean(gf_deriving *d, gf_tree *node);

/* The whole expression as one writes it down at the end: a minus stands in front. */
gf_tree *gf_polish(gf_deriving *d, const gf_tree *tree);

#endif
