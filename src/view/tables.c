/* Tables: boxes and arrows as JSON and as CSV, for programs. Names are those of DOT. */
#include "view/tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"

/* --- JSON ---------------------------------------------------------------------------------- */

/* The next member of an object. */
static void add_key(gf_text *out, const char *name)
{
    gf_text_print(out, ", \"%s\": ", name);
}

/* JSON has no number that is not finite. */
static void add_number(gf_text *out, const char *name, bool known, double number)
{
    add_key(out, name);
    if (known && isfinite(number))
        gf_text_number(out, number);
    else
        gf_text_add(out, "null");
}

static void add_integer(gf_text *out, const char *name, bool known, int number)
{
    char text[GF_NUMBER];
    add_key(out, name);
    gf_text_add(out, known ? gf_number_as(text, "%.0f", number) : "null");
}

static void add_text(gf_text *out, const char *name, const char *value)
{
    add_key(out, name);
    gf_text_quoted(out, value);
}

static void add_measure(gf_text *out, const gf_measure *measure)
{
    add_number(out, "grad_l2", measure->known, measure->l2);
    add_number(out, "grad_rms", measure->known, measure->rms);
    add_number(out, "grad_max", measure->known, measure->max);
}

/* What a cut throws away, where there is one. */
static void add_cut(gf_text *out, const gf_measure *cut)
{
    if (cut->known)
        add_number(out, "cut_l2", true, cut->l2);
}

static void add_node(gf_text *out, const gf_box *box)
{
    int step;
    bool timed = gf_box_when(box, &step), node = box->node != NULL;
    gf_text_add(out, "{\"id\": ");
    gf_text_quoted(out, box->key);
    add_text(out, "op", box->op);
    add_text(out, "variable", box->variable);
    add_integer(out, "step", timed, step);
    add_integer(out, "last_step", box->last_step != 0, box->last_step);
    add_integer(out, "rows", node, box->rows);
    add_integer(out, "cols", node, box->cols);
    add_number(out, "value_l2", node, box->value_l2);
    add_measure(out, &box->gradient);
    if (box->cuts)
        add_integer(out, "cuts", true, box->cuts);
    add_cut(out, &box->cut);
    gf_text_print(out, ", \"finite\": %s}", box->finite ? "true" : "false");
}

static void add_ends(gf_text *out, const gf_arrow *arrow)
{
    gf_text_add(out, "{\"from\": ");
    gf_text_quoted(out, arrow->from->key);
    add_text(out, "to", arrow->to->key);
    add_text(out, "variable", arrow->variable);
}

static void add_edge(gf_text *out, const gf_arrow *arrow)
{
    add_ends(out, arrow);
    add_integer(out, "slot", true, arrow->slot);
    add_measure(out, &arrow->gradient);
    add_cut(out, &arrow->cut);
    gf_text_add(out, "}");
}

/* What one variable sends to one box. */
static void add_flow(gf_text *out, const gf_arrow *const *arrows, size_t count)
{
    gf_measure whole = arrows[0]->gradient, cut = arrows[0]->cut;
    if (count > 1 && (gf_arrows_together(&whole, arrows, count) || gf_cuts_together(&cut, arrows, count)))
        out->failed = true;
    add_ends(out, arrows[0]);
    add_measure(out, &whole);
    add_cut(out, &cut);
    gf_text_add(out, "}");
}

/* The arrow of the same variable into the same box that stands next behind it, if there is one; by its number. */
static bool link_kin(const gf_view *view, size_t *next, bool *first)
{
    size_t *last = calloc((size_t)view->source_count + 1, sizeof *last); /* 1 + the number of a source's last arrow */
    for (size_t k = 0; last && k < view->arrow_count; k++) {
        const gf_arrow *arrow = &view->arrows[k];
        size_t before = last[arrow->source];
        first[k] = !before || view->arrows[before - 1].to != arrow->to;
        if (!first[k])
            next[before - 1] = k;
        last[arrow->source] = k + 1;
    }
    free(last);
    return last != NULL;
}

/* Commas between the things of a list. */
static void begin_item(gf_text *out, bool *any)
{
    gf_text_add(out, *any ? ",\n" : "\n");
    *any = true;
}

/* Is it of a box that is written nowhere else? */
static bool is_new(const gf_view *view, const gf_arrow *arrow, const bool *known)
{
    return !known || !known[arrow->from - view->boxes] || !known[arrow->to - view->boxes];
}

