/* Partial and total derivatives: which names would have to be held, or not, for a claim to hold. */
#include <stdlib.h>

#include "diagnosis/diagnose.h"
#include "model/scan.h"

enum { HOLDS = 200, PAIRED = 24 };

/* --- saying it ---------------------------------------------------------------------------------------------------- */

static void write_hold(gf_text *w, const gf_model *m, const gf_hold *hold)
{
    gf_text_add(w, gf_model_text(m, hold->name));
    if (!hold->every)
        gf_text_print(w, hold->shift ? "[t%+ld]" : "[t]", hold->shift);
}

/* grad(v, s | a, b) or jacobian(y, x | a, b) with these names behind the bar, and the claim's own, unless `instead`. */
static void write_call(gf_inquiry *q, gf_text *w, const gf_hold hold[], int count, bool instead)
{
    const gf_model *m = q->e->judged->claims->m;
    const gf_tree *call = q->call;
    uint32_t arguments = call->count - call->held;
    gf_text_print(w, "%s(", gf_model_text(m, call->name));
    for (uint32_t k = 0; k < (instead ? arguments : call->count); k++) {
        gf_text_add(w, k == 0 ? "" : k == arguments ? " | " : ", ");
        gf_tree_print(w, &m->file.names, call->kids[k]);
    }
    for (int k = 0; k < count; k++) {
        gf_text_add(w, k == 0 && (instead || !call->held) ? " | " : ", ");
        write_hold(w, m, &hold[k]);
    }
    gf_text_add(w, ")");
}

static void say_held(gf_inquiry *q, gf_text *w, const gf_hold hold[], int count, bool instead)
{
    gf_text_add(w, count ? "this is the derivative with " : "this is the derivative by every path");
    for (int k = 0; k < count; k++) {
        gf_text_add(w, k ? " and " : "");
        write_hold(w, q->e->judged->claims->m, &hold[k]);
    }
    gf_text_add(w, !count ? ": " : instead || !q->call->held ? " held: " : " held as well: ");
    write_call(q, w, hold, count, instead);
    gf_text_add(w, " would hold\n");
}

/* --- what can be held --------------------------------------------------------------------------------------------- */

static size_t place_of(const gf_model *m, uint32_t name)
{
    const gf_symbol *symbol = &m->symbols[name];
    return symbol->at && symbol->at[0].node ? gf_node_id(symbol->at[0].node) : 0;
}

/* The names between, those nearest to y first: people hold h, and not what it is made of. */
static int find_names(const gf_inquiry *q, uint32_t out[HOLDS])
{
    const gf_model *m = q->e->judged->claims->m;
    int count = 0;
    for (uint32_t name = 1; name < m->symbol_count && count < HOLDS; name++) {
        if (!q->between[name])
            continue;
        int at = count++;
        for (; at > 0 && place_of(m, out[at - 1]) < place_of(m, name); at--)
            out[at] = out[at - 1];
        out[at] = name;
    }
    return count;
}

static int add_every(const uint32_t names[], int found, gf_hold out[HOLDS], int count)
{
    for (int n = 0; n < found && count < HOLDS; n++)
        out[count++] = (gf_hold){.name = names[n], .every = true};
    return count;
}

/* At which steps: the claim's own, those beside it, or all; all first where the claim is about several steps. */
static int find_holds(const gf_inquiry *q, gf_hold out[HOLDS])
{
    static const long shifts[] = {0, -1, 1, -2};
    uint32_t names[HOLDS];
    const gf_judged *judged = q->e->judged;
    const gf_model *m = judged->claims->m;
    gf_binding room[GF_LOOPS];
    bool has_t = gf_binding_find(gf_judged_bindings(judged, 0, room), m->t), several = judged->loop_count > 1;
    int found = find_names(q, names), count = several ? add_every(names, found, out, 0) : 0;
    for (int k = 0; k < 4 && has_t; k++)
        for (int n = 0; n < found && count < HOLDS; n++)
            if (m->symbols[names[n]].timed)
                out[count++] = (gf_hold){.name = names[n], .shift = shifts[k]};
    return several ? count : add_every(names, found, out, count);
}

/* --- trying ------------------------------------------------------------------------------------------------------- */

static bool try_hold(gf_inquiry *q, gf_text *w, const gf_hold hold[], int count, bool instead)
{
    bool found = gf_inquiry_explains(q, hold, count, instead);
    if (found)
        say_held(q, w, hold, count, instead);
    return found;
}

static bool try_one(gf_inquiry *q, gf_text *w, const gf_hold holds[], int count, bool instead)
{
    for (int k = 0; k < count; k++)
        if (try_hold(q, w, &holds[k], 1, instead))
            return true;
    return false;
}

/* Two of those that make a difference. */
static bool try_pairs(gf_inquiry *q, gf_text *w, const gf_hold holds[], int count)
{
    gf_hold able[PAIRED];
    int left = 0;
    for (int k = 0; k < count && left < PAIRED; k++) {
        gf_inquiry_explains(q, &holds[k], 1, false);
        if (q->has_effect)
            able[left++] = holds[k];
    }
    for (int k = 0; k < left; k++)
        for (int n = k + 1; n < left; n++)
            if (able[k].every == able[n].every && try_hold(q, w, (gf_hold[]){able[k], able[n]}, 2, false))
                return true;
    return false;
}

bool gf_diagnose_held(gf_inquiry *q, gf_text *w, bool together)
{
    gf_hold holds[HOLDS];
    int count = find_holds(q, holds);
    if (together)
        return try_pairs(q, w, holds, count);
    return (q->call->held && try_hold(q, w, NULL, 0, true)) || try_one(q, w, holds, count, false) ||
           (q->call->held && try_one(q, w, holds, count, true));
}
