/* Writes a drawing with every kind of item: draw-sample THEME svg|json|png|pdf >FILE */
#include <math.h>
#include <string.h>

#include "../drawing.h"

int main(int count, char **words)
{
    const gf_theme *theme = count == 3 ? gf_theme_find(words[1]) : NULL;
    gf_text svg = {0}, out = {0}, why = {0};
    gf_drawing d;
    if (!theme)
        return 2;
    draw_sample(&d, theme);
    gf_svg_write(&d, "p-", &svg);
    gf_status status = GF_OK;
    if (strcmp(words[2], "json") == 0)
        gf_places_write(&d, &out);
    else if (strcmp(words[2], "svg") == 0)
        gf_text_bytes(&out, gf_text_string(&svg), svg.size);
    else
        status = gf_raster_write(&svg, words[2], 192, &out, &why);
    fputs(gf_text_string(&why), stderr);
    size_t written = fwrite(gf_text_string(&out), 1, out.size, stdout);
    bool fine = !status && !out.failed && written == out.size;
    gf_drawing_free(&d);
    gf_text_free(&svg);
    gf_text_free(&out);
    gf_text_free(&why);
    return fine ? 0 : 1;
}
