/* Which lines are wrong by themselves, and which claims do not hold because of them. */
#include <math.h>
#include <stdlib.h>

#include "mend/mend.h"
#include "mend/readings/causes.h"
#include "report/report.h"

const char *gf_report_name_let(gf_report *report, const gf_model *m, const gf_statement *let)
{
    gf_text w = {0};
    gf_text_add(&w, gf_model_text(m, let->name));
    if (let->index) {
        gf_text_add(&w, "[");
        gf_tree_print_edited(&w, &m->file.names, &m->file.source, let->span, let->index, STRENGTH_INDEX);
        gf_text_add(&w, "]");
    }
    return gf_report_keep(report, &w);
}

static const gf_repair *const *list_repairs(gf_report *report, const gf_repairs *found)
{
    const gf_repair **list = gf_arena_get(&report->arena, (found->count + 1) * sizeof *list);
    for (size_t k = 0; list && k < found->count; k++)
        list[k] = &found->list[k];
    return list;
}

static bool take_claims(gf_report *report, const gf_blame *blame, gf_cause *cause)
{
    int *lines = gf_arena_get(&report->arena, (report->count + 1) * sizeof *lines);
    for (size_t k = 0; lines && k < report->count; k++)
        if (blame->behind[k])
            lines[cause->claim_count++] = report->list[k].claim.line;
    cause->claims = lines;
    return lines;
}

/* Why a let cannot be worked out: by its own line, or as the first claim has it that cannot be judged because of it. */
static const char *message_of(const gf_report *report, const gf_blame *blame)
{
    if (*blame->message)
        return blame->message;
    bool worked = blame->worst.finite || isnan(blame->worst.error);
    for (size_t k = 0; k < report->count && !worked; k++)
        if (blame->behind[k] && report->list[k].claim.verdict == GF_UNJUDGED)
            return report->list[k].claim.message;
    return "";
}

static bool take_blame(gf_report *report, const gf_model *m, const gf_blame *blame)
{
    gf_cause *cause = &report->causes[report->cause_count++];
    bool let = blame->claim == SIZE_MAX;
    *cause = (gf_cause){.line = gf_statement_line(&m->file.source, blame->line),
                        .let = let,
                        .of = let ? gf_report_name_let(report, m, blame->line) : "",
                        .stands_for = blame->stands_for,
                        .error = blame->worst.error,
                        .at = let ? blame->at : report->list[blame->claim].claim.at,
                        .says = blame->says,
                        .message = let ? message_of(report, blame) : "",
                        .repairs = list_repairs(report, &blame->repairs),
                        .repair_count = blame->repairs.count};
    if (*cause->message)
        cause->error = NAN;
    return cause->of && cause->repairs && take_claims(report, blame, cause);
}

/* All that fails is right of another model: that is said once, of the first line that is to blame, or claim. */
static bool say_model(gf_report *report, const char *model)
{
    if (report->cause_count) {
        gf_text w = {0};
        gf_text_add(&w, model);
        gf_text_add(&w, report->causes[0].says);
        report->causes[0].says = gf_report_keep(report, &w);
        return report->causes[0].says;
    }
    for (size_t k = 0; k < report->count; k++) {
        gf_claim *claim = &report->list[k].claim;
        if (claim->verdict == GF_HOLDS || claim->verdict == GF_OPEN)
            continue;
        claim->diagnosis = model;
        break;
    }
    return true;
}

gf_status gf_report_find_sizes(gf_report *report, const gf_claims *claims)
{
    gf_size_only *found;
    gf_status status = gf_size_only_find(&found, &report->arena, claims);
    for (size_t k = 0; k < report->count && !status; k++) {
        gf_claim *claim = &report->list[k].claim;
        claim->fails_with = found[k].with;
        claim->diagnosis = *found[k].says ? found[k].says : claim->diagnosis;
    }
    return status;
}

gf_status gf_report_find_causes(gf_report *report, gf_claims *claims, const gf_claims_options *options)
{
    gf_blames blames;
    const gf_repairing how = {options->repair, options->repairing, options->repairing_data};
    gf_status status = gf_blames_find(&blames, &report->arena, claims, &how);
    report->causes = status ? NULL : gf_arena_get(&report->arena, (blames.count + 1) * sizeof *report->causes);
    report->cause_count = 0;
    if (status || !report->causes)
        return status ? status : GF_ERROR_MEMORY;
    for (size_t k = 0; k < blames.count; k++)
        if (!take_blame(report, claims->m, &blames.list[k]))
            return GF_ERROR_MEMORY;
    return *blames.model && !say_model(report, blames.model) ? GF_ERROR_MEMORY : GF_OK;
}

static bool has(const int *numbers, size_t count, int number)
{
    for (size_t k = 0; k < count; k++)
        if (numbers[k] == number)
            return true;
    return false;
}

