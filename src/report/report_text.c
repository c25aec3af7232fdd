/* Reports as text and as Markdown. */
#include <math.h>
#include <string.h>

#include "report/report.h"

/* --- pieces -------------------------------------------------------------------------------------------------- */

void gf_report_write_error(gf_text *w, double error)
{
    char digits[GF_NUMBER];
    gf_text_add(w, error == 0 ? "< 1e-12" : gf_number_told(digits, "%.1e", error));
}

void gf_report_write_entry(gf_text *w, double entry)
{
    char digits[GF_NUMBER];
    gf_text_add(w, gf_number_told(digits, "%.6g", entry));
}

static void count(gf_text *w, const char *before, size_t n, const char *one, const char *more)
{
    gf_text_print(w, "%s%zu %s", before, n, n == 1 ? one : more);
}

/* "; not done: 2 lets are open, and 9 claims hold with true values in their place". */
static void write_open_lets(gf_text *w, size_t lets, size_t resting)
{
    count(w, "; not done: ", lets, "let is open", "lets are open");
    if (resting)
        count(w, ", and ", resting, "claim holds", "claims hold");
    if (resting)
        gf_text_add(w, lets == 1 ? " with the true value in its place" : " with true values in their place");
}

/* "12 claims: 10 hold, 1 fails, 1 error; 1 line is wrong by itself: 55". */
static void write_totals(gf_text *w, const gf_report *report)
{
    count(w, "", gf_report_count(report), "claim", "claims");
    count(w, ": ", gf_report_tally(report, GF_HOLDS), "holds", "hold");
    count(w, ", ", gf_report_tally(report, GF_FAILS), "fails", "fail");
    count(w, ", ", gf_report_tally(report, GF_UNJUDGED), "error", "errors");
    size_t claims = gf_report_tally(report, GF_OPEN), lets = gf_report_tally_open_lets(report);
    if (claims)
        count(w, ", ", claims, "open", "open");
    if (lets)
        write_open_lets(w, lets, gf_report_tally_resting(report));
    gf_report_write_wrong_lines(w, report);
}

static const char said_tied[] = ", equal up to rounding";

/* "left 0.12, right 0.13", with more digits than six where these are the same and more than rounding is between them.
 */
static void write_sides(gf_text *w, double left, double right, bool tied)
{
    enum { FEWEST = 6, ALL = 17 };
    char one[GF_NUMBER], other[GF_NUMBER], format[8];
    int digits = FEWEST;
    do {
        snprintf(format, sizeof format, "%%.%dg", digits);
        gf_number_told(one, format, left);
        gf_number_told(other, format, right);
    } while (digits++ < ALL && left != right && !tied && !strcmp(one, other));
    const char *note = ", which is not finite";
    bool neither = !isfinite(left) && !isfinite(right);
    gf_text_print(w, "%s%s, right %s%s", one, !isfinite(left) && !neither ? note : "", other,
                  neither            ? ", neither of which is finite"
                  : !isfinite(right) ? note
                                     : "");
}

void gf_report_write_worst(gf_text *w, const gf_shown *shown, const char *before)
{
    const gf_claim *claim = &shown->claim;
    gf_text_print(w, "%sworst entry (%d, %d)%s%s: left ", before, claim->row + 1, claim->col + 1,
                  *claim->at ? " at " : "", claim->at);
    write_sides(w, claim->a, claim->b, claim->tied);
    gf_text_print(w, "%s%s%s\n", claim->tied ? said_tied : "", *shown->link ? ", in " : "", shown->link);
    if (*claim->holds_for)
        gf_text_print(w, "%sholds for %s; fails for %s\n", before, claim->holds_for, claim->fails_for);
    else if (*claim->fails_for && claim->instances > 1)
        gf_text_print(w, "%sfails for every %s\n", before, claim->fails_for);
}

void gf_report_write_message(gf_text *w, const char *message, size_t edits, const char *before)
{
    gf_text first = {0};
    if (edits)
        gf_text_bytes(&first, message, strcspn(message, "\n"));
    gf_report_write_lines(w, edits ? gf_text_string(&first) : message, before);
    w->failed |= first.failed;
    gf_text_free(&first);
}

void gf_report_write_lines(gf_text *w, const char *lines, const char *before)
{
    while (*lines) {
        size_t size = strcspn(lines, "\n");
        gf_text_add(w, size ? before : "");
        gf_text_bytes(w, lines, size);
        gf_text_add(w, "\n");
        lines += size + (lines[size] == '\n');
    }
}

