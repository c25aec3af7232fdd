/* The operations at their limits: what shape rules refuse, extreme numbers, and the builders, which apply the rows. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gradflow/graph.h>

#include "ops/ops.h"
#include "support.h"

enum { PARTS = 3 };

#define BIG 1e308

/* --- refusals ------------------------------------------------------------------------------ */

typedef struct refusal {
    const char *op;
    int count;
    int shape[PARTS][2];
    gf_attributes p;
    const char *why;
} refusal;

static const refusal refusals[] = {
    {"add", 2, {{4, 2}, {3, 2}}, {.p = 0}, "rows 4 and 3 differ and neither is 1"},
    {"sub", 2, {{2, 4}, {2, 3}}, {.p = 0}, "columns 4 and 3 differ and neither is 1"},
    {"mul", 2, {{1, 4}, {2, 3}}, {.p = 0}, "columns 4 and 3 differ and neither is 1"},
    {"div", 2, {{4, 1}, {3, 3}}, {.p = 0}, "rows 4 and 3 differ and neither is 1"},
    {"matmul", 2, {{4, 4}, {3, 1}}, {.p = 0}, "the inner sizes 4 and 3 differ"},
    {"matmul", 2, {{2, 3}, {2, 3}}, {.p = 0}, "the inner sizes 3 and 2 differ"},
    {"hcat", 3, {{2, 1}, {2, 5}, {3, 1}}, {.p = 0}, "part 1 has 2 rows, part 2 has 3"},
    {"hcat", 3, {{0, 0}, {2, 5}, {3, 0}}, {.p = 0}, "part 1 has 2 rows, part 2 has 3"},
    {"vcat", 2, {{1, 2}, {1, 3}}, {.p = 0}, "part 0 has 2 columns, part 1 has 3"},
    {"vcat", 2, {{2000000000, 1}, {2000000000, 1}}, {.p = 0}, "4000000000 rows are too many"},
    {"hcat", 2, {{1, 2000000000}, {1, 2000000000}}, {.p = 0}, "4000000000 columns are too many"},
    {"rows", 1, {{5, 2}}, {.first = 2, .last = 5}, "rows 2 to 5 of 5"},
    {"rows", 1, {{5, 2}}, {.first = -1, .last = 2}, "rows -1 to 2 of 5"},
    {"rows", 1, {{5, 2}}, {.first = 3, .last = 2}, "rows 3 to 2 of 5"},
    {"cols", 1, {{5, 2}}, {.first = 1, .last = 2}, "columns 1 to 2 of 2"},
    {"broadcast", 1, {{3, 1}}, {.rows = 4, .cols = 2}, "3 x 1 cannot be repeated to 4 x 2"},
    {"broadcast", 1, {{1, 3}}, {.rows = 4, .cols = 2}, "1 x 3 cannot be repeated to 4 x 2"},
    {"broadcast", 1, {{1, 1}}, {.rows = 0, .cols = 2}, "the shape 0 x 2 has no entries"},
    {"sumto", 1, {{3, 4}}, {.rows = 2, .cols = 1}, "3 x 4 cannot be summed to 2 x 1"},
    {"sumto", 1, {{3, 4}}, {.rows = 0, .cols = 4}, "3 x 4 cannot be summed to 0 x 4"},
    {"sumto", 1, {{3, 4}}, {.rows = 1, .cols = 0}, "3 x 4 cannot be summed to 1 x 0"},
    {"diag", 1, {{2, 3}}, {.p = 0}, "2 x 3 is no vector"},
    {"reshape", 1, {{3, 4}}, {.rows = 2, .cols = 5}, "12 entries do not make 2 x 5, which has 10"},
    {"reshape", 1, {{3, 4}}, {.rows = -3, .cols = -4}, "the shape -3 x -4 has no entries"},
    {"vec", 1, {{2000000000, 2}}, {.p = 0}, "4000000000 rows are too many"},
    {"mse", 2, {{2, 3}, {3, 2}}, {.p = 0}, "the shapes 2 x 3 and 3 x 2 differ"},
    {"cross_entropy", 2, {{2, 3}, {2, 1}}, {.p = 0}, "the shapes 2 x 3 and 2 x 1 differ"},
    {"cross_entropy_column", 2, {{2, 3}, {2, 3}}, {.p = 0}, "3 columns are not one example"},
    {"entry", 1, {{3, 2}}, {.first = 3, .last = 1}, "row 3 of 3"},
    {"entry", 1, {{3, 2}}, {.first = 2, .last = -1}, "column -1 of 2"},
    {"clip", 1, {{1, 1}}, {.lo = 2, .hi = 1}, "the ends 2 and 1 are no interval"},
    {"clip'", 1, {{1, 1}}, {.lo = NAN, .hi = 1}, "the ends nan and 1 are no interval"},
    {"dropout", 1, {{1, 1}}, {.p = 1}, "the rate 1 is not in [0, 1)"},
    {"dropout", 1, {{1, 1}}, {.p = -0.5}, "the rate -0.5 is not in [0, 1)"},
    {"dropout", 1, {{1, 1}}, {.p = NAN}, "the rate nan is not in [0, 1)"},
};

