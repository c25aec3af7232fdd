/* The leaves of an unrolling: params, inputs, given ones and starts; and the instances of every name. */
#include <stdio.h>

#include "base/random.h"
#include "language/lexer.h"
#include "model/evaluate.h"

/* --- instances ------------------------------------------------------------------------------------------------- */

double gf_model_instances(const gf_model *m)
{
    double count = 0;
    for (uint32_t k = 1; k < m->symbol_count; k++)
        if (m->symbols[k].kind >= SYMBOL_PARAM)
            count += m->symbols[k].timed ? (double)m->steps : 1;
    return count;
}

/* Every instance is a node, or a value of its own: more of them than nodes cannot be. */
static bool instances_fit(gf_model *m)
{
    double count = gf_model_instances(m);
    if (count <= (double)m->node_limit)
        return true;
    gf_problem *problem =
        gf_problem_add(&m->problems, GF_ERROR_LIMIT, GF_NOWHERE,
                       "%.0f matrices over %ld steps are more than a graph may have nodes", count, m->steps);
    gf_problem_note(&m->problems, problem, "the limit is %zu nodes", m->node_limit);
    return false;
}

static bool make_instances(gf_model *m)
{
    if (!instances_fit(m))
        return false;
    for (uint32_t k = 1; k < m->symbol_count; k++) {
        gf_symbol *symbol = &m->symbols[k];
        size_t count = symbol->timed ? (size_t)m->steps : 1;
        for (gf_start *start = symbol->starts; start; start = start->next)
            start->instance = (gf_instance){.node = NULL};
        if (symbol->kind < SYMBOL_PARAM)
            continue;
        symbol->at = gf_arena_get(&m->unrolling, count * sizeof *symbol->at);
        if (!symbol->at) {
            m->problems.out_of_memory = true;
            return false;
        }
    }
    return true;
}

/* --- leaves ------------------------------------------------------------------------------------------------------- */

static gf_node *leaf(gf_model *m, const gf_statement *s, const char *name)
{
    const gf_symbol *symbol = gf_model_symbol(m, s->name);
    gf_node *node = symbol->kind == SYMBOL_PARAM   ? gf_param(m->graph, name, symbol->rows, symbol->cols)
                    : symbol->kind == SYMBOL_GIVEN ? gf_given(m->graph, name, symbol->rows, symbol->cols)
                                                   : gf_input(m->graph, name, symbol->rows, symbol->cols);
    if (!gf_node_is_bad(node))
        return node;
    gf_status status = gf_graph_status(m->graph);
    m->problems.out_of_memory |= status == GF_ERROR_MEMORY;
    gf_problem_under(gf_problem_add(&m->problems, status, s->name_span.begin, "%s", gf_graph_message(m->graph)),
                     s->name_span);
    return NULL;
}

static bool plant_leaf(gf_model *m, const gf_statement *s, gf_instance *instance, const char *name, long t, gf_csv *csv)
{
    instance->node = leaf(m, s, name);
    bool good = instance->node && gf_init_leaf(m, s, instance->node, t, csv);
    instance->progress = good ? PROGRESS_DONE : PROGRESS_FAILED;
    return good;
}

/* What a leaf draws depends on the seed, on its name and on how often it was drawn before: neither other declarations
 * nor more steps change it.
 * (FNV-1a of the name, Fowler, Noll and Vo, joined to the seed; the generator stirs it.) */
static void seed_by_name(gf_model *m, const char *name, uint64_t draw)
{
    uint64_t hash = 14695981039346656037u;
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 1099511628211u;
    uint64_t again = draw ? gf_random_splitmix(hash, draw) : hash;
    gf_seed(m->graph, again ^ (m->seed * 0x9E3779B97F4A7C15u));
}

static bool plant_steps(gf_model *m, const gf_statement *s, gf_symbol *symbol, gf_csv *csv)
{
    const char *name = gf_model_text(m, s->name);
    seed_by_name(m, name, 0);
    if (!symbol->timed)
        return plant_leaf(m, s, symbol->at, name, 0, csv);
    bool good = true;
    for (long t = 1; t <= m->steps && good; t++) {
        gf_graph_step(m->graph, (int)t);
        good = plant_leaf(m, s, &symbol->at[t - 1], name, t, csv);
    }
    gf_graph_step(m->graph, 0);
    return good;
}

bool gf_statement_draws(const gf_statement *s)
{
    return (s->kind == STATEMENT_INPUT || s->kind == STATEMENT_GIVEN) && s->init.kind != INIT_VALUE;
}

bool gf_model_draw(gf_model *m, const gf_drawn *drawn, uint64_t draw)
{
    const gf_statement *s = drawn->statement;
    gf_symbol *symbol = gf_model_symbol(m, s->name);
    long count = symbol->timed ? m->steps : 1;
    bool good = true;
    seed_by_name(m, gf_model_text(m, s->name), draw);
    for (long t = 1; t <= count && good; t++)
        good = gf_init_draw(m, s, symbol->at[t - 1].node, drawn->numbers);
    return good;
}

static bool plant_start(gf_model *m, const gf_statement *s, gf_symbol *symbol, gf_csv *csv)
{
    for (gf_start *start = symbol->starts; start; start = start->next)
        if (start->statement == s) {
            char name[GF_NAME_LIMIT + 32];
            snprintf(name, sizeof name, "%s[%ld]", gf_model_text(m, s->name), start->index);
            seed_by_name(m, name, 0);
            return plant_leaf(m, s, &start->instance, name, start->index, csv);
        }
    return false;
}

static void plant(gf_model *m, const gf_statement *s)
{
    gf_symbol *symbol = gf_model_symbol(m, s->name);
    bool is_csv = gf_csv_is_loaded(m, s) || (s->init.kind == INIT_VALUE && s->init.value->kind == TREE_TEXT);
    gf_csv *csv = is_csv ? gf_csv_open(m, s) : NULL;
    if (is_csv && !csv)
        return;
    if (s->kind == STATEMENT_START)
        plant_start(m, s, symbol, csv);
    else
        plant_steps(m, s, symbol, csv);
    gf_csv_close(csv);
}

bool gf_model_plant(gf_model *m)
{
    m->graph = gf_graph_new();
    gf_graph_limit(m->graph, m->node_limit, m->entry_limit);
    if (!make_instances(m))
        return false;
    for (const gf_statement *s = m->file.statements; s; s = s->next) {
        const gf_symbol *symbol = s->name ? gf_model_symbol(m, s->name) : NULL;
        if (s->rows && !s->broken && symbol && symbol->rows && !symbol->broken)
            plant(m, s);
        if (gf_csv_is_loaded(m, s) && gf_problems_any(&m->problems))
            return false; /* a folder that does not fit is said to be so once */
    }
    return true;
}
