/* Lines in characters: a field of marks, with an axis at its left and below it. */
#include <math.h>
#include <string.h>

#include "text/characters.h"
#include "view/plot/plot.h"

enum {
    ROWS = 12,     /* from the lowest tick to the highest, about */
    COLUMNS = 400, /* at most */
    APART = 6      /* columns between two numbers, at most */
};

typedef struct chart {
    const gf_lines *lines;
    int rows, columns, label; /* label: characters of the labels at the left */
} chart;

static chart chart_of(const gf_lines *lines, int width)
{
    chart c = {.lines = lines};
    const gf_axis *axis = &lines->axis;
    char text[GF_NUMBER];
    for (int k = 0; k <= axis->intervals; k++) {
        int length = (int)strlen(gf_axis_label(text, axis, k));
        c.label = length > c.label ? length : c.label;
    }
    int room = width - c.label - 3;
    int wanted = lines->length > COLUMNS ? COLUMNS : (int)(lines->length - 1) * APART + 1;
    c.columns = wanted < room ? wanted : room;
    c.columns = c.columns < 2 ? 2 : c.columns > COLUMNS ? COLUMNS : c.columns;
    int units = (int)lround((axis->high - axis->low) / (axis->logarithmic ? 1 : axis->step));
    c.rows = (units > ROWS ? ROWS : ROWS / units * units) + 1;
    return c;
}

static int row_of(const chart *c, double place)
{
    return (int)lround((1 - place) * (c->rows - 1));
}

char gf_chart_mark(size_t n)
{
    return "abcdefghijklmnopqrstuvwxyz"[n % 26];
}

/* By column, 1 + the line that has a number in the row: of several the first. */
static void mark_row(size_t marked[COLUMNS], const chart *c, int row)
{
    size_t last = c->lines->length - 1;
    memset(marked, 0, COLUMNS * sizeof *marked);
    for (size_t n = c->lines->count; n-- > 0;)
        for (size_t k = 0; k <= last; k++) {
            double place = gf_axis_place(&c->lines->axis, c->lines->list[n].numbers[k]);
            int column = last ? (int)lround((double)k / (double)last * (c->columns - 1)) : 0;
            if (!isnan(place) && row_of(c, place) == row)
                marked[column] = n + 1;
        }
}

static void write_row(gf_text *w, const chart *c, int row)
{
    size_t marked[COLUMNS];
    const gf_axis *axis = &c->lines->axis;
    char text[GF_NUMBER] = "";
    for (int k = 0; k <= axis->intervals; k++)
        if (row_of(c, gf_axis_tick_place(axis, k)) == row)
            gf_axis_label(text, axis, k);
    gf_text_print(w, "%*s %s", c->label, text, *text ? "┤" : "│");
    mark_row(marked, c, row);
    int due = 0;
    for (int k = 0; k < c->columns; k++) {
        due++;
        if (!marked[k])
            continue;
        gf_text_print(w, "%*s", due - 1, "");
        if (c->lines->count > 1)
            gf_text_print(w, "%c", gf_chart_mark(marked[k] - 1));
        else
            gf_text_add(w, "•");
        due = 0;
    }
    gf_text_add(w, "\n");
}

/* The line below, with the first and the last step under it. */
static void write_foot(gf_text *w, const chart *c)
{
    char first[GF_NUMBER], last[GF_NUMBER];
    gf_number_as(first, "%.6g", c->lines->first);
    gf_number_as(last, "%.6g", c->lines->last);
    int begin = (int)gf_utf8_count(c->lines->along) + 3 + (int)strlen(first);
    gf_text_print(w, "%*s └", c->label, "");
    for (int k = 0; k < c->columns; k++)
        gf_text_add(w, "─");
    gf_text_print(w, "\n%*s%s = %s", c->label + 2, "", c->lines->along, first);
    int blanks = c->columns - begin - (int)strlen(last);
    if (c->lines->length > 1)
        gf_text_print(w, "%*s%s", blanks < 1 ? 1 : blanks, "", last);
    gf_text_add(w, "\n");
}

void gf_chart_write(gf_text *w, const gf_lines *lines, int width)
{
    chart c = chart_of(lines, width);
    for (int row = 0; row < c.rows; row++)
        write_row(w, &c, row);
    write_foot(w, &c);
    if (!gf_axis_loses(&lines->axis))
        return;
    gf_axis_write_lost(w, &lines->axis);
    gf_text_add(w, "\n");
}
