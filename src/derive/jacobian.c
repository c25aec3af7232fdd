/* A Jacobian written down: a let and a claim a path, and one for their sum.
 *
 * The claim of a path holds fixed what the other paths go through. What cannot be cut so, such as the direct way, is in
 * the claim, too: for the path by the forget gate, jacobian(c[t], c[t-1] | i[t], g[t]) = J1[t] + J2[t]. */
#include <string.h>

#include "derive/paths.h"

typedef struct writing {
    gf_deriving d;
    gf_derivation_lines *out;
    const gf_tree *call; /* jacobian(y, x | held), as it is asked for */
    gf_path *paths;
    int count;
    uint32_t lets[GF_MOST_PATHS];
    gf_derived **last_let, **last_claim;
} writing;

/* --- which paths a claim is about --------------------------------------------------------------------------------- */

static bool passes(const gf_path *path, const gf_tree *node)
{
    for (int k = 1; k + 1 < path->count; k++)
        if (gf_tree_equal(path->nodes[k], node))
            return true;
    return false;
}

static bool is_cut(const gf_path *path, const gf_tree *const held[], int count)
{
    for (int k = 0; k < count; k++)
        if (passes(path, held[k]))
            return true;
    return false;
}

/* What to hold so that path number `own` remains, with as few others as can be: of each other path what is nearest to
 * y. Returns how many. */
static int hold_others(const writing *w, int own, const gf_tree *held[GF_MOST_PATHS])
{
    int count = 0;
    for (int p = 0; p < w->count; p++)
        for (int k = 1; p != own && k + 1 < w->paths[p].count && !is_cut(&w->paths[p], held, count); k++)
            if (!passes(&w->paths[own], w->paths[p].nodes[k]))
                held[count++] = w->paths[p].nodes[k];
    return count;
}

/* --- lines -------------------------------------------------------------------------------------------------------- */

static const char *keep(writing *w, gf_text *text)
{
    const char *kept = gf_text_keep(text, w->d.arena);
    w->d.problems->out_of_memory |= !kept;
    return kept;
}

/* "c[t-1] -> h[t-1] -> f[t] -> c[t]", the way of the values. */
static const char *name_path(writing *w, const gf_path *path)
{
    gf_text text = {0};
    for (int k = path->count - 1; k >= 0; k--) {
        gf_tree_print(&text, &w->d.m->file.names, path->nodes[k]);
        gf_text_add(&text, k ? " -> " : "");
    }
    return keep(w, &text);
}

static void add_let(writing *w, int number)
{
    const gf_path *path = &w->paths[number];
    gf_derived *line = gf_new_line(&w->d, STATEMENT_LET);
    const gf_tree *y = path->nodes[0], *x = path->nodes[path->count - 1];
    gf_extents a, b, own;
    if (!line || !gf_extents_of(&w->d, y, &a) || !gf_extents_of(&w->d, x, &b))
        return;
    int along_y = gf_is_one(&a, 0), along_x = gf_is_one(&b, 0);
    own = (gf_extents){.size = {a.size[along_y], b.size[along_x]}, .text = {a.text[along_y], b.text[along_x]}};
    char base[16];
    snprintf(base, sizeof base, "%d", number + 1);
    w->lets[number] = gf_new_let(&w->d, "J", base, false, &own);
    const gf_tree *value = path->jacobian ? path->jacobian : gf_make_call(&w->d, gf_word(&w->d, "eye"), own.text, 1);
    line->line.name = w->lets[number];
    line->line.index = gf_make_name(&w->d, w->d.m->t);
    line->line.value = gf_polish(&w->d, value);
    line->of = path->nodes[0];
    line->source = gf_model_symbol(w->d.m, y->name)->definition;
    line->why = name_path(w, path);
    *w->last_let = line;
    w->last_let = &line->next;
}

/* for t = 2..T, where the equations of the paths are not there at every t. */
static void limit(writing *w, gf_statement *claim, long low, long high)
{
    gf_range *range = gf_arena_get(w->d.arena, sizeof *range);
    w->d.problems->out_of_memory |= !range;
    if (!range || (low >= 0 && high <= 0))
        return;
    gf_affine last = gf_affine_of_name(w->d.m->steps_name);
    if (!w->d.m->steps_name)
        last = (gf_affine){.fits = true, .number = w->d.m->steps};
    last.number -= high > 0 ? high : 0;
    *range = (gf_range){.name = w->d.m->t};
    range->low = gf_make_number(&w->d, low < 0 ? (double)(1 - low) : 1);
    range->high = gf_affine_tree(&w->d, &last);
    claim->ranges = range;
    claim->range_count = 1;
}

