/* Statements -> symbols: what each name of the file stands for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "language/functions.h"
#include "language/pasted.h"
#include "model/model.h"

/* --- problems --------------------------------------------------------------------------------------------- */

static gf_problem *refuse(gf_model *m, gf_statement *s, const char *what)
{
    gf_problem *problem =
        gf_problem_add(&m->problems, GF_ERROR_SYNTAX, s->name_span.begin, "%s%s", gf_model_text(m, s->name), what);
    gf_problem_under(problem, s->name_span);
    s->broken = true;
    return problem;
}

static void refuse_twice(gf_model *m, gf_statement *s, const gf_statement *first)
{
    gf_problem *problem = refuse(m, s, " is declared twice: one of the two has to go, or needs another name");
    gf_problem_note(&m->problems, problem, "the other stands on line %d", gf_statement_line(&m->file.source, first));
}

/* T = 5, where another line says how many steps there are. */
static void refuse_number_of_steps(gf_model *m, gf_statement *s)
{
    const gf_statement *steps = m->file.statements;
    while (steps->kind != STATEMENT_STEPS || steps->broken)
        steps = steps->next;
    char what[128];
    snprintf(what, sizeof what, " is the number of steps, which line %d sets: change that line, or choose another name",
             gf_statement_line(&m->file.source, steps));
    refuse(m, s, what);
}

/* --- what a name may be -------------------------------------------------------------------------------------- */

static bool is_t(const gf_model *m, const gf_tree *index)
{
    return index && index->kind == TREE_NAME && index->name == m->t;
}

static bool may_be_named(gf_model *m, gf_statement *s)
{
    gf_function function;
    const char *text = gf_model_text(m, s->name);
    bool number = s->kind == STATEMENT_SIZE || s->kind == STATEMENT_STEPS;
    if (s->name == m->t)
        refuse(m, s, " is the step itself, and cannot be declared: choose another name");
    else if (gf_function_find(&function, text))
        refuse(m, s, " is a function of the language, and cannot be declared: choose another name");
    else if (s->name == m->steps_name && s->kind != STATEMENT_STEPS)
        refuse_number_of_steps(m, s);
    else if (number && !strcmp(text, "x"))
        refuse(m, s, " stands between the sides of a shape, and cannot be a size: choose another name");
    return !s->broken;
}

/* The whole line, with t alone left of the =, and as much later or earlier as that takes. */
static void note_with_t(gf_model *m, gf_problems *problems, gf_problem *problem, const gf_statement *s, long shift,
                        const char *before)
{
    gf_text w = {0};
    gf_tree_print_shifted(&w, &m->file.names, s->value, m->t, shift);
    gf_problem_note(problems, problem, "%s%s%s[t] = %s", before, s->kind == STATEMENT_LET ? "let " : "",
                    gf_model_text(m, s->name), gf_text_string(&w));
    problems->out_of_memory |= w.failed;
    gf_text_free(&w);
}

static void note_shifted(gf_model *m, gf_problem *problem, const gf_statement *s)
{
    const gf_tree *index = s->index, *right = index->count ? index->kids[index->count - 1] : NULL;
    bool offset = (index->kind == TREE_ADD || index->kind == TREE_SUBTRACT) && is_t(m, index->kids[0]) &&
                  right->kind == TREE_NUMBER && right->number <= 1e6 && right->number == (double)(long)right->number;
    if (offset && s->value)
        note_with_t(m, &m->problems, problem, s, index->kind == TREE_ADD ? -(long)right->number : (long)right->number,
                    "the same, with t for it: ");
}

static void refuse_index(gf_model *m, gf_statement *s, const char *text)
{
    gf_problem *problem = gf_problem_add(&m->problems, GF_ERROR_SYNTAX, s->index->at, "%s", text);
    gf_problem_under(problem, s->index->span);
    if (gf_tree_mentions(s->index, m->t))
        note_shifted(m, problem, s);
    s->broken = true;
}

/* h[i] = …, i no size: another name for t. */
static bool is_other_t(const gf_model *m, const gf_statement *s)
{
    const gf_symbol *symbol = s->index->kind == TREE_NAME ? gf_model_symbol(m, s->index->name) : NULL;
    return symbol && symbol->kind == SYMBOL_NONE && s->index->name != m->steps_name;
}

