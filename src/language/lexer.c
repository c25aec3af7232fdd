/* Text -> tokens: names, numbers, signs, and which line ends are the end of a statement. */
#include "language/lexer.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "text/characters.h"

/* --- words ------------------------------------------------------------------------------------------- */

static const char *const statement_words[] = {"title", "steps", "size", "seed", "input",    "given",
                                              "param", "start", "loss", "let",  "truncate", "claim"};
static const char *const other_words[] = {"for", "within", "downto"};

static bool among(const char *const words[], size_t count, const char *word, size_t size)
{
    for (size_t k = 0; k < count; k++)
        if (strlen(words[k]) == size && !memcmp(words[k], word, size))
            return true;
    return false;
}

bool gf_word_begins_statement(const char *word, size_t size)
{
    return among(statement_words, sizeof statement_words / sizeof *statement_words, word, size);
}

bool gf_word_is_reserved(const char *word)
{
    size_t size = strlen(word);
    return gf_word_begins_statement(word, size) ||
           among(other_words, sizeof other_words / sizeof *other_words, word, size);
}

/* --- characters --------------------------------------------------------------------------------------- */

/* The character at a place, 0 at the end, and how many bytes it takes. */
static uint32_t code_at(const gf_lexer *lexer, uint32_t at, int *bytes)
{
    *bytes = 0;
    if (at >= lexer->source->size)
        return 0;
    return gf_utf8_decode(lexer->source->text + at, lexer->source->size - at, bytes);
}

/* Full-width punctuation, curly quotes and other blanks are read as what they mean. */
static uint32_t fold(uint32_t code)
{
    if (code < 0x80)
        return code;
    if ((code >= 0xFF01 && code <= 0xFF0F) || (code >= 0xFF1A && code <= 0xFF20) ||
        (code >= 0xFF3B && code <= 0xFF40) || (code >= 0xFF5B && code <= 0xFF5E))
        return code - 0xFF01 + '!';
    switch (code) {
    case 0x3001: /* 、 */
        return ',';
    case 0x201C: /* “ */
    case 0x201D: /* ” */
    case 0x201E: /* „ */
    case 0xAB:   /* « */
    case 0xBB:   /* » */
        return '"';
    default:
        return gf_code_is_blank(code) ? ' ' : code;
    }
}

static bool is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

static bool is_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\r';
}

static bool begins_name(uint32_t code)
{
    return code == '_' || (gf_code_is_letter(code) && !gf_code_is_invisible(code));
}

/* Subscript digits are ₀ to ₉. */
static bool goes_on_name(uint32_t code)
{
    return begins_name(code) || is_digit(code) || (code >= 0x2080 && code <= 0x2089) ||
           (gf_code_is_mark(code) && !gf_code_is_invisible(code));
}

static uint32_t name_end(const gf_lexer *lexer, uint32_t at)
{
    int bytes;
    while (goes_on_name(code_at(lexer, at, &bytes)) && bytes)
        at += (uint32_t)bytes;
    return at;
}

/* --- line ends ------------------------------------------------------------------------------------------ */

/* Past blanks within the line. CR is one in front of LF, and at the end. */
static uint32_t skip_blanks(const gf_lexer *lexer, uint32_t at)
{
    int bytes;
    uint32_t blanks = at;
    while (is_blank(fold(code_at(lexer, at, &bytes)))) {
        at += (uint32_t)bytes;
        if (code_at(lexer, at - 1, &bytes) != '\r')
            blanks = at;
    }
    bool ends = at >= lexer->source->size || code_at(lexer, at, &bytes) == '\n';
    return ends ? at : blanks;
}

static bool word_begins_statement(const gf_lexer *lexer, uint32_t at)
{
    return gf_word_begins_statement(lexer->source->text + at, name_end(lexer, at) - at);
}

