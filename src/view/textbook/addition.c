/* The sum of the chain rule, in words and numbers, for the value of which it says most:
 *
 *     Gradients add up: grad(h₂) = from z₂ + from f₃, i₃, g₃ and o₃. Its size is 0.64: 0.71 from z₂, and 0.095 from
 *     here, where the four arrows (0.063, 0.047, 0.039, 0.05) partly cancel. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "view/cancel.h"
#include "view/drawing/cut.h"
#include "view/drawing/figures.h"
#include "view/textbook/textbook.h"

enum { MOST = 6 }; /* boxes that are named */
static const double letters = 14;

/* The arrows out of a box: first those to the step, then the others. */
typedef struct adding {
    const gf_view *whole;
    int step;
    bool tight; /* no 0 before the point */
    gf_arena *arena;
    const gf_box *box;
    const gf_arrow **arrows;
    size_t here, count;
    gf_run *runs;
    size_t run_count, room;
    size_t second; /* the run with which the second sentence begins */
    bool failed;
} adding;

/* --- of which value ----------------------------------------------------------------------------------------- */

static bool counts(const gf_arrow *arrow)
{
    return arrow->gradient.known && arrow->look == GF_ARROW_PASSES && isfinite(arrow->size);
}

/* Collects a box's arrows; they are in the order of their targets. */
static void collect(adding *a, const gf_box *box)
{
    a->box = box;
    a->here = a->count = 0;
    for (int outside = 0; outside < 2; outside++) {
        for (size_t k = 0; k < a->whole->arrow_count; k++) {
            const gf_arrow *arrow = &a->whole->arrows[k];
            if (arrow->from == box && counts(arrow) && (arrow->to->step != a->step) == (outside == 1))
                a->arrows[a->count++] = arrow;
        }
        a->here = outside ? a->here : a->count;
    }
}

/* The size of their sum, which is known, as each of them is. */
static double together(adding *a, size_t first, size_t end)
{
    gf_measure measure = {0};
    a->failed |= gf_arrows_together(&measure, a->arrows + first, end - first) != GF_OK;
    return gf_measure_size(&measure, a->whole->magnitude);
}

/* Is the gradient the sum of these arrows, and of nothing else? */
static bool is_whole(adding *a)
{
    gf_measure measure = {0};
    a->failed |= gf_arrows_together(&measure, a->arrows, a->count) != GF_OK;
    return measure.known && a->box->gradient.known && isfinite(a->box->gradient.l2) &&
           fabs(measure.l2 - a->box->gradient.l2) <= 1e-9 * a->box->gradient.l2;
}

/* Values that come into the step, and those of many uses, say most; 0: nothing is added. */
static double worth(adding *a)
{
    double parts = 0;
    for (size_t k = 0; k < a->count; k++)
        parts += a->arrows[k]->size;
    bool comes = a->box->step != a->step && a->here > 0;
    double total = gf_measure_size(&a->box->gradient, a->whole->magnitude);
    if (a->count < 2 || a->count > MOST || !(comes || a->box->step == a->step) || !is_whole(a))
        return 0;
    return (comes ? 2.0 : 1.0) + (double)a->count + (a->here < a->count ? 1.5 : 0) + 1 - total / parts;
}

/* How many arrows leave each box: only where it is several is there anything to look at. */
static bool find_best(adding *a)
{
    const gf_view *whole = a->whole;
    int *uses = gf_arena_get(a->arena, (whole->box_count + 1) * sizeof *uses);
    a->arrows = gf_arena_get(a->arena, (whole->arrow_count + 1) * sizeof *a->arrows);
    if (!uses || !a->arrows) {
        a->failed = true;
        return false;
    }
    const gf_box *best = NULL;
    double most = 0;
    for (size_t k = 0; k < whole->arrow_count; k++)
        uses[whole->arrows[k].from - whole->boxes]++;
    for (size_t b = 0; b < whole->box_count; b++) {
        bool leaf = whole->boxes[b].kind == GF_BOX_INPUT || whole->boxes[b].kind == GF_BOX_GIVEN;
        if (uses[b] < 2 || uses[b] > MOST || leaf)
            continue;
        collect(a, &whole->boxes[b]);
        double value = worth(a);
        if (value > most + 1e-9)
            most = value, best = &whole->boxes[b];
    }
    if (best)
        collect(a, best);
    return best != NULL;
}

/* --- words -------------------------------------------------------------------------------------------------- */

static void add_run(adding *a, const char *text, unsigned style, bool low)
{
    const char *copy = gf_arena_text(a->arena, text);
    if (!copy || !gf_grow(&a->runs, &a->room, a->run_count + 1)) {
        a->failed = true;
        return;
    }
    a->runs[a->run_count++] = (gf_run){copy, low ? 12 : letters, style, low ? -3 : 0};
}

static void say(adding *a, const char *text)
{
    add_run(a, text, GF_PLAIN, false);
}

static void say_name(adding *a, const gf_box *box)
{
    size_t count;
    const gf_run *runs = gf_name_runs(a->arena, box->name, letters, GF_ITALIC, &count);
    a->failed |= !runs;
    for (size_t k = 0; runs && k < count; k++)
        add_run(a, runs[k].text, runs[k].style, k > 0);
}

static void say_number(adding *a, double number)
{
    char figure[GF_FIGURE];
    say(a, gf_figure_as(figure, number, 2, a->tight));
}

/* "f₃, i₃, g₃ and o₃" */
static void say_targets(adding *a, size_t first, size_t end)
{
    for (size_t k = first; k < end; k++) {
        say(a, k == first ? "" : k + 1 == end ? " and " : ", ");
        say_name(a, a->arrows[k]->to);
    }
}

