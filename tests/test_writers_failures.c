/* Derivations in LaTeX, Markdown and NumPy while memory runs out: each allocation of the writers in turn fails, alone
 * or with all after it. Linked with --wrap=malloc and so on. */
#include "equations.h"
#include "failing.h"

#include "derivation.h"

/* A bit of everything. */
static const char TEXT[] =
    "title \"all\"\nsteps T = 3\nsize n = 2, in = 3, g = 2*n\ninput x[t] : n x 1\nparam U : in x n\nparam W : in x in\n"
    "param α, s : in x 1\nstart h[0] : in x 1 = 0.5\nstart q[5] : 1 x 1\nstart c[0] = tanh(α)\n"
    "h[t] = tanh(U @ x[t] + W @ h[t-1]) * α\nc[t] = sigmoid(c[t-1]) * h[t] / 2 + sum(j, 1..t-1, c[j])\n"
    "q[t] = sum(h[t]) * q[7-2*t]\nz[t] = [c[t]; h[t]]\nloss sum(t, sum(softmax(z[t])) + sum(q[t]))\n"
    "let dz[t] = zeros(2*in, 1) + [s; s]\nlet dh[t] = rows(dz[t], 1, in) * (1 - h[t]^2) + W' @ dh[t+1] + prod(j, "
    "t+1..T, W) @ s\n"
    "let dh[T] = s\nlet dq[t] = dq[7-2*t] * 2 + 1\n"
    "claim grad(U) = sum(t, (dh[t] * dq[t]) @ x[t]') + 0 * U + 0 * U + 0 * U + 0 * U + 0 * U + 0 * U\n"
    "claim grad(W) = prod(j, 1..T, W)\nclaim grad(s) = relu'(s) - clip(s, -1, 1)\nclaim grad(x[t]) = U' @ dh[t]\n"
    "claim grad(h[0]) = W' @ dh[1]\nclaim grad(c[0]) = 0\n";

typedef void writer(gf_text *w, const gf_derivation_lines *d, bool why);

/* Writes while the allocation fails; what is written before it does not matter, and nothing is left. */
static bool write(writer *write, const gf_derivation_lines *d, long fail_at, bool for_good)
{
    gf_text w = {0};
    heap.fail_at = fail_at;
    heap.count = heap.pieces = 0;
    heap.for_good = for_good;
    heap.watching = true;
    write(&w, d, true);
    bool failed = w.failed;
    gf_text_free(&w);
    heap.watching = false;
    return failed;
}

static void fail_each(writer *writer, const gf_derivation_lines *d, bool for_good)
{
    ck_assert(!write(writer, d, -1, false)); /* names that writers add stay */
    ck_assert(!write(writer, d, -1, false));
    long count = heap.count;
    ck_assert_int_gt(count, 50);
    for (long k = 1; k <= count; k++) {
        ck_assert_msg(write(writer, d, k, for_good), "allocation %ld is not missed", k);
        ck_assert_int_eq(heap.pieces, 0);
    }
}

START_TEST(each_allocation_may_fail)
{
    writer *const writers[] = {gf_write_latex, gf_write_markdown, gf_write_numpy};
    gf_model *m = model_of(TEXT);
    gf_derivation_lines d = derivation_of(m);
    ck_assert(d.lets && d.claims);
    fail_each(writers[_i % 3], &d, _i / 3);
    gf_arena_free(&d.arena);
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {each_allocation_may_fail};
    Suite *suite = suite_create("writers_failures");
    add_seeded_tests(suite, tests, 1, 6);
    return run_suite(suite);
}
