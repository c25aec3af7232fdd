/* From a graph to a page: which steps it shows, what stands around them, and the format. */
#include "view/page/picture.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "view/page/legend.h"
#include "view/page/page.h"
#include "view/page/recite.h"
#include "view/page/subtitle.h"
#include "view/tables.h"
#include "view/textbook/textbook.h"

enum { PAGE_WIDTH = 1280, PAGE_HEIGHT = 720, MOST_STEPS = 24 /* of more none would fit */, MOST_FRAMES = 1000 };
enum { MOST_EQUATIONS = 200 /* at the foot of a graph from C */ };

typedef struct picturing {
    gf_graph *g;
    const char *format;
    gf_draw_options options;
    gf_view view;
    gf_foot foot;
    bool has_foot;
    gf_model *recited; /* of a graph from C, for its foot */
    gf_text subtitle, title;
    gf_page_options page;
    gf_size_scale scale;
    gf_drawing drawing;
    bool fits;
    bool left_out; /* the strip, for want of room */
} picturing;

/* All steps, or, of those that nobody chose, the first and the last, so many together, and one box between. */
static gf_status look(picturing *p, int shown)
{
    int first = p->view.first_step + (shown + 1) / 2, last = p->view.last_step - shown / 2;
    gf_view_free(&p->view);
    return gf_view_make_folded(&p->view, p->g, &p->options, shown ? first : 0, shown ? last : 0);
}

/* Parameters of operations are boxes as long as there are few steps; then they stand in the box that uses them. */
static bool choose_params(picturing *p)
{
    gf_show *params = &p->options.params;
    bool choose = *params == GF_SHOW_AUTO && p->options.level == GF_LEVEL_OPS;
    if (choose)
        *params = p->view.last_step - p->view.first_step < 2 ? GF_SHOWN : GF_SHOW_FOLDED;
    return choose;
}

static bool may_fold(const picturing *p)
{
    return !p->options.first_step && !p->options.last_step && p->view.level != GF_LEVEL_OPS &&
           p->view.last_step - p->view.first_step >= 3;
}

/* The equations of the model, or of a graph from C, as far as it can be said in the language. */
static gf_status make_foot(picturing *p)
{
    gf_model *m = p->options.model;
    if (!m) {
        gf_status said = gf_recite_model(&p->recited, p->g);
        if (said)
            return said == GF_ERROR_MEMORY ? said : GF_OK;
        m = p->recited;
    }
    gf_status status = gf_foot_make(&p->foot, m);
    p->has_foot = true;
    if (!status && (!p->recited || p->foot.count <= MOST_EQUATIONS))
        p->page.foot = &p->foot;
    return p->recited && status != GF_ERROR_MEMORY ? GF_OK : status;
}

static double dots_of(const picturing *p)
{
    return p->options.dots_per_inch > 0 ? p->options.dots_per_inch : 96;
}

static gf_status prepare(picturing *p, gf_text *why)
{
    const gf_draw_options *o = &p->options;
    p->page.theme = gf_theme_find(o->theme ? o->theme : "light");
    if (!p->page.theme) {
        gf_text_print(why, "there is no theme '%s': light, dark or print", o->theme);
        return GF_ERROR_ARGUMENT;
    }
    gf_status status = make_foot(p);
    if (status)
        return status;
    gf_subtitle_write(&p->subtitle, p->g, o, p->recited, &p->view, false);
    p->page.subtitle = gf_text_string(&p->subtitle);
    p->page.width = o->width > 0 ? o->width : PAGE_WIDTH;
    p->page.height = o->height > 0 ? o->height : PAGE_HEIGHT;
    p->page.format = p->format;
    p->page.dots = dots_of(p);
    p->page.close = o->width > 0 && o->first_step > 0;
    p->page.strip = o->params == GF_SHOW_STRIP || (o->params == GF_SHOW_AUTO && p->view.level == GF_LEVEL_EQUATIONS);
    return p->subtitle.failed ? GF_ERROR_MEMORY : GF_OK;
}

static gf_status draw_page(picturing *p, bool grow)
{
    gf_drawing_free(&p->drawing);
    gf_text_clear(&p->title);
    gf_legend_title(&p->title, &p->view);
    gf_subtitle_write(&p->subtitle, p->g, &p->options, p->recited, &p->view, p->left_out);
    p->scale = gf_scale_choose(&p->view, p->options.least, p->options.most);
    p->page.title = gf_text_string(&p->title);
    p->page.subtitle = gf_text_string(&p->subtitle);
    p->page.scale = &p->scale;
    p->page.grow = grow && p->options.width <= 0;
    p->page.crop = p->options.width <= 0;
    return p->title.failed || p->subtitle.failed ? GF_ERROR_MEMORY
                                                 : gf_page_draw(&p->drawing, &p->view, &p->page, &p->fits);
}

