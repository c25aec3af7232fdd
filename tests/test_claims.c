/* Claims: files whose comments say what is to become of each, and what a report says. */
#include "equations.h"

#include <gradflow/template.h>

/* --- files ---------------------------------------------------------------------------------------------------- */

/* What a file expects of one claim: "# expect: holds", "fails" or "error" on the claim's line or behind it, and, of an
 * error, "# error 24:7 the beginning of its message". */
typedef struct expected {
    int line; /* of the comment */
    gf_verdict verdict;
    char message[400]; /* "" where nothing is said about it */
} expected;

enum { CLAIMS = 300 };

static int read_expected(const char *path, expected list[CLAIMS])
{
    char line[1000], *found;
    int count = 0, number = 0;
    FILE *file = fopen(path, "r");
    ck_assert_msg(file, "%s", path);
    while (fgets(line, sizeof line, file)) {
        number++;
        line[strcspn(line, "\n")] = '\0';
        if ((found = strstr(line, "# expect: "))) {
            const char *word = found + strlen("# expect: ");
            ck_assert_int_lt(count, CLAIMS);
            list[count] = (expected){.line = number};
            list[count++].verdict = *word == 'h' ? GF_HOLDS : *word == 'f' ? GF_FAILS : GF_UNJUDGED;
        } else if (!strncmp(line, "# error ", 8)) {
            ck_assert_int_gt(count, 0);
            char *text = strchr(line + 8, ' ');
            ck_assert_msg(text, "%s:%d", path, number);
            *text = '\0';
            snprintf(list[count - 1].message, sizeof list[0].message, ":%.20s: error: %.300s", line + 8, text + 1);
        }
    }
    fclose(file);
    return count;
}

static gf_report *judged(gf_model *m, const gf_claims_options *options)
{
    gf_report *report;
    gf_status status = gf_model_claims(&report, m, options);
    ck_assert_msg(status == GF_OK, "%s", m ? gf_model_message(m) : "no model");
    return report;
}

static void check_file(const char *path)
{
    static expected list[CLAIMS];
    static const char *const words[] = {"holds", "fails", "is an error"};
    gf_model *m;
    const gf_claim *claim;
    int count = read_expected(path, list);
    ck_assert_msg(gf_model_read(&m, path) == GF_OK, "%s", gf_model_message(m));
    gf_report *report = judged(m, NULL);
    ck_assert_msg((int)gf_report_count(report) == count, "%s: %zu claims, %d comments", path, gf_report_count(report),
                  count);
    for (int k = 0; k < count; k++) {
        claim = gf_report_claim(report, (size_t)k);
        ck_assert_msg(claim->line <= list[k].line, "%s:%d: no claim for this comment", path, list[k].line);
        ck_assert_msg(claim->verdict == list[k].verdict, "%s:%d: %s, at %s, error %g\n%s", path, claim->line,
                      words[claim->verdict], claim->at, claim->error, claim->message);
        ck_assert_msg(!*list[k].message || strstr(claim->message, list[k].message), "%s:%d: does not say\n%s\nbut\n%s",
                      path, claim->line, list[k].message, claim->message);
        ck_assert((claim->verdict == GF_UNJUDGED) == (*claim->message != '\0'));
    }
    gf_report_free(report);
    gf_model_free(m);
}

