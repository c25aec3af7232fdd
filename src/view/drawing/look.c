/* The look: themes, and the scale that gives a gradient's size a colour and a width. */
#include "view/drawing/look.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view/view.h"

/* --- themes ------------------------------------------------------------------------------------------ */

/* The ramps of light and dark are viridis (Smith and van der Walt, matplotlib 1.5, 2015; CC0): its dark half, and its
 * light half, whose low end is a little lighter than there. Their lightness falls, or rises, evenly, so that they can
 * be read in grey and by colour-blind eyes; no colour is fainter than 3 : 1 on its ground. */
static const gf_theme themes[] = {
    {
        .name = "light",
        .ground = "#ffffff",
        .ink = "#1b1f24",
        .soft = "#5b6570",
        .box = "#ffffff",
        .line = "#8a949e",
        .frame = "#f4f6f8",
        .input = "#e3eefa",
        .input_line = "#4a7ebb",
        .zero = "#838d97",
        .aside = "#838d97",
        .mixed = "#6b7681",
        .bad = "#d7191c",
        .ramp = {{0x44, 0x01, 0x54},
                 {0x48, 0x25, 0x76},
                 {0x41, 0x44, 0x87},
                 {0x35, 0x60, 0x8d},
                 {0x2a, 0x78, 0x8e},
                 {0x25, 0x7f, 0x88}},
        .heat = {{0x2d, 0x0b, 0x52},
                 {0x46, 0x32, 0x7e},
                 {0x36, 0x5c, 0x8d},
                 {0x21, 0x91, 0x8c},
                 {0x7c, 0xcf, 0x9b},
                 {0xee, 0xf6, 0xe3}},
    },
    {
        .name = "dark",
        .ground = "#14171c",
        .ink = "#eef1f4",
        .soft = "#aab4be",
        .box = "#262c35",
        .line = "#6d7884",
        .frame = "#1d2229",
        .input = "#17304d",
        .input_line = "#5b9bd8",
        .zero = "#6d7884",
        .aside = "#6d7884",
        .mixed = "#9aa5b0",
        .bad = "#ff6b6b",
        .ramp = {{0xfd, 0xe7, 0x25},
                 {0xb5, 0xde, 0x2b},
                 {0x6e, 0xce, 0x58},
                 {0x35, 0xb7, 0x79},
                 {0x21, 0x91, 0x8c},
                 {0x38, 0x80, 0x9b}},
        .heat = {{0xfd, 0xe7, 0x25},
                 {0xa0, 0xda, 0x39},
                 {0x35, 0xb7, 0x79},
                 {0x21, 0x91, 0x8c},
                 {0x35, 0x5f, 0x8d},
                 {0x26, 0x20, 0x46}},
    },
    {
        .name = "print",
        .ground = "#ffffff",
        .ink = "#000000",
        .soft = "#333333",
        .box = "#ffffff",
        .line = "#666666",
        .frame = "#ffffff",
        .input = "#ffffff",
        .input_line = "#333333",
        .zero = "#8a8a8a",
        .aside = "#8a8a8a",
        .mixed = "#5c5c5c",
        .bad = "#c00000",
        .ramp = {{0x00, 0x00, 0x00},
                 {0x2b, 0x2b, 0x2b},
                 {0x48, 0x48, 0x48},
                 {0x5e, 0x5e, 0x5e},
                 {0x74, 0x74, 0x74},
                 {0x88, 0x88, 0x88}},
        .heat = {{0x00, 0x00, 0x00},
                 {0x30, 0x30, 0x30},
                 {0x5a, 0x5a, 0x5a},
                 {0x88, 0x88, 0x88},
                 {0xb8, 0xb8, 0xb8},
                 {0xe8, 0xe8, 0xe8}},
    },
};

const gf_theme *gf_theme_find(const char *name)
{
    for (size_t k = 0; k < sizeof themes / sizeof *themes; k++)
        if (strcmp(themes[k].name, name) == 0)
            return &themes[k];
    return NULL;
}

