/* What is wrong with a line, in words. */
#include <math.h>
#include <string.h>

#include "mend/terms/inside.h"
#include "model/scan.h"

void gf_line_write(gf_text *w, const gf_line *line, const gf_tree *tree, int strength)
{
    const gf_text_file *file = &line->m->file;
    gf_tree_print_edited(w, &file->names, &file->source, line->statement->span, tree, strength);
}

static void write_tree(gf_matching *m, const gf_tree *tree)
{
    gf_line_write(&m->says, m->line, tree, STRENGTH_SUM);
}

static bool is_in(uint64_t terms, int k)
{
    return terms >> k & 1;
}

/* --- paths -------------------------------------------------------------------------------------------------------- */

/* How many terms there are by the same path: a name may be used twice in one equation. */
static int terms_by(const gf_matching *m, const char *path)
{
    int count = 0;
    for (int k = 0; k < m->terms.count; k++)
        count += !strcmp(m->terms.list[k].path, path);
    return count;
}

/* "the path c[t] -> c[t+1]". */
static void write_path(gf_matching *m, const char *path)
{
    int count = terms_by(m, path);
    if (count > 1)
        gf_text_print(&m->says, "one of the %d terms of ", count);
    gf_text_print(&m->says, "the path %s", path);
}

void gf_say_path(gf_matching *m, const gf_addend *term, const char *what)
{
    if (!*term->path)
        return;
    write_path(m, term->path);
    gf_text_print(&m->says, " %s\n", what);
}

const char *gf_path_of(const gf_matching *m, uint64_t terms)
{
    const char *path = NULL;
    for (int k = 0; k < m->terms.count; k++)
        if (is_in(terms, k))
            path = !path || !strcmp(path, m->terms.list[k].path) ? m->terms.list[k].path : "";
    return path ? path : "";
}

/* --- terms that are missing --------------------------------------------------------------------------------------- */

/* Of these terms, or of the others, those that have a path: how many; the last of them. */
static int with_path(const gf_matching *m, uint64_t terms, bool others, const gf_addend **last)
{
    int count = 0;
    for (int k = 0; k < m->terms.count; k++)
        if (is_in(terms, k) != others && *m->terms.list[k].path) {
            *last = &m->terms.list[k];
            count++;
        }
    return count;
}

static void write_paths(gf_matching *m, uint64_t missing, int count)
{
    gf_text_add(&m->says, "the paths ");
    for (int k = 0, written = 0; k < m->terms.count; k++) {
        if (!is_in(missing, k) || !*m->terms.list[k].path)
            continue;
        gf_text_print(&m->says, "%s%s", !written ? "" : written + 1 < count ? ", " : " and ", m->terms.list[k].path);
        written++;
    }
    gf_text_add(&m->says, " are missing");
}

/* Is all missing that comes from other steps? */
static bool lost_recursion(const gf_matching *m, uint64_t missing)
{
    bool lost = false;
    for (int k = 0; k < m->terms.count; k++) {
        if (m->terms.list[k].later && !is_in(missing, k))
            return false;
        lost |= m->terms.list[k].later != 0;
    }
    return lost;
}

void gf_say_missing(gf_matching *m, uint64_t missing)
{
    const gf_addend *kept = NULL, *lost = NULL;
    int left = with_path(m, missing, true, &kept), gone = with_path(m, missing, false, &lost);
    if (gone == 1)
        gf_say_path(m, lost, "is missing");
    if (gone < 2)
        return;
    if (left == 1 && gone + left == m->terms.count && !m->change_count)
        gf_text_print(&m->says, "only the path %s is kept", kept->path);
    else
        write_paths(m, missing, gone);
    gf_text_add(&m->says, lost_recursion(m, missing) ? ": the recursion is missing\n" : "\n");
}

/* --- what counts otherwise ---------------------------------------------------------------------------------------- */

/* What the outermost of an expression sums over; NULL where it is no such sum. A parameter that was repeated for the
 * examples of a batch has the sum of their gradients. */
