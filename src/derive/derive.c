/* The derivation: every right side is gone through, from the loss backward, and each use of a name is noted with what
 * it brings to the gradient of the name.
 *
 *     z[t] = V @ h[t]        L[t] = cross_entropy(z[t], y[t])        loss sum(t, L[t])
 *
 * The loss uses L[t], and brings 1: so small a gradient needs no let. L[t] uses z[t], and brings softmax(z[t]) - y[t].
 * z[t] uses V and h[t]; what it brings is written with dz[t], whose line, let dz[t] = softmax(z[t]) - y[t], is written
 * once all sides are gone through. So a recurrence is no trouble: h[t] may be gone through, with dh[t], before all of
 * its uses are known. A name that is used at one step only (loss L[T]) is gone through at that step only. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "derive/gradients.h"
#include "language/lexer.h"

/* --- names of lets ------------------------------------------------------------------------------------------------ */

static const char *name_text(const gf_gradients *x, const gf_tree *tree)
{
    return gf_tree_is_name(tree) ? gf_model_text(x->d.m, tree->name) : NULL;
}

/* r[t] * h[t-1] is rh, [h; x] is hx; what a function is of is z and the name of the equation. */
static void name_part(const gf_gradients *x, gf_text *text, const gf_side *side, const gf_tree *part)
{
    bool product = part->kind == TREE_MULTIPLY || part->kind == TREE_MATMUL || part->kind == TREE_BESIDE ||
                   part->kind == TREE_STACKED;
    for (uint32_t k = 0; k < part->count; k++)
        product = product && part->count <= 3 && name_text(x, part->kids[k]);
    for (uint32_t k = 0; product && k < part->count; k++)
        gf_text_add(text, name_text(x, part->kids[k]));
    if (!product)
        gf_text_print(text, "z%s", side->own ? gf_model_text(x->d.m, side->statement->name) : "");
}

/* --- what the walk is told ---------------------------------------------------------------------------------------- */

static bool wants(gf_walker *w, uint32_t name)
{
    gf_gradients *x = w->data;
    return name < x->d.m->symbol_count && x->targets[name].useful;
}

static void note_use(gf_walker *w, const gf_use *use)
{
    gf_gradients *x = w->data;
    gf_target *target = &x->targets[use->leaf->name];
    gf_use *kept = gf_arena_get(x->d.arena, sizeof *kept);
    if (!kept) {
        x->d.problems->out_of_memory = true;
        return;
    }
    *kept = *use;
    *target->last_use = kept;
    target->last_use = &kept->next;
}

static uint32_t note_part(gf_walker *w, const gf_tree *part, const gf_tree *index, const gf_tree *gradient,
                          const char *rules)
{
    gf_gradients *x = w->data;
    gf_side_state *state = &x->sides[x->walked];
    gf_extents extents;
    gf_text text = {0};
    uint32_t name = 0;
    name_part(x, &text, w->side, part);
    x->d.problems->out_of_memory |= text.failed;
    if (!text.failed && gf_extents_of(&x->d, part, &extents))
        name = gf_new_let(&x->d, "d", gf_text_string(&text), true, &extents);
    gf_text_free(&text);
    gf_derived *line = name ? gf_gradients_let(x, name, index, gradient) : NULL;
    if (!line)
        return 0;
    line->of = part->count && part->kind != TREE_AT ? part : NULL; /* what one use brings is no gradient of the name */
    line->source = w->side->statement;
    line->why = rules;
    *state->last_part = line;
    state->last_part = &line->next;
    return name;
}

/* --- the gradient that a side receives ---------------------------------------------------------------------------- */

static bool is_number(gf_gradients *x, const gf_tree *tree)
{
    double number;
    return tree && gf_number_of(&x->d, tree, &number);
}

/* Is every name in it at step t itself, or without time? */
static bool stays(const gf_gradients *x, const gf_tree *tree)
{
    if (tree->kind == TREE_AT)
        return tree->kids[0]->kind == TREE_NAME && tree->kids[0]->name == x->d.m->t;
    for (uint32_t k = 0; k < tree->count; k++)
        if (!stays(x, tree->kids[k]))
            return false;
    return true;
}

