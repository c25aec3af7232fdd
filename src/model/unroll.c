/* Equations -> nodes: every instance in the order of what it needs. */
#include <limits.h>
#include <string.h>

#include "model/order.h"
#include "model/scan.h"

/* Which instance is being worked out, for the cuts of `truncate`. */
typedef struct building {
    gf_order *order; /* while needs are looked for */
    gf_item item;
    bool timed;   /* it belongs to a step; else nothing is cut */
    bool missing; /* it needs what nothing gives */
} building;

/* --- names in equations ------------------------------------------------------------------------------------------- */

/* The block of steps between two cuts; steps beyond the ends count to the first and the last. */
static long block_of(const gf_model *m, long t)
{
    t = t < 1 ? 1 : t > m->steps ? m->steps : t;
    return (t - 1) / m->truncate;
}

static gf_term read_instance(gf_evaluation *e, const gf_tree *tree, gf_symbol *symbol, bool known, long t)
{
    (void)tree, (void)known;
    const building *b = e->data;
    const gf_instance *instance = gf_symbol_instance(e->m, symbol, t);
    if (!instance || !instance->node)
        return gf_term_bad;
    gf_node *node = instance->node;
    if (e->m->truncate && b->timed && symbol->timed && block_of(e->m, t) != block_of(e->m, b->item.t))
        node = gf_stop(node);
    return gf_term_matrix(node, symbol->rows, symbol->cols, false);
}

/* h[-1], for the last step, as Python has it. */
static bool is_negative(const gf_tree *index)
{
    return index->kind == TREE_NEGATIVE && index->kids[0]->kind == TREE_NUMBER;
}

/* The line with the last step in the place of h[-1]. */
static void note_last(gf_model *m, gf_problem *problem, const gf_tree *tree)
{
    const char *text = m->file.source.text, *steps = m->steps_name ? gf_model_text(m, m->steps_name) : "1";
    uint32_t begin = tree->span.begin, end = tree->span.end;
    while (begin && text[begin - 1] != '\n')
        begin--;
    while (text[end] && !strchr("\r\n", text[end]))
        end++;
    gf_text w = {0};
    gf_text_bytes(&w, text + begin, tree->span.begin - begin);
    gf_text_print(&w, "%s[%s]", gf_model_text(m, tree->name), steps);
    gf_text_bytes(&w, text + tree->span.end, end - tree->span.end);
    m->problems.out_of_memory |= w.failed;
    gf_problem_note(&m->problems, problem, "steps are counted from 1: the last one is %s[%s]",
                    gf_model_text(m, tree->name), steps);
    gf_problem_note(&m->problems, problem, "write  %s", gf_text_string(&w));
    gf_text_free(&w);
}

static const char *last_step(const gf_model *m)
{
    return m->steps_name ? gf_model_text(m, m->steps_name) : "1";
}

/* The start that is at the other end of the steps than t, or NULL. */
static const gf_start *start_beyond(const gf_model *m, const gf_symbol *symbol, long t)
{
    const gf_start *start = symbol->starts;
    while (start && (t > m->steps) == (start->index > m->steps))
        start = start->next;
    return start;
}

/* "start h[T+1] : m x 1 = 0", in the words of the file, where another start of it says its shape. */
static void write_start(gf_text *w, const gf_model *m, const gf_symbol *symbol, const gf_start *other, long t)
{
    const gf_statement *s = other && other->statement->rows ? other->statement : NULL;
    gf_text_print(w, "start %s[", gf_model_text(m, (uint32_t)(symbol - m->symbols)));
    if (t > m->steps && m->steps_name)
        gf_text_print(w, "%s+%ld] : ", last_step(m), t - m->steps);
    else
        gf_text_print(w, "%ld] : ", t);
    if (s)
        gf_source_quote(w, &m->file.source, (gf_span){s->rows->span.begin, s->cols->span.end}, 40);
    else if (symbol->rows)
        gf_text_print(w, "%d x %d", symbol->rows, symbol->cols);
    gf_text_add(w, s || symbol->rows ? " = 0" : "ROWS x COLS = 0");
}

static bool start_at(const gf_symbol *symbol, long t)
{
    const gf_start *start = symbol->starts;
    while (start && start->index != t)
        start = start->next;
    return start;
}

