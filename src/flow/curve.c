/* Functions of one number: curves on a page, in characters, as CSV. */
#include <math.h>
#include <stdarg.h>

#include "base/sized.h"
#include "flow/reach.h"
#include "show/values.h"
#include "view/plot/page.h"

enum { POINTS = 401 };

typedef struct curves {
    gf_model *m;
    const gf_flow_options *options;
    gf_points points;
    gf_values values;
    gf_lines lines;
} curves;

static gf_status refuse(const curves *c, gf_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static gf_status refuse(const curves *c, gf_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    gf_text_add(&c->m->refusal, "flow: ");
    gf_text_vprint(&c->m->refusal, format, arguments);
    gf_text_add(&c->m->refusal, "\n");
    va_end(arguments);
    return c->m->refusal.failed ? GF_ERROR_MEMORY : status;
}

/* --- the lines ---------------------------------------------------------------------------------------------- */

static gf_status line_up(curves *c)
{
    size_t count = c->values.count;
    const double **numbers = gf_arena_get(&c->values.arena, count * sizeof *numbers);
    gf_line *list = gf_arena_get(&c->values.arena, count * sizeof *list);
    if (!numbers || !list)
        return GF_ERROR_MEMORY;
    for (size_t n = 0; n < count; n++) {
        const gf_series *series = &c->values.list[n];
        if (!series->scalar)
            return refuse(c, GF_ERROR_ARGUMENT, "--curve '%s' is %d x %d, and a curve is of one number", series->text,
                          series->values->rows, series->values->cols);
        numbers[n] = series->numbers;
        list[n] = (gf_line){.label = series->text, .numbers = numbers[n], .look = n};
    }
    c->lines = (gf_lines){.list = list,
                          .count = count,
                          .length = c->points.count,
                          .first = c->points.low,
                          .last = c->points.high,
                          .along = "u",
                          .continuous = true,
                          .labelled = true,
                          .axis = gf_axis_of_numbers(numbers, count, c->points.count)};
    return GF_OK;
}

/* --- forms -------------------------------------------------------------------------------------------------- */

static gf_status write_csv(gf_text *w, const curves *c)
{
    gf_text_add(w, "expression,u,value\n");
    for (size_t n = 0; n < c->values.count; n++)
        for (size_t k = 0; k < c->points.count; k++) {
            gf_csv_field(w, c->values.list[n].text);
            gf_text_add(w, ",");
            gf_text_number(w, gf_point_at(&c->points, k));
            gf_text_add(w, ",");
            gf_text_number(w, c->values.list[n].numbers[k]);
            gf_text_add(w, "\n");
        }
    return GF_OK;
}

static gf_status write_characters(gf_text *w, const curves *c)
{
    gf_chart_write(w, &c->lines, c->options->width > 0 ? c->options->width : 80);
    for (size_t n = 0; n < c->lines.count; n++)
        if (c->lines.count > 1)
            gf_text_print(w, "%c  %s\n", gf_chart_mark(n), c->lines.list[n].label);
        else
            gf_text_print(w, "%s\n", c->lines.list[n].label);
    return GF_OK;
}

static void draw(const curves *c, gf_drawing *d, const gf_theme *theme, const char *title, const char *about)
{
    gf_box box = {120, 130, d->width - 40 - gf_lines_label_room(&c->lines, 20), d->height - 100};
    gf_text_draw(d, 40, 58, GF_START, theme->ink, (gf_run){title, 30, GF_BOLD, 0}, d->width - 80);
    gf_text_draw(d, 40, 92, GF_START, theme->soft, (gf_run){about, 17, GF_PLAIN, 0}, d->width - 80);
    gf_lines_draw(d, theme, &c->lines, box, 20);
}

/* The model's title, or the functions themselves; and from where to where. */
static void write_texts(const curves *c, gf_text *title, gf_text *about)
{
    char low[GF_NUMBER], high[GF_NUMBER];
    gf_text_add(title, gf_model_title(c->m));
    for (size_t n = 0; n < c->lines.count && !*gf_model_title(c->m); n++)
        gf_text_print(title, "%s%s", n ? ", " : "", c->lines.list[n].label);
    gf_text_print(about, "u from %s to %s", gf_number_as(low, "%.6g", c->points.low),
                  gf_number_as(high, "%.6g", c->points.high));
    gf_text_add(about, gf_axis_loses(&c->lines.axis) ? "; " : "");
    if (gf_axis_loses(&c->lines.axis))
        gf_axis_write_lost(about, &c->lines.axis);
}

static gf_status write_picture(gf_text *w, const curves *c)
{
    static const char *const formats[] = {[GF_FLOW_SVG] = "svg", [GF_FLOW_PNG] = "png", [GF_FLOW_PDF] = "pdf"};
    const gf_flow_options *o = c->options;
    const gf_theme *theme = gf_theme_find(o->theme ? o->theme : "light");
    double width = o->page_width > 0 ? o->page_width : 1280, height = o->page_height > 0 ? o->page_height : 720;
    gf_text title = {0}, about = {0}, why = {0};
    gf_drawing d;
    if (!theme)
        return refuse(c, GF_ERROR_ARGUMENT, "there is no theme '%s', only light, dark and print", o->theme);
    if (c->lines.count > GF_LINES)
        return refuse(c, GF_ERROR_LIMIT, "a picture holds %d curves that can be told apart, not %zu", GF_LINES,
                      c->lines.count);
    if (width - 160 - gf_lines_label_room(&c->lines, 20) < 100 || height < 330)
        return refuse(c, GF_ERROR_LIMIT, "%.0f x %.0f pixels are too few: leave out --size", width, height);
    write_texts(c, &title, &about);
    gf_drawing_begin(&d, width, height, theme->ground, gf_text_string(&title), gf_text_string(&about));
    draw(c, &d, theme, gf_text_string(&title), gf_text_string(&about));
    gf_status status = d.failed || title.failed || about.failed
                           ? GF_ERROR_MEMORY
                           : gf_drawing_write(&d, formats[o->format], o->dots_per_inch, w, &why);
    if (why.size && status != GF_ERROR_MEMORY)
        status = refuse(c, status, "%s", gf_text_string(&why));
    gf_text_free(&title);
    gf_text_free(&about);
    gf_text_free(&why);
    gf_drawing_free(&d);
    return status;
}

/* --- the public face ------------------------------------------------------------------------------------------ */

static gf_status work_out(curves *c, const char *const expressions[], size_t count)
{
    gf_values_options options = {.size = sizeof options};
    gf_status status = gf_model_unroll(c->m);
    if (status)
        return status;
    status = gf_values_find_at(&c->values, c->m, expressions, count, &c->points, "flow: --curve", &options);
    if (status && status != GF_ERROR_MEMORY)
        gf_text_add(&c->m->refusal, gf_text_string(&c->values.why));
    return status ? status : line_up(c);
}

static gf_status run(gf_text *w, curves *c, const char *const expressions[], size_t count, const gf_flow_options *given)
{
    gf_flow_options own;
    char reason[GF_SIZED_WHY];
    c->options = &own;
    if (!gf_sized_take(&own, given, gf_flow_options, progress_data, reason))
        return refuse(c, GF_ERROR_ARGUMENT, "%s", reason);
    if ((size_t)own.format > GF_FLOW_PDF)
        return refuse(c, GF_ERROR_ARGUMENT, "there is no format %d", (int)own.format);
    if (!gf_flow_page_is_sound(&own))
        return refuse(c, GF_ERROR_ARGUMENT, "%s", gf_flow_page_wrong);
    if (!(c->points.low < c->points.high && isfinite(c->points.high - c->points.low)))
        return refuse(c, GF_ERROR_ARGUMENT, "--range: the smaller end stands first");
    gf_status status = work_out(c, expressions, count);
    if (status)
        return status;
    return own.format == GF_FLOW_CSV          ? write_csv(w, c)
           : own.format == GF_FLOW_CHARACTERS ? write_characters(w, c)
                                              : write_picture(w, c);
}

gf_status gf_flow_curves(char **out, size_t *length, gf_model *m, const char *const expressions[], size_t count,
                         double low, double high, const gf_flow_options *options)
{
    if (!gf_model_asked(out, m))
        return GF_ERROR_ARGUMENT;
    if (!expressions || !count)
        return gf_model_refuse(m, "gf_flow_curves: there is no expression");
    gf_text w = {0};
    curves c = {.m = m, .points = {"u", low, high, POINTS}};
    gf_status status = run(&w, &c, expressions, count, options);
    gf_values_free(&c.values);
    return gf_model_answer(out, length, m, &w, status);
}
