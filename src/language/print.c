/* Trees and statements -> text in the language. */
#include "language/tree.h"

#include <string.h>

/* How a tree is being written. */
typedef struct printer {
    gf_text *w;
    const gf_names *names;
    const gf_source *source; /* what was read from it is written as it stands there; NULL: nothing is */
    gf_span line;            /* whose signs the rest has */
    bool close;              /* inside indices, shapes and ranges: no blanks around signs, and nothing as it stands */
    uint32_t t;              /* the index to shift, by `shift`; 0: none */
    long shift;
} printer;

static void print(printer *p, const gf_tree *tree, int strength);

static void print_name(printer *p, uint32_t name)
{
    gf_text_add(p->w, gf_names_text(p->names, name));
}

/* An expression of integers. */
static void print_closely(printer *p, const gf_tree *tree)
{
    bool close = p->close;
    p->close = true;
    print(p, tree, STRENGTH_SUM);
    p->close = close;
}

static void print_list(printer *p, const gf_tree *tree, uint32_t from, uint32_t to)
{
    for (uint32_t k = from; k < to; k++) {
        gf_text_add(p->w, k > from ? ", " : "");
        print(p, tree->kids[k], tree->kind == TREE_CALL ? STRENGTH_RELATION : STRENGTH_SUM);
    }
}

/* --- shifting --------------------------------------------------------------------------------------- */

/* t, t + n, t - n: what is added to t, through *offset. */
static bool is_offset(const printer *p, const gf_tree *tree, long *offset)
{
    *offset = 0;
    if (tree->kind == TREE_NAME)
        return tree->name == p->t;
    if ((tree->kind != TREE_ADD && tree->kind != TREE_SUBTRACT) || tree->kids[1]->kind != TREE_NUMBER)
        return false;
    double number = tree->kids[1]->number;
    if (tree->kids[0]->kind != TREE_NAME || tree->kids[0]->name != p->t || number > 1e9 ||
        number != (double)(long)number)
        return false;
    *offset = tree->kind == TREE_ADD ? (long)number : -(long)number;
    return true;
}

static void print_offset(printer *p, long offset, int strength)
{
    bool brackets = offset && strength > STRENGTH_SUM;
    gf_text_add(p->w, brackets ? "(" : "");
    print_name(p, p->t);
    if (offset)
        gf_text_print(p->w, p->close ? "%c%ld" : " %c %ld", offset < 0 ? '-' : '+', offset < 0 ? -offset : offset);
    gf_text_add(p->w, brackets ? ")" : "");
}

/* --- kinds --------------------------------------------------------------------------------------------- */

/* NAME[index] */
static void print_at(printer *p, uint32_t name, const gf_tree *index)
{
    print_name(p, name);
    gf_text_add(p->w, "[");
    print_closely(p, index);
    gf_text_add(p->w, "]");
}

static void print_row(printer *p, const gf_tree *tree)
{
    gf_text_add(p->w, tree->kind == TREE_LIST ? "{" : "[");
    print_list(p, tree, 0, tree->count);
    gf_text_add(p->w, tree->kind == TREE_LIST ? "}" : "]");
}

/* A part of [ ; ] that is itself [ , ] needs no brackets of its own. */
static void print_stacked(printer *p, const gf_tree *tree)
{
    gf_text_add(p->w, "[");
    for (uint32_t k = 0; k < tree->count; k++) {
        gf_text_add(p->w, k ? "; " : "");
        if (tree->kids[k]->kind == TREE_BESIDE)
            print_list(p, tree->kids[k], 0, tree->kids[k]->count);
        else
            print(p, tree->kids[k], STRENGTH_SUM);
    }
    gf_text_add(p->w, "]");
}

static void print_call(printer *p, const gf_tree *tree)
{
    print_name(p, tree->name);
    gf_text_add(p->w, "(");
    print_list(p, tree, 0, tree->count - tree->held);
    gf_text_add(p->w, tree->held ? " | " : "");
    print_list(p, tree, tree->count - tree->held, tree->count);
    gf_text_add(p->w, ")");
}

/* sum(t, e), sum(j, A..B, e), and with prod, hcat … and downto. */
static void print_over(printer *p, const gf_tree *tree)
{
    gf_text_print(p->w, "%s(", gf_over_word((gf_tree_kind)tree->kind));
    print_name(p, tree->name);
    if (tree->count == 3) {
        gf_text_add(p->w, ", ");
        print_closely(p, tree->kids[0]);
        gf_text_add(p->w, tree->down ? " downto " : "..");
        print_closely(p, tree->kids[1]);
    }
    gf_text_add(p->w, ", ");
    uint32_t t = p->t;
    p->t = t == tree->name ? 0 : t; /* bound here */
    print(p, gf_tree_body(tree), STRENGTH_RELATION);
    p->t = t;
    gf_text_add(p->w, ")");
}

/* --- signs -------------------------------------------------------------------------------------------------- */

