/* Stamps. A piece of a level is what belongs to one step, or to none: boxes, lines, cells of the strip. What it looks
 * like, seen from its own corner and with indices as distances to its own step, is a text; pieces of the same text
 * share it, a stamp. What differs from step to step are its numbers.
 *
 * A stamp is {"boxes": [...], "lines": [...], "cells": [...]}, each thing an array:
 *
 *     box   [label, what is written, variable, kind, flags, x, y, width, height, turn, rows, cols, operation,
 *            within]
 *     line  [flags, look, turn, source, from, to, points, tip, variable of steps, number's place]
 *     cell  [row, weight, look, turn, label of the weight, label of the box, 1 where the page works it out]
 *
 * and a piece [step, last step, x, y, width, height, solid, stamp, its last turn, its first node, numbers], or several
 * in a row, with how many, and by how much the next has another x, last turn and first node. The numbers
 * are those of its things in their order: of a 1 x 1 box value and slope, of others the gradient's l2 and max, unless
 * the page has their entries; of a line l2 and max, unless it carries all of its box's gradient, and what a cut throws
 * away; of a cell l2 and max. What the page works out has none. A box is named [distance of its step, number in its
 * piece], or [null, number] where it belongs to no step. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "view/page/paint.h"
#include "view/web/inside.h"

enum { FLAT = 1, BRIEF = 2, SUM = 4, SCALAR = 8, PLAIN = 16, ASIDE = 32, NOT_FINITE = 64, KNOWN = 128, HELD = 256 };
enum { HEAD = 1, BETWEEN = 2, RAIL = 4, MIXED = 8, CANCELS = 16, WHOLE = 32, CUT = 64, JOINS = 128, WORKED = 256 };

static const double LITTLE = 1e-3; /* pixels */

enum { AT_ONCE = 2 }; /* turns in which the losses of all steps get their gradients */

/* A piece at its place. */
typedef struct placed {
    gf_ground ground;
    uint32_t stamp;
    int turn;
    long base;
    bool bare; /* without numbers */
} placed;

typedef struct stamping {
    const gf_web_level *l;
    int pieces;                               /* number 0 is what belongs to no step */
    int *piece_of;                            /* by step - first: its piece */
    int first;                                /* step */
    int *box_piece;                           /* by box */
    int *box_place;                           /* its number among the piece's */
    bool *collected;                          /* by arrow: a rail collects it */
    gf_carried *carried;                      /* by trail */
    size_t *boxes, *lines, *cells;            /* their numbers, piece by piece; */
    size_t *box_from, *line_from, *cell_from; /* where each piece's begin, and the end */
    gf_names stamps;
    gf_text shape, numbers, list;
    const gf_ground *ground;    /* of the piece that is written; NULL: of none */
    placed head, latest;        /* of the row of pieces that go on alike */
    int count;                  /* of them */
    gf_text kept;               /* the numbers of the first */
    int turn;                   /* its last */
    long base;                  /* the number of its first box's node */
    int *sources, source_count; /* those of its lines, each once */
    gf_arena arena;
} stamping;

/* --- which piece -------------------------------------------------------------------------------------------------- */

static int piece_at(const stamping *s, int step)
{
    return step >= s->first && step - s->first < INT_MAX && s->piece_of && step <= s->l->view.last_step
               ? s->piece_of[step - s->first]
               : 0;
}

static int piece_of_box(const stamping *s, const gf_box *box)
{
    return box->step ? piece_at(s, box->step) : 0;
}

/* What stays near to its step belongs to it; what goes far is seen from everywhere. */
static int piece_of_line(const stamping *s, const gf_trail *trail)
{
    const gf_box *from = s->l->view.arrows[trail->arrows[0]].from;
    int piece = s->box_piece[from - s->l->view.boxes];
    if (!piece || trail->rail)
        return 0;
    const gf_ground *g = &s->l->spread.grounds[piece - 1];
    for (int k = 0; k < trail->point_count; k++)
        if (trail->points[k].x < g->x - 2 * g->width - 100 || trail->points[k].x > g->x + 3 * g->width + 100)
            return 0;
    return piece;
}

