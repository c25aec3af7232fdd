/* What is said beside a verdict: of sides equal but for rounding, of claims about steps that there are not. */
#include "equations.h"

/* Two sides that are equal but for rounding, over many seeds: which is larger in the last bit decides nothing. */
START_TEST(ties)
{
    static const struct {
        const char *claim;
        gf_verdict verdict;
        bool tied;
    } cases[] = {
        {"abs(y) <= abs(sum(W' * x))", GF_HOLDS, true},
        {"abs(y) >= abs(sum(W' * x))", GF_HOLDS, true},
        {"abs(y) < abs(sum(W' * x))", GF_FAILS, true},
        {"abs(y) > abs(sum(W' * x))", GF_FAILS, true},
        {"0 <= abs(y) <= abs(sum(W' * x)) <= 1e9", GF_HOLDS, true},
        {"0 < abs(y) < abs(sum(W' * x)) < 1e9", GF_FAILS, true},
        {"[abs(y), 1] <= [abs(sum(W' * x)), 2]", GF_HOLDS, true},
        {"[1, abs(y)] < [2, abs(sum(W' * x))]", GF_FAILS, true},
        {"[abs(y), 3] < [abs(sum(W' * x)), 2]", GF_FAILS, false}, /* the worst is no tie */
        {"abs(y) < abs(sum(W' * x)) within 1e-9", GF_HOLDS, true},
        {"abs(y) < abs(sum(W' * x)) within 0", GF_FAILS, true},
        {"abs(y) <= abs(sum(W' * x)) within 0", GF_HOLDS, true},
        {"abs(y) * (1 + 1e-11) <= abs(sum(W' * x))", GF_FAILS, false},
        {"abs(y) * (1 - 1e-11) >= abs(sum(W' * x))", GF_FAILS, false},
        {"abs(y) * (1 - 1e-11) < abs(sum(W' * x))", GF_HOLDS, false},
        {"abs(y) * (1 + 1e-11) > abs(sum(W' * x))", GF_HOLDS, false},
        {"0 <= -1e-300", GF_FAILS, false}, /* of 0 and another the larger is the other */
        {"0 < 1e-300", GF_HOLDS, false},
        {"0 <= 0 * y", GF_HOLDS, false}, /* zeros are no rounding */
        {"0 < 0 * y", GF_FAILS, false},
        {"1 / (0 * y) <= 1 / (0 * y)", GF_HOLDS, false},
        {"1 / (0 * y) < 1 / (0 * y)", GF_FAILS, false},
        {"1e300 < 1 / abs(0 * y)", GF_HOLDS, false},
        {"sqrt(-1 - 0 * y) <= sqrt(-1 - 0 * y)", GF_FAILS, false},
    };
    char text[3000] = "param W : 1 x 7\ninput x : 7 x 1\ny = W @ x\nloss y\n";
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "claim %s\n", cases[k].claim);
    gf_model *m;
    ck_assert_int_eq(gf_model_parse(&m, text, "test.gf"), GF_OK);
    for (int seed = 1; seed <= 40; seed++) {
        ck_assert_int_eq(gf_model_set(m, "seed", seed), GF_OK);
        gf_report *report;
        ck_assert_int_eq(gf_model_claims(&report, m, NULL), GF_OK);
        const gf_claim *claim;
        for (size_t k = 0; (claim = gf_report_claim(report, k)); k++) {
            ck_assert_msg(claim->verdict == cases[k].verdict, "seed %d: %s: %d", seed, cases[k].claim, claim->verdict);
            ck_assert_msg(claim->tied == cases[k].tied, "seed %d: %s: tied %d", seed, cases[k].claim, claim->tied);
        }
        gf_report_free(report);
    }
    gf_model_free(m);
}
END_TEST

/* --- what is said of them ----------------------------------------------------------------------------------- */

/* Does the report of the claims contain the text? */
static bool tells(const char *claims, gf_report_format format, const char *text)
{
    char whole[1000], *out;
    gf_report *report;
    snprintf(whole, sizeof whole, "steps T = 3\nparam a : 1 x 1 = 2\nx[t] = a * t * ones(2, 1)\nloss a\n%s", claims);
    gf_model *m = model_of(whole);
    ck_assert_int_eq(gf_model_claims(&report, m, NULL), GF_OK);
    ck_assert_int_eq(gf_reports_write(&out, (const gf_report *const[]){report}, 1, format, 0), GF_OK);
    bool found = strstr(out, text);
    if (!found)
        printf("%s\nlacks\n%s\n", out, text);
    free(out);
    gf_report_free(report);
    gf_model_free(m);
    return found;
}

