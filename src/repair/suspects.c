/* Suspects: lets held against the gradients that they stand for. */
#include "repair/suspects.h"

#include <stdlib.h>
#include <string.h>

#include <gradflow/check.h>

#include "model/scan.h"

/* --- what a let stands for ---------------------------------------------------------------------------------------- */

static bool is_derivative(const gf_model *m, const gf_tree *tree)
{
    return gf_tree_is_grad(m, tree) || gf_tree_is_jacobian(m, tree);
}

/* The let that a side is by its bare name, L or L[t]; NULL where it is something else. */
static gf_symbol *bare_let(const gf_model *m, const gf_tree *tree)
{
    bool at_t = tree->kind == TREE_AT && tree->kids[0]->kind == TREE_NAME && tree->kids[0]->name == m->t;
    gf_symbol *symbol = at_t || tree->kind == TREE_NAME ? gf_model_symbol(m, tree->name) : NULL;
    return symbol && symbol->kind == SYMBOL_LET && symbol->timed == at_t ? symbol : NULL;
}

static gf_suspect *suspect_of(const gf_suspects *suspects, uint32_t name)
{
    for (size_t k = 0; k < suspects->count; k++)
        if (suspects->list[k].name == name)
            return &suspects->list[k];
    return NULL;
}

const gf_suspect *gf_suspect_of(const gf_suspects *suspects, uint32_t name)
{
    return suspect_of(suspects, name);
}

/* What is written before or behind the name of a variable to name its gradient. */
static bool is_mark_of_gradient(const char *text, size_t size)
{
    static const char *const marks[] = {"d",  "D",  "d_",    "delta", "delta_", "Delta", "δ",    "δ_",   "Δ",  "∂",
                                        "g",  "g_", "grad",  "grad_", "dL",     "dL_",   "dL_d", "dE_d", "dE", "e_",
                                        "_d", "_g", "_grad", "grad",  "_bar",   "bar",   "err_", "adj_", "dJ", "dJ_d"};
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (strlen(marks[k]) == size && !memcmp(marks[k], text, size))
            return true;
    return false;
}

/* dh, delta_h, h_bar for h. */
static bool names_gradient(const char *let, const char *of)
{
    size_t size = strlen(let), less = strlen(of);
    if (less >= size)
        return false;
    return (!strcmp(let + size - less, of) && is_mark_of_gradient(let, size - less)) ||
           (!strncmp(let, of, less) && is_mark_of_gradient(let + less, size - less));
}

static bool is_named_so(const gf_model *m, uint32_t let, const gf_tree *truth)
{
    const gf_tree *x = truth->kids[gf_tree_is_grad(m, truth) ? 0 : 1];
    return names_gradient(gf_model_text(m, let), gf_model_text(m, x->name));
}

/* A claim says L[t] = grad(h[t]), or diag(L[t]) = jacobian(c[t], c[t-1]). Of several that which holds, or fits its
 * name, is believed. */
static void hear(gf_suspects *suspects, const gf_judged *judged, int side)
{
    gf_model *m = suspects->claims->m;
    const gf_tree *let = judged->statement->sides[side], *truth = judged->statement->sides[!side];
    bool diagonal = let->kind == TREE_CALL && let->count == 1 && !strcmp(gf_model_text(m, let->name), "diag");
    let = diagonal ? let->kids[0] : let;
    gf_suspect *suspect = bare_let(m, let) ? suspect_of(suspects, let->name) : NULL;
    if (!suspect || !is_derivative(m, truth))
        return;
    int trust = 1 + 2 * (judged->verdict == GF_HOLDS) + is_named_so(m, let->name, truth);
    if (trust <= suspect->trust)
        return;
    suspect->truth = truth;
    suspect->trust = trust;
    suspect->diagonal = diagonal;
}

static void hear_claims(gf_suspects *suspects)
{
    for (size_t k = 0; k < suspects->claims->count; k++) {
        const gf_judged *judged = &suspects->claims->list[k];
        const gf_statement *s = judged->statement;
        bool fine = !s->broken && !gf_problems_any(&s->problems) && s->side_count == 2;
        for (int side = 0; fine && side < 2 && s->relations[0] == RELATION_EQUAL; side++)
            hear(suspects, judged, side);
    }
}

