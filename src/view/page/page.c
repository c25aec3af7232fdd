/* Fitting a page: the largest profile with which the steps find room between the legend above and the strip and the
 * equations below; if there is none, and it may, the page grows. */
#include "view/page/page.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "view/page/crowd.h"
#include "view/page/legend.h"
#include "view/page/paint.h"
#include "view/page/strip.h"

/* How much wider gutters become, in pixels; where so much is drawn, or lacks room, they do not. */
enum { WIDER = 8, WIDEST = 64, MANY = 2000, LOST = 40 };
enum {
    MARGIN = 30,
    TOP = GF_LEGEND_HEIGHT,
    GF_STRIP_CELL = 58,
    HOPELESS = 60,
    FOLDABLE = 6,
    SLACK = 3,
    IDLE = 120, /* so much height is not left empty, */
    AIR = 40,   /* but for this */
    LOSS = 10   /* so far the box of the loss reaches above all else */
};

/* From large to small; lengths in pixels. The last write name and number of a box side by side; the very last two are
 * for steps that were asked for on a page of that size. */
static const gf_profile timed[] = {
    {68, 19, 15, 31, 22, false, false, 0}, {56, 16, 12, 26, 18, false, false, 0},
    {44, 14, 10, 22, 15, false, false, 0}, {39, 13, 8, 19, 13.5, false, false, 0},
    {34, 12, 7, 17, 12, false, false, 0},  {32, 11, 5, 16, 12, false, false, 0},
    {29, 10, 4, 14, 12, false, false, 0},  {27, 9, 3, 13, 12, false, false, 0},
    {26, 8, 2, 12, 12, false, false, 0},   {30, 8, 2, 11, 12, true, false, 0},
    {30, 7, 0, 9, 12, true, false, 0},     {30, 7, 0, 9, 12, true, true, 0},
    {30, 7, 0, 9, 12, true, true, 20},     {30, 7, 0, 9, 12, true, true, 14},
};
static const gf_profile turned[] = {
    {66, 26, 40, 36, 22, false, false, 0}, {50, 22, 34, 30, 16, false, false, 0}, {44, 18, 26, 26, 14, false, false, 0},
    {40, 16, 28, 22, 13, false, false, 0}, {36, 12, 14, 18, 12, false, false, 0},
};
enum {
    TIMED = sizeof timed / sizeof *timed,
    TURNED = sizeof turned / sizeof *turned,
    CLOSE = 2,
    GROWN_TIMED = 4,
    GROWN_TURNED = 3,
    SMALLEST = 6 /* with which whole steps are tried */
};

typedef struct paging {
    const gf_view *view;
    const gf_page_options *options;
    gf_strip strip;
    bool has_strip;
    double width, height;
    double row_height, strip_y, foot_y; /* the strip's first row; the first equation's baseline */
    gf_room room;
    gf_spread spread;
    const gf_profile *profile;
    bool tight;   /* numbers go without the 0 before the point, whatever the profile says */
    double wider; /* gutters are */
    double zoom;  /* of what is laid out, in so much less room */
    int least;    /* number of the first profile that is tried */
    double cell;  /* of folded steps: its width */
} paging;

/* How many columns there are for steps: one for all that a box folds. And how many such boxes there are. */
static int count_columns(const gf_view *view, int *solid)
{
    int first = INT_MAX, last = 0, folded = 0;
    *solid = 0;
    for (size_t k = 0; k < view->box_count; k++) {
        const gf_box *box = &view->boxes[k];
        int end = box->last_step ? box->last_step : box->step;
        first = box->step && box->step < first ? box->step : first;
        last = end > last ? end : last;
        folded += end - box->step;
        *solid += box->kind == GF_BOX_STEPS;
    }
    return last ? last - first + 1 - folded : 0;
}

static int foot_lines(const paging *p)
{
    return p->options->foot ? gf_foot_lines(p->options->foot, p->width - 2 * MARGIN) : 0;
}

