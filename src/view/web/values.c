/* The numbers of all that has a name. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "view/inside.h"
#include "view/web/inside.h"

enum { ANEW = 25 }; /* steps */
enum {
    LITTLE = 16,
    MODERATE = 8192,
    ABUNDANT = 100000
}; /* entries: of a matrix; of all of a name; the same of small ones */

/* Does a page hold the entries of `count` matrices of one name? */
static bool holds(size_t entries, size_t count)
{
    return entries * count <= (entries <= LITTLE ? ABUNDANT : MODERATE);
}

static bool is_same(const gf_box *one, const gf_box *other)
{
    return !strcmp(one->variable, other->variable) && one->rows == other->rows && one->cols == other->cols;
}

/* By name and shape, then by step, then by id. */
static int by_name(const void *a, const void *b)
{
    const gf_box *one = *(const gf_box *const *)a, *other = *(const gf_box *const *)b;
    int order = strcmp(one->variable, other->variable), step = 0, next = 0;
    if (!order)
        order = (one->rows > other->rows) - (one->rows < other->rows);
    if (!order)
        order = (one->cols > other->cols) - (one->cols < other->cols);
    if (!order && gf_box_when(one, &step) && gf_box_when(other, &next))
        order = (step > next) - (step < next);
    return order ? order : (one->id > other->id) - (one->id < other->id);
}

typedef void number_writer(gf_text *out, double number);

static void write_entries(gf_text *out, const gf_matrix *m, size_t entries, bool first, number_writer *write)
{
    for (size_t k = 0; k < entries; k++) {
        gf_text_add(out, first && !k ? "" : ",");
        if (m)
            write(out, gf_matrix_at(m, (int)(k / (size_t)m->cols), (int)(k % (size_t)m->cols)));
        else
            gf_text_add(out, "null");
    }
}

static const gf_matrix *gradient_of(const gf_box *box)
{
    return box->gradient.known ? gf_gradient((gf_node *)(size_t)box->node) : NULL;
}

/* Norm, least and greatest entry. */
static void write_sizes(gf_text *out, const gf_matrix *m)
{
    double sizes[] = {NAN, NAN, NAN};
    for (size_t k = 0; m && k < gf_matrix_size(m); k++) {
        double entry = gf_matrix_at(m, (int)(k / (size_t)m->cols), (int)(k % (size_t)m->cols));
        sizes[1] = k ? fmin(sizes[1], entry) : entry;
        sizes[2] = k ? fmax(sizes[2], entry) : entry;
    }
    sizes[0] = m ? gf_matrix_norm(m) : NAN;
    for (int k = 0; k < 3; k++) {
        gf_text_add(out, k ? "," : "");
        gf_web_number(out, sizes[k]);
    }
}

/* The labels' steps: [first, how many] where they follow each other, else all of them; null of what has no step. */
static void write_steps(gf_text *out, const gf_box *const *boxes, size_t count)
{
    int first, step = 0;
    bool timed = gf_box_when(boxes[0], &first), row = timed;
    for (size_t k = 0; k < count && row; k++)
        row = gf_box_when(boxes[k], &step) && step == first + (int)k;
    if (!timed)
        return;
    if (row) {
        gf_text_print(out, ",\"from\":%d", first);
        return;
    }
    gf_text_add(out, ",\"at\":[");
    for (size_t k = 0; k < count; k++)
        gf_text_print(out, "%s%d", k ? "," : "", gf_box_when(boxes[k], &step) ? step : 0);
    gf_text_add(out, "]");
}

/* Entry by entry, or what they are like. */
static void write_numbers(gf_text *out, const gf_box *const *boxes, size_t count)
{
    size_t entries = (size_t)boxes[0]->rows * (size_t)boxes[0]->cols;
    bool held = holds(entries, count), known = false;
    for (size_t k = 0; k < count; k++)
        known |= boxes[k]->gradient.known;
    gf_text_add(out, held ? ",\"v\":[" : ",\"sizes\":[");
    for (size_t k = 0; k < count && held; k++)
        write_entries(out, &boxes[k]->node->value, entries, !k, gf_web_number);
    for (size_t k = 0; k < count && !held; k++) {
        gf_text_add(out, k ? "," : "");
        write_sizes(out, &boxes[k]->node->value);
        gf_text_add(out, ",");
        write_sizes(out, gradient_of(boxes[k]));
    }
    gf_text_add(out, held && known ? "],\"g\":[" : "]");
    for (size_t k = 0; k < count && held && known; k++)
        write_entries(out, gradient_of(boxes[k]), entries, !k, gf_web_number);
    gf_text_add(out, held && known ? "]" : "");
}

