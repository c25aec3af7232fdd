/* Pictures of what is too large for Graphviz: names are cut, and too many boxes and arrows refused. */
#include "pictures.h"

#include "view/view.h"

/* Graphviz reads no string of more than 16384 bytes: one that it would not is cut, in every place that has it. */
START_TEST(names_that_graphviz_would_not_read)
{
    static const char *const letters[] = {"a", "&", "\\", "\"", "𝕏"};
    for (int k = 0; k < 5; k++) {
        size_t count = 70000, size = strlen(letters[k]);
        char *name = calloc(count + 1, size);
        for (size_t n = 0; n < count; n++)
            memcpy(name + n * size, letters[k], size);
        gf_graph *g = gf_graph_new();
        gf_graph_scope(g, name);
        gf_node *x = gf_param(g, name, 1, 1);
        ck_assert_int_eq(gf_backward(gf_named(gf_tanh(x), name), GF_RECORD_EDGES), GF_OK);
        Agraph_t *graph = reread(g, &(gf_draw_options){.size = sizeof(gf_draw_options), .title = name});
        const char *shown = get(find_node(graph, x), "variable");
        size_t end = strlen(shown) - strlen("…");
        ck_assert_str_eq(shown + end, "…");
        ck_assert_uint_eq(end, 1000 * (k == 2 ? 2 : size));
        free(drawn(g, "svg", &(gf_draw_options){.size = sizeof(gf_draw_options), .title = name}));
        agclose(graph);
        gf_graph_free(g);
        free(name);
    }
}
END_TEST

/* --- too much for a picture ---------------------------------------------------------------- */

/* y[t] = the sum of all x but x[t]. */
static void sums_over_all_others(gf_graph *g, int steps)
{
    gf_node *x[400];
    for (int t = 0; t < steps; t++) {
        gf_graph_step(g, t + 1);
        x[t] = gf_input(g, "x", 1, 1);
    }
    for (int t = 0; t < steps; t++) {
        gf_graph_step(g, t + 1);
        gf_node *y = x[(t + 1) % steps];
        for (int j = 2; j < steps; j++)
            y = gf_add(y, x[(t + j) % steps]);
    }
}

static gf_status status_of(gf_graph *g, int first, int last)
{
    gf_view view;
    gf_status status = gf_view_make(
        &view, g, &(gf_draw_options){.size = sizeof(gf_draw_options), .first_step = first, .last_step = last});
    ck_assert_uint_le(view.box_count + view.arrow_count, 200000);
    gf_view_free(&view);
    return status;
}

START_TEST(more_than_a_picture_holds_is_refused_with_what_fits)
{
    gf_graph *g = gf_graph_new();
    int last = 0, again = 0;
    sums_over_all_others(g, 330);
    ck_assert_int_eq(status_of(g, 0, 0), GF_ERROR_LIMIT);
    sscanf(gf_graph_message(g),
           "draw: 325050 boxes and arrows are more than a picture holds (200000): draw fewer steps, 1 to %d at most "
           "(--steps 1..%d)",
           &last, &again);
    ck_assert_msg(last > 1 && last < 330 && last == again, "%s", gf_graph_message(g));
    gf_graph_clear_status(g);
    ck_assert_int_eq(status_of(g, 1, last), GF_OK);
    ck_assert_int_eq(status_of(g, 1, last + 1), GF_ERROR_LIMIT);
    gf_graph_clear_status(g);
    ck_assert_int_eq(status_of(g, 10, 320), GF_ERROR_LIMIT); /* of those that are asked for */
    ck_assert_ptr_nonnull(strstr(gf_graph_message(g), "draw fewer steps, 10 to "));
    gf_graph_clear_status(g);
    char *dot = (char *)g;
    ck_assert_int_eq(gf_draw_text(&dot, NULL, g, "dot", NULL), GF_ERROR_LIMIT);
    ck_assert(!dot && strstr(gf_graph_message(g), "more than a picture holds"));
    gf_graph_free(g);
}
END_TEST

START_TEST(without_steps_there_are_no_fewer)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 1, 1);
    for (int outside = 1; outside >= 0; outside--) {
        size_t size = gf_graph_size(g);
        gf_graph_step(g, outside ? 0 : 7);
        for (int k = 0; k < 70000; k++)
            gf_add(x, x);
        ck_assert_int_eq(status_of(g, outside ? 0 : 7, outside ? 0 : 8), GF_ERROR_LIMIT);
        assert_failed(g, GF_ERROR_LIMIT,
                      outside ? "draw: 210001 boxes and arrows are more than a picture holds (200000): it has no time "
                                "steps of which fewer could be drawn"
                              : "draw: 210001 boxes and arrows are more than a picture holds (200000): not even step 7 "
                                "fits alone");
        gf_graph_clear_status(g);
        gf_graph_rewind(g, size);
    }
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        names_that_graphviz_would_not_read,
        more_than_a_picture_holds_is_refused_with_what_fits,
        without_steps_there_are_no_fewer,
    };
    return RUN_TESTS("view_limits", tests);
}
