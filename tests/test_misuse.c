/* Misuse: nodes kept too long, sizes and numbers that make no sense, rows that lie. An error each, and nothing else. */
#include "support.h"

#include <float.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>

#include <gradflow/gradflow.h>

#include "graph/node.h"

/* --- nodes that gf_graph_rewind dropped ------------------------------------------------ */

/* w, 2 x 2 and all 0.5, and an unrolling behind it: h, tanh of itself so many times, and its sum. */
typedef struct unrolling {
    gf_graph *g;
    gf_node *w, *h, *loss;
    size_t mark;
} unrolling;

static void build(unrolling *u, int count)
{
    u->h = u->w;
    gf_graph_step(u->g, 3);
    for (int k = 0; k < count; k++)
        u->h = gf_named(gf_tanh(u->h), "h");
    u->loss = gf_sum(u->h);
    gf_graph_step(u->g, 0);
}

static unrolling start(int count)
{
    unrolling u = {.g = gf_graph_new()};
    u.w = gf_param(u.g, "w", 2, 2);
    u.mark = gf_graph_size(u.g);
    gf_set_scalar(u.w, 0.5);
    build(&u, count);
    ck_assert_int_eq(gf_backward(u.loss, GF_RECORD_EDGES), GF_OK);
    return u;
}

/* The graph remembers this, and is otherwise as if nothing had been. */
#define assert_sticks(g, message)                                                                                      \
    do {                                                                                                               \
        assert_failed(g, GF_ERROR_ARGUMENT, message);                                                                  \
        gf_graph_clear_status(g);                                                                                      \
    } while (0)

static void assert_dropped_for_builders(unrolling *u, gf_node *h)
{
    size_t size = gf_graph_size(u->g);
    ck_assert(gf_node_is_bad(gf_add(u->w, h)));
    assert_sticks(u->g, "add: operand 1, h, was dropped by gf_graph_rewind");
    ck_assert(gf_node_is_bad(gf_tanh(h)));
    assert_sticks(u->g, "tanh: operand 0, h, was dropped by gf_graph_rewind");
    ck_assert(gf_node_is_bad(gf_hcat((gf_node *[]){u->w, u->w, h}, 3)));
    assert_sticks(u->g, "hcat: operand 2, h, was dropped by gf_graph_rewind");
    ck_assert(gf_node_is_bad(gf_named(h, "other")));
    assert_sticks(u->g, "name: h was dropped by gf_graph_rewind");
    ck_assert_uint_eq(gf_graph_size(u->g), size);
}

static void assert_dropped_for_values(unrolling *u, gf_node *h)
{
    ck_assert_ptr_null(gf_value(h));
    assert_sticks(u->g, "value: h was dropped by gf_graph_rewind");
    ck_assert_ptr_null(gf_gradient(h));
    assert_sticks(u->g, "gradient: h was dropped by gf_graph_rewind");
    ck_assert_int_eq(gf_set_scalar(h, 1), GF_ERROR_ARGUMENT);
    assert_sticks(u->g, "set: h was dropped by gf_graph_rewind");
    ck_assert_int_eq(gf_init_normal(h, 0, 1), GF_ERROR_ARGUMENT);
    assert_sticks(u->g, "init_normal: h was dropped by gf_graph_rewind");
}

static void assert_dropped_for_sweeps(unrolling *u, gf_node *h)
{
    gf_matrix m;
    gf_check check;
    gf_node *fresh = gf_sum(u->w);
    ck_assert_int_eq(gf_backward(h, GF_RECORD_EDGES), GF_ERROR_ARGUMENT);
    assert_sticks(u->g, "backward: h was dropped by gf_graph_rewind");
    ck_assert_int_eq(
        gf_backward_with(fresh,
                         &(gf_backward_options){.size = sizeof(gf_backward_options), .held = &h, .held_count = 1}),
        GF_ERROR_ARGUMENT);
    assert_sticks(u->g, "held: node 0 was dropped by gf_graph_rewind");
    ck_assert_int_eq(gf_jacobian(&m, h, u->w), GF_ERROR_ARGUMENT);
    assert_sticks(u->g, "jacobian: h was dropped by gf_graph_rewind");
    ck_assert_int_eq(gf_jacobian(&m, fresh, h), GF_ERROR_ARGUMENT);
    assert_sticks(u->g, "jacobian: variable 0 was dropped by gf_graph_rewind");
    ck_assert_int_eq(gf_finite_differences(&m, fresh, h, 0), GF_ERROR_ARGUMENT);
    assert_sticks(u->g, "finite differences: h was dropped by gf_graph_rewind");
    ck_assert_int_eq(gf_gradient_check(&check, h, NULL, 0), GF_ERROR_ARGUMENT);
    ck_assert(!check.worst.match);
    assert_sticks(u->g, "gradient check: h was dropped by gf_graph_rewind");
}

