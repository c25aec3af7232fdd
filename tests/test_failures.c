/* Memory: who allocates what; and programs in which each allocation in turn fails. Linked with --wrap=malloc and so
 * on, so that the library's calls, and this file's, come here first. */
#include "support.h"
#include "text/file.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include <gradflow/cell.h>
#include <gradflow/data.h>
#include <gradflow/train.h>

/* --- the watched heap --------------------------------------------------------------- */

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_realloc(void *piece, size_t bytes);
void __real_free(void *piece);

enum { MOST_PIECES = 1 << 14 };

/* What was allocated since watch(), and which allocation is to fail: number fail_at, and, if `for_good`, all after. */
static struct {
    bool watching, for_good;
    long count, fail_at;
    size_t bytes, pieces;
    void *piece[MOST_PIECES];
    size_t size[MOST_PIECES];
} heap;

static void watch(long fail_at, bool for_good)
{
    memset(&heap, 0, sizeof heap);
    heap.fail_at = fail_at;
    heap.for_good = for_good;
    heap.watching = true;
}

static bool failed_already(void)
{
    return heap.fail_at && heap.count >= heap.fail_at;
}

static bool fails_now(void)
{
    if (!heap.watching)
        return false;
    heap.count++;
    return heap.count == heap.fail_at || (heap.for_good && failed_already());
}

static void *note(void *piece, size_t bytes)
{
    if (heap.watching && piece) {
        if (heap.pieces == MOST_PIECES)
            abort();
        heap.piece[heap.pieces] = piece;
        heap.size[heap.pieces++] = bytes;
        heap.bytes += bytes;
    }
    return piece;
}

static void forget(const void *piece)
{
    for (size_t k = heap.pieces; piece && k-- > 0;)
        if (heap.piece[k] == piece) {
            heap.bytes -= heap.size[k];
            heap.piece[k] = heap.piece[--heap.pieces];
            heap.size[k] = heap.size[heap.pieces];
            return;
        }
}

void *__wrap_malloc(size_t bytes)
{
    return fails_now() ? NULL : note(__real_malloc(bytes), bytes);
}

void *__wrap_calloc(size_t count, size_t bytes)
{
    return fails_now() ? NULL : note(__real_calloc(count, bytes), count * bytes);
}

void *__wrap_realloc(void *piece, size_t bytes)
{
    if (fails_now())
        return NULL;
    forget(piece);
    return note(__real_realloc(piece, bytes), bytes);
}

void __wrap_free(void *piece)
{
    forget(piece);
    __real_free(piece);
}

/* --- a network to build ---------------------------------------------------------------- */

enum { STEPS = 12 };

typedef struct net {
    gf_graph *g;
    gf_node *U, *b, *x[STEPS], *h[STEPS + 1], *loss;
} net;

/* h = tanh(U [h; x; 1]) with names, steps and scopes; h[0] is a parameter. */
static void unroll(net *n)
{
    n->U = gf_param(n->g, "U", 3, 6);
    n->h[0] = gf_param(n->g, "h[0]", 3, 1);
    n->loss = NULL;
    gf_node *one = gf_ones(n->g, "one", 1, 1);
    for (int t = 1; t <= STEPS; t++) {
        char scope[32];
        snprintf(scope, sizeof scope, "scope %d", t);
        gf_graph_step(n->g, t);
        gf_graph_scope(n->g, scope);
        n->x[t - 1] = gf_input(n->g, "x", 2, 1);
        gf_node *all = gf_vcat((gf_node *[]){n->h[t - 1], n->x[t - 1], one}, 3);
        n->h[t] = gf_named(gf_tanh(gf_matmul(n->U, all)), "h");
        gf_node *error = gf_scale(gf_mse(n->h[t], gf_broadcast(one, 3, 1)), 0.5);
        n->loss = n->loss ? gf_add(n->loss, error) : error;
    }
}

static void set_values(net *n, double seed)
{
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 6; j++)
            gf_set_entry(n->U, i, j, sin(seed + i + 5 * j) / 2);
    for (int t = 0; t < STEPS; t++)
        gf_set_scalar(n->x[t], cos(seed + t));
}

/* --- what allocates, and how much -------------------------------------------------------- */

