/* All there is to say of one value: its equation, the arrows that arrive, and where the gradient goes on to. */
#include <math.h>
#include <string.h>

#include "explain/inside.h"
#include "language/lexer.h"
#include "view/cancel.h"

/* --- text --------------------------------------------------------------------------------------------------------- */

/* The equation behind a spot, as it stands in the file; of a leaf its declaration. */
static const char *written(gf_explaining *x, const gf_spot *spot)
{
    uint32_t side = gf_side_of(x, spot);
    const gf_statement *s = side != UINT32_MAX ? x->sides[side].statement : spot->symbol->declaration;
    gf_text text = {0};
    gf_source_quote(&text, &x->m->file.source, s->span, 0);
    return gf_explaining_keep(x, &text);
}

static const char *put_in(gf_explaining *x, const gf_spot *spot, uint32_t side)
{
    const gf_formula_side *of = &x->sides[side];
    gf_tree *value = gf_at_step(x, of->statement->value, spot->t);
    gf_text text = {0};
    gf_text_print(&text, "%s = ", spot->label ? spot->label : "");
    if (value)
        gf_tree_print(&text, &x->m->file.names, value);
    return gf_explaining_keep(x, &text);
}

/* --- operands ----------------------------------------------------------------------------------------------------- */

enum { MOST_OPERANDS = 100 };

static bool is_known(const gf_node_explained *out, const gf_node *node)
{
    for (size_t k = 0; k < out->operand_count; k++)
        if (out->operands[k].node == node)
            return true;
    return false;
}

/* The names in an expression at their steps, each once. What is within a sum over an index is left out. */
static void find_operands(gf_explaining *x, gf_node_explained *out, const gf_tree *tree, const gf_binding *bindings)
{
    bool leaf = gf_tree_is_name(tree);
    const gf_symbol *symbol = leaf ? gf_model_symbol(x->m, tree->name) : NULL;
    long t = 0;
    if (symbol && symbol->kind >= SYMBOL_PARAM) {
        if (tree->kind == TREE_AT && gf_integer(x->m, NULL, tree->kids[0], bindings, &t) != INTEGER_KNOWN)
            return;
        gf_spot spot = gf_spot_at(x, tree->name, t);
        if (spot.node && !is_known(out, spot.node) && out->operand_count < MOST_OPERANDS)
            out->operands[out->operand_count++] = spot;
    }
    for (uint32_t k = 0; k < tree->count && !leaf && !gf_tree_binds(tree); k++)
        find_operands(x, out, tree->kids[k], bindings);
}

/* --- arrows ------------------------------------------------------------------------------------------------------- */

static bool same_arrow(const gf_link *link, const gf_brings *found)
{
    return link->from.node == found->from.node && link->to.node == found->to.node &&
           link->to.symbol == found->to.symbol;
}

static bool add_up(gf_explaining *x, gf_link *link)
{
    link->sum = gf_zero_matrix(x, link->from.node);
    for (int k = 0; k < link->count && !link->cut && link->sum.data; k++)
        if (!gf_number_add(x, &link->sum, link->terms[k]))
            return false;
    if (link->sum.data)
        link->norm = gf_matrix_norm(&link->sum);
    return link->sum.data;
}

/* How much of the whole it is: what of it points the whole's way. */
static bool find_share(gf_link *link)
{
    const gf_matrix *whole = gf_gradient(link->from.node);
    double along = 0, size = whole ? gf_matrix_norm(whole) : 0;
    for (int i = 0; whole && i < whole->rows; i++)
        for (int j = 0; j < whole->cols; j++)
            along += gf_matrix_at(whole, i, j) * gf_matrix_at(&link->sum, i, j);
    link->cosine = along / size / link->norm;
    link->share = along / size / size;
    return whole;
}

/* The arrow that a use belongs to, a new one where there is none yet. */
static gf_link *arrow_of(gf_links_of *out, const gf_brings *found)
{
    for (size_t k = out->count; k-- > 0;)
        if (same_arrow(&out->list[k], found))
            return &out->list[k];
    out->list[out->count] = (gf_link){.from = found->from, .to = found->to, .cut = found->cut};
    return &out->list[out->count++];
}

/* The terms as a sum, "+ -b" as "- b". */
static const char *formula_of(gf_explaining *x, const gf_link *link)
{
    gf_text text = {0}, term = {0};
    for (int k = 0; k < link->count; k++) {
        gf_text_clear(&term);
        gf_tree_print(&term, &x->m->file.names, link->terms[k]);
        const char *written = gf_text_string(&term);
        bool minus = k && *written == '-';
        gf_text_add(&text, k == 0 ? "" : minus ? " - " : " + ");
        gf_text_add(&text, written + minus);
    }
    text.failed |= term.failed;
    gf_text_free(&term);
    return gf_explaining_keep(x, &text);
}

static bool fill_link(gf_explaining *x, gf_link *link, const gf_brings found[], size_t count)
{
    link->equation = written(x, &link->to);
    link->terms = gf_explaining_room(x, (size_t)link->count * sizeof *link->terms);
    link->count = 0;
    for (size_t k = 0; k < count && link->terms; k++)
        if (same_arrow(link, &found[k]))
            link->terms[link->count++] = found[k].term;
    link->formula = link->terms ? formula_of(x, link) : NULL;
    return link->formula && add_up(x, link) && find_share(link);
}

