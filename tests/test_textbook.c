/* The textbook page: which boxes it has, that its numbers are those of the graph, and that everything has room. */
#include "textbook.h"

#include "view/drawing/figures.h"
#include "view/inside.h"

static bool says(const page *p, const char *line)
{
    gf_text wanted = {0}, all = {0};
    gf_text_print(&all, "\n%s", gf_text_string(&p->texts));
    gf_text_print(&wanted, "\n%s\n", line);
    bool found = strstr(gf_text_string(&all), gf_text_string(&wanted)) != NULL;
    gf_text_free(&wanted);
    gf_text_free(&all);
    return found;
}

#define assert_says(p, line) ck_assert_msg(says(p, line), "%s is not in\n%s", line, gf_text_string(&(p)->texts))

/* --- what it says ------------------------------------------------------------------------------------------- */

START_TEST(a_step_of_the_lstm)
{
    static const char *const lines[] = {
        "One LSTM step, t = 3 of 5",
        "every box: its equation, its value, the gradient of the loss with respect to it",
        "f3 = σ(x3 Uf + h2 Wf + bf)",
        "i3 = σ(x3 Ui + h2 Wi + bi)",
        "g3 = tanh(x3 Ug + h2 Wg + bg)",
        "o3 = σ(x3 Uo + h2 Wo + bo)",
        "c3 = f3 ⊙ c2 + i3 ⊙ g3",
        "h3 = o3 ⊙ tanh(c3)",
        "x3",
        "c2",
        "h2",
        "c3 to",
        "h3 to",
        "t = 4",
        "z, L",
        "tanh",
        "+",
        "⊙",
    };
    page p;
    draw_steps(&p, text_of("lstm"), 3, 3, "light");
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++)
        assert_says(&p, lines[k]);
    ck_assert(p.d.width == 1280 && p.d.height == 720);
    drop(&p);
}
END_TEST

