/* Numbers from a file: csv("file.csv"). */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "language/lexer.h"
#include "model/model.h"
#include "text/numbers.h"

struct gf_csv {
    gf_model *m;
    const gf_statement *statement;
    char *path;
    gf_numbers in;
    long matrices; /* how many were read, */
    long wanted;   /* with so many numbers on a line; */
    bool single;   /* each line is an example */
};

/* --- problems ------------------------------------------------------------------------------------------------- */

static void refuse(gf_model *m, const gf_statement *s, gf_status status, const char *path, long line, const char *what)
{
    const gf_tree *tree = s->init.kind == INIT_VALUE && !m->load ? s->init.value : NULL;
    gf_span span = tree ? tree->span : s->name_span;
    gf_problem *problem = line ? gf_problem_add(&m->problems, status, span.begin, "%s:%ld: %s", path, line, what)
                               : gf_problem_add(&m->problems, status, span.begin, "%s: %s", path, what);
    gf_problem_under(problem, span);
}

/* --- opening ---------------------------------------------------------------------------------------------------- */

/* The path as written, beside the model file unless it begins at the root. */
static char *path_beside(const gf_model *m, const char *name)
{
    const char *slash = *name == '/' ? NULL : strrchr(m->file.source.name, '/');
    size_t folder = slash ? (size_t)(slash - m->file.source.name) + 1 : 0;
    char *path = malloc(folder + strlen(name) + 1);
    if (!path)
        return NULL;
    memcpy(path, m->file.source.name, folder);
    strcpy(path + folder, name);
    return path;
}

const char *gf_model_csv_at(gf_model *m, size_t k)
{
    for (const gf_statement *s = m ? m->file.statements : NULL; s; s = s->next) {
        if (s->init.kind != INIT_VALUE || s->init.value->kind != TREE_TEXT || k--)
            continue;
        char *path = path_beside(m, gf_model_text(m, s->init.value->name));
        const char *kept = path ? gf_arena_text(&m->arena, path) : NULL;
        free(path);
        return kept;
    }
    return NULL;
}

/* Does the path lead to what lies in the model's folder or in one below it? Then *out is where, links followed. */
static bool leads_inside(gf_model *m, const char *path, char out[PATH_MAX])
{
    char folder[PATH_MAX], *beside = path_beside(m, ".");
    m->problems.out_of_memory |= !beside;
    bool found = beside && realpath(beside, folder) && realpath(path, out);
    free(beside);
    size_t size = found && strcmp(folder, "/") ? strlen(folder) : 0;
    return found && !strncmp(out, folder, size) && (!out[size] || out[size] == '/');
}

/* Opens what may be opened; NULL, and *why where that is to be said. */
static FILE *open_allowed(gf_model *m, const char *path, const char **why)
{
    *why = NULL;
    if (!m->confined && !m->looking)
        return gf_numbers_open(path, why);
    char inside[PATH_MAX];
    if (leads_inside(m, path, inside))
        return gf_numbers_open(inside, why);
    if (m->confined)
        *why = "this is no file in the folder of the model or below it, and no other may be read";
    return NULL;
}

/* NAME.csv in the folder that parameters are loaded from. */
static char *path_loaded(const gf_model *m, const char *name)
{
    gf_text path = {0};
    gf_text_print(&path, "%s/%s.csv", m->load, name);
    if (!path.failed)
        return path.data;
    gf_text_free(&path);
    return NULL;
}

bool gf_csv_is_loaded(const gf_model *m, const gf_statement *s)
{
    return m->load && s->kind == STATEMENT_PARAM;
}

gf_csv *gf_csv_open(gf_model *m, const gf_statement *s)
{
    bool loaded = gf_csv_is_loaded(m, s);
    gf_csv *csv = calloc(1, sizeof *csv);
    char *path =
        loaded ? path_loaded(m, gf_model_text(m, s->name)) : path_beside(m, gf_model_text(m, s->init.value->name));
    if (!csv || !path) {
        m->problems.out_of_memory = true;
        free(csv);
        free(path);
        return NULL;
    }
    const char *why;
    *csv = (gf_csv){.m = m,
                    .statement = s,
                    .path = path,
                    .in.file = loaded ? gf_numbers_open(path, &why) : open_allowed(m, path, &why)};
    if (csv->in.file) {
        gf_numbers_skip_mark(&csv->in);
        return csv;
    }
    if (why)
        refuse(m, s, GF_ERROR_READ, path, 0, why);
    gf_csv_close(csv);
    return NULL;
}

