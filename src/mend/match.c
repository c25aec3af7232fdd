/* Matching: the summands of a line against the terms of what it stands for.
 *
 *     let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t]
 *
 * stands for grad(c[t]), whose terms at the grain of this line are dh[t] * o[t] * (1 - tanh(c[t])^2), by the path
 * c[t] -> h[t], and dc[t+1] * f[t+1], by c[t] -> c[t+1]. The first summand equals the first term: both are struck out.
 * What is left is one summand against one term, so the slip is there: the nearest rewrite of dc[t+1] * f[t] that comes
 * to that term is looked for, and f[t+1] for f[t] is it. A term without a summand is missing, and is added; a summand
 * without a term is dropped; a summand that no rewrite brings to a term is replaced by the term itself. Whatever is
 * proposed is tried on the whole line. */
#include <math.h>
#include <string.h>

#include "mend/inside.h"

enum { FAR = 1000, NONE = 1000 * FAR, SHORTER = 8 };

/* What changes cost. */
enum { DROP = 12, REPLACE = 19, ANEW = 24 };

static const gf_model *model_of(const gf_matching *m)
{
    return m->line->claims->m;
}

/* --- proposing ---------------------------------------------------------------------------------------------------- */

static bool holds(gf_matching *m, const gf_tree *tree)
{
    const gf_worth *truth = &m->truth;
    return tree && gf_worth_which(m->line, tree, 1, &truth, 1) == 0;
}

static bool has(const gf_tree *tree, const gf_tree *part)
{
    if (gf_tree_equal(tree, part))
        return true;
    for (uint32_t k = 0; k < tree->count; k++)
        if (has(tree->kids[k], part))
            return true;
    return false;
}

/* One more edit of the finding, if the whole line is right with it. */
static bool propose(gf_matching *m, gf_finding *out, gf_edit edit)
{
    gf_line *line = m->line;
    if (out->count == GF_FINDING_EDITS || !edit.instead || gf_tree_equal(edit.instead, edit.old))
        return false;
    const gf_tree *whole = gf_tree_with(line->arena, line->tree, edit.old, edit.instead);
    if (!whole || has(whole, line->truth) || !holds(m, whole))
        return false;
    out->edits[out->count++] = edit;
    return true;
}

static void change(gf_matching *m, gf_change c, int cost, gf_edit_kind kind)
{
    if (m->change_count == GF_PIECES)
        return;
    m->kind = kind;
    m->changes[m->change_count++] = c;
    m->cost += cost;
}

static void add(gf_matching *m, gf_path_term *term)
{
    m->added[m->added_count++] = term;
    m->cost += GF_ADDED;
    term->struck = true;
}

/* All changes, as one edit of the whole line. */
static bool propose_changes(gf_matching *m, gf_finding *out)
{
    gf_line *line = m->line;
    const gf_tree *tree = m->change_count ? gf_tree_changed(line, m->changes, m->change_count) : line->tree;
    for (int k = 0; k < m->added_count; k++)
        tree = gf_tree_and(line, tree, m->added[k]->tree, m->added[k]->minus);
    gf_edit edit = {.kind = m->added_count ? EDIT_TERM : m->kind, .cost = m->cost, .old = line->tree};
    edit.instead = (gf_tree *)tree;
    return tree && propose(m, out, edit);
}

/* --- what is left over -------------------------------------------------------------------------------------------- */

/* --- what is left over -------------------------------------------------------------------------------------------- */

/* a - b, where -b belongs in place of b: a + b. */
static gf_edit in_its_sum(gf_matching *m, gf_edit edit)
{
    const gf_change turned = {.node = edit.old, .tree = edit.instead};
    if (edit.old == m->line->tree || edit.instead->kind != TREE_NEGATIVE)
        return edit;
    edit.kind = EDIT_SIGN;
    edit.old = m->line->tree;
    edit.instead = gf_tree_changed(m->line, &turned, 1);
    return edit;
}