/* --- the scale --------------------------------------------------------------------------------------- */

static const double thinnest_line = 1.4, thickest_line = 6.4;

double gf_scale_place(const gf_size_scale *scale, double size)
{
    double range = scale->high - scale->low;
    if (!isfinite(size))
        return 1;
    if (!(size > 0))
        return 0;
    return range > 0 ? fmin(fmax((log10(size) - scale->low) / range, 0), 1) : log10(size) >= scale->high;
}

/* At a place on a ramp, from its high end (1) to its low one (0); between two of its colours both are mixed. */
static void mix(char out[8], const unsigned char colours[][3], int count, double place)
{
    double at = (1 - place) * (count - 1);
    int k = at < count - 2 ? (int)at : count - 2;
    unsigned rgb[3];
    for (int c = 0; c < 3; c++)
        rgb[c] = (unsigned)lround(colours[k][c] + (at - k) * (colours[k + 1][c] - colours[k][c])) & 0xff;
    snprintf(out, 8, "#%02x%02x%02x", rgb[0], rgb[1], rgb[2]);
}

void gf_scale_colour(char out[8], const gf_theme *theme, const gf_size_scale *scale, double size)
{
    if (size == 0)
        strcpy(out, theme->zero);
    else if (!isfinite(size))
        strcpy(out, theme->bad);
    else
        mix(out, theme->ramp, GF_RAMP, gf_scale_place(scale, size));
}

void gf_heat_colour(char out[8], const gf_theme *theme, double place)
{
    mix(out, theme->heat, GF_RAMP, place);
}

double gf_scale_width(const gf_size_scale *scale, double size)
{
    double widest = scale->widest > 0 ? scale->widest : thickest_line;
    return thinnest_line + gf_scale_place(scale, size) * (widest - thinnest_line);
}

/* --- letters on a colour ----------------------------------------------------------------------------- */

/* Relative luminance, 0 to 1 (WCAG 2.1, W3C 2018). */
static double luminance(const char *colour)
{
    static const double weights[] = {0.0722, 0.7152, 0.2126}; /* of blue, green, red */
    unsigned long rgb = strtoul(colour + 1, NULL, 16);
    double sum = 0;
    for (int c = 0; c < 3; c++, rgb >>= 8) {
        double part = (double)(rgb & 0xff) / 255;
        sum += weights[c] * (part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

const char *gf_ink_on(const char *ground)
{
    double light = luminance(ground) + 0.05;
    return light / 0.05 > 1.05 / light ? "#000000" : "#ffffff";
}

/* --- the size of a gradient -------------------------------------------------------------------------- */

const char *gf_magnitude_name(gf_magnitude magnitude)
{
    return magnitude == GF_MAGNITUDE_RMS ? "rms" : magnitude == GF_MAGNITUDE_MAX ? "max" : "l2";
}

double gf_measure_size(const gf_measure *measure, gf_magnitude magnitude)
{
    return magnitude == GF_MAGNITUDE_RMS ? measure->rms : magnitude == GF_MAGNITUDE_MAX ? measure->max : measure->l2;
}

/* An arrow that a gradient may pass, by what was recorded of it. */
static gf_arrow_look look_of(const gf_arrow *arrow)
{
    if (!isfinite(arrow->size))
        return GF_ARROW_NONFINITE;
    return arrow->look == GF_ARROW_PASSES && arrow->size == 0 ? GF_ARROW_NONE : arrow->look;
}

void gf_view_measure(gf_view *view)
{
    for (size_t k = 0; k < view->arrow_count; k++) {
        gf_arrow *arrow = &view->arrows[k];
        arrow->size = gf_measure_size(&arrow->gradient, view->magnitude);
        arrow->look = look_of(arrow);
        view->measured |= arrow->look == GF_ARROW_PASSES;
    }
}
