/* What a step costs the longer a model is: microseconds, and the exponent e of time ~ steps^e, by least squares. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gradflow/gradflow.h>

#include "parts.h"
#include "rounds.h"
#include "table.h"

enum { LENGTHS = 4, SHORTEST = 100, HIDDEN = 16, INPUTS = 8, CLASSES = 4 };
static const double STEEP = 1.1;

/* Seconds that it takes over so many steps; how often an unrolling is repeated to be measured at all is its own. */
typedef double growth_rule(int steps);

static void complain(gf_graph *g)
{
    if (gf_graph_status(g))
        fprintf(stderr, "%s\n", gf_graph_message(g));
}

/* --- a net from C -------------------------------------------------------------------- */

typedef struct net {
    gf_graph *g;
    gf_node *U, *W, *b, *V, *d, **h, **y;
    size_t mark;
    int steps;
} net;

static gf_node *drawn(gf_node *leaf)
{
    gf_init_normal(leaf, 0, 0.2);
    return leaf;
}

static gf_node *unroll(net *n)
{
    gf_node *h = gf_zeros(n->g, "h[0]", 1, HIDDEN);
    for (int t = 1; t <= n->steps; t++) {
        gf_graph_step(n->g, t);
        gf_node *x = gf_input(n->g, "x", 1, INPUTS), *a = gf_add(gf_matmul(x, n->U), gf_matmul(h, n->W));
        h = n->h[t - 1] = gf_named(gf_tanh(gf_add(a, n->b)), "h");
        n->y[t - 1] = gf_input(n->g, "y", 1, CLASSES);
    }
    gf_graph_step(n->g, 0);
    return gf_unroll_loss(n->h, n->y, n->steps, n->V, n->d, gf_mse);
}

static net net_new(int steps)
{
    gf_graph *g = gf_graph_new();
    net n = {.g = g, .steps = steps, .h = calloc(2 * (size_t)steps, sizeof(gf_node *))};
    n.y = n.h + steps;
    n.U = drawn(gf_param(g, "U", INPUTS, HIDDEN));
    n.W = drawn(gf_param(g, "W", HIDDEN, HIDDEN));
    n.b = drawn(gf_param(g, "b", 1, HIDDEN));
    n.V = drawn(gf_param(g, "V", HIDDEN, CLASSES));
    n.d = drawn(gf_param(g, "d", 1, CLASSES));
    n.mark = gf_graph_size(g);
    return n;
}

static double net_end(net *n, double start)
{
    double time = bench_seconds() - start;
    complain(n->g);
    gf_graph_free(n->g);
    free((void *)n->h);
    return time;
}

static double building(int steps)
{
    net n = net_new(steps);
    double start = bench_seconds();
    unroll(&n);
    return net_end(&n, start);
}

static double building_again(int steps)
{
    net n = net_new(steps);
    unroll(&n);
    double start = bench_seconds();
    gf_graph_rewind(n.g, n.mark);
    unroll(&n);
    return net_end(&n, start);
}

static double replaying(int steps)
{
    net n = net_new(steps);
    gf_node *loss = unroll(&n);
    gf_forward(n.g);
    gf_backward(loss, 0);
    double start = bench_seconds();
    gf_init_normal(n.U, 0, 0.2);
    gf_forward(n.g);
    gf_backward(loss, 0);
    return net_end(&n, start);
}

static double recording(int steps)
{
    net n = net_new(steps);
    gf_node *loss = unroll(&n);
    gf_forward(n.g);
    double start = bench_seconds();
    gf_backward(loss, GF_RECORD_EDGES);
    return net_end(&n, start);
}

static double finding(int steps)
{
    net n = net_new(steps);
    unroll(&n);
    double start = bench_seconds();
    for (int t = 1; t <= steps; t++)
        gf_graph_find(n.g, "h", t);
    return net_end(&n, start);
}

/* Each row of a long matrix by itself, squared and summed up. */
static double rows(int steps)
{
    gf_graph *g = gf_graph_new();
    gf_node *X = drawn(gf_param(g, "X", steps, INPUTS)), *loss = NULL;
    for (int t = 0; t < steps; t++) {
        gf_node *x = gf_rows(X, t, t), *square = gf_sum(gf_mul(x, x));
        loss = loss ? gf_add(loss, square) : square;
    }
    gf_forward(g);
    double start = bench_seconds();
    gf_backward(loss, 0);
    double time = bench_seconds() - start;
    complain(g);
    gf_graph_free(g);
    return time;
}

