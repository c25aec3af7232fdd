/* A block and what is seen of it: rectangles and lines, from which a picture is judged without a look at how it was
 * laid out. */
#ifndef GF_TESTS_BLOCK_SCENE_H
#define GF_TESTS_BLOCK_SCENE_H

#include "support.h"

#include "view/block/block.h"

enum { MOST_BOXES = 220, MOST_LINKS = 1400, MOST_STATES = 12, MOST_LINES = 40000, MOST_PIECES = 12000 };

typedef struct scene_line {
    gf_point from, to;
    int source; /* a box; from MOST_BOXES on what comes from outside */
    int piece;  /* whose targets it may touch; -1: those of an entry */
} scene_line;

typedef struct scene_piece {
    gf_point first, before_last, last;
    int source, first_target, target_count;
    bool head;
} scene_piece;

typedef struct scene {
    gf_block_box boxes[MOST_BOXES];
    int box_count;
    gf_block_link links[MOST_LINKS];
    int link_count;
    gf_block_entry entries[MOST_STATES];
    int targets[MOST_STATES][MOST_BOXES];
    int entry_count;
    gf_block_exit exits[MOST_STATES];
    int exit_count;
    int through[MOST_BOXES];
    gf_block block;
    scene_line lines[MOST_LINES];
    int line_count;
    scene_piece pieces[MOST_PIECES];
    int piece_count;
    int reached[MOST_PIECES * 8]; /* targets of pieces */
    int reached_count;
    int tracing;
} scene;

/* --- what there is to be laid out ------------------------------------------------------------------- */

static inline int add_box(scene *s, double width, double height, bool input)
{
    ck_assert_int_lt(s->box_count, MOST_BOXES);
    s->boxes[s->box_count] = (gf_block_box){.width = width, .height = height, .input = input, .cell = -1};
    return s->box_count++;
}

static inline void add_link(scene *s, int from, int to)
{
    ck_assert_int_lt(s->link_count, MOST_LINKS);
    s->links[s->link_count++] = (gf_block_link){from, to};
}

static inline void add_exit(scene *s, int box, bool to_right)
{
    s->exits[s->exit_count++] = (gf_block_exit){box, to_right};
}

static inline void add_entry(scene *s, bool from_right)
{
    s->entries[s->entry_count] = (gf_block_entry){from_right, s->targets[s->entry_count], 0};
    s->entry_count++;
}

/* One more target of the last entry. */
static inline void add_target(scene *s, int box)
{
    gf_block_entry *entry = &s->entries[s->entry_count - 1];
    s->targets[s->entry_count - 1][entry->count++] = box;
    s->boxes[box].entries++;
}

/* --- what is drawn ------------------------------------------------------------------------------------ */

static inline void add_line(scene *s, double x, double y, double to_x, double to_y, int source, int piece)
{
    ck_assert_int_lt(s->line_count, MOST_LINES);
    s->lines[s->line_count++] = (scene_line){{x, y}, {to_x, to_y}, source, piece};
}

static inline void see_piece(void *data, const gf_block_piece *piece)
{
    scene *s = data;
    const gf_point *p = piece->points;
    int last = piece->point_count - 1;
    ck_assert_int_gt(last, 0);
    ck_assert_int_gt(piece->target_count, 0);
    ck_assert_int_lt(s->piece_count, MOST_PIECES);
    ck_assert_int_lt(s->reached_count + piece->target_count, MOST_PIECES * 8);
    s->pieces[s->piece_count] =
        (scene_piece){p[0], p[last - 1], p[last], s->tracing, s->reached_count, piece->target_count, piece->head};
    for (int k = 0; k < piece->target_count; k++)
        s->reached[s->reached_count++] = piece->targets[k];
    for (int k = 0; k < last; k++)
        add_line(s, p[k].x, p[k].y, p[k + 1].x, p[k + 1].y, s->tracing, s->piece_count);
    s->piece_count++;
}

static inline double top_of(const scene *s, int box)
{
    return s->block.rows[s->block.at[box]->row].y + s->boxes[box].height / 2;
}

static inline double bottom_of(const scene *s, int box)
{
    return top_of(s, box) - s->boxes[box].height;
}

static inline double x_of(const scene *s, int box)
{
    return s->block.at[box]->x;
}

/* The lines that the page draws of an entry: a lane below each row with targets, and up to them. */
static inline void see_entry(scene *s, int number)
{
    const gf_block_entry *entry = &s->entries[number];
    for (int k = 0; k < entry->count; k++) {
        int box = entry->targets[k];
        double x = gf_block_port(&s->block, number, box);
        double y = gf_block_entry_lane(&s->block, number, s->block.at[box]->row);
        ck_assert_double_le(fabs(x - x_of(s, box)), s->block.across[box] / 2);
        add_line(s, entry->from_right ? s->block.width : 0, y, x, y, MOST_BOXES + number, -1);
        add_line(s, x, y, x, bottom_of(s, box), MOST_BOXES + number, -1);
    }
}

