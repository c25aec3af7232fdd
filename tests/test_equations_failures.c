/* Models while memory runs out: each allocation in turn fails, alone or with all after it. Linked with --wrap=malloc
 * and so on. */
#include "equations.h"
#include "failing.h"

/* Allocations up to the status, before messages. */
static long needed;

/* A bit of everything. */
static const char RIGHT[] =
    "title \"all\"\nsteps T = 3\nsize n = 2\ninput x[t] : n x 1 = {[1; 2], 3, 4}\ninput v[t] : 1 x 3 = csv(\"%s\")\n"
    "param U, W : n x n ~ orthogonal(1/2)\nstart h[0], h[-1] : n x 1\nstart s[0] = h[T]\n"
    "s[t] = s[t-1]\nh[t] = tanh(U @ h[t-1] + [x[t], x[t], x[t], x[t], x[t], x[t], x[t], x[t], x[t]] @ ones(9, 1))\n"
    "k = [1, 2; 3, 4]\ny[t] = h[t]\nz[t] = stop(h[t]) + sum(j, 1..t-1, h[j]) + sum(v[t])\n"
    "let p[t] = p[t+1] + grad(h[t])\nclaim \"c\": 0 <= p[t] <= 1 for j = 1..2 within 1\ntruncate 2\nloss sum(t, "
    "sum(z[t]))\n";
static const char WRONG[] =
    "steps T = 3\nparam W : 2 x 3 = csv(\"%s\")\nh[t] = W @ h[t-1] + Q\na = W @ W\nb = (a\nc = d\nd = c\n"
    "let p = q\nloss W\n";

/* What came of a model: the status, the loss, and how much was said. */
typedef struct outcome {
    gf_status status;
    double loss;
    size_t errors;
} outcome;

/* A text, or, where it has no line end, the path of a file. */
static outcome run(const char *text, long fail_at, bool for_good)
{
    outcome out = {.loss = 0};
    heap.fail_at = fail_at;
    heap.for_good = for_good;
    heap.count = heap.pieces = 0;
    heap.watching = true;
    gf_model *m;
    bool is_text = strchr(text, '\n');
    out.status = is_text ? gf_model_parse(&m, text, "test.gf") : gf_model_read(&m, text);
    if (!out.status && is_text)
        out.status = gf_model_set(m, "n", 2);
    if (!out.status && !(out.status = gf_model_unroll(m))) {
        const gf_matrix *loss = gf_value(gf_model_loss(m));
        gf_model_gradient(m, "U", 0);
        out.status = gf_graph_status(gf_model_graph(m));
        out.loss = loss ? gf_scalar(loss) : 0;
    }
    needed = heap.count;
    out.errors = gf_model_error_count(m);
    bool says_so = *gf_model_message(m) || (m && !gf_problems_any(&m->problems));
    gf_model_free(m);
    heap.watching = false;
    ck_assert(says_so);
    return out;
}

/* It is as it is when nothing fails, or GF_ERROR_MEMORY; after which nothing is left. In slow runs of some allocations,
 * beginning with another for each text. */
static void fail_everywhere(const char *text, gf_status otherwise)
{
    outcome all = run(text, 0, false);
    ck_assert_int_eq(all.status, otherwise);
    ck_assert_int_eq(heap.pieces, 0);
    long count = needed;
    ck_assert_int_gt(count, 5);
    long step = (long)large(1, 7);
    for (long k = 1 + count % step; k <= count; k += step)
        for (int for_good = 0; for_good <= 1; for_good++) {
            outcome out = run(text, k, for_good);
            ck_assert_msg(heap.pieces == 0, "%.80s: allocation %ld of %ld: %ld pieces are not freed", text, k, count,
                          heap.pieces);
            bool same = out.status == otherwise && out.loss == all.loss && out.errors == all.errors;
            ck_assert_msg(out.status == GF_ERROR_MEMORY || (!for_good && same),
                          "%.80s: allocation %ld of %ld: %s, loss %g, %zu errors", text, k, count,
                          gf_status_text(out.status), out.loss, out.errors);
        }
}

static void with_csv(const char *format, gf_status otherwise)
{
    char text[2048], path[1024];
    snprintf(path, sizeof path, "%s", equations_path("right/", "numbers.csv"));
    snprintf(text, sizeof text, format, path);
    fail_everywhere(text, otherwise);
}

START_TEST(a_model_survives)
{
    with_csv(RIGHT, GF_OK);
}
END_TEST

START_TEST(errors_survive)
{
    with_csv(WRONG, GF_ERROR_SYNTAX);
}
END_TEST

START_TEST(pasted_lines_survive)
{
    fail_everywhere("steps T = 2\nparam W : 2 x 2\nh_t = np.dot(W.T, W)\nloss W h_T[0]\nclaim dL/dW = transpose(W)",
                    GF_ERROR_SYNTAX);
}
END_TEST

/* What takes long to refuse is left out. */
static void fail_in_file(const char *path)
{
    if (!strstr(path, "/many-") && !strstr(path, "/much-") && !strstr(path, "/pasted-"))
        fail_everywhere(path, run(path, 0, false).status);
}

START_TEST(every_form_survives)
{
    each_file("right/", 4, fail_in_file);
    each_file("wrong/", 15, fail_in_file);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {a_model_survives, errors_survive, pasted_lines_survive, every_form_survives};
    return RUN_TESTS("equations_failures", tests);
}
