/* Blocks, rows, and where in its row a box stands. */
#include "view/layout.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "view/label.h"

static const double margin = 10;  /* between boxes and the frame around them */
static const double heading = 20; /* above the boxes of a frame, for its label */

/* What is known of a box while it looks for its place. */
typedef struct hanging {
    int key;                /* of its block; blocks stand in the order of keys */
    bool after;             /* depends on a time step without belonging to one */
    bool apart;             /* a parameter below the blocks */
    bool shared;            /* a leaf with several users */
    bool joined;            /* has an arrow within its block */
    bool used;              /* is an operand */
    int lowest;             /* row of a user */
    const gf_arrow *parent; /* to the user that it hangs below; NULL: a root */
    double span, below;     /* the width of its tree, and of the trees that hang below it */
    double left;
} hanging;

typedef struct laying {
    const gf_view *view;
    gf_layout *layout;
    gf_spot *spots;
    hanging *boxes;
    double gap, rise; /* between two boxes of a row; between two rows, at least */
    double frame_top;
} laying;

enum { KEY_BEFORE = INT_MIN, KEY_AFTER = INT_MAX };

static size_t index_of(const laying *l, const gf_box *box)
{
    return (size_t)(box - l->view->boxes);
}

static bool is_leaf(const laying *l, size_t k)
{
    return l->view->boxes[k].kind != GF_BOX_OPERATION;
}

/* --- blocks --------------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    int one = *(const int *)a, two = *(const int *)b;
    return (one > two) - (one < two);
}

/* Is there any time step? Only then do parameters stand apart. */
static bool in_time(const laying *l)
{
    for (size_t k = 0; k < l->view->box_count; k++)
        if (l->view->boxes[k].step)
            return true;
    return false;
}

static void find_keys(laying *l)
{
    bool apart = in_time(l);
    for (size_t k = 0; k < l->view->arrow_count; k++) {
        const gf_arrow *arrow = &l->view->arrows[k];
        if (!arrow->to->step && (arrow->from->step || l->boxes[index_of(l, arrow->from)].after))
            l->boxes[index_of(l, arrow->to)].after = true;
    }
    for (size_t k = 0; k < l->view->box_count; k++) {
        const gf_box *box = &l->view->boxes[k];
        l->boxes[k].apart = apart && !box->step && box->kind == GF_BOX_PARAM;
        l->boxes[k].key = box->step ? box->step : l->boxes[k].after ? KEY_AFTER : KEY_BEFORE;
    }
}

static bool make_blocks(laying *l)
{
    size_t count = l->view->box_count, keys_count = 0;
    int *keys = gf_arena_get(&l->layout->arena, count * sizeof *keys), blocks = 0;
    if (!keys)
        return false;
    find_keys(l);
    for (size_t k = 0; k < count; k++)
        if (!l->boxes[k].apart)
            keys[keys_count++] = l->boxes[k].key;
    qsort(keys, keys_count, sizeof *keys, by_number);
    for (size_t k = 0; k < keys_count; k++)
        if (!k || keys[k] != keys[k - 1])
            keys[blocks++] = keys[k];
    for (size_t k = 0; k < count; k++) {
        const int *key = bsearch(&l->boxes[k].key, keys, (size_t)blocks, sizeof *keys, by_number);
        l->spots[k].block = l->boxes[k].apart ? GF_BELOW : (int)(key - keys);
    }
    l->layout->block_count = blocks;
    return true;
}

/* --- rows -------------------------------------------------------------------------- */

static bool same_block(const laying *l, const gf_arrow *arrow)
{
    return l->spots[index_of(l, arrow->from)].block == l->spots[index_of(l, arrow->to)].block;
}

/* Operations upwards from their operands: those of their own block; after time, those of every block. */
static void rows_of_operations(laying *l)
{
    for (size_t k = 0; k < l->view->box_count; k++)
        l->spots[k].row = is_leaf(l, k) ? -1 : 0;
    for (size_t k = 0; k < l->view->arrow_count; k++) {
        const gf_arrow *arrow = &l->view->arrows[k];
        const gf_spot *from = &l->spots[index_of(l, arrow->from)];
        size_t to = index_of(l, arrow->to);
        bool counts = same_block(l, arrow) || (l->boxes[to].after && from->block != GF_BELOW);
        if (counts && from->row >= l->spots[to].row)
            l->spots[to].row = from->row + 1;
    }
}

