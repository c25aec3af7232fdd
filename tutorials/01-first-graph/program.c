/* Tutorial 01: a scalar expression, its graph, and the backward pass step by step. */
#include <math.h>
#include <stdio.h>

#include <gradflow/gradflow.h>

/* One line a node: what it is, its value and its gradient. */
static void print_nodes(gf_graph *g)
{
    printf("%-4s %-6s %-10s %10s %10s\n", "node", "name", "operation", "value", "gradient");
    for (size_t id = 0; id < gf_graph_size(g); id++) {
        gf_node *node = gf_graph_node(g, id);
        printf("n%-3zu %-6s %-10s %10.6f", id, gf_node_name(node), gf_node_operation(node)->name,
               gf_scalar(gf_value(node)));
        if (gf_node_differentiable(node))
            printf(" %10.6f\n", gf_scalar(gf_gradient(node)));
        else
            printf(" %10s\n", "-");
    }
}

/* One line an edge, in the order in which backward goes: from the last node to the first. */
static void print_edges(gf_graph *g)
{
    for (size_t k = gf_edge_count(g); k-- > 0;) {
        const gf_edge *edge = gf_edge_at(g, k);
        printf("n%zu -> n%zu, slot %d: ", gf_node_id(edge->from), gf_node_id(edge->to), edge->slot);
        if (edge->passed)
            printf("%.6f flows back   (by %s)\n", gf_scalar(edge->contribution),
                   gf_node_operation(edge->to)->formula[edge->slot]);
        else
            printf("nothing flows back\n");
    }
}

static void tanh_of_a_line(void)
{
    gf_graph *g = gf_graph_new();
    gf_node *w = gf_param(g, "w", 1, 1), *b = gf_param(g, "b", 1, 1);
    gf_node *x = gf_input(g, "x", 1, 1), *y = gf_given(g, "y", 1, 1);
    gf_set_scalar(w, 0.5);
    gf_set_scalar(b, -0.25);
    gf_set_scalar(x, 2.0);
    gf_set_scalar(y, 1.0);

    gf_node *a = gf_named(gf_add(gf_mul(w, x), b), "a");
    gf_node *h = gf_named(gf_tanh(a), "h");
    gf_node *loss = gf_named(gf_pow(gf_sub(h, y), 2), "L");

    gf_backward(loss, GF_RECORD_CONTRIBUTIONS);
    puts("-- the graph of L = (tanh(w x + b) - y)^2");
    print_nodes(g);
    puts("-- backward, edge by edge");
    print_edges(g);

    double t = tanh(0.5 * 2.0 - 0.25), by_hand = 2 * (t - 1) * (1 - t * t) * 2.0;
    gf_comparison c;
    gf_compare(&c, gf_gradient(w), &(gf_matrix){.data = &by_hand, .rows = 1, .cols = 1, .stride = 1});
    printf("-- dL/dw by hand: %.6f: %s\n", by_hand, c.text);

    gf_draw(g, "first-graph.svg", &(gf_draw_options){.size = sizeof(gf_draw_options), .level = GF_LEVEL_OPS});
    if (gf_graph_status(g))
        puts(gf_graph_message(g));
    gf_graph_free(g);
}

static void two_edges_of_a_square(void)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 1, 1);
    gf_set_scalar(x, 3.0);
    gf_node *square = gf_named(gf_mul(x, x), "square");
    gf_backward(square, GF_RECORD_CONTRIBUTIONS);
    puts("-- x * x: two edges, each with its own gradient");
    print_edges(g);
    printf("d square / d x = %.6f\n", gf_scalar(gf_gradient(x)));
    gf_graph_free(g);
}

/* y = e^(-a^2). */
static void bell_forward(gf_matrix *y, const gf_call *call)
{
    for (int i = 0; i < y->rows; i++)
        for (int j = 0; j < y->cols; j++) {
            double a = gf_matrix_at(call->in[0], i, j);
            y->data[i * y->stride + j] = exp(-a * a);
        }
}

/* da = -2 * G * a * y, since the result serves again. */
static void bell_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    for (int i = 0; i < out->rows; i++)
        for (int j = 0; j < out->cols; j++) {
            double a = gf_matrix_at(call->in[slot], i, j);
            double y = gf_matrix_at(call->y, i, j);
            gf_put(&out->data[i * out->stride + j], beta, -2 * gf_matrix_at(G, i, j) * a * y);
        }
}

static const gf_operation bell = {.size = sizeof(gf_operation),
                                  .name = "bell",
                                  .arity = 1,
                                  .forward = bell_forward,
                                  .vjp = {bell_vjp},
                                  .formula = {"-2 * G * a * y"},
                                  .text = "exp(-a * a)",
                                  .doc = "The bell curve, element by element."};

static void an_operation_of_our_own(void)
{
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_input(g, "x", 1, 1);
    gf_set_scalar(x, 0.75);
    gf_node *y = gf_apply(&bell, &x, 1, NULL);
    gf_backward(y, GF_RECORD_CONTRIBUTIONS);
    puts("-- an operation of our own");
    print_edges(g);
    gf_check check;
    gf_operation_check(&check, &bell, NULL, 0, NULL);
    printf("checked against central differences: %s\n", check.worst.match ? "match" : check.worst.text);
    gf_graph_free(g);
}

int main(void)
{
    tanh_of_a_line();
    two_edges_of_a_square();
    an_operation_of_our_own();
    return 0;
}
