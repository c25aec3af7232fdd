/* The rewriting: the table of slips held against each part of a line.
 *
 * For `dc[t] * g[t] * f[t] * (1 - f[t])` the walk comes to each node, a spot. There every row whose pattern fits is at
 * work: "x" fits f[t], x is f[t], and the replacement "y" has a letter that the pattern has not. letters.c goes through
 * what it could be, i[t], o[t] …, and for each gf_slip_make fills the replacement in and offers the edit. Whether the
 * line is then right the visitor finds out; that it is no nonsense, sensible.c.
 *
 * A row that is to fit EVERYWHERE is tried once a summand, {"X", "y"} for each name in it: all places where the pattern
 * fits change at once, f[t] * (1 - f[t]) to i[t] * (1 - i[t]). F in a pattern is no letter for an expression but for a
 * row: there is one for each form of a derivative that the table of operations knows (forms.c). */
#include "mend/slips/rewrite.h"

#include <ctype.h>

#include "model/scan.h"

/* --- reading the table -------------------------------------------------------------------------------------------- */

static char letter_of(const gf_names *names, uint32_t name)
{
    const char *text = gf_names_text(names, name);
    return isalpha((unsigned char)text[0]) && !text[1] ? text[0] : 0;
}

char gf_slip_letter(const gf_editor *editor, const gf_tree *node)
{
    bool named = gf_tree_is_name(node) || node->kind == TREE_CALL || node->kind >= TREE_SUM;
    return named ? letter_of(&editor->m->file.names, node->name) : 0;
}

/* The pattern with a form of its operand for F(operand). */
static gf_tree *with_form(gf_calculus *c, const gf_tree *tree, int form)
{
    if (tree->kind == TREE_CALL && letter_of(&c->d.m->file.names, tree->name) == 'F') {
        const gf_put_pair pair = {c->x, tree->kids[0]};
        return gf_put_names(&c->d, c->forms[form].tree, &pair, 1);
    }
    if (!tree->count || tree->count > MOST_KIDS)
        return (gf_tree *)tree;
    const gf_tree *kids[MOST_KIDS];
    for (uint32_t k = 0; k < tree->count; k++)
        kids[k] = with_form(c, tree->kids[k], form);
    const gf_tree *right = tree->kind == TREE_MULTIPLY ? kids[1] : NULL;
    if (right && right->kind == TREE_MULTIPLY && right != tree->kids[1]) {
        const gf_tree *left = gf_make_raw(&c->d, tree, (const gf_tree *[]){kids[0], right->kids[0]}, 2);
        return gf_make_raw(&c->d, tree, (const gf_tree *[]){left, right->kids[1]}, 2);
    }
    return gf_make_raw(&c->d, tree, kids, tree->count);
}

static bool has_letter(const gf_names *names, const gf_tree *tree, char letter)
{
    bool found = tree->kind != TREE_NUMBER && tree->name && letter_of(names, tree->name) == letter;
    for (uint32_t k = 0; !found && k < tree->count; k++)
        found = has_letter(names, tree->kids[k], letter);
    return found;
}

/* The letters that the replacement alone has; E after z, of which it is. */
static void find_letters(const gf_names *names, gf_slip *slip)
{
    int count = 0;
    for (const char *c = "yzomqgrSCE"; *c && count < GF_FREE; c++)
        if (has_letter(names, slip->replacement, *c) && !has_letter(names, slip->pattern, *c))
            slip->letters[count++] = *c;
}

static gf_slip **add_slip(gf_calculus *c, gf_slip **last, const gf_slip_text *text, gf_tree *pattern, gf_tree *instead)
{
    gf_slip *slip = pattern && instead ? gf_arena_get(&c->arena, sizeof *slip) : NULL;
    c->problems.out_of_memory |= !slip;
    if (!slip)
        return last;
    *slip = (gf_slip){.text = text, .pattern = pattern, .replacement = instead};
    find_letters(&c->d.m->file.names, slip);
    *last = slip;
    return &slip->next;
}

