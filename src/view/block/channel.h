/* A channel: the room between two rows of boxes (or, turned, between two steps), in which nets get lanes of their own.
 *
 * A net is what one source sends through the channel. It has pins on the low side (below, or left) and on the high
 * side, and may reach the channel's ends. Where all of it lies at one place it goes straight through; else it has one
 * lane, from its least to its greatest pin. Lanes are counted from the low side.
 *
 * Two nets share no line. Where a pin of A on the low side faces a pin of B on the high side, nearer than GF_PIN_GAP,
 * A must have turned off before B comes in: A's lane lies below B's. Such demands can go in a circle:
 *
 *     B   A                 B      A
 *     |   |                 |   .--'  A's second lane
 *     ?   ?                 '---|--.
 *     |   |                 .---'  |
 *     A   B                 A      B
 *
 * Then one net of the circle makes a jog: from its lane it goes up at a place where there is no pin, to a second lane
 * above the others, and from there to those of its pins that were in the way. */
#ifndef GF_VIEW_CHANNEL_H
#define GF_VIEW_CHANNEL_H

#include <stdbool.h>

#include "base/arena.h"
#include <gradflow/base.h>

enum { GF_PIN_GAP = 5 };

typedef struct gf_net {
    double *low, *high; /* pins */
    int low_count, high_count;
    bool to_start, to_end; /* it reaches the channel's end at `start`, at `end` */
    int lane;              /* out: counted from the low side; -1: straight */
    double from, to;       /* out: the extent of its lane */
    int jog_lane;          /* out: its second lane; -1: none */
    double jog;            /* out: where it goes up to it */
    bool *jogged;          /* out: which of `high` hang on the second lane; NULL: none does */
    double jog_from, jog_to;
} gf_net;

/* Gives each net its lane, at least `apart` from the next in the same one; *lanes: how many there are; *bad: how often
 * two nets still share a line: 0 where pins of different nets on the same side are GF_PIN_GAP apart. start and end are
 * the channel's ends; a jog may lie beyond `end`, where there is no room before it. Up to 6 nets that need a lane:
 * every order is tried (cost: 100 a shared line, 1 a crossing, 3 a lane); more, or no order without a shared line: the
 * left-edge rule (Hashimoto and Stevens, 1971) under those demands, with jogs, whose lanes are then exchanged where
 * that takes crossings away. Fails with GF_ERROR_MEMORY. */
gf_status gf_channel_route(gf_net *nets, int count, double start, double end, double apart, gf_arena *arena, int *lanes,
                           int *bad);

#endif
