/* Striking out: summands that equal terms, or sums of a few, and the other way round.
 *
 * Of  dp[t] + W' @ (a[t+1] + b[t+1])  against the terms  dp[t],  W' @ a[t+1]  and  W' @ c[t+1]  the first summand
 * equals the first term. No sum of terms equals the second summand, nor do several summands add up to a term: so the
 * product is distributed, W' @ a[t+1] + W' @ b[t+1], since one of its parts then equals a term. W' @ b[t+1] is left
 * against W' @ c[t+1]. Equal means: the same numbers at all instances; how anything is written does not matter. */
#include <string.h>

#include "mend/terms/inside.h"

enum { TOGETHER = 4, SUMS = 8 };

/* `size` of the terms, or pieces, from number `from` on that add up to a value: *out has a bit for each. */
static bool add_up(gf_matching *m, const gf_worth *to, bool terms, int size, int from, const gf_worth *sum,
                   uint64_t *out)
{
    int count = terms ? m->terms.count : m->pieces.count;
    for (int k = from; k < count && k < 63; k++) {
        const gf_worth *own = terms ? &m->terms.list[k].worth : &m->pieces.list[k].worth;
        bool struck = terms ? m->terms.list[k].struck : m->pieces.list[k].struck;
        gf_worth next;
        if (struck || !own->known || !own->norm)
            continue;
        if (!gf_worth_add(&next, m->line, sum, 1, own)) {
            m->out_of_memory = true;
            return false;
        }
        bool found = size == 1 ? gf_worth_equal(m->line, &next, to) : add_up(m, to, terms, size - 1, k + 1, &next, out);
        gf_arena_back(m->line->arena, next.data);
        if (found) {
            *out |= (uint64_t)1 << k;
            return true;
        }
    }
    return false;
}

int gf_match_left(const gf_matching *m, bool terms)
{
    int count = 0;
    for (int k = 0; k < (terms ? m->terms.count : m->pieces.count); k++)
        count += !(terms ? m->terms.list[k].struck : m->pieces.list[k].struck);
    return count;
}

void gf_match_strike(gf_matching *m, uint64_t which, bool terms)
{
    for (int k = 0; k < 63; k++)
        if (which >> k & 1)
            *(terms ? &m->terms.list[k].struck : &m->pieces.list[k].struck) = true;
}

/* Strikes out each piece that is a sum of so many terms, or each term that is one of pieces. */
static bool strike_sums(gf_matching *m, bool of_terms, int size)
{
    bool any = false;
    if (size > 1 && (gf_match_left(m, of_terms) > SUMS || gf_match_left(m, of_terms) < size))
        return false;
    for (int k = 0; k < (of_terms ? m->pieces.count : m->terms.count); k++) {
        const gf_worth *own = of_terms ? &m->pieces.list[k].worth : &m->terms.list[k].worth;
        bool *struck = of_terms ? &m->pieces.list[k].struck : &m->terms.list[k].struck;
        uint64_t found = 0;
        if (*struck || !own->known || !own->norm || !add_up(m, own, of_terms, size, 0, NULL, &found))
            continue;
        any = *struck = true;
        gf_match_strike(m, found, of_terms);
    }
    return any;
}

static void strike_all(gf_matching *m)
{
    for (int size = 1; size <= TOGETHER; size++) {
        strike_sums(m, true, size);
        if (size > 1)
            strike_sums(m, false, size);
    }
}

/* Does a part of a piece come to a term, or to several? */
static bool part_fits(gf_matching *m, const gf_piece *part)
{
    uint64_t found = 0;
    for (int size = 1; size <= 2; size++)
        if (part->worth.known && part->worth.norm && add_up(m, &part->worth, true, size, 0, NULL, &found))
            return true;
    return false;
}

/* A piece that is a product over a sum: its parts in its place, if one of them fits. */
static bool distribute(gf_matching *m, int number)
{
    gf_piece *parts = gf_arena_get(m->line->arena, GF_PIECES * sizeof *parts);
    for (int sum = 0; parts; sum++) {
        int count = gf_piece_distribute(parts, m->line, &m->pieces.list[number], sum);
        bool fits = false;
        m->out_of_memory |= count < 0;
        if (count <= 0)
            return false;
        for (int k = 0; k < count && !fits && count > 1; k++)
            fits = part_fits(m, &parts[k]);
        if (!fits || m->pieces.count + count > GF_PIECES)
            continue;
        m->pieces.list[number] = parts[0];
        memcpy(&m->pieces.list[m->pieces.count], parts + 1, (size_t)(count - 1) * sizeof *parts);
        m->pieces.count += count - 1;
        return true;
    }
    m->out_of_memory = true;
    return false;
}

void gf_match_all(gf_matching *m)
{
    strike_all(m);
    for (int k = 0; k < m->pieces.count && !m->out_of_memory; k++)
        while (!m->pieces.list[k].struck && gf_match_left(m, true) && distribute(m, k))
            strike_all(m);
    for (int k = 0; k < m->pieces.count; k++) /* what comes to nothing is no matter */
        if (!gf_match_left(m, true) && m->pieces.list[k].worth.known && m->pieces.list[k].worth.norm == 0)
            m->pieces.list[k].struck = true;
}

uint64_t gf_match_left_terms(const gf_matching *m)
{
    uint64_t left = 0;
    for (int k = 0; k < m->terms.count; k++)
        left |= (uint64_t)!m->terms.list[k].struck << k;
    return left;
}

/* What is left of the terms, or the pieces, together. */
static bool add_left(gf_matching *m, bool terms, gf_worth *sum)
{
    bool some = false;
    for (int k = 0; k < (terms ? m->terms.count : m->pieces.count) && !m->out_of_memory; k++) {
        const gf_worth *own = terms ? &m->terms.list[k].worth : &m->pieces.list[k].worth;
        if (terms ? m->terms.list[k].struck : m->pieces.list[k].struck)
            continue;
        if (!own->known)
            return false;
        m->out_of_memory |= !gf_worth_add(sum, m->line, some ? sum : NULL, 1, own);
        some = true;
    }
    return some;
}

/* Is it what some part of an expression comes to, so that the rest of that was forgotten? */
static bool is_part(gf_matching *m, const gf_worth *worth, const gf_tree *tree)
{
    for (uint32_t k = 0; k < tree->count && tree->kind != TREE_AT && !m->out_of_memory; k++) {
        gf_worth part;
        m->out_of_memory |= !gf_worth_find(&part, m->line, tree->kids[k], NULL);
        if (gf_worth_equal(m->line, worth, &part) || is_part(m, worth, tree->kids[k]))
            return true;
    }
    return false;
}

/* One slip, where what is left is missing, or is a number of times or a factor of what belongs there; else one for each
 * summand, and one more for terms beyond these, but of a line of which nothing is right two. */
size_t gf_match_slips(gf_matching *m)
{
    gf_worth pieces, terms;
    double factor;
    int left = gf_match_left(m, false), more = gf_match_left(m, true);
    bool none = left == m->pieces.count && left > 1;
    if (!left)
        return 1;
    if (add_left(m, false, &pieces) && add_left(m, true, &terms) && !m->out_of_memory &&
        (gf_worth_factor(&factor, m->line, &pieces, &terms) ||
         (none && more == 1 && is_part(m, &pieces, m->terms.list[0].tree))))
        return 1;
    return none ? 2 : (size_t)(left + (more > left));
}
