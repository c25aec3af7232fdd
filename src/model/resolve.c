/* Names in expressions: does each stand for something, and may it stand there? */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "language/functions.h"
#include "language/lexer.h"
#include "model/model.h"
#include "text/nearest.h"

/* What the walk through an expression carries along. */
typedef struct walk {
    gf_model *m;
    gf_problems *problems;
    gf_place place;
    bool graph;          /* within grad or jacobian: names of the graph alone */
    bool by;             /* what a derivative is by: nothing that is given */
    bool index;          /* within [ ] */
    const gf_tree *call; /* of that derivative */
    const gf_binding *bindings;
} walk;

static bool resolve(walk *w, const gf_tree *tree);

/* --- problems ------------------------------------------------------------------------------------------------ */

static gf_problem *refuse(walk *w, const gf_tree *tree, const char *what)
{
    gf_problem *problem = gf_problem_add(w->problems, GF_ERROR_SYNTAX, tree->span.begin, "%s%s",
                                         tree->name ? gf_model_text(w->m, tree->name) : "", what);
    uint32_t end = gf_tree_is_name(tree) || !tree->name
                       ? tree->span.end
                       : tree->span.begin + (uint32_t)strlen(gf_model_text(w->m, tree->name));
    gf_problem_under(problem, (gf_span){tree->span.begin, end});
    return problem;
}

/* The nearest name that would be allowed here, with where it is declared; false where there is none. Looking through
 * all names is dear: a long file of nothing but misspelt names gets proposals for the first of them. */
static bool propose_name(walk *w, gf_problem *problem, const char *wanted)
{
    enum { COMPARED = 1000000 };
    if (!problem || w->m->proposals > COMPARED)
        return true;
    w->m->proposals += w->m->symbol_count;
    gf_nearest nearest = {.wanted = wanted};
    const gf_symbol *found = NULL;
    for (const gf_binding *b = w->bindings; b; b = b->outer)
        gf_nearest_offer(&nearest, gf_model_text(w->m, b->name));
    for (uint32_t k = 1; k < w->m->symbol_count; k++) {
        const gf_symbol *symbol = &w->m->symbols[k];
        bool number = symbol->kind == SYMBOL_SIZE || symbol->kind == SYMBOL_STEPS;
        if (symbol->kind == SYMBOL_NONE || (w->place == PLACE_INTEGER && !number) ||
            (symbol->kind == SYMBOL_LET && (w->place != PLACE_JUDGING || w->graph)) ||
            (symbol->kind == SYMBOL_GIVEN && w->by))
            continue;
        const char *before = nearest.found;
        gf_nearest_offer(&nearest, gf_model_text(w->m, k));
        found = nearest.found != before ? symbol : found;
    }
    if (nearest.found && found)
        gf_problem_note(w->problems, problem, "did you mean %s, from line %d?%s", nearest.found,
                        gf_statement_line(&w->m->file.source, found->declaration), gf_nearest_letters(&nearest));
    else if (nearest.found)
        gf_problem_note(w->problems, problem, "did you mean %s?", nearest.found);
    return nearest.found;
}

/* T in a file that has no steps, or calls them otherwise; dh in a claim, which is a let that is not written yet. */
static bool propose_usual(walk *w, gf_problem *problem, const char *name)
{
    bool judging = w->place == PLACE_JUDGING && !w->graph;
    const gf_symbol *of = judging && *name == 'd' ? gf_model_find(w->m, name + 1) : NULL;
    const char *index = of && of->timed ? "[t]" : "";
    if (!strcmp(name, "T") && w->m->steps_name)
        gf_problem_note(w->problems, problem, "did you mean %s, the number of steps?",
                        gf_model_text(w->m, w->m->steps_name));
    else if (!strcmp(name, "T") && w->place != PLACE_CONSTANT)
        gf_problem_note(w->problems, problem, "if it is the number of steps, declare it, as  steps T = 3");
    else if (of && of->kind != SYMBOL_NONE)
        gf_problem_note(w->problems, problem, "define it, as  let %s%s = …", name, index);
    else
        return false;
    return true;
}

