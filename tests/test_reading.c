/* Reading the equation language: trees, and how they are written out. */
#include "equations.h"

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
                                                   "            ^\n"
                                                   "   declare it, as  param d : 1 x 1\n");
}
END_TEST

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

int main(void)
{
    const TTest *tests[] = {
        expressions_print_as_they_bind,    statements_print,        lines_go_on,
        line_ends_and_marks_do_not_matter, names_are_of_any_script, what_cannot_be_read_ends_somewhere,
        a_line_is_shifted_in_time,         printing_is_stable,      a_sum_binds_its_index_in_its_body_alone,
        a_copied_tree_is_the_same,
    };
    return RUN_TESTS("reading", tests);
}
