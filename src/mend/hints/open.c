/* Open lines: lets and equalities in which a ? stands for what is still to be written.
 *
 * What an open let stands for is found as for any other (readings.h), but for its own line, which says nothing yet. The
 * true value is then put in for it, in the file's own model, so that whatever uses it is judged as if it were right;
 * and the hints come from the stage on which that was found. */
#include "mend/hints/hints.h"

typedef struct opener {
    gf_claims *claims; /* the file's own */
    gf_model *m;
    gf_arena *arena; /* of what is reported */
    gf_stages stages;
    gf_readings readings; /* in the file's own model */
    int level;
    gf_status status;
} opener;

static bool fail(opener *o)
{
    o->status = GF_ERROR_MEMORY;
    return false;
}

static const char *keep(opener *o, gf_text *w)
{
    const char *text = gf_text_keep(w, o->arena);
    if (!text)
        fail(o);
    return text ? text : "";
}

/* --- putting in --------------------------------------------------------------------------------------------------- */

static bool copy_value(opener *o, gf_filling *out, const gf_matrix *value)
{
    gf_matrix *copy = gf_arena_get(o->arena, sizeof *copy);
    if (!copy || !gf_matrix_keep(copy, o->arena, value))
        return fail(o);
    out->value = copy;
    return true;
}

/* Of each let that is known, the steps whose lines are open. */
static void fill(opener *o)
{
    size_t most = 0, count = 0;
    for (size_t k = 0; k < o->readings.count; k++)
        most += o->readings.list[k].known ? (size_t)o->readings.list[k].count : 0;
    gf_filling *fillings = gf_arena_get(o->arena, (most + 1) * sizeof *fillings);
    if (!fillings)
        fail(o);
    for (size_t k = 0; k < o->readings.count; k++) {
        const gf_reading *reading = &o->readings.list[k];
        for (long t = 1; reading->known && t <= reading->count && !o->status; t++) {
            const gf_statement *line = gf_let_line(reading->symbol, t);
            if (!line || !line->open || line->broken || !gf_reading_is_spoken_of(reading, t))
                continue;
            fillings[count] = (gf_filling){.symbol = reading->symbol, .t = t};
            if (copy_value(o, &fillings[count], &reading->values[t - 1]))
                count++;
        }
    }
    if (!o->status && !gf_claims_fill(o->claims, fillings, count))
        fail(o);
}

/* --- one line ----------------------------------------------------------------------------------------------------- */

/* Has a ? the shape of the whole: is it a summand, or what is added up over time? */
static bool is_whole(const gf_tree *tree)
{
    bool sum = gf_tree_adds(tree);
    if (tree->kind == TREE_SUM)
        return is_whole(gf_tree_body(tree));
    for (uint32_t k = 0; k < tree->count && sum; k++)
        if (gf_tree_is_open(tree->kids[k]) && !is_whole(tree->kids[k]))
            return false;
    return sum || tree->kind == TREE_OPEN;
}

static void take_shape(gf_opening *out, const gf_matrix *value, const gf_tree *side)
{
    if (!value || !is_whole(side))
        return;
    out->rows = value->rows;
    out->cols = value->cols;
}

typedef struct hinted {
    gf_line *line;
    const char *words;
    const gf_cause_found *cause;
    /* in the file's own model, which has its sizes: */
    const gf_tree *side;
    gf_matrix shape;            /* that it should have at one instance, without data; 0 x 0: that cannot be told */
    const gf_binding *bindings; /* there */
} hinted;

static bool is_repeated_to(const gf_matrix *value, const gf_matrix *whole)
{
    return (value->rows == 1 || value->rows == whole->rows) && (value->cols == 1 || value->cols == whole->cols);
}

/* Says of which summands that are there it tells already that they do not fit: they cannot be formed, or have another
 * shape than the whole. */
