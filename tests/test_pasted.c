/* Words from elsewhere: what is said of them, the lines that come of it, the page about them; right lines have none. */
#include "equations.h"
#include "language/pasted.h"
#include "text/file.h"

/* --- right lines ------------------------------------------------------------------------------------------ */

static int lines;

/* No row fits anywhere in the statements of a right file. */
static void has_no_words(const char *path)
{
    gf_model *m;
    ck_assert_int_eq(gf_model_read(&m, path), GF_OK);
    const gf_knowledge known = gf_model_knowledge(m);
    for (const gf_statement *s = m->file.statements; s; s = s->next) {
        gf_text line = {0}, right = {0};
        const gf_foreign_word *word;
        gf_match match;
        gf_source_quote(&line, &m->file.source, s->span, 0);
        bool other = gf_pasted_rewrite(&right, gf_text_string(&line), &known, &word, &match);
        ck_assert_msg(s->kind == STATEMENT_TITLE || (!word && !other), "%s: %s fits %s", path,
                      word ? word->written : "", gf_text_string(&line));
        gf_text_free(&line);
        gf_text_free(&right);
        lines++;
    }
    gf_model_free(m);
}

START_TEST(right_lines_have_no_word_of_the_table)
{
    each_file("", 5, has_no_words);
    each_file("right/", 5, has_no_words);
    each_file("../cases/", 20, has_no_words);
    each_file("../derive/models/", 5, has_no_words);
    ck_assert_int_gt(lines, 500);
}
END_TEST

/* --- pasted lines ------------------------------------------------------------------------------------------- */

/* All that is said of a text. */
static gf_text said_of(const char *text)
{
    gf_model *m;
    gf_text said = {0};
    gf_model_parse(&m, text, "pasted.gf");
    gf_model_unroll(m);
    gf_problems_write(&said, &m->problems);
    for (gf_statement *s = m->file.statements; s; s = s->next)
        gf_problems_write(&said, &s->problems);
    gf_model_free(m);
    return said;
}

/* Adds the head without its lines that begin as the line does, up to a blank, and the line in their place. */
static void add_in_place(gf_text *w, const char *head, const char *line, size_t size)
{
    for (size_t bytes; *head; head += bytes) {
        bytes = strcspn(head, "\n") + 1;
        if (strncmp(head, line, strcspn(line, " ")) != 0 || !strncmp(line, "param", 5))
            gf_text_bytes(w, head, bytes);
    }
    gf_text_bytes(w, line, size);
    gf_text_add(w, "\n");
}

/* All that may be wrong with a line that is proposed: names that are not there, and shapes, which were pasted like
 * that. */
static void means_something(const char *head, const char *line, size_t size)
{
    static const char *const may[] = {"is not declared", "is declared twice", ", but h is ",    "the loss is ",
                                      "No such file",    " differ",           " column 2 of 1", "ROWS is no size",
                                      "COLS is no size", "the left side is ", "k is no size"};
    gf_text text = {0};
    add_in_place(&text, head, line, size);
    gf_text said = said_of(gf_text_string(&text));
    for (const char *problem = gf_text_string(&said); (problem = strstr(problem, "error: "));) {
        bool good = false;
        problem += strlen("error: ");
        for (size_t k = 0; k < sizeof may / sizeof *may; k++) {
            const char *found = strstr(problem, may[k]);
            good |= found && found < strchr(problem, '\n');
        }
        ck_assert_msg(good, "%.*s is proposed, and wrong:\n%s", (int)size, line, problem);
    }
    gf_text_free(&said);
    gf_text_free(&text);
}

/* The line that is proposed, pasted in the place of the block: it can be read, and has no foreign word. */
static void is_accepted(const char *line, const char *head, const char *written)
{
    gf_text text = {0}, again = {0};
    gf_model *m;
    gf_match match;
    const gf_foreign_word *word;
    gf_text_print(&text, "%s%.*s\n", head, (int)strcspn(line, "\n"), line);
    means_something(head, line, strcspn(line, "\n"));
    gf_model_parse(&m, gf_text_string(&text), "pasted.gf");
    const gf_knowledge known = gf_model_knowledge(m);
    bool other = gf_pasted_rewrite(&again, gf_text_string(&text) + strlen(head), &known, &word, &match);
    ck_assert_msg(!m->file.unread_count && !other && !word, "%s\nis no line, but was proposed for\n%s%s",
                  gf_text_string(&text) + strlen(head), written, word ? word->written : "");
    gf_text_free(&text);
    gf_text_free(&again);
    gf_model_free(m);
}

