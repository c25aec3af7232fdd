/* A name that nothing declares: what it could be, by where it stands. An index lacks its range, a weight its shape. */
#include <string.h>

#include "language/functions.h"
#include "model/model.h"

const gf_statement *gf_model_statement_at(const gf_model *m, uint32_t at)
{
    const gf_statement *s = m->file.statements;
    while (s && (at < s->span.begin || at >= s->span.end))
        s = s->next;
    return s;
}

void gf_model_note_renamed(gf_model *m, gf_problems *problems, gf_problem *problem, const gf_statement *s, gf_span name,
                           const char *instead)
{
    const char *text = m->file.source.text;
    const size_t size = name.end - name.begin;
    gf_text w = {0};
    for (uint32_t at = s->span.begin, end; at < s->span.end; at = end) {
        end = gf_name_end(text, at);
        bool other = end - at == size && !memcmp(text + at, text + name.begin, size);
        end = end > at ? end : at + 1;
        gf_text_bytes(&w, other ? instead : text + at, other ? strlen(instead) : end - at);
    }
    gf_problem_note(problems, problem, "write  %s", gf_text_string(&w));
    problems->out_of_memory |= w.failed;
    gf_text_free(&w);
}

/* --- a shape, in the sizes of the file --------------------------------------------------------------------------- */

typedef struct shape {
    const gf_tree *rows, *cols; /* NULL: nobody knows */
} shape;

static const gf_tree one = {.kind = TREE_NUMBER, .number = 1};

static shape turned(shape s)
{
    return (shape){s.cols, s.rows};
}

static shape declared_of(const gf_model *m, uint32_t name)
{
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        if (s->name == name && s->rows)
            return (shape){s->rows, s->cols};
    return (shape){NULL, NULL};
}

/* tanh(a): an operation of one operand without a rule of its own. */
static bool keeps_shape(const gf_model *m, const gf_tree *call)
{
    gf_function f;
    bool found = call->kind == TREE_CALL && call->count && gf_function_find(&f, gf_model_text(m, call->name));
    return found && f.op && f.op->arity == 1 && !f.op->shape;
}

static bool keeps_both(gf_tree_kind kind)
{
    return kind == TREE_ADD || kind == TREE_SUBTRACT || kind == TREE_MULTIPLY || kind == TREE_DIVIDE;
}

/* What of an expression's shape its names tell. */
static shape told(const gf_model *m, const gf_tree *tree)
{
    shape a = {NULL, NULL}, b = a;
    if (gf_tree_is_name(tree))
        return declared_of(m, tree->name);
    if (tree->kind == TREE_TRANSPOSE)
        return turned(told(m, tree->kids[0]));
    if (tree->kind == TREE_NEGATIVE || keeps_shape(m, tree))
        return told(m, tree->kids[0]);
    if (keeps_both((gf_tree_kind)tree->kind) || tree->kind == TREE_MATMUL) {
        a = told(m, tree->kids[0]);
        b = told(m, tree->kids[1]);
    }
    if (tree->kind == TREE_MATMUL)
        return (shape){a.rows, b.cols};
    return a.rows ? a : b;
}

/* Do two operands stand for the same shape: cross_entropy(z, y)? */
static bool compares(const gf_model *m, const gf_tree *tree)
{
    const char *name = tree->kind == TREE_CALL && tree->count == 2 ? gf_model_text(m, tree->name) : "";
    return !strcmp(name, "cross_entropy") || !strcmp(name, "mse");
}

/* The shape that kid number k of an expression is to have, where the expression is to have this one. */
static shape asked(const gf_model *m, const gf_tree *tree, uint32_t k, shape of)
{
    shape unknown = {NULL, NULL};
    if (tree->kind == TREE_TRANSPOSE)
        return turned(of);
    if (tree->kind == TREE_NEGATIVE || keeps_shape(m, tree))
        return of;
    if (compares(m, tree))
        return told(m, tree->kids[1 - k]);
    if (keeps_both((gf_tree_kind)tree->kind))
        return of.rows ? of : told(m, tree->kids[1 - k]);
    if (tree->kind == TREE_MATMUL)
        return k ? (shape){told(m, tree->kids[0]).cols, of.cols} : (shape){of.rows, told(m, tree->kids[1]).rows};
    return gf_tree_binds(tree) && k + 1 == tree->count ? of : unknown;
}

/* --- an index -------------------------------------------------------------------------------------------------- */

/* i, j, τ, tau: a small letter, as indices are called. */
bool gf_is_index_name(const char *name)
{
    bool letter = (*name >= 'a' && *name <= 'z' && !name[1]) || gf_greek(name, strlen(name));
    return letter || ((unsigned char)*name >= 0x80 && gf_name_end(name, 0) == strlen(name) &&
                      gf_one_back(name, (uint32_t)strlen(name)) == 0);
}

