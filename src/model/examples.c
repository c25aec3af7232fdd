/* Examples to train with: several a csv file, and inputs that are drawn anew. */
#include "base/grow.h"
#include "model/model.h"

static long instances(const gf_model *m, const gf_symbol *symbol)
{
    return symbol->timed ? m->steps : 1;
}

/* --- reading -------------------------------------------------------------------------------------- */

static bool read_example(gf_model *m, gf_examples *e, gf_csv *csv)
{
    size_t used = e->count * e->size, entries = (size_t)e->symbol->rows * (size_t)e->symbol->cols;
    if (!gf_grow(&e->numbers, &e->room, used + e->size))
        return m->problems.out_of_memory = true, false;
    for (size_t k = 0; k < e->size; k += entries) {
        gf_matrix value = gf_matrix_over(e->numbers + used + k, e->symbol->rows, e->symbol->cols);
        if (!gf_csv_read(csv, &value))
            return false;
    }
    e->count++;
    return true;
}

static bool read_all(gf_model *m, const gf_statement *s)
{
    if (!gf_grow(&m->examples, &m->examples_room, m->examples_count + 1))
        return m->problems.out_of_memory = true, false;
    gf_examples *e = &m->examples[m->examples_count++];
    gf_symbol *symbol = gf_model_symbol(m, s->name);
    size_t entries = (size_t)symbol->rows * (size_t)symbol->cols;
    *e = (gf_examples){symbol, s, NULL, entries * (size_t)instances(m, symbol), 0, 0};
    gf_csv *csv = gf_csv_open(m, s);
    bool good = csv && read_example(m, e, csv);
    while (good && gf_csv_goes_on(csv))
        good = read_example(m, e, csv);
    gf_csv_close(csv);
    return good;
}

static void disagree(gf_model *m, const gf_examples *e, const gf_examples *most)
{
    const gf_statement *s = e->statement;
    bool timed = e->symbol->timed || most->symbol->timed;
    gf_problem *problem = gf_problem_add(
        &m->problems, GF_ERROR_SHAPE, s->name_span.begin,
        timed ? "%s has %zu examples, but %s has %zu: each file needs as many; of a [t], %ld lines are an example"
              : "%s has %zu examples, but %s has %zu: each file needs as many",
        gf_model_text(m, s->name), e->count, gf_model_text(m, most->statement->name), most->count, m->steps);
    gf_problem_under(problem, s->name_span);
}

/* How many there are: those of every file that has more than one. 0, reported, where two files differ. */
static size_t agree(gf_model *m)
{
    const gf_examples *most = NULL;
    for (size_t k = 0; k < m->examples_count; k++) {
        const gf_examples *e = &m->examples[k];
        if (most && e->count > 1 && most->count > 1 && e->count != most->count) {
            disagree(m, e, most);
            return 0;
        }
        most = !most || e->count > most->count ? e : most;
    }
    return most ? most->count : 1;
}

gf_status gf_model_examples(size_t *count, gf_model *m)
{
    if (!count || !m)
        return GF_ERROR_ARGUMENT;
    *count = 0;
    if (m->read_status)
        return m->read_status;
    gf_model_drop_unrolling(m);
    gf_status status = gf_model_unroll(m);
    for (const gf_statement *s = m->file.statements; s && !status; s = s->next)
        if (gf_csv_has_examples(s) && !read_all(m, s))
            status = gf_problems_status(&m->problems);
    if (!status && !(*count = agree(m)))
        status = GF_ERROR_SHAPE;
    return status;
}

/* --- setting ---------------------------------------------------------------------------------------- */

static gf_status set(const gf_model *m, const gf_examples *e, size_t k)
{
    double *numbers = e->numbers + (e->count > 1 ? k * e->size : 0);
    gf_status status = GF_OK;
    for (long t = 0; t < instances(m, e->symbol) && !status; t++) {
        gf_matrix value = gf_matrix_over(numbers, e->symbol->rows, e->symbol->cols);
        status = gf_set(e->symbol->at[t].node, &value);
        numbers += gf_matrix_size(&value);
    }
    return status;
}

gf_status gf_model_example(gf_model *m, size_t k)
{
    gf_status status = gf_model_unroll(m);
    size_t count = 1;
    for (size_t n = 0; !status && n < m->examples_count; n++)
        count = m->examples[n].count > count ? m->examples[n].count : count;
    if (!status && k >= count)
        status = gf_model_refuse(m, "gf_model_example: there is no example %zu of %zu, counted from 0", k, count);
    for (size_t n = 0; !status && n < m->examples_count; n++)
        status = set(m, &m->examples[n], k);
    return status;
}

/* What is drawn of inputs, found once. */
static bool find_drawn(gf_model *m)
{
    m->drawn = gf_arena_get(&m->unrolling, (m->file.statement_count + 1) * sizeof *m->drawn);
    m->problems.out_of_memory |= !m->drawn;
    for (const gf_statement *s = m->file.statements; s && m->drawn; s = s->next) {
        if (!gf_statement_draws(s))
            continue;
        gf_drawn *drawn = &m->drawn[m->drawn_count];
        drawn->statement = s;
        if (s->init.kind == INIT_RANDOM && !gf_init_numbers(m, s, drawn->numbers))
            m->drawn = NULL;
        m->drawn_count++;
    }
    m->drawn_count = m->drawn ? m->drawn_count : 0;
    return m->drawn;
}

gf_status gf_model_redraw(gf_model *m)
{
    gf_status status = gf_model_unroll(m);
    if (status)
        return status;
    if (!m->drawn && !find_drawn(m))
        status = gf_problems_status(&m->problems);
    m->draws += !status;
    for (size_t k = 0; !status && k < m->drawn_count; k++)
        if (!gf_model_draw(m, &m->drawn[k], m->draws))
            status = gf_problems_status(&m->problems);
    return status;
}