START_TEST(a_refusal_has_its_reason)
{
    const refusal *r = &refusals[_i];
    const gf_operation *op = gf_operation_find(r->op);
    gf_matrix value[PARTS];
    const gf_matrix *in[PARTS];
    for (int k = 0; k < r->count; k++) {
        value[k] = (gf_matrix){.rows = r->shape[k][0], .cols = r->shape[k][1]};
        in[k] = &value[k];
    }
    gf_call call = {.in = in, .arity = r->count, .p = &r->p, .op = op};
    int rows, cols;
    char why[GF_WHY] = "";
    ck_assert_msg(!op->shape(&call, &rows, &cols, why), "%s: not refused: %s", r->op, r->why);
    ck_assert_str_eq(why, r->why);
}
END_TEST

/* A reason that is too long is cut, not written past its room. */
START_TEST(a_reason_fits_its_room)
{
    char why[GF_WHY + 1];
    memset(why, 'x', sizeof why);
    ck_assert(!gf_refuse(why, "%200d", 1));
    ck_assert_int_eq(why[GF_WHY - 1], '\0');
    ck_assert_int_eq(why[GF_WHY], 'x');
}
END_TEST

/* --- extreme numbers -------------------------------------------------------------------------- */

static const gf_attributes all_zero = {.size = sizeof all_zero};

/* y = op(a, b), and da = the vjp of slot `slot` for G = 1 everywhere. The numbers are rows x cols. */
static void run(const char *name, int rows, int cols, double *a, double *b, double *y, double *da, int slot)
{
    const gf_operation *op = gf_operation_find(name);
    gf_matrix first = gf_matrix_over(a, rows, cols), second = gf_matrix_over(b, rows, cols);
    const gf_matrix *in[] = {&first, &second};
    gf_call call = {.in = in, .arity = b ? 2 : 1, .p = &all_zero, .op = op};
    int out_rows = rows, out_cols = cols;
    ck_assert(!op->shape || op->shape(&call, &out_rows, &out_cols, (char[GF_WHY]){""}));
    gf_matrix value = gf_matrix_over(y, out_rows, out_cols), G, out = gf_matrix_over(da, rows, cols);
    ck_assert_int_eq(gf_matrix_new(&G, out_rows, out_cols), GF_OK);
    for (int i = 0; i < out_rows * out_cols; i++)
        G.data[i] = 1;
    op->forward(&value, &call);
    call.y = &value;
    if (da)
        op->vjp[slot](&out, 0, &G, &call, slot);
    gf_matrix_free(&G);
}

static void assert_numbers(const double *found, const double *expected, int count, const char *what)
{
    for (int i = 0; i < count; i++)
        ck_assert_msg(fabs(found[i] - expected[i]) <= 1e-15 * fabs(expected[i]) || found[i] == expected[i],
                      "%s: entry %d is %.17g, not %.17g", what, i, found[i], expected[i]);
}

START_TEST(sigmoid_does_not_overflow)
{
    double a[] = {BIG, -BIG, INFINITY, -INFINITY, 40, -40, -745}, y[7], da[7];
    run("sigmoid", 1, 7, a, NULL, y, da, 0);
    assert_numbers(y, (double[]){1, 0, 1, 0, 1, exp(-40), exp(-745)}, 7, "sigmoid");
    assert_numbers(da, (double[]){0, 0, 0, 0, 0, exp(-40), exp(-745)}, 7, "its vjp");
    run("sigmoid'", 1, 7, a, NULL, y, da, 0);
    assert_numbers(y, (double[]){0, 0, 0, 0, exp(-40), exp(-40), exp(-745)}, 7, "sigmoid'");
    assert_numbers(da, (double[]){0, 0, 0, 0, -exp(-40), exp(-40), exp(-745)}, 7, "its vjp");
}
END_TEST

