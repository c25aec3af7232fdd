/* Calls in other notations, by the templates that come with the functions of the language. */
#ifndef GF_WRITE_WORDS_H
#define GF_WRITE_WORDS_H

#include "language/functions.h"
#include "language/tree.h"

#define GF_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* Writes an argument of a call: `word` is what the template calls it; it is `enclosed` where it stands in brackets, or
 * between commas, so that whatever it is needs none of its own. */
typedef void gf_argument_writer(void *data, const gf_tree *argument, const char *word, bool enclosed);

/* Writes the template with the arguments of the call in place of the words that the function's usage has for them:
 * "\\tanh(a)" -> "\\tanh(z_t)". What follows a backslash is no word. */
void gf_words_write(gf_text *w, const char *template, const gf_function *function, const gf_tree *call,
                    gf_argument_writer *write, void *data);

/* Word number k of the usage "clip(a, lo, hi)", its length through *size; NULL beyond. */
const char *gf_words_at(const gf_function *function, uint32_t k, size_t *size);

#endif
