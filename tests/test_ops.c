/* The operations: every row complete, every value and every vjp right, every refusal with its reason. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gradflow/graph.h>

#include "base/random.h"
#include "graph/node.h"
#include "ops/ops.h"
#include "support.h"

enum { PARTS = 3, GAP = 2 }; /* the most operands of a case; how much longer strides are than rows */

#define PADDING 1234.5 /* what lies in the gaps, and must stay there */

/* --- matrices with gaps ----------------------------------------------------------- */

static gf_matrix strided(int rows, int cols, double number)
{
    gf_matrix m = {.rows = rows, .cols = cols, .stride = cols + GAP};
    m.data = malloc(((size_t)rows * (size_t)m.stride + 1) * sizeof *m.data);
    ck_assert_ptr_nonnull(m.data);
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < m.stride; j++)
            *gf_at(&m, i, j) = j < cols ? number : PADDING;
    return m;
}

static void assert_padding(const gf_matrix *m, const char *op)
{
    for (int i = 0; i < m->rows; i++)
        for (int j = m->cols; j < m->stride; j++)
            ck_assert_msg(*gf_at(m, i, j) == PADDING, "%s wrote beside its matrix", op);
}

/* Magnitudes from 0.25 to 2.15, and 0.05 from every multiple of 0.1, where the kinks are. */
static void randomise(gf_matrix *m, gf_random *random, bool positive)
{
    for (int i = 0; i < m->rows; i++)
        for (int j = 0; j < m->cols; j++) {
            double x = 0.25 + 0.1 * floor(20 * gf_random_uniform(random));
            *gf_at(m, i, j) = positive || gf_random_uniform(random) < 0.5 ? x : -x;
        }
}

static double distance(const gf_matrix *a, const gf_matrix *b)
{
    double sum = 0, norm = 1;
    for (int i = 0; i < a->rows; i++)
        for (int j = 0; j < a->cols; j++) {
            sum += pow(*gf_at(a, i, j) - *gf_at(b, i, j), 2);
            norm += pow(*gf_at(a, i, j), 2);
        }
    return sqrt(sum / norm);
}

/* --- one application of a row --------------------------------------------------------- */

typedef struct bench {
    const gf_operation *op;
    gf_matrix value[PARTS], y, G;
    const gf_matrix *in[PARTS];
    gf_attributes p;
    gf_call call;
} bench;

static void bench_open(bench *b, const char *name, int count, const int shape[][2], gf_attributes p)
{
    *b = (bench){.op = gf_operation_find(name), .p = p};
    ck_assert_msg(b->op, "no operation %s", name);
    for (int k = 0; k < count; k++) {
        b->value[k] = strided(shape[k][0], shape[k][1], 0);
        b->in[k] = &b->value[k];
    }
    b->call = (gf_call){.in = b->in, .arity = count, .y = &b->y, .p = &b->p, .op = b->op};
    int rows = shape[0][0], cols = shape[0][1];
    char why[GF_WHY] = "";
    ck_assert_msg(!b->op->shape || b->op->shape(&b->call, &rows, &cols, why), "%s: %s", name, why);
    ck_assert_int_eq(gf_matrix_new(&b->y, rows, cols), GF_OK);
    b->G = strided(rows, cols, 1);
}

static void bench_close(bench *b)
{
    for (int k = 0; k < PARTS; k++)
        free(b->value[k].data);
    gf_matrix_free(&b->y);
    free(b->G.data);
}

/* sum(G * op(in)), summed in long double. */
static long double weighted_sum(bench *b)
{
    b->op->forward(&b->y, &b->call);
    long double sum = 0;
    for (int i = 0; i < b->y.rows; i++)
        for (int j = 0; j < b->y.cols; j++)
            sum += (long double)*gf_at(&b->y, i, j) * *gf_at(&b->G, i, j);
    return sum;
}

/* The gradient of weighted_sum by operand k, by central differences. */
static gf_matrix differences(bench *b, int k)
{
    gf_matrix slopes = strided(b->value[k].rows, b->value[k].cols, 0);
    for (int i = 0; i < slopes.rows; i++)
        for (int j = 0; j < slopes.cols; j++) {
            double *x = gf_at(&b->value[k], i, j), kept = *x, step = 1e-5;
            *x = kept + step;
            long double above = weighted_sum(b);
            *x = kept - step;
            long double below = weighted_sum(b);
            *x = kept;
            *gf_at(&slopes, i, j) = (double)((above - below) / (2 * step));
        }
    weighted_sum(b);
    return slopes;
}

