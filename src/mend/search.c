/* The search for edits of a claim's own line.
 *
 *     claim grad(W) = sum(t, da[t] @ h[t]')
 *
 * What the terms of the line tell comes first; where they find it right, nothing is searched. Else each side is gone
 * through by the editor (slips/), which offers each slip of its table at each part, one at a time: da[t+1] for da[t],
 * h[t-1] for h[t] … It is put into the tree, and the claim judged on the stage, without any text. What holds then is
 * kept if it says something: not if it repeats the other side, or brings in what is 0 or a number wherever one looks.
 * The cheapest are kept, and what would cost more is not tried any more. On the side of the derivative an edit is
 * dearer, for people seldom err there: grad(h[t]) for grad(h[t-1]) may be, grad(h[T]) for grad(h[t]) may not, which is
 * true of one step where something is missing at the others. An edit that makes t an index of the claim cannot be
 * judged in the tree, and is tried as text. */
#include "mend/search.h"

#include <stdlib.h>

#include "mend/terms/inside.h"
#include "model/scan.h"

/* --- what is found ------------------------------------------------------------------------------------------------ */

enum { PATIENCE = 8 }; /* edits between two questions whether to go on */

gf_judged *gf_search_judged(const gf_search *search)
{
    return &search->stage->witness.claims.list[search->claim];
}

bool gf_search_wants(gf_search *search, int cost)
{
    if (++search->tried % PATIENCE == 0)
        search->stopped |= gf_model_ended(search->stage->witness.m);
    return !search->stopped && (search->count < GF_FOUND || search->found[GF_FOUND - 1].cost > cost);
}

static bool is_same_line(const gf_search *search, const gf_mend *a, const gf_mend *b)
{
    const gf_source *source = &search->stage->witness.m->file.source;
    if (a->statement != b->statement)
        return false;
    gf_text x = {0}, y = {0};
    gf_mend_write(&x, source, a, a->statement->span);
    gf_mend_write(&y, source, b, b->statement->span);
    bool same = x.size == y.size && !x.failed && !y.failed;
    for (size_t k = 0; same && k < x.size; k++)
        same = x.data[k] == y.data[k];
    gf_text_free(&x);
    gf_text_free(&y);
    return same;
}

bool gf_search_make(gf_search *search, gf_mend *out, const gf_edit *edit)
{
    bool made = gf_mend_make(out, search->arena, search->stage->witness.m, search->statement, search->root, edit);
    search->out_of_memory |= !made;
    out->cost += search->cost;
    return made;
}

/* The same line is kept once, at its least cost; the terms have led there, if they did once. */
void gf_search_add(gf_search *search, const gf_mend *mend)
{
    size_t at = search->count;
    bool matched = mend->matched, first = mend->first;
    for (size_t k = 0; k < search->count; k++) {
        gf_mend *same = &search->found[k];
        if (!is_same_line(search, same, mend))
            continue;
        matched = same->matched |= matched;
        first = same->first |= first;
        if (same->cost <= mend->cost)
            return;
        at = k;
    }
    if (at == GF_FOUND)
        at--;
    else if (at == search->count)
        search->count++;
    for (; at > 0 && search->found[at - 1].cost > mend->cost; at--)
        search->found[at] = search->found[at - 1];
    search->found[at] = *mend;
    search->found[at].matched = matched;
    search->found[at].first = first;
}

bool gf_search_try_text(gf_search *search, const gf_mend *mend)
{
    const gf_stage *stage = search->stage;
    gf_witness witness = {.judged = false};
    bool let = search->claim == SIZE_MAX;
    char *text = gf_witness_text(stage->witness.m, mend->old, mend->text, let ? GF_NO_CLAIM : search->claim);
    bool made = text && !gf_witness_make(&witness, stage->witness.m, text, (gf_setting){0});
    bool right = made && gf_witness_is_right(&witness, &stage->readings, search->statement, let ? SIZE_MAX : 0);
    search->out_of_memory |= !made;
    gf_witness_free(&witness);
    free(text);
    return right;
}

