/* A history: numbers, a row an update; and the expressions of a model, worked out again for each. */
#include "show/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "show/values.h"

static const char who[] = "train: --record";

gf_status gf_history_new(gf_history **out, const char *title)
{
    if (!out)
        return GF_ERROR_ARGUMENT;
    gf_history *h = *out = calloc(1, sizeof *h);
    if (h)
        h->title = gf_arena_text(&h->arena, title ? title : "");
    if (h && h->title)
        return GF_OK;
    gf_history_free(h);
    *out = NULL;
    return GF_ERROR_MEMORY;
}

void gf_history_free(gf_history *h)
{
    if (!h)
        return;
    free(h->parts);
    free(h->columns);
    free(h->numbers);
    free(h->sums);
    gf_arena_free(&h->arena);
    free(h);
}

/* --- columns ----------------------------------------------------------------------------------------- */

/* NULL without memory. */
static gf_history_part *open_part(gf_history *h, const char *name)
{
    if (!gf_grow(&h->parts, &h->part_room, h->part_count + 1))
        return NULL;
    gf_history_part *part = &h->parts[h->part_count];
    *part = (gf_history_part){gf_arena_text(&h->arena, name), h->column_count, 0, "", 1};
    h->part_count += part->name != NULL;
    return part->name ? part : NULL;
}

static gf_status add_column(gf_history *h, gf_history_part *part, const char *name, const char *title)
{
    if (!gf_grow(&h->columns, &h->column_room, h->column_count + 1))
        return GF_ERROR_MEMORY;
    gf_history_column column = {gf_arena_text(&h->arena, name), gf_arena_text(&h->arena, title)};
    if (!column.name || !column.title)
        return GF_ERROR_MEMORY;
    h->columns[h->column_count++] = column;
    part->count++;
    return GF_OK;
}

gf_status gf_history_add(gf_history *h, const char *group, const char *name)
{
    if (!h || !group || !name || h->rows || h->m)
        return GF_ERROR_ARGUMENT;
    gf_history_part *part = h->part_count ? &h->parts[h->part_count - 1] : NULL;
    if (!part || strcmp(part->name, group) != 0)
        part = open_part(h, group);
    return part ? add_column(h, part, name, name) : GF_ERROR_MEMORY;
}

/* --- expressions ------------------------------------------------------------------------------------- */

static gf_status work_out(gf_values *values, gf_model *m, const char *const expressions[], size_t count)
{
    gf_values_options options = {.size = sizeof options};
    *values = (gf_values){0};
    gf_status status = gf_model_unroll(m);
    if (!status)
        status = gf_values_find_at(values, m, expressions, count, NULL, who, &options);
    gf_text_free(&m->refusal);
    if (status)
        gf_text_add(&m->refusal, gf_text_string(&values->why));
    return status;
}

/* "t = 3", "(1, 2)", "t = 3 (1, 2)"; of a number without time the expression itself. */
static gf_status add_entry(gf_history *h, gf_history_part *part, const gf_series *s, size_t step, size_t entry)
{
    gf_text name = {0}, title = {0};
    size_t cols = (size_t)s->values->cols;
    if (s->timed)
        gf_text_print(&name, "t = %ld", s->first + (long)step);
    if (gf_matrix_size(s->values) > 1)
        gf_text_print(&name, "%s(%zu, %zu)", name.size ? " " : "", entry / cols + 1, entry % cols + 1);
    gf_text_print(&title, "%s%s%s", s->text, name.size ? ", " : "", gf_text_string(&name));
    bool failed = name.failed || title.failed;
    gf_status status =
        failed ? GF_ERROR_MEMORY : add_column(h, part, name.size ? name.data : s->text, gf_text_string(&title));
    gf_text_free(&name);
    gf_text_free(&title);
    return status;
}

static gf_status add_series(gf_history *h, const gf_series *s)
{
    gf_history_part *part = open_part(h, s->text);
    gf_status status = part ? GF_OK : GF_ERROR_MEMORY;
    for (size_t k = 0; k < s->count && !status; k++)
        for (size_t entry = 0; entry < gf_matrix_size(s->values) && !status; entry++)
            status = add_entry(h, part, s, k, entry);
    if (part && s->scalar && s->timed) {
        part->down = "t";
        part->from = s->first;
    }
    return status;
}

