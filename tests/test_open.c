/* Open places: what is said of a line with a ?, what is judged all the same. (Exercises: test_exercise.c.) */
#include "equations.h"

#include <string.h>

#include <gradflow/report.h>

/* --- a small model ------------------------------------------------------------------------------------------------ */

static const char HEAD[] = "steps T = 4\nsize n = 2, m = 3\ninput x[t] : 1 x n\ngiven y[t] : 1 x m\n"
                           "param W : n x m\nparam U : m x m\nstart h[0] : 1 x m ~ uniform(-1, 1)\n"
                           "a[t] = x[t] @ W + h[t-1] @ U\nh[t] = tanh(a[t])\nloss sum(t, mse(h[t], y[t]))\n";
enum { LINE = 11 }; /* the first behind it */

static gf_report *judged(const char *lines, int hints)
{
    gf_text text = {0};
    gf_text_print(&text, "%s%s", HEAD, lines);
    gf_report *report = judged_text(gf_text_string(&text), hints);
    gf_text_free(&text);
    return report;
}

/* What the report says is this, from the first line of the lines on. */
static void assert_written(const char *lines, int hints, gf_report_format format, const char *wanted)
{
    gf_report *report = judged(lines, hints);
    char *text;
    ck_assert_int_eq(gf_reports_write(&text, (const gf_report *const[]){report}, 1, format, 0), GF_OK);
    ck_assert_str_eq(text, wanted);
    free(text);
    gf_report_free(report);
}

static const char DH[] = "let dh[t] = 2 * (h[t] - y[t]) / m + da[t+1] @ U'\n";

/* --- hints -------------------------------------------------------------------------------------------------------- */

/* One after the other: how many paths, which, the first term, the line. */
START_TEST(hints_tell_more_by_and_by)
{
    static const char lines[] = "let dh[t] = ?\nlet da[t] = dh[t] * (1 - h[t]^2)\nclaim grad(h[t]) = dh[t]\n"
                                "claim grad(W) = sum(t, x[t]' @ da[t])\n";
    assert_written(lines, 1, GF_REPORT_TEXT,
                   "open    line 11  let dh[t]  for grad(h[t])  ? is 1 x 3\n"
                   "        2 paths leave h[t]\n"
                   "holds   line 13  grad(h[t]) = dh[t]  error < 1e-12\n"
                   "holds   line 14  grad(W) = sum(t, x[t]' @ da[t])  error < 1e-12\n"
                   "2 claims: 2 hold, 0 fail, 0 errors; not done: 1 let is open, and 2 claims hold with the "
                   "true value in its place\n");
    assert_written(lines, 4, GF_REPORT_TEXT,
                   "open    line 11  let dh[t]  for grad(h[t])  ? is 1 x 3\n"
                   "        2 paths leave h[t]\n"
                   "        h[t] -> a[t+1]\n"
                   "        h[t] -> loss\n"
                   "        the first term: da[t+1] @ U'\n"
                   "        let dh[t] = da[t+1] @ U' + 2 * (h[t] - y[t]) / m\n"
                   "holds   line 13  grad(h[t]) = dh[t]  error < 1e-12\n"
                   "holds   line 14  grad(W) = sum(t, x[t]' @ da[t])  error < 1e-12\n"
                   "2 claims: 2 hold, 0 fail, 0 errors; not done: 1 let is open, and 2 claims hold with the "
                   "true value in its place\n");
    for (int level = 0; level <= 4; level++) {
        static const char *const last[] = {"2 paths leave h[t]\n", "2 paths leave h[t]\n", "h[t] -> loss\n",
                                           "the first term: da[t+1] @ U'\n",
                                           "let dh[t] = da[t+1] @ U' + 2 * (h[t] - y[t]) / m\n"};
        gf_report *report = judged(lines, level);
        const char *hints = gf_report_open(report, 0)->hints;
        ck_assert_uint_ge(strlen(hints), strlen(last[level]));
        ck_assert_str_eq(hints + strlen(hints) - strlen(last[level]), last[level]);
        gf_report_free(report);
    }
}
END_TEST

/* The hints of line number `line`, at a level. */
static void assert_hints(const char *lines, int line, int level, const char *wanted)
{
    gf_report *report = judged(lines, level);
    for (size_t k = 0; k < gf_report_open_count(report); k++)
        if (gf_report_open(report, k)->line == line) {
            ck_assert_str_eq(gf_report_open(report, k)->hints, wanted);
            gf_report_free(report);
            return;
        }
    ck_abort_msg("line %d is not open", line);
}

