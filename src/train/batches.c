/* Batches: an order of examples, gone through a part at a time. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "graph/node.h"
#include "train/batches.h"

/* A copy of an order, at its beginning; NULL without memory. */
static gf_batches *batches_of(const size_t *order, size_t count, size_t batch, gf_random random)
{
    gf_batches *b = count < SIZE_MAX / sizeof *order / 2 ? malloc(sizeof *b + count * sizeof *order) : NULL;
    if (!b)
        return NULL;
    *b = (gf_batches){.random = random, .count = count, .batch = batch};
    for (size_t k = 0; k < count; k++)
        b->order[k] = order ? order[k] : k;
    return b;
}

gf_status gf_batches_new(gf_batches **out, size_t examples, size_t batch, uint64_t seed)
{
    if (out)
        *out = NULL;
    if (!out || !examples)
        return GF_ERROR_ARGUMENT;
    gf_random random;
    gf_random_seed(&random, seed);
    *out = batches_of(NULL, examples, batch && batch < examples ? batch : examples, random);
    return *out ? GF_OK : GF_ERROR_MEMORY;
}

void gf_batches_free(gf_batches *b)
{
    free(b);
}

gf_status gf_batches_split(gf_batches **out, gf_batches *b, double share)
{
    if (out)
        *out = NULL;
    if (!out || !b || !(share > 0 && share <= 1))
        return GF_ERROR_ARGUMENT;
    size_t kept = (size_t)ceil(share * (double)b->count * (1 - 1e-12)); /* 0.55 of 100 is a little above 55 */
    *out = batches_of(b->order + kept, b->count - kept, b->batch, b->random);
    if (!*out)
        return GF_ERROR_MEMORY;
    b->count = kept;
    b->first = b->size = 0;
    return GF_OK;
}

void gf_batches_shuffle(gf_batches *b)
{
    for (size_t k = b ? b->count : 0; k > 1; k--) {
        size_t j = (size_t)(gf_random_uniform(&b->random) * (double)k), other = b->order[j];
        b->order[j] = b->order[k - 1];
        b->order[k - 1] = other;
    }
    if (b)
        b->first = b->size = 0;
}

size_t gf_batches_next(gf_batches *b)
{
    if (!b)
        return 0;
    b->first += b->size;
    size_t left = b->count - b->first;
    b->size = left < b->batch ? left : b->batch;
    if (!left)
        b->first = 0;
    return b->size;
}

size_t gf_batches_count(const gf_batches *b)
{
    return b ? b->count : 0;
}

size_t gf_batches_example(const gf_batches *b, size_t k)
{
    return b && k < b->size ? b->order[b->first + k] : SIZE_MAX;
}

/* --- rows of data in leaves ------------------------------------------------------------------------ */

static double *row_of(const gf_matrix *m, size_t row)
{
    return m->data + row * (size_t)m->stride;
}

/* May rows of `data` be those of the present batch, and `node` have them? `cols` are all that a row of data needs. */
static gf_status check_rows(const gf_node *node, const gf_matrix *data, long cols, const gf_batches *b)
{
    gf_status status = gf_node_check(node, "batch");
    if (status)
        return status;
    gf_graph *g = node->graph;
    if (!b || !data)
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "batch: the %s of %s are NULL", b ? "data" : "batches",
                             gf_label(node));
    if (gf_matrix_fault(data))
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "batch: the matrix of data of %s %s", gf_label(node),
                             gf_matrix_fault(data));
    if (!b->size)
        return gf_graph_fail(g, GF_ERROR_ARGUMENT,
                             "batch: there are no examples for %s before gf_batches_next, nor after it returned 0",
                             gf_label(node));
    if ((size_t)node->value.rows < b->size)
        return gf_graph_fail(g, GF_ERROR_SHAPE, "batch: %s has %d rows, but the batch %zu examples", gf_label(node),
                             node->value.rows, b->size);
    if (cols != data->cols)
        return gf_graph_fail(g, GF_ERROR_SHAPE, "batch: the data have %d columns, but %s and what stands beside it %ld",
                             data->cols, gf_label(node), cols);
    for (size_t k = 0; k < b->size; k++)
        if (b->order[b->first + k] >= (size_t)data->rows)
            return gf_graph_fail(g, GF_ERROR_ARGUMENT, "batch: the data of %s have %d rows, and no example %zu",
                                 gf_label(node), data->rows, b->order[b->first + k]);
    return GF_OK;
}

/* The rows of the batch, from a column of data on, into a leaf that was checked. */
static void set_rows(gf_node *leaf, const gf_matrix *data, int col, const gf_batches *b)
{
    size_t bytes = (size_t)leaf->value.cols * sizeof(double);
    for (size_t k = 0; k < (size_t)leaf->value.rows; k++)
        if (k < b->size)
            memcpy(row_of(&leaf->value, k), row_of(data, b->order[b->first + k]) + col, bytes);
        else
            memset(row_of(&leaf->value, k), 0, bytes);
}

gf_status gf_batch_set(gf_node *const leaves[], int count, const gf_matrix *data, const gf_batches *b)
{
    if (!leaves || count < 1)
        return GF_ERROR_ARGUMENT;
    long cols = 0;
    gf_status status = GF_OK;
    for (int k = 0; k < count; k++)
        cols += gf_node_cols(leaves[k]);
    for (int k = 0; k < count && !status; k++) {
        status = check_rows(leaves[k], data, cols, b);
        status = status ? status : gf_leaf_open(leaves[k], "batch");
    }
    for (int k = 0, col = 0; k < count && !status; col += leaves[k++]->value.cols)
        set_rows(leaves[k], data, col, b);
    return status;
}

gf_status gf_batch_weights(gf_node *w, const gf_batches *b)
{
    gf_matrix none = gf_matrix_over(&(double){0}, INT_MAX, gf_node_cols(w)); /* of which no row is read */
    gf_status status = check_rows(w, &none, none.cols, b);
    if (!status && none.cols != 1)
        status = gf_graph_fail(w->graph, GF_ERROR_SHAPE, "batch: %s is %d x %d, but weights are one column",
                               gf_label(w), w->value.rows, none.cols);
    status = status ? status : gf_leaf_open(w, "batch");
    for (size_t k = 0; !status && k < (size_t)w->value.rows; k++)
        *row_of(&w->value, k) = k < b->size ? 1 / (double)b->size : 0;
    return status;
}

gf_status gf_batch_get(gf_matrix *data, gf_node *node, const gf_batches *b)
{
    gf_status status = check_rows(node, data, gf_node_cols(node), b);
    const gf_matrix *value = status ? NULL : gf_value(node);
    for (size_t k = 0; value && k < b->size; k++)
        memcpy(row_of(data, b->order[b->first + k]), row_of(value, k), (size_t)value->cols * sizeof(double));
    return status;
}
