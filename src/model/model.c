/* Models: reading a file, settings, and what a program asks of an unrolling. */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "graph/node.h"
#include "model/model.h"
#include "text/nearest.h"

enum { NODES = 10000000, ENTRIES = 1000000 }; /* the limits unless set */

#define SEED 0 /* numbers in place of a name's: gf_override */
#define TRUNCATE UINT32_MAX

/* --- reading ------------------------------------------------------------------------------------------------- */

static gf_status finish_reading(gf_model *m)
{
    m->grad = gf_names_add(&m->file.names, "grad");
    m->jacobian = gf_names_add(&m->file.names, "jacobian");
    if (m->grad == UINT32_MAX || m->jacobian == UINT32_MAX)
        return GF_ERROR_MEMORY;
    gf_text_file_parse(&m->file, &m->problems);
    if (gf_model_declare(m))
        return GF_ERROR_MEMORY;
    gf_model_explain_unread(m);
    gf_model_resolve_all(m);
    gf_model_explain_names(m);
    return gf_problems_status(&m->problems);
}

/* Where something is wrong already, what sizes, shapes and time have to say is said along with it. */
static gf_status read_text(gf_model **out, const char *text, size_t size, const char *name)
{
    gf_model *m = calloc(1, sizeof *m);
    *out = m;
    if (!m)
        return GF_ERROR_MEMORY;
    m->node_limit = NODES;
    m->entry_limit = ENTRIES;
    m->problems.source = &m->file.source;
    m->read_status = gf_source_new(&m->file.source, name, text, size);
    if (m->read_status == GF_ERROR_LIMIT)
        gf_problem_add(&m->problems, GF_ERROR_LIMIT, GF_NOWHERE, "the text has more than 64 MB");
    if (!m->read_status)
        m->read_status = finish_reading(m);
    if (m->read_status == GF_ERROR_SYNTAX) {
        m->read_status = GF_OK;
        m->node_limit = NODES / 20; /* only to see what else is wrong: a text of a kilobyte must not take a second */
        m->looking = true;
        gf_model_unroll(m);
        m->looking = false;
        m->node_limit = NODES;
        m->read_status = m->problems.out_of_memory ? GF_ERROR_MEMORY : GF_ERROR_SYNTAX;
    }
    if (m->read_status != GF_ERROR_MEMORY)
        return m->read_status;
    gf_model_free(m);
    *out = NULL;
    return GF_ERROR_MEMORY;
}

/* Everything up to the end of a stream, as long as it is no longer than a source may be. */
static gf_status read_stream(gf_text *w, FILE *file)
{
    char block[1 << 14];
    size_t size;
    errno = 0;
    while ((size = fread(block, 1, sizeof block, file)) > 0 && w->size <= GF_SOURCE_LIMIT)
        gf_text_bytes(w, block, size);
    if (w->failed)
        return GF_ERROR_MEMORY;
    return ferror(file) ? GF_ERROR_READ : GF_OK;
}

/* A model that holds nothing but the reason why there is none. */
static gf_status no_file(gf_model **out, const char *path, const char *why)
{
    gf_status status = read_text(out, "", 0, path);
    gf_model *m = *out;
    if (!m)
        return status;
    gf_problems_free(&m->problems);
    gf_problem_add(&m->problems, GF_ERROR_READ, GF_NOWHERE, "%s", why);
    return m->read_status = GF_ERROR_READ;
}

static const char is_folder[] = "this is a folder: write the name of a file in it";

gf_status gf_model_read(gf_model **out, const char *path)
{
    if (!out)
        return GF_ERROR_ARGUMENT;
    *out = NULL;
    if (!path)
        return GF_ERROR_ARGUMENT;
    FILE *file = fopen(path, "rb");
    if (!file)
        return no_file(out, path, *path ? strerror(errno) : "the name of the file is empty");
    gf_text text = {0};
    gf_status status = read_stream(&text, file);
    int error = errno;
    fclose(file);
    if (status == GF_OK)
        status = read_text(out, gf_text_string(&text), text.size, path);
    else if (status == GF_ERROR_READ)
        status = no_file(out, path, error == EISDIR ? is_folder : strerror(error ? error : EIO));
    gf_text_free(&text);
    return status;
}

gf_status gf_model_parse(gf_model **out, const char *text, const char *name)
{
    if (out)
        *out = NULL;
    if (!out || !text || !name)
        return GF_ERROR_ARGUMENT;
    return read_text(out, text, strlen(text), name);
}

/* --- the unrolling ---------------------------------------------------------------------------------------------- */

