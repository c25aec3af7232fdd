/* What expressions come to at the instances of a line, and comparisons of that. */
#include <math.h>

#include "mend/terms/inside.h"

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
    double *data = gf_arena_get(line->arena, (size + 1) * sizeof *data);
    for (size_t n = 0; data && n < size; n++)
        data[n] = (a ? a->data[n] : 0) + factor * b->data[n];
    *out = (gf_worth){.known = data, .data = data, .norm = data ? norm(data, size) : 0};
    return data;
}

static bool near(double difference, double a, double b)
{
    return difference <= ROUNDING * fmax(a, b);
}

bool gf_worth_equal(const gf_line *line, const gf_worth *a, const gf_worth *b)
{
    double sum = 0;
    if (!a->known || !b->known || fabs(a->norm - b->norm) > ROUNDING * fmax(a->norm, b->norm))
        return false;
    for (size_t n = gf_line_size(line); n-- > 0;)
        sum += (a->data[n] - b->data[n]) * (a->data[n] - b->data[n]);
    return near(sqrt(sum), a->norm, b->norm);
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

bool gf_line_comes_right(gf_line *line, const gf_tree *tree)
{
    gf_worth truth;
    bool known = gf_worth_of_truth(&truth, line);
    line->claims->judge.out_of_memory |= !known;
    return tree && known && gf_worth_which(line, tree, (const gf_worth *const[]){&truth}, 1) == 0;
}
