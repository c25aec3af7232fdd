/* Painting the strip. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "text/characters.h"
#include "view/drawing/cut.h"
#include "view/drawing/figures.h"
#include "view/page/strip.h"

static const double MARGINS = 4; /* of a cell, beside its text */
static const double narrow = 40; /* is a cell that has hardly room for a name */
static const double letters = GF_STRIP_LETTERS, heading = GF_STRIP_BOLD, row_letters = 15, least_letters = 12,
                    least_blank = 1.6, apart = 7;

/* --- a cell ---------------------------------------------------------------------------------------- */

typedef struct painter {
    const gf_strip *strip;
    gf_drawing *d;
    const gf_theme *theme;
    const gf_size_scale *scale;
    const gf_strip_place *place;
    gf_marks *marks;
    int form; /* of what stands in cells */
} painter;

/* What stands in a cell: a weight's name and a number; each may be "". */
typedef struct words {
    const char *name;
    char cut[32]; /* room for a name that is too long */
    char number[GF_FIGURE];
    double blank; /* between them */
} words;

static double size_of(const painter *p, const gf_measure *measure)
{
    return gf_measure_size(measure, p->strip->view->magnitude);
}

static double shown_of(const painter *p, const gf_measure *measure)
{
    return gf_measure_shown(measure, p->strip->view->magnitude);
}

static double width_of(const words *w)
{
    return gf_letters_width(w->name, GF_SANS, GF_ITALIC, letters) + (*w->name && *w->number ? w->blank : 0) +
           gf_letters_width(w->number, GF_SANS, GF_PLAIN, letters);
}

/* Does the name, in italics, and the number fit? */
static bool fits(const words *w, double room)
{
    return width_of(w) <= room;
}

static double whole_blank(void)
{
    return gf_letters_width(" ", GF_SANS, GF_PLAIN, letters);
}

/* The number as near to the name as it must stand. */
static void draw_near(words *w, double room)
{
    w->blank = 0;
    w->blank = fmin(fmax(room - width_of(w), least_blank), whole_blank());
}

/* The number in as little room as can be: .002, but 3e−4. */
static void write_least(words *w, double shown)
{
    char power[GF_FIGURE];
    gf_figure_tight(w->number, shown, 1);
    gf_figure_short(power, shown);
    if (gf_letters_width(power, GF_SANS, GF_PLAIN, letters) < gf_letters_width(w->number, GF_SANS, GF_PLAIN, letters))
        memcpy(w->number, power, sizeof power);
}

/* As much of the name as fits, "the_w…"; false where that is nothing. */
static bool cut_name(words *w, const char *name, double room)
{
    for (size_t count = gf_utf8_count(name); count-- > 1;) {
        size_t bytes = gf_utf8_bytes(name, count);
        if (bytes + sizeof "…" > sizeof w->cut)
            continue;
        snprintf(w->cut, sizeof w->cut, "%.*s…", (int)bytes, name);
        w->name = w->cut;
        if (fits(w, room))
            return true;
    }
    return false;
}

/* The forms of a name and a number: with two digits; without the 0 before the point; closer; with one digit; in as
 * little room as can be; with what of the name there is room for; the number alone, so too; then nothing. From form
 * `first` on the first that fits; returns which. */
enum { TIGHT = 1, CLOSE, BRIEF, LEAST, CUT, ALONE, ALONE_TIGHT, ALONE_BRIEF, FORMS };
static int choose_text(words *w, const char *name, double shown, double room, int first)
{
    for (int k = first; k < FORMS; k++) {
        if (k == ALONE && first >= TIGHT)
            continue;
        w->name = k < ALONE ? name : "";
        w->blank = whole_blank();
        if (k == LEAST)
            write_least(w, shown);
        else
            gf_figure_as(w->number, shown, k == BRIEF || k == ALONE_BRIEF ? 1 : 2, k != 0 && k != ALONE);
        if (k == CLOSE || k == LEAST)
            draw_near(w, room);
        if (k == CUT ? cut_name(w, name, room) : fits(w, room))
            return k;
    }
    w->name = "";
    *w->number = '\0';
    return FORMS;
}

static void draw_text(const painter *p, const char *colour, const words *w, double x, double y, gf_anchor anchor)
{
    if (*w->name && *w->number && w->blank < whole_blank()) {
        x -= anchor == GF_MIDDLE ? width_of(w) / 2 : 0;
        gf_drawing_text(p->d, x, y, GF_START, GF_SANS, colour, w->name, letters, GF_ITALIC);
        x += gf_letters_width(w->name, GF_SANS, GF_ITALIC, letters) + w->blank;
        gf_drawing_text(p->d, x, y, GF_START, GF_SANS, colour, w->number, letters, GF_PLAIN);
        return;
    }
    gf_text behind = {0};
    gf_text_print(&behind, "%s%s", *w->name && *w->number ? " " : "", w->number);
    p->d->failed |= behind.failed;
    const gf_run runs[] = {{w->name, letters, GF_ITALIC, 0}, {gf_text_string(&behind), letters, GF_PLAIN, 0}};
    size_t first = !*w->name, count = (*w->name != 0) + (size_t)(*w->number != 0);
    if (count)
        gf_drawing_runs(p->d, x, y, anchor, GF_SANS, colour, runs + first, count);
    gf_text_free(&behind);
}