/* NAME = or NAME [ … ] = on one line: no expression goes on like this inside brackets or in a definition. */
static bool begins_definition(const gf_lexer *lexer, uint32_t at)
{
    int bytes;
    uint32_t code = code_at(lexer, at, &bytes);
    if (!begins_name(code))
        return false;
    at = skip_blanks(lexer, name_end(lexer, at));
    if (fold(code_at(lexer, at, &bytes)) == '[') {
        while ((code = fold(code_at(lexer, at, &bytes))) != ']' && code && code != '\n' && code != '#')
            at += (uint32_t)bytes;
        at = skip_blanks(lexer, at + (uint32_t)bytes);
    }
    return fold(code_at(lexer, at, &bytes)) == '=';
}

static bool begins_statement(const gf_lexer *lexer, uint32_t at, bool or_definition)
{
    return word_begins_statement(lexer, at) || (or_definition && begins_definition(lexer, at));
}

/* A line that ends on an operator, a relation, a comma or a colon goes on in the next. */
static bool asks_for_more(gf_token_kind kind)
{
    return kind == TOKEN_COMMA || (kind >= TOKEN_COLON && kind <= TOKEN_POWER) || kind == TOKEN_CROSS;
}

/* --- what is no token -------------------------------------------------------------------------------------- */

static gf_problem *report(gf_lexer *lexer, uint32_t at, uint32_t end, const char *text)
{
    gf_problem *problem = gf_problem_add(lexer->problems, GF_ERROR_SYNTAX, at, "%s", text);
    gf_problem_under(problem, (gf_span){at, end});
    return problem;
}

/* The first byte that belongs to no character says it for all. */
static void report_bytes(gf_lexer *lexer, uint32_t at, int bytes)
{
    uint32_t more = 0, end = lexer->source->size;
    int step;
    if (lexer->not_utf8 || !lexer->problems)
        return;
    for (uint32_t next = at + (uint32_t)bytes; next < end; next += (uint32_t)step)
        more += gf_utf8_decode(lexer->source->text + next, end - next, &step) == GF_INVALID;
    char others[48] = "", text[160];
    if (more)
        snprintf(others, sizeof others, ", nor do%s %u more further on", more == 1 ? "es" : "", (unsigned)more);
    snprintf(text, sizeof text, "the file is not UTF-8: this byte belongs to no character%s: save the file as UTF-8",
             others);
    report(lexer, at, at + (uint32_t)bytes, text);
    lexer->not_utf8 = true;
}

/* What is no character, or one that no reader sees. */
static void report_character(gf_lexer *lexer, uint32_t at, int bytes, uint32_t code)
{
    char text[80];
    if (code == GF_INVALID) {
        report_bytes(lexer, at, bytes);
        return;
    }
    if (code == '\r')
        strcpy(text, "a line ends with CR alone here: save the file with LF, or CR LF");
    else if (code == '\v' || code == 0x85 || code == 0x2028 || code == 0x2029)
        snprintf(text, sizeof text, "the character U+%04X ends no line here: put a line end in its place", code);
    else if (code < 0x20 || (code >= 0x7F && code < 0xA0))
        strcpy(text, "a control character, which has no meaning here: delete it");
    else
        snprintf(text, sizeof text, "the character U+%04X cannot be seen, or changes what is: delete it", code);
    report(lexer, at, at + (uint32_t)bytes, text);
}

/* Comments and texts may hold all that can be seen, and nothing that keeps a reader from seeing it as it is. What is
 * simply not seen, as the selector behind many a pictograph, may stand in a comment alone. */
static bool is_refused(const gf_lexer *lexer, uint32_t at, uint32_t code)
{
    int bytes;
    bool line_end = code == '\r' && code_at(lexer, at + 1, &bytes) == '\n';
    return code == GF_INVALID || (code != '\t' && !line_end && gf_code_is_hidden(code));
}

/* A comment, up to the line end. */
static void skip_comment(gf_lexer *lexer)
{
    int bytes;
    uint32_t code;
    bool reported = false;
    while ((code = code_at(lexer, lexer->at, &bytes)) != '\n' && bytes) {
        bool refused = is_refused(lexer, lexer->at, code);
        if (refused && !reported)
            report_character(lexer, lexer->at, bytes, code);
        reported |= refused;
        lexer->at += (uint32_t)bytes;
    }
}

