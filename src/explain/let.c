/* A let: no gradient flows there, it is meant to be one. What it stands for is what a claim says, grad(c[t]) = dc[t],
 * or its name; and both are held against each other, at the step that is asked for or at all of them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "claims/judge.h"
#include "derive/inside.h"
#include "explain/tell.h"
#include "model/scan.h"

/* --- what it stands for ------------------------------------------------------------------------------------------- */

/* Is one side of a claim the let and the other grad(v) at the same index? Then v. */
static uint32_t said_by(const gf_model *m, const gf_tree *a, const gf_tree *b, uint32_t let)
{
    bool fits = a->name == let && gf_tree_is_name(a) && gf_tree_is_grad(m, b) && b->count == 1;
    const gf_tree *v = fits ? b->kids[0] : NULL;
    if (!v || v->kind != a->kind || (v->kind == TREE_AT && !gf_tree_equal(v->kids[0], a->kids[0])))
        return 0;
    return v->name;
}

static uint32_t said_by_claims(const gf_model *m, uint32_t let, int *line)
{
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        for (uint32_t k = 0; s->kind == STATEMENT_CLAIM && !s->broken && k + 1 < s->side_count; k++) {
            uint32_t one = said_by(m, s->sides[k], s->sides[k + 1], let),
                     other = said_by(m, s->sides[k + 1], s->sides[k], let);
            if (s->relations[k] == RELATION_EQUAL && (one || other)) {
                *line = gf_statement_line(&m->file.source, s);
                return one ? one : other;
            }
        }
    return 0;
}

/* dc, grad_c: c. */
static uint32_t said_by_name(const gf_model *m, uint32_t let)
{
    static const char *const prefixes[] = {"grad_", "d", "δ", "e", "g"};
    const gf_symbol *own = gf_model_symbol(m, let);
    for (size_t p = 0; p < sizeof prefixes / sizeof *prefixes; p++) {
        const char *text = gf_model_text(m, let);
        size_t size = strlen(prefixes[p]);
        for (uint32_t k = 1; k < m->symbol_count && !strncmp(text, prefixes[p], size); k++) {
            const gf_symbol *symbol = &m->symbols[k];
            bool flows =
                symbol->kind == SYMBOL_PARAM || symbol->kind == SYMBOL_INPUT || symbol->kind == SYMBOL_EQUATION;
            if (flows && symbol->timed == own->timed && !strcmp(text + size, gf_model_text(m, k)))
                return k;
        }
    }
    return 0;
}

/* --- its value ---------------------------------------------------------------------------------------------------- */

/* Into the arena. False where it cannot be worked out; out->open where that is since a line has a ?. */
static bool find_value(gf_explaining *x, gf_judge *judge, gf_let_explained *out, gf_matrix *value, long t)
{
    bool timed = out->spot.symbol->timed;
    const gf_tree *tree = gf_make_at(&x->d, out->spot.name, timed ? gf_make_number(&x->d, (double)t) : NULL);
    gf_problems quiet = {.source = x->problems.source};
    const gf_matrix *found = tree ? gf_judge_value(judge, &quiet, tree, NULL, 0, 0) : NULL;
    double *numbers = found ? gf_explaining_room(x, gf_matrix_size(found) * sizeof *numbers) : NULL;
    if (numbers) {
        *value = gf_matrix_over(numbers, found->rows, found->cols);
        gf_matrix_copy(value, found);
    }
    out->open |= !found && judge->blame && gf_judge_is_open(judge, judge->blame);
    x->problems.out_of_memory |= judge->out_of_memory || quiet.out_of_memory;
    x->problems.out_of_memory |= !found && judge->blame && judge->blame->out_of_memory;
    gf_problems_free(&quiet);
    gf_judge_clear(judge);
    return numbers;
}

/* How far it is from what it stands for, at one step: the worst of them is kept. */
static void compare(gf_let_explained *out, const gf_matrix *value, gf_node *node, long t)
{
    const gf_matrix *truth = node ? gf_gradient(node) : NULL;
    double squares = 0, largest = truth ? fmax(gf_matrix_norm(truth), gf_matrix_norm(value)) : 0;
    out->compared = truth && truth->rows == value->rows && truth->cols == value->cols;
    for (int i = 0; out->compared && i < value->rows; i++)
        for (int j = 0; j < value->cols; j++)
            squares += pow(gf_matrix_at(value, i, j) - gf_matrix_at(truth, i, j), 2);
    double error = largest > 0 ? sqrt(squares) / largest : isnan(largest) ? NAN : 0;
    if (!(error <= out->error)) {
        out->error = error;
        out->worst = t;
    }
    out->truth = truth;
}

