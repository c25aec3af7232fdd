/* The text of a model file, and the problems found in it. */
#ifndef GF_LANGUAGE_SOURCE_H
#define GF_LANGUAGE_SOURCE_H

#include <stdint.h>

#include <gradflow/base.h>

#include "base/arena.h"
#include "text/text.h"

/* --- the text --------------------------------------------------------------------------------------- */

enum { GF_SOURCE_LIMIT = 64 << 20 }; /* bytes of a file */

/* Places in it are kept as the number of bytes before them; lines and columns are worked out when somebody asks. */
typedef struct gf_source {
    char *name;
    char *text; /* size bytes and a 0 */
    uint32_t size;
    uint32_t *lines; /* where each line begins, the first one behind a byte order mark */
    uint32_t line_count;
} gf_source;

typedef struct gf_span {
    uint32_t begin, end; /* the bytes from begin on, up to end */
} gf_span;

/* Copies name and text. GF_ERROR_MEMORY, or GF_ERROR_LIMIT where the text is too long; free it in any case. */
gf_status gf_source_new(gf_source *source, const char *name, const char *text, size_t size);
void gf_source_free(gf_source *source);

/* Puts a text behind the source, on a line of its own, so that it can be read and quoted like a line of the file;
 * *begin is where. False without memory, or where it gets too long; it is as before then. */
bool gf_source_append(gf_source *source, const char *text, uint32_t *begin);

/* Takes back what was appended: the first `size` bytes and `lines` lines are left. */
void gf_source_cut(gf_source *source, uint32_t size, uint32_t lines);

/* The line, and the column counted in characters, of a place; both from 1. */
int gf_source_line(const gf_source *source, uint32_t at);
int gf_source_column(const gf_source *source, uint32_t at);

/* Adds a piece of the text as it is written there, on one line: runs of white space (and comments) become one blank.
 * Longer than `most` characters (0: any length) it is cut, and ends in "…". */
void gf_source_quote(gf_text *w, const gf_source *source, gf_span span, int most);

/* --- problems --------------------------------------------------------------------------------------- */

enum { GF_PROBLEMS_KEPT = 200, GF_PROBLEMS_SHOWN = 20 };

typedef struct gf_note {
    const char *text;
    struct gf_note *next;
} gf_note;

/* One thing that is wrong: where, what, and, in the notes, why or what to do. */
typedef struct gf_problem {
    gf_status status;
    uint32_t at;      /* the caret; GF_NOWHERE where it is about no place of the text */
    gf_span under[2]; /* underlined with ~ ; empty where begin == end */
    const char *text; /* one line, without the place */
    gf_note *notes;
} gf_problem;

#define GF_NOWHERE UINT32_MAX

/* The problems of a text, or of one statement. Zero-initialise it but for the source, which must outlive it. */
typedef struct gf_problems {
    const gf_source *source;
    gf_arena arena;
    gf_problem **list; /* in the order of their places once gf_problems_sort ran */
    uint32_t count;
    size_t room;
    bool out_of_memory; /* some problem, perhaps, is not in the list */
} gf_problems;

/* Adds a problem and returns it; NULL without memory or where enough are kept, which the next two do not mind. With
 * problems == NULL nothing is kept: who only wants to know whether something is wrong looks at what is returned else.
 * The list is limited; that something was found, `count` or `out_of_memory` say in any case. */
gf_problem *gf_problem_add(gf_problems *problems, gf_status status, uint32_t at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void gf_problem_under(gf_problem *problem, gf_span span);
void gf_problem_note(gf_problems *problems, gf_problem *problem, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Says something else instead, and of another place; without its notes. And takes problem number k back. */
void gf_problem_reword(gf_problems *problems, gf_problem *problem, gf_span place, const char *text);
void gf_problem_drop(gf_problems *problems, uint32_t k);

/* Found anything? And the status of the first. */
bool gf_problems_any(const gf_problems *problems);
gf_status gf_problems_status(const gf_problems *problems);

/* By place; a place that has two problems keeps the first alone. */
void gf_problems_sort(gf_problems *problems);

/* One problem as it is shown: the line "FILE:LINE:COLUMN: error: TEXT", the line of the file, the marks under it, the
 * notes. All of them, sorted, up to GF_PROBLEMS_SHOWN. */
void gf_problem_write(gf_text *w, const gf_source *source, const gf_problem *problem);
void gf_problems_write(gf_text *w, gf_problems *problems);

void gf_problems_free(gf_problems *problems);

#endif
