/* The graph: leaves, nodes, values, memory. (Replay, errors and gradients have files of their own.) */
#include "support.h"

/* --- leaves ------------------------------------------------------------------- */

START_TEST(leaves_start_with_zeros)
{
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 2, 3), *x = gf_input(g, "x", 1, 2);
    assert_matrix(gf_value(w), 2, 3, 0, 0, 0, 0, 0, 0);
    assert_matrix(gf_value(x), 1, 2, 0, 0);
    ck_assert(gf_node_is_param(w) && !gf_node_is_input(w) && !gf_node_is_constant(w) && !gf_node_is_bad(w));
    ck_assert(gf_node_is_input(x) && !gf_node_is_param(x) && !gf_node_is_constant(x));
    ck_assert(gf_node_differentiable(w) && gf_node_differentiable(x));
    ck_assert_str_eq(gf_node_operation(w)->name, "param");
    ck_assert_str_eq(gf_node_operation(x)->name, "input");
    assert_fine(g);
    gf_graph_free(g);
}
END_TEST

START_TEST(constants_hold_their_numbers)
{
    double numbers[] = {1, 2, 3, 4, 5, 6};
    gf_matrix right = {.data = numbers + 1, .rows = 2, .cols = 2, .stride = 3};
    gf_graph *g = gf_graph_new();
    gf_node *c = gf_constant(g, "c", &right);
    numbers[1] = 77; /* the numbers were copied */
    assert_matrix(gf_value(c), 2, 2, 2, 3, 5, 6);
    assert_matrix(gf_value(gf_fill(g, NULL, 1, 3, 0.5)), 1, 3, 0.5, 0.5, 0.5);
    assert_matrix(gf_value(gf_zeros(g, "z", 2, 1)), 2, 1, 0, 0);
    assert_matrix(gf_value(gf_ones(g, "o", 2, 1)), 2, 1, 1, 1);
    assert_matrix(gf_value(gf_eye(g, "I", 2)), 2, 2, 1, 0, 0, 1);
    ck_assert(gf_node_is_constant(c) && !gf_node_differentiable(c) && !gf_node_is_param(c) && !gf_node_is_input(c));
    ck_assert_str_eq(gf_node_operation(c)->name, "constant");
    ck_assert_str_eq(gf_node_name(gf_graph_node(g, 1)), "");
    assert_fine(g);
    gf_graph_free(g);
}
END_TEST

START_TEST(constants_without_columns_are_parts_only)
{
    gf_graph *g = gf_graph_new();
    gf_matrix nothing = {.rows = 2, .cols = 0};
    gf_node *x = gf_param(g, "x", 2, 1), *e = gf_constant(g, "e", &nothing), *f = gf_zeros(g, "f", 2, 0);
    gf_set_scalar(x, 3);
    gf_node *all = gf_hcat((gf_node *[]){e, x, f, x}, 4);
    assert_matrix(gf_value(all), 2, 2, 3, 3, 3, 3);
    assert_fine(g);
    ck_assert(gf_node_is_bad(gf_tanh(e)));
    assert_failed(g, GF_ERROR_SHAPE, "tanh: e is 2 x 0: only a part of a concatenation may have no rows or columns");
    gf_graph_clear_status(g);
    ck_assert(gf_node_is_bad(gf_hcat((gf_node *[]){e, f}, 2)));
    assert_failed(g, GF_ERROR_SHAPE, "hcat: e is 2 x 0, f is 2 x 0: the result would be 2 x 0");
    gf_graph_free(g);
}
END_TEST

START_TEST(leaves_are_set)
{
    double numbers[] = {1, 2, 3, 4, 5, 6};
    gf_matrix column = {.data = numbers, .rows = 2, .cols = 1, .stride = 3};
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 2, 1);
    ck_assert_int_eq(gf_set(x, &column), GF_OK);
    assert_matrix(gf_value(x), 2, 1, 1, 4);
    ck_assert_int_eq(gf_set_entry(x, 1, 0, -7), GF_OK);
    assert_matrix(gf_value(x), 2, 1, 1, -7);
    ck_assert_int_eq(gf_set_scalar(x, 0.25), GF_OK);
    assert_matrix(gf_value(x), 2, 1, 0.25, 0.25);
    ck_assert_int_eq(gf_set(x, gf_value(x)), GF_OK); /* from itself */
    assert_matrix(gf_value(x), 2, 1, 0.25, 0.25);
    assert_fine(g);
    gf_graph_free(g);
}
END_TEST

/* --- nodes --------------------------------------------------------------------- */

