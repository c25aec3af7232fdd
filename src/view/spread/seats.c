/* Seats: heights for what stands, or arrives, in one column, such as starts beside the steps.
 *
 * Each has a height that it wants, some a fixed one, at which their rail is straight, and lanes that pass do not move
 * at all. Of s[0] at 100, which is fixed, c[0] at 110 and h[0] at 115, 34 apart, the last two go to 134 and 168. Those
 * that want the same are moved by as little as keeps their order; where that would lay one over a lane, as when two
 * lanes are 40 apart and two boxes want to stand there, each takes the free place that is nearest instead. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "view/spread/stages.h"

static int compare_seats(const void *a, const void *b)
{
    const gf_seat *one = a, *other = b;
    if (one->y != other->y)
        return (one->y > other->y) - (one->y < other->y);
    if (one->fixed != other->fixed)
        return other->fixed - one->fixed;
    return (one->number > other->number) - (one->number < other->number);
}

/* Neighbours that stand as close as they may. */
typedef struct bench {
    double y;       /* of the first, or where it would be if the others before it stood as close */
    double count;   /* of those that made y */
    int first, end; /* numbers of its seats */
    int firm;       /* 0: it moves; 1: one of it is fixed; 2: something that passes */
} bench;

/* What moves gives way to what is fixed, and else both. */
static bench join_benches(const bench *a, const bench *b)
{
    bench both = *a;
    if (b->firm > a->firm)
        both = *b;
    else if (!a->firm && !b->firm)
        both = (bench){.y = (a->count * a->y + b->count * b->y) / (a->count + b->count), .count = a->count + b->count};
    both.first = a->first;
    both.end = b->end;
    return both;
}

/* Seat k less k times `apart` must not decrease: as long as it does, two neighbours become one bench (pool adjacent
 * violators; Ayer, Brunk, Ewing, Reid and Silverman 1955). */
static void join_seats(gf_seat *seats, int count, double apart, bench *benches)
{
    int made = 0;
    for (int k = 0; k < count; k++) {
        int firm = !seats[k].fixed ? 0 : seats[k].number < 0 ? 2 : 1;
        benches[made++] = (bench){seats[k].y - k * apart, 1, k, k + 1, firm};
        for (; made > 1 && benches[made - 2].y > benches[made - 1].y; made--)
            benches[made - 2] = join_benches(&benches[made - 2], &benches[made - 1]);
    }
    for (int b = 0; b < made; b++)
        for (int k = benches[b].first; k < benches[b].end; k++)
            seats[k].y = benches[b].y + k * apart;
}

/* Where there is no room for all, they stand closer. */
static void keep_within(gf_seat *seats, int count, double apart, double top, double bottom)
{
    double step = count > 1 ? fmin(apart, (bottom - top) / (count - 1)) : 0;
    for (int k = 0; k < count; k++)
        seats[k].y = fmax(seats[k].y, top + k * step);
    for (int k = count; k-- > 0;)
        seats[k].y = fmin(seats[k].y, bottom - (count - 1 - k) * step);
}

static void part(gf_spreading *s, gf_seat *seats, int count, double apart, double top, double bottom)
{
    bench *benches = gf_spread_take(s, (size_t)count, sizeof *benches);
    if (!benches)
        return;
    qsort(seats, (size_t)count, sizeof *seats, compare_seats);
    join_seats(seats, count, apart, benches);
    keep_within(seats, count, apart, top, bottom);
}

/* What passes first, then boxes whose rail is straight, then the others, from above. */
static int compare_claims(const void *a, const void *b)
{
    const gf_seat *one = a, *other = b;
    if ((one->number < 0) != (other->number < 0))
        return (other->number < 0) - (one->number < 0);
    if (one->fixed != other->fixed)
        return other->fixed - one->fixed;
    return compare_seats(a, b);
}

static bool is_free(const gf_seat *taken, int count, double y, double beside, double past)
{
    for (int k = 0; k < count; k++)
        if (fabs(taken[k].y - y) < (taken[k].number < 0 ? past : beside) - 0.01)
            return false;
    return true;
}

void gf_seats_freely(gf_seat *seats, int count, double beside, double past, double top, double bottom)
{
    qsort(seats, (size_t)count, sizeof *seats, compare_claims);
    for (int k = 0; k < count; k++) {
        double wish = fmin(fmax(seats[k].y, top), bottom),
               best = is_free(seats, k, wish, beside, past) ? wish : INFINITY;
        for (int j = 0; j < 2 * k && seats[k].number >= 0; j++) {
            double apart = seats[j / 2].number < 0 ? past : beside, y = seats[j / 2].y + (j % 2 ? apart : -apart);
            if (y >= top && y <= bottom && fabs(y - wish) < fabs(best - wish) && is_free(seats, k, y, beside, past))
                best = y;
        }
        if (seats[k].number >= 0)
            seats[k].y = isfinite(best) ? best : wish;
    }
}

/* Does nothing meet what only passes? */
static bool are_clear(const gf_seat *seats, const gf_seat *wishes, int count, double least)
{
    bool clear = true;
    for (int k = 0; k < count; k++)
        for (int j = 0; j < count && seats[k].number >= 0; j++)
            clear = clear && (wishes[j].number >= 0 || fabs(seats[k].y - wishes[j].y) > least);
    return clear;
}

void gf_seats_settle(gf_spreading *s, gf_seat *seats, int count, double beside, double past, double top, double bottom)
{
    gf_seat *wishes = gf_spread_take(s, (size_t)count, sizeof *wishes);
    if (!wishes)
        return;
    memcpy(wishes, seats, (size_t)count * sizeof *seats);
    part(s, seats, count, fmax(beside, past), top, bottom);
    if (are_clear(seats, wishes, count, past - GF_SEAT_GAP))
        return;
    memcpy(seats, wishes, (size_t)count * sizeof *seats);
    gf_seats_freely(seats, count, beside, past, top, bottom);
}
