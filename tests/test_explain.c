/* Explanations: what arrives is the sum of the arrows, each arrow is what was recorded, and the factors that are shown
 * come to it; and what is said. */
#include <gradflow/explain.h>
#include <gradflow/template.h>

#include "equations.h"
#include "explain.h"
#include "explain/asked.h"
#include "explain/tell.h"

/* --- numbers ------------------------------------------------------------------------------------------------------ */

static void add_to(double *sum, const gf_matrix *m)
{
    for (int i = 0; i < m->rows; i++)
        for (int j = 0; j < m->cols; j++)
            sum[i * m->cols + j] += gf_matrix_at(m, i, j);
}

static void assert_same(const double *sum, const gf_matrix *wanted, const char *what, const char *name)
{
    for (int i = 0; i < wanted->rows; i++)
        for (int j = 0; j < wanted->cols; j++) {
            double got = sum[i * wanted->cols + j], want = gf_matrix_at(wanted, i, j);
            ck_assert_msg(near(got, want, 1e-12), "%s of %s: entry (%d, %d) is %.17g, not %.17g", what, name, i, j, got,
                          want);
        }
}

static double at(const gf_matrix *m, int i, int j)
{
    return gf_matrix_at(m, m->rows == 1 ? 0 : i, m->cols == 1 ? 0 : j);
}

/* a * b or a / b, with broadcasting, or a @ b, into new numbers. */
static gf_matrix times(const gf_matrix *a, const gf_matrix *b, char sign)
{
    gf_matrix out;
    bool product = sign == '@';
    int rows = product || a->rows > b->rows ? a->rows : b->rows,
        cols = !product && a->cols > b->cols ? a->cols : b->cols;
    ck_assert_int_eq(gf_matrix_new(&out, rows, cols), GF_OK);
    ck_assert(!product || a->cols == b->rows);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < cols; j++) {
            double *entry = &out.data[i * out.stride + j];
            *entry = product ? 0 : sign == '/' ? at(a, i, j) / at(b, i, j) : at(a, i, j) * at(b, i, j);
            for (int k = 0; product && k < a->cols; k++)
                *entry += gf_matrix_at(a, i, k) * gf_matrix_at(b, k, j);
        }
    return out;
}

/* The factors that are shown come to the product that is shown. */
static void assert_product(const gf_product *product)
{
    gf_matrix so_far = {0};
    for (int k = 0; k < product->count; k++) {
        const gf_matrix *factor = &product->factors[k].value;
        gf_matrix one = {.data = &(double){1}, .rows = 1, .cols = 1, .stride = 1};
        gf_matrix next = times(k ? &so_far : &one, factor, *product->factors[k].sign);
        gf_matrix_free(&so_far);
        so_far = next;
    }
    if (product->count) {
        ck_assert_int_eq(so_far.rows, product->value.rows);
        ck_assert_int_eq(so_far.cols, product->value.cols);
        double *zeros = calloc(gf_matrix_size(&so_far), sizeof *zeros);
        add_to(zeros, &so_far);
        assert_same(zeros, &product->value, "the product", product->text);
        free(zeros);
    }
    gf_matrix_free(&so_far);
}

/* --- every arrow of every value ----------------------------------------------------------------------------------- */

/* By node id: the named node in whose equation it stands. */
static size_t *quantities(gf_graph *g, const gf_node *loss)
{
    size_t count = gf_graph_size(g), *of = calloc(count, sizeof *of);
    for (size_t k = count; k-- > 0;) {
        const gf_node *node = gf_graph_node(g, k);
        if (*gf_node_name(node) || node == loss)
            of[k] = k;
        for (int slot = 0; slot < gf_node_arity(node); slot++)
            of[gf_node_id(gf_node_operand(node, slot))] = of[k];
    }
    return of;
}

/* The contributions that were recorded between a node and those of one equation. */
static void assert_recorded(gf_graph *g, const size_t *of, const gf_link *link)
{
    size_t entries = gf_matrix_size(&link->sum);
    double *sum = calloc(entries, sizeof *sum);
    for (size_t k = 0; k < gf_edge_count(g); k++) {
        const gf_edge *edge = gf_edge_at(g, k);
        if (edge->from == link->from.node && edge->passed && of[gf_node_id(edge->to)] == gf_node_id(link->to.node))
            add_to(sum, edge->contribution);
    }
    assert_same(sum, &link->sum, link->to.label, link->from.label);
    free(sum);
}

