/* Blocks: each picture is judged from outside, by its rectangles and lines. */
#include "block_scene.h"

#include "base/random.h"

/* Too large for a stack. */
static scene *new_scene(void)
{
    scene *s = calloc(1, sizeof *s);
    ck_assert_ptr_nonnull(s);
    return s;
}

static void free_scene(scene *s)
{
    gf_block_free(&s->block);
    free(s);
}

static void finish(scene *s)
{
    make_scene(s, 8);
    route_scene(s, 1);
    gf_block_widen(&s->block, 1.2, 10);
    route_scene(s, 1.5);
    free_scene(s);
}

static int eq(scene *s)
{
    return add_box(s, 40, 34, false);
}

static int input(scene *s)
{
    return add_box(s, 40, 30, true);
}

static void links_from(scene *s, int from, const int *to, int count)
{
    for (int k = 0; k < count; k++)
        add_link(s, from, to[k]);
}

static void links_to(scene *s, const int *from, int count, int to)
{
    for (int k = 0; k < count; k++)
        add_link(s, from[k], to);
}

static bool left_of(const scene *s, int a, int b)
{
    return s->block.at[a]->row == s->block.at[b]->row && s->block.at[a]->x < s->block.at[b]->x;
}

/* --- networks ------------------------------------------------------------------------------------------ */

enum { X, Y, F, I, G, O, C, H, Z, L };

/* An LSTM's step; what comes before and after it, too, if `states`. */
static scene *lstm(bool states)
{
    static const gf_block_link links[] = {{X, F}, {X, I}, {X, G}, {X, O}, {F, C}, {I, C},
                                          {G, C}, {O, H}, {C, H}, {H, Z}, {Z, L}, {Y, L}};
    scene *s = new_scene();
    for (int k = X; k <= L; k++)
        add_box(s, k == L ? 68 : 38, 40, k <= Y);
    for (int k = F; k <= H; k++)
        s->boxes[k].cell = 0;
    s->boxes[C].rail = s->boxes[L].top = true;
    for (size_t k = 0; k < sizeof links / sizeof *links; k++)
        add_link(s, links[k].from, links[k].to);
    if (!states)
        return s;
    add_entry(s, false);
    for (int k = F; k <= O; k++)
        add_target(s, k);
    add_entry(s, false);
    add_target(s, C);
    add_exit(s, C, true);
    return s;
}

START_TEST(the_gates_of_an_lstm_stand_in_the_order_of_their_use)
{
    scene *s = lstm(true);
    make_scene(s, 10);
    ck_assert(left_of(s, F, I) && left_of(s, I, G) && left_of(s, G, O));
    ck_assert_int_eq(s->block.row_count, 6);
    ck_assert(s->block.at[X]->row == 0 && s->block.at[F]->row == 1 && s->block.at[C]->row == 2);
    ck_assert(s->block.at[H]->row == 3 && s->block.at[Z]->row == 4 && s->block.at[L]->row == 5);
    ck_assert(s->block.beside[Y] == L && s->block.at[Y]->row == 5 && s->block.at[Y]->x < s->block.at[L]->x);
    /* One line up: from o through the row of c to h, z and L. */
    ck_assert(s->block.at[O]->x == s->block.at[H]->x && s->block.at[H]->x == s->block.at[Z]->x);
    ck_assert(s->block.at[H]->x == s->block.at[L]->x);
    ck_assert(gf_block_outermost(&s->block, F, false) && !gf_block_outermost(&s->block, I, false));
    ck_assert(gf_block_outermost(&s->block, C, false) && gf_block_outermost(&s->block, C, true));
    ck_assert(gf_block_outermost(&s->block, L, true) && !gf_block_outermost(&s->block, L, false));
    ck_assert(!gf_block_outermost(&s->block, Y, false));
    route_scene(s, 1);
    free_scene(s);
}
END_TEST

START_TEST(nothing_of_an_lstm_meets_what_it_should_not)
{
    finish(lstm(false));
    finish(lstm(true));
}
END_TEST

START_TEST(the_gates_of_a_gru_stand_in_the_order_of_their_use)
{
    scene *s = new_scene();
    int x = input(s), y = input(s), r = eq(s), z = eq(s), n = eq(s), h = eq(s), scores = eq(s), loss = eq(s);
    s->boxes[h].rail = true;
    links_from(s, x, (const int[]){r, z, n}, 3);
    add_link(s, r, n);
    links_to(s, (const int[]){z, n}, 2, h);
    add_link(s, h, scores);
    links_to(s, (const int[]){scores, y}, 2, loss);
    add_entry(s, false);
    for (int k = r; k <= n; k++)
        add_target(s, k);
    make_scene(s, 8);
    ck_assert(left_of(s, r, z));
    gf_block_free(&s->block);
    finish(s);
}
END_TEST

