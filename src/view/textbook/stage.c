/* From the view of a step to what a textbook page shows of it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view/inside.h"
#include "view/spread/columns.h"
#include "view/textbook/textbook.h"

enum { NAMES_OUT = 3 }; /* at most, of what is not drawn and a value goes to */

/* Arrows that go from one box to one place outside. */
typedef struct exit_group {
    int box, step; /* step 0: to what is named and not drawn */
    size_t uses;
    int number; /* of its box on the page */
    const gf_arrow *first;
} exit_group;

typedef struct staging {
    gf_stage *stage;
    const gf_view *from;
    gf_foot *foot;
    const gf_strip *strip;
    bool *core;    /* by box of `from`: it is drawn */
    int *in, *out; /* by box of `from`: the page's box that its operands enter, and that its value leaves; -1 */
    exit_group *groups;
    int group_count;
} staging;

static size_t number_of(const staging *s, const gf_box *box)
{
    return (size_t)(box - s->from->boxes);
}

/* --- which are drawn -------------------------------------------------------------------------------------- */

static bool is_here(const staging *s, const gf_box *box)
{
    return box->step == s->stage->step;
}

static bool is_leaf(const gf_box *box)
{
    return box->kind != GF_BOX_OPERATION;
}

/* States: what is worked out and goes to other steps, and what of other steps comes in under the same name. */
static bool mark_states(staging *s)
{
    const gf_view *from = s->from;
    bool *comes = gf_arena_get(&s->stage->view.arena, (size_t)from->pattern_count + 1), found = false;
    for (size_t k = 0; k < from->arrow_count && comes; k++) {
        const gf_arrow *arrow = &from->arrows[k];
        if (!is_here(s, arrow->from) && is_here(s, arrow->to))
            comes[arrow->from->pattern] = true;
        else if (!is_leaf(arrow->from) && is_here(s, arrow->from) && !is_here(s, arrow->to) && arrow->to->step)
            s->core[number_of(s, arrow->from)] = true;
    }
    for (size_t b = 0; b < from->box_count && comes; b++) {
        const gf_box *box = &from->boxes[b];
        s->core[b] |= !is_leaf(box) && is_here(s, box) && comes[box->pattern];
        found |= s->core[b];
    }
    return found;
}

/* More of the step than names find room beside an exit, as attention is: it is drawn as well. */
static bool is_much_outside(const staging *s)
{
    int count = 0;
    for (size_t b = 0; b < s->from->box_count; b++) {
        const gf_box *box = &s->from->boxes[b];
        count += is_here(s, box) && !s->core[b] && box->kind == GF_BOX_OPERATION && !box->plain && *box->variable;
    }
    return count > NAMES_OUT;
}

/* States and what leads to them; without states, and where much comes behind them, all of the step. */
static void find_core(staging *s)
{
    const gf_view *from = s->from;
    bool states = mark_states(s);
    for (size_t k = from->arrow_count; k-- > 0 && states;) {
        const gf_arrow *arrow = &from->arrows[k];
        if (s->core[number_of(s, arrow->to)] && is_here(s, arrow->from))
            s->core[number_of(s, arrow->from)] = true;
    }
    for (size_t b = 0, all = !states || is_much_outside(s); b < from->box_count && all; b++)
        s->core[b] = is_here(s, &from->boxes[b]);
}

/* --- boxes ------------------------------------------------------------------------------------------------ */

/* A copy of a box; `suffix` makes its key another's. */
static int add_box(staging *s, const gf_box *box, gf_card_kind kind, const char *suffix)
{
    gf_view *view = &s->stage->view;
    int number = (int)view->box_count++;
    gf_box *copy = &view->boxes[number];
    size_t size = strlen(box->key) + strlen(suffix) + 1;
    char *key = gf_arena_get(&view->arena, size);
    *copy = *box;
    if (key)
        snprintf(key, size, "%s%s", box->key, suffix);
    bool leaf = kind == GF_CARD_INPUT || kind == GF_CARD_NEIGHBOUR;
    copy->key = key;
    copy->kind = !leaf ? GF_BOX_OPERATION : box->kind == GF_BOX_GIVEN ? GF_BOX_GIVEN : GF_BOX_INPUT;
    copy->step = copy->last_step = copy->at = 0;
    copy->sum = false;
    copy->plain = kind == GF_CARD_OPERATION;
    s->stage->cards[number].kind = kind;
    s->stage->inside[number] = !leaf && kind != GF_CARD_EXIT;
    copy->shape = &s->stage->cards[number].shape;
    return key ? number : -1;
}

