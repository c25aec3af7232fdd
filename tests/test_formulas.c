/* The formulas that operations carry as text, worked out as claims: each is what its vjp computes, and the text of the
 * operation itself what its forward computes, on random numbers of many shapes. */
#include "equations.h"

#include <ctype.h>

#include "base/random.h"
#include "graph/node.h"

enum { PARTS = 3 };

/* One application of an operation, with its numbers. */
typedef struct application {
    const gf_operation *op;
    gf_attributes p;
    int arity;
    gf_matrix in[PARTS], y, G, mask, ties;
    const gf_matrix *list[PARTS];
    gf_call call;
} application;

static void fill(gf_matrix *m, gf_random *random, double low, double high)
{
    for (size_t k = 0; k < gf_matrix_size(m); k++)
        m->data[k] = low + (high - low) * gf_random_uniform(random);
}

/* The mask of a dropout is what it makes of ones. */
static void find_mask(application *a)
{
    gf_matrix ones;
    gf_matrix_new(&ones, a->in[0].rows, a->in[0].cols);
    gf_matrix_new(&a->mask, a->in[0].rows, a->in[0].cols);
    for (size_t k = 0; k < gf_matrix_size(&ones); k++)
        ones.data[k] = 1;
    gf_call call = {.in = &(const gf_matrix *){&ones}, .arity = 1, .p = &a->p, .op = a->op};
    a->op->forward(&a->mask, &call);
    gf_matrix_free(&ones);
}

/* How many operands are as large as the result. */
static void find_ties(application *a)
{
    gf_matrix_new(&a->ties, a->y.rows, a->y.cols);
    for (int i = 0; i < a->y.rows; i++)
        for (int j = 0; j < a->y.cols; j++)
            for (int k = 0; k < a->arity; k++) {
                const gf_matrix *m = &a->in[k];
                double x = gf_matrix_at(m, m->rows == 1 ? 0 : i, m->cols == 1 ? 0 : j);
                a->ties.data[i * a->ties.stride + j] += x >= gf_matrix_at(&a->y, i, j);
            }
}

/* False where the operation does not take these shapes and constants. Positive numbers: no logarithm is without a
 * value, and no kink is near. */
static bool apply(application *a, const gf_operation *op, const int shapes[][2], int arity, const gf_attributes *p)
{
    gf_random random;
    gf_random_seed(&random, (uint64_t)(shapes[0][0] + 10 * shapes[0][1] + 100 * arity));
    *a = (application){.op = op, .p = *p, .arity = arity};
    for (int k = 0; k < arity; k++) {
        gf_matrix_new(&a->in[k], shapes[k][0], shapes[k][1]);
        fill(&a->in[k], &random, 0.5, 2);
        for (size_t n = 0; op->arity == 3 && !k && n < gf_matrix_size(&a->in[k]); n += 2)
            a->in[k].data[n] = 0; /* a condition is 0 at some */
        a->list[k] = &a->in[k];
    }
    a->call = (gf_call){.in = a->list, .arity = arity, .p = &a->p, .op = op};
    int rows = shapes[0][0], cols = shapes[0][1];
    char why[GF_WHY];
    if ((op->shape && !op->shape(&a->call, &rows, &cols, why)) || (op->one_column && a->in[0].cols == 1))
        return false;
    gf_matrix_new(&a->y, rows, cols);
    gf_matrix_new(&a->G, rows, cols);
    op->forward(&a->y, &a->call);
    a->call.y = &a->y;
    fill(&a->G, &random, -1, 1);
    if (strstr(op->text, "mask"))
        find_mask(a);
    if (strstr(op->formula[0], "ties"))
        find_ties(a);
    return true;
}

static void release(application *a)
{
    for (int k = 0; k < a->arity; k++)
        gf_matrix_free(&a->in[k]);
    gf_matrix_free(&a->y);
    gf_matrix_free(&a->G);
    gf_matrix_free(&a->mask);
    gf_matrix_free(&a->ties);
}

/* What the texts call operand k. */
static const char *name_of(const gf_operation *op, int k)
{
    static const char *const names[] = {"a", "b", "third"}, *const chosen[] = {"c", "a", "b"};
    return (op->arity == 3 ? chosen : names)[k];
}

