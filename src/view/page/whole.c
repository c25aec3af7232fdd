/* What stands in a box of whole steps: of one step a cell a quantity, coloured and numbered as the strip's are; of
 * several, or where cells find no room, the quantities' names. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "view/drawing/cut.h"
#include "view/drawing/figures.h"
#include "view/page/paint.h"

static const double step_lines = 1.35;  /* of letters: the height of a line */
static const double lines_height = 2.6; /* of a cell with a name above its numbers */
static const double spare = 1.15;       /* for fonts that are wider than ours */
static const double least_letters = 12, apart = 3, beside = 6;
/* What cells ask for, and numbers alone, and a name cut beside them: arrows need room, too. */
static const double most_width = 96, most_numbers = 120, least_name = 42;

/* --- words ---------------------------------------------------------------------------------------------------- */

/* As many words as a line takes, but at least one; returns what is left. */
static const char *next_line(const char *text, double width, double letters, char line[GF_INSCRIPTION])
{
    size_t taken = 0;
    for (size_t end = 0; text[end] && end < GF_INSCRIPTION - 1;) {
        end += strspn(text + end, " ");
        end += strcspn(text + end, " ");
        snprintf(line, GF_INSCRIPTION, "%.*s", (int)end, text);
        if (taken && gf_letters_width(line, GF_SANS, GF_PLAIN, letters) * spare > width)
            break;
        taken = end;
    }
    snprintf(line, GF_INSCRIPTION, "%.*s", (int)taken, text);
    return text + taken + strspn(text + taken, " ");
}

/* How many lines what is in a box of whole steps takes; 0 where they find no room below `above` lines. */
static int count_within(const char *names, const gf_stand *at, double letters, int above)
{
    char line[GF_INSCRIPTION];
    int count = 0;
    for (const char *rest = names; *rest; count++) {
        rest = next_line(rest, at->width - 8, letters, line);
        if (!*line || gf_letters_width(line, GF_SANS, GF_PLAIN, letters) * spare > at->width - 8)
            return 0;
    }
    return (count + above + 1) * step_lines * letters < at->height ? count : 0;
}

/* A column that is one box: "3..38, × 36" on two lines, in its middle; below them its cuts, and what is in it. In a low
 * box lines are closer, and "3..38, × 36" takes one where there are cuts. */
static void write_words(gf_painting *p, const char *names, const gf_stand *at, const gf_inscription *lines)
{
    double letters = p->profile.letters, line = step_lines * letters, third = 2.4 * letters + 8;
    double up = fmin(4, 0.095 * at->height), down = fmin(letters + 4, 0.37 * at->height);
    char first[GF_INSCRIPTION];
    bool low = *lines->number && third + 0.3 * letters > at->height / 2;
    const char *comma = low ? NULL : strstr(lines->name, ", "), *second = comma ? comma + 2 : low ? lines->number : "";
    int above = 1 + (*second != 0) + (*lines->number && !low), within = count_within(names, at, letters, above);
    double y = at->y - within * line / 2;
    snprintf(first, sizeof first, "%.*s", comma ? (int)(comma - lines->name) : (int)strlen(lines->name), lines->name);
    gf_text_paint(p, at->x, y - (*second ? up : -5), GF_MIDDLE, p->theme->ink, first, letters + 1, GF_BOLD);
    if (*second)
        gf_text_paint(p, at->x, y + down, GF_MIDDLE, p->theme->soft, second, letters, GF_PLAIN);
    if (*lines->number && !low)
        gf_text_paint(p, at->x, y + third, GF_MIDDLE, p->theme->soft, lines->number, letters, GF_PLAIN);
    y += (*lines->number && !low ? third : *second ? down : 5) + 0.3 * line;
    for (int k = 0; k < within; k++) {
        names = next_line(names, at->width - 8, letters, first);
        gf_text_paint(p, at->x, y += line, GF_MIDDLE, p->theme->soft, first, letters, GF_PLAIN);
    }
}

/* --- cells ---------------------------------------------------------------------------------------------------- */

