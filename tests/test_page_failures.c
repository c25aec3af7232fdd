/* Pictures while memory runs out: each allocation from the view to the file in turn fails, alone or with all after it.
 * Linked with --wrap=malloc and so on. */
#include "equations.h"
#include "failing.h"

#include <gradflow/template.h>
#include <gradflow/view.h>

#define SCALARS                                                                                                        \
    "steps T = 3\nparam w : 1 x 1 = 0.5\nstart h[0] : 1 x 1 = 1\nh[t] = tanh(w * h[t-1])\nloss sum(t, h[t])\n"
#define UNTIMED                                                                                                        \
    "input x : 1 x 2\nparam W : 2 x 2\nparam b : 1 x 2\nh = tanh(x @ W + b)\nq = h * h\nloss sum(q) + 0.1 * norm(W)\n"
/* A skip, both directions, params of their own at each step, and what stands before and after the steps. */
#define WAYS                                                                                                           \
    "steps T = 4\ninput x[t] : 1 x 2\ngiven y[t] : 1 x 2 ~ onehot\ninput w : 1 x 2\nparam W, A : 2 x 2\n"              \
    "param P[t] : 1 x 2\nstart P[0] : 1 x 2 = 1\nstart h[0] : 1 x 2 = 0\nstart h[-1] : 1 x 2 = 0\nstart b[T+1] : 1 x " \
    "2 = 0\nC = tanh(w @ A)\n"                                                                                         \
    "h[t] = tanh(x[t] + h[t-1] @ W + h[t-2] + C + P[t] * P[t-1])\nb[t] = tanh(x[t] + b[t+1] @ W)\nL[t] = "             \
    "cross_entropy(h[t] + b[t], "                                                                                      \
    "y[t])\n"                                                                                                          \
    "S = sum(t, h[t])\nloss sum(t, L[t]) + norm(S)\n"

/* What is drawn; `text` names a template where it has no loss. */
static const struct drawn {
    const char *text;
    int steps;
    gf_draw_options options;
} drawn[] = {
    {"lstm", 2, {.level = GF_LEVEL_EQUATIONS}},
    {"rnn", 5, {.level = GF_LEVEL_EQUATIONS, .first_step = 3, .last_step = 3}},
    {"rnn", 30, {.level = GF_LEVEL_EQUATIONS}}, /* folds by itself */
    {"rnn", 2, {.level = GF_LEVEL_EQUATIONS, .params = GF_SHOWN}},
    {"rnn", 2, {.level = GF_LEVEL_OPS}},
    {"birnn", 3, {.level = GF_LEVEL_STEPS}},
    {SCALARS, 0, {.level = GF_LEVEL_EQUATIONS}},
    {UNTIMED, 0, {.level = GF_LEVEL_EQUATIONS}},
    {UNTIMED, 0, {.level = GF_LEVEL_OPS}},
    {WAYS, 0, {.level = GF_LEVEL_EQUATIONS}},
};
enum { DRAWN = sizeof drawn / sizeof *drawn, WAYS_TO_FAIL = 2 };

static gf_model *unrolled(const struct drawn *what)
{
    const gf_template *template = strchr(what->text, '\n') ? NULL : gf_template_find(what->text);
    gf_model *m = NULL;
    ck_assert_msg(!gf_model_parse(&m, template ? template->text : what->text, "test.gf"), "%s", gf_model_message(m));
    if (what->steps)
        ck_assert_int_eq(gf_model_set(m, "T", what->steps), GF_OK);
    ck_assert_msg(!gf_model_unroll(m), "%s", gf_model_message(m));
    ck_assert_int_eq(gf_backward(gf_model_loss(m), GF_RECORD_EDGES), GF_OK);
    return m;
}

/* Draws while allocation number fail_at fails. */
static gf_status draw(gf_model *m, const struct drawn *what, const char *format, long fail_at, bool for_good)
{
    gf_draw_options options = what->options;
    options.size = sizeof options;
    options.title = "A title";
    options.model = m;
    char *text = NULL;
    heap.fail_at = fail_at;
    heap.count = heap.pieces = 0;
    heap.for_good = for_good;
    heap.watching = true;
    gf_status status = gf_draw_text(&text, NULL, gf_model_graph(m), format, &options);
    bool has_text = text != NULL;
    free(text);
    heap.watching = false;
    ck_assert(has_text == !status);
    return status;
}

/* Of many allocations some 250; with GF_EVERY each one. */
START_TEST(each_allocation_may_fail)
{
    const struct drawn *what = &drawn[_i % DRAWN];
    bool for_good = _i / DRAWN;
    gf_model *m = unrolled(what);
    gf_graph *g = gf_model_graph(m);
    const char *format = _i % 7 == 0 ? "html" : _i % 2 ? "json" : "svg";
    ck_assert_msg(!draw(m, what, format, -1, false), "%s", gf_graph_message(g));
    long count = heap.count;
    ck_assert_int_gt(count, 20);
    for (long k = 1; k <= count; k += getenv("GF_EVERY") ? 1 : 1 + count / (long)large(250, 80)) {
        gf_status status = draw(m, what, format, k, for_good);
        if (!status && heap.count < k) /* where blocks lie decides about one or two: this drawing had fewer */
            continue;
        ck_assert_msg(status == GF_ERROR_MEMORY, "number %d, allocation %ld is not missed", _i, k);
        ck_assert_msg(heap.pieces == 0, "number %d, allocation %ld: %ld pieces leak", _i, k, heap.pieces);
        assert_failed(g, GF_ERROR_MEMORY, "draw: out of memory");
        gf_graph_clear_status(g);
    }
    ck_assert_msg(!draw(m, what, format, -1, false), "%s", gf_graph_message(g));
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {each_allocation_may_fail};
    Suite *suite = suite_create("page_failures");
    add_seeded_tests(suite, tests, 1, DRAWN * WAYS_TO_FAIL);
    return run_suite(suite);
}
