/* Painting the boxes of a textbook page. */
#include <math.h>

#include "view/describe.h"
#include "view/drawing/figures.h"
#include "view/textbook/textbook.h"

static const double words = 12;
enum { PAD = 7, LINE = 22, CHIP_APART = 3, BESIDE = 10 };

/* --- weights ------------------------------------------------------------------------------------------------ */

static void paint_chip(gf_painting *p, const gf_chip *chip, double x, double y, double width, bool tight)
{
    char fill[8], bar[8], number[GF_FIGURE] = "";
    bool print = p->theme->frame == p->theme->ground;
    gf_mix(fill, p->theme->box, "#e0912a", print ? 0 : 0.2);
    const gf_area area = {.fill = fill, .line = print ? p->theme->line : "#b9770e", .width = 1, .radius = 4};
    p->drawing->turn = chip->turn;
    gf_drawing_area(p->drawing, x, y, width, GF_CHIP_HEIGHT, &area);
    if (chip->gradient.known) {
        double size = gf_measure_size(&chip->gradient, p->view->magnitude);
        gf_scale_colour(bar, p->theme, p->scale, size);
        const gf_area mark = {.fill = bar, .line = "", .radius = 1};
        gf_drawing_area(p->drawing, x + 4, y + 5, 6, GF_CHIP_HEIGHT - 10, &mark);
        gf_figure_as(number, gf_measure_shown(&chip->gradient, chip->magnitude), 2, tight);
    }
    const gf_run runs[] = {{chip->name, words, GF_ITALIC, 0}, {" ", words, GF_PLAIN, 0}, {number, words, GF_PLAIN, 0}};
    gf_drawing_runs(p->drawing, x + (width + 8) / 2, y + GF_CHIP_HEIGHT / 2.0 + 4.3, GF_MIDDLE, GF_SANS, p->theme->ink,
                    runs, *number ? 3 : 1);
    p->drawing->turn = 0;
}

static void paint_chips(gf_painting *p, const gf_card *card, double left, double right, double y)
{
    double width = (right - left + CHIP_APART) / fmax(card->chips_in_row, 1);
    double down = card->chips_beside ? GF_CELL_HEIGHT + GF_CELL_APART : GF_CHIP_HEIGHT + CHIP_APART;
    for (int k = 0; k < card->chip_count; k++)
        paint_chip(p, &card->chips[k], left + k % card->chips_in_row * width, y + k / card->chips_in_row * down,
                   width - CHIP_APART, card->tight);
}

/* --- a box -------------------------------------------------------------------------------------------------- */

static void paint_ground(gf_painting *p, const gf_card *card, const gf_box *box, const gf_stand *at)
{
    bool given = card->kind == GF_CARD_INPUT || card->kind == GF_CARD_NEIGHBOUR;
    const gf_theme *theme = p->theme;
    const gf_area area = {
        .fill = given ? theme->input : theme->box,
        .line = !box->finite                      ? theme->bad
                : given                           ? theme->input_line
                : card->kind == GF_CARD_OPERATION ? theme->ink
                                                  : theme->line,
        .width = box->finite ? 1.2 : 2.4,
        .radius = card->kind == GF_CARD_OPERATION ? at->height / 2
                  : given                         ? 4
                                                  : 9,
    };
    p->marks.bad |= !box->finite;
    gf_drawing_area(p->drawing, at->x - at->width / 2, at->y - at->height / 2, at->width, at->height, &area);
}

/* In the middle of its box, or at its top. */
static void paint_title(gf_painting *p, const gf_card *card, double x, double y, gf_anchor anchor)
{
    gf_drawing_runs(p->drawing, x, y, anchor, card->face, p->theme->ink, card->title, card->title_count);
}

static void paint_exit(gf_painting *p, const gf_card *card, const gf_stand *at)
{
    double left = at->x - at->width / 2 + 6;
    if (!card->below) {
        paint_title(p, card, left, at->y + 5, GF_START);
        return;
    }
    paint_title(p, card, left, at->y - 3, GF_START);
    gf_drawing_text(p->drawing, left, at->y + 14, GF_START, GF_SANS, p->theme->ink, card->below, 14, GF_PLAIN);
}

/* The gradient is complete in that turn. */
static void paint_cells(gf_painting *p, const gf_card *card, const gf_stand *at, const gf_strengths *strengths,
                        int turn)
{
    double label = card->label_width;
    int rows = gf_cells_rows(card->value), cols = gf_cells_cols(card->value);
    double part = label + cols * (card->cell_width + GF_CELL_APART) + PAD, wide = part - GF_CELL_APART - PAD;
    wide += card->side_by_side ? part : 0;
    double left = at->x - at->width / 2 + PAD, right = at->x + at->width / 2 - PAD;
    double x = (card->chips_beside ? left + 3 : at->x - wide / 2) + label - 3,
           y = at->y - at->height / 2 + PAD + LINE + 1, top = y - 1;
    gf_cells_paint(p, card->value, card->value_label, x, y, card, strengths->value);
    if (card->side_by_side)
        x += part;
    else
        y += rows * (GF_CELL_HEIGHT + GF_CELL_APART);
    if (card->gradient) {
        p->drawing->turn = turn;
        gf_cells_paint(p, card->gradient, card->gradient_label, x, y, card, strengths->gradient);
        p->drawing->turn = 0;
        y += rows * (GF_CELL_HEIGHT + GF_CELL_APART);
    }
    if (card->chips_beside)
        paint_chips(p, card, left + label + card->cell_width + BESIDE, right, top);
    else
        paint_chips(p, card, left, right, y + 3);
}

