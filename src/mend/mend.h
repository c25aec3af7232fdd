/* Repair: which lines are wrong by themselves, and the edit of each that makes it right.
 *
 * What lets stand for is found in a smaller model of the same text (a stage): fewer steps, small sizes. Then each line
 * is judged by itself in the file's own model. For those that are wrong edits are tried on a stage, by the thousand;
 * those that fit are tried as text, in models with other seeds, steps and sizes and in the file's own. */
#ifndef GF_MEND_MEND_H
#define GF_MEND_MEND_H

#include "mend/line.h"
#include "mend/trial.h"
#include "mend/witness.h"
#include "mend/written.h"

enum { GF_REPAIRS = 3 }; /* for one claim, at most */

/* What mends one line. */
typedef struct gf_repairs {
    const gf_repair *list;
    size_t count;
} gf_repairs;

/* A line that is wrong by itself, as it is told. */
typedef struct gf_blame {
    const gf_statement *line; /* of a let, or a claim */
    size_t claim;             /* its number; SIZE_MAX: a let */
    const char *stands_for;   /* of a let: "grad(c[t])"; "" */
    const char *at;           /* where it is worst: "t = 2"; "" */
    gf_link worst;            /* there */
    const char *message;      /* of a let that cannot be worked out, with what is right for the others: why; else "" */
    const char *says;         /* what is wrong, in lines */
    const bool *behind;       /* by number of a claim: it fails because of this line */
    gf_repairs repairs;
} gf_blame;

typedef struct gf_blames {
    gf_blame *list; /* in the order of the file */
    size_t count;
    const char *model; /* where all that fails is right of another model: of which, in a line; or that there is too much
                        * to look at; then the list is empty */
} gf_blames;

/* A line with a ?, as it is told. */
typedef struct gf_opening {
    const gf_statement *line; /* a let, or a claim */
    const char *stands_for;   /* of a let: "grad(c[t])"; "" */
    int rows, cols;           /* of what belongs there; 0: that cannot be told */
    int paths;                /* that the rest of the line leaves out; -1: that cannot be told */
    const char *hints;        /* in lines */
} gf_opening;

typedef struct gf_openings {
    gf_opening *list; /* in the order of the file */
    size_t count;
} gf_openings;

/* Finds what lets with a ? stand for, puts it in for them and judges what uses them; and hints at what belongs there,
 * by level: 1 to 4 (open.c). What is found lies in the arena, and what is put in, too: it has to outlive the claims.
 * GF_ERROR_MEMORY. */
gf_status gf_openings_find(gf_openings *out, gf_arena *arena, gf_claims *claims, int level);

/* How much is looked for. `ask` may be NULL; where it says no, what was found by then is there. */
typedef struct gf_repairing {
    bool repairs; /* edits, too */
    bool (*ask)(size_t cause, size_t causes, void *data);
    void *data;
} gf_repairing;

/* Finds the lines that are wrong by themselves, and what mends each; what is found lies in the arena. GF_ERROR_MEMORY.
 */
gf_status gf_blames_find(gf_blames *out, gf_arena *arena, gf_claims *claims, const gf_repairing *how);

/* Says of which other model all that fails is right, if there is one; `causes` lines are wrong by themselves;
 * tried under that setting (other_models.c). GF_ERROR_MEMORY. */
gf_status gf_other_model_find(gf_text *says, const gf_claims *claims, gf_setting setting, size_t causes);

/* --- inside: search.c, lines.c ------------------------------------------------------------------------------------ */

/* A mend that fits on the stage. */
typedef struct gf_fix {
    gf_mend mend;
    bool of_let; /* it edits a let */
} gf_fix;

/* A model in which edits are tried. */
typedef struct gf_stage {
    gf_setting setting;
    gf_witness witness;
    gf_readings readings;
    gf_calculus calculus;
    bool read; /* both have been looked for; what is right has been forced */
} gf_stage;

/* A line of the model of a stage: of a claim, with the side that is right, and, where these cannot all be told, without
 * instances (search.c). False without memory. */
