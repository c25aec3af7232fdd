/* Levels above operations where something is missing or odd: nothing recorded, held, not finite; graphs without names
 * or steps, of one leaf, of none; losses that C adds up its own way. */
#include "folds.h"

/* --- what was not recorded, and what does not pass ------------------------------------------------- */

static void assert_looks(const gf_view *view, gf_arrow_look look)
{
    for (size_t k = 0; k < view->arrow_count; k++)
        ck_assert(view->arrows[k].look == look && !view->arrows[k].gradient.known && !view->arrows[k].sum);
    for (size_t k = 0; k < view->cell_count; k++)
        ck_assert(view->cells[k].look == look && !view->cells[k].gradient.known);
}

START_TEST(before_backward_nothing_is_known)
{
    gf_model *m = model_of("lstm", 3);
    for (gf_level level = GF_LEVEL_OPS; level <= GF_LEVEL_STEPS; level++) {
        gf_view view = view_at(gf_model_graph(m), level);
        const gf_arrow *two[] = {&view.arrows[0], &view.arrows[1]};
        assert_looks(&view, GF_ARROW_UNKNOWN);
        ck_assert(!together(two, 2).known);
        gf_view_free(&view);
    }
    gf_model_free(m);
}
END_TEST

START_TEST(held_quantities_pass_nothing_on)
{
    gf_model *m = model_of("lstm", 3);
    gf_node *held[] = {gf_model_node(m, "f", 3), gf_model_node(m, "o", 3)};
    gf_backward_options options = {.size = sizeof options, .flags = GF_RECORD_EDGES, .held = held, .held_count = 2};
    gf_backward_with(gf_model_loss(m), &options);
    gf_view view = view_at(gf_model_graph(m), GF_LEVEL_EQUATIONS);
    const gf_arrow *all[] = {arrow_of(&view, "h[2]", "h", "f[3]"), arrow_of(&view, "h[2]", "h", "i[3]"),
                             arrow_of(&view, "h[2]", "h", "g[3]"), arrow_of(&view, "h[2]", "h", "o[3]")},
                   *passing[] = {all[1], all[2]};
    ck_assert(all[0]->look == GF_ARROW_NONE && all[3]->look == GF_ARROW_NONE && !all[0]->sum);
    gf_measure trunk = together(all, 4), part = together(passing, 2);
    ck_assert(trunk.known && part.known && trunk.l2 == part.l2 && trunk.l2 > 0);
    const gf_arrow *none[] = {all[0], all[3]};
    trunk = together(none, 2);
    ck_assert(trunk.known && trunk.l2 == 0);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

START_TEST(gradients_of_several_runs_tell_nothing_of_one)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 1, 1), *y = gf_named(gf_mul(gf_mul(x, x), x), "y");
    gf_set_scalar(x, 2);
    gf_backward(y, GF_RECORD_EDGES);
    gf_view view = view_at(g, GF_LEVEL_EQUATIONS);
    assert_near(arrow_of(&view, "x", "x", "y")->gradient.l2, 12, 0);
    gf_view_free(&view);
    gf_backward(y, GF_RECORD_EDGES | GF_ACCUMULATE);
    view = view_at(g, GF_LEVEL_EQUATIONS);
    ck_assert(!arrow_of(&view, "x", "x", "y")->gradient.known && view.arrows[0].look == GF_ARROW_UNKNOWN);
    gf_view_free(&view);
    gf_backward(y, GF_RECORD_CONTRIBUTIONS | GF_ACCUMULATE);
    view = view_at(g, GF_LEVEL_EQUATIONS);
    assert_near(arrow_of(&view, "x", "x", "y")->gradient.l2, 12, 0);
    gf_view_free(&view);
    gf_graph_free(g);
}
END_TEST

START_TEST(numbers_that_are_not_finite)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 1, 2), *y = gf_named(gf_log(x), "y"), *loss = gf_named(gf_sum(gf_mul(y, y)), "loss");
    gf_set(x, &(gf_matrix){(double[]){0, 1}, 1, 2, 2});
    gf_backward(loss, GF_RECORD_EDGES);
    gf_view view = view_at(g, GF_LEVEL_EQUATIONS);
    ck_assert(box_of(&view, "x")->finite && !box_of(&view, "y")->finite && !box_of(&view, "loss")->finite);
    ck_assert(isinf(box_of(&view, "loss")->value));
    ck_assert_int_eq(arrow_of(&view, "x", "x", "y")->look, GF_ARROW_NONFINITE);
    ck_assert_int_eq(arrow_of(&view, "y", "y", "loss")->look, GF_ARROW_NONFINITE);
    gf_text json = {0};
    gf_tables_json(&view, &view, &json);
    ck_assert(strstr(gf_text_string(&json), "\"value_l2\": null") && !strstr(gf_text_string(&json), "inf"));
    gf_text_free(&json);
    gf_view_free(&view);
    gf_graph_free(g);
}
END_TEST

