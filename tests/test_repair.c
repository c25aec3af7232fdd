/* Repair: which edit is proposed first for a line that is wrong. tests/planted counts kinds by the hundred; here stand
 * single derivations that people write. */
#include "equations.h"

/* The first edit for claim number k (from 0): the statement to put in place of line `line`. */
static void assert_first_edit(const char *text, size_t k, int line, const char *mended)
{
    gf_model *m;
    gf_report *report;
    const gf_claim *claim;
    gf_model_parse(&m, text, "test.gf");
    ck_assert_msg(
        gf_model_claims(&report, m, &(gf_claims_options){.size = sizeof(gf_claims_options), .repair = true}) == GF_OK,
        "%s", gf_model_message(m));
    ck_assert((claim = gf_report_claim(report, k)));
    ck_assert_msg(claim->repair_count, "no edit of  %s", claim->text);
    ck_assert_str_eq(claim->repairs[0]->mended, mended);
    ck_assert_int_eq(claim->repairs[0]->line, line);
    gf_report_free(report);
    gf_model_free(m);
}

#define RNN                                                                                                            \
    "steps T = 4\nsize n = 3, m = 4, k = 2\ninput x[t] : n x 1\ninput y[t] : k x 1 ~ onehot\n"                         \
    "param U : m x m\nparam W : m x n\nparam V : k x m\nstart h[0] : m x 1 = 0\n"                                      \
    "h[t] = tanh(U @ h[t-1] + W @ x[t])\nz[t] = V @ h[t]\nL[t] = cross_entropy(z[t], y[t])\nloss sum(t, L[t])\n"

#define GATE                                                                                                           \
    "steps T = 3\nsize m = 3\ninput u[t], q[t] : m x 1\nparam w : m x 1\nstart c[0] : m x 1 ~ normal(0, 1)\n"          \
    "f[t] = sigmoid(w * u[t])\nc[t] = f[t] * c[t-1] + (1 - f[t]) * u[t]\nloss sum(t, q[t]' @ c[t])\n"

/* Half of all lecture notes call the gradient of the logits dy, beside targets y: it is not the gradient of y. */
START_TEST(names_beside_a_target)
{
    assert_first_edit(RNN "let dy[t] = softmax(z[t]) - y[t]\n"
                          "let dh[t] = V' @ dy[t] + U' @ (dh[t+1] * (1 - h[t]^2))\n"
                          "claim grad(h[t]) = dh[t]\nclaim grad(U) = sum(t, (dh[t] * (1 - h[t]^2)) @ h[t-1]')\n",
                      1, 14, "let dh[t] = V' @ dy[t] + U' @ (dh[t+1] * (1 - h[t+1]^2))");
}
END_TEST

/* A name may begin right behind the relation that is wrong. */
START_TEST(a_relation_before_a_letter)
{
    assert_first_edit("param é : 1 x 1\nloss é\nclaim exp(é) <é\n", 0, 3, "claim exp(é) >é");
    assert_first_edit("param é : 1 x 1\nloss é\nclaim exp(é) ≤é\n", 0, 3, "claim exp(é) >=é");
}
END_TEST

/* A sum in place of a product has the same terms, spelt as they are. */
START_TEST(what_stays_is_spelt_as_it_stands)
{
    assert_first_edit("steps T = 4\nsize n = 2\ninput x[t] : 1 x n\nparam W : n x n\nh[t] = tanh(x[t]@W)\n"
                      "loss sum(t, sum(h[t]))\nlet dz[t] = grad(h[t])*(1-h[t]^2)\n"
                      "claim grad(W) = prod(s, 1..T, x[s]'@dz[s])\n",
                      0, 8, "claim grad(W) = sum(s, 1..T, x[s]'@dz[s])");
}
END_TEST

/* What brackets should have held together is put into brackets, not multiplied out. */
START_TEST(terms_with_a_factor_in_common)
{
    assert_first_edit(RNN "let da[t] = V' @ (softmax(z[t]) - y[t]) + U' @ da[t+1] * (1 - h[t]^2)\n"
                          "claim grad(U) = sum(t, da[t] @ h[t-1]')\n",
                      0, 13, "let da[t] = (V' @ (softmax(z[t]) - y[t]) + U' @ da[t+1]) * (1 - h[t]^2)");
    assert_first_edit(GATE
                      "let df[t] = grad(c[t]) * c[t-1] * f[t] * (1 - f[t])\nclaim grad(w) = sum(t, df[t] * u[t])\n",
                      0, 9, "let df[t] = grad(c[t]) * (c[t-1] - u[t]) * f[t] * (1 - f[t])");
}
END_TEST

/* What begins at no step is 0 there, and makes a factor of 1: nobody means that. */
START_TEST(no_step_before_the_first)
{
    assert_first_edit(GATE "let dc[t] = q[t] + dc[t+1] * f[t+1]\nclaim grad(c[0]) = dc[1] * f[1] * (1 - f[1])\n", 0, 10,
                      "claim grad(c[0]) = dc[1] * f[1]");
}
END_TEST

