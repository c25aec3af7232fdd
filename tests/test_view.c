/* Pictures: that they say what the engine says, and how they look. (Places: test_layout.c. Files: test_draw.c.) */
#include "pictures.h"

#include "view/page/legend.h"

/* --- what a picture says ------------------------------------------------------------------ */

START_TEST(a_view_as_text)
{
    gf_graph *g = gf_graph_new();
    gf_backward(scalar_rnn(g, 2), GF_RECORD_EDGES);
    char *text = drawn(g, "txt", &(gf_draw_options){.size = sizeof(gf_draw_options), .title = "Two steps"}),
         *wanted = golden("view.txt");
    ck_assert_str_eq(text, wanted);
    free(text);
    free(wanted);
    gf_graph_free(g);
}
END_TEST

/* What a DOT text is made of, without looks and places. */
static char *structure(Agraph_t *graph)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    Agraph_t *frame;
    for (int t = 1; (frame = find_frame(graph, t)) != NULL; t++) {
        fprintf(out, "%s \"%s\":", agnameof(frame), get(frame, "label"));
        for (Agnode_t *node = agfstnode(frame); node; node = agnxtnode(frame, node))
            fprintf(out, " %s", agnameof(node));
        fprintf(out, "\n");
    }
    for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node)) {
        fprintf(out, "%s %s %s %s %sx%s t=%s %s\n", agnameof(node), get(node, "class"), get(node, "op"),
                get(node, "variable"), get(node, "rows"), get(node, "cols"), get(node, "step"), get(node, "label"));
        for (Agedge_t *edge = agfstout(graph, node); edge; edge = agnxtout(graph, edge))
            fprintf(out, "    %s -> %s %s %s %s\n", get(edge, "slot"), agnameof(edge->node), get(edge, "variable"),
                    get(edge, "class"), get(edge, "label"));
    }
    fclose(out);
    return text;
}

START_TEST(the_structure_of_the_dot_text)
{
    gf_graph *g = gf_graph_new();
    gf_backward(scalar_rnn(g, 2), GF_RECORD_EDGES);
    Agraph_t *graph = reread(g, NULL);
    char *text = structure(graph), *wanted = golden("view.dot.txt");
    ck_assert_str_eq(text, wanted);
    free(text);
    free(wanted);
    agclose(graph);
    gf_graph_free(g);
}
END_TEST

/* Scope and name, without the index of a start. */
static void assert_variable(void *object, const gf_node *node)
{
    char wanted[100];
    const char *scope = gf_node_scope(node), *name = gf_node_name(node);
    snprintf(wanted, sizeof wanted, "%s%s%.*s", *name ? scope : "", *name && *scope ? "." : "", (int)strcspn(name, "["),
             name);
    assert_attribute(object, "variable", wanted);
}

static void assert_node_says_what_the_engine_says(Agraph_t *graph, gf_node *node)
{
    Agnode_t *box = find_node(graph, node);
    ck_assert(box != NULL);
    assert_attribute(box, "op", gf_node_operation(node)->name);
    assert_variable(box, node);
    assert_integer(box, "rows", gf_node_rows(node));
    assert_integer(box, "cols", gf_node_cols(node));
    if (gf_node_step(node))
        assert_integer(box, "step", gf_node_step(node));
    else
        assert_attribute(box, "step", strstr(gf_node_name(node), "[0]") ? "0" : "");
    assert_number(box, "value_l2", gf_matrix_norm(gf_value(node)));
    if (gf_node_differentiable(node))
        assert_measure(box, gf_gradient(node));
    else
        assert_no_measure(box);
}

static void assert_edge_says_what_the_engine_says(Agraph_t *graph, const gf_node *to, int slot)
{
    Agedge_t *arrow = find_edge(graph, to, slot);
    const gf_edge *edge;
    ck_assert(arrow != NULL && (edge = gf_edge_find(to, slot)));
    assert_variable(arrow, edge->from);
    if (!edge->passed) {
        assert_no_measure(arrow);
        assert_attribute(arrow, "style", gf_node_differentiable(edge->from) ? "dashed" : "solid"); /* given, constant */
        return;
    }
    assert_number(arrow, "grad_l2", edge->l2);
    assert_number(arrow, "grad_rms", edge->rms);
    assert_number(arrow, "grad_max", edge->max);
    assert_attribute(arrow, "style", edge->l2 > 0 ? "solid" : "dashed");
}

