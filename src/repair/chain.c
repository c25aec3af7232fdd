/* One step of the chain rule, by symbols: what the use of a variable in an equation brings to its gradient. */
#include "repair/edits.h"

#include <string.h>

#include "language/functions.h"
#include "model/scan.h"

enum { PATH = 64 };

/* A use: the way from the right side of an equation down to the variable. */
typedef struct use {
    const gf_statement *equation;
    const gf_tree *path[PATH]; /* from the root to the variable */
    uint32_t slots[PATH];
    int count;
} use;

/* --- pulling back ---------------------------------------------------------------------------------------------- */

static gf_tree *transposed(gf_editor *editor, const gf_tree *tree)
{
    return tree->kind == TREE_TRANSPOSE ? tree->kids[0] : gf_edit_node(editor, TREE_TRANSPOSE, tree, NULL);
}

/* f'(a), or, where the equation is u = f(a), what people write: 1 - u^2, u * (1 - u). */
static gf_tree *through_call(gf_editor *editor, const use *u, int at, gf_tree *g)
{
    const gf_tree *call = u->path[at];
    const gf_statement *s = u->equation;
    gf_tree *own = gf_edit_name(editor, s->name, s->index);
    if (call->count != 1)
        return NULL;
    if (call->name == editor->tanh)
        return gf_edit_node(editor, TREE_MULTIPLY, g, gf_edit_form(editor, GF_FORM_TANH_SLOPE, at ? call : own));
    if (call->name == editor->sigmoid && !at) {
        g = gf_edit_node(editor, TREE_MULTIPLY, g, own);
        return gf_edit_node(editor, TREE_MULTIPLY, g, gf_edit_form(editor, GF_FORM_COMPLEMENT, own));
    }
    char prime[GF_FUNCTION_NAME + 1];
    gf_function function;
    snprintf(prime, sizeof prime, "%.30s'", gf_model_text(editor->m, call->name));
    if (!gf_function_find(&function, prime))
        return NULL;
    gf_tree *slope = gf_edit_call(editor, gf_names_add(&editor->m->file.names, prime), call->kids[0]);
    return gf_edit_node(editor, TREE_MULTIPLY, g, slope);
}

/* How many columns a part of [a, b] has, as the file says it; NULL where it does not. */
static const gf_tree *width_of(const gf_editor *editor, const gf_tree *part)
{
    const gf_symbol *symbol = gf_edit_symbol(editor, part, NULL);
    const gf_statement *s = symbol ? symbol->shaped_by : NULL;
    return s && s->cols ? s->cols : NULL;
}

/* The columns of [a, b] in which a stands, or b. */
static gf_tree *through_beside(gf_editor *editor, const use *u, int at, gf_tree *g)
{
    const gf_tree *node = u->path[at], *left = width_of(editor, node->kids[0]),
                  *right = width_of(editor, node->kids[1]);
    const gf_tree call = {.kind = TREE_CALL, .name = gf_names_add(&editor->m->file.names, "cols")};
    if (node->count != 2 || !left || !right)
        return NULL;
    gf_tree *both = gf_tree_equal(left, right) ? gf_edit_node(editor, TREE_MULTIPLY, gf_edit_number(editor, 2), left)
                                               : gf_edit_node(editor, TREE_ADD, left, right);
    gf_tree *first[] = {g, gf_edit_number(editor, 1), (gf_tree *)left};
    gf_tree *second[] = {g, gf_edit_node(editor, TREE_ADD, left, gf_edit_number(editor, 1)), both};
    gf_tree **kids = u->slots[at] ? second : first;
    return kids[1] && kids[2] ? gf_edit_with_kids(editor, &call, kids, 3) : NULL;
}

/* The gradient of kid number `slot` of a node from that of the node. NULL where this is not known here. */
static gf_tree *through(gf_editor *editor, const use *u, int at, gf_tree *g)
{
    const gf_tree *node = u->path[at], *other = node->count == 2 ? node->kids[!u->slots[at]] : NULL;
    bool second = u->slots[at] == 1;
    switch ((gf_tree_kind)node->kind) {
    case TREE_ADD:
        return g;
    case TREE_SUBTRACT:
        return second ? gf_edit_node(editor, TREE_NEGATIVE, g, NULL) : g;
    case TREE_NEGATIVE:
        return gf_edit_node(editor, TREE_NEGATIVE, g, NULL);
    case TREE_TRANSPOSE:
        return transposed(editor, g);
    case TREE_MULTIPLY:
        return gf_edit_node(editor, TREE_MULTIPLY, g, other);
    case TREE_DIVIDE:
        return second ? NULL : gf_edit_node(editor, TREE_DIVIDE, g, other);
    case TREE_MATMUL:
        return second ? gf_edit_node(editor, TREE_MATMUL, transposed(editor, other), g)
                      : gf_edit_node(editor, TREE_MATMUL, g, transposed(editor, other));
    case TREE_CALL:
        return through_call(editor, u, at, g);
    case TREE_BESIDE:
        return through_beside(editor, u, at, g);
    default:
        return NULL;
    }
}

static gf_tree *pull_back(gf_editor *editor, const use *u, gf_tree *g)
{
    for (int at = 0; g && at + 1 < u->count; at++)
        g = through(editor, u, at, g);
    return g;
}