/* The hints at the first open line of a whole text. */
static void assert_first_hints(const char *text, int level, const char *wanted)
{
    gf_report *report = judged_text(text, level);
    ck_assert_str_eq(gf_report_open(report, 0)->hints, wanted);
    gf_report_free(report);
}

/* A line, and what is said of it; each stands before the rest. */
typedef struct hinted {
    const char *line, *hints;
} hinted;

static void each_has_hints(const hinted cases[], size_t count, const char *rest, int level)
{
    for (size_t k = 0; k < count; k++) {
        gf_text lines = {0};
        gf_text_print(&lines, "%s%s", cases[k].line, rest);
        assert_hints(gf_text_string(&lines), LINE, level, cases[k].hints);
        gf_text_free(&lines);
    }
}

/* Where a ? is one term of a sum, hints are about what the others leave. */
START_TEST(a_term_is_what_the_others_leave)
{
    static const char rest[] = "let da[t] = dh[t] * (1 - h[t]^2)\nclaim grad(h[t]) = dh[t]\n";
    static const hinted cases[] = {
        {"let dh[t] = 2 * (h[t] - y[t]) / m + ?\n", "1 of the 2 paths that leave h[t] is missing\nh[t] -> a[t+1]\n"
                                                    "the first term: da[t+1] @ U'\n"
                                                    "let dh[t] = 2 * (h[t] - y[t]) / m + da[t+1] @ U'\n"},
        {"let dh[t] = ? + da[t+1] @ U'\n", "1 of the 2 paths that leave h[t] is missing\nh[t] -> loss\n"
                                           "the first term: 2 * (h[t] - y[t]) / m\n"
                                           "let dh[t] = 2 * (h[t] - y[t]) / m + da[t+1] @ U'\n"},
        {"let dh[t] = da[t+1] @ U' - ?\n", "1 of the 2 paths that leave h[t] is missing\nh[t] -> loss\n"
                                           "the first term, behind the minus: -2 * (h[t] - y[t]) / m\n"
                                           "let dh[t] = da[t+1] @ U' + 2 * (h[t] - y[t]) / m\n"},
        {"let dh[t] = 2 * (h[t] - y[t]) / m + ? @ U'\n", "1 of the 2 paths that leave h[t] is missing\n"
                                                         "h[t] -> a[t+1]\nthe first term: da[t+1] @ U'\n"
                                                         "let dh[t] = 2 * (h[t] - y[t]) / m + da[t+1] @ U'\n"},
        {"let dh[t] = 2 * (h[t] - y[t]) / m + da[t+1] @ U' + ?\n",
         "no path is missing: nothing belongs in place of the ?\n"
         "let dh[t] = 2 * (h[t] - y[t]) / m + da[t+1] @ U'\n"},
        {"let dh[t] = 2 * (h[t] - y[t]) / m + da[t] @ U' + ?\n",
         "1 of the 2 paths that leave h[t] is missing\nno path brings the term da[t] @ U'\nh[t] -> a[t+1]\n"
         "the first term: da[t+1] @ U'\nlet dh[t] = da[t+1] @ U' + 2 * (h[t] - y[t]) / m\n"},
        {"let dh[t] = 2 * h[t] / m + ? + da[t+1] @ U'\n", /* a part of a path */
         "1 of the 2 paths that leave h[t] is missing\nh[t] -> loss\nthe first term: -2 * y[t] / m\n"
         "let dh[t] = 2 * h[t] / m - 2 * y[t] / m + da[t+1] @ U'\n"},
        {"let dh[t] = ? - da[t+1] @ U' + 0\n",
         "2 paths leave h[t]\nno path brings the term -da[t+1] @ U'\nh[t] -> a[t+1]\nh[t] -> loss\n"
         "the first term: da[t+1] @ U'\nlet dh[t] = da[t+1] @ U' + 2 * (h[t] - y[t]) / m\n"},
        {"let dh[t] = da[t+1] @ U' + da[t+1] @ U' + ?\n",
         "1 of the 2 paths that leave h[t] is missing\nthe term da[t+1] @ U' stands there twice\nh[t] -> loss\n"
         "the first term: 2 * (h[t] - y[t]) / m\nlet dh[t] = da[t+1] @ U' + 2 * (h[t] - y[t]) / m\n"},
        {"let dh[t] = ? + da[t+1] @ ?\n", "2 paths leave h[t]\nh[t] -> a[t+1]\nh[t] -> loss\n"
                                          "the first term: da[t+1] @ U'\n"
                                          "let dh[t] = da[t+1] @ U' + 2 * (h[t] - y[t]) / m\n"},
    };
    each_has_hints(cases, sizeof cases / sizeof *cases, rest, 4);
}
END_TEST

