/* What one side of a claim is of the other: minus it, a multiple, the transpose, a term of a sum. */
#include <math.h>
#include <string.h>

#include "diagnosis/diagnose.h"

/* --- forms -------------------------------------------------------------------------------------------------------- */

/* What has to be done to the claimed side. */
typedef enum reduction { WHOLE, TRANSPOSED, ON_DIAGONAL, COLSUM, ROWSUM, ALL } reduction;

typedef struct form {
    reduction reduction;
    bool over_time; /* and then summed over the index of the claim */
} form;

static const form all_forms[] = {{WHOLE, false}, {TRANSPOSED, false}, {COLSUM, false},     {ROWSUM, false},
                                 {ALL, false},   {WHOLE, true},       {COLSUM, true},      {ROWSUM, true},
                                 {ALL, true},    {TRANSPOSED, true},  {ON_DIAGONAL, false}};

/* The sides as they are compared: one instance each, or one sum. */
typedef struct compared {
    gf_matrix *truth, *claim;
    size_t count;
} compared;

static void shape_of(reduction r, const gf_matrix *m, int *rows, int *cols)
{
    int entries = (int)gf_matrix_size(m);
    *rows = r == TRANSPOSED ? m->cols : r == ON_DIAGONAL ? entries : r == COLSUM || r == ALL ? 1 : m->rows;
    *cols = r == TRANSPOSED ? m->rows : r == ON_DIAGONAL ? entries : r == ROWSUM || r == ALL ? 1 : m->cols;
}

/* Would the form change nothing, or make something else of it? */
static bool applies(form f, const gf_matrix *claim)
{
    bool vector = claim->rows == 1 || claim->cols == 1;
    switch (f.reduction) {
    case WHOLE:
        return true;
    case TRANSPOSED:
        return gf_matrix_size(claim) > 1;
    case ON_DIAGONAL:
        return vector && gf_matrix_size(claim) > 1;
    case COLSUM:
        return claim->rows > 1;
    case ROWSUM:
        return claim->cols > 1;
    default:
        return !vector;
    }
}

static void add_reduced(gf_matrix *to, reduction r, const gf_matrix *m)
{
    for (int i = 0; i < m->rows; i++)
        for (int j = 0; j < m->cols; j++) {
            int row = r == TRANSPOSED ? j : r == ON_DIAGONAL ? i + j : r == COLSUM || r == ALL ? 0 : i;
            int col = r == TRANSPOSED ? i : r == ON_DIAGONAL ? i + j : r == ROWSUM || r == ALL ? 0 : j;
            to->data[(size_t)row * (size_t)to->stride + (size_t)col] +=
                m->data[(size_t)i * (size_t)m->stride + (size_t)j];
        }
}

/* False where the form does not lead to the shape of the truth. */
static bool reduce_into(gf_evidence *e, gf_arena *arena, gf_matrix *out, reduction r, size_t k, bool add)
{
    const gf_matrix *claim = &e->claim[k], *truth = &e->truth[k];
    int rows, cols;
    shape_of(r, claim, &rows, &cols);
    if (rows != truth->rows || cols != truth->cols)
        return false;
    if (!add)
        *out = gf_matrix_over(gf_arena_get(arena, gf_matrix_size(truth) * sizeof(double)), rows, cols);
    e->out_of_memory |= !out->data;
    if (!out->data)
        return false;
    add_reduced(out, r, claim);
    return true;
}

/* Is the truth the same at every instance? */
static bool is_constant(gf_evidence *e, const gf_matrix *m)
{
    for (size_t k = 1; k < e->count; k++)
        if (m[k].rows != m[0].rows || m[k].cols != m[0].cols ||
            !(gf_evidence_distance(e, &m[k], m[0].data) <= 1e-9 * gf_matrix_norm(&m[0])))
            return false;
    return true;
}

static bool compare_as(gf_evidence *e, gf_arena *arena, form f, compared *out)
{
    bool over_time = f.over_time;
    if (over_time && (e->count < 2 || e->judged->loop_count != 1 || !is_constant(e, e->truth)))
        return false;
    *out = (compared){.truth = e->truth, .count = over_time ? 1 : e->count};
    out->claim = gf_arena_get(arena, out->count * sizeof *out->claim);
    e->out_of_memory |= !out->claim;
    if (!out->claim || !applies(f, &e->claim[0]))
        return false;
    for (size_t k = 0; k < e->count; k++)
        if (!reduce_into(e, arena, &out->claim[over_time ? 0 : k], f.reduction, k, over_time && k > 0))
            return false;
    return true;
}