static gf_vjp_rule *vjp_of(const gf_operation *op, int slot)
{
    return op->vjp[op->arity == GF_ARITY_ANY ? 0 : slot];
}

/* The vjp overwrites at beta 0, NaN included, adds at beta 1, and writes nowhere else. */
static void check_slot(bench *b, int slot)
{
    gf_vjp_rule *vjp = vjp_of(b->op, slot);
    gf_matrix expected = differences(b, slot), out = strided(expected.rows, expected.cols, NAN);
    gf_call_slot(&b->call, slot);
    if (vjp)
        vjp(&out, 0, &b->G, &b->call, slot);
    else
        gf_begin(&out, 0);
    double error = distance(&expected, &out);
    ck_assert_msg(error < 1e-8, "%s, slot %d: error %g at beta 0", b->op->name, slot, error);
    if (vjp)
        vjp(&out, 1, &b->G, &b->call, slot);
    gf_put_spread(&expected, vjp ? 1 : 0, &expected);
    error = distance(&expected, &out);
    ck_assert_msg(error < 1e-8, "%s, slot %d: error %g at beta 1", b->op->name, slot, error);
    assert_padding(&out, b->op->name);
    free(expected.data);
    free(out.data);
}

/* --- gradient checks --------------------------------------------------------------- */

typedef struct gradient_case {
    const char *op;
    int count;
    int shape[PARTS][2];
    gf_attributes p;
    bool positive; /* the operands */
} gradient_case;

/* Four shapes of one operand; ten of two, every way to broadcast among them; no constants. */
/* clang-format off */
#define SHAPES(op, ...) \
    {op, 1, {{3, 4}}, __VA_ARGS__}, {op, 1, {{1, 5}}, __VA_ARGS__}, {op, 1, {{5, 1}}, __VA_ARGS__}, \
        {op, 1, {{1, 1}}, __VA_ARGS__}
#define PAIRS(op, ...) \
    {op, 2, {{3, 4}, {3, 4}}, __VA_ARGS__}, {op, 2, {{3, 4}, {1, 4}}, __VA_ARGS__}, \
        {op, 2, {{1, 4}, {3, 4}}, __VA_ARGS__}, {op, 2, {{3, 4}, {3, 1}}, __VA_ARGS__}, \
        {op, 2, {{3, 1}, {3, 4}}, __VA_ARGS__}, {op, 2, {{3, 1}, {1, 4}}, __VA_ARGS__}, \
        {op, 2, {{1, 4}, {3, 1}}, __VA_ARGS__}, {op, 2, {{3, 4}, {1, 1}}, __VA_ARGS__}, \
        {op, 2, {{1, 1}, {3, 4}}, __VA_ARGS__}, {op, 2, {{1, 1}, {1, 1}}, __VA_ARGS__}
#define NONE {.p = 0}
/* clang-format on */