START_TEST(titles)
{
    static const struct {
        const char *title;
        int first, last;
        const char *wanted;
    } cases[] = {
        {"", 3, 3, "One step, t = 3 of 5"},
        {"", 3, 4, "Two steps, t = 3 and 4 of 5"},
        {"GRU", 1, 1, "One GRU step, t = 1 of 5"},
        {"Two-layer LSTM", 3, 4, "Two two-layer LSTM steps, t = 3 and 4 of 5"},
        {"LSTM with peepholes", 3, 3, "LSTM with peepholes: one step, t = 3 of 5"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        gf_text out = {0};
        gf_textbook_title(&out, cases[k].title, cases[k].first, cases[k].last, 5);
        ck_assert_str_eq(gf_text_string(&out), cases[k].wanted);
        gf_text_free(&out);
    }
}
END_TEST

START_TEST(a_long_title_stands_below)
{
    page p;
    draw_steps(&p, COLUMNS, 2, 2, "light");
    assert_says(&p, "One step, t = 2 of 4");
    ck_assert(strstr(gf_text_string(&p.texts), "A state that is a matrix"));
    drop(&p);
}
END_TEST

START_TEST(other_models)
{
    page p;
    draw_steps(&p, text_of("gru"), 3, 3, "light");
    assert_says(&p, "n3 = tanh(x3 Un + (r3 ⊙ h2) Wn + bn)");
    assert_says(&p, "h3 = (1 − z3) ⊙ n3 + z3 ⊙ h2");
    assert_says(&p, "1 −");
    ck_assert(p.d.width == 1280 && p.d.height == 720);
    drop(&p);
    draw_steps(&p, text_of("rnn"), 5, 5, "light");
    assert_says(&p, "h5 = tanh(x5 U + h4 W + b)");
    assert_says(&p, "z, L");
    ck_assert(!strstr(gf_text_string(&p.texts), " to\n"));
    drop(&p);
    draw_steps(&p, text_of("birnn"), 3, 3, "light");
    assert_says(&p, "hb3 to");
    assert_says(&p, "t = 2");
    assert_says(&p, "hb4");
    drop(&p);
    draw_steps(&p, text_of("attention"), 3, 3, "light"); /* much comes behind the state */
    assert_says(&p, "c3 = w3 H");
    assert_says(&p, "loss");
    drop(&p);
    draw_steps(&p,
               "steps T = 4\ngiven y[t] : 2 x 1\nparam W : 2 x 2\nstart h[0], y[0] : 2 x 1 = 0\n"
               "h[t] = tanh(W @ y[t-1] + h[t-1])\nL[t] = mse(h[t], y[t])\nloss sum(t, L[t])\n",
               3, 3, "light");
    assert_says(&p, "y2");
    ck_assert(!says(&p, "y3")); /* what step 4 reads, and the loss, which is not drawn */
    drop(&p);
    draw_steps(&p, STATELESS, 2, 2, "light");
    assert_says(&p, "loss");
    assert_says(&p, "Σ");
    drop(&p);
}
END_TEST

/* Of many boxes that something goes to, two are named, and the others counted. */
/* An operation says the number that it has. */
START_TEST(operations_with_numbers)
{
    page p;
    draw_steps(&p,
               "steps T = 2\nparam W : 2 x 2\nstart h[0] : 2 x 1 = 1\na[t] = W @ h[t-1]\nv[t] = sum(a[t]^2)\n"
               "h[t] = a[t] / sqrt(v[t] + 1e-5)\nloss sum(h[T])",
               1, 1, "light");
    assert_says(&p, "^ 2");
    assert_says(&p, "+ 1e−5");
    drop(&p);
}
END_TEST

START_TEST(many_ways_out)
{
    page p;
    draw_steps(&p,
               "steps T = 3\ninput x[t] : 1 x 2\nstart h[0] : 1 x 2 = 0\nh[t] = tanh(x[t] + h[t-1])\nA = 2 * h[T]\n"
               "B = 3 * h[T]\nC = 4 * h[T]\nD = 5 * h[T]\nloss sum(A + B + C + D)\n",
               3, 3, "light");
    assert_says(&p, "A, B");
    assert_says(&p, "and 2 more");
    ck_assert(!strstr(gf_text_string(&p.texts), "…"));
    drop(&p);
}
END_TEST

static const char *const names[] = {"rnn",       "lstm",     "gru",    "gru-after", "peephole", "birnn",
                                    "deep-lstm", "residual", "untied", "attention", "masked"};
enum { NAMES = sizeof names / sizeof *names };

/* A slide's size, letters of 9 points: what is too much is written more densely. */
START_TEST(every_model_fits_a_slide)
{
    for (int k = 0; k < 2 * NAMES; k++) {
        page p;
        int last = 3 + k % 2;
        draw_steps_on(&p, text_of(names[k / 2]), 3, last, "light", 1280, 720);
        bool two_layers = last == 4 && !strcmp(names[k / 2], "deep-lstm"); /* eight gates twice */
        ck_assert_msg(two_layers || p.d.count > 50, "%s to %d: nothing is drawn", names[k / 2], last);
        drop(&p);
    }
}
END_TEST

/* Where no size is said, every box has its equation, on a page up to twice as large as a slide. */
START_TEST(every_box_has_its_equation)
{
    for (int k = 0; k < 2 * NAMES; k++) {
        page p;
        draw_steps(&p, text_of(names[k / 2]), 3, 3 + k % 2, "light");
        ck_assert_msg(strstr(gf_text_string(&p.texts), "every box: its equation"), "%s to %d", names[k / 2], 3 + k % 2);
        ck_assert_msg(p.d.width <= 2560 && p.d.height <= 1440, "%s: %g x %g", names[k / 2], p.d.width, p.d.height);
        drop(&p);
    }
}
END_TEST

/* On a page either all numbers have the 0 before the point, or none. */
START_TEST(numbers_have_one_form)
{
    static const char *const names[] = {"rnn", "lstm", "peephole", "residual"};
    for (size_t k = 0; k < 4; k++)
        for (int step = 1; step <= 5; step++) {
            page p;
            int forms[2] = {0};
            draw_steps(&p, text_of(names[k]), step, step, "light");
            const char *texts = gf_text_string(&p.texts);
            for (const char *at = strchr(texts, '.'); at; at = strchr(at + 1, '.')) {
                bool digit = at[1] >= '0' && at[1] <= '9', whole = at > texts && at[-1] >= '0' && at[-1] <= '9';
                bool zero = at - texts > 1 && at[-1] == '0' && !(at[-2] >= '0' && at[-2] <= '9');
                forms[0] += digit && zero, forms[1] += digit && !whole;
            }
            ck_assert_msg(!forms[0] != !forms[1], "%s, step %d: %d and %d\n%s", names[k], step, forms[0], forms[1],
                          texts);
            drop(&p);
        }
}
END_TEST

/* What is cut is said, and how much that is. */
START_TEST(what_is_cut)
{
    gf_text cut = {0};
    gf_text_print(&cut, "truncate 2\n%s", text_of("rnn"));
    page p;
    draw_steps(&p, gf_text_string(&cut), 3, 3, "light");
    ck_assert_msg(strstr(gf_text_string(&p.texts), "truncated every 2 steps: “cut” is the gradient thrown away"), "%s",
                  gf_text_string(&p.texts));
    ck_assert(strstr(gf_text_string(&p.texts), "\ncut 0."));
    gf_text_free(&cut);
    drop(&p);
}
END_TEST

START_TEST(the_first_and_only_step)
{
    page p = {.m = model_of(text_of("lstm"))};
    gf_text one = {0};
    const char *text = text_of("lstm"), *steps = strstr(text, "steps T = 5");
    ck_assert(steps);
    gf_text_bytes(&one, text, (size_t)(steps - text));
    gf_text_print(&one, "steps T = 1%s", steps + strlen("steps T = 5"));
    gf_model_free(p.m);
    draw_steps(&p, gf_text_string(&one), 1, 1, "light");
    assert_says(&p, "One LSTM step, t = 1 of 1");
    assert_says(&p, "c1 = f1 ⊙ c0 + i1 ⊙ g1");
    assert_says(&p, "h0");
    drop(&p);
    gf_text_free(&one);
}
END_TEST

/* Two frames: what the first hands on comes into the second. No id stands twice. */
START_TEST(two_steps)
{
    page p;
    draw_steps(&p, CONTEXT, 3, 4, "light");
    assert_says(&p, "h3 = tanh(x3 B + h2 + C)");
    assert_says(&p, "h4 = tanh(x4 B + h3 + C)");
    assert_says(&p, "Two steps, t = 3 and 4 of 5");
    for (size_t k = 0; k < p.d.count; k++)
        for (size_t j = 0; j < k && p.d.items[k].id; j++)
            ck_assert(!p.d.items[j].id || strcmp(p.d.items[j].id, p.d.items[k].id) != 0);
    drop(&p);
}
END_TEST

/* --- its numbers -------------------------------------------------------------------------------------------- */

/* The texts in a group, a line each. */
static void texts_in(const gf_drawing *d, const char *id, gf_text *out)
{
    int depth = 0;
    for (size_t k = 0; k < d->count; k++) {
        const gf_item *item = &d->items[k];
        if (item->kind == GF_ITEM_GROUP)
            depth = depth || (item->id && !strcmp(item->id, id)) ? depth + 1 : 0;
        else if (item->kind == GF_ITEM_END)
            depth -= depth > 0;
        else if (item->kind == GF_ITEM_TEXT && depth)
            for (size_t r = 0; r < item->run_count; r++)
                gf_text_print(out, "%s%s", item->runs[r].text, r + 1 == item->run_count ? "\n" : "");
    }
}

/* "value", then its entries; a number is right to half of its last digit. */
static const char *assert_entries(const char *at, const char *label, const gf_matrix *m)
{
    ck_assert_msg(!strncmp(at, label, strlen(label)), "%s: %s", label, at);
    at = strchr(at, '\n') + 1;
    for (size_t k = 0; k < gf_matrix_size(m); k++) {
        bool minus = !strncmp(at, "−", strlen("−"));
        at += minus ? strlen("−") : 0;
        double shown = strtod(at, NULL), entry = m->data[k];
        ck_assert_msg(fabs((minus ? -shown : shown) - entry) <= fmax(0.00501, 0), "%s: %g is %s", label, entry, at);
        ck_assert(entry == 0 || minus == (entry < 0));
        at = strchr(at, '\n') + 1;
    }
    return at;
}

static void assert_cells(const page *p, const char *name, int step, const char *suffix)
{
    char id[64];
    gf_text texts = {0};
    gf_node *node = gf_model_node(p->m, name, step);
    snprintf(id, sizeof id, "n%zu%s", gf_node_id(node), suffix);
    texts_in(&p->d, id, &texts);
    const char *at = strchr(gf_text_string(&texts), '\n') + 1; /* behind the equation */
    at = assert_entries(at, "value", gf_value(node));
    assert_entries(at, "grad", gf_gradient(node));
    gf_text_free(&texts);
}

START_TEST(cells_are_values_and_gradients)
{
    page p;
    draw_steps(&p, text_of("lstm"), 3, 3, "light");
    for (const char *name = "figo"; *name; name++)
        assert_cells(&p, (char[]){*name, '\0'}, 3, "");
    assert_cells(&p, "c", 3, "_value");
    assert_cells(&p, "h", 3, "_value");
    assert_cells(&p, "x", 3, "");
    drop(&p);
    draw_steps(&p, COLUMNS, 2, 2, "light");
    assert_cells(&p, "A", 2, "");
    assert_cells(&p, "k", 2, "");
    assert_cells(&p, "x", 2, "");
    drop(&p);
    draw_steps(&p, SCALARS, 2, 2, "light");
    assert_cells(&p, "h", 2, "");
    drop(&p);
}
END_TEST

START_TEST(figures_of_cells)
{
    static const struct {
        double number;
        const char *wanted;
    } cases[] = {{0.5949, "0.59"}, {-1.042, "−1.04"}, {0.004, "0.004"}, {-0.00312, "−0.003"},
                 {2e-5, "2e−5"},   {12.34, "12.3"},   {1234, "1234"},   {0, "0"},
                 {1, "1.00"},      {NAN, "NaN"},      {-INFINITY, "−∞"}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char text[GF_INSCRIPTION];
        ck_assert_str_eq(gf_cell_figure(text, cases[k].number, false), cases[k].wanted);
        ck_assert(!strstr(gf_cell_figure(text, cases[k].number, true), "0."));
    }
}
END_TEST

/* What is larger shows its norm. */
START_TEST(large_matrices)
{
    gf_text large = {0};
    const char *text = text_of("lstm"), *size = strstr(text, "m = 4");
    ck_assert(size);
    gf_text_bytes(&large, text, (size_t)(size - text));
    gf_text_print(&large, "m = 9%s", size + strlen("m = 4"));
    page p;
    char id[64], number[GF_INSCRIPTION];
    gf_text texts = {0}, wanted = {0};
    draw_steps(&p, gf_text_string(&large), 3, 3, "light");
    gf_node *f = gf_model_node(p.m, "f", 3);
    snprintf(id, sizeof id, "n%zu", gf_node_id(f));
    texts_in(&p.d, id, &texts);
    gf_text_print(&wanted, "‖value‖\n%s\n", gf_cell_figure(number, gf_matrix_norm(gf_value(f)), false));
    gf_text_print(&wanted, "‖grad‖\n%s\n", gf_cell_figure(number, gf_matrix_norm(gf_gradient(f)), false));
    ck_assert_msg(strstr(gf_text_string(&texts), gf_text_string(&wanted)), "%s", gf_text_string(&texts));
    gf_text_free(&texts);
    gf_text_free(&wanted);
    gf_text_free(&large);
    drop(&p);
}
END_TEST

/* The norm of what operands of that name at a step send back together; adds it to `sum`. */
static double sent(const gf_node *to, gf_node *from, double *sum)
{
    double one[64];
    for (int slot = 0; slot < gf_node_arity(to); slot++)
        if (gf_node_operand(to, slot) == from) {
            ck_assert(gf_edge_contribution(one, gf_edge_find(to, slot), &(gf_call){0}));
            for (size_t k = 0; k < gf_matrix_size(gf_value(from)); k++)
                sum[k] += one[k];
            return gf_matrix_norm(&(gf_matrix){one, gf_node_rows(from), gf_node_cols(from), gf_node_cols(from)});
        }
    return -1;
}

/* In the LSTM each gate multiplies h[2] once, in the order f, i, g, o, and so does z[2]. */
START_TEST(the_sum_at_the_foot)
{
    page p;
    draw_steps(&p, text_of("lstm"), 3, 3, "light");
    gf_graph *g = gf_model_graph(p.m);
    gf_node *h = gf_model_node(p.m, "h", 2);
    double gates[8], here[64] = {0}, other[64] = {0}, from_z = 0;
    int count = 0;
    for (size_t id = 0; id < gf_graph_size(g); id++) {
        gf_node *to = gf_graph_node(g, id);
        double size = sent(to, h, gf_node_step(to) == 3 ? here : other);
        if (size >= 0 && gf_node_step(to) == 3)
            gates[count++] = size;
        else if (size >= 0)
            from_z = size;
    }
    ck_assert_int_eq(count, 4);
    char n[7][GF_FIGURE];
    for (int k = 0; k < 4; k++)
        gf_figure_tight(n[k], gates[k], 2);
    gf_figure_tight(n[4], gf_matrix_norm(gf_gradient(h)), 2);
    gf_figure_tight(n[5], from_z, 2);
    gf_figure_tight(n[6], gf_matrix_norm(&(gf_matrix){here, 1, gf_node_cols(h), gf_node_cols(h)}), 2);
    gf_text wanted = {0};
    gf_text_print(
        &wanted,
        "Gradients add up: grad(h2) = from z2 + from f3, i3, g3 and o3. Its size is %s: %s from z2, and %s from "
        "here, where the four arrows (%s, %s, %s, %s) partly cancel.",
        n[4], n[5], n[6], n[0], n[1], n[2], n[3]);
    assert_says(&p, gf_text_string(&wanted));
    gf_text_free(&wanted);
    for (int k = 0; k < 7; k++) /* beside the arrows, but for what is not here: the numbers of h[2] and of z[2] */
        ck_assert_msg(k == 4 || k == 5 || says(&p, n[k]), "no %s", n[k]);
    drop(&p);
}
END_TEST

/* Trunks and branches: beside each arrow stands how much it carries. */
START_TEST(each_arrow_has_its_number)
{
    page p;
    draw_steps(&p, text_of("lstm"), 3, 3, "light");
    gf_graph *g = gf_model_graph(p.m);
    const char *const names[] = {"f", "i", "g", "o", "c", "h", "x"}; /* what they send is all that comes back */
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        char number[GF_FIGURE], size[GF_FIGURE + 16];
        gf_node *node = gf_graph_find(g, names[k], 3);
        gf_figure_tight(number, gf_matrix_norm(gf_gradient(node)), 2);
        snprintf(size, sizeof size, "‖grad‖ %s", number);
        assert_says(&p, number);
        ck_assert(k == 6 || says(&p, size));
    }
    drop(&p);
}
END_TEST

