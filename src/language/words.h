/* What people paste from NumPy, PyTorch, Python, MATLAB, LaTeX and paper, with what is written here for it. */
#ifndef GF_LANGUAGE_WORDS_H
#define GF_LANGUAGE_WORDS_H

#include <stddef.h>

typedef enum gf_foreign_group {
    GROUP_ARRAYS,
    GROUP_NETS,
    GROUP_PROGRAMS,
    GROUP_PAPER,
    GROUP_LATEX,
    GROUPS
} gf_foreign_group;

/* A message is made of it: "np.dot(a, b) is the matrix product: write a @ b", and the line with that in it. */
typedef struct gf_foreign_word {
    gf_foreign_group group;
    const char *written; /* a pattern, see patterns.h */
    const char *here;    /* what it makes; "": nothing, it is left out; NULL: the line has to be thought over */
    const char *what;    /* behind "is"; where here is NULL, with what to do */
    const char *say;     /* in place of `here` in the message; NULL: the same */
    unsigned when;       /* WHEN_ … */
} gf_foreign_word;

/* Row number k of the table; NULL beyond. The first row that fits counts. */
const gf_foreign_word *gf_foreign_row(size_t k);

/* A group's title. */
const char *gf_foreign_title(gf_foreign_group group);

#endif
