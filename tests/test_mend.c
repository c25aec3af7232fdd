/* Mending: what is wrong with a line, by its terms, and what is proposed for it. */
#include "equations.h"

#include "mend/mend.h"
#include "mend/readings/readings.h"
#include "mend/terms/inside.h"
#include "mend/terms/line.h"
#include "mend/written.h"
#include "model/scan.h"

enum { MOST = 40 };

/* A model with one line that is wrong, and what was found out about it. */
typedef struct patient {
    gf_model *m;
    gf_claims claims;
    gf_readings readings;
    gf_calculus calculus;
    gf_arena arena;
    gf_line line;
    gf_matrix values[MOST];
    const gf_binding *bindings[MOST];
    gf_binding room[MOST][GF_LOOPS];
    gf_finding found;
} patient;

static void begin(patient *p, const char *text)
{
    *p = (patient){.m = NULL};
    ck_assert_int_eq(gf_model_parse(&p->m, text, "test.gf"), GF_OK);
    ck_assert_msg(gf_model_unroll(p->m) == GF_OK, "%s", gf_model_message(p->m));
    ck_assert_int_eq(gf_claims_judge(&p->claims, p->m, 1e-6), GF_OK);
    ck_assert(gf_calculus_begin(&p->calculus, p->m));
    ck_assert_int_eq(gf_readings_find(&p->readings, &p->claims, &p->calculus), GF_OK);
    ck_assert(gf_readings_force(&p->readings));
    p->line = (gf_line){.m = p->m, .claims = &p->claims, .calculus = &p->calculus, .d = &p->calculus.d};
    p->line.let_of = p->readings.let_of;
    p->line.values = p->values;
    p->line.bindings = p->bindings;
    p->line.arena = &p->arena;
}

static void end(patient *p)
{
    for (size_t k = 0; k < p->line.count && p->line.statement->kind == STATEMENT_CLAIM; k++)
        gf_matrix_free(&p->values[k]);
    gf_calculus_free(&p->calculus);
    gf_readings_free(&p->readings);
    gf_claims_free(&p->claims);
    gf_arena_free(&p->arena);
    gf_model_free(p->m);
}

/* The line of a let, which stands for a gradient. */
static void take_let(patient *p, const char *name)
{
    gf_symbol *symbol = gf_model_find(p->m, name);
    const gf_reading *reading = gf_reading_of(&p->readings, gf_names_find(&p->m->file.names, name));
    ck_assert(symbol && reading && reading->known);
    p->line.statement = symbol->definition;
    p->line.tree = symbol->definition->value;
    p->line.truth = reading->truth;
    p->line.diagonal = reading->diagonal;
    for (long t = 1; t <= reading->count; t++) {
        if (symbol->timed && gf_let_line(symbol, t) != symbol->definition)
            continue;
        p->room[t][0] = (gf_binding){.name = p->m->t, .known = true, .value = t};
        p->bindings[p->line.count] = symbol->timed ? p->room[t] : NULL;
        p->values[p->line.count++] = reading->values[t - 1];
    }
}

/* The right side of the last claim. */
static void take_claim(patient *p)
{
    gf_judged *judged = &p->claims.list[p->claims.count - 1];
    p->line.statement = judged->statement;
    p->line.tree = judged->statement->sides[1];
    p->line.truth = judged->statement->sides[0];
    for (size_t k = 0; k < judged->count; k++) {
        const gf_matrix *value = gf_judged_value(judged, k, p->line.truth, 0, 0, NULL);
        ck_assert(value && !gf_matrix_new(&p->values[k], value->rows, value->cols));
        gf_matrix_copy(&p->values[k], value);
        p->bindings[k] = gf_judged_bindings(judged, k, p->room[k]);
        gf_judge_clear(&p->claims.judge);
    }
    p->line.count = judged->count;
}

static void look(patient *p, const char *text, const char *let)
{
    begin(p, text);
    if (let)
        take_let(p, let);
    else
        take_claim(p);
    ck_assert_int_eq(gf_line_match(&p->line, &p->found), GF_OK);
}

/* The line with edit number k. */
static void write_edit(const patient *p, gf_text *w, size_t k)
{
    gf_mend mend;
    gf_arena arena = {0};
    ck_assert(gf_mend_make(&mend, &arena, p->m, p->line.statement, p->line.tree, &p->found.edits[k]));
    gf_mend_write(w, &p->m->file.source, &mend, p->line.statement->span);
    gf_arena_free(&arena);
}

