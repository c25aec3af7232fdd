/* Which box belongs to which column, and which way the arrows between columns go. */
#include "view/spread/columns.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/index.h"
#include "base/names.h"

void *gf_columns_take(gf_columns *c, size_t count, size_t size)
{
    void *piece = c->failed ? NULL : gf_arena_get(&c->arena, (count ? count : 1) * size);
    c->failed |= !piece;
    return piece;
}

int gf_box_number(const gf_view *view, const gf_box *box)
{
    return (int)(box - view->boxes);
}

int gf_arrow_end(const gf_columns *c, int arrow)
{
    return gf_box_number(c->view, c->view->arrows[arrow].to);
}

int gf_arrow_column(const gf_columns *c, int arrow)
{
    return c->column_of[gf_arrow_end(c, arrow)];
}

/* --- what stands outside time ----------------------------------------------------------------------- */

int gf_box_index(const gf_box *box)
{
    const char *bracket = strrchr(box->name, '[');
    return bracket ? atoi(bracket + 1) : 0;
}

static gf_column_kind place_of(const gf_box *box)
{
    if (box->shape && box->shape->column)
        return (gf_column_kind)box->shape->column;
    if (box->kind == GF_BOX_START)
        return gf_box_index(box) > 0 ? GF_COLUMN_ENDS : GF_COLUMN_STARTS;
    if (box->kind == GF_BOX_PARAM && !box->at)
        return GF_COLUMN_BELOW;
    return box->kind == GF_BOX_STEPS || box->at ? GF_COLUMN_STEP : GF_COLUMN_NONE;
}

bool gf_box_is_below(const gf_columns *c, int box)
{
    return c->column_of[box] == c->count;
}

/* A parameter stands below the steps if nothing else than steps uses it. */
static void lift_shared(const gf_view *view, gf_column_kind *places)
{
    for (size_t k = 0; k < view->arrow_count; k++) {
        int from = gf_box_number(view, view->arrows[k].from);
        if (places[from] == GF_COLUMN_BELOW && place_of(view->arrows[k].to) != GF_COLUMN_STEP)
            places[from] = GF_COLUMN_NONE;
    }
}

/* Spreads a place along arrows until nothing changes: what uses steps stands after them, what else they, or their
 * starts, use before. */
static void spread_place(const gf_view *view, gf_column_kind *places, bool forwards, gf_column_kind mark)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t k = 0; k < view->arrow_count; k++) {
            size_t at = forwards ? k : view->arrow_count - 1 - k;
            int from = gf_box_number(view, view->arrows[at].from), to = gf_box_number(view, view->arrows[at].to);
            int one = forwards ? from : to, other = forwards ? to : from;
            bool start = places[one] == GF_COLUMN_STARTS && !forwards;
            if ((places[one] == GF_COLUMN_STEP || places[one] == mark || start) && places[other] == GF_COLUMN_NONE) {
                places[other] = mark;
                changed = true;
            }
        }
    }
}

static gf_column_kind *find_places(gf_columns *c)
{
    const gf_view *view = c->view;
    gf_column_kind *places = gf_columns_take(c, view->box_count, sizeof *places);
    if (!places)
        return NULL;
    for (size_t k = 0; k < view->box_count; k++)
        places[k] = place_of(&view->boxes[k]);
    lift_shared(view, places);
    spread_place(view, places, true, GF_COLUMN_AFTER);
    spread_place(view, places, false, GF_COLUMN_BEFORE);
    for (size_t k = 0; k < view->box_count; k++)
        if (places[k] == GF_COLUMN_NONE)
            places[k] = GF_COLUMN_AFTER;
    return places;
}

/* --- columns ------------------------------------------------------------------------------------------ */

static int compare_columns(const void *a, const void *b)
{
    const gf_column *one = a, *other = b;
    return (one->step > other->step) - (one->step < other->step);
}

