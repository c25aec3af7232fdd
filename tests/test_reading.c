/* Reading the equation language: trees, how they are written out, and what is said about texts that are wrong. */
#include "equations.h"

/* --- trees ------------------------------------------------------------------------------------------ */

/* The statements of a text, one a line; problems stand in *problems, whose source is *file's. */
static gf_text printed(const char *text, size_t size, gf_text_file *file, gf_problems *problems)
{
    gf_text w = {0};
    *file = (gf_text_file){.statement_count = 0};
    *problems = (gf_problems){.source = &file->source};
    ck_assert_int_eq(gf_source_new(&file->source, "test.gf", text, size), GF_OK);
    gf_text_file_parse(file, problems);
    for (const gf_statement *s = file->statements; s; s = s->next) {
        gf_statement_print(&w, &file->names, s);
        gf_text_add(&w, "\n");
    }
    return w;
}

static void assert_prints(const char *text, const char *wanted)
{
    gf_text_file file;
    gf_problems problems;
    gf_text w = printed(text, strlen(text), &file, &problems);
    gf_text errors = {0};
    gf_problems_write(&errors, &problems);
    ck_assert_msg(!gf_problems_any(&problems), "%s", gf_text_string(&errors));
    ck_assert_str_eq(gf_text_string(&w), wanted);
    gf_text_free(&w);
    gf_text_free(&errors);
    gf_problems_free(&problems);
    gf_text_file_free(&file);
}

static const struct {
    const char *text, *printed;
} expressions[] = {
    {"a + b - c", "a + b - c"},
    {"a + (b - c)", "a + (b - c)"},
    {"(a + b) - c", "a + b - c"},
    {"a - (b + c) * d", "a - (b + c) * d"},
    {"a @ b * c / d", "a @ b * c / d"},
    {"a @ (b * c) / d", "a @ (b * c) / d"},
    {"-a ^ 2", "-a^2"},
    {"(-a) ^ 2", "(-a)^2"},
    {"a ^ -b", "a^-b"},
    {"a ^ b ^ c", "a^b^c"},
    {"(a ^ b) ^ c", "(a^b)^c"},
    {"a ^ (b + 1)", "a^(b + 1)"},
    {"-a * -b", "-a * -b"},
    {"-(a * b)", "-(a * b)"},
    {"- - a", "--a"},
    {"+a", "a"},
    {"a''", "a''"},
    {"(a @ b)'", "(a @ b)'"},
    {"-a'", "-a'"},
    {"(-a)'", "(-a)'"},
    {"a'^2", "a'^2"},
    {"a²", "a^2"},
    {"a³ᵀ", "(a^3)'"},
    {"aᵀ²", "a'^2"},
    {"2 * a²", "2 * a^2"},
    {"a ∘ b ⊙ c · d ⋅ e ∙ f", "a * b * c @ d @ e @ f"},
    {"a − b", "a - b"},
    {"a′ + b’", "a' + b'"},
    {"（a ＋ b）＊［c， d； e， f］", "(a + b) * [c, d; e, f]"},
    {"h[t-1] + h[ t + 1 ] + h[2*j] + h[(T)]", "h[t-1] + h[t+1] + h[2*j] + h[T]"},
    {"[a]", "[a]"},
    {"[[a, b]; [c, d]]", "[a, b; c, d]"},
    {"[[a; b], c]", "[[a; b], c]"},
    {"[[a, b], c]", "[[a, b], c]"},
    {"tanh'(a) + σ'(b) + σ(c)", "tanh'(a) + sigmoid'(b) + sigmoid(c)"},
    {"W' + (a)", "W' + a"},
    {"clip'(a, -1, 1)", "clip'(a, -1, 1)"},
    {"(a>b)*((a<=b)>=c)", "(a > b) * ((a <= b) >= c)"},
    {"sum((a + 1 < b - 2))", "sum(a + 1 < b - 2)"},
    {"-(a>b)'", "-(a > b)'"},
    {"hcat(j,1..t-1,h[j])@vcat(t,(a>=b))", "hcat(j, 1..t-1, h[j]) @ vcat(t, a >= b)"},
    {"max(j,T downto 2,h[j])+max(j,b)+max(t,h[t])", "max(j, T downto 2, h[j]) + max(j, b) + max(t, h[t])"},
    {"max(j, max(k, 1..2, a))", "max(j, max(k, 1..2, a))"},
    {"sum(a) + sum(t, a[t])", "sum(a) + sum(t, a[t])"},
    {"sum(j, 1 .. t-1, a[j])", "sum(j, 1..t-1, a[j])"},
    {"prod(j, t downto j + 1, a)", "prod(j, t downto j+1, a)"},
    {"grad(v | a, b[t]) + grad(v, s | a)", "grad(v | a, b[t]) + grad(v, s | a)"},
    {"1.50 + .5 + 1e-3 + 2. + 1E3", "1.5 + 0.5 + 0.001 + 2 + 1000"},
    {"0.1 + 1e300 + 123456789.125", "0.1 + 1e+300 + 123456789.125"},
};

