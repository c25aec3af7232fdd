/* gradflow check: every hand-derived line of model files, judged. */
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/watch.h"

/* What check alone is told. */
typedef struct check_options {
    gf_report_format format;
    bool format_said; /* by --format; else the ending of -o says it */
    gf_claims_options judging;
    double seconds; /* that the search for edits may take, a file */
    bool confined;  /* --no-outside */
    bool watches;   /* --watch */
} check_options;

static const option_row own[] = {
    {"format", "F", "text (the default), json, markdown, gcc (for editors)", "text json markdown gcc"},
    {"finite-differences", NULL, "compare every gradient with central differences, too", NULL},
    {"hints", "N", "at a ?: 1 its shape, 2 paths, 3 first term, 4 the line", "1 2 3 4"},
    {"time", "S", "look for edits S seconds a file (2; on a terminal any)", NULL},
    {"tolerance", "X", "relative error of equal sides (1e-6); `within` beats it", NULL},
    {"no-outside", NULL, "read csv files of FILE's own folder alone", NULL},
    {"quiet", NULL, "only what is wrong by itself", NULL},
    WATCH_ROW,
    {NULL, NULL, NULL, NULL},
};

/* A machine waits for the answer, or a person, who sees how far it is and can press Ctrl-C. */
static const double few_seconds = 2;

static int take_format(check_options *c, const command *self, const char *word)
{
    static const char *const words[] = {"text", "json", "markdown", "gcc", NULL};
    int which, status = choose_word(&which, self, "format", word, words);
    if (!status)
        c->format = (gf_report_format)which;
    return status;
}

static bool is_number(const char *text, double *out)
{
    char *end;
    *out = strtod(text, &end);
    return end != text && !*end && isfinite(*out);
}

static int take_tolerance(check_options *c, const command *self, const char *text)
{
    if (!is_number(text, &c->judging.tolerance) || c->judging.tolerance <= 0)
        return bad_usage(self, "--tolerance wants a number above 0, such as 1e-6, not '%s'", text);
    return EXIT_DONE;
}

static int take_time(check_options *c, const command *self, const char *text)
{
    if (!is_number(text, &c->seconds) || c->seconds < 0)
        return bad_usage(self, "--time wants seconds, such as 10, not '%s'", text);
    return EXIT_DONE;
}

static int take_hints(check_options *c, const command *self, const char *text)
{
    long long level;
    if (!read_integer(&level, text) || level < 1 || level > 4)
        return bad_usage(self, "--hints wants 1, 2, 3 or 4, not '%s'", text);
    c->judging.hints = (int)level;
    return EXIT_DONE;
}

static int take(void *data, const command *self, const char *name, const char *value)
{
    check_options *c = data;
    if (!strcmp(name, "format"))
        return c->format_said = true, take_format(c, self, value);
    if (!strcmp(name, "tolerance"))
        return take_tolerance(c, self, value);
    if (!strcmp(name, "hints"))
        return take_hints(c, self, value);
    if (!strcmp(name, "time"))
        return take_time(c, self, value);
    if (!strcmp(name, "no-outside"))
        c->confined = true;
    else if (!strcmp(name, "watch"))
        c->watches = true;
    else
        c->judging.finite_differences = true;
    return EXIT_DONE;
}

/* --- progress ---------------------------------------------------------------------------------- */

typedef struct progress {
    bool shows; /* on a terminal */
    time_t start;
    int shown;           /* percent; 0: nothing was */
    double seconds, end; /* how long edits may be looked for, and when that ends; 0: it has not begun */
    bool late;           /* it ended so */
} progress;

static volatile sig_atomic_t interrupted;

static void interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

/* Says how far it is, each time that a percent more is done; of what takes less than two seconds, nothing. An interrupt
 * ends the judging with what there is. */
