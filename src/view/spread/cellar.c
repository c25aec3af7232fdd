/* The cellar: parameters stand in a row below all steps, and each sends one net up to those that use it. */
#include <math.h>
#include <string.h>

#include "view/spread/stages.h"

static const double lane_apart = 8, above_boxes = 26, box_height = 26, apart = 8, below_steps = 12;

typedef struct cellar {
    gf_spreading *s;
    const gf_column *params;
    gf_net *nets;  /* low: the box; high: where steps take it up */
    int **columns; /* of each pin of a net its column */
    double boxes;  /* the y of their middles */
    int lanes;
} cellar;

double gf_cellar_height(const gf_spreading *s)
{
    int count = s->c.columns[s->c.count].count;
    return count ? below_steps + count * lane_apart + above_boxes + box_height + 6 : 0;
}

/* A 1 x 1 one has its number beside its name. */
static bool is_flat(const gf_spreading *s, int box)
{
    return s->view->boxes[box].scalar;
}

static double width_of(const gf_spreading *s, int box)
{
    double width, height;
    gf_box_size(s->view, &s->view->boxes[box], &s->profile, false, is_flat(s, box), &width, &height);
    return width;
}

double gf_cellar_width(const gf_spreading *s)
{
    const gf_column *params = &s->c.columns[s->c.count];
    double all = 0;
    for (int p = 0; p < params->count; p++)
        all += width_of(s, params->boxes[p]) + apart;
    return all;
}

static bool is_used_in(const gf_spreading *s, int box, int column)
{
    for (int k = s->first_out[box]; k < s->first_out[box + 1]; k++)
        if (gf_arrow_column(&s->c, s->out[k]) == column)
            return true;
    return false;
}

/* Where a step takes a parameter up: at the seat that it has there; several steps that are one box side by side. */
static bool find_pin(const cellar *c, int p, const gf_column *column, double *x)
{
    const gf_spreading *s = c->s;
    int box = c->params->boxes[p], slot = s->c.slot_of[box];
    if (column->kind == GF_COLUMN_SOLID) {
        *x = column->x + column->width * (p + 1) / (c->params->count + 1);
        return is_used_in(s, box, (int)(column - s->c.columns));
    }
    if (column->kind != GF_COLUMN_STEP || slot < 0 || column->boxes[slot] != box)
        return false;
    *x = gf_slot_x(column, slot, s->c.step.block.at[slot]->x);
    return true;
}

/* The pins of each parameter: one a step that uses it, and one for several that are one box. */
static void find_pins(cellar *c)
{
    gf_spreading *s = c->s;
    for (int p = 0; p < c->params->count && !s->failed; p++) {
        gf_net *net = &c->nets[p];
        net->low = gf_spread_take(s, 1, sizeof *net->low);
        net->high = gf_spread_take(s, (size_t)s->c.steps, sizeof *net->high);
        c->columns[p] = gf_spread_take(s, (size_t)s->c.steps, sizeof *c->columns[p]);
        for (int k = 0; k < s->c.count && !s->failed; k++) {
            double x;
            if (!find_pin(c, p, &s->c.columns[k], &x))
                continue;
            c->columns[p][net->high_count] = k;
            net->high[net->high_count++] = x;
        }
    }
}

/* Each stands below the middle of its pins, as far as its neighbours let it. */
static void place_params(cellar *c)
{
    gf_spreading *s = c->s;
    int count = c->params->count, *order = gf_spread_take(s, (size_t)count, sizeof *order);
    double *wish = gf_spread_take(s, (size_t)count, sizeof *wish), right = s->room.left;
    for (int p = 0; p < count && !s->failed; p++) {
        const gf_net *net = &c->nets[p];
        wish[p] = net->high_count ? (net->high[0] + net->high[net->high_count - 1]) / 2 : s->room.left;
        int at = p;
        for (; at > 0 && wish[order[at - 1]] > wish[p]; at--)
            order[at] = order[at - 1];
        order[at] = p;
    }
    double all = -apart;
    for (int p = 0; p < count && !s->failed; p++) {
        double width = width_of(s, c->params->boxes[p]);
        gf_stand *stand = &s->spread->places[c->params->boxes[p]];
        *stand = (gf_stand){.width = width, .height = box_height, .y = c->boxes, .shown = true};
        stand->flat = is_flat(s, c->params->boxes[p]);
        all += width + apart;
    }
    double start = fmax(right, (s->room.left + s->spread->right - all) / 2);
    for (int k = 0; k < count && !s->failed; k++) {
        gf_stand *stand = &s->spread->places[c->params->boxes[order[k]]];
        stand->x = start + stand->width / 2;
        start += stand->width + apart;
        c->nets[order[k]].low[0] = stand->x;
        c->nets[order[k]].low_count = 1;
    }
}

