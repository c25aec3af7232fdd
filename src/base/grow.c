/* Arrays that grow. */
#include "base/grow.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SMALLEST_ROOM = 16 };

bool gf_grow_bytes(void *array, size_t *room, size_t count, size_t size)
{
    size_t wanted = *room ? 2 * *room : SMALLEST_ROOM;
    if (count <= *room)
        return true;
    if (wanted < count)
        wanted = count;
    char *old, *larger;
    memcpy(&old, array, sizeof old); /* whatever it points to: a cast of the pointer's address would be an alias */
    larger = wanted <= SIZE_MAX / 2 / size ? realloc(old, wanted * size) : NULL;
    if (!larger)
        return false;
    memset(larger + *room * size, 0, (wanted - *room) * size);
    memcpy(array, &larger, sizeof larger);
    *room = wanted;
    return true;
}