/* One line of the file of lines; what must be said is looked for in what was said. */
typedef struct reading {
    gf_text head, block, said;
    int wanted;
} reading;

static void is_said(reading *r, const char *line)
{
    gf_text wanted = {0}, text = {0};
    gf_text_print(&wanted, line[1] == '=' ? "   write  %s\n" : "%s", line + 3);
    if (r->block.size) {
        gf_text_print(&text, "%s%s", gf_text_string(&r->head), gf_text_string(&r->block));
        gf_text_free(&r->said);
        r->said = said_of(gf_text_string(&text));
        const char *proposed = strstr(gf_text_string(&r->said), "   write  ");
        if (proposed)
            is_accepted(proposed + strlen("   write  "), gf_text_string(&r->head), gf_text_string(&r->block));
        gf_text_clear(&r->block);
    }
    ck_assert_msg(strstr(gf_text_string(&r->said), gf_text_string(&wanted)), "not said: %s\nbut:\n%s", line,
                  gf_text_string(&r->said));
    r->wanted++;
    gf_text_free(&wanted);
    gf_text_free(&text);
}

START_TEST(what_people_paste_is_explained)
{
    gf_text text = read_whole(equations_path("../pasted/", "lines.txt"));
    reading r = {.wanted = 0};
    for (char *line = strtok(text.data, "\n"); line; line = strtok(NULL, "\n")) {
        if (line[0] == '#' && line[1] == '+')
            gf_text_print(&r.head, "%s\n", line + 3);
        else if (line[0] == '#' && (line[1] == '?' || line[1] == '='))
            is_said(&r, line);
        else if (line[0] != '#')
            gf_text_print(&r.block, "%s\n", line);
    }
    ck_assert_int_gt(r.wanted, 300);
    gf_text_free(&r.head);
    gf_text_free(&r.block);
    gf_text_free(&r.said);
    gf_text_free(&text);
}
END_TEST

static void assert_said(const char *text, const char *wanted)
{
    gf_text said = said_of(text);
    ck_assert_msg(strstr(gf_text_string(&said), wanted), "not said: %s\nbut:\n%s", wanted, gf_text_string(&said));
    gf_text_free(&said);
}

START_TEST(a_number_of_a_program_is_a_size)
{
    assert_said("m = 4\nparam W : m x 1\nloss sum(W)\n", "   on line 1 write  size m = 4\n");
    assert_said("start h[0] : 1 x 1\nh[t] = h[t-1]\nloss h[T]\n", "declare it, as  steps T = 3\n");
    assert_said("T = 3\nstart h[0] : 1 x 1\nh[t] = h[t-1]\nloss h[T]\n", "   on line 1 write  steps T = 3\n");
}
END_TEST

/* --- every row -------------------------------------------------------------------------------------------------- */

static gf_name_kind kind_of(const void *data, const char *name)
{
    (void)data;
    return !strcmp(name, "h")   ? KNOWN_TIMED
           : !strcmp(name, "T") ? KNOWN_NUMBER
           : !strcmp(name, "K") ? KNOWN_PLAIN
                                : KNOWN_NOT;
}

static const gf_knowledge few = {kind_of, NULL, "T"};

