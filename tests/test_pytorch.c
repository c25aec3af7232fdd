/* The cells, and models of `gradflow new`, against PyTorch's numbers: outputs, last states, loss, and the gradients of
 * every weight and input, in the cases that tests/pytorch/generate.py wrote. */
#include "support.h"

#include <glob.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include <gradflow/cell.h>
#include <gradflow/flow.h>
#include <gradflow/model.h>
#include <gradflow/template.h>

enum { LAYERS = 2, PLACES = 2 * LAYERS, STEPS = 50, NAME = 48 };

static const double tolerance = 1e-10; /* relative, in the Frobenius norm of each matrix */

/* --- a file of numbers ------------------------------------------------------------- */

typedef struct named_matrix {
    char name[NAME];
    gf_matrix m;
} named_matrix;

typedef struct numbers {
    const char *path;
    char kind[16];
    int inputs, hidden, classes, batch, layers, directions, steps, start, bias;
    named_matrix *matrices;
    size_t count;
} numbers;

static void read_matrix(numbers *n, FILE *file, const char *name, int rows, int cols)
{
    n->matrices = realloc(n->matrices, (n->count + 1) * sizeof *n->matrices);
    named_matrix *new = &n->matrices[n->count++];
    snprintf(new->name, sizeof new->name, "%s", name);
    ck_assert_int_eq(gf_matrix_new(&new->m, rows, cols), GF_OK);
    for (int k = 0; k < rows * cols; k++)
        ck_assert_int_eq(fscanf(file, "%lf", &new->m.data[k]), 1);
}

static void read_matrices(numbers *n, FILE *file)
{
    char name[NAME];
    int rows, cols;
    while (fscanf(file, " matrix %47s %d %d", name, &rows, &cols) == 3)
        read_matrix(n, file, name, rows, cols);
    ck_assert(feof(file));
    fclose(file);
}

static numbers numbers_read(const char *path)
{
    numbers n = {.path = path};
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "%s cannot be read", path);
    int read = fscanf(file,
                      "kind %15s inputs %d hidden %d classes %d batch %d layers %d directions %d steps %d start %d "
                      "bias %d end",
                      n.kind, &n.inputs, &n.hidden, &n.classes, &n.batch, &n.layers, &n.directions, &n.steps, &n.start,
                      &n.bias);
    ck_assert_msg(read == 10, "%s: %d of 10 lines at its head", path, read);
    ck_assert(n.layers <= LAYERS && n.directions <= 2 && n.steps <= STEPS);
    read_matrices(&n, file);
    return n;
}

static void numbers_free(numbers *n)
{
    for (size_t k = 0; k < n->count; k++)
        gf_matrix_free(&n->matrices[k].m);
    free(n->matrices);
}

/* The matrix of that name; NULL where the case has none. The name is one of printf's formats with up to two
 * arguments. */
static const gf_matrix *find(const numbers *n, const char *format, ...) __attribute__((format(printf, 2, 3)));

static const gf_matrix *find(const numbers *n, const char *format, ...)
{
    char name[NAME];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(name, sizeof name, format, arguments);
    va_end(arguments);
    for (size_t k = 0; k < n->count; k++)
        if (!strcmp(n->matrices[k].name, name))
            return &n->matrices[k].m;
    return NULL;
}

static size_t compared; /* matrices, so that a test knows that it tested */

static void compare(const numbers *n, const char *name, const gf_matrix *got, const gf_matrix *wanted)
{
    gf_comparison c;
    gf_compare_within(&c, got, wanted, tolerance);
    ck_assert_msg(c.match, "%s: %s: %s", n->path, name, c.text);
    compared++;
}

/* --- the same network in gradflow ---------------------------------------------------- */

typedef struct network {
    gf_graph *g;
    gf_cell *cells[PLACES]; /* layer 1 forward, layer 1 backward (if bidirectional), layer 2 forward, … */
    gf_node *x[STEPS], *y[STEPS], *out[STEPS], *V, *d, *loss;
    gf_state start[PLACES], end[PLACES];
} network;

static gf_cell *make_cell(const numbers *n, gf_graph *g, int place)
{
    int inputs = place < n->directions ? n->inputs : n->directions * n->hidden;
    char scope[16];
    snprintf(scope, sizeof scope, "cell%d", place);
    if (!strcmp(n->kind, "lstm"))
        return gf_lstm(g, scope, inputs, n->hidden);
    if (!strcmp(n->kind, "gru"))
        return gf_gru(g, scope, inputs, n->hidden, GF_RESET_AFTER);
    return gf_rnn(g, scope, inputs, n->hidden, strcmp(n->kind, "rnn_relu") ? gf_tanh : gf_relu);
}

