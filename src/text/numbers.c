/* Files of numbers as text, a line at a time. */
#include "text/numbers.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "text/characters.h"

enum { NUMBER_ROOM = 64 }; /* characters of a number */
static const char number_signs[] = "+-.0123456789eE";

FILE *gf_numbers_open(const char *path, const char **why)
{
    struct stat about;
    FILE *file = NULL;
    *why = NULL;
    if (stat(path, &about))
        *why = strerror(errno);
    else if (!S_ISREG(about.st_mode))
        *why = "this is not a plain file";
    else if (!(file = fopen(path, "rb")))
        *why = strerror(errno);
    return file;
}

void gf_numbers_skip_mark(gf_numbers *n)
{
    char first[3];
    int bytes;
    size_t size = fread(first, 1, sizeof first, n->file);
    if (!size || gf_utf8_decode(first, size, &bytes) != GF_BYTE_ORDER_MARK)
        rewind(n->file);
}

static bool is_blank(int c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool is_comma(int c)
{
    return c == ',' || c == ';';
}

static bool separates(int c)
{
    return is_blank(c) || is_comma(c);
}

/* What to write for what others write: names above columns, what was not measured. */
static const char *advice_for(const gf_numbers *n, const char *text)
{
    static const char *const missing[] = {"nan", "NaN", "NA", "N/A", "null", "-", "?"};
    for (size_t k = 0; k < sizeof missing / sizeof *missing; k++)
        if (!strcmp(text, missing[k]))
            return ": put one in its place, or leave the line out";
    return n->line == 1 && !strpbrk(text, "0123456789") ? ": names above columns stand behind a #" : "";
}

/* What stands where a number should, as far as it was read. */
static int refuse(gf_numbers *n, const char *text, bool whole)
{
    if (whole && strspn(text, number_signs) == strlen(text) && isinf(gf_number_read(text, strlen(text))))
        snprintf(n->why, sizeof n->why, "%s is too large: numbers go up to 1.8e308", text);
    else
        snprintf(n->why, sizeof n->why, "'%s%s' is no number%s", text, whole ? "" : "…", advice_for(n, text));
    return -1;
}

int gf_numbers_next(gf_numbers *n, double *out)
{
    int c = getc(n->file), size = 0, commas = 0;
    char text[NUMBER_ROOM];
    for (; separates(c); c = getc(n->file))
        commas += is_comma(c);
    while (c == '#')
        do
            c = getc(n->file);
        while (c != '\n' && c != EOF);
    while (c != '\n' && c != EOF && !separates(c) && size + 1 < NUMBER_ROOM) {
        text[size++] = (char)c;
        c = getc(n->file);
    }
    text[size] = '\0';
    if (c != EOF)
        ungetc(c, n->file);
    bool within = n->within;
    n->within = size > 0;
    if (commas > (within && size)) {
        snprintf(n->why, sizeof n->why, "a number is missing %s",
                 !within ? "before the first comma"
                 : size  ? "between two commas"
                         : "behind the last comma");
        return -1;
    }
    if (!size)
        return 0;
    *out = gf_number_read(text, (size_t)size);
    bool ends = c == '\n' || c == EOF || separates(c);
    if (ends && strspn(text, number_signs) == (size_t)size && isfinite(*out))
        return 1;
    return refuse(n, text, ends);
}

long gf_numbers_line(gf_numbers *n, double numbers[], size_t most)
{
    int found;
    double extra;
    for (n->line++; !(found = gf_numbers_next(n, most ? numbers : &extra)); n->line++)
        if (getc(n->file) == EOF)
            return 0;
    long count = 1;
    while (found > 0 && (found = gf_numbers_next(n, (size_t)count < most ? &numbers[count] : &extra)) > 0)
        count++;
    getc(n->file); /* the line end */
    return found < 0 ? -1 : count;
}

bool gf_numbers_go_on(gf_numbers *n)
{
    bool comment = false;
    int c;
    while ((c = getc(n->file)) != EOF && (c == '\n' || c == '#' || comment || is_blank(c))) {
        n->line += c == '\n';
        if (c == '\n' && !comment)
            n->blank = n->line;
        comment = c != '\n' && (comment || c == '#');
    }
    ungetc(c, n->file);
    return c != EOF;
}