bool gf_line_of_claim(gf_line *out, gf_stage *stage, gf_judged *judged, const gf_tree *tree, const gf_tree *truth);

typedef struct gf_hints {
    bool plain;   /* asked for: terms as they are derived, without the file's lets for what they come to */
    bool unfit;   /* asked for: nothing of summands that cannot be formed, or have another shape, which are told */
    int paths;    /* as gf_opening has it */
    bool told;    /* the line as it should be is among them, which it can be at level 4 */
    gf_mend mend; /* where it is told: what makes it, */
    size_t begin; /* and where in the text it begins, which it ends; 0: lines for single steps follow */
} gf_hints;

/* Hints at what belongs in place of the ? of a line, from its terms, in lines of text (hints.c). `words` names what is
 * meant where that has no name: "the gradient of tanh's argument in h[t]"; else NULL. The right values have been
 * forced. False without memory. */
bool gf_hints_find(gf_text *w, gf_hints *out, gf_line *line, const char *words, int level);

/* The fixes as they are told (tell.c); `tried` says at what alone they could be tried. GF_ERROR_MEMORY. */
gf_status gf_fixes_tell(gf_repairs *out, gf_arena *arena, const gf_model *m, const gf_fix chosen[], size_t count,
                        const char *tried);

enum { GF_FOUND = 24 }; /* fixes of one claim that are looked at, at most */

typedef struct gf_search {
    gf_stage *stage;
    gf_arena *arena;        /* of texts */
    size_t claim;           /* that is to hold; SIZE_MAX: a let's line is to be right */
    gf_fix found[GF_FOUND]; /* the best first */
    size_t count;
    bool (*goes_on)(void *data);
    void *data;
    bool wide;        /* what may have been left out is tried as well */
    const char *says; /* what is wrong, in lines, as far as the terms tell */
    bool matched;     /* the line has been held against its terms */
    bool right;       /* then the claim is right by itself */
    bool shaped;      /* shapes fit as they are */
    bool stopped, out_of_memory;
    /* of the expression that is being edited */
    gf_statement *statement;
    const gf_tree *root;
    int cost; /* of editing it at all */
    size_t tried;
    gf_trial trial;
    uint32_t side;
    bool inside_only; /* it is a derivative: what is edited is within */
    const gf_reading *reading;
} gf_search;

/* Holds the claim, or the line of a let, against the terms of what it stands for. What belongs there is found. */
void gf_search_claim_terms(gf_search *search);
void gf_search_line_terms(gf_search *search, const gf_reading *reading, gf_statement *line);

/* Looks for edits of the line of the claim; of the line of a let, which is wrong by itself; of any let of which nothing
 * is known and that the claim uses. search.c, lines.c */
void gf_search_claim(gf_search *search);
void gf_search_line(gf_search *search, const gf_reading *reading, gf_statement *line);
void gf_search_lets(gf_search *search);

/* Offers what matching a line against its terms has found; true where it is right by itself. */
bool gf_search_match(gf_search *search, gf_line *line, bool of_let);

/* Looks for what is misspelt in the line of a let. */
void gf_search_spelling_of(gf_search *search, gf_statement *let);

/* Looks for other ranges of the claim's indices, and another relation (ranges.c). */
void gf_search_ranges(gf_search *search);

/* Of an inequality that fails, and has the same bound everywhere: the bound with which it would hold. */
void gf_bound_say(gf_text *w, gf_judged *judged);

/* Adds what has been found, if it is among the best. */
void gf_search_add(gf_search *search, const gf_mend *mend, bool of_let);

/* Could something at that cost still be among the best? Now and then asks whether to go on. */
bool gf_search_wants(gf_search *search, int cost);

/* Tries a mend as text: does the claim hold on the stage? */
bool gf_search_try_text(gf_search *search, const gf_mend *mend);

/* Can the line of a let be worked out, as far as its own text goes? (lines.c) */
bool gf_line_is_sound(const gf_statement *line);

gf_judged *gf_search_judged(const gf_search *search);

#endif
