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
        .ramp = {"#440154", "#482576", "#414487", "#35608d", "#2a788e", "#257f88"},
        .heat = {"#2d0b52", "#46327e", "#365c8d", "#21918c", "#7ccf9b", "#eef6e3"},
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
        .ramp = {"#fde725", "#b5de2b", "#6ece58", "#35b779", "#21918c", "#38809b"},
        .heat = {"#fde725", "#a0da39", "#35b779", "#21918c", "#355f8d", "#262046"},
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
        .ramp = {"#000000", "#2b2b2b", "#484848", "#5e5e5e", "#747474", "#888888"},
        .heat = {"#000000", "#303030", "#5a5a5a", "#888888", "#b8b8b8", "#e8e8e8"},
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

void gf_mix(char out[8], const char *from, const char *to, double part)
{
    unsigned long one = strtoul(from + 1, NULL, 16), other = strtoul(to + 1, NULL, 16), mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        double a = (double)(one >> shift & 0xff), b = (double)(other >> shift & 0xff);
        mixed |= (unsigned long)lround(a + (b - a) * part) << shift;
    }
    snprintf(out, 8, "#%06lx", mixed & 0xffffff);
}

/* At a place on a ramp, from its high end (1) to its low one (0). */
static void mix_at(char out[8], const char *const ramp[GF_RAMP], double place)
{
    double at = (1 - place) * (GF_RAMP - 1);
    int k = at < GF_RAMP - 2 ? (int)at : GF_RAMP - 2;
    gf_mix(out, ramp[k], ramp[k + 1], at - k);
}

void gf_scale_colour(char out[8], const gf_theme *theme, const gf_size_scale *scale, double size)
{
    if (size == 0)
        strcpy(out, theme->zero);
    else if (!isfinite(size))
        strcpy(out, theme->bad);
    else
        mix_at(out, theme->ramp, gf_scale_place(scale, size));
}

void gf_heat_colour(char out[8], const gf_theme *theme, double place)
{
    mix_at(out, theme->heat, place);
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

double gf_measure_shown(const gf_measure *measure, gf_magnitude magnitude)
{
    return measure->scalar ? measure->slope : gf_measure_size(measure, magnitude);
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