/* The bounds of textbooks, which claims compare exactly. */
START_TEST(derivatives_keep_their_bounds)
{
    for (int k = -20000; k <= 20000; k++) {
        double a[] = {k * 1.7e-9, k * 3.1e-5}, y[2];
        run("sigmoid'", 1, 2, a, NULL, y, NULL, 0);
        ck_assert(0 < y[0] && y[0] <= 0.25 && 0 < y[1] && y[1] <= 0.25);
        run("tanh'", 1, 2, a, NULL, y, NULL, 0);
        ck_assert(0 < y[0] && y[0] <= 1 && 0 < y[1] && y[1] <= 1);
    }
}
END_TEST

START_TEST(softmax_does_not_overflow)
{
    double y[3], da[3];
    run("softmax", 1, 3, (double[]){BIG, -BIG, BIG}, NULL, y, da, 0);
    assert_numbers(y, (double[]){0.5, 0, 0.5}, 3, "softmax");
    assert_numbers(da, (double[]){0, 0, 0}, 3, "its vjp");
    run("softmax", 1, 3, (double[]){0, INFINITY, -INFINITY}, NULL, y, NULL, 0);
    assert_numbers(y, (double[]){0, 1, 0}, 3, "softmax at infinity");
    run("softmax", 1, 2, (double[]){-INFINITY, -INFINITY}, NULL, y, NULL, 0);
    assert_numbers(y, (double[]){0.5, 0.5}, 2, "softmax of nothing but -infinity");
    run("log_softmax", 1, 3, (double[]){-1000, 1000, -BIG}, NULL, y, da, 0);
    assert_numbers(y, (double[]){-2000, 0, -BIG}, 3, "log_softmax");
    assert_numbers(da, (double[]){1, -2, 1}, 3, "its vjp");
    run("log_softmax", 1, 2, (double[]){BIG, BIG}, NULL, y, NULL, 0);
    assert_numbers(y, (double[]){-log(2), -log(2)}, 2, "log_softmax of equals");
}
END_TEST

START_TEST(cross_entropy_is_stable)
{
    double a[] = {1000, -1000}, b[] = {0, 3}, y[1], d[2];
    run("cross_entropy", 1, 2, a, b, y, d, 0);
    assert_numbers(y, (double[]){6000}, 1, "cross_entropy");
    assert_numbers(d, (double[]){3, -3}, 2, "its vjp to the logits"); /* 1 * 3 - 0, 0 * 3 - 3 */
    run("cross_entropy_column", 2, 1, a, b, y, d, 1);
    assert_numbers(d, (double[]){0, 2000}, 2, "its vjp to the targets");
}
END_TEST

/* A target of 0 where the probability is 0 costs nothing; any other costs infinitely much. */
START_TEST(nothing_times_infinity_is_nothing)
{
    double a[] = {0, -INFINITY}, b[] = {1, 0}, y[1], d[2], G = 0;
    run("cross_entropy", 1, 2, a, b, y, d, 0);
    assert_numbers(y, (double[]){0}, 1, "cross_entropy");
    assert_numbers(d, (double[]){0, 0}, 2, "its vjp");
    run("cross_entropy", 1, 2, a, (double[]){0, 1}, y, d, 1);
    assert_numbers(y, (double[]){INFINITY}, 1, "cross_entropy");
    assert_numbers(d, (double[]){0, INFINITY}, 2, "its vjp to the targets");
    gf_matrix logits = gf_matrix_over(a, 1, 2), out = gf_matrix_over(d, 1, 2), none = gf_matrix_over(&G, 1, 1);
    gf_call call = {
        .in = (const gf_matrix *[]){&logits, &logits}, .arity = 2, .p = &all_zero, .op = &gf_op_cross_entropy};
    gf_op_cross_entropy.vjp[1](&out, 0, &none, &call, 1);
    assert_numbers(d, (double[]){0, 0}, 2, "its vjp to the targets where no gradient arrives");
}
END_TEST

