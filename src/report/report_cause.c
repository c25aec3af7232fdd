/* Causes in a report: a wrong let, what is said under it, and how claims name it. */
#include <math.h>
#include <string.h>

#include "report/report.h"

enum { LINES = 5, LINES_OF_EDIT = 4 }; /* under a let that is wrong by itself, at most; and of those, an edit's */

bool gf_told_next(gf_told *line, const gf_report *report)
{
    line->let = NULL;
    line->open = line->next_open < report->open_count ? &report->open[line->next_open] : NULL;
    line->claim = line->next_claim < report->count ? &report->list[line->next_claim] : NULL;
    while (line->next_cause < report->cause_count && !report->causes[line->next_cause].let)
        line->next_cause++;
    if (line->next_cause < report->cause_count)
        line->let = &report->causes[line->next_cause];
    if (line->let && line->claim && line->let->line > line->claim->claim.line)
        line->let = NULL;
    if (line->let && line->open && line->let->line > line->open->line)
        line->let = NULL;
    bool earlier = line->open && line->open->let && (!line->claim || line->open->line < line->claim->claim.line);
    if (line->let || earlier)
        line->claim = NULL;
    if (line->let || (line->claim && line->open && line->open->line != line->claim->claim.line))
        line->open = NULL;
    line->next_cause += line->let != NULL;
    line->next_claim += line->claim != NULL;
    line->next_open += line->open != NULL;
    return line->let || line->claim || line->open;
}

/* --- numbers of lines ------------------------------------------------------------------------------------------- */

static void write_numbers(gf_text *w, const int *numbers, size_t count)
{
    for (size_t k = 0; k < count; k++)
        gf_text_print(w, k ? ", %d" : "%d", numbers[k]);
}

void gf_report_write_because(gf_text *w, const char *before, const gf_claim *claim)
{
    gf_text_print(w, "%sbecause of %s ", before, claim->because_count == 1 ? "line" : "lines");
    write_numbers(w, claim->because_of, claim->because_count);
}

void gf_report_write_others(gf_text *w, const gf_shown *shown, const char *before, const char *after)
{
    const gf_claim *claim = &shown->claim;
    if (!shown->by_itself || !claim->because_count)
        return;
    bool one = claim->because_count == 1;
    gf_text_print(w, "%s%s ", before, one ? "line" : "lines");
    write_numbers(w, claim->because_of, claim->because_count);
    gf_text_print(w, " %s wrong, too%s", one ? "is" : "are", after);
}

/* Is it wrong, and not such that it could not be judged at all? */
static bool is_wrong(const gf_report *report, const gf_cause *cause)
{
    for (size_t k = 0; k < report->count; k++)
        if (report->list[k].claim.line == cause->line && report->list[k].claim.verdict == GF_UNJUDGED)
            return false;
    return !*cause->message;
}

/* Where no let is among them, they are the claims that fail, which everybody sees. */
void gf_report_write_wrong_lines(gf_text *w, const gf_report *report)
{
    size_t count = 0, lets = 0, written = 0;
    for (size_t k = 0; k < report->cause_count; k++) {
        bool wrong = is_wrong(report, &report->causes[k]);
        count += wrong;
        lets += wrong && report->causes[k].let;
    }
    if (!lets)
        return;
    gf_text_print(w, "; %zu %s: ", count, count == 1 ? "line is wrong by itself" : "lines are wrong by themselves");
    for (size_t k = 0; k < report->cause_count; k++)
        if (is_wrong(report, &report->causes[k]))
            gf_text_print(w, written++ ? ", %d" : "%d", report->causes[k].line);
}

/* --- a let ------------------------------------------------------------------------------------------------------- */

void gf_report_write_place(gf_text *w, double error, const char *at)
{
    gf_text_add(w, "error ");
    gf_report_write_error(w, error);
    gf_text_print(w, "%s%s", *at ? " at " : "", at);
}

void gf_report_write_let(gf_text *w, const gf_cause *cause, const char *between)
{
    gf_text_print(w, "let %s", cause->of);
    if (*cause->stands_for)
        gf_text_print(w, "%sfor %s", between, cause->stands_for);
}

/* The first lines of a text. */
static void write_some_lines(gf_text *w, const char *lines, size_t most, const char *before)
{
    for (; *lines && most; most--) {
        size_t size = strcspn(lines, "\n");
        gf_text_add(w, before);
        gf_text_bytes(w, lines, size);
        gf_text_add(w, "\n");
        lines += size + (lines[size] == '\n');
    }
}

void gf_report_write_cause(gf_text *w, const gf_cause *cause, const char *before)
{
    gf_report_write_message(w, cause->message, cause->repair_count, before);
    if (*cause->message) {
        gf_report_write_lines(w, cause->says, before);
        gf_report_write_edits(w, cause->repairs, cause->repair_count, cause->line, before);
        return;
    }
    size_t edits = cause->repair_count ? 1 : 0;
    size_t most = edits ? LINES - LINES_OF_EDIT + (isnan(cause->error) ? 1 : 0) : LINES; /* 1: its shape */
    write_some_lines(w, cause->says, most, before);
    gf_report_write_edits(w, cause->repairs, edits, cause->line, before);
    if (cause->claim_count)
        gf_text_print(w, "%s%zu %s because of it\n", before, cause->claim_count,
                      cause->claim_count == 1 ? "claim fails" : "claims fail");
}
