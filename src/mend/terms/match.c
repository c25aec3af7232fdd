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

#include "mend/terms/inside.h"
#include "model/scan.h"

enum { FAR = 1000, NONE = 1000 * FAR, SHORTER = 8, MOST_GRAINS = 2 };

/* What changes cost. */
enum { DROP = 12, REPLACE = 19, LONGER = 4, ANEW = 24 }; /* LONGER: for each term more */

/* --- proposing ---------------------------------------------------------------------------------------------------- */

/* Would it say what is asked, grad(h[t])? Of a let that has that itself, grad(h[t]) * (1 - h[t]^2) is an
 * answer. */
static bool begs(const gf_matching *m, const gf_tree *tree)
{
    const gf_line *line = m->line;
    const gf_tree *derivative = gf_derivative_in(line->m, line->truth);
    bool let = line->statement->kind == STATEMENT_LET;
    bool own = let && derivative && derivative != line->truth && gf_tree_has_part(line->tree, derivative);
    return !m->terms.written && !own && gf_tree_has_part(tree, line->truth);
}

/* One more edit of the finding, if the whole line is right with it. */
static bool propose(gf_matching *m, gf_finding *out, gf_edit edit)
{
    gf_line *line = m->line;
    if (out->count == GF_FINDING_EDITS || !edit.instead || gf_tree_equal(edit.instead, edit.old))
        return false;
    if (gf_tree_nodes(edit.instead) > gf_tree_nodes(edit.old))
        edit.instead = (gf_tree *)gf_tree_named(line, edit.instead);
    const gf_tree *whole = gf_tree_with(line->arena, line->tree, edit.old, edit.instead);
    bool longer = whole && gf_tree_nodes(edit.instead) > gf_tree_nodes(edit.old);
    const gf_tree *joined = longer && !line->narrow ? gf_tree_joined(line, whole) : NULL;
    if (joined) {
        edit.old = line->tree;
        edit.instead = (gf_tree *)(whole = joined);
    }
    for (size_t k = 0; whole && k < out->count; k++) {
        const gf_tree *other = gf_tree_with(line->arena, line->tree, out->edits[k].old, out->edits[k].instead);
        if (other && gf_tree_equal(whole, other))
            return false;
    }
    bool idle = whole && gf_tree_idle(line->m, whole) > gf_tree_idle(line->m, line->tree);
    if (!whole || idle || begs(m, whole) || !gf_line_comes_right(line, whole) ||
        gf_line_becomes_vain(line, whole, edit.instead))
        return false;
    out->edits[out->count++] = edit;
    return true;
}

static void change(gf_matching *m, gf_change c, int cost, gf_edit_kind kind)
{
    if (m->change_count == GF_ADDENDS)
        return;
    m->kind = kind;
    m->changes[m->change_count++] = c;
    m->cost += cost;
}

static void add(gf_matching *m, gf_addend *term)
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
    /* All that is there is right: nothing says more of a let. Of a claim it may be that names are held. */
    bool missing = m->added_count && !m->change_count && line->statement->kind == STATEMENT_LET;
    gf_edit edit = {.kind = m->added_count ? EDIT_TERM : m->kind, .old = line->tree};
    edit.cost = missing ? GF_ADDED : m->cost;
    edit.instead = (gf_tree *)tree;
    return tree && propose(m, out, edit);
}

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

/* V' @ ds[T] for V' @ ds[T-1]: ds[T] for ds[T-1], the one place in which they differ. */
static void narrow(const gf_tree **old, const gf_tree **instead)
{
    for (;;) {
        const gf_tree *a = *old, *b = *instead;
        uint32_t differ = 0, at = 0;
        if (a->kind != b->kind || a->name != b->name || a->count != b->count || a->kind == TREE_AT)
            return;
        for (uint32_t k = 0; k < a->count; k++)
            if (!gf_tree_equal(a->kids[k], b->kids[k])) {
                differ++;
                at = k;
            }
        if (differ != 1)
            return;
        *old = a->kids[at];
        *instead = b->kids[at];
    }
}