static void note_literals(gf_calculus *c, const gf_tree *tree)
{
    double x = tree->kind == TREE_NUMBER ? tree->number : 0;
    for (int k = 0; k < c->literal_count; k++)
        if (c->literals[k] == x)
            x = 0;
    if (x && x != 1 && x != 2 && c->literal_count < GF_LITERALS)
        c->literals[c->literal_count++] = x;
    for (uint32_t k = 0; tree->kind != TREE_AT && k < tree->count; k++)
        note_literals(c, tree->kids[k]);
}

void gf_calculus_read_slips(gf_calculus *c)
{
    gf_names *names = &c->d.m->file.names;
    gf_slip **last = &c->slips;
    c->at = gf_word(&c->d, "at");
    c->s = gf_word(&c->d, "s");
    for (int k = 0; k < gf_slip_count && !c->problems.out_of_memory; k++) {
        gf_tree *pattern = gf_parse_text(gf_slips[k].pattern, names, &c->arena, &c->problems);
        gf_tree *instead = gf_parse_text(gf_slips[k].replacement, names, &c->arena, &c->problems);
        bool forms = pattern && has_letter(names, pattern, 'F');
        if (!forms)
            last = add_slip(c, last, &gf_slips[k], pattern, instead);
        for (int form = 1; forms && form < c->form_count; form++)
            last = add_slip(c, last, &gf_slips[k], with_form(c, pattern, form), instead);
    }
    for (const gf_statement *s = c->d.m->file.statements; s; s = s->next)
        if ((s->kind == STATEMENT_EQUATION || s->kind == STATEMENT_LOSS) && s->value)
            note_literals(c, s->value);
}

/* --- matching ----------------------------------------------------------------------------------------------------- */

static bool is_literal(const gf_tree *tree)
{
    return tree->kind == TREE_NUMBER;
}

static bool fits_letter(const gf_rewriting *r, char letter, const gf_tree *tree)
{
    const gf_editor *editor = r->editor;
    bool number = gf_edit_is_number(editor, tree, r->spot->bindings);
    bool name = gf_edit_symbol(editor, tree, r->spot->bindings);
    switch (letter) {
    case 'x':
        return name;
    case 'X':
        return name && tree->name == r->word['X' - 'A'];
    case 'v':
        return !number;
    case 'k':
    case 'l':
        return number;
    case 'd':
        return is_literal(tree);
    case 'n':
        return number && tree->kind == TREE_NAME;
    case 'T':
        return tree->kind == TREE_NAME && tree->name == editor->m->steps_name;
    default:
        return true;
    }
}

static bool matches(gf_rewriting *r, const gf_tree *pattern, const gf_tree *tree);

static bool matches_letter(gf_rewriting *r, char letter, const gf_tree *tree)
{
    const gf_tree **of = &r->of[letter - 'A'];
    if (*of && letter != 'X')
        return gf_tree_equal(*of, tree);
    *of = tree;
    return fits_letter(r, letter, tree);
}

static bool matches_kids(gf_rewriting *r, const gf_tree *pattern, const gf_tree *tree)
{
    for (uint32_t k = 0; k < pattern->count; k++)
        if (!matches(r, pattern->kids[k], tree->kids[k]))
            return false;
    return true;
}

/* f(a) with a function of one matrix; f(a, b) with any. */
static bool matches_call(gf_rewriting *r, char letter, const gf_tree *tree)
{
    r->word[letter - 'A'] = tree->name;
    return (tree->count > 1 || gf_calculus_word(r->editor->calculus, tree->name)) &&
           !gf_tree_is_grad(r->editor->m, tree);
}

/* at(a, T): all indices are T and a number, or all are numbers. */
static bool matches_step(gf_rewriting *r, const gf_tree *pattern, const gf_tree *tree);

static bool matches(gf_rewriting *r, const gf_tree *pattern, const gf_tree *tree)
{
    char letter = gf_slip_letter(r->editor, pattern);
    bool over = gf_tree_binds(pattern);
    if (pattern->kind == TREE_NAME && letter)
        return matches_letter(r, letter, tree);
    if (pattern->kind == TREE_CALL && pattern->name == r->editor->calculus->at)
        return matches_step(r, pattern, tree);
    if (pattern->kind != tree->kind || pattern->count != tree->count || pattern->down != tree->down ||
        pattern->held != tree->held)
        return false;
    if (is_literal(pattern))
        return pattern->number == tree->number;
    if (pattern->kind == TREE_AT)
        return matches_letter(r, letter, tree) && matches(r, pattern->kids[0], tree->kids[0]);
    if (over)
        r->word[letter - 'A'] = tree->name;
    else if (pattern->kind == TREE_CALL && letter ? !matches_call(r, letter, tree) : pattern->name != tree->name)
        return false;
    return matches_kids(r, pattern, tree);
}

