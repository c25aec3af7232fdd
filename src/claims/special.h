/* The functions of lets and claims that are no operation of the engine: max, min, norm2, kron. */
#ifndef GF_CLAIMS_SPECIAL_H
#define GF_CLAIMS_SPECIAL_H

#include "language/functions.h"

/* Works out the function, SPECIAL_MAX to SPECIAL_KRON, of a (and of b, where it takes two). *out is made; the caller
 * frees it. GF_ERROR_MEMORY. */
gf_status gf_special_value(gf_matrix *out, gf_special special, const gf_matrix *a, const gf_matrix *b);

/* The largest singular value, by LAPACK; NaN where an entry is not finite. */
gf_status gf_matrix_norm2(double *out, const gf_matrix *m);

#endif
