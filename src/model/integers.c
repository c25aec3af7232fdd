/* Expressions of integers, and what a file counts: sizes, steps, seed, and the steps that starts are for. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "model/evaluate.h"

#define LARGEST 9007199254740992L /* 2^53: up to here every integer is a double */

/* --- expressions ------------------------------------------------------------------------------------------ */

typedef struct counting {
    gf_model *m;
    gf_problems *problems;
    const gf_binding *bindings;
} counting;

static gf_integer_result evaluate(counting *c, const gf_tree *tree, long *out);

void gf_bindings_write(gf_text *w, const gf_model *m, const gf_binding *bindings, const gf_tree *tree)
{
    const char *before = " at ";
    for (const gf_binding *b = bindings; b; b = b->outer)
        if (b->known && gf_binding_find(bindings, b->name) == b && gf_tree_mentions(tree, b->name)) {
            gf_text_print(w, "%s%s = %ld", before, gf_model_text(m, b->name), b->value);
            before = ", ";
        }
}

static gf_integer_result refuse(counting *c, const gf_tree *tree, gf_status status, const char *what)
{
    gf_text w = {0};
    gf_source_quote(&w, &c->m->file.source, tree->span, 60);
    gf_text_print(&w, " %s", what);
    gf_bindings_write(&w, c->m, c->bindings, tree);
    gf_problem *problem = gf_problem_add(c->problems, status, tree->at, "%s", gf_text_string(&w));
    gf_problem_under(problem, tree->span);
    gf_text_free(&w);
    return INTEGER_BAD;
}

static gf_integer_result name_value(counting *c, const gf_tree *tree, long *out)
{
    const gf_binding *binding = gf_binding_find(c->bindings, tree->name);
    const gf_symbol *symbol = gf_model_symbol(c->m, tree->name);
    if (binding) {
        *out = binding->value;
        return binding->known ? INTEGER_KNOWN : INTEGER_OPEN;
    }
    if (!symbol || !symbol->known)
        return INTEGER_BAD; /* reported where it is declared */
    *out = symbol->value;
    return INTEGER_KNOWN;
}

/* a^b by repeated products; false where it grows too large. */
static bool power(long a, long b, long *out)
{
    *out = 1;
    for (long k = 0; k < b; k++) {
        if (__builtin_mul_overflow(*out, a, out) || labs(*out) > LARGEST)
            return false;
        if (a == 0 || a == 1 || (a == -1 && k > 1))
            break;
    }
    if (a == -1)
        *out = b % 2 ? -1 : 1;
    return true;
}

static bool combine(gf_tree_kind kind, long a, long b, long *out)
{
    switch (kind) {
    case TREE_ADD:
        return !__builtin_add_overflow(a, b, out);
    case TREE_SUBTRACT:
        return !__builtin_sub_overflow(a, b, out);
    case TREE_DIVIDE:
        *out = a / b;
        return true;
    case TREE_POWER:
        return power(a, b, out);
    default:
        return !__builtin_mul_overflow(a, b, out);
    }
}

static gf_integer_result binary(counting *c, const gf_tree *tree, long *out)
{
    long a, b;
    gf_integer_result left = evaluate(c, tree->kids[0], &a), right = evaluate(c, tree->kids[1], &b);
    if (left == INTEGER_BAD || right == INTEGER_BAD)
        return INTEGER_BAD;
    if (left == INTEGER_OPEN || right == INTEGER_OPEN)
        return INTEGER_OPEN;
    if (tree->kind == TREE_DIVIDE && b == 0)
        return refuse(c, tree, GF_ERROR_SYNTAX, "divides by zero");
    if (tree->kind == TREE_DIVIDE && a % b)
        return refuse(c, tree, GF_ERROR_SYNTAX, "does not come out even");
    if (tree->kind == TREE_POWER && b < 0)
        return refuse(c, tree, GF_ERROR_SYNTAX, "is no integer");
    if (!combine((gf_tree_kind)tree->kind, a, b, out) || labs(*out) > LARGEST)
        return refuse(c, tree, GF_ERROR_LIMIT, "is too large");
    return INTEGER_KNOWN;
}