static bool has_weights(const gf_view *view, const gf_box *box)
{
    for (size_t k = 0; k < view->cell_count; k++)
        if (view->cells[k].box == box)
            return true;
    return false;
}

/* An operation without a name is a circle; with weights in it it is a box as others are. */
static bool add_core(staging *s, size_t b)
{
    const gf_box *box = &s->from->boxes[b];
    gf_card_kind whole = is_leaf(box) ? GF_CARD_INPUT : GF_CARD_EQUATION;
    if (is_leaf(box) || (box->plain && has_weights(s->from, box))) {
        s->in[b] = s->out[b] = add_box(s, box, whole, "");
        return s->out[b] >= 0;
    }
    if (box->plain || box->opened)
        s->in[b] = s->out[b] = add_box(s, box, GF_CARD_OPERATION, "");
    if (!box->plain)
        s->out[b] = add_box(s, box, GF_CARD_EQUATION, box->opened ? "_value" : "");
    if (!box->opened && !box->plain)
        s->in[b] = s->out[b];
    if (box->opened && s->in[b] >= 0)
        s->stage->view.boxes[s->in[b]].name = box->symbol;
    return s->in[b] >= 0 && s->out[b] >= 0;
}

/* What comes in, and what is made here. */
static bool add_boxes(staging *s)
{
    const gf_view *from = s->from;
    char suffix[32];
    snprintf(suffix, sizeof suffix, "_in_%d", s->stage->step);
    bool *needed = gf_arena_get(&s->stage->view.arena, from->box_count + 1);
    for (size_t k = 0; k < from->arrow_count && needed; k++)
        needed[number_of(s, from->arrows[k].from)] |= s->core[number_of(s, from->arrows[k].to)];
    for (size_t b = 0; b < from->box_count && needed; b++) {
        const gf_box *box = &from->boxes[b];
        s->in[b] = s->out[b] = -1;
        if (s->core[b] && !add_core(s, b))
            return false;
        if (s->core[b] || !needed[b])
            continue;
        bool timed = box->step || box->kind == GF_BOX_START;
        s->out[b] = add_box(s, box, timed ? GF_CARD_NEIGHBOUR : GF_CARD_INPUT, suffix);
        if (s->out[b] < 0)
            return false;
    }
    return needed != NULL;
}

/* --- exits ------------------------------------------------------------------------------------------------- */

static void note_exit(staging *s, const gf_arrow *arrow)
{
    int box = (int)number_of(s, arrow->from), step = is_here(s, arrow->to) ? 0 : arrow->to->step, k = 0;
    while (k < s->group_count && (s->groups[k].box != box || s->groups[k].step != step))
        k++;
    if (k == s->group_count)
        s->groups[s->group_count++] = (exit_group){.box = box, .step = step, .first = arrow};
    s->groups[k].uses += arrow->use_count;
}

/* Marks the boxes that are not drawn and that a value reaches: arrows are in the order of their targets. */
static void mark_reached(const staging *s, const exit_group *group, bool *reached)
{
    memset(reached, 0, s->from->box_count);
    for (size_t k = 0; k < s->from->arrow_count; k++) {
        const gf_arrow *arrow = &s->from->arrows[k];
        size_t to = number_of(s, arrow->to);
        bool here = is_here(s, arrow->to) || !arrow->to->step;
        bool first = number_of(s, arrow->from) == (size_t)group->box;
        if (here && !s->core[to] && (first || reached[number_of(s, arrow->from)]))
            reached[to] = true;
    }
}

/* A named box that a value reaches. */
static bool is_named_way_out(const gf_box *box, bool reached, bool sum)
{
    return reached && !box->plain && *box->variable && box->sum == sum;
}

/* "z, L"; of a sum outside the step only where there is nothing else. Of more than three the first two, and in *more
 * how many others there are. */
static const char *name_reached(staging *s, const exit_group *group, bool *reached, int *more)
{
    const gf_view *from = s->from;
    gf_text text = {0};
    int count = 0, counts[2] = {0};
    mark_reached(s, group, reached);
    for (size_t b = 0; b < from->box_count; b++)
        for (int sum = 0; sum < 2; sum++)
            counts[sum] += is_named_way_out(&from->boxes[b], reached[b], sum == 1);
    int all = counts[0] ? counts[0] : counts[1], most = all > NAMES_OUT ? 2 : NAMES_OUT;
    for (size_t b = 0; b < from->box_count && count < most; b++)
        if (is_named_way_out(&from->boxes[b], reached[b], !counts[0]))
            gf_text_print(&text, "%s%s", count++ ? ", " : "", from->boxes[b].variable);
    *more = all - count;
    const char *unnamed = strcmp(from->of, "the loss") ? "out" : "loss";
    const char *copy =
        text.failed ? NULL : gf_arena_text(&s->stage->view.arena, count ? gf_text_string(&text) : unnamed);
    gf_text_free(&text);
    return copy;
}