/* The uses that were found, those of one arrow together. */
static bool gather_links(gf_explaining *x, gf_links_of *out)
{
    out->list = gf_explaining_room(x, x->found_count * sizeof *out->list);
    out->count = 0;
    for (size_t k = 0; k < x->found_count && out->list; k++)
        arrow_of(out, &x->found[k])->count++;
    for (size_t k = 0; k < out->count; k++)
        if (!fill_link(x, &out->list[k], x->found, x->found_count))
            return false;
    return out->list;
}

bool gf_work_out_link(gf_explaining *x, gf_link *link)
{
    gf_worked *worked = gf_explaining_room(x, (size_t)link->count * sizeof *worked);
    for (int k = 0; k < link->count; k++)
        if (!worked || !gf_work_out(x, &worked[k], link->terms[k], &link->from))
            return false;
    link->worked = worked;
    return worked;
}

bool gf_work_out_largest(gf_explaining *x, gf_links_of *links)
{
    for (size_t k = 0; k < links->count && x->full; k++)
        if (!links->list[k].cut && !links->list[k].worked && !gf_work_out_link(x, &links->list[k]))
            return false;
    for (int n = 0; n < GF_SHOWN && !x->full; n++) {
        gf_link *largest = NULL;
        for (size_t k = 0; k < links->count; k++) {
            gf_link *link = &links->list[k];
            bool larger = !largest || link->norm > largest->norm || (isnan(link->norm) && !isnan(largest->norm));
            if (!link->worked && !link->cut && larger)
                largest = link;
        }
        if (largest && !gf_work_out_link(x, largest))
            return false;
    }
    return true;
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static const char *why_without(gf_explaining *x, const gf_spot *spot)
{
    const gf_symbol *symbol = spot->symbol;
    gf_text text = {0};
    if (symbol && symbol->kind == SYMBOL_GIVEN)
        gf_text_print(&text, "%s is given: no gradient is asked for", spot->label);
    else if (!gf_node_differentiable(spot->node))
        gf_text_print(&text, "no gradient reaches %s: it is made of constants alone", spot->label);
    else
        return NULL;
    return gf_explaining_keep(x, &text);
}

static void add_norms(gf_node_explained *out)
{
    double squares = 0;
    out->norm = gf_matrix_norm(&out->gradient);
    for (size_t k = 0; k < out->arrives.count; k++) {
        double norm = out->arrives.list[k].norm;
        out->parts += norm;
        squares += norm * norm;
    }
    out->sums_up = gf_cancel_words(out->norm, out->parts, squares);
}

/* "b[2], by log". */
static const char *first_nonfinite(gf_explaining *x, double norm)
{
    gf_node *node = isfinite(norm) ? NULL : gf_graph_nonfinite_value(x->m->graph);
    node = node || isfinite(norm) ? node : gf_graph_nonfinite_gradient(x->m->graph);
    char label[GF_NAME_LIMIT + 20];
    gf_text text = {0};
    if (!node)
        return NULL;
    gf_text_print(&text, "%s, by %s", gf_node_label(label, sizeof label, node), gf_node_operation(node)->name);
    return gf_explaining_keep(x, &text);
}

static bool find_equation(gf_explaining *x, gf_node_explained *out)
{
    uint32_t side = gf_side_of(x, &out->spot);
    bool has = side != UINT32_MAX;
    const gf_statement *s = has ? x->sides[side].statement : out->spot.symbol->declaration;
    const gf_start *start = NULL;
    for (start = has || !out->spot.symbol ? NULL : out->spot.symbol->starts; start; start = start->next)
        if (start->index == out->spot.t)
            s = start->statement;
    gf_text text = {0};
    gf_source_quote(&text, &x->m->file.source, s->span, 0);
    out->line = gf_statement_line(&x->m->file.source, s);
    out->written = gf_explaining_keep(x, &text);
    out->operands = gf_explaining_room(x, MOST_OPERANDS * sizeof *out->operands);
    if (!has || !out->operands)
        return out->written && out->operands;
    out->put_in = put_in(x, &out->spot, side);
    gf_binding t = {.name = x->m->t, .known = true, .value = out->spot.t};
    find_operands(x, out, s->value, out->spot.symbol && out->spot.symbol->timed ? &t : NULL);
    return out->put_in;
}

static bool find_goes_on(gf_explaining *x, gf_node_explained *out)
{
    uint32_t side = gf_side_of(x, &out->spot);
    x->found_count = 0;
    if (side == UINT32_MAX)
        return true;
    return gf_find_brings(x, side, out->spot.t, NULL) && gather_links(x, &out->goes_on);
}

bool gf_explain_equation(gf_explaining *x, gf_node_explained *out, const gf_spot *spot)
{
    *out = (gf_node_explained){.spot = *spot, .without = why_without(x, spot), .value = *gf_value(spot->node)};
    return find_equation(x, out);
}

bool gf_explain_node(gf_explaining *x, gf_node_explained *out, const gf_spot *spot, bool goes_on)
{
    if (!gf_explain_equation(x, out, spot))
        return false;
    if (out->without)
        return true;
    const gf_matrix *gradient = gf_gradient(spot->node);
    if (!gradient)
        return false;
    out->gradient = *gradient;
    if (!gf_find_users(x, spot) || !gather_links(x, &out->arrives))
        return false;
    add_norms(out);
    out->nonfinite = first_nonfinite(x, out->norm);
    return !goes_on || find_goes_on(x, out);
}

bool gf_explain_sent(gf_explaining *x, gf_node_explained *out, const gf_spot *spot)
{
    return gf_explain_equation(x, out, spot) && find_goes_on(x, out);
}