static void assert_edit(const patient *p, const char *mended)
{
    gf_text w = {0};
    ck_assert_msg(p->found.count, "no edit of %s", mended);
    write_edit(p, &w, 0);
    ck_assert_str_eq(gf_text_string(&w), mended);
    gf_text_free(&w);
}

/* What is said, with each factor by its first name. */
static void assert_says(const patient *p, const char *says)
{
    gf_text w = {0};
    gf_says_agreed(&w, p->found.says, NULL);
    ck_assert_str_eq(gf_text_string(&w), says);
    gf_text_free(&w);
}

/* What is said of the let (NULL: the last claim), and how it is mended; mended NULL: nothing. */
static void assert_found(const char *text, const char *let, const char *says, const char *mended)
{
    patient p;
    look(&p, text, let);
    assert_says(&p, says);
    if (mended)
        assert_edit(&p, mended);
    else
        ck_assert_uint_eq(p.found.count, 0);
    end(&p);
}

#define RNN                                                                                                            \
    "steps T = 6\nsize n = 2, m = 5, k = 3\ninput x[t] : n x 1\ninput y[t] : k x 1\n"                                  \
    "param U : m x n\nparam W : m x m\nparam V : k x m\nstart h[0] : m x 1 ~ normal(0, 1)\n"                           \
    "a[t] = U @ x[t] + W @ h[t-1]\nh[t] = tanh(a[t])\ns[t] = V @ h[t]\nloss sum(t, mse(s[t], y[t]))\n"

#define LETS                                                                                                           \
    "let ds[t] = 2 * (s[t] - y[t]) / k\nlet da[t] = dh[t] * (1 - h[t]^2)\n"                                            \
    "claim grad(s[t]) = ds[t]\nclaim grad(a[t]) = da[t]\nclaim grad(h[t]) = dh[t]\n"

#define WITH(line) RNN LETS "let dh[t] = " line "\n"
#define RIGHT "let dh[t] = V' @ ds[t] + W' @ da[t+1]"

START_TEST(nothing_is_wrong_with_a_right_line)
{
    patient p;
    look(&p, WITH("W' @ da[t+1] + V' @ ds[t]"), "dh");
    ck_assert(p.found.right && !p.found.count);
    end(&p);
}
END_TEST

START_TEST(a_term_is_missing)
{
    assert_found(WITH("V' @ ds[t]"), "dh", "the path h[t] -> a[t+1] is missing\n", RIGHT);
    assert_found(WITH("W' @ da[t+1]"), "dh", "the path h[t] -> s[t] is missing\n",
                 "let dh[t] = W' @ da[t+1] + V' @ ds[t]");
}
END_TEST

/* What is new in a line is written as the line writes it, else as the file does. */
/* It comes in place of a 0. */
START_TEST(a_zero_is_no_term)
{
    assert_found(WITH("V' @ ds[t] + 0"), "dh", "the path h[t] -> a[t+1] is missing\n", RIGHT);
}
END_TEST

START_TEST(signs_are_those_of_the_file)
{
    const char *unicode = "let ds[t] = 2 ∘ (s[t] - y[t]) / k # it's so\nlet da[t] = dh[t] ∘ (1 - h[t]²)\n"
                          "claim grad(s[t]) = ds[t]\nclaim grad(a[t]) = da[t]\nclaim grad(h[t]) = dh[t]\n"
                          "claim grad(V) = sum(t, ds[t] @ h[t]ᵀ)\n";
    char text[2000];
    snprintf(text, sizeof text, "%s%s%s", RNN, unicode, "let dh[t] = Vᵀ @ ds[t]\n");
    assert_found(text, "dh", "the path h[t] -> a[t+1] is missing\n", "let dh[t] = Vᵀ @ ds[t] + Wᵀ @ da[t+1]");
    snprintf(text, sizeof text, "%s%s%s", RNN, unicode, "let dh[t] = Vᵀ @ ds[t] + Wᵀ @ (dh[t+1] ∘ h[t+1])\n");
    assert_found(text, "dh", "the path h[t] -> a[t+1]: h[t+1] stands where 1 - h[t+1]² belongs\n",
                 "let dh[t] = Vᵀ @ ds[t] + Wᵀ @ (dh[t+1] ∘ (1 - h[t+1]²))");
    snprintf(text, sizeof text, "%s%s%s", RNN, unicode, "let dh[t] = V' @ ds[t]\n");
    assert_found(text, "dh", "the path h[t] -> a[t+1] is missing\n", "let dh[t] = V' @ ds[t] + W' @ da[t+1]");
}
END_TEST

