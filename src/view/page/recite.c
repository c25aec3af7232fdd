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
#include "language/lexer.h"
#include "model/model.h"

enum { DEEPEST = 100, LONGEST = 2000 /* bytes of an equation */, LONGEST_LOSS = 80 /* of one without a name */ };

/* What is said of a name in its scope. */
typedef struct word {
    const gf_node *said; /* its equation, or declaration */
    const gf_node *next; /* the same a step later, which must say the same */
    int first, last;     /* steps at which it has one; 0: it has no time */
    int count;           /* of nodes */
    int before, behind;  /* so many steps before the first and behind the last one are read */
} word;

/* Whose word a node is, and at which step: of h[0], that of h at 0. */
typedef struct saying {
    uint32_t word; /* 0: it has no name */
    int step;
    bool start; /* it is such an h[0] */
} saying;

typedef struct reciting {
    gf_text *out;
    const gf_graph *g;
    gf_names keys;   /* "h", "layer1.h" */
    word *words;     /* by number of a key */
    saying *sayings; /* by number of a node */
    int steps;       /* of the graph */
    int here;        /* the step of the equation that is being written; 0: none */
    bool ranges;     /* vcat(j, 0..t-1, h[j]) for [h[0]; h[1]; h[2]] */
    size_t begin;
    bool fine;
} reciting;

static void say_node(reciting *r, const gf_node *node, int depth);

/* --- words ------------------------------------------------------------------------------------------ */

/* The key of so many bytes of a node's name, in its scope; new where `add`. UINT32_MAX: there is none. */
static uint32_t find_key(reciting *r, const gf_node *node, int length, bool add)
{
    gf_text key = {0};
    const char *scope = gf_node_scope(node);
    gf_text_print(&key, "%s%s%.*s", scope, *scope ? "." : "", length, gf_node_name(node));
    uint32_t number = key.failed ? UINT32_MAX
                      : add      ? gf_names_add(&r->keys, gf_text_string(&key))
                                 : gf_names_find(&r->keys, gf_text_string(&key));
    r->out->failed |= key.failed || (add && number == UINT32_MAX);
    gf_text_free(&key);
    return number;
}

/* The h of h[0]. */
static void find_start(reciting *r, const gf_node *node)
{
    const char *name = gf_node_name(node), *index = strchr(name, '[');
    uint32_t number = index ? find_key(r, node, (int)(index - name), false) : UINT32_MAX;
    if (number && number != UINT32_MAX)
        r->sayings[node->id] = (saying){number, (int)strtol(index + 1, NULL, 10), true};
}

static bool find_sayings(reciting *r)
{
    r->sayings = calloc(r->g->size + 1, sizeof *r->sayings);
    for (size_t id = 0; r->sayings && id < r->g->size && !r->out->failed; id++) {
        const gf_node *node = gf_node_in(r->g, id);
        if (node->name)
            r->sayings[id] =
                (saying){find_key(r, node, (int)strlen(gf_node_name(node)), true), gf_node_step(node), false};
    }
    r->words = calloc((size_t)r->keys.count + 1, sizeof *r->words);
    r->out->failed |= !r->sayings || !r->words;
    for (size_t id = 0; id < r->g->size && !r->out->failed; id++)
        find_start(r, gf_node_in(r->g, id));
    return !r->out->failed;
}

/* Does the language take it as a name that means nothing else? */
static bool is_plain(const char *key)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    gf_function function;
    size_t size = strlen(key);
    bool word = strchr(letters, *key) && strspn(key, "_0123456789abcdefghijklmnopqrstuvwxyz"
                                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == size;
    bool index = size == 1 && strchr("Ttj", *key);
    return word && !index && size < GF_NAME_LIMIT && !gf_word_is_reserved(key) && !gf_function_find(&function, key);
}

enum { SPELLED = 200 };

/* How a word is spelled: others than plain ones have a number, and get their names when the text has been read. */
static const char *spell(char out[SPELLED], const reciting *r, uint32_t number)
{
    const char *key = gf_names_text(&r->keys, number);
    if (is_plain(key))
        snprintf(out, SPELLED, "%s", key);
    else
        snprintf(out, SPELLED, "q%u_", (unsigned)number);
    return out;
}

static bool is_timed(const reciting *r, uint32_t number)
{
    return r->words[number].last > 0;
}

/* --- expressions ------------------------------------------------------------------------------------ */

/* x[t], h[t-1], h[5], W. */
static void say_name(reciting *r, uint32_t number, int step)
{
    char spelled[SPELLED];
    gf_text_add(r->out, spell(spelled, r, number));
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
        gf_text_add(r->out, gf_number_as(text, "%.6g", number));
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
    int count = 0;
    uint32_t name = r->sayings[node->id].word;
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
    char spelled[SPELLED];
    gf_text_print(r->out, "sum(t, %s[t])", spell(spelled, r, number));
    return true;
}

