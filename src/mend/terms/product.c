/* Jacobians over several steps: products of those of one step.
 *
 *     claim jacobian(h[T], h[j]) = prod(s, T downto j+1, W' @ diag(1 - h[s]^2))
 *
 * is held against jacobian(h[s], h[s-1]) at every s, by its body: W' for W. Where the body is right, or stands for the
 * next step, the range is looked at, and the order. Where it is neither, the product is written anew. */
#include "mend/terms/inside.h"
#include "model/scan.h"

typedef struct product {
    gf_line *line;
    gf_deriving *d;
    const gf_tree *over; /* the sum or product */
    gf_line body;
    const gf_tree *low, *high; /* of the steps: x's + 1, y's */
    bool out_of_memory;
} product;

/* jacobian(h[s], h[s-1]), with what is held. */
static const gf_tree *of_one_step(product *p, uint32_t s)
{
    const gf_tree *truth = p->line->truth, *kids[MOST_KIDS];
    const gf_tree *step = gf_make_name(p->d, s), *one = gf_make_number(p->d, 1);
    const gf_tree *before = gf_make_raw(p->d, &(gf_tree){.kind = TREE_SUBTRACT}, (const gf_tree *[]){step, one}, 2);
    for (uint32_t k = 2; k < truth->count && k < MOST_KIDS; k++)
        kids[k] = truth->kids[k];
    kids[0] = gf_make_at(p->d, truth->kids[0]->name, step);
    kids[1] = gf_make_at(p->d, truth->kids[1]->name, before);
    return truth->count <= MOST_KIDS ? gf_make_raw(p->d, truth, kids, truth->count) : NULL;
}

/* The value of the Jacobian at step s. */
static bool read_value(product *p, const gf_tree *tree, const gf_binding *bindings, gf_matrix *out)
{
    gf_judge *judge = &p->line->claims->judge;
    const gf_matrix *value = gf_judge_value(judge, NULL, tree, bindings, 0, 0);
    bool kept = value && gf_matrix_keep(out, p->line->arena, value);
    gf_judge_clear(judge);
    return kept;
}

/* The line that the body is. */
static bool make_body(product *p, uint32_t s, const gf_tree *tree)
{
    gf_line *line = p->line;
    size_t steps = (size_t)line->m->steps;
    gf_matrix *values = gf_arena_get(line->arena, (steps + 1) * sizeof *values);
    const gf_binding *const *bindings = gf_line_at_steps(line, s);
    p->body = *line;
    p->body.tree = tree;
    p->body.truth = of_one_step(p, s);
    p->out_of_memory |= !values || !bindings || !p->body.truth;
    if (p->out_of_memory)
        return false;
    for (size_t k = 0; k < steps; k++)
        if (!read_value(p, p->body.truth, bindings[k], &values[k]))
            return false;
    p->body.values = values;
    p->body.bindings = bindings;
    p->body.count = steps;
    return steps;
}

static bool propose(product *p, gf_finding *out, gf_edit edit)
{
    const gf_tree *tree = gf_tree_with(p->line->arena, p->line->tree, edit.old, edit.instead);
    if (!tree || out->count == GF_FINDING_EDITS || !gf_line_comes_right(p->line, tree))
        return false;
    out->edits[out->count++] = edit;
    return true;
}

/* The product over these steps of a body. */
static gf_tree *over_steps(product *p, uint32_t s, const gf_tree *low, const gf_tree *high, bool down,
                           const gf_tree *body)
{
    const gf_tree like = {.kind = TREE_PRODUCT, .name = s, .down = down};
    const gf_tree *kids[] = {down ? high : low, down ? low : high, body};
    return gf_make_raw(p->d, &like, kids, 3);
}

