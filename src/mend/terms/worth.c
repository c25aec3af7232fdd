/* What expressions come to at the instances of a line, and comparisons of that. */
#include <math.h>
#include <string.h>

#include <gradflow/check.h>

#include "mend/terms/inside.h"
#include "model/scan.h"

static const double ROUNDING = 1e-7; /* of the norm: two that are closer are the same */

const gf_binding *const *gf_line_at_steps(const gf_line *line, uint32_t name)
{
    size_t steps = (size_t)line->m->steps;
    gf_binding *own = gf_arena_get(line->arena, (steps + 1) * sizeof *own);
    const gf_binding **bindings = gf_arena_get(line->arena, (steps + 1) * sizeof(gf_binding *));
    if (!own || !bindings)
        return NULL;
    for (size_t k = 0; k < steps; k++) {
        own[k] = (gf_binding){.name = name, .known = true, .value = (long)k + 1, .outer = line->bindings[0]};
        bindings[k] = &own[k];
    }
    return bindings;
}

size_t gf_line_start(const gf_line *line, size_t k)
{
    size_t size = 0;
    for (size_t n = 0; n < k; n++)
        size += gf_matrix_size(&line->values[n]);
    return size;
}

size_t gf_line_size(const gf_line *line)
{
    return gf_line_start(line, line->count);
}

/* The value at instance k; NULL where there is none. It lives up to gf_judge_clear. */
static const gf_matrix *value_at(gf_line *line, const gf_tree *tree, size_t k)
{
    gf_judge *judge = &line->claims->judge;
    const gf_matrix *like = &line->values[k];
    const gf_matrix *value = gf_judge_value(judge, NULL, tree, line->bindings[k], like->rows, like->cols);
    line->work += judge->m->work;
    bool fits =
        value && (value->rows == like->rows || value->rows == 1) && (value->cols == like->cols || value->cols == 1);
    return fits ? value : NULL;
}

static double entry(const gf_matrix *value, const gf_matrix *like, size_t n)
{
    size_t row = n / (size_t)like->cols, col = n % (size_t)like->cols;
    return value->data[(value->rows == 1 ? 0 : row) * (size_t)value->stride + (value->cols == 1 ? 0 : col)];
}

static double norm(const double *data, size_t size)
{
    double sum = 0;
    for (size_t n = 0; n < size; n++)
        sum += data[n] * data[n];
    return sqrt(sum);
}

bool gf_worth_find(gf_worth *out, gf_line *line, const gf_tree *tree, const bool counts[])
{
    size_t size = gf_line_size(line), at = 0;
    *out = (gf_worth){.known = true, .data = gf_arena_get(line->arena, (size + 1) * sizeof *out->data)};
    for (size_t k = 0; out->data && k < line->count && out->known; k++) {
        const gf_matrix *like = &line->values[k];
        bool none = counts && !counts[k];
        const gf_matrix *value = none ? NULL : value_at(line, tree, k);
        out->known = value || none;
        for (size_t n = 0; value && n < gf_matrix_size(like); n++)
            out->data[at + n] = entry(value, like, n);
        at += gf_matrix_size(like);
        gf_judge_clear(&line->claims->judge);
    }
    out->norm = out->data && out->known ? norm(out->data, size) : 0;
    out->known = out->known && isfinite(out->norm);
    return out->data && !line->claims->judge.out_of_memory;
}

bool gf_worth_of_truth(gf_worth *out, gf_line *line)
{
    size_t size = gf_line_size(line), at = 0;
    *out = (gf_worth){.known = true, .data = gf_arena_get(line->arena, (size + 1) * sizeof *out->data)};
    for (size_t k = 0; out->data && k < line->count; k++)
        for (size_t n = 0; n < gf_matrix_size(&line->values[k]); n++)
            out->data[at++] = entry(&line->values[k], &line->values[k], n);
    out->norm = out->data ? norm(out->data, size) : 0;
    return out->data;
}

bool gf_worth_add(gf_worth *out, gf_line *line, const gf_worth *a, double factor, const gf_worth *b)
{
    size_t size = gf_line_size(line);
    double *data = gf_arena_room(line->arena, size * sizeof *data);
    for (size_t n = 0; data && n < size; n++)
        data[n] = (a ? a->data[n] : 0) + factor * b->data[n];
    *out = (gf_worth){.known = data, .data = data, .norm = data ? norm(data, size) : 0};
    return data;
}

bool gf_worth_is_sum(const gf_line *line, const gf_worth *sum, const gf_worth *a, const gf_worth *b)
{
    double most = ROUNDING * ROUNDING * sum->norm * sum->norm, difference = 0;
    size_t size = gf_line_size(line);
    for (size_t n = 0; n < size && difference <= most; n++) {
        double d = (a ? a->data[n] : 0) + b->data[n] - sum->data[n];
        difference += d * d;
    }
    return difference <= most;
}

bool gf_worth_equal(const gf_line *line, const gf_worth *a, const gf_worth *b)
{
    return a->known && b->known && gf_worth_is_sum(line, a, NULL, b);
}