/* --- small graphs, and graphs from C --------------------------------------------------------------- */

START_TEST(an_empty_graph_and_one_leaf)
{
    gf_graph *g = gf_graph_new();
    for (gf_level level = GF_LEVEL_OPS; level <= GF_LEVEL_STEPS; level++)
        assert_names(g, (gf_draw_options){.level = level}, "");
    gf_input(g, "x", 1, 1);
    for (gf_level level = GF_LEVEL_OPS; level <= GF_LEVEL_STEPS; level++)
        assert_names(g, (gf_draw_options){.level = level}, "x");
    gf_graph_free(g);
    gf_graph *other = gf_graph_new();
    gf_param(other, "w", 1, 1);
    for (gf_level level = GF_LEVEL_OPS; level <= GF_LEVEL_STEPS; level++)
        assert_names(other, (gf_draw_options){.level = level}, "w");
    gf_graph_free(other);
}
END_TEST

START_TEST(what_nothing_connects_to_is_left_out)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 1, 1), *two = gf_fill(g, "two", 1, 1, 2);
    gf_input(g, "unused", 1, 1);
    gf_named(gf_mul(x, two), "y");
    assert_names(g, (gf_draw_options){.level = GF_LEVEL_EQUATIONS}, "x y");
    gf_graph_free(g);
}
END_TEST

START_TEST(a_graph_without_steps_or_names)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 1, 1), *w = gf_param(g, "w", 1, 1), *shared = gf_mul(x, w);
    gf_node *p = gf_named(gf_exp(shared), "p"), *q = gf_named(gf_log(shared), "q");
    gf_named(gf_add(p, q), "loss");
    gf_view view = view_at(g, GF_LEVEL_EQUATIONS);
    char *names = names_of(&view);
    ck_assert_str_eq(names, "x n2 p q loss");
    ck_assert(box_of(&view, "n2")->plain && !strcmp(box_of(&view, "n2")->symbol, "⊙"));
    ck_assert_str_eq(view.patterns[box_of(&view, "n2")->pattern].name, "⊙");
    ck_assert(!box_of(&view, "loss")->sum && view.cell_count == 1 && view.cells[0].box == box_of(&view, "n2"));
    free(names);
    gf_view_free(&view);
    gf_graph_free(g);
}
END_TEST

/* The sum is a vcat and a sum outside time, or additions outside time or within the steps, or a mean. */
/* Outside time a name is told from itself, and so are the rows of its weights. */
START_TEST(boxes_of_one_name)
{
    gf_graph *g = gf_graph_new();
    gf_node *h = gf_input(g, "x", 1, 2), *W = gf_param(g, "W", 2, 2);
    for (int k = 0; k < 3; k++)
        h = gf_named(gf_tanh(gf_matmul(h, W)), "h");
    gf_named(gf_sum(h), "loss");
    gf_view view = view_at(g, GF_LEVEL_EQUATIONS);
    char *names = names_of(&view);
    ck_assert_str_eq(names, "x h h′ h′′ loss");
    for (int k = 0; k < 3; k++)
        ck_assert_int_eq(view.cells[k].pattern, view.cells[0].pattern + k);
    ck_assert_str_eq(view.patterns[view.cells[2].pattern].name, "h′′");
    free(names);
    gf_view_free(&view);
    gf_graph_free(g);
}
END_TEST

/* The last state is what tanh alone uses; it is a box as those before it are. */
START_TEST(a_preactivation_is_one_at_all_steps)
{
    gf_graph *g = gf_graph_new();
    gf_node *c = gf_input(g, "c[0]", 1, 1), *h = NULL;
    for (int t = 1; t <= 2; t++) {
        gf_graph_step(g, t);
        gf_node *a = gf_named(gf_add(gf_input(g, "x", 1, 1), c), "a");
        c = gf_named(gf_mul(gf_sigmoid(c), gf_named(gf_tanh(a), "u")), "c");
        h = gf_named(gf_tanh(c), "h");
    }
    gf_graph_step(g, 0);
    gf_named(gf_exp(h), "loss");
    assert_names(g, (gf_draw_options){.level = GF_LEVEL_EQUATIONS},
                 "c[0] x[1] u[1] c[1] h[1] x[2] u[2] c[2] h[2] loss");
    gf_graph_free(g);
}
END_TEST

