/* The foot of a picture: which equations stand there, as plain text with marks, _{low} and **bold**, and where. */
#include "equations.h"

#include <gradflow/cell.h>
#include <gradflow/template.h>

#include "view/drawing/cut.h"
#include "view/page/foot.h"
#include "view/page/recite.h"

static void write_runs(gf_text *w, const gf_run *runs, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        const char *mark = runs[k].style & GF_BOLD ? "**" : "";
        gf_text_print(w, "%s%s%s%s%s",
                      runs[k].raise < 0   ? "_{"
                      : runs[k].raise > 0 ? "^{"
                                          : "",
                      mark, runs[k].text, mark, runs[k].raise != 0 ? "}" : "");
    }
}

/* All equations of a model, a line each. It ends there. */
static void assert_foot_of_model(gf_model *m, const char *wanted)
{
    gf_text w = {0};
    gf_foot foot;
    ck_assert_int_eq(gf_foot_make(&foot, m), GF_OK);
    for (size_t k = 0; k < foot.count; k++) {
        write_runs(&w, foot.equations[k].runs, foot.equations[k].count);
        gf_text_add(&w, "\n");
    }
    ck_assert_str_eq(gf_text_string(&w), wanted);
    gf_text_free(&w);
    gf_foot_free(&foot);
    gf_model_free(m);
}

static void assert_foot(const char *text, const char *wanted)
{
    assert_foot_of_model(model_of(text), wanted);
}

#define LOSS "**L**_{t} = cross_entropy(z_{t}, y_{t})\n"

START_TEST(the_models_of_new)
{
    static const struct {
        const char *name, *wanted;
    } models[] = {
        {"rnn", "**h**_{t} = tanh(x_{t} U + h_{t−1} W + b)\n**z**_{t} = h_{t} V + d\n" LOSS},
        {"lstm", "**f**, **i**, **o**_{t} = σ(x_{t} U_{∗} + h_{t−1} W_{∗} + b_{∗})\n"
                 "**g**_{t} = tanh(x_{t} U_{g} + h_{t−1} W_{g} + b_{g})\n**c**_{t} = f_{t} ⊙ c_{t−1} + i_{t} ⊙ g_{t}\n"
                 "**h**_{t} = o_{t} ⊙ tanh(c_{t})\n**z**_{t} = h_{t} V + d\n" LOSS},
        {"peephole",
         "**f**, **i**_{t} = σ(x_{t} U_{∗} + h_{t−1} W_{∗} + b_{∗} + c_{t−1} ⊙ P_{∗})\n"
         "**g**_{t} = tanh(x_{t} U_{g} + h_{t−1} W_{g} + b_{g})\n**c**_{t} = f_{t} ⊙ c_{t−1} + i_{t} ⊙ g_{t}\n"
         "**o**_{t} = σ(x_{t} U_{o} + h_{t−1} W_{o} + b_{o} + c_{t} ⊙ P_{o})\n"
         "**h**_{t} = o_{t} ⊙ tanh(c_{t})\n**z**_{t} = h_{t} V + d\n" LOSS},
        {"gru", "**r**, **z**_{t} = σ(x_{t} U_{∗} + h_{t−1} W_{∗} + b_{∗})\n"
                "**n**_{t} = tanh(x_{t} U_{n} + (r_{t} ⊙ h_{t−1}) W_{n} + b_{n})\n"
                "**h**_{t} = (1 − z_{t}) ⊙ n_{t} + z_{t} ⊙ h_{t−1}\n**s**_{t} = h_{t} V + d\n"
                "**L**_{t} = cross_entropy(s_{t}, y_{t})\n"},
        {"birnn", "**hf**_{t} = tanh(x_{t} Uf + hf_{t−1} Wf + bf)\n**hb**_{t} = tanh(x_{t} Ub + hb_{t+1} Wb + bb)\n"
                  "**h**_{t} = [hf_{t}, hb_{t}]\n**z**_{t} = h_{t} V + d\n" LOSS},
        {"deep-lstm", "**f1**, **i1**, **o1**_{t} = σ(x_{t} U_{∗} + h1_{t−1} W_{∗} + b_{∗})\n"
                      "**g1**_{t} = tanh(x_{t} U_{g1} + h1_{t−1} W_{g1} + b_{g1})\n"
                      "**c1**_{t} = f1_{t} ⊙ c1_{t−1} + i1_{t} ⊙ g1_{t}\n**h1**_{t} = o1_{t} ⊙ tanh(c1_{t})\n"
                      "**f2**, **i2**, **o2**_{t} = σ(h1_{t} U_{∗} + h2_{t−1} W_{∗} + b_{∗})\n"
                      "**g2**_{t} = tanh(h1_{t} U_{g2} + h2_{t−1} W_{g2} + b_{g2})\n"
                      "**c2**_{t} = f2_{t} ⊙ c2_{t−1} + i2_{t} ⊙ g2_{t}\n**h2**_{t} = o2_{t} ⊙ tanh(c2_{t})\n"
                      "**z**_{t} = h2_{t} V + d\n" LOSS},
    };
    for (size_t k = 0; k < sizeof models / sizeof *models; k++)
        assert_foot(gf_template_find(models[k].name)->text, models[k].wanted);
}
END_TEST

