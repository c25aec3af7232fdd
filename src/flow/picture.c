/* The page: heat maps side by side, what is left at each distance below or beside them; or lines alone. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "flow/panels.h"
#include "view/plot/page.h"

static const double margin = 40, top = 160;                                    /* of the page; where plots begin */
static const double heading = 30, least_heading = 18, text = 17, letters = 13; /* sizes of texts */
static const double key_width = 300;
static const double gap = 76, least_side = 60; /* between panels; of one */
static const double least_beside = 200;        /* of words beside a panel */
static const double least_row = 17, most_row = 30, least_field = 130;

typedef struct page {
    gf_drawing d;
    gf_flow_work *f;
    const gf_panels *p;
    const gf_theme *theme;
    double width, height;
} page;

/* --- texts -------------------------------------------------- */

static void draw_text(page *g, double x, double y, const char *colour, const char *words, double size, unsigned style,
                      double room)
{
    gf_text_draw(&g->d, x, y, GF_START, colour, (gf_run){words, size, style, 0}, room);
}

static void draw_head(page *g, bool key)
{
    double room = g->width - 2 * margin - (key ? key_width + margin : 0);
    double width = gf_letters_width(g->p->title, GF_SANS, GF_BOLD, heading);
    double size = fmax(least_heading, fmin(heading, heading * room / width));
    draw_text(g, margin, 58, g->theme->ink, g->p->title, size, GF_BOLD, room);
    draw_text(g, margin, 90, g->theme->soft, g->p->about, text, GF_PLAIN, room);
    gf_flow_kind kind = g->f->options->kind;
    const char *what =
        kind == GF_FLOW_LOSS || kind == GF_FLOW_WEIGHTS ? "size of the gradient" : "largest singular value";
    if (key)
        gf_heat_draw_key(&g->d, g->theme, &g->p->scale, g->p->scale.below ? "size (the scale ends at rounding)" : what,
                         g->width - margin - key_width, g->width - margin, 44);
}

/* "c[t-1] -> c[t]" with the signs that print has: "c[t−1] → c[t]". */
static const char *set_signs(page *g, const char *plain)
{
    gf_text set = {0};
    for (const char *at = plain; *at; at++) {
        bool arrow = at[0] == '-' && at[1] == '>', minus = *at == '-' && at > plain && at[-1] == 't';
        gf_text_bytes(&set, arrow ? "→" : minus ? "\u2212" : at, arrow || minus ? 3 : 1);
        at += arrow;
    }
    const char *kept = gf_text_keep(&set, &g->f->arena);
    g->d.failed |= !kept;
    return kept ? kept : plain;
}

/* Of paths, wherever they are named. */
static void set_all_signs(page *g, gf_panels *p)
{
    for (size_t n = 0; n < p->count; n++)
        for (size_t k = 0; k < p->list[n].count && p->list[n].names; k++)
            p->list[n].names[k] = set_signs(g, p->list[n].names[k]);
    for (size_t n = 0; n < p->own; n++)
        p->words[n].label = set_signs(g, p->words[n].label);
    gf_line *lines = gf_arena_get(&g->f->arena, p->lines.count * sizeof *lines);
    g->d.failed |= !lines;
    for (size_t n = 0; lines && n < p->lines.count; n++) {
        lines[n] = p->lines.list[n];
        lines[n].label = set_signs(g, lines[n].label);
    }
    p->lines.list = lines ? lines : p->lines.list;
}

/* --- lines -------------------------------------------------- */

/* In what is left of the page, where it is enough. */
static void draw_lines(page *g, gf_box box, double size)
{
    gf_text along = {0};
    gf_lines lines = g->p->lines;
    gf_text_print(&along, "%s, |k − t|: the geometric mean over all k", lines.along);
    lines.along = g->f->list[0].pairs ? gf_text_string(&along) : lines.along;
    g->d.failed |= along.failed;
    box.right -= gf_lines_label_room(&lines, size);
    if (g->p->own <= GF_LINES && box.bottom - box.top >= least_field && box.right - box.left >= least_field)
        gf_lines_draw(&g->d, g->theme, &lines, box, size);
    gf_text_free(&along);
}