static void paint_lines(gf_painting *p, const gf_card *card, const gf_stand *at, int turn)
{
    double end = at->y + at->height / 2 - 4;
    const char *const lines[] = {card->lowest ? card->lowest : card->below, card->lowest ? card->below : NULL};
    for (int k = 0; k < 2 && lines[k]; k++) {
        p->drawing->turn = k ? 0 : turn;
        gf_drawing_text(p->drawing, at->x, end - 13 * k, GF_MIDDLE, GF_SANS, p->theme->soft, lines[k], words, GF_PLAIN);
    }
    p->drawing->turn = 0;
}

void gf_card_paint(gf_painting *p, const gf_stage *stage, int number, const gf_strengths *strengths)
{
    const gf_card *card = &stage->cards[number];
    const gf_box *box = &stage->view.boxes[number];
    const gf_stand *at = &p->spread->places[number];
    gf_text title = {0};
    gf_describe_box(box, &title);
    gf_drawing_group(p->drawing, box->key, "box", card->kind == GF_CARD_EXIT ? NULL : gf_text_string(&title));
    if (card->kind == GF_CARD_EXIT) {
        paint_exit(p, card, at);
    } else {
        paint_ground(p, card, box, at);
        double middle = at->y + (card->face == GF_SERIF ? 5.5 : card->title->size * 0.36) -
                        (card->lowest  ? 14
                         : card->below ? 7
                                       : 0);
        paint_title(p, card, at->x, card->value ? at->y - at->height / 2 + PAD + 14 : middle, GF_MIDDLE);
    }
    if (card->value)
        paint_cells(p, card, at, strengths, box->turn);
    else if (card->below && card->kind != GF_CARD_EXIT)
        paint_lines(p, card, at, box->turn);
    gf_drawing_end(p->drawing);
    p->drawing->failed |= title.failed;
    gf_text_free(&title);
}

/* --- how large its gradient is -------------------------------------------------------------------------------- */

/* Places for "‖grad‖ 0.21" at a box: above it; below it only where it cannot be taken for another box's. Where it is
 * wider than the box, it leaves the side free at which arrows arrive, and their numbers stand. */
typedef struct place {
    double x, y;
    double apart; /* what else must be free below */
} place;
enum { SIZE_PLACES = 4 };

static void list_places(place out[SIZE_PLACES], const gf_stand *at, double width)
{
    double left = at->x - at->width / 2, right = at->x + at->width / 2, over = at->y - at->height / 2 - 4.5;
    bool wide = width > at->width - 12;
    out[0] = (place){wide ? left + 1 : right - 6 - width, over, 0};
    out[1] = (place){wide ? left + 6 : at->x - width / 2, over, 0};
    out[2] = (place){wide ? right - 6 - width : left + 6, over, 0};
    out[3] = (place){left + 1, at->y + at->height / 2 + 12.5, 18};
}

void gf_size_paint(gf_painting *p, int number)
{
    static const double size = 12;
    const gf_stand *at = &p->spread->places[number];
    const gf_box *box = &p->view->boxes[number];
    char figure[GF_FIGURE];
    place places[SIZE_PLACES];
    gf_text text = {0};
    gf_text_print(&text, "%s %s", box->scalar ? "grad" : "‖grad‖",
                  gf_figure_as(figure, gf_measure_shown(&box->gradient, p->view->magnitude), 2, p->tight));
    double width = gf_letters_width(gf_text_string(&text), GF_SANS, GF_PLAIN, size);
    list_places(places, at, width);
    bool put = false;
    for (int k = 0; k < SIZE_PLACES && !put && !text.failed; k++) {
        const place *own = &places[k];
        gf_bounds b = {own->x - 2, own->y - 0.72 * size, own->x + width + 2, own->y + 0.15 * size};
        if (!gf_obstacles_free_at(&p->obstacles, (gf_bounds){b.left, b.top, b.right, b.bottom + own->apart}, false))
            continue;
        gf_drawing_text(p->drawing, own->x, own->y, GF_START, GF_SANS, p->theme->soft, gf_text_string(&text), size,
                        GF_PLAIN);
        gf_obstacles_add(&p->obstacles, b, 0);
        put = true;
    }
    p->missing += !put;
    p->drawing->failed |= text.failed;
    gf_text_free(&text);
}