/* Of what has no terms that fit, as the difference of a logistic loss. */
START_TEST(a_sum_for_one_step)
{
    assert_first_edit("steps T = 4\nsize p = 3\ninput a[t] : p x 1\ngiven y : 1 x 1 ~ bernoulli(0.5)\n"
                      "param v : 1 x p\ns = sigmoid(v @ a[T])\nloss -(y * log(s) + (1 - y) * log(1 - s))\n"
                      "claim grad(v) = sum(t, (s - y) * a[t]')\n",
                      0, 8, "claim grad(v) = (s - y) * a[T]'");
}
END_TEST

/* Does any proposal for the claim, an edit or the name that is meant, have the text? */
static bool proposes(const char *declaration, const char *claimed, const char *text)
{
    char file[600];
    snprintf(file, sizeof file, "size k = 3\n%s\nparam W : k x 1\np = tanh(W)\nloss sum(p * p * p * y)\nclaim %s\n",
             declaration, claimed);
    gf_model *m;
    gf_report *report;
    const gf_claim *claim;
    ck_assert_int_eq(gf_model_parse(&m, file, "test.gf"), GF_OK);
    gf_model_claims(&report, m, &(gf_claims_options){.size = sizeof(gf_claims_options), .repair = true});
    ck_assert((claim = gf_report_claim(report, 0)) && claim->verdict != GF_HOLDS);
    bool found = strstr(claim->message, text);
    for (size_t k = 0; k < claim->repair_count; k++)
        found |= strstr(claim->repairs[k]->mended, text) != NULL;
    gf_report_free(report);
    gf_model_free(m);
    return found;
}

/* The gradient of what is given is never meant. */
START_TEST(nothing_proposes_the_gradient_of_what_is_given)
{
    const char *line = "grad(p) = p * p * p", *name = "grad(yy) = 0";
    ck_assert(proposes("input y : k x 1", line, "grad(y)"));
    ck_assert(!proposes("given y : k x 1", line, "grad(y)"));
    ck_assert(proposes("input y : k x 1", name, "did you mean y"));
    ck_assert(!proposes("given y : k x 1", name, "did you mean y"));
}
END_TEST

/* What stands in a line of a report, and under it, a program reads. */
START_TEST(a_claim_is_told_part_by_part)
{
    gf_model *m = model_of("steps T = 4\nparam w : 1 x 1 = 0.5\nstart h[0] : 1 x 1 = 1\nh[t] = w * h[t-1]\nloss h[T]\n"
                           "let dh[t] = w * dh[t+1]\nlet dh[T] = 1\n"
                           "claim \"by w\": grad(w) = -sum(t, dh[t] * h[t-1])\nclaim h[t] = w  for t = 1..3\n");
    gf_claims_options options = {.size = sizeof options, .repair = true};
    gf_report *report;
    ck_assert_int_eq(gf_model_claims(&report, m, &options), GF_OK);
    gf_model_free(m); /* the report needs it no longer */
    const gf_claim *first = gf_report_claim(report, 0), *second = gf_report_claim(report, 1);
    ck_assert_int_eq(first->line, 8);
    ck_assert_str_eq(first->label, "by w");
    ck_assert_str_eq(first->left, "grad(w)");
    ck_assert_str_eq(first->text, "grad(w) = -sum(t, dh[t] * h[t-1])");
    ck_assert_str_eq(first->holds_for, ""); /* it has no index */
    ck_assert_uint_ge(first->repair_count, 1);
    const gf_repair *repair = first->repairs[0];
    ck_assert_str_eq(repair->kind, "sign");
    ck_assert_str_eq(repair->term, "sum(t, dh[t] * h[t-1])");
    ck_assert_str_eq(repair->written, "claim \"by w\": grad(w) = -sum(t, dh[t] * h[t-1])");
    ck_assert_str_eq(repair->marks, "                        ~");
    ck_assert_str_eq(repair->mended, "claim \"by w\": grad(w) = sum(t, dh[t] * h[t-1])");
    ck_assert_str_eq(second->label, "");
    ck_assert_str_eq(second->holds_for, "t = 1");
    ck_assert_str_eq(second->fails_for, "t = 2..3");
    ck_assert_str_eq(second->at, "t = 3");
    ck_assert(second->a == 0.125 && second->b == 0.5);
    gf_report_free(report);
}
END_TEST

/* A network h[t] = f(a[t]) whose derivation has no slope of f: the edit puts it in. */
static void assert_slope(const char *f, const char *slope)
{
    char text[800], mended[160];
    int size = snprintf(text, sizeof text,
                        "steps T = 4\nsize m = 4, n = 3, k = 2\ninput x[t] : n x 1\ninput y[t] : k x 1\n"
                        "param U : m x n\nparam W : m x m\nparam V : k x m\nparam b : m x 1\nstart h[0] : m x 1 = 0\n"
                        "a[t] = W @ h[t-1] + U @ x[t] + b\nh[t] = %s\nz[t] = V @ h[t]\nloss sum(t, mse(z[t], y[t]))\n"
                        "let dh[t] = V' @ grad(z[t]) + W' @ da[t+1]\nlet da[t] = dh[t]\n"
                        "claim grad(a[t]) = da[t]\n",
                        f);
    ck_assert_int_lt(size, (int)sizeof text);
    snprintf(mended, sizeof mended, "let da[t] = %s", slope);
    assert_first_edit(text, 0, 15, mended);
}

