/* A graph as a text: leaves are declared, each name's equation is that of one node, and what is read outside the steps
 * starts somewhere.
 *
 *     steps T = 5
 *     input x[t] : 1 x 3
 *     param U : 3 x 4
 *     h[t] = tanh((x[t] @ U) + (h[t-1] @ W))
 *     start h[0] : 1 x 4 */
#include "view/page/recite.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "language/functions.h"

enum { DEEPEST = 100, LONGEST = 2000 /* bytes of an equation */, LONGEST_LOSS = 80 /* of one without a name */ };

/* What is said of a name. */
typedef struct word {
    const gf_node *said; /* its equation, or declaration */
    const gf_node *next; /* the same a step later, which must say the same */
    int first, last;     /* steps at which it has one; 0: it has no time */
    int count;           /* of nodes */
    int before, behind;  /* so many steps before the first and behind the last one are read */
} word;

typedef struct reciting {
    gf_text *out;
    const gf_graph *g;
    word *words; /* by number of a name */
    int steps;   /* of the graph */
    int here;    /* the step of the equation that is being written; 0: none */
    size_t begin;
    bool fine;
} reciting;

static void say_node(reciting *r, const gf_node *node, int depth);

/* The number of a node's name, without the index of h[0]; 0: it has no name. *step is the index then. */
static uint32_t word_of(const gf_graph *g, const gf_node *node, int *step)
{
    const char *name = gf_node_name(node), *index = strchr(name, '[');
    char bare[64];
    *step = gf_node_step(node);
    if (!index || (size_t)(index - name) >= sizeof bare)
        return node->name;
    memcpy(bare, name, (size_t)(index - name));
    bare[index - name] = '\0';
    *step = (int)strtol(index + 1, NULL, 10);
    uint32_t number = gf_names_find(&g->names, bare);
    return number == UINT32_MAX ? node->name : number;
}

static bool is_timed(const reciting *r, uint32_t number)
{
    return r->words[number].last > 0;
}

/* --- expressions ------------------------------------------------------------------------------------ */

/* x[t], h[t-1], h[5], W. */
static void say_name(reciting *r, uint32_t number, int step)
{
    gf_text_add(r->out, gf_names_text(&r->g->names, number));
    word *w = &r->words[number];
    if (!is_timed(r, number))
        return;
    if (!r->here) {
        gf_text_print(r->out, "[%d]", step);
        return;
    }
    int offset = step - r->here;
    gf_text_print(r->out, offset ? "[t%+d]" : "[t]", offset);
    w->before = -offset > w->before ? -offset : w->before;
    w->behind = offset > w->behind ? offset : w->behind;
}

static void say_constant(reciting *r, const gf_node *node)
{
    const gf_matrix *value = &node->value;
    size_t size = gf_matrix_size(value);
    double number = size ? value->data[0] : 0;
    for (size_t k = 0; k < size; k++)
        r->fine &= value->data[k] == number;
    char text[GF_NUMBER];
    if (size == 1)
        gf_text_print(r->out, "%s", gf_number_exact(text, number));
    else if (number == 0 || number == 1)
        gf_text_print(r->out, "%s(%d, %d)", number == 0 ? "zeros" : "ones", value->rows, value->cols);
    else
        r->fine = false;
}

static bool is_addition(const gf_node *node)
{
    return node->op->symbol && !strcmp(node->op->symbol, "+");
}

/* The terms of a sum of one name at all steps, as L[1] + L[2] + L[3], or sum([L[1]; L[2]; L[3]]): how many. */
static int count_terms(const reciting *r, const gf_node *node, uint32_t *number, int depth)
{
    int step, count = 0;
    uint32_t name = word_of(r->g, node, &step);
    bool joins = is_addition(node) || (node->op->arity == GF_ARITY_ANY && node->op->text && *node->op->text == '[');
    if (name && depth) {
        bool same = is_timed(r, name) && (!*number || *number == name) && gf_matrix_size(&node->value) == 1;
        *number = name;
        return same ? 1 : INT_MIN / 2;
    }
    if (!joins || depth > DEEPEST * 10)
        return INT_MIN / 2;
    for (int slot = 0; slot < (int)node->arity && count >= 0; slot++)
        count += count_terms(r, gf_operand(node, slot), number, depth + 1);
    return count;
}

/* sum(t, L[t]), where it is one. */
static bool say_sum(reciting *r, const gf_node *node)
{
    uint32_t number = 0;
    bool sums = !strcmp(node->op->name, "sum");
    const gf_node *of = sums ? gf_operand(node, 0) : node;
    bool adds = is_addition(of);
    if (r->here || sums == adds || !r->steps || (sums && *gf_node_name(of)) ||
        count_terms(r, of, &number, 0) != r->steps)
        return false;
    gf_text_print(r->out, "sum(t, %s[t])", gf_names_text(&r->g->names, number));
    return true;
}

