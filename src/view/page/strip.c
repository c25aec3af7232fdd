/* The strip: the table of what each step adds to the gradient of each weight. */
#include "view/page/strip.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/index.h"
#include "graph/node.h"
#include "text/characters.h"
#include "view/drawing/figures.h"
#include "view/inside.h"

/* --- the table ------------------------------------------------------------------------------------- */

/* How many steps before a weight the cell uses that of its own step stands. */
static int lag_of(const gf_cell *cell)
{
    return gf_node_step(cell->uses->to) - gf_node_step(cell->param);
}

/* Of weights of their own at each step, W[1], W[2], …, those at one distance from their uses are one of the table. */
static bool is_same(const gf_strip_weight *weight, const gf_cell *cell)
{
    const gf_node *one = weight->param, *other = cell->param;
    return one == other ||
           (weight->own && gf_node_step(other) && weight->lag == lag_of(cell) &&
            !strcmp(gf_node_name(one), gf_node_name(other)) && !strcmp(gf_node_scope(one), gf_node_scope(other)) &&
            gf_node_rows(one) == gf_node_rows(other) && gf_node_cols(one) == gf_node_cols(other));
}

static gf_strip_weight *find_weight(const gf_strip_row *row, const gf_cell *cell)
{
    for (int k = 0; k < row->count; k++)
        if (is_same(&row->weights[k], cell))
            return &row->weights[k];
    return NULL;
}

/* Is it the whole name of a weight of the view? */
static bool is_taken(const gf_view *view, const char *name, size_t length)
{
    for (size_t k = 0; k < view->cell_count; k++)
        if (!strncmp(view->cells[k].name, name, length) && !view->cells[k].name[length])
            return true;
    return false;
}

/* How long the scope in a name is, its point included: "layer1." of "layer1.h". */
static size_t scope_of(const char *name, size_t length)
{
    while (length && name[length - 1] != '.')
        length--;
    return length;
}

/* Has another row a weight of the same short name, as i has Ui where f has Uf? Scopes do not count. */
static bool has_kin(const gf_view *view, const char *name, size_t length)
{
    for (size_t k = 0; k < view->cell_count; k++) {
        const char *other = view->cells[k].name, *row = view->patterns[view->cells[k].pattern].name;
        other += scope_of(other, strlen(other)), row += scope_of(row, strlen(row));
        if (!strncmp(other, name, length) && !strcmp(other + length, row) && strcmp(other, name) != 0)
            return true;
    }
    return false;
}

const char *gf_weight_short(const gf_view *view, const char *name, const char *row, size_t less, size_t *length)
{
    size_t scope = scope_of(row, less);
    if (!strncmp(name, row, scope) && !is_taken(view, name + scope, strlen(name + scope)))
        name += scope;
    row += scope, less -= scope;
    size_t size = strlen(name);
    bool ends = less && less < size && !strncmp(name + size - less, row, less);
    ends = ends && !is_taken(view, name, size - less) &&
           has_kin(view, name + scope_of(name, size), size - less - scope_of(name, size));
    *length = ends ? size - less : size;
    return name;
}

/* NULL without memory. */
static const char *short_name(gf_strip *strip, const char *name, const char *row)
{
    size_t length;
    const char *shorter = gf_weight_short(strip->view, name, row, strlen(row), &length);
    if (!shorter[length])
        return shorter;
    char *text = gf_arena_text(&strip->arena, shorter);
    if (text)
        text[length] = '\0';
    return text;
}

/* W[3], W of step 3, is W in the table; in step 4 it is W[t-1]. NULL without memory. */
static const char *name_of(gf_strip *strip, const gf_cell *cell, bool own)
{
    size_t length;
    int index, lag = lag_of(cell);
    if (!own || !gf_split_index(cell->name, &length, &index))
        return cell->name;
    gf_text text = {0};
    gf_text_bytes(&text, cell->name, length);
    if (lag)
        gf_text_print(&text, "[t%+d]", -lag);
    return gf_text_keep(&text, &strip->arena);
}

