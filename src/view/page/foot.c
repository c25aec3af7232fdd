/* The foot: which equations stand there, and how they are drawn. */
#include "view/page/foot.h"

#include <limits.h>
#include <string.h>

#include "view/drawing/cut.h"
#include "write/typeset.h"

#define MINUS "\u2212"

static const double letters = 14, between = 26;
static const double low = 3.0 / 14, high = 5.0 / 14, small = 0.75; /* of the size of the letters */
static const double other_fonts = 1.03;

/* --- putting in ------------------------------------------------------------------------------------ */

static bool is_activation(const gf_model *m, const gf_tree *tree)
{
    static const char *const names[] = {"tanh", "sigmoid", "relu"};
    bool found = false;
    for (size_t k = 0; k < sizeof names / sizeof *names && tree->kind == TREE_CALL && tree->count == 1; k++)
        found |= !strcmp(gf_model_text(m, tree->name), names[k]);
    return found;
}

/* The name zf of an equation f[t] = sigmoid(zf[t]), an activation of one name at the same step; else 0. */
static uint32_t activated(const gf_model *m, const gf_statement *s)
{
    const gf_tree *of = is_activation(m, s->value) ? s->value->kids[0] : NULL;
    if (!of || of->kind != (s->index ? TREE_AT : TREE_NAME))
        return 0;
    bool here = !s->index || (of->kids[0]->kind == TREE_NAME && of->kids[0]->name == m->t);
    const gf_symbol *symbol = gf_model_symbol(m, of->name);
    return here && symbol && symbol->kind == SYMBOL_EQUATION ? of->name : 0;
}

static void count_uses(uint32_t *uses, const gf_tree *tree)
{
    if (gf_tree_is_name(tree))
        uses[tree->name]++;
    for (uint32_t k = 0; k < tree->count; k++)
        count_uses(uses, tree->kids[k]);
}

/* What one activation alone uses is folded into it. `uses` has room for all names. */
static void find_folded(gf_foot *foot, uint32_t *uses)
{
    const gf_statement *first = foot->m->file.statements;
    for (const gf_statement *s = first; s; s = s->next)
        if (s->value && (s->kind == STATEMENT_EQUATION || s->kind == STATEMENT_START || s->kind == STATEMENT_LOSS))
            count_uses(uses, s->value);
    for (const gf_statement *s = first; s; s = s->next) {
        uint32_t name = s->kind == STATEMENT_EQUATION ? activated(foot->m, s) : 0;
        if (name && uses[name] == 1)
            foot->folded[name] = true;
    }
}

/* The right side of an equation, with what is folded put in; not through more than `deep` equations: drawn, what is so
 * long is cut anyhow. NULL without memory. */
static const gf_tree *put_in(gf_foot *foot, const gf_statement *s, int deep)
{
    uint32_t name = activated(foot->m, s);
    if (!name || !foot->folded[name] || !deep)
        return s->value;
    const gf_tree *inner = put_in(foot, gf_model_symbol(foot->m, name)->definition, deep - 1);
    gf_tree *copy = inner ? gf_tree_copy(&foot->arena, s->value) : NULL;
    gf_tree *kid = copy ? gf_tree_copy(&foot->arena, inner) : NULL;
    if (kid)
        copy->kids[0] = kid;
    return kid ? copy : NULL;
}

/* --- one equation ---------------------------------------------------------------------------------- */

/* What is set becomes runs with letters of a size. They and their texts are in the arena. */
static gf_run *runs_of(gf_arena *arena, const gf_typeset *set, double size)
{
    gf_run *runs = set->failed ? NULL : gf_arena_get(arena, (set->count + 1) * sizeof *runs);
    for (size_t k = 0; runs && k < set->count; k++) {
        const gf_piece *piece = &set->pieces[k];
        runs[k] = (gf_run){
            .text = piece->text,
            .size = piece->script == GF_ON_LINE ? size : size * small,
            .style = (piece->bold ? GF_BOLD : 0U) | (piece->italic ? GF_ITALIC : 0U),
            .raise = piece->script == GF_LOW    ? -size * low
                     : piece->script == GF_HIGH ? size * high
                                                : 0,
        };
    }
    return runs;
}

