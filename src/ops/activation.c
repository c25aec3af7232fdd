/* The functions of the equation language, element by element, and their derivatives. */
#include <math.h>

#include "ops/pointwise.h"

/* e^-|x| never overflows. */
double gf_sigmoid_of(double x)
{
    double e = exp(-fabs(x));
    return (x < 0 ? e : 1) / (1 + e);
}

static double sign(double x)
{
    return (x > 0) - (x < 0);
}

/* --- the seven functions ------------------------------------------------------ */

FORWARD(sigmoid, y = gf_sigmoid_of(a))
VJP(sigmoid, da = G * y * (1 - y))

const gf_operation gf_op_sigmoid = {
    .name = "sigmoid",
    .symbol = "σ",
    .arity = 1,
    .forward = sigmoid_forward,
    .vjp = {sigmoid_vjp},
    .formula = {"G * y * (1 - y)"},
    .text = "sigmoid(a)",
    .doc = "The logistic function 1 / (1 + e^-a), element by element.",
};

/* The output serves; a is not needed again. */
FORWARD(tanh, y = tanh(a))
VJP(tanh, da = G * (1 - y * y))

const gf_operation gf_op_tanh = {
    .name = "tanh",
    .arity = 1,
    .forward = tanh_forward,
    .vjp = {tanh_vjp},
    .formula = {"G * (1 - y^2)"},
    .text = "tanh(a)",
    .doc = "Hyperbolic tangent, element by element.",
};

/* Written so that NaN stays NaN. */
FORWARD(relu, y = a < 0 ? 0 : a)
VJP(relu, da = a > 0 ? G : 0)

const gf_operation gf_op_relu = {
    .name = "relu",
    .arity = 1,
    .forward = relu_forward,
    .vjp = {relu_vjp},
    .formula = {"G * relu'(a)"},
    .text = "relu(a)",
    .doc = "max(a, 0), element by element.",
};

FORWARD(exp, y = exp(a))
VJP(exp, da = G * y)

const gf_operation gf_op_exp = {
    .name = "exp",
    .arity = 1,
    .forward = exp_forward,
    .vjp = {exp_vjp},
    .formula = {"G * y"},
    .text = "exp(a)",
    .doc = "e^a, element by element.",
};

FORWARD(log, y = log(a))
VJP(log, da = G / a)

const gf_operation gf_op_log = {
    .name = "log",
    .arity = 1,
    .forward = log_forward,
    .vjp = {log_vjp},
    .formula = {"G / a"},
    .text = "log(a)",
    .doc = "Natural logarithm, element by element.",
};

FORWARD(sqrt, y = sqrt(a))
VJP(sqrt, da = G / (2 * y))

const gf_operation gf_op_sqrt = {
    .name = "sqrt",
    .arity = 1,
    .forward = sqrt_forward,
    .vjp = {sqrt_vjp},
    .formula = {"G / (2 * y)"},
    .text = "sqrt(a)",
    .doc = "Square root, element by element.",
};

FORWARD(abs, y = fabs(a))
VJP(abs, da = G * sign(a))

const gf_operation gf_op_abs = {
    .name = "abs",
    .arity = 1,
    .forward = abs_forward,
    .vjp = {abs_vjp},
    .formula = {"G * abs'(a)"},
    .text = "abs(a)",
    .doc = "Absolute value, element by element.",
};

/* --- their derivatives, at kinks as PyTorch has it ------------------------------ */

/* s = sigmoid(-|a|) is at most 1/2, so that 1 - s loses nothing however large a is; and the product never exceeds 1/4.
 * In the vjp, -tanh(a / 2) is 1 - 2 sigmoid(a) without its cancellation where a is small. */
FORWARD(sigmoid_prime, double s = gf_sigmoid_of(-fabs(a)); y = s * (1 - s))
VJP(sigmoid_prime, da = G * y * -tanh(a / 2))

const gf_operation gf_op_sigmoid_prime = {
    .name = "sigmoid'",
    .symbol = "σ'",
    .arity = 1,
    .forward = sigmoid_prime_forward,
    .vjp = {sigmoid_prime_vjp},
    .formula = {"G * y * (1 - 2 * sigmoid(a))"},
    .text = "sigmoid'(a)",
    .doc = "The derivative of sigmoid, sigmoid(a) * (1 - sigmoid(a)).",
};

FORWARD(tanh_prime, y = 1 - tanh(a) * tanh(a))
VJP(tanh_prime, da = -2 * G * tanh(a) * y)

const gf_operation gf_op_tanh_prime = {
    .name = "tanh'",
    .arity = 1,
    .forward = tanh_prime_forward,
    .vjp = {tanh_prime_vjp},
    .formula = {"-2 * G * tanh(a) * y"},
    .text = "tanh'(a)",
    .doc = "The derivative of tanh, 1 - tanh(a)^2.",
};

FORWARD(relu_prime, y = a > 0)

const gf_operation gf_op_relu_prime = {
    .name = "relu'",
    .arity = 1,
    .forward = relu_prime_forward,
    .formula = {"zeros(r(a), c(a))"},
    .text = "relu'(a)",
    .doc = "The derivative of relu: 1 where a > 0, else 0.",
};

FORWARD(exp_prime, y = exp(a))
VJP(exp_prime, da = G * y)

const gf_operation gf_op_exp_prime = {
    .name = "exp'",
    .arity = 1,
    .forward = exp_prime_forward,
    .vjp = {exp_prime_vjp},
    .formula = {"G * y"},
    .text = "exp'(a)",
    .doc = "The derivative of exp: e^a again.",
};

FORWARD(log_prime, y = 1 / a)
VJP(log_prime, da = -G / (a * a))

const gf_operation gf_op_log_prime = {
    .name = "log'",
    .arity = 1,
    .forward = log_prime_forward,
    .vjp = {log_prime_vjp},
    .formula = {"-G / a^2"},
    .text = "log'(a)",
    .doc = "The derivative of log, 1 / a.",
};

FORWARD(sqrt_prime, y = 1 / (2 * sqrt(a)))
VJP(sqrt_prime, da = -G / (4 * a * sqrt(a)))

const gf_operation gf_op_sqrt_prime = {
    .name = "sqrt'",
    .arity = 1,
    .forward = sqrt_prime_forward,
    .vjp = {sqrt_prime_vjp},
    .formula = {"-G / (4 * a * sqrt(a))"},
    .text = "sqrt'(a)",
    .doc = "The derivative of sqrt, 1 / (2 sqrt(a)).",
};

FORWARD(abs_prime, y = sign(a))

const gf_operation gf_op_abs_prime = {
    .name = "abs'",
    .arity = 1,
    .forward = abs_prime_forward,
    .formula = {"zeros(r(a), c(a))"},
    .text = "abs'(a)",
    .doc = "The derivative of abs, the sign of a: -1, 0 or 1.",
};