/* grad(NAME[t]), grad(NAME). */
static gf_tree *gradient(gf_suspects *suspects, uint32_t name, bool timed)
{
    const gf_model *m = suspects->claims->m;
    gf_tree *index = gf_tree_new(&suspects->arena, TREE_NAME, (gf_span){0, 0}, NULL, 0);
    gf_tree *x =
        index ? gf_tree_new(&suspects->arena, timed ? TREE_AT : TREE_NAME, (gf_span){0, 0}, &index, timed) : NULL;
    gf_tree *call = x ? gf_tree_new(&suspects->arena, TREE_CALL, (gf_span){0, 0}, &x, 1) : NULL;
    if (!call)
        return NULL;
    index->name = m->t;
    x->name = name;
    call->name = gf_names_add(&suspects->claims->m->file.names, "grad");
    return call->name == UINT32_MAX ? NULL : call;
}

/* dh is taken for the gradient of h, if it can be of its shape; of da for "a" and "da" the longer name. */
static bool guess(gf_suspects *suspects, gf_suspect *suspect)
{
    const gf_model *m = suspects->claims->m;
    uint32_t best = 0;
    for (uint32_t k = 1; k < m->symbol_count; k++) {
        const gf_symbol *symbol = &m->symbols[k], *let = suspect->symbol;
        bool shape = !let->rows || (let->rows == symbol->rows && let->cols == symbol->cols);
        bool has = symbol->kind == SYMBOL_PARAM || symbol->kind == SYMBOL_EQUATION;
        if (!has || symbol->broken || !shape || symbol->timed != let->timed ||
            !names_gradient(gf_model_text(m, suspect->name), gf_model_text(m, k)))
            continue;
        if (!best || strlen(gf_model_text(m, k)) > strlen(gf_model_text(m, best)))
            best = k;
    }
    suspect->guessed = best;
    suspect->truth = best ? gradient(suspects, best, suspect->symbol->timed) : NULL;
    return !best || suspect->truth;
}

/* --- values ------------------------------------------------------------------------------------------------------- */

/* The value of an expression with t = `t`; NULL where it has none. It lives up to gf_judge_clear. */
static const gf_matrix *value_at(gf_suspects *suspects, const gf_tree *tree, bool timed, long t, const gf_matrix *like)
{
    gf_judge *judge = &suspects->claims->judge;
    gf_binding binding = {.name = judge->m->t, .known = true, .value = t};
    const gf_binding *bindings = timed ? &binding : NULL;
    judge->scanned = judge->m->work = 0;
    gf_judge_work_lets(judge, tree, bindings);
    gf_term term = judge->out_of_memory ? gf_term_bad : gf_judge_evaluate_now(judge, NULL, tree, bindings);
    if (term.kind == TERM_BAD)
        return NULL;
    if (like && tree->kind == TREE_NUMBER && tree->number == 0)
        term = gf_term_zero(0, 0);
    return gf_judge_matrix(judge, NULL, tree, term, like ? like->rows : 0, like ? like->cols : 0);
}

/* The value; of a diagonal matrix its diagonal, lying or standing as the let is. */
static bool keep_truth(const gf_suspect *suspect, const gf_matrix *value, gf_matrix *out)
{
    bool diagonal = suspect->diagonal, stands = diagonal && suspect->symbol->cols == 1;
    if (gf_matrix_new(out, diagonal && !stands ? 1 : value->rows, stands ? 1 : value->cols))
        return false;
    if (!diagonal)
        gf_matrix_copy(out, value);
    for (int k = 0; diagonal && k < value->rows && k < value->cols; k++)
        out->data[stands ? k * out->stride : k] = gf_matrix_at(value, k, k);
    return true;
}

