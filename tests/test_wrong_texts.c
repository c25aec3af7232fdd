/* What is said about texts in the equation language that are wrong. */
#include "equations.h"

/* The errors of a model, and those of its lets and claims, as the files under wrong/ list them. */
static gf_text errors_of(gf_model *m)
{
    gf_text w = {0};
    const gf_model_error *e;
    for (size_t k = 0; (e = gf_model_error_at(m, k)); k++)
        if (e->line)
            gf_text_print(&w, "# error %d:%d %s\n", e->line, e->column, e->text);
        else
            gf_text_print(&w, "# error %s\n", e->text);
    for (gf_statement *s = m->file.statements; s; s = s->next)
        for (uint32_t k = 0; k < s->problems.count; k++)
            gf_text_print(&w, "# claim error %d:%d %s\n", gf_source_line(&m->file.source, s->problems.list[k]->at),
                          gf_source_column(&m->file.source, s->problems.list[k]->at), s->problems.list[k]->text);
    return w;
}

/* The lines of a text that begin like this; the folder of the file, where a message names it, is left out. */
static gf_text lines_with(const char *text, const char *folder)
{
    gf_text w = {0};
    for (const char *line = text, *end; *line; line = end) {
        end = line + strcspn(line, "\n");
        end += *end == '\n';
        if (strncmp(line, "# error ", 8) && strncmp(line, "# claim error ", 14))
            continue;
        const char *cut = strstr(line, folder);
        if (cut && cut < end) {
            gf_text_bytes(&w, line, (size_t)(cut - line));
            line = cut + strlen(folder);
        }
        gf_text_bytes(&w, line, (size_t)(end - line));
    }
    return w;
}

static void errors_are_as_listed(const char *path)
{
    if (getenv("GF_SMALL") && strstr(path, "much-work"))
        return; /* it is about much work */
    char folder[1024];
    snprintf(folder, sizeof folder, "%s", path);
    strrchr(folder, '/')[1] = '\0';
    gf_model *m;
    gf_model_read(&m, path);
    ck_assert_int_ne(gf_model_unroll(m), GF_OK);
    gf_text text = read_whole(path), raw = errors_of(m);
    gf_text wanted = lines_with(gf_text_string(&text), folder), found = lines_with(gf_text_string(&raw), folder);
    ck_assert_msg(!strcmp(gf_text_string(&wanted), gf_text_string(&found)), "%s:\nwanted\n%.1500sfound\n%.1500s", path,
                  gf_text_string(&wanted), gf_text_string(&found));
    gf_text_free(&text);
    gf_text_free(&raw);
    gf_text_free(&wanted);
    gf_text_free(&found);
    gf_model_free(m);
}

START_TEST(every_wrong_form_has_its_error)
{
    each_file("wrong/", 18, errors_are_as_listed);
}
END_TEST

START_TEST(an_error_shows_its_place)
{
    assert_message("steps T = 5\n"
                   "size  hidden = 4, in = 3\n"
                   "start h[0] : 1 x hidden\n"
                   "input x[t] : 1 x in\n"
                   "# weights\n"
                   "\n"
                   "\n"
                   "param Wf : in x hidden\n"
                   "param Uf : in x hidden\n"
                   "param bf : 1 x hidden\n"
                   "\n"
                   "h[t] = f[t]\n"
                   "\n"
                   "f[t] = sigmoid(h[t-1] @ Wf + x[t] @ Uf + bf)\n"
                   "loss sum(h[T])\n",
                   "test.gf:14:23: error: h[t-1] @ Wf: 1 x 4 times 3 x 4, the inner sizes 4 and 3 differ\n"
                   "   f[t] = sigmoid(h[t-1] @ Wf + x[t] @ Uf + bf)\n"
                   "                  ~~~~~~ ^ ~~\n"
                   "   h is 1 x 4 by its start on line 3\n"
                   "   Wf is declared 3 x 4 on line 8\n"
                   "   the matrix product, h[t-1] @ Wf', would fit: it is 1 x 3\n");
}
END_TEST