/* In brief: what is wrong by itself. */
static bool is_told(const gf_shown *shown, unsigned flags)
{
    return !(flags & GF_REPORT_BRIEF) || (shown->claim.verdict != GF_HOLDS && !gf_shown_is_behind(shown));
}

/* --- text ---------------------------------------------------------------------------------------------------- */

static const char indent[] = "        "; /* as wide as a verdict */

/* A line begins with one word, in colours on a terminal. */
static void write_word(gf_text *w, const char *word, const char *color, unsigned flags)
{
    bool colors = flags & GF_REPORT_COLOR;
    gf_text_print(w, "%s%s%s   ", colors ? color : "", word, colors ? "\033[0m" : "");
}

static const char red[] = "\033[1;31m", yellow[] = "\033[1;33m", blue[] = "\033[1;34m";

static void write_verdict(gf_text *w, gf_verdict verdict, unsigned flags)
{
    static const char *const words[] = {"holds", "FAILS", "error", "open "};
    static const char *const colors[] = {"\033[32m", red, yellow, blue};
    write_word(w, words[verdict], colors[verdict], flags);
}

/* "4.3e-01 at t = 2", "< 1e-12, equal up to rounding", or "< 1e-12, no instance within the model". */
static void write_outcome(gf_text *w, const gf_claim *claim)
{
    gf_report_write_error(w, claim->error);
    if (claim->verdict == GF_FAILS && *claim->at)
        gf_text_print(w, " at %s", claim->at);
    if (claim->verdict == GF_HOLDS && claim->tied)
        gf_text_add(w, said_tied);
    if (claim->instances && claim->beyond == claim->instances)
        gf_text_add(w, ", no instance within the model");
}

static bool has_outcome(const gf_claim *claim)
{
    return claim->verdict == GF_HOLDS || claim->verdict == GF_FAILS;
}

/* holds   line 26  "output bias"  grad(d)  error < 1e-12; of one with a ?, what belongs there */
static void write_line(gf_text *w, const gf_shown *shown, const gf_open_line *open, unsigned flags)
{
    const gf_claim *claim = &shown->claim;
    write_verdict(w, claim->verdict, flags);
    gf_text_print(w, "line %d  ", claim->line);
    if (*claim->label)
        gf_text_print(w, "\"%s\"  %s", claim->label, claim->left);
    else
        gf_text_add(w, claim->text);
    if (claim->verdict == GF_HOLDS && !claim->instances) {
        gf_text_add(w, "  no instance");
    } else if (has_outcome(claim)) {
        gf_text_add(w, "  error ");
        write_outcome(w, claim);
    }
    if (open)
        gf_report_write_wanted(w, open, "  ");
    if (gf_shown_is_behind(shown))
        gf_report_write_because(w, ", ", claim);
    gf_text_add(w, "\n");
}

/* WRONG   line 55  let dc[t]  for grad(c[t])  error 4.3e-01 at t = 2 */
static void write_let(gf_text *w, const gf_cause *cause, unsigned flags)
{
    write_word(w, *cause->message ? "error" : "WRONG", *cause->message ? yellow : red, flags);
    gf_text_print(w, "line %d  ", cause->line);
    gf_report_write_let(w, cause, "  ");
    if (*cause->stands_for && !*cause->message && !isnan(cause->error)) {
        gf_text_add(w, "  ");
        gf_report_write_place(w, cause->error, cause->at);
    }
    gf_text_add(w, "\n");
    gf_report_write_cause(w, cause, indent);
}

/* open    line 55  let dc[t]  for grad(c[t])  ? is 1 x 4 */
static void write_open(gf_text *w, const gf_open_line *open, unsigned flags)
{
    write_verdict(w, GF_OPEN, flags);
    gf_text_print(w, "line %d  ", open->line);
    gf_report_write_open(w, open, "  ");
    gf_report_write_wanted(w, open, "  ");
    gf_text_add(w, "\n");
    gf_report_write_lines(w, open->hints, indent);
}

