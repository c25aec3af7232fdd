/* The matrix product, by CBLAS, and the transpose. */
#include <cblas.h>

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

/* out := beta * out + a @ b, each of the two as it is or transposed. */
static void product(gf_matrix *out, double beta, const gf_matrix *a, CBLAS_TRANSPOSE a_as, const gf_matrix *b,
                    CBLAS_TRANSPOSE b_as)
{
    int inner = a_as == CblasTrans ? a->rows : a->cols;
    cblas_dgemm(CblasRowMajor, a_as, b_as, out->rows, out->cols, inner, 1, a->data, a->stride, b->data, b->stride, beta,
                out->data, out->stride);
}

/* y = a @ b. */
static void matmul_forward(gf_matrix *y, const gf_call *call)
{
    product(y, 0, call->in[0], CblasNoTrans, call->in[1], CblasNoTrans);
}

/* da = G @ b', and db = a' @ G. */
static void matmul_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    if (slot == 0)
        product(out, beta, G, CblasNoTrans, call->in[1], CblasTrans);
    else
        product(out, beta, call->in[0], CblasTrans, G, CblasNoTrans);
}

ROW(matmul, .symbol = "@", .arity = 2, .shape = matmul_shape, .forward = matmul_forward,
    .vjp = {matmul_vjp, matmul_vjp}, .formula = {"G @ b'", "a' @ G"}, .text = "a @ b",
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
    for (int i = 0; i < to->rows; i++)
        for (int j = 0; j < to->cols; j++)
            gf_put(gf_at(to, i, j), beta, *gf_at(from, j, i));
}

LINEAR(transpose, put_transposed, put_transposed)

ROW(transpose, .symbol = "ᵀ", .arity = 1, .shape = transpose_shape, .forward = transpose_forward,
    .vjp = {transpose_vjp}, .formula = {"G'"}, .text = "a'", .doc = "Rows become columns.")