/* The same body, over the steps that it should be, in the order that it should be. */
static void try_range(product *p, gf_finding *out, const gf_tree *body)
{
    bool up = p->over->kind == TREE_PRODUCT && !p->over->down; /* as it is written is tried first */
    for (long back = 0; back <= 1; back++)
        for (int turned = 0; turned <= 1; turned++) {
            bool down = up == turned;
            gf_tree *low = gf_index_shifted(p->d, p->low, -back), *high = gf_index_shifted(p->d, p->high, -back);
            gf_edit edit = {.kind = EDIT_RANGE, .cost = 12, .old = p->over};
            edit.instead = low && high ? over_steps(p, p->over->name, low, high, down, body) : NULL;
            edit.kind = p->over->kind == TREE_SUM ? EDIT_REDUCTION : EDIT_RANGE;
            if (!edit.instead || !propose(p, out, edit))
                continue;
            out->says =
                down == p->over->down ? "the product is over other steps\n" : "the product is the other way round\n";
            return;
        }
}

/* An edit of the body: alone, or with the range that goes with it. */
static void try_body(product *p, gf_finding *out, const gf_finding *found)
{
    for (size_t k = 0; k < found->count; k++)
        propose(p, out, found->edits[k]);
    for (size_t k = 0; k < found->count && !out->count; k++)
        try_range(p, out, gf_tree_with(p->line->arena, p->body.tree, found->edits[k].old, found->edits[k].instead));
}

/* The whole line anew: the terms of one step's Jacobian, in a product. */
static void write_anew(product *p, gf_finding *out)
{
    gf_addends *terms = gf_arena_get(p->line->arena, sizeof *terms);
    const gf_tree *avoid[] = {p->line->tree, p->line->truth}, *sum = NULL;
    uint32_t s = gf_new_index(p->d, avoid, 2);
    p->out_of_memory |= !terms || !s;
    if (p->out_of_memory || !make_body(p, s, gf_make_number(p->d, 1)) ||
        !gf_terms_find(terms, &p->body, GRAIN_NAMES, false) || terms->failed)
        return;
    for (int k = 0; k < terms->count; k++)
        sum = gf_tree_and(p->line, sum, terms->list[k].tree, terms->list[k].minus);
    gf_edit edit = {.kind = EDIT_TERM, .cost = 24, .old = p->line->tree};
    edit.instead = over_steps(p, s, p->low, p->high, true, sum);
    propose(p, out, edit);
}

static const gf_tree *find_over(const gf_tree *tree)
{
    if (gf_tree_binds(tree))
        return tree;
    for (uint32_t k = 0; k < tree->count && tree->kind != TREE_AT; k++) {
        const gf_tree *found = find_over(tree->kids[k]);
        if (found)
            return found;
    }
    return NULL;
}

static void look_at_body(product *p, gf_finding *out)
{
    gf_finding found;
    if (!make_body(p, p->over->name, gf_tree_body(p->over)))
        return;
    try_range(p, out, p->body.tree);
    if (out->count || gf_line_comes_right(&p->body, p->body.tree) || gf_line_match(&p->body, &found))
        return;
    out->says = found.says;
    try_body(p, out, &found);
}

bool gf_line_is_product(const gf_line *line)
{
    const gf_tree *truth = line->truth;
    if (!gf_tree_is_jacobian(line->m, truth) || line->diagonal || truth->kids[0]->kind != TREE_AT ||
        truth->kids[1]->kind != TREE_AT || truth->kids[0]->name != truth->kids[1]->name)
        return false;
    gf_affine a = gf_affine_of(truth->kids[0]->kids[0]), b = gf_affine_of(truth->kids[1]->kids[0]);
    gf_affine steps = gf_affine_sum(a, -1, &b);
    return a.fits && b.fits && (steps.count || steps.number > 1);
}

gf_status gf_product_match(gf_line *line, gf_finding *out)
{
    product p = {.line = line, .d = line->d, .over = find_over(line->tree)};
    p.low = gf_index_shifted(p.d, line->truth->kids[1]->kids[0], 1);
    p.high = line->truth->kids[0]->kids[0];
    p.out_of_memory = !p.low;
    if (p.over && !p.out_of_memory)
        look_at_body(&p, out);
    if (!out->count && !p.out_of_memory)
        write_anew(&p, out);
    return p.out_of_memory || line->claims->judge.out_of_memory ? GF_ERROR_MEMORY : GF_OK;
}
