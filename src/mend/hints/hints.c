/* Hints: what belongs in place of a ?, told by and by.
 *
 *     let dc[t] = dh[t] * o[t] * (1 - tanh(c[t])^2) + ?
 *
 * stands for grad(c[t]), which has two terms. The summand that is there equals the first: it is struck out, and what is
 * left is what the ? stands for. So a hint is a diagnosis said otherwise: "1 of the 2 paths that leave c[t] is
 * missing"; which, c[t] -> c[t+1]; its term, dc[t+1] * f[t+1]; the line with it. Where nothing but a ? stands in the
 * line, all terms are missing, and they end at the names whose gradients have lets. Where several do, nobody can say
 * which term is meant by which, and the hints are about the line. */
#include <math.h>
#include <string.h>

#include "mend/hints/hints.h"
#include "mend/terms/inside.h"
#include "model/scan.h"

typedef struct hinting {
    gf_line *line;       /* with the ? */
    gf_line rest;        /* without */
    const char *words;   /* what is meant, where that has no name */
    gf_matching *m;      /* of the rest */
    const gf_tree *open; /* the summand in which the ? stands */
    bool minus;          /* it is taken off */
    int count;           /* of such summands */
    gf_text *w;
    gf_hints *out;
} hinting;

/* --- what stands there -------------------------------------------------------------------------------------------- */

/* Notes the summands with a ?. */
static void note_open(void *hints, const gf_tree *tree, bool minus)
{
    hinting *h = hints;
    if (!gf_tree_is_open(tree))
        return;
    h->open = tree;
    h->minus = minus;
    h->count++;
}

/* The line without what is open; of several ? nothing is left. */
static bool make_rest(hinting *h)
{
    gf_each_summand(h->line->tree, false, note_open, h);
    const gf_change out = {.node = h->open};
    h->rest = *h->line;
    h->rest.tree = h->count == 1 ? gf_tree_changed(h->line, &out, 1) : NULL;
    return h->count;
}

/* --- the terms ---------------------------------------------------------------------------------------------------- */

enum { UNFIT = 1000 };

/* a * b of a * 1 * b, as a * (1 - c) * b falls apart into. NULL without memory. */
static const gf_tree *without_one(gf_arena *arena, const gf_tree *tree)
{
    if (tree->kind != TREE_MULTIPLY && tree->kind != TREE_MATMUL)
        return tree;
    if (tree->kind == TREE_MULTIPLY && (gf_tree_is(tree->kids[0], 1) || gf_tree_is(tree->kids[1], 1)))
        return without_one(arena, tree->kids[gf_tree_is(tree->kids[0], 1)]);
    const gf_tree *left = without_one(arena, tree->kids[0]);
    return left && left != tree->kids[0] ? gf_tree_with(arena, tree, tree->kids[0], left) : left ? tree : NULL;
}

/* Makes terms of the summands of one that is left: softmax(z[t]) - y[t] is two, of the same path. */
static void split_term(gf_matching *m, const gf_addend *term)
{
    gf_addend parts[GF_ADDENDS], whole = *term;
    int count = term->struck || term->when_count ? 0 : gf_piece_distribute(parts, m->line, &whole, 0);
    m->out_of_memory |= count < 0;
    if (count < 2 || m->terms.count + count > GF_ADDENDS)
        count = 0;
    for (int k = 0; k < (count ? count : 1) && m->terms.count < GF_ADDENDS; k++) {
        gf_addend *part = &m->terms.list[m->terms.count++];
        *part = *term;
        if (!count)
            continue;
        part->tree = without_one(m->line->arena, parts[k].tree);
        m->out_of_memory |= !part->tree;
        part->minus = parts[k].minus;
        part->worth = parts[k].worth;
    }
}

/* Summands may be parts of what a path brings: then its terms are what it is made of. */
static void match_parts(gf_matching *m)
{
    gf_matching *split = gf_addends_left(&m->pieces) ? gf_arena_get(m->line->arena, sizeof *split) : NULL;
    if (!split)
        return;
    *split = *m;
    split->terms.count = 0;
    for (int k = 0; k < m->terms.count; k++)
        split_term(split, &m->terms.list[k]);
    gf_match_all(split);
    if (split->terms.count >= m->terms.count && gf_addends_left(&split->pieces) < gf_addends_left(&m->pieces))
        *m = *split;
    m->out_of_memory |= split->out_of_memory;
}

