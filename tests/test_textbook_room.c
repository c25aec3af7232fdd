/* The textbook page has room: no two texts meet, none is small, no arrow goes through a box or leaves the ground. */
#include "textbook.h"

static bool meet(gf_ink a, gf_ink b)
{
    return a.x < b.x + b.width - 0.05 && b.x < a.x + a.width - 0.05 && a.y < b.y + b.height - 0.05 &&
           b.y < a.y + a.height - 0.05;
}

static void assert_texts_apart(const page *p)
{
    for (size_t k = 0; k < p->d.count; k++) {
        const gf_item *item = &p->d.items[k];
        if (item->kind != GF_ITEM_TEXT)
            continue;
        gf_ink ink = gf_text_ink(item);
        ck_assert_msg(ink.x >= 0 && ink.x + ink.width <= p->d.width, "%s leaves the page", item->runs[0].text);
        for (size_t r = 0; r < item->run_count; r++)
            ck_assert_msg(item->runs[r].size >= (item->runs[r].raise ? 10 : 11.5), "%s is small", item->runs[r].text);
        /* Of pairs, Check is told only what is wrong: it writes down what it is told. */
        for (size_t j = 0; j < k; j++)
            if (p->d.items[j].kind == GF_ITEM_TEXT && meet(ink, gf_text_ink(&p->d.items[j])))
                ck_abort_msg("%s meets %s", item->runs[0].text, p->d.items[j].runs[0].text);
    }
}

/* A box is the first area of its group. No line goes through the inside of one. */
static void assert_no_line_through(const page *p, const gf_item *box)
{
    gf_ink inside = {box->x + 1, box->y + 1, box->width - 2, box->height - 2};
    for (size_t k = 1; k < p->d.count; k++) {
        const gf_item *line = &p->d.items[k];
        if (line->kind != GF_ITEM_LINE || !p->d.items[k - 1].from)
            continue;
        for (size_t q = 1; q < line->point_count; q++) {
            gf_point a = line->points[q - 1], b = line->points[q];
            gf_ink piece = {fmin(a.x, b.x) - 0.1, fmin(a.y, b.y) - 0.1, fabs(a.x - b.x) + 0.2, fabs(a.y - b.y) + 0.2};
            ck_assert_msg(!meet(inside, piece), "from %s through a box", p->d.items[k - 1].from);
        }
    }
}

/* No arrow leaves the ground of its step at the top or at the bottom, where it may come in. */
static void assert_ground_around(const page *p)
{
    const gf_item *ground = NULL;
    for (size_t k = 1; k < p->d.count; k++) {
        const gf_item *item = &p->d.items[k], *group = &p->d.items[k - 1];
        if (item->kind == GF_ITEM_AREA && group->class && !strcmp(group->class, "steps"))
            ground = item;
        for (size_t q = 0; item->kind == GF_ITEM_LINE && group->from && ground && q < item->point_count; q++) {
            gf_point at = item->points[q];
            bool beside = at.x <= ground->x + 16 || at.x >= ground->x + ground->width - 16;
            bool enters = q == 0 && at.y > ground->y;
            ck_assert(beside || enters || (at.y > ground->y && at.y < ground->y + ground->height));
        }
    }
    ck_assert(ground);
}

static void assert_room(const char *text, int first, int last, const char *theme)
{
    page p;
    draw_steps(&p, text, first, last, theme);
    assert_texts_apart(&p);
    assert_ground_around(&p);
    for (size_t k = 1; k < p.d.count; k++) {
        const gf_item *group = &p.d.items[k - 1];
        if (p.d.items[k].kind == GF_ITEM_AREA && group->kind == GF_ITEM_GROUP && group->class &&
            !strcmp(group->class, "box"))
            assert_no_line_through(&p, &p.d.items[k]);
    }
    drop(&p);
}

static const char *const names[] = {"rnn",       "lstm",     "gru",    "gru-after", "peephole", "birnn",
                                    "deep-lstm", "residual", "untied", "attention", "masked"};
enum { NAMES = sizeof names / sizeof *names };

START_TEST(everything_has_room)
{
    const char *const own[] = {SCALARS, COLUMNS, STATELESS, CONTEXT};
    for (size_t k = 0; k < NAMES; k++)
        for (int t = 1; t <= 5; t += 4)
            assert_room(text_of(names[k]), t, t < 5 && _i ? t + 1 : t, _i ? "dark" : "light");
    for (size_t k = 0; k < 4; k++)
        assert_room(own[k], 2, 2 + _i, "print");
}
END_TEST

/* Every entry; on a slide, if it is asked for, at least the size of each value, but of eight gates twice. */
START_TEST(values_are_shown)
{
    for (int k = 0; k < NAMES; k++) {
        page p;
        draw_steps(&p, text_of(names[k]), 3, 3, "light");
        ck_assert_msg(!strstr(gf_text_string(&p.texts), "‖value‖"), "%s: norms", names[k]);
        drop(&p);
        draw_steps_on(&p, text_of(names[k]), 3, 3 + (_i && strcmp(names[k], "deep-lstm") != 0), "light", 1280, 720);
        ck_assert_msg(strstr(gf_text_string(&p.texts), "value"), "%s: no values", names[k]);
        assert_texts_apart(&p);
        drop(&p);
    }
}
END_TEST

/* The box whose title begins so. */
static const gf_item *box_of(const page *p, const char *title)
{
    for (size_t k = 1; k < p->d.count; k++) {
        const gf_item *group = &p->d.items[k - 1];
        if (p->d.items[k].kind == GF_ITEM_AREA && group->title && !strncmp(group->title, title, strlen(title)))
            return &p->d.items[k];
    }
    ck_abort_msg("no box %s", title);
}

static double height_of(const page *p, const char *title)
{
    const gf_item *box = box_of(p, title);
    return box->y + box->height / 2;
}

/* The gates of an LSTM stand in a row, in the order in which its state uses them; the states come in, and leave, at one
 * height; and a slide holds it, as it does every model of one layer with fewer weights. */
START_TEST(a_step_stands_upright)
{
    static const char *const gates[] = {"f[%d] ", "i[%d] ", "g[%d] ", "o[%d] "};
    char name[4][32], state[2][32];
    page p;
    int t = _i ? 5 : 3; /* to the last step nothing follows */
    draw_steps(&p, text_of("lstm"), t, t, "light");
    ck_assert(p.d.width == 1280 && p.d.height == 720);
    for (int k = 0; k < 4; k++) {
        snprintf(name[k], sizeof name[k], gates[k], t);
        ck_assert(fabs(height_of(&p, name[k]) - height_of(&p, name[0])) < 0.01);
        ck_assert(k == 0 || box_of(&p, name[k])->x > box_of(&p, name[k - 1])->x + 50);
    }
    snprintf(state[0], sizeof state[0], "c[%d] ", t - 1);
    snprintf(state[1], sizeof state[1], "c[%d] ", t);
    ck_assert(fabs(height_of(&p, state[0]) - height_of(&p, state[1])) < 0.01);
    ck_assert(height_of(&p, state[1]) < height_of(&p, name[0]) - 60);
    drop(&p);
    draw_steps(&p, text_of("attention"), t, t, "light");
    ck_assert_msg(p.d.width < 1500, "attention is %g wide", p.d.width);
    drop(&p);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {everything_has_room, values_are_shown, a_step_stands_upright};
    Suite *suite = suite_create("textbook_room");
    add_seeded_tests(suite, tests, 3, 2);
    return run_suite(suite);
}
