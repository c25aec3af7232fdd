/* Derivations as a program for Python with NumPy.
 *
 * The program is the derivation, line by line, with little around it. A name with time is a dict of its steps, so that
 * da[t+1] reads as on paper, whatever its index; a step that is not there reads as zeros, as it does in a let. What
 * values the sizes have, the arrays tell that the program is called with.
 *
 *     for t in range(T, 0, -1):
 *         dh[t] = dz[t] @ V.T + da[t+1] @ W.T
 *         da[t] = dh[t] * (1 - h[t]**2)
 *
 * The body is written first: what it names is what stands before it. */
#include "write/numpy.h"

#include <string.h>

#include "write/write.h"

/* --- pieces --------------------------------------------------------------------------------------- */

/* An expression for one step, or that of a let with a line of its own for some: A if t == T else B. */
static void write_cases(gf_program *g, uint32_t name, const gf_task_line *lines)
{
    const gf_task_line *general = NULL;
    for (const gf_task_line *line = lines; line; line = line->next) {
        if (!line->index) {
            general = line;
            continue;
        }
        gf_python_value(&g->p, name, line->value);
        gf_text_add(g->p.w, " if t == ");
        gf_python_integer(&g->p, line->index, 0);
        gf_text_add(g->p.w, " else" GF_BREAK);
    }
    if (general) {
        gf_python_value(&g->p, name, general->value);
        return;
    }
    gf_text_add(g->p.w, "np.zeros(");
    gf_python_shape(&g->p, name);
    gf_text_add(g->p.w, ")");
}

/* --- names with time ------------------------------------------------------------------------------ */

/* h = Steps((1, m)), before it is used. What the program is called with has its own already. */
static void declare(gf_program *g, uint32_t name)
{
    const gf_symbol *symbol = gf_model_symbol(g->p.d->m, name);
    bool argument = symbol && symbol->kind >= SYMBOL_PARAM && symbol->kind < SYMBOL_EQUATION;
    if (g->declared[name] || argument)
        return;
    g->declared[name] = g->timed = true;
    gf_text_print(g->p.w, "%*s%s = Steps(", GF_BODY, "", gf_python_name(&g->p, name));
    gf_python_shape(&g->p, name);
    gf_text_add(g->p.w, ")\n");
    gf_program_starts(g, name);
}

/* --- blocks --------------------------------------------------------------------------------------- */

/* Each line a comment, broken at its blanks where it is too long. */
static void write_why(gf_program *g, int indent, const char *why)
{
    for (const char *at = g->why && why ? why : ""; *at;) {
        size_t size = strcspn(at, "\n");
        gf_python_comment(g->p.w, indent, at, size);
        at += size + (at[size] == '\n');
    }
}

/* NAME = value, or NAME[index] = value; index NULL: [t], or none. */
static void write_assignment(gf_program *g, const gf_task *task, const gf_task_line *line, int indent)
{
    GF_PIECE(target, gf_text_add(g->p.w, gf_python_name(&g->p, task->name)));
    if (task->start || (task->timed && line->index && indent == GF_BODY)) {
        GF_PIECE(index, gf_python_integer(&g->p, line->index, 0));
        gf_text_print(&target, "[%s]", gf_text_string(&index));
        gf_text_free(&index);
    } else if (task->timed) {
        gf_text_add(&target, "[t]");
    }
    gf_text_add(&target, " = ");
    GF_PIECE(value, gf_python_value(&g->p, task->name, line->value));
    write_why(g, indent, line->why);
    gf_python_line(g->p.w, indent, gf_text_string(&target), gf_text_string(&value), "");
    g->p.w->failed |= target.failed;
    gf_text_free(&target);
    gf_text_free(&value);
}

/* The line of a step of its own first: if t == T: … else: … */
static void write_step(gf_program *g, const gf_task *task)
{
    const gf_task_line *general = NULL;
    const char *word = "if";
    for (const gf_task_line *line = task->lines; line; line = line->next) {
        if (!line->index) {
            general = line;
            continue;
        }
        GF_PIECE(index, gf_python_integer(&g->p, line->index, 0));
        gf_text_print(g->p.w, "%*s%s t == %s:\n", GF_INNER, "", word, gf_text_string(&index));
        write_assignment(g, task, line, GF_INNER + 4);
        gf_text_free(&index);
        word = "elif";
    }
    bool other = *word == 'e';
    if (general && other)
        gf_text_print(g->p.w, "%*selse:\n", GF_INNER, "");
    if (general)
        write_assignment(g, task, general, other ? GF_INNER + 4 : GF_INNER);
}

