/* Names to countries, tutorial 11, beside PyTorch: the same weights, names and batches cost the same, update by update
 * (tests/pytorch/train/names.txt). PyTorch packs sequences of unequal length; here they are padded, and masked. */
#include "support.h"

#include <stdio.h>

#include <gradflow/cell.h>
#include <gradflow/data.h>
#include <gradflow/train.h>

enum { EVERY = 16, NAMES = 32, LETTERS = 26, LONGEST = 14, COUNTRIES = 6, HIDDEN = 6, BATCH = 8, UPDATES = 12 };

static FILE *open_beside(const char *path)
{
    char whole[4096];
    snprintf(whole, sizeof whole, "%s/%s", getenv("GF_TESTS"), path);
    FILE *file = fopen(whole, "r");
    ck_assert_msg(file != NULL, "%s cannot be read", whole);
    return file;
}

/* --- every sixteenth name --------------------------------------------------------------------- */

static void read_names(gf_matrix *x, gf_matrix *mask, gf_matrix *y)
{
    static double letters[NAMES][LONGEST][LETTERS];
    gf_matrix sequences[NAMES];
    char name[32], country[32], before[32] = "";
    int class = -1;
    FILE *file = open_beside("../tutorials/11-names/names.csv");
    ck_assert(!gf_matrix_new(y, NAMES, COUNTRIES));
    for (int line = 0; fscanf(file, " %31[a-z],%31s", name, country) == 2; line++) {
        class += strcmp(country, before) != 0;
        strcpy(before, country);
        if (line % EVERY)
            continue;
        int k = line / EVERY, length = (int)strlen(name);
        for (int t = 0; t < length; t++)
            letters[k][t][name[t] - 'a'] = 1;
        sequences[k] = gf_matrix_over(letters[k][0], length, LETTERS);
        y->data[k * COUNTRIES + class] = 1;
    }
    fclose(file);
    ck_assert_int_eq(class, COUNTRIES - 1);
    ck_assert(!gf_data_pad(x, mask, sequences, NAMES));
}

/* --- the network ---------------------------------------------------------------------------------- */

typedef struct net {
    gf_graph *g;
    gf_cell *lstm;
    gf_node *V, *d, *x[LONGEST], *mask[LONGEST], *y, *loss;
} net;

static net net_of(int steps)
{
    net n = {.g = gf_graph_new()};
    gf_node *h[LONGEST];
    n.lstm = gf_lstm(n.g, NULL, LETTERS, HIDDEN);
    n.V = gf_param(n.g, "V", HIDDEN, COUNTRIES), n.d = gf_param(n.g, "d", 1, COUNTRIES);
    n.y = gf_given(n.g, "y", BATCH, COUNTRIES);
    for (int t = 0; t < steps; t++)
        n.x[t] = gf_input(n.g, "x", BATCH, LETTERS), n.mask[t] = gf_given(n.g, "mask", BATCH, 1);
    gf_stack stack = {.size = sizeof stack, .forward = &n.lstm, .layers = 1, .mask = n.mask};
    gf_unroll(h, n.x, steps, &stack);
    gf_node *z = gf_add(gf_matmul(h[steps - 1], n.V), n.d);
    n.loss = gf_scale(gf_cross_entropy(z, n.y), 1.0 / BATCH);
    return n;
}

static void read_matrix(FILE *file, const char *name, gf_matrix *out)
{
    char found[48];
    int rows, cols;
    ck_assert_int_eq(fscanf(file, " matrix %47s %d %d", found, &rows, &cols), 3);
    ck_assert_str_eq(found, name);
    ck_assert(!gf_matrix_new(out, rows, cols));
    for (int k = 0; k < rows * cols; k++)
        ck_assert_int_eq(fscanf(file, "%lf", &out->data[k]), 1);
}

/* As torch.nn.LSTM and torch.nn.Linear keep them: the latter multiplies from the other side. */
static void read_weights(const net *n, FILE *file)
{
    static const char *const names[] = {"lstm.weight_ih_l0", "lstm.weight_hh_l0", "lstm.bias_ih_l0",
                                        "lstm.bias_hh_l0",   "out.weight",        "out.bias"};
    gf_matrix m[6];
    for (int k = 0; k < 6; k++)
        read_matrix(file, names[k], &m[k]);
    ck_assert(!gf_cell_load_pytorch(n->lstm, &m[0], &m[1], &m[2], &m[3]) && !gf_set(n->d, &m[5]));
    for (int i = 0; i < COUNTRIES; i++)
        for (int j = 0; j < HIDDEN; j++)
            gf_set_entry(n->V, j, i, gf_matrix_at(&m[4], i, j));
    for (int k = 0; k < 6; k++)
        gf_matrix_free(&m[k]);
}

START_TEST(every_update_costs_what_it_costs_pytorch)
{
    gf_matrix x, mask, y, losses;
    gf_batches *b;
    gf_optimizer *o;
    gf_optimizer_options options = {.size = sizeof options, .rate = 0.01, .clip_norm = 1};
    read_names(&x, &mask, &y);
    ck_assert_int_le(mask.cols, LONGEST);
    net n = net_of(mask.cols);
    FILE *file = open_beside("pytorch/train/names.txt");
    read_weights(&n, file);
    read_matrix(file, "losses", &losses);
    fclose(file);
    ck_assert(!gf_batches_new(&b, NAMES, BATCH, 0) && !gf_optimizer_new(&o, n.g, &options));
    for (int k = 0; k < UPDATES;) {
        while (gf_batches_next(b) > 0) {
            ck_assert(!gf_batch_set(n.x, mask.cols, &x, b) && !gf_batch_set(n.mask, mask.cols, &mask, b));
            ck_assert(!gf_batch_set(&n.y, 1, &y, b) && !gf_backward(n.loss, 0));
            assert_near(gf_scalar(gf_value(n.loss)), gf_matrix_at(&losses, 0, k++), 1e-10);
            ck_assert(!gf_optimizer_step(o));
        }
    }
    ck_assert_int_eq(losses.cols, UPDATES);
    gf_batches_free(b), gf_optimizer_free(o), gf_graph_free(n.g);
    gf_matrix_free(&x), gf_matrix_free(&mask), gf_matrix_free(&y), gf_matrix_free(&losses);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {every_update_costs_what_it_costs_pytorch};
    return RUN_TESTS("names", tests);
}