/* --- one step for all --------------------------------------------------------------------------------------------- */

/* The indices of an expression as steps: each `end` and a number, or each a number. */
typedef struct steps {
    uint32_t end; /* the name T; 0: they are numbers */
    long most;
    int count;
    bool good;
} steps;

static void find_steps(steps *s, const gf_tree *tree)
{
    if (tree->kind == TREE_AT) {
        gf_affine index = gf_affine_of(tree->kids[0]);
        bool fits = index.fits &&
                    (s->end ? index.count == 1 && index.name[0] == s->end && index.factor[0] == 1 : index.count == 0);
        s->good &= fits;
        s->most = s->count++ && s->most > index.number ? s->most : index.number;
        return;
    }
    for (uint32_t k = 0; k < tree->count; k++)
        find_steps(s, tree->kids[k]);
}

/* An index that was T, or the largest of the numbers, becomes t. */
static gf_tree *at_every_step(gf_editor *editor, const gf_tree *tree, void *data, bool *found)
{
    const steps *s = data;
    *found = tree->kind == TREE_AT;
    if (!*found)
        return NULL;
    long shift = gf_affine_of(tree->kids[0]).number - s->most;
    return gf_make_at(&editor->d, tree->name,
                      gf_index_shifted(&editor->d, gf_make_name(&editor->d, editor->m->t), shift));
}

static bool matches_step(gf_rewriting *r, const gf_tree *pattern, const gf_tree *tree)
{
    bool last = pattern->kids[1]->kind == TREE_NAME;
    steps s = {.end = last ? r->editor->m->steps_name : 0, .good = true};
    if (last != (s.end != 0) || tree->kind == TREE_AT || tree->kind == TREE_SUM)
        return false;
    find_steps(&s, tree);
    s.most = last ? 0 : s.most;
    const gf_tree *every = s.good && s.count ? gf_edit_map(r->editor, tree, at_every_step, &s) : NULL;
    return every && matches(r, pattern->kids[0], every);
}

/* --- filling ------------------------------------------------------------------------------------------------------ */

static gf_tree *fill(gf_rewriting *r, const gf_tree *tree);

static gf_tree *fill_name(gf_rewriting *r, char letter, const gf_tree *tree)
{
    gf_editor *editor = r->editor;
    const gf_tree *x = r->of['x' - 'A'] ? r->of['x' - 'A'] : r->of['X' - 'A'];
    const gf_tree *own = tree->kind == TREE_AT ? fill(r, tree->kids[0]) : NULL;
    if (tree->kind == TREE_AT && !own)
        return NULL;
    if (letter == 'y')
        return gf_make_at(&editor->d, r->word['y' - 'A'], own ? own : x->kind == TREE_AT ? x->kids[0] : NULL);
    if (tree->kind == TREE_AT || (letter == 'x' && r->slip->pattern->kind == TREE_AT))
        return gf_make_at(&editor->d, x->name, own);
    if (letter == 'T')
        return editor->m->steps_name ? gf_make_name(&editor->d, editor->m->steps_name) : NULL;
    return (gf_tree *)r->of[letter - 'A'];
}