/* The most steps that find room with all their numbers but `missing`, between 2 and what all have not found, by
 * bisection; the rest in one box. */
static gf_status draw_most(picturing *p, int missing)
{
    int steps = p->view.last_step - p->view.first_step + 1, shown = 2;
    int most = steps - 2 < MOST_STEPS ? steps - 2 : MOST_STEPS, drawn = 0;
    gf_status status = GF_OK;
    p->page.least_cell = GF_NARROW_CELL;
    while (shown < most && !status) {
        drawn = shown + (most - shown + 1) / 2;
        status = look(p, drawn);
        if (!status)
            status = draw_page(p, false);
        if (p->fits && p->drawing.left_out <= missing)
            shown = drawn;
        else
            most = drawn - 1;
    }
    p->page.least_cell = 0;
    if (!status && drawn != shown)
        status = look(p, shown);
    return status || drawn == shown ? status : draw_page(p, true);
}

/* Where even two steps leave numbers out, more may do so, too. Of what is too high for a page all steps stand on a
 * higher one, if they are not too many for its width. */
static gf_status draw_folded(picturing *p, bool many)
{
    gf_status status = draw_most(p, 0);
    if (!status && p->fits && p->drawing.left_out)
        return draw_most(p, p->drawing.left_out);
    if (status || p->fits || many || p->options.width > 0 || p->drawing.width > PAGE_WIDTH)
        return status;
    status = look(p, 0);
    if (!status)
        status = draw_page(p, true);
    if (!status && p->drawing.width > PAGE_WIDTH)
        status = draw_most(p, 0);
    return status;
}

/* All steps if they fit; else the first, the last and one box between; else on a page of its own size. */
static gf_status draw_fitting(picturing *p)
{
    bool fold = may_fold(p), many = fold && p->view.last_step - p->view.first_step >= MOST_STEPS;
    gf_status status = many ? GF_OK : draw_page(p, !fold);
    return status || !fold || (!many && p->fits) ? status : draw_folded(p, many);
}

/* Where numbers find no room, on a wider page, if all find it there. */
static gf_status draw_wider(picturing *p)
{
    enum { WIDER = 80, ROUNDS = 8, MANY = 500 };
    bool may = p->fits && p->options.width <= 0 && p->view.box_count < MANY;
    gf_status status = GF_OK;
    for (int k = 0; k < ROUNDS && !status && may && p->drawing.left_out; k++) {
        p->page.width += WIDER;
        status = draw_page(p, false);
    }
    if (status || !may || !p->drawing.left_out)
        return status;
    p->page.width = PAGE_WIDTH;
    return draw_page(p, false);
}

static gf_status draw(picturing *p, gf_text *why)
{
    gf_status status = look(p, 0);
    if (!status && choose_params(p))
        status = look(p, 0);
    if (!status)
        status = prepare(p, why);
    if (!status)
        status = draw_fitting(p);
    if (!status)
        status = draw_wider(p);
    if (status || p->fits || p->options.width <= 0 || p->options.params != GF_SHOW_AUTO)
        return status;
    p->page.strip = false; /* which nobody asked for */
    p->left_out = true;
    return draw_page(p, false);
}

/* The graph at the picture's level, with every step and every parameter, whatever the picture folds; what it folds; and
 * the places. */
static gf_status write_json(picturing *p, gf_text *out)
{
    gf_view view;
    gf_draw_options options = p->options;
    options.level = p->view.level;
    options.params = GF_SHOWN;
    gf_status status = gf_view_make(&view, p->g, &options);
    gf_text_add(out, "{");
    if (!status)
        gf_tables_json(&view, &p->view, out);
    gf_text_add(out, ",\n\"picture\": ");
    gf_places_write(&p->drawing, out);
    gf_text_add(out, "}\n");
    gf_view_free(&view);
    return status;
}

static bool has_step(gf_graph *g, int step)
{
    bool found = false;
    for (size_t id = 0; id < gf_graph_size(g) && !found; id++)
        found = gf_node_step(gf_graph_node(g, id)) == step;
    return found;
}

/* One step, or two, at the level of equations: every number in its place. */
static bool is_textbook(gf_graph *g, const gf_draw_options *o)
{
    bool few = o->first_step > 0 && o->last_step >= o->first_step && o->last_step - o->first_step <= 1;
    return few && has_step(g, o->first_step) && has_step(g, o->last_step) &&
           (o->level == GF_LEVEL_AUTO || o->level == GF_LEVEL_EQUATIONS);
}