START_TEST(a_forgotten_slope_is_put_in)
{
    assert_slope("tanh(a[t])", "dh[t] * (1 - h[t]^2)");
    assert_slope("relu(a[t])", "dh[t] * relu'(a[t])");
    assert_slope("clip(a[t], -1, 1)", "dh[t] * clip'(a[t], -1, 1)");
    assert_slope("sqrt(exp(a[t]) + 1)", "dh[t] / (2 * h[t]) * exp(a[t])");
    assert_slope("a[t]^2", "2 * dh[t] * a[t]");
    assert_slope("a[t] / (1 + exp(U @ x[t]))", "dh[t] / (1 + exp(U @ x[t]))");
    assert_slope("softmax(a[t])", "h[t] * (dh[t] - dh[t]' @ h[t])");
}
END_TEST

/* What a function is of needs no name, and the line that is wrong may be another one's. */
START_TEST(a_slope_of_what_has_no_name)
{
    assert_first_edit("steps T = 3\nsize m = 3, n = 2\ninput x[t] : n x 1\nparam U : m x n\nparam W : m x m\n"
                      "start h[0] : m x 1 = 0\nh[t] = abs(W @ h[t-1] + U @ x[t])\nloss sum(t, sum(h[t]^2))\n"
                      "claim grad(U) = sum(t, grad(h[t]) @ x[t]')\n",
                      0, 9, "claim grad(U) = sum(t, grad(h[t]) * abs'(W @ h[t-1] + U @ x[t]) @ x[t]')");
}
END_TEST

/* Who takes the Jacobian of softmax for a diagonal forgets a term of its slope. */
START_TEST(a_term_of_a_slope)
{
    assert_first_edit("steps T = 3\nsize m = 3, n = 2\ninput x[t] : n x 1\ninput y[t] : m x 1\nparam U : m x n\n"
                      "z[t] = U @ x[t]\np[t] = softmax(z[t])\nloss sum(t, mse(p[t], y[t]))\n"
                      "claim grad(z[t]) = p[t] * grad(p[t])\n",
                      0, 9, "claim grad(z[t]) = p[t] * (grad(p[t]) - grad(p[t])' @ p[t])");
}
END_TEST

/* A way that a Jacobian leaves out is put in, whatever operations are on it, and whatever its index is called. */
START_TEST(a_way_of_a_jacobian)
{
    const char *model = "steps T = 3\nsize m = 3\nparam g : m x 1\nparam U : m x m\nstart h[0] : m x 1 ~ normal(0, 1)\n"
                        "v[t] = abs(U @ h[t-1])\nh[t] = g * h[t-1] - v[t]\nloss sum(t, sum(h[t]))\nclaim %s\n";
    const char *lines[][2] = {
        {"jacobian(h[t], h[t-1]) = diag(g)", "claim jacobian(h[t], h[t-1]) = diag(g) - diag(abs'(U @ h[t-1])) @ U"},
        {"jacobian(h[j], h[j-1]) = -diag(abs'(U @ h[j-1])) @ U for j = 1..T",
         "claim jacobian(h[j], h[j-1]) = -diag(abs'(U @ h[j-1])) @ U + diag(g) for j = 1..T"},
    };
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        char text[400];
        snprintf(text, sizeof text, model, lines[k][0]);
        assert_first_edit(text, 0, 9, lines[k][1]);
    }
}
END_TEST

/* Which words are taken for each other, the table says: all of those that leave a shape as it is, all that do not. */
START_TEST(any_function_for_any_other)
{
    const char *model = "size n = 3\nparam a : n x 1\nb = abs(a)\nloss sum(b)\nclaim %s\n";
    const char *lines[][2] = {{"grad(a) = grad(b) * abs(a)", "claim grad(a) = grad(b) * abs'(a)"},
                              {"grad(a) = relu'(a)", "claim grad(a) = abs'(a)"},
                              {"norm(b) = max(b)", "claim norm(b) = norm2(b)"}};
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        char text[200];
        snprintf(text, sizeof text, model, lines[k][0]);
        assert_first_edit(text, 0, 5, lines[k][1]);
    }
}
END_TEST

/* --- the table of slips, a case for each kind --------------------------------------------------------------------- */

/* The first edit of a claim behind a model, as the claim it makes; "" where there is none. */
static void assert_claim(const char *model, const char *claimed, const char *mended)
{
    char text[2400], line[300] = "";
    ck_assert_int_lt(snprintf(text, sizeof text, "%sclaim %s\n", model, claimed), (int)sizeof text);
    gf_model *m = model_of(text);
    gf_report *report;
    gf_model_claims(&report, m, &(gf_claims_options){.size = sizeof(gf_claims_options), .repair = true});
    const gf_claim *claim = gf_report_claim(report, gf_report_count(report) - 1);
    ck_assert_msg(claim->verdict != GF_HOLDS, "it holds: %s", claimed);
    if (claim->repair_count)
        snprintf(line, sizeof line, "%s", claim->repairs[0]->mended);
    ck_assert_str_eq(line[0] ? strstr(line, " ") + 1 : line, mended);
    gf_report_free(report);
    gf_model_free(m);
}