static void assert_node(gf_explaining *x, const gf_spot *spot, const size_t *of)
{
    gf_node_explained node;
    ck_assert(gf_explain_node(x, &node, spot, true));
    if (node.without)
        return;
    double *sum = calloc(gf_matrix_size(&node.value), sizeof *sum), share = 0;
    for (size_t k = 0; k < node.arrives.count; k++) {
        const gf_link *link = &node.arrives.list[k];
        add_to(sum, &link->sum);
        share += link->share;
        if (of)
            assert_recorded(x->m->graph, of, link);
    }
    assert_same(sum, &node.gradient, "the sum", spot->label);
    if (node.norm > 0)
        assert_near(share, 1, 1e-12);
    ck_assert(gf_work_out_largest(x, &node.arrives));
    for (size_t k = 0; k < node.arrives.count; k++)
        for (int n = 0; node.arrives.list[k].worked && n < node.arrives.list[k].count; n++)
            for (int p = 0; p < node.arrives.list[k].worked[n].count; p++)
                assert_product(&node.arrives.list[k].worked[n].products[p]);
    free(sum);
}

/* Every name at every step, starts too. */
static void assert_all(gf_model *m, bool recorded)
{
    gf_explaining x;
    ck_assert_int_eq(gf_backward(m->loss, GF_RECORD_CONTRIBUTIONS), GF_OK);
    size_t *of = recorded ? quantities(m->graph, m->loss) : NULL;
    ck_assert(gf_explaining_begin(&x, m));
    for (uint32_t k = 1; k < m->symbol_count; k++) {
        const gf_symbol *symbol = &m->symbols[k];
        bool matrix = symbol->kind >= SYMBOL_PARAM && symbol->kind != SYMBOL_LET;
        for (long t = matrix && symbol->timed ? -2 : 1; matrix && t <= (symbol->timed ? m->steps + 3 : 1); t++) {
            gf_spot spot = gf_spot_at(&x, k, t);
            if (spot.node)
                assert_node(&x, &spot, of);
        }
    }
    gf_explaining_end(&x);
    free(of);
}

START_TEST(arrows_add_up_in_every_model)
{
    const gf_template *template;
    for (int k = 0; (template = gf_template_at(k)); k++)
        for (int steps = 1; steps <= 4; steps += 3) {
            gf_model *m;
            ck_assert_int_eq(gf_model_parse(&m, template->text, template->name), GF_OK);
            ck_assert_int_eq(gf_model_set(m, "T", steps), GF_OK);
            ck_assert_int_eq(gf_model_unroll(m), GF_OK);
            assert_all(m, true);
            gf_model_free(m);
        }
}
END_TEST

/* Sums over time within an equation, starts that are equations, indices of all kinds, cuts. */
START_TEST(arrows_add_up_in_odd_ones)
{
    static const char *const texts[] = {
        "steps T = 4\nsize n = 2\ninput x[t] : n x 1\nparam U : n x n\nparam b : n x 1\nstart h[0] = tanh(b)\n"
        "h[t] = tanh(U @ h[t-1] + x[t] + b * h[t-1])\ng[t] = sigmoid(rows([h[t-1]; x[T+1-t]], 2, 3)) / (2 + h[t]^2)\n"
        "q = prod(j, T downto 1, diag(g[j])) @ h[T]\na[t] = sum(j, 1..t, exp(h[j] * j)) / T\n"
        "e[t] = sum(j, 1..t, sum(i, 1..j, h[i] * x[j]))\n"
        "loss sum(t, sum(a[t] * e[t])) + sum(q) + mse(a[2], h[2*1]) + sum(j, 1..2, sum(a[2*j]))\n",
        "steps T = 5\ntruncate 2\nparam w : 1 x 1\nstart h[0] = w\nh[t] = tanh(w * h[t-1])\nloss sum(t, h[t])\n",
        "param a, w : 1 x 1\nq = w^2\nloss a * q + tanh(q) + q * q\n",
    };
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        gf_model *m = model_of(texts[k]);
        assert_all(m, false);
        gf_model_free(m);
    }
}
END_TEST

/* --- chains ------------------------------------------------------------------------------------------------------- */

static void find_chain(gf_explaining *x, gf_chain *out, gf_model *m, const char *text)
{
    gf_spot from, to;
    ck_assert_int_eq(gf_backward(m->loss, 0), GF_OK);
    ck_assert(gf_explaining_begin(x, m));
    ck_assert(gf_asked_find_two(x, &from, &to, text));
    ck_assert(gf_chain_find(x, out, &from, &to));
}

