/* Causes: every line judged by itself.
 *
 *     let da[t] = dh[t] * (1 - h[t])              wrong by itself
 *     let dh[t] = V' @ dz[t] + W' @ da[t+1]       right, with the right da
 *     claim grad(W) = sum(t, da[t] @ h[t-1]')     right by itself: it fails because of da
 *     claim grad(b) = 2 * sum(t, da[t])           wrong by itself, and because of da
 *
 * The lets have the values that they should have (readings.h). A let is wrong by itself where its line does not come to
 * what it stands for; a claim, where it fails even so. Behind a let stand the claims that use its line, directly or
 * through others; where it has a line for step T alone, only those that use dh[T]. A let that no failing claim uses is
 * no cause, and a claim that holds by itself is one only where no let that it uses is. */
#include "mend/readings/causes.h"

#include <string.h>

/* --- by itself ---------------------------------------------------------------------------------------------------- */

static bool is_wrong_let(gf_readings *readings, const gf_reading *reading, const gf_statement *line, gf_link *worst,
                         long *at)
{
    if (!reading || !reading->known || reading->right || line->open)
        return false;
    *worst = (gf_link){.holds = false};
    *at = 0;
    if (line->broken || !line->value || gf_problems_any(&line->problems))
        return true;
    return gf_reading_judge(readings, reading, line, worst, at) && !worst->holds;
}

static bool is_wrong_claim(const gf_judged *judged, gf_link *worst)
{
    gf_judged again;
    if (judged->verdict == GF_HOLDS)
        return false;
    bool good = gf_judged_again(&again, judged), wrong = !good || again.verdict != GF_HOLDS;
    *worst = again.worst;
    gf_judged_free(&again);
    return wrong;
}

bool gf_line_is_wrong(gf_readings *readings, const gf_reading *reading, const gf_statement *line, size_t claim)
{
    gf_link worst;
    long at;
    if (reading)
        return is_wrong_let(readings, reading, line, &worst, &at);
    return claim < readings->claims->count && is_wrong_claim(&readings->claims->list[claim], &worst);
}

/* --- which lets had better not be brought in ---------------------------------------------------------------------- */

/* Which lets are used along with a line: by it, or by claims that use it. */
static void note_joined(const gf_claims *claims, const gf_statement *line, unsigned char uses[], bool joined[])
{
    const gf_model *m = claims->m;
    for (size_t k = 0; k < claims->count; k++) {
        const gf_statement *claim = claims->list[k].statement;
        memset(uses, 0, m->symbol_count * sizeof *uses);
        gf_lets_in_claim(m, claim, uses);
        for (uint32_t name = 0; name < m->symbol_count; name++)
            joined[name] |= uses[name] && (claim == line || (line->kind == STATEMENT_LET && uses[line->name]));
    }
}

bool *gf_lets_to_avoid(gf_readings *readings, const gf_statement *line)
{
    const gf_model *m = readings->claims->m;
    uint32_t count = m->symbol_count;
    bool *avoid = gf_arena_get(&readings->arena, 3 * count * sizeof *avoid);
    bool *wrong = avoid + count, *joined = avoid + 2 * count;
    unsigned char *uses = gf_arena_get(&readings->arena, count * sizeof *uses);
    if (!avoid || !uses)
        return NULL;
    note_joined(readings->claims, line, uses, joined);
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_LET && !joined[s->name])
            wrong[s->name] |= gf_line_is_wrong(readings, gf_reading_of(readings, s->name), s, SIZE_MAX);
    for (size_t k = 0; k < readings->count; k++) {
        const gf_tree let = {.kind = TREE_NAME, .name = readings->list[k].name, .depth = 1};
        memset(uses, 0, count * sizeof *uses);
        gf_lets_in(m, &let, uses);
        for (uint32_t name = 0; name < count; name++)
            avoid[let.name] |= uses[name] && wrong[name];
    }
    return avoid;
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

