/* The expressions of a graph as text: names with their steps, the texts of the rows of its operations with the operands
 * put in. What the language cannot say is a piece, a name of its own: own(h[t-1], W). */
#include "view/page/paint.h"
#include "view/page/reciting.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "language/functions.h"
#include "language/lexer.h"

enum { DEEPEST = 100, LONGEST = 2000 /* bytes of an equation */, DEEPEST_SHOWN = 4 };

static void say_node(gf_reciting *r, const gf_node *node, int depth);

/* --- names ------------------------------------------------------------------------------------------ */

bool gf_is_plain(const char *key)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    gf_function function;
    size_t size = strlen(key);
    bool word = strchr(letters, *key) && strspn(key, "_0123456789abcdefghijklmnopqrstuvwxyz"
                                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == size;
    bool index = size == 1 && strchr("Ttj", *key), ours = size && key[size - 1] == '_'; /* q1_, p1_ */
    return word && !index && !ours && size < GF_NAME_LIMIT && !gf_word_is_reserved(key) &&
           !gf_function_find(&function, key);
}

const char *gf_spell(char out[GF_SPELLED], const gf_reciting *r, uint32_t number)
{
    const char *key = gf_names_text(&r->keys, number);
    if (gf_is_plain(key))
        snprintf(out, GF_SPELLED, "%s", key);
    else
        snprintf(out, GF_SPELLED, "q%u_", (unsigned)number);
    return out;
}

static bool is_timed(const gf_reciting *r, uint32_t number)
{
    return r->words[number].last > 0;
}
/* --- expressions ------------------------------------------------------------------------------------ */

