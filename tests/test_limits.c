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
    const gf_claim *claim;
    for (size_t k = 0; (claim = gf_report_claim(report, k)); k++)
        ck_assert_msg(claim->verdict == GF_HOLDS, "%s\n%s", claim->text, claim->message);
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

/* How many names may be held fixed, and no more. */
START_TEST(a_thousand_names_behind_a_bar)
{
    static const char head[] = "param w, v : 1 x 1\nloss sum(w * v)\nclaim grad(w | v";
    for (int more = 0; more <= 1; more++) {
        char text[4000];
        size_t size = (size_t)snprintf(text, sizeof text, "%s", head);
        for (int k = 1; k < 1000 + more; k++)
            size += (size_t)snprintf(text + size, sizeof text - size, ",v");
        snprintf(text + size, sizeof text - size, ") = v\n");
        gf_model *m;
        gf_model_parse(&m, text, "test.gf");
        ck_assert_int_eq(strstr(gf_model_message(m), "more than 1000 names behind the bar") != NULL, more);
        gf_model_free(m);
    }
}
END_TEST

/* A claim about the product from every step to every earlier one has T^2 instances, and T^3 factors: each is built on
 * the one before, where every factor anew would be more than the work that is allowed. */
START_TEST(products_of_every_range)
{
    assert_all_hold("steps T = 200\nparam w : 1 x 1 = 0.9\nstart h[0] : 1 x 1 = 1\nh[t] = w * h[t-1]\nloss h[T]\n"
                    "claim jacobian(h[t], h[j]) = prod(s, t downto j+1, w + 0 * s)  for j = 0..t-1\n"
                    "claim jacobian(h[t], h[j]) = prod(s, j+1..t, w + 0 * s)  for j = 0..t-1\n"
                    "claim jacobian(h[k], h[j]) = prod(s, k downto j+1, w + 0 * s)  for j = 0..T-1, k = j+1..T\n"
                    "claim sum(s, j..t, s) = (t - j + 1) * (t + j) / 2  for j = 1..t\n",
                    4000);
}
END_TEST

/* --- ended by the caller --------------------------------------------------------------------------------- */

/* Says no when it has been asked so often. */
typedef struct patience {
    int calls, most;
} patience;

static bool goes_on(double share, void *data)
{
    patience *p = data;
    ck_assert(share >= 0 && share <= 1);
    return ++p->calls <= p->most;
}

static bool goes_on_looking(size_t claim, size_t claims, void *data)
{
    patience *p = data;
    ck_assert_uint_lt(claim, claims);
    return ++p->calls <= p->most;
}

static const char three[] =
    "steps T = 4\nparam w : 1 x 1 = 2\nx[t] = w * t\nloss sum(t, x[t])\n"
    "claim \"one\": grad(w) = 10\nclaim \"two\": x[t] = 3 * t\nclaim \"three\": grad(x[t]) = 1\n";

/* Whenever it is ended, the claims judged by then are there, as they are judged without an end. */
START_TEST(ended_while_judging)
{
    size_t last = 0;
    for (int most = 0; most < 40; most++) {
        gf_model *m;
        patience p = {.most = most};
        gf_report *report =
            report_of(&m, three, 1000,
                      &(gf_claims_options){
                          .size = sizeof(gf_claims_options), .progress = goes_on, .progress_data = &p, .repair = true});
        const gf_claim *claim;
        size_t count = gf_report_count(report);
        ck_assert_uint_eq(count + gf_report_unjudged(report), 3);
        ck_assert_uint_ge(count, last);
        for (size_t k = 0; (claim = gf_report_claim(report, k)); k++)
            ck_assert_int_eq(claim->verdict, k == 1 ? GF_FAILS : GF_HOLDS);
        const char *said = gf_report_message(report);
        if (count < 3)
            ck_assert_msg(strstr(said, "interrupted: ") && strstr(said, " of 3 claims were judged"), "%s", said);
        else if (p.calls > most)
            ck_assert_str_eq(said, "interrupted: not all lines that are wrong by themselves were looked for");
        else
            ck_assert_str_eq(said, "");
        last = count;
        gf_report_free(report);
        gf_model_free(m);
    }
    ck_assert_uint_eq(last, 3);
}
END_TEST

/* A single claim that takes long is ended within. */
START_TEST(ended_within_a_sum)
{
    static const char *const claims[] = {
        "claim sum(i, 1..9000000, w) = 1", "let a = sum(i, 1..9000000, w)\nclaim a = 1",
        "let a[t] = t\nclaim sum(i, 1..9000000, a[1]) = 1", "claim w = 1 for j = 1..900000"};
    for (size_t k = 0; k < sizeof claims / sizeof *claims; k++) {
        gf_model *m;
        char text[200];
        patience p = {.most = 3};
        snprintf(text, sizeof text, "param w : 1 x 1\nloss w\n%s\n", claims[k]);
        gf_report *report = report_of(
            &m, text, 10000000,
            &(gf_claims_options){.size = sizeof(gf_claims_options), .progress = goes_on, .progress_data = &p});
        ck_assert_uint_eq(gf_report_unjudged(report), 1);
        ck_assert_int_eq(p.calls, 4); /* once it has said no it is not asked again */
        gf_report_free(report);
        gf_model_free(m);
    }
}
END_TEST

