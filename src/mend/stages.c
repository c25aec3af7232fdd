/* Stages: in which models edits are looked for, and in which they are tried.
 *
 * A model of few steps and small sizes is as good as the file's own to find what lets stand for, and costs
 * milliseconds. It must be about the same: where a mask or a list needs the file's steps, it has these. An edit that
 * fits there is tried as text with other steps, seeds and sizes; where the file itself says something else then,
 * nothing is asked. */
#include "mend/stages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "language/functions.h"
#include "mend/terms/inside.h"
#include "model/scan.h"

static bool fail(gf_stages *s)
{
    s->status = GF_ERROR_MEMORY;
    return false;
}

/* --- stages ------------------------------------------------------------------------------------------------------- */

/* A few steps, but not as many as the file has. */
static long steps_of_stage(const gf_stages *s, int number)
{
    long steps = s->m->steps_name ? s->m->steps : 0;
    if (!steps || number >= GF_STAGES - 2)
        return 0;
    if (s->m->truncate && (number + 2) * s->m->truncate < steps) /* whole windows, with cuts between them */
        return (number + 2) * s->m->truncate;
    if (number == 0)
        return steps == 4 || steps == 5 ? steps + 1 : 4;
    return steps <= 4 ? steps + 2 : 3;
}

/* An equation of a derivative. Numbers, as of a csv file, say nothing about other settings. */
static bool is_derived(const gf_judged *judged)
{
    const gf_model *m = judged->claims->m;
    const gf_statement *s = judged->statement;
    const gf_tree *a = s->sides[0], *b = s->sides[1];
    return s->side_count == 2 && s->relations[0] == RELATION_EQUAL &&
           (gf_tree_is_derivative(m, a) || gf_tree_is_derivative(m, b));
}

/* What holds with this seed alone, as where no mask has a 0, says nothing of other settings. Looked for when some claim
 * fails elsewhere. */
static bool is_by_chance(gf_stages *s, size_t claim)
{
    gf_witness other = {.judged = false};
    if (s->by_chance)
        return s->by_chance[claim];
    s->by_chance = calloc(s->claims->count + 1, sizeof *s->by_chance);
    bool made = s->by_chance && !gf_witness_make(&other, s->m, s->m->file.source.text, (gf_setting){.seed = 1});
    for (size_t k = 0; made && other.judged && k < s->claims->count && k < other.claims.count; k++)
        s->by_chance[k] = s->claims->list[k].verdict == GF_HOLDS && other.claims.list[k].verdict == GF_FAILS;
    gf_witness_free(&other);
    return made ? s->by_chance[claim] : fail(s);
}

/* Do nine in ten equations of derivatives hold there that hold in the file, or fail and can be worked out? Else it is
 * no longer about the same: with other steps than H = [h[1], h[2], h[3]] has. */
static bool is_faithful(gf_stages *s, const gf_witness *witness)
{
    size_t held = 0, hold = 0;
    for (size_t k = 0; witness->judged && k < s->claims->count && k < witness->claims.count; k++) {
        gf_verdict own = s->claims->list[k].verdict, there = witness->claims.list[k].verdict;
        bool derived = is_derived(&s->claims->list[k]), asked = derived && own == GF_HOLDS && there != GF_OPEN;
        bool holds = asked && there == GF_HOLDS, lost = derived && own == GF_FAILS && there == GF_UNJUDGED;
        held += lost || (asked && (holds || !is_by_chance(s, k)));
        hold += holds;
    }
    return witness->judged && 10 * hold >= 9 * held;
}

/* With other sizes and steps; where the file has it so, with its own sizes, or its own steps. */
static bool make_stage(gf_stages *s, int number)
{
    const char *text = s->m->file.source.text;
    gf_stage *stage = &s->list[number];
    bool good = false;
    s->count = number + 1;
    for (int own = number == GF_STAGES - 1 ? 3 : 0; own < 4 && !good; own++) {
        gf_witness_free(&stage->witness);
        stage->setting = (gf_setting){.steps = own & 2 ? 0 : steps_of_stage(s, number),
                                      .starts = number < GF_STAGES - 2,
                                      .other_sizes = !(own & 1)};
        if (gf_witness_make(&stage->witness, s->m, text, stage->setting))
            return fail(s);
        good = is_faithful(s, &stage->witness);
    }
    return true;
}

static bool is_made(gf_stages *s, int number)
{
    return number < s->count || make_stage(s, number);
}

/* How many equalities hold in the file and not on the stage, or, as with a mask that its first steps do not need,
 * the other way round? */
