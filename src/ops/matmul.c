/* The matrix product, by CBLAS, and the transpose. */
#include <cblas.h>

#include "base/vector.h"
#include "ops/ops.h"

/* --- matmul --------------------------------------------------------------------- */

/* r x k, k x c -> r x c. The rows are the first operand's already. */
static bool matmul_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    const gf_matrix *a = call->in[0], *b = call->in[1];
    (void)rows;
    *cols = b->cols;
    return a->cols == b->rows || gf_refuse(why, "the inner sizes %d and %d differ", a->cols, b->rows);
}

/* An operand of a product, as it is or transposed. */
typedef struct factor {
    const gf_matrix *m;
    bool transposed;
} factor;

/* A factor with one row or one column as n numbers, and how far apart they are. */
static int step_of(factor f, bool along_rows)
{
    return along_rows != f.transposed ? 1 : f.m->stride;
}

/* to += M @ v, M as it is or transposed: a small one here, others by BLAS. */
static void add_matrix_by_vector(double *to, int to_step, factor M, const double *v, int v_step)
{
    if (to_step > 1 || v_step > 1 || !gf_vector_add_product(to, v, M.m, !M.transposed))
        cblas_dgemv(CblasRowMajor, M.transposed ? CblasTrans : CblasNoTrans, M.m->rows, M.m->cols, 1, M.m->data,
                    M.m->stride, v, v_step, 1, to, to_step);
}

/* out := beta * out + a @ b. A row or a column costs what it has to, and not the set-up of a product of matrices. */
static void product(gf_matrix *out, double beta, factor a, factor b)
{
    int inner = a.transposed ? a.m->rows : a.m->cols;
    if (out->rows > 1 && out->cols > 1 && inner > 1) {
        cblas_dgemm(CblasRowMajor, a.transposed ? CblasTrans : CblasNoTrans, b.transposed ? CblasTrans : CblasNoTrans,
                    out->rows, out->cols, inner, 1, a.m->data, a.m->stride, b.m->data, b.m->stride, beta, out->data,
                    out->stride);
        return;
    }
    gf_begin(out, beta);
    if (inner == 1)
        cblas_dger(CblasRowMajor, out->rows, out->cols, 1, a.m->data, step_of(a, false), b.m->data, step_of(b, true),
                   out->data, out->stride);
    else if (out->rows == 1)
        add_matrix_by_vector(out->data, 1, (factor){b.m, !b.transposed}, a.m->data, step_of(a, true));
    else
        add_matrix_by_vector(out->data, out->stride, a, b.m->data, step_of(b, false));
}

/* y = a @ b. */
static void matmul_forward(gf_matrix *y, const gf_call *call)
{
    product(y, 0, (factor){call->in[0], false}, (factor){call->in[1], false});
}

/* da = G @ b', and db = a' @ G. */
static void matmul_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    if (slot == 0)
        product(out, beta, (factor){G, false}, (factor){call->in[1], true});
    else
        product(out, beta, (factor){call->in[0], true}, (factor){G, false});
}

ROW(matmul, .symbol = "@", .arity = 2, .shape = matmul_shape, .forward = matmul_forward,
    .vjp = {matmul_vjp, matmul_vjp}, .gathers = {GF_BESIDE, GF_BELOW}, .formula = {"G @ b'", "a' @ G"}, .text = "a @ b",
    .doc = "Matrix product, r x k by k x c.")

/* --- transpose ------------------------------------------------------------------ */

static bool transpose_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    (void)why;
    *rows = call->in[0]->cols;
    *cols = call->in[0]->rows;
    return true;
}

/* to := beta * to + from'. */
static void put_transposed(gf_matrix *to, double beta, const gf_matrix *from)
{
    GF_EACH_ENTRY (to, i, j)
        gf_put(gf_at(to, i, j), beta, *gf_at(from, j, i));
}

LINEAR(transpose, put_transposed, put_transposed)

ROW(transpose, .symbol = "ᵀ", .arity = 1, .shape = transpose_shape, .forward = transpose_forward,
    .vjp = {transpose_vjp}, .formula = {"G'"}, .text = "a'", .doc = "Rows become columns.")
