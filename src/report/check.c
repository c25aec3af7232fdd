/* What a check does: judge every claim, compare the gradients with central differences, find what mends those that
 * fail. The search comes last, since it may take long and a person may end it. */
#include <stdlib.h>

#include <gradflow/check.h>

#include "base/sized.h"
#include "claims/claims.h"
#include "report/report.h"

/* The work, of which the caller is told how much is done, and may end it. */
typedef struct work {
    const gf_claims_options *options;
    double from, to;      /* the part that is being done, of the whole */
    bool searches, ended; /* it has come to the search; progress said no */
} work;

static bool tell(double share, void *data)
{
    work *w = data;
    w->ended |=
        w->options->progress && !w->options->progress(w->from + share * (w->to - w->from), w->options->progress_data);
    return !w->ended;
}

/* Who ends the search may end the whole. */
static bool search(size_t claim, size_t claims, void *data)
{
    work *w = data;
    w->searches = true;
    if (!w->options->repairing || w->options->repairing(claim, claims, w->options->repairing_data))
        return true;
    if (!w->ended)
        tell(1, w);
    return false;
}

/* Says of each claim that fails what is wrong, or because of which line it fails, and what mends it. What has been
 * judged is gathered in any case. */
static gf_status mend(gf_report *report, gf_claims *claims, const gf_claims_options *options, gf_status status)
{
    if (!status)
        status = gf_report_find_open(report, claims, options->hints);
    gf_status gathered = gf_report_gather(report, claims);
    status = status ? status : gathered;
    if (!status)
        status = gf_report_find_sizes(report, claims);
    if (!status)
        status = gf_report_find_unused(report, claims);
    if (!status)
        status = gf_report_find_causes(report, claims, options);
    if (!status)
        status = gf_report_add_unworked(report, claims);
    if (!status)
        status = gf_report_settle(report);
    if (status)
        gf_report_drop_causes(report);
    return status;
}

static void write_unfinished(gf_text *message, const gf_report *report, const work *w)
{
    gf_text_add(message, "interrupted: ");
    if (report->unjudged)
        gf_text_print(message, "%zu of %zu claims were judged", report->count, report->count + report->unjudged);
    else if (w->options->finite_differences && !report->compared)
        gf_text_add(message, "not all gradients were compared with central differences");
    else
        gf_text_print(message, "not all %s were looked for",
                      w->searches ? "edits" : "lines that are wrong by themselves");
}

static gf_status check(gf_report *report, gf_model *m, const gf_claims_options *options, gf_text *message)
{
    gf_claims claims;
    double tolerance = options->tolerance > 0 ? options->tolerance : GF_TOLERANCE;
    work w = {options, 0, options->finite_differences ? 0.5 : 1, false, false};
    gf_claims_options own = *options;
    own.repairing = search;
    own.repairing_data = &w;
    gf_status status = gf_claims_judge_slowly(&claims, m, tolerance, tell, &w);
    w.from = w.to;
    w.to = 1;
    if (!status && options->finite_differences)
        status = gf_report_compare(report, &claims, tell, &w);
    status = mend(report, &claims, &own, status);
    gf_claims_free(&claims);
    if (w.ended && !status)
        write_unfinished(message, report, &w);
    return status;
}

/* Why there is nothing to judge, or not all of it was, goes into the message. */
static gf_status unroll_and_check(gf_report *report, gf_model *m, const gf_claims_options *options, gf_text *message)
{
    gf_claims_options own;
    char why[GF_SIZED_WHY];
    if (!gf_sized_take(&own, options, gf_claims_options, repairing_data, why)) {
        gf_text_print(message, "claims: %s", why);
        return GF_ERROR_ARGUMENT;
    }
    if (!(own.tolerance >= 0)) {
        gf_text_print(message, "claims: the tolerance is %g, but must be 0 or more", own.tolerance);
        return GF_ERROR_ARGUMENT;
    }
    gf_status status = gf_model_unroll(m);
    if (!status)
        return check(report, m, &own, message);
    gf_text_add(message, gf_model_message(m));
    return status;
}

gf_status gf_model_claims(gf_report **out, gf_model *m, const gf_claims_options *options)
{
    if (!out)
        return GF_ERROR_ARGUMENT;
    *out = NULL;
    gf_report *report = m ? calloc(1, sizeof *report) : NULL;
    if (!report)
        return m ? GF_ERROR_MEMORY : GF_ERROR_ARGUMENT;
    gf_text file = {0}, title = {0}, message = {0};
    report->status = unroll_and_check(report, m, options, &message);
    gf_text_add(&file, m->file.source.name);
    gf_text_add(&title, gf_model_title(m));
    report->file = gf_report_keep(report, &file);
    report->title = gf_report_keep(report, &title);
    report->message = gf_report_keep(report, &message);
    report->differences = report->differences ? report->differences : "";
    if (report->file && report->title && report->message) {
        *out = report;
        return report->status;
    }
    gf_report_free(report);
    return GF_ERROR_MEMORY;
}
