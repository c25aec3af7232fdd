/* The builders: each applies its row. Which there are, and what each takes, the list in ops/ops.h says. */
#include <gradflow/builders.h>

#include "ops/ops.h"

/* clang-format off */
#define ONE(op) BUILDER(op, (gf_node *a), &a, 1, NULL)
#define TWO(op) BUILDER(op, (gf_node *a, gf_node *b), ((gf_node *[]){a, b}), 2, NULL)
#define THREE(op) BUILDER(op, (gf_node *c, gf_node *a, gf_node *b), ((gf_node *[]){c, a, b}), 3, NULL)
#define MANY(op) BUILDER(op, (gf_node *const parts[], int count), parts, count, NULL)
#define NUMBER(op) BUILDER(op, (gf_node *a, double p), &a, 1, WITH(.p = p))
#define ENDS(op) BUILDER(op, (gf_node *a, double lo, double hi), &a, 1, WITH(.lo = lo, .hi = hi))
#define MASK(op) BUILDER(op, (gf_node *a, double rate, uint64_t seed), &a, 1, WITH(.p = rate, .seed = seed))
#define SLICE(op) BUILDER(op, (gf_node *a, int first, int last), &a, 1, WITH(.first = first, .last = last))
#define PLACE(op) BUILDER(op, (gf_node *a, int row, int col), &a, 1, WITH(.first = row, .last = col))
#define SHAPE(op) BUILDER(op, (gf_node *a, int rows, int cols), &a, 1, WITH(.rows = rows, .cols = cols))
#define NONE(op)

#define WITH(...) (&(gf_attributes){.size = sizeof(gf_attributes), __VA_ARGS__})
#define BUILDER(op, takes, operands, count, constants) \
    gf_node *gf_##op takes { return gf_apply(&gf_op_##op, operands, count, constants); }
#define MADE(op, TAKES) TAKES(op)
GF_OPERATIONS(MADE)

/* Two have a second name. */
#define ALSO(name, op) gf_node *gf_##name(gf_node *a) { return gf_##op(a); }
ALSO(sign, abs_prime)
ALSO(heaviside, relu_prime)
/* clang-format on */
