/* Numbers from files: what csv("…") reads, what it refuses, and that it writes nowhere else. */
#include "equations.h"

#include <unistd.h>

enum { MOST = 12, GUARDS = 8 };

static const double GUARD = -12345.5;

/* A file of the test's own, in a folder of its own. */
static const char *path_of(const char *name)
{
    static char path[80];
    snprintf(path, sizeof path, "/tmp/gradflow-test-%s-%ld", name, (long)getpid());
    return path;
}

static void write_file(const char *text)
{
    FILE *file = fopen(path_of("csv"), "wb");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

/* A model whose second statement names the file; it is not unrolled. */
static gf_model *model_with(const char *declaration)
{
    char text[256];
    gf_model *m;
    snprintf(text, sizeof text, "steps T = 3\n%s = csv(\"%s\")\nloss 0\n", declaration, path_of("csv"));
    ck_assert_int_eq(gf_model_parse(&m, text, "test.gf"), GF_OK);
    m->steps = 3;
    return m;
}

/* Reads into the middle of a row of guards, `times` times; they stay as they are. */
static bool read_into(gf_csv *csv, double room[MOST + 2 * GUARDS], int rows, int cols, int times)
{
    size_t size = (size_t)rows * (size_t)cols;
    bool good = true;
    for (int k = 0; k < MOST + 2 * GUARDS; k++)
        room[k] = GUARD;
    for (int k = 0; k < times && good; k++) {
        gf_matrix out = gf_matrix_over(room + GUARDS, rows, cols);
        good = gf_csv_read(csv, &out);
    }
    for (size_t k = 0; k < MOST + 2 * GUARDS; k++)
        ck_assert_msg((k >= GUARDS && k < GUARDS + size) || room[k] == GUARD, "place %zu of %zu is written to", k,
                      size);
    return good;
}

static const struct {
    const char *declaration, *text;
    int rows, cols, times;
    const char *message;  /* behind the path; NULL: it is read, and is */
    double numbers[MOST]; /* these */
} files[] = {
    {"param W : 2 x 2", "1, 2\n3, 4\n", 2, 2, 1, NULL, {1, 2, 3, 4}},
    {"param W : 2 x 2", "1, 2\n3, 4", 2, 2, 1, NULL, {1, 2, 3, 4}},
    {"param W : 2 x 2",
     "\xEF\xBB\xBF-1;+2.5\r\n\r\n# no numbers\n3e2\t.5 # four\n\n#",
     2,
     2,
     1,
     NULL,
     {-1, 2.5, 300, 0.5}},
    {"param W : 2 x 2", "1 2 3 4\n", 2, 2, 1, NULL, {1, 2, 3, 4}},
    {"param W : 2 x 2", "1\n2\n3\n4\n", 2, 2, 1, NULL, {1, 2, 3, 4}},
    {"param W : 1 x 4", "1\n2\n3\n4\n", 1, 4, 1, NULL, {1, 2, 3, 4}},
    {"param W : 1 x 1", "7", 1, 1, 1, NULL, {7}},
    {"param W : 1 x 1", "000000000000000000000000000000000000000000000000000000000000007", 1, 1, 1, NULL, {7}},
    {"param W : 1 x 1",
     "0000000000000000000000000000000000000000000000000000000000000007",
     1,
     1,
     1,
     ":1: '000000000000000000000000000000000000000000000000000000000000000…' is no number",
     {0}},
    {"input x[t] : 1 x 2", "1, 2\n3, 4\n5, 6\n7, 8\n", 1, 2, 1, NULL, {1, 2}},
    {"input x[t] : 1 x 2", "1, 2\n3, 4\n5, 6\n7, 8\n", 1, 2, 3, NULL, {5, 6}},
    {"input x : 2 x 2", "1, 2\n3, 4", 2, 2, 1, NULL, {1, 2, 3, 4}},
    /* Too many numbers: in the first line, in a later one, in the last. */
    {"param W : 2 x 2", "1, 2, 3, 4, 5\n", 2, 2, 1, ":1: 5 numbers on the line, not 2: W is 2 x 2, a line a row", {0}},
    {"param W : 3 x 2",
     "1, 2\n3, 4, 5, 6, 7, 8, 9, 10\n",
     3,
     2,
     1,
     ":2: 8 numbers on the line, not 2: W is 3 x 2, a line a row",
     {0}},
    {"param W : 3 x 2",
     "1, 2\n3, 4\n5, 6, 7\n",
     3,
     2,
     1,
     ":3: 3 numbers on the line, not 2: W is 3 x 2, a line a row",
     {0}},
    {"param W : 3 x 1", "1\n2\n3, 4\n", 3, 1, 1, ":3: 2 numbers on the line, not 1: W is 3 x 1, a line a row", {0}},
    {"param W : 3 x 2",
     "1\n2\n3\n4, 5\n",
     3,
     2,
     1,
     ":4: 2 numbers on the line, not 1: W is 3 x 2, here a line a number",
     {0}},
    {"input x[t] : 1 x 2",
     "1, 2\n3, 4, 5\n",
     1,
     2,
     2,
     ":2: 3 numbers on the line, not 2: x[t] is 1 x 2, a line a step, row by row",
     {0}},
    /* Too few. */
    {"param W : 2 x 3", "1, 2, 3\n4, 5\n", 2, 3, 1, ":2: 2 numbers on the line, not 3: W is 2 x 3, a line a row", {0}},
    {"param W : 3 x 2", "1, 2\n3, 4\n", 3, 2, 1, ":3: the file ends here, but there are 3 rows, a line each", {0}},
    {"param W : 3 x 2", "1\n2\n", 3, 2, 1, ":3: the file ends here, but there are 6 rows, a line each", {0}},
    {"param W : 3 x 2", "# nothing\n\n", 3, 2, 1, ":3: the file ends here, but there are 3 rows, a line each", {0}},
    {"input x[t] : 1 x 2", "1, 2\n\n", 1, 2, 2, ":3: the file ends here, but there are 3 steps, a line each", {0}},
    /* Too long, and no numbers. */
    {"param W : 2 x 1", "1\n2\n\n3\n", 2, 1, 1, ":4: the file goes on behind the last row", {0}},
    {"param W : 2 x 2", "1, 2, 3, 4\n5\n", 2, 2, 1, ":2: the file goes on behind the last row", {0}},
    {"param W : 2 x 2", "1, 2\n3, x\n", 2, 2, 1, ":2: 'x' is no number", {0}},
    {"param W : 2 x 2",
     "1, 2\nnan, 4\n",
     2,
     2,
     1,
     ":2: 'nan' is no number: put one in its place, or leave the line out",
     {0}},
    {"param W : 1 x 2",
     "one, two\n3, 4\n",
     1,
     2,
     1,
     ":1: 'one' is no number: names above columns stand behind a #",
     {0}},
    {"input x[t] : 1 x 2",
     "1, 2\n3, 4\n5, 6\n7, 8\n",
     1,
     2,
     5,
     ":5: the file ends here, in example 2, after step 1: an example is 3 steps, a line each",
     {0}},
    {"input x[t] : 1 x 2",
     "\n1, 2\n# none\n3, 4\n \n5, 6\n",
     1,
     2,
     3,
     ":5: the line is empty, and within an example: a number is missing",
     {0}},
    {"given y : 2 x 2",
     "1, 2\n\n3, 4\n",
     2,
     2,
     1,
     ":2: the line is empty, and within an example: a number is missing",
     {0}},
    {"given y : 2 x 2", "1, 2\n3, 4\n\n5, 6\n7, 8\n", 2, 2, 1, NULL, {1, 2, 3, 4}},
    {"param W : 2 x 2", "1, 2\n\n3, 0x4\n", 2, 2, 1, ":3: '0x4' is no number", {0}},
};

START_TEST(files_are_read_or_refused)
{
    for (size_t k = 0; k < sizeof files / sizeof *files; k++) {
        write_file(files[k].text);
        gf_model *m = model_with(files[k].declaration);
        const gf_statement *s = m->file.statements->next;
        gf_csv *csv = gf_csv_open(m, s);
        ck_assert_ptr_nonnull(csv);
        double room[MOST + 2 * GUARDS];
        bool good = read_into(csv, room, files[k].rows, files[k].cols, files[k].times);
        const gf_problem *problem = m->problems.count ? m->problems.list[0] : NULL;
        const char *said = problem ? problem->text + strlen(path_of("csv")) : "";
        ck_assert_msg(good == !files[k].message && !strcmp(said, good ? "" : files[k].message), "file %zu: %s", k,
                      said);
        ck_assert_uint_eq(m->problems.count, !good);
        for (int n = 0; good && n < files[k].rows * files[k].cols; n++)
            ck_assert_msg(room[GUARDS + n] == files[k].numbers[n], "file %zu, number %d: %g", k, n, room[GUARDS + n]);
        if (problem)
            ck_assert_uint_eq(problem->under[0].end - problem->under[0].begin, strlen(path_of("csv")) + 7);
        gf_csv_close(csv);
        gf_model_free(m);
    }
    remove(path_of("csv"));
}
END_TEST

/* Beside the model file, unless the path begins at the root; the model's name may have no folder. */
START_TEST(a_path_is_beside_the_model_file)
{
    char text[160];
    gf_model *m;
    snprintf(text, sizeof text, "param W : 1 x 2 = csv(\"%s\")\nloss sum(W)\n", path_of("csv") + strlen("/tmp/"));
    write_file("1, 2\n");
    ck_assert_int_eq(gf_model_parse(&m, text, "/tmp/some.gf"), GF_OK);
    ck_assert_int_eq(gf_model_unroll(m), GF_OK);
    assert_near(gf_scalar(gf_value(gf_model_loss(m))), 3, 0);
    gf_model_free(m);
    ck_assert_int_eq(gf_model_parse(&m, text, "some.gf"), GF_OK);
    ck_assert_int_eq(gf_model_unroll(m), GF_ERROR_READ);
    ck_assert_ptr_nonnull(strstr(gf_model_message(m), ": No such file or directory\n"));
    gf_model_free(m);
    snprintf(text, sizeof text, "param W : 1 x 2 = csv(\"%s\")\nloss sum(W)\n", path_of("csv"));
    ck_assert_int_eq(gf_model_parse(&m, text, "/nowhere/some.gf"), GF_OK);
    ck_assert_int_eq(gf_model_unroll(m), GF_OK);
    gf_model_free(m);
    remove(path_of("csv"));
    gf_csv_close(NULL);
}
END_TEST

START_TEST(csv_files_are_named)
{
    gf_model *m;
    ck_assert_int_eq(gf_model_parse(&m,
                                    "param A, B : 1 x 1 = csv(\"a.csv\")\nparam C : 1 x 1 = 1\n"
                                    "input D : 1 x 1 = csv(\"/b.csv\")\nloss A",
                                    "some/where/test.gf"),
                     GF_OK);
    const char *const wanted[] = {"some/where/a.csv", "some/where/a.csv", "/b.csv"};
    for (size_t k = 0; k < 3; k++)
        ck_assert_pstr_eq(gf_model_csv_at(m, k), wanted[k]);
    ck_assert_ptr_null(gf_model_csv_at(m, 3));
    ck_assert_ptr_null(gf_model_csv_at(NULL, 0));
    gf_model_free(m);
}
END_TEST

START_TEST(files_elsewhere_can_be_refused)
{
    gf_model *m;
    ck_assert_int_eq(gf_model_confine(NULL), GF_ERROR_ARGUMENT);
    gf_model_parse(&m, "param A : 1 x 1 = csv(\"/dev/null\")\nloss A", "test.gf");
    ck_assert_int_eq(gf_model_unroll(m), GF_ERROR_READ);
    ck_assert_ptr_nonnull(strstr(gf_model_message(m), "/dev/null: this is not a plain file"));
    ck_assert_int_eq(gf_model_confine(m), GF_OK);
    ck_assert_int_eq(gf_model_unroll(m), GF_ERROR_READ);
    ck_assert_ptr_nonnull(strstr(gf_model_message(m), "/dev/null: this is no file in the folder of the model"));
    gf_model_free(m);
    gf_model_parse(&m, "loss 1 +", "test.gf");
    ck_assert_int_eq(gf_model_confine(m), GF_ERROR_SYNTAX);
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {files_are_read_or_refused, a_path_is_beside_the_model_file, csv_files_are_named,
                            files_elsewhere_can_be_refused};
    return RUN_TESTS("csv", tests);
}
