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
    if (!*path)
        *why = "the name of the file is empty";
    else if (stat(path, &about))
        *why = strerror(errno);
    else if (S_ISDIR(about.st_mode))
        *why = "this is a folder: write the name of a file";
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

/* Is it what others write where nothing was measured, or nothing that can be? */
static bool is_missing(const char *text)
{
    static const char *const missing[] = {"nan", "NaN", "NAN", "NA",  "N/A",  "null", "NULL",
                                          "-",   "?",   "inf", "Inf", "-inf", "-Inf"};
    for (size_t k = 0; k < sizeof missing / sizeof *missing; k++)
        if (!strcmp(text, missing[k]))
            return true;
    return false;
}

/* What to write for what others write: names above columns, what was not measured, numbers in quotes or brackets. */
static const char *advice_for(const gf_numbers *n, const char *text)
{
    size_t size = strlen(text);
    if (is_missing(text))
        return ": put one in its place, or leave the line out";
    if (size > 2 && *text == '"' && text[size - 1] == '"' && isfinite(gf_number_read(text + 1, size - 2)))
        return ": write it without the quotes";
    if (*text == '"')
        return ": write numbers without quotes, and decimals with a point";
    if (strchr("[](){}", *text))
        return ": write numbers without brackets";
    if (strstr(text, "−") || strstr(text, "–"))
        return ": write the sign of minus as -";
    if (!strcmp(text, "True") || !strcmp(text, "False") || !strcmp(text, "true") || !strcmp(text, "false"))
        return ": write 1 or 0";
    return n->line == 1 && !strpbrk(text, "0123456789") ? ": names above columns stand behind a #" : "";
}

/* Says that the file is no text, where that is what is wrong. Then nothing is read any more. */
static bool is_other(gf_numbers *n)
{
    enum { LOOKED_AT = 1000 };
    char begin[LOOKED_AT];
    rewind(n->file);
    const char *other = gf_text_other(begin, fread(begin, 1, sizeof begin, n->file));
    if (!other)
        return false;
    if (!strncmp(other, "UTF", 3))
        snprintf(n->why, sizeof n->why, "the file is %s: save it as UTF-8", other);
    else
        snprintf(n->why, sizeof n->why, "this is %s: save numbers as text, np.savetxt(\"x.csv\", x, delimiter=\",\")",
                 other);
    return true;
}

/* What stands where a number should, as far as it was read. */
static int refuse(gf_numbers *n, const char *text, bool whole)
{
    if (is_other(n))
        return -1;
    if (whole && strspn(text, number_signs) == strlen(text) && isinf(gf_number_read(text, strlen(text))))
        snprintf(n->why, sizeof n->why, "%s is too large: numbers go up to 1.8e308", text);
    else
        snprintf(n->why, sizeof n->why, "'%s%s' is no number%s", text, whole ? "" : "…", advice_for(n, text));
    return -1;
}

static int peek(FILE *file)
{
    int c = getc(file);
    if (c != EOF)
        ungetc(c, file);
    return c;
}

/* Says what is wrong with a separator, where something is. */
static bool suits(gf_numbers *n, int c)
{
    if (is_comma(c) && n->comma && n->comma != c)
        snprintf(n->why, sizeof n->why, "%s",
                 "commas and semicolons on one line: write decimals with a point (1.5), and only one of the two "
                 "between numbers");
    else if (c == '\r' && peek(n->file) > ' ')
        snprintf(n->why, sizeof n->why, "%s",
                 "a carriage return alone ends no line: save the file with line feeds (Unix) or both (Windows)");
    else
        return true;
    return false;
}

void gf_numbers_skip_names(gf_numbers *n)
{
    char word[NUMBER_ROOM];
    size_t size = 0;
    long begin = gf_numbers_go_on(n) ? ftell(n->file) : -1;
    int c = getc(n->file);
    for (; begin >= 0 && separates(c); c = getc(n->file))
        ;
    for (int d = c; d != EOF && d != '\n' && !separates(d) && size + 1 < NUMBER_ROOM; d = getc(n->file))
        word[size++] = (char)d;
    word[size] = '\0';
    bool quoted = size > 2 && c == '"' && word[size - 1] == '"';
    bool number = is_missing(word) || (quoted && !isnan(gf_number_read(word + 1, size - 2)));
    bool name = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '"' || c == '_' || c >= 0x80;
    if (begin < 0 || fseek(n->file, begin, SEEK_SET) || !name || number)
        return;
    while ((c = peek(n->file)) != '\n' && c != '\r' && c != EOF)
        getc(n->file);
}

int gf_numbers_next(gf_numbers *n, double *out)
{
    int c = getc(n->file), size = 0, commas = 0;
    char text[NUMBER_ROOM];
    for (; separates(c); c = getc(n->file)) {
        if (!suits(n, c))
            return -1;
        commas += is_comma(c);
        n->comma = is_comma(c) ? c : n->comma;
    }
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
        return n->comma = 0;
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
