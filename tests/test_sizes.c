/* Structs that callers fill, or have filled, in programs made for other versions of the library: their size tells. */
#include <stddef.h>
#include <stdio.h>

#include <gradflow/gradflow.h>

#include "support.h"

/* --- structs that callers fill ---------------------------------------------------------- */

/* y = tanh(w x); x is held in one of the calls. */
typedef struct small {
    gf_graph *g;
    gf_node *w, *x, *y;
} small;

static small make(void)
{
    gf_graph *g = gf_graph_new();
    small s = {g, gf_param(g, "w", 1, 1), gf_input(g, "x", 1, 1), NULL};
    gf_set_scalar(s.w, 0.5);
    gf_set_scalar(s.x, 2);
    s.y = gf_named(gf_tanh(gf_mul(s.w, s.x)), "y");
    return s;
}

static void assert_refused(gf_graph *g, gf_status status, const char *message)
{
    ck_assert_int_eq(status, GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_graph_message(g), message);
    gf_graph_clear_status(g);
}

START_TEST(options_without_a_size)
{
    small s = make();
    gf_matrix J;
    char *text;
    assert_refused(s.g, gf_backward_with(s.y, &(gf_backward_options){.flags = GF_RECORD_EDGES}),
                   "backward: the size of the gf_backward_options is 0: begin it with "
                   ".size = sizeof(gf_backward_options)");
    assert_refused(s.g, gf_jacobians(&J, s.y, &s.w, 1, &(gf_jacobian_options){.held_count = 0}),
                   "jacobian: the size of the gf_jacobian_options is 0: begin it with "
                   ".size = sizeof(gf_jacobian_options)");
    assert_refused(s.g, gf_draw_text(&text, NULL, s.g, "dot", &(gf_draw_options){.title = "T"}),
                   "draw: the size of the gf_draw_options is 0: begin it with .size = sizeof(gf_draw_options)");
    ck_assert(!J.data && !text);
    gf_graph_free(s.g);
}
END_TEST

/* A later version has one member more. */
START_TEST(options_of_a_newer_version)
{
    small s = make();
    struct {
        gf_backward_options known;
        size_t more;
    } backward = {{.size = sizeof backward, .flags = GF_RECORD_EDGES}, 0};
    ck_assert_int_eq(gf_backward_with(s.y, &backward.known), GF_OK); /* which is not used: */
    ck_assert_uint_eq(gf_edge_count(s.g), 3);
    backward.more = 1;
    assert_refused(s.g, gf_backward_with(s.y, &backward.known),
                   "backward: the gf_backward_options is of a newer version, and sets what this one does not know");
    gf_graph_free(s.g);
}
END_TEST

START_TEST(jacobians_with_options_and_without)
{
    small s = make();
    gf_node *x[] = {s.w, s.x, s.w};
    gf_matrix J[3];
    double slope = 1 - tanh(1) * tanh(1);
    const double wanted[][3] = {{2 * slope, 0.5 * slope, 2 * slope}, {2 * slope, 0.5 * slope, 0}};
    const int at_step[] = {GF_EVERY_STEP, GF_EVERY_STEP, 7};
    gf_jacobian_options options = {.size = sizeof options, .at_step = at_step};
    for (int k = 0; k < 2; k++) {
        ck_assert_int_eq(gf_jacobians(J, s.y, x, 3, k ? &options : NULL), GF_OK);
        for (int n = 0; n < 3; n++) {
            assert_near(gf_scalar(&J[n]), wanted[k][n], 1e-15);
            gf_matrix_free(&J[n]);
        }
    }
    gf_graph_free(s.g);
}
END_TEST

