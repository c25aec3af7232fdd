/* Repair: which edits are looked for, which are believed, and how they are told. */
#include "repair/repair.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
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
    known_setting settings[SETTINGS];
    int setting_count;
    gf_fix *known; /* mends of lets that have been found for some claim, on stage known_stage */
    size_t known_count, known_room;
    bool (*goes_on)(size_t claim, size_t claims, void *data);
    void *data;
    size_t claim;
    gf_watch watch; /* asks goes_on */
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
    return !r->goes_on || r->goes_on(r->claim, r->claims->count, r->data);
}

/* The models in which edits are tried have the same watch. */
static bool still_going(void *data)
{
    repairer *r = data;
    return !gf_model_ended(r->claims->m);
}

/* --- stages ------------------------------------------------------------------------------------------------------- */

static const gf_model *model_of(const repairer *r)
{
    return r->claims->m;
}

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
        stage->setting = (gf_setting){.steps = own & 2 ? 0 : steps_of_stage(r, number), .other_sizes = !(own & 1)};
        if (gf_witness_make(&stage->witness, model_of(r), text, stage->setting))
            return fail(r);
        good = is_faithful(r, &stage->witness);
    }
    return true;
}

static bool shows(const gf_stage *stage, size_t claim)
{
    if (!stage->witness.judged || claim >= stage->witness.claims.count)
        return false;
    return stage->witness.claims.list[claim].verdict != GF_HOLDS;
}

/* A stage on which the claim does not hold either; NULL where there is none. */
static gf_stage *stage_for(repairer *r, size_t claim)
{
    for (int k = 0; k < STAGES; k++) {
        if (k == r->stage_count && !make_stage(r, k))
            return NULL;
        gf_stage *stage = &r->stages[k];
        if (!shows(stage, claim))
            continue;
        if (!stage->suspected && (gf_suspects_find(&stage->suspects, &stage->witness.claims) ||
                                  !gf_calculus_begin(&stage->calculus, stage->witness.m)))
            fail(r);
        stage->suspected = true;
        return r->status ? NULL : stage;
    }
    return NULL;
}

/* --- is it so? ---------------------------------------------------------------------------------------------------- */

enum { MANY_STEPS = 8, FEW_STEPS = 5 };

/* Judges the mended text under a setting; only one claim of it, or all. */
static bool judge_mended(repairer *r, gf_witness *out, const gf_mend *mend, gf_setting setting, size_t only)
{
    char *text = gf_witness_text(model_of(r), mend->old, mend->text, only);
    *out = (gf_witness){.judged = false};
    if (!text || gf_witness_make(out, model_of(r), text, setting))
        fail(r);
    free(text);
    return !r->status;
}

