/* Derivations in LaTeX. */
#include "write/latex.h"

#include <string.h>

#include "write/words.h"
#include "write/write.h"

enum { ROW = 96 }; /* a row that grows wider goes on below: in halves of a letter, of which a page holds about 104 */

/* Is one of the names called delta? */
static bool has_delta(const gf_derivation_lines *d)
{
    const char *const names[] = {"δ", "delta"};
    for (int k = 0; k < 2; k++) {
        const gf_symbol *symbol = gf_model_find(d->m, names[k]);
        if (symbol && symbol->kind >= SYMBOL_PARAM && symbol->kind < SYMBOL_LET)
            return true;
    }
    return false;
}

gf_latex gf_latex_begin(gf_text *w, gf_known *known, const char *upright)
{
    return (gf_latex){.w = w,
                      .d = known->d,
                      .names = &known->d->m->file.names,
                      .known = known,
                      .upright = upright,
                      .delta = has_delta(known->d) ? "\\mathrm{d}" : "\\delta"};
}

/* --- rows ----------------------------------------------------------------------------------------- */

/* About how wide a formula is, in halves of a letter: what stands high or low is half as wide, a sign with its blanks
 * twice; a command is a letter, or, with an argument, as wide as that. */
static size_t width_of(const char *formula)
{
    size_t width = 0;
    int small = 0; /* braces that are open around what stands high or low */
    for (const char *at = formula; *at; at++) {
        bool script = *at == '^' || *at == '_', inner = small || (at > formula && (at[-1] == '^' || at[-1] == '_'));
        if (*at == '\\')
            at += strspn(at + 1, GF_LETTERS);
        small += script && at[1] == '{' ? 1 : small && at[0] == '{' && !strchr("^_", at[-1]) ? 1 : 0;
        small -= small && *at == '}';
        if (script || strchr("{}& ", *at) || at[1] == '{')
            continue;
        width += inner ? 1 : strchr("+-=", *at) ? 4 : 2;
    }
    return width;
}

/* A term behind its sign, on the next row where this one is full. */
static void write_term(gf_latex *l, const gf_tree *sum)
{
    gf_text term = {0};
    gf_latex inner = *l;
    inner.w = &term;
    gf_tree zero = {.kind = TREE_NUMBER, .depth = 1};
    gf_tree *kids[] = {&zero, sum->kids[1]};
    gf_tree alone = *sum; /* 0 + b is written as the sum writes its b */
    alone.kids = kids;
    gf_latex_tree(&inner, &alone);
    if (width_of(gf_text_string(l->w) + l->row) + width_of(gf_text_string(&term)) > ROW) {
        gf_text_add(l->w, " \\\\\n    &\\qquad {}");
        l->row = l->w->size;
    }
    gf_text_add(l->w, term.failed ? "" : gf_text_string(&term) + 1);
    l->w->failed |= term.failed;
    gf_text_free(&term);
}

static void write_terms(gf_latex *l, const gf_tree *tree)
{
    if (tree->kind != TREE_ADD && tree->kind != TREE_SUBTRACT) {
        gf_latex_tree(l, tree);
        return;
    }
    write_terms(l, tree->kids[0]);
    write_term(l, tree);
}

/* Behind a row, for which steps it is: a range that was given, or the steps without a line of their own. */
static void write_steps(gf_latex *l, const gf_statement *s)
{
    for (uint32_t k = 0; k < s->range_count; k++) {
        gf_text_add(l->w, k ? ",\\ " : " \\qquad (");
        gf_latex_tree(l, s->ranges[k].low);
        gf_text_add(l->w, " \\le ");
        gf_latex_name(l->w, gf_names_text(l->names, s->ranges[k].name), NULL);
        gf_text_add(l->w, " \\le ");
        gf_latex_tree(l, s->ranges[k].high);
    }
    gf_text_add(l->w, s->range_count ? ")" : "");
}

/* Other lines of the let, for a step of their own: (t \ne T, 1). */
static void write_exceptions(gf_latex *l, const gf_statement *s)
{
    bool general = s->kind == STATEMENT_LET && s->index && gf_tree_mentions(s->index, l->d->m->t);
    const char *before = " \\qquad (t \\ne ";
    for (const gf_derived *let = l->d->lets; let && general; let = let->next) {
        if (let->line.name != s->name || !let->line.index || gf_tree_mentions(let->line.index, l->d->m->t))
            continue;
        gf_text_add(l->w, before);
        gf_latex_tree(l, let->line.index);
        before = ", ";
    }
    gf_text_add(l->w, *before == ',' ? ")" : "");
}

void gf_latex_row(gf_latex *l, const gf_statement *s)
{
    static const char *const relations[] = {"=", "<", "\\le", ">", "\\ge"};
    bool claim = s->kind == STATEMENT_CLAIM;
    l->row = l->w->size;
    if (s->kind == STATEMENT_LOSS)
        gf_text_add(l->w, "\\mathcal{L}");
    else if (claim)
        gf_latex_tree(l, s->sides[0]);
    else
        gf_latex_variable(l, s->name, s->index);
    for (uint32_t k = 1; k < (claim ? s->side_count : 2); k++) {
        gf_text_print(l->w, k == 1 ? " &%s " : " %s ", relations[claim ? s->relations[k - 1] : RELATION_EQUAL]);
        write_terms(l, claim ? s->sides[k] : s->value);
    }
    write_steps(l, s);
    write_exceptions(l, s);
}

