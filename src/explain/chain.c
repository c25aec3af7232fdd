/* The strongest chain between two values, such as h[1] -> L[5].
 *
 * From L[5] backward, through named quantities: each passes on what has arrived there, along every arrow into its
 * equation, by the vector-Jacobian product. So a chain L[5] <- z[5] <- h[5] <- … brings h[1] the product of its
 * Jacobians, transposed, times what arrives at L[5]; added up over all chains that is the whole gradient.
 *
 * There are too many chains to go through: four gates a step are 4^T. Every quantity keeps the few on which most has
 * arrived, by the norm, and only these go on. What fades or grows over thousands of steps is carried as its digits and
 * a power of two, or the last factors of a chain would be 0 / 0. */
#include <math.h>
#include <string.h>

#include "explain/chain.h"

typedef struct stop stop;

/* What has arrived by one chain, and where it goes on. */
typedef struct survivor {
    gf_matrix arrived; /* times 2^power */
    double norm;       /* likewise */
    int power;
    stop *next;
    int which; /* of the next one's */
    const gf_tree *term;
} survivor;

enum { KEPT = 4 };

struct stop {
    gf_spot spot;
    gf_matrix total;
    double chains;
    survivor kept[KEPT];
    int count;
};

typedef struct climbing {
    gf_explaining *x;
    gf_spot from, to;
    size_t first;         /* the id of `from` */
    bool *depends;        /* by id - first: on `from` */
    stop **stops;         /* likewise */
    const gf_matrix *now; /* what arrives at the node in hand */
    bool cut;
} climbing;

static const gf_matrix *arrives(void *data, const gf_node *node)
{
    (void)node;
    return ((climbing *)data)->now;
}

/* --- the way there ------------------------------------------------------------------------------------------------ */

static bool find_dependent(climbing *c)
{
    size_t count = gf_node_id(c->to.node) - c->first + 1;
    c->depends = gf_explaining_room(c->x, count * sizeof *c->depends);
    c->stops = gf_explaining_room(c->x, count * sizeof *c->stops);
    if (!c->depends || !c->stops)
        return false;
    memset(c->stops, 0, count * sizeof *c->stops);
    for (size_t k = 0; k < count; k++) {
        const gf_node *node = gf_node_in(c->x->m->graph, c->first + k);
        c->depends[k] = !k;
        for (int slot = 0; slot < gf_node_arity(node) && k; slot++) {
            size_t id = gf_node_id(gf_node_operand(node, slot));
            c->depends[k] |= id >= c->first && c->depends[id - c->first];
        }
    }
    return true;
}

bool gf_chain_exists(gf_explaining *x, const gf_spot *from, const gf_spot *to)
{
    climbing c = {.x = x, .from = *from, .to = *to, .first = gf_node_id(from->node)};
    size_t id = gf_node_id(to->node);
    return id > c.first && find_dependent(&c) && c.depends[id - c.first];
}

static stop *stop_at(climbing *c, const gf_spot *spot)
{
    stop **place = &c->stops[gf_node_id(spot->node) - c->first];
    if (*place)
        return *place;
    stop *made = gf_explaining_room(c->x, sizeof *made);
    if (!made)
        return NULL;
    *made = (stop){.spot = *spot, .total = gf_zero_matrix(c->x, spot->node)};
    *place = made->total.data ? made : NULL;
    return *place;
}

/* Is it larger? What is not finite is the largest. */
static bool larger(const survivor *a, const survivor *b)
{
    return ldexp(a->norm, a->power - b->power) > b->norm || (isnan(a->norm) && !isnan(b->norm));
}

/* Moves what would soon be 0 or infinite into the power. */
static void scale(survivor *s)
{
    enum { FAR = 300 };
    s->norm = gf_matrix_norm(&s->arrived);
    bool small = s->norm > 0 && s->norm < ldexp(1, -FAR), large = isfinite(s->norm) && s->norm > ldexp(1, FAR);
    int up = small ? FAR : large ? -FAR : 0;
    for (size_t k = 0; k < gf_matrix_size(&s->arrived) && up; k++)
        s->arrived.data[k] = ldexp(s->arrived.data[k], up);
    s->norm = ldexp(s->norm, up);
    s->power -= up;
}

/* Keeps it if it is among the largest. */
static void keep(stop *at, const survivor *arrived)
{
    int place = at->count < KEPT ? at->count : KEPT;
    while (place && larger(arrived, &at->kept[place - 1]))
        place--;
    if (place == KEPT)
        return;
    int behind = (at->count < KEPT ? at->count : KEPT - 1) - place;
    memmove(&at->kept[place + 1], &at->kept[place], (size_t)behind * sizeof *at->kept);
    at->kept[place] = *arrived;
    at->count += at->count < KEPT;
}

static bool pass_on(climbing *c, stop *at, const gf_brings *along)
{
    stop *below = stop_at(c, &along->from);
    if (!below)
        return false;
    c->now = &at->total;
    if (!gf_number_add(c->x, &below->total, along->term))
        return false;
    below->chains += at->chains;
    for (int k = 0; k < at->count; k++) {
        survivor s = {.arrived = gf_zero_matrix(c->x, along->from.node),
                      .power = at->kept[k].power,
                      .next = at,
                      .which = k,
                      .term = along->term};
        c->now = &at->kept[k].arrived;
        if (!s.arrived.data || !gf_number_add(c->x, &s.arrived, along->term))
            return false;
        scale(&s);
        keep(below, &s);
    }
    return true;
}