static gf_status draw_textbook(picturing *p, double largest, gf_text *why)
{
    p->view.level = GF_LEVEL_EQUATIONS;
    gf_status status = prepare(p, why);
    gf_textbook_options options = {&p->options, p->page.theme, p->page.foot ? &p->foot : NULL, largest};
    if (!status)
        status = gf_textbook_draw(&p->drawing, p->g, &options, &p->fits);
    return status;
}

static void end(picturing *p)
{
    gf_drawing_free(&p->drawing);
    gf_view_free(&p->view);
    if (p->has_foot)
        gf_foot_free(&p->foot);
    gf_model_free(p->recited);
    gf_text_free(&p->subtitle);
    gf_text_free(&p->title);
}

static void begin_again(picturing *p)
{
    picturing begun = {.g = p->g, .format = p->format, .options = p->options};
    end(p);
    *p = begun;
}

/* As other steps are drawn: of what is too much for a page twice as large as a slide, or for the one that was asked
 * for. */
static gf_status draw_plainly(picturing *p, gf_text *why)
{
    bool asked = p->options.width > 0;
    begin_again(p);
    p->options.width = asked ? p->options.width : PAGE_WIDTH;
    p->options.height = asked ? p->options.height : PAGE_HEIGHT;
    gf_status status = draw(p, why);
    if (!asked)
        p->options.width = p->options.height = 0;
    return status;
}

static gf_status compose(picturing *p, gf_text *why)
{
    bool asked = p->options.width > 0;
    if (!is_textbook(p->g, &p->options))
        return draw(p, why);
    gf_status status = draw_textbook(p, asked ? 1 : 2, why);
    if (!status && !p->fits)
        status = draw_plainly(p, why);
    if (status || p->fits || asked)
        return status;
    begin_again(p);
    return draw_textbook(p, INFINITY, why);
}

/* --- pages whose size was said, and that are too small --------------------------------------------------------- */

static gf_status try_range(const picturing *p, int first, int last, bool *fits)
{
    picturing other = {.g = p->g, .format = p->format, .options = p->options};
    gf_text why = {0};
    other.options.first_step = first;
    other.options.last_step = last;
    gf_status status = compose(&other, &why);
    *fits = !status && other.fits;
    gf_text_free(&why);
    end(&other);
    return status;
}

/* The last step up to which the page holds them, by bisection; first - 1: it does not hold even that one. */
static gf_status find_last(const picturing *p, int first, int last, int *found)
{
    gf_status status = GF_OK;
    *found = first - 1;
    while (*found < last && !status) {
        int middle = *found + (last - *found + 1) / 2;
        bool fits;
        status = try_range(p, first, middle, &fits);
        if (fits)
            *found = middle;
        else
            last = middle - 1;
    }
    return status;
}

/* Which range of steps is narrow enough for a format, by what all of them take: 32767 pixels of a PNG, 200 inches of a
 * PDF. It is drawn before it is said: a single step may be too wide. */
static void advise(const picturing *p, gf_text *why)
{
    double widest = strcmp(p->format, "pdf") ? 32767 * 96 / dots_of(p) : 19200;
    int first = p->options.first_step ? p->options.first_step : p->view.first_step;
    int last = p->options.last_step ? p->options.last_step : p->view.last_step;
    int fitting = (int)((last - first + 1) * fmin(widest / p->drawing.width, 1) * 0.95);
    picturing other = {.g = p->g, .format = p->format, .options = p->options};
    if (!first || fitting < 1 || fitting > last - first)
        return;
    gf_text none = {0};
    other.options.first_step = first;
    other.options.last_step = first + fitting - 1;
    if (!compose(&other, &none) && other.drawing.width <= widest)
        gf_text_print(why, ", or fewer steps, %d to %d at most (--steps %d..%d)", first, first + fitting - 1, first,
                      first + fitting - 1);
    gf_text_free(&none);
    end(&other);
}

/* Which steps there are to choose from; false where there are no two. */
static bool find_steps(const picturing *p, int *first, int *last)
{
    gf_view view;
    gf_draw_options all = {.size = sizeof all, .level = GF_LEVEL_STEPS};
    bool good = !gf_view_make(&view, p->g, &all);
    *first = p->options.first_step ? p->options.first_step : view.first_step;
    *last = p->options.last_step ? p->options.last_step : view.last_step;
    gf_view_free(&view);
    return good && *first && *first < *last;
}

