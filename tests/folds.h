/* What the tests of folded levels share: models of tests/folds, views of them, boxes and arrows by name. */
#ifndef GF_TESTS_FOLDS_H
#define GF_TESTS_FOLDS_H

#include "support.h"

#include <stdio.h>

#include <gradflow/model.h>
#include <gradflow/view.h>

#include "view/tables.h"
#include "view/view.h"

/* The model of tests/folds/NAME.gf, unrolled over so many steps (0: the file's own). */
static inline gf_model *model_of(const char *name, int steps)
{
    char path[512];
    gf_model *m = NULL;
    snprintf(path, sizeof path, "%s/folds/%s.gf", getenv("GF_TESTS"), name);
    ck_assert_msg(!gf_model_read(&m, path), "%s: %s", path, gf_model_message(m));
    if (steps)
        ck_assert_int_eq(gf_model_set(m, "T", steps), GF_OK);
    ck_assert_msg(!gf_model_unroll(m), "%s: %s", path, gf_model_message(m));
    return m;
}

/* The same after backward recorded its edges' magnitudes alone. */
static inline gf_model *lit_model(const char *name, int steps)
{
    gf_model *m = model_of(name, steps);
    ck_assert_int_eq(gf_backward(gf_model_loss(m), GF_RECORD_EDGES), GF_OK);
    return m;
}

static inline gf_measure together(const gf_arrow *const *arrows, size_t count)
{
    gf_measure measure;
    ck_assert(!gf_arrows_together(&measure, arrows, count));
    return measure;
}

static inline gf_view view_with(gf_graph *g, gf_draw_options options, bool folded)
{
    gf_view view;
    options.size = sizeof options;
    gf_status status = folded ? gf_view_make_folded(&view, g, &options, 0, 0) : gf_view_make(&view, g, &options);
    ck_assert_msg(!status, "%s", gf_graph_message(g));
    return view;
}

static inline gf_view view_at(gf_graph *g, gf_level level)
{
    return view_with(g, (gf_draw_options){.level = level}, true);
}

static inline const gf_box *box_of(const gf_view *view, const char *name)
{
    for (size_t k = 0; k < view->box_count; k++)
        if (!strcmp(view->boxes[k].name, name))
            return &view->boxes[k];
    return NULL;
}

static inline char *names_of(const gf_view *view)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    for (size_t k = 0; k < view->box_count; k++)
        fprintf(out, "%s%s", k ? " " : "", view->boxes[k].name);
    fclose(out);
    return text;
}

static inline void assert_names(gf_graph *g, gf_draw_options options, const char *wanted)
{
    gf_view view = view_with(g, options, true);
    char *names = names_of(&view);
    ck_assert_str_eq(names, wanted);
    free(names);
    gf_view_free(&view);
}

/* The arrow of a variable between two boxes; NULL: there is none. */
static inline const gf_arrow *find_arrow(const gf_view *view, const char *from, const char *variable, const char *to)
{
    for (size_t k = 0; k < view->arrow_count; k++) {
        const gf_arrow *arrow = &view->arrows[k];
        if (!strcmp(arrow->from->name, from) && !strcmp(arrow->to->name, to) && !strcmp(arrow->variable, variable))
            return arrow;
    }
    return NULL;
}

static inline const gf_arrow *arrow_of(const gf_view *view, const char *from, const char *variable, const char *to)
{
    const gf_arrow *arrow = find_arrow(view, from, variable, to);
    ck_assert_msg(arrow != NULL, "no arrow of %s from %s to %s", variable, from, to);
    return arrow;
}

#endif