START_TEST(a_term_is_too_much)
{
    assert_found(WITH("V' @ ds[t] + W' @ da[t+1] + W' @ da[t+1]"), "dh", "the path h[t] -> a[t+1] is counted twice\n",
                 RIGHT);
    assert_found(WITH("V' @ ds[t] + W' @ da[t+1] + h[t]"), "dh", "the term h[t] is too much\n", RIGHT);
    assert_found(WITH("V' @ ds[t] + W' @ da[t+1] * (1 - h[t]^2)"), "dh",
                 "the path h[t] -> a[t+1]: a factor 1 - h[t]^2 is too much\n", RIGHT);
}
END_TEST

START_TEST(a_path_counts_otherwise)
{
    assert_found(WITH("V' @ ds[t] + 2 * W' @ da[t+1]"), "dh", "the path h[t] -> a[t+1] is counted twice\n", RIGHT);
    assert_found(WITH("V' @ ds[t] - W' @ da[t+1]"), "dh", "the sign of the path h[t] -> a[t+1] is wrong\n", RIGHT);
    assert_found(WITH("V' @ ds[t] + W' @ da[t+1] / T"), "dh", "the path h[t] -> a[t+1]: a factor 1/T is too much\n",
                 RIGHT);
}
END_TEST

START_TEST(a_factor_has_a_name)
{
    assert_found(RNN "claim grad(s[t]) = s[t] - y[t]\n", NULL, "a factor 2/k is missing\n",
                 "claim grad(s[t]) = 2 * (s[t] - y[t]) / k");
    assert_found(RNN LETS RIGHT "\nclaim grad(W) = sum(t, da[t] @ h[t-1]') / sqrt(m)\n", NULL,
                 "a factor 1/sqrt(m) is too much\n", "claim grad(W) = sum(t, da[t] @ h[t-1]')");
    assert_found("steps T = 5\ninput x[t] : 1 x 1\nparam v : 1 x 1\ns[t] = v * x[t]\n"
                 "loss 1/T * sum(t, s[t]^2)\nclaim grad(s[t]) = 1/T * s[t]\n",
                 NULL, "a factor 2 is missing\n", "claim grad(s[t]) = 2 * s[t] / T");
    assert_found(RNN LETS RIGHT "\nclaim grad(W) = 17 * sum(t, da[t] @ h[t-1]')\n", NULL, "a factor 17 is too much\n",
                 "claim grad(W) = sum(t, da[t] @ h[t-1]')");
}
END_TEST

START_TEST(a_summand_is_wrong_in_one_place)
{
    assert_found(WITH("V' @ ds[t] + W' @ da[t]"), "dh", "the path h[t] -> a[t+1]: da[t] stands where da[t+1] belongs\n",
                 RIGHT);
    assert_found(WITH("V' @ ds[t] + W @ da[t+1]"), "dh", "the path h[t] -> a[t+1]: W stands where W' belongs\n", RIGHT);
}
END_TEST

/* Numbers are fitted, and left as they are. */
START_TEST(numbers_alone_are_told_but_not_edited)
{
    const char *model = "size m = 2\ngiven G : m x 1 = %s\nparam a : m x 1 = [1; 2]\nb = exp(a) \nc = a^2\n"
                        "loss sum(b) + sum(c)\nclaim grad(a) = G\n";
    const char *lines[][2] = {{"[exp(1); exp(2)]", "the path a -> c is missing\n"},
                              {"[exp(1) + 4; exp(2) + 8]", "the path a -> c is counted twice\n"},
                              {"[exp(1) - 2; exp(2) - 4]", "the sign of the path a -> c is wrong\n"},
                              {"[exp(1) + 1; exp(2) + 2]", "the path a -> c: a factor 2 is missing\n"}};
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        char text[400];
        snprintf(text, sizeof text, model, lines[k][0]);
        assert_found(text, NULL, lines[k][1], NULL);
    }
}
END_TEST

