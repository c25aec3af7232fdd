/* A box of several folded steps: of each quantity a row of colours, a step a column, at the height at which the steps
 * beside it have the quantity's box, so that a state goes straight through; below them which steps they are.
 *
 *     h[3] ---> | h ▆▆▅▅▄▃ | ---> h[10]
 *     c[3] ---> | c ▆▅▅▄▄▄ | ---> c[10]
 *               |   4..9   |
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view/drawing/cut.h"
#include "view/drawing/figures.h"
#include "view/page/paint.h"

static const double spare = 1.15; /* for fonts that are wider than ours */
static const double beside = 7, least_field = 26, least_column = 2, least_name = 24, above = 8, line = 1.35;
static const double small = 12, widest = 110; /* letters, and what the box asks for at the most */
static const double thick = 14, thicker = 30; /* a row, beside equations and beside whole steps */
enum { SWEEPS = 200, MOST = 24 /* rows: of more none is told from another */ };

/* A row: its quantity, and its middle. */
typedef struct row {
    const gf_quantity *quantity;
    double y, x; /* x: of the box beside it that has it, which orders rows of one height */
} row;

/* --- heights --------------------------------------------------------------------------------------------------- */

static bool is_known(const gf_box *box, const gf_quantity *quantity)
{
    for (int k = 0; k <= box->last_step - box->step; k++)
        if (quantity->gradients[k].known)
            return true;
    return false;
}

/* Where a step beside it has the quantity: its box, or its cell; what none has stands above all. */
static void find_place(const gf_painting *p, row *r)
{
    for (size_t k = 0; k < p->view->box_count; k++) {
        const gf_box *box = &p->view->boxes[k];
        const gf_stand *at = &p->spread->places[k];
        const char *name = p->view->patterns[box->pattern].name;
        if (at->shown && box->step && box->kind != GF_BOX_STEPS && !strcmp(name, r->quantity->name)) {
            r->y = at->y, r->x = at->x;
            return;
        }
        for (int q = 0; q < gf_box_cells(box) && at->shown; q++)
            if (!strcmp(box->quantities[q].name, r->quantity->name))
                r->y = gf_cell_middle(p, box, at, q);
    }
}

static int compare_rows(const void *a, const void *b)
{
    const row *one = a, *other = b;
    if (one->y != other->y)
        return one->y < other->y ? -1 : 1;
    return one->x != other->x ? (one->x > other->x) - (one->x < other->x)
                              : (one->quantity < other->quantity) - (one->quantity > other->quantity);
}

/* Rows that stand too close move apart, as little as need be, between the first and the last height. */
static void settle(row *rows, int count, double first, double last, double pitch)
{
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (int k = 1; k < count; k++) {
            double lacking = pitch - (rows[k].y - rows[k - 1].y);
            rows[k - 1].y -= fmax(lacking, 0) / 2, rows[k].y += fmax(lacking, 0) / 2;
        }
    for (int k = 0; k < count; k++)
        rows[k].y = fmax(rows[k].y, k ? rows[k - 1].y + pitch : first);
    for (int k = count - 1; k >= 0; k--)
        rows[k].y = fmin(rows[k].y, k + 1 < count ? rows[k + 1].y - pitch : last);
}

/* --- colours --------------------------------------------------------------------------------------------------- */

/* The largest of some steps; known where one is. */
static double largest(const gf_painting *p, const gf_measure *gradients, int from, int to, bool *known)
{
    double size = 0;
    *known = false;
    for (int k = from; k < to; k++) {
        double one = gf_measure_size(&gradients[k], p->view->magnitude);
        *known |= gradients[k].known;
        size = gradients[k].known && !(one <= size) ? one : size;
    }
    return size;
}

/* A column a step, or, where there is no room for so many, for as many. */
static int count_columns(const gf_box *box, double width)
{
    return (int)fmin(box->last_step - box->step + 1, width / least_column);
}

/* Steps that no gradient passes are dashed together, as one. */
static void paint_row(gf_painting *p, const gf_box *box, const row *r, double left, double width, double height)
{
    int steps = box->last_step - box->step + 1, columns = count_columns(box, width), zeros = 0;
    double column = width / columns, top = r->y - height / 2, apart = column > 5 ? -1 : 0.5;
    for (int k = 0; k <= columns; k++) {
        bool known = false;
        double size = k < columns
                          ? largest(p, r->quantity->gradients, k * steps / columns, (k + 1) * steps / columns, &known)
                          : 0;
        if (known && size == 0) {
            zeros++;
            continue;
        }
        char colour[8];
        gf_scale_colour(colour, p->theme, p->scale, size);
        const gf_area area = {.fill = colour, .line = ""}, none = {p->theme->box, p->theme->zero, 1, 0, true};
        if (zeros)
            gf_drawing_area(p->drawing, left + (k - zeros) * column, top, zeros * column + fmin(apart, 0), height,
                            &none);
        if (known)
            gf_drawing_area(p->drawing, left + k * column, top, column + (k + 1 < columns ? apart : 0), height, &area);
        p->marks.zero |= zeros > 0;
        p->marks.bad |= known && !isfinite(size);
        zeros = 0;
    }
}

/* --- the box --------------------------------------------------------------------------------------------------- */

