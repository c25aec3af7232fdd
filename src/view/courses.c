/* Courses: what a box of several folded steps hides, of each named quantity the gradient at each of its steps. */
#include "view/inside.h"

enum { MOST = 24 /* quantities of a box: of more none is told from another */ };

static bool is_hidden(const gf_making *m, size_t id)
{
    uint32_t home = m->home[id];
    return m->root[id] == id && home != GF_NOWHERE && !m->parts[home].node && m->parts[home].box &&
           m->parts[home].box->last_step && gf_node_arity(gf_graph_node(m->g, id)) &&
           gf_is_named(gf_graph_node(m->g, id));
}

/* The box's course of a pattern, made where there is none; NULL without memory. */
static gf_course *find_course(gf_making *m, gf_box *box, const gf_node *node, uint32_t *patterns)
{
    uint32_t pattern = m->pattern[gf_node_id(node)];
    for (int k = 0; k < box->course_count; k++)
        if (patterns[k] == pattern)
            return &box->courses[k];
    gf_course *course = &box->courses[box->course_count];
    size_t steps = (size_t)(box->last_step - box->step + 1);
    course->name = gf_pattern_name(m->view, node);
    course->gradients = gf_arena_get(&m->view->arena, steps * sizeof *course->gradients);
    patterns[box->course_count] = pattern;
    return course->name && course->gradients ? &box->courses[box->course_count++] : NULL;
}

static gf_status fill_box(gf_making *m, gf_box *box)
{
    uint32_t patterns[MOST + 1];
    box->courses = gf_arena_get(&m->view->arena, (MOST + 1) * sizeof *box->courses);
    if (!box->courses)
        return GF_ERROR_MEMORY;
    for (size_t id = 0; id < m->count && box->course_count <= MOST; id++) {
        gf_node *node = gf_graph_node(m->g, id);
        if (!is_hidden(m, id) || m->parts[m->home[id]].box != box)
            continue;
        gf_course *course = find_course(m, box, node, patterns);
        if (!course)
            return GF_ERROR_MEMORY;
        course->gradients[gf_node_step(node) - box->step] = gf_measure_gradient(m->g, node);
    }
    if (box->course_count > MOST)
        box->courses = NULL, box->course_count = 0;
    return GF_OK;
}

gf_status gf_fill_courses(gf_making *m)
{
    gf_status status = GF_OK;
    for (uint32_t k = 0; k < m->part_count && m->picture && !status; k++) {
        gf_box *box = m->parts[k].box;
        if (box && box->kind == GF_BOX_STEPS && box->last_step)
            status = fill_box(m, box);
    }
    return status;
}
