/* Trials: edited sides of a claim against the others. */
#include "mend/trial.h"

#include <stdlib.h>

/* --- one side at one instance ------------------------------------------------------------------------------------- */

static gf_term evaluate(gf_judged *judged, size_t k, const gf_tree *tree)
{
    gf_judge *judge = &judged->claims->judge;
    gf_binding room[GF_LOOPS];
    const gf_binding *bindings = gf_judged_bindings(judged, k, room);
    judge->scanned = judge->m->work = 0;
    if (gf_tree_is(tree, 0))
        return gf_term_zero(0, 0);
    return gf_judge_evaluate(judge, NULL, tree, bindings);
}

static bool keep_side(gf_side *side, const gf_matrix *value)
{
    if (gf_matrix_new(&side->value, value->rows, value->cols))
        return false;
    gf_matrix_copy(&side->value, value);
    return side->known = true;
}

static bool work_out(gf_trial *trial, uint32_t s, size_t k)
{
    gf_judged *judged = trial->judged;
    gf_side *side = &trial->sides[s * trial->count + k];
    const gf_tree *tree = judged->statement->sides[s];
    gf_term term = evaluate(judged, k, tree);
    const gf_matrix *value =
        term.kind == TERM_BAD ? NULL : gf_judge_matrix(&judged->claims->judge, NULL, tree, term, 0, 0);
    side->adapts = value && gf_term_adapts(&term);
    bool good = !value || keep_side(side, value);
    gf_judge_clear(&judged->claims->judge);
    return good;
}

/* --- links ------------------------------------------------------------------------------------------------------- */

static bool link_holds(const gf_judged *judged, uint32_t link, const gf_matrix *a, const gf_matrix *b)
{
    const gf_statement *s = judged->statement;
    gf_link found;
    char why[GF_WHY];
    return gf_link_judge(&found, s->relations[link], a, b, judged->tolerance, s->value, why) && found.holds;
}

/* A term, that of a side at instance k, against the side next to it. */
static bool next_to(gf_trial *trial, size_t k, uint32_t link, bool first, const gf_tree *tree, gf_term term)
{
    gf_judged *judged = trial->judged;
    gf_judge *judge = &judged->claims->judge;
    const gf_side *other = &trial->sides[(link + first) * trial->count + k];
    if (!other->known)
        return false;
    bool takes = gf_term_adapts(&term) && !other->adapts;
    const gf_matrix *value =
        gf_judge_matrix(judge, NULL, tree, term, takes ? other->value.rows : 0, takes ? other->value.cols : 0);
    const gf_matrix *against = &other->value;
    if (value && other->adapts)
        against = gf_judge_matrix(judge, NULL, tree, gf_term_zero(0, 0), value->rows, value->cols);
    return value && against && link_holds(judged, link, first ? value : against, first ? against : value);
}

static bool holds_at(gf_trial *trial, size_t k, uint32_t side, const gf_tree *tree)
{
    const gf_statement *s = trial->judged->statement;
    gf_term term = evaluate(trial->judged, k, tree);
    bool good = term.kind != TERM_BAD;
    if (good && side > 0)
        good = next_to(trial, k, side - 1, false, tree, term);
    if (good && side + 1 < s->side_count)
        good = next_to(trial, k, side, true, tree, term);
    gf_judge_clear(&trial->judged->claims->judge);
    return good;
}

bool gf_trial_holds_with(gf_trial *trial, uint32_t side, const gf_tree *tree)
{
    trial->tried++;
    for (size_t k = 0; k < trial->count; k++)
        if (!holds_at(trial, trial->order[k], side, tree))
            return false;
    return trial->count;
}

static bool sides_agree(gf_trial *trial, size_t k)
{
    gf_judged *judged = trial->judged;
    const gf_statement *s = judged->statement;
    const gf_matrix *a, *b;
    bool good = true;
    judged->claims->judge.scanned = judged->claims->m->work = 0;
    for (uint32_t link = 0; good && link + 1 < s->side_count; link++)
        good = gf_judged_sides(judged, k, link, &a, &b) && link_holds(judged, link, a, b);
    gf_judge_clear(&judged->claims->judge);
    return good;
}

