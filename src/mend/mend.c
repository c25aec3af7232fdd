/* Repair: which edits are looked for, which are believed, and how they are told. */
#include "mend/mend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "diagnosis/diagnose.h"
#include "model/scan.h"

enum { STAGES = 4 }; /* the last two with as many steps as the file has, the last with its sizes, too */

/* Whether the file says something else there. */
typedef struct known_setting {
    gf_setting setting;
    bool cannot;
} known_setting;

enum { SETTINGS = 16 };

/* The whole business, for one file. */
typedef struct repairer {
    gf_claims *claims; /* the file's own */
    gf_arena *arena;   /* of what is reported */
    gf_arena texts;
    gf_stage stages[STAGES];
    int stage_count;
    const char *tried; /* at what alone edits can be tried, where the file fixes it; NULL: not looked at yet */
    known_setting settings[SETTINGS];
    int setting_count;
    gf_stage *reader;     /* the stage on which was found what lets stand for */
    gf_readings readings; /* what lets stand for, in the file's own model */
    gf_causes causes;
    gf_blames *blames;
    gf_fix *known; /* mends of lets that stand for nothing, which were found for some claim */
    size_t known_count, known_room;
    const gf_repairing *how;
    size_t cause;   /* that is being mended */
    gf_watch watch; /* asks how->ask */
    gf_status status;
} repairer;

static bool fail(repairer *r)
{
    r->status = GF_ERROR_MEMORY;
    return false;
}

static bool goes_on(void *data)
{
    repairer *r = data;
    size_t causes = r->causes.count ? r->causes.count : 1;
    return !r->how->ask || r->how->ask(r->cause, causes, r->how->data);
}

/* The models in which edits are tried have the same watch. */
static bool still_going(void *data)
{
    repairer *r = data;
    return !gf_model_ended(r->claims->m);
}

static const gf_model *model_of(const repairer *r)
{
    return r->claims->m;
}

/* --- stages ------------------------------------------------------------------------------------------------------- */

/* A few steps, but not as many as the file has. */
static long steps_of_stage(const repairer *r, int number)
{
    long steps = model_of(r)->steps_name ? model_of(r)->steps : 0;
    if (!steps || number >= STAGES - 2)
        return 0;
    if (number == 0)
        return steps == 4 ? 3 : 4;
    return steps <= 4 ? steps + 2 : 3;
}

/* An equation of a derivative. Numbers, as of a csv file, say nothing about other settings. */
static bool is_derived(const gf_judged *judged)
{
    const gf_model *m = judged->claims->m;
    const gf_statement *s = judged->statement;
    const gf_tree *a = s->sides[0], *b = s->sides[1];
    return s->side_count == 2 && s->relations[0] == RELATION_EQUAL &&
           (gf_tree_is_grad(m, a) || gf_tree_is_jacobian(m, a) || gf_tree_is_grad(m, b) || gf_tree_is_jacobian(m, b));
}

/* Do nine in ten equations of derivatives hold there that hold in the file? Else it is no longer about the same: with
 * other steps than H = [h[1], h[2], h[3]] has. */
static bool is_faithful(const repairer *r, const gf_witness *witness)
{
    size_t held = 0, hold = 0;
    for (size_t k = 0; witness->judged && k < r->claims->count && k < witness->claims.count; k++)
        if (r->claims->list[k].verdict == GF_HOLDS && is_derived(&r->claims->list[k])) {
            held++;
            hold += witness->claims.list[k].verdict == GF_HOLDS;
        }
    return witness->judged && 10 * hold >= 9 * held;
}

