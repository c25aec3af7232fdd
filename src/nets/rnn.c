/* The plain recurrent cell (Elman 1990). */
#include "nets/inside.h"

enum { U, W, b };

static gf_state rnn_step(const gf_cell *cell, gf_node *x, gf_state before)
{
    gf_node *const *p = cell->param;
    gf_node *a = gf_named(gf_affine(x, p[U], before.h, p[W], p[b]), "a");
    return (gf_state){.h = gf_named(cell->activation(a), "h")};
}

static const gf_cell_kind rnn = {
    .size = sizeof(gf_cell_kind),
    .name = "rnn",
    .states = 1,
    .step = rnn_step,
    .params = {[U] = {"U", GF_INPUTS_BY_HIDDEN}, [W] = {"W", GF_HIDDEN_BY_HIDDEN}, [b] = {"b", GF_ONE_BY_HIDDEN}},
    .pytorch = "",
};

gf_cell *gf_rnn(gf_graph *g, const char *scope, int inputs, int hidden, gf_activation *activation)
{
    if (g && !activation)
        gf_graph_fail(g, GF_ERROR_ARGUMENT, "rnn: the activation is NULL");
    gf_cell *cell = gf_cell_new(g, activation ? &rnn : NULL, scope, inputs, hidden);
    if (!gf_cell_is_bad(cell))
        cell->activation = activation;
    return activation == gf_tanh || activation == gf_relu || activation == gf_sigmoid ? gf_cell_alike(cell) : cell;
}
