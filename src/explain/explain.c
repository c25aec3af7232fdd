/* gf_explanation: reads what is asked for, finds it, and has it written. */
#include <stdlib.h>
#include <string.h>

#include "base/sized.h"
#include "derive/paths.h"
#include "explain/asked.h"
#include "explain/tell.h"

enum { MOST_STEPS = 20 };

/* An explanation that is asked for. */
typedef struct asking {
    gf_explaining x;
    const gf_explanation_options *options;
    gf_text text;
} asking;

/* --- one arrow ---------------------------------------------------------------------------------------------------- */

static bool is_operand(gf_explaining *x, const gf_spot *from, const gf_spot *to)
{
    gf_node_explained node;
    if (!gf_explain_equation(x, &node, to))
        return false;
    for (size_t k = 0; k < node.operand_count; k++)
        if (node.operands[k].node == from->node)
            return true;
    return false;
}

static bool refuse_arrow(gf_explaining *x, const gf_spot *from, const gf_spot *to)
{
    gf_text leaving = {0};
    uint32_t back = gf_side_of(x, from);
    if (is_operand(x, from, to)) {
        gf_explaining_refuse(x, "%s -> %s: no gradient passes: where %s uses %s, stop, or what passes none, is around",
                             from->label, to->label, to->label, from->label);
        return false;
    }
    x->found_count = 0;
    if (back != UINT32_MAX && !gf_find_brings(x, back, from->t, to))
        return false;
    if (x->found_count) {
        gf_explaining_refuse(x, "%s -> %s: %s uses %s, not the other way: write '%s -> %s', the way of the values",
                             from->label, to->label, from->label, to->label, to->label, from->label);
        return false;
    }
    if (!gf_find_users(x, from))
        return false;
    size_t shown = 0;
    for (size_t k = 0; k < x->found_count && shown <= 12; k++) {
        if (k && x->found[k].to.node == x->found[k - 1].to.node && x->found[k].to.symbol == x->found[k - 1].to.symbol)
            continue;
        gf_text_print(&leaving, "%s%s", shown ? ", " : "", shown < 12 ? x->found[k].to.label : "…");
        shown++;
    }
    if (shown && gf_chain_exists(x, from, to))
        gf_text_print(&leaving, "; for the chain between them: --path '%s -> %s'", from->label, to->label);
    x->problems.out_of_memory |= leaving.failed;
    gf_explaining_refuse(x,
                         shown ? "%s -> %s: %s does not use %s itself; from %s arrows lead to %s"
                               : "%s -> %s: %s does not use %s; no arrow leaves %s%s",
                         from->label, to->label, to->label, from->label, from->label, gf_text_string(&leaving));
    gf_text_free(&leaving);
    return false;
}

/* The tree of a spot: c[t] for the step that t stands for. */
static const gf_tree *tree_of(gf_explaining *x, const gf_spot *spot, long t)
{
    gf_affine index = gf_affine_of_name(x->m->t);
    index.number = spot->t - t;
    return gf_make_at(&x->d, spot->name, spot->symbol->timed ? gf_affine_tree(&x->d, &index) : NULL);
}

/* The Jacobian of an arrow, where derive/ knows one: of the paths those that go through nothing else. */
static bool find_jacobian(gf_explaining *x, gf_arrow_explained *out)
{
    const gf_spot *from = &out->link.from, *to = &out->link.to;
    const gf_tree **held = gf_explaining_room(x, x->m->symbol_count * sizeof *held);
    gf_problems quiet = {.source = x->problems.source};
    gf_path *paths;
    int held_count = 0, count = 0;
    if (!held || !to->symbol || !to->symbol->timed || !from->symbol->timed || to->t < 1)
        return held;
    for (uint32_t k = 1; k < x->m->symbol_count; k++)
        if (x->m->symbols[k].kind == SYMBOL_EQUATION && k != from->name && k != to->name)
            held[held_count++] = gf_make_name(&x->d, k);
    x->d.problems = &quiet;
    bool good = gf_paths_find(&x->d, tree_of(x, to, to->t), tree_of(x, from, to->t), held, held_count, &paths, &count);
    for (int k = 0; k < count && good; k++)
        if (paths[k].count == 2 && paths[k].jacobian) {
            const gf_tree *tree = gf_at_step(x, gf_polish(&x->d, paths[k].jacobian), to->t);
            gf_text text = {0};
            gf_tree_print(&text, &x->m->file.names, tree);
            out->jacobian = gf_number_tree(x, &out->slope, tree, 0, 0) ? gf_explaining_keep(x, &text) : NULL;
            break;
        }
    x->d.problems = &x->problems;
    x->problems.out_of_memory |= quiet.out_of_memory;
    gf_problems_free(&quiet);
    return !x->problems.out_of_memory;
}

