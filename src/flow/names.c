/* Which names are measured, and the gradients of what. */
#include <string.h>

#include "flow/reach.h"

/* --- names of --of ------------------------------------------------------------ */

static bool is_state(const gf_model_name *name)
{
    return name->timed && name->started && name->kind == GF_MODEL_EQUATION;
}

const gf_model_name *gf_flow_state(const gf_flow_work *f, size_t k)
{
    const gf_model_name *name;
    for (size_t n = 0; (name = gf_model_name_at(f->m, n)); n++)
        if (is_state(name) && !k--)
            return name;
    return NULL;
}

static const gf_model_name *find(const gf_flow_work *f, const char *text, size_t size)
{
    const gf_model_name *name;
    for (size_t k = 0; (name = gf_model_name_at(f->m, k)); k++)
        if (strlen(name->name) == size && !memcmp(name->name, text, size))
            return name;
    return NULL;
}

/* Why it cannot be measured; NULL: it can. */
static const char *fault_of(const gf_flow_work *f, const gf_model_name *name)
{
    bool weights = f->options->kind == GF_FLOW_WEIGHTS;
    if (name->kind == GF_MODEL_LET)
        return "is a let, which is no part of the graph";
    if (name->kind == GF_MODEL_GIVEN)
        return "is given: nobody asks for its gradient";
    if (weights)
        return name->kind != GF_MODEL_PARAM ? "is no parameter, and these are what --kind weights is about"
               : name->timed                ? "is another parameter at each step: --kind loss shows its gradients"
                                            : NULL;
    if (!name->timed)
        return name->kind == GF_MODEL_PARAM ? "is the same at each step: --kind weights shows what each one adds to it"
                                            : "has no steps: it is not written with [t]";
    return NULL;
}

/* Number k of a list with commas; NULL behind its end. */
static const char *word_of(const char *list, size_t k, size_t *size)
{
    while (list) {
        list += strspn(list, " \t");
        *size = strcspn(list, ", \t");
        if (!k--)
            return list;
        const char *comma = strchr(list, ',');
        list = comma ? comma + 1 : NULL;
    }
    return NULL;
}

static const gf_model_name *asked(const gf_flow_work *f, size_t k, gf_status *why)
{
    size_t size;
    const char *word = word_of(f->options->of, k, &size);
    if (!word)
        return NULL;
    const gf_model_name *name = find(f, word, size);
    size_t stem = strcspn(word, "[, \t");
    const char *fault = name                                 ? fault_of(f, name)
                        : stem < size && find(f, word, stem) ? "is one step of it: write the name alone"
                                                             : "is no name of the file";
    if (!size)
        fault = "a name is missing; write --of h, or --of 'h, c'";
    if (!fault)
        return name;
    gf_text text = {0}, advice = {0};
    gf_text_bytes(&text, word, stem);
    if (!name && size)
        gf_model_advise(&advice, f->m, gf_text_string(&text), true);
    *why = gf_flow_refuse(f, GF_ERROR_ARGUMENT, "--of %s: %.*s%s%s%s%s", f->options->of, (int)size, word,
                          size ? " " : "", fault, advice.size ? "; " : "", gf_text_string(&advice));
    gf_text_free(&text);
    gf_text_free(&advice);
    return NULL;
}

const gf_model_name *gf_flow_name(const gf_flow_work *f, size_t k, gf_status *why)
{
    bool weights = f->options->kind == GF_FLOW_WEIGHTS;
    const gf_model_name *name;
    *why = GF_OK;
    if (f->options->of)
        return asked(f, k, why);
    size_t met = 0;
    for (size_t n = 0; (name = gf_model_name_at(f->m, n)); n++)
        if ((weights ? name->kind == GF_MODEL_PARAM && !name->timed : is_state(name)) && met++ == k)
            return name;
    if (!met)
        *why = gf_flow_refuse(f, GF_ERROR_ARGUMENT,
                              weights ? "%s has no parameter that its steps share"
                                      : "%s has no state, a name with a start: say --of NAME",
                              f->m->file.source.name);
    return NULL;
}

bool gf_flow_is_reversed(const gf_flow_work *f, const char *name)
{
    const gf_symbol *symbol = gf_model_find(f->m, name);
    bool behind = false, before = false;
    for (const gf_start *s = symbol ? symbol->starts : NULL; s; s = s->next) {
        behind |= s->index > f->m->steps;
        before |= s->index < 1;
    }
    return behind && !before;
}

/* --- the loss ------------------------------------------------------------ */

static bool is_scalar(const gf_model_name *name)
{
    return name && name->kind == GF_MODEL_EQUATION && name->rows == 1 && name->cols == 1;
}

/* The one per-step scalar that the expression names; *count how many there are. */
static void look(const gf_model *m, const gf_tree *tree, const gf_model_name **found, int *count)
{
    if (tree->kind == TREE_AT) {
        const gf_symbol *symbol = gf_model_symbol(m, tree->name);
        bool scalar = symbol->kind == SYMBOL_EQUATION && symbol->rows == 1 && symbol->cols == 1;
        if (scalar && symbol->timed && *found != &symbol->shown) {
            *found = &symbol->shown;
            ++*count;
        }
    }
    for (uint32_t k = 0; k < tree->count; k++)
        if (tree->kids[k])
            look(m, tree->kids[k], found, count);
}

static const gf_model_name *usual_loss(const gf_flow_work *f)
{
    const gf_model_name *name = find(f, "L", 1);
    int count = 0;
    if (is_scalar(name) && name->timed)
        return name;
    name = NULL;
    for (const gf_statement *s = f->m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_LOSS)
            look(f->m, s->value, &name, &count);
    return count == 1 ? name : NULL;
}

gf_status gf_flow_loss(const gf_flow_work *f, const char **name, bool *timed)
{
    const char *text = f->options->loss;
    const gf_model_name *found = text ? find(f, text, strlen(text)) : usual_loss(f);
    *name = found ? found->name : NULL;
    *timed = found && found->timed;
    if (!text || is_scalar(found))
        return GF_OK;
    if (!found && strchr(text, '['))
        return gf_flow_refuse(f, GF_ERROR_ARGUMENT,
                              "--loss %s: write the name alone, '%.*s', since every step's is differentiated", text,
                              (int)strcspn(text, "["), text);
    if (!found) {
        gf_text advice = {0};
        gf_model_advise(&advice, f->m, text, false);
        gf_status status = gf_flow_refuse(f, GF_ERROR_ARGUMENT, "--loss %s: the file has no name '%s'%s%s", text, text,
                                          advice.size ? "; " : "", gf_text_string(&advice));
        gf_text_free(&advice);
        return status;
    }
    if (found->kind != GF_MODEL_EQUATION)
        return gf_flow_refuse(f, GF_ERROR_ARGUMENT, "--loss %s: it is given by no equation of the graph", text);
    return gf_flow_refuse(f, GF_ERROR_ARGUMENT, "--loss %s: it is %d x %d, and a loss is 1 x 1", text, found->rows,
                          found->cols);
}
