/* Turns: when a gradient has arrived; the pictures that show it one after the other, and the one that plays. */
#include "equations.h"

#include <unistd.h>

#include <gradflow/template.h>

#include "pictures.h"
#include "view/view.h"

/* --- when ------------------------------------------------------------------------------------------------- */

/* A box sends on nothing before all has arrived in it. */
static void assert_in_order(const gf_view *view)
{
    bool *seen = calloc((size_t)view->turn_count + 1, sizeof *seen);
    for (size_t k = 0; k < view->arrow_count; k++) {
        const gf_arrow *arrow = &view->arrows[k];
        ck_assert_int_le(arrow->turn, view->turn_count);
        ck_assert_int_ge(arrow->from->turn, arrow->turn);
        bool adds = arrow->to->scalar && !strcmp(arrow->to->op, "add");
        ck_assert_msg(!arrow->turn || arrow->turn + adds > arrow->to->turn, "%s -> %s: turn %d, complete in %d",
                      arrow->from->name, arrow->to->name, arrow->turn, arrow->to->turn);
        seen[arrow->turn] = true;
    }
    for (size_t k = 0; k < view->cell_count; k++) {
        ck_assert(!view->cells[k].turn || view->cells[k].turn > view->cells[k].box->turn);
        seen[view->cells[k].turn] = true;
    }
    for (int turn = 1; turn <= view->turn_count; turn++)
        ck_assert_msg(seen[turn], "nothing arrives in turn %d", turn);
    free(seen);
}

START_TEST(what_goes_on_has_arrived)
{
    for (int k = 0; gf_template_at(k); k++)
        for (int level = GF_LEVEL_OPS; level <= GF_LEVEL_EQUATIONS; level++) {
            gf_model *m = model_of(gf_template_at(k)->text);
            gf_draw_options options = {.size = sizeof options, .level = (gf_level)level};
            gf_view view;
            gf_backward(gf_model_loss(m), GF_RECORD_EDGES);
            ck_assert_int_eq(gf_view_make(&view, gf_model_graph(m), &options), GF_OK);
            ck_assert_int_gt(view.turn_count, 5);
            assert_in_order(&view);
            gf_view_free(&view);
            gf_model_free(m);
        }
}
END_TEST

static int turn_of(const gf_view *view, const char *from, const char *to)
{
    for (size_t k = 0; k < view->arrow_count; k++)
        if (!strcmp(view->arrows[k].from->name, from) && !strcmp(view->arrows[k].to->name, to))
            return view->arrows[k].turn;
    ck_abort_msg("no arrow %s -> %s", from, to);
}

/* Every loss gets its 1 at once; what lies above a state waits until that state's turn comes. */
START_TEST(steps_come_one_after_the_other)
{
    gf_model *m = model_of(gf_template_find("rnn")->text);
    gf_view view;
    gf_draw_options options = {.size = sizeof options, .level = GF_LEVEL_EQUATIONS};
    gf_backward(gf_model_loss(m), GF_RECORD_EDGES);
    ck_assert_int_eq(gf_view_make(&view, gf_model_graph(m), &options), GF_OK);
    ck_assert_int_eq(turn_of(&view, "L[1]", "loss"), 1);
    ck_assert_int_eq(turn_of(&view, "L[5]", "loss"), 1);
    ck_assert_int_eq(turn_of(&view, "z[5]", "L[5]"), 2);
    for (int t = 1; t < 5; t++) {
        char z[8], loss[8], h[8], next[8];
        snprintf(z, sizeof z, "z[%d]", t), snprintf(loss, sizeof loss, "L[%d]", t);
        snprintf(h, sizeof h, "h[%d]", t), snprintf(next, sizeof next, "h[%d]", t + 1);
        ck_assert_int_eq(turn_of(&view, h, z), turn_of(&view, h, next));
        ck_assert_int_lt(turn_of(&view, z, loss), turn_of(&view, h, z));
        ck_assert_int_gt(turn_of(&view, z, loss), turn_of(&view, h, next) - 4);
    }
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

/* Before backward has run; of a part of the graph that the loss does not depend on. */
START_TEST(what_nothing_arrives_at_has_no_turn)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1), *y = gf_named(gf_mul(x, x), "y");
    gf_named(gf_tanh(y), "other");
    gf_view view;
    for (int run = 0; run < 2; run++) {
        ck_assert_int_eq(gf_view_make(&view, g, NULL), GF_OK);
        ck_assert_int_eq(view.turn_count, run);
        ck_assert_int_eq(turn_of(&view, "x", "y"), run);
        ck_assert_int_eq(turn_of(&view, "y", "other"), 0);
        gf_view_free(&view);
        gf_backward(y, GF_RECORD_EDGES);
    }
    gf_graph_free(g);
}
END_TEST

/* --- how it is shown -------------------------------------------------------------------------------------- */

static int count(const char *text, const char *word)
{
    int found = 0;
    for (; (text = strstr(text, word)); text++)
        found++;
    return found;
}

static char *read_frame(const char *directory, int number)
{
    char path[128];
    snprintf(path, sizeof path, "%s/new/frame-%02d.svg", directory, number);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file, "no %s", path);
    char *text = calloc(1, 1 << 20);
    fread(text, 1, (1 << 20) - 1, file);
    fclose(file);
    unlink(path);
    return text;
}