static const gradient_case gradient_cases[] = {
    PAIRS("add", NONE, false),
    PAIRS("sub", NONE, false),
    PAIRS("mul", NONE, false),
    PAIRS("div", NONE, false),
    PAIRS("max", NONE, false),
    PAIRS("min", NONE, false),
    {"where", 3, {{3, 4}, {3, 4}, {3, 4}}, NONE, false},
    {"where", 3, {{3, 1}, {1, 4}, {3, 4}}, NONE, false},
    {"where", 3, {{1, 1}, {3, 1}, {1, 4}}, NONE, false},
    {"where", 3, {{3, 4}, {1, 1}, {1, 1}}, NONE, false},
    {"max_of", 1, {{3, 4}}, NONE, false},
    {"max_of", 3, {{3, 4}, {3, 4}, {3, 4}}, NONE, false},
    {"max_of", 3, {{3, 1}, {1, 4}, {1, 1}}, NONE, false},
    SHAPES("scale", {.p = -2.5}, false),
    SHAPES("add_scalar", {.p = 3}, false),
    SHAPES("pow", {.p = 3}, false),
    SHAPES("pow", {.p = 2}, false),
    SHAPES("pow", {.p = 1}, false),
    SHAPES("pow", {.p = 0}, false),
    SHAPES("pow", {.p = -1.5}, true),
    SHAPES("neg", NONE, false),
    SHAPES("sigmoid", NONE, false),
    SHAPES("tanh", NONE, false),
    SHAPES("relu", NONE, false),
    SHAPES("leaky_relu", {.p = -0.3}, false),
    SHAPES("softplus", NONE, false),
    SHAPES("exp", NONE, false),
    SHAPES("log", NONE, true),
    SHAPES("sqrt", NONE, true),
    SHAPES("abs", NONE, false),
    SHAPES("sigmoid'", NONE, false),
    SHAPES("tanh'", NONE, false),
    SHAPES("relu'", NONE, false),
    SHAPES("leaky_relu'", {.p = 0.2}, false),
    SHAPES("softplus'", NONE, false),
    SHAPES("exp'", NONE, false),
    SHAPES("log'", NONE, true),
    SHAPES("sqrt'", NONE, true),
    SHAPES("abs'", NONE, false),
    SHAPES("clip", {.lo = -0.5, .hi = 0.7}, false),
    SHAPES("clip'", {.lo = -0.5, .hi = 0.7}, false),
    SHAPES("dropout", {.p = 0.4, .seed = 3}, false),
    {"matmul", 2, {{3, 4}, {4, 2}}, NONE, false},
    {"matmul", 2, {{1, 4}, {4, 1}}, NONE, false},
    {"matmul", 2, {{3, 1}, {1, 4}}, NONE, false},
    {"matmul", 2, {{1, 1}, {1, 1}}, NONE, false},
    SHAPES("transpose", NONE, false),
    {"hcat", 1, {{3, 4}}, NONE, false},
    {"hcat", 3, {{3, 4}, {3, 1}, {3, 2}}, NONE, false},
    {"hcat", 3, {{3, 0}, {3, 2}, {0, 0}}, NONE, false},
    {"vcat", 1, {{3, 4}}, NONE, false},
    {"vcat", 3, {{3, 2}, {1, 2}, {2, 2}}, NONE, false},
    {"vcat", 3, {{0, 0}, {3, 2}, {0, 2}}, NONE, false},
    {"rows", 1, {{5, 3}}, {.first = 1, .last = 3}, false},
    {"rows", 1, {{1, 1}}, {.first = 0, .last = 0}, false},
    {"cols", 1, {{3, 5}}, {.first = 1, .last = 3}, false},
    {"cols", 1, {{3, 5}}, {.first = 0, .last = 4}, false},
    {"entry", 1, {{3, 5}}, {.first = 2, .last = 1}, false},
    {"entry", 1, {{1, 1}}, {.first = 0, .last = 0}, false},
    {"broadcast", 1, {{3, 1}}, {.rows = 3, .cols = 4}, false},
    {"broadcast", 1, {{1, 4}}, {.rows = 3, .cols = 4}, false},
    {"broadcast", 1, {{1, 1}}, {.rows = 3, .cols = 4}, false},
    {"sumto", 1, {{3, 4}}, {.rows = 3, .cols = 1}, false},
    {"sumto", 1, {{3, 4}}, {.rows = 1, .cols = 4}, false},
    {"sumto", 1, {{3, 4}}, {.rows = 1, .cols = 1}, false},
    {"sumto", 1, {{3, 4}}, {.rows = 3, .cols = 4}, false},
    {"diag", 1, {{1, 4}}, NONE, false},
    {"diag", 1, {{4, 1}}, NONE, false},
    {"reshape", 1, {{3, 4}}, {.rows = 2, .cols = 6}, false},
    {"reshape", 1, {{3, 4}}, {.rows = 12, .cols = 1}, false},
    SHAPES("vec", NONE, false),
    SHAPES("sum", NONE, false),
    SHAPES("mean", NONE, false),
    SHAPES("norm", NONE, false),
    SHAPES("unit", NONE, false),
    SHAPES("rowsum", NONE, false),
    SHAPES("colsum", NONE, false),
    SHAPES("softmax", NONE, false),
    SHAPES("softmax_rows", NONE, false),
    SHAPES("softmax_cols", NONE, false),
    SHAPES("log_softmax", NONE, false),
    SHAPES("log_softmax_rows", NONE, false),
    SHAPES("log_softmax_cols", NONE, false),
    {"cross_entropy", 2, {{3, 4}, {3, 4}}, NONE, false},
    {"cross_entropy", 2, {{1, 4}, {1, 4}}, NONE, false},
    {"cross_entropy_column", 2, {{4, 1}, {4, 1}}, NONE, false},
    {"mse", 2, {{3, 4}, {3, 4}}, NONE, false},
    {"mse", 2, {{1, 1}, {1, 1}}, NONE, false},
};

