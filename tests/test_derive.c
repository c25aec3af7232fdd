/* Derivations: what is written for small models, line by line. That what is written holds, tests/derive sees to. */
#include <gradflow/derive.h>

#include "equations.h"

/* The derivation of a text, which the caller frees. */
static char *derived(const char *text, gf_derivation_options options)
{
    gf_model *m;
    char *out;
    options.size = sizeof options;
    ck_assert_int_eq(gf_model_parse(&m, text, "test.gf"), GF_OK);
    gf_status status = gf_derivation(&out, m, &options);
    ck_assert_msg(status == GF_OK, "%s", gf_model_message(m));
    ck_assert_str_eq(gf_model_message(m), "");
    gf_model_free(m);
    return out;
}

/* Does it have these lines, one after the other, among others? */
static void assert_lines(const char *text, const char *lines)
{
    char *out = derived(text, (gf_derivation_options){.format = GF_DERIVATION_GF});
    ck_assert_msg(strstr(out, lines) != NULL, "expected:\n%s\nin:\n%s", lines, out);
    free(out);
}

static void assert_refused(const char *text, gf_derivation_options options, gf_status status, const char *message)
{
    gf_model *m;
    char *out = (char *)text;
    options.size = sizeof options;
    ck_assert_int_eq(gf_model_parse(&m, text, "test.gf"), GF_OK);
    ck_assert_int_eq(gf_derivation(&out, m, &options), status);
    ck_assert_ptr_null(out);
    ck_assert_msg(strstr(gf_model_message(m), message) != NULL, "%s", gf_model_message(m));
    gf_model_free(m);
}

#define RNN                                                                                                            \
    "steps T = 3\nsize n = 2, m = 3, k = 4\ninput x[t] : n x 1\ngiven y[t] : k x 1 ~ onehot\nparam W : m x m\n"        \
    "param U : m x n\nparam b : m x 1\nparam V : k x m\nstart h[0] : m x 1\nh[t] = tanh(W @ h[t-1] + U @ x[t] + b)\n"  \
    "z[t] = V @ h[t]\n"

/* --- what is written ---------------------------------------------------------------------------------------------- */

START_TEST(an_argument_without_a_name_gets_a_let)
{
    char *out = derived(RNN "loss sum(t, cross_entropy(z[t], y[t]))\n", (gf_derivation_options){.format = 0});
    ck_assert_str_eq(out, "dv stands for d loss / d v. Beyond the ends everything is zero.\n\n"
                          "dz[t]  = softmax(z[t]) - y[t]\n"
                          "dh[t]  = V' @ dz[t] + W' @ dzh[t+1]\n"
                          "dzh[t] = dh[t] * (1 - h[t]^2)\n\n"
                          "dzh[t] is the gradient of W @ h[t-1] + U @ x[t] + b\n\n"
                          "grad(x[t]) = U' @ dzh[t]\n"
                          "grad(W)    = sum(t, dzh[t] @ h[t-1]')\n"
                          "grad(U)    = sum(t, dzh[t] @ x[t]')\n"
                          "grad(b)    = sum(t, dzh[t])\n"
                          "grad(V)    = sum(t, dz[t] @ h[t]')\n"
                          "grad(h[0]) = W' @ dzh[1]\n");
    free(out);
}
END_TEST

/* A softmax that is written out, over steps or over entries: quotients of the model by their name, and what is the same
 * for all terms of a sum in front of it. */
START_TEST(a_softmax_by_hand_is_one_product)
{
    assert_lines("steps T = 3\nsize m = 2\ninput h[t] : m x 1\nparam v : 1 x m\ne[t] = v @ h[t]\n"
                 "w[t] = exp(e[t]) / sum(j, 1..T, exp(e[j]))\nc = sum(t, w[t] * h[t])\nloss sum(c^2)\n",
                 "let dc = 2 * c\n"
                 "let dw[t] = dc' @ h[t]\n"
                 "let de[t] = (dw[t] - sum(s, 1..T, dw[s] * w[s])) * w[t]\n");
    assert_lines("size k = 3\nparam z : k x 1\ngiven y : k x 1\np = exp(z) / sum(exp(z))\nloss sum((p - y)^2)\n",
                 "let dp = 2 * (p - y)\n\nclaim grad(p) = dp\n"
                 "claim grad(z) = (dp - dp' @ p) * p\n");
}
END_TEST

