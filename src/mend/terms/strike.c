/* Striking out: summands that equal terms, or sums of a few, and the other way round.
 *
 * Of  dp[t] + W' @ (a[t+1] + b[t+1])  against the terms  dp[t],  W' @ a[t+1]  and  W' @ c[t+1]  the first summand
 * equals the first term. No sum of terms equals the second summand, nor do several summands add up to a term: so the
 * product is distributed, W' @ a[t+1] + W' @ b[t+1], since one of its parts then equals a term. W' @ b[t+1] is left
 * against W' @ c[t+1]. Equal means: the same numbers at all instances; how anything is written does not matter. */
#include <string.h>

#include "mend/terms/inside.h"

enum { TOGETHER = 4, SUMS = 8 };

/* `size` of the summands, from number `from` on, that add up to a value: *out has a bit for each. */
static bool add_up(gf_matching *m, const gf_worth *to, const gf_addends *of, int size, int from, const gf_worth *sum,
                   uint64_t *out)
{
    for (int k = from; k < of->count && k < 63; k++) {
        const gf_worth *own = &of->list[k].worth;
        gf_worth next;
        if (of->list[k].struck || !own->known || !own->norm)
            continue;
        bool found = size == 1 && gf_worth_is_sum(m->line, to, sum, own);
        if (size > 1) {
            if (!gf_worth_add(&next, m->line, sum, 1, own)) {
                m->out_of_memory = true;
                return false;
            }
            found = add_up(m, to, of, size - 1, k + 1, &next, out);
            gf_arena_back(m->line->arena, next.data);
        }
        if (found) {
            *out |= (uint64_t)1 << k;
            return true;
        }
    }
    return false;
}

uint64_t gf_addends_which(const gf_addends *of)
{
    uint64_t left = 0;
    for (int k = 0; k < of->count; k++)
        left |= (uint64_t)!of->list[k].struck << k;
    return left;
}

int gf_addends_left(const gf_addends *of)
{
    return __builtin_popcountll(gf_addends_which(of));
}

void gf_addends_strike(gf_addends *of, uint64_t which)
{
    for (int k = 0; k < of->count; k++)
        of->list[k].struck |= which >> k & 1;
}

/* Strikes out each summand that is a sum of so many on the other side. */
static void strike_sums(gf_matching *m, gf_addends *sums, gf_addends *of, int size)
{
    if (size > 1 && (gf_addends_left(of) > SUMS || gf_addends_left(of) < size))
        return;
    for (int k = 0; k < sums->count; k++) {
        gf_addend *own = &sums->list[k];
        uint64_t found = 0;
        if (own->struck || !own->worth.known || !own->worth.norm || !add_up(m, &own->worth, of, size, 0, NULL, &found))
            continue;
        own->struck = true;
        gf_addends_strike(of, found);
    }
}

/* What is left, together; false where that is nothing, or cannot be told. */
static bool add_left(gf_matching *m, const gf_addends *of, gf_worth *sum)
{
    bool some = false;
    for (int k = 0; k < of->count && !m->out_of_memory; k++) {
        if (of->list[k].struck)
            continue;
        if (!of->list[k].worth.known)
            return false;
        m->out_of_memory |= !gf_worth_add(sum, m->line, some ? sum : NULL, 1, &of->list[k].worth);
        some = true;
    }
    return some;
}

/* Of many terms a summand may be all but one: two Jacobians of one step multiplied, where a path may skip a step. */
static void strike_all_but_one(gf_matching *m)
{
    gf_worth all;
    for (int k = 0; k < m->pieces.count && gf_addends_left(&m->terms) > TOGETHER + 1 && !m->out_of_memory; k++) {
        gf_addend *own = &m->pieces.list[k];
        uint64_t left = gf_addends_which(&m->terms);
        if (own->struck || !own->worth.known || !own->worth.norm || !add_left(m, &m->terms, &all))
            continue;
        for (int n = 0; n < m->terms.count && !own->struck && !m->out_of_memory; n++) {
            gf_addend *other = &m->terms.list[n];
            if (other->struck || !gf_worth_is_sum(m->line, &all, &own->worth, &other->worth))
                continue;
            own->struck = true;
            gf_addends_strike(&m->terms, left & ~((uint64_t)1 << n));
        }
    }
}

static void strike_all(gf_matching *m)
{
    for (int size = 1; size <= TOGETHER; size++) {
        strike_sums(m, &m->pieces, &m->terms, size);
        if (size > 1)
            strike_sums(m, &m->terms, &m->pieces, size);
    }
    strike_all_but_one(m);
}

/* Does a part of a piece come to a term, or to several? */
static bool part_fits(gf_matching *m, const gf_addend *part)
{
    uint64_t found = 0;
    for (int size = 1; size <= 2; size++)
        if (part->worth.known && part->worth.norm && add_up(m, &part->worth, &m->terms, size, 0, NULL, &found))
            return true;
    return false;
}

/* A piece that is a product over a sum: its parts in its place, if one of them fits. */
static bool distribute(gf_matching *m, int number)
{
    gf_addend *parts = gf_arena_get(m->line->arena, GF_ADDENDS * sizeof *parts);
    for (int sum = 0; parts; sum++) {
        int count = gf_piece_distribute(parts, m->line, &m->pieces.list[number], sum);
        bool fits = false;
        m->out_of_memory |= count < 0;
        if (count <= 0)
            return false;
        for (int k = 0; k < count && !fits && count > 1; k++)
            fits = part_fits(m, &parts[k]);
        if (!fits || m->pieces.count + count > GF_ADDENDS)
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
        while (!m->pieces.list[k].struck && gf_addends_left(&m->terms) && distribute(m, k))
            strike_all(m);
    for (int k = 0; k < m->pieces.count; k++) /* what comes to nothing is no matter */
        if (!gf_addends_left(&m->terms) && m->pieces.list[k].worth.known && m->pieces.list[k].worth.norm == 0)
            m->pieces.list[k].struck = true;
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

/* One slip, where what is left is missing, or is a number of times or a factor of what belongs there, or is that at
 * some entries; else one for each summand, and one more for terms beyond these, but of a line of which nothing is right
 * two. */
size_t gf_match_slips(gf_matching *m)
{
    gf_worth pieces, terms;
    double factor;
    int left = gf_addends_left(&m->pieces), more = gf_addends_left(&m->terms);
    bool none = left == m->pieces.count && left > 1;
    if (!left)
        return 1;
    if (add_left(m, &m->pieces, &pieces) && add_left(m, &m->terms, &terms) && !m->out_of_memory &&
        (gf_worth_factor(&factor, m->line, &pieces, &terms) || gf_worth_agrees(m->line, &pieces, &terms) ||
         (none && more == 1 && is_part(m, &pieces, m->terms.list[0].tree))))
        return 1;
    return none ? 2 : (size_t)(left + (more > left));
}
