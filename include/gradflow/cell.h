/* gradflow/cell.h: recurrent cells, and their unrolling over time.
 *
 * Cells are built from the operations of builders.h alone: every gate is a
 * node that can be looked at, drawn and differentiated by.
 *
 * Rows are examples. With B examples at once, x[t] is B x inputs, the states h[t]
 * and c[t] are B x hidden, and the equations read as on paper (`@` is the matrix
 * product, `*` goes element by element, a bias of 1 row is added to every row):
 *
 *     rnn    a = x @ U + h[t-1] @ W + b
 *            h = tanh(a)                       (or relu, sigmoid, …)
 *
 *     lstm   zf = x @ Uf + h[t-1] @ Wf + bf    f = sigmoid(zf)   forget gate
 *            zi = x @ Ui + h[t-1] @ Wi + bi    i = sigmoid(zi)   input gate
 *            zg = x @ Ug + h[t-1] @ Wg + bg    g = tanh(zg)      candidate
 *            c  = f * c[t-1] + i * g                             cell state
 *            zo = x @ Uo + h[t-1] @ Wo + bo    o = sigmoid(zo)   output gate
 *            h  = o * tanh(c)
 *
 *     lstm with peepholes (Gers and Schmidhuber, Recurrent nets that time and
 *            count, 2000): zf and zi have one more summand, c[t-1] * Pf and
 *            c[t-1] * Pi, and zo has c[t] * Po, the new cell state; the P are
 *            1 x hidden. With full matrices it is c[t-1] @ Pf, c[t-1] @ Pi and
 *            c[t] @ Po, the P being hidden x hidden.
 *
 *     gru    zr = x @ Ur + h[t-1] @ Wr + br    r = sigmoid(zr)   reset gate
 *            zz = x @ Uz + h[t-1] @ Wz + bz    z = sigmoid(zz)   update gate
 *            zn = x @ Un + (r * h[t-1]) @ Wn + bn                reset before
 *            zn = x @ Un + bn + r * (h[t-1] @ Wn + dn)           reset after
 *            n  = tanh(zn)                                       candidate
 *            h  = (1 - z) * n + z * h[t-1]
 *
 * The reset gate acts before the product in Cho et al., Learning phrase
 * representations using RNN encoder-decoder (2014), after it in PyTorch and cuDNN.
 * z near 1 keeps the old state, as in these three; Chung et al. (2014) write
 * h = (1 - z) * h[t-1] + z * n, the same cell with their z = 1 - ours, that is with
 * -Uz, -Wz and -bz.
 *
 * The nodes bear the names that stand left of `=` above, the step at which they
 * are built (gf_graph_step) and the cell's scope, so that messages and pictures
 * read "encoder.zf[3]". */
#ifndef GRADFLOW_CELL_H
#define GRADFLOW_CELL_H

#include <gradflow/graph.h>

GF_BEGIN_DECLS

/* What a cell hands on from one step to the next. c is NULL in a cell without a
 * cell state. A plain value, now and later: a state of another form is another type. */
typedef struct gf_state {
    gf_node *h, *c;
} gf_state;

/* --- kinds of cells ------------------------------------------------------- */

typedef struct gf_cell gf_cell;

#define GF_CELL_PARAMS 32 /* the most parameters of a cell; it never changes */

typedef enum gf_cell_shape {
    GF_INPUTS_BY_HIDDEN, /* a weight of the input */
    GF_HIDDEN_BY_HIDDEN, /* a weight of the state */
    GF_ONE_BY_HIDDEN     /* a bias, a diagonal peephole */
} gf_cell_shape;

/* A plain value, too. */
typedef struct gf_cell_param {
    const char *name; /* of the gf_param node; NULL ends the list */
    gf_cell_shape shape;
} gf_cell_param;

/* One step: the states after it, from the input and the states before. It calls
 * builders and names what it builds; it needs no checks, since errors stick. */
typedef gf_state gf_cell_rule(const gf_cell *cell, gf_node *x, gf_state before);

