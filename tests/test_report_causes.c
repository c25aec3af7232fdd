/* Lines that are wrong by themselves in a report, which is filled by hand here: what every format says of them. */
#include "equations.h"

#include <math.h>

#include "claims/claims.h"
#include "report/report.h"

/* --- a report ------------------------------------------------------------------------------------------------ */

#define WRITTEN "let dc[t] = dh[t] * o[t] + dc[t+1] * f[t]"
#define MARKS "                                      ~~~~"
#define MENDED "let dc[t] = dh[t] * o[t] + dc[t+1] * f[t+1]"

static const gf_repair forget = {55, "time index", "dh[t] * o[t] + dc[t+1] * f[t+1]", WRITTEN, MARKS, MENDED, ""},
                       other = {55, "factor", "2 * dc[t]", WRITTEN, MARKS, "let dc[t] = 2 * dc[t]", ""},
                       at_start = {69,
                                   "time index",
                                   "dc[1]",
                                   "claim \"start\": grad(c0) = dc[0] * f[1]",
                                   "                           ~~~~~",
                                   "claim \"start\": grad(c0) = dc[1] * f[1]",
                                   ""};
static const gf_repair *const of_let[] = {&forget, &other}, *const of_claim[] = {&at_start};

static gf_shown shown_of(int line, const char *label, const char *left, gf_verdict verdict, double error,
                         const char *at)
{
    return (gf_shown){.claim = {.line = line,
                                .label = label,
                                .text = left,
                                .left = left,
                                .verdict = verdict,
                                .instances = 4,
                                .error = error,
                                .at = at,
                                .a = 1,
                                .b = 2,
                                .holds_for = "",
                                .fails_for = verdict == GF_FAILS ? "t = 1..4" : "",
                                .fails_with = "",
                                .diagnosis = "",
                                .message = verdict == GF_UNJUDGED ? "lstm.gf:61:5: error: a circle\n" : ""},
                      .link = "",
                      .equality = true,
                      .problem = verdict == GF_UNJUDGED ? "a circle" : "",
                      .problem_line = 61};
}

static const int of_first[] = {69, 72, 73}, of_second[] = {73, 75};

/* Two lets and a claim are wrong; they stand in no order. */
typedef struct sample {
    gf_report report;
    gf_shown list[5];
    gf_cause causes[3];
} sample;

static void fill(sample *s)
{
    *s = (sample){
        .report = {.file = "lstm.gf", .title = "LSTM", .message = "", .count = 5, .cause_count = 3, .differences = ""},
        .list = {shown_of(69, "start", "grad(c0)", GF_FAILS, 0.5, ""),
                 shown_of(70, "", "grad(d) = dd", GF_HOLDS, 0, ""),
                 shown_of(72, "cell state", "grad(c[t])", GF_FAILS, 0.43, "t = 2"),
                 shown_of(73, "", "grad(W) = dW", GF_FAILS, 0.25, ""),
                 shown_of(75, "input gate", "grad(i[t])", GF_UNJUDGED, 0, "")},
        .causes = {
            {.line = 61, .let = true, .of = "di", .stands_for = "", .claims = of_second, .claim_count = 2},
            {.line = 69, .error = 0.125, .says = "it is one step early\n", .repairs = of_claim, .repair_count = 1},
            {.line = 55,
             .let = true,
             .of = "dc[t]",
             .stands_for = "grad(c[t])",
             .error = 0.43,
             .at = "t = 2",
             .says = "the path c[t] -> c[t+1]: f[t] stands where f[t+1] belongs\nand more\n",
             .repairs = of_let,
             .repair_count = 2,
             .claims = of_first,
             .claim_count = 3}}};
    s->report.list = s->list;
    s->report.causes = s->causes;
    ck_assert_int_eq(gf_report_settle(&s->report), GF_OK);
}

static void assert_written(const gf_report *report, gf_report_format format, unsigned flags, const char *wanted)
{
    char *out;
    ck_assert_int_eq(gf_reports_write(&out, (const gf_report *const[]){report}, 1, format, flags), GF_OK);
    ck_assert_str_eq(out, wanted);
    free(out);
}

/* --- what is asked from C -------------------------------------------------------------------------------------- */

