/* A line that may be wrong, with what it should come to. */
#include "mend/terms/line.h"
#include "mend/readings/readings.h"

gf_line gf_line_on(gf_readings *readings, const gf_statement *s, const gf_tree *tree, const gf_tree *truth)
{
    return (gf_line){.claims = readings->claims,
                     .calculus = readings->calculus,
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
    *out = gf_line_on(readings, s, s->value, reading->truth);
    out->diagonal = reading->diagonal;
    out->values = values;
    out->bindings = bindings;
    const gf_put_pair at = {name, s->index};
    if (s->index && !(s->index->kind == TREE_NAME && s->index->name == at.name))
        out->truth = gf_put_names(&readings->calculus->d, reading->truth, &at, 1);
    if (!values || !t || !bindings || !out->truth)
        return false;
    for (size_t k = 0; k < most; k++) {
        if (reading->symbol->timed && gf_let_line(reading->symbol, (long)k + 1) != s)
            continue;
        t[k] = (gf_binding){.name = name, .known = true, .value = (long)k + 1};
        bindings[out->count] = reading->symbol->timed ? &t[k] : NULL;
        values[out->count++] = reading->values[k];
    }
    return true;
}

bool gf_line_is_sound(const gf_statement *line)
{
    return !line->broken && !line->open && line->value && !gf_problems_any(&line->problems);
}