/* "0.12"; of a 1 x 1 quantity value and gradient, "2.4 ◂1"; with fewer digits where they are long. */
static void write_numbers(char out[GF_INSCRIPTION], const gf_view *view, const gf_quantity *q, bool tight)
{
    char number[GF_FIGURE], slope[GF_FIGURE];
    double shown = q->scalar ? q->value : gf_measure_size(&q->gradients[0], view->magnitude);
    bool some = q->scalar || q->gradients[0].known, both = q->scalar && q->gradients[0].known;
    int digits = 3;
    do {
        digits--;
        snprintf(out, GF_INSCRIPTION, "%s%s%s", some ? gf_figure_as(number, shown, digits, tight) : "",
                 both ? " ◂" : "", both ? gf_figure_as(slope, q->gradients[0].slope, digits, tight) : "");
    } while (digits > 1 && gf_letters_width(out, GF_SANS, GF_PLAIN, least_letters) + beside > most_width);
}

/* Of all cells, with the names before the numbers, or without. */
static double widest(const gf_view *view, const gf_box *box, double letters, bool tight, bool named)
{
    char text[GF_INSCRIPTION], all[2 * GF_INSCRIPTION];
    double width = 0;
    for (int k = 0; k < gf_box_cells(box); k++) {
        write_numbers(text, view, &box->quantities[k], tight);
        snprintf(all, sizeof all, "%.200s %s", box->quantities[k].name, text);
        width = fmax(width, gf_letters_width(named ? all : text, GF_SANS, GF_PLAIN, letters));
    }
    return width;
}

/* Names and numbers do not stand side by side. */
static bool is_wide(const gf_view *view, const gf_box *box)
{
    return widest(view, box, least_letters, true, true) + beside > most_width;
}

double gf_whole_width(const gf_view *view, const gf_box *box)
{
    double all = widest(view, box, least_letters, true, true) + beside;
    double numbers = widest(view, box, least_letters, true, false) + beside;
    if (!gf_box_cells(box) || numbers > most_numbers)
        return 0;
    return all <= most_width ? all : fmax(numbers, fmin(numbers + least_name, most_width));
}

/* Where names are long they stand above the numbers, cut where they are too wide; in low cells they are cut. */
static void write_cell(gf_painting *p, const gf_quantity *q, gf_bounds b, const char *colour, bool tight, bool wide)
{
    char numbers[GF_INSCRIPTION], all[2 * GF_INSCRIPTION];
    double letters = p->cells, x = (b.left + b.right) / 2, y = (b.top + b.bottom) / 2 + letters * 0.36;
    double room = b.right - b.left - 6;
    size_t count = 1;
    write_numbers(numbers, p->view, q, tight);
    bool above = wide && *numbers && b.bottom - b.top >= lines_height * letters;
    if (!above)
        room -= gf_letters_width(numbers, GF_SANS, GF_PLAIN, letters) + letters * 0.3;
    const gf_run name = {.text = q->name, .size = letters};
    const gf_run *cut = gf_runs_cut(&p->drawing->arena, &name, &count, GF_SANS, wide ? room : HUGE_VAL);
    p->drawing->failed |= !cut;
    snprintf(all, sizeof all, "%.200s%s%s", cut && count ? cut->text : "", *numbers && !above ? " " : "",
             above ? "" : numbers);
    double line = above ? letters * 0.62 : 0;
    gf_text_paint(p, x, y - line, GF_MIDDLE, colour, all, letters, GF_PLAIN);
    if (above)
        gf_text_paint(p, x, y + line, GF_MIDDLE, colour, numbers, letters, GF_PLAIN);
}

