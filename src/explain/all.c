/* All explanations of a model at once, for a page that shows one after the other: what is said of every step is said
 * once, with indices as distances to the step, and only numbers are said step by step.
 *
 *     "gradients": {"c": "dc"}            how the gradient of a name is written in terms
 *     "leaves": {"U": [12, "param U …"]}  line and declaration of what no equation makes
 *     "kinds": [{"to", "line", "equation", "put", "links": [[from, formula, cut, large, [term …]] …]} …]
 *     "at": [[kind, step, how many steps, numbers of all of them] …]
 *
 * A term is [minus, product …], a product [text, factor …], a factor [sign, text] where its text is a number, a value
 * or a gradient by name, transposed or not, or a product before it; else [sign, text, rows, cols], with its entries
 * among the numbers, or, where they are too many, [sign, text, rows, cols, 1] with its norm there. A link that has such
 * a factor is large: its norm, its share and its cosine stand among the numbers, too. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/names.h"
#include "explain/inside.h"
#include "language/lexer.h"
#include "view/web/numbers.h"

typedef struct telling {
    gf_explaining *x;
    gf_names names; /* values and gradients of which a page holds the entries, as terms write them */
    gf_names kinds;
    gf_text shape, numbers, list;
    size_t count;          /* of steps that are told */
    uint32_t kind;         /* of the run of steps that is told; 0: none */
    long first, run_count; /* its steps */
    bool large;
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

/* --- what a page holds -------------------------------------------------------------------------------------------- */

static bool add_name(telling *t, const char *name, const gf_symbol *symbol, long step)
{
    gf_text text = {0};
    gf_text_print(&text, symbol->timed ? "%s[%ld]" : "%s", name, step);
    bool good = !text.failed && gf_names_add(&t->names, gf_text_string(&text)) != UINT32_MAX;
    gf_text_free(&text);
    return good;
}

static bool is_value(const gf_symbol *symbol)
{
    return symbol->kind == SYMBOL_PARAM || symbol->kind == SYMBOL_INPUT || symbol->kind == SYMBOL_GIVEN ||
           symbol->kind == SYMBOL_EQUATION;
}

/* The name at its steps, starts included. */
static bool note_name(telling *t, uint32_t name)
{
    gf_explaining *x = t->x;
    gf_symbol *symbol = &x->m->symbols[name];
    uint32_t gradient = symbol->kind == SYMBOL_GIVEN ? 0 : gf_gradient_name(x, name);
    size_t entries = (size_t)symbol->rows * (size_t)symbol->cols;
    bool good = !x->problems.out_of_memory;
    if (!gf_web_holds(entries, symbol->timed ? (size_t)x->m->steps : 1))
        return good;
    long first = symbol->timed ? 1 : 0, last = symbol->timed ? x->m->steps : 0;
    for (const gf_start *s = symbol->starts; s; s = s->next) {
        first = s->index < first ? s->index : first;
        last = s->index > last ? s->index : last;
    }
    for (long step = first; step <= last && good; step++) {
        const gf_instance *instance = gf_symbol_instance(x->m, symbol, step);
        if (!instance || !instance->node)
            continue;
        good = add_name(t, gf_model_text(x->m, name), symbol, step);
        if (good && gradient && gf_node_differentiable(instance->node))
            good = add_name(t, gf_model_text(x->m, gradient), symbol, step);
    }
    return good;
}

static bool note_names(telling *t, gf_text *out)
{
    bool good = true, any = false;
    gf_text_add(out, "{\"gradients\":{");
    for (uint32_t k = 1; k < t->x->m->symbol_count && good; k++) {
        if (!is_value(&t->x->m->symbols[k]))
            continue;
        good = note_name(t, k);
        if (!good || !t->x->lets[k])
            continue;
        gf_text_add(out, any ? "," : "");
        any = true;
        gf_text_quoted(out, gf_model_text(t->x->m, k));
        gf_text_add(out, ":");
        gf_text_quoted(out, gf_model_text(t->x->m, t->x->lets[k]));
    }
    gf_text_add(out, "}");
    return good;
}