static void say_unfit(opener *o, gf_text *w, const gf_tree *tree, const hinted *of)
{
    bool sum = gf_tree_adds(tree);
    for (uint32_t k = 0; k < tree->count && sum; k++)
        say_unfit(o, w, tree->kids[k], of);
    if (sum || gf_tree_is_open(tree))
        return;
    gf_judge *judge = &o->claims->judge;
    gf_problems problems = {.source = &o->m->file.source};
    const gf_matrix *value = gf_judge_value(judge, &problems, tree, of->bindings, of->shape.rows, of->shape.cols);
    if (problems.count) {
        gf_text_print(w, "%s\n", problems.list[0]->text);
    } else if (value && !is_repeated_to(value, &of->shape)) {
        gf_source_quote(w, problems.source, tree->span, 60);
        gf_text_print(w, " is %d x %d, not %d x %d\n", value->rows, value->cols, of->shape.rows, of->shape.cols);
    }
    if (judge->out_of_memory || problems.out_of_memory)
        fail(o);
    gf_judge_clear(judge);
    gf_problems_free(&problems);
}

/* Hints up to a level. Is the line that is told right with other seeds, steps and sizes, too? If not, it is taken
 * back. */
static bool hint_to(opener *o, const hinted *of, gf_text *w, gf_hints *hints, int level)
{
    if (!gf_hints_find(w, hints, of->line, of->words, level) || w->failed)
        fail(o);
    if (o->status || !hints->told || !hints->begin ||
        gf_mend_is_right(&o->stages, o->stages.reader, &hints->mend, of->cause))
        return true;
    o->status = o->status ? o->status : o->stages.status;
    gf_text_cut(w, hints->begin);
    gf_text_add(w, "no line is told: what was found holds at this seed alone\n");
    return false;
}

/* A let that a term comes to by chance is not written for it. */
static bool hint(opener *o, gf_opening *out, const hinted *of)
{
    gf_text w = {0}, tried = {0};
    if (of->shape.rows)
        say_unfit(o, &w, of->side, of);
    gf_hints hints = {.unfit = w.size};
    if (o->level >= 3) {
        bool right = hint_to(o, of, &tried, &hints, 4);
        hints.plain = !right;
    }
    gf_text_free(&tried);
    hint_to(o, of, &w, &hints, o->level);
    out->paths = hints.paths;
    out->hints = keep(o, &w);
    return !o->status;
}

/* The first step of the line, counted from 0. */
static long first_step(const gf_reading *reading, const gf_statement *line)
{
    long t = 1;
    while (t < reading->count && gf_let_line(reading->symbol, t) != line)
        t++;
    return t - 1;
}

static bool open_let(opener *o, gf_opening *out)
{
    const gf_reading *own = gf_reading_of(&o->readings, out->line->name);
    gf_text w = {0};
    if (!own || !own->known || !own->truth) {
        gf_text_print(&w, "it stands for nothing that can be told; a claim could say what: claim grad(…) = %s%s\n",
                      gf_model_text(o->m, out->line->name), out->line->index ? "[t]" : "");
        out->hints = keep(o, &w);
        return !o->status;
    }
    gf_stage *stage = o->stages.reader;
    const gf_statement *there = gf_line_in(o->m, stage->witness.m, out->line);
    const gf_reading *reading = gf_reading_of(&stage->readings, there->name);
    gf_line line;
    gf_reading_write(&w, o->m, own, out->line);
    out->stands_for = keep(o, &w);
    const long first = first_step(own, out->line);
    const gf_matrix shape = gf_matrix_over(NULL, own->values[first].rows, own->values[first].cols);
    const gf_binding binding = {.name = o->m->t, .known = true, .value = first + 1};
    take_shape(out, &own->values[first], out->line->value);
    if (!gf_readings_force(&stage->readings) || !gf_line_of_let(&line, &stage->readings, reading, there) ||
        !(line.avoid = gf_lets_to_avoid(&stage->readings, there)))
        return fail(o);
    const gf_cause_found cause = {.line = out->line, .reading = own, .claim = SIZE_MAX};
    return hint(o, out,
                &(hinted){&line, reading->words, &cause, out->line->value, shape, out->line->index ? &binding : NULL});
}