static size_t differences(const gf_stages *s, const gf_stage *stage)
{
    size_t count = 0;
    for (size_t k = 0; k < s->claims->count; k++) {
        bool holds = s->claims->list[k].verdict == GF_HOLDS;
        bool known = k < stage->witness.claims.count;
        bool there = known && stage->witness.claims.list[k].verdict == GF_HOLDS;
        if (known && stage->witness.claims.list[k].verdict == GF_OPEN)
            continue;
        const gf_statement *line = s->claims->list[k].statement;
        count += line->side_count > 1 && line->relations[0] == RELATION_EQUAL && holds != there;
    }
    return stage->witness.judged ? count : SIZE_MAX;
}

/* What lets stand for is found on the stage that is most like the file, the first of them. */
bool gf_stages_find_readings(gf_stages *s, const gf_claims *claims)
{
    s->claims = claims;
    s->m = claims->m;
    size_t fewest = SIZE_MAX;
    for (int k = 0; k < GF_STAGES && fewest && is_made(s, k); k++) {
        size_t count = differences(s, &s->list[k]);
        if (count < fewest)
            s->reader = &s->list[k];
        fewest = count < fewest ? count : fewest;
    }
    if (s->status || !s->reader)
        return false;
    gf_stage *stage = s->reader;
    stage->read = gf_calculus_begin(&stage->calculus, stage->witness.m) &&
                  !gf_readings_find(&stage->readings, &stage->witness.claims, &stage->calculus);
    return stage->read || fail(s);
}

/* And carried over to the others. */
static bool carry_readings(gf_stages *s, gf_stage *stage)
{
    if (!stage->read)
        stage->read = gf_calculus_begin(&stage->calculus, stage->witness.m) &&
                      !gf_readings_carry(&stage->readings, &stage->witness.claims, &s->reader->readings);
    stage->readings.calculus = &stage->calculus;
    return (stage->read && gf_readings_force(&stage->readings)) || fail(s);
}

/* A claim about values alone, as s[T] = sum(j, …), may well need that starts are zero. */
static bool is_of_values(const gf_stages *s, const gf_cause_found *cause)
{
    bool values = !cause->reading;
    for (uint32_t k = 0; values && k < cause->line->side_count; k++)
        values = !gf_derivative_in(s->m, cause->line->sides[k]);
    return values;
}

/* Is the line wrong by itself there, too? What is right is put in. */
static bool shows(gf_stages *s, gf_stage *stage, const gf_cause_found *cause)
{
    if (!stage->witness.judged || (stage->setting.starts && is_of_values(s, cause)) || !carry_readings(s, stage))
        return false;
    const gf_reading *reading = cause->reading ? gf_reading_of(&stage->readings, cause->reading->name) : NULL;
    return gf_line_is_wrong(&stage->readings, reading, gf_line_in(s->m, stage->witness.m, cause->line), cause->claim);
}

/* Data are about the file as it is, which is the last stage. */
static int first_stage(const gf_stages *s, const gf_cause_found *cause)
{
    return gf_has_data(s->m, cause->line) ? GF_STAGES - 1 : 0;
}

gf_stage *gf_stage_for(gf_stages *s, const gf_cause_found *cause, const gf_stage *after)
{
    for (int k = after ? (int)(after - s->list) + 1 : first_stage(s, cause); k < GF_STAGES && is_made(s, k); k++)
        if (shows(s, &s->list[k], cause))
            return s->status ? NULL : &s->list[k];
    return NULL;
}

/* --- is it so? ---------------------------------------------------------------------------------------------------- */

enum { MANY_STEPS = 8, FEW_STEPS = 5, FEW_SEEDS = 2, MANY_SEEDS = 5, BOUND_SEEDS = 15 };

/* Where the file itself says something else, nothing is asked. */
static bool says_else(gf_stages *s, gf_setting setting)
{
    gf_witness plain;
    if (!setting.steps && !setting.other_sizes && !setting.seed)
        return false;
    bool cannot = !gf_witness_make(&plain, s->m, s->m->file.source.text, setting) && !is_faithful(s, &plain);
    gf_witness_free(&plain);
    return cannot;
}

/* The same, found out once a setting. */
static bool cannot_be(gf_stages *s, gf_setting setting)
{
    for (int k = 0; k < s->setting_count; k++)
        if (s->settings[k].setting.steps == setting.steps && s->settings[k].setting.seed == setting.seed &&
            s->settings[k].setting.other_sizes == setting.other_sizes)
            return s->settings[k].cannot;
    bool cannot = says_else(s, setting);
    if (s->setting_count < GF_SETTINGS)
        s->settings[s->setting_count++] = (gf_known_setting){setting, cannot};
    return cannot;
}

