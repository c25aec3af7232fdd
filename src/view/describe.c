/* Everything there is to say of a box or an arrow, on one line. */
#include "view/describe.h"

void gf_describe_measure(const gf_measure *measure, gf_text *out)
{
    char l2[GF_NUMBER], rms[GF_NUMBER], max[GF_NUMBER];
    if (measure->known)
        gf_text_print(out, "gradient l2 %s, rms %s, max %s", gf_number_as(l2, "%.6g", measure->l2),
                      gf_number_as(rms, "%.6g", measure->rms), gf_number_as(max, "%.6g", measure->max));
    else
        gf_text_print(out, "no gradient");
}

void gf_describe_cut(const gf_measure *cut, gf_text *out)
{
    char l2[GF_NUMBER];
    if (cut->known)
        gf_text_print(out, ", cut: l2 %s is thrown away", gf_number_as(l2, "%.6g", cut->l2));
}

void gf_describe_box(const gf_box *box, gf_text *out)
{
    char value[GF_NUMBER];
    if (box->kind == GF_BOX_STEPS) {
        gf_text_add(out, box->name);
        if (box->cuts)
            gf_text_print(out, ", %d cut%s", box->cuts, box->cuts > 1 ? "s" : "");
        gf_describe_cut(&box->cut, out);
        return;
    }
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
    gf_describe_cut(&arrow->cut, out);
}
