/* Where things stand in a picture. */
#include "equations.h"
#include "pictures.h"
#include "view/spread/stages.h"

/* --- layout --------------------------------------------------------------------------------------------------- */

static void position(Agraph_t *graph, const gf_node *node, double *x, double *y)
{
    ck_assert_int_eq(sscanf(get(find_node(graph, node), "pos"), "%lf,%lf", x, y), 2);
}

START_TEST(steps_are_laid_out_alike_from_left_to_right)
{
    gf_graph *g = gf_graph_new();
    gf_backward(lstm(g, 4), GF_RECORD_EDGES);
    Agraph_t *graph = reread(g, NULL);
    static const char *const names[] = {"x", "f", "i", "g", "o", "c", "h", "zf"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        double x[5], y[5], cx[5], cy[5];
        for (int t = 1; t <= 4; t++) {
            position(graph, gf_graph_find(g, names[k], t), &x[t], &y[t]);
            position(graph, gf_graph_find(g, "c", t), &cx[t], &cy[t]);
            assert_near(y[t], y[1], 1e-9);
            ck_assert(t == 1 || x[t] > x[t - 1]);
            if (t > 2)
                assert_near(x[t] - cx[t], x[2] - cx[2], 0.02);
        }
    }
    agclose(graph);
    gf_graph_free(g);
}
END_TEST

/* c[t-1] goes to an operation, that to c[t], and both stand as high as c[t-1]: the cell state is one straight line. */
START_TEST(the_cell_state_is_straight)
{
    gf_graph *g = gf_graph_new();
    gf_backward(lstm(g, 4), GF_RECORD_EDGES);
    Agraph_t *graph = reread(g, NULL);
    for (int t = 2; t <= 4; t++) {
        double x[3], y[3];
        const gf_node *c = gf_graph_find(g, "c", t), *before = gf_graph_find(g, "c", t - 1), *kept = NULL;
        for (int slot = 0; slot < gf_node_arity(c); slot++)
            for (int k = 0; k < 2; k++)
                kept = gf_node_operand(gf_node_operand(c, slot), k) == before ? gf_node_operand(c, slot) : kept;
        ck_assert_ptr_nonnull(kept);
        position(graph, before, &x[0], &y[0]);
        position(graph, kept, &x[1], &y[1]);
        position(graph, c, &x[2], &y[2]);
        assert_near(y[1], y[0], 1e-9);
        assert_near(y[2], y[0], 1e-9);
        ck_assert(x[0] < x[1] && x[1] < x[2]);
    }
    agclose(graph);
    gf_graph_free(g);
}
END_TEST

/* Of two operations that c[t-1] comes to, and which go to c[t] alone, one stands before it; behind the other there
 * would be no way past that. */
START_TEST(one_operation_alone_leads_to_a_state)
{
    gf_graph *g = gf_graph_new();
    gf_node *c = gf_named(gf_zeros(g, "", 1, 2), "c[0]"), *led[2];
    for (int t = 1; t <= 3; t++) {
        gf_graph_step(g, t);
        for (int k = 0; k < 2; k++)
            led[k] = gf_mul(gf_sigmoid(gf_input(g, k ? "y" : "x", 1, 2)), c);
        c = gf_named(gf_add(led[0], led[1]), "c");
    }
    gf_backward(gf_named(gf_sum(c), "loss"), GF_RECORD_EDGES);
    Agraph_t *graph = reread(g, NULL);
    double x, y[3];
    for (int k = 0; k < 3; k++)
        position(graph, k < 2 ? led[k] : c, &x, &y[k]);
    assert_near(y[0], y[2], 1e-9);
    ck_assert_double_lt(y[1], y[2]);
    agclose(graph);
    gf_graph_free(g);
}
END_TEST