START_TEST(norms_do_not_overflow_and_rest_at_zero)
{
    double y[2], da[2];
    run("norm", 1, 2, (double[]){3e300, 4e300}, NULL, y, da, 0);
    assert_numbers(y, (double[]){5e300}, 1, "norm");
    assert_numbers(da, (double[]){0.6, 0.8}, 2, "its vjp");
    run("norm", 1, 2, (double[]){3e-300, 4e-300}, NULL, y, da, 0);
    assert_numbers(y, (double[]){5e-300}, 1, "norm");
    assert_numbers(da, (double[]){0.6, 0.8}, 2, "its vjp");
    run("norm", 1, 2, (double[]){0, 0}, NULL, y, da, 0);
    assert_numbers(da, (double[]){0, 0}, 2, "the norm's vjp at 0");
    run("unit", 1, 2, (double[]){0, 0}, NULL, y, da, 0);
    assert_numbers(da, (double[]){0, 0}, 2, "the unit vector's vjp at 0");
}
END_TEST

START_TEST(kinks_are_pytorchs)
{
    double a[] = {0, -0.0}, y[2], da[2];
    static const char *const names[] = {"relu", "abs", "relu'", "abs'"};
    for (int k = 0; k < 4; k++) {
        run(names[k], 1, 2, a, NULL, y, k < 2 ? da : NULL, 0);
        assert_numbers(k < 2 ? da : y, (double[]){0, 0}, 2, names[k]);
    }
}
END_TEST

/* a^0 is constant and a^1 has slope 1, at 0 too. */
START_TEST(powers_at_zero_have_slopes)
{
    for (int p = 0; p <= 2; p++) {
        double a[] = {0, 3}, y[2], da[2], ones[] = {1, 1};
        gf_matrix base = gf_matrix_over(a, 1, 2), value = gf_matrix_over(y, 1, 2);
        gf_matrix G = gf_matrix_over(ones, 1, 2), out = gf_matrix_over(da, 1, 2);
        gf_call call = {.in = (const gf_matrix *[]){&base}, .arity = 1, .y = &value, .p = &(gf_attributes){.p = p}};
        gf_op_pow.forward(&value, &call);
        gf_op_pow.vjp[0](&out, 0, &G, &call, 0);
        assert_numbers(y, (double[]){p == 0, pow(3, p)}, 2, "pow");
        assert_numbers(da, (double[]){p == 1, p * pow(3, p - 1)}, 2, "its vjp");
    }
}
END_TEST

START_TEST(nan_is_not_swallowed)
{
    static const char *const names[] = {"relu", "abs", "clip", "sigmoid", "softmax", "norm", "sum", "unit"};
    for (int k = 0; k < 8; k++) {
        double y[2] = {0, 0};
        run(names[k], 1, 2, (double[]){NAN, 1}, NULL, y, NULL, 0);
        ck_assert_msg(isnan(y[0]), "%s", names[k]);
    }
}
END_TEST

/* --- dropout ------------------------------------------------------------------------------------ */

START_TEST(a_dropout_mask_depends_on_seed_and_place)
{
    int kept = 0, differ = 0, rows = 200, cols = 200;
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < cols; j++) {
            double mask = gf_dropout_mask(0.3, 7, i, j);
            ck_assert(mask == 0 || mask == 1 / (1 - 0.3));
            ck_assert(mask == gf_dropout_mask(0.3, 7, i, j));
            kept += mask != 0;
            differ += mask != gf_dropout_mask(0.3, 8, i, j);
        }
    ck_assert_int_lt(abs(kept - 28000), 400); /* four standard deviations are 367 */
    ck_assert_int_lt(abs(differ - 16800), 400);
    /* the 1st, 2nd and 3rd number of splitmix64 for seed 1234567, as its authors' program has them */
    double sequence[] = {6457827717110365317., 3203168211198807973., 9817491932198370423.};
    for (int j = 0; j < 3; j++) {
        double uniform = sequence[j] * 0x1p-64;
        ck_assert(gf_dropout_mask(uniform - 0x1p-52, 1234567, 0, j) != 0);
        ck_assert(gf_dropout_mask(uniform + 0x1p-52, 1234567, 0, j) == 0);
    }
}
END_TEST

/* --- builders ------------------------------------------------------------------------------------ */

