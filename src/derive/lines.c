/* The lines of a derivation: the terms of each gradient added up, at every step, and where some count at other steps
 * only, on lines of their own. */
#include <limits.h>
#include <stdlib.h>

#include "base/grow.h"
#include "derive/gradients.h"

enum { GROUP = 400 };
enum { OWN_LINES = 20 }; /* the most steps of a name that have a line of their own */

/* --- terms -------------------------------------------------------------------------------------------------------- */

static bool counts_at(gf_gradients *x, const gf_summand *term, long step)
{
    long at;
    if (term->at)
        return term->from <= term->to && gf_index_value(&x->d, term->at, NULL, &at) && at == step;
    if (step < term->from || step > term->to)
        return false;
    long from;
    const gf_binding t = {.name = x->d.m->t, .known = true, .value = step};
    return !term->origin || !gf_index_value(&x->d, term->origin, &t, &from) ||
           (from >= 1 && from <= x->d.m->steps && !gf_is_cut(x->d.m, step, from));
}

/* Beyond the ends a let is zero: there the line for every step holds as it is. */
static bool fits_line(gf_gradients *x, const gf_summand *term, long step)
{
    long from;
    const gf_binding t = {.name = x->d.m->t, .known = true, .value = step};
    bool beyond = term->origin && term->use->side.named && gf_index_value(&x->d, term->origin, &t, &from) &&
                  (from < 1 || from > x->d.m->steps);
    return counts_at(x, term, step) == !term->at || (beyond && !term->at);
}

/* Of the same step first, then of the nearest, then as in the file. */
static int compare(const void *left, const void *right)
{
    const gf_summand *a = left, *b = right;
    long far_a = labs(a->shift), far_b = labs(b->shift);
    uint32_t at_a = a->use->side.statement->span.begin, at_b = b->use->side.statement->span.begin;
    if (!a->at != !b->at)
        return a->at ? 1 : -1;
    if (far_a != far_b)
        return far_a < far_b ? -1 : 1;
    if (at_a != at_b)
        return at_a < at_b ? -1 : 1;
    return a->use->leaf->span.begin < b->use->leaf->span.begin ? -1
                                                               : a->use->leaf->span.begin > b->use->leaf->span.begin;
}

gf_summand *gf_gradients_terms(gf_gradients *x, uint32_t name, size_t *count, bool *all)
{
    gf_summand *terms = NULL;
    size_t room = 0;
    *count = 0;
    *all = true;
    for (const gf_use *use = x->targets[name].uses; use; use = use->next) {
        if (!gf_grow(&terms, &room, *count + 1)) {
            x->d.problems->out_of_memory = true;
            free(terms);
            return NULL;
        }
        *all = gf_solve_use(&x->d, use, x->d.m->symbols[name].timed, &terms[(*count)++]) && *all;
    }
    if (*count)
        qsort(terms, *count, sizeof *terms, compare);
    return terms;
}

static gf_tree *plus(gf_gradients *x, gf_tree *sum, gf_tree *term)
{
    return sum && term ? gf_make(&x->d, TREE_ADD, sum, term) : sum ? sum : term;
}

/* In groups, where there are many: who reads a text takes so many operators in a row, and not more. */
gf_tree *gf_terms_sum(gf_gradients *x, const gf_summand *terms, size_t count, const gf_tree *index, long step)
{
    const gf_put_pair pair = {x->d.m->t, index};
    gf_tree *sum = NULL, *group = NULL;
    size_t grouped = 0;
    for (size_t k = 0; k < count; k++) {
        if (index ? !counts_at(x, &terms[k], step) : terms[k].at != NULL)
            continue;
        group = plus(x, group, gf_put_names(&x->d, terms[k].tree, &pair, index ? 1 : 0));
        if (++grouped % GROUP)
            continue;
        sum = plus(x, sum, group);
        group = NULL;
    }
    return plus(x, sum, group);
}

