/* All explanations of a model at once, for a page that shows one after the other: what is said of every step is said
 * once, with indices as distances to the step.
 *
 *     "worked": true                      the page works out the numbers
 *     "steps": 5, "sizes": {"m": 4}       which stand in expressions
 *     "gradients": {"c": "dc"}            how the gradient of a name is written in terms
 *     "leaves": {"U": [12, "param U …"]}  line and declaration of what no equation makes
 *     "kinds": [{"to", "line", "equation", "put", "links": [[from, formula, cut, [term …]] …]} …]
 *     "at": [[kind, step, how many steps] …]
 *
 * A term is [minus, product …], a product [text, factor …], a factor [sign, text]. Where there are too many numbers to
 * be worked out, "at" has those of each link of all these steps: its norm, its share and its cosine. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "explain/inside.h"
#include "language/lexer.h"
#include "view/web/numbers.h"

enum { MOST_LEAVES = 100000, MOST_BROUGHT = 10000000 }; /* entries that a page reads, that it works out */

typedef struct telling {
    gf_explaining *x;
    gf_names kinds;
    gf_text shape, numbers;
    gf_text list, bare;    /* with the numbers, and without */
    uint32_t kind;         /* of the run of steps that is told; 0: none */
    long first, run_count; /* its steps */
    double brought;        /* entries, by all links */
} telling;

static void add_number(telling *t, double number)
{
    gf_text_add(&t->numbers, t->numbers.size ? "," : "");
    gf_web_number(&t->numbers, number);
}

static void add_text(telling *t, const char *text, long step)
{
    gf_web_relative(&t->shape, text ? text : "", step);
}

/* --- what a page works out ---------------------------------------------------------------------------------------- */

static bool is_leaf(const gf_symbol *symbol)
{
    return symbol->kind == SYMBOL_PARAM || symbol->kind == SYMBOL_INPUT || symbol->kind == SYMBOL_GIVEN;
}

/* The entries of a name, at all steps or at one. */
static double entries_of(const gf_model *m, const gf_symbol *symbol)
{
    return (double)symbol->rows * symbol->cols * (symbol->timed ? (double)m->steps : 1);
}

/* What is given, but at a step of its own made by an equation: what arrives there has no name. */
static bool is_made(const gf_symbol *symbol)
{
    bool made = false;
    for (const gf_start *s = symbol->starts; s; s = s->next)
        made |= symbol->kind == SYMBOL_GIVEN && s->statement->value;
    return made;
}

/* Are its leaves, and what its arrows bring, few enough numbers? */
static bool is_worked(const telling *t)
{
    const gf_model *m = t->x->m;
    double leaves = 0;
    bool made = false;
    for (uint32_t k = 1; k < m->symbol_count; k++) {
        leaves += is_leaf(&m->symbols[k]) ? entries_of(m, &m->symbols[k]) : 0;
        made |= is_made(&m->symbols[k]);
    }
    return leaves <= MOST_LEAVES && t->brought <= MOST_BROUGHT && !made;
}

static void add_names(const telling *t, gf_text *out)
{
    const gf_explaining *x = t->x;
    const char *between = "";
    gf_text_print(out, "{\"worked\":%s,\"steps\":%ld,\"sizes\":{", is_worked(t) ? "true" : "false", (long)x->m->steps);
    for (uint32_t k = 1; k < x->m->symbol_count; k++) {
        const gf_symbol *symbol = &x->m->symbols[k];
        if (symbol->kind != SYMBOL_SIZE && symbol->kind != SYMBOL_STEPS)
            continue;
        gf_text_add(out, between);
        gf_text_quoted(out, gf_model_text(x->m, k));
        gf_text_print(out, ":%ld", symbol->value);
        between = ",";
    }
    gf_text_add(out, "},\n\"gradients\":{");
    between = "";
    for (uint32_t k = 1; k < x->m->symbol_count; k++) {
        if (!x->lets[k])
            continue;
        gf_text_add(out, between);
        gf_text_quoted(out, gf_model_text(x->m, k));
        gf_text_add(out, ":");
        gf_text_quoted(out, gf_model_text(x->m, x->lets[k]));
        between = ",";
    }
    gf_text_add(out, "}");
}