/* Says so, with the line that has t for it; is t called otherwise there? */
static bool calls_t_otherwise(gf_model *m, gf_statement *s)
{
    const bool let = s->kind == STATEMENT_LET;
    if (!(let || s->kind == STATEMENT_EQUATION) || !s->index || is_t(m, s->index) || !is_other_t(m, s) ||
        (let && !gf_is_index_name(gf_model_text(m, s->index->name))))
        return false;
    gf_problems *problems = let ? &s->problems : &m->problems;
    gf_problem *problem =
        gf_problem_add(problems, GF_ERROR_SYNTAX, s->index->at, "the index of %s is called t, which is every step",
                       let ? "a let" : "an equation");
    gf_problem_under(problem, s->index->span);
    gf_model_note_renamed(m, problems, problem, s, s->index->span, "t");
    return true;
}

/* The same name for another one in all of an expression. */
static void rename_in(gf_tree *tree, uint32_t from, uint32_t to)
{
    if (!tree)
        return;
    tree->name = tree->name == from ? to : tree->name;
    for (uint32_t k = 0; tree->kind != TREE_NUMBER && k < tree->count; k++)
        rename_in(tree->kids[k], from, to);
}

/* The index on the left is t; of a let, or of a start, it may be a fixed step. */
static bool index_fits(gf_model *m, gf_statement *s)
{
    bool mentions_t = s->index && gf_tree_mentions(s->index, m->t);
    if (s->kind == STATEMENT_START && !s->index)
        refuse(m, s, " has no index: a start gives a step beyond the ends, such as h[0] or h[T+1]");
    else if (s->kind == STATEMENT_START && mentions_t)
        refuse_index(m, s, "a start gives one fixed step beyond the ends, such as h[0] or h[T+1]");
    else if (!s->index || is_t(m, s->index) || s->kind == STATEMENT_START)
        return !s->broken;
    else if (mentions_t)
        refuse_index(m, s, "the index on the left is t itself: shift the line in time");
    else if (s->kind == STATEMENT_EQUATION)
        refuse_index(m, s, "an equation holds for every t; a step beyond the ends is given by start h[0] = …");
    else if (gf_statement_lists(s))
        refuse_index(m, s,
                     s->kind == STATEMENT_PARAM
                         ? "a param of its own at each step has the index t; one for all steps has none"
                         : "an input has the index t; a step beyond the ends is given by start x[0] : …");
    return !s->broken;
}

static bool is_name_t(const gf_tree *part, const void *t)
{
    return part->kind == TREE_NAME && part->name == *(const uint32_t *)t;
}

/* mean(t, h[t]): a call that is meant to go over the steps. */
static bool takes_t(const gf_tree *part, const void *t)
{
    return part->kind == TREE_CALL && part->count && is_name_t(part->kids[0], t);
}

/* h = tanh(W @ h[t-1]): the index is missing. It is said once, and the line is read as if it were there, so that
 * nothing else that uses the name is to blame. Of a let, what uses it is an error; of an equation, the file. */
static bool lacks_index(gf_model *m, gf_statement *s)
{
    bool defines = s->kind == STATEMENT_EQUATION || s->kind == STATEMENT_LET;
    if (!defines || gf_pasted_is_step(gf_model_text(m, s->name)) || s->index || !s->value ||
        !gf_tree_mentions(s->value, m->t) || gf_tree_find(s->value, takes_t, &m->t))
        return false;
    gf_problems *problems = s->kind == STATEMENT_LET ? &s->problems : &m->problems;
    gf_problem *problem = gf_problem_add(problems, GF_ERROR_SYNTAX, s->name_span.begin,
                                         "%s has no index, but the right side is that of step t: [t] is missing",
                                         gf_model_text(m, s->name));
    gf_problem_under(problem, s->name_span);
    note_with_t(m, problems, problem, s, 0, "write  ");
    s->index = gf_tree_copy(&m->file.arena, gf_tree_find(s->value, is_name_t, &m->t));
    problems->out_of_memory |= !s->index;
    return true;
}

/* --- entering ---------------------------------------------------------------------------------------------------- */

