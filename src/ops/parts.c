/* Parts of a matrix: concatenations, slices and entries, side by side or, where the row says `down`, on top of each
 * other. */
#include "ops/ops.h"

/* --- concatenations --------------------------------------------------------------- */

/* Parts agree in width, those of length 0 as well; 0 x 0 alone fits everywhere. */
static bool parts_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    bool down = call->op->down;
    long long total = 0;
    int measured = -1, common = 0;
    for (int k = 0; k < call->arity; k++) {
        int wide = gf_length(call->in[k], !down), is_long = gf_length(call->in[k], down);
        if (!wide && !is_long)
            continue;
        if (measured >= 0 && wide != common)
            return gf_refuse(why, "part %d has %d %s, part %d has %d", call->counts_from + measured, common,
                             down ? "columns" : "rows", call->counts_from + k, wide);
        measured = k;
        common = wide;
        total += is_long;
    }
    *(down ? rows : cols) = total > INT32_MAX ? 0 : (int)total;
    *(down ? cols : rows) = common;
    return total <= INT32_MAX || gf_refuse(why, "%lld %s are too many", total, down ? "rows" : "columns");
}

/* y := the parts one after the other. */
static void join(gf_matrix *y, const gf_call *call)
{
    bool down = call->op->down;
    for (int k = 0, first = 0; k < call->arity; first += gf_length(call->in[k++], down)) {
        gf_matrix place = gf_part_of(y, down, first, call->in[k]);
        gf_put_spread(&place, 0, call->in[k]);
    }
}

/* What an operand receives: its part of G. */
static void take(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    gf_matrix place = gf_part_of(G, call->op->down, call->first, out);
    gf_put_spread(out, beta, &place);
}

#define JOINS .arity = GF_ARITY_ANY, .empty_parts = true, .shape = parts_shape, .forward = join, .vjp = {take}

ROW(hcat, JOINS, .symbol = "hcat", .formula = {"cols(G, first, last)"}, .text = "[a, b]",
    .doc = "Parts side by side, any number of them.")
ROW(vcat, JOINS, .symbol = "vcat", .down = true, .formula = {"rows(G, first, last)"}, .text = "[a; b]",
    .doc = "Parts on top of each other, any number of them.")

/* --- slices ----------------------------------------------------------------------- */

static bool slice_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    bool down = call->op->down;
    int first = call->p->first, last = call->p->last, size = gf_length(call->in[0], down);
    if (first < 0 || last >= size || first > last)
        return gf_refuse(why, "%s %d to %d of %d", down ? "rows" : "columns", call->counts_from + first,
                         call->counts_from + last, size);
    *(down ? rows : cols) = last - first + 1;
    return true;
}

/* Where in m, a matrix of the operand's shape, the slice lies: from a column on, or from a row; an entry, which is one
 * of one row and one column, from a column of its row. */
static gf_matrix slice_of(const gf_matrix *m, const gf_call *call, const gf_matrix *like)
{
    gf_matrix place = gf_part_of(m, call->op != &gf_op_cols, call->p->first, like);
    place.data += call->op == &gf_op_entry ? call->p->last : 0;
    return place;
}

/* y := its part of the operand. */
static void cut(gf_matrix *y, const gf_call *call)
{
    gf_matrix place = slice_of(call->in[0], call, y);
    gf_put_spread(y, 0, &place);
}

/* G lands where the slice lay; what lay outside receives 0. */
static void put_back(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)slot;
    gf_begin(out, beta);
    gf_matrix place = slice_of(out, call, G);
    gf_put_spread(&place, 1, G);
}

#define CUTS .arity = 1, .forward = cut, .vjp = {put_back}

ROW(rows, CUTS, .down = true, .shape = slice_shape, .text = "rows(a, first, last)", .doc = "Rows first to last.",
    .formula = {"[zeros(first - 1, c(a)); G; zeros(r(a) - last, c(a))]"})
ROW(cols, CUTS, .shape = slice_shape, .text = "cols(a, first, last)", .doc = "Columns first to last.",
    .formula = {"[zeros(r(a), first - 1), G, zeros(r(a), c(a) - last)]"})

static bool entry_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    const gf_matrix *a = call->in[0];
    int i = call->p->first, j = call->p->last;
    if (i < 0 || i >= a->rows)
        return gf_refuse(why, "row %d of %d", call->counts_from + i, a->rows);
    if (j < 0 || j >= a->cols)
        return gf_refuse(why, "column %d of %d", call->counts_from + j, a->cols);
    *rows = *cols = 1;
    return true;
}

/* The formula: G times a column, 1 in row i, times a row, 1 in column j. */
ROW(entry, CUTS, .shape = entry_shape, .formula = {"G * cols(eye(r(a)), i, i) @ rows(eye(c(a)), j, j)"},
    .text = "entry(a, i, j)", .doc = "The entry in row i and column j, 1 x 1.")
