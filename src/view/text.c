/* Text that grows, and how pictures write numbers and names. */
#include "view/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for `more` bytes and a 0. */
static bool reserve(gf_text *text, size_t more)
{
    if (text->failed)
        return false;
    if (text->room - text->size > more)
        return true;
    size_t room = 2 * text->room + more + 64;
    char *data = realloc(text->data, room);
    if (!data) {
        text->failed = true;
        return false;
    }
    text->data = data;
    text->room = room;
    return true;
}

void gf_text_add(gf_text *text, const char *data, size_t size)
{
    if (!reserve(text, size))
        return;
    memcpy(text->data + text->size, data, size);
    text->size += size;
    text->data[text->size] = '\0';
}

void gf_text_print(gf_text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0 || !reserve(text, (size_t)size))
        return;
    va_start(arguments, format);
    vsnprintf(text->data + text->size, (size_t)size + 1, format, arguments);
    va_end(arguments);
    text->size += (size_t)size;
}

void gf_text_clear(gf_text *text)
{
    text->size = 0;
    if (text->data)
        text->data[0] = '\0';
}

void gf_text_free(gf_text *text)
{
    free(text->data);
    *text = (gf_text){0};
}

const char *gf_text_string(const gf_text *text)
{
    return text->data ? text->data : "";
}

/* --- names -------------------------------------------------------------------- */

/* How many bytes the character at s has; 0 where it is not UTF-8 (RFC 3629: no overlong form, no surrogate, none above
 * U+10FFFF), or no character in XML (U+FFFE, U+FFFF). */
static size_t character(const unsigned char *s)
{
    static const struct {
        unsigned char first, last, low, high; /* of the lead byte, and of the byte behind it */
        size_t size;
    } forms[] = {
        {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
        {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4},
        {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
    };
    if (s[0] < 0x80)
        return 1;
    if (s[0] == 0xef && s[1] == 0xbf && s[2] >= 0xbe)
        return 0;
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
        if (s[0] < forms[k].first || s[0] > forms[k].last || s[1] < forms[k].low || s[1] > forms[k].high)
            continue;
        for (size_t j = 2; j < forms[k].size; j++)
            if ((s[j] & 0xc0) != 0x80)
                return 0;
        return forms[k].size;
    }
    return 0;
}

void gf_text_add_name(gf_text *text, const char *name)
{
    while (*name) {
        size_t size = character((const unsigned char *)name);
        if (!size)
            gf_text_add(text, "\xef\xbf\xbd", 3);
        else if (size == 1 && ((unsigned char)*name < 0x20 || *name == 0x7f))
            gf_text_add(text, " ", 1);
        else
            gf_text_add(text, name, size);
        name += size ? size : 1;
    }
}

/* --- numbers ------------------------------------------------------------------ */

char *gf_number_short(char out[GF_NUMBER], double number, int digits)
{
    if (isnan(number))
        return strcpy(out, "nan");
    snprintf(out, GF_NUMBER, "%.*g", digits, number);
    char *comma = strchr(out, ',');
    if (comma)
        *comma = '.';
    return out;
}

char *gf_number_exact(char out[GF_NUMBER], double number)
{
    for (int digits = 9; digits < 17; digits++) {
        snprintf(out, GF_NUMBER, "%.*g", digits, number);
        if (strtod(out, NULL) == number)
            return gf_number_short(out, number, digits);
    }
    return gf_number_short(out, number, 17);
}