/* --- lines -------------------------------------------------------------------------------------------------------- */

/* As one writes it down, with the model's names for quotients: w[t] for exp(e[t]) / total. */
static gf_tree *written(gf_gradients *x, const gf_tree *value)
{
    const gf_naming naming = {.d = &x->d};
    const gf_tree *named = value ? gf_factors_named(&naming, value) : NULL;
    x->d.problems->out_of_memory |= value && !named;
    return gf_polish(&x->d, named);
}

gf_derived *gf_gradients_let(gf_gradients *x, uint32_t name, const gf_tree *index, const gf_tree *value)
{
    gf_derived *line = gf_new_line(&x->d, STATEMENT_LET);
    gf_tree *polished = written(x, value);
    if (!line || !polished)
        return NULL;
    line->line.name = name;
    line->line.index = (gf_tree *)index;
    line->line.value = polished;
    return line;
}

/* "z[t] = V @ h[t] (@: a' @ G)", a line a term; index and step as in gf_terms_sum. */
static const char *why_of(gf_gradients *x, const gf_summand *terms, size_t count, const gf_tree *index, long step)
{
    gf_text text = {0};
    for (size_t k = 0; x->why && k < count; k++) {
        const gf_use *use = terms[k].use;
        if (index ? !counts_at(x, &terms[k], step) : terms[k].at != NULL)
            continue;
        gf_text_add(&text, text.size ? "\n" : "");
        gf_source_quote(&text, &x->d.m->file.source, use->side.statement->span, 100);
        if (use->rules)
            gf_text_print(&text, "   (%s)", use->rules);
    }
    const char *kept = text.size ? gf_arena_text(x->d.arena, gf_text_string(&text)) : NULL;
    x->d.problems->out_of_memory |= text.failed;
    gf_text_free(&text);
    return kept;
}

static void add_let(gf_gradients *x, uint32_t name, const gf_tree *index, const gf_tree *value, uint32_t of,
                    const char *why)
{
    gf_derived *line = value ? gf_gradients_let(x, name, index, value) : NULL;
    if (!line)
        return;
    const gf_symbol *symbol = &x->d.m->symbols[of];
    line->of = gf_make_at(&x->d, of, index);
    line->source = symbol->definition ? symbol->definition : symbol->declaration;
    line->why = why;
    *x->last_let = line;
    x->last_let = &line->next;
}

/* grad(v), grad(v | held). */
static gf_tree *gradient_of(gf_gradients *x, const gf_tree *of)
{
    const gf_tree **kids = gf_arena_get(x->d.arena, (x->held_count + 1) * sizeof *kids);
    x->d.problems->out_of_memory |= !kids;
    for (uint32_t k = 0; kids && k < x->held_count; k++)
        kids[k + 1] = x->held[k];
    if (!kids)
        return NULL;
    kids[0] = of;
    const gf_tree call = {.kind = TREE_CALL, .name = x->d.m->grad, .held = (uint16_t)x->held_count};
    return gf_make_raw(&x->d, &call, kids, x->held_count + 1);
}

static void add_claim(gf_gradients *x, const gf_tree *of, const gf_statement *source, const gf_tree *value,
                      const char *why)
{
    gf_derived *line = gf_new_line(&x->d, STATEMENT_CLAIM);
    gf_tree *grad = gradient_of(x, of);
    if (!line || !gf_make_sides(&x->d, &line->line, grad, written(x, value)))
        return;
    line->of = of;
    line->source = source;
    line->why = why;
    *x->last_claim = line;
    x->last_claim = &line->next;
}

static gf_tree *zeros(gf_gradients *x, uint32_t name)
{
    const gf_extents *extents = gf_extents_of_name(&x->d, name);
    return extents ? gf_make_call(&x->d, x->d.words.zeros, extents->text, 2) : NULL;
}

/* --- step by step ------------------------------------------------------------------------------------------------- */

