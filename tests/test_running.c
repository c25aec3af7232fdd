/* Sums and products over a range: built on their neighbours, they come to what they come to alone. */
#include "equations.h"

#include "claims/claims.h"

static const char RNN[] =
    "steps T = 6\nsize n = 3, m = 4\ninput x[t] : n x 1\nparam U : m x m ~ normal(0, 0.5)\nparam W : m x n\n"
    "start h[0] : m x 1 ~ normal(0, 1)\nh[t] = tanh(U @ h[t-1] + W @ x[t])\nloss sum(t, sum(h[t]^2))\n"
    "let d[t] = (2 * h[t] + U' @ d[t+1]) * (1 - h[t]^2)\n";

/* The first SHARED share at every t and j; what the others do depends on t or j, on shapes, or on what is wrong. */
static const char *const RANGES[] = {
    "prod(s, t downto j+1, diag(1 - h[s]^2) @ U)",
    "prod(s, j+1..t, diag(1 - h[s]^2) @ U)",
    "prod(s, t downto 1, diag(h[s]) @ U)",
    "sum(s, t..T, d[s] @ h[s-1]')",
    "sum(s, j..t, h[s])",
    "prod(s, j+1..t, diag(d[s]))",
    "prod(s, t downto j+1, jacobian(h[s], h[s-1]))",
    "prod(s, j+1..t, 1 + s / 10)",
    "prod(s, t downto j+1, norm(h[s]))",
    "sum(s, 1..t, prod(q, t downto s+1, diag(h[q])) @ h[s])",
    "sum(s, 1..t, 2) + sum(s, j..t, s)",
    "sum(s, j..t, j * h[s])",
    "prod(s, t downto j+1, diag(t * h[s]))",
    "sum(s, t..T, prod(s, 1..j, h[s]' @ h[s]))",
    "prod(s, 1..t, ones(s, s+1))",
    "prod(s, t downto j+1, ones(s+1, s))",
    "prod(s, j+1..t, ones(s+1, s))",
    "sum(s, j..t, ones(1, 1 + relu'(s - 2) * s))",
    "prod(s, t..T, wrong[s])",
    "prod(s, j..t, z[s] + 2)",
};
enum { RANGE_COUNT = sizeof RANGES / sizeof *RANGES, SHARED = 9 };

/* A model with one of the expressions, and two lets: one that is wrong at a step, one that is zeros. */
static gf_model *ranges_of(const char *expression, int steps, const gf_tree **tree)
{
    char text[1500];
    snprintf(text, sizeof text,
             "%slet wrong[t] = eye(4)\nlet wrong[2] = U @ W'\nlet z[t] = 0\nclaim \"ranges\": %s = 0\n", RNN,
             expression);
    gf_model *m;
    gf_model_parse(&m, text, "test.gf");
    ck_assert_int_eq(gf_model_set(m, "T", steps), GF_OK);
    ck_assert_msg(gf_model_unroll(m) == GF_OK, "%s", gf_model_message(m));
    for (const gf_statement *s = m->file.statements; s; s = s->next)
        if (s->text && !strcmp(s->text, "ranges"))
            *tree = s->sides[0];
    return m;
}

/* The value at t and j, a row of numbers behind its shape, or what is wrong; and the work that it took, lets apart. */
static size_t range_at(gf_judge *judge, const gf_tree *tree, long t, long j, gf_text *out)
{
    gf_problems problems = {.source = &judge->m->file.source};
    gf_binding outer = {.name = judge->m->t, .known = true, .value = t},
               inner = {.name = gf_names_find(&judge->m->file.names, "j"), .known = true, .value = j, .outer = &outer};
    gf_judge_work_lets(judge, tree, &inner);
    judge->m->work = judge->scanned = 0;
    gf_term term = gf_judge_evaluate(judge, &problems, tree, &inner);
    size_t work = judge->m->work + judge->scanned;
    const gf_matrix *value = term.kind == TERM_BAD ? NULL : gf_judge_matrix(judge, &problems, tree, term, 0, 0);
    gf_problems_write(out, &problems);
    if (!value && judge->blame)
        gf_problem_write(out, &judge->m->file.source, judge->blame->list[0]);
    if (value)
        gf_text_print(out, "%d x %d, norm %.10g, first %.10g\n", value->rows, value->cols, gf_matrix_norm(value),
                      gf_matrix_at(value, 0, 0));
    gf_problems_free(&problems);
    gf_judge_clear(judge);
    return work;
}

/* Everything that a range comes to at all t and j, either of them outside; how much work that takes. */
static size_t all_ranges(gf_judge *judge, const gf_tree *tree, bool t_outside, bool anew, gf_text *out)
{
    size_t work = 0;
    for (long a = 1; a <= judge->m->steps; a++)
        for (long b = t_outside ? 0 : a; b <= (t_outside ? a - 1 : judge->m->steps); b++) {
            if (anew)
                gf_running_clear(&judge->running);
            work += range_at(judge, tree, t_outside ? a : b, t_outside ? b : a - 1, out);
            ck_assert_uint_le(judge->running.bytes, judge->running.most_bytes);
        }
    return work;
}