/* --- an expression of a line ------------------------------------------------------------------------------------- */

/* What it costs to edit the derivative; to make another one of it; to say what another claim says. What a derivative at
 * the step itself is worth: that is what people write. */
enum { LEFT = 3, OTHER = 12, SAID = 8, AT_STEP = 4 };

/* Does another claim say that already? */
static bool says(const gf_search *search, const gf_statement *s, const gf_tree *tree)
{
    const gf_statement *own = search->statement;
    bool same = s != own && s->side_count == own->side_count;
    for (uint32_t k = 0; same && k < s->side_count; k++)
        same = gf_tree_equal(s->sides[k], &own->sides[k] == search->place ? tree : own->sides[k]) &&
               (k + 1 == s->side_count || s->relations[k] == own->relations[k]);
    return same;
}

static bool is_said(const gf_search *search, const gf_tree *tree)
{
    const gf_claims *claims = &search->stage->witness.claims;
    for (size_t k = 0; k < claims->count; k++)
        if (says(search, claims->list[k].statement, tree))
            return true;
    return false;
}

/* Is that the other side, or made of the derivative that this is: grad(a) = grad(a) * (a < 1)? */
static bool repeats(const gf_search *search, const gf_tree *tree, const gf_tree *other)
{
    bool derivative = gf_tree_is_derivative(search->stage->witness.m, other);
    return gf_tree_equal(other, tree) ||
           (derivative && gf_tree_has_part(tree, other) && !gf_tree_has_part(search->root, other));
}

static bool is_trivial(const gf_search *search, const gf_tree *tree)
{
    const gf_statement *s = search->statement;
    for (uint32_t k = 0; k < s->side_count; k++)
        if (labs(search->place - &s->sides[k]) == 1 && repeats(search, tree, s->sides[k]))
            return true;
    return false;
}

static int cost_inside(const gf_edit *edit)
{
    if (edit->kind == EDIT_NAME)
        return OTHER;
    bool at_step =
        edit->kind == EDIT_INDEX && edit->instead->kind == TREE_AT && edit->instead->kids[0]->kind == TREE_NAME;
    return at_step ? -AT_STEP : 0;
}

/* grad(h[T]) for grad(h[t]): true of one step, where something is missing at the others. */
static bool names_one_step(const gf_editor *editor, const gf_edit *edit)
{
    const gf_tree *old = edit->old, *instead = edit->instead;
    for (const gf_binding *b = editor->bindings; b && old->kind == TREE_AT && instead->kind == TREE_AT; b = b->outer)
        if (gf_tree_mentions(old, b->name) && !gf_tree_mentions(instead, b->name))
            return true;
    return false;
}

/* Is what is new in it nothing, or a number, wherever one looks? */
static bool says_nothing(gf_search *search, const gf_tree *tree, const gf_tree *instead)
{
    gf_line line;
    search->out_of_memory |=
        !gf_line_of_claim(&line, &search->stage->readings, gf_search_judged(search), search->root, search->root);
    line.truth = NULL;
    return !search->out_of_memory && gf_line_becomes_vain(&line, tree, instead);
}

/* Would the claim hold with that in place of the expression? */
static bool holds_with(gf_search *search, gf_tree *tree)
{
    gf_tree *own = *search->place;
    *search->place = tree;
    if (search->statement->kind == STATEMENT_LET)
        search->out_of_memory |= !gf_readings_force(&search->stage->readings);
    bool holds = gf_claim_holds(gf_search_judged(search));
    *search->place = own;
    return holds;
}

