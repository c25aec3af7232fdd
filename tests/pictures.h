/* What the tests of pictures share: graphs to draw, and a look at what was drawn. */
#ifndef GF_TESTS_PICTURES_H
#define GF_TESTS_PICTURES_H

#include "support.h"

#include <graphviz/cgraph.h>
#include <stdint.h>
#include <stdio.h>

#include <gradflow/cell.h>
#include <gradflow/init.h>
#include <gradflow/view.h>

/* --- graphs to draw ---------------------------------------------------------------- */

/* h = tanh(w * h + x), loss = h * h + x, over `steps` steps of 1 x 1 matrices. */
static inline gf_node *scalar_rnn(gf_graph *g, int steps)
{
    gf_node *w = gf_param(g, "w", 1, 1), *h = gf_zeros(g, "h[0]", 1, 1), *loss = NULL;
    gf_set_scalar(w, 0.5);
    for (int t = 1; t <= steps; t++) {
        gf_graph_step(g, t);
        gf_node *x = gf_input(g, "x", 1, 1);
        gf_set_scalar(x, 0.25 * t);
        h = gf_named(gf_tanh(gf_add(gf_mul(w, h), x)), "h");
        gf_node *L = gf_named(gf_add(gf_mul(h, h), x), "L");
        gf_graph_step(g, 0);
        loss = loss ? gf_add(loss, L) : L;
    }
    return loss;
}

static inline gf_node *lstm(gf_graph *g, int steps)
{
    gf_cell *cell = gf_lstm(g, "cell", 2, 3);
    gf_seed(g, 5);
    gf_cell_init(cell);
    gf_state state = gf_cell_zeros(cell, 1, 0);
    gf_node *loss = NULL;
    for (int t = 1; t <= steps; t++) {
        gf_graph_step(g, t);
        gf_node *x = gf_input(g, "x", 1, 2);
        gf_init_normal(x, 0, 1);
        state = gf_cell_step(cell, x, state);
        gf_node *L = gf_sum(state.h);
        loss = loss ? gf_add(loss, L) : L;
    }
    return loss;
}

/* --- what was drawn ------------------------------------------------------------------ */

static inline char *drawn(gf_graph *g, const char *format, const gf_draw_options *options)
{
    char *text;
    size_t size;
    gf_status status = gf_draw_text(&text, &size, g, format, options);
    ck_assert_msg(!status, "%s: %s", format, gf_graph_message(g));
    ck_assert_uint_gt(size, 0);
    ck_assert_int_eq(text[size], '\0');
    return text;
}

/* The DOT text, read by Graphviz. */
static inline Agraph_t *reread(gf_graph *g, const gf_draw_options *options)
{
    char *text = drawn(g, "dot", options);
    Agraph_t *graph = agmemread(text);
    ck_assert_msg(graph != NULL, "Graphviz cannot read this: %.2000s", text);
    free(text);
    return graph;
}

/* libcgraph takes char * where it only reads. */
static inline char *mutable(const char *text)
{
    return (char *)(uintptr_t)text;
}

static inline const char *get(void *object, const char *name)
{
    const char *value = agget(object, mutable(name));
    ck_assert_msg(value != NULL, "no attribute %s", name);
    return value;
}

/* The frame of a step; NULL if it has none. */
static inline Agraph_t *find_frame(Agraph_t *graph, int t)
{
    char name[32];
    snprintf(name, sizeof name, "cluster_%d", t);
    return agsubg(graph, name, 0);
}

static inline Agnode_t *find_node(Agraph_t *graph, const gf_node *node)
{
    char name[32];
    snprintf(name, sizeof name, "n%zu", gf_node_id(node));
    return agnode(graph, name, 0);
}

static inline Agedge_t *find_edge(Agraph_t *graph, const gf_node *to, int slot)
{
    char number[16];
    snprintf(number, sizeof number, "%d", slot);
    Agnode_t *head = find_node(graph, to), *tail = find_node(graph, gf_node_operand(to, slot));
    for (Agedge_t *edge = head && tail ? agfstin(graph, head) : NULL; edge; edge = agnxtin(graph, edge))
        if (edge->node == tail && strcmp(get(edge, "slot"), number) == 0)
            return edge;
    return NULL;
}

#define assert_attribute(object, name, wanted) ck_assert_str_eq(get(object, name), wanted)
#define assert_has(text, part) ck_assert_msg(strstr(text, part) != NULL, "no %s in %.2000s", part, text)
#define assert_has_not(text, part) ck_assert_msg(strstr(text, part) == NULL, "%s in %.2000s", part, text)

/* An attribute that holds exactly this number. */
static inline void assert_number(void *object, const char *name, double wanted)
{
    const char *text = get(object, name);
    char *end;
    double got = strtod(text, &end);
    ck_assert_msg(*text && !*end && (got == wanted || (isnan(got) && isnan(wanted))), "%s is %s, not %.17g", name, text,
                  wanted);
}

static inline void assert_integer(void *object, const char *name, int wanted)
{
    char text[16];
    snprintf(text, sizeof text, "%d", wanted);
    assert_attribute(object, name, text);
}

static inline void assert_measure(void *object, const gf_matrix *gradient)
{
    double l2 = gf_matrix_norm(gradient);
    assert_number(object, "grad_l2", l2);
    assert_number(object, "grad_rms", l2 / sqrt((double)gf_matrix_size(gradient)));
    assert_number(object, "grad_max", gf_matrix_max(gradient));
}

static inline void assert_no_measure(void *object)
{
    assert_attribute(object, "grad_l2", "");
    assert_attribute(object, "grad_rms", "");
    assert_attribute(object, "grad_max", "");
}

/* A file of tests/golden; the caller frees it. */
static inline char *golden(const char *name)
{
    const char *tests = getenv("GF_TESTS");
    char path[1024];
    snprintf(path, sizeof path, "%s/golden/%s", tests ? tests : "tests", name);
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot read %s", path);
    enum { ROOM = 1 << 16 };
    char *text = malloc(ROOM);
    text[fread(text, 1, ROOM - 1, file)] = '\0';
    fclose(file);
    return text;
}

#endif
