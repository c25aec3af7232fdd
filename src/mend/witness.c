/* Witnesses: a text read anew under other settings.
 *
 * Where n = k = 3 and T = m = 4, `/ n` mends what `/ k` mends, and so does `/ 3`. A witness has other sizes, all of
 * them different: n = 5, m = 6, k = 7 in T = 3 steps, say, and other values of all that is random. What holds there as
 * well is no coincidence. A size that a list or a file fixes stays as it is: input M : B x 1 = {[1; 1], [1; 0]}. */
#include "mend/witness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gradflow/check.h>

#include "mend/slips/edits.h"

/* --- settings ----------------------------------------------------------------------------------------------------- */

enum { LEAST = 3 }; /* of what a size becomes: 1 and 2 are special at times (mse has 2/k) */

/* Is it a matrix that is written out, or read: ([3; 2; 1] >= t)? */
static bool is_written(const gf_tree *part, const void *data)
{
    (void)data;
    return part->kind == TREE_LIST || part->kind == TREE_TEXT || part->kind == TREE_BESIDE ||
           part->kind == TREE_STACKED;
}

static bool is_fixed(const gf_model *m, uint32_t size)
{
    for (const gf_statement *s = m->file.statements; s; s = s->next) {
        bool written = s->init.kind == INIT_VALUE && gf_tree_find(s->init.value, is_written, NULL);
        if (written && (gf_tree_mentions(s->rows, size) || gf_tree_mentions(s->cols, size)))
            return true;
    }
    return false;
}

const gf_statement *gf_size_next(const gf_model *m, const gf_statement *from)
{
    while (from && !(from->kind == STATEMENT_SIZE && from->value && from->value->kind == TREE_NUMBER &&
                     !is_fixed(m, from->name)))
        from = from->next;
    return from;
}

static bool is_taken(const gf_model *m, long value)
{
    for (uint32_t k = 1; k < m->symbol_count; k++)
        if (m->symbols[k].kind == SYMBOL_SIZE && m->symbols[k].value == value)
            return true;
    return false;
}

/* Is it as long as the window of `truncate`, and no dimension, K in keep[t] = prod(j, 1..T/K, (t - j*K)^2 > 0)? */
static bool is_window(const gf_model *m, uint32_t size)
{
    bool window = m->truncate && gf_model_symbol(m, size)->value == m->truncate;
    for (const gf_statement *s = m->file.statements; s && window; s = s->next)
        window = !(s->rows && gf_tree_mentions(s->rows, size)) && !(s->cols && gf_tree_mentions(s->cols, size));
    return window;
}

/* Every size given by a number becomes another one, all of them different, and none the number of steps or what a size
 * was; those given by an expression follow, and the window of `truncate` follows its size. */
static void set_others(gf_model *m, const gf_model *like, long steps)
{
    long next = LEAST;
    for (const gf_statement *s = like->file.statements; (s = gf_size_next(like, s)); s = s->next) {
        while (next == steps || is_taken(like, next))
            next++;
        if (is_window(like, s->name))
            gf_model_set(m, "truncate", next);
        gf_model_set(m, gf_model_text(like, s->name), next++);
    }
}

static void set_as(gf_model *m, const gf_model *like)
{
    for (size_t k = 0; k < like->override_count; k++) {
        const gf_override *o = &like->overrides[k];
        const char *name = o->name == 0 ? "seed" : o->name == UINT32_MAX ? "truncate" : gf_model_text(like, o->name);
        gf_model_set(m, name, o->value);
    }
    gf_model_limit(m, like->node_limit, like->entry_limit);
    m->watch = like->watch;
}

static void apply(gf_model *m, const gf_model *like, gf_setting setting)
{
    set_as(m, like);
    if (setting.other_sizes)
        set_others(m, like, setting.steps ? setting.steps : like->steps);
    if (setting.larger)
        gf_model_set(m, gf_model_text(like, setting.larger), gf_model_symbol(like, setting.larger)->value + 1);
    if (setting.steps && like->steps_name)
        gf_model_set(m, gf_model_text(like, like->steps_name), setting.steps);
    if (setting.uncut)
        gf_model_set(m, "truncate", 0);
    if (setting.seed)
        gf_model_set(m, "seed", (long long)(like->seed + (uint64_t)setting.seed));
}

