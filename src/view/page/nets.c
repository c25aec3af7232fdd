/* Nets: of each first the ground that cuts what lies behind, then its lines, thin before thick. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "view/describe.h"
#include "view/drawing/figures.h"
#include "view/page/crowd.h"
#include "view/page/paint.h"

int gf_trail_turn(const gf_view *view, const gf_trail *trail)
{
    int last = 0;
    for (int k = 0; k < trail->arrow_count; k++) {
        const gf_arrow *arrow = &view->arrows[trail->arrows[k]];
        if (arrow->look != GF_ARROW_ASIDE && arrow->turn > last)
            last = arrow->turn;
    }
    return last;
}

/* A trail with its pen. */
typedef struct stroke {
    const gf_trail *trail;
    gf_carried carried;
    gf_pen pen;
    char colour[8];
} stroke;

/* What the legend has to explain. */
static void note_marks(gf_marks *marks, const gf_view *view, const stroke *s)
{
    marks->mixed |= s->carried.mixed;
    marks->cancels |= s->carried.cancels;
    marks->zero |= s->carried.look == GF_ARROW_NONE;
    marks->bad |= s->carried.look == GF_ARROW_NONFINITE;
    if (s->carried.look == GF_ARROW_ASIDE) {
        bool target = view->arrows[s->trail->arrows[0]].from->kind == GF_BOX_INPUT;
        marks->target |= target;
        marks->given |= !target; /* or made of what is */
    }
}

static void choose_pen(gf_painting *p, stroke *s)
{
    gf_arrow_look look = s->carried.look;
    note_marks(&p->marks, p->view, s);
    s->pen = (gf_pen){.radius = 9, .head = s->trail->head, .later = true, .width = 1.4};
    if (s->carried.mixed) {
        s->pen.colour = p->theme->mixed, s->pen.width = 2.6;
    } else if (look == GF_ARROW_ASIDE) {
        s->pen.colour = p->theme->aside, s->pen.width = 1.2, s->pen.head = false;
    } else if (s->carried.cancels || look == GF_ARROW_UNKNOWN) {
        s->pen.colour = p->theme->zero, s->pen.width = 1.6;
    } else if (look == GF_ARROW_NONE) {
        s->pen.colour = p->theme->zero, s->pen.dash = GF_DASHED;
    } else {
        gf_scale_colour(s->colour, p->theme, p->scale, s->carried.size);
        s->pen.colour = s->colour;
        s->pen.width = gf_scale_width(p->scale, s->carried.size);
    }
}

enum { MOST_LISTED = 100 };

static const gf_box *end_of(const gf_painting *p, const gf_trail *trail, int k, bool head)
{
    const gf_arrow *arrow = &p->view->arrows[trail->arrows[k]];
    return head ? arrow->to : arrow->from;
}

/* "L[1], L[2], L[3], L[4], …": at the tails or the heads of its arrows, each once where it follows itself; how many, of
 * more than four five. */
static int name_ends(const gf_painting *p, const gf_trail *trail, bool head, gf_text *title)
{
    int names = 0;
    const char *before = NULL;
    for (int k = 0; k < trail->arrow_count && names <= 4; k++) {
        const char *name = end_of(p, trail, k, head)->name;
        if (before && !strcmp(name, before))
            continue;
        if (names++ < 4)
            gf_text_print(title, "%s%s", before ? ", " : "", name);
        before = name;
    }
    gf_text_add(title, names > 4 ? ", …" : "");
    return names;
}

/* "h[2] → f[3], i[3]: gradient l2 0.095, …"; "h of step 2 → step 3: …"; of a rail "L[1], L[2] → loss (2 arrows)". Of
 * very many boxes to which it leads only the first and the last are listed: of a trunk to T steps there are T pieces.
 */
