/* Candidates: the gradients of a model that a let may stand for.
 *
 * For h[t] = tanh(W @ h[t-1] + b): grad(h[t]), grad(W), grad(W[t]), grad(b), grad(b[t]); and, since few give the
 * argument of tanh a name, its gradient: what the formula of tanh makes of grad(h[t]), grad(h[t]) * (1 - h[t]^2). Of a
 * let that is a matrix the Jacobians of one name by another. */
#include <math.h>
#include <string.h>

#include "base/grow.h"
#include "base/size.h"
#include "mend/readings/readings.h"
#include "model/scan.h"

enum { CANDIDATES = 400, PARTS_DEEP = 4 };

/* What the candidates are made with. */
typedef struct making {
    gf_readings *readings;
    gf_calculus *calculus;
    gf_deriving *d; /* the calculus's */
    const gf_model *m;
    const gf_statement *equation;
    bool timed;          /* the parts are there at each step */
    gf_put_pair arrives; /* the letter for the gradient of the equation's name, and that gradient */
} making;

/* --- values ------------------------------------------------------------------------------------------------------- */

static bool is_plain(const gf_candidate *candidate, long count)
{
    double first = gf_matrix_at(&candidate->values[0], 0, 0);
    bool single = count == 1 && candidate->rows == 1 && candidate->cols == 1;
    if (single && first != 0) { /* one entry is one number always: 1, -2 and 1/T say nothing, 0.3961 does */
        double of = fabs(first) < 1 ? 1 / first : first;
        return fabs(of - round(of)) < 1e-9;
    }
    for (long k = 0; k < count; k++)
        GF_EACH_ENTRY (candidate, i, j)
            if (fabs(gf_matrix_at(&candidate->values[k], i, j) - first) > 1e-12 * fabs(first))
                return false;
    return true;
}

/* False without memory; *known says whether it has values at all. */
static bool work_out(gf_readings *readings, gf_candidate *candidate, bool *known)
{
    long count = candidate->timed ? readings->claims->m->steps : 1;
    candidate->values = gf_arena_get(&readings->arena, (size_t)count * sizeof *candidate->values);
    *known = candidate->values;
    gf_readings_collect(readings, candidate->truth, candidate->timed);
    for (long k = 0; k < count && *known; k++) {
        const gf_matrix *value = gf_readings_value(readings, candidate->truth, candidate->timed, k + 1, NULL);
        *known = value && gf_matrix_keep(&candidate->values[k], &readings->arena, value);
        if (*known) {
            candidate->rows = value->rows;
            candidate->cols = value->cols;
        }
        gf_judge_clear(&readings->claims->judge);
        if (value && !*known)
            return false;
    }
    if (*known)
        candidate->plain = is_plain(candidate, count);
    return candidate->values;
}

void gf_candidate_add(gf_readings *readings, gf_candidate candidate)
{
    bool known;
    if (!candidate.truth || readings->candidate_count == CANDIDATES || readings->claims->judge.out_of_memory)
        return;
    if (!work_out(readings, &candidate, &known) ||
        (known && !gf_grow(&readings->candidates, &readings->candidate_room, readings->candidate_count + 1))) {
        readings->claims->judge.out_of_memory = true;
        return;
    }
    if (known)
        readings->candidates[readings->candidate_count++] = candidate;
}

static void add(making *w, const gf_tree *truth, const char *words, uint32_t name, bool timed)
{
    gf_candidate_add(w->readings, (gf_candidate){.truth = truth, .words = words, .name = name, .timed = timed});
}

/* --- names -------------------------------------------------------------------------------------------------------- */

static gf_tree *gradient_of(making *w, uint32_t name, const gf_tree *index)
{
    const gf_tree *x = gf_make_at(w->d, name, index);
    return gf_make_call(w->d, w->m->grad, &x, 1);
}

