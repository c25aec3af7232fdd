/* Claims while memory runs out: each allocation in turn fails, alone or with all after it. Linked with --wrap=malloc
 * and so on. */
#include "failing_text.h"

/* A bit of everything. */
static const char TEXT[] =
    "title \"all\"\nsteps T = 3\nsize n = 2\ninput x[t] : n x 1\nparam U : n x n\nstart h[0] : n x 1\n"
    "h[t] = tanh(U @ h[t-1] + x[t])\nloss sum(t, sum(h[t]))\n"
    "let d[t] = (1 + U' @ d[t+1]) * (1 - h[t]^2)\nlet e[t] = e[t+1]\nlet e[T] = 0\nlet p[t] = q[t]\nlet q[t] = p[t]\n"
    "let bad[t] = U @ x[t]'\n"
    "claim \"U\": grad(U) = sum(t, d[t] @ h[t-1]') = sum(t, grad(U[t]))\n"
    "claim jacobian(h[t], h[j] | x, h[1]) = prod(s, t downto j+1, diag(1 - h[s]^2) @ U)  for j = 1..t\n"
    "claim grad(U, sum(h[t])) = [x[t], [1, 2, 3, 4, 5, 6, 7, 8, 9] @ ones(9, 1) * x[t]]\n"
    "claim e[t] <= max(kron(U, U)) + norm2(x[t])  within n * 1e-3\n"
    "claim \"circle\": p[t] = 0\nclaim bad[t] = 0\nclaim qq = 0\nclaim U = x[t]\nclaim grad(x[t], h[t]) = 0\n"
    "claim grad(U) = 2 * sum(t, d[t] @ h[t-1]')\n";

/* For each way in which the derivation is asked: what uses bring, forms, slopes, paths of a Jacobian. */
static const char WRONG[] = "steps T = 2\nsize n = 2\ninput x[t] : n x 1\nparam U : n x n\nstart h[0] : n x 1 = 1\n"
                            "v[t] = [h[t-1]; x[t]]\na[t] = U @ rows(v[t], 1, n)\nh[t] = sqrt(exp(a[t])) - x[t]^2\n"
                            "loss sum(t, sum(h[t]))\nlet da[t] = grad(h[t])\n"
                            "claim grad(U) = sum(t, da[t] @ h[t-1]')\nclaim grad(h[t]) = ones(n, 1)\n"
                            "claim jacobian(h[t], h[t-1]) = U\n";

/* Reports of what was judged before memory ran out. */
static long told;

static const char *text = TEXT;

/* Judges and writes, in a new model: what is worked out once stays in it. Only that may fail; everything is counted. */
static gf_status run(const gf_claims_options *options, gf_report_format format, long fail_at, bool for_good,
                     size_t *verdicts)
{
    heap.fail_at = heap.count = heap.pieces = 0;
    heap.for_good = false;
    heap.watching = true;
    gf_model *m; /* nothing is asserted meanwhile: Check allocates as well */
    gf_model_parse(&m, text, "test.gf");
    gf_model_gradient(m, "U", 0);
    gf_report *report;
    char *out = NULL;
    heap.count = 0;
    heap.fail_at = fail_at;
    heap.for_good = for_good;
    gf_status status = gf_model_claims(&report, m, options);
    *verdicts = 100 * gf_report_tally(report, GF_HOLDS) + gf_report_tally(report, GF_FAILS);
    told += status == GF_ERROR_MEMORY && report;
    gf_status written = report ? gf_reports_write(&out, (const gf_report *const[]){report}, 1, format, 0) : status;
    status = status ? status : written;
    heap.fail_at = 0;
    heap.for_good = false;
    gf_report_free(report);
    free(out);
    gf_model_free(m);
    heap.watching = false;
    return status;
}

