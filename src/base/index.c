/* An index from pairs of numbers to numbers. */
#include "base/index.h"

#include <stdlib.h>

enum { SMALLEST_ROOM = 64 };

/* The entry of a pair, or the free one where it belongs (Fibonacci hashing, Knuth 6.4). */
static gf_index_entry *place_of(const gf_index *index, uint64_t a, uint32_t b)
{
    uint64_t hash = (a * UINT64_C(0x9e3779b97f4a7c15) ^ b) * UINT64_C(0xbf58476d1ce4e5b9);
    size_t last = index->room - 1, at = (size_t)(hash >> 32) & last;
    while (index->entries[at].value && (index->entries[at].a != a || index->entries[at].b != b))
        at = (at + 1) & last;
    return &index->entries[at];
}

static int grow(gf_index *index)
{
    gf_index larger = {.room = index->room ? 2 * index->room : SMALLEST_ROOM, .count = index->count};
    larger.entries = calloc(larger.room, sizeof *larger.entries);
    if (!larger.entries)
        return 0;
    for (size_t k = 0; k < index->room; k++)
        if (index->entries[k].value)
            *place_of(&larger, index->entries[k].a, index->entries[k].b) = index->entries[k];
    free(index->entries);
    *index = larger;
    return 1;
}

uint32_t gf_index_get(const gf_index *index, uint64_t a, uint32_t b)
{
    return index->room ? place_of(index, a, b)->value : 0;
}

uint32_t *gf_index_put(gf_index *index, uint64_t a, uint32_t b)
{
    gf_index_entry *entry = index->room ? place_of(index, a, b) : NULL;
    if (entry && entry->value)
        return &entry->value;
    if (4 * index->count >= 3 * index->room && !grow(index))
        return NULL;
    entry = place_of(index, a, b);
    *entry = (gf_index_entry){.a = a, .b = b};
    index->count++;
    return &entry->value;
}

size_t gf_index_memory(const gf_index *index)
{
    return index->room * sizeof *index->entries;
}

void gf_index_free(gf_index *index)
{
    free(index->entries);
    *index = (gf_index){0};
}
