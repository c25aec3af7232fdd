/* A map from pairs of whole numbers to numbers: a hash table with linear probing, at most half full. */
#ifndef GF_BASE_MAP_H
#define GF_BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

typedef struct gf_map_entry {
    uint64_t a;
    uint32_t b;
    uint32_t value; /* 0: nothing was put there */
} gf_map_entry;

/* Zero-initialise it. */
typedef struct gf_map {
    gf_map_entry *entries;
    size_t room, count;
} gf_map;

/* The value of (a, b); 0 where there is none. */
uint32_t gf_map_get(const gf_map *map, uint64_t a, uint32_t b);

/* Where the value of (a, b) stands, 0 if it is new, to be set at once and not to 0; NULL without memory, which a pair
 * that is there does not need. It moves when another pair is added. */
uint32_t *gf_map_put(gf_map *map, uint64_t a, uint32_t b);

size_t gf_map_memory(const gf_map *map);
void gf_map_free(gf_map *map);

#endif