START_TEST(nodes_know_where_they_stand)
{
    gf_graph *g = gf_graph_new(), *other = gf_graph_new();
    gf_node *a = gf_param(g, "a", 2, 3), *b = gf_param(g, "b", 3, 4), *y = gf_matmul(a, b), *s = gf_scale(y, 2.5);
    ck_assert_uint_eq(gf_graph_size(g), 4);
    ck_assert_uint_eq(gf_graph_size(other), 0);
    ck_assert_uint_eq(gf_node_id(y), 2);
    ck_assert_ptr_eq(gf_graph_node(g, 2), y);
    ck_assert_ptr_null(gf_graph_node(g, 4));
    ck_assert_ptr_eq(gf_node_graph(y), g);
    ck_assert_int_eq(gf_node_rows(y), 2);
    ck_assert_int_eq(gf_node_cols(y), 4);
    ck_assert_int_eq(gf_node_arity(y), 2);
    ck_assert_int_eq(gf_node_arity(a), 0);
    ck_assert_ptr_eq(gf_node_operand(y, 0), a);
    ck_assert_ptr_eq(gf_node_operand(y, 1), b);
    ck_assert_ptr_null(gf_node_operand(y, 2));
    ck_assert_ptr_null(gf_node_operand(y, -1));
    ck_assert_ptr_eq(gf_node_operation(y), gf_operation_find("matmul"));
    ck_assert_double_eq(gf_node_attributes(s)->p, 2.5);
    ck_assert_double_eq(gf_node_attributes(y)->p, 0);
    ck_assert_str_eq(gf_node_name(y), "");
    gf_graph_free(other);
    gf_graph_free(g);
}
END_TEST

START_TEST(nodes_take_many_operands)
{
    enum { MANY = 100 };
    gf_graph *g = gf_graph_new();
    gf_node *parts[MANY];
    for (int k = 0; k < MANY; k++)
        gf_set_scalar(parts[k] = gf_param(g, "", 1, 1), k);
    gf_node *all = gf_hcat(parts, MANY);
    parts[7] = NULL; /* the list was copied */
    ck_assert_int_eq(gf_node_arity(all), MANY);
    for (int k = 0; k < MANY; k++) {
        ck_assert_uint_eq(gf_node_id(gf_node_operand(all, k)), (size_t)k);
        ck_assert_double_eq(gf_matrix_at(gf_value(all), 0, k), k);
    }
    ck_assert_ptr_null(gf_node_operand(all, MANY));
    gf_node *last = gf_sum(gf_cols(all, MANY - 1, MANY - 1));
    ck_assert_int_eq(gf_backward(last, 0), GF_OK);
    ck_assert_double_eq(gf_scalar(gf_gradient(gf_node_operand(all, MANY - 1))), 1);
    ck_assert_double_eq(gf_scalar(gf_gradient(gf_node_operand(all, 0))), 0);
    gf_graph_free(g);
}
END_TEST

START_TEST(attributes_are_copied)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1);
    gf_attributes p = {.size = sizeof p, .lo = -1, .hi = 2};
    gf_node *y = gf_apply(gf_operation_find("clip"), &x, 1, &p);
    p.hi = 99;
    gf_set_scalar(x, 5);
    ck_assert_double_eq(gf_scalar(gf_value(y)), 2);
    ck_assert_double_eq(gf_node_attributes(y)->lo, -1);
    gf_graph_free(g);
}
END_TEST

START_TEST(nodes_have_names_steps_and_scopes)
{
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 1, 1);
    gf_graph_step(g, 2);
    gf_graph_scope(g, "layer1");
    gf_node *h = gf_named(gf_tanh(w), "h");
    gf_graph_step(g, 3);
    gf_node *next = gf_named(gf_tanh(h), "h");
    gf_graph_scope(g, NULL);
    gf_node *plain = gf_named(gf_tanh(h), "h");
    gf_graph_step(g, 0);
    gf_graph_scope(g, "layer1");
    gf_node *outside = gf_neg(h);
    ck_assert_str_eq(gf_node_name(h), "h");
    ck_assert_str_eq(gf_node_scope(h), "layer1");
    ck_assert_int_eq(gf_node_step(h), 2);
    ck_assert_int_eq(gf_node_step(next), 3);
    ck_assert_str_eq(gf_node_scope(plain), "");
    ck_assert_int_eq(gf_node_step(w), 0);
    ck_assert_int_eq(gf_node_step(outside), 0);
    ck_assert_str_eq(gf_node_scope(outside), "layer1");
    ck_assert_ptr_eq(gf_graph_find(g, "h", 2), h);
    ck_assert_ptr_eq(gf_graph_find(g, "h", 3), next); /* the first of two */
    ck_assert_ptr_eq(gf_graph_find(g, "w", 0), w);
    ck_assert_ptr_null(gf_graph_find(g, "h", 4));
    ck_assert_ptr_null(gf_graph_find(g, "nobody", 0));
    ck_assert_ptr_eq(gf_named(h, "state"), h);
    ck_assert_ptr_eq(gf_graph_find(g, "state", 2), h);
    ck_assert_ptr_null(gf_graph_find(g, "h", 2));
    ck_assert_str_eq(gf_node_name(gf_named(h, NULL)), "");
    gf_graph_free(g);
}
END_TEST

