/* What docs/extending.md shows: an operation, a cell and an initial value of a program's own. */
#include <math.h>
#include <stdio.h>

#include <gradflow/gradflow.h>

/* y = a / (1 + |a|), "softsign". y: the shape of a. */
static void softsign_forward(gf_matrix *y, const gf_call *call)
{
    for (int i = 0; i < y->rows; i++)
        for (int j = 0; j < y->cols; j++) {
            double a = gf_matrix_at(call->in[0], i, j);
            y->data[i * y->stride + j] = a / (1 + fabs(a));
        }
}

/* da = G * (1 - |y|)^2. The output serves; a is not needed again. */
static void softsign_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    for (int i = 0; i < out->rows; i++)
        for (int j = 0; j < out->cols; j++) {
            double rest = 1 - fabs(gf_matrix_at(call->y, i, j));
            gf_put(&out->data[i * out->stride + j], beta, gf_matrix_at(G, i, j) * rest * rest);
        }
}

static const gf_operation softsign = {
    .size = sizeof(gf_operation),
    .name = "softsign",
    .arity = 1,
    .forward = softsign_forward,
    .vjp = {softsign_vjp},
    .formula = {"G * (1 - abs(y))^2"},
    .text = "a / (1 + abs(a))",
    .doc = "a / (1 + |a|), element by element.",
};

static gf_node *my_softsign(gf_node *a)
{
    return gf_apply(&softsign, &a, 1, NULL);
}

/* h = h[t-1] + k * (n - h[t-1]),  n = softsign(x @ U + h[t-1] @ W + b): a leaky unit with a trained leak k. */
enum { U, W, b, k };

static gf_state leaky_step(const gf_cell *cell, gf_node *x, gf_state before)
{
    gf_node *const *p = gf_cell_params(cell);
    gf_node *a = gf_named(gf_add(gf_add(gf_matmul(x, p[U]), gf_matmul(before.h, p[W])), p[b]), "a");
    gf_node *n = gf_named(my_softsign(a), "n");
    gf_node *h = gf_add(before.h, gf_mul(p[k], gf_sub(n, before.h)));
    return (gf_state){.h = gf_named(h, "h")};
}

static const gf_cell_kind leaky = {
    .size = sizeof(gf_cell_kind),
    .name = "leaky",
    .states = 1,
    .step = leaky_step,
    .params = {{"U", GF_INPUTS_BY_HIDDEN},
               {"W", GF_HIDDEN_BY_HIDDEN},
               {"b", GF_ONE_BY_HIDDEN},
               {"k", GF_ONE_BY_HIDDEN}},
};

/* The identity, scaled: an initial state weight for leaky and relu units (Le, Jaitly and Hinton 2015). */
static gf_status init_identity(gf_node *leaf, double scale)
{
    gf_status status = gf_set_scalar(leaf, 0);
    int n = gf_node_rows(leaf) < gf_node_cols(leaf) ? gf_node_rows(leaf) : gf_node_cols(leaf);
    for (int i = 0; i < n && !status; i++)
        status = gf_set_entry(leaf, i, i, scale);
    return status;
}

enum { T = 4, INPUTS = 2, HIDDEN = 3 };

int main(void)
{
    gf_check check;
    gf_operation_check(&check, &softsign, NULL, 0, NULL);
    printf("softsign: %s\n", check.worst.match ? "its vjp agrees with central differences" : check.worst.text);

    gf_graph *g = gf_graph_new();
    gf_seed(g, 5);
    gf_cell *cell = gf_cell_new(g, &leaky, "leaky", INPUTS, HIDDEN);
    gf_cell_init(cell);
    init_identity(gf_cell_params(cell)[W], 0.9);
    gf_init_constant(gf_cell_params(cell)[k], 0.25);

    gf_node *x[T], *h[T];
    for (int t = 1; t <= T; t++) {
        gf_graph_step(g, t);
        x[t - 1] = gf_input(g, "x", 1, INPUTS);
        gf_init_normal(x[t - 1], 0, 1);
    }
    gf_graph_step(g, 0);
    gf_unroll(h, x, T, &(gf_stack){.size = sizeof(gf_stack), .forward = &cell, .layers = 1});
    gf_node *loss = gf_sum(gf_mul(h[T - 1], h[T - 1]));
    gf_gradient_check(&check, loss, NULL, 0);
    printf("leaky: %d gradients, %s\n", check.count, check.worst.match ? "all agree" : check.worst.text);
    for (int t = 1; t <= T; t++)
        printf("norm of d loss / d h[%d] = %.6f\n", t, gf_matrix_norm(gf_gradient(h[t - 1])));
    if (gf_graph_status(g))
        puts(gf_graph_message(g));
    gf_graph_free(g);
    return check.worst.match ? 0 : 1;
}