/* What stands under a claim that does not hold. */
static void write_under(gf_text *w, const gf_shown *shown, const char *before)
{
    if (shown->claim.verdict == GF_FAILS)
        gf_report_write_worst(w, shown, before);
    bool said = shown->claim.because_count && shown->problem_line && !shown->problem_column; /* at the let */
    gf_report_write_message(w, said ? "" : shown->claim.message, shown->claim.repair_count, before);
    gf_report_write_lines(w, shown->claim.diagnosis, before);
    gf_report_write_repairs(w, shown, before);
    gf_report_write_others(w, shown, before, "\n");
}

static void write_claim(gf_text *w, const gf_shown *shown, const gf_open_line *open, unsigned flags)
{
    if (!is_told(shown, flags))
        return;
    write_line(w, shown, open, flags);
    if (open)
        gf_report_write_lines(w, open->hints, indent);
    if (!gf_shown_is_behind(shown))
        write_under(w, shown, indent);
}

static void write_file(gf_text *w, const char *before, const gf_report *report)
{
    gf_text_add(w, before);
    gf_text_printable(w, report->file);
    gf_text_add(w, ":\n");
}

void gf_report_write_text(gf_text *w, const gf_report *const reports[], size_t count, unsigned flags)
{
    bool brief = flags & GF_REPORT_BRIEF;
    for (size_t n = 0; n < count; n++) {
        const gf_report *report = reports[n];
        if (count > 1 || (flags & GF_REPORT_NAMED))
            write_file(w, n && !brief ? "\n" : "", report);
        if (*report->title && !brief && !report->status)
            gf_text_print(w, "%s\n", report->title);
        gf_told line = {0};
        while (gf_told_next(&line, report))
            if (line.let)
                write_let(w, line.let, flags);
            else if (line.claim)
                write_claim(w, line.claim, line.open, flags);
            else
                write_open(w, line.open, flags);
        gf_report_write_lines(w, report->differences, "");
        if (!report->status && !brief) {
            write_totals(w, report);
            gf_text_add(w, "\n");
        }
    }
}

/* --- Markdown -------------------------------------------------------------------------------------------------- */

/* Within a cell of a table: no line between two cells, no end of the code. */
static void write_cell(gf_text *w, const char *text, bool code)
{
    gf_text shown = {0};
    gf_text_printable(&shown, text);
    gf_text_add(w, code ? "`" : "");
    for (const char *at = gf_text_string(&shown); *at; at++) {
        bool special = *at == '|' || (!code && strchr("\\`*_<[", *at));
        gf_text_print(w, special ? "\\%c" : "%c", code && *at == '`' ? '\'' : *at);
    }
    gf_text_add(w, code ? "`" : "");
    w->failed |= shown.failed;
    gf_text_free(&shown);
}

/* Outside a table, where a line between two cells is a sign like any other. */
static void write_code(gf_text *w, const char *text)
{
    gf_text shown = {0};
    gf_text_printable(&shown, text);
    gf_text_add(w, "`");
    for (const char *at = gf_text_string(&shown); *at; at++)
        gf_text_print(w, "%c", *at == '`' ? '\'' : *at);
    gf_text_add(w, "`");
    w->failed |= shown.failed;
    gf_text_free(&shown);
}

/* | **WRONG** | 55 |  | `let dc[t] for grad(c[t])` | 4.3e-01 at t = 2 | */
static void write_let_row(gf_text *w, const gf_cause *cause)
{
    gf_text let = {0};
    gf_report_write_let(&let, cause, " ");
    gf_text_print(w, "| **%s** | %d |  | ", *cause->message ? "error" : "WRONG", cause->line);
    write_cell(w, gf_text_string(&let), true);
    gf_text_add(w, " | ");
    if (*cause->stands_for && !*cause->message && !isnan(cause->error))
        gf_report_write_error(w, cause->error);
    gf_text_print(w, "%s%s |\n", *cause->at ? " at " : "", cause->at);
    w->failed |= let.failed;
    gf_text_free(&let);
}

/* | **open** | 55 |  | `let dc[t] for grad(c[t])` | ? is 1 x 4 | */
static void write_open_row(gf_text *w, const gf_open_line *open)
{
    gf_text let = {0};
    gf_report_write_open(&let, open, " ");
    gf_text_print(w, "| **open** | %d |  | ", open->line);
    write_cell(w, gf_text_string(&let), true);
    gf_text_add(w, " | ");
    gf_report_write_wanted(w, open, "");
    gf_text_add(w, " |\n");
    w->failed |= let.failed;
    gf_text_free(&let);
}