START_TEST(several_slips_are_mended_together)
{
    assert_found(WITH("V' @ ds[t+1] + W' @ da[t]"), "dh",
                 "the path h[t] -> s[t]: ds[t+1] stands where ds[t] belongs\n"
                 "the path h[t] -> a[t+1]: da[t] stands where da[t+1] belongs\n",
                 RIGHT);
    assert_found(WITH("W @ da[t+1]"), "dh",
                 "the path h[t] -> a[t+1]: W stands where W' belongs\nthe path h[t] -> s[t] is missing\n",
                 "let dh[t] = W' @ da[t+1] + V' @ ds[t]");
}
END_TEST

/* A summand that no rewrite brings to its term is replaced by the term, with the line's own lets. */
START_TEST(a_line_is_never_left_silent)
{
    assert_found(WITH("exp(x[t])' @ exp(x[t]) * h[t] + W' @ da[t+1]"), "dh",
                 "the path h[t] -> s[t]: exp(x[t])' @ exp(x[t]) * h[t] stands where V' @ ds[t] belongs\n", RIGHT);
}
END_TEST

/* dq[t] needs dh[t] at the same step: it is not proposed for dh. */
START_TEST(no_let_that_needs_the_line_itself)
{
    patient p;
    look(&p,
         "steps T = 3\nsize m = 3\nparam W : m x m\nstart h[0] : m x 1 ~ normal(0, 1)\nh[t] = tanh(W @ h[t-1])\n"
         "q[t] = h[t]^2\nloss sum(t, sum(q[t]))\nlet dh[t] = 2 * h[t-1] + W' @ (dh[t+1] * (1 - h[t+1]^2))\n"
         "let dq[t] = dh[t] - dh[t] + 1\nclaim grad(h[t]) = dh[t]\nclaim grad(q[t]) = dq[t]\n",
         "dh");
    for (size_t k = 0; k < p.found.count; k++) {
        gf_text w = {0};
        write_edit(&p, &w, k);
        ck_assert_msg(!strstr(gf_text_string(&w), "dq"), "%s", gf_text_string(&w));
        gf_text_free(&w);
    }
    ck_assert(p.found.count);
    end(&p);
}
END_TEST

/* What comes in at the last step alone is a line of its own. */
START_TEST(a_path_at_one_step_is_a_line_of_its_own)
{
    patient p;
    gf_text w = {0};
    look(&p,
         "steps T = 4\nsize m = 3\nparam W, Q : m x m\nstart h[0] : m x 1 ~ normal(0, 1)\nh[t] = tanh(W @ h[t-1])\n"
         "q = Q @ h[T]\nloss sum(t, sum(h[t])) + sum(q^2)\n"
         "let dh[t] = ones(m, 1) + W' @ (dh[t+1] * (1 - h[t+1]^2))\nclaim grad(h[t]) = dh[t]\n",
         "dh");
    ck_assert_str_eq(p.found.says, "the path h[T] -> q is missing\n");
    ck_assert(p.found.add);
    gf_statement_print(&w, &p.m->file.names, p.found.add);
    ck_assert_str_eq(gf_text_string(&w), "let dh[T] = ones(m, 1) + 2 * Q' @ q");
    gf_text_free(&w);
    end(&p);
}
END_TEST

START_TEST(a_path_at_one_step_is_no_term_of_all)
{
    assert_found("steps T = 4\nsize m = 3\nparam W, Q : m x m\nstart h[0] : m x 1 ~ normal(0, 1)\n"
                 "h[t] = tanh(W @ h[t-1])\nq = Q @ h[T]\nloss sum(q^2)\n"
                 "claim grad(h[t]) = W' @ (grad(h[t+1]) * (1 - h[t+1]^2)) + 2 * Q' @ q\n",
                 NULL, "the path h[T] -> q counts at that step only, and the line has it at every one\n", NULL);
}
END_TEST

/* h[t] is used twice in the same way: the line has but one of the two. */
START_TEST(terms_that_coincide)
{
    patient p;
    look(&p,
         "steps T = 3\nsize m = 3\nparam W : m x m\nstart h[0] : m x 1 ~ normal(0, 1)\nh[t] = tanh(W @ h[t-1])\n"
         "p[t] = 2 * h[t]\nq[t] = 2 * h[t]\nloss sum(t, sum(p[t] + q[t]))\n"
         "let dh[t] = 2 * ones(m, 1) + W' @ (dh[t+1] * (1 - h[t+1]^2))\nclaim grad(h[t]) = dh[t]\n",
         "dh");
    ck_assert(strstr(p.found.says, "is missing"));
    ck_assert(p.found.count);
    end(&p);
}
END_TEST