/* Their sizes to a power, added up. */
static double parts_of(const adding *a, size_t first, size_t end, double power)
{
    double sum = 0;
    for (size_t k = first; k < end; k++)
        sum += pow(a->arrows[k]->size, power);
    return sum;
}

/* "the four arrows (0.063, 0.047, 0.039, 0.05) partly cancel" */
static void say_arrows(adding *a, size_t first, size_t end)
{
    static const char *const counts[] = {
        "", "", "the two arrows (", "the three arrows (", "the four arrows (", "the five arrows (", "the six arrows ("};
    say(a, counts[end - first]);
    for (size_t k = first; k < end; k++) {
        say(a, k == first ? "" : ", ");
        say_number(a, a->arrows[k]->size);
    }
    say(a, ")");
    say(a, gf_cancel_words(together(a, first, end), parts_of(a, first, end, 1), parts_of(a, first, end, 2)));
}

static void say_sum(adding *a)
{
    say(a, "Gradients add up: grad(");
    say_name(a, a->box);
    say(a, ") = ");
    for (size_t k = a->here; k < a->count; k++) {
        say(a, k > a->here ? " + from " : "from ");
        say_name(a, a->arrows[k]->to);
    }
    say(a, a->here && a->here < a->count ? " + from " : a->here ? "from " : "");
    say_targets(a, 0, a->here);
    say(a, ". ");
}

static void say_sizes(adding *a)
{
    size_t outside = a->count - a->here;
    double total = gf_measure_size(&a->box->gradient, a->whole->magnitude);
    say(a, "Its size is ");
    say_number(a, total);
    if (!outside || !a->here) {
        say(a, ": ");
        say_arrows(a, 0, a->count);
        say(a, ".");
        return;
    }
    double here = together(a, 0, a->here), there = together(a, a->here, a->count);
    say(a, ": ");
    say_number(a, there);
    say(a, " from ");
    say_targets(a, a->here, a->count);
    say(a, ", and ");
    say_number(a, here);
    say(a, " from ");
    if (a->here > 1) {
        say(a, "here, where ");
        say_arrows(a, 0, a->here);
    } else {
        say_targets(a, 0, 1);
        say(a, "; they");
        say(a, gf_cancel_words(total, here + there, here * here + there * there));
    }
    say(a, ".");
}

/* Puts neighbours of one look together, but for those of two sentences. */
static void unite(adding *a)
{
    size_t count = 0, second = 0;
    for (size_t k = 0; k < a->run_count && !a->failed; k++) {
        gf_run *run = &a->runs[k], *last = count && k != a->second ? &a->runs[count - 1] : NULL;
        second = k == a->second ? count : second;
        if (!*run->text)
            continue;
        if (!last || last->style != run->style || last->raise != run->raise) {
            a->runs[count++] = *run;
            continue;
        }
        size_t before = strlen(last->text), size = strlen(run->text);
        char *text = gf_arena_get(a->arena, before + size + 1);
        a->failed |= !text;
        if (text) {
            memcpy(text, last->text, before);
            memcpy(text + before, run->text, size);
            last->text = text;
        }
    }
    a->run_count = count;
    a->second = second;
}

gf_status gf_addition_write(const gf_view *whole, int step, bool tight, gf_arena *arena, gf_addition *out)
{
    adding a = {.whole = whole, .step = step, .tight = tight, .arena = arena};
    *out = (gf_addition){0};
    if (find_best(&a)) {
        say_sum(&a);
        a.second = a.run_count;
        say_sizes(&a);
        unite(&a);
        out->runs = gf_arena_get(arena, (a.run_count + 1) * sizeof *out->runs);
        a.failed |= !out->runs;
        if (!a.failed)
            memcpy(out->runs, a.runs, a.run_count * sizeof *out->runs);
        out->count = a.failed ? 0 : a.run_count;
        out->second = a.second;
    }
    free(a.runs);
    return a.failed ? GF_ERROR_MEMORY : GF_OK;
}

/* --- its painting ---------------------------------------------------------------------------------------------- */

/* For other fonts. */
static const double spare = 1.03;

int gf_addition_lines(const gf_addition *a, double room)
{
    return a->count ? 1 + (gf_runs_width(a->runs, a->count, GF_SANS) * spare > room) : 0;
}

void gf_addition_paint(gf_drawing *d, const gf_theme *theme, const gf_addition *a, gf_point at, double room)
{
    if (!a->count)
        return;
    size_t first = gf_addition_lines(a, room) == 2 ? a->second : 0;
    gf_drawing_cut(d, at.x, at.y - GF_ADDITION_LINE, GF_START, GF_SANS, theme->ink, a->runs, first, room);
    gf_drawing_cut(d, at.x, at.y, GF_START, GF_SANS, theme->ink, a->runs + first, a->count - first, room);
}

/* --- the title ------------------------------------------------------------------------------------------------ */

static int count_words(const char *text)
{
    int count = *text != '\0';
    for (; *text; text++)
        count += *text == ' ';
    return count;
}

void gf_textbook_title(gf_text *out, const char *title, int first, int last, int of)
{
    bool two = last > first, brief = count_words(title) <= 2;
    const char *number = two ? "Two" : "One";
    if (*title && brief) {
        bool word = isupper((unsigned char)title[0]) && islower((unsigned char)title[1]);
        gf_text_print(out, "%s %c%s", number, word ? tolower((unsigned char)*title) : *title, title + 1);
    } else if (*title) {
        gf_text_print(out, "%s: %s", title, two ? "two" : "one");
    } else {
        gf_text_add(out, number);
    }
    gf_text_print(out, two ? " steps, t = %d" : " step, t = %d", first);
    if (two)
        gf_text_print(out, " and %d", last);
    gf_text_print(out, " of %d", of);
}