static void assert_dropped_for_questions(unrolling *u, const gf_node *h)
{
    char label[16];
    const gf_edge *edge;
    const gf_flow *flow;
    ck_assert(gf_node_is_bad(h));
    ck_assert_ptr_eq(gf_node_graph(h), u->g);
    ck_assert_uint_eq(gf_node_id(h), UINT32_MAX);
    ck_assert(gf_node_arity(h) == 0 && gf_node_rows(h) == 0 && gf_node_cols(h) == 0 && gf_node_step(h) == 0);
    ck_assert_ptr_null(gf_node_operand(h, 0));
    ck_assert_str_eq(gf_node_operation(h)->name, "bad");
    ck_assert_str_eq(gf_node_name(h), "");
    ck_assert_str_eq(gf_node_scope(h), "");
    ck_assert_double_eq(gf_node_attributes(h)->p, 0);
    ck_assert(!gf_node_differentiable(h) && !gf_node_is_param(h) && !gf_node_is_input(h) && !gf_node_is_constant(h));
    ck_assert_str_eq(gf_node_label(label, sizeof label, h), "h");
    ck_assert(!(edge = gf_edge_find(h, 0)) && !(flow = gf_flow_find(h, 0)));
    assert_fine(u->g);
}

static void assert_dropped(unrolling *u, gf_node *h)
{
    assert_dropped_for_questions(u, h);
    assert_dropped_for_builders(u, h);
    assert_dropped_for_values(u, h);
    assert_dropped_for_sweeps(u, h);
    ck_assert_double_eq(gf_scalar(gf_value(gf_sum(gf_mul(u->w, u->w)))), 1); /* what lives is right */
    assert_fine(u->g);
}

START_TEST(a_dropped_node_is_an_error)
{
    unrolling u = start(1000); /* more than a chunk, and memory that goes back to the system */
    gf_node *h = u.h, *loss = u.loss, *first = gf_graph_node(u.g, u.mark);
    gf_graph_rewind(u.g, u.mark);
    assert_dropped(&u, h);
    assert_dropped(&u, first);
    ck_assert_int_eq(gf_backward(loss, GF_RECORD_EDGES), GF_ERROR_ARGUMENT);
    assert_sticks(u.g, "backward: n1001 was dropped by gf_graph_rewind");
    gf_graph_free(u.g);
}
END_TEST

START_TEST(a_dropped_node_stays_one_while_another_stands_in_its_place)
{
    unrolling u = start(300);
    gf_node *h = u.h, *loss = u.loss;
    gf_graph_rewind(u.g, u.mark);
    build(&u, 300);
    ck_assert_int_eq(gf_backward(u.loss, 0), GF_OK);
    ck_assert(h != u.h && gf_node_id(u.h) == 300);
    assert_dropped(&u, h);
    ck_assert_int_eq(gf_backward(loss, 0), GF_ERROR_ARGUMENT);
    assert_sticks(u.g, "backward: n301 was dropped by gf_graph_rewind");
    gf_graph_rewind(u.g, u.mark); /* and after the next rewind, until a second one is built there */
    assert_dropped(&u, h);
    gf_graph_free(u.g);
}
END_TEST

START_TEST(the_second_node_built_in_its_place_takes_its_name)
{
    unrolling u = start(10);
    gf_node *h = u.h;
    for (int k = 0; k < 2; k++) {
        ck_assert(k == 0 || gf_node_is_bad(h));
        gf_graph_rewind(u.g, u.mark);
        build(&u, 10);
    }
    ck_assert(h == u.h && !gf_node_is_bad(h));
    ck_assert_int_eq(gf_backward(gf_sum(h), 0), GF_OK);
    gf_graph_free(u.g);
}
END_TEST