static void add_leaves(telling *t, gf_text *out)
{
    const gf_model *m = t->x->m;
    bool any = false;
    gf_text_add(out, ",\"leaves\":{");
    for (uint32_t k = 1; k < m->symbol_count; k++) {
        const gf_statement *s = m->symbols[k].declaration;
        if (!is_value(&m->symbols[k]) || m->symbols[k].kind == SYMBOL_EQUATION || !s)
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

/* --- factors ------------------------------------------------------------------------------------------------------ */

/* Is a text that of a product, in brackets or not? */
static bool is_text_of(const gf_product *product, const char *text)
{
    size_t size = strlen(text), inside = size >= 2 && *text == '(' ? size - 2 : 0;
    return !strcmp(product->text, text) ||
           (inside && strlen(product->text) == inside && !strncmp(product->text, text + 1, inside));
}

static bool is_product_before(const gf_worked *term, int product, const char *text)
{
    bool found = false;
    for (int k = 0; k < product; k++)
        found |= is_text_of(&term->products[k], text);
    return found;
}

/* A number, a name that the page holds, or one transposed. */
static bool is_held(const telling *t, const char *text)
{
    char name[GF_NAME_LIMIT + 32];
    size_t size = strlen(text);
    if (!isnan(gf_number_read(text, size)))
        return true;
    size -= size && text[size - 1] == '\'';
    if (size >= sizeof name)
        return false;
    memcpy(name, text, size);
    name[size] = '\0';
    return gf_names_find(&t->names, name) != UINT32_MAX;
}

static void tell_factor(telling *t, const char *sign, const char *text, const gf_matrix *value, long step, bool known)
{
    gf_text_add(&t->shape, ",[");
    gf_text_quoted(&t->shape, sign);
    gf_text_add(&t->shape, ",");
    add_text(t, text, step);
    size_t entries = gf_matrix_size(value);
    if (!known && !is_held(t, text)) {
        bool few = gf_web_holds(entries, t->count);
        gf_text_print(&t->shape, few ? ",%d,%d" : ",%d,%d,1", value->rows, value->cols);
        for (size_t k = 0; k < entries && few; k++)
            add_number(t, gf_matrix_at(value, (int)(k / (size_t)value->cols), (int)(k % (size_t)value->cols)));
        if (!few)
            add_number(t, gf_matrix_norm(value));
        t->large |= !few;
    }
    gf_text_add(&t->shape, "]");
}

static void tell_product(telling *t, const gf_worked *term, int number, long step)
{
    const gf_product *product = &term->products[number];
    gf_text_add(&t->shape, ",[");
    add_text(t, product->text, step);
    for (int k = 0; k < product->count; k++) {
        const gf_factor *factor = &product->factors[k];
        tell_factor(t, factor->sign, factor->text, &factor->value, step, is_product_before(term, number, factor->text));
    }
    if (!product->count)
        tell_factor(t, "", product->text, &product->value, step, false);
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
        tell_product(t, term, k, step);
    if (!term->whole && !negative) {
        gf_text_add(&t->shape, ",[");
        add_text(t, term->text, step);
        tell_factor(t, "", term->text, &term->value, step, false);
        gf_text_add(&t->shape, "]");
    }
    gf_text_add(&t->shape, "]");
}

/* --- equations ---------------------------------------------------------------------------------------------------- */

static bool tell_link(telling *t, gf_link *link, long step)
{
    gf_text terms = {0}, before = t->shape;
    t->large = false;
    t->shape = terms;
    bool good = link->cut || gf_work_out_link(t->x, link);
    for (int k = 0; k < link->count && !link->cut && good; k++) {
        gf_text_add(&t->shape, k ? "," : "");
        tell_term(t, &link->worked[k], step);
    }
    terms = t->shape;
    t->shape = before;
    gf_text_add(&t->shape, "[");
    add_text(t, link->from.label, step);
    gf_text_add(&t->shape, ",");
    add_text(t, link->formula, step);
    gf_text_print(&t->shape, ",%d,%d,[", link->cut, t->large);
    gf_text_add(&t->shape, gf_text_string(&terms));
    gf_text_add(&t->shape, "]]");
    t->shape.failed |= terms.failed;
    gf_text_free(&terms);
    if (t->large) {
        add_number(t, link->norm);
        add_number(t, link->share);
        add_number(t, link->cosine);
    }
    return good;
}

/* Writes the steps of one kind that follow each other. */
static void end_run(telling *t)
{
    if (t->run_count)
        gf_text_print(&t->list, "%s[%u,%ld,%ld,[%s]]", t->list.size ? ",\n" : "", (unsigned)t->kind - 1, t->first,
                      t->run_count, gf_text_string(&t->numbers));
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
    t->count = (size_t)(last - first) + 1;
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
    bool good = note_names(&t, out);
    add_leaves(&t, out);
    for (uint32_t k = 0; k < x->side_count && good; k++)
        good = tell_side(&t, k);
    end_run(&t);
    gf_text_add(out, ",\n\"kinds\":[");
    for (uint32_t k = 1; k <= t.kinds.count && good; k++) {
        gf_text_add(out, k > 1 ? ",\n" : "");
        gf_text_add(out, gf_names_text(&t.kinds, k));
    }
    gf_text_add(out, "],\n\"at\":[");
    gf_text_add(out, gf_text_string(&t.list));
    gf_text_add(out, "]}");
    x->problems.out_of_memory |= t.list.failed || out->failed || (!good && !gf_problems_any(&x->problems));
    gf_names_free(&t.names);
    gf_names_free(&t.kinds);
    gf_text_free(&t.shape);
    gf_text_free(&t.numbers);
    gf_text_free(&t.list);
    return good && !x->problems.out_of_memory;
}
