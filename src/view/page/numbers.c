/* Numbers beside trunks, and steps' headings: each at the first of a few places that is free. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view/drawing/figures.h"
#include "view/page/paint.h"

static const double small = 12, names_to_numbers = 0.74; /* letters of numbers: at least, and beside those of names */
static const double capitals = 0.74,
                    tails = 0.2; /* of the size of letters: what stands above the baseline, and below */
enum { NEAR_PLACES = 12, ROUNDS = 8, MOST_LOST = 60 };

static gf_bounds bounds_of(double x, double y, double width, double letters)
{
    return (gf_bounds){x - 2, y - capitals * letters - 1, x + width + 2, y + tails * letters + 1};
}

/* Does it lie over a side of a step's ground? */
static bool crosses_side(const gf_painting *p, gf_bounds b)
{
    bool found = false;
    for (int k = 0; k < p->spread->ground_count; k++) {
        const gf_ground *g = &p->spread->grounds[k];
        bool level = !g->solid && b.top < g->y + g->height && b.bottom > g->y;
        found |=
            level && ((b.left < g->x && b.right > g->x) || (b.left < g->x + g->width && b.right > g->x + g->width));
    }
    return found;
}

static bool try_at(gf_painting *p, double x, double y, const char *text, double width)
{
    gf_bounds bounds = bounds_of(x, y, width, p->figures);
    if (p->clear && crosses_side(p, bounds))
        return false;
    if (p->bottom > 0 && bounds.bottom > p->bottom)
        return false;
    if (x < 8 || x + width > p->right - 8 || !gf_obstacles_free_at(&p->obstacles, bounds, p->near))
        return false;
    gf_drawing_text(p->drawing, x, y, GF_START, GF_SANS, p->theme->soft, text, p->figures, GF_PLAIN);
    gf_obstacles_add(&p->obstacles, bounds, 0);
    p->put = (gf_point){x + width / 2, y};
    return true;
}

/* How far above a line (less than 0), or below it, the baseline of a text is, if it is so far with small letters. */
static double offset_of(const gf_painting *p, double offset)
{
    return offset + (offset > 0 ? capitals : -tails) * (p->figures - small);
}

/* The k-th place along a piece: the middle first, then to both sides. */
static double place_at(double from, double to, int k)
{
    double off = (double)((k + 1) / 2) / (2 * NEAR_PLACES);
    return from + (to - from) * (k % 2 ? 0.5 - off : 0.5 + off);
}

static bool near_level(gf_painting *p, gf_point a, gf_point b, const char *text, double width)
{
    static const double offsets[] = {-8, 15, -6.5, 13.5, -10, 17, -22, 30};
    int count = p->far && fabs(a.x - b.x) < width + 14 ? 8 : 6;
    for (int j = 0; j < count; j++)
        for (int k = 0; k < 2 * NEAR_PLACES; k++)
            if (try_at(p, place_at(a.x, b.x, k) - width / 2, a.y + offset_of(p, offsets[j]), text, width))
                return true;
    return false;
}

/* Above or below a horizontal line, at the middle first, and above it rather a little to the side than below. */
static bool beside_level(gf_painting *p, gf_point a, gf_point b, const char *text, double width)
{
    static const double places[] = {.5, .4, .6, .3, .7, .15, .85, .22, .78, .05, .95}, offsets[] = {-8, 15};
    enum { PLACES = sizeof places / sizeof *places, MIDDLE = 5 };
    for (int k = 0; k < 2 * PLACES && !p->near; k++) {
        bool middle = k < 2 * MIDDLE;
        int place = middle ? k % MIDDLE : k / 2, below = middle ? k / MIDDLE : k % 2;
        if (try_at(p, a.x + (b.x - a.x) * places[place] - width / 2, a.y + offset_of(p, offsets[below]), text, width))
            return true;
    }
    return p->near && near_level(p, a, b, text, width);
}