START_TEST(marks_stand_under_what_they_mark)
{
    assert_message("\tloss\tW + 1", "test.gf:1:7: error: W is not declared\n"
                                    "   \tloss\tW + 1\n"
                                    "   \t    \t^\n"
                                    "   declare it, as  param W : 1 x 1\n");
    assert_message("loss （尺寸 + c̃ + ab）", "test.gf:1:7: error: 尺寸 is not declared\n"
                                             "   loss （尺寸 + c̃ + ab）\n"
                                             "          ^ ~~\n"
                                             "   declare it, as  param 尺寸 : 1 x 1\n"
                                             "test.gf:1:12: error: c̃ is not declared\n"
                                             "   loss （尺寸 + c̃ + ab）\n"
                                             "                 ^\n"
                                             "   declare it, as  param c̃ : 1 x 1\n"
                                             "test.gf:1:17: error: ab is not declared\n"
                                             "   loss （尺寸 + c̃ + ab）\n"
                                             "                     ^~\n"
                                             "   declare it, as  param ab : 1 x 1\n");
    assert_message("loss （西夏𗀀 + ab）", "test.gf:1:7: error: 西夏𗀀 is not declared\n"
                                                 "   loss （西夏𗀀 + ab）\n"
                                                 "          ^ ~~~~\n"
                                                 "   declare it, as  param 西夏𗀀 : 1 x 1\n"
                                                 "test.gf:1:13: error: ab is not declared\n"
                                                 "   loss （西夏𗀀 + ab）\n"
                                                 "                   ^~\n"
                                                 "   declare it, as  param ab : 1 x 1\n");
    assert_message("param W : 2 x 2\nloss sum(W +\n  W @ [1, 2, 3])",
                   "test.gf:3:5: error: W @ [1, 2, 3]: 2 x 2 times 1 x 3, the inner sizes 2 and 1 differ\n"
                   "     W @ [1, 2, 3])\n"
                   "     ~ ^ ~~~~~~~~~\n"
                   "   W is declared 2 x 2 on line 1\n");
    assert_message("\xEF\xBB\xBFloss ab\r\n", "test.gf:1:6: error: ab is not declared\n"
                                              "   loss ab\n"
                                              "        ^~\n"
                                              "   define it, as  ab = …, or declare it, as  given ab : 1 x 1 = 0.1\n");
    assert_message(
        "param W : 2 x 2\nloss W @ [1, # one\n 2, 3333333333333333333333333333333333333333333333333333333]",
        "test.gf:2:8: error: W @ [1, 2, 3333333333333333333333333333333333333333333333333…: 2 x 2 times 1 x 3, "
        "the inner sizes 2 and 1 differ\n"
        "   loss W @ [1, # one\n"
        "        ~ ^ ~~~~~~~~~\n"
        "   W is declared 2 x 2 on line 1\n");
    assert_message("loss a\x01", "test.gf:1:7: error: a control character, which has no meaning here: delete it\n"
                                 "   loss a?\n"
                                 "         ^\n");
}
END_TEST

