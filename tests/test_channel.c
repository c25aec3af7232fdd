/* Channels: the lanes of nets, and their jogs. The lines are drawn from what comes out, and no two of different nets
 * may lie on each other. */
#include "support.h"

#include "base/random.h"
#include "view/block/channel.h"

enum { MOST_NETS = 40, MOST_PINS = 8, MOST_LINES = MOST_NETS * (2 * MOST_PINS + 4), HEIGHT = 1000 };

typedef struct line {
    double x, y, to_x, to_y;
    int net;
} line;

typedef struct drawing {
    line lines[MOST_LINES];
    int count;
} drawing;

typedef struct channel {
    gf_net nets[MOST_NETS];
    double low[MOST_NETS][MOST_PINS], high[MOST_NETS][MOST_PINS];
    int count, lanes, bad;
    gf_arena arena;
} channel;

static gf_net *add_net(channel *c)
{
    gf_net *net = &c->nets[c->count];
    net->low = c->low[c->count];
    net->high = c->high[c->count++];
    return net;
}

/* A net from one place to another. */
static void add_way(channel *c, double low, double high)
{
    gf_net *net = add_net(c);
    net->low[net->low_count++] = low;
    net->high[net->high_count++] = high;
}

static void route(channel *c, double end)
{
    ck_assert_int_eq(gf_channel_route(c->nets, c->count, -10, end, 7, &c->arena, &c->lanes, &c->bad), GF_OK);
}

/* --- the picture --------------------------------------------------------------------------------------- */

static void draw(drawing *d, double x, double y, double to_x, double to_y, int net)
{
    d->lines[d->count++] = (line){fmin(x, to_x), fmin(y, to_y), fmax(x, to_x), fmax(y, to_y), net};
}

static double lane_y(const channel *c, int lane)
{
    return (double)HEIGHT * (lane + 1) / (c->lanes + 1);
}

static void draw_net(const channel *c, drawing *d, int number)
{
    const gf_net *net = &c->nets[number];
    double y = lane_y(c, net->lane), second = lane_y(c, net->jog_lane);
    if (net->lane < 0) {
        draw(d, net->from, 0, net->from, HEIGHT, number);
        return;
    }
    draw(d, net->from, y, net->to, y, number);
    for (int k = 0; k < net->low_count; k++)
        draw(d, net->low[k], 0, net->low[k], y, number);
    for (int k = 0; k < net->high_count; k++)
        draw(d, net->high[k], net->jogged && net->jogged[k] ? second : y, net->high[k], HEIGHT, number);
    if (net->jog_lane < 0)
        return;
    draw(d, net->jog_from, second, net->jog_to, second, number);
    draw(d, net->jog, y, net->jog, second, number);
}

static bool share(const line *a, const line *b)
{
    bool across = a->y == a->to_y;
    if (across != (b->y == b->to_y))
        return false;
    if (across)
        return a->y == b->y && fmin(a->to_x, b->to_x) - fmax(a->x, b->x) > 0;
    return fabs(a->x - b->x) < 3 && fmin(a->to_y, b->to_y) - fmax(a->y, b->y) > 0;
}

static bool lies_on(double x, double from, double to)
{
    return from <= x && x <= to;
}

/* A net's pins hang on its lane, or on its second one, and both on the jog. */
static void check_net(const channel *c, const gf_net *net)
{
    for (int k = 0; k < net->low_count; k++)
        ck_assert(lies_on(net->low[k], net->from, net->to));
    for (int k = 0; k < net->high_count; k++)
        if (net->jogged && net->jogged[k])
            ck_assert(lies_on(net->high[k], net->jog_from, net->jog_to));
        else
            ck_assert(lies_on(net->high[k], net->from, net->to));
    ck_assert_int_lt(net->lane, c->lanes);
    if (net->jog_lane < 0)
        return;
    ck_assert(lies_on(net->jog, net->from, net->to) && lies_on(net->jog, net->jog_from, net->jog_to));
    ck_assert(net->lane < net->jog_lane && net->jog_lane < c->lanes);
}

static void check_channel(const channel *c)
{
    static drawing d;
    d.count = 0;
    ck_assert_int_eq(c->bad, 0);
    for (int i = 0; i < c->count; i++) {
        check_net(c, &c->nets[i]);
        draw_net(c, &d, i);
    }
    for (int a = 0; a < d.count; a++)
        for (int b = 0; b < a; b++)
            ck_assert_msg(d.lines[a].net == d.lines[b].net || !share(&d.lines[a], &d.lines[b]),
                          "nets %d and %d share a line at %g, %g", d.lines[a].net, d.lines[b].net, d.lines[a].x,
                          d.lines[a].y);
}

/* --- tests --------------------------------------------------------------------------------------------- */

