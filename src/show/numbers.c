/* Numbers for a terminal: how a number, and a column of them, is written; what tells most of a matrix. */
#include "show/numbers.h"

#include <math.h>
#include <string.h>

#include "base/size.h"
#include "text/characters.h"

/* --- single numbers --------------------------------------------------------------------------------------------- */

enum { DECIMALS = 6, DIGITS = 4 }; /* decimals at most; digits of numbers below 1 */

char *gf_number_shown(char out[GF_NUMBER], double number)
{
    return gf_number_told(out, "%.6g", number);
}

/* Where the first digit stands: 0 of 1.5, -1 of 0.15. */
static int order_of(double size)
{
    return (int)floor(log10(size));
}

/* What there is to know of the finite entries that are not 0. */
typedef struct range {
    double least, greatest;
    bool whole; /* they are whole numbers */
} range;

static range range_of(const gf_matrix *m)
{
    range r = {INFINITY, 0, true};
    GF_EACH_ENTRY (m, i, j) {
        double size = fabs(gf_matrix_at(m, i, j));
        if (!isfinite(size) || size == 0)
            continue;
        r.least = fmin(r.least, size);
        r.greatest = fmax(r.greatest, size);
        r.whole = r.whole && size == floor(size);
    }
    return r;
}

/* Do so many decimals write every entry exactly, to rounding? */
static bool suffices(const gf_matrix *m, int decimals)
{
    double power = pow(10, decimals);
    GF_EACH_ENTRY (m, i, j) {
        double scaled = gf_matrix_at(m, i, j) * power;
        if (isfinite(scaled) && fabs(scaled - round(scaled)) > 1e-12 * fabs(scaled))
            return false;
    }
    return true;
}

gf_decimals gf_decimals_for(const gf_matrix *m, bool even)
{
    range r = range_of(m);
    if (r.greatest == 0 || (r.whole && r.greatest < 1e6))
        return (gf_decimals){0};
    int high = order_of(r.greatest), low = order_of(r.least), wanted = high < 0 ? DIGITS - 1 - high : DIGITS - high;
    if (even && DIGITS - 1 - low > wanted)
        wanted = DIGITS - 1 - low;
    wanted = wanted < 0 ? 0 : wanted > DECIMALS ? DECIMALS : wanted;
    bool power = high < -3 || high > 5 || (even && high - low > 3);
    while (!power && wanted > 1 && suffices(m, wanted - 1))
        wanted--;
    return (gf_decimals){.count = wanted, .power = power};
}

char *gf_decimals_write(char out[GF_NUMBER], gf_decimals decimals, double number)
{
    static const char *const formats[DECIMALS + 1] = {"%.0f", "%.1f", "%.2f", "%.3f", "%.4f", "%.5f", "%.6f"};
    if (!isfinite(number))
        return gf_number_shown(out, number);
    if (decimals.power)
        return number == 0 ? strcpy(out, "0") : gf_number_as(out, "%.3e", number);
    if (number == 0) {
        strcpy(out, "0");
        if (decimals.count)
            strncat(out, "        ", (size_t)decimals.count + 1);
        return out;
    }
    double power = pow(10, decimals.count), rounded = round(number * power) / power;
    bool lost = fabs(number) * power < 10 && fabs(rounded - number) > 1e-9 * fabs(number);
    return gf_number_as(out, lost ? "%.1e" : formats[decimals.count], number);
}

/* --- sizes ------------------------------------------------------------------------------------------------------ */

static void take_entry(gf_extremes *e, double entry, int row, int col)
{
    e->nans += isnan(entry);
    e->infinite += isinf(entry) != 0;
    if (isnan(e->least) || entry < e->least) {
        e->least = entry;
        e->least_row = row;
        e->least_col = col;
    }
    if (isnan(e->greatest) || entry > e->greatest) {
        e->greatest = entry;
        e->greatest_row = row;
        e->greatest_col = col;
    }
}

gf_extremes gf_extremes_of(const gf_matrix *m)
{
    gf_extremes e = {.norm = gf_matrix_norm(m), .least = NAN, .greatest = NAN};
    GF_EACH_ENTRY (m, i, j)
        take_entry(&e, gf_matrix_at(m, i, j), i, j);
    return e;
}

int gf_text_width(const char *text)
{
    int width = 0, bytes;
    for (size_t at = 0, size = strlen(text); at < size; at += (size_t)bytes) {
        uint32_t code = gf_utf8_decode(text + at, size - at, &bytes);
        width += code == GF_INVALID ? 1 : gf_code_width(code);
    }
    return width;
}

void gf_text_blanks(gf_text *w, int count)
{
    if (count > 0)
        gf_text_print(w, "%*s", count, "");
}
