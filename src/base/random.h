/* Random numbers: xoshiro256** (Blackman and Vigna 2018), seeded through splitmix64.
 * Integer operations and + - * / sqrt alone, so that the same seed gives the same numbers, to the last bit,
 * on every machine. */
#ifndef GF_BASE_RANDOM_H
#define GF_BASE_RANDOM_H

#include <stdint.h>

typedef struct gf_random {
    uint64_t state[4];
} gf_random;

void gf_random_seed(gf_random *random, uint64_t seed);
uint64_t gf_random_bits(gf_random *random);  /* 64 random bits */
double gf_random_uniform(gf_random *random); /* a multiple of 2^-53 in [0, 1) */
double gf_random_normal(gf_random *random);  /* mean 0, standard deviation 1 */

#endif