/* A claim is one line: h[t] stands in the next difference, too, but for h[T]. */
START_TEST(what_counts_at_all_steps_but_the_last)
{
    assert_claim("steps T = 4\nsize m = 2\ninput x[t] : m x 1\nparam W : m x m\nstart h[0] : m x 1 = 0\n"
                 "h[t] = tanh(W @ h[t-1] + x[t])\nloss sum(t, sum((h[t] - h[t-1])^2))\n",
                 "grad(h[t]) = 2 * (h[t] - h[t-1]) + W' @ ((1 - h[t+1]^2) * grad(h[t+1]))",
                 "grad(h[t]) = 2 * (h[t] - h[t-1]) + W' @ ((1 - h[t+1]^2) * grad(h[t+1])) - where(t < T, 2 * (h[t+1] - "
                 "h[t]), 0)");
}
END_TEST

/* A Jacobian over two steps, of which one may be skipped. */
START_TEST(a_jacobian_over_two_steps)
{
    assert_claim(
        "steps T = 6\nsize m = 3\ninput x[t] : m x 1\nparam W : m x m\nstart h[0], h[-1] : m x 1\n"
        "h[t] = tanh(W @ h[t-1] + x[t]) + 0.4 * h[t-2]\nloss sum(h[T])\n",
        "jacobian(h[t], h[t-2]) = jacobian(h[t], h[t-1]) @ jacobian(h[t-1], h[t-2]) for t = 3..T",
        "jacobian(h[t], h[t-2]) = jacobian(h[t], h[t-1]) @ jacobian(h[t-1], h[t-2]) + 0.4 * eye(m) for t = 3..T");
}
END_TEST

/* Of a penalty within the sum there would be as many as steps. */
START_TEST(what_belongs_behind_a_sum)
{
    assert_claim("steps T = 4\nsize m = 2\ninput x[t] : m x 1\nparam W : m x m\nh[t] = tanh(W @ x[t])\n"
                 "loss sum(t, sum(h[t])) + 0.1 * sum(W^2)\n",
                 "grad(W) = sum(t, (1 - h[t]^2) @ x[t]' + 0.2 * W)",
                 "grad(W) = sum(t, (1 - h[t]^2) @ x[t]') + 0.2 * W");
}
END_TEST

/* Both factors of v' @ v bring v: that is one term. */
START_TEST(a_square_is_one_term)
{
    assert_claim("steps T = 5\nsize m = 3\ninput v[t] : m x 1\nq[t] = tanh(v[t])\n"
                 "loss sum(t, v[t]' @ v[t] + sum(q[t])) / (2 * T)\n",
                 "grad(v[t]) = grad(q[t]) * (1 - q[t]^2)", "grad(v[t]) = grad(q[t]) * (1 - q[t]^2) + v[t] / T");
}
END_TEST

/* The two terms, y / p * p and (y / p)' @ p * p, are written as no reader of them would divide and multiply. */
START_TEST(a_softmax_by_hand_has_its_gradient)
{
    assert_claim(
        "steps T = 4\nsize k = 3\ninput x[t] : k x 1\ngiven y[t] : k x 1 ~ onehot\nparam V : k x k\nz[t] = V @ x[t]\n"
        "p[t] = exp(z[t]) / sum(exp(z[t]))\nloss -sum(t, sum(y[t] * log(p[t])))\n",
        "grad(z[t]) = p[t] * y[t]", "grad(z[t]) = p[t] - y[t]");
}
END_TEST

/* It is larger with the file's seed and those next to it; with others it is not. */
START_TEST(a_relation_by_chance)
{
    assert_claim("steps T = 6\nsize n = 2, m = 3, k = 2\nseed 5\ninput x[t] : n x 1\ngiven y : k x 1\n"
                 "param W : m x m ~ normal(0, 1)\nparam U : m x n\nparam V : k x m\nstart h[0] : m x 1 = 0.5\n"
                 "a[t] = W @ h[t-1] + U @ x[t]\nh[t] = sigmoid(a[t])\nloss mse(V @ h[T], y)\n",
                 "norm2(jacobian(h[t], h[t-1])) <= (norm2(W) / 4)^2", "");
}
END_TEST

static void assert_claims(const char *model, const char *const lines[][2], size_t count)
{
    for (size_t k = 0; k < count; k++)
        assert_claim(model, lines[k][0], lines[k][1]);
}

#define ASSERT_CLAIMS(model, lines) assert_claims(model, lines, sizeof(lines) / sizeof *(lines))