/* All terms that are left, in place of a piece. */
static gf_edit written_out(gf_matching *m, const gf_addend *piece)
{
    gf_edit edit = {.kind = EDIT_TERM, .cost = REPLACE - LONGER, .old = piece->node};
    const gf_tree *tree = NULL;
    for (int k = 0; k < m->terms.count; k++) {
        const gf_addend *term = &m->terms.list[k];
        if (term->struck)
            continue;
        tree = gf_tree_and(m->line, tree, term->tree, term->minus != piece->minus);
        edit.cost += LONGER;
    }
    if (tree)
        narrow(&edit.old, &tree);
    edit.instead = (gf_tree *)tree;
    return edit;
}

/* The rewrites of a piece to all that is left, each proposed by itself; among them what is left as it is derived. */
static bool mend_piece(gf_matching *m, gf_finding *out, const gf_addend *piece)
{
    uint64_t left = gf_addends_which(&m->terms);
    gf_match_rewrite(m, piece);
    bool own = piece->tree == piece->node && !m->terms.list[0].whole && !m->terms.copied && m->hit_count;
    gf_hit derived = {written_out(m, piece), left};
    for (int n = 0; n < m->hit_count && !m->out_of_memory; n++) {
        const gf_hit *h = &m->hits[n];
        size_t count = out->count;
        if (h->terms != left)
            continue;
        if (own && derived.edit.cost < h->edit.cost && propose(m, out, derived.edit) && !count)
            gf_say_hit(m, piece, &derived);
        own = own && derived.edit.cost >= h->edit.cost;
        count = out->count;
        if (propose(m, out, in_its_sum(m, h->edit)) && !count)
            gf_say_hit(m, piece, h);
    }
    if (own && out->count) /* where those hold by chance */
        propose(m, out, derived.edit);
    return out->count;
}

/* Of all pieces that are left, the one with the best rewrite is changed. */
static bool mend_next(gf_matching *m)
{
    gf_addend *best = NULL;
    gf_hit found = {.terms = 0};
    size_t said = m->says.size;
    for (int k = 0; k < m->pieces.count && gf_addends_which(&m->terms); k++) {
        gf_addend *piece = &m->pieces.list[k];
        if (piece->struck)
            continue;
        gf_match_rewrite(m, piece);
        if (m->hit_count && (!best || gf_hit_cost(&m->hits[0]) < gf_hit_cost(&found))) {
            best = piece;
            found = m->hits[0];
            gf_text_cut(&m->says, said);
            gf_say_hit(m, piece, &found);
        }
    }
    if (!best)
        return false;
    change(m, (gf_change){.node = found.edit.old, .tree = found.edit.instead}, found.edit.cost, found.edit.kind);
    best->struck = true;
    gf_addends_strike(&m->terms, found.terms);
    return true;
}

/* How many names two expressions share. */
static int names_shared(const gf_tree *a, const gf_tree *b)
{
    int count = gf_tree_is_name(a) && gf_tree_has(b, a->name);
    for (uint32_t k = 0; k < a->count; k++)
        count += names_shared(a->kids[k], b);
    return count;
}

/* Has the term what the piece has, where it is not zero? */
static bool is_there(const gf_matching *m, const gf_addend *term, const gf_addend *piece)
{
    bool there = false;
    for (size_t n = 0; n < gf_line_size(m->line) && term->worth.known && piece->worth.known && !there; n++)
        there = term->worth.data[n] != 0 && piece->worth.data[n] != 0;
    return there;
}

static gf_addend *nearest_term(gf_matching *m, const gf_addend *piece)
{
    gf_addend *best = NULL;
    int shared = -1;
    for (int k = 0; k < m->terms.count; k++) {
        gf_addend *term = &m->terms.list[k];
        bool other = term->struck || (gf_piece_is_part(piece) && !is_there(m, term, piece));
        int now = other ? -1 : names_shared(piece->tree, term->tree);
        if (now > shared) {
            best = term;
            shared = now;
        }
    }
    return best;
}

