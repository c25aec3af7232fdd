/* Words from elsewhere in lines that are wrong: the message says so, and shows the line as it should be. */
#include "language/pasted.h"
#include "language/holes.h"
#include "language/lexer.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "model/model.h"
#include "text/nearest.h"

enum { LONGEST = 1000, LINES = 50 }; /* bytes of a line, and lines, that are looked at */

/* An expression that stands alone is looked at as the right side of a line. */
static const char as_line[] = "let _ = ";

/* What the walk through a file's problems carries along. */
typedef struct pasting {
    gf_model *m;
    gf_knowledge known;
    const char *before; /* what stands before the text to make it a line */
    int lines;          /* looked at so far */
} pasting;

/* --- what the file knows ------------------------------------------------------------------------------------- */

/* h_t = …, which is a name without time, is meant as h[t] = … */
static bool is_written_on_paper(const gf_symbol *symbol, const char *name)
{
    bool defined = symbol->kind == SYMBOL_EQUATION || symbol->kind == SYMBOL_LET;
    return defined && !symbol->timed && gf_pasted_is_step(name);
}

static gf_name_kind known_of(const void *data, const char *name)
{
    const gf_model *m = data;
    const gf_symbol *symbol = strcmp(name, "t") ? gf_model_find(m, name) : NULL;
    if (!symbol || (symbol->kind == SYMBOL_NONE && !symbol->broken) || is_written_on_paper(symbol, name))
        return KNOWN_NOT;
    if (symbol->kind == SYMBOL_NONE)
        return KNOWN_BROKEN;
    if (symbol->kind == SYMBOL_SIZE || symbol->kind == SYMBOL_STEPS)
        return KNOWN_NUMBER;
    return symbol->timed ? KNOWN_TIMED : KNOWN_PLAIN;
}

gf_knowledge gf_model_knowledge(const gf_model *m)
{
    return (gf_knowledge){known_of, m, m->steps_name ? gf_model_text(m, m->steps_name) : ""};
}

void gf_model_note_number(const gf_model *m, gf_problems *problems, gf_problem *problem, const gf_symbol *symbol)
{
    const gf_statement *s = symbol->definition;
    const char *name = gf_model_text(m, (uint32_t)(symbol - m->symbols));
    if (symbol->kind != SYMBOL_EQUATION || symbol->timed || !s || !s->value || s->value->kind != TREE_NUMBER)
        return;
    bool steps = !m->steps_name && !strcmp(name, "T");
    gf_problem_note(problems, problem, "on line %d write  %s %s = %g", gf_statement_line(&m->file.source, s),
                    steps ? "steps" : "size", name, s->value->number);
}

void gf_model_propose_let(const gf_model *m, gf_problems *problems, gf_problem *problem)
{
    const gf_statement *s = problem ? gf_model_statement_at(m, problem->at) : NULL;
    if (!s || s->kind != STATEMENT_EQUATION)
        return;
    gf_text line = {0};
    gf_source_quote(&line, &m->file.source, s->span, 0);
    gf_problem_note(problems, problem, "write  let %s", gf_text_string(&line));
    problems->out_of_memory |= line.failed;
    gf_text_free(&line);
}

/* --- a line --------------------------------------------------------------------------------------------------- */

/* A text as one line: comments and line ends are blanks, a minus is the one of the keyboard, rows of [ ] on
 * lines of their own stand apart by ;, and what is open at the end is closed. */
typedef struct pasted_line {
    char text[sizeof as_line + 2 * LONGEST];
    uint16_t place[sizeof as_line + 2 * LONGEST]; /* where each of its bytes, and its end, stands in the text */
} pasted_line;

static void close_brackets(pasted_line *line, uint32_t begin, uint32_t end)
{
    static const char brackets[] = "()[]{}";
    char closing[LONGEST];
    uint32_t depth = 0;
    for (uint32_t at = begin; at < end; at++) {
        const char *found = strchr(brackets, line->text[at]);
        bool opens = found && (found - brackets) % 2 == 0;
        if (opens)
            closing[depth++] = found[1];
        else if (found && depth)
            depth--;
    }
    for (; depth; end++) {
        line->text[end] = closing[--depth];
        line->place[end + 1] = line->place[end];
    }
}

