/* The attributes of a DOT text, their defaults, and how values are written. */
#include "view/dot/values.h"

#include <math.h>
#include <string.h>

typedef struct attribute {
    gf_dot_thing of;
    const char *name, *value;
    bool shown; /* in the text even where it is empty everywhere */
} attribute;

/* All that are ever set, with their defaults. */
static const attribute declared[] = {
    {GF_DOT_GRAPH, "layout", "", false},
    {GF_DOT_GRAPH, "bb", "", false},
    {GF_DOT_GRAPH, "lp", "", false},
    {GF_DOT_GRAPH, "outputorder", "", false},
    {GF_DOT_GRAPH, "rankdir", "", false},
    {GF_DOT_GRAPH, "fontname", "Helvetica,Arial,sans-serif", false},
    {GF_DOT_GRAPH, "fontsize", "14", false},
    {GF_DOT_GRAPH, "fontcolor", "#333333", false},
    {GF_DOT_GRAPH, "label", "", false},
    {GF_DOT_GRAPH, "labelloc", "t", false},
    {GF_DOT_GRAPH, "pad", "0.2", false},
    {GF_DOT_GRAPH, "bgcolor", "white", false},
    {GF_DOT_GRAPH, "style", "", false},
    {GF_DOT_GRAPH, "color", "black", false},
    {GF_DOT_GRAPH, "tooltip", "", false},
    {GF_DOT_GRAPH, "id", "", false},
    {GF_DOT_GRAPH, "class", "", false},
    {GF_DOT_GRAPH, "rank", "", false},
    {GF_DOT_NODE, "op", "", true},
    {GF_DOT_NODE, "variable", "", true},
    {GF_DOT_NODE, "step", "", true},
    {GF_DOT_NODE, "rows", "", true},
    {GF_DOT_NODE, "cols", "", true},
    {GF_DOT_NODE, "value_l2", "", true},
    {GF_DOT_NODE, "grad_l2", "", true},
    {GF_DOT_NODE, "grad_rms", "", true},
    {GF_DOT_NODE, "grad_max", "", true},
    {GF_DOT_NODE, "label", "", false},
    {GF_DOT_NODE, "shape", "box", false},
    {GF_DOT_NODE, "style", "rounded,filled", false},
    {GF_DOT_NODE, "color", "#8a949e", false},
    {GF_DOT_NODE, "fillcolor", "white", false},
    {GF_DOT_NODE, "fontname", "Helvetica,Arial,sans-serif", false},
    {GF_DOT_NODE, "fontsize", "10", false},
    {GF_DOT_NODE, "fontcolor", "#1b1f24", false},
    {GF_DOT_NODE, "penwidth", "1", false},
    {GF_DOT_NODE, "pos", "", false},
    {GF_DOT_NODE, "width", "0.3", false},
    {GF_DOT_NODE, "height", "0.3", false},
    {GF_DOT_NODE, "tooltip", "", false},
    {GF_DOT_NODE, "id", "", false},
    {GF_DOT_NODE, "class", "", false},
    {GF_DOT_EDGE, "slot", "", true},
    {GF_DOT_EDGE, "variable", "", true},
    {GF_DOT_EDGE, "grad_l2", "", true},
    {GF_DOT_EDGE, "grad_rms", "", true},
    {GF_DOT_EDGE, "grad_max", "", true},
    {GF_DOT_EDGE, "cut_l2", "", false},
    {GF_DOT_EDGE, "label", "", false},
    {GF_DOT_EDGE, "xlabel", "", false},
    {GF_DOT_EDGE, "style", "solid", false},
    {GF_DOT_EDGE, "color", "black", false},
    {GF_DOT_EDGE, "penwidth", "1", false},
    {GF_DOT_EDGE, "arrowsize", "0.6", false},
    {GF_DOT_EDGE, "weight", "1", false},
    {GF_DOT_EDGE, "pos", "", false},
    {GF_DOT_EDGE, "lp", "", false},
    {GF_DOT_EDGE, "fontname", "Helvetica,Arial,sans-serif", false},
    {GF_DOT_EDGE, "fontsize", "8", false},
    {GF_DOT_EDGE, "fontcolor", "#333333", false},
    {GF_DOT_EDGE, "tooltip", "", false},
    {GF_DOT_EDGE, "id", "", false},
    {GF_DOT_EDGE, "class", "", false},
};

