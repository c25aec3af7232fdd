/* Random numbers that are the same to the last bit on every machine.
 *
 * The generator is xoshiro256** (Blackman and Vigna, Scrambled linear pseudorandom number generators, 2018). Its
 * state is four words of 64 bits, not all 0. The seed fills them with four outputs of splitmix64, state[0] first:
 *
 *     splitmix64: s += 0x9e3779b97f4a7c15;
 *                 z = s;
 *                 z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
 *                 z = (z ^ z >> 27) * 0x94d049bb133111eb;
 *                 output z ^ z >> 31
 *
 * A uniform number is the upper 53 bits of an output, times 2^-53. A normal number needs no logarithm, exponential
 * or cosine, which differ from one maths library to the next; see gf_random_normal. */
#include <stdbool.h>

#include "base/random.h"

void gf_random_seed(gf_random *random, uint64_t seed)
{
    for (uint64_t k = 0; k < 4; k++)
        random->state[k] = gf_random_splitmix(seed, k + 1);
}

static uint64_t rotate(uint64_t word, int bits)
{
    return word << bits | word >> (64 - bits);
}

uint64_t gf_random_bits(gf_random *random)
{
    uint64_t *s = random->state, output = rotate(s[1] * 5, 7) * 9, shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return output;
}

double gf_random_uniform(gf_random *random)
{
    return gf_random_fraction(gf_random_bits(random));
}

/* True with probability e^-p, 0 <= p <= 1, by comparing uniform numbers (von Neumann 1951). A row p > u1 > u2 > …
 * of n numbers comes about with probability p^n / n!; so the row ends after exactly n of them with probability
 * p^n / n! - p^(n+1) / (n+1)!, and after an even number of them with the sum of (-p)^n / n!, which is e^-p. */
static bool happens(gf_random *random, double p)
{
    bool even = true;
    for (double last = p, u; (u = gf_random_uniform(random)) < last; last = u)
        even = !even;
    return even;
}

/* True with probability e^(-p * times). */
static bool happens_each_time(gf_random *random, double p, int times)
{
    while (times > 0 && happens(random, p))
        times--;
    return times == 0;
}

/* Algorithm N of Karney, Sampling exactly from the normal distribution, ACM Transactions on Mathematical Software
 * 42 (2016). The magnitude is k + x with a whole number k and 0 <= x < 1, and wanted with a probability
 * proportional to e^(-(k + x)^2 / 2) = e^(-k / 2) * e^(-k (k - 1) / 2) * e^(-x (2 k + x) / 2): k is counted by the
 * first factor, kept by the second, and x, drawn uniformly, is kept by the third, taken as k + 1 equal factors. */
double gf_random_normal(gf_random *random)
{
    for (;;) {
        int k = 0;
        while (happens(random, 0.5))
            k++;
        if (!happens_each_time(random, 0.5, k * (k - 1)))
            continue;
        double x = gf_random_uniform(random);
        if (!happens_each_time(random, x * (2 * k + x) / (2 * k + 2), k + 1))
            continue;
        return gf_random_bits(random) >> 63 ? -(k + x) : k + x;
    }
}