/* A summand of what a path brings needs no factor 1. */
START_TEST(a_factor_of_1_is_left_out)
{
    static const char rest[] = "let dh[t] = 2 * (h[t] - y[t]) / m + da[t+1] @ U'\nclaim grad(a[t]) = da[t]\n";
    static const hinted cases[] = {
        {"let da[t] = dh[t] + da[t+1] * h[t] + ?\n",
         "1 path leaves a[t]\nno path brings the term da[t+1] * h[t]\na[t] -> h[t]\n"
         "the first term: -dh[t] * h[t]^2\nlet da[t] = dh[t] - dh[t] * h[t]^2\n"},
    };
    each_has_hints(cases, sizeof cases / sizeof *cases, rest, 4);
}
END_TEST

/* Where shapes tell it already, they do, in the sizes of the file. */
START_TEST(a_term_that_does_not_fit)
{
    static const char rest[] = "let dh[t] = 2 * (h[t] - y[t]) / m + da[t+1] @ U'\nclaim grad(h[t]) = dh[t]\n";
    static const hinted cases[] = {
        {"let da[t] = ? + dh[t]' @ h[t]\n", "dh[t]' @ h[t] is 3 x 3, not 1 x 3\n1 path leaves a[t]\n"},
        {"let da[t] = ? - dh[t] @ h[t]\n",
         "dh[t] @ h[t]: 1 x 3 times 1 x 3, the inner sizes 3 and 1 differ at t = 1\n1 path leaves a[t]\n"},
        {"let da[t] = ? + h[t] @ U - x[t]\n",
         "x[t] is 1 x 2, not 1 x 3\n1 path leaves a[t]\nno path brings the term h[t] @ U\n"},
    };
    each_has_hints(cases, sizeof cases / sizeof *cases, rest, 1);
    assert_hints("claim grad(U) = ? + a[t] @ x[t]\n", LINE, 1,
                 "a[t] @ x[t]: 1 x 3 times 1 x 2, the inner sizes 3 and 1 differ at t = 1\n1 path leaves U\n");
}
END_TEST

/* Terms are those of the derivation, whatever the numbers of this seed: a comparison that is true throughout stays a
 * factor, and a path on which a relu lets nothing through is a path. */
