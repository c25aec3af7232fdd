/* The search for other ranges of a claim's indices, and for another relation: edits outside its expressions. */
#include <math.h>
#include <stdlib.h>

#include "base/size.h"
#include "language/lexer.h"
#include "mend/search.h"
#include "model/scan.h"

enum { RANGE = 14, RELATION = 12 };

static gf_span sides_of(const gf_statement *s)
{
    return (gf_span){s->sides[0]->span.begin, s->sides[s->side_count - 1]->span.end};
}

static void try_mend(gf_search *search, gf_mend *mend, gf_text *text)
{
    mend->text = gf_text_keep(text, search->arena);
    search->out_of_memory |= !mend->text;
    if (mend->text && gf_search_wants(search, mend->cost) && gf_search_try_text(search, mend))
        gf_search_add(search, mend);
}

/* --- ranges ------------------------------------------------------------------------------------------------------- */

/* One end of a range, a step or two further in or out. */
static void move_end(gf_search *search, const gf_statement *s, const gf_tree *end)
{
    gf_deriving *d = &search->stage->calculus.d;
    for (long shift = -2; shift <= 2; shift++) {
        if (!shift)
            continue;
        gf_tree *instead = gf_index_shifted(d, end, shift);
        gf_edit edit = {.kind = EDIT_RANGE, .cost = RANGE + labs(shift), .old = end, .instead = instead};
        gf_tree at = {.kind = TREE_AT, .count = 1, .kids = (gf_tree *[]){(gf_tree *)end}};
        gf_mend mend;
        bool made = instead && gf_mend_make(&mend, search->arena, d->m, s, &at, &edit);
        search->out_of_memory |= d->problems->out_of_memory || (instead && !made);
        if (made && gf_search_wants(search, mend.cost) && gf_search_try_text(search, &mend)) {
            mend.around = (gf_span){sides_of(s).end, s->span.end};
            mend.root = NULL;
            gf_search_add(search, &mend);
        }
    }
}

/* for t = 1..T-1, where t has no range yet. */
static void bound_t(gf_search *search, const gf_statement *s, bool last)
{
    const gf_model *m = search->stage->witness.m;
    uint32_t end = s->range_count ? s->ranges[s->range_count - 1].high->span.end : sides_of(s).end;
    gf_mend mend = {.statement = s,
                    .kind = EDIT_RANGE,
                    .cost = RANGE + 1,
                    .old = {end, end},
                    .mark = sides_of(s),
                    .around = {sides_of(s).end, s->span.end}};
    gf_text w = {0};
    gf_text_print(&w, "%st = %s..%s%s", s->range_count ? ", " : "  for ", last ? "1" : "2",
                  gf_model_text(m, m->steps_name), last ? "-1" : "");
    try_mend(search, &mend, &w);
}

static bool binds_t(const gf_model *m, const gf_statement *s)
{
    for (uint32_t k = 0; k < s->range_count; k++)
        if (s->ranges[k].name == m->t)
            return true;
    return !m->steps_name;
}

/* A claim about a gradient to which one step brings what others do not: that path is missing, and the claim is none
 * about the other steps. */
static bool misses_end(gf_search *search, const gf_statement *s)
{
    gf_calculus *c = &search->stage->calculus;
    for (uint32_t k = 0; k < s->side_count; k++) {
        const gf_tree *side = s->sides[k];
        if (!gf_tree_is_grad(search->stage->witness.m, side) || side->held)
            continue;
        for (const gf_brought *b = gf_calculus_brought(c, side->kids[0]->name); b; b = b->next)
            if (b->at)
                return true;
    }
    return false;
}

/* Only where it holds at some instances: a range that leaves the others out says something all the same. */
static bool holds_somewhere(const gf_judged *judged)
{
    for (size_t k = 0; judged->verdict == GF_FAILS && k < judged->count; k++)
        if (judged->holds[k])
            return true;
    return false;
}

/* --- relations ---------------------------------------------------------------------------------------------------- */

/* A number that is a bound of no function lies on the other side by the values that there happen to be. */
static bool is_chance(const gf_tree *tree)
{
    if (tree->kind == TREE_NEGATIVE)
        return is_chance(tree->kids[0]);
    return tree->kind == TREE_NUMBER && tree->number != 0.25 && tree->number != floor(tree->number);
}