/* What to write instead: a step from 1 on; a start; or, where there is one at the other end, a step on that side. */
static void note_missing(const gf_scan *scan, gf_problem *problem, const gf_tree *tree, const gf_symbol *symbol, long t)
{
    gf_model *m = scan->m;
    const char *name = gf_model_text(m, (uint32_t)(symbol - m->symbols));
    bool leaf = symbol->kind == SYMBOL_PARAM || symbol->kind == SYMBOL_INPUT || symbol->kind == SYMBOL_GIVEN;
    const gf_start *other = leaf ? NULL : start_beyond(m, symbol, t);
    const gf_tree *index = tree->kids[0], *first = index->count ? index->kids[0] : index;
    const gf_binding *step = first->kind == TREE_NAME ? gf_binding_find(scan->bindings, first->name) : NULL;
    bool moves = false, turned = index->kind == TREE_NEGATIVE;
    for (const gf_binding *b = scan->bindings; b; b = b->outer)
        moves |= gf_tree_mentions(index, b->name);
    for (const gf_binding *b = scan->bindings; b && index->kind == TREE_SUBTRACT; b = b->outer)
        turned |= gf_tree_mentions(index->kids[1], b->name); /* h[-t]: one start is not enough */
    gf_text start = {0};
    write_start(&start, m, symbol, other, t);
    long last = t < 1 && moves ? 0 : t;
    while (last > t && start_at(symbol, last))
        last--;
    if (last > t)
        gf_text_print(&start, ", and so on up to %s[%ld]", name, last);
    bool beside = leaf && moves && symbol->kind != SYMBOL_PARAM;
    if (leaf || (turned && !other))
        gf_problem_note(&m->problems, problem, "steps are counted from 1: they run 1..%s%s%s", last_step(m),
                        beside ? "; for what lies beyond write  " : "", beside ? gf_text_string(&start) : "");
    else if (other && step)
        gf_problem_note(&m->problems, problem, "did you mean %s[%s%c1]? there is start %s[%ld], on line %d", name,
                        gf_model_text(m, step->name), t > m->steps ? '-' : '+', name, other->index,
                        gf_statement_line(&m->file.source, other->statement));
    else if (other && !moves)
        gf_problem_note(&m->problems, problem, "did you mean %s[%s]? it is the %s step", name,
                        t > m->steps ? last_step(m) : "1", t > m->steps ? "last" : "first");
    bool meant = other && (step || !moves);
    if (!leaf && !(turned && !other))
        gf_problem_note(&m->problems, problem, "%s  %s",
                        meant ? "or, to begin at that end, write" : "add a line such as", gf_text_string(&start));
    m->problems.out_of_memory |= start.failed;
    gf_text_free(&start);
}

static void refuse_missing(const gf_scan *scan, const gf_tree *tree, const gf_symbol *symbol, long t)
{
    gf_model *m = scan->m;
    const char *name = gf_model_text(m, tree->name);
    gf_text w = {0};
    gf_source_quote(&w, &m->file.source, tree->span, 40);
    gf_bindings_write(&w, m, scan->bindings, tree);
    gf_problem *problem = gf_problem_add(&m->problems, GF_ERROR_SYNTAX, tree->at, "%s is %s[%ld], which nothing gives",
                                         gf_text_string(&w), name, t);
    gf_text_free(&w);
    gf_problem_under(problem, tree->span);
    if (is_negative(tree->kids[0]))
        note_last(m, problem, tree);
    else
        note_missing(scan, problem, tree, symbol, t);
}

/* A name that an instance is made of. */
static bool need(gf_scan *scan, const gf_tree *tree, gf_symbol *symbol, long t)
{
    building *b = scan->data;
    gf_instance *instance = gf_symbol_instance(scan->m, symbol, t);
    if (instance && b->order)
        gf_order_need(b->order, (gf_item){symbol, t});
    if (!instance && !symbol->broken && !b->missing) {
        b->missing = true;
        refuse_missing(scan, tree, symbol, t);
    }
    return true;
}

static void find_needs(gf_model *m, const gf_tree *tree, const gf_binding *bindings, building *b)
{
    gf_scan scan = {
        .m = m, .bindings = bindings, .least = SYMBOL_PARAM, .name = need, .data = b, .problems = &m->problems};
    gf_scan_tree(&scan, tree);
}

/* --- one instance ------------------------------------------------------------------------------------------------ */

/* The line that gives the instance its value, and, through *bindings, the step it is for. NULL for a leaf. */
static const gf_statement *line_of(const gf_model *m, gf_item item, gf_binding *step)
{
    *step = (gf_binding){.name = m->t, .known = true, .value = item.t};
    if (!item.symbol->timed || (item.t >= 1 && item.t <= m->steps))
        return item.symbol->definition;
    for (const gf_start *start = item.symbol->starts; start; start = start->next)
        if (start->index == item.t)
            return start->statement->value ? start->statement : NULL;
    return NULL;
}

static bool binds_t(const gf_statement *s)
{
    return s->index && s->kind != STATEMENT_START;
}

static gf_progress *progress(gf_order *order, gf_item item)
{
    return &gf_symbol_instance(order->m, item.symbol, item.t)->progress;
}

