/* The textbook page while memory runs out: each allocation in turn fails, alone or with all after it. Linked with
 * --wrap=malloc and so on. */
#include "equations.h"
#include "failing.h"

#include "view/textbook/textbook.h"

/* An equation that opens, one with weights, two ways out, a sum of several arrows. */
static const char TEXT[] = "title \"A model\"\nsteps T = 3\ninput x[t] : 1 x 2\nparam U, W : 2 x 2\n"
                           "start h[0] : 1 x 2 = 0\nf[t] = sigmoid(x[t] @ U + h[t-1] @ W)\n"
                           "h[t] = f[t] * h[t-1] + f[t]\nL[t] = sum(h[t])\nloss sum(t, L[t])\n";

/* Draws while an allocation fails; nothing is left. True if that was noticed. */
static bool fails(gf_model *m, long fail_at, bool for_good)
{
    gf_drawing d;
    gf_foot foot;
    gf_draw_options draw = {.size = sizeof draw, .first_step = 2, .last_step = 2, .title = "A model"};
    bool fits;
    gf_textbook_options options = {&draw, gf_theme_find("light"), &foot, INFINITY};
    heap.fail_at = fail_at;
    heap.count = heap.pieces = 0;
    heap.for_good = for_good;
    heap.watching = true;
    gf_status status = gf_foot_make(&foot, m);
    d = (gf_drawing){0};
    if (!status)
        status = gf_textbook_draw(&d, gf_model_graph(m), &options, &fits);
    gf_drawing_free(&d);
    gf_foot_free(&foot);
    heap.watching = false;
    return status != GF_OK;
}

START_TEST(each_allocation_may_fail)
{
    gf_model *m = model_of(TEXT);
    ck_assert_int_eq(gf_backward(gf_model_loss(m), GF_RECORD_EDGES), GF_OK);
    ck_assert(!fails(m, -1, false));
    long count = heap.count; /* every other time an arena of the model needs one block more */
    ck_assert(!fails(m, -1, false));
    count = heap.count < count ? heap.count : count;
    ck_assert_int_gt(count, 50);
    for (long k = 1; k <= count; k++) {
        ck_assert_msg(fails(m, k, _i), "allocation %ld is not missed", k);
        ck_assert_int_eq(heap.pieces, 0);
    }
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {each_allocation_may_fail};
    Suite *suite = suite_create("textbook_failures");
    add_seeded_tests(suite, tests, 1, 2);
    return run_suite(suite);
}
