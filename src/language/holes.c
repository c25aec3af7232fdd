/* What the holes of a pattern take: names, indices, operands, arguments; where one could end in several places, each in
 * turn. */
#include "language/holes.h"

#include <stdio.h>
#include <string.h>

#include "language/functions.h"
#include "language/lexer.h"
#include "text/characters.h"

/* --- names ------------------------------------------------------------------------------------------------ */

uint32_t gf_word_end(const char *line, uint32_t at)
{
    if (!at || line[at - 1] != '\\')
        return gf_name_end(line, at);
    while ((line[at] >= 'a' && line[at] <= 'z') || (line[at] >= 'A' && line[at] <= 'Z'))
        at++;
    return at;
}

bool gf_word_is_among(const char *const words[], const char *word, size_t size)
{
    for (; *words; words++)
        if (strlen(*words) == size && !memcmp(*words, word, size))
            return true;
    return false;
}

gf_name_kind gf_matcher_knows(const gf_matcher *m, uint32_t begin, uint32_t end)
{
    char name[GF_NAME_LIMIT + 1];
    if (end - begin > GF_NAME_LIMIT)
        return KNOWN_NOT;
    snprintf(name, sizeof name, "%.*s", (int)(end - begin), m->line + begin);
    return m->known->of(m->known->data, name);
}

bool gf_matcher_is_module(const gf_matcher *m, uint32_t begin)
{
    static const char *const modules[] = {"np",     "numpy", "jnp",  "jax",      "torch", "F",       "nn",
                                          "tf",     "keras", "K",    "math",     "scipy", "special", "optim",
                                          "linalg", "xp",    "cupy", "autograd", "self",  "pd",      NULL};
    uint32_t end = gf_name_end(m->line, begin);
    gf_name_kind known = gf_matcher_knows(m, begin, end);
    return gf_word_is_among(modules, m->line + begin, end - begin) && (known == KNOWN_NOT || known == KNOWN_BROKEN);
}

static bool is_loss(const char *name, size_t size)
{
    static const char *const losses[] = {"L",    "l",    "J",    "E",    "C",     "ℒ",         "ℓ",
                                         "loss", "Loss", "cost", "Cost", "error", "objective", NULL};
    const char *cut = memchr(name, '_', size);
    return gf_word_is_among(losses, name, cut ? (size_t)(cut - name) : size);
}

static bool is_function(const char *name, size_t size)
{
    char text[GF_FUNCTION_NAME];
    gf_function function;
    if (size >= sizeof text)
        return false;
    if (!strncmp(name, "σ", size))
        return true;
    snprintf(text, sizeof text, "%.*s", (int)size, name);
    return gf_function_find(&function, text);
}

/* --- holes --------------------------------------------------------------------------------------------------- */

static uint32_t without_blanks(const char *line, uint32_t begin, uint32_t end)
{
    while (end > begin && (line[end - 1] == ' ' || line[end - 1] == '\t'))
        end--;
    return end;
}

/* The hole holds this, if what follows fits. */
static bool put(gf_matcher *m, const char *p, uint32_t begin, uint32_t end, uint32_t at)
{
    gf_span *hole = &m->out->hole[(unsigned char)p[1]], before = *hole;
    *hole = (gf_span){begin, without_blanks(m->line, begin, end)};
    if (hole->end > hole->begin && m->fits(m, p + 2, at))
        return true;
    *hole = before;
    return false;
}

/* sum_t is no name: a word that takes a range. */
static bool is_range(const char *name, size_t size)
{
    static const char *const words[] = {"sum", "max", "prod", NULL};
    return gf_word_is_among(words, name, size);
}

static bool name_suits(const gf_matcher *m, char letter, uint32_t begin, uint32_t end)
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
    gf_name_kind known = gf_matcher_knows(m, begin, end);
    if (letter == 'u' && m->when & WHEN_UNKNOWN)
        return (known == KNOWN_NOT || known == KNOWN_BROKEN) && !gf_is_digit(*name);
    if (letter != 'h')
        return true;
    if (m->when & WHEN_KNOWN && known != KNOWN_PLAIN && known != KNOWN_TIMED)
        return false;
    bool timed = known == KNOWN_TIMED || known == KNOWN_BROKEN;
    return !((m->when & WHEN_TIMED && !timed) || (m->when & WHEN_PLAIN && known == KNOWN_TIMED) ||
             (m->when & WHEN_NO_NUMBER && known == KNOWN_NUMBER));
}