static gf_status draw_lines_alone(page *g)
{
    gf_text words = {0};
    double room = g->width - 2 * margin;
    draw_head(g, false);
    for (size_t n = 0; n < g->p->own; n++)
        gf_text_print(&words, "%s%s: %s", n ? "     " : "", g->p->words[n].label, g->p->words[n].text);
    if (gf_letters_width(gf_text_string(&words), GF_SANS, GF_PLAIN, letters) <= room)
        draw_text(g, margin, 116, g->theme->soft, gf_text_string(&words), letters, GF_PLAIN, room);
    g->d.failed |= words.failed;
    gf_text_free(&words);
    draw_lines(g, (gf_box){margin + 80, 150, g->width - margin, g->height - 100}, text);
    return GF_OK;
}

/* --- heat maps of pairs -------------------------------------------------- */

/* The name of an axis in italics, and what it counts, where there is room. */
static void draw_axis(page *g, double x, double y, const char *name, const char *counts, double room)
{
    const gf_run runs[] = {{name, 15, GF_ITALIC, 0}, {": ", 15, GF_PLAIN, 0}, {counts, 15, GF_PLAIN, 0}};
    size_t count = gf_runs_width(runs, 3, GF_SANS) <= room ? 3 : 1;
    gf_drawing_runs(&g->d, x, y, GF_MIDDLE, GF_SANS, g->theme->soft, runs, count);
}

/* "× 0.32 a step", and below it, a line each, what else there is to say. */
static void draw_words_beside(page *g, const char *words, double x, double y, double room)
{
    double size = 20;
    while (*words) {
        size_t length = strcspn(words, ";,");
        char line[256];
        snprintf(line, sizeof line, "%.*s", (int)length, words);
        draw_text(g, x, y += size * 1.5, size > text ? g->theme->ink : g->theme->soft, line, size,
                  size > text ? GF_BOLD : GF_PLAIN, room);
        words += length + strspn(words + length, ";, ");
        size = text;
    }
}

/* Above it its title, and what it says; or that beside it, where there is room for it. */
static void draw_panel(page *g, size_t n, double left, double above, double side, double pitch, bool first)
{
    const gf_panel *panel = &g->p->list[n];
    const gf_words *words = &g->p->words[n];
    double room = pitch - 16, beside = pitch - side - gap;
    bool whole = gf_letters_width(words->text, GF_SANS, GF_PLAIN, 12) <= room || !*words->brief;
    bool narrow = beside < least_beside;
    draw_text(g, left, above - (narrow ? 28 : 14), g->theme->ink, panel->heat.title, text, GF_BOLD, room);
    if (narrow)
        draw_text(g, left, above - 10, g->theme->soft, whole ? words->text : words->brief, 12, GF_PLAIN, room);
    else
        draw_words_beside(g, words->text, left + side + 24, above, beside);
    gf_heat_draw(&g->d, g->theme, &panel->heat, &g->p->scale, (gf_box){left, above, left + side, above + side},
                 letters);
    draw_axis(g, left + side / 2, above + side + 42, "t", "the state reached", side + gap);
    if (first) {
        draw_axis(g, left - 44, above + side / 2, "k",
                  g->f->options->kind == GF_FLOW_LOSS ? "the loss" : "the state it starts from", side);
        gf_drawing_upright(&g->d);
    }
}

/* How large a panel is, where so many stand in a row. */
static double side_of(const page *g, size_t cols)
{
    size_t rows = (g->p->count + cols - 1) / cols;
    double room = (g->width - 2 * margin) / (double)cols - gap;
    double high = (g->height - 60 - top) / (double)rows - (rows > 1 ? 100 : 10);
    if (rows == 1) /* and the lines beside it, or below */
        high = cols == 1 ? fmin(high, g->width * 0.4) : high * 0.53;
    return floor(fmin(room, high));
}