/* All chains together are the whole derivative, and the factors of the one lead to its norm. */
START_TEST(chains_add_up_to_the_derivative)
{
    gf_model *m;
    gf_explaining x;
    gf_chain chain;
    gf_matrix jacobian;
    ck_assert_int_eq(gf_model_parse(&m, gf_template_find("lstm")->text, "lstm.gf"), GF_OK);
    ck_assert_int_eq(gf_model_unroll(m), GF_OK);
    find_chain(&x, &chain, m, "h[1] -> L[T]");
    ck_assert_int_eq(gf_jacobian(&jacobian, gf_model_node(m, "L", 5), gf_model_node(m, "h", 1)), GF_OK);
    for (int k = 0; k < 4; k++)
        assert_near(chain.whole.data[k], gf_matrix_at(&jacobian, 0, k), 1e-12);
    gf_matrix_free(&jacobian);
    double norm = chain.start;
    for (size_t k = chain.count; k-- > 0;)
        norm *= chain.links[k].factor;
    assert_near(norm, chain.norm, 1e-12);
    gf_explaining_end(&x);
    gf_model_free(m);
}
END_TEST

/* Three chains, of which the products are known: 3, -20 and 6. */
START_TEST(the_strongest_chain_is_found)
{
    gf_model *m = model_of("param a : 1 x 1 = 1\nb = 3 * a\nc = 2 * a\nd = 1 * b\ne = d - 10 * c\nf = e + 2 * b\n"
                           "loss f^2\n");
    gf_explaining x;
    gf_chain chain;
    find_chain(&x, &chain, m, "a -> f");
    ck_assert_int_eq(chain.count, 3);
    ck_assert_str_eq(chain.links[1].from.label, "c");
    ck_assert_str_eq(chain.links[2].from.label, "e");
    assert_near(chain.value.data[0], -20, 1e-12);
    assert_near(chain.whole.data[0], 3 - 20 + 6, 1e-12);
    assert_near(chain.share, 20.0 / 11, 1e-12);
    assert_near(chain.cosine, 1, 1e-12);
    assert_near(chain.chains, 3, 0);
    gf_explaining_end(&x);
    gf_model_free(m);
}
END_TEST

/* Down to 1e-880, and along a way on which it is truly nothing. */
START_TEST(what_fades_to_nothing_has_its_factors)
{
    static const struct {
        double w, factor;
        const char *told;
    } cases[] = {{1e-80, 1e-80, "(11 factors, together 1.000e-880, 1e-80 a step)"},
                 {1e80, 1e80, "(11 factors, together 1.000e+880, 1e+80 a step)"},
                 {0, 0, "(11 factors, together 0)"}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char text[160], *out = NULL;
        const char *asked = "h[1] -> h[T]";
        snprintf(text, sizeof text,
                 "steps T = 12\nparam w : 1 x 1 = %g\nstart h[0] : 1 x 1 = 0\nh[t] = w * h[t-1]\nloss sum(h[T])\n",
                 cases[k].w);
        gf_model *m = model_of(text);
        gf_explaining x;
        gf_chain chain;
        find_chain(&x, &chain, m, asked);
        ck_assert_uint_eq(chain.count, 11);
        for (size_t n = 0; n < chain.count; n++)
            assert_near(chain.links[n].factor, cases[k].factor, 1e-12);
        ck_assert(!isnan(chain.norm) && (cases[k].w > 1 || chain.norm == 0));
        gf_explaining_end(&x);
        gf_explanation_options options = {.size = sizeof options, .path = asked};
        ck_assert_int_eq(gf_explanation(&out, m, &options), GF_OK);
        ck_assert_msg(strstr(out, cases[k].told) && !strstr(out, "NaN"), "%s", out);
        free(out);
        gf_model_free(m);
    }
}
END_TEST

/* Two uses in one equation are one arrow. */
START_TEST(uses_of_one_equation_are_one_chain)
{
    gf_model *m = model_of("param a : 1 x 1 = 3\nb = a * a + a\nc = 2 * b\nloss c^2\n");
    gf_explaining x;
    gf_chain chain;
    find_chain(&x, &chain, m, "a -> c");
    assert_near(chain.chains, 1, 0);
    assert_near(chain.value.data[0], 14, 1e-12);
    assert_near(chain.share, 1, 1e-12);
    gf_explaining_end(&x);
    gf_model_free(m);
}
END_TEST