/* With other sizes and steps; where the file has it so, with its own sizes, or its own steps. */
static bool make_stage(repairer *r, int number)
{
    const char *text = model_of(r)->file.source.text;
    gf_stage *stage = &r->stages[number];
    bool good = false;
    r->stage_count = number + 1;
    for (int own = number == STAGES - 1 ? 3 : 0; own < 4 && !good; own++) {
        gf_witness_free(&stage->witness);
        stage->setting = (gf_setting){
            .steps = own & 2 ? 0 : steps_of_stage(r, number), .starts = number < STAGES - 1, .other_sizes = !(own & 1)};
        if (gf_witness_make(&stage->witness, model_of(r), text, stage->setting))
            return fail(r);
        good = is_faithful(r, &stage->witness);
    }
    return true;
}

static bool is_made(repairer *r, int number)
{
    return number < r->stage_count || make_stage(r, number);
}

/* How many equalities hold in the file and not on the stage, or, as with a mask that its first steps do not need,
 * the other way round? */
static size_t differences(const repairer *r, const gf_stage *stage)
{
    size_t count = 0;
    for (size_t k = 0; k < r->claims->count; k++) {
        bool holds = r->claims->list[k].verdict == GF_HOLDS;
        bool there = k < stage->witness.claims.count && stage->witness.claims.list[k].verdict == GF_HOLDS;
        const gf_statement *s = r->claims->list[k].statement;
        count += s->side_count > 1 && s->relations[0] == RELATION_EQUAL && holds != there;
    }
    return stage->witness.judged ? count : SIZE_MAX;
}

/* What lets stand for is found on the stage that is most like the file, the first of them. */
static bool find_readings(repairer *r)
{
    size_t fewest = SIZE_MAX;
    for (int k = 0; k < STAGES && fewest && is_made(r, k); k++) {
        size_t count = differences(r, &r->stages[k]);
        if (count < fewest)
            r->reader = &r->stages[k];
        fewest = count < fewest ? count : fewest;
    }
    if (r->status || !r->reader)
        return false;
    gf_stage *stage = r->reader;
    stage->read = gf_calculus_begin(&stage->calculus, stage->witness.m) &&
                  !gf_readings_find(&stage->readings, &stage->witness.claims, &stage->calculus);
    return stage->read || fail(r);
}

/* And carried over to the others. */
static bool carry_readings(repairer *r, gf_stage *stage)
{
    if (!stage->read)
        stage->read = gf_calculus_begin(&stage->calculus, stage->witness.m) &&
                      !gf_readings_carry(&stage->readings, &stage->witness.claims, &r->reader->readings);
    return (stage->read && gf_readings_force(&stage->readings)) || fail(r);
}

/* Is the line wrong by itself there, too? What is right is put in. */
static bool shows(repairer *r, gf_stage *stage, const gf_cause_found *cause)
{
    if (!stage->witness.judged || !carry_readings(r, stage))
        return false;
    const gf_reading *reading = cause->reading ? gf_reading_of(&stage->readings, cause->reading->name) : NULL;
    return gf_line_is_wrong(&stage->readings, reading, gf_line_in(model_of(r), stage->witness.m, cause->line),
                            cause->claim);
}

static gf_stage *stage_for(repairer *r, const gf_cause_found *cause)
{
    for (int k = 0; k < STAGES && is_made(r, k); k++)
        if (shows(r, &r->stages[k], cause))
            return r->status ? NULL : &r->stages[k];
    return NULL;
}

/* --- is it so? ---------------------------------------------------------------------------------------------------- */

enum { MANY_STEPS = 8, FEW_STEPS = 5 };

/* Where the file itself says something else, nothing is asked. */
static bool says_else(repairer *r, gf_setting setting)
{
    gf_witness plain;
    if (!setting.steps && !setting.other_sizes && !setting.seed)
        return false;
    bool cannot =
        !gf_witness_make(&plain, model_of(r), model_of(r)->file.source.text, setting) && !is_faithful(r, &plain);
    gf_witness_free(&plain);
    return cannot;
}