/* --- judging ------------------------------------------------------------------------------------------------------ */

/* `within` may make a claim narrower, not wider. */
static bool narrow(gf_model *m, gf_statement *s)
{
    gf_tree *tree = s->value && s->value->kind == TREE_NUMBER && s->value->number <= GF_TOLERANCE ? s->value : NULL;
    if (!s->value || tree)
        return true;
    tree = gf_tree_new(&m->file.arena, TREE_NUMBER, s->value->span, NULL, 0);
    if (tree)
        tree->number = GF_TOLERANCE;
    s->value = tree;
    return tree;
}

/* Zeros hide an index that is off by one at the first step: starts of zeros become random. False without memory. */
static bool draw_starts(gf_model *m)
{
    gf_problems problems = {0};
    gf_tree *call = gf_parse_text("normal(0, 1)", &m->file.names, &m->file.arena, &problems);
    for (gf_statement *s = m->file.statements; call && s; s = s->next) {
        bool plain = s->init.kind == INIT_NONE || (s->init.kind == INIT_VALUE && gf_tree_is(s->init.value, 0));
        if (s->kind == STATEMENT_START && s->rows && plain)
            s->init = (gf_init){.kind = INIT_RANDOM, .span = s->init.span, .call = call};
    }
    gf_problems_free(&problems);
    return call;
}

static bool is_number(const gf_tree *part, const void *number)
{
    return part->kind == TREE_NUMBER && part->number == *(const double *)number;
}

/* Does the derivation speak of it by its name, and nowhere by its number? */
static bool is_named(const gf_model *m, const gf_statement *equation)
{
    bool named = false;
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        for (uint32_t k = 0; k < (s->kind == STATEMENT_LET ? 1 : s->side_count); k++) {
            const gf_tree *tree = s->kind == STATEMENT_LET ? s->value : s->sides[k];
            if (gf_tree_find(tree, is_number, &equation->value->number))
                return false;
            named = named || gf_tree_has(tree, equation->name);
        }
    return named;
}

/* What is 2 by chance: 1 / beta, where beta = 0.5. Numbers that count nothing become others. */
static void set_constants(gf_model *m)
{
    for (gf_statement *s = m->file.statements; s; s = s->next) {
        bool constant = s->kind == STATEMENT_EQUATION && !s->index && s->value && s->value->kind == TREE_NUMBER;
        if (constant && s->value->number != floor(s->value->number) && is_named(m, s))
            s->value->number *= 0.9; /* a probability stays one */
    }
}

gf_status gf_witness_make(gf_witness *out, const gf_model *like, const char *text, gf_setting setting)
{
    *out = (gf_witness){.judged = false};
    gf_status status = gf_model_parse(&out->m, text, like->file.source.name);
    if (status)
        return status == GF_ERROR_MEMORY ? status : GF_OK;
    apply(out->m, like, setting);
    for (gf_statement *s = out->m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_CLAIM && !narrow(out->m, s))
            return GF_ERROR_MEMORY;
    if (setting.other_sizes)
        set_constants(out->m);
    if (setting.starts && !draw_starts(out->m))
        return GF_ERROR_MEMORY;
    status = gf_model_unroll(out->m);
    if (status)
        return status == GF_ERROR_MEMORY ? status : GF_OK;
    status = gf_claims_judge(&out->claims, out->m, GF_TOLERANCE);
    out->judged = !status && !out->claims.unjudged;
    return status == GF_ERROR_MEMORY ? status : GF_OK;
}

void gf_witness_free(gf_witness *witness)
{
    if (witness->claims.m)
        gf_claims_free(&witness->claims);
    gf_model_free(witness->m);
    *witness = (gf_witness){.judged = false};
}

/* --- texts -------------------------------------------------------------------------------------------------------- */

