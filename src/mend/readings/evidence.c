/* Evidence for what lets stand for: how they are used, what their lines come to, how they are called; and which lets
 * are right as they stand.
 *
 *     let q1[t] = V' @ q2[t] + W' @ q3[t+1]
 *     let q2[t] = softmax(z[t]) - y[t]                 claim grad(V) = sum(t, q2[t] @ h[t]')
 *     let q3[t] = q1[t] * (1 - h[t])                   claim grad(W) = sum(t, q3[t] @ h[t-1]')
 *
 * q2 is right as it stands: the claim by V holds, and fails when any step of q2 is disturbed. For q3 each candidate of
 * its shape is put in: the claim by W comes right with the gradient of tanh's argument, and with no other. That is
 * evidence from use. With it the line of q1 comes to grad(h[t]): evidence from its own line, which is asked only where
 * no use tells anything, for it may be the wrong one. What one let stands for tells of others, so it goes on in turns
 * until nothing more is found. Where two candidates with other values make as many lines right, there is no evidence.
 * What is left is taken by its name, dh for grad(h[t]), for names deceive most often. */
#include <string.h>

#include <gradflow/check.h>

#include "mend/readings/readings.h"

/* --- evidence from use and from values ---------------------------------------------------------------------------- */

bool gf_candidate_has_shape(const gf_reading *reading, const gf_candidate *candidate)
{
    const gf_matrix *shape = &reading->values[0];
    int rows = reading->values && shape->data ? shape->rows : reading->symbol->rows;
    int cols = reading->values && shape->data ? shape->cols : reading->symbol->cols;
    bool any = !rows || reading->any_shape;
    return reading->symbol->timed == candidate->timed && (!candidate->let || candidate->let == reading->name) &&
           (any || (rows == candidate->rows && cols == candidate->cols));
}

bool gf_same_values(const gf_matrix a[], const gf_matrix b[], long count)
{
    for (long k = 0; k < count; k++) {
        gf_comparison c;
        if (gf_compare_within(&c, &a[k], &b[k], 1e-9) != GF_OK || !c.match)
            return false;
    }
    return true;
}

bool gf_claim_uses(const gf_statement *s, uint32_t name)
{
    for (uint32_t k = 0; k < s->side_count; k++)
        if (gf_tree_has(s->sides[k], name))
            return true;
    return false;
}

/* Is the claim an equality that can be judged, without too much work? */
bool gf_claim_fits_to_judge(const gf_judged *judged)
{
    const gf_statement *s = judged->statement;
    bool fine = judged->count && !judged->exceeds && !s->broken && !s->open && !gf_problems_any(&s->problems) &&
                s->side_count >= 2;
    for (uint32_t k = 0; fine && k + 1 < s->side_count; k++)
        fine = s->relations[k] == RELATION_EQUAL;
    return fine;
}

bool gf_claim_holds(gf_judged *judged)
{
    const gf_statement *s = judged->statement;
    bool holds = true;
    for (size_t k = 0; k < judged->count && holds; k++) {
        const gf_matrix *a, *b;
        gf_link link;
        char why[GF_WHY];
        judged->claims->judge.scanned = judged->claims->m->work = 0;
        for (uint32_t n = 0; n + 1 < s->side_count && holds; n++)
            holds = gf_judged_sides(judged, k, n, &a, &b) &&
                    gf_link_judge(&link, s->relations[n], a, b, GF_TOLERANCE, s->value, why) && link.holds;
        gf_judge_clear(&judged->claims->judge);
    }
    return holds;
}

const gf_statement *gf_reading_line(const gf_reading *reading, long t)
{
    return reading->symbol->timed ? gf_let_line(reading->symbol, t) : reading->symbol->definition;
}

/* Does a line of that let which uses the name come right? The line of a step of its own (let dh[T] = …) is one. */
static bool fits_in_lines(gf_readings *readings, const gf_reading *user, uint32_t name)
{
    const gf_statement *last = NULL;
    for (long t = 1; t <= user->count; t++) {
        const gf_statement *line = gf_reading_line(user, t);
        bool sound = line && line != last && line->value && !line->broken && !line->open;
        if (sound && gf_tree_has(line->value, name) && gf_reading_fits(readings, user, line, line->value))
            return true;
        last = line;
    }
    return false;
}

/* How many lines of lets that are known, and claims, that use the let come right with these values for it? */
size_t gf_fits_in_use(gf_readings *readings, const gf_reading *reading)
{
    size_t count = 0;
    for (size_t k = 0; k < readings->claims->count; k++) {
        gf_judged *judged = &readings->claims->list[k];
        count +=
            gf_claim_fits_to_judge(judged) && gf_claim_uses(judged->statement, reading->name) && gf_claim_holds(judged);
    }
    for (size_t k = 0; k < readings->count; k++) {
        const gf_reading *user = &readings->list[k];
        count += user != reading && user->known && fits_in_lines(readings, user, reading->name);
    }
    return count;
}