void gf_csv_close(gf_csv *csv)
{
    if (!csv)
        return;
    if (csv->in.file)
        fclose(csv->in.file);
    free(csv->path);
    free(csv);
}

static bool is_timed(const gf_csv *csv)
{
    return gf_statement_lists(csv->statement);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static void refuse_end(gf_csv *csv, long wanted)
{
    long steps = csv->m->steps, whole = is_timed(csv) ? csv->matrices / steps : 0;
    char what[160];
    if (whole > 0)
        snprintf(what, sizeof what,
                 "the file ends here, in example %ld, after step %ld: an example is %ld steps, a line each", whole + 1,
                 csv->matrices % steps, steps);
    else
        snprintf(what, sizeof what, "the file ends here, but there are %ld %s, a line each", wanted,
                 is_timed(csv) ? "steps" : "rows");
    refuse(csv->m, csv->statement, GF_ERROR_READ, csv->path, csv->in.line, what);
}

/* The numbers of one line, `most` of them in numbers[]; -1, reported, where one is wrong. */
static long read_line(gf_csv *csv, double numbers[], size_t most)
{
    long count = gf_numbers_line(&csv->in, numbers, most);
    if (count < 0)
        refuse(csv->m, csv->statement, GF_ERROR_READ, csv->path, csv->in.line, csv->in.why);
    return count;
}

/* A line of a matrix; of a timed one all of it. */
static bool refuse_count(gf_csv *csv, long count, long wanted, const gf_matrix *of)
{
    char what[GF_NAME_LIMIT + 128];
    const char *name = gf_model_text(csv->m, csv->statement->name);
    snprintf(what, sizeof what, "%ld number%s on the line, not %ld: %s%s is %d x %d, %s", count, count == 1 ? "" : "s",
             wanted, name, is_timed(csv) ? "[t]" : "", of->rows, of->cols,
             is_timed(csv)        ? "a line a step, row by row"
             : wanted == of->cols ? "a line a row"
                                  : "here a line a number");
    refuse(csv->m, csv->statement, GF_ERROR_READ, csv->path, csv->in.line, what);
    return false;
}

bool gf_csv_has_examples(const gf_statement *s)
{
    return (s->kind == STATEMENT_INPUT || s->kind == STATEMENT_GIVEN) && s->init.kind == INIT_VALUE &&
           s->init.value->kind == TREE_TEXT;
}

bool gf_csv_goes_on(gf_csv *csv)
{
    return gf_numbers_go_on(&csv->in);
}

/* As many lines as there are rows; or all numbers on one line, or each on its own, which is how vectors are kept. */
bool gf_csv_read(gf_csv *csv, gf_matrix *out)
{
    long all = (long)gf_matrix_size(out), count = read_line(csv, out->data, (size_t)all), wanted = out->cols,
         got = count;
    if (is_timed(csv) || count == all)
        wanted = all;
    else if (count == 1)
        wanted = 1;
    if (csv->matrices && count > 0 && wanted != csv->wanted)
        return refuse_count(csv, count, csv->wanted, out);
    if (csv->single && csv->in.blank)
        return refuse(csv->m, csv->statement, GF_ERROR_READ, csv->path, csv->in.blank,
                      "the line is empty, and every line is an example: a number is missing"),
               false;
    csv->wanted = wanted;
    csv->single = wanted == all && (!is_timed(csv) || csv->m->steps == 1);
    while (count > 0 && count == wanted && got < all)
        got += count = read_line(csv, out->data + got, (size_t)(all - got));
    if (count < 0)
        return false;
    if (count > 0 && count != wanted)
        return refuse_count(csv, count, wanted, out);
    if (count == 0)
        refuse_end(csv, is_timed(csv) ? csv->m->steps : all / wanted);
    else if (!is_timed(csv) && !gf_csv_has_examples(csv->statement) && read_line(csv, NULL, 0) > 0)
        refuse(csv->m, csv->statement, GF_ERROR_READ, csv->path, csv->in.line, "the file goes on behind the last row");
    else
        return csv->matrices++, true;
    return false;
}