/* What would make the name stand for something. */
static void propose_declaration(walk *w, gf_problem *problem, const gf_tree *tree)
{
    if (w->place == PLACE_INTEGER)
        gf_problem_note(w->problems, problem, "if it is a number, declare it, as  size %s = 3",
                        gf_model_text(w->m, tree->name));
    else if (w->place != PLACE_CONSTANT)
        gf_model_propose_declaration(w->m, w->problems, problem, tree, w->graph);
}

static void propose_function(walk *w, gf_problem *problem, const char *wanted)
{
    char best[GF_FUNCTION_NAME] = "", text[GF_FUNCTION_NAME];
    gf_nearest nearest = {.wanted = wanted};
    const char *name;
    for (int k = 0; (name = gf_function_name(k, text)); k++) {
        const char *before = nearest.found;
        gf_nearest_offer(&nearest, name);
        if (nearest.found != before)
            nearest.found = strcpy(best, name);
    }
    gf_function function;
    if (nearest.found && gf_function_find(&function, nearest.found))
        gf_problem_note(w->problems, problem, "did you mean %s?", function.usage);
    else
        gf_problem_note(w->problems, problem,
                        "there are no functions of one's own: write out what it is, as tanh(a), sigmoid(a) or relu(a)");
}

/* --- names -------------------------------------------------------------------------------------------------------- */

static bool unknown_name(walk *w, const gf_tree *tree)
{
    gf_function function;
    const char *text = gf_model_text(w->m, tree->name);
    gf_problem *problem;
    if (gf_function_find(&function, text)) {
        problem = refuse(w, tree, " is a function, and needs its argument in brackets");
        gf_problem_note(w->problems, problem, "it is called as %s", function.usage);
    } else if (tree->name == w->m->t) {
        refuse(w, tree, " is bound by nothing here: it is the step of NAME[t] = …, and of sum(t, …)");
    } else if ((w->index || w->place == PLACE_INTEGER) && gf_is_index_name(text) &&
               gf_model_propose_range(w->m, w->problems, tree, w->index)) {
        return false;
    } else {
        problem = refuse(w, tree, w->place == PLACE_INTEGER ? " is no size and no index" : " is not declared");
        if (!propose_usual(w, problem, text) && !propose_name(w, problem, text))
            propose_declaration(w, problem, tree);
    }
    return false;
}

static void refuse_given(walk *w, const gf_tree *tree, const gf_symbol *symbol)
{
    char what[160];
    snprintf(what, sizeof what, " is given, and has no gradient: for one, write input for given on line %d",
             gf_statement_line(&w->m->file.source, symbol->declaration));
    refuse(w, tree, what);
}

/* An equation that uses a let is one, too, as a rule: dz[t] = dh[t] * (1 - h[t]^2). */
static void refuse_let(walk *w, const gf_tree *tree, const gf_symbol *symbol)
{
    char what[160];
    snprintf(what, sizeof what,
             " is a let, whose values are for lets and claims: this line is a let, too, or line %d an equation",
             gf_statement_line(&w->m->file.source, symbol->declaration));
    gf_model_propose_let(w->m, w->problems, refuse(w, tree, what));
}

/* May a matrix, or a let, of that name stand here at all? */
static bool kind_fits(walk *w, const gf_tree *tree, const gf_symbol *symbol)
{
    if (w->place == PLACE_INTEGER)
        gf_model_note_number(w->m, w->problems,
                             refuse(w, tree, " is a matrix, but here stands an integer, of sizes and indices"), symbol);
    else if (w->place == PLACE_CONSTANT)
        refuse(w, tree,
               " is a matrix of the model, but here stand constants alone; a start that is computed is an "
               "equation, without a shape: start h[0] = …");
    else if (symbol->kind == SYMBOL_LET && w->place == PLACE_EQUATION)
        refuse_let(w, tree, symbol);
    else if (symbol->kind == SYMBOL_LET && w->graph)
        refuse(w, tree,
               " is a let, which is not in the graph: grad and jacobian take names of equations, inputs and "
               "params");
    else if (symbol->kind == SYMBOL_GIVEN && w->by)
        refuse_given(w, tree, symbol);
    else
        return true;
    return false;
}