START_TEST(from_c)
{
    sample s;
    fill(&s);
    ck_assert_uint_eq(gf_report_cause_count(&s.report), 3);
    const gf_cause *let = gf_report_cause(&s.report, 0), *claim = gf_report_cause(&s.report, 2);
    ck_assert(let->let && let->line == 55 && let->error == 0.43 && let->claim_count == 3);
    ck_assert_str_eq(let->of, "dc[t]");
    ck_assert_str_eq(let->stands_for, "grad(c[t])");
    ck_assert_str_eq(let->at, "t = 2");
    ck_assert_str_eq(let->message, "");
    ck_assert_int_eq(gf_report_cause(&s.report, 1)->line, 61);
    ck_assert(!claim->let && claim->line == 69 && claim->repair_count == 1 && claim->repairs[0] == &at_start);
    ck_assert_str_eq(claim->of, "grad(c0)");
    ck_assert_str_eq(claim->says, "it is one step early\n");
    ck_assert(claim->claim_count == 1 && claim->claims[0] == 69);
    const gf_claim *two = gf_report_claim(&s.report, 3), *own = gf_report_claim(&s.report, 0);
    ck_assert(two->because_count == 2 && two->because_of[0] == 55 && two->because_of[1] == 61);
    ck_assert(own->because_count == 1 && own->because_of[0] == 55);
    ck_assert_str_eq(own->diagnosis, "it is one step early\n");
    ck_assert_ptr_eq(own->repairs, of_claim);
    ck_assert_uint_eq(gf_report_claim(&s.report, 1)->because_count, 0);
    ck_assert_ptr_null(gf_report_cause(&s.report, 3));
    ck_assert_uint_eq(gf_report_cause_count(NULL), 0);
    ck_assert_ptr_null(gf_report_cause(NULL, 0));
    gf_arena_free(&s.report.arena);
}
END_TEST

/* A claim keeps what it has said of itself where its cause has nothing else to say; what central differences say stays
 * in front. Who fails leaves the report as it would be without causes. */
START_TEST(what_a_claim_has_said)
{
    sample s;
    const char *const opinions[] = {"central differences cannot tell\n", "", "", "", ""};
    fill(&s);
    s.report.opinions = opinions;
    s.list[0].claim.diagnosis = "central differences cannot tell\nthe sign is flipped\n";
    s.causes[2].says = NULL;
    s.causes[2].repairs = NULL;
    ck_assert_int_eq(gf_report_settle(&s.report), GF_OK);
    ck_assert_str_eq(s.causes[2].says, "central differences cannot tell\nthe sign is flipped\n");
    ck_assert_ptr_eq(s.causes[2].repairs, of_claim);
    s.causes[2].says = "twice\n";
    ck_assert_int_eq(gf_report_settle(&s.report), GF_OK);
    ck_assert_str_eq(s.list[0].claim.diagnosis, "central differences cannot tell\ntwice\n");
    gf_report_drop_causes(&s.report);
    ck_assert_uint_eq(gf_report_cause_count(&s.report), 0);
    ck_assert(!s.list[0].by_itself && !gf_shown_is_behind(&s.list[2]));
    gf_arena_free(&s.report.arena);
}
END_TEST

/* --- as text ------------------------------------------------------------------------------------------------------ */

#define UNDER_55                                                                                                       \
    "        the path c[t] -> c[t+1]: f[t] stands where f[t+1] belongs\n"                                              \
    "        did you mean  dh[t] * o[t] + dc[t+1] * f[t+1]\n"                                                          \
    "           " WRITTEN "\n"                                                                                         \
    "           " MARKS "\n"                                                                                           \
    "           " MENDED "\n"                                                                                          \
    "        3 claims fail because of it\n"
#define UNDER_69                                                                                                       \
    "        worst entry (1, 1): left 1, right 2\n"                                                                    \
    "        fails for every t = 1..4\n"                                                                               \
    "        it is one step early\n"                                                                                   \
    "        did you mean  dc[1]\n"                                                                                    \
    "           claim \"start\": grad(c0) = dc[0] * f[1]\n"                                                            \
    "                                      ~~~~~\n"                                                                    \
    "           claim \"start\": grad(c0) = dc[1] * f[1]\n"                                                            \
    "        line 55 is wrong, too\n"

