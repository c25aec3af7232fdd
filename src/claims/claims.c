/* Judging: every claim at every instance, link by link. */
#include "claims/claims.h"

#include <math.h>
#include <stdlib.h>

#include "base/grow.h"

/* --- indices ---------------------------------------------------------------------------------------------------- */

static bool mentions(const gf_statement *s, uint32_t name)
{
    for (uint32_t k = 0; k < s->side_count; k++)
        if (gf_tree_mentions(s->sides[k], name))
            return true;
    for (uint32_t k = 0; k < s->range_count; k++)
        if (gf_tree_mentions(s->ranges[k].low, name) || gf_tree_mentions(s->ranges[k].high, name))
            return true;
    return s->value && gf_tree_mentions(s->value, name);
}

static const gf_range *range_of(const gf_statement *s, uint32_t name)
{
    for (uint32_t k = 0; k < s->range_count; k++)
        if (s->ranges[k].name == name)
            return &s->ranges[k];
    return NULL;
}

/* Is one of the ranges before this one made of the name? */
static bool used_before(const gf_statement *s, const gf_range *range)
{
    for (const gf_range *r = s->ranges; r < range; r++)
        if (gf_tree_mentions(r->low, range->name) || gf_tree_mentions(r->high, range->name))
            return true;
    return false;
}

/* t is the outermost index where it has no range, or where others are made of it; else they stand as written. */
static bool find_loops(gf_judged *judged)
{
    const gf_statement *s = judged->statement;
    uint32_t t = judged->claims->m->t;
    const gf_range *own = range_of(s, t);
    if (s->range_count >= GF_LOOPS) {
        gf_problem_add(&judged->problems, GF_ERROR_LIMIT, s->ranges[GF_LOOPS - 1].at, "more than %d indices in a claim",
                       GF_LOOPS - 1);
        return false;
    }
    if (own ? used_before(s, own) : mentions(s, t))
        judged->loops[judged->loop_count++] = (gf_loop){t, own};
    for (uint32_t k = 0; k < s->range_count; k++)
        if (!judged->loop_count || &s->ranges[k] != judged->loops[0].range)
            judged->loops[judged->loop_count++] = (gf_loop){s->ranges[k].name, &s->ranges[k]};
    return true;
}

const gf_binding *gf_judged_bindings(const gf_judged *judged, size_t k, gf_binding room[GF_LOOPS])
{
    const gf_binding *bindings = NULL;
    for (int n = 0; n < judged->loop_count; n++) {
        room[n] = (gf_binding){.name = judged->loops[n].name,
                               .known = true,
                               .value = judged->indices[k * (size_t)judged->loop_count + (size_t)n],
                               .outer = bindings};
        bindings = &room[n];
    }
    return bindings;
}

void gf_judged_write_place(gf_text *w, const gf_judged *judged, size_t k)
{
    const gf_model *m = judged->claims->m;
    for (int n = 0; n < judged->loop_count; n++)
        gf_text_print(w, "%s%s = %ld", n ? ", " : " at ", gf_model_text(m, judged->loops[n].name),
                      judged->indices[k * (size_t)judged->loop_count + (size_t)n]);
}

/* --- instances ------------------------------------------------------------------------------------------ */

static bool add_instance(gf_judged *judged, const long values[])
{
    size_t loops = (size_t)judged->loop_count;
    if (!gf_grow(&judged->indices, &judged->index_room, (judged->count + 1) * loops) ||
        !gf_grow(&judged->holds, &judged->room, judged->count + 1)) {
        judged->problems.out_of_memory = true;
        return false;
    }
    for (size_t n = 0; n < loops; n++)
        judged->indices[judged->count * loops + n] = values[n];
    judged->holds[judged->count++] = false;
    return true;
}

static bool ends_of(gf_judged *judged, const gf_loop *loop, const gf_binding *bindings, long *low, long *high)
{
    gf_model *m = judged->claims->m;
    *low = 1;
    *high = m->steps;
    return !loop->range || (gf_integer(m, &judged->problems, loop->range->low, bindings, low) == INTEGER_KNOWN &&
                            gf_integer(m, &judged->problems, loop->range->high, bindings, high) == INTEGER_KNOWN);
}

