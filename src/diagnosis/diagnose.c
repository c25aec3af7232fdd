/* Diagnosis: what would explain that a claim does not hold, the simplest first. Nothing is said that does not explain
 * the difference, at every instance, to a millionth of it. */
#include "diagnosis/diagnose.h"

#include "model/scan.h"

/* --- the derivative in a claim ------------------------------------------------------------------------------------ */

/* The call of grad or jacobian that a side is, once signs and transposes around it are gone; NULL where it is none. */
static const gf_tree *derivative_of(const gf_model *m, const gf_tree *side, bool *transposed, bool *negative)
{
    *transposed = *negative = false;
    for (int n = 0; n < GF_NESTING; n++) {
        const gf_tree *tree = gf_side_written_out(m, side);
        *transposed ^= tree->kind == TREE_TRANSPOSE;
        *negative ^= tree->kind == TREE_NEGATIVE;
        if (tree->kind == TREE_TRANSPOSE || tree->kind == TREE_NEGATIVE)
            side = tree->kids[0];
        else if (tree == side)
            return gf_tree_is_grad(m, tree) || gf_tree_is_jacobian(m, tree) ? tree : NULL;
        else
            side = tree;
    }
    return NULL;
}

static bool change_all(gf_evidence *e, gf_matrix *list, bool transposed, bool negative)
{
    for (size_t k = 0; k < e->count; k++) {
        gf_matrix m = list[k];
        double *numbers = gf_arena_get(&e->arena, gf_matrix_size(&m) * sizeof *numbers);
        e->out_of_memory |= !numbers;
        if (!numbers)
            return false;
        list[k] = gf_matrix_over(numbers, transposed ? m.cols : m.rows, transposed ? m.rows : m.cols);
        for (int i = 0; i < m.rows; i++)
            for (int j = 0; j < m.cols; j++)
                numbers[transposed ? (size_t)j * (size_t)m.rows + (size_t)i : (size_t)i * (size_t)m.cols + (size_t)j] =
                    (negative ? -1 : 1) * m.data[(size_t)i * (size_t)m.stride + (size_t)j];
    }
    return true;
}

/* As if the signs and transposes stood on the other side. */
static bool turn(gf_evidence *e, bool transposed, bool negative)
{
    return (!transposed && !negative) ||
           (change_all(e, e->truth, transposed, negative) && change_all(e, e->claim, transposed, negative));
}

/* Does this side of the same chain have the values of the right side, or of the left? */
static bool is_equal(gf_evidence *e, const gf_tree *tree, bool right)
{
    gf_judged *judged = e->judged;
    const gf_matrix *list = right != e->flipped ? e->claim : e->truth;
    bool equal = true;
    for (size_t k = 0; k < e->count && equal; k++) {
        const gf_matrix *value = gf_judged_value(judged, k, tree, list[k].rows, list[k].cols, NULL);
        equal = value && value->rows == list[k].rows && value->cols == list[k].cols &&
                gf_evidence_distance(e, &list[k], value->data) <= 1e-6 * gf_matrix_norm(&list[k]);
        gf_judge_clear(&judged->claims->judge);
    }
    return equal;
}

/* Finds a derivative that one of the two sides is, and makes that side the truth. Sides of the chain that stand further
 * off serve where they have the same value. */
static const gf_tree *find_derivative(gf_evidence *e, bool *transposed, bool *negative)
{
    const gf_statement *s = e->judged->statement;
    const gf_model *m = e->judged->claims->m;
    for (uint32_t k = 0; k < s->side_count; k++) {
        uint32_t side = k < 2 ? e->link + k : k - 2 < e->link ? k - 2 : k;
        const gf_tree *call = derivative_of(m, s->sides[side], transposed, negative);
        if (!call)
            continue;
        bool right = side == e->link + 1;
        if (k >= 2) {
            right = is_equal(e, s->sides[side], true);
            if (!right && !is_equal(e, s->sides[side], false))
                continue;
        }
        if (right != e->flipped)
            gf_evidence_flip(e);
        return call;
    }
    return NULL;
}

/* What a closer look at the derivative tells. */
static bool diagnose_derivative(gf_evidence *e, gf_text *w, const void *data)
{
    const gf_tree *call = data;
    gf_inquiry q;
    bool jacobian = gf_tree_is_jacobian(e->judged->claims->m, call);
    bool found = gf_inquiry_start(&q, e, call);
    if (found)
        found = (jacobian && gf_diagnose_held(&q, w, false)) || gf_diagnose_paths(&q, w) ||
                (!jacobian && gf_diagnose_held(&q, w, false)) || gf_diagnose_held(&q, w, true);
    if (q.recursion)
        gf_diagnose_time(e, w, q.recursion, NULL);
    e->out_of_memory |= q.out_of_memory;
    gf_inquiry_free(&q);
    return found;
}