static gf_integer_result evaluate(counting *c, const gf_tree *tree, long *out)
{
    gf_integer_result result;
    *out = 0;
    switch ((gf_tree_kind)tree->kind) {
    case TREE_NUMBER:
        if (tree->number != floor(tree->number) || fabs(tree->number) > (double)LARGEST)
            return refuse(c, tree, GF_ERROR_SYNTAX, "is no integer");
        *out = (long)tree->number;
        return INTEGER_KNOWN;
    case TREE_NAME:
        return name_value(c, tree, out);
    case TREE_NEGATIVE:
        result = evaluate(c, tree->kids[0], out);
        *out = -*out;
        return result;
    case TREE_ADD:
    case TREE_SUBTRACT:
    case TREE_MATMUL:
    case TREE_MULTIPLY:
    case TREE_DIVIDE:
    case TREE_POWER:
        return binary(c, tree, out);
    default:
        return refuse(c, tree, GF_ERROR_SYNTAX, "is no integer");
    }
}

gf_integer_result gf_integer(gf_model *m, gf_problems *problems, const gf_tree *tree, const gf_binding *bindings,
                             long *out)
{
    counting c = {m, problems, bindings};
    return evaluate(&c, tree, out);
}

/* --- what a file counts ----------------------------------------------------------------------------------------- */

static const gf_override *override_of(const gf_model *m, uint32_t name)
{
    for (size_t k = 0; k < m->override_count; k++)
        if (m->overrides[k].name == name)
            return &m->overrides[k];
    return NULL;
}

/* The value of a statement of one number, or what was set in its place. */
static bool value_of(gf_model *m, gf_statement *s, uint32_t name, long *out)
{
    const gf_override *override = override_of(m, name);
    if (!override)
        return !s->broken && gf_integer(m, &m->problems, s->value, NULL, out) == INTEGER_KNOWN;
    *out = (long) override->value;
    return true;
}

static gf_problem *refuse_value(gf_model *m, const gf_statement *s, gf_status status, const char *what, long value)
{
    gf_problem *problem = gf_problem_add(&m->problems, status, s->value->at, what, value);
    gf_problem_under(problem, s->value->span);
    return problem;
}

/* There cannot be more steps than nodes. What was set is nowhere in the file. */
static bool steps_fit(gf_model *m, const gf_statement *s, long steps)
{
    size_t most = m->node_limit < GF_STEP_MOST ? m->node_limit : GF_STEP_MOST;
    bool few = steps < 1, many = !few && (size_t)steps > most;
    if ((few || many) && override_of(m, s->name))
        gf_problem_add(&m->problems, few ? GF_ERROR_SYNTAX : GF_ERROR_LIMIT, GF_NOWHERE,
                       "%s cannot be set to %ld: %ld is the %s", gf_model_text(m, s->name), steps,
                       few ? 1L : (long)most, few ? "least" : "most");
    else if (few)
        refuse_value(m, s, GF_ERROR_SYNTAX, "%ld steps: there is at least one", steps);
    else if (many)
        gf_problem_note(&m->problems,
                        refuse_value(m, s, GF_ERROR_LIMIT, "%ld steps need more nodes than a graph may have", steps),
                        "the limit is %zu nodes", most);
    return !few && !many;
}

static void count_symbol(gf_model *m, gf_statement *s)
{
    gf_symbol *symbol = gf_model_symbol(m, s->name);
    if (!symbol || symbol->declaration != s)
        return;
    long value;
    bool good = value_of(m, s, s->name, &value);
    if (good && s->kind == STATEMENT_STEPS)
        good = steps_fit(m, s, value);
    symbol->known = good;
    symbol->value = good ? value : 0;
    if (s->kind == STATEMENT_STEPS)
        m->steps = symbol->value;
}

