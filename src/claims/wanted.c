/* grad(v, s | held) and jacobian(y, x | held): which nodes they are about. */
#include <limits.h>
#include <stdlib.h>

#include "base/grow.h"
#include "claims/judge.h"
#include "model/scan.h"

/* One call, while it is looked at. */
typedef struct asking {
    gf_judge *judge;
    gf_problems *problems; /* NULL: quietly */
    const gf_binding *bindings;
    const gf_tree *call;
    gf_asked *out;
} asking;

static gf_problem *refuse(const asking *a, const gf_tree *tree, gf_status status, const char *what)
{
    gf_evaluation e = {.m = a->judge->m, .problems = a->problems, .bindings = a->bindings};
    return gf_refuse_term(&e, tree, NULL, 0, status, what);
}

static bool index_of(const asking *a, const gf_tree *tree, long *out)
{
    *out = 0;
    return tree->kind != TREE_AT ||
           gf_integer(a->judge->m, a->problems, tree->kids[0], a->bindings, out) == INTEGER_KNOWN;
}

static gf_node *node_of(const gf_model *m, gf_symbol *symbol, long t)
{
    const gf_instance *instance = gf_symbol_instance(m, symbol, t);
    return instance ? instance->node : NULL;
}

/* --- by what ------------------------------------------------------------------------------------------------- */

static bool read_variable(const asking *a, const gf_tree *tree)
{
    const gf_model *m = a->judge->m;
    gf_symbol *symbol = gf_model_symbol(m, tree->name);
    long t;
    if (!symbol || symbol->broken || !index_of(a, tree, &t))
        return false;
    gf_variable *x = &a->out->wanted.x;
    *x = (gf_variable){.node = node_of(m, symbol, t), .step = GF_EVERY_STEP};
    a->out->x_rows = symbol->rows;
    a->out->x_cols = symbol->cols;
    if (tree->kind == TREE_AT && !symbol->timed) {
        x->step = (int)t; /* the use of W there */
        x->node = t >= 1 && t <= m->steps ? x->node : NULL;
    }
    if (!x->node || gf_node_differentiable(x->node))
        return true;
    refuse(a, tree, GF_ERROR_ARGUMENT, "no gradient reaches it: it is constant");
    return false;
}

/* --- of what ------------------------------------------------------------------------------------------------- */

/* A name in grad(v, s): its node; zeros beyond the ends. */
static gf_term read_node(gf_evaluation *e, const gf_tree *tree, gf_symbol *symbol, bool known, long t)
{
    (void)known;
    if (!e->graph)
        return symbol->rows ? gf_term_matrix(NULL, symbol->rows, symbol->cols, false) : (gf_term){.kind = TERM_OPEN};
    gf_node *node = node_of(e->m, symbol, t);
    if (!node)
        node = gf_zeros(e->graph, NULL, symbol->rows, symbol->cols);
    gf_term term = gf_term_matrix(node, symbol->rows, symbol->cols, false);
    return gf_term_node(e, tree, term, 0, 0) ? term : gf_term_bad;
}

/* The expression as a node behind the model's own: also where it comes to one of those, as a sum over a single step
 * does. What is held cuts that one off, at T = 1 as at T = 2. */
static gf_node *build(const asking *a, const gf_tree *tree)
{
    gf_model *m = a->judge->m;
    gf_graph_step(m->graph, 0);
    gf_evaluation e = {.m = m,
                       .graph = m->graph,
                       .problems = a->problems,
                       .bindings = a->bindings,
                       .read = read_node,
                       .data = a->judge};
    gf_node *node = gf_term_node(&e, tree, gf_evaluate(&e, tree), 0, 0);
    bool own = !node || gf_node_id(node) >= a->judge->mark;
    return own ? node : gf_reshape(node, gf_node_rows(node), gf_node_cols(node));
}

/* Each expression, at each value of its indices, is built once: its text and they tell it from the others. */
static gf_node *built(const asking *a, const gf_tree *tree)
{
    gf_judge *judge = a->judge;
    gf_text key = {0};
    gf_tree_print(&key, &judge->m->file.names, tree);
    gf_bindings_write(&key, judge->m, a->bindings, tree);
    uint32_t number = key.failed ? UINT32_MAX : gf_names_add(&judge->built_keys, gf_text_string(&key));
    gf_text_free(&key);
    if (number == UINT32_MAX || !gf_grow(&judge->built, &judge->built_room, number + 1)) {
        judge->out_of_memory = true;
        return NULL;
    }
    if (!judge->built[number])
        judge->built[number] = build(a, tree);
    return judge->built[number];
}

static bool read_quantity(const asking *a, const gf_tree *tree)
{
    gf_symbol *symbol = gf_model_named(a->judge->m, tree);
    gf_node **y = &a->out->wanted.y;
    long t;
    bool name = symbol && symbol->kind >= SYMBOL_PARAM &&
                !(tree->kind == TREE_NAME && gf_binding_find(a->bindings, tree->name));
    if (!name) {
        *y = built(a, tree);
        a->out->y_rows = *y ? gf_node_rows(*y) : 0;
        a->out->y_cols = *y ? gf_node_cols(*y) : 0;
        return *y;
    }
    if (symbol->broken || !index_of(a, tree, &t))
        return false;
    *y = node_of(a->judge->m, symbol, t);
    a->out->y_rows = symbol->rows;
    a->out->y_cols = symbol->cols;
    return true;
}

