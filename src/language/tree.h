/* The tree of an expression, the statements of a file, and how both are written out as text. */
#ifndef GF_LANGUAGE_TREE_H
#define GF_LANGUAGE_TREE_H

#include <stdbool.h>

#include "base/names.h"
#include "language/source.h"

/* --- expressions -------------------------------------------------------------------------------------- */

typedef enum gf_tree_kind {
    TREE_NUMBER,    /* number */
    TREE_NAME,      /* name: a size, an index, or a matrix without time */
    TREE_AT,        /* name [ kids[0] ] */
    TREE_NEGATIVE,  /* -kids[0] */
    TREE_TRANSPOSE, /* kids[0]' */
    TREE_ADD,       /* kids[0] + kids[1]; and so on: see gf_operator_of */
    TREE_SUBTRACT,
    TREE_MATMUL,
    TREE_MULTIPLY,
    TREE_DIVIDE,
    TREE_POWER,
    TREE_LESS, /* comparisons, in the order of gf_relation */
    TREE_LESS_EQUAL,
    TREE_GREATER,
    TREE_GREATER_EQUAL,
    TREE_BESIDE,  /* [kids, …] */
    TREE_STACKED, /* [kids; …] */
    TREE_CALL,    /* name ( kids, … | the last `held` kids ) */
    TREE_SUM,     /* sum(name, kids[0]), or sum(name, kids[0] .. kids[1], kids[2]); with `down`: downto */
    TREE_PRODUCT, /* prod, hcat, vcat, max, likewise */
    TREE_HCAT,
    TREE_VCAT,
    TREE_MAX,
    TREE_LIST, /* { kids, … }: one matrix a step; an initial value only */
    TREE_TEXT, /* csv("…"): what stands between the quotes; an initial value only */
    TREE_OPEN  /* ?: what is still to be written, in a let or an equality */
} gf_tree_kind;

enum {
    GF_NESTING = 200,     /* brackets, signs and powers within each other */
    GF_TREE_DEPTH = 1000, /* operators in a row, nesting included: whoever walks a tree may recurse */
    GF_HELD = 1000        /* names behind a bar */
};

/* A node. Trees lie in an arena and are not changed once they are read: who edits a line copies it. */
typedef struct gf_tree gf_tree;
struct gf_tree {
    uint8_t kind;   /* gf_tree_kind */
    bool brackets;  /* it stood in ( ); the span has them */
    bool down;      /* downto */
    uint16_t held;  /* TREE_CALL: so many of the last kids stand behind a bar */
    uint16_t depth; /* 1 + the deepest kid's */
    uint32_t count; /* kids */
    uint32_t name;  /* number in the table of names; of a derivative, that of "tanh'" */
    uint32_t at;    /* where a caret points: the operator, or the begin */
    gf_span span;
    union {
        double number;
        gf_tree **kids;
    };
};

/* The operators, with how tightly they bind: parser, printer and evaluation read this one table. */
typedef struct gf_operator {
    const char *text;      /* as it is written */
    int strength;          /* 1 binds least */
    bool right;            /* groups from the right */
    const char *operation; /* in the table of operations */
    const char *word;      /* of shapes: "1 x 4 times 3 x 4" */
} gf_operator;

enum {
    STRENGTH_INDEX,
    STRENGTH_RELATION,
    STRENGTH_SUM,
    STRENGTH_PRODUCT,
    STRENGTH_SIGN,
    STRENGTH_POWER,
    STRENGTH_POSTFIX
};

/* The row of a kind, TREE_NEGATIVE to TREE_GREATER_EQUAL; NULL for the others. */
const gf_operator *gf_operator_of(gf_tree_kind kind);

/* A new node over kids (copied), its depth worked out; NULL without memory. */
gf_tree *gf_tree_new(gf_arena *arena, gf_tree_kind kind, gf_span span, gf_tree *const kids[], uint32_t count);

/* A node as another one is, over kids of its own. NULL without memory. */
gf_tree *gf_tree_like(gf_arena *arena, const gf_tree *like, gf_tree *const kids[], uint32_t count);

/* The tree with another kid number k; with one node, wherever it stands, in place of another. NULL without memory. */
gf_tree *gf_tree_with_kid(gf_arena *arena, const gf_tree *tree, uint32_t k, const gf_tree *kid);
gf_tree *gf_tree_with(gf_arena *arena, const gf_tree *tree, const gf_tree *old, const gf_tree *instead);

/* A copy with all below, in an arena. NULL without memory. */
gf_tree *gf_tree_copy(gf_arena *arena, const gf_tree *tree);

