/* A report: what can be asked of it, and its one text. */
#include "report/report.h"

#include <stdlib.h>

void gf_report_free(gf_report *report)
{
    if (report)
        gf_arena_free(&report->arena);
    free(report);
}

/* --- questions ------------------------------------------------------------------------------------------ */

gf_status gf_report_status(const gf_report *report)
{
    return report ? report->status : GF_ERROR_ARGUMENT;
}

const char *gf_report_message(const gf_report *report)
{
    return report ? report->message : "";
}

size_t gf_report_count(const gf_report *report)
{
    return report ? report->count : 0;
}

size_t gf_report_unjudged(const gf_report *report)
{
    return report ? report->unjudged : 0;
}

const gf_claim *gf_report_claim(const gf_report *report, size_t k)
{
    return k < gf_report_count(report) ? &report->list[k].claim : NULL;
}

size_t gf_report_cause_count(const gf_report *report)
{
    return report ? report->cause_count : 0;
}

const gf_cause *gf_report_cause(const gf_report *report, size_t k)
{
    return k < gf_report_cause_count(report) ? &report->causes[k] : NULL;
}

size_t gf_report_open_count(const gf_report *report)
{
    return report ? report->open_count : 0;
}

const gf_open_line *gf_report_open(const gf_report *report, size_t k)
{
    return k < gf_report_open_count(report) ? &report->open[k] : NULL;
}

size_t gf_report_tally(const gf_report *report, gf_verdict verdict)
{
    size_t count = 0;
    for (size_t k = 0; k < gf_report_count(report); k++)
        count += report->list[k].claim.verdict == verdict;
    return count;
}

bool gf_report_differences(const char **line, const gf_report *report)
{
    if (line)
        *line = report ? report->differences : "";
    return report && report->compared && report->agree;
}

gf_status gf_reports_write(char **out, const gf_report *const reports[], size_t count, gf_report_format format,
                           unsigned flags)
{
    if (!out)
        return GF_ERROR_ARGUMENT;
    *out = NULL;
    if ((unsigned)format > GF_REPORT_GCC || flags & ~(unsigned)(GF_REPORT_COLOR | GF_REPORT_BRIEF | GF_REPORT_NAMED))
        return GF_ERROR_ARGUMENT;
    for (size_t k = 0; k < count; k++)
        if (!reports || !reports[k])
            return GF_ERROR_ARGUMENT;
    gf_text w = {0};
    if (format == GF_REPORT_JSON)
        gf_report_write_json(&w, reports, count);
    else if (format == GF_REPORT_MARKDOWN)
        gf_report_write_markdown(&w, reports, count, flags);
    else if (format == GF_REPORT_GCC)
        gf_report_write_gcc(&w, reports, count);
    else
        gf_report_write_text(&w, reports, count, flags);
    gf_text_bytes(&w, "", 0); /* a text without lines is one, too */
    *out = w.failed ? NULL : w.data;
    if (w.failed)
        gf_text_free(&w);
    return *out ? GF_OK : GF_ERROR_MEMORY;
}
