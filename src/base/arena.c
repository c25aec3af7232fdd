/* The arena: blocks of growing size, filled from the front. What gf_arena_back takes back is kept for what comes next:
 * a graph that is rewound and built again asks for the same pieces in the same order, and gets the same blocks. */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct gf_arena_block {
    gf_arena_block *older;
    size_t size, used; /* of the bytes */
    char bytes[];
};

enum { ALIGNMENT = 8, CACHE_LINE = 64, LARGE = 512, SMALLEST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

static void push(gf_arena_block **row, gf_arena_block *block)
{
    block->older = *row;
    *row = block;
}

static gf_arena_block *pop(gf_arena_block **row)
{
    gf_arena_block *block = *row;
    *row = block->older;
    return block;
}

static void drop_spare(gf_arena *arena)
{
    gf_arena_block *block = pop(&arena->spare);
    arena->held -= sizeof *block + block->size;
    free(block);
}

/* Blocks double from 4 KiB to 1 MiB; a larger piece gets a block of its own size. */
static gf_arena_block *new_block(gf_arena *arena, size_t bytes)
{
    size_t size = arena->block ? 2 * arena->block->size : SMALLEST_BLOCK;
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < bytes)
        size = bytes;
    gf_arena_block *block = malloc(sizeof *block + size);
    if (!block)
        return NULL;
    block->size = size;
    arena->held += sizeof *block + size;
    return block;
}

/* A spare block that is large enough, or a new one. Smaller ones on the way are freed: what is built differs from what
 * was. */
static gf_arena_block *add_block(gf_arena *arena, size_t bytes)
{
    while (arena->spare && arena->spare->size < bytes)
        drop_spare(arena);
    gf_arena_block *block = arena->spare ? pop(&arena->spare) : new_block(arena, bytes);
    if (!block)
        return NULL;
    block->used = 0;
    push(&arena->block, block);
    return block;
}

/* How many bytes are left out so that a large piece begins with a line of the processor's cache. */
static size_t gap(const gf_arena_block *block, size_t bytes)
{
    uintptr_t at = (uintptr_t)block->bytes + block->used;
    return bytes < LARGE ? 0 : (size_t)(-at % CACHE_LINE);
}

void *gf_arena_room(gf_arena *arena, size_t bytes)
{
    if (bytes > SIZE_MAX / 2)
        return NULL;
    bytes = bytes ? (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT;
    gf_arena_block *block = arena->block;
    if (!block || block->size - block->used < bytes + gap(block, bytes))
        block = add_block(arena, bytes < LARGE ? bytes : bytes + CACHE_LINE);
    if (!block)
        return NULL;
    void *piece = block->bytes + block->used + gap(block, bytes);
    block->used += bytes + gap(block, bytes);
    return piece;
}

void *gf_arena_get(gf_arena *arena, size_t bytes)
{
    void *piece = gf_arena_room(arena, bytes);
    return piece ? memset(piece, 0, bytes) : NULL;
}

char *gf_arena_text(gf_arena *arena, const char *text)
{
    size_t bytes = strlen(text) + 1;
    char *copy = gf_arena_get(arena, bytes);
    return copy ? memcpy(copy, text, bytes) : NULL;
}

static int holds(const gf_arena_block *block, const void *piece)
{
    uintptr_t at = (uintptr_t)piece, from = (uintptr_t)block->bytes;
    return at >= from && at < from + block->size;
}

bool gf_matrix_keep(gf_matrix *out, gf_arena *arena, const gf_matrix *value)
{
    double *numbers = gf_arena_room(arena, gf_matrix_size(value) * sizeof *numbers);
    if (!numbers)
        return false;
    *out = gf_matrix_over(numbers, value->rows, value->cols);
    gf_matrix_copy(out, value);
    return true;
}

void gf_arena_back(gf_arena *arena, const void *piece)
{
    while (arena->block && !holds(arena->block, piece))
        push(&arena->spare, pop(&arena->block));
    if (arena->block)
        arena->block->used = (size_t)((const char *)piece - arena->block->bytes);
}

void gf_arena_free(gf_arena *arena)
{
    gf_arena_back(arena, NULL); /* which no block holds */
    while (arena->spare)
        drop_spare(arena);
}