/* jacobian(y, x | held), with what is held fixed by the one who asks, too. */
static gf_tree *call_of(writing *w, const gf_tree *const held[], int count)
{
    uint32_t asked = w->call->count;
    const gf_tree **kids = gf_arena_get(w->d.arena, (asked + (uint32_t)count) * sizeof *kids);
    w->d.problems->out_of_memory |= !kids;
    for (uint32_t k = 0; kids && k < asked + (uint32_t)count; k++)
        kids[k] = k < asked ? w->call->kids[k] : held[k - asked];
    gf_tree like = *w->call;
    like.held = (uint16_t)(w->call->held + count);
    return kids ? gf_make_raw(&w->d, &like, kids, asked + (uint32_t)count) : NULL;
}

static void add_claim(writing *w, const char *label, const gf_tree *const held[], int count)
{
    gf_derived *line = gf_new_line(&w->d, STATEMENT_CLAIM);
    gf_tree *sum = NULL;
    long low = 0, high = 0;
    for (int k = 0; k < w->count; k++) {
        const gf_path *path = &w->paths[k];
        if (is_cut(path, held, count))
            continue;
        gf_tree *let = gf_make_at(&w->d, w->lets[k], gf_make_name(&w->d, w->d.m->t));
        sum = sum ? gf_make(&w->d, TREE_ADD, sum, let) : let;
        low = path->low < low ? path->low : low;
        high = path->high > high ? path->high : high;
    }
    if (!line || !gf_make_sides(&w->d, &line->line, call_of(w, held, count), sum))
        return;
    line->line.text = label;
    limit(w, &line->line, low, high);
    *w->last_claim = line;
    w->last_claim = &line->next;
}

static void write_lines(writing *w)
{
    const gf_tree *held[GF_MOST_PATHS];
    for (int k = 0; k < w->count; k++)
        add_let(w, k);
    for (int k = 0; k < w->count && w->count > 1; k++) {
        int count = hold_others(w, k, held);
        if (count) /* else it is the sum of all */
            add_claim(w, name_path(w, &w->paths[k]), held, count);
    }
    const char *label = w->count > 1 ? "all paths" : name_path(w, &w->paths[0]);
    add_claim(w, label, held, 0);
}

/* --- what is asked for -------------------------------------------------------------------------------------------- */

/* The text "c[t], c[t-1] | h[t-1]" as a call of jacobian; NULL where it is none, which is said. */
static const gf_tree *read_request(writing *w, const char *text)
{
    gf_text whole = {0};
    gf_problems quiet = {0};
    gf_text_print(&whole, "jacobian(%s)", text);
    const gf_tree *call = gf_parse_text(gf_text_string(&whole), &w->d.m->file.names, w->d.arena, &quiet);
    w->d.problems->out_of_memory |= quiet.out_of_memory || whole.failed;
    bool good = call && call->kind == TREE_CALL && call->count - call->held == 2;
    for (uint32_t k = 0; good && k < call->count; k++)
        good = gf_tree_is_name(call->kids[k]);
    if (!good)
        gf_problem_add(
            w->d.problems, GF_ERROR_ARGUMENT, GF_NOWHERE,
            "%s: a Jacobian is asked for as 'c[t], c[t-1]', or 'c[t], c[t-1] | h[t-1]' with what is held fixed", text);
    gf_text_free(&whole);
    gf_problems_free(&quiet);
    return good ? call : NULL;
}

static void find_and_write(writing *w, const char *text)
{
    w->call = read_request(w, text);
    if (!w->call)
        return;
    const gf_tree *const *kids = (const gf_tree *const *)w->call->kids;
    for (uint32_t k = 2; k < w->call->count; k++) {
        const gf_symbol *symbol = gf_model_symbol(w->d.m, kids[k]->name);
        if (symbol && symbol->kind >= SYMBOL_PARAM && symbol->kind != SYMBOL_LET)
            continue;
        gf_problem_add(w->d.problems, GF_ERROR_ARGUMENT, GF_NOWHERE,
                       "%s is no name of the model's graph, and cannot be held fixed",
                       gf_names_text(&w->d.m->file.names, kids[k]->name));
        return;
    }
    if (!gf_paths_find(&w->d, kids[0], kids[1], kids + 2, w->call->held, &w->paths, &w->count))
        return;
    if (w->count)
        write_lines(w);
    else
        gf_problem_add(w->d.problems, GF_ERROR_ARGUMENT, GF_NOWHERE, "%s: no path leads from the second to the first",
                       text);
}

gf_status gf_derive_jacobian(gf_derivation_lines *out, gf_model *m, const gf_derivation_options *options)
{
    *out = (gf_derivation_lines){.m = m, .paths = true, .problems = {.source = &m->file.source}};
    gf_status status = gf_model_unroll(m);
    if (status)
        return status;
    writing w = {.out = out};
    w.last_let = &out->lets;
    w.last_claim = &out->claims;
    if (gf_deriving_begin(&w.d, m, &out->arena, &out->problems)) {
        w.d.beside = options->format == GF_DERIVATION_GF;
        find_and_write(&w, options->jacobian);
    }
    gf_deriving_end(&w.d);
    return gf_problems_status(&out->problems);
}