static const char *direction_of(const numbers *n, int place)
{
    return n->directions == 2 && place % 2 ? "_reverse" : "";
}

static void load_cell(const numbers *n, const gf_cell *cell, int place)
{
    int layer = place / n->directions;
    const char *direction = direction_of(n, place);
    gf_cell_load_pytorch(cell, find(n, "weight_ih_l%d%s", layer, direction),
                         find(n, "weight_hh_l%d%s", layer, direction), find(n, "bias_ih_l%d%s", layer, direction),
                         find(n, "bias_hh_l%d%s", layer, direction));
}

/* A leaf with the value of that name. */
static gf_node *leaf(const numbers *n, gf_graph *g, const char *name, int index)
{
    const gf_matrix *value = find(n, "%s[%d]", name, index);
    ck_assert_msg(value != NULL, "%s: no %s[%d]", n->path, name, index);
    gf_node *node = gf_input(g, name, value->rows, value->cols);
    gf_set(node, value);
    return node;
}

static void make_leaves(const numbers *n, network *net)
{
    bool has_c = !strcmp(n->kind, "lstm");
    for (int p = 0; p < n->layers * n->directions; p++) {
        net->cells[p] = make_cell(n, net->g, p);
        load_cell(n, net->cells[p], p);
        if (n->start)
            net->start[p] = (gf_state){leaf(n, net->g, "h0", p), has_c ? leaf(n, net->g, "c0", p) : NULL};
    }
    net->V = gf_param(net->g, "V", n->directions * n->hidden, n->classes);
    net->d = gf_param(net->g, "d", 1, n->classes);
    gf_set(net->V, find(n, "V"));
    gf_set(net->d, find(n, "d"));
    for (int t = 1; t <= n->steps; t++) {
        gf_graph_step(net->g, t);
        net->x[t - 1] = leaf(n, net->g, "x", t);
        net->y[t - 1] = leaf(n, net->g, "y", t);
    }
    gf_graph_step(net->g, 0);
}

static gf_node *add_state(const numbers *n, gf_node *loss, gf_node *state, const char *weight, int place)
{
    return gf_add(loss, gf_sum(gf_mul(state, leaf(n, gf_node_graph(loss), weight, place))));
}

static void build(const numbers *n, network *net)
{
    gf_cell *forward[LAYERS], *backward[LAYERS];
    net->g = gf_graph_new();
    make_leaves(n, net);
    for (int layer = 0; layer < n->layers; layer++) {
        forward[layer] = net->cells[layer * n->directions];
        backward[layer] = net->cells[layer * n->directions + n->directions - 1];
    }
    gf_stack stack = {.size = sizeof stack,
                      .forward = forward,
                      .backward = n->directions == 2 ? backward : NULL,
                      .layers = n->layers,
                      .start = n->start ? net->start : NULL,
                      .end = net->end};
    gf_unroll(net->out, net->x, n->steps, &stack);
    net->loss = gf_unroll_loss(net->out, net->y, n->steps, net->V, net->d, gf_cross_entropy);
    for (int p = 0; p < n->layers * n->directions; p++) {
        net->loss = add_state(n, net->loss, net->end[p].h, "Rh", p);
        if (net->end[p].c)
            net->loss = add_state(n, net->loss, net->end[p].c, "Rc", p);
    }
}

/* --- comparing ------------------------------------------------------------------------- */

/* PyTorch's order of the gates. */
static const char *gates_of(const numbers *n)
{
    return !strcmp(n->kind, "lstm") ? "ifgo" : !strcmp(n->kind, "gru") ? "rzn" : "";
}

enum { WEIGHT_IH, WEIGHT_HH, BIAS_IH, BIAS_HH, WEIGHTS };

/* Entry (i, j) of a parameter's gradient to where PyTorch has it; of dn, which comes after bn, to its own place. */
static void place_entry(gf_matrix to[WEIGHTS], char letter, int row, int i, double entry)
{
    if (letter == 'U' || letter == 'W')
        to[letter == 'U' ? WEIGHT_IH : WEIGHT_HH].data[row * to[letter == 'U' ? WEIGHT_IH : WEIGHT_HH].cols + i] =
            entry;
    if (letter == 'b')
        to[BIAS_IH].data[row] = entry;
    if (letter == 'b' || letter == 'd')
        to[BIAS_HH].data[row] = entry;
}

