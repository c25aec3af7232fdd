/* Models: unrolling over time, values and gradients, initial values, settings and limits. */
#include "equations.h"

#include <unistd.h>

#include "model/evaluate.h"

/* --- claims without ranges, by plain evaluation -------------------------------------------------------- */

static gf_term constant_of(gf_evaluation *e, const gf_matrix *value)
{
    return value ? gf_term_matrix(gf_constant(e->graph, NULL, value), value->rows, value->cols, true) : gf_term_bad;
}

static gf_term read_value(gf_evaluation *e, const gf_tree *tree, gf_symbol *symbol, bool known, long t)
{
    (void)tree;
    gf_instance *instance = known ? gf_symbol_instance(e->m, symbol, t) : NULL;
    return instance && instance->node ? constant_of(e, gf_value(instance->node)) : gf_term_bad;
}

/* grad(NAME[index]). */
static gf_term gradient(gf_evaluation *e, const gf_tree *tree, const gf_function *function)
{
    long t = 0;
    const gf_tree *name = tree->kids[0];
    if (function->special != SPECIAL_GRAD || tree->count > 1)
        return gf_term_bad;
    if (name->kind == TREE_AT && gf_integer(e->m, NULL, name->kids[0], e->bindings, &t) != INTEGER_KNOWN)
        return gf_term_bad;
    return constant_of(e, gf_model_gradient(e->m, gf_model_text(e->m, name->name), (int)t));
}

/* What an expression comes to at step t, in `graph`; of an open shape, rows x cols. NULL where it has none. */
static const gf_matrix *value_in(gf_graph *graph, gf_model *m, const gf_tree *tree, long t, int rows, int cols)
{
    gf_binding step = {.name = m->t, .known = true, .value = t};
    gf_evaluation e = {.m = m, .graph = graph, .bindings = &step, .read = read_value, .call = gradient};
    bool zero = tree->kind == TREE_NUMBER && tree->number == 0; /* of any shape */
    gf_term term = zero ? gf_term_zero(0, 0) : gf_evaluate(&e, tree);
    gf_node *node = term.kind == TERM_BAD ? NULL : gf_term_node(&e, tree, term, rows, cols);
    return node ? gf_value(node) : NULL;
}

static bool every_claim; /* all those of one equality must be seen */

/* Does a claim of one equality and no ranges hold at step t? Others, and those of other gradients, count as not seen.
 */
static int claim_holds(gf_model *m, const gf_statement *s, long t)
{
    if (s->range_count || s->side_count != 2 || s->relations[0] != RELATION_EQUAL || s->problems.count)
        return 0;
    gf_graph *graph = gf_graph_new();
    const gf_matrix *a = value_in(graph, m, s->sides[0], t, 0, 0);
    const gf_matrix *b = a ? value_in(graph, m, s->sides[1], t, a->rows, a->cols) : NULL;
    int seen = a && b && a->rows == b->rows && a->cols == b->cols;
    ck_assert_msg(seen || !every_claim, "%s:%d at t = %ld: no value", m->file.source.name,
                  gf_statement_line(&m->file.source, s), t);
    if (seen) {
        gf_comparison c;
        gf_compare_within(&c, a, b, 1e-10);
        ck_assert_msg(c.match, "%s:%d at t = %ld: %s", m->file.source.name, gf_statement_line(&m->file.source, s), t,
                      c.text);
    }
    gf_graph_free(graph);
    return seen;
}

static int claims_seen;

static void claims_hold(const char *path)
{
    gf_model *m;
    gf_model_read(&m, path);
    ck_assert_msg(gf_model_unroll(m) == GF_OK, "%s", gf_model_message(m));
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        for (long t = 1; s->kind == STATEMENT_CLAIM && t <= m->steps; t++)
            claims_seen += claim_holds(m, s, t);
    gf_model_free(m);
}

START_TEST(every_form_has_its_value)
{
    claims_seen = 0;
    every_claim = true;
    each_file("right/", 4, claims_hold);
    ck_assert_int_ge(claims_seen, 200);
}
END_TEST

