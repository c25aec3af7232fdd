/* The gated recurrent unit (Cho et al. 2014), its reset gate before the product with the state or after it. */
#include "nets/inside.h"

enum { Ur, Wr, br, Uz, Wz, bz, Un, Wn, bn, dn };

/* h = (1 - z) * n + z * h0 */
static gf_state mix(gf_node *z, gf_node *zn, gf_node *h0)
{
    gf_node *n = gf_named(gf_tanh(zn), "n");
    gf_node *rest = gf_add_scalar(gf_neg(z), 1);
    return (gf_state){.h = gf_named(gf_add(gf_mul(rest, n), gf_mul(z, h0)), "h")};
}

static gf_state before_step(const gf_cell *cell, gf_node *x, gf_state before)
{
    gf_node *const *p = cell->param, *h0 = before.h;
    gf_node *r = gf_named(gf_sigmoid(gf_named(gf_affine(x, p[Ur], h0, p[Wr], p[br]), "zr")), "r");
    gf_node *z = gf_named(gf_sigmoid(gf_named(gf_affine(x, p[Uz], h0, p[Wz], p[bz]), "zz")), "z");
    gf_node *zn = gf_named(gf_affine(x, p[Un], gf_mul(r, h0), p[Wn], p[bn]), "zn");
    return mix(z, zn, h0);
}

static gf_state after_step(const gf_cell *cell, gf_node *x, gf_state before)
{
    gf_node *const *p = cell->param, *h0 = before.h;
    gf_node *r = gf_named(gf_sigmoid(gf_named(gf_affine(x, p[Ur], h0, p[Wr], p[br]), "zr")), "r");
    gf_node *z = gf_named(gf_sigmoid(gf_named(gf_affine(x, p[Uz], h0, p[Wz], p[bz]), "zz")), "z");
    gf_node *from_state = gf_mul(r, gf_add(gf_matmul(h0, p[Wn]), p[dn]));
    gf_node *zn = gf_named(gf_add(gf_add(gf_matmul(x, p[Un]), p[bn]), from_state), "zn");
    return mix(z, zn, h0);
}

/* clang-format off */
#define GATES                                                                                                   \
    [Ur] = {"Ur", GF_INPUTS_BY_HIDDEN}, [Wr] = {"Wr", GF_HIDDEN_BY_HIDDEN}, [br] = {"br", GF_ONE_BY_HIDDEN},    \
    [Uz] = {"Uz", GF_INPUTS_BY_HIDDEN}, [Wz] = {"Wz", GF_HIDDEN_BY_HIDDEN}, [bz] = {"bz", GF_ONE_BY_HIDDEN},    \
    [Un] = {"Un", GF_INPUTS_BY_HIDDEN}, [Wn] = {"Wn", GF_HIDDEN_BY_HIDDEN}, [bn] = {"bn", GF_ONE_BY_HIDDEN}
/* clang-format on */

static const gf_cell_kind reset_before = {
    .size = sizeof(gf_cell_kind),
    .name = "gru",
    .states = 1,
    .step = before_step,
    .params = {GATES},
};

static const gf_cell_kind reset_after = {
    .size = sizeof(gf_cell_kind),
    .name = "gru",
    .states = 1,
    .step = after_step,
    .params = {GATES, [dn] = {"dn", GF_ONE_BY_HIDDEN}},
    .pytorch = "rzn",
};

gf_cell *gf_gru(gf_graph *g, const char *scope, int inputs, int hidden, gf_reset reset)
{
    static const gf_cell_kind *const kinds[] = {[GF_RESET_BEFORE] = &reset_before, [GF_RESET_AFTER] = &reset_after};
    const gf_cell_kind *kind = gf_cell_kind_among(g, kinds, 2, (unsigned)reset);
    return gf_cell_alike(gf_cell_new(g, kind, scope, inputs, hidden));
}