START_TEST(ties_are_told)
{
    static const struct {
        gf_report_format format;
        const char *text;
    } told[] = {
        {GF_REPORT_TEXT, "holds   line 5  a <= 2  error < 1e-12, equal up to rounding\n"},
        {GF_REPORT_TEXT, "FAILS   line 6  \"s\"  x[t]  error < 1e-12 at t = 2\n"
                         "        worst entry (1, 1) at t = 2: left 4, right 4, equal up to rounding\n"},
        {GF_REPORT_TEXT, "holds   line 7  a <= 3  error < 1e-12\n"},
        {GF_REPORT_TEXT, "worst entry (1, 1): left 2, right 2, equal up to rounding, in a < 2\n"},
        {GF_REPORT_MARKDOWN, "\n| holds | 5 |  | `a <= 2` | < 1e-12, equal up to rounding |\n"},
        {GF_REPORT_MARKDOWN, "\nworst entry (1, 1) at t = 2: left 4, right 4, equal up to rounding\n"},
        {GF_REPORT_MARKDOWN, "\n| holds | 7 |  | `a <= 3` | < 1e-12 |\n"},
        {GF_REPORT_GCC, "left 4, right 4, equal up to rounding\n"},
        {GF_REPORT_JSON, "\"error\": 0.0,\n          \"at\": {},\n          \"finite\": true,\n          "
                         "\"equal_up_to_rounding\": true,\n"},
        {GF_REPORT_JSON, "\"finite\": true,\n          \"equal_up_to_rounding\": false,\n"},
    };
    for (size_t k = 0; k < sizeof told / sizeof *told; k++)
        ck_assert(tells("claim a <= 2\nclaim \"s\": x[t] < 4  for t = 1..2\nclaim a <= 3\nclaim 1 <= a < 2\n",
                        told[k].format, told[k].text));
}
END_TEST

/* Two sides that six digits do not tell apart are told with more. */
START_TEST(what_differs_is_told_apart)
{
    ck_assert(tells("claim a = 2 + 1e-9 within 1e-12\n", GF_REPORT_TEXT, "left 2, right 2.000000001\n"));
    ck_assert(tells("claim a = 2.5\n", GF_REPORT_TEXT, "left 2, right 2.5\n"));
}
END_TEST

/* Beyond the ends all is zeros, so that much holds there: it is said, unless a start or an instance lies within. */
START_TEST(no_instance_within)
{
    static const char note[] = ", no instance within the model\n";
    static const struct {
        const char *claim;
        bool noted;
    } cases[] = {
        {"claim 0 = 0 for t = 5..9", true},          {"claim y[t] = 0 for t = T+1..T+3", true},
        {"claim grad(y[t]) = 0 for t = 4..4", true}, {"claim y[j] = y[j] for j = 7..8", true},
        {"claim y[t] = 1 for t = 4..9", true},       {"let q[t] = y[t]\nclaim q[9] = 0", true},
        {"claim y[t] = 1 for t = 4..9", true},       {"claim y[t] = y[t] for t = 2..9", false},
        {"claim y[t] = 1 for t = 0..0", false},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char text[256];
        snprintf(text, sizeof text,
                 "steps T = 3\nparam a : 1 x 1 = 2\nstart y[0] : 1 x 1 = 1\ny[t] = a * y[t-1]\nloss y[T]\n%s\n",
                 cases[k].claim);
        gf_model *m;
        gf_report *report;
        ck_assert(!gf_model_parse(&m, text, "test.gf") && !gf_model_claims(&report, m, NULL));
        const gf_claim *claim = gf_report_claim(report, 0);
        char *said = NULL;
        ck_assert_int_eq(gf_reports_write(&said, (const gf_report *const[]){report}, 1, GF_REPORT_TEXT, 0), GF_OK);
        ck_assert_msg(!strstr(said, note) == !cases[k].noted, "%s", said);
        ck_assert_int_eq(claim->beyond == claim->instances, cases[k].noted);
        free(said);
        gf_report_free(report);
        gf_model_free(m);
    }
}
END_TEST

int main(void)
{
    const TTest *tests[] = {ties, ties_are_told, what_differs_is_told_apart, no_instance_within};
    return RUN_TESTS("ties", tests);
}