/* Has every line of the let a ?, so that none says anything? */
bool gf_reading_is_open(const gf_reading *reading)
{
    bool open = reading->count > 0;
    for (long t = 1; t <= reading->count && open; t++)
        open = gf_reading_line(reading, t) && gf_reading_line(reading, t)->open;
    return open;
}

/* Do the let's own lines come to these values? */
size_t gf_fits_own_lines(gf_readings *readings, const gf_reading *reading)
{
    gf_link link;
    for (long t = 1; t <= reading->count; t++) {
        const gf_statement *line = gf_reading_line(reading, t);
        if (!gf_reading_is_spoken_of(reading, t) || (line && line->open))
            continue;
        if (!line || !line->value || line->broken || !gf_reading_judge_at(readings, reading, line->value, t, &link) ||
            !link.holds)
            return false;
    }
    return !gf_reading_is_open(reading);
}

typedef size_t evidence(gf_readings *readings, const gf_reading *reading);

bool gf_is_named_after(const gf_readings *readings, const gf_reading *reading, const gf_candidate *candidate)
{
    const gf_model *m = readings->claims->m;
    return candidate->name && gf_names_gradient(gf_model_text(m, reading->name), gf_model_text(m, candidate->name));
}

bool gf_is_taken(const gf_readings *readings, const gf_reading *reading, const gf_matrix values[], bool user)
{
    bool taken = false;
    for (size_t k = 0; k < readings->count && !taken; k++) {
        const gf_reading *other = &readings->list[k];
        const gf_statement *line = other->symbol->definition;
        taken = other->name != reading->name && other->known && other->count == reading->count &&
                (!user || (line && line->value && gf_tree_has(line->value, reading->name))) &&
                gf_same_values(other->values, values, other->count);
    }
    return taken;
}

/* The candidate that the evidence is for; NULL where there is none, or where several with other values are. Of those
 * with equal values that by its name, else the first. False without memory. */
static bool find_by(gf_readings *readings, gf_reading *reading, evidence *fits, const gf_candidate **out)
{
    size_t most = 0;
    bool two = false; /* as many lines come right with other values */
    *out = NULL;
    for (size_t k = 0; k < readings->candidate_count; k++) {
        const gf_candidate *c = &readings->candidates[k];
        bool part = fits == gf_fits_in_use && !gf_is_named_after(readings, reading, c);
        if (c->plain || !gf_candidate_has_shape(reading, c) ||
            (c->term && fits == gf_fits_own_lines && !reading->mute) || (c->forward && fits != gf_fits_in_use) ||
            (part && gf_is_taken(readings, reading, c->values, true)))
            continue;
        gf_reading tried = *reading;
        tried.values = c->values;
        tried.known = true;
        if (!gf_readings_force(readings) || !gf_reading_put(readings, &tried, c->values))
            return false;
        size_t count = fits(readings, &tried);
        if (!count || count < most)
            continue;
        bool same = *out && gf_same_values((*out)->values, c->values, reading->count);
        two = count == most && ((*out && !same) || two);
        *out = count > most ? NULL : *out;
        most = count;
        if (!*out || (gf_is_named_after(readings, reading, c) && !gf_is_named_after(readings, reading, *out)))
            *out = c;
    }
    *out = two ? NULL : *out;
    return true;
}

void gf_reading_accept(gf_reading *reading, const gf_candidate *candidate)
{
    reading->truth = candidate->truth;
    reading->words = candidate->words;
    reading->diagonal = false;
    reading->multiple = candidate->let;
    reading->before = reading->behind = reading->until = 0;
    reading->values = candidate->values;
    reading->known = true;
}

/* Looks at every let of which nothing is known; *more becomes true where something was found. */
static bool find_all_by(gf_readings *readings, evidence *fits, bool *more)
{
    for (size_t k = 0; k < readings->count; k++) {
        const gf_candidate *found = NULL;
        if (!readings->list[k].known && (!readings->list[k].mute || fits == gf_fits_own_lines) &&
            !find_by(readings, &readings->list[k], fits, &found))
            return false;
        if (found)
            gf_reading_accept(&readings->list[k], found);
        *more |= found != NULL;
    }
    return true;
}

/* Until nothing more is found: what one let stands for tells of those in its line, and of those whose line it is in. A
 * let's own line, which may be wrong, is asked only where no use tells anything. */
bool gf_readings_find_in_turns(gf_readings *readings)
{
    for (bool more = true; more;) {
        more = false;
        if (!find_all_by(readings, gf_fits_in_use, &more) ||
            (!more && !find_all_by(readings, gf_fits_own_lines, &more)))
            return false;
    }
    return true;
}

/* dh is taken for the gradient of h, if it can be of its shape; of da for "a" and "da" the longer name. With `any`, of
 * any shape: dh[t] @ h[t]', which is 1 x 1 and goes with everything, for dh[t] @ M'. */
