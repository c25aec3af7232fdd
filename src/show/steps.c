/* Steps that are asked for by number: in c[9] of five steps there is nothing, which zeros alone would not say. */
#include "show/steps.h"

#include "model/scan.h"

void gf_steps_write(gf_text *w, const gf_model *m, uint32_t name, const char *label)
{
    const gf_symbol *symbol = gf_model_symbol(m, name);
    const char *text = gf_model_text(m, name);
    const gf_start *start = symbol->kind == SYMBOL_LET ? NULL : symbol->starts; /* of a let: lines of its own */
    bool several = m->steps > 1 || start;
    gf_text_print(w, "%s: there %s %s[1]", label, several ? "are" : "is", text);
    if (m->steps > 1)
        gf_text_print(w, " to %s[%ld]", text, m->steps);
    for (; start; start = start->next)
        gf_text_print(w, "%s%s[%ld]", start->next ? ", " : m->steps > 1 ? ", and " : " and ", text, start->index);
    gf_text_add(w, several ? "" : " alone");
}

/* Lets run beyond the ends by one, with zeros, as gradients do: dc[T+1]. So does what stands in grad or jacobian. */
static bool is_there(const gf_steps *s, const gf_tree *tree, long t, bool derived)
{
    gf_symbol *symbol = gf_model_symbol(s->m, tree->name);
    bool within = t >= 1 && t <= s->m->steps, near = t >= 0 && t <= s->m->steps + 1;
    if (within || !symbol || symbol->kind < SYMBOL_PARAM)
        return true;
    if (symbol->timed && symbol->kind != SYMBOL_LET && gf_symbol_instance(s->m, symbol, t))
        return true;
    return near && (derived || symbol->kind == SYMBOL_LET);
}

static bool look_at(gf_steps *s, const gf_tree *tree, const gf_binding *bindings, bool derived);

static bool look_below(gf_steps *s, const gf_tree *tree, const gf_binding *bindings, bool derived)
{
    derived |= gf_tree_is_derivative(s->m, tree);
    for (uint32_t k = 0; k < tree->count; k++) {
        gf_binding index = {.name = gf_bound_in(tree, k), .outer = bindings};
        if (!look_at(s, tree->kids[k], index.name ? &index : bindings, derived))
            return false;
    }
    return true;
}

static bool look_at(gf_steps *s, const gf_tree *tree, const gf_binding *bindings, bool derived)
{
    long t;
    if (tree->kind != TREE_AT)
        return look_below(s, tree, bindings, derived);
    if (gf_integer(s->m, NULL, tree->kids[0], bindings, &t) != INTEGER_KNOWN || is_there(s, tree, t, derived))
        return true;
    s->name = tree->name;
    s->missing = t;
    return false;
}

bool gf_steps_are_there(gf_steps *s, const gf_tree *tree, bool at, long step)
{
    gf_binding t = {.name = s->m->t, .known = at, .value = step};
    return look_at(s, tree, &t, false);
}

void gf_steps_write_missing(gf_text *w, const gf_steps *s)
{
    gf_text label = {0};
    gf_text_print(&label, "%s[%ld]", gf_model_text(s->m, s->name), s->missing);
    gf_steps_write(w, s->m, s->name, gf_text_string(&label));
    w->failed |= label.failed;
    gf_text_free(&label);
}
