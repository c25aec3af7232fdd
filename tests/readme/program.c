/* The program of the README: an RNN over three steps. */
#include <stdio.h>

#include <gradflow/gradflow.h>

int main(void)
{
    gf_graph *g = gf_graph_new();
    gf_seed(g, 7);
    gf_node *W = gf_param(g, "W", 4, 4), *U = gf_param(g, "U", 4, 3), *b = gf_param(g, "b", 4, 1);
    gf_init_orthogonal(W, 1);
    gf_init_xavier(U);

    gf_node *h = gf_zeros(g, "h[0]", 4, 1), *loss = NULL;
    for (int t = 1; t <= 3; t++) {
        gf_graph_step(g, t); /* what follows belongs to step t */
        gf_node *x = gf_input(g, "x", 3, 1);
        gf_init_normal(x, 0, 1);
        h = gf_named(gf_tanh(gf_add(gf_add(gf_matmul(W, h), gf_matmul(U, x)), b)), "h");
        gf_node *L = gf_named(gf_mean(gf_mul(h, h)), "L");
        loss = loss ? gf_add(loss, L) : L;
    }

    gf_backward(loss, GF_RECORD_EDGES);
    puts("d loss / d W");
    gf_matrix_print(gf_gradient(W), stdout);
    gf_check check;
    gf_gradient_check(&check, loss, NULL, 0);
    printf("%d parameters against central differences: %s\n", check.count,
           check.worst.match ? "match" : check.worst.text);
    gf_draw(g, "rnn.svg", NULL);
    if (gf_graph_status(g))
        fprintf(stderr, "%s\n", gf_graph_message(g));
    gf_graph_free(g);
}
