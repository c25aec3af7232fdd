/* Edges and flows: what backward records, on random graphs and on small ones. */
#include "random_graph.h"

/* --- edges of random graphs ------------------------------------------------------- */

static bool about(double a, double b, double size)
{
    return fabs(a - b) <= 1e-12 * size || (isnan(a) && isnan(b));
}

/* One edge: what it says of itself, and of its contribution. */
static bool edge_is_right(const gf_edge *edge)
{
    if (gf_node_operand(edge->to, edge->slot) != edge->from)
        return false;
    if (!edge->passed)
        return !edge->contribution && edge->l2 == 0 && edge->rms == 0 && edge->max == 0;
    const gf_matrix *c = edge->contribution;
    double sum = 0, max = 0, n = (double)gf_matrix_size(c);
    for (int i = 0; i < c->rows; i++)
        for (int j = 0; j < c->cols; j++) {
            sum += gf_matrix_at(c, i, j) * gf_matrix_at(c, i, j);
            max = fmax(max, fabs(gf_matrix_at(c, i, j)));
        }
    return about(edge->l2, sqrt(sum), sqrt(sum)) && about(edge->rms, sqrt(sum / n), sqrt(sum)) && edge->max == max &&
           c->rows == gf_node_rows(edge->from) && c->cols == gf_node_cols(edge->from);
}

/* Entry (i, j) of what the edges out of a node bring it, and the sum of the magnitudes. */
static double sum_of_edges(const gf_graph *g, const gf_node *from, int i, int j, double *size)
{
    double sum = 0;
    const gf_edge *edge;
    *size = 0;
    for (size_t k = 0; (edge = gf_edge_at(g, k)); k++)
        if (edge->from == from && edge->passed) {
            sum += gf_matrix_at(edge->contribution, i, j);
            *size += fabs(gf_matrix_at(edge->contribution, i, j));
        }
    return sum;
}

static bool edges_sum_to_gradient(const random_graph *r, gf_node *node)
{
    const gf_matrix *dx = gf_gradient(node);
    for (int i = 0; i < dx->rows; i++)
        for (int j = 0; j < dx->cols; j++) {
            double size, sum = sum_of_edges(r->g, node, i, j, &size) + (node == r->loss);
            if (!about(gf_matrix_at(dx, i, j), sum, size))
                return false;
        }
    return true;
}

START_TEST(edges_into_every_node_sum_to_its_gradient)
{
    random_graph r = make_random_graph((uint64_t)_i, false);
    ck_assert_int_eq(gf_backward(r.loss, GF_RECORD_CONTRIBUTIONS), GF_OK);
    for (size_t id = 0; id < gf_graph_size(r.g); id++) {
        gf_node *node = gf_graph_node(r.g, id);
        if (gf_node_differentiable(node))
            ck_assert_msg(edges_sum_to_gradient(&r, node), "seed %d, node %zu", _i, id);
    }
    ck_assert_uint_gt(gf_node_id(r.loss), 30);
    gf_graph_free(r.g);
}
END_TEST

START_TEST(edges_of_random_graphs_stand_in_order)
{
    random_graph r = make_random_graph((uint64_t)_i, false);
    gf_backward(r.loss, GF_RECORD_CONTRIBUTIONS);
    size_t k = 0;
    const gf_edge *at, *found;
    for (size_t id = 0; id < gf_graph_size(r.g); id++) {
        gf_node *to = gf_graph_node(r.g, id);
        for (int slot = 0; slot < gf_node_arity(to); slot++) {
            ck_assert((at = gf_edge_at(r.g, k++)) && (found = gf_edge_find(to, slot)));
            ck_assert(at->to == to && at->slot == slot && found->to == to && found->slot == slot);
            ck_assert(at->passed == found->passed && at->l2 == found->l2 && at->contribution == found->contribution);
            ck_assert_msg(edge_is_right(at), "seed %d, node %zu, slot %d", _i, id, slot);
            ck_assert(!at->passed || id <= gf_node_id(r.loss));
        }
        ck_assert(!(found = gf_edge_find(to, gf_node_arity(to))) && !(found = gf_edge_find(to, -1)));
    }
    ck_assert_uint_eq(gf_edge_count(r.g), k);
    ck_assert(!(at = gf_edge_at(r.g, k)));
    gf_graph_free(r.g);
}
END_TEST