static const char *summed_over(const gf_matching *m, const gf_tree *tree)
{
    const gf_model *model = m->line->m;
    const char *word = tree->kind == TREE_CALL && tree->count == 1 ? gf_model_text(model, tree->name) : "";
    const gf_tree *of = gf_tree_is_grad(model, m->line->truth) ? m->line->truth->kids[0] : NULL;
    const gf_symbol *symbol = of ? gf_model_named(model, of) : NULL;
    bool shared = symbol && symbol->kind == SYMBOL_PARAM;
    if (tree->kind == TREE_SUM && tree->count == 1 && tree->name == model->t)
        return "time";
    if (!strcmp(word, "colsum"))
        return shared ? "the batch" : "the rows";
    if (!strcmp(word, "rowsum"))
        return shared ? "the batch" : "the columns";
    return strcmp(word, "sum") ? NULL : "all entries";
}

/* sum(t, colsum(a)) for a: sums alone are missing. */
static bool say_sums(gf_matching *m, const gf_tree *old, const gf_tree *instead)
{
    gf_text sums = {0};
    for (; !gf_tree_equal(old, instead); instead = gf_tree_body(instead)) {
        const char *over = summed_over(m, instead);
        if (!over) {
            gf_text_free(&sums);
            return false;
        }
        gf_text_print(&sums, "%sover %s", sums.size ? " and " : "", over);
    }
    gf_text_print(&m->says, "a sum %s is missing\n", gf_text_string(&sums));
    m->says.failed |= sums.failed;
    gf_text_free(&sums);
    return true;
}

void gf_say_stands(gf_matching *m, uint64_t terms, const gf_tree *old, const gf_tree *instead)
{
    const char *path = gf_path_of(m, terms);
    if (*path && gf_tree_is(old, 0)) {
        gf_text_print(&m->says, "the path %s is missing\n", path);
        return;
    }
    if (*path)
        gf_text_print(&m->says, "the path %s: ", path);
    if (say_sums(m, old, instead))
        return;
    if (old->kind == TREE_ADD && instead->kind == TREE_SUBTRACT && gf_tree_equal(old->kids[1], instead->kids[1])) {
        gf_text_add(&m->says, "the sign of ");
        write_tree(m, old->kids[1]);
        gf_text_add(&m->says, " is wrong\n");
        return;
    }
    write_tree(m, old);
    gf_text_add(&m->says, " stands where ");
    write_tree(m, instead);
    gf_text_add(&m->says, " belongs\n");
}

/* Is it a factor that tells something? Any two of few numbers are multiples of each other, and so may be what a name
 * stands for: where there are not many, it has to be a plain one, and no large one, as 4^3 / 2 is of
 * sums over four steps. */
static bool is_telling(bool many, double times)
{
    enum { PLAIN = 12 };
    double size = fabs(times) < 1 ? 1 / fabs(times) : fabs(times);
    return many || (fabs(size - round(size)) < 1e-6 && size < PLAIN + 0.5);
}

/* The path counts so often: 2, -1, or by a factor, which has a name. */
void gf_say_times(gf_matching *m, uint64_t terms, double times, const gf_tree *piece)
{
    bool all = true;
    for (int k = 0; k < m->terms.count; k++)
        all = all && is_in(terms, k);
    const char *path = all ? "" : gf_path_of(m, terms);
    char text[GF_NUMBER];
    if (fabs(times + 1) < 1e-6) {
        gf_text_print(&m->says, *path ? "the sign of the path %s is wrong\n" : "the sign is wrong%s\n", path);
        return;
    }
    if (fabs(times - 2) < 1e-6 && *path) {
        write_path(m, path);
        gf_text_add(&m->says, " is counted twice\n");
        return;
    }
    if (!is_telling(gf_line_size(m->line) > 2, times))
        return;
    gf_text_print(&m->says, *path ? "the path %s: a factor " : "a factor %s", path);
    if (gf_has_data(m->line->m, m->line->statement)) {
        bool more = fabs(times) > 1;
        gf_text_print(&m->says, "%s is %s\n", gf_number_as(text, "%.6g", more ? times : 1 / times),
                      more ? "too much" : "missing");
        return;
    }
    gf_factor_say(&m->says, m->line, &m->terms, terms, piece ? times : 1 / times, piece);
    gf_text_add(&m->says, piece ? " is too much\n" : " is missing\n");
}

