/* Equations as mathematics: the pieces, as plain text with marks: _{low}, ^{high}, **bold**. */
#include "equations.h"

#include <gradflow/template.h>

#include "write/typeset.h"

/* x_{t}, W^{T}, **h**. */
static void add_plain(gf_text *w, const gf_typeset *s)
{
    static const char *const opening[] = {"", "_{", "^{"};
    for (size_t k = 0; k < s->count; k++) {
        const gf_piece *piece = &s->pieces[k];
        gf_text_print(w, "%s%s%s%s%s", opening[piece->script], piece->bold ? "**" : "", piece->text,
                      piece->bold ? "**" : "", piece->script == GF_ON_LINE ? "" : "}");
    }
}

/* Every equation of a model, a line each; at a step, if it is not 0. */
static void set_all(gf_text *w, gf_model *m, long step)
{
    gf_arena arena = {0};
    gf_binding t = {.name = m->t, .known = step, .value = step};
    for (const gf_statement *s = m->file.statements; s; s = s->next) {
        if (s->kind != STATEMENT_EQUATION)
            continue;
        gf_typeset set = gf_typeset_begin(m, &arena);
        set.bindings = &t;
        gf_typeset_equation(&set, &s->name, 1, s->index, s->value);
        ck_assert(!set.failed);
        add_plain(w, &set);
        gf_text_add(w, "\n");
        gf_typeset_free(&set);
    }
    gf_arena_free(&arena);
}

static void assert_set(const char *text, long step, const char *wanted)
{
    gf_text w = {0};
    gf_model *m = model_of(text);
    set_all(&w, m, step);
    ck_assert_str_eq(gf_text_string(&w), wanted);
    gf_text_free(&w);
    gf_model_free(m);
}

START_TEST(the_models_of_new)
{
    static const struct {
        const char *name, *wanted;
    } models[] = {
        {"rnn", "**a**_{t} = x_{t} U + h_{t−1} W + b\n**h**_{t} = tanh(a_{t})\n**z**_{t} = h_{t} V + d\n"
                "**L**_{t} = cross_entropy(z_{t}, y_{t})\n"},
        {"lstm", "**zf**_{t} = x_{t} Uf + h_{t−1} Wf + bf\n**f**_{t} = σ(zf_{t})\n"
                 "**zi**_{t} = x_{t} Ui + h_{t−1} Wi + bi\n**i**_{t} = σ(zi_{t})\n"
                 "**zg**_{t} = x_{t} Ug + h_{t−1} Wg + bg\n**g**_{t} = tanh(zg_{t})\n"
                 "**c**_{t} = f_{t} ⊙ c_{t−1} + i_{t} ⊙ g_{t}\n"
                 "**zo**_{t} = x_{t} Uo + h_{t−1} Wo + bo\n**o**_{t} = σ(zo_{t})\n**h**_{t} = o_{t} ⊙ tanh(c_{t})\n"
                 "**z**_{t} = h_{t} V + d\n**L**_{t} = cross_entropy(z_{t}, y_{t})\n"},
        {"gru", "**zr**_{t} = x_{t} Ur + h_{t−1} Wr + br\n**r**_{t} = σ(zr_{t})\n"
                "**zz**_{t} = x_{t} Uz + h_{t−1} Wz + bz\n**z**_{t} = σ(zz_{t})\n"
                "**zn**_{t} = x_{t} Un + (r_{t} ⊙ h_{t−1}) Wn + bn\n**n**_{t} = tanh(zn_{t})\n"
                "**h**_{t} = (1 − z_{t}) ⊙ n_{t} + z_{t} ⊙ h_{t−1}\n**s**_{t} = h_{t} V + d\n"
                "**L**_{t} = cross_entropy(s_{t}, y_{t})\n"},
        {"birnn", "**af**_{t} = x_{t} Uf + hf_{t−1} Wf + bf\n**hf**_{t} = tanh(af_{t})\n"
                  "**ab**_{t} = x_{t} Ub + hb_{t+1} Wb + bb\n**hb**_{t} = tanh(ab_{t})\n"
                  "**h**_{t} = [hf_{t}, hb_{t}]\n**z**_{t} = h_{t} V + d\n"
                  "**L**_{t} = cross_entropy(z_{t}, y_{t})\n"},
    };
    for (size_t k = 0; k < sizeof models / sizeof *models; k++)
        assert_set(gf_template_find(models[k].name)->text, 0, models[k].wanted);
}
END_TEST

static const char SIGNS[] =
    "steps T = 4\nsize m = 2\ninput x[t] : m x 1\nparam W : m x m\nparam s : 1 x 1\nstart h[0] : m x 1\n";

/* One equation of h behind these declarations. */
static void assert_sets(const char *equation, long step, const char *wanted)
{
    gf_text text = {0};
    gf_text_print(&text, "%sh[t] = %s\nloss sum(t, sum(h[t]))\n", SIGNS, equation);
    assert_set(gf_text_string(&text), step, wanted);
    gf_text_free(&text);
}

