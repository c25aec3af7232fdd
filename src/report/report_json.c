/* Reports as JSON, by Jansson. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "report/report.h"
#include "text/characters.h"

/* Is there no memory? Jansson's setters take NULL for a value, and say so; one flag gathers that. */
typedef struct object {
    json_t *json;
    bool *failed;
} object;

static void set(object to, const char *key, json_t *value)
{
    *to.failed |= json_object_set_new(to.json, key, value) != 0;
}

/* The name of a file may not be UTF-8: Jansson refuses it, and it is shown as a terminal would see it. */
static json_t *string(const char *text)
{
    json_t *value = json_string(text);
    if (value)
        return value;
    gf_text copy = {0};
    gf_text_printable(&copy, text);
    value = copy.failed ? NULL : json_string(gf_text_string(&copy));
    gf_text_free(&copy);
    return value;
}

static void set_text(object to, const char *key, const char *text)
{
    set(to, key, string(text));
}

/* JSON knows no NaN, and nothing infinite. */
static void set_number(object to, const char *key, double number)
{
    set(to, key, isfinite(number) ? json_real(number) : json_null());
}

static void set_count(object to, const char *key, size_t count)
{
    set(to, key, json_integer((json_int_t)count));
}

/* Lines become the elements of an array. */
static void set_lines(object to, const char *key, const char *lines)
{
    json_t *array = json_array();
    gf_text line = {0};
    while (array && *lines) {
        size_t size = strcspn(lines, "\n");
        gf_text_free(&line);
        gf_text_bytes(&line, lines, size);
        *to.failed |= line.failed || json_array_append_new(array, string(gf_text_string(&line))) != 0;
        lines += size + (lines[size] == '\n');
    }
    gf_text_free(&line);
    set(to, key, array);
}

/* "t = 2, j = 1" becomes {"t": 2, "j": 1}. */
static void set_place(object to, const char *key, const char *at)
{
    object place = {json_object(), to.failed};
    while (*at) {
        size_t name = strcspn(at, " "), all = strcspn(at, ",");
        const char *value = at + name + strspn(at + name, " =");
        *to.failed |= json_object_setn_new(place.json, at, name, json_integer(strtol(value, NULL, 10))) != 0;
        at += all + strspn(at + all, ", ");
    }
    set(to, key, place.json);
}

static void set_numbers(object to, const char *key, const int *numbers, size_t count)
{
    json_t *array = json_array();
    for (size_t k = 0; k < count; k++)
        *to.failed |= json_array_append_new(array, json_integer(numbers[k])) != 0;
    set(to, key, array);
}

static void set_worst(object to, const gf_claim *claim)
{
    object worst = {json_object(), to.failed};
    set_count(worst, "row", (size_t)claim->row + 1);
    set_count(worst, "column", (size_t)claim->col + 1);
    set_number(worst, "left", claim->a);
    set_number(worst, "right", claim->b);
    set(to, "worst", worst.json);
}

static json_t *repair_object(const gf_repair *repair, bool *failed)
{
    object to = {json_object(), failed};
    set_count(to, "line", (size_t)repair->line);
    set_text(to, "kind", repair->kind);
    set_text(to, "term", repair->term);
    set_text(to, "written", repair->written);
    set_text(to, "marks", repair->marks);
    set_text(to, "mended", repair->mended);
    if (*repair->tried)
        set_text(to, "tried", repair->tried);
    return to.json;
}

static void set_repairs(object to, const gf_repair *const repairs[], size_t count)
{
    json_t *array = json_array();
    for (size_t k = 0; k < count; k++)
        *to.failed |= json_array_append_new(array, repair_object(repairs[k], to.failed)) != 0;
    set(to, "repairs", array);
}

/* What only one that was judged has, and what only one that fails. */
static void set_outcome(object to, const gf_shown *shown)
{
    const gf_claim *claim = &shown->claim;
    set(to, "finite", json_boolean(!isnan(claim->error)));
    set(to, "equal_up_to_rounding", json_boolean(claim->tied));
    set_count(to, "instances", claim->instances);
    set_count(to, "instances_beyond", claim->beyond);
    if (claim->verdict == GF_HOLDS) {
        set_place(to, "fails_with", claim->fails_with);
        set(to, "rests_on_open", json_boolean(claim->rests_on_open));
    }
    if (claim->verdict != GF_FAILS)
        return;
    set_worst(to, claim);
    set(to, "link", *shown->link ? string(shown->link) : json_null());
    set_text(to, "holds_for", claim->holds_for);
    set_text(to, "fails_for", claim->fails_for);
}

