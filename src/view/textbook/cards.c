/* What stands in a box of a textbook page, and how large that makes it. */
#include <math.h>
#include <string.h>

#include "graph/node.h"
#include "view/drawing/figures.h"
#include "view/inside.h"
#include "view/page/paint.h"
#include "view/textbook/textbook.h"

static const double words = 13, other_fonts = 1.04, title_fonts = 1.05;
enum {
    PAD = 7,
    HIGH = 3, /* more rows of cells are */
    LINE = 22,
    CHIP_APART = 3,
    BESIDE = 10,
    MOST_CHIPS = 4,
    PORTS = 22 /* a number fits between two arrows */
};

/* --- titles ------------------------------------------------------------------------------------------------ */

gf_run *gf_name_runs(gf_arena *arena, const char *name, double size, unsigned style, size_t *count)
{
    size_t length;
    int index;
    gf_text low = {0};
    gf_run *runs = gf_arena_get(arena, 3 * sizeof *runs); /* one for what follows */
    char *base = gf_arena_text(arena, name);
    *count = 1;
    if (!runs || !base)
        return NULL;
    runs[0] = (gf_run){.text = base, .size = size, .style = style};
    if (!gf_split_index(name, &length, &index))
        return runs;
    base[length] = '\0';
    gf_text_print(&low, index < 0 ? "−%u" : "%u", index < 0 ? 0U - (unsigned)index : (unsigned)index);
    const char *copy = gf_text_keep(&low, arena);
    runs[1] = (gf_run){.text = copy, .size = size * 0.75, .raise = -size * 3 / 14};
    *count = 2;
    return copy ? runs : NULL;
}

static bool write_operation(gf_stage *stage, gf_card *card, const gf_box *box)
{
    gf_run *run = gf_arena_get(&stage->view.arena, sizeof *run);
    char text[GF_INSCRIPTION];
    gf_operation_write(text, box->node, box->symbol, true);
    const char *copy = gf_arena_text(&stage->view.arena, text);
    if (!run || !copy)
        return false;
    *run = (gf_run){.text = copy, .size = strlen(copy) > 3 ? 14 : 17};
    card->title = run, card->title_count = 1, card->face = GF_SANS;
    return true;
}

static bool write_name(gf_stage *stage, gf_card *card, const gf_box *box)
{
    unsigned bold = card->kind == GF_CARD_EQUATION ? GF_BOLD : 0;
    card->title = gf_name_runs(&stage->view.arena, box->plain ? box->symbol : box->name, card->small ? 16 : 18,
                               GF_ITALIC | bold, &card->title_count);
    return card->title != NULL;
}

static bool write_title(gf_stage *stage, gf_card *card, const gf_box *box, gf_foot *foot)
{
    card->face = GF_SERIF;
    if (card->kind == GF_CARD_OPERATION)
        return write_operation(stage, card, box);
    if (foot && card->kind == GF_CARD_EQUATION && stage->density.equations &&
        gf_foot_equation_at(foot, box->variable, stage->step, stage->density.letters, &card->title, &card->title_count))
        return false;
    return card->title_count || write_name(stage, card, box);
}

/* --- weights ----------------------------------------------------------------------------------------------- */

/* Its name in the row of the strip. */
static const char *short_name(const gf_strip *strip, const gf_cell *cell)
{
    const gf_strip_row *row = strip->of[cell->pattern] < 0 ? NULL : &strip->rows[strip->of[cell->pattern]];
    for (int k = 0; row && k < row->count; k++)
        if (row->weights[k].param == cell->param)
            return row->weights[k].name;
    return cell->name;
}

