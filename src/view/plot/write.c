/* A drawing as SVG, PNG or PDF. */
#include <string.h>

#include "view/plot/page.h"

gf_status gf_drawing_write(const gf_drawing *d, const char *format, double dots, gf_text *out, gf_text *why)
{
    gf_text svg = {0};
    bool raster = strcmp(format, "svg") != 0;
    gf_svg_write(d, "plot-", raster ? &svg : out);
    gf_status status = svg.failed || out->failed ? GF_ERROR_MEMORY : GF_OK;
    if (!status && raster)
        status = gf_raster_write(&svg, format, dots > 0 ? dots : 192, out, why);
    gf_text_free(&svg);
    return status;
}