#define FILE_TEST(name)                                                                                                \
    START_TEST(file_##name)                                                                                            \
    {                                                                                                                  \
        check_file(equations_path("", "claims-" #name ".gf"));                                                         \
    }                                                                                                                  \
    END_TEST

FILE_TEST(functions)
FILE_TEST(gradients)
FILE_TEST(time)
FILE_TEST(judging)
FILE_TEST(errors)
FILE_TEST(truncate)
FILE_TEST(given)

/* Gradients from another library: every claim of these holds. */
static void all_hold(const char *path)
{
    const char *name = strrchr(path, '/') + 1;
    if (!strncmp(name, "claims-", 7))
        return;
    gf_model *m;
    ck_assert_msg(gf_model_read(&m, path) == GF_OK, "%s", gf_model_message(m));
    gf_report *report = judged(m, NULL);
    ck_assert_uint_gt(gf_report_count(report), 15);
    ck_assert_msg(gf_report_tally(report, GF_HOLDS) == gf_report_count(report), "%s", path);
    gf_report_free(report);
    gf_model_free(m);
}

START_TEST(reference_files_hold)
{
    each_file("", 7, all_hold);
}
END_TEST

/* Other sizes and steps, T = 1 among them, change nothing about a derivation that is right. */
START_TEST(right_at_every_size)
{
    static const char *const names[] = {"rnn",       "lstm",     "peephole", "gru",       "gru-after", "birnn",
                                        "deep-lstm", "residual", "untied",   "attention", "masked"};
    static const int sizes[][4] = {{1, 1, 1, 1}, {2, 3, 1, 2}, {7, 2, 5, 3}};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++)
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            const gf_template *model = gf_template_find(names[n]);
            gf_model *m;
            gf_model_parse(&m, model->text, model->name);
            gf_model_set(m, "T", sizes[k][0]);
            gf_model_set(m, "n", sizes[k][1]);
            bool batch = !strcmp(names[n], "masked"); /* whose scores in one column would be one example's */
            gf_model_set(m, "k", sizes[k][2] + batch);
            gf_model_set(m, "seed", sizes[k][3]);
            gf_report *report = judged(m, NULL);
            ck_assert_msg(gf_report_tally(report, GF_HOLDS) == gf_report_count(report), "%s, T = %d", names[n],
                          sizes[k][0]);
            gf_report_free(report);
            gf_model_free(m);
        }
}
END_TEST

/* --- reports ---------------------------------------------------------------------------------------------------- */

static const char HEAD[] = "steps T = 3\ninput x[t] : 2 x 1 = {[1; 2], [3; 4], [5; 6]}\nparam a : 1 x 1 = 2\n"
                           "y[t] = a * x[t]\nloss sum(t, sum(y[t]))\n";

/* The report on HEAD and these lines, from line 6 on. */
static char *report_of(const char *lines, gf_report_format format, unsigned flags)
{
    char text[4000], *out;
    snprintf(text, sizeof text, "%s%s", HEAD, lines);
    gf_model *m = model_of(text);
    gf_report *report = judged(m, NULL);
    gf_model_free(m); /* it is needed no longer */
    ck_assert_int_eq(gf_reports_write(&out, (const gf_report *const[]){report}, 1, format, flags), GF_OK);
    gf_report_free(report);
    return out;
}

/* The lines of `wanted` are those of `out`, but for what a diagnosis adds under a claim: lines that begin with `more`.
 */
static void assert_lines(const char *out, const char *wanted, const char *more)
{
    const char *at = out, *want = wanted;
    while (*at) {
        size_t size = strcspn(at, "\n"), length = strcspn(want, "\n");
        if (size == length && !memcmp(at, want, size))
            want += length + (want[length] == '\n');
        else if (strncmp(at, more, strlen(more)) != 0)
            break;
        at += size + (at[size] == '\n');
    }
    ck_assert_msg(!*at && !*want, "the report is\n%s\nand not\n%s\nfrom\n%s\non", out, wanted, want);
}

static const char under[] = "        ";

static void assert_report(const char *lines, const char *wanted)
{
    char *out = report_of(lines, GF_REPORT_TEXT, 0);
    assert_lines(out, wanted, under);
    free(out);
}

START_TEST(lines_of_a_report)
{
    assert_report("claim \"by hand\": grad(a) = sum(t, sum(x[t]))\n"
                  "# a comment\n"
                  "claim   grad( x[t] ) =\n   a * ones(2, 1)\n",
                  "holds   line 6  \"by hand\"  grad(a)  error < 1e-12\n"
                  "holds   line 8  grad( x[t] ) = a * ones(2, 1)  error < 1e-12\n"
                  "2 claims: 2 hold, 0 fail, 0 errors\n");
    assert_report("claim \"twice\": grad(y[t]) = t * ones(2, 1)\n",
                  "FAILS   line 6  \"twice\"  grad(y[t])  error 6.7e-01 at t = 3\n"
                  "        worst entry (1, 1) at t = 3: left 1, right 3\n"
                  "        holds for t = 1; fails for t = 2..3\n"
                  "1 claim: 0 hold, 1 fails, 0 errors\n");
    assert_report("claim grad(b) = 0\n", "error   line 6  grad(b) = 0\n"
                                         "        test.gf:6:12: error: b is not declared\n"
                                         "           claim grad(b) = 0\n"
                                         "                      ^\n"
                                         "1 claim: 0 hold, 0 fail, 1 error\n");
    assert_report("claim a = 2 within 0.1 # so\n", "holds   line 6  a = 2 within 0.1  error < 1e-12\n"
                                                   "1 claim: 1 holds, 0 fail, 0 errors\n");
    assert_report("claim a = 2.0000001\n", "holds   line 6  a = 2.0000001  error 5.0e-08\n"
                                           "1 claim: 1 holds, 0 fail, 0 errors\n");
}
END_TEST

/* Rounding is not written out, nor a zero that is not quite one. */
START_TEST(errors_that_are_none)
{
    assert_report("claim 0.1 + 0.2 = 0.3\nclaim a * 1e-13 = 0\n", "holds   line 6  0.1 + 0.2 = 0.3  error < 1e-12\n"
                                                                  "holds   line 7  a * 1e-13 = 0  error < 1e-12\n"
                                                                  "2 claims: 2 hold, 0 fail, 0 errors\n");
    /* below 2.2e-308 numbers lose their digits: a double has one left at 5e-324 */
    assert_report("claim a * 1e-323 = 2e-323\nclaim a * 1e-317 = 1e-318\nclaim a * 1e-310 = 1e-309\n",
                  "holds   line 6  a * 1e-323 = 2e-323  error < 1e-12\n"
                  "holds   line 7  a * 1e-317 = 1e-318  error < 1e-12\n"
                  "FAILS   line 8  a * 1e-310 = 1e-309  error 8.0e-01\n"
                  "        worst entry (1, 1): left 2e-310, right 1e-309\n"
                  "3 claims: 2 hold, 1 fails, 0 errors\n");
}
END_TEST

START_TEST(what_stands_under_a_failure)
{
    assert_report("claim (3 - j) * x[t] = x[t]  for j = 1..2\n",
                  "FAILS   line 6  (3 - j) * x[t] = x[t] for j = 1..2  error 5.0e-01 at t = 1, j = 1\n"
                  "        worst entry (2, 1) at t = 1, j = 1: left 4, right 2\n"
                  "        fails for every t = 1..3\n"
                  "1 claim: 0 hold, 1 fails, 0 errors\n");
    assert_report("claim x[t] = j * x[t]  for j = 1..2\n",
                  "FAILS   line 6  x[t] = j * x[t] for j = 1..2  error 5.0e-01 at t = 1, j = 2\n"
                  "        worst entry (2, 1) at t = 1, j = 2: left 2, right 4\n"
                  "        fails for every t = 1..3\n"
                  "1 claim: 0 hold, 1 fails, 0 errors\n");
    assert_report("claim j * a = a  for j = 1..2\n", "FAILS   line 6  j * a = a for j = 1..2  error 5.0e-01 at j = 2\n"
                                                     "        worst entry (1, 1) at j = 2: left 4, right 2\n"
                                                     "        holds for j = 1; fails for j = 2\n"
                                                     "1 claim: 0 hold, 1 fails, 0 errors\n");
    assert_report("claim \"chain\": 0 <= x[t] <= 4\n",
                  "FAILS   line 6  \"chain\"  0 <= x[t]  error 3.3e-01 at t = 3\n"
                  "        worst entry (2, 1) at t = 3: left 6, right 4, in x[t] <= 4\n"
                  "        holds for t = 1..2; fails for t = 3\n"
                  "1 claim: 0 hold, 1 fails, 0 errors\n");
    assert_report("claim 1 / (x[1] - 1) = 0\n", "FAILS   line 6  1 / (x[1] - 1) = 0  error NaN\n"
                                                "        worst entry (1, 1): left inf, which is not finite, right 0\n"
                                                "1 claim: 0 hold, 1 fails, 0 errors\n");
    assert_report("claim \"n\": sqrt(-x[t]) <= 3\n",
                  "FAILS   line 6  \"n\"  sqrt(-x[t])  error NaN at t = 1\n"
                  "        worst entry (1, 1) at t = 1: left NaN, which is not finite, right 3\n"
                  "        fails for every t = 1..3\n"
                  "1 claim: 0 hold, 1 fails, 0 errors\n");
    assert_report("claim \"strict\": a < 2\n", "FAILS   line 6  \"strict\"  a  error < 1e-12\n"
                                               "        worst entry (1, 1): left 2, right 2, equal up to rounding\n"
                                               "1 claim: 0 hold, 1 fails, 0 errors\n");
    assert_report("claim a = -(0 * a)\n", "FAILS   line 6  a = -(0 * a)  error 1.0e+00\n"
                                          "        worst entry (1, 1): left 2, right 0\n"
                                          "1 claim: 0 hold, 1 fails, 0 errors\n");
    assert_report("claim (t - 1) * (t - 3) * a = 0\n",
                  "FAILS   line 6  (t - 1) * (t - 3) * a = 0  error 1.0e+00 at t = 2\n"
                  "        worst entry (1, 1) at t = 2: left -2, right 0\n"
                  "        holds for t = 1, 3; fails for t = 2\n"
                  "1 claim: 0 hold, 1 fails, 0 errors\n");
}
END_TEST

START_TEST(no_instance)
{
    assert_report("claim \"later\": y[t] = 0  for t = 4..T\n", "holds   line 6  \"later\"  y[t]  no instance\n"
                                                               "1 claim: 1 holds, 0 fail, 0 errors\n");
    gf_model *m = model_of("steps T = 1\nparam a : 1 x 1\ny[t] = a\nloss y[T]\nclaim y[t] = y[t-1]  for t = 2..T\n");
    gf_report *report = judged(m, NULL);
    const gf_claim *claim;
    ck_assert((claim = gf_report_claim(report, 0)));
    ck_assert_int_eq(claim->verdict, GF_HOLDS);
    ck_assert_uint_eq(claim->instances, 0);
    ck_assert(!(claim = gf_report_claim(report, 1)));
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

START_TEST(titles_colours_and_brevity)
{
    static const char lines[] = "title \"T\"\nclaim a = 2\nclaim a = 4\n";
    static const struct {
        unsigned flags;
        const char *wanted;
    } table[] = {
        {0, "T\nholds   line 7  a = 2  error < 1e-12\nFAILS   line 8  a = 4  error 5.0e-01\n"
            "        worst entry (1, 1): left 2, right 4\n2 claims: 1 holds, 1 fails, 0 errors\n"},
        {GF_REPORT_BRIEF, "FAILS   line 8  a = 4  error 5.0e-01\n        worst entry (1, 1): left 2, right 4\n"},
        {GF_REPORT_BRIEF | GF_REPORT_COLOR | GF_REPORT_NAMED,
         "test.gf:\n\033[1;31mFAILS\033[0m   line 8  a = 4  error 5.0e-01\n"
         "        worst entry (1, 1): left 2, right 4\n"},
    };
    for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
        char *out = report_of(lines, GF_REPORT_TEXT, table[k].flags);
        assert_lines(out, table[k].wanted, under);
        free(out);
    }
    char *out = report_of("claim a = 2\n", GF_REPORT_TEXT, GF_REPORT_BRIEF);
    ck_assert_str_eq(out, "");
    free(out);
}
END_TEST

START_TEST(several_files)
{
    gf_model *m = model_of("param a : 1 x 1 = 2\nloss a\nclaim a = 2\n");
    gf_report *report = judged(m, NULL);
    char *out;
    ck_assert_int_eq(gf_reports_write(&out, (const gf_report *const[]){report, report}, 2, GF_REPORT_TEXT, 0), GF_OK);
    ck_assert_str_eq(out, "test.gf:\nholds   line 3  a = 2  error < 1e-12\n1 claim: 1 holds, 0 fail, 0 errors\n\n"
                          "test.gf:\nholds   line 3  a = 2  error < 1e-12\n1 claim: 1 holds, 0 fail, 0 errors\n");
    free(out);
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

START_TEST(markdown)
{
    char *out = report_of("claim \"a|b\": jacobian(y[t], x[t] | a) = a * eye(2)\nclaim a = 4\nclaim q = 0\n",
                          GF_REPORT_MARKDOWN, 0);
    assert_lines(out,
                 "# test.gf\n\n"
                 "| | line | claim | left side | error |\n"
                 "|---|---|---|---|---|\n"
                 "| holds | 6 | a\\|b | `jacobian(y[t], x[t] \\| a)` | < 1e-12 |\n"
                 "| **FAILS** | 7 |  | `a = 4` | 5.0e-01 |\n"
                 "| **error** | 8 |  | `q = 0` |  |\n"
                 "\nLine 7, `a = 4`:\n\n```text\nworst entry (1, 1): left 2, right 4\n```\n"
                 "\nLine 8, `q = 0`:\n\n```text\n"
                 "test.gf:8:7: error: q is not declared\n   claim q = 0\n         ^\n```\n"
                 "\n3 claims: 1 holds, 1 fails, 1 error\n",
                 "");
    free(out);
}
END_TEST

START_TEST(json)
{
    char *out = report_of("title \"é\"\nclaim \"x\": a = 4\nclaim sqrt(-a) = 0\nclaim q = 0\n", GF_REPORT_JSON, 0);
    static const char *const wanted[] = {
        "{\n  \"files\": [\n    {\n      \"file\": \"test.gf\",\n      \"title\": \"é\",\n      \"message\": null,",
        "\"claims\": [\n        {\n          \"line\": 7,\n          \"label\": \"x\",\n          \"result\": "
        "\"FAILS\",\n          \"left\": \"a\",\n          \"claim\": \"a = 4\",\n          \"error\": 0.5,\n"
        "          \"at\": {},\n          \"finite\": true,\n          \"equal_up_to_rounding\": false,\n"
        "          \"instances\": 1,\n          \"instances_beyond\": 0,\n"
        "          \"worst\": {\n            \"row\": 1,\n            \"column\": 1,\n            \"left\": 2.0,\n"
        "            \"right\": 4.0\n          }",
        "\"label\": null,\n          \"result\": \"FAILS\",\n          \"left\": \"sqrt(-a)\",\n"
        "          \"claim\": \"sqrt(-a) = 0\",\n          \"error\": null,\n          \"at\": {},\n"
        "          \"finite\": false",
        "\"result\": \"error\",\n          \"left\": \"q\",\n          \"claim\": \"q = 0\",\n          \"error\": "
        "null,\n"
        "          \"at\": {},\n          \"message\": \"test.gf:9:7: error: q is not declared\\n   claim q = 0\\n  "
        "       ^\\n   define it, as  let q = …, or declare it, as  given q : 1 x 1 = 0.1\\n\",\n"
        "          \"says\": [],\n          \"repairs\": []",
        "\"totals\": {\n        \"claims\": 3,\n        \"hold\": 0,\n        \"fail\": 2,\n",
    };
    for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++)
        ck_assert_msg(strstr(out, wanted[k]), "%s\nlacks\n%s", out, wanted[k]);
    free(out);
    out = report_of("claim j * x[t] = t * x[t]  for j = -1..2\n", GF_REPORT_JSON, 0);
    ck_assert_msg(strstr(out, "\"at\": {\n            \"t\": 1,\n            \"j\": -1\n          },"), "%s", out);
    free(out);
}
END_TEST

START_TEST(a_model_that_cannot_be_unrolled)
{
    gf_model *m;
    gf_report *report;
    char *out;
    gf_model_parse(&m, "h[t] = h[t-1]\nloss 1\n", "test.gf");
    ck_assert_int_eq(gf_model_claims(&report, m, NULL), GF_ERROR_SYNTAX);
    ck_assert_int_eq(gf_report_status(report), GF_ERROR_SYNTAX);
    ck_assert_str_eq(gf_report_message(report), gf_model_message(m));
    gf_model_free(m);
    ck_assert_int_eq(gf_reports_write(&out, (const gf_report *const[]){report}, 1, GF_REPORT_TEXT, 0), GF_OK);
    ck_assert_str_eq(out, "");
    free(out);
    gf_reports_write(&out, (const gf_report *const[]){report}, 1, GF_REPORT_JSON, 0);
    ck_assert(strstr(out, "\"message\": \"test.gf:1:8: error"));
    free(out);
    gf_reports_write(&out, (const gf_report *const[]){report}, 1, GF_REPORT_MARKDOWN, 0);
    ck_assert(strstr(out, "# test.gf\n\n```text\ntest.gf:1:8: error"));
    free(out);
    gf_report_free(report);
    ck_assert_int_eq(gf_model_claims(&report, NULL, NULL), GF_ERROR_ARGUMENT);
    ck_assert_ptr_null(report);
    ck_assert_int_eq(gf_model_claims(NULL, NULL, NULL), GF_ERROR_ARGUMENT);
    gf_report_free(NULL);
}
END_TEST

/* --- options --------------------------------------------------------------------------------------------- */

static gf_verdict verdict_with(const char *claim, double tolerance)
{
    char text[1000];
    snprintf(text, sizeof text, "%s%s\n", HEAD, claim);
    gf_model *m = model_of(text);
    gf_report *report = judged(m, &(gf_claims_options){.size = sizeof(gf_claims_options), .tolerance = tolerance});
    const gf_claim *out;
    out = gf_report_claim(report, 0);
    gf_verdict verdict = out->verdict;
    gf_report_free(report);
    gf_model_free(m);
    return verdict;
}

START_TEST(tolerance)
{
    ck_assert_int_eq(verdict_with("claim a = 2.1", 0), GF_FAILS);
    ck_assert_int_eq(verdict_with("claim a = 2.1", 0.1), GF_HOLDS);
    ck_assert_int_eq(verdict_with("claim a = 2.1 within 1e-3", 0.1), GF_FAILS);
    ck_assert_int_eq(verdict_with("claim a = 2.1 within 0.1", 1e-9), GF_HOLDS);
    ck_assert_int_eq(verdict_with("claim a <= 1.99", 0.1), GF_FAILS); /* an inequality is exact */
}
END_TEST

static bool count_calls(double share, void *data)
{
    ck_assert(share >= 0 && share <= 1);
    ++*(int *)data;
    return true;
}

START_TEST(central_differences)
{
    char text[1000];
    const char *line;
    int calls = 0;
    gf_claims_options options = {
        .size = sizeof options, .finite_differences = true, .progress = count_calls, .progress_data = &calls};
    snprintf(text, sizeof text, "%sclaim grad(a) = -sum(t, sum(x[t]))\nclaim grad(y[t]) = 3\n", HEAD);
    gf_model *m = model_of(text);
    gf_report *report = judged(m, &options);
    const gf_claim *claim;
    ck_assert(gf_report_differences(&line, report));
    ck_assert(!strncmp(line, "central differences: 4 gradients agree with automatic differentiation, ", 71));
    ck_assert_int_ge(calls, 2 + 7); /* claims, and entries */
    claim = gf_report_claim(report, 0);
    const char *opinion = strstr(claim->diagnosis, "central differences give 21 there, to about ");
    ck_assert(opinion && strstr(opinion, ": the gradient is right, the other side is not\n"));
    gf_report_free(report);
    ck_assert(!gf_report_differences(&line, report = judged(m, NULL)));
    ck_assert_str_eq(line, "");
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

/* What is cut by truncate, or stopped, is constant for the differences too. */
START_TEST(central_differences_see_the_cut)
{
    const char *line;
    gf_model *m = model_of("steps T = 5\ntruncate 2\nparam w : 2 x 2 ~ normal(0, 1)\nstart h[0] : 2 x 1 = 1\n"
                           "h[t] = tanh(w @ h[t-1]) + stop(w) @ h[t-1]\nloss sum(h[T]^2)\n");
    gf_report *report = judged(m, &(gf_claims_options){.size = sizeof(gf_claims_options), .finite_differences = true});
    ck_assert_msg(gf_report_differences(&line, report), "%s", line);
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

/* --- sizes ----------------------------------------------------------------------------------------------- */

/* A chain of lets as long as the sequence does not overflow the stack; nor does one that runs the other way. */
START_TEST(long_recursion)
{
    gf_model *m =
        model_of("steps T = 5000\nparam w : 1 x 1 = 0.999\nstart h[0] : 1 x 1 = 1\nh[t] = w * h[t-1]\n"
                 "loss h[T]\nlet d[t] = w * d[t+1]\nlet d[T] = 1\nlet e[t] = e[t-1] + d[t]\n"
                 "claim grad(h[t]) = d[t]\nclaim e[T] = sum(t, d[t])\nclaim grad(w) = sum(t, d[t] * h[t-1])\n");
    gf_report *report = judged(m, NULL);
    ck_assert_uint_eq(gf_report_tally(report, GF_HOLDS), 3);
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

START_TEST(long_circle)
{
    gf_model *m = model_of("steps T = 5000\nparam w : 1 x 1\nloss w\nlet d[t] = e[t+1] + 1\nlet e[t] = d[t+1]\n"
                           "let e[T] = d[1]\nclaim d[1] = 0\nclaim d[4999] = 0\nclaim w = w\n");
    gf_report *report = judged(m, NULL);
    const gf_claim *claim;
    claim = gf_report_claim(report, 0);
    ck_assert_int_eq(claim->verdict, GF_UNJUDGED);
    ck_assert_msg(strstr(claim->message, "error: a circle: d[1] needs e[2], which needs d[3], which needs e[4], "),
                  "%s", claim->message);
    ck_assert(strstr(claim->message, "…") && strstr(claim->message, " needs d[1]\n"));
    claim = gf_report_claim(report, 1);
    ck_assert_int_eq(claim->verdict, GF_UNJUDGED);
    claim = gf_report_claim(report, 2);
    ck_assert_int_eq(claim->verdict, GF_HOLDS);
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

#define MANY_INDICES                                                                                                   \
    "claim 1 = 1  for a=1..1, b=1..1, c=1..1, d=1..1, e=1..1, f=1..1, g=1..1, h=1..1, i=1..1, j=1..1, k=1..1, "        \
    "l=1..1, m=1..1, n=1..1, o=1..1, p=1..1"

/* A short text that asks for too much is an error, not a wait. */
START_TEST(too_much)
{
    static const char *const lines[] = {
        "claim 1 = 1  for j = 1..1000000000", "claim 1 = 1  for j = 1..100000, k = 2..1",
        "claim sum(j, 1..1000000000, j) = 0", "claim \"lets\": sum(j, 1..1000000000, d[j]) = 0",
        "claim jacobian(big, other) = 0",     MANY_INDICES,
        "claim kron(big, other) = 0",
    };
    static const gf_verdict verdicts[] = {GF_UNJUDGED, GF_HOLDS,    GF_UNJUDGED, GF_UNJUDGED,
                                          GF_UNJUDGED, GF_UNJUDGED, GF_UNJUDGED};
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        char text[1000];
        snprintf(text, sizeof text,
                 "steps T = 3\nparam big, other : 30 x 40\nw = sum(big)\nlet dd[t] = t\nloss w\nlet d[t] = dd[t]\n%s\n",
                 lines[k]);
        gf_model *m;
        gf_model_parse(&m, text, "test.gf");
        gf_model_limit(m, 100000, 100000);
        gf_report *report = judged(m, NULL);
        const gf_claim *claim;
        claim = gf_report_claim(report, 0);
        ck_assert_msg(claim->verdict == verdicts[k], "%s\n%s", lines[k], claim->message);
        if (strstr(lines[k], "claim sum(j")) /* refused before its first term */
            ck_assert_msg(strstr(claim->message, ":7:7: error: this asks for more") != NULL, "%s", claim->message);
        gf_report_free(report);
        gf_model_free(m);
    }
}
END_TEST

/* A sum over a single step is not that step itself, which may be held. */
START_TEST(one_step_is_like_two)
{
    for (int steps = 1; steps <= 2; steps++) {
        gf_model *m = model_of("steps T = 2\nparam w : 1 x 1 = 0.5\nL[t] = w * t\nloss sum(t, L[t])\n"
                               "claim grad(w, sum(t, L[t]) | L) = 0\nclaim grad(w | L) = 0\nclaim grad(L[t]) = 1\n");
        gf_model_set(m, "T", steps);
        gf_report *report = judged(m, NULL);
        ck_assert_uint_eq(gf_report_tally(report, GF_HOLDS), 3);
        gf_report_free(report);
        gf_model_free(m);
    }
}
END_TEST

/* --- judging leaves the model as it was ------------------------------------------------------------------ */

START_TEST(the_graph_stays)
{
    char text[1000];
    snprintf(text, sizeof text, "%sclaim grad(a, sum(y[t]) + norm(x[t])) = sum(x[t])\nclaim grad(a) = 21\n", HEAD);
    gf_model *m = model_of(text);
    size_t nodes = gf_graph_size(gf_model_graph(m));
    for (int k = 0; k < 2; k++) {
        gf_report *report = judged(m, NULL);
        ck_assert_uint_eq(gf_report_tally(report, GF_HOLDS), 2);
        gf_report_free(report);
        ck_assert_uint_eq(gf_graph_size(gf_model_graph(m)), nodes);
        ck_assert_int_eq(gf_graph_status(gf_model_graph(m)), GF_OK);
        assert_near(gf_scalar(gf_model_gradient(m, "a", 0)), 21, 1e-15);
    }
    gf_model_free(m);
}
END_TEST

/* New values, new lets. */
START_TEST(values_that_change)
{
    gf_model *m = model_of("param a : 1 x 1 = 2\nloss a^2\nlet two = 2 * a\nclaim grad(a) = two\nclaim two = 4\n");
    gf_report *report = judged(m, NULL);
    ck_assert_uint_eq(gf_report_tally(report, GF_HOLDS), 2);
    gf_report_free(report);
    gf_set_scalar(gf_model_node(m, "a", 0), 5);
    report = judged(m, NULL);
    ck_assert_uint_eq(gf_report_tally(report, GF_HOLDS), 1);
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

int main(void)
{
    /* clang-format off */
    const TTest *tests[] = {
        file_functions, file_gradients, file_time, file_judging, file_errors, file_truncate, file_given,
        reference_files_hold, right_at_every_size, lines_of_a_report, errors_that_are_none,
        what_stands_under_a_failure, no_instance, titles_colours_and_brevity, several_files, markdown, json,
        a_model_that_cannot_be_unrolled, tolerance, central_differences, central_differences_see_the_cut,
        long_recursion, long_circle, too_much, one_step_is_like_two, the_graph_stays, values_that_change,
    };
    /* clang-format on */
    return RUN_TESTS("claims", tests);
}