/* To the right of an upright line, or to its left; of a short one beyond its tip, if there is room. */
static bool beside_at(gf_painting *p, gf_point a, gf_point b, double y, const char *text, double width)
{
    bool brief = fabs(a.y - b.y) < 30;
    for (double apart = brief ? 9 : 6; apart >= 6; apart -= 3)
        if (try_at(p, a.x + apart, y + p->figures / 3, text, width) ||
            try_at(p, a.x - apart - width, y + p->figures / 3, text, width))
            return true;
    for (double apart = 9; p->clear && apart <= 30; apart += 3) /* beyond the side of a ground */
        if (try_at(p, a.x + apart, y + p->figures / 3, text, width) ||
            try_at(p, a.x - apart - width, y + p->figures / 3, text, width))
            return true;
    return false;
}

static bool beside_upright(gf_painting *p, gf_point a, gf_point b, const char *text, double width)
{
    static const double places[] = {.5, .3, .7, .1, .9};
    for (int k = 0; k < 5 && !p->near; k++)
        if (beside_at(p, a, b, a.y + (b.y - a.y) * places[k], text, width))
            return true;
    for (int k = 0; k < 2 * NEAR_PLACES && p->near; k++)
        if (beside_at(p, a, b, place_at(a.y, b.y, k), text, width))
            return true;
    return false;
}

static bool is_level(gf_point a, gf_point b)
{
    return fabs(a.y - b.y) < 0.1;
}

enum { MOST_POINTS = 64 };

/* Horizontal pieces first, the longest of them before others, none that is shorter than `least`; then upright ones. */
static bool put_along(gf_painting *p, const gf_point *corners, int count, const char *text, double width, double least)
{
    bool tried[MOST_POINTS] = {false};
    for (int round = 1; round < count; round++) {
        int best = 0;
        double most = -1;
        for (int k = 1; k < count; k++) {
            double length = is_level(corners[k - 1], corners[k]) ? fabs(corners[k - 1].x - corners[k].x) : 0;
            if (!tried[k] && length > most)
                best = k, most = length;
        }
        gf_point a = corners[best - 1], b = corners[best];
        tried[best] = true;
        bool level = is_level(a, b);
        if (level && most < least)
            continue;
        if (level ? beside_level(p, a, b, text, width) : beside_upright(p, a, b, text, width))
            return true;
    }
    return false;
}

/* Where it goes straight on, as through a gutter, a trail is one piece, or, if that has no room, more of them. */
static bool put_number(gf_painting *p, const gf_trail *trail, const char *text, double width, double least)
{
    gf_point corners[MOST_POINTS];
    int count = trail->point_count < MOST_POINTS ? trail->point_count : MOST_POINTS;
    int tidy = (int)gf_points_tidy(corners, trail->points, (size_t)count);
    return put_along(p, corners, tidy, text, width, least) ||
           (tidy < count && put_along(p, trail->points, count, text, width, least));
}

/* Does it lead to the same boxes as a trail of the same source? Then one number stands for both. */
static bool are_twins(const gf_trail *one, const gf_trail *other)
{
    return other->between && one->source == other->source && one->arrow_count == other->arrow_count &&
           !memcmp(one->arrows, other->arrows, (size_t)one->arrow_count * sizeof *one->arrows);
}

/* The box where a trail begins, if that stands outside the steps, so that there is room around it; or NULL. */
static const gf_stand *find_source(const gf_painting *p, const gf_trail *trail)
{
    const gf_box *from = p->view->arrows[trail->arrows[0]].from;
    const gf_stand *at = &p->spread->places[from - p->view->boxes];
    bool inside = (from->at && (!from->shape || from->kind == GF_BOX_OPERATION)) || from->kind == GF_BOX_STEPS ||
                  p->spread->turned;
    double away = fabs(trail->points[0].x - at->x) - at->width / 2;
    return inside || away > 1 ? NULL : at;
}

/* Below or above that box, which sends nothing else that way. */
static bool put_at_source(gf_painting *p, const gf_stand *at, const gf_trail *trail, const char *text, double width)
{
    bool right = trail->points[trail->point_count - 1].x > at->x;
    double x = right ? at->x + at->width / 2 - width : at->x - at->width / 2;
    return try_at(p, x, at->y + at->height / 2 + offset_of(p, 12.5), text, width) ||
           try_at(p, x, at->y - at->height / 2 - 5, text, width);
}