/* What occurs twice is one quantity: exp(z / tau), and so z / tau, receives once what both places bring. */
START_TEST(a_part_that_occurs_twice_receives_once)
{
    assert_lines(
        "size k = 3\nparam z : k x 1\nparam tau : 1 x 1\ngiven y : k x 1\np = exp(z / tau) / sum(exp(z / tau))\n"
        "loss sum((p - y)^2)\n",
        "let dp = 2 * (p - y)\n"
        "let dzp = (dp - dp' @ p) * p  # of z / tau\n\n"
        "claim grad(p) = dp\nclaim grad(z) = dzp / tau\n");
    assert_lines("param a, y : 1 x 1\nh = 1 / (1 + exp(-a))\nloss h * y\n", "claim grad(a) = dh * h * (1 - h)\n");
}
END_TEST

/* Standardized by hand: a number that a row adds up to needs no let, and is added to a column as it is. */
START_TEST(a_number_reaches_every_entry)
{
    assert_lines(
        "size m = 4\nparam a, y : m x 1\nmu = sum(a) / m\nv = sum((a - mu)^2) / m\nq = (a - mu) / sqrt(v + 0.01)\n"
        "loss sum(q * y)\n",
        "let dzq = dq / sqrt(v + 0.01)  # of a - mu\n"
        "let dv = -dq' @ q / (2 * (v + 0.01))\n"
        "let dzv = 2 * dv * (a - mu) / m  # of a - mu\n"
        "let dmu = -colsum(dzv) - colsum(dzq)\n");
}
END_TEST

/* What has no name in the file has its function: of log(1 + exp(…)), and of log(sum(exp(…))). */
START_TEST(exponentials_have_their_function)
{
    assert_lines("size k = 3\nparam a : k x 1\ngiven y : k x 1\nloss sum(log(1 + exp(-y * a))) + log(sum(exp(a)))\n",
                 "claim grad(a) = softmax(a) - sigmoid(-y * a) * y\n");
    assert_lines("size k = 3\nparam a : k x 1\nparam c : 1 x 1\nK = -sum(1 + a - exp(a)) * c\nloss K\n",
                 "claim grad(a) = c * exp(a) - c\n");
}
END_TEST

/* Rows of targets that add up to 1 leave the mask as it is, which stands behind what it has in common with both. */
START_TEST(a_mask_is_one_factor)
{
    assert_lines("size B = 3, k = 4\nparam z : B x k\ngiven y : B x k ~ onehot\ngiven mask : B x 1 ~ bernoulli(0.5)\n"
                 "L = -rowsum(y * log_softmax(z))\nn = sum(mask) + 1\nloss sum(mask * L / n) / B\n",
                 "let dL = mask / B / n\n\nclaim grad(L) = dL\nclaim grad(z) = (softmax(z) - y) * dL\n");
}
END_TEST

/* u[0] is nothing, and exp(e[0]) / m is not. */
START_TEST(a_quotient_has_its_name_within_the_steps_only)
{
    assert_lines(
        "steps T = 3\nsize m = 2\ninput x[t] : m x 1\nparam e0 : m x 1\nstart e[0] = e0\ne[t] = tanh(x[t] + e[t-1])\n"
        "u[t] = exp(e[t]) / m\nq[t] = x[t]^2\nr[t] = q[t] * (exp(e[t-1]) / m)\nloss sum(t, sum(r[t] + u[t]))\n",
        "let dq[t] = dr[t] * exp(e[t-1]) / m\n");
}
END_TEST

