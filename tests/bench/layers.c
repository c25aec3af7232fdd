/* An LSTM layer with head and cross-entropy at every step, forward and backward: against the arithmetic that it needs,
 * and against PyTorch where that is there.
 *
 * What is compared takes turns within a round, and of the rounds the median ratio is printed: a machine that others
 * use, too, is slow or fast for all of them alike. What PyTorch takes is told as times a replay: above 1 gradflow is
 * ahead. */
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gradflow/gradflow.h>

#include "arithmetic.h"
#include "parts.h"
#include "rounds.h"
#include "table.h"

/* --- the engine -------------------------------------------------------------------------- */

typedef struct engine {
    gf_graph *g;
    gf_node *loss, *V, *d, **x, **y, **h;
    gf_cell *cell;
    bench_size size;
    size_t mark; /* the size of the graph before it was unrolled */
} engine;

static void build(engine *e)
{
    int T = e->size.steps;
    for (int t = 1; t <= T; t++) {
        gf_graph_step(e->g, t);
        e->x[t - 1] = gf_given(e->g, "x", e->size.rows, e->size.inputs);
        e->y[t - 1] = gf_given(e->g, "y", e->size.rows, e->size.inputs);
    }
    gf_graph_step(e->g, 0);
    gf_unroll(e->h, e->x, T, &(gf_stack){.size = sizeof(gf_stack), .forward = &e->cell, .layers = 1});
    e->loss = gf_unroll_loss(e->h, e->y, T, e->V, e->d, gf_cross_entropy);
}

static void set_inputs(engine *e, const arithmetic *a)
{
    size_t step = (size_t)e->size.rows * (size_t)e->size.inputs;
    for (int t = 0; t < e->size.steps; t++) {
        gf_matrix x = gf_matrix_over((double *)arithmetic_x(a) + (size_t)t * step, e->size.rows, e->size.inputs);
        gf_matrix y = gf_matrix_over((double *)arithmetic_y(a) + (size_t)t * step, e->size.rows, e->size.inputs);
        gf_set(e->x[t], &x);
        gf_set(e->y[t], &y);
    }
}

/* The same weights: gate number k of the arithmetic is columns kH to kH + H - 1 of its wide matrices. */
static void set_weights(engine *e, const arithmetic *a)
{
    static const char *const names[3][4] = {
        {"Uf", "Ui", "Uo", "Ug"}, {"Wf", "Wi", "Wo", "Wg"}, {"bf", "bi", "bo", "bg"}};
    int H = e->size.hidden;
    for (int w = 0; w < 3; w++)
        for (int k = 0; k < 4; k++) {
            gf_node *leaf = gf_cell_find(e->cell, names[w][k], 0);
            gf_matrix part = {.data = (double *)arithmetic_weight(a, w) + k * H, .cols = H, .stride = 4 * H};
            part.rows = gf_node_rows(leaf);
            gf_set(leaf, &part);
        }
    gf_matrix V = gf_matrix_over((double *)arithmetic_weight(a, 3), H, e->size.inputs);
    gf_matrix d = gf_matrix_over((double *)arithmetic_weight(a, 4), 1, e->size.inputs);
    gf_set(e->V, &V);
    gf_set(e->d, &d);
}

static engine engine_new(bench_size size, const arithmetic *a)
{
    size_t T = (size_t)size.steps;
    engine e = {.g = gf_graph_new(), .size = size, .x = calloc(3 * T, sizeof *e.x)};
    e.y = e.x + T;
    e.h = e.y + T;
    e.cell = gf_lstm(e.g, "lstm", size.inputs, size.hidden);
    e.V = gf_param(e.g, "V", size.hidden, size.inputs);
    e.d = gf_param(e.g, "d", 1, size.inputs);
    e.mark = gf_graph_size(e.g);
    build(&e);
    set_inputs(&e, a);
    set_weights(&e, a);
    return e;
}

static void engine_free(engine *e)
{
    if (gf_graph_status(e->g))
        fprintf(stderr, "%s\n", gf_graph_message(e->g));
    gf_graph_free(e->g);
    free((void *)e->x);
}

/* --- the same from a text -------------------------------------------------------------------- */