/* A network whose loss adds up what no step has a name for, or is made of the last state alone. */
static gf_node *state_and_loss(gf_graph *g, bool every_step)
{
    gf_node *U = gf_param(g, "U", 2, 2), *h = gf_named(gf_zeros(g, "", 1, 2), "h[0]"), *v[3], *y[3];
    for (int t = 0; t < 3; t++) {
        gf_graph_step(g, t + 1);
        h = gf_named(gf_tanh(gf_add(gf_matmul(h, U), gf_input(g, "x", 1, 2))), "h");
        v[t] = every_step ? gf_named(gf_matmul(h, U), "v") : NULL;
        y[t] = every_step ? gf_given(g, "y", 1, 2) : NULL;
    }
    gf_graph_step(g, 0);
    gf_node *loss = every_step ? gf_mse(v[0], y[0]) : gf_sum(h);
    for (int t = 1; t < 3 && every_step; t++)
        loss = gf_add(loss, gf_mse(v[t], y[t]));
    return gf_named(loss, "loss");
}

/* Of each step v and y go up to rails, side by side, and the loss stands at the ends of these; what the last state
 * alone leads to stands where its arrow is straight. */
START_TEST(the_loss_stands_where_its_arrows_come)
{
    const gf_draw_options options = {.size = sizeof options, .level = GF_LEVEL_EQUATIONS, .params = GF_HIDDEN};
    for (int every = 0; every < 2; every++) {
        gf_graph *g = gf_graph_new();
        gf_node *loss = state_and_loss(g, every);
        gf_backward(loss, GF_RECORD_EDGES);
        Agraph_t *graph = reread(g, &options);
        double x, y, last, height;
        position(graph, loss, &x, &y);
        for (int t = 1; t <= 3; t++) {
            position(graph, gf_graph_find(g, every ? "v" : "h", t), &last, &height);
            ck_assert(x > last && (every ? y > height : fabs(y - height) < 0.01));
            double aside, beside = height;
            if (every)
                position(graph, gf_graph_find(g, "y", t), &aside, &beside);
            assert_near(beside, height, 0.01);
        }
        agclose(graph);
        gf_graph_free(g);
    }
}
END_TEST

/* Boxes do not cover each other. */
static void assert_boxes_apart(gf_graph *g)
{
    Agraph_t *graph = reread(g, NULL);
    for (Agnode_t *one = agfstnode(graph); one; one = agnxtnode(graph, one))
        for (Agnode_t *other = agnxtnode(graph, one); other; other = agnxtnode(graph, other)) {
            double x, y, u, v;
            sscanf(get(one, "pos"), "%lf,%lf", &x, &y);
            sscanf(get(other, "pos"), "%lf,%lf", &u, &v);
            double width = 36 * (atof(get(one, "width")) + atof(get(other, "width")));
            double height = 36 * (atof(get(one, "height")) + atof(get(other, "height")));
            ck_assert_msg(fabs(x - u) >= width || fabs(y - v) >= height, "%s and %s", agnameof(one), agnameof(other));
        }
    agclose(graph);
}

/* A bidirectional one: arrows to the left, nodes before and after time, many operands. */
static void both_ways(gf_graph *g, int steps)
{
    gf_cell *forth = gf_rnn(g, "forth", 2, 2, gf_tanh), *back = gf_rnn(g, "back", 2, 2, gf_tanh);
    gf_node *x[8], *h[9], *r[9];
    h[0] = gf_cell_zeros(forth, 1, 0).h;
    r[steps] = gf_tanh(gf_cell_zeros(back, 1, 0).h);
    for (int t = 1; t <= steps; t++) {
        gf_graph_step(g, t);
        x[t - 1] = gf_input(g, "x", 1, 2);
        h[t] = gf_cell_step(forth, x[t - 1], (gf_state){.h = h[t - 1]}).h;
    }
    for (int t = steps; t-- > 0;) {
        gf_graph_step(g, t + 1);
        r[t] = gf_cell_step(back, x[t], (gf_state){.h = r[t + 1]}).h;
        gf_input(g, "unused", 1, 1);
    }
    gf_graph_step(g, 0);
    gf_node *all = gf_hcat((gf_node *[]){h[1], r[0], h[2], h[2], r[1], h[1]}, 6);
    gf_backward(gf_sum(gf_mul(all, all)), GF_RECORD_EDGES);
}

