/* Blocks while memory runs out: each allocation fails in turn. Linked with --wrap=malloc and so on. */
#include "failing.h"
#include "support.h"

#include "view/block/block.h"

enum { BOXES = 48, LINKS = 72 };

/* Rows of boxes with links to and fro, many enough for sorting, circles of demands, and jogs. */
static void fill(gf_block_box *boxes, gf_block_link *links)
{
    for (int k = 0; k < BOXES; k++)
        boxes[k] = (gf_block_box){.width = 24, .height = 20, .cell = -1, .rail = k == 30};
    for (int k = 0; k < LINKS; k++) {
        int to = 12 + k / 2;
        links[k] = (gf_block_link){(to / 12 - 1) * 12 + (k % 2 ? 11 - to % 12 : to * 5 % 12), to};
    }
}

static void skip_piece(void *data, const gf_block_piece *piece)
{
    *(int *)data += piece->point_count;
}

static gf_status lay_out(const gf_block_box *boxes, const gf_block_link *links)
{
    static const int targets[] = {12, 13, 14};
    const gf_block_entry entry = {false, targets, 3};
    const gf_block_exit exit = {20, true};
    gf_block block;
    int points = 0;
    gf_status status = gf_block_make(&block, boxes, BOXES, links, LINKS, 3, 4, true);
    for (int k = 0; !status && k < 2; k++)
        status = gf_block_route(&block, &entry, 1, &exit, 1, NULL);
    if (!status) {
        gf_block_place(&block, 5, 12, 12, 1);
        status = gf_block_trace(&block, 12, skip_piece, &points);
    }
    gf_block_free(&block);
    return status;
}

START_TEST(each_allocation_fails_in_turn)
{
    gf_block_box boxes[BOXES];
    gf_block_link links[LINKS];
    fill(boxes, links);
    gf_status status = GF_ERROR_MEMORY;
    int failures = 0;
    for (heap.fail_at = 1; status; heap.fail_at++, failures++) {
        heap.count = heap.pieces = 0;
        heap.watching = true;
        status = lay_out(boxes, links);
        heap.watching = false;
        ck_assert(status == GF_OK || status == GF_ERROR_MEMORY);
        ck_assert_int_eq(heap.pieces, 0);
    }
    ck_assert_int_gt(failures, 4);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {each_allocation_fails_in_turn};
    return RUN_TESTS("block_failures", tests);
}
