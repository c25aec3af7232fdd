/* What claims say that lets stand for. */
#include <string.h>

#include "mend/readings/readings.h"
#include "model/scan.h"

/* --- what claims say ---------------------------------------------------------------------------------------------- */

/* The let that a side is by its bare name, L or L[t]; NULL where it is something else. */
static gf_symbol *bare_let(const gf_model *m, const gf_tree *tree)
{
    bool at_t = tree->kind == TREE_AT && tree->kids[0]->kind == TREE_NAME && tree->kids[0]->name == m->t;
    gf_symbol *symbol = at_t || tree->kind == TREE_NAME ? gf_model_symbol(m, tree->name) : NULL;
    return symbol && symbol->kind == SYMBOL_LET && symbol->timed == at_t ? symbol : NULL;
}

/* What is written before the name of a variable to name its gradient. */
static bool is_mark_of_gradient(const char *text, size_t size)
{
    static const char *const marks[] = {"d",     "D",    "d_",  "delta", "delta_", "Delta", "δ",     "δ_",
                                        "Δ",     "∂",    "g",   "G",     "g_",     "grad",  "grad_", "dL",
                                        "dL_",   "dL_d", "dE",  "dE_d",  "e",      "e_",    "_d",    "_g",
                                        "_grad", "_bar", "bar", "err_",  "adj_",   "dJ",    "dJ_d"};
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (strlen(marks[k]) == size && !memcmp(marks[k], text, size))
            return true;
    return false;
}

/* dh, delta_h, h_bar for h. */
bool gf_names_gradient(const char *let, const char *of)
{
    size_t size = strlen(let), less = strlen(of);
    if (less >= size)
        return false;
    return (!strcmp(let + size - less, of) && is_mark_of_gradient(let, size - less)) ||
           (!strncmp(let, of, less) && is_mark_of_gradient(let + less, size - less));
}

bool gf_is_gradient_name(const gf_model *m, uint32_t let, const gf_tree *truth)
{
    const gf_tree *x = gf_tree_is_derivative(m, truth) ? truth->kids[gf_tree_is_grad(m, truth) ? 0 : 1] : NULL;
    return x && gf_names_gradient(gf_model_text(m, let), gf_model_text(m, x->name));
}

/* A claim that holds for t = 1..2 says nothing of step 3. */
static void find_reach(gf_reading *reading, const gf_judged *judged)
{
    long steps = judged->claims->m->steps, first = steps + 1, last = 0;
    for (size_t k = 0; judged->loop_count == 1 && k < judged->count; k++) {
        long t = judged->indices[k];
        first = t < first ? t : first;
        last = t > last ? t : last;
    }
    if (first > last)
        return;
    const gf_range *range = judged->loops[0].range;
    bool fixed = range && !gf_tree_mentions(range->high, judged->claims->m->steps_name);
    reading->before = first > 1 ? first - 1 : 0;
    reading->behind = !fixed && last < steps ? steps - last : 0;
    reading->until = fixed ? last : 0;
}

/* A claim says L[t] = grad(h[t]), or L[t]' where that is no square, or diag(L[t]) = jacobian(c[t], c[t-1]), or L[t] =
 * anything without lets. Of several that which holds, or fits its name, is believed. */
static void hear(gf_readings *readings, const gf_judged *judged, int side)
{
    gf_model *m = readings->claims->m;
    const gf_tree *let = judged->statement->sides[side], *truth = judged->statement->sides[!side];
    bool diagonal = let->kind == TREE_CALL && let->count == 1 && !strcmp(gf_model_text(m, let->name), "diag");
    bool turned = let->kind == TREE_TRANSPOSE;
    let = diagonal || turned ? let->kids[0] : let;
    gf_reading *reading = bare_let(m, let) ? gf_reading_of(readings, let->name) : NULL;
    if (!reading || gf_uses_let(m, truth) || truth->kind == TREE_NUMBER)
        return;
    if (turned && reading->symbol->rows == reading->symbol->cols)
        return;
    bool derivative = gf_tree_is_derivative(m, truth);
    int trust = 1 + 4 * (judged->verdict == GF_HOLDS) + 2 * derivative + gf_is_gradient_name(m, let->name, truth);
    if (trust <= reading->trust)
        return;
    reading->truth = turned ? gf_make(&readings->calculus->d, TREE_TRANSPOSE, truth, NULL) : truth;
    reading->trust = reading->truth ? trust : 0;
    reading->diagonal = diagonal;
    reading->before = reading->behind = reading->until = 0;
    reading->everywhere = judged->verdict != GF_HOLDS;
    if (reading->symbol->timed)
        find_reach(reading, judged);
}

void gf_readings_hear(gf_readings *readings)
{
    for (size_t k = 0; k < readings->claims->count; k++) {
        const gf_judged *judged = &readings->claims->list[k];
        const gf_statement *s = judged->statement;
        bool fine = !s->broken && !s->open && !gf_problems_any(&s->problems) && s->side_count == 2;
        for (int side = 0; fine && side < 2 && s->relations[0] == RELATION_EQUAL; side++)
            hear(readings, judged, side);
    }
}