START_TEST(reference_models_have_their_gradients)
{
    static const char *const files[] = {"gru-batch.gf",
                                        "gru-bidirectional-two-layers.gf",
                                        "lstm-batch-two-layers.gf",
                                        "lstm-bidirectional.gf",
                                        "lstm.gf",
                                        "rnn-relu-batch.gf",
                                        "rnn-tanh.gf"};
    claims_seen = 0;
    every_claim = false;
    for (size_t k = 0; k < sizeof files / sizeof *files; k++)
        claims_hold(equations_path("", files[k]));
    ck_assert_int_ge(claims_seen, 150);
}
END_TEST

/* --- unrolling ------------------------------------------------------------------------------------------------- */

static const char RNN[] = "steps T = 4\n"
                          "size n = 2, m = 3\n"
                          "input x[t] : n x 1\n"
                          "param U : m x m\n"
                          "param W : m x n\n"
                          "start h[0] : m x 1\n"
                          "h[t] = tanh(U @ h[t-1] + W @ x[t])\n"
                          "loss sum(h[T]) + sum(t, norm(h[t]))\n";

START_TEST(nodes_have_names_and_steps)
{
    gf_model *m = model_of(RNN);
    for (int t = 1; t <= 4; t++) {
        gf_node *h = gf_model_node(m, "h", t), *x = gf_model_node(m, "x", t);
        ck_assert_str_eq(gf_node_name(h), "h");
        ck_assert_int_eq(gf_node_step(h), t);
        ck_assert_ptr_eq(gf_graph_find(gf_model_graph(m), "h", t), h);
        ck_assert(gf_node_is_input(x));
        ck_assert_int_eq(gf_node_step(x), t);
        ck_assert_int_eq(gf_node_step(gf_node_operand(gf_node_operand(h, 0), 0)), t);
    }
    ck_assert_str_eq(gf_node_name(gf_model_node(m, "h", 0)), "h[0]");
    ck_assert_int_eq(gf_node_step(gf_model_node(m, "h", 0)), 0);
    ck_assert(gf_node_is_param(gf_model_node(m, "U", 99)));
    ck_assert_str_eq(gf_node_name(gf_model_loss(m)), "loss");
    ck_assert_ptr_null(gf_model_node(m, "h", 5));
    ck_assert_ptr_null(gf_model_node(m, "h", -1));
    ck_assert_ptr_null(gf_model_node(m, "T", 1));
    ck_assert_ptr_null(gf_model_node(m, "nowhere", 1));
    gf_model_free(m);
}
END_TEST

START_TEST(gradients_agree_with_differences)
{
    gf_model *m = model_of(RNN);
    gf_check check;
    ck_assert_int_eq(gf_gradient_check(&check, gf_model_loss(m), NULL, 1e-6), GF_OK);
    ck_assert_msg(check.worst.match, "%s", check.worst.text);
    ck_assert_int_eq(gf_gradient_check(&check, gf_model_loss(m), gf_model_node(m, "h", 0), 1e-6), GF_OK);
    ck_assert_msg(check.worst.match, "%s", check.worst.text);
    gf_model_free(m);
}
END_TEST

/* A name for another name, for a constant or for what passes no gradient has a node of its own, and a gradient. */
START_TEST(every_name_has_a_node_of_its_own)
{
    gf_model *m = model_of("steps T = 2\nparam w : 1 x 1 = 3\nalias = w\nalso = alias\ntwo = 2\nmade = 2 * ones(1, 1)\n"
                           "stopped[t] = stop(w)\nloss alias * also * two * made * stopped[1] * w\n");
    const char *names[] = {"w", "alias", "also", "two", "made", "stopped", NULL};
    for (int k = 0; names[k]; k++) {
        ck_assert_str_eq(gf_node_name(gf_model_node(m, names[k], 1)), names[k]);
        double value = gf_scalar(gf_model_value(m, names[k], 1)), loss = gf_scalar(gf_value(gf_model_loss(m)));
        double wanted = strcmp(names[k], "w") ? loss / value : 3 * loss / value;
        wanted = strcmp(names[k], "alias") ? wanted : 2 * loss / value;
        assert_near(gf_scalar(gf_model_gradient(m, names[k], 1)), wanted, 1e-12);
    }
    gf_model_free(m);
}
END_TEST