/* What stands in a hole, for a trial. */
static const char *sample(char letter, const gf_foreign_word *row)
{
    static const struct {
        char letter;
        const char *text;
    } samples[] = {{'a', "A"}, {'b', "B[t]"}, {'c', "C"},     {'e', "E[t]"}, {'v', "B[t]"}, {'W', "Q"}, {'w', "q"},
                   {'u', "o"}, {'L', "L"},    {'f', "tanh"},  {'g', "xi"},   {'t', "t-1"},  {'i', "3"}, {'j', "j"},
                   {'k', "2"}, {'q', "B[t]"}, {'o', "A"},     {'_', " "},    {'m', "np."},  {'T', "T"}, {'p', "P[t]"},
                   {'r', "R"}, {'*', "A, B"}, {'=', "axis="}, {'~', ""},     {'^', ""},     {'.', ""},  {'$', "$"},
                   {'<', "<"}, {'d', "2.5"},  {'B', "𝐖"}};
    if (letter == 'h')
        return row->when & WHEN_PLAIN ? "K" : "h";
    for (size_t k = 0; k < sizeof samples / sizeof *samples; k++)
        if (samples[k].letter == letter)
            return samples[k].text;
    ck_abort_msg("no hole is $%c", letter);
    return "";
}

/* A line that the pattern should fit, with choice number `choice` of each <a|b>, the last where there are fewer. */
static gf_text sample_line(const gf_foreign_word *row, int choice)
{
    gf_text w = {0};
    for (const char *p = row->written; *p;) {
        if (*p == '$') {
            gf_text_add(&w, sample(p[1], row));
            p += 2;
        } else if (*p == '<') {
            const char *text = p + 1;
            for (int k = 0; k < choice && text[strcspn(text, "|>")] == '|'; k++)
                text += strcspn(text, "|>") + 1;
            gf_text_bytes(&w, text, strcspn(text, "|>"));
            p = strchr(p, '>') + 1;
        } else {
            gf_text_bytes(&w, p++, 1);
        }
    }
    return w;
}

/* Is it the row that explains some place of the line? */
static bool explains(const gf_foreign_word *row, const char *line)
{
    gf_match match;
    for (uint32_t at = 0; line[at]; at++)
        if (gf_pasted_word(&match, line, at, &few) == row)
            return true;
    return false;
}

START_TEST(every_row_of_the_table_is_reached)
{
    const gf_foreign_word *row;
    size_t k = 0;
    for (; (row = gf_foreign_row(k)); k++) {
        bool reached = false;
        for (int choice = 0; choice < 12 && !reached; choice++) {
            gf_text line = sample_line(row, choice);
            const char *const before[] = {"", row->when & WHEN_SHAPE ? "param z " : "z = y ", "claim z = y ", "let z ",
                                          row->when & WHEN_SIZE ? "size z = 3" : "let z = "};
            for (size_t b = 0; b < sizeof before / sizeof *before; b++) {
                gf_text whole = {0};
                gf_text_print(&whole, "%s%s", before[b], gf_text_string(&line));
                reached |= explains(row, gf_text_string(&whole));
                gf_text_free(&whole);
            }
            gf_text_free(&line);
        }
        gf_text line = sample_line(row, 0);
        ck_assert_msg(reached, "%s does not explain %s", row->written, gf_text_string(&line));
        gf_text_free(&line);
    }
    ck_assert_int_gt(k, 200);
}
END_TEST

/* --- the page ---------------------------------------------------------------------------------------------------- */

/* The other choices of the first <a|b> that has words. */
static void add_others(gf_text *w, const char *pattern)
{
    const char *open = strchr(pattern, '<');
    if (!open || (open > pattern && open[-1] == '$') || !strchr(open, '>'))
        return;
    const char *text = open + 1 + strcspn(open + 1, "|>");
    for (const char *before = ", also "; *text == '|'; before = ", ") {
        size_t size = strcspn(text + 1, "|>");
        if (size)
            gf_text_print(w, "%s`%.*s`", before, (int)size, text + 1);
        text += size + 1;
    }
}

static const char *only(unsigned when)
{
    return when & WHEN_TIMED    ? " (of a name with time)"
           : when & WHEN_PLAIN  ? " (of a name without time)"
           : when & WHEN_MODULE ? " (behind a module)"
                                : "";
}

/* - `np.dot(a, b)`, also `matmul`: `a @ b`, the matrix product */
static void add_row(gf_text *w, const gf_foreign_word *row)
{
    const char *here = row->say ? row->say : row->here;
    gf_text_add(w, "- `");
    gf_pattern_show(w, row->written, NULL, NULL);
    gf_text_add(w, "`");
    add_others(w, row->written);
    gf_text_add(w, here && *here ? ": `" : ": ");
    if (here && *here)
        gf_pattern_show(w, here, NULL, NULL);
    gf_text_add(w, here && *here ? "`, " : here ? "left out: " : "");
    gf_text_print(w, "%s%s\n", row->what, only(row->when));
}