/* Ranges that a claim lacks, and where they end. */
typedef struct lacking {
    uint32_t index[2];
    const gf_tree *end[2];
    int count;
} lacking;

static void note_ranges(gf_model *m, gf_problems *problems, gf_problem *problem, const gf_statement *claim,
                        const lacking *lacks)
{
    gf_tree one = {.kind = TREE_NUMBER, .number = 1};
    gf_statement whole = *claim;
    whole.ranges = gf_arena_get(&m->arena, (claim->range_count + 2) * sizeof *whole.ranges);
    gf_text w = {0};
    for (uint32_t k = 0; whole.ranges && k < claim->range_count; k++)
        whole.ranges[k] = claim->ranges[k];
    for (int k = 0; whole.ranges && k < lacks->count; k++)
        whole.ranges[whole.range_count++] =
            (gf_range){.name = lacks->index[k], .low = &one, .high = (gf_tree *)lacks->end[k]};
    if (whole.ranges)
        gf_statement_print(&w, &m->file.names, &whole);
    gf_problem_note(problems, problem, "write  %s", gf_text_string(&w));
    problems->out_of_memory |= w.failed || !whole.ranges;
    gf_text_free(&w);
}

/* entry(a, i, j), i or j the index? */
static bool picks(const gf_tree *part, const void *index)
{
    return part->kind == TREE_CALL && part->count == 3 && (part->kids[1] == index || part->kids[2] == index);
}

/* An index of steps runs up to t where the claim has a t, else up to the last; one of entries over rows or columns. */
static lacking find_lacking(const gf_model *m, const gf_statement *claim, const gf_tree *index, bool step,
                            const gf_tree *t, const gf_tree *last)
{
    lacking lacks = {.index = {index->name}};
    bool timed = false;
    const gf_tree *call = NULL;
    for (uint32_t k = 0; k < claim->side_count; k++) {
        timed |= gf_tree_mentions(claim->sides[k], m->t);
        call = call ? call : gf_tree_find(claim->sides[k], picks, index);
    }
    if (step) {
        lacks.end[0] = timed ? t : last;
        lacks.count = m->steps_name != 0;
        return lacks;
    }
    const gf_tree *a = call ? call->kids[0] : NULL;
    const shape of = a ? told(m, a->kind == TREE_CALL && a->name == m->grad && a->count ? a->kids[0] : a)
                       : turned((shape){NULL, NULL});
    for (int k = 1; call && k <= 2; k++) {
        const gf_tree *kid = call->kids[k], *side = k == 1 ? of.rows : of.cols;
        const gf_symbol *symbol = kid->kind == TREE_NAME ? gf_model_symbol(m, kid->name) : NULL;
        bool known = !symbol || symbol->kind != SYMBOL_NONE;
        for (uint32_t j = 0; j < claim->range_count; j++)
            known |= claim->ranges[j].name == kid->name;
        if (known || !side || strcmp(gf_model_text(m, call->name), "entry") != 0)
            continue;
        lacks.index[lacks.count] = kid->name;
        lacks.end[lacks.count++] = side;
    }
    return lacks;
}

bool gf_model_propose_range(gf_model *m, gf_problems *problems, const gf_tree *index, bool step)
{
    const gf_statement *s = gf_model_statement_at(m, index->span.begin);
    const gf_tree t = {.kind = TREE_NAME, .name = m->t}, last = {.kind = TREE_NAME, .name = m->steps_name};
    const char *name = gf_model_text(m, index->name);
    const bool claim = s && s->kind == STATEMENT_CLAIM;
    if (!claim && !step)
        return false;
    gf_problem *problem =
        gf_problem_add(problems, GF_ERROR_SYNTAX, index->span.begin, "%s is an index without a range", name);
    gf_problem_under(problem, index->span);
    const lacking lacks = claim ? find_lacking(m, s, index, step, &t, &last) : (lacking){.count = 0};
    if (lacks.count)
        note_ranges(m, problems, problem, s, &lacks);
    else if (claim)
        gf_problem_note(problems, problem, "it has one behind the claim, as  for %s = 1..3", name);
    else
        gf_problem_note(problems, problem, "it has one in a sum, as  sum(%s, 1..%s, e)", name,
                        m->steps_name ? gf_model_text(m, m->steps_name) : "3");
    return true;
}

/* --- a name ------------------------------------------------------------------------------------------------------- */

/* Where a name stands in an expression: the node above it, and the shape that is asked of it. */
typedef struct standing {
    const gf_tree *above;
    shape shape;
} standing;

