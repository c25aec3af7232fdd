/* Text or Markdown: headings, lines, tables and numbers. */
#include "explain/page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "show/numbers.h"

enum { PAPER = 80 }; /* columns */

/* --- lines -------------------------------------------------------------------------------------------------------- */

void gf_page_heading(gf_page *p, const char *text)
{
    gf_text_print(p->text, p->markdown ? "%s### %s\n\n" : "%s%s\n", p->text->size && !p->markdown ? "\n" : "", text);
}

void gf_page_line(gf_page *p, const char *format, ...)
{
    gf_text said = {0};
    va_list arguments;
    va_start(arguments, format);
    gf_text_vprint(&said, format, arguments);
    va_end(arguments);
    for (const char *line = gf_text_string(&said), *end; *line; line = end + (*end == '\n')) {
        end = line + strcspn(line, "\n");
        gf_text_print(p->text, "%s%.*s\n", p->markdown ? "" : "  ", (int)(end - line), line);
    }
    gf_text_add(p->text, p->markdown ? "\n" : "");
    p->text->failed |= said.failed;
    gf_text_free(&said);
}

void gf_page_gap(gf_page *p)
{
    gf_text_add(p->text, p->markdown ? "" : "\n");
}

void gf_page_code(gf_page *p, const char *text)
{
    gf_text_print(p->text, p->markdown ? "`%s`\n\n" : "  %s\n", text);
}

/* --- numbers ------------------------------------------------------------------------------------------------------ */

char *gf_page_number(char out[GF_CELL], double number)
{
    return isfinite(number) && number != 0 ? gf_number_as(out, "%#.4g", number) : gf_number_shown(out, number);
}

char *gf_page_percent(char out[GF_CELL], double part)
{
    if (!isfinite(part))
        return strcpy(out, "-");
    bool whole = fabs(part) >= 0.9995 && fabs(part) < 1.0005;
    gf_number_as(out, fabs(part) >= 1000 ? "%.3g" : whole ? "%.0f" : "%.1f", 100 * part);
    if (!strcmp(out, "-0.0"))
        strcpy(out, "0.0");
    return strcat(out, " %");
}

char *gf_page_cosine(char out[GF_CELL], double cosine)
{
    return isfinite(cosine) ? gf_number_as(out, "%.2f", cosine) : strcpy(out, "-");
}

/* --- tables ------------------------------------------------------------------------------------------------------- */

void gf_page_table(gf_page *p, int columns)
{
    p->columns = columns;
    p->cell_count = 0;
}

void gf_page_cell(gf_page *p, const char *format, ...)
{
    if (!gf_grow(&p->cells, &p->cell_room, p->cell_count + 1)) {
        p->text->failed = true;
        return;
    }
    gf_text *cell = &p->cells[p->cell_count++];
    *cell = (gf_text){0};
    va_list arguments;
    va_start(arguments, format);
    gf_text_vprint(cell, format, arguments);
    va_end(arguments);
    p->text->failed |= cell->failed;
}

static const char *cell_text(const gf_page *p, size_t cell)
{
    const char *text = gf_text_string(&p->cells[cell]);
    return text + (cell < (size_t)p->columns && *text == ' ');
}

static bool is_number(const gf_page *p, int column)
{
    return *gf_text_string(&p->cells[column]) == ' ';
}

static void write_row(gf_page *p, size_t row, const int widths[GF_COLUMNS])
{
    gf_text_add(p->text, p->markdown ? "|" : "");
    for (int c = 0; c < p->columns; c++) {
        const char *text = cell_text(p, row + (size_t)c);
        int fill = widths[c] - gf_text_width(text);
        bool last = c == p->columns - 1;
        if (p->markdown)
            gf_text_print(p->text, *text && !is_number(p, c) && row ? " `%s` |" : " %s |", text);
        else if (is_number(p, c))
            gf_text_print(p->text, "  %*s%s", fill, "", text);
        else
            gf_text_print(p->text, "  %s%*s", text, last ? 0 : fill, "");
    }
    while (!p->markdown && p->text->size && p->text->data[p->text->size - 1] == ' ')
        gf_text_cut(p->text, p->text->size - 1);
    gf_text_add(p->text, "\n");
    if (p->markdown && !row) {
        gf_text_add(p->text, "|");
        for (int c = 0; c < p->columns; c++)
            gf_text_add(p->text, is_number(p, c) ? "---:|" : "---|");
        gf_text_add(p->text, "\n");
    }
}

static bool is_empty(const gf_page *p, size_t row)
{
    for (int c = 0; c < p->columns; c++)
        if (*cell_text(p, row + (size_t)c))
            return false;
    return true;
}

