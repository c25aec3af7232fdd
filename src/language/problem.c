/* Problems: collected while a file is read and unrolled, shown in the order of their places. */
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "language/source.h"
#include "text/characters.h"

/* --- collecting -------------------------------------------------------------------------------------- */

/* The formatted text, in the arena. */
static const char *keep_text(gf_problems *problems, const char *format, va_list arguments)
{
    gf_text w = {0};
    gf_text_vprint(&w, format, arguments);
    if (w.data)
        gf_make_printable(w.data);
    char *text = gf_text_keep(&w, &problems->arena);
    problems->out_of_memory |= !text;
    return text;
}

gf_problem *gf_problem_add(gf_problems *problems, gf_status status, uint32_t at, const char *format, ...)
{
    if (!problems || problems->count >= GF_PROBLEMS_KEPT)
        return NULL;
    va_list arguments;
    va_start(arguments, format);
    const char *text = keep_text(problems, format, arguments);
    va_end(arguments);
    bool has_room = text && gf_grow(&problems->list, &problems->room, problems->count + 1);
    gf_problem *problem = has_room ? gf_arena_get(&problems->arena, sizeof *problem) : NULL;
    if (!problem) {
        problems->out_of_memory = true;
        return NULL;
    }
    *problem = (gf_problem){.status = status, .at = at, .text = text};
    problems->list[problems->count++] = problem;
    return problem;
}

void gf_problem_under(gf_problem *problem, gf_span span)
{
    if (!problem)
        return;
    int k = problem->under[0].begin < problem->under[0].end ? 1 : 0;
    problem->under[k] = span;
}

void gf_problem_note(gf_problems *problems, gf_problem *problem, const char *format, ...)
{
    if (!problem)
        return;
    va_list arguments;
    va_start(arguments, format);
    const char *text = keep_text(problems, format, arguments);
    va_end(arguments);
    gf_note *note = text ? gf_arena_get(&problems->arena, sizeof *note) : NULL;
    if (!note) {
        problems->out_of_memory = true;
        return;
    }
    note->text = text;
    gf_note **end = &problem->notes;
    while (*end)
        end = &(*end)->next;
    *end = note;
}

void gf_problem_reword(gf_problems *problems, gf_problem *problem, gf_span place, const char *text)
{
    const char *kept = gf_arena_text(&problems->arena, text);
    problems->out_of_memory |= !kept;
    if (kept)
        *problem = (gf_problem){.status = problem->status, .at = place.begin, .under = {place}, .text = kept};
}

void gf_problem_drop(gf_problems *problems, uint32_t k)
{
    problems->count--;
    memmove(problems->list + k, problems->list + k + 1, (problems->count - k) * sizeof *problems->list);
}

bool gf_problems_any(const gf_problems *problems)
{
    return problems->count || problems->out_of_memory;
}

gf_status gf_problems_status(const gf_problems *problems)
{
    if (problems->out_of_memory)
        return GF_ERROR_MEMORY;
    return problems->count ? problems->list[0]->status : GF_OK;
}

void gf_problems_free(gf_problems *problems)
{
    free(problems->list);
    gf_arena_free(&problems->arena);
    *problems = (gf_problems){.source = problems->source};
}

/* --- sorting: insertion, since there are few, and those of one place keep their order -------------------- */

void gf_problems_sort(gf_problems *problems)
{
    uint32_t kept = 0;
    for (uint32_t k = 0; k < problems->count; k++) {
        gf_problem *problem = problems->list[k];
        uint32_t at = kept;
        while (at > 0 && problems->list[at - 1]->at > problem->at)
            at--;
        if (at > 0 && problem->at != GF_NOWHERE && problems->list[at - 1]->at == problem->at)
            continue;
        memmove(problems->list + at + 1, problems->list + at, (kept - at) * sizeof *problems->list);
        problems->list[at] = problem;
        kept++;
    }
    problems->count = kept;
}

/* --- showing ------------------------------------------------------------------------------------------ */

enum { MARGIN = 3, WINDOW = 160 }; /* characters of a line that are shown, at most */

static bool inside(gf_span span, uint32_t at)
{
    return at >= span.begin && at < span.end;
}

