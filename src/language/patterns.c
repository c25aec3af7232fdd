/* Does a pattern fit a line? Its pieces one after the other: words and signs here, holes in holes.c. */
#include "language/patterns.h"

#include <string.h>

#include "language/holes.h"

enum { TRIES = 2000 }; /* pieces that are tried at one place, at most */

/* --- words and signs ---------------------------------------------------------------------------------------- */

/* Beside these, blanks are free. */
static bool is_loose(char c)
{
    return c && strchr("()[]{},=/ ", c);
}

/* A word of the pattern, `size` long, `next` behind it; `joined` to a name before it. Whole, and not declared, unless
 * it is an attribute, a LaTeX command or an exponent. */
static bool word_fits(const gf_matcher *m, const char *p, size_t size, char next, bool joined, uint32_t at)
{
    if (strncmp(m->line + at, p, size) != 0)
        return false;
    uint32_t begin = gf_name_begin(m->line, at), end = gf_word_end(m->line, at);
    bool index = !next && !joined && m->line[at + size] == '['; /* I[t], a gate, is no I */
    if (index || (!joined && begin != at) || (next != '$' && next != '<' && end != at + size))
        return false;
    bool apart = begin && strchr(".\\^", m->line[begin - 1]);
    bool sign = size == 1 && *p == 'x'; /* m x n, where x is an input, too */
    gf_name_kind known = apart || sign || gf_is_digit(*p) ? KNOWN_NOT : gf_matcher_knows(m, begin, end);
    return known == KNOWN_NOT || known == KNOWN_BROKEN;
}

/* Does a hole, a choice, or the begin of the word stand before this place of the pattern? */
static bool is_behind_hole(const gf_matcher *m, const char *p)
{
    return p - m->pattern >= 2 && (p[-2] == '$' || p[-1] == '>' || gf_is_word(p[-1]));
}

/* * is no half of **, nor = of ==. */
static bool is_half(const char *line, uint32_t at, const char *pattern, const char *p)
{
    bool doubled = line[at + 1] == *p || (at && line[at - 1] == *p);
    return strchr("*=", *p) && doubled && p[1] != *p && (p == pattern || p[-1] != *p);
}

static bool sign_fits(const gf_matcher *m, const char *p, uint32_t at)
{
    return *p == ' ' || (m->line[at] == *p && !is_half(m->line, at, m->pattern, p));
}

/* The text [p, end) of the pattern, words and signs; moves `at` past it. */
static bool text_fits(const gf_matcher *m, const char *p, const char *end, char next, bool joined, uint32_t *at)
{
    size_t size;
    for (; p < end; p += size, joined = false) {
        for (size = 0; p + size < end && gf_is_word(p[size]);)
            size++;
        if (*p == ' ' || is_loose(*p) || (p > m->pattern && is_loose(p[-1])))
            *at = gf_past_blanks(m->line, *at);
        if (size ? !word_fits(m, p, size, p + size < end ? p[size] : next, joined, *at) : !sign_fits(m, p, *at))
            return false;
        *at += size ? (uint32_t)size : *p != ' ';
        size = size ? size : 1;
    }
    return true;
}

static bool literal(gf_matcher *m, const char *p, uint32_t at)
{
    size_t size = strcspn(p, "$<");
    return text_fits(m, p, p + size, p[size], is_behind_hole(m, p), &at) && m->fits(m, p + size, at);
}

/* <one|other> */
static bool either(gf_matcher *m, const char *p, uint32_t at)
{
    const char *close = strchr(p, '>');
    int number = 0;
    if (p > m->pattern && is_loose(p[-1]))
        at = gf_past_blanks(m->line, at);
    for (const char *before = m->pattern; before < p; before++)
        number += *before == '<' && (before == m->pattern || before[-1] != '$');
    for (const char *text = p + 1; text <= close;) {
        const char *end = text + strcspn(text, "|>");
        uint32_t behind = at;
        if (text_fits(m, text, end, close[1], is_behind_hole(m, p), &behind) && m->fits(m, close + 1, behind)) {
            m->out->chosen[number % GF_CHOICES] = text;
            return true;
        }
        text = end + 1;
    }
    return false;
}

/* --- the whole ------------------------------------------------------------------------------------------------- */

static bool fits(gf_matcher *m, const char *p, uint32_t at)
{
    if (m->tries-- <= 0)
        return false;
    if (!*p)
        m->out->span.end = at;
    return !*p || (*p == '$' ? gf_hole_fits(m, p, at) : *p == '<' ? either(m, p, at) : literal(m, p, at));
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
    return gf_is_word(*p) || (*p == '$' && strchr("abcevhWwuLf", p[1])) || (*p == '<' && gf_is_word(p[1]));
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
        for (size = 0; p + size < end && gf_is_word(p[size]);)
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

/* Where the modules before a place begin; the place itself where there are none. */
static uint32_t module_begin(const gf_matcher *m, uint32_t at)
{
    uint32_t begin = at;
    while (begin && m->line[begin - 1] == '.' && gf_name_begin(m->line, begin - 1) < begin - 1)
        begin = gf_name_begin(m->line, begin - 1);
    return begin < at && gf_matcher_is_module(m, begin) ? begin : at;
}

/* Is the line of a kind that the pattern can stand in? */
static bool line_suits(const char *line, unsigned when)
{
    static const char *const declarations[] = {"param", "input", "given", "start", NULL};
    uint32_t end = gf_name_end(line, 0);
    bool claim = end == 5 && !memcmp(line, "claim", 5), let = end == 3 && !memcmp(line, "let", 3);
    if (when & (WHEN_CLAIM | WHEN_LET) && !(when & WHEN_CLAIM && claim) && !(when & WHEN_LET && let))
        return false;
    if (when & WHEN_SIZE && !(end == 4 && !memcmp(line, "size", 4)))
        return false;
    bool shape = gf_word_is_among(declarations, line, end);
    return !(when & WHEN_EQUATION && claim) && !(when & (shape ? WHEN_NO_SHAPE : WHEN_SHAPE));
}

bool gf_pattern_fits(gf_match *out, const char *line, uint32_t at, const char *pattern, unsigned when,
                     const gf_knowledge *known)
{
    gf_matcher m = {.fits = fits, .line = line, .when = when, .tries = TRIES, .known = known, .out = out};
    m.pattern = gf_pattern_past_module(pattern);
    bool word = begins_with_word(m.pattern);
    if ((line[at] == ' ' && strncmp(m.pattern, "$_", 2) != 0) || (word && at && gf_is_word(line[at - 1])) ||
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
