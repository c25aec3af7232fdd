/* Derivations written in LaTeX, Markdown and NumPy: names, expressions, the order of a program. What the programs
 * compute, check-numpy looks at; what LaTeX makes of the fragments, check-latex. */
#include "equations.h"
#include "language/notation.h"

#include "derivation.h"
#include "write/latex.h"
#include "write/numpy.h"

#define assert_text(got, wanted)                                                                                       \
    do {                                                                                                               \
        ck_assert(!(got).failed);                                                                                      \
        ck_assert_str_eq(gf_text_string(&(got)), wanted);                                                              \
        gf_text_free(&(got));                                                                                          \
    } while (0)

START_TEST(names_are_parted)
{
    static const char *const table[][3] = {
        {"h", NULL, "h"},
        {"h", "t-1", "h_{t-1}"},
        {"h", "t", "h_t"},
        {"zf", "t", "z_{f,t}"},
        {"Wf", NULL, "W_f"},
        {"Whh", NULL, "W_{hh}"},
        {"W_xo", NULL, "W_{xo}"},
        {"h1", "t", "h_{1,t}"},
        {"f12", NULL, "f_{12}"},
        {"h₁", "t", "h_{1,t}"},
        {"Uf1", NULL, "U_{f1}"},
        {"alpha", "t", "\\alpha_t"},
        {"beta_1", NULL, "\\beta_1"},
        {"α", NULL, "\\alpha"},
        {"Wα", NULL, "\\mathit{W\\alpha}"},
        {"c̃", "t", "\\tilde{c}_t"},
        {"ĉ", "t", "\\hat{c}_t"},
        {"α̂", NULL, "\\hat{\\alpha}"},
        {"total", "t", "\\mathit{total}_t"},
        {"by_state", "t", "\\mathit{by\\_state}_t"},
        {"忆门", "t", "\\text{忆门}_t"},
        {"x_", NULL, "\\mathit{x\\_}"},
    };
    for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
        gf_text w = {0};
        gf_latex_name(&w, table[k][0], table[k][1]);
        assert_text(w, table[k][2]);
    }
    gf_text w = {0};
    gf_latex_name_as(&w, LATEX_GATE, "pi", "t");
    assert_text(w, "p_{i,t}");
    gf_latex_name_as(&w, LATEX_WORD, "rh", "t+1");
    assert_text(w, "\\mathit{rh}_{t+1}");
    ck_assert(gf_latex_is_foreign("忆"));
    ck_assert(!gf_latex_is_foreign("c̃α1"));
}
END_TEST

/* An expression of a model, in LaTeX, in Markdown's LaTeX, and in Python. */
static const char MODEL[] =
    "steps T = 3\nsize n = 2, m = 3\ninput x[t] : n x 1\nparam W : m x n\nparam A : m x m\n"
    "param s : 1 x 1\nparam in : m x 1\nstart h[0] : m x 1\nh[t] = tanh(W @ x[t] + A @ h[t-1])\n"
    "q[t] = [r[t-1]; x[t]]\nr[t] = tanh(rows(q[t], 1, m) + A @ r[t-1])\n"
    "start r[0] = in\ntotal[t] = in * h[t]\nloss sum(t, sum(total[t]))\nlet dh[t] = in\n";

