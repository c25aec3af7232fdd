/* Sums over time, at the level of operations: a loss is L[1] + L[2], that + L[3], and so on, of no step. Behind the
 * steps they were a staircase of as many lines as there are steps. Each stands in the step of what it adds instead, as
 * one more box of the pattern, so that they form a rail:
 *
 *                      + ------> + ------> loss
 *                      |         |         |
 *            L[1] -----+ L[2]    + L[3]    + L[4]
 *
 * A sum is an addition of no step, of one quantity of a step and a sum of steps before (the first: of two quantities),
 * which no step uses. Each goes on in one sum at most. */
#include <string.h>

#include "view/spread/columns.h"

typedef struct summing {
    gf_columns *c;
    bool *sum, *continued; /* by box */
    bool several;          /* some sum is continued */
} summing;

static bool is_addition(const gf_box *box)
{
    return !box->step && box->kind == GF_BOX_OPERATION && box->arity == 2 && !strcmp(box->op, "add");
}

/* A step's own box. */
static bool is_timed(const gf_box *box)
{
    return box->step != 0;
}

/* Of two operands and no more (pictures fold additions into one box), the second of which is of a step, as all write it
 * who add up from the first step on. */
static void consider(summing *s, const gf_arrow *one, const gf_arrow *other)
{
    gf_columns *c = s->c;
    int box = gf_box_number(c->view, one->to), before = gf_box_number(c->view, one->from);
    if (!is_addition(one->to) || !is_timed(other->from))
        return;
    if (is_timed(one->from) && one->from->step < other->from->step) {
        c->pattern_of[box] = c->pattern_count++;
    } else if (s->sum[before] && !s->continued[before] && c->step_of[before] < other->from->step) {
        c->pattern_of[box] = c->pattern_of[before];
        s->continued[before] = s->several = true;
    } else {
        return;
    }
    c->step_of[box] = other->from->step;
    s->sum[box] = true;
}

/* What steps use stands before them or between them: nothing is a sum then. */
static bool is_used_by_steps(const summing *s)
{
    const gf_view *view = s->c->view;
    for (size_t k = 0; k < view->arrow_count; k++)
        if (s->sum[gf_box_number(view, view->arrows[k].from)] && is_timed(view->arrows[k].to))
            return true;
    return false;
}

static void begin(gf_columns *c)
{
    c->pattern_count = c->view->pattern_count;
    for (size_t k = 0; k < c->view->box_count; k++) {
        c->step_of[k] = c->view->boxes[k].step;
        c->pattern_of[k] = c->view->boxes[k].pattern;
    }
}

void gf_sums_find(gf_columns *c)
{
    const gf_view *view = c->view;
    summing s = {.c = c};
    c->step_of = gf_columns_take(c, view->box_count, sizeof(int));
    c->pattern_of = gf_columns_take(c, view->box_count, sizeof(int));
    s.sum = gf_columns_take(c, view->box_count, sizeof(bool));
    s.continued = gf_columns_take(c, view->box_count, sizeof(bool));
    if (c->failed)
        return;
    begin(c);
    for (size_t k = 0, end; view->level == GF_LEVEL_OPS && k < view->arrow_count; k = end) {
        for (end = k; end < view->arrow_count && view->arrows[end].to == view->arrows[k].to;)
            end++;
        if (end == k + 2)
            consider(&s, &view->arrows[k], &view->arrows[k + 1]);
    }
    if (!s.several || is_used_by_steps(&s))
        begin(c);
}