/* A weight that is met for the first time in its row. */
static gf_strip_weight *new_weight(gf_strip *strip, gf_strip_row *row, const gf_cell *cell)
{
    size_t entries = (size_t)gf_node_rows(cell->param) * (size_t)gf_node_cols(cell->param);
    gf_strip_weight *weight = &row->weights[row->count++];
    weight->param = cell->param;
    weight->own = gf_node_step(cell->param) != 0;
    weight->lag = lag_of(cell);
    weight->known = true;
    weight->entries = (double)entries;
    const char *name = name_of(strip, cell, weight->own);
    weight->name = name ? short_name(strip, name, row->name) : NULL;
    weight->shortened = weight->name != name;
    weight->sum = gf_arena_get(&strip->arena, entries * sizeof *weight->sum);
    weight->one = gf_arena_get(&strip->arena, entries * sizeof *weight->one);
    weight->here = gf_arena_get(&strip->arena, entries * sizeof *weight->here);
    return weight->name && weight->sum && weight->one && weight->here ? weight : NULL;
}

/* Adds what a cell adds. False without memory. */
static bool add_up(gf_strip_weight *weight, const gf_cell *cell)
{
    weight->known &= cell->look != GF_ARROW_UNKNOWN;
    if (cell->look == GF_ARROW_UNKNOWN)
        return true;
    bool good = gf_cell_sum(weight->one, cell);
    for (size_t k = 0; good && k < (size_t)weight->entries; k++) {
        weight->sum[k] += weight->one[k];
        weight->here[k] += weight->one[k];
    }
    return good;
}

/* One matrix above another. */
static void stack(gf_measure *on, double *entries, const gf_measure *measure, double more)
{
    *entries += more;
    on->known &= measure->known;
    on->scalar = *entries == 1;
    on->slope = on->scalar ? measure->slope : 0;
    on->l2 = hypot(on->l2, measure->l2);
    on->rms = on->l2 / sqrt(*entries);
    on->max = measure->max > on->max || isnan(measure->max) ? measure->max : on->max;
}

static int larger(int one, int other)
{
    return one > other ? one : other;
}

static gf_measure measure_of(const gf_strip_weight *weight, double *numbers)
{
    int rows = gf_node_rows(weight->param), cols = gf_node_cols(weight->param);
    return gf_measure_matrix(&(gf_matrix){numbers, rows, cols, cols});
}

static const char *title_of(gf_strip *strip, const gf_cell *cell)
{
    gf_text text = {0};
    gf_text_print(&text, "%s in %s", cell->name, cell->box->name);
    return gf_text_keep(&text, &strip->arena);
}

static bool add_cell(gf_strip *strip, const gf_cell *cell)
{
    gf_strip_row *row = &strip->rows[strip->of[cell->pattern]];
    gf_strip_weight *weight = find_weight(row, cell);
    if (!weight)
        weight = new_weight(strip, row, cell);
    if (!weight)
        return false;
    bool again = weight->last && weight->last->step == cell->box->step; /* boxes of one name: one cell */
    bool other = weight->param != cell->param;                          /* another step's own, in folded steps */
    weight->param = cell->param;
    weight->turn = larger(weight->turn, cell->turn);
    strip->place[cell - strip->view->cells] = strip->cell_count - (again ? 1 : 0);
    if (!again || other)
        memset(weight->here, 0, (size_t)weight->entries * sizeof *weight->here);
    if (!add_up(weight, cell))
        return false;
    if (again)
        weight->last->turn = larger(weight->last->turn, cell->turn);
    if (again && other) {
        stack(&weight->last->gradient, &weight->last->entries, &cell->gradient, weight->entries);
        return true;
    }
    if (again) {
        weight->last->gradient = measure_of(weight, weight->here);
        weight->last->gradient.known = weight->known;
        return true;
    }
    gf_strip_cell *out = weight->last = &strip->cells[strip->cell_count++];
    *out = (gf_strip_cell){.row = strip->of[cell->pattern], .weight = (int)(weight - row->weights)};
    out->step = cell->box->step;
    out->title = title_of(strip, cell);
    out->entries = weight->entries;
    out->turn = cell->turn;
    out->gradient = cell->gradient;
    out->gradient.known = cell->look != GF_ARROW_UNKNOWN;
    return out->title;
}

/* All cells of steps, then, in the second round, those of folded steps, in the last those outside time; NULL: not in
 * this round. */