static double row_height(const gf_painting *p)
{
    return fmax(p->view->level == GF_LEVEL_STEPS ? thicker : thick, p->profile.letters);
}

static void paint_rows(gf_painting *p, const gf_box *box, const gf_stand *at, const row *rows, int count, double names)
{
    double letters = p->profile.letters, left = at->x - at->width / 2 + beside;
    double height = row_height(p);
    for (int k = 1; k < count; k++)
        height = fmin(height, rows[k].y - rows[k - 1].y - 2);
    p->drawing->turn = box->turn;
    for (int k = 0; k < count; k++) {
        gf_text title = {0};
        gf_text_print(&title, "gradient of %s, steps %d to %d", rows[k].quantity->name, box->step, box->last_step);
        gf_drawing_group(p->drawing, NULL, "course", gf_text_string(&title));
        gf_text_draw(p->drawing, left, rows[k].y + letters * 0.36, GF_START, p->theme->soft,
                     (gf_run){rows[k].quantity->name, letters, GF_PLAIN, 0}, names - 3);
        paint_row(p, box, &rows[k], left + names, at->width - 2 * beside - names, height);
        gf_drawing_end(p->drawing);
        p->drawing->failed |= title.failed;
        gf_text_free(&title);
    }
    p->drawing->turn = 0;
}

/* "3..38", "× 36" and the cuts, a line each. */
static void write_lines(gf_painting *p, const gf_stand *at, const gf_inscription *lines, double y, bool each)
{
    char first[GF_INSCRIPTION], second[GF_INSCRIPTION];
    const char *comma = strstr(lines->name, ", ");
    double letters = p->profile.letters;
    snprintf(first, sizeof first, "%.*s", (int)(comma ? (size_t)(comma - lines->name) : strlen(lines->name)),
             lines->name);
    gf_text_paint(p, at->x, y, GF_MIDDLE, p->theme->ink, first, letters + 1, GF_BOLD);
    snprintf(second, sizeof second, "%.200s, a column each", comma ? comma + 2 : "");
    if (comma && (!each || gf_letters_width(second, GF_SANS, GF_PLAIN, letters) * spare > at->width - 8))
        *strchr(second, ',') = '\0';
    if (comma)
        gf_text_paint(p, at->x, y += line * letters, GF_MIDDLE, p->theme->soft, second, letters, GF_PLAIN);
    if (*lines->number)
        gf_text_paint(p, at->x, y + line * letters, GF_MIDDLE, p->theme->soft, lines->number, letters, GF_PLAIN);
}

static double width_of(const char *name, double letters)
{
    return gf_letters_width(name, GF_SANS, GF_PLAIN, letters) * spare + 5;
}

/* How many rows a box may have. */
static int count_rows(const gf_box *box)
{
    return box->last_step && box->quantity_count <= MOST ? box->quantity_count : 0;
}

/* Those of which something is known, from above to below, and how wide their names are; NULL without memory. */
static row *make_rows(const gf_painting *p, const gf_box *box, const gf_stand *at, int *count, double *names)
{
    row *rows = calloc((size_t)count_rows(box) + 1, sizeof *rows);
    *count = 0, *names = 0;
    for (int k = 0; rows && k < count_rows(box); k++) {
        if (!is_known(box, &box->quantities[k]))
            continue;
        rows[*count] = (row){.quantity = &box->quantities[k], .y = at->y - at->height / 2};
        find_place(p, &rows[(*count)++]);
        *names = fmax(*names, width_of(box->quantities[k].name, p->profile.letters));
    }
    if (rows)
        qsort(rows, (size_t)*count, sizeof *rows, compare_rows);
    return rows;
}

double gf_courses_width(const gf_view *view)
{
    double names = 0;
    for (size_t k = 0; k < view->box_count; k++)
        for (int c = 0; c < count_rows(&view->boxes[k]); c++)
            if (is_known(&view->boxes[k], &view->boxes[k].quantities[c]))
                names = fmax(names, width_of(view->boxes[k].quantities[c].name, small));
    double width = names + 2 * beside + least_field + 2;
    return names > 0 ? fmin(width, widest) : 0;
}

bool gf_courses_paint(gf_painting *p, const gf_box *box, const gf_stand *at, const gf_inscription *lines)
{
    bool heads = p->view->level == GF_LEVEL_STEPS;
    int count, said = 1 + (strstr(lines->name, ", ") != NULL) + (*lines->number != '\0');
    double letters = p->profile.letters, names, pitch = letters + 2, saying = line * letters * (said + 0.3) + 2;
    double top = at->y - at->height / 2, bottom = top + at->height;
    row *rows = make_rows(p, box, at, &count, &names);
    names = fmin(names, fmax(at->width - 2 * beside - least_field, least_name));
    double field = at->width - 2 * beside - names, first = top + (heads ? saying : above) + row_height(p) / 2;
    double last = bottom - (heads ? above : saying) - row_height(p) / 2;
    bool room = count && last - first >= (count - 1) * pitch && field >= least_field;
    p->drawing->failed |= !rows;
    if (room) {
        settle(rows, count, first, last, pitch);
        paint_rows(p, box, at, rows, count, names);
        write_lines(p, at, lines, (heads ? top : bottom - saying) + line * letters,
                    count_columns(box, field) == box->last_step - box->step + 1);
    }
    free(rows);
    return room;
}
