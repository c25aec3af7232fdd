/* The arena: blocks of growing size, filled from the front. */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct gf_arena_block {
    gf_arena_block *older;
    size_t size, used; /* of the bytes behind this header */
};

enum { ALIGNMENT = 8, SMALLEST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

static char *first_byte(const gf_arena_block *block)
{
    return (char *)(block + 1);
}

/* Blocks double from 4 KiB to 1 MiB; a larger piece gets a block of its own size. */
static gf_arena_block *add_block(gf_arena *arena, size_t bytes)
{
    size_t size = arena->block ? 2 * arena->block->size : SMALLEST_BLOCK;
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size < bytes)
        size = bytes;
    gf_arena_block *block = malloc(sizeof *block + size);
    if (!block)
        return NULL;
    *block = (gf_arena_block){arena->block, size, 0};
    arena->block = block;
    arena->held += sizeof *block + size;
    return block;
}

void *gf_arena_get(gf_arena *arena, size_t bytes)
{
    if (bytes > SIZE_MAX / 2)
        return NULL;
    bytes = bytes ? (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT;
    gf_arena_block *block = arena->block;
    if (!block || block->size - block->used < bytes)
        block = add_block(arena, bytes);
    if (!block)
        return NULL;
    void *piece = first_byte(block) + block->used;
    block->used += bytes;
    return memset(piece, 0, bytes);
}

char *gf_arena_text(gf_arena *arena, const char *text)
{
    size_t bytes = strlen(text) + 1;
    char *copy = gf_arena_get(arena, bytes);
    return copy ? memcpy(copy, text, bytes) : NULL;
}

static void drop_block(gf_arena *arena)
{
    gf_arena_block *block = arena->block;
    arena->block = block->older;
    arena->held -= sizeof *block + block->size;
    free(block);
}

static int holds(const gf_arena_block *block, const void *piece)
{
    uintptr_t at = (uintptr_t)piece, from = (uintptr_t)first_byte(block);
    return at >= from && at < from + block->size;
}

void gf_arena_back(gf_arena *arena, const void *piece)
{
    while (arena->block && !holds(arena->block, piece))
        drop_block(arena);
    if (arena->block)
        arena->block->used = (size_t)((const char *)piece - first_byte(arena->block));
}

void gf_arena_free(gf_arena *arena)
{
    while (arena->block)
        drop_block(arena);
}