static void add_start(gf_model *m, gf_symbol *symbol, gf_statement *s)
{
    gf_start *start = gf_arena_get(&m->arena, sizeof *start);
    if (!start) {
        m->problems.out_of_memory = true;
        return;
    }
    start->statement = s;
    start->next = symbol->starts;
    symbol->starts = start;
}

static gf_symbol_kind kind_of(gf_statement_kind kind)
{
    switch (kind) {
    case STATEMENT_STEPS:
        return SYMBOL_STEPS;
    case STATEMENT_SIZE:
        return SYMBOL_SIZE;
    case STATEMENT_INPUT:
        return SYMBOL_INPUT;
    case STATEMENT_GIVEN:
        return SYMBOL_GIVEN;
    case STATEMENT_PARAM:
        return SYMBOL_PARAM;
    case STATEMENT_EQUATION:
        return SYMBOL_EQUATION;
    case STATEMENT_LET:
        return SYMBOL_LET;
    default:
        return SYMBOL_NONE;
    }
}

/* A let has one general line, and one for each fixed step; everything else stands once. */
static void enter(gf_model *m, gf_statement *s)
{
    gf_symbol *symbol = gf_model_symbol(m, s->name);
    bool fixed = s->kind == STATEMENT_LET && s->index && !is_t(m, s->index);
    bool joins = symbol->kind == SYMBOL_LET && s->kind == STATEMENT_LET && symbol->timed && s->index &&
                 (fixed || !symbol->definition);
    if (symbol->kind != SYMBOL_NONE && !joins) {
        refuse_twice(m, s, symbol->declaration);
        return;
    }
    symbol->kind = kind_of(s->kind);
    symbol->timed = s->index;
    if (!symbol->declaration || !fixed)
        symbol->declaration = s;
    if (fixed)
        add_start(m, symbol, s);
    else if (s->kind == STATEMENT_EQUATION || s->kind == STATEMENT_LET)
        symbol->definition = s;
}

static void declare(gf_model *m, gf_statement *s)
{
    gf_symbol *symbol = gf_model_symbol(m, s->name);
    bool good = may_be_named(m, s), lacks = good && (lacks_index(m, s) || calls_t_otherwise(m, s));
    if (lacks) { /* it is read as if it were right, so that nothing else is to blame */
        rename_in(s->value, s->index->name, m->t);
        s->index->name = m->t;
    }
    good = index_fits(m, s) && good;
    if (good && s->kind != STATEMENT_START)
        enter(m, s);
    else if (!good && symbol->kind == SYMBOL_NONE)
        symbol->broken = true;
    s->broken |= lacks && s->kind == STATEMENT_LET;
}

/* Starts come last: the names that they begin are known by then. */
static void declare_start(gf_model *m, gf_statement *s)
{
    gf_symbol *symbol = gf_model_symbol(m, s->name);
    if (s->broken)
        return;
    if (symbol->kind == SYMBOL_NONE && !symbol->broken)
        refuse(m, s, " has a start, but no equation and no input defines it");
    else if (symbol->kind == SYMBOL_LET)
        refuse(m, s, " is a let: beyond the ends it is zeros, and a start gives it nothing");
    else if (symbol->kind != SYMBOL_NONE && !symbol->timed)
        refuse(m, s, " has no time, so that there is no step before the first");
    if (!s->broken && symbol->kind != SYMBOL_NONE)
        add_start(m, symbol, s);
}

/* --- statements that stand once ----------------------------------------------------------------------------------- */

static bool is_mangled(const gf_model *m, const char *name)
{
    uint32_t number = gf_names_find(&m->file.names, name);
    for (uint32_t k = 0; k < m->file.mangled_count; k++)
        if (m->file.mangled[k] == number)
            return true;
    return false;
}

/* Says that there is no loss. What a file works out last, once for all steps, is meant to be it: J = sum(t, L[t]). */
static void refuse_no_loss(gf_model *m)
{
    const gf_statement *last = NULL;
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_EQUATION && !s->index && !s->broken)
            last = s;
    bool empty = !m->file.statement_count && !m->file.unread_count;
    if (m->file.begun > GF_STATEMENTS)
        return; /* it may stand among those that are too many */
    if (empty && gf_problems_any(&m->problems))
        return; /* of what stands there it is said what is wrong with it */
    if (last)
        gf_problem_add(&m->problems, GF_ERROR_SYNTAX, m->file.end, "the file has no loss: add the line loss %s",
                       gf_model_text(m, last->name));
    else
        gf_problem_add(&m->problems, GF_ERROR_SYNTAX, m->file.end,
                       empty ? "the file is empty: gradflow new rnn gives one to start from"
                             : "the file has no loss: add a line such as loss sum(t, L[t])");
}

