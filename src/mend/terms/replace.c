/* Rewriting a summand: the nearest one that comes to what is left.
 *
 * A summand may be meant for any term that is left, for all of them together, or for all but one; each is a target,
 * with its numbers. All edits of the summand are gone through once, and each is held against all targets, instance by
 * instance, until none is left that it fits: most are through after the first. An edit is worth the more, the less it
 * changes, and the more terms its target has, which need not be added then. What nobody would write is passed over:
 * x - x, x * 1, or a let that needs the line itself. */
#include <string.h>

#include "mend/terms/inside.h"
#include "model/scan.h"

enum { SURE = 14 }; /* up to that cost, what may have been left out is not looked for */

/* Of a line that takes a second to work out, such as W^9^9^9, rewrites are not tried by the thousand. */
enum { MOST_WORK = 20000000 };

static void add_target(gf_matching *m, uint64_t terms, bool minus)
{
    gf_worth sum = {0};
    int count = 0;
    if (m->target_count == GF_TARGETS)
        return;
    for (int k = 0; k < m->target_count; k++)
        if (m->targets[k].terms == terms)
            return;
    for (int k = 0; k < m->terms.count; k++)
        if (terms >> k & 1 && !gf_worth_add(&sum, m->line, count++ ? &sum : NULL, 1, &m->terms.list[k].worth))
            m->out_of_memory = true;
    gf_target *t = &m->targets[m->target_count];
    *t = (gf_target){.terms = terms, .worth = sum, .turned = sum};
    if (!m->out_of_memory && minus && !gf_worth_add(&t->turned, m->line, NULL, -1, &sum))
        m->out_of_memory = true;
    m->target_count += !m->out_of_memory && sum.norm > 0;
}

/* All that is left; each; all but one; two. */
static void find_targets(gf_matching *m, bool minus)
{
    const uint64_t left = gf_addends_which(&m->terms);
    m->target_count = 0;
    for (int k = 0; k < m->terms.count; k++)
        if (left >> k & 1)
            add_target(m, (uint64_t)1 << k, minus);
    if (left)
        add_target(m, left, minus);
    for (int k = 0; k < m->terms.count; k++)
        if (left >> k & 1 && left & ~((uint64_t)1 << k))
            add_target(m, left & ~((uint64_t)1 << k), minus);
}

static bool is_node(const gf_tree *part, const void *node)
{
    return part == node;
}

int gf_hit_cost(const gf_hit *h)
{
    return h->edit.cost - GF_ADDED * __builtin_popcountll(h->terms);
}

static void keep(gf_matching *m, const gf_edit *edit, uint64_t terms)
{
    gf_hit hit = {*edit, terms};
    for (int k = 0; k < m->hit_count; k++)
        if (m->hits[k].edit.old == edit->old && gf_tree_equal(m->hits[k].edit.instead, edit->instead))
            return;
    int at = m->hit_count;
    for (; at > 0 && gf_hit_cost(&m->hits[at - 1]) > gf_hit_cost(&hit); at--)
        if (at < GF_HITS)
            m->hits[at] = m->hits[at - 1];
    if (at == GF_HITS)
        return;
    hit.edit.instead = gf_tree_copy(m->line->arena, edit->instead);
    m->out_of_memory |= !hit.edit.instead;
    m->hits[at] = hit;
    m->hit_count += m->hit_count < GF_HITS;
}

/* Of several edits alike, the one that makes the line what derive/ writes is the first. */
static bool is_derived(const gf_matching *m, const gf_tree *tree)
{
    for (int k = 0; k < m->terms.count; k++)
        if (!m->terms.list[k].struck && gf_tree_equal(m->terms.list[k].tree, tree))
            return true;
    return false;
}