/* The same, found out once a setting. */
static bool cannot_be(repairer *r, gf_setting setting)
{
    for (int k = 0; k < r->setting_count; k++)
        if (r->settings[k].setting.steps == setting.steps && r->settings[k].setting.seed == setting.seed &&
            r->settings[k].setting.other_sizes == setting.other_sizes)
            return r->settings[k].cannot;
    bool cannot = says_else(r, setting);
    if (r->setting_count < SETTINGS)
        r->settings[r->setting_count++] = (known_setting){setting, cannot};
    return cannot;
}

/* Is the line right by itself, or does the claim hold so, under that setting? */
static bool is_right(repairer *r, const gf_stage *stage, const gf_mend *mend, gf_setting setting,
                     const gf_cause_found *cause)
{
    const gf_statement *line = gf_line_in(model_of(r), stage->witness.m, cause->line);
    gf_witness witness = {.judged = false};
    char *text = gf_witness_text(model_of(r), mend->old, mend->text, cause->reading ? GF_NO_CLAIM : cause->claim);
    bool right = text && !gf_witness_make(&witness, model_of(r), text, setting);
    if (!right)
        fail(r);
    else
        right = gf_witness_is_right(&witness, &stage->readings, line, cause->reading ? SIZE_MAX : 0) ||
                cannot_be(r, setting);
    gf_witness_free(&witness);
    free(text);
    return right && !r->status;
}

/* With other steps, with two other seeds, and in the file as it is. */
static bool is_right_everywhere(repairer *r, const gf_stage *stage, const gf_mend *mend, const gf_cause_found *cause)
{
    const gf_model *m = model_of(r);
    long other = stage->setting.steps ? stage->setting.steps : m->steps_name ? m->steps + 1 : 0;
    bool many = m->steps_name && m->steps > MANY_STEPS, others = stage->setting.other_sizes;
    bool right = true;
    for (int seed = 0; seed <= 2 && right; seed++) {
        gf_setting setting = {.steps = seed == 0 ? other : many ? FEW_STEPS : 0, .seed = seed, .other_sizes = others};
        right = is_right(r, stage, mend, setting, cause);
    }
    return right && is_right(r, stage, mend, (gf_setting){.steps = 0}, cause) && still_going(r);
}

/* Does a claim that held fail with it? */
static bool breaks_one(repairer *r, const gf_stage *stage, const gf_mend *mend)
{
    const gf_claims *before = &stage->witness.claims;
    gf_witness after = {.judged = false};
    char *text = gf_witness_text(model_of(r), mend->old, mend->text, SIZE_MAX);
    bool breaks = !text || gf_witness_make(&after, model_of(r), text, stage->setting);
    if (breaks)
        fail(r);
    free(text);
    for (size_t k = 0; k < before->count && !breaks; k++)
        breaks = before->list[k].verdict == GF_HOLDS &&
                 (!after.judged || k >= after.claims.count || after.claims.list[k].verdict != GF_HOLDS);
    gf_witness_free(&after);
    return breaks;
}

/* --- choosing ----------------------------------------------------------------------------------------------------- */

enum { NEXT_TO = 4 }; /* how much less plausible another mend may be */

static bool remember(repairer *r, const gf_fix *fix)
{
    if (!gf_grow(&r->known, &r->known_room, r->known_count + 1))
        return fail(r);
    r->known[r->known_count++] = *fix;
    return true;
}

/* Of one expression all that fits comes to the same: the first will do. */
static bool is_said(const gf_mend *mend, const gf_fix chosen[], size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (mend->root && chosen[k].mend.root == mend->root)
            return true;
    return false;
}

