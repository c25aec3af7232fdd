/* The look: themes, and the one scale on which the size of a gradient becomes a colour and a width. */
#ifndef GF_VIEW_LOOK_H
#define GF_VIEW_LOOK_H

#include <stdbool.h>

enum { GF_RAMP = 6 };

/* Colours are "#rrggbb". */
typedef struct gf_theme {
    const char *name;                /* "light", "dark", "print" */
    const char *ground, *ink, *soft; /* the page; letters; letters that say less */
    const char *box, *line;          /* a box's ground and border */
    const char *frame;               /* the ground of a step */
    const char *input, *input_line;  /* of a box that holds an input or a start */
    const char *zero;                /* what no gradient passes: dashed */
    const char *aside;               /* a target's arrow */
    const char *mixed;               /* a rail that collects unlike sources */
    const char *bad;                 /* what is not finite */
    const char *ramp[GF_RAMP];       /* the scale's colours, from its high end to its low end; */
    const char *heat[GF_RAMP];       /* those of areas, which need not stand out from the ground at the low end */
} gf_theme;

/* NULL if there is none of that name. */
const gf_theme *gf_theme_find(const char *name);

/* From 10^low to 10^high; whether something drawn lies beyond its ends. */
typedef struct gf_size_scale {
    double low, high;
    bool below, above;
    double widest;   /* pixels, of a line at its high end; 0: as is usual */
    bool tight;      /* its numbers have no 0 before the point */
    bool zero, lost; /* of heat maps: something drawn is 0, is not finite */
} gf_size_scale;

/* A size's place on the scale, 0 (low end, and below) to 1 (high end, and above; what is not finite). */
double gf_scale_place(const gf_size_scale *scale, double size);

/* Its colour and its width in pixels; 0 is `zero`, what is not finite `bad`. */
void gf_scale_colour(char out[8], const gf_theme *theme, const gf_size_scale *scale, double size);
double gf_scale_width(const gf_size_scale *scale, double size);

/* The colour of an area at a place on the scale, 0 to 1. */
void gf_heat_colour(char out[8], const gf_theme *theme, double place);

/* A colour between two: the first at 0, the second at 1. */
void gf_mix(char out[8], const char *from, const char *to, double part);

/* The colour of letters on a ground of that colour: black or white, whichever is easier to read. */
const char *gf_ink_on(const char *ground);

#endif
