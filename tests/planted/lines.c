/* Reading lines, and writing what they say. */
#include "lines.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- tokens ------------------------------------------------------------------------------------------------------ */

typedef struct reader {
    line *l;
    size_t at;
} reader;

/* Past blanks and comments. */
static void skip(reader *r)
{
    const char *text = r->l->text;
    while (r->at < r->l->size && (isspace((unsigned char)text[r->at]) || text[r->at] == '#'))
        if (text[r->at] == '#')
            while (r->at < r->l->size && text[r->at] != '\n')
                r->at++;
        else
            r->at++;
}

static bool comes(reader *r, const char *token)
{
    skip(r);
    size_t size = strlen(token);
    return r->at + size <= r->l->size && !memcmp(r->l->text + r->at, token, size);
}

static bool accept(reader *r, const char *token)
{
    if (!comes(r, token))
        return false;
    r->at += strlen(token);
    return true;
}

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* A word of that spelling, whole. */
static bool word_comes(reader *r, const char *word)
{
    size_t size = strlen(word);
    return comes(r, word) && (r->at + size == r->l->size || !is_letter(r->l->text[r->at + size]));
}

/* --- expressions -------------------------------------------------------------------------------------------------- */

static int new_piece(reader *r, piece_kind kind, size_t begin)
{
    line *l = r->l;
    if (l->count == PIECES) {
        l->good = false;
        return 0;
    }
    l->pieces[l->count] = (piece){.kind = kind, .begin = begin, .end = r->at, .up = -1};
    return l->count++;
}

static void adopt(line *l, int parent, int kid)
{
    piece *p = &l->pieces[parent];
    if (p->count == KIDS) {
        l->good = false;
        return;
    }
    p->kids[p->count++] = kid;
    l->pieces[kid].up = parent;
}

static int read_sum(reader *r);

static int read_number(reader *r)
{
    size_t begin = r->at;
    const char *text = r->l->text;
    while (r->at < r->l->size && (isdigit((unsigned char)text[r->at]) || text[r->at] == '.' || text[r->at] == 'e' ||
                                  (text[r->at] == '-' && text[r->at - 1] == 'e'))) {
        if (text[r->at] == '.' && text[r->at + 1] == '.')
            break;
        r->at++;
    }
    return new_piece(r, PIECE_NUMBER, begin);
}

/* An argument; a range is one. */
static int read_argument(reader *r)
{
    int low = read_sum(r);
    bool down = word_comes(r, "downto");
    if (!down && !comes(r, ".."))
        return low;
    r->at += down ? strlen("downto") : 2;
    int high = read_sum(r);
    int range = new_piece(r, PIECE_RANGE, r->l->pieces[low].begin);
    r->l->pieces[range].op = down ? 'd' : '.';
    adopt(r->l, range, low);
    adopt(r->l, range, high);
    return range;
}

static int read_call(reader *r, size_t begin)
{
    int kids[KIDS], count = 0, held = 0;
    bool bar = false;
    do {
        if (count == KIDS) {
            r->l->good = false;
            return 0;
        }
        kids[count++] = read_argument(r);
        held += bar;
        bar = accept(r, "|") || (bar && comes(r, ","));
    } while (r->l->good && (r->l->text[r->at - 1] == '|' || accept(r, ",")));
    r->l->good = r->l->good && accept(r, ")");
    int call = new_piece(r, PIECE_CALL, begin);
    r->l->pieces[call].held = held;
    for (int k = 0; k < count; k++)
        adopt(r->l, call, kids[k]);
    return call;
}

static int read_row(reader *r, size_t begin)
{
    int row = new_piece(r, PIECE_ROW, begin);
    do
        adopt(r->l, row, read_sum(r));
    while (r->l->good && (accept(r, ",") || accept(r, ";")));
    r->l->good = r->l->good && accept(r, "]");
    r->l->pieces[row].end = r->at;
    return row;
}

static int read_name(reader *r)
{
    size_t begin = r->at;
    const char *text = r->l->text;
    while (r->at < r->l->size && is_letter(text[r->at]))
        r->at++;
    if (text[r->at] == '\'' && text[r->at + 1] == '(')
        r->at++;
    if (r->at < r->l->size && text[r->at] == '(') {
        r->at++;
        return read_call(r, begin);
    }
    if (r->at >= r->l->size || text[r->at] != '[')
        return new_piece(r, PIECE_NAME, begin);
    while (r->at < r->l->size && text[r->at] != ']')
        r->at++;
    r->at++;
    return new_piece(r, PIECE_AT, begin);
}

static int read_factor(reader *r)
{
    skip(r);
    size_t begin = r->at;
    int p;
    if (accept(r, "(")) {
        p = read_sum(r);
        r->l->good = r->l->good && accept(r, ")");
        r->l->pieces[p].begin = begin;
        r->l->pieces[p].end = r->at;
        r->l->pieces[p].brackets = true;
    } else if (accept(r, "[")) {
        p = read_row(r, begin);
    } else if (r->at < r->l->size && isdigit((unsigned char)r->l->text[r->at])) {
        p = read_number(r);
    } else if (r->at < r->l->size && is_letter(r->l->text[r->at])) {
        p = read_name(r);
    } else {
        r->l->good = false;
        return 0;
    }
    while (r->l->good && comes(r, "'")) {
        r->at++;
        int outer = new_piece(r, PIECE_TRANSPOSED, begin);
        adopt(r->l, outer, p);
        p = outer;
    }
    return p;
}

