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

int main(void)
{
    const TTest *tests[] = {names_beside_a_target, a_relation_before_a_letter,
                            nothing_proposes_the_gradient_of_what_is_given};
    return RUN_TESTS("repair", tests);
}
