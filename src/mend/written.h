/* An edit as text: what stands in the file, what is wrong in it, and the line to put in its place. */
#ifndef GF_MEND_WRITTEN_H
#define GF_MEND_WRITTEN_H

#include "mend/slips/edits.h"

/* A piece of the text in place of another. */
typedef struct gf_mend {
    const gf_statement *statement; /* the line that is edited */
    gf_edit_kind kind;
    int cost;
    const gf_tree *root; /* the expression of which any edit that fits comes to the same; NULL: there is none */
    gf_span old, mark;   /* what is replaced; what is wrong in it */
    gf_span around;      /* the term in which that is */
    const char *text;    /* what replaces it */
    bool matched;        /* it comes from the terms, which say what is wrong; */
    bool first;          /* and is what they say */
} gf_mend;

/* The edit of one expression of the statement; its text lies in the arena. False without memory. */
bool gf_mend_make(gf_mend *out, gf_arena *arena, const gf_model *m, const gf_statement *s, const gf_tree *root,
                  const gf_edit *edit);

/* Writes a part of the text of the file, mended, on one line. */
void gf_mend_write(gf_text *w, const gf_source *source, const gf_mend *mend, gf_span part);

/* Writes ~ under what is wrong, for the statement as gf_source_quote writes it. */
void gf_mend_write_marks(gf_text *w, const gf_source *source, const gf_mend *mend);

/* Adds what an edit says of the line beyond its text: that a derivative is meant with a name held. */
void gf_mend_say(gf_text *w, const gf_source *source, const gf_mend *mend);

#endif