/* Other claims become blanks: places stay what they are. */
static void blank_claims(char *text, const gf_model *m, size_t only)
{
    size_t k = 0;
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        if (s->kind == STATEMENT_CLAIM && k++ != only)
            memset(text + s->span.begin, ' ', s->span.end - s->span.begin);
}

char *gf_witness_text(const gf_model *m, gf_span old, const char *instead, size_t only)
{
    const gf_source *source = &m->file.source;
    size_t size = strlen(instead), rest = source->size - old.end;
    char *text = malloc(source->size + 1 + size);
    if (!text)
        return NULL;
    memcpy(text, source->text, source->size);
    if (only != SIZE_MAX)
        blank_claims(text, m, only);
    memmove(text + old.begin + size, text + old.end, rest);
    memcpy(text + old.begin, instead, size);
    text[old.begin + size + rest] = '\0';
    return text;
}

/* --- what a claim says -------------------------------------------------------------------------------------------- */

/* Both sides are zeros wherever one looks. */
static bool says_nothing(gf_judged *judged, uint32_t link)
{
    const gf_statement *s = judged->statement;
    const gf_matrix *a, *b;
    bool nothing = s->relations[link] == RELATION_EQUAL;
    for (size_t k = 0; nothing && k < judged->count; k++) {
        nothing = gf_judged_sides(judged, k, link, &a, &b) && !gf_matrix_max(a) && !gf_matrix_max(b);
        gf_judge_clear(&judged->claims->judge);
    }
    return nothing;
}

bool gf_witness_holds(gf_witness *witness, size_t k)
{
    gf_judged again;
    if (!witness->judged || k >= witness->claims.count)
        return false;
    bool holds = gf_judged_again(&again, &witness->claims.list[k]) && again.verdict == GF_HOLDS && again.count;
    for (uint32_t link = 0; holds && link + 1 < again.statement->side_count; link++)
        holds = !gf_tree_equal(again.statement->sides[link], again.statement->sides[link + 1]) &&
                !says_nothing(&again, link);
    gf_judged_free(&again);
    return holds;
}

/* --- by itself ---------------------------------------------------------------------------------------------------- */

gf_statement *gf_line_in(const gf_model *m, const gf_model *other, const gf_statement *line)
{
    size_t before = 0;
    for (const gf_statement *s = m->file.statements; s != line; s = s->next)
        before += s->kind == line->kind;
    gf_statement *there = other->file.statements;
    while (there && (there->kind != line->kind || before--))
        there = there->next;
    return there;
}

/* Can the let be worked out, as the lines stand? Where it could not be before, another line may have been to blame. */
static bool is_ordered(gf_witness *witness, const gf_readings *like, const gf_statement *line, const gf_statement *own)
{
    gf_tree own_name = {.kind = line->index ? TREE_AT : TREE_NAME, .name = line->name, .count = line->index != NULL};
    own_name.kids = (gf_tree *[]){line->index};
    if (!line->value || gf_tree_has_part(line->value, &own_name))
        return false;
    if (gf_judge_is_ordered(&witness->claims.judge, line->name))
        return true;
    gf_judge *judge = &like->claims->judge;
    gf_judge_forget_lets(judge);
    bool before = gf_judge_is_ordered(judge, own->name);
    return gf_readings_force((gf_readings *)like) && !before;
}

bool gf_witness_is_right(gf_witness *witness, const gf_readings *like, const gf_statement *line, size_t claim)
{
    gf_readings own = {0};
    const gf_model *m = like->claims->m;
    bool let = claim == SIZE_MAX, good = witness->judged;
    const gf_statement *there = good && let ? gf_line_in(m, witness->m, line) : NULL;
    good = good && (!let || there);
    good = good && (!let || is_ordered(witness, like, there, line));
    good = good && !gf_readings_carry(&own, &witness->claims, like) && gf_readings_force(&own);
    if (good && let) {
        const gf_reading *reading = gf_reading_of(&own, there->name);
        good = reading && reading->known && !gf_line_is_wrong(&own, reading, there, SIZE_MAX);
    } else if (good) {
        good = gf_witness_holds(witness, claim);
    }
    gf_readings_free(&own);
    return good;
}