static bool resolve_name(walk *w, const gf_tree *tree)
{
    const gf_symbol *symbol = gf_model_symbol(w->m, tree->name);
    if (gf_binding_find(w->bindings, tree->name))
        return true;
    if (symbol && symbol->broken)
        return false;
    if (!symbol || symbol->kind == SYMBOL_NONE)
        return unknown_name(w, tree);
    if (symbol->kind == SYMBOL_SIZE || symbol->kind == SYMBOL_STEPS)
        return true;
    if (!kind_fits(w, tree, symbol))
        return false;
    if (!symbol->timed)
        return true;
    gf_problem *problem = refuse(w, tree, " has a time");
    const char *name = gf_model_text(w->m, tree->name);
    if (w->by && symbol->kind == SYMBOL_PARAM)
        gf_problem_note(w->problems, problem, "each step has a param %s of its own: write %s%s[t])", name,
                        w->call->name == w->m->grad ? "grad(" : "jacobian(…, ", name);
    else if (gf_binding_find(w->bindings, w->m->t) || !w->m->steps_name)
        gf_problem_note(w->problems, problem, "write %s[t], or another step", name);
    else
        gf_problem_note(w->problems, problem, "write sum(t, %s[t]), or %s[%s], of one step", name, name,
                        gf_model_text(w->m, w->m->steps_name));
    return false;
}

static bool resolve_index(walk *w, const gf_tree *tree)
{
    walk inner = *w;
    inner.place = PLACE_INTEGER;
    inner.index = true;
    return resolve(&inner, tree->kids[0]);
}

/* NAME[index]; `use` allows a name without time, whose use at one step is meant. */
static bool resolve_at(walk *w, const gf_tree *tree, bool use)
{
    const gf_symbol *symbol = gf_model_symbol(w->m, tree->name);
    bool good = resolve_index(w, tree);
    if (symbol && symbol->broken)
        return false;
    if (!symbol || symbol->kind == SYMBOL_NONE)
        return unknown_name(w, tree);
    if (symbol->kind == SYMBOL_SIZE || symbol->kind == SYMBOL_STEPS) {
        refuse(w, tree, " is a number, and has no index");
        return false;
    }
    if (!kind_fits(w, tree, symbol))
        return false;
    if (symbol->timed || use)
        return good;
    const char *text = gf_model_text(w->m, tree->name);
    gf_problem *problem = refuse(w, tree, " has no time: it is the same at every step");
    gf_problem_note(w->problems, problem, "write %s without [ ], or declare it with [t] on line %d", text,
                    gf_statement_line(&w->m->file.source, symbol->declaration));
    double row = tree->kids[0]->kind == TREE_NUMBER ? tree->kids[0]->number : -1;
    if (row >= 1)
        gf_problem_note(w->problems, problem, "row %g of it is rows(%s, %g, %g)", row, text, row, row);
    else if (row >= 0)
        gf_problem_note(w->problems, problem, "the first row of it is rows(%s, 1, 1): they are counted from 1", text);
    return false;
}

/* --- calls -------------------------------------------------------------------------------------------------------- */

