/* Paths of the chain rule: which of them is left out, counted twice, or the only one that is kept. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "diagnosis/diagnose.h"

enum { LOCAL = 16, TOGETHER = 3, ROUTES = 400 };

/* A route as it is tried: all uses of a variable in an equation together, or one of them alone. */
typedef struct choice {
    uint32_t route; /* the first of all, or the one */
    bool alone;
} choice;

/* --- saying it ---------------------------------------------------------------------------------------------------- */

static void write_paths(gf_inquiry *q, gf_text *w, const uint32_t routes[], int count)
{
    gf_text end = {0};
    const char *text = gf_inquiry_end(q, &end);
    for (int k = 0; k < count; k++) {
        gf_text_add(w, k == 0 ? "" : k + 1 < count ? ", " : " and ");
        gf_route_write(w, &q->routes, routes[k], " -> ", text);
    }
    q->out_of_memory |= end.failed;
    gf_text_free(&end);
}

static void say_missing(gf_inquiry *q, gf_text *w, const uint32_t routes[], int count)
{
    gf_text_add(w, count == 1 ? "the path " : "the paths ");
    write_paths(q, w, routes, count);
    gf_text_add(w, count == 1 ? " is missing\n" : " are missing\n");
}

static void say_only(gf_inquiry *q, gf_text *w, uint32_t route)
{
    gf_text_add(w, "only the path ");
    write_paths(q, w, &route, 1);
    gf_text_add(w, " is kept\n");
}

static void write_choice(gf_inquiry *q, gf_text *w, choice c)
{
    gf_text end = {0};
    const char *text = gf_inquiry_end(q, &end);
    if (c.alone)
        gf_text_print(w, "one of the %u uses of ", q->routes.list[q->routes.list[c.route].first].uses);
    else
        gf_text_add(w, "the path ");
    gf_route_write(w, &q->routes, c.route, c.alone ? " in " : " -> ", text);
    q->out_of_memory |= end.failed;
    gf_text_free(&end);
}

/* `times` as it came out of the numbers, and the same by name. */
static void say_counted(gf_inquiry *q, gf_text *w, choice c, double times, const char *name)
{
    write_choice(q, w, c);
    if (times == 0)
        gf_text_add(w, " is missing\n");
    else if (times == 2)
        gf_text_add(w, " is counted twice\n");
    else if (times == -1)
        gf_text_add(w, " has the wrong sign\n");
    else
        gf_text_print(w, " is counted %s times\n", name);
}

/* --- the recursion ------------------------------------------------------------------------------------------------ */

static bool is_among(uint32_t route, const uint32_t routes[], int count)
{
    for (int k = 0; k < count; k++)
        if (routes[k] == route)
            return true;
    return false;
}

/* Takes down whether nothing comes from other steps to the name that these routes leave, now that they are left out. */
static void note_recursion(gf_inquiry *q, uint32_t name, const uint32_t missing[], int count)
{
    bool later = false, earlier = false;
    for (uint32_t k = q->routes.first_of[name]; k; k = q->routes.list[k].next) {
        int crosses = gf_route_crosses(&q->routes.list[k]);
        if (!q->leads[k] || !crosses)
            continue;
        if (!is_among(k, missing, count))
            return;
        later |= crosses > 0;
        earlier |= crosses < 0;
    }
    q->recursion = later && earlier ? 2 : later ? 1 : earlier ? -1 : 0;
}

/* --- what each route out of the variable brings ------------------------------------------------------------------- */

/* Adds so many times what a choice brings at instance k. False where it brings nothing. */
static bool add_part(const gf_inquiry *q, size_t k, choice c, double times, double *to)
{
    bool something = false;
    for (const gf_part *part = q->parts[k]; part; part = part->next) {
        uint32_t route = c.alone ? part->route : q->routes.list[part->route].first;
        if (route != c.route)
            continue;
        for (size_t n = 0; n < gf_matrix_size(&q->e->truth[k]); n++)
            to[n] += times * part->sum[n];
        something = true;
    }
    return something;
}