/* Is a whole quantity 0, as where no unit of a relu is active? Then half of what arrives may pass. */
static bool is_dead(const gf_witness *witness)
{
    const gf_graph *g = witness->m ? witness->m->graph : NULL;
    bool dead = false;
    for (size_t id = 0; id < gf_graph_size(g) && !dead; id++) {
        gf_node *node = gf_graph_node(g, id);
        dead = *gf_node_name(node) && gf_node_arity(node) && gf_matrix_max(gf_value(node)) == 0;
    }
    return dead;
}

/* Is the line right by itself, or does the claim hold so, under that setting? */
static bool is_right(gf_stages *s, const gf_stage *stage, const gf_mend *mend, gf_setting setting,
                     const gf_cause_found *cause)
{
    const gf_statement *line = gf_line_in(s->m, stage->witness.m, cause->line);
    gf_witness witness = {.judged = false};
    char *text = gf_witness_text(s->m, mend->old, mend->text, cause->reading ? GF_NO_CLAIM : cause->claim);
    bool right = text && !gf_witness_make(&witness, s->m, text, setting);
    if (!right)
        fail(s);
    else
        right = gf_witness_is_right(&witness, &stage->readings, line, cause->reading ? SIZE_MAX : 0) ||
                (setting.more && is_dead(&witness)) || cannot_be(s, setting);
    gf_witness_free(&witness);
    free(text);
    return right && !s->status;
}

/* Is the line of a let right in the file as it is, with what is known of that? A large model takes its time to be made
 * anew. */
static bool is_right_here(gf_stages *s, const gf_mend *mend, const gf_cause_found *cause)
{
    gf_arena arena = {0};
    gf_text w = {0};
    gf_problems problems = {0};
    gf_model *m = s->claims->m;
    const gf_statement *line = cause->line;
    if (!s->own || !cause->reading || !line->value || mend->statement->span.begin != line->span.begin ||
        mend->old.begin < line->value->span.begin || mend->old.end > line->value->span.end)
        return false;
    gf_mend_write(&w, &m->file.source, mend, line->value->span);
    gf_tree *tree = gf_parse_text(gf_text_string(&w), &m->file.names, &arena, &problems);
    if (w.failed || problems.out_of_memory || !gf_readings_force(s->own))
        fail(s);
    bool right = tree && !s->status && gf_reading_fits(s->own, cause->reading, line, tree);
    gf_problems_free(&problems);
    gf_text_free(&w);
    gf_arena_free(&arena);
    return right;
}

/* Has it one slope here and another there: the derivative of relu, which has none, and that of max, which compares? */
static bool has_kinks(const char *name)
{
    gf_function f, slope;
    char prime[GF_FUNCTION_NAME + 2];
    snprintf(prime, sizeof prime, "%s'", name);
    if (!gf_function_find(&f, name) || !f.op)
        return false;
    if (gf_function_find(&slope, prime) && slope.op && !slope.op->vjp[0])
        return true;
    bool compares = false;
    for (int slot = 0; slot < GF_SLOTS; slot++)
        compares |= f.op->formula[slot] && (strpbrk(f.op->formula[slot], "<>") || strstr(f.op->formula[slot], "where"));
    return compares;
}

/* That, or few values. */
static bool is_piecewise(const gf_tree *part, const void *model)
{
    const char *word = part->kind == TREE_CALL ? gf_model_text(model, part->name) : "";
    bool few = !strcmp(word, "onehot") || !strcmp(word, "bernoulli");
    return few || gf_tree_compares(part) || part->kind == TREE_MAX || (*word && has_kinks(word));
}

/* Where all that goes into a relu may be positive, two seeds tell too little: more, and with the file's own sizes. */
static int seeds_of(gf_stages *s)
{
    for (const gf_statement *line = s->m->file.statements; line && !s->seeds; line = line->next) {
        const gf_tree *tree = line->init.call ? line->init.call : line->value;
        bool model = line->kind != STATEMENT_LET && line->kind != STATEMENT_CLAIM;
        s->seeds = model && tree && gf_tree_find(tree, is_piecewise, s->m) ? MANY_SEEDS : 0;
    }
    s->seeds = s->seeds ? s->seeds : FEW_SEEDS;
    return s->seeds;
}

