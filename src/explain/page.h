/* What an explanation is written on: headings, lines, tables and numbers, as text or as Markdown. */
#ifndef GF_EXPLAIN_PAGE_H
#define GF_EXPLAIN_PAGE_H

#include <gradflow/matrix.h>

#include "text/text.h"

enum { GF_COLUMNS = 13, GF_CELL = 32, GF_MATRICES = 20 };

/* Zero-initialise it, but for the first three. Without memory text->failed says so. */
typedef struct gf_page {
    gf_text *text;
    bool markdown, full; /* full: large matrices and long formulas whole */
    gf_text *cells;      /* of the table that is being written, row by row */
    size_t cell_count, cell_room;
    int columns;
} gf_page;

/* A heading; a line, or several, which in Markdown are a paragraph; one that is code; and, as text, an empty one. */
void gf_page_heading(gf_page *p, const char *text);
void gf_page_line(gf_page *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
void gf_page_code(gf_page *p, const char *text);
void gf_page_gap(gf_page *p);

/* A table of so many columns: cell by cell, the first row its heads, and its end. Columns whose head begins with a
 * blank are numbers, to the right. A row without any text is left out. */
void gf_page_table(gf_page *p, int columns);
void gf_page_cell(gf_page *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
void gf_page_end_table(gf_page *p);

/* Matrices, with what stands before each: "dc[3]", "* f[3]"; GF_MATRICES at most. */
typedef struct gf_page_matrix {
    const char *sign, *label;
    const gf_matrix *value;
} gf_page_matrix;
void gf_page_matrices(gf_page *p, const gf_page_matrix list[], size_t count);

/* "0.04532", "78.3 %" (of a part of 1), "0.83", as text of GF_CELL bytes; "-" for a part or a cosine that is none. */
char *gf_page_number(char out[GF_CELL], double number);
char *gf_page_percent(char out[GF_CELL], double part);
char *gf_page_cosine(char out[GF_CELL], double cosine);

#endif