/* --- uses -------------------------------------------------------------------------------------------------------- */

/* t + n: n, of the index of a use; false for others. */
static bool offset_of(const gf_editor *editor, const gf_tree *index, long *out)
{
    const gf_tree *base = index;
    *out = 0;
    if ((index->kind == TREE_ADD || index->kind == TREE_SUBTRACT) && index->kids[1]->kind == TREE_NUMBER) {
        *out = (index->kind == TREE_ADD ? 1 : -1) * (long)index->kids[1]->number;
        base = index->kids[0];
    }
    return base->kind == TREE_NAME && base->name == editor->m->t;
}

/* How the gradient of an equation's name is written. */
typedef enum style {
    AS_LET,        /* dh[t], where there is such a let */
    AS_GRAD,       /* grad(h[t]) */
    AS_USE_OF_LET, /* made from that of the one equation in which the name is used */
    AS_USE_OF_GRAD,
    STYLES
} style;

typedef struct search {
    gf_editor *editor;
    const gf_spot *spot;
    const gf_tree *x; /* the variable that is looked for */
    style style;
    void (*found)(struct search *q, const use *u);
    use last; /* of count_use: the last one, and how many there are */
    int count;
} search;

static void visit(search *q, use *u, const gf_tree *tree)
{
    if (u->count == PATH)
        return;
    u->path[u->count++] = tree;
    bool leaf = tree->kind == TREE_AT || tree->kind == TREE_NAME;
    if (leaf && tree->name == q->x->name && tree->kind == q->x->kind)
        q->found(q, u);
    for (uint32_t k = 0; !leaf && k < tree->count; k++) {
        u->slots[u->count - 1] = k;
        visit(q, u, tree->kids[k]);
    }
    u->count--;
}

static void each_use(search *q)
{
    for (const gf_statement *s = q->editor->m->file.statements; s && !q->editor->stopped; s = s->next) {
        use u = {.equation = s};
        if ((s->kind == STATEMENT_EQUATION || s->kind == STATEMENT_LOSS) && !s->broken)
            visit(q, &u, s->value);
    }
}

static void count_use(search *q, const use *u)
{
    q->last = *u;
    q->count++;
}

/* --- terms -------------------------------------------------------------------------------------------------------- */

static gf_tree *contribution(search *q, const use *u, const gf_tree *step, style style);

/* The gradient of the name of an equation at step t. */
static gf_tree *gradient_of(search *q, const gf_statement *s, style style)
{
    gf_editor *editor = q->editor;
    const gf_tree *about = editor->about;
    uint32_t let = editor->let_of ? editor->let_of[s->name] : 0;
    if (style == AS_LET)
        return let ? gf_edit_name(editor, let, s->index) : NULL;
    gf_tree *x = gf_edit_name(editor, s->name, s->index);
    gf_tree *kids[] = {x, about->count > 1 ? about->kids[1] : NULL};
    if (style == AS_GRAD)
        return x ? gf_edit_with_kids(editor, about, kids, about->count) : NULL;
    search inner = {.editor = editor, .x = x, .found = count_use};
    if (x)
        each_use(&inner);
    return inner.count == 1 ? contribution(q, &inner.last, s->index, style - AS_USE_OF_LET) : NULL;
}

/* What the use brings to the gradient of the variable at a step. */
static gf_tree *contribution(search *q, const use *u, const gf_tree *step, style style)
{
    gf_editor *editor = q->editor;
    const gf_statement *s = u->equation;
    const gf_tree *variable = u->path[u->count - 1];
    long offset = 0;
    if (!s->index || (variable->kind == TREE_AT && !offset_of(editor, variable->kids[0], &offset)))
        return NULL;
    gf_tree *g = gradient_of(q, s, style);
    gf_tree *term = g ? pull_back(editor, u, g) : NULL;
    return term ? gf_edit_at_other_step(editor, term, editor->m->t, step, -offset) : NULL;
}

static void offer_use(search *q, const use *u)
{
    static const int costs[] = {[AS_LET] = 15, [AS_GRAD] = 17, [AS_USE_OF_LET] = 17, [AS_USE_OF_GRAD] = 17};
    gf_editor *editor = q->editor;
    bool timed = q->x->kind == TREE_AT;
    const gf_tree t = {.kind = TREE_NAME, .name = editor->m->t, .depth = 1}, sum = {.kind = TREE_SUM, .name = t.name};
    gf_tree *term = contribution(q, u, timed ? q->x->kids[0] : &t, q->style);
    if (term && !timed)
        term = gf_edit_with_kids(editor, &sum, &term, 1);
    if (term)
        gf_edit_add(editor, q->spot, costs[q->style], term);
}

void gf_edit_chain_terms(gf_editor *editor, const gf_spot *spot)
{
    const gf_tree *about = editor->about;
    if (!about || !gf_tree_is_grad(editor->m, about) || about->held)
        return;
    for (int k = 0; k < STYLES; k++) {
        search q = {.editor = editor, .spot = spot, .x = about->kids[0], .style = (style)k, .found = offer_use};
        each_use(&q);
    }
}