/* --- from a text ----------------------------------------------------------------------- */

/* The model of `gradflow new lstm`, with the claims that are about one step: those about Jacobians, which are about
 * every two of them, come last, and are cut off with the bounds. */
static gf_model *model_of(int steps)
{
    gf_model *m;
    char *text = strdup(gf_template_find("lstm")->text), *end = text ? strstr(text, "# --- from step to step") : NULL;
    if (end)
        *end = '\0';
    gf_model_parse(&m, text ? text : "", "lstm.gf");
    free(text);
    gf_model_set(m, "T", steps);
    return m;
}

static double model_end(gf_model *m, double start)
{
    double time = bench_seconds() - start;
    fputs(gf_model_message(m), stderr);
    gf_model_free(m);
    return time;
}

static double equations(int steps)
{
    double start = bench_seconds();
    gf_model *m = model_of(steps);
    gf_backward(gf_model_loss(m), 0);
    return model_end(m, start);
}

static double claims(int steps)
{
    gf_report *report;
    gf_model *m = model_of(steps);
    gf_backward(gf_model_loss(m), 0);
    double start = bench_seconds();
    gf_model_claims(&report, m, NULL);
    double time = model_end(m, start);
    gf_report_free(report);
    return time;
}

/* Every operation of every step; and the page that a user gets, of the first steps and the last. */
static double draw(int steps, gf_level level)
{
    char *picture;
    size_t size;
    gf_model *m = model_of(steps);
    gf_backward(gf_model_loss(m), GF_RECORD_EDGES);
    gf_draw_options options = {.size = sizeof options, .level = level, .model = m};
    if (level == GF_LEVEL_OPS)
        options.last_step = steps, options.first_step = 1;
    double start = bench_seconds();
    gf_draw_text(&picture, &size, gf_model_graph(m), "svg", &options);
    double time = model_end(m, start);
    free(picture);
    return time;
}

static double page(int steps)
{
    return draw(steps, GF_LEVEL_AUTO);
}

static double whole_picture(int steps)
{
    return draw(steps, GF_LEVEL_OPS);
}

/* --- the table --------------------------------------------------------------------------- */

/* The slope of log(seconds) over log(steps) at the first `count` lengths. */
static double exponent(const double seconds[], int count)
{
    double n = count, sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
    for (int k = 0; k < count; k++) {
        double x = k * log(10), y = log(seconds[k]);
        sum_x += x, sum_y += y, sum_xx += x * x, sum_xy += x * y;
    }
    return (n * sum_xy - sum_x * sum_y) / (n * sum_xx - sum_x * sum_x);
}

/* The median of a few, where they take little. */
static double seconds_of(growth_rule *rule, int steps)
{
    double times[5], sum = 0;
    int count = 0;
    while (count < 5 && (count == 0 || sum < 0.5))
        sum += times[count++] = rule(steps);
    return bench_median(times, count);
}

/* Lengths up to `most`. */
static void measure(const char *name, growth_rule *rule, int most)
{
    double seconds[LENGTHS], told[LENGTHS + 1] = {NAN, NAN, NAN, NAN, NAN};
    int count = 0;
    for (int steps = SHORTEST; count < LENGTHS && steps <= most; steps *= 10, count++) {
        seconds[count] = seconds_of(rule, steps);
        told[count] = 1e6 * seconds[count] / steps;
    }
    told[LENGTHS] = exponent(seconds, count);
    table_row(name, 2, told, "-");
    if (told[LENGTHS] > STEEP)
        table_say("%*s^ more than %.1f\n", 36 + 5 * 10, "", STEEP);
}

void bench_growth(void)
{
    static const char *const columns[] = {"T = 100,\nus a step", "1,000\n",    "10,000\n",
                                          "100,000\n",           "exponent\n", NULL};
    table_part(
        "Growth",
        "an RNN from C, h of 16; below it the model of `gradflow new lstm`, read and worked out; its claims about\n"
        "gradients; its picture as it comes, and with every operation of every step. Above 1.1 is flagged.",
        columns);
    measure("build", building, 100000);
    measure("build again", building_again, 100000);
    measure("forward and backward", replaying, 100000);
    measure("backward, recording", recording, 100000);
    measure("find by name", finding, 100000);
    measure("rows of one matrix, backward", rows, 100000);
    measure("equations", equations, 100000);
    measure("claims", claims, 100000);
    measure("drawing", page, 100000);
    measure("drawing, every operation", whole_picture, 1000);
}