/* One, and beside it its lines; up to four in a row, and the lines below; more in rows that make them largest. */
static gf_status draw_pairs(page *g)
{
    size_t count = g->p->count, cols = count < 4 ? count : 4;
    for (size_t more = 4; more <= count && count > 4; more++)
        cols = side_of(g, more) > side_of(g, cols) ? more : cols;
    double side = side_of(g, cols);
    if (side < least_side)
        return gf_flow_refuse(g->f, GF_ERROR_LIMIT, "%.0f x %.0f pixels are too few: leave out --size", g->width,
                              g->height);
    double pitch = count > 1 && count == cols ? (g->width - margin - 56) / (double)cols : side + gap;
    draw_head(g, true);
    for (size_t n = 0; n < count; n++)
        draw_panel(g, n, margin + 56 + (double)(n % cols) * pitch, top + 10 + (double)(n / cols) * (side + 100), side,
                   pitch, n % cols == 0);
    if (count == 1)
        draw_lines(g, (gf_box){margin + side + 190, top + 10, g->width - margin, top + 10 + side - 20}, 15);
    else if (count == cols)
        draw_lines(g, (gf_box){margin + 56, top + side + 82, g->width - margin, g->height - 66}, 15);
    return GF_OK;
}

/* --- heat maps of rows -------------------------------------------------- */

static double widest_name(const gf_panels *p)
{
    double widest = 0;
    for (size_t n = 0; n < p->count; n++)
        for (size_t k = 0; k < p->list[n].count; k++)
            widest = fmax(widest, gf_letters_width(p->list[n].names[k], GF_SANS, GF_PLAIN, letters));
    return fmin(widest, 360);
}

static double widest_brief(const gf_panels *p)
{
    double widest = 0;
    for (size_t n = 0; n < p->own; n++)
        widest = fmax(widest, gf_letters_width(p->words[n].brief, GF_SANS, GF_BOLD, letters));
    return widest;
}

enum { PANEL = 64 }; /* above and below the rows of a panel */

static double row_height(const page *g)
{
    const gf_panels *p = g->p;
    double room = g->height - top - (double)p->count * PANEL;
    double with_lines = (room - least_field - 140) / (double)p->own;
    return floor(fmin(most_row, with_lines >= least_row ? with_lines : room / (double)p->own));
}

static double draw_rows_of(page *g, size_t n, size_t first, double above, double high)
{
    const gf_panel *panel = &g->p->list[n];
    double left = margin + widest_name(g->p) + 20, right = g->width - margin - widest_brief(g->p) - 14;
    gf_box box = {left, above, right, above + high * (double)panel->count};
    draw_text(g, left, above - 12, g->theme->ink, panel->heat.title, text, GF_BOLD, right - left);
    gf_heat_draw(&g->d, g->theme, &panel->heat, &g->p->scale, box, letters);
    for (size_t k = 0; k < panel->count; k++)
        draw_text(g, right + 12, above + high * ((double)k + 0.5) + letters * 0.36, g->theme->ink,
                  g->p->words[first + k].brief, letters, GF_BOLD, g->width - right);
    gf_drawing_text(&g->d, right + 12, box.bottom + letters * 1.4, GF_START, GF_SANS, g->theme->ink, "t", text,
                    GF_ITALIC);
    return box.bottom;
}

static gf_status draw_rows(page *g)
{
    double high = row_height(g), above = top;
    if (high < least_row)
        return gf_flow_refuse(g->f, GF_ERROR_LIMIT,
                              "%zu rows do not fit %.0f x %.0f pixels: --of takes fewer names, or leave out --size",
                              g->p->own, g->width, g->height);
    draw_head(g, true);
    for (size_t n = 0, first = 0; n < g->p->count; first += g->p->list[n].count, n++)
        above = draw_rows_of(g, n, first, above, high) + PANEL;
    draw_lines(g, (gf_box){margin + 80, above, g->width - margin, g->height - 66}, 14);
    return GF_OK;
}

