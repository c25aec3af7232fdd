/* Levels above operations: which boxes there are, and that the sizes on folded arrows and in cells are those of the
 * sums that backward makes: held against Jacobians with all other quantities held, against flows by step, against the
 * gradients of parameters, and against PyTorch. */
#include "folds.h"

static const char *const models[] = {"lstm", "attention", "residual", "deep-rnn", "scalar", "pytorch-lstm"};
enum { MODELS = sizeof models / sizeof *models };

/* --- boxes ------------------------------------------------------------------------------------ */

START_TEST(a_box_is_a_named_quantity)
{
    gf_model *m = lit_model("lstm", 3);
    gf_graph *g = gf_model_graph(m);
    assert_names(g, (gf_draw_options){.level = GF_LEVEL_EQUATIONS},
                 "x[1] x[2] x[3] y[1] y[2] y[3] h[0] c[0] f[1] i[1] g[1] c[1] o[1] h[1] z[1] L[1] f[2] i[2] g[2] c[2] "
                 "o[2] h[2] z[2] L[2] f[3] i[3] g[3] c[3] o[3] h[3] z[3] L[3] loss");
    assert_names(g, (gf_draw_options){.level = GF_LEVEL_STEPS}, "step 1 step 2 step 3 h[0] c[0] loss");
    gf_view view = view_at(g, GF_LEVEL_EQUATIONS);
    ck_assert_int_eq(box_of(&view, "h[0]")->kind, GF_BOX_START);
    ck_assert_int_eq(box_of(&view, "x[1]")->kind, GF_BOX_INPUT);
    ck_assert(box_of(&view, "y[1]")->aside && !box_of(&view, "z[1]")->aside);
    ck_assert(box_of(&view, "loss")->sum && box_of(&view, "loss")->scalar && !box_of(&view, "h[1]")->sum);
    ck_assert(box_of(&view, "loss")->gradient.slope == 1 && box_of(&view, "loss")->finite);
    ck_assert(box_of(&view, "loss")->value == gf_scalar(gf_value(gf_model_loss(m))));
    ck_assert(box_of(&view, "h[2]")->node == gf_model_node(m, "h", 2));
    ck_assert_str_eq(box_of(&view, "h[2]")->op, "mul");
    ck_assert(view.first_step == 1 && view.last_step == 3 && view.level == GF_LEVEL_EQUATIONS);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

START_TEST(the_same_quantity_is_one_pattern)
{
    gf_model *m = lit_model("lstm", 3);
    gf_view view = view_at(gf_model_graph(m), GF_LEVEL_EQUATIONS);
    static const char *const names[] = {"x", "y", "h", "c", "f", "i", "g", "o", "z", "L", "loss"};
    ck_assert_int_eq(view.pattern_count, 11);
    for (int k = 0; k < 11; k++) {
        ck_assert_str_eq(view.patterns[k].name, names[k]);
        ck_assert_int_eq(view.patterns[k].timed, k != 10);
    }
    for (size_t k = 0; k < view.box_count; k++) {
        const char *variable = view.boxes[k].variable, *bare = view.patterns[view.boxes[k].pattern].name;
        ck_assert(!strncmp(variable, bare, strcspn(variable, "[")));
    }
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

START_TEST(unnamed_operations_of_a_quantity_are_patterns_too)
{
    gf_model *m = lit_model("lstm", 3);
    gf_view view = view_at(gf_model_graph(m), GF_LEVEL_OPS);
    int last = view.boxes[0].pattern;
    for (size_t k = 0; k < view.box_count; k++) {
        const gf_box *box = &view.boxes[k];
        last = box->pattern > last ? box->pattern : last;
        for (size_t j = k + 1; j < view.box_count; j++) {
            const gf_box *other = &view.boxes[j];
            ck_assert(box->pattern != other->pattern || box->step != other->step || !box->step);
            ck_assert(box->pattern != other->pattern || !box->step || !strcmp(box->op, other->op));
        }
    }
    ck_assert_int_eq(last + 1, view.pattern_count);
    size_t unnamed = 0;
    for (size_t k = 0; k < view.box_count; k++) /* tanh(c[t]) of h, at three steps */
        unnamed += !strcmp(view.boxes[k].op, "tanh") && !*view.boxes[k].variable &&
                   view.boxes[k].pattern == box_of(&view, "h[3]")[-1].pattern;
    ck_assert_uint_eq(unnamed, 3);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

START_TEST(a_name_with_and_without_time_is_two_patterns)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 1, 1), *sum = gf_named(gf_exp(x), "a");
    gf_graph_scope(g, "layer1");
    for (int t = 1; t <= 2; t++) {
        gf_graph_step(g, t);
        sum = gf_named(gf_mul(sum, x), "a");
    }
    gf_view view = view_at(g, GF_LEVEL_EQUATIONS);
    ck_assert_int_eq(view.pattern_count, 3);
    ck_assert(!strcmp(view.patterns[1].name, "a") && !view.patterns[1].timed);
    ck_assert(!strcmp(view.patterns[2].name, "layer1.a") && view.patterns[2].timed);
    gf_view_free(&view);
    gf_graph_free(g);
}
END_TEST

/* --- arrows ----------------------------------------------------------------------------------- */

/* The nodes that define boxes, but for `own`: while they are held, what passes goes within one box. */
static size_t all_roots(const gf_view *view, const gf_node *own, gf_node **out)
{
    size_t count = 0;
    for (size_t k = 0; k < view->box_count; k++)
        if (view->boxes[k].node && view->boxes[k].node != own)
            out[count++] = gf_graph_node(gf_node_graph(view->boxes[k].node), view->boxes[k].id);
    return count;
}

/* out := grad(y) by the Jacobian of y with respect to x, all other quantities held. */
static void pass_within(const gf_view *view, const gf_node *y_box, const gf_node *x_box, gf_matrix *out)
{
    gf_node *held[2000], *y = gf_graph_node(gf_node_graph(y_box), gf_node_id(y_box)),
                         *x = gf_graph_node(gf_node_graph(x_box), gf_node_id(x_box));
    gf_matrix J;
    gf_jacobian_options options = {.size = sizeof options, .held = held};
    options.held_count = all_roots(view, y, held);
    ck_assert_int_eq(gf_jacobians(&J, y, &x, 1, &options), GF_OK);
    const gf_matrix *dy = gf_gradient(y);
    gf_matrix_new(out, gf_node_rows(x), gf_node_cols(x));
    for (int i = 0; i < J.rows; i++)
        for (int j = 0; j < J.cols; j++)
            out->data[j] += dy->data[i] * gf_matrix_at(&J, i, j);
    gf_matrix_free(&J);
}

START_TEST(an_arrow_is_what_passes_while_all_other_quantities_are_held)
{
    gf_model *m = lit_model(models[_i], 0);
    gf_view view = view_at(gf_model_graph(m), GF_LEVEL_EQUATIONS);
    ck_assert_uint_gt(view.arrow_count, 10);
    for (size_t k = 0; k < view.arrow_count; k++) {
        const gf_arrow *arrow = &view.arrows[k];
        gf_matrix wanted;
        pass_within(&view, arrow->to->node, arrow->from->node, &wanted);
        ck_assert(arrow->gradient.known && arrow->sum);
        assert_close(arrow->sum, &wanted, 1e-9);
        assert_near(arrow->gradient.l2, gf_matrix_norm(&wanted), 1e-12);
        assert_near(arrow->gradient.max, gf_matrix_max(&wanted), 1e-12);
        gf_matrix_free(&wanted);
    }
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

START_TEST(recorded_contributions_make_the_same_sums)
{
    gf_model *m = lit_model(models[_i], 0);
    gf_graph *g = gf_model_graph(m);
    gf_view again = view_at(g, GF_LEVEL_STEPS);
    gf_backward(gf_model_loss(m), GF_RECORD_CONTRIBUTIONS);
    gf_view view = view_at(g, GF_LEVEL_STEPS);
    ck_assert_uint_eq(view.arrow_count, again.arrow_count);
    for (size_t k = 0; k < view.arrow_count; k++)
        ck_assert(same_bits(view.arrows[k].sum, again.arrows[k].sum));
    gf_view_free(&again);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

START_TEST(what_a_step_sends_back_is_the_flow_by_step)
{
    gf_model *m = model_of(models[_i], 0);
    gf_graph *g = gf_model_graph(m);
    gf_backward_options options = {.size = sizeof options, .flags = GF_RECORD_EDGES, .group = gf_group_by_step};
    ck_assert_int_eq(gf_backward_with(gf_model_loss(m), &options), GF_OK);
    gf_view view = view_at(g, GF_LEVEL_STEPS);
    for (size_t k = 0; k < view.arrow_count; k++) {
        const gf_arrow *arrow = &view.arrows[k];
        const gf_node *from = gf_node_operand(arrow->uses->to, arrow->uses->slot);
        if (arrow->to->kind != GF_BOX_STEPS)
            continue;
        const gf_flow *flow = gf_flow_find(from, arrow->to->step);
        ck_assert(flow != NULL);
        assert_near(arrow->gradient.l2, flow->l2, 1e-13);
        assert_near(arrow->gradient.rms, flow->rms, 1e-13);
    }
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

START_TEST(the_cell_state_reaches_the_output_by_the_formula)
{
    gf_model *m = lit_model("lstm", 5);
    gf_view view = view_at(gf_model_graph(m), GF_LEVEL_EQUATIONS);
    const gf_matrix *dh = gf_gradient(gf_model_node(m, "h", 2)), *o = gf_value(gf_model_node(m, "o", 2)),
                    *c = gf_value(gf_model_node(m, "c", 2));
    double squares = 0;
    for (int j = 0; j < 4; j++) {
        double part = dh->data[j] * o->data[j] * (1 - pow(tanh(c->data[j]), 2));
        squares += part * part;
    }
    assert_near(arrow_of(&view, "c[2]", "c", "h[2]")->gradient.l2, sqrt(squares), 1e-14);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

/* The picture of the LSTM over five steps shows these. */
START_TEST(a_trunk_is_less_than_its_branches)
{
    static const char *const to[] = {"f[3]", "i[3]", "g[3]", "o[3]"};
    static const double wanted[] = {0.063, 0.047, 0.039, 0.050};
    gf_model *m = lit_model("lstm", 5);
    gf_view view = view_at(gf_model_graph(m), GF_LEVEL_EQUATIONS), steps = view_at(gf_model_graph(m), GF_LEVEL_STEPS);
    const gf_arrow *branches[4];
    for (int k = 0; k < 4; k++) {
        branches[k] = arrow_of(&view, "h[2]", "h", to[k]);
        ck_assert_double_eq_tol(branches[k]->gradient.l2, wanted[k], 5e-4);
        ck_assert_int_eq(branches[k]->source, branches[0]->source);
    }
    gf_measure trunk = together(branches, 4);
    ck_assert(trunk.known);
    ck_assert_double_eq_tol(trunk.l2, 0.095, 5e-4);
    const gf_measure *step = &arrow_of(&steps, "step 2", "h", "step 3")->gradient;
    assert_near(trunk.l2, step->l2, 1e-15);
    assert_near(trunk.rms, step->rms, 1e-15);
    assert_near(trunk.max, step->max, 1e-15);
    gf_view_free(&steps);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

START_TEST(branches_that_cancel_leave_nothing)
{
    gf_model *m = lit_model("scalar", 0);
    gf_view view = view_at(gf_model_graph(m), GF_LEVEL_EQUATIONS);
    const gf_arrow *branches[] = {arrow_of(&view, "a", "a", "c3"), arrow_of(&view, "a", "a", "d2"),
                                  arrow_of(&view, "a", "a", "d3")};
    ck_assert(branches[0]->gradient.l2 > 6 && branches[1]->look == GF_ARROW_NONE);
    gf_measure trunk = together(branches, 3);
    ck_assert(trunk.known && trunk.l2 == 0);
    assert_near(box_of(&view, "a")->gradient.slope, 138.8338192419825, 1e-9);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

/* Norms of the numbers that PyTorch 1.13 gives for this network (torch.nn.LSTM, double). */
START_TEST(folded_sizes_agree_with_pytorch)
{
    static const double dx[] = {0.02590918800165562, 0.061461009406125595, 0.0436271934858417,
                                0.02728071684664806, 0.042998244512330995, 0.025649832851041204};
    gf_model *m = lit_model("pytorch-lstm", 0);
    gf_view view = view_at(gf_model_graph(m), GF_LEVEL_EQUATIONS);
    for (int t = 1; t <= 6; t++) {
        char from[16], to[16];
        snprintf(from, sizeof from, "x[%d]", t);
        snprintf(to, sizeof to, "qo0[%d]", t);
        assert_near(arrow_of(&view, from, "x", to)->gradient.l2 / dx[t - 1], 1, 1e-9);
    }
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

/* --- cells ------------------------------------------------------------------------------------- */

static void add_cells(const gf_view *view, const gf_node *param, gf_matrix *total)
{
    gf_matrix one;
    gf_matrix_new(&one, total->rows, total->cols);
    for (size_t k = 0; k < view->cell_count; k++) {
        const gf_cell *cell = &view->cells[k];
        if (cell->param != param)
            continue;
        ck_assert(gf_cell_sum(one.data, cell));
        if (cell->look == GF_ARROW_PASSES)
            assert_near(cell->gradient.l2, gf_matrix_norm(&one), 1e-14);
        for (size_t i = 0; i < gf_matrix_size(&one); i++)
            total->data[i] += one.data[i];
    }
    gf_matrix_free(&one);
}

static void assert_cells_make_gradients(gf_graph *g, gf_draw_options options)
{
    gf_view view = view_with(g, options, true);
    for (size_t id = 0; id < gf_graph_size(g); id++) {
        gf_node *param = gf_graph_node(g, id);
        gf_matrix total;
        if (!gf_node_is_param(param))
            continue;
        gf_matrix_new(&total, gf_node_rows(param), gf_node_cols(param));
        add_cells(&view, param, &total);
        assert_close(&total, gf_gradient(param), 1e-9);
        gf_matrix_free(&total);
    }
    gf_view_free(&view);
}

START_TEST(cells_of_a_parameter_sum_to_its_gradient)
{
    gf_model *m = lit_model(models[_i], 0);
    for (gf_level level = GF_LEVEL_OPS; level <= GF_LEVEL_STEPS; level++) {
        assert_cells_make_gradients(gf_model_graph(m), (gf_draw_options){.level = level});
        if (level > GF_LEVEL_OPS)
            assert_cells_make_gradients(gf_model_graph(m),
                                        (gf_draw_options){.level = level, .first_step = 2, .last_step = 3});
    }
    gf_model_free(m);
}
END_TEST

/* The norms of PyTorch's gradients of the weights, from the cells of folded steps. */
START_TEST(folded_cells_agree_with_pytorch)
{
    static const struct {
        const char *name;
        double norm;
    } weights[] = {{"weight_ih_l0", 0.1916243944108373},
                   {"weight_hh_l0", 0.03664493574018765},
                   {"bias_ih_l0", 0.27490658851987015},
                   {"bias_hh_l0", 0.27490658851987015},
                   {"V", 0.4661299667681653},
                   {"d", 1.9966969278783837}};
    gf_model *m = lit_model("pytorch-lstm", 0);
    gf_view view =
        view_with(gf_model_graph(m), (gf_draw_options){.level = GF_LEVEL_STEPS, .first_step = 6, .last_step = 6}, true);
    for (int k = 0; k < 6; k++) {
        gf_node *param = gf_model_node(m, weights[k].name, 0);
        gf_matrix total;
        gf_matrix_new(&total, gf_node_rows(param), gf_node_cols(param));
        add_cells(&view, param, &total);
        assert_near(gf_matrix_norm(&total) / weights[k].norm, 1, 1e-9);
        gf_matrix_free(&total);
    }
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

START_TEST(a_parameter_in_two_equations_has_two_cells_a_step)
{
    gf_model *m = lit_model("deep-rnn", 2);
    gf_view view = view_at(gf_model_graph(m), GF_LEVEL_EQUATIONS);
    int count = 0;
    for (size_t k = 0; k < view.cell_count; k++) {
        static const char *const users[] = {"p[1]", "r[1]", "p[2]", "r[2]"};
        const gf_cell *cell = &view.cells[k];
        if (strcmp(cell->name, "U1") != 0)
            continue;
        ck_assert_str_eq(cell->box->name, users[count++]);
        ck_assert_int_eq(cell->pattern, cell->box->pattern);
        ck_assert_uint_eq(cell->use_count, 1);
    }
    ck_assert_int_eq(count, 4);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

START_TEST(parameters_that_are_shown_are_boxes)
{
    gf_model *m = lit_model("lstm", 2);
    gf_view view =
        view_with(gf_model_graph(m), (gf_draw_options){.level = GF_LEVEL_EQUATIONS, .params = GF_SHOWN}, true);
    const gf_arrow *arrow = arrow_of(&view, "Uf", "Uf", "f[2]");
    ck_assert(arrow->from->kind == GF_BOX_PARAM && arrow->gradient.known);
    for (size_t k = 0; k < view.cell_count; k++)
        if (view.cells[k].box == arrow->to && view.cells[k].param == arrow->from->node)
            assert_near(view.cells[k].gradient.l2, arrow->gradient.l2, 0);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

/* --- steps out of the range ---------------------------------------------------------------------- */

START_TEST(steps_out_of_the_range_fold_into_one_box_a_side)
{
    gf_model *m = lit_model("lstm", 8);
    gf_graph *g = gf_model_graph(m);
    gf_draw_options options = {.level = GF_LEVEL_STEPS, .first_step = 2, .last_step = 3};
    assert_names(g, options, "step 1 step 2 step 3 4..8, × 5 h[0] c[0] loss");
    options.level = GF_LEVEL_EQUATIONS;
    gf_view view = view_with(g, options, true), whole = view_at(g, GF_LEVEL_STEPS);
    const gf_box *rest = box_of(&view, "4..8, × 5");
    ck_assert_str_eq(rest->key, "steps4_8");
    ck_assert(rest->step == 4 && rest->last_step == 8 && !rest->node && rest->kind == GF_BOX_STEPS);
    ck_assert_str_eq(box_of(&view, "step 1")->key, "step1");
    /* States enter a side by its nearest step, with the true sum. */
    assert_near(arrow_of(&view, "h[3]", "h", "4..8, × 5")->gradient.l2,
                arrow_of(&whole, "step 3", "h", "step 4")->gradient.l2, 1e-15);
    assert_near(arrow_of(&view, "h[3]", "h", "z[3]")->gradient.l2, 0.6831, 1e-4);
    ck_assert(find_arrow(&view, "step 1", "h", "f[2]") && find_arrow(&view, "step 1", "c", "c[2]"));
    /* Five losses are five variables: gradients of 1 each, one below the other. */
    const gf_arrow *losses = arrow_of(&view, "4..8, × 5", "L", "loss");
    ck_assert_uint_eq(losses->use_count, 5);
    assert_matrix(losses->sum, 5, 1, 1, 1, 1, 1, 1);
    ck_assert(losses->gradient.rms == 1 && losses->gradient.max == 1);
    gf_view_free(&whole);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

/* h[t-3] of steps 2 and 3 goes to steps 5 and 6, h[t-1] of step 3 to step 4. */
START_TEST(a_skip_into_a_side_counts_all_its_uses)
{
    gf_model *m = lit_model("residual", 8);
    gf_graph *g = gf_model_graph(m);
    gf_view view = view_with(g, (gf_draw_options){.level = GF_LEVEL_EQUATIONS, .first_step = 2, .last_step = 3}, true);
    gf_view all = view_at(g, GF_LEVEL_EQUATIONS);
    const gf_arrow *parts[] = {arrow_of(&all, "h[3]", "h", "a[4]"), arrow_of(&all, "h[3]", "h", "h[6]")},
                   *whole = arrow_of(&view, "h[3]", "h", "4..8, × 5");
    gf_measure sum = together(parts, 2);
    assert_near(whole->gradient.l2, sum.l2, 1e-15);
    ck_assert_uint_eq(whole->use_count, 2);
    ck_assert(whole->gradient.l2 < parts[0]->gradient.l2 + parts[1]->gradient.l2);
    ck_assert(find_arrow(&view, "step 1", "h", "4..8, × 5") != NULL);
    gf_view_free(&all);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

START_TEST(a_side_has_a_cell_for_each_quantity_in_it)
{
    gf_model *m = lit_model("deep-rnn", 6);
    gf_view view = view_with(gf_model_graph(m),
                             (gf_draw_options){.level = GF_LEVEL_EQUATIONS, .first_step = 1, .last_step = 2}, true);
    const gf_box *rest = box_of(&view, "3..6, × 4");
    int count = 0;
    for (size_t k = 0; k < view.cell_count; k++) {
        const gf_cell *cell = &view.cells[k];
        if (cell->box != rest || strcmp(cell->name, "U1") != 0)
            continue;
        ck_assert_str_eq(view.patterns[cell->pattern].name, count++ ? "r" : "p");
        ck_assert_uint_eq(cell->use_count, 4);
    }
    ck_assert_int_eq(count, 2);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

START_TEST(programs_get_the_steps_of_the_range_and_what_touches_them)
{
    gf_model *m = lit_model("lstm", 5);
    gf_view view = view_with(gf_model_graph(m),
                             (gf_draw_options){.level = GF_LEVEL_EQUATIONS, .first_step = 3, .last_step = 3}, false);
    ck_assert(box_of(&view, "h[2]")->outside && !box_of(&view, "h[3]")->outside && !box_of(&view, "x[2]"));
    ck_assert(box_of(&view, "f[4]") && box_of(&view, "loss") && !box_of(&view, "f[5]"));
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

/* With all steps asked for, what is outside time stands there, too, whether it touches one or not. */
START_TEST(all_steps_are_the_whole_graph)
{
    gf_model *m;
    ck_assert(!gf_model_parse(&m,
                              "steps T = 5\nparam w : 1 x 1\ninput x[t] : 1 x 1\nh[t] = w * x[t]\n"
                              "s = sum(t, h[t])\nE = tanh(s)\nF = tanh(E)\nloss 2 * F",
                              "test.gf"));
    ck_assert(!gf_model_unroll(m) && !gf_backward(gf_model_loss(m), GF_RECORD_EDGES));
    gf_graph *g = gf_model_graph(m);
    for (int level = GF_LEVEL_OPS; level <= GF_LEVEL_EQUATIONS; level++) {
        gf_view all = view_with(g, (gf_draw_options){.level = level}, false),
                asked = view_with(g, (gf_draw_options){.level = level, .last_step = 5}, false);
        ck_assert_uint_eq(asked.box_count, all.box_count);
        ck_assert_uint_eq(asked.arrow_count, all.arrow_count);
        gf_view_free(&all), gf_view_free(&asked);
    }
    gf_model_free(m);
}
END_TEST

/* --- what lies between --------------------------------------------------------------------------- */

START_TEST(only_what_lies_between_two_quantities)
{
    gf_model *m = lit_model("lstm", 5);
    gf_draw_options options = {.level = GF_LEVEL_EQUATIONS, .from = gf_model_node(m, "h", 2)};
    options.to = gf_model_node(m, "c", 3);
    assert_names(gf_model_graph(m), options, "h[2] f[3] i[3] g[3] c[3]");
    options.from = NULL;
    options.to = gf_model_node(m, "f", 1);
    assert_names(gf_model_graph(m), options, "x[1] h[0] f[1]");
    options.from = gf_model_node(m, "L", 5);
    options.to = NULL;
    assert_names(gf_model_graph(m), options, "L[5] loss");
    options.level = GF_LEVEL_OPS;
    options.to = gf_model_loss(m);
    gf_view view = view_with(gf_model_graph(m), options, true);
    ck_assert_uint_eq(view.box_count, 2);
    ck_assert_uint_eq(view.arrow_count, 1);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

START_TEST(ends_of_another_graph_are_refused)
{
    gf_graph *g = gf_graph_new(), *other = gf_graph_new();
    gf_view view;
    gf_draw_options options = {.size = sizeof options, .to = gf_input(other, "x", 1, 1)};
    ck_assert_int_eq(gf_view_make(&view, g, &options), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "draw: to is of another graph");
    gf_view_free(&view);
    gf_graph_free(other);
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_box_is_a_named_quantity,
        the_same_quantity_is_one_pattern,
        unnamed_operations_of_a_quantity_are_patterns_too,
        a_name_with_and_without_time_is_two_patterns,
        the_cell_state_reaches_the_output_by_the_formula,
        a_trunk_is_less_than_its_branches,
        branches_that_cancel_leave_nothing,
        folded_sizes_agree_with_pytorch,
        folded_cells_agree_with_pytorch,
        a_parameter_in_two_equations_has_two_cells_a_step,
        parameters_that_are_shown_are_boxes,
        steps_out_of_the_range_fold_into_one_box_a_side,
        a_skip_into_a_side_counts_all_its_uses,
        a_side_has_a_cell_for_each_quantity_in_it,
        programs_get_the_steps_of_the_range_and_what_touches_them,
        all_steps_are_the_whole_graph,
        only_what_lies_between_two_quantities,
        ends_of_another_graph_are_refused,
    };
    const TTest *of_models[] = {
        an_arrow_is_what_passes_while_all_other_quantities_are_held,
        recorded_contributions_make_the_same_sums,
        what_a_step_sends_back_is_the_flow_by_step,
        cells_of_a_parameter_sum_to_its_gradient,
    };
    Suite *suite = tests_of("fold", tests, sizeof tests / sizeof *tests);
    add_seeded_tests(suite, of_models, sizeof of_models / sizeof *of_models, MODELS);
    return run_suite(suite);
}
