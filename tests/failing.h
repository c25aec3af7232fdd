/* Memory that runs out: number `fail_at` of the allocations that are counted fails, or, `for_good`, all from there on.
 * For a test that is linked with --wrap=malloc and so on; nothing is asserted while heap.watching: Check allocates. */
#ifndef GF_TESTS_FAILING_H
#define GF_TESTS_FAILING_H

#include <stdbool.h>
#include <stddef.h>

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_realloc(void *piece, size_t bytes);
void __real_free(void *piece);

/* Which allocation is to fail: number fail_at, and, if `for_good`, all after it; and how many pieces are out. */
static struct {
    bool watching, for_good;
    long count, fail_at, pieces;
} heap;

static bool fails_now(void)
{
    heap.count += heap.watching;
    return heap.watching && (heap.count == heap.fail_at || (heap.for_good && heap.count > heap.fail_at));
}

static void *counted(void *piece)
{
    heap.pieces += heap.watching && piece;
    return piece;
}

void *__wrap_malloc(size_t bytes)
{
    return fails_now() ? NULL : counted(__real_malloc(bytes));
}

void *__wrap_calloc(size_t count, size_t bytes)
{
    return fails_now() ? NULL : counted(__real_calloc(count, bytes));
}

void *__wrap_realloc(void *piece, size_t bytes)
{
    if (fails_now())
        return NULL;
    heap.pieces -= heap.watching && piece;
    return counted(__real_realloc(piece, bytes));
}

void __wrap_free(void *piece)
{
    heap.pieces -= heap.watching && piece;
    __real_free(piece);
}

#endif