/* Is it given, which is said? Nothing comes back to it then. */
static bool is_given(gf_explaining *x, const gf_spot *from, const gf_spot *to)
{
    bool given = from->symbol && from->symbol->kind == SYMBOL_GIVEN;
    if (given)
        gf_explaining_refuse(x, "%s -> %s: %s is given, and gets no gradient", from->label, to->label, from->label);
    return given;
}

static bool find_arrow(gf_explaining *x, gf_arrow_explained *out, const char *text)
{
    gf_spot from, to;
    gf_node_explained all;
    *out = (gf_arrow_explained){.jacobian = NULL};
    if (!gf_asked_find_two(x, &from, &to, text))
        return false;
    if (is_given(x, &from, &to))
        return false;
    uint32_t side = gf_side_of(x, &to);
    x->found_count = 0;
    if (side != UINT32_MAX && !gf_find_brings(x, side, to.t, &from))
        return false;
    if (!x->found_count)
        return refuse_arrow(x, &from, &to);
    if (!gf_explain_node(x, &all, &from, false))
        return false;
    out->whole = all.norm;
    for (size_t k = 0; k < all.arrives.count; k++)
        if (all.arrives.list[k].to.node == to.node && all.arrives.list[k].to.symbol == to.symbol) {
            gf_links_of one = {&all.arrives.list[k], 1};
            bool good = gf_work_out_largest(x, &one) && !x->problems.out_of_memory;
            out->link = *one.list;
            return good && find_jacobian(x, out);
        }
    return refuse_arrow(x, &from, &to);
}

/* --- all steps ---------------------------------------------------------------------------------------------------- */

