/* Long short-term memory (Hochreiter and Schmidhuber 1997; with the forget gate of Gers, Schmidhuber and Cummins
 * 2000), and the same with peepholes (Gers and Schmidhuber 2000). */
#include "nets/inside.h"

enum { Uf, Wf, bf, Ui, Wi, bi, Ug, Wg, bg, Uo, Wo, bo, Pf, Pi, Po };

/* How the cell state is seen through a peephole: gf_mul where P is a diagonal, gf_matmul where it is a full matrix. */
typedef gf_node *product_rule(gf_node *c, gf_node *P);

/* z, and what the gate sees of c besides; z alone without peepholes. */
static gf_node *peep(gf_node *z, product_rule *product, gf_node *c, gf_node *P)
{
    return product ? gf_add(z, product(c, P)) : z;
}

static gf_state step(const gf_cell *cell, gf_node *x, gf_state before, product_rule *product)
{
    gf_node *const *p = cell->param, *h0 = before.h, *c0 = before.c;
    gf_node *zf = gf_named(peep(gf_affine(x, p[Uf], h0, p[Wf], p[bf]), product, c0, p[Pf]), "zf");
    gf_node *f = gf_named(gf_sigmoid(zf), "f");
    gf_node *zi = gf_named(peep(gf_affine(x, p[Ui], h0, p[Wi], p[bi]), product, c0, p[Pi]), "zi");
    gf_node *i = gf_named(gf_sigmoid(zi), "i");
    gf_node *zg = gf_named(gf_affine(x, p[Ug], h0, p[Wg], p[bg]), "zg");
    gf_node *g = gf_named(gf_tanh(zg), "g");
    gf_node *c = gf_named(gf_add(gf_mul(f, c0), gf_mul(i, g)), "c");
    gf_node *zo = gf_named(peep(gf_affine(x, p[Uo], h0, p[Wo], p[bo]), product, c, p[Po]), "zo");
    gf_node *o = gf_named(gf_sigmoid(zo), "o");
    return (gf_state){.h = gf_named(gf_mul(o, gf_tanh(c)), "h"), .c = c};
}

static gf_state plain_step(const gf_cell *cell, gf_node *x, gf_state before)
{
    return step(cell, x, before, NULL);
}

static gf_state diagonal_step(const gf_cell *cell, gf_node *x, gf_state before)
{
    return step(cell, x, before, gf_mul);
}

static gf_state full_step(const gf_cell *cell, gf_node *x, gf_state before)
{
    return step(cell, x, before, gf_matmul);
}

/* clang-format off */
#define GATES                                                                                                   \
    [Uf] = {"Uf", GF_INPUTS_BY_HIDDEN}, [Wf] = {"Wf", GF_HIDDEN_BY_HIDDEN}, [bf] = {"bf", GF_ONE_BY_HIDDEN},    \
    [Ui] = {"Ui", GF_INPUTS_BY_HIDDEN}, [Wi] = {"Wi", GF_HIDDEN_BY_HIDDEN}, [bi] = {"bi", GF_ONE_BY_HIDDEN},    \
    [Ug] = {"Ug", GF_INPUTS_BY_HIDDEN}, [Wg] = {"Wg", GF_HIDDEN_BY_HIDDEN}, [bg] = {"bg", GF_ONE_BY_HIDDEN},    \
    [Uo] = {"Uo", GF_INPUTS_BY_HIDDEN}, [Wo] = {"Wo", GF_HIDDEN_BY_HIDDEN}, [bo] = {"bo", GF_ONE_BY_HIDDEN}
#define PEEPHOLES(shape) [Pf] = {"Pf", shape}, [Pi] = {"Pi", shape}, [Po] = {"Po", shape}
/* clang-format on */

static const gf_cell_kind plain = {
    .size = sizeof(gf_cell_kind),
    .name = "lstm",
    .states = 2,
    .step = plain_step,
    .params = {GATES},
    .pytorch = "ifgo",
};

static const gf_cell_kind diagonal = {
    .size = sizeof(gf_cell_kind),
    .name = "lstm_peephole",
    .states = 2,
    .step = diagonal_step,
    .params = {GATES, PEEPHOLES(GF_ONE_BY_HIDDEN)},
};

static const gf_cell_kind full = {
    .size = sizeof(gf_cell_kind),
    .name = "lstm_peephole",
    .states = 2,
    .step = full_step,
    .params = {GATES, PEEPHOLES(GF_HIDDEN_BY_HIDDEN)},
};

gf_cell *gf_lstm(gf_graph *g, const char *scope, int inputs, int hidden)
{
    return gf_cell_alike(gf_cell_new(g, &plain, scope, inputs, hidden));
}

gf_cell *gf_lstm_peephole(gf_graph *g, const char *scope, int inputs, int hidden, gf_peephole peephole)
{
    static const gf_cell_kind *const kinds[] = {[GF_PEEPHOLE_DIAGONAL] = &diagonal, [GF_PEEPHOLE_FULL] = &full};
    const gf_cell_kind *kind = gf_cell_kind_among(g, kinds, 2, (unsigned)peephole);
    return gf_cell_alike(gf_cell_new(g, kind, scope, inputs, hidden));
}