/* A long line is shown from a little before the caret on. */
static gf_span window(const gf_source *source, uint32_t at)
{
    int line = gf_source_line(source, at);
    gf_span span = {source->lines[line - 1], source->size};
    if ((uint32_t)line < source->line_count)
        span.end = source->lines[line] - 1;
    if (span.end > span.begin && source->text[span.end - 1] == '\r')
        span.end--;
    bool is_long = span.end - span.begin > WINDOW;
    for (int bytes; is_long && at > span.begin + WINDOW / 2; span.begin += (uint32_t)bytes)
        gf_utf8_decode(source->text + span.begin, span.end - span.begin, &bytes);
    return span;
}

/* One character of the line and, in the line below, its mark. Tabs are kept in both, so that they keep in step. */
static void show_character(gf_text *line, gf_text *marks, const char *text, int bytes, uint32_t code, char mark)
{
    bool shown = code != GF_INVALID && !gf_code_is_invisible(code);
    if (code == '\t' || shown)
        gf_text_bytes(line, text, (size_t)bytes);
    else
        gf_text_add(line, "?");
    int width = shown ? gf_code_width(code) : 1;
    if (!width && mark == '^' && marks->size) /* it is seen where the one before it is */
        marks->data[marks->size - 1] = mark;
    for (int k = 0; k < width; k++)
        gf_text_bytes(marks, code == '\t' ? "\t" : k && mark == '^' ? " " : &mark, 1);
}

static void write_line(gf_text *w, const gf_source *source, const gf_problem *problem)
{
    if (!source->size)
        return; /* an empty file has no line */
    gf_span span = window(source, problem->at);
    gf_text line = {0}, marks = {0};
    int bytes, count = 0;
    for (uint32_t at = span.begin; at < span.end && count < WINDOW; at += (uint32_t)bytes, count++) {
        uint32_t code = gf_utf8_decode(source->text + at, span.end - at, &bytes);
        bool under = inside(problem->under[0], at) || inside(problem->under[1], at);
        show_character(&line, &marks, source->text + at, bytes, code, at == problem->at ? '^' : under ? '~' : ' ');
    }
    if (problem->at >= span.end)
        gf_text_add(&marks, "^");
    while (marks.size && marks.data[marks.size - 1] == ' ')
        marks.data[--marks.size] = '\0';
    gf_text_print(w, "%*s%s\n%*s%s\n", MARGIN, "", gf_text_string(&line), MARGIN, "", gf_text_string(&marks));
    w->failed |= line.failed || marks.failed;
    gf_text_free(&line);
    gf_text_free(&marks);
}

void gf_problem_write(gf_text *w, const gf_source *source, const gf_problem *problem)
{
    gf_text_printable(w, source->name);
    gf_text_add(w, ":");
    if (problem->at != GF_NOWHERE)
        gf_text_print(w, "%d:%d:", gf_source_line(source, problem->at), gf_source_column(source, problem->at));
    gf_text_print(w, " error: %s\n", problem->text);
    if (problem->at != GF_NOWHERE)
        write_line(w, source, problem);
    for (const gf_note *note = problem->notes; note; note = note->next)
        gf_text_print(w, "%*s%s\n", MARGIN, "", note->text);
}

/* How many problems say the very same, and which is the first. */
static uint32_t alike(const gf_problems *problems, uint32_t k, uint32_t *first)
{
    uint32_t count = 0;
    *first = k;
    for (uint32_t other = problems->count; other-- > 0;)
        if (!strcmp(problems->list[k]->text, problems->list[other]->text))
            *first = other, count++;
    return count;
}

/* What is said of many lines, as of marks before each, is said of the first. */
void gf_problems_write(gf_text *w, gf_problems *problems)
{
    enum { MANY = 5 };
    gf_problems_sort(problems);
    uint32_t shown = 0;
    for (uint32_t k = 0; k < problems->count; k++) {
        uint32_t first, same = alike(problems, k, &first);
        if (same >= MANY && first < k)
            continue;
        if (shown++ == GF_PROBLEMS_SHOWN) {
            gf_text_printable(w, problems->source->name);
            gf_text_print(w, ": the first %d are shown, there are more\n", GF_PROBLEMS_SHOWN);
            break;
        }
        gf_problem_write(w, problems->source, problems->list[k]);
        if (same >= MANY)
            gf_text_print(w, "%*sthe same is wrong %s%u times more, further down\n", MARGIN, "",
                          problems->count < GF_PROBLEMS_KEPT ? "" : "at least ", (unsigned)same - 1);
    }
    if (problems->out_of_memory) {
        gf_text_printable(w, problems->source->name);
        gf_text_add(w, ": out of memory\n");
    }
}
