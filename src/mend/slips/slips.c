/* The slips that people make when they derive gradients, as one table of texts in the language.
 *
 * A row says what is written and what was meant: {"a @ b", "b @ a"} is an order exchanged. A letter of the pattern
 * stands for what it meets, a letter that stands in the replacement alone for all that could be meant, one by one.
 *
 *     a, b, c   anything                       v   no number
 *     x         a name, at its index           X   the same name, wherever it stands             i   an index
 *     k, l      a number (of literals, sizes, indices)       d   a literal       n   a size or an index
 *     T         the number of steps
 *     f         a function of one matrix that the table of operations knows; with more arguments, any function
 *     F(a)      a form in which a function's derivative occurs: a * (1 - a), 1 - tanh(a)^2; the table says which
 *     at(a, T)  what stands at step T (or 1), with t for it
 *
 * and in the replacement alone
 *
 *     y         another name for x, and z: any name, at a step nearby
 *     o         an index that is bound here
 *     s         an index of its own
 *     m         another size, and q: a literal of the equations, or twice that
 *     g, r      another function, and one that reduces, as rowsum does
 *     E(a)      another form of a
 *     S(a)      what a part of an equation receives where the whole receives a
 *     C(a)      likewise, where that is a part of a: rows or columns of it, as f takes others
 *
 * So in `dc[t] * sigmoid(f[t])` the row {"f(a)", "E(a)"} meets sigmoid(f[t]), and E goes through f[t] * (1 - f[t]),
 * 1 - f[t]^2 and so on. The cost says how rare a slip is: 9 is a lost minus, 20 a guess. What the engine does with a
 * row stands in rewrite.c; what no edit may be, in sensible.c. */
#include "mend/slips/rewrite.h"

