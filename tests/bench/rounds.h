/* Several things timed in turns, so that what else the machine does slows all of them alike. */
#ifndef BENCH_ROUNDS_H
#define BENCH_ROUNDS_H

/* Does it `times` times; the seconds that one takes. */
typedef double bench_rule(void *data, int times);

/* Runs each of them in each round, as often as fills a moment, after one that is not counted. medians[k] becomes the
 * median over the rounds of how many times the first one's seconds number k took; medians[0] the first one's seconds.
 * Of rules that are NULL it is NaN. */
void bench_rounds(double medians[], bench_rule *const rules[], int count, int rounds, void *data);

/* Of numbers, which it sorts. */
double bench_median(double numbers[], int count);

double bench_seconds(void);

#endif
