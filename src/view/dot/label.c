/* Labels in Graphviz's markup: the same words as a page's boxes and legend have. */
#include "view/dot/label.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "view/drawing/figures.h"
#include "view/page/legend.h"
#include "view/page/paint.h"

enum { SWATCHES = 24 };

/* --- boxes --------------------------------------------------------------------- */

/* A text as it stands in Graphviz's markup, where a backslash starts an escape. */
static void add_markup(gf_text *out, const char *text, size_t size)
{
    static const char *const written[UCHAR_MAX + 1] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\\'] = "\\\\",
    };
    for (size_t k = 0; k < size; k++) {
        const char *special = written[(unsigned char)text[k]];
        gf_text_bytes(out, special ? special : text + k, special ? strlen(special) : 1);
    }
}

static void add_text(gf_text *out, const char *text)
{
    add_markup(out, text, strlen(text));
}

static void add_small(gf_text *out, const gf_theme *theme, const char *text)
{
    gf_text_print(out, "<br/><font point-size=\"9\" color=\"%s\">", theme->soft);
    add_text(out, text);
    gf_text_add(out, "</font>");
}

void gf_dot_label_box(const gf_view *view, const gf_box *box, bool brief, const gf_theme *theme, gf_text *out)
{
    gf_inscription lines;
    gf_box_inscribe(view, box, brief, false, &lines);
    const char *name = lines.name;
    const char *comma = box->kind == GF_BOX_STEPS ? strstr(name, ", ") : NULL; /* "3..38, × 36" takes two lines */
    gf_text_add(out, "<b>");
    add_markup(out, name, comma ? (size_t)(comma - name) : strlen(name));
    gf_text_add(out, "</b>");
    if (comma)
        add_small(out, theme, comma + 2);
    if (*lines.weights)
        add_small(out, theme, lines.weights);
    if (*lines.number)
        add_small(out, theme, lines.number);
}

/* --- the legend ------------------------------------------------------------------ */

static void add_ramp(const gf_view *view, const gf_theme *theme, const gf_size_scale *scale, gf_text *out)
{
    char colour[8], number[GF_FIGURE];
    gf_text_print(out, "<td>size of the gradient (%s), log scale:&#160;&#160;≤ %s&#160;</td>",
                  gf_magnitude_name(view->magnitude), gf_figure(number, pow(10, scale->low), 2));
    for (int k = 0; k < SWATCHES; k++) {
        gf_scale_colour(colour, theme, scale, pow(10, scale->low + (scale->high - scale->low) * (k + 0.5) / SWATCHES));
        gf_text_print(out, "<td width=\"6\" bgcolor=\"%s\"></td>", colour);
    }
    gf_text_print(out, "<td>&#160;%s%s</td>", scale->above ? "≥ " : "", gf_figure(number, pow(10, scale->high), 2));
}

static bool has_look(const gf_view *view, gf_arrow_look look)
{
    for (size_t k = 0; k < view->arrow_count; k++)
        if (view->arrows[k].look == look)
            return true;
    return false;
}

/* What lines mean that are not on the ramp; the words of those that occur. */
static const struct {
    gf_arrow_look look;
    const char *sample, *meaning;
} keys[] = {
    {GF_ARROW_NONE, "- - -", "exactly 0"},
    {GF_ARROW_NONFINITE, "· · ·", "not finite"},
    {GF_ARROW_UNKNOWN, "——", "gradient not recorded"},
    {GF_ARROW_ASIDE, "——", "target, given"},
};
enum { KEYS = sizeof keys / sizeof *keys };

const char *gf_dot_look_colour(const gf_theme *theme, gf_arrow_look look)
{
    return look == GF_ARROW_NONFINITE ? theme->bad : look == GF_ARROW_ASIDE ? theme->aside : theme->zero;
}

static void add_keys(const gf_view *view, const gf_theme *theme, gf_text *out)
{
    for (size_t k = 0; k < KEYS; k++)
        if (has_look(view, keys[k].look))
            gf_text_print(out, "<td>&#160;&#160;<font color=\"%s\"><b>%s</b></font>&#160;%s</td>",
                          gf_dot_look_colour(theme, keys[k].look), keys[k].sample, keys[k].meaning);
    if (view->hidden)
        gf_text_print(out, "<td>&#160;&#160;%zu parameters not shown</td>", view->hidden);
    if (!view->box_count)
        gf_text_print(out, "<td>an empty graph</td>");
}

/* A row of the legend. */
static const char row_begins[] = "<tr><td align=\"left\"><font point-size=\"10\"><table border=\"0\" "
                                 "cellborder=\"0\" cellspacing=\"0\" cellpadding=\"2\"><tr>";
static const char row_ends[] = "<td></td></tr></table></font></td></tr>";

/* Which way arrows point, and what is coloured, and numbered. */
static void add_sayings(const gf_view *view, gf_text *out)
{
    const char *said[GF_SAYINGS];
    int count = gf_legend_say(view, said);
    if (!view->box_count)
        return;
    gf_text_print(out, "%s<td>", row_begins);
    if (view->arrow_count)
        gf_text_print(out, "arrows point the way of the values%s",
                      view->measured ? ", colour and width are the gradient coming back" : "");
    for (int k = 0; k < count; k++)
        gf_text_print(out, "%s%s", view->arrow_count || k ? " · " : "", said[k]);
    gf_text_print(out, "</td>%s", row_ends);
}

/* Some points for each part of it; no font is asked, so that a text is the same everywhere. */
double gf_dot_legend_width(const gf_view *view)
{
    double width = (view->measured ? 420 : 0) + (view->hidden ? 150 : 0) + (view->box_count ? 0 : 100);
    double sayings = (view->measured ? 400 : 160) + GF_SAYINGS * 130;
    for (size_t k = 0; k < KEYS; k++)
        if (has_look(view, keys[k].look))
            width += 40 + 6 * (double)strlen(keys[k].meaning);
    return fmax(fmax(width, view->box_count ? sayings : 0), 12 * (double)strlen(view->title));
}

double gf_dot_legend_height(const gf_view *view)
{
    return (*view->title ? 50 : 24) + (view->box_count ? 16 : 0);
}

void gf_dot_label_legend(const gf_view *view, const gf_theme *theme, const gf_size_scale *scale, double width,
                         gf_text *out)
{
    gf_text_print(out, "<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"0\" width=\"%ld\">",
                  lround(width));
    if (*view->title) {
        gf_text_print(out, "<tr><td align=\"left\"><font point-size=\"18\"><b>");
        add_text(out, view->title);
        gf_text_print(out, "</b></font></td></tr>");
    }
    gf_text_add(out, row_begins);
    if (view->measured)
        add_ramp(view, theme, scale, out);
    add_keys(view, theme, out);
    gf_text_add(out, row_ends);
    add_sayings(view, out);
    gf_text_add(out, "</table>");
}
