/* Text that grows: messages, reports, pictures and trees written out; and numbers, with a point in every locale. */
#ifndef GF_TEXT_TEXT_H
#define GF_TEXT_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Zero-initialise it. Once memory failed, adding does nothing. */
typedef struct gf_text {
    char *data; /* size bytes and a 0; NULL while empty */
    size_t size, room;
    bool failed;
} gf_text;

void gf_text_bytes(gf_text *text, const char *data, size_t size);
void gf_text_add(gf_text *text, const char *string);
void gf_text_with(gf_text *text, const char *string, char of, const char *by); /* each such character written as `by` */
void gf_text_printable(gf_text *text, const char *string);                     /* after gf_make_printable */
void gf_text_print(gf_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void gf_text_vprint(gf_text *text, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

/* Adds a name as it may stand in a picture: what is not UTF-8 becomes U+FFFD, control characters become blanks. */
void gf_text_name(gf_text *text, const char *name);

/* Adds a number as gf_number_exact writes it. */
void gf_text_number(gf_text *text, double number);

/* Adds a string as JSON has it, in quotes. */
void gf_text_quoted(gf_text *text, const char *string);

/* The text so far, never NULL. */
const char *gf_text_string(const gf_text *text);
void gf_text_clear(gf_text *text);            /* empty, its room kept */
void gf_text_cut(gf_text *text, size_t size); /* to so many bytes of those that there are */
void gf_text_free(gf_text *text);

/* A copy of it in the arena, NULL without memory, then or before; the text is freed. */
char *gf_text_keep(gf_text *text, gf_arena *arena);

/* --- numbers: printf and strtod follow the locale, what is written and read does not --- */

enum { GF_NUMBER = 32 };

/* A number with the fewest digits that tell it from every other double, and as a format of printf for one double has
 * it; NaN has no sign. Both return `out`. */
char *gf_number_exact(char out[GF_NUMBER], double number);
char *gf_number_as(char out[GF_NUMBER], const char *format, double number) __attribute__((format(printf, 2, 0)));

/* As gf_number_as, for people: what is no number is NaN, and no 0 has a sign. Data have nan. Returns `out`. */
char *gf_number_told(char out[GF_NUMBER], const char *format, double number) __attribute__((format(printf, 2, 0)));

/* Reads `size` bytes that are a number; NaN where they are none, or too many. */
double gf_number_read(const char *text, size_t size);

#endif
