/* Parameters in a folder: what is saved is loaded, by us and by NumPy; what cannot be is refused, and changes nothing.
 */
#include "support.h"

#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gradflow/init.h>
#include <gradflow/train.h>

static char folder[64];

static const char *path_of(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void enter(void)
{
    strcpy(folder, "/tmp/gradflow-params-......");
    memset(strrchr(folder, '-') + 1, 'X', 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

/* With what must be in it, and nothing else. */
static void leave(const char *const files[], int count)
{
    for (int k = 0; k < count; k++)
        ck_assert_msg(!remove(path_of(files[k])), "%s is not there", files[k]);
    ck_assert_msg(!rmdir(folder), "there is more in %s", folder);
}

static void write_bytes(const char *name, const char *bytes, size_t size)
{
    FILE *file = fopen(path_of(name), "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert(fwrite(bytes, 1, size, file) == size && !fclose(file));
}

/* --- there and back ---------------------------------------------------------------------------------- */

typedef struct parts {
    gf_graph *g;
    gf_node *W, *odd, *b;
} parts;

static parts parts_new(uint64_t seed)
{
    parts p = {.g = gf_graph_new()};
    gf_seed(p.g, seed);
    gf_graph_scope(p.g, "low");
    p.W = gf_param(p.g, "W", 2, 3);
    gf_graph_scope(p.g, NULL);
    p.odd = gf_param(p.g, "../a %/\xc3\xa4\n", 1, 2);
    gf_graph_step(p.g, 4);
    p.b = gf_param(p.g, "b", 3, 1);
    ck_assert(!gf_init_normal(p.W, 0, 1) && !gf_init_normal(p.odd, 0, 1e-300) && !gf_init_normal(p.b, 0, 1e300));
    return p;
}

static const char *const saved[] = {"low.W.npy", "%2E.%2Fa %25%2F\xc3\xa4%0A.npy", "b[4].npy"};

START_TEST(what_is_saved_is_loaded)
{
    enter();
    parts a = parts_new(1), b = parts_new(2);
    ck_assert_msg(!gf_params_save(a.g, folder), "%s", gf_graph_message(a.g));
    ck_assert(!gf_params_save(a.g, folder)); /* over what is there */
    ck_assert_msg(!gf_params_load(b.g, folder), "%s", gf_graph_message(b.g));
    ck_assert_mem_eq(gf_value(a.W)->data, gf_value(b.W)->data, 6 * sizeof(double));
    ck_assert_mem_eq(gf_value(a.odd)->data, gf_value(b.odd)->data, 2 * sizeof(double));
    ck_assert_mem_eq(gf_value(a.b)->data, gf_value(b.b)->data, 3 * sizeof(double));
    gf_graph_free(a.g), gf_graph_free(b.g);
    leave(saved, 3);
}
END_TEST

/* It reads what we write, and writes what we read; nothing is compared where there is none. */
START_TEST(numpy_reads_and_writes_the_same)
{
    static const char program[] = "import numpy, sys; f = sys.argv[1]; a = numpy.load(f + '/low.W.npy'); "
                                  "b = numpy.load(f + '/b[4].npy'); assert b.shape == (3, 1) and b.dtype == float; "
                                  "assert a.shape == (2, 3) and a[1, 0] == 0.5 and a[0, 2] == -3.25; "
                                  "numpy.save(f + '/low.W.npy', numpy.asfortranarray(2 * a)); "
                                  "numpy.save(f + '/b[4].npy', numpy.float32([1, 2, 4.5]))";
    char line[4096];
    enter();
    parts p = parts_new(1);
    gf_set_entry(p.W, 1, 0, 0.5), gf_set_entry(p.W, 0, 2, -3.25);
    ck_assert(!gf_params_save(p.g, folder));
    snprintf(line, sizeof line, "'%s/scripts/with-numpy' python3 -c \"%s\" %s", getenv("GF_TESTS"), program, folder);
    int status = system(line);
    if (WEXITSTATUS(status) != 77) {
        ck_assert_int_eq(status, 0);
        ck_assert_msg(!gf_params_load(p.g, folder), "%s", gf_graph_message(p.g));
        ck_assert(gf_matrix_at(gf_value(p.W), 1, 0) == 1 && gf_matrix_at(gf_value(p.W), 0, 2) == -6.5);
        ck_assert(gf_matrix_at(gf_value(p.b), 2, 0) == 4.5);
    }
    gf_graph_free(p.g);
    leave(saved, 3);
}
END_TEST

/* --- what is refused ------------------------------------------------------------------------------------ */

static void assert_not_loaded(parts *p, gf_status wanted, const char *message)
{
    char all[256];
    double before = gf_matrix_at(gf_value(p->W), 0, 0);
    ck_assert_int_eq(gf_params_load(p->g, folder), wanted);
    snprintf(all, sizeof all, message, folder);
    assert_failed(p->g, wanted, all);
    ck_assert(gf_matrix_at(gf_value(p->W), 0, 0) == before);
    gf_graph_clear_status(p->g);
}

#define HEAD(descr, order, shape) "{'descr': '" descr "', 'fortran_order': " order ", 'shape': " shape ", }"

/* A file of that header and what is behind it; `version` 0: nothing in front. */
static void write_array(const char *name, int version, const char *head, const char *numbers)
{
    char bytes[256] = "\x93NUMPY";
    size_t before = version ? 10 : 0, size = before + strlen(head) + strlen(numbers);
    bytes[6] = (char)version, bytes[8] = (char)strlen(head);
    snprintf(bytes + before, sizeof bytes - before, "%s%s", head, numbers);
    write_bytes(name, bytes, size);
}

START_TEST(files_that_are_wrong_change_nothing)
{
    static const struct {
        int version;
        const char *head, *numbers;
        gf_status status;
        const char *message;
    } cases[] = {
        {0, "", "", GF_ERROR_READ, ": this is no array that NumPy saved"},
        {0, "1,2,3\n", "", GF_ERROR_READ, ": this is no array that NumPy saved"},
        {9, HEAD("<f8", "False", "(3, 1)"), "", GF_ERROR_READ, ": this is no array that NumPy saved"},
        {1, HEAD("<i8", "False", "(3, 1)"), "", GF_ERROR_READ,
         ": its numbers are no float32 or float64 with the low byte first"},
        {1, HEAD("<f8", "False", "(3, 1, 1)"), "", GF_ERROR_READ, ": it has more than two dimensions"},
        {1, HEAD("<f8", "False", "(3, 1)"), "12345678", GF_ERROR_READ, ": the file ends before the last number"},
        {1, HEAD("<f8", "False", "(99999, 99999)"), "", GF_ERROR_LIMIT, ": past a limit"},
        {1, HEAD("<f8", "False", "(1,)"), "123456789", GF_ERROR_READ, ": the file goes on behind the last number"},
        {1, HEAD("<f8", "False", "(-3, 1)"), "", GF_ERROR_READ, ": the 'shape' in its header is none"},
        {1, HEAD("<f8", "False", "(0, 3)"), "", GF_ERROR_READ, ": there are no numbers"},
        {1, "{'descr': '<f8', 'fortran_order': False}", "", GF_ERROR_READ, ": its header has no 'shape'"},
        {1, "{'descr': '<f8', 'shape': (1,)}", "12345678", GF_ERROR_READ,
         ": its header has no 'fortran_order', True or False"},
        {1, HEAD("<f4", "True", "(2, 2)"), "123412341234\xff\xff\xff\x7f", GF_ERROR_READ,
         ": nan in row 2, column 2, counted from 1, is no number to reckon with"},
        {1, HEAD("<f8", "False", "()"), "12345678", GF_ERROR_SHAPE, " is 1 x 1, but b[4] 3 x 1"},
    };
    enter();
    parts p = parts_new(1), other = parts_new(2);
    assert_not_loaded(&p, GF_ERROR_READ, "params: %s/low.W.npy: No such file or directory");
    ck_assert(!gf_params_save(other.g, folder));
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char message[256];
        snprintf(message, sizeof message, "params: %%s/b[4].npy%s", cases[k].message);
        write_array("b[4].npy", cases[k].version, cases[k].head, cases[k].numbers);
        assert_not_loaded(&p, cases[k].status, message);
    }
    remove(path_of("b[4].npy"));
    ck_assert(!mkdir(path_of("b[4].npy"), 0700));
    assert_not_loaded(&p, GF_ERROR_READ, "params: %s/b[4].npy: this is a folder: write the name of a file");
    gf_graph_free(p.g), gf_graph_free(other.g);
    leave(saved, 3);
}
END_TEST

START_TEST(graphs_and_folders_that_cannot_be_are_refused)
{
    enter();
    gf_graph *g = gf_graph_new();
    ck_assert(gf_params_save(NULL, folder) == GF_ERROR_ARGUMENT && gf_params_load(g, NULL) == GF_ERROR_ARGUMENT);
    ck_assert_int_eq(gf_params_save(g, folder), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "params: the graph has no parameters");
    gf_graph_clear_status(g);
    gf_param(g, "W", 1, 1);
    write_bytes("file", "", 0);
    ck_assert_int_eq(gf_params_save(g, path_of("file")), GF_ERROR_WRITE);
    ck_assert(strstr(gf_graph_message(g), "/file: Not a directory"));
    gf_graph_clear_status(g);
    ck_assert(!mkdir(path_of("W.npy"), 0700) && gf_params_save(g, folder) == GF_ERROR_WRITE);
    gf_graph_clear_status(g);
    gf_graph *other = gf_graph_new();
    char name[2000] = "";
    memset(name, 'W', sizeof name - 1);
    gf_param(other, name, 1, 1);
    ck_assert_int_eq(gf_params_save(other, folder), GF_ERROR_WRITE);
    ck_assert_msg(strstr(gf_graph_message(other), "WWW…: File name too long"), "%s", gf_graph_message(other));
    gf_graph_free(other);
    gf_input(g, "W", 1, 1), gf_param(g, "W", 1, 1);
    ck_assert_int_eq(gf_params_load(g, folder), GF_ERROR_ARGUMENT);
    assert_failed(g, GF_ERROR_ARGUMENT, "params: two are called W, and would be one file");
    gf_graph_free(g);
    leave((const char *[]){"file", "W.npy"}, 2);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {what_is_saved_is_loaded, numpy_reads_and_writes_the_same,
                            files_that_are_wrong_change_nothing, graphs_and_folders_that_cannot_be_are_refused};
    return RUN_TESTS("params", tests);
}