START_TEST(the_dot_text_says_what_the_engine_says)
{
    gf_graph *g = gf_graph_new();
    gf_backward(lstm(g, 3), GF_RECORD_EDGES);
    Agraph_t *graph = reread(g, NULL);
    ck_assert_int_eq(agnnodes(graph), (int)gf_graph_size(g));
    ck_assert_int_eq(agnedges(graph), (int)gf_edge_count(g));
    for (size_t id = 0; id < gf_graph_size(g); id++) {
        gf_node *node = gf_graph_node(g, id);
        assert_node_says_what_the_engine_says(graph, node);
        for (int slot = 0; slot < gf_node_arity(node); slot++)
            assert_edge_says_what_the_engine_says(graph, node, slot);
    }
    assert_fine(g);
    agclose(graph);
    gf_graph_free(g);
}
END_TEST

START_TEST(each_step_has_a_frame)
{
    gf_graph *g = gf_graph_new();
    scalar_rnn(g, 3);
    Agraph_t *graph = reread(g, NULL);
    ck_assert(!find_frame(graph, 0) && !find_frame(graph, 4));
    for (int t = 1; t <= 3; t++) {
        char label[32];
        Agraph_t *frame = find_frame(graph, t);
        ck_assert(frame != NULL);
        snprintf(label, sizeof label, "t = %d", t);
        assert_attribute(frame, "label", label);
        ck_assert_int_eq(agnnodes(frame), 6);
        for (Agnode_t *node = agfstnode(frame); node; node = agnxtnode(frame, node))
            assert_integer(node, "step", t);
    }
    agclose(graph);
    gf_graph_free(g);
}
END_TEST

START_TEST(frames_stand_in_the_order_of_time)
{
    gf_graph *g = gf_graph_new();
    scalar_rnn(g, 20);
    char *dot = drawn(g, "dot", NULL), *in_dot = dot;
    for (int t = 1; t <= 20; t++) {
        char frame[48];
        snprintf(frame, sizeof frame, "subgraph cluster_%d {", t);
        in_dot = strstr(in_dot, frame);
        ck_assert_msg(in_dot, "step %d stands before step %d", t, t - 1);
    }
    free(dot);
    gf_graph_free(g);
}
END_TEST

START_TEST(before_backward_there_is_no_gradient)
{
    gf_graph *g = gf_graph_new();
    gf_node *loss = scalar_rnn(g, 1);
    Agraph_t *graph = reread(g, NULL);
    for (Agnode_t *node = agfstnode(graph); node; node = agnxtnode(graph, node)) {
        assert_no_measure(node);
        ck_assert_str_ne(get(node, "value_l2"), "");
        for (Agedge_t *edge = agfstout(graph, node); edge; edge = agnxtout(graph, edge)) {
            assert_no_measure(edge);
            assert_attribute(edge, "color", gf_theme_find("light")->zero);
            assert_attribute(edge, "style", "solid");
        }
    }
    assert_has(get(graph, "label"), "gradient not recorded");
    assert_fine(g);
    agclose(graph);

    /* Backward that does not record gives nodes a gradient, and edges none. */
    gf_backward(loss, 0);
    graph = reread(g, NULL);
    assert_measure(find_node(graph, loss), gf_gradient(loss));
    assert_no_measure(find_edge(graph, loss, 0));
    agclose(graph);

    /* Nor has what is built after backward one. */
    gf_backward(loss, GF_RECORD_EDGES);
    gf_node *later = gf_tanh(loss);
    graph = reread(g, NULL);
    assert_no_measure(find_node(graph, later));
    assert_no_measure(find_edge(graph, later, 0));
    assert_measure(find_node(graph, loss), gf_gradient(loss));
    assert_fine(g);
    agclose(graph);
    gf_graph_free(g);
}
END_TEST

