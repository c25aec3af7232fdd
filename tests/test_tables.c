/* What programs read of a graph at its levels: DOT, CSV, JSON. */
#include "folds.h"
#include "pictures.h"

#include <math.h>

#include "view/spread/spread.h"

/* --- DOT ---------------------------------------------------------------------------------------------- */

static const char *of(Agraph_t *graph, const char *node, const char *attribute)
{
    Agnode_t *found = agnode(graph, mutable(node), 0);
    ck_assert_msg(found != NULL, "no node %s", node);
    return get(found, attribute);
}

static Agraph_t *reread_level(gf_model *m, gf_draw_options options)
{
    options.size = sizeof options;
    return reread(gf_model_graph(m), &options);
}

START_TEST(dot_has_steps_as_nodes_and_their_numbers_on_the_arrows)
{
    gf_model *m = lit_model("lstm", 3);
    gf_draw_options options = {.level = GF_LEVEL_STEPS, .params = GF_SHOWN};
    gf_view view = view_with(gf_model_graph(m), options, true);
    Agraph_t *graph = reread_level(m, (gf_draw_options){.level = GF_LEVEL_STEPS});
    ck_assert_int_eq(agnnodes(graph), (int)view.box_count);
    ck_assert_int_eq(agnedges(graph), (int)view.arrow_count);
    ck_assert_str_eq(of(graph, "step3", "step"), "3");
    ck_assert_str_eq(of(graph, "step3", "grad_l2"), "");
    ck_assert_str_eq(of(graph, "step3", "rows"), "");
    ck_assert(find_frame(graph, 3) && agnnodes(find_frame(graph, 3)) == 1);
    int states = 0;
    Agnode_t *to = agnode(graph, mutable("step3"), 0);
    for (Agedge_t *edge = agfstin(graph, to); edge; edge = agnxtin(graph, edge)) {
        if (strcmp(agnameof(edge->node), "step2") != 0)
            continue; /* a parameter's */
        const gf_arrow *arrow = arrow_of(&view, "step 2", get(edge, "variable"), "step 3");
        assert_number(edge, "grad_l2", arrow->gradient.l2);
        assert_integer(edge, "slot", arrow->slot);
        states++;
    }
    ck_assert_int_eq(states, 2); /* h and c */
    agclose(graph);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

START_TEST(dot_has_named_quantities_by_the_node_of_their_value)
{
    gf_model *m = lit_model("lstm", 3);
    gf_graph *g = gf_model_graph(m);
    Agraph_t *graph = reread_level(m, (gf_draw_options){.level = GF_LEVEL_EQUATIONS});
    Agnode_t *h = find_node(graph, gf_model_node(m, "h", 2));
    assert_attribute(h, "op", "mul");
    assert_attribute(h, "variable", "h");
    assert_attribute(h, "step", "2");
    assert_measure(h, gf_gradient(gf_model_node(m, "h", 2)));
    ck_assert(!find_node(graph, gf_model_node(m, "zf", 2)) && find_node(graph, gf_model_node(m, "Uf", 0)));
    agclose(graph);
    graph = reread_level(m, (gf_draw_options){.level = GF_LEVEL_AUTO});
    ck_assert_int_eq(agnnodes(graph), (int)gf_graph_size(g)); /* DOT has every operation unless told otherwise */
    agclose(graph);
    gf_model_free(m);
}
END_TEST

/* Programs find all parameters, though there are more than a hundred arrows from them. */
START_TEST(dot_leaves_no_parameter_out)
{
    gf_model *m = lit_model("lstm", 20);
    Agraph_t *graph = reread_level(m, (gf_draw_options){.level = GF_LEVEL_OPS});
    ck_assert_int_eq(agnnodes(graph), (int)gf_graph_size(gf_model_graph(m)));
    agclose(graph);
    gf_model_free(m);
}
END_TEST

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (; (text = strstr(text, part)); text++)
        count++;
    return count;
}

/* Nor because a picture would hide it. */
START_TEST(tables_have_every_parameter_whatever_a_picture_shows)
{
    static const gf_show wishes[] = {GF_SHOW_AUTO, GF_SHOWN, GF_HIDDEN, GF_SHOW_STRIP, GF_SHOW_FOLDED};
    gf_model *m = lit_model("lstm", 3);
    for (int level = GF_LEVEL_OPS; level <= GF_LEVEL_STEPS; level++)
        for (int k = 0; k < 5; k++) {
            gf_draw_options options = {sizeof options, .level = (gf_level)level, .params = wishes[k]};
            char *csv = drawn(gf_model_graph(m), "csv", &options), *json = drawn(gf_model_graph(m), "json", &options),
                 *dot = drawn(gf_model_graph(m), "dot", &options);
            ck_assert_uint_eq(count_of(csv, ",Uf,"), 3);
            ck_assert_uint_eq(count_of(json, "\"variable\": \"Uf\""), 1 + 3 + 3); /* node, edges, flows */
            ck_assert_uint_eq(count_of(dot, "variable=\"Uf\""), 1 + 3);
            free(csv), free(json), free(dot);
        }
    gf_model_free(m);
}
END_TEST

