/* Characters: which of them are letters and marks, and how wide they are. */
#ifndef GF_LANGUAGE_UNICODE_H
#define GF_LANGUAGE_UNICODE_H

#include "base/characters.h"

/* A letter of any script (category L); ᵀ is none, since it transposes. */
bool gf_code_is_letter(uint32_t code);

/* A combining mark (category M), which belongs to the letter before it. */
bool gf_code_is_mark(uint32_t code);

/* Columns that a terminal needs for it: 0 for a mark, 2 for ideographs and full-width forms, else 1. */
int gf_code_width(uint32_t code);

#endif