#define HEAD "steps T = 4\ninput x[t] : 1 x 2\nparam W, α : 1 x 2\n"

/* Put in is what one activation alone uses, and at the same step. */
START_TEST(what_is_put_in)
{
    assert_foot(HEAD "a[t] = x[t] * W\nh[t] = tanh(a[t] + W)\nloss sum(t, sum(h[t]))\n",
                "**a**_{t} = x_{t} ⊙ W\n**h**_{t} = tanh(a_{t} + W)\n**loss** = Σ_{t} sum(h_{t})\n");
    assert_foot(HEAD "a[t] = x[t] * W\nh[t] = tanh(a[t])\nq[t] = a[t]\nL[t] = sum(h[t] + q[t])\nloss sum(t, L[t])\n",
                "**a**_{t} = x_{t} ⊙ W\n**h**_{t} = tanh(a_{t})\n**q**_{t} = a_{t}\n**L**_{t} = sum(h_{t} + q_{t})\n");
    assert_foot(HEAD "start a[0] : 1 x 2\na[t] = x[t] * W\nh[t] = tanh(a[t-1])\nL[t] = sum(h[t])\nloss sum(t, L[t])\n",
                "**a**_{t} = x_{t} ⊙ W\n**h**_{t} = tanh(a_{t−1})\n**L**_{t} = sum(h_{t})\n");
    assert_foot(HEAD "a = W * α\nb = relu(a)\nc = b + sigmoid(tanh(b))\nloss sum(c)\n",
                "**b** = relu(W ⊙ α)\n**c** = b + σ(tanh(b))\n**loss** = sum(c)\n");
    assert_foot(HEAD "a = W * α\nb = relu(a)\nc = tanh(b)\nl = sum(c)\nloss l\n",
                "**c** = tanh(relu(W ⊙ α))\n**l** = sum(c)\n");
    assert_foot(HEAD "a = W * α\nb = 2 * tanh(a)\nloss sum(b)\n",
                "**a** = W ⊙ α\n**b** = 2 · tanh(a)\n**loss** = sum(b)\n");
    assert_foot(HEAD "a = W * α\nh[t] = tanh(a)\nL[t] = sum(h[t])\nloss sum(t, L[t])\n",
                "**a** = W ⊙ α\n**h**_{t} = tanh(a)\n**L**_{t} = sum(h_{t})\n");
}
END_TEST

START_TEST(starts_and_losses_stand_alone)
{
    assert_foot(HEAD
                "start c[0] = tanh(α)\nc[t] = c[t-1] * x[t]\nL[t] = sum(c[t])\nloss sum(t, L[t]) + 0.1 * norm(W)\n",
                "**c**_{0} = tanh(α)\n**c**_{t} = c_{t−1} ⊙ x_{t}\n**L**_{t} = sum(c_{t})\n"
                "**loss** = Σ_{t} L_{t} + 0.1 · ‖W‖\n");
}
END_TEST

START_TEST(an_equation_at_a_step)
{
    static const struct {
        const char *name;
        int step;
        const char *wanted;
    } equations[] = {
        {"c", 3, "**c**_{3} = f_{3} ⊙ c_{2} + i_{3} ⊙ g_{3}"},
        {"f", 3, "**f**_{3} = σ(x_{3} U_{f} + h_{2} W_{f} + b_{f})"},
        {"zf", 1, "**zf**_{1} = x_{1} Uf + h_{0} Wf + bf"},
        {"c", 0, ""},
        {"c", 6, ""},
        {"x", 1, ""},
        {"none", 1, ""},
    };
    gf_foot foot;
    gf_model *m;
    ck_assert_int_eq(gf_model_parse(&m, gf_template_find("lstm")->text, "lstm.gf"), GF_OK);
    ck_assert_int_eq(gf_foot_make(&foot, m), GF_OK);
    for (size_t k = 0; k < sizeof equations / sizeof *equations; k++) {
        gf_text w = {0};
        const gf_run *runs;
        size_t count;
        ck_assert_int_eq(gf_foot_equation_at(&foot, equations[k].name, equations[k].step, 20, &runs, &count), GF_OK);
        write_runs(&w, runs, count);
        ck_assert_str_eq(gf_text_string(&w), equations[k].wanted);
        if (count > 1)
            ck_assert(runs[0].size == 20 && runs[1].size == 15 && runs[1].raise < 0);
        gf_text_free(&w);
    }
    gf_foot_free(&foot);
    gf_model_free(m);
}
END_TEST

