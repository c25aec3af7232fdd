/* Numbers as a picture shows them. */
#include "view/drawing/figures.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "text/text.h"

#define MINUS "\u2212"

/* The digits without a sign; 1.2e+07 becomes 1.2e7. A 0 at their end stays where more follow: 0.6 is just that. */
static void write_digits(char text[GF_NUMBER], double size, int digits)
{
    static const char *const general[] = {"%.1g", "%.1g", "%.2g", "%.3g", "%.4g"};
    static const char *const even[] = {"%#.1g", "%#.1g", "%#.2g", "%#.3g", "%#.4g"};
    static const char *const powers[] = {"%.0e", "%.0e", "%.0e", "%.1e", "%.2e"};
    int k = digits < 1 ? 1 : digits > 4 ? 4 : digits;
    char all[GF_NUMBER];
    gf_number_as(text, general[k], size);
    if (strcmp(text, gf_number_as(all, "%.12g", size)) != 0)
        gf_number_as(text, even[k], size);
    size_t last = strlen(text) - 1;
    if (text[last] == '.')
        text[last] = '\0';
    if (strchr(text, 'e') && size >= 1 && size < 1e5)
        gf_number_as(text, "%.0f", size);
    else if (strchr(text, 'e'))
        gf_number_as(text, powers[k], size);
}

/* Adds the digits, before an e without zeros at their end, what stands behind it without its + and its leading zeros.
 */
static void add_digits(char out[GF_FIGURE], char *digits)
{
    char *mark = strchr(digits, 'e');
    if (!mark) {
        strcat(out, digits);
        return;
    }
    *mark++ = '\0';
    size_t size = strlen(digits);
    while (strchr(digits, '.') && strchr("0.", digits[size - 1]) && size > 1)
        digits[--size] = '\0';
    strcat(out, digits);
    strcat(out, *mark == '-' ? "e" MINUS : "e");
    strcat(out, mark + strspn(mark, "+-0"));
}

static char *write_figure(char out[GF_FIGURE], double number, int digits, bool tight)
{
    char text[GF_NUMBER];
    strcpy(out, number < 0 ? MINUS : "");
    if (!isfinite(number))
        return strcat(out, isnan(number) ? "NaN" : "∞");
    write_digits(text, fabs(number), digits);
    add_digits(out, text + (tight && !strncmp(text, "0.", 2)));
    return out;
}

char *gf_figure(char out[GF_FIGURE], double number, int digits)
{
    return write_figure(out, number, digits, false);
}

char *gf_figure_tight(char out[GF_FIGURE], double number, int digits)
{
    return write_figure(out, number, digits, true);
}

char *gf_figure_as(char out[GF_FIGURE], double number, int digits, bool tight)
{
    return write_figure(out, number, digits, tight);
}

char *gf_figure_short(char out[GF_FIGURE], double number)
{
    char text[GF_NUMBER];
    if (!isfinite(number))
        return gf_figure(out, number, 1);
    strcpy(out, number < 0 ? MINUS : "");
    add_digits(out, gf_number_as(text, "%.0e", fabs(number)));
    return out;
}
