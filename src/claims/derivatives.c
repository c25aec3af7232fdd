/* Gradients and Jacobians: asked for one by one, worked out group by group. */
#include "claims/derivatives.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

/* --- held nodes --------------------------------------------------------------------------------------------- */

uint32_t gf_derivatives_held(gf_derivatives *d, const char *key, bool *is_new)
{
    uint32_t number = gf_names_add(&d->held_keys, key);
    *is_new = false;
    if (number == 0 || number == UINT32_MAX)
        return number;
    if (!gf_grow(&d->held, &d->held_room, number + 1))
        return UINT32_MAX;
    *is_new = !d->held[number].nodes;
    return number;
}

gf_status gf_derivatives_hold(gf_derivatives *d, uint32_t number, gf_node *const nodes[], size_t count)
{
    gf_held *held = &d->held[number];
    held->nodes = gf_arena_get(&d->arena, count * sizeof(gf_node *));
    if (!held->nodes)
        return GF_ERROR_MEMORY;
    if (count)
        memcpy((void *)held->nodes, (const void *)nodes, count * sizeof(gf_node *));
    held->count = count;
    return GF_OK;
}

static gf_held held_of(const gf_derivatives *d, uint32_t number)
{
    return number ? d->held[number] : (gf_held){NULL, 0};
}

/* --- groups and requests -------------------------------------------------------------------------------------- */

/* The number of a pair, new if need be, from 1 on; UINT32_MAX without memory. */
static uint32_t number_of(gf_index *index, uint64_t a, uint32_t b)
{
    uint32_t *number = gf_index_put(index, a, b);
    if (number && !*number)
        *number = (uint32_t)index->count;
    return number ? *number : UINT32_MAX;
}

static uint32_t group_of(gf_derivatives *d, const gf_wanted *wanted)
{
    uint32_t number = number_of(&d->group_of, gf_node_id(wanted->y), wanted->held);
    if (number == UINT32_MAX || !gf_grow(&d->groups, &d->group_room, number + 1))
        return UINT32_MAX;
    if (!d->groups[number].y)
        d->groups[number] = (gf_group){.y = wanted->y, .held = wanted->held};
    return number;
}

/* NULL without memory. */
static gf_request *request_of(gf_derivatives *d, const gf_wanted *wanted)
{
    uint32_t group = group_of(d, wanted);
    if (group == UINT32_MAX)
        return NULL;
    const gf_variable *x = &wanted->x;
    uint32_t number = number_of(&d->request_of, (uint64_t)group << 32 | gf_node_id(x->node), (uint32_t)x->step);
    if (number == UINT32_MAX || !gf_grow(&d->requests, &d->request_room, number + 1))
        return NULL;
    gf_request *request = &d->requests[number];
    if (!request->x.node) {
        *request = (gf_request){.x = *x, .group = group, .next = d->groups[group].first};
        d->groups[group].first = number;
    }
    return request;
}

gf_status gf_derivatives_want(gf_derivatives *d, const gf_wanted *wanted)
{
    return request_of(d, wanted) ? GF_OK : GF_ERROR_MEMORY;
}

static size_t bytes_of(const gf_matrix *m)
{
    return gf_matrix_size(m) * sizeof(double);
}

static void drop_values(gf_derivatives *d)
{
    for (uint32_t k = 1; k < d->request_room; k++)
        gf_matrix_free(&d->requests[k].value);
    d->bytes = 0;
}

void gf_derivatives_free(gf_derivatives *d)
{
    drop_values(d);
    free(d->groups);
    free(d->requests);
    free(d->held);
    gf_index_free(&d->group_of);
    gf_index_free(&d->request_of);
    gf_names_free(&d->held_keys);
    gf_arena_free(&d->arena);
    *d = (gf_derivatives){0};
}

/* --- the file's loss, by backward ----------------------------------------------------------------------- */

/* A row of the request's own; zeros where there is no gradient. */
static gf_status keep_gradient(gf_derivatives *d, gf_request *request, const gf_matrix *gradient)
{
    size_t size = (size_t)gf_node_rows(request->x.node) * (size_t)gf_node_cols(request->x.node);
    if (gf_matrix_new(&request->value, 1, (int)size))
        return GF_ERROR_MEMORY;
    d->bytes += bytes_of(&request->value);
    if (gradient)
        memcpy(request->value.data, gradient->data, size * sizeof(double));
    return GF_OK;
}