START_TEST(text)
{
    sample s;
    fill(&s);
    assert_written(&s.report, GF_REPORT_TEXT, 0,
                   "LSTM\n"
                   "WRONG   line 55  let dc[t]  for grad(c[t])  error 4.3e-01 at t = 2\n" UNDER_55
                   "WRONG   line 61  let di\n"
                   "        2 claims fail because of it\n"
                   "FAILS   line 69  \"start\"  grad(c0)  error 5.0e-01\n" UNDER_69
                   "holds   line 70  grad(d) = dd  error < 1e-12\n"
                   "FAILS   line 72  \"cell state\"  grad(c[t])  error 4.3e-01 at t = 2, because of line 55\n"
                   "FAILS   line 73  grad(W) = dW  error 2.5e-01, because of lines 55, 61\n"
                   "error   line 75  \"input gate\"  grad(i[t]), because of line 61\n"
                   "5 claims: 1 holds, 3 fail, 1 error; 3 lines are wrong by themselves: 55, 61, 69\n");
    assert_written(&s.report, GF_REPORT_TEXT, GF_REPORT_BRIEF | GF_REPORT_COLOR,
                   "\033[1;31mWRONG\033[0m   line 55  let dc[t]  for grad(c[t])  error 4.3e-01 at t = 2\n" UNDER_55
                   "\033[1;31mWRONG\033[0m   line 61  let di\n"
                   "        2 claims fail because of it\n"
                   "\033[1;31mFAILS\033[0m   line 69  \"start\"  grad(c0)  error 5.0e-01\n" UNDER_69);
    gf_arena_free(&s.report.arena);
}
END_TEST

/* Without an edit, five lines say what is wrong; an edit of another line names it; one claim fails. */
START_TEST(at_most_five_lines)
{
    sample s;
    fill(&s);
    s.report.cause_count = 1;
    s.report.count = 0;
    s.causes[0].claim_count = 1;
    s.causes[0].repair_count = 0;
    s.causes[0].stands_for = "the gradient of tanh's argument in h[t]";
    s.causes[0].says = "1\n2\n3\n4\n5\n6\n";
    assert_written(&s.report, GF_REPORT_TEXT, GF_REPORT_BRIEF,
                   "WRONG   line 55  let dc[t]  for the gradient of tanh's argument in h[t]  error 4.3e-01 at t = 2\n"
                   "        1\n        2\n        3\n        4\n        5\n        1 claim fails because of it\n");
    s.causes[0].says = "";
    s.causes[0].line = 54;
    s.causes[0].repair_count = 2;
    assert_written(&s.report, GF_REPORT_TEXT, 0,
                   "LSTM\n"
                   "WRONG   line 54  let dc[t]  for the gradient of tanh's argument in h[t]  error 4.3e-01 at t = 2\n"
                   "        did you mean  dh[t] * o[t] + dc[t+1] * f[t+1]  on line 55\n"
                   "           " WRITTEN "\n           " MARKS "\n           " MENDED "\n"
                   "        1 claim fails because of it\n"
                   "0 claims: 0 hold, 0 fail, 0 errors; 1 line is wrong by itself: 54\n");
    gf_arena_free(&s.report.arena);
}
END_TEST

/* What is said under a claim that fails because of others is said nowhere: no other claim refers to it. */
START_TEST(nothing_refers_to_what_is_not_said)
{
    sample s;
    fill(&s);
    s.report.cause_count = 1; /* line 55 */
    s.report.count = 2;
    s.list[0] = s.list[2];
    s.list[1] = shown_of(74, "", "grad(f) = df", GF_FAILS, 1, "");
    for (int k = 0; k < 2; k++) {
        s.list[k].claim.repairs = of_claim;
        s.list[k].claim.repair_count = 1;
    }
    ck_assert_int_eq(gf_report_settle(&s.report), GF_OK);
    ck_assert_int_eq(s.list[1].repeated, 0);
    s.report.cause_count = 0;
    for (int k = 0; k < 2; k++) {
        s.list[k].claim.repairs = of_claim;
        s.list[k].claim.repair_count = 1;
    }
    ck_assert_int_eq(gf_report_settle(&s.report), GF_OK);
    ck_assert_int_eq(s.list[1].repeated, 72);
    char *out;
    gf_reports_write(&out, (const gf_report *const[]){&s.report}, 1, GF_REPORT_TEXT, 0);
    ck_assert(strstr(out, "        did you mean  dc[1]  on line 69, as under line 72\n"));
    free(out);
    gf_arena_free(&s.report.arena);
}
END_TEST

