/* What a pattern makes: its holes filled, and brackets put around what its place would take apart. */
#include "language/patterns.h"

#include <string.h>

#include "language/functions.h"
#include "text/characters.h"

/* --- how tightly a text binds -------------------------------------------------------------------------------- */

enum { BINDS_NOT, BINDS_RELATION, BINDS_SUM, BINDS_PRODUCT, BINDS_SIGN, BINDS_POWER, BINDS_ALL };

static const struct {
    const char *text;
    int binds;
} operators[] = {
    {"+", BINDS_SUM},       {"-", BINDS_SUM},     {"−", BINDS_SUM},      {"*", BINDS_PRODUCT},  {"@", BINDS_PRODUCT},
    {"/", BINDS_PRODUCT},   {"·", BINDS_PRODUCT}, {"⋅", BINDS_PRODUCT},  {"∙", BINDS_PRODUCT},  {"∘", BINDS_PRODUCT},
    {"⊙", BINDS_PRODUCT},   {"×", BINDS_PRODUCT}, {"⊗", BINDS_PRODUCT},  {"^", BINDS_POWER},    {"<=", BINDS_RELATION},
    {">=", BINDS_RELATION}, {"=", BINDS_NOT},     {"<", BINDS_RELATION}, {">", BINDS_RELATION}, {",", BINDS_NOT},
    {";", BINDS_NOT},       {":", BINDS_NOT},     {"|", BINDS_NOT},      {"~", BINDS_NOT},
};

enum { OPERATORS = sizeof operators / sizeof *operators };

/* The operator at a place, or, with `before`, the one that ends there; OPERATORS where there is none. */
static size_t operator_at(const char *text, size_t at, bool before)
{
    size_t k = 0;
    for (; k < OPERATORS; k++) {
        size_t size = strlen(operators[k].text);
        if (before ? at >= size && !memcmp(text + at - size, operators[k].text, size)
                   : !strncmp(text + at, operators[k].text, size))
            break;
    }
    return k;
}

static bool begins_group(char c)
{
    return c && strchr("([{", c);
}

static int weaker(int a, int b)
{
    return a < b ? a : b;
}

/* Past an operand's name, number or bracket, or one other character. */
static uint32_t past(const char *text, uint32_t at)
{
    uint32_t end = begins_group(text[at]) ? gf_group_end(text, at) : gf_name_end(text, at);
    return end > at ? end : at + 1;
}

/* The loosest of its operators. Two operands without one between them are a product. */
static int binding_of(const char *text)
{
    int result = BINDS_ALL;
    bool behind_operand = false, apart = false;
    for (uint32_t at = 0; text[at];) {
        size_t k = operator_at(text, at, false);
        uint32_t end = k < OPERATORS ? at + (uint32_t)strlen(operators[k].text) : past(text, at);
        bool blank = text[at] == ' ';
        if (k < OPERATORS) {
            bool unary = !behind_operand && operators[k].binds == BINDS_SUM;
            result = weaker(result, unary ? BINDS_SIGN : operators[k].binds);
            behind_operand = false;
        } else if (!blank) {
            result = behind_operand && apart ? weaker(result, BINDS_PRODUCT) : result;
            behind_operand = true;
        }
        apart = blank;
        at = end;
    }
    return result;
}

/* What an operator asks of its sides; a claim may have several relations. */
static int asked_by(size_t k)
{
    return k == OPERATORS || operators[k].binds == BINDS_RELATION ? BINDS_NOT : operators[k].binds;
}

/* How tightly must bind what stands behind the first `size` bytes of a text; what stands before another text? */
static int asked_by_left(const char *text, size_t size)
{
    while (size && text[size - 1] == ' ')
        size--;
    size_t k = operator_at(text, size, true);
    bool minus = k < OPERATORS && operators[k].binds == BINDS_SUM && operators[k].text[0] != '+';
    bool product = k < OPERATORS && operators[k].binds == BINDS_PRODUCT;
    return asked_by(k) + minus + product;
}

static int asked_by_right(const char *text)
{
    static const char *const suffixes[] = {"^", "'", "ᵀ", "²", "³", "[", "("};
    bool method = text[0] == '.' && gf_name_end(text, 1) > 1;
    for (size_t k = 0; k < sizeof suffixes / sizeof *suffixes; k++)
        if (method || !strncmp(text, suffixes[k], strlen(suffixes[k])))
            return BINDS_ALL;
    return asked_by(operator_at(text, gf_past_blanks(text, 0), false));
}