/* Says a larger size, and of steps the largest range that fits. */
static gf_status refuse(const picturing *p, gf_text *why)
{
    int first, last, fitting;
    gf_text_print(why, "it does not fit %g x %g pixels with letters of 9 points: say a larger size", p->page.width,
                  p->page.height);
    if (!find_steps(p, &first, &last))
        return GF_ERROR_LIMIT;
    gf_status status = find_last(p, first, last - 1, &fitting);
    if (fitting == first)
        gf_text_print(why, ", or step %d alone (--steps %d)", first, first);
    else if (fitting > first)
        gf_text_print(why, ", or fewer steps, %d to %d at most (--steps %d..%d)", first, fitting, first, fitting);
    else
        gf_text_print(why, "; not even step %d alone fits", first);
    return status ? status : GF_ERROR_LIMIT;
}

static uint32_t mix(uint32_t hash, const void *data, size_t size)
{
    for (const unsigned char *byte = data; size--; byte++)
        hash = (hash ^ *byte) * 16777619u;
    return hash;
}

/* What tells a page's ids from another's, so that two stand in one document: FNV-1a (Fowler, Noll and Vo, 1991) of its
 * titles, its look and its names, but not of its numbers, whose last digits are the machine's. */
static uint32_t fingerprint(const picturing *p)
{
    const gf_drawing *d = &p->drawing;
    uint32_t hash = mix(2166136261u, d->title, strlen(d->title));
    hash = mix(hash, p->page.subtitle, strlen(p->page.subtitle));
    hash = mix(hash, d->ground, strlen(d->ground));
    hash = mix(hash, &p->view.level, sizeof p->view.level);
    for (size_t k = 0; k < d->count; k++)
        for (size_t r = 0; r < d->items[k].run_count; r++)
            if (d->items[k].runs[r].style & GF_BOLD)
                hash = mix(hash, d->items[k].runs[r].text, strlen(d->items[k].runs[r].text));
    return hash;
}

/* As it is after a turn of backpropagation. */
static gf_status write(picturing *p, int turn, gf_text *out, gf_text *why)
{
    if (!strcmp(p->format, "json"))
        return write_json(p, out);
    bool is_svg = !strcmp(p->format, "svg");
    gf_text svg = {0}, *to = is_svg ? out : &svg;
    char prefix[16];
    snprintf(prefix, sizeof prefix, "g%08x-", fingerprint(p));
    if (p->options.animate)
        gf_svg_write_playing(&p->drawing, prefix, to);
    else
        gf_svg_write_turn(&p->drawing, prefix, turn, to);
    gf_status status = is_svg ? GF_OK : gf_raster_write(&svg, p->format, dots_of(p), out, why);
    gf_text_free(&svg);
    return !status && out->failed ? GF_ERROR_MEMORY : status;
}

/* On a page that its format holds. */
static gf_status compose_fitting(picturing *p, gf_text *why)
{
    gf_status status = compose(p, why);
    if (!status && !p->fits && p->options.width > 0)
        return refuse(p, why);
    if (status || gf_raster_holds(p->format, dots_of(p), p->drawing.width, p->drawing.height))
        return status;
    status = gf_raster_check(p->format, dots_of(p), p->drawing.width, p->drawing.height, why);
    advise(p, why);
    return status;
}

gf_status gf_picture_write(gf_graph *g, const char *format, const gf_draw_options *options, gf_text *out, gf_text *why)
{
    picturing p = {.g = g, .format = format, .options = *options};
    gf_status status = compose_fitting(&p, why);
    if (!status)
        status = write(&p, p.drawing.turns, out, why);
    end(&p);
    return status;
}

/* --- backpropagation, picture by picture ------------------------------------------------------------------------ */

gf_status gf_picture_frames(gf_graph *g, const char *format, const gf_draw_options *options, gf_frame_taker *take,
                            void *data, gf_text *why)
{
    picturing p = {.g = g, .format = format, .options = *options};
    gf_status status = compose_fitting(&p, why);
    int last = p.drawing.turns;
    if (!status && last >= MOST_FRAMES) {
        gf_text_print(why,
                      "it takes %d pictures, and 1000 are the most: draw fewer steps (--steps), or a coarser level",
                      last + 1);
        status = GF_ERROR_LIMIT;
    }
    for (int turn = 0; turn <= last && !status; turn++) {
        gf_text picture = {0};
        status = write(&p, turn, &picture, why);
        if (!status)
            status = take(data, &picture, turn, last);
        gf_text_free(&picture);
    }
    end(&p);
    return status;
}