/* The largest norm of what comes back by any chain, all of them gone through: at `at` it is `arrived`. */
typedef struct walking {
    gf_explaining *x;
    const gf_spot *from;
    const gf_matrix *arrived;
    double most, chains;
} walking;

static const gf_matrix *arrived_at(void *data, const gf_node *node)
{
    (void)node;
    return ((walking *)data)->arrived;
}

static void walk_all(walking *w, const gf_spot *at, const gf_matrix *arrived)
{
    gf_explaining *x = w->x;
    if (at->node == w->from->node) {
        w->most = fmax(w->most, gf_matrix_norm(arrived));
        w->chains++;
    }
    uint32_t side = gf_side_of(x, at);
    if (gf_node_id(at->node) <= gf_node_id(w->from->node) || side == UINT32_MAX)
        return;
    x->found_count = 0;
    ck_assert(gf_find_brings(x, side, at->t, NULL));
    size_t count = x->found_count;
    gf_brings *found = malloc((count + 1) * sizeof *found);
    memcpy(found, x->found, count * sizeof *found);
    for (size_t k = 0; k < count; k++) {
        gf_matrix next = gf_zero_matrix(x, found[k].from.node);
        w->arrived = arrived;
        ck_assert(gf_number_add(x, &next, found[k].term));
        walk_all(w, &found[k].from, &next);
    }
    free(found);
}

START_TEST(no_chain_is_stronger)
{
    for (int seed = 1; seed <= 3; seed++) {
        gf_model *m;
        gf_explaining x;
        gf_chain chain;
        gf_model_parse(&m, gf_template_find("lstm")->text, "lstm.gf");
        gf_model_set(m, "T", 3);
        gf_model_set(m, "seed", seed);
        ck_assert_int_eq(gf_model_unroll(m), GF_OK);
        find_chain(&x, &chain, m, "h[1] -> L[3]");
        walking w = {.x = &x, .from = &chain.from};
        gf_matrix one = {.data = &(double){1}, .rows = 1, .cols = 1, .stride = 1};
        x.arrives = arrived_at;
        x.data = &w;
        walk_all(&w, &chain.to, &one);
        assert_near(chain.norm, w.most, 1e-12);
        assert_near(chain.chains, w.chains, 0);
        gf_explaining_end(&x);
        gf_model_free(m);
    }
}
END_TEST

/* --- what is said ------------------------------------------------------------------------------------------------- */

static char *explained(const char *text, gf_explanation_options options)
{
    gf_model *m = model_of(text);
    char *out;
    options.size = sizeof options;
    gf_status status = gf_explanation(&out, m, &options);
    ck_assert_msg(status == GF_OK, "%s", gf_model_message(m));
    gf_model_free(m);
    return out;
}

static void assert_says(const char *text, gf_explanation_options options, const char *const says[])
{
    char *out = explained(text, options);
    for (const char *at = out; *says; says++) {
        const char *found = strstr(at, *says);
        ck_assert_msg(found != NULL, "expected, in this order:\n%s\nin:\n%s", *says, out);
        at = found;
    }
    free(out);
}

#define assert_explains(of_, ...)                                                                                      \
    assert_says(RNN, (gf_explanation_options){.of = (of_)}, (const char *const[]){__VA_ARGS__, NULL})

/* Both are said, the second one last before the first. */
static void assert_last(const char *of, const char *behind, const char *before)
{
    char *out = explained(RNN, (gf_explanation_options){.of = of});
    const char *first = strstr(out, before), *second = strstr(out, behind);
    ck_assert_msg(first && second && first < second, "%s, then %s, in:\n%s", before, behind, out);
    ck_assert_msg(!strstr(second, "The sum"), "twice:\n%s", out);
    free(out);
}

