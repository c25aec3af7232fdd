/* What stands before the body of a program: its functions, its arguments, the sizes. */
#include <string.h>

#include "write/numpy.h"

void gf_python_key(gf_text *w, const gf_names *names, uint32_t name, const gf_tree *index)
{
    gf_tree at = {.kind = index ? TREE_AT : TREE_NAME, .name = name, .count = index != NULL};
    at.kids = (gf_tree *[]){(gf_tree *)index};
    gf_text_add(w, "\"");
    gf_tree_print(w, names, &at);
    gf_text_add(w, "\"");
}

/* h[0] = given.get("h[0]", np.zeros((1, m))); what is drawn, or read, has to be given. */
static void write_start(gf_program *g, const gf_statement *s)
{
    const gf_init *init = &s->init;
    bool drawn = init->kind == INIT_RANDOM ||
                 (init->kind == INIT_VALUE && (init->value->kind == TREE_TEXT || init->value->kind == TREE_LIST));
    gf_text key = {0};
    gf_python_key(&key, g->p.names, s->name, s->index);
    GF_PIECE(before,
             (gf_text_print(g->p.w, "%s[", gf_python_name(&g->p, s->name)), gf_python_integer(&g->p, s->index, 0),
              gf_text_print(g->p.w, "] = given%s%s", drawn ? "[" : ".get(", gf_text_string(&key))));
    gf_tree zero = {.kind = TREE_NUMBER, .depth = 1};
    GF_PIECE(value, gf_python_value(&g->p, s->name, init->kind == INIT_VALUE ? init->value : &zero));
    if (!drawn)
        gf_text_add(&before, ", ");
    gf_python_line(g->p.w, GF_BODY, gf_text_string(&before), drawn ? "" : gf_text_string(&value), drawn ? "]" : ")");
    g->p.w->failed |= key.failed || before.failed;
    g->starts = true;
    gf_text_free(&key);
    gf_text_free(&before);
    gf_text_free(&value);
}

void gf_program_starts(gf_program *g, uint32_t name)
{
    const gf_symbol *symbol = gf_model_symbol(g->p.d->m, name);
    for (const gf_start *start = symbol ? symbol->starts : NULL; start; start = start->next)
        if (symbol->kind != SYMBOL_LET && !start->statement->value)
            write_start(g, start->statement);
}

/* --- what stands before --------------------------------------------------------------------------- */

static bool is_input(const gf_symbol *symbol)
{
    return symbol->kind == SYMBOL_INPUT || symbol->kind == SYMBOL_GIVEN;
}

/* params["W"], or inputs["x"]. */
static void write_argument(gf_program *g, const gf_statement *s)
{
    gf_text_print(g->p.w, "%s[\"%s\"]", s->kind == STATEMENT_PARAM ? "params" : "inputs",
                  gf_names_text(g->p.names, s->name));
}

/* The lists of one matrix a step tell how many steps there are, those of inputs first. */
static const gf_statement *timed_argument(const gf_program *g)
{
    const gf_statement *param = NULL;
    for (const gf_statement *s = g->p.d->m->file.statements; s; s = s->next) {
        if (gf_statement_lists(s) && s->kind != STATEMENT_PARAM)
            return s;
        param = !param && gf_statement_lists(s) ? s : param;
    }
    return param;
}

static void write_number_of_steps(gf_program *g)
{
    const uint32_t steps = g->p.d->m->steps_name;
    const gf_statement *list = timed_argument(g);
    if (!steps || !g->p.used[steps])
        return;
    gf_text_print(g->p.w, "%*s%s = ", GF_BODY, "", gf_python_name(&g->p, steps));
    if (!list)
        gf_text_print(g->p.w, "%ld\n", g->p.d->m->steps);
    gf_text_add(g->p.w, list ? "len(" : "");
    if (list)
        write_argument(g, list);
    gf_text_add(g->p.w, list ? ")\n" : "");
    if (list && gf_numbered_line(g->p.d))
        gf_text_print(g->p.w, "%*sif %s != %ld:\n%*sraise ValueError(\"it was derived for %ld steps\")\n", GF_BODY, "",
                      gf_python_name(&g->p, steps), g->p.d->m->steps, GF_INNER, "", g->p.d->m->steps);
}

static bool has_side(const gf_statement *s, uint32_t size, int axis)
{
    const gf_tree *side = axis ? s->cols : s->rows;
    return side && side->kind == TREE_NAME && side->name == size;
}

/* The declaration that has the size as its rows (0) or columns (1), through *axis; NULL if none has. Of params first,
 * which have names in the program already. */