/* One built on the other they come to what each comes to alone, with the same words where it is wrong; with little room
 * as well. */
START_TEST(ranges_share_what_they_have)
{
    static const size_t rooms[] = {1 << 20, 2000, 600, 0};
    for (int k = 0; k < RANGE_COUNT * 2 * 4; k++) {
        const gf_tree *tree = NULL;
        gf_model *m = ranges_of(RANGES[k / 8], 6, &tree);
        gf_text out[2] = {{0}, {0}};
        for (int anew = 0; anew <= 1; anew++) {
            gf_judge judge;
            ck_assert_int_eq(gf_judge_start(&judge, m), GF_OK);
            judge.running.most_bytes = rooms[k / 2 % 4];
            all_ranges(&judge, tree, k % 2, anew, &out[anew]);
            gf_judge_free(&judge);
        }
        ck_assert_str_eq(gf_text_string(&out[0]), gf_text_string(&out[1]));
        gf_text_free(&out[0]);
        gf_text_free(&out[1]);
        gf_model_free(m);
    }
}
END_TEST

/* T^2 ranges of up to T terms take T^2 work; twice the steps, four times as much. Alone they take eight times. */
START_TEST(ranges_cost_one_term_each)
{
    for (int k = 0; k < SHARED * 2; k++) {
        size_t work[2];
        for (int twice = 0; twice <= 1; twice++) {
            const gf_tree *tree = NULL;
            gf_model *m = ranges_of(RANGES[k / 2], twice ? 80 : 40, &tree);
            gf_text out = {0};
            gf_judge judge;
            ck_assert_int_eq(gf_judge_start(&judge, m), GF_OK);
            judge.running.most_bytes = 1 << 20;
            work[twice] = all_ranges(&judge, tree, k % 2, false, &out);
            gf_judge_free(&judge);
            gf_text_free(&out);
            gf_model_free(m);
        }
        ck_assert_msg(work[1] < 5 * work[0], "%s: %zu, then %zu", RANGES[k / 2], work[0], work[1]);
    }
}
END_TEST

/* Nor is a range walked through anew at every t and j, to take down what it asks for. */
START_TEST(ranges_are_walked_through_once)
{
    for (int k = 0; k < SHARED; k++) {
        size_t work[2];
        for (int twice = 0; twice <= 1; twice++) {
            const gf_tree *tree = NULL;
            gf_model *m = ranges_of(RANGES[k], twice ? 80 : 40, &tree);
            gf_judge judge;
            ck_assert_int_eq(gf_judge_start(&judge, m), GF_OK);
            gf_binding outer = {.name = m->t, .known = true}, inner = {.known = true, .outer = &outer};
            inner.name = gf_names_find(&m->file.names, "j");
            for (outer.value = 1; outer.value <= m->steps; outer.value++)
                for (inner.value = 0; inner.value < outer.value; inner.value++)
                    gf_judge_collect(&judge, tree, &inner);
            work[twice] = judge.scanned;
            ck_assert_uint_eq(judge.derivatives.request_of.count, strstr(RANGES[k], "jacobian") ? m->steps : 0);
            gf_judge_free(&judge);
            gf_model_free(m);
        }
        ck_assert_msg(work[1] < 5 * work[0], "%s: %zu, then %zu", RANGES[k], work[0], work[1]);
    }
}
END_TEST

/* Nothing else says which shape r and p have; of q, a line for a step does, in spite of the zeros in the other. */
START_TEST(zeros_have_the_shape_of_what_is_multiplied)
{
    gf_model *m = model_of("steps T = 1\nparam C : 2 x 3\nparam D : 3 x 4\nr = C @ (2 * sum(j, 2..T, D))\nloss sum(r)\n"
                           "let s = tanh(r) + 1\nlet p[t] = p[t+1] * C\nlet q[t] = q[t+1] * ones(1, 4)\n"
                           "let q[T] = ones(5, 4)\n");
    const int wanted[][2] = {{2, 4}, {2, 4}, {2, 3}, {5, 4}};
    const char *const names[] = {"r", "s", "p", "q"};
    const gf_model_name *name;
    int found = 0;
    for (size_t k = 0; (name = gf_model_name_at(m, k)); k++)
        for (int j = 0; j < 4; j++)
            if (!strcmp(name->name, names[j])) {
                ck_assert_msg(name->rows == wanted[j][0] && name->cols == wanted[j][1], "%s: %d x %d", name->name,
                              name->rows, name->cols);
                found++;
            }
    ck_assert_int_eq(found, 4);
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {ranges_share_what_they_have, ranges_cost_one_term_each, ranges_are_walked_through_once,
                            zeros_have_the_shape_of_what_is_multiplied};
    return RUN_TESTS("running", tests);
}