/* Recording writes each contribution apart and then adds it; otherwise a vjp adds by itself. The numbers are the same
 * but for the order in which a vjp that itself sums (of a broadcast, of a product) adds to what is there. */
START_TEST(recording_does_not_change_gradients)
{
    random_graph r = make_random_graph((uint64_t)_i, false);
    size_t size = gf_graph_size(r.g);
    gf_matrix *plain = calloc(size, sizeof *plain);
    gf_backward(r.loss, 0);
    ck_assert_uint_eq(gf_edge_count(r.g), 0);
    for (size_t id = 0; id < size; id++) {
        gf_node *node = gf_graph_node(r.g, id);
        gf_matrix_new(&plain[id], gf_node_rows(node), gf_node_cols(node));
        if (gf_node_differentiable(node))
            gf_matrix_copy(&plain[id], gf_gradient(node));
    }
    gf_backward(r.loss, GF_RECORD_EDGES);
    for (size_t id = 0; id < size; id++) {
        gf_node *node = gf_graph_node(r.g, id);
        if (gf_node_differentiable(node))
            assert_close(gf_gradient(node), &plain[id], 1e-12);
        gf_matrix_free(&plain[id]);
    }
    free(plain);
    gf_graph_free(r.g);
}
END_TEST

START_TEST(gradients_of_random_graphs_agree_with_differences)
{
    random_graph r = make_random_graph((uint64_t)_i, true);
    gf_check check;
    ck_assert_int_eq(gf_gradient_check(&check, r.loss, NULL, 1e-5), GF_OK);
    ck_assert_msg(check.worst.match, "seed %d: %s", _i, check.worst.text);
    ck_assert_int_eq(check.count, 4);
    gf_graph_free(r.g);
}
END_TEST

/* --- recording ------------------------------------------------------------------------ */

/* Two vectors go through operations that take an entry at a time: recording changes no bit. */
START_TEST(recording_changes_no_bit_entry_by_entry)
{
    gf_graph *g = gf_graph_new();
    gf_node *a = gf_param(g, "a", 5, 1), *b = gf_param(g, "b", 5, 1), *y = a;
    for (int i = 0; i < 5; i++) {
        gf_set_entry(a, i, 0, 0.3 * i - 0.7);
        gf_set_entry(b, i, 0, 0.1 * i + 0.2);
    }
    for (int k = 0; k < 30; k++)
        y = gf_tanh(gf_add(gf_mul(y, b), gf_sub(gf_mul(a, a), gf_sigmoid(y))));
    gf_node *loss = gf_sum(y);
    double kept[10];
    gf_matrix da = gf_matrix_over(kept, 5, 1), db = gf_matrix_over(kept + 5, 5, 1);
    gf_backward(loss, 0);
    gf_matrix_copy(&da, gf_gradient(a));
    gf_matrix_copy(&db, gf_gradient(b));
    unsigned flags[] = {GF_RECORD_EDGES, GF_RECORD_CONTRIBUTIONS, 0};
    for (int k = 0; k < 3; k++) {
        gf_backward_options options = {
            .size = sizeof options, .flags = flags[k], .group = k == 2 ? gf_group_by_step : NULL};
        ck_assert_int_eq(gf_backward_with(loss, &options), GF_OK);
        ck_assert(same_bits(gf_gradient(a), &da) && same_bits(gf_gradient(b), &db));
    }
    gf_graph_free(g);
}
END_TEST

/* loss = 3 tanh(w x), w = 0.5, x = 2. */
typedef struct small {
    gf_graph *g;
    gf_node *w, *y, *loss;
} small;

static small small_graph(void)
{
    small s = {.g = gf_graph_new()};
    s.w = gf_param(s.g, "w", 1, 1);
    gf_node *x = gf_input(s.g, "x", 1, 1), *c = gf_fill(s.g, "c", 1, 1, 3);
    s.y = gf_tanh(gf_mul(s.w, x));
    s.loss = gf_mul(s.y, c);
    gf_set_scalar(s.w, 0.5);
    gf_set_scalar(x, 2);
    return s;
}

