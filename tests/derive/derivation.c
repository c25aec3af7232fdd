/* Writes the lets and claims of a model file as a derivation, or the values of the model: for check-numpy, check-latex,
 * and whoever wants to look. Usage: derivation latex|markdown|numpy|values FILE */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../derivation.h"

static void print_matrix(gf_text *w, const gf_matrix *m)
{
    gf_text_add(w, "[");
    for (int i = 0; i < m->rows; i++) {
        gf_text_add(w, i ? ", [" : "[");
        for (int j = 0; j < m->cols; j++) {
            gf_text_add(w, j ? ", " : "");
            gf_text_number(w, gf_matrix_at(m, i, j));
        }
        gf_text_add(w, "]");
    }
    gf_text_add(w, "]");
}

/* "x": a matrix, or of a timed name a list of them. */
static void print_name(gf_text *w, gf_model *m, const gf_model_name *name, bool gradient)
{
    gf_text_print(w, "\"%s\": %s", name->name, name->timed ? "[" : "");
    for (int t = 1; t <= (name->timed ? gf_model_steps(m) : 1); t++) {
        gf_text_add(w, t > 1 ? ", " : "");
        print_matrix(w, (gradient ? gf_model_gradient : gf_model_value)(m, name->name, t));
    }
    gf_text_add(w, name->timed ? "]" : "");
}

/* "h[0]": a matrix. Starts with an equation have a gradient, but are not given. */
static void print_start(gf_text *w, gf_model *m, const gf_statement *s, bool gradient)
{
    const gf_tree at = {.kind = TREE_AT, .name = s->name, .count = 1, .kids = (gf_tree *[]){s->index}};
    const char *name = gf_model_text(m, s->name);
    const gf_start *start = gf_model_symbol(m, s->name)->starts;
    while (start->statement != s)
        start = start->next;
    gf_text_add(w, "\"");
    gf_tree_print(w, &m->file.names, &at);
    gf_text_add(w, "\": ");
    print_matrix(w, (gradient ? gf_model_gradient : gf_model_value)(m, name, (int)start->index));
}

static void print_starts(gf_text *w, gf_model *m, bool gradient, const char *before)
{
    for (const gf_statement *s = m->file.statements; s; s = s->next) {
        bool given = s->kind == STATEMENT_START && gf_model_symbol(m, s->name)->kind == SYMBOL_GIVEN;
        if (s->kind != STATEMENT_START || (!gradient && s->value) || (gradient && given))
            continue;
        gf_text_add(w, before);
        print_start(w, m, s, gradient);
        before = ", ";
    }
}

/* {"params": {…}, "inputs": {…, starts}, "gradients": {…}} */
static void print_values(gf_text *w, gf_model *m)
{
    static const char *const groups[] = {"params", "inputs", "gradients"};
    for (int group = 0; group < 3; group++) {
        gf_text_print(w, "%s\"%s\": {", group ? "},\n " : "{", groups[group]);
        const char *before = "";
        const gf_model_name *name;
        for (size_t k = 0; (name = gf_model_name_at(m, k)); k++) {
            bool param = name->kind == GF_MODEL_PARAM, input = name->kind == GF_MODEL_INPUT;
            bool given = name->kind == GF_MODEL_GIVEN;
            if (group == 0 ? !param : group == 1 ? !input && !given : !param && !input)
                continue;
            gf_text_add(w, before);
            print_name(w, m, name, group == 2);
            before = ", ";
        }
        if (group)
            print_starts(w, m, group == 2, before);
    }
    gf_text_add(w, "}}\n");
}

int main(int argc, char **argv)
{
    gf_model *m;
    if (argc != 3 || gf_model_read(&m, argv[2]) || gf_model_unroll(m)) {
        fprintf(stderr, "%s", argc == 3 ? gf_model_message(m) : "usage: derivation FORMAT FILE\n");
        return EXIT_FAILURE;
    }
    gf_derivation_lines d = derivation_of(m);
    gf_text w = {0};
    const char *format = argv[1];
    if (!strcmp(format, "values"))
        print_values(&w, m);
    else if (!strcmp(format, "latex"))
        gf_write_latex(&w, &d, false);
    else if (!strcmp(format, "markdown"))
        gf_write_markdown(&w, &d, true);
    else
        gf_write_numpy(&w, &d, false);
    fputs(gf_text_string(&w), stdout);
    bool failed = w.failed;
    gf_text_free(&w);
    gf_arena_free(&d.arena);
    gf_model_free(m);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