/* --- templates -> text ---------------------------------------------------------------------------------------- */

/* Where a slice lies, or a part of a concatenation, as the language counts: from 1. */
static void ends_of(const application *a, int slot, int *first, int *last)
{
    gf_call call = a->call;
    gf_call_slot(&call, slot);
    bool part = a->op->arity == GF_ARITY_ANY;
    int length = a->op->down ? a->in[slot].rows : a->in[slot].cols;
    *first = 1 + (part ? call.first : a->p.first);
    *last = 1 + (part ? call.first + length - 1 : a->p.last);
}

/* The number that a word stands for; false where it is a name, or a function. */
static bool number_of(const application *a, int slot, const char *word, size_t size, char behind, double *out)
{
    int first, last;
    ends_of(a, slot, &first, &last);
    struct {
        const char *word;
        double value;
    } table[] = {
        {"p", a->p.p},       {"lo", a->p.lo},     {"hi", a->p.hi},   {"first", first}, {"last", last},
        {"rows", a->p.rows}, {"cols", a->p.cols}, {"slope", a->p.p}, {"i", first},     {"j", last},
    };
    for (size_t k = 0; k < sizeof table / sizeof *table && behind != '('; k++)
        if (strlen(table[k].word) == size && !memcmp(table[k].word, word, size)) {
            *out = table[k].value;
            return true;
        }
    return false;
}

/* r(a) and the like are numbers; so are the constants. */
static void substitute(char *out, const char *text, const application *a, int slot)
{
    while (*text) {
        double number;
        size_t size = strspn(text, "abcdefghijklmnopqrstuvwxyzG_");
        if ((!strncmp(text, "r(", 2) || !strncmp(text, "c(", 2)) && text[3] == ')' && size == 1) {
            int k = 0;
            while (name_of(a->op, k)[0] != text[2])
                k++;
            const gf_matrix *m = &a->in[k];
            out += sprintf(out, "%d", text[0] == 'r' ? m->rows : m->cols);
            size = 4;
        } else if ((!strncmp(text, "r(part)", 7) || !strncmp(text, "c(part)", 7)) && size == 1) {
            out += sprintf(out, "%d", text[0] == 'r' ? a->in[slot].rows : a->in[slot].cols);
            size = 7;
        } else if (size && number_of(a, slot, text, size, text[size], &number)) {
            out += sprintf(out, "(%.17g)", number);
        } else {
            size = size ? size : 1;
            out += sprintf(out, "%.*s", (int)size, text);
        }
        text += size;
    }
}

static int declare(char *out, const char *name, const gf_matrix *m)
{
    return m->data ? sprintf(out, "param %s : %d x %d = 0\n", name, m->rows, m->cols) : 0;
}

static void set(gf_model *m, const char *name, const gf_matrix *value)
{
    if (value->data)
        ck_assert_int_eq(gf_set(gf_model_node(m, name, 0), value), GF_OK);
}

/* The text, with the application's matrices for its names, is `wanted`. */
static void assert_text(const application *a, int slot, const char *text, const gf_matrix *wanted)
{
    char file[2000], *at = file;
    for (int k = 0; k < a->arity; k++)
        at += declare(at, name_of(a->op, k), &a->in[k]);
    at += declare(at, "y", &a->y);
    at += declare(at, "G", &a->G);
    at += declare(at, "mask", &a->mask);
    at += declare(at, "ties", &a->ties);
    at += declare(at, "part", &a->in[slot]);
    at += declare(at, "wanted", wanted);
    at += sprintf(at, "loss sum(%s)\nclaim wanted = (", name_of(a->op, 0));
    substitute(at, text, a, slot);
    strcat(at, ") within 1e-12\n");
    gf_model *m = model_of(file);
    for (int k = 0; k < a->arity; k++)
        set(m, name_of(a->op, k), &a->in[k]);
    set(m, "y", &a->y);
    set(m, "G", &a->G);
    set(m, "mask", &a->mask);
    set(m, "ties", &a->ties);
    set(m, "part", &a->in[slot]);
    set(m, "wanted", wanted);
    gf_report *report;
    const gf_claim *claim;
    ck_assert_int_eq(gf_model_claims(&report, m, NULL), GF_OK);
    ck_assert((claim = gf_report_claim(report, 0)));
    ck_assert_msg(claim->verdict == GF_HOLDS, "%s, operand %d: %s\nis not so: error %g\n%s", a->op->name, slot, file,
                  claim->error, claim->message);
    gf_report_free(report);
    gf_model_free(m);
}