/* Leaves below their lowest user. What only other blocks use stands beside it, and what stands outside the picture's
 * steps beside what it touches. */
static void rows_of_leaves(laying *l)
{
    for (size_t k = 0; k < l->view->box_count; k++)
        l->boxes[k].lowest = INT_MAX;
    for (size_t k = 0; k < l->view->arrow_count; k++) {
        const gf_arrow *arrow = &l->view->arrows[k];
        size_t from = index_of(l, arrow->from), to = index_of(l, arrow->to);
        bool within = same_block(l, arrow);
        int row = l->spots[to].row - within;
        if (within > l->boxes[from].joined || (within == l->boxes[from].joined && row < l->boxes[from].lowest))
            l->boxes[from].lowest = row;
        l->boxes[from].joined |= within;
        if (arrow->to->outside && l->boxes[to].lowest == INT_MAX && l->spots[from].block != GF_BELOW)
            l->boxes[to].lowest = l->spots[from].row;
    }
    for (size_t k = 0; k < l->view->box_count; k++)
        if ((is_leaf(l, k) || l->view->boxes[k].outside) && l->boxes[k].lowest != INT_MAX)
            l->spots[k].row = l->boxes[k].lowest;
}

static void make_rows(laying *l)
{
    int lowest = 0, highest = 0;
    rows_of_operations(l);
    rows_of_leaves(l);
    for (size_t k = 0; k < l->view->box_count; k++)
        if (l->spots[k].block != GF_BELOW && l->spots[k].row < lowest)
            lowest = l->spots[k].row;
    for (size_t k = 0; k < l->view->box_count; k++) {
        l->spots[k].row -= lowest;
        if (l->spots[k].block != GF_BELOW && l->spots[k].row > highest)
            highest = l->spots[k].row;
    }
    l->layout->row_count = highest + 1;
}

/* --- places in a row: a block is a forest ----------------------------------------------- */

/* Is one user a better place to hang below than another? The lower one, then one that is used itself. */
static bool better(const laying *l, const gf_box *user, const gf_box *other)
{
    size_t a = index_of(l, user), b = index_of(l, other);
    return l->spots[a].row != l->spots[b].row ? l->spots[a].row < l->spots[b].row
                                              : l->boxes[a].used && !l->boxes[b].used;
}

/* Each box hangs below one of its users. A leaf that several use hangs nowhere: it comes to stand between them. */
static void hang(laying *l)
{
    for (size_t k = 0; k < l->view->arrow_count; k++)
        l->boxes[index_of(l, l->view->arrows[k].from)].used = true;
    for (size_t k = 0; k < l->view->arrow_count; k++) {
        const gf_arrow *arrow = &l->view->arrows[k];
        if (!same_block(l, arrow))
            continue;
        hanging *from = &l->boxes[index_of(l, arrow->from)];
        l->boxes[index_of(l, arrow->to)].joined = true;
        from->shared |= from->parent && from->parent->to != arrow->to && is_leaf(l, index_of(l, arrow->from));
        if (!from->parent || better(l, arrow->to, from->parent->to))
            from->parent = arrow;
    }
    for (size_t k = 0; k < l->view->box_count; k++)
        if (l->boxes[k].shared)
            l->boxes[k].parent = NULL;
}

/* How wide each tree is; operands stand before results, so one pass does. */
static void measure_trees(laying *l)
{
    for (size_t k = 0; k < l->view->box_count; k++) {
        hanging *box = &l->boxes[k];
        box->span = fmax(l->spots[k].width + l->gap, box->below);
        if (box->parent)
            l->boxes[index_of(l, box->parent->to)].below += box->span;
    }
}