/* All values of index number n, and within each all of the next. */
static bool find_instances(gf_judged *judged, int n, long values[GF_LOOPS], const gf_binding *bindings)
{
    if (n == judged->loop_count && judged->count >= GF_INSTANCES) {
        gf_problem_add(&judged->problems, GF_ERROR_LIMIT, judged->statement->span.begin,
                       "this claim has more than %d instances: with %s = %ld they are too many; set fewer steps, or "
                       "judge fewer, as for t = 1..9",
                       GF_INSTANCES, gf_model_text(judged->claims->m, judged->loops[0].name), values[0]);
        return false;
    }
    if (n == judged->loop_count)
        return add_instance(judged, values);
    const gf_loop *loop = &judged->loops[n];
    gf_binding binding = {.name = loop->name, .known = true, .outer = bindings};
    long low, high;
    if (!ends_of(judged, loop, bindings, &low, &high))
        return false;
    size_t *work = &judged->claims->judge.scanned;
    for (binding.value = low; binding.value <= high; binding.value++) {
        values[n] = binding.value;
        if ((*work)++ > 10 * judged->claims->m->node_limit) {
            gf_problem_add(&judged->problems, GF_ERROR_LIMIT, judged->statement->span.begin,
                           "to count the instances of this claim is too much work");
            return false;
        }
        if (!find_instances(judged, n + 1, values, &binding))
            return false;
    }
    return true;
}

/* --- one instance --------------------------------------------------------------------------------------- */

enum { SIDES_KEPT = 2 };

static gf_term side_at(gf_judged *judged, uint32_t k, const gf_binding *bindings)
{
    const gf_tree *tree = judged->statement->sides[k];
    if (tree->kind == TREE_NUMBER && tree->number == 0)
        return gf_term_zero(0, 0); /* a plain 0 */
    gf_judge *judge = &judged->claims->judge;
    gf_term term = gf_judge_evaluate(judge, &judged->problems, tree, bindings);
    if (term.kind == TERM_BAD)
        judged->blame = judge->blame;
    return term;
}

/* Two terms as matrices: what is of any shape takes the other's. */
static bool as_matrices(gf_judged *judged, const gf_tree *const trees[2], const gf_term terms[2],
                        const gf_matrix *out[2], gf_problems *problems)
{
    gf_judge *judge = &judged->claims->judge;
    int known = gf_term_adapts(&terms[0]) && !gf_term_adapts(&terms[1]) ? 1 : 0;
    out[known] = gf_judge_matrix(judge, problems, trees[known], terms[known], 0, 0);
    if (out[known])
        out[!known] =
            gf_judge_matrix(judge, problems, trees[!known], terms[!known], out[known]->rows, out[known]->cols);
    return out[known] && out[!known];
}

/* Says that two sides have different shapes. */
static void say_shapes(gf_judged *judged, uint32_t link, const gf_binding *bindings, const char *why)
{
    const gf_statement *s = judged->statement;
    gf_text w = {0};
    gf_text_add(&w, why);
    for (const gf_binding *b = bindings; b; b = b->outer)
        gf_text_print(&w, "%s%s = %ld", b == bindings ? " at " : ", ", gf_model_text(judged->claims->m, b->name),
                      b->value);
    gf_problem *problem =
        gf_problem_add(&judged->problems, GF_ERROR_SHAPE, s->relation_at[link], "%s", gf_text_string(&w));
    gf_problem_under(problem, s->sides[link]->span);
    gf_problem_under(problem, s->sides[link + 1]->span);
    gf_text_free(&w);
}

static void take_link(gf_judged *judged, size_t at, uint32_t link, const gf_link *found)
{
    judged->holds[at] = judged->holds[at] && found->holds;
    bool first = at == 0 && link == 0;
    if (first)
        judged->worst = *found;
    if (first || gf_link_take(&judged->worst, found)) {
        judged->worst_at = at;
        judged->worst_link = link;
    }
}

