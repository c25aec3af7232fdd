/* What lets stand for, and which of their lines are wrong by themselves (../shared contract: "Every line by itself").
 *
 *     let dh[t] = V' @ dz[t] + W' @ da[t+1]        claim grad(W) = sum(t, da[t] @ h[t-1]')
 *     let da[t] = dh[t] * (1 - h[t])
 *
 * da stands for the gradient of tanh's argument: put in for da, that makes the claim hold. dh stands for grad(h[t]): so
 * its right side comes to, with what is right for da. Then each line can be held against what it stands for, with right
 * values in place of the other lets: the line of da is wrong, and that of dh is not, although no value of dh is right.
 *
 * Evidence is taken in this order: what is right as it stands; what claims say; what makes a line that uses the let
 * right; what the let's own line comes to; its name. Where a let could be two things, it is the one under which there
 * are fewer slips (settle.c), or, where nothing tells, less is to be written (nearest.c). All of it is found in a small
 * model, where it costs milliseconds, and carried over as text. */
#ifndef GF_MEND_READINGS_H
#define GF_MEND_READINGS_H

#include "claims/claims.h"
#include "mend/slips/calculus.h"
#include "mend/terms/line.h"

/* A gradient that a let may stand for. */
typedef struct gf_candidate {
    const gf_tree *truth; /* in t, where it has steps */
    const char *words;    /* of an unnamed part: "the gradient of tanh's argument in h[t]"; else NULL */
    uint32_t name;        /* whose gradient it is; 0: a part's */
    uint32_t let;         /* for that let alone, which is a multiple of it, or transposed; 0: for any */
    bool timed;
    int rows, cols;
    bool term;         /* what one use brings, no whole gradient: a line that lost the rest comes to it, too */
    bool forward;      /* a part of the forward pass: only a use can mean it */
    bool plain;        /* zero, or one number, at all steps: only a claim can mean it */
    gf_matrix *values; /* at t = 1..T; [0] without time */
} gf_candidate;

/* A let, and what it should be. */
typedef struct gf_reading {
    gf_symbol *symbol;
    uint32_t name;
    const gf_tree *truth; /* grad(h[t]), in the let's t; NULL: it stands for nothing, or for itself */
    const char *words;    /* as a candidate's */
    bool right;           /* as it stands, whatever it stands for: its values are its own */
    bool diagonal;        /* the truth is diag(L[t]) */
    bool multiple;        /* it is so many times a gradient, or transposed */
    int trust;            /* of several claims about it, which is believed */
    gf_matrix *values;    /* at t = 1..T; [0] without time */
    long count;
    long before, behind; /* so many steps at the begin and at the end are not spoken of by the claim that says so, */
    long until;          /* nor those behind this one; 0: it speaks of all others */
    bool everywhere;     /* the values are put in there, too, since that claim fails */
    bool known;          /* the values are */
    bool mute;           /* nothing that uses it says what it is */
    bool any_shape;      /* a claim that uses it cannot be judged: its own shape need not be the right one */
} gf_reading;

typedef struct gf_readings {
    gf_claims *claims;
    gf_calculus *calculus; /* what derive/ says of the model; NULL: nobody asks */
    gf_reading *list;
    size_t count;
    uint32_t *let_of; /* by number of a name of the graph: the let that is its gradient; 0: none */
    gf_candidate *candidates;
    size_t candidate_count, candidate_room;
    gf_arena arena;
} gf_readings;

/* Finds what lets stand for, and its values. GF_ERROR_MEMORY; free it in any case. */
gf_status gf_readings_find(gf_readings *out, gf_claims *claims, gf_calculus *calculus);

/* The same for another model of the same text: what was found is carried over. */
gf_status gf_readings_carry(gf_readings *out, gf_claims *claims, const gf_readings *from);
void gf_readings_free(gf_readings *readings);

/* The reading of that name; NULL where nothing is known about it. */
gf_reading *gf_reading_of(const gf_readings *readings, uint32_t name);

/* Writes what that line of the let stands for: "grad(h[t])", "grad(h[T])" of one for the last step, or in words;
 * nothing where it stands for nothing. */
void gf_reading_write(gf_text *w, gf_model *m, const gf_reading *reading, const gf_statement *line);

/* Gives lets the values that they should have; gf_judge_forget_lets takes them away. False without memory. */
bool gf_readings_force(gf_readings *readings);

/* Is this expression, in place of a line of the let, what the let should be, at every step that the line is for? The
 * right values have been forced. */
bool gf_reading_fits(gf_readings *readings, const gf_reading *reading, const gf_statement *line, const gf_tree *tree);

/* How the line of a let stands by itself, at its worst step; false where no step is its own. */
bool gf_reading_judge(gf_readings *readings, const gf_reading *reading, const gf_statement *line, gf_link *worst,
                      long *at);

/* --- inside: candidates.c, reading.c, heard.c, evidence.c --------------------------------------------------------- */

/* What lets may stand for: gradients of names, and of parts of equations. False without memory. */
bool gf_candidates_find(gf_readings *readings);

/* One more candidate, if it has values. Without memory, which is noted, none. */
void gf_candidate_add(gf_readings *readings, gf_candidate candidate);

/* Lets beside a number, dy[t] / B, may be so many times as much as their names say, grad(s[t]) * B; those of which
 * nothing is known may be multiples, or transposed: candidates of them (multiples.c). */
bool gf_readings_find_multiples(gf_readings *readings);

