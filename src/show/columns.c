/* Numbers over time as a table: a row a step, a column a series. */
#include <stdio.h>
#include <string.h>

#include "show/values.h"

enum { GAP = 3, WIDTH = 80, COLUMNS = 40 /* side by side, at most */ };

/* How a column is written. */
typedef struct look {
    gf_decimals decimals;
    int width;
} look;

static look look_of(const gf_column *column, size_t rows)
{
    gf_matrix numbers = gf_matrix_over((double *)column->numbers, (int)rows, 1);
    look l = {gf_decimals_for(&numbers, column->even), gf_text_width(column->title)};
    char text[GF_NUMBER];
    for (size_t k = 0; k < rows; k++) {
        int width = (int)strlen(gf_decimals_write(text, l.decimals, column->numbers[k]));
        l.width = width > l.width ? width : l.width;
    }
    return l;
}

static void write_right(gf_text *w, int width, const char *text)
{
    gf_text_blanks(w, width - gf_text_width(text));
    gf_text_add(w, text);
}

static void end_line(gf_text *w)
{
    while (w->size && w->data[w->size - 1] == ' ')
        w->data[--w->size] = '\0';
    gf_text_add(w, "\n");
}

static int width_of_steps(long first, size_t rows)
{
    int a = snprintf(NULL, 0, "%ld", first), b = snprintf(NULL, 0, "%ld", first + (long)rows - 1);
    return a > b ? a : b;
}

static void write_rows(gf_text *w, const gf_column *columns, const look *looks, size_t count, long first, size_t rows)
{
    int steps = width_of_steps(first, rows);
    char text[GF_NUMBER];
    write_right(w, steps, "t");
    for (size_t k = 0; k < count; k++)
        write_right(w, GAP + looks[k].width, columns[k].title);
    gf_text_add(w, "\n");
    for (size_t row = 0; row < rows; row++) {
        gf_text_print(w, "%*ld", steps, first + (long)row);
        for (size_t k = 0; k < count; k++)
            write_right(w, GAP + looks[k].width, gf_decimals_write(text, looks[k].decimals, columns[k].numbers[row]));
        end_line(w);
    }
}

void gf_columns_write(gf_text *w, const gf_column *columns, size_t count, long first, size_t rows,
                      const gf_paper *paper)
{
    look looks[COLUMNS];
    int most = paper->width > 0 ? paper->width : WIDTH;
    for (size_t k = 0; k < count && !w->failed;) {
        size_t taken = 0;
        for (int width = width_of_steps(first, rows); k + taken < count && taken < COLUMNS; taken++) {
            looks[taken] = look_of(&columns[k + taken], rows);
            width += GAP + looks[taken].width;
            if (taken && width > most)
                break;
        }
        gf_text_add(w, k ? "\n" : "");
        write_rows(w, columns + k, looks, taken, first, rows);
        k += taken;
    }
}
