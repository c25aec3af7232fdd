/* Structs that begin with their size, so that a program made for an older or a newer version of them still works. */
#ifndef GF_BASE_SIZED_H
#define GF_BASE_SIZED_H

#include <stdbool.h>
#include <stddef.h>

enum { GF_SIZED_WHY = 128 };

/* Takes what a caller filled (NULL: nothing) into *own, a struct of the present version: what the caller's has not
 * is 0. `last` is the last member of the type's first version. False, with the reason in `why`, where the size is not
 * set, and where a newer struct sets what this version does not know.
 *
 *     gf_draw_options own;
 *     if (!gf_sized_take(&own, options, gf_draw_options, title, why))
 *         return gf_graph_fail(g, GF_ERROR_ARGUMENT, "draw: %s", why); */
#define gf_sized_take(own, given, type, last, why)                                                                     \
    gf_sized_take_bytes((own), sizeof(type), (given), offsetof(type, last) + sizeof((own)->last), #type, (why))

bool gf_sized_take_bytes(void *own, size_t own_size, const void *given, size_t smallest, const char *type,
                         char why[GF_SIZED_WHY]);

/* Does a struct that is used where it stands, such as the row of an operation, reach to its member `last`? Asked of
 * the last one of the first version: can it be used? A later member is read only where the struct reaches it. */
#define gf_sized_reaches(given, last)                                                                                  \
    ((given)->size >= (size_t)((const char *)(&(given)->last + 1) - (const char *)(given)))

/* Gives a struct of the present version to a caller whose own (NULL: none) has room for `size` bytes; it begins with
 * how many are filled in. */
void gf_sized_give(void *to, size_t size, const void *own, size_t own_size);

#endif