static void describe(const gf_painting *p, const stroke *s, gf_text *title, gf_text *to)
{
    const gf_trail *trail = s->trail;
    const char *told = gf_arrow_told(&p->view->arrows[trail->arrows[0]]);
    int many = trail->arrow_count > MOST_LISTED ? trail->arrow_count - 1 : 1;
    for (int k = 0; k < trail->arrow_count; k += many)
        gf_text_print(to, "%s%s", k ? " " : "", end_of(p, trail, k, true)->key);
    gf_text_print(title, "%s%s", told, *told ? " of " : "");
    name_ends(p, trail, false, title);
    gf_text_add(title, " → ");
    if (name_ends(p, trail, true, title) == 1 && trail->arrow_count > 1)
        gf_text_print(title, " (%d arrows)", trail->arrow_count);
    gf_text_add(title, ": ");
    if (s->carried.mixed)
        gf_text_add(title, "each its own gradient");
    else
        gf_describe_measure(&s->carried.measure, title);
    gf_describe_cut(&s->carried.cut, title);
}

static void paint_stroke(gf_painting *p, stroke *s)
{
    gf_text title = {0}, to = {0};
    describe(p, s, &title, &to);
    p->drawing->turn = gf_trail_turn(p->view, s->trail);
    gf_drawing_arrow(p->drawing, s->trail->head ? "arrow" : "trunk", gf_text_string(&title),
                     p->view->arrows[s->trail->arrows[0]].from->key, gf_text_string(&to));
    gf_drawing_line(p->drawing, s->trail->points, (size_t)s->trail->point_count, &s->pen);
    gf_drawing_end(p->drawing);
    p->drawing->turn = 0;
    p->drawing->failed |= title.failed || to.failed;
    gf_text_free(&title);
    gf_text_free(&to);
}

/* Below steps lines of weights run so close to each other that what they cross would be cut to dots. */
static void paint_halo(gf_painting *p, const stroke *s)
{
    gf_pen halo = {.colour = p->theme->ground, .width = s->pen.width + 3.2, .radius = 9, .halo = ""};
    if (p->view->arrows[s->trail->arrows[0]].from->kind == GF_BOX_PARAM && !p->spread->turned)
        return;
    p->drawing->turn = gf_trail_turn(p->view, s->trail);
    gf_drawing_line(p->drawing, s->trail->points, (size_t)s->trail->point_count, &halo);
    p->drawing->turn = 0;
}

static int compare_strokes(const void *a, const void *b)
{
    const stroke *one = a, *other = b;
    if (one->pen.width != other->pen.width)
        return (one->pen.width > other->pen.width) - (one->pen.width < other->pen.width);
    return (one->trail > other->trail) - (one->trail < other->trail);
}

/* The trails of one net lie together, as they first came. */
static void paint_net(gf_painting *p, stroke *strokes, size_t count)
{
    gf_drawing_group(p->drawing, NULL, "halo", NULL);
    for (size_t k = 0; k < count; k++) {
        strokes[k].pen.halo = "";
        paint_halo(p, &strokes[k]);
    }
    gf_drawing_end(p->drawing);
    qsort(strokes, count, sizeof *strokes, compare_strokes);
    for (size_t k = 0; k < count; k++) {
        strokes[k].pen.colour = *strokes[k].colour ? strokes[k].colour : strokes[k].pen.colour;
        paint_stroke(p, &strokes[k]);
    }
}

/* What is kept free around a line is wider than the line: where room is scarce, the line's own ground will do. */
static void block_lines(gf_painting *p, const gf_trail *trail, double width)
{
    double give = fmax(4 - (width / 2 + 1.6), 0);
    for (int k = 1; k < trail->point_count; k++) {
        gf_point a = trail->points[k - 1], b = trail->points[k];
        gf_obstacles_add(&p->obstacles,
                         (gf_bounds){fmin(a.x, b.x) - 4, fmin(a.y, b.y) - 4, fmax(a.x, b.x) + 4, fmax(a.y, b.y) + 4},
                         trail->head && k == trail->point_count - 1 ? 0 : give);
    }
}

