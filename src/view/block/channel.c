/* Lanes for the nets of a channel: every order of a few, the left-edge rule for many, jogs where demands go in a
 * circle. */
#include "view/block/lanes.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEW = 6, SHARED_COST = 100, LANE_COST = 3 };

/* Nets that lie within half a pixel need no lane. */
static const double STRAIGHT = 0.5;

/* --- pins and demands ------------------------------------------------------------------------------ */

static int compare_pins(const void *left, const void *right)
{
    const gf_pin *a = left, *b = right;
    if (a->x != b->x)
        return a->x < b->x ? -1 : 1;
    if (a->net != b->net)
        return a->net < b->net ? -1 : 1;
    return a->high != b->high ? a->high - b->high : a->place - b->place;
}

static void add_pins(gf_channel *c, int net, const double *x, int count, bool high)
{
    for (int k = 0; k < count; k++)
        c->pins[c->pin_count++] = (gf_pin){x[k], net, k, high};
}

static gf_status list_pins(gf_channel *c)
{
    size_t count = 0;
    for (int i = 0; i < c->count; i++)
        count += (size_t)c->nets[i].low_count + (size_t)c->nets[i].high_count;
    c->pins = gf_arena_get(c->arena, count * sizeof *c->pins);
    if (!c->pins)
        return GF_ERROR_MEMORY;
    for (int i = 0; i < c->count; i++) {
        add_pins(c, i, c->nets[i].low, c->nets[i].low_count, false);
        add_pins(c, i, c->nets[i].high, c->nets[i].high_count, true);
    }
    qsort(c->pins, count, sizeof *c->pins, compare_pins);
    return GF_OK;
}

static void widen(double *from, double *to, double x)
{
    *from = fmin(*from, x);
    *to = fmax(*to, x);
}

/* From where to where each net reaches; whether it needs a lane. */
static void measure(const gf_channel *c, gf_net *net)
{
    net->from = DBL_MAX;
    net->to = -DBL_MAX;
    for (int k = 0; k < net->low_count; k++)
        widen(&net->from, &net->to, net->low[k]);
    for (int k = 0; k < net->high_count; k++)
        widen(&net->from, &net->to, net->high[k]);
    if (net->to_start)
        widen(&net->from, &net->to, c->start);
    if (net->to_end)
        widen(&net->from, &net->to, c->end);
    net->lane = net->to - net->from > STRAIGHT ? 0 : -1;
    net->jog_lane = -1;
    net->jogged = NULL;
}

static int lane_at(const gf_net *net, const gf_pin *p)
{
    return p->high && net->jogged && net->jogged[p->place] ? net->jog_lane : net->lane;
}

/* Lists what must wait for what: pins on the low side and on the high side that face each other, of different nets that
 * need a lane. Without a list it counts them. */
static void find_demands(gf_channel *c)
{
    c->demand_count = 0;
    for (int a = 0; a < c->pin_count; a++)
        for (int b = a + 1; b < c->pin_count && c->pins[b].x - c->pins[a].x < GF_PIN_GAP; b++) {
            const gf_pin *p = &c->pins[a], *q = &c->pins[b], *low = p->high ? q : p, *high = p->high ? p : q;
            if (p->net == q->net || p->high == q->high || c->nets[p->net].lane < 0 || c->nets[q->net].lane < 0)
                continue;
            if (c->demands)
                c->demands[c->demand_count] = (gf_demand){low->net, high->net, high->place};
            c->demand_count++;
        }
}

static gf_status list_demands(gf_channel *c)
{
    find_demands(c);
    c->demands = gf_arena_get(c->arena, (size_t)c->demand_count * sizeof *c->demands);
    if (c->demands)
        find_demands(c);
    return c->demands ? GF_OK : GF_ERROR_MEMORY;
}

/* How many pairs of pins of different nets share a line. */
static int count_shared(const gf_channel *c)
{
    int shared = 0;
    for (int a = 0; a < c->pin_count; a++)
        for (int b = a + 1; b < c->pin_count && c->pins[b].x - c->pins[a].x < GF_PIN_GAP; b++) {
            const gf_pin *p = &c->pins[a], *q = &c->pins[b];
            if (p->net == q->net)
                continue;
            int of_p = lane_at(&c->nets[p->net], p), of_q = lane_at(&c->nets[q->net], q);
            int low = p->high ? of_q : of_p, high = p->high ? of_p : of_q;
            shared += p->high == q->high || low < 0 || high < 0 || low >= high;
        }
    return shared;
}

