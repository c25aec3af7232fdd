/* Matrices side by side. A piece is a block, or so many columns of one that is too wide; each can write any of its
 * lines by itself, so that a band of pieces is written line by line. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/size.h"
#include "show/numbers.h"

enum {
    WIDTH = 80,
    GAP = 3,    /* between two pieces */
    SHOWN = 12, /* rows and columns of what is shown whole */
    CORNER = 4,
    BAND = 64 /* pieces side by side, at most */
};

typedef struct piece {
    const gf_block *block;
    gf_matrix part; /* what is written of its entries */
    int first;      /* column of the block that is the part's first one */
    bool large;     /* summarised */
    bool rowless;   /* the piece at its left has the same row numbers */
    bool shapeless; /* its caption is all that stands above */
    bool spaced;    /* its rows stand beside those of one with column numbers */
    int label, cell, width, lines;
    gf_decimals decimals;
    gf_extremes extremes; /* where it is large */
} piece;

static int digits_of(int number)
{
    return snprintf(NULL, 0, "%d", number);
}

static int most(int a, int b)
{
    return a > b ? a : b;
}

/* --- the lines of a piece ---------------------------------------------------------------------------------------- */

static bool is_scalar(const piece *p)
{
    return gf_matrix_size(p->block->value) == 1;
}

/* h[3] = 8, but t = 3: 8. */
static const char *before_scalar(const char *caption)
{
    return !caption ? "" : strstr(caption, " = ") ? ": " : " = ";
}

/* "* 2", whose value says nothing more. */
static bool is_number(const piece *p)
{
    const char *text = p->block->caption ? p->block->caption : "";
    text += *text && strchr("*/@=+-", *text) ? 1 : 0;
    text += *text == ' ' && text > p->block->caption;
    return is_scalar(p) && gf_number_read(text, strlen(text)) == p->block->value->data[0];
}

static void write_caption(gf_text *w, const piece *p)
{
    const gf_matrix *m = p->block->value;
    char text[GF_NUMBER];
    if (p->shapeless && !is_scalar(p)) /* above the numbers, not above those of the rows */
        gf_text_blanks(w, 2 + (p->part.rows > 1 && !p->rowless ? p->label : 0));
    gf_text_add(w, p->block->caption ? p->block->caption : "");
    if (is_number(p))
        return;
    if (is_scalar(p))
        gf_text_print(w, "%s%s", before_scalar(p->block->caption), gf_number_shown(text, m->data[0]));
    else if (!p->shapeless)
        gf_text_print(w, "%s%d x %d", p->block->caption ? "  " : "", m->rows, m->cols);
    if (!p->large && p->part.cols < m->cols)
        gf_text_print(w, ", columns %d to %d", p->first + 1, p->first + p->part.cols);
}

static void write_extreme(gf_text *w, const char *what, double entry, int row, int col)
{
    char text[GF_NUMBER];
    gf_text_print(w, "%-8s %s at (%d, %d)", what, gf_number_shown(text, entry), row + 1, col + 1);
}

enum { SUMMARY = 4 }; /* lines between the caption of a large one and its corner */

static void write_summary(gf_text *w, const piece *p, int line)
{
    const gf_extremes *e = &p->extremes;
    char text[GF_NUMBER];
    if (line == 0)
        gf_text_print(w, "%-8s %s", "norm", gf_number_shown(text, e->norm));
    else if (line == 1)
        write_extreme(w, "least", e->least, e->least_row, e->least_col);
    else if (line == 2)
        write_extreme(w, "greatest", e->greatest, e->greatest_row, e->greatest_col);
    else if (e->nans || e->infinite)
        gf_text_print(w, "not finite: %zu NaN, %zu inf", e->nans, e->infinite);
    else
        gf_text_add(w, "its corner:");
}

static void write_right(gf_text *w, int width, const char *text)
{
    gf_text_blanks(w, width - gf_text_width(text));
    gf_text_add(w, text);
}

static void write_label(gf_text *w, const piece *p, const char *text)
{
    if (!p->rowless && p->part.rows > 1)
        write_right(w, p->label, text);
}

