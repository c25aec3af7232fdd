/* Does a pattern fit a line? Its pieces one after the other; where a hole could end in several places, each in turn. */
#include "language/patterns.h"

#include <stdio.h>
#include <string.h>

#include "language/functions.h"
#include "language/lexer.h"

enum { TRIES = 2000 }; /* pieces that are tried at one place, at most */

typedef struct matcher {
    const char *line, *pattern; /* the pattern without its module */
    unsigned when;
    int tries;
    const gf_knowledge *known;
    gf_match *out;
} matcher;

static bool fits(matcher *m, const char *p, uint32_t at);

/* --- characters ------------------------------------------------------------------------------------------ */

/* The end of a name, or, behind a backslash, of a LaTeX command, which is letters alone. */
static uint32_t word_end(const char *line, uint32_t at)
{
    if (!at || line[at - 1] != '\\')
        return gf_name_end(line, at);
    while ((line[at] >= 'a' && line[at] <= 'z') || (line[at] >= 'A' && line[at] <= 'Z'))
        at++;
    return at;
}

static uint32_t without_blanks(const char *line, uint32_t begin, uint32_t end)
{
    while (end > begin && (line[end - 1] == ' ' || line[end - 1] == '\t'))
        end--;
    return end;
}

static bool is_word(char c)
{
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Beside these, blanks are free. */
static bool is_loose(char c)
{
    return c && strchr("()[]{},=/ ", c);
}

/* --- names ------------------------------------------------------------------------------------------------ */

static bool among(const char *const words[], const char *word, size_t size)
{
    for (; *words; words++)
        if (strlen(*words) == size && !memcmp(*words, word, size))
            return true;
    return false;
}

static gf_name_kind known_of(const matcher *m, uint32_t begin, uint32_t end)
{
    char name[GF_NAME_LIMIT + 1];
    if (end - begin > GF_NAME_LIMIT)
        return KNOWN_NOT;
    snprintf(name, sizeof name, "%.*s", (int)(end - begin), m->line + begin);
    return m->known->of(m->known->data, name);
}

/* np, torch.nn.functional: does the name begin with a module that the file does not declare? */
static bool is_module(const matcher *m, uint32_t begin)
{
    static const char *const modules[] = {"np",     "numpy", "jnp",  "jax",      "torch", "F",       "nn",
                                          "tf",     "keras", "K",    "math",     "scipy", "special", "optim",
                                          "linalg", "xp",    "cupy", "autograd", "self",  "pd",      NULL};
    uint32_t end = gf_name_end(m->line, begin);
    gf_name_kind known = known_of(m, begin, end);
    return among(modules, m->line + begin, end - begin) && (known == KNOWN_NOT || known == KNOWN_BROKEN);
}

/* Where the modules before a place begin; the place itself where there are none. */
static uint32_t module_begin(const matcher *m, uint32_t at)
{
    uint32_t begin = at;
    while (begin && m->line[begin - 1] == '.' && gf_name_begin(m->line, begin - 1) < begin - 1)
        begin = gf_name_begin(m->line, begin - 1);
    return begin < at && is_module(m, begin) ? begin : at;
}

static bool is_loss(const char *name, size_t size)
{
    static const char *const losses[] = {"L",    "l",    "J",    "E",    "C",     "ℒ",         "ℓ",
                                         "loss", "Loss", "cost", "Cost", "error", "objective", NULL};
    const char *cut = memchr(name, '_', size);
    return among(losses, name, cut ? (size_t)(cut - name) : size);
}

static bool is_function(const char *name, size_t size)
{
    char text[GF_FUNCTION_NAME];
    gf_function function;
    if (size >= sizeof text)
        return false;
    snprintf(text, sizeof text, "%.*s", (int)size, name);
    return gf_function_find(&function, text);
}

/* --- words and signs ---------------------------------------------------------------------------------------- */

/* A word of the pattern, `size` long, `next` behind it; `joined` to a name before it. Whole, and not declared, unless
 * it is an attribute, a LaTeX command or an exponent. */
static bool word_fits(const matcher *m, const char *p, size_t size, char next, bool joined, uint32_t at)
{
    if (strncmp(m->line + at, p, size) != 0)
        return false;
    uint32_t begin = gf_name_begin(m->line, at), end = word_end(m->line, at);
    if ((!joined && begin != at) || (next != '$' && next != '<' && end != at + size))
        return false;
    bool apart = begin && strchr(".\\^", m->line[begin - 1]);
    gf_name_kind known = apart || is_digit(*p) ? KNOWN_NOT : known_of(m, begin, end);
    return known == KNOWN_NOT || known == KNOWN_BROKEN;
}

/* Does a hole, a choice, or the begin of the word stand before this place of the pattern? */
static bool is_behind_hole(const matcher *m, const char *p)
{
    return p - m->pattern >= 2 && (p[-2] == '$' || p[-1] == '>' || is_word(p[-1]));
}

/* The text [p, end) of the pattern, words and signs; moves `at` past it. */
static bool text_fits(const matcher *m, const char *p, const char *end, char next, bool joined, uint32_t *at)
{
    size_t size;
    for (; p < end; p += size, joined = false) {
        for (size = 0; p + size < end && is_word(p[size]);)
            size++;
        if (*p == ' ' || is_loose(*p) || (p > m->pattern && is_loose(p[-1])))
            *at = gf_past_blanks(m->line, *at);
        if (size ? !word_fits(m, p, size, p + size < end ? p[size] : next, joined, *at)
                 : *p != ' ' && m->line[*at] != *p)
            return false;
        *at += size ? (uint32_t)size : *p != ' ';
        size = size ? size : 1;
    }
    return true;
}

static bool literal(matcher *m, const char *p, uint32_t at)
{
    size_t size = strcspn(p, "$<");
    return text_fits(m, p, p + size, p[size], is_behind_hole(m, p), &at) && fits(m, p + size, at);
}

/* <one|other> */
static bool either(matcher *m, const char *p, uint32_t at)
{
    const char *close = strchr(p, '>');
    int number = 0;
    for (const char *before = m->pattern; before < p; before++)
        number += *before == '<' && (before == m->pattern || before[-1] != '$');
    for (const char *text = p + 1; text <= close;) {
        const char *end = text + strcspn(text, "|>");
        uint32_t behind = at;
        if (text_fits(m, text, end, close[1], is_behind_hole(m, p), &behind) && fits(m, close + 1, behind)) {
            m->out->chosen[number % GF_CHOICES] = text;
            return true;
        }
        text = end + 1;
    }
    return false;
}

/* --- holes --------------------------------------------------------------------------------------------------- */

/* The hole holds this, if what follows fits. */
static bool put(matcher *m, const char *p, uint32_t begin, uint32_t end, uint32_t at)
{
    gf_span *hole = &m->out->hole[(unsigned char)p[1]], before = *hole;
    *hole = (gf_span){begin, without_blanks(m->line, begin, end)};
    if (hole->end > hole->begin && fits(m, p + 2, at))
        return true;
    *hole = before;
    return false;
}

/* sum_t is no name: a word that takes a range. */
static bool is_range(const char *name, size_t size)
{
    static const char *const words[] = {"sum", "max", "prod", NULL};
    return among(words, name, size);
}

static bool name_suits(const matcher *m, char letter, uint32_t begin, uint32_t end)
{
    const char *name = m->line + begin;
    if (letter == 'f')
        return is_function(name, end - begin);
    if (letter == 'L')
        return is_loss(name, end - begin);
    if (letter == 'g')
        return gf_greek(name, end - begin);
    if (gf_word_begins_statement(name, end - begin) || is_range(name, end - begin))
        return false;
    gf_name_kind known = known_of(m, begin, end);
    if (letter == 'u' && m->when & WHEN_UNKNOWN)
        return known == KNOWN_NOT && !is_digit(*name);
    if (letter != 'h')
        return true;
    if (m->when & WHEN_KNOWN && known != KNOWN_PLAIN && known != KNOWN_TIMED)
        return false;
    bool timed = known == KNOWN_TIMED || known == KNOWN_BROKEN;
    return !((m->when & WHEN_TIMED && !timed) || (m->when & WHEN_PLAIN && known == KNOWN_TIMED) ||
             (m->when & WHEN_NO_NUMBER && known == KNOWN_NUMBER));
}

/* A name, or, where more of the same word follows in the pattern, its begin. */
static bool name(matcher *m, const char *p, uint32_t at)
{
    uint32_t end = word_end(m->line, at);
    bool joined = is_word(p[2]) || (unsigned char)p[2] >= 0x80 || p[2] == '$' || p[2] == '<';
    if (end == at || (is_digit(m->line[at]) && p[1] != 'w' && p[1] != 'u'))
        return false;
    do
        if (name_suits(m, p[1], at, end) && put(m, p, at, end, end))
            return true;
    while (joined && (end = gf_one_back(m->line, end)) > at);
    return false;
}

/* t-1, T, 2: names and numbers with + and - between them. */
static bool index_at(matcher *m, const char *p, uint32_t at)
{
    uint32_t end = at;
    bool operand = false, time = p[1] != 't';
    for (;;) {
        uint32_t next = gf_past_blanks(m->line, end), name_end = gf_name_end(m->line, next);
        if (name_end == next ? !strchr("+-", m->line[next]) || !m->line[next] : operand)
            break;
        size_t size = name_end - next;
        time |= size == 1 && (m->line[next] == 't' || m->line[next] == 'T');
        time |= size == strlen(m->known->steps) && size && !memcmp(m->line + next, m->known->steps, size);
        operand = name_end > next;
        end = operand ? name_end : next + 1;
    }
    return operand && time && put(m, p, at, end, end);
}

static uint32_t number_end(const char *line, uint32_t at)
{
    while (is_digit(line[at]) || (line[at] == '.' && is_digit(line[at + 1])))
        at++;
    return at;
}

/* The end of a name, a LaTeX command, a number or a bracket. */
static uint32_t operand_begin_end(const matcher *m, uint32_t at)
{
    const char *line = m->line;
    uint32_t end = gf_name_end(line, at);
    if (line[at] == '(' || line[at] == '[')
        return gf_group_end(line, at);
    if (line[at] == '\\')
        return word_end(line, at + 1) > at + 1 ? word_end(line, at + 1) : 0;
    if (is_digit(line[at]))
        return number_end(line, at);
    while (end > at && line[end] == '.' && gf_name_end(line, end + 1) > end + 1 && is_module(m, at))
        end = gf_name_end(line, end + 1);
    return end > at ? end : 0;
}

/* How much of a suffix stands there: an index, arguments, a transpose, a square, LaTeX's _{…} and ^{…}. */
static uint32_t suffix(const char *line, uint32_t begin, uint32_t at)
{
    static const char *const marks[] = {"'", "ᵀ", "²", "³", "′", NULL};
    bool opens = line[at] == '[' || (line[at] == '(' && line[begin] != '(' && line[begin] != '[');
    if (opens || (line[at] == '{' && (line[at - 1] == '_' || line[begin] == '\\')))
        return gf_group_end(line, at);
    if ((line[at] == '^' || line[at] == '_') && line[at + 1] == '{')
        return gf_group_end(line, at + 1);
    if (line[at] == '_' && gf_name_end(line, at) > at + 1)
        return gf_name_end(line, at);
    for (int k = 0; marks[k]; k++)
        if (!strncmp(line + at, marks[k], strlen(marks[k])))
            return at + (uint32_t)strlen(marks[k]);
    return 0;
}

/* An operand with its suffixes; where it does not fit like that, without the exponent in { }. */
static bool operand(matcher *m, const char *p, uint32_t at)
{
    uint32_t end = m->line[at] == '_' ? 0 : operand_begin_end(m, at), power = 0, next = end;
    while (end && (next = suffix(m->line, at, end))) {
        power = m->line[end] == '^' && !power ? end : power;
        end = next;
    }
    return end && (put(m, p, at, end, end) || (power && put(m, p, at, power, power)));
}

/* From a place on, past one character, name, bracket or norm. */
static uint32_t one_on(const char *line, uint32_t at)
{
    static const char *const norms[] = {"\\|", "‖", "||"};
    for (size_t k = 0; k < sizeof norms / sizeof *norms; k++) {
        size_t size = strlen(norms[k]);
        const char *close = strncmp(line + at, norms[k], size) ? NULL : strstr(line + at + size, norms[k]);
        if (close)
            return (uint32_t)(close - line + (ptrdiff_t)size);
    }
    if (strchr("([{", line[at]))
        return gf_group_end(line, at) ? gf_group_end(line, at) : at + 1;
    uint32_t end = gf_name_end(line, at);
    return end > at ? end : at + 1;
}

/* What stands between brackets and commas: the shortest piece behind which the rest fits. */
static bool argument(matcher *m, const char *p, uint32_t at)
{
    for (uint32_t end = at; m->line[end]; end = one_on(m->line, end)) {
        if (end > at && put(m, p, at, end, end))
            return true;
        if (strchr(",;:|=)]}", m->line[end]))
            return false;
    }
    return put(m, p, at, (uint32_t)strlen(m->line), (uint32_t)strlen(m->line));
}

static bool stands_between_brackets(const matcher *m, const char *p)
{
    const char *before = p;
    while (before > m->pattern && before[-1] == ' ')
        before--;
    size_t size = (size_t)(before - m->pattern);
    bool range = size >= 2 && before[-1] == '.' && before[-2] == '.';
    bool norm = size >= 3 && !memcmp(before - 3, "‖", 3);
    return range || norm || (size && strchr("([{,=|?", before[-1]));
}

/* Up to what cannot go on a product. */
static bool product(matcher *m, const char *p, uint32_t at)
{
    uint32_t end = at;
    bool behind_operand = false;
    for (; m->line[end]; end = one_on(m->line, end)) {
        char c = m->line[end];
        bool word = !strncmp(m->line + end, "for ", 4) || !strncmp(m->line + end, "within ", 7);
        if (strchr(",;:|=<>~)]}&", c) || (behind_operand && (c == '+' || c == '-' || word)))
            break;
        behind_operand = c == ' ' ? behind_operand : !strchr("+-*/@^", c);
    }
    return put(m, p, at, end, without_blanks(m->line, at, end));
}

/* np.random., or nothing. */
static bool modules(matcher *m, const char *p, uint32_t at)
{
    uint32_t end = gf_name_end(m->line, at);
    bool any = end > at && m->line[end] == '.' && is_module(m, at);
    while (any && end > at && m->line[end] == '.') {
        at = end + 1;
        end = gf_name_end(m->line, at);
    }
    return fits(m, p + 2, at);
}

/* One or more blanks. */
static bool blanks(matcher *m, const char *p, uint32_t at)
{
    uint32_t end = gf_past_blanks(m->line, at);
    return end > at && fits(m, p + 2, end);
}

/* Anything, or nothing, up to the bracket that closes. */
static bool anything(matcher *m, const char *p, uint32_t at)
{
    uint32_t end = at;
    while (m->line[end] && !strchr(")]}", m->line[end]))
        end = one_on(m->line, end);
    m->out->hole['*'] = (gf_span){at, without_blanks(m->line, at, end)};
    return fits(m, p + 2, end);
}

/* axis= */
static bool axis(matcher *m, const char *p, uint32_t at)
{
    uint32_t end = gf_name_end(m->line, at);
    bool good =
        (end - at == 4 && !memcmp(m->line + at, "axis", 4)) || (end - at == 3 && !memcmp(m->line + at, "dim", 3));
    end = gf_past_blanks(m->line, end);
    return good && m->line[end] == '=' && fits(m, p + 2, gf_past_blanks(m->line, end + 1));
}

/* Nothing, or ", keepdims=True" as often as it stands there. */
static bool keywords(matcher *m, const char *p, uint32_t at)
{
    while (m->line[at] == ',') {
        uint32_t begin = gf_past_blanks(m->line, at + 1), end = gf_name_end(m->line, begin);
        if (end == begin || m->line[gf_past_blanks(m->line, end)] != '=')
            break;
        at = end;
        while (m->line[at] && !strchr(",)]}", m->line[at]))
            at = one_on(m->line, at);
    }
    return fits(m, p + 2, at);
}

static bool sign(matcher *m, const char *p, uint32_t at)
{
    return m->line[at] == p[1] && fits(m, p + 2, at + 1);
}

static bool at_name(matcher *m, const char *p, uint32_t at)
{
    uint32_t end = gf_name_end(m->line, at);
    bool steps = end - at == 1 && m->line[at] == 'T';
    steps |= end > at && end - at == strlen(m->known->steps) && !memcmp(m->line + at, m->known->steps, end - at);
    return steps && put(m, p, at, end, end);
}

/* Where a name follows in the pattern, it may stand right behind them. */
static bool digits(matcher *m, const char *p, uint32_t at)
{
    uint32_t end = at;
    while (is_digit(m->line[end]))
        end++;
    bool joined = p[2] == '$' && p[3] == 'h', apart = (gf_name_end(m->line, at) == end) != joined;
    return m->line[end] != '.' && apart && put(m, p, at, end, end);
}

static bool value(matcher *m, const char *p, uint32_t at)
{
    if (p[1] == 'o' && strchr("([-", m->line[at]))
        return false;
    bool any = p[1] == 'q' || (p[1] != 'o' && stands_between_brackets(m, p));
    return any ? argument(m, p, at) : operand(m, p, at);
}

static bool hole(matcher *m, const char *p, uint32_t at)
{
    uint32_t begin = gf_past_blanks(m->line, at), size = (uint32_t)strlen(m->line);
    if (strchr("abcevqo", p[1]))
        return value(m, p, begin);
    switch (p[1]) {
    case '^':
        return !at && fits(m, p + 2, at);
    case '.':
        return begin == size && fits(m, p + 2, size);
    case '$':
    case '<':
        return sign(m, p, at);
    case '=':
        return axis(m, p, begin);
    case '~':
        return keywords(m, p, begin);
    case '*':
        return anything(m, p, begin);
    case '_':
        return blanks(m, p, at);
    case 'm':
        return modules(m, p, begin);
    case 'r':
        return put(m, p, begin, size, size);
    case 'p':
        return product(m, p, begin);
    case 't':
    case 'i':
    case 'j':
        return index_at(m, p, begin);
    case 'k':
        return digits(m, p, begin);
    case 'T':
        return at_name(m, p, begin);
    default:
        return name(m, p, begin);
    }
}

/* --- the whole ------------------------------------------------------------------------------------------------- */

static bool fits(matcher *m, const char *p, uint32_t at)
{
    if (m->tries-- <= 0)
        return false;
    if (!*p)
        m->out->span.end = at;
    return !*p || (*p == '$' ? hole(m, p, at) : *p == '<' ? either(m, p, at) : literal(m, p, at));
}

const char *gf_pattern_past_module(const char *pattern)
{
    static const char *const modules[] = {"np.", "torch.", "F.", "nn."};
    for (size_t k = 0; strchr("ntF", *pattern) && k < sizeof modules / sizeof *modules; k++)
        if (!strncmp(pattern, modules[k], strlen(modules[k])))
            return pattern + strlen(modules[k]);
    return pattern;
}

static bool begins_with_word(const char *p)
{
    return is_word(*p) || (*p == '$' && strchr("abcevhWwuLf", p[1])) || (*p == '<' && is_word(p[1]));
}

gf_bytes gf_bytes_of(const char *line)
{
    gf_bytes bytes = {{false}};
    for (; *line; line++)
        bytes.has[(unsigned char)*line] = true;
    bytes.has[' '] = true; /* which may be missing */
    return bytes;
}

/* Do all bytes, and then all words, of [p, end) occur in the line? */
static bool occurs(const char *line, const gf_bytes *bytes, const char *p, const char *end)
{
    for (const char *byte = p; byte < end; byte++)
        if (!bytes->has[(unsigned char)*byte])
            return false;
    for (size_t size; p < end; p += size ? size : 1) {
        for (size = 0; p + size < end && is_word(p[size]);)
            size++;
        const char *found = size > 1 ? strchr(line, *p) : line;
        while (size > 1 && found && strncmp(found, p, size) != 0)
            found = strchr(found + 1, *p);
        if (!found)
            return false;
    }
    return true;
}

/* One of the choices between p, a <, and the > that closes them? */
static bool one_occurs(const char *line, const gf_bytes *bytes, const char *p, const char *close)
{
    for (const char *text = p + 1; text <= close;) {
        const char *end = text + strcspn(text, "|>");
        if (occurs(line, bytes, text, end))
            return true;
        text = end + 1;
    }
    return false;
}

bool gf_pattern_may_fit(const char *line, const gf_bytes *bytes, const char *pattern)
{
    for (const char *p = gf_pattern_past_module(pattern); *p;) {
        const char *close = *p == '<' ? strchr(p, '>') : NULL, *end = p;
        while (*end && *end != '$' && *end != '<')
            end++;
        if (close ? !one_occurs(line, bytes, p, close) : !occurs(line, bytes, p, end))
            return false;
        p = close ? close + 1 : end > p ? end : p + 2;
    }
    return true;
}

/* Is the line of a kind that the pattern can stand in? */
static bool line_suits(const char *line, unsigned when)
{
    static const char *const declarations[] = {"param", "input", "given", "start", NULL};
    uint32_t end = gf_name_end(line, 0);
    bool claim = end == 5 && !memcmp(line, "claim", 5);
    bool shape = among(declarations, line, end);
    return !(when & WHEN_EQUATION && claim) && !(when & (shape ? WHEN_NO_SHAPE : WHEN_SHAPE));
}

bool gf_pattern_fits(gf_match *out, const char *line, uint32_t at, const char *pattern, unsigned when,
                     const gf_knowledge *known)
{
    matcher m = {.line = line, .when = when, .tries = TRIES, .known = known, .out = out};
    m.pattern = gf_pattern_past_module(pattern);
    bool word = begins_with_word(m.pattern);
    if ((line[at] == ' ' && strncmp(m.pattern, "$_", 2) != 0) || (word && at && is_word(line[at - 1])) ||
        strncmp(line + at, m.pattern, strcspn(m.pattern, "$<([{,=/ ")) != 0)
        return false; /* as it is at most places */
    *out = (gf_match){.span = {at, at}};
    if (m.pattern > pattern)
        out->span.begin = module_begin(&m, at);
    out->module = (gf_span){out->span.begin, at};
    char before = out->span.begin ? line[out->span.begin - 1] : ' ';
    if (word && (before == '.' || before == '\\' || gf_name_begin(line, out->span.begin) != out->span.begin))
        return false;
    if ((when & WHEN_MODULE && out->span.begin == at) || !line_suits(line, when))
        return false;
    return fits(&m, m.pattern, at) && out->span.end > out->span.begin;
}
