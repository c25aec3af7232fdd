/* The expressions of each statement: do their names stand for something, and may they stand there? */
#include "model/model.h"

/* One expression of a statement; where it is wrong, the statement is broken. */
static void check(gf_model *m, gf_statement *s, const gf_tree *tree, gf_place place, const gf_binding *bindings)
{
    gf_problems *problems =
        place == PLACE_JUDGING || s->kind == STATEMENT_LET || s->kind == STATEMENT_CLAIM ? &s->problems : &m->problems;
    if (tree && !gf_model_resolve(m, problems, tree, place, bindings))
        s->broken = true;
}

/* What a walk for sizes that are not known yet carries along. */
typedef struct reader {
    const gf_model *m;
    const gf_statement *statement;
} reader;

static bool is_later(const gf_tree *part, const void *data)
{
    const reader *r = data;
    const gf_symbol *symbol = part->kind == TREE_NAME ? gf_model_symbol(r->m, part->name) : NULL;
    const gf_statement *declaration = symbol ? symbol->declaration : NULL;
    return declaration && (symbol->kind == SYMBOL_SIZE || symbol->kind == SYMBOL_STEPS) &&
           declaration->span.begin >= r->statement->span.begin &&
           declaration->name_span.begin >= r->statement->name_span.begin;
}

/* A size that is declared further down is not known yet. */
static void check_order(gf_model *m, gf_statement *s)
{
    const reader r = {m, s};
    const gf_tree *part = s->broken ? NULL : gf_tree_find(s->value, is_later, &r);
    if (!part)
        return;
    gf_problem *problem = gf_problem_add(&m->problems, GF_ERROR_SYNTAX, part->span.begin,
                                         "%s is declared further down: a size is an expression of earlier ones",
                                         gf_model_text(m, part->name));
    gf_problem_under(problem, part->span);
    gf_problem_note(&m->problems, problem, "it stands on line %d",
                    gf_statement_line(&m->file.source, gf_model_symbol(m, part->name)->declaration));
    s->broken = true;
}

static void check_init(gf_model *m, gf_statement *s, const gf_binding *t)
{
    const gf_init *init = &s->init;
    const gf_tree *tree = init->kind == INIT_VALUE ? init->value : NULL;
    if (tree && tree->kind == TREE_LIST && !gf_statement_lists(s)) {
        gf_problem_under(
            gf_problem_add(&m->problems, GF_ERROR_SYNTAX, tree->at,
                           "{ } lists one matrix a step, for an input or a param with [t]; one matrix stands "
                           "in [ ]"),
            tree->span);
        s->broken = true;
        return;
    }
    const gf_binding *bindings = gf_statement_lists(s) ? t : NULL;
    check(m, s, tree, PLACE_CONSTANT, bindings);
    if (init->kind == INIT_RANDOM && !gf_init_resolve(m, init))
        s->broken = true;
    for (uint32_t k = 0; init->kind == INIT_RANDOM && k < init->call->count; k++)
        check(m, s, init->call->kids[k], PLACE_CONSTANT, NULL);
}

/* Is something in it still to be written? What is no equality says nothing of that. */
static void check_open(gf_statement *s)
{
    const gf_tree *const *trees =
        s->kind == STATEMENT_LET ? (const gf_tree *const *)&s->value : (const gf_tree *const *)s->sides;
    uint32_t count = s->kind == STATEMENT_LET ? s->value != NULL : s->side_count;
    for (uint32_t k = 0; k < count; k++)
        s->open |= gf_tree_is_open(trees[k]);
    for (uint32_t k = 0; k + 1 < count && s->open; k++) {
        if (s->relations[k] == RELATION_EQUAL)
            continue;
        gf_problem_add(&s->problems, GF_ERROR_SYNTAX, s->relation_at[k],
                       "? stands in an equality only: nobody can tell what belongs in an inequality; write it out");
        s->broken = true;
        return;
    }
}

static void check_claim(gf_model *m, gf_statement *s, const gf_binding *t)
{
    const gf_binding *bindings = t;
    gf_binding *made = gf_arena_get(&m->arena, (s->range_count + 1) * sizeof *made);
    if (!made) {
        m->problems.out_of_memory = true;
        return;
    }
    for (uint32_t k = 0; k < s->range_count; k++) {
        const gf_range *range = &s->ranges[k];
        s->broken |= !gf_model_index_fits(m, &s->problems, range->name, range->at);
        check(m, s, range->low, PLACE_INTEGER, range->name == m->t ? NULL : bindings);
        check(m, s, range->high, PLACE_INTEGER, range->name == m->t ? NULL : bindings);
        if (k && gf_binding_find(made, range->name) && range->name != m->t) {
            gf_problem_add(&s->problems, GF_ERROR_SYNTAX, range->at, "%s has a range already",
                           gf_model_text(m, range->name));
            s->broken = true;
        }
        made[k] = (gf_binding){.name = range->name, .outer = bindings};
        bindings = &made[k];
    }
    for (uint32_t k = 0; k < s->side_count; k++)
        check(m, s, s->sides[k], PLACE_JUDGING, bindings);
    check_open(s);
    check(m, s, s->value, PLACE_CONSTANT, NULL);
}

static void check_statement(gf_model *m, gf_statement *s)
{
    bool other = s->broken && s->index && s->index->kind == TREE_NAME; /* h[i] = …: that is said */
    gf_binding t = {.name = other ? s->index->name : m->t};
    switch (s->kind) {
    case STATEMENT_STEPS:
    case STATEMENT_SIZE:
        check(m, s, s->value, PLACE_INTEGER, NULL);
        check_order(m, s);
        break;
    case STATEMENT_SEED:
    case STATEMENT_TRUNCATE:
        check(m, s, s->value, PLACE_INTEGER, NULL);
        break;
    case STATEMENT_INPUT:
    case STATEMENT_GIVEN:
    case STATEMENT_PARAM:
    case STATEMENT_START:
        check(m, s, s->rows, PLACE_INTEGER, NULL);
        check(m, s, s->cols, PLACE_INTEGER, NULL);
        check(m, s, s->kind == STATEMENT_START ? s->index : NULL, PLACE_INTEGER, NULL);
        check(m, s, s->value, PLACE_EQUATION, NULL);
        check_init(m, s, &t);
        break;
    case STATEMENT_EQUATION:
    case STATEMENT_LOSS:
        check(m, s, s->value, PLACE_EQUATION, s->index ? &t : NULL);
        break;
    case STATEMENT_LET:
        check(m, s, s->index, PLACE_INTEGER, &t);
        check(m, s, s->value, PLACE_JUDGING, s->index ? &t : NULL);
        check_open(s);
        break;
    case STATEMENT_CLAIM:
        check_claim(m, s, &t);
        break;
    case STATEMENT_TITLE:
        break;
    }
}

void gf_model_resolve_all(gf_model *m)
{
    for (gf_statement *s = m->file.statements; s; s = s->next)
        check_statement(m, s);
    for (uint32_t k = 1; k < m->symbol_count; k++)
        m->symbols[k].misread = m->symbols[k].broken;
}
