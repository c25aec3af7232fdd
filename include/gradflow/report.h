/* gradflow/report.h: what was found out about claims, written down.
 *
 * One report, or those of several files, become one text, as `gradflow check` prints
 * it: for people, for web pages, for programs or for editors.
 *
 *     gf_report *report;
 *     char *text;
 *     gf_model_claims(&report, m, NULL);
 *     if (gf_reports_write(&text, (const gf_report *[]){report}, 1, GF_REPORT_TEXT, 0) == GF_OK)
 *         fputs(text, stdout);
 *     free(text);
 *     gf_report_free(report);
 */
#ifndef GRADFLOW_REPORT_H
#define GRADFLOW_REPORT_H

#include <gradflow/claims.h>

GF_BEGIN_DECLS

/* The forms: a line a claim; JSON for programs; Markdown for web pages; the lines of compilers for editors. */
typedef enum gf_report_format { GF_REPORT_TEXT, GF_REPORT_JSON, GF_REPORT_MARKDOWN, GF_REPORT_GCC } gf_report_format;

enum gf_report_flags {
    GF_REPORT_COLOR = 1, /* text: verdicts in colours of a terminal */
    GF_REPORT_BRIEF = 2, /* text, Markdown: only the lines that are wrong by themselves, and no totals */
    GF_REPORT_NAMED = 4  /* the file's name before each report, even where there is one */
};

/* Writes reports, of one file or several, as text: *out is the caller's, who frees
 * it with free. Text has a line a claim (docs/language.md shows it) and the totals;
 * with several files each one's name before it. GF_REPORT_GCC is a line
 * "FILE:LINE: …" for each let or claim that does not hold, in the way of compilers, whose
 * lines editors follow. GF_ERROR_ARGUMENT where a report is NULL, or
 * there is no such format or flag; GF_ERROR_MEMORY;
 * *out is NULL then. */
GF_API gf_status gf_reports_write(char **out, const gf_report *const reports[], size_t count, gf_report_format format,
                                  unsigned flags);

GF_END_DECLS

#endif
