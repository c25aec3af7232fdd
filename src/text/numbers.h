/* Files of numbers: text, a line at a time, and the arrays that NumPy saves. */
#ifndef GF_TEXT_NUMBERS_H
#define GF_TEXT_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <gradflow/matrix.h>

#include "text/text.h"

enum { GF_NUMBERS_WHY = 160 };

typedef struct gf_numbers {
    FILE *file;
    long line;                /* that was read last, counted from 1 */
    bool within;              /* a number of it has been read, and its end has not */
    long blank;               /* the last line with nothing on it that gf_numbers_go_on passed; 0: none */
    char why[GF_NUMBERS_WHY]; /* what is wrong there, where something is */
} gf_numbers;

/* Opens a plain file: not a folder, nor something that never ends. NULL, and *why says why not. */
FILE *gf_numbers_open(const char *path, const char **why);

/* --- text: numbers between commas, semicolons and blanks; what stands behind # is a comment --------------------- */

/* A byte order mark at the beginning is no part of the first number. */
void gf_numbers_skip_mark(gf_numbers *n);

/* The next number of a line: 1; 0 at its end; -1 where something else stands there. */
int gf_numbers_next(gf_numbers *n, double *out);

/* The numbers of the next line that has some, the first `most` of them in numbers[]: how many there are; 0 at the end
 * of the file, -1 where one is wrong. */
long gf_numbers_line(gf_numbers *n, double numbers[], size_t most);

/* Do numbers, or what should be some, stand behind what was read? */
bool gf_numbers_go_on(gf_numbers *n);

/* --- arrays, NPY 1.0 and 2.0: \x93NUMPY, the version, the length of the header, the header, the numbers ---------- */

/* Writes all but the numbers, of an array of doubles: `steps` x rows x cols, steps 0 being rows x cols. */
void gf_npy_head(gf_text *w, size_t steps, int rows, int cols);

/* A double as IEEE 754 has it, its low byte first. */
void gf_npy_number(gf_text *w, double number);

/* Reads an array of at most two dimensions: one number, a row, a matrix. *out is made. Fails with GF_ERROR_READ, and
 * n->why, GF_ERROR_LIMIT or GF_ERROR_MEMORY. */
gf_status gf_npy_read(gf_matrix *out, gf_numbers *n);

#endif