static void free_values(gf_model *m)
{
    for (uint32_t k = 1; k < m->symbol_count; k++) {
        gf_symbol *symbol = &m->symbols[k];
        long count = !symbol->at || symbol->kind != SYMBOL_LET ? 0 : symbol->timed ? m->steps : 1;
        for (long t = 0; t < count; t++)
            gf_matrix_free(&symbol->at[t].value);
        symbol->at = NULL;
    }
}

static void free_examples(gf_model *m)
{
    for (size_t k = 0; k < m->examples_count; k++)
        free(m->examples[k].numbers);
    free(m->examples);
    m->examples = NULL;
    m->examples_count = m->examples_room = 0;
}

/* Back to what reading left. Problems of an unrolling go; where reading had some, the model has no other. */
void gf_model_drop_unrolling(gf_model *m)
{
    gf_text_free(&m->refusal);
    if (!m->unrolled)
        return;
    free_values(m);
    free_examples(m);
    gf_graph_free(m->graph);
    m->graph = NULL;
    m->loss = m->last = NULL;
    gf_arena_free(&m->unrolling);
    gf_problems_free(&m->problems);
    m->unrolled = m->differentiated = false;
    m->work = 0;
    m->draws = 0;
    m->drawn = NULL;
    m->drawn_count = 0;
    for (gf_statement *s = m->file.statements; s; s = s->next)
        s->failed = false;
}

/* What went wrong in the graph and was not seen where it did: as a rule, memory. */
static void check_graph(gf_model *m)
{
    gf_status status = m->graph ? gf_graph_status(m->graph) : GF_OK;
    if (status == GF_ERROR_MEMORY)
        m->problems.out_of_memory = true;
    else if (status && !gf_problems_any(&m->problems))
        gf_problem_add(&m->problems, status, GF_NOWHERE, "%s", gf_graph_message(m->graph));
}

/* Whoever asked for the graph may have rewound it: then what the model knows of its nodes is not so any more. */
static gf_status still_there(gf_model *m)
{
    if (m->status || !gf_node_is_bad(m->last))
        return m->status;
    gf_value(m->last); /* its graph remembers, too */
    gf_problem_add(&m->problems, GF_ERROR_ARGUMENT, GF_NOWHERE,
                   "gf_graph_rewind has dropped nodes of the model; gf_model_set and gf_model_limit unroll it anew");
    return m->status = GF_ERROR_ARGUMENT;
}

static gf_status keep_override(gf_model *m, gf_override override)
{
    for (size_t k = 0; k < m->override_count; k++)
        if (m->overrides[k].name == override.name) {
            m->overrides[k] = override;
            return GF_OK;
        }
    if (!gf_grow(&m->overrides, &m->override_room, m->override_count + 1))
        return GF_ERROR_MEMORY;
    m->overrides[m->override_count++] = override;
    return GF_OK;
}

/* What a graph is limited in: nodes, and matrices, of which there may be as many; and the bytes of the matrices. */
typedef struct extent {
    double nodes, bytes, work;
} extent;

/* What the same model takes with so many steps; false where it cannot be told. */
static bool extent_at(extent *out, const gf_model *m, long steps)
{
    gf_model *other;
    bool good = !read_text(&other, m->file.source.text, m->file.source.size, m->file.source.name);
    if (good) {
        other->node_limit = m->node_limit;
        other->entry_limit = m->entry_limit;
        other->confined = m->confined;
        for (size_t k = 0; k < m->override_count; k++)
            good = good && !keep_override(other, m->overrides[k]);
        good = good && !keep_override(other, (gf_override){.name = m->steps_name, .value = steps});
        good = good && !gf_model_unroll(other);
        if (good)
            *out = (extent){fmax((double)gf_graph_size(other->graph), gf_model_instances(other)),
                            (double)other->graph->bytes, (double)other->work};
    }
    gf_model_free(other);
    return good;
}

enum { SAMPLES = 4 };

/* What a polynomial of the second degree comes to, by its forward differences (Newton); d[0] is that at `apart`. */
static double value_at(const double d[], long steps, long apart)
{
    double s = (double)(steps - apart) / (double)apart;
    return d[0] + s * d[1] + s * (s - 1) / 2 * d[2];
}

static void take_differences(double d[])
{
    for (int order = 1; order < SAMPLES; order++)
        for (int k = SAMPLES - 1; k >= order; k--)
            d[k] -= d[k - 1];
}

/* What it takes as polynomials of the steps: as a rule they are of the second degree, at most, and then four short
 * unrollings tell them. */
