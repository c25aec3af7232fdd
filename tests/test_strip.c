/* The strip of a picture: its rows, what its cells say, and that cells and totals agree with the gradients. */
#include "equations.h"

#include <gradflow/template.h>

#include "view/page/paint.h"
#include "view/page/strip.h"

enum { NOTHING = 0 }; /* backward has not run */

/* A model's strip, of the level of equations. */
typedef struct table {
    gf_model *m;
    gf_view view;
    gf_strip strip;
} table;

/* With so many of its steps in one box, or none. */
static void begin_folded(table *t, const char *text, int record, int first, int last)
{
    t->m = model_of(text);
    if (record != NOTHING)
        ck_assert_int_eq(gf_backward(gf_model_loss(t->m), record), GF_OK);
    gf_draw_options options = {.size = sizeof options, .level = GF_LEVEL_EQUATIONS};
    ck_assert_int_eq(gf_view_make_folded(&t->view, gf_model_graph(t->m), &options, first, last), GF_OK);
    ck_assert_int_eq(gf_strip_make(&t->strip, &t->view), GF_OK);
}

static void begin(table *t, const char *text, int record)
{
    begin_folded(t, text, record, 0, 0);
}

static void drop(table *t)
{
    gf_strip_free(&t->strip);
    gf_view_free(&t->view);
    gf_model_free(t->m);
}

/* "f: U W b; z: V d" */
static void assert_rows(const char *text, const char *wanted)
{
    gf_text w = {0};
    table t;
    begin(&t, text, GF_RECORD_CONTRIBUTIONS);
    for (int r = 0; r < t.strip.count; r++) {
        gf_text_print(&w, "%s%s:", r ? "; " : "", t.strip.rows[r].name);
        for (int k = 0; k < t.strip.rows[r].count; k++)
            gf_text_print(&w, " %s", t.strip.rows[r].weights[k].name);
    }
    ck_assert_str_eq(gf_text_string(&w), wanted);
    gf_text_free(&w);
    drop(&t);
}

/* The own params of each step make one cell a step, and stand one above the other at the right. */
#define OWN                                                                                                            \
    "steps T = 4\ninput x[t] : 1 x 2\nparam W[t] : 2 x 2\nparam B[t] : 1 x 2 = 0.5\nstart W[0] : 2 x 2 = 1\n"          \
    "h[t] = tanh(x[t] @ W[t] + x[t] @ W[t-1] + B[t])\nloss sum(t, sum(h[t]))\n"

#define ONCE                                                                                                           \
    "steps T = 3\ninput x[t] : 1 x 2\ninput w : 1 x 2\nparam A, B : 2 x 2\nC = tanh(w @ A)\n"                          \
    "h[t] = tanh(x[t] @ B + C)\nL[t] = sum(h[t])\nR = norm(A)\nloss sum(t, L[t]) + 0.1 * R\n"

START_TEST(rows_and_names)
{
    assert_rows(gf_template_find("rnn")->text, "h: U W b; z: V d");
    assert_rows(gf_template_find("lstm")->text, "f: U W b; i: U W b; g: U W b; o: U W b; z: V d");
    assert_rows(gf_template_find("gru")->text, "r: U W b; z: U W b; n: U W b; s: V d");
    assert_rows(gf_template_find("birnn")->text, "hf: Uf Wf bf; hb: Ub Wb bb; z: V d");
    assert_rows(OWN, "h: W B W[t-1]");
    assert_rows("param U, Uf, Wf, Wg : 1 x 1\nf = Uf + Wf + U\ng = f * Wg\nloss g\n", "f: Uf W U; g: W");
    assert_rows("param Uf, Wf, Wg : 1 x 1\nf = Uf + Wf * Wg\nloss f\n", "f: Uf Wf Wg"); /* no other row has its own */
    assert_rows("steps T = 2\nparam A, B : 1 x 1\nstart h[0] = tanh(B)\ng[t] = A * h[t-1]\nh[t] = A + g[t]\n"
                "loss h[T] * A\n",
                "g: A; h: A B; loss: A"); /* not in the order of starts, nor is what is used once the first */
}
END_TEST

/* z, of no step, needs h[4], so that step 2 is worked out from behind, o before f; steps in one box come last. */
START_TEST(rows_of_folded_steps)
{
    table t;
    begin_folded(
        &t,
        "steps T = 4\ninput x[t] : 1 x 1\nparam A, B, V : 1 x 1\nstart h[0] : 1 x 1 = 1\nf[t] = tanh(A * h[t-1])\n"
        "o[t] = tanh(B * h[t-1])\nh[t] = o[t] * f[t] + x[t]\nz = V * h[T]\nloss z\n",
        GF_RECORD_EDGES, 2, 3);
    ck_assert_int_eq(t.strip.count, 3);
    ck_assert(!strcmp(t.strip.rows[0].name, "f") && !strcmp(t.strip.rows[1].name, "o"));
    drop(&t);
}
END_TEST

