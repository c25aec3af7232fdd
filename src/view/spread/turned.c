/* A graph without time: one block, turned by a quarter, so that rows become columns and values flow to the right. */
#include <math.h>
#include <string.h>

#include "view/spread/stages.h"

typedef struct turning {
    gf_spreading *s;
    gf_block block;
    gf_block_box *boxes;
    gf_block_link *links;
    gf_point origin; /* where the block's floor and left side lie */
    int *arrows;
} turning;

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

static void place(turning *t)
{
    const gf_room *room = &t->s->room;
    gf_spread *spread = t->s->spread;
    spread->wanted_width = t->block.height, spread->given_width = room->right - room->left;
    spread->wanted_height = t->block.width, spread->given_height = room->bottom - room->top;
    t->origin.x = room->left + fmax(0, (spread->given_width - t->block.height) / 2);
    t->origin.y = room->top + fmax(0, (spread->given_height - t->block.width) / 2);
    for (size_t k = 0; k < t->s->view->box_count; k++) {
        const gf_block_item *item = t->block.at[k];
        gf_box_place(t->s, (int)k, t->origin.x + t->block.rows[item->row].y, t->origin.y + item->x,
                     t->block.boxes[k].height, t->block.across[k]);
    }
    spread->right = t->origin.x + t->block.height;
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
    for (int box = 0; box < (int)s->view->box_count && !s->failed; box++)
        gf_slot_trace(s, &t->block, box, NULL, t->origin, t->arrows);
}

void gf_turned_make(gf_spreading *s)
{
    turning t = {.s = s};
    s->spread->turned = true;
    collect(&t);
    if (s->failed || !s->view->box_count)
        return;
    if (gf_block_make(&t.block, t.boxes, (int)s->view->box_count, t.links, (int)s->view->arrow_count,
                      s->room.apart ? 20 : 26, 4, !s->room.apart))
        s->failed = true;
    else
        lay_out(&t);
    gf_block_free(&t.block);
}
