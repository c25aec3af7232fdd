/* Values while memory runs out: each allocation in turn fails, alone or with all after it. Linked with --wrap=malloc
 * and so on. */
#include <gradflow/history.h>

#include "failing_text.h"

static const char TEXT[] =
    "title \"all\"\nsteps T = 3\nsize n = 2\ninput x[t] : n x 1\nparam U : n x n\nstart h[0] : n x 1\n"
    "h[t] = tanh(U @ h[t-1] + x[t])\nloss sum(h[T])\nlet d[t] = grad(h[t], sum(h[T]))\n";

typedef struct wanted {
    gf_values_options options;
    const char *const *texts;
    size_t count;
} wanted;

static gf_status write_values(char **out, gf_model *m, const void *data)
{
    const wanted *w = data;
    return gf_model_values(out, NULL, m, w->texts, w->count, &w->options);
}

static void fail_everywhere(gf_values_options options, const char *const texts[], size_t count)
{
    options.size = sizeof options;
    fail_each(TEXT, write_values, &(wanted){options, texts, count}, (long)large(1, 7));
}

static const char *const scalars[] = {"norm(d[t])", "sum(x[t])", "-norm(grad(h[t]))"};
static const char *const matrices[] = {"U", "grad(U)", "h[t]", "d[t]", "h[t]'", "d[t] @ ones(1, 20)"};

START_TEST(tables_survive)
{
    fail_everywhere((gf_values_options){.format = GF_VALUES_TEXT, .at = "2..T"}, scalars, 3);
    fail_everywhere((gf_values_options){.format = GF_VALUES_TEXT}, matrices, 6);
    fail_everywhere((gf_values_options){.format = GF_VALUES_TEXT}, matrices + 2, 1);
    fail_everywhere((gf_values_options){.format = GF_VALUES_TEXT}, (const char *const[]){"h[t]'", "d[t]'"}, 2);
    fail_everywhere((gf_values_options){.format = GF_VALUES_TEXT}, NULL, 0);
}
END_TEST

START_TEST(data_survives)
{
    fail_everywhere((gf_values_options){.format = GF_VALUES_JSON}, matrices, 3);
    fail_everywhere((gf_values_options){.format = GF_VALUES_JSON}, NULL, 0);
    fail_everywhere((gf_values_options){.format = GF_VALUES_CSV}, matrices, 3);
    fail_everywhere((gf_values_options){.format = GF_VALUES_NPY}, matrices + 2, 1);
}
END_TEST

START_TEST(plots_survive)
{
    fail_everywhere((gf_values_options){.format = GF_VALUES_CHART}, scalars, 3);
    fail_everywhere((gf_values_options){.format = GF_VALUES_SVG}, scalars, 3);
}
END_TEST

START_TEST(messages_survive)
{
    fail_everywhere((gf_values_options){.format = GF_VALUES_TEXT}, (const char *const[]){"U", "hh[t]"}, 2);
    fail_everywhere((gf_values_options){.format = GF_VALUES_TEXT, .at = "T..1"}, scalars, 1);
    fail_everywhere((gf_values_options){.format = GF_VALUES_TEXT}, (const char *const[]){"U", "h[9]"}, 2);
}
END_TEST

static gf_status write_history(char **out, gf_model *m, const void *data)
{
    const gf_values_options *options = data;
    gf_history *h;
    gf_status status = gf_history_new(&h, "title");
    status = status ? status : gf_history_add(h, "loss", "loss");
    status = status ? status : gf_history_watch(h, m, matrices + 1, 2);
    for (int k = 0; k < 3 && !status; k++) {
        status = gf_history_look(h);
        status = status ? status : gf_history_row(h, (double[]){k});
    }
    status = status ? status : gf_history_text(out, NULL, h, "h[t]", options);
    gf_history_free(h);
    return status;
}

START_TEST(histories_survive)
{
    static const gf_values_format formats[] = {GF_VALUES_CSV, GF_VALUES_CHART, GF_VALUES_SVG};
    for (int k = 0; k < 3; k++)
        fail_each(TEXT, write_history, &(gf_values_options){sizeof(gf_values_options), .format = formats[k]},
                  (long)large(1, 7));
}
END_TEST

int main(void)
{
    const TTest *tests[] = {tables_survive, data_survives, plots_survive, messages_survive, histories_survive};
    return RUN_TESTS("values_failures", tests);
}
