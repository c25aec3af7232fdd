/* Drawings while memory runs out: each allocation in turn fails, alone or with all after it. Linked with --wrap=malloc
 * and so on; those of librsvg and cairo are their own. */
#include "support.h"

#include "drawing.h"
#include "failing.h"

enum { SVG, PLACES, PNG, PDF, KINDS };

/* Points that need a block of their own. */
static void draw_long_line(gf_drawing *d)
{
    static gf_point points[20000];
    for (int k = 0; k < 20000; k++)
        points[k] = (gf_point){k % 7, k};
    gf_drawing_line(d, points, 20000, &(gf_pen){"#440154", "", 1, 0, false, false, false, 0});
}

/* Draws and writes while the allocation fails; nothing is left. */
static bool draw(int kind, long fail_at, bool for_good)
{
    gf_drawing d;
    gf_text svg = {0}, out = {0}, why = {0};
    gf_status status = GF_OK;
    heap.fail_at = fail_at;
    heap.count = heap.pieces = 0;
    heap.for_good = for_good;
    heap.watching = true;
    draw_sample(&d, gf_theme_find("light"));
    if (kind == PLACES)
        draw_long_line(&d);
    bool drawn = !d.failed;
    if (kind == PLACES)
        gf_places_write(&d, &svg);
    else
        gf_svg_write(&d, "p-", &svg);
    if (kind == PNG || kind == PDF)
        status = gf_raster_write(&svg, kind == PNG ? "png" : "pdf", 96, &out, &why);
    bool failed = svg.failed || out.failed || status;
    bool honest = (drawn || svg.failed) && (!status || status == GF_ERROR_MEMORY) && (!out.failed || status);
    gf_drawing_free(&d);
    gf_text_free(&svg);
    gf_text_free(&out);
    gf_text_free(&why);
    heap.watching = false;
    ck_assert_msg(honest, "kind %d, allocation %ld: it is not said what failed", kind, fail_at);
    return failed;
}

START_TEST(each_allocation_may_fail)
{
    int kind = _i % KINDS;
    bool for_good = _i / KINDS;
    ck_assert(!draw(kind, -1, false));
    long count = heap.count;
    ck_assert_int_gt(count, 50);
    for (long k = 1; k <= count; k += kind == PNG || kind == PDF ? 11 : 1) {
        ck_assert_msg(draw(kind, k, for_good), "kind %d, allocation %ld is not missed", kind, k);
        ck_assert_int_eq(heap.pieces, 0);
    }
    for (long k = count - 2; k <= count; k++)
        ck_assert_msg(draw(kind, k, for_good), "kind %d, allocation %ld is not missed", kind, k);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {each_allocation_may_fail};
    Suite *suite = suite_create("drawing_failures");
    add_seeded_tests(suite, tests, 1, 2 * KINDS);
    return run_suite(suite);
}