const gf_slip_text gf_slips[] = {
    /* a step */
    {"x[i]", "x[i-1]", 10, EDIT_INDEX, 0},
    {"x[i]", "x[i+1]", 10, EDIT_INDEX, 0},
    {"x[i]", "x[0]", 15, EDIT_INDEX, 0},
    {"x[T]", "x[1]", 11, EDIT_INDEX, 0},
    {"x[1]", "x[T]", 11, EDIT_INDEX, 0},
    {"n", "o", 12, EDIT_INDEX, ANYWHERE},
    {"x[i]", "x", 14, EDIT_INDEX, 0},
    {"x", "x[o]", 15, EDIT_INDEX, 0},
    {"X[i]", "X[i+1]", 13, EDIT_INDEX, EVERYWHERE},
    {"x[i]", "x[i-1]", 11, EDIT_INDEX, EVERYWHERE},
    {"x[i]", "x[i+1]", 11, EDIT_INDEX, EVERYWHERE},
    /* a name; a name and its index */
    {"x", "y", 0, EDIT_NAME, 0},
    {"X", "y", 1, EDIT_NAME, EVERYWHERE},
    {"x[i]", "y[i-1]", 5, EDIT_NAME, 0},
    /* a number */
    {"n", "m", 15, EDIT_CONSTANT, ANYWHERE},
    {"d", "q", 11, EDIT_CONSTANT, 0},
    {"a ^ k", "a ^ (k-1)", 10, EDIT_INDEX, 0},
    {"a ^ k", "a ^ (k+1)", 10, EDIT_INDEX, 0},
    {"a ^ k", "a ^ (k-o)", 14, EDIT_INDEX, 0},
    {"a ^ k", "a ^ -k", 10, EDIT_SIGN, 0},
    {"a / b", "a / b ^ 2", 12, EDIT_INDEX, 0},
    /* a power of the matrix, which ^ is not */
    {"a ^ 2", "a @ a", 10, EDIT_POWER, 0},
    {"a ^ k", "prod(s, 1..k, a)", 10, EDIT_POWER, 0},
    /* a sign */
    {"a + b", "a - b", 10, EDIT_SIGN, 0},
    {"-a", "a", 9, EDIT_SIGN, 0},
    /* a transpose */
    {"a'", "a", 10, EDIT_TRANSPOSE, 0},
    {"x", "x'", 10, EDIT_TRANSPOSE, 0},
    {"grad(x)", "grad(x)'", 10, EDIT_TRANSPOSE, 0},
    {"f(a, b)", "f(a, b)'", 10, EDIT_TRANSPOSE, 0},
    {"prod(j, k..l, a)", "prod(j, k..l, a)'", 10, EDIT_TRANSPOSE, 0},
    {"prod(j, k downto l, a)", "prod(j, k downto l, a)'", 10, EDIT_TRANSPOSE, 0},
    {"x @ a", "x' @ a", 11, EDIT_TRANSPOSE, EVERYWHERE},
    /* an order, with the transposes that it brings */
    {"d - a", "a - d", 13, EDIT_ORDER, 0},
    {"a - b", "b - a", 10, EDIT_ORDER, 0},
    {"f(a, b)", "f(b, a)", 16, EDIT_ORDER, 0},
    {"f(a, k, l)", "f(a, l, k)", 9, EDIT_ORDER, 0},
    {"[a; b]", "[b; a]", 11, EDIT_ORDER, 0},
    {"[a, b]", "[b, a]", 11, EDIT_ORDER, 0},
    {"a @ b", "b @ a", 12, EDIT_ORDER, 0},
    {"a @ b", "b' @ a'", 11, EDIT_ORDER, 0},
    {"a' @ b", "b @ a", 12, EDIT_ORDER, 0},
    /* a factor moved across a product, and brackets */
    {"(a @ c) * b", "(a * b) @ c", 12, EDIT_ORDER, 0},
    {"a @ (b * c)'", "(a * b) @ c'", 12, EDIT_ORDER, 0},
    /* an operator */
    {"a @ b", "a * b", 12, EDIT_OPERATOR, 0},
    {"a' @ b", "a * b", 12, EDIT_OPERATOR, 0},
    {"a * b", "a @ b", 12, EDIT_OPERATOR, 0},
    /* a relation, the branches of a choice, the slope of another function with a bend */
    {"(a >= b)", "(a > b)", 9, EDIT_OPERATOR, 0},
    {"(a > b)", "(a < b)", 10, EDIT_OPERATOR, 0},
    {"(a < b)", "(a > b)", 10, EDIT_OPERATOR, 0},
    {"where(a, b, c)", "where(a, c, b)", 10, EDIT_ORDER, 0},
    {"v * (a < b)", "S(v)", 13, EDIT_FACTOR, WIDE},
    /* a function, its derivative, and that of another; a derivative of what is activated already */
    {"f(a)", "g(a)", 12, EDIT_FUNCTION, 0},
    {"f(a)", "a", 12, EDIT_FUNCTION, 0},
    {"f(a, k, l)", "a", 12, EDIT_FUNCTION, 0},
    {"x", "E(x)", 14, EDIT_FUNCTION, 0},
    {"F(a)", "E(a)", 13, EDIT_FUNCTION, 0},
    {"b * F(a)", "b * E(a)", 13, EDIT_FUNCTION, 0},
    {"b * F(a)", "b", 12, EDIT_MORE, 0},
    /* softmax's Jacobian for its diagonal, a part for another part, the dot product forgotten */
    {"diag(F(a))", "diag(a) - a @ a'", 12, EDIT_FACTOR, 0},
    {"diag(a)", "diag(a) - a @ a'", 13, EDIT_FACTOR, 0},
    {"F(a)", "diag(a) - a @ a'", 13, EDIT_FACTOR, 0},
    {"b * F(a)", "S(b)", 14, EDIT_FACTOR, WIDE},
    {"F(a) * b", "S(b)", 14, EDIT_FACTOR, WIDE},
    {"v * x", "S(v)", 14, EDIT_TERM, WIDE},
    {"a * (1 - b)", "a - b", 13, EDIT_FACTOR, 0},
    {"b - a", "S(b)", 15, EDIT_FACTOR, WIDE},
    {"v", "S(v)", 15, EDIT_FACTOR, WIDE},
    {"f(a, k, l)", "C(a)", 11, EDIT_RANGE, 0},
    /* a reduction, the axis of a mean, a row for the sum of all */
    {"v", "r(v)", 13, EDIT_REDUCTION, 0},
    {"f(a)'", "r(a)", 13, EDIT_REDUCTION, 0},
    {"rows(a, k, k)", "r(a)", 12, EDIT_REDUCTION, 0},
    /* a sum over time for one step, and the other way */
    {"v", "sum(t, v)", 12, EDIT_REDUCTION, 0},
    {"at(a, T)", "sum(t, a)", 12, EDIT_REDUCTION, 0},
    {"sum(j, a)", "at(a, T)", 12, EDIT_REDUCTION, 0},
    {"sum(j, a)", "at(a, 1)", 13, EDIT_REDUCTION, 0},
    {"sum(t, k..l, a)", "sum(t, a)", 12, EDIT_RANGE, 0},
    {"sum(j, k..l, a)", "sum(j, 1..T, a)", 13, EDIT_RANGE, 0},
    {"k", "k-1", 12, EDIT_RANGE, END},
    {"k", "k+1", 12, EDIT_RANGE, END},
    {"k", "1", 11, EDIT_RANGE, END},
    {"k", "T-k", 13, EDIT_RANGE, END},
    /* the order of a product over time; a sum for it */
    {"prod(j, k..l, a)", "prod(j, l downto k, a)", 12, EDIT_RANGE, 0},
    {"prod(j, k downto l, a)", "prod(j, l..k, a)", 12, EDIT_RANGE, 0},
    {"prod(j, k..l, a)", "sum(j, k..l, a)", 16, EDIT_OPERATOR, 0},
    {"sum(j, k..l, a)", "prod(j, l downto k, a)", 16, EDIT_OPERATOR, 0},
    /* what is held; one step's loss */
    {"grad(x | a)", "grad(x)", 14, EDIT_HELD, 0},
    {"grad(x, a)", "grad(x)", 16, EDIT_HELD, 0},
    {"jacobian(a, x | b)", "jacobian(a, x)", 14, EDIT_HELD, 0},
    {"jacobian(a, x | b, c)", "jacobian(a, x | b)", 14, EDIT_HELD, 0},
    {"jacobian(a, x | b, c)", "jacobian(a, x | c)", 14, EDIT_HELD, 0},
    {"grad(x)", "grad(x, z)", 15, EDIT_HELD, PART},
    {"grad(x)", "grad(x | z)", 17, EDIT_HELD, WIDE},
    {"grad(x | a)", "grad(x | a, z)", 17, EDIT_HELD, WIDE},
    {"jacobian(a, x)", "jacobian(a, x | z)", 17, EDIT_HELD, WIDE},
    {"jacobian(a, x | b)", "jacobian(a, x | b, z)", 17, EDIT_HELD, WIDE},
    /* too much */
    {"a / b", "a", 10, EDIT_MORE, 0},
    {"a * b", "a", 12, EDIT_MORE, 0},
    {"a @ b", "a", 13, EDIT_MORE, 0},
    {"a * b", "b", 13, EDIT_MORE, 0},
    /* a factor left out */
    {"a", "a * E(z)", 15, EDIT_FACTOR, CHAIN},
    {"a", "a @ z", 15, EDIT_FACTOR, PRODUCT},
    {"a", "z @ a", 15, EDIT_FACTOR, PRODUCT},
    {"a", "a / z", 16, EDIT_FACTOR, CHAIN},
    {"a", "a / q", 14, EDIT_CONSTANT, CHAIN},
    {"a", "q * a", 14, EDIT_CONSTANT, CHAIN},
    {"a", "a / m", 14, EDIT_CONSTANT, CHAIN},
    /* something for something else: a constant for what it multiplies, a function for its result */
    {"d", "E(z)", 20, EDIT_FACTOR, WIDE},
    {"x", "E(z)", 20, EDIT_FACTOR, WIDE},
    {"f(a)", "E(z)", 20, EDIT_FACTOR, WIDE},
    /* a term left out */
    {"v", "1 - v", 16, EDIT_TERM, TERM},
    {"v", "v + 1", 17, EDIT_TERM, TERM},
    {"v", "v - 1", 17, EDIT_TERM, TERM},
};

const int gf_slip_count = sizeof gf_slips / sizeof *gf_slips;