/* A name, or, where more of the same word follows in the pattern, its begin. */
static bool name(gf_matcher *m, const char *p, uint32_t at)
{
    uint32_t end = gf_word_end(m->line, at);
    bool joined = gf_is_word(p[2]) || (unsigned char)p[2] >= 0x80 || p[2] == '$' || p[2] == '<';
    if (end == at || (gf_is_digit(m->line[at]) && p[1] != 'w' && p[1] != 'u'))
        return false;
    gf_name_kind whole = gf_matcher_knows(m, at, end);
    joined = joined && (whole == KNOWN_NOT || whole == KNOWN_BROKEN);
    do
        if (name_suits(m, p[1], at, end) && put(m, p, at, end, end))
            return true;
    while (joined && (end = gf_one_back(m->line, end)) > at);
    return false;
}

/* t-1, T, 2: names and numbers with + and - between them. */
static bool index_at(gf_matcher *m, const char *p, uint32_t at)
{
    uint32_t end = at;
    bool operand = false, time = p[1] != 't', axis = p >= m->pattern + 2 && !memcmp(p - 2, "$=", 2);
    if (m->line[at] == '-' && !axis)
        return false; /* of NumPy, counted from the end */
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
    while (gf_is_digit(line[at]) || (line[at] == '.' && gf_is_digit(line[at + 1])))
        at++;
    return at;
}