START_TEST(a_value_is_explained)
{
    assert_explains("h[2]", "h[t] = tanh(U @ h[t-1] + x[t])", "h[2] = tanh(U @ h[1] + x[2])",
                    "dh[2] = d loss / d h[2], the sum of 2 arrows", "L[2]", "2 * dL[2] * (h[2] - y[2]) / n", "h[3]",
                    "U' @ (dh[3] * (1 - h[3]^2))", "100 %", "From h[3], as h[t] =", "The sum", "Where it goes on",
                    "h[1]", "U' @ (dh[2] * (1 - h[2]^2))");
    assert_explains("U", "param U", "the sum of 3 arrows", "h[1]", "dh[1] * (1 - h[1]^2) @ h[0]'");
    assert_explains("h[T]", "by one arrow", "L[3]");
    assert_last("U", "Norms add up", "dU  2 x 2");            /* of a weight the gradient, */
    assert_last("U", "From h[1], as h[t] =", "Norms add up"); /* and the shares, stand before the steps' matrices */
    assert_explains("y[2]", "y[2] is given: no gradient is asked for");
    assert_explains("loss", "The gradient starts here", "L[3]");
    assert_says("param a, b : 1 x 1\nc = a * b\nloss a\n", (gf_explanation_options){.of = "c"},
                (const char *const[]){"a ", "b ", "No gradient arrives", NULL});
}
END_TEST

/* Of a weight the eight largest arrows are written out; of a long sum twenty operands. */
START_TEST(much_is_summed_up)
{
    const char *text = "steps T = 30\nparam w : 1 x 1\ninput x[t] : 1 x 1\nh[t] = w * x[t]\nloss sum(t, h[t]^2)\n";
    assert_says(text, (gf_explanation_options){.of = "w"},
                (const char *const[]){"the sum of 30 arrows", "22 others", "100 %", "From h[", NULL});
    assert_says(text, (gf_explanation_options){.of = "w", .full = true},
                (const char *const[]){"From h[1], ", "From h[2], ", "From h[30], ", NULL});
    assert_says(text, (gf_explanation_options){.of = "loss", .full = true}, (const char *const[]){"h[30]", NULL});
    assert_says(text, (gf_explanation_options){.of = "loss"},
                (const char *const[]){"h[20]", "and 10 more, which --full shows.", NULL});
    assert_says(text, (gf_explanation_options){.of = "h"},
                (const char *const[]){"t = 1..30", " 1 ", " 2 ", " 30 ", NULL});
}
END_TEST

START_TEST(all_steps_are_explained)
{
    assert_explains("h", "h[t], t = 1..3", "h[t] = tanh(U @ h[t-1] + x[t])", "norm of dh[t]", "L[1] ", "h[2] ",
                    "L[3] 100 %");
    assert_explains("h[t]", "h[t], t = 1..3");
}
END_TEST

/* At one step, which t, and a name without an index, stand for. */
START_TEST(a_step_is_said_apart)
{
    static const char *const of[] = {"h", "h[t]", "h[t+1]", "h -> L", "h[t-1] -> h[t]"};
    static const char *const says[] = {"h[2], 2 x 1", "h[2], 2 x 1", "h[3], 2 x 1", "h[2] -> L[2]", "h[1] -> h[2]"};
    for (int k = 0; k < 5; k++)
        assert_says(RNN, (gf_explanation_options){.of = of[k], .at = "T-1"}, (const char *const[]){says[k], NULL});
    assert_says(RNN, (gf_explanation_options){.path = "h[t-1] -> L", .at = "3"},
                (const char *const[]){"from h[2] to L[3]", NULL});
}
END_TEST

/* A part shows what it is of. A number says its value by itself. Where chains cancel there is no share. */
START_TEST(operands_are_told)
{
    const char *text = "steps T = 2\nparam V : 3 x 3\ninput x[t] : 2 x 1\nh[t] = tanh(x[t])\nH = hcat(t, h[t])\n"
                       "z[t] = V @ [h[t]; 1]\nloss sum(t, mse(z[t], 0 * z[t])) + sum(H)^3\n";
    assert_says(text, (gf_explanation_options){.of = "h[2]"},
                (const char *const[]){"  rows(V' @ dz[2], 1, 2)\n", "V'  3 x 3", "@ dz[2]  3 x 1",
                                      "= V' @ dz[2]  3 x 1", "  cols(dH, 2, 2)\n", "dH  2 x 2", NULL});
    assert_says(text, (gf_explanation_options){.of = "z[2]"},
                (const char *const[]){"\n  2   * (z[2] - 0 * z[2])  3 x 1   / 3   =  3 x 1", NULL});
    assert_says("param a : 1 x 1 = 2\nb = 1000 * a\nc = 999 * a\nloss b - c\n",
                (gf_explanation_options){.path = "a -> loss"},
                (const char *const[]){"The chains cancel: this one alone is larger than all together; cosine", NULL});
}
END_TEST

