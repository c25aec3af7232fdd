/* Derivations in Markdown, as GitHub and pandoc render it: formulas between $$ and $$. */
#include <string.h>

#include "write/latex.h"
#include "write/write.h"

/* --- blocks of rows: $$, aligned, a row each ------------------------------------------------------ */

typedef struct block {
    gf_latex *l;
    bool open;
} block;

static void add_row(block *b, const gf_statement *s)
{
    gf_text_add(b->l->w, b->open ? " \\\\\n" : "\n$$\n\\begin{aligned}\n");
    b->open = true;
    gf_latex_row(b->l, s);
}

static void end_block(block *b)
{
    gf_text_add(b->l->w, b->open ? "\n\\end{aligned}\n$$\n" : "");
    b->open = false;
}

/* --- sections ------------------------------------------------------------------------------------- */

static void write_forward(gf_latex *l)
{
    block b = {.l = l};
    gf_text_add(l->w, "\n## Forward\n");
    for (const gf_statement *s = l->d->m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_EQUATION || s->kind == STATEMENT_LOSS || (s->kind == STATEMENT_START && s->value))
            add_row(&b, s);
    end_block(&b);
}

/* `…`, or, of more than one, each on a line of its own. */
static void write_why(gf_text *w, const char *why)
{
    for (const char *at = why; *at;) {
        size_t size = strcspn(at, "\n");
        gf_text_print(w, at == why ? " `%.*s`" : "<br>\n  `%.*s`", (int)size, at);
        at += size + (at[size] == '\n');
    }
    gf_text_add(w, "\n");
}

/* The reasons, one a line that has one, under the formulas. */
static void write_reasons(gf_latex *l, const gf_derived *lines, bool params)
{
    const char *before = "\n";
    for (const gf_derived *line = lines; line; line = line->next) {
        if (!line->why || !gf_latex_belongs(l, line, params))
            continue;
        gf_text_print(l->w, "%s- $", before);
        if (line->line.kind == STATEMENT_LET)
            gf_latex_variable(l, line->line.name, line->line.index);
        else
            gf_latex_tree(l, line->line.sides[0]);
        gf_text_add(l->w, "$:");
        write_why(l->w, line->why);
        before = "";
    }
}

static void write_section(gf_latex *l, const char *heading, const gf_derived *lines, bool params, bool why)
{
    block b = {.l = l};
    for (const gf_derived *line = lines; line; line = line->next) {
        if (!gf_latex_belongs(l, line, params))
            continue;
        if (!b.open)
            gf_text_print(l->w, "\n## %s\n", heading);
        if (!b.open && line->line.kind == STATEMENT_LET) {
            gf_text_add(l->w, "\n");
            gf_latex_preface(l, false);
        }
        add_row(&b, &line->line);
    }
    end_block(&b);
    if (why)
        write_reasons(l, lines, params);
}

void gf_write_markdown(gf_text *w, const gf_derivation_lines *d, bool why)
{
    gf_known known;
    w->failed |= !gf_known_begin(&known, d);
    gf_latex l = gf_latex_begin(w, &known, "\\mathrm");
    const char *title = gf_model_title(d->m);
    gf_text_add(w, "# ");
    gf_text_printable(w, *title ? title : "The gradients");
    gf_text_add(w, "\n");
    write_forward(&l);
    write_section(&l, "Backward", d->lets, false, why);
    write_section(&l, "Gradients of the parameters", d->claims, true, why);
    write_section(&l, "Gradients of inputs and starts", d->claims, false, why);
    w->failed |= gf_known_failed(&known);
    gf_known_end(&known);
}
