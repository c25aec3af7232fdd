/* The inside of mending: values of expressions, the terms of a gradient, the summands of a line. */
#ifndef GF_MEND_INSIDE_H
#define GF_MEND_INSIDE_H

#include "mend/terms/line.h"

/* Writes an expression as it would stand in the line, where it has to bind so strongly (say.c). */
void gf_line_write(gf_text *w, const gf_line *line, const gf_tree *tree, int strength);

/* For each step of the file an index of that name, around those of the line. NULL without memory. */
const gf_binding *const *gf_line_at_steps(const gf_line *line, uint32_t name);

/* --- values (worth.c) --------------------------------------------------------------------------------------------- */

/* What an expression comes to at all instances of a line, one after the other, in the shape of the truth there. */
typedef struct gf_worth {
    bool known;   /* it can be worked out, and has that shape, or is repeated to it */
    double *data; /* NULL where it is not known */
    double norm;
} gf_worth;

/* How many numbers the truth has at all instances; where those of instance k begin. */
size_t gf_line_size(const gf_line *line);
size_t gf_line_start(const gf_line *line, size_t k);

/* False without memory. `counts` says at which instances it counts; NULL: at all. */
bool gf_worth_find(gf_worth *out, gf_line *line, const gf_tree *tree, const bool counts[]);
bool gf_worth_of_truth(gf_worth *out, gf_line *line);

/* out := a + factor * b; all are known. False without memory. */
bool gf_worth_add(gf_worth *out, gf_line *line, const gf_worth *a, double factor, const gf_worth *b);

/* Is it a + b, and are they the same, up to rounding? a may be NULL: nothing. */
bool gf_worth_is_sum(const gf_line *line, const gf_worth *sum, const gf_worth *a, const gf_worth *b);
bool gf_worth_equal(const gf_line *line, const gf_worth *a, const gf_worth *b);

/* Are they the same at a quarter of the entries that are not 0 in both? */
bool gf_worth_agrees(const gf_line *line, const gf_worth *a, const gf_worth *b);

/* Which of the targets does an expression come to, at every instance? -1: none of them. Does it come to the truth?
 * Without memory, which the line's judge notes, it does not. */
int gf_worth_which(gf_line *line, const gf_tree *tree, const gf_worth *const targets[], int count);
bool gf_line_comes_right(gf_line *line, const gf_tree *tree);

/* Is what the tree has, and the line has not, nothing or the identity wherever one looks: the square of what is 0 or 1?
 * Or, of a line without a truth, is what is always the same number, sum(softmax(z[t])), made another one by anything
 * but a number, or a name, instead? */
bool gf_line_becomes_vain(gf_line *line, const gf_tree *tree, const gf_tree *instead);

/* --- terms (terms.c) ---------------------------------------------------------------------------------------------- */

enum { GF_ADDENDS = 64, GF_WHENS = 4 };

/* A term counts only where an index is within these steps, or is another one. */
typedef struct gf_when {
    const gf_tree *index, *is; /* is NULL: */
    long from, to;
} gf_when;

/* A summand: a piece of a line, or a term of what the line stands for, which one path brings. */
typedef struct gf_addend {
    const gf_tree *tree; /* without its sign, in the line's indices; a piece of (a + b) * c may be a * c */
    const gf_tree *node; /* of a piece: the addend of line->tree that makes it: a */
    bool minus;          /* it is taken off */
    bool struck;         /* it equals something on the other side */
    gf_worth worth;      /* with its sign */
    /* of a term: */
    bool whole;       /* it is the truth itself, which is never written */
    const char *path; /* "c[t] -> c[t+1]"; "" where it belongs to none */
    long later;       /* by how many steps its end is later; 0: by none, or it is not known */
    gf_when when[GF_WHENS];
    int when_count;
} gf_addend;

/* Where a path ends. */
typedef enum gf_grain {
    GRAIN_MENTIONED, /* at a name whose gradient the line mentions */
    GRAIN_LETS,      /* at those, and at a name whose gradient has a let */
    GRAIN_NAMES,     /* at every name */
    GRAIN_WHOLE,     /* the truth as one */
    GRAINS
} gf_grain;

