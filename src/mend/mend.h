/* Repair: which lines are wrong by themselves, and the edit of each that makes it right.
 *
 * What lets stand for is found in a smaller model of the same text (a stage): fewer steps, small sizes. Then each line
 * is judged by itself in the file's own model. For those that are wrong edits are tried on a stage, by the thousand;
 * those that fit are tried as text, in models with other seeds, steps and sizes and in the file's own. */
#ifndef GF_MEND_MEND_H
#define GF_MEND_MEND_H

#include "mend/witness.h"

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
                        * to look at; then, but where lines are told as well, the list is empty */
} gf_blames;

/* How much is looked for. `ask` may be NULL; where it says no, what was found by then is there. */
typedef struct gf_repairing {
    bool repairs; /* edits, too */
    bool (*ask)(size_t cause, size_t causes, void *data);
    void *data;
} gf_repairing;

/* Finds the lines that are wrong by themselves, and what mends each; what is found lies in the arena. GF_ERROR_MEMORY.
 */
gf_status gf_blames_find(gf_blames *out, gf_arena *arena, gf_claims *claims, const gf_repairing *how);

/* Of a claim that holds: whether it does at the file's own sizes only. */
typedef struct gf_size_only {
    const char *with; /* the first size as it does not: "k = 3"; "" */
    const char *says; /* that in a line; "" where it is said of an earlier claim, because of the same let */
} gf_size_only;

/* Finds that out of each claim; it lies in the arena (sizes.c). GF_ERROR_MEMORY. */
gf_status gf_size_only_find(gf_size_only **out, gf_arena *arena, const gf_claims *claims);

/* Says of which other model all that fails is right, if there is one, and whether lines are to be told as well;
 * `causes` lines are wrong by themselves; tried under that setting (other_models.c). GF_ERROR_MEMORY. */
gf_status gf_other_model_find(gf_text *says, bool *lines, const gf_claims *claims, gf_setting setting, size_t causes);

#endif