static gf_text page(void)
{
    gf_text w = {0};
    gf_text_add(
        &w,
        "# From NumPy, PyTorch and LaTeX\n\n"
        "What people paste, and what is written here for it. A message about a line that has such a word says so, and\n"
        "shows the whole line as it should be, where it can be told. This page is the table behind these messages, a\n"
        "test writes it. `np.` stands for any module, and may be missing.\n");
    const gf_foreign_word *row;
    for (int group = 0; group < GROUPS; group++) {
        gf_text_print(&w, "\n## %s\n\n", gf_foreign_title((gf_foreign_group)group));
        for (size_t k = 0; (row = gf_foreign_row(k)); k++)
            if (row->group == (gf_foreign_group)group)
                add_row(&w, row);
    }
    return w;
}

START_TEST(the_page_is_the_table)
{
    const char *path = equations_path("../../docs/", "pasted.md");
    gf_text now = page();
    if (getenv("GF_WRITE"))
        ck_assert_int_eq(gf_file_write(path, now.data, now.size), 0);
    gf_text text = read_whole(path);
    ck_assert_msg(!strcmp(gf_text_string(&text), gf_text_string(&now)), "%s: write it anew, with GF_WRITE=1", path);
    gf_text_free(&text);
    gf_text_free(&now);
}
END_TEST

/* [1 -2] is legal, and says what a user of MATLAB does not mean by it. */
START_TEST(warnings)
{
    static const char *const none[] = {"[1, -2; 3, -4]", "[1 - 2; 3 -\n4]", "[(1 -2), 3]", "[tanh(1 -2), w]",
                                       "1 -2",           "[w[t -1]; 2]",    "[-1, +2]",    "?",
                                       "[1-2]"};
    static const char *const some[][2] = {{"[1 -2; 3 -4]", "1 -2 is a subtraction: parts of [ ] stand apart by commas, "
                                                           "as in 1, -2"},
                                          {"2 * [1, w' +2*w -w]'", "w' +2*w is a sum: parts of [ ] stand apart by "
                                                                   "commas, as in w', +2*w"}};
    gf_model *m;
    char text[300], wanted[300];
    for (size_t k = 0; k < sizeof none / sizeof *none + sizeof some / sizeof *some; k++) {
        bool warns = k >= sizeof none / sizeof *none;
        const char *const *one = warns ? some[k - sizeof none / sizeof *none] : NULL;
        snprintf(text, sizeof text, "param w : 1 x 1\nloss w\nlet a = %s\n", warns ? one[0] : none[k]);
        gf_model_parse(&m, text, "test.gf");
        const char *got = gf_model_warnings(m), *line = strstr(got, "warning: ");
        snprintf(wanted, sizeof wanted, "warning: %s\n", warns ? one[1] : "");
        ck_assert_msg(warns ? line && !strcmp(line, wanted) : !*got, "%s: %s", text, got);
        gf_model_free(m);
    }
    gf_model_parse(&m, "param w : 2 x 1 = [1 -2; 3]\nloss sum(w)\nclaim [1 +2] = [1 -2]\n", "a\nb.gf");
    ck_assert_str_eq(gf_model_warnings(m), "a?b.gf:1:22: warning: 1 -2 is a subtraction: parts of [ ] stand apart by "
                                           "commas, as in 1, -2\n"
                                           "a?b.gf:3:10: warning: 1 +2 is a sum: parts of [ ] stand apart by commas, "
                                           "as in 1, +2\n"
                                           "a?b.gf:3:19: warning: 1 -2 is a subtraction: parts of [ ] stand apart by "
                                           "commas, as in 1, -2\n");
    gf_model_free(m);
    ck_assert_str_eq(gf_model_warnings(NULL), "");
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        right_lines_have_no_word_of_the_table, what_people_paste_is_explained, a_number_of_a_program_is_a_size,
        every_row_of_the_table_is_reached,     the_page_is_the_table,          warnings};
    return RUN_TESTS("pasted", tests);
}
