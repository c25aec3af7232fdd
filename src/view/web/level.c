/* A level of the page, laid out in as much room as it needs. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "view/inside.h"
#include "view/page/crowd.h"
#include "view/page/paint.h"
#include "view/web/inside.h"

enum { CELL = 56 }; /* pixels: a cell of the strip */

static const gf_profile timed = {.box = 42, .lane = 14, .base = 10, .tail = 22, .letters = 14},
                        turned = {.box = 46, .lane = 20, .base = 30, .tail = 28, .letters = 15};

/* --- what has been added up until then ---------------------------------------------------------------------------- */

typedef struct gf_web_addition {
    const gf_cell *cell;
    const gf_strip_cell *at;
} addition;

static int compare(int one, int other)
{
    return (one > other) - (one < other);
}

/* By weight, then by turn; those of one turn in the order in which backward adds them. */
static int by_weight(const void *a, const void *b)
{
    const addition *one = a, *other = b;
    int order = compare(one->at->row, other->at->row);
    if (!order)
        order = compare(one->at->weight, other->at->weight);
    if (!order)
        order = compare(one->cell->turn, other->cell->turn);
    return order ? order : (one->cell < other->cell) - (one->cell > other->cell);
}

/* What is added to the sum of each weight. False without memory. */
static bool find_additions(gf_web_level *l)
{
    l->additions = gf_arena_get(&l->arena, (l->view.cell_count + 1) * sizeof *l->additions);
    for (size_t k = 0; k < l->view.cell_count && l->additions; k++)
        if (l->view.cells[k].look != GF_ARROW_UNKNOWN)
            l->additions[l->addition_count++] = (addition){&l->view.cells[k], &l->strip.cells[l->strip.place[k]]};
    if (l->addition_count)
        qsort(l->additions, l->addition_count, sizeof *l->additions, by_weight);
    return l->additions;
}

/* Is it one to the sum of that weight? */
static bool is_of(const gf_web_level *l, size_t k, int row, int weight)
{
    return k < l->addition_count && l->additions[k].at->row == row && l->additions[k].at->weight == weight;
}

bool gf_web_cell_is_worked(const gf_web_level *l, const gf_strip_cell *cell)
{
    const char *in = strstr(cell->title, " in ");
    double entries = l->strip.rows[cell->row].weights[cell->weight].entries;
    return l->worked && in && cell->entries == entries && gf_names_find(l->held, in + 4) != UINT32_MAX;
}

/* Are there cells of a weight, all of which the page works out? */
static bool is_worked(const gf_web_level *l, int row, int weight)
{
    bool any = false;
    for (size_t k = 0; k < l->addition_count; k++) {
        if (!is_of(l, k, row, weight))
            continue;
        any = true;
        if (!gf_web_cell_is_worked(l, l->additions[k].at))
            return false;
    }
    return any;
}

/* What a weight has received, after each turn that brings something: ,turns since the one before,l2,max. */
static bool write_sums(const gf_web_level *l, int row, int number, gf_text *out)
{
    const gf_strip_weight *weight = &l->strip.rows[row].weights[number];
    int rows = gf_node_rows(weight->param), cols = gf_node_cols(weight->param), before = 0;
    size_t k = 0;
    while (k < l->addition_count && !is_of(l, k, row, number))
        k++;
    memset(weight->sum, 0, (size_t)weight->entries * sizeof *weight->sum);
    for (; is_of(l, k, row, number); k++) {
        int turn = l->additions[k].cell->turn;
        if (!gf_cell_sum(weight->one, l->additions[k].cell))
            return false;
        for (size_t e = 0; e < (size_t)weight->entries; e++)
            weight->sum[e] += weight->one[e];
        if (is_of(l, k + 1, row, number) && l->additions[k + 1].cell->turn == turn)
            continue;
        gf_measure sum = gf_measure_matrix(&(gf_matrix){weight->sum, rows, cols, cols});
        gf_text_print(out, ",%d,", turn - before);
        gf_web_number(out, sum.l2);
        gf_text_add(out, ",");
        gf_web_number(out, sum.max);
        before = turn;
    }
    return true;
}

/* --- the places of numbers ---------------------------------------------------------------------------------------- */

/* Where a painted page would have them. */
static gf_status find_numbers(gf_web_level *l)
{
    gf_drawing drawing;
    gf_size_scale scale = {.low = -2, .high = 0};
    l->numbers = gf_arena_get(&l->arena, (l->spread.trail_count + 1) * sizeof *l->numbers);
    l->tips = gf_crowd_tips(&l->spread);
    if (!l->numbers || !l->tips || gf_crowd_measure(&scale, &l->view, &l->spread))
        return GF_ERROR_MEMORY;
    for (size_t k = 0; k < l->spread.trail_count; k++)
        l->numbers[k] = (gf_point){NAN, NAN};
    l->widest = scale.widest;
    gf_drawing_begin(&drawing, l->spread.right + 100, l->spread.bottom + 100, "", "", "");
    gf_painting painting = {.view = &l->view,
                            .spread = &l->spread,
                            .theme = gf_theme_find("light"),
                            .scale = &scale,
                            .profile = l->spread.turned ? turned : timed,
                            .drawing = &drawing,
                            .right = drawing.width,
                            .numbers = l->numbers};
    gf_status status = gf_paint(&painting);
    l->heading = painting.heading;
    gf_drawing_free(&drawing);
    return status;
}