static void add_flows(gf_text *out, const gf_view *view, const bool *known, const size_t *next, const bool *first,
                      const gf_arrow **kin, bool *any)
{
    for (size_t k = 0; k < view->arrow_count; k++) {
        size_t count = 0;
        if (!first[k] || !is_new(view, &view->arrows[k], known))
            continue;
        for (size_t at = k; at || !count; at = next[at])
            kin[count++] = &view->arrows[at];
        begin_item(out, any);
        add_flow(out, kin, count);
    }
}

static void write_flows(gf_text *out, const gf_view *view, const bool *known, bool *any)
{
    size_t *next = calloc(view->arrow_count + 1, sizeof *next); /* 0: none, for the first arrow follows none */
    bool *first = calloc(view->arrow_count + 1, sizeof *first);
    const gf_arrow **kin = calloc(view->arrow_count + 1, sizeof *kin);
    bool good = next && first && kin && link_kin(view, next, first);
    if (good)
        add_flows(out, view, known, next, first, kin, any);
    out->failed |= !good;
    free(next);
    free(first);
    free((void *)kin);
}

/* Which boxes of the picture are among the view's; NULL without memory. The caller's. */
static bool *find_known(const gf_view *view, const gf_view *picture)
{
    gf_names keys = {0};
    bool *known = calloc(picture->box_count + 1, sizeof *known), good = known != NULL;
    for (size_t k = 0; k < view->box_count && good; k++)
        good = gf_names_add(&keys, view->boxes[k].key) != UINT32_MAX;
    for (size_t k = 0; k < picture->box_count && good; k++)
        known[k] = gf_names_find(&keys, picture->boxes[k].key) != UINT32_MAX;
    gf_names_free(&keys);
    if (good)
        return known;
    free(known);
    return NULL;
}

static void write_nodes(gf_text *out, const gf_view *view, const bool *known, bool *any)
{
    for (size_t k = 0; k < view->box_count; k++) {
        if (known && known[k])
            continue;
        begin_item(out, any);
        add_node(out, &view->boxes[k]);
    }
}

static void write_edges(gf_text *out, const gf_view *view)
{
    bool any = false;
    for (size_t k = 0; k < view->arrow_count; k++) {
        begin_item(out, &any);
        add_edge(out, &view->arrows[k]);
    }
}

void gf_tables_json(const gf_view *view, const gf_view *picture, gf_text *out)
{
    bool *known = find_known(view, picture), any = false;
    if (!known) {
        out->failed = true;
        return;
    }
    gf_text_add(out, "\"nodes\": [");
    write_nodes(out, view, NULL, &any);
    write_nodes(out, picture, known, &any);
    gf_text_add(out, "],\n\"edges\": [");
    write_edges(out, view);
    gf_text_add(out, "],\n\"flows\": [");
    any = false;
    write_flows(out, view, NULL, &any);
    write_flows(out, picture, known, &any);
    gf_text_add(out, "]");
    free(known);
}

/* --- CSV ----------------------------------------------------------------------------------- */

/* Between quotes where a comma, or a quote, would be taken for the table's own. */
static void add_cell(gf_text *out, const char *text)
{
    if (!strpbrk(text, ",\"")) {
        gf_text_add(out, text);
        return;
    }
    gf_text_bytes(out, "\"", 1);
    for (; *text; text++)
        gf_text_bytes(out, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    gf_text_bytes(out, "\"", 1);
}

static void add_row(gf_text *out, const gf_arrow *arrow)
{
    const double sizes[] = {arrow->gradient.l2, arrow->gradient.rms, arrow->gradient.max};
    gf_text_print(out, "%s,%s,%d,", arrow->from->key, arrow->to->key, arrow->slot);
    add_cell(out, arrow->variable);
    gf_text_bytes(out, ",", 1);
    int step;
    if (gf_box_when(arrow->to, &step))
        gf_text_print(out, "%d", step);
    for (int k = 0; k < 3; k++) {
        gf_text_bytes(out, ",", 1);
        if (arrow->gradient.known)
            gf_text_number(out, sizes[k]);
    }
    gf_text_bytes(out, "\n", 1);
}

gf_status gf_tables_csv(const gf_view *view, const char *format, gf_text *out, gf_text *why)
{
    (void)format, (void)why;
    gf_text_add(out, "from,to,slot,variable,step,grad_l2,grad_rms,grad_max\n");
    for (size_t k = 0; k < view->arrow_count; k++)
        add_row(out, &view->arrows[k]);
    return GF_OK;
}
