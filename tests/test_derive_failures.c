/* Derivations while memory runs out: each allocation in turn fails, alone or with all after it. Linked with
 * --wrap=malloc and so on. */
#include <gradflow/derive.h>

#include "equations.h"
#include "failing.h"

/* A bit of everything. */
static const char TEXT[] =
    "title \"all\"\nsteps T = 3\nsize n = 2\ninput x[t] : n x 1\ngiven y[t] : n x 1 ~ onehot\nparam U : n x n\n"
    "param b : n x 1\nstart h[0] = tanh(b)\nh[t] = tanh(U @ h[t-1] + x[t] + b)\n"
    "g[t] = sigmoid(rows([h[t-1]; x[T+1-t]], 2, 3)) / (2 + h[t]^2)\nq = prod(j, T downto 1, diag(g[j])) @ h[T]\n"
    "a[t] = sum(j, 1..t, exp(h[j] * j))\nL[t] = cross_entropy(g[t], y[t])\n"
    "loss sum(t, L[t]) + sum(q) + mse(a[2], h[2*1]) + sum(j, 1..1, sum(a[2*j]))\nlet dh[t] = h[t]\n";

/* Derives, in a new model: what is worked out once stays in it. Only that may fail; everything is counted. */
static gf_status run(gf_derivation_options options, long fail_at, bool for_good, size_t *size)
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
    gf_status status = gf_derivation(&out, m, &options);
    heap.fail_at = 0;
    heap.for_good = false;
    *size = out ? strlen(out) : 0;
    free(out);
    gf_model_free(m);
    heap.watching = false;
    return status;
}

static void fail_everywhere(gf_derivation_options options, long every)
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

START_TEST(deriving_survives)
{
    fail_everywhere((gf_derivation_options){.format = GF_DERIVATION_GF, .why = true}, (long)large(11, 43));
    fail_everywhere((gf_derivation_options){.format = GF_DERIVATION_TEXT}, (long)large(29, 83));
}
END_TEST

START_TEST(jacobians_survive)
{
    fail_everywhere((gf_derivation_options){.jacobian = "h[t], h[t-1]"}, (long)large(5, 13));
}
END_TEST

START_TEST(writers_survive)
{
    fail_everywhere((gf_derivation_options){.format = GF_DERIVATION_LATEX, .why = true}, (long)large(23, 83));
    fail_everywhere((gf_derivation_options){.format = GF_DERIVATION_MARKDOWN}, (long)large(29, 89));
    fail_everywhere((gf_derivation_options){.format = GF_DERIVATION_NUMPY}, (long)large(31, 97));
}
END_TEST

int main(void)
{
    const TTest *tests[] = {deriving_survives, jacobians_survive, writers_survive};
    return RUN_TESTS("derive_failures", tests);
}
