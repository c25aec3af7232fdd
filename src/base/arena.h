/* An arena: memory that is handed out piece by piece and freed at once, or back to a piece. */
#ifndef GF_BASE_ARENA_H
#define GF_BASE_ARENA_H

#include <gradflow/matrix.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct gf_arena_block gf_arena_block;

/* Zero-initialise it. */
typedef struct gf_arena {
    gf_arena_block *block; /* the block that serves now; the older ones hang behind it */
    gf_arena_block *spare; /* taken back, the next to serve first */
    size_t held;           /* bytes of all blocks */
} gf_arena;

/* `bytes` bytes of zeros, aligned for a double and a pointer; NULL without memory. Pieces of no bytes differ, too. */
void *gf_arena_get(gf_arena *arena, size_t bytes);

/* The same, but what the bytes are is not said. */
void *gf_arena_room(gf_arena *arena, size_t bytes);

/* A copy of a string; NULL without memory. */
char *gf_arena_text(gf_arena *arena, const char *text);

/* A copy of a matrix, its numbers in the arena. False without memory. */
bool gf_matrix_keep(gf_matrix *out, gf_arena *arena, const gf_matrix *value);

/* Takes back a piece and all that were handed out after it. Their blocks serve again. */
void gf_arena_back(gf_arena *arena, const void *piece);

/* Frees everything; the arena is empty again. */
void gf_arena_free(gf_arena *arena);

#endif