static void add_leaves(telling *t, gf_text *out)
{
    const gf_model *m = t->x->m;
    bool any = false;
    gf_text_add(out, ",\"leaves\":{");
    for (uint32_t k = 1; k < m->symbol_count; k++) {
        const gf_statement *s = m->symbols[k].declaration;
        if (!is_leaf(&m->symbols[k]) || !s)
            continue;
        gf_text quote = {0};
        gf_source_quote(&quote, &m->file.source, s->span, 0);
        gf_text_add(out, any ? ",\n" : "");
        any = true;
        gf_text_quoted(out, gf_model_text(m, k));
        gf_text_print(out, ":[%d,", gf_statement_line(&m->file.source, s));
        gf_text_quoted(out, gf_text_string(&quote));
        gf_text_add(out, "]");
        out->failed |= quote.failed;
        gf_text_free(&quote);
    }
    gf_text_add(out, "}");
}

/* --- terms -------------------------------------------------------------------------------------------------------- */

/* Is a text that of a product, in brackets or not? */
static bool is_text_of(const gf_product *product, const char *text)
{
    size_t size = strlen(text), inside = size >= 2 && *text == '(' ? size - 2 : 0;
    return !strcmp(product->text, text) ||
           (inside && strlen(product->text) == inside && !strncmp(product->text, text + 1, inside));
}

static void tell_factor(telling *t, const char *sign, const char *text, long step)
{
    gf_text_add(&t->shape, ",[");
    gf_text_quoted(&t->shape, sign);
    gf_text_add(&t->shape, ",");
    add_text(t, text, step);
    gf_text_add(&t->shape, "]");
}

static void tell_product(telling *t, const gf_product *product, long step)
{
    gf_text_add(&t->shape, ",[");
    add_text(t, product->text, step);
    for (int k = 0; k < product->count; k++)
        tell_factor(t, product->factors[k].sign, product->factors[k].text, step);
    if (!product->count)
        tell_factor(t, "", product->text, step);
    gf_text_add(&t->shape, "]");
}

/* Is it its last product, with a minus? */
static bool is_negative(const gf_worked *term)
{
    return *term->text == '-' && term->count && is_text_of(&term->products[term->count - 1], term->text + 1);
}

/* [minus, product …]; a term that is no product, but a part of one, or another thing, stands for one, the last. */
static void tell_term(telling *t, const gf_worked *term, long step)
{
    bool negative = !term->whole && is_negative(term);
    gf_text_print(&t->shape, "[%d", negative);
    for (int k = 0; k < term->count; k++)
        tell_product(t, &term->products[k], step);
    if (!term->whole && !negative)
        tell_product(t, &(gf_product){.text = term->text}, step);
    gf_text_add(&t->shape, "]");
}

/* --- equations ---------------------------------------------------------------------------------------------------- */

static bool tell_link(telling *t, gf_link *link, long step)
{
    bool good = link->cut || gf_work_out_link(t->x, link);
    gf_text_add(&t->shape, "[");
    add_text(t, link->from.label, step);
    gf_text_add(&t->shape, ",");
    add_text(t, link->formula, step);
    gf_text_print(&t->shape, ",%d,[", link->cut);
    for (int k = 0; k < link->count && !link->cut && good; k++) {
        gf_text_add(&t->shape, k ? "," : "");
        tell_term(t, &link->worked[k], step);
    }
    gf_text_add(&t->shape, "]]");
    add_number(t, link->norm);
    add_number(t, link->share);
    add_number(t, link->cosine);
    t->brought += (double)gf_matrix_size(&link->sum);
    return good;
}

