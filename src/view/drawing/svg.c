/* SVG: a drawing as text. What a program other than a browser does not know is avoided: no marker, no variable, no
 * style sheet but in what plays; a blank at the end of a <tspan> stays for xml:space. */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "view/drawing/drawing.h"

static const char *const sans = "Liberation Sans, Helvetica, Arial, sans-serif";
static const char *const serif = "Liberation Serif, Times New Roman, serif";

/* How much of what belongs to a later turn is seen. */
static const char pale[] = "0.08";

typedef struct paper {
    gf_text *out;
    const char *prefix;
    int turn;   /* what belongs to later ones is pale */
    bool plays; /* it becomes so by the style sheet */
} paper;

/* --- words and numbers ------------------------------------------------------------------------------- */

/* As printf has it, whose time goes into numbers that no page has. Its ties, which are binary, are left to it. */
static bool write_hundredths(gf_text *out, double length)
{
    double scaled = fabs(length) * 100, whole = floor(scaled + 0.5);
    if (!(scaled < 1e9) || fabs(fabs(scaled - whole) - 0.5) < 1e-6)
        return false;
    char text[16], *end = text + sizeof text, *at = end;
    unsigned long left = (unsigned long)whole;
    for (int k = 0; k < 2; k++, left /= 10)
        if (left % 10 || at < end)
            *--at = (char)('0' + left % 10);
    if (at < end)
        *--at = '.';
    do
        *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (length < 0 && whole > 0)
        *--at = '-';
    gf_text_bytes(out, at, (size_t)(end - at));
    return true;
}

void gf_length_write(gf_text *out, double length)
{
    char digits[GF_NUMBER];
    if (write_hundredths(out, length))
        return;
    gf_number_as(digits, fabs(length) < 1e12 ? "%.2f" : "%g", isfinite(length) ? length : 0);
    if (strchr(digits, '.') && !strchr(digits, 'e')) {
        size_t size = strlen(digits);
        while (digits[size - 1] == '0')
            digits[--size] = '\0';
        if (digits[size - 1] == '.')
            digits[size - 1] = '\0';
    }
    gf_text_add(out, strcmp(digits, "-0") == 0 ? "0" : digits);
}

static void add_escaped(gf_text *out, const char *text)
{
    for (;;) {
        size_t plain = strcspn(text, "<>&\"");
        gf_text_bytes(out, text, plain);
        text += plain;
        if (!*text)
            return;
        gf_text_add(out, *text == '<' ? "&lt;" : *text == '>' ? "&gt;" : *text == '&' ? "&amp;" : "&quot;");
        text++;
    }
}

static void attribute(gf_text *out, const char *name, const char *value)
{
    gf_text_print(out, " %s=\"", name);
    add_escaped(out, value);
    gf_text_add(out, "\"");
}

static void length_attribute(gf_text *out, const char *name, double length)
{
    gf_text_print(out, " %s=\"", name);
    gf_length_write(out, length);
    gf_text_add(out, "\"");
}

static void element(gf_text *out, const char *name, const char *text)
{
    gf_text_print(out, "<%s>", name);
    add_escaped(out, text);
    gf_text_print(out, "</%s>", name);
}

static void point(gf_text *out, gf_point p)
{
    gf_length_write(out, p.x);
    gf_text_add(out, " ");
    gf_length_write(out, p.y);
}

/* To which turn what is painted belongs: as a class that the style sheet knows, or, in a still, by how pale it is. */
static void turn_attribute(const paper *p, const gf_item *item)
{
    if (p->plays && item->turn)
        gf_text_print(p->out, " class=\"%s%d\"", p->prefix, item->turn);
    else if (item->turn > p->turn)
        gf_text_print(p->out, " opacity=\"%s\"", pale);
}

/* --- groups ------------------------------------------------------------------------------------------ */