static bool everywhere(const gf_gradients *x, const gf_summand *terms, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (terms[k].at || terms[k].from > 1 || terms[k].to < x->d.m->steps || (x->d.m->truncate && terms[k].shift))
            return false;
    return true;
}

/* The one step at which all the terms are; NULL if there are several. */
static const gf_tree *common_step(gf_gradients *x, const gf_summand *terms, size_t count, long *step)
{
    for (size_t k = 0; k < count; k++) {
        long other;
        if (!terms[k].at || !gf_index_value(&x->d, terms[k].at, NULL, &other) || (k && other != *step))
            return NULL;
        *step = other;
    }
    return count ? terms[0].at : NULL;
}

/* At one step only: its right side, with that step for t. */
static void go_through_at(gf_gradients *x, gf_target *target, gf_side *side, const gf_tree *at, long step)
{
    const gf_put_pair pair = {x->d.m->t, at};
    target->at = at;
    side->value = gf_put_names(&x->d, side->value, &pair, 1);
    side->index = at;
    side->own = gf_make_at(&x->d, side->statement->name, at);
    side->open = false;
    side->step = step;
}

/* p[t] = softmax(z[t]) under -sum(y[t] * log(p[t])): what z[t] receives, p[t] - y[t], is simpler than what p[t] does,
 * and simplest where that is not called dp[t]. */
static bool shrinks(gf_gradients *x, const gf_side *side, const gf_tree *sum)
{
    const gf_binding t = {.name = x->d.m->t, .known = true, .value = 1};
    if (!sum || side->value->kind != TREE_CALL || !gf_passes(&x->d, side->value, 0))
        return false;
    x->d.bindings = &t;
    const gf_tree *pulled = gf_pull(&x->d, side->value, 0, sum, side->own);
    x->d.bindings = NULL;
    return pulled && gf_tree_nodes(pulled) < gf_tree_nodes(sum);
}

static uint32_t let_of(gf_gradients *x, gf_target *target, uint32_t name, const gf_tree *index);

/* All that uses the name is known: perhaps its gradient is a number, or it counts at one step only. */
static void look_closer(gf_gradients *x, gf_target *target, gf_side *side)
{
    size_t count;
    bool all;
    long step = 0;
    gf_summand *terms = gf_gradients_terms(x, side->statement->name, &count, &all);
    const gf_tree *at = all ? common_step(x, terms, count, &step) : NULL;
    if (terms && side->open && at && step >= 1 && step <= x->d.m->steps)
        go_through_at(x, target, side, at, step);
    bool plain = terms && all && (target->at || !side->open || (everywhere(x, terms, count) && stays(x, side->value)));
    gf_tree *sum = plain ? gf_terms_sum(x, terms, count, target->at, step) : NULL;
    target->inlined = is_number(x, sum);
    if (target->inlined || (plain && (!side->statement->index || stays(x, side->value)) && shrinks(x, side, sum)))
        side->gradient = sum;
    if (side->gradient && !target->inlined && !let_of(x, target, side->statement->name, NULL))
        side->gradient = NULL;
    free(terms);
}