/* --- finding, held against looking at every node ------------------------------ */

static unsigned long chance = 1;

static int random_below(int n)
{
    chance = chance * 6364136223846793005u + 1442695040888963407u;
    return (int)((chance >> 33) % (unsigned long)n);
}

static gf_node *looked_for(const gf_graph *g, const char *name, int step)
{
    for (size_t id = 0; id < gf_graph_size(g); id++) {
        gf_node *node = gf_graph_node(g, id);
        if (gf_node_step(node) == step && !strcmp(gf_node_name(node), name))
            return node;
    }
    return NULL;
}

/* Builds, names, renames and rewinds at random, and asks in between. */
START_TEST(what_is_found_is_the_first_of_its_name_and_step)
{
    static const char *const names[] = {"a", "b", "c", "d", ""};
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1);
    for (int round = 0; round < 4000; round++) {
        int size = (int)gf_graph_size(g);
        gf_graph_step(g, random_below(4));
        gf_graph_scope(g, names[random_below(2)]);
        gf_node *y = gf_tanh(x);
        if (random_below(3))
            gf_named(y, names[random_below(5)]);
        if (!random_below(10))
            gf_named(gf_graph_node(g, (size_t)random_below(size)), names[random_below(5)]);
        if (!random_below(40))
            gf_graph_rewind(g, (size_t)(1 + random_below(size)));
        const char *name = names[random_below(4)];
        int step = random_below(4);
        ck_assert_ptr_eq(gf_graph_find(g, name, step), looked_for(g, name, step));
        ck_assert_ptr_null(gf_graph_find(g, "", step));
    }
    ck_assert_int_eq(gf_graph_status(g), GF_OK);
    gf_graph_free(g);
}
END_TEST

START_TEST(finding_among_many_nodes_looks_at_few)
{
    gf_graph *g = gf_graph_new();
    gf_node *h = gf_param(g, "h0", 1, 1);
    enum { STEPS = 100000 };
    for (int t = 1; t <= STEPS; t++) {
        gf_graph_step(g, t);
        h = gf_named(gf_tanh(h), "h");
        ck_assert_ptr_eq(gf_graph_find(g, "h", t), h); /* 5e9 looks, if it looked at all of them */
        gf_named(gf_named(h, "h"), "state");           /* nor do others have to be looked at for a new name */
        ck_assert_ptr_eq(gf_graph_find(g, "state", t), h);
        ck_assert_ptr_null(gf_graph_find(g, "h", t));
        gf_named(h, "h");
    }
    for (int t = 1; t <= STEPS; t++)
        ck_assert_uint_eq(gf_node_id(gf_graph_find(g, "h", t)), (size_t)t);
    gf_graph_free(g);
}
END_TEST

static void assert_label(const gf_node *node, const char *wanted)
{
    char text[64];
    ck_assert_str_eq(gf_node_label(text, sizeof text, node), wanted);
}

START_TEST(labels_are_what_messages_show)
{
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 1, 1), *start = gf_zeros(g, "h[0]", 1, 1);
    gf_graph_step(g, 3);
    gf_node *h = gf_named(gf_mul(w, start), "h"), *nameless = gf_neg(h);
    gf_graph_scope(g, "layer1");
    gf_node *deep = gf_named(gf_neg(h), "h"), *nameless_too = gf_neg(h);
    assert_label(w, "w");
    assert_label(start, "h[0]");
    assert_label(h, "h[3]");
    assert_label(nameless, "n3");
    assert_label(deep, "layer1.h[3]");
    assert_label(nameless_too, "n5");
    assert_label(NULL, "NULL");
    assert_label(gf_add(w, NULL), "a bad node");
    char cut[6];
    ck_assert_str_eq(gf_node_label(cut, sizeof cut, deep), "layer");
    gf_graph_free(g);
}
END_TEST