/* Several uses of a value in one equation are one arrow, with one term. */
static void unite(gf_explaining *x)
{
    size_t count = 0;
    for (size_t k = 0; k < x->found_count; k++) {
        size_t same = 0;
        while (same < count && x->found[same].from.node != x->found[k].from.node)
            same++;
        if (same == count)
            x->found[count++] = x->found[k];
        else
            x->found[same].term = gf_make(&x->d, TREE_ADD, x->found[same].term, x->found[k].term);
    }
    x->found_count = count;
}

static bool pass_all(climbing *c, stop *at)
{
    gf_explaining *x = c->x;
    uint32_t side = gf_side_of(x, &at->spot);
    x->found_count = 0;
    if (at->spot.node == c->from.node || side == UINT32_MAX)
        return true;
    if (!gf_find_brings(x, side, at->spot.t, NULL))
        return false;
    unite(x);
    for (size_t k = 0; k < x->found_count; k++) {
        const gf_brings *along = &x->found[k];
        size_t id = gf_node_id(along->from.node);
        bool on_the_way = id >= c->first && id < gf_node_id(at->spot.node) && c->depends[id - c->first];
        c->cut |= on_the_way && along->cut;
        if (on_the_way && !along->cut && (!along->term || !pass_on(c, at, along)))
            return false;
    }
    return true;
}

static bool begin(climbing *c)
{
    stop *end = stop_at(c, &c->to);
    const gf_matrix *start = gf_matrix_size(&c->to.node->value) == 1 ? NULL : gf_gradient(c->to.node);
    if (!end)
        return false;
    if (start)
        gf_matrix_copy(&end->total, start);
    else
        end->total.data[0] = 1;
    end->chains = 1;
    end->kept[0] = (survivor){.arrived = end->total, .norm = gf_matrix_norm(&end->total)};
    end->count = 1;
    return true;
}

/* --- the chain ---------------------------------------------------------------------------------------------------- */

static bool read_chain(climbing *c, gf_chain *out, const stop *at)
{
    size_t count = 0;
    const survivor *s = &at->kept[0];
    for (const survivor *k = s; k->next; k = &k->next->kept[k->which])
        count++;
    out->links = gf_explaining_room(c->x, count * sizeof *out->links);
    for (const stop *from = at; s->next && out->links; from = s->next, s = &s->next->kept[s->which]) {
        gf_text term = {0};
        gf_tree_print(&term, &c->x->m->file.names, s->term);
        const survivor *next = &s->next->kept[s->which];
        double factor = s->norm == 0 ? 0 : ldexp(s->norm / next->norm, s->power - next->power);
        out->links[out->count++] = (gf_chain_link){.from = from->spot,
                                                   .to = s->next->spot,
                                                   .term = gf_explaining_keep(c->x, &term),
                                                   .norm = ldexp(s->norm, s->power),
                                                   .factor = factor};
    }
    out->start = s->norm;
    return out->links && !c->x->problems.out_of_memory;
}

static void find_share(gf_chain *out, const stop *at)
{
    double along = 0, size = gf_matrix_norm(&at->total);
    const survivor *s = &at->kept[0];
    for (size_t k = 0; k < gf_matrix_size(&s->arrived); k++)
        s->arrived.data[k] = ldexp(s->arrived.data[k], s->power);
    for (size_t k = 0; k < gf_matrix_size(&at->total); k++)
        along += at->total.data[k] * s->arrived.data[k];
    out->value = s->arrived;
    out->whole = at->total;
    out->norm = gf_matrix_norm(&s->arrived);
    out->whole_norm = size;
    out->share = along / size / size;
    out->cosine = along / size / out->norm;
    out->chains = at->chains;
    out->kept = KEPT;
}

static bool refuse(climbing *c)
{
    gf_explaining *x = c->x;
    if (c->from.node == c->to.node)
        gf_explaining_refuse(x, "%s -> %s: both are the same", c->from.label, c->to.label);
    else if (c->cut)
        gf_explaining_refuse(x, "%s -> %s: no gradient comes back, truncate %ld cuts every way", c->from.label,
                             c->to.label, x->m->truncate);
    else if (gf_chain_exists(x, &c->from, &c->to))
        gf_explaining_refuse(x, "%s -> %s: no gradient comes back: stop, or what passes none, is on every way",
                             c->from.label, c->to.label);
    else
        gf_explaining_refuse(x, "%s -> %s: %s does not depend on %s", c->from.label, c->to.label, c->to.label,
                             c->from.label);
    return false;
}

bool gf_chain_find(gf_explaining *x, gf_chain *out, const gf_spot *from, const gf_spot *to)
{
    climbing c = {.x = x, .from = *from, .to = *to, .first = gf_node_id(from->node)};
    *out = (gf_chain){.from = *from, .to = *to};
    if (gf_node_id(to->node) <= c.first)
        return refuse(&c);
    if (!find_dependent(&c) || !begin(&c))
        return false;
    x->arrives = arrives;
    x->data = &c;
    bool good = true;
    for (size_t k = gf_node_id(to->node) - c.first + 1; k-- > 1 && good;)
        good = !c.stops[k] || pass_all(&c, c.stops[k]);
    x->arrives = NULL;
    if (!good)
        return false;
    const stop *at = c.stops[0];
    if (!at || !at->count)
        return refuse(&c);
    find_share(out, at);
    return read_chain(&c, out, at);
}