/* What is wrong with a piece that is rewritten. */
void gf_say_hit(gf_matching *m, const gf_addend *piece, const gf_hit *h)
{
    double times;
    gf_edit_kind kind = h->edit.kind;
    bool factor = (kind == EDIT_FACTOR || kind == EDIT_MORE || kind == EDIT_CONSTANT) && gf_line_size(m->line) > 2;
    for (int k = 0; k < m->target_count; k++)
        if (m->targets[k].terms == h->terms && gf_worth_factor(&times, m->line, &piece->worth, &m->targets[k].worth) &&
            is_telling(factor, times)) {
            gf_say_times(m, h->terms, times, h->edit.kind == EDIT_MORE ? piece->tree : NULL);
            return;
        }
    gf_say_stands(m, h->terms, h->edit.old, h->edit.instead);
}

/* Of da[t+1] @ W' * (1 - h[t]^2), with h[t]^2 as its node: 1 - h[t]^2, and the 1. NULL where it is no such sum. */
static const gf_tree *one_and(const gf_tree *tree, const gf_tree *node, const gf_tree **one)
{
    bool sum = tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT;
    const gf_tree *found = NULL;
    for (uint32_t k = 0; k < tree->count && !found; k++) {
        *one = sum ? tree->kids[!k] : NULL;
        bool own = sum && tree->kids[k] == node && gf_tree_is(*one, 1);
        found = own ? tree : one_and(tree->kids[k], node, one);
    }
    return found;
}

/* A piece that came from multiplying a factor out: the path is right without that. */
static bool say_factor(gf_matching *m, const gf_addend *piece)
{
    const gf_tree *one, *factor = piece->tree == piece->node ? NULL : one_and(m->line->tree, piece->node, &one);
    const gf_addend *rest = factor ? m->pieces.list : NULL;
    while (rest && rest->node != one)
        rest = ++rest < m->pieces.list + m->pieces.count ? rest : NULL;
    for (int k = 0; rest && k < m->terms.count; k++) {
        const gf_addend *term = &m->terms.list[k];
        if (!*term->path || !gf_worth_equal(m->line, &rest->worth, &term->worth))
            continue;
        gf_text_print(&m->says, "the path %s: a factor ", term->path);
        write_tree(m, factor);
        gf_text_add(&m->says, " is too much\n");
        return true;
    }
    return false;
}

void gf_say_extra(gf_matching *m, const gf_addend *piece)
{
    if (say_factor(m, piece))
        return;
    for (int k = 0; k < m->terms.count; k++)
        if (gf_worth_equal(m->line, &piece->worth, &m->terms.list[k].worth) && *m->terms.list[k].path) {
            gf_say_path(m, &m->terms.list[k], "is counted twice");
            return;
        }
    gf_text_add(&m->says, "the term ");
    write_tree(m, piece->tree);
    gf_text_add(&m->says, " is too much\n");
}

void gf_say_zero(gf_text *w, const gf_model *m, const gf_tree *derivative)
{
    bool jacobian = gf_tree_is_jacobian(m, derivative);
    gf_text_add(w, "0 belongs here: ");
    gf_text_add(w, jacobian ? "" : "no gradient comes back to ");
    gf_tree_print(w, &m->file.names, derivative->kids[0]);
    gf_text_add(w, jacobian ? " does not depend on " : " from the loss");
    if (jacobian)
        gf_tree_print(w, &m->file.names, derivative->kids[1]);
    gf_text_add(w, jacobian && derivative->held ? " but through what is held\n" : "\n");
}

/* --- names of factors --------------------------------------------------------------------------------------------- */

/* Has a factor that name in the text? */
static bool has_name(const char *says, const char *name, size_t size)
{
    while ((says = strstr(says, GF_OR)))
        if (strcspn(++says, GF_OR) == size && !memcmp(says, name, size))
            return true;
    return false;
}

/* "a factor ", names, " is missing", with a GF_OR before and behind each name, which begins with no blank. */
void gf_says_agreed(gf_text *w, const char *says, const char *other)
{
    while (*says) {
        size_t head = strcspn(says, GF_OR), size, agreed = 0;
        bool names = says[head];
        const char *name = says + head + names, *first = NULL;
        for (; *name && *name != ' '; name += size + 1) {
            size = strcspn(name, GF_OR);
            if (!first && (!other || has_name(other, name, size))) {
                first = name;
                agreed = size;
            }
        }
        gf_text_bytes(w, says, names && !first ? head - 1 : head); /* "a factor", and no blank */
        if (first)
            gf_text_bytes(w, first, agreed);
        says = name;
    }
}
