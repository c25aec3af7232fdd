/* The page: a step, or two, each laid out and painted in its own part of the page, and the sum below.
 *
 * It is a slide, 1280 x 720, unless another size is asked for. What leaves much of it empty is drawn larger; what is
 * too much for it is written more densely, density by density: smaller letters, norms for entries; two steps stand side
 * by side or one above the other. What has no room for its equations even so gets a larger page of the same shape,
 * picture.c says how much larger; or, where that is not wanted, names for equations, which then stand at the foot. */
#include "view/textbook/textbook.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "view/drawing/figures.h"
#include "view/page/crowd.h"
#include "view/page/legend.h"

enum {
    MARGIN = 30,
    TOP = GF_LEGEND_HEIGHT + 22,
    WIDTH = 1280,
    HEIGHT = 720,
    BELOW = 38,
    STEPS = 2,
    BETWEEN = 14,
    ROUNDS = 8,
    IDLE = 240, /* so much height is not left empty, */
    AIR = 60    /* but for this */
};
static const double LARGER = 1.06; /* a page is than the one before */

/* Lengths between columns, from wide to narrow; the last have numbers between lines that go up and down. */
static const gf_profile profiles[] = {
    {.lane = 16, .base = 26, .tail = 44, .letters = 14}, {.lane = 16, .base = 20, .tail = 42, .letters = 14},
    {.lane = 16, .base = 16, .tail = 41, .letters = 14}, {.lane = 16, .base = 10, .tail = 41, .letters = 14},
    {.lane = 16, .base = 6, .tail = 38, .letters = 14},  {.lane = 16, .base = 6, .tail = 34, .letters = 14},
    {.lane = 16, .base = 5, .tail = 31, .letters = 14},  {.lane = 16, .base = 4, .tail = 28, .letters = 14},
    {.lane = 10, .base = 4, .tail = 28, .letters = 14},  {.lane = 20, .base = 4, .tail = 28, .letters = 14},
    {.lane = 28, .base = 4, .tail = 28, .letters = 14},
};
enum { PROFILES = sizeof profiles / sizeof *profiles, NARROWEST = 8 };

/* Between rows, where the step stands upright. */
static const gf_profile upright[] = {
    {.box = 80, .lane = 16, .base = 24, .tail = 32, .letters = 14, .gutter = 64},
    {.box = 80, .lane = 12, .base = 12, .tail = 22, .letters = 14, .gutter = 64},
    {.box = 80, .lane = 14, .base = 12, .tail = 24, .letters = 14, .gutter = 96},
    {.box = 80, .lane = 11, .base = 5, .tail = 20, .letters = 14, .gutter = 44},
};
enum { UPRIGHT = sizeof upright / sizeof *upright };

/* From all that there is to say to the least; those before PLAIN have equations in their boxes. */
static const gf_density densities[] = {
    {16, true, GF_CELLS_ENTRIES, true, false},  {16, true, GF_CELLS_ENTRIES, true, true},
    {13.4, true, GF_CELLS_ENTRIES, true, true}, {13.4, true, GF_CELLS_NORMS, true, true},
    {13.4, false, GF_CELLS_NORMS, true, true},  {13.4, false, GF_CELLS_NORMS, false, true},
    {13.4, false, GF_CELLS_LINE, false, true},  {13.4, false, GF_CELLS_LINES, false, true},
    {13.4, false, GF_CELLS_NONE, false, true},
};
enum { NORMS = 3, PLAIN = 4, DENSITIES = sizeof densities / sizeof *densities };
static const double zooms[] = {1.6, 1.4, 1.2, 1}; /* of what leaves room */
enum { ZOOMS = sizeof zooms / sizeof *zooms };

/* A step on the page. */
typedef struct frame {
    gf_view view;
    gf_strip strip;
    gf_stage stage;
    gf_spread spread;
    bool has_strip;
    double left, right; /* of its part of the page */
} frame;

