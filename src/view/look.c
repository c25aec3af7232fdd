/* The look of arrows: one scale a picture, colour and width by log10 of the gradient's size. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "view/view.h"

/* Below this share of the largest, a double cannot tell a contribution from nothing: the scale ends there. */
enum { MOST_DECADES = 16 };

static const double thinnest = 0.8, thickest = 4.0;

/* Nine even samples, dark to light, of viridis between 0 and 0.8 of its length (Smith and van der Walt, matplotlib
 * 1.5, 2015; CC0). Its lightness falls evenly from end to end, so that it can be read by colour-blind eyes and in
 * grey; its light end is left out, which is too pale for a line on white. */
static const unsigned char ramp[][3] = {{0x44, 0x01, 0x54}, {0x48, 0x25, 0x76}, {0x41, 0x44, 0x87},
                                        {0x35, 0x60, 0x8d}, {0x2a, 0x78, 0x8e}, {0x21, 0x90, 0x8c},
                                        {0x22, 0xa8, 0x84}, {0x43, 0xbf, 0x71}, {0x7a, 0xd1, 0x51}};
enum { RAMP = sizeof ramp / sizeof *ramp };

void gf_ramp_colour(char out[8], double place)
{
    double at = (1 - fmin(fmax(place, 0), 1)) * (RAMP - 1);
    int k = at < RAMP - 2 ? (int)at : RAMP - 2;
    unsigned rgb[3];
    for (int c = 0; c < 3; c++)
        rgb[c] = (unsigned)lround(ramp[k][c] + (at - k) * (ramp[k + 1][c] - ramp[k][c])) & 0xff;
    snprintf(out, 8, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
}

const char *gf_magnitude_name(gf_magnitude magnitude)
{
    return magnitude == GF_MAGNITUDE_RMS ? "rms" : magnitude == GF_MAGNITUDE_MAX ? "max" : "l2";
}

double gf_measure_size(const gf_measure *measure, gf_magnitude magnitude)
{
    return magnitude == GF_MAGNITUDE_RMS ? measure->rms : magnitude == GF_MAGNITUDE_MAX ? measure->max : measure->l2;
}

/* From the smallest gradient to the largest. */
static void find_scale(gf_view *view)
{
    double smallest = INFINITY, largest = 0;
    for (size_t k = 0; k < view->arrow_count; k++) {
        const gf_arrow *arrow = &view->arrows[k];
        if (arrow->look != GF_ARROW_PASSES)
            continue;
        smallest = fmin(smallest, arrow->size);
        largest = fmax(largest, arrow->size);
    }
    view->measured = largest > 0;
    if (view->measured) {
        view->high = log10(largest);
        view->low = fmax(log10(smallest), view->high - MOST_DECADES);
    }
}

/* 0 at the scale's low end, 1 at its high one; 1 where all gradients are alike. */
static double place_on_scale(const gf_view *view, double size)
{
    double range = view->high - view->low;
    return range > 1e-9 ? fmax((log10(size) - view->low) / range, 0) : 1;
}

/* An arrow that a gradient may pass, by what was recorded of it. */
static gf_arrow_look look_of(const gf_arrow *arrow)
{
    if (!isfinite(arrow->size))
        return GF_ARROW_NONFINITE;
    return arrow->look == GF_ARROW_PASSES && arrow->size == 0 ? GF_ARROW_NONE : arrow->look;
}

static void paint(const gf_view *view, gf_arrow *arrow)
{
    arrow->width = thinnest;
    strcpy(arrow->colour, arrow->look == GF_ARROW_ASIDE ? GF_ASIDE : "#a0a0a0");
    if (arrow->look == GF_ARROW_PASSES) {
        double place = place_on_scale(view, arrow->size);
        gf_ramp_colour(arrow->colour, place);
        arrow->width += place * (thickest - thinnest);
    } else if (arrow->look == GF_ARROW_NONFINITE) {
        strcpy(arrow->colour, "#d7191c");
        arrow->width = thickest;
    }
}

void gf_view_paint(gf_view *view)
{
    for (size_t k = 0; k < view->arrow_count; k++) {
        gf_arrow *arrow = &view->arrows[k];
        arrow->size = gf_measure_size(&arrow->gradient, view->magnitude);
        arrow->look = look_of(arrow);
    }
    find_scale(view);
    for (size_t k = 0; k < view->arrow_count; k++)
        paint(view, &view->arrows[k]);
}