START_TEST(hints_do_not_take_chance_for_a_rule)
{
    static const char bends[] =
        "steps T = 4\nsize m = 3\nparam W[t] : m x m\nparam a : m x 1\ngiven M[t] : m x 1 ~ bernoulli(0.7)\n"
        "start h[0] : m x 1 ~ normal(0, 1)\nh[t] = M[t] * leaky_relu(W[t] @ h[t-1], 0.1) + softplus(a)\n"
        "g[t] = where(h[t] > h[t-1], max(h[t], a), min(h[t-1], a))\nq = max(t, h[t])\nH = vcat(t, g[t]')\n"
        "loss sum(H @ a) + entry(q, 2, 1) + sum(g[T] > 0)\n"
        "let dh[t] = ?\nlet dg[t] = ?\nlet dq = ?\nlet dH = ?\nclaim grad(h[t]) = dh[t]\nclaim grad(g[t]) = dg[t]\n"
        "claim grad(q) = dq\nclaim grad(H) = dH\n";
    static const char dead[] =
        "steps T = 4\nsize m = 3\nparam W : m x m\nparam a : m x 1\ngiven M[t] : m x 1 ~ bernoulli(0.7)\n"
        "start h[0] : m x 1 ~ normal(0, 1)\nh[t] = M[t] * relu(W @ h[t-1]) + softplus(a)\nq = max(t, h[t])\n"
        "loss sum(q^2)\nlet dh[t] = ?\nlet dq = ?\nclaim grad(h[t]) = dh[t]\nclaim grad(q) = dq\n";
    static const char mask[] =
        "seed 3\nsteps T = 4\nsize n = 2, m = 3\ninput x[t] : 1 x n\ngiven y[t] : 1 x m\n"
        "given K : 1 x m ~ bernoulli(0.8)\nparam W : n x m\nparam V : n x m\nc[t] = x[t] @ V\na[t] = x[t] @ W\n"
        "b[t] = a[t] * K + c[t]\nh[t] = tanh(b[t])\nloss sum(t, mse(h[t], y[t]))\nlet dc[t] = db[t]\n"
        "let db[t] = grad(h[t]) * (1 - h[t]^2)\nclaim grad(b[t]) = db[t]\nclaim grad(c[t]) = dc[t]\n"
        "claim grad(W) = ?\n";
    gf_report *report = judged_text(bends, 4);
    const char *hints = gf_report_open(report, 0)->hints;
    ck_assert_msg(!strncmp(hints, "4 paths leave h[t]\n", 19), "%s", hints);
    ck_assert_ptr_nonnull(strstr(hints, "\nh[t] -> g[t+1]\n"));
    ck_assert_ptr_nonnull(strstr(hints, " + dq * (h[t] >= q) / sum(j, 1..T, h[j] >= q)\n"));
    gf_report_free(report);
    report = judged_text(mask, 4); /* K is 1 throughout, so that db[t] * K is dc[t] by chance */
    hints = gf_report_open(report, 0)->hints;
    ck_assert_msg(strstr(hints, "\nclaim grad(W) = sum(t, x[t]' @ (db[t] * K))\n"), "%s", hints);
    gf_report_free(report);
    assert_first_hints(dead, 1, "2 paths leave h[t]\n");
}
END_TEST

START_TEST(what_has_no_hints_says_why)
{
    assert_hints("claim h[t] = ?\n", LINE, 4, "only gradients and Jacobians of names have hints\n");
    assert_hints("claim grad(h[t] | a[T]) = ?\n", LINE, 4, "what belongs here cannot be derived\n");
    assert_first_hints("param w : 1 x 2\nloss sum(sqrt(w - 9))\nclaim grad(w) = ?\n", 2,
                       "what belongs here is not finite: see to the loss first\n");
    assert_first_hints("param w : 1 x 2\nparam q : 2 x 3\nloss sum(w)\nclaim grad(q) = ?\n", 4,
                       "0 belongs here: no gradient comes back to q from the loss\n");
    assert_hints("claim jacobian(h[t], h[t+1]) = ?\n", LINE, 4, "0 belongs here: h[t] does not depend on h[t+1]\n");
    gf_report *report = judged_text("param w : 1 x 2\nparam q : 2 x 3\nloss sum(w)\nclaim grad(q) = 0\n", 0);
    ck_assert_int_eq((int)gf_report_tally(report, GF_HOLDS), 1);
    gf_report_free(report);
}
END_TEST

/* Behind the bar stands where paths are cut. A let is written for what it is, whatever is held; and what is held in
 * vain is left out. */
START_TEST(a_gradient_with_names_held_is_derived)
{
    static const char text[] = "steps T = 4\nsize m = 3\nparam W : m x m\nparam V : m x m\n"
                               "start h[0] : 1 x m ~ normal(0, 1)\nstart c[0] : 1 x m ~ normal(0, 1)\n"
                               "f[t] = sigmoid(h[t-1] @ W)\nc[t] = f[t] * c[t-1]\nh[t] = tanh(c[t])\n"
                               "loss sum(t, sum(h[t] + c[t] @ V))\nlet dk[t] = ?\nclaim grad(c[t] | h) = dk[t]\n"
                               "claim grad(c[t] | h[t]) = ?\nclaim grad(h[t] | c) = ?\nclaim grad(W | h) = ?\n";
    static const char *const hints[] = {
        "2 paths leave c[t]\nc[t] -> c[t+1]\nc[t] -> loss\nthe first term: dk[t+1] * f[t+1]\n"
        "let dk[t] = dk[t+1] * f[t+1] + ones(1, m) @ V'\n",
        "2 paths leave c[t]\nc[t] -> c[t+1]\nc[t] -> loss\nthe first term: grad(c[t+1]) * f[t+1]\n"
        "claim grad(c[t] | h[t]) = grad(c[t+1]) * f[t+1] + ones(1, m) @ V'\n",
        "1 path leaves h[t]\nh[t] -> loss\nthe first term: ones(1, m)\nclaim grad(h[t] | c) = ones(1, m)\n",
        "1 path leaves W\nW -> f[t]\nthe first term: sum(t, h[t-1]' @ (grad(f[t] | h) * f[t] * (1 - f[t])))\n"
        "claim grad(W | h) = sum(t, h[t-1]' @ (grad(f[t] | h) * f[t] * (1 - f[t])))\n"};
    gf_report *report = judged_text(text, 4);
    for (size_t k = 0; k < sizeof hints / sizeof *hints; k++)
        ck_assert_str_eq(gf_report_open(report, k)->hints, hints[k]);
    gf_report_free(report);
}
END_TEST

