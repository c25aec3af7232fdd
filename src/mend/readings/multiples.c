/* Lets that are so many times a gradient, minus one, or one transposed.
 *
 *     let dy[t] = softmax(s[t]) - y[t]                      claim grad(V) = sum(t, dy[t] @ h[t]') / B
 *     let dh[t] = V' @ dy[t] + W' @ dz[t+1]                 claim grad(W) = sum(t, dz[t] @ h[t-1]') / B
 *
 * Whoever divides by the size of the batch at the end has B times each gradient until then. So where a number stands
 * beside what lets are factors of, all that these are made of may be as many times as much: if there are fewer slips
 * then, it is so; likewise where a minus stands, or -grad(W) on the other side. A let of which nothing is known yet may
 * be a multiple by itself; and it may be transposed, where it lies and a gradient stands. */
#include <string.h>

#include "mend/readings/readings.h"
#include "model/scan.h"

typedef struct multiplying {
    gf_readings *readings;
    gf_judge *judge;
    gf_deriving *d;
    const gf_model *m;
    gf_tree_kind kind;
    const gf_tree *number; /* NULL: transposed, or negative */
    unsigned char *used;   /* by number of a name */
} multiplying;

/* ", times B"; NULL where what is multiplied has none. */
static const char *words_of(multiplying *w, const char *words)
{
    gf_text text = {0};
    if (!words)
        return NULL;
    const char *how = w->kind == TREE_TRANSPOSE ? "transposed" : w->kind == TREE_DIVIDE ? "over " : "times ";
    gf_text_print(&text, "%s, %s%s", words, how, w->kind == TREE_NEGATIVE ? "-1" : "");
    if (w->number)
        gf_tree_print(&text, &w->m->file.names, w->number);
    const char *kept = gf_text_keep(&text, &w->readings->arena);
    w->judge->out_of_memory |= !kept;
    return kept;
}

/* Notes the lets in an expression, and what these are made of. */
static void note_used(multiplying *w, const gf_tree *tree)
{
    memset(w->used, 0, w->m->symbol_count * sizeof *w->used);
    gf_lets_in(w->m, tree, w->used);
}

/* --- a let by itself ---------------------------------------------------------------------------------------------- */

static void add_multiples(multiplying *w, const gf_reading *reading)
{
    gf_readings *readings = w->readings;
    bool turned = w->kind == TREE_TRANSPOSE;
    bool said = !reading || reading->right || reading->trust || (!turned && reading->known);
    size_t before = readings->candidate_count;
    for (size_t k = 0; k < before && !said; k++) {
        gf_candidate c = readings->candidates[k];
        c.rows = turned ? readings->candidates[k].cols : c.rows;
        c.cols = turned ? readings->candidates[k].rows : c.cols;
        if (c.let || c.plain || !gf_candidate_has_shape(reading, &c))
            continue;
        c.truth = gf_make(w->d, w->kind, c.truth, w->number);
        c.words = words_of(w, c.words);
        c.let = reading->name;
        c.name = 0;
        gf_candidate_add(readings, c);
    }
}

/* The factors of a product, and what these are made of. */
static void multiply_factors(multiplying *w, const gf_tree *tree)
{
    bool product = tree->kind == TREE_MULTIPLY || tree->kind == TREE_MATMUL;
    if (gf_tree_is_name(tree))
        note_used(w, tree);
    for (size_t k = 0; k < w->readings->count && gf_tree_is_name(tree); k++)
        if (w->used[w->readings->list[k].name])
            add_multiples(w, &w->readings->list[k]);
    if (product || tree->kind == TREE_DIVIDE || tree->kind == TREE_TRANSPOSE || tree->kind == TREE_NEGATIVE)
        multiply_factors(w, tree->kids[0]);
    if (product || tree->kind == TREE_SUM)
        multiply_factors(w, tree->kids[tree->count - 1]);
}

/* --- all that something is made of -------------------------------------------------------------------------------- */

/* How many slips there are in lines of lets, and claims that fail. */
static size_t slips(gf_readings *readings)
{
    size_t count = 0;
    size_t some = 0;
    readings->claims->judge.out_of_memory |= !gf_readings_force(readings);
    gf_readings_find_lets_of_names(readings);
    for (size_t k = 0; k < readings->claims->count && !readings->claims->judge.out_of_memory; k++) {
        gf_judged *judged = &readings->claims->list[k];
        count += gf_claim_fits_to_judge(judged) && !gf_claim_holds(judged);
    }
    for (size_t k = 0; k < readings->count && !readings->claims->judge.out_of_memory; k++)
        if (readings->list[k].known && !readings->list[k].right)
            count += gf_slips_of_let(readings, &readings->list[k], 0, &some);
    return count;
}

