/* 09: training an LSTM: the regression of a published article. */
#include <stdio.h>
#include <stdlib.h>

#include <gradflow/gradflow.h>

enum { EXAMPLES = 1000, BATCH = 64, HIDDEN = 10 };

/* What is trained, and with what. */
typedef struct net {
    gf_graph *g;
    gf_matrix X, Y;                  /* data, an example a row */
    gf_node *x, *y, *w, *out, *loss; /* leaves of a batch, what comes out, what is to become small */
} net;

/* One epoch: every example once, in an order of its own. */
static void run_epoch(const net *n, gf_batches *train, gf_optimizer *o)
{
    gf_batches_shuffle(train);
    while (gf_batches_next(train)) {
        gf_batch_set(&n->x, 1, &n->X, train);
        gf_batch_set(&n->y, 1, &n->Y, train);
        gf_batch_weights(n->w, train);
        gf_backward(n->loss, 0);
        gf_optimizer_step(o);
    }
}

/* R^2 of what comes out for examples that were not trained with. */
static double judge(const net *n, gf_batches *rest)
{
    gf_matrix predicted;
    gf_matrix_new(&predicted, EXAMPLES, 1);
    while (gf_batches_next(rest)) {
        gf_batch_set(&n->x, 1, &n->X, rest);
        gf_batch_get(&predicted, n->out, rest);
    }
    double r2 = gf_metric_r2(&predicted, &n->Y, rest);
    gf_matrix_free(&predicted);
    return r2;
}

static double learn(const net *n, unsigned seed, int epochs)
{
    gf_seed(n->g, seed);
    for (size_t k = 0; k < gf_graph_size(n->g); k++)
        if (gf_node_is_param(gf_graph_node(n->g, k)))
            gf_init_uniform(gf_graph_node(n->g, k), -0.316, 0.316); /* PyTorch's: 1 / sqrt(HIDDEN) */
    gf_optimizer *adam;
    gf_batches *train, *rest;
    gf_optimizer_new(&adam, n->g, &(gf_optimizer_options){.size = sizeof(gf_optimizer_options), .rate = 0.01});
    gf_batches_new(&train, EXAMPLES, BATCH, seed);
    gf_batches_split(&rest, train, 0.8);
    for (int epoch = 1; epoch <= epochs; epoch++)
        run_epoch(n, train, adam);
    double r2 = judge(n, rest);
    gf_optimizer_free(adam);
    gf_batches_free(train);
    gf_batches_free(rest);
    return r2;
}

int main(int argc, char *argv[])
{
    int epochs = argc > 1 ? atoi(argv[1]) : 100;
    net n = {.g = gf_graph_new()};
    gf_matrix data;
    if (gf_data_read(&data, "data.csv", n.g))
        return fprintf(stderr, "%s\n", gf_graph_message(n.g)), EXIT_FAILURE;
    n.X = gf_matrix_part(&data, 0, 0, EXAMPLES, 1);
    n.Y = gf_matrix_part(&data, 0, 1, EXAMPLES, 1);
    printf("%d examples; the first: x = %.4f, y = %.1f\n", data.rows, gf_matrix_at(&n.X, 0, 0),
           gf_matrix_at(&n.Y, 0, 0));

    n.x = gf_input(n.g, "x", BATCH, 1);
    n.y = gf_given(n.g, "y", BATCH, 1);
    n.w = gf_given(n.g, "w", BATCH, 1);
    gf_cell *lstm = gf_lstm(n.g, "lstm", 1, HIDDEN);
    gf_node *V = gf_param(n.g, "V", HIDDEN, 1), *d = gf_param(n.g, "d", 1, 1);
    gf_node *h = gf_cell_step(lstm, n.x, gf_cell_zeros(lstm, BATCH, 0)).h;
    n.out = gf_add(gf_matmul(h, V), d);
    gf_node *error = gf_sub(n.out, n.y);
    n.loss = gf_sum(gf_mul(n.w, gf_mul(error, error)));
    printf("out is %d x %d, ", gf_node_rows(n.out), gf_node_cols(n.out));
    printf("error %d x %d\n", gf_node_rows(error), gf_node_cols(error));

    for (unsigned seed = 0; seed < 3; seed++)
        printf("seed %u, %d epochs: R2 = %.4f\n", seed, epochs, learn(&n, seed, epochs));

    net m = n;
    gf_node *row = gf_transpose(m.out), *pairs = gf_sub(row, m.y);
    m.loss = gf_sum(gf_mul(gf_matmul(m.w, gf_transpose(m.w)), gf_mul(pairs, pairs)));
    printf("out is %d x %d, ", gf_node_rows(row), gf_node_cols(row));
    printf("error %d x %d\n", gf_node_rows(pairs), gf_node_cols(pairs));
    for (unsigned seed = 0; seed < 3; seed++)
        printf("seed %u, %d epochs: R2 = %.4f\n", seed, epochs, learn(&m, seed, epochs));

    gf_matrix_free(&data);
    gf_graph_free(n.g);
    return 0;
}