static void paint_cell(gf_painting *p, const gf_box *box, const gf_quantity *q, gf_bounds b, bool tight)
{
    double size = gf_measure_size(&q->gradients[0], p->view->magnitude);
    bool known = q->gradients[0].known, zero = known && size == 0;
    char colour[8], number[GF_NUMBER];
    gf_text title = {0};
    gf_scale_colour(colour, p->theme, p->scale, size);
    const char *fill = known && !zero ? colour : p->theme->box;
    const gf_area area = {fill, zero ? p->theme->zero : known ? colour : p->theme->line, 1, 3, zero};
    p->marks.zero |= zero;
    p->marks.bad |= known && !isfinite(size);
    gf_text_print(&title, "gradient of %s[%d]: %s", q->name, box->step,
                  known ? gf_number_as(number, "%.6g", size) : "not recorded");
    gf_drawing_group(p->drawing, NULL, "quantity", gf_text_string(&title));
    p->drawing->turn = known ? box->turn : 0;
    gf_drawing_area(p->drawing, b.left, b.top, b.right - b.left, b.bottom - b.top, &area);
    write_cell(p, q, b, known && !zero ? gf_ink_on(fill) : p->theme->soft, tight, is_wide(p->view, box));
    p->drawing->turn = 0;
    gf_drawing_end(p->drawing);
    p->drawing->failed |= title.failed;
    gf_text_free(&title);
}

static double cell_height(const gf_painting *p, const gf_box *box, const gf_stand *at)
{
    return gf_cell_height(&p->profile, at->height, gf_box_cells(box));
}

/* The upper end of a cell: what comes last stands on top. */
static double cell_top(const gf_painting *p, const gf_box *box, const gf_stand *at, int k)
{
    return at->y + at->height / 2 - GF_BELOW_CELLS - (k + 1) * cell_height(p, box, at) + apart / 2;
}

double gf_cell_middle(const gf_painting *p, const gf_box *box, const gf_stand *at, int k)
{
    return cell_top(p, box, at, k) + (cell_height(p, box, at) - apart) / 2;
}

/* The largest letters with which all cells of the page find room, the same in each. */
static void choose_letters(gf_painting *p)
{
    p->cells = p->profile.letters;
    for (size_t k = 0; k < p->view->box_count; k++) {
        const gf_box *box = &p->view->boxes[k];
        const gf_stand *at = &p->spread->places[k];
        if (!gf_box_cells(box) || !at->shown)
            continue;
        bool wide = is_wide(p->view, box);
        double room = at->width - 2 * beside - 6, height = cell_height(p, box, at) - apart,
               width = widest(p->view, box, 100, p->tight, !wide) / 100;
        if (wide && height < lines_height * fmin(p->cells, room / width)) /* then some of a name stands beside it */
            width += least_name / least_letters;
        p->cells = fmin(p->cells, fmin(room / width, height * 0.7));
    }
    p->cells = fmax(floor(2 * p->cells) / 2, least_letters);
}

/* Below the step's name, what comes last on top, as on a page of equations. False where they find no room. */
static bool paint_cells(gf_painting *p, const gf_box *box, const gf_stand *at, const gf_inscription *lines)
{
    int count = gf_box_cells(box);
    if (count && p->cells == 0)
        choose_letters(p);
    double height = cell_height(p, box, at), left = at->x - at->width / 2 + beside, room = at->width - 2 * beside - 4;
    bool named = !is_wide(p->view, box), tight = p->tight || widest(p->view, box, p->cells, false, named) > room;
    if (!count || *lines->number || height < GF_LEAST_CELL || widest(p->view, box, p->cells, tight, named) > room)
        return false;
    double top = cell_top(p, box, at, count - 1), y = at->y - at->height / 2;
    gf_text_paint(p, at->x, (y + top) / 2 + (p->profile.letters + 1) * 0.36, GF_MIDDLE, p->theme->ink, lines->name,
                  p->profile.letters + 1, GF_BOLD);
    for (int k = 0; k < count; k++, top += height)
        paint_cell(p, box, &box->quantities[count - 1 - k],
                   (gf_bounds){left, top, left + at->width - 2 * beside, top + height - apart}, tight);
    return true;
}

void gf_whole_paint(gf_painting *p, const gf_box *box, const gf_stand *at, const gf_inscription *lines)
{
    gf_text names = {0};
    if (gf_courses_paint(p, box, at, lines) || paint_cells(p, box, at, lines))
        return;
    if (p->view->level == GF_LEVEL_STEPS)
        gf_quantities_list(box, &names);
    write_words(p, gf_text_string(&names), at, lines);
    p->drawing->failed |= names.failed;
    gf_text_free(&names);
}
