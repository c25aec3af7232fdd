/* A libFuzzer target: any text is read, written out and read again, unrolled within small limits, differentiated,
 * judged, and its gradients derived.
 *
 *     clang -fsanitize=fuzzer,address,undefined … tests/fuzz/fuzz_model.c <the sources> && ./fuzz_model
 * tests/fuzz/corpus tests/equations/right tests/equations/wrong
 */
#include <stdlib.h>
#include <string.h>

#include <gradflow/derive.h>
#include <gradflow/report.h>

#include "model/model.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* Every statement as text; the caller frees it. */
static gf_text print_all(const gf_text_file *file)
{
    gf_text w = {0};
    for (const gf_statement *s = file->statements; s; s = s->next) {
        gf_statement_print(&w, &file->names, s);
        gf_text_add(&w, "\n");
    }
    return w;
}

/* What a text prints as, printed again, is the same. */
static void print_twice(const char *text, size_t size)
{
    gf_text printed[2] = {{0}, {0}};
    for (int round = 0; round < 2; round++) {
        gf_text_file file = {.statement_count = 0};
        gf_problems problems = {.source = &file.source};
        const gf_text *from = &printed[0];
        if (gf_source_new(&file.source, "fuzz.gf", round ? gf_text_string(from) : text, round ? from->size : size) ==
            GF_OK)
            gf_text_file_parse(&file, &problems);
        printed[round] = print_all(&file);
        bool stable = round == 0 || (!gf_problems_any(&problems) &&
                                     !strcmp(gf_text_string(&printed[0]), gf_text_string(&printed[1])));
        gf_problems_free(&problems);
        gf_text_file_free(&file);
        if (!stable)
            abort();
    }
    gf_text_free(&printed[0]);
    gf_text_free(&printed[1]);
}

/* Judges the claims, and writes the report in every format. */
static void judge(gf_model *m)
{
    gf_report *report;
    const gf_claims_options options = {.size = sizeof options, .hints = 4};
    gf_model_claims(&report, m, &options);
    for (int format = GF_REPORT_TEXT; report && format <= GF_REPORT_GCC; format++) {
        char *out;
        gf_reports_write(&out, (const gf_report *const[]){report}, 1, (gf_report_format)format, 0);
        free(out);
    }
    gf_report_free(report);
}

/* Derives the gradients in every format; beside the text that they are of, they can be read. */
static void derive(gf_model *m, const char *text)
{
    for (int format = GF_DERIVATION_TEXT; format <= GF_DERIVATION_NUMPY; format++) {
        char *out;
        const gf_derivation_options options = {.size = sizeof options, .format = (gf_derivation_format)format};
        if (gf_derivation(&out, m, &options) != GF_OK && !*gf_model_message(m))
            abort();
        if (format == GF_DERIVATION_GF && out) {
            gf_text both = {0};
            gf_model *again;
            gf_text_print(&both, "%s\n%s", text, out);
            gf_model_parse(&again, gf_text_string(&both), "fuzz.gf");
            if (*gf_model_message(again))
                abort();
            gf_model_free(again);
            gf_text_free(&both);
        }
        free(out);
    }
}

/* What an exercise leaves of a text can be read. */
static void put_out(gf_model *m)
{
    for (int number = 1; number <= 3; number++) {
        char *out;
        gf_model *again;
        if (gf_model_exercise(&out, m, number) != GF_OK)
            continue;
        gf_model_parse(&again, out, "fuzz.gf");
        if (*gf_model_message(again))
            abort();
        gf_model_free(again);
        free(out);
    }
}

static void unroll(const char *text)
{
    gf_model *m;
    gf_model_parse(&m, text, "fuzz.gf");
    gf_model_limit(m, 3000, 400);
    gf_node *loss = gf_model_loss(m);
    if (loss)
        gf_backward(loss, GF_RECORD_EDGES);
    else if (!*gf_model_message(m))
        abort();
    const gf_model_name *name;
    for (size_t k = 0; (name = gf_model_name_at(m, k)); k++)
        gf_model_gradient(m, name->name, 1);
    judge(m);
    derive(m, text);
    put_out(m);
    gf_model_set(m, "T", 3);
    gf_model_unroll(m);
    gf_model_message(m);
    gf_model_free(m);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    print_twice(text, size);
    unroll(text);
    free(text);
    return 0;
}
