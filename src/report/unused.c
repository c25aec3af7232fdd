/* Lets that no claim uses, and that cannot be worked out: nobody else would say so. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "claims/claims.h"
#include "mend/readings/causes.h"
#include "report/report.h"

/* Takes down the derivatives that the lines of a let ask for. */
static void collect(gf_judge *judge, const gf_symbol *symbol, long steps)
{
    for (long t = 1; t <= steps; t++) {
        const gf_statement *line = gf_let_line(symbol, t);
        gf_binding at = {.name = judge->m->t, .known = true, .value = t};
        if (line && line->value && !line->broken && !gf_problems_any(&line->problems))
            gf_judge_collect(judge, line->value, symbol->timed ? &at : NULL);
    }
}

/* Something in the line itself, and no limit of how much is worked out. */
static bool is_own(const gf_problems *problems, const gf_statement *line)
{
    const gf_problem *first = problems->count ? problems->list[0] : NULL;
    return first && first->status != GF_ERROR_LIMIT && first->status != GF_ERROR_OPEN &&
           first->at >= line->span.begin && first->at <= line->span.end;
}

/* What is wrong with the line; NULL: nothing. */
static const gf_problems *wrong_with(gf_judge *judge, const gf_statement *line)
{
    gf_symbol *symbol = gf_model_symbol(judge->m, line->name);
    long steps = symbol->timed ? judge->m->steps : 1;
    if (gf_problems_any(&line->problems))
        return &line->problems;
    judge->scanned = judge->m->work = 0;
    collect(judge, symbol, steps);
    gf_judge_is_ordered(judge, line->name);
    for (long t = 1; t <= steps && !line->open && line->value && !line->broken; t++) {
        const gf_instance *instance = gf_symbol_instance(judge->m, symbol, t);
        if (gf_let_line(symbol, t) != line || (instance && instance->progress == PROGRESS_DONE))
            continue;
        const gf_problems *problems = gf_judge_failure(judge, symbol, t);
        if (is_own(problems, line))
            return problems;
    }
    return NULL;
}

static bool add(gf_report *report, const gf_model *m, const gf_statement *line, const gf_problems *problems)
{
    gf_text message = {0};
    for (uint32_t k = 0; k < problems->count && k < GF_PROBLEMS_SHOWN; k++)
        gf_problem_write(&message, &m->file.source, problems->list[k]);
    gf_cause *cause = &report->unused[report->unused_count++];
    *cause = (gf_cause){.line = gf_statement_line(&m->file.source, line),
                        .let = true,
                        .of = gf_report_name_let(report, m, line),
                        .error = NAN,
                        .message = gf_report_keep(report, &message)};
    return cause->of && cause->message;
}

gf_status gf_report_find_unused(gf_report *report, gf_claims *claims)
{
    gf_model *m = claims->m;
    size_t lines = 0;
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        lines += s->kind == STATEMENT_LET;
    unsigned char *used = calloc(m->symbol_count, sizeof *used);
    report->unused = gf_arena_get(&report->arena, (lines + 1) * sizeof *report->unused);
    bool good = used && report->unused;
    for (size_t k = 0; k < claims->count && good; k++)
        gf_lets_in_claim(m, claims->list[k].statement, used);
    for (const gf_statement *s = m->file.statements; s && good; s = s->next) {
        bool asked = s->kind == STATEMENT_LET && s->name && !used[s->name];
        const gf_problems *problems = asked ? wrong_with(&claims->judge, s) : NULL;
        good = !claims->judge.out_of_memory && (!problems || add(report, m, s, problems));
    }
    free(used);
    return good ? GF_OK : GF_ERROR_MEMORY;
}
