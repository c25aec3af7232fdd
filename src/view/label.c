/* What is written in a picture. */
#include "view/label.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/characters.h"

enum { LONGEST_LABEL = 24, SWATCHES = 24 };

/* --- markup -------------------------------------------------------------------- */

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

/* A name, cut where it is too long for a box. */
static void add_short(gf_text *out, const char *name)
{
    size_t size = gf_utf8_bytes(name, LONGEST_LABEL);
    add_markup(out, name, size);
    if (name[size])
        gf_text_print(out, "…");
}

static bool has_number(const gf_box *box)
{
    return box->gradient.known && !box->plain && !box->aside;
}

void gf_label_box(const gf_view *view, const gf_box *box, gf_text *out)
{
    char size[GF_NUMBER];
    if (!box->plain) {
        gf_text_print(out, "<b>");
        add_short(out, box->name);
        gf_text_print(out, "</b>");
    }
    if (box->kind == GF_BOX_OPERATION) {
        gf_text_print(out, box->plain ? "" : "&#160;");
        add_short(out, box->symbol);
    }
    if (has_number(box))
        gf_text_print(out, "<br/><font point-size=\"8\" color=\"#666666\">%s</font>",
                      gf_number_as(size, "%.2g", gf_measure_size(&box->gradient, view->magnitude)));
}

/* Characters as the label shows them. */
static int length(const char *name)
{
    size_t count = gf_utf8_count(name);
    return count > LONGEST_LABEL ? LONGEST_LABEL + 1 : (int)count;
}

bool gf_box_is_round(const gf_box *box)
{
    return box->plain && length(box->symbol) <= 2;
}

void gf_label_size(const gf_view *view, const gf_box *box, double *width, double *height)
{
    char size[GF_NUMBER] = "";
    bool number = has_number(box);
    if (number)
        gf_number_as(size, "%.2g", gf_measure_size(&box->gradient, view->magnitude));
    double first = box->plain ? 0 : 7.4 * length(box->name);
    if (box->kind == GF_BOX_OPERATION)
        first += 6.8 * (length(box->symbol) + !box->plain);
    *width = fmax(first, 5.0 * length(size)) + 10;
    *height = number ? 28 : 20;
    if (gf_box_is_round(box))
        *width = *height = 20;
}

/* --- the legend ------------------------------------------------------------------ */

static void add_ramp(const gf_view *view, gf_text *out)
{
    char colour[8], number[GF_NUMBER];
    gf_text_print(out, "<td>gradient (%s):&#160;&#160;%s&#160;</td>", gf_magnitude_name(view->magnitude),
                  gf_number_as(number, "%.2g", pow(10, view->low)));
    for (int k = 0; k < SWATCHES; k++) {
        gf_ramp_colour(colour, k / (SWATCHES - 1.0));
        gf_text_print(out, "<td width=\"6\" bgcolor=\"%s\"></td>", colour);
    }
    gf_text_print(out, "<td>&#160;%s</td>", gf_number_as(number, "%.2g", pow(10, view->high)));
}

static size_t count_looks(const gf_view *view, gf_arrow_look look)
{
    size_t count = 0;
    for (size_t k = 0; k < view->arrow_count; k++)
        count += view->arrows[k].look == look;
    return count;
}

/* What lines mean that are not on the ramp; the words of those that occur. */
static const struct {
    gf_arrow_look look;
    const char *sample, *colour, *meaning;
} keys[] = {
    {GF_ARROW_NONE, "- - -", "#666666", "no gradient"},
    {GF_ARROW_NONFINITE, "· · ·", "#d7191c", "not finite"},
    {GF_ARROW_UNKNOWN, "——", "#a0a0a0", "gradient not recorded"},
    {GF_ARROW_ASIDE, "——", GF_ASIDE, "target, given"},
};
enum { KEYS = sizeof keys / sizeof *keys };

static void add_keys(const gf_view *view, gf_text *out)
{
    for (size_t k = 0; k < KEYS; k++)
        if (count_looks(view, keys[k].look))
            gf_text_print(out, "<td>&#160;&#160;<font color=\"%s\"><b>%s</b></font> %s</td>", keys[k].colour,
                          keys[k].sample, keys[k].meaning);
    if (view->hidden)
        gf_text_print(out, "<td>&#160;&#160;%zu parameters not shown</td>", view->hidden);
    if (!view->box_count)
        gf_text_print(out, "<td>an empty graph</td>");
}

/* Some points for each part of it; as in gf_label_size no font is asked. */
double gf_legend_width(const gf_view *view)
{
    double width = (view->measured ? 300 : 0) + (view->hidden ? 150 : 0) + (view->box_count ? 0 : 100);
    for (size_t k = 0; k < KEYS; k++)
        if (count_looks(view, keys[k].look))
            width += 40 + 6 * (double)strlen(keys[k].meaning);
    return fmax(width, 12 * (double)strlen(view->title));
}

double gf_legend_height(const gf_view *view)
{
    return *view->title ? 50 : 24;
}

void gf_label_legend(const gf_view *view, double width, gf_text *out)
{
    gf_text_print(out, "<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"0\" width=\"%ld\">",
                  lround(width));
    if (*view->title) {
        gf_text_print(out, "<tr><td align=\"left\"><font point-size=\"18\"><b>");
        add_markup(out, view->title, strlen(view->title));
        gf_text_print(out, "</b></font></td></tr>");
    }
    gf_text_print(out, "<tr><td align=\"left\"><font point-size=\"10\"><table border=\"0\" cellborder=\"0\" "
                       "cellspacing=\"0\" cellpadding=\"2\"><tr>");
    if (view->measured)
        add_ramp(view, out);
    add_keys(view, out);
    gf_text_print(out, "<td></td></tr></table></font></td></tr></table>");
}

/* --- descriptions ------------------------------------------------------------------- */

void gf_describe_measure(const gf_measure *measure, gf_text *out)
{
    char l2[GF_NUMBER], rms[GF_NUMBER], max[GF_NUMBER];
    if (measure->known)
        gf_text_print(out, "gradient l2 %s, rms %s, max %s", gf_number_as(l2, "%.6g", measure->l2),
                      gf_number_as(rms, "%.6g", measure->rms), gf_number_as(max, "%.6g", measure->max));
    else
        gf_text_print(out, "no gradient");
}

void gf_describe_box(const gf_box *box, gf_text *out)
{
    char value[GF_NUMBER];
    gf_text_print(out, "%s = %s, %d x %d, value l2 %s, ", box->name, box->op, box->rows, box->cols,
                  gf_number_as(value, "%.6g", box->value_l2));
    gf_describe_measure(&box->gradient, out);
}

void gf_describe_arrow(const gf_arrow *arrow, gf_text *out)
{
    gf_text_print(out, "%s -> %s, slot %d: ", arrow->from->name, arrow->to->name, arrow->slot);
    if (arrow->look == GF_ARROW_UNKNOWN)
        gf_text_print(out, "gradient not recorded");
    else
        gf_describe_measure(&arrow->gradient, out);
}
