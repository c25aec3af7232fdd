/* PyTorch's weights, gates stacked and everything transposed, put into a cell. */
#include <string.h>

#include "base/size.h"
#include "nets/inside.h"

/* The four matrices of one layer and direction. */
typedef struct gf_weights {
    const gf_matrix *weight_ih, *weight_hh, *bias_ih, *bias_hh;
} gf_weights;

/* A cell without gates has one block. */
static int gate_count(const gf_cell *cell)
{
    return cell->kind->pytorch[0] ? (int)strlen(cell->kind->pytorch) : 1;
}

/* Is this one of the four rows x cols, or a vector of that many entries where cols is 1? NULL serves as a bias. */
static gf_status fits(const gf_cell *cell, const char *name, const gf_matrix *m, int cols)
{
    int rows = gate_count(cell) * cell->hidden;
    if (!m && name[0] == 'b')
        return GF_OK;
    const char *fault = gf_matrix_fault(m);
    if (fault)
        return gf_graph_fail(gf_cell_graph(cell), GF_ERROR_ARGUMENT, "load_pytorch: %s %s", name, fault);
    if ((m->rows == rows && m->cols == cols) || (cols == 1 && m->rows == 1 && m->cols == rows))
        return GF_OK;
    return gf_graph_fail(gf_cell_graph(cell), GF_ERROR_SHAPE,
                         "load_pytorch: %s is %d x %d: %s with %d inputs and %d hidden units needs %d x %d", name,
                         m->rows, m->cols, cell->kind->name, cell->inputs, cell->hidden, rows, cols);
}

static gf_status all_fit(const gf_cell *cell, const gf_weights *from)
{
    gf_status status = fits(cell, "weight_ih", from->weight_ih, cell->inputs);
    if (!status)
        status = fits(cell, "weight_hh", from->weight_hh, cell->hidden);
    if (!status)
        status = fits(cell, "bias_ih", from->bias_ih, 1);
    return status ? status : fits(cell, "bias_hh", from->bias_hh, 1);
}

static double entry(const gf_matrix *bias, int k)
{
    return !bias ? 0 : bias->rows == 1 ? gf_matrix_at(bias, 0, k) : gf_matrix_at(bias, k, 0);
}

/* Does the kind have a second bias for this gate, d, within its product with the state? */
static bool has_inner_bias(const gf_cell_kind *kind, const char *gate)
{
    for (int k = 0; k < GF_CELL_PARAMS && kind->params[k].name; k++)
        if (kind->params[k].name[0] == 'd' && !strcmp(kind->params[k].name + 1, gate))
            return true;
    return false;
}

/* Entry (i, j) of the parameter called `name`: its first letter says which matrix, the rest which gate. */
static double number(const gf_cell *cell, const gf_weights *from, const char *name, int i, int j)
{
    int row = (int)strcspn(cell->kind->pytorch, name + 1) * cell->hidden + j;
    switch (name[0]) {
    case 'U':
        return gf_matrix_at(from->weight_ih, row, i);
    case 'W':
        return gf_matrix_at(from->weight_hh, row, i);
    case 'd':
        return entry(from->bias_hh, row);
    default:
        return entry(from->bias_ih, row) + (has_inner_bias(cell->kind, name + 1) ? 0 : entry(from->bias_hh, row));
    }
}

gf_status gf_cell_load_pytorch(const gf_cell *cell, const gf_matrix *weight_ih, const gf_matrix *weight_hh,
                               const gf_matrix *bias_ih, const gf_matrix *bias_hh)
{
    gf_status status = gf_cell_check(cell);
    if (status)
        return status;
    if (!cell->kind->pytorch)
        return gf_graph_fail(gf_cell_graph(cell), GF_ERROR_ARGUMENT, "load_pytorch: PyTorch has no cell like this %s",
                             cell->kind->name);
    gf_weights from = {weight_ih, weight_hh, bias_ih, bias_hh};
    status = all_fit(cell, &from);
    for (int k = 0; k < GF_CELL_PARAMS && cell->param[k]; k++)
        for (int i = 0; i < gf_node_rows(cell->param[k]); i++)
            for (int j = 0; j < gf_node_cols(cell->param[k]) && !status; j++)
                status = gf_set_entry(cell->param[k], i, j, number(cell, &from, cell->kind->params[k].name, i, j));
    return status;
}
