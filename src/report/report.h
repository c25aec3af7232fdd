/* The inside of a report: what was found out, as texts and numbers. */
#ifndef GF_REPORT_REPORT_H
#define GF_REPORT_REPORT_H

#include <gradflow/report.h>

#include "base/arena.h"
#include "text/text.h"

/* A claim as it is shown. */
typedef struct gf_shown {
    gf_claim claim;
    bool by_itself;                   /* it is a cause */
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
    gf_cause *causes; /* in the order of the file */
    size_t cause_count;
    gf_cause *unused; /* lets that no claim uses, and that cannot be worked out, before they are among the causes */
    size_t unused_count;
    gf_open_line *open; /* in the order of the file */
    size_t open_count;
    bool compared, agree;        /* with central differences */
    const char *differences;     /* a line about them, */
    const char *const *opinions; /* and of each claim, where they say who is right, another; NULL: of none */
};

typedef struct gf_claims gf_claims;
typedef struct gf_statement gf_statement;

/* What was written, kept in the report; NULL without memory. The text is freed. */
const char *gf_report_keep(gf_report *report, gf_text *w);

/* Fills the list with what was judged (gather.c); GF_ERROR_MEMORY. */
gf_status gf_report_gather(gf_report *report, const gf_claims *claims);

/* The line about central differences; and of each claim that fails and has a gradient by a leaf on one of its sides, a
 * line about the worst entry (differences.c). progress may say no, which ends it. GF_ERROR_MEMORY. */
gf_status gf_report_compare(gf_report *report, gf_claims *claims, bool (*progress)(double share, void *data),
                            void *data);

/* --- causes (causes.c) --------------------------------------------------------------------------------------- */

/* Fills report->causes with the lines that are wrong by themselves, in any order, in memory of the report. A let says
 * which claims do not hold because of it. Of a claim, what it says and its repairs, where they are not NULL, take the
 * place of what the list of claims has; its line, error and place are needed, all else is worked out. GF_ERROR_MEMORY.
 */
gf_status gf_report_find_causes(gf_report *report, gf_claims *claims, const gf_claims_options *options);

/* Says of claims that hold at the file's own sizes only with which they do not. GF_ERROR_MEMORY. */
gf_status gf_report_find_sizes(gf_report *report, const gf_claims *claims);

/* Finds the lets that no claim uses, directly or through others, and that cannot be worked out (unused.c). Comes before
 * the causes are looked for. GF_ERROR_MEMORY. */
gf_status gf_report_find_unused(gf_report *report, gf_claims *claims);

/* Adds those, and the lets that cannot be worked out and keep claims from being judged, of which no cause says so. */
gf_status gf_report_add_unworked(gf_report *report, const gf_claims *claims);

/* Fills report->open with the lines that have a ?, and judges what uses them (open.c). Comes before the claims are
 * gathered. GF_ERROR_MEMORY. */
gf_status gf_report_find_open(gf_report *report, gf_claims *claims, int hints);

/* "dc[t]", with the index as it stands. */
const char *gf_report_name_let(gf_report *report, const gf_model *m, const gf_statement *let);

/* Sorts the causes, and tells each claim which they are. Who fails before or in this drops them. */
gf_status gf_report_settle(gf_report *report);
void gf_report_drop_causes(gf_report *report);

/* Does the claim fail because of others alone? Then one line says so. */
bool gf_shown_is_behind(const gf_shown *shown);

/* --- pieces of text ------------------------------------------------------------------------------------------- */

/* The lines of a report in the order of the file: a let that is a cause, one that is open, or a claim, which may be
 * open, too. Zero-initialise it.
 *
 *     gf_told line = {0};
 *     while (gf_told_next(&line, report))
 *         line.let ? write_let(line.let) : line.claim ? write_claim(line.claim, line.open) : write_open(line.open);
 */
typedef struct gf_told {
    const gf_cause *let;
    const gf_shown *claim;
    const gf_open_line *open;
    size_t next_cause, next_claim, next_open;
} gf_told;
bool gf_told_next(gf_told *line, const gf_report *report);

/* Numbers as reports have them, with a point in every locale: "4.3e-01" of an error, six digits of an entry. */
void gf_report_write_error(gf_text *w, double error);
void gf_report_write_entry(gf_text *w, double entry);

/* "worst entry (2, 1) at t = 3: left 0.5, right 0.25" and "holds for t = 1..2; fails for t = 3", each with a newline
 * and `before` in front. */
void gf_report_write_worst(gf_text *w, const gf_shown *shown, const char *before);

/* Each line of a text, with `before` in front. */
void gf_report_write_lines(gf_text *w, const char *lines, const char *before);

/* Why a line cannot be worked out; where there are edits, which show the place and what was meant, its first line. */
void gf_report_write_message(gf_text *w, const char *message, size_t edits, const char *before);

/* What mends the claims (report_repair.c): looked for; which of them say what an earlier one has said; and written,
 * each line with `before` in front, as edits of the statement on a line. */
void gf_report_find_repeated(gf_report *report);
void gf_report_write_repairs(gf_text *w, const gf_shown *shown, const char *before);
void gf_report_write_edits(gf_text *w, const gf_repair *const edits[], size_t count, int line, const char *before);

/* "let dc[t]", with what it stands for behind `between`; "error 4.3e-01 at t = 2"; "because of
 * lines 55, 61" behind `before`; and what stands under a let that is a cause, each line with `before` in front
 * (report_cause.c). */
void gf_report_write_let(gf_text *w, const gf_cause *cause, const char *between);
void gf_report_write_place(gf_text *w, double error, const char *at);
void gf_report_write_because(gf_text *w, const char *before, const gf_claim *claim);
void gf_report_write_cause(gf_text *w, const gf_cause *cause, const char *before);

/* "let dc[t]", with what it stands for behind `between`; "? is 1 x 4" behind `before`, where that is known (open.c). */
void gf_report_write_open(gf_text *w, const gf_open_line *open, const char *between);
void gf_report_write_wanted(gf_text *w, const gf_open_line *open, const char *before);

/* How many lets are open; of claims gf_report_tally tells. How many claims hold with true values in place of such. */
size_t gf_report_tally_open_lets(const gf_report *report);
size_t gf_report_tally_resting(const gf_report *report);

/* "line 55 is wrong, too", of a claim that is wrong by itself. */
void gf_report_write_others(gf_text *w, const gf_shown *shown, const char *before, const char *after);

/* "; 2 lines are wrong by themselves: 55, 61"; nothing where there is none. */
void gf_report_write_wrong_lines(gf_text *w, const gf_report *report);

void gf_report_write_text(gf_text *w, const gf_report *const reports[], size_t count, unsigned flags);
void gf_report_write_markdown(gf_text *w, const gf_report *const reports[], size_t count, unsigned flags);
void gf_report_write_gcc(gf_text *w, const gf_report *const reports[], size_t count);
void gf_report_write_json(gf_text *w, const gf_report *const reports[], size_t count);

#endif