typedef struct textbook {
    gf_graph *g;
    const gf_textbook_options *options;
    gf_drawing *drawing;
    frame frames[STEPS];
    int count;
    const gf_profile *profile;
    const gf_density *density;
    bool upright; /* values flow upwards, else to the right */
    bool stacked; /* two steps stand one above the other */
    bool near;    /* numbers may come near to lines */
    double width, height;
    double zoom;   /* of the steps: they are laid out in so much less room */
    gf_view whole; /* with the steps around it, and all there are */
    int steps;
    gf_addition sum;
    gf_size_scale scale;
    gf_strengths strengths;
    gf_text title;
    gf_arena arena;
    int missing;
    gf_marks marks;
    bool fits;
} textbook;

/* --- what it shows -------------------------------------------------------------------------------------------- */

static gf_status look(textbook *t, frame *f, int step)
{
    gf_draw_options options = *t->options->draw;
    options.first_step = options.last_step = step;
    gf_status status = gf_view_make_opened(&f->view, t->g, &options);
    f->has_strip = !status && options.params != GF_HIDDEN;
    if (f->has_strip)
        status = gf_strip_make(&f->strip, &f->view);
    return status;
}

/* What the page shows of all steps, as densely as that. */
static gf_status set_stage(textbook *t, const gf_density *density, bool upright)
{
    const gf_draw_options *o = t->options->draw;
    gf_status status = GF_OK;
    t->density = density;
    t->upright = upright;
    t->strengths = (gf_strengths){0};
    for (int k = 0; k < t->count && !status; k++) {
        frame *f = &t->frames[k];
        gf_spread_free(&f->spread);
        gf_stage_free(&f->stage);
        status = gf_stage_make(&f->stage, &f->view, o->first_step + k, density, upright, t->options->foot,
                               f->has_strip ? &f->strip : NULL);
        for (size_t b = 0; b < f->stage.view.box_count && !status; b++)
            gf_strengths_add(&t->strengths, &f->stage.cards[b]);
    }
    return status ? status : gf_addition_write(&t->whole, o->first_step, density->tight, &t->arena, &t->sum);
}

/* Equations with the steps around: all that a value of the first step, or one that comes into it, is added up of. */
static gf_status look_around(textbook *t)
{
    gf_draw_options options = *t->options->draw;
    int step = options.first_step;
    options.level = GF_LEVEL_EQUATIONS;
    options.first_step = step > 1 ? step - 1 : step;
    options.last_step = step + 1;
    gf_status status = gf_view_make(&t->whole, t->g, &options);
    t->steps = t->whole.last_step;
    return status;
}

static gf_status look_at_all(textbook *t)
{
    const gf_draw_options *o = t->options->draw;
    gf_status status = GF_OK;
    for (int step = o->first_step; step <= o->last_step && t->count < STEPS && !status; step++)
        status = look(t, &t->frames[t->count++], step);
    return status ? status : look_around(t);
}

/* --- its layout ----------------------------------------------------------------------------------------------- */

/* Names in the boxes: then the equations stand at the foot. */
static int equation_lines(const textbook *t)
{
    bool below = t->options->foot && !t->density->equations;
    return below ? gf_foot_lines(t->options->foot, t->width - 2 * MARGIN) : 0;
}

static int sum_lines(const textbook *t)
{
    return gf_addition_lines(&t->sum, t->width - 2 * MARGIN);
}

static gf_status spread_frame(textbook *t, int k)
{
    frame *f = &t->frames[k];
    int across = t->stacked ? 1 : t->count, down = t->stacked ? t->count : 1;
    double bottom =
        t->height - BELOW - GF_ADDITION_LINE * (sum_lines(t) + equation_lines(t)) - (equation_lines(t) ? 6 : 0);
    double part = (t->width - 2 * MARGIN) / across, high = (bottom - TOP + BETWEEN) / down;
    f->left = MARGIN + (t->stacked ? 0 : k * part), f->right = f->left + part;
    double top = TOP + (t->stacked ? k * high : 0);
    gf_room room = {
        .left = f->left / t->zoom,
        .right = (f->right + (k + 1 < across ? -24 : 12)) / t->zoom,
        .top = top / t->zoom,
        .bottom = (top + high - BETWEEN - (down > 1 ? 14 : 0)) / t->zoom,
        .apart = true,
    };
    gf_spread_free(&f->spread);
    return gf_spread_make(&f->spread, &f->stage.view, t->profile, &room);
}