/* The steps there are, in order. */
static void find_steps(gf_columns *c, const gf_column_kind *places)
{
    const gf_view *view = c->view;
    for (size_t k = 0; k < view->box_count; k++) {
        const gf_box *box = &view->boxes[k];
        if (places[k] == GF_COLUMN_STEP)
            c->columns[c->count++] = (gf_column){
                .kind = box->kind == GF_BOX_STEPS ? GF_COLUMN_SOLID : GF_COLUMN_STEP,
                .step = box->at,
                .last = box->last_step ? box->last_step : box->at,
            };
    }
    qsort(c->columns + c->first_step, (size_t)(c->count - c->first_step), sizeof *c->columns, compare_columns);
    int kept = c->first_step;
    for (int k = c->first_step; k < c->count; k++)
        if (kept == c->first_step || c->columns[kept - 1].step != c->columns[k].step)
            c->columns[kept++] = c->columns[k];
    c->count = kept;
    c->steps = kept - c->first_step;
}

static void add_column(gf_columns *c, const gf_column_kind *places, gf_column_kind kind, gf_room_block *room)
{
    for (size_t k = 0; k < c->view->box_count; k++)
        if (places[k] == kind) {
            c->columns[c->count++] = (gf_column){.kind = kind, .room = room};
            return;
        }
}