/* A kind of cell is one row. A program defines its own, and makes cells of it with
 * gf_cell_new; they are stepped, unrolled and drawn like the built-in ones:
 *
 *     enum { U, W, b };
 *     static gf_state leaky_step(const gf_cell *cell, gf_node *x, gf_state before)
 *     {
 *         gf_node *const *p = gf_cell_params(cell);
 *         gf_node *a = gf_add(gf_add(gf_matmul(x, p[U]), gf_matmul(before.h, p[W])), p[b]);
 *         gf_node *n = gf_named(gf_tanh(gf_named(a, "a")), "n");
 *         gf_node *h = gf_add(gf_scale(before.h, 0.9), gf_scale(n, 0.1));
 *         return (gf_state){.h = gf_named(h, "h")};
 *     }
 *     static const gf_cell_kind leaky = {
 *         .size = sizeof(gf_cell_kind), .name = "leaky", .states = 1, .step = leaky_step,
 *         .params = {{"U", GF_INPUTS_BY_HIDDEN}, {"W", GF_HIDDEN_BY_HIDDEN}, {"b", GF_ONE_BY_HIDDEN}}};
 *
 * The row must live as long as its cells. */
typedef struct gf_cell_kind {
    size_t size;                          /* sizeof(gf_cell_kind) */
    const char *name;                     /* as messages show it */
    int states;                           /* 1: h; 2: h and c */
    gf_cell_rule *step;                   /* never NULL */
    gf_cell_param params[GF_CELL_PARAMS]; /* at least one */
    /* The order of the gates in PyTorch's stacked weights, each gate by what
     * follows U, W, b or d in the names of its parameters ("ifgo" of an LSTM; "" of
     * a cell without gates). NULL: gf_cell_load_pytorch does not apply. */
    const char *pytorch;
} gf_cell_kind;

/* A builder of one operand, such as gf_tanh. */
typedef gf_node *gf_activation(gf_node *a);

/* --- what can be asked of a cell ------------------------------------------- */

/* A cell is parameters of one kind and one size. It belongs to its graph, with
 * nothing to free, and is dropped by a rewind to before it. Whoever uses a dropped cell
 * gets an error, as with a dropped node ("lstm: low was dropped by gf_graph_rewind"),
 * until cells have been made in its place twice more.
 *
 * Its kind; the length of an input and of a state; the activation of a gf_rnn, else
 * NULL; its graph. Of a bad cell, which is NULL, dropped, or stands for one that could
 * not be made: NULL and 0. */
GF_API const gf_cell_kind *gf_cell_kind_of(const gf_cell *cell);
GF_API int gf_cell_inputs(const gf_cell *cell);
GF_API int gf_cell_hidden(const gf_cell *cell);
GF_API gf_activation *gf_cell_activation(const gf_cell *cell);
GF_API gf_graph *gf_cell_graph(const gf_cell *cell);
GF_API bool gf_cell_is_bad(const gf_cell *cell);

/* Its parameters, in the order of kind->params, and NULL behind them. The list
 * belongs to the cell. */
GF_API gf_node *const *gf_cell_params(const gf_cell *cell);

/* --- making cells ----------------------------------------------------------- */

/* The cells above, their parameters made with gf_param in the scope of that name,
 * outside time, zeros until set (gf_cell_init, gf_init_*, gf_cell_load_pytorch).
 * `scope` is copied, and may be NULL; give each cell its own. Never NULL: on bad sizes,
 * a NULL activation, or without memory the graph remembers why, and its bad cell is
 * returned, which has no parameters, and every step of which gives bad nodes. */
GF_API gf_cell *gf_rnn(gf_graph *g, const char *scope, int inputs, int hidden, gf_activation *activation);
GF_API gf_cell *gf_lstm(gf_graph *g, const char *scope, int inputs, int hidden);

typedef enum gf_peephole {
    GF_PEEPHOLE_DIAGONAL, /* 1 x hidden each, as in the paper */
    GF_PEEPHOLE_FULL      /* hidden x hidden each */
} gf_peephole;

/* The LSTM above whose gates read the cell state, too, by weights of that shape. Made, owned and refused as gf_lstm. */
GF_API gf_cell *gf_lstm_peephole(gf_graph *g, const char *scope, int inputs, int hidden, gf_peephole peephole);

typedef enum gf_reset {
    GF_RESET_BEFORE, /* Cho et al. 2014 */
    GF_RESET_AFTER   /* PyTorch, cuDNN */
} gf_reset;

