/* What is asked for: 'c[2]', 'c', 'c[3] -> c[4]'; and what is wrong with what is not there. */
#include <string.h>

#include "explain/asked.h"
#include "language/lexer.h"
#include "show/steps.h"

/* --- one value ---------------------------------------------------------------------------------------------------- */

/* Says what is wrong with the text, and what could be meant, or `otherwise`. */
static bool refuse(gf_explaining *x, const char *text, const char *wrong, const char *otherwise)
{
    gf_text w = {0};
    gf_model_advise(&w, x->m, text, true);
    x->problems.out_of_memory |= w.failed;
    gf_explaining_refuse(x, "%s%s%s%s%s", text, *text ? ": " : "", wrong, w.size ? "; " : otherwise,
                         gf_text_string(&w));
    gf_text_free(&w);
    return false;
}

static bool refuse_name(gf_explaining *x, const char *text, const gf_symbol *symbol)
{
    if (!symbol || (symbol->kind != SYMBOL_SIZE && symbol->kind != SYMBOL_STEPS))
        return refuse(x, text, "the file has no such name", "");
    gf_explaining_refuse(x, "%s is a number, %ld: no gradient flows there", text, symbol->value);
    return false;
}

static bool refuse_step(gf_explaining *x, const gf_spot *spot)
{
    gf_text text = {0};
    gf_steps_write(&text, x->m, spot->name, spot->label);
    x->problems.out_of_memory |= text.failed;
    gf_explaining_refuse(x, "%s", gf_text_string(&text));
    gf_text_free(&text);
    return false;
}

/* c, or c[t]: all steps. */
static bool is_every_step(const gf_explaining *x, const gf_tree *tree)
{
    const gf_tree *index = tree->kind == TREE_AT ? tree->kids[0] : NULL;
    return !index || (index->kind == TREE_NAME && index->name == x->m->t);
}

static bool find_spot(gf_explaining *x, gf_asked_spot *out, const gf_tree *tree, const char *text)
{
    const char *name = gf_model_text(x->m, tree->name);
    const gf_symbol *symbol = gf_model_symbol(x->m, tree->name);
    long t = 0;
    if (!symbol || symbol->kind < SYMBOL_PARAM)
        return refuse_name(x, text, symbol);
    if (!symbol->timed && tree->kind == TREE_AT) {
        gf_explaining_refuse(x, "%s: %s is the same at every step: write %s", text, name, name);
        return false;
    }
    bool bare = symbol->timed && is_every_step(x, tree);
    out->every_step = bare && !x->at;
    if (bare && x->at) {
        t = x->at->value;
    } else if (symbol->timed && !bare && gf_integer(x->m, NULL, tree->kids[0], x->at, &t) != INTEGER_KNOWN) {
        gf_explaining_refuse(x, "%s: the step is no whole number: write %s[2], say", text, name);
        return false;
    }
    out->spot = gf_spot_at(x, tree->name, out->every_step ? 1 : t);
    out->let = symbol->kind == SYMBOL_LET;
    bool there =
        !out->let ? out->spot.node != NULL : !symbol->timed || (out->spot.t >= 1 && out->spot.t <= x->m->steps);
    return there || refuse_step(x, &out->spot);
}

bool gf_asked_find_step(gf_explaining *x, gf_binding *at, const char *text)
{
    gf_problems quiet = {0};
    *at = (gf_binding){.name = x->m->t, .known = true};
    const gf_tree *tree = gf_parse_text(text, &x->m->file.names, &x->arena, &quiet);
    bool known = tree && gf_integer(x->m, NULL, tree, NULL, &at->value) == INTEGER_KNOWN;
    x->problems.out_of_memory |= quiet.out_of_memory;
    gf_problems_free(&quiet);
    if (!known)
        gf_explaining_refuse(x, "%s: the step is no whole number: write 2, or T-1", text);
    x->at = known ? at : NULL;
    return known;
}

/* grad(c[2]) is asked for as c[2], at which it arrives. */
static const gf_tree *without_grad(const gf_explaining *x, const gf_tree *tree)
{
    bool grad = tree && tree->kind == TREE_CALL && tree->name == x->m->grad && tree->count == 1;
    return grad ? tree->kids[0] : tree;
}

bool gf_asked_find(gf_explaining *x, gf_asked_spot *out, const char *text)
{
    gf_problems quiet = {0};
    *out = (gf_asked_spot){.every_step = false};
    if (!strcmp(text, "loss")) {
        out->spot = gf_spot_of_loss(x);
        return true;
    }
    const gf_tree *tree = without_grad(x, gf_parse_text(text, &x->m->file.names, &x->arena, &quiet));
    x->problems.out_of_memory |= quiet.out_of_memory;
    gf_problems_free(&quiet);
    if (tree && gf_tree_is_name(tree))
        return find_spot(x, out, tree, text);
    const char *open = tree ? NULL : strrchr(text, '[');
    if (open && !strchr(open, ']'))
        return refuse(x, text, "the ] is missing, as in 'c[2]'", "");
    return refuse(x, text, "explain wants a value of the file, such as 'c[2]'",
                  "; what expressions come to, gradflow show prints");
}

/* --- two of them -------------------------------------------------------------------------------------------------- */

static const char *arrow_in(const char *text, size_t *size)
{
    const char *plain = strstr(text, "->"), *sign = strstr(text, "→");
    *size = plain ? 2 : strlen("→");
    return plain ? plain : sign;
}

bool gf_asked_has_arrow(const char *text)
{
    size_t size;
    return arrow_in(text, &size);
}

static bool find_end(gf_explaining *x, gf_spot *out, const char *text, size_t size)
{
    gf_text end = {0};
    gf_asked_spot asked;
    while (size && text[size - 1] == ' ')
        size--;
    for (; size && *text == ' '; text++)
        size--;
    gf_text_bytes(&end, text, size);
    x->problems.out_of_memory |= end.failed;
    bool good = !end.failed && gf_asked_find(x, &asked, gf_text_string(&end));
    if (good && asked.every_step && !asked.let) {
        gf_explaining_refuse(x, "%s: at which step? write %s[2], say", gf_text_string(&end),
                             gf_model_text(x->m, asked.spot.name));
        good = false;
    }
    if (good && asked.let) {
        gf_explaining_refuse(x, "%s is a let, which is no part of the graph: no gradient flows there",
                             gf_model_text(x->m, asked.spot.name));
        good = false;
    }
    gf_text_free(&end);
    if (good)
        *out = asked.spot;
    return good;
}

bool gf_asked_find_two(gf_explaining *x, gf_spot *from, gf_spot *to, const char *text)
{
    size_t size, more;
    const char *arrow = arrow_in(text, &size);
    if (!arrow || arrow_in(arrow + size, &more)) {
        gf_explaining_refuse(x, "'%s': write two values with an arrow, such as 'c[3] -> c[4]'", text);
        return false;
    }
    return find_end(x, from, text, (size_t)(arrow - text)) && find_end(x, to, arrow + size, strlen(arrow + size));
}