/* Which side is open, and which beside it is not; false where there is none. */
static bool find_sides(const gf_statement *s, uint32_t *open, uint32_t *truth)
{
    for (uint32_t k = 0; k + 1 < s->side_count; k++) {
        bool first = gf_tree_is_open(s->sides[k]), second = gf_tree_is_open(s->sides[k + 1]);
        *open = first ? k : k + 1;
        *truth = first ? k + 1 : k;
        if (first != second)
            return true;
    }
    return false;
}

static bool open_claim(opener *o, gf_opening *out, size_t number)
{
    uint32_t open = 0, truth = 0;
    gf_judged *judged = &o->claims->list[number];
    gf_stage *stage = o->stages.reader;
    gf_binding room[GF_LOOPS];
    gf_text w = {0};
    if (!find_sides(out->line, &open, &truth)) {
        gf_text_add(&w, "no side says what is meant\n");
        out->hints = keep(o, &w);
    }
    if (*out->hints || !judged->count)
        return !o->status;
    const gf_matrix *value = gf_judged_value(judged, 0, out->line->sides[truth], 0, 0, NULL);
    const gf_matrix shape = value ? gf_matrix_over(NULL, value->rows, value->cols) : (gf_matrix){.rows = 0};
    take_shape(out, value, out->line->sides[open]);
    gf_judge_clear(&o->claims->judge);
    gf_judged *there = number < stage->witness.claims.count ? &stage->witness.claims.list[number] : NULL;
    gf_line line;
    if (!there)
        return true;
    if (!gf_line_of_claim(&line, &stage->readings, there, there->statement->sides[open],
                          there->statement->sides[truth]))
        return fail(o);
    const gf_cause_found cause = {.line = out->line, .claim = number};
    return hint(o, out,
                &(hinted){&line, NULL, &cause, out->line->sides[open], shape, gf_judged_bindings(judged, 0, room)});
}

/* --- all ---------------------------------------------------------------------------------------------------------- */

static size_t count_open(const gf_model *m)
{
    size_t count = 0;
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        count += s->open && !s->broken;
    return count;
}

static void open_all(opener *o, gf_openings *out)
{
    size_t claim = 0;
    for (const gf_statement *s = o->m->file.statements; s && !o->status; s = s->next) {
        size_t number = claim;
        claim += s->kind == STATEMENT_CLAIM;
        if (!s->open || s->broken)
            continue;
        gf_opening *opening = &out->list[out->count++];
        *opening = (gf_opening){.line = s, .stands_for = "", .paths = -1, .hints = ""};
        if (o->stages.reader && s->kind == STATEMENT_LET)
            open_let(o, opening);
        else if (o->stages.reader && number < o->claims->count)
            open_claim(o, opening, number);
    }
}

gf_status gf_openings_find(gf_openings *out, gf_arena *arena, gf_claims *claims, int level)
{
    *out = (gf_openings){.count = 0};
    size_t count = count_open(claims->m);
    if (!count)
        return GF_OK;
    opener o = {.claims = claims, .m = claims->m, .arena = arena, .level = level};
    out->list = gf_arena_get(arena, count * sizeof *out->list);
    gf_claims_forget_blame(claims);
    bool read = out->list && gf_stages_find_readings(&o.stages, claims);
    if (!out->list || (read && gf_readings_carry(&o.readings, claims, &o.stages.reader->readings)))
        fail(&o);
    o.status = o.status ? o.status : o.stages.status;
    if (!o.status)
        fill(&o);
    if (!read)
        o.stages.reader = NULL;
    if (!o.status)
        open_all(&o, out);
    gf_readings_free(&o.readings);
    gf_stages_free(&o.stages);
    return o.status;
}