/* Adds what is set to the foot; it ends there. */
static bool add_equation(gf_foot *foot, gf_typeset *set)
{
    gf_foot_equation *equation = &foot->equations[foot->count];
    equation->runs = runs_of(&foot->arena, set, letters);
    equation->count = set->count;
    gf_typeset_free(set);
    if (!equation->runs)
        return false;
    equation->width = gf_runs_width(equation->runs, equation->count, GF_SERIF) * other_fonts;
    foot->count++;
    return true;
}

/* What the names of an equation's weights may end in: its own, without the scope of "layer1.f". */
static const char *ending_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot ? dot + 1 : name;
}

/* --- which stand together -------------------------------------------------------------------------- */

/* Params of two equations, Uf and Ui, that are the same but for the names f and i at their ends. */
static bool same_weight(const gf_model *m, uint32_t a, const char *of_a, uint32_t b, const char *of_b)
{
    const char *one = gf_model_text(m, a), *other = gf_model_text(m, b);
    size_t size = gf_without_ending(m, a, of_a);
    return size == gf_without_ending(m, b, of_b) && one[size] && other[size] && !memcmp(one, other, size);
}

static bool alike(const gf_model *m, const gf_tree *a, const char *of_a, const gf_tree *b, const char *of_b)
{
    if (a->kind != b->kind || a->count != b->count || a->down != b->down)
        return false;
    if (a->kind == TREE_NUMBER)
        return a->number == b->number;
    bool same = a->name == b->name || (a->kind == TREE_NAME && same_weight(m, a->name, of_a, b->name, of_b));
    for (uint32_t k = 0; same && k < a->count; k++)
        same = alike(m, a->kids[k], of_a, b->kids[k], of_b);
    return same;
}

static bool stand_together(const gf_foot *foot, const gf_statement *a, const gf_statement *b)
{
    if (b->kind != STATEMENT_EQUATION || foot->folded[b->name] || !a->index != !b->index)
        return false;
    return alike(foot->m, foot->values[a->name], ending_of(gf_model_text(foot->m, a->name)), foot->values[b->name],
                 ending_of(gf_model_text(foot->m, b->name)));
}

/* --- all of them ------------------------------------------------------------------------------------ */

static bool has_equation(const gf_foot *foot, const gf_statement *s)
{
    return s->kind == STATEMENT_EQUATION && !foot->folded[s->name];
}

/* Sets the equation of s and of those further down that are like it; `names` has room, `done` notes them. */
static bool add_with_those_alike(gf_foot *foot, const gf_statement *s, uint32_t *names, bool *done)
{
    size_t count = 0;
    for (const gf_statement *other = s; other; other = other->next)
        if (has_equation(foot, other) && !done[other->name] && stand_together(foot, s, other)) {
            names[count++] = other->name;
            done[other->name] = true;
        }
    gf_binding t = {.name = foot->m->t};
    gf_typeset set = gf_typeset_begin(foot->m, &foot->arena);
    set.bindings = &t;
    set.ending = ending_of(gf_model_text(foot->m, s->name));
    set.low = count > 1 ? "∗" : NULL; /* each its own */
    gf_typeset_equation(&set, names, count, s->index, foot->values[s->name]);
    return add_equation(foot, &set);
}

/* start c[0] = tanh(α), or the loss: an equation by itself. */
static bool add_alone(gf_foot *foot, const gf_statement *s)
{
    gf_typeset set = gf_typeset_begin(foot->m, &foot->arena);
    if (s->kind == STATEMENT_START) {
        gf_typeset_equation(&set, &s->name, 1, s->index, s->value);
    } else {
        gf_typeset_name(&set, "loss", true);
        gf_typeset_text(&set, " = ");
        gf_typeset_tree(&set, s->value);
    }
    return add_equation(foot, &set);
}

/* A name, or sum(t, L[t]): nothing that the picture does not show. */
static bool says_little(const gf_tree *loss)
{
    const gf_tree *body = loss->kind == TREE_SUM ? gf_tree_body(loss) : loss;
    if (body->kind == TREE_NAME)
        return true;
    return loss->kind == TREE_SUM && body->kind == TREE_AT && body->kids[0]->kind == TREE_NAME &&
           body->kids[0]->name == loss->name;
}