static inline void see_exit(scene *s, int number)
{
    int box = s->exits[number].box;
    double y = gf_block_exit_lane(&s->block, number);
    add_line(s, x_of(s, box), top_of(s, box), x_of(s, box), y, box, -1);
    add_line(s, x_of(s, box), y, s->exits[number].to_right ? s->block.width : 0, y, box, -1);
}

static inline void see_all(scene *s)
{
    int source = MOST_BOXES + MOST_STATES;
    for (s->tracing = 0; s->tracing < s->box_count; s->tracing++)
        ck_assert_int_eq(gf_block_trace(&s->block, s->tracing, see_piece, s), GF_OK);
    for (int k = 0; k < s->entry_count; k++)
        see_entry(s, k);
    for (int k = 0; k < s->exit_count; k++)
        see_exit(s, k);
    for (int row = 0; row < s->block.row_count; row++)
        for (int k = 0; k < s->through[row]; k++) {
            double y = gf_block_through_lane(&s->block, row, k);
            add_line(s, 0, y, s->block.width, y, source++, -1);
        }
}

/* --- what must hold ----------------------------------------------------------------------------------- */

static inline bool may_touch(const scene *s, const scene_line *line, int box)
{
    const scene_piece *piece = line->piece < 0 ? NULL : &s->pieces[line->piece];
    if (line->source == box)
        return true;
    for (int k = 0; piece && k < piece->target_count; k++)
        if (s->reached[piece->first_target + k] == box)
            return true;
    return false;
}

/* Of each pair Check is told only what is wrong: it writes to a file for every assertion, also for one that holds. */
static inline void check_box_is_clear(const scene *s, int box)
{
    double left = x_of(s, box) - s->block.across[box] / 2 + 0.5, right = left + s->block.across[box] - 1;
    double bottom = bottom_of(s, box) + 0.5, top = top_of(s, box) - 0.5;
    for (int k = 0; k < s->line_count; k++) {
        const scene_line *l = &s->lines[k];
        bool through = fmax(l->from.x, l->to.x) > left && fmin(l->from.x, l->to.x) < right &&
                       fmax(l->from.y, l->to.y) > bottom && fmin(l->from.y, l->to.y) < top;
        if (through && !may_touch(s, l, box))
            ck_abort_msg("a line of %d goes through box %d", l->source, box);
    }
}

static inline bool upright(const scene_line *l)
{
    return fabs(l->from.x - l->to.x) <= 0.5;
}

/* How far two ranges overlap. */
static inline double overlap(double a, double b, double c, double d)
{
    return fmin(fmax(a, b), fmax(c, d)) - fmax(fmin(a, b), fmin(c, d));
}

static inline bool share_a_line(const scene_line *a, const scene_line *b)
{
    if (upright(a) != upright(b))
        return false;
    if (upright(a))
        return fabs(a->from.x - b->from.x) < 3 && overlap(a->from.y, a->to.y, b->from.y, b->to.y) > 2;
    return fabs(a->from.y - b->from.y) < 3 && overlap(a->from.x, a->to.x, b->from.x, b->to.x) > 2;
}

static inline void check_lines(const scene *s)
{
    for (int a = 0; a < s->line_count; a++) {
        const scene_line *line = &s->lines[a];
        ck_assert(upright(line) || line->from.y == line->to.y);
        ck_assert(fmin(line->from.x, line->to.x) >= 0 && fmax(line->from.x, line->to.x) <= s->block.width);
        ck_assert(fmin(line->from.y, line->to.y) >= 0);
        ck_assert(line->piece < 0 || fmax(line->from.y, line->to.y) <= s->block.height);
        for (int b = 0; b < a; b++)
            if (line->source != s->lines[b].source && share_a_line(line, &s->lines[b]))
                ck_abort_msg("%d and %d share a line at %g, %g", line->source, s->lines[b].source, line->from.x,
                             line->from.y);
    }
}

static inline bool reaches(const scene *s, const scene_piece *piece, int box)
{
    for (int k = 0; k < piece->target_count; k++)
        if (s->reached[piece->first_target + k] == box)
            return true;
    return false;
}

static inline bool on_line(const scene_line *l, gf_point p)
{
    return p.x >= fmin(l->from.x, l->to.x) - 0.51 && p.x <= fmax(l->from.x, l->to.x) + 0.51 &&
           p.y >= fmin(l->from.y, l->to.y) - 0.01 && p.y <= fmax(l->from.y, l->to.y) + 0.01;
}

