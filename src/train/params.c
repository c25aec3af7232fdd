/* Parameters in a folder, a file each. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <gradflow/train.h>

#include "graph/node.h"
#include "text/characters.h"
#include "text/file.h"
#include "text/numbers.h"

enum { LABEL = 4096 };

/* --- where one is ----------------------------------------------------------------------------------- */

/* FOLDER/LABEL.npy; what no name of a file can have is written as %2F. */
static void add_path(gf_text *path, const char *folder, const gf_node *param)
{
    char label[LABEL];
    gf_node_label(label, sizeof label, param);
    gf_text_print(path, "%s/", folder);
    for (const char *at = label; *at; at++) {
        unsigned char c = (unsigned char)*at;
        bool odd = c < ' ' || c == 127 || c == '/' || c == '%' || (c == '.' && at == label);
        gf_text_print(path, odd ? "%%%02X" : "%c", c);
    }
    gf_text_add(path, ".npy");
}

static gf_node *next_param(const gf_graph *g, size_t *id)
{
    while (*id < g->size) {
        gf_node *node = gf_node_in(g, (*id)++);
        if (gf_node_is_param(node))
            return node;
    }
    return NULL;
}

/* Is there a parameter before this one with its label? */
static bool is_second(const gf_node *param)
{
    char own[LABEL], other[LABEL];
    size_t id = 0;
    gf_node_label(own, sizeof own, param);
    for (const gf_node *before; (before = next_param(param->graph, &id)) != param;)
        if (!strcmp(gf_node_label(other, sizeof other, before), own))
            return true;
    return false;
}

/* There are parameters, and no two would go into one file. */
static gf_status check_params(gf_graph *g, const char *folder)
{
    if (!g || !folder)
        return GF_ERROR_ARGUMENT;
    size_t id = 0;
    gf_node *param = next_param(g, &id);
    if (!param)
        return gf_graph_fail(g, GF_ERROR_ARGUMENT, "params: the graph has no parameters");
    for (; param; param = next_param(g, &id))
        if (is_second(param))
            return gf_graph_fail(g, GF_ERROR_ARGUMENT, "params: two are called %s, and would be one file",
                                 gf_label(param));
    return GF_OK;
}

static gf_status fail_write(gf_graph *g, const char *path, int error)
{
    if (error == ENOMEM)
        return gf_graph_out_of_memory(g, "params");
    enum { SHOWN = 100 }; /* characters of a path: behind it the reason must find room in the graph's message */
    size_t shown = gf_utf8_bytes(path, SHOWN);
    return gf_graph_fail(g, GF_ERROR_WRITE, "params: %.*s%s: %s", (int)shown, path, path[shown] ? "…" : "",
                         strerror(error));
}

/* --- saving ------------------------------------------------------------------------------------------- */

static gf_status save(const gf_node *param, const char *path)
{
    gf_text text = {0};
    const gf_matrix *m = &param->value;
    gf_npy_head(&text, 0, m->rows, m->cols);
    for (size_t k = 0; k < gf_matrix_size(m); k++)
        gf_npy_number(&text, m->data[k]);
    int error = text.failed ? 0 : gf_file_write(path, text.data, text.size);
    error = text.failed ? ENOMEM : error;
    gf_status status = error ? fail_write(param->graph, path, error) : GF_OK;
    gf_text_free(&text);
    return status;
}

gf_status gf_params_save(gf_graph *g, const char *folder)
{
    gf_status status = check_params(g, folder);
    int error = status ? 0 : gf_directory_make(folder);
    if (error)
        status = fail_write(g, folder, error);
    gf_node *param;
    for (size_t id = 0; !status && (param = next_param(g, &id));) {
        gf_text path = {0};
        add_path(&path, folder, param);
        status = path.failed ? gf_graph_out_of_memory(g, "params") : save(param, path.data);
        gf_text_free(&path);
    }
    return status;
}

/* --- loading -------------------------------------------------------------------------------------------- */

static gf_status load(double *numbers, const gf_node *param, const char *path)
{
    gf_graph *g = param->graph;
    gf_matrix m;
    const char *why;
    gf_numbers in = {.file = gf_numbers_open(path, &why)};
    if (!in.file)
        return gf_graph_fail(g, GF_ERROR_READ, "params: %s: %s", path, why);
    gf_status status = gf_npy_read(&m, &in);
    fclose(in.file);
    if (status)
        return gf_graph_fail(g, status, "params: %s: %s", path,
                             status == GF_ERROR_READ ? in.why : gf_status_text(status));
    const gf_matrix *own = &param->value;
    bool fits = m.cols == own->cols || (m.rows == 1 && own->cols == 1); /* an array of one dimension is a row */
    if (fits && gf_matrix_size(&m) == gf_matrix_size(own))
        memcpy(numbers, m.data, gf_matrix_size(own) * sizeof *numbers);
    else
        status = gf_graph_fail(g, GF_ERROR_SHAPE, "params: %s is %d x %d, but %s %d x %d", path, m.rows, m.cols,
                               gf_label(param), own->rows, own->cols);
    gf_matrix_free(&m);
    return status;
}

/* All numbers are read before the first parameter is set. */
gf_status gf_params_load(gf_graph *g, const char *folder)
{
    gf_status status = check_params(g, folder);
    gf_node *param;
    size_t entries = 0, used = 0;
    for (size_t id = 0; !status && (param = next_param(g, &id));)
        entries += gf_matrix_size(&param->value);
    double *numbers = status ? NULL : malloc(entries * sizeof *numbers);
    if (!status && !numbers)
        return gf_graph_out_of_memory(g, "params");
    for (size_t id = 0; !status && (param = next_param(g, &id)); used += gf_matrix_size(&param->value)) {
        gf_text path = {0};
        add_path(&path, folder, param);
        status = path.failed ? gf_graph_out_of_memory(g, "params") : load(numbers + used, param, path.data);
        gf_text_free(&path);
    }
    used = 0;
    for (size_t id = 0; !status && (param = next_param(g, &id)); used += gf_matrix_size(&param->value)) {
        gf_matrix value = gf_matrix_over(numbers + used, param->value.rows, param->value.cols);
        gf_set(param, &value);
    }
    free(numbers);
    return status;
}
