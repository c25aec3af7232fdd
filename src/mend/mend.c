/* Mending: from claims that fail to the lines that are wrong, what is wrong there, and what belongs there.
 *
 *     let da[t] = dh[t] * (1 - h[t])
 *     let dh[t] = V' @ dz[t] + W' @ da[t+1]
 *     claim grad(W) = sum(t, da[t] @ h[t-1]')
 *
 * The claim fails. What da and dh stand for is found in a small model (stages.c, readings/), and carried over to the
 * file's own. With right values in place of the other lets the line of da is wrong by itself, and that of dh is not
 * (causes.c): da is the cause, and the claim fails because of it. Whether another model is meant, in which all would
 * hold, is asked next (other_models.c); then there is nothing to mend.
 *
 * Of each line that is wrong the terms are matched first (terms/), which is cheap and tells in words what is wrong:
 * (1 - h[t]) stands where (1 - h[t]^2) belongs. Then edits are tried, cause by cause, and from here on it may be ended
 * with what there is. A let's edits come from its terms; a claim's from the table of slips, too, the small ones first
 * (search.c, ranges.c), or from a let that it uses and of which nothing is known (lets.c). An edit is a guess until it
 * is put in as text: it has to hold in the file, with other steps, with two other seeds and with sizes that are all
 * different, and to break no claim that holds. Up to three are told, the most plausible first. */
#include "mend/stages.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mend/terms/inside.h"