/* The gradients of a cell's parameters, stacked and transposed as PyTorch does it. What no parameter fills is NaN. */
static void stack_gradients(const numbers *n, const gf_cell *cell, gf_matrix to[WEIGHTS])
{
    int gates = *gates_of(n) ? (int)strlen(gates_of(n)) : 1, rows = gates * n->hidden;
    for (int k = 0; k < WEIGHTS; k++) {
        ck_assert_int_eq(gf_matrix_new(&to[k], k < BIAS_IH ? rows : 1,
                                       k == WEIGHT_IH   ? gf_cell_inputs(cell)
                                       : k == WEIGHT_HH ? n->hidden
                                                        : rows),
                         GF_OK);
        for (size_t e = 0; e < gf_matrix_size(&to[k]); e++)
            to[k].data[e] = NAN;
    }
    for (int k = 0; k < GF_CELL_PARAMS && gf_cell_params(cell)[k]; k++) {
        const char *name = gf_node_name(gf_cell_params(cell)[k]);
        int gate = name[1] ? (int)(strchr(gates_of(n), name[1]) - gates_of(n)) : 0;
        const gf_matrix *gradient = gf_gradient(gf_cell_params(cell)[k]);
        for (int i = 0; i < gradient->rows; i++)
            for (int j = 0; j < n->hidden; j++)
                place_entry(to, name[0], gate * n->hidden + j, i, gf_matrix_at(gradient, i, j));
    }
}

static void compare_weights(const numbers *n, const network *net, int place)
{
    static const char *const names[] = {"weight_ih", "weight_hh", "bias_ih", "bias_hh"};
    gf_matrix gradients[WEIGHTS];
    stack_gradients(n, net->cells[place], gradients);
    for (int k = 0; k < (n->bias ? WEIGHTS : BIAS_IH); k++)
        compare(n, names[k], &gradients[k],
                find(n, "d:%s_l%d%s", names[k], place / n->directions, direction_of(n, place)));
    for (int k = 0; k < WEIGHTS; k++)
        gf_matrix_free(&gradients[k]);
}

static void compare_states(const numbers *n, const network *net, int place)
{
    gf_state end = net->end[place], start = net->start[place];
    compare(n, "hn", gf_value(end.h), find(n, "hn[%d]", place));
    ck_assert_int_eq(end.c != NULL, find(n, "cn[%d]", place) != NULL);
    if (end.c)
        compare(n, "cn", gf_value(end.c), find(n, "cn[%d]", place));
    if (n->start)
        compare(n, "gradient of h0", gf_gradient(start.h), find(n, "d:h0[%d]", place));
    if (n->start && start.c)
        compare(n, "gradient of c0", gf_gradient(start.c), find(n, "d:c0[%d]", place));
}

static void compare_case(const char *path)
{
    numbers n = numbers_read(path);
    network net = {0};
    build(&n, &net);
    gf_backward(net.loss, 0);
    assert_fine(net.g);
    compare(&n, "loss", gf_value(net.loss), find(&n, "loss"));
    compare(&n, "gradient of V", gf_gradient(net.V), find(&n, "d:V"));
    compare(&n, "gradient of d", gf_gradient(net.d), find(&n, "d:d"));
    for (int t = 1; t <= n.steps; t++) {
        compare(&n, "out", gf_value(net.out[t - 1]), find(&n, "out[%d]", t));
        compare(&n, "gradient of x", gf_gradient(net.x[t - 1]), find(&n, "d:x[%d]", t));
    }
    for (int p = 0; p < n.layers * n.directions; p++) {
        compare_weights(&n, &net, p);
        compare_states(&n, &net, p);
    }
    gf_graph_free(net.g);
    numbers_free(&n);
}

/* Every file of a folder; there must be `least` or more. */
static void each_case(const char *folder, size_t least, void (*compare_one)(const char *path))
{
    const char *tests = getenv("GF_TESTS");
    ck_assert_msg(tests != NULL, "GF_TESTS must name the folder tests/");
    char pattern[4096];
    snprintf(pattern, sizeof pattern, "%s/%s/*.txt", tests, folder);
    glob_t cases;
    ck_assert_int_eq(glob(pattern, 0, NULL, &cases), 0);
    ck_assert_uint_ge(cases.gl_pathc, least);
    for (size_t k = 0; k < cases.gl_pathc; k++)
        compare_one(cases.gl_pathv[k]);
    globfree(&cases);
}

