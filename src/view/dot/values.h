/* A DOT text while it is written: what it is of, and the values of attributes. */
#ifndef GF_VIEW_DOT_VALUES_H
#define GF_VIEW_DOT_VALUES_H

#include "view/dot/plan.h"
#include "view/dot/text.h"
#include "view/drawing/look.h"

/* What has attributes. */
typedef enum gf_dot_thing { GF_DOT_GRAPH, GF_DOT_NODE, GF_DOT_EDGE } gf_dot_thing;

/* The boxes of a step. */
typedef struct gf_dot_frame {
    int step;
    size_t first, end;       /* in the drawing's list */
    const gf_ground *ground; /* NULL: it has none */
} gf_dot_frame;

/* What is being written: one statement at a time, and one text to make values in. */
typedef struct gf_dot_drawing {
    const gf_view *view;
    const gf_dot_plan *plan; /* NULL: Graphviz shall find places */
    const gf_theme *theme;
    gf_size_scale scale;
    const gf_box **boxes; /* those of each frame, one frame after the other, and then the others */
    gf_dot_frame *frames;
    size_t frame_count;
    gf_dot_text text;
    gf_dot_thing now; /* what is being described */
    size_t declared;  /* where its attributes are searched from */
    gf_text value;
    bool failed; /* for want of memory */
} gf_dot_drawing;

/* Sets an attribute of what is described now; nothing where it is the default. */
void gf_dot_set(gf_dot_drawing *d, const char *name, const char *value);
void gf_dot_set_name(gf_dot_drawing *d, const char *name, const char *value); /* backslashes are doubled */
void gf_dot_set_integer(gf_dot_drawing *d, const char *name, long number);
void gf_dot_set_number(gf_dot_drawing *d, const char *name, double number);
void gf_dot_set_inches(gf_dot_drawing *d, const char *name, double points);
void gf_dot_set_point(gf_dot_drawing *d, const char *name, double x, double y);
void gf_dot_set_measure(gf_dot_drawing *d, const gf_measure *measure); /* grad_l2, grad_rms, grad_max */
void gf_dot_set_tooltip(gf_dot_drawing *d, gf_text *plain);            /* which is freed */

/* A point, and a place of the plan, added to d->value; then what that holds is set, and it starts anew. */
void gf_dot_add_point(gf_dot_drawing *d, double x, double y);
void gf_dot_add_place(gf_dot_drawing *d, double x, double y);
void gf_dot_set_value(gf_dot_drawing *d, const char *name);
void gf_dot_set_markup(gf_dot_drawing *d, const char *name);

/* Begins the statement of what every graph, node or edge has unless it says otherwise. */
void gf_dot_write_defaults(gf_dot_drawing *d, gf_dot_thing of);

#endif
