/* Repairs in a report: gathered, and written under the claim that they mend. */
#include <stdlib.h>
#include <string.h>

#include "report/report.h"

/* --- gathering -------------------------------------------------------------------------------------------------- */

/* Are the repairs of two claims the same edits of the same lines? */
static bool are_same(const gf_claim *a, const gf_claim *b)
{
    bool same = a->repair_count == b->repair_count;
    for (size_t k = 0; same && k < a->repair_count; k++)
        same = a->repairs[k]->line == b->repairs[k]->line && !strcmp(a->repairs[k]->mended, b->repairs[k]->mended);
    return same;
}

/* What has been said under one claim is not said in full again under the next. */
static void find_repeated(gf_report *report, size_t k)
{
    gf_shown *shown = &report->list[k];
    for (size_t j = 0; j < k && shown->claim.repair_count && !shown->repeated; j++)
        if (!gf_shown_is_behind(&report->list[j]) && are_same(&shown->claim, &report->list[j].claim))
            shown->repeated = report->list[j].claim.line;
}

void gf_report_find_repeated(gf_report *report)
{
    for (size_t k = 0; k < report->count; k++)
        find_repeated(report, k);
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

/* did you mean  h[t-1]' @ dzo[t] */
static void write_term(gf_text *w, const gf_repair *edit, int line, bool first, const char *before)
{
    gf_text_print(w, "%s%s  %s", before, first ? "did you mean" : "or", edit->term);
    if (edit->line != line)
        gf_text_print(w, "  on line %d", edit->line);
    if (*edit->tried)
        gf_text_print(w, "  (%s)", edit->tried);
}

void gf_report_write_edits(gf_text *w, const gf_repair *const edits[], size_t count, int line, const char *before)
{
    for (size_t k = 0; k < count; k++) {
        write_term(w, edits[k], line, k == 0, before);
        if (!*edits[k]->written) { /* a line of its own */
            gf_text_add(w, ", too\n");
            continue;
        }
        gf_text_print(w, "\n%s   %s\n%s   %s\n", before, edits[k]->written, before, edits[k]->marks);
        const char *line = edits[k]->mended, *end;
        for (; (end = strchr(line, '\n')); line = end + 1)
            gf_text_print(w, "%s   %.*s\n", before, (int)(end - line), line);
        gf_text_print(w, "%s   %s\n", before, line);
    }
}

void gf_report_write_repairs(gf_text *w, const gf_shown *shown, const char *before)
{
    const gf_claim *claim = &shown->claim;
    if (!shown->repeated)
        gf_report_write_edits(w, claim->repairs, claim->repair_count, claim->line, before);
    for (size_t k = 0; shown->repeated && k < claim->repair_count; k++) {
        write_term(w, claim->repairs[k], claim->line, k == 0, before);
        gf_text_print(w, ", as under line %d\n", shown->repeated);
    }
}