enum { ROUNDS = 3 };
static const gf_cell *in_turn(const gf_view *view, size_t k)
{
    const gf_cell *cell = &view->cells[k % view->cell_count];
    size_t round = !cell->box->step ? 2 : cell->box->last_step ? 1 : 0;
    return round == k / view->cell_count ? cell : NULL;
}

/* A row for each pattern that has cells, in the order of these, with room for as many weights. */
static bool make_rows(gf_strip *strip)
{
    const gf_view *view = strip->view;
    size_t patterns = (size_t)view->pattern_count + 1;
    size_t *cells = gf_arena_get(&strip->arena, patterns * sizeof *cells);
    strip->rows = gf_arena_get(&strip->arena, patterns * sizeof *strip->rows);
    strip->of = gf_arena_get(&strip->arena, patterns * sizeof *strip->of);
    strip->cells = gf_arena_get(&strip->arena, (view->cell_count + 1) * sizeof *strip->cells);
    strip->place = gf_arena_get(&strip->arena, (view->cell_count + 1) * sizeof *strip->place);
    if (!cells || !strip->rows || !strip->of || !strip->cells || !strip->place)
        return false;
    for (int p = 0; p < view->pattern_count; p++)
        strip->of[p] = -1;
    for (size_t k = 0; k < ROUNDS * view->cell_count; k++) {
        const gf_cell *cell = in_turn(view, k);
        if (cell && !cells[cell->pattern]++) {
            strip->of[cell->pattern] = strip->count;
            strip->rows[strip->count++].name = view->patterns[cell->pattern].name;
        }
    }
    for (int p = 0; p < view->pattern_count; p++) {
        if (!cells[p])
            continue;
        gf_strip_row *row = &strip->rows[strip->of[p]];
        row->weights = gf_arena_get(&strip->arena, cells[p] * sizeof *row->weights);
        if (!row->weights)
            return false;
    }
    return true;
}

/* How wide a sum is with its weight's name, two digits and what keeps it from the next. */
static double total_width(const gf_strip *strip, const gf_strip_weight *weight, bool tight)
{
    char number[GF_FIGURE];
    gf_figure_as(number, gf_measure_shown(&weight->total, strip->view->magnitude), 2, tight);
    return gf_letters_width(weight->name, GF_SANS, GF_ITALIC, GF_STRIP_LETTERS) +
           gf_letters_width(" ", GF_SANS, GF_PLAIN, GF_STRIP_LETTERS) +
           gf_letters_width(number, GF_SANS, GF_PLAIN, GF_STRIP_LETTERS) + strip->apart;
}

/* How wide the columns of sums are together, each as its widest, but at most so wide. */
static double measure_columns(gf_strip *strip, bool tight, double most)
{
    double sum = 0;
    for (int w = 0; w < strip->most_totals; w++) {
        strip->totals_at[w] = sum;
        double width = 0;
        for (int k = 0; k < strip->count; k++)
            if (w < strip->rows[k].count)
                width = fmax(width, total_width(strip, &strip->rows[k].weights[w], tight));
        sum += fmin(width, most);
    }
    return strip->totals_at[strip->most_totals] = sum;
}

const char *gf_strip_totals(const gf_strip *strip)
{
    int first, last;
    return gf_view_range(strip->view, &first, &last) ? "all steps" : first == last ? "this step" : "these steps";
}

/* The room of the sums. Where they are wide they go without the 0 before the point, then with less of the widest
 * names: it is the steps' room that they take. */
static void measure_totals(gf_strip *strip)
{
    static const double enough = 150, each = 46, least = 24;
    double room = fmax(enough, each * strip->most_totals), most = room;
    strip->apart = strip->narrow ? 5 : 6;
    bool tight = strip->narrow || measure_columns(strip, false, INFINITY) > enough;
    while (measure_columns(strip, tight, most) > room && most > least)
        most -= 1;
    strip->totals = fmax(strip->totals_at[strip->most_totals] - strip->apart,
                         gf_letters_width(gf_strip_totals(strip), GF_SANS, GF_BOLD, GF_STRIP_BOLD));
}

void gf_strip_narrow(gf_strip *strip)
{
    strip->narrow = true;
    measure_totals(strip);
}