START_TEST(boxes_stand_apart)
{
    gf_graph *g = gf_graph_new();
    both_ways(g, 3);
    assert_fine(g);
    assert_boxes_apart(g);
    free(drawn(g, "svg", NULL));
    gf_graph_free(g);

    g = gf_graph_new();
    lstm(g, 3);
    assert_boxes_apart(g);
    gf_graph_free(g);
}
END_TEST

START_TEST(values_flow_upwards)
{
    gf_graph *g = gf_graph_new();
    scalar_rnn(g, 2);
    Agraph_t *graph = reread(g, NULL);
    for (size_t id = 0; id < gf_graph_size(g); id++) {
        gf_node *node = gf_graph_node(g, id);
        for (int slot = 0; slot < gf_node_arity(node); slot++) {
            const gf_node *operand = gf_node_operand(node, slot);
            double x, y, u, v;
            position(graph, node, &x, &y);
            position(graph, operand, &u, &v);
            if (gf_node_step(node) && gf_node_step(node) == gf_node_step(operand))
                ck_assert(v < y || (gf_node_is_input(operand) && fabs(v - y) < 1)); /* one user: beside it */
        }
    }
    agclose(graph);
    gf_graph_free(g);
}
END_TEST

/* Without time they flow to the right. */
START_TEST(values_flow_to_the_right)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 1, 2), *y = gf_tanh(x), *z = gf_mul(y, y);
    Agraph_t *graph = reread(g, NULL);
    double at[3], height[3];
    position(graph, x, &at[0], &height[0]);
    position(graph, y, &at[1], &height[1]);
    position(graph, z, &at[2], &height[2]);
    ck_assert(at[0] < at[1] && at[1] < at[2]);
    agclose(graph);
    gf_graph_free(g);
}
END_TEST

/* --- the lines of arrows ---------------------------------------------------------------------------------------- */

/* The points of an arrow: the ends of its lines, and last its tip. */
typedef struct line {
    double x[256], y[256];
    int count;
} line;

static line line_of(Agedge_t *edge)
{
    line l = {.count = 0};
    const char *text = get(edge, "pos");
    double tip_x, tip_y;
    int used, number = 0;
    ck_assert_int_eq(sscanf(text, "e,%lf,%lf%n", &tip_x, &tip_y, &used), 2);
    for (double x, y; sscanf(text += used, " %lf,%lf%n", &x, &y, &used) == 2; number++)
        if (number % 3 == 0) {
            ck_assert_int_lt(l.count, 255);
            l.x[l.count] = x, l.y[l.count++] = y;
        }
    ck_assert_int_eq(number % 3, 1); /* cubic curves */
    l.x[l.count - 1] = tip_x, l.y[l.count - 1] = tip_y;
    return l;
}

/* How far a point lies from a box's border; 0 inside, too. */
static double distance(Agnode_t *node, double x, double y)
{
    double u, v;
    sscanf(get(node, "pos"), "%lf,%lf", &u, &v);
    return fmax(fmax(fabs(x - u) - 36 * atof(get(node, "width")), fabs(y - v) - 36 * atof(get(node, "height"))), 0);
}

static bool inside(Agnode_t *node, double x, double y)
{
    double u, v;
    sscanf(get(node, "pos"), "%lf,%lf", &u, &v);
    return fabs(x - u) < 36 * atof(get(node, "width")) - 1 && fabs(y - v) < 36 * atof(get(node, "height")) - 1;
}