/* --- the other formats ------------------------------------------------------------------------------------------- */

START_TEST(markdown)
{
    sample s;
    fill(&s);
    s.causes[0].stands_for = "norm(a|b)";
    assert_written(
        &s.report, GF_REPORT_MARKDOWN, 0,
        "# LSTM\n\n"
        "| | line | claim | left side | error |\n"
        "|---|---|---|---|---|\n"
        "| **WRONG** | 55 |  | `let dc[t] for norm(a\\|b)` | 4.3e-01 at t = 2 |\n"
        "| **WRONG** | 61 |  | `let di` |  |\n"
        "| **FAILS** | 69 | start | `grad(c0)` | 5.0e-01 |\n"
        "| holds | 70 |  | `grad(d) = dd` | < 1e-12 |\n"
        "| **FAILS** | 72 | cell state | `grad(c[t])` | 4.3e-01 at t = 2, because of line 55 |\n"
        "| **FAILS** | 73 |  | `grad(W) = dW` | 2.5e-01, because of lines 55, 61 |\n"
        "| **error** | 75 | input gate | `grad(i[t])` | because of line 61 |\n"
        "\nLine 55, `let dc[t]`:\n\n```text\n"
        "the path c[t] -> c[t+1]: f[t] stands where f[t+1] belongs\n"
        "did you mean  dh[t] * o[t] + dc[t+1] * f[t+1]\n   " WRITTEN "\n   " MARKS "\n   " MENDED "\n"
        "3 claims fail because of it\n```\n"
        "\nLine 61, `let di`:\n\n```text\n2 claims fail because of it\n```\n"
        "\nLine 69, `grad(c0)`:\n\n```text\n"
        "worst entry (1, 1): left 1, right 2\nfails for every t = 1..4\nit is one step early\ndid you mean  dc[1]\n"
        "   claim \"start\": grad(c0) = dc[0] * f[1]\n                              ~~~~~\n"
        "   claim \"start\": grad(c0) = dc[1] * f[1]\nline 55 is wrong, too\n```\n"
        "\n5 claims: 1 holds, 3 fail, 1 error; 3 lines are wrong by themselves: 55, 61, 69\n");
    gf_arena_free(&s.report.arena);
}
END_TEST

START_TEST(lines_for_editors)
{
    sample s;
    fill(&s);
    assert_written(
        &s.report, GF_REPORT_GCC, 0,
        "lstm.gf:55: WRONG let dc[t] for grad(c[t]), error 4.3e-01 at t = 2: the path c[t] -> c[t+1]: f[t] stands "
        "where "
        "f[t+1] belongs; did you mean dh[t] * o[t] + dc[t+1] * f[t+1]\n"
        "lstm.gf:61: WRONG let di\n"
        "lstm.gf:69: FAILS \"start\" grad(c0), error 5.0e-01: it is one step early; did you mean dc[1]; line 55 is "
        "wrong, too\n"
        "lstm.gf:72: FAILS \"cell state\" grad(c[t]), error 4.3e-01 at t = 2, because of line 55\n"
        "lstm.gf:73: FAILS grad(W) = dW, error 2.5e-01, because of lines 55, 61\n"
        "lstm.gf:75: error \"input gate\" grad(i[t]), because of line 61\n");
    s.causes[0].says = "";
    s.causes[0].line = 54;
    s.report.cause_count = 1;
    s.report.count = 0;
    assert_written(&s.report, GF_REPORT_GCC, 0,
                   "lstm.gf:54: WRONG let dc[t] for grad(c[t]), error 4.3e-01 at t = 2: did you mean dh[t] * o[t] + "
                   "dc[t+1] * f[t+1] on line 55\n");
    gf_arena_free(&s.report.arena);
}
END_TEST

