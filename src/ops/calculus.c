/* The calculus: all operations element by element, each with its derivative. */
#include "ops/pointwise.h"

static bool clip_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    (void)rows, (void)cols;
    return call->p->lo <= call->p->hi || gf_refuse(why, "the ends %g and %g are no interval", call->p->lo, call->p->hi);
}

static bool dropout_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    (void)rows, (void)cols;
    return (call->p->p >= 0 && call->p->p < 1) || gf_refuse(why, "the rate %g is not in [0, 1)", call->p->p);
}

/* clang-format off */
/* --- two operands: op, sign, y, what a receives, what b receives ----------------------------------------------- */

OPERATOR(add, "+", a + b, G,     G,          "Sum, element by element.",
         .passes = {true, true})
OPERATOR(sub, "-", a - b, G,     -G,         "Difference, element by element.",
         .passes = {true})
OPERATOR(mul, "⊙", a * b, G * b, G * a,      "Product, element by element (Hadamard).")
OPERATOR(div, "/", a / b, G / b, -G * y / b, "Quotient, element by element.")

/* --- one operand: op, y, what a receives ----------------------------------------------------------------------- */

FUNCTION(neg,        -a,         -G,              "The negative of each entry.", .symbol = "−")
FUNCTION(scale,      p * a,      p * G,           "A number times each entry.")
FUNCTION(add_scalar, a + p,      G,               "A number added to each entry.")
VECTOR(tanh,         tanh(a),    G * (1 - y * y), "Hyperbolic tangent, element by element.")
VECTOR(exp,          exp(a),     G * y,           "e^a, element by element.")
FUNCTION(log,        log(a),     G / a,           "Natural logarithm, element by element.")
FUNCTION(sqrt,       sqrt(a),    G / (2 * y),     "Square root, element by element.")
VECTOR(sigmoid,      sigmoid(a), G * y * (1 - y), "The logistic function 1 / (1 + e^-a), element by element.",
         .symbol = "σ")
FUNCTION(dropout,    a * mask,   G * mask,        "Each entry zeroed with probability p, the others divided by 1 - p.",
         .shape = dropout_shape)

/* Those with kinks, where NaN stays NaN; and a power, of which a^0 is the constant 1, at a = 0 as well, where 0 * a^-1
 * would be NaN. */
WRITTEN(relu, a < 0 ? 0 : a, "relu(a)", a > 0 ? G : 0, "G * relu'(a)", "max(a, 0), element by element.")
WRITTEN(abs,  fabs(a),       "abs(a)",  G * sign(a),   "G * abs'(a)",  "Absolute value, element by element.")
WRITTEN(clip, a < lo ? lo : a > hi ? hi : a, "clip(a, lo, hi)", lo <= a && a <= hi ? G : 0, "G * clip'(a, lo, hi)",
        "Each entry, but lo below lo and hi above hi.", .shape = clip_shape)
WRITTEN(pow,  power(a, p), "a ^ p", p == 0 ? 0 : G * p * power(a, p - 1), "G * p * a ^ (p - 1)",
        "Each entry to the power of a number.", .symbol = "^")

/* Derivatives, which have some themselves. tanh(a / 2) is 2 sigmoid(a) - 1 without its cancellation near 0. */
DERIVATIVE(tanh,    1 - tanh(a) * tanh(a), -2 * G * tanh(a) * y,   "The derivative of tanh, 1 - tanh(a)^2.")
DERIVATIVE(exp,     exp(a),                G * y,                  "The derivative of exp: e^a again.")
DERIVATIVE(log,     1 / a,                 -G / (a * a),           "The derivative of log, 1 / a.")
DERIVATIVE(sqrt,    1 / (2 * sqrt(a)),     -G / (4 * a * sqrt(a)), "The derivative of sqrt, 1 / (2 sqrt(a)).")
DERIVATIVE(sigmoid, sigmoid_slope(a),      -G * y * tanh(a / 2),
           "The derivative of sigmoid, sigmoid(a) * (1 - sigmoid(a)).", .symbol = "σ'")

/* --- one operand, and no gradient passes: op, its name, y, as text; at kinks as PyTorch has it ----------------- */

FLAT(relu_prime, "relu'", a > 0,   "relu'(a)", "The derivative of relu: 1 where a > 0, else 0.")
FLAT(abs_prime,  "abs'",  sign(a), "abs'(a)",  "The derivative of abs, the sign of a: -1, 0 or 1.")
FLAT(clip_prime, "clip'", lo <= a && a <= hi, "clip'(a, lo, hi)",
     "The derivative of clip: 1 where lo <= a <= hi, else 0.", .shape = clip_shape)
FLAT(stop,       "stop",  a,       "stop(a)",  "a, as a constant: no gradient passes.")

/* --- one operand: functions with their derivatives -------------------------------------------------------------- */

FUNCTION(softplus, softplus(a), G * sigmoid(a), "log(1 + e^a), element by element; no overflow anywhere.")
DERIVATIVE(softplus, sigmoid(a), G * y * (1 - y), "The derivative of softplus, sigmoid(a).")
WRITTEN(leaky_relu, a > 0 ? a : slope * a, "leaky_relu(a, slope)", a > 0 ? G : slope * G, "G * leaky_relu'(a, slope)",
        "Each entry, but slope times it at 0 and below.")
FLAT(leaky_relu_prime, "leaky_relu'", a > 0 ? 1 : slope, "leaky_relu'(a, slope)",
     "The derivative of leaky_relu: 1 where a > 0, else the slope.")

/* --- two operands, with kinks: of two that are equal each receives half; comparisons pass no gradient ------------ */

OPERATOR(max, "max", max(a, b), G * ((a >= b) + (a > b)) / 2, G * ((b >= a) + (b > a)) / 2,
         "The larger of two entries.")
OPERATOR(min, "min", min(a, b), G * ((a <= b) + (a < b)) / 2, G * ((b <= a) + (b < a)) / 2,
         "The smaller of two entries.")

COMPARISON(less,          "<", a < b,  "1 where a < b, else 0.")
COMPARISON(less_equal,    "≤", a <= b, "1 where a <= b, else 0.")
COMPARISON(greater,       ">", a > b,  "1 where a > b, else 0.")
COMPARISON(greater_equal, "≥", a >= b, "1 where a >= b, else 0.")
/* clang-format on */
