/* The legend of a picture, and the scale that it shows. */
#include "equations.h"
#include "pictures.h"

#include "view/page/legend.h"

static gf_arrow arrow_of(double size, gf_arrow_look look)
{
    static const gf_box box;
    return (gf_arrow){.to = &box, .size = size, .look = look};
}

START_TEST(the_scale_is_chosen)
{
    static const struct {
        double sizes[3], least, most, low, high;
        bool below, above;
    } scales[] = {
        {{0.5, 0.1}, 0, 0, -2, 0, false, false},   {{0.5, 0.001}, 0, 0, -2, 0, true, false},
        {{1, 0.01}, 0, 0, -2, 0, false, false},    {{1 + 1e-9, 0.01 - 1e-12}, 0, 0, -2, 0, false, false},
        {{7, 0.1}, 0, 0, -2, 0, false, true},      {{2, 2, 2}, 0, 0, -2, 0, false, true},
        {{24.7, 3}, 0, 0, -2, 1, false, true},     {{24.7, 0.03}, 0, 0, -2, 0, false, true},
        {{3, 7, 9}, 0, 0, -2, 1, false, false},    {{24.7, 21, 0.03}, 0, 0, -1, 2, true, false},
        {{1e300, 1, 1}, 0, 0, -2, 0, false, true}, {{1e300, 1e300, 1}, 0, 0, 297, 300, true, false},
        {{0, 0}, 0, 0, -2, 0, false, false},       {{2, 1e-7}, 1e-6, 1, -6, 0, true, true},
    };
    for (size_t k = 0; k < sizeof scales / sizeof *scales; k++) {
        gf_arrow arrows[] = {
            arrow_of(scales[k].sizes[0], GF_ARROW_PASSES), arrow_of(scales[k].sizes[1], GF_ARROW_PASSES),
            arrow_of(scales[k].sizes[2], GF_ARROW_PASSES), arrow_of(1e9, GF_ARROW_ASIDE),
            arrow_of(INFINITY, GF_ARROW_NONFINITE),        arrow_of(0, GF_ARROW_NONE)};
        gf_view view = {.arrows = arrows, .arrow_count = 6, .title = ""};
        gf_size_scale scale = gf_scale_choose(&view, scales[k].least, scales[k].most);
        assert_near(scale.low, scales[k].low, 1e-12);
        assert_near(scale.high, scales[k].high, 1e-12);
        ck_assert_msg(scale.below == scales[k].below, "%zu: below", k);
        ck_assert_msg(scale.above == scales[k].above, "%zu: above", k);
    }
}
END_TEST

/* Of twenty arrows two may lie beyond its high end: what explodes in one place leaves the others their colours. */
START_TEST(few_decide_nothing)
{
    gf_arrow arrows[20];
    gf_view view = {.arrows = arrows, .arrow_count = 20, .title = ""};
    for (int k = 0; k < 20; k++)
        arrows[k] = arrow_of(k < 3 ? 1e5 : 0.5, GF_ARROW_PASSES);
    assert_near(gf_scale_choose(&view, 0, 0).high, 5, 1e-12);
    arrows[2].size = 0.5;
    assert_near(gf_scale_choose(&view, 0, 0).high, 0, 1e-12);
}
END_TEST

/* A cell of the strip is on the scale, too. */
START_TEST(cells_exceed_it)
{
    gf_cell cell = {.gradient = {.known = true, .l2 = 3, .rms = 2, .max = 1}};
    gf_view view = {.cells = &cell, .cell_count = 1, .title = ""};
    ck_assert(gf_scale_choose(&view, 0, 0).above);
    view.magnitude = GF_MAGNITUDE_MAX;
    ck_assert(!gf_scale_choose(&view, 0, 0).above);
}
END_TEST

