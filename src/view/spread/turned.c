/* A graph without time: one block, turned by a quarter, so that rows become columns and values flow to the right. */
#include <math.h>
#include <string.h>

#include "view/spread/ways.h"

typedef struct turning {
    gf_spreading *s;
    gf_block block;
    gf_block_box *boxes;
    gf_block_link *links;
    double x, y; /* where the block's floor and left side lie */
    int *arrows;
    int from;
} turning;

/* What lies `up` from the block's floor and `across` from its left side. */
static gf_point turn(const turning *t, double across, double up)
{
    return (gf_point){t->x + up, t->y + across};
}

static void collect(turning *t)
{
    gf_spreading *s = t->s;
    const gf_view *view = s->view;
    t->boxes = gf_spread_take(s, view->box_count, sizeof *t->boxes);
    t->links = gf_spread_take(s, view->arrow_count, sizeof *t->links);
    t->arrows = gf_spread_take(s, view->arrow_count, sizeof *t->arrows);
    for (size_t k = 0; k < view->box_count && !s->failed; k++) {
        const gf_box *box = &view->boxes[k];
        gf_block_box *one = &t->boxes[k];
        gf_box_size(view, box, &s->profile, false, false, &one->height, &one->width);
        one->input = box->kind != GF_BOX_OPERATION && box->kind != GF_BOX_STEPS;
        one->aside = box->aside;
        one->cell = -1;
        one->top = box->shape && box->shape->end;
        one->apart = box->shape ? box->shape->apart : 0;
    }
    for (size_t k = 0; k < view->arrow_count && !s->failed; k++)
        t->links[k] =
            (gf_block_link){gf_box_number(view, view->arrows[k].from), gf_box_number(view, view->arrows[k].to)};
}

/* Two operands that are one value are one link. */
static int unite_links(turning *t)
{
    int count = 0;
    for (size_t k = 0; k < t->s->view->arrow_count; k++) {
        bool there = false;
        for (int j = count - 1; j >= 0 && t->links[j].to == t->links[k].to; j--)
            there |= t->links[j].from == t->links[k].from;
        if (!there)
            t->links[count++] = t->links[k];
    }
    return count;
}

static void trace_piece(void *data, const gf_block_piece *piece)
{
    turning *t = data;
    gf_point points[64];
    int count = 0, last = piece->point_count < 64 ? piece->point_count : 64;
    for (int k = 0; k < piece->target_count; k++) {
        int arrow = gf_arrow_between(t->s, t->from, piece->targets[k]);
        if (arrow >= 0)
            t->arrows[count++] = arrow;
    }
    for (int k = 0; k < last; k++)
        points[k] = turn(t, piece->points[k].x, piece->points[k].y);
    if (count)
        gf_spread_add(t->s, points, last, t->arrows, count, piece->head, piece->head || t->s->room.apart);
}

static void place(turning *t)
{
    const gf_room *room = &t->s->room;
    gf_spread *spread = t->s->spread;
    spread->wanted_width = t->block.height, spread->given_width = room->right - room->left;
    spread->wanted_height = t->block.width, spread->given_height = room->bottom - room->top;
    t->x = room->left + fmax(0, (spread->given_width - t->block.height) / 2);
    t->y = room->top + fmax(0, (spread->given_height - t->block.width) / 2);
    for (size_t k = 0; k < t->s->view->box_count; k++) {
        const gf_block_item *item = t->block.at[k];
        gf_point middle = turn(t, item->x, t->block.rows[item->row].y);
        spread->places[k] = (gf_stand){
            middle.x, middle.y, t->block.boxes[k].height, t->block.across[k], false, false, true,
        };
    }
    spread->right = t->x + t->block.height;
}

static void stretch(turning *t)
{
    const gf_profile *p = &t->s->profile;
    double given = t->s->room.right - t->s->room.left, across = t->s->room.bottom - t->s->room.top;
    if (t->block.width < across)
        gf_block_widen(&t->block, fmax(1, fmin(1.7, across / t->block.width * 0.9)), 0);
    if (gf_block_route(&t->block, NULL, 0, NULL, 0, NULL)) {
        t->s->failed = true;
        return;
    }
    gf_block_place(&t->block, p->base, p->lane, p->tail, 1);
    double fixed = gf_block_fixed_height(&t->block), gaps = t->block.height - fixed;
    gf_block_place(&t->block, p->base, p->lane, p->tail, gaps > 1 ? fmax(1, fmin(3.2, (given - fixed) / gaps)) : 1);
}

static void lay_out(turning *t)
{
    gf_spreading *s = t->s;
    stretch(t);
    if (s->failed)
        return;
    place(t);
    gf_index_arrows(s);
    for (t->from = 0; t->from < (int)s->view->box_count && !s->failed; t->from++)
        if (gf_block_trace(&t->block, t->from, trace_piece, t))
            s->failed = true;
}

void gf_turned_make(gf_spreading *s)
{
    turning t = {.s = s};
    s->spread->turned = true;
    collect(&t);
    if (s->failed || !s->view->box_count)
        return;
    int links = unite_links(&t);
    if (gf_block_make(&t.block, t.boxes, (int)s->view->box_count, t.links, links, s->room.apart ? 20 : 26, 4,
                      !s->room.apart))
        s->failed = true;
    else
        lay_out(&t);
    gf_block_free(&t.block);
}