START_TEST(edges_last_until_the_next_backward)
{
    small s = small_graph();
    const gf_edge *edge;
    ck_assert(!(edge = gf_edge_find(s.loss, 0)) && !(edge = gf_edge_at(s.g, 0)));
    gf_backward(s.loss, GF_RECORD_EDGES);
    ck_assert_uint_eq(gf_edge_count(s.g), 2 + 1 + 2);
    ck_assert((edge = gf_edge_find(s.loss, 0)) && edge->l2 == 3 && edge->rms == 3 && edge->max == 3);
    ck_assert(!edge->contribution);
    gf_node *later = gf_neg(s.loss);
    ck_assert(!(edge = gf_edge_find(later, 0))); /* built since */
    ck_assert((edge = gf_edge_find(s.loss, 0)));
    ck_assert(!(edge = gf_edge_find(NULL, 0)));
    gf_backward(s.loss, 0);
    ck_assert_uint_eq(gf_edge_count(s.g), 0);
    ck_assert(!(edge = gf_edge_find(s.loss, 0)));
    ck_assert_uint_eq(gf_edge_count(NULL), 0);
    gf_graph_free(s.g);
}
END_TEST

START_TEST(edges_from_empty_parts_have_no_size)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 2, 2), *e = gf_zeros(g, "e", 2, 0), *y = gf_hcat((gf_node *[]){e, x}, 2);
    gf_backward(gf_sum(y), GF_RECORD_EDGES);
    const gf_edge *edge;
    ck_assert((edge = gf_edge_find(y, 0)) && !edge->passed);
    ck_assert(edge->l2 == 0 && edge->rms == 0 && edge->max == 0); /* and no NaN of 0 / 0 */
    ck_assert((edge = gf_edge_find(y, 1)) && edge->l2 == 2 && edge->rms == 1 && edge->max == 1);
    gf_graph_free(g);
}
END_TEST

/* --- grouping ---------------------------------------------------------------------------- */

/* The sum of the flows of a node, over all groups. */
static gf_matrix sum_of_flows(const gf_graph *g, const gf_node *from)
{
    gf_matrix sum;
    gf_matrix_new(&sum, gf_node_rows(from), gf_node_cols(from));
    const gf_flow *flow;
    for (size_t k = 0; (flow = gf_flow_at(g, k)); k++)
        for (size_t n = 0; flow->from == from && n < gf_matrix_size(&sum); n++)
            sum.data[n] += flow->sum->data[n];
    return sum;
}

START_TEST(flows_of_random_graphs_sum_to_gradients)
{
    random_graph r = make_random_graph((uint64_t)_i, false);
    gf_backward_options options = {.size = sizeof options, .group = gf_group_by_step};
    ck_assert_int_eq(gf_backward_with(r.loss, &options), GF_OK);
    ck_assert_uint_eq(gf_edge_count(r.g), 0); /* not asked for */
    for (size_t id = 0; id < gf_graph_size(r.g); id++) {
        gf_node *node = gf_graph_node(r.g, id);
        if (!gf_node_differentiable(node) || node == r.loss)
            continue;
        gf_matrix sum = sum_of_flows(r.g, node);
        for (size_t n = 0; n < gf_matrix_size(&sum); n++)
            ck_assert_msg(fabs(sum.data[n] - gf_gradient(node)->data[n]) <= 1e-10 * fmax(1, fabs(sum.data[n])),
                          "seed %d, node %zu: %g, not %g", _i, id, sum.data[n], gf_gradient(node)->data[n]);
        gf_matrix_free(&sum);
    }
    const gf_flow *flow, *before = NULL;
    for (size_t k = 0; (flow = gf_flow_at(r.g, k)); k++, before = flow) {
        const gf_flow *found;
        ck_assert((found = gf_flow_find(flow->from, flow->group)) && found->sum == flow->sum);
        if (k)
            ck_assert(gf_node_id(before->from) < gf_node_id(flow->from) ||
                      (before->from == flow->from && before->group < flow->group));
    }
    gf_graph_free(r.g);
}
END_TEST