static bool find(const gf_model *m, const gf_tree *tree, const gf_tree *name, standing *out)
{
    if (tree == name)
        return true;
    const standing here = *out;
    for (uint32_t k = 0; tree->kind != TREE_NUMBER && k < tree->count; k++) {
        *out = (standing){tree, asked(m, tree, k, here.shape)};
        if (find(m, tree->kids[k], name, out))
            return true;
    }
    return false;
}

static bool is_gradient(const gf_tree *part, const void *data)
{
    const uint32_t *grad_of = data;
    return part->kind == TREE_CALL && part->name == grad_of[0] && part->count && part->kids[0]->kind == TREE_NAME &&
           part->kids[0]->name == grad_of[1];
}

/* Does a claim or a let ask for its gradient? */
static bool is_learnt(const gf_model *m, uint32_t name)
{
    const uint32_t grad_of[] = {m->grad, name};
    for (const gf_statement *s = m->file.statements; s; s = s->next) {
        for (uint32_t k = 0; s->kind == STATEMENT_CLAIM && k < s->side_count; k++)
            if (gf_tree_find(s->sides[k], is_gradient, grad_of))
                return true;
        if (s->kind == STATEMENT_LET && s->value && gf_tree_find(s->value, is_gradient, grad_of))
            return true;
    }
    return false;
}

static void add_side(gf_text *w, const gf_model *m, const gf_tree *side)
{
    if (side)
        gf_tree_print(w, &m->file.names, side);
    else
        gf_text_add(w, "…");
}

/* "param W : m x n"; of what has a time "input x[t] : n x 1", or given where a loss compares with it. */
static void add_declaration(gf_text *w, const gf_model *m, const gf_tree *tree, const standing *at, bool weight)
{
    const bool target = at->above && compares(m, at->above), timed = tree->kind == TREE_AT;
    const shape of = at->shape;
    const bool shaped = of.rows && of.cols && of.rows != &one, input = timed && shaped && !target;
    gf_text_print(w, "declare it, as  %s %s%s : ",
                  weight  ? "param"
                  : input ? "input"
                          : "given",
                  gf_model_text(m, tree->name), timed ? "[t]" : "");
    if (!weight && !shaped) {
        gf_text_add(w, "1 x 1 = 0.1");
        return;
    }
    add_side(w, m, of.rows);
    gf_text_add(w, " x ");
    add_side(w, m, of.cols);
}

/* As people mark what they have not written yet, for which a let or a claim has ?. */
static bool is_mark(const char *name)
{
    static const char *const marks[] = {"TO"
                                        "DO",
                                        "to"
                                        "do",
                                        "FIX"
                                        "ME",
                                        "XX"
                                        "X",
                                        "xxx",
                                        "TBD",
                                        "tbd"};
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (!strcmp(name, marks[k]))
            return true;
    return false;
}

void gf_model_propose_declaration(gf_model *m, gf_problems *problems, gf_problem *problem, const gf_tree *tree,
                                  bool derived)
{
    const bool timed = tree->kind == TREE_AT;
    const gf_statement *s = gf_model_statement_at(m, tree->span.begin);
    const bool judging = s && (s->kind == STATEMENT_LET || s->kind == STATEMENT_CLAIM);
    if (judging && !derived && is_mark(gf_model_text(m, tree->name))) {
        gf_model_note_renamed(m, problems, problem, s, tree->span, "?");
        return;
    }
    standing at = {NULL, {NULL, NULL}};
    if (s && s->value && !judging) {
        at.shape = s->name ? declared_of(m, s->name) : (shape){&one, &one}; /* of the loss */
        find(m, s->value, tree, &at);
    }
    bool factor = at.above && (at.above->kind == TREE_MULTIPLY || at.above->kind == TREE_DIVIDE);
    bool said = at.shape.rows || at.shape.cols || !gf_is_index_name(gf_model_text(m, tree->name));
    bool weight = !timed && (derived || (at.above && said && (!factor || is_learnt(m, tree->name))));
    if (factor)
        at.shape = weight ? (shape){&one, &one} : (shape){NULL, NULL};
    gf_text w = {0};
    if (!weight)
        gf_text_print(&w, "define it, as  %s%s%s = …%s", (judging || !s) && !derived ? "let " : "",
                      gf_model_text(m, tree->name), timed ? "[t]" : "", derived ? "" : ", or ");
    if (weight || !derived)
        add_declaration(&w, m, tree, &at, weight);
    gf_problem_note(problems, problem, "%s", gf_text_string(&w));
    problems->out_of_memory |= w.failed;
    gf_text_free(&w);
}
