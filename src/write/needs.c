/* What computing a name needs: other names, from which step to which, seen from its own. */
#include <math.h>

#include "derive/inside.h"
#include "write/needs.h"

/* --- indices, as far as they are a * t + b * T + c ------------------------------------------------ */

typedef struct affine {
    bool known;
    double t, T, one;
} affine;

/* The index of a sum or product lies between two such. */
typedef struct span {
    uint32_t name;
    affine low, high;
    const struct span *outer;
} span;

static affine plus(affine a, double factor, affine b)
{
    return (affine){a.known && b.known, a.t + factor * b.t, a.T + factor * b.T, a.one + factor * b.one};
}

/* The largest (upper) or least that a name in an index can be. */
static affine end_of(const gf_tasks *s, uint32_t name, const span *spans, bool upper)
{
    for (const span *r = spans; r; r = r->outer)
        if (r->name == name)
            return upper ? r->high : r->low;
    bool t = name == s->d->m->t, T = name == s->d->m->steps_name;
    return (affine){.known = t || T, .t = t, .T = T};
}

/* The same of an index. */
static affine bound(const gf_tasks *s, const gf_tree *tree, const span *spans, bool upper)
{
    const gf_affine index = gf_affine_of(tree);
    affine sum = {.known = index.fits, .one = (double)index.number};
    for (int k = 0; k < index.count; k++)
        sum = plus(sum, (double)index.factor[k], end_of(s, index.name[k], spans, upper == (index.factor[k] > 0)));
    return sum;
}

/* Over all 1 <= t <= T: at t = T = 1, and along the two edges from there. */
static double largest(affine a)
{
    return a.known && a.T <= 0 && a.t + a.T <= 0 ? a.t + a.T + a.one : INFINITY;
}

static double least(affine a)
{
    return a.known && a.T >= 0 && a.t + a.T >= 0 ? a.t + a.T + a.one : -INFINITY;
}

/* --- starts --------------------------------------------------------------------------------------- */

const gf_start *gf_start_at(gf_model *m, uint32_t name, const gf_tree *index)
{
    const gf_symbol *symbol = gf_model_symbol(m, name);
    long value;
    if (!symbol || symbol->kind == SYMBOL_LET || gf_integer(m, NULL, index, NULL, &value) != INTEGER_KNOWN)
        return NULL;
    for (const gf_start *start = symbol->starts; start; start = start->next)
        if (start->index == value)
            return start;
    return NULL;
}

bool gf_derived_is_leaf(const gf_derivation_lines *d, const gf_derived *claim)
{
    const gf_tree *side = claim->line.side_count == 2 ? claim->line.sides[0] : NULL;
    if (!side || side->kind != TREE_CALL || side->name != d->m->grad || side->count != 1)
        return false;
    const gf_tree *of = side->kids[0];
    const gf_symbol *symbol = gf_model_symbol(d->m, of->name);
    bool start = of->kind == TREE_AT && gf_start_at(d->m, of->name, of->kids[0]);
    return start || (symbol && (symbol->kind == SYMBOL_PARAM || symbol->kind == SYMBOL_INPUT));
}

/* --- needs ---------------------------------------------------------------------------------------- */

/* Who needs: a task's line, or the claims (task NULL). */
typedef struct asker {
    gf_tasks *s;
    gf_task *task;
    affine own; /* the step it is for */
} asker;

static void add(asker *a, gf_task *task, double low, double high)
{
    gf_need **list = a->task ? &a->task->needs : &a->s->claimed;
    gf_need *need = gf_arena_get(a->s->arena, sizeof *need);
    a->s->failed |= !need;
    if (!need)
        return;
    *need = (gf_need){.task = task, .low = low, .high = high, .next = *list};
    *list = need;
}

/* Starts with an equation, all of the name or one. */
static void add_starts(asker *a, uint32_t name, const gf_start *one)
{
    for (uint32_t k = 0; k < a->s->count; k++) {
        gf_task *task = a->s->list[k];
        if (task->start && task->name == name && (!one || task->lines->index == one->statement->index))
            add(a, task, -INFINITY, INFINITY);
    }
}

static void visit_at(asker *a, const gf_tree *tree, const span *spans)
{
    const gf_symbol *symbol = gf_model_symbol(a->s->d->m, tree->name);
    const gf_start *start = gf_start_at(a->s->d->m, tree->name, tree->kids[0]);
    affine low = plus(bound(a->s, tree->kids[0], spans, false), -1, a->own);
    affine high = plus(bound(a->s, tree->kids[0], spans, true), -1, a->own);
    if (symbol && symbol->starts && symbol->kind != SYMBOL_LET)
        add_starts(a, tree->name, start);
    if (!start && a->s->of[tree->name])
        add(a, a->s->of[tree->name], least(low), largest(high));
}