#define LETS                                                                                                           \
    "steps T = 3\nparam W : 1 x 1 = 2\nstart h[0] : 1 x 1 = 1\nh[t] = W * h[t-1]\nloss h[T]\nlet p[t] = W^(T-t)\n"     \
    "let dh[t] = 3 * p[t]\nlet q[t] = ?\nlet r[t] = q[t]\nlet dW = [1, 2]\nlet s[t] = hh[t]\nclaim grad(h[t]) = "      \
    "p[t]\n"

/* What it stands for, by a claim or by its name, and whether it is that. */
START_TEST(a_let_is_explained)
{
#define assert_let(of_, ...)                                                                                           \
    assert_says(LETS, (gf_explanation_options){.of = (of_)}, (const char *const[]){__VA_ARGS__, NULL})
    assert_let("p[2]", "p[2], 1 x 1, a let, line 6\n  let p[t] = W^(T-t)\n\n    p[2]        2\n    grad(h[2])  2\n\n",
               "  It stands for grad(h[2]): the claim of line 12 says so.\n  It equals that.\n\n",
               "gradflow explain test.gf 'h[2]'\n", "gradflow show test.gf 'p[t]'\n");
    assert_let("p", "p[t], 1 x 1", "stands for grad(h[t])", "It equals that at every step.");
    assert_let("dh[1]", "By its name it stands for grad(h[1]).", "It is not: the error is 0.6667. Why: gradflow check");
    assert_let("dh[t]", "It is not: the error is 0.6667 at t = 1. Why: gradflow check test.gf\n");
    assert_let("q[1]", "What gradient it stands for neither a claim nor its name says.",
               "It is still open:", "--hints 2");
    assert_let("r[1]", "It is still open:");
    assert_let("s[1]", "It cannot be worked out: gradflow check test.gf says why.");
    assert_let("dW", "dW, 1 x 2, a let", "By its name it stands for grad(W)", "It has another shape",
               "show test.gf 'dW'");
    assert_says(LETS, (gf_explanation_options){.of = "p[2]", .format = GF_EXPLANATION_JSON},
                (const char *const[]){"\"let\": \"p[2]\"", "\"line\": 6", "\"gradient_of\": \"h[2]\"", "\"claim\": 12",
                                      "\"error\": 0.0", NULL});
    assert_says(LETS, (gf_explanation_options){.of = "q", .format = GF_EXPLANATION_JSON},
                (const char *const[]){"\"open\": true", "\"error\": null", NULL});
}
END_TEST

START_TEST(an_arrow_is_explained)
{
    assert_explains("h[1] -> h[2]", "d h[2] / d h[1] = diag(1 - h[2]^2) @ U", "U' @ (dh[2] * (1 - h[2]^2))",
                    "Its norm is");
    assert_says(RNN "truncate 1\n", (gf_explanation_options){.of = "h[1] → h[2]"},
                (const char *const[]){"No gradient passes: truncate cuts here", NULL});
}
END_TEST

START_TEST(a_chain_is_explained)
{
    assert_says(RNN, (gf_explanation_options){.path = "h[1] -> L[3]"},
                (const char *const[]){"h[1] -> h[2] -> h[3] -> L[3]", "L[3]", "h[3]", "2 * dL[3] * (h[3] - y[3]) / n",
                                      "the only chain: a share of 100 %", NULL});
    assert_says(RNN, (gf_explanation_options){.path = "h[1] -> h[3]"},
                (const char *const[]){"h[1] -> h[2] -> h[3]", "its gradient", NULL});
}
END_TEST

#define LONG                                                                                                           \
    "steps T = 40\nparam w : 1 x 1 = 0.5\nparam b : 1 x 1 = 2\nstart h[0] = b\na[t] = w * h[t-1]\nh[t] = a[t]\n"       \
    "loss h[T]\n"

