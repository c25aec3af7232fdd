/* A reading: the values that a let should have, put in, and its lines held against them. */
#include "mend/readings/readings.h"

#include <math.h>
#include <string.h>

#include <gradflow/check.h>

/* Is step t one that it is known of? */
bool gf_reading_is_spoken_of(const gf_reading *reading, long t)
{
    return t > reading->before && t <= reading->count - reading->behind && (!reading->until || t <= reading->until);
}

/* --- values ------------------------------------------------------------------------------------------------------- */

const gf_matrix *gf_readings_value(gf_readings *readings, const gf_tree *tree, bool timed, long t,
                                   const gf_matrix *like)
{
    gf_judge *judge = &readings->claims->judge;
    gf_binding binding = {.name = judge->m->t, .known = true, .value = t};
    return gf_judge_value(judge, NULL, tree, timed ? &binding : NULL, like ? like->rows : 0, like ? like->cols : 0);
}

bool gf_readings_try(gf_readings *readings, gf_problems *problems, const gf_tree *tree, bool timed, long t)
{
    gf_judge *judge = &readings->claims->judge;
    gf_binding binding = {.name = judge->m->t, .known = true, .value = t};
    judge->scanned = judge->m->work = 0;
    gf_term term = gf_judge_evaluate(judge, problems, tree, timed ? &binding : NULL);
    gf_judge_clear(judge);
    judge->out_of_memory |= problems->out_of_memory;
    return term.kind != TERM_BAD;
}

/* A copy in the arena, in place of what was there; of a diagonal matrix its diagonal, lying or standing as the let is.
 */
static bool keep_value(gf_readings *readings, const gf_reading *reading, const gf_matrix *value, gf_matrix *out)
{
    bool diagonal = reading->diagonal, stands = diagonal && reading->symbol->cols == 1;
    int rows = diagonal && !stands ? 1 : value->rows, cols = stands ? 1 : value->cols;
    double *numbers = gf_arena_get(&readings->arena, (size_t)rows * (size_t)cols * sizeof *numbers);
    if (!numbers)
        return false;
    *out = gf_matrix_over(numbers, rows, cols);
    if (!diagonal)
        gf_matrix_copy(out, value);
    for (int k = 0; diagonal && k < value->rows && k < value->cols; k++)
        numbers[k] = gf_matrix_at(value, k, k);
    return true;
}

static bool make_values(gf_readings *readings, gf_reading *reading)
{
    reading->count = reading->symbol->timed ? readings->claims->m->steps : 1;
    reading->values = gf_arena_get(&readings->arena, (size_t)reading->count * sizeof *reading->values);
    return reading->values;
}

void gf_readings_collect(gf_readings *readings, const gf_tree *tree, bool timed)
{
    gf_judge *judge = &readings->claims->judge;
    for (long t = 1; t <= (timed ? judge->m->steps : 1); t++) {
        gf_binding binding = {.name = judge->m->t, .known = true, .value = t};
        gf_judge_collect(judge, tree, timed ? &binding : NULL);
    }
}

bool gf_reading_take(gf_readings *readings, gf_reading *reading, const gf_tree *truth)
{
    if (!make_values(readings, reading))
        return false;
    reading->truth = truth;
    reading->known = true;
    gf_readings_collect(readings, truth, reading->symbol->timed);
    for (long k = 0; k < reading->count && reading->known; k++) {
        const gf_matrix *value = gf_readings_value(readings, truth, reading->symbol->timed, k + 1, NULL);
        reading->known = value;
        if (value && !keep_value(readings, reading, value, &reading->values[k]))
            return false;
        gf_judge_clear(&readings->claims->judge);
    }
    return true;
}

