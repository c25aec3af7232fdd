/* The arrays that NumPy saves: a header, which is a dictionary of Python as text, and the numbers as they lie in memory
 * (NumPy Enhancement Proposal 1). */
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "text/numbers.h"

enum { BEFORE = 10, UNIT = 64, HEAD = 4096 };

/* --- writing ------------------------------------------------------------------------------------------ */

void gf_npy_number(gf_text *w, double number)
{
    uint64_t bits;
    char bytes[8];
    memcpy(&bits, &number, sizeof bits);
    for (int k = 0; k < 8; k++)
        bytes[k] = (char)(bits >> (8 * k));
    gf_text_bytes(w, bytes, 8);
}

void gf_npy_head(gf_text *w, size_t steps, int rows, int cols)
{
    gf_text head = {0};
    gf_text_add(&head, "{'descr': '<f8', 'fortran_order': False, 'shape': (");
    if (steps)
        gf_text_print(&head, "%zu, ", steps);
    gf_text_print(&head, "%d, %d), }", rows, cols);
    while ((head.size + BEFORE + 1) % UNIT && !head.failed)
        gf_text_add(&head, " ");
    gf_text_add(&head, "\n");
    const char before[BEFORE] = {
        '\x93', 'N', 'U', 'M', 'P', 'Y', 1, 0, (char)(head.size & 255), (char)(head.size >> 8)};
    gf_text_bytes(w, before, BEFORE);
    gf_text_bytes(w, gf_text_string(&head), head.size);
    w->failed |= head.failed;
    gf_text_free(&head);
}

/* --- reading ------------------------------------------------------------------------------------------ */

typedef struct npy {
    int bytes;    /* of a number, 4 or 8 */
    bool columns; /* column by column */
    long rows, cols;
} npy;

static gf_status refuse(gf_numbers *n, const char *why)
{
    snprintf(n->why, sizeof n->why, "%s", why);
    return GF_ERROR_READ;
}

static uint64_t read_little(FILE *file, int bytes)
{
    uint64_t number = 0;
    for (int k = 0; k < bytes; k++)
        number |= (uint64_t)(getc(file) & 255) << (8 * k);
    return number;
}

/* The header as text; false where there is none. */
static bool read_head(char head[HEAD], FILE *file)
{
    char magic[7] = "";
    if (fread(magic, 1, 6, file) != 6 || strcmp(magic, "\x93NUMPY"))
        return false;
    int version = getc(file);
    getc(file);
    uint64_t size = read_little(file, version == 1 ? 2 : 4);
    if (version < 1 || version > 3 || size >= HEAD || fread(head, 1, size, file) != size)
        return false;
    head[size] = '\0';
    return true;
}

/* What stands behind 'key': in the header, blanks left out; "" where there is none. */
static const char *entry(const char *head, const char *key)
{
    const char *at = strstr(head, key);
    at = at ? strchr(at, ':') : NULL;
    return at ? at + 1 + strspn(at + 1, " ") : head + strlen(head);
}

/* "(3, 4)", "(3,)" or "()". */
static const char *read_shape(npy *array, const char *text)
{
    long sizes[2] = {1, 1};
    int count = 0, used = 0;
    bool began = *text == '(';
    for (text += *text == '('; count <= 2 && sscanf(text, " %ld%n", &sizes[count < 2 ? count : 1], &used) == 1;
         count++) {
        text += used;
        text += *text == ',';
    }
    array->rows = count == 2 ? sizes[0] : 1;
    array->cols = count == 2 ? sizes[1] : sizes[0];
    bool ends = count <= 2 && text[strspn(text, " ")] == ')';
    return !began                                        ? "its header has no 'shape'"
           : count > 2                                   ? "it has more than two dimensions"
           : !ends || array->rows < 0 || array->cols < 0 ? "the 'shape' in its header is none"
           : !array->rows || !array->cols                ? "there are no numbers"
                                                         : NULL;
}

static gf_status read_kind(npy *array, gf_numbers *n)
{
    char head[HEAD];
    if (!read_head(head, n->file))
        return refuse(n, "this is no array that NumPy saved");
    const char *kind = entry(head, "'descr'");
    const char *order = entry(head, "'fortran_order'");
    array->columns = !strncmp(order, "True", 4);
    array->bytes = !strncmp(kind, "'<f8'", 5) ? 8 : !strncmp(kind, "'<f4'", 5) ? 4 : 0;
    if (!array->bytes)
        return refuse(n, "its numbers are no float32 or float64 with the low byte first");
    if (!array->columns && strncmp(order, "False", 5))
        return refuse(n, "its header has no 'fortran_order', True or False");
    const char *why = read_shape(array, entry(head, "'shape'"));
    if (why)
        return refuse(n, why);
    if (array->rows > INT_MAX || array->cols > INT_MAX || array->rows > INT_MAX / array->cols)
        return GF_ERROR_LIMIT;
    return GF_OK;
}

/* Looked at before anything is made, so that a header alone makes nobody ask for memory. */
static const char *check_bytes(FILE *file, uint64_t wanted)
{
    long here = ftell(file), end = fseek(file, 0, SEEK_END) ? -1 : ftell(file);
    if (here < 0 || end < here || (uint64_t)(end - here) < wanted || fseek(file, here, SEEK_SET))
        return "the file ends before the last number";
    return (uint64_t)(end - here) > wanted ? "the file goes on behind the last number" : NULL;
}

static double read_float(FILE *file, int bytes)
{
    uint64_t bits = read_little(file, bytes);
    uint32_t few = (uint32_t)bits;
    double number;
    float small;
    memcpy(&number, &bits, sizeof number);
    memcpy(&small, &few, sizeof small);
    return bytes == 8 ? number : (double)small;
}

static gf_status check_finite(const gf_matrix *m, gf_numbers *n)
{
    size_t cols = (size_t)m->cols;
    for (size_t k = 0; k < gf_matrix_size(m); k++)
        if (!isfinite(m->data[k])) {
            snprintf(n->why, sizeof n->why, "%s in row %zu, column %zu, counted from 1, is no number to reckon with",
                     isnan(m->data[k]) ? "nan" : "inf", k / cols + 1, k % cols + 1);
            return GF_ERROR_READ;
        }
    return GF_OK;
}

gf_status gf_npy_read(gf_matrix *out, gf_numbers *n)
{
    npy array;
    *out = (gf_matrix){0};
    gf_status status = read_kind(&array, n);
    if (status)
        return status;
    const char *why = check_bytes(n->file, (uint64_t)array.rows * (uint64_t)array.cols * (uint64_t)array.bytes);
    if (why)
        return refuse(n, why);
    if ((status = gf_matrix_new(out, (int)array.rows, (int)array.cols)))
        return status;
    size_t rows = (size_t)array.rows, cols = (size_t)array.cols;
    for (size_t k = 0; k < rows * cols; k++)
        out->data[array.columns ? k % rows * cols + k / rows : k] = read_float(n->file, array.bytes);
    if ((status = check_finite(out, n)))
        gf_matrix_free(out);
    return status;
}
