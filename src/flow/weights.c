/* What the uses of each parameter at each step add to its gradient: the gradients of its copies W[t], a sweep a
 * parameter. */
#include <limits.h>
#include <stdlib.h>

#include "flow/reach.h"

static gf_status measure(gf_flow_work *f, gf_reach *r, gf_node **x, int *steps, gf_matrix *out)
{
    size_t count = (size_t)r->steps + 1; /* step 0 is outside of time */
    gf_graph *g = gf_model_graph(f->m);
    for (size_t t = 0; t < count; t++) {
        x[t] = gf_model_node(f->m, r->name, 0);
        steps[t] = (int)t;
    }
    gf_jacobian_options options = {.size = sizeof options, .at_step = steps};
    gf_status status = gf_jacobians(out, gf_model_loss(f->m), x, count, &options);
    if (status)
        return status == GF_ERROR_MEMORY ? status : gf_flow_refuse(f, status, "%s", gf_graph_message(g));
    for (size_t t = 0; t < count; t++) {
        *(t ? &r->numbers[t - 1] : &r->once) = gf_matrix_norm(&out[t]);
        gf_matrix_free(&out[t]);
    }
    return GF_OK;
}

gf_status gf_flow_measure_weights(gf_flow_work *f)
{
    const gf_model_name *name;
    gf_status status = GF_OK;
    size_t count = (size_t)f->m->steps + 1, names = 0;
    gf_node **x = malloc(count * sizeof(gf_node *));
    int *steps = malloc(count * sizeof *steps);
    gf_matrix *out = malloc(count * sizeof *out);
    if (!x || !steps || !out)
        status = GF_ERROR_MEMORY;
    while (!status && gf_flow_name(f, names, &status))
        names++;
    for (size_t n = 0; n < names && !status; n++) {
        name = gf_flow_name(f, n, &status);
        gf_reach *r = gf_reach_new(f, name->name, false, &status);
        if (r)
            status = measure(f, r, x, steps, out);
        gf_flow_progress(f, (double)(n + 1) / (double)names);
    }
    free((void *)x);
    free(steps);
    free(out);
    return status;
}