static void write_row(gf_text *w, const gf_shown *shown, const gf_open_line *open)
{
    const gf_claim *claim = &shown->claim;
    static const char *const words[] = {"holds", "**FAILS**", "**error**", "**open**"};
    gf_text_print(w, "| %s | %d | ", words[claim->verdict], claim->line);
    write_cell(w, claim->label, false);
    gf_text_add(w, " | ");
    write_cell(w, *claim->label ? claim->left : claim->text, true);
    gf_text_add(w, " | ");
    if (claim->verdict == GF_HOLDS && !claim->instances)
        gf_text_add(w, "no instance");
    else if (has_outcome(claim))
        write_outcome(w, claim);
    if (open)
        gf_report_write_wanted(w, open, "");
    if (gf_shown_is_behind(shown))
        gf_report_write_because(w, has_outcome(claim) ? ", " : "", claim);
    gf_text_add(w, " |\n");
}

/* What stands under the line of a claim, or of a let, as it would in text. */
static void write_details(gf_text *w, const gf_shown *shown)
{
    const gf_claim *claim = &shown->claim;
    if ((claim->verdict == GF_HOLDS && !*claim->diagnosis) || claim->verdict == GF_OPEN || gf_shown_is_behind(shown))
        return;
    gf_text_print(w, "\nLine %d, ", claim->line);
    write_code(w, claim->text);
    gf_text_add(w, ":\n\n```text\n");
    write_under(w, shown, "");
    gf_text_add(w, "```\n");
}

static void write_let_details(gf_text *w, const gf_cause *cause)
{
    gf_text_print(w, "\nLine %d, `let %s`:\n\n```text\n", cause->line, cause->of);
    gf_report_write_cause(w, cause, "");
    gf_text_add(w, "```\n");
}

static void write_open_details(gf_text *w, const gf_open_line *open)
{
    if (!*open->hints)
        return;
    gf_text_print(w, "\nLine %d, `%s%s`:\n\n```text\n", open->line, open->let ? "let " : "", open->of);
    gf_report_write_lines(w, open->hints, "");
    gf_text_add(w, "```\n");
}

static void write_heading(gf_text *w, const gf_report *report, bool named)
{
    gf_text_add(w, "# ");
    write_cell(w, *report->title ? report->title : report->file, false);
    gf_text_add(w, "\n\n");
    if (*report->title && named) {
        write_code(w, report->file);
        gf_text_add(w, "\n\n");
    }
}

static void write_table(gf_text *w, const gf_report *report, unsigned flags)
{
    gf_text_add(w, "| | line | claim | left side | error |\n|---|---|---|---|---|\n");
    gf_told line = {0};
    while (gf_told_next(&line, report))
        if (line.let)
            write_let_row(w, line.let);
        else if (!line.claim)
            write_open_row(w, line.open);
        else if (is_told(line.claim, flags))
            write_row(w, line.claim, line.open);
    line = (gf_told){0};
    while (gf_told_next(&line, report)) {
        if (line.let)
            write_let_details(w, line.let);
        if (line.claim)
            write_details(w, line.claim);
        if (line.open)
            write_open_details(w, line.open);
    }
    gf_text_add(w, "\n");
}

static void write_markdown(gf_text *w, const gf_report *report, unsigned flags, bool named)
{
    bool brief = flags & GF_REPORT_BRIEF, open = gf_report_open_count(report),
         table = !brief || open || gf_report_tally(report, GF_HOLDS) < report->count;
    if (table || named || *report->differences || report->status)
        write_heading(w, report, named);
    if (report->status) {
        gf_text_add(w, "```text\n");
        gf_report_write_lines(w, report->message, "");
        gf_text_add(w, "```\n");
        return;
    }
    if (table)
        write_table(w, report, flags);
    gf_report_write_lines(w, report->differences, "");
    gf_text_add(w, *report->differences && !brief ? "\n" : "");
    if (brief)
        return;
    write_totals(w, report);
    gf_text_add(w, "\n");
}

void gf_report_write_markdown(gf_text *w, const gf_report *const reports[], size_t count, unsigned flags)
{
    for (size_t n = 0; n < count; n++) {
        gf_text_add(w, n && w->size ? "\n" : "");
        write_markdown(w, reports[n], flags, count > 1 || (flags & GF_REPORT_NAMED));
    }
}
