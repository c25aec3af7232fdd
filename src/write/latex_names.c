/* Names in LaTeX.
 *
 * In a model file a subscript is part of the name: Wf, W_f, h1, zf[t]. A textbook sets W_f, h_1, z_{f,t}. So a name is
 * parted: one letter, and what is behind it as a subscript, if that is short enough to be one; whole words are set as
 * words, names of Greek letters as these. */
#include <string.h>

#include "text/characters.h"
#include "write/latex.h"

#define SMALL "abcdefghijklmnopqrstuvwxyz"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

/* --- letters -------------------------------------------------------------------------------------- */

enum { ALPHA = 0x3B1, CAPITAL_ALPHA = 0x391, GREEK = 25, SUBSCRIPT_ZERO = 0x2080 };

/* From alpha on, by code; capitals that look Latin are. */
static const char *const greek[2][GREEK] = {
    {"\\alpha", "\\beta",   "\\gamma",   "\\delta",  "\\varepsilon", "\\zeta", "\\eta",  "\\theta", "\\iota",
     "\\kappa", "\\lambda", "\\mu",      "\\nu",     "\\xi",         "o",      "\\pi",   "\\rho",   "\\varsigma",
     "\\sigma", "\\tau",    "\\upsilon", "\\varphi", "\\chi",        "\\psi",  "\\omega"},
    {"A",    "B", "\\Gamma", "\\Delta", "E", "Z",       "H", "\\Theta",   "I",     "K", "\\Lambda", "M",      "N",
     "\\Xi", "O", "\\Pi",    "P",       "",  "\\Sigma", "T", "\\Upsilon", "\\Phi", "X", "\\Psi",    "\\Omega"},
};

static const struct {
    uint32_t code;
    const char *command;
} accents[] = {
    {0x300, "\\grave"}, {0x301, "\\acute"},  {0x302, "\\hat"},    {0x303, "\\tilde"},  {0x304, "\\bar"},
    {0x305, "\\bar"},   {0x306, "\\breve"},  {0x307, "\\dot"},    {0x308, "\\ddot"},   {0x30C, "\\check"},
    {0x20D7, "\\vec"},  {0x109, "\\hat{c}"}, {0x125, "\\hat{h}"}, {0x177, "\\hat{y}"}, {0x175, "\\hat{w}"},
};

enum { ACCENTS = sizeof accents / sizeof *accents };

/* The LaTeX of a letter or of a mark; NULL where there is none. */
static const char *command_of(uint32_t code)
{
    if (code == 0x3D5 || code == 0x3F5 || code == 0x3D1)
        return code == 0x3D5 ? "\\phi" : code == 0x3F5 ? "\\epsilon" : "\\vartheta";
    if (code >= ALPHA && code < ALPHA + GREEK)
        return greek[0][code - ALPHA];
    if (code >= CAPITAL_ALPHA && code < CAPITAL_ALPHA + GREEK)
        return greek[1][code - CAPITAL_ALPHA];
    for (size_t k = 0; k < ACCENTS; k++)
        if (accents[k].code == code)
            return accents[k].command;
    return NULL;
}

static bool is_mark(uint32_t code)
{
    return (code >= 0x300 && code <= 0x36F) || (code >= 0x20D0 && code <= 0x20FF);
}

static bool is_subscript_digit(uint32_t code)
{
    return code >= SUBSCRIPT_ZERO && code <= SUBSCRIPT_ZERO + 9;
}

/* The bytes of the first letter with its marks. */
static size_t first_letter(const char *name, size_t size)
{
    int bytes;
    gf_utf8_decode(name, size, &bytes);
    size_t at = (size_t)bytes;
    while (at < size && is_mark(gf_utf8_decode(name + at, size - at, &bytes)))
        at += (size_t)bytes;
    return at;
}

/* Can it be set in math mode, character by character? */
static bool is_plain(const char *name, size_t size)
{
    int bytes;
    for (size_t at = 0; at < size; at += (size_t)bytes) {
        uint32_t code = gf_utf8_decode(name + at, size - at, &bytes);
        if (code > 127 && !command_of(code) && !is_subscript_digit(code))
            return false;
    }
    return true;
}

bool gf_latex_is_foreign(const char *name)
{
    return !is_plain(name, strlen(name));
}

/* A letter with its marks, each an accent around it: \hat{\alpha}. */
static void write_letter(gf_text *w, const char *letter, size_t size)
{
    int bytes, open = 0;
    uint32_t code = gf_utf8_decode(letter, size, &bytes);
    size_t first = (size_t)bytes;
    for (size_t at = first; at < size; at += (size_t)bytes, open++)
        gf_text_print(w, "%s{", command_of(gf_utf8_decode(letter + at, size - at, &bytes)));
    const char *command = command_of(code);
    if (command)
        gf_text_add(w, command);
    else if (is_subscript_digit(code))
        gf_text_print(w, "%d", (int)(code - SUBSCRIPT_ZERO));
    else
        gf_text_print(w, code == '_' ? "\\_" : "%.*s", (int)first, letter);
    while (open-- > 0)
        gf_text_add(w, "}");
}