/* The GRU above, with the reset gate before or after the product with the old state. Made, owned and refused as
 * gf_lstm. */
GF_API gf_cell *gf_gru(gf_graph *g, const char *scope, int inputs, int hidden, gf_reset reset);

/* A cell of any kind. The kind needs its size, a name, a step, 1 or 2 states and 1 to
 * GF_CELL_PARAMS parameters: GF_ERROR_ARGUMENT otherwise, as above. */
GF_API gf_cell *gf_cell_new(gf_graph *g, const gf_cell_kind *kind, const char *scope, int inputs, int hidden);

/* A sensible start from the graph's generator: weights of the input by
 * gf_init_xavier, weights of the state by gf_init_orthogonal(…, 1), what has one row
 * zeros. */
GF_API gf_status gf_cell_init(const gf_cell *cell);

/* Sets the parameters from one layer and direction of PyTorch's nn.RNN, nn.LSTM or
 * nn.GRU (for gf_rnn, gf_lstm, and gf_gru with GF_RESET_AFTER). PyTorch stacks the
 * gates, each hidden rows, in the order i f g o of an LSTM, r z n of a GRU, and
 * multiplies from the other side (x @ weight_ih'):
 *
 *     weight_ih   gates * hidden x inputs   U of a gate is its rows, transposed
 *     weight_hh   gates * hidden x hidden   W of a gate is its rows, transposed
 *     bias_ih     gates * hidden            b of a gate is the sum of its two,
 *     bias_hh     gates * hidden            but in a GRU's n: bn = bias_ih, dn = bias_hh
 *
 * So the gradient of U is the transpose of the gradient of those rows, and that of
 * b is that of either bias. The biases are one row or one column; NULL is zeros.
 * Fails with GF_ERROR_SHAPE or GF_ERROR_ARGUMENT; the graph remembers. */
GF_API gf_status gf_cell_load_pytorch(const gf_cell *cell, const gf_matrix *weight_ih, const gf_matrix *weight_hh,
                                      const gf_matrix *bias_ih, const gf_matrix *bias_hh);

/* --- steps -------------------------------------------------------------------- */

/* Zeros for the states of `rows` examples before the first step: constants named
 * "h[t]" and "c[t]" with that t (0, or T + 1 where a cell reads backward in time),
 * outside time. Any other nodes of the shape do as well: a gf_param is trained. */
GF_API gf_state gf_cell_zeros(const gf_cell *cell, int rows, int t);

/* The same as leaves that are set, gf_given, zeros at first: for gf_state_carry. */
GF_API gf_state gf_cell_given(const gf_cell *cell, int rows, int t);

/* Truncated backpropagation through a sequence that is longer than the unrolling: the states before its first step,
 * to[k] of gf_cell_given, become what the states from[k] after its last one come to, all of them at once, so that the
 * next piece goes on where this one ended. Values are carried, no gradient is (Williams and Peng 1990). Nothing is
 * built or allocated. A new sequence begins with gf_init_zeros of each. Fails with GF_ERROR_ARGUMENT, as for states of
 * two graphs, or GF_ERROR_SHAPE; nothing is set then, and the graph of to[k] remembers.
 *
 *     gf_state start = gf_cell_given(lstm, 1, 0), end;
 *     gf_stack stack = {.size = sizeof stack, .forward = &lstm, .layers = 1, .start = &start, .end = &end};
 *     gf_unroll(h, x, T, &stack);
 *     gf_node *loss = gf_sum(h[T - 1]);
 *     for (int piece = 0; piece < 10; piece++)
 *         if (gf_batch_set(x, T, &X, b) || gf_backward(loss, 0) || gf_optimizer_step(o) ||
 *             gf_state_carry(&start, &end, 1))
 *             break;
 */
GF_API gf_status gf_state_carry(const gf_state to[], const gf_state from[], int count);

/* One step of the cell, in the graph's present step and in the cell's scope.
 *
 *     gf_state s = gf_cell_zeros(lstm, 1, 0);
 *     for (int t = 1; t <= T; t++) {
 *         gf_graph_step(g, t);
 *         s = gf_cell_step(lstm, x[t - 1], s);
 *     }
 *
 * Where x is not B x inputs, or a state, before or returned by the kind's step, is not
 * B x hidden, GF_ERROR_SHAPE stands on the cell's graph and the states are bad nodes; where
 * one is NULL or of another graph than the cell, GF_ERROR_ARGUMENT, on the cell's graph, too. */