START_TEST(sides_that_do_not_fit)
{
    assert_found(RNN LETS RIGHT "\nclaim grad(h[t]) = V @ ds[t] + W' @ da[t+1]\n", NULL,
                 "the path h[t] -> s[t]: V stands where V' belongs\n", "claim grad(h[t]) = V' @ ds[t] + W' @ da[t+1]");
}
END_TEST

START_TEST(of_jacobians)
{
    assert_found(RNN "claim jacobian(h[t], h[t-1]) = W @ diag(1 - h[t]^2)\n", NULL,
                 "the path h[t-1] -> a[t] -> h[t]: W @ diag(1 - h[t]^2) stands where diag(1 - h[t]^2) @ W belongs\n",
                 "claim jacobian(h[t], h[t-1]) = diag(1 - h[t]^2) @ W");
    assert_found(RNN "claim jacobian(h[T], h[j]) = prod(s, T downto j+1, diag(1 - h[s-1]^2) @ W) for j = 1..T-1\n",
                 NULL, "the path h[s-1] -> a[s] -> h[s]: h[s-1] stands where h[s] belongs\n",
                 "claim jacobian(h[T], h[j]) = prod(s, T downto j+1, diag(1 - h[s]^2) @ W) for j = 1..T-1");
    assert_found(RNN "claim jacobian(h[T], h[j]) = prod(s, j+1..T, diag(1 - h[s]^2) @ W) for j = 1..T-1\n", NULL,
                 "the product is the other way round\n",
                 "claim jacobian(h[T], h[j]) = prod(s, T downto j+1, diag(1 - h[s]^2) @ W) for j = 1..T-1");
    assert_found(RNN "claim jacobian(h[T], h[j]) = W for j = 1..T-2\n", NULL, "",
                 "claim jacobian(h[T], h[j]) = prod(l, T downto j+1, diag(1 - h[l]^2) @ W) for j = 1..T-2");
}
END_TEST

START_TEST(parameters_and_starts)
{
    assert_found(RNN LETS RIGHT "\nclaim grad(W) = da[1] @ h[0]'\n", NULL,
                 "the path W -> a[t]: da[1] @ h[0]' stands where sum(t, da[t] @ h[t-1]') belongs\n",
                 "claim grad(W) = sum(t, da[t] @ h[t-1]')");
    assert_found(RNN LETS RIGHT "\nclaim grad(W[t]) = da[t] @ h[t]'\n", NULL,
                 "the path W -> a[t]: h[t] stands where h[t-1] belongs\n", "claim grad(W[t]) = da[t] @ h[t-1]'");
    assert_found(RNN LETS RIGHT "\nclaim grad(h[0]) = W @ da[1]\n", NULL,
                 "the path h[0] -> a[1]: W stands where W' belongs\n", "claim grad(h[0]) = W' @ da[1]");
    assert_found(RNN LETS RIGHT "\nclaim grad(h[T]) = V' @ ds[T-1]\n", NULL,
                 "the path h[T] -> s[T]: ds[T-1] stands where ds[T] belongs\n", "claim grad(h[T]) = V' @ ds[T]");
}
END_TEST

/* A let that is the diagonal of a Jacobian. */
START_TEST(diagonals)
{
    const char *model = "steps T = 4\nsize m = 3\nparam W : m x m\nstart h[0] : m x 1 ~ normal(0, 1)\n"
                        "start c[0] : m x 1 ~ normal(0, 1)\nf[t] = sigmoid(W @ h[t-1])\n"
                        "c[t] = f[t] * c[t-1] + h[t-1]\nh[t] = tanh(c[t])\nloss sum(t, sum(h[t]))\n"
                        "let r[t] = %s\nlet q[t] = %s\nclaim jacobian(c[t], c[t-1] | h) = diag(r[t])\n"
                        "claim jacobian(h[t], c[t]) = diag(q[t])\n";
    char text[600];
    snprintf(text, sizeof text, model, "f[t-1]", "1 - c[t]^2");
    assert_found(text, "r", "the path c[t-1] -> c[t]: f[t-1] stands where f[t] belongs\n", "let r[t] = f[t]");
    assert_found(text, "q", "the path c[t] -> h[t]: c[t] stands where h[t] belongs\n", "let q[t] = 1 - h[t]^2");
}
END_TEST