static void count_seed(gf_model *m, gf_statement *s)
{
    long value;
    if (value_of(m, s, 0, &value))
        m->seed = (uint64_t)value;
}

static void count_truncate(gf_model *m, gf_statement *s)
{
    long value;
    if (!value_of(m, s, UINT32_MAX, &value))
        return;
    m->truncate = value;
    if (value < 1 && !override_of(m, UINT32_MAX))
        refuse_value(m, s, GF_ERROR_SYNTAX, "a gradient passes back over at least one step, not over %ld", value);
}

/* --- starts --------------------------------------------------------------------------------------------------- */

static void refuse_start(gf_model *m, gf_start *start, const char *format, long a, long b)
{
    const gf_statement *s = start->statement;
    gf_problem_under(gf_problem_add(&m->problems, GF_ERROR_SYNTAX, s->index->at, format, a, b), s->index->span);
    start->index = LONG_MIN; /* that of no step */
}

#define FURTHEST (GF_STEP_MOST + 1L) /* what stands behind as many steps as there may be */

static void place_start(gf_model *m, gf_symbol *symbol, gf_start *start)
{
    const gf_statement *s = start->statement;
    start->index = LONG_MIN;
    long index;
    if (s->broken || !m->steps || gf_integer(m, &m->problems, s->index, NULL, &index) != INTEGER_KNOWN)
        return;
    for (const gf_start *other = start->next; other; other = other->next)
        if (other->index == index) {
            refuse_start(m, start, "step %ld is given twice: it has a line of its own on line %ld", index,
                         gf_statement_line(&m->file.source, other->statement));
            return;
        }
    start->index = index;
    if (index > FURTHEST || index < -FURTHEST) {
        refuse_start(m, start, "step %ld is more than %ld away from 0", index, FURTHEST);
        return;
    }
    if (symbol->kind != SYMBOL_LET && index >= 1 && index <= m->steps)
        refuse_start(m, start, "step %ld is not beyond the ends: a start stands outside 1..%ld", index, m->steps);
    bool moved = m->steps_name && override_of(m, m->steps_name); /* with other steps, a line may have none to be of */
    bool excused = moved && (index > m->steps || gf_tree_mentions(s->index, m->steps_name));
    if (symbol->kind == SYMBOL_LET && (index < 1 || index > m->steps) && !excused)
        refuse_start(m, start, "step %ld is beyond the ends 1..%ld, where a let is zeros: leave the line out", index,
                     m->steps);
}

/* Back to front in the list: the later statement of two is the one to blame. */
static void place_starts(gf_model *m, gf_symbol *symbol)
{
    gf_start *reversed = NULL;
    for (gf_start *start = symbol->starts, *next; start; start = next) {
        next = start->next;
        start->next = reversed;
        reversed = start;
    }
    symbol->starts = NULL;
    for (gf_start *start = reversed, *next; start; start = next) {
        next = start->next;
        start->next = symbol->starts;
        symbol->starts = start;
        place_start(m, symbol, start);
    }
}

void gf_model_size_up(gf_model *m)
{
    m->steps = m->steps_name ? 0 : 1;
    m->truncate = override_of(m, UINT32_MAX) ? (long)override_of(m, UINT32_MAX)->value : 0;
    m->seed = override_of(m, 0) ? (uint64_t)override_of(m, 0)->value : 0;
    for (gf_statement *s = m->file.statements; s; s = s->next) {
        if (s->kind == STATEMENT_SIZE || s->kind == STATEMENT_STEPS)
            count_symbol(m, s);
        else if (s->kind == STATEMENT_SEED)
            count_seed(m, s);
        else if (s->kind == STATEMENT_TRUNCATE)
            count_truncate(m, s);
    }
    for (uint32_t k = 1; k < m->symbol_count; k++)
        place_starts(m, &m->symbols[k]);
}