/* The routes that bring something, at any instance, in the order of the file. */
static int find_local(const gf_inquiry *q, uint32_t out[LOCAL])
{
    int count = 0;
    for (size_t k = 0; k < q->e->count; k++)
        for (const gf_part *part = q->parts[k]; part && count < LOCAL; part = part->next)
            if (!is_among(q->routes.list[part->route].first, out, count))
                out[count++] = q->routes.list[part->route].first;
    for (int k = 1; k < count; k++)
        for (int n = k; n > 0 && out[n] < out[n - 1]; n--) {
            uint32_t swapped = out[n];
            out[n] = out[n - 1];
            out[n - 1] = swapped;
        }
    return count;
}

/* Is the truth, changed by so many times what these choices bring, what is claimed? With `only`, that alone. */
static bool fits_local(gf_inquiry *q, const choice choices[], int count, double times, bool only)
{
    gf_evidence *e = q->e;
    for (size_t k = 0; k < e->count; k++) {
        for (size_t n = 0; n < gf_matrix_size(&e->truth[k]); n++)
            q->scratch[n] = only ? 0 : e->truth[k].data[n];
        for (int c = 0; c < count; c++)
            add_part(q, k, choices[c], times, q->scratch);
        if (!gf_evidence_fits(e, k, q->scratch))
            return false;
    }
    return true;
}

/* How much more of a choice than there should be is in what is claimed: by the instance where it brings most. */
static double surplus_of(const gf_inquiry *q, choice c)
{
    const gf_evidence *e = q->e;
    double best = 0, surplus = 0;
    for (size_t k = 0; k < e->count; k++) {
        gf_matrix brought = gf_matrix_over(q->scratch, e->truth[k].rows, e->truth[k].cols);
        memset(q->scratch, 0, gf_matrix_size(&brought) * sizeof *q->scratch);
        bool something = e->fails[k] && add_part(q, k, c, 1, q->scratch);
        double norm = something ? gf_matrix_norm(&brought) : 0, above = 0, below = 0;
        if (!(norm > best))
            continue;
        for (size_t n = 0; n < gf_matrix_size(&brought); n++) {
            above += (e->claim[k].data[n] - e->truth[k].data[n]) / norm * (brought.data[n] / norm);
            below += brought.data[n] / norm * (brought.data[n] / norm);
        }
        best = norm;
        surplus = above / below;
    }
    return surplus;
}

/* One choice that counts otherwise than once. */
static bool try_local(gf_inquiry *q, gf_text *w, choice c)
{
    double surplus = surplus_of(q, c), times = 1 + surplus;
    gf_text name = {0};
    bool nearly_none = fabs(times) < 1e-6;
    bool good = surplus != 0 && isfinite(times);
    good = good && (nearly_none || gf_factor_write(&name, q->e->judged->claims->m, &times));
    times = nearly_none ? 0 : times;
    good = good && times != 1 && fits_local(q, &c, 1, times - 1, false);
    if (good && times == 0 && !c.alone)
        note_recursion(q, q->routes.list[c.route].from, &c.route, 1);
    if (good)
        say_counted(q, w, c, times, gf_text_string(&name));
    q->out_of_memory |= name.failed;
    gf_text_free(&name);
    return good;
}

/* Of several uses in one equation, one. */
static bool try_local_uses(gf_inquiry *q, gf_text *w)
{
    for (uint32_t k = q->routes.first_of[q->x_name]; k; k = q->routes.list[k].next)
        if (q->touched[k] && q->routes.list[q->routes.list[k].first].uses > 1 && try_local(q, w, (choice){k, true}))
            return true;
    return false;
}

static bool try_local_only(gf_inquiry *q, gf_text *w, const uint32_t local[], int count)
{
    for (int k = 0; k < count && count > 2; k++)
        if (fits_local(q, &(choice){local[k], false}, 1, 1, true)) {
            uint32_t others[LOCAL];
            int left = 0;
            for (int n = 0; n < count; n++)
                if (n != k)
                    others[left++] = local[n];
            note_recursion(q, q->routes.list[local[k]].from, others, left);
            say_only(q, w, local[k]);
            return true;
        }
    return false;
}