/* With other steps, with other seeds, and in the file as it is. */
bool gf_mend_is_right(gf_stages *s, const gf_stage *stage, const gf_mend *mend, const gf_cause_found *cause)
{
    const gf_model *m = s->m;
    long other = stage->setting.steps ? stage->setting.steps : m->steps_name ? m->steps + 1 : 0;
    bool many = m->steps_name && m->steps > MANY_STEPS, others = stage->setting.other_sizes;
    bool right = true, bound = mend->statement->kind == STATEMENT_CLAIM && !gf_only_equalities(mend->statement);
    int seeds = bound ? BOUND_SEEDS : seeds_of(s); /* what is larger here and there need not always be */
    for (int seed = 0; seed <= seeds && right; seed++) {
        long own = other < m->steps && seed == 1 ? m->steps + 1 : 0; /* fewer would not tell 4 from T */
        gf_setting setting = {.steps = !seed  ? other
                                       : many ? FEW_STEPS
                                              : own,
                              .seed = seed,
                              .other_sizes = others && seed <= FEW_SEEDS,
                              .more = seed > FEW_SEEDS};
        right = is_right(s, stage, mend, setting, cause);
    }
    return right &&
           (is_right_here(s, mend, cause) || (!s->status && is_right(s, stage, mend, (gf_setting){.steps = 0}, cause)));
}

/* Of a claim as it stands: with what its lets should be in their places it may well hold. */
bool gf_line_is_right_uncut(gf_stages *s, const gf_stage *stage, const gf_cause_found *cause)
{
    const gf_mend none = {.text = ""};
    const gf_setting uncut = {.uncut = true};
    gf_witness whole = {.judged = false};
    if (!s->m->truncate || cause->reading)
        return s->m->truncate && is_right(s, stage, &none, uncut, cause);
    bool made = !gf_witness_make(&whole, s->m, s->m->file.source.text, uncut) || fail(s);
    bool holds = made && whole.judged && whole.claims.list[cause->claim].verdict == GF_HOLDS;
    gf_witness_free(&whole);
    return holds;
}

/* Does a claim that held fail with it? */
bool gf_mend_breaks_one(gf_stages *s, const gf_stage *stage, const gf_mend *mend)
{
    const gf_claims *before = &stage->witness.claims;
    gf_witness after = {.judged = false};
    char *text = gf_witness_text(s->m, mend->old, mend->text, SIZE_MAX);
    bool breaks = !text || gf_witness_make(&after, s->m, text, stage->setting);
    if (breaks)
        fail(s);
    free(text);
    for (size_t k = 0; k < before->count && !breaks; k++)
        breaks = before->list[k].verdict == GF_HOLDS &&
                 (!after.judged || k >= after.claims.count || after.claims.list[k].verdict != GF_HOLDS);
    gf_witness_free(&after);
    return breaks;
}

/* "tried at T = 4 only": a list, or a csv file, fixes how many steps there are; or the sizes. */
const char *gf_stages_tried(gf_stages *s, gf_arena *arena)
{
    const gf_model *m = s->m;
    gf_text w = {0};
    if (s->tried)
        return s->tried;
    long other = m->steps > MANY_STEPS ? FEW_STEPS : m->steps + 1;
    bool steps = m->steps_name && cannot_be(s, (gf_setting){.steps = other});
    bool sizes = cannot_be(s, (gf_setting){.steps = m->steps_name && !steps ? other : 0, .other_sizes = true});
    if (gf_model_ended((gf_model *)m)) /* nobody knows */
        return "";
    if (steps)
        gf_text_print(&w, "tried at %s = %ld%s only", gf_model_text(m, m->steps_name), m->steps,
                      sizes ? " and these sizes" : "");
    else if (sizes)
        gf_text_add(&w, "tried at these sizes only");
    s->tried = gf_text_keep(&w, arena);
    if (!s->tried)
        fail(s);
    return s->tried;
}

/* --- beginning and end -------------------------------------------------------------------------------------------- */

void gf_stages_watch(gf_stages *s, gf_watch *watch)
{
    for (int k = 0; k < s->count; k++)
        if (s->list[k].witness.m)
            s->list[k].witness.m->watch = watch;
}

void gf_stage_end(gf_stage *stage)
{
    gf_calculus_free(&stage->calculus);
    gf_readings_free(&stage->readings);
    gf_witness_free(&stage->witness);
}

void gf_stages_free(gf_stages *s)
{
    for (int k = 0; k < s->count; k++)
        gf_stage_end(&s->list[k]);
    free(s->by_chance);
}