/* --- the factor between the two ----------------------------------------------------------------------------------- */

/* Truth over claim at the instance where the claim is largest; 0 where there is none. At `places` it is not 0. */
static double factor_of(const compared *c, int *places)
{
    size_t at = 0;
    double norm = 0, above = 0, below = 0;
    *places = 0;
    for (size_t k = 0; k < c->count; k++) {
        double now = gf_matrix_norm(&c->claim[k]);
        at = now > norm ? k : at;
        norm = fmax(norm, now);
        *places += now > 0 && gf_matrix_size(&c->claim[k]) > 1;
    }
    if (!(norm > 0) || !isfinite(norm))
        return 0;
    for (size_t n = 0; n < gf_matrix_size(&c->claim[at]); n++) {
        above += c->truth[at].data[n] * (c->claim[at].data[n] / norm);
        below += c->claim[at].data[n] * (c->claim[at].data[n] / norm);
    }
    return above / below;
}

/* Is the truth, divided by the factor, what is compared with it? */
static bool is_multiple(gf_evidence *e, const compared *c, double factor, const double *slack)
{
    bool something = false;
    for (size_t k = 0; k < c->count; k++) {
        size_t entries = gf_matrix_size(&c->truth[k]);
        gf_matrix scaled = {0};
        if (gf_matrix_new(&scaled, 1, (int)entries)) {
            e->out_of_memory = true;
            return false;
        }
        for (size_t n = 0; n < entries; n++)
            scaled.data[n] = c->truth[k].data[n] / factor;
        double size = gf_matrix_norm(&scaled), distance = gf_evidence_distance(e, &c->claim[k], scaled.data);
        gf_matrix_free(&scaled);
        something |= size > 0;
        if (!(distance <= (slack ? slack[k] : 1e-6 * size)))
            return false;
    }
    return something;
}

/* --- saying it ---------------------------------------------------------------------------------------------------- */

static void write_mended(gf_evidence *e, gf_text *w, form f)
{
    static const char *const words[] = {[WHOLE] = "",        [TRANSPOSED] = "",   [ON_DIAGONAL] = "diag",
                                        [COLSUM] = "colsum", [ROWSUM] = "rowsum", [ALL] = "sum"};
    const gf_model *m = e->judged->claims->m;
    const gf_tree *tree = gf_evidence_claim(e);
    const char *word = words[f.reduction];
    if (f.over_time)
        gf_text_print(w, "sum(%s, ", gf_model_text(m, e->judged->loops[0].name));
    gf_text_print(w, "%s%s", word, *word ? "(" : f.reduction == TRANSPOSED ? "(" : "");
    gf_source_quote(w, &m->file.source, tree->span, 60);
    gf_text_add(w, *word ? ")" : f.reduction == TRANSPOSED ? ")'" : "");
    gf_text_add(w, f.over_time ? ")" : "");
}

/* The gradient of what was repeated for every example is summed over them. */
static const char *what_is_summed(const gf_evidence *e, form f)
{
    const gf_tree *truth = gf_evidence_truth(e);
    bool gradient = truth->kind == TREE_CALL && !strcmp(gf_model_text(e->judged->claims->m, truth->name), "grad");
    if (f.over_time)
        return f.reduction == WHOLE || f.reduction == TRANSPOSED ? "time"
               : gradient                                        ? "time and over the batch"
               : f.reduction == COLSUM                           ? "time and over the rows"
               : f.reduction == ROWSUM                           ? "time and over the columns"
                                                                 : "time and over all entries";
    if (f.reduction == ALL)
        return "all entries";
    return gradient ? "the batch" : f.reduction == COLSUM ? "the rows" : "the columns";
}

static void say_mended(gf_evidence *e, gf_text *w, form f)
{
    if (f.reduction == TRANSPOSED && !f.over_time) {
        gf_text_print(w, "the %s side is the transpose\n", gf_evidence_claim_name(e));
        return;
    }
    if (f.reduction == ON_DIAGONAL)
        gf_text_print(w, "a diagonal matrix is missing: ");
    else
        gf_text_print(w, "a sum over %s is missing: ", what_is_summed(e, f));
    write_mended(e, w, f);
    gf_text_add(w, "\n");
}