START_TEST(every_case_agrees_with_pytorch)
{
    compared = 0;
    each_case("pytorch", 22, compare_case);
    ck_assert_uint_ge(compared, 800);
}
END_TEST

/* --- the models of `gradflow new` ------------------------------------------------------------- */

/* The model with its sizes, which stand at the head of the file; the matrices follow. */
static gf_model *model_read(numbers *n)
{
    char name[32];
    int value;
    FILE *file = fopen(n->path, "r");
    gf_model *m;
    ck_assert_msg(file != NULL, "%s cannot be read", n->path);
    ck_assert_int_eq(fscanf(file, "model %31s", name), 1);
    ck_assert_ptr_nonnull(gf_template_find(name));
    ck_assert_int_eq(gf_model_parse(&m, gf_template_find(name)->text, name), GF_OK);
    while (fscanf(file, " set %31s %d", name, &value) == 2)
        ck_assert_int_eq(gf_model_set(m, name, value), GF_OK);
    ck_assert_int_eq(fscanf(file, " end"), 0);
    read_matrices(n, file);
    return m;
}

/* "W", "W[3]" or "h[0]": the name without the index, which is returned. */
static int split_name(char name[NAME], const char *whole)
{
    int t = 0;
    *name = '\0';
    sscanf(whole, "%47[^[][%d]", name, &t);
    return t;
}

/* How many leaves with a gradient there are: params and inputs at each step, and the start. */
static size_t count_leaves(gf_model *m)
{
    size_t count = 0;
    const gf_model_name *name;
    for (size_t k = 0; (name = gf_model_name_at(m, k)); k++) {
        if (name->kind == GF_MODEL_PARAM || name->kind == GF_MODEL_INPUT)
            count += name->timed ? (size_t)gf_model_steps(m) : 1;
        count += name->started;
    }
    return count;
}

/* Unrolls it, and gives its leaves the values of the file. */
static void load_model(gf_model *m, const numbers *n)
{
    char name[NAME];
    ck_assert_msg(gf_model_unroll(m) == GF_OK, "%s", gf_model_message(m));
    for (size_t k = 0; k < n->count; k++) {
        const char *whole = n->matrices[k].name;
        int t = split_name(name, whole);
        if (strcmp(whole, "loss") != 0 && !strchr(whole, ':'))
            ck_assert_msg(gf_set(gf_model_node(m, name, t), &n->matrices[k].m) == GF_OK, "%s: %s", n->path, whole);
    }
}

static void compare_model(const char *path)
{
    numbers n = {.path = path};
    gf_model *m = model_read(&n);
    char name[NAME];
    size_t gradients = 0;
    load_model(m, &n);
    compare(&n, "loss", gf_value(gf_model_loss(m)), find(&n, "loss"));
    for (size_t k = 0; k < n.count; k++) {
        if (strncmp(n.matrices[k].name, "d:", 2) != 0)
            continue;
        int t = split_name(name, n.matrices[k].name + 2);
        compare(&n, n.matrices[k].name, gf_model_gradient(m, name, t), &n.matrices[k].m);
        gradients++;
    }
    ck_assert_uint_eq(gradients, count_leaves(m));
    gf_model_free(m);
    numbers_free(&n);
}

START_TEST(every_model_agrees_with_pytorch)
{
    each_case("pytorch/models", 15, compare_model);
}
END_TEST

/* --- gradients over time ------------------------------------------------------------------------- */

/* A line "file,variable,k,t,l2". A path is found by its place among those of its state, whose name it begins with. */
static bool compare_line(const numbers *n, const char *kind, const char *line, int *path)
{
    char variable[200], k_text[16], t_text[16], key[NAME];
    double number;
    if (sscanf(line, "%*[^,],%199[^,],%15[0-9],%15[0-9],%lf", variable, k_text, t_text, &number) != 4) {
        ck_assert_int_eq(sscanf(line, "%*[^,],%199[^,],,%15[0-9],%lf", variable, t_text, &number), 3);
        strcpy(k_text, "1");
    }
    bool paths = !strcmp(kind, "paths");
    snprintf(key, sizeof key, "%s:%.*s", kind, (int)(paths ? strcspn(variable, "[") : strlen(variable)), variable);
    const gf_matrix *m = find(n, "%s", key);
    int k = atoi(k_text), t = atoi(t_text), row = k - 1, col = t - 1;
    if (paths) {
        *path += k == 2; /* the first of its numbers */
        row = *path - 1, col = k - 2;
    }
    if (!m)
        return false;
    double wanted = gf_matrix_at(m, row, col);
    ck_assert_msg(fabs(number - wanted) <= tolerance * fabs(wanted), "%s: %s is not %.17g", n->path, line, wanted);
    return true;
}