static void assert_apart(const gf_drawing *d)
{
    for (size_t k = 0; k < d->count; k++)
        for (size_t j = 0; j < k && d->items[k].kind == GF_ITEM_TEXT; j++) {
            if (d->items[j].kind != GF_ITEM_TEXT)
                continue;
            gf_ink a = gf_text_ink(&d->items[k]), b = gf_text_ink(&d->items[j]);
            bool beside = a.x >= b.x + b.width || b.x >= a.x + a.width;
            ck_assert_msg(beside || a.y >= b.y + b.height || b.y >= a.y + a.height, "on %g: \"%s\" and \"%s\" meet",
                          d->width, d->items[k].runs->text, d->items[j].runs->text);
        }
}

/* All texts of the legend of a page, a bar between them. */
static char *legend_with(const gf_view *view, const char *theme, double least, double most, double width,
                         const gf_marks *marks)
{
    gf_text title = {0}, all = {0};
    gf_drawing d;
    gf_size_scale scale = gf_scale_choose(view, least, most);
    gf_legend_title(&title, view);
    gf_drawing_begin(&d, width, 720, "#ffffff", "", "");
    gf_heading_draw(&d, view, gf_theme_find(theme), gf_text_string(&title), "loss = L · seed 1", width);
    gf_legend_draw(&d, view, gf_theme_find(theme), &scale, marks, width);
    ck_assert(!d.failed);
    for (size_t k = 0; k < d.count; k++) {
        const gf_item *item = &d.items[k];
        if (item->kind != GF_ITEM_TEXT)
            continue;
        gf_ink ink = gf_text_ink(item);
        ck_assert_msg(ink.x >= 0 && ink.x + ink.width <= width && item->y < GF_LEGEND_HEIGHT, "%s leaves",
                      item->runs->text);
        gf_text_add(&all, all.size ? "|" : "");
        for (size_t r = 0; r < item->run_count; r++)
            gf_text_print(&all, item->runs[r].raise > 0 ? "^%s" : "%s", item->runs[r].text);
    }
    assert_apart(&d);
    gf_drawing_free(&d);
    gf_text_free(&title);
    char *texts = strdup(gf_text_string(&all));
    gf_text_free(&all);
    return texts;
}

static char *legend_of(const gf_view *view, const char *theme, double least, double most, double width)
{
    return legend_with(view, theme, least, most, width, &(gf_marks){0});
}

#define assert_legend(view, least, most, wanted)                                                                       \
    do {                                                                                                               \
        char *texts_ = legend_of(view, "light", least, most, 1280);                                                    \
        ck_assert_str_eq(texts_, wanted);                                                                              \
        free(texts_);                                                                                                  \
    } while (0)

#define ARROW "values|◂ gradient = colour, width|"

START_TEST(what_it_says)
{
    gf_arrow arrows[] = {arrow_of(0.5, GF_ARROW_PASSES), arrow_of(0.02, GF_ARROW_PASSES), arrow_of(0, GF_ARROW_NONE)};
    gf_view view = {
        .arrows = arrows, .arrow_count = 3, .title = "LSTM", .first_step = 1, .last_step = 5, .measured = true};
    assert_legend(&view, 0, 0,
                  "LSTM, five steps|loss = L · seed 1|" ARROW "size of the gradient (ℓ2), log scale|≤ 0.01|1|0.1");
    arrows[0].size = 2;
    view.last_step = 20;
    view.magnitude = GF_MAGNITUDE_RMS;
    assert_legend(&view, 0, 0,
                  "LSTM, 20 steps|loss = L · seed 1|" ARROW "size of the gradient (rms), log scale|≤ 0.01|≥ 1|0.1");
    arrows[0].size = arrows[1].size = 24;
    arrows[2].look = GF_ARROW_NONFINITE;
    view.first_step = view.last_step = 1;
    view.magnitude = GF_MAGNITUDE_MAX;
    assert_legend(&view, 0, 0,
                  "LSTM, one step|loss = L · seed 1|" ARROW "size of the gradient (max), log scale|≤ 0.1|100|10|1");
    assert_legend(&view, 1e-6, 1,
                  "LSTM, one step|loss = L · seed 1|" ARROW
                  "size of the gradient (max), log scale|≤ 10^−6|≥ 1|10^−2|10^−4");
    assert_legend(&view, 0.02, 3,
                  "LSTM, one step|loss = L · seed 1|" ARROW "size of the gradient (max), log scale|≤ 0.02|≥ 3|0.1");
}
END_TEST

