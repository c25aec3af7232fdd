/* Graphviz's language, written down: statements with their attributes. It knows nothing of pictures. */
#ifndef GF_VIEW_DOT_TEXT_H
#define GF_VIEW_DOT_TEXT_H

#include "text/text.h"

/* Zero-initialise it but for `out`. */
typedef struct gf_dot_text {
    gf_text *out;
    int depth; /* of blanks before a statement */
    bool any;  /* the statement has an attribute */
} gf_dot_text;

/* The graph begins, and ends. */
void gf_dot_begin(gf_dot_text *text, const char *name);
void gf_dot_finish(gf_dot_text *text);

/* A statement begins; its attributes follow, and gf_dot_end. Edges of one key between two nodes are the same edge. */
void gf_dot_begin_node(gf_dot_text *text, const char *name); /* or what all of a kind have: "graph", "node", "edge" */
void gf_dot_begin_edge(gf_dot_text *text, const char *from, const char *to, const char *key);
void gf_dot_attribute(gf_dot_text *text, const char *name, const char *value);
void gf_dot_markup(gf_dot_text *text, const char *name, const char *markup); /* between < and > */
void gf_dot_end(gf_dot_text *text);

/* A cluster: its attributes, gf_dot_end, its nodes, and its end. */
void gf_dot_begin_cluster(gf_dot_text *text, const char *name);
void gf_dot_end_cluster(gf_dot_text *text);

#endif
