/* A picture of numbers over t, for a slide: a line a series, its expression at its end, in the look of the other
 * pictures. */
#include <math.h>

#include "show/values.h"
#include "view/plot/page.h"

static const double width = 1280, height = 720;
static const double left = 120, right = 60, top = 130, bottom = 100; /* around the field of the lines */
static const double letters = 20, small = 17, heading = 30;          /* sizes of texts */

/* One line is what the page is about; of several each says it at its end. */
static void draw_title(gf_drawing *d, const gf_theme *theme, const gf_values *values, const gf_axis *axis)
{
    bool one = values->count == 1;
    const char *model = gf_model_title(values->m);
    gf_text said = {0};
    gf_text_add(&said, one ? model : "");
    if (axis->logarithmic)
        gf_text_print(&said, "%slogarithmic scale", said.size ? ", " : "");
    if (gf_axis_loses(axis)) {
        gf_text_add(&said, said.size ? "; " : "");
        gf_axis_write_lost(&said, axis);
    }
    gf_run run = {one ? values->list->text : model, heading, GF_BOLD, 0};
    gf_text_draw(d, 40, 58, GF_START, theme->ink, run, width - 80);
    run = (gf_run){.text = gf_text_string(&said), .size = small};
    gf_text_draw(d, 40, 92, GF_START, theme->soft, run, width - 80);
    d->failed |= said.failed;
    gf_text_free(&said);
}

static gf_status draw(gf_drawing *d, const gf_theme *theme, const gf_values *values)
{
    const double **numbers = gf_arena_get(&d->arena, values->count * sizeof *numbers);
    gf_line *list = gf_arena_get(&d->arena, values->count * sizeof *list);
    if (!numbers || !list)
        return GF_ERROR_MEMORY;
    for (size_t n = 0; n < values->count; n++) {
        numbers[n] = values->list[n].numbers;
        list[n] = (gf_line){.label = values->list[n].text, .numbers = numbers[n], .look = n};
    }
    gf_lines lines = {.list = list, .count = values->count, .length = values->list->count, .along = "t", .dots = true};
    lines.labelled = values->count > 1;
    lines.first = (double)values->list->first;
    lines.last = lines.first + (double)lines.length - 1;
    lines.axis = gf_axis_of(numbers, lines.count, lines.length);
    gf_box box = {left, top, width - right, height - bottom};
    box.right -= lines.labelled ? gf_lines_label_room(&lines, letters) : 0;
    draw_title(d, theme, values, &lines.axis);
    gf_lines_draw(d, theme, &lines, box, letters);
    return GF_OK;
}

gf_status gf_values_write_picture(gf_text *w, gf_values *values, const gf_values_options *options)
{
    static const char *const formats[] = {[GF_VALUES_SVG] = "svg", [GF_VALUES_PNG] = "png", [GF_VALUES_PDF] = "pdf"};
    const gf_theme *theme = gf_theme_find(options->theme ? options->theme : "light");
    gf_drawing d;
    gf_status status = gf_values_refuse_chart(values);
    if (!status && values->count > GF_LINES)
        status = gf_values_refuse(&values->why, GF_ERROR_ARGUMENT,
                                  "a picture holds %d lines that can be told apart, not %zu", GF_LINES, values->count);
    if (!status && !theme)
        status = gf_values_refuse(&values->why, GF_ERROR_ARGUMENT, "there is no theme '%s', only light, dark and print",
                                  options->theme);
    if (status)
        return status;
    gf_drawing_begin(&d, width, height, theme->ground, values->list->text, gf_model_title(values->m));
    status = draw(&d, theme, values);
    if (!status && d.failed)
        status = GF_ERROR_MEMORY;
    if (!status)
        status = gf_drawing_write(&d, formats[options->format], options->dots_per_inch, w, &values->why);
    gf_drawing_free(&d);
    return status;
}
