/* The search for edits of lets: of one that stands for something, by its terms; of others that a claim uses, by whether
 * that holds. */
#include <stdlib.h>

#include "mend/search.h"

enum { LET = 2 }; /* what it costs to edit a let instead of the claim */

/* --- lets that stand for something -------------------------------------------------------------------------------- */

void gf_search_line_terms(gf_search *search, const gf_reading *reading, gf_statement *s)
{
    gf_line line;
    gf_readings *readings = &search->stage->readings;
    search->out_of_memory |= !gf_line_of_let(&line, readings, reading, s);
    line.avoid = search->out_of_memory ? NULL : gf_lets_to_avoid(readings, s);
    search->out_of_memory |= !line.avoid;
    if (!search->out_of_memory && line.count)
        gf_search_match(search, &line);
}

/* --- lets that stand for nothing ---------------------------------------------------------------------------------- */

static void edit_line(gf_search *search, gf_statement *line)
{
    gf_binding t = {.name = search->stage->witness.m->t};
    search->statement = line;
    search->cost = LET;
    gf_search_expression(search, &line->value, line->index ? &t : NULL);
}

/* Every line of every let that the claim uses, but for those of which it is known what they stand for. */
static void each_line(gf_search *search)
{
    const gf_model *m = search->stage->witness.m;
    unsigned char *used = gf_arena_get(&search->stage->readings.arena, m->symbol_count);
    search->out_of_memory |= !used;
    if (used)
        gf_lets_in_claim(m, gf_search_judged(search)->statement, used);
    for (gf_statement *s = m->file.statements; s && !search->stopped && !search->out_of_memory; s = s->next) {
        if (s->kind != STATEMENT_LET || s->name >= m->symbol_count || !used[s->name])
            continue;
        const gf_reading *reading = gf_reading_of(&search->stage->readings, s->name);
        bool sound = gf_line_is_sound(s);
        if (!sound && !s->open && !search->wide)
            gf_search_spelling(search, s, s->value);
        else if (sound && !(reading && reading->known))
            edit_line(search, s);
    }
}

/* What shapes lets had is forgotten: an edit may change them. False without memory. */
static bool forget_shapes(gf_model *m, gf_symbol **saved)
{
    *saved = malloc(m->symbol_count * sizeof **saved);
    for (uint32_t k = 0; *saved && k < m->symbol_count; k++) {
        (*saved)[k] = m->symbols[k];
        if (m->symbols[k].kind == SYMBOL_LET)
            m->symbols[k].rows = m->symbols[k].cols = 0;
    }
    return *saved;
}

static void restore_shapes(gf_model *m, gf_symbol *saved)
{
    for (uint32_t k = 0; saved && k < m->symbol_count; k++) {
        m->symbols[k].rows = saved[k].rows;
        m->symbols[k].cols = saved[k].cols;
    }
    free(saved);
}

void gf_search_lets(gf_search *search)
{
    gf_judged *judged = gf_search_judged(search);
    gf_symbol *saved = NULL;
    if (gf_problems_any(&judged->statement->problems))
        return;
    if (!gf_readings_force(&search->stage->readings) || !forget_shapes(judged->claims->m, &saved))
        search->out_of_memory = true;
    if (!search->out_of_memory)
        each_line(search);
    restore_shapes(judged->claims->m, saved);
    search->out_of_memory |= !gf_readings_force(&search->stage->readings);
}