/* In boxes with their weights, too. */
START_TEST(names_in_boxes)
{
    gf_inscription lines;
    table t;
    begin(&t, gf_template_find("lstm")->text, GF_RECORD_EDGES);
    t.view.params = GF_SHOW_FOLDED;
    int found = 0;
    for (size_t k = 0; k < t.view.box_count; k++) {
        const gf_box *box = &t.view.boxes[k];
        gf_box_inscribe(&t.view, box, false, false, &lines);
        found += (!strcmp(lines.name, "f[1]") && !strcmp(lines.weights, "U W b")) ||
                 (!strcmp(lines.name, "z[2]") && !strcmp(lines.weights, "V d"));
    }
    ck_assert_int_eq(found, 2);
    drop(&t);
}
END_TEST

/* What all cells of a weight add comes to its gradient; and so does the sum over the rows that it is in. */
START_TEST(cells_and_totals_agree)
{
    const char *const texts[] = {ONCE, gf_template_find("lstm")->text, gf_template_find("deep-lstm")->text};
    for (size_t k = 0; k < 3; k++) {
        table t;
        begin(&t, texts[k], k == 1 ? GF_RECORD_EDGES : GF_RECORD_CONTRIBUTIONS);
        for (size_t id = 0; id < gf_graph_size(gf_model_graph(t.m)); id++) {
            gf_node *param = gf_graph_node(gf_model_graph(t.m), id);
            double sum[64] = {0};
            int rows = 0, only = 0;
            for (int r = 0; r < t.strip.count && gf_node_is_param(param); r++)
                for (int w = 0; w < t.strip.rows[r].count; w++) {
                    const gf_strip_weight *weight = &t.strip.rows[r].weights[w];
                    if (weight->param != param)
                        continue;
                    rows++, only = r * 100 + w;
                    for (size_t e = 0; e < gf_matrix_size(gf_gradient(param)); e++)
                        sum[e] += weight->sum[e];
                }
            if (!rows)
                continue;
            int height = gf_node_rows(param), width = gf_node_cols(param);
            gf_matrix total = {sum, height, width, width};
            assert_close(&total, gf_gradient(param), 1e-12);
            if (rows == 1)
                assert_near(t.strip.rows[only / 100].weights[only % 100].total.l2, gf_matrix_norm(gf_gradient(param)),
                            1e-12);
        }
        drop(&t);
    }
}
END_TEST

/* How large the gradients of a name are, one above the other. */
static double stacked(gf_model *m, const char *name)
{
    double square = 0;
    for (int t = 1; t <= gf_model_steps(m); t++)
        square += pow(gf_matrix_norm(gf_model_gradient(m, name, t)), 2);
    return sqrt(square);
}

START_TEST(params_of_each_step_stand_one_above_the_other)
{
    table t;
    begin(&t, OWN, GF_RECORD_CONTRIBUTIONS);
    const gf_strip_weight *W = t.strip.rows[0].weights, *B = W + 1, *before = W + 2;
    ck_assert(t.strip.count == 1 && t.strip.rows[0].count == 3 && t.strip.cell_count == 4 + 4 + 3);
    ck_assert(W->own && !W->lag && B->own && before->own && before->lag == 1);
    assert_near(B->total.l2, stacked(t.m, "B"), 1e-12);
    for (size_t k = 0; k < t.strip.cell_count; k++) {
        const gf_strip_cell *cell = &t.strip.cells[k];
        if (cell->weight == 1)
            assert_near(cell->gradient.l2, gf_matrix_norm(gf_model_gradient(t.m, "B", cell->step)), 1e-12);
    }
    drop(&t);
}
END_TEST