/* One summand that can be rewritten to all that is left: each way is proposed by itself. */
static bool mend_one(gf_matching *m, gf_finding *out)
{
    uint64_t left = gf_match_left_terms(m);
    for (int k = 0; k < m->pieces.count; k++) {
        if (m->pieces.list[k].struck)
            continue;
        gf_match_rewrite(m, &m->pieces.list[k]);
        for (int n = 0; n < m->hit_count && !m->out_of_memory; n++)
            if (m->hits[n].terms == left && propose(m, out, in_its_sum(m, m->hits[n].edit)) && out->count == 1)
                gf_say_hit(m, &m->pieces.list[k], &m->hits[n]);
        return out->count;
    }
    return false;
}

/* Of all pieces that are left, the one with the best rewrite is changed. */
static bool mend_next(gf_matching *m)
{
    gf_piece *best = NULL;
    gf_hit found = {.terms = 0};
    size_t said = m->says.size;
    for (int k = 0; k < m->pieces.count && gf_match_left_terms(m); k++) {
        gf_piece *piece = &m->pieces.list[k];
        if (piece->struck)
            continue;
        gf_match_rewrite(m, piece);
        if (m->hit_count && (!best || gf_hit_cost(&m->hits[0]) < gf_hit_cost(&found))) {
            best = piece;
            found = m->hits[0];
            m->says.size = said;
            gf_say_hit(m, piece, &found);
        }
    }
    if (!best)
        return false;
    change(m, (gf_change){.node = found.edit.old, .tree = found.edit.instead}, found.edit.cost, found.edit.kind);
    best->struck = true;
    gf_match_strike(m, found.terms, true);
    return true;
}

/* How many names two expressions share. */
static int names_shared(const gf_tree *a, const gf_tree *b)
{
    int count = (a->kind == TREE_AT || a->kind == TREE_NAME) && gf_tree_has(b, a->name);
    for (uint32_t k = 0; k < a->count; k++)
        count += names_shared(a->kids[k], b);
    return count;
}

static gf_path_term *nearest_term(gf_matching *m, const gf_piece *piece)
{
    gf_path_term *best = NULL;
    int shared = -1;
    for (int k = 0; k < m->terms.count; k++) {
        gf_path_term *term = &m->terms.list[k];
        int now = term->struck ? -1 : names_shared(piece->tree, term->tree);
        if (now > shared) {
            best = term;
            shared = now;
        }
    }
    return best;
}

static void replace(gf_matching *m, gf_piece *piece)
{
    gf_path_term *term = nearest_term(m, piece);
    bool own = piece->tree == piece->node;
    gf_change c = {.node = piece->node};
    if (term && own) {
        c.tree = term->tree;
        c.minus = term->minus != piece->minus;
        term->struck = true;
        gf_say_stands(m, (uint64_t)1 << (term - m->terms.list), piece->tree, term->tree);
    } else if (!term) {
        gf_say_extra(m, piece);
    }
    change(m, c, c.tree ? REPLACE : DROP, c.tree ? EDIT_TERM : EDIT_EXTRA);
    piece->struck = true;
}

static bool is_about(double x, double number)
{
    return fabs(x - number) < 1e-6;
}

/* What is left, as so many times each term: those that are missing are added, and the rest stays as it is. A factor of
 * more than two paths explains nothing. */
static bool mend_by_fit(gf_matching *m, gf_finding *out)
{
    double x[GF_TERMS];
    gf_worth sum = {0};
    int count = 0, odd = 0;
    for (int k = 0; k < m->pieces.count; k++) {
        const gf_piece *piece = &m->pieces.list[k];
        if (!piece->worth.known)
            return false;
        m->out_of_memory |= !gf_worth_add(&sum, m->line, count++ ? &sum : NULL, 1, &piece->worth);
    }
    if (m->out_of_memory || !count || !gf_terms_fit(x, m->line, &m->terms, &sum))
        return false;
    for (int k = 0; k < m->terms.count; k++)
        odd += !is_about(x[k], 0) && !is_about(x[k], 1) && !is_about(x[k], 2) && !is_about(x[k], -1);
    for (int k = 0; k < m->terms.count && odd <= 2; k++) {
        if (is_about(x[k], 0)) {
            gf_say_path(m, &m->terms.list[k], "is missing");
            add(m, &m->terms.list[k]);
        } else if (!is_about(x[k], 1)) {
            gf_say_times(m, (uint64_t)1 << k, x[k], false);
        }
    }
    return odd <= 2 && m->added_count && propose_changes(m, out);
}