/* What is lacking in width, of all frames, and in height. */
static gf_status spread_all(textbook *t, double *wider, double *higher)
{
    gf_status status = GF_OK;
    *wider = *higher = 0;
    for (int k = 0; k < t->count && !status; k++) {
        status = spread_frame(t, k);
        const gf_spread *s = &t->frames[k].spread;
        *wider = fmax(*wider, s->wanted_width - s->given_width);
        *higher = fmax(*higher, s->wanted_height - s->given_height);
    }
    return status;
}

/* The page as large as what stands on it needs. */
static gf_status grow(textbook *t)
{
    double wider, higher;
    gf_status status = spread_all(t, &wider, &higher);
    for (int round = 0; round < ROUNDS && !status && (wider > 0.5 || higher > 0.5); round++) {
        t->width += ceil(fmax(wider, 0) * (t->stacked ? 1 : t->count));
        t->height += ceil(fmax(higher, 0) * (t->stacked ? t->count : 1));
        status = spread_all(t, &wider, &higher);
    }
    return status;
}

/* --- its painting ---------------------------------------------------------------------------------------------- */

/* The ground reaches around the boxes of the step, and the arrows between them. */
static gf_bounds find_ground(const frame *f)
{
    gf_bounds b = {HUGE_VAL, HUGE_VAL, 0, 0};
    for (size_t k = 0; k < f->stage.view.box_count; k++) {
        const gf_stand *at = &f->spread.places[k];
        if (!f->stage.inside[k])
            continue;
        b.left = fmin(b.left, at->x - at->width / 2), b.right = fmax(b.right, at->x + at->width / 2);
        b.top = fmin(b.top, at->y - at->height / 2), b.bottom = fmax(b.bottom, at->y + at->height / 2);
    }
    for (size_t k = 0; k < f->spread.trail_count; k++) {
        const gf_trail *trail = &f->spread.trails[k];
        for (int q = 1; q < trail->point_count; q++) {
            gf_point at = trail->points[q];
            bool within = at.x > b.left && at.x < b.right;
            b.top = within ? fmin(b.top, at.y - 6) : b.top;
            b.bottom = within ? fmax(b.bottom, at.y + 6) : b.bottom;
        }
    }
    return b;
}

static void paint_frame_ground(const textbook *t, const frame *f)
{
    const gf_theme *theme = t->options->theme;
    const gf_area area = {.fill = theme->frame, .line = "", .radius = 20};
    gf_bounds b = find_ground(f);
    double above = t->stacked ? 18 : 24; /* some of the page shows between two */
    gf_drawing_group(t->drawing, NULL, "steps", NULL);
    if (b.right > b.left)
        gf_drawing_area(t->drawing, b.left - 16, b.top - above, b.right - b.left + 32,
                        b.bottom - b.top + (t->upright ? 7 : 12) + above, &area);
    gf_drawing_end(t->drawing);
}

static int count_sent(const gf_view *view, const gf_box *box)
{
    int sent = 0;
    for (size_t k = 0; k < view->arrow_count; k++)
        sent += view->arrows[k].from == box;
    return sent;
}

/* What goes from the last operation of an equation to its result is said above the result; and what a box sends in all,
 * in it. */
static void leave_results(frame *f)
{
    for (size_t k = 0; k < f->spread.trail_count; k++) {
        gf_trail *trail = &f->spread.trails[k];
        const gf_arrow *arrow = &f->stage.view.arrows[trail->arrows[0]];
        const gf_card *card = &f->stage.cards[arrow->from - f->stage.view.boxes];
        bool told = trail->arrow_count > 1 && (card->size_above || card->gradient || card->below) &&
                    trail->arrow_count == count_sent(&f->stage.view, arrow->from);
        trail->between &= !told && (arrow->from->node != arrow->to->node || arrow->to->shape->end);
    }
}

