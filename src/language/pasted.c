/* A line that was pasted from elsewhere: the rows of the table put in, and the line read as a trial. */
#include "language/pasted.h"

#include <string.h>

#include "language/functions.h"
#include "language/holes.h"
#include "language/products.h"
#include "language/tree.h"

enum { ROUNDS = 60, LONGEST = 2000 }; /* rows put into one line, and bytes that it may come to, at most */

/* --- one row ------------------------------------------------------------------------------------------------ */

/* The next place of a line where a word can stand: not within quotes. */
static uint32_t next_place(const char *line, uint32_t at)
{
    const char *close = line[at] == '"' ? strchr(line + at + 1, '"') : NULL;
    return close ? (uint32_t)(close - line) + 1 : at + 1;
}

static bool is_whole(const gf_foreign_word *row)
{
    return !strncmp(row->written, "$^", 2);
}

/* Row number *k, or the next one that may fit the line; NULL beyond the last. */
static const gf_foreign_word *next_row(size_t *k, const char *line, const gf_bytes *bytes)
{
    const gf_foreign_word *row;
    while ((row = gf_foreign_row(*k)) && !gf_pattern_may_fit(line, bytes, row->written))
        ++*k;
    return row;
}

/* The row's next fit from a place on. */
static bool next_fit(gf_match *match, const char *line, uint32_t *at, const gf_foreign_word *row,
                     const gf_knowledge *known)
{
    for (; line[*at] && !(is_whole(row) && *at); *at = next_place(line, *at))
        if (gf_pattern_fits(match, line, *at, row->written, row->when, known))
            return true;
    return false;
}

/* Of two that begin at one place the first of the table counts, as it does where they are put in. */
static bool is_closer(const gf_match *match, const gf_match *other)
{
    return match->span.begin != other->span.begin &&
           match->span.end - match->span.begin < other->span.end - other->span.begin;
}

const gf_foreign_word *gf_pasted_word(gf_match *match, const char *line, uint32_t at, const gf_knowledge *known)
{
    const gf_foreign_word *word = NULL, *row;
    gf_match found;
    const gf_bytes bytes = gf_bytes_of(line);
    for (size_t k = 0; (row = next_row(&k, line, &bytes)); k++)
        for (uint32_t begin = 0; next_fit(&found, line, &begin, row, known); begin++) {
            bool around = found.span.begin <= at && found.span.end > at;
            bool last = row->when & WHEN_LAST;
            bool better = !word || (!last && (is_whole(row) || is_closer(&found, match)));
            if (!around || !better)
                continue;
            word = row;
            *match = found;
            if (is_whole(row) && !last)
                return word;
        }
    return word;
}

/* The first row, in the order of the table, that fits anywhere. */
static const gf_foreign_word *first_word(gf_match *match, const char *line, const gf_knowledge *known)
{
    const gf_foreign_word *row;
    const gf_bytes bytes = gf_bytes_of(line);
    for (size_t k = 0; (row = next_row(&k, line, &bytes)); k++) {
        uint32_t at = 0;
        if (next_fit(match, line, &at, row, known))
            return row;
    }
    return NULL;
}

/* --- the line ----------------------------------------------------------------------------------------------------- */

/* What stands in let and claim only, norm2(a) and the like? */
static bool judges(const gf_names *names, const gf_tree *tree)
{
    gf_function function;
    if (tree->kind == TREE_CALL && gf_function_called(&function, gf_names_text(names, tree->name), tree->count) &&
        function.judging)
        return true;
    for (uint32_t k = 0; tree->kind != TREE_NUMBER && k < tree->count; k++)
        if (judges(names, tree->kids[k]))
            return true;
    return false;
}

static bool is_mistaken(const gf_text_file *file)
{
    for (const gf_statement *s = file->statements; s; s = s->next)
        if (s->value && s->kind != STATEMENT_LET && s->kind != STATEMENT_CLAIM && judges(&file->names, s->value))
            return true;
    return !file->statement_count;
}

/* Can it be read, and is what it calls there? */
static bool reads(gf_text *w, const char *line)
{
    gf_text_file file = {.end = 0};
    gf_problems problems = {.source = &file.source};
    bool memory = !gf_source_new(&file.source, "", line, strlen(line));
    if (memory)
        gf_text_file_parse(&file, &problems);
    bool good = memory && !gf_problems_any(&problems) && !is_mistaken(&file);
    w->failed |= !memory || problems.out_of_memory;
    gf_problems_free(&problems);
    gf_text_file_free(&file);
    return good;
}

/* One blank where there are several, none at the ends. */
static void squeeze(gf_text *w)
{
    size_t kept = 0;
    for (size_t k = 0; k < w->size; k++)
        if (w->data[k] != ' ' || (kept && w->data[kept - 1] != ' '))
            w->data[kept++] = w->data[k];
    while (kept && w->data[kept - 1] == ' ')
        kept--;
    if (w->data)
        w->data[w->size = kept] = '\0';
}

