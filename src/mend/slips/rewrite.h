/* The inside of the rewriting: rows of the table of slips, what they meet, and what could have been meant. */
#ifndef GF_MEND_REWRITE_H
#define GF_MEND_REWRITE_H

#include "mend/slips/edits.h"

/* Where a row of the table is tried: at every part of an expression that is a matrix, or */
typedef enum gf_slip_place {
    ANYWHERE = 1, /* within arguments and ranges as well */
    EVERYWHERE,   /* at all places of a summand at once, two at least */
    END,          /* at an end of a range */
    PART,         /* at what is but a part of the line */
    /* and, where what may be left out is looked for, */
    WIDE,
    CHAIN,   /* at what is no factor of a longer chain of factors */
    PRODUCT, /* likewise, of matrix products */
    TERM,    /* at what is no term of a longer sum */
    SUMMAND  /* at what is a term of it, or all of it */
} gf_slip_place;

/* A row: what is written, what was meant. */
typedef struct gf_slip_text {
    const char *pattern, *replacement;
    int cost;
    gf_edit_kind kind;
    gf_slip_place place;
} gf_slip_text;

extern const gf_slip_text gf_slips[];
extern const int gf_slip_count;

enum { GF_FREE = 4 };

/* A row that was read, once for each form that F may be. */
struct gf_slip {
    const gf_slip_text *text;
    gf_tree *pattern, *replacement;
    char letters[GF_FREE]; /* those of the replacement alone, in the order in which they are chosen */
    gf_slip *next;
};

enum { GF_LETTERS = 'z' - 'A' + 1 };

/* A row at work. */
typedef struct gf_rewriting {
    gf_editor *editor;
    const gf_spot *spot;
    const gf_slip *slip;
    gf_edit_kind kind;
    int cost;                      /* of the row, and of what was chosen */
    const gf_tree *of[GF_LETTERS]; /* what a letter stands for, an expression */
    uint32_t word[GF_LETTERS];     /* or a word; of X and y the name alone */
    int form;                      /* E */
    const gf_tree *slope;          /* S, at its step */
} gf_rewriting;

/* The letter that a node of a row is; 0: none. */
char gf_slip_letter(const gf_editor *editor, const gf_tree *node);

/* Goes through what letter number `depth` of the row could be, and the letters behind it (letters.c). */
void gf_slip_choose(gf_rewriting *r, int depth);

/* All letters stand for something: makes the edit, and offers it (rewrite.c). */
void gf_slip_make(gf_rewriting *r);

/* What no text says: two parts of an expression exchanged, wherever they stand (exchange.c). */
void gf_edit_exchange(gf_editor *editor, const gf_spot *spot);
gf_tree *gf_edit_exchanged(gf_editor *editor, const gf_tree *tree, const gf_tree *a, const gf_tree *b);

/* Is the edit one that a person could mean? Not x - x, nor relu'(2), nor a sum over an index within itself. */
bool gf_edit_is_sensible(gf_editor *editor, const gf_spot *spot, const gf_tree *instead);

#endif