/* Two LSTMs, one above the other; h of the lower is x of the upper, whose h skips a step: it passes through. */
START_TEST(cells_stand_above_each_other)
{
    scene *s = new_scene();
    int below = input(s), first[2], last[2];
    for (int cell = 0; cell < 2; cell++) {
        int f = eq(s), i = eq(s), g = eq(s), o = eq(s), c = eq(s), h = eq(s);
        for (int k = f; k <= h; k++)
            s->boxes[k].cell = cell;
        s->boxes[c].rail = true;
        links_from(s, below, (const int[]){f, i, g, o}, 4);
        links_to(s, (const int[]){f, i, g}, 3, c);
        links_to(s, (const int[]){o, c}, 2, h);
        add_entry(s, false);
        for (int k = f; k <= o; k++)
            add_target(s, k);
        add_exit(s, h, true);
        below = h;
        first[cell] = f;
        last[cell] = h;
    }
    s->through[3] = 2;
    make_scene(s, 8);
    ck_assert_int_gt(s->block.at[first[1]]->row, s->block.at[last[0]]->row);
    gf_block_free(&s->block);
    finish(s);
}
END_TEST

/* A cell that uses nothing of another one stands above it all the same. */
START_TEST(two_directions_stand_above_each_other)
{
    scene *s = new_scene();
    int x = input(s), h = eq(s), back = eq(s), out = eq(s);
    s->boxes[h].cell = 0;
    s->boxes[back].cell = 1;
    s->boxes[h].rail = s->boxes[back].rail = true;
    links_from(s, x, (const int[]){h, back}, 2);
    links_to(s, (const int[]){h, back}, 2, out);
    add_entry(s, false);
    add_target(s, h);
    add_entry(s, true);
    add_target(s, back);
    make_scene(s, 8);
    ck_assert(s->block.at[h]->row == 1 && s->block.at[back]->row == 2 && s->block.at[out]->row == 3);
    gf_block_free(&s->block);
    finish(s);
}
END_TEST

/* Queries, keys and values of five states; scores, weights, context. */
START_TEST(attention_is_laid_out)
{
    scene *s = new_scene();
    int q = eq(s), context = eq(s), loss = eq(s), y = input(s);
    for (int t = 0; t < 5; t++) {
        int h = input(s), key = eq(s), value = eq(s), score = eq(s), weight = eq(s);
        links_from(s, h, (const int[]){key, value}, 2);
        links_to(s, (const int[]){q, key}, 2, score);
        add_link(s, score, weight);
        links_to(s, (const int[]){weight, value}, 2, context);
        if (t == 4)
            add_link(s, h, q);
    }
    links_to(s, (const int[]){context, y}, 2, loss);
    finish(s);
}
END_TEST

/* c = a + b, d = a b + b^3, …: micrograd's example, more or less. */
START_TEST(a_graph_of_scalars_is_laid_out)
{
    scene *s = new_scene();
    int a = input(s), b = input(s), c = eq(s), d = eq(s), c2 = eq(s), c3 = eq(s), d2 = eq(s), d3 = eq(s), e = eq(s);
    int f = eq(s), g = eq(s);
    links_from(s, a, (const int[]){c, d, c3, d2, d3}, 5);
    links_from(s, b, (const int[]){c, d, d2, d3}, 4);
    add_link(s, c, c2);
    add_link(s, c2, c3);
    add_link(s, d, d2);
    add_link(s, d2, d3);
    links_to(s, (const int[]){c3, d3}, 2, e);
    add_link(s, e, f);
    add_link(s, f, g);
    add_link(s, f, g); /* f f: twice, drawn once */
    finish(s);
}
END_TEST

/* --- extremes ------------------------------------------------------------------------------------------ */

START_TEST(nothing_is_a_block_without_height)
{
    scene *s = new_scene();
    make_scene(s, 8);
    ck_assert(s->block.row_count == 0 && s->block.width == 8);
    route_scene(s, 1);
    ck_assert_double_eq(s->block.height, 0);
    free_scene(s);
}
END_TEST

