/* A text that is asked of a model while memory runs out: each allocation in turn fails, alone or with all after it. For
 * a test that is linked as failing.h says. */
#ifndef GF_TESTS_FAILING_TEXT_H
#define GF_TESTS_FAILING_TEXT_H

#include "equations.h"
#include "failing.h"

/* Who asks: of the model, with what the test gave. */
typedef gf_status asking(char **out, gf_model *m, const void *data);

/* Asks, of a new model: what is worked out once stays in it. Only that may fail; everything is counted. Nothing is
 * asserted meanwhile: Check allocates as well. */
static gf_status ask_failing(const char *model, asking *ask, const void *data, long fail_at, bool for_good,
                             size_t *size)
{
    heap.fail_at = heap.count = heap.pieces = 0;
    heap.for_good = false;
    heap.watching = true;
    gf_model *m;
    gf_model_parse(&m, model, "test.gf");
    gf_model_unroll(m);
    char *out = NULL;
    heap.count = 0;
    heap.fail_at = fail_at;
    heap.for_good = for_good;
    gf_status status = ask(&out, m, data);
    heap.fail_at = 0;
    heap.for_good = false;
    *size = out ? strlen(out) : 0;
    free(out);
    gf_model_free(m);
    heap.watching = false;
    return status;
}

/* One allocation in `every`, alone or with all that follow: it comes to what it comes to with memory, as where what
 * asks can do without (qsort), or says that there is none, and leaves nothing. */
static void fail_each(const char *model, asking *ask, const void *data, long every)
{
    size_t whole, size;
    gf_status wanted = ask_failing(model, ask, data, 0, false, &whole);
    long count = heap.count;
    ck_assert_int_eq(heap.pieces, 0);
    ck_assert_int_gt(count, 8);
    for (long k = 1; k <= count; k += every)
        for (int for_good = 0; for_good <= 1; for_good++) {
            gf_status status = ask_failing(model, ask, data, k, for_good, &size);
            ck_assert_msg(heap.pieces == 0, "allocation %ld of %ld: %ld pieces are not freed", k, count, heap.pieces);
            ck_assert_msg((status == GF_ERROR_MEMORY && !size) ||
                              ((!for_good || k == count) && status == wanted && size == whole),
                          "allocation %ld of %ld: %s, %zu bytes of %zu", k, count, gf_status_text(status), size, whole);
        }
}

#endif
