/* Chains written short. Of c[2] -> c[3] -> … -> c[50] every arrow is like the one before, a step later; so is, two
 * arrows on, every one of h[1] -> a[2] -> h[2] -> a[3] -> …: a run, whose period is 2. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain/tell.h"
#include "show/numbers.h"

enum { PERIOD = 12, LEAST = 6 /* arrows of a run that is folded */, LINE = 78 };

/* Arrows first to first + count - 1 of a chain. */
typedef struct run {
    size_t first, count, period;
} run;

/* By how many steps the second arrow is later; 0 where it is another kind of arrow. */
static long later(const gf_chain_link *a, const gf_chain_link *b)
{
    bool alike = a->from.name == b->from.name && a->to.name == b->to.name && a->from.symbol && a->to.symbol;
    return alike && b->from.t - a->from.t == b->to.t - a->to.t ? b->from.t - a->from.t : 0;
}

/* The longest run that begins there; count 1 where there is none. */
static run run_at(const gf_chain *chain, size_t first)
{
    run longest = {first, 1, 1};
    for (size_t period = 1; period <= PERIOD && first + period < chain->count; period++) {
        const gf_chain_link *links = chain->links + first;
        long steps = later(&links[0], &links[period]);
        size_t alike = 0;
        while (steps && first + alike + period < chain->count && later(&links[alike], &links[alike + period]) == steps)
            alike++;
        if (alike >= (period > 1 ? 2 * period : 1) && alike + period >= LEAST && alike + period > longest.count)
            longest = (run){first, alike + period, period};
    }
    return longest;
}

/* A product of any size: digits * 2^power. */
typedef struct wide {
    double digits;
    long power;
} wide;

static wide together(const gf_chain *chain, size_t first, size_t count)
{
    wide all = {1, 0};
    for (size_t k = 0; k < count; k++) {
        int power = 0;
        all.digits = frexp(all.digits * chain->links[first + k].factor, &power);
        all.power += power;
    }
    return all;
}

static double number_of(wide p)
{
    return ldexp(p.digits, (int)p.power);
}

/* Also where no double is so small or so large: "2.3e-1412". */
static const char *write_product(char out[GF_CELL], wide p)
{
    double number = number_of(p);
    bool beyond = isfinite(p.digits) && p.digits > 0 && (fabs(number) < DBL_MIN || isinf(number));
    if (!beyond)
        return gf_page_number(out, number);
    double size = log10(p.digits) + (double)p.power * log10(2), whole = floor(size);
    gf_number_as(out, "%.3f", pow(10, size - whole));
    snprintf(out + strlen(out), GF_CELL - strlen(out), "e%+.0f", whole);
    return out;
}

/* --- the chain on a line ------------------------------------------------------------------------------------------ */

static void end_line(gf_page *p, gf_text *line)
{
    if (line->size)
        gf_page_code(p, gf_text_string(line));
    p->text->failed |= line->failed;
    gf_text_clear(line);
}

/* "-> c[3]", on a new line where the old one is full. */
static void write_next(gf_page *p, gf_text *line, const char *label)
{
    if (line->size && gf_text_width(gf_text_string(line)) + gf_text_width(label) + 6 > LINE)
        end_line(p, line);
    gf_text_print(line, "%s-> %s", line->size ? " " : "", label);
}

/* "-> ... -> c[50]  (48 factors, together 1.2e-16, 0.47 a step)", a line of its own. */
static void write_run(gf_page *p, gf_text *line, const gf_chain *chain, const run *r)
{
    char all[GF_CELL], each[GF_NUMBER];
    const gf_chain_link *links = chain->links + r->first, *last = &links[r->count - 1];
    wide product = together(chain, r->first, r->count);
    long steps = labs(last->to.t - links->from.t);
    gf_text factors = {0};
    for (size_t k = 0; k + 1 < r->period; k++)
        write_next(p, line, links[k].to.label);
    write_next(p, line, "...");
    write_next(p, line, last->to.label);
    gf_text_print(&factors, "  (%zu factors, together %s", r->count, write_product(all, product));
    if (steps && isfinite(product.digits) && product.digits > 0)
        gf_text_print(&factors, ", %s a step",
                      gf_number_as(each, "%.3g", exp2((log2(product.digits) + (double)product.power) / (double)steps)));
    gf_text_add(&factors, ")");
    if (gf_text_width(gf_text_string(line)) + gf_text_width(gf_text_string(&factors)) > LINE)
        end_line(p, line);
    gf_text_add(line, gf_text_string(&factors));
    end_line(p, line);
    p->text->failed |= factors.failed;
    gf_text_free(&factors);
}

void gf_tell_way(gf_page *p, const gf_chain *chain)
{
    gf_text line = {0};
    bool markdown = p->markdown;
    gf_text_add(p->text, markdown ? "```\n" : "");
    p->markdown = false;
    gf_text_add(&line, chain->from.label);
    for (size_t k = 0; k < chain->count;) {
        run r = run_at(chain, k);
        if (r.count > 1)
            write_run(p, &line, chain, &r);
        else
            write_next(p, &line, chain->links[k].to.label);
        k += r.count;
    }
    end_line(p, &line);
    gf_text_free(&line);
    p->markdown = markdown;
    gf_text_add(p->text, markdown ? "```\n\n" : "");
}

/* --- the chain as a table ----------------------------------------------------------------------------------------- */

/* In the middle of a run: its first arrows and its last ones are shown. */
static bool is_within(const run *r, size_t k)
{
    size_t shown = r->period < 2 ? 2 : r->period;
    return r->count > 2 * shown + 2 && k >= r->first + shown && k < r->first + r->count - shown;
}

size_t gf_chain_fold(const gf_chain *chain, size_t k, double *product)
{
    for (size_t first = 0; first <= k;) {
        run r = run_at(chain, first);
        size_t count = 1;
        if (is_within(&r, k)) {
            while (k > first && is_within(&r, k - count))
                count++;
            *product = number_of(together(chain, k + 1 - count, count));
            return count;
        }
        first += r.count;
    }
    *product = chain->links[k].factor;
    return 1;
}
