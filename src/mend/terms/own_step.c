/* The step of its own: a term that counts at one step alone, or at all but the last.
 *
 *     let dh[t] = 2 * (h[t] - y)
 *
 * stands for grad(h[t]) where the loss reads h[T] alone: the path h[T] -> L counts at t = T only, and no summand of a
 * line for every step can be that term. So the line is two, and each is matched by itself: that of step T, beside it,
 * let dh[T] = 2 * (h[T] - y), which is as it stands; and that of all other steps, where W' @ (dh[t+1] * …) belongs.
 * Of the one for step T what is zero there is left out. And where a loss has (h[t] - h[t-1])^2, the use of h[t] in the
 * next of them counts at all steps but T: that step keeps the line, without it. */
#include <math.h>
#include <string.h>

#include "mend/terms/inside.h"

static const gf_tree *own_step(gf_matching *m, const gf_addend *term)
{
    const gf_when *when = &term->when[0];
    const gf_statement *s = m->line->statement;
    bool let = s->kind == STATEMENT_LET && s->index && s->index->kind == TREE_NAME && s->index->name == m->line->m->t;
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

/* The line's tree at that step, without what is zero there; NULL where nothing is left. */
static const gf_tree *tree_at(gf_matching *m, size_t k)
{
    gf_change changes[GF_ADDENDS];
    int count = k < m->line->count ? drop_zeros(m, changes, k) : 0;
    return count ? gf_tree_changed(m->line, changes, count) : m->line->tree;
}

/* The instance of the line at that step; their number where there is none. */
static size_t find_instance(const gf_matching *m, const gf_tree *step)
{
    const gf_line *line = m->line;
    const gf_deriving *d = line->d;
    size_t k = 0;
    long t, is;
    while (k < line->count && !(gf_index_value(d, step, line->bindings[k], &is) &&
                                gf_index_value(d, line->statement->index, line->bindings[k], &t) && is == t))
        k++;
    return k;
}

static gf_statement *write_line(gf_matching *m, const gf_tree *step, const gf_tree *tree)
{
    const gf_put_pair pair = {m->line->m->t, step};
    gf_statement *s = gf_arena_get(m->line->arena, sizeof *s);
    tree = tree ? gf_put_names(m->line->d, tree, &pair, 1) : NULL;
    m->out_of_memory |= !s || !tree;
    if (!s)
        return NULL;
    *s = *m->line->statement;
    s->index = (gf_tree *)step;
    s->value = (gf_tree *)tree;
    return s;
}

gf_statement *gf_match_own_line(gf_matching *m, const gf_addend *term)
{
    const gf_tree *step = own_step(m, term);
    const gf_tree *own = step ? tree_at(m, find_instance(m, step)) : NULL;
    return step ? write_line(m, step, gf_tree_and(m->line, own, term->tree, term->minus)) : NULL;
}

/* --- two lines for one -------------------------------------------------------------------------------------------- */

/* "…: give that step its own line, let dh[T] = …". */
static void say_once(gf_matching *m, const gf_addend *term)
{
    gf_text w = {0};
    const gf_tree *step = own_step(m, term);
    gf_text_add(&w, "counts at that step only, and the line has it at every one");
    if (step) {
        gf_text_print(&w, ": give that step its own line, let %s[",
                      gf_model_text(m->line->m, m->line->statement->name));
        gf_tree_print(&w, &m->line->m->file.names, step);
        gf_text_add(&w, "] = …");
    }
    gf_say_path(m, term, gf_text_string(&w));
    m->says.failed |= w.failed;
    gf_text_free(&w);
}

/* The line at instance k alone, or at all others. False without memory. */
static bool take_instances(gf_line *out, const gf_line *line, size_t k, bool others)
{
    const gf_binding **bindings = gf_arena_get(line->arena, line->count * sizeof(gf_binding *));
    gf_matrix *values = gf_arena_get(line->arena, line->count * sizeof *values);
    *out = *line;
    out->count = 0;
    out->bindings = bindings;
    out->values = values;
    for (size_t n = 0; bindings && values && n < line->count; n++)
        if ((n == k) != others) {
            bindings[out->count] = line->bindings[n];
            values[out->count++] = line->values[n];
        }
    return bindings && values;
}

/* What the line should be at its instances; it is right there as it stands, or mended. NULL where it cannot be. */
static const gf_tree *mended(gf_matching *m, gf_line *line, gf_finding *found)
{
    gf_worth truth;
    m->out_of_memory |= gf_line_match(line, found) || !gf_worth_of_truth(&truth, line);
    if (m->out_of_memory || found->right)
        return found->right ? line->tree : NULL;
    if (!truth.norm)
        return gf_zeros_like(line->d, line->tree);
    return found->count ? gf_tree_with(line->arena, line->tree, found->edits[0].old, found->edits[0].instead) : NULL;
}

/* The terms that count at that step alone are struck out, those of one path as one; how many. */
static int strike_steps(gf_matching *m, const gf_tree *step, gf_addend *out[GF_ADDENDS])
{
    int count = 0;
    for (int k = 0; k < m->terms.count; k++) {
        gf_addend *term = &m->terms.list[k];
        const gf_tree *own = term->struck || !term->when_count ? NULL : own_step(m, term);
        if (!own || !gf_tree_equal(own, step))
            continue;
        for (int n = 0; n < count; n++)
            if (!strcmp(out[n]->path, term->path))
                term->path = "";
        term->struck = true;
        out[count++] = term;
    }
    return count;
}

/* What the line of step k should be, and, in words, why. NULL where it cannot be. */
static const gf_tree *tree_of_step(gf_matching *m, gf_line *own, const gf_tree *step, size_t k)
{
    gf_addend *terms[GF_ADDENDS];
    gf_finding found;
    int count = strike_steps(m, step, terms);
    const gf_tree *bare = tree_at(m, k), *with = bare;
    bool has = gf_line_comes_right(own, bare);
    for (int n = 0; n < count; n++)
        with = gf_tree_and(m->line, with, terms[n]->tree, terms[n]->minus);
    bool missing = !has && gf_line_comes_right(own, with);
    for (int n = 0; n < count && (has || missing); n++)
        has ? say_once(m, terms[n]) : gf_say_path(m, terms[n], "is missing");
    if (has || missing)
        return has ? bare : with;
    with = mended(m, own, &found);
    gf_text_add(&m->says, found.says);
    return with;
}

/* Step k by itself, and all others. */
static void split(gf_matching *m, gf_finding *out, const gf_tree *step, size_t k)
{
    gf_line own, others;
    gf_finding found;
    m->out_of_memory |= !take_instances(&own, m->line, k, false) || !take_instances(&others, m->line, k, true);
    const gf_tree *tree = m->out_of_memory ? NULL : tree_of_step(m, &own, step, k);
    const gf_tree *rest = m->out_of_memory ? NULL : mended(m, &others, &found);
    if (!tree || !rest)
        return;
    if (found.count && found.edits[0].kind != EDIT_EXTRA)
        gf_text_add(&m->says, found.says);
    out->add = write_line(m, step, tree);
    out->rest = rest == m->line->tree ? NULL : rest;
    out->add_cost = GF_ADDED;
}

/* --- in words alone ----------------------------------------------------------------------------------------------- */

static bool is_up_to_sign(const gf_matching *m, const gf_worth *worth, const gf_addend *piece)
{
    double factor;
    return gf_worth_factor(&factor, m->line, &piece->worth, worth) && fabs(factor - (piece->minus ? -1 : 1)) < 1e-6;
}

/* A claim has no second line. Is the term a summand of it all the same, at every step? It is struck out. */
static bool counts_always(gf_matching *m, const gf_addend *term)
{
    gf_worth always;
    m->out_of_memory |= !gf_worth_find(&always, m->line, term->tree, NULL);
    for (int k = 0; k < m->pieces.count && !m->out_of_memory && always.known; k++) {
        gf_addend *piece = &m->pieces.list[k];
        if (piece->struck || piece->minus != term->minus || !is_up_to_sign(m, &always, piece))
            continue;
        return piece->struck = true;
    }
    return false;
}

static bool counts_but_at_last(const gf_matching *m, const gf_addend *term, const gf_tree *index)
{
    const gf_line *line = m->line;
    bool but_last = index->kind == TREE_NAME && line->m->steps_name;
    for (size_t k = 0; k < line->count && but_last; k++) {
        long t;
        bool last = gf_index_value(line->d, index, line->bindings[k], &t) && t == line->m->steps;
        but_last = gf_addend_counts(line, term, k) != last;
    }
    return but_last;
}

/* The last step, where a term of a let counts at all others. */
static const gf_tree *last_step(const gf_matching *m, const gf_addend *term)
{
    const gf_statement *s = m->line->statement;
    bool but_last = s->kind == STATEMENT_LET && s->index && counts_but_at_last(m, term, s->index);
    return but_last ? gf_make_name(m->line->d, m->line->m->steps_name) : NULL;
}

/* Of a claim, which has one line: where(t < T, 2 * (h[t+1] - h[t]), 0). NULL where the term counts otherwise. */
static const gf_tree *but_at_last(gf_matching *m, const gf_addend *term)
{
    gf_deriving *d = m->line->d;
    const gf_tree *index = term->when[0].index, less = {.kind = TREE_LESS};
    if (m->line->statement->kind != STATEMENT_CLAIM || !gf_binding_find(m->line->bindings[0], index->name) ||
        !counts_but_at_last(m, term, index))
        return NULL;
    const gf_tree *ends[] = {index, gf_make_name(d, m->line->m->steps_name)};
    const gf_tree *kids[] = {gf_make_raw(d, &less, ends, 2), term->tree, gf_make_number(d, 0)};
    return kids[0] && kids[2] ? gf_make_call(d, gf_word(d, "where"), kids, 3) : NULL;
}

void gf_match_steps(gf_matching *m, gf_finding *out)
{
    for (int k = 0; k < m->terms.count; k++) {
        gf_addend *term = &m->terms.list[k];
        if (term->struck || !term->when_count)
            continue;
        const gf_tree *own = own_step(m, term), *step = own ? own : last_step(m, term);
        const gf_tree *chosen = step ? NULL : but_at_last(m, term);
        size_t at = step ? find_instance(m, step) : m->line->count;
        if (chosen) {
            term->tree = chosen;
            term->when_count = 0;
        } else if (at < m->line->count && !out->add) {
            split(m, out, step, at);
            term->struck = true;
        } else {
            counts_always(m, term) ? say_once(m, term) : gf_say_path(m, term, "is missing");
            term->struck = true;
        }
    }
}
