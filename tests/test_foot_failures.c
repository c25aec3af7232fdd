/* Foot, strip and legend while memory runs out: each allocation in turn fails, alone or with all after it. Linked with
 * --wrap=malloc and so on. */
#include "equations.h"
#include "failing.h"

#include "view/page/foot.h"
#include "view/page/legend.h"
#include "view/page/recite.h"
#include "view/page/strip.h"

/* A bit of everything. */
static const char TEXT[] =
    "title \"a title that is a good deal longer than what there is room for on a page as narrow as this one is\"\n"
    "steps T = 3\nsize n = 2\ninput x[t] : 1 x n\nparam Uf, Ui, Wf, Wi, α : n x n\nstart c[0] = rows(α, 1, 1)\n"
    "zf[t] = x[t] @ Uf + c[t-1] @ Wf\nf[t] = sigmoid(zf[t])\nzi[t] = x[t] @ Ui + c[t-1] @ Wi\ni[t] = sigmoid(zi[t])\n"
    "c[t] = f[t] * c[t-1] + i[t] * 1e-7 / 2 + sum(j, 1..t, -x[j])^2 @ Uf' + [abs(f[t])]\n"
    "R = norm(α)\nloss sum(t, sum(c[t])) + 0.1 * R\n";

static const char REGULAR[] = "steps T = 3\ninput x[t] : 1 x 2\nparam W : 2 x 2\nstart h[0] : 1 x 2\n"
                              "h[t] = tanh(x[t] @ W + h[t-1])\nL[t] = sum(h[t])\nloss sum(t, L[t])\n";

typedef struct page {
    gf_model *m, *regular;
    gf_view view;
    gf_size_scale scale;
} page;

static bool draw_foot(page *p, gf_drawing *d)
{
    gf_foot foot;
    const gf_run *runs;
    size_t count;
    gf_status status = gf_foot_make(&foot, p->m);
    if (!status)
        status = gf_foot_equation_at(&foot, "c", 2, 20, &runs, &count);
    if (!status)
        gf_foot_draw(&foot, d, gf_theme_find("light"), 30, 300, 150);
    gf_foot_free(&foot);
    return !status;
}

static bool draw_strip(page *p, gf_drawing *d)
{
    gf_strip strip;
    const gf_strip_column columns[] = {{1, 100, 90, 0}, {2, 200, 90, 0}, {3, 300, 90, 0}};
    gf_strip_place place = {.y = 90,
                            .row_height = 20,
                            .left = 30,
                            .names = 90,
                            .columns = columns,
                            .column_count = 3,

                            .once = 400,
                            .once_width = 60,
                            .totals = 500};
    static const int group[20] = {0};
    gf_status status = gf_strip_make(&strip, &p->view);
    if (!status)
        status = gf_strip_fold(&strip, group);
    if (!status)
        gf_strip_draw(&strip, d, gf_theme_find("light"), &p->scale, &place, &(gf_marks){0});
    gf_strip_free(&strip);
    return !status;
}

static bool draw_legend(page *p, gf_drawing *d)
{
    gf_text title = {0}, subtitle = {0};
    gf_legend_title(&title, &p->view);
    gf_foot_loss(&subtitle, p->m);
    gf_foot_settings(&subtitle, p->m);
    bool good = !title.failed && !subtitle.failed;
    if (good)
        gf_heading_draw(d, &p->view, gf_theme_find("light"), gf_text_string(&title), gf_text_string(&subtitle), 600);
    if (good)
        gf_legend_draw(d, &p->view, gf_theme_find("light"), &p->scale, &(gf_marks){.zero = true}, 600);
    gf_text_free(&title);
    gf_text_free(&subtitle);
    return good;
}

/* A graph as if it came from C. */
static bool recite(page *p, gf_drawing *d)
{
    (void)d;
    gf_model *m;
    bool good = !gf_recite_model(&m, gf_model_graph(p->regular));
    gf_model_free(m);
    return good;
}

typedef bool draws(page *p, gf_drawing *d);

/* Draws while an allocation fails; nothing is left. True if that was noticed. */
static bool fails(draws *draw, page *p, long fail_at, bool for_good)
{
    gf_drawing d;
    heap.fail_at = fail_at;
    heap.count = heap.pieces = 0;
    heap.for_good = for_good;
    heap.watching = true;
    gf_drawing_begin(&d, 600, 400, "#ffffff", "", "");
    bool good = draw(p, &d) && !d.failed;
    gf_drawing_free(&d);
    heap.watching = false;
    return !good;
}

START_TEST(each_allocation_may_fail)
{
    draws *const parts[] = {draw_foot, draw_strip, draw_legend, recite};
    page p = {.m = model_of(TEXT), .regular = model_of(REGULAR)};
    ck_assert_int_eq(gf_backward(gf_model_loss(p.m), GF_RECORD_CONTRIBUTIONS), GF_OK);
    gf_draw_options options = {.size = sizeof options, .level = GF_LEVEL_EQUATIONS, .title = gf_model_title(p.m)};
    ck_assert_int_eq(gf_view_make(&p.view, gf_model_graph(p.m), &options), GF_OK);
    p.scale = gf_scale_choose(&p.view, 0, 0);
    ck_assert(!fails(parts[_i % 4], &p, -1, false));
    long count = heap.count;
    ck_assert_int_ge(count, 3);
    for (long k = 1; k <= count; k++) {
        ck_assert_msg(fails(parts[_i % 4], &p, k, _i / 4), "allocation %ld is not missed", k);
        ck_assert_int_eq(heap.pieces, 0);
    }
    gf_view_free(&p.view);
    gf_model_free(p.m);
    gf_model_free(p.regular);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {each_allocation_may_fail};
    Suite *suite = suite_create("foot_failures");
    add_seeded_tests(suite, tests, 1, 8);
    return run_suite(suite);
}
