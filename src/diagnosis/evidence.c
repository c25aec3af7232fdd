/* The numbers that a diagnosis has to explain: both sides of a claim at every instance. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "diagnosis/diagnose.h"

enum { ENTRIES = 4000000 }; /* of all sides together; of more no diagnosis is made */

/* --- gathering ---------------------------------------------------------------------------------------------------- */

/* A copy in the evidence's arena, without a stride; data NULL without memory. */
static gf_matrix keep(gf_evidence *e, const gf_matrix *m)
{
    double *numbers = gf_arena_get(&e->arena, gf_matrix_size(m) * sizeof *numbers);
    gf_matrix copy = gf_matrix_over(numbers, m->rows, m->cols);
    if (numbers)
        gf_matrix_copy(&copy, m);
    e->out_of_memory |= !numbers;
    return copy;
}

/* Both sides where they have one shape, else each as it is. */
static bool gather_instance(gf_evidence *e, size_t k)
{
    gf_judged *judged = e->judged;
    const gf_statement *s = judged->statement;
    const gf_matrix *a = NULL, *b = NULL;
    if (!gf_judged_sides(judged, k, e->link, &a, &b)) {
        a = gf_judged_value(judged, k, s->sides[e->link], 0, 0, NULL);
        b = gf_judged_value(judged, k, s->sides[e->link + 1], 0, 0, NULL);
    }
    if (a && b) {
        gf_link found;
        char why[GF_WHY];
        bool same = gf_link_judge(&found, s->relations[e->link], a, b, judged->tolerance, s->value, why);
        e->fails[k] = !same || !found.holds;
        e->truth[k] = keep(e, a);
        e->claim[k] = keep(e, b);
    }
    gf_judge_clear(&judged->claims->judge);
    return a && b && e->truth[k].data && e->claim[k].data;
}

bool gf_evidence_gather(gf_evidence *e, gf_judged *judged, uint32_t link)
{
    *e = (gf_evidence){.judged = judged, .link = link, .count = judged->count};
    e->truth = gf_arena_get(&e->arena, e->count * sizeof *e->truth);
    e->claim = gf_arena_get(&e->arena, e->count * sizeof *e->claim);
    e->fails = gf_arena_get(&e->arena, e->count * sizeof *e->fails);
    e->slack = gf_arena_get(&e->arena, e->count * sizeof *e->slack);
    bool good = e->truth && e->claim && e->fails && e->slack;
    e->out_of_memory = !good;
    size_t entries = 0;
    for (size_t k = 0; good && k < e->count; k++) {
        good = gather_instance(e, k);
        entries += good ? gf_matrix_size(&e->truth[k]) + gf_matrix_size(&e->claim[k]) : 0;
        good = good && entries <= ENTRIES;
    }
    return good;
}

void gf_evidence_free(gf_evidence *e)
{
    gf_matrix_free(&e->room);
    gf_arena_free(&e->arena);
}

void gf_evidence_flip(gf_evidence *e)
{
    gf_matrix *truth = e->truth;
    e->truth = e->claim;
    e->claim = truth;
    e->flipped = !e->flipped;
}

/* --- measuring ---------------------------------------------------------------------------------------------------- */

/* Room for differences of that many entries. */
static bool make_room(gf_evidence *e, size_t entries)
{
    if (gf_matrix_size(&e->room) >= entries)
        return true;
    gf_matrix_free(&e->room);
    bool made = gf_matrix_new(&e->room, 1, (int)entries) == GF_OK;
    e->out_of_memory |= !made;
    return made;
}

double gf_evidence_distance(gf_evidence *e, const gf_matrix *a, const double *b)
{
    if (!make_room(e, gf_matrix_size(a)))
        return NAN;
    gf_matrix difference = gf_matrix_over(e->room.data, 1, (int)gf_matrix_size(a));
    for (size_t n = 0; n < gf_matrix_size(a); n++)
        difference.data[n] = a->data[n] - b[n];
    return gf_matrix_norm(&difference);
}

/* Where an instance fails, the explanation may be wrong by a millionth of what it explains; where it holds, by as much
 * as any claim. */
static bool measure_instance(gf_evidence *e, size_t k)
{
    const gf_matrix *truth = &e->truth[k], *claim = &e->claim[k];
    if (truth->rows != claim->rows || truth->cols != claim->cols)
        return false;
    double larger = fmax(gf_matrix_norm(truth), gf_matrix_norm(claim));
    double difference = gf_evidence_distance(e, claim, truth->data);
    if (!isfinite(larger) || !isfinite(difference))
        return false;
    e->slack[k] = e->fails[k] ? fmax(1e-6 * difference, 1e-12 * larger) : 1e-6 * larger;
    return !e->fails[k] || difference > 1e-8 * larger;
}

bool gf_evidence_measure(gf_evidence *e)
{
    bool fails = false;
    for (size_t k = 0; k < e->count; k++) {
        if (!measure_instance(e, k))
            return false;
        fails |= e->fails[k];
    }
    e->measured = fails;
    return fails;
}

bool gf_evidence_fits(gf_evidence *e, size_t k, const double *numbers)
{
    const gf_matrix *claim = &e->claim[k];
    double distance = gf_evidence_distance(e, claim, numbers);
    if (distance <= e->slack[k])
        return true;
    gf_matrix given = gf_matrix_over((double *)numbers, claim->rows, claim->cols);
    double one = gf_matrix_norm(claim), other = gf_matrix_norm(&given);
    return (one == 0 && other < 1e-12) || (other == 0 && one < 1e-12);
}

/* --- what the sides are called ------------------------------------------------------------------------------------ */

const gf_tree *gf_evidence_truth(const gf_evidence *e)
{
    return e->judged->statement->sides[e->link + e->flipped];
}

const gf_tree *gf_evidence_claim(const gf_evidence *e)
{
    return e->judged->statement->sides[e->link + !e->flipped];
}

const char *gf_evidence_truth_name(const gf_evidence *e)
{
    return e->flipped ? "right" : "left";
}

const char *gf_evidence_claim_name(const gf_evidence *e)
{
    return e->flipped ? "left" : "right";
}