/* Marks within marks: every node that lives keeps its place and its value; every one just dropped is known. */
START_TEST(rewinding_within_an_unrolling)
{
    unrolling u = start(20);
    gf_node *kept[512], *gone[512];
    for (size_t round = 0, mark; round < 40; round++) {
        size_t size = gf_graph_size(u.g);
        mark = u.mark + (round * 7) % (size - u.mark);
        for (size_t id = 0; id < size; id++)
            (id < mark ? kept : gone)[id] = gf_graph_node(u.g, id);
        gf_graph_rewind(u.g, mark);
        gf_node *h = gf_graph_node(u.g, mark - 1);
        for (size_t k = 0; k < 3 + round % 9 * 31; k++)
            h = gf_neg(h);
        for (size_t id = 0; id < mark; id++)
            ck_assert(gf_graph_node(u.g, id) == kept[id] && !gf_node_is_bad(kept[id]));
        for (size_t id = mark; id < size; id++)
            ck_assert(gf_node_is_bad(gone[id]));
    }
    assert_fine(u.g);
    gf_graph_free(u.g);
}
END_TEST

START_TEST(the_step_of_a_cell_refuses_a_dropped_state)
{
    gf_graph *g = gf_graph_new();
    gf_cell *cell = gf_lstm(g, "c", 2, 3);
    gf_cell_init(cell);
    size_t mark = gf_graph_size(g);
    gf_state state = gf_cell_step(cell, gf_ones(g, "x", 1, 2), gf_cell_zeros(cell, 1, 0));
    gf_graph_rewind(g, mark);
    ck_assert(gf_node_is_bad(gf_cell_step(cell, gf_ones(g, "x", 1, 2), state).h));
    assert_failed(g, GF_ERROR_ARGUMENT, "lstm: h was dropped by gf_graph_rewind");
    gf_graph_free(g);
}
END_TEST

/* A cell is dropped with its parameters, and known as such until two have been made in its place. */
START_TEST(a_dropped_cell_is_refused)
{
    gf_graph *g = gf_graph_new();
    gf_cell *kept = gf_rnn(g, "kept", 2, 3, gf_tanh), *first = gf_lstm(g, "first", 2, 3);
    gf_node *x = gf_ones(g, "x", 1, 2);
    gf_graph_rewind(g, gf_node_id(x));
    ck_assert(!gf_cell_is_bad(first) && !gf_cell_is_bad(kept));
    for (int k = 0; k < 2; k++) {
        gf_graph_rewind(g, gf_node_id(gf_cell_params(kept)[2]) + 2); /* one parameter of what follows stays */
        ck_assert(gf_cell_is_bad(first) && !gf_cell_is_bad(kept) && !gf_cell_params(first)[0]);
        ck_assert_ptr_null(gf_cell_find(first, "Uf", 0));
        ck_assert(gf_node_is_bad(gf_cell_step(first, x, (gf_state){0}).c));
        assert_sticks(g, "lstm: first was dropped by gf_graph_rewind");
        ck_assert_int_eq(gf_cell_init(first), GF_ERROR_ARGUMENT);
        assert_sticks(g, "lstm: first was dropped by gf_graph_rewind");
        gf_cell *next = gf_gru(g, NULL, 2, 3, GF_RESET_AFTER);
        ck_assert(k == 0 ? gf_cell_is_bad(first) && next != first : next == first);
    }
    gf_graph_rewind(g, 0);
    ck_assert(gf_cell_is_bad(kept) && gf_node_is_bad(gf_cell_zeros(first, 1, 0).h));
    assert_sticks(g, "gru: the cell was dropped by gf_graph_rewind");
    gf_graph_free(g);
}
END_TEST

START_TEST(cells_made_again_and_again_take_no_more_memory)
{
    gf_graph *g = gf_graph_new();
    size_t bytes = 0;
    for (int round = 0; round < 20; round++) {
        for (int k = 0; k < 5; k++)
            gf_lstm(g, "layer", 2, 3);
        bytes = round == 2 ? gf_graph_memory(g) : bytes;
        ck_assert(round < 2 || gf_graph_memory(g) == bytes);
        gf_graph_rewind(g, 0);
        for (int k = 0; k < round % 3; k++) /* so that numbers of nodes come to belong to others */
            gf_ones(g, "other", 1, 1);
        gf_graph_rewind(g, 0);
    }
    assert_fine(g);
    gf_graph_free(g);
}
END_TEST

