/* Names in Python, and lines that are not too long. */
#include <string.h>

#include "text/characters.h"
#include "write/numpy.h"

enum { LINE = 79 };

/* --- names ---------------------------------------------------------------------------------------- */

/* What the language reserves, and what the program has besides. */
static const char *const reserved[] = {
    "False", "None",   "True",     "and",    "as",     "assert",   "async",   "await",  "break",  "class",
    "def",   "del",    "elif",     "else",   "except", "from",     "finally", "global", "import", "in",
    "is",    "lambda", "nonlocal", "not",    "or",     "pass",     "raise",   "return", "try",    "while",
    "with",  "yield",  "continue", "for",    "if",     "np",       "range",   "len",    "params", "inputs",
    "given", "Steps",  "OnDemand", "reduce", "math",   "backward", "super",   "dict",   "float",  "enumerate",
};

/* Letters that Python takes as they are, without making others of them (NFKC): Latin, Greek, marks, Cyrillic, Chinese,
 * Japanese and Korean. */
static const struct {
    uint32_t first, last;
} letters[] = {
    {'0', '9'},     {'A', 'Z'},     {'_', '_'},       {'a', 'z'},       {0xC0, 0xD6},     {0xD8, 0xF6},
    {0xF8, 0x131},  {0x134, 0x13E}, {0x141, 0x148},   {0x14A, 0x17E},   {0x300, 0x33F},   {0x391, 0x3A9},
    {0x3AC, 0x3CE}, {0x400, 0x481}, {0x3041, 0x3096}, {0x30A1, 0x30FA}, {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3},
};

static bool is_plain(uint32_t code)
{
    for (size_t k = 0; k < sizeof letters / sizeof *letters; k++)
        if (code >= letters[k].first && code <= letters[k].last)
            return true;
    return false;
}

/* The others: subscript digits are digits, what remains its number. */
static void write_safely(gf_text *w, const char *name)
{
    int bytes;
    for (size_t at = 0, size = strlen(name); at < size; at += (size_t)bytes) {
        uint32_t code = gf_utf8_decode(name + at, size - at, &bytes);
        if (is_plain(code))
            gf_text_bytes(w, name + at, (size_t)bytes);
        else if (code >= 0x2080 && code <= 0x2089)
            gf_text_print(w, "%d", (int)(code - 0x2080));
        else
            gf_text_print(w, "u%x", (unsigned)code);
    }
}

static bool is_reserved(const char *name)
{
    static const char prime[] = "_prime";
    size_t size = strlen(name);
    bool is = size >= sizeof prime && !strcmp(name + size - (sizeof prime - 1), prime);
    for (size_t k = 0; k < sizeof reserved / sizeof *reserved && !is; k++)
        is = !strcmp(reserved[k], name);
    return is;
}

/* Is it the file's name for something, or what Python calls another name? */
static bool is_taken(const gf_python *p, const char *name)
{
    uint32_t number = gf_names_find(p->names, name);
    if (number != UINT32_MAX || is_reserved(name))
        return true;
    for (uint32_t k = 0; k <= p->names->count; k++)
        if ((p->name[k] && !strcmp(p->name[k], name)) || (p->index[k] && !strcmp(p->index[k], name)))
            return true;
    return false;
}

/* The name if it may stand as it is, else with as many _ behind it as it takes. */
static const char *make_name(gf_python *p, const char *name, bool differs)
{
    gf_text w = {0};
    write_safely(&w, name);
    bool changed = differs || strcmp(gf_text_string(&w), name) != 0 || is_reserved(name);
    if (changed && (differs || is_reserved(name)))
        gf_text_add(&w, "_");
    while (changed && !w.failed && is_taken(p, gf_text_string(&w)))
        gf_text_add(&w, "_");
    const char *made = gf_text_keep(&w, &p->arena);
    p->w->failed |= !made;
    return made ? made : "";
}

const char *gf_python_name(gf_python *p, uint32_t name)
{
    p->used[name] = true;
    if (!p->name[name])
        p->name[name] = make_name(p, gf_names_text(p->names, name), false);
    return p->name[name];
}

/* t is its own; another that is spelt like a name of the file, or a let, becomes another one. */
const char *gf_python_index(gf_python *p, uint32_t name)
{
    const gf_symbol *symbol = gf_model_symbol(p->d->m, name);
    bool differs = (symbol && symbol->kind != SYMBOL_NONE) || gf_known_let(p->known, name);
    if (!p->index[name])
        p->index[name] = make_name(p, gf_names_text(p->names, name), differs);
    return p->index[name];
}

void gf_python_function(gf_text *w, const char *name)
{
    size_t size = strcspn(name, "'");
    gf_text_bytes(w, name, size);
    gf_text_add(w, name[size] ? "_prime" : "");
}

bool gf_python_begin(gf_python *p, gf_text *w, gf_known *known)
{
    *p = (gf_python){.w = w, .d = known->d, .names = &known->d->m->file.names, .known = known};
    size_t count = (size_t)p->names->count + 1;
    p->name = gf_arena_get(&p->arena, count * sizeof *p->name);
    p->index = gf_arena_get(&p->arena, count * sizeof *p->index);
    p->used = gf_arena_get(&p->arena, count * sizeof *p->used);
    p->on_demand = gf_arena_get(&p->arena, count * sizeof *p->on_demand);
    return p->name && p->index && p->used && p->on_demand;
}

