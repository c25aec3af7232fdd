/* Values as tables for a terminal. Scalars over time are the columns of one table; matrices stand side by side, at one
 * step or over the steps; of large ones over time there are the sizes, a row a step. */
#include <stdlib.h>

#include "show/values.h"

/* What is written, how, and whether something stands above. */
typedef struct writing {
    gf_text *w;
    gf_values *values;
    gf_paper paper;
    bool failed;
} writing;

static void separate(writing *out)
{
    gf_text_add(out->w, out->w->size ? "\n" : "");
}

static void *get(writing *out, size_t bytes)
{
    void *piece = gf_arena_get(&out->values->arena, bytes);
    out->failed |= !piece;
    return piece;
}

/* --- scalars over time ------------------------------------------------------------------------------------------- */

static void write_scalars(writing *out, const gf_series *list, size_t count)
{
    gf_column *columns = get(out, count * sizeof *columns);
    for (size_t k = 0; columns && k < count; k++)
        columns[k] = (gf_column){list[k].text, list[k].numbers, true};
    if (columns)
        gf_columns_write(out->w, columns, count, list->first, list->count, &out->paper);
}

/* --- what has no time -------------------------------------------------------------------------------------------- */

static void write_untimed(writing *out, const gf_series *list, size_t count)
{
    gf_block *blocks = get(out, count * sizeof *blocks);
    for (size_t k = 0; blocks && k < count; k++)
        blocks[k] = (gf_block){.caption = list[k].text, .value = list[k].values};
    if (blocks)
        gf_blocks_write(out->w, blocks, count, &out->paper);
}

/* --- matrices over time ------------------------------------------------------------------------------------------ */

static bool has_one_shape(const gf_series *series)
{
    for (size_t k = 1; k < series->count; k++)
        if (series->values[k].rows != series->values[0].rows || series->values[k].cols != series->values[0].cols)
            return false;
    return true;
}

static void write_title(writing *out, const gf_series *series, bool shape)
{
    gf_text_add(out->w, series->text);
    if (shape)
        gf_text_print(out->w, "  %d x %d", series->values->rows, series->values->cols);
    gf_text_add(out->w, "\n");
}

/* Rows are the rows of one table. */
static void write_as_rows(writing *out, const gf_series *series)
{
    size_t cols = (size_t)series->values->cols;
    gf_column *columns = get(out, cols * sizeof *columns);
    double *numbers = get(out, cols * series->count * sizeof *numbers);
    char(*titles)[GF_NUMBER] = get(out, cols * sizeof *titles);
    if (!columns || !numbers || !titles)
        return;
    for (size_t j = 0; j < cols; j++) {
        for (size_t k = 0; k < series->count; k++)
            numbers[j * series->count + k] = series->values[k].data[j];
        snprintf(titles[j], GF_NUMBER, "%zu", j + 1);
        columns[j] = (gf_column){titles[j], numbers + j * series->count, false};
    }
    write_title(out, series, true);
    gf_columns_write(out->w, columns, cols, series->first, series->count, &out->paper);
}

/* One series: a block a step. */
static void write_steps(writing *out, const gf_series *series)
{
    enum { CAPTION = 32 };
    bool even = has_one_shape(series);
    if (even && series->values->rows == 1) {
        write_as_rows(out, series);
        return;
    }
    gf_block *blocks = get(out, series->count * sizeof *blocks);
    char *captions = get(out, series->count * CAPTION);
    for (size_t k = 0; blocks && captions && k < series->count; k++) {
        snprintf(captions + k * CAPTION, CAPTION, "t = %ld", series->first + (long)k);
        blocks[k] = (gf_block){captions + k * CAPTION, &series->values[k]};
    }
    write_title(out, series, even);
    if (blocks && captions)
        (even ? gf_blocks_write_shapeless : gf_blocks_write)(out->w, blocks, series->count, &out->paper);
}

/* Several: at each step their blocks. */
static void write_side_by_side(writing *out, const gf_series *list, size_t count)
{
    gf_block *blocks = get(out, count * sizeof *blocks);
    for (size_t k = 0; blocks && k < list->count; k++) {
        gf_text_print(out->w, "%st = %ld\n", k ? "\n" : "", list->first + (long)k);
        for (size_t n = 0; n < count; n++)
            blocks[n] = (gf_block){.caption = list[n].text, .value = &list[n].values[k]};
        gf_blocks_write(out->w, blocks, count, &out->paper);
    }
}

/* One that is large at some step: what tells most of it. */
static void write_sizes(writing *out, const gf_series *series)
{
    double *numbers = get(out, 3 * series->count * sizeof *numbers);
    if (!numbers)
        return;
    for (size_t k = 0; k < series->count; k++) {
        gf_extremes e = gf_extremes_of(&series->values[k]);
        numbers[k] = e.norm;
        numbers[series->count + k] = e.least;
        numbers[2 * series->count + k] = e.greatest;
    }
    size_t n = series->count;
    gf_column columns[] = {{"norm", numbers, true}, {"least", numbers + n, true}, {"greatest", numbers + 2 * n, true}};
    write_title(out, series, has_one_shape(series));
    gf_columns_write(out->w, columns, 3, series->first, series->count, &out->paper);
}

static bool is_large(const writing *out, const gf_series *series)
{
    for (size_t k = 0; k < series->count; k++)
        if (gf_matrix_is_large(&series->values[k], &out->paper))
            return true;
    return false;
}

static bool is_single(const gf_series *series)
{
    return series->timed && series->count == 1;
}

/* At one step, it is as without time, but that the step is said. */
static void write_single(writing *out, const gf_series *list, size_t count)
{
    gf_text_print(out->w, "t = %ld\n", list->first);
    write_untimed(out, list, count);
}

/* --- all --------------------------------------------------------------------------------------------------------- */

typedef enum kind { UNTIMED, SINGLE, SCALAR, SMALL, LARGE } kind;

static kind kind_of(const writing *out, const gf_series *series)
{
    if (!series->timed)
        return UNTIMED;
    if (series->scalar)
        return SCALAR;
    if (is_single(series))
        return SINGLE;
    return is_large(out, series) ? LARGE : SMALL;
}

static void write_run(writing *out, kind kind, const gf_series *list, size_t count)
{
    if (kind == UNTIMED)
        write_untimed(out, list, count);
    else if (kind == SINGLE)
        write_single(out, list, count);
    else if (kind == SCALAR)
        write_scalars(out, list, count);
    else if (kind == LARGE)
        write_sizes(out, list);
    else if (count == 1)
        write_steps(out, list);
    else
        write_side_by_side(out, list, count);
}

gf_status gf_values_write_text(gf_text *w, gf_values *values, const gf_values_options *options)
{
    writing out = {.w = w, .values = values, .paper = {.width = options->width, .full = options->full}};
    for (size_t k = 0, run; k < values->count; k += run) {
        kind kind = kind_of(&out, &values->list[k]);
        for (run = 1; kind != LARGE && k + run < values->count && kind_of(&out, &values->list[k + run]) == kind;)
            run++;
        separate(&out);
        write_run(&out, kind, &values->list[k], run);
    }
    return out.failed ? GF_ERROR_MEMORY : GF_OK;
}