/* The model of `gradflow new lstm`, of one example; NULL where there are more. */
static gf_model *model_new(bench_size size)
{
    gf_model *m = NULL;
    if (size.rows > 1 || gf_model_parse(&m, gf_template_find("lstm")->text, "lstm.gf"))
        return NULL;
    gf_model_set(m, "T", size.steps);
    gf_model_set(m, "n", size.inputs);
    gf_model_set(m, "m", size.hidden);
    gf_model_set(m, "k", size.inputs);
    if (gf_model_unroll(m))
        fputs(gf_model_message(m), stderr);
    return m;
}

static void replay_model(gf_model *m, bench_size s, const arithmetic *a)
{
    for (int t = 0; t < s.steps; t++) {
        gf_matrix x = gf_matrix_over((double *)arithmetic_x(a) + (ptrdiff_t)t * s.inputs, 1, s.inputs);
        gf_matrix y = gf_matrix_over((double *)arithmetic_y(a) + (ptrdiff_t)t * s.inputs, 1, s.inputs);
        gf_set(gf_model_node(m, "x", t + 1), &x);
        gf_set(gf_model_node(m, "y", t + 1), &y);
    }
    gf_forward(gf_model_graph(m));
    gf_backward(gf_model_loss(m), 0);
}

/* --- PyTorch, in a process of its own ------------------------------------------------------- */

typedef struct python {
    FILE *to, *from; /* NULL: it is not there */
} python;

static void python_end(python p)
{
    if (!p.to)
        return;
    fclose(p.to);
    fclose(p.from);
    wait(NULL);
}