START_TEST(errors_say_what_to_do)
{
    assert_message("param a : 2 x 2\nJ = sum(a)\nclaim J = 1",
                   "test.gf:3:12: error: the file has no loss: add the line loss J\n"
                   "   claim J = 1\n"
                   "              ^\n");
    assert_message("param Weight : 2 x 2\nloss sum(Weigth) + sum(weight)",
                   "test.gf:2:10: error: Weigth is not declared\n"
                   "   loss sum(Weigth) + sum(weight)\n"
                   "            ^~~~~~\n"
                   "   did you mean Weight, from line 1?\n"
                   "test.gf:2:24: error: weight is not declared\n"
                   "   loss sum(Weigth) + sum(weight)\n"
                   "                          ^~~~~~\n"
                   "   did you mean Weight, from line 1?\n");
    assert_message("param a : 2 x 2\nloss max(a)",
                   "test.gf:2:6: error: max stands in let and claim only, not in the equations of the model\n"
                   "   loss max(a)\n"
                   "        ^~~\n"
                   "   the larger of two, element by element, is max(a, b)\n");
    assert_message("steps T = 2\nparam a : 2 x 2\nloss sum(a ^ T)",
                   "test.gf:3:12: error: a ^ T: this is a power, to the number of steps, of each entry\n"
                   "   loss sum(a ^ T)\n"
                   "            ~ ^ ~\n"
                   "   a is declared 2 x 2 on line 2\n"
                   "   the transpose is written a'\n");
    assert_message("param W : 2 x 2\nstart h[0] : 2 x 1\nh[t] = W * h[t-1]\nloss sum(h[1])",
                   "test.gf:3:10: error: the right side is 2 x 2, but h is 2 x 1 at all its steps\n"
                   "   h[t] = W * h[t-1]\n"
                   "          ~~^~~~~~~~\n"
                   "   h is 2 x 1 by its start on line 2\n"
                   "   W * h[t-1] is element by element; the matrix product is W @ h[t-1]\n");
    assert_message(
        "param W : 2 x 3\nparam V : 3 x 4\nloss sum(W * V)",
        "test.gf:3:12: error: W * V: 2 x 3 times 3 x 4 element by element, rows 2 and 3 differ and neither is 1\n"
        "   loss sum(W * V)\n"
        "            ~ ^ ~\n"
        "   W is declared 2 x 3 on line 1\n"
        "   V is declared 3 x 4 on line 2\n"
        "   the matrix product, W @ V, would fit: it is 2 x 4\n");
    assert_message("let dh[t-1] = W' @ dh[t]\nloss 1",
                   "test.gf:1:9: error: the index on the left is t itself: shift the line in time\n"
                   "   let dh[t-1] = W' @ dh[t]\n"
                   "          ~^~\n"
                   "   the same, with t for it: let dh[t] = W' @ dh[t+1]\n");
    assert_message("param W : 2 x 2\nh[t] = W @ h[t-1]\nstart g[0] : 2 x 1\ng[t] = W @ g[t+1]\nloss 1",
                   "test.gf:2:12: error: h[t-1] at t = 1 is h[0], which nothing gives\n"
                   "   h[t] = W @ h[t-1]\n"
                   "              ^~~~~~\n   add a line such as  start h[0] : ROWS x COLS = 0\n"
                   "test.gf:4:12: error: g[t+1] at t = 1 is g[2], which nothing gives\n"
                   "   g[t] = W @ g[t+1]\n"
                   "              ^~~~~~\n"
                   "   did you mean g[t-1]? there is start g[0], on line 3\n"
                   "   or, to begin at that end, write  start g[2] : 2 x 1 = 0\n");
    assert_message("a = W(2)\nparam W : 1 x 1\nloss a",
                   "test.gf:1:5: error: W is no function: an operator is missing before the bracket\n"
                   "   a = W(2)\n"
                   "       ^\n"
                   "   write W @ (…) for the matrix product, W * (…) element by element\n");
}
END_TEST

START_TEST(twenty_errors_are_shown)
{
    gf_text text = {0};
    for (int k = 0; k < 1000; k++)
        gf_text_print(&text, "size a%d = 1 b%d\n", k, k);
    gf_model *m;
    ck_assert_int_eq(gf_model_parse(&m, gf_text_string(&text), "test.gf"), GF_ERROR_SYNTAX);
    int shown = 0;
    for (const char *at = gf_model_message(m); (at = strstr(at, ": error: ")); at++)
        shown++;
    ck_assert_int_eq(shown, 20);
    ck_assert(strstr(gf_model_message(m), "the first 20 are shown, there are more"));
    gf_model_free(m);
    gf_text_free(&text);
}
END_TEST

/* The same thing wrong with every line, as the marks of a quotation, is said once. */
START_TEST(what_is_said_of_every_line_is_said_once)
{
    assert_message("> steps T = 3\n> input x[t] : 1 x 1\n> h[t] = x[t]\n> loss h[T]\n> claim h[t] = x[t]",
                   "test.gf:1:1: error: > … is the mark of a quotation: leave it out\n"
                   "   > steps T = 3\n"
                   "   ^~~~~~~~~~~~~\n"
                   "   write  steps T = 3\n"
                   "   the same is wrong 4 times more, further down\n");
    gf_text text = {0}; /* more problems than are kept */
    for (int k = 0; k < 300; k++)
        gf_text_add(&text, "foo bar\n");
    assert_message(gf_text_string(&text),
                   "test.gf:1:1: error: no statement begins with foo; an equation is foo[t] = …\n"
                   "   foo bar\n"
                   "   ^~~\n"
                   "   the same is wrong at least 199 times more, further down\n");
    gf_text_free(&text);
    assert_message("1 steps T = 3\nloss 1",
                   "test.gf:1:1: error: a line begins with a number: take the numbers of lines away\n"
                   "   1 steps T = 3\n"
                   "   ^\n");
}
END_TEST