START_TEST(what_counts_at_one_step_is_written_for_it)
{
    assert_lines(RNN "loss cross_entropy(z[T], y[T])\n",
                 "let dz[T] = softmax(z[T]) - y[T]\n"
                 "let dh[t] = W' @ dzh[t+1]\n"
                 "let dh[T] = V' @ dz[T]\n"
                 "let dzh[t] = dh[t] * (1 - h[t]^2)  # of W @ h[t-1] + U @ x[t] + b\n");
    assert_lines(RNN "L[t] = cross_entropy(z[t], y[t])\nloss L[T] + L[1]\n", "let dL[t] = zeros(1, 1)\n"
                                                                             "let dL[1] = 1\n"
                                                                             "let dL[T] = 1\n");
}
END_TEST

/* The logarithm's gradient and the sigmoid's slope make a difference, whatever the sigmoid is of. */
START_TEST(logistic_losses_come_to_a_difference)
{
    assert_lines("steps T = 3\nsize m = 2\ninput a[t] : m x 1\ngiven y : 1 x 1 ~ bernoulli(0.5)\nparam v : 1 x m\n"
                 "p = sigmoid(v @ a[T])\nloss -(y * log(p) + (1 - y) * log(1 - p))\n",
                 "let dva = p - y  # of v @ a[T]\n");
}
END_TEST

START_TEST(targets_that_are_no_distribution_keep_their_sum)
{
    const char *text = "size k = 3\nparam z : k x 1\ngiven y : k x 1%s\nloss cross_entropy(z, y)\n";
    char free_ones[200], listed[200];
    snprintf(free_ones, sizeof free_ones, text, "");
    snprintf(listed, sizeof listed, text, " = [0.2; 0.3; 0.5]");
    assert_lines(free_ones, "claim grad(z) = sum(y) * softmax(z) - y\n");
    assert_lines(listed, "claim grad(z) = softmax(z) - y\n");
}
END_TEST

START_TEST(a_sum_needs_no_brackets_in_a_sum)
{
    assert_lines("param a, w : 1 x 1\nq = w^2\nloss a * q + tanh(q)\n", "let dq = a + 1 - tanh(q)^2\n");
}
END_TEST

/* With the letters that the file has for them, also where a recurrence says nothing of its own size. */
START_TEST(sizes_are_those_of_the_file)
{
    const char *slice = "steps T = 3\nsize n = 4, m = 4\nparam A : m x m\nparam s : m x 1\ninput x[t] : n x 1\n"
                        "start r[0] = s\nq[t] = [r[t-1]; x[t]]\nr[t] = tanh(rows(q[t], 1, m) + A @ r[t-1])\n"
                        "loss sum(t, sum(r[t]))\n";
    assert_lines(slice, "let dq[t] = [dzr[t]; zeros(n, 1)]\n");
    assert_lines(slice, "claim grad(x[t]) = rows(dq[t], m + 1, m + n)\n");
    assert_lines("size n = 2, m = 3\nparam A : m x n\nloss mse(vec(A), vec(A))\n", "m * n");
}
END_TEST

START_TEST(indices_are_turned_round)
{
    const char *head = "steps T = 4\nsize m = 2\ninput x[t] : m x 1\nparam W : m x m\nh[t] = W @ x[t]\n";
    char text[400];
    snprintf(text, sizeof text, "%sg[t] = tanh(h[T+1-t])\nloss sum(t, sum(g[t]))\n", head);
    assert_lines(text, "let dh[t] = dg[T+1-t] * (1 - g[T+1-t]^2)\n");
    snprintf(text, sizeof text, "%sg[t] = sum(j, 1..t, h[j])^2\nloss sum(t, sum(g[t]))\n", head);
    assert_lines(text, "let dh[t] = sum(s, t..T, 2 * dg[s] * sum(j, 1..s, h[j]))\n");
    snprintf(text, sizeof text, "%sg[t] = sum(j, 1..3, tanh(h[t] * j))\nloss sum(t, sum(g[t]^2))\n", head);
    assert_lines(text, "let dh[t] = sum(j, 1..3, j * ");
    snprintf(text, sizeof text, "%sloss sum(prod(j, T downto 1, diag(h[j])))\n", head);
    assert_lines(text, "prod(k, T downto t+1, diag(h[k]))'");
}
END_TEST

