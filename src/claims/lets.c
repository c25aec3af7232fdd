/* Lets: worked out in whatever order their indices need. */
#include <stdlib.h>

#include "base/grow.h"
#include "claims/judge.h"
#include "model/scan.h"

/* --- failures ------------------------------------------------------------------------------------------------ */

/* An empty list of problems that lives as long as the judge. */
static gf_problems *new_problems(gf_judge *judge)
{
    if (!gf_grow(&judge->owned, &judge->owned_room, judge->owned_count + 1))
        return NULL;
    gf_problems *problems = calloc(1, sizeof *problems);
    if (problems) {
        problems->source = &judge->m->file.source;
        judge->owned[judge->owned_count++] = problems;
    }
    return problems;
}

/* The list made last, which nothing was put into. */
static void drop_problems(gf_judge *judge)
{
    gf_problems *problems = judge->owned[--judge->owned_count];
    gf_problems_free(problems);
    free(problems);
}

/* NULL without memory, which is noted. */
static gf_failure *fail(gf_judge *judge, gf_item item, const gf_problems *problems)
{
    gf_symbol_instance(judge->m, item.symbol, item.t)->progress = PROGRESS_FAILED;
    bool room = gf_grow(&judge->failures, &judge->failure_room, judge->failure_count + 1);
    gf_failure *failure = room ? &judge->failures[judge->failure_count++] : NULL;
    judge->out_of_memory |= !room;
    if (failure)
        *failure = (gf_failure){.symbol = item.symbol, .t = item.t, .problems = problems};
    return failure;
}

/* The newest first: that is nearly always the one. */
const gf_problems *gf_judge_failure(const gf_judge *judge, const gf_symbol *symbol, long t)
{
    for (size_t k = judge->failure_count; k-- > 0;)
        if (judge->failures[k].symbol == symbol && (judge->failures[k].t == t || !symbol->timed))
            return judge->failures[k].problems;
    return &symbol->declaration->problems;
}

bool gf_judge_is_open(const gf_judge *judge, const gf_problems *problems)
{
    for (size_t k = 0; k < judge->failure_count; k++)
        if (judge->failures[k].open && judge->failures[k].problems == problems)
            return true;
    return false;
}

/* --- one let at one step --------------------------------------------------------------------------------------- */

static void say_other_shape(gf_judge *judge, gf_problems *problems, const gf_statement *line, gf_item item,
                            const gf_matrix *value, const gf_matrix *shape)
{
    char step[32] = "";
    if (item.symbol->timed)
        snprintf(step, sizeof step, "[%ld]", item.t);
    gf_problem *problem = gf_problem_add(problems, GF_ERROR_SHAPE, line->value->at, "%s%s comes to %d x %d",
                                         gf_model_text(judge->m, line->name), step, value->rows, value->cols);
    gf_problem_under(problem, line->value->span);
    gf_problem_note(problems, problem, "a name has one shape at all its steps, and at others it is %d x %d",
                    shape->rows, shape->cols);
}

/* Keeps the value; zeros of any shape are a matrix without entries. */
static bool keep(gf_judge *judge, gf_problems *problems, const gf_statement *line, gf_item item, gf_term term)
{
    gf_matrix *shape = &judge->shapes[line->name];
    if (term.kind == TERM_NUMBER && term.number == 0 && line->value->kind == TREE_NUMBER)
        term = gf_term_zero(0, 0); /* a plain 0 */
    if (term.kind == TERM_ZERO && !shape->rows)
        return true;
    const gf_matrix *value = gf_judge_matrix(judge, problems, line->value, term, shape->rows, shape->cols);
    if (!value)
        return false;
    if (shape->rows && (value->rows != shape->rows || value->cols != shape->cols)) {
        say_other_shape(judge, problems, line, item, value, shape);
        return false;
    }
    *shape = gf_matrix_over(NULL, value->rows, value->cols);
    gf_instance *instance = gf_symbol_instance(judge->m, item.symbol, item.t);
    gf_matrix_free(&instance->value);
    if (gf_matrix_new(&instance->value, value->rows, value->cols)) {
        problems->out_of_memory = true;
        return false;
    }
    gf_matrix_copy(&instance->value, value);
    judge->bytes += gf_matrix_size(value) * sizeof(double);
    return true;
}

/* The values of all lets are kept, at all their steps: as many bytes as those of a graph. */
static bool has_room(gf_judge *judge, gf_problems *problems, const gf_statement *line)
{
    const gf_matrix *shape = &judge->shapes[line->name];
    double bytes = sizeof(double) * (double)shape->rows * shape->cols;
    size_t most = gf_graph_most_bytes(judge->m->node_limit);
    if ((double)judge->bytes + bytes <= (double)most)
        return true;
    gf_problem *problem = gf_problem_add(problems, GF_ERROR_LIMIT, line->value->at,
                                         "the values of the lets would take more than %.3g GB", (double)most / 1e9);
    gf_problem_under(problem, line->value->span);
    if (line->index)
        gf_problem_note(problems, problem, "%s, %d x %d at %ld steps, takes %.3g GB: set fewer steps, or smaller sizes",
                        gf_model_text(judge->m, line->name), shape->rows, shape->cols, judge->m->steps,
                        bytes * (double)judge->m->steps / 1e9);
    return false;
}