START_TEST(a_loss_may_depend_on_nothing)
{
    gf_model *m = model_of("param W : 1 x 2\na = W\nloss sum(stop(a))\n");
    assert_matrix(gf_model_gradient(m, "W", 0), 1, 2, 0, 0);
    assert_matrix(gf_model_gradient(m, "a", 0), 1, 2, 0, 0);
    gf_model_free(m);
    m = model_of("param W : 1 x 2\nloss 3\n");
    assert_matrix(gf_model_gradient(m, "W", 0), 1, 2, 0, 0);
    assert_near(gf_scalar(gf_value(gf_model_loss(m))), 3, 0);
    gf_model_free(m);
}
END_TEST

START_TEST(a_start_may_be_computed)
{
    gf_model *m = model_of("steps T = 3\nparam w : 1 x 1 = 2\nh[t] = w * h[t-1]\nstart h[0] : 1 x 1 = 1\n"
                           "start s[0] = h[T] * w\ns[t] = s[t-1] + 1\nloss s[T]\n");
    assert_near(gf_scalar(gf_model_value(m, "s", 0)), 16, 0);
    ck_assert_str_eq(gf_node_name(gf_model_node(m, "s", 0)), "s[0]");
    assert_near(gf_scalar(gf_model_value(m, "s", 3)), 19, 0);
    assert_near(gf_scalar(gf_model_gradient(m, "w", 0)), 4 * 8, 1e-12);
    assert_near(gf_scalar(gf_model_gradient(m, "h", 0)), 16, 1e-12);
    gf_model_free(m);
}
END_TEST

/* h[t] = w h[t-1], L = h[6], cut between 2 and 3, and between 4 and 5: what is left is the use of w at 5 and 6. */
START_TEST(truncation_cuts_between_blocks)
{
    const char *text =
        "steps T = 6\nparam w : 1 x 1 = 2\nstart h[0] : 1 x 1 = 1\nh[t] = w * h[t-1]\n"
        "start g[T+1] : 1 x 1 = 1\ng[t] = w * g[t+1]\nb[t] = h[t-1]\nloss h[T] + g[1] * 1000 + b[3]\ntruncate 2\n";
    gf_model *m = model_of(text);
    assert_near(gf_scalar(gf_model_value(m, "h", 6)), 64, 0);
    assert_near(gf_scalar(gf_model_gradient(m, "w", 0)), 2 * 32 + 1000 * 2 * 32, 1e-12);
    assert_near(gf_scalar(gf_model_gradient(m, "h", 5)), 2, 1e-12);
    assert_near(gf_scalar(gf_model_gradient(m, "h", 4)), 0, 0);
    assert_near(gf_scalar(gf_model_gradient(m, "g", 2)), 2000, 1e-12);
    assert_near(gf_scalar(gf_model_gradient(m, "g", 3)), 0, 0);
    assert_near(gf_scalar(gf_model_gradient(m, "b", 3)), 1, 1e-12);
    ck_assert_int_eq(gf_model_set(m, "truncate", 0), GF_OK);
    assert_near(gf_scalar(gf_model_gradient(m, "w", 0)), 6 * 32 + 1000 * 6 * 32 + 2 * 2, 1e-12);
    ck_assert_int_eq(gf_model_set(m, "truncate", 6), GF_OK);
    assert_near(gf_scalar(gf_model_gradient(m, "h", 0)), 64 + 4, 1e-12);
    gf_model_free(m);
    /* What lies before and behind belongs to the first and the last block. */
    m = model_of("steps T = 4\nparam w : 1 x 1 = 2\nstart s[0] = w\ns[t] = s[t-1]\nstart e[T+1] = w\ne[t] = e[t+1]\n"
                 "loss s[1] + 10 * e[T]\ntruncate 1\n");
    for (int block = 1; block <= 4; block++) {
        ck_assert_int_eq(gf_model_set(m, "truncate", block), GF_OK);
        assert_near(gf_scalar(gf_model_gradient(m, "w", 0)), 11, 1e-12);
    }
    gf_model_free(m);
}
END_TEST

