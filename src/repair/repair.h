/* Repair: the single edit of a line that makes a claim hold.
 *
 * A claim that does not hold is looked at in a smaller model of the same text (a stage): fewer steps, small sizes.
 * Edits of its line, and of the lets to blame, are tried there by the thousand; those that fit are tried as text, in
 * models with other seeds and steps and in the file's own. */
#ifndef GF_REPAIR_REPAIR_H
#define GF_REPAIR_REPAIR_H

#include "repair/mend.h"
#include "repair/suspects.h"
#include "repair/trial.h"
#include "repair/witness.h"

enum { GF_REPAIRS = 3 }; /* for one claim, at most */

/* What mends one claim. */
typedef struct gf_repairs {
    const gf_repair *list;
    size_t count;
} gf_repairs;

/* Looks for what mends each claim that does not hold; out has one element a claim, and its texts lie in the arena.
 * `ask` may be NULL; where it says no, what was found by then is there. GF_ERROR_MEMORY. */
gf_status gf_repair_claims(gf_repairs out[], gf_arena *arena, gf_claims *claims,
                           bool (*ask)(size_t claim, size_t claims, void *data), void *data);

/* --- inside: search.c, lines.c ------------------------------------------------------------------------------------ */

/* A mend that fits on the stage. */
typedef struct gf_fix {
    gf_mend mend;
    bool of_let;           /* it edits a let */
    bool *holds;           /* by claim, once that is known: does it hold on the stage? */
    bool *so;              /* and everywhere? */
    size_t mended, broken; /* claims, by that */
    bool weighed;
} gf_fix;

/* A model in which edits are tried. */
typedef struct gf_stage {
    gf_setting setting;
    gf_witness witness;
    gf_suspects suspects;
    gf_calculus calculus;
    bool suspected; /* both have been looked for */
} gf_stage;

enum { GF_FOUND = 24 }; /* fixes of one claim that are looked at, at most */

typedef struct gf_search {
    gf_stage *stage;
    gf_arena *arena; /* of texts */
    size_t claim;
    gf_fix found[GF_FOUND]; /* the best first */
    size_t count;
    bool (*goes_on)(void *data);
    void *data;
    bool wide;      /* what may have been left out is tried as well */
    bool desperate; /* nothing has been found */
    bool stopped, out_of_memory;
    /* of the expression that is being edited */
    gf_statement *statement;
    const gf_tree *root;
    int cost; /* of editing it at all */
    size_t tried;
    gf_trial trial;
    uint32_t side;
    bool inside_only; /* it is a derivative: what is edited is within */
    const gf_suspect *suspect;
} gf_search;

/* Looks for edits of the line of the claim; of the lines of lets that are wrong, others being right; of any let that
 * the claim uses. search.c, lines.c */
void gf_search_claim(gf_search *search);
void gf_search_suspects(gf_search *search);
void gf_search_lets(gf_search *search);

/* Looks for what is misspelt in the line of a let. */
void gf_search_spelling_of(gf_search *search, gf_statement *let);

/* Looks for other ranges of the claim's indices, and another relation (ranges.c). */
void gf_search_ranges(gf_search *search);

/* Adds what has been found, if it is among the best. */
void gf_search_add(gf_search *search, const gf_mend *mend, bool of_let);

/* Could something at that cost still be among the best? Now and then asks whether to go on. */
bool gf_search_wants(gf_search *search, int cost);

/* Tries a mend as text: does the claim hold on the stage? */
bool gf_search_try_text(gf_search *search, const gf_mend *mend);

/* The tree with one node in place of another; in the editor's arena. */
gf_tree *gf_edited(gf_editor *editor, const gf_tree *tree, const gf_edit *edit);

gf_judged *gf_search_judged(const gf_search *search);

#endif