/* The best that are so, up to three, and none far less plausible than the first. */
static size_t choose(repairer *r, const gf_search *search, const gf_cause_found *cause, gf_fix chosen[GF_REPAIRS])
{
    size_t count = 0;
    for (size_t k = 0; k < search->count && count < GF_REPAIRS && !r->status; k++) {
        const gf_fix *fix = &search->found[k];
        if (count && fix->mend.cost > chosen[0].mend.cost + NEXT_TO)
            break;
        if (is_said(&fix->mend, chosen, count) || !is_right_everywhere(r, search->stage, &fix->mend, cause) ||
            (fix->of_let && breaks_one(r, search->stage, &fix->mend)))
            continue;
        chosen[count++] = *fix;
        if (fix->of_let && !cause->reading && !remember(r, fix))
            break;
    }
    return r->status ? 0 : count;
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

static const char *keep(repairer *r, gf_text *w)
{
    char *text = w->failed ? NULL : gf_arena_text(r->arena, gf_text_string(w));
    gf_text_free(w);
    if (!text)
        fail(r);
    return text;
}

/* "tried at T = 4 only": a list, or a csv file, fixes how many steps there are; or the sizes. */
static const char *tried(repairer *r)
{
    const gf_model *m = model_of(r);
    gf_text w = {0};
    if (r->tried)
        return r->tried;
    bool steps = m->steps_name && cannot_be(r, (gf_setting){.steps = m->steps + 1});
    bool sizes = cannot_be(r, (gf_setting){.steps = 0, .other_sizes = true});
    if (steps)
        gf_text_print(&w, "tried at %s = %ld%s only", gf_model_text(m, m->steps_name), m->steps,
                      sizes ? " and these sizes" : "");
    else if (sizes)
        gf_text_add(&w, "tried at these sizes only");
    return r->tried = keep(r, &w);
}

/* --- one line ---------------------------------------------------------------------------------------------------- */

/* A let that was mended for another claim mends this one as well? */
static size_t choose_known(repairer *r, const gf_stage *stage, const gf_cause_found *cause, gf_fix chosen[GF_REPAIRS])
{
    size_t count = 0;
    for (size_t k = 0; k < r->known_count && !cause->reading && count < GF_REPAIRS && !r->status; k++)
        if (is_right_everywhere(r, stage, &r->known[k].mend, cause))
            chosen[count++] = r->known[k];
    return count;
}

enum { SURE = 14 }; /* up to that cost what else could be is not asked */

/* Is a side of the claim nothing but a let? Then its line is the one that is wrong. */
static bool is_bare_let(const gf_model *m, const gf_statement *s)
{
    bool found = false;
    for (uint32_t k = 0; k < s->side_count; k++) {
        const gf_tree *side = s->sides[k];
        const gf_symbol *symbol =
            side->kind == TREE_AT || side->kind == TREE_NAME ? gf_model_symbol(m, side->name) : NULL;
        found |= symbol && symbol->kind == SYMBOL_LET;
    }
    return found;
}

/* The line of a let, or the claim's own; then lets about which nothing is known. */
static void look_at(gf_search *search, const gf_cause_found *cause, const gf_model *m)
{
    if (cause->reading) {
        const gf_reading *reading = gf_reading_of(&search->stage->readings, cause->reading->name);
        gf_search_line(search, reading, gf_line_in(m, search->stage->witness.m, cause->line));
        return;
    }
    bool bare = is_bare_let(search->stage->witness.m, gf_search_judged(search)->statement);
    if (!bare)
        gf_search_claim(search);
    if (!search->wide && !bare)
        gf_search_ranges(search);
    if (!search->stopped && !search->out_of_memory)
        gf_search_lets(search);
    if (bare && !search->count && !search->stopped && !search->out_of_memory)
        gf_search_claim(search);
}

/* First what is small, then what may have been left out. */
static size_t look(repairer *r, gf_search *search, const gf_cause_found *cause, gf_fix chosen[GF_REPAIRS])
{
    size_t count = 0;
    bool done = false;
    for (int wide = 0; wide < 2 && !done; wide++) {
        search->wide = wide;
        look_at(search, cause, model_of(r));
        count = search->out_of_memory ? 0 : choose(r, search, cause, chosen);
        done = (count && chosen[0].mend.cost <= SURE) || search->stopped || search->out_of_memory || r->status;
    }
    if (search->out_of_memory)
        fail(r);
    return count;
}

/* What the terms tell, before what the numbers tell; what stands where something else belongs only where that is
 * proposed. */
static const char *merge_says(repairer *r, const char *numbers, const char *terms, bool proposed)
{
    gf_text w = {0};
    for (const char *at = terms; *at;) {
        size_t size = strcspn(at, "\n") + 1;
        const char *belongs = strstr(at, " stands where ");
        if (proposed || !belongs || belongs > at + size)
            gf_text_bytes(&w, at, size);
        at += size;
    }
    if (!w.size && !w.failed)
        return numbers;
    const char *says = keep(r, &w);
    return says ? says : numbers;
}

static size_t mend(repairer *r, const gf_cause_found *cause, gf_fix chosen[GF_REPAIRS], const char **says)
{
    gf_stage *stage = still_going(r) ? stage_for(r, cause) : NULL;
    if (!stage || (cause->claim != SIZE_MAX && gf_judged_exceeds(&r->claims->list[cause->claim])))
        return 0;
    size_t count = choose_known(r, stage, cause, chosen);
    gf_search *search = count ? NULL : calloc(1, sizeof *search);
    if (!count && !search)
        fail(r);
    if (search) {
        bool shaped = cause->reading ? cause->worst.finite || isnan(cause->worst.error)
                                     : r->claims->list[cause->claim].verdict == GF_FAILS;
        *search = (gf_search){.stage = stage,
                              .arena = &r->texts,
                              .claim = cause->claim,
                              .shaped = shaped,
                              .goes_on = still_going,
                              .data = r};
        count = look(r, search, cause, chosen);
        if (search->says)
            *says = count && !chosen[0].mend.matched ? *says : merge_says(r, *says, search->says, count);
    }
    free(search);
    return count;
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

/* A let's line that is told already, since an edit of it mends another claim. */
static gf_blame *blame_of(const gf_blames *blames, const gf_statement *line)
{
    for (size_t k = 0; k < blames->count; k++)
        if (blames->list[k].line == line)
            return &blames->list[k];
    return NULL;
}

static const char *write_truth(repairer *r, const gf_reading *reading)
{
    gf_text w = {0};
    if (reading && reading->words)
        gf_text_add(&w, reading->words);
    else if (reading && reading->truth)
        gf_tree_print(&w, &model_of(r)->file.names, reading->truth);
    return keep(r, &w);
}

static const char *write_at(repairer *r, const gf_cause_found *cause)
{
    gf_text w = {0};
    if (cause->at)
        gf_text_print(&w, "%s = %ld", gf_model_text(model_of(r), model_of(r)->t), cause->at);
    return keep(r, &w);
}

/* "it is 4 x 4, and grad(c[t]) is 1 x 4". */
static const char *say_shapes(repairer *r, const gf_cause_found *cause)
{
    const gf_reading *reading = cause->reading;
    const gf_matrix *wanted = &reading->values[cause->at ? cause->at - 1 : 0];
    const gf_matrix *value =
        isnan(cause->worst.error) && !cause->worst.finite
            ? gf_readings_value(&r->readings, cause->line->value, reading->symbol->timed, cause->at, NULL)
            : NULL;
    gf_text w = {0};
    if (value && (value->rows != wanted->rows || value->cols != wanted->cols)) {
        gf_text_print(&w, "it is %d x %d, and ", value->rows, value->cols);
        gf_tree_print(&w, &model_of(r)->file.names, reading->truth);
        gf_text_print(&w, " is %d x %d\n", wanted->rows, wanted->cols);
    }
    gf_judge_clear(&r->claims->judge);
    return keep(r, &w);
}

/* What is wrong with a claim, by itself. */
static const char *diagnose(repairer *r, const gf_cause_found *cause)
{
    gf_judged again;
    if (cause->reading)
        return say_shapes(r, cause);
    if (!gf_judged_again(&again, &r->claims->list[cause->claim]) || gf_diagnose(&again))
        fail(r);
    const char *says = keep(r, &again.notes);
    gf_judged_free(&again);
    return says;
}

static const gf_statement *statement_at(const gf_model *m, uint32_t begin)
{
    const gf_statement *s = m->file.statements;
    while (s->span.begin != begin && s->next)
        s = s->next;
    return s;
}

/* Where an edit of a let that stands for nothing mends a claim, the let is to blame. */
static void tell_cause(repairer *r, const gf_cause_found *cause)
{
    gf_fix chosen[GF_REPAIRS];
    const char *says = diagnose(r, cause);
    size_t count = r->how->repairs && says ? mend(r, cause, chosen, &says) : 0;
    bool other = count && chosen[0].of_let && !cause->reading;
    const gf_statement *line = cause->line;
    if (other)
        line = statement_at(model_of(r), chosen[0].mend.statement->span.begin);
    gf_blame *blame = blame_of(r->blames, line);
    if (!blame) {
        blame = &r->blames->list[r->blames->count++];
        *blame = (gf_blame){.line = line,
                            .claim = other ? SIZE_MAX : cause->claim,
                            .worst = cause->worst,
                            .behind = cause->behind,
                            .says = other ? "" : says};
        blame->stands_for = write_truth(r, cause->reading);
        blame->at = write_at(r, cause);
        if (gf_fixes_tell(&blame->repairs, r->arena, model_of(r), chosen, count, count ? tried(r) : ""))
            fail(r);
        return;
    }
    for (size_t k = 0; k < r->claims->count; k++)
        cause->behind[k] |= blame->behind[k];
    blame->behind = cause->behind;
}

static bool some_fail(const gf_claims *claims)
{
    for (size_t k = 0; k < claims->count; k++)
        if (claims->list[k].verdict != GF_HOLDS && !gf_judged_exceeds(&claims->list[k]))
            return true;
    return false;
}

static void find_causes(repairer *r)
{
    if (!find_readings(r))
        return;
    if (gf_readings_carry(&r->readings, r->claims, &r->reader->readings) || !gf_readings_force(&r->readings) ||
        gf_causes_find(&r->causes, r->arena, &r->readings))
        fail(r);
}

static void tell_all(repairer *r)
{
    gf_blames *blames = r->blames;
    blames->list = gf_arena_get(r->arena, (r->causes.count + 1) * sizeof *blames->list);
    if (!blames->list)
        fail(r);
    for (r->cause = 0; r->cause < r->causes.count && !r->status; r->cause++)
        tell_cause(r, &r->causes.list[r->cause]);
}

static void find_other_model(repairer *r)
{
    gf_text says = {0};
    if (r->status || !r->causes.count)
        return;
    if (gf_other_model_find(&says, r->claims, r->reader->setting, r->causes.count))
        fail(r);
    r->blames->model = keep(r, &says);
}

gf_status gf_blames_find(gf_blames *out, gf_arena *arena, gf_claims *claims, const gf_repairing *how)
{
    *out = (gf_blames){.model = ""};
    if (!some_fail(claims))
        return GF_OK;
    repairer r = {.claims = claims, .arena = arena, .how = how, .blames = out};
    gf_watch *before = claims->m->watch;
    r.watch = (gf_watch){.goes_on = goes_on, .data = &r};
    find_causes(&r);
    find_other_model(&r);
    claims->m->watch = how->repairs ? &r.watch : before;
    if (!r.status && !*out->model && !gf_model_ended(claims->m))
        tell_all(&r);
    claims->m->watch = before;
    gf_causes_free(&r.causes);
    gf_readings_free(&r.readings);
    for (int k = 0; k < r.stage_count; k++) {
        gf_calculus_free(&r.stages[k].calculus);
        gf_readings_free(&r.stages[k].readings);
        gf_witness_free(&r.stages[k].witness);
    }
    free(r.known);
    gf_arena_free(&r.texts);
    return r.status;
}