static bool find_growth(double nodes[], double bytes[], double work[], const gf_model *m, long apart)
{
    for (int k = 0; k < SAMPLES; k++) {
        extent e;
        if (!extent_at(&e, m, apart * (k + 1)))
            return false;
        nodes[k] = e.nodes;
        bytes[k] = e.bytes;
        work[k] = e.work;
    }
    take_differences(nodes);
    take_differences(bytes);
    take_differences(work); /* which is rounded: they tell it nearly */
    return nodes[SAMPLES - 1] == 0 && bytes[SAMPLES - 1] == 0;
}

/* Past a limit: with how many steps would it fit? */
static void note_most_steps(gf_model *m)
{
    enum { BYTES = 1 << 20 };
    double nodes[SAMPLES], bytes[SAMPLES], work[SAMPLES], most = (double)gf_graph_most_bytes(m->node_limit);
    long steps = m->steps, beyond = steps ? steps : (long)m->node_limit + 1, apart = 8;
    if (!m->steps_name || m->looking || beyond <= apart * (SAMPLES + 1) || m->file.source.size > BYTES)
        return;
    while (!find_growth(nodes, bytes, work, m, apart))
        if ((apart /= 4) == 0)
            return;
    long fits = apart;
    while (fits + 1 < beyond) {
        long middle = fits + (beyond - fits) / 2;
        bool fit = value_at(nodes, middle, apart) <= (double)m->node_limit && value_at(bytes, middle, apart) <= most &&
                   value_at(work, middle, apart) <= (double)gf_most_work(m);
        *(fit ? &fits : &beyond) = middle;
    }
    gf_problem *problem = NULL;
    for (uint32_t k = 0; k < m->problems.count; k++) {
        gf_problem *one = m->problems.list[k];
        if (one->status == GF_ERROR_LIMIT && (!problem || one->at < problem->at))
            problem = one;
    }
    if (steps && fits + 1 >= steps)
        return;
    const char *name = gf_model_text(m, m->steps_name);
    if (steps && value_at(bytes, steps, apart) > most)
        gf_problem_note(&m->problems, problem, "%s = %ld would take %.3g GB; %s = %ld is the most that fits", name,
                        steps, value_at(bytes, steps, apart) / 1e9, name, fits);
    else
        gf_problem_note(&m->problems, problem, "%s = %ld is the most that fits", name, fits);
}

/* The first problem tells what was set in place of what the file says there. */
static void note_overrides(gf_model *m)
{
    gf_problem *first = m->problems.count ? m->problems.list[0] : NULL;
    for (uint32_t k = 0; k < m->problems.count; k++)
        first = m->problems.list[k]->at < first->at ? m->problems.list[k] : first;
    for (size_t k = 0; k < m->override_count && first && first->at != GF_NOWHERE; k++) {
        const gf_override *o = &m->overrides[k];
        if (o->name == SEED || o->name == TRUNCATE)
            continue;
        gf_text w = {0};
        gf_source_quote(&w, &m->file.source, gf_model_symbol(m, o->name)->declaration->value->span, 40);
        gf_problem_note(&m->problems, first, "%s is set to %lld; the file says %s", gf_model_text(m, o->name), o->value,
                        gf_text_string(&w));
        gf_text_free(&w);
    }
}

gf_status gf_model_unroll(gf_model *m)
{
    if (!m)
        return GF_ERROR_ARGUMENT;
    gf_text_free(&m->refusal);
    if (m->read_status)
        return m->read_status;
    if (m->unrolled)
        return still_there(m);
    m->unrolled = true;
    gf_model_size_up(m);
    gf_model_shape_up(m);
    if (m->steps && gf_model_plant(m))
        gf_model_build(m);
    check_graph(m);
    m->last = m->graph && gf_graph_size(m->graph) ? gf_graph_node(m->graph, gf_graph_size(m->graph) - 1) : NULL;
    m->status = gf_problems_status(&m->problems);
    if (m->status == GF_ERROR_LIMIT)
        note_most_steps(m);
    note_overrides(m);
    return m->status;
}

void gf_model_free(gf_model *m)
{
    if (!m)
        return;
    m->unrolled = true;
    gf_model_drop_unrolling(m);
    gf_problems_free(&m->problems);
    gf_text_file_free(&m->file);
    gf_arena_free(&m->arena);
    gf_text_free(&m->refusal);
    gf_text_free(&m->message);
    free(m->symbols);
    free(m->overrides);
    free(m);
}

/* --- messages ----------------------------------------------------------------------------------------------------- */

bool gf_model_asked(char **out, gf_model *m)
{
    if (out)
        *out = NULL;
    if (out && m)
        gf_text_free(&m->refusal);
    return out && m;
}

