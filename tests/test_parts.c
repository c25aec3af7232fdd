/* Many parts of one matrix: each costs what it holds, and nothing before it or beside it is touched. Time is not
 * measured: what must not be read is not there, and what must not be written is seen to be as it was. */
#include <gradflow/init.h>

#include "graph/node.h"
#include "ops/ops.h"
#include "support.h"

static size_t many(void)
{
    return large(100000, 1000);
}

/* --- no more than its own part ------------------------------------------------------------------------------- */

/* Adding zeros to -0 makes 0: entries that are still -0 were not written. */
static size_t written(const gf_matrix *m)
{
    size_t count = 0;
    for (size_t k = 0; k < gf_matrix_size(m); k++)
        count += !(m->data[k] == 0 && signbit(m->data[k]));
    return count;
}

static void fill(gf_matrix *m, int rows, int cols, double number)
{
    ck_assert_int_eq(gf_matrix_new(m, rows, cols), GF_OK);
    for (size_t k = 0; k < gf_matrix_size(m); k++)
        m->data[k] = number;
}

START_TEST(a_slice_writes_its_part_alone)
{
    static const char *const names[] = {"rows", "cols"};
    gf_matrix a, out, G;
    fill(&a, 7, 7, 1);
    for (int k = 0; k < 2; k++) {
        const gf_operation *op = gf_operation_find(names[k]);
        fill(&out, 7, 7, -0.0);
        fill(&G, k ? 7 : 2, k ? 2 : 7, 3);
        gf_call call = {
            .in = (const gf_matrix *[]){&a}, .arity = 1, .p = &(gf_attributes){.first = 3, .last = 4}, .op = op};
        op->vjp[0](&out, 1, &G, &call, 0);
        ck_assert_uint_eq(written(&out), 14);
        gf_matrix_free(&out);
        gf_matrix_free(&G);
    }
    gf_matrix_free(&a);
}
END_TEST

/* Whoever adds with beta = 1 does not begin by writing all that there is. */
START_TEST(what_is_there_is_not_written_to_begin)
{
    gf_matrix out;
    fill(&out, 3, 4, -0.0);
    gf_begin(&out, 1);
    ck_assert_uint_eq(written(&out), 0);
    gf_begin(&out, 0);
    ck_assert_uint_eq(written(&out), 12);
    gf_matrix_free(&out);
}
END_TEST

/* Parts that were served are not looked at again, and the vjp looks at none: they are NULL. */
START_TEST(parts_are_counted_once)
{
    static const char *const names[] = {"hcat", "vcat"};
    for (int k = 0; k < 2; k++) {
        const gf_operation *op = gf_operation_find(names[k]);
        gf_matrix part[4], G, out;
        const gf_matrix *in[4];
        fill(&G, k ? 10 : 1, k ? 1 : 10, 0);
        for (int j = 0; j < 10; j++)
            G.data[j] = j;
        for (int j = 0; j < 4; j++) {
            part[j] = (gf_matrix){NULL, k ? j + 1 : 1, k ? 1 : j + 1, k ? 1 : j + 1};
            in[j] = &part[j];
        }
        gf_call call = {.in = in, .arity = 4, .op = op};
        for (int j = 0, first = 0; j < 4; first += ++j) {
            gf_call_slot(&call, j);
            ck_assert_int_eq(call.first, first);
            for (int other = 0; other < j; other++)
                in[other] = NULL;
            fill(&out, part[j].rows, part[j].cols, 0);
            op->vjp[0](&out, 0, &G, &call, j);
            for (int i = 0; i <= j; i++)
                ck_assert_double_eq(out.data[i], first + i);
            gf_matrix_free(&out);
        }
        for (int j = 0; j < 4; j++)
            in[j] = &part[j];
        gf_call_slot(&call, 1); /* and backwards */
        ck_assert_int_eq(call.first, 1);
        gf_matrix_free(&G);
    }
}
END_TEST

/* --- a hundred thousand of them ------------------------------------------------------------------------------ */

/* The gradient of sum(R * y) is R, for whatever y is put together of, where R counts 1, 2, 3 … */
static gf_node *numbered_sum(gf_graph *g, gf_node *y)
{
    gf_node *R = gf_input(g, "R", gf_node_rows(y), gf_node_cols(y));
    for (int i = 0; i < gf_node_rows(R); i++)
        for (int j = 0; j < gf_node_cols(R); j++)
            gf_set_entry(R, i, j, i * gf_node_cols(R) + j + 1);
    return gf_sum(gf_mul(R, y));
}

static void assert_parts(gf_node *(*cat)(gf_node *const parts[], int count))
{
    size_t count = many();
    gf_graph *g = gf_graph_new();
    gf_node **parts = malloc(count * sizeof *parts);
    for (size_t k = 0; k < count; k++)
        parts[k] = gf_param(g, NULL, 1, 1);
    gf_node *loss = numbered_sum(g, cat(parts, (int)count));
    ck_assert_int_eq(gf_backward(loss, 0), GF_OK);
    for (size_t k = 0; k < count; k++)
        ck_assert_double_eq(gf_scalar(gf_gradient(parts[k])), (double)k + 1);
    gf_matrix jacobian;
    ck_assert_int_eq(gf_jacobian(&jacobian, loss, parts[count - 1]), GF_OK);
    ck_assert_double_eq(gf_scalar(&jacobian), (double)count);
    gf_matrix_free(&jacobian);
    gf_graph_free(g);
    free(parts);
}