/* --- CSV and JSON ------------------------------------------------------------------------------------------ */

START_TEST(arrows_as_csv)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "a,\"b", 1, 1);
    gf_set_scalar(x, 3);
    gf_graph_step(g, 2);
    gf_backward(gf_named(gf_mul(gf_mul(x, x), x), "y"), GF_RECORD_EDGES);
    char *text = NULL;
    gf_draw_options options = {.size = sizeof options, .level = GF_LEVEL_EQUATIONS};
    ck_assert_int_eq(gf_draw_text(&text, NULL, g, "csv", &options), GF_OK);
    ck_assert_str_eq(text, "from,to,slot,variable,step,grad_l2,grad_rms,grad_max\n"
                           "n0,n2,0,\"a,\"\"b\",2,27,27,27\n");
    free(text);
    gf_graph_free(g);
}
END_TEST

/* Two cells side by side, each with an h of its own. */
static gf_graph *two_layers(int steps)
{
    static const char *const scopes[] = {"a", "c"};
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 1, 1), *h[2] = {gf_zeros(g, "h[0]", 1, 1), NULL}, *loss = NULL;
    gf_set_scalar(w, 0.5);
    h[1] = h[0];
    for (int t = 1; t <= steps; t++) {
        gf_graph_step(g, t);
        gf_node *x = gf_input(g, "x", 1, 1);
        gf_set_scalar(x, 0.25 * t);
        for (int k = 0; k < 2; k++) {
            gf_graph_scope(g, scopes[k]);
            h[k] = gf_named(gf_tanh(gf_add(gf_mul(w, h[k]), k ? h[0] : x)), "h");
        }
        gf_graph_scope(g, "");
        loss = loss ? gf_add(loss, h[1]) : h[1];
    }
    gf_backward(loss, GF_RECORD_EDGES);
    return g;
}

START_TEST(variables_are_told_apart_by_their_scopes)
{
    gf_graph *g = two_layers(5);
    for (int level = GF_LEVEL_OPS; level <= GF_LEVEL_STEPS; level++) {
        gf_draw_options options = {.size = sizeof options, .level = (gf_level)level};
        char *csv = drawn(g, "csv", &options), *json = drawn(g, "json", &options), *dot = drawn(g, "dot", &options);
        ck_assert(strstr(csv, ",a.h,") && strstr(csv, ",c.h,"));
        ck_assert(strstr(json, "\"variable\": \"a.h\"") && strstr(json, "\"variable\": \"c.h\""));
        ck_assert(strstr(dot, "variable=\"a.h\"") && strstr(dot, "variable=\"c.h\""));
        free(csv), free(json), free(dot);
    }
    char *steps = drawn(g, "svg", &(gf_draw_options){.size = sizeof(gf_draw_options), .level = GF_LEVEL_STEPS});
    ck_assert(strstr(steps, ">a.h ") && strstr(steps, ">c.h ") && !strstr(steps, ">h 0"));
    free(steps);
    gf_graph_free(g);
}
END_TEST

/* Out of a box of several steps each variable has a way of its own. */
START_TEST(variables_of_two_scopes_leave_folded_steps_apart)
{
    gf_graph *g = two_layers(9);
    gf_view view;
    gf_spread spread = {0};
    gf_draw_options options = {.size = sizeof options, .level = GF_LEVEL_EQUATIONS};
    gf_profile profile = {.box = 39, .lane = 13, .base = 8, .tail = 19, .letters = 13.5};
    gf_room room = {.left = 0, .right = 1280, .top = 0, .bottom = 720, .widest = 420};
    ck_assert(!gf_view_make_folded(&view, g, &options, 2, 8) && !gf_spread_make(&spread, &view, &profile, &room));
    double y[2] = {-1, -1};
    for (size_t k = 0; k < spread.trail_count; k++) {
        const gf_arrow *arrow = &view.arrows[spread.trails[k].arrows[0]];
        if (arrow->from->last_step && *arrow->variable != 'L')
            y[*arrow->variable == 'c'] = spread.trails[k].points[0].y;
    }
    ck_assert(y[0] > 0 && y[1] > 0 && fabs(y[0] - y[1]) > 1);
    gf_spread_free(&spread);
    gf_view_free(&view);
    gf_graph_free(g);
}
END_TEST