/* What stands below, from the page's lower edge upwards. */
static void settle_below(paging *p)
{
    int lines = foot_lines(p), solid;
    p->foot_y = p->height - 12 - (lines > 0 ? lines - 1 : 0) * GF_FOOT_LINE;
    double above_foot = lines ? p->foot_y - 22 : p->height - 16;
    p->row_height = p->has_strip ? gf_strip_row_height(&p->strip) : 0;
    p->strip_y = above_foot - (p->has_strip ? gf_strip_height(&p->strip, p->row_height) : 0);
    double behind = p->has_strip ? 10 + p->strip.totals : 0;
    if (p->has_strip && p->strip.most_once)
        behind += 12 + GF_STRIP_ONCE * p->strip.most_once;
    p->room = (gf_room){
        .left = MARGIN / p->zoom,
        .right = (p->width - MARGIN) / p->zoom,
        .top = (TOP - LOSS) / p->zoom + LOSS,
        .bottom = (p->has_strip ? p->strip_y - GF_STRIP_HEADING - 12
                   : lines      ? above_foot - 4
                                : above_foot) /
                  p->zoom,
        .before = (p->has_strip ? 60 : 0) / p->zoom,
        .behind = behind / p->zoom,
        .solid = fmax(p->has_strip ? fmin(p->cell * p->strip.most, 220) : 0, gf_courses_width(p->view)) / p->zoom,
        .widest = (count_columns(p->view, &solid) == 1 ? 560 : 420) / p->zoom,
        .wider = p->wider,
    };
}

/* The least width of a step's cell in the strip. */
static double least_cell(const paging *p)
{
    double least = INFINITY;
    for (int k = 0; k < p->spread.ground_count && p->has_strip; k++)
        if (p->spread.grounds[k].step && !p->spread.grounds[k].solid)
            least = fmin(least, p->spread.grounds[k].width * p->zoom / p->strip.most);
    return least;
}

static bool has_room(const paging *p)
{
    const gf_spread *spread = &p->spread;
    return spread->wanted_width <= spread->given_width + SLACK && spread->wanted_height <= spread->given_height + 1 &&
           spread->least_width <= p->room.right - p->room.left && least_cell(p) >= p->options->least_cell;
}

static gf_profile profile_of(const paging *p)
{
    gf_profile own = *p->profile;
    own.tight |= p->tight;
    return own;
}

static gf_status try_profile(paging *p, const gf_profile *profile)
{
    gf_spread_free(&p->spread);
    p->profile = profile;
    gf_profile own = profile_of(p);
    return gf_spread_make(&p->spread, p->view, &own, &p->room);
}

static const gf_profile *profiles_of(const paging *p, int *count)
{
    *count = p->spread.turned ? TURNED : p->options->close ? TIMED : TIMED - CLOSE;
    return p->spread.turned ? turned : timed;
}

/* Is it so large that not even another profile helps? Where the last one lacks half as much again, so do all. */
static bool lacks_much(const gf_spread *spread)
{
    return spread->wanted_width > 1.5 * spread->given_width || spread->wanted_height > 1.5 * spread->given_height;
}

/* Are steps too many even if nothing but their cells stood on the page? */
static bool is_hopeless(const paging *p)
{
    int solid, columns = count_columns(p->view, &solid), steps = columns - solid;
    double least = p->has_strip && !p->spread.turned ? p->options->least_cell * p->strip.most : 0;
    return columns > HOPELESS || steps * least > p->room.right - p->room.left;
}

