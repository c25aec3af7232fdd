/* What cuts of truncated backpropagation throw away. */
#include "folds.h"

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

int main(void)
{
    const TTest *tests[] = {
        a_cut_throws_away_what_passes_without_it,
        a_cut_is_the_same_at_every_level,
        where_no_gradient_arrives_nothing_is_said,
    };
    return run_suite(tests_of("truncation", tests, sizeof tests / sizeof *tests));
}