/* The end of a name, a LaTeX command, a number or a bracket. */
static uint32_t operand_begin_end(const gf_matcher *m, uint32_t at)
{
    const char *line = m->line;
    uint32_t end = gf_name_end(line, at);
    if (line[at] == '(' || line[at] == '[')
        return gf_group_end(line, at);
    if (line[at] == '\\')
        return gf_word_end(line, at + 1) > at + 1 ? gf_word_end(line, at + 1) : 0;
    if (gf_is_digit(line[at]))
        return number_end(line, at);
    while (end > at && line[end] == '.' && gf_name_end(line, end + 1) > end + 1 && gf_matcher_is_module(m, at))
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
static bool operand(gf_matcher *m, const char *p, uint32_t at)
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
static bool argument(gf_matcher *m, const char *p, uint32_t at)
{
    for (uint32_t end = at; m->line[end]; end = one_on(m->line, end)) {
        if (end > at && put(m, p, at, end, end))
            return true;
        if (strchr(",;:|=)]}", m->line[end]))
            return false;
    }
    return put(m, p, at, (uint32_t)strlen(m->line), (uint32_t)strlen(m->line));
}

static bool stands_between_brackets(const gf_matcher *m, const char *p)
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
static bool product(gf_matcher *m, const char *p, uint32_t at)
{
    uint32_t end = at;
    bool behind_operand = false;
    if (m->line[at] && strchr("*/@^", m->line[at]))
        return false;
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
static bool modules(gf_matcher *m, const char *p, uint32_t at)
{
    uint32_t end = gf_name_end(m->line, at);
    bool any = end > at && m->line[end] == '.' && gf_matcher_is_module(m, at);
    while (any && end > at && m->line[end] == '.') {
        at = end + 1;
        end = gf_name_end(m->line, at);
    }
    return m->fits(m, p + 2, at);
}

/* One or more blanks. */
static bool blanks(gf_matcher *m, const char *p, uint32_t at)
{
    uint32_t end = gf_past_blanks(m->line, at);
    return end > at && m->fits(m, p + 2, end);
}

/* Anything, or nothing, up to the bracket that closes. */
static bool anything(gf_matcher *m, const char *p, uint32_t at)
{
    uint32_t end = at;
    while (m->line[end] && !strchr(")]}", m->line[end]))
        end = one_on(m->line, end);
    m->out->hole['*'] = (gf_span){at, without_blanks(m->line, at, end)};
    return m->fits(m, p + 2, end);
}

/* axis= */
static bool axis(gf_matcher *m, const char *p, uint32_t at)
{
    uint32_t end = gf_name_end(m->line, at);
    bool good =
        (end - at == 4 && !memcmp(m->line + at, "axis", 4)) || (end - at == 3 && !memcmp(m->line + at, "dim", 3));
    end = gf_past_blanks(m->line, end);
    return good && m->line[end] == '=' && m->fits(m, p + 2, gf_past_blanks(m->line, end + 1));
}

/* Nothing, or ", keepdims=True" as often as it stands there. */
static bool keywords(gf_matcher *m, const char *p, uint32_t at)
{
    while (m->line[at] == ',') {
        uint32_t begin = gf_past_blanks(m->line, at + 1), end = gf_name_end(m->line, begin);
        if (end == begin || m->line[gf_past_blanks(m->line, end)] != '=')
            break;
        at = end;
        while (m->line[at] && !strchr(",)]}", m->line[at]))
            at = one_on(m->line, at);
    }
    return m->fits(m, p + 2, at);
}

static bool sign(gf_matcher *m, const char *p, uint32_t at)
{
    return m->line[at] == p[1] && m->fits(m, p + 2, at + 1);
}

static bool at_name(gf_matcher *m, const char *p, uint32_t at)
{
    uint32_t end = gf_name_end(m->line, at);
    bool steps = end - at == 1 && m->line[at] == 'T';
    steps |= end > at && end - at == strlen(m->known->steps) && !memcmp(m->line + at, m->known->steps, end - at);
    return steps && put(m, p, at, end, end);
}

/* Where a name or _ follows in the pattern, it may stand right behind them. */
static bool digits(gf_matcher *m, const char *p, uint32_t at)
{
    uint32_t end = at;
    while (gf_is_digit(m->line[end]))
        end++;
    bool joined = p[2] == '_' || (p[2] == '$' && p[3] == 'h'), apart = (gf_name_end(m->line, at) == end) != joined;
    return (m->line[end] != '.' || p[2] == '.') && apart && put(m, p, at, end, end);
}

/* 2.0, as the begin of a word, too: 2.0f; before a name right before it: 2.0w. */
static bool decimal(gf_matcher *m, const char *p, uint32_t at)
{
    uint32_t end = number_end(m->line, at);
    bool begins = gf_is_digit(m->line[at]) && gf_name_begin(m->line, at) == at && (!at || m->line[at - 1] != '.');
    bool joined = p[2] == '$' && p[3] == 'h';
    end += begins && m->line[end] == '.' && m->line[end + 1] != '.';
    return begins && (!joined || m->line[end] != ' ') && put(m, p, at, end, end);
}

/* Letters side by side, of no name of the file. */
static bool styled(gf_matcher *m, const char *p, uint32_t at)
{
    uint32_t end = at, begin = gf_name_begin(m->line, at);
    for (int bytes; gf_code_is_styled(gf_utf8_decode(m->line + end, strlen(m->line + end), &bytes));
         end += (uint32_t)bytes)
        ;
    gf_name_kind known = end > at ? gf_matcher_knows(m, begin, gf_name_end(m->line, begin)) : KNOWN_PLAIN;
    return (known == KNOWN_NOT || known == KNOWN_BROKEN) && put(m, p, at, end, end);
}

static bool value(gf_matcher *m, const char *p, uint32_t at)
{
    if (p[1] == 'o' && strchr("([-", m->line[at]))
        return false;
    bool any = p[1] == 'q' || (p[1] != 'o' && stands_between_brackets(m, p));
    return any ? argument(m, p, at) : operand(m, p, at);
}

bool gf_hole_fits(gf_matcher *m, const char *p, uint32_t at)
{
    uint32_t begin = gf_past_blanks(m->line, at), size = (uint32_t)strlen(m->line);
    if (strchr("abcevqo", p[1]))
        return value(m, p, begin);
    switch (p[1]) {
    case '^':
        return !at && m->fits(m, p + 2, at);
    case '.':
        return begin == size && m->fits(m, p + 2, size);
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
    case 'd':
        return decimal(m, p, begin);
    case 'B':
        return styled(m, p, at);
    case 'T':
        return at_name(m, p, begin);
    default:
        return name(m, p, begin);
    }
}
