/* Tutorial 02: three steps of an RNN; its gradients derived on paper, written out in C, and compared. */
#include <math.h>
#include <stdio.h>

#include <gradflow/gradflow.h>

/* Steps, inputs, hidden units, classes: four different numbers, so that no wrong shape passes unseen. */
enum { T = 3, M = 2, D = 4, N = 5 };

/* a_t = W h_{t-1} + U x_t + b,  h_t = tanh(a_t),  o_t = V h_t + c,  L = sum_t cross-entropy(o_t, y_t) */
typedef struct rnn {
    gf_graph *g;
    gf_node *W, *U, *b, *V, *c;
    gf_node *x[T + 1], *h[T + 1], *o[T + 1], *p[T + 1], *y[T + 1];
    gf_node *loss;
} rnn;

static void build(rnn *net)
{
    gf_graph *g = net->g = gf_graph_new();
    gf_seed(g, 3);
    net->W = gf_param(g, "W", D, D), net->U = gf_param(g, "U", D, M), net->b = gf_param(g, "b", D, 1);
    net->V = gf_param(g, "V", N, D), net->c = gf_param(g, "c", N, 1);
    gf_node *params[] = {net->W, net->U, net->b, net->V, net->c};
    for (int k = 0; k < 5; k++)
        gf_init_normal(params[k], 0, 0.5);

    net->h[0] = gf_zeros(g, "h[0]", D, 1);
    for (int t = 1; t <= T; t++) {
        gf_graph_step(g, t);
        net->x[t] = gf_input(g, "x", M, 1);
        net->y[t] = gf_given(g, "y", N, 1);
        gf_init_normal(net->x[t], 0, 1);
        gf_init_onehot(net->y[t]);
        gf_node *a = gf_add(gf_add(gf_matmul(net->W, net->h[t - 1]), gf_matmul(net->U, net->x[t])), net->b);
        net->h[t] = gf_named(gf_tanh(gf_named(a, "a")), "h");
        net->o[t] = gf_named(gf_add(gf_matmul(net->V, net->h[t]), net->c), "o");
        net->p[t] = gf_named(gf_softmax(net->o[t]), "p");
        gf_node *L = gf_named(gf_cross_entropy(net->o[t], net->y[t]), "L");
        net->loss = net->loss ? gf_add(net->loss, L) : L;
    }
}

/* dW += u v^T */
static void add_outer(gf_matrix *dW, const double *u, const double *v)
{
    for (int i = 0; i < dW->rows; i++)
        for (int j = 0; j < dW->cols; j++)
            dW->data[i * dW->stride + j] += u[i] * v[j];
}

/* out += W^T u */
static void add_transposed(double *out, const gf_matrix *W, const double *u)
{
    for (int i = 0; i < W->rows; i++)
        for (int j = 0; j < W->cols; j++)
            out[j] += gf_matrix_at(W, i, j) * u[i];
}

typedef struct by_hand {
    gf_matrix dW, dU, db, dV, dc;
} by_hand;

/* From the last step to the first:
 *     do_t = p_t - y_t
 *     dh_t = V^T do_t + W^T da_{t+1}        (da_{T+1} = 0)
 *     da_t = (1 - h_t^2) * dh_t
 * and  dV = sum do_t h_t^T, dc = sum do_t, dW = sum da_t h_{t-1}^T, dU = sum da_t x_t^T, db = sum da_t. */
static void derive(const rnn *net, by_hand *d)
{
    double da[D] = {0}, one = 1;
    for (int t = T; t >= 1; t--) {
        double dout[N], dh[D] = {0};
        for (int i = 0; i < N; i++)
            dout[i] = gf_matrix_at(gf_value(net->p[t]), i, 0) - gf_matrix_at(gf_value(net->y[t]), i, 0);
        add_transposed(dh, gf_value(net->V), dout);
        add_transposed(dh, gf_value(net->W), da);
        const double *h = gf_value(net->h[t])->data;
        for (int i = 0; i < D; i++)
            da[i] = (1 - h[i] * h[i]) * dh[i];
        add_outer(&d->dV, dout, h);
        add_outer(&d->dc, dout, &one);
        add_outer(&d->dW, da, gf_value(net->h[t - 1])->data);
        add_outer(&d->dU, da, gf_value(net->x[t])->data);
        add_outer(&d->db, da, &one);
    }
}

static void compare(const char *name, gf_node *node, const gf_matrix *hand)
{
    gf_comparison c;
    gf_compare(&c, gf_gradient(node), hand);
    printf("dL/d%s  %d x %d  %s\n", name, hand->rows, hand->cols, c.text);
}

static void compare_all(const rnn *net)
{
    by_hand d;
    gf_matrix_new(&d.dW, D, D), gf_matrix_new(&d.dU, D, M), gf_matrix_new(&d.db, D, 1);
    gf_matrix_new(&d.dV, N, D), gf_matrix_new(&d.dc, N, 1);
    derive(net, &d);
    puts("-- derived on paper against automatic differentiation");
    compare("U", net->U, &d.dU);
    compare("W", net->W, &d.dW);
    compare("b", net->b, &d.db);
    compare("V", net->V, &d.dV);
    compare("c", net->c, &d.dc);
    puts("-- dL/dW, entry by entry (by hand, then automatic)");
    gf_matrix_print(&d.dW, stdout);
    gf_matrix_print(gf_gradient(net->W), stdout);
    gf_matrix_free(&d.dW), gf_matrix_free(&d.dU), gf_matrix_free(&d.db);
    gf_matrix_free(&d.dV), gf_matrix_free(&d.dc);
}

/* The article: d p_j / d o_i is p_j (1 - p_j) where j = i and p_j p_i where not. */
static void softmax_derivative(const rnn *net)
{
    gf_matrix jacobian, article;
    gf_jacobian(&jacobian, net->p[1], net->o[1]);
    gf_matrix_new(&article, N, N);
    const double *p = gf_value(net->p[1])->data;
    for (int j = 0; j < N; j++)
        for (int i = 0; i < N; i++)
            article.data[j * N + i] = i == j ? p[j] * (1 - p[j]) : p[j] * p[i];
    gf_comparison c;
    puts("-- the derivative of softmax at step 1: automatic, then the article's");
    gf_matrix_print(&jacobian, stdout);
    gf_matrix_print(&article, stdout);
    gf_compare(&c, &jacobian, &article);
    printf("as printed:  %s\n", c.text);
    for (int k = 0; k < N * N; k++)
        if (k / N != k % N)
            article.data[k] = -article.data[k];
    gf_compare(&c, &jacobian, &article);
    printf("-p_j p_i:    %s\n", c.text);
    gf_matrix_free(&jacobian);
    gf_matrix_free(&article);
}

int main(void)
{
    rnn net = {0};
    build(&net);
    gf_backward(net.loss, GF_RECORD_EDGES);
    printf("loss %.6f\n", gf_scalar(gf_value(net.loss)));
    compare_all(&net);
    softmax_derivative(&net);
    gf_draw(net.g, "rnn.svg", NULL);
    if (gf_graph_status(net.g))
        puts(gf_graph_message(net.g));
    gf_graph_free(net.g);
    return 0;
}