enum { GRADIENT_CASES = sizeof gradient_cases / sizeof *gradient_cases };

START_TEST(every_vjp_agrees_with_central_differences)
{
    const gradient_case *c = &gradient_cases[_i];
    gf_random random;
    gf_random_seed(&random, (uint64_t)_i);
    bench b;
    bench_open(&b, c->op, c->count, c->shape, c->p);
    for (int k = 0; k < c->count; k++)
        randomise(&b.value[k], &random, c->positive);
    randomise(&b.G, &random, false);
    for (int k = 0; k < c->count; k++)
        check_slot(&b, k);
    for (int k = 0; k < c->count; k++)
        assert_padding(&b.value[k], c->op);
    bench_close(&b);
}
END_TEST

/* f(x, x): the contributions of the slots add up. */
START_TEST(an_operand_used_twice_receives_the_sum)
{
    static const char *const names[] = {"add", "sub", "mul", "div", "matmul", "hcat", "vcat", "mse", "cross_entropy"};
    gf_random random;
    gf_random_seed(&random, 5);
    bench b;
    bench_open(&b, names[_i], 2, (const int[][2]){{3, 3}, {3, 3}}, (gf_attributes){0});
    b.in[1] = b.in[0];
    randomise(&b.value[0], &random, false);
    randomise(&b.G, &random, false);
    gf_matrix expected = differences(&b, 0), out = strided(3, 3, NAN);
    vjp_of(b.op, 0)(&out, 0, &b.G, &b.call, 0);
    gf_call_slot(&b.call, 1);
    vjp_of(b.op, 1)(&out, 1, &b.G, &b.call, 1);
    ck_assert_msg(distance(&expected, &out) < 1e-8, "%s", names[_i]);
    free(expected.data);
    free(out.data);
    bench_close(&b);
}
END_TEST

/* --- values ----------------------------------------------------------------------------- */

typedef struct matrix_text {
    int rows, cols;
    double entry[6];
} matrix_text;

typedef struct value_case {
    const char *op;
    matrix_text a, b; /* b: rows 0 if there is none */
    gf_attributes p;
    matrix_text y;
} value_case;

#define MINUS_LOG_SUM -1.3132616875182228 /* -1 - log(1 + e^-1) */
#define LOG_2 0.69314718055994531
#define MINUS_LOG_1P -0.31326168751822286 /* -log(1 + e^-1) */

