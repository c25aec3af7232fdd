/* The arithmetic of an LSTM layer, written by hand.
 *
 * All that does not wait for the step before is one product over all steps: x @ U, h @ V, and the gradients of all
 * weights. What is left to a step is h[t-1] @ W forward, dz[t] @ W' backward, and loops over its B x H entries. */
#include "arithmetic.h"

#include <cblas.h>
#undef I /* of complex.h */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vector.h"

/* Loops that exist twice, for processors with AVX2 and for others; which one runs is found out when the program is
 * loaded. */
#if defined __x86_64__ && defined __linux__
#define CLONES __attribute__((target_clones("avx2", "default")))
#else
#define CLONES
#endif

struct arithmetic {
    bench_size size;
    double *memory;
    double *x, *y;                  /* TB x I */
    double *U, *W, *b, *V, *d;      /* weights */
    double *dU, *dW, *db, *dV, *dd; /* their gradients, one after the other as the weights are */
    double *z, *dz;                 /* TB x 4H: the gates, after the activation; what arrives before it */
    double *h, *c, *tanh_c;         /* (T+1)B x H: from step 0 */
    double *dh, *dc;                /* (T+1)B x H; B x H */
    double *p;                      /* TB x I: logits, probabilities, their gradient */
};

static size_t weight_size(bench_size s, int number)
{
    size_t I = (size_t)s.inputs, H = (size_t)s.hidden;
    return (size_t[]){I * 4 * H, H * 4 * H, 4 * H, H * I, I}[number];
}

static double draw(void)
{
    static unsigned long long state = 88172645463325252u;
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return (double)(state >> 11) / 0x1p53;
}

static void fill(bench_size s, arithmetic *a)
{
    size_t rows = (size_t)s.steps * (size_t)s.rows, I = (size_t)s.inputs;
    for (size_t k = 0; k < rows * I; k++)
        a->x[k] = 2 * draw() - 1;
    for (size_t k = 0; k < rows; k++)
        a->y[k * I + (size_t)(draw() * (double)I)] = 1;
    for (int w = 0; w < ARITHMETIC_WEIGHTS; w++)
        for (size_t k = 0; k < weight_size(s, w); k++)
            (&a->U)[w][k] = (2 * draw() - 1) / sqrt(s.hidden);
}

arithmetic *arithmetic_new(bench_size s)
{
    size_t B = (size_t)s.rows, T = (size_t)s.steps, I = (size_t)s.inputs, H = (size_t)s.hidden, state = (T + 1) * B * H;
    const size_t sizes[] = {T * B * I,
                            T * B * I,
                            weight_size(s, 0),
                            weight_size(s, 1),
                            weight_size(s, 2),
                            weight_size(s, 3),
                            weight_size(s, 4),
                            weight_size(s, 0),
                            weight_size(s, 1),
                            weight_size(s, 2),
                            weight_size(s, 3),
                            weight_size(s, 4),
                            T * B * 4 * H,
                            T * B * 4 * H,
                            state,
                            state,
                            state,
                            state,
                            B * H,
                            T * B * I};
    enum { COUNT = sizeof sizes / sizeof *sizes, ROUND = 8 };
    arithmetic *a = calloc(1, sizeof *a);
    size_t total = 0;
    for (int k = 0; k < COUNT; k++)
        total += (sizes[k] + ROUND - 1) / ROUND * ROUND;
    if (!a || !(a->memory = aligned_alloc(64, total * sizeof(double)))) {
        free(a);
        return NULL;
    }
    memset(a->memory, 0, total * sizeof(double));
    double *at = a->memory, **place = &a->x;
    for (int k = 0; k < COUNT; at += (sizes[k++] + ROUND - 1) / ROUND * ROUND)
        *place++ = at;
    a->size = s;
    fill(s, a);
    return a;
}

void arithmetic_free(arithmetic *a)
{
    if (a)
        free(a->memory);
    free(a);
}

const double *arithmetic_x(const arithmetic *a)
{
    return a->x;
}

const double *arithmetic_y(const arithmetic *a)
{
    return a->y;
}

const double *arithmetic_weight(const arithmetic *a, int number)
{
    return (&a->U)[number];
}

const double *arithmetic_gradient(const arithmetic *a, int number)
{
    return (&a->dU)[number];
}

/* --- products -------------------------------------------------------------------- */

