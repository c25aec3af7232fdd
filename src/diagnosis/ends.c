/* For which steps a claim holds: all but those beyond the ends, or one end alone. */
#include "diagnosis/diagnose.h"
#include "model/scan.h"

/* --- indices beyond the ends -------------------------------------------------------------------------------------- */

/* Does the expression, with these indices, read a name at a step where it is not? */
static bool is_beyond(const gf_model *m, const gf_tree *tree, const gf_binding *bindings)
{
    long t;
    if (tree->kind == TREE_NUMBER)
        return false;
    if (tree->kind == TREE_AT && gf_integer((gf_model *)m, NULL, tree->kids[0], bindings, &t) == INTEGER_KNOWN) {
        gf_symbol *symbol = gf_model_symbol(m, tree->name);
        if (symbol && symbol->timed && !gf_symbol_instance(m, symbol, t))
            return true;
    }
    if (gf_tree_binds(tree))
        return false;
    for (uint32_t k = 0; k < tree->count; k++)
        if (is_beyond(m, tree->kids[k], bindings))
            return true;
    return false;
}

static bool instance_is_beyond(const gf_evidence *e, size_t k)
{
    gf_binding room[GF_LOOPS];
    const gf_statement *s = e->judged->statement;
    const gf_model *m = e->judged->claims->m;
    const gf_binding *bindings = gf_judged_bindings(e->judged, k, room);
    return is_beyond(m, s->sides[e->link], bindings) || is_beyond(m, s->sides[e->link + 1], bindings);
}

/* --- for which steps it holds ------------------------------------------------------------------------------------- */

/* The values of the first index: all of them, and those at which nothing fails, which are no range where `split`. */
typedef struct span_of {
    long first, last, good_first, good_last;
    bool some_good, split;
} span_of;

enum { VALUE_THERE = 1, VALUE_FAILS = 2, VALUES = 10000000 };

static long index_at(const gf_evidence *e, size_t k)
{
    return e->judged->indices[k * (size_t)e->judged->loop_count];
}

static void note_good(span_of *s, const unsigned char *value)
{
    for (long v = s->first; v <= s->last; v++) {
        if (value[v - s->first] != VALUE_THERE)
            continue;
        s->split |= s->some_good && s->good_last != v - 1;
        s->good_first = s->some_good ? s->good_first : v;
        s->good_last = v;
        s->some_good = true;
    }
}

static span_of spans(gf_evidence *e)
{
    span_of s = {.first = index_at(e, 0), .last = index_at(e, 0)};
    for (size_t k = 0; k < e->count; k++) {
        long value = index_at(e, k);
        s.first = value < s.first ? value : s.first;
        s.last = value > s.last ? value : s.last;
    }
    bool many = s.last - s.first > VALUES;
    unsigned char *values = many ? NULL : gf_arena_get(&e->arena, (size_t)(s.last - s.first) + 1);
    e->out_of_memory |= !many && !values;
    for (size_t k = 0; values && k < e->count; k++)
        values[index_at(e, k) - s.first] |= e->fails[k] ? VALUE_FAILS | VALUE_THERE : VALUE_THERE;
    if (values)
        note_good(&s, values);
    return s;
}

/* --- the range that mends it -------------------------------------------------------------------------------------- */

static void write_end(gf_text *w, const gf_model *m, const gf_tree *own, bool stays, long value)
{
    const char *steps = m->steps_name ? gf_model_text(m, m->steps_name) : NULL;
    if (stays && own)
        gf_tree_print(w, &m->file.names, own);
    else if (steps && value == m->steps)
        gf_text_add(w, steps);
    else if (steps && (value == m->steps - 1 || (value < m->steps && value > 1 && m->steps - value <= 3)))
        gf_text_print(w, "%s-%ld", steps, m->steps - value);
    else
        gf_text_print(w, "%ld", value);
}

/* Nothing comes to a gradient from beyond the ends, and zeros are what stands there: where such a claim fails, a path
 * of the last step is missing. */
static bool is_about_gradient(const gf_evidence *e)
{
    const gf_tree *const *sides = (const gf_tree *const *)e->judged->statement->sides + e->link;
    const gf_model *m = e->judged->claims->m;
    return (gf_tree_is_grad(m, sides[0]) && !sides[0]->held) || (gf_tree_is_grad(m, sides[1]) && !sides[1]->held);
}

bool gf_diagnose_ends(gf_evidence *e, gf_text *w)
{
    const gf_model *m = e->judged->claims->m;
    if (!e->judged->loop_count || is_about_gradient(e))
        return false;
    for (size_t k = 0; k < e->count; k++)
        if (e->fails[k] && !instance_is_beyond(e, k))
            return false;
    const gf_loop *loop = &e->judged->loops[0];
    span_of s = spans(e);
    if (!s.some_good || s.split)
        return false;
    gf_text_print(w, "wrong only where an index is beyond the ends: %s `for %s = ", loop->range ? "write" : "add",
                  gf_model_text(m, loop->name));
    if (s.good_first == 1 || s.good_first != s.first)
        gf_text_print(w, "%ld", s.good_first);
    else
        write_end(w, m, loop->range ? loop->range->low : NULL, true, s.good_first);
    gf_text_add(w, "..");
    write_end(w, m, loop->range ? loop->range->high : NULL, s.good_last == s.last, s.good_last);
    gf_text_add(w, "`\n");
    return true;
}

/* --- right at one end only ---------------------------------------------------------------------------------------- */

/* Where both sides are zeros, that they agree tells nothing. */
static bool is_something(const gf_evidence *e, long value)
{
    for (size_t k = 0; k < e->count; k++)
        if (index_at(e, k) == value && gf_matrix_norm(&e->truth[k]) > 0)
            return true;
    return false;
}

bool gf_diagnose_time(gf_evidence *e, gf_text *w, int recursion, const char *blame)
{
    const gf_model *m = e->judged->claims->m;
    if (e->judged->loop_count != 1 || e->judged->loops[0].name != m->t)
        return false;
    span_of s = spans(e);
    if (!s.some_good || s.good_first != s.good_last || s.first == s.last || s.first != 1 || s.last != m->steps)
        return false;
    bool last = s.good_last == s.last, first = s.good_first == s.first;
    if ((!last && !first) || !is_something(e, s.good_first))
        return false;
    gf_text_print(w, "right at t = %s only: ", last && m->steps_name ? gf_model_text(m, m->steps_name) : "1");
    if (recursion)
        gf_text_add(w, "the recursion is missing\n");
    else
        gf_text_print(w, "what comes from step t%s is %s\n", last ? "+1" : "-1", blame);
    return true;
}