/* One mistake is one error: what uses a name that could not be read is not to blame. */
START_TEST(errors_do_not_breed)
{
    assert_message("param W : 2 x 2 2\na = W @ W\nb = a' + W\nloss sum(b)",
                   "test.gf:1:17: error: expected the end of the statement, found 2\n"
                   "   param W : 2 x 2 2\n"
                   "                   ^\n");
    assert_message("param W : n x 2\na = W @ W\nloss sum(a)", "test.gf:1:11: error: n is no size and no index\n"
                                                              "   param W : n x 2\n"
                                                              "             ^\n"
                                                              "   if it is a number, declare it, as  size n = 3\n");
    assert_message("a = (1\nb = a\nloss b", "test.gf:1:5: error: this bracket is not closed\n"
                                            "   a = (1\n"
                                            "       ^\n");
    assert_message("size n = , m = 3\nparam W : n x m\nloss sum(W)\n",
                   "test.gf:1:10: error: expected a value, found ,\n"
                   "   size n = , m = 3\n"
                   "            ^\n");
    assert_message("param w : 1 x 1\nlos sum(w)\n",
                   "test.gf:2:1: error: no statement begins with los: did you mean loss?\n"
                   "   los sum(w)\n"
                   "   ^~~\n");
}
END_TEST

/* A word of the language as a name: what is proposed can be right. */
START_TEST(words_are_no_names)
{
    assert_message("steps = T\nloss 1\n",
                   "test.gf:1:1: error: steps is a word of the language: write steps T = 5, or choose another name\n"
                   "   steps = T\n"
                   "   ^~~~~\n");
    assert_message("size m = 2\nsteps = m\nloss 1\n",
                   "test.gf:2:1: error: steps is a word of the language: write steps T = m, or choose another name\n"
                   "   steps = m\n"
                   "   ^~~~~\n");
    assert_message("size = n\nloss 1\n",
                   "test.gf:1:1: error: size is a word of the language: write size n = 5, or choose another name\n"
                   "   size = n\n"
                   "   ^~~~\n");
}
END_TEST

/* NAME [ … ] = begins a definition only where the index is closed on its own line. */
START_TEST(an_index_open_at_a_line_end)
{
    const char *third = "test.gf:4:3: error: expected an operator or ), found =\n"
                        "   ] = 3\n"
                        "     ^\n";
    assert_message("loss 1\na = (1 +\nh[t\n] = 3", third);
    assert_message("loss 1\na = (1 +\nh[t # ] =\n] = 3", third);
    assert_message("loss 1\na = (1 +\nh[t", "test.gf:3:2: error: this bracket is not closed\n"
                                            "   h[t\n"
                                            "    ^\n");
    assert_message("loss 1\na = (1\nh[t] = 3", "test.gf:2:5: error: this bracket is not closed\n"
                                               "   a = (1\n"
                                               "       ^\n");
}
END_TEST

static gf_text repeated(const char *before, const char *piece, int count, const char *after)
{
    gf_text w = {0};
    gf_text_add(&w, before);
    for (int k = 0; k < count; k++)
        gf_text_add(&w, piece);
    gf_text_add(&w, after);
    return w;
}

static void assert_reads(const char *before, const char *piece, int count, const char *after, gf_status status,
                         const char *part)
{
    gf_text w = repeated(before, piece, count, after);
    gf_model *m;
    ck_assert_int_eq(gf_model_parse(&m, gf_text_string(&w), "test.gf"), status);
    ck_assert_msg(strstr(gf_model_message(m), part), "%s", gf_model_message(m));
    gf_model_free(m);
    gf_text_free(&w);
}

