/* Values as tables for a terminal. Scalars over time are the columns of one table; matrices stand side by side, at one
 * step or over the steps; of large ones over time there are the sizes, a row a step. */
#include <stdio.h>
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

static gf_table_rows steps_of(const gf_series *series)
{
    return (gf_table_rows){"t", series->first, series->count};
}

/* --- scalars over time ------------------------------------------------------------------------------------------- */

static void write_scalars(writing *out, const gf_series *list, size_t count)
{
    gf_column *columns = get(out, count * sizeof *columns);
    for (size_t k = 0; columns && k < count; k++)
        columns[k] = (gf_column){.title = list[k].text, .numbers = list[k].numbers, .even = true};
    if (columns)
        gf_columns_write(out->w, columns, count, steps_of(list), &out->paper);
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

/* Numbers and titles of the columns of one table: entry j at every step, under "1", "2" …; NULL without memory. */
static gf_column *entries_over_time(writing *out, const gf_series *series)
{
    size_t size = gf_matrix_size(series->values);
    gf_column *columns = get(out, size * sizeof *columns);
    double *numbers = get(out, size * series->count * sizeof *numbers);
    char(*titles)[GF_NUMBER] = get(out, size * sizeof *titles);
    gf_matrix *all = get(out, sizeof *all);
    if (!columns || !numbers || !titles || !all)
        return NULL;
    *all = gf_matrix_over(numbers, (int)size, (int)series->count);
    for (size_t j = 0; j < size; j++) {
        for (size_t k = 0; k < series->count; k++)
            numbers[j * series->count + k] = series->values[k].data[j];
        snprintf(titles[j], GF_NUMBER, "%zu", j + 1);
        columns[j] = (gf_column){.title = titles[j], .numbers = numbers + j * series->count, .like = all};
    }
    return columns;
}

/* Vectors are the rows of one table, a step a row. */
static void write_as_rows(writing *out, const gf_series *series)
{
    const gf_column *columns = entries_over_time(out, series);
    write_title(out, series, true);
    if (columns)
        gf_columns_write(out->w, columns, gf_matrix_size(series->values), steps_of(series), &out->paper);
}

enum { CAPTION = 32 };

/* "t = 1", "t = 2" … */
static char (*captions_of(writing *out, const gf_series *series))[CAPTION]
{
    char(*captions)[CAPTION] = get(out, series->count * sizeof *captions);
    for (size_t k = 0; captions && k < series->count; k++)
        snprintf(captions[k], CAPTION, "t = %ld", series->first + (long)k);
    return captions;
}

/* Columns stand side by side, under their steps; where a line does not hold them, a step is a row. */
static void write_as_columns(writing *out, const gf_series *series)
{
    gf_column *columns = get(out, series->count * sizeof *columns);
    const gf_column *entries = entries_over_time(out, series);
    char(*captions)[CAPTION] = captions_of(out, series);
    gf_table_rows rows = {"", 1, (size_t)series->values->rows};
    if (!columns || !captions || !entries)
        return;
    for (size_t k = 0; k < series->count; k++)
        columns[k] = (gf_column){.title = captions[k], .numbers = series->values[k].data, .like = entries->like};
    if (!gf_columns_fit(columns, series->count, rows, &out->paper)) {
        write_as_rows(out, series);
        return;
    }
    write_title(out, series, true);
    gf_columns_write(out->w, columns, series->count, rows, &out->paper);
}

static bool are_rows(const gf_series *series)
{
    return has_one_shape(series) && series->values->rows == 1;
}

/* One series: a block a step. */
static void write_steps(writing *out, const gf_series *series)
{
    bool even = has_one_shape(series);
    if (even && (series->values->rows == 1 || series->values->cols == 1)) {
        (series->values->rows == 1 ? write_as_rows : write_as_columns)(out, series);
        return;
    }
    gf_block *blocks = get(out, series->count * sizeof *blocks);
    char(*captions)[CAPTION] = captions_of(out, series);
    for (size_t k = 0; blocks && captions && k < series->count; k++)
        blocks[k] = (gf_block){captions[k], &series->values[k]};
    write_title(out, series, even);
    if (blocks && captions)
        (even ? gf_blocks_write_shapeless : gf_blocks_write)(out->w, blocks, series->count, &out->paper);
}

/* "h[t]  1 x 4" */
static const char *name_group(writing *out, const gf_series *series)
{
    gf_text text = {0};
    gf_text_print(&text, "%s  1 x %d", series->text, series->values->cols);
    const char *name = gf_text_keep(&text, &out->values->arena);
    out->failed |= !name;
    return name;
}

/* Several that are rows: one table, the columns of each under its name. */
static void write_rows_together(writing *out, const gf_series *list, size_t count)
{
    size_t total = 0, at = 0;
    for (size_t n = 0; n < count; n++)
        total += gf_matrix_size(list[n].values);
    gf_column *columns = get(out, total * sizeof *columns);
    for (size_t n = 0; n < count && !out->failed; n++) {
        const gf_column *own = entries_over_time(out, &list[n]);
        const char *group = name_group(out, &list[n]);
        for (size_t j = 0; own && j < gf_matrix_size(list[n].values); j++, at++) {
            columns[at] = own[j];
            columns[at].group = group;
        }
    }
    if (!out->failed)
        gf_columns_write(out->w, columns, total, steps_of(list), &out->paper);
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
    gf_column columns[] = {{.title = "norm", .numbers = numbers, .even = true},
                           {.title = "least", .numbers = numbers + n, .even = true},
                           {.title = "greatest", .numbers = numbers + 2 * n, .even = true}};
    write_title(out, series, has_one_shape(series));
    gf_columns_write(out->w, columns, 3, steps_of(series), &out->paper);
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

static bool all_are_rows(const gf_series *list, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (!are_rows(&list[k]))
            return false;
    return true;
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
    else if (all_are_rows(list, count))
        write_rows_together(out, list, count);
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
    for (size_t k = 0; k < values->count; k++)
        if (values->list[k].beyond)
            gf_text_print(w, "\n%s; beyond the ends all is 0\n", values->list[k].beyond);
    return out.failed ? GF_ERROR_MEMORY : GF_OK;
}