bool gf_worth_agrees(const gf_line *line, const gf_worth *a, const gf_worth *b)
{
    size_t some = 0, equal = 0;
    for (size_t n = gf_line_size(line); n-- > 0;) {
        some += a->data[n] != 0 || b->data[n] != 0;
        equal += a->data[n] != 0 && fabs(a->data[n] - b->data[n]) <= ROUNDING * fabs(a->data[n]);
    }
    return 4 * equal >= some;
}

/* Is the value at an instance that of the target there? */
static bool fits_at(const gf_matrix *value, const gf_matrix *like, const gf_worth *target, size_t at)
{
    double difference = 0, own = 0;
    size_t size = gf_matrix_size(like);
    for (size_t n = 0; n < size; n++) {
        double x = entry(value, like, n), d = x - target->data[at + n];
        own += x * x;
        difference += d * d;
    }
    return isfinite(own) &&
           sqrt(difference) <= ROUNDING * fmax(sqrt(own), norm(target->data + at, size)) + 1e-12 * target->norm;
}

int gf_worth_which(gf_line *line, const gf_tree *tree, const gf_worth *const targets[], int count)
{
    uint64_t alive = count < 64 ? ((uint64_t)1 << count) - 1 : ~(uint64_t)0;
    size_t at = 0;
    for (size_t k = 0; k < line->count && alive; k++) {
        const gf_matrix *like = &line->values[k], *value = value_at(line, tree, k);
        for (int n = 0; n < count; n++)
            if (!value || !fits_at(value, like, targets[n], at))
                alive &= ~((uint64_t)1 << n);
        at += gf_matrix_size(like);
        gf_judge_clear(&line->claims->judge);
    }
    for (int n = 0; n < count; n++)
        if (alive >> n & 1)
            return n;
    return -1;
}

/* --- what says nothing -------------------------------------------------------------------------------------------- */

static const double TINY = 1e-12;

/* Is it one number in all entries of all instances; of a single entry nobody can tell, but that it is 0. */
static bool is_constant(gf_line *line, const gf_tree *tree, double *number)
{
    size_t entries = 0;
    bool same = line->count;
    *number = 0;
    for (size_t k = 0; same && k < line->count; k++) {
        const gf_matrix *value = gf_judge_value(&line->claims->judge, NULL, tree, line->bindings[k], 0, 0);
        same = value;
        for (size_t n = 0; value && n < gf_matrix_size(value); n++) {
            *number = entries++ ? *number : value->data[n];
            same = same && fabs(value->data[n] - *number) <= TINY * (1 + fabs(*number));
        }
        gf_judge_clear(&line->claims->judge);
    }
    return same && (entries > 1 || fabs(*number) < TINY);
}

/* Has it the value of its operand: colsum of a row, the square of what is 0 or 1? */
static bool is_identity(gf_line *line, const gf_tree *tree)
{
    gf_judge *judge = &line->claims->judge;
    bool call = tree->kind == TREE_CALL && tree->count == 1 && strcmp(gf_model_text(line->m, tree->name), "stop");
    bool same = line->count && (call || tree->kind == TREE_POWER || tree->kind == TREE_TRANSPOSE);
    for (size_t k = 0; same && k < line->count; k++) {
        const gf_matrix *a = gf_judge_value(judge, NULL, tree, line->bindings[k], 0, 0);
        const gf_matrix *b = a ? gf_judge_value(judge, NULL, tree->kids[0], line->bindings[k], 0, 0) : NULL;
        gf_comparison c;
        same = b && gf_compare_within(&c, a, b, TINY) == GF_OK && c.match;
        gf_judge_clear(judge);
    }
    return same;
}

/* Is a part that is new nothing, the identity, or the Jacobian of a name by itself? */
static bool has_vain_part(gf_line *line, const gf_tree *tree)
{
    double number;
    bool derivative = gf_tree_is_derivative(line->m, tree), leaf = tree->kind == TREE_NUMBER || tree->kind == TREE_NAME;
    if (leaf || gf_tree_binds(tree) || gf_tree_has_part(line->tree, tree))
        return false;
    if (gf_tree_is_jacobian(line->m, tree) && gf_tree_equal(tree->kids[0], tree->kids[1]))
        return true;
    if ((is_constant(line, tree, &number) && fabs(number) < TINY) || (!derivative && is_identity(line, tree)))
        return true;
    for (uint32_t k = 0; k < tree->count && !derivative && tree->kind != TREE_AT; k++)
        if (has_vain_part(line, tree->kids[k]))
            return true;
    return false;
}

bool gf_line_becomes_vain(gf_line *line, const gf_tree *tree, const gf_tree *instead)
{
    double number;
    gf_worth truth = {.norm = 1};
    bool leaf = instead->kind == TREE_NUMBER || instead->kind == TREE_NAME;
    if (line->truth && !gf_worth_of_truth(&truth, line))
        line->claims->judge.out_of_memory = true;
    if (truth.norm < TINY)
        return false;
    return has_vain_part(line, tree) ||
           (!line->truth && !leaf && is_constant(line, line->tree, &number) && is_constant(line, tree, &number));
}

bool gf_line_comes_right(gf_line *line, const gf_tree *tree)
{
    gf_worth truth;
    bool known = gf_worth_of_truth(&truth, line);
    line->claims->judge.out_of_memory |= !known;
    return tree && known && gf_worth_which(line, tree, (const gf_worth *const[]){&truth}, 1) == 0;
}
