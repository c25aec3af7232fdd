/* A graph that was built in C as a text of the language, for the equations at the foot of its picture. */
#ifndef GF_VIEW_RECITE_H
#define GF_VIEW_RECITE_H

#include "graph/node.h"
#include "text/text.h"

/* Writes a model of which g could be the unrolling: sizes are numbers, what has a name has one equation, that of a step
 * in the middle of those that have it. What is no leaf and has no name stands where it is used. False where the graph
 * cannot be said so: an operation without a text in the language, a matrix of numbers without a name, an expression
 * that is too long, or is another at the next step, as where each step reads all before it; out->failed tells whether
 * it was memory. That names are words of the language, and shapes the same at each step, reading and unrolling the text
 * find out. */
bool gf_recite(gf_text *out, const gf_graph *g);

#endif