/* One that makes t an index of the claim is tried as text. */
static bool try_edit(gf_editor *editor, const gf_edit *edit)
{
    gf_search *search = editor->data;
    bool within =
        edit->old != search->root || (edit->instead->kind == TREE_CALL && edit->instead->name == search->root->name);
    if (!gf_search_wants(search, edit->cost + search->cost) ||
        (search->inside_only && (!within || names_one_step(editor, edit))))
        return !search->stopped;
    gf_tree *tree = gf_tree_with(&editor->arena, search->root, edit->old, edit->instead);
    bool rebinds = tree && search->statement->kind == STATEMENT_CLAIM && gf_tree_mentions(tree, editor->m->t) &&
                   !gf_binding_find(editor->bindings, editor->m->t);
    if (!tree || is_trivial(search, tree) || gf_tree_idle(editor->m, tree) > gf_tree_idle(editor->m, search->root) ||
        (!rebinds && !holds_with(search, tree)))
        return true;
    if (!rebinds && says_nothing(search, tree, edit->instead))
        return true;
    gf_mend mend;
    if (!gf_search_make(search, &mend, edit))
        return false;
    bool led = edit->kind == EDIT_INDEX && search->count && search->found[0].matched; /* by the terms */
    if (search->inside_only)
        mend.cost += (led || is_said(search, tree) ? SAID : 0) + cost_inside(edit);
    if (!rebinds || gf_search_try_text(search, &mend))
        gf_search_add(search, &mend);
    return true;
}

void gf_search_expression(gf_search *search, gf_tree **place, const gf_binding *bindings)
{
    search->place = place;
    search->root = *place;
    gf_editor editor = {.m = search->stage->witness.m,
                        .bindings = bindings,
                        .wide = search->wide,
                        .shaped = search->shaped,
                        .calculus = &search->stage->calculus,
                        .visit = try_edit,
                        .data = search};
    gf_edit_each(&editor, search->root);
    search->out_of_memory |= editor.out_of_memory;
}

bool gf_only_equalities(const gf_statement *s)
{
    for (uint32_t k = 0; k + 1 < s->side_count; k++)
        if (s->relations[k] != RELATION_EQUAL)
            return false;
    return true;
}

static bool has_plain_side(const gf_model *m, const gf_statement *s)
{
    for (uint32_t k = 0; k < s->side_count; k++)
        if (!gf_tree_is_derivative(m, s->sides[k]))
            return true;
    return false;
}

/* The indices that the claim binds. */
static const gf_binding *bindings_of(const gf_judged *judged, gf_binding room[GF_LOOPS])
{
    const gf_binding *bindings = NULL;
    for (int k = 0; k < judged->loop_count; k++) {
        room[k] = (gf_binding){.name = judged->loops[k].name, .outer = bindings};
        bindings = &room[k];
    }
    return bindings;
}

static void search_side(gf_search *search, uint32_t side)
{
    const gf_model *m = search->stage->witness.m;
    const gf_statement *s = search->statement;
    gf_binding room[GF_LOOPS];
    search->inside_only = gf_tree_is_derivative(m, s->sides[side]) && has_plain_side(m, s);
    search->cost = search->inside_only ? LEFT : 0;
    gf_search_expression(search, &search->statement->sides[side], bindings_of(gf_search_judged(search), room));
    search->inside_only = false;
}

/* --- a line against its terms ------------------------------------------------------------------------------------- */

/* `let ec[T] = …`, behind the line, or behind what is left of it. */
static void offer_line(gf_search *search, const gf_line *line, const gf_finding *found)
{
    const gf_model *m = search->stage->witness.m;
    gf_text w = {0};
    uint32_t end = line->statement->span.end;
    gf_mend mend = {.statement = line->statement, .kind = EDIT_TERM, .cost = found->add_cost, .old = {end, end}};
    mend.mark = mend.around = line->statement->span;
    const gf_edit rest = {
        .old = line->tree, .instead = (gf_tree *)found->rest, .kind = EDIT_TERM, .cost = found->add_cost};
    if (found->rest && !gf_search_make(search, &mend, &rest))
        return;
    gf_text_print(&w, "%s\n", found->rest ? mend.text : "");
    gf_statement_print(&w, &m->file.names, found->add);
    mend.matched = mend.first = true;
    mend.text = gf_text_keep(&w, search->arena);
    search->out_of_memory |= !mend.text;
    if (mend.text)
        gf_search_add(search, &mend);
}