/* out := beta * out + A @ B, rows x cols over `inner`. */
static void product(double *out, double beta, const double *A, const double *B, int rows, int inner, int cols)
{
    if (rows == 1)
        cblas_dgemv(CblasRowMajor, CblasTrans, inner, cols, 1, B, cols, A, 1, beta, out, 1);
    else
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, cols, inner, 1, A, inner, B, cols, beta, out,
                    cols);
}

/* The same with B', B being cols x inner. */
static void product_transposed(double *out, double beta, const double *A, const double *B, int rows, int inner,
                               int cols)
{
    if (rows == 1)
        cblas_dgemv(CblasRowMajor, CblasNoTrans, cols, inner, 1, B, inner, A, 1, beta, out, 1);
    else
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, rows, cols, inner, 1, A, inner, B, inner, beta, out, cols);
}

/* out := A' @ B, A being inner x rows. */
static void gradient(double *out, const double *A, const double *B, int rows, int inner, int cols)
{
    cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, rows, cols, inner, 1, A, rows, B, cols, 0, out, cols);
}

CLONES static void column_sums(double *restrict out, const double *restrict from, int rows, int cols)
{
    memset(out, 0, (size_t)cols * sizeof *out);
    for (int i = 0; i < rows; i++, from += cols)
        for (int j = 0; j < cols; j++)
            out[j] += from[j];
}

/* --- forward ----------------------------------------------------------------------- */

static void repeat(double *out, const double *row, int rows, int cols)
{
    for (int i = 0; i < rows; i++)
        memcpy(out + (size_t)i * (size_t)cols, row, (size_t)cols * sizeof *out);
}

CLONES static void mix_forward(double *restrict c, const double *restrict before, const double *restrict z, int H)
{
    for (int j = 0; j < H; j++)
        c[j] = z[j] * before[j] + z[H + j] * z[3 * H + j];
}

CLONES static void multiply(double *restrict out, const double *restrict a, const double *restrict b, int n)
{
    for (int j = 0; j < n; j++)
        out[j] = a[j] * b[j];
}

static void step_forward(arithmetic *a, int t)
{
    int B = a->size.rows, H = a->size.hidden;
    size_t state = (size_t)B * (size_t)H;
    double *z = a->z + (size_t)(t - 1) * 4 * state, *c = a->c + (size_t)t * state, *u = a->tanh_c + (size_t)t * state;
    product(z, 1, a->h + (size_t)(t - 1) * state, a->W, B, H, 4 * H);
    for (int i = 0; i < B; i++) {
        double *gates = z + (size_t)i * 4 * (size_t)H, *row = c + (size_t)i * (size_t)H;
        gf_vector_sigmoid(gates, gates, 3 * (size_t)H);
        gf_vector_tanh(gates + 3 * H, gates + 3 * H, (size_t)H);
        mix_forward(row, row - state, gates, H);
    }
    gf_vector_tanh(u, c, state);
    for (int i = 0; i < B; i++)
        multiply(a->h + (size_t)t * state + i * H, z + (size_t)i * 4 * (size_t)H + 2 * H, u + i * H, H);
}

/* Row by row less its largest entry; returns what y wants of it. */
CLONES static double lower(double *restrict p, const double *restrict y, int rows, int n)
{
    double wanted = 0;
    for (int i = 0; i < rows; i++, p += n, y += n) {
        double largest = p[0];
        for (int j = 1; j < n; j++)
            largest = p[j] > largest ? p[j] : largest;
        for (int j = 0; j < n; j++)
            wanted += y[j] * (p[j] -= largest);
    }
    return wanted;
}

/* From exponentials: p := softmax - y; returns the logarithm of the product of their sums, of which each is at most n.
 */
CLONES static double settle(double *restrict p, const double *restrict y, int rows, int n)
{
    double logarithm = 0, product = 1;
    for (int i = 0; i < rows; i++, p += n, y += n) {
        double sum = 0;
        for (int j = 0; j < n; j++)
            sum += p[j];
        for (int j = 0; j < n; j++)
            p[j] = p[j] / sum - y[j];
        product *= sum;
        if (product > 1e200 || i + 1 == rows)
            logarithm += log(product), product = 1;
    }
    return logarithm;
}

/* p := softmax - y, row by row, which is the logits' gradient; returns the loss. */
static double cross_entropy(double *p, const double *y, int rows, int n)
{
    double wanted = lower(p, y, rows, n);
    gf_vector_exp(p, p, (size_t)rows * (size_t)n);
    return settle(p, y, rows, n) - wanted;
}