START_TEST(expressions_print_as_they_bind)
{
    for (size_t k = 0; k < sizeof expressions / sizeof *expressions; k++) {
        char text[256], wanted[256];
        snprintf(text, sizeof text, "y = %s", expressions[k].text);
        snprintf(wanted, sizeof wanted, "y = %s\n", expressions[k].printed);
        assert_prints(text, wanted);
        assert_prints(wanted, wanted);
    }
}
END_TEST

START_TEST(statements_print)
{
    assert_prints("title \"a # b\" # c\nsteps T=5\nsize n=3 ,m = 2*n\nseed 7\ntruncate n\nloss a",
                  "title \"a # b\"\nsteps T = 5\nsize n = 3\nsize m = 2 * n\nseed 7\ntruncate n\nloss a\n");
    assert_prints("input x[t], y[ t ] : n × 1~onehot\nparam W:m x m+n=[1,2]",
                  "input x[t] : n x 1 ~ onehot\ninput y[t] : n x 1 ~ onehot\nparam W : m x m+n = [1, 2]\n");
    assert_prints(
        "param W : m x n ~ normal( 0,1/sqrt(m) )\ninput x[t] : 1 x 1 = { 1,2 }\nparam V : 2 x 2=csv( \"a b.csv\" )",
        "param W : m x n ~ normal(0, 1 / sqrt(m))\ninput x[t] : 1 x 1 = {1, 2}\n"
        "param V : 2 x 2 = csv(\"a b.csv\")\n");
    assert_prints("start h[0], g[T+1] : m x 1 = 0\nstart s[0] = tanh(h[T])",
                  "start h[0] : m x 1 = 0\nstart g[T+1] : m x 1 = 0\nstart s[0] = tanh(h[T])\n");
    assert_prints("let p[t]=a\nlet q = b\nlet p[T] = c", "let p[t] = a\nlet q = b\nlet p[T] = c\n");
    assert_prints(
        "claim \"x: y\":a=b\nclaim 0≤a<= 1 within 1e-3\nclaim a > b for j = 1..t-1,k=j .. T within 0.5\nclaim a ≥ b",
        "claim \"x: y\": a = b\nclaim 0 <= a <= 1 within 0.001\n"
        "claim a > b for j = 1..t-1, k = j..T within 0.5\nclaim a >= b\n");
}
END_TEST

START_TEST(lines_go_on)
{
    assert_prints("a = b +\n c\n\n\nd = [1,\n 2; # two\n\n 3, 4]\ne = tanh(\nf\n)\n",
                  "a = b + c\nd = [1, 2; 3, 4]\ne = tanh(f)\n");
    assert_prints("a =\n b *\n # comment\n c\nparam W :\n 3 x 3 ~\n he\nclaim \"x\":\n a =\n b",
                  "a = b * c\n"
                  "param W : 3 x 3 ~ he\nclaim \"x\": a = b\n");
}
END_TEST

START_TEST(line_ends_and_marks_do_not_matter)
{
    assert_prints("\xEF\xBB\xBF"
                  "a = b\r\n\r\nc = d +\r\n  e\r\n",
                  "a = b\nc = d + e\n");
    assert_prints("a = b'\nc = d\xE1\xB5\x80\ne = f\xC2\xB2\n", "a = b'\nc = d'\ne = f^2\n");
    assert_prints("a = b", "a = b\n");
    assert_prints("", "");
    assert_prints("\n\n# nothing", "");
}
END_TEST

START_TEST(names_are_of_any_script)
{
    assert_prints("größe = c̃ + h₁₂ + 尺寸 + ж_1 + x́y", "größe = c̃ + h₁₂ + 尺寸 + ж_1 + x́y\n");
    assert_prints("二〇 = x_Ⅱ + 𗀀", "二〇 = x_Ⅱ + 𗀀\n");
    assert_prints("param x : x x x", "param x : x x x\n");
}
END_TEST

START_TEST(a_line_is_shifted_in_time)
{
    gf_text_file file;
    gf_problems problems;
    const char *text = "a[t] = U @ h[t-1]^2 * (t - 1) + t + sum(t, x[t]) + f[2*t] + f[t+2] + g[T]";
    gf_text w = printed(text, strlen(text), &file, &problems), shifted = {0};
    gf_tree_print_shifted(&shifted, &file.names, file.statements->value, gf_names_find(&file.names, "t"), 1);
    ck_assert_str_eq(gf_text_string(&shifted), "U @ h[t]^2 * t + (t + 1) + sum(t, x[t]) + f[2*(t+1)] + f[t+3] + g[T]");
    gf_text_free(&w);
    gf_text_free(&shifted);
    gf_problems_free(&problems);
    gf_text_file_free(&file);
}
END_TEST