/* Side by side, [a, b], or on top of each other, [a; b]; max(a, b). */
static void say_all(reciting *r, const gf_node *node, const char *open, const char *between, int depth)
{
    for (int slot = 0; slot < (int)node->arity; slot++) {
        gf_text_add(r->out, slot ? between : open);
        say_node(r, gf_operand(node, slot), depth);
    }
    gf_text_add(r->out, *open == '[' ? "]" : ")");
}

/* The slot of the operand that the text of a row calls by this letter: the letters come in the order of the slots, in
 * where(c, a, b) as well. */
static int slot_of(const gf_operation *op, char letter)
{
    unsigned seen = 0;
    int slot = 0;
    for (const char *at = op->text; *at; at++) {
        bool alone = (at == op->text || !isalpha((unsigned char)at[-1])) && !isalpha((unsigned char)at[1]);
        if (!alone || *at < 'a' || *at >= 'a' + op->arity || seen >> (*at - 'a') & 1)
            continue;
        if (*at == letter)
            break;
        seen |= 1U << (*at - 'a');
        slot++;
    }
    return slot;
}

/* What a word in the text of a row stands for; false: it is none of ours, such as tanh. */
static bool say_word(reciting *r, const gf_node *node, const char *text, size_t size, int depth)
{
    const gf_attributes *p = gf_node_attributes(node);
    const struct {
        const char *name;
        double number;
    } numbers[] = {
        {"p", p->p},         {"lo", p->lo},         {"hi", p->hi},        {"slope", p->p},   {"first", p->first + 1},
        {"i", p->first + 1}, {"last", p->last + 1}, {"j", p->last + 1.0}, {"rows", p->rows}, {"cols", p->cols},
    };
    char number[GF_NUMBER];
    if (size == 1 && *text >= 'a' && *text < 'a' + (int)node->arity) {
        say_node(r, gf_operand(node, slot_of(node->op, *text)), depth);
        return true;
    }
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        if (strlen(numbers[k].name) == size && !memcmp(numbers[k].name, text, size)) {
            gf_text_add(r->out, gf_number_exact(number, numbers[k].number));
            return true;
        }
    r->fine &= size != 4 || memcmp(text, "mask", 4) != 0;
    return false;
}

/* The text of the operation's row, with the operands put in. */
static void say_operation(reciting *r, const gf_node *node, int depth)
{
    const gf_operation *op = node->op;
    const char *text = op->text;
    gf_function function;
    char call[GF_FUNCTION_NAME + 8];
    if (op->symbol && op->arity == 1 && gf_function_find(&function, op->symbol)) {
        snprintf(call, sizeof call, "%s(a)", op->symbol); /* softmax, whose rows are written out in its row's text */
        text = call;
    }
    r->fine &= text != NULL;
    if (op->arity == GF_ARITY_ANY && text) {
        bool call_of = *text != '[';
        say_all(r, node, call_of ? "max(" : "[", op->down && !call_of ? "; " : ", ", depth);
        return;
    }
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz_0123456789'";
    while (r->fine && *text) {
        size_t size = *text >= 'a' && *text <= 'z' ? strspn(text, letters) : 0;
        if (size > 1 && text[size - 1] == '\'' && text[size] != '(')
            size--;
        if (size == 2 && text[1] == '\'')
            size = 1;
        if (!size || text[size] == '(' || !say_word(r, node, text, size, depth))
            gf_text_bytes(r->out, text, size ? size : 1);
        text += size ? size : 1;
    }
}

static void say_right(reciting *r, const gf_node *node, int depth)
{
    if (!say_sum(r, node))
        say_operation(r, node, depth);
}

static void say_node(reciting *r, const gf_node *node, int depth)
{
    int step;
    uint32_t number = word_of(r->g, node, &step);
    r->fine &= depth < DEEPEST && r->out->size - r->begin < LONGEST && !r->out->failed;
    if (!r->fine)
        return;
    if (number) {
        say_name(r, number, step);
    } else if (!node->arity) {
        r->fine = gf_node_is_constant(node);
        if (r->fine)
            say_constant(r, node);
    } else {
        gf_text_add(r->out, "(");
        say_right(r, node, depth + 1);
        gf_text_add(r->out, ")");
    }
}

/* --- statements ------------------------------------------------------------------------------------- */

/* Of each name the steps at which it stands. */
static void find_words(reciting *r)
{
    for (size_t id = 0; id < r->g->size; id++) {
        const gf_node *node = gf_node_in(r->g, id);
        int step = gf_node_step(node);
        r->steps = step > r->steps ? step : r->steps;
        word *w = &r->words[node->name];
        if (!node->name)
            continue;
        w->count++;
        if (!step)
            continue;
        w->first = w->first ? (step < w->first ? step : w->first) : step;
        w->last = step > w->last ? step : w->last;
    }
}

