/* Values for other programs: JSON, CSV, and the file of one array that NumPy reads. */
#include <math.h>
#include <string.h>

#include "base/size.h"
#include "show/values.h"
#include "text/numbers.h"

/* --- JSON: {"file": …, "expressions": [{"expression", "values": [{"t", "rows", "cols", "value": [[…], …]} */

/* JSON has no number that is not finite. */
void gf_json_number(gf_text *w, double number)
{
    if (isfinite(number))
        gf_text_number(w, number);
    else
        gf_text_add(w, "null");
}

static void write_matrix(gf_text *w, const gf_matrix *m)
{
    gf_text_add(w, "[");
    for (int i = 0; i < m->rows; i++) {
        gf_text_add(w, i ? ", [" : "[");
        for (int j = 0; j < m->cols; j++) {
            gf_text_add(w, j ? ", " : "");
            gf_json_number(w, gf_matrix_at(m, i, j));
        }
        gf_text_add(w, "]");
    }
    gf_text_add(w, "]");
}

static void write_series(gf_text *w, const gf_series *series)
{
    gf_text_add(w, "    {\"expression\": ");
    gf_text_quoted(w, series->text);
    gf_text_add(w, ", \"values\": [");
    for (size_t k = 0; k < series->count; k++) {
        const gf_matrix *m = &series->values[k];
        gf_text_print(w, "%s\n      {\"t\": ", k ? "," : "");
        if (series->timed)
            gf_text_print(w, "%ld", series->first + (long)k);
        else
            gf_text_add(w, "null");
        gf_text_print(w, ", \"rows\": %d, \"cols\": %d, \"value\": ", m->rows, m->cols);
        write_matrix(w, m);
        gf_text_add(w, "}");
    }
    gf_text_add(w, "]}");
}

gf_status gf_values_write_json(gf_text *w, gf_values *values, const gf_values_options *options)
{
    gf_text name = {0};
    (void)options;
    gf_text_name(&name, values->m->file.source.name);
    gf_text_add(w, "{\n  \"file\": ");
    gf_text_quoted(w, gf_text_string(&name));
    gf_text_add(w, ",\n  \"expressions\": [\n");
    for (size_t k = 0; k < values->count; k++) {
        gf_text_add(w, k ? ",\n" : "");
        write_series(w, &values->list[k]);
    }
    gf_text_add(w, "\n  ]\n}\n");
    w->failed |= name.failed;
    gf_text_free(&name);
    return GF_OK;
}

/* --- CSV ------------------------------------------------------------------------------------------------ */

/* In quotes, a quote in it twice, where it holds what CSV is made of. */
void gf_csv_field(gf_text *w, const char *text)
{
    bool plain = !strpbrk(text, ",\"\n\r");
    gf_text_add(w, plain ? text : "\"");
    for (; !plain && *text; text++) {
        gf_text_add(w, *text == '"' ? "\"" : "");
        gf_text_bytes(w, text, 1);
    }
    gf_text_add(w, plain ? "" : "\"");
}

static void write_lines(gf_text *w, const gf_series *series, size_t k)
{
    const gf_matrix *m = &series->values[k];
    GF_EACH_ENTRY (m, i, j) {
        gf_csv_field(w, series->text);
        if (series->timed)
            gf_text_print(w, ",%ld", series->first + (long)k);
        else
            gf_text_add(w, ",");
        gf_text_print(w, ",%d,%d,", i + 1, j + 1);
        gf_text_number(w, gf_matrix_at(m, i, j));
        gf_text_add(w, "\n");
    }
}

gf_status gf_values_write_csv(gf_text *w, gf_values *values, const gf_values_options *options)
{
    (void)options;
    gf_text_add(w, "expression,t,row,col,value\n");
    for (size_t n = 0; n < values->count; n++)
        for (size_t k = 0; k < values->list[n].count; k++)
            write_lines(w, &values->list[n], k);
    return GF_OK;
}

/* --- NPY ----------------------------------------------------------------------------------------------- */

gf_status gf_values_write_npy(gf_text *w, gf_values *values, const gf_values_options *options)
{
    const gf_series *series = values->list;
    (void)options;
    if (values->count != 1)
        return gf_values_refuse(&values->why, GF_ERROR_ARGUMENT, "npy holds one array: give one expression, not %zu",
                                values->count);
    for (size_t k = 1; k < series->count; k++)
        if (series->values[k].rows != series->values->rows || series->values[k].cols != series->values->cols)
            return gf_values_refuse(&values->why, GF_ERROR_ARGUMENT,
                                    "npy holds one array, and %s is %d x %d at t = %ld, but %d x %d at t = %ld",
                                    series->text, series->values->rows, series->values->cols, series->first,
                                    series->values[k].rows, series->values[k].cols, series->first + (long)k);
    gf_npy_head(w, series->timed ? series->count : 0, series->values->rows, series->values->cols);
    for (size_t k = 0; k < series->count; k++)
        for (size_t n = 0; n < gf_matrix_size(&series->values[k]); n++)
            gf_npy_number(w, series->values[k].data[n]);
    return GF_OK;
}