static const value_case value_cases[] = {
    {"add", {2, 1, {1, 2}}, {1, 2, {10, 20}}, NONE, {2, 2, {11, 21, 12, 22}}},
    {"sub", {2, 1, {1, 2}}, {1, 2, {10, 20}}, NONE, {2, 2, {-9, -19, -8, -18}}},
    {"mul", {2, 1, {1, 2}}, {1, 2, {10, 20}}, NONE, {2, 2, {10, 20, 20, 40}}},
    {"div", {2, 1, {1, 2}}, {1, 2, {10, 20}}, NONE, {2, 2, {0.1, 0.05, 0.2, 0.1}}},
    {"scale", {1, 2, {1, -2}}, {0}, {.p = 3}, {1, 2, {3, -6}}},
    {"add_scalar", {1, 2, {1, -2}}, {0}, {.p = 3}, {1, 2, {4, 1}}},
    {"pow", {1, 3, {2, -3, 0}}, {0}, {.p = 2}, {1, 3, {4, 9, 0}}},
    {"pow", {1, 3, {2, -3, 0}}, {0}, {.p = 0}, {1, 3, {1, 1, 1}}},
    {"max", {1, 3, {1, 2, 3}}, {1, 3, {3, 2, 1}}, NONE, {1, 3, {3, 2, 3}}},
    {"max_of", {1, 3, {1, 2, 3}}, {1, 3, {3, 2, 1}}, NONE, {1, 3, {3, 2, 3}}},
    {"min", {1, 3, {1, 2, 3}}, {1, 3, {3, 2, 1}}, NONE, {1, 3, {1, 2, 1}}},
    {"less", {1, 3, {1, 2, 3}}, {1, 1, {2}}, NONE, {1, 3, {1, 0, 0}}},
    {"less_equal", {1, 3, {1, 2, 3}}, {1, 1, {2}}, NONE, {1, 3, {1, 1, 0}}},
    {"greater", {1, 3, {1, 2, 3}}, {1, 1, {2}}, NONE, {1, 3, {0, 0, 1}}},
    {"greater_equal", {1, 3, {1, 2, 3}}, {1, 1, {2}}, NONE, {1, 3, {0, 1, 1}}},
    {"neg", {1, 2, {1, -2}}, {0}, NONE, {1, 2, {-1, 2}}},
    {"sigmoid", {1, 3, {0, 1, -1}}, {0}, NONE, {1, 3, {0.5, 0.73105857863000488, 0.26894142136999512}}},
    {"tanh", {1, 3, {0, 1, -1}}, {0}, NONE, {1, 3, {0, 0.76159415595576489, -0.76159415595576489}}},
    {"relu", {1, 3, {0, 1, -1}}, {0}, NONE, {1, 3, {0, 1, 0}}},
    {"leaky_relu", {1, 3, {0, 1, -1}}, {0}, {.p = 0.1}, {1, 3, {0, 1, -0.1}}},
    {"softplus", {1, 4, {0, 1, -1000, 1000}}, {0}, NONE, {1, 4, {LOG_2, 1 - MINUS_LOG_1P, 0, 1000}}},
    {"softplus", {1, 2, {-40, 40}}, {0}, NONE, {1, 2, {4.2483542552915890e-18, 40}}},
    {"exp", {1, 2, {0, 1}}, {0}, NONE, {1, 2, {1, 2.7182818284590452}}},
    {"log", {1, 2, {1, 2}}, {0}, NONE, {1, 2, {0, 0.69314718055994531}}},
    {"sqrt", {1, 2, {0, 9}}, {0}, NONE, {1, 2, {0, 3}}},
    {"abs", {1, 3, {0, 1, -1}}, {0}, NONE, {1, 3, {0, 1, 1}}},
    {"sigmoid'", {1, 3, {0, 1, -1}}, {0}, NONE, {1, 3, {0.25, 0.19661193324148185, 0.19661193324148185}}},
    {"tanh'", {1, 3, {0, 1, -1}}, {0}, NONE, {1, 3, {1, 0.41997434161402607, 0.41997434161402607}}},
    {"relu'", {1, 3, {0, 1, -1}}, {0}, NONE, {1, 3, {0, 1, 0}}},
    {"leaky_relu'", {1, 3, {0, 1, -1}}, {0}, {.p = 0.1}, {1, 3, {0.1, 1, 0.1}}},
    {"softplus'", {1, 3, {0, 1, -1}}, {0}, NONE, {1, 3, {0.5, 0.73105857863000488, 0.26894142136999512}}},
    {"exp'", {1, 2, {0, 1}}, {0}, NONE, {1, 2, {1, 2.7182818284590452}}},
    {"log'", {1, 2, {1, 4}}, {0}, NONE, {1, 2, {1, 0.25}}},
    {"sqrt'", {1, 2, {1, 4}}, {0}, NONE, {1, 2, {0.5, 0.25}}},
    {"abs'", {1, 3, {0, 2, -3}}, {0}, NONE, {1, 3, {0, 1, -1}}},
    {"clip", {1, 5, {-3, -1, 0, 2, 3}}, {0}, {.lo = -1, .hi = 2}, {1, 5, {-1, -1, 0, 2, 2}}},
    {"clip'", {1, 5, {-3, -1, 0, 2, 3}}, {0}, {.lo = -1, .hi = 2}, {1, 5, {0, 1, 1, 1, 0}}},
    {"dropout", {1, 2, {1, 2}}, {0}, {.p = 0}, {1, 2, {1, 2}}},
    {"stop", {1, 2, {1, 2}}, {0}, NONE, {1, 2, {1, 2}}},
    {"matmul", {2, 3, {1, 2, 3, 4, 5, 6}}, {3, 1, {1, 10, 100}}, NONE, {2, 1, {321, 654}}},
    {"transpose", {2, 3, {1, 2, 3, 4, 5, 6}}, {0}, NONE, {3, 2, {1, 4, 2, 5, 3, 6}}},
    {"hcat", {2, 1, {1, 2}}, {2, 2, {3, 4, 5, 6}}, NONE, {2, 3, {1, 3, 4, 2, 5, 6}}},
    {"vcat", {1, 2, {1, 2}}, {2, 2, {3, 4, 5, 6}}, NONE, {3, 2, {1, 2, 3, 4, 5, 6}}},
    {"rows", {3, 2, {1, 2, 3, 4, 5, 6}}, {0}, {.first = 1, .last = 2}, {2, 2, {3, 4, 5, 6}}},
    {"cols", {2, 3, {1, 2, 3, 4, 5, 6}}, {0}, {.first = 1, .last = 2}, {2, 2, {2, 3, 5, 6}}},
    {"entry", {2, 3, {1, 2, 3, 4, 5, 6}}, {0}, {.first = 1, .last = 0}, {1, 1, {4}}},
    {"broadcast", {1, 2, {1, 2}}, {0}, {.rows = 2, .cols = 2}, {2, 2, {1, 2, 1, 2}}},
    {"sumto", {2, 3, {1, 2, 3, 4, 5, 6}}, {0}, {.rows = 1, .cols = 3}, {1, 3, {5, 7, 9}}},
    {"diag", {1, 2, {1, 2}}, {0}, NONE, {2, 2, {1, 0, 0, 2}}},
    {"reshape", {2, 3, {1, 2, 3, 4, 5, 6}}, {0}, {.rows = 3, .cols = 2}, {3, 2, {1, 2, 3, 4, 5, 6}}},
    {"vec", {2, 3, {1, 2, 3, 4, 5, 6}}, {0}, NONE, {6, 1, {1, 2, 3, 4, 5, 6}}},
    {"sum", {2, 3, {1, 2, 3, 4, 5, 6}}, {0}, NONE, {1, 1, {21}}},
    {"mean", {2, 3, {1, 2, 3, 4, 5, 6}}, {0}, NONE, {1, 1, {3.5}}},
    {"norm", {1, 2, {3, -4}}, {0}, NONE, {1, 1, {5}}},
    {"norm", {1, 2, {3e200, -4e200}}, {0}, NONE, {1, 1, {5e200}}},
    {"unit", {1, 2, {3, -4}}, {0}, NONE, {1, 2, {0.6, -0.8}}},
    {"unit", {1, 2, {3e-200, -4e-200}}, {0}, NONE, {1, 2, {0.6, -0.8}}},
    {"unit", {1, 2, {0, 0}}, {0}, NONE, {1, 2, {0, 0}}},
    {"rowsum", {2, 3, {1, 2, 3, 4, 5, 6}}, {0}, NONE, {2, 1, {6, 15}}},
    {"colsum", {2, 3, {1, 2, 3, 4, 5, 6}}, {0}, NONE, {1, 3, {5, 7, 9}}},
    {"softmax", {2, 2, {0, 0, 1000, -1000}}, {0}, NONE, {2, 2, {0.5, 0.5, 1, 0}}},
    {"softmax_rows", {2, 1, {0, 3}}, {0}, NONE, {2, 1, {1, 1}}},
    {"softmax_cols", {2, 2, {0, 1000, 0, -1000}}, {0}, NONE, {2, 2, {0.5, 1, 0.5, 0}}},
    {"log_softmax", {2, 2, {1, 0, 1000, -1000}}, {0}, NONE, {2, 2, {MINUS_LOG_1P, MINUS_LOG_SUM, 0, -2000}}},
    {"log_softmax_rows", {2, 1, {0, 3}}, {0}, NONE, {2, 1, {0, 0}}},
    {"log_softmax_cols", {2, 1, {1, 0}}, {0}, NONE, {2, 1, {MINUS_LOG_1P, MINUS_LOG_SUM}}},
    {"cross_entropy", {2, 2, {1, 0, 1000, -1000}}, {2, 2, {0, 1, 1, 0.5}}, NONE, {1, 1, {1000 - MINUS_LOG_SUM}}},
    {"cross_entropy_column", {2, 1, {1, 0}}, {2, 1, {2, 0}}, NONE, {1, 1, {-2 * MINUS_LOG_1P}}},
    {"mse", {1, 2, {1, 2}}, {1, 2, {4, 6}}, NONE, {1, 1, {12.5}}},
};