START_TEST(the_same_operand_twice_has_two_arrows)
{
    gf_graph *g = gf_graph_new();
    gf_node *h = gf_param(g, "h", 1, 1), *y = gf_mul(h, h), *z = gf_sub(y, y);
    gf_set_scalar(h, 3);
    gf_backward(z, GF_RECORD_EDGES);
    Agraph_t *graph = reread(g, NULL);
    ck_assert_int_eq(agnedges(graph), 4);
    ck_assert(find_edge(graph, y, 0) != NULL && find_edge(graph, y, 0) != find_edge(graph, y, 1));
    double x[2], y_of[2];
    for (int slot = 0; slot < 2; slot++)
        ck_assert_int_eq(sscanf(get(find_edge(graph, y, slot), "pos"), "e,%*f,%*f %lf,%lf", &x[slot], &y_of[slot]), 2);
    ck_assert_msg(fabs(x[0] - x[1]) + fabs(y_of[0] - y_of[1]) > 2, "one line");
    ck_assert_str_ne(get(find_edge(graph, y, 0), "id"), get(find_edge(graph, y, 1), "id"));
    assert_number(find_edge(graph, z, 0), "grad_l2", 1);
    agclose(graph);
    gf_graph_free(g);
}
END_TEST

START_TEST(what_passes_no_gradient_is_dashed)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1), *stopped = gf_stop(x), *one = gf_ones(g, "one", 1, 1);
    gf_set_scalar(x, 2);
    gf_node *sum = gf_add(stopped, one), *dead = gf_relu(gf_neg(x)), *loss = gf_add(gf_mul(x, sum), dead);
    gf_backward(loss, GF_RECORD_EDGES);
    Agraph_t *graph = reread(g, NULL);
    assert_attribute(find_edge(graph, stopped, 0), "style", "dashed");
    assert_attribute(find_edge(graph, sum, 0), "style", "dashed");
    assert_attribute(find_edge(graph, sum, 1), "class", "aside"); /* nobody wants one of a constant */
    assert_no_measure(find_edge(graph, sum, 1));
    assert_attribute(find_edge(graph, dead, 0), "style", "dashed"); /* a zero */
    assert_number(find_edge(graph, dead, 0), "grad_l2", 0);
    assert_attribute(find_edge(graph, gf_node_operand(loss, 0), 0), "style", "solid");
    assert_has(get(graph, "label"), "exactly 0");
    agclose(graph);
    gf_graph_free(g);
}
END_TEST

START_TEST(what_is_not_finite_stands_out)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1);
    gf_node *root = gf_sqrt(x), *y = gf_scale(root, NAN), *loss = gf_add(gf_log(x), y);
    gf_backward(loss, GF_RECORD_EDGES);
    Agraph_t *graph = reread(g, &(gf_draw_options){.size = sizeof(gf_draw_options), .numbers = GF_HIDDEN});
    Agedge_t *infinite = find_edge(graph, gf_node_operand(loss, 0), 0);
    assert_attribute(infinite, "style", "dotted");
    assert_attribute(infinite, "color", "#d7191c");
    assert_attribute(infinite, "label", "inf");
    assert_number(infinite, "grad_l2", INFINITY);
    const gf_edge *edge;
    ck_assert((edge = gf_edge_find(root, 0)));
    assert_number(find_edge(graph, root, 0), "grad_l2", edge->l2);
    assert_attribute(find_edge(graph, root, 0), "label", "nan");
    assert_attribute(find_node(graph, gf_node_operand(loss, 0)), "value_l2", "inf");
    assert_has(get(graph, "label"), "not finite");
    agclose(graph);
    char *svg = drawn(g, "svg", NULL), *text = drawn(g, "txt", NULL);
    assert_has(svg, "not finite");
    assert_has(text, "not finite");
    free(svg);
    free(text);
    gf_graph_free(g);
}
END_TEST

/* --- looks --------------------------------------------------------------------------------------- */

/* Gradients of 2, 0.1 and 1e-4 on three arrows. */
static gf_graph *three_sizes(gf_node *nodes[3])
{
    static const double factors[] = {1, 0.05, 5e-5};
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 2, 2), *loss = NULL;
    for (int k = 0; k < 3; k++) {
        nodes[k] = gf_scale(x, factors[k]);
        gf_node *sum = gf_sum(nodes[k]);
        loss = loss ? gf_add(loss, sum) : sum;
    }
    gf_backward(loss, GF_RECORD_EDGES);
    return g;
}

