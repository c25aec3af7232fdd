/* How the pieces of the table of foreign words are written: what is written, what is written here, what it is. */
#ifndef GF_LANGUAGE_WORDS_ROWS_H
#define GF_LANGUAGE_WORDS_ROWS_H

#include "language/words.h"

/* TO: what it makes is put in its place. NO: the line has to be thought over. GROUP is defined around the rows. */
/* clang-format off */
#define TO(from, to, ...) {.group = GROUP, .written = from, .here = to, .what = __VA_ARGS__}
#define NO(from, ...) {.group = GROUP, .written = from, .what = __VA_ARGS__}
/* clang-format on */

typedef struct gf_foreign_rows {
    const gf_foreign_word *list;
    size_t count;
} gf_foreign_rows;

#define ROWS(rows)                                                                                                     \
    {                                                                                                                  \
        rows, sizeof(rows) / sizeof *(rows)                                                                            \
    }

extern const gf_foreign_rows gf_words_programs, gf_words_arrays, gf_words_paper;

#endif
