/* A line that may be wrong, with what it should come to. */
#include "mend/terms/line.h"
#include "mend/readings/causes.h"

static gf_line line_on(gf_readings *readings, const gf_statement *s, const gf_tree *tree, const gf_tree *truth)
{
    return (gf_line){.m = readings->claims->m,
                     .claims = readings->claims,
                     .calculus = readings->calculus,
                     .d = &readings->calculus->d,
                     .let_of = readings->let_of,
                     .statement = s,
                     .tree = tree,
                     .truth = truth,
                     .arena = &readings->arena};
}

bool gf_line_of_let(gf_line *out, gf_readings *readings, const gf_reading *reading, const gf_statement *s)
{
    gf_arena *arena = &readings->arena;
    uint32_t name = readings->claims->m->t;
    size_t most = (size_t)reading->count;
    gf_matrix *values = gf_arena_get(arena, most * sizeof *values);
    gf_binding *t = gf_arena_get(arena, most * sizeof *t);
    const gf_binding **bindings = gf_arena_get(arena, most * sizeof(gf_binding *));
    *out = line_on(readings, s, s->value, reading->truth);
    out->diagonal = reading->diagonal;
    out->values = values;
    out->bindings = bindings;
    const gf_put_pair at = {name, s->index};
    if (s->index && !(s->index->kind == TREE_NAME && s->index->name == at.name))
        out->truth = gf_put_names(out->d, reading->truth, &at, 1);
    if (!values || !t || !bindings || !out->truth)
        return false;
    for (size_t k = 0; k < most; k++) {
        if (!gf_reading_is_step_of(reading, s, (long)k + 1))
            continue;
        t[k] = (gf_binding){.name = name, .known = true, .value = (long)k + 1};
        bindings[out->count] = reading->symbol->timed ? &t[k] : NULL;
        values[out->count++] = reading->values[k];
    }
    return true;
}

/* The claim at instance k: its indices, and what its side should be there. False where that cannot be told. */
static bool read_instance(gf_judged *judged, const gf_tree *truth, size_t k, gf_arena *arena, gf_matrix *value,
                          const gf_binding **bindings)
{
    gf_binding *room = gf_arena_get(arena, GF_LOOPS * sizeof *room);
    const gf_matrix *found = room ? gf_judged_value(judged, k, truth, 0, 0, NULL) : NULL;
    if (!found || !gf_matrix_keep(value, arena, found))
        return false;
    *bindings = gf_judged_bindings(judged, k, room);
    gf_judge_clear(&judged->claims->judge);
    return true;
}

enum { INSTANCES = 100 };

bool gf_line_of_claim(gf_line *out, gf_readings *readings, gf_judged *judged, const gf_tree *tree, const gf_tree *truth)
{
    gf_arena *arena = &readings->arena;
    size_t count = judged->count > INSTANCES ? 0 : judged->count;
    gf_matrix *values = gf_arena_get(arena, (count + 1) * sizeof *values);
    const gf_binding **bindings = gf_arena_get(arena, (count + 1) * sizeof(gf_binding *));
    *out = line_on(readings, judged->statement, tree, truth);
    out->avoid = gf_lets_to_avoid(readings, judged->statement);
    out->values = values;
    out->bindings = bindings;
    if (!values || !bindings || !out->avoid || !gf_readings_force(readings))
        return false;
    size_t known = 0;
    while (known < count && read_instance(judged, truth, known, arena, &values[known], &bindings[known]))
        known++;
    out->count = known == count ? count : 0;
    return true;
}

bool gf_line_is_sound(const gf_statement *line)
{
    return !line->broken && !line->open && line->value && !gf_problems_any(&line->problems);
}