/* Each arrow begins at its box and ends at the one it goes to, by lines across and along, through no other box. */
static void assert_lines(gf_graph *g)
{
    Agraph_t *graph = reread(g, NULL);
    for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node))
        for (Agedge_t *edge = agfstout(graph, node); edge; edge = agnxtout(graph, edge)) {
            line l = line_of(edge);
            const char *name = get(edge, "id");
            ck_assert_msg(distance(node, l.x[0], l.y[0]) < 2, "%s does not begin at its box", name);
            ck_assert_msg(distance(edge->node, l.x[l.count - 1], l.y[l.count - 1]) < 2, "%s does not reach its box",
                          name);
            for (int k = 1; k < l.count; k++) {
                double across = fabs(l.x[k] - l.x[k - 1]), along = fabs(l.y[k] - l.y[k - 1]);
                ck_assert_msg(fmin(across, along) < 0.05, "%s is not straight: part %d", name, k);
                for (Agnode_t *other = agfstnode(graph); other; other = agnxtnode(graph, other))
                    for (int part = 0; part <= 20 && other != node && other != edge->node; part++)
                        if (inside(other, l.x[k - 1] + (l.x[k] - l.x[k - 1]) * part / 20,
                                   l.y[k - 1] +
                                       (l.y[k] - l.y[k - 1]) * part / 20)) /* Check writes down what it is told */
                            ck_abort_msg("%s runs through %s", name, agnameof(other));
            }
        }
    agclose(graph);
}

START_TEST(arrows_run_from_box_to_box)
{
    gf_graph *g = gf_graph_new();
    lstm(g, 2);
    assert_lines(g);
    gf_graph_free(g);

    g = gf_graph_new();
    both_ways(g, 3);
    assert_lines(g);
    gf_graph_free(g);

    g = gf_graph_new();
    scalar_rnn(g, 3);
    assert_lines(g);
    gf_graph_free(g);
}
END_TEST

/* The loss of T steps is a rail on top of them: as high for 30 steps as for 3, but for a lane. */
START_TEST(a_sum_over_time_is_as_high_as_one_step)
{
    double height[2];
    for (int k = 0; k < 2; k++) {
        gf_graph *g = gf_graph_new();
        scalar_rnn(g, k ? 30 : 3);
        Agraph_t *graph = reread(g, NULL);
        ck_assert_int_eq(sscanf(get(graph, "bb"), "%*f,%*f,%*f,%lf", &height[k]), 1);
        agclose(graph);
        gf_graph_free(g);
    }
    assert_near(height[0], height[1], 20);
}
END_TEST

START_TEST(a_long_unrolling)
{
    gf_graph *g = gf_graph_new();
    gf_backward(lstm(g, (int)large(50, 5)), GF_RECORD_EDGES);
    free(drawn(g, "svg", NULL));
    assert_fine(g);
    gf_graph_free(g);
}
END_TEST

/* Two lanes pass with room for one box between them; three want to stand there, and one has its rail below. */
START_TEST(starts_stand_where_nothing_passes)
{
    enum { LANE = 20, BOX = 34 };
    gf_seat seats[] = {{-1, 100, true}, {0, 110, false}, {1, 120, false},
                       {2, 125, false}, {3, 170, true},  {-1, 145, true}};
    int count = sizeof seats / sizeof *seats;
    gf_seats_freely(seats, count, BOX, LANE, 0, 400);
    for (int k = 0; k < count; k++)
        for (int j = 0; j < k; j++) {
            double apart = seats[k].number < 0 && seats[j].number < 0   ? 0
                           : seats[k].number < 0 || seats[j].number < 0 ? LANE
                                                                        : BOX;
            ck_assert_double_ge(fabs(seats[k].y - seats[j].y), apart - 0.02);
        }
    for (int k = 0; k < count; k++)
        if (seats[k].number == 3)
            ck_assert_double_eq(seats[k].y, 170); /* straight, as it was */
}
END_TEST

/* So many quantities, each of the one before. */
static gf_node *chain(gf_node *h, int count)
{
    for (int k = 0; k < count; k++) {
        char name[16];
        snprintf(name, sizeof name, "h%d", k);
        h = gf_named(gf_scale(h, 0.9), name);
    }
    return h;
}