/* Tips come last: no line lies over one. Between two that stand close some ground is left. */
static void paint_tips(gf_painting *p, stroke *strokes, size_t count)
{
    double *rooms = gf_crowd_tips(p->spread);
    p->drawing->failed |= !rooms;
    gf_drawing_group(p->drawing, NULL, "tips", NULL);
    for (size_t k = 0; k < count && rooms; k++) {
        stroke *s = &strokes[k];
        double room = rooms[s->trail - p->spread->trails];
        if (!s->pen.head)
            continue;
        s->pen.tip = isfinite(room) ? fmax(room - 0.8, s->pen.width + 1.6) : 0;
        p->drawing->turn = gf_trail_turn(p->view, s->trail);
        gf_drawing_tip(p->drawing, s->trail->points, (size_t)s->trail->point_count, &s->pen);
    }
    p->drawing->turn = 0;
    gf_drawing_end(p->drawing);
    free(rooms);
}

/* What is joined is painted together, lest the ground around one line cut another off: a source's trails, and those of
 * all sources that a rail collects. By source the first of those. */
static int *join_sources(const gf_view *view, const gf_spread *spread)
{
    int *joined = malloc(((size_t)view->source_count + 1) * sizeof *joined);
    for (int k = 0; k < view->source_count && joined; k++)
        joined[k] = k;
    for (size_t k = 0; k < spread->trail_count && joined; k++)
        for (int a = 0; a < spread->trails[k].arrow_count && spread->trails[k].rail; a++) {
            int one = spread->trails[k].source, other = view->arrows[spread->trails[k].arrows[a]].source;
            while (joined[one] != one)
                one = joined[one];
            while (joined[other] != other)
                other = joined[other];
            joined[one > other ? one : other] = one > other ? other : one;
        }
    for (int k = 0; k < view->source_count && joined; k++)
        joined[k] = joined[joined[k]];
    return joined;
}

/* The trails in the order in which they are painted: where each net's begin is where it is first met. */
static size_t *sort_by_net(const gf_view *view, const gf_spread *spread, const int *net)
{
    size_t sources = (size_t)view->source_count, count = spread->trail_count, place = 0;
    size_t *order = malloc((count + 1) * sizeof *order), *size = calloc(sources + 1, sizeof *size);
    size_t *next = malloc((sources + 1) * sizeof *next);
    bool good = order && size && next;
    for (size_t k = 0; k < count && good; k++)
        size[net[spread->trails[k].source]]++;
    for (size_t k = 0; k < count && good; k++) {
        int of = net[spread->trails[k].source];
        if (size[of])
            next[of] = place;
        place += size[of];
        size[of] = 0;
        order[next[of]++] = k;
    }
    free(size);
    free(next);
    if (!good)
        free(order);
    return good ? order : NULL;
}

static void paint_all(gf_painting *p, stroke *strokes, size_t count, const size_t *order, const int *net)
{
    for (size_t k = 0; k < count; k++) {
        strokes[k].trail = &p->spread->trails[order[k]];
        strokes[k].carried = p->carried[order[k]];
        choose_pen(p, &strokes[k]);
        block_lines(p, strokes[k].trail, strokes[k].pen.width);
    }
    for (size_t k = 0, end; k < count; k = end) {
        for (end = k; end < count && net[strokes[end].trail->source] == net[strokes[k].trail->source];)
            end++;
        paint_net(p, strokes + k, end - k);
    }
    paint_tips(p, strokes, count);
}

void gf_nets_paint(gf_painting *p)
{
    size_t count = p->spread->trail_count;
    int *net = join_sources(p->view, p->spread);
    size_t *order = net ? sort_by_net(p->view, p->spread, net) : NULL;
    stroke *strokes = calloc(count + 1, sizeof *strokes);
    if (order && strokes)
        paint_all(p, strokes, count, order, net);
    else
        p->drawing->failed = true;
    free(strokes);
    free(order);
    free(net);
}