/* A Jacobian over several steps is a product only where one name alone goes from step to step. */
START_TEST(a_product_is_told_where_it_holds)
{
    static const char head[] = "steps T = 4\nsize m = 3\nparam W : m x m\nparam U : m x m\n"
                               "start h[0] : 1 x m ~ normal(0, 1)\nstart c[0] : 1 x m ~ normal(0, 1)\n"
                               "f[t] = sigmoid(h[t-1] @ W)\nc[t] = f[t] * c[t-1] + tanh(h[t-1] @ U)\n"
                               "h[t] = tanh(c[t])\nloss sum(h[T])\n";
    static const struct {
        const char *claim, *hint;
    } cases[] = {{"claim jacobian(c[t], c[t-2] | h) = ?\n", "a product: one factor for each step\n"},
                 {"claim jacobian(c[t], c[t-2]) = ?\n", "no one line says it: "}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        gf_text text = {0};
        gf_text_print(&text, "%s%s", head, cases[k].claim);
        gf_report *report = judged_text(gf_text_string(&text), 2);
        const char *hints = gf_report_open(report, 0)->hints;
        ck_assert_msg(!strncmp(hints, cases[k].hint, strlen(cases[k].hint)), "%s", hints);
        gf_report_free(report);
        gf_text_free(&text);
    }
}
END_TEST

/* A step of its own, a part without a name, Jacobians, equalities. */
START_TEST(every_kind_of_line_has_hints)
{
    gf_text lines = {0};
    assert_hints("let q[t] = ?\nlet e[t] = grad(h[t])\nclaim grad(W) = sum(t, x[t]' @ q[t])\n", LINE, 4,
                 "1 path leaves a[t]\na[t] -> h[t]\nthe first term: e[t] * (1 - h[t]^2)\n"
                 "let q[t] = e[t] * (1 - h[t]^2)\n");
    gf_text_print(&lines, "%s%s", DH, "let dh[T] = ?\nlet da[t] = dh[t] * (1 - h[t]^2)\nclaim grad(h[t]) = dh[t]\n");
    assert_hints(gf_text_string(&lines), LINE + 1, 4,
                 "1 path leaves h[T]\nh[T] -> loss\nthe first term: 2 * (h[T] - y[T]) / m\n"
                 "let dh[T] = 2 * (h[T] - y[T]) / m\n");
    gf_report *report = judged(gf_text_string(&lines), 1);
    ck_assert_str_eq(gf_report_open(report, 0)->stands_for, "grad(h[T])");
    gf_report_free(report);
    gf_text_free(&lines);
    assert_hints("let J[t] = ?\nclaim jacobian(h[t], h[t-1]) = J[t]\n", LINE, 4,
                 "1 path leads from h[t-1] to h[t]\nh[t-1] -> a[t] -> h[t]\nthe first term: diag(1 - h[t]^2) @ U'\n"
                 "let J[t] = diag(1 - h[t]^2) @ U'\n");
    assert_hints("claim jacobian(h[t], h[j]) = ?  for j = 1..t-1\n", LINE, 4,
                 "a product: one factor for each step\nthe factor of step k: diag(1 - h[k]^2) @ U'\n"
                 "claim jacobian(h[t], h[j]) = prod(k, t downto j+1, diag(1 - h[k]^2) @ U') for j = 1..t-1\n");
    assert_hints("claim \"U\": grad(U) = ?\n", LINE, 4,
                 "1 path leaves U\nU -> a[t]\nthe first term: sum(t, h[t-1]' @ grad(a[t]))\n"
                 "claim \"U\": grad(U) = sum(t, h[t-1]' @ grad(a[t]))\n");
    assert_hints("claim ? = grad(W)\n", LINE, 1, "1 path leaves W\n");
    assert_hints("claim tanh(h[t]) = ?\n", LINE, 4, "only gradients and Jacobians of names have hints\n");
    assert_hints("claim ? = ?\n", LINE, 4, "no side says what is meant\n");
}
END_TEST