/* Roots side by side from the left of their block; a box that touches nothing there, at its left. */
static bool place_roots(laying *l)
{
    double *right = gf_arena_get(&l->layout->arena, (size_t)(l->layout->block_count + 1) * sizeof *right);
    for (size_t k = 0; right && k < l->view->box_count; k++) {
        hanging *box = &l->boxes[k];
        if (box->parent || box->shared || l->spots[k].block == GF_BELOW)
            continue;
        box->left = box->joined ? right[l->spots[k].block] : 0;
        right[l->spots[k].block] += box->joined ? box->span : 0;
    }
    return right != NULL;
}

/* From the roots down: each box hands its span on to what hangs below it, operand by operand. */
static void place_trees(laying *l)
{
    const gf_arrow *arrow = l->view->arrows + l->view->arrow_count;
    for (size_t k = l->view->box_count; k-- > 0;) {
        hanging *box = &l->boxes[k];
        double right = box->left + (box->span + box->below) / 2;
        while (arrow > l->view->arrows && arrow[-1].to == &l->view->boxes[k]) {
            hanging *child = &l->boxes[index_of(l, (--arrow)->from)];
            if (child->parent != arrow)
                continue;
            child->left = right -= child->span;
        }
    }
}

/* A box stands in the middle above what hangs below it. */
static void place_boxes(laying *l)
{
    const gf_arrow *arrow = l->view->arrows, *end = arrow + l->view->arrow_count;
    for (size_t k = 0; k < l->view->box_count; k++) {
        double first = NAN, last = NAN;
        for (; arrow < end && arrow->to == &l->view->boxes[k]; arrow++) {
            size_t child = index_of(l, arrow->from);
            if (l->boxes[child].parent != arrow)
                continue;
            last = l->spots[child].x;
            first = isnan(first) ? last : first;
        }
        l->spots[k].x = isnan(first) ? l->boxes[k].left + l->boxes[k].span / 2 : (first + last) / 2;
    }
}

static bool place_shared(laying *l)
{
    int *users = gf_arena_get(&l->layout->arena, l->view->box_count * sizeof *users);
    for (size_t k = 0; users && k < l->view->arrow_count; k++) {
        const gf_arrow *arrow = &l->view->arrows[k];
        size_t from = index_of(l, arrow->from);
        if (!l->boxes[from].shared || !same_block(l, arrow))
            continue;
        gf_spot *spot = &l->spots[from];
        spot->x = (users[from] ? spot->x * users[from] : 0) + l->spots[index_of(l, arrow->to)].x;
        spot->x /= ++users[from];
    }
    return users != NULL;
}

static int by_place(const void *a, const void *b)
{
    const gf_spot *one = *(gf_spot *const *)a, *two = *(gf_spot *const *)b;
    if (one->block != two->block)
        return one->block < two->block ? -1 : 1;
    if (one->row != two->row)
        return one->row < two->row ? -1 : 1;
    if (one->x != two->x)
        return one->x < two->x ? -1 : 1;
    return (one > two) - (one < two);
}

/* Boxes of a row that came to stand over each other move to the right. */
static bool part_boxes(laying *l)
{
    size_t count = l->view->box_count;
    gf_spot **sorted = gf_arena_get(&l->layout->arena, count * sizeof *sorted);
    if (!sorted)
        return false;
    for (size_t k = 0; k < count; k++)
        sorted[k] = &l->spots[k];
    qsort(sorted, count, sizeof *sorted, by_place);
    for (size_t k = 0; k < count; k++) {
        gf_spot *spot = sorted[k], *left = k ? sorted[k - 1] : NULL;
        spot->leftmost = !left || left->block != spot->block || left->row != spot->row;
        spot->rightmost = true;
        if (spot->leftmost)
            continue;
        left->rightmost = false;
        spot->x = fmax(spot->x, left->x + (left->width + spot->width) / 2 + l->gap);
    }
    return true;
}

static bool place_in_rows(laying *l)
{
    hang(l);
    measure_trees(l);
    if (!place_roots(l))
        return false;
    place_trees(l);
    place_boxes(l);
    return place_shared(l) && part_boxes(l);
}