START_TEST(what_cannot_be_turned_round_is_written_step_by_step)
{
    const char *text = "steps T = 4\ninput x[t] : 2 x 1\nparam W : 2 x 2\nh[t] = W @ x[t]\n"
                       "loss sum(h[2*2]) + sum(j, 1..2, sum(h[2*j]^2))\n";
    assert_lines(text, "let dh[1] = zeros(2, 1)\nlet dh[2] = 2 * h[2]\nlet dh[3] = zeros(2, 1)\n"
                       "let dh[4] = ones(2, 1) + 2 * h[4]\n");
    assert_refused(
        "steps T = 30\ninput x[t] : 2 x 1\nparam W : 2 x 2\nh[t] = W @ x[t]\nloss sum(j, 1..2, sum(h[2*j]))\n",
        (gf_derivation_options){.format = 0}, GF_ERROR_LIMIT,
        "test.gf:5:23: error: h[2*j]: the gradient of h must be written step by step, and there are 30 steps");
}
END_TEST

START_TEST(a_step_behind_a_cut_has_a_line_of_its_own)
{
    assert_lines(RNN "truncate 2\nloss sum(t, cross_entropy(z[t], y[t]))\n", "let dh[t] = V' @ dz[t] + W' @ dzh[t+1]\n"
                                                                             "let dh[2] = V' @ dz[2]\n");
}
END_TEST

START_TEST(nothing_is_divided_by_zero_beyond_the_ends)
{
    assert_lines("steps T = 3\nparam w : 2 x 1\nstart s[0] : 2 x 1 = 1\ns[t] = w / s[t-1]\nloss sum(s[T])\n",
                 "let ds[t] = dzs[t+1]\n");
}
END_TEST

START_TEST(starts_have_gradients)
{
    const char *text = "steps T = 3\nparam w : 2 x 1\nparam u : 2 x 1\nstart h[0] = tanh(u)\n"
                       "h[t] = w * h[t-1]\nloss sum(h[T])\n";
    assert_lines(text, "let dh0 = dh[1] * w\n");
    assert_lines(text, "claim grad(u) = dh0 * (1 - h[0]^2)\n");
    assert_lines(text, "claim grad(h[0]) = dh0\n");
}
END_TEST

START_TEST(names_of_the_file_are_avoided)
{
    assert_lines(RNN "loss sum(t, cross_entropy(z[t], y[t]))\nlet dz[t] = z[t]\n",
                 "let dz_[t] = softmax(z[t]) - y[t]\n");
    char *out = derived(RNN "loss sum(t, cross_entropy(z[t], y[t]))\nlet dz[t] = z[t]\n",
                        (gf_derivation_options){.format = GF_DERIVATION_TEXT});
    ck_assert_ptr_nonnull(strstr(out, "dz[t]  = softmax")); /* there it stands alone */
    free(out);
}
END_TEST

START_TEST(one_name_needs_only_what_lies_behind_it)
{
    char *out = derived(RNN "loss sum(t, cross_entropy(z[t], y[t]))\n",
                        (gf_derivation_options){.format = GF_DERIVATION_GF, .of = "V"});
    ck_assert_str_eq(out, "# dv stands for d loss / d v. Beyond the ends everything is zero.\n\n"
                          "let dz[t] = softmax(z[t]) - y[t]\n\n"
                          "claim grad(V) = sum(t, dz[t] @ h[t]')\n");
    free(out);
}
END_TEST

START_TEST(nothing_passes_through_what_is_held)
{
    const char *text = RNN "loss sum(t, sum(z[t]) + sum(h[t]))\n";
    char *out = derived(text, (gf_derivation_options){.format = GF_DERIVATION_GF, .of = "b", .held = "z, x"});
    ck_assert_ptr_nonnull(strstr(out, "let dh[t] = ones(m, 1) + W' @ dzh[t+1]\n"));
    ck_assert_ptr_nonnull(strstr(out, "claim grad(b | z, x) = sum(t, dzh[t])\n"));
    free(out);
    assert_refused(text, (gf_derivation_options){.held = "h, q"}, GF_ERROR_ARGUMENT,
                   "q is no name of the model's graph");
}
END_TEST