static void replace(gf_matching *m, gf_addend *piece)
{
    gf_addend *term = nearest_term(m, piece);
    const gf_tree *by = !term                        ? NULL
                        : piece->tree == piece->node ? term->tree
                                                     : gf_piece_part(m->line, piece, term->tree);
    gf_change c = {.node = piece->node};
    if (by) {
        c.tree = by;
        c.minus = term->minus != piece->minus;
        term->struck = true;
        const gf_tree *old = piece->node, *instead = by;
        narrow(&old, &instead);
        gf_say_stands(m, (uint64_t)1 << (term - m->terms.list), old, instead);
    } else {
        gf_say_extra(m, piece);
    }
    change(m, c, c.tree ? REPLACE : DROP, c.tree ? EDIT_TERM : EDIT_EXTRA);
    piece->struck = true;
}

static bool is_about(double x, double number)
{
    return fabs(x - number) < 1e-6;
}

/* How often each term counts in the line as a whole. */
static bool fit(gf_matching *m, double x[GF_ADDENDS])
{
    gf_worth whole;
    if (m->out_of_memory || m->terms.list[0].whole)
        return false;
    m->out_of_memory |= !gf_worth_find(&whole, m->line, m->line->tree, NULL);
    return !m->out_of_memory && whole.known && whole.norm > 0 && gf_terms_fit(x, m->line, &m->terms, &whole);
}

/* Says so of those that do not count once. Another factor of more than two paths explains nothing. */
static bool say_fit(gf_matching *m, const double x[GF_ADDENDS])
{
    int odd = 0;
    uint64_t missing = 0;
    for (int k = 0; k < m->terms.count; k++)
        odd += !is_about(x[k], 0) && !is_about(x[k], 1) && !is_about(x[k], 2) && !is_about(x[k], -1);
    for (int k = 0; k < m->terms.count && odd <= 2; k++) {
        missing |= (uint64_t)is_about(x[k], 0) << k;
        if (!is_about(x[k], 0) && !is_about(x[k], 1))
            gf_say_times(m, (uint64_t)1 << k, x[k], NULL);
    }
    if (missing)
        gf_say_missing(m, missing);
    return odd <= 2;
}

/* [0.1, -0.2; 0.3, 0.4] */
static bool is_list_of_numbers(const gf_tree *tree)
{
    bool list = tree->kind == TREE_BESIDE || tree->kind == TREE_STACKED;
    for (uint32_t k = 0; k < tree->count && list; k++) {
        const gf_tree *kid = tree->kids[k]->kind == TREE_NEGATIVE ? tree->kids[k]->kids[0] : tree->kids[k];
        list = kid->kind == TREE_NUMBER || is_list_of_numbers(kid);
    }
    return list;
}

static bool is_data(const gf_model *m, const gf_tree *tree)
{
    const gf_symbol *symbol = gf_model_named(m, tree);
    bool data = symbol && symbol->kind == SYMBOL_GIVEN;
    for (const gf_statement *s = m->file.statements; s && data; s = s->next)
        data = !(s->value && s->kind != STATEMENT_CLAIM && gf_tree_has(s->value, tree->name));
    return data || is_list_of_numbers(tree);
}

bool gf_has_data(const gf_model *m, const gf_statement *line)
{
    bool data = line->kind == STATEMENT_LET && line->value && is_list_of_numbers(line->value);
    for (uint32_t side = 0; line->kind == STATEMENT_CLAIM && side < line->side_count; side++)
        data |= is_data(m, line->sides[side]);
    return data;
}

/* How many pieces a sum is made of; 0 where one of them is struck out, or is no piece of the line. */
static int left_in(const gf_matching *m, const gf_tree *tree)
{
    if (!gf_tree_adds(tree)) {
        for (int k = 0; k < m->pieces.count; k++)
            if (m->pieces.list[k].node == tree && m->pieces.list[k].tree == tree && !m->pieces.list[k].struck)
                return 1;
        return 0;
    }
    int last = left_in(m, tree->kids[tree->count - 1]);
    int first = tree->kind == TREE_NEGATIVE ? last : left_in(m, tree->kids[0]);
    return !first || !last ? 0 : tree->kind == TREE_NEGATIVE ? last : first + last;
}

