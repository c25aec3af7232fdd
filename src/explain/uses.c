/* Which equations use a quantity, and what each use brings.
 *
 * Every right side is gone through once, by derive/, from a name for the gradient of its result:
 *
 *     c[t] = f[t] * c[t-1] + i[t] * g[t]      brings dc[t] * f[t] to c[t-1], dc[t] * c[t-1] to f[t] …
 *
 * For an arrow the numbers of its step are put in: at t = 3, c[2] receives dc[3] * f[3]. Where something is used within
 * a sum, as h[j] in sum(j, 1..t, h[j]), the index is gone through as well. Nothing has to be solved for. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "explain/inside.h"

/* --- what is kept ------------------------------------------------------------------------------------------------- */

void *gf_explaining_room(gf_explaining *x, size_t bytes)
{
    void *room = gf_arena_get(&x->arena, bytes ? bytes : 1);
    x->problems.out_of_memory |= !room;
    return room;
}

const char *gf_explaining_keep(gf_explaining *x, gf_text *text)
{
    const char *kept = gf_text_keep(text, &x->arena);
    x->problems.out_of_memory |= !kept;
    return kept;
}

void gf_explaining_refuse(gf_explaining *x, const char *format, ...)
{
    gf_text text = {0};
    va_list arguments;
    va_start(arguments, format);
    gf_text_vprint(&text, format, arguments);
    va_end(arguments);
    x->problems.out_of_memory |= text.failed;
    gf_problem_add(&x->problems, GF_ERROR_ARGUMENT, GF_NOWHERE, "%s", gf_text_string(&text));
    gf_text_free(&text);
}

static void add_side(void *data, const gf_statement *s, const gf_start *start)
{
    gf_explaining *x = data;
    gf_formula_side *side = &x->sides[x->side_count++];
    *side = (gf_formula_side){.statement = s, .start = start};
    side->last_use = &side->uses;
}

bool gf_explaining_begin(gf_explaining *x, gf_model *m)
{
    *x = (gf_explaining){.m = m, .problems = {.source = &m->file.source}, .scratch = gf_graph_new()};
    gf_graph_limit(x->scratch, m->node_limit, m->entry_limit);
    x->lets = gf_explaining_room(x, m->symbol_count * sizeof *x->lets);
    x->sides = gf_explaining_room(x, (m->file.statement_count + 1) * sizeof *x->sides);
    if (!x->lets || !x->sides || gf_graph_status(x->scratch)) {
        x->problems.out_of_memory = true;
        return false;
    }
    memset(x->lets, 0, m->symbol_count * sizeof *x->lets);
    if (!gf_deriving_begin(&x->d, m, &x->arena, &x->problems))
        return false;
    x->d.lasting = true;
    gf_each_side(m, add_side, x);
    return true;
}

void gf_explaining_end(gf_explaining *x)
{
    gf_deriving_end(&x->d);
    gf_graph_free(x->scratch);
    free(x->found);
    gf_problems_free(&x->problems);
    gf_arena_free(&x->arena);
    *x = (gf_explaining){0};
}

/* --- spots -------------------------------------------------------------------------------------------------------- */

gf_spot gf_spot_at(gf_explaining *x, uint32_t name, long t)
{
    gf_symbol *symbol = gf_model_symbol(x->m, name);
    gf_instance *instance = symbol ? gf_symbol_instance(x->m, symbol, t) : NULL;
    gf_text label = {0};
    gf_text_add(&label, gf_model_text(x->m, name));
    if (symbol && symbol->timed)
        gf_text_print(&label, "[%ld]", t);
    return (gf_spot){.symbol = symbol,
                     .name = name,
                     .t = symbol && symbol->timed ? t : 0,
                     .node = instance ? instance->node : NULL,
                     .label = gf_explaining_keep(x, &label)};
}

gf_spot gf_spot_of_loss(gf_explaining *x)
{
    return (gf_spot){.node = x->m->loss, .label = "loss"};
}

uint32_t gf_side_of(const gf_explaining *x, const gf_spot *spot)
{
    for (uint32_t k = 0; k < x->side_count; k++) {
        const gf_formula_side *side = &x->sides[k];
        if (!spot->symbol ? !k : k && side->statement->name == spot->name) {
            bool inside = !spot->symbol || !spot->symbol->timed || (spot->t >= 1 && spot->t <= x->m->steps);
            if (side->start ? side->start->index == spot->t && !inside : inside)
                return k;
        }
    }
    return UINT32_MAX;
}

/* --- going through a right side ----------------------------------------------------------------------------------- */

