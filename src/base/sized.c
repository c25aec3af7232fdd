/* Structs that begin with their size. */
#include "base/sized.h"

#include <stdio.h>
#include <string.h>

static bool is_zero(const char *bytes, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (bytes[k])
            return false;
    return true;
}

bool gf_sized_take_bytes(void *own, size_t own_size, const void *given, size_t smallest, const char *type,
                         char why[GF_SIZED_WHY])
{
    size_t size = own_size;
    memset(own, 0, own_size);
    if (given)
        memcpy(&size, given, sizeof size);
    bool set = size >= smallest;
    bool known = size <= own_size || (set && is_zero((const char *)given + own_size, size - own_size));
    if (given && set && known)
        memcpy(own, given, size < own_size ? size : own_size);
    if (!set)
        snprintf(why, GF_SIZED_WHY, "the size of the %s is %zu: begin it with .size = sizeof(%s)", type, size, type);
    else if (!known)
        snprintf(why, GF_SIZED_WHY, "the %s is of a newer version, and sets what this one does not know", type);
    memcpy(own, &own_size, sizeof own_size);
    return set && known;
}

void gf_sized_give(void *to, size_t size, const void *own, size_t own_size)
{
    size_t filled = size < own_size ? size : own_size;
    if (!to || filled < sizeof filled)
        return;
    memcpy(to, own, filled);
    memcpy(to, &filled, sizeof filled);
}