START_TEST(json)
{
    sample s;
    fill(&s);
    char *out;
    ck_assert_int_eq(gf_reports_write(&out, (const gf_report *const[]){&s.report}, 1, GF_REPORT_JSON, 0), GF_OK);
    static const char *const wanted[] = {
        "      \"causes\": [\n"
        "        {\n"
        "          \"line\": 55,\n"
        "          \"statement\": \"let\",\n"
        "          \"of\": \"dc[t]\",\n"
        "          \"stands_for\": \"grad(c[t])\",\n"
        "          \"error\": 0.43,\n"
        "          \"at\": {\n"
        "            \"t\": 2\n"
        "          },\n"
        "          \"says\": [\n"
        "            \"the path c[t] -> c[t+1]: f[t] stands where f[t+1] belongs\",\n"
        "            \"and more\"\n"
        "          ],\n"
        "          \"repairs\": [\n"
        "            {\n"
        "              \"line\": 55,\n"
        "              \"kind\": \"time index\",\n"
        "              \"term\": \"dh[t] * o[t] + dc[t+1] * f[t+1]\",\n"
        "              \"written\": \"" WRITTEN "\",\n"
        "              \"marks\": \"" MARKS "\",\n"
        "              \"mended\": \"" MENDED "\"\n"
        "            },\n",
        "          ],\n"
        "          \"claims\": [\n"
        "            69,\n"
        "            72,\n"
        "            73\n"
        "          ]\n"
        "        },\n"
        "        {\n"
        "          \"line\": 61,\n"
        "          \"statement\": \"let\",\n"
        "          \"of\": \"di\",\n"
        "          \"stands_for\": \"\",\n"
        "          \"error\": null,\n"
        "          \"at\": {},\n"
        "          \"says\": [],\n"
        "          \"repairs\": [],\n"
        "          \"claims\": [\n"
        "            73,\n"
        "            75\n"
        "          ]\n"
        "        },\n"
        "        {\n"
        "          \"line\": 69,\n"
        "          \"statement\": \"claim\",\n"
        "          \"of\": \"grad(c0)\",\n"
        "          \"stands_for\": \"\",\n"
        "          \"error\": 0.125,\n"
        "          \"at\": {},\n"
        "          \"says\": [\n"
        "            \"it is one step early\"\n"
        "          ],\n",
        "          \"fails_for\": \"t = 1..4\",\n"
        "          \"says\": [],\n"
        "          \"repairs\": [\n"
        "            {\n"
        "              \"line\": 55,\n",
        "          \"because_of\": [\n"
        "            55,\n"
        "            61\n"
        "          ]\n"
        "        },\n",
    };
    for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++)
        ck_assert_msg(strstr(out, wanted[k]), "%s\nlacks\n%s", out, wanted[k]);
    free(out);
    gf_arena_free(&s.report.arena);
}
END_TEST

/* Where the file fixes how many steps there are, an edit says so. */
START_TEST(an_edit_tried_at_these_steps_only)
{
    sample s;
    char *out;
    gf_repair own = forget;
    const gf_repair *const list[] = {&own};
    fill(&s);
    own.tried = "tried at T = 4 only";
    for (size_t k = 0; k < s.report.cause_count; k++)
        if (s.causes[k].line == 55) {
            s.causes[k].repairs = list;
            s.causes[k].repair_count = 1;
        }
    gf_reports_write(&out, (const gf_report *const[]){&s.report}, 1, GF_REPORT_TEXT, 0);
    ck_assert(strstr(out, "did you mean  dh[t] * o[t] + dc[t+1] * f[t+1]  (tried at T = 4 only)\n"));
    free(out);
    gf_reports_write(&out, (const gf_report *const[]){&s.report}, 1, GF_REPORT_JSON, 0);
    ck_assert(strstr(out, "\"tried\": \"tried at T = 4 only\"\n"));
    free(out);
    gf_arena_free(&s.report.arena);
}
END_TEST