static void paint_frame(textbook *t, frame *f)
{
    gf_carried *carried = gf_trails_carry(&f->stage.view, &f->spread);
    if (!carried) {
        t->drawing->failed = true;
        return;
    }
    gf_painting p = {
        .view = &f->stage.view,
        .spread = &f->spread,
        .carried = carried,
        .theme = t->options->theme,
        .scale = &t->scale,
        .profile = *t->profile,
        .drawing = t->drawing,
        .widens = !t->near,
        .one_form = true,
        .tight = t->density->tight,
        .right = t->width / t->zoom,
        .marks = t->marks,
    };
    size_t first = t->drawing->count;
    gf_obstacles_begin(&p.obstacles, p.right);
    paint_frame_ground(t, f);
    gf_nets_paint(&p);
    for (int k = 0; k < (int)f->stage.view.box_count; k++) {
        gf_card_paint(&p, &f->stage, k, &t->strengths);
        gf_box_block(&p, &f->spread.places[k]);
    }
    for (size_t k = 0; k < f->stage.view.box_count; k++)
        if (f->stage.cards[k].size_above)
            gf_size_paint(&p, (int)k);
    leave_results(f);
    gf_numbers_paint(&p);
    gf_drawing_magnify(t->drawing, first, t->zoom);
    t->missing += p.missing;
    t->marks = p.marks;
    t->drawing->failed |= p.obstacles.failed;
    gf_obstacles_free(&p.obstacles);
    free(carried);
}

/* One scale for all frames: that of the largest gradient. */
static void choose_scale(textbook *t)
{
    const gf_draw_options *o = t->options->draw;
    t->scale = gf_scale_choose(&t->frames[0].stage.view, o->least, o->most);
    for (int k = 1; k < t->count; k++) {
        gf_size_scale one = gf_scale_choose(&t->frames[k].stage.view, o->least, o->most), before = t->scale;
        t->scale = one.high > before.high ? one : before;
        t->scale.below = one.below || before.below;
        t->scale.above = t->scale.above || (one.high == before.high && one.above);
    }
    t->scale.tight = t->density->tight;
    for (int k = 0; k < t->count; k++)
        t->drawing->failed |= gf_crowd_measure(&t->scale, &t->frames[k].stage.view, &t->frames[k].spread) != GF_OK;
}

/* What stands in every box; what is cut. */
static void add_contents(textbook *t, gf_text *out, bool brief)
{
    const gf_density *d = t->density;
    if (d->cells == GF_CELLS_NONE)
        gf_text_add(out, "at every box: the size of the gradient of the loss");
    else if (d->cells == GF_CELLS_LINE || d->cells == GF_CELLS_LINES)
        gf_text_add(out, "every box: the size of its value ◂ of the gradient of the loss");
    else
        gf_text_print(out, "every box: its %s, the gradient of the loss",
                      d->equations ? "equation, its value" : "value");
    gf_text_add(out, brief ? "" : " with respect to it");
    if (t->options->draw->model)
        gf_foot_truncation(out, t->options->draw->model);
}

/* A long title of the model stands in the second line. */
static void paint_heading(textbook *t)
{
    static const double size = 24;
    const gf_draw_options *o = t->options->draw;
    const gf_view *view = &t->frames[0].stage.view;
    gf_text below = {0};
    gf_text_clear(&t->title);
    gf_textbook_title(&t->title, view->title, o->first_step, o->last_step, t->steps);
    bool fits = gf_letters_width(gf_text_string(&t->title), GF_SANS, GF_BOLD, size) <= t->width / 2 - 80;
    gf_text_print(&below, "%s%s", fits ? "" : view->title, fits ? "" : " · ");
    add_contents(t, &below, !fits);
    if (!fits) {
        gf_text_clear(&t->title);
        gf_textbook_title(&t->title, "", o->first_step, o->last_step, t->steps);
    }
    t->drawing->failed |= t->title.failed || below.failed;
    gf_heading_draw(t->drawing, view, t->options->theme, gf_text_string(&t->title), gf_text_string(&below), t->width);
    gf_text_free(&below);
}

/* Equations stand above the sum. */
static void paint_equations(textbook *t)
{
    int lines = equation_lines(t);
    if (lines)
        gf_foot_draw(t->options->foot, t->drawing, t->options->theme, MARGIN,
                     t->height - 20 - GF_ADDITION_LINE * (sum_lines(t) + lines - 1), t->width - 2 * MARGIN);
}

