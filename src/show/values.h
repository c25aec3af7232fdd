/* The inside of showing: expressions worked out at their steps, and the forms in which they are written. */
#ifndef GF_SHOW_VALUES_H
#define GF_SHOW_VALUES_H

#include <gradflow/values.h>

#include "base/arena.h"
#include "language/tree.h"
#include "model/model.h"
#include "show/numbers.h"

/* An expression and what it comes to. */
typedef struct gf_series {
    const char *text;    /* as it was written, on one line */
    const char *written; /* as it was handed over, and where it stands behind the file while it is worked out */
    uint32_t begin;
    const gf_tree *tree;   /* gone once it is worked out */
    const char *beyond;    /* a line about a step that there is not, and whose value is 0; NULL: none */
    bool timed;            /* t stands free in it */
    bool scalar;           /* each value is 1 x 1 */
    long first;            /* values[k] is that at step first + k */
    size_t count;          /* of values; one where it is not timed */
    gf_matrix *values;     /* without a stride */
    const double *numbers; /* of scalars, `count` of them; NULL otherwise */
} gf_series;

typedef struct gf_values {
    gf_model *m;
    gf_arena arena;
    gf_series *list;
    size_t count;
    gf_text why; /* what is wrong, as it is shown */
} gf_values;

/* Points at which a variable stands that no file declares, in the place of steps. It hides a bare name of the file, as
 * the name of an index does. */
typedef struct gf_points {
    const char *name;
    double low, high;
    size_t count; /* 2 or more, evenly from low to high */
} gf_points;

double gf_point_at(const gf_points *points, size_t k);

/* Works out expressions at every step, or at those of options->at. The model is unrolled. Where it fails, `why` says
 * why. Free it in any case. */
gf_status gf_values_find(gf_values *out, gf_model *m, const char *const texts[], size_t count,
                         const gf_values_options *options);

/* The same at points (NULL: at steps): messages are those of `who`, "flow: --curve". */
gf_status gf_values_find_at(gf_values *out, gf_model *m, const char *const texts[], size_t count,
                            const gf_points *points, const char *who, const gf_values_options *options);
void gf_values_free(gf_values *values);

/* "show: " and the reason, a line, into `why`; returns the status. */
gf_status gf_values_refuse(gf_text *why, gf_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* --- the forms ------------------------------------------------------------------------------------------ */

/* Each writes into w, which may fail, or refuses, with the reason in `values->why`. */
typedef gf_status gf_values_writer(gf_text *w, gf_values *values, const gf_values_options *options);
gf_values_writer gf_values_write_text, gf_values_write_json, gf_values_write_csv, gf_values_write_npy,
    gf_values_write_chart, gf_values_write_picture;

/* Refuses what is no series of numbers over t. */
gf_status gf_values_refuse_chart(gf_values *values);

/* The table of names (listing.c). GF_ERROR_ARGUMENT for other formats than text, JSON and CSV. */
gf_status gf_listing_write(gf_text *w, gf_text *why, gf_model *m, const gf_values_options *options);

/* A number as JSON has it, null where it is not finite; and a text as CSV has it, in quotes where need be (data.c). */
void gf_json_number(gf_text *w, double number);
void gf_csv_field(gf_text *w, const char *text);

/* --- columns (columns.c) -------------------------------------------------------------------------------- */

/* Numbers at successive steps, a column of a table. Columns of one group, side by side, have its name above them. */
typedef struct gf_column {
    const char *group, *title; /* group NULL: none */
    const double *numbers;
    bool even;             /* small numbers get as many digits as large ones: gf_decimals_for */
    const gf_matrix *like; /* the decimals are those of all these; NULL: of the column's own numbers */
} gf_column;

/* The rows of a table: how many, what they are counted by, "t", and from where on. */
typedef struct gf_table_rows {
    const char *title;
    long first;
    size_t count;
} gf_table_rows;

/* A table; as many columns side by side as a line holds. */
void gf_columns_write(gf_text *w, const gf_column *columns, size_t count, gf_table_rows rows, const gf_paper *paper);

/* Does one line hold them all? */
bool gf_columns_fit(const gf_column *columns, size_t count, gf_table_rows rows, const gf_paper *paper);

#endif