/* h[t] = w h[t-1] + t, h[0] = 1: the use of w at step t adds w^(T-t) h[t-1]. */
START_TEST(flows_by_step_are_the_uses_of_a_weight)
{
    enum { T = 6 };
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 1, 1), *h = gf_ones(g, "h[0]", 1, 1);
    double value[T + 1] = {1}, x = 0.8, total = 0;
    gf_set_scalar(w, x);
    for (int t = 1; t <= T; t++) {
        gf_graph_step(g, t);
        h = gf_named(gf_add_scalar(gf_mul(w, h), t), "h");
        value[t] = x * value[t - 1] + t;
    }
    gf_backward_options options = {.size = sizeof options, .flags = GF_RECORD_EDGES, .group = gf_group_by_step};
    ck_assert_int_eq(gf_backward_with(h, &options), GF_OK);
    const gf_flow *flow;
    for (int t = 1; t <= T; t++) {
        ck_assert((flow = gf_flow_find(w, t)));
        assert_near(gf_scalar(flow->sum), pow(x, T - t) * value[t - 1], 1e-14);
        assert_near(flow->l2, fabs(gf_scalar(flow->sum)), 1e-15);
        ck_assert(flow->from == w && flow->group == t && flow->rms == flow->l2 && flow->max == flow->l2);
        total += gf_scalar(flow->sum);
    }
    assert_near(gf_scalar(gf_gradient(w)), total, 1e-14);
    ck_assert(!(flow = gf_flow_find(w, 0)) && !(flow = gf_flow_find(w, T + 1)) && !(flow = gf_flow_find(NULL, 1)));
    ck_assert_uint_gt(gf_edge_count(g), 0);
    gf_backward(h, GF_RECORD_EDGES);
    ck_assert_uint_eq(gf_flow_count(g), 0); /* no grouping this time */
    ck_assert(!(flow = gf_flow_find(w, 1)) && !(flow = gf_flow_at(g, 0)));
    ck_assert_uint_eq(gf_flow_count(NULL), 0);
    gf_graph_free(g);
}
END_TEST

/* Nodes named "a" are group 5, "b" 2, all others none. */
static int by_first_letter(const gf_node *user, void *data)
{
    ++*(int *)data;
    char letter = gf_node_name(user)[0];
    return letter == 'a' ? 5 : letter == 'b' ? 2 : -1;
}

START_TEST(flows_add_within_a_group_and_leave_out_the_rest)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 2, 1), *one = gf_named(gf_scale(x, 3), "a"), *two = gf_named(gf_scale(x, -1), "a");
    gf_node *three = gf_named(gf_scale(x, 10), "b"), *four = gf_named(gf_scale(x, 100), "z");
    gf_node *loss = gf_sum(gf_add(gf_add(one, two), gf_add(three, four)));
    int calls = 0;
    gf_backward_options options = {.size = sizeof options, .group = by_first_letter, .group_data = &calls};
    ck_assert_int_eq(gf_backward_with(loss, &options), GF_OK);
    const gf_flow *flow;
    ck_assert_uint_eq(gf_flow_count(g), 2);
    ck_assert((flow = gf_flow_at(g, 0)) && flow->group == 2);
    assert_matrix(flow->sum, 2, 1, 10, 10);
    ck_assert((flow = gf_flow_at(g, 1)) && flow->group == 5);
    assert_matrix(flow->sum, 2, 1, 2, 2);
    assert_near(flow->l2, sqrt(8), 1e-15);
    assert_near(flow->rms, 2, 1e-15);
    ck_assert_double_eq(flow->max, 2); /* of the sum: 3 and -1 cancel partly */
    ck_assert(!(flow = gf_flow_find(x, -1)));
    ck_assert_int_eq(calls, 11); /* once a slot: four scales, three sums of two, one of one */
    assert_matrix(gf_gradient(x), 2, 1, 112, 112);
    gf_graph_free(g);
}
END_TEST

static int scattered_group(int t)
{
    return (t * t * 7919 + t * 104729) % 1000003;
}

static int by_scattered_step(const gf_node *user, void *data)
{
    (void)data;
    return scattered_group(gf_node_step(user));
}

