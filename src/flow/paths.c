/* The Jacobian of one step, split into its paths: the products that derive/ writes, with the numbers put in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "derive/derive.h"
#include "flow/reach.h"
#include "show/values.h"

/* The expressions that are worked out, and what each is called. */
typedef struct listing {
    gf_flow_work *f;
    bool reversed;
    char **norms;       /* norm2(diag(f[t])) */
    const char **names; /* c[t-1] -> c[t]; in the arena */
    size_t count;
} listing;

static gf_status add(listing *l, const char *name, const gf_tree *tree, const char *text)
{
    gf_text norm = {0};
    gf_text_add(&norm, "norm2(");
    if (tree)
        gf_tree_print(&norm, &l->f->m->file.names, tree);
    gf_text_print(&norm, "%s) + 0 * t", text); /* at each step, even where it is the same at all */
    l->names[l->count] = gf_arena_text(&l->f->arena, name);
    if (norm.failed || !l->names[l->count]) {
        gf_text_free(&norm);
        return GF_ERROR_MEMORY;
    }
    l->norms[l->count++] = norm.data;
    return GF_OK;
}

static gf_status list(listing *l, const gf_derivation_lines *d, const char *name, const char *jacobian)
{
    size_t count = 2;
    for (const gf_derived *line = d->lets; line; line = line->next)
        count++;
    l->norms = calloc(count, sizeof *l->norms);
    l->names = calloc(count, sizeof *l->names);
    gf_status status = l->norms && l->names ? GF_OK : GF_ERROR_MEMORY;
    for (const gf_derived *line = d->lets; line && !status; line = line->next)
        status = add(l, line->why, line->line.value, "");
    char whole[600], all[600];
    snprintf(whole, sizeof whole, "jacobian(%s)", jacobian);
    snprintf(all, sizeof all, "%s[t%s1] -> %s[t], all paths", name, l->reversed ? "+" : "-", name);
    return status || l->count < 2 ? status : add(l, all, NULL, whole);
}

/* Takes the numbers over: of the step after t, or before it. */
static void take(const listing *l, gf_reach *r, const gf_series *series)
{
    r->lag = l->reversed ? -1 : 1;
    r->first = l->reversed ? 2 : 1;
    r->last = l->reversed ? r->steps : r->steps - 1;
    for (long t = r->first; t <= r->last; t++)
        r->numbers[t - 1] = series->numbers[t - r->first];
}

/* Works them out at each step that has one before it, or, of what runs backward, behind it: of one step, nowhere. */
static gf_status work_out(listing *l)
{
    gf_flow_work *f = l->f;
    long steps = f->m->steps, first = l->reversed ? 1 : 2;
    char at[64];
    gf_values values = {.m = f->m};
    snprintf(at, sizeof at, "%ld..%ld", first, l->reversed ? steps - 1 : steps);
    gf_values_options options = {.size = sizeof options, .at = at};
    gf_status status =
        steps > 1 ? gf_values_find(&values, f->m, (const char *const *)l->norms, l->count, &options) : GF_OK;
    if (status && status != GF_ERROR_MEMORY)
        status = gf_flow_refuse(f, status, "%s cannot be worked out: %s", l->norms[0], gf_text_string(&values.why));
    for (size_t n = 0; n < l->count && !status; n++) {
        gf_reach *r = gf_reach_new(f, l->names[n], false, &status);
        if (r)
            take(l, r, values.list ? &values.list[n] : NULL);
    }
    gf_values_free(&values);
    return status;
}

/* A state that does not come of itself, of all that are looked at, is passed over with a word. */
static bool is_passed_over(const gf_flow_work *f, const gf_derivation_lines *d)
{
    return !f->options->of && d->problems.count && strstr(d->problems.list[0]->text, ": no path leads");
}

static gf_status measure(gf_flow_work *f, const char *name, bool *passed)
{
    listing l = {.f = f, .reversed = gf_flow_is_reversed(f, name)};
    char jacobian[512];
    snprintf(jacobian, sizeof jacobian, "%s[t], %s[t%s1]", name, name, l.reversed ? "+" : "-");
    gf_derivation_lines d;
    gf_status status = gf_derive_jacobian(
        &d, f->m, &(gf_derivation_options){.size = sizeof(gf_derivation_options), .jacobian = jacobian});
    *passed = status && status != GF_ERROR_MEMORY && is_passed_over(f, &d);
    if (!*passed && status && status != GF_ERROR_MEMORY)
        gf_problems_write(&f->m->refusal, &d.problems);
    if (f->m->refusal.failed)
        status = GF_ERROR_MEMORY;
    if (!status)
        status = list(&l, &d, name, jacobian);
    if (!status)
        status = work_out(&l);
    for (size_t n = 0; n < l.count; n++)
        free(l.norms[n]);
    free(l.norms);
    free(l.names);
    gf_derivation_lines_free(&d);
    return status;
}

gf_status gf_flow_measure_paths(gf_flow_work *f)
{
    const gf_model_name *name;
    gf_status status = GF_OK;
    gf_text said = {0}; /* of those that are passed over: to ask for the next name drops what was said */
    bool passed, any = false;
    for (size_t n = 0; !status && (name = gf_flow_name(f, n, &status)); n++) {
        const char *sign = gf_flow_is_reversed(f, name->name) ? "+" : "-";
        status = measure(f, name->name, &passed);
        any |= !passed;
        if (!passed || status == GF_ERROR_MEMORY)
            continue;
        status = GF_OK;
        gf_text_print(&said, "flow: %s is passed over: no path leads from %s[t%s1] to %s[t]\n", name->name, name->name,
                      sign, name->name);
    }
    bool nothing = said.size && !any;
    if (!status)
        status = said.failed ? GF_ERROR_MEMORY : nothing ? GF_ERROR_ARGUMENT : GF_OK;
    if (!status || nothing)
        gf_text_add(&f->m->refusal, gf_text_string(&said));
    gf_text_free(&said);
    return f->m->refusal.failed ? GF_ERROR_MEMORY : status;
}