/* --- few nets: every order ------------------------------------------------------------------------- */

/* What it costs that one net's lane lies below another's, or not. */
typedef struct trial {
    int count, net[FEW]; /* those that need a lane */
    int below[FEW][FEW]; /* crossings, if the first lies below the second */
    int above[FEW][FEW];
    int demand[FEW][FEW]; /* shared lines, unless the first lies below the second */
} trial;

static int find_few(const trial *t, int net)
{
    for (int k = 0; k < t->count; k++)
        if (t->net[k] == net)
            return k;
    return 0;
}

static void weigh_few(const gf_channel *c, trial *t)
{
    for (int i = 0; i < t->count; i++)
        for (int j = 0; j < t->count; j++) {
            const gf_net *a = &c->nets[t->net[i]], *b = &c->nets[t->net[j]];
            t->below[i][j] = i == j ? 0 : gf_pins_within(a->high, a->high_count, b);
            t->above[i][j] = i == j ? 0 : gf_pins_within(a->low, a->low_count, b);
        }
    for (int k = 0; k < c->demand_count; k++)
        t->demand[find_few(t, c->demands[k].low)][find_few(t, c->demands[k].high)]++;
}

/* Each in the lowest lane that is free; how many lanes. */
static int assign(const gf_channel *c, const trial *t, const int *order, int *lane)
{
    int lanes = 0;
    for (int k = 0; k < t->count; k++) {
        int i = order[k];
        lane[i] = 0;
        for (int m = 0; m < k; m++)
            if (lane[order[m]] == lane[i] && !gf_nets_apart(c, &c->nets[t->net[i]], &c->nets[t->net[order[m]]])) {
                lane[i]++;
                m = -1;
            }
        if (lane[i] >= lanes)
            lanes = lane[i] + 1;
    }
    return lanes;
}

static int cost_of(const trial *t, const int *lane, int lanes)
{
    int cost = LANE_COST * lanes;
    for (int i = 0; i < t->count; i++)
        for (int j = 0; j < t->count; j++) {
            cost += lane[i] < lane[j] ? t->below[i][j] : lane[i] > lane[j] ? t->above[i][j] : 0;
            cost += lane[i] < lane[j] ? 0 : SHARED_COST * t->demand[i][j];
        }
    return cost;
}

static void turn(int *order, int from, int to)
{
    for (; from < to; from++, to--) {
        int kept = order[from];
        order[from] = order[to];
        order[to] = kept;
    }
}

/* The next order in the order of words; false after the last. */
static bool next_order(int *order, int count)
{
    int k = count - 2, m = count - 1;
    while (k >= 0 && order[k] > order[k + 1])
        k--;
    if (k < 0)
        return false;
    while (order[m] < order[k])
        m--;
    int kept = order[k];
    order[k] = order[m];
    order[m] = kept;
    turn(order, k + 1, count - 1);
    return true;
}

static void try_all(gf_channel *c, const trial *t)
{
    int order[FEW] = {0, 1, 2, 3, 4, 5}, lane[FEW], best = -1;
    do {
        int lanes = assign(c, t, order, lane), cost = cost_of(t, lane, lanes);
        if (best >= 0 && cost >= best)
            continue;
        best = cost;
        c->lanes = lanes;
        for (int i = 0; i < t->count; i++)
            c->nets[t->net[i]].lane = lane[i];
    } while (next_order(order, t->count));
}

/* --- many nets: the left-edge rule ----------------------------------------------------------------- */

/* A net's lane, or (number count + net) its second one. */
typedef struct lanes {
    gf_channel *c;
    int *waits;  /* of each: for how many demands; -1: it has its lane, or needs none */
    int *ready;  /* those that may lie in the lane that is filled now */
    int *seen;   /* while a circle is looked for */
    int *placed; /* in the lane that is filled now */
    int left;    /* to be placed */
} lanes;

static double *from_of(const lanes *l, int unit)
{
    gf_net *nets = l->c->nets;
    return unit < l->c->count ? &nets[unit].from : &nets[unit - l->c->count].jog_from;
}

static double *to_of(const lanes *l, int unit)
{
    gf_net *nets = l->c->nets;
    return unit < l->c->count ? &nets[unit].to : &nets[unit - l->c->count].jog_to;
}

static int *lane_of(const lanes *l, int unit)
{
    gf_net *nets = l->c->nets;
    return unit < l->c->count ? &nets[unit].lane : &nets[unit - l->c->count].jog_lane;
}