#define LSTM                                                                                                           \
    "steps T = 4\nsize n = 3, m = 4\ninput x[t] : n x 1\ninput y[t] : m x 1\nparam Wf, Wi, Wg, Wo : m x m+n\n"         \
    "start h[0] : m x 1 ~ normal(0, 1)\nstart c[0] : m x 1 ~ normal(0, 1)\nv[t] = [h[t-1]; x[t]]\n"                    \
    "f[t] = sigmoid(Wf @ v[t])\ni[t] = sigmoid(Wi @ v[t])\ng[t] = tanh(Wg @ v[t])\no[t] = sigmoid(Wo @ v[t])\n"        \
    "c[t] = f[t] * c[t-1] + i[t] * g[t]\nh[t] = o[t] * tanh(c[t])\nloss sum(t, mse(h[t], y[t]))\n"                     \
    "let dh[t] = grad(h[t])\nlet dc[t] = grad(c[t])\nlet qi[t] = dc[t] * g[t] * i[t] * (1 - i[t])\n"                   \
    "let qf[t] = dc[t] * c[t-1] * f[t] * (1 - f[t])\nlet qg[t] = dc[t] * i[t] * (1 - g[t]^2)\n"                        \
    "let qo[t] = dh[t] * tanh(c[t]) * o[t] * (1 - o[t])\n"

#define ROWS                                                                                                           \
    "steps T = 4\nsize n = 3, m = 4, k = 3, B = 5\ninput x[t] : B x n\ninput y[t] : B x k ~ onehot\n"                  \
    "param U : n x m\nparam W : m x m\nparam b : 1 x m\nparam V : m x k\nstart h[0] : B x m = 0\n"                     \
    "a[t] = x[t] @ U + h[t-1] @ W + b\nh[t] = tanh(a[t])\ns[t] = h[t] @ V\np[t] = softmax(s[t])\n"                     \
    "L[t] = sum(cross_entropy(s[t], y[t])) / B + 0.01 * sum(W^2) + sum(p[t]^2)\nloss sum(t, L[t])\n"                   \
    "let da[t] = grad(h[t]) * (1 - h[t]^2)\nlet dp[t] = grad(p[t])\n"

#define GRU                                                                                                            \
    "steps T = 4\nsize n = 3, m = 4\ninput x[t] : n x 1\ninput y[t] : m x 1\nparam Wr, Wz, Wn : m x n\n"               \
    "param Ur, Uz, Un : m x m\nstart h[0] : m x 1 ~ normal(0, 1)\nr[t] = sigmoid(Wr @ x[t] + Ur @ h[t-1])\n"           \
    "z[t] = sigmoid(Wz @ x[t] + Uz @ h[t-1])\nn_[t] = tanh(Wn @ x[t] + r[t] * (Un @ h[t-1]))\n"                        \
    "h[t] = (1 - z[t]) * n_[t] + z[t] * h[t-1]\nloss sum(t, mse(h[t], y[t]))\n"                                        \
    "let dn[t] = grad(h[t]) * (1 - z[t]) * (1 - n_[t]^2)\n"

START_TEST(one_slip_in_several_places)
{
    static const char *const lines[][2] = {
        {"grad(Wi) = sum(t, (dc[t] * g[t] * f[t] * (1 - f[t])) @ v[t]')",
         "grad(Wi) = sum(t, (dc[t] * g[t] * i[t] * (1 - i[t])) @ v[t]')"},
        {"grad(v[t]) = Wi' @ qf[t] + Wf' @ qi[t] + Wg' @ qg[t] + Wo' @ qo[t]",
         "grad(v[t]) = Wf' @ qf[t] + Wi' @ qi[t] + Wg' @ qg[t] + Wo' @ qo[t]"},
        {"grad(c[t]) = dh[t] * tanh(c[t]) * (1 - o[t]^2) + dc[t+1] * f[t+1]",
         "grad(c[t]) = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]"},
        {"grad(v[t]) = Wf @ qf[t] + Wi @ qi[t] + Wg @ qg[t] + Wo @ qo[t]",
         "grad(v[t]) = Wf' @ qf[t] + Wi' @ qi[t] + Wg' @ qg[t] + Wo' @ qo[t]"},
        {"grad(Wi) = sum(t, qi[t+1] @ v[t+1]')", "grad(Wi) = sum(t, qi[t] @ v[t]')"},
        {"grad(c[t]) = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * i[t]",
         "grad(c[t]) = dh[t] * o[t] * (1 - tanh(c[t])^2) + dc[t+1] * f[t+1]"},
    };
    ASSERT_CLAIMS(LSTM, lines);
}
END_TEST

START_TEST(parts_of_what_stands_together)
{
    static const char *const lines[][2] = {
        {"grad(h[t]) = 2 * (h[t] - y[t]) / m + rows(grad(v[t+1]), n+1, n+m)",
         "grad(h[t]) = 2 * (h[t] - y[t]) / m + rows(grad(v[t+1]), 1, m)"},
        {"grad(h[t]) = 2 * (h[t] - y[t]) / m + grad(v[t+1])",
         "grad(h[t]) = 2 * (h[t] - y[t]) / m + rows(grad(v[t+1]), 1, m)"},
        {"grad(h[t]) = 2 * (h[t] - y[t]) / m + rows(grad(v[t+1]), 2, m+1)",
         "grad(h[t]) = 2 * (h[t] - y[t]) / m + rows(grad(v[t+1]), 1, m)"},
        {"grad(Wi) = sum(t, qi[t] @ [x[t]; h[t-1]]')", "grad(Wi) = sum(t, qi[t] @ [h[t-1]; x[t]]')"},
    };
    ASSERT_CLAIMS(LSTM, lines);
}
END_TEST