/* A line about central differences stands beside them. */
START_TEST(beside_central_differences)
{
    sample s;
    char *out;
    fill(&s);
    s.report.compared = true;
    s.report.differences = "central differences: 1 of 2 gradients DIFFER\n";
    s.causes[0].at = "t = 12, j = -3";
    gf_reports_write(&out, (const gf_report *const[]){&s.report}, 1, GF_REPORT_JSON, 0);
    ck_assert(strstr(out, "      \"finite_differences\": {\n        \"agree\": false,\n        \"text\": [\n"
                          "          \"central differences: 1 of 2 gradients DIFFER\"\n        ]\n      },\n"));
    ck_assert(strstr(out, "\"at\": {\n            \"t\": 12,\n            \"j\": -3\n          },"));
    free(out);
    gf_reports_write(&out, (const gf_report *const[]){&s.report}, 1, GF_REPORT_GCC, 0);
    ck_assert(strstr(out, "because of line 61\nlstm.gf:1: central differences: 1 of 2 gradients DIFFER\n"));
    free(out);
    gf_arena_free(&s.report.arena);
}
END_TEST

/* --- lets that cannot be worked out ------------------------------------------------------------------------------ */

/* An error in a let is said once, at the let; of each claim that needs it, in one line, that it is so. */
START_TEST(an_error_in_a_let)
{
    gf_model *m = model_of("param a : 1 x 1 = 2\nloss a\nlet p = q - 1\nlet q = [1, 2] @ [3, 4]\nlet s = r\n"
                           "claim \"one\": grad(a) = p\nclaim a = q\nclaim a = s\nclaim a = 2\n");
    gf_report *report;
    char *out;
    ck_assert_int_eq(gf_model_claims(&report, m, NULL), GF_OK);
    gf_model_free(m);
    assert_written(report, GF_REPORT_TEXT, 0,
                   "error   line 4  let q  for a\n"
                   "        test.gf:4:16: error: [1, 2] @ [3, 4]: 1 x 2 times 1 x 2, the inner sizes 2 and 1 differ\n"
                   "           let q = [1, 2] @ [3, 4]\n"
                   "                   ~~~~~~ ^ ~~~~~~\n"
                   "error   line 5  let s  for a\n"
                   "        test.gf:5:9: error: r is not declared\n"
                   "           let s = r\n"
                   "                   ^\n"
                   "           define it, as  let r = …, or declare it, as  given r : 1 x 1 = 0.1\n"
                   "error   line 6  \"one\"  grad(a), because of line 4\n"
                   "error   line 7  a = q, because of line 4\n"
                   "error   line 8  a = s, because of line 5\n"
                   "holds   line 9  a = 2  error < 1e-12\n"
                   "4 claims: 1 holds, 0 fail, 3 errors\n");
    assert_written(report, GF_REPORT_GCC, 0,
                   "test.gf:4:16: error: [1, 2] @ [3, 4]: 1 x 2 times 1 x 2, the inner sizes 2 and 1 differ\n"
                   "test.gf:5:9: error: r is not declared\n"
                   "test.gf:6: error \"one\" grad(a), because of line 4\n"
                   "test.gf:7: error a = q, because of line 4\n"
                   "test.gf:8: error a = s, because of line 5\n");
    gf_reports_write(&out, (const gf_report *const[]){report}, 1, GF_REPORT_MARKDOWN, GF_REPORT_BRIEF);
    ck_assert(strstr(out, "| **error** | 4 |  | `let q for a` |  |\n"));
    ck_assert(!strstr(out, "because of line 4"));
    ck_assert(strstr(out, "\nLine 4, `let q`:\n\n```text\ntest.gf:4:16: error: [1, 2]") && !strstr(out, "Line 7,"));
    free(out);
    const gf_cause *cause = gf_report_cause(report, 1);
    ck_assert(isnan(cause->error) && cause->claim_count == 1 && cause->claims[0] == 8);
    ck_assert_str_eq(cause->message, "test.gf:5:9: error: r is not declared\n   let s = r\n           ^\n"
                                     "   define it, as  let r = …, or declare it, as  given r : 1 x 1 = 0.1\n");
    gf_reports_write(&out, (const gf_report *const[]){report}, 1, GF_REPORT_JSON, 0);
    ck_assert(strstr(out, "\"message\": \"test.gf:5:9: error: r is not declared\\n"));
    free(out);
    gf_report_free(report);
}
END_TEST