/* Is it worked out from its equation, and so, by differentiation, all that arrives there? */
static bool is_made(const gf_box *box)
{
    return gf_node_arity(box->node) && gf_node_differentiable(box->node);
}

/* Exact values of what no equation makes. A state begins anew every so many steps, lest in a chaotic recursion the last
 * bits grow to what can be seen. */
static void write_exact(gf_text *out, const gf_box *const *boxes, size_t count, int steps)
{
    size_t entries = (size_t)boxes[0]->rows * (size_t)boxes[0]->cols, held = 0, known = 0;
    bool state = false;
    int step = 0;
    gf_text which = {0}, numbers = {0}, reached = {0};
    for (size_t k = 0; k < count; k++)
        state |= gf_box_when(boxes[k], &step) && (step < 1 || step > steps);
    for (size_t k = 0; k < count; k++) {
        bool again = state && gf_box_when(boxes[k], &step) && step % ANEW == 0;
        known += boxes[k]->gradient.known;
        gf_text_print(&reached, "%s%d", k ? "," : "", boxes[k]->gradient.known);
        if (is_made(boxes[k]) && !again)
            continue;
        gf_text_print(&which, "%s%zu", held ? "," : "", k);
        write_entries(&numbers, &boxes[k]->node->value, entries, !held++, gf_web_exact);
    }
    if (held)
        gf_text_print(out, ",\"v\":[%s]", gf_text_string(&numbers));
    if (held && held < count)
        gf_text_print(out, ",\"held\":[%s]", gf_text_string(&which));
    if (known)
        gf_text_print(out, known == count ? ",\"known\":1" : ",\"known\":[%s]", gf_text_string(&reached));
    out->failed |= which.failed || numbers.failed || reached.failed;
    gf_text_free(&which);
    gf_text_free(&numbers);
    gf_text_free(&reached);
}

static bool write_name(gf_text *out, const gf_box *const *boxes, size_t count, bool worked, int steps, gf_names *labels)
{
    const gf_box *box = boxes[0];
    gf_text_add(out, "{\"name\":");
    gf_text_quoted(out, box->variable);
    gf_text_print(out, ",\"rows\":%d,\"cols\":%d,\"count\":%zu,\"kind\":%d", box->rows, box->cols, count,
                  (int)box->kind);
    write_steps(out, boxes, count);
    if (worked)
        write_exact(out, boxes, count, steps);
    else
        write_numbers(out, boxes, count);
    gf_text_add(out, "}");
    bool good = true, held = worked || holds((size_t)box->rows * (size_t)box->cols, count);
    for (size_t k = 0; k < count && held && good; k++)
        good = !boxes[k]->gradient.known || gf_names_add(labels, boxes[k]->name) != UINT32_MAX;
    return good;
}

gf_status gf_web_values_write(gf_graph *g, bool worked, gf_names *held, gf_text *out)
{
    gf_draw_options all = {.size = sizeof all, .level = GF_LEVEL_OPS, .params = GF_SHOWN};
    gf_view view;
    size_t count = 0;
    gf_status status = gf_view_make(&view, g, &all);
    const gf_box **boxes = status ? NULL : malloc((view.box_count + 1) * sizeof *boxes);
    if (!status && !boxes)
        status = GF_ERROR_MEMORY;
    for (size_t k = 0; k < view.box_count && !status; k++)
        if (*view.boxes[k].variable && view.boxes[k].node)
            boxes[count++] = &view.boxes[k];
    if (!status && count)
        qsort((void *)boxes, count, sizeof *boxes, by_name);
    gf_text_add(out, "[");
    for (size_t k = 0, end; k < count && !status; k = end) {
        for (end = k + 1; end < count && is_same(boxes[k], boxes[end]);)
            end++;
        gf_text_add(out, k ? ",\n" : "");
        if (!write_name(out, boxes + k, end - k, worked, view.last_step, held))
            status = GF_ERROR_MEMORY;
    }
    gf_text_add(out, "]");
    free((void *)boxes);
    gf_view_free(&view);
    return status;
}