START_TEST(without_steps_or_gradients)
{
    gf_arrow arrow = arrow_of(0, GF_ARROW_UNKNOWN);
    gf_view view = {.title = "MLP", .arrows = &arrow, .arrow_count = 1};
    assert_legend(&view, 0, 0, "MLP|loss = L · seed 1|values");
    view.title = "";
    view.first_step = view.last_step = 3;
    assert_legend(&view, 0, 0, "Computation graph, one step|loss = L · seed 1|values");
    view.arrow_count = 0; /* there is none to explain */
    assert_legend(&view, 0, 0, "Computation graph, one step|loss = L · seed 1");
}
END_TEST

/* Each stroke that has no place on the scale is explained where it occurs, and only there. */
START_TEST(what_occurs_is_explained)
{
    static const struct {
        gf_marks marks;
        const char *wanted;
    } cases[] = {
        {{0}, ""},
        {{.zero = true}, "|exactly 0"},
        {{.zero = true, .given = true}, "|exactly 0|given"},
        {{.target = true, .bad = true}, "|target|not finite"},
        {{.cancels = true, .given = true, .target = true}, "|cancels to 0|given, target"},
        {{true, true, true, true, false, true}, "|exactly 0|cancels to 0|collected|given|not finite"},
    };
    gf_view view = {.title = "A", .arrows = &(gf_arrow){.to = &(gf_box){.arity = 1}}, .arrow_count = 1};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char *texts = legend_with(&view, "light", 0, 0, 1280, &cases[k].marks);
        ck_assert_str_eq(texts + strlen("A|loss = L · seed 1|values"), cases[k].wanted);
        free(texts);
    }
}
END_TEST

/* So is each kind of number in a box; where there is no room beside the scale, below the title. */
START_TEST(numbers_are_explained)
{
    gf_box boxes[] = {
        {.kind = GF_BOX_OPERATION, .name = "h", .rows = 1, .cols = 3, .gradient = {.known = true, .l2 = 1}},
        {.kind = GF_BOX_OPERATION, .name = "L", .rows = 1, .cols = 1, .scalar = true},
    };
    gf_view view = {.title = "A", .boxes = boxes, .box_count = 2, .level = GF_LEVEL_EQUATIONS};
    assert_legend(&view, 0, 0, "A|loss = L · seed 1|box: size of its gradient|1 × 1: value");
    boxes[1].gradient.known = true;
    assert_legend(&view, 0, 0, "A|loss = L · seed 1|box: size of its gradient|1 × 1: value ◂ gradient");
    boxes[1].aside = true;
    view.boxes++, view.box_count--;
    assert_legend(&view, 0, 0, "A|loss = L · seed 1|1 × 1: value");
    char *texts = legend_of(&view, "light", 0, 0, 900);
    ck_assert_str_eq(texts, "A|loss = L · seed 1 · 1 × 1: value");
    free(texts);
}
END_TEST

START_TEST(a_sentence_fits_as_a_title)
{
    gf_arrow arrow = arrow_of(1, GF_ARROW_PASSES);
    gf_view view = {.title = "Self-attention: each step attends to itself and all before it",
                    .arrows = &arrow,
                    .arrow_count = 1,
                    .first_step = 1,
                    .last_step = 5,
                    .measured = true};
    char *texts = legend_of(&view, "light", 0, 0, 1280);
    ck_assert_ptr_nonnull(strstr(texts, "all before it, five steps|"));
    free(texts);
}
END_TEST

START_TEST(texts_keep_apart_on_a_narrow_page)
{
    gf_arrow arrow = arrow_of(1, GF_ARROW_PASSES);
    gf_view view = {.title = "LSTM", .arrows = &arrow, .arrow_count = 1, .last_step = 5, .measured = true};
    for (double width = 640; width <= 1280; width += 20)
        free(legend_of(&view, "light", 0, 0, width));
}
END_TEST