static void work_out_line(gf_judge *judge, const gf_statement *line, gf_item item)
{
    gf_problems *problems = new_problems(judge);
    if (!problems) {
        judge->out_of_memory = true;
        return;
    }
    gf_binding t = {.name = judge->m->t, .known = true, .value = item.t};
    size_t mark = gf_graph_size(judge->scratch);
    gf_term term = has_room(judge, problems, line)
                       ? gf_judge_evaluate_now(judge, problems, line->value, item.symbol->timed ? &t : NULL)
                       : gf_term_bad;
    const gf_problems *blame = judge->blame;
    bool kept = term.kind != TERM_BAD && keep(judge, problems, line, item, term);
    gf_graph_rewind(judge->scratch, mark);
    judge->out_of_memory |= problems->out_of_memory;
    if (!kept)
        fail(judge, item, gf_problems_any(problems) || !blame ? problems : blame);
    if (kept || (blame && !gf_problems_any(problems)))
        drop_problems(judge);
}

static void say_no_line(gf_judge *judge, gf_item item)
{
    const gf_statement *s = item.symbol->declaration;
    gf_problems *problems = new_problems(judge);
    if (problems) {
        gf_problem *problem = gf_problem_add(problems, GF_ERROR_SYNTAX, s->name_span.begin,
                                             "%s has no line for step %ld", gf_model_text(judge->m, s->name), item.t);
        gf_problem_under(problem, s->name_span);
        gf_problem_note(problems, problem, "let %s[t] = … gives one to every step that has none of its own",
                        gf_model_text(judge->m, s->name));
        fail(judge, item, problems);
    }
    judge->out_of_memory |= !problems;
}

/* A line with a ? has no value: one is put in, or what uses it is open, too. */
static void leave_open(gf_judge *judge, const gf_statement *line, gf_item item)
{
    gf_problems *problems = new_problems(judge);
    if (problems) {
        gf_problem *problem = gf_problem_add(problems, GF_ERROR_OPEN, line->name_span.begin, "%s is still open",
                                             gf_model_text(judge->m, line->name));
        gf_problem_under(problem, line->name_span);
        gf_failure *failure = fail(judge, item, problems);
        if (failure)
            failure->open = true;
    }
    judge->out_of_memory |= !problems;
}

/* --- the order ------------------------------------------------------------------------------------------ */

static gf_progress *progress(gf_order *order, gf_item item)
{
    return &gf_symbol_instance(order->m, item.symbol, item.t)->progress;
}

static bool need(gf_scan *scan, const gf_tree *tree, gf_symbol *symbol, long t)
{
    gf_order *order = scan->data;
    (void)tree;
    if (gf_symbol_instance(order->m, symbol, t))
        gf_order_need(order, (gf_item){symbol, t});
    return true;
}

static void needs(gf_order *order, gf_item item)
{
    gf_judge *judge = order->data;
    const gf_statement *line = gf_let_line(item.symbol, item.t);
    gf_binding t = {.name = order->m->t, .known = true, .value = item.t};
    gf_scan scan = {.m = order->m,
                    .bindings = item.symbol->timed ? &t : NULL,
                    .least = SYMBOL_LET,
                    .name = need,
                    .data = order,
                    .work = &judge->scanned};
    if (line && line->value && !line->broken && !line->open)
        gf_scan_tree(&scan, line->value);
}

static void work(gf_order *order, gf_item item)
{
    gf_judge *judge = order->data;
    const gf_statement *line = gf_let_line(item.symbol, item.t);
    if (!line)
        say_no_line(judge, item);
    else if (line->broken || !line->value || gf_problems_any(&line->problems))
        fail(judge, item, &line->problems);
    else if (line->open)
        leave_open(judge, line, item);
    else
        work_out_line(judge, line, item);
}

static void write_item(gf_text *w, const gf_model *m, gf_item item)
{
    gf_text_add(w, gf_model_text(m, item.symbol->declaration->name));
    if (item.symbol->timed)
        gf_text_print(w, "[%ld]", item.t);
}

enum { PATH_SHOWN = 6 };