/* The truth is so many times the claim, in that form. */
static void say_multiple(gf_evidence *e, gf_text *w, form f, double factor, const char *name)
{
    bool whole = f.reduction == WHOLE && !f.over_time;
    if (whole && factor == -1) {
        gf_text_add(w, "the sign is flipped\n");
        return;
    }
    gf_text_print(w, "the %s side is ", whole ? "left" : gf_evidence_truth_name(e));
    if (factor == -1)
        gf_text_add(w, "minus ");
    else
        gf_text_print(w, "%s times ", name);
    if (whole)
        gf_text_add(w, "the right side\n");
    else {
        write_mended(e, w, f);
        gf_text_add(w, "\n");
    }
}

static bool try_form(gf_evidence *e, gf_text *w, form f, bool named)
{
    gf_arena arena = {0};
    gf_text name = {0};
    char digits[GF_NUMBER];
    compared c;
    int places = 0;
    bool good = compare_as(e, &arena, f, &c), same = f.reduction == WHOLE && !f.over_time;
    double factor = good ? factor_of(&c, &places) : 0, shown;
    good = factor != 0 && isfinite(factor);
    shown = good && same && e->flipped ? 1 / factor : factor;
    if (good && named)
        good = gf_factor_write(&name, e->judged->claims->m, &shown);
    else if (good)
        gf_text_add(&name, gf_number_as(digits, "%.6g", shown));
    if (named)
        factor = same && e->flipped ? 1 / shown : shown;
    const double *slack = same || (f.reduction == TRANSPOSED && !f.over_time) ? e->slack : NULL;
    good = good && (named || places >= 3) && (!same || factor != 1) &&
           is_multiple(e, &c, factor, e->measured ? slack : NULL);
    if (good && factor == 1)
        say_mended(e, w, f);
    else if (good)
        say_multiple(e, w, f, shown, gf_text_string(&name));
    e->out_of_memory |= name.failed;
    gf_text_free(&name);
    gf_arena_free(&arena);
    return good;
}

/* The other way round: the claimed side is a sum over time of what the truth is at each step. */
static bool try_sum_too_many(gf_evidence *e, gf_text *w)
{
    gf_arena arena = {0};
    compared c;
    gf_evidence_flip(e);
    bool found = compare_as(e, &arena, (form){WHOLE, true}, &c) && is_multiple(e, &c, 1, NULL);
    gf_evidence_flip(e);
    gf_arena_free(&arena);
    if (found)
        gf_text_print(w, "the %s side is summed over time, the %s side is that of one step\n",
                      gf_evidence_claim_name(e), gf_evidence_truth_name(e));
    return found;
}

bool gf_diagnose_form(gf_evidence *e, gf_text *w)
{
    for (size_t k = 0; k < sizeof all_forms / sizeof *all_forms; k++)
        if (try_form(e, w, all_forms[k], true))
            return true;
    return try_sum_too_many(e, w);
}

bool gf_diagnose_factor(gf_evidence *e, gf_text *w)
{
    return try_form(e, w, (form){WHOLE, false}, false);
}

/* --- together with something else --------------------------------------------------------------------------------- */

/* Puts the form in the place of what is claimed; false where it does not lead to the shape of the truth. */
static bool take_form(gf_evidence *e, form f, gf_matrix *kept)
{
    compared c;
    if (!compare_as(e, &e->arena, f, &c))
        return false;
    for (size_t k = 0; k < e->count; k++) {
        kept[k] = e->claim[k];
        e->claim[k] = c.claim[f.over_time ? 0 : k];
        e->fails[k] = true;
    }
    return true;
}

bool gf_diagnose_form_with(gf_evidence *e, gf_text *w, bool (*rest)(gf_evidence *e, gf_text *w, const void *data),
                           const void *data)
{
    gf_matrix *kept = gf_arena_get(&e->arena, e->count * sizeof *kept);
    bool *fails = gf_arena_get(&e->arena, e->count * sizeof *fails), found = false;
    for (size_t n = 1; kept && fails && n < sizeof all_forms / sizeof *all_forms && !found; n++) {
        gf_text lines = {0};
        memcpy(fails, e->fails, e->count * sizeof *fails);
        if (!take_form(e, all_forms[n], kept))
            continue;
        found = gf_evidence_measure(e) && rest(e, &lines, data);
        memcpy(e->claim, kept, e->count * sizeof *kept);
        memcpy(e->fails, fails, e->count * sizeof *fails);
        if (found) {
            say_mended(e, w, all_forms[n]);
            gf_text_add(w, gf_text_string(&lines));
        }
        e->out_of_memory |= lines.failed;
        gf_text_free(&lines);
    }
    e->out_of_memory |= !kept || !fails;
    return found;
}