static bool fill_exit(staging *s, gf_card *card, const exit_group *group, bool *reached)
{
    static const double letters = 16;
    gf_arena *arena = &s->stage->view.arena;
    size_t count = 0;
    gf_run *runs;
    card->shape.end = true;
    if (!group->step) {
        runs = gf_arena_get(arena, sizeof *runs);
        int more;
        const char *names = name_reached(s, group, reached, &more);
        char text[32];
        snprintf(text, sizeof text, "and %d more", more);
        card->below = more ? gf_arena_text(arena, text) : NULL;
        if (!runs || !names || (more && !card->below))
            return false;
        *runs = (gf_run){.text = names, .size = 15, .style = GF_PLAIN};
        card->face = GF_SANS, count = 1;
    } else {
        char text[32];
        snprintf(text, sizeof text, "t = %d", group->step);
        runs = gf_name_runs(arena, s->from->boxes[group->box].name, letters, GF_ITALIC, &count);
        card->below = gf_arena_text(arena, text);
        if (!runs || !card->below)
            return false;
        runs[count++] = (gf_run){.text = " to", .size = 14};
    }
    card->title = runs, card->title_count = count;
    s->stage->view.boxes[group->number].name = group->step ? card->below : runs->text;
    return true;
}

/* States before the rest, in the order of their boxes: so they are laid out from above. */
static int compare_groups(const void *a, const void *b)
{
    const exit_group *one = a, *other = b;
    if (!one->step != !other->step)
        return one->step ? -1 : 1;
    return one->box != other->box ? (one->box > other->box) - (one->box < other->box) : one->step - other->step;
}

static bool add_exits(staging *s)
{
    const gf_view *from = s->from;
    bool *reached = gf_arena_get(&s->stage->view.arena, from->box_count + 1);
    if (!reached)
        return false;
    for (size_t k = 0; k < from->arrow_count; k++) {
        const gf_arrow *arrow = &from->arrows[k];
        size_t b = number_of(s, arrow->from), to = number_of(s, arrow->to);
        if (s->core[b] && !is_leaf(arrow->from) && !s->core[to])
            note_exit(s, arrow);
    }
    qsort(s->groups, (size_t)s->group_count, sizeof *s->groups, compare_groups);
    for (int k = 0; k < s->group_count; k++) {
        exit_group *group = &s->groups[k];
        char suffix[32];
        snprintf(suffix, sizeof suffix, group->step ? "_to_%d" : "_out", group->step);
        group->number = add_box(s, &from->boxes[group->box], GF_CARD_EXIT, suffix);
        if (group->number < 0 || !fill_exit(s, &s->stage->cards[group->number], group, reached))
            return false;
    }
    return true;
}

/* --- arrows ------------------------------------------------------------------------------------------------- */

static gf_arrow *add_arrow(staging *s, const gf_arrow *like, int from, int to)
{
    gf_view *view = &s->stage->view;
    gf_arrow *arrow = &view->arrows[view->arrow_count++];
    *arrow = *like;
    arrow->from = &view->boxes[from];
    arrow->to = &view->boxes[to];
    return arrow;
}

static void give_size(const gf_view *view, gf_arrow *arrow)
{
    arrow->size = arrow->gradient.known ? gf_measure_size(&arrow->gradient, view->magnitude) : 0;
    if (arrow->look == GF_ARROW_ASIDE)
        return;
    arrow->look = !arrow->gradient.known   ? GF_ARROW_UNKNOWN
                  : !isfinite(arrow->size) ? GF_ARROW_NONFINITE
                  : arrow->size > 0        ? GF_ARROW_PASSES
                                           : GF_ARROW_NONE;
}

/* From the last operation of an opened equation to its result: the whole gradient. */
static void add_result(staging *s, size_t b)
{
    const gf_box *box = &s->from->boxes[b];
    gf_arrow like = {.variable = box->variable, .source = s->stage->view.source_count++, .gradient = box->gradient};
    like.turn = box->turn;
    give_size(&s->stage->view, add_arrow(s, &like, s->in[b], s->out[b]));
}