/* The sum, within one of pieces, of all that are left; NULL where they do not stand together. */
static const gf_tree *sum_of_left(const gf_matching *m, const gf_tree *tree, bool *minus)
{
    if (left_in(m, tree) == gf_addends_left(&m->pieces))
        return tree;
    for (uint32_t k = 0; gf_tree_adds(tree) && k < tree->count; k++) {
        bool turned = *minus != ((k || tree->count == 1) && tree->kind != TREE_ADD);
        const gf_tree *found = sum_of_left(m, tree->kids[k], &turned);
        if (found) {
            *minus = turned;
            return found;
        }
    }
    return NULL;
}

/* All that is left, in place of each other: softmax(z[t]) + y[t] stands where softmax(z[t]) - y[t] belongs. NULL where
 * it does not stand together, or is one against one. */
static const gf_tree *left_together(gf_matching *m, const gf_tree **belongs)
{
    bool minus = false;
    int count = gf_addends_left(&m->pieces);
    const gf_tree *node = count ? sum_of_left(m, m->line->tree, &minus) : NULL;
    *belongs = NULL;
    for (int k = 0; k < m->pieces.count; k++)
        if (!m->pieces.list[k].struck && !m->pieces.list[k].worth.norm)
            node = NULL;
    for (int k = 0; k < m->terms.count; k++)
        if (!m->terms.list[k].struck) {
            *belongs = gf_tree_and(m->line, *belongs, m->terms.list[k].tree, m->terms.list[k].minus != minus);
            count++;
        }
    return *belongs && count > 2 ? node : NULL;
}

/* Each term that is left; of all together the let, where there is one: hn[t], which was written down and not added. */
static void add_missing(gf_matching *m)
{
    const gf_tree *sum = NULL, *let;
    gf_addend *last = NULL;
    for (int k = 0; k < m->terms.count; k++)
        if (!m->terms.list[k].struck) {
            last = &m->terms.list[k];
            sum = gf_tree_and(m->line, sum, last->tree, last->minus);
        }
    let = sum ? gf_let_of(m->line, sum) : NULL;
    if (let) {
        gf_addends_strike(&m->terms, gf_addends_which(&m->terms));
        last->tree = let;
        last->minus = last->struck = false;
    }
    for (int k = 0; k < m->terms.count; k++)
        if (!m->terms.list[k].struck)
            add(m, &m->terms.list[k]);
}

static void mend_rest(gf_matching *m, gf_finding *out)
{
    if (m->terms.list[0].whole)
        return;
    const gf_tree *belongs, *stands = left_together(m, &belongs);
    uint64_t all = gf_addends_which(&m->terms);
    size_t said = m->says.size;
    while (gf_addends_left(&m->pieces) && mend_next(m))
        ;
    if (m->terms.copied && gf_addends_which(&m->terms))
        return;
    bool more = gf_addends_which(&m->terms) || gf_addends_left(&m->pieces);
    for (int k = 0; k < m->pieces.count; k++)
        if (!m->pieces.list[k].struck)
            replace(m, &m->pieces.list[k]);
    if (gf_addends_which(&m->terms))
        gf_say_missing(m, gf_addends_which(&m->terms));
    if (more && stands && *gf_path_of(m, all)) {
        gf_text_cut(&m->says, said);
        gf_say_stands(m, all, stands, belongs);
    }
    add_missing(m);
    propose_changes(m, out);
}

/* --- the whole line anew ------------------------------------------------------------------------------------------ */