/* What a use brings at one step, with every index at a value. */
typedef struct stepping {
    gf_gradients *x;
    const gf_use *use;
    long step; /* of the name */
    gf_put_pair pairs[GF_BINDERS + 1];
    int count;
    gf_tree *sum, *group; /* so far; the last group */
    size_t grouped;
} stepping;

static void add_instance(stepping *s, const gf_binding *bindings)
{
    gf_gradients *x = s->x;
    long index;
    if (!gf_index_value(&x->d, s->use->leaf->kids[0], bindings, &index) || index != s->step)
        return;
    const gf_binding *t = s->use->side.open ? gf_binding_find(bindings, x->d.m->t) : NULL;
    long step = t ? t->value : s->use->side.step;
    if (step && gf_is_cut(x->d.m, step, index))
        return;
    s->group = plus(x, s->group, gf_put_names(&x->d, s->use->term, s->pairs, s->count));
    if (++s->grouped % GROUP)
        return;
    s->sum = plus(x, s->sum, s->group);
    s->group = NULL;
}

static void each_value(stepping *s, int binder, const gf_binding *bindings)
{
    gf_gradients *x = s->x;
    if (binder == s->use->binder_count) {
        add_instance(s, bindings);
        return;
    }
    const gf_binder *b = &s->use->binders[binder];
    long low = 1, high = x->d.m->steps;
    if (b->low && !(gf_index_value(&x->d, b->low, bindings, &low) && gf_index_value(&x->d, b->high, bindings, &high)))
        return;
    for (long value = low; value <= high && !x->d.problems->out_of_memory; value++) {
        gf_binding binding = {.name = b->name, .known = true, .value = value, .outer = bindings};
        s->pairs[s->count++] = (gf_put_pair){b->name, gf_make_number(&x->d, (double)value)};
        each_value(s, binder + 1, &binding);
        s->count--;
    }
}

/* Every term of the name's gradient at one step, with numbers for indices; NULL where there is none. */
static gf_tree *sum_at(gf_gradients *x, uint32_t name, long step)
{
    stepping s = {.x = x, .step = step};
    for (const gf_use *use = x->targets[name].uses; use; use = use->next) {
        s.use = use;
        for (long t = 1; t <= (use->side.open ? x->d.m->steps : 1); t++) {
            gf_binding binding = {.name = x->d.m->t, .known = true, .value = t};
            s.count = use->side.open ? 1 : 0;
            s.pairs[0] = (gf_put_pair){x->d.m->t, gf_make_number(&x->d, (double)t)};
            each_value(&s, 0, use->side.open ? &binding : NULL);
        }
    }
    return plus(x, s.sum, s.group);
}

static void write_step_by_step(gf_gradients *x, uint32_t name, uint32_t let)
{
    if (x->d.m->steps > OWN_LINES) {
        const gf_use *use = x->targets[name].uses;
        gf_summand term;
        while (use->next && gf_solve_use(&x->d, use, true, &term))
            use = use->next;
        gf_text text = {0};
        gf_tree_print(&text, &x->d.m->file.names, use->leaf);
        gf_problem *problem =
            gf_problem_add(x->d.problems, GF_ERROR_LIMIT, use->leaf->at,
                           "%s: the gradient of %s must be written step by step, and there are %ld steps",
                           gf_text_string(&text), gf_model_text(x->d.m, name), x->d.m->steps);
        gf_problem_under(problem, use->leaf->span);
        gf_problem_note(x->d.problems, problem, "it is written for up to %d steps: set fewer", OWN_LINES);
        gf_text_free(&text);
        return;
    }
    for (long t = 1; t <= x->d.m->steps; t++) {
        gf_tree *sum = sum_at(x, name, t);
        add_let(x, let, gf_make_number(&x->d, (double)t), sum ? sum : zeros(x, name), name, NULL);
    }
}

/* --- names -------------------------------------------------------------------------------------------------------- */