static bool work_out(gf_suspects *suspects, gf_suspect *suspect)
{
    suspect->count = suspect->symbol->timed ? suspects->claims->m->steps : 1;
    suspect->values = gf_arena_get(&suspects->arena, (size_t)suspect->count * sizeof *suspect->values);
    if (!suspect->values)
        return false;
    suspect->known = true;
    for (long k = 0; k < suspect->count && suspect->known; k++) {
        const gf_matrix *value = value_at(suspects, suspect->truth, suspect->symbol->timed, k + 1, NULL);
        suspect->known = value;
        if (value && !keep_truth(suspect, value, &suspect->values[k]))
            return false;
        gf_judge_clear(&suspects->claims->judge);
    }
    return true;
}

/* --- all of them ------------------------------------------------------------------------------------------------- */

static bool list_lets(gf_suspects *suspects)
{
    gf_model *m = suspects->claims->m;
    suspects->list = gf_arena_get(&suspects->arena, m->symbol_count * sizeof *suspects->list);
    suspects->let_of = gf_arena_get(&suspects->arena, m->symbol_count * sizeof *suspects->let_of);
    if (!suspects->list || !suspects->let_of)
        return false;
    for (uint32_t k = 1; k < m->symbol_count; k++)
        if (m->symbols[k].kind == SYMBOL_LET && m->symbols[k].at)
            suspects->list[suspects->count++] = (gf_suspect){.symbol = &m->symbols[k], .name = k};
    return true;
}

gf_status gf_suspects_find(gf_suspects *out, gf_claims *claims)
{
    *out = (gf_suspects){.claims = claims};
    if (!list_lets(out))
        return GF_ERROR_MEMORY;
    hear_claims(out);
    for (size_t k = 0; k < out->count; k++) {
        gf_suspect *suspect = &out->list[k];
        if ((!suspect->truth && !guess(out, suspect)) || (suspect->truth && !work_out(out, suspect)))
            return GF_ERROR_MEMORY;
        if (suspect->known && gf_tree_is_grad(claims->m, suspect->truth) && suspect->truth->count == 1)
            out->let_of[suspect->truth->kids[0]->name] = suspect->name;
    }
    return claims->judge.out_of_memory ? GF_ERROR_MEMORY : GF_OK;
}

void gf_suspects_free(gf_suspects *suspects)
{
    for (size_t k = 0; k < suspects->count; k++)
        for (long n = 0; suspects->list[k].values && n < suspects->list[k].count; n++)
            gf_matrix_free(&suspects->list[k].values[n]);
    gf_arena_free(&suspects->arena);
    *suspects = (gf_suspects){0};
}

/* --- trying ------------------------------------------------------------------------------------------------------ */

bool gf_suspects_force(gf_suspects *suspects)
{
    gf_judge_forget_lets(&suspects->claims->judge);
    for (size_t k = 0; k < suspects->count; k++) {
        const gf_suspect *suspect = &suspects->list[k];
        for (long n = 0; suspect->known && n < suspect->count; n++) {
            gf_instance *instance = &suspect->symbol->at[n];
            const gf_matrix *value = &suspect->values[n];
            if (gf_matrix_new(&instance->value, value->rows, value->cols))
                return false;
            gf_matrix_copy(&instance->value, value);
            instance->progress = PROGRESS_DONE;
            suspects->claims->judge.shapes[suspect->name] = gf_matrix_over(NULL, value->rows, value->cols);
        }
    }
    return true;
}

static bool fits_at(gf_suspects *suspects, const gf_suspect *suspect, const gf_tree *tree, long t)
{
    const gf_matrix *truth = &suspect->values[suspect->symbol->timed ? t - 1 : 0];
    const gf_matrix *value = value_at(suspects, tree, suspect->symbol->timed, t, truth);
    gf_comparison c;
    bool fits = value && gf_compare_within(&c, value, truth, GF_TOLERANCE) == GF_OK && c.match;
    gf_judge_clear(&suspects->claims->judge);
    return fits;
}

/* From the first step on: the last one says least, since nothing comes from behind it. */
bool gf_suspect_fits(gf_suspects *suspects, const gf_suspect *suspect, const gf_statement *line, const gf_tree *tree)
{
    for (long t = 1; t <= suspect->count; t++)
        if ((!suspect->symbol->timed || gf_let_line(suspect->symbol, t) == line) &&
            !fits_at(suspects, suspect, tree, t))
            return false;
    return true;
}