static bool add_statement(gf_foot *foot, const gf_statement *s, uint32_t *names, bool *done)
{
    if (has_equation(foot, s) && !done[s->name])
        return add_with_those_alike(foot, s, names, done);
    if ((s->kind == STATEMENT_START && s->value) || (s->kind == STATEMENT_LOSS && !says_little(s->value)))
        return add_alone(foot, s);
    return true;
}

/* The right side of each name. */
static bool put_all_in(gf_foot *foot)
{
    enum { DEEPEST = 50 };
    for (const gf_statement *s = foot->m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_EQUATION && !(foot->values[s->name] = put_in(foot, s, DEEPEST)))
            return false;
    return true;
}

static bool make(gf_foot *foot)
{
    size_t names = (size_t)foot->m->file.names.count + 1;
    foot->values = gf_arena_get(&foot->arena, names * sizeof *foot->values);
    foot->folded = gf_arena_get(&foot->arena, names * sizeof *foot->folded);
    foot->equations = gf_arena_get(&foot->arena, (foot->m->file.statement_count + 1) * sizeof *foot->equations);
    uint32_t *together = gf_arena_get(&foot->arena, names * sizeof *together);
    bool *done = gf_arena_get(&foot->arena, names * sizeof *done);
    uint32_t *uses = gf_arena_get(&foot->arena, names * sizeof *uses);
    if (!foot->values || !foot->folded || !foot->equations || !together || !done || !uses)
        return false;
    find_folded(foot, uses);
    if (!put_all_in(foot))
        return false;
    for (const gf_statement *s = foot->m->file.statements; s; s = s->next)
        if (!add_statement(foot, s, together, done))
            return false;
    return true;
}

gf_status gf_foot_make(gf_foot *foot, gf_model *m)
{
    *foot = (gf_foot){.m = m};
    gf_status status = gf_model_unroll(m); /* finds the shapes, as far as they are the same at all steps */
    return status != GF_ERROR_MEMORY && make(foot) ? GF_OK : GF_ERROR_MEMORY;
}

void gf_foot_free(gf_foot *foot)
{
    gf_arena_free(&foot->arena);
    *foot = (gf_foot){0};
}

/* --- drawing ---------------------------------------------------------------------------------------- */

/* Where an equation stands: on which line, from 0, and from which x; both move on. */
typedef struct place {
    int line;
    double x;
} place;

static void next_place(place *p, const gf_foot_equation *equation, double width)
{
    if (p->x > 0 && p->x + equation->width > width)
        *p = (place){p->line + 1, 0};
}

int gf_foot_lines(const gf_foot *foot, double width)
{
    place p = {0, 0};
    for (size_t k = 0; k < foot->count; k++) {
        next_place(&p, &foot->equations[k], width);
        p.x += foot->equations[k].width + between;
    }
    return foot->count ? p.line + 1 : 0;
}

void gf_foot_draw(const gf_foot *foot, gf_drawing *d, const gf_theme *theme, double x, double y, double width)
{
    place p = {0, 0};
    for (size_t k = 0; k < foot->count; k++) {
        const gf_foot_equation *equation = &foot->equations[k];
        next_place(&p, equation, width);
        gf_drawing_cut(d, x + p.x, y + p.line * GF_FOOT_LINE, GF_START, GF_SERIF, theme->ink, equation->runs,
                       equation->count, width / other_fonts);
        p.x += equation->width + between;
    }
}

/* --- by name, and the subtitle ---------------------------------------------------------------------- */

/* What a name's value at a step comes from; NULL: no equation. */
static const gf_tree *value_at(const gf_foot *foot, const gf_symbol *symbol, uint32_t name, int step)
{
    for (const gf_start *start = symbol->starts; start; start = start->next)
        if (start->index == step)
            return start->statement->value;
    bool inside = !symbol->timed || (step >= 1 && step <= foot->m->steps);
    return symbol->kind == SYMBOL_EQUATION && inside ? foot->values[name] : NULL;
}