/* grad(L[T], W), which is PyTorch's order: v is one number, and s a name. */
static bool is_turned_round(const asking *a, const gf_tree *s)
{
    const gf_symbol *v = gf_model_symbol(a->judge->m, a->call->kids[0]->name);
    return gf_tree_is_name(s) && v && v->rows == 1 && v->cols == 1;
}

static void note_turned(const asking *a, gf_problem *problem, const gf_tree *s)
{
    const gf_source *source = &a->judge->m->file.source;
    gf_text w = {0};
    gf_source_quote(&w, source, s->span, 0);
    gf_text_add(&w, ", ");
    gf_source_quote(&w, source, a->call->kids[0]->span, 0);
    gf_problem_note(a->problems, problem, "what a gradient is by stands first: write grad(%s)", gf_text_string(&w));
    gf_text_free(&w);
}

/* s of grad(v, s). */
static bool read_scalar(const asking *a, const gf_tree *tree)
{
    if (!read_quantity(a, tree))
        return false;
    if (a->out->y_rows == 1 && a->out->y_cols == 1)
        return true;
    char what[96];
    snprintf(what, sizeof what, "a gradient is of one number, and this is %d x %d", a->out->y_rows, a->out->y_cols);
    gf_problem *problem = refuse(a, tree, GF_ERROR_SHAPE, what);
    if (is_turned_round(a, tree))
        note_turned(a, problem, tree);
    else
        gf_problem_note(a->problems, problem,
                        "jacobian(y, x) is of a matrix; or is the gradient of its sum meant, or of its norm?");
    return false;
}

/* --- what is held ---------------------------------------------------------------------------------------------- */

/* A list of nodes that grows. */
typedef struct nodes {
    gf_node **list;
    size_t count, room;
    bool failed;
} nodes;

static void add_node(nodes *to, gf_node *node)
{
    if (!node || to->failed)
        return;
    to->failed = !gf_grow(&to->list, &to->room, to->count + 1);
    if (!to->failed)
        to->list[to->count++] = node;
}

/* A timed name without an index: at every step, and before and after them. */
static void add_all(nodes *to, const gf_model *m, gf_symbol *symbol)
{
    for (long t = 1; t <= m->steps; t++)
        add_node(to, node_of(m, symbol, t));
    for (const gf_start *start = symbol->starts; start; start = start->next)
        add_node(to, start->instance.node);
}

/* "7@3,8@*,": names by number, at their steps. False where an index cannot be worked out. */
static bool write_key(const asking *a, gf_text *key)
{
    const gf_tree *call = a->call;
    for (uint32_t k = call->count - call->held; k < call->count; k++) {
        const gf_tree *tree = call->kids[k];
        long t;
        if (!index_of(a, tree, &t))
            return false;
        if (tree->kind == TREE_AT)
            gf_text_print(key, "%u@%ld,", tree->name, t);
        else
            gf_text_print(key, "%u@*,", tree->name);
    }
    return true;
}

static bool gather(const asking *a, nodes *to)
{
    const gf_tree *call = a->call;
    for (uint32_t k = call->count - call->held; k < call->count; k++) {
        const gf_tree *tree = call->kids[k];
        gf_symbol *symbol = gf_model_symbol(a->judge->m, tree->name);
        long t;
        if (!symbol || symbol->broken || !index_of(a, tree, &t))
            return false;
        if (tree->kind == TREE_NAME && symbol->timed)
            add_all(to, a->judge->m, symbol);
        else
            add_node(to, node_of(a->judge->m, symbol, t));
    }
    return !to->failed;
}

static bool read_held(const asking *a)
{
    gf_derivatives *d = &a->judge->derivatives;
    gf_text key = {0};
    bool is_new = false, good = write_key(a, &key);
    uint32_t *number = &a->out->wanted.held;
    *number = good && !key.failed ? gf_derivatives_held(d, gf_text_string(&key), &is_new) : UINT32_MAX;
    gf_text_free(&key);
    if (*number != UINT32_MAX && is_new) {
        nodes list = {0};
        if (!gather(a, &list) || gf_derivatives_hold(d, *number, list.list, list.count))
            *number = UINT32_MAX;
        free(list.list);
    }
    a->judge->out_of_memory |= good && *number == UINT32_MAX;
    return *number != UINT32_MAX;
}

/* --- the whole -------------------------------------------------------------------------------------------------- */

/* A Jacobian is a matrix like any other: not larger than the limit. */
static bool fits(const asking *a, bool gradient)
{
    const gf_asked *out = a->out;
    gf_evaluation e = {.m = a->judge->m, .problems = a->problems, .bindings = a->bindings};
    return gradient || gf_shape_fits(&e, a->call, (long)out->y_rows * out->y_cols, (long)out->x_rows * out->x_cols);
}

bool gf_judge_asked(gf_judge *judge, gf_asked *out, gf_problems *problems, const gf_tree *call,
                    const gf_binding *bindings)
{
    *out = (gf_asked){.wanted = {.y = judge->m->loss}, .y_rows = 1, .y_cols = 1};
    asking a = {judge, problems, bindings, call, out};
    bool gradient = gf_tree_is_grad(judge->m, call), good;
    if (!gradient)
        good = read_quantity(&a, call->kids[0]) && read_variable(&a, call->kids[1]);
    else
        good = read_variable(&a, call->kids[0]) && (call->count - call->held < 2 || read_scalar(&a, call->kids[1]));
    good = good && read_held(&a) && fits(&a, gradient);
    if (judge->out_of_memory && problems)
        problems->out_of_memory = true;
    return good;
}