static bool judge_link(gf_judged *judged, size_t at, uint32_t link, const gf_term terms[2], const gf_binding *bindings)
{
    const gf_statement *s = judged->statement;
    const gf_tree *trees[2] = {s->sides[link], s->sides[link + 1]};
    const gf_matrix *m[2];
    gf_link found;
    char why[GF_WHY];
    if (!as_matrices(judged, trees, terms, m, &judged->problems))
        return false;
    if (!gf_link_judge(&found, s->relations[link], m[0], m[1], judged->tolerance, s->value, why)) {
        say_shapes(judged, link, bindings, why);
        return false;
    }
    take_link(judged, at, link, &found);
    return true;
}

/* At an instance that has been worked out: is all that is read there beyond the ends, or, where nothing is, t? */
static bool is_beyond(const gf_judged *judged, size_t at)
{
    const gf_judge *judge = &judged->claims->judge;
    bool t_beyond = false;
    for (int n = 0; n < judged->loop_count; n++) {
        long value = judged->indices[at * (size_t)judged->loop_count + (size_t)n];
        t_beyond |= judged->loops[n].name == judge->m->t && (value < 1 || value > judge->m->steps);
    }
    return !judge->within && (judge->beyond || t_beyond);
}

static bool judge_instance(gf_judged *judged, size_t at)
{
    const gf_statement *s = judged->statement;
    judged->claims->judge.within = judged->claims->judge.beyond = 0;
    gf_binding room[GF_LOOPS];
    const gf_binding *bindings = gf_judged_bindings(judged, at, room);
    gf_term terms[2] = {side_at(judged, 0, bindings)};
    bool good = terms[0].kind != TERM_BAD;
    judged->holds[at] = true;
    for (uint32_t link = 0; good && link + 1 < s->side_count; link++) {
        terms[1] = side_at(judged, link + 1, bindings);
        good = terms[1].kind != TERM_BAD && judge_link(judged, at, link, terms, bindings);
        terms[0] = terms[1];
    }
    judged->beyond += good && is_beyond(judged, at);
    gf_judge_clear(&judged->claims->judge);
    return good;
}

/* --- one claim ------------------------------------------------------------------------------------------ */

/* within TOL, a number. */
static bool find_tolerance(gf_judged *judged)
{
    const gf_tree *tree = judged->statement->value;
    gf_judge *judge = &judged->claims->judge;
    judged->tolerance = judged->claims->tolerance;
    if (!tree)
        return true;
    const gf_matrix *m = gf_judge_value(judge, &judged->problems, tree, NULL, 0, 0);
    bool good = m && gf_matrix_size(m) == 1 && m->data[0] >= 0;
    if (good)
        judged->tolerance = m->data[0];
    else if (m)
        gf_problem_under(
            gf_problem_add(&judged->problems, GF_ERROR_SYNTAX, tree->at, "a tolerance is one number, and not below 0"),
            tree->span);
    gf_judge_clear(judge);
    return good;
}

/* What can be said before any derivative is worked out: indices and instances. */
static void prepare(gf_judged *judged)
{
    const gf_statement *s = judged->statement;
    long values[GF_LOOPS];
    judged->verdict = GF_UNJUDGED;
    judged->claims->judge.scanned = 0;
    judged->problems.source = &judged->claims->m->file.source;
    if (s->broken || gf_problems_any(&s->problems) || s->side_count < 2) {
        judged->blame = &s->problems;
        return;
    }
    if (!find_loops(judged) || !find_instances(judged, 0, values, NULL))
        return;
    judged->verdict = s->open ? GF_OPEN : GF_HOLDS;
    for (uint32_t k = 0; k < s->side_count && !s->open; k++)
        gf_judged_collect(judged, s->sides[k]);
}

static void tell(const gf_judged *judged, size_t instance)
{
    gf_claims *claims = judged->claims;
    double done = (double)(judged - claims->list) + (double)instance / (double)judged->count;
    claims->share = done / (double)claims->count;
    gf_model_ended(claims->m);
}