typedef struct built {
    gf_node *node;
    const char *op;
    int rows, cols;
} built;

static void assert_built(const built *list, int count)
{
    for (int k = 0; k < count; k++) {
        ck_assert_msg(!gf_node_is_bad(list[k].node), "%s", list[k].op);
        ck_assert_str_eq(gf_node_operation(list[k].node)->name, list[k].op);
        ck_assert_int_eq(gf_node_rows(list[k].node), list[k].rows);
        ck_assert_int_eq(gf_node_cols(list[k].node), list[k].cols);
        ck_assert_ptr_nonnull(gf_value(list[k].node));
    }
}

START_TEST(builders_of_entries_apply_their_row)
{
    gf_graph *g = gf_graph_new();
    gf_node *a = gf_param(g, "a", 3, 1), *b = gf_param(g, "b", 1, 4);
    const built list[] = {
        {gf_add(a, b), "add", 3, 4},
        {gf_sub(a, b), "sub", 3, 4},
        {gf_mul(a, b), "mul", 3, 4},
        {gf_div(a, b), "div", 3, 4},
        {gf_max(a, b), "max", 3, 4},
        {gf_min(a, b), "min", 3, 4},
        {gf_max_of((gf_node *[]){a, b, a}, 3), "max_of", 3, 4},
        {gf_less(a, b), "less", 3, 4},
        {gf_less_equal(a, b), "less_equal", 3, 4},
        {gf_greater(a, b), "greater", 3, 4},
        {gf_greater_equal(a, b), "greater_equal", 3, 4},
        {gf_where(gf_greater(a, b), a, b), "where", 3, 4},
        {gf_scale(a, 2), "scale", 3, 1},
        {gf_add_scalar(a, 2), "add_scalar", 3, 1},
        {gf_pow(a, 2), "pow", 3, 1},
        {gf_neg(a), "neg", 3, 1},
        {gf_sigmoid(a), "sigmoid", 3, 1},
        {gf_tanh(a), "tanh", 3, 1},
        {gf_relu(a), "relu", 3, 1},
        {gf_leaky_relu(a, 0.1), "leaky_relu", 3, 1},
        {gf_softplus(a), "softplus", 3, 1},
        {gf_exp(a), "exp", 3, 1},
        {gf_log(a), "log", 3, 1},
        {gf_sqrt(a), "sqrt", 3, 1},
        {gf_abs(a), "abs", 3, 1},
        {gf_sign(a), "abs'", 3, 1},
        {gf_heaviside(a), "relu'", 3, 1},
        {gf_sigmoid_prime(a), "sigmoid'", 3, 1},
        {gf_tanh_prime(a), "tanh'", 3, 1},
        {gf_relu_prime(a), "relu'", 3, 1},
        {gf_leaky_relu_prime(a, 0.1), "leaky_relu'", 3, 1},
        {gf_softplus_prime(a), "softplus'", 3, 1},
        {gf_exp_prime(a), "exp'", 3, 1},
        {gf_log_prime(a), "log'", 3, 1},
        {gf_sqrt_prime(a), "sqrt'", 3, 1},
        {gf_abs_prime(a), "abs'", 3, 1},
        {gf_clip(a, -1, 2), "clip", 3, 1},
        {gf_clip_prime(a, -1, 2), "clip'", 3, 1},
        {gf_dropout(a, 0.5, 9), "dropout", 3, 1},
        {gf_stop(a), "stop", 3, 1},
    };
    assert_built(list, sizeof list / sizeof *list);
    const gf_attributes *p = gf_node_attributes(gf_clip(a, -1, 2)), *q = gf_node_attributes(gf_dropout(a, 0.5, 9));
    ck_assert(p->lo == -1 && p->hi == 2 && q->p == 0.5 && q->seed == 9);
    ck_assert(gf_node_attributes(list[12].node)->p == 2 && gf_node_attributes(list[13].node)->p == 2);
    ck_assert(gf_node_attributes(list[14].node)->p == 2);
    gf_graph_free(g);
}
END_TEST

