/* Text that grows, and how pictures write numbers and names. */
#ifndef GF_VIEW_TEXT_H
#define GF_VIEW_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Zero-initialise it. Once memory failed, adding does nothing. */
typedef struct gf_text {
    char *data; /* size bytes and a 0; NULL while empty */
    size_t size, room;
    bool failed;
} gf_text;

void gf_text_add(gf_text *text, const char *data, size_t size);
void gf_text_print(gf_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void gf_text_clear(gf_text *text); /* empty, its room kept */
void gf_text_free(gf_text *text);

/* The text so far, never NULL. */
const char *gf_text_string(const gf_text *text);

/* Adds a name as it may stand in a picture: what is not UTF-8 becomes U+FFFD, control characters become blanks. */
void gf_text_add_name(gf_text *text, const char *name);

enum { GF_NUMBER = 32 };

/* A number with as many digits as tell it from every other double (at least 9), and with `digits` digits; "nan" and
 * "inf" without a sign for the first, and a point in every locale. Both return `out`. */
char *gf_number_exact(char out[GF_NUMBER], double number);
char *gf_number_short(char out[GF_NUMBER], double number, int digits);

#endif
