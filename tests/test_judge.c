/* The inside of judging: what a diagnosis asks of a claim, derivatives at their price, central differences. */
#include "equations.h"

#include "claims/claims.h"
#include "claims/special.h"

static const char RNN[] =
    "steps T = 6\nsize n = 3, m = 4\ninput x[t] : n x 1\nparam U : m x m ~ normal(0, 0.5)\nparam W : m x n\n"
    "start h[0] : m x 1 ~ normal(0, 1)\nh[t] = tanh(U @ h[t-1] + W @ x[t])\nloss sum(t, sum(h[t]^2))\n"
    "let d[t] = (2 * h[t] + U' @ d[t+1]) * (1 - h[t]^2)\n"
    "claim grad(U) = sum(t, d[t] @ h[t-1]')\n"
    "claim jacobian(h[t], h[j]) = prod(s, t downto j+1, diag(1 - h[s]^2) @ U)  for j = 0..t-1\n"
    "claim grad(h[t] | h[t+1]) = 2 * h[t]\n"
    "claim grad(W, sum(h[t])) = reshape(jacobian(h[t], W)' @ ones(m, 1), m, n)\n"
    "claim 0 = x[t] - x[t] = grad(h[T+1], sum(h[1]))\n";

/* --- what a diagnosis asks ---------------------------------------------------------------------------- */

START_TEST(instances_again)
{
    gf_model *m = model_of(RNN);
    gf_claims claims;
    ck_assert_int_eq(gf_claims_judge(&claims, m, 1e-6), GF_OK);
    ck_assert_uint_eq(claims.count, 5);
    gf_judged *jacobians = &claims.list[1];
    ck_assert_uint_eq(jacobians->count, 21);
    for (size_t k = 0; k < jacobians->count; k++) {
        const gf_matrix *a, *b;
        ck_assert(jacobians->holds[k]);
        ck_assert(gf_judged_sides(jacobians, k, 0, &a, &b));
        assert_close(a, b, 1e-12);
        gf_judge_clear(&claims.judge);
    }
    gf_text place = {0};
    gf_judged_write_place(&place, jacobians, 20);
    ck_assert_str_eq(gf_text_string(&place), " at t = 6, j = 5");
    gf_text_free(&place);
    gf_claims_free(&claims);
    gf_model_free(m);
}
END_TEST

/* A plain 0 takes the shape of the other side; the other may be beyond the ends. */
START_TEST(sides_of_any_shape)
{
    gf_model *m = model_of(RNN);
    gf_claims claims;
    ck_assert_int_eq(gf_claims_judge(&claims, m, 1e-6), GF_OK);
    const gf_matrix *a, *b;
    ck_assert(gf_judged_sides(&claims.list[4], 2, 0, &a, &b));
    assert_matrix(a, 3, 1, 0, 0, 0);
    assert_matrix(b, 3, 1, 0, 0, 0);
    ck_assert(!gf_judged_sides(&claims.list[4], 2, 1, &a, &b)); /* 3 x 1 and 4 x 1 */
    ck_assert_int_eq(claims.list[4].verdict, GF_UNJUDGED);
    gf_claims_free(&claims);
    gf_model_free(m);
}
END_TEST