static bool brings_down(const gf_cause *cause, const gf_shown *shown)
{
    return has(cause->claims, cause->claim_count, shown->claim.line);
}

bool gf_shown_is_behind(const gf_shown *shown)
{
    return !shown->by_itself && shown->claim.because_count;
}

/* --- lets that cannot be worked out ------------------------------------------------------------------------- */

/* The let whose fault it is that a claim cannot be judged; NULL where it is none's, or one of the sound, that claims
 * use which hold: then more is asked of it than it says. */
static const gf_statement *let_to_blame(const gf_model *m, const gf_shown *shown, const unsigned char sound[])
{
    const gf_source *source = &m->file.source;
    bool elsewhere = shown->claim.verdict == GF_UNJUDGED && shown->problem_line && !shown->problem_column;
    for (const gf_statement *s = elsewhere ? m->file.statements : NULL; s; s = s->next)
        if (s->kind == STATEMENT_LET && gf_statement_line(source, s) <= shown->problem_line &&
            shown->problem_line <= gf_source_line(source, s->span.end))
            return sound[s->name] ? NULL : s;
    return NULL;
}

static gf_cause *find_cause(gf_report *report, int line)
{
    for (size_t k = 0; k < report->cause_count; k++)
        if (report->causes[k].line == line)
            return &report->causes[k];
    return NULL;
}

static bool is_unworked(const gf_cause *cause)
{
    return cause->message && *cause->message;
}

/* One more claim that needs the let. What is said under the first that has something to say, is said under the let. */
static void take_claim(gf_cause *cause, int *lines, const gf_claim *claim)
{
    if (!has(lines, cause->claim_count, claim->line))
        lines[cause->claim_count++] = claim->line;
    cause->says = *cause->says ? cause->says : claim->diagnosis;
    if (cause->repair_count)
        return;
    cause->repairs = claim->repairs;
    cause->repair_count = claim->repair_count;
}

/* The cause of the let, with room for the lines of all claims; NULL without memory. */
static gf_cause *new_unworked(gf_report *report, const gf_model *m, const gf_statement *let, const char *message)
{
    gf_cause *cause = &report->causes[report->cause_count];
    *cause = (gf_cause){.line = gf_statement_line(&m->file.source, let),
                        .let = true,
                        .of = gf_report_name_let(report, m, let),
                        .stands_for = "",
                        .error = NAN,
                        .at = "",
                        .says = "",
                        .claims = gf_arena_get(&report->arena, report->count * sizeof(int)),
                        .message = message};
    report->cause_count += cause->of && cause->claims;
    return cause->of && cause->claims ? cause : NULL;
}

/* Is the let made of another one that is wrong: then so may be its shape. */
static bool is_made_of(const gf_model *m, const gf_statement *let, int line)
{
    unsigned char *used = calloc(m->symbol_count, sizeof *used);
    bool made = false;
    if (used && let->value && !let->broken)
        gf_lets_in(m, let->value, used);
    for (const gf_statement *s = m->file.statements; s && used && !made; s = s->next)
        made = s->kind == STATEMENT_LET && s != let && used[s->name] && gf_statement_line(&m->file.source, s) == line;
    free(used);
    return made;
}

static bool is_explained(const gf_report *report, const gf_model *m, const gf_statement *let, const gf_shown *shown)
{
    for (size_t k = 0; k < report->cause_count; k++) {
        const gf_cause *cause = &report->causes[k];
        if (brings_down(cause, shown) && (!is_unworked(cause) || is_made_of(m, let, cause->line)))
            return true;
    }
    return false;
}

static gf_status blame(gf_report *report, const gf_model *m, const gf_statement *let, const gf_claim *claim)
{
    gf_cause *cause = find_cause(report, gf_statement_line(&m->file.source, let));
    if (cause && !is_unworked(cause))
        return GF_OK;
    cause = cause ? cause : new_unworked(report, m, let, claim->message);
    if (cause)
        take_claim(cause, (int *)cause->claims, claim);
    return cause ? GF_OK : GF_ERROR_MEMORY;
}

/* A claim that a let keeps from being judged, and of which nothing else is to be said, is no cause. */
static bool is_idle(const gf_report *report, const gf_model *m, const gf_cause *cause, const unsigned char sound[])
{
    for (size_t k = 0; k < report->count && !cause->let; k++)
        if (report->list[k].claim.line == cause->line)
            return !cause->repair_count && !(cause->says && *cause->says) && !*report->list[k].claim.diagnosis &&
                   let_to_blame(m, &report->list[k], sound);
    return false;
}

