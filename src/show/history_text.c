/* A history written down: as CSV, as charts in characters, as pictures. */
#include <math.h>
#include <string.h>

#include "base/sized.h"
#include "show/history.h"
#include "show/sheet.h"
#include "show/values.h"

enum { POINTS = 400, LINES = 12 }; /* of a line, and in a picture, at most */

/* What a picture shows of a group. */
typedef struct view {
    const gf_history *h;
    const gf_history_part *part;
    const gf_values_options *options;
    size_t points, each; /* points, each of so many rows, but for the last */
    gf_arena arena;
    gf_lines lines;
} view;

/* --- CSV --------------------------------------------------------------------------------------------- */

static void write_csv(gf_text *w, const gf_history *h)
{
    gf_text_add(w, "update");
    for (size_t k = 0; k < h->column_count; k++) {
        gf_text_add(w, ",");
        gf_csv_field(w, h->columns[k].title);
    }
    gf_text_add(w, "\n");
    for (size_t r = 0; r < h->rows; r++) {
        gf_text_print(w, "%zu", r + 1);
        for (size_t k = 0; k < h->column_count; k++) {
            gf_text_add(w, ",");
            gf_text_number(w, h->numbers[r * h->column_count + k]);
        }
        gf_text_add(w, "\n");
    }
}

/* --- lines ------------------------------------------------------------------------------------------- */

static double mean_of(const view *v, size_t column, size_t k)
{
    double sum = 0;
    size_t from = k * v->each, to = from + v->each < v->h->rows ? from + v->each : v->h->rows;
    for (size_t r = from; r < to; r++)
        sum += v->h->numbers[r * v->h->column_count + column] / (double)(to - from);
    return sum;
}

static bool line_up(view *v)
{
    size_t count = v->part->count;
    const double **series = gf_arena_get(&v->arena, count * sizeof *series);
    gf_line *list = gf_arena_get(&v->arena, count * sizeof *list);
    double *numbers = gf_arena_get(&v->arena, count * v->points * sizeof *numbers);
    if (!series || !list || !numbers)
        return false;
    for (size_t n = 0; n < count; n++, numbers += v->points) {
        series[n] = numbers;
        list[n] = (gf_line){.label = v->h->columns[v->part->first + n].name, .numbers = numbers, .look = n};
        for (size_t k = 0; k < v->points; k++)
            numbers[k] = mean_of(v, v->part->first + n, k);
    }
    v->lines = (gf_lines){.list = list, .count = count, .length = v->points, .along = "update", .dots = true};
    v->lines.first = 1;
    v->lines.last = (double)v->h->rows;
    v->lines.continuous = v->h->rows > 12;
    v->lines.labelled = count > 1;
    v->lines.axis = gf_axis_of(series, count, v->points);
    return true;
}

static void say_lines(const view *v, gf_text *about)
{
    if (v->each > 1)
        gf_text_print(about, "%seach point the mean of %zu updates", about->size ? ", " : "", v->each);
    gf_sheet_say_axis(about, &v->lines.axis);
}

/* --- a heat map -------------------------------------------------------------------------------------- */

static double size_at(const void *data, long row, long col)
{
    const view *v = data;
    return fabs(v->h->numbers[(size_t)col * v->h->column_count + v->part->first + (size_t)row]);
}

static gf_heat heat_of(const view *v)
{
    bool steps = *v->part->down;
    return (gf_heat){.title = v->part->name,
                     .rows = (long)v->part->count,
                     .cols = (long)v->h->rows,
                     .first_row = v->part->from,
                     .first_col = 1,
                     .down = steps ? v->part->down : "entry",
                     .along = "update",
                     .least = 8,
                     .at = size_at,
                     .data = v};
}

/* --- forms ------------------------------------------------------------------------------------------- */

static void write_map(gf_text *w, const view *v, int width)
{
    gf_heat heat = heat_of(v);
    const gf_heat *all = &heat;
    gf_size_scale scale = gf_heat_scale(&all, 1);
    gf_text_print(w, "%s: %s downwards, updates to the right\n", v->part->name, heat.down);
    gf_heat_write(w, &heat, &scale, width);
    gf_heat_write_key(w, &scale);
}

static void write_lines(gf_text *w, const view *v, int width)
{
    gf_text about = {0};
    say_lines(v, &about);
    gf_text_print(w, "%s%s%s\n", v->part->name, about.size ? ": " : "", gf_text_string(&about));
    gf_chart_write(w, &v->lines, width);
    for (size_t n = 0; n < v->lines.count && v->lines.count > 1; n++)
        gf_text_print(w, "%c  %s\n", gf_chart_mark(n), v->lines.list[n].label);
    w->failed |= about.failed;
    gf_text_free(&about);
}

static gf_status write_picture(gf_text *w, const view *v)
{
    const gf_theme *theme = gf_theme_find(v->options->theme ? v->options->theme : "light");
    gf_heat heat = heat_of(v);
    gf_text about = {0}, why = {0};
    if (!theme)
        return GF_ERROR_ARGUMENT;
    gf_text_add(&about, v->h->title);
    bool map = v->part->count > LINES;
    if (map && v->h->rows > 200)
        gf_text_print(&about, "%seach cell the largest of its updates", about.size ? ", " : "");
    else if (!map)
        say_lines(v, &about);
    gf_sheet sheet = {theme, v->part->name, gf_text_string(&about), &v->lines, map ? &heat : NULL};
    gf_status status = about.failed ? GF_ERROR_MEMORY : gf_sheet_write(w, &why, &sheet, v->options);
    gf_text_free(&about);
    gf_text_free(&why);
    return status;
}

static gf_status write_group(gf_text *w, const gf_history *h, const char *group, const gf_values_options *options)
{
    bool drawn = options->format >= GF_VALUES_CHART && options->format <= GF_VALUES_PDF;
    view v = {.h = h, .options = options, .each = (h->rows + POINTS - 1) / POINTS};
    for (size_t k = 0; k < h->part_count && group && !v.part; k++)
        v.part = strcmp(h->parts[k].name, group) ? NULL : &h->parts[k];
    if (!drawn || !v.part || !h->rows)
        return GF_ERROR_ARGUMENT;
    v.points = (h->rows + v.each - 1) / v.each;
    gf_status status = line_up(&v) ? GF_OK : GF_ERROR_MEMORY;
    int width = options->width > 0 ? options->width : 80;
    if (!status && options->format != GF_VALUES_CHART)
        status = write_picture(w, &v);
    else if (!status && v.part->count > LINES)
        write_map(w, &v, width);
    else if (!status)
        write_lines(w, &v, width);
    gf_arena_free(&v.arena);
    return status;
}

gf_status gf_history_text(char **out, size_t *length, gf_history *h, const char *group,
                          const gf_values_options *options)
{
    gf_values_options own;
    char reason[GF_SIZED_WHY];
    if (out)
        *out = NULL;
    if (!out || !h || !gf_sized_take(&own, options, gf_values_options, progress_data, reason))
        return GF_ERROR_ARGUMENT;
    gf_text w = {0};
    gf_status status = GF_OK;
    if (own.format == GF_VALUES_CSV)
        write_csv(&w, h);
    else
        status = write_group(&w, h, group, &own);
    if (!status && (w.failed || !w.data))
        status = GF_ERROR_MEMORY;
    if (status)
        gf_text_free(&w);
    *out = w.data;
    if (length)
        *length = w.size;
    return status;
}
