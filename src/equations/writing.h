/* Text that grows: messages, reports, and trees written out. */
#ifndef GF_EQUATIONS_WRITING_H
#define GF_EQUATIONS_WRITING_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Zero-initialise it. Once memory failed, adding does nothing. */
typedef struct gf_writing {
    char *data; /* size bytes and a 0; NULL while empty */
    size_t size, room;
    bool failed;
} gf_writing;

void gf_writing_add(gf_writing *w, const char *data, size_t size);
void gf_writing_text(gf_writing *w, const char *text);
void gf_writing_printable(gf_writing *w, const char *text); /* after gf_make_printable */
void gf_writing_print(gf_writing *w, const char *format, ...) __attribute__((format(printf, 2, 3)));
void gf_writing_vprint(gf_writing *w, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

/* Adds a number with the fewest digits that tell it from every other double, and a point in every locale. */
void gf_writing_number(gf_writing *w, double number);

/* The text so far, never NULL. */
const char *gf_writing_string(const gf_writing *w);
void gf_writing_free(gf_writing *w);

/* Reads `size` bytes that are a number, with a point in every locale; NaN where they are none, or too many. */
double gf_number_read(const char *text, size_t size);

#endif