static void propose_anew(gf_matching *m, gf_finding *out)
{
    gf_edit edit = {.kind = EDIT_TERM, .cost = ANEW, .old = m->line->tree};
    const gf_tree *tree = NULL;
    if (m->terms.copied)
        return;
    for (int k = 0; k < m->terms.count; k++) {
        if (m->terms.list[k].when_count)
            return;
        tree = gf_tree_and(m->line, tree, m->terms.list[k].tree, m->terms.list[k].minus);
    }
    edit.instead = (gf_tree *)tree;
    propose(m, out, edit);
}

/* --- all ---------------------------------------------------------------------------------------------------------- */

/* How much there is to be written. */
static int length_left(const gf_matching *m)
{
    int count = 0;
    for (int k = 0; k < m->terms.count; k++)
        count += m->terms.list[k].struck ? 0 : (int)gf_tree_nodes(m->terms.list[k].tree);
    return count < FAR / 2 ? count : FAR / 2 - 1;
}

/* How far the line is from its terms at a grain; a large number where that has none. */
static int distance(gf_matching *m, gf_line *line, gf_grain grain)
{
    *m = (gf_matching){.line = line};
    if (!gf_terms_find(&m->terms, line, grain, false)) {
        m->out_of_memory = true;
        return 0;
    }
    if (m->terms.failed)
        return NONE;
    m->out_of_memory = !gf_pieces_split(&m->pieces, line);
    if (!m->out_of_memory)
        gf_match_all(m);
    int pieces = gf_addends_left(&m->pieces);
    /* What is to be replaced keeps the names that the line has; what is added may have others if it is much shorter. */
    int other = grain < GRAIN_NAMES ? 0 : pieces ? FAR / 2 : SHORTER;
    bool whole = m->terms.list[0].whole;
    return whole ? NONE - 1 : FAR * (gf_addends_left(&m->terms) + pieces) + other + length_left(m);
}

bool gf_line_slips(size_t *out, size_t *fits, gf_line *line)
{
    gf_matching *m = gf_arena_get(line->arena, sizeof *m);
    *out = SIZE_MAX;
    for (int grain = 0; m && grain < GRAINS; grain++) {
        bool some = distance(m, line, (gf_grain)grain) < NONE - 1;
        size_t count = some ? gf_match_slips(m) : SIZE_MAX;
        if (m->out_of_memory)
            return false;
        size_t right = some ? (size_t)(m->pieces.count - gf_addends_left(&m->pieces)) : 0;
        *fits = right > *fits ? right : *fits;
        *out = count < *out ? count : *out;
    }
    *out = *out == SIZE_MAX ? 1 : *out;
    return m;
}

static void say(gf_matching *m, gf_finding *out)
{
    out->says = gf_text_keep(&m->says, m->line->arena);
    m->out_of_memory |= !out->says;
}

/* What is left as one: a summand; a sign, or a factor, of several, h[t] - y[t] for (h[t] - y[t]) / T. */
static bool mend_together(gf_matching *m, gf_finding *out)
{
    gf_addend sum = {.minus = false};
    int left = gf_addends_left(&m->pieces);
    if (!left || !gf_addends_which(&m->terms))
        return false;
    for (int k = 0; k < m->pieces.count && left == 1; k++)
        if (!m->pieces.list[k].struck)
            return mend_piece(m, out, &m->pieces.list[k]);
    sum.node = left == m->pieces.count ? m->line->tree : sum_of_left(m, m->line->tree, &sum.minus);
    sum.tree = sum.node;
    m->out_of_memory |= sum.node && !gf_worth_find(&sum.worth, m->line, sum.tree, NULL);
    if (sum.minus && sum.worth.known && !gf_worth_add(&sum.worth, m->line, NULL, -1, &sum.worth))
        m->out_of_memory = true;
    return sum.node && !m->out_of_memory && mend_piece(m, out, &sum);
}