static void needs(gf_order *order, gf_item item)
{
    gf_binding step;
    const gf_statement *s = line_of(order->m, item, &step);
    building b = {.order = order, .item = item};
    if (!s || s->broken || s->failed || item.symbol->stopped)
        return;
    find_needs(order->m, s->value, binds_t(s) ? &step : NULL, &b);
    item.symbol->stopped |= b.missing;
}

/* The path of a circle, as "a[1] needs b[1], which needs a[1]", its beginning and its end where it is long. */
static void circle(gf_order *order, const gf_item path[], size_t count)
{
    enum { SHOWN = 4 };
    gf_model *m = order->m;
    gf_text w = {0};
    bool quiet = false;
    for (size_t k = 0; k < count; k++)
        quiet |= path[k].symbol->stopped;
    for (size_t k = 0; k <= count; k++) {
        const gf_item item = path[k % count];
        item.symbol->stopped = true;
        if (k > SHOWN && k + 1 < count)
            continue;
        const char *before = k == 0                        ? ""
                             : k == 1                      ? " needs "
                             : k > SHOWN && k + 1 == count ? ", … needs "
                                                           : ", which needs ";
        gf_text_print(&w, item.symbol->timed ? "%s%s[%ld]" : "%s%s", before,
                      gf_model_text(m, item.symbol->declaration->name), item.t);
    }
    gf_binding step;
    const gf_statement *s = line_of(m, path[0], &step);
    if (!quiet && s) {
        gf_problem *problem =
            gf_problem_add(&m->problems, GF_ERROR_SYNTAX, s->name_span.begin, "a circle: %s", gf_text_string(&w));
        gf_problem_under(problem, s->name_span);
        gf_problem_note(&m->problems, problem, "something in it has to come from another step, or from elsewhere");
    }
    m->problems.out_of_memory |= w.failed;
    gf_text_free(&w);
}

/* A leaf with the value of a node, in place of it and of all that was built for it. */
static gf_node *leaf_of(gf_model *m, gf_node *node, size_t mark)
{
    gf_matrix value;
    if (gf_matrix_new(&value, gf_node_rows(node), gf_node_cols(node))) {
        m->problems.out_of_memory = true;
        return NULL;
    }
    gf_matrix_copy(&value, gf_value(node));
    gf_graph_rewind(m->graph, mark);
    gf_node *leaf = gf_input(m->graph, NULL, value.rows, value.cols);
    gf_set(leaf, &value);
    gf_matrix_free(&value);
    return leaf;
}

/* The same value, where a gradient arrives: nothing passes one to a constant, or to what is stopped. */
static gf_node *with_place_for_gradient(gf_model *m, gf_node *node)
{
    return gf_add(node, gf_input(m->graph, NULL, gf_node_rows(node), gf_node_cols(node)));
}

/* A node of the instance's own: what it is called, where a gradient arrives and where it is held. A name for another
 * name, or for a constant, gets a node too; and what no gradient would reach, a place for one to arrive. */
static gf_node *own_node(gf_model *m, gf_node *node, size_t mark, bool constant)
{
    if (constant)
        return leaf_of(m, node, mark);
    if (!gf_node_differentiable(node))
        return with_place_for_gradient(m, node);
    if (gf_node_id(node) >= mark)
        return node;
    return gf_reshape(node, gf_node_rows(node), gf_node_cols(node));
}

static bool shape_stays(gf_model *m, gf_item item, const gf_statement *s, const gf_node *node)
{
    gf_symbol *symbol = item.symbol;
    int rows = gf_node_rows(node), cols = gf_node_cols(node);
    if (!symbol->rows) {
        symbol->rows = rows;
        symbol->cols = cols;
        symbol->shaped_by = s;
    }
    if (symbol->rows == rows && symbol->cols == cols)
        return true;
    gf_problem *problem = gf_problem_add(&m->problems, GF_ERROR_SHAPE, s->value->at,
                                         "the right side is %d x %d at t = %ld, but %s is %d x %d at all its steps",
                                         rows, cols, item.t, gf_model_text(m, s->name), symbol->rows, symbol->cols);
    gf_problem_under(problem, s->value->span);
    gf_model_note_shape(m, &m->problems, problem, symbol);
    if (s->value->kind == TREE_HCAT || s->value->kind == TREE_VCAT)
        gf_problem_note(&m->problems, problem, "over a range that grows it can stand inside an expression only");
    return false;
}

static void name_node(gf_model *m, gf_item item, gf_node *node)
{
    const char *name = gf_model_text(m, item.symbol->declaration->name);
    if (!item.symbol->timed || (item.t >= 1 && item.t <= m->steps)) {
        gf_named(node, name);
        return;
    }
    gf_text w = {0};
    gf_text_print(&w, "%s[%ld]", name, item.t);
    gf_named(node, gf_text_string(&w));
    m->problems.out_of_memory |= w.failed;
    gf_text_free(&w);
}

