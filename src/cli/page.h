/* The options of commands that draw a page: --theme, --size, --dpi. */
#ifndef GF_CLI_PAGE_H
#define GF_CLI_PAGE_H

#include "cli/cli.h"

#define THEME_ROW                                                                                                      \
    {                                                                                                                  \
        "theme", "T", "of a picture: light, dark or print", "light dark print"                                         \
    }
#define SIZE_ROWS                                                                                                      \
    {"size", "S", NULL, "16:9 4:3 A4"},                                                                                \
    {                                                                                                                  \
        "dpi", "N", "16:9, 4:3, A4 or WIDTHxHEIGHT in pixels; dots an inch", "96 192 300"                              \
    }

typedef struct page_options {
    const char *theme; /* NULL, 0: not said */
    double width, height, dots;
} page_options;

/* Is it one of these? */
bool page_has(const char *name);

/* Takes it. Returns EXIT_DONE, or what bad_usage returns. */
int page_take(page_options *p, const command *self, const char *name, const char *value);

/* Says which of them changes nothing in an output of that format. */
void page_tell_idle(const page_options *p, const command *self, bool quiet, const char *format);

/* A positive number, whole text. */
bool read_positive(double *out, const char *text, size_t size);

#endif