/* v of grad(v), x of jacobian(y, x), and what is held: a name of the graph. A held one may lack its index. */
static bool resolve_variable(walk *w, const gf_tree *tree, bool held)
{
    const gf_symbol *symbol = tree->kind == TREE_NAME ? gf_model_symbol(w->m, tree->name) : NULL;
    bool graph = w->graph, good;
    w->graph = true;
    w->by = !held;
    if (tree->kind == TREE_AT)
        good = resolve_at(w, tree, !held);
    else if (tree->kind != TREE_NAME || gf_binding_find(w->bindings, tree->name) ||
             (symbol && (symbol->kind == SYMBOL_SIZE || symbol->kind == SYMBOL_STEPS)))
        good = !gf_problem_add(w->problems, GF_ERROR_SYNTAX, tree->at,
                               held ? "behind the bar stand names of the graph, such as c[t] or h"
                                    : "a gradient is by a name of the graph, such as h[t] or W") &&
               false;
    else if (held && symbol && symbol->kind != SYMBOL_NONE && symbol->timed)
        good = kind_fits(w, tree, symbol);
    else
        good = resolve_name(w, tree);
    w->graph = graph;
    w->by = false;
    return good;
}

static bool resolve_argument(walk *w, const gf_tree *tree, gf_argument kind)
{
    walk inner = *w;
    if (kind == ARGUMENT_VARIABLE)
        return resolve_variable(w, tree, false);
    if (kind == ARGUMENT_INTEGER)
        inner.place = PLACE_INTEGER;
    inner.graph |= kind == ARGUMENT_GRAPH;
    return resolve(&inner, tree);
}

static void note_derivatives(walk *w, gf_problem *problem)
{
    char text[GF_FUNCTION_NAME];
    const char *name;
    gf_text list = {0};
    for (int k = 0; (name = gf_function_name(k, text)); k++)
        if (*name && name[strlen(name) - 1] == '\'')
            gf_text_print(&list, " %s", name);
    gf_problem_note(w->problems, problem, "there are%s", gf_text_string(&list));
    gf_text_free(&list);
}

/* Does the file declare the name, or, of W', the name before the sign? */
static bool declares(const gf_model *m, const char *text)
{
    char name[GF_NAME_LIMIT + 2];
    size_t size = strlen(text);
    if (size >= sizeof name)
        return false;
    strcpy(name, text);
    if (size && name[size - 1] == '\'')
        name[size - 1] = '\0';
    const gf_symbol *symbol = gf_model_find(m, name);
    return symbol && (symbol->kind != SYMBOL_NONE || symbol->broken);
}

static bool unknown_function(walk *w, const gf_tree *tree)
{
    const char *text = gf_model_text(w->m, tree->name);
    size_t size = strlen(text);
    gf_problem *problem;
    if (declares(w->m, text)) {
        problem = refuse(w, tree, " is no function: an operator is missing before the bracket");
        gf_problem_note(w->problems, problem, "write %s @ (…) for the matrix product, %s * (…) element by element",
                        text, text);
    } else if (size && text[size - 1] == '\'') {
        problem = refuse(w, tree, " is no function: only some have a derivative of that form");
        note_derivatives(w, problem);
    } else {
        problem = refuse(w, tree, " is no function");
        propose_function(w, problem, text);
    }
    return false;
}

