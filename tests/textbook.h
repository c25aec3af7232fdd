/* What the tests of the textbook page share: models, and a page of one with its texts. */
#ifndef GF_TESTS_TEXTBOOK_H
#define GF_TESTS_TEXTBOOK_H

#include "equations.h"

#include <gradflow/template.h>

#include "view/textbook/textbook.h"

static const char SCALARS[] = "title \"Scalars\"\nsteps T = 4\ninput x[t] : 1 x 1\nparam w, u, b : 1 x 1\n"
                              "start h[0] : 1 x 1 = 0.5\nh[t] = tanh(w * x[t] + u * h[t-1] + b)\nL[t] = h[t]^2\n"
                              "loss sum(t, L[t])\n";
static const char COLUMNS[] =
    "title \"A state that is a matrix, and inputs that are columns\"\nsteps T = 4\nsize n = 3\ninput x[t] : n x 1\n"
    "param U : n x n\nstart A[0] : n x n = 0\nk[t] = tanh(U @ x[t])\nA[t] = 0.9 * A[t-1] + 0.5 * (k[t] @ k[t]')\n"
    "B[t] = relu(A[t]) - 0.1 * A[t-1] * A[t-1]\nL[t] = sum(B[t] @ x[t])\nloss sum(t, L[t])\n";
static const char STATELESS[] = "steps T = 3\ninput x[t] : 1 x 3\ninput y[t] : 1 x 2\nparam W : 3 x 2\n"
                                "z[t] = x[t] @ W\ne[t] = z[t] - y[t]\nL[t] = sum(e[t] * e[t])\nloss sum(t, L[t])\n";
static const char CONTEXT[] = "steps T = 5\nsize n = 2\ninput x[t] : 1 x n\ninput w : 1 x n\nparam A, B : n x n\n"
                              "start h[0] : 1 x n = 0\nC = tanh(w @ A)\nh[t] = tanh(x[t] @ B + h[t-1] + C)\n"
                              "L[t] = sum(h[t])\nloss sum(t, L[t])\n";

static inline const char *text_of(const char *name)
{
    return gf_template_find(name)->text;
}

/* The page of some steps. */
typedef struct page {
    gf_model *m;
    gf_foot foot;
    gf_drawing d;
    gf_text texts; /* a line each, in the order of painting */
} page;

static inline void add_texts(page *p)
{
    for (size_t k = 0; k < p->d.count; k++) {
        const gf_item *item = &p->d.items[k];
        for (size_t r = 0; item->kind == GF_ITEM_TEXT && r < item->run_count; r++)
            gf_text_add(&p->texts, item->runs[r].text);
        if (item->kind == GF_ITEM_TEXT)
            gf_text_add(&p->texts, "\n");
    }
}

/* On a page of that size; 0: of what it needs. */
static inline void draw_steps_on(page *p, const char *text, int first, int last, const char *theme, double width,
                                 double height)
{
    *p = (page){.m = model_of(text)};
    gf_graph *g = gf_model_graph(p->m);
    ck_assert_int_eq(gf_backward(gf_model_loss(p->m), GF_RECORD_EDGES), GF_OK);
    ck_assert_int_eq(gf_foot_make(&p->foot, p->m), GF_OK);
    gf_draw_options draw = {
        .size = sizeof draw, .first_step = first, .last_step = last, .width = width, .height = height};
    draw.title = gf_model_title(p->m);
    draw.model = p->m;
    bool fits;
    gf_textbook_options options = {&draw, gf_theme_find(theme), &p->foot, width > 0 ? 1 : INFINITY};
    ck_assert_int_eq(gf_textbook_draw(&p->d, g, &options, &fits), GF_OK);
    add_texts(p);
}

static inline void draw_steps(page *p, const char *text, int first, int last, const char *theme)
{
    draw_steps_on(p, text, first, last, theme, 0, 0);
}

static inline void drop(page *p)
{
    gf_drawing_free(&p->d);
    gf_foot_free(&p->foot);
    gf_text_free(&p->texts);
    gf_model_free(p->m);
}

#endif