START_TEST(chunks_do_not_move_nodes)
{
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 1, 1), *y = w;
    const gf_matrix *value = gf_value(w);
    const double *data = value->data;
    for (int k = 0; k < 20000; k++)
        y = gf_neg(y);
    ck_assert_ptr_eq(gf_graph_node(g, 0), w);
    ck_assert_ptr_eq(gf_value(w), value);
    ck_assert_ptr_eq(value->data, data);
    gf_graph_free(g);
}
END_TEST

/* --- values ---------------------------------------------------------------------- */

START_TEST(values_are_never_stale)
{
    gf_graph *g = gf_graph_new();
    gf_node *a = gf_param(g, "a", 1, 1), *b = gf_param(g, "b", 1, 1), *y = gf_mul(a, b), *z = gf_add(y, a);
    gf_set_scalar(a, 2);
    gf_set_scalar(b, 3);
    ck_assert_double_eq(gf_scalar(gf_value(z)), 8);
    gf_set_scalar(b, 5);
    ck_assert_double_eq(gf_scalar(gf_value(y)), 10);
    gf_set_entry(a, 0, 0, 4);
    ck_assert_double_eq(gf_scalar(gf_value(z)), 24);
    gf_set_scalar(a, 1);
    ck_assert_int_eq(gf_forward(g), GF_OK);
    ck_assert_double_eq(gf_scalar(gf_value(z)), 6);
    gf_node *later = gf_neg(z);
    ck_assert_double_eq(gf_scalar(gf_value(later)), -6);
    gf_graph_free(g);
}
END_TEST

START_TEST(scalars_are_1_by_1)
{
    double numbers[] = {4, 5};
    gf_matrix one = gf_matrix_over(numbers, 1, 1), row = gf_matrix_over(numbers, 1, 2),
              column = gf_matrix_over(numbers, 2, 1);
    ck_assert_double_eq(gf_scalar(&one), 4);
    ck_assert_double_nan(gf_scalar(&row));
    ck_assert_double_nan(gf_scalar(&column));
    ck_assert_double_nan(gf_scalar(NULL));
}
END_TEST

START_TEST(forward_of_an_empty_graph)
{
    gf_graph *g = gf_graph_new();
    ck_assert_int_eq(gf_forward(g), GF_OK);
    ck_assert_int_eq(gf_forward(NULL), GF_ERROR_ARGUMENT);
    ck_assert_ptr_null(gf_graph_nonfinite_value(g));
    ck_assert_ptr_null(gf_graph_nonfinite_gradient(g));
    gf_graph_free(g);
}
END_TEST

/* --- memory -------------------------------------------------------------------------- */

START_TEST(a_million_scalar_operations)
{
    size_t n = large(1000000, 5000);
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1), *y = x;
    gf_set_scalar(x, 0.5);
    for (size_t k = 0; k < n / 2; k++)
        y = gf_neg(gf_sigmoid(y));
    ck_assert_uint_eq(gf_graph_size(g), 1 + n);
    ck_assert_int_eq(gf_backward(y, 0), GF_OK);
    double value = 0.5, slope = 1; /* the same chain by hand */
    for (size_t k = 0; k < n / 2; k++) {
        double s = 1 / (1 + exp(-value));
        slope *= -s * (1 - s);
        value = -s;
    }
    assert_near(gf_scalar(gf_value(y)), value, 1e-12);
    assert_near(gf_scalar(gf_gradient(x)), slope, 1e-12);
    ck_assert_double_eq(gf_scalar(gf_gradient(y)), 1);
    if (n == 1000000)
        ck_assert_uint_le(gf_graph_memory(g) / n, 128);
    gf_graph_free(g);
}
END_TEST

START_TEST(memory_counts_everything)
{
    ck_assert_uint_eq(gf_graph_memory(NULL), 0);
    gf_graph *g = gf_graph_new();
    size_t empty = gf_graph_memory(g);
    gf_node *x = gf_param(g, "x", 100, 100);
    size_t built = gf_graph_memory(g);
    ck_assert_uint_ge(built, empty + 2 * 10000 * sizeof(double));
    gf_backward(gf_sum(gf_mul(x, x)), GF_RECORD_CONTRIBUTIONS);
    ck_assert_uint_ge(gf_graph_memory(g), built + (2 + 3) * 10000 * sizeof(double));
    size_t recorded = gf_graph_memory(g);
    gf_backward(gf_graph_node(g, 2), 0);
    ck_assert_uint_le(gf_graph_memory(g), recorded - 3 * 10000 * sizeof(double));
    gf_graph_free(g);
    gf_graph_free(NULL);
}
END_TEST

/* --- numbers that are not finite -------------------------------------------------------- */