/* Does a line end part two rows of [ ], as in MATLAB? A name or a number stands on either side of it. */
static bool parts_rows(const char *before, size_t end, const char *behind, uint32_t size)
{
    uint32_t next = 0;
    int depth = 0;
    while (next < size && strchr("\t\r\n ", behind[next]))
        next++;
    while (end && before[end - 1] == ' ')
        end--;
    bool value = next < size && (isalnum((unsigned char)behind[next]) || strchr("-.", behind[next]));
    if (!value || !end || !(isalnum((unsigned char)before[end - 1]) || before[end - 1] == '.'))
        return false;
    for (size_t k = end; k-- > 0 && depth <= 0;) {
        depth += strchr("([{", before[k]) ? 1 : strchr(")]}", before[k]) ? -1 : 0;
        if (depth > 0)
            return before[k] == '[';
    }
    return false;
}

/* False where it is too long. */
static bool make_line(pasted_line *line, const pasting *p, const char *written, uint32_t size)
{
    static const char minus[] = "−";
    if (!size || size > LONGEST)
        return false;
    *line = (pasted_line){.place = {0}};
    size_t end = strlen(p->before);
    memcpy(line->text, p->before, end);
    bool text = false, comment = false;
    for (uint32_t k = 0, bytes; k < size; k += bytes) {
        char c = written[k];
        text = c == '"' ? !text : text && c != '\n';
        comment = c == '#' && !text ? true : comment && c != '\n';
        bool sign = !text && size - k >= strlen(minus) && !memcmp(written + k, minus, strlen(minus));
        bytes = sign ? (uint32_t)strlen(minus) : 1;
        line->place[end] = (uint16_t)k;
        bool row = c == '\n' && !text && parts_rows(line->text, end, written + k, size - k);
        line->text[end++] = (char)(row ? ';' : comment || !c || strchr("\t\r\n", c) ? ' ' : sign ? '-' : c);
        line->place[end] = (uint16_t)(k + bytes);
    }
    while (end && line->text[end - 1] == ' ')
        line->text[--end] = '\0';
    close_brackets(line, (uint32_t)strlen(p->before), (uint32_t)end);
    return true;
}

/* Where a place of the text stands in the line. */
static uint32_t in_line(const pasted_line *line, const pasting *p, uint32_t place)
{
    uint32_t at = (uint32_t)strlen(p->before);
    while (line->text[at] && line->place[at] < place)
        at++;
    return at;
}

/* The starts of a name are right, once a line defines it. */
static void excuse_starts(gf_model *m, uint32_t name)
{
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        for (uint32_t k = 0; s->kind == STATEMENT_START && s->name == name && k < m->problems.count; k++)
            if (m->problems.list[k]->at == s->name_span.begin)
                gf_problem_drop(&m->problems, k--);
}

/* Nor is it wrong to use it. */
static void excuse_uses(const gf_model *m, gf_problems *problems, const char *name)
{
    const gf_source *source = &m->file.source;
    for (uint32_t k = 0; k < problems->count; k++) {
        uint32_t at = problems->list[k]->at;
        bool use = at < source->size && !strncmp(source->text + at, name, strlen(name)) &&
                   gf_name_end(source->text, at) == at + strlen(name);
        if (use && strstr(problems->list[k]->text, " is not declared"))
            gf_problem_drop(problems, k--);
    }
}