/* Whoever reads behind what could not be read finds the next definition. */
START_TEST(what_cannot_be_read_ends_somewhere)
{
    assert_message("let p 3 +\nc = 2\nloss c + d", "test.gf:1:7: error: expected =, found 3\n"
                                                   "   let p 3 +\n"
                                                   "         ^\n"
                                                   "test.gf:3:10: error: d is not declared\n"
                                                   "   loss c + d\n"
                                                   "            ^\n");
}
END_TEST

static gf_text read_whole(const char *path)
{
    gf_text text = {0};
    char block[4096];
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file, "%s", path);
    for (size_t size; (size = fread(block, 1, sizeof block, file));)
        gf_text_bytes(&text, block, size);
    fclose(file);
    return text;
}

/* What is printed, read again, is printed alike. */
static void print_twice(const char *path)
{
    gf_text_file file;
    gf_problems problems;
    gf_text text = read_whole(path), first = printed(text.data, text.size, &file, &problems);
    gf_problems_free(&problems);
    gf_text_file_free(&file);
    assert_prints(gf_text_string(&first), gf_text_string(&first));
    gf_text_free(&text);
    gf_text_free(&first);
}

START_TEST(printing_is_stable)
{
    each_file("", 7, print_twice);
    each_file("right/", 4, print_twice);
    each_file("wrong/", 18, print_twice);
}
END_TEST

/* The ends stand outside of the binding: the first j is another one. */
START_TEST(a_sum_binds_its_index_in_its_body_alone)
{
    gf_text_file file;
    gf_problems problems;
    const char *text = "a = prod(j, j downto k+1, x[j]) + sum(t, y[t])";
    gf_text w = printed(text, strlen(text), &file, &problems);
    const gf_tree *sum = file.statements->value, *product = sum->kids[0], *whole = sum->kids[1];
    uint32_t j = gf_names_find(&file.names, "j"), k = gf_names_find(&file.names, "k");
    gf_binder binder = gf_binder_of(product);
    ck_assert(gf_tree_binds(product) && !gf_tree_binds(sum));
    ck_assert(binder.name == j && binder.body == product->kids[2]);
    ck_assert(binder.first == product->kids[0] && binder.last == product->kids[1]);
    ck_assert(binder.low == binder.last && binder.high == binder.first);
    ck_assert(!gf_bound_in(product, 0) && !gf_bound_in(product, 1) && gf_bound_in(product, 2) == j);
    ck_assert(!gf_bound_in(sum, 1) && gf_bound_in(whole, 0) == whole->name);
    ck_assert(gf_tree_mentions(product, j) && gf_tree_mentions(product, k) && !gf_tree_mentions(whole, whole->name));
    binder = gf_binder_of(whole);
    ck_assert(!binder.first && !binder.last && !binder.low && !binder.high && binder.body == whole->kids[0]);
    gf_text_free(&w);
    gf_problems_free(&problems);
    gf_text_file_free(&file);
}
END_TEST

START_TEST(a_copied_tree_is_the_same)
{
    gf_text_file file;
    gf_problems problems;
    gf_arena arena = {0};
    const char *text = "a = sum(j, 1..2, [x[j]; 1, 2]') + clip(b, -1, 1)^2";
    gf_text w = printed(text, strlen(text), &file, &problems), copied = {0};
    gf_tree *copy = gf_tree_copy(&arena, file.statements->value);
    gf_tree_print(&copied, &file.names, copy);
    ck_assert_str_eq(gf_text_string(&copied), "sum(j, 1..2, [x[j]; 1, 2]') + clip(b, -1, 1)^2");
    ck_assert(gf_tree_mentions(copy, gf_names_find(&file.names, "b")));
    ck_assert(!gf_tree_mentions(copy, gf_names_find(&file.names, "j")));
    gf_text_free(&w);
    gf_text_free(&copied);
    gf_arena_free(&arena);
    gf_problems_free(&problems);
    gf_text_file_free(&file);
}
END_TEST

/* --- errors -------------------------------------------------------------------------------------------- */

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
    ck_assert_msg(!strcmp(gf_text_string(&wanted), gf_text_string(&found)), "%s:\nwanted\n%sfound\n%s", path,
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
                   "   Wf is declared 3 x 4 on line 8\n");
}
END_TEST