START_TEST(uses_group_by_step)
{
    gf_model *m = model_of(RNN);
    gf_backward_options options = {.size = sizeof options, .flags = GF_RECORD_CONTRIBUTIONS, .group = gf_group_by_step};
    gf_node *U = gf_model_node(m, "U", 0);
    ck_assert_int_eq(gf_backward_with(gf_model_loss(m), &options), GF_OK);
    const gf_flow *flow;
    for (int t = 1; t <= 4; t++)
        ck_assert((flow = gf_flow_find(U, t)));
    ck_assert(!(flow = gf_flow_find(U, 0)));
    gf_model_free(m);
}
END_TEST

/* Deep chains of needs, in both directions of time and through many names, are no matter of stack. */
START_TEST(long_chains_are_unrolled)
{
    size_t steps = large(200000, 2000);
    char text[256];
    snprintf(
        text, sizeof text,
        "steps T = %zu\nstart b[T+1] : 1 x 1 = 1\nb[t] = b[t+1] * 1\nf[t] = f[t-1] + 0\nstart f[0] = b[1]\nloss f[T]\n",
        steps);
    gf_model *m = model_of(text);
    assert_near(gf_scalar(gf_model_gradient(m, "b", 5)), 1, 0);
    gf_model_free(m);
    gf_text w = {0};
    for (size_t k = large(20000, 500); k > 0; k--)
        gf_text_print(&w, "a%zu = a%zu\n", k, k - 1);
    gf_text_add(&w, "param a0 : 2 x 3\nloss sum(a1)\n");
    m = model_of(gf_text_string(&w));
    ck_assert_int_eq(gf_node_cols(gf_model_node(m, "a500", 0)), 3);
    gf_model_free(m);
    gf_text_free(&w);
}
END_TEST

START_TEST(shapes_are_found_through_recursion)
{
    gf_model *m = model_of("steps T = 3\nparam U : 2 x 2\nparam r : 1 x 3\nloss sum(a[T]) + sum(e[T])\n"
                           "a[t] = b[t] + r\nb[t] = c[t] + U @ b[t-1]\nstart b[0] = c[1]\nc[t] = U @ [1; t]\n"
                           "e[t] = sum(j, 1..t-1, e2[j])\ne2[t] = e[t] + ones(2, 2)\n"
                           "let da[t] = U' @ db[t+1]\nlet db[t] = da[t] * 2 + [1; 1]\n");
    const gf_model_name *name;
    for (size_t k = 0; (name = gf_model_name_at(m, k)); k++)
        if (!strcmp(name->name, "a"))
            ck_assert_msg(name->rows == 2 && name->cols == 3, "%d x %d", name->rows, name->cols);
        else if (!strcmp(name->name, "da") || !strcmp(name->name, "db"))
            ck_assert_msg(name->rows == 2 && name->cols == 1, "%s: %d x %d", name->name, name->rows, name->cols);
    assert_matrix(gf_model_value(m, "e", 3), 2, 2, 3, 3, 3, 3);
    gf_model_free(m);
}
END_TEST

/* What is found while a name of the same recursion is not known yet is looked at again. */
START_TEST(shapes_are_looked_at_again)
{
    gf_model *m = model_of("steps T = 2\nparam U : 2 x 2\nparam r : 1 x 3\nloss sum(b[T])\n"
                           "b[t] = a[t] @ ones(3, 1)\nstart b[0] = U @ [1; 1]\na[t] = b[t-1] + r\n"
                           "let q[t] = U' @ p[t+1] + [1; 1]\nlet p[t] = q[t] * 2\nlet only[T] = ones(5, 4)\n");
    const gf_model_name *name;
    ck_assert_int_eq(gf_node_rows(gf_model_node(m, "a", 1)), 2);
    for (size_t k = 0; (name = gf_model_name_at(m, k)); k++)
        if (!strcmp(name->name, "p"))
            ck_assert_msg(name->rows == 2 && name->cols == 1, "%d x %d", name->rows, name->cols);
        else if (!strcmp(name->name, "only"))
            ck_assert_msg(name->rows == 5 && name->cols == 4, "%d x %d", name->rows, name->cols);
    gf_model_free(m);
}
END_TEST