/* What goes one way out: the sum of all arrows of the group. */
static bool add_way_out(staging *s, const exit_group *group)
{
    gf_view *view = &s->stage->view;
    gf_use *uses = gf_arena_get(&view->arena, (group->uses + 1) * sizeof *uses);
    const gf_arrow **parts = gf_arena_get(&view->arena, (group->uses + 1) * sizeof *parts);
    size_t count = 0, part_count = 0;
    int turn = 0;
    if (!uses || !parts)
        return false;
    for (size_t k = 0; k < s->from->arrow_count; k++) {
        const gf_arrow *arrow = &s->from->arrows[k];
        int step = is_here(s, arrow->to) ? 0 : arrow->to->step;
        if (number_of(s, arrow->from) != (size_t)group->box || s->core[number_of(s, arrow->to)] || step != group->step)
            continue;
        memcpy(uses + count, arrow->uses, arrow->use_count * sizeof *uses);
        count += arrow->use_count;
        parts[part_count++] = arrow;
        turn = arrow->turn > turn ? arrow->turn : turn;
    }
    gf_arrow *arrow = add_arrow(s, group->first, s->out[group->box], group->number);
    arrow->turn = turn;
    arrow->uses = uses, arrow->use_count = count, arrow->sum = NULL;
    gf_status status = gf_arrows_together(&arrow->gradient, parts, part_count);
    if (!status)
        status = gf_cuts_together(&arrow->cut, parts, part_count);
    give_size(view, arrow);
    return !status;
}

static bool add_arrows(staging *s)
{
    const gf_view *from = s->from;
    for (size_t k = 0; k < from->arrow_count; k++) {
        const gf_arrow *arrow = &from->arrows[k];
        size_t b = number_of(s, arrow->from), to = number_of(s, arrow->to);
        if (s->core[to])
            add_arrow(s, arrow, s->out[b], s->in[to]);
    }
    for (size_t b = 0; b < from->box_count; b++)
        if (s->core[b] && s->in[b] != s->out[b])
            add_result(s, b);
    for (int k = 0; k < s->group_count; k++)
        if (!add_way_out(s, &s->groups[k]))
            return false;
    return true;
}

/* --- upright ------------------------------------------------------------------------------------------------ */

/* What there is of arrows at a box: how many leave it for others than `user`; which come from a neighbour, and which
 * from others that are drawn within the step. */
typedef struct around {
    int elsewhere, neighbours, made;
} around;

static around look_around(const gf_stage *stage, int number, int user)
{
    const gf_view *view = &stage->view;
    around r = {0};
    for (size_t k = 0; k < view->arrow_count; k++) {
        int from = gf_box_number(view, view->arrows[k].from), to = gf_box_number(view, view->arrows[k].to);
        r.elsewhere += from == number && to != user;
        r.neighbours += to == number && stage->cards[from].kind == GF_CARD_NEIGHBOUR;
        r.made += to == number && stage->inside[from];
    }
    return r;
}

/* Does a row that leads to a box begin where a neighbour comes to an operation? That is a state's rail. */
static bool is_rail(const gf_stage *stage, int number)
{
    const gf_view *view = &stage->view;
    bool rail = stage->cards[number].kind == GF_CARD_OPERATION && look_around(stage, number, -1).neighbours;
    for (size_t k = 0; k < view->arrow_count && !rail; k++) {
        int from = gf_box_number(view, view->arrows[k].from);
        rail = view->arrows[k].to == &view->boxes[number] && stage->cards[from].shape.lead > 0 && is_rail(stage, from);
    }
    return rail;
}

/* Which box leads to another in its row, so that values flow to the right there: an operation, to the next of its
 * equation; an equation whose value alone is used there, but no state. What a neighbour comes to begins its row. */
static int leader_of(const gf_stage *stage, int number)
{
    const gf_view *view = &stage->view;
    around r = look_around(stage, number, -1);
    int best = -1, most = 0;
    for (size_t k = 0; k < view->arrow_count && !r.neighbours; k++) {
        int from = gf_box_number(view, view->arrows[k].from), to = gf_box_number(view, view->arrows[k].to);
        bool operation = stage->cards[from].kind == GF_CARD_OPERATION;
        if (to != number || !stage->inside[from] || (!operation && (r.made > 1 || is_rail(stage, from))))
            continue;
        around own = look_around(stage, from, number);
        if (!own.elsewhere && own.neighbours + 1 > most)
            best = from, most = own.neighbours + 1;
    }
    return best;
}

/* Neighbours stand at the left, what goes out at the right, and the step between them, its inputs below: values flow
 * upwards, and along each equation to the right. */