typedef struct gf_addends {
    gf_addend list[GF_ADDENDS];
    int count;
    /* of terms: */
    bool copied;  /* they stand on the other side of the claim: to write them again says nothing */
    bool written; /* the truth is an expression of the model's names, which may be written as it stands */
    bool failed;  /* they cannot be told at this grain, or there are none: */
    bool none;    /* what paths there are bring nothing */
} gf_addends;

/* The terms of the line's truth; they add up to it, or `failed` is set. For hints also those that are zero by chance,
 * as behind a relu that lets nothing through: their comparisons are false throughout. False without memory. */
bool gf_terms_find(gf_addends *out, gf_line *line, gf_grain grain, bool for_hints);

/* Does the term count at instance k of the line? */
bool gf_addend_counts(const gf_line *line, const gf_addend *term, size_t k);

/* The first derivative in an expression, within sums as well; NULL where there is none. */
const gf_tree *gf_derivative_in(const gf_model *m, const gf_tree *tree);

/* The same, with the file's own lets for what they come to (shorten.c); in a claim for the whole, too, unless it is
 * `all` that belongs there. */
const gf_tree *gf_tree_shortened(gf_line *line, const gf_tree *tree, bool all);

/* The let that an expression comes to at all instances, at the step of some part of it or of the line; NULL: none. */
const gf_tree *gf_let_of(gf_line *line, const gf_tree *tree);

/* The same, with the names that the file gives to products of factors. */
const gf_tree *gf_tree_named(gf_line *line, const gf_tree *tree);

/* --- summands (pieces.c) ------------------------------------------------------------------------------------------ */

/* Goes through the summands of a sum, with their signs. */
typedef void gf_summand_visit(void *data, const gf_tree *tree, bool minus);
void gf_each_summand(const gf_tree *tree, bool minus, gf_summand_visit *visit, void *data);

/* The summands of the line's tree. False without memory. */
bool gf_pieces_split(gf_addends *out, gf_line *line);

/* Makes a term one of the summands of the line, a step later or earlier, where it comes to that: each difference of
 * beta * sum(t, (h[t] - h[t-1])^2) pulls at two states, and dp[t] - dp[t+1] needs no case for the last (shorten.c).
 * False without memory. */
bool gf_term_by_summand(gf_line *line, const gf_addends *pieces, gf_addend *term);

/* The pieces that a piece is made of, by sum number `number` in it; 1 where they do not add up to it, 0 where there is
 * no such sum, -1 without memory. */
int gf_piece_distribute(gf_addend out[GF_ADDENDS], gf_line *line, const gf_addend *piece, int number);

/* Is it a part of a join, the others times zero? And of a term [zeros(m, 1); a; zeros(m, 1)] the part a, for such a
 * piece; NULL where that is none. */
bool gf_piece_is_part(const gf_addend *piece);
const gf_tree *gf_piece_part(const gf_line *line, const gf_addend *piece, const gf_tree *term);

/* A term in place of a node of the line; tree NULL: nothing. */
typedef struct gf_change {
    const gf_tree *node;
    const gf_tree *tree;
    bool minus;
} gf_change;

/* The tree with changes; NULL where nothing is left, or without memory. Each is what the node's own place asks for. */
gf_tree *gf_tree_changed(gf_line *line, const gf_change changes[], int count);

/* The tree with a term more, at its end; tree NULL: the term alone. */
gf_tree *gf_tree_and(gf_line *line, const gf_tree *tree, const gf_tree *term, bool minus);

/* a * f + b * f as (a + b) * f, of two terms of a sum; NULL where no two are like that. */
const gf_tree *gf_tree_joined(gf_line *line, const gf_tree *tree);

/* --- factors (factor.c) ------------------------------------------------------------------------------------------- */

/* The number that a is of b; false where it is none. */
bool gf_worth_factor(double *out, const gf_line *line, const gf_worth *a, const gf_worth *b);

/* Writes the names that a factor could have, the likeliest first, each between two GF_OR: by what stands in the piece,
 * if it is given. Which of them it is, a model of other steps tells: gf_says_agreed. */
#define GF_OR "\x1f"
void gf_factor_say(gf_text *w, gf_line *line, const gf_addends *terms, uint64_t which, double factor,
                   const gf_tree *piece);

/* Edits of a piece that multiply it by a factor, by whatever that may be called; `which` has a bit for each term that
 * it is meant for. At most so many, the likeliest first. */
int gf_factor_edits(gf_edit out[], int most, gf_line *line, const gf_addend *piece, const gf_addends *terms,
                    uint64_t which, double factor);