/* [h[0]; h[1]; h[2]] of step 3, which of step 4 has one more: vcat(j, 0..t-1, h[j]). */
static bool say_range(reciting *r, const gf_node *node)
{
    const saying *first = &r->sayings[gf_operand(node, 0)->id];
    uint32_t number = first->word;
    for (int slot = 0; slot < (int)node->arity; slot++) {
        const saying *one = &r->sayings[gf_operand(node, slot)->id];
        if (!number || one->word != number || one->step != first->step + slot)
            return false;
    }
    if (!r->ranges || !r->here || node->arity < 2 || !is_timed(r, number) || first->step > 1)
        return false;
    word *w = &r->words[number];
    char spelled[SPELLED];
    int to = first->step + (int)node->arity - 1 - r->here;
    w->before = 1 - first->step > w->before ? 1 - first->step : w->before;
    gf_text_print(r->out, "%s(j, %d..t", node->op->name, first->step);
    if (to)
        gf_text_print(r->out, "%+d", to);
    gf_text_print(r->out, ", %s[j])", spell(spelled, r, number));
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
            gf_text_add(r->out, gf_number_as(number, "%.6g", numbers[k].number));
            return true;
        }
    r->fine &= size != 4 || memcmp(text, "mask", 4) != 0;
    return false;
}

/* 1 - z, which is built as -z + 1. */
static bool say_difference(reciting *r, const gf_node *node, int depth)
{
    const gf_node *of = node->arity ? gf_operand(node, 0) : node;
    const char *text = node->op->text, *its = of->op->text;
    if (!text || !its || strcmp(text, "a + p") != 0 || strcmp(its, "-a") != 0 || r->sayings[of->id].word)
        return false;
    char number[GF_NUMBER];
    gf_text_print(r->out, "%s - ", gf_number_as(number, "%.6g", gf_node_attributes(node)->p));
    say_node(r, gf_operand(of, 0), depth);
    return true;
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
        if (!call_of && say_range(r, node))
            return;
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
    if (!say_sum(r, node) && !say_difference(r, node, depth))
        say_operation(r, node, depth);
}

