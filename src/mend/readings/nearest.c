/* The reading under which the least is to be written.
 *
 *     let da[t] = dh[t] * (1 - h[t])                                    claim grad(W) = sum(t, da[t] @ h[t]')
 *
 * Where the line of a let and all that uses it are wrong, no slip tells what it stands for. But one edit, 1 - h[t]^2,
 * makes this line the gradient of tanh's argument; and then the claim needs no more than h[t-1], where it had to have
 * dh[t] * (1 - h[t]^2) @ h[t-1]' if da stood for nothing. So what one edit of its line comes to is tried as its
 * reading, and what is new in the nearest edits of all lines that depend on it is counted. */
#include "mend/readings/readings.h"
#include "mend/terms/inside.h"
#include "model/scan.h"

enum { NEAR = 60 }; /* candidates that are looked at, at most: a bit each */

/* What a line costs beside the nodes that are new in it: to be edited at all; with a grad(h[t]) that it had not; all in
 * all if no edit is found. How much less a reading costs that makes something right, the let's own line or what uses
 * it; and how much is little. */
enum { SLIP = 2, TRUTH = 10, FAR = 40, SPEAKS = 4, LITTLE = 12 };

/* --- what one edit comes to --------------------------------------------------------------------------------------- */

typedef struct reaching {
    gf_line *line;
    const gf_candidate *candidates[NEAR];
    gf_worth worth[NEAR];
    const gf_worth *targets[NEAR];
    int count;
    uint64_t reached; /* a bit for each */
} reaching;

static void reach(reaching *r, const gf_tree *tree)
{
    int which = gf_worth_which(r->line, tree, r->targets, r->count);
    if (which >= 0)
        r->reached |= (uint64_t)1 << which;
}

static bool try_edit(gf_editor *editor, const gf_edit *edit)
{
    reaching *r = editor->data;
    const gf_model *m = editor->m;
    const gf_tree *tree = gf_tree_with(&editor->arena, r->line->tree, edit->old, edit->instead);
    if (tree && gf_tree_idle(m, tree) <= gf_tree_idle(m, r->line->tree))
        reach(r, tree);
    return !gf_model_ended(m);
}

/* Does it make something right that uses it? A claim of one step alone, grad(h[0]) = dz[1], may have forgotten what a
 * step brings. */
static bool is_of_one_step(const gf_tree *tree, const void *name)
{
    return tree->kind == TREE_AT && tree->name == *(const uint32_t *)name && tree->kids[0]->kind == TREE_NUMBER;
}

static bool is_well_used(gf_readings *readings, const gf_reading *reading)
{
    size_t fits = reading->known ? gf_fits_in_use(readings, reading) : 0;
    for (size_t k = 0; k < readings->claims->count && fits; k++) {
        gf_judged *judged = &readings->claims->list[k];
        const gf_statement *s = judged->statement;
        bool one = false;
        for (uint32_t n = 0; n < s->side_count; n++)
            one |= gf_tree_find(s->sides[n], is_of_one_step, &reading->name) != NULL;
        fits -= one && gf_claim_fits_to_judge(judged) && gf_claim_holds(judged);
    }
    return fits;
}

/* Candidates of its shape, each value once, and which of them it is called after. False without memory. */
static bool find_targets(reaching *r, gf_readings *readings, const gf_reading *reading, const gf_statement *s)
{
    const gf_symbol *own = reading->symbol;
    for (size_t k = 0; k < readings->candidate_count && r->count < NEAR; k++) {
        const gf_candidate *c = &readings->candidates[k], *first = r->count ? r->candidates[0] : NULL;
        int rows = first ? first->rows : own->rows, cols = first ? first->cols : own->cols, n = 0;
        gf_reading tried = *reading;
        if (c->plain || c->let || !gf_candidate_has_shape(reading, c) ||
            (rows && (rows != c->rows || cols != c->cols)) ||
            (reading->known && gf_same_values(c->values, reading->values, reading->count)))
            continue;
        while (n < r->count && !gf_same_values(c->values, r->candidates[n]->values, reading->count))
            n++;
        r->reached |= (uint64_t)gf_is_named_after(readings, reading, c) << n;
        if (n < r->count)
            continue;
        gf_reading_accept(&tried, c);
        if (!gf_line_of_let(r->line, readings, &tried, s) || !gf_worth_of_truth(&r->worth[n], r->line))
            return false;
        r->candidates[n] = c;
        r->targets[n] = &r->worth[n];
        r->count++;
    }
    return true;
}

/* --- what is to be written ---------------------------------------------------------------------------------------- */

static size_t new_in(const gf_tree *tree, const gf_tree *old)
{
    size_t count = 1;
    if (gf_tree_has_part(old, tree))
        return 0;
    for (uint32_t k = 0; k < tree->count; k++)
        count += new_in(tree->kids[k], old);
    return count;
}

static size_t size_of_line(gf_readings *readings, gf_line *line, bool *begs)
{
    gf_finding found;
    const gf_model *m = readings->claims->m;
    line->narrow = true;
    if (!line->count)
        return FAR;
    readings->claims->judge.out_of_memory |= gf_line_match(line, &found) == GF_ERROR_MEMORY;
    if (found.right || readings->claims->judge.out_of_memory)
        return 0;
    const gf_tree *old = found.count ? found.edits[0].old : line->tree;
    const gf_tree *instead = found.count ? found.edits[0].instead : found.add ? found.add->value : NULL;
    if (!instead)
        return FAR;
    bool truth = gf_derivative_in(m, instead) && !gf_derivative_in(m, old);
    *begs |= truth;
    return SLIP + new_in(instead, line->tree) + (truth ? TRUTH : 0);
}