START_TEST(what_lies_straight_below_needs_no_lane)
{
    channel c = {.count = 0};
    add_way(&c, 50, 50);
    route(&c, 100);
    ck_assert(c.nets[0].lane == -1 && c.lanes == 0 && c.bad == 0);
    gf_arena_free(&c.arena);
}
END_TEST

START_TEST(nets_apart_share_a_lane)
{
    channel c = {.count = 0};
    add_way(&c, 10, 30);
    add_way(&c, 60, 40);
    route(&c, 100);
    ck_assert(c.nets[0].lane == 0 && c.nets[1].lane == 0 && c.lanes == 1);
    check_channel(&c);
    gf_arena_free(&c.arena);
}
END_TEST

START_TEST(who_turns_off_below_a_pin_lies_lower)
{
    channel c = {.count = 0};
    add_way(&c, 80, 50);
    add_way(&c, 50, 20);
    route(&c, 100);
    ck_assert(c.nets[1].lane < c.nets[0].lane && c.lanes == 2);
    check_channel(&c);
    gf_arena_free(&c.arena);
}
END_TEST

START_TEST(two_that_change_places_make_a_jog)
{
    channel c = {.count = 0};
    add_way(&c, 20, 60);
    add_way(&c, 60, 20);
    route(&c, 100);
    ck_assert_int_eq((c.nets[0].jog_lane >= 0) + (c.nets[1].jog_lane >= 0), 1);
    check_channel(&c);
    gf_arena_free(&c.arena);
}
END_TEST

START_TEST(a_jog_without_room_lies_beyond_the_end)
{
    channel c = {.count = 0};
    for (int k = 0; k < 12; k++)
        add_way(&c, 6 * k, 6 * (11 - k));
    route(&c, 66);
    for (int k = 0; k < 12; k++)
        ck_assert(c.nets[k].jog_lane < 0 || c.nets[k].jog >= 66);
    check_channel(&c);
    gf_arena_free(&c.arena);
}
END_TEST

/* Each lies below the one before: none crosses another. */
START_TEST(many_nets_side_by_side_do_not_cross)
{
    channel c = {0};
    for (int k = 0; k < 20; k++)
        add_way(&c, 10 * k, 1000 + 10 * k);
    route(&c, 2000);
    ck_assert_int_eq(c.lanes, 20);
    for (int k = 1; k < 20; k++)
        ck_assert_int_lt(c.nets[k].lane, c.nets[k - 1].lane);
    gf_arena_free(&c.arena);
}
END_TEST

START_TEST(pins_too_near_to_each_other_are_counted)
{
    channel c = {.count = 0};
    add_way(&c, 20, 60);
    add_way(&c, 22, 80);
    route(&c, 100);
    ck_assert_int_eq(c.bad, 1);
    gf_arena_free(&c.arena);
}
END_TEST

static int below(gf_random *random, int count)
{
    return (int)(gf_random_uniform(random) * count);
}

static void shuffle(gf_random *random, int *numbers, int count)
{
    for (int k = 0; k < count; k++)
        numbers[k] = k;
    for (int k = count - 1; k > 0; k--) {
        int other = below(random, k + 1), kept = numbers[k];
        numbers[k] = numbers[other];
        numbers[other] = kept;
    }
}

/* Nets that have a pin on the low side, or reach an end, and several pins on the high side, which face the others'. */
START_TEST(random_channels_share_no_line)
{
    gf_random random;
    gf_random_seed(&random, 300 + (uint64_t)_i);
    channel c = {.count = 0};
    int count = 2 + below(&random, MOST_NETS - 2), apart = 6 + below(&random, 10), next = 0;
    int at[MOST_NETS], high[MOST_NETS * 3];
    shuffle(&random, at, count);
    shuffle(&random, high, count * 3);
    for (int i = 0; i < count; i++) {
        gf_net *net = add_net(&c);
        if (below(&random, 8))
            net->low[net->low_count++] = at[i] * apart;
        else
            *(below(&random, 2) ? &net->to_start : &net->to_end) = true;
        for (int k = 1 + below(&random, 3); k > 0; k--)
            net->high[net->high_count++] = high[next++] * apart + below(&random, 2) * 0.5;
    }
    route(&c, count * 3 * apart);
    check_channel(&c);
    gf_arena_free(&c.arena);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        what_lies_straight_below_needs_no_lane, nets_apart_share_a_lane,
        who_turns_off_below_a_pin_lies_lower,   two_that_change_places_make_a_jog,
        a_jog_without_room_lies_beyond_the_end, pins_too_near_to_each_other_are_counted,
        many_nets_side_by_side_do_not_cross,
    };
    const TTest *seeded[] = {random_channels_share_no_line};
    Suite *suite = tests_of("channel", tests, sizeof tests / sizeof *tests);
    add_seeded_tests(suite, seeded, 1, 100);
    return run_suite(suite);
}
