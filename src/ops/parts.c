/* Parts of a matrix: concatenations and slices, side by side or on top of each other ("down"). */
#include "ops/ops.h"

/* The part of m from row or column number `first`, counted from 0, on; its entries are m's. */
static gf_matrix part_of(const gf_matrix *m, bool down, int first, int rows, int cols)
{
    double *start = down ? gf_row(m, first) : m->data + first;
    return (gf_matrix){.data = start, .rows = rows, .cols = cols, .stride = m->stride};
}

/* How long a part is in the direction in which parts follow each other, and across it. */
static int length(const gf_matrix *part, bool down)
{
    return down ? part->rows : part->cols;
}

static int width(const gf_matrix *part, bool down)
{
    return down ? part->cols : part->rows;
}

/* --- concatenations --------------------------------------------------------------- */

/* Parts agree in width, those of length 0 as well; 0 x 0 alone fits everywhere. */
static bool parts_fit(const gf_call *call, bool down, int *sum, int *common, char why[GF_WHY])
{
    long long total = 0;
    int measured = -1;
    *common = 0;
    for (int k = 0; k < call->arity; k++) {
        int wide = width(call->in[k], down), is_long = length(call->in[k], down);
        if (!wide && !is_long)
            continue;
        if (measured >= 0 && wide != *common)
            return gf_refuse(why, "part %d has %d %s, part %d has %d", measured + 1, *common, down ? "columns" : "rows",
                             k + 1, wide);
        measured = k;
        *common = wide;
        total += is_long;
    }
    *sum = total > INT32_MAX ? 0 : (int)total;
    return total <= INT32_MAX || gf_refuse(why, "%lld %s are too many", total, down ? "rows" : "columns");
}

/* y := the parts one after the other. */
static void join(gf_matrix *y, const gf_call *call, bool down)
{
    int first = 0;
    for (int k = 0; k < call->arity; k++) {
        gf_matrix place = part_of(y, down, first, call->in[k]->rows, call->in[k]->cols);
        gf_put_all(&place, 0, call->in[k]);
        first += length(call->in[k], down);
    }
}

/* What operand `slot` receives: its part of G. */
static void take(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot, bool down)
{
    (void)slot;
    gf_matrix place = part_of(G, down, call->first, out->rows, out->cols);
    gf_put_all(out, beta, &place);
}

static bool hcat_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    return parts_fit(call, false, cols, rows, why);
}

static void hcat_forward(gf_matrix *y, const gf_call *call)
{
    join(y, call, false);
}

static void hcat_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    take(out, beta, G, call, slot, false);
}

const gf_operation gf_op_hcat = {
    .name = "hcat",
    .symbol = "[ , ]",
    .arity = GF_ARITY_ANY,
    .empty_parts = true,
    .shape = hcat_shape,
    .forward = hcat_forward,
    .vjp = {hcat_vjp},
    .formula = {"cols(G, first, last)"},
    .text = "[a, b]",
    .doc = "Parts side by side, any number of them.",
};

static bool vcat_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    return parts_fit(call, true, rows, cols, why);
}

static void vcat_forward(gf_matrix *y, const gf_call *call)
{
    join(y, call, true);
}

static void vcat_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    take(out, beta, G, call, slot, true);
}

const gf_operation gf_op_vcat = {
    .name = "vcat",
    .symbol = "[ ; ]",
    .down = true,
    .arity = GF_ARITY_ANY,
    .empty_parts = true,
    .shape = vcat_shape,
    .forward = vcat_forward,
    .vjp = {vcat_vjp},
    .formula = {"rows(G, first, last)"},
    .text = "[a; b]",
    .doc = "Parts on top of each other, any number of them.",
};

/* --- slices ----------------------------------------------------------------------- */

static bool slice_fits(const gf_call *call, bool down, int *count, int *common, char why[GF_WHY])
{
    int first = call->p.first, last = call->p.last, size = length(call->in[0], down);
    *common = width(call->in[0], down);
    if (first < 1 || last > size || first > last)
        return gf_refuse(why, "%s %d to %d of %d", down ? "rows" : "columns", first, last, size);
    *count = last - first + 1;
    return true;
}

/* y := its part of the operand. */
static void cut(gf_matrix *y, const gf_call *call, bool down)
{
    gf_matrix place = part_of(call->in[0], down, call->p.first - 1, y->rows, y->cols);
    gf_put_all(y, 0, &place);
}

/* G lands where the slice lay; what lay outside receives 0. */
static void put_back(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, bool down)
{
    gf_begin(out, beta);
    gf_matrix place = part_of(out, down, call->p.first - 1, G->rows, G->cols);
    gf_put_all(&place, 1, G);
}

static bool rows_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    return slice_fits(call, true, rows, cols, why);
}

static void rows_forward(gf_matrix *y, const gf_call *call)
{
    cut(y, call, true);
}

static void rows_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    put_back(out, beta, G, call, true);
}

const gf_operation gf_op_rows = {
    .name = "rows",
    .down = true,
    .arity = 1,
    .shape = rows_shape,
    .forward = rows_forward,
    .vjp = {rows_vjp},
    .formula = {"[zeros(first - 1, c(a)); G; zeros(r(a) - last, c(a))]"},
    .text = "rows(a, first, last)",
    .doc = "Rows first to last, counted from 1.",
};

static bool cols_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    return slice_fits(call, false, cols, rows, why);
}

static void cols_forward(gf_matrix *y, const gf_call *call)
{
    cut(y, call, false);
}

static void cols_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    put_back(out, beta, G, call, false);
}

const gf_operation gf_op_cols = {
    .name = "cols",
    .arity = 1,
    .shape = cols_shape,
    .forward = cols_forward,
    .vjp = {cols_vjp},
    .formula = {"[zeros(r(a), first - 1), G, zeros(r(a), c(a) - last)]"},
    .text = "cols(a, first, last)",
    .doc = "Columns first to last, counted from 1.",
};