static void mend_rest(gf_matching *m, gf_finding *out)
{
    if (m->terms.list[0].whole)
        return;
    while (gf_match_left(m, false) && mend_next(m))
        ;
    for (int k = 0; k < m->pieces.count; k++)
        if (!m->pieces.list[k].struck)
            replace(m, &m->pieces.list[k]);
    for (int k = 0; k < m->terms.count; k++)
        if (!m->terms.list[k].struck) {
            gf_say_path(m, &m->terms.list[k], "is missing");
            add(m, &m->terms.list[k]);
        }
    propose_changes(m, out);
}

/* --- the step of its own ------------------------------------------------------------------------------------------ */

/* Does the term count at step T alone, or the like? */
static bool counts_once(const gf_path_term *term)
{
    return term->when_count > 0;
}

static const gf_tree *own_step(gf_matching *m, const gf_path_term *term)
{
    const gf_when *when = &term->when[0];
    const gf_statement *s = m->line->statement;
    bool let = s->kind == STATEMENT_LET && s->index && s->index->kind == TREE_NAME && s->index->name == model_of(m)->t;
    bool plain = let && term->when_count == 1 && when->is && gf_tree_equal(when->index, s->index);
    return plain ? when->is : NULL;
}

/* Takes the pieces out that are zero at that step. */
static int drop_zeros(gf_matching *m, gf_change changes[GF_PIECES], size_t k)
{
    size_t begin = gf_line_start(m->line, k), end = gf_line_start(m->line, k + 1);
    int count = 0;
    for (int n = 0; n < m->pieces.count; n++) {
        const gf_piece *piece = &m->pieces.list[n];
        bool zero = piece->worth.known && piece->tree == piece->node;
        for (size_t at = begin; zero && at < end; at++)
            zero = piece->worth.data[at] == 0;
        if (zero)
            changes[count++] = (gf_change){.node = piece->node};
    }
    return count;
}

/* let ec[T] = the line at T, and the term. */
static void propose_line(gf_matching *m, gf_finding *out, gf_path_term *term, const gf_tree *step)
{
    gf_line *line = m->line;
    gf_deriving *d = &line->calculus->d;
    gf_change changes[GF_PIECES];
    const gf_put_pair pair = {d->m->t, step};
    size_t at = 0;
    long value, is;
    for (; at < line->count; at++)
        if (gf_index_value(d, step, line->bindings[at], &is) &&
            gf_index_value(d, term->when[0].index, line->bindings[at], &value) && is == value)
            break;
    int count = at < line->count ? drop_zeros(m, changes, at) : 0;
    const gf_tree *own = count ? gf_tree_changed(line, changes, count) : line->tree;
    const gf_tree *tree = gf_tree_and(line, own, term->tree, term->minus);
    out->add = gf_arena_get(line->arena, sizeof *out->add);
    tree = tree ? gf_put_names(d, tree, &pair, 1) : NULL;
    m->out_of_memory |= !out->add || !tree;
    if (!out->add)
        return;
    *out->add = *line->statement;
    out->add->index = (gf_tree *)step;
    out->add->value = (gf_tree *)tree;
    out->add_cost = GF_ADDED;
}

static void mend_steps(gf_matching *m, gf_finding *out)
{
    for (int k = 0; k < m->terms.count; k++) {
        gf_path_term *term = &m->terms.list[k];
        if (term->struck || !counts_once(term))
            continue;
        const gf_tree *step = own_step(m, term);
        gf_say_path(m, term, "is missing");
        if (step && !out->add)
            propose_line(m, out, term, step);
        term->struck = true;
    }
}

/* --- the whole line anew ------------------------------------------------------------------------------------------ */

static void propose_anew(gf_matching *m, gf_finding *out)
{
    gf_edit edit = {.kind = EDIT_TERM, .cost = ANEW, .old = m->line->tree};
    const gf_tree *tree = NULL;
    for (int k = 0; k < m->terms.count; k++) {
        if (counts_once(&m->terms.list[k]))
            return;
        tree = gf_tree_and(m->line, tree, m->terms.list[k].tree, m->terms.list[k].minus);
    }
    edit.instead = (gf_tree *)tree;
    propose(m, out, edit);
}

/* --- all ---------------------------------------------------------------------------------------------------------- */