static void add_name(making *w, uint32_t name)
{
    bool timed = gf_model_symbol(w->m, name)->timed;
    add(w, gradient_of(w, name, timed ? gf_make_name(w->d, w->m->t) : NULL), NULL, name, timed);
    if (!timed)
        return;
    add(w, gradient_of(w, name, gf_steps_tree(w->d)), NULL, name, false);
    add(w, gradient_of(w, name, gf_make_number(w->d, 1)), NULL, name, false);
}

/* Before the first step, behind the last: let ds0 = … for grad(s[0]). */
static void add_start(making *w, uint32_t name)
{
    for (const gf_statement *s = w->m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_START && s->name == name && !s->broken && s->index)
            add(w, gradient_of(w, name, s->index), NULL, name, false);
}

/* What one step brings. */
static void add_share(making *w, uint32_t name)
{
    if (!gf_model_symbol(w->m, name)->timed)
        add(w, gradient_of(w, name, gf_make_name(w->d, w->m->t)), NULL, name, true);
}

/* Names of such a kind. */
static void each_name(making *w, gf_symbol_kind kind, void (*look)(making *w, uint32_t name))
{
    for (uint32_t k = 1; k < w->m->symbol_count; k++)
        if (w->m->symbols[k].kind == kind && !w->m->symbols[k].broken)
            look(w, k);
}

/* --- parts of equations ------------------------------------------------------------------------------------------- */

/* " in h[t]". */
static const char *in_equation(making *w, gf_text *text)
{
    if (w->equation->kind == STATEMENT_LOSS)
        gf_text_add(text, " in the loss");
    else
        gf_text_print(text, " in %s", gf_model_text(w->m, w->equation->name));
    if (w->equation->index) {
        gf_text_add(text, "[");
        gf_tree_print(text, &w->m->file.names, w->equation->index);
        gf_text_add(text, "]");
    }
    const char *kept = gf_text_keep(text, &w->readings->arena);
    w->readings->claims->judge.out_of_memory |= !kept;
    return kept;
}

/* "the gradient of tanh's argument in h[t]", or of the part as it is written. */
static const char *words_of(making *w, const gf_tree *node, const gf_tree *part)
{
    gf_text text = {0};
    gf_text_add(&text, "the gradient of ");
    if (node->kind == TREE_CALL && node->count == 1)
        gf_text_print(&text, "%s's argument", gf_model_text(w->m, node->name));
    else
        gf_source_quote(&text, &w->m->file.source, part->span, 40);
    return in_equation(w, &text);
}

static bool is_leaf(const gf_tree *tree)
{
    return !tree->count || tree->kind == TREE_AT || gf_tree_binds(tree) || tree->kind == TREE_TRANSPOSE;
}

/* An equation for all steps; start s[0] = tanh(B @ v) is for one. */
static bool is_timed(const gf_statement *s)
{
    return s->index && s->index->kind == TREE_NAME;
}

/* sum(t, a) is a at each step. */
static bool is_over_time(const making *w, const gf_tree *tree)
{
    return tree->kind == TREE_SUM && tree->count == 1 && tree->name == w->m->t;
}

/* What the parts of a node receive, where the node receives `arrives`; `y` is how its value is written. */
static void add_parts(making *w, const gf_tree *node, const gf_tree *arrives, const gf_tree *y, int deep)
{
    if (is_over_time(w, node)) {
        w->timed = true;
        add_parts(w, node->kids[0], arrives, node->kids[0], deep);
        w->timed = is_timed(w->equation);
        return;
    }
    for (uint32_t k = 0; k < node->count && !is_leaf(node); k++) {
        const gf_tree *part = node->kids[k];
        double number;
        if ((is_leaf(part) && !is_over_time(w, part)) || gf_number_of(w->d, part, &number) || !gf_passes(w->d, node, k))
            continue;
        const gf_tree *pulled = gf_pull(w->d, node, k, arrives, y);
        const char *words = pulled ? words_of(w, node, part) : NULL;
        if (!words)
            continue;
        bool same = (node->kind == TREE_ADD && gf_tree_equal(pulled, arrives)) || is_over_time(w, part);
        if (!same)
            add(w, gf_put_names(w->d, pulled, &w->arrives, 1), words, 0, w->timed);
        if (deep)
            add_parts(w, part, pulled, part, deep - 1);
    }
}

