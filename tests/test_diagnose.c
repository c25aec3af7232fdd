/* Diagnoses: what a report says of mistakes planted in derivations. */
#include "equations.h"

#include <stdlib.h>

/* --- mistakes ----------------------------------------------------------------------------------------------------- */

/* The number of a statement's line, and what the report says of it: under a cause what is wrong, under a claim that
 * fails because of others their names. */
static void said_of(gf_text *w, const gf_report *report, const gf_model *m, int line)
{
    bool cause = false;
    for (size_t k = 0; k < gf_report_cause_count(report); k++) {
        const gf_cause *c = gf_report_cause(report, k);
        cause |= c->line == line;
        gf_text_add(w, c->line == line ? c->says : "");
    }
    for (size_t k = 0; k < gf_report_count(report) && !cause; k++) {
        const gf_claim *claim = gf_report_claim(report, k);
        for (size_t n = 0; n < claim->because_count && claim->line == line; n++)
            for (const gf_statement *s = m->file.statements; s; s = s->next)
                if (gf_statement_line(&m->file.source, s) == claim->because_of[n])
                    gf_text_print(w, "because of %s\n", gf_model_text(m, s->name));
    }
}

/* The lines that stand as "# says: …" between a statement and the next one. */
static void wanted_under(gf_text *w, const gf_source *source, const gf_statement *s)
{
    static const char mark[] = "# says: ";
    const char *line = source->text + s->span.end;
    while ((line = strchr(line, '\n')) && !strncmp(++line, mark, strlen(mark)))
        gf_text_bytes(w, line + strlen(mark), strcspn(line, "\n") + 1 - strlen(mark));
}

/* Holds what is said of each let and claim against the file. */
static void compare_all(gf_model *m, bool repair, int *count)
{
    gf_report *report;
    gf_claims_options options = {.size = sizeof options, .repair = repair};
    ck_assert_int_eq(gf_model_claims(&report, m, &options), GF_OK);
    for (const gf_statement *s = m->file.statements; s; s = s->next) {
        gf_text wanted = {0}, got = {0};
        int line = gf_statement_line(&m->file.source, s);
        wanted_under(&wanted, &m->file.source, s);
        said_of(&got, report, m, line);
        ck_assert_msg(!strcmp(gf_text_string(&got), gf_text_string(&wanted)), "line %d\ngot:\n%swanted:\n%s", line,
                      gf_text_string(&got), gf_text_string(&wanted));
        *count += got.size > 0;
        gf_text_free(&wanted);
        gf_text_free(&got);
    }
    gf_report_free(report);
}

static int found;

static void says_what_is_listed(const char *path)
{
    gf_model *m;
    gf_model_read(&m, path);
    compare_all(m, true, &found);
    gf_model_free(m);
}

START_TEST(planted_mistakes_are_named)
{
    found = 0;
    each_file("diagnose/", 12, says_what_is_listed);
    ck_assert_int_ge(found, 120);
}
END_TEST

/* Whatever the numbers are: other initial values, more steps, other sizes. */
START_TEST(it_is_no_accident)
{
    static const char *const files[] = {"lstm.gf", "gru.gf", "partial.gf"};
    for (int k = 0; k < 3; k++)
        for (int seed = 11; seed < 13; seed++) {
            gf_model *m;
            int count = 0;
            gf_model_read(&m, equations_path("diagnose/", files[k]));
            ck_assert_int_eq(gf_model_set(m, "seed", seed), GF_OK);
            ck_assert_int_eq(gf_model_set(m, "T", seed - 4), GF_OK);
            ck_assert_int_eq(gf_model_set(m, "m", 5), GF_OK);
            compare_all(m, true, &count);
            ck_assert_int_ge(count, 15);
            gf_model_free(m);
        }
}
END_TEST

/* A forgotten carry, seen by the gradient of a weight, over many steps. */
START_TEST(long_sequences)
{
    gf_model *m;
    int count = 0;
    gf_model_read(&m, equations_path("diagnose/", "gru.gf"));
    gf_model_set(m, "T", (long long)large(150, 30));
    compare_all(m, true, &count);
    ck_assert_int_ge(count, 15);
    gf_model_free(m);
}
END_TEST

/* --- without a search --------------------------------------------------------------------------------------------- */

static bool at_once(size_t claim, size_t claims, void *data)
{
    (void)claim, (void)claims, (void)data;
    return false;
}

/* Where no edit is looked for, and where a person ends the search, the terms tell all the same. */
START_TEST(the_terms_tell_without_edits)
{
    static const char *const wanted[] = {"the path h[t] -> h[t+1] is missing\n", "the sign is wrong\n", "", ""};
    const gf_claims_options hows[] = {{.size = sizeof hows[0]},
                                      {.size = sizeof hows[0], .repair = true, .repairing = at_once}};
    for (int how = 0; how < 2; how++) {
        gf_model *m = model_of("steps T = 3\nparam w, v : 1 x 1\ninput x[t] : 1 x 1\nstart h[0] : 1 x 1\n"
                               "h[t] = tanh(w * h[t-1] + v * x[t])\nloss sum(t, h[t])\n"
                               "claim grad(h[t]) = 1\nclaim grad(h[T]) = -1\nclaim grad(h[t]) = q\n"
                               "claim grad(v) = sum(t, grad(v[t]))\n");
        gf_report *report;
        ck_assert_int_eq(gf_model_claims(&report, m, &hows[how]), GF_OK);
        for (size_t k = 0; k < 4; k++) {
            const gf_claim *claim = gf_report_claim(report, k);
            ck_assert_str_eq(claim->diagnosis, wanted[k]);
            ck_assert_uint_eq(claim->repair_count, 0);
        }
        gf_report_free(report);
        gf_model_free(m);
    }
}
END_TEST

/* Nor is anything left out where the time ends before what belongs there could be tried. */
START_TEST(the_terms_tell_without_time)
{
    const gf_claims_options how = {.size = sizeof how, .repair = true, .repairing = at_once};
    gf_model *m = model_of("steps T = 3\nparam w : 1 x 1\nstart h[0] : 1 x 1 = 1\nh[t] = tanh(w * h[t-1])\n"
                           "loss sum(t, h[t])\nclaim grad(h[t]) = 1 + grad(h[t+1]) * (1 - h[t]^2) * w\n");
    gf_report *report;
    ck_assert_int_eq(gf_model_claims(&report, m, &how), GF_OK);
    ck_assert_str_eq(gf_report_claim(report, 0)->diagnosis,
                     "the path h[t] -> h[t+1]: h[t] stands where h[t+1] belongs\n");
    ck_assert_uint_eq(gf_report_claim(report, 0)->repair_count, 0);
    gf_report_free(report);
    gf_model_free(m);
}
END_TEST

int main(void)
{
    const TTest *tests[] = {planted_mistakes_are_named, it_is_no_accident, long_sequences, the_terms_tell_without_edits,
                            the_terms_tell_without_time};
    return RUN_TESTS("diagnose", tests);
}
