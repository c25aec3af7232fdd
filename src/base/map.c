/* A map from pairs of numbers to numbers. */
#include "base/map.h"

#include <stdlib.h>

enum { SMALLEST_ROOM = 64 };

/* The entry of a pair, or the free one where it belongs (Fibonacci hashing, Knuth 6.4). */
static gf_map_entry *place_of(const gf_map *map, uint64_t a, uint32_t b)
{
    uint64_t hash = (a * UINT64_C(0x9e3779b97f4a7c15) ^ b) * UINT64_C(0xbf58476d1ce4e5b9);
    size_t last = map->room - 1, at = (size_t)(hash >> 32) & last;
    while (map->entries[at].value && (map->entries[at].a != a || map->entries[at].b != b))
        at = (at + 1) & last;
    return &map->entries[at];
}

static int grow(gf_map *map)
{
    gf_map larger = {.room = map->room ? 2 * map->room : SMALLEST_ROOM, .count = map->count};
    larger.entries = calloc(larger.room, sizeof *larger.entries);
    if (!larger.entries)
        return 0;
    for (size_t k = 0; k < map->room; k++)
        if (map->entries[k].value)
            *place_of(&larger, map->entries[k].a, map->entries[k].b) = map->entries[k];
    free(map->entries);
    *map = larger;
    return 1;
}

uint32_t gf_map_get(const gf_map *map, uint64_t a, uint32_t b)
{
    return map->room ? place_of(map, a, b)->value : 0;
}

uint32_t *gf_map_put(gf_map *map, uint64_t a, uint32_t b)
{
    gf_map_entry *entry = map->room ? place_of(map, a, b) : NULL;
    if (entry && entry->value)
        return &entry->value;
    if (2 * map->count >= map->room) {
        if (!grow(map))
            return NULL;
        entry = place_of(map, a, b);
    }
    map->count++;
    *entry = (gf_map_entry){.a = a, .b = b};
    return &entry->value;
}

size_t gf_map_memory(const gf_map *map)
{
    return map->room * sizeof *map->entries;
}

void gf_map_free(gf_map *map)
{
    free(map->entries);
    *map = (gf_map){0};
}
