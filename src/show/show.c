/* Showing: which form is wanted, and what comes back from it. */
#include <stdlib.h>
#include <string.h>

#include "base/sized.h"
#include "show/values.h"

static gf_values_writer *const writers[] = {
    [GF_VALUES_TEXT] = gf_values_write_text,   [GF_VALUES_JSON] = gf_values_write_json,
    [GF_VALUES_CSV] = gf_values_write_csv,     [GF_VALUES_NPY] = gf_values_write_npy,
    [GF_VALUES_CHART] = gf_values_write_chart, [GF_VALUES_SVG] = gf_values_write_picture,
    [GF_VALUES_PNG] = gf_values_write_picture, [GF_VALUES_PDF] = gf_values_write_picture,
};
enum { WRITERS = sizeof writers / sizeof *writers };

static gf_status write_values(gf_text *w, gf_text *why, gf_model *m, const char *const expressions[], size_t count,
                              const gf_values_options *options)
{
    gf_values values;
    gf_status status = gf_values_find(&values, m, expressions, count, options);
    if (!status)
        status = writers[options->format](w, &values, options);
    gf_text_free(why);
    *why = values.why;
    values.why = (gf_text){0};
    gf_values_free(&values);
    return status;
}

static gf_status write(gf_text *w, gf_text *why, gf_model *m, const char *const expressions[], size_t count,
                       const gf_values_options *options)
{
    gf_values_options own;
    char reason[GF_SIZED_WHY];
    if (!gf_sized_take(&own, options, gf_values_options, progress_data, reason))
        return gf_values_refuse(why, GF_ERROR_ARGUMENT, "%s", reason);
    if ((size_t)own.format >= WRITERS)
        return gf_values_refuse(why, GF_ERROR_ARGUMENT, "there is no format %d", (int)own.format);
    if (!(own.dots_per_inch >= 0 && own.dots_per_inch <= 1e6))
        return gf_values_refuse(why, GF_ERROR_ARGUMENT, "dots_per_inch is 0 to 1000000");
    gf_status status = gf_model_unroll(m);
    if (status)
        return status;
    if (count)
        return write_values(w, why, m, expressions, count, &own);
    const char *equal = own.at ? strchr(own.at, '=') : NULL;
    if (equal && strncmp(own.at, "t", strcspn(own.at, " =")) != 0)
        return gf_values_refuse(why, GF_ERROR_ARGUMENT,
                                "--at '%s': t alone has steps; write --at t=%s, and an expression", own.at, equal + 1);
    if (own.at)
        return gf_values_refuse(why, GF_ERROR_ARGUMENT,
                                "--at %s chooses steps, but there is no expression: write one, such as 'h[t]'", own.at);
    return gf_listing_write(w, why, m, &own);
}

gf_status gf_model_values(char **out, size_t *length, gf_model *m, const char *const expressions[], size_t count,
                          const gf_values_options *options)
{
    if (!gf_model_asked(out, m))
        return GF_ERROR_ARGUMENT;
    if (count && !expressions)
        return gf_model_refuse(m, "gf_model_values: the list of %zu expressions is NULL", count);
    gf_text w = {0};
    gf_status status = write(&w, &m->refusal, m, expressions, count, options);
    return gf_model_answer(out, length, m, &w, status);
}
