/* Exercises: a model file whose derivation holds, with ? in place of what is to be derived.
 *
 * What is put out is said by the readings of the lets: of one that stands for the gradient of a state, the summands
 * that read a gradient at another step, which come back from there; of one that stands for any gradient, the right
 * side. What a comment says of such a line goes with it; the rest of the text stays as it stands. */
#include <stdlib.h>
#include <string.h>

#include <gradflow/check.h>

#include "base/grow.h"
#include "mend/hints/hints.h"
#include "model/scan.h"

/* A piece of the text of a line in place of another. */
typedef struct cut {
    const gf_statement *line;
    gf_span old;
    const char *text;
    bool left; /* it stays as it is */
} cut;

typedef struct putting_out {
    gf_claims *claims;
    const gf_model *m;
    gf_stages stages;
    int number; /* of the exercise */
    const gf_statement *line;
    cut *cuts; /* in the order of the text */
    size_t count, room;
    gf_status status;
} putting_out;

static void put(putting_out *p, uint32_t begin, uint32_t end, const char *text)
{
    if (!gf_grow(&p->cuts, &p->room, p->count + 1))
        p->status = GF_ERROR_MEMORY;
    else
        p->cuts[p->count++] = (cut){p->line, {begin, end}, text, false};
}

/* --- what comes back from another step ---------------------------------------------------------------------------- */

/* Is a let, or a gradient, read at another step than that of the line? */
static bool comes_back(const gf_model *m, const gf_tree *tree, const gf_tree *step)
{
    const gf_tree *read = gf_tree_is_grad(m, tree) ? tree->kids[0] : tree;
    const gf_symbol *symbol = read->kind == TREE_AT ? gf_model_symbol(m, read->name) : NULL;
    bool gradient = read != tree || (symbol && symbol->kind == SYMBOL_LET);
    if (symbol && gradient && step && !gf_tree_equal(read->kids[0], step))
        return true;
    for (uint32_t k = 0; k < tree->count; k++)
        if (comes_back(m, tree->kids[k], step))
            return true;
    return false;
}

/* Of the summands that come back the first becomes ?, and the others go, with their signs. */
static void put_out_summands(putting_out *p, const gf_tree *tree, uint32_t before, bool *any)
{
    bool sum = (tree->kind == TREE_ADD || tree->kind == TREE_SUBTRACT) && (!tree->brackets || before == UINT32_MAX);
    if (sum) {
        put_out_summands(p, tree->kids[0], before, any);
        put_out_summands(p, tree->kids[1], tree->kids[0]->span.end, any);
        return;
    }
    if (!comes_back(p->m, tree, p->line->index))
        return;
    bool first = before == UINT32_MAX;
    put(p, first ? tree->span.begin : before, tree->span.end, *any ? "" : first ? "?" : " + ?");
    *any = true;
}

/* --- which lines -------------------------------------------------------------------------------------------------- */

/* Of what the let is a gradient; NULL where it is none, or that of a part of an equation. */
static const gf_tree *variable_of(const gf_model *m, const gf_reading *reading)
{
    return gf_tree_is_grad(m, reading->truth) ? reading->truth->kids[0] : NULL;
}

static bool is_of_state(const gf_model *m, const gf_reading *reading)
{
    const gf_tree *x = variable_of(m, reading);
    const gf_symbol *symbol = x && x->kind == TREE_AT ? gf_model_symbol(m, x->name) : NULL;
    return symbol && symbol->kind == SYMBOL_EQUATION && symbol->starts;
}

static void put_out_let(putting_out *p, const gf_statement *s)
{
    const gf_stage *stage = p->stages.reader;
    const gf_model *there = stage->witness.m;
    const gf_reading *reading = gf_reading_of(&stage->readings, gf_line_in(p->m, there, s)->name);
    bool gradient = reading && reading->known && reading->truth && (reading->words || variable_of(there, reading));
    bool any = false;
    if (gradient && p->number > 1)
        put(p, s->value->span.begin, s->value->span.end, "?");
    else if (gradient && is_of_state(there, reading))
        put_out_summands(p, s->value, UINT32_MAX, &any);
}

/* Would the hints lead to the right side of the claim? */
static bool can_be_hinted(putting_out *p, size_t number)
{
    gf_stage *stage = p->stages.reader;
    gf_judged *judged = &stage->witness.claims.list[number];
    const gf_tree *open = gf_make_raw(&stage->calculus.d, &(gf_tree){.kind = TREE_OPEN}, NULL, 0);
    gf_hints hints = {.plain = false};
    gf_line line;
    gf_text w = {0};
    bool good = open && gf_line_of_claim(&line, &stage->readings, judged, open, judged->statement->sides[0]) &&
                gf_hints_find(&w, &hints, &line, NULL, 4);
    good = good && !w.failed && !judged->claims->judge.out_of_memory;
    p->status = good ? p->status : GF_ERROR_MEMORY;
    gf_text_free(&w);
    return hints.told;
}

/* An equality that says what a derivative is. */
static void put_out_claim(putting_out *p, const gf_statement *s, size_t number)
{
    bool says = p->number > 2 && s->side_count == 2 && s->relations[0] == RELATION_EQUAL &&
                gf_tree_is_derivative(p->m, s->sides[0]);
    if (says && can_be_hinted(p, number))
        put(p, s->sides[1]->span.begin, s->sides[1]->span.end, "?");
}

/* --- comments ----------------------------------------------------------------------------------------------------- */