static bool add_chips(gf_stage *stage, gf_card *card, const gf_box *box, const gf_strip *strip)
{
    const gf_view *view = strip->view;
    for (size_t k = 0; k < view->cell_count; k++)
        card->chip_count += view->cells[k].box == box;
    card->chips = gf_arena_get(&stage->view.arena, ((size_t)card->chip_count + 1) * sizeof *card->chips);
    int count = 0;
    for (size_t k = 0; k < view->cell_count && card->chips; k++) {
        const gf_cell *cell = &view->cells[k];
        if (cell->box != box)
            continue;
        gf_chip *chip = &card->chips[count++];
        *chip = (gf_chip){gf_arena_text(&stage->view.arena, short_name(strip, cell)), cell->gradient, view->magnitude,
                          cell->turn};
        if (!chip->name)
            return false;
    }
    return card->chips != NULL;
}

/* --- what stands in it ------------------------------------------------------------------------------------- */

/* A matrix as its norm, a number. */
static const gf_matrix *norm_of(gf_arena *arena, const gf_matrix *m)
{
    gf_matrix *norm = gf_arena_get(arena, sizeof *norm);
    double *number = gf_arena_get(arena, sizeof *number);
    if (!norm || !number)
        return NULL;
    *number = gf_matrix_norm(m);
    *norm = (gf_matrix){number, 1, 1, 1};
    return norm;
}

static bool fill_cells(gf_stage *stage, gf_card *card, const gf_box *box, bool known)
{
    gf_arena *arena = &stage->view.arena;
    const gf_matrix *value = &box->node->value, *gradient = &box->node->gradient;
    bool whole = gf_cells_whole(value) && (stage->density.cells == GF_CELLS_ENTRIES || gf_matrix_size(value) == 1);
    card->value = whole ? value : norm_of(arena, value);
    if (known)
        card->gradient = whole ? gradient : norm_of(arena, gradient);
    card->value_label = whole ? "value" : "‖value‖";
    card->gradient_label = whole ? "grad" : "‖grad‖";
    card->label_width = whole ? gf_cells_label(value) : gf_letters_width(card->value_label, GF_SANS, GF_PLAIN, 12) + 8;
    return card->value && (card->gradient || !known);
}

/* "1.3 ◂.33", of a matrix the norms. */
static bool fill_lines(gf_stage *stage, gf_card *card, const gf_box *box, bool known)
{
    char value[GF_INSCRIPTION], gradient[GF_INSCRIPTION];
    bool two = stage->density.cells == GF_CELLS_LINES;
    gf_text line = {0};
    gf_cell_figure(value, box->scalar ? box->value : box->value_l2, card->tight);
    gf_cell_figure(gradient, gf_measure_shown(&box->gradient, GF_MAGNITUDE_L2), card->tight);
    gf_text_print(&line, "%s%s%s", value, known ? two ? "" : " ◂" : "", known && !two ? gradient : "");
    card->below = gf_arena_text(&stage->view.arena, gf_text_string(&line));
    gf_text_clear(&line);
    gf_text_print(&line, "◂%s", gradient);
    card->lowest = known && two ? gf_arena_text(&stage->view.arena, gf_text_string(&line)) : NULL;
    bool failed = line.failed || !card->below || (known && two && !card->lowest);
    gf_text_free(&line);
    return !failed;
}

bool gf_card_fill(gf_stage *stage, int number, const gf_box *box, gf_foot *foot, const gf_strip *strip)
{
    gf_card *card = &stage->cards[number];
    card->tight = stage->density.tight;
    gf_density_cells cells = stage->density.cells;
    card->small = cells >= GF_CELLS_LINE;
    if (!write_title(stage, card, box, foot))
        return false;
    bool known = box->gradient.known && box->node;
    card->size_above = known && card->kind == GF_CARD_EQUATION && (cells < GF_CELLS_LINE || cells == GF_CELLS_NONE);
    if ((card->kind != GF_CARD_EQUATION && card->kind != GF_CARD_INPUT) || !box->node)
        return true;
    if (cells == GF_CELLS_LINE || cells == GF_CELLS_LINES)
        return fill_lines(stage, card, box, known);
    if (cells != GF_CELLS_NONE && !fill_cells(stage, card, box, known))
        return false;
    bool chips = strip && card->kind == GF_CARD_EQUATION && stage->density.chips;
    card->chips_beside = chips && cells == GF_CELLS_NORMS && gf_matrix_size(card->value) == 1;
    return !chips || add_chips(stage, card, box, strip);
}

