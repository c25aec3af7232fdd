/* The functions of the language. Those that are an operation of the engine are found by the text of its row, such as
 * "clip(a, lo, hi)": an operation that can be written so is a function of the language without a line here. */
#ifndef GF_LANGUAGE_FUNCTIONS_H
#define GF_LANGUAGE_FUNCTIONS_H

#include <gradflow/operation.h>

/* What an argument is. */
typedef enum gf_argument {
    ARGUMENT_MATRIX,
    ARGUMENT_NUMBER,   /* p, lo, hi: a number of sizes and indices */
    ARGUMENT_INTEGER,  /* first, last, rows, cols */
    ARGUMENT_VARIABLE, /* a name of the graph, to differentiate by */
    ARGUMENT_GRAPH     /* an expression of names of the graph */
} gf_argument;

typedef enum gf_special {
    SPECIAL_NONE, /* an operation */
    SPECIAL_ZEROS,
    SPECIAL_ONES,
    SPECIAL_EYE,
    SPECIAL_PROD, /* prod, hcat, vcat: written as a call, which they never are */
    SPECIAL_MAX,
    SPECIAL_MIN,
    SPECIAL_NORM2,
    SPECIAL_KRON,
    SPECIAL_GRAD,
    SPECIAL_JACOBIAN
} gf_special;

enum { GF_ARGUMENTS = 4 };

typedef struct gf_function {
    const gf_operation *op; /* SPECIAL_NONE: the row */
    gf_special special;
    int least, most; /* how many arguments */
    gf_argument argument[GF_ARGUMENTS];
    bool judging;              /* only in let and claim */
    const char *usage;         /* "clip(a, lo, hi)" */
    const char *hint;          /* what to write instead, where it is used wrongly; or NULL */
    char place[GF_ARGUMENTS];  /* where the operation looks for the argument, if that is a number; or 0 */
    const char *latex, *numpy; /* as in a gf_notation */
} gf_function;

/* The function of that name; false if there is none. */
bool gf_function_find(gf_function *out, const char *name);

/* The same of a call with so many arguments: max(a) is one function, max(a, b) another. The second makes that of what
 * was found by its name alone. */
bool gf_function_called(gf_function *out, const char *name, uint32_t arguments);
void gf_function_choose(gf_function *function, const char *name, uint32_t arguments);

/* Puts the numbers of a call, in the order of its arguments, where the operation looks for them. The rows or columns of
 * a slice, which the language counts from 1, are counted from 0 there. */
gf_attributes gf_function_attributes(const gf_function *function, const double numbers[GF_ARGUMENTS]);

/* Function number k as it is called, "" where row k of the tables is no function, NULL beyond: for whoever looks for
 * the nearest name. Writes into text of GF_FUNCTION_NAME bytes. */
enum { GF_FUNCTION_NAME = 32 };
const char *gf_function_name(int k, char text[GF_FUNCTION_NAME]);

#endif
