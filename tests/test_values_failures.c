/* Values while memory runs out: each allocation in turn fails, alone or with all after it. Linked with --wrap=malloc
 * and so on. */
#include <gradflow/values.h>

#include "equations.h"
#include "failing.h"

static const char TEXT[] =
    "title \"all\"\nsteps T = 3\nsize n = 2\ninput x[t] : n x 1\nparam U : n x n\nstart h[0] : n x 1\n"
    "h[t] = tanh(U @ h[t-1] + x[t])\nloss sum(h[T])\nlet d[t] = grad(h[t], sum(h[T]))\n";

/* Writes, in a new model. Only that may fail; everything is counted. */
static gf_status run(gf_values_options options, const char *const texts[], size_t count, long fail_at, bool for_good,
                     size_t *size)
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
    gf_status status = gf_model_values(&out, NULL, m, texts, count, &options);
    heap.fail_at = 0;
    heap.for_good = false;
    *size = out ? strlen(out) : 0;

    free(out);
    gf_model_free(m);
    heap.watching = false;
    return status;
}

static void fail_everywhere(gf_values_options options, const char *const texts[], size_t count)
{
    size_t whole, size;
    gf_status wanted = run(options, texts, count, 0, false, &whole);
    long allocations = heap.count;
    ck_assert_int_eq(heap.pieces, 0);
    ck_assert_int_gt(allocations, 8);
    for (long k = 1; k <= allocations; k += (long)large(1, 7))
        for (int for_good = 0; for_good <= 1; for_good++) {
            gf_status status = run(options, texts, count, k, for_good, &size);
            ck_assert_msg(heap.pieces == 0, "allocation %ld of %ld: %ld pieces are not freed", k, allocations,
                          heap.pieces);
            ck_assert_msg((status == GF_ERROR_MEMORY && !size) || (!for_good && status == wanted && size == whole),
                          "allocation %ld of %ld: %s, %zu bytes of %zu", k, allocations, gf_status_text(status), size,
                          whole);
        }
}

static const char *const scalars[] = {"norm(d[t])", "sum(x[t])", "-norm(grad(h[t]))"};
static const char *const matrices[] = {"U", "grad(U)", "h[t]", "d[t]", "h[t]'", "d[t] @ ones(1, 20)"};

START_TEST(tables_survive)
{
    fail_everywhere((gf_values_options){.format = GF_VALUES_TEXT, .at = "2..T"}, scalars, 3);
    fail_everywhere((gf_values_options){.format = GF_VALUES_TEXT}, matrices, 6);
    fail_everywhere((gf_values_options){.format = GF_VALUES_TEXT}, matrices + 2, 1);
    fail_everywhere((gf_values_options){.format = GF_VALUES_TEXT}, (const char *const[]){"h[t]'", "d[t]'"}, 2);
    fail_everywhere((gf_values_options){.format = GF_VALUES_TEXT}, NULL, 0);
}
END_TEST

START_TEST(data_survives)
{
    fail_everywhere((gf_values_options){.format = GF_VALUES_JSON}, matrices, 3);
    fail_everywhere((gf_values_options){.format = GF_VALUES_JSON}, NULL, 0);
    fail_everywhere((gf_values_options){.format = GF_VALUES_CSV}, matrices, 3);
    fail_everywhere((gf_values_options){.format = GF_VALUES_NPY}, matrices + 2, 1);
}
END_TEST

START_TEST(plots_survive)
{
    fail_everywhere((gf_values_options){.format = GF_VALUES_CHART}, scalars, 3);
    fail_everywhere((gf_values_options){.format = GF_VALUES_SVG}, scalars, 3);
}
END_TEST

START_TEST(messages_survive)
{
    fail_everywhere((gf_values_options){.format = GF_VALUES_TEXT}, (const char *const[]){"U", "hh[t]"}, 2);
    fail_everywhere((gf_values_options){.format = GF_VALUES_TEXT, .at = "T..1"}, scalars, 1);
    fail_everywhere((gf_values_options){.format = GF_VALUES_TEXT}, (const char *const[]){"U", "h[9]"}, 2);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {tables_survive, data_survives, plots_survive, messages_survive};
    return RUN_TESTS("values_failures", tests);
}