/* What is left on both sides: rewritten; by the fit; each term added, each summand replaced or dropped. */
static void mend_left(gf_matching *m, gf_finding *out)
{
    double x[GF_ADDENDS];
    bool one = gf_addends_left(&m->pieces) == 1 && gf_addends_which(&m->terms);
    if (mend_together(m, out)) {
        propose_anew(m, out); /* where those hold by chance */
        return;
    }
    bool told = one && fit(m, x) && say_fit(m, x);
    size_t end = m->says.size;
    m->added_count = m->cost = 0;
    mend_rest(m, out);
    if (told)
        gf_text_cut(&m->says, end);
    if (!out->count && !out->add)
        propose_anew(m, out);
}

static void find(gf_matching *m, gf_finding *out)
{
    double x[GF_ADDENDS];
    if (gf_has_data(m->line->m, m->line->statement)) {
        if (fit(m, x))
            say_fit(m, x);
        return;
    }
    for (int k = 0; k < m->terms.count; k++)
        if (!m->terms.list[k].struck && !m->terms.list[k].whole) {
            gf_addend *term = &m->terms.list[k];
            term->tree = gf_tree_shortened(m->line, term->tree, m->terms.count == 1);
            m->out_of_memory |= !gf_term_by_summand(m->line, &m->pieces, term);
        }
    gf_match_steps(m, out);
    if (!out->add && (gf_addends_left(&m->terms) || gf_addends_left(&m->pieces)))
        mend_left(m, out);
}

static int cost_of(const gf_finding *found)
{
    return found->count ? found->edits[0].cost : found->add ? found->add_cost : NONE;
}

/* The nearest grain, and, where that is no small matter, the next one, if it is cheaper to mend so. */
static gf_status try_grains(gf_line *line, gf_finding *out, gf_matching list[GRAINS])
{
    int far[GRAINS], tried = 0;
    for (int grain = 0; grain < GRAINS; grain++) {
        far[grain] = distance(&list[grain], line, (gf_grain)grain);
        if (list[grain].out_of_memory)
            return GF_ERROR_MEMORY;
    }
    for (; tried < MOST_GRAINS && (!tried || cost_of(out) > REPLACE); tried++) {
        int best = 0;
        for (int grain = 1; grain < GRAINS; grain++)
            best = far[grain] < far[best] ? grain : best;
        if (far[best] == NONE)
            break;
        far[best] = NONE;
        gf_finding found = {.says = ""};
        find(&list[best], &found);
        say(&list[best], &found);
        if (list[best].out_of_memory)
            return GF_ERROR_MEMORY;
        if (!tried || cost_of(&found) < cost_of(out))
            *out = found;
    }
    return GF_OK;
}

/* A gradient that is 0, as of what nothing reads but behind a stop: no edit says so, for it would say nothing. */
static gf_status say_zero(gf_matching *m, gf_finding *out)
{
    gf_line *line = m->line;
    gf_worth truth;
    m->out_of_memory |= !gf_worth_of_truth(&truth, line);
    if (truth.norm || !gf_tree_is_grad(m->line->m, line->truth) || line->truth->held)
        return GF_OK;
    m->out_of_memory |= !gf_terms_find(&m->terms, line, GRAIN_NAMES, true);
    if (m->terms.none)
        gf_say_zero(&m->says, m->line->m, line->truth);
    say(m, out);
    return m->out_of_memory ? GF_ERROR_MEMORY : GF_OK;
}

gf_status gf_line_match(gf_line *line, gf_finding *out)
{
    gf_matching *list = gf_arena_get(line->arena, GRAINS * sizeof *list);
    *out = (gf_finding){.says = ""};
    if (!list)
        return GF_ERROR_MEMORY;
    list[0] = (gf_matching){.line = line};
    out->right = line->count && gf_line_comes_right(line, line->tree);
    if (!line->count || out->right)
        return GF_OK;
    gf_status status = gf_line_is_product(line) ? gf_product_match(line, out) : GF_OK;
    if (!status && !out->count && !*out->says)
        status = try_grains(line, out, list);
    status = status || out->count || out->add || *out->says ? status : say_zero(&list[0], out);
    return line->claims->judge.out_of_memory ? GF_ERROR_MEMORY : status;
}
