/* What commands spend, and where: the time of some functions of the library, at which the linker puts a clock.
 *
 * A function that begins while another one runs takes over its time, and gives it back when it ends: so the columns add
 * up to the whole. */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gradflow/gradflow.h>

#include "claims/claims.h"
#include "parts.h"
#include "report/report.h"
#include "rounds.h"
#include "table.h"
#include "view/page/picture.h"

/* --- the clock ------------------------------------------------------------------------ */

enum { REST, READING, UNROLLING, BUILDING, ENGINE, CLAIMS, MENDING, DRAWING, ROOMS };

static double spent[ROOMS], since;
static int room;
static bool runs; /* other parts of the benchmark are not to pay for it */

/* What has passed is the room's that was on; returns it. */
static int enter(int next)
{
    double now = bench_seconds();
    int before = room;
    spent[room] += now - since;
    since = now;
    room = next;
    return before;
}

/* The linker's --wrap=NAME has calls of NAME come to __wrap_NAME, and calls of __real_NAME to NAME. */
#define TIMED(type, name, place, parameters, arguments)                                                                \
    type __real_##name parameters;                                                                                     \
    type __wrap_##name parameters;                                                                                     \
    type __wrap_##name parameters                                                                                      \
    {                                                                                                                  \
        if (!runs)                                                                                                     \
            return __real_##name arguments;                                                                            \
        int before = enter(place);                                                                                     \
        type result = __real_##name arguments;                                                                         \
        enter(before);                                                                                                 \
        return result;                                                                                                 \
    }

TIMED(gf_status, gf_model_read, READING, (gf_model * *out, const char *path), (out, path))
TIMED(gf_status, gf_model_parse, READING, (gf_model * *out, const char *text, const char *name), (out, text, name))
TIMED(gf_status, gf_model_unroll, UNROLLING, (gf_model * m), (m))
TIMED(gf_node *, gf_apply, BUILDING,
      (const gf_operation *op, gf_node *const operands[], int count, const gf_attributes *attributes),
      (op, operands, count, attributes))
TIMED(const gf_matrix *, gf_value, ENGINE, (gf_node * node), (node))
TIMED(gf_status, gf_forward, ENGINE, (gf_graph * g), (g))
TIMED(gf_status, gf_backward, ENGINE, (gf_node * loss, unsigned flags), (loss, flags))
TIMED(gf_status, gf_backward_with, ENGINE, (gf_node * loss, const gf_backward_options *options), (loss, options))
TIMED(gf_status, gf_jacobians, ENGINE,
      (gf_matrix out[], gf_node *y, gf_node *const x[], size_t count, const gf_jacobian_options *options),
      (out, y, x, count, options))
TIMED(gf_status, gf_claims_judge_slowly, CLAIMS,
      (gf_claims * claims, gf_model *m, double tolerance, bool (*progress)(double share, void *data), void *data),
      (claims, m, tolerance, progress, data))
TIMED(gf_status, gf_report_find_causes, MENDING,
      (gf_report * report, gf_claims *claims, const gf_claims_options *options), (report, claims, options))
TIMED(gf_status, gf_picture_write, DRAWING,
      (gf_graph * g, const char *format, const gf_draw_options *options, gf_text *out, gf_text *why),
      (g, format, options, out, why))

/* --- what is done ------------------------------------------------------------------------ */

typedef struct task {
    const char *folder; /* of the articles' derivations */
} task;

typedef void task_rule(const task *t);

static gf_model *lstm(int steps, int hidden)
{
    gf_model *m;
    gf_model_parse(&m, gf_template_find("lstm")->text, "lstm.gf");
    gf_model_set(m, "T", steps);
    gf_model_set(m, "m", hidden);
    return m;
}

static void judge(gf_model *m)
{
    gf_report *report;
    char *text;
    gf_model_claims(&report, m, &(gf_claims_options){.size = sizeof(gf_claims_options), .repair = true});
    if (!gf_reports_write(&text, (const gf_report *const[]){report}, 1, GF_REPORT_TEXT, 0))
        free(text);
    gf_report_free(report);
}

static void check(const task *t)
{
    (void)t;
    gf_model *m = lstm(200, 64);
    judge(m);
    gf_model_free(m);
}

static void draw(const task *t)
{
    (void)t;
    char *text;
    size_t size;
    gf_model *m = lstm(1000, 4);
    gf_backward(gf_model_loss(m), GF_RECORD_EDGES);
    gf_draw_text(&text, &size, gf_model_graph(m), "svg",
                 &(gf_draw_options){.size = sizeof(gf_draw_options), .model = m});
    free(text);
    gf_model_free(m);
}

static void articles(const task *t)
{
    DIR *folder = opendir(t->folder);
    for (const struct dirent *entry = folder ? readdir(folder) : NULL; entry; entry = readdir(folder)) {
        char path[4096];
        gf_model *m;
        const char *end = strrchr(entry->d_name, '.');
        if (!end || strcmp(end, ".gf"))
            continue;
        snprintf(path, sizeof path, "%s/%s", t->folder, entry->d_name);
        gf_model_read(&m, path);
        judge(m);
        gf_model_free(m);
    }
    if (folder)
        closedir(folder);
}

/* --- the table ------------------------------------------------------------------------------ */

/* Milliseconds: all of it, and what the rooms have of it, of the run that took the median time. */
static void measure(const char *name, task_rule *rule, const task *t, int rounds)
{
    double best[ROOMS + 1] = {INFINITY};
    for (int r = 0; r < rounds; r++) {
        memset(spent, 0, sizeof spent);
        double start = since = bench_seconds();
        rule(t);
        enter(REST);
        if (since - start >= best[0])
            continue;
        best[0] = since - start;
        for (int k = 0; k + 1 < ROOMS; k++)
            best[k + 1] = spent[k + 1];
        best[ROOMS] = spent[REST];
    }
    for (int k = 0; k <= ROOMS; k++)
        best[k] *= 1e3;
    table_row(name, 1, best, "-");
}

void bench_commands(int rounds, const char *folder)
{
    static const char *const columns[] = {"all,\nms", "reading\n", "unrolling\n", "building\n", "engine\n",
                                          "claims\n", "mending\n", "drawing\n",   "the rest\n", NULL};
    const task t = {folder};
    rounds = rounds < 5 ? rounds : 5;
    runs = true;
    table_part(
        "Commands, and where their time goes",
        "engine: values, gradients, Jacobians; building: nodes appended. The others are outside of it. The least of\n"
        "a few runs.",
        columns);
    measure("check, 38 claims, T = 200, 64 units", check, &t, rounds);
    measure("draw, T = 1,000", draw, &t, rounds);
    if (folder)
        measure("check of the articles' derivations", articles, &t, rounds);
}