void gf_readings_find_by_name(gf_readings *readings, bool any)
{
    const gf_model *m = readings->claims->m;
    for (size_t k = 0; k < readings->count; k++) {
        gf_reading *reading = &readings->list[k];
        const gf_candidate *best = NULL;
        for (size_t j = 0; j < readings->candidate_count && !reading->known; j++) {
            const gf_candidate *c = &readings->candidates[j];
            bool share = c->timed && c->name && !m->symbols[c->name].timed; /* of W at step t */
            bool shape = any ? c->timed == reading->symbol->timed : gf_candidate_has_shape(reading, c);
            if (share || c->plain || !shape || !gf_is_named_after(readings, reading, c))
                continue;
            if (!best || strlen(gf_model_text(m, c->name)) > strlen(gf_model_text(m, best->name)))
                best = c;
        }
        if (best)
            gf_reading_accept(reading, best);
    }
}

/* --- what is right as it stands ----------------------------------------------------------------------------------- */

/* Would a claim that holds fail, or the line of a let that is right be wrong? */
static bool some_line_fails(gf_readings *readings, const gf_reading *reading)
{
    for (size_t k = 0; k < readings->claims->count; k++) {
        gf_judged *judged = &readings->claims->list[k];
        if (judged->verdict == GF_HOLDS && gf_claim_fits_to_judge(judged) &&
            gf_claim_uses(judged->statement, reading->name) && !gf_claim_holds(judged))
            return true;
    }
    for (size_t k = 0; k < readings->count; k++) {
        const gf_reading *user = &readings->list[k];
        const gf_statement *line = user->symbol->definition;
        if (user->right && user != reading && line && gf_tree_has(line->value, reading->name) &&
            !gf_reading_fits(readings, user, line, line->value))
            return true;
    }
    return false;
}

/* Would its own line be wrong at step t? */
static bool own_line_fails(gf_readings *readings, const gf_reading *reading, long t)
{
    gf_link link;
    const gf_statement *line = gf_reading_line(reading, t);
    return line && gf_line_is_sound(line) &&
           !(gf_reading_judge_at(readings, reading, line->value, t, &link) && link.holds);
}

/* Does every step matter somewhere? Each is disturbed, alone. Of da[t] = … W' @ da[t+1] … with a claim that holds of
 * da[1], the second step matters to the first, and so on. The first may matter nowhere, where one line is for all: of
 * J[t+1] @ grad(h[t+1]). */
static bool is_anchored(gf_readings *readings, gf_reading *reading)
{
    gf_judge *judge = &readings->claims->judge;
    bool one = reading->count > 2 && gf_reading_line(reading, 1) == gf_reading_line(reading, 2);
    bool matters = true, before = false; /* does step n; did the step before it */
    for (long n = 0; n < reading->count && (matters || (n == 1 && one)); n++) {
        before = matters && n;
        gf_matrix *value = &reading->symbol->at[n].value, *own = &reading->values[n];
        for (size_t k = 0; k < gf_matrix_size(value); k++)
            value->data[k] += 0.1 + 0.05 * (double)(k % 3) + 0.3 * value->data[k];
        gf_running_clear(&judge->running);
        matters = some_line_fails(readings, reading) || (before && own_line_fails(readings, reading, n));
        gf_matrix_copy(value, own);
        gf_running_clear(&judge->running);
    }
    return matters;
}

/* What it stands for, by its own values: that which a claim says of it, or which it is called after, before others. */
void gf_reading_name_right(gf_readings *readings, gf_reading *reading)
{
    const gf_candidate *best = NULL;
    reading->truth = NULL;
    reading->diagonal = false;
    for (size_t k = 0; k < readings->candidate_count; k++) {
        const gf_candidate *c = &readings->candidates[k];
        if (gf_candidate_has_shape(reading, c) && !c->plain &&
            gf_same_values(reading->values, c->values, reading->count) &&
            (!best || (gf_is_named_after(readings, reading, c) && !gf_is_named_after(readings, reading, best))))
            best = c;
    }
    if (best) {
        reading->truth = best->truth;
        reading->words = best->words;
    }
}

/* The lets have the values that their lines give them. */
bool gf_readings_find_right(gf_readings *readings)
{
    gf_judge_forget_lets(&readings->claims->judge);
    for (size_t k = 0; k < readings->count; k++)
        if (!gf_reading_take_own(readings, &readings->list[k]))
            return false;
    for (bool more = true; more;) {
        more = false;
        for (size_t k = 0; k < readings->count; k++) {
            gf_reading *reading = &readings->list[k];
            if (reading->known && !reading->right && is_anchored(readings, reading))
                reading->right = more = true;
        }
    }
    for (size_t k = 0; k < readings->count; k++)
        if (readings->list[k].right)
            gf_reading_name_right(readings, &readings->list[k]);
        else
            readings->list[k].known = false;
    return true;
}