START_TEST(shapes_of_lets_are_known_before_their_values)
{
    gf_model *m = model_of(
        "steps T = 2\nparam W : 2 x 3\nstart h[0] : 3 x 1\nh[t] = W' @ W @ h[t-1]\nloss sum(h[T])\n"
        "let a[t] = grad(h[t])\nlet b = jacobian(h[T], W)\nlet c = kron(W, W) * max(W)\n"
        "let d = norm2(W) + min(W)\nlet e = unit(W)\nlet f = sumto(W, 1, 3)\nlet g = jacobian(W @ h[1], h[0] | W)\n"
        "let wrong = W @ W\n");
    const struct {
        const char *name;
        int rows, cols;
    } wanted[] = {{"a", 3, 1}, {"b", 3, 6}, {"c", 4, 9}, {"d", 1, 1},
                  {"e", 2, 3}, {"f", 1, 3}, {"g", 2, 3}, {"wrong", 0, 0}};
    const gf_model_name *name;
    for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++) {
        ck_assert((name = gf_model_name_at(m, k + 2)));
        ck_assert_str_eq(name->name, wanted[k].name);
        ck_assert_msg(name->rows == wanted[k].rows && name->cols == wanted[k].cols, "%s: %d x %d", name->name,
                      name->rows, name->cols);
    }
    gf_model_free(m);
}
END_TEST

/* What is needed is built just before, in the order in which it is named. */
START_TEST(nodes_stand_in_the_order_of_need)
{
    gf_model *m =
        model_of("steps T = 2\nparam w : 1 x 1\nlast[t] = one[t] + two[t] + back[t]\nback[t] = back[t+1] * w\n"
                 "start back[T+1] : 1 x 1\ntwo[t] = w * 3\none[t] = w * 2\nloss last[T]\n");
    const struct {
        const char *name;
        int t;
    } wanted[] = {{"w", 0},    {"back", 3}, {"one", 1}, {"two", 1}, {"back", 2},
                  {"back", 1}, {"last", 1}, {"one", 2}, {"two", 2}};
    for (size_t k = 1; k < sizeof wanted / sizeof *wanted; k++)
        ck_assert_msg(gf_node_id(gf_model_node(m, wanted[k - 1].name, wanted[k - 1].t)) <
                          gf_node_id(gf_model_node(m, wanted[k].name, wanted[k].t)),
                      "%s[%d]", wanted[k].name, wanted[k].t);
    gf_model_free(m);
}
END_TEST

/* --- initial values -------------------------------------------------------------------------------------------- */

START_TEST(the_same_seed_gives_the_same_values)
{
    gf_model *m = model_of(RNN),
             *n = model_of("param more : 9 x 9\nparam W : 3 x 2\nsteps T = 9\ninput other[t] : 1 x 1\n"
                           "input x[t] : 2 x 1\nloss sum(W)\n");
    ck_assert(same_bits(gf_model_value(m, "W", 0), gf_model_value(n, "W", 0)));
    ck_assert(same_bits(gf_model_value(m, "x", 4), gf_model_value(n, "x", 4)));
    ck_assert(!same_bits(gf_model_value(m, "x", 3), gf_model_value(m, "x", 4)));
    gf_matrix W;
    gf_matrix_new(&W, 3, 2);
    gf_matrix_copy(&W, gf_model_value(m, "W", 0));
    ck_assert_int_eq(gf_model_set(m, "T", 7), GF_OK);
    ck_assert(same_bits(gf_model_value(m, "W", 0), &W));
    ck_assert_int_eq(gf_model_set(m, "seed", 1), GF_OK);
    ck_assert(!same_bits(gf_model_value(m, "W", 0), &W));
    ck_assert_int_eq(gf_model_set(m, "seed", 0), GF_OK);
    ck_assert(same_bits(gf_model_value(m, "W", 0), &W));
    gf_matrix_free(&W);
    gf_model_free(m);
    gf_model_free(n);
}
END_TEST