/* Its own values, as the file has them; known is false where it has none. The lets are as they stand. */
bool gf_reading_take_own(gf_readings *readings, gf_reading *reading)
{
    gf_judge *judge = &readings->claims->judge;
    if (!make_values(readings, reading))
        return false;
    reading->known = true;
    gf_reading plain = {.symbol = reading->symbol};
    for (long k = 0; k < reading->count && reading->known; k++) {
        const gf_instance *instance = &reading->symbol->at[k];
        const gf_tree index = {.kind = TREE_NUMBER, .number = (double)(k + 1), .depth = 1};
        gf_tree *kids[] = {(gf_tree *)&index};
        const gf_tree at = {.kind = TREE_AT, .name = reading->name, .count = 1, .depth = 2, .kids = kids};
        const gf_tree bare = {.kind = TREE_NAME, .name = reading->name, .depth = 1};
        judge->scanned = judge->m->work = 0;
        gf_judge_work_lets(judge, reading->symbol->timed ? &at : &bare, NULL);
        reading->known = instance->progress == PROGRESS_DONE && instance->value.data;
        if (reading->known && !keep_value(readings, &plain, &instance->value, &reading->values[k]))
            return false;
    }
    return true;
}

/* --- putting in --------------------------------------------------------------------------------------------------- */

bool gf_reading_put(gf_readings *readings, const gf_reading *reading, const gf_matrix values[])
{
    for (long n = 0; n < reading->count; n++) {
        gf_instance *instance = &reading->symbol->at[n];
        if (!reading->everywhere && !gf_reading_is_spoken_of(reading, n + 1))
            continue;
        gf_matrix_free(&instance->value);
        if (gf_matrix_new(&instance->value, values[n].rows, values[n].cols)) {
            readings->claims->judge.out_of_memory = true;
            return false;
        }
        gf_matrix_copy(&instance->value, &values[n]);
        instance->progress = PROGRESS_DONE;
    }
    readings->claims->judge.shapes[reading->name] = gf_matrix_over(NULL, values[0].rows, values[0].cols);
    return true;
}

bool gf_readings_force(gf_readings *readings)
{
    gf_judge_forget_lets(&readings->claims->judge);
    for (size_t k = 0; k < readings->count; k++)
        if (readings->list[k].known && !gf_reading_put(readings, &readings->list[k], readings->list[k].values))
            return false;
    return true;
}

/* --- a line by itself --------------------------------------------------------------------------------------------- */

bool gf_reading_is_step_of(const gf_reading *reading, const gf_statement *line, long t)
{
    return gf_reading_is_spoken_of(reading, t) && (!reading->symbol->timed || gf_let_line(reading->symbol, t) == line);
}

bool gf_reading_judge_at(gf_readings *readings, const gf_reading *reading, const gf_tree *tree, long t, gf_link *out)
{
    const gf_matrix *truth = &reading->values[reading->symbol->timed ? t - 1 : 0];
    const gf_matrix *value = gf_readings_value(readings, tree, reading->symbol->timed, t, truth);
    char why[GF_WHY];
    *out = (gf_link){.holds = false, .error = value ? NAN : 0}; /* of another shape */
    bool judged = value && value->rows == truth->rows && value->cols == truth->cols &&
                  gf_link_judge(out, RELATION_EQUAL, truth, value, GF_TOLERANCE, false, why);
    gf_judge_clear(&readings->claims->judge);
    return judged;
}

/* From the first step on: the last one says least, since nothing comes from behind it. */
bool gf_reading_fits(gf_readings *readings, const gf_reading *reading, const gf_statement *line, const gf_tree *tree)
{
    gf_link link;
    for (long t = 1; t <= reading->count; t++)
        if (gf_reading_is_step_of(reading, line, t) &&
            (!gf_reading_judge_at(readings, reading, tree, t, &link) || !link.holds))
            return false;
    return true;
}

bool gf_reading_judge(gf_readings *readings, const gf_reading *reading, const gf_statement *line, gf_link *worst,
                      long *at)
{
    bool some = false;
    for (long t = 1; t <= reading->count; t++) {
        gf_link link;
        if (!gf_reading_is_step_of(reading, line, t))
            continue;
        gf_reading_judge_at(readings, reading, line->value, t, &link);
        if (!some || gf_link_is_worse(&link, worst)) {
            *worst = link;
            *at = reading->symbol->timed ? t : 0;
        }
        some = true;
    }
    return some;
}