/* Beside a trail, or, in a turned picture, beside its twins, which follow it. By a piece on which it has hardly room
 * a number could be taken for that of what follows: there it stands only if it must, and rather by the box. */
static bool put_beside(gf_painting *p, size_t number, const char *text)
{
    const gf_spread *spread = p->spread;
    const gf_trail *trail = &spread->trails[number];
    const gf_stand *source = find_source(p, trail);
    double width = gf_letters_width(text, GF_SANS, GF_PLAIN, p->figures),
           least = source && !trail->head ? width + 10 : 0;
    const gf_point *from = &trail->points[0], *to = from;
    while (to + 1 < from + trail->point_count && is_level(to[1], *from))
        to++;
    bool put = (p->one_form && !trail->head && to->x > from->x + width + 24 &&
                try_at(p, from->x + 12, from->y - 8, text, width)) ||
               put_number(p, trail, text, width, least);
    for (size_t k = number + 1; k < spread->trail_count && spread->turned && !put; k++) {
        if (spread->trails[k].source != trail->source)
            break;
        put = are_twins(trail, &spread->trails[k]) && put_number(p, &spread->trails[k], text, width, least);
    }
    put = put || ((p->near || p->one_form) && source &&
                  (put_at_source(p, source, trail, text, width) || put_number(p, trail, text, width, 0)));
    p->far = p->near;
    put = put || (p->far && put_number(p, trail, text, width, 0));
    p->far = false;
    return put;
}

const char *gf_arrow_told(const gf_arrow *arrow)
{
    bool told = arrow->from->kind == GF_BOX_STEPS && strcmp(arrow->to->variable, arrow->variable) != 0;
    return told ? arrow->variable : "";
}

/* "h 0.12"; "cut 0.12": so much is not passed on. Without the name where it must, if the arrow comes out of a cell. */
static bool put_figure(gf_painting *p, size_t number, bool cut, const char *figure, bool named)
{
    const gf_arrow *first = &p->view->arrows[p->spread->trails[number].arrows[0]];
    const char *told = named || !gf_box_cells(first->from) ? gf_arrow_told(first) : "";
    char text[GF_FIGURE + 64];
    snprintf(text, sizeof text, "%.40s%s%s%s", told, *told ? " " : "", cut ? "cut " : "", figure);
    return put_beside(p, number, text);
}

/* Without the 0 before the point in a turned picture; where all numbers have one form, without the word. Where there is
 * hardly any room, small ones with one digit. */
static bool put_shorter(gf_painting *p, size_t number, bool cut, double size)
{
    char figure[GF_FIGURE];
    bool put = false;
    if (p->one_form)
        put = cut && put_figure(p, number, false, gf_figure_as(figure, size, 2, p->tight), true);
    else if (p->spread->turned)
        put = put_figure(p, number, cut, gf_figure_tight(figure, size, 2), true);
    for (int named = 1; named >= 0; named--)
        for (int digits = 2; digits >= (size < 0.0095 ? 1 : 2) && !put && p->near; digits--)
            put = put_figure(p, number, false, gf_figure_as(figure, size, digits, p->tight || !p->one_form), named);
    return put;
}

/* As it is, or, if its letters are small already and there is too little room, shorter. False: no room. */
static bool put_once(gf_painting *p, size_t number)
{
    gf_carried carried = p->carried[number];
    bool cut = carried.cut.known && carried.look == GF_ARROW_NONE;
    if ((!carried.measure.known && !cut) || carried.look == GF_ARROW_ASIDE || carried.look == GF_ARROW_UNKNOWN)
        return true;
    char figure[GF_FIGURE];
    p->put = (gf_point){NAN, NAN};
    p->drawing->turn = gf_trail_turn(p->view, &p->spread->trails[number]);
    double size = cut ? gf_measure_size(&carried.cut, p->view->magnitude) : carried.size;
    bool put = put_figure(p, number, cut, gf_figure_as(figure, size, 2, p->tight), true) ||
               (p->figures <= small && put_shorter(p, number, cut, size));
    p->drawing->turn = 0;
    if (p->numbers)
        p->numbers[number] = p->put;
    return put;
}

