/* Numbers from a file: csv("file.csv"). */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/characters.h"
#include "language/lexer.h"
#include "model/model.h"

enum { NUMBER_ROOM = 64 }; /* characters of a number */
static const char number_signs[] = "+-.0123456789eE";

struct gf_csv {
    gf_model *m;
    const gf_statement *statement;
    char *path;
    FILE *file;
    long line, matrices; /* how many were read */
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

/* A plain file: not a folder, nor something that never ends. */
static FILE *open_file(const char *path, const char **why)
{
    struct stat about;
    FILE *file = NULL;
    *why = NULL;
    if (stat(path, &about))
        *why = strerror(errno);
    else if (!S_ISREG(about.st_mode))
        *why = "this is not a plain file";
    else if (!(file = fopen(path, "rb")))
        *why = strerror(errno);
    return file;
}

/* A byte order mark is no part of the first number. */
static void skip_mark(FILE *file)
{
    char first[3];
    int bytes;
    size_t size = fread(first, 1, sizeof first, file);
    if (!size || gf_utf8_decode(first, size, &bytes) != GF_BYTE_ORDER_MARK)
        rewind(file);
}

/* Opens what may be opened; NULL, and *why where that is to be said. */
static FILE *open_allowed(gf_model *m, const char *path, const char **why)
{
    *why = NULL;
    if (!m->confined && !m->looking)
        return open_file(path, why);
    char inside[PATH_MAX];
    if (leads_inside(m, path, inside))
        return open_file(inside, why);
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
    *csv = (gf_csv){
        .m = m, .statement = s, .path = path, .file = loaded ? open_file(path, &why) : open_allowed(m, path, &why)};
    if (csv->file) {
        skip_mark(csv->file);
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
    if (csv->file)
        fclose(csv->file);
    free(csv->path);
    free(csv);
}

static bool is_timed(const gf_csv *csv)
{
    return gf_statement_lists(csv->statement);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static bool separates(int c)
{
    return c == ',' || c == ';' || c == ' ' || c == '\t' || c == '\r';
}

/* What to write for what others write: names above columns, what was not measured. */
static const char *advice_for(const gf_csv *csv, const char *text)
{
    static const char *const missing[] = {"nan", "NaN", "NA", "N/A", "null", "-", "?"};
    for (size_t k = 0; k < sizeof missing / sizeof *missing; k++)
        if (!strcmp(text, missing[k]))
            return ": put one in its place, or leave the line out";
    return csv->line == 1 && !strpbrk(text, "0123456789") ? ": names above columns stand behind a #" : "";
}

/* What stands where a number should, as far as it was read. */
static void refuse_number(gf_csv *csv, const char *text, bool whole)
{
    char what[NUMBER_ROOM + 96];
    if (whole && strspn(text, number_signs) == strlen(text) && isinf(gf_number_read(text, strlen(text))))
        snprintf(what, sizeof what, "%s is too large: numbers go up to 1.8e308", text);
    else
        snprintf(what, sizeof what, "'%s%s' is no number%s", text, whole ? "" : "…", advice_for(csv, text));
    refuse(csv->m, csv->statement, GF_ERROR_READ, csv->path, csv->line, what);
}

/* The next number of the line: 1; 0 at the end of the line; -1, reported, where something else stands there. */
static int read_number(gf_csv *csv, double *out)
{
    int c = getc(csv->file), size = 0;
    char text[NUMBER_ROOM];
    while (separates(c))
        c = getc(csv->file);
    while (c == '#')
        do
            c = getc(csv->file);
        while (c != '\n' && c != EOF);
    while (c != '\n' && c != EOF && !separates(c) && size + 1 < NUMBER_ROOM) {
        text[size++] = (char)c;
        c = getc(csv->file);
    }
    text[size] = '\0';
    if (c != EOF)
        ungetc(c, csv->file);
    if (!size)
        return 0;
    *out = gf_number_read(text, (size_t)size);
    bool ends = c == '\n' || c == EOF || separates(c);
    if (ends && strspn(text, number_signs) == (size_t)size && isfinite(*out))
        return 1;
    refuse_number(csv, text, ends);
    return -1;
}

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
    refuse(csv->m, csv->statement, GF_ERROR_READ, csv->path, csv->line, what);
}

/* The numbers of one line, `most` of them in numbers[]; how many there are, 0 at the end of the file, -1, reported,
 * where one is wrong. Lines without any, or with a comment alone, are passed over. */
static long read_line(gf_csv *csv, double numbers[], size_t most)
{
    int found;
    double extra;
    for (csv->line++; !(found = read_number(csv, most ? numbers : &extra)); csv->line++)
        if (getc(csv->file) == EOF)
            return 0;
    long count = 1;
    while (found > 0 && (found = read_number(csv, (size_t)count < most ? &numbers[count] : &extra)) > 0)
        count++;
    getc(csv->file); /* the line end */
    return found < 0 ? -1 : count;
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
    refuse(csv->m, csv->statement, GF_ERROR_READ, csv->path, csv->line, what);
    return false;
}

bool gf_csv_has_examples(const gf_statement *s)
{
    return (s->kind == STATEMENT_INPUT || s->kind == STATEMENT_GIVEN) && s->init.kind == INIT_VALUE &&
           s->init.value->kind == TREE_TEXT;
}

bool gf_csv_goes_on(gf_csv *csv)
{
    bool comment = false;
    int c;
    while ((c = getc(csv->file)) != EOF && (c == '\n' || c == '#' || comment || separates(c))) {
        csv->line += c == '\n';
        comment = c != '\n' && (comment || c == '#');
    }
    ungetc(c, csv->file);
    return c != EOF;
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
    while (count > 0 && count == wanted && got < all)
        got += count = read_line(csv, out->data + got, (size_t)(all - got));
    if (count < 0)
        return false;
    if (count > 0 && count != wanted)
        return refuse_count(csv, count, wanted, out);
    if (count == 0)
        refuse_end(csv, is_timed(csv) ? csv->m->steps : all / wanted);
    else if (!is_timed(csv) && !gf_csv_has_examples(csv->statement) && read_line(csv, NULL, 0) > 0)
        refuse(csv->m, csv->statement, GF_ERROR_READ, csv->path, csv->line, "the file goes on behind the last row");
    else
        return csv->matrices++, true;
    return false;
}