/* From 0.01 to 1, whatever there is; what lies beyond looks as its end does. */
START_TEST(colour_and_width_follow_the_logarithm)
{
    static const char *const widths[] = {"4.8", "2.92", "1.05"};
    static const double places[] = {1, 0.1, 0.01};
    const gf_size_scale scale = {.low = -2, .high = 0};
    gf_node *nodes[3];
    gf_graph *g = three_sizes(nodes);
    Agraph_t *graph = reread(g, NULL);
    for (int k = 0; k < 3; k++) {
        char colour[8];
        gf_scale_colour(colour, gf_theme_find("light"), &scale, places[k]);
        assert_attribute(find_edge(graph, nodes[k], 0), "color", colour);
        assert_attribute(find_edge(graph, nodes[k], 0), "penwidth", widths[k]);
    }
    assert_has(get(graph, "label"), "size of the gradient (l2), log scale");
    assert_has(get(graph, "label"), "≤ 0.01");
    assert_has(get(graph, "label"), "≥ 1");
    assert_has(get(graph, "label"),
               "arrows point the way of the values, colour and width are the gradient coming back");
    assert_has(get(graph, "label"), " · box: size of its gradient · 1 × 1: value ◂ gradient<");
    agclose(graph);
    gf_graph_free(g);
}
END_TEST

START_TEST(the_scale_can_be_chosen)
{
    gf_node *nodes[3];
    gf_graph *g = three_sizes(nodes);
    Agraph_t *graph = reread(g, &(gf_draw_options){.size = sizeof(gf_draw_options), .least = 1e-6, .most = 1e-2});
    assert_has(get(graph, "label"), "≤ 1e−6");
    assert_attribute(find_edge(graph, nodes[1], 0), "penwidth", "4.8");
    assert_attribute(find_edge(graph, nodes[2], 0), "penwidth", "2.92");
    agclose(graph);
    gf_graph_free(g);
}
END_TEST

START_TEST(magnitudes_differ)
{
    gf_node *nodes[3];
    gf_graph *g = three_sizes(nodes);
    static const struct {
        gf_magnitude magnitude;
        const char *name, *label;
    } cases[] = {{GF_MAGNITUDE_L2, "gradient (l2)", "2"},
                 {GF_MAGNITUDE_RMS, "gradient (rms)", "1"},
                 {GF_MAGNITUDE_MAX, "gradient (max)", "1"}};
    for (int k = 0; k < 3; k++) {
        gf_draw_options options = {.size = sizeof options, .magnitude = cases[k].magnitude};
        Agraph_t *graph = reread(g, &options);
        assert_has(get(graph, "label"), cases[k].name);
        assert_attribute(find_edge(graph, nodes[0], 0), "label", cases[k].label);
        agclose(graph);
    }
    gf_graph_free(g);
}
END_TEST

START_TEST(numbers_stand_on_the_arrows_of_small_graphs)
{
    static const struct {
        gf_show wish;
        int steps;
        bool shown;
    } cases[] = {{GF_SHOW_AUTO, 2, true}, {GF_SHOW_AUTO, 9, false}, {GF_SHOWN, 9, true}, {GF_HIDDEN, 2, false}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        gf_graph *g = gf_graph_new();
        gf_node *loss = scalar_rnn(g, cases[k].steps);
        gf_backward(loss, GF_RECORD_EDGES);
        Agraph_t *graph = reread(g, &(gf_draw_options){.size = sizeof(gf_draw_options), .numbers = cases[k].wish});
        const char *label = agget(find_edge(graph, loss, 0), mutable("label"));
        ck_assert_str_eq(label ? label : "", cases[k].shown ? "1" : "");
        agclose(graph);
        gf_graph_free(g);
    }
}
END_TEST

START_TEST(parameters_can_be_hidden)
{
    gf_graph *g = gf_graph_new();
    gf_backward(lstm(g, 2), GF_RECORD_EDGES);
    gf_view all = {0}, without = {0};
    ck_assert_int_eq(gf_view_make(&all, g, NULL), GF_OK);
    ck_assert_int_eq(gf_view_make(&without, g, &(gf_draw_options){.params = GF_HIDDEN}), GF_OK);
    ck_assert_int_eq(all.box_count - without.box_count, 12);
    ck_assert_int_eq(all.arrow_count - without.arrow_count, 24);
    char *text = drawn(g, "txt", &(gf_draw_options){.size = sizeof(gf_draw_options), .params = GF_HIDDEN});
    assert_has(text, "12 parameters not shown");
    free(text);
    gf_view_free(&all);
    gf_view_free(&without);
    gf_graph_free(g);
}
END_TEST