/* How well the rest of the line fits its terms at a grain: the less the better. */
static int look_at(hinting *h, gf_matching *m, gf_grain grain)
{
    static const int orders[GRAINS] = {[GRAIN_LETS] = 1, [GRAIN_NAMES] = 2, [GRAIN_MENTIONED] = 4, [GRAIN_WHOLE] = 5};
    int order = h->words && grain == GRAIN_WHOLE ? 0 : orders[grain];
    *m = (gf_matching){.line = &h->rest};
    gf_line *line = h->rest.tree ? &h->rest : h->line;
    m->out_of_memory = !gf_terms_find(&m->terms, line, grain, true);
    if (m->out_of_memory || m->terms.failed || m->terms.copied || m->terms.list[0].whole)
        return UNFIT;
    if (h->rest.tree) {
        m->out_of_memory = !gf_pieces_split(&m->pieces, &h->rest);
        if (!m->out_of_memory)
            gf_match_all(m);
        if (!m->out_of_memory)
            match_parts(m);
    }
    return order + 2 * (int)GRAINS * gf_addends_left(&m->pieces);
}

/* Names whose gradients have no let are walked through, up to a point: else the line would be long. */
enum { WALKED = 2 };

/* False without memory; h->m is NULL where the terms cannot be told. */
static bool find_terms(hinting *h)
{
    gf_matching *all = gf_arena_get(h->line->arena, GRAINS * sizeof *all);
    int order[GRAINS] = {0}, best = GRAIN_LETS;
    for (int grain = 0; all && grain < (int)GRAINS; grain++) {
        order[grain] = look_at(h, &all[grain], (gf_grain)grain);
        if (all[grain].out_of_memory)
            return false;
    }
    if (all && order[GRAIN_NAMES] < UNFIT && all[GRAIN_LETS].terms.count > all[GRAIN_NAMES].terms.count + WALKED)
        order[GRAIN_LETS] += 2;
    for (int grain = 0; all && grain < (int)GRAINS; grain++)
        best = order[grain] < order[best] ? grain : best;
    h->m = all && order[best] < UNFIT ? &all[best] : NULL;
    for (int k = 0; h->m && !h->out->plain && k < h->m->terms.count; k++)
        h->m->terms.list[k].tree = gf_tree_shortened(h->line, h->m->terms.list[k].tree, true);
    return all;
}

/* --- paths -------------------------------------------------------------------------------------------------------- */

/* Is there no term by the same path before it? All of them, or only those that are missing. */
static bool is_first(const hinting *h, int number, bool missing)
{
    const gf_addend *list = h->m->terms.list;
    for (int k = 0; k < number; k++)
        if (!strcmp(list[k].path, list[number].path) && !(missing && list[k].struck))
            return false;
    return !(missing && list[number].struck);
}

static int count_paths(const hinting *h, bool missing)
{
    int count = 0;
    for (int k = 0; k < h->m->terms.count; k++)
        count += is_first(h, k, missing);
    return count;
}

/* "leave c[t]", "lead from c[t-1] to c[t]". */
static void write_whence(hinting *h, bool one)
{
    const gf_names *names = &h->line->m->file.names;
    const gf_tree *truth = h->line->truth;
    static const char gradient[] = "the gradient of ";
    if (h->words) {
        bool named = !strncmp(h->words, gradient, strlen(gradient));
        gf_text_print(h->w, "%s %s", one ? "leaves" : "leave", h->words + (named ? strlen(gradient) : 0));
    } else if (gf_tree_is_jacobian(h->line->m, truth)) {
        gf_text_add(h->w, one ? "leads from " : "lead from ");
        gf_tree_print(h->w, names, truth->kids[1]);
        gf_text_add(h->w, " to ");
        gf_tree_print(h->w, names, truth->kids[0]);
    } else if (gf_tree_is_grad(h->line->m, truth)) {
        gf_text_add(h->w, one ? "leaves " : "leave ");
        gf_tree_print(h->w, names, truth->kids[0]);
    } else {
        gf_text_add(h->w, one ? "belongs here" : "belong here");
    }
}

/* "1 of the 2 paths that leave c[t] is missing". */
static void say_count(hinting *h)
{
    int all = count_paths(h, false), missing = count_paths(h, true);
    if (missing == all) {
        gf_text_print(h->w, "%d %s ", all, all == 1 ? "path" : "paths");
        write_whence(h, all == 1);
        gf_text_add(h->w, "\n");
        return;
    }
    if (!missing) {
        gf_text_add(h->w, "no path is missing: nothing belongs in place of the ?\n");
        return;
    }
    gf_text_print(h->w, "%d of the %d paths that ", missing, all);
    write_whence(h, false);
    gf_text_add(h->w, missing == 1 ? " is missing\n" : " are missing\n");
}

/* --- terms -------------------------------------------------------------------------------------------------------- */