static bool find_series(gf_explaining *x, gf_series *out, const gf_spot *of)
{
    long steps = x->m->steps, count = steps < MOST_STEPS || x->full ? steps : MOST_STEPS;
    gf_text file = {0};
    gf_text_printable(&file, x->m->file.source.name);
    *out = (gf_series){.name = gf_model_text(x->m, of->name), .file = gf_explaining_keep(x, &file), .steps = steps};
    out->list = gf_explaining_room(x, (size_t)count * sizeof *out->list);
    for (long k = 0; k < count && out->list && out->file; k++) {
        long t = count == 1 ? 1 : 1 + k * (steps - 1) / (count - 1);
        gf_spot spot = gf_spot_at(x, of->name, t);
        if (!spot.node || !gf_explain_node(x, &out->list[out->count++], &spot, false))
            return false;
    }
    return out->list && out->file;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static bool write(asking *a, const gf_told_json *what)
{
    gf_page page = {
        .text = &a->text, .markdown = a->options->format == GF_EXPLANATION_MARKDOWN, .full = a->options->full};
    if (a->options->format == GF_EXPLANATION_JSON)
        gf_tell_json(&a->text, what);
    else if (what->arrow)
        gf_tell_arrow(&page, what->arrow);
    else if (what->chain)
        gf_tell_chain(&page, what->chain);
    else if (what->let)
        gf_tell_let(&page, what->let);
    else if (what->series)
        gf_tell_series(&page, what->series);
    else
        gf_tell_node(&page, what->node);
    a->x.problems.out_of_memory |= a->text.failed;
    return !a->text.failed;
}

/* Of loss L[T] the loss is L[T] itself, one value under two names. */
static void name_loss(gf_explaining *x, gf_spot *to)
{
    const gf_tree *tree = to->symbol ? NULL : x->sides[0].statement->value;
    long t = 0;
    if (!tree || (tree->kind != TREE_AT && tree->kind != TREE_NAME))
        return;
    if (tree->kind == TREE_NAME || gf_integer(x->m, NULL, tree->kids[0], NULL, &t) == INTEGER_KNOWN) {
        gf_spot named = gf_spot_at(x, tree->name, t);
        *to = named.node == to->node ? named : *to;
    }
}

static bool explain_path(asking *a)
{
    gf_spot from, to;
    gf_chain chain;
    if (!gf_asked_find_two(&a->x, &from, &to, a->options->path) || is_given(&a->x, &from, &to))
        return false;
    name_loss(&a->x, &to);
    return gf_chain_find(&a->x, &chain, &from, &to) && write(a, &(gf_told_json){.m = a->x.m, .chain = &chain});
}

static bool explain_one(asking *a)
{
    gf_asked_spot asked;
    gf_node_explained node;
    gf_series series;
    gf_let_explained let;
    if (!gf_asked_find(&a->x, &asked, a->options->of))
        return false;
    if (asked.let)
        return gf_explain_let(&a->x, &let, &asked.spot, asked.every_step && a->x.m->steps > 1) &&
               write(a, &(gf_told_json){.m = a->x.m, .let = &let});
    if (asked.every_step && a->x.m->steps > 1)
        return find_series(&a->x, &series, &asked.spot) && write(a, &(gf_told_json){.m = a->x.m, .series = &series});
    return gf_explain_node(&a->x, &node, &asked.spot, true) && gf_work_out_largest(&a->x, &node.arrives) &&
           write(a, &(gf_told_json){.m = a->x.m, .node = &node});
}

static bool explain_of(asking *a)
{
    gf_arrow_explained arrow;
    if (!gf_asked_has_arrow(a->options->of))
        return explain_one(a);
    return find_arrow(&a->x, &arrow, a->options->of) && write(a, &(gf_told_json){.m = a->x.m, .arrow = &arrow});
}

/* --- the public face ---------------------------------------------------------------------------------------------- */

/* What is asked for; without options, all. */
static gf_status explain(char **out, gf_model *m, const gf_explanation_options *options)
{
    gf_status status = gf_model_unroll(m);
    if (!status)
        status = gf_backward(gf_model_loss(m), 0);
    if (status) {
        if (gf_model_graph(m) && gf_graph_status(m->graph))
            gf_text_print(&m->refusal, "%s\n", gf_graph_message(m->graph));
        return status;
    }
    asking a = {.options = options};
    gf_binding at;
    bool good = gf_explaining_begin(&a.x, m);
    a.x.full = options && options->full;
    if (good && options && options->at)
        good = gf_asked_find_step(&a.x, &at, options->at);
    if (good && !options)
        good = gf_tell_all(&a.x, &a.text);
    else if (good)
        good = options->path ? explain_path(&a) : explain_of(&a);
    if (good)
        *out = a.text.data;
    else
        gf_text_free(&a.text);
    status = *out ? GF_OK : gf_problems_status(&a.x.problems);
    if (status)
        gf_problems_write(&m->refusal, &a.x.problems);
    gf_explaining_end(&a.x);
    return status;
}

gf_status gf_explanation(char **out, gf_model *m, const gf_explanation_options *options)
{
    gf_explanation_options own;
    char why[GF_SIZED_WHY];
    if (!gf_model_asked(out, m))
        return GF_ERROR_ARGUMENT;
    if (!gf_sized_take(&own, options, gf_explanation_options, path, why))
        return gf_model_refuse(m, "gf_explanation: %s", why);
    if ((unsigned)own.format > GF_EXPLANATION_MARKDOWN)
        return gf_model_refuse(m, "gf_explanation: there is no format %d", (int)own.format);
    if (!own.of == !own.path)
        return gf_model_refuse(m, "gf_explanation: ask for a value, or for a path");
    return explain(out, m, &own);
}

gf_status gf_explanations(char **out, gf_model *m)
{
    return gf_model_asked(out, m) ? explain(out, m, NULL) : GF_ERROR_ARGUMENT;
}