static gf_node *build(gf_model *m, gf_item item, const gf_statement *s, const gf_binding *step)
{
    building b = {.item = item, .timed = item.symbol->timed};
    gf_evaluation e = {.m = m, .graph = m->graph, .problems = &m->problems, .read = read_instance, .data = &b};
    e.bindings = binds_t(s) ? step : NULL;
    bool in_steps = item.symbol->timed && item.t >= 1 && item.t <= m->steps;
    gf_graph_step(m->graph, in_steps ? (int)item.t : 0);
    size_t mark = gf_graph_size(m->graph);
    gf_term term = gf_evaluate(&e, s->value);
    gf_node *node =
        term.kind == TERM_BAD ? NULL : gf_term_node(&e, s->value, term, item.symbol->rows, item.symbol->cols);
    if (node && !shape_stays(m, item, s, node))
        node = NULL;
    if (node) {
        term = gf_term_matrix(own_node(m, node, mark, term.constant), item.symbol->rows, item.symbol->cols, false);
        node = gf_term_node(&e, s->value, term, 0, 0);
    }
    if (node)
        name_node(m, item, node);
    gf_graph_step(m->graph, 0);
    return node;
}

/* Where something was wrong before, nothing is built, but circles and missing steps are looked for all the same. */
static void work(gf_order *order, gf_item item)
{
    gf_model *m = order->m;
    gf_binding step;
    const gf_statement *s = line_of(m, item, &step);
    gf_instance *instance = gf_symbol_instance(m, item.symbol, item.t);
    const bool *sound = order->data;
    if (!s || item.symbol->stopped || !*sound) {
        instance->progress = s ? PROGRESS_FAILED : instance->progress;
        return;
    }
    instance->node = build(m, item, s, &step);
    if (!instance->node) {
        instance->progress = PROGRESS_FAILED;
        item.symbol->stopped = true;
    }
}

/* --- all of them ------------------------------------------------------------------------------------------------- */

static void build_steps(gf_model *m, gf_order *order)
{
    for (long t = 1; t <= m->steps; t++)
        for (const gf_statement *s = m->file.statements; s && !order->out_of_memory; s = s->next) {
            gf_symbol *symbol = s->kind == STATEMENT_EQUATION && !s->broken ? gf_model_symbol(m, s->name) : NULL;
            if (symbol && symbol->definition == s && !symbol->stopped && (t == 1 || symbol->timed))
                gf_order_run(order, (gf_item){symbol, t});
        }
}

static void build_starts(gf_model *m, gf_order *order)
{
    for (uint32_t k = 1; k < m->symbol_count; k++)
        for (gf_start *start = m->symbols[k].starts; start && m->symbols[k].kind != SYMBOL_LET; start = start->next)
            if (start->index != LONG_MIN && start->statement->value)
                gf_order_run(order, (gf_item){&m->symbols[k], start->index});
}

static void build_loss(gf_model *m)
{
    const gf_statement *s = m->file.statements;
    while (s && (s->kind != STATEMENT_LOSS || s->broken))
        s = s->next;
    if (!s || s->failed)
        return;
    building b = {.order = NULL};
    gf_evaluation e = {.m = m, .problems = &m->problems, .read = read_instance, .data = &b};
    find_needs(m, s->value, NULL, &b);
    if (gf_problems_any(&m->problems))
        return;
    e.graph = m->graph;
    size_t mark = gf_graph_size(m->graph);
    gf_term term = gf_evaluate(&e, s->value);
    gf_node *node = term.kind == TERM_BAD ? NULL : gf_term_node(&e, s->value, term, 1, 1);
    if (node && (gf_node_rows(node) != 1 || gf_node_cols(node) != 1)) {
        gf_problem_under(gf_problem_add(&m->problems, GF_ERROR_SHAPE, s->value->at,
                                        "the loss is %d x %d, but it is one number, 1 x 1", gf_node_rows(node),
                                        gf_node_cols(node)),
                         s->value->span);
        return;
    }
    bool sum_of_one = node && gf_node_id(node) < mark && s->value->kind != TREE_NAME && s->value->kind != TREE_AT;
    if (node && !gf_node_differentiable(node))
        node = with_place_for_gradient(m, node);
    else if (sum_of_one) /* at T = 1: not that step's own node, which may be held */
        node = gf_reshape(node, 1, 1);
    m->loss = node && gf_node_id(node) >= mark ? gf_named(node, "loss") : node;
}

void gf_model_build(gf_model *m)
{
    bool sound = !gf_problems_any(&m->problems);
    gf_order order = {.m = m, .progress = progress, .needs = needs, .work = work, .circle = circle, .data = &sound};
    build_steps(m, &order);
    build_starts(m, &order);
    m->problems.out_of_memory |= order.out_of_memory;
    gf_order_free(&order);
    if (m->steps)
        build_loss(m);
}
