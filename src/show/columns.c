/* Numbers over time as a table: a row a step, a column a series. */
#include <stdio.h>
#include <string.h>

#include "show/values.h"

enum { GAP = 3, APART = 2 /* more between groups */, WIDTH = 80, COLUMNS = 40 /* side by side, at most */ };

/* How a column is written: its width, and the blanks before. */
typedef struct look {
    gf_decimals decimals;
    int width, gap;
} look;

static look look_of(const gf_column *column, size_t rows)
{
    gf_matrix numbers = gf_matrix_over((double *)column->numbers, (int)rows, 1);
    look l = {gf_decimals_for(column->like ? column->like : &numbers, column->even), gf_text_width(column->title), GAP};
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
        gf_text_cut(w, w->size - 1);
    gf_text_add(w, "\n");
}

static int width_of_rows(const gf_table_rows *rows)
{
    int a = snprintf(NULL, 0, "%ld", rows->first), b = snprintf(NULL, 0, "%ld", rows->first + (long)rows->count - 1);
    return a > b ? a : b;
}

/* --- groups ------------------------------------------------------------------------------------------------------ */

static bool is_new(const gf_column *columns, size_t k)
{
    return !k || !columns[k].group || columns[k].group != columns[k - 1].group;
}

/* Groups stand apart, those behind a name that is wider than its columns by so much more. Returns what such a name
 * needs behind the last column. */
static int set_apart(const gf_column *columns, look *looks, size_t count)
{
    int missing = 0;
    for (size_t k = 0, next; k < count; k = next) {
        int width = looks[k].width;
        looks[k].gap += k && columns[k].group ? APART + missing : 0;
        for (next = k + 1; next < count && !is_new(columns, next); next++)
            width += looks[next].gap + looks[next].width;
        missing = columns[k].group ? gf_text_width(columns[k].group) - width : 0;
        missing = missing > 0 ? missing : 0;
    }
    return missing;
}

static void write_groups(gf_text *w, const gf_column *columns, const look *looks, size_t count, int at)
{
    int reached = 0;
    for (size_t k = 0; k < count; at += looks[k].gap + looks[k].width, k++)
        if (is_new(columns, k) && columns[k].group) {
            gf_text_blanks(w, at + looks[k].gap - reached);
            gf_text_add(w, columns[k].group);
            reached = at + looks[k].gap + gf_text_width(columns[k].group);
        }
    gf_text_add(w, reached ? "\n" : "");
}

/* --- tables ------------------------------------------------------------------------------------------------------ */

static void write_rows(gf_text *w, const gf_column *columns, const look *looks, size_t count, const gf_table_rows *rows)
{
    int steps = width_of_rows(rows);
    char text[GF_NUMBER];
    write_groups(w, columns, looks, count, steps);
    write_right(w, steps, rows->title);
    for (size_t k = 0; k < count; k++)
        write_right(w, looks[k].gap + looks[k].width, columns[k].title);
    gf_text_add(w, "\n");
    for (size_t row = 0; row < rows->count; row++) {
        gf_text_print(w, "%*ld", steps, rows->first + (long)row);
        for (size_t k = 0; k < count; k++)
            write_right(w, looks[k].gap + looks[k].width,
                        gf_decimals_write(text, looks[k].decimals, columns[k].numbers[row]));
        end_line(w);
    }
}

static int width_of(const look *looks, size_t count)
{
    int width = 0;
    for (size_t k = 0; k < count; k++)
        width += looks[k].gap + looks[k].width;
    return width;
}

/* Of so many columns those whose group is not torn apart, unless a line holds no group. */
static size_t whole_groups(const gf_column *columns, size_t count)
{
    size_t whole = count;
    while (whole && columns[count].group && !is_new(columns, whole))
        whole--;
    return whole ? whole : count;
}

/* The looks of the columns that a line holds, one at least; how many these are. */
static size_t take(look looks[COLUMNS], const gf_column *columns, size_t count, const gf_table_rows *rows,
                   const gf_paper *paper)
{
    look own[COLUMNS], wide[COLUMNS];
    int most = (paper->width > 0 ? paper->width : WIDTH) - width_of_rows(rows);
    for (size_t taken = 0; taken < count && taken < COLUMNS; taken++) {
        own[taken] = look_of(&columns[taken], rows->count);
        memcpy(wide, own, (taken + 1) * sizeof *own);
        int behind = set_apart(columns, wide, taken + 1);
        if (taken && width_of(wide, taken + 1) + behind > most)
            return whole_groups(columns, taken);
        memcpy(looks, wide, (taken + 1) * sizeof *own);
    }
    return count < COLUMNS ? count : COLUMNS;
}

bool gf_columns_fit(const gf_column *columns, size_t count, gf_table_rows rows, const gf_paper *paper)
{
    look looks[COLUMNS];
    return take(looks, columns, count, &rows, paper) == count;
}

void gf_columns_write(gf_text *w, const gf_column *columns, size_t count, gf_table_rows rows, const gf_paper *paper)
{
    look looks[COLUMNS];
    for (size_t k = 0, taken; k < count && !w->failed; k += taken) {
        taken = take(looks, columns + k, count - k, &rows, paper);
        gf_text_add(w, k ? "\n" : "");
        write_rows(w, columns + k, looks, taken, &rows);
    }
}