/* Whole gradients, and, in the sums that leave one step, those of one step's uses. */
static gf_status run_backward(gf_derivatives *d, const gf_group *group)
{
    gf_node *loss = group->y;
    bool at_steps = false, reaches = gf_node_differentiable(loss);
    for (uint32_t k = group->first; k; k = d->requests[k].next)
        at_steps |= d->requests[k].x.step != GF_EVERY_STEP;
    gf_backward_options options = {.size = sizeof options, .group = at_steps ? gf_group_by_step : NULL};
    gf_status status = reaches ? gf_backward_with(loss, &options) : GF_OK;
    for (uint32_t k = group->first; k && !status; k = d->requests[k].next) {
        gf_request *request = &d->requests[k];
        const gf_matrix *gradient = NULL;
        if (request->value.data)
            continue;
        bool whole = request->x.step == GF_EVERY_STEP;
        const gf_flow *flow = whole ? NULL : gf_flow_find(request->x.node, request->x.step);
        if (reaches)
            gradient = flow ? flow->sum : whole ? gf_gradient(request->x.node) : NULL;
        status = keep_gradient(d, request, gradient);
    }
    return status;
}

/* --- any other y, by one sweep -------------------------------------------------------------------------- */

/* The requests of a group that have no value, in a row; how many there are, and how many bytes they will take. */
static uint32_t *open_requests(gf_derivatives *d, const gf_group *group, uint32_t *count, size_t *bytes)
{
    size_t rows = (size_t)gf_node_rows(group->y) * (size_t)gf_node_cols(group->y);
    *count = 0;
    *bytes = 0;
    for (uint32_t k = group->first; k; k = d->requests[k].next)
        *count += !d->requests[k].value.data;
    uint32_t *list = malloc((*count + (size_t)1) * sizeof *list), at = 0;
    for (uint32_t k = group->first; list && k; k = d->requests[k].next) {
        const gf_node *x = d->requests[k].x.node;
        if (d->requests[k].value.data)
            continue;
        list[at++] = k;
        *bytes += rows * (size_t)gf_node_rows(x) * (size_t)gf_node_cols(x) * sizeof(double);
    }
    return list;
}

static gf_status run_sweep(gf_derivatives *d, const gf_group *group, const uint32_t list[], uint32_t count)
{
    gf_held held = held_of(d, group->held);
    gf_node **x = malloc(count * sizeof(gf_node *));
    int *steps = malloc(count * sizeof *steps);
    gf_matrix *out = malloc(count * sizeof *out);
    gf_status status = x && steps && out ? GF_OK : GF_ERROR_MEMORY;
    for (uint32_t k = 0; !status && k < count; k++) {
        x[k] = d->requests[list[k]].x.node;
        steps[k] = d->requests[list[k]].x.step;
    }
    gf_jacobian_options options = {
        .size = sizeof options, .held = held.nodes, .held_count = held.count, .at_step = steps};
    if (!status)
        status = gf_jacobians(out, group->y, x, count, &options);
    for (uint32_t k = 0; !status && k < count; k++) {
        d->requests[list[k]].value = out[k];
        d->bytes += bytes_of(&out[k]);
    }
    free((void *)x);
    free(steps);
    free(out);
    return status;
}

static gf_status work_out(gf_derivatives *d, const gf_group *group)
{
    uint32_t count;
    size_t bytes;
    uint32_t *list = open_requests(d, group, &count, &bytes);
    if (!list)
        return GF_ERROR_MEMORY;
    if (d->bytes && d->bytes + bytes > d->most_bytes) {
        drop_values(d);
        free(list);
        list = open_requests(d, group, &count, &bytes);
    }
    gf_status status = list ? GF_OK : GF_ERROR_MEMORY;
    d->sweeps++;
    if (!status && group->y == d->loss && !group->held)
        status = run_backward(d, group);
    else if (!status)
        status = run_sweep(d, group, list, count);
    free(list);
    return status;
}

gf_status gf_derivatives_get(gf_derivatives *d, const gf_wanted *wanted, const gf_matrix **out)
{
    gf_request *request = request_of(d, wanted);
    gf_status status = request ? GF_OK : GF_ERROR_MEMORY;
    if (!status && !request->value.data)
        status = work_out(d, &d->groups[request->group]);
    *out = status ? NULL : &request->value;
    return status;
}
