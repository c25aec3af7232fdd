/* Which known word is the nearest to one that is not known. */
#ifndef GF_TEXT_NEAREST_H
#define GF_TEXT_NEAREST_H

#include <stddef.h>

/* The best word so far: {.wanted = "Wff"}. */
typedef struct gf_nearest {
    const char *wanted;
    const char *found; /* NULL: none is near enough */
    int rank;          /* how far away it is */
} gf_nearest;

/* Letters to put in, take out, change or exchange with the next one, to make one word of the other; not more than
 * `most` + 1, where it stops counting. Words differ the less in upper and lower case (counted as one letter). */
int gf_edit_distance(const char *a, const char *b, int most);

/* Offers a word; it is taken if it is nearer than the best so far, and near enough to be meant: a third of the
 * letters, but at least one, and never all of them. */
void gf_nearest_offer(gf_nearest *nearest, const char *word);

/* Of some known words, the one nearest to a word that is none of them; NULL where none is near enough to be meant. */
const char *gf_nearest_word(const char *wanted, const char *const words[], size_t count);

#endif
