/* Sizes: what holds at the file's own sizes only.
 *
 * The gradient of mse(s[t], y[t]) is 2 / k * (s[t] - y[t]), so that grad(s[t]) = s[t] - y[t] holds where k = 2. A claim
 * about gradients that holds is judged once more with every size changed. Where it fails, though it holds with other
 * seeds, each size alone is made larger by one: the first with which it fails is told. Where a let is wrong there, that
 * is told of the first claim that fails because of it. */
#include <string.h>

#include "mend/mend.h"
#include "mend/stages.h"
#include "mend/terms/inside.h"

enum { STEPS = 5, SEEDS = 2 }; /* a large file is asked about in few steps */

typedef struct sizes {
    const gf_claims *claims; /* the file's own */
    gf_arena *arena;
    gf_size_only *list; /* by number of a claim */
    bool *asked;        /* likewise: it holds, but not so with other sizes; nothing is known of it yet */
    gf_setting own;
    gf_status status;
} sizes;

static bool is_of_numbers(const gf_tree *tree)
{
    bool numbers = !gf_tree_is_name(tree) && !gf_tree_is(tree, 0);
    for (uint32_t k = 0; k < tree->count && numbers; k++)
        numbers = is_of_numbers(tree->kids[k]);
    return numbers;
}

/* An equation that speaks of gradients, and not of the numbers that they come to. */
static bool is_asked(const gf_judged *judged)
{
    const gf_statement *s = judged->statement;
    bool speaks = false, equal = judged->verdict == GF_HOLDS && judged->count;
    for (uint32_t k = 0; k < s->side_count && equal; k++) {
        speaks |= gf_derivative_in(judged->claims->m, s->sides[k]) != NULL;
        equal = !is_of_numbers(s->sides[k]) && (k + 1 == s->side_count || s->relations[k] == RELATION_EQUAL);
    }
    return speaks && equal;
}

static bool some_left(const sizes *s)
{
    bool some = false;
    for (size_t k = 0; k < s->claims->count && !s->status; k++)
        some |= s->asked[k];
    return some;
}

/* What rounding left of 0 differs, and says nothing. */
static bool is_so(const sizes *s, const gf_witness *witness, size_t k, gf_verdict verdict)
{
    if (!s->asked[k] || !witness->judged || k >= witness->claims.count)
        return false;
    const gf_judged *judged = &witness->claims.list[k];
    return judged->count && judged->verdict == verdict && !(verdict == GF_FAILS && gf_link_is_tiny(&judged->worst));
}

/* Those that have this verdict under a setting are asked about. */
static void narrow(sizes *s, gf_setting setting, gf_verdict verdict)
{
    gf_witness witness;
    s->status = gf_witness_make(&witness, s->claims->m, s->claims->m->file.source.text, setting);
    for (size_t k = 0; k < s->claims->count && !s->status; k++)
        s->asked[k] = is_so(s, &witness, k, verdict);
    gf_witness_free(&witness);
}

/* The let because of which the claim fails there; NULL where it is wrong by itself. */
static const gf_cause_found *cause_of(const gf_causes *causes, size_t claim)
{
    const gf_cause_found *found = NULL;
    for (size_t k = 0; k < causes->count; k++) {
        if (causes->list[k].claim == claim)
            return NULL;
        if (!found && causes->list[k].reading && causes->list[k].behind[claim])
            found = &causes->list[k];
    }
    return found;
}

/* "holds at these sizes only: with k = 3 it does not, nor do 7 others, because of line 17" */
static const char *say(sizes *s, const char *with, const gf_cause_found *cause, size_t others)
{
    gf_text w = {0};
    gf_text_print(&w, "holds at these sizes only: with %s it does not", with);
    if (others)
        gf_text_print(&w, others == 1 ? ", nor does %zu other" : ", nor do %zu others", others);
    if (cause)
        gf_text_print(&w, ", because of line %d", gf_statement_line(&s->claims->m->file.source, cause->line));
    gf_text_add(&w, "\n");
    const char *text = gf_text_keep(&w, s->arena);
    s->status = text ? s->status : GF_ERROR_MEMORY;
    return text;
}

/* Which lines are wrong by themselves there. */
static void find_causes(sizes *s, gf_stage *stage, gf_causes *out)
{
    if (!gf_calculus_begin(&stage->calculus, stage->witness.m) ||
        gf_readings_find(&stage->readings, &stage->witness.claims, &stage->calculus) ||
        !gf_readings_force(&stage->readings) || gf_causes_find(out, s->arena, &stage->readings))
        s->status = GF_ERROR_MEMORY;
    stage->read = true;
}

/* The claim, and those that fail because of the same let. */
static void tell(sizes *s, const gf_stage *stage, const gf_causes *causes, size_t claim, const char *with)
{
    const gf_cause_found *cause = cause_of(causes, claim);
    size_t others = 0;
    for (size_t k = claim; k < s->claims->count; k++)
        if (k == claim || (cause && is_so(s, &stage->witness, k, GF_FAILS) && cause_of(causes, k) == cause)) {
            others += k != claim;
            s->list[k].with = with;
            s->asked[k] = false;
        }
    s->list[claim].says = say(s, with, cause, others);
}

/* Larger by one. */
static void try_size(sizes *s, uint32_t name)
{
    const gf_model *m = s->claims->m;
    gf_stage stage = {.setting = s->own};
    gf_causes causes = {.count = 0};
    gf_text w = {0};
    gf_text_print(&w, "%s = %ld", gf_model_text(m, name), gf_model_symbol(m, name)->value + 1);
    const char *with = gf_text_keep(&w, s->arena);
    stage.setting.larger = name;
    s->status = gf_witness_make(&stage.witness, m, m->file.source.text, stage.setting);
    s->status = with ? s->status : GF_ERROR_MEMORY;
    for (size_t k = 0; k < s->claims->count && !s->status; k++) {
        bool fails = is_so(s, &stage.witness, k, GF_FAILS);
        if (fails && !stage.read)
            find_causes(s, &stage, &causes);
        if (fails && !s->status)
            tell(s, &stage, &causes, k, with);
    }
    gf_stage_end(&stage);
}

gf_status gf_size_only_find(gf_size_only **out, gf_arena *arena, const gf_claims *claims)
{
    const gf_model *m = claims->m;
    sizes s = {.claims = claims, .arena = arena};
    s.own.steps = m->steps_name && m->steps > STEPS ? STEPS : 0;
    *out = s.list = gf_arena_get(arena, (claims->count + 1) * sizeof *s.list);
    s.asked = gf_arena_get(arena, claims->count + 1);
    if (!s.list || !s.asked)
        return GF_ERROR_MEMORY;
    const gf_statement *size = gf_size_next(m, m->file.statements);
    for (size_t k = 0; k < claims->count; k++) {
        s.list[k] = (gf_size_only){.with = "", .says = ""};
        s.asked[k] = size && is_asked(&claims->list[k]);
    }
    gf_setting other = s.own, seed = s.own;
    other.other_sizes = true;
    if (some_left(&s))
        narrow(&s, other, GF_FAILS);
    for (seed.seed = 1; seed.seed <= SEEDS && some_left(&s); seed.seed++)
        narrow(&s, seed, GF_HOLDS);
    for (; size && some_left(&s); size = gf_size_next(m, size->next))
        try_size(&s, size->name);
    return s.status;
}