START_TEST(many_parameter_arrows_hide_by_themselves)
{
    for (int steps = 100; steps <= 101; steps++) {
        gf_graph *g = gf_graph_new();
        scalar_rnn(g, steps);
        char *automatic = drawn(g, "txt", NULL),
             *shown = drawn(g, "txt", &(gf_draw_options){.size = sizeof(gf_draw_options), .params = GF_SHOWN});
        ck_assert_int_eq(strstr(automatic, "1 parameters not shown") != NULL, steps == 101);
        ck_assert(strstr(shown, "not shown") == NULL);
        free(automatic);
        free(shown);
        gf_graph_free(g);
    }
}
END_TEST

START_TEST(a_range_of_steps_and_what_touches_it)
{
    gf_graph *g = gf_graph_new();
    scalar_rnn(g, 6);
    Agraph_t *graph = reread(g, &(gf_draw_options){.size = sizeof(gf_draw_options), .first_step = 3, .last_step = 4});
    gf_node *h2 = gf_graph_find(g, "h", 2), *h4 = gf_graph_find(g, "h", 4), *w = gf_graph_find(g, "w", 0);
    ck_assert(find_node(graph, h2) && find_node(graph, h4) && find_node(graph, w));
    assert_has(get(find_node(graph, h2), "style"), "dotted");
    assert_has_not(get(find_node(graph, h4), "style"), "dotted");
    ck_assert(!find_node(graph, gf_graph_find(g, "h", 1)) && !find_node(graph, gf_graph_find(g, "h", 5)));
    ck_assert(!find_node(graph, gf_graph_find(g, "x", 2)) && !find_node(graph, gf_graph_find(g, "h[0]", 0)));
    /* 2 x 6 of the steps; w, h[2], its use in step 5, two sums after time. */
    ck_assert_int_eq(agnnodes(graph), 17);
    /* 2 x 9 of the steps; from h[4] to step 5, from L[3] and L[4] to sums. Not from w to step 5. */
    ck_assert_int_eq(agnedges(graph), 21);
    ck_assert(find_frame(graph, 3) && find_frame(graph, 4) && !find_frame(graph, 2) && !find_frame(graph, 5));
    agclose(graph);

    graph = reread(g, &(gf_draw_options){.size = sizeof(gf_draw_options), .first_step = 6});
    ck_assert(find_node(graph, gf_graph_find(g, "x", 6)) && !find_node(graph, gf_graph_find(g, "x", 5)));
    agclose(graph);
    graph = reread(g, &(gf_draw_options){.size = sizeof(gf_draw_options), .last_step = 1});
    ck_assert(find_node(graph, gf_graph_find(g, "x", 1)) && !find_node(graph, gf_graph_find(g, "x", 2)));
    agclose(graph);
    graph = reread(g, &(gf_draw_options){.size = sizeof(gf_draw_options), .first_step = 9});
    ck_assert_int_eq(agnnodes(graph), 0);
    agclose(graph);
    gf_graph_free(g);
}
END_TEST

/* --- names ---------------------------------------------------------------------------------------------- */

static void softplus_forward(gf_matrix *y, const gf_call *call)
{
    y->data[0] = log1p(exp(call->in[0]->data[0]));
}

START_TEST(an_operation_of_the_programs_own)
{
    static const gf_operation
        softplus = {.size = sizeof(gf_operation), .name = "soft<plus>", .arity = 1, .forward = softplus_forward},
        nameless = {.size = sizeof(gf_operation), .name = "", .arity = 1, .forward = softplus_forward},
        symbolic = {.size = sizeof(gf_operation), .name = "s", .symbol = "ς", .arity = 1, .forward = softplus_forward};
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 1, 1), *y = gf_apply(&softplus, &x, 1, NULL), *z = gf_apply(&symbolic, &y, 1, NULL);
    gf_node *last = gf_apply(&nameless, &z, 1, NULL);
    assert_fine(g);
    Agraph_t *graph = reread(g, NULL);
    assert_attribute(find_node(graph, y), "op", "soft<plus>");
    assert_has(get(find_node(graph, y), "label"), "<b>soft&lt;plus&gt;</b>");
    assert_attribute(find_node(graph, z), "op", "s");
    assert_has(get(find_node(graph, z), "label"), "<b>ς</b>");
    assert_attribute(find_node(graph, z), "shape", "ellipse");
    assert_has(get(find_node(graph, last), "label"), "<b>?</b>");
    agclose(graph);
    free(drawn(g, "svg", NULL));
    gf_graph_free(g);
}
END_TEST