/* Writes the steps of one kind that follow each other. */
static void end_run(telling *t)
{
    const char *between = t->list.size ? ",\n" : "";
    if (t->run_count) {
        gf_text_print(&t->bare, "%s[%u,%ld,%ld]", between, (unsigned)t->kind - 1, t->first, t->run_count);
        gf_text_print(&t->list, "%s[%u,%ld,%ld,[%s]]", between, (unsigned)t->kind - 1, t->first, t->run_count,
                      gf_text_string(&t->numbers));
    }
    t->list.failed |= t->numbers.failed;
    gf_text_clear(&t->numbers);
    t->run_count = 0;
}

static bool tell_equation(telling *t, const gf_spot *spot)
{
    gf_node_explained node;
    long step = spot->t;
    if (!gf_explain_sent(t->x, &node, spot))
        return false;
    gf_text numbers = t->numbers, run = {0};
    t->numbers = run;
    gf_text_clear(&t->shape);
    gf_text_add(&t->shape, "{\"to\":");
    add_text(t, spot->label, step);
    gf_text_print(&t->shape, ",\"line\":%d,\"equation\":", node.line);
    gf_text_quoted(&t->shape, node.written);
    gf_text_add(&t->shape, ",\"put\":");
    add_text(t, node.put_in, step);
    gf_text_add(&t->shape, ",\"links\":[");
    bool good = true;
    for (size_t k = 0; k < node.goes_on.count && good; k++) {
        gf_text_add(&t->shape, k ? ",\n" : "");
        good = tell_link(t, &node.goes_on.list[k], step);
    }
    gf_text_add(&t->shape, "]}");
    run = t->numbers;
    t->numbers = numbers;
    uint32_t kind = good && !t->shape.failed ? gf_names_add(&t->kinds, gf_text_string(&t->shape)) : UINT32_MAX;
    if (kind != t->kind || step != t->first + t->run_count) {
        end_run(t);
        t->kind = kind;
        t->first = step;
    }
    t->run_count++;
    gf_text_add(&t->numbers, t->numbers.size && run.size ? "," : "");
    gf_text_add(&t->numbers, gf_text_string(&run));
    t->numbers.failed |= run.failed;
    gf_text_free(&run);
    return kind != UINT32_MAX;
}

/* At each step at which it has a result that a gradient reaches. */
static bool tell_side(telling *t, uint32_t number)
{
    gf_explaining *x = t->x;
    const gf_formula_side *side = &x->sides[number];
    bool timed = number && !side->start && side->statement->index, good = true;
    long first = side->start ? side->start->index : timed ? 1 : 0, last = timed ? x->m->steps : first;
    for (long step = first; step <= last && good; step++) {
        gf_spot spot = number ? gf_spot_at(x, side->statement->name, step) : gf_spot_of_loss(x);
        bool reached = spot.node && spot.label && (!number || gf_node_differentiable(spot.node));
        good = !x->problems.out_of_memory && (!reached || gf_side_of(x, &spot) != number || tell_equation(t, &spot));
    }
    return good;
}

bool gf_tell_all(gf_explaining *x, gf_text *out)
{
    telling t = {.x = x};
    bool good = true;
    for (uint32_t k = 0; k < x->side_count && good; k++)
        good = tell_side(&t, k);
    end_run(&t);
    add_names(&t, out);
    add_leaves(&t, out);
    gf_text_add(out, ",\n\"kinds\":[");
    for (uint32_t k = 1; k <= t.kinds.count && good; k++) {
        gf_text_add(out, k > 1 ? ",\n" : "");
        gf_text_add(out, gf_names_text(&t.kinds, k));
    }
    gf_text_add(out, "],\n\"at\":[");
    gf_text_add(out, gf_text_string(is_worked(&t) ? &t.bare : &t.list));
    gf_text_add(out, "]}");
    x->problems.out_of_memory |=
        t.list.failed || t.bare.failed || out->failed || (!good && !gf_problems_any(&x->problems));
    gf_names_free(&t.kinds);
    gf_text_free(&t.shape);
    gf_text_free(&t.numbers);
    gf_text_free(&t.list);
    gf_text_free(&t.bare);
    return good && !x->problems.out_of_memory;
}
