/* An operation with its constants, as its box shows them: "× 2", "− 1", "^ 3", "clip(0, 1)", "rows(1, 4)". */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "text/characters.h"
#include "view/drawing/figures.h"
#include "view/inside.h"
#include "view/page/paint.h"

enum { LONGEST = 50 }; /* characters of an operation's symbol */

/* The number that a word of an operation's text stands for; false if it is none of the constants. */
bool gf_constant_find(const gf_node *node, const char *word, size_t size, double *number)
{
    const gf_attributes *own = gf_node_attributes(node);
    const struct {
        const char *word;
        double number;
    } words[] = {
        {"p", own->p},
        {"slope", own->p},
        {"lo", own->lo},
        {"hi", own->hi},
        {"first", own->first + 1.0},
        {"i", own->first + 1.0},
        {"last", own->last + 1.0},
        {"j", own->last + 1.0},
        {"rows", own->rows},
        {"cols", own->cols},
    };
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (strlen(words[k].word) == size && !memcmp(words[k].word, word, size)) {
            *number = words[k].number;
            return true;
        }
    return false;
}

/* Behind the operand, which the box's arrow is: its comma, or a blank. */
static const char *skip_operand(const char *at)
{
    at += *at == ',';
    return at + (*at == ' ');
}

/* Adds bytes, as far as there is room. */
static void add(char out[GF_INSCRIPTION], size_t *size, const char *text, size_t count)
{
    if (*size + count >= GF_INSCRIPTION)
        return;
    memcpy(out + *size, text, count);
    out[ *size += count] = '\0';
}

/* Adds a number; a negative one behind a plus turns it into a minus: "− 1". */
static void add_number(char out[GF_INSCRIPTION], size_t *size, double number)
{
    char figure[GF_FIGURE];
    if (number < 0 && *size >= 2 && !memcmp(out + *size - 2, "+ ", 2)) {
        *size -= 2;
        number = -number;
        add(out, size, "− ", strlen("− "));
    }
    gf_figure(figure, number, 4);
    add(out, size, figure, strlen(figure));
}

static size_t word_size(const char *at)
{
    size_t size = 0;
    while (isalpha((unsigned char)at[size]) || at[size] == '_')
        size++;
    return size;
}

static bool write_constants(char out[GF_INSCRIPTION], const gf_node *node)
{
    const char *at = gf_node_operation(node)->text;
    size_t written = 0;
    bool some = false;
    while (at && *at) {
        size_t size = word_size(at), step = size ? size : 1;
        double number;
        if (size == 1 && *at == 'a') {
            at = skip_operand(at + 1);
            continue;
        }
        if (size && at[size] != '(' && gf_constant_find(node, at, size, &number)) {
            add_number(out, &written, number);
            some = true;
        } else if (*at == '*') {
            add(out, &written, "×", strlen("×"));
        } else {
            add(out, &written, at, step);
        }
        at += step;
    }
    if (written && out[written - 1] == ' ')
        out[written - 1] = '\0';
    return some && gf_node_arity(node) == 1;
}

/* The number that an operand is; false where it is none. */
static bool find_number(const gf_node *node, int slot, char out[GF_FIGURE])
{
    bool found = gf_node_arity(node) == 2 && gf_is_number(gf_node_operand(node, slot));
    if (found)
        gf_figure(out, gf_node_operand(node, slot)->value.data[0], 4);
    return found;
}

void gf_operation_write(char out[GF_INSCRIPTION], const gf_node *node, const char *symbol, bool numbers)
{
    char number[GF_FIGURE] = "";
    *out = '\0';
    if (write_constants(out, node))
        return;
    symbol = strcmp(symbol, "-") ? symbol : "−";
    bool before = numbers && find_number(node, 0, number), behind = numbers && !before && find_number(node, 1, number);
    snprintf(out, GF_INSCRIPTION, "%s%s%.*s%s%s", before ? number : "", before ? " " : "",
             (int)gf_utf8_bytes(symbol, LONGEST), symbol, behind ? " " : "", behind ? number : "");
}
