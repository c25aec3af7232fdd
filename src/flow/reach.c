/* What the kinds share: entries of the list, refusals. */
#include "flow/reach.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/grow.h"

enum { MOST = 20000000 }; /* numbers in all */

const char gf_flow_page_wrong[] = "page_width, page_height and dots_per_inch are 0 to 1000000";

bool gf_flow_page_is_sound(const gf_flow_options *options)
{
    const double sizes[] = {options->page_width, options->page_height, options->dots_per_inch};
    bool good = true;
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        good = good && sizes[k] >= 0 && sizes[k] <= 1e6;
    return good;
}

gf_status gf_flow_refuse(const gf_flow_work *f, gf_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    gf_text_add(&f->m->refusal, "flow: ");
    gf_text_vprint(&f->m->refusal, format, arguments);
    gf_text_add(&f->m->refusal, "\n");
    va_end(arguments);
    return f->m->refusal.failed ? GF_ERROR_MEMORY : status;
}

void gf_flow_progress(const gf_flow_work *f, double share)
{
    if (f->options->progress)
        f->options->progress(((double)f->model + share) / (double)f->models, f->options->progress_data);
}

gf_reach *gf_reach_new(gf_flow_work *f, const char *name, bool pairs, gf_status *why)
{
    size_t steps = (size_t)f->m->steps;
    if (steps > MOST || (pairs && steps > MOST / steps) || (f->numbers += pairs ? steps * steps : steps) > MOST) {
        *why = gf_flow_refuse(f, GF_ERROR_LIMIT,
                              "these are more than %d numbers: --set takes fewer steps, --of fewer names", MOST);
        return NULL;
    }
    size_t count = pairs ? steps * steps : steps;
    gf_reach r = {.m = f->m, .pairs = pairs, .steps = f->m->steps};
    r.first = 1;
    r.last = r.steps;
    r.file = gf_arena_text(&f->arena, f->m->file.source.name); /* which moves when expressions are read */
    r.name = gf_arena_text(&f->arena, name);
    r.numbers = gf_arena_get(&f->arena, count * sizeof *r.numbers);
    *why = r.file && r.name && r.numbers && gf_grow(&f->list, &f->room, f->count + 1) ? GF_OK : GF_ERROR_MEMORY;
    if (*why)
        return NULL;
    f->list[f->count] = r;
    return &f->list[f->count++];
}

bool gf_reach_has(const gf_reach *r, long k, long t)
{
    return k == t || (t < k ? r->back : r->ahead);
}

double gf_reach_at(const gf_reach *r, long k, long t)
{
    return r->numbers[(k - 1) * r->steps + t - 1];
}
