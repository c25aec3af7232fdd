/* Diagnoses while memory runs out: allocations in turn fail, alone or with all after them. Linked with --wrap=malloc
 * and so on. */
#include "equations.h"

#include "mend/mend.h"

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_realloc(void *piece, size_t bytes);

/* Which allocation is to fail: number fail_at, and, if `for_good`, all after it. */
static struct {
    bool watching, for_good;
    long count, fail_at;
} heap;

static bool fails_now(void)
{
    heap.count += heap.watching;
    return heap.watching && (heap.count == heap.fail_at || (heap.for_good && heap.count > heap.fail_at));
}

void *__wrap_malloc(size_t bytes)
{
    return fails_now() ? NULL : __real_malloc(bytes);
}

void *__wrap_calloc(size_t count, size_t bytes)
{
    return fails_now() ? NULL : __real_calloc(count, bytes);
}

void *__wrap_realloc(void *piece, size_t bytes)
{
    return fails_now() ? NULL : __real_realloc(piece, bytes);
}

void __real_free(void *piece);

void __wrap_free(void *piece)
{
    __real_free(piece);
}

/* A claim for each kind of diagnosis; sanitizers and valgrind see what leaks. */
static const char TEXT[] =
    "steps T = 3\nsize n = 2\ninput x[t] : n x 1\nparam U, W : n x n\nstart h[0] : n x 1\nstart c[0] : n x 1\n"
    "f[t] = sigmoid(W @ h[t-1])\nc[t] = f[t] * c[t-1] + (1 - f[t]) * x[t]\nh[t] = tanh(U @ c[t])\n"
    "loss sum(t, sum(h[t]))\n"
    "let d[t] = 1 + W' @ (e[t+1] * (c[t] - x[t+1]) * f[t+1] * (1 - f[t+1]))\nlet e[t] = U' @ (d[t] * (1 - h[t]^2))\n"
    "let bare[t] = grad(h[t])\n"
    "claim grad(c[t]) = e[t]\n"
    "claim d[t] = bare[t] = 3 * d[t]\n"
    "claim grad(U) = (d[t] * (1 - h[t]^2)) @ c[t]'\n"
    "claim -grad(W)' = sum(t, e[t])\n"
    "claim jacobian(c[t], c[t-1]) = diag(f[t])\n"
    "claim jacobian(h[t+1], h[t]) = 2 * ones(n, n)\n"
    "claim jacobian(h[t], c[t]) = U @ diag(1 - h[t]^2)\n";

/* All that the terms tell, with the memory of this call alone in danger. */
static gf_status run(long fail_at, bool for_good)
{
    gf_model *m = model_of(TEXT);
    gf_claims claims;
    gf_arena arena = {0};
    gf_blames blames;
    const gf_repairing how = {.repairs = false};
    gf_status status = gf_claims_judge(&claims, m, GF_TOLERANCE);
    heap.fail_at = fail_at;
    heap.for_good = for_good;
    heap.count = 0;
    heap.watching = true;
    if (!status)
        status = gf_blames_find(&blames, &arena, &claims, &how);
    heap.watching = false;
    gf_arena_free(&arena);
    gf_claims_free(&claims);
    gf_model_free(m);
    return status;
}

START_TEST(diagnoses_survive)
{
    ck_assert_int_eq(run(0, false), GF_OK);
    long count = heap.count, step = (long)large(1, 97), many = count / (long)large(150, 20);
    ck_assert_int_gt(count, 300);
    for (long k = 1; k <= count; k += k < 60 ? step : many)
        for (int for_good = 0; for_good <= 1; for_good++) {
            gf_status status = run(k, for_good);
            ck_assert_msg(status == GF_ERROR_MEMORY || (!for_good && !status), "allocation %ld of %ld: %s", k, count,
                          gf_status_text(status));
        }
}
END_TEST

int main(void)
{
    const TTest *tests[] = {diagnoses_survive};
    return RUN_TESTS("diagnose_failures", tests);
}
