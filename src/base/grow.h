/* Arrays that grow. */
#ifndef GF_BASE_GROW_H
#define GF_BASE_GROW_H

#include <stdbool.h>
#include <stddef.h>

/* Has an array, a pointer and how many elements it has room for (NULL and 0 at first), room for `count` elements: it
 * may move, and twice the room is taken at once; what is new is zeros. False without memory, or where no memory has so
 * many bytes: then the array stays as it is. It ends with free().
 *
 *     if (!gf_grow(&list->items, &list->room, list->count + 1))
 *         return false;
 *     list->items[list->count++] = item; */
#define gf_grow(array, room, count) ((count) <= *(room) || gf_grow_bytes((array), (room), (count), sizeof **(array)))

/* The same of an array whose elements have `size` bytes; `array` points to the pointer. */
bool gf_grow_bytes(void *array, size_t *room, size_t count, size_t size);

#endif
