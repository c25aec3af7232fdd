/* Three pictures of two steps of an RNN, on one scale: for reading, for a slide, for print. */
#include <stdio.h>

#include <gradflow/gradflow.h>

static gf_node *unroll(gf_graph *g)
{
    gf_cell *cell = gf_rnn(g, "rnn", 3, 4, gf_tanh);
    gf_cell_init(cell);
    gf_node *x[2], *h[2], *loss = NULL;
    for (int t = 1; t <= 2; t++) {
        gf_graph_step(g, t);
        x[t - 1] = gf_input(g, "x", 1, 3);
        gf_init_normal(x[t - 1], 0, 1);
    }
    gf_graph_step(g, 0);
    gf_unroll(h, x, 2, &(gf_stack){.size = sizeof(gf_stack), .forward = &cell, .layers = 1});
    for (int t = 1; t <= 2; t++) {
        gf_graph_step(g, t);
        gf_node *L = gf_named(gf_sum(gf_mul(h[t - 1], h[t - 1])), "L");
        loss = loss ? gf_add(loss, L) : L;
    }
    gf_graph_step(g, 0);
    return gf_named(loss, "loss");
}

int main(void)
{
    gf_graph *g = gf_graph_new();
    gf_seed(g, 1);
    gf_backward(unroll(g), GF_RECORD_EDGES);

    gf_draw_options options = {.size = sizeof options, .title = "RNN", .least = 1e-3, .most = 1};
    gf_draw(g, "read.svg", &options);

    options.theme = "dark";
    options.level = GF_LEVEL_STEPS;
    gf_draw(g, "slide.png", &options);

    options.theme = "print";
    options.level = GF_LEVEL_OPS;
    options.width = 794, options.height = 560; /* in pixels of 1/96 inch: half a page of A4 */
    gf_draw(g, "print.pdf", &options);

    puts(gf_graph_status(g) ? gf_graph_message(g) : "drawn: read.svg, slide.png, print.pdf");
    gf_graph_free(g);
    return 0;
}