static void paint(textbook *t)
{
    choose_scale(t);
    paint_heading(t);
    t->marks = (gf_marks){0};
    for (int k = 0; k < t->count; k++)
        paint_frame(t, &t->frames[k]);
    gf_legend_draw(t->drawing, &t->frames[0].stage.view, t->options->theme, &t->scale, &t->marks, t->width);
    paint_equations(t);
    gf_addition_paint(t->drawing, t->options->theme, &t->sum, (gf_point){MARGIN, t->height - 20},
                      t->width - 2 * MARGIN);
}

static gf_status draw_at(textbook *t, double width)
{
    double wider, higher;
    t->width = width;
    t->missing = 0;
    gf_drawing_free(t->drawing);
    gf_drawing_begin(t->drawing, t->width, t->height, t->options->theme->ground, t->frames[0].view.title,
                     "A step of a computation graph with all its numbers; colour and width of an arrow are the size of "
                     "the gradient that comes back along it.");
    gf_status status = spread_all(t, &wider, &higher);
    if (!status)
        paint(t);
    t->drawing->left_out = t->missing;
    return status ? status : t->drawing->failed ? GF_ERROR_MEMORY : GF_OK;
}

/* A way to draw it, and how many numbers find no room there; INT_MAX: it does not fit. */
typedef struct attempt {
    const gf_density *density;
    const gf_profile *profile;
    bool upright, stacked, near;
    double zoom;
    int missing;
} attempt;

static gf_status try_at(textbook *t, attempt *a)
{
    double wider = 0, higher = 0;
    t->profile = a->profile;
    t->stacked = a->stacked;
    t->near = a->near;
    t->zoom = a->zoom;
    a->missing = INT_MAX;
    gf_status status =
        t->density == a->density && t->upright == a->upright ? GF_OK : set_stage(t, a->density, a->upright);
    if (!status)
        status = spread_all(t, &wider, &higher);
    if (status || wider > 0.5 || higher > 0.5)
        return status;
    status = draw_at(t, t->width);
    a->missing = t->missing;
    return status;
}

/* The first profile with which all numbers find room, else that with the most, if that are more than the best has. */
static gf_status try_profiles(textbook *t, attempt a, attempt *best)
{
    gf_status status = GF_OK;
    a.profile = a.upright ? upright : profiles;
    for (int k = a.upright ? UPRIGHT : PROFILES; k > 0 && !status && best->missing; k--, a.profile++) {
        status = try_at(t, &a);
        if (!status && a.missing < best->missing)
            *best = a;
    }
    return status;
}

/* The first zoom and density from `first` to before `end`, and arrangement, with which all numbers find room, near to
 * lines if need be; else that with the most. */
static gf_status draw_densely(textbook *t, int first, int end, attempt *best)
{
    int larger = first ? 0 : ZOOMS - 1, ways = (larger + end - first) * t->count;
    gf_status status = GF_OK;
    *best = (attempt){.missing = INT_MAX};
    for (int k = 0; k < 4 * ways && !status && best->missing; k++) {
        int way = k / 2 % ways / t->count, density = first + (way > larger ? way - larger : 0);
        attempt a = {.density = &densities[density],
                     .upright = k % 2 == 0,
                     .stacked = t->count > 1 && k / 2 % t->count == 1,
                     .near = k >= 2 * ways,
                     .zoom = zooms[way < larger ? way : ZOOMS - 1]};
        status = k < 2 * ways || best->density ? try_profiles(t, a, best) : GF_OK;
    }
    return !status && best->density && best->missing ? try_at(t, best) : status;
}

/* How much larger than a slide, with the least of these densities, the steps need it: one above the other, or side by
 * side. */
static gf_status find_least(textbook *t, int end, double *size)
{
    gf_status status = GF_OK;
    t->zoom = 1;
    *size = HUGE_VAL;
    for (int way = 0; way < 2 * t->count && !status; way++) {
        t->stacked = way / 2 > 0;
        t->width = WIDTH, t->height = HEIGHT;
        status = set_stage(t, &densities[end - 1], way % 2);
        t->profile = way % 2 ? &upright[UPRIGHT - 1] : &profiles[NARROWEST];
        status = status ? status : grow(t);
        *size = fmin(*size, fmax(t->width / WIDTH, t->height / HEIGHT));
    }
    return status;
}

