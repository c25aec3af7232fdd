/* Reports as compilers write: a line for each claim that does not hold, by which an editor finds it. */
#include <string.h>

#include "report/report.h"

/* rnn.gf:21: FAILS "state" grad(h[t]), error 8.1e-01 at t = 3 */
static void write_start(gf_text *w, const gf_report *report, const gf_shown *shown)
{
    const gf_claim *claim = &shown->claim;
    gf_text_printable(w, report->file);
    if (shown->problem_column)
        gf_text_print(w, ":%d:%d: ", shown->problem_line, shown->problem_column);
    else
        gf_text_print(w, ":%d: ", claim->line);
    gf_text_add(w, claim->verdict == GF_FAILS ? "FAILS " : "error ");
    if (*claim->label)
        gf_text_print(w, "\"%s\" %s", claim->label, claim->left);
    else
        gf_text_add(w, claim->text);
    if (claim->verdict != GF_FAILS)
        return;
    gf_text_add(w, ", error ");
    gf_report_write_error(w, claim->error);
    gf_text_print(w, "%s%s", *claim->at ? " at " : "", claim->at);
}

static void write_first_line(gf_text *w, const char *before, const char *lines)
{
    gf_text_add(w, before);
    gf_text_bytes(w, lines, strcspn(lines, "\n"));
}

/* Why, as far as that can be told: what is wrong, here or in a let; the diagnosis' first sentence, or the entry. */
static void write_reason(gf_text *w, const gf_shown *shown)
{
    gf_text worst = {0};
    if (*shown->problem && !shown->problem_column && shown->problem_line)
        gf_text_print(w, ": line %d: %s", shown->problem_line, shown->problem);
    else if (*shown->problem)
        write_first_line(w, ": ", shown->problem);
    if (*shown->claim.diagnosis)
        write_first_line(w, *shown->problem ? "; " : ": ", shown->claim.diagnosis);
    else if (shown->claim.verdict == GF_FAILS)
        gf_report_write_worst(&worst, shown, ": ");
    write_first_line(w, "", gf_text_string(&worst));
    w->failed |= worst.failed;
    gf_text_free(&worst);
}

static void write_claim(gf_text *w, const gf_report *report, const gf_shown *shown)
{
    const gf_claim *claim = &shown->claim;
    write_start(w, report, shown);
    write_reason(w, shown);
    if (claim->repair_count)
        gf_text_print(w, "; did you mean %s", claim->repairs[0]->term);
    if (claim->repair_count && claim->repairs[0]->line != claim->line)
        gf_text_print(w, " on line %d", claim->repairs[0]->line);
    gf_text_add(w, "\n");
}

void gf_report_write_gcc(gf_text *w, const gf_report *const reports[], size_t count)
{
    for (size_t n = 0; n < count; n++) {
        const gf_report *report = reports[n];
        for (size_t k = 0; k < report->count; k++)
            if (report->list[k].claim.verdict != GF_HOLDS)
                write_claim(w, report, &report->list[k]);
        if (!report->compared || report->agree)
            continue;
        gf_text_printable(w, report->file);
        gf_text_print(w, ":1: %s", report->differences);
    }
}