static bool try_rewrite(gf_editor *editor, const gf_edit *edit)
{
    gf_matching *m = editor->data;
    const gf_worth *worth[GF_TARGETS];
    bool adds = edit->kind == EDIT_TERM && edit->old == m->piece->tree; /* that is done otherwise */
    if (adds || !gf_tree_find(m->line->tree, is_node, edit->old) || gf_line_bars(m->line, edit->instead))
        return true;
    const gf_tree *tree = gf_tree_with(&editor->arena, m->piece->tree, edit->old, edit->instead);
    for (int k = 0; k < m->target_count; k++)
        worth[k] = &m->targets[k].turned;
    if (tree && gf_tree_idle(m->line->m, tree) > gf_tree_idle(m->line->m, m->piece->tree))
        return true;
    int which = tree ? gf_worth_which(m->line, tree, worth, m->target_count) : -1;
    if (which >= 0) {
        gf_edit found = *edit;
        found.cost -= is_derived(m, tree);
        keep(m, &found, m->targets[which].terms);
    }
    return !m->out_of_memory && !gf_model_ended(m->line->m) && m->line->work < MOST_WORK;
}

static void rewrite_with(gf_matching *m, bool wide)
{
    gf_line *line = m->line;
    gf_editor editor = {.m = line->m,
                        .bindings = line->bindings[0],
                        .wide = wide,
                        .shaped = m->piece->worth.known,
                        .calculus = line->calculus,
                        .visit = try_rewrite,
                        .data = m};
    gf_edit_each(&editor, m->piece->tree);
    m->out_of_memory |= editor.out_of_memory;
}

static bool is_summand(const gf_tree *tree, const gf_tree *node)
{
    if (!gf_tree_adds(tree))
        return tree->kind == TREE_SUM && gf_tree_find(tree, is_node, node);
    for (uint32_t k = 0; k < tree->count; k++)
        if (is_summand(tree->kids[k], node))
            return true;
    return false;
}

/* sum(t, e[t] @ h[t]') + b * W of sum(t, e[t] @ h[t]' + b * W), of which a sum adds up as many as there are steps. */
static void take_out(gf_matching *m, const gf_addend *piece, uint64_t terms)
{
    const gf_tree *body = piece->tree->kind == TREE_SUM ? gf_tree_body(piece->tree) : NULL;
    if (!body || gf_tree_has(body, piece->tree->name) || piece->node == piece->tree ||
        !is_summand(m->line->tree, piece->node))
        return;
    const gf_tree *rest = gf_tree_changed(m->line, &(gf_change){.node = piece->node}, 1);
    const gf_tree *tree = rest ? gf_tree_and(m->line, rest, body, piece->minus) : NULL;
    const gf_edit edit = {.kind = EDIT_FACTOR, .cost = 11, .old = m->line->tree, .instead = (gf_tree *)tree};
    if (tree)
        keep(m, &edit, terms);
}

/* What the piece has to be multiplied by. */
static void scale(gf_matching *m, const gf_addend *piece)
{
    gf_edit edits[GF_HITS];
    double factor;
    for (int k = 0; k < m->target_count && piece->worth.known; k++) {
        const gf_target *t = &m->targets[k];
        if (!gf_worth_factor(&factor, m->line, &t->worth, &piece->worth))
            continue;
        take_out(m, piece, t->terms);
        int count = gf_factor_edits(edits, GF_HITS, m->line, piece, &m->terms, t->terms, factor);
        for (int n = 0; n < count; n++)
            if (gf_tree_idle(m->line->m, edits[n].instead) <= gf_tree_idle(m->line->m, edits[n].old))
                keep(m, &edits[n], t->terms);
    }
}

/* The rewrites of a piece that come to what is left, the best first. */
void gf_match_rewrite(gf_matching *m, const gf_addend *piece)
{
    m->piece = piece;
    m->hit_count = 0;
    find_targets(m, piece->minus);
    if (!m->target_count || m->out_of_memory)
        return;
    scale(m, piece);
    if (m->line->work < MOST_WORK && (!m->hit_count || !m->terms.copied))
        rewrite_with(m, false);
    if (m->line->work < MOST_WORK && !m->line->narrow && !m->terms.copied &&
        (!m->hit_count || m->hits[0].edit.cost > SURE))
        rewrite_with(m, true);
}