/* --- the page -------------------------------------------------- */

/* As high as it takes, unless it was said. */
static void size_page(page *g)
{
    const gf_flow_options *o = g->f->options;
    bool rows = !g->f->list[0].pairs && !o->lines;
    double high = top + (double)g->p->count * PANEL + (double)g->p->own * least_row;
    g->width = o->page_width > 0 ? o->page_width : 1280;
    g->height = o->page_height > 0 ? o->page_height : rows ? fmax(720, high) : 720;
}

static gf_status check(const page *g)
{
    const gf_flow_options *o = g->f->options;
    if (!g->theme)
        return gf_flow_refuse(g->f, GF_ERROR_ARGUMENT, "there is no theme '%s', only light, dark and print", o->theme);
    for (size_t n = 1; n < g->f->count && !o->lines; n++)
        if (g->f->list[n].pairs != g->f->list[0].pairs)
            return gf_flow_refuse(g->f, GF_ERROR_ARGUMENT,
                                  "%s has one loss, %s one at each step: no heat map holds both; --plot lines does",
                                  g->f->list[g->f->list[0].pairs ? n : 0].file,
                                  g->f->list[g->f->list[0].pairs ? 0 : n].file);
    if ((o->lines || g->f->list[0].pairs) && g->p->own > GF_LINES)
        return gf_flow_refuse(g->f, GF_ERROR_LIMIT, "a picture holds %d of these, not %zu: --of takes fewer names",
                              GF_LINES, g->p->own);
    return GF_OK;
}

/* No path leads from one step to the next where there is but one. */
static bool is_empty(const gf_flow_work *f)
{
    for (size_t n = 0; n < f->count; n++)
        if (f->list[n].pairs || f->list[n].first <= f->list[n].last)
            return false;
    return true;
}

static gf_status draw(page *g)
{
    if (is_empty(g->f)) {
        draw_head(g, false);
        gf_drawing_text(&g->d, g->width / 2, g->height / 2, GF_MIDDLE, GF_SANS, g->theme->soft,
                        "a single step: no path leads from one step to the next", text, GF_PLAIN);
        return GF_OK;
    }
    if (g->f->options->lines)
        return draw_lines_alone(g);
    return g->f->list[0].pairs ? draw_pairs(g) : draw_rows(g);
}

gf_status gf_flow_write_picture(gf_text *w, gf_flow_work *f)
{
    static const char *const formats[] = {[GF_FLOW_SVG] = "svg", [GF_FLOW_PNG] = "png", [GF_FLOW_PDF] = "pdf"};
    gf_panels panels;
    gf_text why = {0};
    page g = {.f = f, .p = &panels, .theme = gf_theme_find(f->options->theme ? f->options->theme : "light")};
    if (!gf_panels_of(&panels, f))
        return GF_ERROR_MEMORY;
    gf_status status = check(&g);
    if (status)
        return status;
    size_page(&g);
    gf_drawing_begin(&g.d, g.width, g.height, g.theme->ground, panels.title, panels.about);
    if (f->options->kind == GF_FLOW_PATHS)
        set_all_signs(&g, &panels);
    status = draw(&g);
    if (!status && g.d.failed)
        status = GF_ERROR_MEMORY;
    if (!status)
        status = gf_drawing_write(&g.d, formats[f->options->format], f->options->dots_per_inch, w, &why);
    if (why.size && status != GF_ERROR_MEMORY)
        status = gf_flow_refuse(f, status, "%s", gf_text_string(&why));
    gf_text_free(&why);
    gf_drawing_free(&g.d);
    return status;
}