/* How often a sign stands in a piece of a file, but for comments and texts in quotes, and for tanh'(x). */
static int count_sign(const gf_source *source, gf_span piece, const char *sign)
{
    size_t size = strlen(sign);
    int count = 0;
    bool quoted = false;
    for (size_t at = piece.begin; at + size <= piece.end; at++) {
        char c = source->text[at];
        quoted = (quoted != (c == '"')) && c != '\n';
        if (c == '#' && !quoted)
            at += strcspn(source->text + at, "\n");
        else if (!quoted && !memcmp(source->text + at, sign, size) && source->text[at + size] != '(')
            count++;
    }
    return count;
}

/* The sign as a piece has it most; NULL where it has none. */
static const char *sign_in(const gf_source *source, gf_span piece, const char *plain)
{
    static const char *const others[][2] = {{"*", "∘"}, {"*", "⊙"}, {"@", "·"}, {"'", "ᵀ"}, {"^2", "²"}, {"^3", "³"}};
    int most = count_sign(source, piece, plain);
    const char *best = most ? plain : NULL;
    for (size_t k = 0; k < sizeof others / sizeof *others; k++) {
        int count = strcmp(others[k][0], plain) ? 0 : count_sign(source, piece, others[k][1]);
        if (count > most)
            best = others[k][1];
        most = count > most ? count : most;
    }
    return best;
}

/* As the line has it, else as the file has it. */
static const char *sign_of(const printer *p, const char *plain)
{
    const char *sign = p->source ? sign_in(p->source, p->line, plain) : plain;
    if (!sign)
        sign = sign_in(p->source, (gf_span){0, (uint32_t)p->source->size}, plain);
    return sign ? sign : plain;
}

/* a^2 in a file that writes a². */
static bool print_small_power(printer *p, const gf_tree *tree)
{
    const gf_tree *power = tree->kids[1];
    bool two = power->kind == TREE_NUMBER && power->number == 2,
         three = power->kind == TREE_NUMBER && power->number == 3;
    const char *sign = two ? sign_of(p, "^2") : three ? sign_of(p, "^3") : "^";
    if (*sign == '^')
        return false;
    print(p, tree->kids[0], STRENGTH_POSTFIX);
    gf_text_add(p->w, sign);
    return true;
}

static void print_binary(printer *p, const gf_tree *tree, const gf_operator *sign)
{
    bool power = tree->kind == TREE_POWER;
    if (power && print_small_power(p, tree))
        return;
    print(p, tree->kids[0], power ? STRENGTH_POSTFIX : gf_tree_compares(tree) ? STRENGTH_SUM : sign->strength);
    gf_text_print(p->w, power || p->close ? "%s" : " %s ", p->close ? sign->text : sign_of(p, sign->text));
    print(p, tree->kids[1], power ? STRENGTH_SIGN : sign->strength + 1);
}

/* csv("…"), ? */
static void print_word(printer *p, const gf_tree *tree)
{
    bool csv = tree->kind == TREE_TEXT;
    gf_text_add(p->w, csv ? "csv(\"" : "?");
    if (csv)
        print_name(p, tree->name);
    gf_text_add(p->w, csv ? "\")" : "");
}

static void print_inside(printer *p, const gf_tree *tree, const gf_operator *sign)
{
    switch ((gf_tree_kind)tree->kind) {
    case TREE_NUMBER:
        gf_text_number(p->w, tree->number);
        break;
    case TREE_NAME:
        print_name(p, tree->name);
        break;
    case TREE_AT:
        print_at(p, tree->name, tree->kids[0]);
        break;
    case TREE_NEGATIVE:
        gf_text_add(p->w, "-");
        print(p, tree->kids[0], STRENGTH_SIGN);
        break;
    case TREE_TRANSPOSE:
        print(p, tree->kids[0], STRENGTH_POSTFIX);
        gf_text_add(p->w, sign_of(p, "'"));
        break;
    case TREE_BESIDE:
    case TREE_LIST:
        print_row(p, tree);
        break;
    case TREE_STACKED:
        print_stacked(p, tree);
        break;
    case TREE_CALL:
        print_call(p, tree);
        break;
    case TREE_TEXT:
    case TREE_OPEN:
        print_word(p, tree);
        break;
    default:
        if (gf_tree_binds(tree))
            print_over(p, tree);
        else
            print_binary(p, tree, sign);
    }
}

/* As it was read; its brackets go where none are needed. */
static void print_as_read(printer *p, const gf_tree *tree, const gf_operator *sign, int strength)
{
    bool needed = sign && sign->strength < strength, brackets = needed && !tree->brackets;
    gf_span span = tree->span;
    if (tree->brackets && !needed && tree->count == 2 && sign)
        span = (gf_span){tree->kids[0]->span.begin, tree->kids[1]->span.end};
    gf_text_add(p->w, brackets ? "(" : "");
    gf_source_quote(p->w, p->source, span, 0);
    gf_text_add(p->w, brackets ? ")" : "");
}