/* A form of x; a function of it; what a part receives. */
static gf_tree *fill_call(gf_rewriting *r, char letter, const gf_tree *tree)
{
    const gf_calculus *c = r->editor->calculus;
    gf_tree *kids[GF_ARGUMENTS];
    for (uint32_t k = 0; k < tree->count; k++)
        if (!(kids[k] = fill(r, tree->kids[k])))
            return NULL;
    if (letter == 'r' && kids[0]->kind == TREE_TRANSPOSE) /* diag(a') is diag(a) */
        kids[0] = kids[0]->kids[0];
    if (letter == 'E')
        return gf_put_names(&r->editor->d, c->forms[r->form].tree, &(gf_put_pair){c->x, kids[0]}, 1);
    if (letter == 'S')
        return gf_put_names(&r->editor->d, r->slope, &(gf_put_pair){c->G, kids[0]}, 1);
    if (letter == 'C')
        return gf_edit_with_kids(r->editor, r->spot->tree, (gf_tree *[]){kids[0], r->slope->kids[1], r->slope->kids[2]},
                                 3);
    if (tree->name == c->at) {
        const gf_tree *step = kids[1];
        return gf_edit_at_other_step(r->editor, kids[0], r->word['j' - 'A'], step, 0);
    }
    gf_tree *call = gf_edit_with_kids(r->editor, tree, kids, tree->count);
    if (call && letter)
        call->name = r->word[letter - 'A'];
    return call;
}

/* Numbers are worked out: d + 1 is 3, and i - 1 of t + 1 is t. */
static gf_tree *fill_two(gf_rewriting *r, const gf_tree *tree, const gf_tree *a, const gf_tree *b)
{
    bool minus = tree->kind == TREE_SUBTRACT;
    if (!a || !b)
        return NULL;
    if ((minus || tree->kind == TREE_ADD) && is_literal(b) && gf_edit_is_number(r->editor, a, r->spot->bindings) &&
        (!is_literal(a) || a->number == (double)(long)a->number))
        return gf_index_shifted(&r->editor->d, a, (minus ? -1 : 1) * (long)b->number);
    if (is_literal(a) && is_literal(b) && (tree->kind == TREE_MULTIPLY || tree->kind == TREE_DIVIDE))
        return gf_make_number(&r->editor->d, tree->kind == TREE_DIVIDE ? a->number / b->number : a->number * b->number);
    if (tree->kind == TREE_MULTIPLY && tree->kids[1]->kind == TREE_CALL)
        return gf_edit_times(r->editor, a, b);
    return gf_edit_node(r->editor, (gf_tree_kind)tree->kind, a, b);
}

static gf_tree *fill(gf_rewriting *r, const gf_tree *tree)
{
    char letter = gf_slip_letter(r->editor, tree);
    if (is_literal(tree))
        return gf_make_number(&r->editor->d, tree->number);
    if (letter && gf_tree_is_name(tree))
        return fill_name(r, letter, tree);
    if (tree->kind == TREE_CALL)
        return fill_call(r, letter, tree);
    gf_tree *kids[3] = {NULL, NULL, NULL};
    for (uint32_t k = 0; k < tree->count; k++)
        if (!(kids[k] = fill(r, tree->kids[k])))
            return NULL;
    if (tree->kind >= TREE_NEGATIVE && tree->kind <= TREE_GREATER_EQUAL)
        return tree->count == 1 ? gf_edit_node(r->editor, (gf_tree_kind)tree->kind, kids[0], NULL)
                                : fill_two(r, tree, kids[0], kids[1]);
    if (letter == 's' && gf_tree_mentions(kids[tree->count - 1], r->word['s' - 'A']))
        return NULL;
    gf_tree *node = gf_edit_with_kids(r->editor, tree, kids, tree->count);
    if (node && letter)
        node->name = letter == 't' ? r->editor->m->t : r->word[letter - 'A'];
    return node;
}

/* --- one row ------------------------------------------------------------------------------------------------------ */

/* A row at work in several places. */
typedef struct places {
    gf_rewriting *r;
    int count;
} places;

static gf_tree *fill_place(gf_editor *editor, const gf_tree *tree, void *data, bool *found)
{
    places *p = data;
    gf_rewriting here = *p->r;
    (void)editor;
    bool fits = matches(&here, here.slip->pattern, tree);
    *found = fits || tree->kind == TREE_AT;
    p->count += fits;
    return fits ? fill(&here, here.slip->replacement) : (gf_tree *)tree;
}

void gf_slip_make(gf_rewriting *r)
{
    places p = {.r = r};
    bool all = r->slip->text->place == EVERYWHERE;
    gf_tree *instead = all ? gf_edit_map(r->editor, r->spot->tree, fill_place, &p) : fill(r, r->slip->replacement);
    if (!all || p.count > 1)
        gf_edit_offer(r->editor, r->spot, r->kind, r->cost, instead);
}