enum { VALUE_CASES = sizeof value_cases / sizeof *value_cases };

/* The value of a row at matrices as the tables above write them. The caller closes the bench. */
static void evaluate(bench *b, const char *op, const matrix_text *x, const matrix_text *z, gf_attributes p)
{
    const matrix_text *text[] = {x, z};
    int count = z && z->rows ? 2 : 1;
    const int shape[][2] = {{x->rows, x->cols}, {count == 2 ? z->rows : 0, count == 2 ? z->cols : 0}};
    bench_open(b, op, count, shape, p);
    for (int k = 0; k < count; k++)
        for (int i = 0; i < text[k]->rows; i++)
            for (int j = 0; j < text[k]->cols; j++)
                *gf_at(&b->value[k], i, j) = text[k]->entry[i * text[k]->cols + j];
    b->op->forward(&b->y, &b->call);
}

START_TEST(every_value_is_right)
{
    const value_case *c = &value_cases[_i];
    bench b;
    evaluate(&b, c->op, &c->a, &c->b, c->p);
    ck_assert_msg(b.y.rows == c->y.rows && b.y.cols == c->y.cols, "%s: %d x %d", c->op, b.y.rows, b.y.cols);
    for (size_t k = 0; k < gf_matrix_size(&b.y); k++) {
        double found = b.y.data[k], expected = c->y.entry[k];
        ck_assert_msg(fabs(found - expected) <= 4 * DBL_EPSILON * fabs(expected), "%s: entry %zu is %.17g, not %.17g",
                      c->op, k, found, expected);
    }
    bench_close(&b);
}
END_TEST