static void say_node(reciting *r, const gf_node *node, int depth)
{
    uint32_t number = r->sayings[node->id].word;
    r->fine &= depth < DEEPEST && r->out->size - r->begin < LONGEST && !r->out->failed;
    if (!r->fine)
        return;
    if (number) {
        say_name(r, number, r->sayings[node->id].step);
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

/* What is said of a node's name; NULL: it has none, or is where others start. */
static word *word_of(const reciting *r, const gf_node *node)
{
    const saying *its = &r->sayings[node->id];
    return its->word && !its->start ? &r->words[its->word] : NULL;
}

/* Of each name the steps at which it stands. */
static void find_words(reciting *r)
{
    for (size_t id = 0; id < r->g->size; id++) {
        const gf_node *node = gf_node_in(r->g, id);
        int step = gf_node_step(node);
        r->steps = step > r->steps ? step : r->steps;
        word *w = word_of(r, node);
        if (!w)
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
        word *w = word_of(r, node);
        int behind = w ? gf_node_step(node) - (w->first + w->last) / 2 : -1;
        if (!behind)
            w->said = node;
        if (behind == 1)
            w->next = node;
    }
}

static void say_leaf(reciting *r, const gf_node *node)
{
    const char *kind = gf_node_is_param(node) ? "param" : gf_node_is_input(node) ? "input" : "given";
    char spelled[SPELLED];
    gf_text_print(r->out, "%s %s%s : %d x %d\n", kind, spell(spelled, r, r->sayings[node->id].word),
                  gf_node_step(node) ? "[t]" : "", gf_node_rows(node), gf_node_cols(node));
}

/* Is the right side of `node`, from `begin` of the text on, also that of the step behind it? */
static bool says_the_same(reciting *r, const gf_node *next, size_t begin)
{
    gf_text *out = r->out, other = {0};
    r->out = &other;
    r->here = gf_node_step(next);
    r->begin = 0;
    say_right(r, next, 0);
    r->out = out;
    out->failed |= other.failed;
    bool same = r->fine && !out->failed && !strcmp(gf_text_string(out) + begin, gf_text_string(&other));
    gf_text_free(&other);
    return same;
}

/* The right side, which stands for that of the next step as well. */
static void say_equation(reciting *r, const gf_node *node)
{
    const gf_node *next = r->words[r->sayings[node->id].word].next;
    size_t begin = r->out->size;
    bool same = false;
    for (int way = 0; way < 2 && !same && r->fine && !r->out->failed; way++) {
        r->ranges = way == 0;
        if (r->out->size > begin)
            r->out->data[r->out->size = begin] = '\0';
        r->here = gf_node_step(node);
        say_right(r, node, 0);
        same = !next || (r->fine && says_the_same(r, next, begin));
    }
    r->ranges = false;
    r->fine &= same;
}

static void say_statement(reciting *r, const gf_node *node)
{
    r->here = gf_node_step(node);
    r->begin = r->out->size;
    if (!node->arity) {
        say_leaf(r, node);
        return;
    }
    uint32_t number = r->sayings[node->id].word;
    char spelled[SPELLED];
    if (!strcmp(gf_names_text(&r->keys, number), "loss"))
        gf_text_add(r->out, "loss ");
    else
        gf_text_print(r->out, "%s%s = ", spell(spelled, r, number), r->here ? "[t]" : "");
    say_equation(r, node);
    gf_text_add(r->out, "\n");
}

/* Has no name two meanings, twice at one step of one scope? */
static bool is_clear(const reciting *r)
{
    for (uint32_t k = 1; k <= r->keys.count; k++) {
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
    uint32_t loss = gf_names_find(&r->keys, "loss");
    if (loss != UINT32_MAX && r->words[loss].said)
        return;
    r->here = 0;
    r->begin = r->out->size;
    r->fine &= root && gf_matrix_size(&root->value) == 1;
    if (!r->fine)
        return;
    gf_text_add(r->out, "loss ");
    if (root->name)
        say_name(r, r->sayings[root->id].word, r->sayings[root->id].step);
    else
        say_right(r, root, 0);
    r->fine &= root->name || r->out->size - r->begin < LONGEST_LOSS;
    gf_text_add(r->out, "\n");
}

static void say_starts(reciting *r)
{
    char spelled[SPELLED];
    for (uint32_t k = 1; k <= r->keys.count; k++) {
        const word *w = &r->words[k];
        spell(spelled, r, k);
        for (int step = -w->before + 1; w->said && step <= 0; step++)
            gf_text_print(r->out, "start %s[%d] : %d x %d\n", spelled, step, gf_node_rows(w->said),
                          gf_node_cols(w->said));
        for (int step = 1; w->said && step <= w->behind; step++)
            gf_text_print(r->out, "start %s[T+%d] : %d x %d\n", spelled, step, gf_node_rows(w->said),
                          gf_node_cols(w->said));
    }
}

static void recite(reciting *r)
{
    if (!find_sayings(r))
        return;
    find_words(r);
    find_said(r);
    r->fine = is_clear(r);
    if (r->steps)
        gf_text_print(r->out, "steps T = %d\n", r->steps);
    for (size_t id = 0; id < r->g->size && r->fine; id++) {
        const gf_node *node = gf_node_in(r->g, id);
        const word *w = word_of(r, node);
        if (w && w->said == node)
            say_statement(r, node);
    }
    say_loss(r);
    say_starts(r);
}

static void end(reciting *r)
{
    gf_names_free(&r->keys);
    free(r->words);
    free(r->sayings);
}

bool gf_recite(gf_text *out, const gf_graph *g)
{
    reciting r = {.out = out, .g = g, .fine = true};
    recite(&r);
    end(&r);
    return r.fine && !out->failed;
}

/* --- a model ---------------------------------------------------------------------------------------- */

/* What stands for a word: its key; of a parameter its name alone, as in the strip, where that is nobody else's. */
static const char *shown(const reciting *r, uint32_t number)
{
    const gf_node *said = r->words[number].said;
    const char *name = said && gf_node_is_param(said) ? gf_node_name(said) : "";
    bool alone = *name && gf_names_find(&r->keys, name) == UINT32_MAX;
    return alone ? name : gf_names_text(&r->keys, number);
}

/* Names that the language does not take stand for their numbers. */
static bool rename_all(const reciting *r, gf_model *m)
{
    char spelled[SPELLED];
    bool fine = true;
    for (uint32_t k = 1; k <= r->keys.count && fine; k++) {
        if (is_plain(gf_names_text(&r->keys, k)))
            continue;
        uint32_t number = gf_names_find(&m->file.names, spell(spelled, r, k));
        fine = number == UINT32_MAX || gf_names_rename(&m->file.names, number, shown(r, k));
    }
    return fine;
}

gf_status gf_recite_model(gf_model **m, const gf_graph *g)
{
    gf_text text = {0};
    reciting r = {.out = &text, .g = g, .fine = true};
    *m = NULL;
    recite(&r);
    gf_status status = r.fine && !text.failed ? gf_model_parse(m, gf_text_string(&text), "") : GF_ERROR_ARGUMENT;
    if (text.failed || (!status && !rename_all(&r, *m)))
        status = GF_ERROR_MEMORY;
    end(&r);
    gf_text_free(&text);
    return status;
}
