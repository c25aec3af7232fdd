/* Arithmetic element by element, with broadcasting. */
#include <math.h>

#include "ops/pointwise.h"

/* A dimension in which one side is 1 and the other is not is repeated. */
static bool broadcast_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    const gf_matrix *a = call->in[0], *b = call->in[1];
    *rows = a->rows == 1 ? b->rows : a->rows;
    *cols = a->cols == 1 ? b->cols : a->cols;
    if (b->rows != *rows && b->rows != 1)
        return gf_refuse(why, "rows %d and %d differ and neither is 1", a->rows, b->rows);
    if (b->cols != *cols && b->cols != 1)
        return gf_refuse(why, "columns %d and %d differ and neither is 1", a->cols, b->cols);
    return true;
}

/* --- two operands ----------------------------------------------------------- */

FORWARD_2(add, y = a + b)
VJP_2(add, a, da = G)
VJP_2(add, b, db = G)

const gf_operation gf_op_add = {
    .name = "add",
    .symbol = "+",
    .arity = 2,
    .shape = broadcast_shape,
    .forward = add_forward,
    .vjp = {add_vjp_a, add_vjp_b},
    .formula = {"sumto(G, r(a), c(a))", "sumto(G, r(b), c(b))"},
    .text = "a + b",
    .doc = "Sum, element by element.",
};

FORWARD_2(sub, y = a - b)
VJP_2(sub, a, da = G)
VJP_2(sub, b, db = -G)

const gf_operation gf_op_sub = {
    .name = "sub",
    .symbol = "-",
    .arity = 2,
    .shape = broadcast_shape,
    .forward = sub_forward,
    .vjp = {sub_vjp_a, sub_vjp_b},
    .formula = {"sumto(G, r(a), c(a))", "sumto(-G, r(b), c(b))"},
    .text = "a - b",
    .doc = "Difference, element by element.",
};

FORWARD_2(mul, y = a * b)
VJP_2(mul, a, da = G * b)
VJP_2(mul, b, db = G * a)

const gf_operation gf_op_mul = {
    .name = "mul",
    .symbol = "⊙",
    .arity = 2,
    .shape = broadcast_shape,
    .forward = mul_forward,
    .vjp = {mul_vjp_a, mul_vjp_b},
    .formula = {"sumto(G * b, r(a), c(a))", "sumto(G * a, r(b), c(b))"},
    .text = "a * b",
    .doc = "Product, element by element (Hadamard).",
};

/* d(a / b)/db = -a / b^2 = -y / b. */
FORWARD_2(div, y = a / b)
VJP_2(div, a, da = G / b)
VJP_2(div, b, db = -G * y / b)

const gf_operation gf_op_div = {
    .name = "div",
    .symbol = "/",
    .arity = 2,
    .shape = broadcast_shape,
    .forward = div_forward,
    .vjp = {div_vjp_a, div_vjp_b},
    .formula = {"sumto(G / b, r(a), c(a))", "sumto(-G * y / b, r(b), c(b))"},
    .text = "a / b",
    .doc = "Quotient, element by element.",
};

/* --- an operand and a number ------------------------------------------------ */

FORWARD(scale, y = k->p * a)
VJP(scale, da = k->p * G)

const gf_operation gf_op_scale = {
    .name = "scale",
    .arity = 1,
    .forward = scale_forward,
    .vjp = {scale_vjp},
    .formula = {"p * G"},
    .text = "p * a",
    .doc = "A number times each entry.",
};

FORWARD(add_scalar, y = a + k->p)
VJP(add_scalar, da = G)

const gf_operation gf_op_add_scalar = {
    .name = "add_scalar",
    .arity = 1,
    .forward = add_scalar_forward,
    .vjp = {add_scalar_vjp},
    .formula = {"G"},
    .text = "a + p",
    .doc = "A number added to each entry.",
};

/* a^0 is the constant 1, at a = 0 as well, where 0 * a^-1 would be NaN. */
FORWARD(pow, y = pow(a, k->p))
VJP(pow, da = k->p == 0 ? 0 : G * k->p * pow(a, k->p - 1))

const gf_operation gf_op_pow = {
    .name = "pow",
    .symbol = "^",
    .arity = 1,
    .forward = pow_forward,
    .vjp = {pow_vjp},
    .formula = {"G * p * a ^ (p - 1)"},
    .text = "a ^ p",
    .doc = "Each entry to the power of a number.",
};

FORWARD(neg, y = -a)
VJP(neg, da = -G)

const gf_operation gf_op_neg = {
    .name = "neg",
    .arity = 1,
    .forward = neg_forward,
    .vjp = {neg_vjp},
    .formula = {"-G"},
    .text = "-a",
    .doc = "The negative of each entry.",
};
