/* Pictures: targets, and what else is given, stand aside: grey, without a number, off the scale. */
#include "pictures.h"

#include "view/drawing/look.h"
#include "view/view.h"

/* a = w * x of 1 x 2, and a loss of it and a target whose gradient is a hundred times that of a. */
typedef struct fitting {
    gf_graph *g;
    gf_node *w, *x, *a, *y, *loss;
} fitting;

static void far_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)call;
    for (int j = 0; j < out->cols; j++)
        gf_put(&out->data[j], beta, (slot == 0 ? 1 : 100) * G->data[0]);
}

static void far_forward(gf_matrix *y, const gf_call *call)
{
    y->data[0] = call->in[0]->data[0] + call->in[0]->data[1] + 100 * (call->in[1]->data[0] + call->in[1]->data[1]);
}

static bool far_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    (void)call, (void)why;
    *rows = *cols = 1;
    return true;
}

/* A loss of the program's own; `far_from` says which operand is wanted, `far_sum` does not. */
static const gf_operation far_from = {.size = sizeof(gf_operation),
                                      .name = "far_from",
                                      .arity = 2,
                                      .shape = far_shape,
                                      .forward = far_forward,
                                      .vjp = {far_vjp, far_vjp},
                                      .target = {[1] = true}};
static const gf_operation far_sum = {.size = sizeof(gf_operation),
                                     .name = "far_sum",
                                     .arity = 2,
                                     .shape = far_shape,
                                     .forward = far_forward,
                                     .vjp = {far_vjp, far_vjp}};

static fitting fit(const gf_operation *op, gf_node *make(gf_graph *g, const char *name, int rows, int cols))
{
    fitting f = {.g = gf_graph_new()};
    f.w = gf_param(f.g, "w", 1, 1);
    f.x = gf_input(f.g, "x", 1, 2);
    f.y = make(f.g, "y", 1, 2);
    gf_set_scalar(f.w, 1);
    gf_set_scalar(f.x, 1);
    f.a = gf_named(gf_mul(f.w, f.x), "a");
    f.loss = gf_named(gf_apply(op, (gf_node *[]){f.a, f.y}, 2, NULL), "loss");
    return f;
}

static void assert_stands_aside(Agraph_t *graph, const gf_node *to, int slot, bool aside)
{
    Agedge_t *arrow = find_edge(graph, to, slot);
    Agnode_t *box = find_node(graph, gf_node_operand(to, slot));
    ck_assert(arrow && box);
    assert_attribute(arrow, "class", aside ? "aside" : "passes");
    assert_attribute(arrow, "style", "solid");
    ck_assert_int_eq(!strcmp(get(arrow, "color"), gf_theme_find("light")->aside), aside);
    if (aside)
        assert_attribute(arrow, "penwidth", "1.05");
    ck_assert_int_eq(!strcmp(get(arrow, "label"), ""), aside);
    ck_assert_int_eq(!strcmp(get(box, "color"), gf_theme_find("light")->aside), aside);
    ck_assert(!aside || !strstr(get(box, "label"), "◂")); /* no gradient beside the value */
}

/* Its box and its arrow have no gradient, and the scale ends at that of w, which is 2. */
START_TEST(what_is_given_has_no_number_and_is_off_the_scale)
{
    fitting f = fit(&far_sum, gf_given);
    gf_backward(f.loss, GF_RECORD_EDGES);
    Agraph_t *graph = reread(f.g, NULL);
    assert_stands_aside(graph, f.loss, 1, true);
    assert_stands_aside(graph, f.loss, 0, false);
    assert_attribute(find_node(graph, f.y), "class", "given");
    assert_no_measure(find_node(graph, f.y));
    assert_no_measure(find_edge(graph, f.loss, 1));
    assert_attribute(find_edge(graph, f.a, 0), "penwidth", "4.8"); /* w's is the largest */
    assert_has(get(graph, "label"), "≥ 1<");
    assert_has(get(graph, "label"), "target, given");
    assert_has_not(get(graph, "label"), "exactly 0");
    agclose(graph);
    char *text = drawn(f.g, "txt", NULL);
    assert_has(text, "n2 y = given, 1 x 2, value l2 0, no gradient\n");
    assert_has(text, "slot 1 <- n2 y: aside\n");
    free(text);
    gf_graph_free(f.g);
}
END_TEST