/* Is it that it would be too much work, or too large? */
static bool exceeds(const gf_judged *judged)
{
    const gf_problems *problems = judged->blame ? judged->blame : &judged->problems;
    for (uint32_t k = 0; judged->verdict == GF_UNJUDGED && k < problems->count; k++)
        if (problems->list[k]->status == GF_ERROR_LIMIT)
            return true;
    return false;
}

static void judge_claim(gf_judged *judged, bool tells)
{
    gf_judge *judge = &judged->claims->judge;
    if (judged->verdict == GF_UNJUDGED || judged->verdict == GF_OPEN) {
        judged->exceeds = exceeds(judged);
        return;
    }
    judge->scanned = judge->m->work = 0;
    bool tolerable = find_tolerance(judged), good = tolerable;
    for (size_t k = 0; good && k < judged->count; k++) {
        good = judge_instance(judged, k);
        if (good && !judged->holds[k])
            judged->verdict = GF_FAILS;
        if (tells)
            tell(judged, k + 1);
    }
    if (!good)
        judged->verdict = gf_judge_is_open(judge, judged->blame) ? GF_OPEN : GF_UNJUDGED;
    judged->exceeds = !tolerable || exceeds(judged);
}

bool gf_judged_again(gf_judged *out, const gf_judged *judged)
{
    *out = (gf_judged){.claims = judged->claims, .statement = judged->statement};
    prepare(out);
    judge_claim(out, false);
    return !out->problems.out_of_memory && !out->claims->judge.out_of_memory;
}

void gf_claims_forget_blame(gf_claims *claims)
{
    for (size_t k = 0; k < claims->count; k++)
        if (claims->list[k].blame != &claims->list[k].statement->problems)
            claims->list[k].blame = NULL;
}

/* Was it open because of a let, or could it not be judged because of one? */
static bool is_forgotten(const gf_judged *judged)
{
    bool silent = !judged->blame && !gf_problems_any(&judged->problems) && !judged->statement->open;
    return silent && (judged->verdict == GF_OPEN || judged->verdict == GF_UNJUDGED);
}

bool gf_claims_fill(gf_claims *claims, const gf_filling fillings[], size_t count)
{
    bool good = true;
    claims->judge.fillings = fillings;
    claims->judge.filling_count = count;
    gf_judge_forget_lets(&claims->judge);
    for (size_t k = 0; k < claims->count && good; k++) {
        gf_judged *judged = &claims->list[k], again;
        if (!is_forgotten(judged))
            continue;
        good = gf_judged_again(&again, judged);
        gf_judged_free(judged);
        *judged = again;
    }
    return good && !claims->judge.out_of_memory;
}

/* Judges claim number k. False where memory ran out, or it was ended, before all of it was judged. */
static bool get_through(gf_claims *claims, size_t k)
{
    gf_judged *judged = &claims->list[k];
    judge_claim(judged, true);
    if (claims->judge.out_of_memory || judged->problems.out_of_memory)
        claims->status = GF_ERROR_MEMORY;
    return !claims->status && (judged->verdict != GF_UNJUDGED || !gf_model_ended(claims->m));
}

/* --- all of them ---------------------------------------------------------------------------------------- */

static gf_status list_claims(gf_claims *claims)
{
    size_t count = 0;
    for (const gf_statement *s = claims->m->file.statements; s; s = s->next)
        count += s->kind == STATEMENT_CLAIM;
    claims->list = calloc(count + 1, sizeof *claims->list);
    if (!claims->list)
        return GF_ERROR_MEMORY;
    for (const gf_statement *s = claims->m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_CLAIM)
            claims->list[claims->count++] = (gf_judged){.claims = claims, .statement = s};
    return GF_OK;
}

void gf_judged_free(gf_judged *judged)
{
    free(judged->indices);
    free(judged->holds);
    gf_problems_free(&judged->problems);
}

/* Those from number `count` on have not been judged. */
static void leave_out(gf_claims *claims, size_t count)
{
    claims->unjudged = claims->count - count;
    while (claims->count > count)
        gf_judged_free(&claims->list[--claims->count]);
}