START_TEST(one_box_is_a_block)
{
    scene *s = new_scene();
    int box = eq(s);
    add_entry(s, false);
    add_target(s, box);
    add_exit(s, box, true);
    s->through[1] = 1;
    make_scene(s, 8);
    ck_assert_double_eq(s->block.width, 48);
    gf_block_free(&s->block);
    finish(s);
}
END_TEST

START_TEST(one_value_goes_to_many)
{
    scene *s = new_scene();
    int source = eq(s);
    for (int k = 0; k < 60; k++)
        add_link(s, source, eq(s));
    finish(s);
}
END_TEST

/* Of three users, left, above and right, each has its own line from where they part; of five the trunk is a lane. */
START_TEST(what_one_user_alone_takes_is_not_the_trunk)
{
    for (int users = 3; users <= 5; users += 2) {
        scene *s = new_scene();
        int source = eq(s), trunks = 0, together = 0;
        for (int k = 0; k < users; k++)
            add_link(s, source, eq(s));
        make_scene(s, 8);
        route_scene(s, 1);
        for (int k = 0; k < s->piece_count; k++) {
            trunks += !s->pieces[k].head;
            together += s->pieces[k].head && fabs(s->pieces[k].first.x - x_of(s, source)) < 0.1;
        }
        ck_assert_int_eq(trunks, users == 3 ? 1 : 2);
        ck_assert_int_eq(together, users == 3 ? 3 : 1);
        free_scene(s);
    }
}
END_TEST

START_TEST(a_box_is_widened_for_its_ports)
{
    scene *s = new_scene();
    int sum = eq(s), first = eq(s);
    add_link(s, first, sum);
    for (int k = 1; k < 60; k++) {
        int box = eq(s);
        add_link(s, box, sum);
        if (k % 3 == 0)
            add_link(s, first, box);
    }
    make_scene(s, 3);
    ck_assert_double_ge(s->block.across[sum], 60 * 6);
    gf_block_free(&s->block);
    finish(s);
}
END_TEST

START_TEST(a_long_chain_is_one_column)
{
    scene *s = new_scene();
    for (int k = 0; k < 100; k++) {
        int box = eq(s);
        if (k)
            add_link(s, box - 1, box);
    }
    make_scene(s, 8);
    ck_assert_int_eq(s->block.row_count, 101);
    ck_assert_double_eq(s->block.width, 48);
    gf_block_free(&s->block);
    finish(s);
}
END_TEST

/* What has no room beside its user stands in the first row; each of the others beside. */
START_TEST(only_two_stand_beside_a_box)
{
    scene *s = new_scene();
    int x = input(s), h = eq(s), loss = eq(s), extra[4], beside = 0;
    add_link(s, x, h);
    add_link(s, h, loss);
    for (int k = 0; k < 4; k++)
        add_link(s, extra[k] = input(s), loss);
    make_scene(s, 8);
    for (int k = 0; k < 4; k++)
        beside += s->block.beside[extra[k]] == loss;
    ck_assert(beside == 1 || beside == 2);
    gf_block_free(&s->block);
    finish(s);
}
END_TEST

/* A target stands on the side where the step stays narrow: of a GRU left of the loss, though others make room for it
 * there; of a plain RNN on the right. */
START_TEST(a_target_keeps_the_step_narrow)
{
    for (int gru = 0; gru < 2; gru++) {
        scene *s = new_scene();
        int x = input(s), y = input(s), h = eq(s), loss = add_box(s, 56, 40, false);
        if (gru) {
            int r = eq(s), z = eq(s), n = eq(s);
            links_from(s, x, (const int[]){r, z, n}, 3);
            add_link(s, r, n);
            links_to(s, (const int[]){z, n}, 2, h);
        } else {
            add_link(s, x, h);
        }
        links_to(s, (const int[]){h, y}, 2, loss);
        make_scene(s, 8);
        ck_assert_int_eq(s->block.beside[y], loss);
        ck_assert_int_eq(s->block.at[y]->x < s->block.at[loss]->x, gru);
        gf_block_free(&s->block);
        finish(s);
    }
}
END_TEST

/* Three rails at once, one of which feeds another. */
START_TEST(rails_stand_alone)
{
    scene *s = new_scene();
    int x = input(s), a = eq(s), b = eq(s), c = eq(s), out = eq(s);
    links_from(s, x, (const int[]){a, b, c}, 3);
    links_to(s, (const int[]){a, b, c}, 3, out);
    s->boxes[a].rail = s->boxes[b].rail = s->boxes[c].rail = true;
    make_scene(s, 8);
    ck_assert(s->block.at[a]->row == 1 && s->block.at[b]->row == 2 && s->block.at[c]->row == 3);
    ck_assert_int_eq(s->block.at[out]->row, 4);
    gf_block_free(&s->block);
    finish(s);
}
END_TEST