/* h[T] is read once more: that step has a line of its own, which an equality cannot have. */
START_TEST(a_step_that_counts_alone_gets_its_line)
{
    static const char text[] = "steps T = 4\nsize m = 3\nparam U : m x m\nstart h[0] : 1 x m ~ uniform(-1, 1)\n"
                               "h[t] = tanh(h[t-1] @ U)\nloss sum(t, sum(h[t])) + 0.5 * sum(h[T]^2)\n"
                               "let dh[t] = ?\nclaim grad(h[t]) = dh[t]\nclaim grad(h[t]) = ?\n";
    gf_report *report = judged_text(text, 4);
    const char *let = gf_report_open(report, 0)->hints, *claim = gf_report_open(report, 1)->hints;
    ck_assert_msg(
        strstr(let, "\nlet dh[t] = dh[t+1] * (1 - h[t+1]^2) @ U' + ones(1, m)\nlet dh[T] = ones(1, m) + h[T]\n"), "%s",
        let);
    ck_assert_msg(strstr(claim, "\nno one line says it: a path counts at some steps alone\n"), "%s", claim);
    ck_assert_ptr_null(strstr(claim, "claim"));
    gf_report_free(report);
}
END_TEST

/* Names whose gradients have no let are walked through, as long as that makes no long line. */
START_TEST(a_line_stays_short)
{
    static const char text[] = "steps T = 3\nsize m = 2\nparam A, B, C, D, E : m x m\nstart h[0] : 1 x m = 1\n"
                               "a[t] = h[t-1] @ A\nb[t] = tanh(a[t])\nc[t] = sigmoid(b[t] @ B)\n"
                               "h[t] = c[t] * b[t] + c[t] @ E\nloss sum(t, sum(h[t]^2) + sum(h[t] @ D))\n"
                               "let da[t] = ?\nclaim grad(a[t]) = da[t]\n";
    assert_first_hints(text, 4,
                       "1 path leaves a[t]\na[t] -> b[t]\nthe first term: grad(b[t]) * (1 - b[t]^2)\n"
                       "let da[t] = grad(b[t]) * (1 - b[t]^2)\n");
}
END_TEST

/* --- what is judged ----------------------------------------------------------------------------------------------- */

/* The true value stands for an open let; a wrong line is told as ever; what cannot be known is open. */
START_TEST(the_other_lines_are_judged)
{
    assert_written(
        "let dh[t] = ?\nlet da[t] = dh[t] * (1 - h[t])\nlet q[t] = ?\n"
        "claim \"W\": grad(W) = sum(t, x[t]' @ da[t])\nclaim grad(a[t]) = da[t]\nclaim grad(h[t]) = dh[t]\n"
        "claim \"q\": q[t] + 1 = 2 * h[t]\nclaim dd[t] = ?\n",
        1, GF_REPORT_TEXT,
        "open    line 11  let dh[t]  for grad(h[t])  ? is 1 x 3\n"
        "        2 paths leave h[t]\n"
        "WRONG   line 12  let da[t]  for grad(a[t])  error 7.6e-01 at t = 1\n"
        "        the path a[t] -> h[t]: dh[t] * (1 - h[t]) stands where dh[t] * (1 - h[t]^2) belongs\n"
        "        did you mean  dh[t] * (1 - h[t]^2)\n"
        "           let da[t] = dh[t] * (1 - h[t])\n"
        "                       ~~~~~~~~~~~~~~~~~~\n"
        "           let da[t] = dh[t] * (1 - h[t]^2)\n"
        "        2 claims fail because of it\n"
        "open    line 13  let q[t]\n"
        "        it stands for nothing that can be told; a claim could say what: claim grad(…) = q[t]\n"
        "FAILS   line 14  \"W\"  grad(W)  error 6.7e-01, because of line 12\n"
        "FAILS   line 15  grad(a[t]) = da[t]  error 7.6e-01 at t = 1, because of line 12\n"
        "holds   line 16  grad(h[t]) = dh[t]  error < 1e-12\n"
        "open    line 17  \"q\"  q[t] + 1, because of line 13\n"
        "error   line 18  dd[t] = ?\n"
        "        test.gf:18:7: error: dd is not declared\n"
        "           claim dd[t] = ?\n"
        "                 ^~~~~\n"
        "           did you mean dh, from line 11?\n"
        "5 claims: 1 holds, 2 fail, 1 error, 1 open; not done: 2 lets are open, and 1 claim holds with true values in "
        "their place; 1 line is wrong by itself: 12\n");
}
END_TEST

