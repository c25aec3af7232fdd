/* Reports as compilers write: a line for each claim that does not hold, by which an editor finds it. */
#include <math.h>
#include <string.h>

#include "report/report.h"

/* rnn.gf:21: FAILS "state" grad(h[t]), error 8.1e-01 at t = 3 */
static void write_start(gf_text *w, const gf_report *report, const gf_shown *shown)
{
    const gf_claim *claim = &shown->claim;
    gf_text_printable(w, report->file);
    if (shown->problem_column && claim->verdict != GF_OPEN)
        gf_text_print(w, ":%d:%d: ", shown->problem_line, shown->problem_column);
    else
        gf_text_print(w, ":%d: ", claim->line);
    gf_text_add(w, claim->verdict == GF_FAILS ? "FAILS " : claim->verdict == GF_OPEN ? "open " : "error ");
    if (*claim->label)
        gf_text_print(w, "\"%s\" %s", claim->label, claim->left);
    else
        gf_text_add(w, claim->text);
    if (claim->verdict != GF_FAILS)
        return;
    gf_text_add(w, ", ");
    gf_report_write_place(w, claim->error, claim->at);
}

static void write_first_line(gf_text *w, const char *before, const char *lines)
{
    gf_text_add(w, before);
    gf_text_bytes(w, lines, strcspn(lines, "\n"));
}

/* Why, as far as that can be told: what is wrong, here or in a let; the diagnosis' first sentence, or the entry. */
static void write_reason(gf_text *w, const gf_shown *shown)
{
    gf_text worst = {0};
    if (*shown->problem && !shown->problem_column && shown->problem_line)
        gf_text_print(w, ": line %d: %s", shown->problem_line, shown->problem);
    else if (*shown->problem)
        write_first_line(w, ": ", shown->problem);
    if (*shown->claim.diagnosis)
        write_first_line(w, *shown->problem ? "; " : ": ", shown->claim.diagnosis);
    else if (shown->claim.verdict == GF_FAILS)
        gf_report_write_worst(&worst, shown, ": ");
    write_first_line(w, "", gf_text_string(&worst));
    w->failed |= worst.failed;
    gf_text_free(&worst);
}

static void write_edit(gf_text *w, const char *before, const gf_repair *edit, int line)
{
    gf_text_print(w, "%sdid you mean %s", before, edit->term);
    if (edit->line != line)
        gf_text_print(w, " on line %d", edit->line);
}

static void write_claim(gf_text *w, const gf_report *report, const gf_shown *shown)
{
    const gf_claim *claim = &shown->claim;
    write_start(w, report, shown);
    if (gf_shown_is_behind(shown)) {
        gf_report_write_because(w, ", ", claim);
    } else {
        write_reason(w, shown);
        if (claim->repair_count)
            write_edit(w, "; ", claim->repairs[0], claim->line);
        gf_report_write_others(w, shown, "; ", "");
    }
    gf_text_add(w, "\n");
}

/* rnn.gf:21: note: holds at these sizes only: with k = 3 it does not */
static void write_note(gf_text *w, const gf_report *report, int line, const char *lines)
{
    gf_text_printable(w, report->file);
    gf_text_print(w, ":%d: note: ", line);
    write_first_line(w, "", lines);
    gf_text_add(w, "\n");
}

/* lstm.gf:55: open let dc[t] for grad(c[t]), ? is 1 x 4: 2 paths leave c[t] */
static void write_open(gf_text *w, const gf_report *report, const gf_open_line *open)
{
    gf_text_printable(w, report->file);
    gf_text_print(w, ":%d: open ", open->line);
    gf_report_write_open(w, open, " ");
    gf_report_write_wanted(w, open, ", ");
    if (*open->hints)
        write_first_line(w, ": ", open->hints);
    gf_text_add(w, "\n");
    for (const char *hint = strchr(open->hints, '\n'); hint && hint[1]; hint = strchr(hint + 1, '\n'))
        write_note(w, report, open->line, hint + 1 + strspn(hint + 1, " "));
}

/* lstm.gf:55: WRONG let dc[t] for grad(c[t]), error 4.3e-01 at t = 2: the path c[t] -> c[t+1]: …; of one that cannot be
 * worked out, the message's first line is one already. */
static void write_let(gf_text *w, const gf_report *report, const gf_cause *cause)
{
    if (*cause->message) {
        write_first_line(w, "", cause->message);
    } else {
        gf_text_printable(w, report->file);
        gf_text_print(w, ":%d: WRONG ", cause->line);
        gf_report_write_let(w, cause, " ");
        bool measured = *cause->stands_for && !isnan(cause->error);
        gf_text_add(w, measured ? ", " : "");
        if (measured)
            gf_report_write_place(w, cause->error, cause->at);
    }
    if (*cause->says)
        write_first_line(w, *cause->message ? "; " : ": ", cause->says);
    if (cause->repair_count)
        write_edit(w, *cause->says || *cause->message ? "; " : ": ", cause->repairs[0], cause->line);
    gf_text_add(w, "\n");
}

void gf_report_write_gcc(gf_text *w, const gf_report *const reports[], size_t count)
{
    for (size_t n = 0; n < count; n++) {
        const gf_report *report = reports[n];
        gf_told line = {0};
        while (gf_told_next(&line, report))
            if (line.let)
                write_let(w, report, line.let);
            else if (line.open)
                write_open(w, report, line.open);
            else if (line.claim->claim.verdict != GF_HOLDS)
                write_claim(w, report, line.claim);
            else if (*line.claim->claim.diagnosis)
                write_note(w, report, line.claim->claim.line, line.claim->claim.diagnosis);
        if (!report->compared || report->agree)
            continue;
        gf_text_printable(w, report->file);
        gf_text_print(w, ":1: %s", report->differences);
    }
}