/* C is used by steps that the page does not see: nothing false is said of it. */
START_TEST(a_sum_is_whole_or_not_said)
{
    page p;
    draw_steps(&p, CONTEXT, 3, 3, "light");
    ck_assert(!strstr(gf_text_string(&p.texts), "grad(C)"));
    ck_assert(strstr(gf_text_string(&p.texts), "grad(h2) = from L2 + from h3."));
    drop(&p);
}
END_TEST

/* --- without ------------------------------------------------------------------------------------------------ */

START_TEST(without_gradients_or_model)
{
    gf_model *m = model_of(text_of("lstm"));
    gf_draw_options draw = {.size = sizeof draw, .first_step = 3, .last_step = 3};
    char *svg;
    size_t size;
    ck_assert_int_eq(gf_draw_text(&svg, &size, gf_model_graph(m), "svg", &draw), GF_OK);
    ck_assert(strstr(svg, ">value<") && !strstr(svg, ">grad<") && !strstr(svg, "Gradients add up"));
    ck_assert(strstr(svg, "One step, t = 3 of 5"));
    free(svg);
    gf_backward(gf_model_loss(m), GF_RECORD_EDGES);
    ck_assert_int_eq(gf_draw_text(&svg, &size, gf_model_graph(m), "svg", &draw), GF_OK);
    ck_assert(strstr(svg, ">grad<") && strstr(svg, "Gradients add up") && strstr(svg, "σ(")); /* of the graph */
    free(svg);
    draw.level = GF_LEVEL_STEPS; /* not this page */
    ck_assert_int_eq(gf_draw_text(&svg, &size, gf_model_graph(m), "svg", &draw), GF_OK);
    ck_assert(!strstr(svg, ">value<"));
    free(svg);
    gf_model_free(m);
}
END_TEST

