/* Explanations while memory runs out: each allocation in turn fails, alone or with all after it. Linked with
 * --wrap=malloc and so on. */
#include <gradflow/explain.h>

#include "equations.h"
#include "failing.h"

static const char TEXT[] =
    "steps T = 3\nsize n = 2\ninput x[t] : n x 1\ngiven y[t] : n x 1 ~ onehot\nparam U : n x n\nparam b : n x 1\n"
    "start h[0] = tanh(b)\nh[t] = tanh(U @ h[t-1] + x[t] + b * h[t-1])\na[t] = sum(j, 1..t, exp(h[j] * j))\n"
    "L[t] = cross_entropy(a[t], y[t])\nloss sum(t, L[t])\nlet da[t] = grad(a[t])\nclaim grad(a[t]) = da[t]\n";

/* Explains, in a new model: what is worked out once stays in it. Only that may fail; everything is counted. */
static gf_status run(gf_explanation_options options, long fail_at, bool for_good, size_t *size)
{
    options.size = sizeof options;
    heap.fail_at = heap.count = heap.pieces = 0;
    heap.for_good = false;
    heap.watching = true;
    gf_model *m; /* nothing is asserted meanwhile: Check allocates as well */
    gf_model_parse(&m, TEXT, "test.gf");
    gf_model_unroll(m);
    char *out = NULL;
    heap.count = 0;
    heap.fail_at = fail_at;
    heap.for_good = for_good;
    gf_status status = gf_explanation(&out, m, &options);
    heap.fail_at = 0;
    heap.for_good = false;
    *size = out ? strlen(out) : 0;
    free(out);
    gf_model_free(m);
    heap.watching = false;
    return status;
}

static void fail_everywhere(gf_explanation_options options, long every)
{
    size_t whole, size;
    ck_assert_int_eq(run(options, 0, false, &whole), GF_OK);
    long count = heap.count;
    ck_assert_int_eq(heap.pieces, 0);
    ck_assert_int_gt(count, 20);
    for (long k = 1; k <= count; k += every)
        for (int for_good = 0; for_good <= 1; for_good++) {
            gf_status status = run(options, k, for_good, &size);
            ck_assert_msg(heap.pieces == 0, "allocation %ld of %ld: %ld pieces are not freed", k, count, heap.pieces);
            ck_assert_msg((status == GF_ERROR_MEMORY && !size) || (!for_good && status == GF_OK && size == whole),
                          "allocation %ld of %ld: %s, %zu bytes of %zu", k, count, gf_status_text(status), size, whole);
        }
}

START_TEST(explaining_survives)
{
    fail_everywhere((gf_explanation_options){.of = "h[2]"}, (long)large(11, 43));
    fail_everywhere((gf_explanation_options){.of = "h[1] -> h[2]"}, (long)large(11, 43));
    fail_everywhere((gf_explanation_options){.of = "h"}, (long)large(23, 83));
    fail_everywhere((gf_explanation_options){.of = "U", .format = GF_EXPLANATION_MARKDOWN}, (long)large(23, 83));
    fail_everywhere((gf_explanation_options){.of = "da[2]"}, (long)large(5, 23));
    fail_everywhere((gf_explanation_options){.path = "h[1] -> L[3]"}, (long)large(11, 43));
}
END_TEST

START_TEST(json_survives)
{
    fail_everywhere((gf_explanation_options){.of = "h[2]", .format = GF_EXPLANATION_JSON}, (long)large(43, 183));
}
END_TEST

int main(void)
{
    const TTest *tests[] = {explaining_survives, json_survives};
    return RUN_TESTS("explain failures", tests);
}
