/* Data: matrices from files, sequences of unequal length as one matrix, columns of mean 0 and deviation 1. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "graph/node.h"
#include "text/numbers.h"
#include "train/batches.h"

/* --- reading ---------------------------------------------------------------------------------------- */

typedef struct table {
    gf_numbers in;
    double *numbers;
    size_t count, room;
    int rows, cols;
} table;

static gf_status refuse_count(table *t, int cols)
{
    snprintf(t->in.why, sizeof t->in.why, "%d number%s on the line, not %d", cols, cols == 1 ? "" : "s", t->cols);
    return GF_ERROR_READ;
}

/* The next line, on which numbers stand. */
static gf_status read_row(table *t)
{
    int cols = 0, found;
    t->in.line++;
    for (double number; (found = gf_numbers_next(&t->in, &number)) > 0; cols++) {
        if (t->count >= INT_MAX)
            return GF_ERROR_LIMIT;
        if (!gf_grow(&t->numbers, &t->room, t->count + 1))
            return GF_ERROR_MEMORY;
        t->numbers[t->count++] = number;
    }
    if (found < 0)
        return GF_ERROR_READ;
    getc(t->in.file); /* the line end */
    if (!t->rows++)
        t->cols = cols;
    return cols == t->cols ? GF_OK : refuse_count(t, cols);
}

static gf_status read_text(gf_matrix *out, gf_numbers *in)
{
    table t = {.in = *in};
    gf_status status = GF_OK;
    gf_numbers_skip_mark(&t.in);
    gf_numbers_skip_names(&t.in);
    while (!status && gf_numbers_go_on(&t.in))
        status = read_row(&t);
    if (!status && !t.rows) {
        snprintf(t.in.why, sizeof t.in.why, "there are no numbers");
        status = GF_ERROR_READ;
    }
    *in = t.in;
    if (status)
        free(t.numbers);
    else
        *out = gf_matrix_over(t.numbers, t.rows, t.cols);
    return status;
}

static gf_status fail(gf_graph *g, gf_status status, const char *path, const gf_numbers *in)
{
    const char *why = status == GF_ERROR_READ    ? in->why
                      : status == GF_ERROR_LIMIT ? "more numbers than a matrix can have"
                                                 : "out of memory";
    if (g && in->line && status == GF_ERROR_READ)
        gf_graph_fail(g, status, "%s:%ld: %s", path, in->line, why);
    else if (g)
        gf_graph_fail(g, status, "%s: %s", path, why);
    return status;
}

gf_status gf_data_read(gf_matrix *out, const char *path, gf_graph *g)
{
    if (out)
        *out = (gf_matrix){0};
    if (!out || !path)
        return GF_ERROR_ARGUMENT;
    const char *why;
    size_t length = strlen(path);
    bool array = length > 4 && !strcmp(path + length - 4, ".npy");
    gf_numbers in = {.file = gf_numbers_open(path, &why)};
    gf_status status = GF_ERROR_READ;
    if (in.file)
        status = array ? gf_npy_read(out, &in) : read_text(out, &in);
    else
        snprintf(in.why, sizeof in.why, "%s", why);
    if (in.file)
        fclose(in.file);
    return status ? fail(g, status, path, &in) : GF_OK;
}

/* --- sequences of unequal length ---------------------------------------------------------------------- */

static void place(gf_matrix *out, gf_matrix *mask, const gf_matrix *sequence, int k)
{
    double *row = out->data + (size_t)k * (size_t)out->stride, *steps = mask->data + (size_t)k * (size_t)mask->stride;
    for (int t = 0; t < sequence->rows; t++) {
        memcpy(row + (size_t)t * (size_t)sequence->cols, sequence->data + (size_t)t * (size_t)sequence->stride,
               (size_t)sequence->cols * sizeof *row);
        steps[t] = 1;
    }
}

gf_status gf_data_pad(gf_matrix *out, gf_matrix *mask, const gf_matrix sequences[], size_t count)
{
    if (out)
        *out = (gf_matrix){0};
    if (mask)
        *mask = (gf_matrix){0};
    if (!out || !mask || !sequences || !count)
        return GF_ERROR_ARGUMENT;
    int steps = 0, cols = sequences[0].cols;
    for (size_t k = 0; k < count; k++) {
        if (gf_matrix_fault(&sequences[k]))
            return GF_ERROR_ARGUMENT;
        if (sequences[k].cols != cols)
            return GF_ERROR_SHAPE;
        steps = sequences[k].rows > steps ? sequences[k].rows : steps;
    }
    if (!steps || cols < 1)
        return GF_ERROR_SHAPE;
    if (count > (size_t)(INT_MAX / steps / cols))
        return GF_ERROR_LIMIT;
    gf_status status = gf_matrix_new(out, (int)count, steps * cols);
    status = status ? status : gf_matrix_new(mask, (int)count, steps);
    if (status)
        gf_matrix_free(out);
    for (size_t k = 0; k < count && !status; k++)
        place(out, mask, &sequences[k], (int)k);
    return status;
}

/* --- standardising -------------------------------------------------------------------------------------- */

/* In two passes, which loses less than the mean of squares does (Chan, Golub and LeVeque 1983). */
static void measure(double *mean, double *deviation, const gf_matrix *data, const gf_batches *b, size_t count, int col)
{
    double sum = 0, squares = 0;
    for (size_t k = 0; k < count; k++)
        sum += gf_examples_row(data, b, k)[col];
    *mean = sum / (double)count;
    for (size_t k = 0; k < count; k++) {
        double off = gf_examples_row(data, b, k)[col] - *mean;
        squares += off * off;
    }
    *deviation = sqrt(squares / (double)count);
    if (*deviation == 0)
        *deviation = 1;
}

gf_status gf_data_scale(gf_matrix *out, const gf_matrix *data, const gf_batches *b)
{
    if (out)
        *out = (gf_matrix){0};
    size_t count = gf_examples_count(data, b);
    if (!out || !count)
        return GF_ERROR_ARGUMENT;
    gf_status status = gf_matrix_new(out, 2, data->cols);
    for (int j = 0; j < data->cols && !status; j++)
        measure(&out->data[j], &out->data[data->cols + j], data, b, count, j);
    return status;
}

static gf_status rescale(gf_matrix *data, const gf_matrix *scale, bool back)
{
    if (gf_matrix_fault(data) || gf_matrix_fault(scale))
        return GF_ERROR_ARGUMENT;
    if (scale->rows != 2 || scale->cols != data->cols)
        return GF_ERROR_SHAPE;
    const double *mean = scale->data, *deviation = scale->data + scale->stride;
    for (int j = 0; j < data->cols; j++)
        if (!(deviation[j] > 0))
            return GF_ERROR_ARGUMENT;
    for (int i = 0; i < data->rows; i++) {
        double *row = gf_examples_row(data, NULL, (size_t)i);
        for (int j = 0; j < data->cols; j++)
            row[j] = back ? row[j] * deviation[j] + mean[j] : (row[j] - mean[j]) / deviation[j];
    }
    return GF_OK;
}

gf_status gf_data_standardise(gf_matrix *data, const gf_matrix *scale)
{
    return rescale(data, scale, false);
}

gf_status gf_data_restore(gf_matrix *data, const gf_matrix *scale)
{
    return rescale(data, scale, true);
}