/* How many weights and cells there are in a row, at most; and which of the cells of `once` are whose. */
static void count_weights(gf_strip *strip)
{
    strip->most = 1;
    strip->most_once = strip->most_totals = 0;
    for (int k = 0; k < strip->count; k++) {
        strip->rows[k].once = 0;
        strip->most_totals = larger(strip->rows[k].count, strip->most_totals);
    }
    for (size_t k = 0; k < strip->cell_count; k++) {
        const gf_strip_cell *cell = &strip->cells[k];
        gf_strip_row *row = &strip->rows[cell->row];
        if (cell->step)
            strip->most = larger(cell->weight + 1, strip->most);
        else
            row->weights[cell->weight].once_at = row->once++;
        strip->most_once = larger(row->once, strip->most_once);
    }
    measure_totals(strip);
}

static void find_totals(const gf_strip_row *row)
{
    for (int k = 0; k < row->count; k++) {
        gf_strip_weight *weight = &row->weights[k];
        if (weight->known && !weight->own)
            weight->total = measure_of(weight, weight->sum);
    }
}

/* Matrices of their own at each step have no sum: they stand one above the other. */
static void stack_totals(gf_strip *strip)
{
    for (size_t k = 0; k < strip->cell_count; k++) {
        const gf_strip_cell *cell = &strip->cells[k];
        gf_strip_weight *weight = &strip->rows[cell->row].weights[cell->weight];
        double entries = weight->own_entries;
        weight->total.known |= weight->own && !entries;
        if (weight->own)
            stack(&weight->total, &weight->own_entries, &cell->gradient, cell->entries);
    }
}

gf_status gf_strip_make(gf_strip *strip, const gf_view *view)
{
    *strip = (gf_strip){.view = view};
    if (!make_rows(strip))
        return GF_ERROR_MEMORY;
    for (size_t k = 0; k < ROUNDS * view->cell_count; k++)
        if (in_turn(view, k) && !add_cell(strip, in_turn(view, k)))
            return GF_ERROR_MEMORY;
    size_t weights = 0;
    for (int k = 0; k < strip->count; k++) {
        find_totals(&strip->rows[k]);
        weights += (size_t)strip->rows[k].count;
    }
    stack_totals(strip);
    strip->totals_at = gf_arena_get(&strip->arena, (weights + 1) * sizeof *strip->totals_at);
    if (!strip->totals_at)
        return GF_ERROR_MEMORY;
    count_weights(strip);
    return GF_OK;
}

void gf_strip_free(gf_strip *strip)
{
    gf_arena_free(&strip->arena);
    *strip = (gf_strip){0};
}

gf_status gf_strip_sort(gf_strip *strip, const int *rank)
{
    size_t rows = (size_t)strip->count + 1;
    gf_strip_row *sorted = gf_arena_get(&strip->arena, rows * sizeof *sorted);
    int *ranks = gf_arena_get(&strip->arena, rows * sizeof *ranks),
        *to = gf_arena_get(&strip->arena, rows * sizeof *to);
    if (!sorted || !ranks || !to)
        return GF_ERROR_MEMORY;
    for (int p = 0; p < strip->view->pattern_count; p++)
        if (strip->of[p] >= 0)
            ranks[strip->of[p]] = rank[p];
    for (int r = 0; r < strip->count; r++)
        for (int k = 0; k < strip->count; k++)
            to[r] += ranks[k] < ranks[r] || (ranks[k] == ranks[r] && k < r);
    for (int r = 0; r < strip->count; r++)
        sorted[to[r]] = strip->rows[r];
    for (int p = 0; p < strip->view->pattern_count; p++)
        strip->of[p] = strip->of[p] < 0 ? -1 : to[strip->of[p]];
    for (size_t k = 0; k < strip->cell_count; k++)
        strip->cells[k].row = to[strip->cells[k].row];
    strip->rows = sorted;
    return GF_OK;
}

/* --- folding --------------------------------------------------------------------------------------- */

/* The weight of a row that one of another shares its cell with; NULL: none. */
static gf_strip_weight *find_namesake(const gf_strip_row *row, const gf_strip_weight *weight)
{
    for (int k = 0; k < row->count && weight->shortened; k++)
        if (row->weights[k].shortened && !strcmp(row->weights[k].name, weight->name))
            return &row->weights[k];
    return NULL;
}

