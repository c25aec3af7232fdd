/* Initial values: constants, lists, files and distributions. */
#include <gradflow/init.h>

#include <math.h>
#include <string.h>

#include "model/evaluate.h"
#include "text/nearest.h"

/* --- constants --------------------------------------------------------------------------------------------------- */

/* Names of matrices cannot stand in an initial value: gf_model_resolve has seen to it. */
static gf_term read_nothing(gf_evaluation *e, const gf_tree *tree, gf_symbol *symbol, bool known, long t)
{
    (void)e, (void)tree, (void)symbol, (void)known, (void)t;
    return gf_term_bad;
}

/* The value of an expression of constants, in a graph of its own, which the caller frees; NULL, reported. */
static const gf_matrix *constant(gf_model *m, gf_graph *graph, const gf_tree *tree, const gf_binding *bindings)
{
    gf_evaluation e = {.m = m, .graph = graph, .problems = &m->problems, .bindings = bindings, .read = read_nothing};
    gf_graph_limit(graph, m->node_limit, m->entry_limit);
    m->problems.out_of_memory |= gf_graph_status(graph) == GF_ERROR_MEMORY;
    gf_term term = gf_evaluate(&e, tree);
    gf_node *node = term.kind == TERM_BAD ? NULL : gf_term_node(&e, tree, term, 0, 0);
    return node ? gf_value(node) : NULL;
}

/* The same numbers as they should stand: one a step, in a column, or in another shape. */
static void note_entries(gf_model *m, const gf_statement *s, gf_problem *problem, const gf_tree *tree,
                         const gf_matrix *value, int rows, int cols)
{
    gf_text w = {0};
    gf_source_quote(&w, &m->file.source, tree->span, 60);
    char *text = w.data;
    bool row = text && tree->kind == TREE_BESIDE && value->rows == 1 && *text == '[' && text[w.size - 1] == ']';
    bool same = (long)value->rows * value->cols == (long)rows * cols;
    if (row && !same && rows * cols == 1 && gf_statement_lists(s) && value->cols >= m->steps) {
        *text = '{';
        text[w.size - 1] = '}';
        gf_problem_note(&m->problems, problem, "one a step:  = %s", text);
    } else if (row && same && cols == 1) {
        for (char *comma = text; (comma = strchr(comma, ','));)
            *comma = ';';
        gf_problem_note(&m->problems, problem, "the same entries in a column:  %s", text);
    } else if (same) {
        gf_problem_note(&m->problems, problem, "the same entries, row by row:  reshape(%s, %d, %d)", gf_text_string(&w),
                        rows, cols);
    } else if (gf_statement_lists(s) && value->rows == rows && value->cols == cols * m->steps) {
        gf_problem_note(&m->problems, problem, "one matrix a step is a list:  = {[…], […]}");
    }
    m->problems.out_of_memory |= w.failed;
    gf_text_free(&w);
}

static bool set_value(gf_model *m, const gf_statement *s, const gf_tree *tree, gf_node *leaf, const gf_matrix *value)
{
    int rows = gf_node_rows(leaf), cols = gf_node_cols(leaf);
    if (value->rows == 1 && value->cols == 1)
        return !gf_set_scalar(leaf, gf_scalar(value));
    if (value->rows == rows && value->cols == cols)
        return !gf_set(leaf, value);
    gf_problem *problem = gf_problem_add(&m->problems, GF_ERROR_SHAPE, tree->at,
                                         "the value is %d x %d, but %s is %d x %d (a 1 x 1 value would fill it)",
                                         value->rows, value->cols, gf_model_text(m, s->name), rows, cols);
    gf_problem_under(problem, tree->span);
    gf_note_minus(&m->problems, problem, &m->file.source, tree);
    note_entries(m, s, problem, tree, value, rows, cols);
    return false;
}

static bool init_expression(gf_model *m, const gf_statement *s, const gf_tree *tree, gf_node *leaf, long t)
{
    gf_binding step = {.name = m->t, .known = true, .value = t};
    gf_graph *graph = gf_graph_new();
    const gf_matrix *value = constant(m, graph, tree, gf_statement_lists(s) ? &step : NULL);
    bool good = value && set_value(m, s, tree, leaf, value);
    gf_graph_free(graph);
    return good;
}

