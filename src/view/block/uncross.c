/* Fewer crossings in a channel of many nets: the left-edge rule counts lanes, and nothing else. */
#include "view/block/lanes.h"

enum { MANY = 120, ROUNDS = 6 };

int gf_pins_within(const double *x, int count, const gf_net *net)
{
    int inside = 0;
    for (int k = 0; k < count; k++)
        inside += net->from - 0.1 < x[k] && x[k] < net->to + 0.1;
    return inside;
}

bool gf_nets_apart(const gf_channel *c, const gf_net *a, const gf_net *b)
{
    return a->to + c->apart < b->from || b->to + c->apart < a->from;
}

bool gf_demands_met(const gf_channel *c)
{
    for (int k = 0; k < c->demand_count; k++) {
        const gf_demand *d = &c->demands[k];
        const gf_net *high = &c->nets[d->high];
        int lane = high->jogged && high->jogged[d->place] ? high->jog_lane : high->lane;
        if (c->nets[d->low].lane >= lane)
            return false;
    }
    return true;
}

/* How often two nets cross, the one lying below the other. */
static int crossings_of(const gf_net *below, const gf_net *above)
{
    return gf_pins_within(below->high, below->high_count, above) + gf_pins_within(above->low, above->low_count, below);
}

/* How often a net crosses all others that have a lane. */
static int crossings_with_all(const gf_channel *c, const gf_net *net)
{
    int crossings = 0;
    for (int k = 0; k < c->count; k++) {
        const gf_net *other = &c->nets[k];
        if (other->lane >= 0 && other->lane != net->lane)
            crossings += net->lane < other->lane ? crossings_of(net, other) : crossings_of(other, net);
    }
    return crossings;
}

/* Does no other lie where a net lies? */
static bool has_room(const gf_channel *c, const gf_net *net)
{
    for (int k = 0; k < c->count; k++) {
        const gf_net *other = &c->nets[k];
        bool beside = other->lane == net->lane && !gf_nets_apart(c, net, other);
        bool second = other->jog_lane == net->lane && net->to + c->apart >= other->jog_from &&
                      other->jog_to + c->apart >= net->from;
        if (other != net && (beside || second))
            return false;
    }
    return true;
}

static void exchange(gf_net *a, gf_net *b)
{
    int lane = a->lane;
    a->lane = b->lane;
    b->lane = lane;
}

/* Lets two nets exchange their lanes, if then there are fewer crossings. */
static bool try_exchange(const gf_channel *c, gf_net *a, gf_net *b)
{
    if (a->lane < 0 || b->lane < 0 || a->lane == b->lane || a->jogged || b->jogged || gf_nets_apart(c, a, b))
        return false;
    int before = crossings_with_all(c, a) + crossings_with_all(c, b);
    exchange(a, b);
    if (crossings_with_all(c, a) + crossings_with_all(c, b) < before && has_room(c, a) && has_room(c, b) &&
        gf_demands_met(c))
        return true;
    exchange(a, b);
    return false;
}

/* The left-edge rule counts lanes, not crossings: pairs of nets exchange theirs as long as that helps. */
void gf_lanes_uncross(const gf_channel *c)
{
    bool changed = c->count <= MANY;
    for (int round = 0; changed && round < ROUNDS; round++) {
        changed = false;
        for (int i = 0; i < c->count; i++)
            for (int j = i + 1; j < c->count; j++)
                changed |= try_exchange(c, &c->nets[i], &c->nets[j]);
    }
}
