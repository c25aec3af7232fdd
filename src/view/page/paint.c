/* The order of a picture: grounds, nets, boxes, and what finds room between them. */
#include <stdlib.h>

#include "view/page/paint.h"

static void paint_grounds(gf_painting *p)
{
    gf_area area = {.fill = p->theme->frame, .line = p->theme->frame, .width = 1, .radius = 12};
    gf_drawing_group(p->drawing, NULL, "steps", NULL);
    for (int k = 0; k < p->spread->ground_count; k++) {
        const gf_ground *ground = &p->spread->grounds[k];
        if (!ground->solid)
            gf_drawing_area(p->drawing, ground->x, ground->y, ground->width, ground->height, &area);
    }
    gf_drawing_end(p->drawing);
}

void gf_box_block(gf_painting *p, const gf_stand *at)
{
    gf_obstacles_add(&p->obstacles,
                     (gf_bounds){at->x - at->width / 2 - 2, at->y - at->height / 2 - 1, at->x + at->width / 2 + 2,
                                 at->y + at->height / 2 + 1},
                     0);
}

gf_status gf_paint(gf_painting *p)
{
    gf_carried *carried = gf_trails_carry(p->view, p->spread);
    if (!carried)
        return GF_ERROR_MEMORY;
    p->carried = carried;
    gf_obstacles_begin(&p->obstacles, p->right);
    p->missing = 0;
    paint_grounds(p);
    gf_nets_paint(p);
    for (size_t k = 0; k < p->view->box_count; k++) {
        if (!p->spread->places[k].shown)
            continue;
        gf_box_paint(p, (int)k);
        gf_box_block(p, &p->spread->places[k]);
    }
    gf_steps_paint(p);
    gf_numbers_paint(p);
    p->drawing->failed |= p->obstacles.failed;
    gf_obstacles_free(&p->obstacles);
    free(carried);
    return p->drawing->failed ? GF_ERROR_MEMORY : GF_OK;
}