START_TEST(replay_allocates_nothing)
{
    net n = {.g = gf_graph_new()};
    unroll(&n);
    set_values(&n, 1);
    gf_backward(n.loss, 0);
    watch(0, false);
    set_values(&n, 2);
    gf_status status = gf_forward(n.g);
    double loss = gf_scalar(gf_value(n.loss));
    status = status ? status : gf_backward(n.loss, 0);
    const gf_matrix *dU = gf_gradient(n.U);
    status = status
                 ? status
                 : gf_backward_with(n.loss, &(gf_backward_options){
                                                .size = sizeof(gf_backward_options), .held = &n.h[3], .held_count = 1});
    heap.watching = false;
    ck_assert_int_eq(heap.count, 0);
    ck_assert_int_eq(status, GF_OK);
    ck_assert(isfinite(loss) && dU != NULL);
    gf_graph_free(n.g);
}
END_TEST

START_TEST(training_allocates_nothing)
{
    net n = {.g = gf_graph_new()};
    gf_optimizer *o;
    double numbers[2 * STEPS] = {1}, predicted[2];
    gf_matrix X = gf_matrix_over(numbers, 2, STEPS), P = gf_matrix_over(predicted, 2, 1);
    gf_batches *b;
    gf_node *from = gf_given(n.g, "from", 3, 1);
    unroll(&n);
    set_values(&n, 1);
    ck_assert(!gf_optimizer_new(&o, n.g, NULL) && !gf_batches_new(&b, 2, 1, 0));
    gf_backward(n.loss, 0);
    watch(0, false);
    gf_status status = GF_OK;
    for (int k = 0; k < 6 && !status; k++) {
        set_values(&n, k);
        gf_batches_shuffle(b);
        gf_batches_next(b);
        status = gf_batch_set(n.x, STEPS, &X, b);
        status = status ? status : gf_backward(n.loss, 0);
        status = status ? status : gf_batch_get(&P, n.loss, b);
        status = status ? status : gf_state_carry(&(gf_state){.h = from}, &(gf_state){.h = n.h[STEPS]}, 1);
        status = status ? status : gf_optimizer_gather(o);
        status = status || k % 2 ? status : gf_optimizer_step(o);
    }
    status = status ? status : gf_optimizer_undo(o);
    heap.watching = false;
    ck_assert_int_eq(heap.count, 0);
    ck_assert_int_eq(status, GF_OK);
    ck_assert(isfinite(gf_metric_mse(&P, &P, b)));
    gf_batches_free(b);
    gf_optimizer_free(o);
    gf_graph_free(n.g);
}
END_TEST

START_TEST(graph_memory_counts_every_byte)
{
    watch(0, false);
    net n = {.g = gf_graph_new()};
    size_t empty = heap.bytes, empty_said = gf_graph_memory(n.g);
    gf_gru(n.g, "cell", 2, 3, GF_RESET_AFTER);
    unroll(&n);
    size_t built = heap.bytes, built_said = gf_graph_memory(n.g);
    gf_backward_with(n.loss, &(gf_backward_options){.size = sizeof(gf_backward_options),
                                                    .flags = GF_RECORD_CONTRIBUTIONS,
                                                    .group = gf_group_by_step});
    size_t recorded = heap.bytes, recorded_said = gf_graph_memory(n.g);
    gf_graph_rewind(n.g, 0);
    size_t left = heap.bytes, left_said = gf_graph_memory(n.g);
    gf_graph_free(n.g);
    heap.watching = false;
    ck_assert_uint_eq(empty_said, empty);
    ck_assert_uint_eq(built_said, built);
    ck_assert_uint_eq(recorded_said, recorded);
    ck_assert_uint_eq(left_said, left);
    ck_assert_uint_lt(built, recorded);
    ck_assert_uint_eq(heap.pieces, 0);
}
END_TEST

/* --- programs in which an allocation fails -------------------------------------------------- */

/* A program to try: what it came to, with the message, if there is one, in text. It frees what it has made. */
typedef gf_status program(char text[512]);

/* The graph's status; a program's last line but for gf_graph_free. A graph that ran out of memory is usable again as
 * soon as there is some. */
