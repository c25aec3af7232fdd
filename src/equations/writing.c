/* Text that grows: messages, reports, and trees written out. */
#include "equations/writing.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gradflow/base.h>

/* Room for `more` bytes and a 0. */
static bool make_room(gf_writing *w, size_t more)
{
    if (w->failed)
        return false;
    if (w->room - w->size > more)
        return true;
    size_t room = 2 * w->room + more + 64;
    char *data = realloc(w->data, room);
    w->failed = !data;
    if (!data)
        return false;
    w->data = data;
    w->room = room;
    return true;
}

void gf_writing_add(gf_writing *w, const char *data, size_t size)
{
    if (!make_room(w, size))
        return;
    memcpy(w->data + w->size, data, size);
    w->size += size;
    w->data[w->size] = '\0';
}

void gf_writing_text(gf_writing *w, const char *text)
{
    gf_writing_add(w, text, strlen(text));
}

void gf_writing_printable(gf_writing *w, const char *text)
{
    size_t before = w->size;
    gf_writing_text(w, text);
    if (!w->failed)
        w->size = before + gf_make_printable(w->data + before);
}

void gf_writing_vprint(gf_writing *w, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    if (size >= 0 && make_room(w, (size_t)size)) {
        vsnprintf(w->data + w->size, (size_t)size + 1, format, again);
        w->size += (size_t)size;
    }
    va_end(again);
}

void gf_writing_print(gf_writing *w, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    gf_writing_vprint(w, format, arguments);
    va_end(arguments);
}

const char *gf_writing_string(const gf_writing *w)
{
    return w->data ? w->data : "";
}

void gf_writing_free(gf_writing *w)
{
    free(w->data);
    *w = (gf_writing){0};
}

/* --- numbers: printf and strtod follow the locale, the language does not ------------------------ */

enum { DIGITS = 512 };

static void to_locale(char *text)
{
    char *point = strchr(text, '.');
    if (point)
        *point = localeconv()->decimal_point[0];
}

static void from_locale(char *text)
{
    char *point = strchr(text, localeconv()->decimal_point[0]);
    if (point)
        *point = '.';
}

void gf_writing_number(gf_writing *w, double number)
{
    char text[64] = "nan";
    if (isinf(number))
        strcpy(text, number > 0 ? "inf" : "-inf");
    bool whole = fabs(number) < 1e15 && number == floor(number);
    for (int digits = 1; isfinite(number) && digits <= 17; digits++) {
        snprintf(text, sizeof text, whole ? "%.*f" : "%.*g", whole ? 0 : digits, number);
        if (strtod(text, NULL) == number)
            break;
    }
    from_locale(text);
    gf_writing_text(w, text);
}

double gf_number_read(const char *text, size_t size)
{
    char copy[DIGITS];
    if (size >= sizeof copy)
        return NAN;
    memcpy(copy, text, size);
    copy[size] = '\0';
    to_locale(copy);
    char *end;
    double number = strtod(copy, &end);
    return end == copy || *end ? NAN : number;
}
