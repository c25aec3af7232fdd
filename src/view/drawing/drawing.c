/* The display list: takes what is painted, and owns a copy of it. */
#include "view/drawing/drawing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "view/drawing/figures.h"

/* Points that are nearer, in pixels, are one. */
static const double nearness = 0.05;

/* --- copies: NULL and `failed` without memory -------------------------------------------------------- */

static void *piece(gf_drawing *d, size_t bytes)
{
    void *memory = d->failed ? NULL : gf_arena_get(&d->arena, bytes);
    d->failed |= !memory;
    return memory;
}

/* A copy of what may hold anything, fit for XML and JSON: UTF-8 without control characters. */
static const char *copy_text(gf_drawing *d, const char *text)
{
    gf_text clean = {0};
    if (!text || d->failed)
        return NULL;
    gf_text_name(&clean, text);
    const char *copy = gf_text_keep(&clean, &d->arena);
    d->failed |= !copy;
    return copy;
}

/* Of what may be left out: "" then. */
static const char *copy_word(gf_drawing *d, const char *text)
{
    return text && *text ? copy_text(d, text) : "";
}

static gf_item *add(gf_drawing *d, gf_item item)
{
    d->failed = d->failed || !gf_grow(&d->items, &d->room, d->count + 1);
    if (d->failed)
        return NULL;
    item.turn = d->turn;
    d->turns = d->turn > d->turns ? d->turn : d->turns;
    d->items[d->count] = item;
    return &d->items[d->count++];
}

/* --- the page, groups -------------------------------------------------------------------------------- */

void gf_drawing_begin(gf_drawing *d, double width, double height, const char *ground, const char *title,
                      const char *description)
{
    *d = (gf_drawing){.width = width, .height = height};
    d->ground = copy_word(d, ground);
    d->title = copy_word(d, title);
    d->description = copy_word(d, description);
}

void gf_drawing_free(gf_drawing *d)
{
    free(d->items);
    gf_arena_free(&d->arena);
    *d = (gf_drawing){0};
}

void gf_drawing_group(gf_drawing *d, const char *id, const char *class, const char *title)
{
    add(d,
        (gf_item){
            .kind = GF_ITEM_GROUP, .id = copy_text(d, id), .class = copy_text(d, class), .title = copy_text(d, title)});
}

void gf_drawing_arrow(gf_drawing *d, const char *class, const char *title, const char *from, const char *to)
{
    add(d, (gf_item){.kind = GF_ITEM_GROUP,
                     .class = copy_text(d, class),
                     .title = copy_text(d, title),
                     .from = copy_text(d, from),
                     .to = copy_text(d, to)});
}

void gf_drawing_end(gf_drawing *d)
{
    add(d, (gf_item){.kind = GF_ITEM_END});
}

static void magnify_points(gf_drawing *d, gf_item *item, double factor)
{
    gf_point *points = piece(d, item->point_count * sizeof *points);
    for (size_t k = 0; points && k < item->point_count; k++)
        points[k] = (gf_point){item->points[k].x * factor, item->points[k].y * factor};
    item->points = points ? points : item->points;
}

static void magnify_runs(gf_drawing *d, gf_item *item, double factor)
{
    gf_run *runs = piece(d, item->run_count * sizeof *runs);
    for (size_t k = 0; runs && k < item->run_count; k++) {
        runs[k] = item->runs[k];
        runs[k].size *= factor, runs[k].raise *= factor;
    }
    item->runs = runs ? runs : item->runs;
}

void gf_drawing_magnify(gf_drawing *d, size_t first, double factor)
{
    for (size_t k = first; factor != 1 && k < d->count; k++) {
        gf_item *item = &d->items[k];
        item->x *= factor, item->y *= factor, item->width *= factor, item->height *= factor;
        item->area.radius *= factor, item->pen.radius *= factor;
        if (item->point_count)
            magnify_points(d, item, factor);
        if (item->run_count)
            magnify_runs(d, item, factor);
    }
}

/* --- areas, lines ------------------------------------------------------------------------------------ */

void gf_drawing_area(gf_drawing *d, double x, double y, double width, double height, const gf_area *area)
{
    gf_area own = *area;
    own.fill = copy_word(d, area->fill);
    own.line = copy_word(d, area->line);
    add(d, (gf_item){.kind = GF_ITEM_AREA, .x = x, .y = y, .width = width, .height = height, .area = own});
}