gf_status gf_model_answer(char **out, size_t *length, gf_model *m, gf_text *text, gf_status status)
{
    if (!status && (text->failed || !text->data))
        status = GF_ERROR_MEMORY;
    if (status == GF_ERROR_MEMORY) {
        gf_text_free(&m->refusal);
        gf_text_add(&m->refusal, "out of memory\n");
    }
    if (status)
        gf_text_free(text);
    *out = text->data;
    if (length)
        *length = text->size;
    return status;
}

gf_status gf_model_refuse(gf_model *m, const char *format, ...)
{
    va_list arguments;
    gf_text_free(&m->refusal);
    va_start(arguments, format);
    gf_text_vprint(&m->refusal, format, arguments);
    va_end(arguments);
    gf_text_add(&m->refusal, "\n");
    return GF_ERROR_ARGUMENT;
}

const char *gf_model_message(gf_model *m)
{
    if (!m)
        return "no model: out of memory, or NULL was handed in\n";
    gf_text_free(&m->message);
    gf_problems_write(&m->message, &m->problems);
    gf_text_add(&m->message, gf_text_string(&m->refusal));
    return m->message.failed ? "out of memory\n" : gf_text_string(&m->message);
}

size_t gf_model_error_count(gf_model *m)
{
    if (m)
        gf_problems_sort(&m->problems);
    return m ? m->problems.count : 0;
}

const gf_model_error *gf_model_error_at(gf_model *m, size_t k)
{
    if (k >= gf_model_error_count(m))
        return NULL;
    gf_problem *problem = m->problems.list[k];
    gf_model_error *shown = &m->errors[k];
    *shown = (gf_model_error){.status = problem->status, .text = problem->text};
    if (problem->at != GF_NOWHERE) {
        shown->line = gf_source_line(&m->file.source, problem->at);
        shown->column = gf_source_column(&m->file.source, problem->at);
    }
    return shown;
}

/* --- settings ---------------------------------------------------------------------------------------------------- */

static const long long most = 1LL << 53; /* of a size: up to it, a double has every whole number */

static gf_status refuse_value(gf_model *m, const char *name, long long value, long long least)
{
    gf_problem_add(&m->problems, GF_ERROR_ARGUMENT, GF_NOWHERE, "%s cannot be set to %lld: %lld is the %s", name, value,
                   value > most ? most : least, value > most ? "most" : "least");
    m->unrolled = true;
    return m->status = GF_ERROR_ARGUMENT;
}

static gf_status refuse_name(gf_model *m, const char *name)
{
    gf_nearest nearest = {.wanted = name};
    gf_text all = {0};
    for (uint32_t k = 1; k < m->symbol_count; k++)
        if (m->symbols[k].kind == SYMBOL_SIZE || m->symbols[k].kind == SYMBOL_STEPS) {
            gf_nearest_offer(&nearest, gf_model_text(m, k));
            gf_text_print(&all, "%s%s", all.size ? ", " : "", gf_model_text(m, k));
        }
    gf_problem *problem = gf_problem_add(&m->problems, GF_ERROR_ARGUMENT, GF_NOWHERE,
                                         "%s is no size of this file, and cannot be set", name);
    if (nearest.found)
        gf_problem_note(&m->problems, problem, "did you mean %s?", nearest.found);
    else if (all.size)
        gf_problem_note(&m->problems, problem, "those that can: %s", gf_text_string(&all));
    m->problems.out_of_memory |= all.failed;
    gf_text_free(&all);
    m->unrolled = true;
    return m->status = GF_ERROR_ARGUMENT;
}

gf_status gf_model_set(gf_model *m, const char *name, long long value)
{
    if (!m || !name)
        return m ? gf_model_refuse(m, "gf_model_set: the name is NULL") : GF_ERROR_ARGUMENT;
    if (m->read_status)
        return m->read_status;
    gf_model_drop_unrolling(m);
    gf_override override = {.value = value};
    const gf_symbol *symbol = gf_model_find(m, name);
    bool seed = !strcmp(name, "seed"), truncate = !strcmp(name, "truncate");
    bool size = symbol && (symbol->kind == SYMBOL_SIZE || symbol->kind == SYMBOL_STEPS);
    if (!seed && (value > most || value < (truncate ? 0 : -most)))
        return refuse_value(m, name, value, truncate ? 0 : -most);
    if (!seed && !truncate && !size)
        return refuse_name(m, name);
    override.name = seed ? SEED : truncate ? TRUNCATE : gf_names_find(&m->file.names, name);
    return keep_override(m, override);
}