static int join(reader *r, char op, size_t op_at, int a, int b)
{
    int p = new_piece(r, PIECE_OPERATION, r->l->pieces[a].begin);
    r->l->pieces[p].op = op;
    r->l->pieces[p].op_at = op_at;
    r->l->pieces[p].end = r->l->pieces[b].end;
    adopt(r->l, p, a);
    adopt(r->l, p, b);
    return p;
}

static int read_signed(reader *r)
{
    skip(r);
    size_t begin = r->at;
    if (accept(r, "-")) {
        int kid = read_signed(r), p = new_piece(r, PIECE_NEGATIVE, begin);
        r->l->pieces[p].end = r->l->pieces[kid].end;
        adopt(r->l, p, kid);
        return p;
    }
    int base = read_factor(r);
    skip(r);
    size_t op_at = r->at;
    if (!r->l->good || !accept(r, "^"))
        return base;
    return join(r, '^', op_at, base, read_signed(r));
}

static int read_chain(reader *r, const char *operators, int (*operand)(reader *r))
{
    int left = operand(r);
    for (;;) {
        skip(r);
        size_t op_at = r->at;
        if (!r->l->good || r->at >= r->l->size || !strchr(operators, r->l->text[r->at]))
            return left;
        char op = r->l->text[r->at++];
        left = join(r, op, op_at, left, operand(r));
    }
}

static int read_product(reader *r)
{
    return read_chain(r, "@*/", read_signed);
}

static int read_sum(reader *r)
{
    return read_chain(r, "+-", read_product);
}

/* --- lines ------------------------------------------------------------------------------------------------------- */

static bool accept_relation(reader *r)
{
    if (accept(r, "="))
        return true;
    bool is = accept(r, "<=") || accept(r, ">=") || accept(r, "<") || accept(r, ">");
    r->l->inequality |= is;
    return is;
}

static void skip_head(reader *r)
{
    line *l = r->l;
    if (accept(r, "let")) {
        while (r->at < l->size && l->text[r->at] != '=')
            r->at++;
        r->at++;
        return;
    }
    l->good = accept(r, "claim");
    if (accept(r, "\"")) {
        while (r->at < l->size && l->text[r->at] != '"')
            r->at++;
        r->at++;
        l->good = l->good && accept(r, ":");
    }
}

void line_read(line *out, const char *text, size_t size)
{
    *out = (line){.text = text, .size = size, .good = true};
    reader r = {out, 0};
    skip_head(&r);
    do {
        if (!out->good || out->side_count == 8)
            return;
        out->sides[out->side_count++] = read_sum(&r);
    } while (out->good && accept_relation(&r));
    out->sides_end = out->side_count ? out->pieces[out->sides[out->side_count - 1]].end : 0;
    skip(&r);
    out->good = out->good && (r.at >= size || word_comes(&r, "for") || word_comes(&r, "within"));
}

const char *piece_text(const line *l, const piece *p)
{
    static char rooms[4][1024];
    static int next;
    char *room = rooms[next++ % 4];
    snprintf(room, sizeof rooms[0], "%.*s", (int)(p->end - p->begin), l->text + p->begin);
    return room;
}

bool piece_is(const line *l, const piece *p, const char *text)
{
    return p->end - p->begin == strlen(text) && !memcmp(l->text + p->begin, text, strlen(text));
}

/* --- what a line says -------------------------------------------------------------------------------------------- */