START_TEST(builders_of_shapes_apply_their_row)
{
    gf_graph *g = gf_graph_new();
    gf_node *a = gf_param(g, "a", 3, 4), *b = gf_param(g, "b", 4, 2), *v = gf_param(g, "v", 1, 4);
    const built list[] = {
        {gf_matmul(a, b), "matmul", 3, 2},
        {gf_transpose(a), "transpose", 4, 3},
        {gf_hcat((gf_node *[]){a, gf_zeros(g, NULL, 3, 0), a}, 3), "hcat", 3, 8},
        {gf_vcat((gf_node *[]){gf_zeros(g, NULL, 0, 4), a, v}, 3), "vcat", 4, 4},
        {gf_rows(a, 1, 2), "rows", 2, 4},
        {gf_cols(a, 1, 3), "cols", 3, 3},
        {gf_entry(a, 2, 3), "entry", 1, 1},
        {gf_broadcast(v, 5, 4), "broadcast", 5, 4},
        {gf_sumto(a, 3, 1), "sumto", 3, 1},
        {gf_diag(v), "diag", 4, 4},
        {gf_reshape(a, 2, 6), "reshape", 2, 6},
        {gf_vec(a), "vec", 12, 1},
        {gf_sum(a), "sum", 1, 1},
        {gf_mean(a), "mean", 1, 1},
        {gf_norm(a), "norm", 1, 1},
        {gf_unit(a), "unit", 3, 4},
        {gf_rowsum(a), "rowsum", 3, 1},
        {gf_colsum(a), "colsum", 1, 4},
        {gf_mse(a, a), "mse", 1, 1},
    };
    assert_built(list, sizeof list / sizeof *list);
    ck_assert_int_eq(gf_graph_status(g), GF_OK);
    gf_graph_free(g);
}
END_TEST

/* One column is one example, unless rows or columns are asked for. */
START_TEST(builders_over_lines_see_a_single_column)
{
    gf_graph *g = gf_graph_new();
    gf_node *a = gf_param(g, "a", 3, 4), *x = gf_param(g, "x", 4, 1), *y = gf_param(g, "y", 3, 1);
    const built list[] = {
        {gf_softmax(a), "softmax", 3, 4},
        {gf_softmax(x), "softmax_cols", 4, 1},
        {gf_softmax_rows(x), "softmax_rows", 4, 1},
        {gf_softmax_cols(a), "softmax_cols", 3, 4},
        {gf_log_softmax(a), "log_softmax", 3, 4},
        {gf_log_softmax(x), "log_softmax_cols", 4, 1},
        {gf_log_softmax_rows(x), "log_softmax_rows", 4, 1},
        {gf_log_softmax_cols(a), "log_softmax_cols", 3, 4},
        {gf_cross_entropy(a, a), "cross_entropy", 1, 1},
        {gf_cross_entropy(x, x), "cross_entropy_column", 1, 1},
    };
    assert_built(list, sizeof list / sizeof *list);
    ck_assert(gf_matrix_at(gf_value(list[1].node), 0, 0) == 0.25);
    ck_assert(gf_matrix_at(gf_value(list[2].node), 0, 0) == 1);
    ck_assert(gf_node_is_bad(gf_cross_entropy(x, y)));
    ck_assert_str_eq(gf_graph_message(g), "cross_entropy: x is 4 x 1, y is 3 x 1: the shapes 4 x 1 and 3 x 1 differ");
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ops at their limits");
    TCase *tests = tcase_create("limits");
    tcase_add_loop_test(tests, a_refusal_has_its_reason, 0, sizeof refusals / sizeof *refusals);
    tcase_add_test(tests, a_reason_fits_its_room);
    tcase_add_test(tests, sigmoid_does_not_overflow);
    tcase_add_test(tests, derivatives_keep_their_bounds);
    tcase_add_test(tests, softmax_does_not_overflow);
    tcase_add_test(tests, cross_entropy_is_stable);
    tcase_add_test(tests, nothing_times_infinity_is_nothing);
    tcase_add_test(tests, norms_do_not_overflow_and_rest_at_zero);
    tcase_add_test(tests, kinks_are_pytorchs);
    tcase_add_test(tests, powers_at_zero_have_slopes);
    tcase_add_test(tests, nan_is_not_swallowed);
    tcase_add_test(tests, a_dropout_mask_depends_on_seed_and_place);
    tcase_add_test(tests, builders_of_entries_apply_their_row);
    tcase_add_test(tests, builders_of_shapes_apply_their_row);
    tcase_add_test(tests, builders_over_lines_see_a_single_column);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