static bool copy_texts(gf_history *h, const char *const expressions[], size_t count)
{
    h->expressions = gf_arena_get(&h->arena, (count + 1) * sizeof *h->expressions);
    bool good = h->expressions;
    for (size_t k = 0; k < count && good; k++)
        good = (h->expressions[k] = gf_arena_text(&h->arena, expressions[k]));
    h->expression_count = count;
    return good;
}

/* Where it fails, the columns are what they were, and it may be tried again. */
gf_status gf_history_watch(gf_history *h, gf_model *m, const char *const expressions[], size_t count)
{
    if (!h || !m || (count && !expressions) || h->rows || h->m)
        return m ? gf_model_refuse(m, "gf_history_watch: %s",
                                   !h || !expressions ? "the history or the list is NULL"
                                   : h->rows          ? "there are rows already"
                                                      : "the history has a model already")
                 : GF_ERROR_ARGUMENT;
    gf_values values;
    gf_status status = work_out(&values, m, expressions, count);
    size_t parts = h->part_count, columns = h->column_count;
    for (size_t k = 0; k < count && !status; k++)
        status = add_series(h, &values.list[k]);
    gf_values_free(&values);
    if (!status && copy_texts(h, expressions, count))
        h->sums = calloc(h->column_count - columns + 1, sizeof *h->sums);
    if (h->sums) {
        h->m = m;
        h->watched = columns;
        return GF_OK;
    }
    h->part_count = parts;
    h->column_count = columns;
    return status ? status : GF_ERROR_MEMORY;
}

/* Has every expression as many numbers as it has columns? */
static gf_status check_columns(const gf_history *h, const gf_values *values)
{
    const gf_history_part *part = h->parts + h->part_count - h->expression_count;
    for (size_t n = 0; n < h->expression_count; n++, part++) {
        size_t numbers = 0;
        for (size_t k = 0; k < values->list[n].count; k++)
            numbers += gf_matrix_size(&values->list[n].values[k]);
        if (numbers != part->count)
            return gf_model_refuse(h->m,
                                   "%s: %s has %zu numbers now, but %zu columns: the model was changed since it "
                                   "is watched",
                                   who, part->name, numbers, part->count);
    }
    return GF_OK;
}

gf_status gf_history_look(gf_history *h)
{
    if (!h)
        return GF_ERROR_ARGUMENT;
    if (!h->m || !h->expression_count)
        return GF_OK;
    gf_values values;
    gf_status status = work_out(&values, h->m, h->expressions, h->expression_count);
    status = status ? status : check_columns(h, &values);
    double *sum = h->sums;
    for (size_t n = 0; n < h->expression_count && !status; n++)
        for (size_t k = 0; k < values.list[n].count; k++)
            for (size_t entry = 0; entry < gf_matrix_size(&values.list[n].values[k]); entry++)
                *sum++ += values.list[n].values[k].data[entry];
    gf_values_free(&values);
    h->looks += !status;
    return status;
}

/* --- rows -------------------------------------------------------------------------------------------- */

gf_status gf_history_row(gf_history *h, const double *numbers)
{
    size_t own = h ? h->m ? h->watched : h->column_count : 0;
    if (!h || (own && !numbers))
        return GF_ERROR_ARGUMENT;
    if (!gf_grow(&h->numbers, &h->room, (h->rows + 1) * h->column_count))
        return GF_ERROR_MEMORY;
    double *row = h->numbers + h->rows++ * h->column_count;
    if (own)
        memcpy(row, numbers, own * sizeof *row);
    for (size_t k = own; k < h->column_count; k++) {
        row[k] = h->sums[k - own] / (double)h->looks; /* nobody looked: NaN */
        h->sums[k - own] = 0;
    }
    h->looks = 0;
    return GF_OK;
}

size_t gf_history_rows(const gf_history *h)
{
    return h ? h->rows : 0;
}

const char *gf_history_group(const gf_history *h, size_t k)
{
    return h && k < h->part_count ? h->parts[k].name : NULL;
}
