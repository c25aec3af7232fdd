/* Names: a hash table with linear probing, at most half full. */
#include "base/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

enum { SMALLEST_ROOM = 64 };

/* FNV-1a (Fowler, Noll and Vo). */
static uint32_t hash(const char *text)
{
    uint32_t h = 2166136261u;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 16777619u;
    return h;
}

/* The slot that holds the name, or the free one where it belongs. */
static uint32_t *slot_of(const gf_names *names, const char *text)
{
    uint32_t at = hash(text) & (names->room - 1);
    while (names->slots[at] && strcmp(names->text[names->slots[at]], text) != 0)
        at = (at + 1) & (names->room - 1);
    return &names->slots[at];
}

static int grow(gf_names *names)
{
    uint32_t room = names->room ? 2 * names->room : SMALLEST_ROOM;
    uint32_t *slots = calloc(room, sizeof *slots);
    if (!slots)
        return 0;
    free(names->slots);
    names->slots = slots;
    names->room = room;
    for (uint32_t number = 1; number <= names->count; number++)
        *slot_of(names, names->text[number]) = number;
    return 1;
}

uint32_t gf_names_add(gf_names *names, const char *text)
{
    if (!text || !*text)
        return 0;
    uint32_t known = gf_names_find(names, text);
    if (known != UINT32_MAX)
        return known;
    if (names->count + 1 > names->room / 2 && !grow(names))
        return UINT32_MAX;
    bool has_room = gf_grow(&names->text, &names->text_room, names->count + 2);
    const char *copy = has_room ? gf_arena_text(&names->arena, text) : NULL;
    if (!copy)
        return UINT32_MAX;
    uint32_t *slot = slot_of(names, text);
    names->text[++names->count] = copy;
    return *slot = names->count;
}

uint32_t gf_names_find(const gf_names *names, const char *text)
{
    if (!text || !*text)
        return 0;
    uint32_t number = names->room ? *slot_of(names, text) : 0;
    return number ? number : UINT32_MAX;
}

const char *gf_names_text(const gf_names *names, uint32_t number)
{
    return number ? names->text[number] : "";
}

size_t gf_names_memory(const gf_names *names)
{
    return names->arena.held + names->text_room * sizeof *names->text + names->room * sizeof *names->slots;
}

void gf_names_free(gf_names *names)
{
    gf_arena_free(&names->arena);
    free((void *)names->text);
    free(names->slots);
    *names = (gf_names){0};
}