/* The names that the line defines once it is as it should be: their uses are no errors. */
static void excuse_names(gf_model *m, const char *line)
{
    gf_text_file file = {.end = 0};
    gf_problems problems = {.source = &file.source};
    if (gf_source_new(&file.source, "", line, strlen(line)))
        problems.out_of_memory = true;
    else
        gf_text_file_parse(&file, &problems);
    for (const gf_statement *s = file.statements; s; s = s->next) {
        gf_symbol *symbol = s->name ? gf_model_find(m, gf_names_text(&file.names, s->name)) : NULL;
        if (!symbol || symbol->kind != SYMBOL_NONE)
            continue;
        symbol->broken = true;
        excuse_starts(m, (uint32_t)(symbol - m->symbols));
        excuse_uses(m, &m->problems, gf_names_text(&file.names, s->name));
        for (gf_statement *other = m->file.statements; other; other = other->next)
            excuse_uses(m, &other->problems, gf_names_text(&file.names, s->name));
    }
    m->problems.out_of_memory |= problems.out_of_memory;
    gf_problems_free(&problems);
    gf_text_file_free(&file);
}

static void reword(pasting *p, gf_problems *problems, gf_problem *problem, uint32_t begin, const pasted_line *line,
                   const gf_foreign_word *word, const gf_match *match)
{
    gf_text w = {0};
    uint32_t at = gf_past_blanks(line->text, match->span.begin);
    gf_span place = {begin + line->place[at], begin + line->place[match->span.end]};
    gf_pasted_say(&w, word, match, line->text, &p->known);
    p->m->problems.out_of_memory |= w.failed;
    gf_problem_reword(problems, problem, place, gf_text_string(&w));
    gf_text_free(&w);
}

/* --- what a program leaves out ------------------------------------------------------------------------------------ */

/* Where the walk through a line stands. */
typedef struct leaving {
    const pasting *p;
    const char *line;
    gf_span own;      /* the name that it defines, where that has a start */
    int depth, bound; /* brackets that are open; those up to the sum over the steps around the place, or 0 */
    bool held;        /* behind the bar of grad(v | a) */
    bool timed, lets; /* a name of step t outside of such sums; and a let, or a derivative */
} leaving;

static bool takes_steps(const char *line, uint32_t at, uint32_t end)
{
    static const char *const words[] = {"sum", "prod", "hcat", "vcat", "max", NULL};
    return gf_word_is_among(words, line + at, end - at) && !strncmp(line + end, "(t,", 3);
}

/* h = tanh(W @ h): is it the name that the line defines, which has a start? */
static bool is_own(const leaving *l, uint32_t at, uint32_t end)
{
    return end - at == l->own.end - l->own.begin && !strncmp(l->line + at, l->line + l->own.begin, end - at);
}

/* Is the name that stands there one with time, without its index? */
static bool lacks_step(leaving *l, uint32_t at, uint32_t end)
{
    char name[GF_NAME_LIMIT + 1];
    if (end - at > GF_NAME_LIMIT)
        return false;
    snprintf(name, sizeof name, "%.*s", (int)(end - at), l->line + at);
    const gf_symbol *symbol = gf_model_find(l->p->m, name);
    bool derivative = !strcmp(name, "grad") || !strcmp(name, "jacobian");
    l->lets |= derivative || (symbol && symbol->kind == SYMBOL_LET);
    if (takes_steps(l->line, at, end) && !l->bound)
        l->bound = l->depth + 1;
    char next = l->line[gf_past_blanks(l->line, end)];
    bool lacks = symbol && (symbol->timed || is_own(l, at, end)) && next != '[' && next != '(' && !l->held;
    l->timed |= (lacks || !strcmp(name, "t")) && !l->bound;
    return lacks;
}

/* Adds the line from a place on, with [t] behind names of programs that mean one step: dW += dz @ h.T. */
static void add_steps(gf_text *w, leaving *l, uint32_t at, bool bound_alone)
{
    for (uint32_t end; l->line[at]; at = end) {
        const char *line = l->line;
        end = gf_name_end(line, at);
        bool name = end > at && !(line[at] >= '0' && line[at] <= '9');
        bool lacks = name && lacks_step(l, at, end) && (l->bound || !bound_alone);
        end = end > at ? end : at + 1;
        gf_text_bytes(w, line + at, end - at);
        gf_text_add(w, !lacks ? "" : is_own(l, at, end) ? "[t-1]" : "[t]");
        l->depth += (line[at] == '(') - (line[at] == ')');
        l->held = (l->held || line[at] == '|') && line[at] != ')';
        l->bound = line[at] == ')' && l->depth < l->bound ? 0 : l->bound;
    }
}

