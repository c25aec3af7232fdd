/* Exercises: models with open places, which their hints solve. */
#include "equations.h"

#include <string.h>

#include <gradflow/template.h>

/* The exercise of a template. */
static char *exercise(const char *name, int number)
{
    gf_model *m;
    char *text;
    ck_assert_int_eq(gf_model_parse(&m, gf_template_find(name)->text, name), GF_OK);
    ck_assert_int_eq(gf_model_exercise(&text, m, number), GF_OK);
    gf_model_free(m);
    return text;
}

/* A let without time is a name like the others: the line stays one that a person would write. */
START_TEST(lets_without_time_are_names)
{
    static const struct {
        const char *name, *of, *hint;
    } cases[] = {
        {"attention", "dh[t]",
         "h[t] -> a[t+1]\nh[t] -> H\nh[t] -> q[t]\nh[t] -> z[t]\nthe first term: da[t+1] @ W'\n"
         "let dh[t] = da[t+1] @ W' + rows(dH, t, t) + dq[t] @ Q' + cols(dz[t] @ V', 1, m)\n"},
        {"masked", "dh[T]", "\nlet dh[T] = dz[T] @ V' + ds @ q'\n"},
    };
    for (size_t n = 0; n < sizeof cases / sizeof *cases; n++) {
        char *text = exercise(cases[n].name, 2);
        gf_report *report = judged_text(text, 4);
        size_t k = 0;
        while (k + 1 < gf_report_open_count(report) && strcmp(gf_report_open(report, k)->of, cases[n].of))
            k++;
        const char *hints = gf_report_open(report, k)->hints;
        ck_assert_msg(strstr(hints, cases[n].hint), "%s", hints);
        gf_report_free(report);
        free(text);
    }
}
END_TEST

static size_t line_begin(const char *text, int line)
{
    size_t at = 0;
    while (--line > 0)
        at += strcspn(text + at, "\n") + 1;
    return at;
}

/* The statement on that line of the text, as the hints have it. */
static void write_line(gf_text *w, const gf_open_line *open)
{
    const char *word = open->let ? "let " : "claim ", *hints = open->hints;
    while (*hints && strncmp(hints, word, strlen(word)))
        hints += strcspn(hints, "\n") + 1;
    ck_assert_msg(*hints, "line %d, %s: %s", open->line, open->of, open->hints);
    gf_text_add(w, hints);
}

/* By the hints alone all claims come to hold. */
static void solve(const char *name, int number)
{
    char *text = exercise(name, number);
    gf_text solved = {0};
    size_t at = 0;
    gf_report *report = judged_text(text, 4);
    size_t open = gf_report_open_count(report), claims = gf_report_count(report);
    ck_assert_msg(open > (number == 1 ? 0 : number == 2 ? 2 : 12), "%s %d: %zu are open", name, number, open);
    if (number < 3)
        ck_assert_uint_eq(gf_report_tally(report, GF_HOLDS), claims);
    for (size_t k = 0; k < open; k++) {
        size_t begin = line_begin(text, gf_report_open(report, k)->line);
        gf_text_bytes(&solved, text + at, begin - at);
        write_line(&solved, gf_report_open(report, k));
        begin += strcspn(text + begin, "?");
        at = begin + strcspn(text + begin, "\n") + 1;
    }
    gf_text_add(&solved, text + at);
    gf_report_free(report);
    report = judged_text(gf_text_string(&solved), 1);
    ck_assert_msg(gf_report_tally(report, GF_HOLDS) == claims && !gf_report_open_count(report), "%s %d:\n%s", name,
                  number, gf_text_string(&solved));
    gf_report_free(report);
    gf_text_free(&solved);
    free(text);
}

static void solve_all(int number)
{
    for (int k = 0; gf_template_at(k); k += (int)large(1, 4))
        solve(gf_template_at(k)->name, number);
}

START_TEST(hints_solve_the_first_exercises)
{
    solve_all(1);
}
END_TEST

START_TEST(hints_solve_the_second_exercises)
{
    solve_all(2);
}
END_TEST

START_TEST(hints_solve_the_third_exercises)
{
    solve_all(3);
}
END_TEST

/* What is said of a template with another line in place of one of its own. */
static gf_report *judged_with(const char *name, const char *right, const char *wrong)
{
    const char *text = gf_template_find(name)->text, *line = strstr(text, right);
    ck_assert_msg(line, "%s", right);
    gf_text w = {0};
    gf_text_print(&w, "%.*s%s%s", (int)(line - text), text, wrong, line + strlen(right));
    gf_report *report = judged_text(gf_text_string(&w), 1);
    gf_text_free(&w);
    return report;
}

/* At the seed of the file relu is at work: who leaves its derivative out is told. */
START_TEST(no_factor_of_an_exercise_is_one)
{
    gf_report *report = judged_with("residual", "(dr[t] @ Q') * relu'(u[t])", "dr[t] @ Q'");
    ck_assert_uint_eq(gf_report_cause_count(report), 1);
    ck_assert_uint_gt(gf_report_tally(report, GF_FAILS), 5);
    gf_report_free(report);
}
END_TEST

/* The one line that is wrong by itself. */
static const gf_cause *only_cause(const gf_report *report)
{
    ck_assert_uint_eq(gf_report_cause_count(report), 1);
    return gf_report_cause(report, 0);
}