/* What an open let is made of does not tell its shape, nor that of what is made of it, be it in a circle. */
START_TEST(shapes_are_not_guessed)
{
    gf_report *report = judged_text("steps T = 3\nsize B = 2, m = 3\ngiven M[t] : B x 1\nparam U : m x m\n"
                                    "start h[0] : B x m ~ uniform(-1, 1)\na[t] = h[t-1] @ U\ng[t] = tanh(a[t])\n"
                                    "h[t] = M[t] * g[t]\nloss sum(t, sum(h[t]^2)) + sum(h[T])\n"
                                    "let dh[t] = 2 * h[t] + ?\nlet dh[T] = ? + ones(1, 1)\n"
                                    "let dg[t] = M[t] * dh[t]\nlet da[t] = dg[t] * (1 - g[t]^2)\n"
                                    "claim grad(a[t]) = da[t]\nclaim grad(h[t]) = dh[t]\n",
                                    1);
    ck_assert_uint_eq(gf_report_tally(report, GF_HOLDS), 2);
    ck_assert_uint_eq(gf_report_open_count(report), 2);
    gf_report_free(report);
}
END_TEST

/* Counts, verdicts, shapes. */
START_TEST(a_report_can_be_asked)
{
    gf_report *report = judged("let dh[t] = ?\nlet q[t] = ?\nclaim grad(h[t]) = dh[t]\nclaim q[t] = q[t]\n"
                               "claim \"W\": grad(W) = ?\nclaim grad(h[t]) * 2 = ? * dh[t]\n",
                               0);
    ck_assert_uint_eq(gf_report_count(report), 4);
    ck_assert_uint_eq(gf_report_tally(report, GF_HOLDS), 1);
    ck_assert_uint_eq(gf_report_tally(report, GF_OPEN), 3);
    ck_assert_uint_eq(gf_report_open_count(report), 4);
    ck_assert_ptr_null(gf_report_open(report, 4));
    const gf_open_line *let = gf_report_open(report, 0), *nothing = gf_report_open(report, 1);
    const gf_open_line *claim = gf_report_open(report, 2), *factor = gf_report_open(report, 3);
    ck_assert(let->let && let->line == LINE && let->rows == 1 && let->cols == 3 && let->paths == 2);
    ck_assert_str_eq(let->of, "dh[t]");
    ck_assert_str_eq(let->stands_for, "grad(h[t])");
    ck_assert(nothing->let && !nothing->rows && !nothing->cols && nothing->paths == -1);
    ck_assert_str_eq(nothing->stands_for, "");
    ck_assert(!claim->let && claim->line == LINE + 4 && claim->rows == 2 && claim->cols == 3 && claim->paths == 1);
    ck_assert_str_eq(claim->of, "grad(W)");
    ck_assert(!factor->rows);
    ck_assert_uint_eq(gf_report_claim(report, 1)->because_count, 1);
    ck_assert_int_eq(gf_report_claim(report, 1)->because_of[0], LINE + 1);
    ck_assert(gf_report_claim(report, 0)->rests_on_open && !gf_report_claim(report, 2)->rests_on_open);
    gf_report_free(report);
    ck_assert_uint_eq(gf_report_open_count(NULL), 0);
}
END_TEST

/* Who uses a line with a ? himself, or through another; a line for one step counts as the let does, and what that line
 * stands in place of does not. */