GF_API gf_state gf_cell_step(const gf_cell *cell, gf_node *x, gf_state before);

/* The first node in the cell's scope of that name and step (0: a parameter), such
 * as the forget gate of step 3, gf_cell_find(lstm, "f", 3). NULL if there is none. */
GF_API gf_node *gf_cell_find(const gf_cell *cell, const char *name, int step);

/* --- unrolling ------------------------------------------------------------------- */

/* Layers of cells, in one direction of time or both. (Layers, like steps, are counted
 * from 1 where names and messages speak of them; lists are counted from 0.) Zero-initialise what does not
 * apply: `(gf_stack){.size = sizeof(gf_stack), .forward = &cell, .layers = 1}` is a
 * single cell. */
typedef struct gf_stack {
    size_t size;
    gf_cell *const *forward;  /* `layers` cells, the lowest first; each reads the h below */
    gf_cell *const *backward; /* as many that read from step T down to 1; NULL: none. Of any kind and hidden size, or
                               * the forward one itself, whose parameters then serve both directions */
    /* The states before the first step: of layer 1 forward, layer 1 backward (if
     * there are such), layer 2 forward, … NULL, or a NULL h: zeros. */
    const gf_state *start;
    gf_state *end; /* filled with the states after the last step, in that order; or NULL */
    int layers;
    /* Truncated backpropagation: values pass from step to step, but no gradient
     * between steps K and K + 1, 2K and 2K + 1, …, in either direction, of any layer.
     * 0: no cut. */
    int truncate;
    /* For sequences of unequal length, padded to `steps`: mask[t - 1], B x 1, is 1 where an example has a step t, else
     * 0, and then its states stay what they were (as in gf_where, whatever is not 0 counts as 1, NaN and 0.5 too). So
     * the output of the last step is that of each example's own last step, and what reads backward begins there. NULL:
     * all have every step. */
    gf_node *const *mask;
} gf_stack;

/* Unrolls a stack over `steps` steps. x[t - 1] is the input of step t, B x inputs
 * of the lowest cells; out[t - 1] becomes the output of step t: the h of the upper
 * layer. With two directions a layer's output is B x 2 hidden, the h of the forward
 * cell left of the one of the backward cell (a node "h1" for layer 1, "h2" …), and
 * so are the inputs of the layer above. The caller owns all lists. The graph's step
 * is what it was afterwards.
 *
 *     gf_cell *layers[] = {gf_lstm(g, "low", 3, 5), gf_lstm(g, "high", 5, 4)};
 *     gf_stack stack = {.size = sizeof stack, .forward = layers, .layers = 2};
 *     gf_status status = gf_unroll(h, x, T, &stack);
 *
 * Fails, and out holds bad nodes, where steps or layers are below 1, something is
 * NULL, shapes do not fit, or memory is out; the graph remembers. After
 * gf_graph_rewind to behind the parameters one can unroll again with another T. */
GF_API gf_status gf_unroll(gf_node *out[], gf_node *const x[], int steps, const gf_stack *stack);

/* A loss of one step: gf_cross_entropy, gf_mse, or a function of one's own. */
typedef gf_node *gf_loss_rule(gf_node *output, gf_node *target);

/* An output layer and the sum of its losses, 1 x 1, named "loss":
 *
 *     z[t] = h[t] @ V + d      L[t] = loss_rule(z[t], y[t])      loss = sum(t, L[t])
 *
 * over `count` outputs of gf_unroll with a target each. z and L belong to the step
 * of their h. For a loss at every step pass h, y, T; for one at the end alone
 * h + T - 1, y + T - 1, 1. V is the width of h x outputs, d 1 x outputs: another number of
 * rows is GF_ERROR_SHAPE. A bad node where something does not fit; the graph remembers. */
GF_API gf_node *gf_unroll_loss(gf_node *const h[], gf_node *const y[], int count, gf_node *V, gf_node *d,
                               gf_loss_rule *loss_rule);

GF_END_DECLS

#endif