/* Blanks, comments and line ends; says whether there was a line end. */
static bool skip_space(gf_lexer *lexer)
{
    bool line_end = false;
    for (;;) {
        lexer->at = skip_blanks(lexer, lexer->at);
        int bytes;
        uint32_t code = fold(code_at(lexer, lexer->at, &bytes));
        if (code == '#')
            skip_comment(lexer);
        else if (code == '\n' && bytes)
            lexer->at++, line_end = true;
        else
            return line_end;
    }
}

/* --- tokens -------------------------------------------------------------------------------------------------- */

static gf_token bad(gf_lexer *lexer, uint32_t end, const char *text)
{
    gf_token token = {.kind = TOKEN_BAD, .span = {lexer->at, end}};
    report(lexer, lexer->at, end, text);
    lexer->at = end;
    return token;
}

/* A character, perhaps within a token, that cannot stand there. */
static gf_token bad_character(gf_lexer *lexer, uint32_t at, int bytes, uint32_t code)
{
    gf_token token = {.kind = TOKEN_BAD, .span = {lexer->at, at + (uint32_t)bytes}};
    report_character(lexer, at, bytes, code);
    lexer->at = token.span.end;
    return token;
}

/* A name; σ is sigmoid. */
static gf_token name(gf_lexer *lexer)
{
    uint32_t end = name_end(lexer, lexer->at);
    size_t size = end - lexer->at;
    if (size > GF_NAME_LIMIT)
        return bad(lexer, end, "a name this long: 200 bytes are the most");
    char text[GF_NAME_LIMIT + 1];
    memcpy(text, lexer->source->text + lexer->at, size);
    text[size] = '\0';
    gf_token token = {.kind = TOKEN_NAME, .span = {lexer->at, end}};
    token.name = gf_names_add(lexer->names, strcmp(text, "σ") ? text : "sigmoid");
    lexer->at = end;
    if (token.name == UINT32_MAX) {
        token.kind = TOKEN_BAD;
        if (lexer->problems)
            lexer->problems->out_of_memory = true;
    }
    return token;
}

static uint32_t digits_end(const gf_lexer *lexer, uint32_t at)
{
    while (is_digit((unsigned char)lexer->source->text[at]))
        at++;
    return at;
}

/* number := digits ["." [digits]] | "." digits, followed by [("e" | "E") ["+" | "-"] digits]
 * The first dot of a range (1..t) is none of the number's. */
static uint32_t number_end(const gf_lexer *lexer, uint32_t at)
{
    const char *text = lexer->source->text;
    at = digits_end(lexer, at);
    if (text[at] == '.' && text[at + 1] != '.')
        at = digits_end(lexer, at + 1);
    if (text[at] == 'e' || text[at] == 'E') {
        uint32_t sign = text[at + 1] == '+' || text[at + 1] == '-';
        if (is_digit((unsigned char)text[at + 1 + sign]))
            at = digits_end(lexer, at + 1 + sign);
    }
    return at;
}

static gf_token number(gf_lexer *lexer)
{
    uint32_t end = number_end(lexer, lexer->at);
    int bytes;
    if (begins_name(code_at(lexer, end, &bytes)))
        return bad(
            lexer, name_end(lexer, end),
            "a number runs into a name: write 3 * m for a product, 3 x m with blanks for a shape; no name begins "
            "with a digit");
    if (code_at(lexer, end, &bytes) == '.' && is_digit(code_at(lexer, end + 1, &bytes)))
        return bad(lexer, number_end(lexer, end), "a number has one point");
    gf_token token = {.kind = TOKEN_NUMBER, .span = {lexer->at, end}};
    token.number = gf_number_read(lexer->source->text + lexer->at, end - lexer->at);
    bool long_fraction = isnan(token.number) && memchr(lexer->source->text + lexer->at, '.', end - lexer->at);
    if (long_fraction)
        return bad(lexer, end, "a number this long: 511 characters are the most");
    if (!isfinite(token.number))
        return bad(lexer, end, "this number is too large: numbers go up to 1.8e308");
    lexer->at = end;
    return token;
}