START_TEST(claims_rest_on_open_lets)
{
    static const char *const lines[] = {
        "let dh[t] = ?\nlet da[t] = dh[t] * (1 - h[t]^2)\nclaim grad(W) = sum(t, x[t]' @ da[t])\n"
        "claim grad(h[t]) = dh[t]\nclaim -1 <= h[t]\n",
        "let dh[t] = 2 * (h[t] - y[t]) / m + da[t+1] @ U'\nlet dh[T] = ?\nlet da[t] = dh[t] * (1 - h[t]^2)\n"
        "claim grad(W) = sum(t, x[t]' @ da[t])\nclaim -1 <= h[t]\n",
        "let dh[t] = ?\nlet dh[T] = 2 * (h[T] - y[T]) / m\nclaim grad(h[T]) = dh[T]\nclaim grad(h[t]) = dh[t]\n",
    };
    static const char *const rest[] = {"110", "10", "01"};
    for (size_t n = 0; n < sizeof lines / sizeof *lines; n++) {
        gf_report *report = judged(lines[n], 0);
        ck_assert_uint_eq(gf_report_count(report), strlen(rest[n]));
        for (size_t k = 0; rest[n][k]; k++)
            ck_assert_msg(gf_report_claim(report, k)->rests_on_open == (rest[n][k] == '1'), "%s: %zu", lines[n], k);
        gf_report_free(report);
    }
}
END_TEST

START_TEST(every_format_tells_it)
{
    static const char lines[] = "let dh[t] = ?\nclaim \"h\": grad(h[t]) = dh[t]\nclaim \"W\": grad(W) = ?\n";
    assert_written(lines, 1, GF_REPORT_GCC,
                   "test.gf:11: open let dh[t] for grad(h[t]), ? is 1 x 3: 2 paths leave h[t]\n"
                   "test.gf:13: open grad(W), ? is 2 x 3: 1 path leaves W\n");
    assert_written(
        lines, 1, GF_REPORT_MARKDOWN,
        "# test.gf\n\n| | line | claim | left side | error |\n|---|---|---|---|---|\n"
        "| **open** | 11 |  | `let dh[t] for grad(h[t])` | ? is 1 x 3 |\n"
        "| holds | 12 | h | `grad(h[t])` | < 1e-12 |\n"
        "| **open** | 13 | W | `grad(W)` | ? is 2 x 3 |\n"
        "\nLine 11, `let dh[t]`:\n\n```text\n2 paths leave h[t]\n```\n"
        "\nLine 13, `grad(W)`:\n\n```text\n1 path leaves W\n```\n"
        "\n2 claims: 1 holds, 0 fail, 0 errors, 1 open; not done: 1 let is open, and 1 claim holds with the true "
        "value in its place\n");
    gf_report *report = judged(lines, 1);
    char *text;
    ck_assert_int_eq(gf_reports_write(&text, (const gf_report *const[]){report}, 1, GF_REPORT_JSON, 0), GF_OK);
    ck_assert_ptr_nonnull(strstr(text, "\"result\": \"open\""));
    ck_assert_ptr_nonnull(strstr(text, "      \"open\": [\n        {\n          \"line\": 11,\n"
                                       "          \"statement\": \"let\",\n          \"of\": \"dh[t]\",\n"
                                       "          \"stands_for\": \"grad(h[t])\",\n          \"rows\": 1,\n"
                                       "          \"cols\": 3,\n          \"paths\": 2,\n"
                                       "          \"hints\": [\n            \"2 paths leave h[t]\"\n"));
    ck_assert_ptr_nonnull(strstr(
        text, "\"claims\": 2,\n        \"hold\": 1,\n        \"fail\": 0,\n"
              "        \"error\": 0,\n        \"open\": 1,\n        \"open_lets\": 1,\n        \"rest_on_open\": 1\n"));
    free(text);
    gf_report_free(report);
    assert_written("claim \"W\": grad(W) = ?\n", 2, GF_REPORT_GCC,
                   "test.gf:11: open grad(W), ? is 2 x 3: 1 path leaves W\n"
                   "test.gf:11: note: W -> a[t]\n");
}
END_TEST

int main(void)
{
    const TTest *tests[] = {hints_tell_more_by_and_by,
                            a_term_is_what_the_others_leave,
                            a_factor_of_1_is_left_out,
                            a_term_that_does_not_fit,
                            hints_do_not_take_chance_for_a_rule,
                            what_has_no_hints_says_why,
                            a_gradient_with_names_held_is_derived,
                            a_product_is_told_where_it_holds,
                            every_kind_of_line_has_hints,
                            a_step_that_counts_alone_gets_its_line,
                            a_line_stays_short,
                            the_other_lines_are_judged,
                            shapes_are_not_guessed,
                            a_report_can_be_asked,
                            claims_rest_on_open_lets,
                            every_format_tells_it};
    return RUN_TESTS("open", tests);
}