static const gf_statement *shape_with(const gf_program *g, uint32_t size, int *axis)
{
    for (int inputs = 0; inputs < 2; inputs++)
        for (const gf_statement *s = g->p.d->m->file.statements; s; s = s->next) {
            bool declares =
                inputs ? s->kind == STATEMENT_INPUT || s->kind == STATEMENT_GIVEN : s->kind == STATEMENT_PARAM;
            *axis = !has_side(s, size, 0);
            if (declares && has_side(s, size, *axis))
                return s;
        }
    return NULL;
}

static bool is_wanted_size(const gf_program *g, const gf_tree *side)
{
    const gf_symbol *symbol = side->kind == TREE_NAME ? gf_model_symbol(g->p.d->m, side->name) : NULL;
    return symbol && symbol->kind == SYMBOL_SIZE && g->p.used[side->name] && !g->declared[side->name];
}

/* n, m = U.shape, where both are wanted. */
static void write_size_of_shape(gf_program *g, const gf_statement *shape, int axis)
{
    bool two =
        is_wanted_size(g, shape->rows) && is_wanted_size(g, shape->cols) && shape->rows->name != shape->cols->name;
    const gf_tree *first = axis && !two ? shape->cols : shape->rows;
    g->declared[first->name] = true;
    gf_text_print(g->p.w, "%*s%s", GF_BODY, "", gf_python_name(&g->p, first->name));
    if (two) {
        gf_text_print(g->p.w, ", %s", gf_python_name(&g->p, shape->cols->name));
        g->declared[shape->cols->name] = true;
    }
    gf_text_add(g->p.w, " = ");
    if (shape->kind == STATEMENT_PARAM && !shape->index)
        gf_text_add(g->p.w, gf_python_name(&g->p, shape->name));
    else
        write_argument(g, shape);
    gf_text_add(g->p.w, shape->index ? "[0]" : "");
    gf_text_print(g->p.w, two ? ".shape\n" : ".shape[%d]\n", axis);
}

static void write_size(gf_program *g, const gf_statement *s)
{
    int axis;
    const gf_statement *shape = shape_with(g, s->name, &axis);
    if (g->declared[s->name])
        return;
    if (shape) {
        write_size_of_shape(g, shape, axis);
        return;
    }
    g->declared[s->name] = true;
    gf_text_print(g->p.w, "%*s%s = ", GF_BODY, "", gf_python_name(&g->p, s->name));
    if (s->value->kind != TREE_NUMBER)
        gf_python_integer(&g->p, s->value, 0);
    else
        gf_text_print(g->p.w, "%ld", gf_model_symbol(g->p.d->m, s->name)->value);
    gf_text_add(g->p.w, "\n");
}

/* Sizes that others are made of are used, too. */
static void use_sizes_of(gf_program *g, const gf_tree *tree)
{
    if (tree->kind == TREE_NAME)
        gf_python_name(&g->p, tree->name);
    for (uint32_t k = 0; k < tree->count; k++)
        use_sizes_of(g, tree->kids[k]);
}

/* Later sizes may be made of earlier ones: marked from the last to the first. */
static void mark_sizes(gf_program *g, const gf_statement *s)
{
    int axis;
    if (!s)
        return;
    mark_sizes(g, s->next);
    if (s->kind == STATEMENT_SIZE && g->p.used[s->name] && !shape_with(g, s->name, &axis))
        use_sizes_of(g, s->value);
}

void gf_program_sizes(gf_program *g)
{
    mark_sizes(g, g->p.d->m->file.statements);
    write_number_of_steps(g);
    for (const gf_statement *s = g->p.d->m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_SIZE && g->p.used[s->name])
            write_size(g, s);
}

void gf_program_arguments(gf_program *g, bool timed)
{
    for (const gf_statement *s = g->p.d->m->file.statements; s; s = s->next) {
        const gf_symbol *symbol = s->name ? gf_model_symbol(g->p.d->m, s->name) : NULL;
        bool argument = symbol && symbol->declaration == s && (symbol->kind == SYMBOL_PARAM || is_input(symbol));
        if (!argument || !g->p.used[s->name] || (s->index != NULL) != timed)
            continue;
        gf_text_print(g->p.w, "%*s%s = ", GF_BODY, "", gf_python_name(&g->p, s->name));
        if (timed) {
            gf_text_add(g->p.w, "Steps(");
            gf_python_shape(&g->p, s->name);
            gf_text_add(g->p.w, ", ");
        }
        write_argument(g, s);
        gf_text_add(g->p.w, timed ? ")\n" : "\n");
        g->timed |= timed;
        if (timed)
            gf_program_starts(g, s->name);
    }
}

/* --- the head ------------------------------------------------------------------------------------- */

