/* The products of a line that was pasted from elsewhere: those of paper, which have no sign, and those of MATLAB. */
#ifndef GF_LANGUAGE_PRODUCTS_H
#define GF_LANGUAGE_PRODUCTS_H

#include "language/patterns.h"

/* Adds the line with a product between any two operands that stand side by side: * beside a number, and between two
 * columns, as (1 - h[t])(1 + h[t]) are; else @. */
void gf_products_add(gf_text *w, const char *line, const gf_knowledge *known);

/* Is it a line of MATLAB, or of Julia, by its .* or h(t)? There * is the matrix product: adds the line with @ for it,
 * but beside a number. */
bool gf_products_are_matlab(const char *line, const gf_knowledge *known);
void gf_products_from_matlab(gf_text *w, const char *line, const gf_knowledge *known);

#endif