/* Draws the strip in columns of that width; all texts of a line, and that none leaves its cell. */
static char *texts_of(const table *t, double width)
{
    gf_text w = {0};
    gf_drawing d;
    gf_strip_column columns[16];
    int steps = t->view.last_step;
    for (int k = 0; k < steps; k++)
        columns[k] = (gf_strip_column){k + 1, 100 + k * (width + 10), width, 0};
    double once = 100 + steps * (width + 10);
    gf_size_scale scale = {.low = -2};
    gf_strip_place place = {.y = 50, .row_height = 27, .left = 30, .names = 90, .columns = columns};
    place.column_count = steps, place.once = once, place.once_width = width;
    place.totals = once + width + 10;
    gf_drawing_begin(&d, 2000, 400, "#ffffff", "", "");
    gf_strip_draw(&t->strip, &d, gf_theme_find("light"), &scale, &place, &(gf_marks){0});
    ck_assert(!d.failed);
    const gf_item *area = NULL;
    for (size_t k = 0; k < d.count; k++) {
        const gf_item *item = &d.items[k];
        if (item->kind == GF_ITEM_AREA)
            area = item;
        if (item->kind != GF_ITEM_TEXT)
            continue;
        gf_text_add(&w, w.size ? "|" : "");
        for (size_t r = 0; r < item->run_count; r++)
            gf_text_add(&w, item->runs[r].text);
        if (area)
            ck_assert(gf_runs_width(item->runs, item->run_count, GF_SANS) <= area->width);
    }
    char *texts = strdup(gf_text_string(&w));
    gf_drawing_free(&d);
    gf_text_free(&w);
    return texts;
}

static void assert_texts(const char *text, int record, double width, const char *wanted)
{
    table t;
    begin(&t, text, record);
    char *texts = texts_of(&t, width);
    ck_assert_str_eq(texts, wanted);
    free(texts);
    drop(&t);
}

/* Rows in the order of the file, which is not that in which steps are worked out: from the last to the first. */
START_TEST(rows_are_sorted)
{
    table t;
    begin(&t,
          "steps T = 3\ninput x[t] : 1 x 1\nparam U, V, W : 1 x 1\nstart b[T+1] : 1 x 1 = 0\nf[t] = b[t+1] * W\n"
          "o[t] = U * x[t]\nb[t] = o[t] * tanh(f[t])\nz[t] = b[t] * V\nloss sum(t, z[t])\n",
          GF_RECORD_EDGES);
    int rank[16];
    for (int k = 0; k < t.view.pattern_count; k++)
        rank[k] = (int)strcspn("f o b z", t.view.patterns[k].name);
    ck_assert_int_eq(gf_strip_sort(&t.strip, rank), GF_OK);
    ck_assert_int_eq(t.strip.count, 3);
    for (int r = 0; r < 3; r++)
        ck_assert_str_eq(t.strip.rows[r].name, ((const char *[]){"f", "o", "z"})[r]);
    for (size_t k = 0; k < t.strip.cell_count; k++)
        ck_assert_int_eq(strstr(t.strip.cells[k].title, " in ")[4], *t.strip.rows[t.strip.cells[k].row].name);
    drop(&t);
}
END_TEST

#define HEADING "what each step adds to the gradient of each weight|"
#define SMALL                                                                                                          \
    "steps T = 2\ninput x[t] : 1 x 1 = {0, 0.0456}\nparam U, b : 1 x 1 = 1\nf[t] = x[t] * U + b\nloss sum(t, f[t])\n"

START_TEST(texts_of_cells)
{
    assert_texts(SMALL, GF_RECORD_EDGES, 300, HEADING "all steps|f|U 0.046|b 2|U 0|b 1|U 0.046|b 1");
    assert_texts(SMALL, GF_RECORD_EDGES, 2 * 45, HEADING "all steps|f|U 0.046|b 2|U 0|b 1|U .046|b 1");
    assert_texts(SMALL, GF_RECORD_EDGES, 2 * 39, HEADING "all steps|f|U 0.046|b 2|U 0|b 1|U|.046|b 1"); /* close */
    assert_texts(SMALL, GF_RECORD_EDGES, 2 * 36, HEADING "all steps|f|U 0.046|b 2|U 0|b 1|U .05|b 1");
    assert_texts(SMALL, GF_RECORD_EDGES, 2 * 32, HEADING "all steps|f|U 0.046|b 2|U 0|b 1|U|.05|b 1");
    assert_texts(SMALL, GF_RECORD_EDGES, 2 * 30, HEADING "all steps|U b|f|U 0.046|b 2|U 0|b 1|.046|b 1");
    assert_texts(SMALL, GF_RECORD_EDGES, 2 * 6, HEADING "all steps|U b|f|U 0.046|b 2");
    assert_texts("steps T = 2\ninput x[t] : 1 x 1 = 0.044\nparam Wq, Wk : 1 x 1 = 1\nh[t] = x[t] * Wq + x[t] * Wk\n"
                 "loss sum(t, h[t])\n",
                 GF_RECORD_EDGES, 300, HEADING "all steps|h|Wq 0.088|Wk 0.088|Wq 0.044|Wk 0.044|Wq 0.044|Wk 0.044");
    assert_texts("steps T = 2\ninput x[t] : 1 x 1 = {0, 0.00041}\nparam U, b : 1 x 1 = 1\nf[t] = x[t] * U + b\n"
                 "loss sum(t, f[t])\n",
                 GF_RECORD_EDGES, 2 * 42, HEADING "all steps|f|U 0.00041|b 2|U 0|b 1|U|4e−4|b 1");
    assert_texts(SMALL, NOTHING, 300, "which weights each quantity uses|f|U|b|U|b");
    assert_texts("param a, b : 1 x 1 = 2\nc = a * b\nloss c\n", GF_RECORD_EDGES, 300,
                 "gradient of each weight|c|a 2|b 2");
}
END_TEST