/* The line, edited: its numbers. */
START_TEST(edited_copies)
{
    gf_model *m = model_of(RNN);
    gf_claims claims;
    ck_assert_int_eq(gf_claims_judge(&claims, m, 1e-6), GF_OK);
    gf_judged *partial = &claims.list[2];
    gf_arena arena = {0};
    gf_tree *edited = gf_tree_copy(&arena, partial->statement->sides[0]);
    ck_assert_int_eq(edited->held, 1);
    edited->held = 0; /* grad(h[t]), by every path, */
    edited->count--;
    gf_judged_collect(partial, edited);
    for (size_t k = 0; k < partial->count; k++) {
        const gf_matrix *total = gf_judged_value(partial, k, edited, 0, 0, NULL);
        ck_assert_ptr_nonnull(total);
        assert_close(total, gf_model_gradient(m, "h", (int)k + 1), 1e-12);
        gf_judge_clear(&claims.judge);
    }
    /* which cost one sweep for all of them, together with what claim 0 asked for */
    ck_assert_uint_eq(claims.judge.derivatives.sweeps, 1 + 6 + 6 + 6 + 1);
    edited->kids[0]->kids[0]->kind = TREE_MATMUL; /* no index is made like this */
    gf_problems problems = {.source = &m->file.source};
    edited = gf_tree_copy(&arena, partial->statement->sides[1]);
    edited->kind = TREE_MATMUL;
    edited->kids[0] = edited->kids[1]; /* h[t] @ h[t] */
    ck_assert_ptr_null(gf_judged_value(partial, 0, edited, 0, 0, &problems));
    ck_assert_uint_eq(problems.count, 1);
    ck_assert_ptr_null(gf_judged_value(partial, 0, edited, 0, 0, NULL));
    gf_problems_free(&problems);
    gf_arena_free(&arena);
    gf_claims_free(&claims);
    gf_model_free(m);
}
END_TEST

START_TEST(which_derivative)
{
    gf_model *m = model_of(RNN);
    gf_claims claims;
    gf_asked asked;
    ck_assert_int_eq(gf_claims_judge(&claims, m, 1e-6), GF_OK);
    ck_assert(gf_judged_asked(&claims.list[0], 0, claims.list[0].statement->sides[0], &asked));
    ck_assert_ptr_eq(asked.wanted.y, gf_model_loss(m));
    ck_assert_ptr_eq(asked.wanted.x.node, gf_model_node(m, "U", 0));
    ck_assert_uint_eq(asked.wanted.held, 0);
    ck_assert(gf_judged_asked(&claims.list[1], 20, claims.list[1].statement->sides[0], &asked));
    ck_assert_ptr_eq(asked.wanted.y, gf_model_node(m, "h", 6));
    ck_assert_ptr_eq(asked.wanted.x.node, gf_model_node(m, "h", 5));
    ck_assert(gf_judged_asked(&claims.list[2], 0, claims.list[2].statement->sides[0], &asked));
    const gf_held *held = &claims.judge.derivatives.held[asked.wanted.held];
    ck_assert_uint_eq(held->count, 1);
    ck_assert_ptr_eq(held->nodes[0], gf_model_node(m, "h", 2));
    ck_assert(gf_judged_asked(&claims.list[4], 0, claims.list[4].statement->sides[2], &asked));
    ck_assert_ptr_null(asked.wanted.x.node);
    ck_assert_int_eq(asked.x_rows, 4);
    gf_claims_free(&claims);
    gf_model_free(m);
}
END_TEST

/* --- derivatives ------------------------------------------------------------------------------------------ */

/* Whatever is asked for, the derivatives of one y with the same held names cost one sweep. */
START_TEST(one_sweep_a_group)
{
    gf_model *m = model_of(RNN);
    gf_claims claims;
    ck_assert_int_eq(gf_claims_judge(&claims, m, 1e-6), GF_OK);
    size_t of_loss = 1, of_states = 6, of_sums = 6, held = 6;
    ck_assert_uint_eq(claims.judge.derivatives.sweeps, of_loss + of_states + of_sums + held);
    gf_claims_free(&claims);
    gf_model_free(m);
}
END_TEST

/* The derivatives within lets too, at each of their steps, with a line of its own for the last: what p, q and r ask for
 * of one h[t] is one group, however the lets hang together. */
START_TEST(one_sweep_a_group_through_lets)
{
    char text[2000];
    snprintf(text, sizeof text,
             "%slet p[t] = jacobian(h[t], U)\nlet p[T] = jacobian(h[T], W) @ ones(12, 16)\n"
             "let q[t] = p[t] + jacobian(h[t], W) @ ones(12, 16)\nlet r = sum(t, jacobian(h[T], h[t]))\n"
             "claim sum(t, q[t]) + r @ ones(4, 16) = 0\nclaim q[1] = r @ ones(4, 16)\n",
             RNN);
    gf_model *m = model_of(text);
    gf_claims claims;
    ck_assert_int_eq(gf_claims_judge(&claims, m, 1e-6), GF_OK);
    ck_assert_uint_eq(claims.judge.derivatives.sweeps, 1 + 6 + 6 + 6); /* as without these claims */
    gf_claims_free(&claims);
    gf_model_free(m);
}
END_TEST