START_TEST(a_graph_without_steps_has_none_alone)
{
    gf_model *m = model_of("input a : 1 x 1 = 2\nb = a * a\nloss b\n");
    gf_draw_options draw = {.size = sizeof draw, .first_step = 1, .last_step = 1};
    char *svg;
    size_t size;
    ck_assert_int_eq(gf_draw_text(&svg, &size, gf_model_graph(m), "svg", &draw), GF_OK);
    ck_assert(!strstr(svg, ">value<"));
    free(svg);
    gf_model_free(m);
}
END_TEST

/* What is not finite is red, and says what it is. */
START_TEST(not_finite)
{
    page p;
    draw_steps(&p,
               "steps T = 2\ninput x[t] : 1 x 2\nstart h[0] : 1 x 2 = 0\nk[t] = 1 / (x[t] - x[t])\n"
               "h[t] = k[t] - k[t] + h[t-1]\nL[t] = sum(h[t])\nloss sum(t, L[t])\n",
               1, 1, "light");
    const char *bad = gf_theme_find("light")->bad;
    int cells = 0, boxes = 0;
    for (size_t k = 0; k < p.d.count; k++) {
        const gf_item *item = &p.d.items[k];
        cells += item->kind == GF_ITEM_AREA && !strcmp(item->area.fill, bad);
        boxes += item->kind == GF_ITEM_AREA && !strcmp(item->area.line, bad);
    }
    assert_says(&p, "∞");
    assert_says(&p, "NaN");
    ck_assert(cells >= 4 && boxes >= 2);
    drop(&p);
}
END_TEST