/* In brackets where the place asks for something that binds at least so tightly. */
static void print(printer *p, const gf_tree *tree, int strength)
{
    long offset;
    if (p->t && p->shift && is_offset(p, tree, &offset)) {
        print_offset(p, offset + p->shift, strength);
        return;
    }
    const gf_operator *sign = gf_operator_of((gf_tree_kind)tree->kind);
    if (p->source && !p->close && tree->span.end > tree->span.begin) {
        print_as_read(p, tree, sign, strength);
        return;
    }
    bool negative = tree->kind == TREE_NUMBER && tree->number < 0 && strength > STRENGTH_SIGN;
    bool kept = p->source && tree->brackets && strength > STRENGTH_SUM; /* a copy of what stood in brackets */
    bool brackets = negative || (sign && (kept || sign->strength < strength));
    gf_text_add(p->w, brackets ? "(" : "");
    print_inside(p, tree, sign);
    gf_text_add(p->w, brackets ? ")" : "");
}

void gf_tree_print(gf_text *w, const gf_names *names, const gf_tree *tree)
{
    printer p = {.w = w, .names = names};
    print(&p, tree, STRENGTH_SUM);
}

void gf_tree_print_shifted(gf_text *w, const gf_names *names, const gf_tree *tree, uint32_t t, long shift)
{
    printer p = {.w = w, .names = names, .t = t, .shift = shift};
    print(&p, tree, STRENGTH_SUM);
}

void gf_tree_print_edited(gf_text *w, const gf_names *names, const gf_source *source, gf_span line, const gf_tree *tree,
                          int strength)
{
    printer p = {.w = w, .names = names, .source = source, .line = line, .close = strength == STRENGTH_INDEX};
    print(&p, tree, strength);
}

/* --- statements --------------------------------------------------------------------------------------------- */

static void print_target(printer *p, const gf_statement *s)
{
    if (s->index)
        print_at(p, s->name, s->index);
    else
        print_name(p, s->name);
}

static void print_shape(printer *p, const gf_statement *s)
{
    gf_text_add(p->w, " : ");
    print_closely(p, s->rows);
    gf_text_add(p->w, " x ");
    print_closely(p, s->cols);
}

static void print_init(printer *p, const gf_init *init)
{
    if (init->kind == INIT_NONE)
        return;
    gf_text_add(p->w, init->kind == INIT_VALUE ? " = " : " ~ ");
    const gf_tree *tree = init->kind == INIT_VALUE ? init->value : init->call;
    if (init->kind == INIT_RANDOM && !tree->count)
        print_name(p, tree->name);
    else
        print(p, tree, STRENGTH_SUM);
}

static void print_ranges(printer *p, const gf_statement *s)
{
    for (uint32_t k = 0; k < s->range_count; k++) {
        gf_text_add(p->w, k ? ", " : " for ");
        print_name(p, s->ranges[k].name);
        gf_text_add(p->w, " = ");
        print_closely(p, s->ranges[k].low);
        gf_text_add(p->w, "..");
        print_closely(p, s->ranges[k].high);
    }
}

static void print_claim(printer *p, const gf_statement *s)
{
    if (s->text)
        gf_text_print(p->w, "\"%s\": ", s->text);
    for (uint32_t k = 0; k < s->side_count; k++) {
        if (k)
            gf_text_print(p->w, " %s ", gf_relation_text(s->relations[k - 1]));
        print(p, s->sides[k], STRENGTH_SUM);
    }
    print_ranges(p, s);
    if (s->value) {
        gf_text_add(p->w, " within ");
        print(p, s->value, STRENGTH_SUM);
    }
}

void gf_ranges_print(gf_text *w, const gf_names *names, const gf_statement *s)
{
    printer p = {.w = w, .names = names};
    print_ranges(&p, s);
}

void gf_statement_print(gf_text *w, const gf_names *names, const gf_statement *s)
{
    static const char *const words[] = {
        [STATEMENT_TITLE] = "title ", [STATEMENT_STEPS] = "steps ", [STATEMENT_SIZE] = "size ",
        [STATEMENT_SEED] = "seed ",   [STATEMENT_INPUT] = "input ", [STATEMENT_GIVEN] = "given ",
        [STATEMENT_PARAM] = "param ", [STATEMENT_START] = "start ", [STATEMENT_EQUATION] = "",
        [STATEMENT_LOSS] = "loss ",   [STATEMENT_LET] = "let ",     [STATEMENT_TRUNCATE] = "truncate ",
        [STATEMENT_CLAIM] = "claim ",
    };
    printer p = {.w = w, .names = names};
    gf_text_add(w, words[s->kind]);
    if (s->kind == STATEMENT_TITLE)
        gf_text_print(w, "\"%s\"", s->text);
    if (s->kind == STATEMENT_CLAIM) {
        print_claim(&p, s);
        return;
    }
    if (s->name)
        print_target(&p, s);
    if (s->rows)
        print_shape(&p, s);
    print_init(&p, &s->init);
    gf_text_add(w, s->name && s->value ? " = " : "");
    if (s->value)
        print(&p, s->value, STRENGTH_SUM);
}