START_TEST(one_step_and_all_of_them)
{
    static const char *const lines[][2] = {
        {"grad(Wi) = qi[T] @ v[T]'", "grad(Wi) = sum(t, qi[t] @ v[t]')"},
        {"grad(Wi) = qi[1] @ v[1]'", "grad(Wi) = sum(t, qi[t] @ v[t]')"},
        {"grad(h[T]) = sum(t, 2 * (h[t] - y[t]) / m)", "grad(h[T]) = 2 * (h[T] - y[T]) / m"},
        {"grad(Wi) = sum(t, qi[t] @ v[t]') / norm(qi[1])", "grad(Wi) = sum(t, qi[t] @ v[t]')"},
        {"grad(Wi) = clip(sum(t, qi[t] @ v[t]'), 0, 0.01)", "grad(Wi) = sum(t, qi[t] @ v[t]')"},
    };
    ASSERT_CLAIMS(LSTM, lines);
}
END_TEST

/* The sign of a summand is that of its place in the sum; a derivative stays where the terms tell what the other side
 * should be. */
START_TEST(the_smallest_change_that_is_meant)
{
    static const char *const gate[][2] = {{"grad(c[0]) = grad(c[1])", "grad(c[0]) = grad(c[1]) * f[1]"}};
    static const char *const decay[][2] = {
        {"grad(w) = sum(t, u[t]) - 2 * lam * w", "grad(w) = sum(t, u[t]) + 2 * lam * w"},
        {"grad(v) = u[T] + u[T]", "grad(v) = u[T] + u[1]"},
        {"entry(grad(v), i, 1) = entry(u[1], j, 1) + entry(u[T], i, 1) for i = 1..m, j = 1..m",
         "entry(grad(v), i, 1) = entry(u[1], i, 1) + entry(u[T], i, 1) for i = 1..m, j = 1..m"}};
    ASSERT_CLAIMS(GATE, gate);
    ASSERT_CLAIMS("steps T = 4\nsize m = 3\ninput u[t] : m x 1\nparam w, v : m x 1\nparam lam : 1 x 1\n"
                  "loss sum(t, w' @ u[t]) + v' @ (u[1] + u[T]) + lam * sum(w^2)\n",
                  decay);
}
END_TEST

START_TEST(a_factor_across_a_product)
{
    static const char *const lines[][2] = {
        {"grad(Un) = sum(t, dn[t] @ (r[t] * h[t-1])')", "grad(Un) = sum(t, dn[t] * r[t] @ h[t-1]')"},
        {"grad(Un) = sum(t, (dn[t] @ h[t-1]') * r[t-1])", "grad(Un) = sum(t, (dn[t] @ h[t-1]') * r[t])"},
        {"grad(z[t]) = grad(h[t]) * (n_[t] - h[t-1])", "grad(z[t]) = grad(h[t]) * (h[t-1] - n_[t])"},
        {"grad(n_[t]) = grad(h[t]) * z[t]", "grad(n_[t]) = grad(h[t]) * (1 - z[t])"},
        {"grad(Un) = sum(t, h[t-1] @ (dn[t] * r[t])')", "grad(Un) = sum(t, dn[t] * r[t] @ h[t-1]')"},
    };
    ASSERT_CLAIMS(GRU, lines);
    assert_claim(ROWS, "grad(h[t]) = grad(s[t]) @ V' + (grad(h[t+1]) @ W') * (1 - h[t+1]^2)",
                 "grad(h[t]) = grad(s[t]) @ V' + grad(h[t+1]) * (1 - h[t+1]^2) @ W'");
}
END_TEST

START_TEST(sums_along_the_other_axis)
{
    static const char *const lines[][2] = {
        {"grad(b) = sum(t, rowsum(da[t]))", "grad(b) = sum(t, colsum(da[t]))"},
        {"grad(b) = sum(t, da[t])", "grad(b) = sum(t, colsum(da[t]))"},
        {"grad(b) = sum(t, colsum(da[t])) / B", "grad(b) = sum(t, colsum(da[t]))"},
        {"grad(b) = sum(t, rows(da[t], 1, 1))", "grad(b) = sum(t, colsum(da[t]))"},
        {"mean(p[t]) = colsum(rowsum(p[t])) / (B * m)", "mean(p[t]) = colsum(rowsum(p[t])) / (B * k)"},
    };
    ASSERT_CLAIMS(ROWS, lines);
}
END_TEST

START_TEST(softmax_for_its_diagonal)
{
    const char *right = "grad(s[t]) = p[t] * (dp[t] - rowsum(dp[t] * p[t])) + (p[t] - y[t]) / B";
    assert_claim(ROWS, "grad(s[t]) = p[t] * (1 - p[t]) * dp[t] + (p[t] - y[t]) / B", right);
    assert_claim(ROWS, "grad(s[t]) = dp[t] * p[t] * (1 - p[t]) + (p[t] - y[t]) / B", right);
    assert_claim(ROWS, "grad(s[t]) = p[t] * dp[t] + (p[t] - y[t]) / B", right);
    assert_claim(ROWS, "grad(s[t]) = dp[t] + (p[t] - y[t]) / B", right);
}
END_TEST