/* Where the lines begin that stand right above a place and are comments alone. */
static uint32_t comments_begin(const char *text, uint32_t at)
{
    while (at && text[at - 1] != '\n')
        at--;
    for (uint32_t line = at; line; at = line) {
        for (line--; line && text[line - 1] != '\n';)
            line--;
        if (text[line + strspn(text + line, " \t")] != '#')
            return at;
    }
    return at;
}

/* Past the comment behind a place; the place itself where there is none. */
static uint32_t comment_end(const char *text, uint32_t at)
{
    uint32_t begin = at + (uint32_t)strspn(text + at, " \t");
    return text[begin] == '#' ? begin + (uint32_t)strcspn(text + begin, "\n") : at;
}

/* A comment above a line, or behind it, says what belongs there: it goes with that. */
static void put_out_comments(putting_out *p, const gf_statement *s, size_t first)
{
    const char *text = p->m->file.source.text;
    uint32_t line = s->span.begin, end = comment_end(text, s->span.end);
    while (line && text[line - 1] != '\n')
        line--;
    put(p, comments_begin(text, s->span.begin), line, "");
    if (p->status)
        return;
    const cut above = p->cuts[p->count - 1];
    memmove(&p->cuts[first + 1], &p->cuts[first], (p->count - 1 - first) * sizeof above);
    p->cuts[first] = above;
    put(p, s->span.end, end, "");
}

/* --- the text ----------------------------------------------------------------------------------------------------- */

/* The text with the cuts; NULL without memory, which is noted. */
static char *write(putting_out *p)
{
    const gf_source *source = &p->m->file.source;
    gf_text w = {0};
    uint32_t at = 0;
    for (size_t k = 0; k < p->count; k++) {
        if (p->cuts[k].left)
            continue;
        gf_text_bytes(&w, source->text + at, p->cuts[k].old.begin - at);
        gf_text_add(&w, p->cuts[k].text);
        at = p->cuts[k].old.end;
    }
    gf_text_add(&w, source->text + at);
    if (!w.failed)
        return w.data;
    gf_text_free(&w);
    p->status = GF_ERROR_MEMORY;
    return NULL;
}

/* Leaves the claims as they are that use a let. Says whether there are any. */
static bool leave_claims(putting_out *p, uint32_t let)
{
    bool any = false;
    for (size_t k = 0; k < p->count; k++) {
        cut *c = &p->cuts[k];
        bool claim = c->line->kind == STATEMENT_CLAIM && !c->left && gf_tree_has(c->line->sides[1], let);
        any |= claim;
        c->left |= claim;
    }
    return any;
}

/* Leaves claims, and then lets, as they are where nobody could tell any more what a let stands for. Says whether there
 * are any. */
static bool leave_untold(putting_out *p, const gf_stages *stages)
{
    const gf_stage *stage = stages->reader;
    bool any = false;
    for (size_t k = 0; k < p->count; k++) {
        cut *c = &p->cuts[k];
        if (c->left || c->line->kind != STATEMENT_LET)
            continue;
        if (k && c[-1].line == c->line) {
            c->left = c[-1].left;
            continue;
        }
        const gf_statement *there = gf_line_in(p->m, stage->witness.m, c->line);
        const gf_reading *reading = there ? gf_reading_of(&stage->readings, there->name) : NULL;
        bool told = reading && reading->known && reading->truth;
        c->left = !told && !leave_claims(p, c->line->name);
        any |= !told;
    }
    return any;
}

/* Is the exercise one that hints lead through? If not, something more is left as it is. */
static bool leads_through(putting_out *p, const char *text)
{
    gf_witness witness;
    gf_stages stages = {.count = 0};
    gf_status status = gf_witness_make(&witness, p->m, text, (gf_setting){0});
    bool read = !status && witness.judged && gf_stages_find_readings(&stages, &witness.claims);
    bool leads = !(read && leave_untold(p, &stages));
    p->status = status ? status : stages.status;
    gf_stages_free(&stages);
    gf_witness_free(&witness);
    return leads;
}

static void put_out_all(putting_out *p, char **out)
{
    size_t claims = 0;
    for (const gf_statement *s = p->m->file.statements; s && !p->status; s = s->next) {
        size_t number = claims;
        claims += s->kind == STATEMENT_CLAIM;
        p->line = s;
        if (s->broken || s->open)
            continue;
        const size_t first = p->count;
        if (s->kind == STATEMENT_LET)
            put_out_let(p, s);
        else if (s->kind == STATEMENT_CLAIM)
            put_out_claim(p, s, number);
        if (p->count > first)
            put_out_comments(p, s, first);
    }
    *out = p->status ? NULL : write(p);
    while (*out && !leads_through(p, *out)) {
        free(*out);
        *out = p->status ? NULL : write(p);
    }
    if (p->status) {
        free(*out);
        *out = NULL;
    }
}

gf_status gf_model_exercise(char **out, gf_model *m, int number)
{
    if (!out)
        return GF_ERROR_ARGUMENT;
    *out = NULL;
    if (!m || number < 1 || number > 3)
        return m ? gf_model_refuse(m, "gf_model_exercise: there are exercises 1, 2 and 3, not %d", number)
                 : GF_ERROR_ARGUMENT;
    gf_claims claims = {0};
    gf_status status = gf_model_unroll(m);
    if (status)
        return status;
    putting_out p = {.claims = &claims, .m = m, .number = number};
    p.status = gf_claims_judge(&claims, m, GF_TOLERANCE);
    if (!p.status && gf_stages_find_readings(&p.stages, &claims))
        put_out_all(&p, out);
    else if (!p.status)
        p.status = p.stages.status ? p.stages.status : GF_ERROR_ARGUMENT;
    gf_stages_free(&p.stages);
    gf_claims_free(&claims);
    free(p.cuts);
    return p.status;
}