START_TEST(a_long_sum_goes_on_below)
{
    const char *sum = "param left_hand, right_hand, upper_side, lower_side, front_door, back_door, w : 1 x 1\nq = w^2\n"
                      "loss left_hand * q - right_hand * q + upper_side * q + lower_side * q + front_door * q +\n"
                      "    front_door * back_door * q + tanh(q)\n";
    char *out = derived(sum, (gf_derivation_options){.format = GF_DERIVATION_TEXT});
    const char *lines =
        "dq = left_hand - right_hand + upper_side + lower_side + front_door + front_door * back_door + 1\n"
        "     - tanh(q)^2\n";
    ck_assert_msg(strstr(out, lines) != NULL, "%s", out);
    free(out);
}
END_TEST

START_TEST(reasons_are_the_equations_and_the_formulas)
{
    char *out = derived(RNN "loss sum(t, cross_entropy(z[t], y[t]))\n",
                        (gf_derivation_options){.format = GF_DERIVATION_GF, .of = "V", .why = true});
    ck_assert_ptr_nonnull(strstr(out, "# z[t] = V @ h[t]   (@: G @ b')\nclaim grad(V) = sum(t, dz[t] @ h[t]')\n"));
    free(out);
    out = derived("size k = 3\nparam z : k x 1\np = exp(z) / sum(exp(z))\nloss p' @ p\n",
                  (gf_derivation_options){.format = GF_DERIVATION_TEXT, .why = true});
    ck_assert_msg(strstr(out, "((/: G / b) + (/: -G * y / b; Σ: G * ones(r(a), c(a))); exp: G * y)"), "%s", out);
    free(out);
}
END_TEST

/* --- Jacobians ---------------------------------------------------------------------------------------------------- */

START_TEST(a_jacobian_is_a_sum_over_paths)
{
    const char *text = RNN "g[t] = sigmoid(U @ x[t] + W @ h[t-1])\nc[t] = g[t] + h[t] * h[t-1]\n"
                           "loss sum(c[T])\n";
    char *out = derived(text, (gf_derivation_options){.format = GF_DERIVATION_GF, .jacobian = "c[t], h[t-1]"});
    ck_assert_str_eq(out, "# h[t-1] -> c[t]\nlet J1[t] = diag(h[t])\n\n"
                          "# h[t-1] -> g[t] -> c[t]\nlet J2[t] = diag(g[t] * (1 - g[t])) @ W\n\n"
                          "# h[t-1] -> h[t] -> c[t]\nlet J3[t] = diag(h[t-1] * (1 - h[t]^2)) @ W\n\n"
                          "claim \"h[t-1] -> c[t]\": jacobian(c[t], h[t-1] | g[t], h[t]) = J1[t]\n"
                          "claim \"h[t-1] -> g[t] -> c[t]\": jacobian(c[t], h[t-1] | h[t]) = J1[t] + J2[t]\n"
                          "claim \"h[t-1] -> h[t] -> c[t]\": jacobian(c[t], h[t-1] | g[t]) = J1[t] + J3[t]\n"
                          "claim \"all paths\": jacobian(c[t], h[t-1]) = J1[t] + J2[t] + J3[t]\n");
    free(out);
    out = derived(text, (gf_derivation_options){.format = GF_DERIVATION_TEXT, .jacobian = "c[t], h[t-1] | h[t], g"});
    ck_assert_str_eq(out, "J1[t] = diag(h[t])\n    h[t-1] -> c[t]\n\njacobian(c[t], h[t-1] | h[t], g) = J1[t]\n");
    free(out);
}
END_TEST