/* How many nodes it has. */
static int length(const gf_tree *tree)
{
    int count = 1;
    for (uint32_t k = 0; k < tree->count; k++)
        count += length(tree->kids[k]);
    return count;
}

/* How much there is to be written. */
static int length_left(const gf_matching *m)
{
    int count = 0;
    for (int k = 0; k < m->terms.count; k++)
        count += m->terms.list[k].struck ? 0 : length(m->terms.list[k].tree);
    return count < FAR / 2 ? count : FAR / 2 - 1;
}

/* How far the line is from its terms at a grain; a large number where that has none. */
static int distance(gf_matching *m, gf_line *line, gf_grain grain)
{
    *m = (gf_matching){.line = line};
    if (!gf_terms_find(&m->terms, line, grain)) {
        m->out_of_memory = true;
        return 0;
    }
    if (m->terms.failed)
        return NONE;
    m->out_of_memory = !gf_worth_of_truth(&m->truth, line) || !gf_pieces_split(&m->pieces, line);
    if (!m->out_of_memory)
        gf_match_all(m);
    int pieces = gf_match_left(m, false);
    /* What is to be replaced keeps the names that the line has; what is added may have others if it is much shorter. */
    int other = grain < GRAIN_NAMES ? 0 : pieces ? FAR / 2 : SHORTER;
    bool whole = m->terms.list[0].whole;
    return whole ? NONE - 1 : FAR * (gf_match_left(m, true) + pieces) + other + length_left(m);
}

static void say(gf_matching *m, gf_finding *out)
{
    out->says = m->says.failed ? NULL : gf_arena_text(m->line->arena, gf_text_string(&m->says));
    m->out_of_memory |= !out->says;
    gf_text_free(&m->says);
}

/* The line as one: a sign, or a factor, of all of it. */
static bool mend_whole(gf_matching *m, gf_finding *out)
{
    gf_piece whole = {.tree = m->line->tree, .node = m->line->tree};
    uint64_t left = gf_match_left_terms(m);
    if (gf_match_left(m, false) < m->pieces.count || m->pieces.count < 2 || !left)
        return false;
    m->out_of_memory |= !gf_worth_find(&whole.worth, m->line, whole.tree, NULL);
    gf_match_rewrite(m, &whole);
    for (int n = 0; n < m->hit_count && !m->out_of_memory; n++)
        if (m->hits[n].terms == left && propose(m, out, m->hits[n].edit) && out->count == 1)
            gf_say_hit(m, &whole, &m->hits[n]);
    return out->count;
}

static void find(gf_matching *m, gf_finding *out)
{
    mend_steps(m, out);
    if (!gf_match_left(m, true) && !gf_match_left(m, false))
        return;
    bool one = gf_match_left(m, false) == 1 && gf_match_left_terms(m);
    if (mend_whole(m, out) || (one && mend_one(m, out)) || (one && mend_by_fit(m, out)))
        return;
    m->added_count = m->cost = 0;
    gf_text_clear(&m->says);
    mend_rest(m, out);
    if (!out->count && !out->add)
        propose_anew(m, out);
}

gf_status gf_line_match(gf_line *line, gf_finding *out)
{
    gf_matching *best = gf_arena_get(line->arena, sizeof *best), *now = gf_arena_get(line->arena, sizeof *now);
    int least = NONE;
    *out = (gf_finding){.says = ""};
    if (!best || !now)
        return GF_ERROR_MEMORY;
    *best = (gf_matching){.line = line};
    if (!line->count || !gf_worth_of_truth(&best->truth, line))
        return line->count ? GF_ERROR_MEMORY : GF_OK;
    out->right = holds(best, line->tree);
    if (out->right)
        return GF_OK;
    if (gf_line_is_product(line))
        return gf_product_match(line, out);
    for (int grain = 0; grain < GRAINS; grain++) {
        int far = distance(now, line, (gf_grain)grain);
        if (now->out_of_memory)
            return GF_ERROR_MEMORY;
        if (far >= least)
            continue;
        gf_matching *before = best;
        best = now;
        now = before;
        least = far;
    }
    if (least == NONE)
        return GF_OK;
    find(best, out);
    say(best, out);
    return best->out_of_memory ? GF_ERROR_MEMORY : GF_OK;
}
