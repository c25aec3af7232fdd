/* What is to be said about each claim, gathered, so that the model is needed no longer. */
#include <stdlib.h>
#include <string.h>

#include "claims/claims.h"
#include "report/report.h"

static const double nothing = 1e-12; /* an error below it is not written out */

/* --- texts ---------------------------------------------------------------------------------------------------- */

const char *gf_report_keep(gf_report *report, gf_text *w)
{
    return gf_text_keep(w, &report->arena);
}

/* A piece of the file, as it is written there. */
static const char *quoted(gf_report *report, const gf_model *m, uint32_t begin, uint32_t end)
{
    gf_text w = {0};
    gf_source_quote(&w, &m->file.source, (gf_span){begin, end}, 0);
    return gf_report_keep(report, &w);
}

/* From the first side to the end of the statement. */
static const char *text_of(gf_report *report, const gf_judged *judged)
{
    const gf_statement *s = judged->statement;
    return quoted(report, judged->claims->m, s->side_count ? s->sides[0]->span.begin : s->span.begin, s->span.end);
}

/* Of a chain, its first comparison: 0 <= f[t] of 0 <= f[t] <= 1. */
static const char *left_of(gf_report *report, const gf_judged *judged)
{
    const gf_statement *s = judged->statement;
    gf_span span = s->side_count ? s->sides[0]->span : s->span;
    if (s->side_count > 2)
        span.end = s->sides[1]->span.end;
    return quoted(report, judged->claims->m, span.begin, span.end);
}

/* The link of a chain that is the worst. */
static const char *link_of(gf_report *report, const gf_judged *judged)
{
    const gf_statement *s = judged->statement;
    uint32_t k = judged->worst_link;
    if (judged->verdict != GF_FAILS || s->side_count < 3)
        return "";
    return quoted(report, judged->claims->m, s->sides[k]->span.begin, s->sides[k + 1]->span.end);
}

static const char *place_of(gf_report *report, const gf_judged *judged)
{
    gf_text w = {0};
    if (judged->count && judged->verdict != GF_UNJUDGED && judged->verdict != GF_OPEN)
        gf_judged_write_place(&w, judged, judged->worst_at);
    const char *text = gf_report_keep(report, &w);
    return text && *text ? text + strlen(" at ") : text;
}

static const char *message_of(gf_report *report, const gf_judged *judged)
{
    const gf_problems *problems = judged->blame ? judged->blame : &judged->problems;
    gf_text w = {0};
    for (uint32_t k = 0; judged->verdict == GF_UNJUDGED && k < problems->count && k < GF_PROBLEMS_SHOWN; k++)
        gf_problem_write(&w, &judged->claims->m->file.source, problems->list[k]);
    return gf_report_keep(report, &w);
}

/* The first of those, without what stands under it. */
static bool gather_problem(gf_report *report, const gf_judged *judged, gf_shown *shown)
{
    const gf_problems *problems = judged->blame ? judged->blame : &judged->problems;
    const gf_source *source = &judged->claims->m->file.source;
    bool said = judged->verdict == GF_UNJUDGED || judged->verdict == GF_OPEN;
    const gf_problem *first = said && problems->count ? problems->list[0] : NULL;
    gf_text w = {0};
    gf_text_add(&w, first ? first->text : "");
    shown->problem = gf_report_keep(report, &w);
    if (first && first->at != GF_NOWHERE) {
        gf_span own = judged->statement->span;
        bool within = first->at >= own.begin && first->at <= own.end;
        shown->problem_line = gf_source_line(source, first->at);
        shown->problem_column = within ? gf_source_column(source, first->at) : 0;
    }
    return shown->problem;
}

/* --- for which values of the first index ------------------------------------------------------------------------ */

enum { PIECES = 12 }; /* of a list of ranges, at most */

/* t, where the claim has it; else its first index. */
static int index_shown(const gf_judged *judged)
{
    for (int n = 0; n < judged->loop_count; n++)
        if (judged->loops[n].name == judged->claims->m->t)
            return n;
    return 0;
}

static long index_at(const gf_judged *judged, size_t k, int n)
{
    return judged->indices[k * (size_t)judged->loop_count + (size_t)n];
}

/* "t = 1..3, 5" of the values whose mark is `wanted`; nothing where there is none. */
static void write_ranges(gf_text *w, const char *name, const char *marks, long first, long count, char wanted)
{
    int pieces = 0;
    for (long k = 0; k < count; k++) {
        if (marks[k] != wanted)
            continue;
        long last = k;
        while (last + 1 < count && marks[last + 1] == wanted)
            last++;
        if (pieces++ >= PIECES) {
            gf_text_add(w, ", …");
            return;
        }
        gf_text_print(w, pieces == 1 ? "%s = " : ", ", name);
        gf_text_print(w, last > k ? "%ld..%ld" : "%ld", first + k, first + last);
        k = last;
    }
}

enum { ABSENT, HOLDS, FAILS };

/* A mark for every value of the index: it fails where one of its instances does. NULL without memory, or without an
 * index. */