static bool stand_upright(gf_stage *stage)
{
    enum { AFTER_STARTS = 1000 };                          /* every step has a number above 0, h[-1] too */
    static const double near = 26, apart = 50, ports = 64; /* a number fits between two arrows */
    gf_view *view = &stage->view;
    gf_pattern *patterns = gf_arena_get(&view->arena, (view->box_count + 1) * sizeof *patterns);
    for (int k = 0; k < (int)view->box_count && patterns; k++) {
        gf_card *card = &stage->cards[k];
        gf_box *box = &view->boxes[k];
        bool left = card->kind == GF_CARD_NEIGHBOUR, right = card->kind == GF_CARD_EXIT;
        card->shape.column = left ? GF_COLUMN_STARTS : right ? GF_COLUMN_ENDS : GF_COLUMN_STEP;
        card->shape.apart = card->kind == GF_CARD_OPERATION ? 0 : ports;
        box->at = AFTER_STARTS + (left ? gf_box_index(box) : stage->step);
        box->pattern = k;
        patterns[k] = (gf_pattern){card->kind == GF_CARD_OPERATION ? box->symbol : box->variable, true};
        int leader = leader_of(stage, k);
        if (leader >= 0)
            stage->cards[leader].shape.lead = view->boxes[leader].node == box->node ? near : apart;
    }
    view->patterns = patterns;
    view->pattern_count = (int)view->box_count;
    return patterns != NULL;
}

/* --- all of it ----------------------------------------------------------------------------------------------- */

static bool make_room(staging *s)
{
    const gf_view *from = s->from;
    gf_view *view = &s->stage->view;
    gf_arena *arena = &view->arena;
    size_t boxes = 2 * from->box_count + from->arrow_count + 1, arrows = 2 * from->arrow_count + from->box_count + 1;
    view->boxes = gf_arena_get(arena, boxes * sizeof *view->boxes);
    view->arrows = gf_arena_get(arena, arrows * sizeof *view->arrows);
    s->stage->cards = gf_arena_get(arena, boxes * sizeof *s->stage->cards);
    s->stage->inside = gf_arena_get(arena, boxes);
    s->core = gf_arena_get(arena, from->box_count + 1);
    s->in = gf_arena_get(arena, (from->box_count + 1) * sizeof *s->in);
    s->out = gf_arena_get(arena, (from->box_count + 1) * sizeof *s->out);
    s->groups = gf_arena_get(arena, (from->arrow_count + 1) * sizeof *s->groups);
    return view->boxes && view->arrows && s->stage->cards && s->stage->inside && s->core && s->in && s->out &&
           s->groups;
}

/* What stands in the boxes, and how large that makes them. */
static bool fill_cards(staging *s, bool upright)
{
    gf_stage *stage = s->stage;
    for (size_t b = 0; b < s->from->box_count; b++) {
        const gf_box *box = &s->from->boxes[b];
        if (s->in[b] >= 0 && !gf_card_fill(stage, s->in[b], box, s->foot, s->strip))
            return false;
        if (s->out[b] >= 0 && s->out[b] != s->in[b] && !gf_card_fill(stage, s->out[b], box, s->foot, s->strip))
            return false;
    }
    double widest = 0;
    for (size_t k = 0; k < stage->view.box_count; k++) {
        gf_card_measure(&stage->cards[k], upright);
        widest = stage->cards[k].kind == GF_CARD_EXIT ? fmax(widest, stage->cards[k].shape.width) : widest;
    }
    for (size_t k = 0; k < stage->view.box_count; k++)
        if (stage->cards[k].kind == GF_CARD_EXIT)
            stage->cards[k].shape.width = widest;
    return true;
}

gf_status gf_stage_make(gf_stage *stage, const gf_view *from, int step, const gf_density *density, bool upright,
                        gf_foot *foot, const gf_strip *strip)
{
    *stage = (gf_stage){.step = step, .density = *density};
    staging s = {.stage = stage, .from = from, .foot = foot, .strip = strip};
    gf_view *view = &stage->view;
    view->level = from->level;
    view->magnitude = from->magnitude;
    view->measured = from->measured;
    view->patterns = from->patterns, view->pattern_count = from->pattern_count;
    view->source_count = from->source_count;
    view->cells = from->cells, view->cell_count = from->cell_count;
    view->title = from->title;
    if (!make_room(&s))
        return GF_ERROR_MEMORY;
    find_core(&s);
    bool made = add_boxes(&s) && add_exits(&s) && add_arrows(&s) && fill_cards(&s, upright);
    return made && (!upright || stand_upright(stage)) ? GF_OK : GF_ERROR_MEMORY;
}

void gf_stage_free(gf_stage *stage)
{
    gf_view_free(&stage->view);
    *stage = (gf_stage){0};
}