/* Where the file itself says something else, nothing is asked. */
static bool says_else(repairer *r, gf_setting setting)
{
    const gf_mend none = {.text = ""};
    gf_witness plain = {.judged = false};
    bool own = !setting.steps && !setting.other_sizes && !setting.seed;
    bool cannot = !own && judge_mended(r, &plain, &none, setting, SIZE_MAX) && !is_faithful(r, &plain);
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

/* Which claims hold there? Those that do not are marked: all of them, or one alone. */
static void ask(repairer *r, const gf_mend *mend, gf_setting setting, bool so[], size_t only)
{
    gf_witness mended;
    size_t count = only == SIZE_MAX ? r->claims->count : 1;
    bool judged = judge_mended(r, &mended, mend, setting, only), all = judged;
    for (size_t k = 0; all && k < count; k++)
        all = gf_witness_holds(&mended, k);
    if (judged && !all && !cannot_be(r, setting))
        for (size_t k = 0; k < count; k++)
            so[k] = so[k] && gf_witness_holds(&mended, k);
    gf_witness_free(&mended);
}

/* With other steps, with two other seeds, and in the file as it is. */
static void ask_everywhere(repairer *r, const gf_stage *stage, const gf_mend *mend, bool so[], size_t only)
{
    const gf_model *m = model_of(r);
    long other = stage->setting.steps ? stage->setting.steps : m->steps_name ? m->steps + 1 : 0;
    bool many = m->steps_name && m->steps > MANY_STEPS, others = stage->setting.other_sizes;
    for (int seed = 0; seed <= 2 && !r->status; seed++) {
        gf_setting setting = {.steps = seed == 0 ? other : many ? FEW_STEPS : 0, .seed = seed, .other_sizes = others};
        ask(r, mend, setting, so, only);
        if (only != SIZE_MAX && !so[0])
            return;
    }
    if (!r->status)
        ask(r, mend, (gf_setting){.steps = 0}, so, only);
}

/* Is the claim so, once that is mended? A let's mend is asked for all claims at once. */
static bool is_so(repairer *r, const gf_stage *stage, gf_fix *fix, size_t claim)
{
    bool so = true;
    if (!fix->of_let) {
        ask_everywhere(r, stage, &fix->mend, &so, claim);
        return so && !r->status && still_going(r);
    }
    if (!fix->so) {
        fix->so = gf_arena_get(&r->texts, r->claims->count * sizeof *fix->so);
        for (size_t k = 0; fix->so && k < r->claims->count; k++)
            fix->so[k] = true;
        if (!fix->so)
            return fail(r);
        ask_everywhere(r, stage, &fix->mend, fix->so, SIZE_MAX);
    }
    return fix->so[claim] && !r->status && still_going(r);
}

/* What the edit of a let does to the other claims. */
static bool find_effects(repairer *r, const gf_stage *stage, gf_fix *fix)
{
    const gf_claims *before = &stage->witness.claims;
    gf_witness witness;
    bool judged = judge_mended(r, &witness, &fix->mend, stage->setting, SIZE_MAX);
    fix->holds = !judged ? NULL : gf_arena_get(&r->texts, before->count * sizeof *fix->holds);
    for (size_t k = 0; fix->holds && k < before->count; k++) {
        fix->holds[k] = witness.judged && k < witness.claims.count && witness.claims.list[k].verdict == GF_HOLDS;
        bool held = before->list[k].verdict == GF_HOLDS;
        fix->mended += fix->holds[k] && !held;
        fix->broken += !fix->holds[k] && held;
    }
    gf_witness_free(&witness);
    return fix->holds || fail(r);
}

/* --- choosing ----------------------------------------------------------------------------------------------------- */

enum {
    TOGETHER = 8,
    NEXT_TO = 4
}; /* what mending several claims is worth; how much less plausible another mend may be */

static void sort(gf_fix list[], size_t count)
{
    for (size_t k = 1; k < count; k++) {
        gf_fix fix = list[k];
        size_t at = k;
        for (; at > 0 && list[at - 1].mend.cost > fix.mend.cost; at--)
            list[at] = list[at - 1];
        list[at] = fix;
    }
}

/* Edits of lets that break a claim go; those that mend several are the better for it. */
static void weigh(repairer *r, gf_search *search)
{
    size_t kept = 0;
    for (size_t k = 0; k < search->count && !r->status; k++) {
        gf_fix *fix = &search->found[k];
        if (fix->of_let && !fix->holds && !find_effects(r, search->stage, fix))
            return;
        if (fix->of_let && (fix->broken || !fix->holds[search->claim]))
            continue;
        if (fix->of_let && fix->mended > 1 && !fix->weighed)
            fix->mend.cost -= TOGETHER;
        fix->weighed = true;
        search->found[kept++] = *fix;
    }
    search->count = kept;
    sort(search->found, kept);
}

static bool remember(repairer *r, const gf_fix *fix)
{
    for (size_t k = 0; k < r->known_count; k++)
        if (r->known[k].mend.statement == fix->mend.statement && !strcmp(r->known[k].mend.text, fix->mend.text) &&
            r->known[k].mend.old.begin == fix->mend.old.begin)
            return true;
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
static size_t choose(repairer *r, gf_search *search, gf_fix chosen[GF_REPAIRS])
{
    size_t count = 0;
    weigh(r, search);
    for (size_t k = 0; k < search->count && count < GF_REPAIRS && !r->status; k++) {
        gf_fix *fix = &search->found[k];
        if (count && fix->mend.cost > chosen[0].mend.cost + NEXT_TO)
            break;
        if (is_said(&fix->mend, chosen, count) || !is_so(r, search->stage, fix, search->claim))
            continue;
        chosen[count++] = *fix;
        if (chosen[count - 1].of_let && !remember(r, &chosen[count - 1]))
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

static gf_repair tell(repairer *r, const gf_mend *mend)
{
    const gf_source *source = &model_of(r)->file.source;
    gf_span whole = mend->statement->span;
    gf_repair repair = {.line = gf_source_line(source, whole.begin), .kind = gf_edit_kind_text(mend->kind)};
    gf_text w = {0};
    gf_mend_write(&w, source, mend, mend->around);
    repair.term = keep(r, &w);
    gf_source_quote(&w, source, whole, 0);
    repair.written = keep(r, &w);
    gf_mend_write_marks(&w, source, mend);
    repair.marks = keep(r, &w);
    gf_mend_write(&w, source, mend, whole);
    repair.mended = keep(r, &w);
    return repair;
}

static void report(repairer *r, gf_repairs *out, const gf_fix chosen[], size_t count)
{
    gf_repair *list = count ? gf_arena_get(r->arena, count * sizeof *list) : NULL;
    if (count && !list)
        fail(r);
    for (size_t k = 0; list && k < count && !r->status; k++)
        list[k] = tell(r, &chosen[k].mend);
    *out = (gf_repairs){list, list && !r->status ? count : 0};
}

/* --- one claim ---------------------------------------------------------------------------------------------------- */

/* A let that was mended for another claim mends this one as well? */
static size_t choose_known(repairer *r, const gf_stage *stage, size_t claim, gf_fix chosen[GF_REPAIRS])
{
    size_t count = 0;
    for (size_t k = 0; k < r->known_count && count < GF_REPAIRS && !r->status; k++)
        if (r->known[k].holds[claim] && is_so(r, stage, &r->known[k], claim))
            chosen[count++] = r->known[k];
    return count;
}

enum { SURE = 14 }; /* up to that cost what else could be is not asked */

/* First the claim's own line; then lets, those that are wrong for sure, and those about which nothing is known. */
static size_t look_at(repairer *r, gf_search *search, gf_fix chosen[GF_REPAIRS])
{
    gf_search_claim(search);
    if (!search->wide)
        gf_search_ranges(search);
    if (!search->stopped && !search->out_of_memory)
        gf_search_suspects(search);
    if (!search->stopped && !search->out_of_memory)
        gf_search_lets(search);
    return search->out_of_memory ? 0 : choose(r, search, chosen);
}

/* First what is small, then what may have been left out; at last lets that are not what they were taken for. */
static size_t look(repairer *r, gf_search *search, gf_fix chosen[GF_REPAIRS])
{
    size_t count = 0;
    bool done = false;
    for (int wide = 0; wide < 2 && !done; wide++) {
        search->wide = wide;
        count = look_at(r, search, chosen);
        done = (count && chosen[0].mend.cost <= SURE) || search->stopped || search->out_of_memory || r->status;
    }
    if (!count && !done) {
        search->wide = false;
        search->desperate = true;
        gf_search_lets(search);
        count = search->out_of_memory ? 0 : choose(r, search, chosen);
    }
    if (search->out_of_memory)
        fail(r);
    return count;
}

static void repair_claim(repairer *r, gf_repairs *out, size_t claim)
{
    gf_fix chosen[GF_REPAIRS];
    r->claim = claim;
    gf_stage *stage = still_going(r) ? stage_for(r, claim) : NULL;
    if (!stage)
        return;
    size_t count = choose_known(r, stage, claim, chosen);
    gf_search *search = count ? NULL : calloc(1, sizeof *search);
    if (!count && !search)
        fail(r);
    if (search) {
        *search = (gf_search){.stage = stage, .arena = &r->texts, .claim = claim, .goes_on = still_going, .data = r};
        count = look(r, search, chosen);
    }
    free(search);
    report(r, out, chosen, count);
}

gf_status gf_repair_claims(gf_repairs out[], gf_arena *arena, gf_claims *claims,
                           bool (*ask)(size_t claim, size_t claims, void *data), void *data)
{
    repairer r = {.claims = claims, .arena = arena, .goes_on = ask, .data = data};
    gf_watch *before = claims->m->watch;
    r.watch = (gf_watch){.goes_on = goes_on, .data = &r};
    claims->m->watch = &r.watch;
    for (size_t k = 0; k < claims->count; k++)
        out[k] = (gf_repairs){NULL, 0};
    for (size_t k = 0; k < claims->count && !r.status && !r.watch.ended; k++)
        if (claims->list[k].verdict != GF_HOLDS && !gf_judged_exceeds(&claims->list[k]))
            repair_claim(&r, &out[k], k);
    claims->m->watch = before;
    for (int k = 0; k < r.stage_count; k++) {
        gf_calculus_free(&r.stages[k].calculus);
        gf_suspects_free(&r.stages[k].suspects);
        gf_witness_free(&r.stages[k].witness);
    }
    free(r.known);
    gf_arena_free(&r.texts);
    return r.status;
}