/* By claim that does not hold: which lets it uses, by number of the name. NULL without memory. */
static unsigned char **find_uses(gf_causes *causes)
{
    const gf_claims *claims = causes->claims;
    unsigned char **uses = gf_arena_get(causes->arena, (claims->count + 1) * sizeof *uses);
    for (size_t k = 0; uses && k < claims->count; k++) {
        const gf_statement *s = claims->list[k].statement;
        if (!gf_judged_is_wrong(&claims->list[k]))
            continue;
        uses[k] = gf_arena_get(causes->arena, claims->m->symbol_count * sizeof **uses);
        if (!uses[k])
            return NULL;
        gf_lets_in_claim(claims->m, s, uses[k]);
    }
    return uses;
}

/* Those claims that use this line; where it is another line of the let that all of them use, those. */
static size_t note_behind(bool behind[], const gf_claims *claims, const gf_statement *line, unsigned char *const uses[])
{
    bool for_all = gf_model_symbol(claims->m, line->name)->definition == line;
    int lines = for_all ? GF_LINE_FOR_ALL_STEPS : GF_LINES_FOR_ONE_STEP;
    size_t count = 0;
    for (int pass = 0; pass < 2 && !count; pass++, lines = ~0)
        for (size_t k = 0; k < claims->count; k++)
            count += behind[k] = uses[k] && uses[k][line->name] & lines;
    return count;
}

static bool add_let(gf_causes *causes, gf_readings *readings, const gf_statement *line, unsigned char *const uses[])
{
    const gf_reading *reading = gf_reading_of(readings, line->name);
    gf_cause_found cause = {.line = line, .reading = reading, .claim = SIZE_MAX};
    if (!is_wrong_let(readings, reading, line, &cause.worst, &cause.at))
        return true;
    cause.behind = gf_arena_get(causes->arena, causes->claims->count + 1);
    if (cause.behind && note_behind(cause.behind, causes->claims, line, uses))
        causes->list[causes->count++] = cause;
    return cause.behind;
}

/* Of a claim that holds by itself, some let that it uses is wrong; where none is found to be, it stands for itself. */
static bool add_claim(gf_causes *causes, size_t number)
{
    const gf_judged *judged = &causes->claims->list[number];
    gf_cause_found cause = {.line = judged->statement, .claim = number, .worst = judged->worst};
    gf_link worst;
    bool wrong = is_wrong_claim(judged, &worst), blamed = false;
    for (size_t k = 0; k < causes->count; k++)
        blamed |= causes->list[k].claim == SIZE_MAX && causes->list[k].behind[number];
    bool circle = judged->verdict == GF_UNJUDGED && !wrong; /* of lets that are right, each by itself */
    if (!gf_judged_is_wrong(judged) || circle || (!wrong && blamed))
        return true;
    cause.behind = gf_arena_get(causes->arena, causes->claims->count + 1);
    if (cause.behind)
        cause.behind[number] = true;
    causes->list[causes->count++] = cause;
    return cause.behind;
}

static void sort(gf_causes *causes)
{
    for (size_t k = 1; k < causes->count; k++) {
        gf_cause_found cause = causes->list[k];
        size_t at = k;
        for (; at > 0 && causes->list[at - 1].line->span.begin > cause.line->span.begin; at--)
            causes->list[at] = causes->list[at - 1];
        causes->list[at] = cause;
    }
}

gf_status gf_causes_find(gf_causes *out, gf_arena *arena, gf_readings *readings)
{
    gf_claims *claims = readings->claims;
    *out = (gf_causes){.claims = claims, .arena = arena};
    out->list = gf_arena_get(arena, (claims->m->file.statement_count + 1) * sizeof *out->list);
    unsigned char **uses = find_uses(out);
    bool good = uses && out->list;
    for (const gf_statement *s = claims->m->file.statements; good && s; s = s->next)
        if (s->kind == STATEMENT_LET)
            good = add_let(out, readings, s, uses);
    for (size_t k = 0; good && k < claims->count; k++)
        good = add_claim(out, k);
    sort(out);
    return good && !claims->judge.out_of_memory ? GF_OK : GF_ERROR_MEMORY;
}
