/* A libFuzzer target: any text is read, written out and read again, unrolled within small limits, differentiated,
 * judged, its gradients derived, its values shown and explained.
 *
 * What is asked of a text stands in its comments, as the commands have it: `#! show grad(h[t])`, `#! at T-1..T`,
 * `#! explain c[2] -> c[3]`, `#! path h[1] -> loss`.
 *
 *     clang -fsanitize=fuzzer,address,undefined … tests/fuzz/fuzz_model.c <the sources> && ./fuzz_model
 * tests/fuzz/corpus tests/equations/right tests/equations/wrong
 */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <gradflow/derive.h>
#include <gradflow/explain.h>
#include <gradflow/report.h>
#include <gradflow/values.h>

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

/* --- what is asked of a text -------------------------------------------------------------------------------------- */

enum { ASKED = 8, LINE = 200 };

/* Lines behind "#! WORD ", up to ASKED of them. */
typedef struct asked {
    char lines[ASKED][LINE];
    const char *list[ASKED];
    size_t count;
} asked;

static void read_asked(asked *out, const char *text, const char *word)
{
    char mark[16];
    snprintf(mark, sizeof mark, "#! %s ", word);
    out->count = 0;
    for (const char *at = text; (at = strstr(at, mark)) && out->count < ASKED; out->count++) {
        at += strlen(mark);
        snprintf(out->lines[out->count], LINE, "%.*s", (int)strcspn(at, "\r\n"), at);
        out->list[out->count] = out->lines[out->count];
    }
}

/* What is handed out is there, and read by others; what is refused has a reason. */
static void look(char *out, gf_status status, gf_model *m, bool json)
{
    json_error_t why;
    json_t *read = out && json ? json_loads(out, JSON_ALLOW_NUL, &why) : NULL;
    if (!out != (status != GF_OK) || (status && !*gf_model_message(m)) || (out && json && !read))
        abort();
    json_decref(read);
    free(out);
}

static void show(gf_model *m, const asked *expressions, const char *at, int format)
{
    char *out;
    size_t count = format == GF_VALUES_NPY && expressions->count ? 1 : expressions->count;
    const gf_values_options options = {
        .size = sizeof options, .format = (gf_values_format)format, .at = at, .full = at, .width = at ? 40 : 0};
    gf_status status = gf_model_values(&out, NULL, m, expressions->list, count, &options);
    look(out, status, m, format == GF_VALUES_JSON);
}

static void explain(gf_model *m, const char *of, const char *path, int format)
{
    char *out;
    const gf_explanation_options options = {
        .size = sizeof options, .format = (gf_explanation_format)format, .of = of, .path = path};
    gf_status status = gf_explanation(&out, m, &options);
    look(out, status, m, format == GF_EXPLANATION_JSON);
}

/* Each expression at each of the steps that are named; each value. Where nothing is asked for: all names. The formats
 * take turns, and which comes first depends on the text. */
static void ask(gf_model *m, const char *text)
{
    enum { SHOWN = GF_VALUES_SVG + 1, EXPLAINED = GF_EXPLANATION_MARKDOWN + 1 };
    asked shown, at, explained, paths;
    int turn = (int)(strlen(text) % (SHOWN * EXPLAINED));
    read_asked(&shown, text, "show");
    read_asked(&at, text, "at");
    read_asked(&explained, text, "explain");
    read_asked(&paths, text, "path");
    show(m, &shown, NULL, turn++ % SHOWN);
    for (size_t k = 0; k < at.count; k++)
        show(m, &shown, at.list[k], turn++ % SHOWN);
    for (size_t k = 0; k < explained.count; k++)
        explain(m, explained.list[k], NULL, turn++ % EXPLAINED);
    for (size_t k = 0; k < paths.count; k++)
        explain(m, NULL, paths.list[k], turn++ % EXPLAINED);
    const gf_model_name *name;
    for (size_t k = 0; !explained.count && k < ASKED && (name = gf_model_name_at(m, k)); k++)
        explain(m, name->name, NULL, turn++ % EXPLAINED);
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
    ask(m, text);
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
