/* Tutorial 12: an LSTM reads a song letter by letter, learns what comes next, and sings on. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gradflow/gradflow.h>

/* Letters of the song, and kinds of them; pieces that are read side by side, letters of an update; units. */
enum { LENGTH = 3183, LETTERS = 30, PIECES = 8, STEPS = 20, HIDDEN = 48 };

static char song[LENGTH + 1];

static void song_read(const char *path)
{
    FILE *file = fopen(path, "r");
    size_t length = file ? fread(song, 1, LENGTH, file) : 0;
    printf("%zu letters\n", length);
    if (file)
        fclose(file);
    if (length < LENGTH)
        exit(EXIT_FAILURE);
}

typedef struct net {
    gf_graph *g;
    gf_cell *lstm;
    gf_node *V, *d, *x[STEPS], *y[STEPS], *loss;
    gf_state start, end;
} net;

static void net_build(net *n)
{
    gf_graph *g = n->g = gf_graph_new();
    gf_seed(g, 1);
    n->lstm = gf_lstm(g, "", LETTERS, HIDDEN);
    n->V = gf_param(g, "V", HIDDEN, LETTERS), n->d = gf_param(g, "d", 1, LETTERS);
    gf_cell_init(n->lstm), gf_init_xavier(n->V);

    gf_node *h[STEPS];
    n->start = gf_cell_given(n->lstm, PIECES, 0);
    gf_stack stack = {.size = sizeof stack, .forward = &n->lstm, .layers = 1, .start = &n->start, .end = &n->end};
    for (int t = 0; t < STEPS; t++) {
        gf_graph_step(g, t + 1);
        n->x[t] = gf_given(g, "x", PIECES, LETTERS), n->y[t] = gf_given(g, "y", PIECES, LETTERS);
    }
    gf_unroll(h, n->x, STEPS, &stack);
    gf_node *sum = gf_unroll_loss(h, n->y, STEPS, n->V, n->d, gf_cross_entropy);
    n->loss = gf_scale(sum, 1.0 / (PIECES * STEPS));
    if (gf_graph_status(g))
        puts(gf_graph_message(g));
}

static const char letters[] = "\n ,.abcdefghijklmnopqrstuvwxyz";

/* Row by row the letters at text, text + apart, text + 2 apart …, one-hot. */
static void letters_set(gf_node *x, const char *text, int apart)
{
    gf_set_scalar(x, 0);
    for (int row = 0; row < gf_node_rows(x); row++)
        gf_set_entry(x, row, (int)(strchr(letters, text[row * apart]) - letters), 1);
}

enum { PIECE = (LENGTH - 1) / PIECES, UPDATES = PIECE / STEPS };

/* The letters of update number k, and those that come next. */
static void net_set(net *n, int k)
{
    for (int t = 0; t < STEPS; t++) {
        letters_set(n->x[t], song + k * STEPS + t, PIECE);
        letters_set(n->y[t], song + k * STEPS + t + 1, PIECE);
    }
}

static void learn(net *n, int passes)
{
    gf_optimizer *o;
    gf_optimizer_options options = {.size = sizeof options, .rule = "adam", .rate = 0.01, .clip_norm = 1};
    gf_optimizer_new(&o, n->g, &options);
    for (int pass = 1; pass <= passes; pass++) {
        double sum = 0;
        gf_init_zeros(n->start.h), gf_init_zeros(n->start.c);
        for (int k = 0; k < UPDATES; k++) {
            net_set(n, k);
            gf_backward(n->loss, 0);
            sum += gf_scalar(gf_value(n->loss));
            gf_state_carry(&n->start, &n->end, 1);
            gf_optimizer_step(o);
        }
        if (pass == 1 || pass % 10 == 0)
            printf("pass %2d: loss %.2f a letter\n", pass, sum / UPDATES);
    }
    gf_optimizer_free(o);
}

typedef struct voice {
    gf_node *x, *temperature, *share, *chance;
    gf_state before, after;
} voice;

static void voice_build(voice *v, net *n)
{
    gf_graph_step(n->g, 0);
    v->x = gf_given(n->g, "x", 1, LETTERS);
    v->temperature = gf_given(n->g, "temperature", 1, 1), v->chance = gf_given(n->g, "chance", 1, 1);
    v->before = gf_cell_given(n->lstm, 1, 0);
    v->after = gf_cell_step(n->lstm, v->x, v->before);
    v->share = gf_softmax(gf_div(gf_add(gf_matmul(v->after.h, n->V), n->d), v->temperature));
}

/* A letter, each with its share of the chances. */
static char draw(voice *v)
{
    const double *share = gf_value(v->share)->data;
    gf_init_uniform(v->chance, 0, 1);
    double rest = gf_scalar(gf_value(v->chance));
    int k = 0;
    while (k < LETTERS - 1 && (rest -= share[k]) >= 0)
        k++;
    return letters[k];
}

/* Sings on from a beginning, until so many lines are there, or 80 letters a line. */
static void sing(voice *v, const char *begin, double temperature, int lines)
{
    gf_seed(gf_node_graph(v->x), 1);
    gf_set_scalar(v->temperature, temperature);
    gf_init_zeros(v->before.h), gf_init_zeros(v->before.c);
    printf("-- temperature %.1f\n", temperature);
    char c = *begin++;
    for (int rest = 80 * lines; lines > 0 && rest > 0; rest--) {
        putchar(c);
        lines -= c == '\n';
        letters_set(v->x, &c, 0);
        c = *begin ? *begin++ : draw(v);
        gf_state_carry(&v->before, &v->after, 1);
    }
}

int main(int argc, char *argv[])
{
    int passes = argc > 1 ? atoi(argv[1]) : 30;
    song_read("song.txt");

    net n;
    net_build(&n);
    net_set(&n, 0);
    printf("%zu nodes, %d updates; loss %.2f a letter\n", gf_graph_size(n.g), UPDATES, gf_scalar(gf_value(n.loss)));

    learn(&n, passes);

    voice v;
    voice_build(&v, &n);
    sing(&v, "this is the ", 0.1, 9);
    sing(&v, "this is the ", 1, 6);
    sing(&v, "this is the river ", 0.5, 6);

    if (gf_graph_status(n.g))
        puts(gf_graph_message(n.g));
    gf_graph_free(n.g);
    return 0;
}
