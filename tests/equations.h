/* What the tests of the equation language share: models from texts and files, and their errors. */
#ifndef GF_TESTS_EQUATIONS_H
#define GF_TESTS_EQUATIONS_H

#include "support.h"

#include <dirent.h>
#include <stdio.h>

#include <gradflow/report.h>

#include "model/model.h"

/* A file below tests/equations. */
static inline const char *equations_path(const char *folder, const char *name)
{
    static char path[1024];
    const char *tests = getenv("GF_TESTS");
    snprintf(path, sizeof path, "%s/equations/%s%s", tests ? tests : "tests", folder, name);
    return path;
}

/* Calls `test` for every .gf file of a folder below tests/equations ("" or "right/"); there must be `least` or more. */
static inline void each_file(const char *folder, int least, void (*test)(const char *path))
{
    DIR *open = opendir(equations_path(folder, ""));
    ck_assert_msg(open, "no folder %s", equations_path(folder, ""));
    int count = 0;
    for (struct dirent *entry; (entry = readdir(open));) {
        size_t size = strlen(entry->d_name);
        if (size < 3 || strcmp(entry->d_name + size - 3, ".gf") != 0)
            continue;
        test(equations_path(folder, entry->d_name));
        count++;
    }
    closedir(open);
    ck_assert_int_ge(count, least);
}

/* The bytes of a file, which must be there. */
static inline gf_text read_whole(const char *path)
{
    gf_text text = {0};
    char block[4096];
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file, "%s", path);
    for (size_t size; (size = fread(block, 1, sizeof block, file));)
        gf_text_bytes(&text, block, size);
    fclose(file);
    return text;
}

/* A model of a text that must be right, unrolled. The caller frees it. */
static inline gf_model *model_of(const char *text)
{
    gf_model *m;
    gf_model_parse(&m, text, "test.gf");
    ck_assert_msg(gf_model_unroll(m) == GF_OK, "%s", gf_model_message(m));
    return m;
}

/* What is reported of a text, with hints at its open places; the text must be right. The caller frees it. */
static inline gf_report *judged_text(const char *text, int hints)
{
    gf_model *m;
    gf_report *report;
    const gf_claims_options options = {.size = sizeof options, .repair = true, .hints = hints};
    ck_assert_msg(gf_model_parse(&m, text, "test.gf") == GF_OK, "%s", gf_model_message(m));
    ck_assert_msg(gf_model_claims(&report, m, &options) == GF_OK, "%s", gf_model_message(m));
    gf_model_free(m);
    return report;
}

/* The text is wrong, and this is all there is to say about it. */
#define assert_message(text, message)                                                                                  \
    do {                                                                                                               \
        gf_model *m_;                                                                                                  \
        gf_model_parse(&m_, text, "test.gf");                                                                          \
        ck_assert_int_ne(gf_model_unroll(m_), GF_OK);                                                                  \
        ck_assert_str_eq(gf_model_message(m_), message);                                                               \
        gf_model_free(m_);                                                                                             \
    } while (0)

#endif
