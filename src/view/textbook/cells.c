/* Numbers as cells: the entries of a value and of its gradient, coloured by sign and size. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "view/drawing/figures.h"
#include "view/textbook/textbook.h"

static const double letters = 12;
enum { MOST_ENTRIES = 6, NARROWEST = 28, LABEL = 38 };

/* --- which ------------------------------------------------------------------------------------------------- */

bool gf_cells_whole(const gf_matrix *m)
{
    return m->rows <= MOST_ENTRIES && m->cols <= MOST_ENTRIES;
}

/* A column stands as a row: it says ᵀ. */
static bool is_turned(const gf_matrix *m)
{
    return m->cols == 1 && m->rows > 1;
}

int gf_cells_rows(const gf_matrix *m)
{
    return gf_cells_whole(m) && !is_turned(m) ? m->rows : 1;
}

int gf_cells_cols(const gf_matrix *m)
{
    return !gf_cells_whole(m) ? 1 : is_turned(m) ? m->rows : m->cols;
}

static double entry(const gf_matrix *m, int row, int col)
{
    if (!gf_cells_whole(m))
        return gf_matrix_norm(m);
    return is_turned(m) ? m->data[(size_t)col * (size_t)m->stride]
                        : m->data[(size_t)row * (size_t)m->stride + (size_t)col];
}

/* --- numbers ----------------------------------------------------------------------------------------------- */

/* Two places behind the point as long as they say something. */
char *gf_cell_figure(char out[GF_INSCRIPTION], double number, bool tight)
{
    char text[GF_FIGURE];
    double size = fabs(number);
    bool places = size >= 0.00995 && size < 99.95;
    if (!places) {
        gf_figure_as(text, number, size < 1 ? 1 : 2, tight);
        snprintf(out, GF_INSCRIPTION, "%s", text);
        return out;
    }
    char digits[GF_NUMBER];
    gf_number_as(digits, size < 9.995 ? "%.2f" : "%.1f", size);
    snprintf(out, GF_INSCRIPTION, "%s%s", number < 0 ? "−" : "", digits + (tight && digits[0] == '0'));
    return out;
}

double gf_cells_width(const gf_matrix *m, bool tight)
{
    double widest = 0;
    char text[GF_INSCRIPTION];
    for (int i = 0; i < gf_cells_rows(m); i++)
        for (int j = 0; j < gf_cells_cols(m); j++)
            widest =
                fmax(widest, gf_letters_width(gf_cell_figure(text, entry(m, i, j), tight), GF_SANS, GF_PLAIN, letters));
    return fmax(widest * 1.05 + 5, NARROWEST);
}

double gf_cells_label(const gf_matrix *m)
{
    return !gf_cells_whole(m) ? LABEL + 12 : is_turned(m) ? LABEL + 8 : LABEL;
}

/* --- colours ------------------------------------------------------------------------------------------------ */

static void add(double *most, const gf_matrix *m)
{
    for (int i = 0; i < gf_cells_rows(m) && gf_cells_whole(m); i++)
        for (int j = 0; j < gf_cells_cols(m); j++)
            if (isfinite(entry(m, i, j)))
                *most = fmax(*most, fabs(entry(m, i, j)));
}

void gf_strengths_add(gf_strengths *of, const gf_card *card)
{
    if (card->value)
        add(&of->value, card->value);
    if (card->gradient)
        add(&of->gradient, card->gradient);
}

static void choose_colour(char out[8], const gf_theme *theme, double number, double strongest)
{
    bool print = !strcmp(theme->name, "print");
    const char *end = print ? "#7d7d7d" : number < 0 ? "#c43d4f" : "#4a84bf";
    if (!isfinite(number))
        snprintf(out, 8, "%s", theme->bad);
    else
        gf_mix(out, theme->box, end, strongest > 0 ? fmin(1, fabs(number) / strongest) : 0);
}

/* --- painting ----------------------------------------------------------------------------------------------- */

static void paint_cell(gf_painting *p, double number, double x, double y, const gf_card *card, double strongest)
{
    char fill[8], text[GF_INSCRIPTION];
    double width = card->cell_width;
    choose_colour(fill, p->theme, number, strongest);
    const gf_area area = {.fill = fill, .line = "", .radius = 2};
    gf_drawing_area(p->drawing, x, y, width, GF_CELL_HEIGHT, &area);
    gf_drawing_text(p->drawing, x + width / 2, y + GF_CELL_HEIGHT / 2.0 + 4.3, GF_MIDDLE, GF_SANS, gf_ink_on(fill),
                    gf_cell_figure(text, number, card->tight), letters, GF_PLAIN);
}

void gf_cells_paint(gf_painting *p, const gf_matrix *m, const char *label, double x, double y, const gf_card *card,
                    double strongest)
{
    const gf_run runs[] = {{label, letters, GF_PLAIN, 0}, {"T", letters - 0.5, GF_PLAIN, 3}};
    gf_drawing_runs(p->drawing, x - 6, y + GF_CELL_HEIGHT / 2.0 + 4.3, GF_END, GF_SANS, p->theme->soft, runs,
                    is_turned(m) && gf_cells_whole(m) ? 2 : 1);
    for (int i = 0; i < gf_cells_rows(m); i++)
        for (int j = 0; j < gf_cells_cols(m); j++)
            paint_cell(p, entry(m, i, j), x + j * (card->cell_width + GF_CELL_APART),
                       y + i * (GF_CELL_HEIGHT + GF_CELL_APART), card, gf_cells_whole(m) ? strongest : 0);
}