static bool init_list(gf_model *m, const gf_statement *s, gf_node *leaf, long t)
{
    const gf_tree *list = s->init.value;
    if ((uint32_t)t <= list->count)
        return init_expression(m, s, list->kids[t - 1], leaf, t);
    gf_problem *problem =
        gf_problem_add(&m->problems, GF_ERROR_SHAPE, list->at, "%u %s for %ld steps: the list has one matrix a step",
                       (unsigned)list->count, list->count == 1 ? "value" : "values", m->steps);
    gf_problem_under(problem, list->span);
    return false;
}

static bool init_csv(gf_model *m, const gf_statement *s, gf_node *leaf, gf_csv *csv)
{
    gf_matrix value;
    if (gf_matrix_new(&value, gf_node_rows(leaf), gf_node_cols(leaf))) {
        m->problems.out_of_memory = true;
        return false;
    }
    bool good = gf_csv_read(csv, &value) && set_value(m, s, s->init.value, leaf, &value);
    gf_matrix_free(&value);
    return good;
}

/* --- distributions ------------------------------------------------------------------------------------------------ */

/* Is the param the right operand of the first matrix product that it stands in, as in x @ W? Then its rows are the
 * inputs; as in W @ x, its columns are. 1, 0, or -1 where the expression has no such product. */
static int rows_are_inputs(const gf_tree *tree, uint32_t name)
{
    for (uint32_t k = 0; tree->kind == TREE_MATMUL && k < 2; k++) {
        const gf_tree *operand = tree->kids[k];
        bool transposed = operand->kind == TREE_TRANSPOSE;
        operand = transposed ? operand->kids[0] : operand;
        if (gf_tree_is_name(operand) && operand->name == name)
            return transposed ? k == 0 : k == 1;
    }
    int found = -1;
    for (uint32_t k = 0; k < tree->count && found < 0; k++)
        found = rows_are_inputs(tree->kids[k], name);
    return found;
}

static gf_status he(const gf_model *m, const gf_statement *s, gf_node *leaf)
{
    int rows = -1;
    for (const gf_statement *other = m->file.statements; other && rows < 0; other = other->next)
        if (other->kind == STATEMENT_EQUATION && other->value)
            rows = rows_are_inputs(other->value, s->name);
    return gf_init_he(leaf, rows == 1);
}

typedef gf_status distribution_rule(const gf_model *m, const gf_statement *s, gf_node *leaf, const double numbers[2]);

static gf_status draw_normal(const gf_model *m, const gf_statement *s, gf_node *leaf, const double numbers[2])
{
    (void)m, (void)s;
    return gf_init_normal(leaf, numbers[0], numbers[1]);
}

static gf_status draw_uniform(const gf_model *m, const gf_statement *s, gf_node *leaf, const double numbers[2])
{
    (void)m, (void)s;
    return gf_init_uniform(leaf, numbers[0], numbers[1]);
}

static gf_status draw_xavier(const gf_model *m, const gf_statement *s, gf_node *leaf, const double numbers[2])
{
    (void)m, (void)s, (void)numbers;
    return gf_init_xavier(leaf);
}

static gf_status draw_he(const gf_model *m, const gf_statement *s, gf_node *leaf, const double numbers[2])
{
    (void)numbers;
    return he(m, s, leaf);
}

static gf_status draw_orthogonal(const gf_model *m, const gf_statement *s, gf_node *leaf, const double numbers[2])
{
    (void)m;
    return gf_init_orthogonal(leaf, s->init.call->count ? numbers[0] : 1);
}

static gf_status draw_onehot(const gf_model *m, const gf_statement *s, gf_node *leaf, const double numbers[2])
{
    (void)m, (void)s, (void)numbers;
    return gf_init_onehot(leaf);
}

static gf_status draw_bernoulli(const gf_model *m, const gf_statement *s, gf_node *leaf, const double numbers[2])
{
    (void)m, (void)s;
    return gf_init_bernoulli(leaf, numbers[0]);
}

static const struct distribution {
    const char *name;
    uint32_t least, most; /* arguments */
    distribution_rule *draw;
    const char *usage;
} distributions[] = {
    {"normal", 2, 2, draw_normal, "normal(mean, sd)"},
    {"uniform", 2, 2, draw_uniform, "uniform(lo, hi)"},
    {"xavier", 0, 0, draw_xavier, "xavier"},
    {"he", 0, 0, draw_he, "he"},
    {"orthogonal", 0, 1, draw_orthogonal, "orthogonal or orthogonal(gain)"},
    {"onehot", 0, 0, draw_onehot, "onehot"},
    {"bernoulli", 1, 1, draw_bernoulli, "bernoulli(p)"},
};