static void circle(gf_order *order, const gf_item path[], size_t count)
{
    gf_judge *judge = order->data;
    gf_problems *problems = new_problems(judge);
    if (!problems) {
        judge->out_of_memory = true;
        return;
    }
    gf_text w = {0};
    write_item(&w, order->m, path[0]);
    for (size_t k = 1; k <= count; k++) {
        if (k > PATH_SHOWN && k < count)
            continue;
        gf_text_add(&w, k == 1 ? " needs " : ", which needs ");
        gf_text_add(&w, k == count && count > PATH_SHOWN + 1 ? "…, which needs " : "");
        write_item(&w, order->m, path[k % count]);
    }
    const gf_statement *line = gf_let_line(path[0].symbol, path[0].t);
    line = line ? line : path[0].symbol->declaration;
    gf_problem *problem =
        gf_problem_add(problems, GF_ERROR_SYNTAX, line->name_span.begin, "a circle: %s", gf_text_string(&w));
    gf_problem_under(problem, line->name_span);
    gf_text_free(&w);
    for (size_t k = 0; k < count; k++) {
        gf_failure *failure = fail(judge, path[k], problems);
        if (failure)
            failure->circle = true;
    }
}

/* A let in the expression of a claim. */
static bool work_for_claim(gf_scan *scan, const gf_tree *tree, gf_symbol *symbol, long t)
{
    gf_judge *judge = scan->data;
    (void)tree;
    if (gf_symbol_instance(judge->m, symbol, t))
        gf_order_run(&judge->order, (gf_item){symbol, t});
    judge->out_of_memory |= judge->order.out_of_memory;
    return !judge->out_of_memory;
}

void gf_judge_work_lets(gf_judge *judge, const gf_tree *tree, const gf_binding *bindings)
{
    gf_scan scan = {.m = judge->m,
                    .bindings = bindings,
                    .least = SYMBOL_LET,
                    .name = work_for_claim,
                    .data = judge,
                    .running = &judge->running,
                    .work = &judge->scanned};
    gf_scan_tree(&scan, tree);
}

bool gf_judge_is_ordered(gf_judge *judge, uint32_t name)
{
    gf_symbol *symbol = gf_model_symbol(judge->m, name);
    for (long t = 1; t <= (symbol->timed ? judge->m->steps : 1); t++)
        gf_order_run(&judge->order, (gf_item){symbol, t});
    judge->out_of_memory |= judge->order.out_of_memory;
    bool ordered = !judge->out_of_memory;
    for (size_t k = 0; k < judge->failure_count; k++)
        ordered = ordered && !(judge->failures[k].symbol == symbol && judge->failures[k].circle);
    return ordered;
}

/* --- beginning and end ---------------------------------------------------------------------------------- */

/* Puts in what stands for open lines. */
static void fill(gf_judge *judge)
{
    for (size_t k = 0; k < judge->filling_count; k++) {
        const gf_filling *f = &judge->fillings[k];
        gf_instance *instance = gf_symbol_instance(judge->m, f->symbol, f->t);
        if (gf_matrix_new(&instance->value, f->value->rows, f->value->cols)) {
            judge->out_of_memory = true;
            return;
        }
        gf_matrix_copy(&instance->value, f->value);
        instance->progress = PROGRESS_DONE;
        judge->shapes[f->symbol->declaration->name] = gf_matrix_over(NULL, f->value->rows, f->value->cols);
    }
}

void gf_judge_forget_lets(gf_judge *judge)
{
    gf_model *m = judge->m;
    gf_running_clear(&judge->running);
    for (uint32_t k = 1; k < m->symbol_count; k++) {
        const gf_symbol *symbol = &m->symbols[k];
        long count = symbol->kind != SYMBOL_LET || !symbol->at ? 0 : symbol->timed ? m->steps : 1;
        for (long t = 0; t < count; t++) {
            gf_matrix_free(&symbol->at[t].value);
            symbol->at[t].progress = PROGRESS_NONE;
        }
    }
    for (uint32_t k = 1; k < m->symbol_count; k++)
        judge->shapes[k] = gf_matrix_over(NULL, m->symbols[k].rows, m->symbols[k].cols);
    judge->failure_count = 0;
    judge->bytes = 0;
    judge->blame = NULL; /* it may be among these: */
    while (judge->owned_count)
        drop_problems(judge);
    fill(judge);
}

gf_status gf_judge_start_lets(gf_judge *judge)
{
    judge->shapes = calloc(judge->m->symbol_count + 1, sizeof *judge->shapes);
    if (!judge->shapes)
        return GF_ERROR_MEMORY;
    gf_judge_forget_lets(judge);
    judge->order =
        (gf_order){.m = judge->m, .progress = progress, .needs = needs, .work = work, .circle = circle, .data = judge};
    return GF_OK;
}

void gf_judge_free_lets(gf_judge *judge)
{
    judge->filling_count = 0;
    if (judge->shapes)
        gf_judge_forget_lets(judge);
    gf_order_free(&judge->order);
    free(judge->owned);
    free(judge->shapes);
    free(judge->failures);
}
