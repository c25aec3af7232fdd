/* Diagnoses: what is said of mistakes planted in derivations; and what they rest on, routes and sweeps. */
#include "equations.h"

#include "diagnosis/diagnose.h"

/* --- mistakes ----------------------------------------------------------------------------------------------------- */

/* The lines that stand as "# diagnosis: …" between a claim and the next statement. */
static void wanted_under(gf_text *w, const gf_source *source, const gf_statement *s)
{
    static const char mark[] = "# diagnosis: ";
    const char *line = source->text + s->span.end;
    while ((line = strchr(line, '\n'))) {
        line++;
        if (!strncmp(line, mark, strlen(mark)))
            gf_text_bytes(w, line + strlen(mark), strcspn(line, "\n") + 1 - strlen(mark));
        else
            break;
    }
}

/* Judges the claims, and holds what the diagnosis says of each against the file. */
static void diagnose_all(gf_model *m, int *count)
{
    gf_claims claims;
    ck_assert_int_eq(gf_claims_judge(&claims, m, GF_TOLERANCE), GF_OK);
    for (size_t k = 0; k < claims.count; k++) {
        gf_judged *judged = &claims.list[k];
        gf_text wanted = {0}, where = {0};
        wanted_under(&wanted, &m->file.source, judged->statement);
        gf_source_quote(&where, &m->file.source, judged->statement->span, 0);
        ck_assert_int_eq(gf_diagnose(judged), GF_OK);
        ck_assert_msg(!strcmp(gf_text_string(&judged->notes), gf_text_string(&wanted)), "%s\ngot:\n%swanted:\n%s",
                      gf_text_string(&where), gf_text_string(&judged->notes), gf_text_string(&wanted));
        *count += judged->notes.size > 0;
        gf_text_free(&wanted);
        gf_text_free(&where);
    }
    gf_claims_free(&claims);
}

static int diagnosed;

static void says_what_is_listed(const char *path)
{
    gf_model *m;
    gf_model_read(&m, path);
    ck_assert_msg(gf_model_unroll(m) == GF_OK, "%s", gf_model_message(m));
    diagnose_all(m, &diagnosed);
    gf_model_free(m);
}

START_TEST(planted_mistakes_are_named)
{
    diagnosed = 0;
    each_file("diagnose/", 6, says_what_is_listed);
    ck_assert_int_ge(diagnosed, 120);
}
END_TEST

/* Whatever the numbers are: other initial values, more steps, other sizes. */
START_TEST(it_is_no_accident)
{
    static const char *const files[] = {"lstm.gf", "gru.gf", "partial.gf"};
    for (int k = 0; k < 3; k++)
        for (int seed = 11; seed < 14; seed++) {
            gf_model *m;
            int count = 0;
            gf_model_read(&m, equations_path("diagnose/", files[k]));
            ck_assert_int_eq(gf_model_set(m, "seed", seed), GF_OK);
            ck_assert_int_eq(gf_model_set(m, "T", seed - 4), GF_OK);
            ck_assert_int_eq(gf_model_set(m, "m", 5), GF_OK);
            ck_assert_int_eq(gf_model_unroll(m), GF_OK);
            diagnose_all(m, &count);
            ck_assert_int_ge(count, 15);
            gf_model_free(m);
        }
}
END_TEST

/* A forgotten carry, seen by the gradient of a weight, over many steps. */
START_TEST(long_sequences)
{
    gf_model *m;
    int count = 0;
    gf_model_read(&m, equations_path("diagnose/", "gru.gf"));
    gf_model_set(m, "T", (long long)large(400, 30));
    ck_assert_int_eq(gf_model_unroll(m), GF_OK);
    diagnose_all(m, &count);
    ck_assert_int_eq(count, 15);
    gf_model_free(m);
}
END_TEST