/* What goes to the loss stands in the highest row, not beside a rail, even one that it does not use. */
START_TEST(tops_stand_above_rails)
{
    scene *s = new_scene();
    int x = input(s), state = eq(s), loss = eq(s);
    links_from(s, x, (const int[]){state, loss}, 2);
    s->boxes[state].rail = s->boxes[loss].top = true;
    make_scene(s, 8);
    ck_assert(s->block.at[state]->row == 1 && s->block.at[loss]->row == 2);
    gf_block_free(&s->block);
    finish(s);
}
END_TEST

/* A wide box before the gates, which input and box both go to: o stays below h. */
START_TEST(an_input_of_many_takes_no_gate_along)
{
    scene *s = new_scene();
    int x = input(s), m = add_box(s, 120, 34, false), c, h;
    int gates[] = {eq(s), eq(s), eq(s), eq(s)};
    links_from(s, x, (const int[]){m, gates[0], gates[1], gates[2], gates[3]}, 5);
    links_from(s, m, gates, 4);
    links_to(s, gates, 3, c = eq(s));
    links_to(s, (const int[]){c, gates[3]}, 2, h = add_box(s, 60, 34, false));
    make_scene(s, 8);
    ck_assert(s->block.at[gates[3]]->x == s->block.at[h]->x);
    gf_block_free(&s->block);
    finish(s);
}
END_TEST

START_TEST(links_that_close_a_circle_are_left_out)
{
    scene *s = new_scene();
    int a = eq(s), b = eq(s), c = eq(s);
    add_link(s, a, b);
    add_link(s, b, c);
    s->links[2] = (gf_block_link){c, a};
    s->links[3] = (gf_block_link){c, c};
    ck_assert_int_eq(gf_block_make(&s->block, s->boxes, 3, s->links, 4, 8, 4, true), GF_OK);
    ck_assert(s->block.at[a]->row == 1 && s->block.at[b]->row == 2 && s->block.at[c]->row == 3);
    route_scene(s, 1);
    free_scene(s);
}
END_TEST

/* --- random graphs ------------------------------------------------------------------------------------- */

static int below(gf_random *random, int count)
{
    return (int)(gf_random_uniform(random) * count);
}

static bool linked(const scene *s, int from, int to)
{
    for (int k = 0; k < s->link_count; k++)
        if (s->links[k].from == from && s->links[k].to == to)
            return true;
    return false;
}

static void link_once(scene *s, int from, int to)
{
    if (!linked(s, from, to) && !s->boxes[to].input)
        add_link(s, from, to);
}

static void random_boxes(scene *s, gf_random *random, int count)
{
    int inputs = 1 + below(random, 4), cells = below(random, 3);
    for (int k = 0; k < count; k++) {
        int box = add_box(s, 34 + below(random, 40), 20 + below(random, 30), k < inputs);
        if (k < inputs)
            continue;
        s->boxes[box].rail = below(random, 12) == 0;
        s->boxes[box].cell = cells && below(random, 2) ? k * cells / count : -1;
        s->boxes[box].top = k + 1 == count && below(random, 2);
        for (int m = 1 + below(random, 3); m > 0; m--)
            link_once(s, below(random, k), box);
    }
}

static void random_states(scene *s, gf_random *random)
{
    for (int k = below(random, 5); k > 0; k--) {
        bool taken[MOST_BOXES] = {false};
        add_entry(s, below(random, 2));
        for (int m = 1 + below(random, 4); m > 0; m--) {
            int box = below(random, s->box_count);
            if (!s->boxes[box].input && !taken[box])
                add_target(s, box);
            taken[box] = true;
        }
    }
    for (int k = below(random, 5); k > 0; k--)
        add_exit(s, below(random, s->box_count), below(random, 2));
    for (int k = below(random, 4); k > 0; k--)
        s->through[below(random, 4)] = below(random, 3);
}

START_TEST(random_graphs_are_laid_out)
{
    gf_random random;
    gf_random_seed(&random, 1000 + (uint64_t)_i);
    scene *s = new_scene();
    random_boxes(s, &random, 5 + below(&random, 56));
    random_states(s, &random);
    make_scene(s, 3 + below(&random, 24));
    route_scene(s, 1);
    gf_block_widen(&s->block, 1 + gf_random_uniform(&random) / 2, below(&random, 2) * 30);
    route_scene(s, 1 + gf_random_uniform(&random));
    free_scene(s);
}
END_TEST