static int compare_flow_kind(gf_model *m, const numbers *n, gf_flow_kind kind)
{
    static const char *const names[] = {"loss", "jacobian", "weights", "paths"};
    gf_flow_options options = {.size = sizeof options, .kind = kind};
    char *text;
    int path = 0, compared = 0;
    ck_assert_msg(gf_flow_text(&text, NULL, &m, 1, &options) == GF_OK, "%s", gf_model_message(m));
    strtok(text, "\n");
    for (char *line; (line = strtok(NULL, "\n"));)
        if (!strchr(line, '"')) /* all paths together are a Jacobian */
            compared += compare_line(n, names[kind], line, &path);
    free(text);
    return compared;
}

static void compare_flow(const char *path)
{
    numbers n = {.path = path};
    gf_model *m = model_read(&n);
    load_model(m, &n);
    int T = gf_model_steps(m), weights = 0,
        pairs = find(&n, "jacobian:h") && !find(&n, "jacobian:c") ? T * (T + 1) / 2 : T * (T + 1);
    const gf_model_name *name;
    for (size_t k = 0; (name = gf_model_name_at(m, k)); k++)
        weights += name->kind == GF_MODEL_PARAM;
    ck_assert_int_eq(compare_flow_kind(m, &n, GF_FLOW_LOSS), pairs);
    ck_assert_int_eq(compare_flow_kind(m, &n, GF_FLOW_JACOBIAN), pairs);
    ck_assert_int_eq(compare_flow_kind(m, &n, GF_FLOW_WEIGHTS), weights * T);
    if (find(&n, "paths:c"))
        ck_assert_int_eq(compare_flow_kind(m, &n, GF_FLOW_PATHS), 4 * (T - 1));
    gf_model_free(m);
    numbers_free(&n);
}

START_TEST(every_flow_agrees_with_pytorch)
{
    each_case("pytorch/flow", 5, compare_flow);
}
END_TEST

/* A kind of a program's own is loaded where it says how its gates are stacked; "" has none. */
static gf_state own_step(const gf_cell *cell, gf_node *x, gf_state before)
{
    gf_node *const *p = gf_cell_params(cell);
    return (gf_state){.h = gf_add(gf_add(gf_matmul(x, p[0]), gf_matmul(before.h, p[1])), p[2])};
}

START_TEST(a_kind_says_how_its_gates_are_stacked)
{
    static const gf_cell_kind own = {
        .size = sizeof(gf_cell_kind),
        .name = "own",
        .states = 1,
        .step = own_step,
        .params = {{"U", GF_INPUTS_BY_HIDDEN}, {"W", GF_HIDDEN_BY_HIDDEN}, {"b", GF_ONE_BY_HIDDEN}},
        .pytorch = ""};
    double numbers[] = {1, 2, 3, 4, 5, 6};
    gf_matrix ih = gf_matrix_over(numbers, 2, 3), hh = gf_matrix_over(numbers, 2, 2), b = gf_matrix_over(numbers, 2, 1);
    gf_graph *g = gf_graph_new();
    gf_cell *cell = gf_cell_new(g, &own, "own", 3, 2);
    ck_assert_int_eq(gf_cell_load_pytorch(cell, &ih, &hh, &b, &b), GF_OK);
    assert_matrix(gf_value(gf_cell_params(cell)[0]), 3, 2, 1, 4, 2, 5, 3, 6);
    assert_matrix(gf_value(gf_cell_params(cell)[1]), 2, 2, 1, 3, 2, 4);
    assert_matrix(gf_value(gf_cell_params(cell)[2]), 1, 2, 2, 4); /* the sum of the two biases */
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {a_kind_says_how_its_gates_are_stacked, every_case_agrees_with_pytorch,
                            every_model_agrees_with_pytorch, every_flow_agrees_with_pytorch};
    return RUN_TESTS("pytorch", tests);
}
