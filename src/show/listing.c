/* What is in a model: a table of its names, with their shapes, and the sizes of their values and gradients. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "claims/judge.h"
#include "show/values.h"
#include "text/characters.h"

/* A row: a name at all its steps, or a start. Texts belong to the listing. */
typedef struct row {
    const char *name, *kind, *text; /* "h[t]", "equation", "tanh(a[t])" */
    int rows, cols, line;           /* 0 x 0: nobody knows */
    bool timed;
    long first, last;       /* steps, where it is timed */
    double value, gradient; /* norms, over all steps; */
    bool valued, graded;    /* if there are any */
    bool open;              /* there is none, since a let is still to be written */
} row;

typedef struct listing {
    gf_model *m;
    gf_judge judge;
    gf_arena arena;
    row *list;
    size_t count, room;
    int most; /* characters of an equation; 0: any */
    bool failed;
} listing;

/* --- sizes ------------------------------------------------------------------------------------------------------- */

static void add_value(row *r, const gf_matrix *m)
{
    if (!m || !m->data)
        return;
    r->value = r->valued ? hypot(r->value, gf_matrix_norm(m)) : gf_matrix_norm(m);
    r->valued = true;
}

static void add_gradient(row *r, const gf_matrix *m)
{
    if (!m)
        return;
    r->gradient = r->graded ? hypot(r->gradient, gf_matrix_norm(m)) : gf_matrix_norm(m);
    r->graded = true;
}

static void measure(listing *out, row *r, const char *name, int first, int last)
{
    for (int t = first; t <= last; t++) {
        add_value(r, gf_model_value(out->m, name, t));
        add_gradient(r, gf_model_gradient(out->m, name, t));
    }
}

/* A let is worked out by the judging half; one that cannot be has no size. */
static void measure_let(listing *out, row *r, gf_symbol *symbol, uint32_t name)
{
    long steps = symbol->timed ? out->m->steps : 1;
    gf_judge *judge = &out->judge;
    judge->scanned = out->m->work = 0;
    for (long t = 1; t <= steps; t++) {
        const gf_statement *line = gf_let_line(symbol, t);
        gf_binding at = {.name = out->m->t, .known = true, .value = t};
        if (line && line->value && !line->broken && !gf_problems_any(&line->problems))
            gf_judge_collect(judge, line->value, symbol->timed ? &at : NULL);
    }
    gf_judge_is_ordered(judge, name);
    for (long t = 1; t <= steps; t++) {
        const gf_instance *instance = gf_symbol_instance(out->m, symbol, t);
        if (!instance || instance->progress != PROGRESS_DONE) {
            const gf_problems *why = gf_judge_failure(judge, symbol, t);
            out->failed |= judge->out_of_memory || why->out_of_memory;
            r->valued = false;
            r->open = gf_judge_is_open(judge, why);
            return;
        }
        add_value(r, &instance->value);
        r->rows = instance->value.rows ? instance->value.rows : r->rows;
        r->cols = instance->value.cols ? instance->value.cols : r->cols;
    }
    out->failed |= judge->out_of_memory;
}

/* --- rows -------------------------------------------------------------------------------------------------------- */

static const char *keep(listing *out, gf_text *w)
{
    const char *text = gf_text_keep(w, &out->arena);
    out->failed |= !text;
    return text ? text : "";
}

static const char *quote(listing *out, const gf_statement *s)
{
    gf_text w = {0};
    const gf_tree *value = s->value ? s->value : s->init.value;
    gf_span span = value ? value->span : s->init.span;
    if (value || s->init.kind != INIT_NONE)
        gf_source_quote(&w, &out->m->file.source, span, 0);
    return keep(out, &w);
}

static row *add_row(listing *out, const char *name, const gf_statement *s)
{
    out->failed |= !gf_grow(&out->list, &out->room, out->count + 1);
    if (out->failed)
        return NULL;
    row *r = &out->list[out->count++];
    *r = (row){.name = name, .text = quote(out, s), .line = gf_statement_line(&out->m->file.source, s)};
    return r;
}

static const char *const kinds[] = {[SYMBOL_PARAM] = "param",
                                    [SYMBOL_INPUT] = "input",
                                    [SYMBOL_GIVEN] = "given",
                                    [SYMBOL_EQUATION] = "equation",
                                    [SYMBOL_LET] = "let"};

static void add_starts(listing *out, const gf_symbol *symbol, const char *name)
{
    for (const gf_start *start = symbol->starts; start && symbol->kind != SYMBOL_LET; start = start->next) {
        gf_text w = {0};
        gf_text_print(&w, "%s[%ld]", name, start->index);
        row *r = add_row(out, keep(out, &w), start->statement);
        if (!r)
            return;
        r->kind = "start";
        r->rows = symbol->rows;
        r->cols = symbol->cols;
        measure(out, r, name, (int)start->index, (int)start->index);
    }
}

