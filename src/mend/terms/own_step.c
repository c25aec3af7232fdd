/* The step of its own: a term that counts at one step alone.
 *
 *     let dh[t] = dh[t+1] * (1 - h[t+1]^2)
 *
 * stands for grad(h[t]) where the loss reads h[T] alone: the path h[T] -> L counts at t = T only, and no summand of a
 * line for every step can be that term. Step T gets a line of its own beside it, let dh[T] = 2 * (h[T] - y): what the
 * line has at that step, without the summands that are zero there, and the term. Where the line has that term at every
 * step, its summand is the one that is wrong: the line of step T is as it stands, and that for every step without it.
 */
#include <math.h>

#include "mend/terms/inside.h"

static const gf_tree *own_step(gf_matching *m, const gf_addend *term)
{
    const gf_when *when = &term->when[0];
    const gf_statement *s = m->line->statement;
    bool let =
        s->kind == STATEMENT_LET && s->index && s->index->kind == TREE_NAME && s->index->name == m->line->claims->m->t;
    bool plain = let && term->when_count == 1 && when->is && gf_tree_equal(when->index, s->index);
    return plain ? when->is : NULL;
}

/* Are all pieces that the node makes zero at that step? */
static bool is_zero(const gf_matching *m, const gf_tree *node, size_t k)
{
    size_t begin = gf_line_start(m->line, k), end = gf_line_start(m->line, k + 1);
    bool zero = true;
    for (int n = 0; n < m->pieces.count; n++) {
        const gf_addend *piece = &m->pieces.list[n];
        if (piece->node != node)
            continue;
        zero = zero && piece->worth.known;
        for (size_t at = begin; zero && at < end; at++)
            zero = piece->worth.data[at] == 0;
    }
    return zero;
}

/* Takes out what is zero there. */
static int drop_zeros(gf_matching *m, gf_change changes[GF_ADDENDS], size_t k)
{
    int count = 0;
    for (int n = 0; n < m->pieces.count; n++) {
        const gf_tree *node = m->pieces.list[n].node;
        bool seen = false;
        for (int before = 0; before < n; before++)
            seen |= m->pieces.list[before].node == node;
        if (!seen && is_zero(m, node, k))
            changes[count++] = (gf_change){.node = node};
    }
    return count;
}

gf_statement *gf_match_own_line(gf_matching *m, const gf_addend *term, bool there)
{
    gf_line *line = m->line;
    gf_deriving *d = &line->calculus->d;
    gf_change changes[GF_ADDENDS];
    const gf_tree *step = own_step(m, term);
    const gf_put_pair pair = {d->m->t, step};
    size_t at = 0;
    long value, is;
    for (; step && at < line->count; at++)
        if (gf_index_value(d, step, line->bindings[at], &is) &&
            gf_index_value(d, term->when[0].index, line->bindings[at], &value) && is == value)
            break;
    if (!step)
        return NULL;
    int count = at < line->count ? drop_zeros(m, changes, at) : 0;
    const gf_tree *own = count ? gf_tree_changed(line, changes, count) : line->tree;
    if (there && !own)
        return NULL;
    const gf_tree *tree = there ? own : gf_tree_and(line, own, term->tree, term->minus);
    gf_statement *s = gf_arena_get(line->arena, sizeof *s);
    tree = tree ? gf_put_names(d, tree, &pair, 1) : NULL;
    m->out_of_memory |= !s || !tree;
    if (!s)
        return NULL;
    *s = *line->statement;
    s->index = (gf_tree *)step;
    s->value = (gf_tree *)tree;
    return s;
}

static bool is_up_to_sign(const gf_matching *m, const gf_worth *worth, const gf_addend *piece)
{
    double factor;
    return gf_worth_factor(&factor, m->line, &piece->worth, worth) && fabs(factor - (piece->minus ? -1 : 1)) < 1e-6;
}

/* The summand that it is at every step, if it is in the line all the same: that is the one that is wrong. */
static const gf_addend *counts_always(gf_matching *m, const gf_addend *term)
{
    gf_worth always;
    m->out_of_memory |= !gf_worth_find(&always, m->line, term->tree, NULL);
    for (int k = 0; k < m->pieces.count && !m->out_of_memory && always.known; k++) {
        gf_addend *piece = &m->pieces.list[k];
        if (piece->struck || piece->minus != term->minus || !is_up_to_sign(m, &always, piece))
            continue;
        piece->struck = true;
        return piece;
    }
    return NULL;
}

/* "…: give that step its own line, let dh[T] = …". */
static void say_once(gf_matching *m, const gf_addend *term)
{
    gf_text w = {0};
    const gf_tree *step = own_step(m, term);
    gf_text_add(&w, "counts at that step only, and the line has it at every one");
    if (step) {
        gf_text_print(&w, ": give that step its own line, let %s[",
                      gf_model_text(m->line->claims->m, m->line->statement->name));
        gf_tree_print(&w, &m->line->claims->m->file.names, step);
        gf_text_add(&w, "] = …");
    }
    gf_say_path(m, term, gf_text_string(&w));
    m->says.failed |= w.failed;
    gf_text_free(&w);
}

void gf_match_steps(gf_matching *m, gf_finding *out)
{
    for (int k = 0; k < m->terms.count; k++) {
        gf_addend *term = &m->terms.list[k];
        if (term->struck || !term->when_count)
            continue;
        const gf_addend *always = counts_always(m, term);
        if (always)
            say_once(m, term);
        else
            gf_say_path(m, term, "is missing");
        const gf_tree *rest = always ? gf_tree_changed(m->line, &(gf_change){.node = always->node}, 1) : NULL;
        if (!out->add && (rest || !always)) {
            out->add = gf_match_own_line(m, term, always);
            out->rest = rest;
        }
        out->add_cost = GF_ADDED;
        term->struck = true;
    }
}