static const char *const expressions[][3] = {
    {"W @ x[t] + in", "W x_t + i_n", "W @ x[t] + in_"},
    {"A @ A' * A", "(A A^\\top) \\odot A", "(A @ A.T) * A"},
    {"A * A @ A", "(A \\odot A) A", "(A * A) @ A"},
    {"A @ (A * A)", "A (A \\odot A)", "A @ (A * A)"},
    {"2 * h[t]", "2 h_t", "2 * h[t]"},
    {"s * h[t] * in", "s h_t \\odot i_n", "s * h[t] * in_"},
    {"h[t] * 2 * 3", "h_t \\cdot 2 \\cdot 3", "h[t] * 2 * 3"},
    {"in - (h[t] - in)", "i_n - (h_t - i_n)", "in_ - (h[t] - in_)"},
    {"in + -h[t]", "i_n + (-h_t)", "in_ + -h[t]"},
    {"-(in + h[t])", "-(i_n + h_t)", "-(in_ + h[t])"},
    {"1 - h[t]^2", "1 - h_t^2", "1 - h[t]**2"},
    {"(h[t]^2)'", "(h_t^2)^\\top", "(h[t]**2).T"},
    {"h[t] / sqrt(n)", "\\frac{h_t}{\\sqrt{n}}", "h[t] / np.sqrt(n)"},
    {"(h[t] / 2) * in", "\\frac{h_t}{2} \\odot i_n", "h[t] / 2 * in_"},
    {"(h[t] / 2 + 1)^2", "\\left(\\frac{h_t}{2} + 1\\right)^2", "(h[t] / 2 + 1)**2"},
    {"dh[t+1]^2", "(\\delta h_{t+1})^2", "dh[t+1]**2"},
    {"dh[t]' @ in", "\\delta h_t^\\top i_n", "dh[t].T @ in_"},
    {"A @ total[t]", "A\\, \\mathit{total}_t", "A @ total[t]"},
    {"sigmoid(h[t])", "\\sigma(h_t)", "sigmoid(h[t])"},
    {"sigmoid'(h[t])", "\\sigma'(h_t)", "sigmoid_prime(h[t])"},
    {"relu'(h[t])", "\\operatorname{relu}'(h_t)", "np.heaviside(h[t], 0)"},
    {"softplus(h[t])", "\\operatorname{softplus}(h_t)", "np.logaddexp(h[t], 0)"},
    {"leaky_relu'(h[t], 1/n)", "\\operatorname{leaky\\_relu}'\\left(h_t, \\frac{1}{n}\\right)",
     "leaky_relu_prime(h[t], 1 / n)"},
    {"entry(A + W, n, m-1)", "{(A + W)}_{n,\\,m-1}", "np.array([[(A + W)[n-1, m-2]]])"},
    {"max(h[t], 0)", "\\max(h_t, 0)", "np.maximum(h[t], 0)"},
    {"min(n, m)", "\\min(n, m)", "np.minimum(np.array([[n]]), np.array([[m]]))"},
    {"max(h[t])", "\\max(h_t)", "np.max(h[t], keepdims=True)"},
    {"(h[t] + 1 > in) * h[t]", "\\mathbf{1}[h_t + 1 > i_n] \\odot h_t", "(h[t] + 1 > in_).astype(float) * h[t]"},
    {"(h[t] >= 1/n)", "\\mathbf{1}\\left[h_t \\ge \\frac{1}{n}\\right]", "(h[t] >= 1 / n).astype(float)"},
    {"(t <= n) * in - (t < 2)", "\\mathbf{1}[t \\le n] i_n - \\mathbf{1}[t < 2]", "(t <= n) * in_ - (t < 2)"},
    {"where(s > 0, h[t], 0)", "\\operatorname{where}(\\mathbf{1}[s > 0], h_t, 0)",
     "np.where((s > 0).astype(float), h[t], 0)"},
    {"clip(h[t], -1, m)", "\\operatorname{clip}(h_t, -1, m)", "np.clip(h[t], -1, m)"},
    {"log_softmax(h[t] / 2)", "\\log \\operatorname{softmax}\\left(\\frac{h_t}{2}\\right)", "log_softmax(h[t] / 2)"},
    {"mse(h[t] - in, in)", "\\operatorname{MSE}(h_t - i_n, i_n)", "np.mean(((h[t] - in_) - in_)**2, keepdims=True)"},
    {"abs(in) * norm(A)", "\\lvert{i_n}\\rvert \\lVert{A}\\rVert_F", "np.abs(in_) * np.linalg.norm(A, keepdims=True)"},
    {"rows(A, 2, m)", "{A}_{2:m,\\,:}", "A[1:m]"},
    {"cols(A', n + 1, m)", "{(A^\\top)}_{:,\\,n+1:m}", "A.T[:, n:m]"},
    {"[h[t]; in]", "\\begin{bmatrix} h_t \\\\ i_n \\end{bmatrix}", "np.vstack([h[t], in_])"},
    {"[1, 2; 3, -4]", "\\begin{bmatrix} 1 & 2 \\\\ 3 & -4 \\end{bmatrix}", "np.array([[1, 2], [3, -4]], float)"},
    {"[A, in; 1, 2, 3, s]", "\\begin{bmatrix} A & i_n \\\\ 1 & 2 & 3 & s \\end{bmatrix}",
     "np.block([[A, in_], [np.array([[1]]), np.array([[2]]), np.array([[3]]), s]])"},
    {"sum(t, h[t]) @ s", "\\left(\\sum_{t=1}^{T} h_t\\right) s", "sum(h[t] for t in range(1, T+1)) @ s"},
    {"sum(j, 1..t-1, rows(q[j], m+1, m+n))", "\\sum_{j=1}^{t-1} {q_j}_{m+1:m+n,\\,:}",
     "sum((q[j][m:m+n] for j in range(1, t)), np.zeros((n, 1)))"},
    {"rows(A, m, m)", "{A}_{m,\\,:}", "A[m-1:m]"},
    {"cols(A, 1, n)", "{A}_{:,\\,1:n}", "A[:, 0:n]"},
    {"sum(j, 1..t-1, vec(W))", "\\sum_{j=1}^{t-1} \\operatorname{vec}(W)",
     "sum((np.reshape(W, (-1, 1)) for j in range(1, t)), np.zeros((m*n, 1)))"},
    {"sum(j, 1..t-1, h[j])", "\\sum_{j=1}^{t-1} h_j", "sum((h[j] for j in range(1, t)), np.zeros((m, 1)))"},
    {"sum(in, 1..T, in * h[in])", "\\sum_{i_n=1}^{T} i_n h_{i_n}", "sum(in_ * h[in_] for in_ in range(1, T+1))"},
    {"prod(j, T downto 2, A)", "\\prod_{j=T}^{2} A", "reduce(np.matmul, (A for j in range(T, 1, -1)), np.eye(m))"},
    {"hcat(j, 1..t, h[j])", "\\begin{bmatrix} h_1 & \\cdots & h_t \\end{bmatrix}",
     "np.hstack([h[j] for j in range(1, t+1)])"},
    {"vcat(j, 1..t-1, h[j]')", "\\begin{bmatrix} h_1^\\top \\\\ \\vdots \\\\ h_{t-1}^\\top \\end{bmatrix}",
     "np.vstack([np.zeros((0, m))] + [h[j].T for j in range(1, t)])"},
    {"hcat(j, t downto 2, j)", "\\begin{bmatrix} t & \\cdots & 2 \\end{bmatrix}",
     "np.hstack([np.zeros((1, 0))] + [np.array([[j]]) for j in range(t, 1, -1)])"},
    {"max(t, h[t])' @ in", "\\left(\\max_{t=1,\\dots,T} h_t\\right)^\\top i_n",
     "reduce(np.maximum, (h[t] for t in range(1, T+1))).T @ in_"},
    {"eye(m) * 0.5", "I_{m} \\cdot 0.5", "np.eye(m) * 0.5"},
    {"1e-7 * A", "10^{-7} A", "1e-07 * A"},
    {"[4] @ 2", "\\begin{bmatrix} 4 \\end{bmatrix} \\cdot 2", "np.array([[4]], float) @ np.array([[2]])"},
    {"h[T+1-t] - h[2]", "h_{T+1-t} - h_2", "h[T+1-t] - h[2]"},
    {"grad(W, s | A)", "\\left.\\frac{\\partial s}{\\partial W}\\right|_{A}", NULL},
    {"jacobian(h[t], h[t-1])", "\\frac{\\partial h_t}{\\partial h_{t-1}}", NULL},
};