/* In a line of a program names stand for their values at one step, and no line is a let. */
static void complete(const pasting *p, gf_text *right)
{
    leaving l = {.p = p, .line = gf_text_string(right)};
    uint32_t first = gf_name_end(l.line, 0), name = gf_past_blanks(l.line, first), begin = 0, end = first;
    bool claim = !strncmp(l.line, "claim ", 6), let = !strncmp(l.line, "let ", 4), loss = !strncmp(l.line, "loss ", 5);
    if (let)
        end = gf_name_end(l.line, begin = name);
    bool defines = !claim && end > begin && l.line[gf_past_blanks(l.line, end)] == '=';
    bool equation = !let && !claim && !loss && strchr(l.line, '=') && strchr("[=", l.line[name]) && l.line[name];
    if (strchr(l.line, '"') || !(claim || let || loss || equation))
        return;
    for (const gf_statement *s = p->m->file.statements; s && defines; s = s->next)
        if (s->kind == STATEMENT_START && strlen(gf_model_text(p->m, s->name)) == end - begin &&
            !strncmp(gf_model_text(p->m, s->name), l.line + begin, end - begin))
            l.own = (gf_span){begin, end};
    gf_text w = {0}, whole = {0};
    add_steps(&w, &l, end, loss);
    gf_text_print(&whole, "%s%.*s%s%s", equation && l.lets ? "let " : "", (int)end, l.line,
                  defines && l.timed ? "[t]" : "", gf_text_string(&w));
    whole.failed |= w.failed || right->failed;
    gf_text_free(&w);
    gf_text_free(right);
    *right = whole;
}

/* The line as it should be; false where nothing of the table makes one of it. */
static bool rewrite(const pasting *p, gf_text *right, const char *line, const gf_foreign_word **first, gf_match *match)
{
    bool good = gf_pasted_rewrite(right, line, &p->known, first, match) &&
                !strncmp(gf_text_string(right), p->before, strlen(p->before));
    if (good && !*p->before)
        complete(p, right);
    return good;
}

/* The problems of one statement: the first that a word explains says so, with the line; others that the line is without
 * are dropped. */
static void explain(pasting *p, gf_problems *problems, gf_span span, bool unread)
{
    bool goes_on = p->lines++ < LINES && !p->m->problems.out_of_memory;
    pasted_line line;
    if (!goes_on || !make_line(&line, p, p->m->file.source.text + span.begin, span.end - span.begin))
        return;
    gf_text right = {0};
    gf_match first_match, match;
    bool told = false;
    const gf_foreign_word *first, *word;
    bool good = rewrite(p, &right, line.text, &first, &first_match), shown = false;
    for (uint32_t k = 0; k < problems->count; k++) {
        gf_problem *problem = problems->list[k];
        if (problem->at < span.begin || problem->at > span.end)
            continue;
        word = gf_pasted_word(&match, line.text, in_line(&line, p, problem->at - span.begin), &p->known);
        if (!word && unread && first && (good || !told)) {
            word = first;
            match = first_match;
        }
        told |= word != NULL;
        if (word && shown) {
            gf_problem_drop(problems, k--);
            continue;
        }
        if (word)
            reword(p, problems, problem, span.begin, &line, word, &match);
        if (good && (word || unread))
            gf_problem_note(problems, problem, "write  %s", gf_text_string(&right) + strlen(p->before));
        shown |= word && good;
    }
    if (good && (unread || shown))
        excuse_names(p->m, gf_text_string(&right));
    p->m->problems.out_of_memory |= right.failed;
    gf_text_free(&right);
}

/* --- the file --------------------------------------------------------------------------------------------------- */