bool gf_search_match(gf_search *search, gf_line *line)
{
    gf_finding found;
    search->out_of_memory |= gf_line_match(line, &found) == GF_ERROR_MEMORY;
    search->says = found.says;
    search->statement = (gf_statement *)line->statement;
    search->root = line->tree;
    search->cost = 0;
    for (size_t k = 0; k < found.count && !search->out_of_memory; k++) {
        gf_mend mend;
        if (!gf_search_make(search, &mend, &found.edits[k]))
            break;
        mend.matched = true;
        mend.first = !k;
        gf_search_add(search, &mend);
    }
    if (found.add && !search->out_of_memory)
        offer_line(search, line, &found);
    return found.right;
}

/* Which side of a link is true: a derivative, if there is one. */
static uint32_t true_side(const gf_model *m, const gf_statement *s, uint32_t link)
{
    return link + (gf_tree_is_derivative(m, s->sides[link + 1]) && !gf_tree_is_derivative(m, s->sides[link]));
}

void gf_search_claim_terms(gf_search *search)
{
    gf_judged *judged = gf_search_judged(search);
    const gf_statement *s = judged->statement;
    uint32_t link = judged->worst_link;
    bool fine = s->side_count > 1 && !s->broken && !gf_problems_any(&s->problems);
    search->matched = true;
    if (!fine || s->relations[link] != RELATION_EQUAL)
        return;
    uint32_t side = true_side(search->stage->witness.m, s, link);
    gf_line line;
    search->out_of_memory |=
        !gf_line_of_claim(&line, &search->stage->readings, judged, s->sides[2 * link + 1 - side], s->sides[side]);
    if (!search->out_of_memory && line.count)
        search->right = gf_search_match(search, &line) && s->side_count == 2;
}

/* --- names that there are not ------------------------------------------------------------------------------------- */

static bool try_spelling(gf_editor *editor, const gf_edit *edit)
{
    gf_search *search = editor->data;
    gf_mend mend;
    if (!gf_search_wants(search, edit->cost + search->cost))
        return !search->stopped;
    if (!gf_search_make(search, &mend, edit))
        return false;
    mend.root = NULL;
    if (gf_search_try_text(search, &mend))
        gf_search_add(search, &mend);
    return !search->out_of_memory;
}

void gf_search_spelling(gf_search *search, gf_statement *s, const gf_tree *root)
{
    gf_model *m = search->stage->witness.m;
    gf_binding t = {.name = m->t}, room[GF_LOOPS];
    gf_editor editor = {.m = m, .bindings = &t, .visit = try_spelling, .data = search};
    for (uint32_t k = 0; k < s->range_count && k < GF_LOOPS; k++) {
        room[k] = (gf_binding){.name = s->ranges[k].name, .outer = editor.bindings};
        editor.bindings = &room[k];
    }
    if (s->kind == STATEMENT_LET && !s->index)
        editor.bindings = NULL;
    search->statement = s;
    search->root = root;
    search->cost = 0;
    gf_edit_each_spelling(&editor, root);
    search->out_of_memory |= editor.out_of_memory;
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

void gf_search_claim(gf_search *search)
{
    gf_judged *judged = gf_search_judged(search);
    const gf_statement *s = judged->statement;
    search->statement = (gf_statement *)s;
    if (s->broken || gf_problems_any(&s->problems)) {
        for (uint32_t k = 0; k < s->side_count && !search->stopped && !search->wide; k++)
            gf_search_spelling(search, search->statement, s->sides[k]);
        return;
    }
    if (!search->matched)
        gf_search_claim_terms(search);
    if (search->right)
        return;
    search->out_of_memory |= !gf_readings_force(&search->stage->readings);
    for (uint32_t k = s->side_count; k-- > 0 && gf_only_equalities(s) && !search->out_of_memory && !search->stopped;)
        search_side(search, k);
    search->out_of_memory |= judged->claims->judge.out_of_memory;
}
