/* Within columns: their grounds, and the arrows from box to box of the same step. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "view/spread/stages.h"

void gf_grounds_add(gf_spreading *s)
{
    s->spread->grounds = gf_arena_get(&s->spread->arena, (size_t)(s->c.count + 1) * sizeof *s->spread->grounds);
    if (!s->spread->grounds) {
        s->failed = true;
        return;
    }
    for (int k = 0; k < s->c.count; k++) {
        const gf_column *column = &s->c.columns[k];
        bool outside = column->kind == GF_COLUMN_BEFORE || column->kind == GF_COLUMN_AFTER;
        if (column->kind != GF_COLUMN_STEP && column->kind != GF_COLUMN_SOLID && (!outside || column->count < 2))
            continue; /* a frame around one box alone says nothing */
        double lanes = outside ? 0 : gf_lanes_above(s), height = outside ? column->room->block.height : s->height;
        double floor = outside ? gf_room_y(s, column->room, 0) : s->floor;
        s->spread->grounds[s->spread->ground_count++] = (gf_ground){
            .step = column->step,
            .last = column->last,
            .solid = column->kind == GF_COLUMN_SOLID,
            .x = column->x,
            .y = floor - height - lanes - 2,
            .width = column->width,
            .height = height + lanes + 8,
        };
    }
}

/* The arrows out of a box stand in the order of the boxes they go to. */
int gf_arrow_between(const gf_spreading *s, int from, int to)
{
    int low = s->first_out[from], high = s->first_out[from + 1];
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (gf_arrow_end(&s->c, s->out[middle]) < to)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < s->first_out[from + 1] && s->view->arrows[s->out[low]].to == &s->view->boxes[to];
    return found ? s->out[low] : -1;
}

typedef struct tracing {
    gf_spreading *s;
    const int *boxes; /* by slot; NULL: slots are boxes, and the block is turned */
    gf_point origin;  /* of the block */
    int from;         /* a box */
    int *arrows;      /* room for them */
    bool partial;     /* not all arrows of the pattern are there */
} tracing;

static void trace_piece(void *data, const gf_block_piece *piece)
{
    tracing *t = data;
    gf_point points[64];
    int count = 0, last = piece->point_count < 64 ? piece->point_count : 64;
    for (int k = 0; k < piece->target_count; k++) {
        int to = t->boxes ? t->boxes[piece->targets[k]] : piece->targets[k];
        int arrow = to < 0 ? -1 : gf_arrow_between(t->s, t->from, to);
        if (arrow >= 0)
            t->arrows[count++] = arrow;
    }
    for (int k = 0; k < last; k++) {
        gf_point p = piece->points[k];
        points[k] = t->boxes ? (gf_point){t->origin.x + p.x, t->origin.y - p.y}
                             : (gf_point){t->origin.x + p.y, t->origin.y + p.x};
    }
    t->partial |= count < piece->target_count;
    bool between = t->s->room.apart || (!t->boxes && piece->head);
    if (count)
        gf_spread_add(t->s, points, last, t->arrows, count, piece->head, between);
}

bool gf_slot_trace(gf_spreading *s, const gf_block *block, int slot, const int *boxes, gf_point origin, int *arrows)
{
    tracing t = {s, boxes, origin, boxes ? boxes[slot] : slot, arrows, false};
    s->failed |= t.from >= 0 && gf_block_trace(block, slot, trace_piece, &t);
    return t.partial;
}

/* Does a trail end or begin on a level line from a to b? */
static bool meets(const gf_trail *trail, gf_point a, gf_point b, double *x)
{
    for (int end = 0; end < 2; end++) {
        gf_point p = trail->points[end ? trail->point_count - 1 : 0];
        if (fabs(p.y - a.y) < 0.1 && p.x > fmin(a.x, b.x) - 0.1 && p.x < fmax(a.x, b.x) + 0.1)
            return *x = p.x, true;
    }
    return false;
}

/* The steps' pattern has arrows that a step has not: there a lane ends where its last branch leaves it. */
static void trim_lane(gf_spread *spread, size_t first, gf_trail *trail)
{
    gf_point *from = &trail->points[trail->point_count - 2], *to = from + 1;
    double low = INFINITY, high = -INFINITY, x;
    if (trail->head || fabs(from->y - to->y) > 0.1)
        return;
    for (size_t k = first; k < spread->trail_count; k++)
        if (&spread->trails[k] != trail && meets(&spread->trails[k], *from, *to, &x)) {
            low = fmin(low, x);
            high = fmax(high, x);
        }
    if (low > high)
        return;
    bool rightwards = to->x > from->x;
    if (trail->point_count == 2)
        from->x = rightwards ? low : high;
    to->x = rightwards ? fmax(high, from->x) : fmin(low, from->x);
}

static void trace_box(gf_spreading *s, const gf_column *column, int slot, int *arrows)
{
    size_t first = s->spread->trail_count;
    gf_point origin = {column->x, gf_room_y(s, column->room, 0)};
    bool partial = gf_slot_trace(s, &column->room->block, slot, column->boxes, origin, arrows);
    for (size_t k = first; k < s->spread->trail_count && partial; k++)
        trim_lane(s->spread, first, &s->spread->trails[k]);
}

void gf_within_trace(gf_spreading *s)
{
    int *arrows = gf_spread_take(s, s->view->arrow_count, sizeof *arrows);
    for (int k = 0; k < s->c.count && !s->failed; k++) {
        const gf_column *column = &s->c.columns[k];
        for (int slot = 0; column->room && column->room->made && slot < column->count && !s->failed; slot++)
            trace_box(s, column, slot, arrows);
    }
}

/* The arrows out of each box. */
void gf_index_arrows(gf_spreading *s)
{
    size_t boxes = s->view->box_count;
    s->first_out = gf_spread_take(s, boxes + 2, sizeof(int));
    s->out = gf_spread_take(s, s->view->arrow_count, sizeof(int));
    int *filled = gf_spread_take(s, boxes + 1, sizeof *filled);
    if (s->failed)
        return;
    for (size_t k = 0; k < s->view->arrow_count; k++)
        s->first_out[gf_box_number(s->view, s->view->arrows[k].from) + 1]++;
    for (size_t b = 0; b < boxes; b++)
        s->first_out[b + 1] += s->first_out[b];
    for (size_t k = 0; k < s->view->arrow_count; k++) {
        int from = gf_box_number(s->view, s->view->arrows[k].from);
        s->out[s->first_out[from] + filled[from]++] = (int)k;
    }
}