static int piece_of_cell(const stamping *s, size_t k)
{
    int step = s->l->strip.cells[k].step;
    return step ? piece_at(s, step) : 0;
}

/* Sorts numbers 0 to count - 1 by their pieces; `from` gets where each begins. False without memory. */
static bool sort(stamping *s, size_t count, const int *piece, size_t **sorted, size_t **from)
{
    *sorted = gf_arena_get(&s->arena, (count + 1) * sizeof **sorted);
    *from = gf_arena_get(&s->arena, ((size_t)s->pieces + 2) * sizeof **from);
    if (!*sorted || !*from)
        return false;
    for (size_t k = 0; k < count; k++)
        (*from)[piece[k] + 2]++;
    for (int p = 2; p <= s->pieces; p++)
        (*from)[p + 1] += (*from)[p];
    for (size_t k = 0; k < count; k++)
        (*sorted)[(*from)[piece[k] + 1]++] = k;
    return true;
}

static bool sort_all(stamping *s)
{
    const gf_web_level *l = s->l;
    size_t trails = l->spread.trail_count, cells = l->has_strip ? l->strip.cell_count : 0;
    int *line_piece = gf_arena_get(&s->arena, (trails + 1) * sizeof *line_piece);
    int *cell_piece = gf_arena_get(&s->arena, (cells + 1) * sizeof *cell_piece);
    if (!line_piece || !cell_piece)
        return false;
    for (size_t k = 0; k < trails; k++)
        line_piece[k] = piece_of_line(s, &l->spread.trails[k]);
    for (size_t k = 0; k < cells; k++)
        cell_piece[k] = piece_of_cell(s, k);
    return sort(s, l->view.box_count, s->box_piece, &s->boxes, &s->box_from) &&
           sort(s, trails, line_piece, &s->lines, &s->line_from) &&
           sort(s, cells, cell_piece, &s->cells, &s->cell_from);
}

