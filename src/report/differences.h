/* A third opinion: central differences over a sweep of step sizes, with their error estimated. */
#ifndef GF_REPORT_DIFFERENCES_H
#define GF_REPORT_DIFFERENCES_H

#include "claims/claims.h"

/* What was found. Where truncate or stop lets no gradient pass, the differences see the same: what is cut there is held
 * constant. */
typedef struct gf_differences {
    bool ended;             /* before all was compared, since progress said so */
    bool agree;             /* none differs from automatic differentiation */
    size_t gradients;       /* of parameters, inputs and starts: how many were compared, */
    size_t differ, untold;  /* and how many differ, and how many cannot be told */
    size_t entries, all;    /* how many of their entries, of how many: of large models, some of them */
    char worst[96];         /* of the others the gradient that agrees the least: "U", "x[3]" */
    double error, estimate; /* its relative error, and that of the differences, as estimated */
} gf_differences;

/* Compares the gradient of the file's loss by every leaf; and, of each claim that fails and has a gradient by a leaf on
 * one of its sides, the worst entry, about which it adds a line to the claim's notes. progress may say no, which ends
 * it; it may be NULL. GF_ERROR_MEMORY. */
gf_status gf_differences_find(gf_differences *out, gf_claims *claims, bool (*progress)(double share, void *data),
                              void *data);

/* A line about it. */
void gf_differences_write(gf_text *w, const gf_differences *differences);

#endif