/* The first profile that fits; else the last one is left. */
static gf_status fit(paging *p, bool *fits)
{
    *fits = false;
    if (is_hopeless(p))
        return GF_OK;
    gf_status status = try_profile(p, &timed[0]);
    int count;
    const gf_profile *profiles = profiles_of(p, &count), *last = &profiles[count - 1];
    if (!status && lacks_much(&p->spread)) {
        status = try_profile(p, last);
        if (status || lacks_much(&p->spread))
            return status;
    }
    for (const gf_profile *one = profiles + p->least; one <= last && !status && !*fits; one++) {
        status = p->profile == one ? GF_OK : try_profile(p, one);
        *fits = !status && has_room(p);
    }
    return status;
}

/* Rows of the strip that belong to one cell become one: a bidirectional LSTM has three. */
static gf_status fold_strip(paging *p, bool *fits)
{
    if (!p->has_strip || !p->spread.cells || p->strip.count < FOLDABLE)
        return GF_OK;
    gf_status status = gf_strip_fold(&p->strip, p->spread.cells);
    settle_below(p);
    return status ? status : fit(p, fits);
}

/* Folded steps no wider than the others, if need be with cells so narrow that hardly a name finds room. */
static gf_status narrow_folded(paging *p, bool *fits)
{
    double width = 0, folded = 0;
    int columns = 0;
    for (int k = 0; k < p->spread.ground_count; k++) {
        const gf_ground *ground = &p->spread.grounds[k];
        columns += ground->step != 0;
        width += ground->step ? ground->width : 0;
        folded = ground->solid ? fmax(folded, ground->width) : folded;
    }
    double cell = *fits ? fmax(GF_NARROW_CELL, width / columns / p->strip.most) : GF_NARROW_CELL;
    if (!p->has_strip || !folded || cell * p->strip.most >= folded)
        return GF_OK;
    bool fitted = *fits;
    p->cell = cell;
    settle_below(p);
    gf_status status = fit(p, fits);
    if (status || *fits || !fitted)
        return status;
    p->cell = GF_STRIP_CELL;
    settle_below(p);
    return fit(p, fits);
}

static int count_steps(const paging *p)
{
    int steps = 0;
    for (int k = 0; k < p->spread.ground_count; k++)
        steps += p->spread.grounds[k].step && !p->spread.grounds[k].solid;
    return steps;
}

/* Makes the page as large as the view needs it with letters that can be read well. */
static gf_status grow(paging *p)
{
    int count;
    gf_status status = try_profile(p, &timed[GROWN_TIMED]);
    const gf_profile *profile = profiles_of(p, &count) == timed ? &timed[GROWN_TIMED] : &turned[GROWN_TURNED];
    if (!status && p->profile != profile)
        status = try_profile(p, profile);
    for (int round = 0; round < 3 && !status && !has_room(p); round++) {
        const gf_spread *s = &p->spread;
        double wider = fmax(0, s->wanted_width - s->given_width), higher = fmax(0, s->wanted_height - s->given_height);
        int steps = count_steps(p), lines = foot_lines(p);
        wider *= p->spread.turned || !steps ? 1 : steps;
        p->width += ceil(fmax(wider, s->least_width - (p->room.right - p->room.left)));
        p->height += ceil(fmax(higher - (lines - foot_lines(p)) * GF_FOOT_LINE, 0)); /* of a wider page a lower foot */
        settle_below(p);
        status = try_profile(p, profile);
    }
    return status;
}

/* --- drawing ------------------------------------------------------------------------------------------------ */

static void place_timed_strip(const paging *p, gf_strip_place *at, gf_strip_column *columns)
{
    double behind = 0;
    for (int k = 0; k < p->spread.ground_count; k++) {
        const gf_ground *ground = &p->spread.grounds[k];
        if (!ground->step)
            continue;
        double left = ground->x * p->zoom, width = ground->width * p->zoom;
        behind = left + width;
        columns[at->column_count++] =
            (gf_strip_column){ground->step, left + 3, width - 4, ground->last > ground->step ? ground->last : 0};
        if (at->column_count == 1)
            at->names = left - 14;
    }
    at->columns = columns;
    at->totals = behind + 12;
    if (p->strip.most_once) {
        at->once = behind + 16;
        at->once_width = GF_STRIP_ONCE * p->strip.most_once;
        at->totals = at->once + at->once_width + 6;
    }
}