/* The numbers themselves: they must be these on every machine. */
START_TEST(a_seed_gives_these_values)
{
    gf_model *m = model_of("seed 7\nparam W : 2 x 2\ninput x[t] : 1 x 2\nloss sum(W)\n");
    assert_matrix(gf_model_value(m, "W", 0), 2, 2, 0.92992821657727409, 0.39987223827779922, -0.57702666093783272,
                  0.76015537820405843);
    assert_matrix(gf_model_value(m, "x", 1), 1, 2, -0.83999327646640998, -1.5329251162216893);
    gf_model_free(m);
}
END_TEST

/* Mean square of a matrix's entries. */
static double spread(const gf_matrix *value)
{
    double norm = gf_matrix_norm(value);
    return norm * norm / (double)gf_matrix_size(value);
}

START_TEST(defaults_spread_as_they_should)
{
    gf_model *m = model_of("param W : 100 x 300\ninput x : 100 x 300\nstart h[0] : 100 x 300\nh[t] = h[t-1]\n"
                           "param left, right : 50 x 800 ~ he\ninput y : 1 x 50\na = left @ right'\nb = y @ right\n"
                           "c[t] = rows(a, 1, 1)\nparam onlyright : 50 x 800 ~ he\nd = y @ onlyright\n"
                           "param own[t] : 50 x 800 ~ he\ne[t] = y @ own[t]\nloss sum(h[1])\n");
    assert_near(spread(gf_model_value(m, "W", 0)) * 100, 1, 0.05);
    assert_near(spread(gf_model_value(m, "x", 0)), 1, 0.05);
    assert_near(spread(gf_model_value(m, "h", 0)), 0, 0);
    assert_near(spread(gf_model_value(m, "left", 0)) * 400, 1, 0.05);
    assert_near(spread(gf_model_value(m, "right", 0)) * 400, 1, 0.05);
    assert_near(spread(gf_model_value(m, "onlyright", 0)) * 25, 1, 0.05);
    assert_near(spread(gf_model_value(m, "own", 1)) * 25, 1, 0.05);
    gf_model_free(m);
}
END_TEST

/* --- settings ----------------------------------------------------------------------------------------------------- */

START_TEST(sizes_can_be_set)
{
    gf_model *m;
    long long value;
    ck_assert_int_eq(gf_model_parse(&m,
                                    "steps T = 2\nsize m = 3, g = 2*m, h = g + T\ninput x[t] : m x h\nloss sum(x[T])\n",
                                    "test.gf"),
                     GF_OK);
    ck_assert_int_eq(gf_model_set(m, "T", 5), GF_OK);
    ck_assert_int_eq(gf_model_set(m, "m", 4), GF_OK);
    ck_assert(gf_model_size(&value, m, "h") && value == 13);
    ck_assert_int_eq(gf_model_steps(m), 5);
    ck_assert_int_eq(gf_node_rows(gf_model_node(m, "x", 5)), 4);
    ck_assert_int_eq(gf_model_set(m, "g", 1), GF_OK);
    ck_assert(gf_model_size(&value, m, "h") && value == 6);
    ck_assert_int_eq(gf_model_set(m, "m", 0), GF_OK);
    ck_assert_int_eq(gf_model_unroll(m), GF_ERROR_SHAPE);
    ck_assert_ptr_null(gf_model_graph(m));
    ck_assert_int_eq(gf_model_set(m, "m", 1), GF_OK);
    ck_assert_msg(gf_model_unroll(m) == GF_OK, "%s", gf_model_message(m));
    ck_assert_str_eq(gf_model_message(m), "");
    ck_assert_int_eq(gf_model_set(m, "x", 1), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_model_set(m, "hh", 1), GF_ERROR_ARGUMENT);
    ck_assert_str_eq(gf_model_message(m), "test.gf: error: hh is no size of this file, and cannot be set\n"
                                          "   did you mean h?\n");
    ck_assert_int_eq(gf_model_set(m, "truncate", -1), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_model_set(m, "m", 1LL << 60), GF_ERROR_ARGUMENT);
    ck_assert(strstr(gf_model_message(m), "m cannot be set to 1152921504606846976"));
    ck_assert_int_eq(gf_model_set(m, "T", -3), GF_OK);
    ck_assert_int_eq(gf_model_unroll(m), GF_ERROR_SYNTAX);
    gf_model_free(m);
}
END_TEST