static void change_relation(gf_search *search, const gf_statement *s, uint32_t k)
{
    static const char *const turned[] = {
        [RELATION_LESS] = ">", [RELATION_LESS_EQUAL] = ">=", [RELATION_GREATER] = "<", [RELATION_GREATER_EQUAL] = "<="};
    static const char *const wider[] = {[RELATION_LESS] = "<=", [RELATION_GREATER] = ">="};
    gf_lexer lexer = {.source = &search->stage->witness.m->file.source, .at = s->relation_at[k]};
    gf_span sign = gf_lexer_next(&lexer).span;
    for (int way = 0; way < 2; way++) {
        bool strict = s->relations[k] == RELATION_LESS || s->relations[k] == RELATION_GREATER;
        gf_mend mend = {.statement = s, .kind = EDIT_SIGN, .cost = RELATION, .old = sign, .mark = sign};
        mend.around = sides_of(s);
        gf_text w = {0};
        if (way ? !strict || gf_tree_is(s->sides[k], 0) || gf_tree_is(s->sides[k + 1], 0) /* a norm is always >= 0 */
                : is_chance(s->sides[k]) || is_chance(s->sides[k + 1]))
            continue;
        gf_text_add(&w, way ? wider[s->relations[k]] : turned[s->relations[k]]);
        try_mend(search, &mend, &w);
    }
}

/* --- bounds ------------------------------------------------------------------------------------------------------- */

/* The smallest and the largest entry of a side, at all instances. */
typedef struct extent {
    double low, high;
} extent;

static void widen(extent *e, const gf_matrix *m)
{
    GF_EACH_ENTRY (m, i, j) {
        double x = gf_row(m, i)[j];
        e->low = fmin(e->low, x);
        e->high = fmax(e->high, x);
    }
}

/* Of the two sides of a link; false where they cannot be worked out. */
static bool find_extents(gf_judged *judged, uint32_t link, extent sides[2])
{
    bool good = judged->count;
    sides[0] = sides[1] = (extent){INFINITY, -INFINITY};
    for (size_t k = 0; good && k < judged->count; k++) {
        for (uint32_t n = 0; n < 2 && good; n++) {
            const gf_matrix *value = gf_judged_value(judged, k, judged->statement->sides[link + n], 0, 0, NULL);
            good = value;
            if (good)
                widen(&sides[n], value);
        }
        gf_judge_clear(&judged->claims->judge);
    }
    return good;
}

/* In six digits, rounded outwards: what is printed is a bound. */
static const char *bound_as(char text[GF_NUMBER], double seen, bool above)
{
    double last = pow(10, floor(log10(fabs(seen))) - 5), bound = strtod(gf_number_as(text, "%.6g", seen), NULL);
    return (above ? bound >= seen : bound <= seen) ? text : gf_number_as(text, "%.6g", bound + (above ? last : -last));
}

void gf_bound_say(gf_text *w, gf_judged *judged)
{
    const gf_statement *s = judged->statement;
    uint32_t link = judged->worst_link;
    char text[GF_NUMBER];
    extent sides[2];
    if (judged->verdict != GF_FAILS || judged->worst.tied || s->relations[link] == RELATION_EQUAL ||
        !find_extents(judged, link, sides))
        return;
    bool left = sides[0].low == sides[0].high; /* the bound stands there */
    if (left == (sides[1].low == sides[1].high))
        return;
    bool less = s->relations[link] == RELATION_LESS || s->relations[link] == RELATION_LESS_EQUAL;
    bool above = less != left;
    double seen = above ? sides[left].high : sides[left].low;
    if (isfinite(seen))
        gf_text_print(w, "the %s bound seen is %s\n", above ? "least" : "greatest", bound_as(text, seen, above));
}

void gf_search_ranges(gf_search *search)
{
    const gf_judged *judged = gf_search_judged(search);
    const gf_statement *s = judged->statement;
    if (s->broken || gf_problems_any(&s->problems))
        return;
    if (s->side_count == 2 && s->relations[0] != RELATION_EQUAL)
        change_relation(search, s, 0);
    if (!holds_somewhere(judged) || misses_end(search, s))
        return;
    for (uint32_t k = 0; k < s->range_count && !search->stopped; k++) {
        move_end(search, s, s->ranges[k].low);
        move_end(search, s, s->ranges[k].high);
    }
    bool has_t = judged->loop_count && judged->loops[0].name == judged->claims->m->t;
    for (int last = 1; has_t && last >= 0 && !binds_t(judged->claims->m, s); last--)
        bound_t(search, s, last);
}