gf_status gf_foot_equation_at(gf_foot *foot, const char *name, int step, double size, const gf_run **runs,
                              size_t *count)
{
    *runs = NULL;
    *count = 0;
    uint32_t number = gf_names_find(&foot->m->file.names, name);
    const gf_symbol *symbol = number == UINT32_MAX ? NULL : gf_model_symbol(foot->m, number);
    const gf_tree *value = symbol ? value_at(foot, symbol, number, step) : NULL;
    if (!value)
        return GF_OK;
    gf_binding t = {.name = foot->m->t, .known = true, .value = step};
    gf_tree index = {.kind = TREE_NAME, .name = foot->m->t};
    gf_typeset set = gf_typeset_begin(foot->m, &foot->arena);
    set.bindings = &t;
    set.ending = ending_of(name);
    gf_typeset_equation(&set, &number, 1, symbol->timed ? &index : NULL, value);
    *runs = runs_of(&foot->arena, &set, size);
    *count = *runs ? set.count : 0;
    gf_typeset_free(&set);
    return *runs ? GF_OK : GF_ERROR_MEMORY;
}

int gf_foot_rank(const gf_foot *foot, const char *name)
{
    uint32_t number = gf_names_find(&foot->m->file.names, name);
    int rank = 0;
    for (const gf_statement *s = foot->m->file.statements; s && number != UINT32_MAX; s = s->next, rank++)
        if (s->kind == STATEMENT_EQUATION && s->name == number)
            return rank;
    return INT_MAX;
}

static bool is_over_steps(const gf_model *m, const gf_tree *tree)
{
    return tree->kind == TREE_SUM && tree->count == 1 && tree->name == m->t;
}

static void add_plain(gf_text *out, const gf_model *m, const gf_tree *tree, int strength)
{
    gf_text text = {0};
    gf_tree_print_edited(&text, &m->file.names, NULL, (gf_span){0}, tree, strength);
    for (const char *at = gf_text_string(&text); *at; at++)
        gf_text_print(out, *at == '-' ? MINUS : *at == '*' ? "·" : "%c", *at);
    out->failed |= text.failed;
    gf_text_free(&text);
}

/* A term of the loss: Σ L[t] is a sum over all steps, which may be divided by something, or be a factor; what else
 * there is stands as it is written. */
static void add_term(gf_text *out, const gf_model *m, const gf_tree *term)
{
    bool divided = term->kind == TREE_DIVIDE && is_over_steps(m, term->kids[0]);
    bool factor = term->kind == TREE_MULTIPLY && is_over_steps(m, term->kids[1]);
    const gf_tree *sum = divided ? term->kids[0] : factor ? term->kids[1] : term;
    bool over = is_over_steps(m, sum);
    if (factor)
        add_plain(out, m, term->kids[0], STRENGTH_PRODUCT);
    gf_text_add(out, factor ? " · " : "");
    gf_text_add(out, over ? "Σ " : "");
    add_plain(out, m, over ? gf_tree_body(sum) : sum, STRENGTH_PRODUCT);
    if (divided) {
        gf_text_add(out, " / ");
        add_plain(out, m, term->kids[1], STRENGTH_POWER);
    }
}

static void add_loss(gf_text *out, const gf_model *m, const gf_tree *loss)
{
    bool binary = loss->kind == TREE_ADD || loss->kind == TREE_SUBTRACT;
    if (binary) {
        add_loss(out, m, loss->kids[0]);
        gf_text_add(out, loss->kind == TREE_ADD ? " + " : " " MINUS " ");
    }
    add_term(out, m, binary ? loss->kids[1] : loss);
}

void gf_foot_loss(gf_text *out, const gf_model *m)
{
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_LOSS && s->value) {
            gf_text_add(out, "loss = ");
            add_loss(out, m, s->value);
        }
}

void gf_foot_truncation(gf_text *out, const gf_model *m)
{
    if (m->truncate > 0 && m->truncate < m->steps)
        gf_text_print(out, " · truncated every %ld step%s: “cut” is the gradient thrown away", m->truncate,
                      m->truncate == 1 ? "" : "s");
}

void gf_foot_settings(gf_text *out, gf_model *m)
{
    const char *before = " · ";
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_SIZE) {
            gf_text_print(out, "%s%s = %ld", before, gf_model_text(m, s->name), gf_model_symbol(m, s->name)->value);
            before = ", ";
        }
    gf_text_print(out, " · seed %llu", (unsigned long long)m->seed);
    gf_foot_truncation(out, m);
}