static void assert_formulas(application *a)
{
    for (int slot = 0; slot < a->arity; slot++) {
        int cell = a->op->arity == GF_ARITY_ANY ? 0 : slot;
        const gf_matrix *in = &a->in[slot];
        gf_matrix contribution;
        gf_matrix_new(&contribution, in->rows, in->cols);
        gf_call_slot(&a->call, slot);
        if (a->op->vjp[cell])
            a->op->vjp[cell](&contribution, 0, &a->G, &a->call, slot);
        ck_assert_msg(a->op->formula[cell], "%s has no formula for operand %d", a->op->name, slot);
        assert_text(a, slot, a->op->formula[cell], &contribution);
        gf_matrix_free(&contribution);
    }
    if (a->op->arity != GF_ARITY_ANY || a->arity == 2)
        assert_text(a, 0, a->op->text, &a->y);
}

/* --- every operation, every shape ------------------------------------------------------------------------------- */

static const int shapes[][PARTS][2] = {
    {{3, 4}, {3, 4}, {3, 1}}, {{3, 4}, {1, 4}, {2, 4}}, {{3, 4}, {3, 1}, {3, 2}}, {{3, 4}, {1, 1}, {1, 1}},
    {{1, 4}, {3, 4}, {3, 4}}, {{3, 1}, {3, 4}, {3, 1}}, {{1, 1}, {3, 4}, {1, 1}}, {{3, 1}, {1, 4}, {1, 1}},
    {{1, 4}, {3, 1}, {1, 1}}, {{4, 1}, {4, 1}, {2, 1}}, {{1, 1}, {1, 1}, {1, 1}}, {{3, 4}, {4, 2}, {1, 1}},
    {{1, 3}, {3, 1}, {1, 1}}, {{1, 4}, {1, 4}, {1, 4}},
};

/* Two numbers, and two of rows and columns: whatever the operation makes of them. */
static const double numbers[][2] = {{0.3, 1.4}, {0.8, 1.2}};
static const int sizes[][2] = {{1, 1}, {1, 4}, {3, 1}, {3, 4}, {2, 3}, {2, 6}, {4, 3}, {4, 1}, {1, 3}};

static int try_constants(const gf_operation *op, const int shape[PARTS][2], int arity)
{
    int done = 0;
    for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++)
        for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
            gf_attributes p = {
                .size = sizeof p, .p = numbers[n][0], .hi = numbers[n][1], .first = sizes[k][0], .last = sizes[k][1]};
            application a;
            if (apply(&a, op, shape, arity, &p)) {
                assert_formulas(&a);
                done++;
            }
            release(&a);
            if (!op->shape && k == 1)
                break; /* it reads no sizes */
        }
    return done;
}

START_TEST(formulas_are_the_vjps)
{
    for (int k = 0; k < gf_operation_count(); k++) {
        const gf_operation *op = gf_operation_at(k);
        int done = 0, least = op->arity == GF_ARITY_ANY ? 2 : op->arity;
        int most = op->arity == GF_ARITY_ANY ? PARTS : op->arity;
        for (size_t n = 0; n < sizeof shapes / sizeof *shapes; n++)
            for (int arity = least; arity <= most; arity++)
                done += try_constants(op, shapes[n], arity);
        ck_assert_msg(done >= 4, "%s was applied %d times", op->name, done);
    }
}
END_TEST

/* Exponents that the table above has not. */
START_TEST(powers)
{
    static const double exponents[] = {0, 1, 2, -1, -2.5};
    for (size_t k = 0; k < sizeof exponents / sizeof *exponents; k++) {
        application a;
        ck_assert(apply(&a, gf_operation_find("pow"), shapes[0], 1,
                        &(gf_attributes){.size = sizeof(gf_attributes), .p = exponents[k]}));
        assert_formulas(&a);
        release(&a);
    }
}
END_TEST

int main(void)
{
    const TTest *tests[] = {formulas_are_the_vjps, powers};
    return RUN_TESTS("formulas", tests);
}
