/* Schedules: tasks that need each other are found, and put into loops. */
#include "write/schedule.h"

#include "write/needs.h"

enum { UP = 1, DOWN = 2, EITHER = UP | DOWN };

/* Tasks that need each other, or one alone. */
typedef struct group {
    gf_task *tasks; /* in the order in which one step computes them */
    gf_block_kind kind;
    int ways; /* in which a loop can go */
    bool lets, placed;
} group;

typedef struct scheduler {
    gf_tasks s;
    group *groups; /* by number of the group, which counts from 1 */
    uint32_t group_count, found;
    gf_task **stack; /* found, and not yet in a group */
    uint32_t stacked;
    gf_block *first, *open;
    int ways; /* in which the open loop can still go */
} scheduler;

/* --- recursions: strongly connected components (Tarjan 1972), without recursion of our own -------- */

typedef struct frame {
    gf_task *task;
    gf_need *next; /* to be followed */
} frame;

static void enter(scheduler *c, frame *path, uint32_t *depth, gf_task *task)
{
    task->number = task->reach = ++c->found;
    c->stack[c->stacked++] = task;
    path[(*depth)++] = (frame){task, task->needs};
}

/* A task from which nothing earlier is reached: all above it on the stack is its group. */
static void close_group(scheduler *c, gf_task *task)
{
    gf_task *member;
    c->group_count++;
    do {
        member = c->stack[--c->stacked];
        member->group = c->group_count;
    } while (member != task);
}

static void search(scheduler *c, frame *path, gf_task *root)
{
    uint32_t depth = 0;
    enter(c, path, &depth, root);
    while (depth) {
        frame *top = &path[depth - 1];
        gf_task *task = top->task, *to = top->next ? top->next->task : NULL;
        if (to) {
            top->next = top->next->next;
            if (!to->number)
                enter(c, path, &depth, to);
            else if (!to->group && to->number < task->reach)
                task->reach = to->number;
            continue;
        }
        if (task->reach == task->number)
            close_group(c, task);
        if (--depth && task->reach < path[depth - 1].task->reach)
            path[depth - 1].task->reach = task->reach;
    }
}

static bool find_groups(scheduler *c)
{
    size_t room = c->s.count + 1;
    frame *path = gf_arena_get(c->s.arena, room * sizeof *path);
    c->stack = gf_arena_get(c->s.arena, room * sizeof *c->stack);
    c->groups = gf_arena_get(c->s.arena, room * sizeof *c->groups);
    if (!path || !c->stack || !c->groups)
        return false;
    for (uint32_t k = 0; k < c->s.count; k++)
        if (c->s.list[k]->wanted && !c->s.list[k]->number)
            search(c, path, c->s.list[k]);
    return true;
}

/* --- groups --------------------------------------------------------------------------------------- */

static int ways_of(const gf_need *need)
{
    return (need->high <= 0 ? UP : 0) | (need->low >= 0 ? DOWN : 0);
}

/* Of its own group, does the task need only what stands in order already, at its own step? */
static bool is_next(const gf_task *task)
{
    for (const gf_need *need = task->needs; need; need = need->next)
        if (need->task->group == task->group && !need->task->ordered && need->low <= 0 && need->high >= 0)
            return false;
    return true;
}

/* Puts the next task in order; false where none can be next, or all are. */
static bool order_one(scheduler *c, uint32_t number, gf_task ***end)
{
    for (uint32_t k = 0; k < c->s.count; k++) {
        gf_task *task = c->s.list[k];
        if (task->group != number || task->ordered || !is_next(task))
            continue;
        task->ordered = true;
        **end = task;
        *end = &task->next;
        return true;
    }
    return false;
}

/* Tasks that no order suits are computed on demand, in that of the file. */
static void order_group(scheduler *c, uint32_t number, uint32_t size)
{
    group *g = &c->groups[number];
    gf_task **end = &g->tasks;
    uint32_t ordered = 0;
    while (order_one(c, number, &end))
        ordered++;
    if (ordered < size)
        g->ways = 0;
    for (uint32_t k = 0; k < c->s.count; k++)
        if (c->s.list[k]->group == number && !c->s.list[k]->ordered) {
            *end = c->s.list[k];
            end = &c->s.list[k]->next;
        }
}