/* How a step is written: as in a use at that step, from the last one, or as a number. */
static const gf_tree *spelling(gf_gradients *x, const gf_summand *terms, size_t count, long step)
{
    long at;
    for (size_t k = 0; k < count; k++)
        if (terms[k].at && gf_index_value(&x->d, terms[k].at, NULL, &at) && at == step)
            return terms[k].at;
    gf_affine own = {.fits = true, .number = step}, last = {.fits = true};
    bool from_end = step == x->d.m->steps || (2 * step > x->d.m->steps && !x->d.m->truncate);
    if (from_end && x->d.m->steps_name) { /* T, T - 1: nearer to the last step */
        last = gf_affine_of_name(x->d.m->steps_name);
        last.number = step - x->d.m->steps;
    }
    return gf_affine_tree(&x->d, last.count ? &last : &own);
}

static bool needs_own_line(gf_gradients *x, const gf_summand *terms, size_t count, long step)
{
    for (size_t k = 0; k < count; k++)
        if (!fits_line(x, &terms[k], step))
            return true;
    return false;
}

/* How many steps have a line of their own, at most one more than there may be. */
static long count_own_lines(gf_gradients *x, const gf_summand *terms, size_t count)
{
    long own = 0;
    for (long t = 1; t <= x->d.m->steps && own <= OWN_LINES; t++)
        own += needs_own_line(x, terms, count, t);
    return own;
}

/* Has each step a line of its own, by number: h[1], h[2] and h[3] of 3 steps? */
static bool is_written_out(gf_gradients *x, const gf_summand *terms, size_t count)
{
    for (long t = 1; t <= x->d.m->steps; t++)
        if (!needs_own_line(x, terms, count, t) || spelling(x, terms, count, t)->kind != TREE_NUMBER)
            return false;
    return true;
}

static void write_timed(gf_gradients *x, uint32_t name, uint32_t let, const gf_summand *terms, size_t count)
{
    gf_target *target = &x->targets[name];
    long at;
    gf_tree *general = gf_terms_sum(x, terms, count, NULL, 0);
    if (count_own_lines(x, terms, count) > OWN_LINES) {
        gf_problem_add(x->d.problems, GF_ERROR_LIMIT, GF_NOWHERE,
                       "the gradient of %s differs at more than %d steps, each of which needs a line of its own: set "
                       "fewer steps",
                       gf_model_text(x->d.m, name), OWN_LINES);
        return;
    }
    if (!target->at && !is_written_out(x, terms, count))
        add_let(x, let, gf_make_name(&x->d, x->d.m->t), general ? general : zeros(x, name), name,
                why_of(x, terms, count, NULL, 0));
    for (long t = 1; t <= x->d.m->steps; t++) {
        bool only = target->at && gf_index_value(&x->d, target->at, NULL, &at) && at == t;
        if (!only && !needs_own_line(x, terms, count, t))
            continue;
        const gf_tree *index = spelling(x, terms, count, t);
        gf_tree *sum = gf_terms_sum(x, terms, count, index, t);
        add_let(x, let, index, sum ? sum : zeros(x, name), name, why_of(x, terms, count, index, t));
    }
}

/* The lets of a name's gradient; of a leaf, which nothing refers to, where one line does not do. */
static void write_lets(gf_gradients *x, uint32_t name, const gf_summand *terms, size_t count, bool all)
{
    gf_target *target = &x->targets[name];
    if (!target->let)
        target->let = gf_new_let(&x->d, "d", gf_model_text(x->d.m, name), false, gf_extents_of_name(&x->d, name));
    if (!target->let)
        return;
    if (!x->d.m->symbols[name].timed) {
        gf_tree *sum = gf_terms_sum(x, terms, count, NULL, 0);
        add_let(x, target->let, NULL, sum ? sum : zeros(x, name), name, why_of(x, terms, count, NULL, 0));
    } else if (!all) {
        write_step_by_step(x, name, target->let);
    } else {
        write_timed(x, name, target->let, terms, count);
    }
}

