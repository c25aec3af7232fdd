/* A derivation as text: for `check`, and for reading. */
#include "write/write.h"

#include <stdlib.h>
#include <string.h>

#include "base/sized.h"
#include "text/characters.h"
#include "write/known.h"

enum { PAGE = 100, PART = 60 }; /* columns of text; characters of a part that is quoted */

/* --- what both share ---------------------------------------------------------------------------------------------- */

/* The reasons of a line, each on a line of its own. */
static void write_why(gf_text *w, const gf_derived *line, const char *before)
{
    for (const char *at = line->why; at && *at;) {
        size_t size = strcspn(at, "\n");
        gf_text_add(w, before);
        gf_text_bytes(w, at, size);
        gf_text_add(w, "\n");
        at += size + (at[size] == '\n');
    }
}

static const char *title_of(const gf_derivation_lines *d)
{
    for (const gf_statement *s = d->m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_TITLE)
            return s->text;
    return NULL;
}

/* What a let is the gradient of that has no name of its own: "W @ h[t-1] + b". False where it has one. */
static bool write_part(gf_text *w, const gf_derivation_lines *d, const gf_derived *line)
{
    const gf_tree *of = line->line.kind == STATEMENT_LET && !d->paths ? line->of : NULL;
    gf_text text = {0};
    if (!of || gf_tree_is_name(of))
        return false;
    gf_tree_print(&text, &d->m->file.names, of);
    size_t size = gf_utf8_bytes(gf_text_string(&text), PART);
    gf_text_bytes(w, gf_text_string(&text), size);
    gf_text_add(w, size < text.size ? "…" : "");
    w->failed |= text.failed;
    gf_text_free(&text);
    return true;
}

static void write_left(gf_text *w, const gf_derivation_lines *d, const gf_derived *line)
{
    const gf_names *names = &d->m->file.names;
    if (line->line.kind == STATEMENT_CLAIM) {
        gf_tree_print(w, names, line->line.sides[0]);
        return;
    }
    const gf_tree bare = {.kind = TREE_NAME, .name = line->line.name};
    const gf_tree at = {.kind = TREE_AT, .name = line->line.name, .count = 1, .kids = (gf_tree *[]){line->line.index}};
    gf_tree_print(w, names, line->line.index ? &at : &bare);
}

/* What holds of all lines. */
static void write_head(gf_text *w, const gf_derivation_lines *d, const char *before, bool why)
{
    const gf_derived *line = gf_numbered_line(d);
    const char *steps = gf_names_text(&d->m->file.names, d->m->steps_name);
    if (d->paths)
        return;
    gf_text_print(w, "%sdv stands for d loss / d v. Beyond the ends everything is zero.\n", before);
    if (line) {
        gf_text_print(w, "%sFor %s = %ld only: at another %s, lines for numbered steps, such as ", before, steps,
                      d->m->steps, steps);
        write_left(w, d, line);
        gf_text_add(w, ", may lack terms.\n");
    }
    if (why)
        gf_text_print(w,
                      "%sIn brackets: an operation, and what its operand receives where G arrives at its\n"
                      "%sresult y; a and b are its operands.\n",
                      before, before);
    gf_text_add(w, "\n");
}

/* --- gf ----------------------------------------------------------------------------------------------------------- */

static void write_statements(gf_text *w, const gf_derivation_lines *d, const gf_derived *lines, bool why)
{
    for (const gf_derived *line = lines; line; line = line->next) {
        if (why && line->why && line != lines)
            gf_text_add(w, "\n");
        if (why)
            write_why(w, line, "# ");
        gf_statement_print(w, &d->m->file.names, &line->line);
        gf_text part = {0};
        if (write_part(&part, d, line))
            gf_text_print(w, "  # of %s", gf_text_string(&part));
        w->failed |= part.failed;
        gf_text_free(&part);
        gf_text_add(w, "\n");
    }
}

static void write_gf(gf_text *w, const gf_derivation_lines *d, bool why)
{
    write_head(w, d, "# ", why);
    why |= d->paths;
    write_statements(w, d, d->lets, why);
    gf_text_add(w, d->lets ? "\n" : "");
    write_statements(w, d, d->claims, why);
}

/* --- text --------------------------------------------------------------------------------------------------------- */

static int left_width(gf_text *w, const gf_derivation_lines *d, const gf_derived *line)
{
    gf_text text = {0};
    write_left(&text, d, line);
    w->failed |= text.failed;
    int width = 0, bytes;
    for (const char *at = gf_text_string(&text), *end = at + text.size; at < end; at += bytes)
        width += gf_code_width(gf_utf8_decode(at, (size_t)(end - at), &bytes));
    gf_text_free(&text);
    return width;
}