START_TEST(many_parts)
{
    assert_parts(gf_hcat);
    assert_parts(gf_vcat);
}
END_TEST

/* Row or column number k of X, times k + 1. */
static void assert_slices(gf_node *(*slice)(gf_node *a, int first, int last), bool down)
{
    int count = (int)many();
    gf_graph *g = gf_graph_new();
    gf_node *X = gf_param(g, "X", down ? count : 2, down ? 2 : count), *loss = NULL;
    for (int k = 0; k < count; k++) {
        gf_node *term = gf_scale(gf_sum(slice(X, k, k)), k + 1);
        loss = loss ? gf_add(loss, term) : term;
    }
    ck_assert_int_eq(gf_backward(loss, 0), GF_OK);
    for (int k = 0; k < count; k++)
        for (int j = 0; j < 2; j++)
            ck_assert_double_eq(gf_matrix_at(gf_gradient(X), down ? k : j, down ? j : k), k + 1);
    gf_graph_free(g);
}

START_TEST(many_slices)
{
    assert_slices(gf_rows, true);
    assert_slices(gf_cols, false);
}
END_TEST

/* --- a program's own ------------------------------------------------------------------------------------------ */

/* Parts on top of each other, part number k times k + 1. They have one number of columns. */
static bool weighed_shape(const gf_call *call, int *rows, int *cols, char why[GF_WHY])
{
    *rows = 0;
    for (int k = 0; k < call->arity; *rows += call->in[k++]->rows)
        if (call->in[k]->cols != *cols) {
            snprintf(why, GF_WHY, "part %d is wider or narrower", call->counts_from + k);
            return false;
        }
    return true;
}

static void weighed(gf_matrix *y, const gf_call *call)
{
    double *to = y->data;
    for (int k = 0; k < call->arity; k++)
        for (int i = 0; i < call->in[k]->rows; i++)
            for (int j = 0; j < y->cols; j++)
                *to++ = (k + 1) * gf_matrix_at(call->in[k], i, j);
}

static void weighed_vjp(gf_matrix *out, double beta, const gf_matrix *G, const gf_call *call, int slot)
{
    ck_assert_int_eq(slot, call->part);
    for (int i = 0; i < out->rows; i++)
        for (int j = 0; j < out->cols; j++)
            gf_put(&out->data[i * out->stride + j], beta, (call->part + 1) * gf_matrix_at(G, call->first + i, j));
}

START_TEST(a_program_joins_parts_of_its_own)
{
    static const gf_operation op = {.size = sizeof(gf_operation),
                                    .name = "weighed",
                                    .arity = GF_ARITY_ANY,
                                    .empty_parts = true,
                                    .down = true,
                                    .shape = weighed_shape,
                                    .forward = weighed,
                                    .vjp = {weighed_vjp},
                                    .formula = {"part(k, G)"}};
    gf_graph *g = gf_graph_new();
    gf_node *a = gf_param(g, "a", 2, 3), *none = gf_zeros(g, "none", 0, 3), *b = gf_param(g, "b", 1, 3);
    gf_node *wide = gf_ones(g, "wide", 1, 4), *y = gf_apply(&op, (gf_node *[]){a, none, b, a}, 4, NULL);
    for (int j = 0; j < 3; j++)
        gf_set_entry(b, 0, j, 2);
    gf_init_constant(a, 1);
    ck_assert_int_eq(gf_graph_status(g), GF_OK);
    assert_matrix(gf_value(y), 5, 3, 1, 1, 1, 1, 1, 1, 6, 6, 6, 4, 4, 4, 4, 4, 4);
    ck_assert_int_eq(gf_backward(gf_sum(y), 0), GF_OK);
    assert_matrix(gf_gradient(b), 1, 3, 3, 3, 3);
    assert_matrix(gf_gradient(a), 2, 3, 5, 5, 5, 5, 5, 5);
    ck_assert(gf_node_is_bad(gf_apply(&op, (gf_node *[]){a, wide}, 2, NULL)));
    ck_assert_str_eq(gf_graph_message(g), "weighed: a is 2 x 3, wide is 1 x 4: part 1 is wider or narrower");
    gf_check check;
    ck_assert_int_eq(gf_operation_check(&check, &op, NULL, 3, NULL), GF_OK);
    ck_assert_msg(check.worst.match, "%s", check.worst.text);
    gf_graph_free(g);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {a_program_joins_parts_of_its_own,
                            a_slice_writes_its_part_alone,
                            what_is_there_is_not_written_to_begin,
                            parts_are_counted_once,
                            many_parts,
                            many_slices};
    return RUN_TESTS("parts", tests);
}