static void draw_strip(const paging *p, gf_drawing *d, gf_marks *marks)
{
    gf_strip_place at = {.y = p->strip_y, .row_height = p->row_height, .left = MARGIN, .names = 104};
    gf_strip_column *columns = calloc((size_t)p->spread.ground_count + 1, sizeof *columns);
    if (!columns) {
        d->failed = true;
        return;
    }
    if (p->spread.turned) {
        at.once = 118;
        at.once_width = 120 * fmax(p->strip.most_once, 1);
        at.totals = at.once + at.once_width + 12;
    } else {
        place_timed_strip(p, &at, columns);
    }
    gf_strip_draw(&p->strip, d, p->options->theme, p->options->scale, &at, marks);
    free(columns);
}

static gf_status draw(paging *p, gf_drawing *d)
{
    const gf_page_options *o = p->options;
    if (gf_crowd_measure(o->scale, p->view, &p->spread))
        return GF_ERROR_MEMORY;
    gf_drawing_begin(d, p->width, p->height, o->theme->ground, o->title ? o->title : "",
                     "A computation graph; colour and width of an arrow are the size of the gradient that comes back "
                     "along it.");
    gf_heading_draw(d, p->view, o->theme, o->title, o->subtitle, p->width);
    gf_painting painting = {
        .view = p->view,
        .spread = &p->spread,
        .theme = o->theme,
        .scale = o->scale,
        .profile = profile_of(p),
        .drawing = d,
        .tight = p->profile->tight || p->tight,
        .right = p->width / p->zoom,
        .bottom = p->has_strip ? (p->strip_y - GF_STRIP_HEADING) / p->zoom : 0,
    };
    size_t first = d->count;
    gf_status status = gf_paint(&painting);
    gf_drawing_magnify(d, first, p->zoom);
    d->left_out = painting.missing;
    if (!p->view->box_count)
        gf_drawing_text(d, p->width / 2, p->height / 2, GF_MIDDLE, GF_SANS, o->theme->soft, "nothing to draw", 18,
                        GF_PLAIN);
    if (p->has_strip)
        draw_strip(p, d, &painting.marks);
    gf_legend_draw(d, p->view, o->theme, o->scale, &painting.marks, p->width);
    if (o->foot)
        gf_foot_draw(o->foot, d, o->theme, MARGIN, p->foot_y, p->width - 2 * MARGIN);
    return status ? status : d->failed ? GF_ERROR_MEMORY : GF_OK;
}

/* Of what leaves much of the page empty, all as much larger as there is room. */
static gf_status enlarge(paging *p, bool *fits)
{
    static const double zooms[] = {1.5, 1.25, 1};
    gf_status status = GF_OK;
    const gf_profile *largest = p->spread.turned ? turned : timed;
    if (!*fits || p->profile != largest)
        return GF_OK;
    for (size_t k = 0; k < sizeof zooms / sizeof *zooms && !status && (!k || !*fits || p->profile != largest); k++) {
        p->zoom = zooms[k];
        settle_below(p);
        status = fit(p, fits);
    }
    return status;
}

/* Of what is low, as a chain is, a low page. */
static gf_status crop(paging *p, bool *fits)
{
    if (!(*fits || (p->options->grow && has_room(p))) || !p->view->box_count)
        return GF_OK;
    gf_spread_measure(&p->spread);
    double used = (p->spread.bottom - p->spread.top + AIR) * p->zoom, room = (p->room.bottom - p->room.top) * p->zoom;
    if (room - used < IDLE)
        return GF_OK;
    p->height = ceil(p->height - (room - used));
    settle_below(p);
    return *fits ? fit(p, fits) : try_profile(p, p->profile);
}

