/* The inside of a report: what was found out, as texts and numbers. */
#ifndef GF_REPORT_REPORT_H
#define GF_REPORT_REPORT_H

#include <gradflow/report.h>

#include "base/arena.h"
#include "base/text.h"

/* A claim as it is shown. */
typedef struct gf_shown {
    gf_claim claim;
    const char *link;                 /* of a chain that fails: the link that does; else "" */
    bool equality;                    /* the worst link is one */
    int repeated;                     /* the line of an earlier claim that has the same repairs; 0: none has */
    const char *problem;              /* why it cannot be judged, in a line; else "" */
    int problem_line, problem_column; /* where that is; column 0: not in the claim itself */
} gf_shown;

struct gf_report {
    gf_arena arena;
    gf_status status;
    const char *file, *title, *message;
    gf_shown *list;
    size_t count, unjudged;
    bool compared, agree;    /* with central differences */
    const char *differences; /* a line about them */
};

typedef struct gf_claims gf_claims;

/* What was written, kept in the report; NULL without memory. The text is freed. */
const char *gf_report_keep(gf_report *report, gf_text *w);

/* Fills the list with what was judged (gather.c); GF_ERROR_MEMORY. */
gf_status gf_report_gather(gf_report *report, const gf_claims *claims);

/* The line about central differences; of each claim that fails and has a gradient by a leaf on one of its sides, a line
 * about the worst entry is added to its notes (differences.c). progress may say no, which ends it. GF_ERROR_MEMORY. */
gf_status gf_report_compare(gf_report *report, gf_claims *claims, bool (*progress)(double share, void *data),
                            void *data);

/* Numbers as reports have them, with a point in every locale: "4.3e-01" of an error, six digits of an entry. */
void gf_report_write_error(gf_text *w, double error);
void gf_report_write_entry(gf_text *w, double entry);

/* "12 claims: 10 hold, 1 fails, 1 error". */
void gf_report_write_totals(gf_text *w, const gf_report *report);

/* "worst entry (2, 1) at t = 3: left 0.5, right 0.25" and "holds for t = 1..2; fails for t = 3", each with a newline
 * and `before` in front. */
void gf_report_write_worst(gf_text *w, const gf_shown *shown, const char *before);

/* Each line of a text, with `before` in front. */
void gf_report_write_lines(gf_text *w, const char *lines, const char *before);

/* What mends the claim (report_repair.c): looked for, and written, each line with `before` in front. */
gf_status gf_report_repair(gf_report *report, gf_claims *claims, const gf_claims_options *options);
void gf_report_write_repairs(gf_text *w, const gf_shown *shown, const char *before);

void gf_report_write_text(gf_text *w, const gf_report *const reports[], size_t count, unsigned flags);
void gf_report_write_markdown(gf_text *w, const gf_report *const reports[], size_t count, unsigned flags);
void gf_report_write_gcc(gf_text *w, const gf_report *const reports[], size_t count);
void gf_report_write_json(gf_text *w, const gf_report *const reports[], size_t count);

#endif