static bool near(gf_point a, gf_point b)
{
    return hypot(a.x - b.x, a.y - b.y) < nearness;
}

/* Does b stand between a and c on a line that is level or upright? */
static bool between(gf_point a, gf_point b, gf_point c)
{
    bool upright = fabs(a.x - b.x) < nearness && fabs(b.x - c.x) < nearness && (b.y - a.y) * (c.y - b.y) >= 0;
    bool level = fabs(a.y - b.y) < nearness && fabs(b.y - c.y) < nearness && (b.x - a.x) * (c.x - b.x) >= 0;
    return upright || level;
}

size_t gf_points_tidy(gf_point *out, const gf_point *points, size_t count)
{
    size_t kept = 0;
    for (size_t k = 0; k < count; k++) {
        if (kept && near(out[kept - 1], points[k]))
            continue;
        if (kept > 1 && between(out[kept - 2], out[kept - 1], points[k]))
            kept--;
        out[kept++] = points[k];
    }
    return kept;
}

static void add_line(gf_drawing *d, gf_item_kind kind, const gf_point *points, size_t count, const gf_pen *pen)
{
    gf_pen own = *pen;
    own.colour = copy_word(d, pen->colour);
    own.halo = copy_word(d, pen->halo);
    gf_point *copy = piece(d, count * sizeof *copy);
    size_t kept = copy ? gf_points_tidy(copy, points, count) : 0;
    if (kept > 1)
        add(d, (gf_item){.kind = kind, .pen = own, .points = copy, .point_count = kept});
}

void gf_drawing_line(gf_drawing *d, const gf_point *points, size_t count, const gf_pen *pen)
{
    add_line(d, GF_ITEM_LINE, points, count, pen);
}

void gf_drawing_tip(gf_drawing *d, const gf_point *points, size_t count, const gf_pen *pen)
{
    add_line(d, GF_ITEM_TIP, points, count, pen);
}

/* --- texts ------------------------------------------------------------------------------------------- */

void gf_drawing_runs(gf_drawing *d, double x, double y, gf_anchor anchor, gf_face face, const char *colour,
                     const gf_run *runs, size_t count)
{
    gf_run *copy = piece(d, count * sizeof *copy);
    for (size_t k = 0; copy && k < count; k++) {
        copy[k] = runs[k];
        copy[k].text = copy_word(d, runs[k].text);
    }
    add(d, (gf_item){.kind = GF_ITEM_TEXT,
                     .x = x,
                     .y = y,
                     .anchor = anchor,
                     .face = face,
                     .colour = copy_word(d, colour),
                     .runs = copy,
                     .run_count = count});
}

void gf_drawing_text(gf_drawing *d, double x, double y, gf_anchor anchor, gf_face face, const char *colour,
                     const char *text, double size, unsigned style)
{
    gf_drawing_runs(d, x, y, anchor, face, colour, &(gf_run){text, size, style, 0}, 1);
}

bool gf_powers_are_long(double low, double high)
{
    return low < -3 || high > 3;
}

void gf_drawing_power(gf_drawing *d, double x, double y, gf_anchor anchor, const char *colour, const char *before,
                      int power, bool raised, double size)
{
    char figure[GF_FIGURE], exponent[16] = "", text[GF_FIGURE + 16];
    bool plain = !raised || power == 0 || power == 1;
    if (!plain)
        snprintf(exponent, sizeof exponent, "%s%d", power < 0 ? "\u2212" : "", abs(power));
    gf_figure(figure, plain ? pow(10, power) : 10, 4);
    snprintf(text, sizeof text, "%.15s%s", before, figure);
    const gf_run runs[] = {
        {text, size, GF_PLAIN, 0},
        {exponent, fmax(size * 0.75, 12), GF_PLAIN, size * 7 / 17},
    };
    gf_drawing_runs(d, x, y, anchor, GF_SANS, colour, runs, plain ? 1 : 2);
}

void gf_drawing_upright(gf_drawing *d)
{
    if (!d->failed)
        d->items[d->count - 1].upright = true;
}