static size_t size_of_let(gf_readings *readings, const gf_reading *reading, uint32_t name, bool *begs)
{
    const gf_statement *last = NULL;
    size_t size = 0;
    for (long t = 1; t <= reading->count && reading->known && !reading->right; t++) {
        const gf_statement *s = gf_reading_is_spoken_of(reading, t) ? gf_reading_line(reading, t) : NULL;
        bool counts = s && s != last && gf_line_is_sound(s);
        gf_line line;
        last = s;
        if (!counts || (name && !gf_tree_has(s->value, name)) || gf_reading_fits(readings, reading, s, s->value))
            continue;
        bool made = gf_line_of_let(&line, readings, reading, s);
        readings->claims->judge.out_of_memory |= !made;
        size += made ? size_of_line(readings, &line, begs) : 0;
    }
    return size;
}

static size_t size_of_claim(gf_readings *readings, gf_judged *judged, bool *begs)
{
    gf_line line;
    const gf_statement *s = judged->statement;
    if (!gf_claim_fits_to_judge(judged) || s->side_count != 2 || gf_claim_holds(judged))
        return 0;
    bool right = gf_tree_is_derivative(readings->claims->m, s->sides[1]);
    bool made = gf_line_of_claim(&line, readings, judged, s->sides[!right], s->sides[right]);
    readings->claims->judge.out_of_memory |= !made;
    return made ? size_of_line(readings, &line, begs) : 0;
}

/* In the lines of a let and in all that uses it; NULL: in all lines, where a let that stands for nothing has a size,
 * too. *begs becomes true where a grad(h[t]) is to be written. */
static size_t size_of_all(gf_readings *readings, const gf_reading *reading, bool *begs)
{
    gf_judge *judge = &readings->claims->judge;
    void *begin = gf_arena_get(&readings->arena, 1);
    size_t size = 0;
    judge->out_of_memory |= !begin || !gf_readings_force(readings);
    gf_readings_find_lets_of_names(readings);
    for (size_t k = 0; k < readings->count && !judge->out_of_memory; k++) {
        const gf_reading *user = &readings->list[k];
        size += size_of_let(readings, user, reading && user != reading ? reading->name : 0, begs);
        size += reading || user->known ? 0 : TRUTH;
    }
    for (size_t k = 0; k < readings->claims->count && !judge->out_of_memory; k++)
        if (!reading || gf_claim_uses(readings->claims->list[k].statement, reading->name))
            size += size_of_claim(readings, &readings->claims->list[k], begs);
    if (begin)
        gf_arena_back(&readings->arena, begin);
    gf_running_clear(&judge->running);
    return size;
}

size_t gf_readings_size(gf_readings *readings)
{
    bool begs = false;
    return size_of_all(readings, NULL, &begs);
}

/* Under one of the candidates. What one use brings is none lightly, and less so where the let is called after the
 * whole; where the line comes to it as it stands, that speaks for it as a use does, if little else is to be written. */
static size_t size_under(gf_readings *readings, const gf_reading *reading, const gf_candidate *c, bool named, bool own,
                         bool *begs)
{
    *begs = false;
    size_t size = size_of_all(readings, reading, begs) + (c->term ? SPEAKS : 0) + (c->term && named ? SPEAKS : 0);
    if (named || !own)
        return size;
    return size > LITTLE ? SIZE_MAX : size > SPEAKS ? size - SPEAKS : 0;
}

bool gf_reading_find_nearest(gf_readings *readings, gf_reading *reading, bool fits)
{
    gf_line line;
    gf_judge *judge = &readings->claims->judge;
    const gf_statement *s = gf_reading_line(reading, 1);
    reaching r = {.line = &line};
    if (!s || !gf_line_is_sound(s) || reading->trust)
        return true;
    if (!gf_readings_force(readings) || !find_targets(&r, readings, reading, s))
        return false;
    gf_editor editor = {.m = readings->claims->m,
                        .bindings = r.count ? line.bindings[0] : NULL,
                        .calculus = readings->calculus,
                        .visit = try_edit,
                        .data = &r};
    uint64_t called = r.reached, own = 0; /* what the line comes to as it stands */
    if (r.count && !fits) {
        reach(&r, s->value);
        own = r.reached & ~called;
        gf_edit_each(&editor, s->value);
    }
    judge->out_of_memory |= editor.out_of_memory;
    bool begs = false;
    bool named = reading->truth && gf_is_gradient_name(readings->claims->m, reading->name, reading->truth);
    bool taken = reading->known && !named && gf_is_taken(readings, reading, reading->values, false);
    size_t speaks = r.reached && !taken && is_well_used(readings, reading) ? SPEAKS : 0;
    size_t least = r.reached && !judge->out_of_memory ? size_of_all(readings, reading, &begs) : 0;
    gf_reading best = *reading;
    least = least > speaks ? least - speaks : 0;
    for (int k = 0; k < r.count && least && !judge->out_of_memory; k++) {
        if (!(r.reached >> k & 1))
            continue;
        gf_reading_accept(reading, r.candidates[k]);
        size_t size = size_under(readings, reading, r.candidates[k], named, own >> k & 1, &begs);
        if (size < least && !(speaks && begs)) {
            best = *reading;
            least = size;
        }
    }
    *reading = best;
    return !judge->out_of_memory;
}
