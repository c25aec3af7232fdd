/* A picture of numbers, for a slide: lines, what each is at its end, or a heat map, in the look of the other pictures;
 * and that of expressions over t. */
#include "show/sheet.h"
#include "show/values.h"

static const double width = 1280, height = 720;
static const double left = 120, right = 60, top = 130, bottom = 100; /* around the field of the lines */
static const double letters = 20, small = 17, heading = 30;          /* sizes of texts */
static const double key_width = 300;

static void draw_head(gf_drawing *d, const gf_sheet *sheet, double room)
{
    const gf_run title = {sheet->title, heading, GF_BOLD, 0}, about = {.text = sheet->about, .size = small};
    gf_text_draw(d, 40, 58, GF_START, sheet->theme->ink, title, room);
    gf_text_draw(d, 40, 92, GF_START, sheet->theme->soft, about, room);
}

static void draw_lines(gf_drawing *d, const gf_sheet *sheet)
{
    gf_box box = {left, top, width - right, height - bottom};
    box.right -= sheet->lines->labelled ? gf_lines_label_room(sheet->lines, letters) : 0;
    draw_head(d, sheet, width - 80);
    gf_lines_draw(d, sheet->theme, sheet->lines, box, letters);
}

static void draw_heat(gf_drawing *d, const gf_sheet *sheet)
{
    const gf_heat *heat = sheet->heat;
    gf_size_scale scale = gf_heat_scale(&heat, 1);
    gf_box box = {left, top, width - right, height - bottom};
    draw_head(d, sheet, width - 80 - key_width - 40);
    gf_heat_draw_key(d, sheet->theme, &scale, scale.below ? "size (the scale ends at rounding)" : "size",
                     width - right - key_width, width - right, 44);
    gf_heat_draw(d, sheet->theme, heat, &scale, box, small);
    gf_drawing_text(d, left - 62, (box.top + box.bottom) / 2, GF_MIDDLE, GF_SANS, sheet->theme->ink, heat->down,
                    letters, heat->down[1] ? GF_PLAIN : GF_ITALIC);
    gf_drawing_text(d, (box.left + box.right) / 2, box.bottom + small * 66 / 17, GF_MIDDLE, GF_SANS, sheet->theme->soft,
                    heat->along, small, GF_PLAIN);
}

gf_status gf_sheet_write(gf_text *w, gf_text *why, const gf_sheet *sheet, const gf_values_options *options)
{
    static const char *const formats[] = {[GF_VALUES_SVG] = "svg", [GF_VALUES_PNG] = "png", [GF_VALUES_PDF] = "pdf"};
    gf_drawing d;
    gf_drawing_begin(&d, width, height, sheet->theme->ground, sheet->title, sheet->about);
    if (sheet->heat)
        draw_heat(&d, sheet);
    else
        draw_lines(&d, sheet);
    gf_status status =
        d.failed ? GF_ERROR_MEMORY : gf_drawing_write(&d, formats[options->format], options->dots_per_inch, w, why);
    gf_drawing_free(&d);
    return status;
}

void gf_sheet_say_axis(gf_text *about, const gf_axis *axis)
{
    if (axis->logarithmic)
        gf_text_print(about, "%slogarithmic scale", about->size ? ", " : "");
    if (gf_axis_loses(axis)) {
        gf_text_add(about, about->size ? "; " : "");
        gf_axis_write_lost(about, axis);
    }
}

/* --- of values ------------------------------------------------------------------------------------------------ */

/* NULL without memory. */
static gf_line *lines_of(gf_values *values, gf_axis *axis)
{
    const double **numbers = gf_arena_get(&values->arena, values->count * sizeof *numbers);
    gf_line *list = gf_arena_get(&values->arena, values->count * sizeof *list);
    if (!numbers || !list)
        return NULL;
    for (size_t n = 0; n < values->count; n++) {
        numbers[n] = values->list[n].numbers;
        list[n] = (gf_line){.label = values->list[n].text, .numbers = numbers[n], .look = n};
    }
    *axis = gf_axis_of(numbers, values->count, values->list->count);
    return list;
}

/* One line is what the page is about; of several each says it at its end. */
static gf_status draw(gf_text *w, gf_values *values, const gf_theme *theme, const gf_values_options *options)
{
    bool one = values->count == 1;
    const char *model = gf_model_title(values->m);
    gf_lines lines = {.count = values->count, .length = values->list->count, .along = "t", .dots = true};
    lines.list = lines_of(values, &lines.axis);
    if (!lines.list)
        return GF_ERROR_MEMORY;
    lines.labelled = !one;
    lines.first = (double)values->list->first;
    lines.last = lines.first + (double)lines.length - 1;
    gf_text about = {0};
    gf_text_add(&about, one ? model : "");
    gf_sheet_say_axis(&about, &lines.axis);
    gf_sheet sheet = {theme, one ? values->list->text : model, gf_text_string(&about), &lines, NULL};
    gf_status status = about.failed ? GF_ERROR_MEMORY : gf_sheet_write(w, &values->why, &sheet, options);
    gf_text_free(&about);
    return status;
}

gf_status gf_values_write_picture(gf_text *w, gf_values *values, const gf_values_options *options)
{
    const gf_theme *theme = gf_theme_find(options->theme ? options->theme : "light");
    gf_status status = gf_values_refuse_chart(values);
    if (!status && values->count > GF_LINES)
        status = gf_values_refuse(&values->why, GF_ERROR_ARGUMENT,
                                  "a picture holds %d lines that can be told apart, not %zu", GF_LINES, values->count);
    if (!status && !theme)
        status = gf_values_refuse(&values->why, GF_ERROR_ARGUMENT, "there is no theme '%s', only light, dark and print",
                                  options->theme);
    return status ? status : draw(w, values, theme, options);
}
