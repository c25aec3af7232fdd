/* Graphviz's language: a statement a line, what is no plain word or number between quotes. */
#include "view/dot/text.h"

#include <stdbool.h>
#include <string.h>

static bool is_keyword(const char *word)
{
    static const char *const keywords[] = {"node", "edge", "graph", "digraph", "subgraph", "strict"};
    for (size_t k = 0; k < sizeof keywords / sizeof *keywords; k++)
        if (strcmp(word, keywords[k]) == 0)
            return true;
    return false;
}

/* A word of small letters and digits, or a number without exponent. */
static bool is_plain(const char *value)
{
    size_t size = strlen(value);
    if (*value >= 'a' && *value <= 'z')
        return strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789_") == size && !is_keyword(value);
    size_t whole = strspn(value, "0123456789");
    size_t part = value[whole] == '.' ? 1 + strspn(value + whole + 1, "0123456789") : 0;
    return whole && part != 1 && whole + part == size;
}

static void add_value(gf_text *out, const char *value)
{
    if (is_plain(value)) {
        gf_text_add(out, value);
        return;
    }
    gf_text_bytes(out, "\"", 1);
    gf_text_with(out, value, '"', "\\\"");
    gf_text_bytes(out, "\"", 1);
}

static void begin_line(gf_dot_text *text)
{
    for (int k = 0; k < text->depth; k++)
        gf_text_bytes(text->out, "\t", 1);
}

static void begin_list(gf_dot_text *text)
{
    gf_text_add(text->out, " [");
    text->any = false;
}

static void begin_attribute(gf_dot_text *text, const char *name)
{
    gf_text_add(text->out, text->any ? ", " : "");
    gf_text_add(text->out, name);
    gf_text_bytes(text->out, "=", 1);
    text->any = true;
}

void gf_dot_begin(gf_dot_text *text, const char *name)
{
    gf_text_print(text->out, "digraph %s {\n", name);
    text->depth = 1;
}

void gf_dot_finish(gf_dot_text *text)
{
    gf_text_add(text->out, "}\n");
}

void gf_dot_begin_node(gf_dot_text *text, const char *name)
{
    begin_line(text);
    gf_text_add(text->out, name);
    begin_list(text);
}

void gf_dot_begin_edge(gf_dot_text *text, const char *from, const char *to, const char *key)
{
    begin_line(text);
    gf_text_add(text->out, from);
    gf_text_add(text->out, " -> ");
    gf_text_add(text->out, to);
    begin_list(text);
    gf_dot_attribute(text, "key", key);
}

void gf_dot_attribute(gf_dot_text *text, const char *name, const char *value)
{
    begin_attribute(text, name);
    add_value(text->out, value);
}

void gf_dot_markup(gf_dot_text *text, const char *name, const char *markup)
{
    begin_attribute(text, name);
    gf_text_bytes(text->out, "<", 1);
    gf_text_add(text->out, markup);
    gf_text_bytes(text->out, ">", 1);
}

void gf_dot_end(gf_dot_text *text)
{
    gf_text_add(text->out, "];\n");
}

void gf_dot_begin_cluster(gf_dot_text *text, const char *name)
{
    begin_line(text);
    gf_text_print(text->out, "subgraph %s {\n", name);
    text->depth++;
    gf_dot_begin_node(text, "graph");
}

void gf_dot_end_cluster(gf_dot_text *text)
{
    text->depth--;
    begin_line(text);
    gf_text_add(text->out, "}\n");
}
