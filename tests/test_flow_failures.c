/* The flow while memory runs out: each allocation in turn fails, alone or with all after it. Linked with
 * --wrap=malloc and so on. */
#include <gradflow/flow.h>

#include "failing_text.h"

static const char TEXT[] = "steps T = 3\nsize n = 2\ninput x[t] : n x 1\nparam U : n x n\nstart c[0] : n x 1\n"
                           "start h[0] : n x 1\nc[t] = U @ h[t-1] + c[t-1]\nh[t] = tanh(c[t]) * x[t]\n"
                           "L[t] = sum(h[t])\nloss sum(t, L[t])\n";

static gf_status write_flow(char **out, gf_model *m, const void *data)
{
    return gf_flow_text(out, NULL, &m, 1, data);
}

static void fail_everywhere(gf_flow_options options, long every)
{
    options.size = sizeof options;
    fail_each(TEXT, write_flow, &options, (long)large(1, every));
}

START_TEST(numbers_survive)
{
    fail_everywhere((gf_flow_options){.kind = GF_FLOW_LOSS, .of = "h, c"}, 7);
    fail_everywhere((gf_flow_options){.kind = GF_FLOW_JACOBIAN}, 7);
    fail_everywhere((gf_flow_options){.kind = GF_FLOW_WEIGHTS}, 7);
}
END_TEST

START_TEST(paths_survive)
{
    fail_everywhere((gf_flow_options){.kind = GF_FLOW_PATHS, .of = "c"}, 17);
}
END_TEST

START_TEST(plots_survive)
{
    fail_everywhere((gf_flow_options){.kind = GF_FLOW_LOSS, .format = GF_FLOW_CHARACTERS}, 7);
    fail_everywhere((gf_flow_options){.kind = GF_FLOW_WEIGHTS, .format = GF_FLOW_CHARACTERS, .lines = true}, 7);
    fail_everywhere((gf_flow_options){.kind = GF_FLOW_LOSS, .format = GF_FLOW_SVG}, 17);
    fail_everywhere((gf_flow_options){.kind = GF_FLOW_JACOBIAN, .format = GF_FLOW_SVG, .lines = true}, 17);
    fail_everywhere((gf_flow_options){.kind = GF_FLOW_WEIGHTS, .format = GF_FLOW_SVG}, 17);
}
END_TEST

static gf_status write_curves(char **out, gf_model *m, const void *data)
{
    static const char *const expressions[] = {"tanh(u)", "u * norm(U)"};
    return gf_flow_curves(out, NULL, m, expressions, 2, -1, 1, data);
}

START_TEST(curves_survive)
{
    gf_flow_options options = {.size = sizeof options};
    for (int format = GF_FLOW_CSV; format <= GF_FLOW_SVG; format++) {
        options.format = (gf_flow_format)format;
        fail_each(TEXT, write_curves, &options, (long)large(7, 170));
    }
}
END_TEST

START_TEST(messages_survive)
{
    fail_everywhere((gf_flow_options){.kind = GF_FLOW_PATHS, .of = "x"}, 1);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {numbers_survive, paths_survive, plots_survive, curves_survive, messages_survive};
    return RUN_TESTS("flow while memory runs out", tests);
}
