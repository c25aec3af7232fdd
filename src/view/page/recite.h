/* A graph that was built in C as a text of the language, for the equations at the foot of its picture. */
#ifndef GF_VIEW_RECITE_H
#define GF_VIEW_RECITE_H

#include "graph/node.h"
#include "text/text.h"
#include <gradflow/model.h>

/* Writes a model of which g could be the unrolling: sizes are numbers, what has a name has one equation, that of a step
 * in the middle of those that have it. What is no leaf and has no name stands where it is used. False where the graph
 * cannot be said so: an operation without a text in the language, a matrix of numbers without a name, an expression
 * that is too long, or is another at the next step, two nodes of one name at one step; out->failed tells whether it was
 * memory. Names that the language does not take, such as "layer1.h" of a scope, are numbers there. That shapes are the
 * same at each step, reading and unrolling the text find out. */
bool gf_recite(gf_text *out, const gf_graph *g);

/* The model of that text, with the names that the graph has; to be freed in any case. GF_ERROR_ARGUMENT where it cannot
 * be said, or read, else GF_ERROR_MEMORY. */
gf_status gf_recite_model(gf_model **m, const gf_graph *g);

#endif