/* Terms are written with the lets that come to their parts, whatever these are called. */
START_TEST(terms_in_the_words_of_the_file)
{
    assert_found(RNN "let e1[t] = 2 * (s[t] - y[t]) / k\nlet e2[t] = grad(h[t]) * (1 - h[t]^2)\n"
                     "claim grad(W) = e2[1] @ h[0]'\n",
                 NULL, "the path W -> a[t]: e2[1] @ h[0]' stands where sum(t, e2[t] @ h[t-1]') belongs\n",
                 "claim grad(W) = sum(t, e2[t] @ h[t-1]')");
}
END_TEST

/* exp(log(…)) hides two of three terms; the fit tells which one is missing. */
START_TEST(what_is_missing_beside_what_cannot_be_split)
{
    assert_found("size m = 3\nparam a : m x 1 = [1; 2; 3]\nb = exp(a)\nc = a^2\nd = sqrt(a)\n"
                 "loss sum(b) + sum(c) + sum(d)\nclaim grad(a) = exp(log(exp(a) + 2 * a))\n",
                 NULL, "the path a -> d is missing\n",
                 "claim grad(a) = exp(log(exp(a) + 2 * a)) + ones(m, 1) / (2 * d)");
}
END_TEST

/* A cut that the command line asks for is one like the file's. */
START_TEST(a_cut_from_outside_is_another_model)
{
    gf_model *m;
    gf_report *report;
    char *out;
    ck_assert_int_eq(gf_model_parse(&m,
                                    "steps T = 4\nparam a : 1 x 1 = 0.5\nstart h[0] : 1 x 1\nh[t] = a * h[t-1] + a\n"
                                    "loss sum(t, h[t])\nclaim grad(h[t]) = 1 + a * grad(h[t+1])\n"
                                    "claim grad(a) = sum(t, grad(h[t]) * (h[t-1] + 1))\n",
                                    "test.gf"),
                     GF_OK);
    ck_assert_int_eq(gf_model_set(m, "truncate", 2), GF_OK);
    ck_assert_int_eq(gf_model_claims(&report, m, NULL), GF_OK);
    ck_assert_int_eq(gf_reports_write(&out, (const gf_report *const[]){report}, 1, GF_REPORT_TEXT, 0), GF_OK);
    ck_assert_msg(strstr(out, "this would hold without `truncate`\n") != NULL, "%s", out);
    free(out);
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

/* What check says of a derivation; of one whose model differs, in its reset gate's place, from the file's. */
static void assert_checked(const char *text, const char *says)
{
    gf_model *m;
    gf_report *report;
    char *out;
    ck_assert_int_eq(gf_model_parse(&m, text, "test.gf"), GF_OK);
    ck_assert_int_eq(
        gf_model_claims(&report, m, &(gf_claims_options){.size = sizeof(gf_claims_options), .repair = true}), GF_OK);
    ck_assert_int_eq(gf_reports_write(&out, (const gf_report *const[]){report}, 1, GF_REPORT_TEXT, 0), GF_OK);
    ck_assert_msg(strstr(out, says) != NULL, "%s", out);
    free(out);
    gf_report_free(report);
    gf_model_free(m);
}

static void assert_other_gate(const char *shape, const char *equation, const char *lets, const char *says)
{
    char text[2048];
    snprintf(text, sizeof text,
             "steps T = 3\nsize m = 3\ninput x[t] : %s\nparam R, W : m x m\nstart h[0] : %s ~ uniform(-1, 1)\n%s"
             "loss sum(t, sum(h[t]^2))\nlet da[t] = dh[t] * (1 - h[t]^2)\n%sclaim grad(h[t]) = dh[t]\n"
             "claim grad(r[t]) = dr[t]\n",
             shape, shape, equation, lets);
    assert_checked(text, says);
}

/* Before the product or behind it; vectors are rows or columns; the gate is either factor. */
START_TEST(a_reset_gate_elsewhere_is_another_model)
{
    static const char before[] =
        "let dh[t] = 2 * h[t] + (da[t+1] @ W') * r[t+1] + (dr[t+1] * r[t+1] * (1 - r[t+1])) @ R'\n"
        "let dr[t] = (da[t] @ W') * h[t-1]\n";
    static const char behind[] =
        "let dh[t] = 2 * h[t] + (da[t+1] * r[t+1]) @ W' + (dr[t+1] * r[t+1] * (1 - r[t+1])) @ R'\n"
        "let dr[t] = da[t] * (h[t-1] @ W)\n";
    static const char column[] =
        "let dh[t] = 2 * h[t] + (W' @ da[t+1]) * r[t+1] + R' @ (dr[t+1] * r[t+1] * (1 - r[t+1]))\n"
        "let dr[t] = (W' @ da[t]) * h[t-1]\n";
    assert_other_gate("1 x m", "r[t] = sigmoid(h[t-1] @ R)\nh[t] = tanh(x[t] + r[t] * (h[t-1] @ W))\n", before,
                      "would hold if line 7 read h[t] = tanh(x[t] + r[t] * h[t-1] @ W)\n");
    assert_other_gate("1 x m", "r[t] = sigmoid(h[t-1] @ R)\nh[t] = tanh(x[t] + (h[t-1] @ W) * r[t])\n", before,
                      "would hold if line 7 read h[t] = tanh(x[t] + h[t-1] * r[t] @ W)\n");
    assert_other_gate("1 x m", "r[t] = sigmoid(h[t-1] @ R)\nh[t] = tanh(x[t] + (r[t] * h[t-1]) @ W)\n", behind,
                      "would hold if line 7 read h[t] = tanh(x[t] + r[t] * (h[t-1] @ W))\n");
    assert_other_gate("m x 1", "r[t] = sigmoid(R @ h[t-1])\nh[t] = tanh(x[t] + r[t] * (W @ h[t-1]))\n", column,
                      "would hold if line 7 read h[t] = tanh(x[t] + W @ (r[t] * h[t-1]))\n");
}
END_TEST

/* tanh in the derivation where the model has relu: two lines are wrong, and neither by a slip. */
START_TEST(another_function_is_another_model)
{
    assert_other_gate("m x 1", "r[t] = sigmoid(R @ h[t-1])\nq[t] = x[t] + W @ h[t-1]\nh[t] = r[t] * relu(q[t])\n",
                      "let dh[t] = 2 * h[t] + W' @ dq[t+1] + R' @ (dr[t+1] * r[t+1] * (1 - r[t+1]))\n"
                      "let dr[t] = dh[t] * tanh(q[t])\nlet dq[t] = dh[t] * r[t] * (1 - tanh(q[t])^2)\n",
                      "would hold if line 8 read h[t] = r[t] * tanh(q[t])\n");
}
END_TEST

#define STEPS(loss, let)                                                                                               \
    "steps T = 4\nsize k = 3, m = 2\ninput x[t] : m x 1\nparam V : k x m\ngiven y[t] : k x 1 ~ onehot\n"               \
    "z[t] = V @ x[t]\nL[t] = cross_entropy(z[t], y[t])\nloss " loss "\nlet dz[t] = " let                               \
    "\nclaim grad(z[t]) = dz[t]\nclaim grad(V) = sum(t, dz[t] @ x[t]')\n"

/* Which is meant, the loss or the lines, nobody knows. What stands where something else belongs is all that does. */
START_TEST(a_loss_of_some_steps)
{
    assert_checked(STEPS("L[T-1] + L[T]", "softmax(z[t]) - y[t]"),
                   "all that fails here would hold with the loss sum(t, L[t])\n"
                   "        did you mean  grad(L[t]) * (softmax(z[t]) - y[t])\n");
    assert_checked(STEPS("L[1]", "softmax(z[t]) - y[t]"), "all that fails here would hold with the loss sum(t, L[t])\n"
                                                          "        did you mean  zeros(k, 1)\n");
    assert_checked(STEPS("L[1]", "softmax(z[t]) - y[t]"), "\n           let dz[1] = softmax(z[1]) - y[1]\n");
    assert_checked(
        STEPS("L[T-1] + 2 * L[T]", "softmax(z[t]) + y[t]"),
        "        the path z[t] -> L[t]: softmax(z[t]) + y[t] stands where grad(L[t]) * (softmax(z[t]) - y[t]) "
        "belongs\n");
    assert_checked(STEPS("norm(z[T])", "softmax(z[t]) - y[t]"),
                   "        the path z[T] -> loss: softmax(z[t]) - y[t] stands where unit(z[T]) belongs\n");
}
END_TEST

#define MASKED(let)                                                                                                    \
    "steps T = 4\nsize m = 3\ngiven mask[t] : m x 1 = ([3; 2; 1] >= t)\nparam w, x : m x 1\n"                          \
    "start h[0] : m x 1 ~ uniform(-1, 1)\nh[t] = mask[t] * tanh(w * h[t-1] + x) + (1 - mask[t]) * h[t-1]\n"            \
    "loss sum(h[T])\nlet dh[t] = " let "\nlet dh[T] = ones(m, 1)\nclaim grad(h[t]) = dh[t]\n"

/* 1 - mask^2 is 1 - mask, of what is 0 or 1; a minus in front is dropped, not turned within. */
START_TEST(nothing_that_is_the_same_in_other_words)
{
    assert_checked(MASKED("dh[t+1] * mask[t+1] * (1 - tanh(w * h[t] + x)^2) * w + mask[t+1] * dh[t+1]"),
                   "did you mean  (1 - mask[t+1]) * dh[t+1]\n");
    assert_checked("steps T = 3\nsize m = 3\ninput x[t] : m x 1\nparam U : m x m\nstart h[0] : m x 1 ~ uniform(-1, 1)\n"
                   "h[t] = tanh(U @ h[t-1] + x[t])\nloss sum(h[T])\n"
                   "claim jacobian(h[t], h[t-1]) = -diag(1 - h[t]^2) @ U\n",
                   "did you mean  diag(1 - h[t]^2) @ U\n");
}
END_TEST

/* Of what diag is taken, all is a step late, and by[t] is not. */
START_TEST(a_factor_of_another_step)
{
    assert_checked("steps T = 4\nsize m = 3\ninput x[t] : m x 1\nparam U, W : m x m\nstart h[0] : m x 1\n"
                   "o[t] = sigmoid(W @ x[t])\nf[t] = sigmoid(W @ h[t-1])\ng[t] = tanh(U @ h[t-1] + x[t])\n"
                   "c[t] = f[t] * g[t]\nh[t] = o[t] * tanh(c[t])\nloss sum(h[T])\n"
                   "let by[t] = diag(g[t] * f[t] * (1 - f[t])) @ W + diag(f[t] * (1 - g[t]^2)) @ U\n"
                   "claim jacobian(c[t], h[t-1]) = by[t]\n"
                   "claim jacobian(c[t], c[t-1]) = by[t] @ diag(o[t] * (1 - tanh(c[t])^2)) for t = 2..T\n",
                   "did you mean  by[t] @ diag(o[t-1] * (1 - tanh(c[t-1])^2))\n");
}
END_TEST

/* An edit says where, and what was meant: the message has one line then, and proposes nothing else. */
START_TEST(names_that_there_are_not)
{
    assert_checked("steps T = 3\nsize n = 2\ninput x[t] : n x 1\nparam w : n x 1\ni[t] = sigmoid(w * x[t])\n"
                   "loss sum(t, sum(i[t]))\nlet dw = sum(t, i[t] * (1 - n[t]) * x[t])\nclaim grad(w) = dw\n",
                   "error   line 7  let dw  for grad(w)\n"
                   "        test.gf:7:29: error: n is a number, and has no index\n        did you mean  i[t]\n");
    assert_checked("param a : 1 x 1\nparam dzf : 1 x 1\ny = a * dzf\nloss y\nlet df = dzf\nclaim grad(a) = dff\n",
                   "test.gf:6:17: error: dff is not declared\n        did you mean  df");
}
END_TEST

int main(void)
{
    const TTest *tests[] = {nothing_is_wrong_with_a_right_line,
                            a_term_is_missing,
                            a_zero_is_no_term,
                            signs_are_those_of_the_file,
                            a_term_is_too_much,
                            a_path_counts_otherwise,
                            a_factor_has_a_name,
                            a_summand_is_wrong_in_one_place,
                            several_slips_are_mended_together,
                            numbers_alone_are_told_but_not_edited,
                            a_line_is_never_left_silent,
                            no_let_that_needs_the_line_itself,
                            a_path_at_one_step_is_a_line_of_its_own,
                            a_path_at_one_step_is_no_term_of_all,
                            terms_that_coincide,
                            sides_that_do_not_fit,
                            of_jacobians,
                            parameters_and_starts,
                            diagonals,
                            terms_in_the_words_of_the_file,
                            what_is_missing_beside_what_cannot_be_split,
                            a_cut_from_outside_is_another_model,
                            a_reset_gate_elsewhere_is_another_model,
                            another_function_is_another_model,
                            a_loss_of_some_steps,
                            nothing_that_is_the_same_in_other_words,
                            a_factor_of_another_step,
                            names_that_there_are_not};
    return RUN_TESTS("mend", tests);
}