/* Many links between two rows, to and fro: demands that go in circles. */
START_TEST(dense_rows_are_laid_out)
{
    gf_random random;
    gf_random_seed(&random, 5000 + (uint64_t)_i);
    scene *s = new_scene();
    int across = 4 + below(&random, 9);
    for (int k = 0; k < 4 * across; k++) {
        int box = add_box(s, 20 + below(&random, 20), 20, false);
        for (int m = 1 + below(&random, 4); k >= across && m > 0; m--)
            link_once(s, (k / across - 1) * across + below(&random, across), box);
    }
    random_states(s, &random);
    make_scene(s, 3);
    route_scene(s, 1);
    free_scene(s);
}
END_TEST

static scene *two_hundred(void)
{
    int boxes = getenv("GF_SMALL") ? 60 : 200, links = getenv("GF_SMALL") ? 130 : 443;
    gf_random random;
    gf_random_seed(&random, 7);
    scene *s = new_scene();
    for (int k = 0; k < boxes; k++) {
        add_box(s, 44, 36, k < 4);
        for (int m = 0; k >= 4 && m < 2; m++)
            link_once(s, k > 60 ? k - 1 - below(&random, 60) : below(&random, k), k);
    }
    while (s->link_count < links) {
        int to = 4 + below(&random, boxes - 4);
        link_once(s, below(&random, to), to);
    }
    return s;
}

START_TEST(a_graph_of_two_hundred_is_laid_out)
{
    finish(two_hundred());
}
END_TEST

START_TEST(the_same_graph_is_the_same_block)
{
    scene *a = two_hundred(), *b = two_hundred();
    make_scene(a, 8);
    make_scene(b, 8);
    route_scene(a, 1);
    route_scene(b, 1);
    ck_assert_int_eq(a->line_count, b->line_count);
    ck_assert_mem_eq(a->lines, b->lines, (size_t)a->line_count * sizeof *a->lines);
    free_scene(a);
    free_scene(b);
}
END_TEST

/* A chain of which each leads to the next is a row, from left to right, whatever else comes to them. */
START_TEST(what_leads_to_its_user_stands_in_its_row)
{
    scene *s = new_scene();
    int x = input(s), f = eq(s), i = eq(s), g = eq(s), times = eq(s), product = eq(s), sum = eq(s), o = eq(s),
        h = eq(s);
    links_from(s, x, (int[]){f, i, g, o}, 4);
    add_link(s, f, times);
    links_to(s, (int[]){i, g}, 2, product);
    links_to(s, (int[]){times, product}, 2, sum);
    links_to(s, (int[]){sum, o}, 2, h);
    s->boxes[times].lead = s->boxes[o].lead = 30;
    make_scene(s, 8);
    ck_assert(left_of(s, times, sum) && left_of(s, o, h));
    ck_assert_int_gt(s->block.at[sum]->row, s->block.at[product]->row);
    ck_assert_double_ge(s->block.at[sum]->x - s->block.at[times]->x, 40 + 30 - 1e-9);
    gf_block_free(&s->block);
    finish(s);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        the_gates_of_an_lstm_stand_in_the_order_of_their_use,
        nothing_of_an_lstm_meets_what_it_should_not,
        the_gates_of_a_gru_stand_in_the_order_of_their_use,
        cells_stand_above_each_other,
        two_directions_stand_above_each_other,
        attention_is_laid_out,
        a_graph_of_scalars_is_laid_out,
        nothing_is_a_block_without_height,
        one_box_is_a_block,
        one_value_goes_to_many,
        what_one_user_alone_takes_is_not_the_trunk,
        a_box_is_widened_for_its_ports,
        a_long_chain_is_one_column,
        only_two_stand_beside_a_box,
        a_target_keeps_the_step_narrow,
        rails_stand_alone,
        tops_stand_above_rails,
        what_leads_to_its_user_stands_in_its_row,
        an_input_of_many_takes_no_gate_along,
        links_that_close_a_circle_are_left_out,
        a_graph_of_two_hundred_is_laid_out,
        the_same_graph_is_the_same_block,
    };
    const TTest *seeded[] = {random_graphs_are_laid_out, dense_rows_are_laid_out};
    Suite *suite = tests_of("block", tests, sizeof tests / sizeof *tests);
    add_seeded_tests(suite, seeded, sizeof seeded / sizeof *seeded, getenv("GF_SMALL") ? 4 : 12);
    return run_suite(suite);
}
