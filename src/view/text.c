/* Text that grows, and how pictures write numbers and names. */
#include "view/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/characters.h"

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

void gf_text_add_name(gf_text *text, const char *name)
{
    for (size_t size = strlen(name), at = 0; at < size;) {
        int bytes;
        uint32_t code = gf_utf8_decode(name + at, size - at, &bytes);
        if (code == GF_INVALID || code == 0xFFFE || code == 0xFFFF) /* the last two are no characters of XML */
            for (int k = 0; k < bytes; k++)
                gf_text_add(text, "\xef\xbf\xbd", 3);
        else if (code < 0x20 || code == 0x7F)
            gf_text_add(text, " ", 1);
        else if (gf_code_is_hidden(code))
            gf_text_add(text, "?", 1);
        else
            gf_text_add(text, name + at, (size_t)bytes);
        at += (size_t)bytes;
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
