/* Mistakes that people make, planted in lines that are right. */
#ifndef GF_PLANTED_PLANTS_H
#define GF_PLANTED_PLANTS_H

#include <stdint.h>

#include <gradflow/report.h>

#include "lines.h"

typedef enum plant_kind {
    PLANT_INDEX, /* h[t] for h[t-1] */
    PLANT_NAME,  /* another name of the same shape */
    PLANT_SIGN,
    PLANT_TRANSPOSE,  /* put in, left out */
    PLANT_ORDER,      /* operands of a product exchanged */
    PLANT_DERIVATIVE, /* at the activated value, of the wrong function */
    PLANT_FACTOR_OUT, /* left out */
    PLANT_FACTOR_IN,  /* one too many */
    PLANT_TERM_OUT,
    PLANT_TERM_IN,
    PLANT_REDUCTION, /* colsum, sum(t, …) left out, put in */
    PLANT_OPERATOR,  /* `@` for `*` */
    PLANT_CONSTANT,
    PLANT_RANGE,
    PLANT_SPELLING,
    PLANTS
} plant_kind;

const char *plant_name(plant_kind kind);

/* A piece of a line's text replaced by another. */
typedef struct plant {
    size_t begin, end;
    char text[1024];
} plant;

/* Numbers by chance, the same on every machine (splitmix64, Steele, Lea and Flood 2014). */
uint64_t chance(uint64_t *state);

/* A mistake of a kind for the line of a model, by chance; false where the line has no place for one. The sides of an
 * inequality have none: no edit is proposed there. */
bool plant_choose(plant *out, const line *l, gf_model *m, plant_kind kind, uint64_t *state);

#endif