/* A mask is a diagonal matrix. */
START_TEST(a_jacobian_through_choices)
{
    const char *text = "steps T = 3\nsize m = 2\nparam U : m x m\ninput s[t] : m x 1\nstart h[0] : m x 1 = 0.5\n"
                       "a[t] = max(U @ h[t-1], 0.1)\nh[t] = where(s[t] > 0, a[t], h[t-1])\nloss sum(h[T])\n";
    char *out = derived(text, (gf_derivation_options){.format = GF_DERIVATION_GF, .jacobian = "h[t], a[t]"});
    ck_assert_str_eq(out, "# a[t] -> h[t]\nlet J1[t] = diag(where(s[t] > 0, 1, 0))\n\n"
                          "claim \"a[t] -> h[t]\": jacobian(h[t], a[t]) = J1[t]\n");
    free(out);
    out = derived(text, (gf_derivation_options){.format = GF_DERIVATION_GF, .jacobian = "h[t], h[t-1]"});
    ck_assert(strstr(out, "let J1[t] = diag(where(s[t] > 0, 0, 1))\n"));
    free(out);
    const char *unit = "steps T = 3\ninput x[t] : 1 x 1\nparam w : 1 x 1\nstart h[0] : 1 x 1 = 0\n"
                       "h[t] = sigmoid(w * h[t-1] + x[t])\nloss h[T]\n"; /* without eye(1) */
    out = derived(unit, (gf_derivation_options){.format = GF_DERIVATION_TEXT, .jacobian = "h[t], h[t-1]"});
    ck_assert(strstr(out, "J1[t] = w * (1 - h[t]) * h[t]\n"));
    free(out);
}
END_TEST

/* Two halves of a choice are one, with the numbers before them: Huber's loss. */
START_TEST(a_choice_of_two_gradients_is_one)
{
#define HUBER(least, linear)                                                                                           \
    "steps T = 3\nsize n = 2\ninput a[t] : n x 1\ne[t] = 3 * a[t]\nloss sum(t, sum(where(abs(e[t]) <= 1, " least       \
    ", " linear ")))\n"
    assert_lines(HUBER("e[t]^2 / 2", "abs(e[t]) - 0.5"), "let de[t] = where(abs(e[t]) <= 1, e[t], abs'(e[t]))\n");
    assert_lines(HUBER("e[t]", "0.7 * abs(e[t])"), "let de[t] = where(abs(e[t]) <= 1, ones(n, 1), 0.7 * abs'(e[t]))\n");
}
END_TEST

START_TEST(a_jacobian_that_cannot_be_written_is_refused)
{
    const char *text = RNN "X[t] = h[t] @ h[t]'\nloss sum(t, sum(X[t]))\n";
    assert_refused(text, (gf_derivation_options){.jacobian = "X[t], h[t]"}, GF_ERROR_ARGUMENT,
                   "X[t] is a matrix: a Jacobian is written for columns and rows");
    assert_refused(text, (gf_derivation_options){.jacobian = "h[t], h[t+1]"}, GF_ERROR_ARGUMENT,
                   "no path leads from the second to the first");
    assert_refused(text, (gf_derivation_options){.jacobian = "h[t], h[t-1]", .format = GF_DERIVATION_NUMPY},
                   GF_ERROR_ARGUMENT, "a Jacobian is written as text or gf alone");
    assert_refused(text, (gf_derivation_options){.jacobian = "h[t]"}, GF_ERROR_ARGUMENT,
                   "is asked for as 'c[t], c[t-1]'");
    assert_refused(text, (gf_derivation_options){.jacobian = "h[t], W"}, GF_ERROR_ARGUMENT, "W is not written with t");
    assert_refused(text, (gf_derivation_options){.jacobian = "h[t], q"}, GF_ERROR_ARGUMENT,
                   "q is no name of the model's graph");
    assert_refused(text, (gf_derivation_options){.jacobian = "h[t], q[t]"}, GF_ERROR_ARGUMENT,
                   "q[t] is no name of the model's graph");
}
END_TEST

/* --- what is wrong ------------------------------------------------------------------------------------------------ */