/* Of one let, each step is gone through, and not the first one met for all. */
START_TEST(what_lets_ask_for_is_taken_down)
{
    gf_model *m = model_of("steps T = 5\nparam a, b : 1 x 1\nstart h[0] : 1 x 1 = 1\nh[t] = a * h[t-1] + b\n"
                           "loss h[T]\nlet p[t] = grad(a, h[t])\nlet q[t] = p[t] + grad(b, h[t])\n"
                           "let r = q[1] + q[2] + q[3]\nclaim r = 0\n");
    const gf_statement *s = m->file.statements;
    while (s->next)
        s = s->next;
    gf_judge judge;
    ck_assert_int_eq(gf_judge_start(&judge, m), GF_OK);
    gf_judge_collect(&judge, s->sides[0], NULL);
    ck_assert_uint_eq(judge.derivatives.request_of.count, 3 * 2);
    ck_assert_uint_eq(judge.derivatives.group_of.count, 3);
    gf_judge_collect(&judge, s->sides[0], NULL);
    ck_assert_uint_eq(judge.derivatives.request_of.count, 3 * 2);
    ck_assert_uint_eq(judge.derivatives.sweeps, 0);
    gf_judge_free(&judge);
    gf_model_free(m);
}
END_TEST

/* --- lets --------------------------------------------------------------------------------------------------- */

static gf_statement *statement_of(gf_model *m, const char *name)
{
    gf_statement *s = m->file.statements;
    while (s && strcmp(gf_model_text(m, s->name), name) != 0)
        s = s->next;
    ck_assert_ptr_nonnull(s);
    return s;
}

/* What a call calls is looked up when the file is read, and not again: not even where the name becomes another one. */
START_TEST(functions_are_looked_up_once)
{
    gf_model *m = model_of("param a : 2 x 2 = 1\nloss sum(a)\nlet b = sum(exp(a))\n"
                           "let c = sum(tanh'(a) - clip(a, 0, 1))\nclaim grad(a) = 1 + 0 * a\n");
    static const char *const calls[] = {"sum", "exp", "tanh'", "clip", "grad"};
    for (size_t k = 0; k < sizeof calls / sizeof *calls; k++)
        ck_assert_ptr_nonnull(gf_model_find(m, calls[k])->function);
    ck_assert_ptr_null(gf_model_find(m, "a")->function);
    gf_function function;
    uint32_t exp = gf_names_find(&m->file.names, "exp");
    ((char *)gf_model_text(m, exp))[0] = 'o';
    ck_assert(gf_model_function(m, &function, &(gf_tree){.kind = TREE_CALL, .name = exp, .count = 1}));
    ck_assert_str_eq(function.op->name, "exp");
    gf_model_free(m);
}
END_TEST

/* What a let was worked out with is dropped: a thousand of them take no more room than one. */
START_TEST(lets_leave_nothing_behind)
{
    gf_model *m = model_of("steps T = 1000\nparam a : 1 x 1 = 0.5\nloss a\nlet p[t] = a * p[t-1] + 1\nlet p[1] = 1\n"
                           "let last = p[T]\n");
    ck_assert_int_eq(gf_model_limit(m, 2500, 9), GF_OK); /* nodes: the instances of both lets count, too */
    ck_assert_int_eq(gf_model_unroll(m), GF_OK);
    gf_judge judge;
    ck_assert_int_eq(gf_judge_start(&judge, m), GF_OK);
    gf_judge_work_lets(&judge, statement_of(m, "last")->value, NULL);
    ck_assert_uint_eq(gf_graph_size(judge.scratch), 0);
    const gf_symbol *p = gf_model_find(m, "p");
    for (long t = 0; t < 1000; t++)
        ck_assert_int_eq(p->at[t].progress, PROGRESS_DONE);
    assert_near(gf_scalar(&p->at[999].value), 2, 1e-12);
    gf_judge_free(&judge);
    gf_model_free(m);
}
END_TEST