/* So many arguments, and here? */
static bool call_fits(walk *w, const gf_tree *tree, const gf_function *function)
{
    int count = (int)(tree->count - tree->held);
    bool holds = function->special == SPECIAL_GRAD || function->special == SPECIAL_JACOBIAN;
    gf_problem *problem = NULL;
    if (count < function->least || count > function->most) {
        char what[64];
        if (function->least == function->most)
            snprintf(what, sizeof what, " takes %d argument%s, not %d", function->most, function->most == 1 ? "" : "s",
                     count);
        else
            snprintf(what, sizeof what, " takes %d or %d arguments, not %d", function->least, function->most, count);
        problem = refuse(w, tree, what);
        gf_problem_note(w->problems, problem, "it is called as %s%s%s", function->usage, function->hint ? "; " : "",
                        function->hint ? function->hint : "");
    } else if (function->special == SPECIAL_PROD) {
        problem = refuse(w, tree, " runs over a range, and here is none");
        gf_problem_note(w->problems, problem, "it is called as %s", function->usage);
    } else if (tree->held && !holds) {
        refuse(w, tree, " holds nothing fixed: a bar stands in grad and jacobian only");
    } else if (function->judging && (w->place != PLACE_JUDGING || w->graph)) {
        problem = refuse(w, tree,
                         w->graph ? " cannot stand within grad or jacobian"
                                  : " stands in let and claim only, not in the equations of the model");
        if (w->graph && holds)
            gf_problem_note(w->problems, problem,
                            "second derivatives are not worked out; of a gradient that is written out, in names of the "
                            "model, there is one");
        else if (function->hint)
            gf_problem_note(w->problems, problem, "%s", function->hint);
        if (!w->graph && !function->hint)
            gf_model_propose_let(w->m, w->problems, problem);
    } else {
        return true;
    }
    return false;
}

static void refuse_no_range(walk *w, uint32_t at, uint32_t index, gf_tree_kind kind)
{
    const char *word = gf_over_word(kind);
    const char *plain = kind == TREE_HCAT   ? "[a, b] is side by side"
                        : kind == TREE_VCAT ? "[a; b] is on top of each other"
                                            : "sum(a) has one matrix";
    plain = kind == TREE_MAX ? "max(a, b) goes entry by entry" : plain;
    gf_problem *problem =
        gf_problem_add(w->problems, GF_ERROR_SYNTAX, at, "%s runs over no range here", gf_model_text(w->m, index));
    gf_problem_note(w->problems, problem, "%s, %s(t, e) runs over t = 1..T, %s(j, A..B, e) over a range", plain, word,
                    word);
}

/* max(j, h[j]), j no name: over a range, which is missing. */
static bool resolve_largest(walk *w, const gf_tree *tree)
{
    const gf_tree *first = tree->kids[0];
    if (tree->count != 2 || strcmp(gf_model_text(w->m, tree->name), "max") != 0)
        return true;
    const gf_symbol *symbol = first->kind == TREE_NAME ? gf_model_symbol(w->m, first->name) : NULL;
    if (!symbol || symbol->kind != SYMBOL_NONE || symbol->broken || gf_binding_find(w->bindings, first->name) ||
        !gf_tree_mentions(tree->kids[1], first->name))
        return true;
    refuse_no_range(w, tree->at, first->name, TREE_MAX);
    return false;
}

static bool resolve_call(walk *w, const gf_tree *tree)
{
    gf_function function;
    if (w->place == PLACE_INTEGER) {
        refuse(w, tree, " is a function, but here stands an integer, of sizes and indices with + - * /");
        return false;
    }
    if (!gf_model_function(w->m, &function, tree))
        return unknown_function(w, tree);
    if (!call_fits(w, tree, &function))
        return false;
    if (!resolve_largest(w, tree))
        return false;
    bool good = true;
    w->call = tree;
    for (uint32_t k = 0; k < tree->count - tree->held; k++)
        good = resolve_argument(w, tree->kids[k], function.argument[k]) && good;
    for (uint32_t k = tree->count - tree->held; k < tree->count; k++)
        good = resolve_variable(w, tree->kids[k], true) && good;
    return good;
}

/* --- everything else --------------------------------------------------------------------------------------------- */

bool gf_model_index_fits(const gf_model *m, gf_problems *problems, uint32_t name, uint32_t at)
{
    gf_function function;
    const char *text = gf_model_text(m, name);
    if (name != m->steps_name && !gf_function_find(&function, text) && !gf_word_is_reserved(text))
        return true;
    gf_problem *problem = gf_problem_add(problems, GF_ERROR_SYNTAX, at,
                                         "%s has a meaning already, and cannot be an index: choose another name", text);
    gf_problem_under(problem, (gf_span){at, at + (uint32_t)strlen(text)});
    return false;
}