/* Ids, with blanks between them: each with the prefix before it. */
static void ids(const paper *p, const char *name, const char *list)
{
    gf_text_print(p->out, " %s=\"", name);
    while (*list) {
        size_t word = strcspn(list, " "), gap = strspn(list + word, " ");
        add_escaped(p->out, p->prefix);
        for (const char *end = list + word; list < end; list++)
            add_escaped(p->out, (char[]){*list, '\0'});
        list += gap;
        gf_text_add(p->out, *list ? " " : "");
    }
    gf_text_add(p->out, "\"");
}

static void write_group(const paper *p, const gf_item *group)
{
    gf_text_add(p->out, "<g");
    if (group->id)
        ids(p, "id", group->id);
    if (group->class)
        attribute(p->out, "class", group->class);
    if (group->from)
        ids(p, "data-from", group->from);
    if (group->to)
        ids(p, "data-to", group->to);
    gf_text_add(p->out, ">");
    if (group->title)
        element(p->out, "title", group->title);
    gf_text_add(p->out, "\n");
}

/* --- areas ------------------------------------------------------------------------------------------- */

/* Dots are as round as the line is wide. */
static const char *const dashes[] = {
    [GF_SOLID] = " stroke-linecap=\"round\"",
    [GF_DASHED] = " stroke-dasharray=\"5 4\"",
    [GF_DOTTED] = " stroke-linecap=\"round\" stroke-dasharray=\"0.1 6\"",
    [GF_DASH_DOTTED] = " stroke-dasharray=\"12 4 3 4\"",
};

static void write_area(const paper *p, const gf_item *item)
{
    const gf_area *area = &item->area;
    gf_text_add(p->out, "<rect");
    length_attribute(p->out, "x", item->x);
    length_attribute(p->out, "y", item->y);
    length_attribute(p->out, "width", item->width);
    length_attribute(p->out, "height", item->height);
    if (area->radius > 0)
        length_attribute(p->out, "rx", area->radius);
    attribute(p->out, "fill", *area->fill ? area->fill : "none");
    if (*area->line) {
        attribute(p->out, "stroke", area->line);
        length_attribute(p->out, "stroke-width", area->width);
        gf_text_add(p->out, area->dashed ? dashes[GF_DASHED] : "");
    }
    turn_attribute(p, item);
    gf_text_add(p->out, "/>\n");
}

/* --- lines ------------------------------------------------------------------------------------------- */

/* How far a halo reaches beyond its line, on both sides together. */
static const double halo_width = 3.2;

static double distance(gf_point a, gf_point b)
{
    return hypot(b.x - a.x, b.y - a.y);
}

/* The point that lies `far` from a on the way to b. */
static gf_point toward(gf_point a, gf_point b, double far)
{
    double share = distance(a, b) > 0 ? far / distance(a, b) : 0;
    return (gf_point){a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)};
}

/* How long an arrow's tip is: it grows with the line, and fits into its last piece. */
static double tip_length(const gf_item *line)
{
    size_t last = line->point_count - 1;
    return fmin(4.5 + line->pen.width * 0.75, 0.9 * distance(line->points[last - 1], line->points[last]));
}

/* Where the line itself ends: within the tip, so that it does not show beside its point. */
static gf_point end_of_line(const gf_item *line)
{
    size_t last = line->point_count - 1;
    double back = line->pen.head ? 0.8 * tip_length(line) : 0;
    return toward(line->points[last], line->points[last - 1], back);
}

/* A bend at b, rounded by a curve from the piece before it to the one after. Bends share a piece by halves; one that
 * has it alone may take all of it. */
static void bend(gf_text *out, const gf_item *line, size_t k, gf_point next)
{
    gf_point before = line->points[k - 1], b = line->points[k];
    double in = distance(before, b) / (k > 1 ? 2 : 1), on = distance(b, next) / (k + 2 < line->point_count ? 2 : 1);
    double radius = fmin(line->pen.radius, fmin(in, on));
    gf_text_add(out, " L ");
    point(out, radius > 0 ? toward(b, before, radius) : b);
    if (radius > 0) {
        gf_text_add(out, " Q ");
        point(out, b);
        gf_text_add(out, " ");
        point(out, toward(b, next, radius));
    }
}