static double lane_y(const cellar *c, int lane)
{
    return c->boxes - box_height / 2 - above_boxes - lane * lane_apart;
}

/* The arrows of a parameter by the columns they go to: those into column k end where end[k] says. */
static void sort_arrows(const cellar *c, int box, int *arrows, int *end)
{
    const gf_spreading *s = c->s;
    memset(end, 0, (size_t)(s->c.count + 1) * sizeof *end);
    for (int k = s->first_out[box]; k < s->first_out[box + 1]; k++)
        end[gf_arrow_column(&s->c, s->out[k]) + 1]++;
    for (int k = 0; k < s->c.count; k++)
        end[k + 1] += end[k];
    for (int k = s->first_out[box]; k < s->first_out[box + 1]; k++)
        arrows[end[gf_arrow_column(&s->c, s->out[k])]++] = s->out[k];
}

static void trace_pin(const cellar *c, int p, int pin, const int *arrows, int count)
{
    gf_spreading *s = c->s;
    const gf_net *net = &c->nets[p];
    bool solid = s->c.columns[c->columns[p][pin]].kind == GF_COLUMN_SOLID;
    double x = net->high[pin], top = solid ? s->floor : gf_spread_y(s, s->c.step.block.rows[0].y + 1);
    gf_point points[4];
    int length = 0;
    if (net->lane < 0)
        points[length++] = (gf_point){x, c->boxes - box_height / 2};
    else if (net->jogged && net->jogged[pin]) {
        points[length++] = (gf_point){net->jog, lane_y(c, net->lane)};
        points[length++] = (gf_point){net->jog, lane_y(c, net->jog_lane)};
        points[length++] = (gf_point){x, lane_y(c, net->jog_lane)};
    } else {
        points[length++] = (gf_point){x, lane_y(c, net->lane)};
    }
    points[length++] = (gf_point){x, top};
    if (count)
        gf_spread_add(s, points, length, arrows, count, solid, net->lane < 0);
}

static void trace_param(const cellar *c, int p, int *arrows, int *end)
{
    gf_spreading *s = c->s;
    const gf_net *net = &c->nets[p];
    int box = c->params->boxes[p], all = s->first_out[box + 1] - s->first_out[box];
    double x = net->low_count ? net->low[0] : 0, y = lane_y(c, net->lane);
    if (net->lane >= 0 && all) {
        gf_point up[] = {{x, c->boxes - box_height / 2}, {x, y}}, along[] = {{net->from, y}, {net->to, y}};
        gf_spread_add(s, up, 2, s->out + s->first_out[box], all, false, true);
        gf_spread_add(s, along, 2, s->out + s->first_out[box], all, false, false);
    }
    sort_arrows(c, box, arrows, end);
    for (int pin = 0; pin < net->high_count; pin++) {
        int column = c->columns[p][pin], first = column ? end[column - 1] : 0;
        trace_pin(c, p, pin, arrows + first, end[column] - first);
    }
}

void gf_cellar_make(gf_spreading *s)
{
    const gf_column *params = &s->c.columns[s->c.count];
    if (!params->count || s->failed)
        return;
    cellar c = {.s = s, .params = params};
    c.nets = gf_spread_take(s, (size_t)params->count, sizeof *c.nets);
    c.columns = gf_spread_take(s, (size_t)params->count, sizeof *c.columns);
    int *arrows = gf_spread_take(s, s->view->arrow_count, sizeof *arrows), bad;
    int *end = gf_spread_take(s, (size_t)s->c.count + 2, sizeof *end);
    c.boxes = s->floor + gf_cellar_height(s) - 6 - box_height / 2;
    find_pins(&c);
    place_params(&c);
    if (s->failed)
        return;
    s->failed |=
        gf_channel_route(c.nets, params->count, s->room.left, s->spread->right, 6, &s->arena, &c.lanes, &bad) != GF_OK;
    for (int p = 0; p < params->count && !s->failed; p++)
        trace_param(&c, p, arrows, end);
}