static void add_parts_of(making *w, const gf_statement *s)
{
    w->equation = s;
    if (s->broken || !s->value || (s->index && s->kind != STATEMENT_START && !is_timed(s)))
        return;
    bool loss = s->kind == STATEMENT_LOSS;
    const gf_tree *G = gf_calculus_arriving(w->calculus, s->value);
    w->timed = is_timed(s);
    w->arrives = (gf_put_pair){w->calculus->G, loss ? gf_make_number(w->d, 1) : gradient_of(w, s->name, s->index)};
    if (G && w->arrives.by)
        add_parts(w, s->value, G, loss ? s->value : gf_make_at(w->d, s->name, s->index), PARTS_DEEP);
}

/* --- what one use brings ------------------------------------------------------------------------------------------ */

/* The tree with grad(NAME[i]) for each letter[i], or grad(NAME) for the letter. */
static const gf_tree *with_gradients(making *w, const gf_tree *tree, uint32_t letter, uint32_t name)
{
    enum { KIDS = 16 };
    const gf_tree *kids[KIDS];
    if (letter && (tree->kind == TREE_AT || tree->kind == TREE_NAME) && tree->name == letter)
        return gradient_of(w, name, tree->kind == TREE_AT ? tree->kids[0] : NULL);
    if (tree->count > KIDS)
        return NULL;
    for (uint32_t k = 0; k < tree->count; k++)
        if (!(kids[k] = with_gradients(w, tree->kids[k], letter, name)))
            return NULL;
    return tree->count ? gf_make_like(w->d, tree, kids) : tree;
}

/* h[t-1] in z[t] brings to h[t] what z[t+1] receives: at the step of h, and, as one may write it, at that of z. */
static void add_at_use(making *w, uint32_t name, const gf_tree *tree, long shift, const char *by)
{
    size_t before = w->readings->candidate_count;
    gf_text text = {0};
    gf_text_print(&text, "what %s brings to grad(%s)", by, gf_model_text(w->m, name));
    const char *words = gf_text_keep(&text, &w->readings->arena);
    w->readings->claims->judge.out_of_memory |= !words;
    add(w, tree, words, 0, gf_model_symbol(w->m, name)->timed);
    const gf_put_pair step = {w->m->t, gf_index_shifted(w->d, gf_make_name(w->d, w->m->t), -shift)};
    if (shift && tree && step.by)
        add(w, gf_put_names(w->d, tree, &step, 1), words, 0, true);
    for (size_t k = before; k < w->readings->candidate_count; k++)
        w->readings->candidates[k].term = true;
}

/* Each use, and all of the same step together: h[t-1] may be used by each of the gates. */
static void add_uses(making *w, uint32_t name)
{
    const gf_brought *first = gf_calculus_brought(w->calculus, name);
    for (const gf_brought *b = first; b && first->next; b = b->next) { /* of one use alone it is the gradient itself */
        const gf_tree *all = NULL;
        int count = 0;
        bool seen = false;
        if (!b->shifts)
            continue;
        add_at_use(w, name, with_gradients(w, b->tree, b->gradient, b->user->name), b->shift,
                   b->gradient ? gf_model_text(w->m, b->user->name) : "the loss");
        for (const gf_brought *c = first; c; c = c->next) {
            if (!c->shifts || c->shift != b->shift)
                continue;
            const gf_tree *tree = with_gradients(w, c->tree, c->gradient, c->user->name);
            all = all && tree ? gf_make(w->d, TREE_ADD, all, tree) : tree;
            seen |= !count++ && c != b;
        }
        if (count > 1 && !seen)
            add_at_use(w, name, all, b->shift, b->shift > 0 ? "a step" : "a step by itself");
    }
}

/* --- Jacobians ---------------------------------------------------------------------------------------------------- */