static gf_status settle(gf_graph *g, char text[512])
{
    gf_status status = gf_graph_status(g);
    snprintf(text, 512, "%s", gf_graph_message(g));
    if (!status || gf_graph_memory(g) == 0)
        return status;
    heap.for_good = false;
    net n = {.g = g};
    gf_graph_clear_status(g);
    gf_graph_rewind(g, 0);
    unroll(&n);
    set_values(&n, 1);
    if (gf_backward(n.loss, GF_RECORD_EDGES) || gf_graph_status(g) || !gf_gradient(n.U) || !gf_edge_count(g))
        abort();
    return status;
}

static gf_status build(char text[512])
{
    net n = {.g = gf_graph_new()};
    unroll(&n);
    set_values(&n, 1);
    gf_backward(n.loss, 0);
    gf_gradient(n.U);
    if (gf_graph_find(n.g, "h", STEPS) != n.h[STEPS] && !gf_graph_status(n.g))
        abort();
    gf_status status = settle(n.g, text);
    gf_graph_free(n.g);
    return status;
}

static gf_status record(char text[512])
{
    net n = {.g = gf_graph_new()};
    unroll(&n);
    set_values(&n, 1);
    gf_backward(n.loss, GF_RECORD_EDGES);
    gf_backward_with(n.loss, &(gf_backward_options){.size = sizeof(gf_backward_options),
                                                    .flags = GF_ACCUMULATE | GF_RECORD_CONTRIBUTIONS,
                                                    .held = &n.h[STEPS / 2],
                                                    .held_count = 1,
                                                    .group = gf_group_by_step});
    const gf_edge *edge;
    const gf_flow *flow;
    for (size_t k = 0; (edge = gf_edge_at(n.g, k)) || (flow = gf_flow_at(n.g, k)); k++)
        continue;
    gf_status status = settle(n.g, text);
    gf_graph_free(n.g);
    return status;
}

static gf_status optimize(char text[512])
{
    net n = {.g = gf_graph_new()};
    gf_optimizer *o = NULL;
    unroll(&n);
    set_values(&n, 1);
    if (!gf_graph_status(n.g) && !gf_optimizer_new(&o, n.g, NULL) && !gf_backward(n.loss, 0))
        gf_optimizer_step(o);
    gf_optimizer_free(o);
    gf_status status = settle(n.g, text);
    gf_graph_free(n.g);
    return status;
}

static gf_status save_and_load(char text[512])
{
    static const char *const files[] = {"U.npy", "h[0].npy"};
    char folder[64], path[96];
    snprintf(folder, sizeof folder, "/tmp/gradflow-params-%ld", (long)getpid());
    net n = {.g = gf_graph_new()};
    unroll(&n);
    if (!gf_graph_status(n.g) && !gf_params_save(n.g, folder))
        gf_params_load(n.g, folder);
    for (int k = 0; k < 2; k++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[k]);
        unlink(path);
    }
    rmdir(folder);
    gf_status status = settle(n.g, text);
    gf_graph_free(n.g);
    return status;
}

static gf_status prepare_data(char text[512])
{
    double numbers[] = {1, 2, 3, 4, 5, 6};
    gf_matrix sequences[] = {gf_matrix_over(numbers, 3, 2), gf_matrix_over(numbers, 1, 2)};
    gf_matrix padded = {0}, mask = {0}, scale = {0}, counts = {0}, read = {0};
    gf_batches *b = NULL, *rest = NULL;
    gf_graph *g = gf_graph_new();
    char path[64];
    snprintf(path, sizeof path, "/tmp/gradflow-data-%ld", (long)getpid());
    FILE *file = fopen(path, "w");
    fputs("1,2\n3,4\n", file);
    fclose(file);
    gf_status status = gf_graph_status(g);
    status = status ? status : gf_batches_new(&b, 2, 1, 0);
    status = status ? status : gf_batches_split(&rest, b, 0.5);
    status = status ? status : gf_data_pad(&padded, &mask, sequences, 2);
    status = status ? status : gf_data_scale(&scale, &padded, b);
    status = status ? status : gf_metric_confusion(&counts, &padded, &padded, NULL);
    status = status ? status : gf_data_read(&read, path, g);
    snprintf(text, 512, "%s", status ? gf_status_text(status) : "");
    gf_matrix_free(&padded), gf_matrix_free(&mask), gf_matrix_free(&scale), gf_matrix_free(&counts);
    gf_matrix_free(&read);
    gf_batches_free(b), gf_batches_free(rest);
    gf_graph_free(g);
    unlink(path);
    return status;
}

