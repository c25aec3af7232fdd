/* Painting the strip. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "view/drawing/cut.h"
#include "view/drawing/figures.h"
#include "view/page/strip.h"

static const double MARGINS = 5; /* of a cell, beside its text */
static const double letters = 12, heading = 13, row_letters = 15, least_letters = 12;

/* --- a cell ---------------------------------------------------------------------------------------- */

typedef struct painter {
    const gf_strip *strip;
    gf_drawing *d;
    const gf_theme *theme;
    const gf_size_scale *scale;
    const gf_strip_place *place;
    int form; /* of what stands in cells */
} painter;

static double size_of(const painter *p, const gf_measure *measure)
{
    return gf_measure_size(measure, p->strip->view->magnitude);
}

/* Does the name, in italics, and the number fit? */
static bool fits(const char *name, const char *number, double room)
{
    double blank = *name && *number ? gf_letters_width(" ", GF_SANS, GF_PLAIN, letters) : 0;
    return gf_letters_width(name, GF_SANS, GF_ITALIC, letters) + blank +
               gf_letters_width(number, GF_SANS, GF_PLAIN, letters) <=
           room;
}

/* The forms of a name and a number: with two digits; without the 0 before the point; with one digit; the number alone,
 * so too; then nothing. From form `first` on the first that fits; returns which. */
enum { TIGHT = 1, NAMED = 3, FORMS = 6 };
static int choose_text(const char **name, char number[GF_FIGURE], double size, double room, int first)
{
    const char *whole = *name;
    for (int k = first; k < FORMS; k++) {
        *name = k < NAMED ? whole : "";
        if (k % NAMED == 0)
            gf_figure(number, size, 2);
        else
            gf_figure_tight(number, size, NAMED - k % NAMED);
        if (fits(*name, number, room))
            return k;
    }
    *name = "";
    *number = '\0';
    return FORMS;
}

static void draw_text(const painter *p, const char *colour, const char *name, const char *number, double x, double y)
{
    gf_text behind = {0};
    gf_text_print(&behind, "%s%s", *name && *number ? " " : "", number);
    p->d->failed |= behind.failed;
    const gf_run runs[] = {{name, letters, GF_ITALIC, 0}, {gf_text_string(&behind), letters, GF_PLAIN, 0}};
    size_t first = !*name, count = (*name != 0) + (size_t)(*number != 0);
    if (count)
        gf_drawing_runs(p->d, x, y, GF_MIDDLE, GF_SANS, colour, runs + first, count);
    gf_text_free(&behind);
}

/* What one sees who points at it. */
static void open_cell(const painter *p, const gf_strip_cell *cell)
{
    char number[GF_NUMBER];
    gf_text title = {0};
    gf_text_print(&title, "%s: ", cell->title);
    gf_text_add(&title, !cell->gradient.known ? "gradient not recorded"
                                              : gf_number_as(number, "%.6g", size_of(p, &cell->gradient)));
    p->d->failed |= title.failed;
    gf_drawing_group(p->d, NULL, "cell", gf_text_string(&title));
    gf_text_free(&title);
}

static void draw_cell(const painter *p, const gf_strip_cell *cell, const char *name, double x, double y, double width)
{
    double size = size_of(p, &cell->gradient), room = width - MARGINS;
    bool known = cell->gradient.known, zero = known && size == 0;
    char colour[8], number[GF_FIGURE] = "";
    gf_scale_colour(colour, p->theme, p->scale, size);
    const char *fill = known && !zero ? colour : p->theme->box;
    const gf_area area = {fill, zero ? p->theme->zero : known ? colour : p->theme->line, 1, 3, zero};
    if (known)
        choose_text(&name, number, size, room, p->form);
    else if (!fits(name, "", room))
        name = "";
    open_cell(p, cell);
    p->d->turn = cell->turn;
    gf_drawing_area(p->d, x, y, width - 2, p->place->row_height - 4, &area);
    draw_text(p, known && !zero ? gf_ink_on(fill) : p->theme->soft, name, number, x + width / 2 - 1,
              y + p->place->row_height / 2 + 2.2);
    p->d->turn = 0;
    gf_drawing_end(p->d);
}

/* --- the rest -------------------------------------------------------------------------------------- */

static void draw_heading(const painter *p, double x, const char *text)
{
    gf_drawing_text(p->d, x, p->place->y - 8, GF_START, GF_SANS, p->theme->ink, text, heading, GF_BOLD);
}

static const char each_step[] = "what each step adds to the gradient of each weight";

/* "2..19 together", where there is room beside the heading. */
static void draw_range(const painter *p, const gf_strip_column *column)
{
    char text[48];
    snprintf(text, sizeof text, "%d..%d together", column->step, column->last);
    double middle = column->x + column->width / 2, half = gf_letters_width(text, GF_SANS, GF_PLAIN, letters) / 2;
    if (column->last && middle - half > p->place->left + gf_letters_width(each_step, GF_SANS, GF_BOLD, heading) + 12)
        gf_drawing_text(p->d, middle, p->place->y - 8, GF_MIDDLE, GF_SANS, p->theme->soft, text, letters, GF_PLAIN);
}

