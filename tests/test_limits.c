/* Bounded work: what a short text may ask for, what ends it, and what is said then. */
#include "equations.h"

/* The report of a text. The caller frees both. */
static gf_report *report_of(gf_model **m, const char *text, size_t nodes, const gf_claims_options *options)
{
    gf_report *report;
    gf_model_parse(m, text, "test.gf");
    gf_model_limit(*m, nodes, 1000000);
    ck_assert_msg(gf_model_claims(&report, *m, options) == GF_OK, "%s", gf_model_message(*m));
    return report;
}

static void assert_all_hold(const char *text, size_t nodes)
{
    gf_model *m;
    gf_report *report = report_of(&m, text, nodes, NULL);
    gf_claim claim;
    for (size_t k = 0; gf_report_claim(report, k, &claim); k++)
        ck_assert_msg(claim.verdict == GF_HOLDS, "%s\n%s", claim.text, claim.message);
    gf_report_free(report);
    gf_model_free(m);
}

/* A sum that is asked for its value needs one running matrix, not a node a term. */
START_TEST(long_sums_in_little_room)
{
    assert_all_hold("param w : 2 x 2 = 0.5\nloss sum(w)\n"
                    "claim sum(i, 1..20000, w) = 10000 * ones(2, 2)\n"
                    "claim sum(i, 1..20000, sum(j, 1..i - 19990, w)) = 27.5 * ones(2, 2)\n"
                    "claim prod(i, 1..20000, w) = 0.5 * ones(2, 2)\n"
                    "claim w + sum(i, 1..20000, w) @ w = 10000.5 * ones(2, 2)\n"
                    "let a = sum(i, 1..20000, i * w)\nclaim a = 20000 * 20001 / 4 * ones(2, 2)\n",
                    2000);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {long_sums_in_little_room};
    return RUN_TESTS("limits", tests);
}
