/* Tutorial 11: which country does a name come from? An LSTM reads it letter by letter, and its last state decides. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gradflow/gradflow.h>

/* Names, and letters of the longest; letters and countries that there are; units; names of a batch. */
enum { NAMES = 510, STEPS = 14, LETTERS = 26, COUNTRIES = 6, HIDDEN = 32, BATCH = 34 };

/* A row a name: which letter stands at which step, whether there is one, and the country; all 1 or 0. */
typedef struct names {
    gf_matrix letter, there, country;
    char countries[COUNTRIES][16];
} names;

static void names_set(names *all, int row, const char *name, int country)
{
    for (int t = 0; name[t]; t++) {
        all->letter.data[(row * STEPS + t) * LETTERS + name[t] - 'a'] = 1;
        all->there.data[row * STEPS + t] = 1;
    }
    all->country.data[row * COUNTRIES + country] = 1;
}

/* Each line is a name and its country, country by country. */
static void names_read(names *all, const char *path)
{
    FILE *file = fopen(path, "r");
    char name[STEPS + 1], country[16];
    int k = 0, c = -1;
    gf_matrix_new(&all->letter, NAMES, STEPS * LETTERS);
    gf_matrix_new(&all->there, NAMES, STEPS);
    gf_matrix_new(&all->country, NAMES, COUNTRIES);
    for (; file && k < NAMES && fscanf(file, " %14[a-z],%15s", name, country) == 2; k++) {
        if (c < 0 || strcmp(all->countries[c], country) != 0)
            strcpy(all->countries[++c], country);
        names_set(all, k, name, c);
    }
    printf("%d names of %d countries\n", k, c + 1);
    if (file)
        fclose(file);
}

typedef struct net {
    gf_graph *g;
    gf_cell *lstm;
    gf_node *V, *d;
    size_t params; /* nodes that are parameters: the first ones */
    gf_node *x[STEPS], *there[STEPS], *z, *y, *share, *loss;
} net;

/* Reads `rows` names at once, of that many steps, or, with a mask, of at most so many: z has a row a name. */
static void net_read(net *n, int rows, int steps, gf_node *const mask[])
{
    gf_node *h[STEPS];
    gf_stack stack = {.size = sizeof stack, .forward = &n->lstm, .layers = 1, .mask = mask};
    for (int t = 0; t < steps; t++) {
        gf_graph_step(n->g, t + 1);
        n->x[t] = gf_input(n->g, "x", rows, LETTERS);
    }
    gf_unroll(h, n->x, steps, &stack);
    n->z = gf_named(gf_add(gf_matmul(h[steps - 1], n->V), n->d), "z");
}

static void net_build(net *n)
{
    gf_graph *g = n->g = gf_graph_new();
    gf_seed(g, 1);
    n->lstm = gf_lstm(g, "", LETTERS, HIDDEN);
    n->V = gf_param(g, "V", HIDDEN, COUNTRIES), n->d = gf_param(g, "d", 1, COUNTRIES);
    gf_cell_init(n->lstm), gf_init_xavier(n->V);
    n->params = gf_graph_size(g);

    for (int t = 0; t < STEPS; t++)
        n->there[t] = gf_given(g, "there", BATCH, 1);
    net_read(n, BATCH, STEPS, n->there);
    n->y = gf_given(g, "y", BATCH, COUNTRIES), n->share = gf_given(g, "share", BATCH, 1);
    gf_node *losses = gf_neg(gf_rowsum(gf_mul(n->y, gf_log_softmax_rows(n->z))));
    n->loss = gf_sum(gf_mul(n->share, losses));
    if (gf_graph_status(g))
        puts(gf_graph_message(g));
}

/* The names of the present batch go into the leaves of the graph. */
static void net_set(net *n, const names *all, const gf_batches *b)
{
    gf_batch_set(n->x, STEPS, &all->letter, b), gf_batch_set(n->there, STEPS, &all->there, b);
    gf_batch_set(&n->y, 1, &all->country, b), gf_batch_weights(n->share, b);
}

/* What the net says of all names of b, batch by batch, into their rows of z. */
static void predict(net *n, const names *all, gf_batches *b, gf_matrix *z)
{
    while (gf_batches_next(b))
        net_set(n, all, b), gf_batch_get(z, n->z, b);
}

