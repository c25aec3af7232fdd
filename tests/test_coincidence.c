/* Claims that hold at the file's own sizes only: with which they do not is said, and they hold all the same. */
#include "equations.h"

#include <stdlib.h>

#define MODEL(sizes, given)                                                                                            \
    "steps T = 4\nsize " sizes "\nseed 3\ninput x[t] : n x 1\n" given "\nparam V : k x n\n"                            \
    "s[t] = V @ x[t]\nL[t] = mse(s[t], y[t])\nloss sum(t, L[t])\n"

static const char by_itself[] = MODEL("n = 3, k = 2", "given y[t] : k x 1") "claim grad(s[t]) = s[t] - y[t]\n"
                                                                            "claim s[t] = V @ x[t]\n";

static gf_report *report_of(const char *text)
{
    gf_report *report;
    gf_model *m = model_of(text);
    ck_assert_int_eq(gf_model_claims(&report, m, NULL), GF_OK);
    ck_assert_uint_eq(gf_report_tally(report, GF_HOLDS), gf_report_count(report));
    ck_assert_uint_eq(gf_report_cause_count(report), 0);
    gf_model_free(m);
    return report;
}

static void assert_said(const char *text, size_t claim, const char *with, const char *says)
{
    gf_report *report = report_of(text);
    ck_assert_str_eq(gf_report_claim(report, claim)->fails_with, with);
    ck_assert_str_eq(gf_report_claim(report, claim)->diagnosis, says);
    gf_report_free(report);
}

/* 2 / k is 1 where k = 2. */
START_TEST(of_a_claim)
{
    assert_said(by_itself, 0, "k = 3", "holds at these sizes only: with k = 3 it does not\n");
    assert_said(by_itself, 1, "", "");
}
END_TEST

/* Said once, of the first claim that fails because of the let; of the others the size alone is told. */
START_TEST(of_a_let)
{
    static const char text[] = MODEL("n = 3, k = 3", "given y[t] : k x 1") "let ds[t] = 2 / n * (s[t] - y[t])\n"
                                                                           "claim grad(s[t]) = ds[t]\n"
                                                                           "claim grad(V) = sum(t, ds[t] @ x[t]')\n"
                                                                           "claim grad(x[t]) = V' @ ds[t]\n";
    assert_said(text, 0, "n = 4",
                "holds at these sizes only: with n = 4 it does not, nor do 2 others, because of line 10\n");
    assert_said(text, 1, "n = 4", "");
    assert_said(text, 2, "n = 4", "");
}
END_TEST

/* Nothing is said where a list, or a value that is written out, fixes the size; of what holds with this seed alone; of
 * the number that a gradient comes to. */
START_TEST(not_of_others)
{
    static const char listed[] = MODEL("n = 3, k = 2", "given y[t] : k x 1 = {[1; 2], [1; 3], [0; 4], [1; 1]}");
    gf_text text = {0};
    gf_text_print(&text, "%sclaim grad(s[t]) = s[t] - y[t]\n", listed);
    assert_said(gf_text_string(&text), 0, "", "");
    gf_text_free(&text);
    assert_said("size n = 2\nparam w : n x 1 = 0.5\ns = sum(w)\nloss s * s\nclaim sum(grad(w)) = 4\n", 0, "", "");
    assert_said("size n = 2\nseed 2\nparam w : n x 1\nloss sum(relu(w))\nclaim grad(w) = where(w > 0, 1, 0)\n", 0, "",
                "");
}
END_TEST

/* What rounding leaves of 0 may differ, in the file and with other sizes: it is no coincidence that it does not, and
 * where it does the report says what that may be. */
START_TEST(of_what_rounding_leaves)
{
    static const char scaled[] =
        "steps T = 5\nsize k = 3\ninput b[t] : k x 1 ~ uniform(0.1, 1)\nparam A : k x k\nparam p : k x 1\n"
        "start al[0] = softmax(p)\nq[t] = b[t] * (softmax(A)' @ al[t-1])\ns[t] = sum(q[t])\n"
        "al[t] = q[t] / s[t]\nloss -sum(t, log(s[t]))\n"
        "claim grad(s[t]) = -sum(grad(al[t]) * al[t] / s[t]) - 1 / s[t]\n"
        "claim grad(s[t]) = -grad(al[t])' @ al[t] / s[t] - 1 / s[t]\n";
    gf_report *report;
    gf_model *m = model_of(scaled);
    ck_assert_int_eq(
        gf_model_claims(&report, m, &(gf_claims_options){.size = sizeof(gf_claims_options), .repair = true}), GF_OK);
    for (size_t k = 0; k < 2; k++) {
        const gf_claim *claim = gf_report_claim(report, k);
        ck_assert_str_eq(claim->fails_with, "");
        ck_assert_uint_eq(claim->repair_count, 0);
        for (size_t n = 0; n < gf_report_cause_count(report) && claim->verdict != GF_HOLDS; n++)
            ck_assert_msg(strstr(gf_report_cause(report, n)->says, "rounding leaves of 0"), "%s",
                          gf_report_cause(report, n)->says);
    }
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

/* In few steps, though the file has many. */
START_TEST(of_many_steps)
{
    gf_model *m;
    gf_report *report;
    ck_assert_int_eq(gf_model_parse(&m, by_itself, "test.gf"), GF_OK);
    gf_model_set(m, "T", 300);
    ck_assert_int_eq(gf_model_unroll(m), GF_OK);
    ck_assert_int_eq(gf_model_claims(&report, m, NULL), GF_OK);
    ck_assert_str_eq(gf_report_claim(report, 0)->fails_with, "k = 3");
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

static void assert_written(const gf_report *report, gf_report_format format, const char *wanted)
{
    char *out;
    ck_assert_int_eq(gf_reports_write(&out, (const gf_report *const[]){report}, 1, format, 0), GF_OK);
    ck_assert_msg(strstr(out, wanted), "%s", out);
    free(out);
}

START_TEST(as_it_is_written)
{
    gf_report *report = report_of(by_itself);
    assert_written(report, GF_REPORT_TEXT,
                   "error < 1e-12\n        holds at these sizes only: with k = 3 it does not\nholds");
    assert_written(report, GF_REPORT_GCC, "test.gf:10: note: holds at these sizes only: with k = 3 it does not\n");
    assert_written(report, GF_REPORT_MARKDOWN,
                   "`grad(s[t]) = s[t] - y[t]`:\n\n```text\nholds at these sizes only: with k = 3 it does not\n```\n");
    assert_written(report, GF_REPORT_JSON, "\"fails_with\": {\n            \"k\": 3\n");
    gf_report_free(report);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {of_a_claim,    of_a_let,        not_of_others, of_what_rounding_leaves,
                            of_many_steps, as_it_is_written};
    return RUN_TESTS("coincidence", tests);
}