/* A blank behind a command keeps the next letter apart. */
static void write_letters(gf_text *w, const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        size_t letter = first_letter(text + at, size - at);
        size_t before = w->size;
        write_letter(w, text + at, letter);
        at += letter;
        bool command = w->size > before + 1 && w->data[before] == '\\' && strspn(w->data + w->size - 1, SMALL);
        if (command && at < size && strspn(text + at, SMALL CAPITALS))
            gf_text_add(w, " ");
    }
}

/* --- names ---------------------------------------------------------------------------------------- */

/* A name, parted. A word is set whole; else the base is a letter, or the command of a Greek one. */
typedef struct parts {
    const char *base, *subscript;
    size_t base_size, subscript_size;
    bool word;
} parts;

static bool is_digits(const char *text, size_t size)
{
    int bytes;
    for (size_t at = 0; at < size; at += (size_t)bytes) {
        uint32_t code = gf_utf8_decode(text + at, size - at, &bytes);
        if (!is_subscript_digit(code) && !(code >= '0' && code <= '9'))
            return false;
    }
    return true;
}

/* The command of a Greek letter that is spelt in `size` bytes: "alpha"; NULL if it is none. */
static const char *spelt(const char *name, size_t size)
{
    for (int k = 0; k < 2 * GREEK; k++) {
        const char *command = greek[k / GREEK][k % GREEK];
        if (*command == '\\' && strlen(command) == size + 1 && !memcmp(command + 1, name, size))
            return command;
    }
    static const char *const variants[][2] = {{"phi", "\\phi"}, {"epsilon", "\\epsilon"}};
    for (int k = 0; k < 2; k++)
        if (strlen(variants[k][0]) == size && !memcmp(variants[k][0], name, size))
            return variants[k][1];
    return NULL;
}

/* Is what is behind the first letter a subscript? Digits, one letter (zf, Wf1), or two behind a capital (Whh). */
static bool is_subscript(const char *name, size_t first, size_t size)
{
    size_t letters = strspn(name + first, SMALL), behind = first + letters;
    bool capital = first == 1 && strspn(name, CAPITALS);
    if (letters > (capital ? 2 : 1))
        return false;
    return is_digits(name + behind, size - behind);
}

static parts part(const char *name, gf_latex_kind kind)
{
    size_t size = strlen(name), first = first_letter(name, size), word = strspn(name, SMALL CAPITALS);
    const char *command = kind == LATEX_GATE ? NULL : spelt(name, word);
    bool plain = is_plain(name, size);
    if (kind == LATEX_WORD)
        return (parts){name, name + size, size, 0, true};
    if (command && is_digits(name + word, size - word))
        return (parts){command, name + word, strlen(command), size - word, false};
    if (command && name[word] == '_' && name[word + 1])
        return (parts){command, name + word + 1, strlen(command), size - word - 1, false};
    if (plain && name[first] == '_' && size > first + 1)
        return (parts){name, name + first + 1, first, size - first - 1, false};
    if (plain && is_subscript(name, first, size))
        return (parts){name, name + first, first, size - first, false};
    return (parts){name, name + size, size, 0, true};
}

static void write_base(gf_text *w, const parts *p)
{
    bool plain = is_plain(p->base, p->base_size);
    if (!p->word && *p->base == '\\') {
        gf_text_add(w, p->base);
    } else if (p->word) {
        gf_text_add(w, plain ? "\\mathit{" : "\\text{");
        if (plain)
            write_letters(w, p->base, p->base_size);
        for (size_t k = 0; !plain && k < p->base_size; k++)
            gf_text_print(w, p->base[k] == '_' ? "\\_" : "%c", p->base[k]);
        gf_text_add(w, "}");
    } else {
        write_letters(w, p->base, p->base_size);
    }
}

void gf_latex_name_as(gf_text *w, gf_latex_kind kind, const char *name, const char *index)
{
    parts p = part(name, kind);
    size_t length = index ? strlen(index) : 0;
    write_base(w, &p);
    if (!p.subscript_size && !length)
        return;
    bool braces = p.subscript_size + length > 1;
    gf_text_add(w, braces ? "_{" : "_");
    write_letters(w, p.subscript, p.subscript_size);
    gf_text_add(w, p.subscript_size && length ? "," : "");
    gf_text_add(w, length ? index : "");
    gf_text_add(w, braces ? "}" : "");
}

void gf_latex_name(gf_text *w, const char *name, const char *index)
{
    gf_latex_name_as(w, LATEX_USUAL, name, index);
}
