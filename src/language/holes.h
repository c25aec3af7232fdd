/* A pattern held against a line: its words and signs (patterns.c), and what its holes take (holes.c). */
#ifndef GF_LANGUAGE_HOLES_H
#define GF_LANGUAGE_HOLES_H

#include "language/patterns.h"

typedef struct gf_matcher gf_matcher;
struct gf_matcher {
    /* Does the pattern, from p on, fit the line from that place on? Where it does, the match is filled in. */
    bool (*fits)(gf_matcher *m, const char *p, uint32_t at);
    const char *line, *pattern; /* the pattern without its module */
    unsigned when;
    int tries;
    const gf_knowledge *known;
    gf_match *out;
};

/* fits, where p is a hole: it takes what it can, in turn, until what follows it fits. */
bool gf_hole_fits(gf_matcher *m, const char *p, uint32_t at);

/* What the file knows of the name that stands there. */
gf_name_kind gf_matcher_knows(const gf_matcher *m, uint32_t begin, uint32_t end);

/* np, torch.nn.functional: does the name that begins there, as a module, belong to no name of the file? */
bool gf_matcher_is_module(const gf_matcher *m, uint32_t begin);

/* The end of a name, or, behind a backslash, of a LaTeX command, which is letters alone. */
uint32_t gf_word_end(const char *line, uint32_t at);

/* Is the word one of those, up to NULL? */
bool gf_word_is_among(const char *const words[], const char *word, size_t size);

static inline bool gf_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool gf_is_word(char c)
{
    return c == '_' || gf_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

#endif
