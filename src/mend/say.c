/* What is wrong with a line, in words. */
#include <math.h>

#include "mend/inside.h"

static const gf_model *model_of(const gf_matching *m)
{
    return m->line->claims->m;
}

static void write_tree(gf_matching *m, const gf_tree *tree)
{
    gf_tree_print_edited(&m->says, &model_of(m)->file.names, &model_of(m)->file.source, tree, STRENGTH_SUM);
}

void gf_say_path(gf_matching *m, const gf_path_term *term, const char *what)
{
    if (*term->path)
        gf_text_print(&m->says, "the path %s %s\n", term->path, what);
}

/* "the path c[t] -> c[t+1]", of one term that has one; "" of others. */
static const char *path_of(const gf_matching *m, uint64_t terms)
{
    for (int k = 0; k < m->terms.count; k++)
        if (terms == (uint64_t)1 << k)
            return m->terms.list[k].path;
    return "";
}

void gf_say_stands(gf_matching *m, uint64_t terms, const gf_tree *old, const gf_tree *instead)
{
    const char *path = path_of(m, terms);
    if (*path)
        gf_text_print(&m->says, "the path %s: ", path);
    write_tree(m, old);
    gf_text_add(&m->says, " stands where ");
    write_tree(m, instead);
    gf_text_add(&m->says, " belongs\n");
}

/* The path counts so often: 2, -1, or by a factor, which has a name. */
void gf_say_times(gf_matching *m, uint64_t terms, double times, bool more)
{
    const char *path = m->terms.count > 1 ? path_of(m, terms) : "";
    if (fabs(times + 1) < 1e-6) {
        gf_text_print(&m->says, *path ? "the sign of the path %s is wrong\n" : "the sign is wrong%s\n", path);
        return;
    }
    if (fabs(times - 2) < 1e-6 && *path) {
        gf_text_print(&m->says, "the path %s is counted twice\n", path);
        return;
    }
    gf_text_print(&m->says, *path ? "the path %s: a factor " : "a factor %s", path);
    gf_factor_say(&m->says, m->line, &m->terms, terms, more ? times : 1 / times);
    gf_text_add(&m->says, more ? " is too much\n" : " is missing\n");
}

/* What is wrong with a piece that is rewritten. */
void gf_say_hit(gf_matching *m, const gf_piece *piece, const gf_hit *h)
{
    double times;
    for (int k = 0; k < m->target_count; k++)
        if (m->targets[k].terms == h->terms && gf_worth_factor(&times, m->line, &piece->worth, &m->targets[k].worth)) {
            gf_say_times(m, h->terms, times, h->edit.kind == EDIT_MORE);
            return;
        }
    gf_say_stands(m, h->terms, h->edit.old, h->edit.instead);
}

void gf_say_extra(gf_matching *m, const gf_piece *piece)
{
    for (int k = 0; k < m->terms.count; k++)
        if (gf_worth_equal(m->line, &piece->worth, &m->terms.list[k].worth) && *m->terms.list[k].path) {
            gf_say_path(m, &m->terms.list[k], "is counted twice");
            return;
        }
    gf_text_add(&m->says, "the term ");
    write_tree(m, piece->tree);
    gf_text_add(&m->says, " is too much\n");
}

/* The term itself in place of a piece, or nothing. */