static uint32_t let_of(gf_gradients *x, gf_target *target, uint32_t name, const gf_tree *index)
{
    gf_text text = {0};
    gf_text_add(&text, gf_model_text(x->d.m, name));
    if (index) {
        gf_text at = {0};
        gf_tree_print(&at, &x->d.m->file.names, index);
        for (const char *c = gf_text_string(&at); *c; c++)
            if ((*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z'))
                gf_text_bytes(&text, c, 1);
        text.failed |= at.failed;
        gf_text_free(&at);
    }
    x->d.problems->out_of_memory |= text.failed;
    if (!text.failed && (index || !target->let))
        target->let = gf_new_let(&x->d, "d", gf_text_string(&text), false, gf_extents_of_name(&x->d, name));
    gf_text_free(&text);
    return target->let;
}

/* The side as it is gone through; false where nothing arrives there. */
static bool prepare(gf_gradients *x, uint32_t number, gf_side *side)
{
    const gf_side_state *state = &x->sides[number];
    const gf_statement *s = state->statement;
    *side = (gf_side){.statement = s, .value = state->value};
    if (!number) {
        side->gradient = gf_make_number(&x->d, 1);
        return true;
    }
    gf_target *target = &x->targets[s->name];
    if (!target->useful || target->held)
        return false;
    side->index = state->start ? NULL : s->index;
    side->own = gf_make_at(&x->d, s->name, s->index);
    if (state->start)
        side->step = state->start->index < 1 ? 1 : x->d.m->steps;
    side->open = s->index && !state->start;
    if (!state->start && !target->pending) {
        if (!target->uses)
            return false;
        look_closer(x, target, side);
    }
    if (side->gradient)
        return true;
    side->named = true;
    uint32_t kept = target->let, let = let_of(x, target, s->name, state->start ? s->index : NULL);
    if (state->start) {
        x->start_lets[number] = let;
        target->let = kept;
    }
    side->gradient = let ? gf_make_at(&x->d, let, side->index) : NULL;
    return let;
}

static void go_through(gf_gradients *x, uint32_t number)
{
    gf_side side;
    gf_walker w = {.d = &x->d, .wants = wants, .use = note_use, .part = note_part, .data = x, .why = x->why};
    x->walked = number;
    if (prepare(x, number, &side) && !gf_walk_side(&w, &side) && !x->d.problems->out_of_memory) {
        gf_text text = {0};
        gf_source_quote(&text, &x->d.m->file.source, w.failed ? w.failed->span : side.statement->span, 60);
        gf_problem_add(x->d.problems, GF_ERROR_ARGUMENT, w.failed ? w.failed->at : side.statement->span.begin,
                       w.too_long ? "%s: its gradient has too many parts: give what it is made of names"
                                  : "%s: its gradient cannot be written in the language",
                       gf_text_string(&text));
        gf_text_free(&text);
    }
    gf_gradients_count(x, number, -1);
}

/* --- preparations ------------------------------------------------------------------------------------------------- */

static void add_side(void *data, const gf_statement *s, const gf_start *start)
{
    gf_gradients *x = data;
    gf_side_state *state = &x->sides[x->side_count];
    *state = (gf_side_state){.statement = s, .value = s->value, .start = start};
    state->last_part = &state->parts;
    if (s->kind == STATEMENT_EQUATION)
        x->targets[s->name].side = x->side_count;
    x->side_count++;
}

static bool is_useful(const gf_tree *part, const void *data)
{
    const gf_gradients *x = data;
    return gf_tree_is_name(part) && part->name < x->d.m->symbol_count && x->targets[part->name].useful;
}

/* Which names lie between what is asked for and the loss. */
static void find_useful(gf_gradients *x)
{
    const gf_model *m = x->d.m;
    for (uint32_t k = 1; k < m->symbol_count; k++) {
        const gf_symbol *symbol = &m->symbols[k];
        bool leaf = symbol->kind == SYMBOL_PARAM || symbol->kind == SYMBOL_INPUT ||
                    (symbol->kind == SYMBOL_EQUATION && symbol->starts);
        x->targets[k].useful = x->of ? k == x->of : leaf;
    }
    for (bool more = true; more;) {
        more = false;
        for (uint32_t k = x->order_count; k-- > 0;) {
            const gf_side_state *state = &x->sides[x->order[k]];
            gf_target *target = &x->targets[state->statement->name];
            if (x->order[k] && !target->useful && gf_tree_find(state->value, is_useful, x))
                target->useful = more = true;
        }
    }
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static bool make_room(gf_gradients *x)
{
    const gf_model *m = x->d.m;
    size_t sides = m->file.statement_count + 1;
    x->targets = calloc(m->symbol_count + 1, sizeof *x->targets);
    x->sides = calloc(sides, sizeof *x->sides);
    x->order = calloc(sides, sizeof *x->order);
    x->start_lets = calloc(sides, sizeof *x->start_lets);
    for (uint32_t k = 0; x->targets && k <= m->symbol_count; k++)
        x->targets[k].last_use = &x->targets[k].uses;
    return x->targets && x->sides && x->order && x->start_lets;
}

static void refuse(gf_gradients *x, const char *of, const char *what)
{
    gf_problem_add(x->d.problems, GF_ERROR_ARGUMENT, GF_NOWHERE, "%s %s", of, what);
}

/* Names that are held fixed, between commas. */
static void find_held(gf_gradients *x, const char *text)
{
    static const char separators[] = " ,\t\n";
    x->held = gf_arena_get(x->d.arena, (strlen(text) + 1) * sizeof *x->held);
    x->d.problems->out_of_memory |= !x->held;
    for (const char *at = text + strspn(text, separators); x->held && *at; at += strspn(at, separators)) {
        char name[GF_NAME_LIMIT + 1];
        size_t size = strcspn(at, separators);
        snprintf(name, sizeof name, "%.*s", (int)(size < GF_NAME_LIMIT ? size : GF_NAME_LIMIT), at);
        at += size;
        const gf_symbol *symbol = gf_model_find(x->d.m, name);
        if (!symbol || symbol->kind < SYMBOL_PARAM || symbol->kind == SYMBOL_LET) {
            refuse(x, name, "is no name of the model's graph, and cannot be held fixed");
            return;
        }
        uint32_t number = gf_names_find(&x->d.m->file.names, name);
        x->targets[number].held = true;
        x->held[x->held_count++] = gf_make_name(&x->d, number);
    }
}

static bool find_asked(gf_gradients *x, const char *of, const char *held)
{
    if (held)
        find_held(x, held);
    const gf_symbol *symbol = of ? gf_model_find(x->d.m, of) : NULL;
    if (!of)
        return !gf_problems_any(x->d.problems);
    if (!symbol || symbol->kind < SYMBOL_PARAM || symbol->kind == SYMBOL_LET)
        refuse(x, of, "is no name of the model's graph");
    else if (symbol->kind == SYMBOL_GIVEN)
        refuse(x, of, "is given, and has no gradient: for one, write input for given");
    x->of = gf_names_find(&x->d.m->file.names, of);
    return !gf_problems_any(x->d.problems);
}

static void derive(gf_gradients *x, const char *of, const char *held)
{
    if (!make_room(x)) {
        x->d.problems->out_of_memory = true;
        return;
    }
    gf_each_side(x->d.m, add_side, x);
    if (!find_asked(x, of, held) || !gf_gradients_order(x))
        return;
    find_useful(x);
    for (uint32_t k = 0; k < x->order_count; k++)
        if (!gf_gradients_count(x, x->order[k], 1))
            return;
    for (uint32_t k = 0; k < x->order_count && !gf_problems_any(x->d.problems); k++)
        go_through(x, x->order[k]);
    if (!gf_problems_any(x->d.problems))
        gf_gradients_write(x);
    if (x->of && !x->targets[x->of].uses && !gf_problems_any(x->d.problems))
        refuse(x, of,
               x->held_count ? "has no gradient then: every way from it to the loss leads through what is held fixed"
                             : "has no gradient: the loss does not depend on it");
}

gf_status gf_derive_lines(gf_derivation_lines *out, gf_model *m, const gf_derivation_options *options)
{
    *out = (gf_derivation_lines){.m = m, .problems = {.source = &m->file.source}};
    gf_status status = gf_model_unroll(m);
    if (status)
        return status;
    gf_gradients x = {.out = out, .why = options->why};
    x.last_let = &out->lets;
    x.last_claim = &out->claims;
    if (gf_deriving_begin(&x.d, m, &out->arena, &out->problems)) {
        x.d.beside = options->format == GF_DERIVATION_GF;
        x.d.lasting = true;
        x.d.nested = options->format == GF_DERIVATION_NUMPY;
        derive(&x, options->of, options->held);
    }
    gf_deriving_end(&x.d);
    free(x.targets);
    free(x.sides);
    free(x.order);
    free(x.start_lets);
    return gf_problems_status(&out->problems);
}

void gf_derivation_lines_free(gf_derivation_lines *d)
{
    gf_problems_free(&d->problems);
    gf_arena_free(&d->arena);
    *d = (gf_derivation_lines){0};
}