/* What is said of a graph from C; NULL: nothing. It ends there. */
static void assert_recited(gf_graph *g, const char *wanted)
{
    gf_text w = {0};
    bool said = gf_recite(&w, g);
    ck_assert_int_eq(said, wanted != NULL);
    if (said)
        ck_assert_str_eq(gf_text_string(&w), wanted);
    gf_text_free(&w);
    gf_graph_free(g);
}

static gf_graph *lstm_from_c(void)
{
    enum { T = 3 };
    gf_graph *g = gf_graph_new();
    gf_cell *cell = gf_lstm(g, "cell", 3, 4);
    gf_node *V = gf_param(g, "V", 4, 2), *d = gf_param(g, "d", 1, 2), *x[T], *y[T], *h[T];
    for (int t = 1; t <= T; t++) {
        gf_graph_step(g, t);
        x[t - 1] = gf_input(g, "x", 1, 3);
        y[t - 1] = gf_given(g, "y", 1, 2);
    }
    gf_graph_step(g, 0);
    gf_unroll(h, x, T, &(gf_stack){.size = sizeof(gf_stack), .forward = &cell, .layers = 1});
    gf_unroll_loss(h, y, T, V, d, gf_cross_entropy);
    return g;
}

static void assert_foot_of(gf_graph *g, const char *wanted)
{
    gf_model *m;
    ck_assert_int_eq(gf_recite_model(&m, g), GF_OK);
    assert_foot_of_model(m, wanted);
    gf_graph_free(g);
}

/* The foot is the one of the model file, with the names that the boxes have. */
START_TEST(a_cell_from_c)
{
    assert_foot_of(lstm_from_c(), "**cell.f**, **i**, **o**_{t} = σ(x_{t} U_{∗} + cell.h_{t−1} W_{∗} + b_{∗})\n"
                                  "**cell.g**_{t} = tanh(x_{t} U_{g} + cell.h_{t−1} W_{g} + b_{g})\n"
                                  "**cell.c**_{t} = cell.f_{t} ⊙ cell.c_{t−1} + cell.i_{t} ⊙ cell.g_{t}\n"
                                  "**cell.h**_{t} = cell.o_{t} ⊙ tanh(cell.c_{t})\n"
                                  "**z**_{t} = cell.h_{t} V + d\n" LOSS);
}
END_TEST

/* Two layers in both directions; names that the language does not take. */
START_TEST(stacked_cells_from_c)
{
    enum { T = 3 };
    gf_graph *g = gf_graph_new();
    gf_cell *up = gf_rnn(g, "a", 2, 2, gf_tanh), *down = gf_rnn(g, "b", 2, 2, gf_tanh);
    gf_node *x[T], *h[T];
    for (int t = 1; t <= T; t++) {
        gf_graph_step(g, t);
        x[t - 1] = gf_input(g, "an input", 1, 2);
    }
    gf_unroll(h, x, T, &(gf_stack){.size = sizeof(gf_stack), .forward = &up, .backward = &down, .layers = 1});
    gf_graph_step(g, 0);
    gf_named(gf_sum(h[T - 1]), "loss");
    assert_foot_of(g, "**a.h**_{t} = tanh(an input_{t} U + a.h_{t−1} W + b)\n"
                      "**b.h**_{t} = tanh(an input_{t} U + b.h_{t+1} W + b)\n"
                      "**h1**_{t} = [a.h_{t}, b.h_{t}]\n**loss** = sum(h1_{3})\n");
}
END_TEST

