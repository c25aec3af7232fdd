/* Matrices as text. */
#include <gradflow/matrix.h>

#include "base/size.h"

/* Room for every entry: 12 characters, or 13 where one is like -1.23457e-100. */
static int column_width(const gf_matrix *m)
{
    int width = 12;
    GF_EACH_ENTRY (m, i, j) {
        int wanted = snprintf(NULL, 0, "%.6g", gf_row(m, i)[j]);
        width = wanted > width ? wanted : width;
    }
    return width;
}

void gf_matrix_print(const gf_matrix *m, FILE *stream)
{
    if (!stream)
        return;
    if (gf_matrix_fault(m)) {
        fputs("(none)\n", stream);
        return;
    }
    int width = column_width(m);
    GF_EACH_ENTRY (m, i, j)
        fprintf(stream, "%*.6g%s", width, gf_row(m, i)[j], j + 1 < m->cols ? " " : "\n");
}