static void look_at_expression(const char *const row[3])
{
    char text[1024];
    snprintf(text, sizeof text, "%sclaim %s = 0\n", MODEL, row[0]);
    gf_model *m = model_of(text);
    gf_derivation_lines d = derivation_of(m);
    const gf_statement *claim = m->file.statements;
    while (claim->kind != STATEMENT_CLAIM)
        claim = claim->next;
    gf_known known;
    ck_assert(gf_known_begin(&known, &d));
    gf_text latex = {0}, python = {0}, line = {0};
    gf_latex l = gf_latex_begin(&latex, &known, "\\operatorname");
    gf_latex_tree(&l, claim->sides[0]);
    assert_text(latex, row[1]);
    gf_python p;
    ck_assert(gf_python_begin(&p, &python, &known));
    if (row[2]) {
        gf_python_tree(&p, claim->sides[0]);
        for (const char *at = gf_text_string(&python); *at; at++)
            gf_text_bytes(&line, *at == *GF_BREAK || *at == *GF_WEAK_BREAK ? " " : at, 1);
        assert_text(line, row[2]);
    }
    gf_python_end(&p);
    gf_text_free(&python);
    gf_known_end(&known);
    gf_arena_free(&d.arena);
    gf_model_free(m);
}

START_TEST(expressions_are_set_and_computed)
{
    for (size_t k = 0; k < sizeof expressions / sizeof *expressions; k++)
        look_at_expression(expressions[k]);
}
END_TEST