static void learn(net *n, const names *all, gf_batches *train, gf_batches *rest, gf_matrix *z, int epochs)
{
    gf_optimizer *o;
    gf_optimizer_options options = {.size = sizeof options, .rule = "adam", .rate = 0.01, .clip_norm = 1};
    gf_optimizer_new(&o, n->g, &options);
    for (int epoch = 1; epoch <= epochs; epoch++) {
        gf_batches_shuffle(train);
        while (gf_batches_next(train)) {
            net_set(n, all, train);
            gf_backward(n->loss, 0), gf_optimizer_step(o);
        }
        if (epoch > 1 && epoch % 5)
            continue;
        predict(n, all, train, z), predict(n, all, rest, z);
        printf("epoch %2d: %5.1f %% right, %5.1f %% of those that it has never seen\n", epoch,
               100 * gf_metric_accuracy(z, &all->country, train), 100 * gf_metric_accuracy(z, &all->country, rest));
    }
    gf_optimizer_free(o);
}

/* Rows: where names come from; columns: where the net says that they do. */
static void confusion_print(const names *all, const gf_batches *b, const gf_matrix *z)
{
    gf_matrix table;
    gf_metric_confusion(&table, z, &all->country, b);
    for (int c = 0; c < COUNTRIES; c++)
        printf("%9s", all->countries[c]);
    puts("");
    for (int k = 0; k < COUNTRIES; k++) {
        for (int c = 0; c < COUNTRIES; c++)
            printf("%9.0f", gf_matrix_at(&table, k, c));
        printf("  of %s\n", all->countries[k]);
    }
    gf_matrix_free(&table);
}

/* Of one name: the country with the largest share; how much its logit changes with each letter, the most being 100. */
static gf_node *ask(net *n, const names *all, const char *name)
{
    int steps = (int)strlen(name), chosen = 0;
    double size[STEPS], most = 0;
    gf_graph_rewind(n->g, n->params);
    net_read(n, 1, steps, NULL);
    for (int t = 0; t < steps; t++)
        gf_set_entry(n->x[t], 0, name[t] - 'a', 1);
    const double *share = gf_value(gf_softmax(n->z))->data;
    for (int c = 1; c < COUNTRIES; c++)
        chosen = share[c] > share[chosen] ? c : chosen;
    gf_node *logit = gf_named(gf_entry(n->z, 0, chosen), all->countries[chosen]);
    gf_backward(logit, GF_RECORD_EDGES);
    for (int t = 0; t < steps; t++) {
        size[t] = gf_matrix_norm(gf_gradient(n->x[t]));
        most = size[t] > most ? size[t] : most;
        printf("%4c", name[t]);
    }
    printf("  %s, %.0f %%\n", all->countries[chosen], 100 * share[chosen]);
    for (int t = 0; t < steps; t++)
        printf("%4.0f", 100 * size[t] / most);
    puts("");
    return logit;
}

int main(int argc, char *argv[])
{
    int epochs = argc > 1 ? atoi(argv[1]) : 15;
    names all;
    names_read(&all, "names.csv");

    net n;
    net_build(&n);
    gf_batches *train, *rest;
    gf_batches_new(&train, NAMES, BATCH, argc > 2 ? (uint64_t)atoi(argv[2]) : 1);
    gf_batches_shuffle(train), gf_batches_split(&rest, train, 0.8);
    gf_batches_next(train), net_set(&n, &all, train);
    printf("%zu nodes; %zu names to train with, %zu not; loss %.2f\n", gf_graph_size(n.g), gf_batches_count(train),
           gf_batches_count(rest), gf_scalar(gf_value(n.loss)));

    gf_matrix z;
    gf_matrix_new(&z, NAMES, COUNTRIES);
    learn(&n, &all, train, rest, &z, epochs);

    confusion_print(&all, rest, &z);

    const char *unknown[] = {"kurosawa", "kazantzakis", "cervantes", "einstein", "beethoven", "stravinsky", "verdi"};
    gf_draw_options drawn = {.size = sizeof drawn, .title = "verdi", .params = GF_HIDDEN, .least = 0.1, .most = 10};
    for (int k = 0; k < 7; k++)
        drawn.to = ask(&n, &all, unknown[k]);
    gf_draw(n.g, "verdi.svg", &drawn);
    if (gf_graph_status(n.g))
        puts(gf_graph_message(n.g));
    gf_batches_free(train), gf_batches_free(rest), gf_graph_free(n.g);
    gf_matrix_free(&z), gf_matrix_free(&all.letter), gf_matrix_free(&all.there), gf_matrix_free(&all.country);
    return 0;
}