static double forward(arithmetic *a)
{
    int B = a->size.rows, T = a->size.steps, I = a->size.inputs, H = a->size.hidden;
    repeat(a->z, a->b, T * B, 4 * H);
    product(a->z, 1, a->x, a->U, T * B, I, 4 * H);
    for (int t = 1; t <= T; t++)
        step_forward(a, t);
    repeat(a->p, a->d, T * B, I);
    product(a->p, 1, a->h + (size_t)B * (size_t)H, a->V, T * B, H, I);
    return cross_entropy(a->p, a->y, T * B, I);
}

/* --- backward ------------------------------------------------------------------------ */

/* One example: dz from dh and dc, and dc of the step before. */
CLONES static void mix_backward(double *restrict dz, double *restrict dc, const double *restrict dh,
                                const double *restrict z, const double *restrict u, const double *restrict before,
                                int H)
{
    const double *f = z, *i = z + H, *o = z + 2 * H, *g = z + 3 * H;
    for (int j = 0; j < H; j++) {
        double d = dc[j] + dh[j] * o[j] * (1 - u[j] * u[j]);
        dz[j] = d * before[j] * f[j] * (1 - f[j]);
        dz[H + j] = d * g[j] * i[j] * (1 - i[j]);
        dz[2 * H + j] = dh[j] * u[j] * o[j] * (1 - o[j]);
        dz[3 * H + j] = d * i[j] * (1 - g[j] * g[j]);
        dc[j] = d * f[j];
    }
}

static void step_backward(arithmetic *a, int t)
{
    int B = a->size.rows, H = a->size.hidden;
    size_t state = (size_t)B * (size_t)H, at = (size_t)t * state, gates = (size_t)(t - 1) * 4 * state;
    if (t < a->size.steps)
        product_transposed(a->dh + at, 1, a->dz + gates + 4 * state, a->W, B, 4 * H, H);
    for (int i = 0; i < B; i++) {
        size_t row = (size_t)i * (size_t)H;
        mix_backward(a->dz + gates + 4 * row, a->dc + row, a->dh + at + row, a->z + gates + 4 * row,
                     a->tanh_c + at + row, a->c + at - state + row, H);
    }
}

static void backward(arithmetic *a)
{
    int B = a->size.rows, T = a->size.steps, I = a->size.inputs, H = a->size.hidden;
    size_t state = (size_t)B * (size_t)H;
    product_transposed(a->dh + state, 0, a->p, a->V, T * B, I, H);
    memset(a->dc, 0, state * sizeof *a->dc);
    for (int t = T; t >= 1; t--)
        step_backward(a, t);
    gradient(a->dV, a->h + state, a->p, H, T * B, I);
    column_sums(a->dd, a->p, T * B, I);
    gradient(a->dU, a->x, a->dz, I, T * B, 4 * H);
    gradient(a->dW, a->h, a->dz, H, T * B, 4 * H);
    column_sums(a->db, a->dz, T * B, 4 * H);
}

double arithmetic_run(arithmetic *a)
{
    double loss = forward(a);
    backward(a);
    return loss;
}

/* --- the bare calls -------------------------------------------------------------------- */

void arithmetic_bare(arithmetic *a)
{
    int B = a->size.rows, T = a->size.steps, I = a->size.inputs, H = a->size.hidden;
    size_t state = (size_t)B * (size_t)H;
    product(a->z, 0, a->x, a->U, T * B, I, 4 * H);
    for (int t = 1; t <= T; t++) {
        double *z = a->z + (size_t)(t - 1) * 4 * state;
        product(z, 0, a->h + (size_t)(t - 1) * state, a->W, B, H, 4 * H);
        gf_vector_sigmoid(z, z, 3 * state);
        gf_vector_tanh(z + 3 * state, z + 3 * state, state);
        gf_vector_tanh(a->tanh_c + (size_t)t * state, a->c + (size_t)t * state, state);
    }
    product(a->p, 0, a->h + state, a->V, T * B, H, I);
    gf_vector_exp(a->p, a->p, (size_t)T * (size_t)B * (size_t)I);
    product_transposed(a->dh + state, 0, a->p, a->V, T * B, I, H);
    for (int t = T; t > 1; t--)
        product_transposed(a->dh + (size_t)(t - 1) * state, 0, a->dz + (size_t)(t - 1) * 4 * state, a->W, B, 4 * H, H);
    gradient(a->dV, a->h + state, a->p, H, T * B, I);
    gradient(a->dU, a->x, a->dz, I, T * B, 4 * H);
    gradient(a->dW, a->h, a->dz, H, T * B, 4 * H);
}
