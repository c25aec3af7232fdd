/* Numbers for a terminal: matrices as small tables, side by side.
 *
 *     W  2 x 3                       h[1]
 *             1        2       3     1   0.5370
 *     1  0.1234  -1.2000  3.1416     2  -0.0312
 *     2       0   0.5000     NaN
 *
 * Rows and columns are counted from 1. All numbers of a matrix have as many decimals, four to five digits the
 * largest; those that would be lost in them are written with a power, 1.2e-09; a plain 0 is exactly 0. A scalar stands
 * in its line, x = 0.123457. Of a large matrix there is its norm, its least and its greatest entry, and a corner.
 * Nothing here fails but by the text that it writes into (gf_text.failed). */
#ifndef GF_SHOW_NUMBERS_H
#define GF_SHOW_NUMBERS_H

#include <stdbool.h>

#include <gradflow/matrix.h>

#include "text/text.h"

/* A matrix, and what stands before a scalar or above any other; NULL: nothing. Neither is owned. */
typedef struct gf_block {
    const char *caption;
    const gf_matrix *value;
} gf_block;

/* Columns of characters that a line may have (80 where it is 0), and whether matrices are written to the last entry. */
typedef struct gf_paper {
    int width;
    bool full;
} gf_paper;

/* Writes blocks side by side, as many as a line holds, and then below each other, with an empty line between. */
void gf_blocks_write(gf_text *w, const gf_block *blocks, size_t count, const gf_paper *paper);

/* The same without the shapes behind the captions, where they are known from elsewhere. */
void gf_blocks_write_shapeless(gf_text *w, const gf_block *blocks, size_t count, const gf_paper *paper);

/* Is it summarised on that paper? */
bool gf_matrix_is_large(const gf_matrix *m, const gf_paper *paper);

/* --- single numbers --------------------------------------------------------------------------------------------- */

/* A number by itself, with up to six digits: 0.123457, 1.2e-09, NaN, inf, -inf. Returns `out`. */
char *gf_number_shown(char out[GF_NUMBER], double number);

/* How the numbers of a column are written, so that their points stand under each other. */
typedef struct gf_decimals {
    int count;  /* of decimals, at most 6 */
    bool power; /* 1.234e-05 all of them */
} gf_decimals;

/* For the entries of a matrix; `even`: small ones get as many digits as large ones, if need be all as powers. */
gf_decimals gf_decimals_for(const gf_matrix *m, bool even);

/* The number, and as many blanks behind a plain 0 as bring it under the others' point. Returns `out`. */
char *gf_decimals_write(char out[GF_NUMBER], gf_decimals decimals, double number);

/* --- sizes ------------------------------------------------------------------------------------------------------ */

/* The entries that tell most of a matrix. */
typedef struct gf_extremes {
    double norm, least, greatest; /* of what is no NaN; norm NaN where an entry is, least and greatest where all are */
    int least_row, least_col, greatest_row, greatest_col; /* from 0 */
    size_t nans, infinite;                                /* how many entries are NaN, and not finite */
} gf_extremes;

gf_extremes gf_extremes_of(const gf_matrix *m);

/* Columns that a text needs on a terminal. */
int gf_text_width(const char *text);

/* Blanks; none where the count is below 1. */
void gf_text_blanks(gf_text *w, int count);

#endif