static void add_bound(gf_text *w, const char *text, int asked)
{
    int binds = binding_of(text);
    bool brackets = binds && binds < asked;
    gf_text_add(w, brackets ? "(" : "");
    gf_text_add(w, text);
    gf_text_add(w, brackets ? ")" : "");
}

/* --- holes ------------------------------------------------------------------------------------------------------ */

/* a, b -> a; b */
static void add_stacked(gf_text *w, const char *line, gf_span span)
{
    for (uint32_t at = span.begin; at < span.end;) {
        uint32_t end = past(line, at);
        if (line[at] == ',')
            gf_text_add(w, ";");
        else
            gf_text_bytes(w, line + at, end - at);
        at = end;
    }
}

/* i -> i+1, 2 -> 3 */
static void add_next(gf_text *w, const char *line, gf_span span)
{
    double number = gf_number_read(line + span.begin, span.end - span.begin);
    if (number == number && number < 1e6) {
        gf_text_number(w, number + 1);
        return;
    }
    gf_text_bytes(w, line + span.begin, span.end - span.begin);
    gf_text_add(w, "+1");
}

/* 𝐖𝐡 -> W h, two names; 𝑡𝑎𝑛ℎ -> tanh, a function, and so is the name of a matrix that has several letters. */
static void add_plain(gf_text *w, const char *line, gf_span span, const gf_knowledge *known)
{
    gf_text word = {0}, apart = {0};
    int bytes;
    for (uint32_t at = span.begin; at < span.end; at += (uint32_t)bytes) {
        uint32_t form[GF_FORM];
        char letter[4];
        gf_code_form_of(gf_utf8_decode(line + at, span.end - at, &bytes), form);
        size_t size = (size_t)gf_utf8_encode(form[0], letter);
        bool digits = form[0] >= '0' && form[0] <= '9';
        gf_text_add(&apart, apart.size && !digits ? " " : "");
        gf_text_bytes(&apart, letter, size);
        gf_text_bytes(&word, letter, size);
    }
    gf_function function;
    const char *text = gf_text_string(&word);
    bool whole = gf_function_find(&function, text) || (known && known->of(known->data, text) != KNOWN_NOT);
    gf_text_add(w, whole ? text : gf_text_string(&apart));
    w->failed |= word.failed || apart.failed;
    gf_text_free(&word);
    gf_text_free(&apart);
}

/* What the hole at `p` stands for, and past it. */
static const char *add_hole(gf_text *w, const char *line, const gf_match *match, const char *p,
                            const gf_knowledge *known)
{
    char letter = p[1];
    const gf_span *span = &match->hole[(unsigned char)letter];
    if (letter == '$' || letter == '<') {
        gf_text_bytes(w, &letter, 1);
    } else if (letter == 'T') {
        gf_text_add(w, *known->steps ? known->steps : "T");
    } else if (letter == ';') {
        add_stacked(w, line, match->hole['*']);
    } else if (letter == '+') {
        add_next(w, line, match->hole[(unsigned char)p[2]]);
        return p + 3;
    } else if (letter >= '1' && letter <= '8') {
        const char *chosen = match->chosen[letter - '1'];
        gf_text_bytes(w, chosen, chosen ? strcspn(chosen, "|>") : 0);
    } else if (letter == 'P') {
        add_plain(w, line, match->hole['B'], known);
    } else if (letter == 'g') {
        gf_text_add(w, gf_greek(line + span->begin, span->end - span->begin));
    } else {
        gf_text one = {0};
        uint32_t begin = span->begin, end = span->end;
        bool brackets = line[begin] == '(' && gf_group_end(line, begin) == end;
        gf_text_bytes(&one, line + begin + brackets, end - begin - 2 * brackets);
        int left = asked_by_left(gf_text_string(w), w->size), right = asked_by_right(p + 2);
        add_bound(w, gf_text_string(&one), left > right ? left : right);
        w->failed |= one.failed;
        gf_text_free(&one);
    }
    return p + 2;
}

/* Would what stands beside it run into it? \mathbf{W}\mathbf{h} is W h; W_\mathrm{h} is one name. */
static bool goes_on_name(const char *text, size_t at)
{
    return text[at] != '_' && gf_name_end(text, (uint32_t)at) > at;
}

void gf_pattern_fill(gf_text *w, const char *line, const gf_match *match, const char *here, const gf_knowledge *known)
{
    for (const char *p = here; *p;) {
        size_t size = strcspn(p, "$");
        gf_text_bytes(w, p, size);
        p += size;
        if (*p)
            p = add_hole(w, line, match, p, known);
    }
}