/* Is there a let of that shape of which it is not known what it is? */
static bool is_wanted(const gf_readings *readings, int rows, int cols)
{
    for (size_t k = 0; k < readings->count; k++) {
        const gf_symbol *let = readings->list[k].symbol;
        if (!readings->list[k].right && let->rows == rows && let->cols == cols)
            return rows > 1 && cols > 1;
    }
    return false;
}

static void add_jacobian(making *w, uint32_t y, uint32_t x, long shift)
{
    const gf_symbol *of = gf_model_symbol(w->m, y), *by = gf_model_symbol(w->m, x);
    const gf_tree *t = gf_make_name(w->d, w->m->t);
    if (of->cols != 1 || by->cols != 1 || (by->timed && !of->timed) || !is_wanted(w->readings, of->rows, by->rows))
        return;
    const gf_tree *kids[] = {gf_make_at(w->d, y, of->timed ? t : NULL),
                             gf_make_at(w->d, x, by->timed ? gf_index_shifted(w->d, t, -shift) : NULL)};
    add(w, gf_make_call(w->d, w->m->jacobian, kids, 2), NULL, 0, of->timed);
}

/* Of what uses it by it, and of a state by the one before. */
static void add_jacobians(making *w, uint32_t name)
{
    const gf_symbol *own = gf_model_symbol(w->m, name);
    for (const gf_brought *b = gf_calculus_brought(w->calculus, name); b; b = b->next)
        if (b->shifts && b->user->kind == STATEMENT_EQUATION && b->user->name != name)
            add_jacobian(w, b->user->name, name, b->shift);
    if (own->starts)
        add_jacobian(w, name, name, 1);
}

/* --- all steps in one matrix -------------------------------------------------------------------------------------- */

static bool is_stack(const gf_tree *tree, const void *model)
{
    const gf_model *m = model;
    return (tree->kind == TREE_HCAT || tree->kind == TREE_VCAT) && tree->name == m->t;
}

/* let DZ = (softmax(H @ Wo) - Y) / T, where H = vcat(t, h[t]), and Hprev = vcat(t, h[t-1]): of a file that has steps
 * side by side, or one on top of the other. */
static void add_stacks(making *w)
{
    const gf_candidate *list = w->readings->candidates;
    size_t count = w->readings->candidate_count;
    bool stacks = false;
    for (const gf_statement *s = w->m->file.statements; s && !stacks; s = s->next)
        stacks = s->value && gf_tree_find(s->value, is_stack, w->m);
    if (!stacks)
        return;
    const gf_tree *t = gf_make_name(w->d, w->m->t), *steps[] = {t, gf_index_shifted(w->d, t, -1)};
    for (size_t k = 0; k < count; k++, list = w->readings->candidates) {
        const gf_tree like = {.kind = list[k].rows == 1 ? TREE_VCAT : TREE_HCAT, .name = w->m->t};
        if (list[k].timed && !list[k].term && (list[k].rows == 1 || list[k].cols == 1))
            add(w, gf_make_raw(w->d, &like, &list[k].truth, 1), list[k].words, 0, false);
    }
    for (uint32_t k = 1; k < w->m->symbol_count; k++) {
        const gf_symbol *symbol = &w->m->symbols[k];
        const gf_tree like = {.kind = symbol->rows == 1 ? TREE_VCAT : TREE_HCAT, .name = w->m->t};
        bool state = symbol->timed && (symbol->kind == SYMBOL_EQUATION || symbol->kind == SYMBOL_INPUT);
        for (int n = 0; n < 2 && state && !symbol->broken && (symbol->rows == 1 || symbol->cols == 1); n++) {
            const gf_tree *at = gf_make_at(w->d, k, steps[n]);
            add(w, gf_make_raw(w->d, &like, &at, 1), NULL, 0, false);
        }
    }
}

/* --- parts of the forward pass ------------------------------------------------------------------------------------ */

static void add_value(making *w, const gf_tree *tree, const char *words, uint32_t let)
{
    gf_candidate_add(w->readings,
                     (gf_candidate){.truth = tree, .words = words, .let = let, .timed = w->timed, .forward = true});
}

