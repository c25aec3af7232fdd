/* What cuts of truncated backpropagation throw away. */
#include <math.h>

#include "folds.h"
#include "view/describe.h"

static gf_model *truncated_model(const char *name, int steps, int truncate)
{
    gf_model *m = model_of(name, steps);
    ck_assert(!gf_model_set(m, "truncate", truncate) && !gf_model_unroll(m));
    ck_assert(!gf_backward(gf_model_loss(m), GF_RECORD_EDGES));
    return m;
}

static gf_measure cut_of(const gf_arrow *const *arrows, size_t count)
{
    gf_measure measure;
    ck_assert(!gf_cuts_together(&measure, arrows, count));
    return measure;
}

/* Behind the only cut everything is as it is without one: so there it throws away what passes without it. */
START_TEST(a_cut_throws_away_what_passes_without_it)
{
    static const char *const to[] = {"f[4]", "i[4]", "g[4]", "o[4]"};
    gf_model *whole = lit_model("lstm", 5), *m = truncated_model("lstm", 5, 3);
    gf_view view = view_at(gf_model_graph(whole), GF_LEVEL_EQUATIONS), cut = view_at(gf_model_graph(m), 0);
    const gf_arrow *passing[4], *stopped[4];
    for (int k = 0; k < 4; k++) {
        passing[k] = arrow_of(&view, "h[3]", "h", to[k]);
        stopped[k] = arrow_of(&cut, "h[3]", "h", to[k]);
        ck_assert(!stopped[k]->gradient.known && stopped[k]->look == GF_ARROW_NONE);
        assert_near(stopped[k]->cut.l2, passing[k]->gradient.l2, 1e-14);
        ck_assert(!passing[k]->cut.known);
    }
    gf_measure wanted = together(passing, 4), found = cut_of(stopped, 4);
    assert_near(found.l2, wanted.l2, 1e-14);
    assert_near(found.max, wanted.max, 1e-14);
    ck_assert_double_gt(wanted.l2, 1e-3);
    assert_near(arrow_of(&cut, "c[3]", "c", "c[4]")->cut.rms, arrow_of(&view, "c[3]", "c", "c[4]")->gradient.rms,
                1e-14);
    gf_view_free(&view);
    gf_view_free(&cut);
    gf_model_free(m);
    gf_model_free(whole);
}
END_TEST

/* At `ops` the arrow into the stop has it, and one between whole steps the sum over all of them. */
START_TEST(a_cut_is_the_same_at_every_level)
{
    gf_model *m = truncated_model("lstm", 5, 3);
    gf_view boxes = view_at(gf_model_graph(m), GF_LEVEL_EQUATIONS), steps = view_at(gf_model_graph(m), GF_LEVEL_STEPS),
            ops = view_at(gf_model_graph(m), GF_LEVEL_OPS);
    const gf_measure *of_step = &arrow_of(&steps, "step 3", "c", "step 4")->cut;
    assert_near(of_step->l2, arrow_of(&boxes, "c[3]", "c", "c[4]")->cut.l2, 1e-15);
    int found = 0;
    for (size_t k = 0; k < ops.arrow_count; k++)
        if (ops.arrows[k].cut.known && !strcmp(ops.arrows[k].from->name, "c[3]")) {
            ck_assert_str_eq(ops.arrows[k].to->op, "stop");
            assert_near(ops.arrows[k].cut.l2, of_step->l2, 1e-15);
            found++;
        }
    ck_assert_int_eq(found, 1);
    gf_view_free(&boxes);
    gf_view_free(&steps);
    gf_view_free(&ops);
    gf_model_free(m);
}
END_TEST

/* x is used behind the cut by what trains nothing: backward works out no gradient there. */
START_TEST(where_no_gradient_arrives_nothing_is_said)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 1, 1), *y = gf_named(gf_tanh(gf_stop(x)), "y");
    gf_node *loss = gf_named(gf_add(y, x), "loss");
    ck_assert(!gf_backward(loss, GF_RECORD_EDGES));
    gf_view view = view_at(g, GF_LEVEL_EQUATIONS);
    const gf_arrow *arrow = arrow_of(&view, "x", "x", "y");
    ck_assert(arrow->look == GF_ARROW_NONE && !arrow->cut.known && arrow->behind_count == 1);
    ck_assert(!cut_of(&arrow, 1).known);
    gf_view_free(&view);
    gf_graph_free(g);
}
END_TEST

/* Steps 3 to 10 in one box, cut behind 4 and behind 8: there it loses what the arrows of the open picture lose, h and c
 * one below the other; what is cut behind 12 is not its. */
START_TEST(a_folded_box_says_what_is_cut_within)
{
    static const char *const to[] = {"f", "i", "g", "o"};
    gf_model *m = truncated_model("lstm", 16, 4);
    gf_view open = view_at(gf_model_graph(m), GF_LEVEL_EQUATIONS), folded;
    gf_draw_options options = {.size = sizeof options, .level = GF_LEVEL_EQUATIONS};
    ck_assert(!gf_view_make_folded(&folded, gf_model_graph(m), &options, 3, 10));
    double squares = 0, most = 0;
    for (int step = 4; step <= 8; step += 4) {
        const gf_arrow *arrows[4];
        char from[16], gate[16];
        for (int k = 0; k < 4; k++) {
            snprintf(from, sizeof from, "h[%d]", step);
            snprintf(gate, sizeof gate, "%s[%d]", to[k], step + 1);
            arrows[k] = arrow_of(&open, from, "h", gate);
        }
        snprintf(from, sizeof from, "c[%d]", step);
        snprintf(gate, sizeof gate, "c[%d]", step + 1);
        gf_measure h = cut_of(arrows, 4), c = arrow_of(&open, from, "c", gate)->cut;
        squares += h.l2 * h.l2 + c.l2 * c.l2;
        most = fmax(most, fmax(h.max, c.max));
    }
    const gf_box *box = box_of(&folded, "3..10, × 8");
    ck_assert_int_eq(box->cuts, 2);
    assert_near(box->cut.l2, sqrt(squares), 1e-14);
    assert_near(box->cut.max, most, 1e-14);
    assert_near(box->cut.rms, sqrt(squares / box->cut_entries), 1e-14);
    gf_text text = {0};
    gf_describe_box(box, &text);
    ck_assert(strstr(gf_text_string(&text), "3..10, × 8, 2 cuts, cut: l2 ") != NULL);
    gf_text_free(&text);
    gf_view_free(&open);
    gf_view_free(&folded);
    gf_model_free(m);
}
END_TEST

START_TEST(a_folded_box_without_cuts_says_nothing)
{
    gf_model *m = lit_model("lstm", 6);
    gf_draw_options options = {.size = sizeof options, .level = GF_LEVEL_EQUATIONS};
    gf_view view;
    ck_assert(!gf_view_make_folded(&view, gf_model_graph(m), &options, 2, 5));
    ck_assert(!box_of(&view, "2..5, × 4")->cuts && !box_of(&view, "2..5, × 4")->cut.known);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_cut_throws_away_what_passes_without_it,  a_cut_is_the_same_at_every_level,
        where_no_gradient_arrives_nothing_is_said, a_folded_box_says_what_is_cut_within,
        a_folded_box_without_cuts_says_nothing,
    };
    return run_suite(tests_of("truncation", tests, sizeof tests / sizeof *tests));
}