enum { DECLARED = sizeof declared / sizeof *declared };

/* Most are set in the order in which they are declared: the search goes on behind what was found last. */
static const char *default_of(gf_dot_drawing *d, const char *name)
{
    for (size_t k = 0; k < DECLARED; k++) {
        size_t at = (d->declared + k) % DECLARED;
        if (declared[at].of == d->now && strcmp(declared[at].name, name) == 0) {
            d->declared = at + 1;
            return declared[at].value;
        }
    }
    return "";
}

void gf_dot_set(gf_dot_drawing *d, const char *name, const char *value)
{
    if (strcmp(value, default_of(d, name)) != 0)
        gf_dot_attribute(&d->text, name, value);
}

/* Sets what d->value holds, which starts anew. */
void gf_dot_set_value(gf_dot_drawing *d, const char *name)
{
    gf_dot_set(d, name, gf_text_string(&d->value));
    d->failed |= d->value.failed;
    gf_text_clear(&d->value);
}

void gf_dot_set_markup(gf_dot_drawing *d, const char *name)
{
    gf_dot_markup(&d->text, name, gf_text_string(&d->value));
    d->failed |= d->value.failed;
    gf_text_clear(&d->value);
}

void gf_dot_set_integer(gf_dot_drawing *d, const char *name, long number)
{
    gf_text_print(&d->value, "%ld", number);
    gf_dot_set_value(d, name);
}

void gf_dot_set_number(gf_dot_drawing *d, const char *name, double number)
{
    char text[GF_NUMBER];
    gf_dot_set(d, name, gf_number_exact(text, number));
}

/* Graphviz reads a backslash as the start of an escape. */
void gf_dot_set_name(gf_dot_drawing *d, const char *name, const char *value)
{
    gf_text_with(&d->value, value, '\\', "\\\\");
    gf_dot_set_value(d, name);
}

/* What a reader sees who points at something: `&` may start an entity there. */
void gf_dot_set_tooltip(gf_dot_drawing *d, gf_text *plain)
{
    gf_text entities = {0};
    gf_text_with(&entities, gf_text_string(plain), '&', "&amp;");
    gf_dot_set_name(d, "tooltip", gf_text_string(&entities));
    d->failed |= plain->failed || entities.failed;
    gf_text_free(&entities);
    gf_text_free(plain);
}

/* "1.5,2" */
void gf_dot_add_point(gf_dot_drawing *d, double x, double y)
{
    gf_length_write(&d->value, x);
    gf_text_bytes(&d->value, ",", 1);
    gf_length_write(&d->value, y);
}

void gf_dot_set_point(gf_dot_drawing *d, const char *name, double x, double y)
{
    gf_dot_add_point(d, x, y);
    gf_dot_set_value(d, name);
}

/* A place of the spread. */
void gf_dot_add_place(gf_dot_drawing *d, double x, double y)
{
    gf_point p = gf_dot_place(d->plan, x, y);
    gf_dot_add_point(d, p.x, p.y);
}

void gf_dot_set_inches(gf_dot_drawing *d, const char *name, double points)
{
    char text[GF_NUMBER];
    gf_dot_set(d, name, gf_number_as(text, "%.4g", points / 72));
}

void gf_dot_set_measure(gf_dot_drawing *d, const gf_measure *measure)
{
    if (!measure->known)
        return;
    gf_dot_set_number(d, "grad_l2", measure->l2);
    gf_dot_set_number(d, "grad_rms", measure->rms);
    gf_dot_set_number(d, "grad_max", measure->max);
}

/* What every graph, node and edge has unless it says otherwise. */
void gf_dot_write_defaults(gf_dot_drawing *d, gf_dot_thing of)
{
    static const char *const names[] = {"graph", "node", "edge"};
    gf_dot_begin_node(&d->text, names[of]);
    for (size_t k = 0; k < DECLARED; k++)
        if (declared[k].of == of && (*declared[k].value || declared[k].shown))
            gf_dot_attribute(&d->text, declared[k].name, declared[k].value);
    if (of == GF_DOT_NODE && d->plan)
        gf_dot_attribute(&d->text, "fixedsize", "shape"); /* as large as they were planned, whatever the font */
    if (of == GF_DOT_NODE && !d->plan)
        gf_dot_attribute(&d->text, "margin", "0.08,0.03");
}