static void path(const paper *p, const gf_item *line, const char *colour, double width)
{
    gf_text *out = p->out;
    size_t last = line->point_count - 1;
    gf_text_add(out, "<path d=\"M ");
    point(out, line->points[0]);
    for (size_t k = 1; k < last; k++)
        bend(out, line, k, k + 1 < last ? line->points[k + 1] : end_of_line(line));
    gf_text_add(out, " L ");
    point(out, end_of_line(line));
    gf_text_add(out, "\" fill=\"none\" stroke-linejoin=\"round\"");
    attribute(out, "stroke", colour);
    length_attribute(out, "stroke-width", width);
    turn_attribute(p, line);
}

static void triangle(const paper *p, const gf_item *line, const gf_point corners[3])
{
    gf_text_add(p->out, "<polygon points=\"");
    for (size_t k = 0; k < 3; k++) {
        gf_text_add(p->out, k ? " " : "");
        point(p->out, corners[k]);
    }
    gf_text_add(p->out, "\"");
    attribute(p->out, "fill", line->pen.colour);
    turn_attribute(p, line);
    gf_text_add(p->out, "/>\n");
}

/* Two corners beside the line, and the last point. */
static void tip(const paper *p, const gf_item *line)
{
    size_t last = line->point_count - 1;
    gf_point end = line->points[last], foot = toward(end, line->points[last - 1], tip_length(line));
    double half = 3 + line->pen.width * 0.6, most = line->pen.tip > 0 ? line->pen.tip / 2 : half;
    half = fmin(half, most);
    double length = fmax(distance(foot, end), 1e-9);
    double x = (end.x - foot.x) / length * half, y = (end.y - foot.y) / length * half;
    triangle(p, line, (gf_point[]){end, {foot.x - y, foot.y + x}, {foot.x + y, foot.y - x}});
}

static void write_line(const paper *p, const gf_item *line)
{
    const gf_pen *pen = &line->pen;
    if (*pen->halo) {
        path(p, line, pen->halo, pen->width + halo_width);
        gf_text_add(p->out, "/>\n");
    }
    if (*pen->colour) {
        path(p, line, pen->colour, pen->width);
        gf_text_add(p->out, dashes[pen->dash]);
        gf_text_add(p->out, "/>\n");
        if (pen->head && !pen->later)
            tip(p, line);
    }
}

/* --- texts ------------------------------------------------------------------------------------------- */

static void write_run(gf_text *out, const gf_run *run, double raised)
{
    gf_text_add(out, "<tspan");
    length_attribute(out, "font-size", run->size);
    if (run->style & GF_BOLD)
        attribute(out, "font-weight", "bold");
    if (run->style & GF_ITALIC)
        attribute(out, "font-style", "italic");
    if (run->raise != raised)
        length_attribute(out, "dy", raised - run->raise);
    gf_text_add(out, ">");
    add_escaped(out, run->text);
    gf_text_add(out, "</tspan>");
}

/* A run that is empty is left out: the dy of a <tspan> without letters gets lost. */
static void write_text(const paper *p, const gf_item *text)
{
    gf_text_add(p->out, "<text xml:space=\"preserve\"");
    length_attribute(p->out, "x", text->x);
    length_attribute(p->out, "y", text->y);
    if (text->anchor != GF_START)
        attribute(p->out, "text-anchor", text->anchor == GF_MIDDLE ? "middle" : "end");
    if (text->upright) {
        gf_text_add(p->out, " transform=\"rotate(-90 ");
        gf_length_write(p->out, text->x);
        gf_text_add(p->out, " ");
        gf_length_write(p->out, text->y);
        gf_text_add(p->out, ")\"");
    }
    if (text->face == GF_SERIF)
        attribute(p->out, "font-family", serif);
    attribute(p->out, "fill", text->colour);
    turn_attribute(p, text);
    gf_text_add(p->out, ">");
    double raised = 0;
    for (size_t k = 0; k < text->run_count; k++)
        if (*text->runs[k].text) {
            write_run(p->out, &text->runs[k], raised);
            raised = text->runs[k].raise;
        }
    gf_text_add(p->out, "</text>\n");
}

