/* The search for edits: of one line, on a stage. */
#ifndef GF_MEND_SEARCH_H
#define GF_MEND_SEARCH_H

#include "mend/mend.h"
#include "mend/witness.h"
#include "mend/written.h"

/* A model in which edits are tried. */
typedef struct gf_stage {
    gf_setting setting;
    gf_witness witness;
    gf_readings readings;
    gf_calculus calculus;
    bool read; /* both have been looked for; what is right has been forced */
} gf_stage;

/* The mends as they are told (tell.c); `tried` says at what alone they could be tried. GF_ERROR_MEMORY. */
gf_status gf_mends_tell(gf_repairs *out, gf_arena *arena, const gf_model *m, const gf_mend chosen[], size_t count,
                        const char *tried);

enum { GF_FOUND = 24 }; /* mends of one claim that are looked at, at most */

typedef struct gf_search {
    gf_stage *stage;
    gf_arena *arena;         /* of texts */
    size_t claim;            /* that is to hold; SIZE_MAX: a let's line is to be right */
    gf_mend found[GF_FOUND]; /* that fit on the stage, the best first */
    size_t count;
    bool wide;        /* what may have been left out is tried as well */
    const char *says; /* what is wrong, in lines, as far as the terms tell */
    bool matched;     /* the line has been held against its terms */
    bool right;       /* then the claim is right by itself */
    bool shaped;      /* shapes fit as they are */
    bool stopped, out_of_memory;
    size_t tried;
    /* of the expression that is being edited */
    gf_statement *statement;
    gf_tree **place;     /* where it hangs: a side of the claim, the value of a let */
    const gf_tree *root; /* as it was read */
    int cost;            /* of editing it at all */
    bool inside_only;    /* it is a derivative: what is edited is within */
} gf_search;

/* Holds the claim, or the line of a let, against the terms of what it stands for. What belongs there is found. */
void gf_search_claim_terms(gf_search *search);
void gf_search_line_terms(gf_search *search, const gf_reading *reading, gf_statement *line);

/* Looks for edits of the line of the claim; of any let of which nothing is known and that the claim uses (lets.c). */
void gf_search_claim(gf_search *search);
void gf_search_lets(gf_search *search);

/* Is every relation of the claim an equality? */
bool gf_only_equalities(const gf_statement *claim);

/* Looks for edits of an expression of search->statement with which the claim holds, with these indices. */
void gf_search_expression(gf_search *search, gf_tree **place, const gf_binding *bindings);

/* Offers what matching a line against its terms has found; true where it is right by itself. */
bool gf_search_match(gf_search *search, gf_line *line);

/* Looks for what is misspelt in an expression of a statement. */
void gf_search_spelling(gf_search *search, gf_statement *s, const gf_tree *root);

/* Looks for other ranges of the claim's indices, and another relation (ranges.c). */
void gf_search_ranges(gf_search *search);

/* Of an inequality that fails, and has the same bound everywhere: the bound with which it would hold. */
void gf_bound_say(gf_text *w, gf_judged *judged);

/* Makes a mend of an edit, at its cost and as much as it costs to edit the expression; without memory, which is noted,
 * false. Adds what has been found, if it is among the best. */
bool gf_search_make(gf_search *search, gf_mend *out, const gf_edit *edit);
void gf_search_add(gf_search *search, const gf_mend *mend);

/* Could something at that cost still be among the best? Now and then asks whether to go on. */
bool gf_search_wants(gf_search *search, int cost);

/* Tries a mend as text: does the claim hold on the stage? */
bool gf_search_try_text(gf_search *search, const gf_mend *mend);

gf_judged *gf_search_judged(const gf_search *search);

#endif