/* Finds room: as it is, with sums that stand close, with a folded strip, or on a larger page. */
static gf_status find_room(paging *p, bool *fits)
{
    settle_below(p);
    gf_status status = fit(p, fits);
    if (!status && !*fits && p->has_strip) {
        gf_strip_narrow(&p->strip);
        settle_below(p);
        status = fit(p, fits);
    }
    if (!status)
        status = narrow_folded(p, fits);
    if (!status && !*fits)
        status = fold_strip(p, fits);
    if (!status && !*fits && p->options->grow)
        status = grow(p);
    else if (!status)
        status = enlarge(p, fits);
    return status || !p->options->crop ? status : crop(p, fits);
}

/* Draws once more, with wider gutters, smaller boxes or sums that stand close; kept if more numbers found room. */
static gf_status draw_again(paging *p, gf_drawing *d, bool fits)
{
    gf_drawing other = {0};
    bool still = fits;
    settle_below(p);
    gf_status status = fits ? fit(p, &still) : grow(p);
    if (!status && still == fits)
        status = draw(p, &other);
    bool better = !status && still == fits && other.left_out < d->left_out;
    gf_drawing worse = better ? *d : other;
    *d = better ? other : *d;
    gf_drawing_free(&worse);
    return status;
}

/* The table, its rows in the order of the equations below. */
static gf_status make_strip(paging *p)
{
    gf_status status = gf_strip_make(&p->strip, p->view);
    int *rank = gf_arena_get(&p->strip.arena, ((size_t)p->view->pattern_count + 1) * sizeof *rank);
    if (status || !p->options->foot)
        return status;
    for (int k = 0; k < p->view->pattern_count && rank; k++)
        rank[k] = gf_foot_rank(p->options->foot, p->view->patterns[k].name);
    return rank ? gf_strip_sort(&p->strip, rank) : GF_ERROR_MEMORY;
}

gf_status gf_page_draw(gf_drawing *d, const gf_view *view, const gf_page_options *options, bool *fits)
{
    paging p = {.view = view,
                .options = options,
                .width = options->width,
                .height = options->height,
                .cell = GF_STRIP_CELL,
                .zoom = 1};
    *d = (gf_drawing){0};
    gf_status status = options->strip ? make_strip(&p) : GF_OK;
    p.has_strip = !status && p.strip.count > 0;
    if (!status)
        status = find_room(&p, fits);
    d->width = p.width, d->height = p.height;
    if (!status && p.profile && gf_raster_holds(options->format, options->dots, p.width, p.height))
        status = draw(&p, d);
    bool may = !p.spread.turned && (*fits || options->grow) && view->box_count < MANY;
    if (!status && may && d->left_out && p.zoom > 1) {
        p.zoom = 1;
        status = draw_again(&p, d, *fits);
    }
    bool whole = view->level == GF_LEVEL_STEPS && p.profile; /* then names may leave little between the boxes */
    p.least = whole ? (int)(p.profile - timed) + 1 : p.profile == timed;
    for (int last = whole ? SMALLEST : p.least; !status && may && d->left_out && p.least && p.least <= last; p.least++)
        status = draw_again(&p, d, *fits);
    if (!status && may && d->left_out && p.has_strip && !p.strip.narrow) {
        gf_strip_narrow(&p.strip);
        status = draw_again(&p, d, *fits);
    }
    if (!status && may && d->left_out && d->left_out < LOST) {
        p.tight = true;
        status = draw_again(&p, d, *fits);
    }
    p.cell =
        may && d->left_out ? fmin(p.cell, GF_NARROW_CELL) : p.cell; /* of folded steps, so that gutters have more */
    for (p.wider = WIDER; !status && may && d->left_out && d->left_out < LOST && p.wider <= WIDEST; p.wider *= 2)
        status = draw_again(&p, d, *fits);
    gf_spread_free(&p.spread);
    if (options->strip)
        gf_strip_free(&p.strip);
    return status;
}
