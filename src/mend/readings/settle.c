/* Which of several readings a let has, where its line is wrong under the one it has, or it has none.
 *
 *     let q1[t] = 2 * (h[t] - y[t]) + W' @ q2[t]        claim grad(W) = sum(t, q2[t] @ h[t-1]')
 *     let q2[t] = q1[t] * (1 - h[t])
 *
 * q2 stands for the gradient of tanh's argument, as the claim holds so. Nothing comes right whatever q1 is, for both
 * lines are wrong. But as grad(h[t]) it has one slip, W' @ q2[t] for W' @ q2[t+1], and the line of q2 another one. So
 * slips are counted, not lines: in the let's own line, in those that use it, and in claims; a let that stands for
 * nothing explains nothing, and counts as one, but where the one claim that uses it is wrong: it may be a part of that,
 * as p[t] of p[t] - y[t]. The reading with the fewest is taken. */
#include "mend/readings/readings.h"
#include "model/scan.h"

enum { TURNS = 3, SURE = 4 }; /* so often all lets are looked at; trust of a claim and the name together */

/* How many slips there are in a line; *fits becomes so many of its summands that are right, if it is less. */
static size_t slips_of_line(gf_readings *readings, const gf_reading *reading, const gf_statement *s, size_t *fits)
{
    gf_line line;
    size_t count = 1;
    gf_judge *judge = &readings->claims->judge;
    if (judge->out_of_memory || !gf_line_is_sound(s))
        return 1;
    if (gf_reading_fits(readings, reading, s, s->value)) {
        *fits = *fits ? *fits : 1;
        return 0;
    }
    judge->out_of_memory |= !gf_line_of_let(&line, readings, reading, s) || !gf_line_slips(&count, fits, &line);
    return count;
}

size_t gf_slips_of_let(gf_readings *readings, const gf_reading *reading, uint32_t name, size_t *fits)
{
    const gf_statement *last = NULL;
    size_t count = 0;
    for (long t = 1; t <= reading->count; t++) {
        const gf_statement *s = gf_reading_is_spoken_of(reading, t) ? gf_reading_line(reading, t) : NULL;
        if (s && s != last && !s->open && (!name || (s->value && gf_tree_has(s->value, name))))
            count += slips_of_line(readings, reading, s, fits);
        last = s;
    }
    return count;
}

/* Claims that use it and fail; slips in lines of lets that do. The values have been put in. */
static size_t failing_claims(gf_readings *readings, uint32_t name)
{
    size_t count = 0;
    for (size_t k = 0; k < readings->claims->count; k++) {
        gf_judged *judged = &readings->claims->list[k];
        count += gf_claim_fits_to_judge(judged) && gf_claim_uses(judged->statement, name) && !gf_claim_holds(judged);
    }
    return count;
}

static size_t slips_in_lets(gf_readings *readings, uint32_t name)
{
    size_t count = 0;
    size_t fits = 0;
    for (size_t k = 0; k < readings->count; k++) {
        const gf_reading *user = &readings->list[k];
        if (user->known && !user->right && user->name != name)
            count += gf_slips_of_let(readings, user, name, &fits);
    }
    return count;
}

/* A reading that a let may have, and what comes of it. */
typedef struct choice {
    gf_reading reading;
    size_t slips;  /* in all that depends on it, or more than what was asked for; */
    size_t in_use; /* of these in what uses it, */
    size_t claims; /* and of these claims */
    size_t fits;   /* so many summands of its own line are right */
    bool all_fits; /* its own line is */
    bool evident;  /* something speaks for it */
} choice;

/* Claims first, which cost least; up to `most`. The values have been put in. */
static void add_slips(gf_readings *readings, choice *c, size_t most)
{
    const gf_reading *own = &c->reading;
    c->slips = c->in_use = c->claims = failing_claims(readings, own->name);
    size_t slips = c->slips > most ? 0 : own->known ? gf_slips_of_let(readings, own, 0, &c->fits) : c->claims != 1;
    c->all_fits = own->known && !slips;
    c->slips += slips;
    if (c->slips > most)
        return;
    c->in_use += slips_in_lets(readings, own->name);
    c->slips = slips + c->in_use;
    c->evident = c->slips <= most &&
                 (c->fits || (own->truth && gf_is_gradient_name(readings->claims->m, own->name, own->truth)) ||
                  gf_fits_in_use(readings, own));
}

static void count_slips(gf_readings *readings, choice *c, size_t most)
{
    gf_reading *reading = gf_reading_of(readings, c->reading.name);
    const gf_reading own = *reading;
    void *begin = gf_arena_get(&readings->arena, 1);
    *reading = c->reading;
    readings->claims->judge.out_of_memory |= !begin || !gf_readings_force(readings);
    if (!readings->claims->judge.out_of_memory) {
        gf_readings_find_lets_of_names(readings);
        add_slips(readings, c, most);
    }
    if (begin)
        gf_arena_back(&readings->arena, begin);
    gf_running_clear(&readings->claims->judge.running); /* which knows sums by where they lie */
    *reading = own;
}

/* Of two under which there are as many slips: one that a claim says, or that the let is called after; one that its line
 * comes to before what another let stands for; one under which some claim holds; one that its line comes to; one with
 * which more claims hold; one of whose line something is right. A let that stands for nothing takes any. */
static bool is_likelier(gf_readings *readings, const choice *own, const choice *other, const gf_candidate *c)
{
    const gf_model *m = readings->claims->m;
    const gf_reading *of = &own->reading;
    if (!of->known)
        return true;
    if (of->trust || (of->truth && gf_is_gradient_name(m, of->name, of->truth)))
        return false;
    if (c->term)
        return own->fits && other->fits > own->fits;
    if (gf_is_named_after(readings, of, c))
        return true;
    bool one = own->all_fits != other->all_fits;
    if (one && gf_is_taken(readings, of, own->all_fits ? other->reading.values : of->values, false))
        return other->all_fits;
    if (!own->claims != !other->claims)
        return !other->claims;
    if (one)
        return other->all_fits;
    return other->claims == own->claims ? other->fits && !own->fits : other->claims < own->claims;
}