enum { DISTRIBUTIONS = sizeof distributions / sizeof *distributions };

static const struct distribution *find_distribution(const char *name)
{
    for (int k = 0; k < DISTRIBUTIONS; k++)
        if (!strcmp(distributions[k].name, name))
            return &distributions[k];
    return NULL;
}

bool gf_init_resolve(gf_model *m, const gf_init *init)
{
    const gf_tree *call = init->call;
    const char *name = gf_model_text(m, call->name);
    const struct distribution *found = find_distribution(name);
    if (found && call->count >= found->least && call->count <= found->most && !call->held)
        return true;
    gf_problem *problem = gf_problem_add(&m->problems, GF_ERROR_SYNTAX, call->span.begin,
                                         found ? "%s has other arguments" : "%s is no distribution", name);
    gf_problem_under(problem, (gf_span){call->span.begin, call->span.begin + (uint32_t)strlen(name)});
    if (found) {
        gf_problem_note(&m->problems, problem, "it is written %s", found->usage);
        return false;
    }
    gf_nearest nearest = {.wanted = name};
    for (int k = 0; k < DISTRIBUTIONS; k++)
        gf_nearest_offer(&nearest, distributions[k].name);
    gf_problem_note(&m->problems, problem,
                    "%s%s%snormal(mean, sd), uniform(lo, hi), xavier, he, orthogonal, onehot and bernoulli(p) are",
                    nearest.found ? "did you mean " : "", nearest.found ? nearest.found : "",
                    nearest.found ? "? " : "");
    return false;
}

bool gf_init_numbers(gf_model *m, const gf_statement *s, double out[2])
{
    const gf_tree *call = s->init.call;
    gf_graph *graph = gf_graph_new();
    bool good = true;
    for (uint32_t k = 0; k < call->count && k < 2 && good; k++) {
        const gf_matrix *value = constant(m, graph, call->kids[k], NULL);
        good = value;
        out[k] = value ? gf_scalar(value) : 0;
        if (value && isnan(out[k])) {
            gf_problem_under(gf_problem_add(&m->problems, GF_ERROR_SHAPE, call->kids[k]->at, "here stands one number"),
                             call->kids[k]->span);
            good = false;
        }
    }
    gf_graph_free(graph);
    return good;
}

static bool draw_random(gf_model *m, const gf_statement *s, gf_node *leaf, const double numbers[2])
{
    const gf_tree *call = s->init.call;
    gf_status status = find_distribution(gf_model_text(m, call->name))->draw(m, s, leaf, numbers);
    if (!status)
        return true;
    m->problems.out_of_memory |= status == GF_ERROR_MEMORY;
    const char *message = gf_graph_message(m->graph), *reason = strstr(message, ": "); /* init_normal: W: sd is … */
    reason = reason && !strncmp(message, "init_", 5) ? strstr(reason + 2, ": ") : NULL;
    gf_problem_under(gf_problem_add(&m->problems, status, call->span.begin, "%.*s%s",
                                    reason ? (int)strcspn(message + 5, ":") : 0, message + (reason ? 5 : 0),
                                    reason ? reason : message),
                     call->span);
    gf_graph_clear_status(m->graph);
    return false;
}

/* --- leaves ------------------------------------------------------------------------------------------------------ */

/* Params: normal with a standard deviation of 1 / sqrt(rows); inputs: standard normal; starts: zeros, as they are. */
static bool init_default(const gf_statement *s, gf_node *leaf)
{
    if (s->kind == STATEMENT_PARAM)
        return !gf_init_normal(leaf, 0, 1 / sqrt(gf_node_rows(leaf)));
    return s->kind == STATEMENT_START || !gf_init_normal(leaf, 0, 1);
}

bool gf_init_draw(gf_model *m, const gf_statement *s, gf_node *leaf, const double numbers[2])
{
    return s->init.kind == INIT_NONE ? init_default(s, leaf) : draw_random(m, s, leaf, numbers);
}

bool gf_init_leaf(gf_model *m, const gf_statement *s, gf_node *leaf, long t, gf_csv *csv)
{
    if (csv)
        return init_csv(m, s, leaf, csv);
    double numbers[2] = {0, 0};
    if (s->init.kind != INIT_VALUE)
        return (s->init.kind == INIT_NONE || gf_init_numbers(m, s, numbers)) && gf_init_draw(m, s, leaf, numbers);
    if (s->init.value->kind == TREE_LIST)
        return init_list(m, s, leaf, t);
    return init_expression(m, s, s->init.value, leaf, t);
}
