/* Charts in characters: for each series of numbers over t, one below the other. */
#include <math.h>
#include <string.h>

#include "show/axis.h"
#include "show/values.h"

enum {
    ROWS = 12,     /* from the lowest tick to the highest, about */
    COLUMNS = 400, /* at most */
    APART = 6      /* columns between two steps, at most */
};

gf_status gf_values_refuse_chart(gf_values *values)
{
    for (size_t k = 0; k < values->count; k++) {
        const gf_series *s = &values->list[k];
        if (!s->timed)
            return gf_values_refuse(&values->why, GF_ERROR_ARGUMENT, "a plot is over t, and %s has no t in it",
                                    s->text);
        if (!s->scalar)
            return gf_values_refuse(&values->why, GF_ERROR_ARGUMENT,
                                    "a plot is of one number a step, and %s is %d x %d; write norm(%s), say", s->text,
                                    s->values->rows, s->values->cols, s->text);
    }
    return GF_OK;
}

typedef struct chart {
    const gf_series *series;
    gf_axis axis;
    int rows, columns, label; /* label: characters of the labels at the left */
} chart;

static chart chart_of(const gf_series *series, int width)
{
    chart c = {.series = series, .axis = gf_axis_of(&series->numbers, 1, series->count)};
    char text[GF_NUMBER];
    for (int k = 0; k <= c.axis.intervals; k++) {
        int length = (int)strlen(gf_axis_label(text, &c.axis, k));
        c.label = length > c.label ? length : c.label;
    }
    int room = width - c.label - 3, wanted = series->count > COLUMNS ? COLUMNS : (int)(series->count - 1) * APART + 1;
    c.columns = wanted < room ? wanted : room;
    c.columns = c.columns < 2 ? 2 : c.columns > COLUMNS ? COLUMNS : c.columns;
    int units = (int)lround((c.axis.high - c.axis.low) / (c.axis.logarithmic ? 1 : c.axis.step));
    c.rows = (units > ROWS ? ROWS : ROWS / units * units) + 1;
    return c;
}

static int row_of(const chart *c, double place)
{
    return (int)lround((1 - place) * (c->rows - 1));
}

/* Marks the columns in which the row has a number. */
static void mark_row(bool marked[COLUMNS], const chart *c, int row)
{
    size_t last = c->series->count - 1;
    memset(marked, 0, COLUMNS * sizeof *marked);
    for (size_t k = 0; k <= last; k++) {
        double place = gf_axis_place(&c->axis, c->series->numbers[k]);
        int column = last ? (int)lround((double)k / (double)last * (c->columns - 1)) : 0;
        if (!isnan(place) && row_of(c, place) == row)
            marked[column] = true;
    }
}

static void write_row(gf_text *w, const chart *c, int row)
{
    bool marked[COLUMNS];
    char text[GF_NUMBER] = "";
    for (int k = 0; k <= c->axis.intervals; k++)
        if (row_of(c, gf_axis_tick_place(&c->axis, k)) == row)
            gf_axis_label(text, &c->axis, k);
    gf_text_print(w, "%*s %s", c->label, text, *text ? "┤" : "│");
    mark_row(marked, c, row);
    int due = 0;
    for (int k = 0; k < c->columns; k++) {
        due++;
        if (!marked[k])
            continue;
        gf_text_blanks(w, due - 1);
        gf_text_add(w, "•");
        due = 0;
    }
    gf_text_add(w, "\n");
}

/* The line below, with the first and the last step under it. */
static void write_foot(gf_text *w, const chart *c)
{
    char first[GF_NUMBER], last[GF_NUMBER];
    snprintf(first, sizeof first, "t = %ld", c->series->first);
    snprintf(last, sizeof last, "%ld", c->series->first + (long)c->series->count - 1);
    gf_text_print(w, "%*s └", c->label, "");
    for (int k = 0; k < c->columns; k++)
        gf_text_add(w, "─");
    gf_text_print(w, "\n%*s", c->label + 2, "");
    gf_text_add(w, first);
    int blanks = c->columns - (int)strlen(first) - (int)strlen(last);
    if (c->series->count > 1)
        gf_text_print(w, "%*s%s", blanks < 1 ? 1 : blanks, "", last);
    gf_text_add(w, "\n");
}

static void write_chart(gf_text *w, const chart *c)
{
    gf_text_print(w, "%s%s\n", c->series->text, c->axis.logarithmic ? ", on a logarithmic scale" : "");
    for (int row = 0; row < c->rows; row++)
        write_row(w, c, row);
    write_foot(w, c);
    if (!gf_axis_loses(&c->axis))
        return;
    gf_axis_write_lost(w, &c->axis);
    gf_text_add(w, "\n");
}

gf_status gf_values_write_chart(gf_text *w, gf_values *values, const gf_values_options *options)
{
    gf_status status = gf_values_refuse_chart(values);
    for (size_t k = 0; k < values->count && !status; k++) {
        chart c = chart_of(&values->list[k], options->width > 0 ? options->width : 80);
        gf_text_add(w, k ? "\n" : "");
        write_chart(w, &c);
    }
    return status;
}
