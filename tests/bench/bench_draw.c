/* How long drawing takes: an LSTM at the level of operations, as DOT and as SVG. Prints a table: the time, and what
 * twice the steps cost (about 2, for drawing is linear). Nothing here is a test.
 * Usage: bench_draw [most steps] */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <gradflow/cell.h>
#include <gradflow/init.h>
#include <gradflow/view.h>

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void make(gf_graph *g, int steps)
{
    gf_cell *cell = gf_lstm(g, "cell", 2, 4);
    gf_node *loss = NULL;
    gf_cell_init(cell);
    gf_state state = gf_cell_zeros(cell, 1, 0);
    for (int t = 1; t <= steps; t++) {
        gf_graph_step(g, t);
        gf_node *x = gf_input(g, "x", 1, 2);
        gf_init_normal(x, 0, 1);
        state = gf_cell_step(cell, x, state);
        gf_node *L = gf_named(gf_sum(state.h), "L");
        gf_graph_step(g, 0);
        loss = loss ? gf_add(loss, L) : L;
    }
    gf_backward(loss, GF_RECORD_EDGES);
}

static double draw(gf_graph *g, const char *format, size_t *size)
{
    char *text;
    gf_draw_options options = {.size = sizeof options, .level = GF_LEVEL_OPS};
    double start = seconds();
    if (gf_draw_text(&text, size, g, format, &options))
        fprintf(stderr, "%s\n", gf_graph_message(g));
    free(text);
    return seconds() - start;
}

static void bench(const char *format, int most)
{
    double before = 0;
    printf("\n%s, every operation\n", format);
    for (int steps = most / 8 > 0 ? most / 8 : 1; steps <= most; steps *= 2) {
        gf_graph *g = gf_graph_new();
        size_t size = 0;
        make(g, steps);
        double time = draw(g, format, &size);
        printf("%6d steps %9.0f ms %8.1f MB", steps, 1e3 * time, 1e-6 * (double)size);
        printf(before > 0 ? "  x %.2f\n" : "\n", time / before);
        before = time;
        gf_graph_free(g);
    }
}

int main(int argc, char *argv[])
{
    int most = argc > 1 ? atoi(argv[1]) : 1000;
    bench("dot", most);
    bench("svg", most);
    return 0;
}
