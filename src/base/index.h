/* An index from pairs of whole numbers to numbers: a hash table with linear probing, at most three quarters full. */
#ifndef GF_BASE_INDEX_H
#define GF_BASE_INDEX_H

#include <stddef.h>
#include <stdint.h>

typedef struct gf_index_entry {
    uint64_t a;
    uint32_t b;
    uint32_t value; /* 0: nothing was put there */
} gf_index_entry;

/* Zero-initialise it. */
typedef struct gf_index {
    gf_index_entry *entries;
    size_t room, count;
} gf_index;

/* The value of (a, b); 0 where there is none. */
uint32_t gf_index_get(const gf_index *index, uint64_t a, uint32_t b);

/* Where the value of (a, b) stands, 0 if it is new, to be set at once and not to 0; NULL without memory, which a pair
 * that is there does not need. It moves when another pair is added. */
uint32_t *gf_index_put(gf_index *index, uint64_t a, uint32_t b);

size_t gf_index_memory(const gf_index *index);
void gf_index_free(gf_index *index);

#endif
