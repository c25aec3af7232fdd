/* Painting a spread: boxes with what stands in them, nets by the scale, numbers where there is room. */
#ifndef GF_VIEW_PAINT_H
#define GF_VIEW_PAINT_H

#include "view/drawing/drawing.h"
#include "view/drawing/look.h"
#include "view/page/obstacles.h"
#include "view/spread/spread.h"

typedef struct gf_painting {
    const gf_view *view;
    const gf_spread *spread;
    const gf_theme *theme;
    const gf_size_scale *scale;
    gf_profile profile;
    gf_drawing *drawing;
    gf_obstacles obstacles;
    bool widens;   /* for numbers without room the page becomes wider: none comes near to lines */
    bool near;     /* texts may come near to lines: those that found no room otherwise */
    bool one_form; /* all numbers have the 0 before the point, or, tight, none */
    bool tight;
    int missing; /* numbers that found no room */
} gf_painting;

/* All of a spread; `painting` has been given all but obstacles and missing. Fails with GF_ERROR_MEMORY. */
gf_status gf_paint(gf_painting *painting);

/* --- inscribe.c: what stands in a box ------------------------------------------------------------------------ */

/* The two lines of a box; the second may be "". Tight: where room is scarce. */
enum { GF_INSCRIPTION = 256 };
void gf_box_lines(const gf_view *view, const gf_box *box, bool brief, bool tight, char name[GF_INSCRIPTION],
                  char number[GF_INSCRIPTION]);

/* The operation of one operand with its constants, its operand left out: "× 2"; false where it has none. written.c */
bool gf_constants_write(char out[GF_INSCRIPTION], const gf_node *node);

void gf_box_paint(gf_painting *p, int box);

/* --- nets.c: arrows ---------------------------------------------------------------------------------------------- */

void gf_nets_paint(gf_painting *p);

/* --- numbers.c: the size of what a trunk carries, beside it; "t = 3" in a free corner of every step ------------- */

void gf_numbers_paint(gf_painting *p);
void gf_steps_paint(gf_painting *p);

/* What a trail carries. */
typedef struct gf_carried {
    gf_measure measure, cut;
    double size;
    gf_arrow_look look;
    bool cancels; /* its branches cancel to exactly 0 */
    bool failed;  /* no memory */
} gf_carried;
gf_carried gf_trail_carries(const gf_view *view, const gf_trail *trail);

/* In which turn all of it has arrived; 0: it is always shown, as what stands aside. */
int gf_trail_turn(const gf_view *view, const gf_trail *trail);

#endif