/* `size` of the routes from number `from` on, behind those chosen already. */
static bool choose_local(gf_inquiry *q, gf_text *w, const uint32_t local[], int count, choice chosen[], int have,
                         int size, int from)
{
    if (have == size) {
        uint32_t routes[TOGETHER];
        if (!fits_local(q, chosen, size, -1, false))
            return false;
        for (int k = 0; k < size; k++)
            routes[k] = chosen[k].route;
        note_recursion(q, q->routes.list[routes[0]].from, routes, size);
        say_missing(q, w, routes, size);
        return true;
    }
    for (int k = from; k < count; k++) {
        chosen[have] = (choice){local[k], false};
        if (choose_local(q, w, local, count, chosen, have + 1, size, k + 1))
            return true;
    }
    return false;
}

/* --- the uses of a parameter at one step -------------------------------------------------------------------------- */

static bool fits_use(gf_inquiry *q, const double *use, bool only)
{
    const gf_matrix *truth = &q->e->truth[0];
    for (size_t n = 0; use && n < gf_matrix_size(truth); n++)
        q->scratch[n] = only ? use[n] : truth->data[n] - use[n];
    return use && gf_evidence_fits(q->e, 0, q->scratch);
}

static bool try_steps(gf_inquiry *q, gf_text *w)
{
    const gf_model *m = q->e->judged->claims->m;
    const char *name = gf_model_text(m, q->x_name), *steps = m->steps_name ? gf_model_text(m, m->steps_name) : "1";
    if (m->symbols[q->x_name].timed || q->e->count != 1 || m->steps < 2)
        return false;
    for (int last = 1; last >= 0; last--) {
        const double *use = last ? q->last_use[0] : q->first_use[0];
        bool only = fits_use(q, use, true);
        if (!only && !fits_use(q, use, false))
            continue;
        const char *says = only ? "is counted: a sum over time is missing" : "is missing";
        gf_text_print(w, "%sthe use of %s at t = %s %s\n", only ? "only " : "", name, last ? steps : "1", says);
        return true;
    }
    return false;
}

/* --- routes that count otherwise wherever they are ---------------------------------------------------------------- */

static void weigh(gf_inquiry *q, uint32_t first, double times)
{
    for (uint32_t k = q->routes.first_of[q->routes.list[first].from]; k; k = q->routes.list[k].next)
        if (q->routes.list[k].first == first)
            q->weight[k] = times;
}

static bool explains_with(gf_inquiry *q, const uint32_t routes[], int count, double times)
{
    for (int k = 0; k < count; k++)
        weigh(q, routes[k], times);
    bool good = gf_inquiry_explains(q, NULL, 0, false);
    for (int k = 0; k < count; k++)
        weigh(q, routes[k], 1);
    return good;
}

static bool try_times(gf_inquiry *q, gf_text *w, const uint32_t routes[], int count, double times)
{
    for (int k = 0; k < count; k++) {
        if (!explains_with(q, &routes[k], 1, times))
            continue;
        if (times == 0)
            note_recursion(q, q->routes.list[routes[k]].from, &routes[k], 1);
        say_counted(q, w, (choice){routes[k], false}, times, "");
        return true;
    }
    return false;
}

/* Of several uses in one equation, one: left out, counted twice, or with the wrong sign. */
static bool try_uses(gf_inquiry *q, gf_text *w)
{
    static const double times[] = {0, 2, -1};
    for (int n = 0; n < 3; n++)
        for (uint32_t k = 1; k < q->routes.count; k++) {
            if (!q->touched[k] || q->routes.list[q->routes.list[k].first].uses < 2)
                continue;
            q->weight[k] = times[n];
            bool good = gf_inquiry_explains(q, NULL, 0, false);
            q->weight[k] = 1;
            if (good)
                say_counted(q, w, (choice){k, true}, times[n], "");
            if (good)
                return true;
        }
    return false;
}

/* The routes of a row that leave the same name as number k, but for number `but`. */
static int siblings(const gf_inquiry *q, const uint32_t routes[], int count, int k, int but, uint32_t out[ROUTES])
{
    int found = 0;
    for (int n = 0; n < count; n++)
        if (n != but && q->routes.list[routes[n]].from == q->routes.list[routes[k]].from)
            out[found++] = routes[n];
    return found;
}