char *line_squeezed(const char *text, size_t size)
{
    char *out = malloc(size + 1), *to = out;
    for (size_t k = 0; k < size; k++) {
        if (text[k] == '#')
            while (k < size && text[k] != '\n')
                k++;
        if (k < size && !isspace((unsigned char)text[k]))
            *to++ = text[k];
    }
    *to = '\0';
    return out;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Parts of a sum or of a product, in an order that is always the same. */
typedef struct parts {
    char *list[PIECES];
    int count;
} parts;

static char *canonical(const line *l, int number, bool *negative);

/* +a-b for -a+b, which is its negative: the first term has no minus. */
static bool flip_signs(parts *p)
{
    char *first = NULL;
    for (int k = 0; k < p->count; k++)
        first = !first || strcmp(p->list[k] + 1, first + 1) < 0 ? p->list[k] : first;
    bool flip = first && *first == '-';
    for (int k = 0; flip && k < p->count; k++)
        *p->list[k] = *p->list[k] == '-' ? '+' : '-';
    return flip;
}

static char *joined(parts *p, const char *between, bool sorted)
{
    size_t size = 3;
    if (sorted)
        qsort(p->list, (size_t)p->count, sizeof *p->list, by_text);
    for (int k = 0; k < p->count; k++)
        size += strlen(p->list[k]) + strlen(between);
    char *out = malloc(size);
    strcpy(out, p->count > 1 ? "(" : "");
    for (int k = 0; k < p->count; k++) {
        strcat(strcat(out, k ? between : ""), p->list[k]);
        free(p->list[k]);
    }
    return strcat(out, p->count > 1 ? ")" : "");
}

static bool is_sum(const piece *p)
{
    return p->kind == PIECE_OPERATION && (p->op == '+' || p->op == '-');
}

static void gather_terms(const line *l, int number, bool minus, parts *out)
{
    const piece *p = &l->pieces[number];
    if (is_sum(p)) {
        gather_terms(l, p->kids[0], minus, out);
        gather_terms(l, p->kids[1], minus != (p->op == '-'), out);
        return;
    }
    if (p->kind == PIECE_NEGATIVE) {
        gather_terms(l, p->kids[0], !minus, out);
        return;
    }
    bool negative = false;
    char *text = canonical(l, number, &negative), *with = malloc(strlen(text) + 2);
    sprintf(with, "%c%s", negative != minus ? '-' : '+', text);
    free(text);
    out->list[out->count++] = with;
}

static void gather_factors(const line *l, int number, char op, bool *negative, parts *out)
{
    const piece *p = &l->pieces[number];
    if (p->kind == PIECE_OPERATION && p->op == op) {
        gather_factors(l, p->kids[0], op, negative, out);
        gather_factors(l, p->kids[1], op, negative, out);
        return;
    }
    bool own = false;
    char *text = canonical(l, number, &own);
    *negative = *negative != own;
    if (op == '*' && !strcmp(text, "1"))
        free(text);
    else
        out->list[out->count++] = text;
}

static char *canonical_call(const line *l, const piece *p)
{
    const char *from = l->text + p->begin;
    while (p->brackets && (*from == '(' || isspace((unsigned char)*from)))
        from++;
    size_t name = strcspn(from, "(");
    parts kids = {.count = 0};
    for (int k = 0; k < p->count; k++) {
        bool negative = false;
        char *text = canonical(l, p->kids[k], &negative), *with = malloc(strlen(text) + 3);
        sprintf(with, "%s%s%s", k >= p->count - p->held ? "|" : "", negative ? "-" : "", text);
        free(text);
        kids.list[kids.count++] = with;
    }
    char *inside = joined(&kids, ",", false), *out = malloc(strlen(inside) + name + 3);
    sprintf(out, "%.*s(%s)", (int)name, from, inside);
    free(inside);
    return out;
}

static char *canonical_two(const line *l, const piece *p, const char *between, bool *negative)
{
    bool a = false, b = false;
    parts two = {.count = 2};
    two.list[0] = canonical(l, p->kids[0], &a);
    two.list[1] = canonical(l, p->kids[1], &b);
    *negative = p->op == '/' && a != b;
    return joined(&two, between, false);
}

static char *canonical_operation(const line *l, int number, bool *negative)
{
    const piece *p = &l->pieces[number];
    parts all = {.count = 0};
    char sign[2] = {p->op, '\0'};
    if (is_sum(p)) {
        gather_terms(l, number, false, &all);
        *negative = flip_signs(&all);
        return joined(&all, "", true);
    }
    if (p->op == '^' || p->op == '/')
        return canonical_two(l, p, sign, negative);
    gather_factors(l, number, p->op, negative, &all);
    return joined(&all, sign, p->op == '*');
}

/* What a piece says, but for a sign in front, which is *negative. */
static char *canonical(const line *l, int number, bool *negative)
{
    const piece *p = &l->pieces[number];
    *negative = false;
    if (p->kind == PIECE_OPERATION)
        return canonical_operation(l, number, negative);
    if (p->kind == PIECE_CALL)
        return canonical_call(l, p);
    if (p->kind == PIECE_RANGE)
        return canonical_two(l, p, p->op == 'd' ? " downto " : "..", negative);
    if (p->kind == PIECE_NEGATIVE) {
        char *text = canonical(l, p->kids[0], negative);
        *negative = !*negative;
        return text;
    }
    if (p->kind != PIECE_TRANSPOSED) {
        char *text = line_squeezed(l->text + p->begin, p->end - p->begin);
        size_t size = strlen(text);
        if (text[0] == '(' && text[size - 1] == ')') {
            memmove(text, text + 1, size - 2);
            text[size - 2] = '\0';
        }
        return text;
    }
    char *text = canonical(l, p->kids[0], negative), *out = malloc(strlen(text) + 2);
    sprintf(out, "%s'", text);
    free(text);
    return out;
}

char *line_canonical(const line *l)
{
    parts all = {.count = 0};
    size_t before = 0;
    for (int k = 0; k < l->side_count; k++) {
        const piece *p = &l->pieces[l->sides[k]];
        bool negative = false;
        all.list[all.count++] = line_squeezed(l->text + before, p->begin - before);
        char *text = canonical(l, l->sides[k], &negative), *with = malloc(strlen(text) + 2);
        sprintf(with, "%s%s", negative ? "-" : "", text);
        free(text);
        all.list[all.count++] = with;
        before = p->end;
    }
    all.list[all.count++] = line_squeezed(l->text + before, l->size - before);
    return joined(&all, "", false);
}