START_TEST(a_model_whose_graph_was_rewound)
{
    gf_model *m;
    ck_assert_int_eq(gf_model_parse(&m, gf_template_find("lstm")->text, "lstm.gf"), GF_OK);
    gf_graph *g = gf_model_graph(m);
    gf_node *h = gf_model_node(m, "h", 1);
    ck_assert(!gf_node_is_bad(h));
    gf_graph_rewind(g, 0);
    ck_assert(gf_node_is_bad(h));
    ck_assert_ptr_null(gf_model_value(m, "h", 1));
    ck_assert_int_eq(gf_graph_status(g), GF_ERROR_ARGUMENT);
    char *out = "";
    ck_assert_int_eq(gf_model_unroll(m), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_model_values(&out, NULL, m, (const char *const[]){"h[2]"}, 1, NULL), GF_ERROR_ARGUMENT);
    ck_assert_ptr_null(out);
    ck_assert_str_eq(gf_model_message(m),
                     "lstm.gf: error: gf_graph_rewind has dropped nodes of the model; gf_model_set "
                     "and gf_model_limit unroll it anew\n");
    ck_assert_int_eq(gf_model_set(m, "T", 3), GF_OK);
    ck_assert_ptr_nonnull(gf_model_value(m, "h", 3));
    g = gf_model_graph(m); /* what others built behind may go */
    size_t mark = gf_graph_size(g);
    gf_tanh(gf_model_node(m, "h", 1));
    gf_graph_rewind(g, mark);
    ck_assert_int_eq(gf_model_unroll(m), GF_OK);
    gf_model_free(m);
}
END_TEST

/* --- reports ----------------------------------------------------------------------------- */

START_TEST(reports_that_are_missing)
{
    static const gf_report_format formats[] = {GF_REPORT_TEXT, GF_REPORT_JSON, GF_REPORT_MARKDOWN};
    gf_report *report = (gf_report *)formats;
    ck_assert_int_eq(gf_model_claims(&report, NULL, NULL), GF_ERROR_ARGUMENT);
    ck_assert_ptr_null(report);
    for (int k = 0; k < 3; k++) {
        char none, *out = &none;
        ck_assert_int_eq(gf_reports_write(&out, (const gf_report *const[]){report}, 1, formats[k], 0),
                         GF_ERROR_ARGUMENT);
        ck_assert_ptr_null(out);
        ck_assert_int_eq(gf_reports_write(&out, NULL, 1, formats[k], 0), GF_ERROR_ARGUMENT);
        ck_assert_int_eq(gf_reports_write(NULL, NULL, 0, formats[k], 0), GF_ERROR_ARGUMENT);
        ck_assert_int_eq(gf_reports_write(&out, NULL, 0, formats[k], 0), GF_OK);
        free(out);
    }
    ck_assert_int_eq(gf_report_status(NULL), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_report_message(NULL), "");
    gf_report_free(NULL);
}
END_TEST

/* --- sizes --------------------------------------------------------------------------------- */

START_TEST(jacobians_that_no_memory_holds)
{
    gf_graph *g = gf_graph_new();
    gf_node *a = gf_param(g, "a", 1000, 1000), *b = gf_param(g, "b", 2, 1);
    gf_matrix m[2];
    ck_assert_int_eq(gf_jacobian(&m[0], gf_tanh(a), a), GF_ERROR_LIMIT);
    assert_failed(g, GF_ERROR_LIMIT, "jacobian: 1000000 x 1000000 has more than 2147483647 entries");
    ck_assert_ptr_null(m[0].data);
    gf_graph_clear_status(g);
    const variable both[] = {{.node = b}, {.node = a}};
    ck_assert_int_eq(jacobians(m, gf_tanh(a), both, 2, NULL, 0), GF_ERROR_LIMIT);
    ck_assert(!m[0].data && !m[1].data);
    gf_graph_free(g);
}
END_TEST

/* The widths of many empty parts add up to more than an int holds. */
START_TEST(concatenations_that_are_too_wide)
{
    gf_graph *g = gf_graph_new();
    gf_node *parts[40];
    for (int k = 0; k < 40; k++)
        parts[k] = gf_fill(g, "p", 0, 100000000, 0);
    ck_assert(gf_node_is_bad(gf_hcat(parts, 40)));
    ck_assert_int_eq(gf_graph_status(g), GF_ERROR_SHAPE);
    gf_graph_clear_status(g);
    gf_node *tall[] = {gf_fill(g, "q", INT_MAX, 0, 0), gf_fill(g, "q", INT_MAX, 0, 0)};
    ck_assert(gf_node_is_bad(gf_vcat(tall, 2)));
    ck_assert_int_eq(gf_graph_status(g), GF_ERROR_SHAPE);
    gf_graph_free(g);
}
END_TEST