static const gf_arrow *first_arrow(const gf_painting *p, size_t number)
{
    return &p->view->arrows[p->spread->trails[number].arrows[0]];
}

/* Of several rails each says what it collects: "h to H". One alone leads to the loss, and needs no name. */
static void name_rail(gf_painting *p, size_t number)
{
    const gf_arrow *own = first_arrow(p, number);
    bool several = !own->to->sum, named = false;
    for (size_t k = 0; k < p->spread->trail_count; k++) {
        if (!p->spread->trails[k].rail)
            continue;
        const gf_arrow *other = first_arrow(p, k);
        bool same = other->to == own->to && !strcmp(other->variable, own->variable);
        several |= !same;
        named |= same && k < number;
    }
    char text[128];
    snprintf(text, sizeof text, "%.50s to %.50s", own->variable, own->to->plain ? own->to->symbol : own->to->name);
    p->clear = several && !named && *own->variable;
    if (p->clear && !put_beside(p, number, text)) {
        p->clear = false;
        put_beside(p, number, text);
    }
    p->clear = false;
}

static bool has_twin_before(const gf_spread *spread, size_t number)
{
    const gf_trail *trail = &spread->trails[number];
    for (size_t k = number; k-- > 0 && spread->trails[k].source == trail->source;)
        if (are_twins(trail, &spread->trails[k]))
            return true;
    return false;
}

/* Does it carry all that a box outside time sends, of so many arrows? Then the box itself tells how much that is. A
 * textbook page has said of which. */
static bool is_told_by_box(const gf_view *view, const gf_trail *trail, const int *sent)
{
    const gf_box *from = view->arrows[trail->arrows[0]].from;
    return !from->step && from->kind == GF_BOX_OPERATION && !from->shape && trail->arrow_count > 1 &&
           sent[from - view->boxes] == trail->arrow_count;
}

/* Which trails have a number, in their order; how many. `sent`: how many arrows, by box. */
static size_t list_numbers(const gf_spread *spread, size_t *order, int *sent)
{
    const gf_view *view = spread->view;
    size_t count = 0;
    for (size_t k = 0; k < view->arrow_count; k++)
        sent[view->arrows[k].from - view->boxes]++;
    for (size_t k = 0; k < spread->trail_count; k++) {
        const gf_trail *trail = &spread->trails[k];
        if (!trail->between || trail->rail || is_told_by_box(view, trail, sent))
            continue;
        if (!spread->turned || !has_twin_before(spread, k))
            order[count++] = k;
    }
    return count;
}

/* Puts numbers in an order; those that find no room come last, nearer to lines. Which of them find none even so, as
 * they are or, where none may come near, at once, and how many. */
static size_t put_all(gf_painting *p, const size_t *order, size_t count, size_t *lost)
{
    size_t late = 0, lost_count = 0;
    for (size_t k = 0; k < count; k++)
        if (!put_once(p, order[k]))
            lost[late++] = order[k];
    p->near = !p->widens;
    for (size_t k = 0; k < late; k++)
        if (p->widens || !put_once(p, lost[k]))
            lost[lost_count++] = lost[k];
    p->near = false;
    return lost_count;
}

/* Puts the lost first, and leaves the others as they are; `order` has room for all of them twice. */
static void prefer(size_t *order, size_t count, const size_t *lost, size_t lost_count)
{
    size_t kept = 0, *others = order + count;
    for (size_t k = 0; k < count; k++) {
        bool is_lost = false;
        for (size_t j = 0; j < lost_count && !is_lost; j++)
            is_lost = lost[j] == order[k];
        if (!is_lost)
            others[kept++] = order[k];
    }
    memcpy(order, lost, lost_count * sizeof *order);
    memcpy(order + lost_count, others, kept * sizeof *order);
}