/* The whole business, for one file. */
typedef struct repairer {
    gf_claims *claims; /* the file's own */
    gf_model *m;
    gf_arena *arena; /* of what is reported */
    gf_arena texts;
    gf_stages stages;
    gf_readings readings; /* what lets stand for, in the file's own model */
    gf_causes causes;
    gf_blames *blames;
    const gf_repairing *how;
    size_t cause;            /* that is being mended */
    gf_watch watch;          /* asks how->ask */
    const gf_tree **brought; /* by number of a cause: what its edit puts in; NULL: nothing is known of it */
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

/* From here on it is asked whether to go on, in every model in which edits are tried. */
static void watch(repairer *r)
{
    r->watch = (gf_watch){.goes_on = goes_on, .data = r};
    r->claims->m->watch = &r->watch;
    gf_stages_watch(&r->stages, &r->watch);
}

static bool ran_out(repairer *r)
{
    r->status = r->status ? r->status : r->stages.status;
    return r->status;
}

/* --- choosing ----------------------------------------------------------------------------------------------------- */

enum { NEXT_TO = 4 }; /* how much less plausible another mend may be */

/* Of one expression all that fits comes to the same: the first will do. */
static bool is_said(const gf_mend *mend, const gf_mend chosen[], size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (mend->root && chosen[k].root == mend->root)
            return true;
    return false;
}

static bool is_of_let(const gf_mend *mend)
{
    return mend->statement->kind == STATEMENT_LET;
}

/* The best that are so, up to three, and none far less plausible than the first. */
static size_t choose(repairer *r, const gf_search *search, const gf_cause_found *cause, gf_mend chosen[GF_REPAIRS])
{
    size_t count = 0;
    for (size_t k = 0; k < search->count && count < GF_REPAIRS && !r->status; k++) {
        const gf_mend *found = &search->found[k];
        if (count && found->cost > chosen[0].cost + NEXT_TO)
            break;
        if (is_said(found, chosen, count) || !gf_mend_is_right(&r->stages, search->stage, found, cause) ||
            gf_model_ended(r->m) || (is_of_let(found) && gf_mend_breaks_one(&r->stages, search->stage, found)))
            continue;
        chosen[count++] = *found;
    }
    return ran_out(r) ? 0 : count;
}

/* --- telling ------------------------------------------------------------------------------------------------------ */

static const char *keep(repairer *r, gf_text *w)
{
    char *text = gf_text_keep(w, r->arena);
    if (!text)
        fail(r);
    return text;
}

/* --- one line ---------------------------------------------------------------------------------------------------- */

enum { SURE = 14 }; /* up to that cost what else could be is not asked */

/* Is a side of the claim nothing but a let, at no step of its own? Then its line is the one that is wrong. */
static bool is_bare_let(const gf_model *m, const gf_statement *s)
{
    bool found = false;
    for (uint32_t k = 0; k < s->side_count; k++) {
        const gf_tree *side = s->sides[k];
        const gf_symbol *symbol = gf_model_named(m, side);
        bool fixed = side->kind == TREE_AT && !gf_tree_has(side->kids[0], m->t);
        found |= symbol && symbol->kind == SYMBOL_LET && !fixed;
    }
    return found;
}

/* The claim's own line, then lets about which nothing is known; not what is bounded: accuracy >= 0.95. */
static void look_at_claim(gf_search *search)
{
    const gf_statement *s = gf_search_judged(search)->statement;
    bool equal = gf_only_equalities(s), bare = equal && is_bare_let(search->stage->witness.m, s);
    if (!bare)
        gf_search_claim(search);
    if (!search->wide && !bare)
        gf_search_ranges(search);
    if (equal && !search->stopped && !search->out_of_memory)
        gf_search_lets(search);
    if (bare && !search->count && !search->stopped && !search->out_of_memory)
        gf_search_claim(search);
}

/* Enough is found, or no more can be. */
static bool is_done(const repairer *r, const gf_search *search, const gf_mend chosen[], size_t count)
{
    return (count && chosen[0].cost <= SURE) || search->stopped || search->out_of_memory || r->status;
}

/* Of a let what its terms say, or, where it cannot be worked out, what is misspelt; of a claim first what is small,
 * then what may have been left out. */
static size_t look(repairer *r, gf_search *search, const gf_cause_found *cause, gf_mend chosen[GF_REPAIRS])
{
    gf_statement *let = cause->reading ? gf_line_in(r->m, search->stage->witness.m, cause->line) : NULL;
    size_t count = let ? choose(r, search, cause, chosen) : 0;
    bool data = gf_has_data(r->m, cause->line);
    int turns = data ? 0 : !let ? 2 : !gf_line_is_sound(let);
    for (int wide = 0; wide < turns && !is_done(r, search, chosen, count); wide++) {
        search->wide = wide;
        if (let)
            gf_search_spelling(search, let, let->value);
        else
            look_at_claim(search);
        count = search->out_of_memory ? 0 : choose(r, search, cause, chosen);
    }
    if (search->out_of_memory)
        fail(r);
    return count;
}

/* What its terms tell of a line on a stage. */
static void search_terms(repairer *r, gf_search *search, const gf_cause_found *cause)
{
    const gf_statement *line = gf_line_in(r->m, search->stage->witness.m, cause->line);
    if (!cause->reading)
        gf_search_claim_terms(search);
    else if (gf_line_is_sound(line))
        gf_search_line_terms(search, gf_reading_of(&search->stage->readings, cause->reading->name),
                             (gf_statement *)line);
}

/* By which name a factor is called, another stage tells, where it is the same number only if that is its name. */
static void agree(repairer *r, gf_search *search, const gf_cause_found *cause)
{
    gf_text w = {0};
    if (search->out_of_memory || !strstr(search->says, GF_OR))
        return;
    gf_search *other = malloc(sizeof *other);
    if (!other) {
        fail(r);
        return;
    }
    *other = *search;
    other->says = NULL;
    other->stage = gf_stage_for(&r->stages, cause, search->stage);
    if (other->stage)
        search_terms(r, other, cause);
    gf_says_agreed(&w, search->says, other->says);
    search->out_of_memory |= other->out_of_memory;
    search->says = gf_text_keep(&w, &r->texts);
    search->out_of_memory |= !search->says;
    free(other);
}

/* The search for a line, begun: what its terms tell is known. NULL where there is nothing to look for. */
static gf_search *begin(repairer *r, const gf_cause_found *cause)
{
    gf_stage *stage = gf_stage_for(&r->stages, cause, NULL);
    bool exceeds = cause->claim != SIZE_MAX && gf_judged_exceeds(&r->claims->list[cause->claim]);
    gf_search *search = stage && !exceeds ? calloc(1, sizeof *search) : NULL;
    if (ran_out(r) || !search) {
        if (stage && !exceeds)
            fail(r);
        free(search);
        return NULL;
    }
    bool shaped = cause->reading ? cause->worst.finite || isnan(cause->worst.error)
                                 : r->claims->list[cause->claim].verdict == GF_FAILS;
    *search = (gf_search){.stage = stage, .arena = &r->texts, .claim = cause->claim, .shaped = shaped, .says = ""};
    const gf_statement *line = gf_line_in(r->m, stage->witness.m, cause->line);
    search_terms(r, search, cause);
    agree(r, search, cause);
    if (!cause->reading && is_bare_let(stage->witness.m, line)) {
        search->count = 0; /* the let's line is looked at first */
        search->matched = false;
    }
    if (search->out_of_memory)
        fail(r);
    return search;
}

/* Is what belongs there, by this line, part of what replaces it? The first edit is what the terms tell; another may be
 * true where that is not, as 13 * w^2 with one number of steps alone. */
static bool is_proposed(const char *belongs, size_t size, const gf_mend *mend)
{
    static const char begin[] = " stands where ", end[] = " belongs";
    const char *what = belongs + sizeof begin - 1;
    size_t length = size - (size_t)(what - belongs);
    while (length && strncmp(what + length, end, sizeof end - 1) != 0)
        length--;
    for (const char *at = mend->text; length && *at; at++)
        if (!strncmp(at, what, length))
            return true;
    return false;
}

/* What the terms tell; what stands where something else belongs only where that is proposed (NULL: there was no time to
 * try it). */
static void say_terms(gf_text *w, const char *terms, bool proposed, const gf_mend *mend)
{
    for (const char *at = terms; *at;) {
        size_t size = strcspn(at, "\n") + 1;
        const char *belongs = strstr(at, " stands where ");
        bool told = !belongs || belongs > at + size;
        if (told || (proposed && (!mend || mend->first || is_proposed(belongs, size - (size_t)(belongs - at), mend))))
            gf_text_bytes(w, at, size);
        at += size;
    }
}

static size_t mend(repairer *r, gf_search *search, const gf_cause_found *cause, gf_mend chosen[GF_REPAIRS])
{
    if (!search || r->status || gf_model_ended(r->m))
        return 0;
    if (!gf_readings_force(&search->stage->readings))
        fail(r);
    return look(r, search, cause, chosen);
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

static const char *write_truth(repairer *r, const gf_cause_found *cause)
{
    gf_text w = {0};
    if (cause->reading)
        gf_reading_write(&w, r->m, cause->reading, cause->line);
    return keep(r, &w);
}

static const char *write_at(repairer *r, const gf_cause_found *cause)
{
    gf_text w = {0};
    if (cause->at)
        gf_text_print(&w, "%s = %ld", gf_model_text(r->m, r->m->t), cause->at);
    return keep(r, &w);
}

/* "it is 4 x 4, and grad(c[t]) is 1 x 4". */
static void say_shapes(gf_text *w, repairer *r, const gf_cause_found *cause)
{
    const gf_reading *reading = cause->reading;
    if (!reading || !isnan(cause->worst.error) || cause->worst.finite)
        return;
    const gf_matrix *wanted = &reading->values[cause->at ? cause->at - 1 : 0];
    const gf_matrix *value =
        gf_readings_value(&r->readings, cause->line->value, reading->symbol->timed, cause->at, NULL);
    if (value && (value->rows != wanted->rows || value->cols != wanted->cols)) {
        gf_text_print(w, "it is %d x %d, and ", value->rows, value->cols);
        gf_tree_print(w, &r->m->file.names, reading->truth);
        gf_text_print(w, " is %d x %d\n", wanted->rows, wanted->cols);
    }
    gf_judge_clear(&r->claims->judge);
}

/* Why a let's line cannot be worked out at some step, though all others are right. */
static const char *write_message(repairer *r, const gf_cause_found *cause)
{
    gf_text w = {0};
    const gf_reading *reading = cause->reading;
    bool sound = reading && cause->line->value && !cause->line->broken && !gf_problems_any(&cause->line->problems);
    bool worked = cause->worst.finite || isnan(cause->worst.error);
    if (sound && !worked && !gf_readings_force(&r->readings))
        fail(r);
    for (long t = 1; sound && !worked && t <= reading->count && !w.size && !r->status; t++) {
        gf_problems problems = {.source = &r->m->file.source};
        if (gf_reading_line(reading, t) == cause->line &&
            !gf_readings_try(&r->readings, &problems, cause->line->value, reading->symbol->timed, t))
            gf_problems_write(&w, &problems);
        gf_problems_free(&problems);
    }
    return keep(r, &w);
}

/* Nothing is wrong with it, and yet the sides differ. */
static void say_tiny(gf_text *w, const gf_judged *judged)
{
    if (judged->verdict == GF_FAILS && gf_only_equalities(judged->statement) && gf_link_is_tiny(&judged->worst))
        gf_text_add(w, "both sides are as small as what rounding leaves of 0: if it is 0, write 0\n");
}

/* Which shape a line has, where that is wrong; and what is wrong with it, as its edit and its terms tell. */
static const char *say(repairer *r, const gf_search *search, const gf_cause_found *cause, const gf_mend chosen[],
                       size_t count)
{
    gf_text w = {0};
    say_shapes(&w, r, cause);
    size_t shaped = w.size;
    if (count)
        gf_mend_say(&w, &r->m->file.source, &chosen[0]);
    if (search)
        say_terms(&w, search->says, gf_model_ended(r->m) || (count && chosen[0].matched && w.size == shaped),
                  count ? &chosen[0] : NULL);
    if (!count && search && gf_line_is_right_uncut(&r->stages, search->stage, cause))
        gf_text_add(&w, "this would hold without `truncate`\n");
    if (!cause->reading)
        gf_bound_say(&w, &r->claims->list[cause->claim]);
    if (!cause->reading && !count && !w.size)
        say_tiny(&w, &r->claims->list[cause->claim]);
    return keep(r, &w);
}

/* Of a let that stands for nothing: "1 - n[t]^2 stands where n[t] * (1 - n[t]) belongs". */
static const char *say_other(repairer *r, const gf_mend *mend)
{
    gf_text w = {0};
    gf_source_quote(&w, &r->m->file.source, mend->old, 0);
    gf_text_print(&w, " stands where %s belongs\n", mend->text);
    return keep(r, &w);
}

static const gf_statement *statement_at(const gf_model *m, uint32_t begin)
{
    const gf_statement *s = m->file.statements;
    while (s->span.begin != begin && s->next)
        s = s->next;
    return s;
}

/* What an edit puts in; of a line to stand behind another nothing is kept. */
static void note_brought(repairer *r, const gf_mend *mend)
{
    gf_problems quiet = {0};
    r->brought[r->cause] = gf_parse_text(mend->text, &r->m->file.names, &r->texts, &quiet);
    if (quiet.out_of_memory)
        fail(r);
    gf_problems_free(&quiet);
}

/* What an edit brings in, directly or through other lets, may be wrong, too: what waits for the one waits for the
 * other.
 */
static void join_causes(repairer *r)
{
    const gf_causes *causes = &r->causes;
    size_t names = r->m->symbol_count;
    unsigned char *brings = gf_arena_get(&r->texts, names * sizeof *brings);
    bool more = brings;
    if (!brings)
        fail(r);
    while (more) {
        more = false;
        for (size_t k = 0; k < causes->count; k++) {
            memset(brings, 0, names * sizeof *brings);
            if (r->brought[k])
                gf_lets_in(r->m, r->brought[k], brings);
            for (size_t n = 0; n < causes->count && r->brought[k]; n++) {
                const gf_cause_found *let = &causes->list[n];
                bool brought = let->claim == SIZE_MAX && brings[let->line->name];
                for (size_t claim = 0; brought && claim < r->claims->count; claim++)
                    if (causes->list[k].behind[claim] && !let->behind[claim])
                        more = let->behind[claim] = true;
            }
        }
    }
}

/* Where an edit of a let that stands for nothing mends a claim, the let is to blame. */
static void tell_cause(repairer *r, gf_search *search, const gf_cause_found *cause)
{
    gf_mend chosen[GF_REPAIRS];
    size_t count = r->how->repairs ? mend(r, search, cause, chosen) : 0;
    bool other = count && is_of_let(&chosen[0]) && !cause->reading;
    const char *says = other ? say_other(r, &chosen[0]) : say(r, search, cause, chosen, count);
    const gf_statement *line = cause->line;
    if (other)
        line = statement_at(r->m, chosen[0].statement->span.begin);
    gf_blame *blame = blame_of(r->blames, line);
    if (!blame) {
        blame = &r->blames->list[r->blames->count++];
        *blame = (gf_blame){.line = line,
                            .claim = other ? SIZE_MAX : cause->claim,
                            .worst = cause->worst,
                            .behind = cause->behind,
                            .message = write_message(r, cause),
                            .says = says};
        blame->stands_for = write_truth(r, cause);
        blame->at = write_at(r, cause);
        if (count)
            note_brought(r, &chosen[0]);
        if (gf_mends_tell(&blame->repairs, r->arena, r->m, chosen, count,
                          count ? gf_stages_tried(&r->stages, r->arena) : ""))
            fail(r);
        return;
    }
    for (size_t k = 0; k < r->claims->count; k++)
        cause->behind[k] |= blame->behind[k];
    blame->behind = cause->behind;
}

static size_t failing(const gf_claims *claims)
{
    size_t count = 0;
    for (size_t k = 0; k < claims->count; k++)
        count += gf_judged_is_wrong(&claims->list[k]) && !gf_judged_exceeds(&claims->list[k]);
    return count;
}

static size_t lets_of(const gf_model *m)
{
    size_t count = 0;
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        count += s->kind == STATEMENT_LET;
    return count;
}

enum { MOST = 1000 }; /* lets, or claims that fail: what a person may have written, and is judged in seconds */

/* A line that says what there is too much of; "" where there is not. */
static const char *too_many(const gf_claims *claims)
{
    if (lets_of(claims->m) > MOST)
        return "there are more than 1000 lets: which of them are wrong is not looked for";
    return failing(claims) > MOST ? "more than 1000 claims fail: why is not looked for" : "";
}

static void find_causes(repairer *r)
{
    if (!gf_stages_find_readings(&r->stages, r->claims))
        return;
    if (gf_readings_carry(&r->readings, r->claims, &r->stages.reader->readings) || !gf_readings_force(&r->readings) ||
        gf_causes_find(&r->causes, r->arena, &r->readings))
        fail(r);
}

/* What the terms tell is cheap, and is told of every line before edits are looked for, which a person may end. */
static void tell_all(repairer *r)
{
    gf_blames *blames = r->blames;
    size_t count = r->causes.count;
    gf_search **searches = calloc(count + 1, sizeof *searches);
    blames->list = gf_arena_get(r->arena, (count + 1) * sizeof *blames->list);
    r->brought = gf_arena_get(&r->texts, (count + 1) * sizeof(gf_tree *));
    if (!blames->list || !searches || !r->brought)
        fail(r);
    for (size_t k = 0; k < count && !r->status; k++)
        searches[k] = begin(r, &r->causes.list[k]);
    if (r->how->repairs)
        watch(r);
    for (r->cause = 0; r->cause < count && !r->status; r->cause++)
        tell_cause(r, searches[r->cause], &r->causes.list[r->cause]);
    if (!r->status)
        join_causes(r);
    for (size_t k = 0; searches && k < count; k++)
        free(searches[k]);
    free(searches);
}

/* Which of the two is meant, another equation, or a loss of other steps, or other lines, nobody knows: then both are
 * told. */
static bool find_other_model(repairer *r)
{
    gf_text says = {0};
    bool lines = false;
    if (r->status || !r->causes.count)
        return false;
    if (gf_other_model_find(&says, &lines, r->claims, r->stages.reader->setting, r->causes.count))
        fail(r);
    r->blames->model = keep(r, &says);
    return !r->status && (lines || !*r->blames->model);
}

gf_status gf_blames_find(gf_blames *out, gf_arena *arena, gf_claims *claims, const gf_repairing *how)
{
    *out = (gf_blames){.model = too_many(claims)};
    if (!failing(claims) || *out->model)
        return GF_OK;
    repairer r = {.claims = claims, .m = claims->m, .arena = arena, .how = how, .blames = out};
    gf_watch *before = claims->m->watch;
    r.stages.own = &r.readings;
    find_causes(&r);
    if (find_other_model(&r) && !gf_model_ended(claims->m))
        tell_all(&r);
    claims->m->watch = before;
    gf_readings_free(&r.readings);
    ran_out(&r);
    gf_stages_free(&r.stages);
    gf_arena_free(&r.texts);
    return r.status;
}
