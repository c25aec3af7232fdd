/* Edits -> text, in the spelling of the file where that stays. */
#include "mend/written.h"

#include <string.h>

#include "text/characters.h"

/* --- places ------------------------------------------------------------------------------------------------------- */

/* Where a node stands in a tree. */
typedef struct place {
    int strength; /* what it has to bind like */
    bool integer;
    const gf_tree *around; /* the term that it is a part of */
} place;

static place place_of_kid(const gf_tree *tree, uint32_t k, place own)
{
    const gf_operator *sign = gf_operator_of((gf_tree_kind)tree->kind);
    bool over = gf_tree_binds(tree), body = gf_bound_in(tree, k);
    bool power = tree->kind == TREE_POWER, sum = tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT;
    place kid = {.strength = STRENGTH_SUM, .integer = own.integer, .around = own.around};
    kid.integer |= tree->kind == TREE_AT || (over && !body);
    if (power)
        kid.strength = k ? STRENGTH_SIGN : STRENGTH_POSTFIX;
    else if (sign)
        kid.strength = sign->strength + (int)k;
    if ((sum && !own.integer) || body)
        kid.around = tree->kids[k];
    return kid;
}

static bool find_place(const gf_tree *tree, const gf_tree *node, place own, place *out)
{
    *out = own;
    if (tree == node)
        return true;
    for (uint32_t k = 0; k < tree->count; k++)
        if (find_place(tree->kids[k], node, place_of_kid(tree, k, own), out))
            return true;
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* --- what is wrong ------------------------------------------------------------------------------------------------ */

/* Names and numbers in part within the span come to be within it. */
static void take_in(gf_span *span, const gf_tree *tree)
{
    bool leaf = !tree->count || tree->kind == TREE_AT;
    bool touches = tree->span.begin < span->end && span->begin < tree->span.end;
    for (uint32_t k = 0; !leaf && k < tree->count; k++)
        take_in(span, tree->kids[k]);
    if (leaf && touches) {
        span->begin = tree->span.begin < span->begin ? tree->span.begin : span->begin;
        span->end = tree->span.end > span->end ? tree->span.end : span->end;
    }
}

static bool is_within(gf_span a, gf_span b)
{
    return a.begin < a.end && b.begin <= a.begin && a.end <= b.end;
}

/* Where the text differs from what replaces it; where that has but more, the whole is marked. */
static gf_span difference(const gf_source *source, const char *text, const gf_tree *old)
{
    gf_span span = old->span;
    const char *begin = text, *end = begin + strlen(begin);
    for (; span.begin < span.end && begin < end && source->text[span.begin] == *begin; begin++)
        span.begin++;
    for (; span.begin < span.end && begin < end && source->text[span.end - 1] == end[-1]; end--)
        span.end--;
    take_in(&span, old);
    return span;
}

/* Of a part that stands for the whole, what goes is wrong: -a, a', tanh(a). */
static void find_mark(gf_mend *mend, const gf_source *source, const gf_edit *edit)
{
    gf_span old = edit->old->span, rest = edit->instead->span;
    gf_span mark = is_within(rest, old) ? (gf_span){old.begin, rest.begin} : difference(source, mend->text, edit->old);
    if (is_within(rest, old) && rest.begin == old.begin)
        mark = (gf_span){rest.end, old.end};
    while (mark.begin < mark.end && is_blank(source->text[mark.begin]))
        mark.begin++;
    mend->mark = mark.begin < mark.end ? mark : old;
}

bool gf_mend_make(gf_mend *out, gf_arena *arena, const gf_model *m, const gf_statement *s, const gf_tree *root,
                  const gf_edit *edit)
{
    gf_text w = {0};
    place at;
    find_place(root, edit->old, (place){.strength = STRENGTH_SUM, .around = root}, &at);
    gf_tree_print_edited(&w, &m->file.names, &m->file.source, s->span, edit->instead,
                         at.integer ? STRENGTH_INDEX : at.strength);
    *out = (gf_mend){.statement = s, .kind = edit->kind, .cost = edit->cost, .old = edit->old->span};
    out->root = root;
    out->around = at.around->span;
    out->text = gf_text_keep(&w, arena);
    if (out->text)
        find_mark(out, &m->file.source, edit);
    return out->text;
}

/* --- lines -------------------------------------------------------------------------------------------------------- */

/* A part of a line, with the blank in which it ends. */
static void quote_part(gf_text *w, const gf_source *source, uint32_t begin, uint32_t end)
{
    if (begin >= end)
        return;
    gf_source_quote(w, source, (gf_span){begin, end}, 0);
    gf_text_add(w, is_blank(source->text[end - 1]) ? " " : "");
}

void gf_mend_write(gf_text *w, const gf_source *source, const gf_mend *mend, gf_span part)
{
    quote_part(w, source, part.begin, mend->old.begin);
    gf_text_add(w, mend->text);
    quote_part(w, source, mend->old.end, part.end);
}

/* So many columns of that character. */
static void write_columns(gf_text *w, const gf_text *text, char mark)
{
    int bytes;
    for (size_t at = 0; at < text->size; at += (size_t)bytes) {
        int width = gf_code_width(gf_utf8_decode(text->data + at, text->size - at, &bytes));
        for (int k = 0; k < width; k++)
            gf_text_bytes(w, &mark, 1);
    }
}

void gf_mend_write_marks(gf_text *w, const gf_source *source, const gf_mend *mend)
{
    gf_text before = {0}, under = {0};
    quote_part(&before, source, mend->statement->span.begin, mend->mark.begin);
    gf_source_quote(&under, source, mend->mark, 0);
    while (under.size && under.data[under.size - 1] == ' ')
        under.size--;
    write_columns(w, &before, ' ');
    write_columns(w, &under, '~');
    w->failed |= before.failed || under.failed;
    gf_text_free(&before);
    gf_text_free(&under);
}

/* Behind the bar of a call; NULL where nothing is held. */
static const char *bar_in(const char *text, size_t size)
{
    const char *bar = memchr(text, '|', size);
    return bar ? bar + 1 + strspn(bar + 1, " ") : NULL;
}

void gf_mend_say(gf_text *w, const gf_source *source, const gf_mend *mend)
{
    if (mend->kind == EDIT_POWER)
        gf_text_add(w, "^ goes element by element, and is no power of the matrix\n");
    if (mend->kind != EDIT_HELD)
        return;
    const char *held = bar_in(mend->text, strlen(mend->text));
    bool before = bar_in(source->text + mend->old.begin, mend->old.end - mend->old.begin);
    if (held) {
        gf_text_add(w, "this is the derivative with ");
        gf_text_bytes(w, held, strlen(held) - 1);
        gf_text_add(w, " held\n");
    } else if (before) {
        gf_text_add(w, "this is the derivative by every path\n");
    }
}
