/* Lets that their uses exchange.
 *
 *     let d10[t] = d8[t] * (1 - g[t]^2)                          claim grad(Wr) = sum(t, h[t-1]' @ d10[t])
 *     let d18[t] = d10[t] @ Wg' * h[t-1] * r[t] * (1 - r[t])     claim grad(Wg) = sum(t, (h[t-1] * r[t])' @ d18[t])
 *
 * Each claim holds, if its let stands for what the line of the other one comes to. Neither is read otherwise by itself:
 * what uses the other is wrong with it, too. So where the lines of several lets are wrong that their uses speak for,
 * all of them are found once more by what their own lines come to, be it what one use brings, and that stays under
 * which less is to be written in all lines. */
#include "mend/readings/readings.h"

#include <string.h>

/* Does it stand for what it does since lines that use it are right with that, while its own is wrong? The values have
 * been put in. */
static bool is_doubtful(gf_readings *readings, const gf_reading *reading)
{
    bool said = reading->right || reading->trust || !reading->known || !reading->truth ||
                gf_is_gradient_name(readings->claims->m, reading->name, reading->truth);
    return !said && !gf_fits_own_lines(readings, reading) && gf_fits_in_use(readings, reading);
}

/* What is neither right nor said is forgotten, and found anew. */
static bool find_anew(gf_readings *readings, const bool doubt[])
{
    for (size_t k = 0; k < readings->count; k++) {
        gf_reading *reading = &readings->list[k];
        reading->known = reading->right || reading->trust;
        reading->mute = doubt[k];
    }
    return gf_readings_find_rest(readings);
}

bool gf_readings_find_exchanged(gf_readings *readings)
{
    size_t bytes = readings->count * sizeof *readings->list, doubtful = 0;
    gf_reading *before = gf_arena_get(&readings->arena, bytes);
    bool *doubt = gf_arena_get(&readings->arena, readings->count * sizeof *doubt);
    if (!before || !doubt || !gf_readings_force(readings))
        return false;
    for (size_t k = 0; k < readings->count; k++)
        doubtful += doubt[k] = is_doubtful(readings, &readings->list[k]);
    if (doubtful < 2)
        return true;
    memcpy(before, readings->list, bytes);
    size_t size = gf_readings_size(readings);
    if (!find_anew(readings, doubt))
        return false;
    if (gf_readings_size(readings) >= size)
        memcpy(readings->list, before, bytes);
    return !readings->claims->judge.out_of_memory;
}