/* Where the index of a sum stands: the first name behind the bracket. */
static uint32_t index_at(walk *w, const gf_tree *tree)
{
    const char *text = w->m->file.source.text;
    uint32_t at = tree->span.begin;
    while (at < tree->span.end && text[at] != '(' && (unsigned char)text[at] != 0xEF)
        at++;
    at += text[at] == '(' ? 1 : 3;
    while (at < tree->span.end && strchr(" \t\r\n", text[at]))
        at++;
    return at < tree->span.end ? at : tree->span.begin;
}

static bool resolve_over(walk *w, const gf_tree *tree)
{
    bool good = gf_model_index_fits(w->m, w->problems, tree->name, index_at(w, tree));
    if (w->place == PLACE_INTEGER) {
        gf_problem_add(w->problems, GF_ERROR_SYNTAX, tree->at,
                       "here stands an integer, of sizes and indices with + - * /");
        return false;
    }
    if (tree->count == 1 && tree->name != w->m->t && good) {
        refuse_no_range(w, tree->at, tree->name, (gf_tree_kind)tree->kind);
        good = false;
    }
    walk inner = *w;
    const gf_binding own = {.name = tree->name, .outer = w->bindings};
    for (uint32_t k = 0; k < tree->count; k++) {
        bool bound = gf_bound_in(tree, k);
        inner.bindings = bound ? &own : w->bindings;
        inner.place = bound ? w->place : PLACE_INTEGER;
        good = resolve(&inner, tree->kids[k]) && good;
    }
    return good;
}

static bool integer_fits(walk *w, const gf_tree *tree)
{
    bool large = tree->kind == TREE_NUMBER && tree->number > 9007199254740992.0;
    bool whole = tree->kind == TREE_NUMBER && tree->number == floor(tree->number) && !large;
    bool arithmetic = gf_tree_is_name(tree) || tree->kind == TREE_CALL || gf_tree_binds(tree) ||
                      tree->kind == TREE_NEGATIVE || tree->kind == TREE_OPEN ||
                      (tree->kind >= TREE_ADD && tree->kind <= TREE_POWER);
    if (w->place != PLACE_INTEGER || whole || arithmetic)
        return true;
    gf_problem_under(gf_problem_add(w->problems, GF_ERROR_SYNTAX, tree->at, "%s",
                                    large ? "this number is too large: integers go up to 2^53"
                                          : "here stands an integer, of sizes and indices with + - * /"),
                     tree->span);
    return false;
}

static bool resolve_open(walk *w, const gf_tree *tree)
{
    if (w->place == PLACE_JUDGING && !w->graph)
        return true;
    refuse(w, tree, "? stands for what is still to be written, in a let or an equality; here it has no meaning");
    return false;
}

static bool resolve(walk *w, const gf_tree *tree)
{
    if (!integer_fits(w, tree))
        return false;
    switch ((gf_tree_kind)tree->kind) {
    case TREE_NUMBER:
    case TREE_TEXT:
        return true;
    case TREE_OPEN:
        return resolve_open(w, tree);
    case TREE_NAME:
        return resolve_name(w, tree);
    case TREE_AT:
        return resolve_at(w, tree, false);
    case TREE_CALL:
        return resolve_call(w, tree);
    case TREE_SUM:
    case TREE_PRODUCT:
    case TREE_HCAT:
    case TREE_VCAT:
    case TREE_MAX:
        return resolve_over(w, tree);
    default:
        break;
    }
    bool good = true;
    for (uint32_t k = 0; k < tree->count; k++)
        good = resolve(w, tree->kids[k]) && good;
    return good;
}

bool gf_model_resolve(gf_model *m, gf_problems *problems, const gf_tree *tree, gf_place place,
                      const gf_binding *bindings)
{
    walk w = {.m = m, .problems = problems, .place = place, .bindings = bindings};
    return resolve(&w, tree);
}