/* --- the document --------------------------------------------------------------------------------- */

/* The formula of the loss, if it is short enough to stand in a sentence. */
static void write_loss(gf_latex *l)
{
    gf_text formula = {0};
    gf_latex inner = *l;
    inner.w = &formula;
    for (const gf_statement *s = l->d->m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_LOSS)
            gf_latex_tree(&inner, s->value);
    if (formula.size && width_of(gf_text_string(&formula)) <= ROW)
        gf_text_print(l->w, " = %s", gf_text_string(&formula));
    l->w->failed |= formula.failed;
    gf_text_free(&formula);
}

/* Rows for steps by their number are for so many steps. */
static void write_validity(gf_latex *l)
{
    const gf_derived *line = gf_numbered_line(l->d);
    if (!line)
        return;
    gf_text_add(l->w, "\nAll this is for $");
    gf_latex_name(l->w, gf_names_text(l->names, l->d->m->steps_name), NULL);
    gf_text_print(l->w, " = %ld$ only: with another number of steps,\nrows for numbered steps, such as that of $",
                  l->d->m->steps);
    gf_latex_variable(l, line->line.name, line->line.index);
    gf_text_add(l->w, "$, may lack terms.");
}

void gf_latex_preface(gf_latex *l, bool with_loss)
{
    gf_text_print(l->w, "For a quantity $v$, $%s v = \\partial \\mathcal{L} / \\partial v$ is the gradient of the loss",
                  l->delta);
    gf_text_add(l->w, "\n$\\mathcal{L}");
    if (with_loss)
        write_loss(l);
    gf_text_add(l->w, "$.");
    if (l->d->m->steps_name) {
        gf_text_add(l->w, "\nWhat lies beyond the steps $1, \\dots, ");
        gf_latex_name(l->w, gf_names_text(l->names, l->d->m->steps_name), NULL);
        gf_text_add(l->w, "$ and has no start value is zero.");
    }
    write_validity(l);
    gf_text_add(l->w, "\n");
}

/* Names of the model that need another TeX. */
static bool has_foreign(const gf_derivation_lines *d)
{
    for (uint32_t k = 1; k < d->m->symbol_count; k++)
        if (d->m->symbols[k].kind != SYMBOL_NONE && gf_latex_is_foreign(gf_names_text(&d->m->file.names, k)))
            return true;
    return false;
}

static void write_head(gf_text *w, const gf_derivation_lines *d)
{
    const char *title = gf_model_title(d->m);
    gf_text_add(w, "% The gradients of ");
    gf_text_printable(w, *title ? title : "the model");
    gf_text_add(w, ", by gradflow. It needs \\usepackage{amsmath}.\n");
    if (has_foreign(d))
        gf_text_add(w, "% Some names have letters that need XeLaTeX or LuaLaTeX, and a font that has them.\n");
}

/* The reasons, a comment a line. */
static void write_reasons(gf_text *w, const char *why)
{
    for (const char *at = why; at && *at;) {
        size_t size = strcspn(at, "\n");
        gf_text_print(w, "    %% %.*s\n", (int)size, at);
        at += size + (at[size] == '\n');
    }
}

static bool is_about_param(const gf_latex *l, const gf_derived *claim)
{
    const gf_tree *side = claim->line.sides[0];
    const gf_symbol *symbol = side->count ? gf_model_symbol(l->d->m, side->kids[0]->name) : NULL;
    return symbol && symbol->kind == SYMBOL_PARAM;
}

bool gf_latex_belongs(const gf_latex *l, const gf_derived *line, bool params)
{
    bool about = line->line.kind == STATEMENT_LET || is_about_param(l, line) == params;
    return about && !gf_known_repeats(l->known, line);
}

static void write_rows(gf_latex *l, const gf_derived *lines, bool params, bool why, bool *begun)
{
    for (const gf_derived *line = lines; line; line = line->next) {
        if (!gf_latex_belongs(l, line, params))
            continue;
        gf_text_add(l->w, *begun ? " \\\\\n" : "\\begin{align*}\n");
        *begun = true;
        write_reasons(l->w, why ? line->why : NULL);
        gf_text_add(l->w, "    ");
        gf_latex_row(l, &line->line);
    }
}

/* The lets, then what is claimed of params, and then of inputs and starts. */
static void write_lines(gf_latex *l, bool why)
{
    bool lets = false, claims = false;
    write_rows(l, l->d->lets, true, why, &lets);
    gf_text_add(l->w, lets ? "\n\\end{align*}\n" : "");
    gf_text_add(l->w, "\\addtolength{\\jot}{0.5ex} % fractions need room\n");
    write_rows(l, l->d->claims, true, why, &claims);
    write_rows(l, l->d->claims, false, why, &claims);
    gf_text_add(l->w, claims ? "\n\\end{align*}\n" : "");
}

void gf_write_latex(gf_text *w, const gf_derivation_lines *d, bool why)
{
    gf_known known;
    w->failed |= !gf_known_begin(&known, d);
    gf_latex l = gf_latex_begin(w, &known, "\\operatorname");
    write_head(w, d);
    gf_latex_preface(&l, true);
    gf_text_add(w, "\\begingroup\n\\allowdisplaybreaks\n");
    write_lines(&l, why);
    gf_text_add(w, "\\endgroup\n");
    w->failed |= gf_known_failed(&known);
    gf_known_end(&known);
}