/* The number a let comes to; NAN where it fails. */
static double let_value(gf_judge *judge, const gf_statement *s)
{
    gf_tree name = {.kind = TREE_NAME, .name = s->name};
    gf_problems problems = {.source = &judge->m->file.source};
    gf_term term = gf_judge_evaluate(judge, &problems, &name, NULL);
    const gf_matrix *value = term.kind == TERM_BAD ? NULL : gf_judge_matrix(judge, &problems, &name, term, 0, 0);
    double number = value ? gf_scalar(value) : NAN;
    gf_problems_free(&problems);
    gf_judge_clear(judge);
    return number;
}

/* Forgotten and worked out again, with another line: the name that stands last in the file as well. */
START_TEST(edited_lets_are_worked_out_again)
{
    gf_model *m = model_of("param a : 1 x 1 = 3\nloss a\nlet first = a\nlet more = first + 1\n"
                           "let wrong = [a, a] + [a, a, a]\nlet behind = 2\n");
    gf_statement *first = statement_of(m, "first"), *behind = statement_of(m, "behind");
    gf_tree *three = first->value, *two = behind->value;
    gf_judge judge;
    ck_assert_uint_eq(m->symbol_count, behind->name + 1); /* it is the last one */
    ck_assert_int_eq(gf_judge_start(&judge, m), GF_OK);
    for (int round = 0; round < 3; round++) {
        assert_near(let_value(&judge, statement_of(m, "more")), round == 1 ? 3 : 4, 0);
        assert_near(let_value(&judge, behind), round == 1 ? 3 : 2, 0);
        assert_near(let_value(&judge, statement_of(m, "wrong")), NAN, 0);
        ck_assert_uint_eq(judge.failure_count, 1);
        first->value = round == 0 ? two : three;
        behind->value = round == 0 ? three : two;
        gf_judge_forget_lets(&judge);
        ck_assert_uint_eq(judge.failure_count, 0);
        const gf_instance *instance = gf_model_find(m, "behind")->at;
        ck_assert(instance->progress == PROGRESS_NONE && !instance->value.data);
    }
    gf_judge_free(&judge);
    gf_model_free(m);
}
END_TEST

/* Beyond the ends a let is zeros, of its own shape: of the last name, too, and before it is worked out. */
START_TEST(the_last_let_has_its_shape)
{
    gf_model *m = model_of("steps T = 2\nloss 1\nclaim 1 = 1\nlet a[t] = 1\nlet behind[t] = [1, 2]\n"
                           "claim behind[T+1] = 0\n");
    const gf_tree *beyond = statement_of(m, "behind")->next->sides[0];
    gf_judge judge;
    ck_assert_uint_eq(m->symbol_count, beyond->name + 1);
    ck_assert_int_eq(gf_judge_start(&judge, m), GF_OK);
    gf_problems problems = {.source = &m->file.source};
    gf_term term = gf_judge_evaluate(&judge, &problems, beyond, NULL);
    assert_matrix(gf_judge_matrix(&judge, &problems, beyond, term, 0, 0), 1, 2, 0, 0);
    gf_problems_free(&problems);
    gf_judge_free(&judge);
    gf_model_free(m);
}
END_TEST

static double value_of(gf_judge *judge, const gf_tree *tree, long t)
{
    gf_problems problems = {.source = &judge->m->file.source};
    gf_binding step = {.name = judge->m->t, .known = true, .value = t};
    gf_term term = gf_judge_evaluate(judge, &problems, tree, &step);
    const gf_matrix *m = gf_judge_matrix(judge, &problems, tree, term, 0, 0);
    double number = gf_scalar(m);
    gf_problems_free(&problems);
    gf_judge_clear(judge);
    return number;
}

