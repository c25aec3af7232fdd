/* Characters of a line of a model file or of what was pasted there: names, brackets, blanks, Greek letters. */
#include "language/patterns.h"

#include <string.h>

#include "text/characters.h"

/* The bytes of the character that goes on a name, 0 if it does not. */
static uint32_t name_bytes(const char *line, uint32_t at)
{
    int bytes = 1;
    unsigned char c = (unsigned char)line[at];
    if (c < 0x80)
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    uint32_t code = gf_utf8_decode(line + at, strlen(line + at), &bytes);
    bool digit = code >= 0x2080 && code <= 0x2089;
    return code != GF_INVALID && (digit || gf_code_is_letter(code) || gf_code_is_mark(code)) ? (uint32_t)bytes : 0;
}

uint32_t gf_name_end(const char *line, uint32_t at)
{
    for (uint32_t bytes; (bytes = name_bytes(line, at));)
        at += bytes;
    return at;
}

uint32_t gf_one_back(const char *line, uint32_t at)
{
    do
        at--;
    while (at && gf_utf8_continues(line[at]));
    return at;
}

uint32_t gf_name_begin(const char *line, uint32_t at)
{
    while (at && name_bytes(line, gf_one_back(line, at)))
        at = gf_one_back(line, at);
    return at;
}

uint32_t gf_past_blanks(const char *line, uint32_t at)
{
    while (line[at] == ' ' || line[at] == '\t')
        at++;
    return at;
}

uint32_t gf_group_end(const char *line, uint32_t at)
{
    int depth = 0;
    do {
        depth += strchr("([{", line[at]) ? 1 : strchr(")]}", line[at]) ? -1 : 0;
        at++;
    } while (line[at - 1] && depth);
    return line[at - 1] ? at : 0;
}

static const struct {
    const char *name, *letter;
} greek[] = {
    {"alpha", "α"},   {"beta", "β"},  {"gamma", "γ"},  {"delta", "δ"},  {"epsilon", "ε"}, {"varepsilon", "ε"},
    {"zeta", "ζ"},    {"eta", "η"},   {"theta", "θ"},  {"iota", "ι"},   {"kappa", "κ"},   {"lambda", "λ"},
    {"mu", "μ"},      {"nu", "ν"},    {"xi", "ξ"},     {"pi", "π"},     {"rho", "ρ"},     {"tau", "τ"},
    {"upsilon", "υ"}, {"phi", "φ"},   {"varphi", "φ"}, {"chi", "χ"},    {"psi", "ψ"},     {"omega", "ω"},
    {"Gamma", "Γ"},   {"Delta", "Δ"}, {"Theta", "Θ"},  {"Lambda", "Λ"}, {"Xi", "Ξ"},      {"Pi", "Π"},
    {"Sigma", "Σ"},   {"Phi", "Φ"},   {"Psi", "Ψ"},    {"Omega", "Ω"},  {"ell", "ℓ"},
};

const char *gf_greek(const char *name, size_t size)
{
    for (size_t k = 0; k < sizeof greek / sizeof *greek; k++)
        if (strlen(greek[k].name) == size && !memcmp(greek[k].name, name, size))
            return greek[k].letter;
    return NULL;
}