/* Those that find no room are put before all others, as often as that helps. */
static void put_in_turn(gf_painting *p, size_t *order, size_t count, const size_t *mark)
{
    size_t *best = order + 2 * count, *lost = order + 3 * count, least = SIZE_MAX, first = p->drawing->count,
           lost_count;
    for (int round = 0;; round++) {
        lost_count = put_all(p, order, count, lost);
        if (!lost_count || lost_count > MOST_LOST || round == ROUNDS)
            break;
        if (lost_count < least)
            memcpy(best, order, count * sizeof *order);
        least = lost_count < least ? lost_count : least;
        if (round + 1 == ROUNDS)
            memcpy(order, best, count * sizeof *order);
        else
            prefer(order, count, lost, lost_count);
        p->drawing->count = first;
        gf_obstacles_return(&p->obstacles, mark);
    }
    p->missing += (int)lost_count;
}

/* Puts all numbers with letters as large as goes with those of names, none over the side of a step; false, and none,
 * where one finds no room so. */
static bool put_large(gf_painting *p, const size_t *order, size_t count, const size_t *mark)
{
    size_t first = p->drawing->count;
    bool put = true;
    p->figures = floor(names_to_numbers * p->profile.letters);
    if (p->figures <= small)
        return false;
    p->clear = true;
    for (size_t k = 0; k < count && put; k++)
        put = put_once(p, order[k]);
    p->clear = false;
    if (!put) {
        p->drawing->count = first;
        gf_obstacles_return(&p->obstacles, mark);
    }
    return put;
}

void gf_numbers_paint(gf_painting *p)
{
    const gf_spread *spread = p->spread;
    size_t count = 0;
    p->figures = small;
    for (size_t k = 0; k < spread->trail_count; k++)
        if (spread->trails[k].rail)
            name_rail(p, k);
    size_t *order = malloc((4 * spread->trail_count + 1) * sizeof *order);
    size_t *mark = gf_obstacles_mark(&p->obstacles);
    int *sent = calloc(spread->view->box_count + 1, sizeof *sent);
    if (order && mark && sent)
        count = list_numbers(spread, order, sent);
    else
        p->drawing->failed = true;
    if (count && !put_large(p, order, count, mark)) {
        p->figures = small;
        put_in_turn(p, order, count, mark);
    }
    free(order);
    free(sent);
    free(mark);
}

/* --- "t = 3" ----------------------------------------------------------------------------------------------------- */

/* Where a heading begins at try number k: at its left or right, below the ground's upper edge, above its lower one, or
 * further in. */
static gf_point heading_place(const gf_ground *ground, int k, double width)
{
    static const double places[] = {17, -9, 41, 65, -29, 91, -49, -73};
    double down = places[k / 2];
    return (gf_point){k % 2 ? ground->x + ground->width - 10 - width : ground->x + 10,
                      down > 0 ? ground->y + down : ground->y + ground->height + down};
}

/* Heads all steps at try number k, or, unless `paint`, says whether it is free in all of them. */
static bool head_steps(gf_painting *p, int k, bool paint)
{
    static const double letters = 12.5;
    for (int g = 0; g < p->spread->ground_count; g++) {
        const gf_ground *ground = &p->spread->grounds[g];
        char text[32];
        if (!ground->step || ground->solid)
            continue;
        snprintf(text, sizeof text, "t = %d", ground->step);
        double width = gf_letters_width(text, GF_SANS, GF_PLAIN, letters);
        gf_point at = heading_place(ground, k, width);
        if (!paint && !gf_obstacles_free_at(&p->obstacles, bounds_of(at.x, at.y, width, letters), false))
            return false;
        if (!paint)
            continue;
        gf_drawing_text(p->drawing, at.x, at.y, GF_START, GF_SANS, p->theme->soft, text, letters, GF_PLAIN);
        gf_obstacles_add(&p->obstacles, bounds_of(at.x, at.y, width, letters), 0);
        p->heading = (gf_point){at.x - ground->x, at.y - ground->y};
    }
    return true;
}

void gf_steps_paint(gf_painting *p)
{
    int k = 0;
    p->heading = (gf_point){NAN, NAN};
    while (k < 16 && !head_steps(p, k, false))
        k++;
    if (k < 16)
        head_steps(p, k, true);
    p->missing += k == 16;
}