START_TEST(claims_are_judged_with_options_of_a_size)
{
    gf_model *m;
    gf_report *report;
    ck_assert_int_eq(gf_model_parse(&m, "param W : 1 x 1 = [1]\nloss W\nclaim grad(W) = 2\n", "w.gf"), GF_OK);
    ck_assert_int_eq(gf_model_claims(&report, m, &(gf_claims_options){.repair = true}), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_report_status(report), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_report_message(report),
                     "claims: the size of the gf_claims_options is 0: begin it with .size = sizeof(gf_claims_options)");
    ck_assert_uint_eq(gf_report_count(report), 0);
    gf_report_free(report);
    gf_claims_options options = {.size = offsetof(gf_claims_options, repairing_data) + sizeof options.repairing_data};
    ck_assert_int_eq(gf_model_claims(&report, m, &options), GF_OK);
    const gf_claim *claim = gf_report_claim(report, 0);
    ck_assert(claim->verdict == GF_FAILS && claim->row == 0 && claim->col == 0 && claim->a == 1 && claim->b == 2);
    ck_assert_ptr_null(gf_report_claim(report, 1));
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

/* A cell lies in its graph; the next one may take its place once a rewind has dropped its parameters. */
START_TEST(cells_are_asked_and_rewound)
{
    gf_graph *g = gf_graph_new();
    gf_cell *cell = gf_rnn(g, "low", 2, 3, gf_sigmoid);
    ck_assert(gf_cell_graph(cell) == g && gf_cell_inputs(cell) == 2 && gf_cell_hidden(cell) == 3);
    ck_assert(gf_cell_activation(cell) == gf_sigmoid && !strcmp(gf_cell_kind_of(cell)->name, "rnn"));
    ck_assert(gf_cell_params(cell)[2] == gf_cell_find(cell, "b", 0) && !gf_cell_params(cell)[3]);
    size_t memory = gf_graph_memory(g);
    for (int k = 0; k < 1000; k++) {
        gf_graph_rewind(g, 0);
        ck_assert(gf_node_is_bad(gf_cell_params(cell)[0]));
        cell = gf_rnn(g, "low", 2, 3, gf_sigmoid);
    }
    ck_assert_uint_le(gf_graph_memory(g), 2 * memory);
    ck_assert(gf_cell_inputs(NULL) == 0 && gf_cell_hidden(NULL) == 0 && !gf_cell_activation(NULL));
    ck_assert(!gf_cell_kind_of(NULL) && !gf_cell_params(NULL)[0] && gf_graph_status(gf_cell_graph(NULL)));
    ck_assert_int_eq(gf_graph_status(g), GF_OK);
    gf_graph_free(g);
}
END_TEST

START_TEST(stacks_and_kinds_have_a_size)
{
    gf_graph *g = gf_graph_new();
    gf_cell *cell = gf_lstm(g, "low", 2, 3);
    gf_node *x = gf_ones(g, "x", 1, 2), *h;
    assert_refused(g, gf_unroll(&h, &x, 1, &(gf_stack){.forward = &cell, .layers = 1}),
                   "unroll: the size of the gf_stack is 0: begin it with .size = sizeof(gf_stack)");
    ck_assert(gf_node_is_bad(h));
    gf_stack stack = {.size = sizeof stack, .forward = (gf_cell *[]){cell, NULL}, .layers = 2};
    assert_refused(g, gf_unroll(&h, &x, 1, &stack), "unroll: the forward cell of layer 2 is NULL");
    gf_cell_kind kind = *gf_cell_kind_of(cell);
    kind.size = 0;
    ck_assert_ptr_null(gf_cell_kind_of(gf_cell_new(g, &kind, "mine", 2, 3)));
    assert_refused(g, gf_graph_status(g), "lstm: the size of its kind is 0: write .size = sizeof(gf_cell_kind)");
    gf_graph_free(g);
}
END_TEST

/* --- structs that are filled for callers --------------------------------------------------- */

enum { CANARY = 0x5a };

/* All of it as it would be in an older program, whose struct ends before `size`. */
static void assert_not_past(const void *filled, size_t size, size_t whole)
{
    const unsigned char *bytes = filled;
    size_t said;
    memcpy(&said, filled, sizeof said);
    ck_assert_uint_eq(said, size);
    for (size_t k = size; k < whole; k++)
        ck_assert_int_eq(bytes[k], CANARY);
}

START_TEST(an_older_comparison_is_not_written_past_its_end)
{
    gf_comparison c;
    double one[] = {1, 2}, two[] = {1, 3};
    gf_matrix a = gf_matrix_over(one, 1, 2), b = gf_matrix_over(two, 1, 2);
    memset(&c, CANARY, sizeof c);
    ck_assert_int_eq(gf_compare_sized(&c, offsetof(gf_comparison, text), &a, &b, 1e-6), GF_OK);
    ck_assert(!c.match && c.col == 1 && c.a == 2 && c.b == 3);
    assert_not_past(&c, offsetof(gf_comparison, text), sizeof c);
    gf_compare(&c, &a, &a);
    ck_assert(c.size == sizeof c && c.match);
}
END_TEST

START_TEST(older_checks_are_not_written_past_their_end)
{
    small s = make();
    gf_check check;
    memset(&check, CANARY, sizeof check);
    size_t size = offsetof(gf_check, worst) + offsetof(gf_comparison, text);
    ck_assert_int_eq(gf_gradient_check_sized(&check, size, s.y, NULL, 0), GF_OK);
    ck_assert(check.count == 1 && check.leaf == s.w && check.worst.match);
    ck_assert_uint_eq(check.worst.size, offsetof(gf_comparison, text));
    assert_not_past(&check, size, sizeof check);
    memset(&check, CANARY, sizeof check);
    ck_assert_int_eq(gf_operation_check_sized(&check, size, gf_operation_find("mul"), NULL, 2, NULL), GF_OK);
    ck_assert(check.count == 2 && check.worst.match);
    assert_not_past(&check, size, sizeof check);
    gf_graph_free(s.g);
}
END_TEST

/* --- NULL where something has to be --------------------------------------------------------- */

START_TEST(nowhere_to_put_a_result)
{
    small s = make();
    double one[] = {1};
    gf_matrix a = gf_matrix_over(one, 1, 1), J;
    gf_model *m;
    char text[9] = "as it was";
    ck_assert_int_eq(gf_compare(NULL, &a, &a), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_gradient_check(NULL, s.y, NULL, 0), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_operation_check(NULL, gf_operation_find("mul"), NULL, 2, NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_finite_differences(NULL, s.y, s.w, 0), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_jacobian(NULL, s.y, s.w), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_matrix_new(NULL, 1, 1), GF_ERROR_ARGUMENT);
    gf_matrix_print(&a, NULL);
    ck_assert_ptr_null(gf_node_label(NULL, 9, s.w));
    ck_assert_int_eq(*gf_node_label(text, 0, s.w), 'a');
    ck_assert_int_eq(gf_model_parse(&m, "param W : 1 x 1\nloss W\n", "w.gf"), GF_OK);
    ck_assert(!gf_model_size(NULL, m, "T"));
    assert_refused(s.g, gf_jacobians(NULL, s.y, &s.w, 1, NULL), "jacobian: out is NULL");
    assert_refused(s.g, gf_jacobians(&J, s.y, NULL, 1, NULL), "jacobian: x is NULL");
    gf_backward_options options = {.size = sizeof options, .held_count = 2};
    assert_refused(s.g, gf_backward_with(s.y, &options), "held: the list of 2 nodes is NULL");
    gf_model_free(m);
    gf_graph_free(s.g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {options_without_a_size,
                            options_of_a_newer_version,
                            jacobians_with_options_and_without,
                            claims_are_judged_with_options_of_a_size,
                            cells_are_asked_and_rewound,
                            stacks_and_kinds_have_a_size,
                            an_older_comparison_is_not_written_past_its_end,
                            older_checks_are_not_written_past_their_end,
                            nowhere_to_put_a_result};
    return RUN_TESTS("sizes", tests);
}