static inline bool leads_to_all_of(const scene *s, const scene_piece *piece, const scene_piece *other)
{
    for (int k = 0; k < other->target_count; k++)
        if (!reaches(s, piece, s->reached[other->first_target + k]))
            return false;
    return true;
}

/* Does it stand in the row of its user? */
static inline bool is_in_row(const scene *s, int box)
{
    return s->block.beside[box] >= 0 || s->boxes[box].lead > 0;
}

/* A piece begins at the border of its box, or on one of the pieces before it that leads to all its targets; or one of
 * these ends on it. */
static inline bool has_a_beginning(const scene *s, int number)
{
    const scene_piece *piece = &s->pieces[number];
    double across = fabs(piece->first.x - x_of(s, piece->source)), half = s->block.across[piece->source] / 2;
    if (is_in_row(s, piece->source))
        return near(across, half, 1e-9);
    if (across <= half && near(piece->first.y, top_of(s, piece->source), 1e-9))
        return true;
    for (int k = 0; k < s->line_count; k++) {
        int on = s->lines[k].piece;
        if (s->lines[k].source != piece->source || on < 0 || on > number)
            continue;
        if (on < number && leads_to_all_of(s, &s->pieces[on], piece) && on_line(&s->lines[k], piece->first))
            return true;
        for (int m = 0; on == number && m < number; m++)
            if (s->pieces[m].source == piece->source && leads_to_all_of(s, &s->pieces[m], piece) &&
                on_line(&s->lines[k], s->pieces[m].last))
                return true;
    }
    return false;
}

/* From below, within the box's width; or, from beside, at its side. */
static inline void check_end(const scene *s, const scene_piece *piece, int box)
{
    double across = fabs(piece->last.x - x_of(s, box)), half = s->block.across[box] / 2;
    if (is_in_row(s, piece->source)) {
        ck_assert(piece->last.y == piece->before_last.y && near(across, half, 1e-9));
        ck_assert_double_ge(fabs(piece->last.x - piece->first.x), 15.9);
        return;
    }
    ck_assert_double_le(across, half - 2);
    ck_assert(near(piece->last.y, bottom_of(s, box), 1e-9) && piece->before_last.y < piece->last.y);
    ck_assert_double_le(fabs(piece->last.x - piece->before_last.x), 0.5);
}

static inline void check_link(const scene *s, gf_block_link link)
{
    int heads = 0;
    for (int k = 0; k < s->piece_count; k++) {
        const scene_piece *piece = &s->pieces[k];
        if (piece->source != link.from || !piece->head || !reaches(s, piece, link.to))
            continue;
        ck_assert_int_eq(piece->target_count, 1);
        check_end(s, piece, link.to);
        heads++;
    }
    ck_assert_msg(heads == 1, "%d arrows from %d to %d", heads, link.from, link.to);
}

static inline void check_boxes(const scene *s)
{
    for (int i = 0; i < s->box_count; i++) {
        double half = s->block.across[i] / 2;
        ck_assert_double_ge(s->block.across[i], s->boxes[i].width);
        ck_assert(x_of(s, i) - half >= 0 && x_of(s, i) + half <= s->block.width);
        ck_assert(bottom_of(s, i) >= -1e-9 && top_of(s, i) <= s->block.height + 1e-9);
        for (int k = 0; k < i; k++)
            ck_assert_msg(fabs(x_of(s, i) - x_of(s, k)) >= half + s->block.across[k] / 2 ||
                              bottom_of(s, i) >= top_of(s, k) || bottom_of(s, k) >= top_of(s, i),
                          "boxes %d and %d overlap", i, k);
        check_box_is_clear(s, i);
    }
}

static inline void check_scene(const scene *s)
{
    ck_assert_int_eq(s->block.shared, 0);
    check_boxes(s);
    check_lines(s);
    for (int k = 0; k < s->link_count; k++)
        check_link(s, s->links[k]);
    for (int k = 0; k < s->piece_count; k++)
        ck_assert_msg(has_a_beginning(s, k), "piece %d of %d begins nowhere", k, s->pieces[k].source);
}

/* --- all of it ---------------------------------------------------------------------------------------- */

static inline void make_scene(scene *s, double gap)
{
    ck_assert_int_eq(gf_block_make(&s->block, s->boxes, s->box_count, s->links, s->link_count, gap, 4, true), GF_OK);
}

static inline void route_scene(scene *s, double stretch)
{
    s->line_count = s->piece_count = s->reached_count = 0;
    ck_assert_int_eq(gf_block_route(&s->block, s->entries, s->entry_count, s->exits, s->exit_count, s->through), GF_OK);
    gf_block_place(&s->block, 5, 12, 12, stretch);
    see_all(s);
    check_scene(s);
}

#endif
