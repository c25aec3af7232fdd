/* The strip: the table of what each step adds to the gradient of each weight. */
#include "view/page/strip.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/index.h"
#include "graph/node.h"
#include "view/drawing/cut.h"
#include "view/drawing/figures.h"
#include "view/inside.h"

static const double MARGINS = 5; /* of a cell, beside its text */
static const double letters = 12, heading = 13, row_letters = 15, least_letters = 12;

/* --- the table ------------------------------------------------------------------------------------- */

/* How many steps before a weight the cell uses that of its own step stands. */
static int lag_of(const gf_cell *cell)
{
    return gf_node_step(cell->uses->to) - gf_node_step(cell->param);
}

/* Of weights of their own at each step, W[1], W[2], …, those at one distance from their uses are one of the table. */
static bool is_same(const gf_strip_weight *weight, const gf_cell *cell)
{
    const gf_node *one = weight->param, *other = cell->param;
    return one == other ||
           (weight->own && gf_node_step(other) && weight->lag == lag_of(cell) &&
            !strcmp(gf_node_name(one), gf_node_name(other)) && !strcmp(gf_node_scope(one), gf_node_scope(other)) &&
            gf_node_rows(one) == gf_node_rows(other) && gf_node_cols(one) == gf_node_cols(other));
}

static gf_strip_weight *find_weight(const gf_strip_row *row, const gf_cell *cell)
{
    for (int k = 0; k < row->count; k++)
        if (is_same(&row->weights[k], cell))
            return &row->weights[k];
    return NULL;
}

/* Is it the whole name of a weight of the view? */
static bool is_taken(const gf_view *view, const char *name)
{
    for (size_t k = 0; k < view->cell_count; k++)
        if (!strcmp(view->cells[k].name, name))
            return true;
    return false;
}

/* Uf is U in the row of f, unless the view has a weight U. NULL without memory. */
static const char *short_name(gf_strip *strip, const char *name, const char *row)
{
    size_t size = strlen(name), less = strlen(row);
    if (!less || less >= size || strcmp(name + size - less, row) != 0)
        return name;
    char *text = gf_arena_text(&strip->arena, name);
    if (!text)
        return NULL;
    text[size - less] = '\0';
    return is_taken(strip->view, text) ? name : text;
}

/* W[3], W of step 3, is W in the table; in step 4 it is W[t-1]. NULL without memory. */
static const char *name_of(gf_strip *strip, const gf_cell *cell, bool own)
{
    size_t length;
    int index, lag = lag_of(cell);
    if (!own || !gf_split_index(cell->name, &length, &index))
        return cell->name;
    gf_text text = {0};
    gf_text_bytes(&text, cell->name, length);
    if (lag)
        gf_text_print(&text, "[t%+d]", -lag);
    const char *name = text.failed ? NULL : gf_arena_text(&strip->arena, gf_text_string(&text));
    gf_text_free(&text);
    return name;
}

/* A weight that is met for the first time in its row. */
static gf_strip_weight *new_weight(gf_strip *strip, gf_strip_row *row, const gf_cell *cell)
{
    size_t entries = (size_t)gf_node_rows(cell->param) * (size_t)gf_node_cols(cell->param);
    gf_strip_weight *weight = &row->weights[row->count++];
    weight->param = cell->param;
    weight->own = gf_node_step(cell->param) != 0;
    weight->lag = lag_of(cell);
    weight->known = true;
    weight->entries = (double)entries;
    const char *name = name_of(strip, cell, weight->own);
    weight->name = name ? short_name(strip, name, row->name) : NULL;
    weight->shortened = weight->name != name;
    weight->sum = gf_arena_get(&strip->arena, entries * sizeof *weight->sum);
    weight->one = gf_arena_get(&strip->arena, entries * sizeof *weight->one);
    weight->here = gf_arena_get(&strip->arena, entries * sizeof *weight->here);
    return weight->name && weight->sum && weight->one && weight->here ? weight : NULL;
}

/* Adds what a cell adds. False without memory. */
static bool add_up(gf_strip_weight *weight, const gf_cell *cell)
{
    weight->known &= cell->look != GF_ARROW_UNKNOWN;
    if (cell->look == GF_ARROW_UNKNOWN)
        return true;
    bool good = gf_cell_sum(weight->one, cell);
    for (size_t k = 0; good && k < (size_t)weight->entries; k++) {
        weight->sum[k] += weight->one[k];
        weight->here[k] += weight->one[k];
    }
    return good;
}

/* One matrix above another. */
static void stack(gf_measure *on, double *entries, const gf_measure *measure, double more)
{
    *entries += more;
    on->known &= measure->known;
    on->l2 = hypot(on->l2, measure->l2);
    on->rms = on->l2 / sqrt(*entries);
    on->max = measure->max > on->max || isnan(measure->max) ? measure->max : on->max;
}

static gf_measure measure_of(const gf_strip_weight *weight, double *numbers)
{
    int rows = gf_node_rows(weight->param), cols = gf_node_cols(weight->param);
    return gf_measure_matrix(&(gf_matrix){numbers, rows, cols, cols});
}