/* Lets that are right, and stand for nothing that has a name: others may be meant to be the same. */
bool gf_candidates_add_lets(gf_readings *readings);

/* The value of an expression with t = `t`, once its lets are worked out; `like` is a shape for what has none. NULL
 * where it has none. It lives up to gf_judge_clear. */
const gf_matrix *gf_readings_value(gf_readings *readings, const gf_tree *tree, bool timed, long t,
                                   const gf_matrix *like);

/* Can the expression be worked out there, as lets are? If not, the problems say why. */
bool gf_readings_try(gf_readings *readings, gf_problems *problems, const gf_tree *tree, bool timed, long t);

/* Takes down the derivatives of an expression at every step, so that they come from one sweep. */
void gf_readings_collect(gf_readings *readings, const gf_tree *tree, bool timed);

/* The values become those of a truth; the let's own, where `known` says whether it has any; are put in for the let.
 * False without memory. */
bool gf_reading_take(gf_readings *readings, gf_reading *reading, const gf_tree *truth);
bool gf_reading_take_own(gf_readings *readings, gf_reading *reading);
bool gf_reading_put(gf_readings *readings, const gf_reading *reading, const gf_matrix values[]);

/* Is step t one that it is known of, and whose line this is? And how an expression stands there; false where it cannot
 * be worked out. */
bool gf_reading_is_spoken_of(const gf_reading *reading, long t);
bool gf_reading_is_step_of(const gf_reading *reading, const gf_statement *line, long t);
bool gf_reading_judge_at(gf_readings *readings, const gf_reading *reading, const gf_tree *tree, long t, gf_link *out);

/* Notes what claims say of lets: truth, trust. */
void gf_readings_hear(gf_readings *readings);

/* dh, delta_h, h_bar for h; is the let called after what the truth is a gradient by? */
bool gf_names_gradient(const char *let, const char *of);
bool gf_is_gradient_name(const gf_model *m, uint32_t let, const gf_tree *truth);

/* Which lets are right as they stand. False without memory. */
bool gf_readings_find_right(gf_readings *readings);
void gf_reading_name_right(gf_readings *readings, gf_reading *reading);

/* By how lets are used and what their lines come to, until nothing more is found; by their names; and, where a let's
 * line is wrong by itself, or it has no reading, by the slips that each would leave. False without memory. */
bool gf_readings_find_in_turns(gf_readings *readings);
void gf_readings_find_by_name(gf_readings *readings, bool any);
bool gf_readings_settle(gf_readings *readings); /* settle.c */

/* Of what the let is, what it is called after, and, unless its line fits, what one edit makes of that, it becomes that
 * under which the least is to be written (nearest.c). False without memory. */
bool gf_reading_find_nearest(gf_readings *readings, gf_reading *reading, bool fits);

/* How much is to be written in all lines under what lets stand for (nearest.c). */
size_t gf_readings_size(gf_readings *readings);

/* What lets stand for of which nothing is known yet; and those that their uses exchange (exchanged.c). False without
 * memory. */
bool gf_readings_find_rest(gf_readings *readings);
bool gf_readings_find_exchanged(gf_readings *readings);

/* How many slips there are in all lines of a let; with `name`, in those that use it. *fits becomes so many summands of
 * one that are right, if it is less. */
size_t gf_slips_of_let(gf_readings *readings, const gf_reading *reading, uint32_t name, size_t *fits);

/* Which let is the gradient of which name. */
void gf_readings_find_lets_of_names(gf_readings *readings);

/* Can the claim be judged as an equality; does it use a let itself; does it hold with what has been put in? */
bool gf_claim_fits_to_judge(const gf_judged *judged);
bool gf_claim_uses(const gf_statement *s, uint32_t name);
bool gf_claim_holds(gf_judged *judged);

/* The line of a let at a step; is there nothing but ? in it? */
const gf_statement *gf_reading_line(const gf_reading *reading, long t);
bool gf_reading_is_open(const gf_reading *reading);

/* May the let stand for it, by its shape; is it called after it? It does. */
bool gf_candidate_has_shape(const gf_reading *reading, const gf_candidate *candidate);
bool gf_is_named_after(const gf_readings *readings, const gf_reading *reading, const gf_candidate *candidate);
void gf_reading_accept(gf_reading *reading, const gf_candidate *candidate);

/* How many lines of lets that are known, and claims, that use the let come right with these values, which have been put
 * in; do its own lines come to them? */
size_t gf_fits_in_use(gf_readings *readings, const gf_reading *reading);
size_t gf_fits_own_lines(gf_readings *readings, const gf_reading *reading);

/* Does another let stand for the same? With `user`, one whose line uses it: a part of a line, as a in 0.7 * a + 0.3 *
 * b, is not what the whole line stands for. */
bool gf_is_taken(const gf_readings *readings, const gf_reading *reading, const gf_matrix values[], bool user);

bool gf_same_values(const gf_matrix a[], const gf_matrix b[], long count);

/* The line of a let, as it should be by its reading (line.c). False without memory. */
bool gf_line_of_let(gf_line *out, gf_readings *readings, const gf_reading *reading, const gf_statement *s);

/* A line of a claim, with the side that is right, and, where these cannot all be told, without instances (line.c).
 * False without memory. */
bool gf_line_of_claim(gf_line *out, gf_readings *readings, gf_judged *judged, const gf_tree *tree,
                      const gf_tree *truth);

/* Can the line of a let be worked out, as far as its own text goes? (line.c) */
bool gf_line_is_sound(const gf_statement *line);

#endif