/* An edited let, and an edited body, are other values. */
START_TEST(edited_ranges_are_worked_out_again)
{
    gf_model *m = model_of("steps T = 4\nparam a : 1 x 1 = 3\nloss a\nlet b[t] = a\nlet two = 2\n"
                           "let c[t] = sum(s, 1..t, b[s])\nclaim c[t] = sum(s, 1..t, b[s]) = sum(s, 1..t, b[s] * a)\n");
    const gf_statement *claim = statement_of(m, "c")->next;
    gf_statement *b = statement_of(m, "b");
    gf_judge judge;
    ck_assert_int_eq(gf_judge_start(&judge, m), GF_OK);
    for (int round = 0; round < 2; round++) {
        double worth = round ? 2 : 3;
        for (long t = 1; t <= 4; t++)
            for (int side = 0; side < 3; side++)
                assert_near(value_of(&judge, claim->sides[side], t), (double)t * worth * (side == 2 ? 3 : 1), 0);
        b->value = statement_of(m, "two")->value;
        gf_judge_forget_lets(&judge);
    }
    gf_judge_free(&judge);
    gf_model_free(m);
}
END_TEST

/* With room for less than all of them, derivatives are worked out again, and are the same. */
START_TEST(little_room)
{
    char text[2000];
    snprintf(text, sizeof text, "%sclaim norm(jacobian(h[t], h[1])) = 0\n", RNN);
    gf_model *m = model_of(text);
    const gf_statement *s = m->file.statements;
    while (s->next)
        s = s->next;
    double numbers[2][7];
    size_t sweeps[2];
    for (int little = 0; little <= 1; little++) {
        gf_judge judge;
        ck_assert_int_eq(gf_judge_start(&judge, m), GF_OK);
        if (little)
            judge.derivatives.most_bytes = 300;
        for (int round = 0; round < 2; round++)
            for (long t = 1; t <= 6; t++)
                numbers[little][t] = value_of(&judge, s->sides[0], t);
        sweeps[little] = judge.derivatives.sweeps;
        ck_assert(judge.derivatives.bytes <= (little ? 300 : 6 * 128));
        gf_judge_free(&judge);
    }
    ck_assert_uint_eq(sweeps[0], 6);
    ck_assert_uint_gt(sweeps[1], 6);
    for (int t = 1; t <= 6; t++)
        ck_assert(numbers[0][t] == numbers[1][t] && numbers[0][t] > 0);
    gf_model_free(m);
}
END_TEST

/* --- central differences ---------------------------------------------------------------------------------------- */

/* A gradient that is wrong is found: a program's own operation with a wrong vjp. */
static void double_forward(gf_matrix *y, const gf_call *call)
{
    for (size_t k = 0; k < gf_matrix_size(y); k++)
        y->data[k] = 2 * call->in[0]->data[k];
}

static void wrong_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    (void)call, (void)slot;
    for (size_t k = 0; k < gf_matrix_size(out); k++)
        gf_put(&out->data[k], beta, 3 * G->data[k]);
}