static void draw_headings(const painter *p)
{
    bool timed = p->strip->view->last_step;
    draw_heading(p, p->place->left, timed ? each_step : "gradient of each weight");
    if (timed && p->strip->most_once)
        draw_heading(p, p->place->once, "once");
    if (timed)
        draw_heading(p, p->place->totals, "all steps");
    for (int k = 0; k < p->place->column_count; k++)
        draw_range(p, &p->place->columns[k]);
}

/* A row's name, and its sums. */
static void draw_row(const painter *p, const gf_strip_row *row, int form)
{
    double y = p->place->y + (double)(row - p->strip->rows) * p->place->row_height + p->place->row_height / 2;
    gf_run run = {row->name, row_letters, GF_BOLD | GF_ITALIC, 0};
    size_t count = 1;
    while (run.size > least_letters && gf_runs_width(&run, 1, GF_SERIF) > p->place->names - p->place->left)
        run.size -= 0.5;
    const gf_run *runs = gf_runs_cut(&p->d->arena, &run, &count, GF_SERIF, p->place->names - p->place->left);
    p->d->failed |= !runs;
    if (runs)
        gf_drawing_runs(p->d, p->place->names, y + 3, GF_END, GF_SERIF, p->theme->ink, runs, count);
    for (int k = 0; k < row->count && p->strip->view->last_step; k++) {
        const char *none = "";
        char number[GF_FIGURE];
        if (!row->weights[k].total.known)
            continue;
        choose_text(&none, number, size_of(p, &row->weights[k].total), GF_STRIP_TOTAL - 2, form);
        p->d->turn = row->weights[k].turn;
        gf_drawing_text(p->d, p->place->totals + 2 + k * GF_STRIP_TOTAL, y + 2.2, GF_START, GF_SANS, p->theme->ink,
                        number, letters, GF_PLAIN);
    }
    p->d->turn = 0;
}

/* Where the column of a step begins, and how wide it is; false if it has none. */
static bool find_column(const gf_strip_place *place, int step, double *x, double *width)
{
    *x = place->once;
    *width = place->once_width;
    for (int k = 0; step && k < place->column_count; k++)
        if (place->columns[k].step == step) {
            *x = place->columns[k].x;
            *width = place->columns[k].width;
            return true;
        }
    return !step;
}

/* Where a cell is, and its width; false if it is nowhere. */
static bool find_place(const painter *p, const gf_strip_cell *cell, double *x, double *width)
{
    if (!find_column(p->place, cell->step, x, width))
        return false;
    *width /= cell->step ? p->strip->most : p->strip->most_once;
    *x += cell->weight * *width;
    return true;
}

static const char *name_in(const painter *p, const gf_strip_cell *cell)
{
    return p->strip->rows[cell->row].weights[cell->weight].name;
}

static void place_cell(const painter *p, const gf_strip_cell *cell)
{
    double x, width;
    if (find_place(p, cell, &x, &width))
        draw_cell(p, cell, name_in(p, cell), x, p->place->y + cell->row * p->place->row_height, width);
}

/* All cells are written alike, with the 0 before the point or without; fewer digits only where a cell needs it. */
static int form_of_cells(const painter *p)
{
    int form = 0;
    for (size_t k = 0; k < p->strip->cell_count; k++) {
        const gf_strip_cell *cell = &p->strip->cells[k];
        const char *name = name_in(p, cell);
        char number[GF_FIGURE];
        double x, width;
        if (!cell->gradient.known || !find_place(p, cell, &x, &width))
            continue;
        int own = choose_text(&name, number, size_of(p, &cell->gradient), width - MARGINS, form);
        form = own < TIGHT ? own : TIGHT;
    }
    return form;
}

static int form_of_totals(const painter *p)
{
    int form = 0;
    for (int r = 0; r < p->strip->count; r++)
        for (int k = 0; k < p->strip->rows[r].count; k++) {
            const gf_strip_weight *weight = &p->strip->rows[r].weights[k];
            const char *none = "";
            char number[GF_FIGURE];
            if (!weight->total.known)
                continue;
            int own = choose_text(&none, number, size_of(p, &weight->total), GF_STRIP_TOTAL - 2, form);
            form = own < TIGHT ? own : TIGHT;
        }
    return form;
}

void gf_strip_draw(const gf_strip *strip, gf_drawing *d, const gf_theme *theme, const gf_size_scale *scale,
                   const gf_strip_place *place)
{
    painter p = {strip, d, theme, scale, place, 0};
    if (!strip->count)
        return;
    p.form = form_of_cells(&p);
    int totals = form_of_totals(&p);
    gf_drawing_group(d, "strip", "strip", NULL);
    draw_headings(&p);
    for (int k = 0; k < strip->count; k++)
        draw_row(&p, &strip->rows[k], totals);
    for (size_t k = 0; k < strip->cell_count; k++)
        place_cell(&p, &strip->cells[k]);
    gf_drawing_end(d);
}