/* --- one link ----------------------------------------------------------------------------------------------------- */

/* The number of work pieces starts anew: each look may take as much as judging the claim did. */
static void start_counting(gf_judged *judged)
{
    judged->claims->judge.scanned = judged->claims->m->work = 0;
}

static bool diagnose_shapes(gf_evidence *e, const gf_tree *call, gf_text *w)
{
    const gf_matrix *a = &e->truth[0], *b = &e->claim[0];
    if (gf_diagnose_form(e, w))
        return true;
    start_counting(e->judged);
    if (gf_diagnose_product(e->judged, e->link, w) || (call && gf_diagnose_form_with(e, w, diagnose_derivative, call)))
        return true;
    bool exchanged = a->rows == b->cols && a->cols == b->rows;
    if (exchanged)
        gf_text_add(w, "each shape is the transpose of the other, but the numbers differ as well\n");
    return exchanged;
}

/* Is it about the steps of time? In a Jacobian from step to step the first and the last are like any other. */
static bool is_about_steps(const gf_evidence *e, const gf_tree *call)
{
    return !call || gf_tree_is_grad(e->judged->claims->m, call);
}

static bool diagnose_numbers(gf_evidence *e, const gf_tree *call, gf_text *w)
{
    if (gf_diagnose_ends(e, w) || gf_diagnose_form(e, w) || (call && diagnose_derivative(e, w, call)))
        return true;
    start_counting(e->judged);
    return gf_diagnose_product(e->judged, e->link, w) ||
           (call && gf_diagnose_form_with(e, w, diagnose_derivative, call)) || gf_diagnose_factor(e, w) ||
           (is_about_steps(e, call) && gf_diagnose_time(e, w, 0, call ? "wrong" : "missing or wrong"));
}

static bool shapes_differ(const gf_evidence *e)
{
    for (size_t k = 0; k < e->count; k++)
        if (e->truth[k].rows != e->claim[k].rows || e->truth[k].cols != e->claim[k].cols)
            return true;
    return false;
}

/* In a chain a line says which of its links it is about. */
static void write_link(gf_judged *judged, uint32_t link, gf_text *w)
{
    const gf_statement *s = judged->statement;
    if (s->side_count == 2)
        return;
    gf_source_quote(w, &judged->claims->m->file.source, s->sides[link]->span, 30);
    gf_text_add(w, " = ");
    gf_source_quote(w, &judged->claims->m->file.source, s->sides[link + 1]->span, 30);
    gf_text_add(w, ": ");
}

static bool diagnose_link(gf_judged *judged, uint32_t link, gf_text *w, bool *out_of_memory)
{
    gf_evidence e;
    bool found = false, transposed = false, negative = false;
    gf_text lines = {0};
    start_counting(judged);
    if (!gf_evidence_gather(&e, judged, link)) {
        found = gf_diagnose_product(judged, link, &lines);
    } else {
        bool differ = shapes_differ(&e);
        if (differ || gf_evidence_measure(&e)) {
            const gf_tree *call = find_derivative(&e, &transposed, &negative);
            if (!call || turn(&e, transposed, negative))
                found = differ ? diagnose_shapes(&e, call, &lines) : diagnose_numbers(&e, call, &lines);
        }
    }
    if (found) {
        write_link(judged, link, w);
        gf_text_add(w, gf_text_string(&lines));
    }
    *out_of_memory |= e.out_of_memory || lines.failed;
    gf_text_free(&lines);
    gf_evidence_free(&e);
    return found;
}

/* --- one claim ---------------------------------------------------------------------------------------------------- */

gf_status gf_diagnose(gf_judged *judged)
{
    const gf_statement *s = judged->statement;
    bool out_of_memory = false, found = false;
    bool told = judged->verdict == GF_HOLDS || gf_judged_exceeds(judged) || gf_problems_any(&s->problems);
    if (told || !judged->count || s->side_count < 2)
        return GF_OK;
    for (uint32_t k = 0; k + 1 < s->side_count && !found; k++) {
        uint32_t link = k == 0 ? judged->worst_link : k <= judged->worst_link ? k - 1 : k; /* the worst one first */
        if (s->relations[link] == RELATION_EQUAL)
            found = diagnose_link(judged, link, &judged->notes, &out_of_memory);
    }
    out_of_memory |= judged->notes.failed || judged->claims->judge.out_of_memory;
    return out_of_memory ? GF_ERROR_MEMORY : GF_OK;
}