static void look_at_group(scheduler *c, uint32_t number)
{
    group *g = &c->groups[number];
    uint32_t size = 0;
    bool timed = true;
    g->ways = EITHER;
    for (uint32_t k = 0; k < c->s.count; k++) {
        const gf_task *task = c->s.list[k];
        if (task->group != number)
            continue;
        size++;
        timed = timed && task->timed;
        g->lets |= task->let;
        for (const gf_need *need = task->needs; need; need = need->next)
            g->ways &= need->task->group == number ? ways_of(need) : EITHER;
    }
    order_group(c, number, size);
    bool loops = timed && g->ways;
    g->kind = loops ? BLOCK_LOOP : size == 1 && !timed ? BLOCK_PLAIN : BLOCK_ON_DEMAND;
}

/* --- blocks --------------------------------------------------------------------------------------- */

/* Is all that the group needs computed, or in the open block? */
static bool is_ready(const scheduler *c, uint32_t number)
{
    for (const gf_task *task = c->groups[number].tasks; task; task = task->next)
        for (const gf_need *need = task->needs; need; need = need->next)
            if (need->task->group != number && !need->task->block)
                return false;
    return true;
}

/* In which ways the open block can go if the group joins it; 0: it cannot. */
static int joined_ways(const scheduler *c, uint32_t number)
{
    const group *g = &c->groups[number];
    if (!c->open || c->open->kind != g->kind || c->open->lets != g->lets)
        return 0;
    if (g->kind != BLOCK_LOOP)
        return EITHER;
    int ways = c->ways & g->ways;
    for (const gf_task *task = g->tasks; task; task = task->next)
        for (const gf_need *need = task->needs; need; need = need->next)
            ways &= need->task->block == c->open ? ways_of(need) : EITHER;
    return ways;
}

/* The first group in the order of the file that can join the open block, else that is ready; 0: all are placed. Those
 * of the model come before those of the lets. */
static uint32_t choose(const scheduler *c)
{
    uint32_t ready = 0;
    for (uint32_t k = 0; k < c->s.count; k++) {
        uint32_t number = c->s.list[k]->group;
        if (!number || c->groups[number].placed || !is_ready(c, number))
            continue;
        if (joined_ways(c, number))
            return number;
        if (!ready)
            ready = number;
    }
    return ready;
}

static void close_block(scheduler *c)
{
    if (c->open)
        c->open->down = c->ways == DOWN || (c->ways == EITHER && c->open->lets);
}

static bool open_block(scheduler *c, const group *g)
{
    gf_block *block = gf_arena_get(c->s.arena, sizeof *block);
    if (!block)
        return false;
    close_block(c);
    *block = (gf_block){.kind = g->kind, .lets = g->lets};
    *(c->open ? &c->open->next : &c->first) = block;
    c->open = block;
    c->ways = g->ways;
    return true;
}

static bool place(scheduler *c, uint32_t number)
{
    group *g = &c->groups[number];
    int ways = joined_ways(c, number);
    if (!ways && !open_block(c, g))
        return false;
    c->ways = ways ? ways : g->ways;
    gf_task **end = &c->open->tasks;
    while (*end)
        end = &(*end)->next;
    *end = g->tasks;
    for (gf_task *task = g->tasks; task; task = task->next)
        task->block = c->open;
    g->placed = true;
    return true;
}

gf_block *gf_schedule(const gf_derivation_lines *d, gf_arena *arena, bool *failed)
{
    scheduler c = {.s = gf_tasks_of(d, arena)};
    *failed = c.s.failed || !find_groups(&c);
    for (uint32_t number = 1; !*failed && number <= c.group_count; number++)
        look_at_group(&c, number);
    for (uint32_t number; !*failed && (number = choose(&c));)
        *failed = !place(&c, number);
    close_block(&c);
    return *failed ? NULL : c.first;
}
