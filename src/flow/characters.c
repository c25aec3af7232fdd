/* A plot for a terminal: heat maps one below the other, or lines in one field; and what they say. */
#include <math.h>

#include "flow/panels.h"

static void write_heats(gf_text *w, const gf_panels *p, int width)
{
    for (size_t n = 0; n < p->count; n++) {
        const gf_heat *heat = &p->list[n].heat;
        gf_text_print(w, "%s%s", n ? "\n" : "", heat->title);
        gf_text_print(w, ": %s%s%s to the right\n", heat->row_names ? "" : heat->down,
                      heat->row_names ? "" : " downwards, ", heat->along);
        gf_heat_write(w, heat, &p->scale, width);
    }
    gf_text_add(w, "\n");
    gf_heat_write_key(w, &p->scale);
}

static void write_lines(gf_text *w, const gf_panels *p, int width)
{
    gf_chart_write(w, &p->lines, width);
    for (size_t n = 0; n < p->lines.count && p->lines.count > 1; n++)
        gf_text_print(w, "%c  %s\n", gf_chart_mark(n), n < p->own ? p->words[n].label : p->lines.list[n].label);
}

gf_status gf_flow_write_characters(gf_text *w, gf_flow_work *f)
{
    int width = f->options->width > 0 ? f->options->width : 80;
    gf_panels p;
    if (!gf_panels_of(&p, f))
        return GF_ERROR_MEMORY;
    gf_text_print(w, "%s\n\n", p.about);
    if (f->options->lines)
        write_lines(w, &p, width);
    else
        write_heats(w, &p, width);
    for (size_t n = 0; n < p.own; n++)
        gf_text_print(w, "%s%s: %s\n", n ? "" : "\n", p.words[n].label, p.words[n].text);
    return w->failed ? GF_ERROR_MEMORY : GF_OK;
}