static const char *title_of(gf_strip *strip, const gf_cell *cell)
{
    gf_text text = {0};
    gf_text_print(&text, "%s in %s", cell->name, cell->box->name);
    const char *title = text.failed ? NULL : gf_arena_text(&strip->arena, gf_text_string(&text));
    gf_text_free(&text);
    return title;
}

static bool add_cell(gf_strip *strip, const gf_cell *cell)
{
    gf_strip_row *row = &strip->rows[strip->of[cell->pattern]];
    gf_strip_weight *weight = find_weight(row, cell);
    if (!weight)
        weight = new_weight(strip, row, cell);
    if (!weight)
        return false;
    bool again = weight->last && weight->last->step == cell->box->step; /* boxes of one name: one cell */
    bool other = weight->param != cell->param;                          /* another step's own, in folded steps */
    weight->param = cell->param;
    if (!again || other)
        memset(weight->here, 0, (size_t)weight->entries * sizeof *weight->here);
    if (!add_up(weight, cell))
        return false;
    if (again && other) {
        stack(&weight->last->gradient, &weight->last->entries, &cell->gradient, weight->entries);
        return true;
    }
    if (again) {
        weight->last->gradient = measure_of(weight, weight->here);
        weight->last->gradient.known = weight->known;
        return true;
    }
    row->once |= !cell->box->step;
    gf_strip_cell *out = weight->last = &strip->cells[strip->cell_count++];
    *out = (gf_strip_cell){.row = strip->of[cell->pattern], .weight = (int)(weight - row->weights)};
    out->step = cell->box->step;
    out->title = title_of(strip, cell);
    out->entries = weight->entries;
    out->gradient = cell->gradient;
    out->gradient.known = cell->look != GF_ARROW_UNKNOWN;
    return out->title;
}

/* A row for each pattern that has cells, in their order, with room for as many weights. */
static bool make_rows(gf_strip *strip)
{
    const gf_view *view = strip->view;
    size_t patterns = (size_t)view->pattern_count + 1;
    size_t *cells = gf_arena_get(&strip->arena, patterns * sizeof *cells);
    strip->rows = gf_arena_get(&strip->arena, patterns * sizeof *strip->rows);
    strip->of = gf_arena_get(&strip->arena, patterns * sizeof *strip->of);
    strip->cells = gf_arena_get(&strip->arena, (view->cell_count + 1) * sizeof *strip->cells);
    if (!cells || !strip->rows || !strip->of || !strip->cells)
        return false;
    for (int p = 0; p < view->pattern_count; p++)
        strip->of[p] = -1;
    for (size_t k = 0; k < view->cell_count; k++)
        cells[view->cells[k].pattern]++;
    for (int p = 0; p < view->pattern_count; p++) {
        if (!cells[p])
            continue;
        strip->of[p] = strip->count++;
        gf_strip_row *row = &strip->rows[strip->of[p]];
        row->name = view->patterns[p].name;
        row->weights = gf_arena_get(&strip->arena, cells[p] * sizeof *row->weights);
        if (!row->weights)
            return false;
    }
    return true;
}

/* How many weights there are in a row, at most. */
static void count_weights(gf_strip *strip)
{
    strip->most = strip->most_once = 0;
    for (int k = 0; k < strip->count; k++) {
        const gf_strip_row *row = &strip->rows[k];
        strip->most = row->count > strip->most ? row->count : strip->most;
        if (row->once && row->count > strip->most_once)
            strip->most_once = row->count;
    }
}

static void find_totals(const gf_strip_row *row)
{
    for (int k = 0; k < row->count; k++) {
        gf_strip_weight *weight = &row->weights[k];
        if (weight->known && !weight->own)
            weight->total = measure_of(weight, weight->sum);
    }
}

/* Matrices of their own at each step have no sum: they stand one above the other. */
static void stack_totals(gf_strip *strip)
{
    for (size_t k = 0; k < strip->cell_count; k++) {
        const gf_strip_cell *cell = &strip->cells[k];
        gf_strip_weight *weight = &strip->rows[cell->row].weights[cell->weight];
        double entries = weight->own_entries;
        weight->total.known |= weight->own && !entries;
        if (weight->own)
            stack(&weight->total, &weight->own_entries, &cell->gradient, cell->entries);
    }
}

gf_status gf_strip_make(gf_strip *strip, const gf_view *view)
{
    *strip = (gf_strip){.view = view};
    if (!make_rows(strip))
        return GF_ERROR_MEMORY;
    for (size_t k = 0; k < view->cell_count; k++)
        if (!add_cell(strip, &view->cells[k]))
            return GF_ERROR_MEMORY;
    for (int k = 0; k < strip->count; k++)
        find_totals(&strip->rows[k]);
    stack_totals(strip);
    count_weights(strip);
    return GF_OK;
}

void gf_strip_free(gf_strip *strip)
{
    gf_arena_free(&strip->arena);
    *strip = (gf_strip){0};
}

/* --- folding --------------------------------------------------------------------------------------- */