static bool goes_on(void *data)
{
    const gf_claims *claims = data;
    return claims->progress(claims->share, claims->progress_data);
}

gf_status gf_claims_judge(gf_claims *claims, gf_model *m, double tolerance)
{
    return gf_claims_judge_slowly(claims, m, tolerance, NULL, NULL);
}

gf_status gf_claims_judge_slowly(gf_claims *claims, gf_model *m, double tolerance,
                                 bool (*progress)(double share, void *data), void *data)
{
    *claims = (gf_claims){.m = m, .tolerance = tolerance, .progress = progress, .progress_data = data};
    claims->watch = (gf_watch){.goes_on = goes_on, .data = claims};
    m->watch = progress ? &claims->watch : m->watch;
    claims->status = gf_judge_start(&claims->judge, m);
    if (!claims->status)
        claims->status = list_claims(claims);
    for (size_t k = 0; !claims->status && k < claims->count; k++)
        prepare(&claims->list[k]);
    size_t done = 0;
    while (!claims->status && done < claims->count && get_through(claims, done))
        done++;
    leave_out(claims, done);
    if (claims->status)
        gf_derivatives_free(&claims->judge.derivatives); /* there has to be memory to tell of those that were judged */
    return claims->status;
}

void gf_claims_free(gf_claims *claims)
{
    leave_out(claims, 0);
    free(claims->list);
    if (claims->m && claims->m->watch == &claims->watch)
        claims->m->watch = NULL;
    gf_judge_free(&claims->judge);
    *claims = (gf_claims){0};
}

/* --- for whoever looks closer --------------------------------------------------------------------------- */

const gf_matrix *gf_judged_value(gf_judged *judged, size_t k, const gf_tree *tree, int rows, int cols,
                                 gf_problems *problems)
{
    gf_judge *judge = &judged->claims->judge;
    gf_binding room[GF_LOOPS];
    gf_problems own = {.source = &judge->m->file.source}, *to = problems ? problems : &own;
    gf_term term = gf_judge_evaluate(judge, to, tree, gf_judged_bindings(judged, k, room));
    const gf_matrix *value = term.kind == TERM_BAD ? NULL : gf_judge_matrix(judge, to, tree, term, rows, cols);
    gf_problems_free(&own);
    return value;
}

void gf_judged_collect(gf_judged *judged, const gf_tree *tree)
{
    gf_binding room[GF_LOOPS];
    for (size_t k = 0; k < judged->count; k++)
        gf_judge_collect(&judged->claims->judge, tree, gf_judged_bindings(judged, k, room));
}

bool gf_judged_sides(gf_judged *judged, size_t k, uint32_t link, const gf_matrix **a, const gf_matrix **b)
{
    const gf_statement *s = judged->statement;
    const gf_tree *trees[2] = {s->sides[link], s->sides[link + 1]};
    const gf_matrix *out[2];
    gf_binding room[GF_LOOPS];
    const gf_binding *bindings = gf_judged_bindings(judged, k, room);
    gf_problems quiet = {.source = &judged->claims->m->file.source};
    gf_judged copy = *judged; /* whose problems are not the claim's */
    copy.problems = quiet;
    gf_term terms[2] = {side_at(&copy, link, bindings), side_at(&copy, link + 1, bindings)};
    bool good =
        terms[0].kind != TERM_BAD && terms[1].kind != TERM_BAD && as_matrices(&copy, trees, terms, out, &copy.problems);
    gf_problems_free(&copy.problems);
    if (good) {
        *a = out[0];
        *b = out[1];
    }
    return good && out[0]->rows == out[1]->rows && out[0]->cols == out[1]->cols;
}

bool gf_judged_exceeds(const gf_judged *judged)
{
    return judged->exceeds;
}

bool gf_judged_asked(gf_judged *judged, size_t k, const gf_tree *call, gf_asked *out)
{
    gf_binding room[GF_LOOPS];
    return gf_judge_asked(&judged->claims->judge, out, NULL, call, gf_judged_bindings(judged, k, room));
}
