/* What mistakes a line has places for. Each function writes some; one of them is chosen. */
#include "plants.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *plant_name(plant_kind kind)
{
    static const char *const names[] = {
        "time index",      "another name",    "sign",          "transpose",     "order",     "derivative",
        "factor left out", "factor too many", "term left out", "term too many", "reduction", "@ for *",
        "constant",        "range",           "misspelt",
    };
    return names[kind];
}

uint64_t chance(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* What is being chosen from: each mistake that is met takes the place of the one before with the right probability. */
typedef struct choice {
    plant *out;
    const line *l;
    gf_model *m;
    uint64_t *state;
    int met;
} choice;

static void offer(choice *c, size_t begin, size_t end, const char *format, ...) __attribute__((format(printf, 4, 5)));

static void offer(choice *c, size_t begin, size_t end, const char *format, ...)
{
    va_list arguments;
    if (chance(c->state) % (uint64_t)++c->met)
        return;
    va_start(arguments, format);
    vsnprintf(c->out->text, sizeof c->out->text, format, arguments);
    va_end(arguments);
    c->out->begin = begin;
    c->out->end = end;
}

#define OFFER(c, p, ...) offer(c, (p)->begin, (p)->end, __VA_ARGS__)

/* --- questions ---------------------------------------------------------------------------------------------------- */

static const piece *kid(const choice *c, const piece *p, int k)
{
    return &c->l->pieces[p->kids[k]];
}

static const piece *up(const choice *c, const piece *p)
{
    return p->up < 0 ? NULL : &c->l->pieces[p->up];
}

static const char *text(const choice *c, const piece *p)
{
    return piece_text(c->l, p);
}

static bool is_call(const choice *c, const piece *p, const char *name)
{
    size_t size = strlen(name);
    return p->kind == PIECE_CALL && !strncmp(c->l->text + p->begin, name, size) && c->l->text[p->begin + size] == '(';
}

static bool is_derivative(const choice *c, const piece *p)
{
    return is_call(c, p, "grad") || is_call(c, p, "jacobian");
}

static bool is_over(const choice *c, const piece *p)
{
    return is_call(c, p, "prod") || (is_call(c, p, "sum") && p->count > 1);
}

/* Within grad( ) or jacobian( ). */
static bool is_inside(const choice *c, const piece *p)
{
    for (const piece *at = up(c, p); at; at = up(c, at))
        if (is_derivative(c, at))
            return true;
    return false;
}

/* A piece that is an integer, or an index: part of a range, or the index of a sum. */
static bool is_integer(const choice *c, const piece *p)
{
    const piece *above = up(c, p);
    for (const piece *at = above; at; at = up(c, at))
        if (at->kind == PIECE_RANGE || is_call(c, at, "cols") || is_call(c, at, "rows"))
            return at->kind == PIECE_RANGE || p->kind != PIECE_AT;
    return p->kind == PIECE_RANGE || (above && is_over(c, above) && kid(c, above, 0) == p);
}

static bool is_op(const piece *p, const char *ops)
{
    return p->kind == PIECE_OPERATION && strchr(ops, p->op);
}

/* The matrix of a name or NAME[index]; NULL where it is no such piece. */
static const gf_model_name *find_name(const choice *c, const piece *p)
{
    if (p->kind != PIECE_NAME && p->kind != PIECE_AT)
        return NULL;
    size_t size = strcspn(text(c, p), "[");
    const gf_model_name *name;
    for (size_t k = 0; (name = gf_model_name_at(c->m, k)); k++)
        if (strlen(name->name) == size && !strncmp(name->name, c->l->text + p->begin, size))
            return name;
    return NULL;
}

static bool is_matrix(const choice *c, const piece *p)
{
    if (is_integer(c, p) || p->kind == PIECE_NUMBER)
        return false;
    return p->kind != PIECE_NAME || find_name(c, p);
}

static const char *index_of(const choice *c, const piece *p)
{
    static char index[64];
    const char *all = text(c, p), *open = strchr(all, '[');
    snprintf(index, sizeof index, "%.*s", open ? (int)(strlen(open) - 2) : 0, open ? open + 1 : "");
    return index;
}

/* --- names and indices -------------------------------------------------------------------------------------------- */

/* An index, moved: "t-1" for "t". */
static const char *moved(const char *index, int by)
{
    static char out[96];
    char name[64];
    int n = 0, offset = 0;
    size_t size = strspn(index, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_");
    snprintf(name, sizeof name, "%.*s", (int)size, index);
    if (!size)
        snprintf(out, sizeof out, "%d", atoi(index) + by > 0 ? atoi(index) + by : 0);
    else if (index[size] && (sscanf(index + size, "%d%n", &offset, &n) < 1 || index[size + (size_t)n]))
        snprintf(out, sizeof out, "%s", index);
    else if (offset + by)
        snprintf(out, sizeof out, "%s%+d", name, offset + by);
    else
        snprintf(out, sizeof out, "%s", name);
    return out;
}

static void plant_index(choice *c, const piece *p)
{
    const gf_model_name *name = find_name(c, p);
    if (!name || p->kind != PIECE_AT)
        return;
    for (int by = -1; by <= 1; by += 2)
        OFFER(c, p, "%s[%s]", name->name, moved(index_of(c, p), by));
}

static void plant_name_piece(choice *c, const piece *p)
{
    const gf_model_name *own = find_name(c, p), *other;
    if (!own)
        return;
    for (size_t k = 0; (other = gf_model_name_at(c->m, k)); k++) {
        bool fits = own->rows == other->rows && own->cols == other->cols && own->timed == other->timed;
        if (!strcmp(own->name, other->name) || !fits || (other->kind == GF_MODEL_LET && is_inside(c, p)))
            continue;
        if (p->kind == PIECE_AT)
            OFFER(c, p, "%s[%s]", other->name, index_of(c, p));
        else
            OFFER(c, p, "%s", other->name);
    }
}

static void plant_spelling(choice *c, const piece *p)
{
    const gf_model_name *own = find_name(c, p), *other;
    char name[64];
    if (!own)
        return;
    size_t size = strlen(own->name), at = chance(c->state) % size;
    snprintf(name, sizeof name, "%.*s%c%s", (int)at, own->name, own->name[at], own->name + at); /* a letter twice */
    if (size > 2 && chance(c->state) % 2)
        snprintf(name, sizeof name, "%.*s%s", (int)at, own->name, own->name + at + 1); /* a letter missing */
    for (size_t k = 0; (other = gf_model_name_at(c->m, k)); k++)
        if (!strcmp(other->name, name))
            return;
    if (p->kind == PIECE_AT)
        OFFER(c, p, "%s[%s]", name, index_of(c, p));
    else
        OFFER(c, p, "%s", name);
}

/* --- signs, order ------------------------------------------------------------------------------------------------ */

static void plant_sign(choice *c, const piece *p)
{
    const piece *above = up(c, p);
    if (is_inside(c, p) || is_integer(c, p) || !is_matrix(c, p))
        return;
    if (is_op(p, "+-"))
        offer(c, p->op_at, p->op_at + 1, "%c", p->op == '+' ? '-' : '+');
    if (p->kind == PIECE_NEGATIVE)
        OFFER(c, p, "(%s)", text(c, kid(c, p, 0)));
    else if (!above || is_over(c, above))
        OFFER(c, p, "-(%s)", text(c, p));
}

static void plant_transpose(choice *c, const piece *p)
{
    const piece *above = up(c, p);
    if (is_inside(c, p) || is_integer(c, p) || !is_matrix(c, p))
        return;
    if (p->kind == PIECE_TRANSPOSED)
        OFFER(c, p, "%s", text(c, kid(c, p, 0)));
    else if ((p->kind == PIECE_AT || p->kind == PIECE_NAME || p->brackets) &&
             !(above && above->kind == PIECE_TRANSPOSED))
        OFFER(c, p, "%s'", text(c, p));
}

static void plant_order(choice *c, const piece *p)
{
    if (is_op(p, "@-/") && !is_integer(c, p) && !is_inside(c, p))
        OFFER(c, p, "((%s) %c (%s))", text(c, kid(c, p, 1)), p->op, text(c, kid(c, p, 0)));
    if (is_call(c, p, "jacobian") && !p->held)
        OFFER(c, p, "jacobian(%s, %s)", text(c, kid(c, p, 1)), text(c, kid(c, p, 0)));
}

static void plant_operator(choice *c, const piece *p)
{
    if (is_op(p, "@*") && !is_integer(c, p) && !is_inside(c, p))
        offer(c, p->op_at, p->op_at + 1, "%c", p->op == '@' ? '*' : '@');
}

/* --- derivatives ------------------------------------------------------------------------------------------------- */

/* 1 - x: x. */
static const piece *complemented(const choice *c, const piece *p)
{
    bool is = is_op(p, "-") && piece_is(c->l, kid(c, p, 0), "1");
    return is ? kid(c, p, 1) : NULL;
}

static void plant_other_form(choice *c, const piece *p, const char *x)
{
    OFFER(c, p, "tanh'(%s)", x);
    OFFER(c, p, "sigmoid'(%s)", x);
    OFFER(c, p, "(1 - %s)", x);
    OFFER(c, p, "(%s * (1 - %s))", x, x);
    OFFER(c, p, "(1 - %s^2)", x);
    OFFER(c, p, "(1 - tanh(%s)^2)", x);
}

static void plant_derivative(choice *c, const piece *p)
{
    const piece *x = complemented(c, p);
    if (x && is_op(x, "^"))
        plant_other_form(c, p, text(c, kid(c, x, 0)));
    const piece *right = is_op(p, "*") ? complemented(c, kid(c, p, 1)) : NULL;
    if (right && !is_op(right, "^")) { /* A * x * (1 - x), or x * (1 - x) */
        const piece *left = kid(c, p, 0), *last = is_op(left, "*") ? kid(c, left, 1) : left;
        char x_text[256];
        snprintf(x_text, sizeof x_text, "%s", text(c, right));
        if (piece_is(c->l, last, x_text)) {
            offer(c, last->begin, p->end, "(1 - %s^2)", x_text);
            offer(c, last->begin, p->end, "sigmoid'(%s)", x_text);
            offer(c, last->begin, p->end, "tanh'(%s)", x_text);
        }
    }
    if (is_call(c, p, "tanh")) {
        OFFER(c, p, "sigmoid(%s)", text(c, kid(c, p, 0)));
        OFFER(c, p, "%s", text(c, kid(c, p, 0)));
        OFFER(c, p, "tanh'(%s)", text(c, kid(c, p, 0)));
    }
}

/* --- factors ----------------------------------------------------------------------------------------------------- */

static void plant_factor_out(choice *c, const piece *p)
{
    if (!is_op(p, "*@/^") || is_integer(c, p) || is_inside(c, p))
        return;
    OFFER(c, p, "%s%s%s", p->brackets ? "(" : "", text(c, kid(c, p, 0)), p->brackets ? ")" : "");
    if (p->op != '^' && !is_op(kid(c, p, 0), "*@/"))
        OFFER(c, p, "(%s)", text(c, kid(c, p, 1)));
}

/* Behind a factor that is a name: another of its shape, or what it comes with in gradients. */
static void plant_factor_in(choice *c, const piece *p)
{
    static const char *const forms[] = {"%s * %s[t]", "%s * (1 - %s[t])", "%s * (1 - %s[t]^2)"};
    const gf_model_name *own = find_name(c, p), *other;
    const piece *above = up(c, p);
    if (!own || is_inside(c, p) || p->kind != PIECE_AT || (above && is_op(above, "^")))
        return;
    for (size_t k = 0; (other = gf_model_name_at(c->m, k)); k++) {
        if (other->kind != GF_MODEL_EQUATION || other->rows != own->rows || other->cols != own->cols || !other->timed)
            continue;
        char piece[512];
        for (int form = 0; form < 3; form++) {
            snprintf(piece, sizeof piece, forms[form], text(c, p), other->name);
            OFFER(c, p, "(%s)", piece);
        }
        OFFER(c, p, "(%s * %s[t] * (1 - %s[t]))", text(c, p), other->name, other->name);
    }
}

/* --- terms ------------------------------------------------------------------------------------------------------- */

static void plant_term_out(choice *c, const piece *p)
{
    if (!is_op(p, "+-") || is_integer(c, p) || is_inside(c, p))
        return;
    OFFER(c, p, "(%s)", text(c, kid(c, p, 0)));
    if (!is_op(kid(c, p, 0), "+-"))
        OFFER(c, p, "(%s%s)", p->op == '-' ? "-" : "", text(c, kid(c, p, 1)));
}

/* A term of the line a second time, or a let of the shape of a name on its own. */
static void plant_term_in(choice *c, const piece *p)
{
    const gf_model_name *own = find_name(c, p), *other;
    if (is_integer(c, p) || is_inside(c, p) || is_derivative(c, p))
        return;
    const piece *above = up(c, p);
    bool side = !above || (is_over(c, above) && kid(c, above, above->count - 1) == p);
    if (side && is_op(p, "+")) {
        OFFER(c, p, "(%s + %s)", text(c, p), text(c, kid(c, p, 0)));
        OFFER(c, p, "(%s + %s)", text(c, p), text(c, kid(c, p, 1)));
    } else if (side && !own && p->kind != PIECE_NUMBER) {
        OFFER(c, p, "(%s + %s)", text(c, p), text(c, p));
    }
    if (!own || (above && is_op(above, "*@^")))
        return;
    for (size_t k = 0; (other = gf_model_name_at(c->m, k)); k++)
        if (other->kind == GF_MODEL_LET && own->timed && other->timed && own->rows == other->rows &&
            own->cols == other->cols)
            OFFER(c, p, "(%s + %s[t+1])", text(c, p), other->name);
}

/* --- the rest ---------------------------------------------------------------------------------------------------- */

static void plant_reduction(choice *c, const piece *p)
{
    const piece *above = up(c, p);
    if (is_integer(c, p) || is_inside(c, p) || is_derivative(c, p))
        return;
    if (is_call(c, p, "sum") || is_call(c, p, "diag") || is_call(c, p, "norm2") || is_call(c, p, "max"))
        OFFER(c, p, "(%s)", text(c, kid(c, p, p->count - 1)));
    if (!is_matrix(c, p) || (above && above->kind != PIECE_OPERATION && !is_over(c, above)))
        return;
    if (!above || is_over(c, above)) {
        OFFER(c, p, "colsum(%s)", text(c, p));
        OFFER(c, p, "rowsum(%s)", text(c, p));
        OFFER(c, p, "sum(%s)", text(c, p));
    }
    if (!above && strstr(text(c, p), "[t"))
        OFFER(c, p, "sum(t, %s)", text(c, p));
}

static void plant_constant(choice *c, const piece *p)
{
    const piece *above = up(c, p);
    if (p->kind == PIECE_NUMBER && !is_integer(c, p)) {
        double x = atof(text(c, p));
        OFFER(c, p, "%g", x + 1);
        OFFER(c, p, "%g", x * 2);
        OFFER(c, p, "%g", x / 2);
    } else if (!above && !is_derivative(c, p) && is_matrix(c, p)) {
        OFFER(c, p, "2 * (%s)", text(c, p));
        OFFER(c, p, "(%s) / T", text(c, p));
        OFFER(c, p, "0.5 * (%s)", text(c, p));
    }
}

static void plant_over(choice *c, const piece *p)
{
    if (p->kind == PIECE_RANGE) {
        const char *between = p->op == 'd' ? " downto " : "..", *other = p->op == 'd' ? ".." : " downto ";
        const char *low = text(c, kid(c, p, 0)), *high = text(c, kid(c, p, 1));
        OFFER(c, p, "%s%s%s", low, other, high);
        OFFER(c, p, "%s%s%s", high, other, low);
        OFFER(c, p, "%s%s%s", moved(low, 1), between, high);
        OFFER(c, p, "%s%s%s", moved(low, -1), between, high);
        OFFER(c, p, "%s%s%s", low, between, moved(high, 1));
        OFFER(c, p, "%s%s%s", low, between, moved(high, -1));
    }
    if (is_call(c, p, "sum") && p->count == 2) {
        OFFER(c, p, "sum(t, 1..T-1, %s)", text(c, kid(c, p, 1)));
        OFFER(c, p, "sum(t, 2..T, %s)", text(c, kid(c, p, 1)));
    }
}

/* The ranges of a claim, behind its sides: "for t = 2..T". */
static void plant_ranges(choice *c)
{
    const line *l = c->l;
    for (size_t at = l->sides_end; at + 1 < l->size; at++) {
        if (l->text[at] != '.' || l->text[at + 1] != '.')
            continue;
        size_t low = at, high = at + 2;
        while (low > 0 && !isspace((unsigned char)l->text[low - 1]) && l->text[low - 1] != '=')
            low--;
        while (high < l->size && !isspace((unsigned char)l->text[high]) && l->text[high] != ',')
            high++;
        char end[64];
        snprintf(end, sizeof end, "%.*s", (int)(at - low), l->text + low);
        for (int by = -1; by <= 1; by += 2)
            offer(c, low, at, "%s", moved(end, by));
        snprintf(end, sizeof end, "%.*s", (int)(high - at - 2), l->text + at + 2);
        for (int by = -1; by <= 1; by += 2)
            offer(c, at + 2, high, "%s", moved(end, by));
        if (strstr(l->text + l->sides_end, "for t =") && !strchr(l->text + l->sides_end, ','))
            offer(c, l->sides_end, high, "%s", "");
    }
}

bool plant_choose(plant *out, const line *l, gf_model *m, plant_kind kind, uint64_t *state)
{
    static void (*const planters[])(choice * c, const piece *p) = {
        plant_index,      plant_name_piece, plant_sign,      plant_transpose, plant_order,
        plant_derivative, plant_factor_out, plant_factor_in, plant_term_out,  plant_term_in,
        plant_reduction,  plant_operator,   plant_constant,  plant_over,      plant_spelling,
    };
    choice c = {.out = out, .l = l, .m = m, .state = state};
    for (int k = 0; k < l->count && !l->inequality; k++)
        planters[kind](&c, &l->pieces[k]);
    if (kind == PLANT_RANGE)
        plant_ranges(&c);
    return c.met;
}