/* def softmax(a): with the lines of its template. */
static void write_function(gf_program *g, const char *name, const gf_function *function)
{
    size_t size;
    const char *word;
    gf_text_add(g->p.w, "\n\ndef ");
    gf_python_function(g->p.w, name);
    for (uint32_t k = 0; (word = gf_words_at(function, k, &size)); k++)
        gf_text_print(g->p.w, "%s%.*s", k ? ", " : "(", (int)size, word);
    gf_text_add(g->p.w, "):\n");
    for (const char *line = function->numpy; *line;) {
        size = strcspn(line, "\n");
        gf_text_print(g->p.w, "    %.*s\n", (int)size, line);
        line += size + (line[size] == '\n');
    }
}

void gf_program_functions(gf_program *g)
{
    for (uint32_t k = 1; k <= g->p.names->count; k++) {
        gf_function function;
        const char *name = gf_names_text(g->p.names, k);
        if (g->p.used[k] && gf_function_find(&function, name) && function.numpy && strstr(function.numpy, "return"))
            write_function(g, name, &function);
    }
}

static const char steps_class[] = "\n\nclass Steps(dict):\n"
                                  "    \"\"\"A matrix a step, from step 1 on; zeros where there is none.\"\"\"\n\n"
                                  "    def __init__(self, shape, matrices=()):\n"
                                  "        super().__init__(enumerate(matrices, start=1))\n"
                                  "        self.zeros = np.zeros(shape)\n\n"
                                  "    def __missing__(self, t):\n"
                                  "        return self.zeros\n";

static const char on_demand_class[] =
    "\n\nclass OnDemand(Steps):\n"
    "    \"\"\"Steps that are worked out when somebody asks for them, each once.\"\"\"\n\n"
    "    def __init__(self, shape, steps, rule):\n"
    "        super().__init__(shape)\n"
    "        self.steps, self.rule = steps, rule\n\n"
    "    def __missing__(self, t):\n"
    "        if t in self.steps:\n"
    "            self[t] = self.rule(t)\n"
    "        return self.get(t, self.zeros)\n";

void gf_program_classes(gf_program *g)
{
    gf_text_add(g->p.w, g->timed ? steps_class : "");
    gf_text_add(g->p.w, g->on_demand ? on_demand_class : "");
}

/* "x": 1 x n at each step */
static void write_shape_line(gf_program *g, const gf_statement *s)
{
    gf_text_add(g->p.w, "        ");
    gf_python_key(g->p.w, g->p.names, s->name, s->kind == STATEMENT_START ? s->index : NULL);
    gf_text_add(g->p.w, ": ");
    gf_python_integer(&g->p, s->rows, 0);
    gf_text_add(g->p.w, " x ");
    gf_python_integer(&g->p, s->cols, 0);
    gf_text_add(g->p.w, s->index && s->kind != STATEMENT_START ? ", a list of one a step\n" : "\n");
}

static void write_shape_lines(gf_program *g, const char *head, bool params)
{
    bool begun = false;
    for (const gf_statement *s = g->p.d->m->file.statements; s; s = s->next) {
        bool input = s->kind == STATEMENT_INPUT || s->kind == STATEMENT_GIVEN || s->kind == STATEMENT_START;
        if (!s->rows || (params ? s->kind != STATEMENT_PARAM : !input))
            continue;
        gf_text_add(g->p.w, begun ? "" : head);
        begun = true;
        write_shape_line(g, s);
    }
}

void gf_program_docstring(gf_program *g)
{
    gf_text_add(g->p.w, "    \"\"\"The gradient of the loss by every parameter, input and start, as a dict.\n\n"
                        "    All are arrays of two dimensions, vectors, too.\n");
    write_shape_lines(g, "\n    params\n", true);
    write_shape_lines(g, g->starts ? "\n    inputs (what has an index may be absent)\n" : "\n    inputs\n", false);
    gf_text_add(g->p.w, "    \"\"\"\n");
}

void gf_program_title(gf_program *g)
{
    const char *title = gf_model_title(g->p.d->m);
    gf_text text = {0};
    gf_text_printable(&text, *title ? title : "the model");
    gf_text_add(g->p.w, "\"\"\"The gradients of ");
    for (const char *at = gf_text_string(&text); *at; at++)
        gf_text_bytes(g->p.w, *at == '\\' || *at == '"' ? "'" : at, 1);
    gf_text_add(g->p.w, ", derived by gradflow.\"\"\"\n");
    gf_text_print(g->p.w, "%s%s%simport numpy as np\n", g->p.multiplies ? "import math\n" : "",
                  g->p.reduces ? "from functools import reduce\n" : "", g->p.multiplies || g->p.reduces ? "\n" : "");
    g->p.w->failed |= text.failed;
    gf_text_free(&text);
}