/* let s[t] = 1 - h[t]^2, for tanh' of what h is tanh of: "the slope of tanh in h[t]". */
static void add_slope(making *w, const gf_tree *call, uint32_t let)
{
    char prime[GF_FUNCTION_NAME + 1];
    gf_function f;
    gf_text text = {0};
    snprintf(prime, sizeof prime, "%s'", gf_model_text(w->m, call->name));
    if (call->count != 1 || !gf_function_find(&f, prime))
        return;
    gf_text_print(&text, "the slope of %s", gf_model_text(w->m, call->name));
    const char *words = in_equation(w, &text);
    add_value(w, gf_make_call(w->d, gf_word(w->d, prime), (const gf_tree *const *)call->kids, 1), words, let);
}

/* Each part of an equation, but for names, numbers and what goes over a range; and the slopes of its functions. */
static void add_values(making *w, const gf_tree *tree, uint32_t let)
{
    if (is_leaf(tree))
        return;
    add_value(w, tree, NULL, let);
    if (tree->kind == TREE_CALL)
        add_slope(w, tree, let);
    for (uint32_t k = 0; k < tree->count; k++)
        add_values(w, tree->kids[k], let);
}

/* What a use brings is made of parts that are no gradient: softmax(o[t]) of softmax(o[t]) - y[t]. */
static void add_factors(making *w, const gf_tree *tree, uint32_t gradient, uint32_t let)
{
    for (uint32_t k = 0; k < tree->count && !is_leaf(tree); k++) {
        const gf_tree *kid = tree->kids[k];
        if (!is_leaf(kid) && (!gradient || !gf_tree_has(kid, gradient)))
            add_value(w, kid, NULL, let);
        add_factors(w, kid, gradient, let);
    }
}

/* The tree with 1 for the gradient that arrives; NULL where that is a factor of a matrix product, or without memory. */
static const gf_tree *with_ones(making *w, const gf_tree *tree, uint32_t gradient)
{
    const gf_tree *kids[2];
    if (!gf_tree_has(tree, gradient))
        return tree;
    if ((tree->kind == TREE_AT || tree->kind == TREE_NAME) && tree->name == gradient)
        return gf_make_number(w->d, 1);
    bool plain = tree->kind == TREE_MULTIPLY || tree->kind == TREE_DIVIDE || gf_tree_adds(tree);
    for (uint32_t k = 0; plain && k < tree->count; k++)
        plain = (kids[k] = with_ones(w, tree->kids[k], gradient));
    return plain ? gf_make(w->d, tree->kind, kids[0], tree->count > 1 ? kids[1] : NULL) : NULL;
}

/* What all uses by one equation are multiplied by: c[t] - h[t-1] of the gate z in h[t] = (1 - z) * h[t-1] + z * c. */
static void add_slope_of_all(making *w, const gf_brought *first, const gf_brought *own, uint32_t let)
{
    const gf_tree *sum = NULL;
    int count = 0;
    for (const gf_brought *b = first; b; b = b->next) {
        const gf_tree *tree =
            b->shifts && !b->shift && b->user == own->user ? with_ones(w, b->tree, b->gradient) : NULL;
        if (b->user == own->user && b->shifts && !b->shift && (!tree || (b != own && !count)))
            return;
        sum = sum && tree ? gf_make(w->d, TREE_ADD, sum, tree) : tree ? tree : sum;
        count += tree != NULL;
    }
    if (count > 1 && sum)
        add_value(w, sum, NULL, let);
}

static void add_all_factors(making *w, bool timed, uint32_t let)
{
    for (uint32_t k = 1; k < w->m->symbol_count; k++) {
        const gf_symbol *symbol = &w->m->symbols[k];
        bool own = symbol->kind == SYMBOL_EQUATION && !symbol->broken && symbol->timed == timed;
        const gf_brought *first = own ? gf_calculus_brought(w->calculus, k) : NULL;
        for (const gf_brought *b = first; b; b = b->next)
            if (b->shifts && !b->shift) {
                add_factors(w, b->tree, b->gradient, let);
                if (b->gradient)
                    add_slope_of_all(w, first, b, let);
            }
    }
}