START_TEST(signs_and_brackets)
{
    static const char *const pairs[][2] = {
        {"W' @ x[t]", "W^{T} x_{t}"},
        {"(W + W)' @ (x[t] - h[t-1])", "(W + W)^{T} (x_{t} − h_{t−1})"},
        {"x[t]^2 * h[t-1]", "x_{t}^{2} ⊙ h_{t−1}"},
        {"s * x[t]", "s · x_{t}"},
        {"2 * x[t] - -1.5e-7 * x[t]", "2 · x_{t} − (−1.5 · 10^{−7} · x_{t})"},
        {"-x[t] * h[t-1] / 2", "−x_{t} ⊙ h_{t−1} / 2"},
        {"x[t] - (h[t-1] - x[t])", "x_{t} − (h_{t−1} − x_{t})"},
        {"(W * W) @ x[t]", "(W ⊙ W) x_{t}"},
        {"(W @ W) * W @ x[t]", "(W W ⊙ W) x_{t}"},
        {"rows([x[t]; h[t-1]], 1, m)", "rows([x_{t}; h_{t−1}], 1, m)"},
        {"abs(x[t]) + norm(W) * x[t] + sqrt(x[t]^2)", "|x_{t}| + ‖W‖ · x_{t} + √(x_{t}^{2})"},
        {"sum(t, x[t])", "Σ_{t} x_{t}"},
        {"sum(j, 1..T, x[j] + h[0]) * s", "(Σ_{j} (x_{j} + h_{0})) · s"},
        {"sum(j, 1..t, x[j])", "Σ_{j=1…t} x_{j}"},
        {"-(-x[t])", "−(−x_{t})"},
        {"s * (-W @ x[t])", "s · (−W x_{t})"},
        {"x[t] * (h[t-1] * x[t])", "x_{t} ⊙ (h_{t−1} ⊙ x_{t})"},
        {"x[t] / (2 * s)", "x_{t} / (2 · s)"},
        {"relu(x[t])^(m+1)", "relu(x_{t})^{m+1}"},
    };
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
        char wanted[200];
        snprintf(wanted, sizeof wanted, "**h**_{t} = %s\n", pairs[k][1]);
        assert_sets(pairs[k][0], 0, wanted);
    }
}
END_TEST

START_TEST(at_a_step_indices_are_numbers)
{
    assert_sets("W @ h[t-1] + x[T+1-t] * t", 3, "**h**_{3} = W h_{2} + x_{2} · 3\n");
    assert_sets("h[t-1] + sum(j, 1..t, x[j])", 2, "**h**_{2} = h_{1} + Σ_{j=1…2} x_{j}\n");
    assert_sets("h[t-1] + sum(j, 1..t, x[t+1-j])", 2, "**h**_{2} = h_{1} + Σ_{j=1…2} x_{2+1−j}\n");
}
END_TEST

/* Uf in the equation of f is U_f, and U_∗ where another mark is asked for; not where the file has a U, nor where
 * nothing would be left. */
START_TEST(weights_have_the_ending_of_their_equation_low)
{
    gf_arena arena = {0};
    gf_model *m =
        model_of("param Uf, Vf, Wf, W, f, Ug, Vg : 2 x 2\ny = (Uf @ Vf @ Wf @ f) * 2\na = y @ Ug\ng = tanh(a)\n"
                 "loss sum(g @ Vg)\n");
    for (int low = 0; low < 2; low++) {
        gf_text w = {0};
        gf_typeset set = gf_typeset_begin(m, &arena);
        set.ending = "f";
        set.low = low ? "∗" : NULL;
        const gf_symbol *y = gf_model_find(m, "y");
        gf_typeset_tree(&set, y->definition->value);
        add_plain(&w, &set);
        ck_assert_str_eq(gf_text_string(&w), low ? "U_{∗} V_{∗} Wf f · 2" : "U_{f} V_{f} Wf f · 2");
        gf_text_free(&w);
        gf_typeset_free(&set);
    }
    gf_arena_free(&arena);
    gf_model_free(m);
}
END_TEST

START_TEST(styles_of_pieces)
{
    gf_arena arena = {0};
    gf_model *m = model_of("steps T = 2\ninput x[t] : 1 x 1\nh[t] = tanh(x[t])\nloss sum(t, h[t])\n");
    const gf_statement *h = gf_model_find(m, "h")->definition;
    gf_typeset set = gf_typeset_begin(m, &arena);
    gf_typeset_equation(&set, &h->name, 1, h->index, h->value);
    ck_assert_uint_eq(set.count, 6); /* h, t, " = tanh(", x, t, ")" */
    ck_assert(set.pieces[0].bold && set.pieces[0].italic && set.pieces[0].script == GF_ON_LINE);
    ck_assert(!set.pieces[1].bold && !set.pieces[1].italic && set.pieces[1].script == GF_LOW);
    ck_assert(!set.pieces[2].italic);
    ck_assert(set.pieces[3].italic && !set.pieces[3].bold);
    gf_typeset_free(&set);
    gf_arena_free(&arena);
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {the_models_of_new, signs_and_brackets, at_a_step_indices_are_numbers,
                            weights_have_the_ending_of_their_equation_low, styles_of_pieces};
    return RUN_TESTS("typeset", tests);
}