/* An input that is a target looks the same; its numbers are those of backward. */
START_TEST(a_target_stands_aside_and_keeps_its_numbers)
{
    fitting f = fit(&far_from, gf_input);
    gf_backward(f.loss, GF_RECORD_EDGES);
    Agraph_t *graph = reread(f.g, NULL);
    assert_stands_aside(graph, f.loss, 1, true);
    assert_stands_aside(graph, f.loss, 0, false);
    assert_attribute(find_node(graph, f.y), "class", "input");
    assert_measure(find_node(graph, f.y), gf_gradient(f.y));
    assert_number(find_edge(graph, f.loss, 1), "grad_l2", sqrt(20000));
    assert_attribute(find_edge(graph, f.a, 0), "penwidth", "4.8");
    assert_has(get(graph, "label"), "≥ 1<");
    assert_has(get(graph, "label"), "target, given");
    agclose(graph);
    gf_graph_free(f.g);
}
END_TEST

/* Where the row says nothing of targets, or the input is read elsewhere too, or is the other operand, or trained. */
START_TEST(what_else_is_read_is_drawn_as_ever)
{
    fitting f = fit(&far_sum, gf_input), two = fit(&far_from, gf_input), param = fit(&far_from, gf_param);
    gf_node *both = gf_add(two.loss, gf_sum(two.y)), *swapped = gf_mse(f.y, f.x);
    gf_backward(gf_add(f.loss, swapped), GF_RECORD_EDGES);
    gf_backward(both, GF_RECORD_EDGES);
    gf_backward(param.loss, GF_RECORD_EDGES);
    Agraph_t *of_sum = reread(f.g, NULL), *of_two = reread(two.g, NULL), *of_param = reread(param.g, NULL);
    assert_stands_aside(of_sum, f.loss, 1, false);
    assert_stands_aside(of_sum, swapped, 0, false);
    assert_stands_aside(of_sum, swapped, 1, false); /* x is what a is made of */
    assert_stands_aside(of_two, two.loss, 1, false);
    assert_stands_aside(of_param, param.loss, 1, false);
    assert_attribute(find_edge(of_two, two.loss, 1), "penwidth", "4.8"); /* 141, the only one above 1 */
    assert_has_not(get(of_two, "label"), "target");
    agclose(of_sum), agclose(of_two), agclose(of_param);
    gf_graph_free(f.g), gf_graph_free(two.g), gf_graph_free(param.g);
}
END_TEST

/* (1 - y) * a: a gradient of 1 - y is not exactly 0, but not wanted; out of stop(a) it is 0. */
START_TEST(what_is_made_of_what_is_given_stands_aside)
{
    fitting f = fit(&far_sum, gf_given);
    gf_node *one = gf_constant(f.g, NULL, &(gf_matrix){(double[]){1}, 1, 1, 1});
    gf_node *rest = gf_sub(one, f.y), *kept = gf_mul(rest, f.a), *cut = gf_mul(gf_stop(f.a), f.a);
    gf_backward(gf_sum(gf_add(kept, cut)), GF_RECORD_EDGES);
    Agraph_t *graph = reread(f.g, NULL);
    assert_attribute(find_edge(graph, rest, 0), "class", "aside");
    assert_attribute(find_edge(graph, rest, 1), "class", "aside");
    assert_attribute(find_edge(graph, kept, 0), "class", "aside");
    assert_attribute(find_edge(graph, kept, 1), "class", "passes");
    assert_attribute(find_edge(graph, cut, 0), "class", "none");
    agclose(graph);
    gf_graph_free(f.g);
}
END_TEST