gf_status gf_web_level_make(gf_web_level *l, gf_graph *g, const gf_draw_options *options, gf_names *held, bool worked)
{
    *l = (gf_web_level){.held = held, .worked = worked};
    gf_ample ample = {.timed = timed, .turned = turned};
    gf_status status = gf_view_make_folded(&l->view, g, options, 0, 0);
    l->has_strip = !status && l->view.level == GF_LEVEL_EQUATIONS && l->view.cell_count &&
                   (options->params == GF_SHOW_AUTO || options->params == GF_SHOW_STRIP);
    if (l->has_strip) {
        status = gf_strip_make(&l->strip, &l->view);
        if (!status && !find_additions(l))
            status = GF_ERROR_MEMORY;
        ample.step = CELL * l->strip.most;
    }
    if (!status)
        status = gf_spread_make_ample(&l->spread, &l->view, &ample);
    return status ? status : find_numbers(l);
}

void gf_web_level_free(gf_web_level *l)
{
    free(l->tips);
    gf_spread_free(&l->spread);
    if (l->has_strip)
        gf_strip_free(&l->strip);
    gf_view_free(&l->view);
    gf_arena_free(&l->arena);
}

/* --- as an object ------------------------------------------------------------------------------------------------- */

/* The scale of each magnitude, as powers of ten. */
static void write_scales(gf_web_level *l, const gf_draw_options *options, gf_text *out)
{
    gf_magnitude before = l->view.magnitude;
    gf_text_add(out, ",\"scales\":{");
    for (int k = GF_MAGNITUDE_L2; k <= GF_MAGNITUDE_MAX; k++) {
        l->view.magnitude = (gf_magnitude)k;
        gf_view_measure(&l->view);
        gf_size_scale scale = gf_scale_choose(&l->view, options->least, options->most);
        gf_text_print(out, "%s\"%s\":[", k ? "," : "", gf_magnitude_name((gf_magnitude)k));
        gf_web_number(out, scale.low);
        gf_text_add(out, ",");
        gf_web_number(out, scale.high);
        gf_text_print(out, ",%d,%d]", scale.below, scale.above);
    }
    gf_text_add(out, "}");
    l->view.magnitude = before;
    gf_view_measure(&l->view);
}

/* The rows of the strip: their names, and their weights, each [name, entries, own, …] with what it receives turn by
 * turn, or null where the page adds it up, or, where each step has one of its own, what they come to in the end. */
static bool write_rows(const gf_web_level *l, gf_text *out)
{
    bool good = true;
    gf_text_add(out, ",\"rows\":[");
    for (int r = 0; r < l->strip.count && l->has_strip; r++) {
        const gf_strip_row *row = &l->strip.rows[r];
        gf_text_print(out, "%s[", r ? "," : "");
        gf_text_quoted(out, row->name);
        for (int w = 0; w < row->count; w++) {
            const gf_strip_weight *weight = &row->weights[w];
            gf_text_add(out, ",[");
            gf_text_quoted(out, weight->name);
            gf_text_print(out, ",%.0f,%d", weight->own ? weight->own_entries : weight->entries, weight->own);
            if (!weight->own && is_worked(l, r, w)) {
                gf_text_add(out, ",null");
            } else if (!weight->own) {
                good = good && write_sums(l, r, w, out);
            } else if (weight->total.known) {
                gf_text_print(out, ",%d,", l->view.turn_count);
                gf_web_number(out, weight->total.l2);
                gf_text_add(out, ",");
                gf_web_number(out, weight->total.max);
            }
            gf_text_add(out, "]");
        }
        gf_text_add(out, "]");
    }
    gf_text_print(out, "],\"cell\":%d", l->has_strip ? l->strip.most : 0);
    return good;
}

bool gf_web_level_write(gf_web_level *l, const gf_draw_options *options, gf_text *out)
{
    static const char *const names[] = {"auto", "ops", "equations", "steps"};
    const gf_spread *s = &l->spread;
    gf_text_print(out,
                  "{\"name\":\"%s\",\"turned\":%d,\"turns\":%d,\"params\":%d,\"letters\":%g,\"box\":%g,\"widest\":",
                  names[l->view.level], s->turned, l->view.turn_count, (int)l->view.hidden,
                  s->turned ? turned.letters : timed.letters, s->turned ? turned.box : timed.box);
    gf_length_write(out, l->widest);
    gf_text_add(out, ",\"heading\":[");
    gf_length_write(out, isnan(l->heading.x) ? -1000 : l->heading.x);
    gf_text_add(out, ",");
    gf_length_write(out, isnan(l->heading.x) ? -1000 : l->heading.y);
    gf_text_add(out, "],\"bounds\":[");
    const double bounds[] = {s->left, s->top, s->right, s->bottom};
    for (int k = 0; k < 4; k++) {
        gf_text_add(out, k ? "," : "");
        gf_length_write(out, bounds[k]);
    }
    gf_text_add(out, "]");
    write_scales(l, options, out);
    bool good = write_rows(l, out) && gf_web_stamps_write(l, out);
    gf_text_add(out, "}");
    return good;
}