/* Does a path bring it, but once? */
static bool is_there_twice(const hinting *h, const gf_addend *piece)
{
    for (int k = 0; k < h->m->pieces.count; k++) {
        const gf_addend *other = &h->m->pieces.list[k];
        if (other->struck && other->minus == piece->minus && gf_tree_equal(other->tree, piece->tree))
            return true;
    }
    return false;
}

static void say_extra(hinting *h)
{
    for (int k = 0; k < h->m->pieces.count; k++) {
        const gf_addend *piece = &h->m->pieces.list[k];
        bool nothing = piece->worth.norm == 0; /* it comes to that, or cannot be formed */
        if (piece->struck || (nothing && (h->out->unfit || piece->worth.known)))
            continue;
        bool twice = is_there_twice(h, piece);
        gf_text_print(h->w, "%s term %s", twice ? "the" : "no path brings the", piece->minus ? "-" : "");
        gf_line_write(h->w, h->line, piece->tree, piece->minus ? STRENGTH_PRODUCT : STRENGTH_SUM);
        gf_text_add(h->w, twice ? " stands there twice\n" : "\n");
    }
}

static void say_paths(hinting *h)
{
    for (int k = 0; k < h->m->terms.count; k++) {
        const gf_addend *term = &h->m->terms.list[k];
        int terms = 0;
        if (!*term->path || !is_first(h, k, true))
            continue;
        for (int n = 0; n < h->m->terms.count; n++)
            terms += !h->m->terms.list[n].struck && !strcmp(h->m->terms.list[n].path, term->path);
        gf_text_add(h->w, term->path);
        if (terms > 1)
            gf_text_print(h->w, ", which brings %d terms", terms);
        gf_text_add(h->w, "\n");
    }
}

static void say_first(hinting *h)
{
    int k = 0;
    while (k < h->m->terms.count && h->m->terms.list[k].struck)
        k++;
    if (k == h->m->terms.count)
        return;
    const gf_addend *term = &h->m->terms.list[k];
    bool alone = h->count == 1 && h->open->kind == TREE_OPEN, minus = term->minus != (alone && h->minus);
    gf_text_print(h->w, "the first term%s: %s", alone && h->minus ? ", behind the minus" : "", minus ? "-" : "");
    gf_line_write(h->w, h->line, term->tree, minus ? STRENGTH_PRODUCT : STRENGTH_SUM);
    if (term->when_count && term->when[0].is) {
        gf_text_add(h->w, ", at step ");
        gf_tree_print(h->w, &h->line->m->file.names, term->when[0].is);
        gf_text_add(h->w, " alone");
    }
    gf_text_add(h->w, "\n");
}

/* --- the line ----------------------------------------------------------------------------------------------------- */

/* The statement with that side. */
static bool write_line(hinting *h, const gf_tree *side)
{
    gf_line *line = h->line;
    const gf_edit edit = {.kind = EDIT_TERM, .old = line->tree, .instead = (gf_tree *)side};
    if (!gf_mend_make(&h->out->mend, line->arena, h->line->m, line->statement, line->tree, &edit))
        return false;
    h->out->begin = h->w->size;
    gf_mend_write(h->w, &h->line->m->file.source, &h->out->mend, line->statement->span);
    gf_text_add(h->w, "\n");
    return h->out->told = true;
}

/* The one term that is missing; NULL where it is not the only one, or counts at some steps alone. */
static const gf_addend *only_missing(const hinting *h)
{
    const gf_addend *found = NULL;
    for (int k = 0; k < h->m->terms.count; k++) {
        const gf_addend *term = &h->m->terms.list[k];
        if (!term->struck && found)
            return NULL;
        found = term->struck ? found : term;
    }
    return found && !found->when_count ? found : NULL;
}

/* The side as it should be at most steps: the term in place of the ?; or the rest and what is missing; or, where the
 * rest is wrong, all terms. NULL where nothing counts at most steps. */
static const gf_tree *side_of(hinting *h)
{
    const gf_addend *only = only_missing(h);
    bool keeps = h->rest.tree && !gf_addends_left(&h->m->pieces);
    const gf_tree *tree = keeps ? h->rest.tree : NULL;
    if (keeps && only && h->open->kind == TREE_OPEN) {
        const gf_change change = {h->open, only->tree, only->minus != h->minus};
        return gf_tree_changed(h->line, &change, 1);
    }
    for (int k = 0; k < h->m->terms.count; k++) {
        const gf_addend *term = &h->m->terms.list[k];
        if (!term->when_count && !(keeps && term->struck))
            tree = gf_tree_and(h->line, tree, term->tree, term->minus);
    }
    return tree;
}

/* Lines for steps at which a term counts alone, beside the one for all: `let dh[T] = …`. False where there cannot be
 * one, or, which h->m notes, without memory. */
