/* Expressions from a command line, worked out like a side of a claim. Each is put behind the text of the file, on a
 * line of its own, while it is looked at: so it is read, and quoted in messages, as if it stood there; and a place in
 * it is shown as a place in the expression. */
#include "show/values.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "claims/judge.h"
#include "show/steps.h"

enum { MOST = 20000000 }; /* numbers in all */

/* What is asked for, while it is worked out. */
typedef struct asking {
    gf_values *values;
    gf_model *m;
    const gf_values_options *options;
    const char *who;         /* "show" */
    const gf_points *points; /* NULL: steps */
    gf_tree **variables;     /* the places where the variable of the points stands */
    size_t variable_count, variable_room;
    gf_judge judge;
    gf_problems problems;
    char name[64];    /* of what is looked at: "show: expression 2"; */
    const char *text; /* as it was written; */
    uint32_t begin;   /* where it stands in the source */
    long low, high;   /* steps */
    size_t numbers;   /* so far */
} asking;

gf_status gf_values_refuse(gf_text *why, gf_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    gf_text_add(why, "show: ");
    gf_text_vprint(why, format, arguments);
    gf_text_add(why, "\n");
    va_end(arguments);
    return why->failed ? GF_ERROR_MEMORY : status;
}

/* The same as who asks. */
static gf_status refuse(const asking *a, gf_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static gf_status refuse(const asking *a, gf_status status, const char *format, ...)
{
    gf_text *why = &a->values->why;
    va_list arguments;
    va_start(arguments, format);
    gf_text_print(why, "%s: ", a->who);
    gf_text_vprint(why, format, arguments);
    gf_text_add(why, "\n");
    va_end(arguments);
    return why->failed ? GF_ERROR_MEMORY : status;
}

double gf_point_at(const gf_points *points, size_t k)
{
    double all = (double)points->count - 1, share = (double)k;
    return (points->low * (all - share) + points->high * share) / all;
}

/* --- what is wrong ----------------------------------------------------------------------------------------------- */

static void shift(gf_problem *problem, uint32_t by)
{
    if (problem->at != GF_NOWHERE)
        problem->at -= by;
    for (int k = 0; k < 2 && problem->under[k].end; k++)
        problem->under[k] = (gf_span){problem->under[k].begin - by, problem->under[k].end - by};
}

/* Problems of the expression, at their places in it. */
static void tell_problems(asking *a)
{
    gf_source own;
    if (gf_source_new(&own, a->name, a->text, strlen(a->text)))
        a->problems.out_of_memory = true;
    for (uint32_t k = 0; k < a->problems.count; k++)
        shift(a->problems.list[k], a->begin);
    a->problems.source = &own;
    if (!a->problems.out_of_memory)
        gf_problems_write(&a->values->why, &a->problems);
    gf_source_free(&own);
}

/* Why it cannot be worked out: the expression itself, or a let of the file. */
static gf_status tell(asking *a)
{
    gf_text *why = &a->values->why;
    const gf_problems *blame = a->judge.blame;
    if (a->problems.out_of_memory || a->judge.out_of_memory)
        return GF_ERROR_MEMORY;
    if (a->problems.count) {
        gf_status status = gf_problems_status(&a->problems);
        tell_problems(a);
        return a->problems.out_of_memory || why->failed ? GF_ERROR_MEMORY : status;
    }
    if (blame && blame->out_of_memory)
        return GF_ERROR_MEMORY;
    if (!blame || !blame->count)
        return refuse(a, GF_ERROR_LIMIT, "%s cannot be worked out", a->text);
    gf_problem_write(why, blame->source, blame->list[0]);
    return why->failed ? GF_ERROR_MEMORY : blame->list[0]->status;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

/* From now on problems are told of this text. */
static void look_at(asking *a, const char *text, uint32_t begin, size_t number)
{
    a->text = text;
    a->begin = begin;
    int size = snprintf(a->name, sizeof a->name, strstr(a->who, "--") ? "%.40s" : "%.40s: expression", a->who);
    if (a->values->count > 1)
        snprintf(a->name + size, sizeof a->name - (size_t)size, " %zu", number);
}

static bool is_blank(const char *text)
{
    return !text[strspn(text, " \t\n")];
}

static bool append(asking *a, const char *text, size_t number)
{
    uint32_t begin;
    bool good = gf_source_append(&a->m->file.source, text, &begin);
    a->problems.out_of_memory |= !good;
    look_at(a, text, begin, number);
    return good;
}

/* What is wrong with --at, in a line, and what to write. */
static bool refuse_at(asking *a, const char *text)
{
    const char *equal = strchr(text, '=');
    bool other = equal && strncmp(text, "t", strcspn(text, " =")) != 0;
    if (!a->problems.out_of_memory && a->problems.count && other)
        refuse(a, GF_ERROR_ARGUMENT, "--at '%s': t alone has steps; write --at t=%s", text, equal + 1);
    else if (!a->problems.out_of_memory && a->problems.count)
        refuse(a, GF_ERROR_ARGUMENT, "--at '%s': %s; write --at 3, or --at T-2..T", text, a->problems.list[0]->text);
    return false;
}

static bool read_ends(asking *a)
{
    gf_range range;
    if (!gf_parse_steps(&range, &a->m->file, a->begin, &a->problems))
        return false;
    if (!gf_model_resolve(a->m, &a->problems, range.low, PLACE_INTEGER, NULL) ||
        (range.high != range.low && !gf_model_resolve(a->m, &a->problems, range.high, PLACE_INTEGER, NULL)))
        return false;
    if (gf_integer(a->m, &a->problems, range.low, NULL, &a->low) != INTEGER_KNOWN ||
        gf_integer(a->m, &a->problems, range.high, NULL, &a->high) != INTEGER_KNOWN)
        return false;
    if (a->low <= a->high && a->high - a->low < MOST)
        return true;
    gf_problem_add(&a->problems, GF_ERROR_ARGUMENT, range.at,
                   a->low > a->high ? "from %ld to %ld there is no step" : "%ld to %ld: too many steps", a->low,
                   a->high);
    return false;
}

/* --at: which steps. */
static bool read_steps(asking *a, const char *text)
{
    a->low = 1;
    a->high = a->m->steps;
    if (!text)
        return true;
    if (!is_blank(text))
        return append(a, text, 0) && (read_ends(a) || refuse_at(a, text));
    refuse(a, GF_ERROR_ARGUMENT, "--at is empty: write --at 3, or --at T-2..T");
    return false;
}

/* The text without blanks around it, on one line. */
static const char *tidy(asking *a, const gf_tree *tree)
{
    gf_text w = {0};
    gf_source_quote(&w, &a->m->file.source, tree->span, 0);
    const char *text = gf_text_keep(&w, &a->values->arena);
    a->problems.out_of_memory |= !text;
    return text;
}

/* The first step from t on that the file does not have. */
static long outside(const asking *a, long t)
{
    return t >= 1 && t <= a->m->steps ? a->m->steps + 1 : t;
}

/* Steps that are asked for by number, or by --at, beyond the ends: they read as zeros, which is said. */
static bool note_steps(asking *a, gf_series *series)
{
    gf_steps steps = {.m = a->m};
    bool there = gf_steps_are_there(&steps, series->tree, false, 0);
    for (long t = outside(a, a->low); t <= a->high && there && series->timed; t = outside(a, t + 1))
        there = gf_steps_are_there(&steps, series->tree, true, t);
    if (there)
        return true;
    gf_text text = {0};
    gf_steps_write_missing(&text, &steps);
    if (a->points)
        refuse(a, GF_ERROR_ARGUMENT, "%s", gf_text_string(&text));
    else
        series->beyond = text.failed ? NULL : gf_arena_text(&a->values->arena, gf_text_string(&text));
    a->problems.out_of_memory |= text.failed || (!a->points && !series->beyond);
    gf_text_free(&text);
    return series->beyond;
}

static bool refuse_empty(asking *a, const char *text)
{
    refuse(a, GF_ERROR_ARGUMENT, "an expression is %s: write one, such as %s", text ? "empty" : "NULL",
           a->points ? "'tanh(u)'" : "'h[2]' or 'grad(h[t])'");
    return false;
}

/* The loss is asked for as such: what stands behind that word in the file. */
static const char *written_out(asking *a, const char *text)
{
    const gf_statement *s = strcmp(text, "loss") != 0 ? NULL : a->m->file.statements;
    while (s && s->kind != STATEMENT_LOSS)
        s = s->next;
    gf_text w = {0};
    if (s)
        gf_source_quote(&w, &a->m->file.source, s->value->span, 0);
    const char *out = s && !w.failed ? gf_arena_text(&a->values->arena, gf_text_string(&w)) : text;
    a->problems.out_of_memory |= w.failed || !out;
    gf_text_free(&w);
    return out;
}

/* Where the variable of the points stands there will be its number. */
static bool put_variable(asking *a, gf_tree *tree, uint32_t name)
{
    if (tree->kind == TREE_NAME && tree->name == name) {
        tree->kind = TREE_NUMBER;
        bool good = gf_grow(&a->variables, &a->variable_room, a->variable_count + 1);
        a->problems.out_of_memory |= !good;
        if (good)
            a->variables[a->variable_count++] = tree;
        return good;
    }
    for (uint32_t k = 0; k < tree->count; k++)
        if (gf_bound_in(tree, k) != name && !put_variable(a, tree->kids[k], name))
            return false;
    return true;
}

static bool read_tree(asking *a, gf_series *series)
{
    gf_tree *tree = gf_parse_appended(&a->m->file, a->begin, &a->problems);
    series->tree = tree;
    gf_binding t = {.name = a->m->t};
    if (tree && a->points && !put_variable(a, tree, gf_names_find(&a->m->file.names, a->points->name)))
        return false;
    return tree && gf_model_resolve(a->m, &a->problems, tree, PLACE_JUDGING, a->points ? NULL : &t);
}

/* h[t], c[t] and a = b are no expressions: what was meant. */
static void advise(asking *a)
{
    gf_problem *problem = a->problems.count ? a->problems.list[0] : NULL;
    char sign = problem && problem->at < a->m->file.source.size ? a->m->file.source.text[problem->at] : '\0';
    if (sign == ',')
        gf_problem_note(&a->problems, problem, "two expressions are two words: 'h[t]' 'c[t]'");
    if (sign == '=' || sign == '<' || sign == '>')
        gf_problem_note(&a->problems, problem,
                        "two sides are a claim, which gradflow check judges; here each is a word: 'a' 'b'");
}

static bool read_expression(asking *a, gf_series *series, const char *text)
{
    if (!text || is_blank(text))
        return refuse_empty(a, text);
    text = written_out(a, text);
    if (!text || !append(a, text, (size_t)(series - a->values->list) + 1))
        return false;
    series->written = text;
    series->begin = a->begin;
    if (!read_tree(a, series)) {
        const gf_span span = {a->begin, a->m->file.source.size};
        gf_model_explain_expression(a->m, &a->problems, span, !series->tree);
        if (!series->tree && !a->points)
            advise(a);
        return false;
    }
    series->text = tidy(a, series->tree);
    series->timed = !a->points && gf_tree_mentions(series->tree, a->m->t);
    series->first = series->timed ? a->low : 0;
    series->count = series->timed ? (size_t)(a->high - a->low) + 1 : a->points ? a->points->count : 1;
    series->values = gf_arena_get(&a->values->arena, series->count * sizeof *series->values);
    a->problems.out_of_memory |= !series->values;
    return series->text && series->values && note_steps(a, series);
}

/* --- working out ------------------------------------------------------------------------------------------------- */

static const gf_binding *at_step(const asking *a, const gf_series *series, size_t k, gf_binding *room)
{
    *room = (gf_binding){.name = a->m->t, .known = true, .value = series->first + (long)k};
    return series->timed ? room : NULL;
}

static void collect(asking *a, const gf_series *series)
{
    gf_binding room;
    a->judge.scanned = 0;
    for (size_t k = 0; k < series->count; k++)
        gf_judge_collect(&a->judge, series->tree, at_step(a, series, k, &room));
}

static bool keep(asking *a, gf_matrix *to, const gf_matrix *value)
{
    size_t size = gf_matrix_size(value);
    a->numbers += size;
    if (a->numbers > MOST) {
        refuse(a, GF_ERROR_LIMIT, "these are more than %d numbers; --at takes fewer steps", MOST);
        return false;
    }
    bool kept = gf_matrix_keep(to, &a->values->arena, value);
    a->problems.out_of_memory |= !kept;
    return kept;
}

/* From here on the variable stands at point k: what sums and lets came to is no longer true. */
static void go_to_point(asking *a, size_t k)
{
    for (size_t n = 0; n < a->variable_count; n++)
        a->variables[n]->number = gf_point_at(a->points, k);
    gf_judge_forget_lets(&a->judge);
}

static bool work_out_at(asking *a, gf_series *series, size_t k)
{
    gf_binding room;
    if (a->points)
        go_to_point(a, k);
    const gf_binding *bindings = at_step(a, series, k, &room);
    gf_term term = gf_judge_evaluate(&a->judge, &a->problems, series->tree, bindings);
    if (term.kind == TERM_BAD)
        return false;
    const gf_matrix *value = gf_judge_matrix(&a->judge, &a->problems, series->tree, term, 0, 0);
    if (!value || !keep(a, &series->values[k], value))
        return false;
    series->scalar = (k == 0 || series->scalar) && gf_matrix_size(value) == 1;
    gf_judge_clear(&a->judge);
    return true;
}

/* Each expression takes as long as the others. */
static void tell_progress(const asking *a, const gf_series *series, size_t done)
{
    double before = (double)(series - a->values->list), share = (double)done / (double)series->count;
    if (a->options->progress)
        a->options->progress((before + share) / (double)a->values->count, a->options->progress_data);
}

static bool work_out(asking *a, gf_series *series)
{
    a->judge.scanned = a->m->work = 0;
    for (size_t k = 0; k < series->count; k++) {
        if (!work_out_at(a, series, k))
            return false;
        tell_progress(a, series, k + 1);
    }
    return true;
}

static bool read_all(asking *a, const char *const texts[], const char *at)
{
    bool timed = false;
    if (!read_steps(a, at))
        return false;
    for (size_t k = 0; k < a->values->count; k++) {
        if (!read_expression(a, &a->values->list[k], texts[k]))
            return false;
        timed |= a->values->list[k].timed;
    }
    if (at && !timed)
        refuse(a, GF_ERROR_ARGUMENT, "--at %s chooses steps, but no expression has t in it", at);
    return !at || timed;
}

/* The numbers of scalars, one after the other. */
static bool line_up(asking *a, gf_series *series)
{
    double *numbers = gf_arena_get(&a->values->arena, series->count * sizeof *numbers);
    for (size_t k = 0; numbers && k < series->count; k++)
        numbers[k] = series->values[k].data[0];
    series->numbers = numbers;
    a->problems.out_of_memory |= !numbers;
    return numbers;
}

static gf_status find(asking *a, const char *const texts[], const char *at)
{
    bool good = read_all(a, texts, at);
    for (size_t k = 0; good && k < a->values->count; k++)
        collect(a, &a->values->list[k]);
    good = good && !a->judge.out_of_memory;
    for (size_t k = 0; good && k < a->values->count; k++) {
        gf_series *series = &a->values->list[k];
        look_at(a, series->written, series->begin, k + 1);
        good = work_out(a, series) && (!series->scalar || line_up(a, series));
    }
    if (good)
        return GF_OK;
    if (!a->values->why.size && !a->values->why.failed)
        return tell(a);
    if (a->problems.out_of_memory || a->values->why.failed)
        return GF_ERROR_MEMORY;
    return a->numbers > MOST ? GF_ERROR_LIMIT : GF_ERROR_ARGUMENT;
}

gf_status gf_values_find_at(gf_values *out, gf_model *m, const char *const texts[], size_t count,
                            const gf_points *points, const char *who, const gf_values_options *options)
{
    *out = (gf_values){.m = m, .count = count};
    out->list = gf_arena_get(&out->arena, (count + 1) * sizeof *out->list);
    asking a = {.values = out, .m = m, .options = options, .problems = {.source = &m->file.source}};
    a.points = points;
    a.who = who;
    uint32_t size = m->file.source.size, lines = m->file.source.line_count;
    const void *trees = gf_arena_get(&m->file.arena, 0);
    gf_status status = out->list && trees ? gf_judge_start(&a.judge, m) : GF_ERROR_MEMORY;
    if (!status)
        status = find(&a, texts, options->at);
    if (out->list && trees)
        gf_judge_free(&a.judge);
    gf_problems_free(&a.problems);
    free(a.variables);
    if (trees)
        gf_arena_back(&m->file.arena, trees);
    gf_source_cut(&m->file.source, size, lines);
    return status;
}

gf_status gf_values_find(gf_values *out, gf_model *m, const char *const texts[], size_t count,
                         const gf_values_options *options)
{
    return gf_values_find_at(out, m, texts, count, NULL, "show", options);
}

void gf_values_free(gf_values *values)
{
    gf_arena_free(&values->arena);
    gf_text_free(&values->why);
}