static void check_once(gf_model *m)
{
    const gf_statement *first[STATEMENT_CLAIM + 1] = {0};
    static const char *const words[STATEMENT_CLAIM + 1] = {[STATEMENT_TITLE] = "title",
                                                           [STATEMENT_STEPS] = "steps",
                                                           [STATEMENT_SEED] = "seed",
                                                           [STATEMENT_LOSS] = "loss",
                                                           [STATEMENT_TRUNCATE] = "truncate"};
    for (gf_statement *s = m->file.statements; s; s = s->next) {
        if (words[s->kind] && first[s->kind]) {
            gf_problem *problem = gf_problem_add(&m->problems, GF_ERROR_SYNTAX, s->span.begin,
                                                 "a file has one %s: leave one of the two out", words[s->kind]);
            gf_problem_note(&m->problems, problem, "the other stands on line %d",
                            gf_statement_line(&m->file.source, first[s->kind]));
            s->broken = true;
        } else {
            first[s->kind] = s;
        }
    }
    if (!first[STATEMENT_LOSS] && !m->file.loss_meant && !is_mangled(m, "loss"))
        refuse_no_loss(m);
}

/* Names in statements that could not be read: what uses them is not to blame. */
static void excuse_mangled(gf_model *m)
{
    for (uint32_t k = 0; k < m->file.mangled_count; k++) {
        gf_symbol *symbol = gf_model_symbol(m, m->file.mangled[k]);
        if (symbol && symbol->kind == SYMBOL_NONE)
            symbol->broken = true;
    }
}

static void find_operations(gf_operations *out)
{
    for (int kind = TREE_NEGATIVE; kind <= TREE_GREATER_EQUAL; kind++)
        out->of[kind] = gf_operation_find(gf_operator_of((gf_tree_kind)kind)->operation);
    out->of[TREE_BESIDE] = gf_operation_find("hcat");
    out->of[TREE_STACKED] = gf_operation_find("vcat");
    out->of[TREE_HCAT] = out->of[TREE_BESIDE];
    out->of[TREE_VCAT] = out->of[TREE_STACKED];
    out->of[TREE_MAX] = gf_operation_find("max_of");
    out->scale = gf_operation_find("scale");
    out->add_scalar = gf_operation_find("add_scalar");
}

/* T = 4 in a file with steps, and without the line that says how many: one step would be taken without a word. */
static void refuse_steps(gf_model *m)
{
    bool timed = false;
    for (uint32_t k = 1; k < m->symbol_count; k++)
        timed |= m->symbols[k].timed;
    for (gf_statement *s = m->file.statements; s && timed && !m->steps_name; s = s->next)
        if (s->kind == STATEMENT_EQUATION && !s->index && !s->broken && s->value && s->value->kind == TREE_NUMBER &&
            s->value->number >= 2 && !strcmp(gf_model_text(m, s->name), "T")) {
            char text[128];
            snprintf(text, sizeof text,
                     " is one number here, and the file has one step: write steps T = %g, or choose another name",
                     s->value->number);
            refuse(m, s, text);
        }
}

gf_status gf_model_declare(gf_model *m)
{
    find_operations(&m->operations);
    m->symbols = calloc(m->file.names.count + 1, sizeof *m->symbols);
    if (!m->symbols || m->problems.out_of_memory)
        return GF_ERROR_MEMORY;
    m->symbol_count = m->file.names.count + 1;
    m->t = gf_names_find(&m->file.names, "t");
    check_once(m);
    for (gf_statement *s = m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_STEPS && !s->broken)
            m->steps_name = s->name;
    for (gf_statement *s = m->file.statements; s; s = s->next)
        if (s->name && !s->broken)
            declare(m, s);
    refuse_steps(m);
    excuse_mangled(m);
    for (gf_statement *s = m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_START)
            declare_start(m, s);
    return GF_OK;
}
