/* Several things timed in turns. */
#include "rounds.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_ROUNDS = 101, MOST_RULES = 16 };
static const double MOMENT = 0.02; /* seconds */

double bench_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    double one = *(const double *)a, two = *(const double *)b;
    return (one > two) - (one < two);
}

double bench_median(double numbers[], int count)
{
    qsort(numbers, (size_t)count, sizeof *numbers, ascending);
    return count % 2 ? numbers[count / 2] : (numbers[count / 2 - 1] + numbers[count / 2]) / 2;
}

/* How often it must be done to fill a moment, or once. */
static int times_of(bench_rule *rule, void *data)
{
    rule(data, 1);
    return 1 + (int)(MOMENT / rule(data, 1));
}

void bench_rounds(double medians[], bench_rule *const rules[], int count, int rounds, void *data)
{
    static double numbers[MOST_RULES][MOST_ROUNDS];
    int times[MOST_RULES];
    rounds = rounds > MOST_ROUNDS ? MOST_ROUNDS : rounds;
    for (int k = 0; k < count; k++)
        times[k] = rules[k] ? times_of(rules[k], data) : 0;
    for (int r = 0; r < rounds; r++)
        for (int k = 0; k < count; k++)
            numbers[k][r] = rules[k] ? rules[k](data, times[k]) : NAN;
    for (int k = count - 1; k >= 0; k--) {
        for (int r = 0; k && r < rounds; r++)
            numbers[k][r] /= numbers[0][r];
        medians[k] = bench_median(numbers[k], rounds);
    }
}