/* Products without a name that two quantities use: their weights are seen. */
START_TEST(weights_of_what_has_no_name)
{
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 2, 2), *h = gf_input(g, "h0", 1, 2), *loss = NULL;
    for (int t = 1; t <= 3; t++) {
        gf_graph_step(g, t);
        gf_node *product = gf_matmul(h, w), *a = gf_named(gf_tanh(product), "a");
        h = gf_named(gf_add(a, product), "h");
        loss = loss ? gf_add(loss, gf_sum(h)) : gf_sum(h);
    }
    gf_backward(loss, GF_RECORD_EDGES);
    gf_draw_options draw = {.size = sizeof draw, .first_step = 2, .last_step = 2};
    char *svg;
    ck_assert_int_eq(gf_draw_text(&svg, NULL, g, "svg", &draw), GF_OK);
    ck_assert_msg(strstr(svg, ">w</tspan>") && strstr(svg, ">@</tspan>"), "%s", svg);
    free(svg);
    gf_graph_free(g);
}
END_TEST

START_TEST(a_page_that_is_too_small_is_refused)
{
    gf_model *m = model_of(text_of("lstm"));
    gf_draw_options draw = {.size = sizeof draw, .first_step = 3, .last_step = 3, .width = 640, .height = 360};
    char *svg;
    ck_assert_int_eq(gf_draw_text(&svg, NULL, gf_model_graph(m), "svg", &draw), GF_ERROR_LIMIT);
    ck_assert(strstr(gf_graph_message(gf_model_graph(m)), "it does not fit 640 x 360 pixels"));
    gf_model_free(m);
}
END_TEST

