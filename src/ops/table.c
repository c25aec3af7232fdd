/* The table of operations, and what their rows share. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/vector.h"
#include "ops/ops.h"

#define ADDRESS(op, takes) &gf_op_##op,
static const gf_operation *const table[] = {GF_OPERATIONS(ADDRESS)};

int gf_operation_count(void)
{
    return sizeof table / sizeof *table;
}

const gf_operation *gf_operation_at(int number)
{
    return number >= 0 && number < gf_operation_count() ? table[number] : NULL;
}

const gf_operation *gf_operation_find(const char *name)
{
    for (int k = 0; name && k < gf_operation_count(); k++)
        if (!strcmp(table[k]->name, name))
            return table[k];
    return NULL;
}

/* --- shape rules ---------------------------------------------------------- */

bool gf_refuse(char why[GF_WHY], const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, GF_WHY, format, arguments);
    va_end(arguments);
    return false;
}

bool gf_broadcast_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    *rows = call->in[0]->rows;
    *cols = call->in[0]->cols;
    for (int k = 1; k < call->arity; k++) {
        const gf_matrix *b = call->in[k];
        if (b->rows != *rows && b->rows != 1 && *rows != 1)
            return gf_refuse(why, "rows %d and %d differ and neither is 1", *rows, b->rows);
        if (b->cols != *cols && b->cols != 1 && *cols != 1)
            return gf_refuse(why, "columns %d and %d differ and neither is 1", *cols, b->cols);
        *rows = *rows == 1 ? b->rows : *rows;
        *cols = *cols == 1 ? b->cols : *cols;
    }
    return true;
}

/* --- entries ---------------------------------------------------------------- */

void gf_begin(gf_matrix *out, double beta)
{
    bool whole = out->stride == out->cols && out->rows; /* its rows follow each other without a gap */
    size_t entries = whole ? gf_entries(out) : (size_t)out->cols;
    for (int i = 0; beta == 0 && i < (whole ? 1 : out->rows); i++)
        memset(gf_row(out, i), 0, entries * sizeof(double));
}

void gf_put_spread(gf_matrix *to, double beta, const gf_matrix *from)
{
    bool repeated = from->cols != to->cols;
    size_t n = (size_t)to->cols;
    for (int i = 0; i < to->rows; i++) {
        double *row = gf_row(to, i);
        const double *source = gf_spread_row(from, i);
        for (size_t j = 0; repeated && j < n; j++)
            gf_put(&row[j], beta, *source);
        if (!repeated && beta == 0)
            memcpy(row, source, n * sizeof *row);
        else if (!repeated)
            gf_vector_add(row, source, n);
    }
}

void gf_put_sums(gf_matrix *to, double beta, const gf_matrix *from)
{
    bool summed = from->cols != to->cols;
    gf_begin(to, beta);
    for (int i = 0; i < from->rows; i++) {
        double *sum = gf_spread_row(to, i);
        const double *row = gf_row(from, i);
        for (int j = 0; summed && j < from->cols; j++)
            *sum += row[j];
        if (!summed)
            gf_vector_add(sum, row, (size_t)from->cols);
    }
}