/* --- places in the picture ------------------------------------------------------------------ */

/* How far a block reaches to both sides. */
typedef struct extent {
    double left, right;
    int step; /* that its frame shows; 0: no frame */
} extent;

static void measure_blocks(const laying *l, extent *blocks)
{
    double widest = 0;
    for (int k = 0; k < l->layout->block_count; k++)
        blocks[k] = (extent){.left = INFINITY, .right = -INFINITY};
    for (size_t k = 0; k < l->view->box_count; k++) {
        const gf_spot *spot = &l->spots[k];
        if (spot->block == GF_BELOW)
            continue;
        extent *block = &blocks[spot->block];
        block->left = fmin(block->left, spot->x - spot->width / 2);
        block->right = fmax(block->right, spot->x + spot->width / 2);
        block->step = l->view->boxes[k].outside ? 0 : l->view->boxes[k].step;
    }
    for (int k = 0; k < l->layout->block_count; k++)
        widest = blocks[k].step ? fmax(widest, blocks[k].right - blocks[k].left) : widest;
    for (int k = 0; k < l->layout->block_count; k++)
        if (blocks[k].step)
            blocks[k].right = blocks[k].left + widest;
}

/* From left to right: gutter, block, gutter, block … and a last gutter. */
static void place_blocks(laying *l, extent *blocks)
{
    gf_layout *layout = l->layout;
    double x = 0;
    for (int k = 0; k <= layout->block_count; k++)
        layout->gutters[k].size = 12 + layout->gutters[k].tracks * gf_pitch;
    for (int k = 0; k < layout->block_count; k++) {
        layout->gutters[k].at = x;
        x += layout->gutters[k].size + margin;
        double shift = x - blocks[k].left;
        blocks[k].left += shift;
        blocks[k].right += shift;
        for (size_t j = 0; j < l->view->box_count; j++)
            l->spots[j].x += l->spots[j].block == k ? shift : 0;
        x = blocks[k].right + margin;
    }
    layout->gutters[layout->block_count].at = x;
    layout->width = x + layout->gutters[layout->block_count].size;
}

/* The highest row with a box that has a frame around it; -1 if there is none. */
static int highest_framed(const laying *l, const extent *blocks)
{
    int highest = -1;
    for (size_t k = 0; k < l->view->box_count; k++) {
        const gf_spot *spot = &l->spots[k];
        if (spot->block != GF_BELOW && blocks[spot->block].step && spot->row > highest)
            highest = spot->row;
    }
    return highest;
}

/* The frames end above row `framed`. From the lowest row upwards: channel, row, channel, row. Returns where it
 * ends. */
static double place_rows(laying *l, int framed, double y)
{
    for (int row = 0; row < l->layout->row_count; row++) {
        gf_lane *channel = &l->layout->channels[row];
        double height = 0;
        for (size_t k = 0; k < l->view->box_count; k++)
            if (l->spots[k].block != GF_BELOW && l->spots[k].row == row)
                height = fmax(height, l->spots[k].height);
        channel->size =
            fmax(row ? l->rise : margin, channel->tracks ? GF_APPROACH + channel->tracks * gf_pitch + 6 : 0);
        channel->size += framed >= 0 && row == framed + 1 ? heading : 0;
        channel->at = y += channel->size;
        for (size_t k = 0; k < l->view->box_count; k++)
            if (l->spots[k].block != GF_BELOW && l->spots[k].row == row)
                l->spots[k].y = y + height / 2;
        y += height;
        l->frame_top = row == framed ? y + heading : l->frame_top;
    }
    return fmax(y, l->frame_top);
}