bool gf_trial_holds(gf_trial *trial)
{
    if (trial->varying != UINT32_MAX && gf_trial_may_mend(trial, trial->varying))
        return gf_trial_holds_with(trial, trial->varying, trial->judged->statement->sides[trial->varying]);
    trial->tried++;
    for (size_t k = 0; k < trial->count; k++)
        if (!sides_agree(trial, trial->order[k]))
            return false;
    return trial->count;
}

bool gf_trial_may_mend(const gf_trial *trial, uint32_t side)
{
    const gf_statement *s = trial->judged->statement;
    for (uint32_t link = 0; link + 1 < s->side_count; link++)
        if (trial->bad[link] && link != side && link + 1 != side)
            return false;
    for (size_t k = 0; k < trial->count; k++)
        if ((side > 0 && !trial->sides[(side - 1) * trial->count + k].known) ||
            (side + 1 < s->side_count && !trial->sides[(side + 1) * trial->count + k].known))
            return false;
    return trial->count;
}

/* --- beginning and end ------------------------------------------------------------------------------------------- */

/* Instances at which a link is wrong come first, and of these the last: there, little comes from behind. */
static void find_order(gf_trial *trial)
{
    const gf_judged *judged = trial->judged;
    size_t at = 0;
    for (int fails = 1; fails >= 0; fails--)
        for (size_t k = trial->count; k-- > 0;) {
            bool bad = judged->verdict == GF_UNJUDGED || !judged->holds[k];
            if (bad == (fails == 1))
                trial->order[at++] = k;
        }
}

/* The two sides of a link as they stand; zeros of any shape take the other's. False without memory. */
static bool compare(gf_trial *trial, uint32_t link, const gf_side *a, const gf_side *b, bool *holds)
{
    const gf_side *known = a->adapts ? b : a;
    gf_matrix zeros = {0};
    if ((a->adapts || b->adapts) && gf_matrix_new(&zeros, known->value.rows, known->value.cols))
        return false;
    *holds = link_holds(trial->judged, link, a->adapts ? &zeros : &a->value, b->adapts ? &zeros : &b->value);
    gf_matrix_free(&zeros);
    return true;
}

static bool find_bad(gf_trial *trial)
{
    const gf_statement *s = trial->judged->statement;
    for (uint32_t link = 0; link + 1 < s->side_count; link++)
        for (size_t k = 0; k < trial->count && !trial->bad[link]; k++) {
            const gf_side *a = &trial->sides[link * trial->count + k], *b = a + trial->count;
            bool holds = false;
            if (a->known && b->known && !compare(trial, link, a, b, &holds))
                return false;
            trial->bad[link] = !holds;
        }
    return true;
}

static uint32_t find_varying(const gf_judged *judged)
{
    const gf_statement *s = judged->statement;
    uint32_t side = UINT32_MAX, count = 0;
    for (uint32_t k = 0; k < s->side_count; k++)
        if (gf_uses_let(judged->claims->m, s->sides[k])) {
            side = k;
            count++;
        }
    return count == 1 ? side : UINT32_MAX;
}

gf_status gf_trial_start(gf_trial *out, gf_judged *judged)
{
    const gf_statement *s = judged->statement;
    *out = (gf_trial){.judged = judged, .count = judged->count};
    out->sides = calloc(s->side_count * judged->count + 1, sizeof *out->sides);
    out->order = calloc(judged->count + 1, sizeof *out->order);
    out->bad = calloc(s->side_count + 1, sizeof *out->bad);
    if (!out->sides || !out->order || !out->bad)
        return GF_ERROR_MEMORY;
    for (uint32_t side = 0; side < s->side_count; side++)
        for (size_t k = 0; k < out->count; k++)
            if (!work_out(out, side, k))
                return GF_ERROR_MEMORY;
    find_order(out);
    if (!find_bad(out))
        return GF_ERROR_MEMORY;
    out->varying = find_varying(judged);
    return judged->claims->judge.out_of_memory ? GF_ERROR_MEMORY : GF_OK;
}

void gf_trial_free(gf_trial *trial)
{
    size_t count = trial->sides ? trial->judged->statement->side_count * trial->count : 0;
    for (size_t k = 0; k < count; k++)
        gf_matrix_free(&trial->sides[k].value);
    free(trial->sides);
    free(trial->order);
    free(trial->bad);
    *trial = (gf_trial){0};
}
