/* Other models: what fails may be right of another model than the file's.
 *
 * Who derives the gradients of a tanh network where the file has relu has nearly every line wrong, and none by a slip.
 * So it is asked first whether all that fails would hold if one statement of the model read otherwise: without
 * `truncate`; with the loss sum(t, L[t]) for L[T], L[1] or L[T-1] + L[T], or L[T] for that; with another function; with
 * a gate mirrored, 1 - z[t] for z[t]; with the reset gate before the product for behind it. Each such model is the
 * file's text with a piece replaced, read and judged anew. */
#include <stdlib.h>
#include <string.h>

#include "mend/mend.h"
#include "mend/slips/rewrite.h"
#include "mend/written.h"

typedef struct others {
    const gf_claims *claims;
    gf_text *says;
    gf_setting setting; /* under which they are tried */
    size_t failing;     /* claims */
    size_t read;        /* bytes of all texts tried */
    bool found, lines;  /* the lines are told as well: it has another equation, or a loss of other steps */
    gf_status status;
} others;

/* A file of hundreds of equations could read otherwise in thousands of ways. */
enum { MOST_READ = 16000000 };

/* Where a let is open, nothing is asked of the claims that use it. */
static bool still_holds(gf_witness *witness, size_t k, gf_verdict before)
{
    gf_verdict now = witness->claims.list[k].verdict;
    if (before == GF_OPEN || (before == GF_HOLDS && now == GF_OPEN))
        return true;
    return before == GF_HOLDS ? now == GF_HOLDS : gf_witness_holds(witness, k);
}

/* Do all claims hold in that text, at another seed, too? */
static bool all_hold(others *o, gf_span span, const char *instead)
{
    const gf_model *m = o->claims->m;
    bool hold = true;
    if (o->read > MOST_READ)
        return false;
    char *text = gf_witness_text(m, span, instead, SIZE_MAX);
    for (int seed = 0; seed < 2 && hold && text; seed++) {
        gf_witness witness;
        o->read += strlen(text);
        o->setting.seed = seed;
        o->status = gf_witness_make(&witness, m, text, o->setting);
        hold = !o->status && witness.judged;
        for (size_t k = 0; hold && k < witness.claims.count; k++)
            hold = still_holds(&witness, k, o->claims->list[k].verdict);
        gf_witness_free(&witness);
    }
    o->status = text ? o->status : GF_ERROR_MEMORY;
    free(text);
    return hold && text;
}

static void say(others *o, const char *how)
{
    gf_text_print(o->says, "%s would hold %s\n", o->failing == 1 ? "this" : "all that fails here", how);
    o->found = true;
}

/* --- the loss, and the cut ---------------------------------------------------------------------------------------- */

/* Whoever has asked for it, the file or the command line. */
static void try_truncate(others *o)
{
    const gf_model *m = o->claims->m;
    const long steps = o->setting.steps;
    if (!m->truncate)
        return;
    if (steps && steps <= m->truncate) /* where nothing is cut all may hold */
        o->setting.steps = 2 * m->truncate < m->steps ? 2 * m->truncate : 0;
    o->setting.uncut = true;
    if (all_hold(o, (gf_span){0}, ""))
        say(o, "without `truncate`");
    o->setting.uncut = false;
    o->setting.steps = steps;
}

/* The name of L[T], L[1], L[T-1] + L[T], at steps that are fixed; 0 of all else. */
static uint32_t of_steps(const gf_model *m, const gf_tree *tree)
{
    if (tree->kind == TREE_AT)
        return gf_tree_mentions(tree->kids[0], m->t) ? 0 : tree->name;
    uint32_t name = tree->kind == TREE_ADD ? of_steps(m, tree->kids[0]) : 0;
    return name && of_steps(m, tree->kids[1]) == name ? name : 0;
}

/* sum(t, L[t]) for the loss of some steps, or L[T] for that; false where the tree is neither. */
static bool write_other_loss(gf_text *w, const gf_model *m, const gf_tree *tree)
{
    const gf_tree *body = tree->kind == TREE_SUM && tree->count == 1 && tree->name == m->t ? tree->kids[0] : NULL;
    bool sum = body && body->kind == TREE_AT && body->kids[0]->kind == TREE_NAME && body->kids[0]->name == m->t;
    uint32_t name = m->steps_name ? of_steps(m, tree) : 0;
    if (sum && m->steps_name)
        gf_text_print(w, "%s[%s]", gf_model_text(m, body->name), gf_model_text(m, m->steps_name));
    else if (name)
        gf_text_print(w, "sum(t, %s[t])", gf_model_text(m, name));
    return w->size;
}

/* L[T] */
static bool is_last(const gf_model *m, const gf_tree *tree)
{
    return tree->kind == TREE_AT && tree->kids[0]->kind == TREE_NAME && tree->kids[0]->name == m->steps_name;
}

static void try_loss(others *o, const gf_tree *tree)
{
    gf_text instead = {0}, how = {0};
    if (write_other_loss(&instead, o->claims->m, tree) && all_hold(o, tree->span, gf_text_string(&instead))) {
        gf_text_print(&how, "with the loss %s", gf_text_string(&instead));
        say(o, gf_text_string(&how));
        o->lines = tree->kind != TREE_SUM && !is_last(o->claims->m, tree);
    }
    for (uint32_t k = 0; k < tree->count && !o->found; k++)
        try_loss(o, tree->kids[k]);
    o->status = instead.failed || how.failed ? GF_ERROR_MEMORY : o->status;
    gf_text_free(&instead);
    gf_text_free(&how);
}