/* What one sees who points at it. */
static void open_cell(const painter *p, const gf_strip_cell *cell)
{
    char number[GF_NUMBER];
    gf_text title = {0};
    gf_text_print(&title, "%s: ", cell->title);
    gf_text_add(&title, !cell->gradient.known ? "gradient not recorded"
                                              : gf_number_as(number, "%.6g", shown_of(p, &cell->gradient)));
    p->d->failed |= title.failed;
    gf_drawing_group(p->d, NULL, "cell", gf_text_string(&title));
    gf_text_free(&title);
}

static void draw_cell(const painter *p, const gf_strip_cell *cell, const char *name, double x, double y, double width)
{
    double size = size_of(p, &cell->gradient), room = width - MARGINS;
    bool known = cell->gradient.known, zero = known && size == 0;
    char colour[8];
    words w = {.name = name};
    gf_scale_colour(colour, p->theme, p->scale, size);
    const char *fill = known && !zero ? colour : p->theme->box;
    const gf_area area = {fill, zero ? p->theme->zero : known ? colour : p->theme->line, 1, 3, zero};
    p->marks->zero |= zero;
    p->marks->bad |= known && !isfinite(size);
    if (known)
        choose_text(&w, name, shown_of(p, &cell->gradient), room, p->form);
    else if (!fits(&w, room) && !cut_name(&w, name, room))
        w.name = "";
    open_cell(p, cell);
    p->d->turn = cell->turn;
    gf_drawing_area(p->d, x, y, width - 2, p->place->row_height - 4, &area);
    draw_text(p, known && !zero ? gf_ink_on(fill) : p->theme->soft, &w, x + width / 2 - 1,
              y + p->place->row_height / 2 + 2.2, GF_MIDDLE);
    p->d->turn = 0;
    gf_drawing_end(p->d);
}

/* --- the rest -------------------------------------------------------------------------------------- */

static void draw_heading(const painter *p, double x, const char *text)
{
    gf_drawing_text(p->d, x, p->place->y - 8, GF_START, GF_SANS, p->theme->ink, text, heading, GF_BOLD);
}

static const char each_step[] = "what each step adds to the gradient of each weight";

static bool has_totals(const gf_strip *strip)
{
    bool some = false;
    for (int r = 0; r < strip->count; r++)
        for (int k = 0; k < strip->rows[r].count; k++)
            some |= strip->rows[r].weights[k].total.known;
    return some && strip->view->last_step;
}

/* Where no gradient is known, the cells are names. */
static const char *heading_of(const gf_strip *strip)
{
    bool some = false;
    for (size_t k = 0; k < strip->cell_count; k++)
        some |= strip->cells[k].gradient.known;
    return !some ? "which weights each quantity uses" : strip->view->last_step ? each_step : "gradient of each weight";
}

/* "2..19 together" above a column of folded steps; returns where it ends, or, of a single step, 0. */
static double draw_range(const painter *p, const gf_strip_column *column)
{
    char text[48];
    if (!column->last)
        return 0;
    snprintf(text, sizeof text, "%d..%d together", column->step, column->last);
    double middle = column->x + column->width / 2;
    gf_drawing_text(p->d, middle, p->place->y - 8, GF_MIDDLE, GF_SANS, p->theme->soft, text, letters, GF_PLAIN);
    return middle + gf_letters_width(text, GF_SANS, GF_PLAIN, letters) / 2;
}

/* What the table is stands at its left, or behind what the first column is. */
static void draw_headings(const painter *p)
{
    bool timed = p->strip->view->last_step;
    double left = p->place->left;
    for (int k = p->place->column_count - 1; k >= 0; k--)
        left = draw_range(p, &p->place->columns[k]);
    draw_heading(p, left > p->place->left ? left + 16 : p->place->left, heading_of(p->strip));
    if (timed && p->strip->most_once)
        draw_heading(p, p->place->once, "once");
    if (has_totals(p->strip))
        draw_heading(p, p->place->totals, gf_strip_totals(p->strip));
}

/* Where the column of a step begins, and how wide it is; whether it is of several; false if it has none. */
static bool find_column(const gf_strip_place *place, int step, double *x, double *width, bool *several)
{
    int low = 0, high = step ? place->column_count : 0;
    *x = place->once;
    *width = place->once_width;
    *several = false;
    while (low < high) {
        int middle = (low + high) / 2;
        if (place->columns[middle].step < step)
            low = middle + 1;
        else
            high = middle;
    }
    if (!step || low == place->column_count || place->columns[low].step != step)
        return !step;
    *x = place->columns[low].x;
    *width = place->columns[low].width;
    *several = place->columns[low].last;
    return true;
}