/* Where the program or its library is missing it ends, and says nothing: it is not there. */
static python python_start(const char *program, const char *script)
{
    int to[2], from[2];
    if (!program || pipe(to) || pipe(from))
        return (python){0};
    if (fork() == 0) {
        dup2(to[0], 0);
        dup2(from[1], 1);
        close(to[1]);
        close(from[0]);
        execlp(program, program, script, (char *)NULL);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    python p = {.to = fdopen(to[1], "w"), .from = fdopen(from[0], "r")};
    if (fgetc(p.from) == '\n')
        return p;
    python_end(p);
    return (python){0};
}

static double python_time(python p, const char *what, int times)
{
    double seconds = NAN;
    fprintf(p.to, "%s %d\n", what, times);
    fflush(p.to);
    return fscanf(p.from, "%lf", &seconds) == 1 ? seconds : NAN;
}

/* --- what takes turns ----------------------------------------------------------------------- */

typedef struct bench {
    arithmetic *a;
    engine replayed, rebuilt, trained;
    gf_optimizer *optimizer; /* of trained */
    gf_model *model;
    python python;
} bench;

#define TIMED(name, what)                                                                                              \
    static double name(void *data, int times)                                                                          \
    {                                                                                                                  \
        bench *b = data;                                                                                               \
        double start = bench_seconds();                                                                                \
        for (int k = 0; k < times; k++)                                                                                \
            what;                                                                                                      \
        return (bench_seconds() - start) / times;                                                                      \
    }

static void replay(engine *e, const arithmetic *a, unsigned flags)
{
    set_inputs(e, a);
    gf_forward(e->g);
    gf_backward(e->loss, flags);
}

static void rebuild(engine *e, const arithmetic *a)
{
    gf_graph_rewind(e->g, e->mark);
    build(e);
    replay(e, a, 0);
}

static void train(engine *e, gf_optimizer *o, const arithmetic *a)
{
    replay(e, a, 0);
    gf_optimizer_step(o);
}

TIMED(time_arithmetic, arithmetic_run(b->a))
TIMED(time_bare, arithmetic_bare(b->a))
TIMED(time_replayed, replay(&b->replayed, b->a, 0))
TIMED(time_recording, replay(&b->replayed, b->a, GF_RECORD_EDGES))
TIMED(time_rebuilt, rebuild(&b->rebuilt, b->a))
TIMED(time_trained, train(&b->trained, b->optimizer, b->a))
TIMED(time_model, replay_model(b->model, b->replayed.size, b->a))

static double time_layer(void *data, int times)
{
    return python_time(((bench *)data)->python, "layer", times);
}

static double time_loop(void *data, int times)
{
    return python_time(((bench *)data)->python, "loop", times);
}

/* --- the table --------------------------------------------------------------------------------- */

enum { ARITHMETIC, BARE, REPLAYED, RECORDING, REBUILT, TRAINED, MODEL, LAYER, LOOP, MEASURED };

static bench_rule *const rules[MEASURED] = {time_arithmetic, time_bare,  time_replayed, time_recording, time_rebuilt,
                                            time_trained,    time_model, time_layer,    time_loop};

static void check_losses(bench *b)
{
    double own, wanted = arithmetic_run(b->a);
    replay(&b->replayed, b->a, 0);
    own = gf_scalar(gf_value(b->replayed.loss));
    if (!(fabs(own - wanted) <= 1e-10 * fabs(wanted)))
        fprintf(stderr, "the losses differ: %.17g, by the arithmetic %.17g\n", own, wanted);
}

/* Ratios as they are wanted: of the engine to the arithmetic, of its other ways to a replay, of PyTorch to a replay. */
static void print_row(bench_size s, const double medians[MEASURED])
{
    double replayed = medians[REPLAYED];
    const double told[] = {1e6 * medians[ARITHMETIC] / s.steps,
                           1 / medians[BARE],
                           replayed,
                           medians[RECORDING] / replayed,
                           medians[REBUILT] / replayed,
                           medians[TRAINED] / replayed,
                           medians[MODEL],
                           medians[LAYER] / replayed,
                           medians[LOOP] / replayed};
    char name[64];
    snprintf(name, sizeof name, "%d, %d, %d, %d", s.rows, s.steps, s.inputs, s.hidden);
    table_row(name, 2, told, "skipped");
}

static void measure(bench_size s, python p, int rounds)
{
    bench b = {.a = arithmetic_new(s), .python = p};
    double medians[MEASURED];
    bench_rule *chosen[MEASURED];
    if (!b.a)
        return;
    b.replayed = engine_new(s, b.a);
    b.rebuilt = engine_new(s, b.a);
    b.trained = engine_new(s, b.a);
    gf_optimizer_new(&b.optimizer, b.trained.g,
                     &(gf_optimizer_options){.size = sizeof(gf_optimizer_options), .clip_norm = 1});
    b.model = model_new(s);
    check_losses(&b);
    if (p.to)
        fprintf(p.to, "size %d %d %d %d\n", s.rows, s.steps, s.inputs, s.hidden);
    for (int k = 0; k < MEASURED; k++)
        chosen[k] = (k >= LAYER && !p.to) || (k == MODEL && !b.model) ? NULL : rules[k];
    bench_rounds(medians, chosen, MEASURED, rounds, &b);
    print_row(s, medians);
    gf_model_free(b.model);
    engine_free(&b.replayed);
    engine_free(&b.rebuilt);
    gf_optimizer_free(b.optimizer);
    engine_free(&b.trained);
    arithmetic_free(b.a);
}

void bench_layers(int rounds, const char *program, const char *script)
{
    static const bench_size sizes[] = {{1, 10, 8, 16},    {1, 100, 32, 64},    {1, 1000, 32, 64}, {32, 50, 64, 128},
                                       {64, 50, 64, 128}, {32, 100, 128, 256}, {64, 50, 256, 512}};
    static const char *const columns[] = {
        "arithm.,\nus a step", "arithm./\nits calls", "replay/\narithm.", "record./\nreplay",  "rebuilt/\nreplay",
        "trained/\nreplay",    ".gf/\narithm.",       "PyTorch/\nreplay", "its loop/\nreplay", NULL};
    signal(SIGPIPE, SIG_IGN);
    python p = python_start(program, script);
    table_part(
        "An LSTM layer: examples, steps, inputs, units",
        "arithm.: the same written by hand. trained: with Adam, clipped. .gf: of `gradflow new lstm`, which has\n"
        "one example. PyTorch: its fused layer, and a loop of its operations; skipped where python3 has no torch.",
        columns);
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        measure(sizes[k], p, rounds);
    python_end(p);
}