static void write_loop(gf_program *g, const gf_block *block)
{
    const uint32_t steps = g->p.d->m->steps_name;
    const char *T = steps ? gf_python_name(&g->p, steps) : "1";
    for (const gf_task *task = block->tasks; task; task = task->next)
        declare(g, task->name);
    if (block->down)
        gf_text_print(g->p.w, "%*sfor t in range(%s, 0, -1):\n", GF_BODY, "", T);
    else
        gf_text_print(g->p.w, steps ? "%*sfor t in range(1, %s+1):\n" : "%*sfor t in [%s]:\n", GF_BODY, "", T);
    for (const gf_task *task = block->tasks; task; task = task->next)
        write_step(g, task);
}

static void write_plain(gf_program *g, const gf_block *block)
{
    for (const gf_task *task = block->tasks; task; task = task->next) {
        if (task->start)
            declare(g, task->name);
        write_assignment(g, task, task->lines, GF_BODY);
    }
}

/* h = OnDemand((1, m), range(1, T+1), lambda t: …); of starts, the equations are lines of the name. */
static void write_on_demand(gf_program *g, const gf_task *task)
{
    const uint32_t steps = g->p.d->m->steps_name;
    g->on_demand = g->timed = g->declared[task->name] = true;
    write_why(g, GF_BODY, task->lines->why);
    GF_PIECE(head, (gf_text_print(g->p.w, "%s = OnDemand(", gf_python_name(&g->p, task->name)),
                    gf_python_shape(&g->p, task->name)));
    if (task->timed && steps)
        gf_text_print(&head, ", range(1, %s+1), lambda t: ", gf_python_name(&g->p, steps));
    else
        gf_text_add(&head, ", [1], lambda t: ");
    GF_PIECE(value, write_cases(g, task->name, task->lines));
    gf_python_line(g->p.w, GF_BODY, gf_text_string(&head), gf_text_string(&value), ")");
    g->p.w->failed |= head.failed;
    gf_text_free(&head);
    gf_text_free(&value);
    if (task->timed)
        gf_program_starts(g, task->name);
}

static void write_block(gf_program *g, const gf_block *block)
{
    if (block->kind == BLOCK_LOOP)
        write_loop(g, block);
    else if (block->kind == BLOCK_PLAIN)
        write_plain(g, block);
    for (const gf_task *task = block->tasks; task && block->kind == BLOCK_ON_DEMAND; task = task->next)
        write_on_demand(g, task);
}

/* --- the result ----------------------------------------------------------------------------------- */

static const gf_tree *variable_of(const gf_derived *claim)
{
    return claim->line.sides[0]->kids[0];
}

/* Is it about one step that is no start: grad(x[T])? Then others are, too. */
static bool is_timed(const gf_program *g, const gf_derived *claim)
{
    const gf_tree *of = variable_of(claim);
    return of->kind == TREE_AT && !gf_start_at(g->p.d->m, of->name, of->kids[0]);
}

/* A condition on t, where the claim is not about every step. */
static void write_condition(gf_program *g, const gf_derived *claim)
{
    const gf_tree *index = variable_of(claim)->kids[0];
    gf_text_add(g->p.w, " if ");
    if (!gf_tree_mentions(index, g->p.d->m->t)) {
        gf_text_add(g->p.w, "t == ");
        gf_python_integer(&g->p, index, 0);
    } else {
        gf_python_integer(&g->p, claim->line.ranges[0].low, 0);
        gf_text_add(g->p.w, " <= t <= ");
        gf_python_integer(&g->p, claim->line.ranges[0].high, 0);
    }
    gf_text_add(g->p.w, " else" GF_BREAK);
}

/* [… for t in range(1, T+1)], from all claims about the name. */
static void write_steps(gf_program *g, const gf_derived *first)
{
    uint32_t name = variable_of(first)->name, steps = g->p.d->m->steps_name;
    const gf_derived *general = NULL;
    gf_text_add(g->p.w, "[");
    for (const gf_derived *claim = first; claim; claim = claim->next) {
        if (!gf_derived_is_leaf(g->p.d, claim) || variable_of(claim)->name != name || !is_timed(g, claim))
            continue;
        bool every = gf_tree_mentions(variable_of(claim)->kids[0], g->p.d->m->t) && !claim->line.range_count;
        if (every) {
            general = claim;
            continue;
        }
        gf_python_value(&g->p, name, claim->line.sides[1]);
        write_condition(g, claim);
    }
    if (general) {
        gf_python_value(&g->p, name, general->line.sides[1]);
    } else {
        gf_text_add(g->p.w, "np.zeros(");
        gf_python_shape(&g->p, name);
        gf_text_add(g->p.w, ")");
    }
    gf_text_print(g->p.w, steps ? GF_BREAK "for t in range(1, %s+1)]" : GF_BREAK "for t in [1]]",
                  steps ? gf_python_name(&g->p, steps) : "");
}

