/* Sums over time, at the level of operations: a loss is L[1] + L[2], that + L[3], and so on, of no step. Behind the
 * steps they were a staircase of as many lines as there are steps. Each stands in the step of what it adds instead, as
 * one more box of the pattern, so that they form a rail:
 *
 *                      + ------> + ------> loss
 *                      |         |         |
 *            L[1] -----+ L[2]    + L[3]    + L[4]
 *
 * A sum is an addition of no step, of one quantity of a step and a sum of steps before (the first: of two quantities),
 * which no step uses. Each goes on in one sum at most. What is made of quantities of one step alone, and only added up,
 * is a quantity of that step, too: sum(mask[t]), a[t] * v[t]. So is what several steps send the same quantity to, each
 * to one box, of which nothing else is shown: what touches a range of steps. */
#include <string.h>

#include "view/spread/columns.h"

/* The last box that stands in the step of what it is made of. */
typedef struct end {
    const gf_box *box;
    int step, pattern; /* -1: it is the only one so far, and stands after the steps */
} end;

typedef struct summing {
    gf_columns *c;
    bool *sum, *continued; /* by box; what is added up of a step is of the sum, too */
    int *step;             /* by box: that of the quantities that it is made of; 0 */
    bool *sends;           /* by box */
    end *ends;             /* by pattern of that quantity */
    bool several;          /* some sum is continued */
} summing;

static bool is_addition(const gf_box *box)
{
    return !box->step && box->kind == GF_BOX_OPERATION && box->arity == 2 && !strcmp(box->op, "add");
}

static int step_of(const summing *s, const gf_box *box)
{
    return box->step ? box->step : s->step[gf_box_number(s->c->view, box)];
}

static void put(summing *s, const gf_box *box, int step, int pattern)
{
    int number = gf_box_number(s->c->view, box);
    if (box->step)
        return;
    s->c->step_of[number] = step;
    s->c->pattern_of[number] = pattern;
    s->sum[number] = true;
}

/* Of two operands and no more (pictures fold additions into one box), the second of which is of a step, as all write it
 * who add up from the first step on. A sum has two patterns: its own, and that of what it adds. */
static void consider(summing *s, const gf_arrow *one, const gf_arrow *other)
{
    gf_columns *c = s->c;
    int before = gf_box_number(c->view, one->from), pattern = c->pattern_count;
    int step = step_of(s, other->from), first = step_of(s, one->from);
    if (!is_addition(one->to) || !step)
        return;
    if (first && first < step) {
        c->pattern_count += 2;
        put(s, one->from, first, pattern + 1);
    } else if (!first && s->sum[before] && !s->continued[before] && c->step_of[before] < step) {
        pattern = c->pattern_of[before];
        s->continued[before] = s->several = true;
    } else {
        return;
    }
    put(s, other->from, step, pattern + 1);
    put(s, one->to, step, pattern);
    s->ends[c->pattern_of[gf_box_number(c->view, other->from)]] = (end){one->to, step, pattern};
}

/* What is made of one quantity of a step, and sends nothing on. */
static void consider_end(summing *s, const gf_arrow *arrow)
{
    gf_columns *c = s->c;
    int step = arrow->from->step;
    end *last = &s->ends[c->pattern_of[gf_box_number(c->view, arrow->from)]];
    if (!step || s->sends[gf_box_number(c->view, arrow->to)])
        return;
    end own = {arrow->to, step, -1};
    if (last->box && last->step < step) {
        own.pattern = last->pattern < 0 ? c->pattern_count++ : last->pattern;
        put(s, last->box, last->step, own.pattern);
        put(s, own.box, step, own.pattern);
        s->several = true;
    }
    *last = own;
}

/* What steps use stands before them or between them: nothing is a sum then. */
static bool is_used_by_steps(const summing *s)
{
    const gf_view *view = s->c->view;
    for (size_t k = 0; k < view->arrow_count; k++)
        if (s->sum[gf_box_number(view, view->arrows[k].from)] && view->arrows[k].to->step)
            return true;
    return false;
}

/* The step that all those arrows come from; 0: there is none. */
static int common_step(const gf_view *view, size_t first, size_t end)
{
    int step = view->arrows[first].from->step;
    for (size_t k = first; k < end && step; k++)
        step = view->arrows[k].from->step == step ? step : 0;
    return step;
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
    s.step = gf_columns_take(c, view->box_count, sizeof(int));
    s.sends = gf_columns_take(c, view->box_count, sizeof(bool));
    s.ends = gf_columns_take(c, 2 * view->box_count + (size_t)view->pattern_count, sizeof(end));
    if (c->failed)
        return;
    begin(c);
    for (size_t k = 0; k < view->arrow_count; k++)
        s.sends[gf_box_number(view, view->arrows[k].from)] = true;
    for (size_t k = 0, end; view->level == GF_LEVEL_OPS && k < view->arrow_count; k = end) {
        for (end = k; end < view->arrow_count && view->arrows[end].to == view->arrows[k].to;)
            end++;
        const gf_box *to = view->arrows[k].to;
        int step = to->step || to->kind != GF_BOX_OPERATION ? 0 : common_step(view, k, end);
        s.step[gf_box_number(view, to)] = step;
        if (step && end == k + 1)
            consider_end(&s, &view->arrows[k]);
        else if (end == k + 2)
            consider(&s, &view->arrows[k], &view->arrows[k + 1]);
    }
    if (!s.several || is_used_by_steps(&s))
        begin(c);
}
