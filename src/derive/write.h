/* How a derivation is written. Each adds to the text; with `why`, the rule and the equations of each line, too. */
#ifndef GF_DERIVE_WRITE_H
#define GF_DERIVE_WRITE_H

#include "derive/derive.h"

void gf_write_gf(gf_text *w, const gf_derivation_lines *d, bool why);
void gf_write_text(gf_text *w, const gf_derivation_lines *d, bool why);

#endif