START_TEST(limits_hold)
{
    gf_model *m = model_of(RNN);
    size_t nodes = gf_graph_size(gf_model_graph(m));
    ck_assert_int_eq(gf_model_limit(m, nodes, 9), GF_OK);
    ck_assert_int_eq(gf_model_unroll(m), GF_OK);
    ck_assert_int_eq(gf_model_limit(m, nodes - 1, 9), GF_OK);
    ck_assert_int_eq(gf_model_unroll(m), GF_ERROR_LIMIT);
    ck_assert_int_eq(gf_model_limit(m, nodes, 8), GF_OK);
    ck_assert_int_eq(gf_model_unroll(m), GF_ERROR_LIMIT);
    ck_assert_str_eq(gf_model_message(m),
                     "test.gf:4:11: error: 3 x 3 are more entries than a matrix may have, which is 8\n"
                     "   param U : m x m\n"
                     "             ^~~~~\n");
    gf_model_free(m);
}
END_TEST

/* --- the interface ----------------------------------------------------------------------------------------------- */

START_TEST(files_are_read)
{
    gf_model *m;
    ck_assert_int_eq(gf_model_read(&m, equations_path("right/", "leaves.gf")), GF_OK);
    ck_assert_ptr_nonnull(gf_model_graph(m));
    gf_model_free(m);
    ck_assert_int_eq(gf_model_read(&m, "nowhere/at/all.gf"), GF_ERROR_READ);
    ck_assert_str_eq(gf_model_message(m), "nowhere/at/all.gf: error: No such file or directory\n");
    ck_assert_int_eq(gf_model_unroll(m), GF_ERROR_READ);
    gf_model_free(m);
    ck_assert_int_eq(gf_model_read(&m, "/"), GF_ERROR_READ);
    ck_assert_str_eq(gf_model_message(m), "/: error: this is a folder: write the name of a file in it\n");
    gf_model_free(m);
    ck_assert_int_eq(gf_model_read(&m, equations_path("wrong/", "bytes.gf")), GF_ERROR_SYNTAX);
    gf_model_free(m);
}
END_TEST

/* NUL is no end of the text of a file. */
START_TEST(a_file_may_hold_nul)
{
    char path[64];
    snprintf(path, sizeof path, "/tmp/gradflow-test-nul-%ld.gf", (long)getpid());
    FILE *file = fopen(path, "wb");
    fwrite("loss 1\n\0\nloss", 1, 13, file);
    fclose(file);
    gf_model *m;
    ck_assert_int_eq(gf_model_read(&m, path), GF_ERROR_SYNTAX);
    ck_assert(strstr(gf_model_message(m),
                     ":2:1: error: a control character, which has no meaning here: delete it\n   ?\n   ^\n"));
    gf_model_free(m);
    remove(path);
}
END_TEST

START_TEST(names_can_be_listed)
{
    gf_model *m = model_of("title \"a title\"\nsteps T = 2\ninput x[t] : 1 x 2\nparam W : 2 x 3\nstart h[0] : 1 x 3\n"
                           "h[t] = h[t-1] + x[t] @ W\nlet p[t] = h[t]'\nlet p[T] = 0\nloss sum(h[T])\n"
                           "given y[t] : 4 x 1\nstart y[0] : 4 x 1\n");
    const gf_model_name wanted[] = {{"x", GF_MODEL_INPUT, true, false, 1, 2, 3, true, 7},
                                    {"W", GF_MODEL_PARAM, false, false, 2, 3, 4, false, 7},
                                    {"h", GF_MODEL_EQUATION, true, true, 1, 3, 6, false, 1},
                                    {"p", GF_MODEL_LET, true, false, 3, 1, 7, false, 5},
                                    {"y", GF_MODEL_GIVEN, true, true, 4, 1, 10, true, 7}};
    const gf_model_name *name;
    for (size_t k = 0; k < 5; k++) {
        ck_assert((name = gf_model_name_at(m, k)));
        ck_assert_str_eq(name->name, wanted[k].name);
        ck_assert(name->kind == wanted[k].kind && name->timed == wanted[k].timed && name->started == wanted[k].started);
        ck_assert(name->drawn == wanted[k].drawn);
        ck_assert(name->rows == wanted[k].rows && name->cols == wanted[k].cols && name->line == wanted[k].line);
        ck_assert_int_eq(name->column, wanted[k].column);
    }
    ck_assert(!(name = gf_model_name_at(m, 5)));
    name = gf_model_name_at(m, 0);
    ck_assert_str_eq(gf_model_name_at(m, 1)->name, "W");
    ck_assert_str_eq(name->name, "x"); /* one does not take the place of another */
    ck_assert_str_eq(gf_model_title(m), "a title");
    ck_assert_int_eq(gf_model_steps(m), 2);
    gf_model_free(m);
}
END_TEST