void gf_say_name(gf_reciting *r, uint32_t number, int step)
{
    char spelled[GF_SPELLED];
    gf_text_add(r->out, gf_spell(spelled, r, number));
    gf_word *w = &r->words[number];
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

void gf_say_piece(gf_reciting *r, const char *shown, const gf_node *node, bool timed)
{
    gf_text key = {0};
    gf_text_print(&key, "%u %d %s", (unsigned)r->of, ++r->parts, shown);
    uint32_t count = r->pieces.count, number = key.failed ? UINT32_MAX : gf_names_add(&r->pieces, gf_text_string(&key));
    const char *index = timed && r->here ? "[t]" : "";
    r->out->failed |= number == UINT32_MAX;
    gf_text_free(&key);
    gf_text_print(r->out, "p%u_%s", (unsigned)number, index);
    if (number != UINT32_MAX && number > count)
        gf_text_print(&r->given, "given p%u_%s : %d x %d\n", (unsigned)number, index, node ? gf_node_rows(node) : 1,
                      node ? gf_node_cols(node) : 1);
}

/* As text, a name's index in brackets; of `node` itself not its name: own(h[t-1], W). */
static void show(const gf_reciting *r, gf_text *out, const gf_node *node, int depth)
{
    char number[GF_NUMBER];
    int step = gf_node_step(node), offset = step - r->here;
    if (depth && *gf_node_name(node)) {
        gf_text_add(out, gf_node_name(node));
        if (step && !(r->here && !offset))
            gf_text_print(out, r->here ? "[t%s%d]" : "[%s%d]",
                          !r->here     ? ""
                          : offset < 0 ? "−"
                                       : "+",
                          abs(r->here ? offset : step));
        else if (step)
            gf_text_add(out, "[t]");
    } else if (!node->arity) {
        bool one = gf_matrix_size(&node->value) == 1;
        gf_text_add(out, one ? gf_number_as(number, "%.6g", node->value.data[0]) : GF_LEFT_OUT);
    } else if (depth > DEEPEST_SHOWN) {
        gf_text_add(out, GF_LEFT_OUT);
    } else {
        gf_text_print(out, "%s(", node->op->name);
        for (int slot = 0; slot < (int)node->arity; slot++) {
            gf_text_add(out, slot ? ", " : "");
            show(r, out, gf_operand(node, slot), depth + 1);
        }
        gf_text_add(out, ")");
    }
}

/* An operation that the language does not have. */
static void say_own(gf_reciting *r, const gf_node *node)
{
    gf_text text = {0};
    show(r, &text, node, 0);
    r->out->failed |= text.failed;
    gf_say_piece(r, gf_text_string(&text), node, false);
    gf_text_free(&text);
}

static void say_constant(gf_reciting *r, const gf_node *node)
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
static int count_terms(const gf_reciting *r, const gf_node *node, uint32_t *number, int depth)
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
static bool say_sum(gf_reciting *r, const gf_node *node)
{
    uint32_t number = 0;
    bool sums = !strcmp(node->op->name, "sum");
    const gf_node *of = sums ? gf_operand(node, 0) : node;
    bool adds = is_addition(of);
    if (r->here || sums == adds || !r->steps || (sums && *gf_node_name(of)) ||
        count_terms(r, of, &number, 0) != r->steps)
        return false;
    char spelled[GF_SPELLED];
    gf_text_print(r->out, "sum(t, %s[t])", gf_spell(spelled, r, number));
    return true;
}

/* [h[0]; h[1]; h[2]] of step 3, which of step 4 has one more: vcat(j, 0..t-1, h[j]). */
static bool say_range(gf_reciting *r, const gf_node *node)
{
    const gf_saying *first = &r->sayings[gf_operand(node, 0)->id];
    uint32_t number = first->word;
    for (int slot = 0; slot < (int)node->arity; slot++) {
        const gf_saying *one = &r->sayings[gf_operand(node, slot)->id];
        if (!number || one->word != number || one->step != first->step + slot)
            return false;
    }
    if (!r->ranges || !r->here || node->arity < 2 || !is_timed(r, number) || first->step > 1)
        return false;
    gf_word *w = &r->words[number];
    char spelled[GF_SPELLED];
    int to = first->step + (int)node->arity - 1 - r->here;
    w->before = 1 - first->step > w->before ? 1 - first->step : w->before;
    gf_text_print(r->out, "%s(j, %d..t", node->op->name, first->step);
    if (to)
        gf_text_print(r->out, "%+d", to);
    gf_text_print(r->out, ", %s[j])", gf_spell(spelled, r, number));
    return true;
}

/* Side by side, [a, b], or on top of each other, [a; b]; max(a, b). */
static void say_all(gf_reciting *r, const gf_node *node, const char *open, const char *between, int depth)
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
static bool say_word(gf_reciting *r, const gf_node *node, const char *text, size_t size, int depth)
{
    double constant;
    char number[GF_NUMBER];
    if (size == 1 && *text >= 'a' && *text < 'a' + (int)node->arity) {
        say_node(r, gf_operand(node, slot_of(node->op, *text)), depth);
        return true;
    }
    if (gf_constant_find(node, text, size, &constant)) {
        gf_text_add(r->out, gf_number_as(number, "%.6g", constant));
        return true;
    }
    bool mask = size == 4 && !memcmp(text, "mask", 4); /* of dropout, drawn anew at each step */
    if (mask)
        gf_say_piece(r, "mask", node, true);
    return mask;
}

/* 1 - z, which is built as -z + 1. */
static bool say_difference(gf_reciting *r, const gf_node *node, int depth)
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

/* Does the language have the functions that a row's text calls? */
static bool has_words(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz_0123456789'";
    bool has = text != NULL;
    for (const char *at = text; has && *at;) {
        size_t size = *at >= 'a' && *at <= 'z' ? strspn(at, letters) : 0;
        char word[GF_FUNCTION_NAME + 8];
        gf_function function;
        snprintf(word, sizeof word, "%.*s", (int)size, at);
        has = !size || at[size] != '(' || (size < sizeof word && gf_function_find(&function, word));
        at += size ? size : 1;
    }
    return has;
}

/* The text of the operation's row, with the operands put in. */
static void say_operation(gf_reciting *r, const gf_node *node, int depth)
{
    const gf_operation *op = node->op;
    const char *text = op->text;
    gf_function function;
    char call[GF_FUNCTION_NAME + 8];
    if (op->symbol && op->arity == 1 && gf_function_find(&function, op->symbol)) {
        snprintf(call, sizeof call, "%s(a)", op->symbol); /* softmax, whose rows are written out in its row's text */
        text = call;
    }
    if (!has_words(text)) {
        say_own(r, node);
        return;
    }
    if (op->arity == GF_ARITY_ANY) {
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

void gf_say_right(gf_reciting *r, const gf_node *node, int depth)
{
    if (!say_sum(r, node) && !say_difference(r, node, depth))
        say_operation(r, node, depth);
}

static void say_node(gf_reciting *r, const gf_node *node, int depth)
{
    uint32_t number = r->sayings[node->id].word;
    r->fine &= depth < DEEPEST && r->out->size - r->begin < LONGEST && !r->out->failed;
    if (!r->fine)
        return;
    if (number) {
        gf_say_name(r, number, r->sayings[node->id].step);
    } else if (!node->arity) {
        r->fine = gf_node_is_constant(node);
        if (r->fine)
            say_constant(r, node);
    } else {
        gf_text_add(r->out, "(");
        gf_say_right(r, node, depth + 1);
        gf_text_add(r->out, ")");
    }
}
