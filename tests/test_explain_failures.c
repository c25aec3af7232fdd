/* Explanations while memory runs out: each allocation in turn fails, alone or with all after it. Linked with
 * --wrap=malloc and so on. */
#include <gradflow/explain.h>

#include "failing_text.h"

static const char TEXT[] =
    "steps T = 3\nsize n = 2\ninput x[t] : n x 1\ngiven y[t] : n x 1 ~ onehot\nparam U : n x n\nparam b : n x 1\n"
    "start h[0] = tanh(b)\nh[t] = tanh(U @ h[t-1] + x[t] + b * h[t-1])\na[t] = sum(j, 1..t, exp(h[j] * j))\n"
    "L[t] = cross_entropy(a[t], y[t])\nloss sum(t, L[t])\nlet da[t] = grad(a[t])\nclaim grad(a[t]) = da[t]\n";

static gf_status explain(char **out, gf_model *m, const void *options)
{
    return gf_explanation(out, m, options);
}

static void fail_everywhere(gf_explanation_options options, long every)
{
    options.size = sizeof options;
    fail_each(TEXT, explain, &options, every);
}

START_TEST(explaining_survives)
{
    fail_everywhere((gf_explanation_options){.of = "h[2]"}, (long)large(11, 43));
    fail_everywhere((gf_explanation_options){.of = "h[1] -> h[2]"}, (long)large(11, 43));
    fail_everywhere((gf_explanation_options){.of = "h"}, (long)large(23, 83));
    fail_everywhere((gf_explanation_options){.of = "U", .format = GF_EXPLANATION_MARKDOWN}, (long)large(23, 83));
    fail_everywhere((gf_explanation_options){.of = "da[2]"}, (long)large(5, 23));
    fail_everywhere((gf_explanation_options){.path = "h[1] -> L[3]"}, (long)large(11, 43));
}
END_TEST

START_TEST(json_survives)
{
    fail_everywhere((gf_explanation_options){.of = "h[2]", .format = GF_EXPLANATION_JSON}, (long)large(43, 183));
}
END_TEST

static gf_status explain_all(char **out, gf_model *m, const void *options)
{
    (void)options;
    return gf_explanations(out, m);
}

START_TEST(all_survives)
{
    fail_each(TEXT, explain_all, NULL, (long)large(61, 241));
}
END_TEST

int main(void)
{
    const TTest *tests[] = {explaining_survives, json_survives, all_survives};
    return RUN_TESTS("explain failures", tests);
}
