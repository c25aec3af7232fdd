/* Open lines in a report: those with a ?, what belongs there, and how they are written. */
#include "mend/hints/hints.h"
#include "report/report.h"

/* The left side of a claim, as it is written. */
static const char *left_of(gf_report *report, const gf_model *m, const gf_statement *s)
{
    gf_text w = {0};
    gf_source_quote(&w, &m->file.source, s->sides[0]->span, 0);
    return gf_report_keep(report, &w);
}

static bool take(gf_report *report, const gf_model *m, const gf_opening *opening)
{
    const gf_statement *s = opening->line;
    gf_open_line *open = &report->open[report->open_count++];
    bool let = s->kind == STATEMENT_LET;
    *open = (gf_open_line){.line = gf_statement_line(&m->file.source, s),
                           .let = let,
                           .of = let ? gf_report_name_let(report, m, s) : left_of(report, m, s),
                           .stands_for = opening->stands_for,
                           .rows = opening->rows,
                           .cols = opening->cols,
                           .paths = opening->paths,
                           .hints = opening->hints};
    return open->of;
}

gf_status gf_report_find_open(gf_report *report, gf_claims *claims, int hints)
{
    gf_openings found;
    gf_status status = gf_openings_find(&found, &report->arena, claims, hints > 0 ? hints : 1);
    report->open = status ? NULL : gf_arena_get(&report->arena, (found.count + 1) * sizeof *report->open);
    if (status || !report->open)
        return status ? status : GF_ERROR_MEMORY;
    for (size_t k = 0; k < found.count; k++)
        if (!take(report, claims->m, &found.list[k])) {
            report->open_count = 0;
            return GF_ERROR_MEMORY;
        }
    return GF_OK;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

size_t gf_report_tally_open_lets(const gf_report *report)
{
    size_t count = 0;
    for (size_t k = 0; k < report->open_count; k++)
        count += report->open[k].let;
    return count;
}

size_t gf_report_tally_resting(const gf_report *report)
{
    size_t count = 0;
    for (size_t k = 0; k < report->count; k++)
        count += report->list[k].claim.rests_on_open;
    return count;
}

void gf_report_write_open(gf_text *w, const gf_open_line *open, const char *between)
{
    gf_text_print(w, "%s%s", open->let ? "let " : "", open->of);
    if (*open->stands_for)
        gf_text_print(w, "%sfor %s", between, open->stands_for);
}

void gf_report_write_wanted(gf_text *w, const gf_open_line *open, const char *before)
{
    if (open->rows)
        gf_text_print(w, "%s? is %d x %d", before, open->rows, open->cols);
}