/* W^2 is a power of each entry. */
START_TEST(a_power_of_a_matrix)
{
    const char *model = "steps T = 4\nsize m = 3\nparam W : m x m\nparam s : m x 1\nstart h[0] : m x 1 ~ normal(0, 1)\n"
                        "h[t] = W @ h[t-1] + s\nloss sum(h[T] * h[T])\nclaim %s\n";
    static const char *const lines[][2] = {
        {"W @ W @ W = W^3", "claim W @ W @ W = prod(s, 1..3, W)"},
        {"W @ W = W^2", "claim W @ W = prod(s, 1..2, W)"},
        {"jacobian(h[t+1], h[t-1]) = W^2 for t = 1..T-1", "claim jacobian(h[t+1], h[t-1]) = W @ W for t = 1..T-1"},
        {"jacobian(h[t], h[j]) = W^(t-j) for j = 1..t", "claim jacobian(h[t], h[j]) = prod(s, 1..t-j, W) for j = 1..t"},
        {"grad(h[1]) = W'^(T-1) @ grad(h[T])", "claim grad(h[1]) = prod(s, 1..T-1, W') @ grad(h[T])"},
    };
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        char text[400];
        snprintf(text, sizeof text, model, lines[k][0]);
        assert_first_edit(text, 0, 8, lines[k][1]);
    }
}
END_TEST

/* Slopes written as masks: of the wrong thing, the wrong way round, of another function. */
START_TEST(masks)
{
    const char *model = "steps T = 4\nsize m = 3, k = 2\ngiven y[t] : k x 1\nparam U : m x m\nparam V : k x m\n"
                        "start h[0] : m x 1 ~ normal(0, 1)\na[t] = U @ h[t-1]\nh[t] = %s\nz[t] = V @ h[t]\n"
                        "loss sum(t, mse(z[t], y[t]))\nclaim grad(a[t]) = %s\n";
    static const char *const lines[][3] = {
        {"relu(a[t])", "grad(h[t]) * (a[t] < 0)", "grad(h[t]) * (a[t] > 0)"},
        {"relu(a[t])", "grad(h[t]) * (h[t] >= 0)", "grad(h[t]) * (h[t] > 0)"},
        {"relu(a[t])", "where(a[t] > 0, 0, grad(h[t]))", "where(a[t] > 0, grad(h[t]), 0)"},
        {"relu(a[t])", "grad(h[t]) * (1 - h[t]^2)", "grad(h[t]) * relu'(h[t])"},
        {"clip(a[t], -0.2, 0.2)", "grad(h[t]) * (a[t] < 0.2)", "grad(h[t]) * clip'(a[t], -0.2, 0.2)"},
        {"max(0, a[t])", "grad(h[t])", "grad(h[t]) * (a[t] > 0)"},
        {"leaky_relu(a[t], 0.1)", "grad(h[t]) * (a[t] > 0)", "grad(h[t]) * leaky_relu'(a[t], 0.1)"},
        {"leaky_relu(a[t], 0.1)", "where(a[t] > 0, grad(h[t]), 0.01 * grad(h[t]))",
         "where(a[t] > 0, grad(h[t]), 0.1 * grad(h[t]))"},
    };
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        char text[500], mended[200];
        snprintf(text, sizeof text, model, lines[k][0], lines[k][1]);
        snprintf(mended, sizeof mended, "claim grad(a[t]) = %s", lines[k][2]);
        assert_first_edit(text, 0, 11, mended);
    }
}
END_TEST

START_TEST(a_number_for_what_it_multiplies)
{
    static const char *const lines[][2] = {
        {"grad(W) = sum(t, h[t-1]' @ da[t] + 0.02)", "grad(W) = sum(t, h[t-1]' @ da[t] + 0.02 * W)"},
        {"grad(W) = sum(t, h[t-1]' @ da[t] + 0.01 * W)", "grad(W) = sum(t, h[t-1]' @ da[t] + 0.02 * W)"},
        {"grad(W) = sum(t, h[t-1]' @ da[t] + W)", "grad(W) = sum(t, h[t-1]' @ da[t] + 0.02 * W)"},
    };
    ASSERT_CLAIMS(ROWS, lines);
}
END_TEST

/* At these sizes n = k and T = m: what holds at others alone is meant. */
START_TEST(a_size_is_told_from_a_number)
{
    const char *model = "steps T = 4\nsize n = 3, m = 4, k = 3\ninput x[t] : n x 1\ninput y[t] : k x 1\n"
                        "param U : m x n\nparam V : k x m\nh[t] = tanh(U @ x[t])\nloss sum(t, mse(V @ h[t], y[t]))\n";
    assert_claim(model, "grad(h[t]) = V' @ (2 * (V @ h[t] - y[t]))", "grad(h[t]) = V' @ (2 * (V @ h[t] - y[t])) / k");
    assert_claim(model, "grad(V) = sum(t, 2 * (V @ h[t] - y[t]) @ h[t]') / 4",
                 "grad(V) = sum(t, 2 * (V @ h[t] - y[t]) @ h[t]') / k");
}
END_TEST

