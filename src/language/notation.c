/* Notations: the operations in LaTeX, and in Python with NumPy. What is not here is written by its name in LaTeX. */
#include "language/notation.h"

#include <stddef.h>
#include <string.h>

/* Over rows, or over the column where there is only one. */
#define AXIS "axis = 0 if a.shape[1] == 1 else 1\n"

/* clang-format off */
static const struct {
    const char *name;
    gf_notation notation;
} notations[] = {
    /* element by element */
    {"tanh",     {"\\tanh(a)",           "np.tanh(a)"}},
    {"sigmoid",  {"\\sigma(a)",          "return 1 / (1 + np.exp(-a))"}},
    {"relu",     {NULL,                  "np.maximum(a, 0)"}},
    {"leaky_relu", {NULL,                "return np.where(a > 0, a, slope * a)"}},
    {"softplus", {NULL,                  "np.logaddexp(a, 0)"}},
    {"exp",      {"\\exp(a)",            "np.exp(a)"}},
    {"log",      {"\\log(a)",            "np.log(a)"}},
    {"sqrt",     {"\\sqrt{a}",           "np.sqrt(a)"}},
    {"abs",      {"\\lvert{a}\\rvert",   "np.abs(a)"}},
    {"clip",     {NULL,                  "np.clip(a, lo, hi)"}},
    {"max",      {"\\max(a, b)",         "np.maximum(a, b)"}},
    {"min",      {"\\min(a, b)",         "np.minimum(a, b)"}},
    {"where",    {NULL,                  "np.where(c, a, b)"}},
    {"stop",     {NULL,                  "a"}},
    {"tanh'",    {"\\tanh'(a)",          "return 1 - np.tanh(a)**2"}},
    {"sigmoid'", {"\\sigma'(a)",         "e = np.exp(-np.abs(a))\nreturn e / (1 + e)**2"}},
    {"relu'",    {NULL,                  "np.heaviside(a, 0)"}},
    {"leaky_relu'", {NULL,               "return np.where(a > 0, 1.0, slope)"}},
    {"softplus'", {NULL,                 "return 1 / (1 + np.exp(-a))"}},
    {"exp'",     {"\\exp'(a)",           "np.exp(a)"}},
    {"log'",     {"\\log'(a)",           "return 1 / a"}},
    {"sqrt'",    {NULL,                  "return 1 / (2 * np.sqrt(a))"}},
    {"abs'",     {"\\operatorname{sign}(a)", "np.sign(a)"}},
    {"clip'",    {NULL,                  "return ((lo <= a) & (a <= hi)).astype(float)"}},
    /* sums and norms */
    {"sum",      {NULL,                  "np.sum(a, keepdims=True)"}},
    {"rowsum",   {NULL,                  "np.sum(a, axis=1, keepdims=True)"}},
    {"colsum",   {NULL,                  "np.sum(a, axis=0, keepdims=True)"}},
    {"mean",     {NULL,                  "np.mean(a, keepdims=True)"}},
    {"norm",     {"\\lVert{a}\\rVert_F", "np.linalg.norm(a, keepdims=True)"}},
    {"unit",     {NULL,                  "norm = np.linalg.norm(a)\nreturn a / norm if norm else 0 * a"}},
    {"sumto",    {NULL,                  "a = a.sum(axis=0, keepdims=True) if rows == 1 else a\n"
                                         "return a.sum(axis=1, keepdims=True) if cols == 1 else a"}},
    /* parts and shapes */
    {"rows",     {"{a}_{first:last,\\,:}", "a[first:last]"}},
    {"cols",     {"{a}_{:,\\,first:last}", "a[:, first:last]"}},
    {"entry",    {"{a}_{i,\\,j}",        "np.array([[a[i, j]]])"}},
    {"diag",     {NULL,                  "np.diagflat(a)"}},
    {"reshape",  {NULL,                  "np.reshape(a, (rows, cols))"}},
    {"vec",      {NULL,                  "np.reshape(a, (-1, 1))"}},
    /* softmax and losses */
    {"softmax",       {NULL,             AXIS "e = np.exp(a - a.max(axis, keepdims=True))\n"
                                         "return e / e.sum(axis, keepdims=True)"}},
    {"log_softmax",   {"\\log \\operatorname{softmax}(a)",
                                         AXIS "a = a - a.max(axis, keepdims=True)\n"
                                         "return a - np.log(np.exp(a).sum(axis, keepdims=True))"}},
    {"cross_entropy", {"\\operatorname{CrossEntropy}(a, b)",
                                         AXIS "a = a - a.max(axis, keepdims=True)\n"
                                         "log_softmax = a - np.log(np.exp(a).sum(axis, keepdims=True))\n"
                                         "return -np.sum(b * log_softmax, keepdims=True)"}},
    {"mse",      {"\\operatorname{MSE}(a, b)", "np.mean((a - b)**2, keepdims=True)"}},
};
/* clang-format on */

gf_notation gf_notation_of(const char *name)
{
    for (size_t k = 0; k < sizeof notations / sizeof *notations; k++)
        if (!strcmp(notations[k].name, name))
            return notations[k].notation;
    return (gf_notation){NULL, NULL};
}