/* Where a cell is, and its width; false if it is nowhere. In a narrow column of several steps the cells of a row share
 * all of it. */
static bool find_place(const painter *p, const gf_strip_cell *cell, double *x, double *width)
{
    bool several;
    if (!find_column(p->place, cell->step, x, width, &several))
        return false;
    int own = p->strip->rows[cell->row].count, most = cell->step ? p->strip->most : p->strip->most_once;
    *width /= several && own < most && *width / most < narrow ? own : most;
    *x += (cell->step ? cell->weight : p->strip->rows[cell->row].weights[cell->weight].once_at) * *width;
    return true;
}

static const char *name_in(const painter *p, const gf_strip_cell *cell)
{
    return p->strip->rows[cell->row].weights[cell->weight].name;
}

/* Has a cell of a row no room for its weight's name? */
static bool lacks_names(const painter *p, const gf_strip_row *row)
{
    for (size_t k = 0; k < p->strip->cell_count; k++) {
        const gf_strip_cell *cell = &p->strip->cells[k];
        double x, width;
        words w;
        if (&p->strip->rows[cell->row] == row && cell->gradient.known && find_place(p, cell, &x, &width) &&
            choose_text(&w, name_in(p, cell), shown_of(p, &cell->gradient), width - MARGINS, p->form) >= ALONE)
            return true;
    }
    return false;
}

/* A row's name, before `right`. */
static void draw_name(const painter *p, const gf_strip_row *row, double right, double y)
{
    gf_run run = {row->name, row_letters, GF_BOLD | GF_ITALIC, 0};
    while (run.size > least_letters && gf_runs_width(&run, 1, GF_SERIF) > right - p->place->left)
        run.size -= 0.5;
    gf_drawing_cut(p->d, right, y, GF_END, GF_SERIF, p->theme->ink, &run, 1, right - p->place->left);
}

/* Where a cell of a row has no room for its weight's name, all names stand behind the row's own, if they find room
 * there: "U W b". Returns where they begin. */
static double draw_weights(const painter *p, const gf_strip_row *row, double y)
{
    double right = p->place->names;
    if (!lacks_names(p, row))
        return right;
    gf_text names = {0};
    for (int k = 0; k < row->count; k++)
        gf_text_print(&names, "%s%s", k ? " " : "", row->weights[k].name);
    double width = gf_letters_width(gf_text_string(&names), GF_SANS, GF_ITALIC, letters) + apart;
    double own = gf_letters_width(row->name, GF_SERIF, GF_BOLD | GF_ITALIC, least_letters);
    p->d->failed |= names.failed;
    if (own + width <= right - p->place->left) {
        gf_drawing_text(p->d, right, y, GF_END, GF_SANS, p->theme->soft, gf_text_string(&names), letters, GF_ITALIC);
        right -= width;
    }
    gf_text_free(&names);
    return right;
}

/* What stands in a column of sums; returns in which form. */
static int choose_total(const painter *p, words *w, const gf_strip_row *row, int k, int form)
{
    const gf_strip_weight *weight = &row->weights[k];
    double room = p->strip->totals_at[k + 1] - p->strip->totals_at[k] - p->strip->apart;
    return choose_text(w, weight->name, shown_of(p, &weight->total), room + 0.01, form);
}

/* A row's name, and its sums. */
static void draw_row(const painter *p, const gf_strip_row *row, int form)
{
    double y = p->place->y + (double)(row - p->strip->rows) * p->place->row_height + p->place->row_height / 2;
    draw_name(p, row, draw_weights(p, row, y + 2.2), y + 3);
    for (int k = 0; k < row->count && p->strip->view->last_step; k++) {
        const gf_strip_weight *weight = &row->weights[k];
        words w;
        if (!weight->total.known)
            continue;
        choose_total(p, &w, row, k, form);
        p->d->turn = row->weights[k].turn;
        draw_text(p, p->theme->ink, &w, p->place->totals + 2 + p->strip->totals_at[k], y + 2.2, GF_START);
    }
    p->d->turn = 0;
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
        words w;
        double x, width;
        if (!cell->gradient.known || !find_place(p, cell, &x, &width))
            continue;
        int own = choose_text(&w, name_in(p, cell), shown_of(p, &cell->gradient), width - MARGINS, form);
        form = own < TIGHT ? own : TIGHT;
    }
    return form;
}

static int form_of_totals(const painter *p)
{
    int form = 0;
    for (int r = 0; r < p->strip->count; r++)
        for (int k = 0; k < p->strip->rows[r].count; k++) {
            words w;
            if (!p->strip->rows[r].weights[k].total.known)
                continue;
            int own = choose_total(p, &w, &p->strip->rows[r], k, form);
            form = own < TIGHT ? own : TIGHT;
        }
    return form;
}

void gf_strip_draw(const gf_strip *strip, gf_drawing *d, const gf_theme *theme, const gf_size_scale *scale,
                   const gf_strip_place *place, gf_marks *marks)
{
    painter p = {strip, d, theme, scale, place, marks, 0};
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