/* But for those that bind an index, or ask for a derivative. */
START_TEST(every_function_can_be_computed)
{
    char text[GF_FUNCTION_NAME];
    for (int k = 0; gf_function_name(k, text); k++) {
        gf_function function;
        ck_assert(!*text || gf_function_find(&function, text));
        bool over = *text && function.special == SPECIAL_PROD;
        bool other = !*text || over || !strcmp(text, "grad") || !strcmp(text, "jacobian");
        ck_assert_msg(other || function.numpy, "%s", text);
    }
    ck_assert_str_eq(gf_notation_of("tanh").numpy, "np.tanh(a)");
    ck_assert_str_eq(gf_notation_of("tanh").latex, "\\tanh(a)");
}
END_TEST

static const char RNN[] =
    "title \"R\"\nsteps T = 3\nsize n = 2, m = 3\ninput x[t] : n x 1\nparam U : m x n\nparam W : m x m\n"
    "start h[0] : m x 1\nh[t] = tanh(U @ x[t] + W @ h[t-1])\nloss sum(t, sum(h[t]))\n";

/* What derive writes of a model; the caller frees it. */
static char *written(const char *model, gf_derivation_format format, bool why)
{
    gf_model *m = model_of(model);
    gf_derivation_options options = {.size = sizeof options, .format = format, .why = why};
    char *out;
    ck_assert_int_eq(gf_derivation(&out, m, &options), GF_OK);
    gf_model_free(m);
    return out;
}

#define assert_written(model, format, why, piece)                                                                      \
    do {                                                                                                               \
        char *text_ = written(model, format, why);                                                                     \
        ck_assert_msg(strstr(text_, piece), "no %s in %s", piece, text_);                                              \
        free(text_);                                                                                                   \
    } while (0)

START_TEST(documents_have_their_parts)
{
    assert_written(RNN, GF_DERIVATION_LATEX, false,
                   "% The gradients of R, by gradflow. It needs \\usepackage{amsmath}.\n");
    assert_written(RNN, GF_DERIVATION_LATEX, false, "\\frac{\\partial \\mathcal{L}}{\\partial U} &= \\sum_{t=1}^{T} ");
    assert_written(RNN, GF_DERIVATION_LATEX, true, "    % h[t] = tanh(");
    assert_written(RNN, GF_DERIVATION_MARKDOWN, false, "# R\n\n## Forward\n\n$$\n\\begin{aligned}\nh_t &= \\tanh(");
    assert_written(RNN, GF_DERIVATION_MARKDOWN, false, "\n## Gradients of inputs and starts\n");
    assert_written(RNN, GF_DERIVATION_MARKDOWN, true, "- $\\delta h_t$: `");
    assert_written(RNN, GF_DERIVATION_NUMPY, false, "    m, n = U.shape\n");
    assert_written(RNN, GF_DERIVATION_NUMPY, false, "    h[0] = given.get(\"h[0]\", np.zeros((m, 1)))\n");
    assert_written(RNN, GF_DERIVATION_NUMPY, false, "    for t in range(T, 0, -1):\n        dh[t] = ");
    assert_written(RNN, GF_DERIVATION_NUMPY, true, "        # h[t] = tanh(");
}
END_TEST

/* Up, down, from all before, and what neither way can compute. */
START_TEST(names_are_read_beside_others)
{
    const char *gru = "steps T = 3\nparam pi, pf, mu : 1 x 1\nstart h[0] : 1 x 1\n"
                      "r[t] = sigmoid(pf * h[t-1] + mu)\nh[t] = tanh(pi * tanh(r[t] * h[t-1]))\nloss sum(h[T])\n";
    assert_written(gru, GF_DERIVATION_LATEX, false, "\\frac{\\partial \\mathcal{L}}{\\partial p_i}");
    assert_written(gru, GF_DERIVATION_LATEX, false, "\\frac{\\partial \\mathcal{L}}{\\partial \\mu}");
    assert_written(gru, GF_DERIVATION_LATEX, false, "\\delta \\mathit{rh}_t &= ");
}
END_TEST