static bool begin(stamping *s)
{
    const gf_view *view = &s->l->view;
    const gf_spread *spread = &s->l->spread;
    size_t steps = view->last_step ? (size_t)(view->last_step - view->first_step) + 1 : 0;
    s->first = view->first_step;
    s->pieces = spread->ground_count + 1;
    s->piece_of = gf_arena_get(&s->arena, (steps + 1) * sizeof *s->piece_of);
    s->box_piece = gf_arena_get(&s->arena, (view->box_count + 1) * sizeof *s->box_piece);
    s->box_place = gf_arena_get(&s->arena, (view->box_count + 1) * sizeof *s->box_place);
    int *next = gf_arena_get(&s->arena, ((size_t)s->pieces + 1) * sizeof *next);
    s->sources = gf_arena_get(&s->arena, ((size_t)view->source_count + 1) * sizeof *s->sources);
    s->collected = gf_arena_get(&s->arena, view->arrow_count + 1);
    if (!s->collected || !s->sources || !s->piece_of || !s->box_piece || !s->box_place || !next)
        return false;
    for (size_t k = 0; k < spread->trail_count; k++)
        for (int a = 0; a < spread->trails[k].arrow_count && spread->trails[k].rail; a++)
            s->collected[spread->trails[k].arrows[a]] = true;
    for (int k = 0; k < spread->ground_count; k++)
        for (int t = spread->grounds[k].step; t && t <= spread->grounds[k].last; t++)
            if (t >= s->first && t <= view->last_step)
                s->piece_of[t - s->first] = k + 1;
    for (size_t k = 0; k < view->box_count; k++)
        if (spread->places[k].shown) {
            s->box_piece[k] = piece_of_box(s, &view->boxes[k]);
            s->box_place[k] = next[s->box_piece[k]]++;
        }
    return sort_all(s);
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static void add_number(stamping *s, double number)
{
    gf_text_add(&s->numbers, s->numbers.size ? "," : "");
    gf_web_number(&s->numbers, number);
}

static void add_measure(stamping *s, const gf_measure *measure)
{
    add_number(s, measure->l2);
    add_number(s, measure->max);
}

static void add_length(stamping *s, double length)
{
    gf_text_add(&s->shape, ",");
    gf_length_write(&s->shape, length);
}

static double x_of(const stamping *s, double x)
{
    return s->ground ? x - s->ground->x : x;
}

static int step_of(const stamping *s)
{
    return s->ground ? s->ground->step : 0;
}

/* How long before the piece's last turn, counted from 1; below 0 one of the very first, which is that of all steps; 0
 * in none. */
static int turn_of(const stamping *s, int turn)
{
    return turn <= AT_ONCE ? -turn : s->turn - turn + 1;
}

/* The number of a line's source among those of its piece. */
static int source_of(stamping *s, const gf_trail *trail)
{
    int k = 0;
    while (k < s->source_count && s->sources[k] != trail->source)
        k++;
    if (k == s->source_count)
        s->sources[s->source_count++] = trail->source;
    return k;
}

/* What has no name is called by its node's number: n17 is n#2 where the piece's first box is n15. */
static void add_label(stamping *s, const char *label)
{
    const char *digits = label + (*label == 'n');
    if (*label == 'n' && *digits && !digits[strspn(digits, "0123456789")] && strlen(digits) < 10)
        gf_text_print(&s->shape, "\"n#%ld\"", strtol(digits, NULL, 10) - s->base);
    else
        gf_web_relative(&s->shape, label, step_of(s));
}

/* Is it one step? */
static bool is_step(const gf_box *box)
{
    return box->kind == GF_BOX_STEPS && !box->last_step;
}

/* Does the page have all entries of its value and its gradient? */
static bool is_held(const stamping *s, const gf_box *box)
{
    return box->gradient.known && *box->variable && box->node && gf_names_find(s->l->held, box->name) != UINT32_MAX;
}

static int flags_of(const stamping *s, const gf_box *box, const gf_stand *at)
{
    return (is_held(s, box) ? HELD : 0) | (at->flat ? FLAT : 0) | (at->brief ? BRIEF : 0) | (box->sum ? SUM : 0) |
           (box->scalar ? SCALAR : 0) | (box->plain ? PLAIN : 0) | (box->aside ? ASIDE : 0) |
           (!box->finite && box->kind != GF_BOX_STEPS ? NOT_FINITE : 0) | (box->gradient.known ? KNOWN : 0);
}

static void write_box(stamping *s, const gf_box *box, const gf_stand *at)
{
    gf_inscription lines;
    gf_text *shape = &s->shape;
    gf_box_inscribe(&s->l->view, box, at->brief, false, &lines);
    gf_text_add(shape, "[");
    if (is_step(box))
        gf_text_add(shape, "\"step [#]\"");
    else
        add_label(s, box->name);
    gf_text_add(shape, ",");
    add_label(s, strcmp(lines.name, box->name) ? lines.name : "");
    gf_text_add(shape, ",");
    gf_text_quoted(shape, box->variable);
    gf_text_print(shape, ",%d,%d", (int)box->kind, flags_of(s, box, at));
    add_length(s, x_of(s, at->x));
    add_length(s, at->y);
    add_length(s, at->width);
    add_length(s, at->height);
    gf_text_print(shape, ",%d,%d,%d,", turn_of(s, box->turn), box->rows, box->cols);
    gf_text_quoted(shape, box->node && gf_node_arity(box->node) ? box->op : "");
    if (box->kind == GF_BOX_STEPS || *lines.weights) {
        gf_text_add(shape, ",");
        gf_text names = {0};
        if (s->l->view.level == GF_LEVEL_STEPS)
            gf_quantities_list(box, &names);
        gf_text_quoted(shape, *lines.weights ? lines.weights : gf_text_string(&names));
        shape->failed |= names.failed;
        gf_text_free(&names);
    }
    gf_text_add(shape, "]");
    if (is_held(s, box))
        return;
    if (box->scalar) {
        add_number(s, box->value);
        add_number(s, box->gradient.known ? box->gradient.slope : NAN);
    } else if (box->gradient.known) {
        add_measure(s, &box->gradient);
    }
}

static void write_end(stamping *s, const gf_box *box)
{
    size_t k = (size_t)(box - s->l->view.boxes);
    int piece = s->box_piece[k];
    if (piece)
        gf_text_print(&s->shape, "%d,%d", s->l->spread.grounds[piece - 1].step - step_of(s), s->box_place[k]);
    else
        gf_text_print(&s->shape, "null,%d", s->box_place[k]);
}

static bool is_whole(const gf_box *from, const gf_carried *carried)
{
    const gf_measure *one = &from->gradient, *other = &carried->measure;
    return one->known && other->known && one->l2 == other->l2 && one->max == other->max;
}

/* Is what an arrow comes from a value that the page holds: a box, or, of h out of step 3, h[3]? */
static bool is_source_held(stamping *s, const gf_arrow *arrow)
{
    gf_text label = {0};
    gf_text_print(&label, "%s[%d]", arrow->variable, arrow->from->step);
    bool held = is_step(arrow->from) && gf_names_find(s->l->held, gf_text_string(&label)) != UINT32_MAX;
    s->shape.failed |= label.failed;
    gf_text_free(&label);
    return held || is_held(s, arrow->from);
}

/* Does the page work out what a line carries? It goes from one value to others, or to steps. */
static bool is_worked(stamping *s, const gf_trail *trail)
{
    const gf_view *view = &s->l->view;
    const gf_arrow *first = &view->arrows[trail->arrows[0]];
    bool worked = s->l->worked && view->level != GF_LEVEL_OPS && is_source_held(s, first);
    for (int k = 0; k < trail->arrow_count && worked; k++) {
        const gf_arrow *arrow = &view->arrows[trail->arrows[k]];
        worked = arrow->from == first->from && !strcmp(arrow->variable, first->variable) &&
                 (is_step(arrow->to) || is_held(s, arrow->to));
    }
    return worked;
}

static void write_line(stamping *s, size_t number)
{
    const gf_web_level *l = s->l;
    const gf_trail *trail = &l->spread.trails[number];
    const gf_box *from = l->view.arrows[trail->arrows[0]].from;
    gf_carried carried = s->carried[number];
    bool sized = carried.look == GF_ARROW_PASSES || carried.look == GF_ARROW_NONFINITE;
    bool worked = sized && is_worked(s, trail), whole = sized && !worked && is_whole(from, &carried);
    bool joins = !trail->rail && trail->arrow_count == 1 && s->collected[trail->arrows[0]];
    gf_point at = l->numbers[number];
    gf_text_print(&s->shape, "[%d,%d,%d,%d,[",
                  (trail->head ? HEAD : 0) | (trail->between ? BETWEEN : 0) | (trail->rail ? RAIL : 0) |
                      (carried.mixed ? MIXED : 0) | (carried.cancels ? CANCELS : 0) | (whole ? WHOLE : 0) |
                      (carried.cut.known ? CUT : 0) | (joins ? JOINS : 0) | (worked ? WORKED : 0),
                  (int)carried.look, turn_of(s, gf_trail_turn(&l->view, trail)), source_of(s, trail));
    write_end(s, from);
    gf_text_add(&s->shape, "],[");
    for (int k = 0; k < trail->arrow_count; k++) {
        gf_text_add(&s->shape, k ? "," : "");
        write_end(s, l->view.arrows[trail->arrows[k]].to);
    }
    gf_text_add(&s->shape, "],[");
    for (int k = 0; k < trail->point_count; k++) {
        gf_text_add(&s->shape, k ? "," : "");
        gf_length_write(&s->shape, x_of(s, trail->points[k].x));
        add_length(s, trail->points[k].y);
    }
    gf_text_add(&s->shape, "]");
    add_length(s, trail->head && isfinite(l->tips[number]) ? l->tips[number] : 0);
    gf_text_add(&s->shape, ",");
    gf_text_quoted(&s->shape, from->kind == GF_BOX_STEPS ? l->view.arrows[trail->arrows[0]].variable : "");
    if (!isnan(at.x)) {
        add_length(s, x_of(s, at.x));
        add_length(s, at.y);
    }
    gf_text_add(&s->shape, "]");
    if (sized && !whole && !worked)
        add_measure(s, &carried.measure);
    if (carried.cut.known)
        add_measure(s, &carried.cut);
}

static void write_cell(stamping *s, size_t number)
{
    const gf_strip *strip = &s->l->strip;
    const gf_strip_cell *cell = &strip->cells[number];
    bool known = cell->gradient.known, worked = known && gf_web_cell_is_worked(s->l, cell);
    const char *in = strstr(cell->title, " in ");
    gf_text label = {0};
    gf_text_bytes(&label, cell->title, in ? (size_t)(in - cell->title) : strlen(cell->title));
    gf_text_print(&s->shape, "[%d,%d,%d,%d,", cell->row, cell->weight,
                  !known                        ? GF_ARROW_UNKNOWN
                  : cell->gradient.l2 == 0      ? GF_ARROW_NONE
                  : isfinite(cell->gradient.l2) ? GF_ARROW_PASSES
                                                : GF_ARROW_NONFINITE,
                  turn_of(s, cell->turn));
    add_label(s, gf_text_string(&label));
    gf_text_add(&s->shape, ",");
    add_label(s, in ? in + 4 : "");
    gf_text_add(&s->shape, worked ? ",1]" : "]");
    s->shape.failed |= label.failed;
    gf_text_free(&label);
    if (known && !worked)
        add_measure(s, &cell->gradient);
}

/* --- pieces ------------------------------------------------------------------------------------------------------- */

static void note_turn(stamping *s, int turn)
{
    s->turn = turn > s->turn ? turn : s->turn;
}

static void find_turn(stamping *s, int piece)
{
    const gf_web_level *l = s->l;
    s->turn = 0;
    for (size_t k = s->box_from[piece]; k < s->box_from[piece + 1]; k++)
        note_turn(s, l->view.boxes[s->boxes[k]].turn);
    for (size_t k = s->line_from[piece]; k < s->line_from[piece + 1]; k++)
        note_turn(s, gf_trail_turn(&l->view, &l->spread.trails[s->lines[k]]));
    for (size_t k = s->cell_from[piece]; k < s->cell_from[piece + 1]; k++)
        note_turn(s, l->strip.cells[s->cells[k]].turn);
}

static bool write_shape(stamping *s, int piece)
{
    const gf_web_level *l = s->l;
    bool any = false;
    gf_text_clear(&s->shape);
    gf_text_clear(&s->numbers);
    s->source_count = 0;
    gf_text_add(&s->shape, "{\"boxes\":[");
    for (size_t k = s->box_from[piece]; k < s->box_from[piece + 1]; k++) {
        if (!l->spread.places[s->boxes[k]].shown)
            continue;
        gf_text_add(&s->shape, any ? ",\n" : "");
        write_box(s, &l->view.boxes[s->boxes[k]], &l->spread.places[s->boxes[k]]);
        any = true;
    }
    gf_text_add(&s->shape, "],\n\"lines\":[");
    for (size_t k = s->line_from[piece]; k < s->line_from[piece + 1]; k++) {
        gf_text_add(&s->shape, k > s->line_from[piece] ? ",\n" : "");
        write_line(s, s->lines[k]);
    }
    gf_text_add(&s->shape, "],\n\"cells\":[");
    for (size_t k = s->cell_from[piece]; k < s->cell_from[piece + 1]; k++) {
        gf_text_add(&s->shape, k > s->cell_from[piece] ? ",\n" : "");
        write_cell(s, s->cells[k]);
    }
    gf_text_add(&s->shape, "]}");
    return !s->shape.failed && !s->numbers.failed;
}

static bool is_alike(const placed *p, const placed *other)
{
    const gf_ground *g = &p->ground, *o = &other->ground;
    return p->stamp == other->stamp && p->bare && other->bare && g->y == o->y && g->width == o->width &&
           g->height == o->height && g->solid == o->solid;
}

/* Does a piece stand behind the last of the row as that behind the one before? */
static bool goes_on(const stamping *s, const placed *p)
{
    const placed *head = &s->head, *latest = &s->latest;
    int before = s->count - 1, by = p->ground.step - latest->ground.step;
    bool alike = s->count && is_alike(head, p) && by == 1 && p->ground.last - latest->ground.last == 1;
    if (!alike || !before)
        return alike;
    double pitch = (latest->ground.x - head->ground.x) / before;
    return fabs(p->ground.x - latest->ground.x - pitch) < LITTLE &&
           (p->turn - latest->turn) * before == latest->turn - head->turn &&
           (p->base - latest->base) * before == latest->base - head->base;
}

/* The pieces of a row; of several, how many, and by how much each goes on. */
static void end_row(stamping *s)
{
    const placed *p = &s->head, *latest = &s->latest;
    const double sizes[] = {p->ground.x, p->ground.y, p->ground.width, p->ground.height};
    int before = s->count - 1;
    gf_text_print(&s->list, "%s[%d,%d", s->list.size ? ",\n" : "", p->ground.step, p->ground.last);
    for (int k = 0; k < 4; k++) {
        gf_text_add(&s->list, ",");
        gf_length_write(&s->list, sizes[k]);
    }
    gf_text_print(&s->list, ",%d,%u,%d,%ld,[%s]", p->ground.solid, (unsigned)p->stamp - 1, p->turn, p->base,
                  gf_text_string(&s->kept));
    if (before) {
        gf_text_print(&s->list, ",%d,", s->count);
        gf_web_exact(&s->list, (latest->ground.x - p->ground.x) / before);
        gf_text_print(&s->list, ",%d,%ld", (latest->turn - p->turn) / before, (latest->base - p->base) / before);
    }
    gf_text_add(&s->list, "]");
    s->count = 0;
}

static bool write_piece(stamping *s, int piece)
{
    s->ground = piece ? &s->l->spread.grounds[piece - 1] : NULL;
    size_t first = s->box_from[piece];
    s->base = first < s->box_from[piece + 1] ? (long)s->l->view.boxes[s->boxes[first]].id : 0;
    find_turn(s, piece);
    uint32_t stamp = write_shape(s, piece) ? gf_names_add(&s->stamps, gf_text_string(&s->shape)) : UINT32_MAX;
    placed p = {.stamp = stamp, .turn = s->turn, .base = s->base, .bare = !s->numbers.size};
    if (piece)
        p.ground = *s->ground;
    if (!goes_on(s, &p)) {
        if (s->count)
            end_row(s);
        s->head = p;
        gf_text_clear(&s->kept);
        gf_text_add(&s->kept, gf_text_string(&s->numbers));
    }
    s->latest = p;
    s->count++;
    return stamp != UINT32_MAX && !s->kept.failed;
}

bool gf_web_stamps_write(const gf_web_level *l, gf_text *out)
{
    stamping s = {.l = l, .carried = gf_trails_carry(&l->view, &l->spread)};
    bool good = s.carried && begin(&s);
    for (int piece = 0; piece < s.pieces && good; piece++)
        good = write_piece(&s, piece);
    if (good)
        end_row(&s);
    gf_text_add(out, ",\n\"stamps\":[");
    for (uint32_t k = 1; k <= s.stamps.count && good; k++) {
        gf_text_add(out, k > 1 ? ",\n" : "");
        gf_text_add(out, gf_names_text(&s.stamps, k));
    }
    gf_text_add(out, "],\n\"pieces\":[");
    gf_text_add(out, gf_text_string(&s.list));
    gf_text_add(out, "]");
    good = good && !s.list.failed;
    gf_names_free(&s.stamps);
    gf_text_free(&s.shape);
    gf_text_free(&s.numbers);
    gf_text_free(&s.list);
    gf_text_free(&s.kept);
    gf_arena_free(&s.arena);
    free(s.carried);
    return good;
}