START_TEST(ended_while_comparing)
{
    gf_model *m;
    const char *line;
    patience p = {.most = 20};
    gf_report *report = report_of(
        &m, "param w : 10 x 10\nloss sum(w^2)\nclaim grad(w) = 2 * w\n", 1000,
        &(gf_claims_options){
            .size = sizeof(gf_claims_options), .progress = goes_on, .progress_data = &p, .finite_differences = true});
    ck_assert_uint_eq(gf_report_unjudged(report), 0);
    ck_assert(!gf_report_differences(&line, report));
    ck_assert_msg(strstr(line, "ended before all were compared"), "%s", line);
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

/* What is proposed is what was found by then, and was found to be so: never an edit that nobody has tried. */
START_TEST(ended_while_looking_for_edits)
{
    bool none = false, all = false;
    for (int most = 0; most < 3000 && !all; most += 1 + most / 8) {
        gf_model *m;
        patience p = {.most = most};
        gf_report *report = report_of(
            &m, three, 1000,
            &(gf_claims_options){
                .size = sizeof(gf_claims_options), .repairing = goes_on_looking, .repairing_data = &p, .repair = true});
        const gf_claim *claim;
        ck_assert((claim = gf_report_claim(report, 1)));
        ck_assert_int_eq(claim->verdict, GF_FAILS);
        ck_assert(!claim->repair_count || strstr(claim->repairs[0]->mended, "w * t"));
        none |= !claim->repair_count;
        all |= p.calls <= most && claim->repair_count;
        gf_report_free(report);
        gf_model_free(m);
    }
    ck_assert(none && all);
}
END_TEST

/* A model of many steps is made once: what mends its lines is found, and tried, in few. One more step would be too
 * much. */
START_TEST(a_large_model_is_made_once)
{
    static const char text[] = "steps T = 100\nsize m = 2\nparam w : m x 1\ninput x[t] : m x 1\nstart h[0] : m x 1\n"
                               "h[t] = tanh(w * h[t-1] + x[t])\nloss sum(h[T])\n"
                               "let dh[t] = dh[t+1] * (1 - h[t]^2) * w\nlet dh[T] = ones(m, 1)\n"
                               "claim grad(h[t]) = dh[t]\n";
    gf_model *m = model_of(text);
    size_t nodes = gf_graph_size(gf_model_graph(m));
    gf_model_free(m);
    gf_report *report =
        report_of(&m, text, nodes, &(gf_claims_options){.size = sizeof(gf_claims_options), .repair = true});
    const gf_cause *cause = gf_report_cause(report, 0);
    ck_assert(cause && cause->repair_count);
    ck_assert_str_eq(cause->repairs[0]->mended, "let dh[t] = dh[t+1] * (1 - h[t+1]^2) * w");
    ck_assert_str_eq(cause->repairs[0]->tried, "");
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

/* --- limits ---------------------------------------------------------------------------------------------- */

/* Where a limit was met, no edits are looked for: each would meet it again. A limit that a let meets is told there. */
START_TEST(no_search_after_a_limit)
{
    static const char *const claims[] = {
        "claim sum(i, 1..2000000, w) = 1", "let a = sum(i, 1..2000000, w)\nclaim a = 1",
        "claim w = 1 for j = 1..2000000",  "claim zeros(2000, 2000) = w",
        "claim prod(i, 1..100000, v) = v", "claim sum(i, 1..100000, norm2(v)) = 1",
        "claim sum(i, 1..100000, v) = v",
    };
    for (size_t k = 0; k < sizeof claims / sizeof *claims; k += large(1, 3)) {
        gf_model *m;
        char text[200];
        patience p = {.most = 0};
        snprintf(text, sizeof text, "param w : 1 x 1\nparam v : 50 x 50\nloss w + sum(v)\n%s\n", claims[k]);
        gf_report *report = report_of(
            &m, text, 10000,
            &(gf_claims_options){
                .size = sizeof(gf_claims_options), .repairing = goes_on_looking, .repairing_data = &p, .repair = true});
        const gf_claim *claim;
        ck_assert((claim = gf_report_claim(report, 0)));
        ck_assert_int_eq(claim->verdict, GF_UNJUDGED);
        ck_assert_msg(strstr(claim->message, "test.gf:4:"), "%s", claim->message);
        ck_assert_int_eq(p.calls, 0);
        gf_report_free(report);
        gf_model_free(m);
    }
}
END_TEST

static void assert_most_steps(gf_model *m, long most)
{
    gf_model_set(m, "T", most + 1);
    ck_assert_int_eq(gf_model_unroll(m), GF_ERROR_LIMIT);
    gf_model_set(m, "T", most);
    ck_assert_msg(gf_model_unroll(m) == GF_OK, "%s", gf_model_message(m));
}

/* Memory is bounded by the nodes that are allowed: these are 64 MiB, and 200 bytes each. */
START_TEST(matrices_of_a_graph)
{
    gf_model *m;
    gf_model_parse(&m,
                   "steps T = 300\nsize n = 1000\nparam A : n x 100\nstart h[0] : n x 100\n"
                   "h[t] = tanh(h[t-1] + A)\nloss sum(h[T])\n",
                   "test.gf");
    gf_model_limit(m, 1000, 1000000);
    ck_assert_int_eq(gf_model_unroll(m), GF_ERROR_LIMIT);
    ck_assert_str_eq(gf_model_message(m),
                     "test.gf:5:20: error: h[t-1] + A: the matrices of the graph would take more than 0.0673 GB at t "
                     "= 21\n   h[t] = tanh(h[t-1] + A)\n               ~~~~~~~^~~\n"
                     "   T = 300 would take 0.963 GB; T = 20 is the most that fits\n");
    assert_most_steps(m, 20);
    gf_model_set(m, "T", 19);
    ck_assert_int_eq(gf_model_unroll(m), GF_OK);
    gf_graph *g = gf_model_graph(m);
    for (int round = 0; round < 20; round++) { /* what is dropped does not count */
        size_t mark = gf_graph_size(g);
        gf_tanh(gf_graph_node(g, mark - 2));
        gf_graph_rewind(g, mark);
    }
    ck_assert_msg(gf_graph_status(g) == GF_OK, "%s", gf_graph_message(g));
    gf_model_free(m);
}
END_TEST

/* What the products of large matrices take is bounded, too; of two lines the first says what fits. */
START_TEST(work_of_a_graph)
{
    gf_model *m;
    gf_model_parse(&m,
                   "steps T = 100\nsize n = 1000\nparam W : n x n\nstart h[0] : n x 1\nstart g[0] : n x n\n"
                   "h[t] = W @ h[t-1]\ng[t] = W @ g[t-1]\nloss sum(h[T]) + sum(g[T])\n",
                   "test.gf");
    gf_model_limit(m, 2000000, 1000000);
    ck_assert_int_eq(gf_model_unroll(m), GF_ERROR_LIMIT);
    const char *message = gf_model_message(m);
    ck_assert_msg(strstr(message, "work: set smaller sizes, or set fewer steps") &&
                      strstr(message, "T = 10 is the most that fits"),
                  "%s", message);
    assert_most_steps(m, 10);
    gf_model_free(m);
}
END_TEST

START_TEST(values_of_lets)
{
    gf_model *m;
    gf_report *report = report_of(&m,
                                  "steps T = 100\nparam w : 1 x 1\nloss w\nlet h[t] = t * ones(1000, 1000)\n"
                                  "claim h[8] >= 8\nclaim \"all\": h[t] >= 0\n",
                                  1000, NULL);
    ck_assert_int_eq(gf_report_claim(report, 0)->verdict, GF_HOLDS);
    const gf_claim *claim = gf_report_claim(report, 1);
    ck_assert_int_eq(claim->verdict, GF_UNJUDGED);
    ck_assert_msg(
        strstr(claim->message, "test.gf:4:14: error: the values of the lets would take more than 0.0673 GB") &&
            strstr(claim->message, "h, 1000 x 1000 at 100 steps, takes 0.8 GB: set fewer steps, or smaller"),
        "%s", claim->message);
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

/* A file of 64 MB would be millions, each of which may have something wrong. */
START_TEST(statements_of_a_file)
{
    static const char line[] = "claim 1=1\n", ends[] = "param a, b, c : 1 x 1\n";
    enum { MOST = 100000, SIZE = sizeof line - 1 };
    char *text = malloc(MOST * SIZE + sizeof ends);
    ck_assert(text);
    for (int k = 0; k < MOST; k++)
        memcpy(text + (size_t)k * SIZE, line, SIZE);
    for (int fits = 0; fits <= 1; fits++) {
        gf_model *m;
        strcpy(text + (MOST - 3 + !fits) * SIZE, ends);
        gf_status status = gf_model_parse(&m, text, "test.gf");
        bool said = strstr(gf_model_message(m), ": error: a file may have 100000 statements, and here more begin");
        ck_assert_int_eq(said, !fits);
        ck_assert_int_eq(strstr(gf_model_message(m), "the file has no loss") != NULL, fits);
        ck_assert_int_eq(status, fits ? GF_ERROR_SYNTAX : GF_ERROR_LIMIT); /* there is no loss */
        gf_model_free(m);
    }
    free(text);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {long_sums_in_little_room,
                            a_thousand_names_behind_a_bar,
                            products_of_every_range,
                            ended_while_judging,
                            ended_within_a_sum,
                            ended_while_comparing,
                            ended_while_looking_for_edits,
                            a_large_model_is_made_once,
                            no_search_after_a_limit,
                            matrices_of_a_graph,
                            work_of_a_graph,
                            values_of_lets,
                            statements_of_a_file};
    return RUN_TESTS("limits", tests);
}