/* Where c is not 0, NaN included, a; what is not taken receives exactly 0, be what arrives infinite or NaN. */
START_TEST(where_takes_one_branch)
{
    bench b;
    bench_open(&b, "where", 3, (const int[][2]){{1, 4}, {1, 1}, {1, 4}}, (gf_attributes){0});
    const double chosen[] = {1, 0, -0.5, NAN}, arriving[] = {INFINITY, NAN, 2, 3};
    for (int j = 0; j < 4; j++) {
        *gf_at(&b.value[0], 0, j) = chosen[j];
        *gf_at(&b.value[2], 0, j) = 10 + j;
        *gf_at(&b.G, 0, j) = arriving[j];
    }
    *gf_at(&b.value[1], 0, 0) = 7;
    b.op->forward(&b.y, &b.call);
    ck_assert(b.y.data[0] == 7 && b.y.data[1] == 11 && b.y.data[2] == 7 && b.y.data[3] == 7);
    gf_matrix other = strided(1, 4, 0), one = strided(1, 1, 0);
    b.op->vjp[2](&other, 0, &b.G, &b.call, 2);
    ck_assert(other.data[0] == 0 && isnan(other.data[1]) && other.data[2] == 0 && other.data[3] == 0);
    *gf_at(&b.G, 0, 0) = 1;
    b.op->vjp[1](&one, 0, &b.G, &b.call, 1);
    ck_assert_double_eq(one.data[0], 6);
    ck_assert(!b.op->vjp[0]);
    free(other.data);
    free(one.data);
    bench_close(&b);
}
END_TEST

/* Of two that are equal each receives half; NaN is the larger, and the smaller. */
START_TEST(equal_ones_share)
{
    const char *op = _i ? "min" : "max";
    bench b;
    evaluate(&b, op, &(matrix_text){1, 4, {3, 1, NAN, 1}}, &(matrix_text){1, 4, {3, 2, 1, NAN}}, (gf_attributes){0});
    ck_assert(b.y.data[0] == 3 && b.y.data[1] == (_i ? 1 : 2) && isnan(b.y.data[2]) && isnan(b.y.data[3]));
    for (int j = 0; j < 4; j++)
        *gf_at(&b.G, 0, j) = 5;
    for (int slot = 0; slot < 2; slot++) {
        gf_matrix out = strided(1, 4, NAN);
        b.op->vjp[slot](&out, 0, &b.G, &b.call, slot);
        ck_assert(out.data[0] == 2.5 && out.data[1] == (slot == _i ? 0 : 5));
        free(out.data);
    }
    bench_close(&b);
}
END_TEST