/* On a page of a slide's shape, as large as need be; where numbers find no room, a larger one, as long as that helps.
 */
static gf_status draw_larger(textbook *t, int end, double most, attempt *best)
{
    double size, found = 0;
    gf_status status = find_least(t, end, &size);
    *best = (attempt){.missing = INT_MAX};
    for (int round = 0; round < ROUNDS && !status && best->missing && size <= most; round++) {
        attempt a;
        t->width = ceil(WIDTH * size), t->height = ceil(HEIGHT * size);
        status = draw_densely(t, 0, end, &a);
        if (a.missing < best->missing)
            *best = a, found = size;
        size *= LARGER;
    }
    if (status || !best->density || !best->missing)
        return status;
    t->width = ceil(WIDTH * found), t->height = ceil(HEIGHT * found);
    return try_at(t, best);
}

/* What is low gets a lower page, unless a size was said. */
static gf_status crop(textbook *t, attempt *best)
{
    double idle = t->height, whole = t->height;
    for (int k = 0; k < t->count; k++) {
        gf_spread *s = &t->frames[k].spread;
        gf_spread_measure(s);
        idle = fmin(idle, (s->given_height - (s->bottom - s->top) - AIR) * t->zoom);
    }
    int missing = best->missing;
    bool low = idle >= IDLE && !t->stacked;
    t->height = low ? ceil(whole - idle) : whole;
    gf_status status = low ? try_at(t, best) : GF_OK;
    if (status || best->missing <= missing)
        return status;
    t->height = whole;
    return try_at(t, best);
}

/* A larger page, on which boxes have their equations and all entries, or norms; else the best that a slide holds; else
 * a larger page all the same. */
static gf_status draw_fully(textbook *t, attempt *best)
{
    static const double enough = 2;
    attempt larger;
    bool equations = best->density && best->density->equations;
    double most = t->options->largest;
    gf_status status = draw_larger(t, NORMS, fmin(most, enough), &larger);
    if (!status && !larger.density && !equations)
        status = draw_larger(t, PLAIN, most, &larger);
    if (status || larger.density) {
        *best = larger;
        return status;
    }
    t->width = WIDTH, t->height = HEIGHT;
    return best->density ? try_at(t, best) : draw_larger(t, DENSITIES, most, best);
}

static gf_status draw(textbook *t)
{
    attempt best;
    gf_status status = draw_densely(t, 0, DENSITIES - 1, &best);
    if (!status && best.missing) {
        attempt bare;
        status = draw_densely(t, DENSITIES - 1, DENSITIES, &bare);
        best = bare.missing < best.missing ? bare : best;
        status = status || !best.density ? status : try_at(t, &best);
    }
    bool full = best.density && best.density->cells == GF_CELLS_ENTRIES;
    if (!status && !full && t->options->largest > 1)
        status = draw_fully(t, &best);
    t->fits = best.density != NULL;
    return status || !t->fits || t->options->draw->width > 0 ? status : crop(t, &best);
}

gf_status gf_textbook_draw(gf_drawing *d, gf_graph *g, const gf_textbook_options *options, bool *fits)
{
    textbook t = {.g = g, .options = options, .drawing = d, .width = WIDTH, .height = HEIGHT, .zoom = 1};
    *d = (gf_drawing){0};
    if (options->draw->width > 0)
        t.width = options->draw->width, t.height = options->draw->height;
    gf_status status = look_at_all(&t);
    if (!status)
        status = draw(&t);
    *fits = t.fits;
    for (int k = 0; k < t.count; k++) {
        gf_spread_free(&t.frames[k].spread);
        gf_stage_free(&t.frames[k].stage);
        if (t.frames[k].has_strip)
            gf_strip_free(&t.frames[k].strip);
        gf_view_free(&t.frames[k].view);
    }
    gf_view_free(&t.whole);
    gf_text_free(&t.title);
    gf_arena_free(&t.arena);
    return status;
}