gf_status gf_report_add_unworked(gf_report *report, const gf_claims *claims)
{
    gf_cause *all =
        gf_arena_get(&report->arena, (report->cause_count + report->count + report->unused_count + 1) * sizeof *all);
    unsigned char *sound = gf_arena_get(&report->arena, claims->m->symbol_count * sizeof *sound);
    size_t kept = 0;
    if (!all || !sound)
        return GF_ERROR_MEMORY;
    for (size_t k = 0; k < claims->count; k++)
        if (claims->list[k].verdict == GF_HOLDS)
            gf_lets_in_claim(claims->m, claims->list[k].statement, sound);
    for (size_t k = 0; k < report->cause_count; k++)
        if (!is_idle(report, claims->m, &report->causes[k], sound))
            all[kept++] = report->causes[k];
    report->cause_count = kept;
    report->causes = all;
    gf_status status = GF_OK;
    for (size_t k = 0; !status && k < report->count; k++) {
        const gf_statement *let = let_to_blame(claims->m, &report->list[k], sound);
        if (let && !is_explained(report, claims->m, let, &report->list[k]))
            status = blame(report, claims->m, let, &report->list[k].claim);
    }
    for (size_t k = 0; !status && k < report->unused_count; k++)
        report->causes[report->cause_count++] = report->unused[k];
    return status;
}

/* --- telling the claims ------------------------------------------------------------------------------------- */

static int by_line(const void *a, const void *b)
{
    const gf_cause *one = a, *other = b;
    return (one->line > other->line) - (one->line < other->line);
}

/* The claim and the cause that it is say the same, behind what central differences say. */
static bool make_one(gf_report *report, gf_cause *cause, size_t k)
{
    gf_claim *claim = &report->list[k].claim;
    report->list[k].by_itself = true;
    if (cause->says) {
        gf_text w = {0};
        gf_text_add(&w, report->opinions ? report->opinions[k] : "");
        gf_text_add(&w, cause->says);
        const char *says = gf_report_keep(report, &w);
        if (!says)
            return false;
        claim->diagnosis = says;
    }
    if (cause->repairs) {
        claim->repairs = cause->repairs;
        claim->repair_count = cause->repair_count;
    }
    cause->of = claim->left;
    cause->says = claim->diagnosis;
    cause->repairs = claim->repairs;
    cause->repair_count = claim->repair_count;
    cause->claims = &claim->line;
    cause->claim_count = 1;
    return true;
}

/* What mends a claim that fails because of other lines: of each the first edit. */
static bool take_edits(gf_report *report, gf_claim *claim)
{
    const gf_repair **list = gf_arena_get(&report->arena, (claim->because_count + 1) * sizeof *list);
    claim->repair_count = 0;
    for (size_t k = 0; list && k < claim->because_count; k++) {
        const gf_cause *cause = find_cause(report, claim->because_of[k]);
        if (cause && cause->repair_count)
            list[claim->repair_count++] = cause->repairs[0];
    }
    claim->repairs = list;
    return list;
}

static gf_status settle_claim(gf_report *report, size_t k)
{
    gf_shown *shown = &report->list[k];
    int *lines = gf_arena_get(&report->arena, (report->cause_count + 1) * sizeof *lines);
    shown->claim.because_of = lines;
    shown->claim.because_count = 0;
    if (lines && shown->claim.verdict == GF_OPEN && shown->problem_line)
        lines[shown->claim.because_count++] = shown->problem_line;
    for (size_t n = 0; lines && n < report->cause_count; n++) {
        gf_cause *cause = &report->causes[n];
        if (cause->line == shown->claim.line && !make_one(report, cause, k))
            return GF_ERROR_MEMORY;
        if (cause->line != shown->claim.line && brings_down(cause, shown))
            lines[shown->claim.because_count++] = cause->line;
    }
    bool good = lines && (!gf_shown_is_behind(shown) || take_edits(report, &shown->claim));
    return good ? GF_OK : GF_ERROR_MEMORY;
}

static void fill(const char **text)
{
    *text = *text ? *text : "";
}

gf_status gf_report_settle(gf_report *report)
{
    gf_status status = GF_OK;
    if (report->cause_count)
        qsort(report->causes, report->cause_count, sizeof *report->causes, by_line);
    for (size_t k = 0; !status && k < report->count; k++)
        status = settle_claim(report, k);
    for (size_t k = 0; k < report->cause_count; k++) {
        fill(&report->causes[k].stands_for);
        fill(&report->causes[k].at);
        fill(&report->causes[k].says);
        fill(&report->causes[k].message);
    }
    gf_report_find_repeated(report);
    return status;
}

void gf_report_drop_causes(gf_report *report)
{
    report->cause_count = 0;
    for (size_t k = 0; k < report->count; k++) {
        report->list[k].by_itself = false;
        report->list[k].claim.because_count = 0;
    }
}