/* Each step reads all states before it. */
START_TEST(attention_from_c)
{
    enum { T = 5 };
    gf_graph *g = gf_graph_new();
    gf_node *W = gf_param(g, "W", 2, 2), *h[T + 1] = {gf_zeros(g, "h[0]", 1, 2)};
    for (int t = 1; t <= T; t++) {
        gf_graph_step(g, t);
        gf_node *x = gf_input(g, "x", 1, 2), *before = gf_vcat(h, t);
        h[t] = gf_named(gf_matmul(gf_matmul(x, gf_transpose(before)), gf_matmul(before, W)), "h");
    }
    gf_graph_step(g, 0);
    gf_named(gf_sum(h[T]), "loss");
    assert_recited(g, "steps T = 5\nparam W : 2 x 2\ninput x[t] : 1 x 2\n"
                      "h[t] = (x[t] @ ((vcat(j, 0..t-1, h[j]))')) @ ((vcat(j, 0..t-1, h[j])) @ W)\n"
                      "loss sum(h[5])\nstart h[0] : 1 x 2\n");
}
END_TEST

static gf_node *leaf(gf_graph *g, const char *name)
{
    return gf_param(g, name, 2, 2);
}

START_TEST(what_can_be_said_of_a_graph)
{
    gf_graph *g = gf_graph_new();
    gf_node *a = leaf(g, "a"), *b = gf_input(g, "b", 2, 2);
    gf_node *c = gf_named(gf_softmax(gf_sub(gf_transpose(a), gf_scale(gf_clip(gf_neg(b), -1, 2), 0.5))), "c");
    gf_named(gf_sum(gf_rows(gf_vcat((gf_node *[]){c, gf_ones(g, NULL, 2, 2)}, 2), 1, 3)), "loss");
    assert_recited(g, "param a : 2 x 2\ninput b : 2 x 2\nc = softmax(((a') - (0.5 * (clip((-b), -1, 2)))))\n"
                      "loss sum((rows(([c; ones(2, 2)]), 2, 4)))\n");
    g = gf_graph_new();
    a = leaf(g, "a"), b = leaf(g, "b");
    gf_named(gf_sum(gf_max(gf_where(gf_given(g, "m", 2, 2), a, b), gf_matmul(b, a))), "loss");
    assert_recited(g,
                   "param a : 2 x 2\nparam b : 2 x 2\ngiven m : 2 x 2\nloss sum((max((where(m, a, b)), (b @ a))))\n");
    g = gf_graph_new();
    gf_named(gf_tanh(leaf(g, "a")), "h"); /* no loss */
    assert_recited(g, "param a : 2 x 2\nh = tanh(a)\nloss p1_\ngiven p1_ : 1 x 1\n");
    g = gf_graph_new();
    gf_backward(gf_sum(gf_named(gf_tanh(leaf(g, "a")), "h")), GF_RECORD_EDGES); /* a loss without a name */
    assert_recited(g, "param a : 2 x 2\nh = tanh(a)\nloss sum(h)\n");
    g = gf_graph_new();
    leaf(g, "a");
    assert_recited(g, NULL);
}
END_TEST

static void copy(gf_matrix *y, const gf_call *call)
{
    memcpy(y->data, call->in[0]->data, gf_matrix_size(y) * sizeof(double));
}

/* What the language cannot say: operations of others, masks, names that come twice, what is another at each step. */
START_TEST(what_cannot_be_said)
{
    enum { T = 3 };
    static const gf_operation own = {.size = sizeof own, .name = "own", .arity = 2, .forward = copy};
    static const gf_operation bell = {
        .size = sizeof bell, .name = "bell", .arity = 1, .forward = copy, .text = "bells(a)"};
    gf_graph *g = gf_graph_new();
    gf_node *W = leaf(g, "W"), *h = gf_zeros(g, "h[0]", 2, 2);
    for (int t = 1; t <= T; t++) {
        gf_graph_step(g, t);
        gf_node *x = gf_input(g, "x", 2, 2);
        h = gf_named(gf_add(gf_apply(&own, (gf_node *[]){h, gf_exp(W)}, 2, NULL), gf_dropout(x, 0.5, (uint64_t)t)),
                     "h");
        gf_named(gf_scale(h, t), "s");
    }
    gf_graph_step(g, 0);
    h = gf_named(gf_apply(&bell, &h, 1, NULL), "y");
    gf_named(gf_sum(gf_named(gf_tanh(h), "y")), "loss");
    assert_foot_of(g, "**h**_{t} = own(h[t−1], exp(W)) + x_{t} ⊙ mask_{t}\n**s**_{t} = …\n"
                      "**y′** = tanh(bell(h[3]))\n**loss** = sum(y′)\n");
}
END_TEST

