/* Factors with a name: small fractions, and ratios of sizes. */
#include <math.h>

#include "diagnosis/diagnose.h"

enum { SIZES = 12, FRACTION = 12 };

/* a size, or 1, over two of them. */
typedef struct ratio {
    const char *top, *bottom[2]; /* NULL: 1 */
    long long over, under;
    int sizes;
} ratio;

typedef struct size_list {
    const char *name[SIZES + 1]; /* the first is NULL, the number 1 */
    long long value[SIZES + 1];
    int count;
} size_list;

static size_list sizes_of(const gf_model *m)
{
    size_list list = {.name = {NULL}, .value = {1}, .count = 1};
    for (uint32_t k = 1; k < m->symbol_count && list.count <= SIZES; k++) {
        const gf_symbol *symbol = &m->symbols[k];
        bool size = symbol->kind == SYMBOL_SIZE || symbol->kind == SYMBOL_STEPS;
        if (!size || !symbol->known || symbol->value < 2 || symbol->value > 1000000)
            continue;
        list.name[list.count] = gf_model_text(m, k);
        list.value[list.count++] = symbol->value;
    }
    return list;
}

static bool equals(double factor, long long over, long long under)
{
    double ratio = (double)over / (double)under;
    return fabs(factor - ratio) <= 1e-6 * ratio;
}

/* The ratios of sizes that the factor is, with as few sizes as possible, twice or half of them too. */
static int find_ratios(const size_list *sizes, double factor, ratio found[], int most)
{
    static const int twos[3][2] = {{1, 1}, {2, 1}, {1, 2}};
    int count = 0;
    for (int used = 1; used <= 3 && !count; used++)
        for (int i = 0; i < sizes->count; i++)
            for (int j = 0; j < sizes->count; j++)
                for (int l = j; l < sizes->count; l++)
                    for (int two = 0; two < 3 && count < most; two++) {
                        int names = (i > 0) + (j > 0) + (l > 0);
                        long long over = twos[two][0] * sizes->value[i];
                        long long under = twos[two][1] * sizes->value[j] * sizes->value[l];
                        bool own = i && (i == j || i == l);
                        if (names + (two > 0) != used || !names || own || !equals(factor, over, under))
                            continue;
                        found[count++] = (ratio){sizes->name[i], {sizes->name[j], sizes->name[l]}, over, under, names};
                    }
    return count;
}

static bool find_fraction(double factor, long long *over, long long *under)
{
    for (*under = 1; *under <= FRACTION; ++*under) {
        *over = llround(factor * (double)*under);
        if (*over >= 1 && *over <= FRACTION && equals(factor, *over, *under))
            return true;
    }
    return false;
}

static void reduce(long long *over, long long *under)
{
    long long a = *over, b = *under;
    while (b) {
        long long rest = a % b;
        a = b;
        b = rest;
    }
    *over /= a;
    *under /= a;
}

static void write_ratio(gf_text *w, const ratio *r, long long two_over, long long two_under)
{
    const char *low = r->bottom[0] ? r->bottom[0] : r->bottom[1];
    bool both = r->bottom[0] && r->bottom[1];
    gf_text_add(w, two_over == 2 && r->top ? "2*" : "");
    gf_text_add(w, r->top ? r->top : two_over == 2 ? "2" : "1");
    if (!low && two_under == 1)
        return;
    gf_text_add(w, both || (two_under == 2 && low) ? "/(" : "/");
    gf_text_add(w, two_under == 2 ? (low ? "2*" : "2") : "");
    gf_text_print(w, "%s%s%s", low ? low : "", both ? "*" : "", both ? r->bottom[1] : "");
    gf_text_add(w, both || (two_under == 2 && low) ? ")" : "");
}

/* Sizes by name, and the 2 that is left over. */
static void write_ratios(gf_text *w, const size_list *sizes, const ratio found[], int count, bool negative)
{
    for (int k = 0; k < count; k++) {
        long long top = 1, bottom = 1;
        for (int n = 1; n < sizes->count; n++) {
            top *= sizes->name[n] == found[k].top ? sizes->value[n] : 1;
            bottom *= sizes->name[n] == found[k].bottom[0] ? sizes->value[n] : 1;
            bottom *= sizes->name[n] == found[k].bottom[1] ? sizes->value[n] : 1;
        }
        gf_text_print(w, "%s%s", k ? ", " : " (= ", negative ? "-" : "");
        write_ratio(w, &found[k], found[k].over / top, found[k].under / bottom);
    }
    gf_text_add(w, count ? ")" : "");
}

/* 2 and 1/2 are themselves: that some size happens to be 2 tells nothing, unless it is the number of steps. */
static int leave_chance(const gf_model *m, double size, ratio found[], int count)
{
    const char *steps = m->steps_name ? gf_model_text(m, m->steps_name) : NULL;
    int left = 0;
    for (int k = 0; k < count; k++) {
        bool of_steps = found[k].sizes == 1 && (found[k].top == steps || found[k].bottom[1] == steps);
        if ((!equals(size, 2, 1) && !equals(size, 1, 2)) || (of_steps && steps))
            found[left++] = found[k];
    }
    return left;
}

bool gf_factor_write(gf_text *w, const gf_model *m, double *factor)
{
    size_list sizes = sizes_of(m);
    ratio found[3];
    double size = fabs(*factor);
    long long over, under;
    int count = find_ratios(&sizes, size, found, 3);
    bool fraction = find_fraction(size, &over, &under);
    if (!fraction && !count)
        return false;
    if (!fraction) {
        over = found[0].over;
        under = found[0].under;
    }
    reduce(&over, &under);
    count = leave_chance(m, size, found, count);
    *factor = copysign((double)over / (double)under, *factor);
    gf_text_print(w, under == 1 ? "%s%lld" : "%s%lld/%lld", *factor < 0 ? "-" : "", over, under);
    write_ratios(w, &sizes, found, count, *factor < 0);
    return true;
}