/* The second operand of the built-in losses, of one example as a column too. */
START_TEST(the_losses_have_targets)
{
    for (int k = 0; k < gf_operation_count(); k++) {
        const gf_operation *op = gf_operation_at(k);
        bool loss = !strcmp(op->name, "mse") || !strncmp(op->name, "cross_entropy", 13);
        ck_assert_msg(op->target[1] == loss && !op->target[0], "%s", op->name);
    }
    for (int cols = 1; cols <= 2; cols++) {
        gf_graph *g = gf_graph_new();
        gf_node *z = gf_param(g, "z", 2, cols), *y = gf_input(g, "y", 2, cols), *loss = gf_cross_entropy(z, y);
        gf_set_entry(y, 0, 0, 1);
        gf_backward(loss, GF_RECORD_EDGES);
        Agraph_t *graph = reread(g, NULL);
        assert_stands_aside(graph, loss, 1, true);
        assert_stands_aside(graph, loss, 0, false);
        agclose(graph);
        gf_graph_free(g);
    }
}
END_TEST

/* The steps that are drawn do not change what an input is. */
START_TEST(a_target_of_a_step_that_is_not_drawn)
{
    fitting f = fit(&far_from, gf_input);
    gf_graph_step(f.g, 1);
    gf_node *inside = gf_mse(f.a, f.y);
    gf_graph_step(f.g, 2);
    gf_node *outside = gf_neg(f.y);
    gf_backward(gf_add(inside, gf_sum(outside)), GF_RECORD_EDGES);
    Agraph_t *graph = reread(f.g, &(gf_draw_options){.size = sizeof(gf_draw_options), .first_step = 1, .last_step = 1});
    assert_stands_aside(graph, inside, 1, false);
    agclose(graph);
    gf_graph_free(f.g);
}
END_TEST

/* What went wrong is seen all the same, and what was not recorded is not known. */
START_TEST(a_target_whose_gradient_is_not_finite)
{
    fitting f = fit(&far_from, gf_input);
    Agraph_t *before = reread(f.g, NULL);
    assert_attribute(find_edge(before, f.loss, 1), "class", "unknown");
    agclose(before);
    gf_node *loss = gf_scale(f.loss, INFINITY);
    gf_backward(loss, GF_RECORD_EDGES);
    Agraph_t *graph = reread(f.g, NULL);
    assert_attribute(find_edge(graph, f.loss, 1), "class", "nonfinite");
    assert_attribute(find_edge(graph, f.loss, 1), "color", "#d7191c");
    agclose(graph);
    gf_graph_free(f.g);
}
END_TEST

/* Is there a box of that name in a picture of two steps of h = tanh(x @ B + h'), where B is given, or an input? */
static bool has_box(const char *name, bool given, gf_show params)
{
    gf_graph *g = gf_graph_new();
    gf_node *B = given ? gf_given(g, "B", 2, 2) : gf_input(g, "B", 2, 2), *h = gf_zeros(g, "h[0]", 1, 2);
    for (int t = 1; t <= 2; t++) {
        gf_graph_step(g, t);
        h = gf_named(gf_tanh(gf_add(gf_matmul(gf_input(g, "x", 1, 2), B), h)), "h");
    }
    gf_graph_step(g, 0);
    gf_backward(gf_sum(h), GF_RECORD_EDGES);
    gf_draw_options options = {.size = sizeof options, .level = GF_LEVEL_EQUATIONS, .params = params};
    gf_view view;
    bool found = false;
    ck_assert_int_eq(gf_view_make_folded(&view, g, &options, 0, 0), GF_OK);
    for (size_t k = 0; k < view.box_count; k++)
        found |= !strcmp(view.boxes[k].name, name);
    gf_view_free(&view);
    gf_graph_free(g);
    return found;
}

/* What is given and a factor at every step, as the reservoir of an echo state network, is a weight to a picture. */
START_TEST(given_weights_are_no_boxes)
{
    ck_assert(!has_box("B", true, GF_SHOW_STRIP));
    ck_assert(has_box("B", true, GF_SHOWN));
    ck_assert(has_box("B", false, GF_SHOW_STRIP));
    ck_assert(has_box("h[2]", true, GF_SHOW_STRIP));
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        given_weights_are_no_boxes,
        what_is_given_has_no_number_and_is_off_the_scale,
        a_target_stands_aside_and_keeps_its_numbers,
        what_else_is_read_is_drawn_as_ever,
        what_is_made_of_what_is_given_stands_aside,
        the_losses_have_targets,
        a_target_of_a_step_that_is_not_drawn,
        a_target_whose_gradient_is_not_finite,
    };
    return RUN_TESTS("view_targets", tests);
}
