/* Readings: what all lets of a model stand for, found in one model and carried over to others. */
#include "mend/readings/causes.h"

#include <stdlib.h>
#include <string.h>

#include "model/scan.h"

gf_reading *gf_reading_of(const gf_readings *readings, uint32_t name)
{
    for (size_t k = 0; k < readings->count; k++)
        if (readings->list[k].name == name)
            return &readings->list[k];
    return NULL;
}

/* grad(h[T]) of grad(h[t]), for a line of its own. */
static bool write_at(gf_text *w, gf_model *m, const gf_tree *truth, const gf_tree *index)
{
    gf_arena arena = {0};
    gf_problems quiet = {0};
    gf_deriving d;
    const gf_put_pair pair = {m->t, index};
    const gf_tree *there = gf_deriving_begin(&d, m, &arena, &quiet) ? gf_put_names(&d, truth, &pair, 1) : NULL;
    if (there)
        gf_tree_print(w, &m->file.names, there);
    gf_deriving_end(&d);
    gf_arena_free(&arena);
    gf_problems_free(&quiet);
    return there;
}

void gf_reading_write(gf_text *w, gf_model *m, const gf_reading *reading, const gf_statement *line)
{
    if (reading->words)
        gf_text_add(w, reading->words);
    else if (reading->truth && line->index)
        w->failed |= !write_at(w, m, reading->truth, line->index);
    else if (reading->truth)
        gf_tree_print(w, &m->file.names, reading->truth);
}

/* --- all of them -------------------------------------------------------------------------------------------------- */

static bool list_lets(gf_readings *readings)
{
    gf_model *m = readings->claims->m;
    readings->list = gf_arena_get(&readings->arena, m->symbol_count * sizeof *readings->list);
    readings->let_of = gf_arena_get(&readings->arena, m->symbol_count * sizeof *readings->let_of);
    if (!readings->list || !readings->let_of)
        return false;
    for (uint32_t k = 1; k < m->symbol_count; k++)
        if (m->symbols[k].kind == SYMBOL_LET && m->symbols[k].at)
            readings->list[readings->count++] = (gf_reading){.symbol = &m->symbols[k], .name = k};
    return true;
}

/* Which let is the gradient of which name: of two that which is right. */
void gf_readings_find_lets_of_names(gf_readings *readings)
{
    const gf_model *m = readings->claims->m;
    memset(readings->let_of, 0, m->symbol_count * sizeof *readings->let_of);
    for (size_t k = 0; k < readings->count; k++) {
        const gf_reading *reading = &readings->list[k];
        bool gradient =
            reading->known && reading->truth && gf_tree_is_grad(m, reading->truth) && reading->truth->count == 1;
        const gf_tree *x = gradient ? reading->truth->kids[0] : NULL;
        bool own = x && (x->kind == TREE_NAME ||
                         (x->kids[0]->kind == TREE_NAME && x->kids[0]->name == m->t && m->symbols[x->name].timed));
        if (own && (!readings->let_of[x->name] || reading->right))
            readings->let_of[x->name] = reading->name;
    }
}

/* What is right as it stands is what a claim says only where it has these values. */
static bool take_heard(gf_readings *readings, gf_reading *reading)
{
    gf_reading heard = *reading, own = *reading;
    if (!gf_reading_take(readings, &heard, heard.truth))
        return false;
    if (!own.right)
        *reading = heard;
    else if (!heard.known || heard.diagonal || !gf_same_values(heard.values, own.values, own.count))
        gf_reading_name_right(readings, reading);
    return true;
}

static bool hear_all(gf_readings *readings)
{
    gf_readings_hear(readings);
    for (size_t k = 0; k < readings->count; k++)
        if (readings->list[k].trust && !take_heard(readings, &readings->list[k]))
            return false;
    return true;
}

/* Lets whose shape may be what is wrong. */
static bool doubt_shapes(gf_readings *readings)
{
    const gf_claims *claims = readings->claims;
    unsigned char *used = gf_arena_get(&readings->arena, claims->m->symbol_count * sizeof *used);
    for (size_t k = 0; used && k < claims->count; k++)
        if (claims->list[k].verdict == GF_UNJUDGED)
            gf_lets_in_claim(claims->m, claims->list[k].statement, used);
    for (size_t k = 0; used && k < readings->count; k++)
        readings->list[k].any_shape = used[readings->list[k].name];
    return used;
}

bool gf_readings_find_rest(gf_readings *readings)
{
    if (!gf_readings_find_in_turns(readings))
        return false;
    gf_readings_find_by_name(readings, false);
    if (!gf_readings_find_in_turns(readings) || !gf_readings_find_multiples(readings))
        return false;
    gf_readings_find_by_name(readings, true);
    return gf_readings_settle(readings);
}

gf_status gf_readings_find(gf_readings *out, gf_claims *claims, gf_calculus *calculus)
{
    *out = (gf_readings){.claims = claims, .calculus = calculus};
    bool listed = list_lets(out);
    if (listed && !out->count)
        return GF_OK;
    bool good = listed && doubt_shapes(out) && gf_candidates_find(out) && gf_readings_find_right(out) &&
                gf_candidates_add_lets(out) && hear_all(out) && gf_readings_find_rest(out) &&
                gf_readings_find_exchanged(out);
    if (listed)
        gf_readings_find_lets_of_names(out);
    gf_judge_forget_lets(&claims->judge);
    return good && !claims->judge.out_of_memory ? GF_OK : GF_ERROR_MEMORY;
}

/* --- for another model of the same text --------------------------------------------------------------------------- */

/* The truth as a tree of this model's. NULL without memory. */
static const gf_tree *carry(gf_readings *out, const gf_readings *from, const gf_tree *truth)
{
    gf_text text = {0};
    gf_problems problems = {0};
    gf_tree_print(&text, &from->claims->m->file.names, truth);
    const gf_tree *tree =
        text.failed ? NULL : gf_parse_text(gf_text_string(&text), &out->claims->m->file.names, &out->arena, &problems);
    gf_text_free(&text);
    gf_problems_free(&problems);
    return tree;
}

gf_status gf_readings_carry(gf_readings *out, gf_claims *claims, const gf_readings *from)
{
    *out = (gf_readings){.claims = claims};
    if (!list_lets(out))
        return GF_ERROR_MEMORY;
    gf_judge_forget_lets(&claims->judge);
    for (size_t k = 0; k < out->count; k++) {
        gf_reading *reading = &out->list[k];
        const char *text = gf_model_text(claims->m, reading->name); /* numbers differ where claims were left out */
        const gf_reading *other = gf_reading_of(from, gf_names_find(&from->claims->m->file.names, text));
        if (!other || !other->known)
            continue;
        gf_symbol *symbol = reading->symbol;
        const uint32_t name = reading->name;
        *reading = *other;
        reading->symbol = symbol;
        reading->name = name;
        const gf_tree *truth = other->truth ? carry(out, from, other->truth) : NULL;
        if ((other->truth && !truth) ||
            !(other->right ? gf_reading_take_own(out, reading) : gf_reading_take(out, reading, truth)))
            return GF_ERROR_MEMORY;
        reading->truth = truth;
    }
    gf_readings_find_lets_of_names(out);
    gf_judge_forget_lets(&claims->judge);
    return claims->judge.out_of_memory ? GF_ERROR_MEMORY : GF_OK;
}

void gf_readings_free(gf_readings *readings)
{
    free(readings->candidates);
    gf_arena_free(&readings->arena);
    *readings = (gf_readings){0};
}
