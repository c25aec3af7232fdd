/* Which let is to blame. A let that stands for a gradient can be held against that gradient, and its line worked out
 * from the right values of the others: the line that is wrong even then is the one to mend. */
#ifndef GF_REPAIR_SUSPECTS_H
#define GF_REPAIR_SUSPECTS_H

#include "claims/claims.h"

/* A let, and what it should be. */
typedef struct gf_suspect {
    gf_symbol *symbol;
    uint32_t name;
    const gf_tree *truth; /* grad(h[t]): from a claim that says so, or guessed from the name dh */
    bool guessed;
    bool diagonal;     /* the truth is diag(L[t]) */
    int trust;         /* of several claims about it, which is believed */
    gf_matrix *values; /* at t = 1..T; [0] without time */
    long count;
    bool known; /* the values are */
} gf_suspect;

typedef struct gf_suspects {
    gf_claims *claims;
    gf_suspect *list;
    size_t count;
    uint32_t *let_of; /* by number of a name of the graph: the let that is its gradient; 0: none */
    gf_arena arena;
} gf_suspects;

/* Finds what lets stand for, and its values. GF_ERROR_MEMORY; free it in any case. */
gf_status gf_suspects_find(gf_suspects *out, gf_claims *claims);
void gf_suspects_free(gf_suspects *suspects);

/* The suspect of that name; NULL where nothing is known about it. */
const gf_suspect *gf_suspect_of(const gf_suspects *suspects, uint32_t name);

/* Gives lets the values that they should have; gf_judge_forget_lets takes them away. False without memory. */
bool gf_suspects_force(gf_suspects *suspects);

/* Is this expression, in place of a line of the let, what the let should be, at every step that the line is for? The
 * right values have been forced. */
bool gf_suspect_fits(gf_suspects *suspects, const gf_suspect *suspect, const gf_statement *line, const gf_tree *tree);

#endif