/* The first claim about a name with time stands for all of them. */
static bool is_told(const gf_program *g, const gf_derived *claim)
{
    for (const gf_derived *other = g->p.d->claims; other != claim && is_timed(g, claim); other = other->next)
        if (gf_derived_is_leaf(g->p.d, other) && variable_of(other)->name == variable_of(claim)->name &&
            is_timed(g, other))
            return true;
    return false;
}

static void write_result(gf_program *g)
{
    gf_text_print(g->p.w, "\n%*sreturn {\n", GF_BODY, "");
    for (const gf_derived *claim = g->p.d->claims; claim; claim = claim->next) {
        if (!gf_derived_is_leaf(g->p.d, claim) || is_told(g, claim))
            continue;
        const gf_tree *of = variable_of(claim);
        bool timed = is_timed(g, claim);
        gf_text key = {0};
        gf_python_key(&key, g->p.names, of->name, timed || of->kind == TREE_NAME ? NULL : of->kids[0]);
        gf_text_add(&key, ": ");
        GF_PIECE(value, timed ? write_steps(g, claim) : gf_python_value(&g->p, of->name, claim->line.sides[1]));
        write_why(g, GF_INNER, claim->why);
        gf_python_line(g->p.w, GF_INNER, gf_text_string(&key), gf_text_string(&value), ",");
        g->p.w->failed |= key.failed;
        gf_text_free(&key);
        gf_text_free(&value);
    }
    gf_text_print(g->p.w, "%*s}\n", GF_BODY, "");
}

static void write_body(gf_program *g, const gf_block *blocks)
{
    for (const gf_block *block = blocks, *before = NULL; block; before = block, block = block->next) {
        bool new = !before || before->lets != block->lets;
        if (new)
            gf_text_print(g->p.w, "\n%*s# %s\n", GF_BODY, "", block->lets ? "Backward" : "Forward");
        else if (block->kind == BLOCK_LOOP || before->kind == BLOCK_LOOP)
            gf_text_add(g->p.w, "\n");
        write_block(g, block);
    }
    write_result(g);
}

/* --- the whole ------------------------------------------------------------------------------------ */

static void write_program(gf_program *g, const gf_block *blocks)
{
    GF_PIECE(body, write_body(g, blocks));
    GF_PIECE(timed, gf_program_arguments(g, true));
    GF_PIECE(sizes, gf_program_sizes(g));
    gf_program_title(g);
    gf_program_functions(g);
    gf_program_classes(g);
    gf_text_add(g->p.w, "\n\ndef backward(params, inputs):\n");
    gf_program_docstring(g);
    gf_program_arguments(g, false);
    gf_text_add(g->p.w, g->starts ? "    given = {**params, **inputs}\n" : "");
    gf_text_add(g->p.w, gf_text_string(&sizes));
    gf_text_add(g->p.w, gf_text_string(&timed));
    gf_text_add(g->p.w, gf_text_string(&body));
    gf_text_free(&body);
    gf_text_free(&timed);
    gf_text_free(&sizes);
}

void gf_write_numpy(gf_text *w, const gf_derivation_lines *d, bool why)
{
    gf_known known;
    gf_arena arena = {0};
    gf_program g = {.why = why};
    bool failed;
    w->failed |= !gf_known_begin(&known, d);
    const gf_block *blocks = gf_schedule(d, &arena, &failed);
    bool begun = gf_python_begin(&g.p, w, &known);
    g.declared = gf_arena_get(&arena, ((size_t)d->m->file.names.count + 1) * sizeof *g.declared);
    w->failed |= failed || !begun || !g.declared;
    for (const gf_block *block = blocks; block && begun; block = block->next)
        for (const gf_task *task = block->tasks; task; task = task->next)
            g.p.on_demand[task->name] |= block->kind == BLOCK_ON_DEMAND && !task->timed && !task->start;
    if (!w->failed)
        write_program(&g, blocks);
    w->failed |= gf_known_failed(&known);
    gf_python_end(&g.p);
    gf_arena_free(&arena);
    gf_known_end(&known);
}