/* Puts the weights of `from` into `row`, which has room. */
static void join_weights(gf_strip_row *row, gf_strip_row *from)
{
    for (int k = 0; k < from->count; k++) {
        gf_strip_weight *weight = &from->weights[k], *same = find_namesake(row, weight);
        weight->at = same ? (int)(same - row->weights) : row->count;
        if (same) {
            stack(&same->total, &same->entries, &weight->total, weight->entries);
            same->turn = larger(same->turn, weight->turn);
        } else {
            row->weights[row->count++] = *weight;
        }
    }
}

/* The row of a group, new at the end if need be, with room for `weights`. */
static gf_strip_row *row_of_group(gf_strip *strip, gf_strip_row *folded, int *count, int group, int weights)
{
    for (int k = 0; k < *count && group >= 0; k++)
        if (folded[k].group == group)
            return &folded[k];
    gf_strip_row *row = &folded[(*count)++];
    *row = (gf_strip_row){.name = "", .group = group};
    row->weights = gf_arena_get(&strip->arena, (size_t)weights * sizeof *row->weights);
    return row->weights ? row : NULL;
}

/* "f, i" and "o": "f, i, o"; "a.r" and "a.z": "a.r, z". */
static bool join_names(gf_strip *strip, gf_strip_row *row, const char *name)
{
    gf_text text = {0};
    size_t scope = scope_of(row->name, strcspn(row->name, ","));
    name += !strncmp(row->name, name, scope) ? scope : 0;
    gf_text_print(&text, "%s%s%s", row->name, *row->name ? ", " : "", name);
    row->name = gf_text_keep(&text, &strip->arena);
    return row->name;
}

/* The rows as they are folded, into an array of as many; how many these are, or -1 without memory. */
static int fold_rows(gf_strip *strip, gf_strip_row *folded)
{
    int count = 0, weights = 0;
    for (int k = 0; k < strip->count; k++)
        weights += strip->rows[k].count;
    for (int k = 0; k < strip->count; k++) {
        gf_strip_row *from = &strip->rows[k], *row = row_of_group(strip, folded, &count, from->group, weights);
        if (!row || !join_names(strip, row, from->name))
            return -1;
        from->into = (int)(row - folded);
        join_weights(row, from);
    }
    return count;
}

/* Cells that share a place become one. */
static bool fold_cells(gf_strip *strip, gf_strip_cell *folded, size_t *count)
{
    gf_index places = {0};
    bool good = true;
    *count = 0;
    for (size_t k = 0; good && k < strip->cell_count; k++) {
        gf_strip_cell cell = strip->cells[k];
        const gf_strip_row *from = &strip->rows[cell.row];
        cell.row = from->into;
        cell.weight = from->weights[cell.weight].at;
        uint64_t place = (uint64_t)cell.row << 32 | (uint64_t)cell.weight;
        uint32_t *at = gf_index_put(&places, place, (uint32_t)cell.step);
        good = at;
        if (at && *at) {
            gf_strip_cell *same = &folded[*at - 1];
            stack(&same->gradient, &same->entries, &cell.gradient, cell.entries);
            same->turn = larger(same->turn, cell.turn);
        } else if (at) {
            folded[(*count)++] = cell;
            *at = (uint32_t)*count;
        }
    }
    gf_index_free(&places);
    return good;
}

gf_status gf_strip_fold(gf_strip *strip, const int *group)
{
    size_t cells;
    gf_strip_row *rows = gf_arena_get(&strip->arena, ((size_t)strip->count + 1) * sizeof *rows);
    gf_strip_cell *list = gf_arena_get(&strip->arena, (strip->cell_count + 1) * sizeof *list);
    for (int p = 0; p < strip->view->pattern_count; p++)
        if (strip->of[p] >= 0)
            strip->rows[strip->of[p]].group = group[p];
    int count = rows && list ? fold_rows(strip, rows) : -1;
    if (count < 0 || !fold_cells(strip, list, &cells))
        return GF_ERROR_MEMORY;
    strip->rows = rows;
    strip->count = count;
    strip->cells = list;
    strip->cell_count = cells;
    count_weights(strip);
    return GF_OK;
}

double gf_strip_row_height(const gf_strip *strip)
{
    return strip->count <= 6 ? 27 : strip->count == 7 ? 24 : 18.5;
}

double gf_strip_height(const gf_strip *strip, double row_height)
{
    return strip->count * row_height;
}