START_TEST(frames_lead_to_the_whole_picture)
{
    char directory[] = "/tmp/gradflow-turns-......", in_it[64], *whole;
    memset(directory + strlen(directory) - 6, 'X', 6);
    ck_assert(mkdtemp(directory));
    snprintf(in_it, sizeof in_it, "%s/new", directory);
    gf_model *m = model_of(gf_template_find("lstm")->text);
    gf_graph *g = gf_model_graph(m);
    gf_backward(gf_model_loss(m), GF_RECORD_EDGES);
    int frames, pale = 1 << 30;
    ck_assert_int_eq(gf_draw_frames(&frames, g, in_it, "svg", NULL), GF_OK);
    ck_assert_int_gt(frames, 20);
    gf_draw_options fewer = {.size = sizeof fewer, .level = GF_LEVEL_STEPS};
    ck_assert_int_eq(gf_draw_frames(NULL, g, in_it, "svg", &fewer), GF_ERROR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(gf_graph_message(g), " is of another run, and would show among these "));
    ck_assert_int_eq(gf_draw_frames(NULL, g, in_it, "svg", NULL), GF_OK);
    ck_assert_int_eq(gf_draw_text(&whole, NULL, g, "svg", NULL), GF_OK);
    for (int k = 0; k < frames; k++) {
        char *frame = read_frame(directory, k);
        int now = count(frame, "opacity=\"0.08\"");
        ck_assert_msg(now < pale, "frame %d: nothing is new", k);
        pale = now;
        ck_assert(k < frames - 1 || !strcmp(frame, whole));
        free(frame);
    }
    ck_assert_int_eq(pale, 0);
    ck_assert_int_eq(rmdir(in_it), 0);
    ck_assert_int_eq(rmdir(directory), 0);
    free(whole);
    gf_model_free(m);
}
END_TEST

START_TEST(what_plays_is_the_whole_picture_with_a_style_sheet)
{
    gf_graph *g = gf_graph_new();
    gf_backward(lstm(g, 3), GF_RECORD_EDGES);
    char *still, *plays;
    gf_draw_options options = {.size = sizeof options, .animate = true};
    ck_assert_int_eq(gf_draw_text(&still, NULL, g, "svg", NULL), GF_OK);
    ck_assert_int_eq(gf_draw_text(&plays, NULL, g, "svg", &options), GF_OK);
    ck_assert(!strstr(still, "<style") && !strstr(plays, "<script") && !strstr(plays, " opacity=\""));
    ck_assert_int_eq(count(plays, "<style>@media (prefers-reduced-motion: no-preference)"), 1);
    ck_assert_int_eq(count(plays, "@keyframes"), count(plays, "s linear infinite"));
    ck_assert_int_eq(count(plays, "<path"), count(still, "<path"));
    ck_assert_int_eq(count(plays, "<text"), count(still, "<text"));
    free(still);
    free(plays);
    gf_graph_free(g);
}
END_TEST

START_TEST(what_cannot_play_says_so)
{
    gf_graph *g = gf_graph_new();
    gf_backward(lstm(g, 2), GF_RECORD_EDGES);
    char *text;
    gf_draw_options options = {.size = sizeof options, .animate = true};
    ck_assert_int_eq(gf_draw_text(&text, NULL, g, "png", &options), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "draw: png: only an SVG that Graphviz does not lay out can be animated");
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_draw_frames(NULL, g, "/tmp", "svg", &options), GF_ERROR_ARGUMENT);
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_draw_frames(NULL, g, "/tmp", "dot", NULL), GF_ERROR_ARGUMENT);
    gf_graph_clear_status(g);
    ck_assert_int_eq(gf_draw_frames(NULL, g, "/dev/null/x", "svg", NULL), GF_ERROR_WRITE);
    assert_failed(g, GF_ERROR_WRITE, "draw: cannot make the directory /dev/null/x: Not a directory");
    ck_assert_int_eq(gf_draw_frames(NULL, NULL, "/tmp", "svg", NULL), GF_ERROR_ARGUMENT);
    gf_graph_free(g);
}
END_TEST

START_TEST(more_than_a_thousand_frames_are_refused)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 1, 1);
    for (int k = 0; k < 1100; k++)
        x = gf_tanh(x);
    gf_backward(x, GF_RECORD_EDGES);
    gf_draw_options options = {.size = sizeof options, .level = GF_LEVEL_OPS};
    int frames;
    ck_assert_int_eq(gf_draw_frames(&frames, g, "/nowhere", "svg", &options), GF_ERROR_LIMIT);
    ck_assert_int_eq(frames, 0);
    assert_has(gf_graph_message(g), "it takes 1101 pictures, and 1000 are the most: draw fewer steps");
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {what_goes_on_has_arrived,
                            steps_come_one_after_the_other,
                            what_nothing_arrives_at_has_no_turn,
                            frames_lead_to_the_whole_picture,
                            what_plays_is_the_whole_picture_with_a_style_sheet,
                            what_cannot_play_says_so,
                            more_than_a_thousand_frames_are_refused};
    return RUN_TESTS("turns", tests);
}
