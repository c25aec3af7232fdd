/* How numbers and names are written for a page. */
#include "view/web/numbers.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void write(gf_text *out, char *text, double number)
{
    if (!isfinite(number)) {
        gf_text_add(out, isnan(number) ? "null" : number > 0 ? "1e999" : "-1e999");
        return;
    }
    char *mark = strchr(text, 'e');
    if (!mark) {
        gf_text_add(out, text);
        return;
    }
    char *power = mark + 1 + strspn(mark + 1, "+-0");
    gf_text_bytes(out, text, (size_t)(mark - text));
    gf_text_print(out, "e%s%s", mark[1] == '-' ? "-" : "", power);
}

void gf_web_number(gf_text *out, double number)
{
    char text[GF_NUMBER];
    write(out, gf_number_as(text, "%.6g", number), number);
}

void gf_web_exact(gf_text *out, double number)
{
    char text[GF_NUMBER];
    write(out, gf_number_exact(text, number), number);
}

void gf_web_relative(gf_text *out, const char *text, long step)
{
    gf_text put = {0};
    for (const char *at = text; *at;) {
        char *end = NULL;
        long index = *at == '[' && (isdigit((unsigned char)at[1])) && strlen(at) > 1 ? strtol(at + 1, &end, 10) : 0;
        if (step && end && *end == ']') {
            gf_text_add(&put, "[#");
            if (index != step)
                gf_text_print(&put, "%+ld", index - step);
            at = end;
        } else {
            gf_text_bytes(&put, at++, 1);
        }
    }
    gf_text_quoted(out, gf_text_string(&put));
    out->failed |= put.failed;
    gf_text_free(&put);
}
