/* Central differences in a report: a line about every gradient, and who is right about each claim that fails. */
#include "check/differences.h"

#include <math.h>

#include "claims/claims.h"
#include "model/scan.h"
#include "report/report.h"

/* --- who is right about a claim ------------------------------------------------------------------------- */

/* Which of the two sides of the worst link is a gradient by a leaf, all paths counted; -1: none. */
static int gradient_side(gf_judged *judged, gf_asked *asked)
{
    for (int k = 0; k < 2; k++) {
        const gf_tree *side = judged->statement->sides[judged->worst_link + (uint32_t)k];
        if (!gf_tree_is_grad(judged->claims->m, side) || !gf_judged_asked(judged, judged->worst_at, side, asked))
            continue;
        const gf_wanted *wanted = &asked->wanted;
        bool leaf = wanted->y && wanted->x.node && wanted->x.step == GF_EVERY_STEP && !wanted->held &&
                    (gf_node_is_param(wanted->x.node) || gf_node_is_input(wanted->x.node));
        if (leaf)
            return k;
    }
    return -1;
}

static void write_opinion(gf_text *w, double automatic, double hand, gf_slope slope)
{
    double size = fabs(slope.value);
    if (!isfinite(slope.estimate)) {
        gf_text_add(w, "central differences cannot tell: a kink, or the end of the domain, is too near\n");
        return;
    }
    bool with_automatic =
        gf_slope_opinion(fabs(slope.value - automatic), size, slope.estimate, GF_TOLERANCE) != GF_DIFFERS;
    bool with_hand = gf_slope_opinion(fabs(slope.value - hand), size, slope.estimate, GF_TOLERANCE) != GF_DIFFERS;
    gf_text_add(w, "central differences give ");
    gf_report_write_entry(w, slope.value);
    gf_text_add(w, " there, to about ");
    gf_report_write_error(w, slope.estimate);
    gf_text_print(w, ": %s\n",
                  with_automatic == with_hand ? "they cannot tell the two apart"
                  : with_automatic            ? "the gradient is right, the other side is not"
                                              : "the other side is right, the gradient is not");
}

/* A line; nothing where no side is such a gradient. */
static void find_opinion(gf_text *w, gf_judged *judged, const gf_frozen *frozen)
{
    gf_asked asked;
    int side = judged->verdict == GF_FAILS && judged->worst.finite ? gradient_side(judged, &asked) : -1;
    if (side < 0 || gf_node_id(asked.wanted.y) >= frozen->count)
        return;
    const gf_link *worst = &judged->worst;
    double automatic = side ? worst->b : worst->a, hand = side ? worst->a : worst->b;
    gf_node *y = frozen->copy[gf_node_id(asked.wanted.y)], *x = frozen->copy[gf_node_id(asked.wanted.x.node)];
    write_opinion(w, automatic, hand, gf_slope_find(y, x, worst->row, worst->col));
}

static gf_status find_opinions(gf_report *report, gf_claims *claims, const gf_frozen *frozen)
{
    const char **opinions = gf_arena_get(&report->arena, claims->count * sizeof *opinions);
    for (size_t k = 0; opinions && k < claims->count; k++) {
        gf_text w = {0};
        find_opinion(&w, &claims->list[k], frozen);
        opinions[k] = gf_report_keep(report, &w);
        if (!opinions[k])
            return GF_ERROR_MEMORY;
    }
    report->opinions = opinions;
    return opinions ? GF_OK : GF_ERROR_MEMORY;
}

/* --- the whole ------------------------------------------------------------------------------------------ */

static void write_differences(gf_text *w, const gf_differences *d)
{
    size_t told = d->gradients - d->untold, agree = told - d->differ;
    if (d->differ)
        gf_text_print(w, "central differences: %zu of %zu gradients DIFFER from automatic differentiation", d->differ,
                      d->gradients);
    else
        gf_text_print(w, "central differences: %zu gradient%s agree%s with automatic differentiation", agree,
                      agree == 1 ? "" : "s", agree == 1 ? "s" : "");
    if (told) {
        gf_text_print(w, ", the worst grad(%s): error ", d->worst);
        gf_report_write_error(w, d->error < 1e-12 ? 0 : d->error);
    }
    if (d->untold)
        gf_text_print(w, "; %zu cannot be told, next to a kink or hidden by the rounding of the loss", d->untold);
    if (d->ended)
        gf_text_add(w, "; this was ended before all were compared");
    else if (d->entries < d->all)
        gf_text_print(w, "; %zu of %zu entries were compared", d->entries, d->all);
    gf_text_add(w, "\n");
}

static gf_status find(gf_differences *out, gf_report *report, gf_claims *claims,
                      bool (*progress)(double share, void *data), void *data)
{
    gf_frozen frozen;
    gf_judge_clear(&claims->judge);
    gf_status status = gf_frozen_copy(&frozen, claims->m->graph);
    if (!status)
        status = gf_differences_find(out, claims->m->loss, &frozen, progress, data);
    if (!status && !out->ended)
        status = find_opinions(report, claims, &frozen);
    gf_frozen_free(&frozen);
    return status;
}

gf_status gf_report_compare(gf_report *report, gf_claims *claims, bool (*progress)(double share, void *data),
                            void *data)
{
    gf_differences differences = {.agree = false};
    gf_status status = find(&differences, report, claims, progress, data);
    gf_text w = {0};
    if (!status)
        write_differences(&w, &differences);
    report->compared = !status && !differences.ended;
    report->agree = differences.agree;
    report->differences = gf_report_keep(report, &w);
    return status ? status : report->differences ? GF_OK : GF_ERROR_MEMORY;
}