static bool write_own_lines(hinting *h, gf_text *w, const gf_tree *side)
{
    gf_matching *m = h->m;
    bool keeps = h->rest.tree && !gf_addends_left(&m->pieces);
    h->rest.tree = side;
    m->line = &h->rest;
    m->out_of_memory |= !gf_pieces_split(&m->pieces, &h->rest);
    for (int k = 0; k < m->terms.count && !m->out_of_memory; k++) {
        const gf_addend *term = &m->terms.list[k];
        if (!term->when_count || (keeps && term->struck))
            continue;
        const gf_statement *own = gf_match_own_line(m, term);
        if (!own)
            return false;
        gf_statement_print(w, &h->line->m->file.names, own);
        gf_text_add(w, "\n");
    }
    return !m->out_of_memory;
}

static bool counts_once(const hinting *h)
{
    for (int k = 0; k < h->m->terms.count; k++)
        if (h->m->terms.list[k].when_count)
            return true;
    return false;
}

static bool say_line(hinting *h)
{
    const gf_tree *side = side_of(h);
    gf_text own = {0};
    side = side ? side : gf_make_number(h->line->d, 0);
    if (!side)
        return false;
    bool right = gf_line_comes_right(h->line, side), split = !right && counts_once(h) && write_own_lines(h, &own, side);
    bool good =
        !h->m->out_of_memory && !h->line->claims->judge.out_of_memory && (!(right || split) || write_line(h, side));
    if (split) {
        gf_text_add(h->w, gf_text_string(&own));
        h->out->begin = 0;
    }
    if (!right && !split && counts_once(h))
        gf_text_add(h->w, "no one line says it: a path counts at some steps alone\n");
    h->w->failed |= own.failed;
    gf_text_free(&own);
    return good;
}

/* --- products ----------------------------------------------------------------------------------------------------- */

/* A Jacobian over several steps has no paths of its own, but those of each step. */
static bool hint_at_product(hinting *h, int level)
{
    gf_finding found = {.says = ""};
    h->rest.tree = gf_make_number(h->line->d, 1);
    if (!h->rest.tree || gf_product_match(&h->rest, &found))
        return false;
    const gf_tree *product = found.count ? found.edits[0].instead : NULL;
    if (!product) {
        gf_text_print(h->w,
                      "no one line says it: it is not the product of the steps' own Jacobians, as other names carry "
                      "%s on as well; hold them (… | …), or name the paths one by one\n",
                      gf_model_text(h->line->m, h->line->truth->kids[0]->name));
        return true;
    }
    gf_text_add(h->w, "a product: one factor for each step\n");
    if (level >= 3) {
        gf_text_add(h->w, "the factor of step ");
        gf_text_print(h->w, "%s: ", gf_model_text(h->line->m, product->name));
        gf_line_write(h->w, h->line, gf_tree_body(product), STRENGTH_SUM);
        gf_text_add(h->w, "\n");
    }
    return level < 4 || write_line(h, product);
}

/* --- all ---------------------------------------------------------------------------------------------------------- */

/* Why there are no terms. False without memory. */
static bool say_none(hinting *h)
{
    const gf_tree *truth = h->line->truth;
    gf_worth worth;
    if (!gf_worth_of_truth(&worth, h->line))
        return false;
    if (worth.known && !isfinite(worth.norm))
        gf_text_add(h->w, "what belongs here is not finite: see to the loss first\n");
    else if (worth.known && !worth.norm && gf_tree_is_derivative(h->line->m, truth))
        gf_say_zero(h->w, h->line->m, truth);
    else if (!gf_derivative_in(h->line->m, truth))
        gf_text_add(h->w, "only gradients and Jacobians of names have hints\n");
    else
        gf_text_add(h->w, "what belongs here cannot be derived\n");
    return true;
}

static bool hint_at_terms(hinting *h, int level)
{
    if (!find_terms(h))
        return false;
    if (!h->m)
        return say_none(h);
    h->out->paths = count_paths(h, true);
    say_count(h);
    say_extra(h);
    if (level >= 2)
        say_paths(h);
    if (level >= 3)
        say_first(h);
    return level < 4 || say_line(h);
}

bool gf_hints_find(gf_text *w, gf_hints *out, gf_line *line, const char *words, int level)
{
    hinting h = {.line = line, .words = words, .w = w, .out = out};
    *out = (gf_hints){.paths = -1, .plain = out->plain, .unfit = out->unfit};
    if (!line->count || !make_rest(&h))
        return true;
    return gf_line_is_product(line) ? hint_at_product(&h, level) : hint_at_terms(&h, level);
}