static void add_name(listing *out, uint32_t name)
{
    gf_symbol *symbol = gf_model_symbol(out->m, name);
    const char *text = gf_model_text(out->m, name);
    gf_text w = {0};
    gf_text_print(&w, symbol->timed ? "%s[t]" : "%s", text);
    row *r = add_row(out, keep(out, &w), symbol->declaration);
    if (!r)
        return;
    r->kind = kinds[symbol->kind];
    r->rows = symbol->rows;
    r->cols = symbol->cols;
    r->timed = symbol->timed;
    r->first = 1;
    r->last = out->m->steps;
    if (symbol->kind == SYMBOL_LET)
        measure_let(out, r, symbol, name);
    else
        measure(out, r, text, 1, symbol->timed ? (int)out->m->steps : 1);
    add_starts(out, symbol, text);
}

static gf_status find_rows(listing *out)
{
    if (gf_judge_start(&out->judge, out->m) || (!out->m->differentiated && gf_backward(out->m->loss, 0)))
        return GF_ERROR_MEMORY;
    out->m->differentiated = true;
    for (const gf_statement *s = out->m->file.statements; s && !out->failed; s = s->next) {
        const gf_symbol *symbol = s->name ? gf_model_symbol(out->m, s->name) : NULL;
        if (symbol && symbol->kind >= SYMBOL_PARAM && symbol->declaration == s)
            add_name(out, s->name);
    }
    return out->failed ? GF_ERROR_MEMORY : GF_OK;
}

/* --- text -------------------------------------------------------------------------------------------------------- */

enum { NAME, KIND, SHAPE, STEPS, VALUE, GRADIENT, EQUATION, CELLS };

enum { CELL = 64, LEAST_EQUATION = 12 };

static const char *const heads[CELLS] = {"name", "kind", "shape", "steps", "value", "gradient", "equation, or start"};

/* A cell's text, in `room` where it is a number. */
static const char *cell_of(const row *r, int cell, char room[CELL])
{
    room[0] = '\0';
    if (cell == NAME || cell == KIND || cell == EQUATION)
        return cell == NAME ? r->name : cell == KIND ? r->kind : r->text;
    if (cell == SHAPE && r->rows)
        snprintf(room, CELL, "%d x %d", r->rows, r->cols);
    else if (cell == STEPS && r->timed)
        snprintf(room, CELL, "%ld..%ld", r->first, r->last);
    else if (cell == VALUE && r->valued)
        isfinite(r->value) ? gf_number_as(room, "%.3g", r->value) : gf_number_shown(room, r->value);
    else if (cell == VALUE)
        strcpy(room, r->open ? "open" : "error");
    else if (cell == GRADIENT && r->graded)
        isfinite(r->gradient) ? gf_number_as(room, "%.3g", r->gradient) : gf_number_shown(room, r->gradient);
    return room;
}

/* The first characters of a text, and … where there are more. */
static void write_cut(gf_text *w, const char *text, int most)
{
    bool whole = !most || (int)gf_utf8_count(text) <= most;
    gf_text_bytes(w, text, whole ? strlen(text) : gf_utf8_bytes(text, (size_t)most - 1));
    gf_text_add(w, whole ? "" : "…");
}

static void write_cells(gf_text *w, const listing *out, const row *r, const int widths[CELLS])
{
    char room[CELL];
    for (int cell = 0; cell < CELLS; cell++) {
        const char *text = r ? cell_of(r, cell, room) : heads[cell];
        int blanks = widths[cell] - gf_text_width(text);
        bool right = cell == VALUE || cell == GRADIENT;
        gf_text_blanks(w, right ? blanks : 0);
        if (cell == EQUATION)
            write_cut(w, text, out->most);
        else
            gf_text_add(w, text);
        gf_text_blanks(w, (right ? 0 : cell == EQUATION ? 0 : blanks) + (cell + 1 < CELLS ? 2 : 0));
    }
    while (w->size && w->data[w->size - 1] == ' ')
        gf_text_cut(w, w->size - 1);
    gf_text_add(w, "\n");
}

static void write_head(gf_text *w, const listing *out)
{
    const gf_model *m = out->m;
    char text[GF_NUMBER];
    const char *before = "";
    if (*gf_model_title(m)) {
        gf_text_printable(w, gf_model_title(m));
        gf_text_add(w, "\n");
    }
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_SIZE || s->kind == STATEMENT_STEPS) {
            gf_text_print(w, "%s%s = %ld", before, gf_model_text(m, s->name), gf_model_symbol(m, s->name)->value);
            before = ", ";
        }
    gf_text_print(w, "%sloss = %s\n\n", *before ? "; " : "", gf_number_shown(text, gf_value(m->loss)->data[0]));
}