/* What one step brings is no whole gradient, nor is a transposed one: of a let that a claim, or its name, says to be
 * one it takes a line that comes to it, and lines that use it with less that is wrong. */
static bool is_far_fetched(const gf_readings *readings, const choice *own, const choice *other, const gf_candidate *c)
{
    const gf_reading *of = &own->reading;
    bool said =
        of->known && (of->trust || (of->truth && gf_is_gradient_name(readings->claims->m, of->name, of->truth)));
    return said && (c->term || c->let) && (!other->all_fits || other->in_use >= own->in_use);
}

/* Of dE_out, what one use brings, beside dE_in, what the others do: what is claimed of the one is meant of both. */
static bool is_completed(gf_readings *readings, const gf_reading *own, const gf_candidate *c)
{
    bool found = false;
    for (size_t k = 0; k < readings->count && own->trust && c->term && !found; k++) {
        const gf_reading *rest = &readings->list[k];
        const gf_statement *line = rest->symbol->definition;
        found = rest->name != own->name && rest->symbol->timed == own->symbol->timed && line && gf_line_is_sound(line);
        for (long n = 0; n < own->count && found; n++) {
            const gf_matrix *value = gf_readings_value(readings, line->value, rest->symbol->timed, n + 1, NULL);
            gf_matrix sum = {.data = NULL};
            found = value && value->rows == own->values[n].rows && value->cols == own->values[n].cols;
            readings->claims->judge.out_of_memory |= found && !gf_matrix_keep(&sum, &readings->arena, value);
            for (size_t i = 0; i < gf_matrix_size(&sum); i++)
                sum.data[i] += c->values[n].data[i];
            found = sum.data && gf_same_values(&sum, &own->values[n], 1);
            gf_judge_clear(&readings->claims->judge);
        }
    }
    return found;
}

/* The sum of what two uses of three bring is no gradient. If all that uses it is right with what its line comes to, it
 * stands for nothing. */
static void try_none(gf_readings *readings, choice *best)
{
    choice none = {.reading = best->reading};
    none.reading.known = none.reading.multiple = none.reading.diagonal = false;
    none.reading.truth = NULL;
    none.reading.words = NULL;
    if (!best->reading.known || best->reading.trust || !best->in_use)
        return;
    count_slips(readings, &none, best->slips);
    if (none.slips < best->slips && !none.in_use)
        *best = none;
}

/* Is it a part of the forward pass that the let's line is, as it stands: let p[t] = softmax(z[t])? */
static bool is_copied(gf_readings *readings, const gf_reading *reading, const gf_candidate *c)
{
    gf_reading copy = *reading;
    gf_reading_accept(&copy, c);
    return gf_fits_own_lines(readings, &copy);
}

static bool find_other(gf_readings *readings, gf_reading *reading)
{
    choice best = {.reading = *reading}, own;
    count_slips(readings, &best, SIZE_MAX);
    try_none(readings, &best);
    own = best;
    bool idle = !own.reading.known && !own.in_use; /* nothing that uses it is wrong */
    size_t sure = reading->known && reading->trust >= SURE;
    const gf_statement *line = reading->symbol->definition;
    bool plain = line && line->value && !gf_uses_let(readings->claims->m, line->value); /* p[t] = softmax(o[t]) */
    for (size_t k = 0; k < readings->candidate_count && !idle && !readings->claims->judge.out_of_memory; k++) {
        const gf_candidate *c = &readings->candidates[k];
        bool part = plain && !gf_is_named_after(readings, reading, c);
        if (c->plain || !gf_candidate_has_shape(reading, c) ||
            (c->forward && !(own.in_use && is_copied(readings, reading, c))) ||
            (part && gf_is_taken(readings, reading, c->values, true)) ||
            (best.reading.known && gf_same_values(c->values, best.reading.values, best.reading.count)))
            continue;
        choice other = {.reading = *reading};
        gf_reading_accept(&other.reading, c);
        count_slips(readings, &other, best.slips);
        bool completed = other.all_fits && other.slips == best.slips && is_completed(readings, &own.reading, c);
        if (completed)
            best = other;
        if ((other.evident || other.in_use < own.in_use) && !is_far_fetched(readings, &own, &other, c) &&
            (other.slips + sure < best.slips ||
             (other.slips == best.slips && !c->forward && is_likelier(readings, &best, &other, c))))
            best = other;
    }
    *reading = best.reading;
    return !readings->claims->judge.out_of_memory;
}

/* In turns, since one reading tells of others. */
bool gf_readings_settle(gf_readings *readings)
{
    bool more = true;
    for (int turn = 0; turn < TURNS && more; turn++) {
        more = false;
        for (size_t k = 0; k < readings->count; k++) {
            gf_reading *reading = &readings->list[k];
            const gf_matrix *before = reading->known ? reading->values : NULL;
            if (reading->right || gf_reading_is_open(reading))
                continue;
            if (!gf_readings_force(readings))
                return false;
            bool fits = reading->known && gf_fits_own_lines(readings, reading);
            if ((!fits && !find_other(readings, reading)) || !gf_reading_find_nearest(readings, reading, fits))
                return false;
            bool found = reading->known && !before;
            if (found && !gf_readings_find_in_turns(readings))
                return false;
            more |= (reading->known ? reading->values : NULL) != before;
        }
    }
    return true;
}