void gf_page_end_table(gf_page *p)
{
    int widths[GF_COLUMNS] = {0};
    for (size_t k = 0; k < p->cell_count && !p->text->failed; k++) {
        int width = gf_text_width(cell_text(p, k)), *widest = &widths[k % (size_t)p->columns];
        *widest = width > *widest ? width : *widest;
    }
    for (size_t k = 0; k < p->cell_count && !p->text->failed; k += (size_t)p->columns)
        if (!is_empty(p, k))
            write_row(p, k, widths);
    gf_text_add(p->text, p->markdown ? "\n" : "");
    for (size_t k = 0; k < p->cell_count; k++)
        gf_text_free(&p->cells[k]);
    free(p->cells);
    p->cells = NULL;
    p->cell_count = p->cell_room = 0;
}

/* --- matrices ----------------------------------------------------------------------------------------------------- */

/* Rows of one length, or numbers: they stand below each other, entry under entry. */
static bool are_rows(const gf_page_matrix list[], size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (list[k].value->rows != 1 || list[k].value->cols != list[0].value->cols)
            return false;
    return count && list[0].value->cols < GF_COLUMNS;
}

/* How many columns fit beside the labels, so many that all tables are about as wide. */
static int columns_that_fit(const gf_page_matrix list[], size_t count)
{
    int label = 0, cell = 0, cols = list[0].value->cols;
    char number[GF_NUMBER];
    for (size_t k = 0; k < count; k++) {
        gf_decimals decimals = gf_decimals_for(list[k].value, false);
        label = gf_text_width(list[k].label) > label ? gf_text_width(list[k].label) : label;
        for (int j = 0; j < cols; j++) {
            int width = (int)strlen(gf_decimals_write(number, decimals, gf_matrix_at(list[k].value, 0, j)));
            cell = width > cell ? width : cell;
        }
    }
    int fit = (PAPER - label - 4) / (cell + 2);
    int tables = fit > 0 ? (cols + fit - 1) / fit : cols;
    return (cols + tables - 1) / tables;
}

static void write_rows(gf_page *p, const gf_page_matrix list[], size_t count)
{
    int cols = list[0].value->cols, fit = columns_that_fit(list, count);
    char number[GF_NUMBER];
    for (int first = 0; first < cols; first += fit) {
        int end = first + fit < cols ? first + fit : cols;
        if (first)
            gf_page_gap(p);
        gf_page_table(p, end - first + 1);
        gf_page_cell(p, "%s", "");
        for (int j = first; j < end; j++)
            gf_page_cell(p, cols > 1 ? " %d" : " ", j + 1);
        for (size_t k = 0; k < count; k++) {
            gf_decimals decimals = gf_decimals_for(list[k].value, false);
            gf_page_cell(p, "%1s %s", list[k].sign, list[k].label);
            for (int j = first; j < end; j++)
                gf_page_cell(p, "%s", gf_decimals_write(number, decimals, gf_matrix_at(list[k].value, 0, j)));
        }
        gf_page_end_table(p);
    }
}

static void write_indented(gf_page *p, const char *text)
{
    for (size_t size; *text; text += size + (text[size] == '\n')) {
        size = strcspn(text, "\n");
        gf_text_print(p->text, "%s%.*s\n", size ? "  " : "", (int)size, text);
    }
}

/* Side by side, "* f[3]  3 x 1" above each. */
static void write_blocks(gf_page *p, const gf_page_matrix list[], size_t count)
{
    gf_block blocks[GF_MATRICES] = {{.caption = NULL}};
    gf_text captions[GF_MATRICES], text = {0};
    const gf_paper paper = {.width = PAPER - 2, .full = p->full};
    for (size_t k = 0; k < count; k++) {
        captions[k] = (gf_text){0};
        gf_text_print(&captions[k], "%s%s%s", list[k].sign, *list[k].sign && *list[k].label ? " " : "", list[k].label);
        blocks[k] = (gf_block){gf_text_string(&captions[k]), list[k].value};
        p->text->failed |= captions[k].failed;
    }
    gf_blocks_write(&text, blocks, count, &paper);
    p->text->failed |= text.failed;
    write_indented(p, gf_text_string(&text));
    gf_text_free(&text);
    for (size_t k = 0; k < count; k++)
        gf_text_free(&captions[k]);
}

void gf_page_matrices(gf_page *p, const gf_page_matrix list[], size_t count)
{
    bool markdown = p->markdown;
    count = count < GF_MATRICES ? count : GF_MATRICES;
    gf_text_add(p->text, markdown ? "```\n" : "");
    p->markdown = false;
    if (are_rows(list, count))
        write_rows(p, list, count);
    else
        write_blocks(p, list, count);
    p->markdown = markdown;
    gf_text_add(p->text, markdown ? "```\n\n" : "");
}
