/* Random numbers: xoshiro256** (Blackman and Vigna 2018), seeded through splitmix64.
 * Integer operations and + - * / sqrt alone, so that the same seed gives the same numbers, to the last bit,
 * on every machine. */
#ifndef GF_BASE_RANDOM_H
#define GF_BASE_RANDOM_H

#include <stdint.h>

typedef struct gf_random {
    uint64_t state[4];
} gf_random;

/* Number n, counted from 1, of the sequence of splitmix64 (Steele, Lea and Flood 2014) that a seed starts. */
static inline uint64_t gf_random_splitmix(uint64_t seed, uint64_t n)
{
    uint64_t z = seed + n * UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

/* 64 random bits as a multiple of 2^-53 in [0, 1). */
static inline double gf_random_fraction(uint64_t bits)
{
    return (double)(bits >> 11) * 0x1p-53;
}

void gf_random_seed(gf_random *random, uint64_t seed);
uint64_t gf_random_bits(gf_random *random);  /* 64 random bits */
double gf_random_uniform(gf_random *random); /* a multiple of 2^-53 in [0, 1) */
double gf_random_normal(gf_random *random);  /* mean 0, standard deviation 1 */

#endif