START_TEST(boxes_and_arrows_as_json)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x\\", 1, 1);
    gf_set_scalar(x, 3);
    gf_backward(gf_named(gf_mul(x, x), "y"), GF_RECORD_EDGES);
    gf_view view = view_at(g, GF_LEVEL_OPS);
    gf_text json = {0};
    gf_tables_json(&view, &view, &json);
    ck_assert_str_eq(
        gf_text_string(&json),
        "\"nodes\": [\n"
        "{\"id\": \"n0\", \"op\": \"input\", \"variable\": \"x\\\\\", \"step\": null, \"last_step\": null, \"rows\": "
        "1, "
        "\"cols\": 1, \"value_l2\": 3, \"grad_l2\": 6, \"grad_rms\": 6, \"grad_max\": 6, \"finite\": true},\n"
        "{\"id\": \"n1\", \"op\": \"mul\", \"variable\": \"y\", \"step\": null, \"last_step\": null, \"rows\": 1, "
        "\"cols\": 1, \"value_l2\": 9, \"grad_l2\": 1, \"grad_rms\": 1, \"grad_max\": 1, \"finite\": true}],\n"
        "\"edges\": [\n"
        "{\"from\": \"n0\", \"to\": \"n1\", \"variable\": \"x\\\\\", \"slot\": 0, \"grad_l2\": 3, \"grad_rms\": 3, "
        "\"grad_max\": 3},\n"
        "{\"from\": \"n0\", \"to\": \"n1\", \"variable\": \"x\\\\\", \"slot\": 1, \"grad_l2\": 3, \"grad_rms\": 3, "
        "\"grad_max\": 3}],\n"
        "\"flows\": [\n"
        "{\"from\": \"n0\", \"to\": \"n1\", \"variable\": \"x\\\\\", \"grad_l2\": 6, \"grad_rms\": 6, "
        "\"grad_max\": 6}]");
    gf_text_free(&json);
    gf_view_free(&view);
    gf_graph_free(g);
}
END_TEST

/* Folded steps are boxes of the picture: the tables have them too, with what enters and leaves them. */
START_TEST(json_has_what_a_picture_folds)
{
    gf_model *m = lit_model("lstm", 9);
    gf_view view;
    gf_draw_options options = {.size = sizeof options, .level = GF_LEVEL_EQUATIONS, .first_step = 3, .last_step = 5};
    char *json = drawn(gf_model_graph(m), "json", &options);
    ck_assert(!gf_view_make_folded(&view, gf_model_graph(m), &options, 0, 0));
    size_t folded = 0;
    for (size_t k = 0; k < view.box_count; k++) {
        char node[64];
        snprintf(node, sizeof node, "{\"id\": \"%s\", \"op\"", view.boxes[k].key);
        ck_assert_msg(count_of(json, node) == 1, "%s", node);
    }
    for (size_t k = 0; k < view.arrow_count; k++) {
        const gf_arrow *arrow = &view.arrows[k];
        char flow[256], size[GF_NUMBER];
        if (!arrow->from->last_step && !arrow->to->last_step)
            continue;
        snprintf(flow, sizeof flow, "{\"from\": \"%s\", \"to\": \"%s\", \"variable\": \"%s\", \"grad_l2\": %s",
                 arrow->from->key, arrow->to->key, arrow->variable, gf_number_exact(size, arrow->gradient.l2));
        ck_assert_msg(count_of(json, flow) == 1, "%s", flow);
        folded++;
    }
    ck_assert_uint_eq(folded, 2 + 6 + 2 + 1); /* in; out to four gates, to c, to the loss; in; to the loss */
    free(json);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

START_TEST(starts_stand_at_their_index)
{
    gf_model *m = lit_model("lstm", 3);
    char id[32];
    snprintf(id, sizeof id, "n%zu", gf_node_id(gf_model_node(m, "h", 0)));
    for (int level = GF_LEVEL_OPS; level <= GF_LEVEL_STEPS; level++) {
        Agraph_t *graph = reread_level(m, (gf_draw_options){.level = (gf_level)level});
        ck_assert_str_eq(of(graph, id, "variable"), "h");
        ck_assert_str_eq(of(graph, id, "step"), "0");
        agclose(graph);
    }
    gf_view view = view_at(gf_model_graph(m), GF_LEVEL_EQUATIONS);
    gf_text json = {0};
    gf_tables_json(&view, &view, &json);
    ck_assert(strstr(gf_text_string(&json), "\"variable\": \"h\", \"step\": 0, \"last_step\": null"));
    gf_text_free(&json);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        dot_has_steps_as_nodes_and_their_numbers_on_the_arrows,
        dot_has_named_quantities_by_the_node_of_their_value,
        dot_leaves_no_parameter_out,
        tables_have_every_parameter_whatever_a_picture_shows,
        arrows_as_csv,
        variables_are_told_apart_by_their_scopes,
        variables_of_two_scopes_leave_folded_steps_apart,
        boxes_and_arrows_as_json,
        json_has_what_a_picture_folds,
        starts_stand_at_their_index,
    };
    return RUN_TESTS("tables", tests);
}