START_TEST(the_first_value_that_is_not_finite)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 2, 1);
    gf_set_scalar(x, 1);
    gf_graph_step(g, 4);
    gf_node *up = gf_exp(gf_scale(x, 100)), *bad = gf_named(gf_mul(gf_exp(gf_scale(x, 800)), up), "overflow");
    gf_neg(bad);
    gf_node *first = gf_graph_nonfinite_value(g);
    ck_assert_str_eq(gf_node_operation(first)->name, "exp");
    ck_assert_uint_eq(gf_node_id(first), gf_node_id(bad) - 1);
    ck_assert_int_eq(gf_node_step(first), 4);
    gf_set_scalar(x, 0.1);
    ck_assert_ptr_null(gf_graph_nonfinite_value(g));
    gf_set_entry(x, 1, 0, NAN);
    ck_assert_ptr_eq(gf_graph_nonfinite_value(g), x);
    gf_set_entry(x, 1, 0, INFINITY);
    ck_assert_ptr_eq(gf_graph_nonfinite_value(g), x);
    gf_set_entry(x, 1, 0, -INFINITY);
    ck_assert_ptr_eq(gf_graph_nonfinite_value(g), x);
    ck_assert_ptr_null(gf_graph_nonfinite_value(NULL));
    gf_graph_free(g);
}
END_TEST

START_TEST(the_first_gradient_that_is_not_finite)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1), *a = gf_named(gf_scale(x, 2), "a");
    gf_graph_step(g, 2);
    gf_node *root = gf_named(gf_sqrt(a), "root"), *loss = gf_scale(root, 3);
    ck_assert_ptr_null(gf_graph_nonfinite_gradient(g)); /* backward has not run */
    gf_set_scalar(x, 2);
    gf_backward(loss, 0);
    ck_assert_ptr_null(gf_graph_nonfinite_gradient(g));
    gf_set_scalar(x, 0);
    gf_backward(loss, 0); /* sqrt'(0) is infinite: a gets it first, going backward, and x from a */
    ck_assert_ptr_eq(gf_graph_nonfinite_gradient(g), a);
    ck_assert_ptr_null(gf_graph_nonfinite_value(g));
    ck_assert_ptr_null(gf_graph_nonfinite_gradient(NULL));
    gf_graph_free(g);
}
END_TEST

START_TEST(a_layer_gives_step_and_scope_back)
{
    gf_graph *g = gf_graph_new();
    ck_assert_int_eq(gf_graph_present_step(g), 0);
    ck_assert_str_eq(gf_graph_present_scope(g), "");
    gf_graph_step(g, 3);
    gf_graph_scope(g, "encoder");
    int step = gf_graph_present_step(g);
    const char *scope = gf_graph_present_scope(g);
    gf_graph_step(g, 7);
    gf_graph_scope(g, "attention");
    for (int k = 0; k < 1000; k++) /* names are added, and what was handed out stays */
        gf_named(gf_param(g, "x", 1, 1), (char[]){'a', (char)('a' + k % 26), (char)('a' + k / 26 % 26), '\0'});
    gf_graph_step(g, step);
    gf_graph_scope(g, scope);
    ck_assert_int_eq(gf_graph_present_step(g), 3);
    ck_assert_str_eq(gf_graph_present_scope(g), "encoder");
    gf_graph_scope(g, NULL);
    ck_assert_str_eq(gf_graph_present_scope(g), "");
    ck_assert_int_eq(gf_graph_present_step(NULL), 0);
    ck_assert_str_eq(gf_graph_present_scope(NULL), "");
    gf_graph_free(g);
}
END_TEST

START_TEST(the_generator_is_seeded)
{
    gf_seed(NULL, 3);
    gf_graph *g = gf_graph_new();
    gf_seed(g, 3);
    assert_fine(g);
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        what_is_found_is_the_first_of_its_name_and_step,
        finding_among_many_nodes_looks_at_few,
        leaves_start_with_zeros,
        constants_hold_their_numbers,
        constants_without_columns_are_parts_only,
        leaves_are_set,
        nodes_know_where_they_stand,
        nodes_take_many_operands,
        attributes_are_copied,
        nodes_have_names_steps_and_scopes,
        labels_are_what_messages_show,
        chunks_do_not_move_nodes,
        values_are_never_stale,
        scalars_are_1_by_1,
        forward_of_an_empty_graph,
        a_million_scalar_operations,
        memory_counts_everything,
        the_first_value_that_is_not_finite,
        the_first_gradient_that_is_not_finite,
        a_layer_gives_step_and_scope_back,
        the_generator_is_seeded,
    };
    return RUN_TESTS("graph", tests);
}