START_TEST(shapes_that_are_no_shapes)
{
    gf_graph *g = gf_graph_new();
    gf_node *a = gf_param(g, "a", 1000, 1);
    gf_node *(*const shaped[])(gf_node *, int, int) = {gf_reshape, gf_broadcast, gf_sumto, gf_rows, gf_cols};
    static const int sizes[][2] = {{INT_MAX, INT_MAX}, {-1000, -1}, {INT_MIN, INT_MAX}, {0, -1}, {1000, 0}};
    for (size_t f = 0; f < sizeof shaped / sizeof *shaped; f++)
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            ck_assert(gf_node_is_bad(shaped[f](a, sizes[k][0], sizes[k][1])));
            ck_assert_int_ne(gf_graph_status(g), GF_OK);
            gf_graph_clear_status(g);
        }
    gf_graph_free(g);
}
END_TEST

/* A list of ten thousand operands, and a node that is used three hundred thousand times. */
START_TEST(many_operands_and_many_users)
{
    size_t users = large(300000, 3000), parts = large(10000, 1000);
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1), *h = x, **list = malloc(parts * sizeof *list);
    gf_set_scalar(x, 0.1);
    for (size_t k = 0; k < users; k++)
        h = gf_add(h, x);
    ck_assert_int_eq(gf_backward(h, GF_RECORD_EDGES), GF_OK);
    ck_assert_double_eq(gf_scalar(gf_gradient(x)), (double)users + 1);
    for (size_t k = 0; k < parts; k++)
        list[k] = x;
    ck_assert_int_eq(gf_backward(gf_sum(gf_hcat(list, (int)parts)), GF_RECORD_EDGES), GF_OK);
    ck_assert_double_eq(gf_scalar(gf_gradient(x)), (double)parts);
    free(list);
    gf_graph_free(g);
}
END_TEST

/* --- numbers -------------------------------------------------------------------------------- */

static gf_attributes attributes_for(const gf_operation *op)
{
    static const char *const sized[] = {"reshape", "broadcast", "sumto"};
    gf_attributes a = {.size = sizeof a, .lo = -1, .hi = 1, .first = 1, .last = 2};
    for (int k = 0; k < 3; k++)
        if (!strcmp(op->name, sized[k]))
            a.rows = a.cols = 3;
    if (!strcmp(op->name, "dropout"))
        a.p = 0.5;
    return a;
}

/* Every operation, of numbers that are none: it works something out, forward and backward. */
START_TEST(every_operation_takes_every_number)
{
    double numbers[] = {NAN, INFINITY, -INFINITY, 1e308, -1e308, 0, 5e-324, -0.0, 1};
    gf_matrix value = gf_matrix_over(numbers, 3, 3);
    for (int k = 0; k < gf_operation_count(); k++) {
        const gf_operation *op = gf_operation_at(k);
        gf_attributes attributes = attributes_for(op);
        gf_graph *g = gf_graph_new();
        gf_node *x = gf_param(g, "x", 3, 3), *column = gf_rows(gf_vec(x), 0, 2);
        gf_set(x, &value);
        gf_node *first = !strcmp(op->name, "diag") || strstr(op->name, "_column") ? column : x;
        gf_node *y = gf_apply(op, (gf_node *[]){first, first, first}, op->arity < 0 ? 2 : op->arity, &attributes);
        ck_assert_msg(!gf_graph_status(g), "%s", gf_graph_message(g));
        ck_assert_ptr_nonnull(gf_value(y));
        ck_assert(!gf_node_differentiable(y) || !gf_backward(gf_sum(y), GF_RECORD_EDGES));
        ck_assert_ptr_eq(gf_graph_nonfinite_value(g), x);
        gf_graph_free(g);
    }
}
END_TEST

