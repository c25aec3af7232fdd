/* The search for edits of lets. */
#include <stdlib.h>

#include "mend/search.h"

enum { LET = 2 }; /* what it costs to edit a let instead of the claim */

/* --- one line ---------------------------------------------------------------------------------------------------- */

typedef bool line_search(gf_search *search, gf_statement *line);

/* Every line of every let that the claim uses. */
static void each_line(gf_search *search, line_search *look)
{
    const gf_model *m = search->stage->witness.m;
    const gf_statement *claim = gf_search_judged(search)->statement;
    bool *used = gf_arena_get(&search->stage->readings.arena, m->symbol_count), goes_on = used;
    search->out_of_memory |= !used;
    if (used)
        gf_lets_in_claim(m, claim, used);
    for (gf_statement *s = m->file.statements; s && goes_on; s = s->next) {
        if (s->kind != STATEMENT_LET || s->name >= m->symbol_count || !used[s->name])
            continue;
        search->reading = gf_reading_of(&search->stage->readings, s->name);
        goes_on = look(search, s);
    }
}

static bool take(gf_search *search, gf_editor *editor, const gf_edit *edit)
{
    gf_mend mend;
    if (!gf_mend_make(&mend, search->arena, editor->m, search->statement, search->root, edit)) {
        search->out_of_memory = true;
        return false;
    }
    mend.cost += search->cost;
    gf_search_add(search, &mend, true);
    return true;
}

static void edit_line(gf_search *search, gf_statement *line, bool (*visit)(gf_editor *editor, const gf_edit *edit))
{
    gf_model *m = search->stage->witness.m;
    gf_binding t = {.name = m->t};
    gf_editor editor = {.m = m,
                        .bindings = line->index ? &t : NULL,
                        .wide = search->wide,
                        .shaped = search->shaped,
                        .calculus = &search->stage->calculus,
                        .visit = visit,
                        .data = search};
    search->statement = line;
    search->root = line->value;
    search->cost = LET;
    gf_edit_each(&editor, line->value);
    search->out_of_memory |= editor.out_of_memory;
}

/* --- lines that are wrong, the others being right ---------------------------------------------------------------- */

static bool try_alone(gf_editor *editor, const gf_edit *edit)
{
    gf_search *search = editor->data;
    if (!gf_search_wants(search, edit->cost + search->cost))
        return !search->stopped;
    const gf_tree *tree = gf_tree_with(&editor->arena, search->root, edit->old, edit->instead);
    bool fits = tree && gf_reading_fits(&search->stage->readings, search->reading, search->statement, tree);
    return !fits || take(search, editor, edit);
}

void gf_search_line_terms(gf_search *search, const gf_reading *reading, gf_statement *s)
{
    gf_line line;
    search->matched = true;
    gf_readings *readings = &search->stage->readings;
    search->out_of_memory |= !gf_line_of_let(&line, readings, reading, s);
    line.avoid = search->out_of_memory ? NULL : gf_lets_to_avoid(readings, s);
    search->out_of_memory |= !line.avoid;
    if (!search->out_of_memory && line.count)
        gf_search_match(search, &line, true);
}

void gf_search_line(gf_search *search, const gf_reading *reading, gf_statement *line)
{
    search->reading = reading;
    if (!gf_line_is_sound(line)) {
        if (!search->wide)
            gf_search_spelling_of(search, line);
        return;
    }
    edit_line(search, line, try_alone);
}

/* --- any line ----------------------------------------------------------------------------------------------------- */

/* The whole claim, with the edited line. */
static bool try_within(gf_editor *editor, const gf_edit *edit)
{
    gf_search *search = editor->data;
    if (!gf_search_wants(search, edit->cost + search->cost))
        return !search->stopped;
    gf_tree *tree = gf_tree_with(&editor->arena, search->root, edit->old, edit->instead),
            *own = search->statement->value;
    if (!tree)
        return true;
    search->statement->value = tree;
    search->out_of_memory |= !gf_readings_force(&search->stage->readings);
    bool fits = gf_trial_holds(&search->trial);
    search->statement->value = own;
    return !fits || take(search, editor, edit);
}

/* Lines of which it is known what they stand for are looked at by themselves. */
static bool search_within(gf_search *search, gf_statement *line)
{
    const gf_reading *reading = search->reading;
    if (!gf_line_is_sound(line) && !line->open && !search->wide)
        gf_search_spelling_of(search, line);
    else if (gf_line_is_sound(line) && !(reading && reading->known))
        edit_line(search, line, try_within);
    return !search->stopped && !search->out_of_memory;
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
    if (!gf_readings_force(&search->stage->readings) || gf_trial_start(&search->trial, judged) ||
        !forget_shapes(judged->claims->m, &saved))
        search->out_of_memory = true;
    if (!search->out_of_memory)
        each_line(search, search_within);
    restore_shapes(judged->claims->m, saved);
    search->out_of_memory |= !gf_readings_force(&search->stage->readings);
    gf_trial_free(&search->trial);
}