/* One fact, one line: of a file that is no text, and of a size that many matrices have. */
START_TEST(one_fact_is_said_once)
{
    gf_model *m;
    ck_assert_int_eq(gf_model_parse(&m,
                                    "\x7f"
                                    "ELF\2\1\1\3>\1`\xe2\x90",
                                    "test.gf"),
                     GF_ERROR_SYNTAX);
    ck_assert_str_eq(gf_model_message(m),
                     "test.gf: error: this is no text: a model is a text file, such as gradflow new "
                     "rnn writes\n");
    gf_model_free(m);
    const char *text = "size m = 2\nparam W : m x m\nparam b : m x 1\nloss sum(W @ b)\n";
    ck_assert_int_eq(gf_model_parse(&m, text, "test.gf"), GF_OK);
    ck_assert_int_eq(gf_model_set(m, "m", 0), GF_OK);
    ck_assert_int_eq(gf_model_unroll(m), GF_ERROR_SHAPE);
    ck_assert_uint_eq(m->problems.count, 1);
    ck_assert(!gf_model_set(m, "m", 3) && !gf_model_unroll(m));
    gf_model_free(m);
}
END_TEST

START_TEST(depth_has_limits)
{
    const char *deep = "more than 1000 operations within each other: give a part a line of its own, or write "
                       "sum(j, 1..N, …)";
    const char *nested = "more than 200 brackets, signs and powers within each other: give the inner ones a "
                         "line of their own";
    assert_reads("loss 1", " + (1", 199, "", GF_ERROR_SYNTAX, "this bracket is not closed");
    assert_reads("loss 1", " + (1", 100000, "", GF_ERROR_SYNTAX, nested);
    assert_reads("loss ", "(", 200, "1", GF_ERROR_SYNTAX, nested);
    assert_reads("loss ", "-", 100000, "1", GF_ERROR_SYNTAX, nested);
    assert_reads("loss 1", "^2", 100000, "", GF_ERROR_SYNTAX, nested);
    assert_reads("loss ", "[", 100000, "1", GF_ERROR_SYNTAX, nested);
    assert_reads("loss ", "sum(t, ", 100000, "1", GF_ERROR_SYNTAX, nested);
    assert_reads("loss ", "h[", 100000, "1", GF_ERROR_SYNTAX, nested);
    assert_reads("loss 1", " + 1", 999, "", GF_OK, "");
    assert_reads("loss 1", " + 1", 1000, "", GF_ERROR_SYNTAX, deep);
    assert_reads("loss 1", " + 1", 100000, "", GF_ERROR_SYNTAX, deep);
    assert_reads("loss 1", "'", 100000, "", GF_ERROR_SYNTAX, deep);
    assert_reads("loss ", "a", 200, "", GF_ERROR_SYNTAX, "is not declared");
    assert_reads("loss ", "a", 201, "", GF_ERROR_SYNTAX, "200 bytes are the most");
    assert_reads("loss ", "1", 600, "", GF_ERROR_SYNTAX, "this number is too large");
    assert_reads("loss 1 #", "a", 1000000, "", GF_OK, "");
}
END_TEST

START_TEST(nested_to_the_limit_is_worked_out)
{
    gf_text w = repeated("loss ", "-(", 99, "1");
    for (int k = 0; k < 99; k++)
        gf_text_add(&w, ")");
    gf_model *m = model_of(gf_text_string(&w));
    assert_near(gf_scalar(gf_value(gf_model_loss(m))), -1, 0);
    gf_model_free(m);
    gf_text_free(&w);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        every_wrong_form_has_its_error,
        an_error_shows_its_place,
        marks_stand_under_what_they_mark,
        errors_say_what_to_do,
        twenty_errors_are_shown,
        what_is_said_of_every_line_is_said_once,
        errors_do_not_breed,
        words_are_no_names,
        an_index_open_at_a_line_end,
        one_fact_is_said_once,
        depth_has_limits,
        nested_to_the_limit_is_worked_out,
    };
    return RUN_TESTS("wrong_texts", tests);
}