/* --- sizes ------------------------------------------------------------------------------------------------- */

static double chip_width(const gf_chip *chip, bool tight)
{
    char number[GF_FIGURE];
    double width = gf_letters_width(chip->name, GF_SANS, GF_ITALIC, 12);
    if (chip->gradient.known)
        width +=
            4 + gf_letters_width(gf_figure_as(number, gf_measure_shown(&chip->gradient, chip->magnitude), 2, tight),
                                 GF_SANS, GF_PLAIN, 12);
    return width * other_fonts + 20;
}

/* The row of chips that is as wide as it may be, and how many stand in it; beside two cells two rows. */
static double chips_width(gf_card *card)
{
    double widest = 0;
    for (int k = 0; k < card->chip_count; k++)
        widest = fmax(widest, chip_width(&card->chips[k], card->tight));
    card->chips_in_row = card->chip_count < MOST_CHIPS ? card->chip_count : MOST_CHIPS;
    if (card->chips_beside)
        card->chips_in_row = (card->chip_count + 1) / 2;
    return card->chips_in_row * (widest + CHIP_APART);
}

static double line_width(const char *line)
{
    return line ? gf_letters_width(line, GF_SANS, GF_PLAIN, words - 1) * other_fonts + 6 : 0;
}

static void measure_card(gf_card *card, double title, bool upright)
{
    card->shape.apart = PORTS;
    if (!card->value) {
        double lines = fmax(line_width(card->below), line_width(card->lowest));
        card->shape.width = fmax(card->small ? fmax(title + 12, 34) : fmax(title + 18, 44), lines);
        card->shape.height = card->lowest ? 48 : card->below ? 36 : 34;
        return;
    }
    int cols = gf_cells_cols(card->value), rows = gf_cells_rows(card->value), parts = card->gradient ? 2 : 1;
    card->side_by_side = upright && rows > HIGH && parts > 1;
    card->cell_width = gf_cells_width(card->value, card->tight);
    if (card->gradient)
        card->cell_width = fmax(card->cell_width, gf_cells_width(card->gradient, card->tight));
    double cells = card->label_width + cols * (card->cell_width + GF_CELL_APART);
    if (card->side_by_side)
        cells = 2 * cells + PAD;
    else
        rows *= parts;
    double chips = card->chip_count ? chips_width(card) : 0;
    int lines = card->chips_in_row ? (card->chip_count + card->chips_in_row - 1) / card->chips_in_row : 0;
    if (card->chips_beside)
        cells += BESIDE + chips, chips = lines = 0;
    card->shape.width = fmax(fmax(title, cells), chips) + 2 * PAD;
    card->shape.height = 2 * PAD + LINE + 1 + rows * (GF_CELL_HEIGHT + GF_CELL_APART) +
                         (lines ? 1 + lines * (GF_CHIP_HEIGHT + CHIP_APART) : 0);
}

void gf_card_measure(gf_card *card, bool upright)
{
    double title = gf_runs_width(card->title, card->title_count, card->face) * title_fonts;
    switch (card->kind) {
    case GF_CARD_OPERATION:
        card->shape.height = card->small ? 28 : 32;
        card->shape.width = title > 20 ? title + 20 : card->shape.height;
        break;
    case GF_CARD_EXIT:
        title = fmax(title, card->below ? gf_letters_width(card->below, GF_SANS, GF_PLAIN, words + 1) : 0);
        card->shape.width = title + 8;
        card->shape.height = 36;
        break;
    case GF_CARD_NEIGHBOUR:
        card->shape.width = card->small ? fmax(title + 12, 38) : fmax(title + 24, 58);
        card->shape.height = 34;
        break;
    default:
        measure_card(card, title, upright);
    }
}