static void write_text(gf_text *w, listing *out, const gf_values_options *options)
{
    int widths[CELLS], all = 0;
    char room[CELL];
    for (int cell = 0; cell < CELLS; cell++) {
        widths[cell] = gf_text_width(heads[cell]);
        for (size_t k = 0; k < out->count && cell != EQUATION; k++) {
            int width = gf_text_width(cell_of(&out->list[k], cell, room));
            widths[cell] = width > widths[cell] ? width : widths[cell];
        }
        all += cell == EQUATION ? 0 : widths[cell] + 2;
    }
    int rest = (options->width > 0 ? options->width : 80) - all;
    out->most = options->full ? 0 : rest < LEAST_EQUATION ? LEAST_EQUATION : rest;
    write_head(w, out);
    write_cells(w, out, NULL, widths);
    for (size_t k = 0; k < out->count; k++)
        write_cells(w, out, &out->list[k], widths);
    gf_text_add(w, "\nvalue, gradient: Frobenius norms, over all steps\n");
}

/* --- JSON, CSV --------------------------------------------------------------------------------------------------- */

static void write_json_row(gf_text *w, const row *r)
{
    gf_text_add(w, "    {\"name\": ");
    gf_text_quoted(w, r->name);
    gf_text_print(w, ", \"kind\": \"%s\", \"rows\": %d, \"cols\": %d, \"first\": ", r->kind, r->rows, r->cols);
    r->timed ? gf_text_print(w, "%ld, \"last\": %ld", r->first, r->last) : gf_text_add(w, "null, \"last\": null");
    gf_text_add(w, ", \"value_l2\": ");
    gf_json_number(w, r->valued ? r->value : NAN);
    gf_text_add(w, ", \"grad_l2\": ");
    gf_json_number(w, r->graded ? r->gradient : NAN);
    gf_text_print(w, ", \"open\": %s, \"line\": %d, \"text\": ", r->open ? "true" : "false", r->line);
    gf_text_quoted(w, r->text);
    gf_text_add(w, "}");
}

static void write_json(gf_text *w, const listing *out)
{
    gf_text name = {0};
    gf_text_name(&name, out->m->file.source.name);
    gf_text_add(w, "{\n  \"file\": ");
    gf_text_quoted(w, gf_text_string(&name));
    gf_text_add(w, ",\n  \"loss\": ");
    gf_json_number(w, gf_value(out->m->loss)->data[0]);
    gf_text_add(w, ",\n  \"names\": [\n");
    for (size_t k = 0; k < out->count; k++) {
        gf_text_add(w, k ? ",\n" : "");
        write_json_row(w, &out->list[k]);
    }
    gf_text_add(w, "\n  ]\n}\n");
    w->failed |= name.failed;
    gf_text_free(&name);
}

static void write_csv(gf_text *w, const listing *out)
{
    gf_text_add(w, "name,kind,rows,cols,first,last,value_l2,grad_l2,line,text\n");
    for (size_t k = 0; k < out->count; k++) {
        const row *r = &out->list[k];
        gf_text_print(w, "%s,%s,%d,%d,", r->name, r->kind, r->rows, r->cols);
        r->timed ? gf_text_print(w, "%ld,%ld,", r->first, r->last) : gf_text_add(w, ",,");
        if (r->valued)
            gf_text_number(w, r->value);
        gf_text_add(w, ",");
        if (r->graded)
            gf_text_number(w, r->gradient);
        gf_text_print(w, ",%d,", r->line);
        gf_csv_field(w, r->text);
        gf_text_add(w, "\n");
    }
}

/* --- all --------------------------------------------------------------------------------------------------------- */

gf_status gf_listing_write(gf_text *w, gf_text *why, gf_model *m, const gf_values_options *options)
{
    if (options->format > GF_VALUES_CSV)
        return gf_values_refuse(why, GF_ERROR_ARGUMENT,
                                "of which expression? such as 'norm(h[t])'; without one there is "
                                "a table of the names, as text, json or csv");
    listing out = {.m = m};
    gf_status status = find_rows(&out);
    if (!status && options->format == GF_VALUES_TEXT)
        write_text(w, &out, options);
    else if (!status)
        (options->format == GF_VALUES_JSON ? write_json : write_csv)(w, &out);
    gf_judge_free(&out.judge);
    gf_arena_free(&out.arena);
    free(out.list);
    return status;
}
