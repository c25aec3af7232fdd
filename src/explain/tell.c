/* Explanations in words, tables and numbers. */
#include "explain/tell.h"

#include <math.h>
#include <string.h>

#include "text/characters.h"

enum { MOST_RECEIVERS = 20 };
enum { FORMULA = 40 }; /* characters of a formula in a table: below, it stands whole */

/* --- pieces ------------------------------------------------------------------------------------------------------- */

static void heading(gf_page *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void heading(gf_page *p, const char *format, ...)
{
    gf_text text = {0};
    va_list arguments;
    va_start(arguments, format);
    gf_text_vprint(&text, format, arguments);
    va_end(arguments);
    p->text->failed |= text.failed;
    gf_page_heading(p, gf_text_string(&text));
    gf_text_free(&text);
}

static void cell_number(gf_page *p, double number)
{
    char digits[GF_CELL];
    gf_page_cell(p, "%s", gf_page_number(digits, number));
}

static void cell_share(gf_page *p, double part)
{
    char digits[GF_CELL];
    gf_page_cell(p, "%s", gf_page_percent(digits, part));
}

static void cell_cut(gf_page *p, const char *text)
{
    size_t size = p->full ? strlen(text) : gf_utf8_bytes(text, FORMULA);
    gf_page_cell(p, "%.*s%s", (int)size, text, text[size] ? "…" : "");
}

/* --- terms -------------------------------------------------------------------------------------------------------- */

/* The factors, and what they come to. */
static void tell_product(gf_page *p, const gf_product *product, const char *result)
{
    gf_page_matrix list[GF_MATRICES];
    size_t count = 0;
    for (int k = 0; k < product->count; k++) {
        const gf_factor *factor = &product->factors[k];
        list[count++] = (gf_page_matrix){factor->sign, factor->text, &factor->value};
    }
    list[count] = (gf_page_matrix){count ? "=" : "", result, &product->value};
    gf_page_matrices(p, list, count + 1);
}

/* A term, line by line; what is no product comes to a number at once. */
static void tell_worked(gf_page *p, const gf_worked *worked, const char *result)
{
    gf_page_matrix whole = {"", worked->text, &worked->value};
    if (worked->count)
        gf_page_code(p, worked->text);
    for (int k = 0; k < worked->count; k++) {
        bool last = worked->whole && k + 1 == worked->count;
        tell_product(p, &worked->products[k], last ? result : worked->products[k].text);
        if (!last)
            gf_page_gap(p);
    }
    if (!worked->whole)
        gf_page_matrices(p, &whole, 1);
}

static void tell_terms(gf_page *p, const gf_link *link, const char *result)
{
    for (int k = 0; k < link->count && link->worked; k++) {
        tell_worked(p, &link->worked[k], link->count > 1 ? "" : result);
        if (link->count > 1)
            gf_page_gap(p);
    }
    if (link->count > 1)
        gf_page_matrices(p, &(gf_page_matrix){"=", *result ? result : "together", &link->sum}, 1);
}

/* --- one value ---------------------------------------------------------------------------------------------------- */

static void tell_equation(gf_page *p, const gf_node_explained *node)
{
    gf_page_matrix list[GF_MATRICES];
    size_t count = 0;
    heading(p, "%s, %d x %d, line %d", node->spot.label, node->value.rows, node->value.cols, node->line);
    gf_page_code(p, node->written);
    if (node->put_in && strcmp(node->put_in, node->written))
        gf_page_code(p, node->put_in);
    gf_page_gap(p);
    for (size_t k = 0; k < node->operand_count && count + 1 < GF_MATRICES; k++)
        list[count++] = (gf_page_matrix){"", node->operands[k].label, gf_value(node->operands[k].node)};
    list[count] = (gf_page_matrix){"", node->spot.label, &node->value};
    gf_page_matrices(p, list, count + 1);
    if (node->without || !node->arrives.count)
        gf_page_gap(p);
}

static bool cancels(const gf_node_explained *node)
{
    return node->arrives.count > 1 && node->parts > 1.03 * node->norm;
}

static void tell_link_row(gf_page *p, const gf_link *link, bool cosine)
{
    char digits[GF_CELL];
    gf_page_cell(p, "%s", link->to.label);
    cell_cut(p, link->cut ? "nothing: truncate cuts here" : link->formula);
    cell_number(p, link->norm);
    cell_share(p, link->share);
    if (cosine)
        gf_page_cell(p, "%s", gf_page_cosine(digits, link->cosine));
}

static void tell_table_end(gf_page *p, const gf_node_explained *node, bool cosine)
{
    gf_page_cell(p, "sum");
    gf_page_cell(p, "d%s", node->spot.label);
    cell_number(p, node->norm);
    cell_share(p, node->norm > 0 && isfinite(node->norm) ? 1 : NAN);
    if (cosine)
        gf_page_cell(p, "%s", "");
    gf_page_end_table(p);
}

/* Those that are worked out, and how much the others are together. */
static void tell_table(gf_page *p, const gf_node_explained *node)
{
    bool cosine = cancels(node), many = node->arrives.count > GF_SHOWN && !p->full;
    size_t others = 0;
    double share = 0;
    gf_page_table(p, cosine ? 5 : 4);
    gf_page_cell(p, "from");
    gf_page_cell(p, "brings");
    gf_page_cell(p, " norm");
    gf_page_cell(p, " share");
    if (cosine)
        gf_page_cell(p, " cosine");
    for (size_t k = 0; k < node->arrives.count; k++) {
        const gf_link *link = &node->arrives.list[k];
        bool shown = link->worked || !many;
        share += shown ? 0 : link->share;
        others += !shown;
        if (shown)
            tell_link_row(p, link, cosine);
    }
    if (others) {
        gf_page_cell(p, "%zu others", others);
        gf_page_cell(p, "%s", "");
        gf_page_cell(p, "%s", "");
        cell_share(p, share);
        if (cosine)
            gf_page_cell(p, "%s", "");
    }
    tell_table_end(p, node, cosine);
    if (others)
        gf_page_line(p, "Shown are the %d arrows of the largest norms; --full shows all.", GF_SHOWN);
}

static void tell_sum(gf_page *p, const gf_node_explained *node)
{
    char parts[GF_CELL], whole[GF_CELL];
    if (node->parts == 0)
        gf_page_line(p, "Nothing arrives: every arrow brings 0.");
    else if (node->arrives.count > 1 && isfinite(node->parts))
        gf_page_line(p, "Norms add up to %s, the norm of the sum is %s: the arrows%s.",
                     gf_page_number(parts, node->parts), gf_page_number(whole, node->norm), node->sums_up);
    if (cancels(node))
        gf_page_line(p, "Share: norm times cosine, over the norm of the sum: what points the sum's way.");
    if (node->nonfinite)
        gf_page_line(p, "The first value that is not finite: %s.", node->nonfinite);
}

/* The arrows, entry by entry, under each other. */
static void tell_addition(gf_page *p, const gf_node_explained *node, const char *gradient)
{
    gf_page_matrix list[GF_SHOWN + 1];
    size_t count = node->arrives.count;
    if (count < 2 || count > GF_SHOWN)
        return;
    heading(p, "The sum");
    for (size_t k = 0; k < count; k++)
        list[k] = (gf_page_matrix){k ? "+" : "", node->arrives.list[k].to.label, &node->arrives.list[k].sum};
    list[count] = (gf_page_matrix){"=", gradient, &node->gradient};
    gf_page_matrices(p, list, count + 1);
}

/* The terms of each arrow, with their numbers. */
static void tell_details(gf_page *p, const gf_node_explained *node, const char *gradient)
{
    size_t count = node->arrives.count;
    for (size_t k = 0; k < count; k++) {
        const gf_link *link = &node->arrives.list[k];
        if (!link->worked || (link->count == 1 && !strcmp(link->formula, "1")))
            continue;
        heading(p, "From %s, as %s", link->to.label, link->equation);
        tell_terms(p, link, count == 1 ? gradient : "");
    }
}

/* Of what is the same at every step, a weight, the gradient comes first, and then what each step brings. */
static bool is_shared(const gf_node_explained *node)
{
    return node->spot.symbol && !node->spot.symbol->timed && node->arrives.count > 1;
}

static void tell_arrivals(gf_page *p, const gf_node_explained *node)
{
    size_t count = node->arrives.count;
    gf_text gradient = {0};
    gf_text_print(&gradient, "d%s", node->spot.label);
    const char *name = gf_text_string(&gradient);
    if (count == 1)
        heading(p, "What arrives: %s = d loss / d %s, by one arrow", name, node->spot.label);
    else
        heading(p, "What arrives: %s = d loss / d %s, the sum of %zu arrows", name, node->spot.label, count);
    if (is_shared(node)) {
        gf_page_matrices(p, &(gf_page_matrix){"", name, &node->gradient}, 1);
        gf_page_gap(p);
    }
    tell_table(p, node);
    tell_sum(p, node);
    tell_details(p, node, name);
    if (!is_shared(node))
        tell_addition(p, node, name);
    p->text->failed |= gradient.failed;
    gf_text_free(&gradient);
}

static void tell_goes_on(gf_page *p, const gf_node_explained *node)
{
    if (!node->goes_on.count || (node->spot.symbol && !node->arrives.count))
        return;
    heading(p, "Where it goes on: what the operands of %s receive", node->spot.label);
    gf_page_table(p, 4);
    gf_page_cell(p, "to");
    gf_page_cell(p, "brings");
    gf_page_cell(p, " norm");
    gf_page_cell(p, " share");
    size_t count = node->goes_on.count, shown = count > MOST_RECEIVERS && !p->full ? MOST_RECEIVERS : count;
    for (size_t k = 0; k < shown; k++) {
        const gf_link *link = &node->goes_on.list[k];
        char share[GF_CELL];
        gf_page_cell(p, "%s", link->from.label);
        cell_cut(p, link->cut ? "nothing: truncate cuts here" : link->formula);
        cell_number(p, link->norm);
        gf_page_cell(p, "%s of d%s", gf_page_percent(share, link->share), link->from.label);
    }
    gf_page_end_table(p);
    if (shown < count)
        gf_page_line(p, "and %zu more, which --full shows.", count - shown);
}

void gf_tell_node(gf_page *p, const gf_node_explained *node)
{
    tell_equation(p, node);
    if (node->without) {
        gf_page_line(p, "%s.", node->without);
        return;
    }
    if (!node->spot.symbol)
        gf_page_line(p, "The gradient starts here: d loss / d loss = 1.");
    else if (!node->arrives.count)
        gf_page_line(p, "No gradient arrives: nothing on the way to the loss uses %s.", node->spot.label);
    else
        tell_arrivals(p, node);
    tell_goes_on(p, node);
}

/* --- one arrow ---------------------------------------------------------------------------------------------------- */

void gf_tell_arrow(gf_page *p, const gf_arrow_explained *arrow)
{
    const gf_link *link = &arrow->link;
    char share[GF_CELL], norm[GF_CELL], whole[GF_CELL], cosine[GF_CELL];
    heading(p, "%s -> %s", link->from.label, link->to.label);
    gf_page_code(p, link->equation);
    if (link->cut) {
        gf_page_line(p, "No gradient passes: truncate cuts here.");
        return;
    }
    if (arrow->jacobian) {
        heading(p, "The local derivative: d %s / d %s = %s", link->to.label, link->from.label, arrow->jacobian);
        gf_page_matrices(p, &(gf_page_matrix){"", arrow->jacobian, &arrow->slope}, 1);
    }
    heading(p, "What passes, from %s back to %s", link->to.label, link->from.label);
    tell_terms(p, link, "");
    gf_page_gap(p);
    gf_page_line(p, "Its norm is %s, that of d%s %s: a share of %s, cosine %s.", gf_page_number(norm, link->norm),
                 link->from.label, gf_page_number(whole, arrow->whole), gf_page_percent(share, link->share),
                 gf_page_cosine(cosine, link->cosine));
}

/* --- a chain ------------------------------------------------------------------------------------------------------ */

static void tell_chain_links(gf_page *p, const gf_chain *chain)
{
    gf_page_table(p, 4);
    gf_page_cell(p, "at");
    gf_page_cell(p, "receives");
    gf_page_cell(p, " times");
    gf_page_cell(p, " norm");
    gf_page_cell(p, "%s", chain->to.label);
    gf_page_cell(p, gf_matrix_size(&chain->to.node->value) == 1 ? "1" : "its gradient");
    gf_page_cell(p, "%s", "");
    cell_number(p, chain->start);
    for (size_t k = chain->count, count; k > 0; k -= count) {
        double product;
        const gf_chain_link *link = &chain->links[k - 1];
        count = p->full ? 1 : gf_chain_fold(chain, k - 1, &product);
        product = p->full ? link->factor : product;
        if (count == 1) {
            gf_page_cell(p, "%s", link->from.label);
            cell_cut(p, link->term);
        } else {
            gf_page_cell(p, "...");
            gf_page_cell(p, "%zu like these, together", count);
        }
        cell_number(p, product);
        cell_number(p, chain->links[k - count].norm);
    }
    gf_page_end_table(p);
}

/* Of what is left where the chains cancel, no share is worth a name. */
static void tell_share(gf_page *p, const gf_chain *chain)
{
    enum { CANCEL = 10 };
    char share[GF_CELL], whole[GF_CELL], norm[GF_CELL], cosine[GF_CELL], count[GF_NUMBER];
    bool cancel = isfinite(chain->share) && fabs(chain->share) > CANCEL;
    gf_page_line(p, "Back along this chain: %s; along all %s: %s.%s%s%s cosine %s.", gf_page_number(norm, chain->norm),
                 isfinite(chain->chains) ? gf_number_as(count, "%.6g", chain->chains) : "of more than 1e308",
                 gf_page_number(whole, chain->whole_norm), cancel ? "\nThe chains cancel:" : " Share ",
                 cancel ? "" : gf_page_percent(share, chain->share),
                 cancel ? " this one alone is larger than all together;" : ",", gf_page_cosine(cosine, chain->cosine));
}

void gf_tell_chain(gf_page *p, const gf_chain *chain)
{
    heading(p, "The strongest chain from %s to %s", chain->from.label, chain->to.label);
    gf_tell_way(p, chain);
    gf_page_gap(p);
    tell_chain_links(p, chain);
    gf_page_gap(p);
    gf_page_line(p,
                 "dv: what comes back to v along this chain. Found from %s backward: every\n"
                 "value keeps the %d chains along which most has come back, by the norm.",
                 chain->to.label, chain->kept);
    gf_page_gap(p);
    if (chain->chains == 1)
        gf_page_line(p, "It is the only chain: a share of 100 %%.");
    else
        tell_share(p, chain);
    gf_page_gap(p);
    const gf_page_matrix list[] = {{"", "this chain", &chain->value}, {"", "all chains", &chain->whole}};
    gf_page_matrices(p, list, chain->chains == 1 ? 1 : 2);
}

/* --- all steps ---------------------------------------------------------------------------------------------------- */

void gf_tell_series(gf_page *p, const gf_series *series)
{
    heading(p, "%s[t], t = 1..%ld, line %d", series->name, series->steps, series->list[0].line);
    gf_page_code(p, series->list[0].written);
    if (series->list[0].without) {
        gf_page_line(p, "%s.", series->list[0].without);
        return;
    }
    gf_page_gap(p);
    gf_page_table(p, 3);
    gf_page_cell(p, " t");
    gf_page_cell(p, " norm of d%s[t]", series->name);
    gf_page_cell(p, "from");
    for (size_t k = 0; k < series->count; k++) {
        const gf_node_explained *node = &series->list[k];
        gf_text from = {0};
        char digits[GF_CELL];
        for (size_t n = 0; n < node->arrives.count && n < 5; n++) {
            const gf_link *link = &node->arrives.list[n];
            gf_text_print(&from, "%s%s %s", n ? ", " : "", link->to.label, gf_page_percent(digits, link->share));
        }
        gf_text_add(&from, node->arrives.count > 5 ? ", …" : "");
        gf_page_cell(p, "%ld", node->spot.t);
        cell_number(p, node->norm);
        gf_page_cell(p, "%s", gf_text_string(&from));
        p->text->failed |= from.failed;
        gf_text_free(&from);
    }
    gf_page_end_table(p);
    gf_page_line(p, "With the numbers put in: gradflow explain %s '%s[%ld]'", series->file, series->name,
                 series->steps > 1 ? 2L : 1L);
}
