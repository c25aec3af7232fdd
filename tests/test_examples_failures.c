/* Examples, drawn and loaded, while memory runs out: each allocation in turn fails, alone or with all after it; and
 * what a training does again and again allocates nothing. Linked with --wrap=malloc and so on. */
#include <stdio.h>
#include <unistd.h>

#include <gradflow/init.h>
#include <gradflow/train.h>

#include "failing_text.h"

static char folder[64];
static char model_text[1024];

static void write_csv(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void setup(void)
{
    strcpy(folder, "/tmp/gradflow-loads-......");
    memset(strrchr(folder, '-') + 1, 'X', 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    write_csv("x.csv", "1,2\n3,4\n5,6\n7,8\n9,10\n11,12\n");
    write_csv("y.csv", "1\n2\n3\n");
    write_csv("W.csv", "0.5,0.5\n0.25,-0.5\n");
    gf_graph *saved = gf_graph_new();
    gf_init_constant(gf_param(saved, "b", 2, 1), 0.5);
    ck_assert(!gf_params_save(saved, folder));
    gf_graph_free(saved);
    snprintf(model_text, sizeof model_text,
             "steps T = 2\ninput x[t] : 2 x 1 = csv(\"%s/x.csv\")\ngiven y : 1 x 1 = csv(\"%s/y.csv\")\n"
             "given m[t] : 2 x 1 ~ bernoulli(1 / 2)\ngiven k : 2 x 2 ~ onehot\ninput u : 2 x 1\n"
             "param W : 2 x 2 ~ xavier\nparam b : 2 x 1 ~ normal(0, 2 / 4)\nstart h[0] : 2 x 1 = 0\n"
             "h[t] = tanh(W @ h[t-1] + m[t] * x[t] + b)\nloss mse(sum(h[T] + k @ u), y)\n",
             folder, folder);
}

static void teardown(void)
{
    static const char *const names[] = {"x.csv", "y.csv", "W.csv", "b.npy"};
    char path[128];
    for (int k = 0; k < 4; k++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[k]);
        remove(path);
    }
    rmdir(folder);
}

static gf_status train(gf_model *m, size_t count, int updates)
{
    gf_optimizer *o = NULL;
    gf_node *loss = gf_model_loss(m);
    gf_status status = gf_optimizer_new(&o, gf_model_graph(m), NULL);
    for (int k = 0; k < updates && !status; k++) {
        status = gf_model_redraw(m);
        status = status ? status : gf_model_example(m, (size_t)k % count);
        status = status ? status : gf_backward(loss, 0);
        status = status ? status : gf_optimizer_gather(o);
        status = status ? status : gf_optimizer_step(o);
    }
    gf_optimizer_free(o);
    return status;
}

static gf_status examples(char **out, gf_model *m, const void *data)
{
    size_t count = 0;
    gf_status status = data ? gf_model_load(m, folder) : GF_OK;
    status = status ? status : gf_model_examples(&count, m);
    status = status ? status : train(m, count, 2);
    *out = status ? NULL : calloc(1, 2);
    if (*out)
        **out = (char)('0' + count);
    return !status && !*out ? GF_ERROR_MEMORY : status;
}

START_TEST(examples_survive)
{
    fail_each(model_text, examples, NULL, (long)large(1, 5));
}
END_TEST

START_TEST(loading_survives)
{
    fail_each(model_text, examples, folder, (long)large(1, 5));
}
END_TEST

/* From the second update on, when everything has its room. */
static long allocations(int updates)
{
    gf_model *m;
    size_t count;
    ck_assert(!gf_model_parse(&m, model_text, "test.gf") && !gf_model_examples(&count, m) && count == 3);
    heap.count = heap.fail_at = 0;
    heap.watching = true;
    gf_status status = train(m, count, updates);
    heap.watching = false;
    ck_assert_int_eq(status, GF_OK);
    gf_model_free(m);
    return heap.count;
}

START_TEST(updates_allocate_nothing)
{
    long few = allocations(2), many = allocations(50);
    ck_assert_msg(few == many, "%ld allocations for 2 updates, %ld for 50", few, many);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {examples_survive, loading_survives, updates_allocate_nothing};
    Suite *suite = tests_of("examples_failures", NULL, 0);
    TCase *tcase = tcase_create("failing");
    tcase_set_timeout(tcase, 100);
    tcase_add_checked_fixture(tcase, setup, teardown);
    for (size_t k = 0; k < sizeof tests / sizeof *tests; k++)
        tcase_add_test(tcase, tests[k]);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