/* let s[t] = tanh(a[t]), where h[t] has these values. */
static bool is_copy_of_name(making *w, const gf_reading *reading)
{
    bool timed = reading->symbol->timed, same = false;
    for (uint32_t k = 1; k < w->m->symbol_count && !same; k++) {
        const gf_symbol *symbol = &w->m->symbols[k];
        bool own = symbol->kind == SYMBOL_EQUATION && !symbol->broken && symbol->timed == timed && reading->values;
        const gf_tree *name = own ? gf_make_at(w->d, k, timed ? gf_make_name(w->d, w->m->t) : NULL) : NULL;
        same = name;
        for (long n = 0; n < reading->count && same; n++) {
            const gf_matrix *value = gf_readings_value(w->readings, name, timed, n + 1, NULL);
            same = value && reading->values[n].data && gf_same_values(value, &reading->values[n], 1);
            gf_judge_clear(&w->readings->claims->judge);
        }
    }
    return same;
}

/* let p[t] = h[t-1] @ Wn + cn, which the file has no name for: a let whose line is of the forward pass alone may be a
 * part of that, or of its derivatives. */
static void add_forward(making *w, const gf_reading *reading)
{
    const gf_statement *line = reading->symbol->definition;
    if (reading->right || !line || !gf_line_is_sound(line) || gf_tree_find(line->value, gf_is_no_forward, w->m) ||
        is_copy_of_name(w, reading))
        return;
    for (const gf_statement *s = w->m->file.statements; s; s = s->next) {
        w->equation = s;
        w->timed = is_timed(s);
        if (s->kind == STATEMENT_EQUATION && !s->broken && s->value && w->timed == reading->symbol->timed)
            add_values(w, s->value, reading->name);
    }
    w->timed = reading->symbol->timed;
    add_all_factors(w, w->timed, reading->name);
}

/* --- lets that are right ------------------------------------------------------------------------------------------ */

bool gf_candidates_add_lets(gf_readings *readings)
{
    gf_deriving *d = &readings->calculus->d;
    making w = {.readings = readings, .calculus = readings->calculus, .d = d, .m = d->m};
    for (size_t k = 0; k < readings->count; k++) {
        const gf_reading *reading = &readings->list[k];
        const gf_tree *index = reading->symbol->timed ? gf_make_name(d, d->m->t) : NULL;
        if (reading->right && !reading->truth)
            add(&w, gf_make_at(d, reading->name, index), NULL, 0, reading->symbol->timed);
        add_forward(&w, reading);
    }
    return !d->problems->out_of_memory && !readings->claims->judge.out_of_memory;
}

bool gf_candidates_find(gf_readings *readings)
{
    gf_calculus *calculus = readings->calculus;
    making w = {.readings = readings, .calculus = calculus, .d = &calculus->d, .m = calculus->d.m};
    gf_binding t = {.name = w.m->t, .known = true, .value = 1};
    each_name(&w, SYMBOL_EQUATION, add_name);
    each_name(&w, SYMBOL_INPUT, add_name);
    each_name(&w, SYMBOL_PARAM, add_name);
    each_name(&w, SYMBOL_EQUATION, add_start);
    w.d->bindings = &t;
    for (const gf_statement *s = w.m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_EQUATION || s->kind == STATEMENT_START || s->kind == STATEMENT_LOSS)
            add_parts_of(&w, s);
    w.d->bindings = NULL;
    each_name(&w, SYMBOL_EQUATION, add_uses);
    each_name(&w, SYMBOL_PARAM, add_uses);
    each_name(&w, SYMBOL_PARAM, add_share);
    each_name(&w, SYMBOL_EQUATION, add_jacobians);
    each_name(&w, SYMBOL_INPUT, add_jacobians);
    add_stacks(&w);
    return !w.d->problems->out_of_memory && !readings->claims->judge.out_of_memory;
}