/* That goes for lets that no claim uses, too. */
START_TEST(an_error_in_a_let_that_nothing_uses)
{
    gf_model *m = model_of("steps T = 2\nparam a : 1 x 1 = 2\ny[t] = a\nloss y[T]\nlet q = [1, 2] @ [3, 4]\n"
                           "let d[t] = d[t+1] + r\nlet e[t] = d[t]\nlet c[t] = c[t]\nlet f[T] = s\nlet g = ?\n");
    gf_report *report;
    ck_assert_int_eq(gf_model_claims(&report, m, NULL), GF_OK);
    gf_model_free(m);
    assert_written(report, GF_REPORT_GCC, 0,
                   "test.gf:5:16: error: [1, 2] @ [3, 4]: 1 x 2 times 1 x 2, the inner sizes 2 and 1 differ\n"
                   "test.gf:6:21: error: r is not declared\n"
                   "test.gf:8:5: error: a circle: c[1] needs c[1]\n"
                   "test.gf:9:12: error: s is not declared\n"
                   "test.gf:10: open let g: it stands for nothing that can be told; a claim could say what: "
                   "claim grad(…) = g\n");
    ck_assert_uint_eq(gf_report_cause(report, 0)->claim_count, 0);
    gf_report_free(report);
}
END_TEST

/* In a circle, a let that is wrong by itself takes the place of the error; the let that the circle names has its index.
 */
START_TEST(a_circle)
{
    gf_model *m = model_of("steps T = 2\nparam a : 1 x 1 = 2\ny[t] = a\nloss y[T]\nlet d[t] = e[t]\n"
                           "let e[t] = d[t]\nclaim grad(y[t]) = d[t]\nclaim grad(a) = d[2]\n");
    gf_report *report;
    gf_claims claims;
    ck_assert_int_eq(gf_model_claims(&report, m, NULL), GF_OK);
    ck_assert_uint_eq(gf_report_cause_count(report), 1);
    ck_assert_str_eq(gf_report_cause(report, 0)->of, "d[t]");
    ck_assert_uint_eq(gf_report_cause(report, 0)->claim_count, 2);
    static const int both[] = {7, 8};
    gf_cause wrong = {.line = 6, .let = true, .of = "e[t]", .says = "", .claims = both, .claim_count = 2};
    report->causes = &wrong;
    report->cause_count = 1;
    ck_assert_int_eq(gf_claims_judge(&claims, m, 1e-6), GF_OK);
    ck_assert_int_eq(gf_report_add_unworked(report, &claims), GF_OK);
    ck_assert_uint_eq(report->cause_count, 1);
    wrong.claim_count = 1;
    report->causes = &wrong;
    ck_assert_int_eq(gf_report_add_unworked(report, &claims), GF_OK);
    ck_assert_uint_eq(report->cause_count, 2);
    gf_claims_free(&claims);
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

/* What is said of the first claim where `line` is written 1001 times. */
static void assert_too_many(const char *line, const char *wanted)
{
    gf_report *report;
    gf_text text = {0};
    gf_text_add(&text, "param a : 1 x 1 = 2\nloss a\nclaim grad(a) = 3\n");
    for (int k = 0; k <= 1000; k++)
        gf_text_print(&text, line, k);
    gf_model *m = model_of(gf_text_string(&text));
    ck_assert_int_eq(gf_model_claims(&report, m, NULL), GF_OK);
    ck_assert_str_eq(gf_report_claim(report, 0)->diagnosis, wanted);
    ck_assert_uint_eq(gf_report_cause_count(report), 0);
    gf_report_free(report);
    gf_model_free(m);
    gf_text_free(&text);
}

START_TEST(more_than_is_looked_at)
{
    assert_too_many("let d%d = 1\n", "there are more than 1000 lets: which of them are wrong is not looked for");
    assert_too_many("claim %d = grad(a) + 2\n", "more than 1000 claims fail: why is not looked for");
}
END_TEST

int main(void)
{
    const TTest *tests[] = {from_c,
                            what_a_claim_has_said,
                            text,
                            at_most_five_lines,
                            nothing_refers_to_what_is_not_said,
                            markdown,
                            lines_for_editors,
                            json,
                            an_edit_tried_at_these_steps_only,
                            beside_central_differences,
                            an_error_in_a_let,
                            a_circle,
                            more_than_is_looked_at,
                            an_error_in_a_let_that_nothing_uses};
    return RUN_TESTS("report_causes", tests);
}