/* Every line is full, none too wide; what does not fit in one ends in an ellipsis. */
START_TEST(lines)
{
    static const double widths[] = {60, 150, 400, 700, 1225, 5000};
    gf_foot foot;
    gf_model *m = model_of(gf_template_find("deep-lstm")->text);
    ck_assert_int_eq(gf_foot_make(&foot, m), GF_OK);
    ck_assert_int_eq(gf_foot_lines(&foot, 1225), 2);
    ck_assert_int_eq(gf_foot_lines(&foot, 5000), 1);
    for (size_t k = 0; k < sizeof widths / sizeof *widths; k++) {
        gf_drawing d;
        gf_drawing_begin(&d, 6000, 1000, "#ffffff", "", "");
        gf_foot_draw(&foot, &d, gf_theme_find("light"), 30, 100, widths[k]);
        ck_assert(!d.failed);
        ck_assert_uint_eq(d.count, foot.count);
        for (size_t i = 0; i < d.count; i++) {
            const gf_item *item = &d.items[i];
            double width = gf_runs_width(item->runs, item->run_count, GF_SERIF);
            ck_assert(item->x + width <= 30 + widths[k] + 1e-6);
            ck_assert(item->y <= 100 + GF_FOOT_LINE * (gf_foot_lines(&foot, widths[k]) - 1) + 1e-6);
            const char *end = item->runs[item->run_count - 1].text;
            bool cut = foot.equations[i].width > widths[k] + 1e-6;
            ck_assert_int_eq(cut, strstr(end, "…") != NULL);
        }
        gf_drawing_free(&d);
    }
    gf_foot_free(&foot);
    gf_model_free(m);
}
END_TEST

static void assert_subtitle(const char *text, const char *wanted)
{
    gf_text w = {0};
    gf_model *m = model_of(text);
    gf_foot_loss(&w, m);
    gf_foot_settings(&w, m);
    ck_assert_str_eq(gf_text_string(&w), wanted);
    gf_text_free(&w);
    gf_model_free(m);
}

START_TEST(the_subtitle)
{
    assert_subtitle("steps T = 2\ninput x[t] : 1 x 1\na[t] = x[t]\nb[t] = 2 * x[t]\n"
                    "loss sum(t, a[t]) + 0.1 * sum(t, b[t])\n",
                    "loss = Σ a[t] + 0.1 · Σ b[t] · seed 0");
    assert_subtitle(gf_template_find("lstm")->text, "loss = Σ L[t] · n = 2, m = 4, k = 3 · seed 1");
    assert_subtitle("param a : 1 x 1\nloss a - 2 * (a + 1) - a\n", "loss = a − 2 · (a + 1) − a · seed 0");
    assert_subtitle("seed 4\nsteps T = 2\ninput x[t] : 1 x 1\nloss sum(t, x[t] + x[t]) + sum(j, 1..T, x[j-0])\n",
                    "loss = Σ (x[t] + x[t]) + sum(j, 1..T, x[j−0]) · seed 4");
    assert_subtitle("steps T = 2\ninput x[t] : 1 x 1\nloss sum(t, x[t] + x[t])\n", "loss = Σ (x[t] + x[t]) · seed 0");
    assert_subtitle("size N = 4\nsteps T = 2\ninput x[t] : 1 x 1\nloss sum(t, x[t]) / (N + 1) - 1\n",
                    "loss = Σ x[t] / (N + 1) − 1 · N = 4 · seed 0");
    assert_subtitle("steps T = 3\ntruncate 2\ninput x[t] : 1 x 1\nloss sum(t, x[t])\n",
                    "loss = Σ x[t] · seed 0 · truncated every 2 steps: “cut” is the gradient thrown away");
}
END_TEST

START_TEST(a_text_is_cut)
{
    gf_arena arena = {0};
    const gf_run runs[] = {{"αβγδε", 10, GF_PLAIN, 0}, {"abc", 10, GF_BOLD, 0}};
    double whole = gf_runs_width(runs, 2, GF_SANS);
    for (double width = whole; width > -5; width -= 3) {
        size_t count = 2;
        const gf_run *cut = gf_runs_cut(&arena, runs, &count, GF_SANS, width);
        ck_assert_ptr_nonnull(cut);
        ck_assert_int_eq(cut == runs, width == whole);
        ck_assert(gf_runs_width(cut, count, GF_SANS) <= fmax(width, gf_letters_width("…", GF_SANS, GF_BOLD, 10)));
    }
    gf_arena_free(&arena);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        the_models_of_new,    what_is_put_in,   starts_and_losses_stand_alone, an_equation_at_a_step, a_cell_from_c,
        stacked_cells_from_c, attention_from_c, what_can_be_said_of_a_graph,   what_cannot_be_said,   lines,
        the_subtitle,         a_text_is_cut};
    return RUN_TESTS("foot", tests);
}
