/* Witnesses: a text read anew under other settings. */
#include "repair/witness.h"

#include <stdlib.h>
#include <string.h>

#include <gradflow/check.h>

#include "repair/edits.h"

/* --- settings ------------------------------------------------------------------------------------------------- */

enum { LARGEST = 6, SIZES = 32 }; /* the largest size that stays, and how many others are made smaller */

/* Sizes above a few, smallest first, each once. */
static int large_sizes(const gf_model *m, long sizes[SIZES])
{
    int count = 0;
    for (uint32_t k = 1; k < m->symbol_count && count < SIZES; k++) {
        const gf_symbol *symbol = &m->symbols[k];
        if (symbol->kind != SYMBOL_SIZE || symbol->value <= LARGEST)
            continue;
        int at = 0;
        while (at < count && sizes[at] < symbol->value)
            at++;
        if (at < count && sizes[at] == symbol->value)
            continue;
        memmove(sizes + at + 1, sizes + at, (size_t)(count++ - at) * sizeof *sizes);
        sizes[at] = symbol->value;
    }
    return count;
}

/* Sizes given by a number become smaller, different ones different; those given by an expression follow. */
static void set_small(gf_model *m, const gf_model *like)
{
    long sizes[SIZES];
    int count = large_sizes(like, sizes);
    for (const gf_statement *s = like->file.statements; s; s = s->next) {
        const gf_symbol *symbol = s->kind == STATEMENT_SIZE ? gf_model_symbol(like, s->name) : NULL;
        for (int k = 0; symbol && s->value && s->value->kind == TREE_NUMBER && k < count; k++)
            if (sizes[k] == symbol->value)
                gf_model_set(m, gf_model_text(like, s->name), LARGEST + 1 + k);
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
    if (setting.small)
        set_small(m, like);
    if (setting.steps && like->steps_name)
        gf_model_set(m, gf_model_text(like, like->steps_name), setting.steps);
    if (setting.seed)
        gf_model_set(m, "seed", (long long)(like->seed + (uint64_t)setting.seed));
}

/* --- judging ---------------------------------------------------------------------------------------------------- */

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

static bool is_nothing(const gf_matrix *m)
{
    return gf_matrix_max(m) == 0;
}

static bool is_zero(const gf_tree *tree)
{
    return tree->kind == TREE_NUMBER && tree->number == 0;
}

/* Both sides are zeros wherever one looks, and it does not say so. */
static bool says_nothing(gf_judged *judged, uint32_t link)
{
    const gf_statement *s = judged->statement;
    const gf_matrix *a, *b;
    bool nothing = s->relations[link] == RELATION_EQUAL && !is_zero(s->sides[link]) && !is_zero(s->sides[link + 1]);
    for (size_t k = 0; nothing && k < judged->count; k++) {
        nothing = gf_judged_sides(judged, k, link, &a, &b) && is_nothing(a) && is_nothing(b);
        gf_judge_clear(&judged->claims->judge);
    }
    return nothing;
}

bool gf_witness_holds(gf_witness *witness, size_t k)
{
    gf_judged *judged = witness->judged && k < witness->claims.count ? &witness->claims.list[k] : NULL;
    if (!judged || judged->verdict != GF_HOLDS || !judged->count)
        return false;
    for (uint32_t link = 0; link + 1 < judged->statement->side_count; link++)
        if (gf_tree_equal(judged->statement->sides[link], judged->statement->sides[link + 1]) ||
            says_nothing(judged, link))
            return false;
    return true;
}