START_TEST(marks_stand_under_what_they_mark)
{
    assert_message("\tloss\tW + 1", "test.gf:1:7: error: W is not declared\n"
                                    "   \tloss\tW + 1\n"
                                    "   \t    \t^\n");
    assert_message("loss （尺寸 + c̃ + ab）", "test.gf:1:7: error: 尺寸 is not declared\n"
                                             "   loss （尺寸 + c̃ + ab）\n"
                                             "          ^ ~~\n"
                                             "test.gf:1:12: error: c̃ is not declared\n"
                                             "   loss （尺寸 + c̃ + ab）\n"
                                             "                 ^\n"
                                             "test.gf:1:17: error: ab is not declared\n"
                                             "   loss （尺寸 + c̃ + ab）\n"
                                             "                     ^~\n");
    assert_message("loss （西夏𗀀 + ab）", "test.gf:1:7: error: 西夏𗀀 is not declared\n"
                                                 "   loss （西夏𗀀 + ab）\n"
                                                 "          ^ ~~~~\n"
                                                 "test.gf:1:13: error: ab is not declared\n"
                                                 "   loss （西夏𗀀 + ab）\n"
                                                 "                   ^~\n");
    assert_message("param W : 2 x 2\nloss sum(W +\n  W @ [1, 2, 3])",
                   "test.gf:3:5: error: W @ [1, 2, 3]: 2 x 2 times 1 x 3, the inner sizes 2 and 1 differ\n"
                   "     W @ [1, 2, 3])\n"
                   "     ~ ^ ~~~~~~~~~\n"
                   "   W is declared 2 x 2 on line 1\n");
    assert_message("\xEF\xBB\xBFloss ab\r\n", "test.gf:1:6: error: ab is not declared\n"
                                              "   loss ab\n"
                                              "        ^~\n");
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
        "   the matrix product, W @ V, would fit\n");
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
                   "   add a line such as  start g[2] : 2 x 1 = 0\n");
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
        gf_text_print(&text, "a%d = %s\n", k, k % 2 ? "nowhere" : "1 +");
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

/* One mistake is one error: what uses a name that could not be read is not to blame. */
START_TEST(errors_do_not_breed)
{
    assert_message("param W : 2 x 2 2\na = W @ W\nb = a' + W\nloss sum(b)",
                   "test.gf:1:17: error: expected the end of the statement, found 2\n"
                   "   param W : 2 x 2 2\n"
                   "                   ^\n");
    assert_message("param W : n x 2\na = W @ W\nloss sum(a)", "test.gf:1:11: error: n is no size and no index\n"
                                                              "   param W : n x 2\n"
                                                              "             ^\n");
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

START_TEST(depth_has_limits)
{
    const char *nested = "more than 200 brackets, signs and powers within each other";
    assert_reads("loss 1", " + (1", 199, "", GF_ERROR_SYNTAX, "this bracket is not closed");
    assert_reads("loss 1", " + (1", 100000, "", GF_ERROR_SYNTAX, nested);
    assert_reads("loss ", "(", 200, "1", GF_ERROR_SYNTAX, nested);
    assert_reads("loss ", "-", 100000, "1", GF_ERROR_SYNTAX, nested);
    assert_reads("loss 1", "^2", 100000, "", GF_ERROR_SYNTAX, nested);
    assert_reads("loss ", "[", 100000, "1", GF_ERROR_SYNTAX, nested);
    assert_reads("loss ", "sum(t, ", 100000, "1", GF_ERROR_SYNTAX, nested);
    assert_reads("loss ", "h[", 100000, "1", GF_ERROR_SYNTAX, nested);
    assert_reads("loss 1", " + 1", 999, "", GF_OK, "");
    assert_reads("loss 1", " + 1", 1000, "", GF_ERROR_SYNTAX, "more than 1000 operations within each other");
    assert_reads("loss 1", " + 1", 100000, "", GF_ERROR_SYNTAX, "more than 1000 operations within each other");
    assert_reads("loss 1", "'", 100000, "", GF_ERROR_SYNTAX, "more than 1000 operations within each other");
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
        expressions_print_as_they_bind,
        statements_print,
        lines_go_on,
        line_ends_and_marks_do_not_matter,
        names_are_of_any_script,
        what_cannot_be_read_ends_somewhere,
        a_line_is_shifted_in_time,
        printing_is_stable,
        a_sum_binds_its_index_in_its_body_alone,
        a_copied_tree_is_the_same,
        every_wrong_form_has_its_error,
        an_error_shows_its_place,
        marks_stand_under_what_they_mark,
        errors_say_what_to_do,
        twenty_errors_are_shown,
        errors_do_not_breed,
        words_are_no_names,
        an_index_open_at_a_line_end,
        depth_has_limits,
        nested_to_the_limit_is_worked_out,
    };
    return RUN_TESTS("reading", tests);
}