/* --- the fit (fit.c) ---------------------------------------------------------------------------------------------- */

/* How often each term counts in what is claimed: x[k], by least squares; the same for terms that cannot be told apart.
 * False where that does not explain it, is not the only explanation, or, noted in the line's judge, without memory. */
bool gf_terms_fit(double x[GF_ADDENDS], gf_line *line, const gf_addends *terms, const gf_worth *claimed);

/* --- products (product.c) ----------------------------------------------------------------------------------------- */

/* Is it a Jacobian over several steps; and what is wrong with it. */
bool gf_line_is_product(const gf_line *line);
gf_status gf_product_match(gf_line *line, gf_finding *out);

/* --- matching ----------------------------------------------------------------------------------------------------- */

enum { GF_HITS = 8, GF_TARGETS = 24, GF_ADDED = 14 }; /* the last: what it costs to add a term */

/* Terms that a piece may be meant for. */
typedef struct gf_target {
    uint64_t terms; /* a bit for each */
    gf_worth worth;
    gf_worth turned; /* with the sign of the piece taken off */
} gf_target;

/* A rewrite of a piece that comes to a target. */
typedef struct gf_hit {
    gf_edit edit;
    uint64_t terms;
} gf_hit;

typedef struct gf_matching {
    gf_line *line;
    gf_addends terms;
    gf_addends pieces;
    bool out_of_memory;
    /* of the piece that is being rewritten */
    const gf_addend *piece;
    gf_target targets[GF_TARGETS];
    int target_count;
    gf_hit hits[GF_HITS];
    int hit_count;
    /* what is to be changed */
    gf_change changes[GF_ADDENDS];
    int change_count;
    gf_addend *added[GF_ADDENDS];
    int added_count;
    int cost;
    gf_edit_kind kind;
    gf_text says;
} gf_matching;

/* Strikes out what equals each other (strike.c). */
void gf_match_all(gf_matching *m);

/* own_step.c: `let ec[T] = …`, the line at T and a term that counts there alone; NULL where it cannot be written, or,
 * which is noted, without memory. */
gf_statement *gf_match_own_line(gf_matching *m, const gf_addend *term);

/* Strikes out the terms that count at one step alone; the first such step gets its own line. */
void gf_match_steps(gf_matching *m, gf_finding *out);

/* Strikes out those that these bits stand for; how many are left; which, a bit for each. */
void gf_addends_strike(gf_addends *of, uint64_t which);
int gf_addends_left(const gf_addends *of);
uint64_t gf_addends_which(const gf_addends *of);

/* How many slips explain what is left. */
size_t gf_match_slips(gf_matching *m);

/* Finds rewrites of a piece that come to what is left: m->hits, the best first (rewrite.c). */
void gf_match_rewrite(gf_matching *m, const gf_addend *piece);
int gf_hit_cost(const gf_hit *h); /* less what it saves */

/* The path of these terms; "" where they have none, or several (say.c). */
const char *gf_path_of(const gf_matching *m, uint64_t terms);

/* Adds a line to m->says (say.c). */
void gf_say_path(gf_matching *m, const gf_addend *term, const char *what);
void gf_say_stands(gf_matching *m, uint64_t terms, const gf_tree *old, const gf_tree *instead);
void gf_say_missing(gf_matching *m, uint64_t terms);
void gf_say_times(gf_matching *m, uint64_t terms, double times, const gf_tree *piece); /* where it is too much */
void gf_say_hit(gf_matching *m, const gf_addend *piece, const gf_hit *h);
void gf_say_extra(gf_matching *m, const gf_addend *piece);

/* Says that a derivative is 0, and why. */
void gf_say_zero(gf_text *w, const gf_model *m, const gf_tree *derivative);

/* What is said of a line in one model, with each factor by the first of its names that it has in another, too; by none
 * where they have none in common, and by the first where `other` is NULL. */
void gf_says_agreed(gf_text *w, const char *says, const char *other);

/* --- notes -------------------------------------------------------------------------------------------------------- */

/* Does a let in the expression need the line itself, at the same step? May the expression not stand in the line, for
 * that, or for a let to avoid? (walk.c) */
bool gf_line_is_needed(const gf_line *line, const gf_tree *tree);
bool gf_line_bars(const gf_line *line, const gf_tree *tree);

#endif