static bool try_only(gf_inquiry *q, gf_text *w, const uint32_t routes[], int count)
{
    uint32_t others[ROUTES];
    for (int k = 0; k < count; k++) {
        int found = siblings(q, routes, count, k, k, others);
        if (found < 2 || !explains_with(q, others, found, 0))
            continue;
        note_recursion(q, q->routes.list[routes[k]].from, others, found);
        say_only(q, w, routes[k]);
        return true;
    }
    return false;
}

static bool try_pairs(gf_inquiry *q, gf_text *w, const uint32_t routes[], int count)
{
    for (int k = 0; k < count; k++)
        for (int n = k + 1; n < count; n++) {
            uint32_t pair[2] = {routes[k], routes[n]};
            if (q->routes.list[pair[0]].from != q->routes.list[pair[1]].from || !explains_with(q, pair, 2, 0))
                continue;
            note_recursion(q, q->routes.list[pair[0]].from, pair, 2);
            say_missing(q, w, pair, 2);
            return true;
        }
    return false;
}

/* Nothing passes from step to step, by whatever route. */
static bool try_recursion(gf_inquiry *q, gf_text *w)
{
    uint32_t crossing[ROUTES];
    int count = 0;
    bool later = false, earlier = false;
    for (uint32_t k = 1; k < q->routes.count && count < ROUTES; k++) {
        int crosses = gf_route_crosses(&q->routes.list[k]);
        if (!q->leads[k] || !crosses)
            continue;
        crossing[count++] = k;
        later |= crosses > 0;
        earlier |= crosses < 0;
    }
    if (count < 2 || !explains_with(q, crossing, count, 0))
        return false;
    q->recursion = later && earlier ? 2 : later ? 1 : -1;
    const char *where = q->recursion == 2 ? "other steps" : later ? "step t+1" : "step t-1";
    gf_text_print(w, "the recursion is missing: nothing comes from %s\n", where);
    return true;
}

/* --- in order ----------------------------------------------------------------------------------------------------- */

static int ways_out(const gf_inquiry *q, uint32_t name)
{
    int count = 0;
    for (uint32_t k = q->routes.first_of[name]; k; k = q->routes.list[k].next)
        count += q->leads[k];
    return count;
}

/* The routes out of the variable, and the others: first those out of what has several, where sums are written. */
static int find_routes(const gf_inquiry *q, uint32_t out[ROUTES], bool own)
{
    int count = 0;
    for (int single = 0; single < 2; single++)
        for (uint32_t k = 1; k < q->routes.count && count < ROUTES; k++) {
            uint32_t from = q->routes.list[k].from;
            if (q->leads[k] && (from == q->x_name) == own && (ways_out(q, from) < 2) == single)
                out[count++] = k;
        }
    return count;
}

/* What explains the claim if every other line it is made of is right. */
static bool try_here(gf_inquiry *q, gf_text *w, const uint32_t local[], int count)
{
    for (int k = 0; k < count; k++)
        if (try_local(q, w, (choice){local[k], false}))
            return true;
    return try_local_only(q, w, local, count) || try_local_uses(q, w);
}

/* The same in whatever line it is made of. */
static bool try_own(gf_inquiry *q, gf_text *w, const uint32_t routes[], int count)
{
    return try_times(q, w, routes, count, 0) || try_times(q, w, routes, count, 2) ||
           try_times(q, w, routes, count, -1) || try_only(q, w, routes, count);
}

static bool try_others(gf_inquiry *q, gf_text *w, const uint32_t routes[], int count)
{
    return try_times(q, w, routes, count, 0) || try_only(q, w, routes, count) || try_recursion(q, w) ||
           try_times(q, w, routes, count, 2) || try_times(q, w, routes, count, -1);
}

bool gf_diagnose_paths(gf_inquiry *q, gf_text *w)
{
    uint32_t local[LOCAL], own[ROUTES], others[ROUTES];
    choice chosen[TOGETHER];
    int locals = find_local(q, local), owns = find_routes(q, own, true), rest = find_routes(q, others, false);
    if (try_here(q, w, local, locals) || try_own(q, w, own, owns) || try_steps(q, w) ||
        try_others(q, w, others, rest) || try_uses(q, w))
        return true;
    for (int size = 2; size <= TOGETHER; size++)
        if (choose_local(q, w, local, locals, chosen, 0, size, 0))
            return true;
    return try_pairs(q, w, own, owns) || try_pairs(q, w, others, rest);
}
