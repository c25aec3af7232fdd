/* Models like a given one, with another seed, other steps, smaller sizes: what holds by chance in one does not in all.
 */
#ifndef GF_MEND_WITNESS_H
#define GF_MEND_WITNESS_H

#include "mend/readings/causes.h"

/* In what a witness differs. */
typedef struct gf_setting {
    long steps;       /* 0: as many */
    int seed;         /* how far from the model's own */
    bool starts;      /* that are zeros are random instead */
    bool uncut;       /* without truncation */
    bool other_sizes; /* than the file has, all different, as far as it does not fix them */
    bool more;        /* one of many seeds, which says nothing where a whole state is 0 */
    uint32_t larger;  /* the name of a size that is larger by one; 0: none is */
} gf_setting;

/* The first statement, from that one on, which gives a size by a number, where no matrix that the file writes out, or
 * reads, has that size; NULL where there is none. */
const gf_statement *gf_size_next(const gf_model *m, const gf_statement *from);

/* A text, read, unrolled and judged. */
typedef struct gf_witness {
    gf_model *m;
    gf_claims claims;
    bool judged;
} gf_witness;

/* Reads a text as the model's is read, with its settings but for these. `judged` says whether the claims could be
 * judged. GF_ERROR_MEMORY; free it in any case. */
gf_status gf_witness_make(gf_witness *out, const gf_model *like, const char *text, gf_setting setting);
void gf_witness_free(gf_witness *witness);

#define GF_NO_CLAIM (SIZE_MAX - 1)

/* The model's text, with a piece in place of another, and without its claims but for those to keep: number `only`,
 * all (SIZE_MAX) or none (GF_NO_CLAIM). NULL without memory; the caller frees it. */
char *gf_witness_text(const gf_model *m, gf_span old, const char *instead, size_t only);

/* Does claim number k hold, with the values that lets have now, to GF_TOLERANCE whatever it says itself, and say
 * something: it has instances, and its sides are not the same expression, nor both nothing? */
bool gf_witness_holds(gf_witness *witness, size_t k);

/* Is a line right by itself there: that of a let (claim SIZE_MAX), or claim number `claim`? `like` is a model of the
 * same text but for the line, in which was found what lets stand for. A let must be one that can be worked out, and be
 * in no circle. */
bool gf_witness_is_right(gf_witness *witness, const gf_readings *like, const gf_statement *line, size_t claim);

/* The same line in another model of the text, from which claims may have been left out. */
gf_statement *gf_line_in(const gf_model *m, const gf_model *other, const gf_statement *line);

#endif