/* A sum that is wider than a page goes on below, from sign to sign, behind the `left` columns. */
static void write_terms(gf_text *w, const gf_names *names, const gf_tree *tree, int left, size_t *row)
{
    bool sum = tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT;
    if (!sum) {
        gf_tree_print(w, names, tree);
        return;
    }
    write_terms(w, names, tree->kids[0], left, row);
    gf_text term = {0};
    const gf_tree zero = {.kind = TREE_NUMBER, .depth = 1};
    gf_tree *kids[] = {(gf_tree *)&zero, tree->kids[1]};
    gf_tree alone = *tree; /* 0 + b is written as the sum writes its b */
    alone.kids = kids;
    gf_tree_print(&term, names, &alone);
    const char *text = term.failed ? "" : gf_text_string(&term) + 1;
    if (left + gf_utf8_count(gf_text_string(w) + *row) + gf_utf8_count(text) > PAGE) {
        gf_text_print(w, "\n%*s", left, "");
        *row = w->size;
        text += *text == ' ';
    }
    gf_text_add(w, text);
    w->failed |= term.failed;
    gf_text_free(&term);
}

/* Equations under each other, their signs too. */
static void write_equations(gf_text *w, const gf_known *known, const gf_derived *lines, bool why)
{
    const gf_derivation_lines *d = known->d;
    int widest = 0;
    for (const gf_derived *line = lines; line; line = line->next) {
        int width = gf_known_repeats(known, line) ? 0 : left_width(w, d, line);
        widest = width > widest ? width : widest;
    }
    for (const gf_derived *line = lines; line; line = line->next) {
        if (gf_known_repeats(known, line))
            continue;
        write_left(w, d, line);
        gf_text_print(w, "%*s = ", widest - left_width(w, d, line), "");
        size_t row = w->size;
        write_terms(w, &d->m->file.names, line->line.kind == STATEMENT_CLAIM ? line->line.sides[1] : line->line.value,
                    widest + 3, &row);
        gf_ranges_print(w, &d->m->file.names, &line->line);
        gf_text_add(w, "\n");
        if (why)
            write_why(w, line, "    ");
    }
}

/* Which part each let is of that no name tells. */
static void write_legend(gf_text *w, const gf_derivation_lines *d)
{
    bool any = false;
    for (const gf_derived *line = d->lets; line; line = line->next) {
        gf_text part = {0};
        if (write_part(&part, d, line)) {
            gf_text_add(w, any ? "" : "\n");
            write_left(w, d, line);
            gf_text_print(w, " is the gradient of %s\n", gf_text_string(&part));
            any = true;
        }
        w->failed |= part.failed;
        gf_text_free(&part);
    }
}

static void write_text(gf_text *w, const gf_derivation_lines *d, bool why)
{
    gf_known known;
    w->failed |= !gf_known_begin(&known, d);
    const char *title = title_of(d);
    if (title)
        gf_text_print(w, "%s: the %s\n\n", title, d->paths ? "Jacobian" : "gradients");
    write_head(w, d, "", why);
    why |= d->paths;
    write_equations(w, &known, d->lets, why);
    write_legend(w, d);
    gf_text_add(w, d->lets && d->claims ? "\n" : "");
    write_equations(w, &known, d->claims, why);
    w->failed |= gf_known_failed(&known);
    gf_known_end(&known);
}

/* --- the public face ---------------------------------------------------------------------------------------------- */

static void write(gf_text *w, const gf_derivation_lines *d, const gf_derivation_options *o)
{
    switch (o->format) {
    case GF_DERIVATION_GF:
        write_gf(w, d, o->why);
        break;
    case GF_DERIVATION_LATEX:
        gf_write_latex(w, d, o->why);
        break;
    case GF_DERIVATION_MARKDOWN:
        gf_write_markdown(w, d, o->why);
        break;
    case GF_DERIVATION_NUMPY:
        gf_write_numpy(w, d, o->why);
        break;
    default:
        write_text(w, d, o->why);
    }
}

static gf_status derive(char **out, gf_model *m, const gf_derivation_options *o)
{
    gf_derivation_lines d;
    gf_text w = {0};
    gf_status status = o->jacobian ? gf_derive_jacobian(&d, m, o) : gf_derive_lines(&d, m, o);
    if (status)
        gf_problems_write(&m->refusal, &d.problems);
    else
        write(&w, &d, o);
    gf_derivation_lines_free(&d);
    if (!status && w.failed)
        status = GF_ERROR_MEMORY;
    if (status)
        gf_text_free(&w);
    *out = w.data;
    return status;
}

gf_status gf_derivation(char **out, gf_model *m, const gf_derivation_options *options)
{
    gf_derivation_options own;
    char why[GF_SIZED_WHY];
    if (!gf_model_asked(out, m))
        return GF_ERROR_ARGUMENT;
    if (!gf_sized_take(&own, options, gf_derivation_options, why, why))
        return gf_model_refuse(m, "gf_derivation: %s", why);
    if ((unsigned)own.format > GF_DERIVATION_NUMPY)
        return gf_model_refuse(m, "gf_derivation: there is no format %d", (int)own.format);
    if (own.jacobian && own.format > GF_DERIVATION_GF)
        return gf_model_refuse(m, "gf_derivation: a Jacobian is written as text or gf alone");
    return derive(out, m, &own);
}