START_TEST(rates_and_ends_that_make_no_sense)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 3, 3);
    static const double rates[] = {1, -0.1, NAN, INFINITY, 2};
    for (size_t k = 0; k < sizeof rates / sizeof *rates; k++)
        ck_assert_msg(gf_node_is_bad(gf_dropout(x, rates[k], 42)), "%g", rates[k]);
    ck_assert(gf_node_is_bad(gf_clip(x, 2, 1)) && gf_node_is_bad(gf_clip(x, NAN, 1)));
    ck_assert_int_ne(gf_init_uniform(x, 1, 0), GF_OK);
    ck_assert_int_ne(gf_init_uniform(x, -DBL_MAX, DBL_MAX), GF_OK);
    ck_assert_int_ne(gf_init_normal(x, 0, -1), GF_OK);
    ck_assert_int_ne(gf_init_orthogonal(x, NAN), GF_OK);
    gf_graph_clear_status(g);
    ck_assert(!gf_node_is_bad(gf_dropout(x, 0.999999, 42)));
    assert_fine(g);
    gf_graph_free(g);
}
END_TEST

/* --- rows of a program's own that lie ---------------------------------------------------------- */

static void twice(gf_matrix *y, const gf_call *call)
{
    for (size_t k = 0; k < gf_matrix_size(y); k++)
        y->data[k] = 2 * call->in[0]->data[k];
}

/* A vjp that itself works with graphs. */
static void nested_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)call, (void)slot;
    gf_check check;
    ck_assert_int_eq(gf_operation_check(&check, gf_operation_find("tanh"), NULL, 0, NULL), GF_OK);
    for (size_t k = 0; k < gf_matrix_size(out); k++)
        gf_put(&out->data[k], beta, 2 * G->data[k]);
}

static bool huge_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    (void)call, (void)why;
    *rows = *cols = INT_MAX;
    return true;
}

static bool no_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    (void)call;
    *rows = -3, *cols = 0;
    memset(why, 'x', GF_WHY - 1);
    why[GF_WHY - 1] = '\0';
    return true;
}

START_TEST(rows_that_lie)
{
    gf_operation op = {
        .size = sizeof(gf_operation), .name = "twice", .arity = 1, .forward = twice, .vjp = {nested_vjp}};
    gf_check check;
    ck_assert_int_eq(gf_operation_check(&check, &op, NULL, 0, NULL), GF_OK);
    ck_assert_msg(check.worst.match, "%s", check.worst.text);
    op.shape = huge_shape;
    ck_assert_int_eq(gf_operation_check(&check, &op, NULL, 0, NULL), GF_ERROR_LIMIT);
    ck_assert_str_eq(check.worst.text, "twice: 2147483647 x 2147483647 has more than 1000000 entries");
    op.shape = no_shape;
    ck_assert_int_eq(gf_operation_check(&check, &op, NULL, 0, NULL), GF_ERROR_SHAPE);
    ck_assert(!check.worst.match && check.count == 0);
    op.shape = NULL, op.arity = 77;
    ck_assert_int_eq(gf_operation_check(&check, &op, NULL, 0, NULL), GF_ERROR_ARGUMENT);
    op.arity = -7;
    ck_assert_int_eq(gf_operation_check(&check, &op, NULL, 0, NULL), GF_ERROR_ARGUMENT);
    gf_graph *g = gf_graph_new();
    op.arity = 1, op.shape = huge_shape;
    ck_assert(gf_node_is_bad(gf_apply(&op, (gf_node *[]){gf_param(g, "x", 2, 2)}, 1, NULL)));
    assert_failed(g, GF_ERROR_LIMIT, "twice: 2147483647 x 2147483647 has more than 1000000 entries");
    gf_graph_free(g);
}
END_TEST

/* --- words and numbers that make no sense -------------------------------------------------- */

static void assert_draws_none(gf_graph *g, gf_draw_options options, const char *message)
{
    char *out = "";
    options.size = sizeof options;
    ck_assert_int_eq(gf_draw_text(&out, NULL, g, "html", &options), GF_ERROR_ARGUMENT);
    ck_assert_ptr_null(out);
    assert_sticks(g, message);
}

#define DRAW(...) ((gf_draw_options){__VA_ARGS__})