/* Which unit a demand keeps waiting. */
static int kept_by(const lanes *l, const gf_demand *d)
{
    const gf_net *net = &l->c->nets[d->high];
    return net->jogged && net->jogged[d->place] ? l->c->count + d->high : d->high;
}

static gf_status begin(lanes *l)
{
    gf_channel *c = l->c;
    size_t bytes = 2 * (size_t)c->count * sizeof(int);
    l->waits = gf_arena_get(c->arena, bytes);
    l->ready = gf_arena_get(c->arena, bytes);
    l->seen = gf_arena_get(c->arena, bytes);
    l->placed = gf_arena_get(c->arena, bytes);
    c->jogs = gf_arena_get(c->arena, (size_t)c->count * sizeof *c->jogs);
    if (!l->waits || !l->ready || !l->seen || !l->placed || !c->jogs)
        return GF_ERROR_MEMORY;
    for (int i = 0; i < c->count; i++) {
        l->waits[i] = c->nets[i].lane < 0 ? -1 : 0;
        l->waits[c->count + i] = -1;
        l->left += c->nets[i].lane >= 0;
    }
    for (int k = 0; k < c->demand_count; k++)
        l->waits[c->demands[k].high]++;
    return GF_OK;
}

static bool before(const lanes *l, int a, int b)
{
    if (*from_of(l, a) != *from_of(l, b))
        return *from_of(l, a) < *from_of(l, b);
    if (*to_of(l, a) != *to_of(l, b))
        return *to_of(l, a) < *to_of(l, b);
    return a < b;
}

/* Those that wait for nothing, from left to right. */
static int find_ready(const lanes *l)
{
    int count = 0;
    for (int u = 0; u < 2 * l->c->count; u++)
        if (l->waits[u] == 0) {
            int k = count++;
            for (; k > 0 && before(l, u, l->ready[k - 1]); k--)
                l->ready[k] = l->ready[k - 1];
            l->ready[k] = u;
        }
    return count;
}

/* A net that has its lane keeps no other waiting: not its own second lane, nor those that its pins face. */
static void release(lanes *l, int unit)
{
    gf_channel *c = l->c;
    l->waits[unit] = -1;
    l->left--;
    if (unit >= c->count)
        return;
    if (c->nets[unit].jogged)
        l->waits[c->count + unit]--;
    for (int k = 0; k < c->demand_count; k++)
        if (c->demands[k].low == unit)
            l->waits[kept_by(l, &c->demands[k])]--;
}

/* Fills the next lane from the left. */
static void fill_lane(lanes *l, int ready)
{
    int placed = 0;
    double end = -DBL_MAX;
    for (int k = 0; k < ready; k++) {
        int unit = l->ready[k];
        if (placed && *from_of(l, unit) <= end + l->c->apart)
            continue;
        *lane_of(l, unit) = l->c->lanes;
        end = *to_of(l, unit);
        l->placed[placed++] = unit;
    }
    for (int k = 0; k < placed; k++)
        release(l, l->placed[k]);
    l->c->lanes++;
}

/* --- jogs ------------------------------------------------------------------------------------------ */

/* The net of an open demand that keeps a net waiting; -1: none. */
static int blocker(const lanes *l, int net)
{
    for (int k = 0; k < l->c->demand_count; k++) {
        const gf_demand *d = &l->c->demands[k];
        if (kept_by(l, d) == net && l->waits[d->low] >= 0)
            return d->low;
    }
    return -1;
}

static int open_demands(const lanes *l, int net)
{
    int open = 0;
    for (int k = 0; k < l->c->demand_count; k++)
        open += kept_by(l, &l->c->demands[k]) == net && l->waits[l->c->demands[k].low] >= 0;
    return open;
}

/* Where all wait, whoever follows those they wait for comes into a circle. The net of it that waits for least. */
static int cheapest_of_circle(const lanes *l)
{
    int net = 0;
    while (l->waits[net] <= 0)
        net++;
    memset(l->seen, 0, (size_t)l->c->count * sizeof *l->seen);
    for (; !l->seen[net]; net = blocker(l, net))
        l->seen[net] = 1;
    int best = net, least = open_demands(l, net);
    for (int other = blocker(l, net); other != net; other = blocker(l, other))
        if (open_demands(l, other) < least) {
            best = other;
            least = open_demands(l, other);
        }
    return best;
}

