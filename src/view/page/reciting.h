/* What recite.c, which says a graph as a text, shares with say.c, which says one expression of it. */
#ifndef GF_VIEW_RECITING_H
#define GF_VIEW_RECITING_H

#include "base/names.h"
#include "graph/node.h"
#include "text/text.h"

#define GF_LEFT_OUT "…" /* for what cannot be said */

/* What is said of a name in its scope. */
typedef struct gf_word {
    const gf_node *said; /* its equation, or declaration */
    const gf_node *next; /* the same a step later, which must say the same */
    int first, last;     /* steps at which it has one; 0: it has no time */
    int count;           /* of nodes */
    int before, behind;  /* so many steps before the first and behind the last one are read */
} gf_word;

/* Whose word a node is, and at which step: of h[0], that of h at 0. */
typedef struct gf_saying {
    uint32_t word; /* 0: it has no name */
    int step;
    bool start; /* it is such an h[0] */
} gf_saying;

typedef struct gf_reciting {
    gf_text *out;
    const gf_graph *g;
    gf_names keys;      /* "h", "layer1.h" */
    gf_names pieces;    /* what the language cannot say, as it is shown, behind what it is a part of: "h 1 own(a)" */
    gf_text given;      /* their declarations */
    uint32_t of;        /* the word whose equation is being written */
    int parts;          /* of it that are pieces */
    int said;           /* equations without any that is left out */
    gf_word *words;     /* by number of a key */
    gf_saying *sayings; /* by number of a node */
    int steps;          /* of the graph */
    int here;           /* the step of the equation that is being written; 0: none */
    bool ranges;        /* vcat(j, 0..t-1, h[j]) for [h[0]; h[1]; h[2]] */
    size_t begin;
    bool fine;
} gf_reciting;

enum { GF_SPELLED = 200 };

/* How a word is spelled: others than plain ones have a number, and get their names when the text has been read. */
const char *gf_spell(char out[GF_SPELLED], const gf_reciting *r, uint32_t number);
/* Does the language take it as a name that means nothing else? */
bool gf_is_plain(const char *key);

/* A name as it is used in the equation: x[t], h[t-1], h[5], W. */
void gf_say_name(gf_reciting *r, uint32_t number, int step);
/* The right side of a node's equation. Where it cannot be said, r->fine is no more. */
void gf_say_right(gf_reciting *r, const gf_node *node, int depth);
/* A part of an equation that stands for a matrix of a node's shape, 1 x 1 without one, and is shown as it is. */
void gf_say_piece(gf_reciting *r, const char *shown, const gf_node *node, bool timed);

#endif