/* A slide is too low for thirty, one above another, and would hold no more of them with fewer steps. */
START_TEST(what_is_high_has_a_high_page_with_all_steps)
{
    gf_graph *g = gf_graph_new();
    gf_node *h = gf_param(g, "h", 1, 1);
    for (int t = 1; t <= 5; t++) {
        gf_graph_step(g, t);
        h = chain(h, 30);
    }
    char *svg = drawn(g, "svg", NULL);
    assert_has(svg, "width=\"1280\"");
    ck_assert(!strstr(svg, " in one box") && !strstr(svg, "height=\"720\""));
    free(svg);
    gf_graph_free(g);
}
END_TEST

/* A row that is too long for a slide has a page as low as one that is not. */
START_TEST(what_is_low_has_a_low_page)
{
    gf_graph *g = gf_graph_new();
    chain(gf_param(g, "h", 1, 1), 40);
    char *svg = drawn(g, "svg", NULL);
    ck_assert(!strstr(svg, "width=\"1280\"") && !strstr(svg, "height=\"720\""));
    free(svg);
    gf_graph_free(g);
}
END_TEST

/* Beside steps 2 and 3 of four stand the few boxes of their neighbours: in narrow grounds, and the picture says it. */
START_TEST(neighbours_are_as_wide_as_what_they_show)
{
    gf_graph *g = gf_graph_new();
    gf_backward(lstm(g, 4), GF_RECORD_EDGES);
    const gf_draw_options options = {sizeof options, .level = GF_LEVEL_OPS, .first_step = 2, .last_step = 3};
    gf_view view;
    gf_spread spread;
    ck_assert_int_eq(gf_view_make(&view, g, &options), GF_OK);
    const gf_ample ample = {.timed = {.box = 34, .lane = 10, .base = 4, .tail = 14, .letters = 12}};
    ck_assert_int_eq(gf_spread_make_ample(&spread, &view, &ample), GF_OK);
    const gf_ground *at = spread.grounds;
    ck_assert_int_eq(spread.ground_count, 4);
    ck_assert_double_lt(at[0].width, 0.4 * at[1].width);
    ck_assert_double_lt(at[3].width, 0.8 * at[1].width);
    ck_assert_double_eq(at[1].width, at[2].width);
    for (size_t k = 0; k < view.box_count; k++)
        for (int n = 0; n < 4; n++)
            ck_assert(view.boxes[k].step != at[n].step ||
                      (spread.places[k].x - spread.places[k].width / 2 > at[n].x &&
                       spread.places[k].x + spread.places[k].width / 2 < at[n].x + at[n].width));
    gf_spread_free(&spread);
    gf_view_free(&view);
    char *svg = drawn(g, "svg", &options);
    assert_has(svg, "only steps 2 and 3 of 4");
    free(svg);
    const gf_draw_options strip = {sizeof strip, .level = GF_LEVEL_OPS, .params = GF_SHOW_STRIP, .first_step = 2,
                                   .last_step = 3};
    svg = drawn(g, "svg", &strip);
    ck_assert(strstr(svg, ">these steps<") && !strstr(svg, ">all steps<"));
    free(svg);
    gf_graph_free(g);
}
END_TEST

/* h[t] needs x[t-1], x[t] and x[t+1]: what goes to the left and what goes to the right pass each other without a jog.
 */