/* --- which equations open ----------------------------------------------------------------------------------- */

START_TEST(equations_of_named_quantities_open)
{
    gf_model *m = model_of(text_of("lstm"));
    gf_draw_options draw = {.size = sizeof draw, .first_step = 3, .last_step = 3};
    gf_view view;
    gf_text boxes = {0};
    ck_assert_int_eq(gf_view_make_opened(&view, gf_model_graph(m), &draw), GF_OK);
    for (size_t k = 0; k < view.box_count; k++)
        if (view.boxes[k].step == 3)
            gf_text_print(&boxes, "%s%s ", view.boxes[k].plain ? view.boxes[k].symbol : view.boxes[k].variable,
                          view.boxes[k].opened ? "*" : "");
    ck_assert_str_eq(gf_text_string(&boxes), "x y f i g ⊙ ⊙ c* o tanh h* z L ");
    gf_text_free(&boxes);
    gf_view_free(&view);
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        a_step_of_the_lstm,
        titles,
        a_long_title_stands_below,
        other_models,
        operations_with_numbers,
        many_ways_out,
        every_model_fits_a_slide,
        every_box_has_its_equation,
        numbers_have_one_form,
        what_is_cut,
        the_first_and_only_step,
        two_steps,
        cells_are_values_and_gradients,
        figures_of_cells,
        large_matrices,
        the_sum_at_the_foot,
        each_arrow_has_its_number,
        a_sum_is_whole_or_not_said,
        without_gradients_or_model,
        a_graph_without_steps_has_none_alone,
        not_finite,
        weights_of_what_has_no_name,
        a_page_that_is_too_small_is_refused,
        equations_of_named_quantities_open,
    };
    return RUN_TESTS("textbook", tests);
}
