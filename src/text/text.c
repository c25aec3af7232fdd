/* Text that grows, and numbers with a point in every locale. */
#include "text/text.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gradflow/base.h>

#include "base/grow.h"
#include "text/characters.h"

/* Room for `more` bytes and a 0. */
static bool make_room(gf_text *text, size_t more)
{
    if (text->failed)
        return false;
    if (text->room - text->size > more)
        return true;
    size_t all = more < SIZE_MAX - text->size ? text->size + more + 1 : SIZE_MAX;
    text->failed = !gf_grow(&text->data, &text->room, all);
    return !text->failed;
}

void gf_text_bytes(gf_text *text, const char *data, size_t size)
{
    if (!make_room(text, size))
        return;
    memcpy(text->data + text->size, data, size);
    text->size += size;
    text->data[text->size] = '\0';
}

void gf_text_add(gf_text *text, const char *string)
{
    gf_text_bytes(text, string, strlen(string));
}

void gf_text_with(gf_text *text, const char *string, char of, const char *by)
{
    for (const char *end; (end = strchr(string, of)) != NULL; string = end + 1) {
        gf_text_bytes(text, string, (size_t)(end - string));
        gf_text_add(text, by);
    }
    gf_text_add(text, string);
}

void gf_text_printable(gf_text *text, const char *string)
{
    size_t before = text->size;
    gf_text_add(text, string);
    if (!text->failed)
        text->size = before + gf_make_printable(text->data + before);
}

/* Most fit the room there is, and are written once. */
void gf_text_vprint(gf_text *text, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    size_t room = text->failed ? 0 : text->room - text->size;
    int size = vsnprintf(room ? text->data + text->size : NULL, room, format, arguments);
    bool fits = size >= 0 && (size_t)size < room;
    if (!fits && size >= 0 && make_room(text, (size_t)size)) {
        vsnprintf(text->data + text->size, (size_t)size + 1, format, again);
        fits = true;
    }
    if (fits)
        text->size += (size_t)size;
    else if (room)
        text->data[text->size] = '\0';
    va_end(again);
}

void gf_text_print(gf_text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    gf_text_vprint(text, format, arguments);
    va_end(arguments);
}

void gf_text_name(gf_text *text, const char *name)
{
    for (size_t size = strlen(name), at = 0; at < size;) {
        int bytes;
        uint32_t code = gf_utf8_decode(name + at, size - at, &bytes);
        if (code == GF_INVALID || code == 0xFFFE || code == 0xFFFF) /* the last two are no characters of XML */
            gf_text_add(text, "\uFFFD");
        else if (code < 0x20 || code == 0x7F)
            gf_text_add(text, " ");
        else if (gf_code_is_invisible_in_text(code))
            gf_text_add(text, "?");
        else
            gf_text_bytes(text, name + at, (size_t)bytes);
        at += (size_t)bytes;
    }
}

void gf_text_number(gf_text *text, double number)
{
    char digits[GF_NUMBER];
    gf_text_add(text, gf_number_exact(digits, number));
}

void gf_text_quoted(gf_text *text, const char *string)
{
    gf_text_bytes(text, "\"", 1);
    for (; *string; string++) {
        if (*string == '"' || *string == '\\')
            gf_text_bytes(text, "\\", 1);
        if ((unsigned char)*string < ' ')
            gf_text_print(text, "\\u%04x", (unsigned)*string);
        else
            gf_text_bytes(text, string, 1);
    }
    gf_text_bytes(text, "\"", 1);
}

const char *gf_text_string(const gf_text *text)
{
    return text->data ? text->data : "";
}

void gf_text_clear(gf_text *text)
{
    gf_text_cut(text, 0);
}

void gf_text_cut(gf_text *text, size_t size)
{
    text->size = size;
    if (text->data)
        text->data[size] = '\0';
}

void gf_text_free(gf_text *text)
{
    free(text->data);
    *text = (gf_text){0};
}

char *gf_text_keep(gf_text *text, gf_arena *arena)
{
    char *kept = text->failed ? NULL : gf_arena_text(arena, gf_text_string(text));
    gf_text_free(text);
    return kept;
}

/* --- numbers ---------------------------------------------------------------------------------- */

/* The point of one way of writing, which may take more bytes than one, becomes that of another. */
static void change_point(char *number, const char *from, const char *to)
{
    char *point = strstr(number, from);
    if (!point)
        return;
    memmove(point + strlen(to), point + strlen(from), strlen(point + strlen(from)) + 1);
    memcpy(point, to, strlen(to));
}

char *gf_number_as(char out[GF_NUMBER], const char *format, double number)
{
    snprintf(out, GF_NUMBER, format, isnan(number) ? NAN : number);
    change_point(out, localeconv()->decimal_point, ".");
    return out;
}

char *gf_number_told(char out[GF_NUMBER], const char *format, double number)
{
    return isnan(number) ? strcpy(out, "NaN") : gf_number_as(out, format, number == 0 ? 0 : number);
}

/* 15 digits are kept by every double, but by the smallest; 17 tell all of them apart. A number that needs fewer is
 * written with fewer: %g leaves out the zeros behind the rest. */
char *gf_number_exact(char out[GF_NUMBER], double number)
{
    int digits = fabs(number) < DBL_MIN ? 1 : DBL_DIG;
    do
        snprintf(out, GF_NUMBER, "%.*g", digits, isnan(number) ? NAN : number);
    while (digits++ < 17 && strtod(out, NULL) != number);
    change_point(out, localeconv()->decimal_point, ".");
    return out;
}

double gf_number_read(const char *text, size_t size)
{
    enum { DIGITS = 512, POINT = 8 };
    char copy[DIGITS + POINT], *end;
    const char *point = localeconv()->decimal_point;
    if (size >= DIGITS)
        return NAN;
    memcpy(copy, text, size);
    copy[size] = '\0';
    if (strcmp(point, ".") && strstr(copy, point))
        return NAN;
    change_point(copy, ".", point);
    double number = strtod(copy, &end);
    return end == copy || *end ? NAN : number;
}