/* --- all of it --------------------------------------------------------------------------------------- */

static void write_item(const paper *p, const gf_item *item)
{
    switch (item->kind) {
    case GF_ITEM_GROUP:
        write_group(p, item);
        break;
    case GF_ITEM_END:
        gf_text_add(p->out, "</g>\n");
        break;
    case GF_ITEM_AREA:
        write_area(p, item);
        break;
    case GF_ITEM_LINE:
        write_line(p, item);
        break;
    case GF_ITEM_TIP:
        tip(p, item);
        break;
    case GF_ITEM_TEXT:
        write_text(p, item);
        break;
    }
}

/* A turn takes 0.4 seconds, all together at most 40; then the picture stands for 4, and fades for the next round. */
static void write_style(const paper *p, int turns)
{
    double each = turns > 100 ? 40.0 / turns : 0.4, all = turns * each + 5, rest = 100 * (all - 1) / all;
    gf_text_add(p->out, "\n<style>@media (prefers-reduced-motion: no-preference) {\n");
    for (int k = 1; k <= turns; k++) {
        double from = 100 * (k - 1) * each / all;
        gf_text_print(p->out, ".%s%d {animation: %s%d ", p->prefix, k, p->prefix, k);
        gf_length_write(p->out, all);
        gf_text_print(p->out, "s linear infinite}\n@keyframes %s%d {0%%, ", p->prefix, k);
        gf_length_write(p->out, from);
        gf_text_print(p->out, "%% {opacity: %s} ", pale);
        gf_length_write(p->out, from + 100 * each / all);
        gf_text_add(p->out, "%, ");
        gf_length_write(p->out, rest);
        gf_text_print(p->out, "%% {opacity: 1} 100%% {opacity: %s}}\n", pale);
    }
    gf_text_add(p->out, "}</style>");
}

static void write_head(const paper *p, const gf_drawing *d)
{
    gf_text *out = p->out;
    gf_text_add(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 ");
    point(out, (gf_point){d->width, d->height});
    gf_text_add(out, "\"");
    length_attribute(out, "width", d->width);
    length_attribute(out, "height", d->height);
    attribute(out, "font-family", sans);
    gf_text_add(out, ">\n");
    if (*d->title)
        element(out, "title", d->title);
    if (*d->description)
        element(out, "desc", d->description);
    if (p->plays)
        write_style(p, d->turns);
    if (*d->ground) {
        gf_text_add(out, "\n<rect width=\"100%\" height=\"100%\"");
        attribute(out, "fill", d->ground);
        gf_text_add(out, "/>\n");
    }
}

static void write_all(const paper *p, const gf_drawing *d)
{
    p->out->failed |= d->failed;
    if (p->out->failed)
        return;
    write_head(p, d);
    for (size_t k = 0; k < d->count; k++)
        write_item(p, &d->items[k]);
    gf_text_add(p->out, "</svg>\n");
}

void gf_svg_write(const gf_drawing *d, const char *prefix, gf_text *out)
{
    write_all(&(paper){.out = out, .prefix = prefix, .turn = INT_MAX}, d);
}

void gf_svg_write_turn(const gf_drawing *d, const char *prefix, int turn, gf_text *out)
{
    write_all(&(paper){.out = out, .prefix = prefix, .turn = turn}, d);
}

void gf_svg_write_playing(const gf_drawing *d, const char *prefix, gf_text *out)
{
    write_all(&(paper){.out = out, .prefix = prefix, .turn = INT_MAX, .plays = true}, d);
}