static void write_head(gf_text *w, const piece *p)
{
    char text[GF_NUMBER];
    write_label(w, p, "");
    for (int j = 0; j < p->part.cols && !p->spaced; j++) {
        snprintf(text, sizeof text, "%d", p->first + j + 1);
        gf_text_add(w, "  ");
        write_right(w, p->cell, text);
    }
    gf_text_add(w, p->large && p->part.cols < p->block->value->cols ? "  …" : "");
}

static void write_row(gf_text *w, const piece *p, int row)
{
    char text[GF_NUMBER];
    snprintf(text, sizeof text, "%d", row + 1);
    write_label(w, p, row < p->part.rows ? text : "…");
    for (int j = 0; j < p->part.cols && row < p->part.rows; j++) {
        gf_text_add(w, "  ");
        write_right(w, p->cell, gf_decimals_write(text, p->decimals, gf_matrix_at(&p->part, row, j)));
    }
}

/* A caption; of a large one its summary; the numbers of the columns, where there are several; the rows. */
static void write_line(gf_text *w, const piece *p, int line)
{
    bool has_head = p->part.cols > 1 || p->spaced;
    if (line == 0) {
        write_caption(w, p);
        return;
    }
    line--;
    if (p->large && line < SUMMARY)
        write_summary(w, p, line);
    else if (has_head && line == (p->large ? SUMMARY : 0))
        write_head(w, p);
    else
        write_row(w, p, line - (p->large ? SUMMARY : 0) - has_head);
}

static int count_lines(const piece *p)
{
    bool more = p->large && p->part.rows < p->block->value->rows;
    return is_scalar(p) ? 1 : 1 + (p->large ? SUMMARY : 0) + (p->part.cols > 1 || p->spaced) + p->part.rows + more;
}

/* --- how large it is --------------------------------------------------------------------------------------------- */

/* The widest entry, or column number. */
static int cell_of(const piece *p)
{
    char text[GF_NUMBER];
    int width = p->part.cols > 1 ? digits_of(p->first + p->part.cols) : 1;
    GF_EACH_ENTRY (&p->part, i, j)
        width = most(width, (int)strlen(gf_decimals_write(text, p->decimals, gf_matrix_at(&p->part, i, j))));
    return width;
}

static int table_of(const piece *p)
{
    return (p->part.rows > 1 && !p->rowless ? p->label : 0) + p->part.cols * (p->cell + 2);
}

static void measure(gf_text *w, piece *p)
{
    gf_text line = {0};
    p->label = digits_of(p->part.rows);
    p->cell = cell_of(p);
    p->lines = count_lines(p);
    p->width = 0;
    for (int k = 0; k < p->lines; k++) {
        gf_text_clear(&line);
        write_line(&line, p, k);
        p->width = most(p->width, gf_text_width(gf_text_string(&line)));
    }
    w->failed |= line.failed;
    gf_text_free(&line);
}

static int width_of(const gf_paper *paper)
{
    return paper->width > 0 ? paper->width : WIDTH;
}

/* A block as one piece, whole, and its cells measured. */
static piece whole_of(const gf_block *block)
{
    piece p = {.block = block, .part = *block->value, .decimals = gf_decimals_for(block->value, false)};
    p.label = digits_of(p.part.rows);
    p.cell = cell_of(&p);
    return p;
}

bool gf_matrix_is_large(const gf_matrix *m, const gf_paper *paper)
{
    gf_block block = {.value = m};
    if (paper->full)
        return false;
    if (m->rows == 1 || m->rows > SHOWN || m->cols > SHOWN)
        return m->rows > SHOWN || m->cols > SHOWN;
    piece p = whole_of(&block);
    return table_of(&p) > width_of(paper);
}

/* Whoever writes blocks, and where: at the column `first` of the block. */
typedef struct writing {
    gf_text *w;
    const gf_block *blocks;
    size_t count, block;
    const gf_paper *paper;
    bool shapeless;
    int first;
    piece whole; /* the block */
} writing;

