/* What is asked for, read. */
#ifndef GF_EXPLAIN_ASKED_H
#define GF_EXPLAIN_ASKED_H

#include "explain/inside.h"

/* A value; of a name with time and no step, the one at its first step, which stands for all. A let has no node. */
typedef struct gf_asked_spot {
    gf_spot spot;
    bool every_step, let;
} gf_asked_spot;

/* All false where it is not there, which is noted in one line. */
bool gf_asked_find(gf_explaining *x, gf_asked_spot *out, const char *text);
bool gf_asked_find_two(gf_explaining *x, gf_spot *from, gf_spot *to, const char *text);

/* The step that t stands for from now on, in room of the caller's. */
bool gf_asked_find_step(gf_explaining *x, gf_binding *at, const char *text);

bool gf_asked_has_arrow(const char *text);

#endif