/* What goes over a range: "sum", "prod", "hcat", "vcat", "max", TREE_SUM to TREE_MAX. */
const char *gf_over_word(gf_tree_kind kind);

/* What such a node binds: an index, in its body, and nowhere else: the ends stand outside. */
typedef struct gf_binder {
    uint32_t name;
    const gf_tree *first, *last; /* NULL, and so the next two: 1..T */
    const gf_tree *low, *high;   /* the same, the lower end first; with downto that is the last */
    const gf_tree *body;
} gf_binder;

/* Is it a name, alone or with an index: W, h[t-1]? */
static inline bool gf_tree_is_name(const gf_tree *tree)
{
    return tree->kind == TREE_NAME || tree->kind == TREE_AT;
}

/* Is it that number, written out? */
static inline bool gf_tree_is(const gf_tree *tree, double number)
{
    return tree->kind == TREE_NUMBER && tree->number == number;
}

/* Is it a sum, a difference, or a negative? */
static inline bool gf_tree_adds(const gf_tree *tree)
{
    return tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT || tree->kind == TREE_NEGATIVE;
}

/* Does the node compare two sides? */
static inline bool gf_tree_compares(const gf_tree *tree)
{
    return tree->kind >= TREE_LESS && tree->kind <= TREE_GREATER_EQUAL;
}

/* Does the node bind an index? */
static inline bool gf_tree_binds(const gf_tree *tree)
{
    return tree->kind >= TREE_SUM && tree->kind <= TREE_MAX;
}

/* The index that the node binds in its kid number k; 0 where it binds none there. */
static inline uint32_t gf_bound_in(const gf_tree *tree, uint32_t k)
{
    return gf_tree_binds(tree) && k + 1 == tree->count ? tree->name : 0;
}

/* Of a node that binds an index, all of it; and the body alone. */
gf_binder gf_binder_of(const gf_tree *tree);
const gf_tree *gf_tree_body(const gf_tree *tree);

/* Same expressions? */
bool gf_tree_equal(const gf_tree *a, const gf_tree *b);

/* How long an expression is: its nodes. */
uint32_t gf_tree_nodes(const gf_tree *tree);

/* The first part of an expression, itself or one below, from the left, of which the test is true; NULL: none is. */
typedef bool gf_tree_test(const gf_tree *part, const void *data);
const gf_tree *gf_tree_find(const gf_tree *tree, gf_tree_test *test, const void *data);

/* Does a ? stand in it? */
bool gf_tree_is_open(const gf_tree *tree);

/* Does the index occur free: as a number, or within an index, and not bound by a sum or product in between? */
bool gf_tree_mentions(const gf_tree *tree, uint32_t name);

/* Writes an expression in the language, with no more brackets than it needs. With a `shift` other than 0, every free t
 * (the name numbered `t`) becomes t + shift. gf_tree_print(parse(gf_tree_print(tree))) is the same text. */
void gf_tree_print(gf_text *w, const gf_names *names, const gf_tree *tree);
void gf_tree_print_shifted(gf_text *w, const gf_names *names, const gf_tree *tree, uint32_t t, long shift);

/* Writes an edited expression so that it binds at least as tightly as its place asks for. What was read, which has a
 * span in the source, is written as it stands there, and the rest with the signs of its line, or of the file: ∘ or *;
 * in an index (STRENGTH_INDEX) all is written anew, without blanks. */
void gf_tree_print_edited(gf_text *w, const gf_names *names, const gf_source *source, gf_span line, const gf_tree *tree,
                          int strength);

/* --- statements ------------------------------------------------------------------------------------------ */

typedef enum gf_statement_kind {
    STATEMENT_TITLE,    /* text */
    STATEMENT_STEPS,    /* steps NAME = value */
    STATEMENT_SIZE,     /* size NAME = value; of `size a = 1, b = 2`, one statement each */
    STATEMENT_SEED,     /* seed value */
    STATEMENT_INPUT,    /* input NAME[t] : rows x cols INIT, or without [t] */
    STATEMENT_GIVEN,    /* given NAME[t] : rows x cols INIT: an input that no gradient is asked for */
    STATEMENT_PARAM,    /* param NAME : rows x cols INIT, or with [t]; of `param a, b : …`, one statement each */
    STATEMENT_START,    /* start NAME[index] : rows x cols INIT; without rows: start NAME[index] = value */
    STATEMENT_EQUATION, /* NAME[t] = value, or NAME = value */
    STATEMENT_LOSS,     /* loss value */
    STATEMENT_TRUNCATE, /* truncate value */
    STATEMENT_LET,      /* let NAME[index] = value, or let NAME = value */
    STATEMENT_CLAIM     /* claim "text": sides[0] relations[0] sides[1] … for ranges within value */
} gf_statement_kind;