/* Side by side at the bottom, spread over the width. Returns the upper side. */
static double place_params(laying *l)
{
    double total = 0, height = 0, x, space;
    int count = 0;
    for (size_t k = 0; k < l->view->box_count; k++) {
        if (l->spots[k].block != GF_BELOW)
            continue;
        total += l->spots[k].width;
        height = fmax(height, l->spots[k].height);
        count++;
    }
    if (!count)
        return 0;
    space = fmax(l->gap, (l->layout->width - 2 * margin - total) / count);
    l->layout->width = fmax(l->layout->width, total + count * space + 2 * margin);
    x = (l->layout->width - total - (count - 1) * space) / 2;
    for (size_t k = 0; k < l->view->box_count; k++) {
        if (l->spots[k].block != GF_BELOW)
            continue;
        l->spots[k].x = x + l->spots[k].width / 2;
        l->spots[k].y = margin + height / 2;
        x += l->spots[k].width + space;
    }
    return 2 * margin + height;
}

static bool make_frames(laying *l, const extent *blocks)
{
    gf_layout *layout = l->layout;
    layout->frames = gf_arena_get(&layout->arena, (size_t)layout->block_count * sizeof *layout->frames);
    for (int k = 0; layout->frames && k < layout->block_count; k++)
        if (blocks[k].step)
            layout->frames[layout->frame_count++] = (gf_frame){.step = blocks[k].step,
                                                               .left = blocks[k].left - margin,
                                                               .bottom = layout->floor,
                                                               .right = blocks[k].right + margin,
                                                               .top = l->frame_top};
    return layout->frames != NULL;
}

/* The height between the parameters and the blocks: the more arrows cross it, the higher. */
static double band(const laying *l)
{
    double arrows = 0;
    for (size_t k = 0; k < l->view->arrow_count; k++)
        arrows += l->spots[index_of(l, l->view->arrows[k].from)].block == GF_BELOW;
    return fmin(50 + 1.4 * arrows, 160);
}

static gf_status place_in_picture(laying *l)
{
    gf_layout *layout = l->layout;
    extent *blocks = gf_arena_get(&layout->arena, (size_t)layout->block_count * sizeof *blocks);
    if (!blocks)
        return GF_ERROR_MEMORY;
    measure_blocks(l, blocks);
    place_blocks(l, blocks);
    double params = place_params(l);
    layout->floor = params > 0 ? params + band(l) : margin;
    layout->height = place_rows(l, highest_framed(l, blocks), layout->floor) + margin;
    return make_frames(l, blocks) ? GF_OK : GF_ERROR_MEMORY;
}

/* --- all of it -------------------------------------------------------------------------------- */

static bool make_room(laying *l)
{
    gf_layout *layout = l->layout;
    size_t count = l->view->box_count;
    l->spots = layout->spots = gf_arena_get(&layout->arena, count * sizeof *layout->spots);
    l->boxes = gf_arena_get(&layout->arena, count * sizeof *l->boxes);
    for (size_t k = 0; l->spots && l->boxes && k < count; k++)
        gf_label_size(l->view, &l->view->boxes[k], &l->spots[k].width, &l->spots[k].height);
    return l->spots && l->boxes;
}

static bool make_lanes(gf_layout *layout)
{
    layout->gutters = gf_arena_get(&layout->arena, (size_t)(layout->block_count + 1) * sizeof *layout->gutters);
    layout->channels = gf_arena_get(&layout->arena, (size_t)layout->row_count * sizeof *layout->channels);
    return layout->gutters && layout->channels;
}

gf_status gf_layout_make(gf_layout *layout, const gf_view *view)
{
    *layout = (gf_layout){0};
    laying l = {.view = view, .layout = layout, .gap = view->numbers ? 26 : 9, .rise = view->numbers ? 32 : 22};
    gf_wire *wires;
    size_t wire_count;
    if (!make_room(&l) || !make_blocks(&l))
        return GF_ERROR_MEMORY;
    make_rows(&l);
    if (!make_lanes(layout) || !place_in_rows(&l))
        return GF_ERROR_MEMORY;
    gf_status status = gf_wires_plan(layout, view, &wires, &wire_count);
    if (!status)
        status = place_in_picture(&l);
    return status ? status : gf_paths_make(layout, view, wires, wire_count);
}

void gf_layout_free(gf_layout *layout)
{
    gf_arena_free(&layout->arena);
    *layout = (gf_layout){0};
}