/* Between two quotes on one line; nothing in it is special. */
static gf_token string(gf_lexer *lexer)
{
    int bytes;
    code_at(lexer, lexer->at, &bytes);
    uint32_t begin = lexer->at + (uint32_t)bytes, at = begin, code;
    while ((code = fold(code_at(lexer, at, &bytes))) != '"') {
        if (!bytes || code == '\n' || code == '\r')
            return bad(lexer, at, "the text has no closing quote on its line");
        if (code == '\t' || is_refused(lexer, at, code) || gf_code_is_invisible_in_text(code))
            return bad_character(lexer, at, bytes, code);
        at += (uint32_t)bytes;
    }
    if (at > begin && lexer->source->text[at - 1] == '\\')
        return bad(lexer, at + (uint32_t)bytes, "a text has no quotes within, and no \\ before one: write ' for them");
    gf_token token = {.kind = TOKEN_STRING, .span = {lexer->at, at + (uint32_t)bytes}, .inside = {begin, at}};
    lexer->at = token.span.end;
    return token;
}

typedef struct sign {
    uint32_t code;
    gf_token_kind kind;
} sign;

static const sign signs[] = {
    {'(', TOKEN_OPEN},       {')', TOKEN_CLOSE},       {'[', TOKEN_OPEN_SQUARE},   {']', TOKEN_CLOSE_SQUARE},
    {'{', TOKEN_OPEN_BRACE}, {'}', TOKEN_CLOSE_BRACE}, {',', TOKEN_COMMA},         {';', TOKEN_SEMICOLON},
    {':', TOKEN_COLON},      {'~', TOKEN_TILDE},       {'|', TOKEN_BAR},           {'=', TOKEN_EQUAL},
    {'<', TOKEN_LESS},       {'>', TOKEN_GREATER},     {0x2264, TOKEN_LESS_EQUAL}, {0x2265, TOKEN_GREATER_EQUAL},
    {'+', TOKEN_PLUS},       {'-', TOKEN_MINUS},       {0x2212, TOKEN_MINUS},      {'*', TOKEN_TIMES},
    {0x2218, TOKEN_TIMES},   {0x2299, TOKEN_TIMES},    {'/', TOKEN_DIVIDE},        {'@', TOKEN_MATMUL},
    {0xB7, TOKEN_MATMUL},    {0x22C5, TOKEN_MATMUL},   {0x2219, TOKEN_MATMUL},     {'^', TOKEN_POWER},
    {'\'', TOKEN_PRIME},     {0x2032, TOKEN_PRIME},    {0x2019, TOKEN_PRIME},      {0x1D40, TOKEN_PRIME},
    {0xB2, TOKEN_SQUARE},    {0xB3, TOKEN_CUBE},       {0xD7, TOKEN_CROSS},        {'?', TOKEN_QUESTION},
};

/* Everything that fits nowhere, up to the next blank or the next character that does. */
static gf_token stray(gf_lexer *lexer, uint32_t code, int bytes)
{
    uint32_t end = lexer->at + (uint32_t)bytes;
    if (code == GF_INVALID || gf_code_is_invisible(code) || gf_code_is_joiner(code))
        return bad_character(lexer, lexer->at, bytes, code);
    if (gf_code_is_mark(code))
        return bad(lexer, end, "a combining mark without the letter that it belongs to");
    if (code >= 0x2080 && code <= 0x2089)
        return bad(lexer, name_end(lexer, end), "a name cannot begin with a digit");
    uint32_t form[GF_FORM];
    int count = gf_code_form_of(code, form);
    char text[96] = "this character has no meaning here";
    if (count == 1 && form[0] > ' ' && form[0] < 0x7F && form[0] != code)
        snprintf(text, sizeof text, "the character U+%04X has no meaning here: write %c", code, (int)form[0]);
    else if (code > 0x7F)
        snprintf(text, sizeof text,
                 "the character U+%04X has no meaning here: write what it stands for, or leave it out", code);
    return bad(lexer, end, text);
}