/* Sums are as wide as they need to be, column by column, and keep their names. */
START_TEST(sums_have_names)
{
    table t;
    begin(&t,
          "steps T = 1\nparam W, R, p, b : 1 x 1 = 1\nf[t] = 0.058 * W + 0.00841 * R + 0.00932 * p + 0.032 * b\n"
          "loss sum(t, f[t])\n",
          GF_RECORD_EDGES);
    for (int narrow = 0; narrow < 2; narrow++) {
        char *texts = texts_of(&t, 400);
        ck_assert_msg(strstr(texts, "all steps|f|W .058|R .0084|p .0093|b .032|"), "%s", texts);
        free(texts);
        gf_strip_narrow(&t.strip);
    }
    ck_assert(t.strip.totals < 184);
    drop(&t);
}
END_TEST

START_TEST(uses_outside_time)
{
    table t;
    begin(&t, ONCE, GF_RECORD_CONTRIBUTIONS);
    ck_assert_int_eq(t.strip.count, 3);
    ck_assert_int_eq(t.strip.most_once, 1);
    char *texts = texts_of(&t, 100);
    ck_assert_ptr_nonnull(strstr(texts, HEADING "once|all steps|"));
    ck_assert_ptr_nonnull(strstr(texts, "|A 0.1"));
    free(texts);
    drop(&t);
    begin(&t, "steps T = 2\nparam A, B, C : 1 x 1\nstart h[0] = C * 1\nh[t] = A * h[t-1] + B\nloss h[T]\n",
          GF_RECORD_CONTRIBUTIONS);
    ck_assert(t.strip.most == 2 && t.strip.most_once == 1 && t.strip.most_totals == 3); /* C has no room in steps */
    ck_assert(t.strip.rows[0].once == 1 && t.strip.rows[0].weights[2].once_at == 0);
    drop(&t);
}
END_TEST

/* Zero is dashed and has the page's ground, what is not finite is marked; letters can be read on both. */
START_TEST(colours)
{
    const gf_theme *theme = gf_theme_find("light");
    table t;
    begin(&t, "param a, b, c, d : 1 x 1 = 1\ne = a * b * 0 + c * 0.5 + 1e308 * 100 * d\nloss e\n",
          GF_RECORD_CONTRIBUTIONS);
    gf_drawing d;
    gf_size_scale scale = {.low = -2};
    gf_strip_place place = {.y = 50, .row_height = 27, .left = 30, .names = 90, .once = 100, .once_width = 400};
    gf_drawing_begin(&d, 2000, 400, "#ffffff", "", "");
    gf_strip_draw(&t.strip, &d, theme, &scale, &place, &(gf_marks){0});
    int zeros = 0, bad = 0, colours = 0;
    for (size_t k = 0; k < d.count; k++) {
        const gf_item *item = &d.items[k];
        if (item->kind != GF_ITEM_AREA)
            continue;
        zeros += item->area.dashed && !strcmp(item->area.fill, theme->box);
        bad += !strcmp(item->area.fill, theme->bad);
        colours += !item->area.dashed;
        ck_assert_str_eq(d.items[k + 1].colour, item->area.dashed ? theme->soft : gf_ink_on(item->area.fill));
    }
    ck_assert_int_eq(zeros, 2);
    ck_assert_int_eq(bad, 1);
    ck_assert_int_eq(colours, 2);
    gf_drawing_free(&d);
    drop(&t);
}
END_TEST

static double cell_at(const gf_strip *strip, int row, int weight, int step)
{
    for (size_t k = 0; k < strip->cell_count; k++) {
        const gf_strip_cell *cell = &strip->cells[k];
        if (cell->row == row && cell->weight == weight && cell->step == step)
            return cell->gradient.l2;
    }
    ck_abort_msg("no cell");
    return 0;
}

