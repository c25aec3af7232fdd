/* Charts in characters: for each series of numbers over t, one below the other. */
#include "show/values.h"
#include "view/plot/plot.h"

gf_status gf_values_refuse_chart(gf_values *values)
{
    for (size_t k = 0; k < values->count; k++) {
        const gf_series *s = &values->list[k];
        if (!s->timed)
            return gf_values_refuse(&values->why, GF_ERROR_ARGUMENT, "a plot is over t, and %s has no t in it",
                                    s->text);
        if (!s->scalar)
            return gf_values_refuse(&values->why, GF_ERROR_ARGUMENT,
                                    "a plot is of one number a step, and %s is %d x %d; write norm(%s), say", s->text,
                                    s->values->rows, s->values->cols, s->text);
    }
    return GF_OK;
}

static void write_chart(gf_text *w, const gf_series *s, int width)
{
    const gf_line line = {.label = s->text, .numbers = s->numbers};
    gf_lines lines = {.list = &line, .count = 1, .length = s->count, .first = (double)s->first, .along = "t"};
    lines.last = lines.first + (double)s->count - 1;
    lines.axis = gf_axis_of(&s->numbers, 1, s->count);
    gf_text_print(w, "%s%s\n", s->text, lines.axis.logarithmic ? ", on a logarithmic scale" : "");
    gf_chart_write(w, &lines, width);
}

gf_status gf_values_write_chart(gf_text *w, gf_values *values, const gf_values_options *options)
{
    gf_status status = gf_values_refuse_chart(values);
    for (size_t k = 0; k < values->count && !status; k++) {
        gf_text_add(w, k ? "\n" : "");
        write_chart(w, &values->list[k], options->width > 0 ? options->width : 80);
    }
    return status;
}
