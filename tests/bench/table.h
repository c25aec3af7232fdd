/* The one table that all parts print: text for people, or CSV, a number a line, for programs. */
#ifndef BENCH_TABLE_H
#define BENCH_TABLE_H

#include <stdbool.h>

enum { TABLE_COLUMNS = 10, TABLE_WORD = 12 };

/* From here on CSV: part,row,column,number. */
void table_csv(void);

/* A part of the table. A column's name may have two lines; NULL ends the columns, and what it means stands in notes,
 * one or several lines, or NULL. */
void table_part(const char *title, const char *notes, const char *const columns[]);

/* A row, one number a column, to some digits behind the point. NaN: there is none, and `absent` says why. */
void table_row(const char *name, int digits, const double numbers[], const char *absent);

/* A line of words, which CSV leaves out. */
void table_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