/* A matrix that is given, and a factor at all steps, is no box of a picture whose weights are none; others see it. */
START_TEST(a_given_weight_is_folded_as_others_are)
{
    gf_graph *g = gf_graph_new();
    gf_node *W = gf_param(g, "W", 2, 2), *S = gf_given(g, "S", 2, 2), *h = gf_input(g, "h[0]", 2, 1);
    for (int t = 1; t <= 2; t++) {
        gf_graph_step(g, t);
        h = gf_named(gf_add(gf_matmul(S, h), gf_matmul(W, h)), "h");
    }
    const gf_draw_options options = {.size = sizeof options, .level = GF_LEVEL_OPS, .params = GF_SHOW_FOLDED};
    gf_view view;
    for (int picture = 0; picture < 2; picture++) {
        ck_assert(!(picture ? gf_view_make_folded(&view, g, &options, 0, 0) : gf_view_make(&view, g, &options)));
        int found = 0;
        for (size_t k = 0; k < view.box_count; k++)
            found += !strcmp(view.boxes[k].name, "S") || !strcmp(view.boxes[k].name, "W");
        ck_assert_int_eq(found, picture ? 0 : 1);
        gf_view_free(&view);
    }
    gf_graph_free(g);
}
END_TEST

START_TEST(losses_that_are_added_up_in_c)
{
    for (int way = 0; way < 4; way++) {
        gf_graph *g = gf_graph_new();
        gf_node *L[3], *loss = NULL;
        for (int t = 1; t <= 3; t++) {
            gf_graph_step(g, t);
            L[t - 1] = gf_named(gf_exp(gf_input(g, "x", 1, 1)), "L");
            loss = loss ? gf_add(loss, L[t - 1]) : L[t - 1];
            gf_graph_step(g, way == 2 && t < 3 ? t + 1 : 0);
        }
        if (way == 0) {
            gf_graph_rewind(g, gf_node_id(loss));
            loss = gf_named(gf_sum(gf_vcat((gf_node *[]){L[0], L[1], gf_named(gf_exp(L[1]), "M")}, 3)), "loss");
        }
        if (way == 3)
            loss = gf_scale(loss, 1.0 / 3);
        gf_backward(loss, GF_RECORD_EDGES);
        gf_view view = view_at(g, GF_LEVEL_EQUATIONS);
        const gf_box *box = &view.boxes[view.box_count - 1];
        ck_assert_str_eq(box->name, "loss");
        ck_assert(box->sum && box->step == 0 && box->node == loss && !box->plain);
        gf_view_free(&view);
        gf_graph_free(g);
    }
}
END_TEST

START_TEST(one_step_alone_has_a_sum_too)
{
    gf_model *m = lit_model("lstm", 1);
    assert_names(gf_model_graph(m), (gf_draw_options){.level = GF_LEVEL_EQUATIONS},
                 "x[1] y[1] h[0] c[0] f[1] i[1] g[1] c[1] o[1] h[1] z[1] L[1] loss");
    gf_view view = view_at(gf_model_graph(m), GF_LEVEL_EQUATIONS);
    ck_assert(box_of(&view, "loss")->sum);
    gf_view_free(&view);
    assert_names(gf_model_graph(m), (gf_draw_options){.level = GF_LEVEL_STEPS}, "step 1 h[0] c[0] loss");
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        before_backward_nothing_is_known,
        held_quantities_pass_nothing_on,
        gradients_of_several_runs_tell_nothing_of_one,
        numbers_that_are_not_finite,
        an_empty_graph_and_one_leaf,
        what_nothing_connects_to_is_left_out,
        a_graph_without_steps_or_names,
        boxes_of_one_name,
        a_preactivation_is_one_at_all_steps,
        a_given_weight_is_folded_as_others_are,
        losses_that_are_added_up_in_c,
        one_step_alone_has_a_sum_too,
    };
    return RUN_TESTS("fold_cases", tests);
}
