/* Edits -> text, in the spelling of the file where that stays. */
#include "repair/mend.h"

#include <string.h>

#include "base/characters.h"

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
    bool over = tree->kind == TREE_SUM || tree->kind == TREE_PRODUCT;
    bool power = tree->kind == TREE_POWER, sum = tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT;
    place kid = {.strength = STRENGTH_SUM, .integer = own.integer, .around = own.around};
    kid.integer |= tree->kind == TREE_AT || (over && k + 1 < tree->count);
    if (power)
        kid.strength = k ? STRENGTH_SIGN : STRENGTH_POSTFIX;
    else if (sign)
        kid.strength = sign->strength + (int)k;
    if ((sum && !own.integer) || (over && k + 1 == tree->count))
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

bool gf_mend_make(gf_mend *out, gf_arena *arena, const gf_model *m, const gf_statement *s, const gf_tree *root,
                  const gf_edit *edit)
{
    gf_text w = {0};
    place at;
    find_place(root, edit->old, (place){.strength = STRENGTH_SUM, .around = root}, &at);
    gf_tree_print_edited(&w, &m->file.names, &m->file.source, edit->instead, at.integer ? STRENGTH_INDEX : at.strength);
    *out =
        (gf_mend){.statement = s, .kind = edit->kind, .cost = edit->cost, .old = edit->old->span, .mark = edit->mark};
    out->alike = true;
    out->around = at.around->span;
    out->text = w.failed ? NULL : gf_arena_text(arena, gf_text_string(&w));
    gf_text_free(&w);
    return out->text;
}

/* --- lines -------------------------------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

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
