/* The flow: which kind is wanted, of which models, and what comes back. */
#include <stdlib.h>

#include "base/sized.h"
#include "flow/reach.h"

static gf_flow_measure *const kinds[] = {
    [GF_FLOW_LOSS] = gf_flow_measure_loss,
    [GF_FLOW_JACOBIAN] = gf_flow_measure_jacobians,
    [GF_FLOW_WEIGHTS] = gf_flow_measure_weights,
    [GF_FLOW_PATHS] = gf_flow_measure_paths,
};
static gf_flow_writer *const writers[] = {
    [GF_FLOW_CSV] = gf_flow_write_csv,     [GF_FLOW_CHARACTERS] = gf_flow_write_characters,
    [GF_FLOW_SVG] = gf_flow_write_picture, [GF_FLOW_PNG] = gf_flow_write_picture,
    [GF_FLOW_PDF] = gf_flow_write_picture,
};
enum { KINDS = sizeof kinds / sizeof *kinds, WRITERS = sizeof writers / sizeof *writers };

static gf_status measure(gf_flow_work *f, gf_model *const models[])
{
    gf_status status = GF_OK;
    for (f->model = 0; f->model < f->models && !status; f->model++) {
        f->m = models[f->model];
        status = gf_model_unroll(f->m);
        if (!status)
            status = kinds[f->options->kind](f);
    }
    return status;
}

static gf_status check(const gf_flow_work *f)
{
    const gf_flow_options *o = f->options;
    if ((size_t)o->kind >= KINDS)
        return gf_flow_refuse(f, GF_ERROR_ARGUMENT, "there is no kind %d", (int)o->kind);
    if ((size_t)o->format >= WRITERS)
        return gf_flow_refuse(f, GF_ERROR_ARGUMENT, "there is no format %d", (int)o->format);
    if (!gf_flow_page_is_sound(o))
        return gf_flow_refuse(f, GF_ERROR_ARGUMENT, "%s", gf_flow_page_wrong);
    if (o->loss && o->kind != GF_FLOW_LOSS)
        return gf_flow_refuse(f, GF_ERROR_ARGUMENT,
                              "--loss says of what --kind loss differentiates, no other kind does");
    return GF_OK;
}

static gf_status run(gf_text *w, gf_flow_work *f, gf_model *const models[], const gf_flow_options *given)
{
    gf_flow_options own;
    char reason[GF_SIZED_WHY];
    f->m = models[0];
    f->options = &own;
    if (!gf_sized_take(&own, given, gf_flow_options, progress_data, reason))
        return gf_flow_refuse(f, GF_ERROR_ARGUMENT, "%s", reason);
    gf_status status = check(f);
    if (!status)
        status = measure(f, models);
    if (!status)
        status = writers[own.format](w, f);
    return status;
}

gf_status gf_flow_text(char **out, size_t *length, gf_model *const models[], size_t count,
                       const gf_flow_options *options)
{
    if (out)
        *out = NULL;
    if (!out || !models || !count || !models[0])
        return GF_ERROR_ARGUMENT;
    for (size_t k = 0; k < count; k++) {
        if (!models[k])
            return gf_model_refuse(models[0], "gf_flow_text: model %zu of %zu, counted from 0, is NULL", k, count);
        gf_text_free(&models[k]->refusal);
    }
    gf_text w = {0};
    gf_flow_work f = {.models = count};
    gf_status status = run(&w, &f, models, options);
    free(f.list);
    gf_arena_free(&f.arena);
    return gf_model_answer(out, length, f.m, &w, status);
}
