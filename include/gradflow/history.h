/* gradflow/history.h: what is written down while a model trains, and drawn: losses, and what any expression comes to.
 *
 *     gf_history *h;
 *     char *picture;
 *     gf_values_options options = {.size = sizeof options, .format = GF_VALUES_SVG};
 *     if (gf_history_new(&h, "a line through two points") == GF_OK && gf_history_add(h, "loss", "training") == GF_OK) {
 *         for (int k = 0; k < 100; k++)
 *             gf_history_row(h, (double[]){exp(-0.1 * k)});
 *         if (gf_history_text(&picture, NULL, h, "loss", &options) == GF_OK)
 *             free(picture);
 *     }
 *     gf_history_free(h);
 *
 * Columns come first, then rows, one an update. Columns of one group are one picture: up to twelve as lines, on a
 * logarithmic axis where they spread over decades, more as a heat map of their sizes. */
#ifndef GRADFLOW_HISTORY_H
#define GRADFLOW_HISTORY_H

#include <gradflow/values.h>

GF_BEGIN_DECLS

typedef struct gf_history gf_history;

/* An empty history, freed with gf_history_free; NULL is fine there. The title, which may be NULL, is copied. Fails with
 * GF_ERROR_MEMORY; *out is NULL then. */
GF_API gf_status gf_history_new(gf_history **out, const char *title);
GF_API void gf_history_free(gf_history *h);

/* A column of the group: `name` stands above it in CSV, and beside its line. Both are copied. Fails with
 * GF_ERROR_ARGUMENT behind the first row, or behind gf_history_watch; GF_ERROR_MEMORY. */
GF_API gf_status gf_history_add(gf_history *h, const char *group, const char *name);

/* A group for each expression of lets and claims, "norm(grad(h[t], L[T]))", behind the columns added: with t in it a
 * column a step, of a matrix one an entry, row by row. The model is unrolled, and must outlive the history. Once for a
 * history: GF_ERROR_ARGUMENT behind a watch or a row, and of a NULL. Else it fails as gf_model_values does, and
 * gf_model_message says why; then the history is what it was, and it may be called again. */
GF_API gf_status gf_history_watch(gf_history *h, gf_model *m, const char *const expressions[], size_t count);

/* Works the expressions out for the values that the model has now. What the next row gets is the mean of what they came
 * to since the last one: over the examples of a batch, each by itself. So norm(grad(W)) is there the mean of the norms
 * of the examples' gradients, which is not smaller than the norm of their mean; a batch that stands in the file, a
 * column an example, has one gradient. Runs backwards, and fails, as gf_model_values does; and with GF_ERROR_ARGUMENT
 * where gf_model_set has changed how many numbers an expression has since it is watched, as another number of steps
 * does. gf_model_message says why; nothing is taken down then. */
GF_API gf_status gf_history_look(gf_history *h);

/* Ends a row: a number for each column that was added, in their order (`numbers` may be NULL where there is none).
 * Fails with GF_ERROR_MEMORY. */
GF_API gf_status gf_history_row(gf_history *h, const double *numbers);

/* How many rows there are; the group number k, counted from 0, NULL beyond. It belongs to the history. */
GF_API size_t gf_history_rows(const gf_history *h);
GF_API const char *gf_history_group(const gf_history *h, size_t k);

/* Writes a group: as GF_VALUES_CHART, _SVG, _PNG or _PDF; or, as GF_VALUES_CSV, everything with every digit, the number
 * of the row, counted from 1, first ("update"), and whatever the group (NULL is fine). Where there are more rows than a
 * line has points, a point is the mean of successive rows, and the picture says so. *out is the caller's, who frees it
 * with free: *length bytes (`length` may be NULL) and a 0. `options` name the format: NULL, which elsewhere
 * means text, is refused. Fails with GF_ERROR_ARGUMENT (a NULL, options without their size, no such group, another
 * format, no row to draw, no such theme), GF_ERROR_WRITE (librsvg cannot), GF_ERROR_LIMIT, GF_ERROR_MEMORY; *out is
 * NULL then. */
GF_API gf_status gf_history_text(char **out, size_t *length, gf_history *h, const char *group,
                                 const gf_values_options *options);

GF_END_DECLS

#endif