static pasting begin(gf_model *m, const char *before)
{
    return (pasting){.m = m, .known = gf_model_knowledge(m), .before = before};
}

void gf_model_explain_unread(gf_model *m)
{
    pasting p = begin(m, "");
    for (uint32_t k = 0; k < m->file.unread_count; k++)
        explain(&p, &m->problems, m->file.unread[k], true);
}

static bool has_problem(const gf_problems *problems, gf_span span)
{
    for (uint32_t k = 0; k < problems->count; k++)
        if (problems->list[k]->at >= span.begin && problems->list[k]->at <= span.end)
            return true;
    return false;
}

/* h_t = …: all that is wrong with the line is how its name is written. */
static bool defines_on_paper(const gf_model *m, const gf_statement *s)
{
    const gf_symbol *symbol = s->name ? gf_model_symbol(m, s->name) : NULL;
    return symbol && is_written_on_paper(symbol, gf_model_text(m, s->name));
}

void gf_model_explain_names(gf_model *m)
{
    pasting p = begin(m, "");
    for (gf_statement *s = m->file.statements; s && p.lines < LINES; s = s->next) {
        if (s->problems.count)
            explain(&p, &s->problems, s->span, false);
        else if (s->broken && has_problem(&m->problems, s->span))
            explain(&p, &m->problems, s->span, defines_on_paper(m, s));
    }
}

/* --- what a command line asks for ------------------------------------------------------------------------------- */

void gf_model_explain_expression(gf_model *m, gf_problems *problems, gf_span span, bool unread)
{
    pasting p = begin(m, as_line);
    explain(&p, problems, span, unread);
}

/* The name in h, h[2] or grad(h[2]), which is cut down to h[2]; 0: the text is something else. */
static uint32_t name_in(gf_model *m, gf_text *text)
{
    gf_arena arena = {0};
    gf_problems quiet = {0};
    const gf_tree *tree = gf_parse_text(gf_text_string(text), &m->file.names, &arena, &quiet);
    bool grad = tree && tree->kind == TREE_CALL && tree->name == m->grad && tree->count == 1;
    tree = grad ? tree->kids[0] : tree;
    uint32_t name = tree && gf_tree_is_name(tree) ? tree->name : 0;
    gf_text own = {0};
    if (name)
        gf_tree_print(&own, &m->file.names, tree);
    own.failed |= quiet.out_of_memory;
    gf_text_free(text);
    *text = own;
    gf_arena_free(&arena);
    gf_problems_free(&quiet);
    return name;
}

/* --- [1 -2; 3 -4], in the way of MATLAB ------------------------------------------------------------------- */

/* The first sign with a blank before it, and none behind, between what stands in no bracket of its own, or NULL. */
static const gf_tree *sign_in(const gf_source *source, const gf_tree *part)
{
    const gf_tree *first = NULL;
    for (; (part->kind == TREE_SUBTRACT || part->kind == TREE_ADD) && !part->brackets; part = part->kids[0])
        if (part->at && part->at + 1 < source->size && source->text[part->at - 1] == ' ' &&
            !strchr(" \t\r\n", source->text[part->at + 1]))
            first = part;
    return first;
}

static const gf_tree *sign_of(const gf_source *source, const gf_tree *tree)
{
    const gf_tree *sign = NULL;
    bool parts = tree->kind == TREE_BESIDE || tree->kind == TREE_STACKED;
    for (uint32_t k = 0; parts && k < tree->count && !sign; k++)
        sign = sign_in(source, tree->kids[k]);
    return sign;
}

static bool has_sign(const gf_tree *part, const void *source)
{
    return sign_of(source, part) != NULL;
}