START_TEST(long_titles_are_cut)
{
    char title[400];
    memset(title, 'W', sizeof title - 1);
    title[sizeof title - 1] = '\0';
    gf_view view = {.title = title, .measured = true};
    char *texts = legend_of(&view, "dark", 0, 0, 1280);
    ck_assert_ptr_nonnull(strstr(texts, "W…|"));
    free(texts);
}
END_TEST

/* A rail says how much it carries where that is the same from each: a sum's, whatever else the loss has, and a mean's,
 * but not that of squares, nor that of states that are put together. */
START_TEST(a_rail_has_a_colour_where_what_it_collects_is_alike)
{
    static const struct {
        const char *ends, *title;
        bool alike;
    } cases[] = {
        {"loss sum(t, L[t]) / T\n", "L[1], L[2], L[3], L[4] → loss (4 arrows): gradient l2 0.25", true},
        {"loss sum(t, L[t]) + 0.1 * sum(W^2)\n", "→ loss (4 arrows): gradient l2 1, rms 1, max 1", true},
        {"loss sum(t, L[t]^2)\n", "→ loss (4 arrows): each its own gradient", false},
        {"H = vcat(t, h[t]')\nloss sum(H * H)\n", "h[4] → H (4 arrows): each its own gradient", false},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char text[512];
        snprintf(text, sizeof text,
                 "steps T = 4\nparam W : 2 x 2\ninput x[t] : 2 x 1\nstart h[0] : 2 x 1\n"
                 "h[t] = tanh(W @ h[t-1] + x[t])\nL[t] = sum(h[t])\n%s",
                 cases[k].ends);
        gf_model *m = model_of(text);
        ck_assert(!gf_model_unroll(m) && !gf_backward(gf_model_loss(m), GF_RECORD_EDGES));
        char *svg = drawn(gf_model_graph(m), "svg", NULL);
        assert_has(svg, cases[k].title);
        ck_assert(cases[k].alike == !strstr(svg, ">collected<"));
        free(svg);
        gf_model_free(m);
    }
}
END_TEST

/* A trunk to T steps has T pieces: were each to list what is left of them, a picture would grow with the square of T.
 */
START_TEST(long_trunks_name_their_ends)
{
    gf_model *m = model_of("steps T = 120\ninput x[t] : 1 x 1\nparam w : 1 x 1\ns = sum(t, x[t] * w)\n"
                           "h[t] = tanh(x[t] + s)\nL[t] = h[t]^2\nloss sum(t, L[t])");
    ck_assert(!gf_model_unroll(m) && !gf_backward(gf_model_loss(m), GF_RECORD_EDGES));
    char *svg = drawn(gf_model_graph(m), "svg", &(gf_draw_options){.size = sizeof(gf_draw_options), .last_step = 120});
    size_t longest = 0, trunks = 0;
    for (const char *at = svg; (at = strstr(at, " data-to=\"")) != NULL; trunks++) {
        at += strlen(" data-to=\"");
        longest = strcspn(at, "\"") > longest ? strcspn(at, "\"") : longest;
    }
    ck_assert_uint_gt(trunks, 120);
    ck_assert_uint_gt(longest, 1000); /* of 100, 20 bytes each: */
    ck_assert_uint_lt(longest, 2500);
    free(svg);
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {the_scale_is_chosen,
                            few_decide_nothing,
                            cells_exceed_it,
                            what_it_says,
                            without_steps_or_gradients,
                            a_sentence_fits_as_a_title,
                            texts_keep_apart_on_a_narrow_page,
                            long_titles_are_cut,
                            what_occurs_is_explained,
                            numbers_are_explained,
                            long_trunks_name_their_ends,
                            a_rail_has_a_colour_where_what_it_collects_is_alike};
    return RUN_TESTS("legend", tests);
}