gf_status gf_model_limit(gf_model *m, size_t nodes, size_t entries)
{
    if (!m)
        return GF_ERROR_ARGUMENT;
    if (m->read_status)
        return m->read_status;
    gf_model_drop_unrolling(m);
    m->node_limit = nodes;
    m->entry_limit = entries;
    return GF_OK;
}

gf_status gf_model_load(gf_model *m, const char *folder)
{
    if (!m || !folder)
        return m ? gf_model_refuse(m, "gf_model_load: the folder is NULL") : GF_ERROR_ARGUMENT;
    if (m->read_status)
        return m->read_status;
    gf_model_drop_unrolling(m);
    m->load = gf_arena_text(&m->arena, folder);
    return m->load ? GF_OK : GF_ERROR_MEMORY;
}

gf_status gf_model_confine(gf_model *m)
{
    if (!m)
        return GF_ERROR_ARGUMENT;
    if (m->read_status)
        return m->read_status;
    gf_model_drop_unrolling(m);
    m->confined = true;
    return GF_OK;
}

/* --- what is there ----------------------------------------------------------------------------------------------- */

gf_graph *gf_model_graph(gf_model *m)
{
    return gf_model_unroll(m) == GF_OK ? m->graph : NULL;
}

gf_node *gf_model_loss(gf_model *m)
{
    return gf_model_unroll(m) == GF_OK ? m->loss : NULL;
}

gf_node *gf_model_node(gf_model *m, const char *name, int t)
{
    gf_symbol *symbol = name && gf_model_unroll(m) == GF_OK ? gf_model_find(m, name) : NULL;
    gf_instance *instance = symbol && symbol->kind >= SYMBOL_PARAM ? gf_symbol_instance(m, symbol, t) : NULL;
    return instance ? instance->node : NULL;
}

const gf_matrix *gf_model_value(gf_model *m, const char *name, int t)
{
    gf_node *node = gf_model_node(m, name, t);
    return node ? gf_value(node) : NULL;
}

const gf_matrix *gf_model_gradient(gf_model *m, const char *name, int t)
{
    gf_node *node = gf_model_node(m, name, t);
    if (!node || (!m->differentiated && gf_backward(m->loss, 0)))
        return NULL;
    m->differentiated = true;
    return gf_gradient(node);
}

const char *gf_model_title(const gf_model *m)
{
    for (const gf_statement *s = m ? m->file.statements : NULL; s; s = s->next)
        if (s->kind == STATEMENT_TITLE && s->text)
            return s->text;
    return "";
}

int gf_model_steps(gf_model *m)
{
    gf_model_unroll(m);
    return m ? (int)m->steps : 0;
}

bool gf_model_size(long long *out, gf_model *m, const char *name)
{
    gf_model_unroll(m);
    const gf_symbol *symbol = m && name ? gf_model_find(m, name) : NULL;
    if (!out || !symbol || !symbol->known)
        return false;
    *out = symbol->value;
    return true;
}

static gf_model_name describe(const gf_model *m, uint32_t name)
{
    static const gf_model_kind kinds[] = {[SYMBOL_PARAM] = GF_MODEL_PARAM,
                                          [SYMBOL_INPUT] = GF_MODEL_INPUT,
                                          [SYMBOL_GIVEN] = GF_MODEL_GIVEN,
                                          [SYMBOL_EQUATION] = GF_MODEL_EQUATION,
                                          [SYMBOL_LET] = GF_MODEL_LET};
    const gf_symbol *symbol = gf_model_symbol(m, name);
    return (gf_model_name){.name = gf_model_text(m, name),
                           .kind = kinds[symbol->kind],
                           .timed = symbol->timed,
                           .started = symbol->starts && symbol->kind != SYMBOL_LET,
                           .rows = symbol->rows,
                           .cols = symbol->cols,
                           .line = gf_statement_line(&m->file.source, symbol->declaration),
                           .column = gf_source_column(&m->file.source, symbol->declaration->name_span.begin),
                           .drawn = gf_statement_draws(symbol->declaration)};
}

const gf_model_name *gf_model_name_at(gf_model *m, size_t k)
{
    gf_model_unroll(m);
    for (const gf_statement *s = m ? m->file.statements : NULL; s; s = s->next) {
        gf_symbol *symbol = s->name ? gf_model_symbol(m, s->name) : NULL;
        if (!symbol || symbol->kind < SYMBOL_PARAM || symbol->declaration != s || k--)
            continue;
        symbol->shown = describe(m, s->name);
        return &symbol->shown;
    }
    return NULL;
}
