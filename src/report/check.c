/* What a check does: judge every claim, compare the gradients with central differences, find what mends those that
 * fail. The search comes last, since it may take long and a person may end it. */
#include <stdlib.h>

#include <gradflow/check.h>

#include "base/sized.h"
#include "claims/claims.h"
#include "report/report.h"

/* A part of the work, of which the caller is told as part of the whole. */
typedef struct part {
    const gf_claims_options *options;
    double from, to;
} part;

static bool tell(double share, void *data)
{
    const part *p = data;
    return !p->options->progress ||
           p->options->progress(p->from + share * (p->to - p->from), p->options->progress_data);
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

static gf_status check(gf_report *report, gf_model *m, const gf_claims_options *options)
{
    gf_claims claims;
    double tolerance = options->tolerance > 0 ? options->tolerance : GF_TOLERANCE;
    part judging = {options, 0, options->finite_differences ? 0.5 : 1}, comparing = {options, 0.5, 1};
    gf_status status = gf_claims_judge_slowly(&claims, m, tolerance, tell, &judging);
    if (!status && options->finite_differences)
        status = gf_report_compare(report, &claims, tell, &comparing);
    status = mend(report, &claims, options, status);
    gf_claims_free(&claims);
    return status;
}

/* Why there is nothing to judge goes into the message. */
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
        return check(report, m, &own);
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
