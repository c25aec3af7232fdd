/* One of three fixed workloads, whose instructions count-instructions counts. Usage: bench_counts layer|scalars|check
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gradflow/gradflow.h>

#include "parts.h"

enum { STEPS = 50, INPUTS = 16, HIDDEN = 32, NODES = 20000 };

static gf_node *unroll(gf_graph *g)
{
    static gf_node *x[STEPS], *y[STEPS], *h[STEPS];
    gf_cell *cell = gf_lstm(g, "lstm", INPUTS, HIDDEN);
    gf_node *V = gf_param(g, "V", HIDDEN, INPUTS), *d = gf_param(g, "d", 1, INPUTS);
    gf_cell_init(cell);
    gf_init_normal(V, 0, 0.1);
    for (int t = 0; t < STEPS; t++) {
        gf_graph_step(g, t + 1);
        gf_init_normal(x[t] = gf_given(g, "x", 1, INPUTS), 0, 1);
        gf_set_entry(y[t] = gf_given(g, "y", 1, INPUTS), 0, t % INPUTS, 1);
    }
    gf_unroll(h, x, STEPS, &(gf_stack){.size = sizeof(gf_stack), .forward = &cell, .layers = 1});
    return gf_unroll_loss(h, y, STEPS, V, d, gf_cross_entropy);
}

/* An LSTM of one example: built, replayed, and recorded. */
static bool layer(void)
{
    gf_graph *g = gf_graph_new();
    gf_node *loss = unroll(g);
    for (int k = 0; k < 40; k++) {
        gf_init_normal(gf_graph_find(g, "x", 1), 0, 1);
        gf_forward(g);
        gf_backward(loss, k % 4 ? 0 : GF_RECORD_EDGES);
    }
    bool good = gf_graph_status(g) == GF_OK;
    gf_graph_free(g);
    return good;
}

static bool scalar(gf_node *(*build)(gf_graph *g, size_t nodes))
{
    gf_graph *g = gf_graph_new();
    bool good = gf_backward(build(g, NODES), 0) == GF_OK;
    gf_graph_free(g);
    return good;
}

static bool scalars(void)
{
    return scalar(bench_chain) && scalar(bench_mixed);
}

/* The model of `gradflow new lstm`, all of whose claims hold. */
static bool check_once(void)
{
    gf_model *m;
    gf_report *report = NULL;
    bool good = gf_model_parse(&m, gf_template_find("lstm")->text, "lstm.gf") == GF_OK &&
                gf_model_claims(&report, m, NULL) == GF_OK &&
                gf_report_tally(report, GF_HOLDS) == gf_report_count(report);
    gf_report_free(report);
    gf_model_free(m);
    return good;
}

static bool check(void)
{
    return check_once() && check_once() && check_once();
}

static const struct workload {
    const char *name;
    bool (*run)(void);
} workloads[] = {{"layer", layer}, {"scalars", scalars}, {"check", check}};

int main(int count, char **words)
{
    for (size_t k = 0; k < sizeof workloads / sizeof *workloads; k++)
        if (count == 2 && !strcmp(words[1], workloads[k].name))
            return workloads[k].run() ? 0 : 1;
    fputs("Usage: bench_counts layer|scalars|check\n", stderr);
    return 2;
}
