/* What the numbers say: how much is left at each distance, by what factor it falls a step, in words. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flow/reach.h"

/* --- by distance ------------------------------------------------------------ */

/* Logarithms that are added up: by distance, of the numbers by the nearest one of their own way; and of these. */
typedef struct sums {
    double *sum, *count;
    double nearest, ways;
    size_t zeros, lost;
} sums;

/* Zeros and what is not finite are left out. `nearest` is the logarithm of the first on this way, NaN before that. */
static void add(sums *s, long distance, double number, double *nearest)
{
    s->zeros += number == 0;
    s->lost += !isfinite(number);
    if (!(number > 0) || !isfinite(number))
        return;
    if (isnan(*nearest)) {
        *nearest = log(number);
        s->nearest += *nearest;
        s->ways++;
    }
    s->sum[distance] += log(number) - *nearest;
    s->count[distance]++;
}

static bool start(sums *s, gf_arena *arena, size_t count)
{
    double *all = gf_arena_get(arena, 2 * count * sizeof *all);
    if (all)
        *s = (sums){.sum = all, .count = all + count};
    return all;
}

/* What is left at each distance, in the place of the sums: the mean of the nearest numbers, times the mean of what is
 * left of each k's own. So each k is compared with itself: the losses of other steps may be larger ones. */
static double *finish(const sums *s, size_t count)
{
    for (size_t d = 0; d < count; d++)
        s->sum[d] = s->count[d] > 0 ? exp(s->nearest / s->ways + s->sum[d] / s->count[d]) : NAN;
    return s->sum;
}

static void add_way(sums *s, const gf_reach *r, long k, long way, double nearest)
{
    for (long t = k + way; t >= 1 && t <= r->steps && gf_reach_has(r, k, t); t += way)
        add(s, labs(k - t), gf_reach_at(r, k, t), &nearest);
}

/* A row is about the loss of the file, and counted from the end at which the gradient comes in. */
static void add_numbers(sums *s, const gf_reach *r)
{
    double nearest = NAN;
    for (long d = 0; d < r->steps && !r->pairs; d++)
        add(s, d, r->numbers[r->reversed ? d : r->steps - 1 - d], &nearest);
    for (long k = 1; k <= r->steps && r->pairs; k++) {
        nearest = NAN;
        add(s, 0, gf_reach_at(r, k, k), &nearest);
        add_way(s, r, k, -1, nearest);
        add_way(s, r, k, 1, nearest);
    }
}

/* The products of the norms of single steps, from each k back. */
static void add_products(sums *s, const gf_reach *r)
{
    long way = r->back ? -1 : 1;
    for (long k = 1; k <= r->steps; k++) {
        double product = gf_reach_at(r, k, k), nearest = NAN;
        add(s, 0, product, &nearest);
        for (long t = k + way; t >= 1 && t <= r->steps; t += way) {
            product *= r->joint ? r->joint[way < 0 ? t - 1 : t - 2] : gf_reach_at(r, t - way, t);
            add(s, labs(k - t), r->joint ? product * r->lift[t - 1] : product, &nearest);
        }
    }
}

/* --- what they come to ------------------------------------------------------------ */

static void summarise(gf_decay *d)
{
    long nearest = -1;
    d->farthest = -1;
    d->factor = d->left = NAN;
    for (size_t k = 0; k < d->count; k++)
        if (!isnan(d->mean[k])) {
            nearest = nearest < 0 ? (long)k : nearest;
            d->farthest = (long)k;
        }
    if (d->farthest <= nearest)
        return;
    d->left = d->mean[d->farthest] / d->mean[nearest];
    d->factor = pow(d->left, 1 / (double)(d->farthest - nearest));
    for (long k = d->farthest; k > nearest && !(d->mean[k] >= d->mean[nearest] / 1000); k--)
        d->small = k;
}

bool gf_decay_of(gf_decay *out, gf_arena *arena, const gf_reach *r)
{
    sums s;
    *out = (gf_decay){.count = (size_t)r->steps};
    if (!start(&s, arena, out->count))
        return false;
    add_numbers(&s, r);
    out->mean = finish(&s, out->count);
    out->zeros = s.zeros;
    out->lost = s.lost;
    summarise(out);
    if (!r->bounded || r->steps < 3)
        return true;
    if (!start(&s, arena, out->count))
        return false;
    add_products(&s, r);
    out->bound = finish(&s, out->count);
    return true;
}

/* --- in words ------------------------------------------------------------ */

char *gf_flow_number(char out[GF_NUMBER], double number)
{
    if (number == 0 || !isfinite(number) || (number >= 1e-3 && number < 1000))
        return gf_number_told(out, "%.2g", number);
    gf_number_as(out, "%.0e", number);
    char *e = strchr(out, 'e');
    int power = (int)strtol(e + 1, NULL, 10);
    snprintf(e + 1, 8, "%d", power);
    return out;
}

void gf_decay_write_factor(gf_text *w, const gf_decay *d)
{
    char factor[GF_NUMBER];
    if (!isnan(d->factor))
        gf_text_print(w, "× %s a step", gf_flow_number(factor, d->factor));
}

/* "; after 5 steps 0.03 is left"; "; after 8 steps < 1e-3, 5e-16 is left after 39": no two numbers side by side. */
static void write_left(gf_text *w, const gf_decay *d)
{
    char left[GF_NUMBER];
    const char *is_left = d->left > 1 ? "times as much" : "is left";
    gf_flow_number(left, d->left);
    gf_decay_write_factor(w, d);
    if (d->small && d->small < d->farthest)
        gf_text_print(w, "; after %ld steps < 1e-3, %s %s after %ld", d->small, left, is_left, d->farthest);
    else
        gf_text_print(w, "; after %ld step%s %s %s", d->farthest, d->farthest == 1 ? "" : "s", left, is_left);
}

void gf_decay_write(gf_text *w, const gf_reach *r, const gf_decay *d)
{
    if (d->lost)
        gf_text_print(w, "%zu number%s not finite%s", d->lost, d->lost == 1 ? " is" : "s are",
                      d->farthest < 0 ? "" : "; ");
    if (d->farthest < 0) {
        gf_text_add(w, d->lost ? "" : "no gradient arrives");
        return;
    }
    if (isnan(d->factor))
        gf_text_add(w, r->steps == 1 ? "a single step" : "nothing comes from another step");
    else
        write_left(w, d);
    if (!d->lost && d->farthest + 1 < r->steps)
        gf_text_add(w, "; 0 further on");
    else if (d->zeros)
        gf_text_print(w, "; %zu zero%s left out", d->zeros, d->zeros == 1 ? "" : "s");
    if (r->unbounded)
        gf_text_add(w, "; single steps give no bound: ways go past them");
}