static bool is_asked(const gf_gradients *x, uint32_t name)
{
    return !x->of || x->of == name;
}

/* A gradient that is a number has no let; who asks for it is told. */
static void write_inlined(gf_gradients *x, uint32_t name, const gf_summand *terms, size_t count)
{
    const gf_symbol *symbol = &x->d.m->symbols[name];
    const gf_tree *at = x->targets[name].at, *t = !symbol->timed ? NULL : at ? at : gf_make_name(&x->d, x->d.m->t);
    long step = 0;
    if (x->of != name || (at && !gf_index_value(&x->d, at, NULL, &step)))
        return;
    add_claim(x, gf_make_at(&x->d, name, t), symbol->definition, gf_terms_sum(x, terms, count, at, step),
              why_of(x, terms, count, at, step));
}

static void write_equation(gf_gradients *x, uint32_t name)
{
    gf_target *target = &x->targets[name];
    size_t count;
    bool all;
    if (!target->useful || (!target->uses && !target->let))
        return;
    gf_summand *terms = gf_gradients_terms(x, name, &count, &all);
    if (target->inlined)
        write_inlined(x, name, terms, count);
    else
        write_lets(x, name, terms, count, all);
    free(terms);
    if (target->inlined || !target->let || !is_asked(x, name))
        return;
    const gf_symbol *symbol = &x->d.m->symbols[name];
    const gf_tree *t = !symbol->timed ? NULL : target->at ? target->at : gf_make_name(&x->d, x->d.m->t);
    add_claim(x, gf_make_at(&x->d, name, t), symbol->definition, gf_make_at(&x->d, target->let, t), NULL);
}

static void write_leaf(gf_gradients *x, uint32_t name)
{
    const gf_symbol *symbol = &x->d.m->symbols[name];
    gf_target *target = &x->targets[name];
    size_t count;
    bool all;
    if ((symbol->kind != SYMBOL_PARAM && symbol->kind != SYMBOL_INPUT) || !is_asked(x, name))
        return;
    gf_summand *terms = gf_gradients_terms(x, name, &count, &all);
    const gf_tree *t = symbol->timed ? gf_make_name(&x->d, x->d.m->t) : NULL;
    bool lines = terms && (!all || (t && count_own_lines(x, terms, count)));
    if (lines)
        write_lets(x, name, terms, count, all);
    if (lines && target->let)
        add_claim(x, gf_make_at(&x->d, name, t), symbol->declaration, gf_make_at(&x->d, target->let, t), NULL);
    else if (!lines) /* zeros: the loss does not depend on it */
        add_claim(x, gf_make_at(&x->d, name, t), symbol->declaration,
                  terms ? gf_terms_sum(x, terms, count, NULL, 0) : zeros(x, name), why_of(x, terms, count, NULL, 0));
    free(terms);
}

static uint32_t let_of_start(const gf_gradients *x, const gf_start *start)
{
    for (uint32_t k = 1; k < x->side_count; k++)
        if (x->sides[k].start == start)
            return x->start_lets[k];
    return 0;
}

/* The gradient of a start: the terms that count there. */
static void write_start(gf_gradients *x, uint32_t name, const gf_start *start)
{
    const gf_statement *s = start->statement;
    const gf_tree *of = gf_make_at(&x->d, name, s->index);
    size_t count;
    bool all;
    if (start->index == LONG_MIN)
        return;
    gf_summand *terms = gf_gradients_terms(x, name, &count, &all);
    gf_tree *sum = !all ? sum_at(x, name, start->index) : gf_terms_sum(x, terms, count, s->index, start->index);
    const char *why = all ? why_of(x, terms, count, s->index, start->index) : NULL;
    free(terms);
    sum = sum ? sum : zeros(x, name);
    uint32_t let = let_of_start(x, start);
    gf_derived *line = let ? gf_gradients_let(x, let, NULL, sum) : NULL;
    if (line) {
        line->of = of;
        line->source = s;
        line->why = why;
        *x->last_let = line;
        x->last_let = &line->next;
    }
    if (is_asked(x, name) && x->d.m->symbols[name].kind != SYMBOL_GIVEN)
        add_claim(x, of, s, let ? gf_make_name(&x->d, let) : sum, let ? NULL : why);
}