/* Thousands of flows, each of two uses: x[i] at step t adds 2 t (i + 1). */
START_TEST(flows_of_many_nodes_and_groups)
{
    enum { NODES = 10, STEPS = 400 };
    gf_graph *g = gf_graph_new();
    gf_node *x[NODES], *loss = gf_zeros(g, "", 1, 1);
    for (int i = 0; i < NODES; i++)
        x[i] = gf_param(g, "x", 1, 1);
    for (int use = 0; use < 2; use++)
        for (int t = 1; t <= STEPS; t++) {
            gf_graph_step(g, t);
            for (int i = 0; i < NODES; i++)
                loss = gf_add(loss, gf_scale(x[i], t * (i + 1)));
        }
    ck_assert_int_eq(
        gf_backward_with(loss, &(gf_backward_options){.size = sizeof(gf_backward_options), .group = by_scattered_step}),
        GF_OK);
    bool right = true;
    const gf_flow *flow, *before = NULL;
    for (int i = 0; i < NODES; i++)
        for (int t = 1; t <= STEPS; t++)
            right = right && (flow = gf_flow_find(x[i], scattered_group(t))) && flow->from == x[i] &&
                    flow->group == scattered_group(t) && gf_scalar(flow->sum) == 2 * t * (i + 1);
    for (size_t k = 0; k < NODES * STEPS; k++, before = flow)
        right = right && (flow = gf_flow_at(g, k)) && flow->from == x[k / STEPS] &&
                (k % STEPS == 0 || flow->group > before->group);
    ck_assert(right);
    gf_graph_free(g);
}
END_TEST

/* The uses of x alone, and not the sums of them. */
static int by_number(const gf_node *user, void *data)
{
    return gf_node_arity(user) == 1 ? ((const int *)data)[gf_node_step(user)] : -1;
}

/* Hundreds of small tables, half full, so that many keys want the same place, and the last place of a table: each flow
 * is found, and is its own. Some keys differ in the node alone, some in the group alone. */
START_TEST(flows_whose_keys_collide)
{
    enum { NODES = 4, GROUPS = 8 };
    gf_graph *g = gf_graph_new();
    gf_node *x[NODES], *loss = gf_zeros(g, "", 1, 1);
    for (int i = 0; i < NODES; i++)
        x[i] = gf_param(g, "x", 1, 1);
    for (int k = 0; k < GROUPS; k++) {
        gf_graph_step(g, k);
        for (int i = 0; i < NODES; i++)
            loss = gf_add(loss, gf_scale(x[i], 1 + i * GROUPS + k));
    }
    for (int round = 0; round < 300; round++) {
        int groups[GROUPS];
        for (int k = 0; k < GROUPS; k++)
            groups[k] = round + k * (1 + round * round);
        gf_backward_options options = {.size = sizeof options, .group = by_number, .group_data = groups};
        ck_assert_int_eq(gf_backward_with(loss, &options), GF_OK);
        size_t own = 0;
        for (int i = 0; i < NODES; i++)
            for (int k = 0; k < GROUPS; k++) {
                const gf_flow *flow;
                own += (flow = gf_flow_find(x[i], groups[k])) && gf_scalar(flow->sum) == 1 + i * GROUPS + k;
            }
        ck_assert_uint_eq(own, NODES * GROUPS);
        ck_assert_uint_eq(gf_flow_count(g), NODES * GROUPS);
    }
    gf_graph_free(g);
}
END_TEST

START_TEST(flows_stop_at_held_nodes)
{
    small s = small_graph();
    gf_backward_options options = {.size = sizeof options, .group = gf_group_by_step, .held = &s.y, .held_count = 1};
    gf_backward_with(s.loss, &options);
    const gf_flow *flow;
    ck_assert_uint_eq(gf_flow_count(s.g), 1);
    ck_assert((flow = gf_flow_at(s.g, 0)) && flow->from == s.y && gf_scalar(flow->sum) == 3);
    gf_graph_rewind(s.g, 4);
    ck_assert_uint_eq(gf_flow_count(s.g), 0);
    gf_graph_free(s.g);
}
END_TEST

enum { SEEDS = 25 };

int main(void)
{
    const TTest *tests[] = {
        edges_last_until_the_next_backward, edges_from_empty_parts_have_no_size,
        flows_of_many_nodes_and_groups,     flows_whose_keys_collide,
        flows_stop_at_held_nodes,
    };
    const TTest *on_random_graphs[] = {
        edges_into_every_node_sum_to_its_gradient, edges_of_random_graphs_stand_in_order,
        recording_does_not_change_gradients,       gradients_of_random_graphs_agree_with_differences,
        recording_changes_no_bit_entry_by_entry,   flows_of_random_graphs_sum_to_gradients,
        flows_by_step_are_the_uses_of_a_weight,    flows_add_within_a_group_and_leave_out_the_rest,
    };
    Suite *suite = tests_of("edges", tests, sizeof tests / sizeof *tests);
    add_seeded_tests(suite, on_random_graphs, sizeof on_random_graphs / sizeof *on_random_graphs, SEEDS);
    return run_suite(suite);
}