/* Lists and matrices so large that each takes a new block of memory. */
static gf_status in_large_pieces(char text[512])
{
    enum { MANY = 700, MORE = 20000 };
    static gf_node *parts[MANY], *more[MORE];
    gf_graph *g = gf_graph_new();
    gf_node *x = gf_param(g, "x", 25, 1), *A = gf_param(g, "A", 25, 25), *y = gf_tanh(gf_matmul(A, gf_matmul(A, x)));
    parts[0] = gf_sum(y);
    for (int k = 1; k < MANY; k++) {
        gf_graph_step(g, k);
        parts[k] = gf_scale(parts[k - 1], 0.5);
    }
    for (int k = 0; k < MORE; k++)
        more[k] = parts[k % MANY];
    gf_hcat(more, MORE);
    gf_node *loss = gf_sum(gf_hcat(parts, MANY));
    gf_backward_with(loss, &(gf_backward_options){.size = sizeof(gf_backward_options),
                                                  .flags = GF_RECORD_CONTRIBUTIONS,
                                                  .group = gf_group_by_step});
    gf_backward_with(loss, &(gf_backward_options){.size = sizeof(gf_backward_options), .group = gf_group_by_step});
    gf_matrix J = {0};
    gf_jacobian(&J, y, A);
    gf_matrix_free(&J);
    gf_status status = settle(g, text);
    gf_graph_free(g);
    return status;
}

/* The contribution fills the first block of the record, so that what describes it needs a second. */
static gf_status record_one_edge(char text[512])
{
    gf_graph *g = gf_graph_new();
    gf_backward(gf_sum(gf_param(g, "x", 1, 504)), GF_RECORD_CONTRIBUTIONS);
    gf_status status = settle(g, text);
    gf_graph_free(g);
    return status;
}

static gf_status rewind_and_name(char text[512])
{
    net n = {.g = gf_graph_new()};
    gf_param(n.g, "kept", 2, 2);
    for (int k = 0; k < 3; k++) {
        unroll(&n);
        for (int t = 1; t <= STEPS; t++) {
            char name[32];
            snprintf(name, sizeof name, "state %d of %d", t, k);
            gf_named(n.h[t], name);
        }
        gf_backward(n.loss, GF_RECORD_EDGES);
        gf_graph_rewind(n.g, 1);
    }
    gf_status status = settle(n.g, text);
    gf_graph_free(n.g);
    return status;
}

/* Cells, more than the first list of them holds, dropped and made again. */
static gf_status make_cells(char text[512])
{
    gf_graph *g = gf_graph_new();
    for (int round = 0; round < 3; round++) {
        gf_graph_rewind(g, 0);
        for (int k = 0; k < 12; k++) {
            gf_cell *cell = gf_rnn(g, "cell", 2, 3, gf_tanh);
            gf_node *x = gf_ones(g, "x", 1, 2), *h;
            gf_stack stack = {.size = sizeof stack, .forward = &cell, .layers = 1};
            gf_unroll(&h, &x, 1, &stack);
        }
    }
    gf_status status = settle(g, text);
    gf_graph_free(g);
    return status;
}

static gf_status some_jacobians(char text[512])
{
    net n = {.g = gf_graph_new()};
    unroll(&n);
    gf_matrix J[3], one;
    variable x[] = {{.node = n.h[1]}, {.node = n.U}, {n.U, true, 3}};
    gf_status all = jacobians(J, n.h[STEPS], x, 3, &n.x[2], 1), single = gf_jacobian(&one, n.h[3], n.h[1]);
    bool none = !J[0].data && !J[1].data && !J[2].data;
    if ((all && !none) || (single && one.data))
        abort(); /* on failure none is made */
    for (int k = 0; k < 3; k++)
        gf_matrix_free(&J[k]);
    gf_matrix_free(&one);
    gf_status status = settle(n.g, text);
    gf_graph_free(n.g);
    return status;
}

static gf_status check_gradients(char text[512])
{
    net n = {.g = gf_graph_new()};
    unroll(&n);
    set_values(&n, 1);
    gf_matrix D;
    gf_check check;
    gf_finite_differences(&D, n.loss, n.U, 0);
    gf_gradient_check(&check, n.loss, NULL, 0);
    gf_matrix_free(&D);
    gf_status status = settle(n.g, text);
    gf_graph_free(n.g);
    return status;
}