/* A ? in each kind of line, and a let about which nothing is known. */
static const char OPEN[] =
    "steps T = 2\nsize n = 2\ninput x[t] : n x 1\nparam U : n x n\nstart h[0] : n x 1 = 1\n"
    "a[t] = U @ h[t-1] + x[t]\nh[t] = tanh(a[t])\nloss sum(t, sum(h[t])) + sum(h[T]^2)\n"
    "let bad = foo\nlet dh[t] = ones(n, 1) + ?\nlet dh[T] = ?\nlet da[t] = dh[t] * (1 - h[t]^2)\nlet q[t] = ?\n"
    "claim grad(h[t]) = dh[t]\nclaim q[t] = 0\nclaim grad(U) = ?\n"
    "claim jacobian(h[t], h[j]) = ?  for j = 1..t-1\nclaim grad(a[t]) = da[t]\n";

static void fail_everywhere(const gf_claims_options *options, gf_report_format format, long every)
{
    size_t all, verdicts;
    ck_assert_int_eq(run(options, format, 0, false, &all), GF_OK);
    long count = heap.count;
    ck_assert_int_eq(heap.pieces, 0);
    ck_assert_uint_eq(all, 302); /* three hold, two fail */
    ck_assert_int_gt(count, 100);
    told = 0;
    for (long k = 1; k <= count; k += every)
        for (int for_good = 0; for_good <= 1; for_good++) {
            gf_status status = run(options, format, k, for_good, &verdicts);
            ck_assert_msg(heap.pieces == 0, "allocation %ld of %ld: %ld pieces are not freed", k, count, heap.pieces);
            ck_assert_msg(status == GF_ERROR_MEMORY || (!for_good && status == GF_OK && verdicts == all),
                          "allocation %ld of %ld: %s, verdicts %zu", k, count, gf_status_text(status), verdicts);
            ck_assert(verdicts / 100 <= all / 100 && verdicts % 100 <= all % 100);
        }
    ck_assert_int_gt(told, 0);
}

START_TEST(judging_survives)
{
    fail_everywhere(NULL, GF_REPORT_TEXT, (long)large(67, 499));
}
END_TEST

START_TEST(markdown_survives)
{
    fail_everywhere(NULL, GF_REPORT_MARKDOWN, (long)large(241, 997));
    fail_everywhere(NULL, GF_REPORT_GCC, (long)large(251, 997));
}
END_TEST

/* What may be asked of a search that memory is short for: that it ends, and leaves nothing behind. */
static void survive(const char *other, gf_report_format format, long every)
{
    const gf_claims_options options = {.size = sizeof options, .repair = true, .hints = 4};
    size_t verdicts;
    text = other;
    ck_assert_int_eq(run(&options, format, 0, false, &verdicts), GF_OK);
    long count = heap.count;
    for (long k = 1; k <= count; k += every)
        for (int for_good = 0; for_good <= 1; for_good++) {
            gf_status status = run(&options, format, k, for_good, &verdicts);
            ck_assert_msg(heap.pieces == 0, "allocation %ld of %ld: %ld pieces are not freed", k, count, heap.pieces);
            ck_assert_msg(status == GF_ERROR_MEMORY || (!for_good && status == GF_OK), "allocation %ld of %ld: %s", k,
                          count, gf_status_text(status));
        }
    text = TEXT;
}

START_TEST(repairs_survive)
{
    survive(WRONG, GF_REPORT_TEXT, (long)large(263, 1499));
}
END_TEST

START_TEST(hints_survive)
{
    survive(OPEN, GF_REPORT_TEXT, (long)large(83, 997));
    survive(OPEN, GF_REPORT_MARKDOWN, (long)large(499, 1499));
    survive(OPEN, GF_REPORT_GCC, (long)large(503, 1499));
}
END_TEST

static gf_status write_exercise(char **out, gf_model *m, const void *number)
{
    return gf_model_exercise(out, m, *(const int *)number);
}

START_TEST(exercises_survive)
{
    for (int number = 1; number <= 3; number += 2)
        fail_each(WRONG, write_exercise, &number, (long)large(103, 997));
}
END_TEST

START_TEST(differences_survive)
{
    fail_everywhere(&(gf_claims_options){.size = sizeof(gf_claims_options), .finite_differences = true}, GF_REPORT_TEXT,
                    (long)large(211, 997));
}
END_TEST

int main(void)
{
    const TTest *tests[] = {judging_survives, markdown_survives, differences_survive,
                            repairs_survive,  hints_survive,     exercises_survive};
    return RUN_TESTS("claims_failures", tests);
}