START_TEST(a_convolution_over_time_has_no_jogs)
{
    enum { T = 5 };
    gf_graph *g = gf_graph_new();
    gf_node *x[T + 1], *loss = NULL, *w[3];
    for (int k = 0; k < 3; k++)
        w[k] = gf_param(g, (const char *[]){"a", "b", "c"}[k], 1, 1);
    for (int t = 1; t <= T; t++) {
        gf_graph_step(g, t);
        x[t] = gf_input(g, "x", 1, 2);
    }
    for (int t = 1; t <= T; t++) {
        gf_graph_step(g, t);
        gf_node *h = gf_mul(w[1], x[t]);
        h = t > 1 ? gf_add(gf_mul(w[0], x[t - 1]), h) : h;
        h = gf_named(gf_tanh(t < T ? gf_add(h, gf_mul(w[2], x[t + 1])) : h), "h");
        gf_node *part = gf_named(gf_sum(h), "L");
        loss = loss ? gf_add(loss, part) : part;
    }
    gf_backward(loss, GF_RECORD_EDGES);
    gf_view view;
    gf_spread spread;
    const gf_draw_options options = {sizeof options, .level = GF_LEVEL_EQUATIONS, .params = GF_HIDDEN};
    ck_assert_int_eq(gf_view_make(&view, g, &options), GF_OK);
    const gf_ample ample = {.timed = {.box = 34, .lane = 10, .base = 4, .tail = 14, .letters = 12}};
    ck_assert_int_eq(gf_spread_make_ample(&spread, &view, &ample), GF_OK);
    for (size_t k = 0; k < spread.trail_count; k++)
        ck_assert_int_le(spread.trails[k].point_count, 4);
    gf_spread_free(&spread);
    gf_view_free(&view);
    gf_graph_free(g);
}
END_TEST

/* Nine starts do not fit beside steps that are as low: then the picture wants more height, and steps are equally wide.
 */
START_TEST(starts_that_lie_over_each_other_want_height)
{
    gf_model *m = model_of("steps T = 2\nstart a[0] : 1 x 1 = 1\nstart a[-1] : 1 x 1 = 1\nstart a[-2] : 1 x 1 = 1\n"
                           "start a[-3] : 1 x 1 = 1\nstart a[-4] : 1 x 1 = 1\nstart a[-5] : 1 x 1 = 1\n"
                           "a[t] = a[t-1] + a[t-2] * a[t-3] + a[t-4] * a[t-5] + a[t-6]\nloss sum(t, a[t])\n");
    gf_backward(gf_model_loss(m), GF_RECORD_EDGES);
    const gf_draw_options options = {sizeof options, .level = GF_LEVEL_STEPS};
    gf_view view;
    gf_spread spread;
    ck_assert_int_eq(gf_view_make_folded(&view, gf_model_graph(m), &options, 0, 0), GF_OK);
    const gf_profile profile = {.box = 68, .lane = 19, .base = 15, .tail = 31, .letters = 22};
    for (int height = 400; height <= 900; height += 500) {
        ck_assert_int_eq(gf_spread_make(&spread, &view, &profile, &(gf_room){.right = 1200, .bottom = height}), GF_OK);
        ck_assert(height == 400 ? spread.wanted_height > 401 : spread.wanted_height < height);
        ck_assert_double_eq(spread.grounds[0].width, spread.grounds[1].width); /* steps look alike */
        gf_spread_free(&spread);
    }
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

START_TEST(an_empty_graph)
{
    gf_graph *g = gf_graph_new();
    Agraph_t *graph = reread(g, NULL);
    ck_assert_int_eq(agnnodes(graph), 0);
    assert_has(get(graph, "label"), "an empty graph");
    agclose(graph);
    free(drawn(g, "png", NULL));
    char *text = drawn(g, "txt", NULL);
    ck_assert_str_eq(text, "0 boxes, 0 arrows\n");
    free(text);
    gf_param(g, "alone", 2, 2);
    free(drawn(g, "svg", NULL));
    assert_fine(g);
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        steps_are_laid_out_alike_from_left_to_right,
        the_cell_state_is_straight,
        one_operation_alone_leads_to_a_state,
        the_loss_stands_where_its_arrows_come,
        boxes_stand_apart,
        values_flow_upwards,
        values_flow_to_the_right,
        arrows_run_from_box_to_box,
        a_sum_over_time_is_as_high_as_one_step,
        a_long_unrolling,
        starts_stand_where_nothing_passes,
        what_is_high_has_a_high_page_with_all_steps,
        what_is_low_has_a_low_page,
        neighbours_are_as_wide_as_what_they_show,
        a_convolution_over_time_has_no_jogs,
        starts_that_lie_over_each_other_want_height,
        an_empty_graph,
    };
    return RUN_TESTS("layout", tests);
}