/* Of k that are equal each receives 1 / k, and they add up to what arrives; NaN is the largest. */
START_TEST(ties_share)
{
    bench b;
    bench_open(&b, "max_of", 3, (const int[][2]){{1, 3}, {1, 3}, {1, 1}}, (gf_attributes){0});
    const double first[] = {2, 3, NAN}, second[] = {2, -1, 5}, shares[3][2] = {{2, 6}, {2, 0}, {2, 0}};
    for (int j = 0; j < 3; j++) {
        *gf_at(&b.value[0], 0, j) = first[j];
        *gf_at(&b.value[1], 0, j) = second[j];
        *gf_at(&b.G, 0, j) = 6;
    }
    *gf_at(&b.value[2], 0, 0) = 2;
    b.op->forward(&b.y, &b.call);
    ck_assert(b.y.data[0] == 2 && b.y.data[1] == 3 && isnan(b.y.data[2]));
    for (int slot = 0; slot < 3; slot++) {
        gf_matrix out = strided(1, slot < 2 ? 3 : 1, NAN);
        b.op->vjp[0](&out, 0, &b.G, &b.call, slot);
        ck_assert_double_eq(out.data[0], shares[slot][0]);
        ck_assert(slot == 2 || out.data[1] == shares[slot][1]);
        free(out.data);
    }
    bench_close(&b);
}
END_TEST

/* --- the table ---------------------------------------------------------------------------- */

static bool has_gradient_case(const char *op)
{
    for (int k = 0; k < GRADIENT_CASES; k++)
        if (!strcmp(gradient_cases[k].op, op))
            return true;
    return false;
}

static bool has_value_case(const char *op)
{
    for (int k = 0; k < VALUE_CASES; k++)
        if (!strcmp(value_cases[k].op, op))
            return true;
    return false;
}

START_TEST(every_row_is_complete)
{
    const gf_operation *op = gf_operation_at(_i);
    ck_assert_ptr_eq(gf_operation_find(op->name), op); /* so no name stands twice */
    ck_assert_uint_eq(op->size, sizeof *op);
    ck_assert(op->forward && op->text && *op->text && op->doc && *op->doc);
    ck_assert(op->arity == 1 || (op->arity > 1 && op->arity <= GF_SLOTS) || op->arity == GF_ARITY_ANY);
    ck_assert_msg(op->shape || op->arity == 1, "%s: no shape rule", op->name);
    int slots = op->arity == GF_ARITY_ANY ? 1 : op->arity;
    for (int k = 0; k < GF_SLOTS; k++) {
        ck_assert_msg((op->formula[k] != NULL) == (k < slots), "%s: formula %d", op->name, k);
        bool zeros = op->formula[k] && !strncmp(op->formula[k], "zeros(r(", strlen("zeros(r("));
        ck_assert_msg(k >= slots || (op->vjp[k] == NULL) == zeros, "%s: vjp %d", op->name, k);
    }
    if (op->one_column)
        ck_assert_int_eq(op->one_column->arity, op->arity);
}
END_TEST

START_TEST(every_row_has_its_cases)
{
    const gf_operation *op = gf_operation_at(_i);
    bool takes_three = op->arity == 3; /* whose values stand in a test of their own */
    ck_assert_msg(takes_three || has_value_case(op->name), "%s: no value is tested", op->name);
    ck_assert_msg((!op->vjp[0] && !op->vjp[1]) || has_gradient_case(op->name), "%s: no vjp is tested", op->name);
}
END_TEST

START_TEST(the_table_ends)
{
    ck_assert_ptr_null(gf_operation_at(-1));
    ck_assert_ptr_null(gf_operation_at(gf_operation_count()));
    ck_assert_ptr_null(gf_operation_find("no such operation"));
    ck_assert_ptr_null(gf_operation_find(NULL));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ops");
    TCase *tests = tcase_create("operations");
    tcase_add_loop_test(tests, every_vjp_agrees_with_central_differences, 0, GRADIENT_CASES);
    tcase_add_loop_test(tests, an_operand_used_twice_receives_the_sum, 0, 9);
    tcase_add_test(tests, where_takes_one_branch);
    tcase_add_test(tests, ties_share);
    tcase_add_loop_test(tests, equal_ones_share, 0, 2);
    tcase_add_loop_test(tests, every_value_is_right, 0, VALUE_CASES);
    tcase_add_loop_test(tests, every_row_is_complete, 0, gf_operation_count());
    tcase_add_loop_test(tests, every_row_has_its_cases, 0, gf_operation_count());
    tcase_add_test(tests, the_table_ends);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