/* And the node that is said: of one step, in the middle. */
static void find_said(reciting *r)
{
    for (size_t id = 0; id < r->g->size; id++) {
        const gf_node *node = gf_node_in(r->g, id);
        word *w = &r->words[node->name];
        int behind = gf_node_step(node) - (w->first + w->last) / 2;
        if (node->name && !behind)
            w->said = node;
        if (node->name && behind == 1)
            w->next = node;
    }
}

static void say_leaf(reciting *r, const gf_node *node)
{
    const char *kind = gf_node_is_param(node) ? "param" : gf_node_is_input(node) ? "input" : "given";
    gf_text_print(r->out, "%s %s%s : %d x %d\n", kind, gf_node_name(node), gf_node_step(node) ? "[t]" : "",
                  gf_node_rows(node), gf_node_cols(node));
}

/* Is the right side of `node`, from `begin` of the text on, also that of the step behind it? */
static void compare_with(reciting *r, const gf_node *next, size_t begin)
{
    gf_text *out = r->out, other = {0};
    r->out = &other;
    r->here = gf_node_step(next);
    r->begin = 0;
    say_right(r, next, 0);
    r->out = out;
    out->failed |= other.failed;
    r->fine &= !out->failed && !strcmp(gf_text_string(out) + begin, gf_text_string(&other));
    gf_text_free(&other);
}

static void say_statement(reciting *r, const gf_node *node)
{
    r->here = gf_node_step(node);
    r->begin = r->out->size;
    if (!node->arity) {
        say_leaf(r, node);
        return;
    }
    const char *name = gf_node_name(node);
    if (!strcmp(name, "loss"))
        gf_text_add(r->out, "loss ");
    else
        gf_text_print(r->out, "%s%s = ", name, r->here ? "[t]" : "");
    size_t begin = r->out->size;
    say_right(r, node, 0);
    if (r->fine && r->words[node->name].next)
        compare_with(r, r->words[node->name].next, begin);
    gf_text_add(r->out, "\n");
}

/* Has no name two meanings: of two scopes, or twice at one step? */
static bool is_clear(const reciting *r)
{
    for (uint32_t k = 1; k <= r->g->names.count; k++) {
        const word *w = &r->words[k];
        if (w->count > (w->last ? w->last - w->first + 1 : 1))
            return false;
    }
    return true;
}

/* A file has a loss: without one of that name, where backward began, which need not have a name. */
static void say_loss(reciting *r)
{
    const gf_node *root = r->g->record.root;
    uint32_t loss = gf_names_find(&r->g->names, "loss");
    if (loss != UINT32_MAX && r->words[loss].said)
        return;
    r->here = 0;
    r->begin = r->out->size;
    r->fine &= root && gf_matrix_size(&root->value) == 1;
    if (!r->fine)
        return;
    gf_text_add(r->out, "loss ");
    if (root->name)
        say_name(r, root->name, gf_node_step(root));
    else
        say_right(r, root, 0);
    r->fine &= root->name || r->out->size - r->begin < LONGEST_LOSS;
    gf_text_add(r->out, "\n");
}

static void say_starts(reciting *r)
{
    for (uint32_t k = 1; k <= r->g->names.count; k++) {
        const word *w = &r->words[k];
        for (int step = -w->before + 1; w->said && step <= 0; step++)
            gf_text_print(r->out, "start %s[%d] : %d x %d\n", gf_node_name(w->said), step, gf_node_rows(w->said),
                          gf_node_cols(w->said));
        for (int step = 1; w->said && step <= w->behind; step++)
            gf_text_print(r->out, "start %s[T+%d] : %d x %d\n", gf_node_name(w->said), step, gf_node_rows(w->said),
                          gf_node_cols(w->said));
    }
}

bool gf_recite(gf_text *out, const gf_graph *g)
{
    reciting r = {.out = out, .g = g, .fine = true};
    r.words = calloc((size_t)g->names.count + 1, sizeof *r.words);
    out->failed |= !r.words;
    if (!r.words)
        return false;
    find_words(&r);
    find_said(&r);
    r.fine = is_clear(&r);
    if (r.steps)
        gf_text_print(out, "steps T = %d\n", r.steps);
    for (size_t id = 0; id < g->size && r.fine; id++) {
        const gf_node *node = gf_node_in(g, id);
        if (node->name && r.words[node->name].said == node && !strchr(gf_node_name(node), '['))
            say_statement(&r, node);
    }
    say_loss(&r);
    say_starts(&r);
    free(r.words);
    return r.fine && !out->failed;
}