/* In the order of the file: the list has the last one first. Of what is given nobody asks for the gradient, but an
 * equation that begins it hands it on. */
static void write_starts(gf_gradients *x, uint32_t name)
{
    const gf_symbol *symbol = &x->d.m->symbols[name];
    size_t count = 0;
    if (symbol->kind == SYMBOL_LET)
        return;
    for (const gf_start *start = symbol->starts; start; start = start->next)
        count++;
    const gf_start **starts = gf_arena_get(x->d.arena, count * sizeof *starts);
    x->d.problems->out_of_memory |= !starts;
    size_t left = starts ? count : 0;
    for (const gf_start *start = symbol->starts; left; start = start->next)
        starts[--left] = start;
    for (size_t k = 0; starts && k < count; k++)
        if (starts[k]->statement->kind == STATEMENT_START &&
            (symbol->kind != SYMBOL_GIVEN || starts[k]->statement->value))
            write_start(x, name, starts[k]);
}

/* --- where nothing arrives ---------------------------------------------------------------------------------------- */

/* Is it something, if lets at which nothing arrives are nothing? A sum is where one of its terms is, a product where
 * all its factors are. */
static bool is_something(const gf_gradients *x, const gf_tree *tree, const bool *arrives)
{
    if (gf_tree_is_name(tree))
        return !gf_is_let(&x->d, tree->name) || arrives[tree->name];
    if (!gf_has_let(&x->d, tree))
        return tree->kind != TREE_CALL || tree->name != x->d.words.zeros;
    bool sum = tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT || tree->kind == TREE_BESIDE ||
               tree->kind == TREE_STACKED;
    for (uint32_t k = 0; k < tree->count; k++)
        if ((sum || tree->kind != TREE_CALL || gf_has_let(&x->d, tree->kids[k])) &&
            is_something(x, tree->kids[k], arrives) == sum)
            return sum;
    return !sum;
}

/* A recurrence that nothing of the loss enters (it passes through stop alone, or cancels) is zero, and no term tells of
 * what shape: dh[t] = W' @ dh[t+1]. So zeros are written. */
static void write_zeros(gf_gradients *x)
{
    bool *arrives = calloc(x->d.m->file.names.count + 1, sizeof *arrives);
    x->d.problems->out_of_memory |= !arrives;
    for (bool more = arrives != NULL; more;) {
        more = false;
        for (const gf_derived *line = x->out->lets; line; line = line->next)
            if (!arrives[line->line.name] && is_something(x, line->line.value, arrives))
                arrives[line->line.name] = more = true;
    }
    for (gf_derived *line = x->out->lets; arrives && line; line = line->next) {
        gf_tree *nothing = arrives[line->line.name] ? NULL : zeros(x, line->line.name);
        line->line.value = nothing ? nothing : line->line.value;
    }
    free(arrives);
}

void gf_gradients_write(gf_gradients *x)
{
    for (uint32_t k = 0; k < x->order_count; k++) {
        gf_side_state *state = &x->sides[x->order[k]];
        if (x->order[k] && !state->start)
            write_equation(x, state->statement->name);
        if (state->parts) {
            *x->last_let = state->parts;
            x->last_let = state->last_part;
        }
    }
    for (uint32_t k = 1; k < x->d.m->symbol_count; k++)
        if (x->targets[k].useful)
            write_leaf(x, k);
    for (uint32_t k = 1; k < x->d.m->symbol_count; k++)
        if (!x->of || x->targets[k].useful)
            write_starts(x, k);
    write_zeros(x);
}