START_TEST(errors_can_be_listed)
{
    gf_model *m;
    const gf_model_error *e;
    ck_assert_int_eq(gf_model_parse(&m, "loss a + b\nparam W : 0 x 1\n", "test.gf"), GF_ERROR_SYNTAX);
    ck_assert_uint_eq(gf_model_error_count(m), 3);
    ck_assert((e = gf_model_error_at(m, 1)) && e->line == 1 && e->column == 10 && e->status == GF_ERROR_SYNTAX);
    ck_assert_str_eq(e->text, "b is not declared");
    ck_assert((e = gf_model_error_at(m, 2)) && e->line == 2 && e->column == 11 && e->status == GF_ERROR_SHAPE);
    ck_assert_ptr_null(gf_model_error_at(m, 3));
    ck_assert_str_eq(gf_model_error_at(m, 0)->text, "a is not declared");
    ck_assert_int_eq(e->line, 2); /* one does not take the place of another */
    ck_assert_int_eq(gf_model_set(m, "T", 1), GF_ERROR_SYNTAX);
    gf_model_free(m);
}
END_TEST

START_TEST(nothing_is_harmless)
{
    gf_model *m = NULL;
    long long value;
    const gf_model_name *name;
    ck_assert_int_eq(gf_model_parse(NULL, "loss 1", "test.gf"), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_model_parse(&m, NULL, "test.gf"), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_model_parse(&m, "loss 1", NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_model_read(&m, NULL), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_model_read(NULL, "a.gf"), GF_ERROR_ARGUMENT);
    ck_assert_ptr_null(m);
    ck_assert_int_ne(gf_model_unroll(NULL), GF_OK);
    ck_assert_int_eq(gf_model_set(NULL, "T", 1), GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_model_limit(NULL, 1, 1), GF_ERROR_ARGUMENT);
    ck_assert_ptr_null(gf_model_graph(NULL));
    ck_assert_ptr_null(gf_model_loss(NULL));
    ck_assert_ptr_null(gf_model_node(NULL, "h", 1));
    ck_assert_ptr_null(gf_model_value(NULL, "h", 1));
    ck_assert_ptr_null(gf_model_gradient(NULL, "h", 1));
    ck_assert_int_eq(gf_model_steps(NULL), 0);
    ck_assert(!gf_model_size(&value, NULL, "T") && !(name = gf_model_name_at(NULL, 0)));
    ck_assert_uint_eq(gf_model_error_count(NULL), 0);
    ck_assert_str_eq(gf_model_title(NULL), "");
    ck_assert_str_eq(gf_model_message(NULL), "no model: out of memory, or NULL was handed in\n");
    gf_model_free(NULL);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {
        every_form_has_its_value,
        reference_models_have_their_gradients,
        nodes_have_names_and_steps,
        gradients_agree_with_differences,
        every_name_has_a_node_of_its_own,
        a_loss_may_depend_on_nothing,
        a_start_may_be_computed,
        truncation_cuts_between_blocks,
        uses_group_by_step,
        long_chains_are_unrolled,
        shapes_are_found_through_recursion,
        shapes_are_looked_at_again,
        shapes_of_lets_are_known_before_their_values,
        nodes_stand_in_the_order_of_need,
        the_same_seed_gives_the_same_values,
        a_seed_gives_these_values,
        defaults_spread_as_they_should,
        sizes_can_be_set,
        limits_hold,
        files_are_read,
        a_file_may_hold_nul,
        names_can_be_listed,
        errors_can_be_listed,
        nothing_is_harmless,
    };
    return RUN_TESTS("equations", tests);
}
