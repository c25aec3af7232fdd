/* What channel.c and uncross.c know of a channel together. */
#ifndef GF_VIEW_LANES_H
#define GF_VIEW_LANES_H

#include "view/block/channel.h"

typedef struct gf_pin {
    double x;
    int net, place; /* which of its side's pins */
    bool high;
} gf_pin;

/* Net `high` must wait for net `low`, because of its pin `place`. */
typedef struct gf_demand {
    int low, high, place;
} gf_demand;

typedef struct gf_channel {
    gf_net *nets;
    int count;
    double start, end, apart;
    gf_arena *arena;
    gf_pin *pins; /* by x */
    int pin_count;
    gf_demand *demands;
    int demand_count;
    double *jogs; /* where nets make one */
    int jog_count;
    int lanes;
} gf_channel;

/* How many pins lie where a net reaches. */
int gf_pins_within(const double *x, int count, const gf_net *net);

/* Could both lie in one lane? */
bool gf_nets_apart(const gf_channel *c, const gf_net *a, const gf_net *b);

/* Does every net lie above those that it must wait for? */
bool gf_demands_met(const gf_channel *c);

/* Lets nets exchange lanes as long as fewer cross then. */
void gf_lanes_uncross(const gf_channel *c);

#endif
