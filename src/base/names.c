/* Names: texts by number, and an index from their hashes to their numbers. Of texts with one hash the first stands in
 * the index at place 0, the next at place 1. */
#include "base/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

/* FNV-1a (Fowler, Noll and Vo). */
static uint32_t hash(const char *text)
{
    uint32_t h = 2166136261u;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 16777619u;
    return h;
}

/* The number of a name, UINT32_MAX if it is new; and its place among those of its hash. */
static uint32_t look_up(const gf_names *names, const char *text, uint32_t *place)
{
    if (!text || !*text)
        return 0;
    uint32_t h = hash(text), number;
    for (*place = 0; (number = gf_index_get(&names->numbers, h, *place)); ++*place)
        if (!strcmp(names->text[number], text))
            return number;
    return UINT32_MAX;
}

uint32_t gf_names_add(gf_names *names, const char *text)
{
    uint32_t place, known = look_up(names, text, &place);
    if (known != UINT32_MAX)
        return known;
    bool has_room = gf_grow(&names->text, &names->text_room, names->count + 2);
    const char *copy = has_room ? gf_arena_text(&names->arena, text) : NULL;
    uint32_t *number = copy ? gf_index_put(&names->numbers, hash(text), place) : NULL;
    if (!number)
        return UINT32_MAX;
    names->text[++names->count] = copy;
    return *number = names->count;
}

uint32_t gf_names_find(const gf_names *names, const char *text)
{
    uint32_t place;
    return look_up(names, text, &place);
}

bool gf_names_rename(gf_names *names, uint32_t number, const char *text)
{
    const char *copy = gf_arena_text(&names->arena, text);
    if (copy)
        names->text[number] = copy;
    return copy != NULL;
}

const char *gf_names_text(const gf_names *names, uint32_t number)
{
    return number ? names->text[number] : "";
}

size_t gf_names_memory(const gf_names *names)
{
    return names->arena.held + names->text_room * sizeof *names->text + gf_index_memory(&names->numbers);
}

void gf_names_free(gf_names *names)
{
    gf_arena_free(&names->arena);
    free((void *)names->text);
    gf_index_free(&names->numbers);
    *names = (gf_names){0};
}