void gf_python_end(gf_python *p)
{
    gf_arena_free(&p->arena);
}

/* --- lines ---------------------------------------------------------------------------------------- */

/* How deep in brackets the character behind `c` stands, given how deep c stood. */
static int depth_behind(int depth, char c)
{
    return depth + (c && strchr("([{", c)) - (c && strchr(")]}", c));
}

/* How unwelcome a break is at a character: less so outside of brackets, and there at a sum, more so behind a comma; -1:
 * none may be here. */
static int level_of(const char *at, int depth)
{
    bool weak = *at == *GF_WEAK_BREAK || (*at == ' ' && at[-1] == ',');
    return *at == *GF_BREAK ? 2 * depth : weak ? 2 * depth + 1 : -1;
}

static int least_level(const char *expression, size_t size)
{
    int depth = 0, least = -1;
    for (size_t k = 0; k < size; k++) {
        int level = level_of(&expression[k], depth);
        if (level >= 0 && (least < 0 || level < least))
            least = level;
        depth = depth_behind(depth, expression[k]);
    }
    return least;
}

/* How many bytes there are up to the first break of that level, or the end. `depth` is that of the beginning, and
 * becomes that of the break. */
static size_t piece_size(const char *expression, size_t size, int level, int *depth)
{
    size_t k = 0;
    for (; k < size && level_of(&expression[k], *depth) != level; k++)
        *depth = depth_behind(*depth, expression[k]);
    return k;
}

/* How many characters so many bytes are. */
static size_t width_of(const char *text, size_t size)
{
    size_t width = 0;
    for (size_t k = 0; k < size; k++)
        width += !gf_utf8_continues(text[k]);
    return width;
}

/* How many characters the last line has. */
static size_t column(const gf_text *w)
{
    const char *text = gf_text_string(w), *end = strrchr(text, '\n');
    return gf_utf8_count(end ? end + 1 : text);
}

/* Where a line goes on: behind the innermost bracket that is open, as PEP 8 aligns it; `least` where there is none. */
static int hang(const gf_text *w, int least)
{
    const char *text = gf_text_string(w);
    int open = 0;
    size_t at = w->size;
    while (at > 0 && open < 1) {
        at--;
        open -= depth_behind(0, text[at]) < 0;
        open += depth_behind(0, text[at]) > 0;
    }
    size_t line = at;
    while (line > 0 && text[line - 1] != '\n')
        line--;
    return open < 1 ? least : (int)width_of(text + line, at + 1 - line);
}

static void add_flat(gf_text *w, const char *expression, size_t size)
{
    for (size_t k = 0; k < size; k++)
        gf_text_bytes(w, level_of(&expression[k], 0) >= 0 ? " " : &expression[k], 1);
}

/* Breaks it at the least level, as seldom as will do, and what is then too long at the next one. `tail` characters will
 * follow on the last line. */
static void add_broken(gf_text *w, int indent, const char *expression, size_t size, size_t tail)
{
    int level = least_level(expression, size), depth = 0;
    if (level < 0)
        add_flat(w, expression, size);
    for (size_t at = level < 0 ? size : 0; at < size && !w->failed;) {
        bool first = at == 0;
        size_t length = piece_size(expression + at + !first, size - at - !first, level, &depth) + !first;
        size_t behind = at + length == size ? tail : 0, width = width_of(expression + at, length);
        if (!first && column(w) + width + behind > LINE) {
            int begin = hang(w, indent + 4);
            bool fits = (size_t)begin + width - 1 + behind <= LINE;
            gf_text_print(w, "\n%*s", fits || begin <= LINE / 2 ? begin : indent + 4, "");
        } else if (!first) {
            gf_text_add(w, " ");
        }
        if (column(w) + width - !first + behind > LINE)
            add_broken(w, indent + 4, expression + at + !first, length - !first, behind);
        else
            add_flat(w, expression + at + !first, length - !first);
        at += length;
    }
}

void gf_python_line(gf_text *w, int indent, const char *before, const char *expression, const char *behind)
{
    size_t size = strlen(expression), tail = gf_utf8_count(behind);
    int level = least_level(expression, size);
    gf_text_print(w, "%*s%s", indent, "", before);
    bool fits = column(w) + width_of(expression, size) + tail <= LINE, bare = level == 0 || level == 1;
    gf_text_add(w, !fits && bare ? "(" : "");
    if (fits)
        add_flat(w, expression, size);
    else
        add_broken(w, indent, expression, size, tail + bare);
    gf_text_print(w, "%s%s\n", !fits && bare ? ")" : "", behind);
}

void gf_python_comment(gf_text *w, int indent, const char *text, size_t size)
{
    gf_text_print(w, "%*s#", indent, "");
    for (size_t at = 0; at < size;) {
        size_t blanks = strspn(text + at, " "), word = blanks + strcspn(text + at + blanks, " \n");
        if (column(w) + 1 + width_of(text + at, word) > LINE) {
            gf_text_print(w, "\n%*s#    ", indent, "");
            at += blanks;
            word -= blanks;
        }
        gf_text_add(w, at ? "" : " ");
        gf_text_bytes(w, text + at, word);
        at += word;
    }
    gf_text_add(w, "\n");
}
