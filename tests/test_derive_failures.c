/* Derivations while memory runs out: each allocation in turn fails, alone or with all after it. Linked with
 * --wrap=malloc and so on. */
#include <gradflow/derive.h>

#include "failing_text.h"

/* A bit of everything. */
static const char TEXT[] =
    "title \"all\"\nsteps T = 3\nsize n = 2\ninput x[t] : n x 1\ngiven y[t] : n x 1 ~ onehot\nparam U : n x n\n"
    "param b : n x 1\nstart h[0] = tanh(b)\nh[t] = tanh(U @ h[t-1] + x[t] + b)\n"
    "g[t] = sigmoid(rows([h[t-1]; x[T+1-t]], 2, 3)) / (2 + h[t]^2)\nq = prod(j, T downto 1, diag(g[j])) @ h[T]\n"
    "a[t] = sum(j, 1..t, exp(h[j] * j))\nL[t] = cross_entropy(g[t], y[t])\nw[t] = exp(h[t] / 2) / sum(exp(h[t] / 2))\n"
    "loss sum(t, L[t] + w[t]' @ y[t]) + sum(q) + mse(a[2], h[2*1]) + sum(j, 1..1, sum(a[2*j]))\nlet dh[t] = h[t]\n";

static gf_status derive(char **out, gf_model *m, const void *options)
{
    return gf_derivation(out, m, options);
}

static void fail_everywhere(gf_derivation_options options, long every)
{
    options.size = sizeof options;
    fail_each(TEXT, derive, &options, every);
}

START_TEST(deriving_survives)
{
    fail_everywhere((gf_derivation_options){.format = GF_DERIVATION_GF, .why = true}, (long)large(11, 43));
    fail_everywhere((gf_derivation_options){.format = GF_DERIVATION_TEXT}, (long)large(29, 83));
}
END_TEST

START_TEST(jacobians_survive)
{
    fail_everywhere((gf_derivation_options){.jacobian = "h[t], h[t-1]"}, (long)large(5, 13));
}
END_TEST

START_TEST(writers_survive)
{
    fail_everywhere((gf_derivation_options){.format = GF_DERIVATION_LATEX, .why = true}, (long)large(23, 83));
    fail_everywhere((gf_derivation_options){.format = GF_DERIVATION_MARKDOWN}, (long)large(29, 89));
    fail_everywhere((gf_derivation_options){.format = GF_DERIVATION_NUMPY}, (long)large(31, 97));
}
END_TEST

int main(void)
{
    const TTest *tests[] = {deriving_survives, jacobians_survive, writers_survive};
    return RUN_TESTS("derive_failures", tests);
}