/* Whatever a name is: DOT can be read again, and what it says is the name; SVG is drawn. */
static void draw_name(const char *name, const char *variable, const char *in_svg)
{
    gf_graph *g = gf_graph_new();
    gf_graph_scope(g, name);
    gf_node *x = gf_param(g, name, 1, 1), *y = gf_named(gf_tanh(x), name);
    gf_backward(y, GF_RECORD_EDGES);
    const gf_draw_options options = {.size = sizeof options, .title = name};
    Agraph_t *graph = reread(g, &options);
    char scoped[256];
    snprintf(scoped, sizeof scoped, "%s%s%s", variable, *variable ? "." : "", variable);
    assert_attribute(find_node(graph, x), "variable", scoped);
    assert_attribute(find_edge(graph, y, 0), "variable", scoped);
    ck_assert_int_eq(agnnodes(graph), 2);
    agclose(graph);
    char *svg = drawn(g, "svg", &options);
    assert_has(svg, in_svg);
    assert_fine(g);
    free(svg);
    gf_graph_free(g);
}

START_TEST(names_may_be_anything)
{
    draw_name("a \"b\" c", "a \"b\" c", "&quot;b&quot;");
    draw_name("back\\slash\\", "back\\\\slash\\\\", ">back\\slash\\<");
    draw_name("\\N\\l", "\\\\N\\\\l", ">\\N\\l<");
    draw_name("a<b>&c", "a<b>&c", "a&lt;b&gt;&amp;c");
    draw_name("<html>", "<html>", "&lt;html&gt;");
    draw_name("<b>x</b>", "<b>x</b>", "&lt;b&gt;x&lt;/b&gt;");
    draw_name("&#0;&amp;", "&#0;&amp;", "&amp;#0;&amp;amp;");
    draw_name("two\nlines\ttab\x7f", "two lines tab ", "two lines tab");
    draw_name("σ̂ 字 𝛼", "σ̂ 字 𝛼", "字");
    draw_name("a\u202e b\xc2\x9b", "a? b?", "a? b?");
    draw_name("bad \xff\xc0\xaf\xed\xa0\x80 utf \xe2\x82", "bad \ufffd\ufffd\ufffd\ufffd\ufffd\ufffd utf \ufffd",
              "utf");
    draw_name("\xef\xbf\xbf", "\ufffd", "\ufffd");
    draw_name("graph", "graph", "graph");
    draw_name(" ", " ", "tanh");
    draw_name("%s%n", "%s%n", "%s%n");
    draw_name("-->", "-->", "&gt;");
}
END_TEST

START_TEST(long_names_are_cut_in_boxes_alone)
{
    char name[2001] = "";
    for (int k = 0; k < 1000; k++)
        strcat(name, "é");
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, name, 1, 1);
    gf_tanh(x);
    Agraph_t *graph = reread(g, NULL);
    assert_attribute(find_node(graph, x), "variable", name);
    assert_has(get(find_node(graph, x), "label"), "<b>ééééééééééééééééééééééééééé…éééééééééééé</b>");
    agclose(graph);
    gf_graph_free(g);
}
END_TEST

START_TEST(scopes_stand_before_names)
{
    gf_graph *g = gf_graph_new();
    gf_graph_scope(g, "layer1");
    gf_graph_step(g, 3);
    gf_node *h = gf_named(gf_tanh(gf_input(g, "x", 2, 1)), "h");
    Agraph_t *graph = reread(g, NULL);
    assert_attribute(find_node(graph, h), "label", "<b>layer1.h[3]: tanh</b>");
    assert_attribute(find_node(graph, h), "variable", "layer1.h");
    agclose(graph);
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_view_as_text,
        the_structure_of_the_dot_text,
        the_dot_text_says_what_the_engine_says,
        each_step_has_a_frame,
        frames_stand_in_the_order_of_time,
        before_backward_there_is_no_gradient,
        the_same_operand_twice_has_two_arrows,
        what_passes_no_gradient_is_dashed,
        what_is_not_finite_stands_out,
        colour_and_width_follow_the_logarithm,
        the_scale_can_be_chosen,
        magnitudes_differ,
        numbers_stand_on_the_arrows_of_small_graphs,
        parameters_can_be_hidden,
        many_parameter_arrows_hide_by_themselves,
        a_range_of_steps_and_what_touches_it,
        an_operation_of_the_programs_own,
        names_may_be_anything,
        long_names_are_cut_in_boxes_alone,
        scopes_stand_before_names,
    };
    return RUN_TESTS("view", tests);
}