static bool find_values(gf_explaining *x, gf_judge *judge, gf_let_explained *out)
{
    bool all = out->every_step;
    long first = all ? 1 : out->spot.t, last = all ? x->m->steps : first;
    out->worst = first;
    for (long t = first; t <= last; t++) {
        gf_matrix value;
        out->known = find_value(x, judge, out, &value, t);
        if (!out->known)
            return !x->problems.out_of_memory;
        out->value = value;
        if (out->of)
            compare(out, &value, gf_spot_at(x, out->of, t).node, t);
        if (out->of && !out->compared)
            return true;
    }
    return true;
}

static const char *quoted(gf_explaining *x, const gf_statement *s)
{
    gf_text text = {0};
    gf_source_quote(&text, &x->m->file.source, s->span, 0);
    return gf_explaining_keep(x, &text);
}

bool gf_explain_let(gf_explaining *x, gf_let_explained *out, const gf_spot *spot, bool every_step)
{
    const gf_statement *line = gf_let_line(spot->symbol, every_step ? 1 : spot->t);
    gf_text file = {0};
    gf_judge judge;
    line = line ? line : spot->symbol->declaration;
    gf_text_printable(&file, x->m->file.source.name);
    *out = (gf_let_explained){.spot = *spot, .every_step = every_step, .file = gf_explaining_keep(x, &file)};
    out->line = gf_statement_line(&x->m->file.source, line);
    out->written = quoted(x, line);
    out->of = said_by_claims(x->m, spot->name, &out->claim);
    out->of = out->of ? out->of : said_by_name(x->m, spot->name);
    out->of_label = out->of ? gf_spot_at(x, out->of, spot->t).label : NULL;
    out->name = gf_model_text(x->m, spot->name);
    out->of_name = out->of ? gf_model_text(x->m, out->of) : NULL;
    bool good = !gf_judge_start(&judge, x->m);
    x->problems.out_of_memory |= !good;
    good = good && find_values(x, &judge, out);
    gf_judge_free(&judge);
    return good && !x->problems.out_of_memory;
}

/* --- in words ----------------------------------------------------------------------------------------------------- */

static void tell_comparison(gf_page *p, const gf_let_explained *let, const char *of)
{
    char error[GF_CELL], where[GF_CELL] = "";
    if (let->every_step)
        snprintf(where, sizeof where, " at t = %ld", let->worst);
    if (!let->compared)
        gf_page_line(p, "It has another shape: gradflow check %s says why.", let->file);
    else if (let->error <= 1e-6)
        gf_page_line(p, let->every_step ? "It equals that at every step." : "It equals that.");
    else
        gf_page_line(p, "It is not: the error is %s%s. Why: gradflow check %s", gf_page_number(error, let->error),
                     where, let->file);
    gf_page_gap(p);
    gf_page_line(p, "How that gradient comes about: gradflow explain %s '%s'", let->file, of);
}

static void tell_meaning(gf_page *p, const gf_let_explained *let)
{
    const char *step = let->every_step ? "[t]" : "";
    const char *of = let->every_step ? let->of_name : let->of_label;
    if (let->claim)
        gf_page_line(p, "It stands for grad(%s%s): the claim of line %d says so.", of, step, let->claim);
    else if (of)
        gf_page_line(p, "By its name it stands for grad(%s%s).", of, step);
    else
        gf_page_line(p, "What gradient it stands for neither a claim nor its name says.");
    if (let->known && of)
        tell_comparison(p, let, of);
    if (!let->known)
        gf_page_line(p,
                     let->open ? "It is still open: gradflow check %s --hints 2"
                               : "It cannot be worked out: gradflow check %s says why.",
                     let->file);
    if (let->known)
        gf_page_line(p, "Its value%s: gradflow show %s '%s%s'", let->spot.symbol->timed ? " at every step" : "",
                     let->file, let->name, let->spot.symbol->timed ? "[t]" : "");
}

void gf_tell_let(gf_page *p, const gf_let_explained *let)
{
    gf_text text = {0};
    gf_text_print(&text, "%s%s", let->every_step ? let->name : let->spot.label, let->every_step ? "[t]" : "");
    if (let->known)
        gf_text_print(&text, ", %d x %d", let->value.rows, let->value.cols);
    gf_text_print(&text, ", a let, line %d", let->line);
    gf_page_heading(p, gf_text_string(&text));
    gf_page_code(p, let->written);
    gf_page_gap(p);
    gf_text_clear(&text);
    gf_text_print(&text, "grad(%s)", let->of ? let->of_label : "");
    if (let->known && !let->every_step) {
        const gf_page_matrix list[] = {{"", let->spot.label, &let->value}, {"", gf_text_string(&text), let->truth}};
        gf_page_matrices(p, list, let->truth ? 2 : 1);
        gf_page_gap(p);
    }
    tell_meaning(p, let);
    p->text->failed |= text.failed;
    gf_text_free(&text);
}