static char *mark_values(const gf_judged *judged, int n, long *first, long *count)
{
    *first = *count = 0;
    if (!judged->loop_count || !judged->count)
        return NULL;
    long low = index_at(judged, 0, n), high = low;
    for (size_t k = 0; k < judged->count; k++) {
        long value = index_at(judged, k, n);
        low = value < low ? value : low;
        high = value > high ? value : high;
    }
    *first = low;
    *count = high - low + 1;
    char *marks = *count <= GF_INSTANCES ? calloc((size_t)*count, 1) : NULL;
    for (size_t k = 0; marks && k < judged->count; k++) {
        char *mark = &marks[index_at(judged, k, n) - low];
        *mark = judged->holds[k] && *mark != FAILS ? HOLDS : FAILS;
    }
    return marks;
}

static bool say_for_which(gf_report *report, const gf_judged *judged, gf_claim *claim)
{
    int n = index_shown(judged);
    long first, count;
    claim->holds_for = claim->fails_for = claim->fails_with = "";
    if (judged->verdict != GF_FAILS)
        return true;
    char *marks = mark_values(judged, n, &first, &count);
    if (!marks)
        return true;
    const char *name = gf_model_text(judged->claims->m, judged->loops[n].name);
    gf_text holds = {0}, fails = {0};
    write_ranges(&holds, name, marks, first, count, HOLDS);
    write_ranges(&fails, name, marks, first, count, FAILS);
    free(marks);
    claim->holds_for = gf_report_keep(report, &holds);
    claim->fails_for = gf_report_keep(report, &fails);
    return claim->holds_for && claim->fails_for;
}

/* --- one claim ------------------------------------------------------------------------------------------ */

static void take_numbers(const gf_judged *judged, gf_claim *claim)
{
    const gf_link *worst = &judged->worst;
    claim->instances = judged->count;
    claim->beyond = judged->beyond;
    claim->row = claim->col = -1;
    if (!judged->count || judged->verdict == GF_UNJUDGED || judged->verdict == GF_OPEN)
        return;
    claim->error = worst->error < nothing ? 0 : worst->error;
    claim->row = worst->row;
    claim->col = worst->col;
    claim->a = worst->a;
    claim->b = worst->b;
    claim->tied = worst->tied;
}

/* Does it use a line with a ?, in whose place stood what is true? `used` is as long as the names, and zero. */
static bool rests_on_open(const gf_judged *judged, unsigned char used[])
{
    const gf_model *m = judged->claims->m;
    bool rests = false;
    gf_lets_in_claim(m, judged->statement, used);
    for (uint32_t name = 0; name < m->symbol_count; name++) {
        const gf_symbol *symbol = used[name] ? gf_model_symbol(m, name) : NULL;
        const gf_statement *all = used[name] & GF_LINE_FOR_ALL_STEPS ? symbol->definition : NULL;
        rests |= all && all->open;
        for (const gf_start *start = symbol ? symbol->starts : NULL; start; start = start->next)
            rests |= start->statement->open;
        used[name] = 0;
    }
    return rests;
}

static bool gather_claim(gf_report *report, const gf_judged *judged, size_t k, unsigned char used[])
{
    gf_shown *shown = &report->list[k];
    const gf_statement *s = judged->statement;
    gf_claim *claim = &shown->claim;
    claim->line = gf_statement_line(&judged->claims->m->file.source, s);
    claim->verdict = judged->verdict;
    claim->rests_on_open = used && judged->verdict == GF_HOLDS && rests_on_open(judged, used);
    take_numbers(judged, claim);
    gf_text label = {0};
    gf_text_add(&label, s->text ? s->text : "");
    claim->label = gf_report_keep(report, &label);
    claim->text = text_of(report, judged);
    claim->left = left_of(report, judged);
    claim->at = place_of(report, judged);
    claim->message = message_of(report, judged);
    claim->diagnosis = report->opinions ? report->opinions[k] : "";
    shown->link = link_of(report, judged);
    shown->equality = s->relations && s->relations[judged->worst_link] == RELATION_EQUAL;
    return claim->label && claim->text && claim->left && claim->at && claim->message && claim->diagnosis &&
           shown->link && gather_problem(report, judged, shown) && say_for_which(report, judged, claim);
}

/* --- all of them ---------------------------------------------------------------------------------------- */

gf_status gf_report_gather(gf_report *report, const gf_claims *claims)
{
    report->unjudged = claims->unjudged;
    unsigned char *used = NULL;
    if (report->open_count && !(used = gf_arena_get(&report->arena, claims->m->symbol_count)))
        return GF_ERROR_MEMORY;
    report->list = gf_arena_get(&report->arena, claims->count * sizeof *report->list);
    for (size_t k = 0; report->list && k < claims->count; k++, report->count++)
        if (!gather_claim(report, &claims->list[k], k, used))
            return GF_ERROR_MEMORY;
    return report->list ? GF_OK : GF_ERROR_MEMORY;
}