/* The first pin at or right of a place. */
static int first_pin(const gf_channel *c, double x)
{
    int low = 0, high = c->pin_count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (c->pins[middle].x < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_free(const gf_channel *c, double x)
{
    int k = first_pin(c, x - GF_PIN_GAP);
    if (k < c->pin_count && c->pins[k].x <= x + GF_PIN_GAP)
        return false;
    for (k = 0; k < c->jog_count; k++)
        if (fabs(c->jogs[k] - x) < GF_PIN_GAP)
            return false;
    return true;
}

/* The place nearest to x without a pin or another jog: within the channel, or else beyond its end. */
static double find_free(const gf_channel *c, double x)
{
    double room = fmax(x - c->start, c->end - x);
    for (double d = 0; d < room; d++) {
        if (x + d < c->end - GF_PIN_GAP && is_free(c, x + d))
            return x + d;
        if (x - d > c->start + GF_PIN_GAP && is_free(c, x - d))
            return x - d;
    }
    double beyond = c->end;
    while (!is_free(c, beyond))
        beyond++;
    return beyond;
}

/* The pins that are in the way go to a second lane. */
static gf_status split(lanes *l, int number)
{
    gf_channel *c = l->c;
    gf_net *net = &c->nets[number];
    bool *jogged = gf_arena_get(c->arena, (size_t)net->high_count * sizeof *jogged);
    if (!jogged)
        return GF_ERROR_MEMORY;
    l->waits[c->count + number] = 1 + l->waits[number];
    for (int k = 0; k < c->demand_count; k++)
        if (c->demands[k].high == number && l->waits[c->demands[k].low] >= 0)
            jogged[c->demands[k].place] = true;
    net->jogged = jogged;
    l->waits[number] = 0;
    l->left++;
    return GF_OK;
}

/* The extents of both lanes of a net that was split. */
static void measure_split(gf_channel *c, gf_net *net)
{
    bool *jogged = net->jogged;
    measure(c, net);
    double from = net->from, to = net->to, high = 0;
    net->from = net->jog_from = DBL_MAX;
    net->to = net->jog_to = -DBL_MAX;
    for (int k = 0; k < net->low_count; k++)
        widen(&net->from, &net->to, net->low[k]);
    if (net->to_start || net->to_end)
        widen(&net->from, &net->to, net->to_start ? from : to);
    if (net->to_start && net->to_end)
        widen(&net->from, &net->to, to);
    for (int k = 0; k < net->high_count; k++) {
        widen(jogged[k] ? &net->jog_from : &net->from, jogged[k] ? &net->jog_to : &net->to, net->high[k]);
        high = jogged[k] ? net->high[k] : high;
    }
    net->jogged = jogged;
    net->jog = find_free(c, (net->low_count ? net->low[0] + high : 2 * high) / 2);
    c->jogs[c->jog_count++] = net->jog;
    widen(&net->from, &net->to, net->jog);
    widen(&net->jog_from, &net->jog_to, net->jog);
}

static gf_status fill_lanes(gf_channel *c)
{
    lanes l = {.c = c};
    gf_status status = begin(&l);
    for (c->lanes = 0; !status && l.left;) {
        int ready = find_ready(&l);
        if (ready) {
            fill_lane(&l, ready);
            continue;
        }
        int net = cheapest_of_circle(&l);
        status = split(&l, net);
        if (!status)
            measure_split(c, &c->nets[net]);
    }
    return status;
}

/* --- all of it ------------------------------------------------------------------------------------- */

static gf_status give_lanes(gf_channel *c)
{
    trial t = {0};
    int needy = 0;
    for (int i = 0; i < c->count; i++)
        if (c->nets[i].lane >= 0 && needy++ < FEW)
            t.net[t.count++] = i;
    if (needy == 0)
        return GF_OK;
    if (needy <= FEW) {
        weigh_few(c, &t);
        try_all(c, &t);
        if (gf_demands_met(c))
            return GF_OK;
    }
    gf_status status = fill_lanes(c);
    if (!status)
        gf_lanes_uncross(c);
    return status;
}

gf_status gf_channel_route(gf_net *nets, int count, double start, double end, double apart, gf_arena *arena, int *lanes,
                           int *bad)
{
    gf_channel c = {.nets = nets, .count = count, .start = start, .end = end, .apart = apart, .arena = arena};
    *lanes = *bad = 0;
    for (int i = 0; i < count; i++)
        measure(&c, &nets[i]);
    gf_status status = list_pins(&c);
    if (!status)
        status = list_demands(&c);
    if (!status)
        status = give_lanes(&c);
    if (status)
        return status;
    *lanes = c.lanes;
    *bad = count_shared(&c);
    return GF_OK;
}