static int column_of_step(const gf_columns *c, int step)
{
    int low = c->first_step, high = c->first_step + c->steps - 1;
    while (low < high) {
        int middle = (low + high + 1) / 2;
        if (c->columns[middle].step <= step)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static void put_boxes(gf_columns *c, const gf_column_kind *places)
{
    for (size_t k = 0; k < c->view->box_count; k++) {
        int column = 0;
        if (places[k] == GF_COLUMN_STEP)
            column = column_of_step(c, c->view->boxes[k].at);
        else
            while (c->columns[column].kind != places[k])
                column++;
        c->column_of[k] = column;
        c->columns[column].count++;
    }
    for (int k = 0; k <= c->count; k++) {
        c->columns[k].boxes = gf_columns_take(c, (size_t)c->columns[k].count, sizeof(int));
        c->columns[k].count = 0;
    }
    for (size_t k = 0; k < c->view->box_count && !c->failed; k++) {
        gf_column *column = &c->columns[c->column_of[k]];
        column->boxes[column->count++] = (int)k;
    }
}

enum { MOST_COLLECTED = 3 };

/* The quantities that arrive at a box, each by its first arrow, and how many of each. */
typedef struct arrivals {
    const gf_arrow *first[MOST_COLLECTED];
    int count[MOST_COLLECTED];
    bool unlike; /* something comes from no step, or there are more quantities; or the box sends something on */
} arrivals;

static bool is_like(const gf_arrow *arrow, const gf_arrow *first)
{
    return !strcmp(arrow->variable, first->variable) &&
           (*arrow->variable || arrow->from->pattern == first->from->pattern);
}

static void arrive(arrivals *at, const gf_arrow *arrow, bool from_step)
{
    int k = 0;
    while (k < MOST_COLLECTED && at->first[k] && !is_like(arrow, at->first[k]))
        k++;
    at->unlike |= !from_step || k == MOST_COLLECTED;
    if (!at->unlike && !at->count[k]++)
        at->first[k] = arrow;
}

/* Does a box only collect: quantities of several steps, or of one that is not the last? */
static bool collects(const gf_columns *c, const arrivals *at)
{
    bool good = !at->unlike && at->first[0];
    for (int k = 0; k < MOST_COLLECTED && at->first[k]; k++)
        good &= at->count[k] > 1 || c->steps == 1 || at->first[k]->from->at < c->columns[c->count - 1].step;
    return good;
}

/* The one box after the steps that only collects stands at the end of its rails. */
static void find_lone(gf_columns *c, gf_column_kind *places)
{
    const gf_view *view = c->view;
    arrivals *all = gf_columns_take(c, view->box_count, sizeof *all);
    for (int k = 0; k < (int)view->arrow_count && all; k++) {
        int from = gf_box_number(view, view->arrows[k].from);
        arrive(&all[gf_arrow_end(c, k)], &view->arrows[k], places[from] == GF_COLUMN_STEP);
        all[from].unlike = true;
    }
    int found = -1, count = 0;
    for (size_t k = 0; k < view->box_count && all; k++)
        if (places[k] == GF_COLUMN_AFTER && collects(c, &all[k])) {
            found = (int)k;
            count++;
        }
    if (count == 1)
        places[c->lone = found] = GF_COLUMN_LAST;
}

static void make_columns(gf_columns *c)
{
    gf_column_kind *places = find_places(c);
    c->columns = gf_columns_take(c, c->view->box_count + 6, sizeof *c->columns);
    c->column_of = gf_columns_take(c, c->view->box_count, sizeof *c->column_of);
    c->slot_of = gf_columns_take(c, c->view->box_count, sizeof *c->slot_of);
    if (c->failed)
        return;
    add_column(c, places, GF_COLUMN_BEFORE, &c->before);
    add_column(c, places, GF_COLUMN_STARTS, NULL);
    c->first_step = c->count;
    find_steps(c, places);
    for (int k = c->first_step; k < c->count; k++)
        c->columns[k].room = c->columns[k].kind == GF_COLUMN_STEP ? &c->step : NULL;
    find_lone(c, places);
    add_column(c, places, GF_COLUMN_ENDS, NULL);
    add_column(c, places, GF_COLUMN_AFTER, &c->after);
    add_column(c, places, GF_COLUMN_LAST, NULL);
    c->columns[c->count] = (gf_column){.kind = GF_COLUMN_BELOW};
    put_boxes(c, places);
}

/* --- slots ----------------------------------------------------------------------------------------------- */

static bool has_single_steps(const gf_columns *c)
{
    bool found = false;
    for (int k = 0; k < c->count; k++)
        found |= c->columns[k].kind == GF_COLUMN_STEP;
    return found;
}

/* The slots of the steps' block are the patterns of their boxes, in the view's order. */
static void number_slots(gf_columns *c)
{
    const gf_view *view = c->view;
    bool single = has_single_steps(c);
    c->slot_of_pattern = gf_columns_take(c, (size_t)c->view->pattern_count, sizeof(int));
    c->step.pattern = gf_columns_take(c, (size_t)c->view->pattern_count, sizeof(int));
    if (c->failed)
        return;
    for (int k = 0; k < c->view->pattern_count; k++)
        c->slot_of_pattern[k] = -1;
    for (size_t k = 0; k < view->box_count; k++) {
        const gf_column *column = &c->columns[c->column_of[k]];
        c->slot_of[k] = -1;
        if (column->kind == GF_COLUMN_STEP || (column->kind == GF_COLUMN_BELOW && single))
            c->slot_of_pattern[c->view->boxes[k].pattern] = 0;
    }
    for (int k = 0; k < c->view->pattern_count; k++)
        if (c->slot_of_pattern[k] == 0) {
            c->step.pattern[c->step.count] = k;
            c->slot_of_pattern[k] = c->step.count++;
        }
}

/* A step's boxes by slot; those before and after, in their order. */
static void seat_boxes(gf_columns *c)
{
    for (int k = 0; k < c->count && !c->failed; k++) {
        gf_column *column = &c->columns[k];
        if (!column->room)
            continue;
        int count = column->kind == GF_COLUMN_STEP ? c->step.count : column->count;
        int *seats = gf_columns_take(c, (size_t)count, sizeof *seats);
        for (int s = 0; s < count && seats; s++)
            seats[s] = -1;
        for (int b = 0; b < column->count && seats; b++) {
            int box = column->boxes[b];
            int slot = column->kind == GF_COLUMN_STEP ? c->slot_of_pattern[c->view->boxes[box].pattern] : b;
            seats[slot] = box;
            c->slot_of[box] = slot;
        }
        column->boxes = seats;
        column->count = column->room->count = count;
        if (column->kind != GF_COLUMN_STEP)
            column->room->pattern = seats;
    }
}

/* A parameter below has a seat in each single step that uses it. */
static void seat_below(gf_columns *c)
{
    for (size_t k = 0; k < c->view->arrow_count && !c->failed; k++) {
        int from = gf_box_number(c->view, c->view->arrows[k].from), to = gf_arrow_end(c, k);
        if (!gf_box_is_below(c, from) || c->columns[c->column_of[to]].kind != GF_COLUMN_STEP)
            continue;
        c->slot_of[from] = c->slot_of_pattern[c->view->boxes[from].pattern];
        c->columns[c->column_of[to]].boxes[c->slot_of[from]] = from;
    }
}

/* Of solid columns and those without block: none. */
static gf_room_block *room_of(const gf_columns *c, int box)
{
    return c->columns[c->column_of[box]].room;
}

/* Adds the arrows within columns to the links of their blocks, each pair of slots once. */
static void find_links(gf_columns *c)
{
    const gf_view *view = c->view;
    gf_room_block *rooms[] = {&c->before, &c->step, &c->after};
    for (int r = 0; r < 3 && !c->failed; r++) {
        gf_index seen = {0};
        rooms[r]->links = gf_columns_take(c, view->arrow_count, sizeof(gf_block_link));
        for (size_t k = 0; k < view->arrow_count && !c->failed; k++) {
            int from = gf_box_number(view, view->arrows[k].from), to = gf_box_number(view, view->arrows[k].to);
            if (room_of(c, to) != rooms[r] || (c->column_of[from] != c->column_of[to] && !gf_box_is_below(c, from)))
                continue;
            uint32_t *once = gf_index_put(&seen, (uint64_t)c->slot_of[from], (uint32_t)c->slot_of[to]);
            if (once && !*once)
                rooms[r]->links[rooms[r]->link_count++] = (gf_block_link){c->slot_of[from], c->slot_of[to]};
            c->failed |= !once;
            if (once)
                *once = 1;
        }
        gf_index_free(&seen);
    }
}

/* Do links lead round in a circle? Takes away, again and again, what nothing leads to. */
static bool has_circle(gf_columns *c, const gf_room_block *room)
{
    int *arriving = gf_columns_take(c, (size_t)room->count, sizeof *arriving);
    int *free = gf_columns_take(c, (size_t)room->count, sizeof *free), head = 0, tail = 0;
    if (c->failed)
        return false;
    for (int k = 0; k < room->link_count; k++)
        arriving[room->links[k].to]++;
    for (int s = 0; s < room->count; s++)
        if (!arriving[s])
            free[tail++] = s;
    for (; head < tail; head++)
        for (int k = 0; k < room->link_count; k++)
            if (room->links[k].from == free[head] && !--arriving[room->links[k].to])
                free[tail++] = room->links[k].to;
    return tail < room->count;
}

/* --- ways between columns ---------------------------------------------------------------------------------- */

static bool is_step(const gf_columns *c, int column)
{
    return column >= c->first_step && column < c->first_step + c->steps;
}

/* The patterns of the steps' block by name; below 0 the names that no step shows, each its own. */
typedef struct named {
    gf_names names;
    int *pattern; /* of each name, 1 more than its pattern where it has one; 0: not yet known */
} named;

static int *pattern_named(gf_columns *c, named *n, const char *name)
{
    uint32_t number = gf_names_add(&n->names, name);
    c->failed |= number == UINT32_MAX;
    return c->failed ? NULL : &n->pattern[number];
}

static void name_patterns(gf_columns *c, named *n)
{
    n->pattern = gf_columns_take(c, (size_t)(c->view->pattern_count + c->view->source_count) + 1, sizeof(int));
    for (int k = c->view->pattern_count - 1; k >= 0 && !c->failed; k--) {
        int *pattern = c->slot_of_pattern[k] >= 0 ? pattern_named(c, n, c->view->patterns[k].name) : NULL;
        if (pattern)
            *pattern = k + 1;
    }
}

/* In which cell of the first whole step a name stands; -1. */
static int find_cell(gf_columns *c, const char *name)
{
    const gf_box *box = c->view->boxes, *end = box + c->view->box_count;
    while (box < end && !gf_box_cells(box))
        box++;
    c->cell_count = box < end ? gf_box_cells(box) : 0;
    int k = c->cell_count - 1;
    while (k >= 0 && strcmp(box->quantities[k].name, name) != 0)
        k--;
    return k;
}

static void find_patterns(gf_columns *c)
{
    const gf_view *view = c->view;
    named n = {0};
    c->pattern_of_source = gf_columns_take(c, (size_t)view->source_count, sizeof(int));
    c->cell_of_loose = gf_columns_take(c, (size_t)view->source_count + 1, sizeof(int));
    name_patterns(c, &n);
    for (size_t k = 0; k < view->arrow_count && !c->failed; k++) {
        const gf_arrow *arrow = &view->arrows[k];
        int from = gf_box_number(view, arrow->from), *pattern, *out = &c->pattern_of_source[arrow->source];
        gf_column_kind kind = c->columns[c->column_of[from]].kind;
        if (kind == GF_COLUMN_STEP || kind == GF_COLUMN_BELOW)
            *out = c->view->boxes[from].pattern;
        else if ((pattern = pattern_named(c, &n, arrow->variable)) != NULL) {
            if (!*pattern) {
                c->cell_of_loose[c->loose_count] = find_cell(c, arrow->variable);
                *pattern = -1 - c->loose_count++;
            }
            *out = *pattern > 0 ? *pattern - 1 : *pattern;
        }
    }
    gf_names_free(&n.names);
}

/* Of one arrow only at whose end the box stands: a loss of one step. */
static bool is_rail(const gf_columns *c, const gf_rail *rail)
{
    return rail->count > 1 || rail->box == c->lone;
}

/* Sorts what steps send to boxes after them by pattern and box; which each arrow is of, from 1, by its number. */
static void sort_rails(gf_columns *c, int *numbers)
{
    const gf_view *view = c->view;
    for (size_t k = 0; k < view->arrow_count; k++) {
        const gf_arrow *arrow = &view->arrows[k];
        int from = gf_box_number(view, arrow->from), to = gf_box_number(view, arrow->to), r = 0;
        gf_column_kind kind = c->columns[c->column_of[to]].kind;
        if (!is_step(c, c->column_of[from]) || (kind != GF_COLUMN_AFTER && kind != GF_COLUMN_LAST))
            continue;
        int pattern = c->pattern_of_source[arrow->source];
        while (r < c->rail_count && (c->rails[r].pattern != pattern || c->rails[r].box != to))
            r++;
        if (r == c->rail_count)
            c->rails[c->rail_count++] = (gf_rail){.pattern = pattern, .box = to};
        c->rails[r].count++;
        numbers[k] = r + 1;
    }
}

/* Keeps the rails that collect something, and gives them their arrows. */
static void find_rails(gf_columns *c)
{
    size_t count = c->view->arrow_count;
    c->rail_of = gf_columns_take(c, count, sizeof(int));
    c->rails = gf_columns_take(c, count, sizeof *c->rails);
    int *numbers = gf_columns_take(c, count, sizeof *numbers), *kept = gf_columns_take(c, count + 1, sizeof *kept);
    if (c->failed)
        return;
    sort_rails(c, numbers);
    int all = c->rail_count;
    c->rail_count = 0;
    kept[0] = -1;
    for (int r = 0; r < all; r++) {
        gf_rail rail = c->rails[r];
        kept[r + 1] = is_rail(c, &rail) ? c->rail_count : -1;
        if (kept[r + 1] < 0)
            continue;
        rail.arrows = gf_columns_take(c, (size_t)rail.count, sizeof(int));
        rail.count = 0;
        rail.slot = rail.pattern >= 0 ? c->slot_of_pattern[rail.pattern] : -1;
        c->rails[c->rail_count++] = rail;
    }
    for (size_t k = 0; k < count && !c->failed; k++) {
        c->rail_of[k] = kept[numbers[k]];
        if (c->rail_of[k] >= 0) {
            gf_rail *rail = &c->rails[c->rail_of[k]];
            rail->arrows[rail->count++] = (int)k;
        }
    }
}

/* The way of a source to one side; made where it is not there yet. */
static gf_way *way_of(gf_columns *c, const gf_arrow *arrow, bool leftwards)
{
    int *way = &c->way_of[2 * arrow->source + leftwards];
    if (!*way) {
        c->ways[c->way_count] = (gf_way){
            .source = arrow->source,
            .column = c->column_of[gf_box_number(c->view, arrow->from)],
            .pattern = c->pattern_of_source[arrow->source],
            .leftwards = leftwards,
        };
        *way = ++c->way_count;
    }
    return &c->ways[*way - 1];
}

/* Counts (count < 0 room), then fills: what leaves its column. */
static void gather_ways(gf_columns *c, bool fill)
{
    const gf_view *view = c->view;
    for (size_t k = 0; k < view->arrow_count; k++) {
        const gf_arrow *arrow = &view->arrows[k];
        int from = c->column_of[gf_box_number(view, arrow->from)], to = c->column_of[gf_box_number(view, arrow->to)];
        if (from == to || from == c->count)
            continue;
        gf_way *way = way_of(c, arrow, to < from);
        bool rail = c->rail_of[k] >= 0;
        if (fill && rail)
            way->rails[way->rail_count] = (int)k;
        else if (fill)
            way->arrows[way->count] = (int)k;
        way->rail_count += rail;
        way->count += !rail;
        way->far |= !rail && abs(to - from) > 1;
    }
}

/* Nearest column first. */
static void sort_way(const gf_columns *c, gf_way *way)
{
    for (int k = 1; k < way->count; k++) {
        int arrow = way->arrows[k], j = k;
        int column = gf_arrow_column(c, arrow);
        for (; j > 0; j--) {
            int other = gf_arrow_column(c, way->arrows[j - 1]);
            if (way->leftwards ? other >= column : other <= column)
                break;
            way->arrows[j] = way->arrows[j - 1];
        }
        way->arrows[j] = arrow;
    }
}

static void find_ways(gf_columns *c)
{
    c->way_of = gf_columns_take(c, 2 * (size_t)c->view->source_count, sizeof *c->way_of);
    c->ways = gf_columns_take(c, 2 * (size_t)c->view->source_count, sizeof *c->ways);
    if (c->failed)
        return;
    gather_ways(c, false);
    for (int k = 0; k < c->way_count; k++) {
        gf_way *way = &c->ways[k];
        way->arrows = gf_columns_take(c, (size_t)way->count, sizeof(int));
        way->rails = gf_columns_take(c, (size_t)way->rail_count, sizeof(int));
        way->count = way->rail_count = 0;
    }
    if (!c->failed)
        gather_ways(c, true);
    for (int k = 0; k < c->way_count && !c->failed; k++)
        sort_way(c, &c->ways[k]);
}

/* --- all of it ---------------------------------------------------------------------------------------------- */

gf_status gf_columns_make(gf_columns *c, const gf_view *view)
{
    *c = (gf_columns){.view = view, .lone = -1};
    bool timed = false;
    for (size_t k = 0; k < view->box_count; k++)
        timed |= place_of(&view->boxes[k]) == GF_COLUMN_STEP;
    if (!timed)
        return GF_OK;
    make_columns(c);
    if (!c->failed)
        number_slots(c);
    seat_boxes(c);
    seat_below(c);
    if (!c->failed)
        find_links(c);
    c->cyclic = !c->failed && has_circle(c, &c->step);
    find_patterns(c);
    find_rails(c);
    find_ways(c);
    return c->failed ? GF_ERROR_MEMORY : GF_OK;
}

void gf_columns_free(gf_columns *c)
{
    gf_room_block *rooms[] = {&c->before, &c->step, &c->after};
    for (int r = 0; r < 3; r++)
        if (rooms[r]->made)
            gf_block_free(&rooms[r]->block);
    gf_arena_free(&c->arena);
    *c = (gf_columns){0};
}