START_TEST(a_report_carries_it)
{
    gf_model *m = model_of("steps T = 3\nparam w, v : 1 x 1\ninput x[t] : 1 x 1\nstart h[0] : 1 x 1\n"
                           "h[t] = tanh(w * h[t-1] + v * x[t])\nloss sum(t, h[t])\n"
                           "claim grad(h[t]) = 1\nclaim grad(h[t], h[t]) = -1\nclaim grad(h[t]) = q\n"
                           "claim grad(v) = sum(t, grad(v[t]))\n");
    static const char *const wanted[] = {
        "the path h[t] -> h[t+1] is missing\nright at t = T only: the recursion is missing\n", "the sign is flipped\n",
        "", ""};
    gf_report *report;
    ck_assert_int_eq(gf_model_claims(&report, m, NULL), GF_OK);
    for (size_t k = 0; k < 4; k++) {
        const gf_claim *claim;
        ck_assert((claim = gf_report_claim(report, k)));
        ck_assert_str_eq(claim->diagnosis, wanted[k]);
    }
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

/* --- factors ------------------------------------------------------------------------------------------------------ */

static void assert_factor(const gf_model *m, double factor, const char *wanted)
{
    gf_text w = {0};
    double exact = factor;
    ck_assert(gf_factor_write(&w, m, &exact) == (*wanted != 0));
    ck_assert_str_eq(gf_text_string(&w), wanted);
    ck_assert(fabs(exact - factor) <= 1e-6 * fabs(factor));
    gf_text_free(&w);
}

START_TEST(factors_have_names)
{
    gf_model *m = model_of("steps T = 20\nsize n = 3, m = 64, k = 2\nparam w : n x m\nh[t] = sum(w)\nloss h[T]\n");
    static const struct {
        double factor;
        const char *name;
    } cases[] = {{2, "2"},
                 {0.5, "1/2"},
                 {-0.5, "-1/2"},
                 {2.0000001, "2"},
                 {2.0001, ""},
                 {3, "3 (= n)"},
                 {-1.0 / 3, "-1/3 (= -1/n)"},
                 {2.0 / 3, "2/3 (= 2/n, k/n)"},
                 {20, "20 (= T)"},
                 {0.05, "1/20 (= 1/T)"},
                 {0.1, "1/10 (= 2/T, k/T)"},
                 {64, "64 (= m)"},
                 {1.0 / 128, "1/128 (= 1/(2*m), 1/(m*k))"},
                 {1.0 / 192, "1/192 (= 1/(n*m))"},
                 {7, "7"},
                 {5.0 / 12, "5/12"},
                 {13, ""},
                 {0.7312, ""}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        assert_factor(m, cases[k].factor, cases[k].name);
    gf_model_free(m);
}
END_TEST

/* --- routes and sweeps -------------------------------------------------------------------------------------------- */

static const char TWO_STATES[] =
    "steps T = 6\nsize m = 3\ninput x[t] : m x 1\nparam W, U : m x m\nparam b : m x 1\nparam h0 : m x 1\n"
    "start h[0] = tanh(h0)\nstart c[0] : m x 1 ~ normal(0, 1)\n"
    "f[t] = sigmoid(W @ h[t-1] + U @ x[t])\nc[t] = f[t] * c[t-1] + (1 - f[t]) * tanh(U @ x[t] + b)\n"
    "h[t] = tanh(c[t]) * f[t] + (h[t-1])'' \nloss sum(t, sum(h[t]^2)) + norm(c[T]) + sum([h[T]; c[1]; b])\n";

/* The gradient by a sweep, next to that of the engine. */
typedef struct check {
    gf_model *m;
    const gf_matrix *wanted;
    gf_part **parts;
    int count;
} check;

static bool is_gradient(gf_tracing *tracing, size_t k, const double *jacobian)
{
    check *c = ((gf_route_sweep *)tracing->data)->data;
    gf_matrix got = gf_matrix_over((double *)jacobian, c->wanted[k].rows, c->wanted[k].cols);
    assert_close(&got, &c->wanted[k], 1e-13);
    c->count++;
    return true;
}

/* What the routes bring, all added up, is the gradient. */
static void assert_parts_add_up(const check *c, size_t k)
{
    gf_matrix sum;
    gf_matrix_new(&sum, c->wanted[k].rows, c->wanted[k].cols);
    for (const gf_part *part = c->parts[k]; part; part = part->next)
        for (size_t n = 0; n < gf_matrix_size(&sum); n++)
            sum.data[n] += part->sum[n];
    assert_close(&sum, &c->wanted[k], 1e-12);
    gf_matrix_free(&sum);
}

START_TEST(a_sweep_is_what_backward_does)
{
    static const char *const names[] = {"h", "c", "f", "x", "W", "U", "b", "h0"};
    gf_model *m = model_of(TWO_STATES);
    gf_routes routes;
    gf_variable x[64] = {{0}};
    gf_matrix wanted[64];
    gf_part *parts[64] = {NULL};
    size_t count = 0;
    double work = 0;
    gf_arena kept = {0};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        for (int t = 1; t <= (k < 4 ? 6 : 1); t++, count++) {
            x[count].node = gf_model_node(m, names[k], t);
            wanted[count] = *gf_model_gradient(m, names[k], t);
        }
    ck_assert_int_eq(gf_routes_find(&routes, m), GF_OK);
    check c = {.m = m, .wanted = wanted, .parts = parts};
    double *uses[2][64] = {{NULL}};
    gf_route_sweep sweep = {.tracing = {.y = m->loss, .x = x, .count = count, .arrived = is_gradient},
                            .routes = &routes,
                            .data = &c,
                            .work = &work,
                            .most_work = 1e9,
                            .parts = parts,
                            .first_use = uses[0],
                            .last_use = uses[1],
                            .kept = &kept};
    ck_assert(gf_route_sweep_run(&sweep));
    ck_assert_int_eq(c.count, (int)count);
    for (size_t k = 0; k < count; k++)
        assert_parts_add_up(&c, k);
    sweep.most_work = work = 1000;
    ck_assert(!gf_route_sweep_run(&sweep)); /* it has worked enough */
    gf_arena_free(&kept);
    gf_routes_free(&routes);
    gf_model_free(m);
}
END_TEST

/* From a matrix, and by a weight's use at one step: where no route into f counts, f is held. */
START_TEST(routes_that_do_not_count_hold_a_name)
{
    gf_model *m = model_of(TWO_STATES);
    gf_routes routes;
    double work = 0;
    gf_node *y = gf_model_node(m, "h", 4), *held[4];
    gf_variable x[] = {
        {.node = gf_model_node(m, "c", 1)}, {.node = gf_model_node(m, "W", 0), .at_step = true, .step = 3},
        {.node = gf_model_node(m, "h", 3)}, {.node = gf_model_node(m, "h", 4)},
        {.node = gf_model_node(m, "c", 6)}, {.node = gf_model_node(m, "W", 0)},
        {.node = gf_model_node(m, "U", 0)}, {.node = gf_model_node(m, "U", 0), .at_step = true, .step = 2}};
    enum { COUNT = sizeof x / sizeof *x };
    gf_matrix wanted[COUNT];
    for (int t = 1; t <= 4; t++)
        held[t - 1] = gf_model_node(m, "f", t);
    ck_assert_int_eq(gf_jacobians_by(wanted, y, x, COUNT, held, 4), GF_OK);
    ck_assert_int_eq(gf_routes_find(&routes, m), GF_OK);
    double *weight = calloc(routes.count, sizeof *weight);
    for (uint32_t k = 0; k < routes.count; k++)
        weight[k] = k == 0 || routes.list[k].to != gf_names_find(&m->file.names, "f");
    check c = {.m = m, .wanted = wanted};
    gf_route_sweep sweep = {.tracing = {.y = y, .x = x, .count = COUNT, .arrived = is_gradient},
                            .routes = &routes,
                            .weight = weight,
                            .data = &c,
                            .work = &work,
                            .most_work = 1e9};
    ck_assert(gf_route_sweep_run(&sweep));
    ck_assert_int_eq(c.count, COUNT);
    for (int k = 0; k < COUNT; k++)
        gf_matrix_free(&wanted[k]);
    free(weight);
    gf_routes_free(&routes);
    gf_model_free(m);
}
END_TEST

START_TEST(routes_have_names)
{
    gf_model *m = model_of(TWO_STATES);
    gf_routes routes;
    gf_text w = {0};
    ck_assert_int_eq(gf_routes_find(&routes, m), GF_OK);
    for (uint32_t k = 1; k < routes.count; k++)
        if (routes.list[k].use == 1) {
            gf_route_write(&w, &routes, k, " -> ", "loss");
            gf_text_print(&w, " %u\n", routes.list[routes.list[k].first].uses);
        }
    ck_assert_str_eq(gf_text_string(&w),
                     "h0 -> h[0] 1\nW -> f[t] 1\nh[t] -> f[t+1] 1\nU -> f[t] 1\nx[t] -> f[t] 1\nf[t] -> c[t] 2\n"
                     "c[t] -> c[t+1] 1\nU -> c[t] 1\nx[t] -> c[t] 1\nb -> c[t] 1\nc[t] -> h[t] 1\nf[t] -> h[t] 1\n"
                     "h[t] -> h[t+1] 1\nh[t] -> loss 2\nc[t] -> loss 1\nb -> loss 1\n");
    gf_text_free(&w);
    gf_routes_free(&routes);
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {planted_mistakes_are_named,
                            it_is_no_accident,
                            long_sequences,
                            a_report_carries_it,
                            factors_have_names,
                            a_sweep_is_what_backward_does,
                            routes_that_do_not_count_hold_a_name,
                            routes_have_names};
    return RUN_TESTS("diagnose", tests);
}
