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

/* Does any proposal for the claim, an edit or the name that is meant, have the text? */
static bool proposes(const char *declaration, const char *claimed, const char *text)
{
    char file[600];
    snprintf(file, sizeof file, "size k = 3\n%s\nparam W : k x 1\np = tanh(W)\nloss sum(p * p * y)\nclaim %s\n",
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
    const char *line = "grad(p) = p * p", *name = "grad(yy) = 0";
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

int main(void)
{
    const TTest *tests[] = {a_claim_is_told_part_by_part,
                            names_beside_a_target,
                            a_relation_before_a_letter,
                            what_stays_is_spelt_as_it_stands,
                            nothing_proposes_the_gradient_of_what_is_given,
                            a_forgotten_slope_is_put_in,
                            a_slope_of_what_has_no_name,
                            a_term_of_a_slope,
                            a_way_of_a_jacobian,
                            any_function_for_any_other};
    return RUN_TESTS("repair", tests);
}