/* "1 -2 is a subtraction: parts of [ ] stand apart by commas, as in 1, -2" */
static bool say_sign(gf_text *w, const gf_source *source, const gf_tree *tree, uint32_t *at)
{
    const gf_tree *parts = tree ? gf_tree_find(tree, has_sign, source) : NULL, *sign;
    if (!parts)
        return false;
    sign = sign_of(source, parts);
    *at = sign->at;
    gf_source_quote(w, source, sign->span, 40);
    gf_text_print(w, " is %s: parts of [ ] stand apart by commas, as in ",
                  sign->kind == TREE_ADD ? "a sum" : "a subtraction");
    gf_source_quote(w, source, sign->kids[0]->span, 40);
    gf_text_print(w, ", %c", source->text[sign->at]);
    gf_source_quote(w, source, sign->kids[1]->span, 40);
    return true;
}

void gf_note_minus(gf_problems *problems, gf_problem *problem, const gf_source *source, const gf_tree *tree)
{
    gf_text w = {0};
    uint32_t at;
    if (problem && say_sign(&w, source, tree, &at))
        gf_problem_note(problems, problem, "%s", gf_text_string(&w));
    gf_text_free(&w);
}

/* One line, as of an error, where there is something to say of an expression. */
static void warn(gf_text *to, const gf_source *source, const gf_tree *tree)
{
    gf_text w = {0};
    uint32_t at;
    if (say_sign(&w, source, tree, &at)) {
        gf_text_printable(to, source->name);
        gf_text_print(to, ":%d:%d: warning: %s\n", gf_source_line(source, at), gf_source_column(source, at),
                      gf_text_string(&w));
    }
    to->failed |= w.failed;
    gf_text_free(&w);
}

const char *gf_model_warnings(gf_model *m)
{
    if (!m)
        return "";
    gf_text_clear(&m->message);
    for (const gf_statement *s = m->file.statements; s; s = s->next) {
        warn(&m->message, &m->file.source, s->broken ? NULL : s->value);
        warn(&m->message, &m->file.source, s->broken || s->init.kind != INIT_VALUE ? NULL : s->init.value);
        for (uint32_t k = 0; k < s->side_count && !s->broken; k++)
            warn(&m->message, &m->file.source, s->sides[k]);
    }
    return m->message.failed ? "" : gf_text_string(&m->message);
}

/* The text, with what the table of words makes of it. */
static gf_text read_words(gf_model *m, const char *text)
{
    pasting p = begin(m, as_line);
    pasted_line line;
    gf_text right = {0}, own = {0};
    gf_match match;
    const gf_foreign_word *word;
    bool good = make_line(&line, &p, text, (uint32_t)strnlen(text, LONGEST + 1));
    good = good && rewrite(&p, &right, line.text, &word, &match);
    gf_text_add(&own, good ? gf_text_string(&right) + strlen(as_line) : text);
    own.failed |= right.failed;
    gf_text_free(&right);
    return own;
}

void gf_model_advise(gf_text *w, gf_model *m, const char *text, bool lets)
{
    gf_text meant = read_words(m, text);
    uint32_t number = name_in(m, &meant);
    const gf_symbol *symbol = number ? gf_model_symbol(m, number) : NULL;
    const char *name = number ? gf_model_text(m, number) : "";
    gf_nearest nearest = {.wanted = name};
    if (symbol && symbol->kind >= SYMBOL_PARAM)
        nearest.found = name;
    for (uint32_t k = 1; number && !nearest.found && k < m->symbol_count; k++)
        if (m->symbols[k].kind >= SYMBOL_PARAM && (lets || m->symbols[k].kind != SYMBOL_LET))
            gf_nearest_offer(&nearest, gf_model_text(m, k));
    gf_text better = {0};
    if (nearest.found)
        gf_text_print(&better, "%s%s", nearest.found, gf_text_string(&meant) + strlen(name));
    if (better.size && strcmp(gf_text_string(&better), text) != 0)
        gf_text_print(w, "did you mean %s?", gf_text_string(&better));
    w->failed |= meant.failed || better.failed;
    gf_text_free(&better);
    gf_text_free(&meant);
}

const char *gf_model_advice(gf_model *m, const char *text)
{
    if (!m || !text)
        return "";
    gf_text_clear(&m->message);
    gf_model_advise(&m->message, m, text, false);
    return m->message.failed ? "" : gf_text_string(&m->message);
}