/* Lets that are made of one whose shape is wrong cannot be worked out, either; that is no fault of theirs. */
START_TEST(a_shape_is_the_fault_of_one_line)
{
    gf_report *report = judged_with("birnn", "cols(dh[t], m+1, 2*m) +", "dh[t] +");
    const gf_cause *cause = only_cause(report);
    ck_assert_str_eq(cause->of, "dhb[t]");
    ck_assert_msg(strstr(cause->message, ":51:20: error: dh[t] + dab[t-1] @ Wb': 1 x 8 plus 1 x 4, columns 8 and 4"),
                  "%s", cause->message);
    ck_assert_uint_eq(cause->claim_count, 6);
    gf_report_free(report);
}
END_TEST

/* A let of the file comes to the terms that are missing and one that is there: they are what is told. */
START_TEST(what_is_missing_is_added)
{
    gf_report *report = judged_with("peephole", " + dzf[t+1] * Pf + dzi[t+1] * Pi", "");
    const gf_cause *cause = only_cause(report);
    ck_assert_str_eq(cause->says, "the paths c[t] -> zf[t+1] and c[t] -> zi[t+1] are missing\n");
    ck_assert_uint_ge(cause->repair_count, 1);
    ck_assert_msg(strstr(cause->repairs[0]->mended, " + dzf[t+1] * Pf + dzi[t+1] * Pi"), "%s",
                  cause->repairs[0]->mended);
    gf_report_free(report);
}
END_TEST

/* The lengths of six sequences are written out, so that B is 6; k is 3, but need not be, so that 2 / B is not 1 / k. */
START_TEST(a_size_that_a_list_fixes_stays)
{
    gf_report *report = judged_with("masked", "2 * (s - r) / B", "2 * (s - r)");
    const gf_cause *cause = only_cause(report);
    ck_assert_str_eq(cause->says, "a factor 1/B is missing\n");
    ck_assert_uint_ge(cause->repair_count, 1);
    ck_assert_str_eq(cause->repairs[0]->mended, "let ds = 2 * (s - r) / B");
    ck_assert_str_eq(cause->repairs[0]->tried, "");
    gf_report_free(report);
}
END_TEST

/* What is beside a ?, or right above it, would tell what belongs there. */
START_TEST(an_exercise_keeps_the_rest_of_the_text)
{
    static const char text[] = "# a\nsteps T = 3\nsize n = 2\nparam U : n x n\nstart h[0] : n x 1 = 1\n"
                               "h[t] = U @ h[t-1]  # b\nloss sum(t, sum(h[t]))\n"
                               "# above\nlet dh[t] = U' @ dh[t+1] +   # first\n     ones(n, 1)      # second\n"
                               "claim \"h\": grad(h[t]) = dh[t]   # c\n"
                               "claim grad(U) = sum(t, dh[t] @ h[t-1]')\nclaim sum(h[1]^2) >= 0\n";
    static const char *const wanted[] = {
        "let dh[t] = ? +   # first\n     ones(n, 1)\nclaim \"h\": grad(h[t]) = dh[t]   # c\n"
        "claim grad(U) = sum(t, dh[t] @ h[t-1]')\nclaim sum(h[1]^2) >= 0\n",
        "let dh[t] = ?\nclaim \"h\": grad(h[t]) = dh[t]   # c\n"
        "claim grad(U) = sum(t, dh[t] @ h[t-1]')\nclaim sum(h[1]^2) >= 0\n",
        "let dh[t] = ?\nclaim \"h\": grad(h[t]) = ?\nclaim grad(U) = ?\nclaim sum(h[1]^2) >= 0\n"};
    for (int number = 1; number <= 3; number++) {
        gf_model *m;
        char *out;
        ck_assert_int_eq(gf_model_parse(&m, text, "test.gf"), GF_OK);
        ck_assert_int_eq(gf_model_exercise(&out, m, number), GF_OK);
        ck_assert_int_eq(strncmp(out, text, (size_t)(strstr(text, "# above") - text)), 0);
        ck_assert_ptr_null(strstr(out, "# above"));
        ck_assert_str_eq(strstr(out, "let"), wanted[number - 1]);
        free(out);
        gf_model_free(m);
    }
}
END_TEST

START_TEST(what_is_no_exercise)
{
    gf_model *m;
    char *out;
    gf_model_parse(&m, "x = 1\n", "test.gf");
    ck_assert_int_ne(gf_model_exercise(&out, m, 1), GF_OK);
    ck_assert_ptr_null(out);
    ck_assert_int_eq(gf_model_exercise(&out, m, 4), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_model_exercise(&out, NULL, 1), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_model_exercise(NULL, m, 1), GF_ERROR_ARGUMENT);
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {lets_without_time_are_names,
                            hints_solve_the_first_exercises,
                            hints_solve_the_second_exercises,
                            hints_solve_the_third_exercises,
                            no_factor_of_an_exercise_is_one,
                            a_shape_is_the_fault_of_one_line,
                            a_size_that_a_list_fixes_stays,
                            what_is_missing_is_added,
                            an_exercise_keeps_the_rest_of_the_text,
                            what_is_no_exercise};
    return RUN_TESTS("exercise", tests);
}