/* The gates of an LSTM in one row: U is as if Uf, Ui, Ug and Uo were one matrix. */
/* A scope that a weight shares with its row is left out, as is the row's name. */
START_TEST(short_names)
{
    static const struct {
        const char *name, *row, *wanted;
    } cases[] = {
        {"a.Uf", "a.f", "U"},  {"a.W", "a.f", "W"},   {"a.W", "b.f", "a.W"}, {"Uf", "f", "U"},      {"Uf", "a.f", "U"},
        {"a.Vf", "a.f", "Vf"}, {"a.Tf", "a.f", "Tf"}, {"f", "f", "f"},       {"a.d", "a.f", "a.d"},
    };
    gf_cell cells[] = {{.name = "a.Uf"}, {.name = "a.W"}, {.name = "V"}, {.name = "d"}, {.name = "a.Ui", .pattern = 1}};
    gf_pattern patterns[] = {{.name = "a.f"}, {.name = "a.i"}};
    gf_view view = {.cells = cells, .cell_count = 5, .patterns = patterns};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        size_t length;
        const char *at = gf_weight_short(&view, cases[k].name, cases[k].row, strlen(cases[k].row), &length);
        ck_assert_msg(length == strlen(cases[k].wanted) && !strncmp(at, cases[k].wanted, length), "%s in %s is %.*s",
                      cases[k].name, cases[k].row, (int)length, at);
    }
}
END_TEST

START_TEST(rows_are_folded)
{
    double wanted[3][6], total[3];
    int group[64];
    table t;
    begin(&t, gf_template_find("lstm")->text, GF_RECORD_CONTRIBUTIONS);
    for (int w = 0; w < 3; w++) {
        for (int step = 1; step <= 5; step++)
            wanted[w][step] = hypot(hypot(cell_at(&t.strip, 0, w, step), cell_at(&t.strip, 1, w, step)),
                                    hypot(cell_at(&t.strip, 2, w, step), cell_at(&t.strip, 3, w, step)));
        total[w] = hypot(hypot(t.strip.rows[0].weights[w].total.l2, t.strip.rows[1].weights[w].total.l2),
                         hypot(t.strip.rows[2].weights[w].total.l2, t.strip.rows[3].weights[w].total.l2));
    }
    for (int p = 0; p < t.view.pattern_count; p++)
        group[p] = strcmp(t.view.patterns[p].name, "z") != 0 ? 0 : -1;
    ck_assert_int_eq(gf_strip_fold(&t.strip, group), GF_OK);
    ck_assert_int_eq(t.strip.count, 2);
    ck_assert_int_eq(t.strip.most, 3);
    ck_assert_uint_eq(t.strip.cell_count, 5 * 3 + 5 * 2);
    ck_assert_str_eq(t.strip.rows[0].name, "f, i, g, o");
    ck_assert_str_eq(t.strip.rows[1].name, "z");
    for (int w = 0; w < 3; w++) {
        assert_near(t.strip.rows[0].weights[w].total.l2, total[w], 1e-12);
        assert_near(t.strip.rows[0].weights[w].total.rms, total[w] / sqrt(t.strip.rows[0].weights[w].entries), 1e-12);
        for (int step = 1; step <= 5; step++)
            assert_near(cell_at(&t.strip, 0, w, step), wanted[w][step], 1e-12);
    }
    drop(&t);
}
END_TEST

/* A weight that two rows use whole keeps a cell in each. */
START_TEST(shared_weights_are_not_stacked)
{
    int group[16] = {0};
    table t;
    begin(&t, "param U, Uf, Ug : 1 x 1 = 1\nf = tanh(Uf + U)\ng = tanh(Ug + U)\nloss f + g\n", GF_RECORD_EDGES);
    ck_assert_int_eq(gf_strip_fold(&t.strip, group), GF_OK);
    ck_assert_int_eq(t.strip.count, 1);
    ck_assert_int_eq(t.strip.rows[0].count, 4);
    ck_assert_str_eq(t.strip.rows[0].weights[0].name, "Uf"); /* the view has a U */
    drop(&t);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {rows_and_names,
                            rows_of_folded_steps,
                            names_in_boxes,
                            cells_and_totals_agree,
                            params_of_each_step_stand_one_above_the_other,
                            rows_are_sorted,
                            texts_of_cells,
                            sums_have_names,
                            uses_outside_time,
                            colours,
                            short_names,
                            rows_are_folded,
                            shared_weights_are_not_stacked};
    return RUN_TESTS("strip", tests);
}