START_TEST(differences_find_a_wrong_vjp)
{
    static const gf_operation wrong = {.size = sizeof(gf_operation),
                                       .name = "double",
                                       .arity = 1,
                                       .forward = double_forward,
                                       .vjp = {wrong_vjp},
                                       .formula = {"2 * G"}};
    gf_model *m = model_of("param a, b : 2 x 1\nloss sum(a) + sum(b)\nclaim grad(a) = 1 + 0 * a\n");
    m->loss = gf_add(m->loss, gf_sum(gf_apply(&wrong, &(gf_node *){gf_model_node(m, "b", 0)}, 1, NULL)));
    gf_report *report;
    const char *line;
    ck_assert_int_eq(
        gf_model_claims(&report, m,
                        &(gf_claims_options){.size = sizeof(gf_claims_options), .finite_differences = true}),
        GF_OK);
    ck_assert(!gf_report_differences(&line, report));
    ck_assert_str_eq(line, "central differences: 1 of 2 gradients DIFFER from automatic differentiation, the worst "
                           "grad(b): error 2.5e-01\n");
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

/* A kink at b, a loss that hides the gradient by c; and a claim about a kink. */
START_TEST(differences_that_cannot_be_told)
{
    gf_model *m = model_of("param a, b, c : 1 x 1 = 1\nparam d : 1 x 1 = 0\n"
                           "loss a^2 + relu(b - 1) + c / 1e16 + relu(d)\nclaim grad(b) = 1\n");
    gf_report *report;
    const char *line;
    const gf_claim *claim;
    ck_assert_int_eq(
        gf_model_claims(&report, m,
                        &(gf_claims_options){.size = sizeof(gf_claims_options), .finite_differences = true}),
        GF_OK);
    ck_assert_msg(gf_report_differences(&line, report), "%s", line); /* none differs */
    ck_assert_ptr_eq(strstr(line, "central differences: 1 gradient agrees with automatic differentiation, the worst "
                                  "grad(a): error "),
                     line);
    ck_assert_ptr_nonnull(strstr(line, "; 3 cannot be told, next to a kink or hidden by the rounding of the loss\n"));
    ck_assert((claim = gf_report_claim(report, 0)) && claim->verdict == GF_FAILS);
    ck_assert_ptr_nonnull(
        strstr(claim->diagnosis, "central differences cannot tell: a kink, or the end of the domain, is too near\n"));
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

/* --- functions ---------------------------------------------------------------------------------------------------- */

START_TEST(special_functions)
{
    double numbers[] = {3, 0, 0, -4, 0, 0}, found;
    gf_matrix a = gf_matrix_over(numbers, 3, 2), wide = gf_matrix_over(numbers, 2, 3), out;
    ck_assert_int_eq(gf_matrix_norm2(&found, &a), GF_OK);
    assert_near(found, 4, 1e-14);
    ck_assert_int_eq(gf_matrix_norm2(&found, &wide), GF_OK);
    assert_near(found, 5, 1e-14);
    assert_matrix(&a, 3, 2, 3, 0, 0, -4, 0, 0); /* it is not changed */
    numbers[5] = NAN;
    ck_assert_int_eq(gf_matrix_norm2(&found, &a), GF_OK);
    ck_assert(isnan(found));
    for (gf_special special = SPECIAL_MAX; special <= SPECIAL_NORM2; special++) {
        ck_assert_int_eq(gf_special_value(&out, special, &a, NULL), GF_OK);
        ck_assert(isnan(gf_scalar(&out)));
        gf_matrix_free(&out);
    }
    numbers[5] = INFINITY;
    ck_assert_int_eq(gf_matrix_norm2(&found, &a), GF_OK);
    ck_assert(!isfinite(found));
}
END_TEST

/* The name of a file need not be UTF-8. */
START_TEST(json_of_a_name_that_is_no_text)
{
    gf_model *m;
    gf_report *report;
    char *out;
    gf_model_parse(&m, "param w : 1 x 1\nloss w\nclaim grad(w) = 1\n", "grö\xC3(\xE2\x82\xFF.gf");
    ck_assert_int_eq(gf_model_claims(&report, m, NULL), GF_OK);
    gf_reports_write(&out, (const gf_report *const[]){report}, 1, GF_REPORT_JSON, 0);
    ck_assert_msg(strstr(out, "\"file\": \"grö?(\?\?.gf\","), "%s", out);
    free(out);
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {instances_again,
                            sides_of_any_shape,
                            edited_copies,
                            which_derivative,
                            one_sweep_a_group,
                            one_sweep_a_group_through_lets,
                            what_lets_ask_for_is_taken_down,
                            functions_are_looked_up_once,
                            lets_leave_nothing_behind,
                            edited_lets_are_worked_out_again,
                            the_last_let_has_its_shape,
                            edited_ranges_are_worked_out_again,
                            little_room,
                            differences_find_a_wrong_vjp,
                            differences_that_cannot_be_told,
                            special_functions,
                            json_of_a_name_that_is_no_text};
    return RUN_TESTS("judge", tests);
}