/* Where the states of four steps stand written out, the file says nothing about five. */
START_TEST(steps_that_a_file_fixes)
{
    assert_claim("steps T = 4\nsize m = 3\nparam W : m x m\nparam q : 1 x m\nstart h[0] : m x 1 ~ normal(0, 1)\n"
                 "h[t] = tanh(W @ h[t-1])\nH = [h[1], h[2], h[3], h[4]]\nloss sum((q @ H)^2)\n"
                 "claim sum(t, h[t]) = rowsum(H)\n",
                 "grad(q) = 2 * q @ H' @ H", "grad(q) = 2 * q @ H @ H'");
}
END_TEST

/* --- what no edit may be ------------------------------------------------------------------------------------------ */

START_TEST(nothing_that_is_not_meant)
{
    assert_claim(LSTM, "h[t] <= 0.1", ""); /* of an inequality no side is edited */
    assert_claim(LSTM, "norm(grad(h[t])) < norm(grad(h[t+1])) for t = 1..T-1", "");
    assert_claim("param w : 1 x 1 = 0.5\nh = w * w\nloss h\n", "grad(w) = w + 0 * w", "grad(w) = w + w");
    /* 1 - h^2 > 0 holds always */
    assert_claim(RNN, "grad(h[T]) = (h[T] > 0) * grad(h[T])", "grad(h[T]) = V' @ (softmax(z[T]) - y[T])");
    /* max(h[T] > 0) is 1 nearly always */
    assert_claim("steps T = 3\nsize m = 4, k = 2\ninput x[t] : m x 1\ngiven y[t] : k x 1\nparam W : m x m\n"
                 "param V : k x m\nstart h[0] : m x 1 = 0\nh[t] = tanh(x[t] + W @ h[t-1])\n"
                 "loss sum(t, mse(V @ h[t], y[t]))\n",
                 "grad(h[T]) = (h[T] > 0) * grad(h[T])", "grad(h[T]) = (2 * V') @ (V @ h[T] - y[T]) / k");
    /* no edit of a side mends a tolerance; 1 is not 0.5 * 2 */
    assert_claim(RNN, "grad(h[T]) = 1 within -1", "");
    assert_claim(RNN, "1 = 2", "");
    /* a side that is the same number always is made no other one; what is 0, or its operand, is nobody's term */
    assert_claim(RNN, "sum(softmax(z[t])) = k", "");
    assert_claim(RNN, "sum(grad(z[t])) = 1", "sum(grad(z[t])) = sum(softmax(z[t]) - y[t])");
    assert_claim(RNN, "grad(V) = grad(V) + grad(V)", "grad(V) = sum(t, (softmax(z[t]) - y[t]) @ h[t]')");
}
END_TEST

/* The last cell is read at the end: a path is missing there, and the line says nothing less about other steps. */
START_TEST(no_range_where_a_path_is_missing)
{
    const char *model = "steps T = 4\nsize m = 3\nparam w : m x 1\nstart c[0] : m x 1 ~ normal(0, 1)\n"
                        "c[t] = w * tanh(c[t-1])\nL[t] = sum(c[t]^2)\nloss sum(t, L[t]) + sum(c[T])\n";
    assert_claim(model, "grad(c[t]) = 2 * c[t] + grad(c[t+1]) * w * (1 - tanh(c[t])^2)", "");
    /* nor is the line about one step, where a way from the next one is missing */
    assert_claim("steps T = 4\nsize m = 3\nparam w : m x 1\nstart c[0] : m x 1 ~ normal(0, 1)\n"
                 "c[t] = w * tanh(c[t-1])\nloss sum(c[T]^2)\n",
                 "grad(c[t]) = 2 * c[T]", "");
}
END_TEST

int main(void)
{
    const TTest *tests[] = {a_claim_is_told_part_by_part,
                            names_beside_a_target,
                            a_relation_before_a_letter,
                            what_counts_at_all_steps_but_the_last,
                            a_jacobian_over_two_steps,
                            what_belongs_behind_a_sum,
                            a_square_is_one_term,
                            a_softmax_by_hand_has_its_gradient,
                            a_relation_by_chance,
                            what_stays_is_spelt_as_it_stands,
                            terms_with_a_factor_in_common,
                            no_step_before_the_first,
                            a_sum_for_one_step,
                            the_smallest_change_that_is_meant,
                            nothing_proposes_the_gradient_of_what_is_given,
                            a_forgotten_slope_is_put_in,
                            a_slope_of_what_has_no_name,
                            a_term_of_a_slope,
                            a_way_of_a_jacobian,
                            any_function_for_any_other,
                            one_slip_in_several_places,
                            parts_of_what_stands_together,
                            one_step_and_all_of_them,
                            a_factor_across_a_product,
                            sums_along_the_other_axis,
                            softmax_for_its_diagonal,
                            a_power_of_a_matrix,
                            masks,
                            a_number_for_what_it_multiplies,
                            a_size_is_told_from_a_number,
                            steps_that_a_file_fixes,
                            nothing_that_is_not_meant,
                            no_range_where_a_path_is_missing};
    return RUN_TESTS("repair", tests);
}