static bool wants(gf_walker *w, uint32_t name)
{
    const gf_symbol *symbol = gf_model_symbol(w->d->m, name);
    return symbol && (symbol->kind == SYMBOL_PARAM || symbol->kind == SYMBOL_INPUT || symbol->kind == SYMBOL_EQUATION);
}

static void note_use(gf_walker *w, const gf_use *use)
{
    gf_formula_side *side = w->data;
    gf_use *kept = gf_arena_get(w->d->arena, sizeof *kept);
    w->d->problems->out_of_memory |= !kept;
    if (!kept)
        return;
    *kept = *use;
    *side->last_use = kept;
    side->last_use = &kept->next;
}

uint32_t gf_gradient_name(gf_explaining *x, uint32_t name)
{
    const gf_extents *known = x->lets[name] ? NULL : gf_extents_of_name(&x->d, name);
    gf_extents extents = known ? *known : (gf_extents){.size = {0, 0}};
    if (known)
        x->lets[name] = gf_new_let(&x->d, "d", gf_model_text(x->m, name), false, &extents);
    return x->lets[name];
}

static bool refuse_side(gf_explaining *x, const gf_walker *w, const gf_statement *s)
{
    gf_text text = {0};
    if (x->problems.out_of_memory)
        return false;
    gf_source_quote(&text, &x->m->file.source, w->failed ? w->failed->span : s->span, 60);
    gf_explaining_refuse(x, "%s: its gradient cannot be written in the language", gf_text_string(&text));
    gf_text_free(&text);
    return false;
}

static bool walk_side(gf_explaining *x, gf_formula_side *of)
{
    const gf_statement *s = of->statement;
    bool loss = s->kind == STATEMENT_LOSS;
    uint32_t let = loss ? 0 : gf_gradient_name(x, s->name);
    gf_walker w = {.d = &x->d, .wants = wants, .use = note_use, .data = of};
    gf_side side = {.statement = s, .value = s->value, .index = s->index, .named = !loss};
    side.open = s->kind == STATEMENT_EQUATION && s->index;
    side.own = loss ? NULL : gf_make_at(&x->d, s->name, s->index);
    side.gradient = loss ? gf_make_number(&x->d, 1) : let ? gf_make_at(&x->d, let, s->index) : NULL;
    of->walked = true;
    return (side.gradient && gf_walk_side(&w, &side)) || refuse_side(x, &w, s);
}

/* --- with numbers ------------------------------------------------------------------------------------------------- */

enum { PUT = GF_BINDERS + 2 };

/* A use whose indices get their numbers. */
typedef struct counting {
    gf_explaining *x;
    const gf_use *use;
    gf_spot to;
    bool timed; /* it belongs to step t */
    long t;
    const gf_spot *only;
    bool counted[GF_BINDERS]; /* this index has a say in which step is used */
    long at[GF_BINDERS];
} counting;

gf_tree *gf_at_step(gf_explaining *x, const gf_tree *tree, long t)
{
    const gf_put_pair pairs[] = {{x->m->t, gf_make_number(&x->d, (double)t)},
                                 {x->m->steps_name, gf_make_number(&x->d, (double)x->m->steps)}};
    return gf_put_names(&x->d, tree, pairs, x->m->steps_name ? 2 : 1);
}

/* The term, with numbers for the indices that count, under the sums over the others. */
static const gf_tree *term_of(counting *c)
{
    gf_deriving *d = &c->x->d;
    gf_put_pair pairs[PUT];
    int count = 0;
    gf_use use = *c->use;
    use.binder_count = 0;
    for (int k = 0; k < c->use->binder_count; k++)
        if (c->counted[k])
            pairs[count++] = (gf_put_pair){c->use->binders[k].name, gf_make_number(d, (double)c->at[k])};
    if (c->timed)
        pairs[count++] = (gf_put_pair){c->x->m->t, gf_make_number(d, (double)c->t)};
    if (c->x->m->steps_name)
        pairs[count++] = (gf_put_pair){c->x->m->steps_name, gf_make_number(d, (double)c->x->m->steps)};
    for (int k = 0; k < c->use->binder_count; k++) {
        gf_binder b = c->use->binders[k];
        if (c->counted[k])
            continue;
        b.low = b.low ? gf_put_names(d, b.low, pairs, count) : NULL;
        b.high = b.high ? gf_put_names(d, b.high, pairs, count) : NULL;
        use.binders[use.binder_count++] = b;
    }
    use.term = gf_put_names(d, c->use->term, pairs, count);
    return use.term ? gf_polish(d, gf_under_sums(d, &use)) : NULL;
}

