/* Where lines stand close: how thick they may all be, so that a strip of ground shows between any two that run side by
 * side, and how wide a tip may be beside its neighbours.
 *
 * The thickness of lines is a scale, so one place where they crowd makes all of them thinner: were only those thinner
 * that stand there, thickness would say nothing. Lines of the same source may touch: they carry the same value. */
#include "view/page/crowd.h"

#include <math.h>
#include <stdlib.h>

/* Between inks; along each other; of the widest line; how much further than a line reaches one at its end. */
static const double ground = 2, overlap = 6, least = 2.8, tip = 2.2;

/* A level or upright piece of a trail. */
typedef struct piece {
    double at, from, to; /* across; along */
    double place;        /* of its size on the scale */
    int source;
    bool head;
} piece;

typedef struct pieces {
    piece *items;
    size_t count;
} pieces;

/* At most what a trail carries: its arrows may cancel in part. */
static double most_of(const gf_view *view, const gf_trail *trail)
{
    double sum = 0;
    for (int k = 0; k < trail->arrow_count; k++)
        sum += view->arrows[trail->arrows[k]].size;
    return sum;
}

static void add_piece(pieces *p, gf_point a, gf_point b, bool level, double place, int source, bool head)
{
    double from = level ? a.x : a.y, to = level ? b.x : b.y;
    p->items[p->count++] = (piece){level ? a.y : a.x, fmin(from, to), fmax(from, to), place, source, head};
}

static void gather(pieces *level, pieces *upright, const gf_view *view, const gf_spread *spread,
                   const gf_size_scale *scale)
{
    for (size_t t = 0; t < spread->trail_count; t++) {
        const gf_trail *trail = &spread->trails[t];
        double place = gf_scale_place(scale, most_of(view, trail));
        for (int k = 1; k < trail->point_count; k++) {
            gf_point a = trail->points[k - 1], b = trail->points[k];
            int source = trail->rail ? -1 : trail->source;
            bool head = trail->head && k + 1 == trail->point_count;
            if (fabs(a.y - b.y) < 0.1)
                add_piece(level, a, b, true, place, source, head);
            else if (fabs(a.x - b.x) < 0.1)
                add_piece(upright, a, b, false, place, source, head);
        }
    }
}

static int by_from(const void *a, const void *b)
{
    const piece *one = a, *other = b;
    return (one->from > other->from) - (one->from < other->from);
}

static int by_at(const void *a, const void *b)
{
    const piece *one = a, *other = b;
    return (one->at > other->at) - (one->at < other->at);
}

/* The widest line with which two pieces leave ground between them. */
static double widest_beside(const piece *a, const piece *b)
{
    double apart = fabs(a->at - b->at), along = fmin(a->to, b->to) - fmax(a->from, b->from);
    double places = a->place + b->place;
    if (a->source == b->source || apart < 0.5 || along < overlap || places <= 0)
        return INFINITY;
    double thinnest = gf_scale_width(&(gf_size_scale){0}, 0);
    apart -= a->head != b->head ? tip : 0; /* heads side by side see to themselves */
    return thinnest + 2 * (apart - ground - thinnest) / places;
}

/* Level pieces stand at the same heights in every step, upright ones at the same steps' heights: so the former are gone
 * through along, the latter across, and each meets only those of its own step. */
static double widest_of(const pieces *p, bool across, double widest)
{
    qsort(p->items, p->count, sizeof *p->items, across ? by_at : by_from);
    for (size_t k = 0; k < p->count; k++)
        for (size_t m = k + 1; m < p->count; m++) {
            const piece *a = &p->items[k], *b = &p->items[m];
            if (across ? b->at - a->at > widest + ground : b->from > a->to - overlap)
                break;
            widest = fmin(widest, widest_beside(a, b));
        }
    return widest;
}

gf_status gf_crowd_measure(gf_size_scale *scale, const gf_view *view, const gf_spread *spread)
{
    size_t count = 0;
    for (size_t t = 0; t < spread->trail_count; t++)
        count += (size_t)spread->trails[t].point_count;
    pieces level = {calloc(count + 1, sizeof *level.items), 0}, upright = {calloc(count + 1, sizeof *upright.items), 0};
    bool good = level.items && upright.items;
    if (good) {
        gather(&level, &upright, view, spread, scale);
        double widest = gf_scale_width(scale, INFINITY);
        widest = widest_of(&upright, true, widest_of(&level, false, widest));
        scale->widest = fmax(widest, least);
    }
    free(level.items);
    free(upright.items);
    return good ? GF_OK : GF_ERROR_MEMORY;
}

/* --- tips --------------------------------------------------------------------------------------------- */

/* Where a trail ends. */
typedef struct end {
    gf_point at;
    size_t number;
} end;

static int by_place(const void *a, const void *b)
{
    const end *one = a, *other = b;
    double y = one->at.y - other->at.y, x = one->at.x - other->at.x;
    return y != 0 ? (y > 0) - (y < 0) : (x > 0) - (x < 0);
}

/* Ends side by side, at one height, are as far apart as they are. */
static void note_rooms(double *rooms, end *ends, size_t count)
{
    qsort(ends, count, sizeof *ends, by_place);
    for (size_t k = 1; k < count; k++) {
        double room = ends[k].at.x - ends[k - 1].at.x;
        if (ends[k].at.y - ends[k - 1].at.y > 0.1 || room < 0.1)
            continue;
        rooms[ends[k - 1].number] = fmin(rooms[ends[k - 1].number], room);
        rooms[ends[k].number] = fmin(rooms[ends[k].number], room);
    }
}

double *gf_crowd_tips(const gf_spread *spread)
{
    size_t heads = 0, count = spread->trail_count;
    double *rooms = malloc((count + 1) * sizeof *rooms);
    end *ends = malloc((count + 1) * sizeof *ends);
    for (size_t t = 0; t < count && rooms && ends; t++) {
        const gf_trail *trail = &spread->trails[t];
        rooms[t] = INFINITY;
        if (trail->head && trail->point_count)
            ends[heads++] = (end){trail->points[trail->point_count - 1], t};
    }
    if (rooms && ends) {
        note_rooms(rooms, ends, heads);
        for (size_t k = 0; k < heads; k++) /* and one above the other */
            ends[k].at = (gf_point){ends[k].at.y, ends[k].at.x};
        note_rooms(rooms, ends, heads);
    }
    if (!ends) {
        free(rooms);
        rooms = NULL;
    }
    free(ends);
    return rooms;
}