START_TEST(words_and_numbers_that_make_no_sense)
{
    unrolling u = start(2);
    gf_matrix m;
    gf_check check;
    gf_comparison c;
    gf_model *other;
    ck_assert(!gf_model_parse(&other, gf_template_find("rnn")->text, "rnn.gf"));
    assert_draws_none(u.g, DRAW(.level = 9), "draw: there is no level 9");
    assert_draws_none(u.g, DRAW(.params = 7), "draw: there is no params 7");
    assert_draws_none(u.g, DRAW(.magnitude = 5), "draw: there is no magnitude 5");
    assert_draws_none(u.g, DRAW(.least = 10, .most = 1), "draw: the scale goes from 10 to 1: most is the greater");
    assert_draws_none(u.g, DRAW(.most = NAN), "draw: most is nan, but must be 0 or more, and finite");
    assert_draws_none(u.g, DRAW(.width = 1e12), "draw: width, height and dots_per_inch are at most 1000000");
    assert_draws_none(u.g, DRAW(.width = -3), "draw: width is -3, but must be 0 or more, and finite");
    assert_draws_none(u.g, DRAW(.model = other), "draw: the graph is not of this model");
    assert_draws_none(u.g, DRAW(.explanations = "{'no': JSON"),
                      "draw: cannot draw html: the explanations are no JSON, as gf_explanations writes it");
    ck_assert_int_eq(gf_backward(u.loss, 1U << 20), GF_ERROR_ARGUMENT);
    assert_sticks(u.g, "backward: the flags 0x100000 are more than there are");
    ck_assert_int_eq(gf_gradient_check(&check, u.loss, NULL, -1), GF_ERROR_ARGUMENT);
    assert_sticks(u.g, "gradient check: the tolerance is -1, but must be 0 or more");
    ck_assert_int_eq(gf_finite_differences(&m, u.loss, u.w, -1), GF_ERROR_ARGUMENT);
    assert_sticks(u.g, "finite differences: the step is -1, but must be 0 or more");
    ck_assert_int_eq(gf_compare_within(&c, gf_value(u.w), gf_value(u.w), NAN), GF_ERROR_ARGUMENT);
    ck_assert(!c.match);
    gf_optimizer *o;
    gf_status (*make)(gf_optimizer **, gf_graph *, const gf_optimizer_options *) = gf_optimizer_new;
    ck_assert_int_eq(make(NULL, u.g, NULL), GF_ERROR_ARGUMENT);
    assert_sticks(u.g, "optimizer: out is NULL");
    ck_assert(!make(&o, u.g, NULL));
    gf_optimizer_free(o);
    gf_model_free(other);
    gf_graph_free(u.g);
}
END_TEST

START_TEST(formats_that_there_are_not)
{
    gf_model *m;
    gf_report *report;
    char *out = "";
    ck_assert(!gf_model_parse(&m, "param w : 1 x 1 = 2\nloss w * w\nclaim grad(w) = 5\n", "w.gf"));
    gf_derivation_options derivation = {.size = sizeof derivation, .format = 9};
    ck_assert_int_eq(gf_derivation(&out, m, &derivation), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_model_message(m), "gf_derivation: there is no format 9\n");
    gf_explanation_options explanation = {.size = sizeof explanation, .of = "w", .format = 9};
    ck_assert_int_eq(gf_explanation(&out, m, &explanation), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_model_message(m), "gf_explanation: there is no format 9\n");
    gf_claims_options claims = {.size = sizeof claims, .tolerance = NAN};
    ck_assert_int_eq(gf_model_claims(&report, m, &claims), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_report_message(report), "claims: the tolerance is nan, but must be 0 or more");
    ck_assert_int_eq(gf_reports_write(&out, (const gf_report *const[]){report}, 1, 9, 0), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_reports_write(&out, (const gf_report *const[]){report}, 1, GF_REPORT_TEXT, 64),
                     GF_ERROR_ARGUMENT);
    ck_assert_ptr_null(out);
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_dropped_node_is_an_error,
        a_dropped_node_stays_one_while_another_stands_in_its_place,
        the_second_node_built_in_its_place_takes_its_name,
        rewinding_within_an_unrolling,
        the_step_of_a_cell_refuses_a_dropped_state,
        a_dropped_cell_is_refused,
        cells_made_again_and_again_take_no_more_memory,
        a_model_whose_graph_was_rewound,
        reports_that_are_missing,
        jacobians_that_no_memory_holds,
        concatenations_that_are_too_wide,
        shapes_that_are_no_shapes,
        many_operands_and_many_users,
        every_operation_takes_every_number,
        rates_and_ends_that_make_no_sense,
        rows_that_lie,
        words_and_numbers_that_make_no_sense,
        formats_that_there_are_not,
    };
    return RUN_TESTS("misuse", tests);
}