static bool add(counting *c, const gf_spot *from)
{
    gf_explaining *x = c->x;
    if (!gf_grow(&x->found, &x->found_room, x->found_count + 1))
        x->problems.out_of_memory = true;
    const gf_tree *term = x->problems.out_of_memory ? NULL : term_of(c);
    if (!term)
        return false;
    bool cut = c->timed && from->symbol->timed && gf_is_cut(x->m, c->t, from->t);
    size_t number = x->found_count++;
    x->found[number] = (gf_brings){.from = *from, .to = c->to, .term = term, .cut = cut, .number = number};
    return true;
}

/* The use, with all indices known. */
static bool meet(counting *c, const gf_binding *bindings)
{
    const gf_tree *leaf = c->use->leaf;
    long t = 0;
    if (leaf->kind == TREE_AT && gf_integer(c->x->m, &c->x->problems, leaf->kids[0], bindings, &t) != INTEGER_KNOWN)
        return false;
    if (c->only && (c->only->name != leaf->name || (c->only->symbol->timed && c->only->t != t)))
        return true;
    gf_spot from = gf_spot_at(c->x, leaf->name, t);
    return !from.node || add(c, &from);
}

static bool count_from(counting *c, int k, const gf_binding *bindings)
{
    if (k == c->use->binder_count)
        return meet(c, bindings);
    if (!c->counted[k])
        return count_from(c, k + 1, bindings);
    const gf_binder *b = &c->use->binders[k];
    long low = 1, high = c->x->m->steps;
    if (b->low && (gf_integer(c->x->m, &c->x->problems, b->low, bindings, &low) != INTEGER_KNOWN ||
                   gf_integer(c->x->m, &c->x->problems, b->high, bindings, &high) != INTEGER_KNOWN))
        return false;
    for (c->at[k] = low; c->at[k] <= high; c->at[k]++) {
        gf_binding own = {.name = b->name, .known = true, .value = c->at[k], .outer = bindings};
        if (!count_from(c, k + 1, &own))
            return false;
    }
    return true;
}

static bool mentions(const gf_binder *b, uint32_t name)
{
    return (b->low && gf_tree_mentions(b->low, name)) || (b->high && gf_tree_mentions(b->high, name));
}

/* Those in the index of what is used, and those in the ranges of these. */
static void find_counted(counting *c)
{
    const gf_use *use = c->use;
    for (int k = use->binder_count; k-- > 0;) {
        uint32_t name = use->binders[k].name;
        c->counted[k] = use->leaf->kind == TREE_AT && gf_tree_mentions(use->leaf->kids[0], name);
        for (int inner = k + 1; inner < use->binder_count; inner++)
            c->counted[k] |= c->counted[inner] && mentions(&use->binders[inner], name);
    }
}

bool gf_find_brings(gf_explaining *x, uint32_t number, long t, const gf_spot *only)
{
    gf_formula_side *side = &x->sides[number];
    const gf_statement *s = side->statement;
    if (!side->walked && !walk_side(x, side))
        return false;
    counting c = {.x = x, .only = only, .t = t};
    c.to = number ? gf_spot_at(x, s->name, side->start ? side->start->index : t) : gf_spot_of_loss(x);
    c.timed = number && c.to.symbol->timed;
    if (side->start)
        c.t = side->start->index < 1 ? 1 : x->m->steps;
    gf_binding step = {.name = x->m->t, .known = true, .value = c.t};
    for (c.use = side->uses; c.use; c.use = c.use->next) {
        if (only && c.use->leaf->name != only->name)
            continue;
        find_counted(&c);
        if (!count_from(&c, 0, c.timed ? &step : NULL))
            return false;
    }
    return !x->problems.out_of_memory;
}

static long distance(const gf_brings *b)
{
    return !b->to.symbol ? LONG_MAX : !b->to.symbol->timed ? LONG_MAX - 1 : labs(b->to.t - b->from.t);
}

static int by_distance(const void *a, const void *b)
{
    const gf_brings *one = a, *two = b;
    long first = distance(one), second = distance(two);
    if (first != second)
        return first < second ? -1 : 1;
    size_t to = gf_node_id(one->to.node), other = gf_node_id(two->to.node);
    return to != other ? (to > other) - (to < other) : (one->number > two->number) - (one->number < two->number);
}

bool gf_find_users(gf_explaining *x, const gf_spot *spot)
{
    x->found_count = 0;
    for (uint32_t k = 0; k < x->side_count && spot->symbol; k++) {
        const gf_formula_side *side = &x->sides[k];
        bool timed = k && !side->start && side->statement->index;
        for (long t = timed ? 1 : 0; t <= (timed ? x->m->steps : 0); t++)
            if (!gf_find_brings(x, k, t, spot))
                return false;
    }
    bool sorted = x->found_count && spot->symbol && spot->symbol->timed;
    if (sorted)
        qsort(x->found, x->found_count, sizeof *x->found, by_distance);
    return true;
}
