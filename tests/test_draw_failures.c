/* Drawing while memory runs out: each allocation of the library fails in turn. Linked with --wrap=malloc and so on. */
#include "failing.h"
#include "support.h"

#include <unistd.h>

#include <gradflow/view.h>

#include "view/tables.h"

/* From here on number `at` of the allocations fails; 0: none. */
static void let_fail(long at)
{
    heap.count = heap.pieces = 0;
    heap.fail_at = at;
    heap.watching = true;
}

static const struct {
    const char *format;
    gf_level level;
} formats[] = {
    {"txt", GF_LEVEL_OPS},       {"dot", GF_LEVEL_OPS},   {"svg", GF_LEVEL_OPS},   {"txt", GF_LEVEL_EQUATIONS},
    {"dot", GF_LEVEL_EQUATIONS}, {"txt", GF_LEVEL_STEPS}, {"csv", GF_LEVEL_STEPS},
};

/* Three steps, a parameter, a name, arrows within a step and between steps. */
static gf_graph *small_graph(void)
{
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 1, 1), *h = gf_zeros(g, "h[0]", 1, 1);
    for (int t = 1; t <= 3; t++) {
        gf_graph_step(g, t);
        h = gf_named(gf_tanh(gf_mul(gf_mul(w, h), h)), "h");
    }
    gf_backward(h, GF_RECORD_EDGES);
    return g;
}

START_TEST(each_allocation_fails_in_turn)
{
    gf_graph *g = small_graph();
    assert_fine(g);
    for (long n = 1;; n++) {
        char *text = NULL;
        let_fail(n);
        gf_draw_options options = {.size = sizeof options, .title = "Title", .level = formats[_i].level};
        options.first_step = options.last_step = options.level == GF_LEVEL_OPS ? 0 : 2; /* the first one folds */
        gf_status status = gf_draw_text(&text, NULL, g, formats[_i].format, &options);
        bool failed = heap.count >= n, drawn = text != NULL;
        free(text);
        heap.watching = false;
        ck_assert_msg(status == (failed ? GF_ERROR_MEMORY : GF_OK), "%s, allocation %ld: %s", formats[_i].format, n,
                      gf_status_text(status));
        ck_assert(drawn == !failed);
        ck_assert_msg(heap.pieces == 0, "%s, allocation %ld: %ld pieces leak", formats[_i].format, n, heap.pieces);
        if (!failed)
            break;
        assert_failed(g, GF_ERROR_MEMORY, "draw: out of memory");
        gf_graph_clear_status(g);
    }
    assert_fine(g);
    gf_graph_free(g);
}
END_TEST

/* What was written before stays; it is written over here. */
START_TEST(frames_without_memory_say_so)
{
    gf_graph *g = small_graph();
    char directory[] = "/tmp/gradflow-frames-......", path[64];
    memset(directory + strlen(directory) - 6, 'X', 6);
    ck_assert(mkdtemp(directory));
    int frames = 0;
    for (long n = 1;; n++) {
        let_fail(n);
        gf_status status = gf_draw_frames(&frames, g, directory, "svg", NULL);
        bool failed = heap.count >= n;
        heap.watching = false;
        /* without memory for a file's name nothing is written */
        ck_assert_msg(!failed || status == GF_ERROR_MEMORY || status == GF_ERROR_WRITE, "allocation %ld: %s", n,
                      gf_status_text(status));
        ck_assert_msg(heap.pieces == 0, "allocation %ld: %ld pieces leak", n, heap.pieces);
        if (!failed)
            break;
        gf_graph_clear_status(g);
    }
    assert_fine(g);
    for (int k = 0; k < frames; k++) {
        snprintf(path, sizeof path, "%s/frame-%02d.svg", directory, k);
        unlink(path);
    }
    ck_assert_int_eq(rmdir(directory), 0);
    gf_graph_free(g);
}
END_TEST

START_TEST(json_without_memory_says_so)
{
    gf_graph *g = small_graph();
    gf_view view;
    ck_assert_int_eq(gf_view_make(&view, g, NULL), GF_OK);
    for (long n = 1;; n++) {
        gf_text json = {0};
        let_fail(n);
        gf_tables_json(&view, &view, &json);
        bool failed = heap.count >= n, said = json.failed;
        gf_text_free(&json);
        heap.watching = false;
        ck_assert_msg(said == failed && heap.pieces == 0, "allocation %ld", n);
        if (!failed)
            break;
    }
    gf_view_free(&view);
    gf_graph_free(g);
}
END_TEST

START_TEST(a_graph_without_memory_is_not_drawn)
{
    char *text;
    let_fail(1);
    gf_graph *g = gf_graph_new();
    heap.watching = false;
    ck_assert_int_eq(gf_draw_text(&text, NULL, g, "svg", NULL), GF_ERROR_MEMORY);
    ck_assert(text == NULL);
    ck_assert_int_eq(gf_draw(g, "x.svg", NULL), GF_ERROR_MEMORY);
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {a_graph_without_memory_is_not_drawn, frames_without_memory_say_so,
                            json_without_memory_says_so},
                *of_formats[] = {each_allocation_fails_in_turn};
    Suite *suite = tests_of("draw_failures", tests, sizeof tests / sizeof *tests);
    add_seeded_tests(suite, of_formats, 1, sizeof formats / sizeof *formats);
    return run_suite(suite);
}