/* A line for step 2, derived with 3 steps, may miss a term with 4. */
START_TEST(a_line_for_a_step_is_for_so_many_steps)
{
    const char *general = "steps T = 3\ninput x[t] : 1 x 1\nparam w : 1 x 1\nstart h[0] : 1 x 1\n"
                          "h[t] = tanh(w * h[t-1] + x[t])\nloss sum(t, sum(h[t]))";
    char text[256];
    snprintf(text, sizeof text, "%s + sum(h[2]^2)\n", general);
    assert_written(text, GF_DERIVATION_NUMPY, false,
                   "    if T != 3:\n        raise ValueError(\"it was derived for 3 steps\")\n");
    const char *line = "For T = 3 only: at another T, lines for numbered steps, such as dh[2], may lack terms.\n\n";
    const char *sentence =
        "\nAll this is for $T = 3$ only: with another number of steps,\nrows for numbered steps, such "
        "as that of $\\delta h_2$, may lack terms.\n";
    char comment[128];
    snprintf(comment, sizeof comment, "everything is zero.\n# %s", line);
    assert_written(text, GF_DERIVATION_GF, false, comment);
    assert_written(text, GF_DERIVATION_TEXT, false, line);
    assert_written(text, GF_DERIVATION_LATEX, false, sentence);
    assert_written(text, GF_DERIVATION_MARKDOWN, false, sentence);
    snprintf(text, sizeof text, "%s + sum(h[T]^2)\n", general);
    assert_written(text, GF_DERIVATION_NUMPY, false, "    T = len(inputs[\"x\"])\n    x = Steps");
    assert_written(text, GF_DERIVATION_GF, false,
                   "# dv stands for d loss / d v. Beyond the ends everything is zero.\n\n");
    assert_written(text, GF_DERIVATION_TEXT, false,
                   "dv stands for d loss / d v. Beyond the ends everything is zero.\n\n");
    assert_written(text, GF_DERIVATION_LATEX, false, " and has no start value is zero.\n\\begingroup");
}
END_TEST

START_TEST(loops_run_their_way)
{
    const char *up = "steps T = 3\nparam a : 1 x 1\nstart h[0] : 1 x 1\nh[t] = a * h[t-1]\nloss sum(t, h[t])\n";
    const char *down = "steps T = 3\nparam a : 1 x 1\nstart h[T+1] : 1 x 1\nh[t] = a * h[t+1]\nloss sum(t, h[t])\n";
    const char *before = "steps T = 3\nparam a : 1 x 1\nh[t] = a + sum(j, 1..t-1, h[j])\nloss sum(t, h[t]^2)\n";
    const char *neither = "steps T = 3\nparam a : 1 x 1\nstart h[5] : 1 x 1\n"
                          "h[t] = a * h[7-2*t]\nloss sum(t, h[t]^2)\n";
    assert_written(up, GF_DERIVATION_NUMPY, false, "    for t in range(1, T+1):\n        h[t] = a * h[t-1]\n");
    assert_written(down, GF_DERIVATION_NUMPY, false, "    for t in range(T, 0, -1):\n        h[t] = a * h[t+1]\n");
    assert_written(before, GF_DERIVATION_NUMPY, false, "    for t in range(1, T+1):\n        h[t] = a + sum(");
    assert_written(neither, GF_DERIVATION_NUMPY, false,
                   "    h = OnDemand((1, 1), range(1, T+1), lambda t: a * h[7-2*t])\n");
}
END_TEST

/* Broken at sums, then at products, then behind commas; what has no such place stays long. */
START_TEST(long_lines_are_broken)
{
    const char *head = "param a_quite_long_name_of_a_matrix, another_quite_long_name : 2 x 2\n";
    char text[1024];
    snprintf(text, sizeof text,
             "%sq = a_quite_long_name_of_a_matrix @ another_quite_long_name + another_quite_long_name\n"
             "loss sum(q^2)\n",
             head);
    assert_written(
        text, GF_DERIVATION_NUMPY, false,
        "    q = (a_quite_long_name_of_a_matrix @ another_quite_long_name\n         + another_quite_long_name)\n");
    snprintf(text, sizeof text,
             "%sq = (a_quite_long_name_of_a_matrix + another_quite_long_name) @ another_quite_long_name\n"
             "loss sum(q^2)\n",
             head);
    assert_written(
        text, GF_DERIVATION_NUMPY, false,
        "    q = ((a_quite_long_name_of_a_matrix + another_quite_long_name)\n         @ another_quite_long_name)\n");
    snprintf(text, sizeof text,
             "%sq = tanh(exp(tanh(exp(tanh(exp(tanh(exp(another_quite_long_name))))))))\nloss sum(q^2)\n", head);
    assert_written(text, GF_DERIVATION_NUMPY, false,
                   "    q = np.tanh(np.exp(np.tanh(np.exp(np.tanh(np.exp(np.tanh(np.exp(");
}
END_TEST

int main(void)
{
    const TTest *tests[] = {long_lines_are_broken,
                            names_are_parted,
                            expressions_are_set_and_computed,
                            every_function_can_be_computed,
                            documents_have_their_parts,
                            loops_run_their_way,
                            names_are_read_beside_others,
                            a_line_for_a_step_is_for_so_many_steps};
    return RUN_TESTS("writers", tests);
}