static gf_status check_an_operation(char text[512])
{
    gf_check check;
    gf_status status = gf_operation_check(&check, gf_operation_find("matmul"), NULL, 0, NULL);
    double numbers[12] = {1, 2, 3};
    gf_matrix a = gf_matrix_over(numbers, 4, 3), b = gf_matrix_over(numbers, 3, 4);
    const gf_matrix *operands[] = {&a, &b};
    if (status == GF_ERROR_SHAPE) /* 3 x 4 times 3 x 4: the default operands do not fit a product */
        status = gf_operation_check(&check, gf_operation_find("matmul"), operands, 2, NULL);
    snprintf(text, 512, "%s", status ? check.worst.text : "");
    return status;
}

static gf_status make_a_matrix(char text[512])
{
    gf_matrix m;
    gf_status status = gf_matrix_new(&m, 3, 3);
    snprintf(text, 512, "%s", status ? gf_status_text(status) : "");
    gf_matrix_free(&m);
    return status;
}

static gf_status write_a_file(char text[512])
{
    char path[64], found[8] = "";
    snprintf(path, sizeof path, "/tmp/gradflow-test-%ld", (long)getpid());
    int first = gf_file_write(path, "one", 3), error = first ? first : gf_file_write(path, "two", 3);
    FILE *file = fopen(path, "r");
    size_t size = file ? fread(found, 1, sizeof found - 1, file) : 0;
    if ((file != NULL) != !first || (!first && strcmp(found, error ? "one" : "two") != 0) || size > 3)
        abort(); /* what was there is as it was */
    if (file)
        fclose(file);
    unlink(path);
    snprintf(text, 512, "%s", error == ENOMEM ? "out of memory" : "");
    return error == ENOMEM ? GF_ERROR_MEMORY : error ? GF_ERROR_WRITE : GF_OK;
}

static const struct {
    const char *name;
    program *run;
} programs[] = {
    {"build", build},
    {"record", record},
    {"optimize", optimize},
    {"save and load", save_and_load},
    {"prepare data", prepare_data},
    {"in large pieces", in_large_pieces},
    {"record one edge", record_one_edge},
    {"rewind and name", rewind_and_name},
    {"make cells", make_cells},
    {"jacobians", some_jacobians},
    {"check gradients", check_gradients},
    {"check an operation", check_an_operation},
    {"make a matrix", make_a_matrix},
    {"write a file", write_a_file},
};

enum { PROGRAMS = sizeof programs / sizeof *programs };

/* Runs the program with its allocation number fail_at failing. False when it has fewer than that. */
static bool try_with_failure(int number, long fail_at, bool for_good)
{
    char text[512] = "";
    watch(fail_at, for_good);
    gf_status status = programs[number].run(text);
    heap.watching = false;
    bool failed = failed_already();
    ck_assert_msg(heap.pieces == 0, "%s, allocation %ld: %zu pieces leak", programs[number].name, fail_at, heap.pieces);
    ck_assert_msg(status == (failed ? GF_ERROR_MEMORY : GF_OK), "%s, allocation %ld: %s", programs[number].name,
                  fail_at, gf_status_text(status));
    ck_assert_msg(failed ? strstr(text, "out of memory") != NULL : !*text, "%s, allocation %ld: says \"%s\"",
                  programs[number].name, fail_at, text);
    return failed;
}

START_TEST(each_allocation_fails_in_turn)
{
    long tried = 1;
    while (try_with_failure(_i, tried, false))
        tried++;
    ck_assert_msg(tried > 1, "%s allocates nothing", programs[_i].name);
}
END_TEST

START_TEST(memory_runs_out_for_good)
{
    for (long first = 1; try_with_failure(_i, first, true);)
        first++;
}
END_TEST

int main(void)
{
    const TTest *tests[] = {replay_allocates_nothing, training_allocates_nothing, graph_memory_counts_every_byte};
    const TTest *of_programs[] = {each_allocation_fails_in_turn, memory_runs_out_for_good};
    Suite *suite = tests_of("failures", tests, sizeof tests / sizeof *tests);
    add_seeded_tests(suite, of_programs, 2, PROGRAMS);
    return run_suite(suite);
}
