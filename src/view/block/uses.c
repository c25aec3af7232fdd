/* Which box of a block uses which: without circles, each once, and an order in which whoever is used comes first. */
#include "view/block/ways.h"

/* Lists of what each box is linked to, the way that `from` and `to` say. */
static gf_status make_lists(gf_block *block, gf_block_list **out, const int *from, const int *to, int count)
{
    gf_block_list *lists = gf_arena_get(&block->arena, (size_t)block->box_count * sizeof *lists);
    if (!lists)
        return GF_ERROR_MEMORY;
    for (int k = 0; k < count; k++)
        lists[from[k]].count++;
    for (int i = 0; i < block->box_count; i++) {
        lists[i].of = gf_arena_get(&block->arena, (size_t)lists[i].count * sizeof *lists[i].of);
        if (!lists[i].of)
            return GF_ERROR_MEMORY;
        lists[i].count = 0;
    }
    for (int k = 0; k < count; k++)
        lists[from[k]].of[lists[from[k]].count++] = to[k];
    *out = lists;
    return GF_OK;
}

/* Takes out what stands in a list twice. `mark` has a number for each box, all 0. */
static void drop_doubles(gf_block_list *lists, int count, int *mark)
{
    for (int i = 0; i < count; i++) {
        int kept = 0;
        for (int k = 0; k < lists[i].count; k++) {
            int other = lists[i].of[k];
            if (mark[other] == i + 1 || other == i)
                continue;
            mark[other] = i + 1;
            lists[i].of[kept++] = other;
        }
        lists[i].count = kept;
    }
}

/* The users of each box, from what each box uses, in the order of boxes. */
static gf_status turn_lists(gf_block *block, int *from, int *to)
{
    gf_block_ways *w = block->ways;
    int count = 0;
    for (int i = 0; i < block->box_count; i++)
        for (int k = 0; k < w->uses[i].count; k++) {
            from[count] = w->uses[i].of[k];
            to[count++] = i;
        }
    return make_lists(block, &w->users, from, to, count);
}

/* Takes the boxes one by one of which all are taken that they use; where a circle leaves none, the first. */
static void sort_boxes(gf_block *block, int *open, int *rank)
{
    gf_block_ways *w = block->ways;
    int taken = 0, next = 0;
    for (int i = 0; i < block->box_count; i++) {
        open[i] = w->uses[i].count;
        rank[i] = -1;
        if (!open[i])
            rank[w->order[taken] = i] = taken, taken++;
    }
    for (int head = 0; head < block->box_count; head++) {
        if (head == taken) {
            while (rank[next] >= 0)
                next++;
            rank[w->order[taken] = next] = taken, taken++;
        }
        const gf_block_list *users = &w->users[w->order[head]];
        for (int k = 0; k < users->count; k++)
            if (--open[users->of[k]] == 0 && rank[users->of[k]] < 0)
                rank[w->order[taken] = users->of[k]] = taken, taken++;
    }
}

/* Takes out the links that go back in the order. */
static void drop_circles(gf_block_list *lists, int count, const int *rank, bool later)
{
    for (int i = 0; i < count; i++) {
        int kept = 0;
        for (int k = 0; k < lists[i].count; k++)
            if ((rank[lists[i].of[k]] > rank[i]) == later)
                lists[i].of[kept++] = lists[i].of[k];
        lists[i].count = kept;
    }
}

static gf_status list_uses(gf_block *block, const gf_block_link *links, int count, int *from, int *to)
{
    for (int k = 0; k < count; k++) {
        from[k] = links[k].to;
        to[k] = links[k].from;
    }
    int *mark = gf_arena_get(&block->arena, (size_t)block->box_count * sizeof *mark);
    if (!mark || make_lists(block, &block->ways->uses, from, to, count))
        return GF_ERROR_MEMORY;
    drop_doubles(block->ways->uses, block->box_count, mark);
    return turn_lists(block, from, to);
}

gf_status gf_block_uses(gf_block *block, const gf_block_link *links, int link_count)
{
    gf_block_ways *w = block->ways;
    size_t links_bytes = (size_t)link_count * sizeof(int), bytes = (size_t)block->box_count * sizeof(int);
    int *from = gf_arena_get(&block->arena, links_bytes), *to = gf_arena_get(&block->arena, links_bytes);
    int *open = gf_arena_get(&block->arena, bytes), *rank = gf_arena_get(&block->arena, bytes);
    w->order = gf_arena_get(&block->arena, bytes);
    w->input = gf_arena_get(&block->arena, (size_t)block->box_count * sizeof *w->input);
    if (!from || !to || !open || !rank || !w->order || !w->input || list_uses(block, links, link_count, from, to))
        return GF_ERROR_MEMORY;
    sort_boxes(block, open, rank);
    drop_circles(w->uses, block->box_count, rank, false);
    drop_circles(w->users, block->box_count, rank, true);
    for (int i = 0; i < block->box_count; i++)
        w->input[i] = block->boxes[i].input && w->uses[i].count == 0;
    return GF_OK;
}