/* The weight of a row that one of another shares its cell with; NULL: none. */
static gf_strip_weight *find_namesake(const gf_strip_row *row, const gf_strip_weight *weight)
{
    for (int k = 0; k < row->count && weight->shortened; k++)
        if (row->weights[k].shortened && !strcmp(row->weights[k].name, weight->name))
            return &row->weights[k];
    return NULL;
}

/* Puts the weights of `from` into `row`, which has room. */
static void join_weights(gf_strip_row *row, gf_strip_row *from)
{
    for (int k = 0; k < from->count; k++) {
        gf_strip_weight *weight = &from->weights[k], *same = find_namesake(row, weight);
        weight->at = same ? (int)(same - row->weights) : row->count;
        if (same)
            stack(&same->total, &same->entries, &weight->total, weight->entries);
        else
            row->weights[row->count++] = *weight;
    }
    row->once |= from->once;
}

/* The row of a group, new at the end if need be, with room for `weights`. */
static gf_strip_row *row_of_group(gf_strip *strip, gf_strip_row *folded, int *count, int group, int weights)
{
    for (int k = 0; k < *count && group >= 0; k++)
        if (folded[k].group == group)
            return &folded[k];
    gf_strip_row *row = &folded[(*count)++];
    *row = (gf_strip_row){.name = "", .group = group};
    row->weights = gf_arena_get(&strip->arena, (size_t)weights * sizeof *row->weights);
    return row->weights ? row : NULL;
}

/* "f, i" and "o": "f, i, o". */
static bool join_names(gf_strip *strip, gf_strip_row *row, const char *name)
{
    gf_text text = {0};
    gf_text_print(&text, "%s%s%s", row->name, *row->name ? ", " : "", name);
    row->name = text.failed ? NULL : gf_arena_text(&strip->arena, gf_text_string(&text));
    gf_text_free(&text);
    return row->name;
}

/* The rows as they are folded, into an array of as many; how many these are, or -1 without memory. */
static int fold_rows(gf_strip *strip, gf_strip_row *folded)
{
    int count = 0, weights = 0;
    for (int k = 0; k < strip->count; k++)
        weights += strip->rows[k].count;
    for (int k = 0; k < strip->count; k++) {
        gf_strip_row *from = &strip->rows[k], *row = row_of_group(strip, folded, &count, from->group, weights);
        if (!row || !join_names(strip, row, from->name))
            return -1;
        from->into = (int)(row - folded);
        join_weights(row, from);
    }
    return count;
}

/* Cells that share a place become one. */
static bool fold_cells(gf_strip *strip, gf_strip_cell *folded, size_t *count)
{
    gf_index places = {0};
    bool good = true;
    *count = 0;
    for (size_t k = 0; good && k < strip->cell_count; k++) {
        gf_strip_cell cell = strip->cells[k];
        const gf_strip_row *from = &strip->rows[cell.row];
        cell.row = from->into;
        cell.weight = from->weights[cell.weight].at;
        uint64_t place = (uint64_t)cell.row << 32 | (uint64_t)cell.weight;
        uint32_t *at = gf_index_put(&places, place, (uint32_t)cell.step);
        good = at;
        if (at && *at) {
            stack(&folded[*at - 1].gradient, &folded[*at - 1].entries, &cell.gradient, cell.entries);
        } else if (at) {
            folded[(*count)++] = cell;
            *at = (uint32_t)*count;
        }
    }
    gf_index_free(&places);
    return good;
}

gf_status gf_strip_fold(gf_strip *strip, const int *group)
{
    size_t cells;
    gf_strip_row *rows = gf_arena_get(&strip->arena, ((size_t)strip->count + 1) * sizeof *rows);
    gf_strip_cell *list = gf_arena_get(&strip->arena, (strip->cell_count + 1) * sizeof *list);
    for (int p = 0; p < strip->view->pattern_count; p++)
        if (strip->of[p] >= 0)
            strip->rows[strip->of[p]].group = group[p];
    int count = rows && list ? fold_rows(strip, rows) : -1;
    if (count < 0 || !fold_cells(strip, list, &cells))
        return GF_ERROR_MEMORY;
    strip->rows = rows;
    strip->count = count;
    strip->cells = list;
    strip->cell_count = cells;
    count_weights(strip);
    return GF_OK;
}

double gf_strip_row_height(const gf_strip *strip)
{
    return strip->count <= 6 ? 27 : strip->count == 7 ? 24 : 18.5;
}

double gf_strip_height(const gf_strip *strip, double row_height)
{
    return strip->count * row_height;
}

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
    gf_drawing_area(p->d, x, y, width - 2, p->place->row_height - 4, &area);
    draw_text(p, known && !zero ? gf_ink_on(fill) : p->theme->soft, name, number, x + width / 2 - 1,
              y + p->place->row_height / 2 + 2.2);
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
        gf_drawing_text(p->d, p->place->totals + 2 + k * GF_STRIP_TOTAL, y + 2.2, GF_START, GF_SANS, p->theme->ink,
                        number, letters, GF_PLAIN);
    }
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