static json_t *claim_object(const gf_shown *shown, bool *failed)
{
    static const char *const words[] = {"holds", "FAILS", "error", "open"};
    bool judged = shown->claim.verdict == GF_HOLDS || shown->claim.verdict == GF_FAILS;
    const gf_claim *claim = &shown->claim;
    object to = {json_object(), failed};
    set_count(to, "line", (size_t)claim->line);
    set(to, "label", *claim->label ? string(claim->label) : json_null());
    set_text(to, "result", words[claim->verdict]);
    set_text(to, "left", claim->left);
    set_text(to, "claim", claim->text);
    set_number(to, "error", judged ? claim->error : NAN);
    set_place(to, "at", claim->at);
    if (claim->verdict == GF_UNJUDGED)
        set_text(to, "message", claim->message);
    if (judged)
        set_outcome(to, shown);
    set_lines(to, "says", claim->diagnosis);
    set_repairs(to, claim->repairs, claim->repair_count);
    set_numbers(to, "because_of", claim->because_of, claim->because_count);
    return to.json;
}

static json_t *cause_object(const gf_cause *cause, bool *failed)
{
    object to = {json_object(), failed};
    set_count(to, "line", (size_t)cause->line);
    set_text(to, "statement", cause->let ? "let" : "claim");
    set_text(to, "of", cause->of);
    set_text(to, "stands_for", cause->stands_for);
    set_number(to, "error", cause->let && !*cause->stands_for ? NAN : cause->error);
    set_place(to, "at", cause->at);
    if (*cause->message)
        set_text(to, "message", cause->message);
    set_lines(to, "says", cause->says);
    set_repairs(to, cause->repairs, cause->repair_count);
    set_numbers(to, "claims", cause->claims, cause->claim_count);
    return to.json;
}

static void set_known(object to, const char *key, bool known, int number)
{
    set(to, key, known ? json_integer(number) : json_null());
}

static json_t *open_object(const gf_open_line *open, bool *failed)
{
    object to = {json_object(), failed};
    set_count(to, "line", (size_t)open->line);
    set_text(to, "statement", open->let ? "let" : "claim");
    set_text(to, "of", open->of);
    set_text(to, "stands_for", open->stands_for);
    set_known(to, "rows", open->rows, open->rows);
    set_known(to, "cols", open->cols, open->cols);
    set_known(to, "paths", open->paths >= 0, open->paths);
    set_lines(to, "hints", open->hints);
    return to.json;
}

static json_t *totals_object(const gf_report *report, bool *failed)
{
    object to = {json_object(), failed};
    set_count(to, "claims", gf_report_count(report));
    set_count(to, "hold", gf_report_tally(report, GF_HOLDS));
    set_count(to, "fail", gf_report_tally(report, GF_FAILS));
    set_count(to, "error", gf_report_tally(report, GF_UNJUDGED));
    set_count(to, "open", gf_report_tally(report, GF_OPEN));
    set_count(to, "open_lets", gf_report_tally_open_lets(report));
    set_count(to, "rest_on_open", gf_report_tally_resting(report));
    return to.json;
}

static json_t *report_object(const gf_report *report, bool *failed)
{
    object to = {json_object(), failed};
    set_text(to, "file", report->file);
    set_text(to, "title", report->title);
    set(to, "message", report->status || *report->message ? string(report->message) : json_null());
    json_t *claims = json_array();
    for (size_t k = 0; k < report->count; k++)
        *failed |= json_array_append_new(claims, claim_object(&report->list[k], failed)) != 0;
    set(to, "claims", claims);
    json_t *causes = json_array();
    for (size_t k = 0; k < report->cause_count; k++)
        *failed |= json_array_append_new(causes, cause_object(&report->causes[k], failed)) != 0;
    set(to, "causes", causes);
    json_t *open = json_array();
    for (size_t k = 0; k < report->open_count; k++)
        *failed |= json_array_append_new(open, open_object(&report->open[k], failed)) != 0;
    set(to, "open", open);
    if (report->compared) {
        object differences = {json_object(), failed};
        set(differences, "agree", json_boolean(report->agree));
        set_lines(differences, "text", report->differences);
        set(to, "finite_differences", differences.json);
    }
    set(to, "totals", totals_object(report, failed));
    return to.json;
}

/* The name of a file may hold what a terminal would obey: then all that is not ASCII is escaped. */
static char *dump(const json_t *json)
{
    size_t flags = JSON_INDENT(2) | JSON_REAL_PRECISION(9);
    char *text = json_dumps(json, flags);
    int bytes;
    for (size_t size = text ? strlen(text) : 0, at = 0; at < size; at += (size_t)bytes) {
        uint32_t code = gf_utf8_decode(text + at, size - at, &bytes);
        if (code == '\n' || !gf_code_is_hidden(code))
            continue;
        free(text);
        return json_dumps(json, flags | JSON_ENSURE_ASCII);
    }
    return text;
}

void gf_report_write_json(gf_text *w, const gf_report *const reports[], size_t count)
{
    bool failed = false;
    object to = {json_object(), &failed};
    json_t *files = json_array();
    for (size_t k = 0; k < count; k++)
        failed |= json_array_append_new(files, report_object(reports[k], &failed)) != 0;
    set(to, "files", files);
    char *text = failed ? NULL : dump(to.json);
    if (text)
        gf_text_print(w, "%s\n", text);
    w->failed |= !text;
    free(text);
    json_decref(to.json);
}