typedef enum gf_init_kind {
    INIT_NONE,   /* the default of the declaration */
    INIT_VALUE,  /* = tree: an expression, a TREE_LIST or a TREE_TEXT */
    INIT_RANDOM, /* ~ call */
} gf_init_kind;

typedef struct gf_init {
    gf_init_kind kind;
    gf_span span;
    gf_tree *value; /* INIT_VALUE */
    gf_tree *call;  /* INIT_RANDOM: a TREE_CALL with the name of the distribution and the arguments, if any */
} gf_init;

typedef enum gf_relation {
    RELATION_EQUAL,
    RELATION_LESS,
    RELATION_LESS_EQUAL,
    RELATION_GREATER,
    RELATION_GREATER_EQUAL
} gf_relation;

/* for NAME = low .. high */
typedef struct gf_range {
    uint32_t name, at;
    gf_tree *low, *high;
} gf_range;

typedef struct gf_statement gf_statement;
struct gf_statement {
    gf_statement_kind kind;
    bool broken;   /* something in it is wrong, and has been reported */
    bool open;     /* a let or a claim with a ? */
    bool failed;   /* in this unrolling its shapes do not fit, and that has been reported */
    gf_span span;  /* from its first word on */
    uint32_t name; /* what it declares or defines; 0: nothing */
    gf_span name_span;
    gf_tree *index; /* NAME [ index ]; NULL without */
    gf_tree *rows, *cols;
    gf_init init;
    gf_tree *value;         /* the right side; of a claim, the tolerance (NULL: none) */
    const char *text;       /* a title, a label; NULL: none */
    gf_tree **sides;        /* of a claim: side_count of them, */
    gf_relation *relations; /* and between each two a relation, */
    uint32_t *relation_at;  /* which stands there */
    uint32_t side_count;
    gf_range *ranges;
    uint32_t range_count;
    gf_problems problems; /* of a let or a claim: its own, which do not keep the file from being unrolled */
    gf_statement *next;   /* in the file */
};

/* The line on which it starts. */
int gf_statement_line(const gf_source *source, const gf_statement *statement);

/* Writes a statement in the language, on one line, without the line end. */
void gf_statement_print(gf_text *w, const gf_names *names, const gf_statement *statement);

/* Of a claim: " for t = 2..T"; nothing where it has no ranges. */
void gf_ranges_print(gf_text *w, const gf_names *names, const gf_statement *statement);

/* The sign of a relation: "=", "<=" … */
const char *gf_relation_text(gf_relation relation);

/* --- reading ----------------------------------------------------------------------------------------------- */

enum { GF_STATEMENTS = 100000 }; /* of a file: each takes up to 5 kB */

/* A file as it was read. */
typedef struct gf_text_file {
    gf_source source;
    gf_arena arena; /* of trees and statements */
    gf_names names;
    gf_statement *statements; /* those that could be read, in the order of the file */
    uint32_t statement_count;
    uint32_t begun;    /* of all, those that could not be read, too */
    uint32_t end;      /* of the last token */
    uint32_t *mangled; /* names that a statement which could not be read seems to define */
    uint32_t mangled_count;
    size_t mangled_room;
    bool loss_meant; /* one of them is taken for the loss, misspelt */
    gf_span *unread; /* the statements that could not be read */
    uint32_t unread_count;
    size_t unread_room;
} gf_text_file;

/* Reads a whole text, whose source stands in `file` already. What cannot be read is reported and left out. */
void gf_text_file_parse(gf_text_file *file, gf_problems *problems);
void gf_text_file_free(gf_text_file *file);

/* Reads a text that is one expression, such as "G * (1 - y^2)". Its names go to `names`, the tree to `arena`. NULL
 * where it is none, or without memory (problems->out_of_memory). */
gf_tree *gf_parse_text(const char *text, gf_names *names, gf_arena *arena, gf_problems *problems);

/* The same of what was appended to the source of a file, from `begin` to its end. What is wrong is reported. */
gf_tree *gf_parse_appended(gf_text_file *file, uint32_t begin, gf_problems *problems);

/* Reads which steps are meant: "3", "T-2..T", "t = 3", into the ends of a range. False where that cannot be read,
 * reported. */
bool gf_parse_steps(gf_range *out, gf_text_file *file, uint32_t begin, gf_problems *problems);

#endif
