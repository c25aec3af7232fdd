/* Numbers for other programs: file,variable,k,t,l2, every digit. */
#include "flow/reach.h"
#include "show/values.h"

/* k or t 0: there is none. */
static void write_line(gf_text *w, const gf_reach *r, long k, long t, double number)
{
    gf_csv_field(w, r->file);
    gf_text_add(w, ",");
    gf_csv_field(w, r->name);
    gf_text_add(w, ",");
    if (k)
        gf_text_print(w, "%ld", k);
    gf_text_add(w, ",");
    if (t)
        gf_text_print(w, "%ld", t);
    gf_text_add(w, ",");
    gf_text_number(w, number);
    gf_text_add(w, "\n");
}

static void write_pairs(gf_text *w, const gf_reach *r)
{
    for (long k = 1; k <= r->steps; k++)
        for (long t = 1; t <= r->steps; t++)
            if (gf_reach_has(r, k, t))
                write_line(w, r, k, t, gf_reach_at(r, k, t));
}

static void write_row(gf_text *w, const gf_reach *r)
{
    for (long t = r->first; t <= r->last; t++)
        write_line(w, r, r->lag ? t + r->lag : 0, t, r->numbers[t - 1]);
    if (r->once != 0)
        write_line(w, r, 0, 0, r->once);
}

gf_status gf_flow_write_csv(gf_text *w, gf_flow_work *f)
{
    gf_text_add(w, "file,variable,k,t,l2\n");
    for (size_t n = 0; n < f->count; n++)
        (f->list[n].pairs ? write_pairs : write_row)(w, &f->list[n]);
    return GF_OK;
}