/* --- equations ---------------------------------------------------------------------------------------------------- */

static void try_instead(others *o, const gf_statement *s, const gf_tree *old, const gf_tree *instead)
{
    const gf_model *m = o->claims->m;
    const gf_edit edit = {.old = old, .instead = (gf_tree *)instead};
    gf_arena arena = {0};
    gf_text how = {0};
    gf_mend mend;
    bool made = instead && gf_mend_make(&mend, &arena, m, s, s->value, &edit);
    if (made && !o->found && all_hold(o, mend.old, mend.text)) {
        gf_text_print(&how, "if line %d read ", gf_statement_line(&m->file.source, s));
        gf_mend_write(&how, &m->file.source, &mend, s->span);
        say(o, gf_text_string(&how));
        o->lines = true;
    }
    o->status = !made || how.failed ? GF_ERROR_MEMORY : o->status;
    gf_text_free(&how);
    gf_arena_free(&arena);
}

/* Another function in its place. */
static void try_functions(others *o, const gf_statement *s, const gf_tree *call)
{
    static const char *const words[] = {"tanh", "sigmoid", "relu", "softmax"};
    const gf_model *m = o->claims->m;
    bool known = false;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        known |= !strcmp(words[k], gf_model_text(m, call->name));
    for (size_t k = 0; k < sizeof words / sizeof *words && known; k++) {
        gf_tree other = *call;
        other.name = gf_names_add((gf_names *)&m->file.names, words[k]);
        other.span = (gf_span){0, 0};
        if (other.name != UINT32_MAX && other.name != call->name)
            try_instead(o, s, call, &other);
    }
}

static bool is_one_less(const gf_tree *tree)
{
    return tree->kind == TREE_SUBTRACT && gf_tree_is(tree->kids[0], 1);
}

/* Two kids, the first of them in that place. */
static gf_tree *placed(gf_editor *editor, gf_tree_kind kind, int place, const gf_tree *a, const gf_tree *b)
{
    return place ? gf_edit_node(editor, kind, b, a) : gf_edit_node(editor, kind, a, b);
}

/* U @ (r * h) for r * (U @ h), and the other way round, with the state on that side of the matrix product, and the gate
 * as that factor. */
static gf_tree *moved(gf_editor *editor, const gf_tree *tree, int side, int factor)
{
    bool before = tree->kind == TREE_MATMUL;
    if (!before && tree->kind != TREE_MULTIPLY)
        return NULL;
    const gf_tree *inner = tree->kids[before ? side : !factor];
    const gf_tree *product = before ? tree : inner, *gated = before ? inner : tree;
    if (inner->kind != (before ? TREE_MULTIPLY : TREE_MATMUL))
        return NULL;
    const gf_tree *weights = product->kids[!side], *gate = gated->kids[factor];
    const gf_tree *state = before ? gated->kids[!factor] : product->kids[side];
    if (before)
        return placed(editor, TREE_MULTIPLY, factor, gate, placed(editor, TREE_MATMUL, side, state, weights));
    return placed(editor, TREE_MATMUL, side, placed(editor, TREE_MULTIPLY, factor, gate, state), weights);
}

static void try_equation(others *o, const gf_statement *s, const gf_tree *node)
{
    gf_editor editor = {.m = o->claims->m};
    gf_edit_begin(&editor);
    if (node->kind == TREE_CALL)
        try_functions(o, s, node);
    if (is_one_less(node) && node->kids[1]->kind == TREE_AT) /* (1 - z) * a + z * b for z * a + (1 - z) * b */
        try_instead(o, s, s->value, gf_edit_exchanged(&editor, s->value, node, node->kids[1]));
    for (int k = 0; k < 4 && !o->found; k++) {
        const gf_tree *other = moved(&editor, node, k % 2, k / 2);
        if (other)
            try_instead(o, s, node, other);
    }
    gf_edit_end(&editor);
    o->status = editor.out_of_memory ? GF_ERROR_MEMORY : o->status;
    for (uint32_t k = 0; k < node->count && !o->found && !o->status && node->kind != TREE_AT; k++)
        try_equation(o, s, node->kids[k]);
}

gf_status gf_other_model_find(gf_text *says, bool *lines, const gf_claims *claims, gf_setting setting, size_t causes)
{
    others o = {.claims = claims, .says = says, .setting = setting};
    o.setting.starts = false;
    for (size_t k = 0; k < claims->count; k++)
        o.failing += gf_judged_is_wrong(&claims->list[k]);
    try_truncate(&o);
    for (const gf_statement *s = claims->m->file.statements; s && !o.found && !o.status; s = s->next) {
        if (s->kind == STATEMENT_LOSS && o.failing > 1)
            try_loss(&o, s->value);
        else if (s->kind == STATEMENT_EQUATION && causes > 1)
            try_equation(&o, s, s->value);
    }
    *lines = o.lines;
    return says->failed ? GF_ERROR_MEMORY : o.status;
}