/* Arrows that are like those before, a step later, are counted; JSON has each. */
START_TEST(long_chains_are_folded)
{
    static const char *const one =
        "steps T = 12\nparam w : 1 x 1 = 0.5\nstart h[0] = w\nh[t] = w * h[t-1]\nL[t] = 3 * h[t]\nloss L[T]\n";
    assert_says(
        one, (gf_explanation_options){.path = "h[2] -> L[12]"},
        (const char *const[]){"\n  h[2] -> ... -> h[12]  (10 factors, together 0.0009766, 0.5 a step)\n  -> L[12]\n\n",
                              "\n  h[11] ", "\n  h[10] ", "\n  ...    6 like these, together  0.01562   0.01172\n",
                              "\n  h[3] ", "\n  h[2] ", "\n\n", NULL});
    assert_says(one, (gf_explanation_options){.path = "h[8] -> L[12]"},
                (const char *const[]){"\n  h[8] -> h[9] -> h[10] -> h[11] -> h[12] -> L[12]\n", NULL});
    assert_says(LONG, (gf_explanation_options){.path = "b -> loss"},
                (const char *const[]){"\n  b -> h[0] -> a[1] -> ... -> h[40]\n"
                                      "    (80 factors, together 9.095e-13, 0.5 a step)\n\n",
                                      "76 like these, together", NULL});
    char *json = explained(LONG, (gf_explanation_options){.path = "b -> loss", .format = GF_EXPLANATION_JSON});
    int links = 0;
    for (const char *at = json; (at = strstr(at, "\"factor\"")); at++)
        links++;
    ck_assert_int_eq(links, 81);
    free(json);
}
END_TEST

/* What is no run is wrapped. */
START_TEST(long_chains_are_wrapped)
{
    gf_text model = {0};
    gf_text_add(&model, "param a : 1 x 1\nlong_name_1 = 2 * a\n");
    for (int k = 2; k <= 9; k++)
        gf_text_print(&model, "long_name_%d = %d * long_name_%d\n", k, k, k - 1);
    gf_text_add(&model, "loss 2 * long_name_9\n");
    assert_says(
        gf_text_string(&model), (gf_explanation_options){.path = "a -> loss"},
        (const char *const[]){"\n  a -> long_name_1 -> long_name_2 -> long_name_3 -> long_name_4 -> long_name_5\n"
                              "  -> long_name_6 -> long_name_7 -> long_name_8 -> long_name_9 -> loss\n\n",
                              NULL});
    gf_text_free(&model);
}
END_TEST

START_TEST(formats_are_written)
{
    assert_says(RNN, (gf_explanation_options){.of = "h[2]", .format = GF_EXPLANATION_TEXT},
                (const char *const[]){"h[2], 2 x 1", NULL});
    assert_says(
        RNN, (gf_explanation_options){.of = "h[2]", .format = GF_EXPLANATION_JSON},
        (const char *const[]){"\"name\": \"h[2]\"", "\"arrives\": [", "\"formula\"", "\"share\"", "\"goes_on\"", NULL});
    assert_says(RNN, (gf_explanation_options){.path = "h[1] -> h[3]", .format = GF_EXPLANATION_MARKDOWN},
                (const char *const[]){"```\n  h[1] -> ", " backward: every\nvalue keeps the 4 chains along ", NULL});
    assert_says(RNN, (gf_explanation_options){.of = "h[2]", .format = GF_EXPLANATION_MARKDOWN},
                (const char *const[]){"### h[2]", "| from | brings | norm | share |", "|---|---|---:|---:|", NULL});
}
END_TEST

/* Not a number is said, in JSON null. */
START_TEST(what_is_not_finite_is_shown)
{
    const char *text = "param a : 1 x 1 = 0\nb = log(a)\nloss b * a\n";
    assert_says(text, (gf_explanation_options){.of = "a"},
                (const char *const[]){"inf", "The first value that is not finite: b, by log.", NULL});
    assert_says(text, (gf_explanation_options){.of = "a", .format = GF_EXPLANATION_JSON},
                (const char *const[]){"\"norm\": null", NULL});
}
END_TEST

int main(void)
{
    const TTest *tests[] = {arrows_add_up_in_every_model,
                            arrows_add_up_in_odd_ones,
                            chains_add_up_to_the_derivative,
                            the_strongest_chain_is_found,
                            no_chain_is_stronger,
                            uses_of_one_equation_are_one_chain,
                            a_value_is_explained,
                            much_is_summed_up,
                            all_steps_are_explained,
                            a_step_is_said_apart,
                            operands_are_told,
                            a_let_is_explained,
                            an_arrow_is_explained,
                            a_chain_is_explained,
                            long_chains_are_folded,
                            long_chains_are_wrapped,
                            what_fades_to_nothing_has_its_factors,
                            formats_are_written,
                            what_is_not_finite_is_shown};
    return RUN_TESTS("explain", tests);
}