/* Puts rows in as long as one fits; false where one has to be thought over, or there is no end. */
static bool put_words(gf_text *w, const gf_knowledge *known, const gf_foreign_word **first, gf_match *place)
{
    for (int round = 0; round < ROUNDS && w->size <= LONGEST && !w->failed; round++) {
        gf_match match;
        const gf_foreign_word *word = first_word(&match, gf_text_string(w), known);
        if (!round) {
            *first = word;
            *place = match;
        }
        if (!word || !word->here)
            return !word;
        gf_text next = {0};
        if (!round && gf_products_are_matlab(gf_text_string(w), known))
            gf_products_from_matlab(&next, gf_text_string(w), known);
        else
            gf_pattern_replace(&next, gf_text_string(w), &match, word->here, known);
        gf_text_free(w);
        *w = next;
    }
    return false;
}

static gf_name_kind nothing(const void *data, const char *name)
{
    (void)data;
    (void)name;
    return KNOWN_NOT;
}

bool gf_pasted_is_step(const char *name)
{
    const gf_knowledge none = {nothing, NULL, ""};
    const gf_foreign_word *first;
    gf_match place;
    size_t size = strlen(name);
    if (!size || (name[size - 1] != 't' && (unsigned char)name[size - 1] < 0x80))
        return false;
    gf_text w = {0};
    gf_text_add(&w, name);
    bool put = put_words(&w, &none, &first, &place);
    const char *text = gf_text_string(&w);
    uint32_t end = gf_name_end(text, 0);
    bool step = put && end && !strcmp(text + end, "[t]");
    gf_text_free(&w);
    return step;
}

static const char as_line[] = "let _ = "; /* before an expression, to make it a line */

/* What the row makes of its place, with what other rows make of that; NULL where it is not short. It stands in `w`. */
static const char *make_piece(gf_text *w, const gf_foreign_word *word, const gf_match *match, const char *line,
                              const gf_knowledge *known)
{
    enum { LENGTH = 60 };
    const size_t lead = is_whole(word) ? 0 : strlen(as_line);
    const gf_foreign_word *first;
    gf_match place;
    gf_text_add(w, is_whole(word) ? "" : as_line);
    gf_pattern_fill(w, line, match, word->here, known);
    bool good = put_words(w, known, &first, &place) && w->size > lead && w->size <= lead + LENGTH;
    return good && !w->failed && !strncmp(w->data, as_line, lead) ? w->data + lead : NULL;
}

void gf_pasted_say(gf_text *w, const gf_foreign_word *word, const gf_match *match, const char *line,
                   const gf_knowledge *known)
{
    const char *here = word->say ? word->say : word->here;
    gf_text text = {0};
    const char *piece = NULL;
    if (here && *here && !word->say && gf_pattern_is_short(match, line))
        piece = make_piece(&text, word, match, line, known);
    if (piece)
        gf_text_bytes(w, line + match->span.begin, match->span.end - match->span.begin);
    else
        gf_pattern_show(w, word->written, match, line);
    gf_text_print(w, " is %s", word->what);
    if (here)
        gf_text_add(w, *here ? ": write " : ": leave it out");
    if (piece)
        gf_text_add(w, piece);
    else if (here)
        gf_pattern_show(w, here, match, line);
    w->failed |= text.failed;
    gf_text_free(&text);
}

/* Is it a line without matrices, as seed 1 2? */
static bool has_numbers_alone(const char *line)
{
    static const char *const words[] = {"size", "steps", "seed", "truncate", "title", NULL};
    return gf_word_is_among(words, line, gf_name_end(line, 0));
}

static bool put_products(gf_text *w, const gf_knowledge *known)
{
    if (has_numbers_alone(gf_text_string(w)))
        return false;
    gf_text next = {0};
    gf_products_add(&next, gf_text_string(w), known);
    bool good = !next.failed && strcmp(gf_text_string(w), gf_text_string(&next)) != 0;
    good = good && reads(w, gf_text_string(&next));
    w->failed |= next.failed;
    if (good) {
        gf_text_free(w);
        *w = next;
    } else {
        gf_text_free(&next);
    }
    return good;
}

bool gf_pasted_rewrite(gf_text *w, const char *line, const gf_knowledge *known, const gf_foreign_word **first,
                       gf_match *place)
{
    gf_text_add(w, line);
    *first = NULL;
    if (!put_words(w, known, first, place) || w->failed)
        return false;
    squeeze(w);
    bool good = put_products(w, known) || (!w->failed && *first && reads(w, gf_text_string(w)));
    return good && strcmp(gf_text_string(w), line) != 0;
}