/* May a let be a multiple: no claim says what it is, nor a line that is right, and made of names of the model alone? */
static bool may_be(gf_readings *readings, const gf_reading *reading)
{
    const gf_statement *line = reading->symbol->definition;
    if (!reading->known || reading->right || reading->trust || reading->multiple || !reading->truth)
        return false;
    return !line || !line->value || gf_uses_let(readings->claims->m, line->value) ||
           !gf_fits_own_lines(readings, reading);
}

static void multiply_all(multiplying *w, const gf_tree *tree)
{
    gf_readings *readings = w->readings;
    size_t size = readings->count * sizeof *readings->list, own = slips(readings), changed = 0;
    gf_reading *before = gf_arena_get(&readings->arena, size);
    w->judge->out_of_memory |= !before;
    if (!before || !own)
        return;
    memcpy(before, readings->list, size);
    note_used(w, tree);
    for (size_t k = 0; k < readings->count; k++) {
        gf_reading *reading = &readings->list[k];
        if (!w->used[reading->name] || !may_be(readings, reading))
            continue;
        const gf_tree *truth = gf_make(w->d, w->kind, reading->truth, w->number);
        reading->words = words_of(w, reading->words);
        w->judge->out_of_memory |= !truth || !gf_reading_take(readings, reading, truth);
        changed++;
    }
    if (!changed || slips(readings) >= own)
        memcpy(readings->list, before, size);
}

/* --- where numbers stand ------------------------------------------------------------------------------------------ */

static void look_negative(multiplying *w, const gf_tree *tree, void (*look)(multiplying *w, const gf_tree *tree))
{
    w->kind = TREE_NEGATIVE;
    w->number = NULL;
    look(w, tree);
}

static void find_numbers(multiplying *w, const gf_tree *tree, void (*look)(multiplying *w, const gf_tree *tree))
{
    bool under = tree->kind == TREE_DIVIDE, times = tree->kind == TREE_MULTIPLY;
    if (tree->kind == TREE_NEGATIVE)
        look_negative(w, tree->kids[0], look);
    for (uint32_t k = 0; k < tree->count && !w->judge->out_of_memory; k++) {
        double number;
        bool found = ((under && k == 1) || times) && gf_number_of(w->d, tree->kids[k], &number) && number != 1;
        w->kind = under ? TREE_MULTIPLY : TREE_DIVIDE;
        w->number = tree->kids[k];
        if (found)
            look(w, tree->kids[!k]);
        find_numbers(w, tree->kids[k], look);
    }
}

static void in_all_lines(multiplying *w, void (*look)(multiplying *w, const gf_tree *tree))
{
    for (const gf_statement *s = w->m->file.statements; s; s = s->next) {
        if (s->kind == STATEMENT_LET && s->value)
            find_numbers(w, s->value, look);
        for (uint32_t k = 0; s->kind == STATEMENT_CLAIM && k < s->side_count; k++) {
            const gf_tree *side = s->sides[k];
            find_numbers(w, side, look);
            if (side->kind == TREE_NEGATIVE && gf_tree_is_derivative(w->m, side->kids[0]))
                look_negative(w, s->sides[k ? k - 1 : 1], look);
        }
    }
}

bool gf_readings_find_multiples(gf_readings *readings)
{
    gf_claims *claims = readings->claims;
    multiplying w = {.readings = readings, .judge = &claims->judge, .d = &readings->calculus->d, .m = claims->m};
    w.used = gf_arena_get(&readings->arena, w.m->symbol_count * sizeof *w.used);
    if (!w.used)
        return false;
    in_all_lines(&w, multiply_factors);
    w.kind = TREE_TRANSPOSE;
    w.number = NULL;
    for (size_t k = 0; k < readings->count; k++)
        add_multiples(&w, &readings->list[k]);
    if (!gf_readings_find_in_turns(readings))
        return false;
    in_all_lines(&w, multiply_all);
    return !w.d->problems->out_of_memory && !w.judge->out_of_memory;
}