static bool show_progress(double share, void *data)
{
    progress *p = data;
    int percent = (int)(100 * share);
    if (p->shows && percent > p->shown && percent < 100 && time(NULL) >= p->start + 2) {
        p->shown = percent;
        fprintf(stderr, "\rgradflow: check: %d%% ", percent);
    }
    return !interrupted;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The search for edits that mend a claim says which one it is at, and ends with what it has: after its time, or at an
 * interrupt. */
static bool show_repairing(size_t claim, size_t claims, void *data)
{
    progress *p = data;
    double at = now();
    p->end = p->end > 0 ? p->end : at + p->seconds;
    p->late |= at >= p->end;
    if (p->shows && time(NULL) >= p->start + 2 && (int)claim + 101 != p->shown) {
        p->shown = (int)claim + 101;
        fprintf(stderr, "\rgradflow: check: what mends claim %zu of %zu? (Ctrl-C ends the search) ", claim + 1, claims);
    }
    return !interrupted && !p->late;
}

static void end_progress(const progress *p)
{
    if (p->shown)
        fputs("\r\033[K", stderr);
}

/* --- files ---------------------------------------------------------------------------------------- */

/* Says what was judged by the time that memory ran out; there may be no report at all. */
static int tell_unfinished(const gf_report *report, const char *path)
{
    size_t judged = gf_report_count(report), all = judged + gf_report_unjudged(report);
    if (!all)
        complain("check", "%s: out of memory", path);
    else if (judged < all)
        complain("check", "%s: out of memory: %zu of %zu claims were judged", path, judged, all);
    else
        complain("check", "%s: out of memory: all claims were judged, but not all edits looked for", path);
    return EXIT_SYSTEM;
}

static void tell_of_search(const progress *p, const char *path)
{
    if (p->late && !interrupted)
        complain("check", "%s: the search for edits was ended after %g s; --time %g lets it go on longer", path,
                 p->seconds, p->seconds < 6 ? 60 : 10 * p->seconds);
}

/* The exit status that a report calls for. What keeps a file from being unrolled is printed here. */
static int judge(gf_report **out, gf_model *m, const check_options *c, const char *path)
{
    gf_status status = gf_model_claims(out, m, &c->judging);
    if (status == GF_ERROR_MEMORY)
        return tell_unfinished(*out, path);
    if (status)
        return options_report(m, status);
    size_t bad = gf_report_count(*out) - gf_report_tally(*out, GF_HOLDS) + gf_report_open_count(*out) +
                 gf_report_cause_count(*out);
    bool differ = c->judging.finite_differences && !gf_report_differences(NULL, *out);
    if (!*gf_report_message(*out))
        return bad || differ ? EXIT_NO : EXIT_DONE;
    complain("check", "%s: %s", path, gf_report_message(*out));
    const progress *p = c->judging.progress_data;
    bool answered = !gf_report_unjudged(*out) && (p->end > 0 || !differ); /* the search comes last */
    return !answered ? EXIT_SYSTEM : bad || differ ? EXIT_NO : EXIT_DONE;
}

/* The report of one file; NULL where there is none. */
static int check_file(gf_report **out, options *o, const check_options *c, const char *path)
{
    gf_model *m;
    bool terminal = isatty(fileno(stderr));
    progress p = {.shows = terminal && !o->quiet, .start = time(NULL), .seconds = c->seconds};
    if (p.seconds < 0)
        p.seconds = terminal ? INFINITY : few_seconds;
    *out = NULL;
    int result = options_try_model(&m, o, path);
    if (result) {
        if (m && !o->refused && c->format == GF_REPORT_JSON)
            gf_model_claims(out, m, NULL); /* none, and why */
        gf_model_free(m);
        return result;
    }
    if (c->confined)
        gf_model_confine(m);
    check_options mine = *c;
    mine.judging.size = sizeof mine.judging;
    mine.judging.repair = p.seconds > 0;
    mine.judging.progress = show_progress;
    mine.judging.repairing = show_repairing;
    mine.judging.progress_data = mine.judging.repairing_data = &p;
    struct sigaction ending = {.sa_handler = interrupt, .sa_flags = SA_RESETHAND}, before; /* the second one kills */
    sigaction(SIGINT, &ending, &before);
    result = judge(out, m, &mine, path);
    sigaction(SIGINT, &before, NULL);
    end_progress(&p);
    tell_of_search(&p, path);
    if (result == EXIT_NO)
        options_tell_nonfinite(o, &check_command, m, path);
    gf_model_free(m);
    return result;
}

/* To whom sits at a terminal, where something is open and nobody has asked for hints. */
static void tell_of_hints(const options *o, const check_options *c, const gf_report *const reports[], size_t count)
{
    size_t open = 0;
    for (size_t k = 0; k < count; k++)
        open += gf_report_open_count(reports[k]);
    if (open && !c->judging.hints && !o->quiet && c->format == GF_REPORT_TEXT && isatty(fileno(stderr)))
        complain("check", "what belongs in place of a ?: --hints 2 names the paths, 3 shows a term, 4 the line");
}

/* "; 2 lets are open" */
static void print_lets(size_t count, const char *one, const char *more)
{
    if (count)
        printf("; %zu %s", count, count == 1 ? one : more);
}

/* Whoever watches wants to see that it was judged again, also where -q has nothing to say. */
static void tell_of_run(const options *o, const check_options *c, const gf_report *const reports[], size_t count)
{
    size_t claims = 0, hold = 0, open = 0, wrong = 0;
    if (!c->watches || !o->quiet || o->output || c->format != GF_REPORT_TEXT)
        return;
    for (size_t k = 0; k < count; k++) {
        claims += gf_report_count(reports[k]);
        hold += gf_report_tally(reports[k], GF_HOLDS);
        for (size_t n = 0; n < gf_report_open_count(reports[k]); n++)
            open += gf_report_open(reports[k], n)->let;
        for (size_t n = 0; n < gf_report_cause_count(reports[k]); n++)
            wrong += !gf_report_cause(reports[k], n)->claim_count; /* a let that no claim uses */
    }
    if (hold == claims)
        printf(open + wrong ? "all %zu claims hold" : "all hold: %zu claims", claims);
    else
        printf("not all hold: %zu of %zu claims do", hold, claims);
    print_lets(open, "let is open: not done", "lets are open: not done");
    print_lets(wrong, "let is an error", "lets are errors");
    puts("");
    fflush(stdout);
}

static int write_reports(const command *self, const options *o, const check_options *c,
                         const gf_report *const reports[], size_t count)
{
    unsigned flags = o->file_count > 1 ? GF_REPORT_NAMED : 0;
    if (o->quiet)
        flags |= GF_REPORT_BRIEF;
    if (o->output ? o->color == COLOR_ALWAYS : options_color(o, stdout))
        flags |= GF_REPORT_COLOR;
    char *text;
    gf_status status = gf_reports_write(&text, reports, count, c->format, flags);
    if (status) {
        complain(self->name, "%s", gf_status_text(status));
        return EXIT_SYSTEM;
    }
    int result = options_write(o, self, text, strlen(text));
    free(text);
    tell_of_run(o, c, reports, count);
    tell_of_hints(o, c, reports, count);
    return result;
}

static int check_files(const command *self, options *o, const check_options *c, gf_report *reports[])
{
    int worst = EXIT_DONE;
    size_t count = 0;
    for (int k = 0; k < o->file_count; k++) {
        int result = check_file(&reports[count], o, c, o->files[k]);
        worst = result > worst ? result : worst;
        count += reports[count] != NULL;
        if (interrupted && k + 1 < o->file_count) {
            complain(self->name, "interrupted: %d of %d files were read", k + 1, o->file_count);
            worst = EXIT_SYSTEM;
            break;
        }
    }
    bool nothing = !count && c->format != GF_REPORT_JSON; /* an answer in JSON is one all the same */
    bool half = interrupted && o->output;                 /* a file is written whole or not at all */
    if (half)
        complain(self->name, "interrupted: %s is not written", o->output);
    int result = half      ? EXIT_SYSTEM
                 : nothing ? EXIT_DONE
                           : write_reports(self, o, c, (const gf_report *const *)reports, count);
    while (count)
        gf_report_free(reports[--count]);
    return result > worst ? result : worst;
}

/* All files, once. */
typedef struct task {
    const command *self;
    options *o;
    const check_options *c;
} task;

static int run_once(void *data)
{
    const task *t = data;
    gf_report **reports = calloc((size_t)t->o->file_count, sizeof(gf_report *));
    if (!reports) {
        complain(t->self->name, "%s", strerror(ENOMEM));
        return EXIT_SYSTEM;
    }
    int status = check_files(t->self, t->o, t->c, reports);
    free(reports);
    if (t->c->watches && interrupted) { /* what there is was said; now it ends as it would have at once */
        fflush(stdout);
        raise(SIGINT);
    }
    return status;
}

static int run(const command *self, int argc, char *argv[])
{
    options o;
    check_options c = {.format = GF_REPORT_TEXT, .seconds = -1};
    int status;
    if (!options_read(&o, self, argc, argv, take, &c, &status))
        return status;
    static const char *const endings[] = {"txt",      "text",     "text",     "text", "json", "json", "md",
                                          "markdown", "markdown", "markdown", "gcc",  "gcc",  NULL};
    if (!o.file_count)
        return bad_usage(self, "which file?");
    const char *format = NULL;
    status = options_check_output(&o, self);
    if (!status && !c.format_said)
        status = options_ending(&format, &o, self, endings);
    if (status)
        return status;
    if (format)
        take_format(&c, self, format);
    task once = {self, &o, &c};
    return c.watches ? watch(self, &o, run_once, &once) : run_once(&once);
}

const command check_command = {
    .name = "check",
    .summary = "judge every claim of model files, and say where a derivation is wrong",
    .usage = "FILE.gf... [OPTION]...",
    .operands = MODEL_FILE,
    .about = "Unrolls each model over time and holds every claim, such as a gradient derived\n"
             "by hand, against automatic differentiation. A line a claim, then the totals.\n"
             "FILE - is standard input.\n",
    .own = own,
    .shared = "set seed load truncate output color",
    .status = "0 all claims hold; 1 one fails or is open; 2 a file cannot be read.\n",
    .example = "gradflow new lstm -o lstm.gf && gradflow check lstm.gf --set T=8\n",
    .run = run,
};