static void visit(asker *a, const gf_tree *tree, const span *spans)
{
    if (tree->kind == TREE_AT) {
        visit_at(a, tree, spans);
        return;
    }
    if (tree->kind == TREE_NAME && a->s->of[tree->name] && !a->s->of[tree->name]->timed)
        add(a, a->s->of[tree->name], -INFINITY, INFINITY);
    span inner = {tree->name, {.known = true, .one = 1}, {.known = true, .T = 1}, spans};
    if (gf_tree_binds(tree) && gf_binder_of(tree).low) {
        inner.low = bound(a->s, gf_binder_of(tree).low, spans, false);
        inner.high = bound(a->s, gf_binder_of(tree).high, spans, true);
    }
    for (uint32_t k = 0; k < tree->count; k++)
        visit(a, tree->kids[k], gf_bound_in(tree, k) ? &inner : spans);
}

/* --- tasks ---------------------------------------------------------------------------------------- */

static gf_task *new_task(gf_tasks *s, gf_task task)
{
    gf_task *made = gf_arena_get(s->arena, sizeof *made);
    s->failed |= !made;
    if (!made)
        return NULL;
    *made = task;
    s->list[s->count++] = made;
    if (!task.start)
        s->of[task.name] = made;
    return made;
}

static void add_line(gf_tasks *s, gf_task *task, const gf_statement *from, const char *why)
{
    gf_task_line *line = task ? gf_arena_get(s->arena, sizeof *line) : NULL, **end;
    s->failed |= !line;
    if (!line)
        return;
    bool general = from->index && gf_tree_mentions(from->index, s->d->m->t);
    *line = (gf_task_line){.index = general ? NULL : from->index, .value = from->value, .why = why};
    for (end = &task->lines; *end; end = &(*end)->next)
        ;
    *end = line;
}

static void make_tasks(gf_tasks *s)
{
    for (const gf_statement *line = s->d->m->file.statements; line && !s->failed; line = line->next) {
        bool start = line->kind == STATEMENT_START && line->value;
        if (start || line->kind == STATEMENT_EQUATION)
            add_line(s, new_task(s, (gf_task){.name = line->name, .start = start, .timed = line->index && !start}),
                     line, NULL);
    }
    for (const gf_derived *let = s->d->lets; let && !s->failed; let = let->next) {
        gf_task *task = s->of[let->line.name];
        if (!task)
            task = new_task(s, (gf_task){.name = let->line.name, .let = true, .timed = let->line.index != NULL});
        add_line(s, task, &let->line, let->why);
    }
}

static void find_needs(gf_tasks *s)
{
    const affine t = {.known = true, .t = 1};
    for (uint32_t k = 0; k < s->count; k++)
        for (const gf_task_line *line = s->list[k]->lines; line; line = line->next) {
            asker a = {s, s->list[k], line->index ? bound(s, line->index, NULL, true) : t};
            visit(&a, line->value, NULL);
        }
    for (const gf_derived *claim = s->d->claims; claim; claim = claim->next) {
        asker a = {s, NULL, t};
        if (gf_derived_is_leaf(s->d, claim))
            visit(&a, claim->line.sides[1], NULL);
    }
}

/* What the claims need, and what that needs: the list grows while it is gone through. */
static void find_wanted(gf_tasks *s)
{
    gf_task **found = gf_arena_get(s->arena, (s->count + 1) * sizeof *found);
    uint32_t count = 0;
    s->failed |= !found;
    const gf_need *need = s->claimed;
    for (uint32_t k = 0; found; need = found[k++]->needs) {
        for (; need; need = need->next)
            if (!need->task->wanted) {
                need->task->wanted = true;
                found[count++] = need->task;
            }
        if (k == count)
            break;
    }
}

gf_tasks gf_tasks_of(const gf_derivation_lines *d, gf_arena *arena)
{
    size_t room = d->m->file.statement_count + 1;
    for (const gf_derived *let = d->lets; let; let = let->next)
        room++;
    gf_tasks s = {.d = d, .arena = arena};
    s.of = gf_arena_get(arena, ((size_t)d->m->file.names.count + 1) * sizeof *s.of);
    s.list = gf_arena_get(arena, room * sizeof *s.list);
    s.failed = !s.of || !s.list;
    if (!s.failed)
        make_tasks(&s);
    if (!s.failed)
        find_needs(&s);
    if (!s.failed)
        find_wanted(&s);
    return s;
}