static gf_token sign_of(gf_lexer *lexer, uint32_t code, int bytes)
{
    gf_token token = {.span = {lexer->at, lexer->at + (uint32_t)bytes}, .unicode = code == 0x1D40};
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
        if (signs[k].code == fold(code))
            token.kind = signs[k].kind;
    if (token.kind == TOKEN_END)
        return stray(lexer, code, bytes);
    int more;
    if ((token.kind == TOKEN_LESS || token.kind == TOKEN_GREATER) &&
        fold(code_at(lexer, token.span.end, &more)) == '=') {
        token.kind = token.kind == TOKEN_LESS ? TOKEN_LESS_EQUAL : TOKEN_GREATER_EQUAL;
        token.span.end += (uint32_t)more;
    }
    lexer->at = token.span.end;
    return token;
}

static gf_token read_token(gf_lexer *lexer)
{
    int bytes;
    uint32_t code = code_at(lexer, lexer->at, &bytes);
    if (!bytes)
        return (gf_token){.kind = TOKEN_END, .span = {lexer->at, lexer->at}};
    if (begins_name(code))
        return name(lexer);
    const char *text = lexer->source->text + lexer->at;
    if (is_digit(code) || (code == '.' && is_digit((unsigned char)text[1])))
        return number(lexer);
    if (fold(code) == '"')
        return string(lexer);
    if (code == '.' && text[1] == '.') {
        gf_token token = {.kind = TOKEN_RANGE, .span = {lexer->at, lexer->at + 2}};
        lexer->at += 2;
        return token;
    }
    return sign_of(lexer, code, bytes);
}

static void count_brackets(gf_lexer *lexer, gf_token_kind kind)
{
    if (kind == TOKEN_OPEN || kind == TOKEN_OPEN_SQUARE || kind == TOKEN_OPEN_BRACE)
        lexer->depth++;
    else if ((kind == TOKEN_CLOSE || kind == TOKEN_CLOSE_SQUARE || kind == TOKEN_CLOSE_BRACE) && lexer->depth)
        lexer->depth--;
}

void gf_lexer_start(gf_lexer *lexer, const gf_source *source, gf_names *names, gf_problems *problems)
{
    *lexer = (gf_lexer){
        .source = source, .names = names, .problems = problems, .at = source->lines[0], .last = TOKEN_NEWLINE};
}

gf_token gf_lexer_next(gf_lexer *lexer)
{
    uint32_t before = lexer->at;
    bool line_end = skip_space(lexer);
    if (line_end && lexer->last != TOKEN_NEWLINE) {
        bool goes_on = lexer->depth > 0 || asks_for_more(lexer->last);
        if (!goes_on || begins_statement(lexer, lexer->at, lexer->depth > 0 || lexer->defines)) {
            lexer->depth = 0;
            lexer->defines = false;
            lexer->last = TOKEN_NEWLINE;
            uint32_t end = before;
            lexer->at = before; /* the same blanks are skipped once more, by the next call */
            return (gf_token){.kind = TOKEN_NEWLINE, .span = {end, end}};
        }
    }
    gf_token token = read_token(lexer);
    count_brackets(lexer, token.kind);
    lexer->last = token.kind;
    return token;
}

void gf_lexer_skip_statement(gf_lexer *lexer)
{
    gf_lexer quiet = *lexer;
    quiet.problems = NULL;
    gf_token token;
    do
        token = gf_lexer_next(&quiet);
    while (token.kind != TOKEN_NEWLINE && token.kind != TOKEN_END);
    quiet.problems = lexer->problems;
    *lexer = quiet;
}