/* The piece that comes next. */
static piece next_piece(writing *writing)
{
    const gf_block *block = &writing->blocks[writing->block];
    if (!writing->first) {
        writing->whole = whole_of(block);
        writing->whole.large = gf_matrix_is_large(block->value, writing->paper);
    }
    piece p = writing->whole;
    p.shapeless = writing->shapeless;
    int fits = most(1, (width_of(writing->paper) - p.label) / (p.cell + 2)), rest = p.part.cols - writing->first;
    if (p.large) {
        p.extremes = gf_extremes_of(block->value);
        p.part.rows = p.part.rows < CORNER ? p.part.rows : CORNER;
        fits = CORNER;
    }
    p.first = writing->first;
    p.part.cols = rest < fits ? rest : fits;
    p.part.data += p.first;
    measure(writing->w, &p);
    return p;
}

static void pass(writing *writing, const piece *p)
{
    writing->first += p->part.cols;
    if (!p->large && writing->first < p->block->value->cols)
        return;
    writing->first = 0;
    writing->block++;
}

/* --- bands ------------------------------------------------------------------------------------------------------- */

/* Rows with numbers, below each other. */
static bool is_table(const piece *p)
{
    return !p->large && p->part.rows > 1;
}

/* The row numbers of the left one serve both. */
static bool shares_rows(const piece *left, const piece *p)
{
    return is_table(left) && is_table(p) && left->part.rows == p->part.rows;
}

static void write_band(gf_text *w, const piece *band, int count)
{
    int lines = 0;
    for (int k = 0; k < count; k++)
        lines = most(lines, band[k].lines);
    for (int line = 0; line < lines; line++) {
        int at = 0, reached = 0; /* blanks are due, none at the end of a line */
        gf_text piece_line = {0};
        for (int k = 0; k < count; at += band[k++].width + GAP) {
            gf_text_clear(&piece_line);
            if (line < band[k].lines)
                write_line(&piece_line, &band[k], line);
            if (!piece_line.size)
                continue;
            gf_text_blanks(w, at - reached);
            gf_text_add(w, gf_text_string(&piece_line));
            reached = at + gf_text_width(gf_text_string(&piece_line));
        }
        w->failed |= piece_line.failed;
        gf_text_free(&piece_line);
        while (w->size && w->data[w->size - 1] == ' ')
            gf_text_cut(w, w->size - 1);
        gf_text_add(w, "\n");
    }
}

/* Puts pieces into the band as long as they fit. */
static int fill_band(writing *writing, piece band[BAND])
{
    int pieces = 0, width = 0;
    while (writing->block < writing->count && pieces < BAND) {
        piece p = next_piece(writing);
        p.rowless = pieces && shares_rows(&band[pieces - 1], &p);
        if (p.rowless)
            measure(writing->w, &p);
        if (pieces && width + GAP + p.width > width_of(writing->paper))
            break;
        width += p.width + (pieces ? GAP : 0);
        band[pieces++] = p;
        pass(writing, &p);
    }
    return pieces;
}

/* Where one has column numbers above its rows, the others have an empty line there. */
static void level(piece band[], int pieces)
{
    bool headed = false;
    for (int k = 0; k < pieces; k++)
        headed |= is_table(&band[k]) && band[k].part.cols > 1;
    for (int k = 0; k < pieces && headed; k++)
        if (is_table(&band[k]) && band[k].part.cols == 1) {
            band[k].spaced = true;
            band[k].lines++;
        }
}

static void write_all(writing *writing)
{
    piece band[BAND];
    gf_text *w = writing->w;
    for (bool first = true; writing->block < writing->count && !w->failed; first = false) {
        int pieces = fill_band(writing, band);
        level(band, pieces);
        gf_text_add(w, first ? "" : "\n");
        write_band(w, band, pieces);
    }
}

void gf_blocks_write(gf_text *w, const gf_block *blocks, size_t count, const gf_paper *paper)
{
    write_all(&(writing){.w = w, .blocks = blocks, .count = count, .paper = paper});
}

void gf_blocks_write_shapeless(gf_text *w, const gf_block *blocks, size_t count, const gf_paper *paper)
{
    write_all(&(writing){.w = w, .blocks = blocks, .count = count, .paper = paper, .shapeless = true});
}
