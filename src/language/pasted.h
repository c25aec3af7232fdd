/* A line that was pasted from elsewhere: what is the matter with it, and the line as it should be. */
#ifndef GF_LANGUAGE_PASTED_H
#define GF_LANGUAGE_PASTED_H

#include "language/patterns.h"
#include "language/words.h"

/* The row of the table that says most about a place of the line, and where it fits: one about the whole statement, else
 * the closest. NULL where none does. */
const gf_foreign_word *gf_pasted_word(gf_match *match, const char *line, uint32_t at, const gf_knowledge *known);

/* Adds what the row has to say: "np.dot(a, b) is the matrix product: write a @ b"; with the operands of the line, where
 * they are short. */
void gf_pasted_say(gf_text *w, const gf_foreign_word *word, const gf_match *match, const char *line,
                   const gf_knowledge *known);

/* Is that name how others write a step of one, as h_t is of h? */
bool gf_pasted_is_step(const char *name);

/* The line with all rows put in, as long as one fits, and, where the line reads so, with @ between operands that stand
 * side by side. Says whether the line can be read now, and is another; `w` has failed without memory. `first` and
 * `match`, where a row was put in: the first one, and where it fitted. */
bool gf_pasted_rewrite(gf_text *w, const char *line, const gf_knowledge *known, const gf_foreign_word **first,
                       gf_match *match);

#endif