START_TEST(what_has_no_gradient_is_refused)
{
    const char *text = RNN "param unused : 1 x 1\nloss sum(t, cross_entropy(z[t], y[t]))\nlet a = 1\n";
    assert_refused(text, (gf_derivation_options){.of = "q"}, GF_ERROR_ARGUMENT, "q is no name of the model's graph");
    assert_refused(text, (gf_derivation_options){.of = "a"}, GF_ERROR_ARGUMENT, "a is no name of the model's graph");
    assert_refused(text, (gf_derivation_options){.of = "T"}, GF_ERROR_ARGUMENT, "T is no name of the model's graph");
    assert_refused(text, (gf_derivation_options){.of = "y"}, GF_ERROR_ARGUMENT, "y is given, and has no gradient");
    assert_refused(text, (gf_derivation_options){.of = "unused"}, GF_ERROR_ARGUMENT, "the loss does not depend on it");
    assert_refused(text, (gf_derivation_options){.of = "W", .held = "h"}, GF_ERROR_ARGUMENT,
                   "every way from it to the loss leads through what is held fixed");
}
END_TEST

START_TEST(arguments_are_checked)
{
    gf_model *m;
    char *out = NULL;
    ck_assert_int_eq(gf_model_parse(&m, RNN "loss sum(z[T])\n", "test.gf"), GF_OK);
    ck_assert_int_eq(gf_derivation(NULL, m, NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_derivation(&out, NULL, NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_derivation(&out, m, &(gf_derivation_options){.of = "V"}), GF_ERROR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(gf_model_message(m), "size"));
    ck_assert_int_eq(gf_derivation(&out, m, NULL), GF_OK);
    ck_assert_str_eq(gf_model_message(m), "");
    free(out);
    gf_model_free(m);
}
END_TEST

START_TEST(text_leaves_out_what_names_say_alone)
{
    char *out = derived(RNN "param d : k x 1\no[t] = z[t] + d\nL[t] = cross_entropy(o[t], y[t])\nloss L[T]\n",
                        (gf_derivation_options){.format = GF_DERIVATION_TEXT});
    ck_assert_ptr_nonnull(strstr(out, "\ngrad(d)    = do[T]\n"));
    ck_assert_ptr_null(strstr(out, "grad(o[T])"));
    ck_assert_ptr_null(strstr(out, "grad(h[t])"));
    free(out);
}
END_TEST

START_TEST(every_format_is_written)
{
    static const gf_derivation_format formats[] = {GF_DERIVATION_TEXT, GF_DERIVATION_GF, GF_DERIVATION_LATEX,
                                                   GF_DERIVATION_MARKDOWN, GF_DERIVATION_NUMPY};
    static const char *const signs[] = {"dz[t]", "let dz[t]", "\\begin{align*}", "$$", "def backward(params, inputs):"};
    for (int k = 0; k < 5; k++) {
        char *out = derived(RNN "loss sum(t, cross_entropy(z[t], y[t]))\n",
                            (gf_derivation_options){.format = formats[k], .why = true});
        ck_assert_msg(strstr(out, signs[k]) != NULL, "%s", out);
        free(out);
    }
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        an_argument_without_a_name_gets_a_let,
        a_softmax_by_hand_is_one_product,
        a_part_that_occurs_twice_receives_once,
        a_number_reaches_every_entry,
        exponentials_have_their_function,
        a_mask_is_one_factor,
        a_quotient_has_its_name_within_the_steps_only,
        what_counts_at_one_step_is_written_for_it,
        logistic_losses_come_to_a_difference,
        targets_that_are_no_distribution_keep_their_sum,
        a_sum_needs_no_brackets_in_a_sum,
        sizes_are_those_of_the_file,
        indices_are_turned_round,
        what_cannot_be_turned_round_is_written_step_by_step,
        a_step_behind_a_cut_has_a_line_of_its_own,
        nothing_is_divided_by_zero_beyond_the_ends,
        starts_have_gradients,
        names_of_the_file_are_avoided,
        one_name_needs_only_what_lies_behind_it,
        text_leaves_out_what_names_say_alone,
        nothing_passes_through_what_is_held,
        a_long_sum_goes_on_below,
        reasons_are_the_equations_and_the_formulas,
        a_jacobian_is_a_sum_over_paths,
        a_jacobian_through_choices,
        a_choice_of_two_gradients_is_one,
        a_jacobian_that_cannot_be_written_is_refused,
        what_has_no_gradient_is_refused,
        arguments_are_checked,
        every_format_is_written,
    };
    return RUN_TESTS("derive", tests);
}
