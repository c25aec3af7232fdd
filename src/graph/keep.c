/* What rooms above keep in a graph, such as cells: freed with it, and dropped by a rewind to before it was made. */
#include "base/grow.h"
#include "graph/node.h"

void *gf_graph_keep(gf_graph *g, size_t bytes)
{
    gf_keep *keep = &g->keep;
    if (!gf_grow(&keep->places, &keep->room, keep->count + 1))
        return NULL;
    gf_keep_place *place = &keep->places[keep->count];
    gf_kept **kept = &place->two[place->turn];
    if (!*kept && !(*kept = gf_arena_get(&keep->arena, bytes)))
        return NULL;
    **kept = (gf_kept){.graph = g, .number = keep->count++};
    place->mark = g->size;
    return *kept;
}

bool gf_kept_lives(const gf_kept *kept)
{
    const gf_keep *keep = &kept->graph->keep;
    if (kept->number >= keep->count)
        return false;
    const gf_keep_place *place = &keep->places[kept->number];
    return place->two[place->turn] == kept;
}

void gf_keep_rewind(gf_keep *keep, size_t mark)
{
    while (keep->count && keep->places[keep->count - 1].mark > mark)
        keep->places[--keep->count].turn ^= 1;
}