void gf_pattern_replace(gf_text *w, const char *line, const gf_match *match, const char *here,
                        const gf_knowledge *known)
{
    gf_text piece = {0};
    gf_pattern_fill(&piece, line, match, here, known);
    const char *after = line + match->span.end, *text = gf_text_string(&piece);
    bool joined = goes_on_name(text, 0) && gf_name_end(line, match->span.begin) == match->span.begin;
    gf_text_bytes(w, line, match->span.begin);
    bool behind = match->span.begin && line[match->span.begin - 1] != '_' &&
                  gf_name_begin(line, match->span.begin) < match->span.begin;
    gf_text_add(w, joined && behind ? " " : "");
    int left = asked_by_left(line, match->span.begin), right = asked_by_right(after);
    bool binds = strchr(here, '$') && strcmp(here, "$P") != 0;
    add_bound(w, text, binds ? left > right ? left : right : BINDS_NOT);
    joined = piece.size && goes_on_name(text, piece.size - 1) && strchr(")]}", after[-1]);
    gf_text_add(w, joined && goes_on_name(after, 0) ? " " : "");
    gf_text_add(w, after);
    w->failed |= piece.failed;
    gf_text_free(&piece);
}

bool gf_pattern_is_short(const gf_match *match, const char *line)
{
    enum { SHORT = 40, OPERAND = 16 };
    bool result = match->span.end - match->span.begin <= SHORT;
    for (int letter = 0; letter < GF_HOLES; letter++) {
        gf_span span = match->hole[letter];
        bool blank = span.end > span.begin && memchr(line + span.begin, ' ', span.end - span.begin);
        result = result && !blank && span.end - span.begin <= OPERAND;
    }
    return result;
}

/* --- as a reader sees it --------------------------------------------------------------------------------------- */

/* Names and indices as they stand in the line. */
static void show_hole(gf_text *w, char letter, const gf_match *match, const char *line)
{
    static const struct {
        char letter;
        const char *text;
    } shown[] = {{'q', "b"}, {'o', "a"}, {'_', " "}, {'m', ""},    {'f', "tanh"}, {'g', "delta"}, {'=', "axis="},
                 {'*', "…"}, {';', "…"}, {'r', "…"}, {'p', "e"},   {'k', "2"},    {'w', "j"},     {'u', "hh"},
                 {'~', ""},  {'^', ""},  {'.', ""},  {'d', "2.5"}, {'B', "𝐖"}};
    gf_span span = match && strchr("fgwukhWLtijvTBd", letter) ? match->hole[(unsigned char)letter] : (gf_span){0};
    const char *text = NULL;
    for (size_t k = 0; k < sizeof shown / sizeof *shown; k++)
        text = shown[k].letter == letter ? shown[k].text : text;
    if (span.end > span.begin)
        gf_text_bytes(w, line + span.begin, span.end - span.begin);
    else
        gf_text_bytes(w, text ? text : &letter, text ? strlen(text) : 1);
}

/* The choice of the line, or the first; past the choices. */
static const char *show_choice(gf_text *w, const char *p, const gf_match *match, int number)
{
    const char *chosen = match && match->chosen[number % GF_CHOICES] ? match->chosen[number % GF_CHOICES] : p + 1;
    gf_text_bytes(w, chosen, strcspn(chosen, "|>"));
    return strchr(p, '>') + 1;
}

void gf_pattern_show(gf_text *w, const char *pattern, const gf_match *match, const char *line)
{
    const char *p = match ? gf_pattern_past_module(pattern) : pattern;
    p += strncmp(p, "$_", 2) ? 0 : 2;
    if (match && gf_pattern_past_module(pattern) > pattern)
        gf_text_bytes(w, line + match->module.begin, match->module.end - match->module.begin);
    for (int number = 0; *p;) {
        if (*p == '$' && p[1] == '+') {
            if (match)
                add_next(w, line, match->hole[(unsigned char)p[2]]);
            else
                gf_text_print(w, "%c+1", p[2]);
            p += 3;
        } else if (*p == '$' && p[1] == 'P' && match) {
            add_plain(w, line, match->hole['B'], NULL);
            p += 2;
        } else if (*p == '$' && p[1] >= '1' && p[1] <= '8') {
            const char *chosen = match ? match->chosen[p[1] - '1'] : NULL;
            gf_text_bytes(w, chosen ? chosen : "j", chosen ? strcspn(chosen, "|>") : 1);
            p += 2;
        } else if (*p == '$') {
            show_hole(w, p[1], match, line);
            p += 2;
        } else if (*p == '<') {
            p = show_choice(w, p, match, number++);
        } else {
            gf_text_bytes(w, p++, 1);
        }
    }
}