/* In what is compared nothing is left out, and no function or sum forgotten: any factor that is not negative would do,
 * and 1 - h^2 > 0 is always 1. */
static bool is_compared(const gf_spot *spot)
{
    for (const gf_spot *up = spot->up; up; up = up->up)
        if (gf_tree_compares(up->tree))
            return true;
    return false;
}

/* Is the row tried at the spot? */
static bool has_place(const gf_spot *spot, const gf_slip *slip)
{
    const gf_tree *up = spot->up ? spot->up->tree : NULL;
    const gf_slip_text *text = slip->text;
    bool step = text->kind == EDIT_INDEX || text->kind == EDIT_NAME;
    bool rewrites = text->place >= WIDE || text->kind == EDIT_FUNCTION || text->kind == EDIT_REDUCTION;
    bool over = up && gf_tree_binds(up), end = over && spot->slot + 1 < up->count;
    if (text->place == END)
        return end;
    if (text->place == ANYWHERE)
        return !spot->variable;
    if ((text->place == PART && !up) || (rewrites && is_compared(spot)))
        return false;
    if (spot->integer || ((spot->variable || spot->graph) && !step))
        return false;
    switch (text->place) {
    case CHAIN:
        return !up || !(gf_tree_is_chain(up, false) || up->kind == TREE_POWER);
    case PRODUCT:
        return !up || !(up->kind == TREE_POWER || (up->kind == TREE_MATMUL && spot->slot == 1));
    case TERM:
        return !up || !(gf_tree_is_chain(up, true) || up->kind == TREE_POWER || up->kind == TREE_TRANSPOSE);
    case SUMMAND:
    case EVERYWHERE:
        return !up || gf_tree_is_chain(up, true) || over || (text->place == EVERYWHERE && up->kind == TREE_CALL);
    default:
        return true;
    }
}

/* The names of an expression, each once. */
static int names_in(const gf_editor *editor, const gf_tree *tree, uint32_t names[], int count)
{
    bool known = !gf_edit_symbol(editor, tree, NULL);
    for (int k = 0; k < count; k++)
        known |= names[k] == tree->name;
    if (!known && count < MOST_KIDS)
        names[count++] = tree->name;
    for (uint32_t k = 0; tree->kind != TREE_AT && k < tree->count; k++)
        count = names_in(editor, tree->kids[k], names, count);
    return count;
}

static void try_everywhere(gf_rewriting *r)
{
    uint32_t names[MOST_KIDS];
    bool named = has_letter(&r->editor->m->file.names, r->slip->pattern, 'X');
    int count = named ? names_in(r->editor, r->spot->tree, names, 0) : 1;
    for (int k = 0; k < count; k++) {
        r->word['X' - 'A'] = named ? names[k] : 0;
        r->cost = r->slip->text->cost;
        gf_slip_choose(r, 0);
    }
}

/* --- all rows ----------------------------------------------------------------------------------------------------- */

static void rewrite(gf_editor *editor, const gf_spot *spot)
{
    gf_edit_exchange(editor, spot);
    for (const gf_slip *slip = editor->calculus->slips; slip && !editor->stopped; slip = slip->next) {
        gf_rewriting r = {
            .editor = editor, .spot = spot, .slip = slip, .kind = slip->text->kind, .cost = slip->text->cost};
        r.word['s' - 'A'] = editor->calculus->s;
        void *mark = gf_arena_get(&editor->arena, 1);
        editor->out_of_memory |= !mark;
        if (editor->out_of_memory || (slip->text->place >= WIDE && !editor->wide) || !has_place(spot, slip))
            continue;
        if (slip->text->place == EVERYWHERE)
            try_everywhere(&r);
        else if (matches(&r, slip->pattern, spot->tree))
            gf_slip_choose(&r, 0);
        gf_arena_back(&editor->arena, mark);
    }
}

void gf_edit_each(gf_editor *editor, const gf_tree *root)
{
    gf_edit_walk(editor, root, rewrite);
}
