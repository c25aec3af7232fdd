/* The one table that all parts print. */
#include "table.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { NAME = 36, ROOM = 10 };

static bool csv;
static const char *part, *const *heads;

void table_csv(void)
{
    csv = true;
    puts("part,row,column,number");
}

/* Line number `line` of a column's name, or "". */
static void print_head(const char *name, int line)
{
    const char *second = strchr(name, '\n');
    int length = second ? (int)(second - name) : 0;
    if (line == 0)
        printf("%*.*s", ROOM, length, name);
    else
        printf("%*s", ROOM, second ? second + 1 : name);
}

void table_part(const char *title, const char *notes, const char *const columns[])
{
    part = title;
    heads = columns;
    if (csv)
        return;
    printf("\n%s\n", title);
    if (notes)
        printf("%s\n", notes);
    for (int line = 0; line < 2; line++) {
        printf("%-*s", NAME, "");
        for (int k = 0; columns[k]; k++)
            print_head(columns[k], line);
        puts("");
    }
}

static void print_csv(const char *name, const double numbers[])
{
    for (int k = 0; heads[k]; k++) {
        char head[64];
        snprintf(head, sizeof head, "%s", heads[k]);
        for (char *end = strchr(head, '\n'); end; end = NULL)
            *end = ' ';
        if (!isnan(numbers[k]))
            printf("\"%s\",\"%s\",\"%s\",%.6g\n", part, name, head, numbers[k]);
    }
}

void table_row(const char *name, int digits, const double numbers[], const char *absent)
{
    if (csv)
        print_csv(name, numbers);
    else
        printf("%-*s", NAME, name);
    for (int k = 0; !csv && heads[k]; k++)
        if (isnan(numbers[k]))
            printf("%*s", ROOM, absent);
        else
            printf("%*.*f", ROOM, digits, numbers[k]);
    if (!csv)
        puts("");
    fflush(stdout);
}

void table_say(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (!csv)
        vprintf(format, arguments);
    va_end(arguments);
    fflush(stdout);
}
